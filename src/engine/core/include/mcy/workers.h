/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool of threads that wait for work. Results go to places given by index, so that nothing a job
 * computes can depend on the number of threads or on which of them took it. */
#ifndef MCY_WORKERS_H
#define MCY_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/status.h"

typedef struct mcy_workers mcy_workers;

/**
 * A part of a job: the items first .. first + count - 1, done by worker `worker` (0 ..
 * threads - 1; two calls with the same number never overlap, so it may index per-thread scratch).
 *
 * Returned:  MCY_OK, or the status of a failure with its sentence in err, which ends the job
 */
typedef mcy_status mcy_job(void *context, size_t worker, size_t first, size_t count,
                           mcy_error *err);

/** Processors this process may run on, at least 1. */
size_t mcy_workers_processors(void);

/**
 * Create a pool. The calling thread is worker 0 of every job, so threads - 1 are started.
 *
 * Given:     threads   0 for one a processor
 *            pin       bind worker i to the i-th processor this process may use, for the time of
 *                      a job in the caller's case (two threads on one processor is what virtual
 *                      machines do otherwise)
 * Returned:  *workers, destroyed by mcy_workers_destroy
 * Fails:     MCY_E_MEMORY   no memory or no threads
 */
mcy_status mcy_workers_create(size_t threads, bool pin, mcy_workers **workers, mcy_error *err);

/** Stop the threads and free the pool; NULL is fine. */
void mcy_workers_destroy(mcy_workers *workers);

size_t mcy_workers_count(const mcy_workers *workers);

/**
 * Run a job over n items and wait until it is done. One job at a time; a job may not run another
 * on the same pool.
 *
 * Given:     chunk   items handed to a worker at a time, taken by whoever is free; 0 to cut n
 *                    evenly, one part a worker (worker i then always gets part i)
 * Fails:     the failure of the part that starts earliest among those that ran; the parts not
 *            yet begun are left out
 */
mcy_status mcy_workers_run(mcy_workers *workers, size_t n, size_t chunk, mcy_job *job,
                           void *context, mcy_error *err);

#endif
