/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the decomposition share: the layout of parameters and states, the state
 * space at a parameter, the log posterior with its gradient. */
#ifndef MCY_DECOMPOSE_WORK_H
#define MCY_DECOMPOSE_WORK_H

#include "mcy/decompose.h"
#include "mcy/kalman.h"

/* Where each parameter stands in the free vector, for F firms. */
typedef struct layout {
    size_t lambda, phi, mu_f, sigma_f, mu_b, sigma_b, sigma_m, tau[2], sigma_r[2], sigma_s[2];
    size_t count;
} layout;

/* States at quarter t: f_t, f_(t-1), then b and m of each firm. */
enum { STATE_F, STATE_F_BEFORE, STATE_FIRMS };

static inline size_t state_bits(size_t firm)
{
    return STATE_FIRMS + 2 * firm;
}

static inline size_t state_mix(size_t firm)
{
    return STATE_FIRMS + 2 * firm + 1;
}

typedef struct decompose_work {
    const mcy_panel *panel;
    layout at;
    mcy_kalman *kalman;
    size_t *noise;                 /* [observations] index of the parameter of its noise */
    double *rounding;              /* [observations] variance of its printed width */
    double *prior_mean, *prior_sd; /* [count], free scale */
    double *natural;               /* [count] the parameter last set */
    double *scratch;               /* [3 * count] decompose_information's own */
    double *trial;                 /* [count] */
    double log_likelihood, log_posterior; /* of the last evaluation */
} decompose_work;

/** Layout, priors, fixed parts of the state space. */
mcy_status decompose_prepare(mcy_arena *arena, const mcy_panel *panel, decompose_work **work,
                             mcy_error *err);

/** Name, natural value and interval of parameter i at the free value. */
void decompose_describe(const decompose_work *work, size_t i,
                        mcy_decompose_parameter *parameter);

/** Natural value of a free one. */
double decompose_natural(const decompose_work *work, size_t i, double free);

/** Set the state space to the free parameters. */
void decompose_set(decompose_work *work, const double *free);

/**
 * Log posterior at the free parameters; with gradient also its gradient [count] (the smoother's
 * results are then those of this point). -infinity where the filter fails.
 */
double decompose_evaluate(decompose_work *work, const double *free, double *gradient);

/** Minus the Hessian of the log posterior by central differences of the gradient, symmetric. */
void decompose_information(decompose_work *work, const double *free, double *information);

/**
 * All optima from several starting points, best first.
 *
 * Fails: MCY_E_NUMERIC when none is proper, MCY_E_MEMORY
 */
mcy_status decompose_optimise(mcy_arena *arena, decompose_work *work, int starts,
                              mcy_decomposition *result, mcy_error *err);

/**
 * Parameter intervals from draws weighed by the posterior.
 *
 * Given:     direction   [count^2] columns of one posterior standard deviation each
 * Returned:  low and high of every parameter, effective_draws
 */
mcy_status decompose_sample(mcy_arena *arena, decompose_work *work, const double *free,
                            const double *direction, mcy_decomposition *result, mcy_error *err);

/** Smoothed quantities, leave-one-out and their uncertainty at the best optimum. */
mcy_status decompose_smooth(mcy_arena *arena, decompose_work *work,
                            const mcy_decompose_settings *settings, mcy_decomposition *result,
                            mcy_error *err);

#endif
