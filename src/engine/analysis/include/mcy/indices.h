/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sensitivity indices that say how sure they are, from the samples drawn for them.
 *
 * Everything is computed from sums over whole base points, so that a sample in memory, a store
 * read back and a stream that was never kept go through the same code and give the same bits. */
#ifndef MCY_INDICES_H
#define MCY_INDICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/design.h"
#include "mcy/program.h"
#include "mcy/status.h"

/* X(NAME, word). All use the same runs; where they disagree the sample is too small. */
#define MCY_ESTIMATOR_LIST(X)                                                                  \
    X(SALTELLI, "saltelli")                                                                    \
    X(JANSEN, "jansen")                                                                        \
    X(MARTINEZ, "martinez")                                                                    \
    X(SOBOL, "sobol")

typedef enum mcy_estimator {
#define X(name, word) MCY_ESTIMATOR_##name,
    MCY_ESTIMATOR_LIST(X)
#undef X
        MCY_ESTIMATOR_COUNT
} mcy_estimator;

const char *mcy_estimator_name(mcy_estimator estimator);
mcy_status mcy_estimator_parse(const char *word, mcy_estimator *estimator, mcy_error *err);

typedef enum mcy_index_verdict {
    MCY_VERDICT_RESOLVED, /* the interval is narrow enough and leaves 0 out */
    MCY_VERDICT_ZERO,     /* narrow enough, and 0 is in it */
    MCY_VERDICT_MORE      /* too wide: needs about needed base points */
} mcy_index_verdict;

/* A number with its interval. */
typedef struct mcy_index {
    double value, low, high;
    mcy_index_verdict verdict;
    double needed; /* base points for the half-width wanted, at the rate of plain sampling */
} mcy_index;

typedef struct mcy_index_options {
    mcy_estimator estimator;
    double confidence; /* 0 = 0.95 */
    double half_width; /* what counts as narrow enough; 0 = 0.05 */
    double centre;     /* of the sums: given back in the mean */
} mcy_index_options;

typedef struct mcy_indices {
    size_t axes;
    mcy_index *first, *total;  /* [axes] */
    mcy_index *second;         /* [axes * axes], upper triangle; NULL when not drawn for */
    uint64_t points, left_out; /* base points used; left out because one of their runs failed */
    double mean, variance;
} mcy_indices;

/** Doubles needed for the sums of one output. */
size_t mcy_saltelli_size(const mcy_stamp *stamp);

/**
 * Add whole base points to the sums of one output; sums of two disjoint sets are added element
 * by element, but for the last two, the least and the largest output, see mcy_saltelli_merge.
 *
 * Given:     first    number of the first run, the first of a base point
 *            n        runs, whole base points
 *            y        [n] outputs
 *            faults   [n] a base point with a failed run is counted and left out
 *            centre   about the mean of y (the base scenario's output): the same in all calls
 */
void mcy_saltelli_start(const mcy_stamp *stamp, double *sums);
void mcy_saltelli_add(const mcy_stamp *stamp, uint64_t first, size_t n, const double *y,
                      const mcy_fault *faults, double centre, double *sums);
void mcy_saltelli_merge(const mcy_stamp *stamp, const double *from, double *into);

/**
 * First order, total and second order indices of Sobol' with intervals.
 *
 * With A, B the two samples, A_B^i sample A with column i of B, V the variance of A and B:
 *     saltelli   S_i V = mean B (A_B^i - A)           T_i V = mean (A - A_B^i)^2 / 2
 *     jansen     S_i V = V - mean (B - A_B^i)^2 / 2   T_i V = mean (A - A_B^i)^2 / 2
 *     martinez   S_i = cor(B, A_B^i)                  T_i = 1 - cor(A, A_B^i)
 *     sobol      S_i V = mean B (A_B^i - A)           T_i V = mean A (A - A_B^i)
 *     S_ij V = mean B_A^i A_B^j - mean A B - S_i V - S_j V, the mean of (i, j) and (j, i)
 *
 * The base points come in independent copies (or, drawn at random, in as many interleaved
 * parts). The value is the estimate from all of them; its standard error that of the jackknife
 * which leaves out one copy at a time, its interval by Student's t.
 *
 * Fails:     MCY_E_INPUT     a sample not drawn by 'saltelli', or no base point is left
 *            MCY_E_DOMAIN    confidence or half-width out of range
 * Notes:     an output that is the same in all runs gives exactly 0 for every index and interval;
 *            saltelli, the default, has by far the narrowest intervals where an index is small
 * Source:    Saltelli et al. (2010), the pair of their advice; Jansen (1999); Martinez (2011);
 *            Sobol' (2007); Saltelli (2002)
 * Checked:   test_indices.c; coverage: bench_coverage.c
 */
mcy_status mcy_saltelli_estimate(mcy_arena *arena, const mcy_stamp *stamp, const double *sums,
                                 const mcy_index_options *options, mcy_indices **indices,
                                 mcy_error *err);

/* Screening: the mean effect of an axis, the mean of its absolute effects, their spread. */
typedef struct mcy_effects {
    size_t axes;
    mcy_index *mean, *absolute; /* [axes] with intervals over trajectories */
    double *sd;                 /* [axes] */
    uint64_t points, left_out;  /* trajectories */
} mcy_effects;

/** Doubles needed for the sums of one output of a morris sample. */
size_t mcy_morris_size(const mcy_stamp *stamp);

/**
 * Add whole trajectories. The effect of an axis is the change of y over the step where it moves,
 * divided by the step.
 *
 * Given:     points   [axes] pointers to [n]
 *            steps    [axes] length of a step, the sign is that of the move; NULL: as it is in
 *                     points
 */
void mcy_morris_start(const mcy_stamp *stamp, double *sums);
void mcy_morris_add(const mcy_stamp *stamp, size_t n, const double *const *points,
                    const double *steps, const double *y, const mcy_fault *faults,
                    double *sums);
void mcy_morris_merge(const mcy_stamp *stamp, const double *from, double *into);

/** Step of the screening design on the unit scale: levels / (2 (levels - 1)), or 1/2 of a law
 * without bounds. */
double mcy_morris_step(const mcy_stamp *stamp, bool bounded);

/**
 * Elementary effects.                                        (Morris 1991; Campolongo et al. 2007)
 *
 * Fails:     MCY_E_INPUT   a sample not drawn by 'morris', or fewer than 2 trajectories left
 */
mcy_status mcy_morris_estimate(mcy_arena *arena, const mcy_stamp *stamp, const double *sums,
                               const mcy_index_options *options, mcy_effects **effects,
                               mcy_error *err);

/** Verdict of a value with half-width half from n points; fills all of index. */
mcy_index mcy_index_judge(double value, double half, double n,
                          const mcy_index_options *options);

#endif
