/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cost per bit and gross margin by product, inferred from a firm's total cost of goods sold and
 * the bits of the decomposition. Inferred, not reported. */
#ifndef MCY_UNIT_COST_H
#define MCY_UNIT_COST_H

#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/status.h"

enum { MCY_COST_PRODUCTS = 2 }; /* 0 DRAM, 1 NAND */

/* What is known of one firm over n quarters, in order. Arrays by product are [product][n]. */
typedef struct mcy_cost_data {
    size_t n;
    const double *revenue_usd_m[MCY_COST_PRODUCTS]; /* > 0 */
    const double *other_revenue_usd_m;  /* >= 0; earns the firm's own gross margin */
    const double *cogs_usd_m;           /* missing where no gross margin is known */
    const double *cogs_sd_usd_m;        /* from the printed rounding; > 0 */
    const double *known_addition_usd_m; /* published one-offs inside cogs: + a write-down */
    const double *bit_qoq_log[MCY_COST_PRODUCTS];    /* log growth of bits; [0] is not read */
    const double *bit_qoq_sd_log[MCY_COST_PRODUCTS]; /* >= 0; 0: known exactly */
} mcy_cost_data;

/* Priors, each with its source in docs/margins.md. */
typedef struct mcy_cost_prior {
    double fall_log[MCY_COST_PRODUCTS]; /* d_k: mean fall of log cost a quarter */
    double fall_sd_log[MCY_COST_PRODUCTS];
    double shock_sd_log[MCY_COST_PRODUCTS]; /* sigma_xi: median of its lognormal prior */
    double shock_log_sd;                    /* sd of log sigma_xi; 0 keeps it fixed */
    size_t anchor;                          /* quarter of the gap prior */
    double margin_gap_frac;                 /* DRAM less NAND gross margin there */
    double margin_gap_sd_frac;
    double model_sd_frac; /* sd of cogs beyond rounding, share of revenue */
} mcy_cost_prior;

/* Everything lives in the arena handed to the fit. Arrays by product are [product][n]. */
typedef struct mcy_cost_fit {
    size_t n;
    double *gross_margin_frac[MCY_COST_PRODUCTS];
    double *gross_margin_sd_frac[MCY_COST_PRODUCTS];
    double *cost_qoq_log[MCY_COST_PRODUCTS]; /* change of log cost per bit; [0] is missing */
    double *cost_qoq_sd_log[MCY_COST_PRODUCTS];
    double *cost_share_frac[MCY_COST_PRODUCTS]; /* cost over revenue, u = c/P */
    double *residual_usd_m;                     /* [n] cogs observed less fitted, or missing */
    double fall_log[MCY_COST_PRODUCTS], fall_sd_log[MCY_COST_PRODUCTS];
    double shock_sd_log[MCY_COST_PRODUCTS]; /* as estimated */
    double last_covariance[2 * MCY_COST_PRODUCTS * 2 * MCY_COST_PRODUCTS];
    /* of (log cost of goods by product, last log cost change by product) in the last quarter */
    double chi2, log_evidence; /* of the optimum, Laplace */
    size_t starts, optima, iterations;
} mcy_cost_fit;

/**
 * Joint maximum a posteriori of cost paths by nonlinear least squares.                 (C1-C4)
 *
 *     cogs_t = sum_k exp(a_kt) + other_t + addition_t + error          a_kt = log c_kt B_kt
 *     a_kt - a_k,t-1 = b_kt - d_k + xi_kt,   xi ~ N(0, sigma_xi^2)     b = log bit growth
 *
 * Given:     arena      owner of the result
 *            data       at least 4 quarters, cogs present in at least 4
 *            prior      see above; all sds > 0 but shock_log_sd
 * Returned:  fit        product margins and cost changes with standard deviations
 * Missing:   a quarter without cogs is bridged by the random walk, with the sd that this has
 * Fails:     MCY_E_INPUT    a value outside its range (which, and in which quarter)
 *            MCY_E_NUMERIC  no start converged
 * Source:    sections C1 to C4 of the equation sheet; Laplace's approximation for sigma_xi
 * Checked:   test_unit_cost.c
 */
mcy_status mcy_cost_estimate(mcy_arena *arena, const mcy_cost_data *data,
                             const mcy_cost_prior *prior, mcy_cost_fit *fit, mcy_error *err);

/* Terms of a change of gross margin, fractions of revenue. */
typedef struct mcy_margin_bridge {
    double from_frac, to_frac;
    double price[MCY_COST_PRODUCTS], cost[MCY_COST_PRODUCTS], mix[MCY_COST_PRODUCTS];
    double other;    /* revenue outside the products, and what the fit left over */
    double one_offs; /* published write-downs and their later benefit */
} mcy_margin_bridge;

/* One side of a margin bridge. */
typedef struct mcy_margin_side {
    double revenue_usd_m[MCY_COST_PRODUCTS], cost_usd_m[MCY_COST_PRODUCTS]; /* > 0 */
    double other_revenue_usd_m, one_off_cost_usd_m;
    double total_cost_usd_m; /* as reported; what the products do not explain is other */
} mcy_margin_side;

/**
 * Exact attribution of a change of gross margin to price, cost and mix.                   (C5)
 *
 * Given:     from, to    the two quarters
 *            bit_log     [product] log growth of bits between them; splits the change of
 *                        revenue into price (and the change of cost into cost per bit)
 * Returned:  bridge      terms add to to_frac - from_frac within 1e-12
 * Fails:     MCY_E_DOMAIN   a revenue or a cost is not above 0
 * Source:    C5 of the equation sheet; logarithmic means as in Ang 2005, LMDI
 * Checked:   test_unit_cost.c
 */
mcy_status mcy_margin_bridge_attribute(const mcy_margin_side *from, const mcy_margin_side *to,
                                       const double bit_log[MCY_COST_PRODUCTS],
                                       mcy_margin_bridge *bridge, mcy_error *err);

#endif
