/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a sweep file for a command: study, design, workers, store, progress. */
#ifndef MCY_SWEEP_RUN_H
#define MCY_SWEEP_RUN_H

#include "command.h"
#include "mcy/store.h"
#include "mcy/sweep_yaml.h"
#include "sweep_results.h"

/* What the command line changes in a sweep file. */
typedef struct mcy_sweep_choices {
    const char *path;
    size_t threads;       /* 0 = one a processor */
    uint64_t runs;        /* 0 = what the file says */
    size_t shard, shards; /* 1-based; 0 of 0 = the whole */
    bool resume, summary;
    const char *out;   /* NULL = nothing kept */
    const char *as_of; /* NULL = the scenario's own day */
} mcy_sweep_choices;

typedef struct mcy_sweep_setup {
    mcy_arena *arena;
    mcy_sweep_choices choices;
    mcy_sweep_file *file;
    mcy_sweep_bound *bound;
    mcy_design *design;
    mcy_workers *workers;
    mcy_store_head head;
    uint64_t first, count; /* runs of this shard */
} mcy_sweep_setup;

/** Read a sweep file; a name stands for scenarios/sweeps/NAME.yaml. */
mcy_status mcy_sweep_open(mcy_call *call, const char *given, mcy_sweep_file **file,
                          mcy_error *err);

/**
 * Bind and design a sweep.
 *
 * Given:     setup->file   as read
 * Returned:  *setup; its workers are destroyed by mcy_sweep_setup_release
 */
mcy_status mcy_sweep_setup_make(mcy_call *call, const mcy_sweep_choices *choices,
                                mcy_sweep_setup *setup, mcy_error *err);
void mcy_sweep_setup_release(mcy_sweep_setup *setup);

/** Run it, into its store where one was asked for; prints progress and the closing line. */
mcy_status mcy_sweep_run_setup(mcy_call *call, mcy_sweep_setup *setup,
                               mcy_sweep_results *results, mcy_error *err);

/** What it would cost and how wide its intervals would be, from a pilot. */
mcy_status mcy_sweep_plan(mcy_call *call, mcy_sweep_setup *setup, mcy_error *err);

/** The results of an open store. */
mcy_status mcy_sweep_results_of_store(mcy_arena *arena, mcy_store *store,
                                      const mcy_store_head *head, mcy_sweep_results *results,
                                      mcy_error *err);

/** Seconds of a clock that only goes forward. */
double mcy_sweep_clock(void);

#endif
