/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local level model, y_t = level_t + e_t, level_t+1 = level_t + n_t, diffuse start: one
 * series fast, many series faster (eight at a time). The general filter of kalman.h gives the
 * same. */
#ifndef MCY_LOCAL_LEVEL_H
#define MCY_LOCAL_LEVEL_H

#include <stddef.h>

#include "mcy/status.h"

/* A fitted series. log_likelihood counts the innovations after the first observed value, each
 * with its -1/2 log(2 pi): the convention of R's arima(0,1,1) and of Durbin and Koopman. */
typedef struct mcy_local_level {
    double noise_variance; /* of e */
    double level_variance; /* of n; 0 when the level does not move */
    double log_likelihood;
} mcy_local_level;

/**
 * Log-likelihood of one series at given variances; the first observed value starts the level.
 *
 * Given:     n        length of y
 *            y        values, missing where not observed
 *            noise    > 0
 *            level    >= 0
 * Returned:  sum over the innovations after the first observed value; missing when there are
 *            none
 * Source:    Durbin and Koopman 2012, 2.2, 2.9
 * Checked:   test_local_level.c (Nile), bench_kalman.c
 */
double mcy_local_level_likelihood(size_t n, const double *y, double noise, double level);

/**
 * Smoothed level and its variance at given variances.
 *
 * Returned:  smoothed, variance   [n] each, also where y is missing
 */
void mcy_local_level_smooth(size_t n, const double *y, double noise, double level,
                            double *restrict smoothed, double *restrict variance);

/**
 * Maximum likelihood and smoothed level of many series of equal length.
 *
 * Given:     series, n   number of series and their length
 *            y           [series * n], series-major; missing where not observed
 * Returned:  fit         [series]
 *            smoothed    [series * n] or NULL
 *            variance    [series * n] or NULL
 * Fails:     MCY_E_MISSING  a series with fewer than three values; the others are still fitted, and
 *                           its numbers are missing
 *            MCY_E_MEMORY
 * Notes:     the noise variance is concentrated out; log(level / noise) is searched on a grid, by
 *            golden section, then by secant steps on the exact derivative. A maximum at level 0 is
 *            returned as 0; a series that never moves has both variances 0
 */
mcy_status mcy_local_level_fit(size_t series, size_t n, const double *y, mcy_local_level *fit,
                               double *smoothed, double *variance, mcy_error *err);

#endif
