/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sample of outputs says: quantiles, probabilities, tail means, each with its interval. */
#ifndef MCY_STATISTICS_H
#define MCY_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/status.h"
#include "mcy/sweep.h"

/* Missing values are left out of everything and counted. */
typedef struct mcy_described {
    uint64_t count, missing;
    double mean, sd, least, most; /* sd with count - 1; missing when there are too few */
} mcy_described;

mcy_described mcy_describe(size_t n, const double *x);

/**
 * Exact quantiles: linear between order statistics, type 7 of Hyndman and Fan (1996), as R and
 * NumPy have it.
 *
 * Given:     x              [n] in any order; missing ones are left out
 *            work           [n] scratch
 *            probability    [count] in 0..1
 * Returned:  quantile       [count]; missing when no value is left
 * Notes:     one pass to find the ends, one to count cells, one to gather the cells that are
 *            wanted: about 5 ns a value, whatever count
 * Checked:   test_statistics.c against sorting
 */
void mcy_quantiles(size_t n, const double *x, double *work, size_t count,
                   const double *probability, double *quantile);

/**
 * Ranks (1..n) of order statistics that hold a quantile between them with at least that
 * confidence, whatever the distribution (Wilks 1941; Hahn and Meeker 1991).
 *
 * Returned:  false when n is too small for such an interval: the ranks are then 1 and n
 */
bool mcy_order_interval(uint64_t n, double probability, double confidence, uint64_t *low,
                        uint64_t *high);

/**
 * Smallest sample whose extremes bound a part `coverage` of the distribution with a confidence:
 * the largest value for one side, the least and the largest for two (Wilks 1941).
 */
uint64_t mcy_wilks_size(double coverage, double confidence, bool two_sided);

/** Exact interval of a probability after hits of n (Clopper and Pearson 1934). */
void mcy_probability_interval(uint64_t hits, uint64_t n, double confidence, double *low,
                              double *high);

/** Mean of the values at or below (upper: at or above) the limit; missing when there are none. */
double mcy_tail_mean(size_t n, const double *x, double limit, bool upper);

/**
 * Mean with its interval. When the sample comes in 8 or more independent copies, from the spread
 * of their means (Student's t); else as if its points were independent, which for a Latin
 * hypercube or one Sobol' sequence is too wide.
 */
void mcy_mean_interval(const mcy_stamp *stamp, uint64_t first, size_t n, const double *x,
                       double confidence, double *mean, double *low, double *high);

/* How a statement about an output is compared. */
typedef enum mcy_relation { MCY_BELOW, MCY_AT_MOST, MCY_ABOVE, MCY_AT_LEAST } mcy_relation;

bool mcy_relation_holds(mcy_relation relation, double value, double limit);

#endif
