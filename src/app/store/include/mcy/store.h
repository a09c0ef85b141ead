/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sweep in one SQLite file that anybody's tools can read: what was run, on what, and the
 * points and outputs by run.
 *
 *     manifest(name, value)                       what was run: scenario resolved, hashes, seed ...
 *     axis(position, name, unit, base, step, detail), output(position, name, unit, base)
 *     run(run, failed, x1 ... , y1 ...)           columns carry the names of axes and outputs
 *     failure(run, kind, place, value, reason)    why runs failed
 *     range(first, count)                         runs that are there
 *     node(level, place, sums), cells(counts), frame(...)   what --keep summary leaves
 *     session(session, command, ...)              each call that wrote; not part of the content
 *
 * Blocks of runs are committed whole, in order: whatever kills the program, what was committed
 * stays and a resumed sweep ends in the same contents. A store is written by one process at a
 * time. */
#ifndef MCY_STORE_H
#define MCY_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/status.h"
#include "mcy/summary.h"
#include "mcy/sweep.h"

enum { MCY_STORE_SCHEMA = 1 };

/* A line of the manifest. */
typedef struct mcy_store_fact {
    const char *name, *value;
} mcy_store_fact;

typedef struct mcy_store_column {
    const char *name, *unit;
    double base;        /* value in the base scenario, missing when not known */
    double step;        /* axis of a morris design: length of its step on the unit scale */
    const char *detail; /* axis: the distribution or values as written */
} mcy_store_column;

/* What a store is of. */
typedef struct mcy_store_head {
    mcy_stamp stamp;
    uint64_t runs; /* of the whole design */
    bool summary;  /* runs are not kept */
    size_t fact_count;
    const mcy_store_fact *facts;
    size_t axis_count, output_count;
    const mcy_store_column *axes, *outputs;
} mcy_store_head;

typedef struct mcy_store_range {
    uint64_t first, count;
} mcy_store_range;

typedef struct mcy_store mcy_store;

/**
 * Create a store.
 *
 * Given:     path   of a file that does not exist, or is blank
 * Returned:  *store, locked for writing; destroyed by mcy_store_destroy
 * Fails:     MCY_E_IO   the file exists, the folder cannot be written, no room
 */
mcy_status mcy_store_create(const char *path, const mcy_store_head *head, mcy_store **store,
                            mcy_error *err);

/** True for a file that a program killed while it created its store left without contents. */
bool mcy_store_blank(const char *path);

/**
 * Open a store.
 *
 * Given:     arena      owns *head
 *            writable   lock it for writing
 * Returned:  *store, *head
 * Fails:     MCY_E_IO     not there, not a store, of another version, damaged or cut short, or
 *                         another process writes it
 */
mcy_status mcy_store_open(mcy_arena *arena, const char *path, bool writable, mcy_store **store,
                          mcy_store_head **head, mcy_error *err);

/** Close; what was not committed is gone. NULL is fine. */
void mcy_store_destroy(mcy_store *store);

/** Refuses, by name, the first thing in which two heads differ; which is "the store" or so. */
mcy_status mcy_store_compare(const mcy_store_head *have, const mcy_store_head *want,
                             const char *which, mcy_error *err);

/**
 * Append a chunk of runs; they go to the file with the next commit.
 *
 * Given:     chunk       begins where the last range ends, or anywhere when it is empty
 *            evaluator   gives the reasons of failed runs
 * Fails:     MCY_E_IO    disk full ...: the sentence says how many runs are safe
 */
mcy_status mcy_store_append(mcy_store *store, const mcy_chunk *chunk,
                            const mcy_evaluator *evaluator, mcy_error *err);

/** Of a store that keeps a summary: replace it (with the next commit). */
mcy_status mcy_store_put_summary(mcy_store *store, const mcy_summary *summary, mcy_error *err);

/** Commit what was appended. */
mcy_status mcy_store_commit(mcy_store *store, mcy_error *err);

/* Writes what a sweep hands over and commits every so many runs. Where a summary is kept its own
 * consumer must stand before this one. */
typedef struct mcy_store_writer {
    mcy_store *store;
    const mcy_evaluator *evaluator;
    const mcy_summary *summary; /* NULL when runs are kept */
    uint64_t block;             /* runs a commit; 0 = 65536, or 2^22 of a summary */
    uint64_t pending;
} mcy_store_writer;

mcy_consumer mcy_store_consumer(mcy_store_writer *writer);

/** Runs that are there, in order. */
mcy_status mcy_store_ranges(mcy_arena *arena, mcy_store *store, size_t *count,
                            mcy_store_range **ranges, mcy_error *err);

/** Failed runs that are there. */
mcy_status mcy_store_failed(mcy_store *store, uint64_t *failed, mcy_error *err);

/** Note a call that wrote: its command line, version, runs, seconds. */
mcy_status mcy_store_session(mcy_store *store, const char *command, const char *version,
                             const char *when, uint64_t runs, double seconds, mcy_error *err);

/** The kept runs, all of them, in the arena. Fails: MCY_E_MISSING when a summary was kept. */
mcy_status mcy_store_sample(mcy_arena *arena, mcy_store *store, const mcy_store_head *head,
                            mcy_sample **sample, mcy_error *err);

/** The summary kept. */
mcy_status mcy_store_summary(mcy_arena *arena, mcy_store *store, const mcy_store_head *head,
                             size_t slots, mcy_summary **summary, mcy_error *err);

/* A reason and how many runs failed by it, the most frequent first. */
typedef struct mcy_store_reason {
    const char *reason;
    uint64_t count, first; /* first run that failed so */
} mcy_store_reason;

mcy_status mcy_store_reasons(mcy_arena *arena, mcy_store *store, size_t *count,
                             mcy_store_reason **reasons, mcy_error *err);

/** SHA-256 of the contents of all tables but the sessions: equal stores have equal hashes. */
mcy_status mcy_store_hash(mcy_store *store, char hex[65], mcy_error *err);

/**
 * Put shards together into a new store.
 *
 * Fails:     MCY_E_INPUT   inputs differ (the first difference is named), a run is in two
 *                          shards, a run is in none (files and runs are named)
 *            MCY_E_IO
 */
mcy_status mcy_store_merge(size_t count, const char *const *paths, const char *out,
                           mcy_error *err);

/** Version of SQLite, as in "3.40.1". */
const char *mcy_store_library(void);

#endif
