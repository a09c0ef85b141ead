/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Medians of repeated runs, for benches. */
#ifndef MCY_TESTS_STOPWATCH_H
#define MCY_TESTS_STOPWATCH_H

#include <stdlib.h>
#include <time.h>

static inline double seconds_now(void)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline int stopwatch_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Seconds a run of job(context), the median of `runs` (at most 31). */
static inline double stopwatch_median(int runs, void (*job)(void *), void *context)
{
    double took[31];
    for (int i = 0; i < runs; i++) {
        double start = seconds_now();
        job(context);
        took[i] = seconds_now() - start;
    }
    qsort(took, (size_t)runs, sizeof *took, stopwatch_order);
    return took[runs / 2];
}

/* As stopwatch_median, in processor time of the calling thread: what others do on the machine
 * counts only by the caches it shares. */
static inline double processor_median(int runs, void (*job)(void *), void *context)
{
    double took[31];
    for (int i = 0; i < runs; i++) {
        struct timespec from, to;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
        job(context);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
        took[i] =
            (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec);
    }
    qsort(took, (size_t)runs, sizeof *took, stopwatch_order);
    return took[runs / 2];
}

#endif
