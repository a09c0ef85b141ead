/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The next quarter of one firm: what the models expect of bits, price and cost by product, and
 * what a guided revenue and gross margin make of it. */
#ifndef MCY_OUTLOOK_H
#define MCY_OUTLOOK_H

#include <stddef.h>

#include "mcy/status.h"

enum { MCY_OUTLOOK_PRODUCTS = 2, MCY_OUTLOOK_SIZE = 8 };

/* Places of the next quarter's log changes: bits, price, cost per bit, and the market price factor
 * behind the price (it moves the quarters after); DRAM, then NAND. */
enum {
    MCY_OUTLOOK_BITS = 0,
    MCY_OUTLOOK_PRICE = 2,
    MCY_OUTLOOK_COST = 4,
    MCY_OUTLOOK_FACTOR = 6,
};

/* A joint normal of the log changes, and the quarter they start from. A product without
 * revenue has 0 in both level arrays. */
typedef struct mcy_outlook {
    double mean[MCY_OUTLOOK_SIZE];
    double covariance[MCY_OUTLOOK_SIZE * MCY_OUTLOOK_SIZE]; /* may be singular */
    double revenue_usd_m[MCY_OUTLOOK_PRODUCTS];             /* of the last quarter, >= 0 */
    double cost_usd_m[MCY_OUTLOOK_PRODUCTS];
    double other_revenue_usd_m, other_cost_usd_m; /* stay as they are */
} mcy_outlook;

/** Revenue of the next quarter for given log changes, USD m. */
double mcy_outlook_revenue(const mcy_outlook *outlook, const double change[MCY_OUTLOOK_SIZE]);

/** Gross margin of the next quarter for given log changes, fraction. */
double mcy_outlook_margin(const mcy_outlook *outlook, const double change[MCY_OUTLOOK_SIZE]);

/* What an outlook says of log revenue and gross margin, to first order around its mean. */
typedef struct mcy_outlook_prediction {
    double mean[2]; /* log of USD m, fraction */
    double covariance[4];
    double
        gain[MCY_OUTLOOK_SIZE * 2]; /* moves changes to meet a miss in the two; zero where the
                                          covariance is singular */
} mcy_outlook_prediction;

mcy_outlook_prediction mcy_outlook_predict(const mcy_outlook *outlook);

/* A range said of the next quarter. Either part may be missing (a NaN mean). sd = 0: exactly. */
typedef struct mcy_outlook_statement {
    double revenue_log, revenue_log_sd; /* log of USD m */
    double gross_margin_frac, gross_margin_sd_frac;
} mcy_outlook_statement;

/**
 * Condition an outlook on a statement: iterated Gauss-Newton to the posterior mode, normal
 * around it.                                                                             (G1)
 *
 * Given:     prior       see above
 *            statement   revenue, gross margin or both
 * Returned:  posterior   may be prior itself; mean and covariance change, levels do not
 *            weight      [2] NULL, or how much of the way from the prior's expectation to the
 *                        statement revenue and gross margin went: 0 the models alone, 1 the
 *                        statement alone; missing where nothing was stated
 * Fails:     MCY_E_NUMERIC  the iteration does not settle, or the statement cannot be met (the
 *                           prior leaves no freedom in its direction)
 *            MCY_E_DOMAIN   no revenue
 * Notes:     with the cost change fixed, one product and exact statements, the closed form is
 *            1 + p = (1 - GM0)(1 + dc) / (1 - GM1), b = r - p
 * Source:    Bell & Cathey 1993, IEEE TAC 38(2): the iterated Kalman update is Gauss-Newton
 * Checked:   test_outlook.c
 */
mcy_status mcy_outlook_condition(const mcy_outlook *prior,
                                 const mcy_outlook_statement *statement, mcy_outlook *posterior,
                                 double weight[2], mcy_error *err);

/**
 * Price and bits that a statement implies when every product's cost changes by a given amount:
 * a point of the frontier "price against cost change that gives this margin".            (G1)
 *
 * Returned:  posterior   with the cost changes known exactly
 * Fails:     as mcy_outlook_condition
 */
mcy_status mcy_outlook_frontier(const mcy_outlook *prior,
                                const mcy_outlook_statement *statement, double cost_change_log,
                                mcy_outlook *posterior, mcy_error *err);

/**
 * Means and standard deviations over all products, weighted by revenue (bits, price) or cost.
 *
 * Returned:  mean, sd    [3] bits, price, cost: log changes of the firm's sum
 */
void mcy_outlook_blend(const mcy_outlook *outlook, double mean[3], double sd[3]);

enum { MCY_BIAS_REGRESSORS = 3 };

/* error = b0 + b1 x1 + b2 x2 + scale * t_freedom, fitted on the past. */
typedef struct mcy_bias_fit {
    double coefficient[MCY_BIAS_REGRESSORS];
    double covariance[MCY_BIAS_REGRESSORS * MCY_BIAS_REGRESSORS];
    double scale, freedom;
    size_t quarters;
} mcy_bias_fit;

/**
 * How guidance has erred: robust regression of the errors on what was known when it was
 * given.                                                                                 (G2)
 *
 * Given:     n, error      [n] log(actual / guided), or actual less guided margin
 *            regressor     [n * MCY_BIAS_REGRESSORS] row-major; the first of each row is 1
 *            prior_sd      [MCY_BIAS_REGRESSORS] normal around 0; 0 leaves a regressor out
 *            freedom       degrees of freedom of the errors, > 2
 * Returned:  fit
 * Fails:     MCY_E_MISSING  fewer than 6 quarters
 *            MCY_E_NUMERIC  the normal equations are singular
 * Source:    Lange, Little & Taylor 1989, JASA 84: EM for the t distribution
 */
mcy_status mcy_bias_estimate(size_t n, const double *error, const double *regressor,
                             const double prior_sd[MCY_BIAS_REGRESSORS], double freedom,
                             mcy_bias_fit *fit, mcy_error *err);

/** Expected error at given regressors, and its standard deviation (finite: freedom > 2). */
void mcy_bias_predict(const mcy_bias_fit *fit, const double regressor[MCY_BIAS_REGRESSORS],
                      double *mean, double *sd);

#endif
