/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions of uncertain assumptions, drawn by their inverse: one uniform number in, one value
 * out, the same bits on every machine (+ - * / sqrt and the project's exp and log only). */
#ifndef MCY_DISTRIBUTION_H
#define MCY_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/status.h"

/* X(NAME, word in sweep files, parameters as written there) */
#define MCY_LAW_LIST(X)                                                                        \
    X(UNIFORM, "uniform", "low, high")                                                         \
    X(NORMAL, "normal", "mean, sd")                                                            \
    X(LOGNORMAL, "lognormal", "median, sd of the logarithm")                                   \
    X(TRIANGULAR, "triangular", "low, mode, high")                                             \
    X(PERT, "pert", "low, mode, high")                                                         \
    X(BETA, "beta", "alpha, beta, low, high")                                                  \
    X(DISCRETE, "discrete", "values and weights")

typedef enum mcy_law {
#define X(name, word, parameters) MCY_LAW_##name,
    MCY_LAW_LIST(X)
#undef X
        MCY_LAW_COUNT
} mcy_law;

const char *mcy_law_name(mcy_law law);

/** Number of parameters a law takes in the order of MCY_LAW_LIST; 0 for DISCRETE. */
size_t mcy_law_parameters(mcy_law law);

/* A distribution as a user states it. Truncated when low or high cuts something off. */
typedef struct mcy_distribution {
    mcy_law law;
    double parameter[4];
    bool truncated;
    double low, high; /* read when truncated; infinite on a side that is not cut */
    size_t count;     /* DISCRETE: values in increasing order with weights > 0, any scale */
    const double *values, *weights;
} mcy_distribution;

/* A distribution made ready for drawing: immutable, shared by threads. */
typedef struct mcy_quantile mcy_quantile;

/**
 * Check a distribution and make it ready.
 *
 * Given:     arena          owns the result
 * Returned:  *quantile
 * Fails:     MCY_E_DOMAIN   parameters out of order or range, a truncation that leaves nothing;
 *                           the sentence holds the values
 */
mcy_status mcy_quantile_create(mcy_arena *arena, const mcy_distribution *distribution,
                               mcy_quantile **quantile, mcy_error *err);

/**
 * Values of n uniform numbers.
 *
 * Given:     u   [n] in (0, 1); 0 and 1 too where the distribution is bounded
 * Returned:  x   [n]; may alias u
 * Notes:     relative error of the normal score below 1e-15, of the beta laws' place between low
 *            and high below 1e-9
 * Source:    normal: Wichura (1988), AS 241; PERT: beta with alpha = 1 + 4 (mode - low) /
 *            (high - low), beta = 1 + 4 (high - mode) / (high - low)
 * Checked:   test_distribution.c against GSL
 */
void mcy_quantile_fill(const mcy_quantile *quantile, size_t n, const double *u, double *x);

/** The same for standard normal scores: x = quantile(Phi(z)); x may alias z. */
void mcy_quantile_fill_score(const mcy_quantile *quantile, size_t n, const double *z,
                             double *x);

/** One value. */
double mcy_quantile_at(const mcy_quantile *quantile, double u);

/** True when u = 0 and u = 1 have finite values. */
bool mcy_quantile_bounded(const mcy_quantile *quantile);

/** The standard normal law: quantile of n uniforms (x may alias u), distribution, density. */
void mcy_normal_quantiles(size_t n, const double *u, double *x);
double mcy_normal_quantile(double u);
double mcy_normal_cdf(double x);

/** Regularised incomplete beta I_x(a, b), a and b in [0.05, 1e4], x in [0, 1]. */
double mcy_beta_cdf(double a, double b, double x);

/** log of the gamma function, x > 0, within 1e-14 relative or absolute. */
double mcy_log_gamma(double x);

/** Quantile of Student's t with degrees > 0, for intervals; by bisection. */
double mcy_student_quantile(double degrees, double u);

#endif
