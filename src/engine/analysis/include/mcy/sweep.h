/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a design: blocks of points are drawn and evaluated by a pool of workers, chunk by chunk,
 * and handed over in the order of the runs, so that nothing depends on the number of threads.
 *
 *     design + evaluator → mcy_sweep_run → chunks in order → store, sample, summary
 */
#ifndef MCY_SWEEP_H
#define MCY_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/design.h"
#include "mcy/evaluator.h"
#include "mcy/status.h"
#include "mcy/workers.h"

/* A run of consecutive runs with their results: columns of n values. Valid during the call. */
typedef struct mcy_chunk {
    uint64_t first;
    size_t n;
    double *const *points;   /* [axes] */
    double *const *outputs;  /* [outputs] MCY_MISSING in a failed run */
    const mcy_fault *faults; /* [n] */
    size_t failed;
} mcy_chunk;

/* Who takes the chunks. digest (may be NULL) is called in the workers, several chunks at once,
 * each with its own slot 0 .. slots - 1; accept afterwards for every chunk, in order of the
 * runs, by the thread that called mcy_sweep_run. A slot is used again only after its accept. */
typedef struct mcy_consumer {
    void *context;
    mcy_status (*digest)(void *context, size_t slot, const mcy_chunk *chunk, mcy_error *err);
    mcy_status (*accept)(void *context, size_t slot, const mcy_chunk *chunk, mcy_error *err);
} mcy_consumer;

typedef struct mcy_sweep {
    const mcy_design *design;
    const mcy_evaluator *evaluator; /* as many inputs as the design has axes */
    mcy_workers *workers;
    uint64_t first,
        count;    /* the runs wanted; count 0 = from first to the end. first and the end
                              must be bounds of chunks or the end of the design */
    size_t block; /* points an evaluation; 0 = the evaluator's own */
} mcy_sweep;

/** Slots a sweep on these workers uses at once. */
size_t mcy_sweep_slots(const mcy_workers *workers);

/**
 * Run the runs wanted and hand them over.
 *
 * Given:     consumers   [consumer_count] each gets every chunk
 * Fails:     MCY_E_INPUT    axes and inputs differ in number, bounds that cut a chunk
 *            MCY_E_MEMORY   the scratch of the threads, or the chunks in flight
 *            what a consumer returned: the sweep ends there, all earlier chunks were accepted
 * Notes:     memory is taken before the first run: slots * chunk * (axes + outputs) doubles
 * Checked:   test_sweep.c
 */
mcy_status mcy_sweep_run(const mcy_sweep *sweep, size_t consumer_count,
                         const mcy_consumer *consumers, mcy_error *err);

/* A whole sample in memory, by columns. */
typedef struct mcy_sample {
    mcy_stamp stamp;
    uint64_t first; /* global number of the first run */
    size_t runs;
    size_t axes, outputs;
    double **points;   /* [axes] pointers to [runs] */
    double **values;   /* [outputs] pointers to [runs]; MCY_MISSING in a failed run */
    mcy_fault *faults; /* [runs] */
    size_t failed;
} mcy_sample;

/**
 * Run a sweep into memory.
 *
 * Given:     arena   owns the sample: runs * (axes + outputs) doubles and the faults
 */
mcy_status mcy_sweep_sample(mcy_arena *arena, const mcy_sweep *sweep, mcy_sample **sample,
                            mcy_error *err);

/** A sample to be filled by the caller, all values 0 and no faults. */
mcy_status mcy_sample_create(mcy_arena *arena, const mcy_stamp *stamp, size_t runs,
                             size_t outputs, mcy_sample **sample, mcy_error *err);

#endif
