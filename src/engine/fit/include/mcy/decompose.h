/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bits times price, all firms of a product together (D1-D8): a market price factor, the firms'
 * own mix, their bits; posterior mode, standard errors, smoother, leave-one-out. */
#ifndef MCY_DECOMPOSE_H
#define MCY_DECOMPOSE_H

#include "mcy/panel.h"

enum { MCY_DECOMPOSE_PARAMETERS_MAX = 10 + 3 * MCY_PANEL_FIRMS_MAX };

/* One fitted parameter. The optimiser and the covariance work on the free scale (log of a
 * standard deviation, atanh of phi, the number itself else), where +-1.645 standard errors is
 * the interval. */
typedef struct mcy_decompose_parameter {
    char name[48];    /* "lambda.micron", "phi", "mu_f", "sigma_f", "mu_b", "sigma_b.samsung",
                         "sigma_m.skhynix", "tau.company", "tau.survey", "sigma_r.company",
                         "sigma_r.survey", "sigma_s.survey", "sigma_s.estimate" */
    double estimate;  /* natural scale */
    double low, high; /* 90 % interval, natural scale */
    double free, free_se;        /* free scale */
    double prior_mean, prior_sd; /* free scale */
} mcy_decompose_parameter;

/* One optimum found, and from how many of the starting points. */
typedef struct mcy_decompose_optimum {
    double log_posterior;
    double gradient_norm; /* of the log posterior on the free scale, at the optimum */
    int starts;           /* starting points that ended here */
    bool proper;          /* the Hessian is negative definite there */
    double *free;         /* [parameters] */
} mcy_decompose_optimum;

/* One observation, predicted from everything else (leave-one-out, D7a, D8). Log growth. */
typedef struct mcy_decompose_check {
    double observed;                /* midpoint of its range */
    double noise_sd;                /* the statement's own noise */
    double fitted, fitted_sd;       /* smoothed value of what it states, with it */
    double predicted, predicted_sd; /* of the statement (its noise included), without it */
    double residual;                /* (observed - predicted) / predicted_sd */
    bool contradicted;              /* |residual| > 3 */
} mcy_decompose_check;

/* Leave-one-out scores of a group of observations (D8). Widths and CRPS in log points. */
typedef struct mcy_decompose_scores {
    size_t count;
    double cover50, cover80, cover90; /* fraction of statements inside */
    double width90;                   /* mean width of the 90 % intervals */
    double crps;                      /* mean */
    double root_mean_square;          /* of the standardised residuals: 1 when honest */
} mcy_decompose_scores;

/* The result; everything lives in the arena it was made with. Arrays over firms and quarters
 * are firm-major: [firm * quarters + quarter]. Standard deviations hold the parameters'
 * uncertainty (delta method) unless settings say otherwise. All growth is logarithmic. */
typedef struct mcy_decomposition {
    mcy_panel panel; /* what was fitted (its arrays are copied into the arena) */
    size_t parameters;
    mcy_decompose_parameter *parameter;
    double *covariance; /* [parameters^2], free scale */
    double log_posterior, log_likelihood;
    size_t optima; /* best first */
    mcy_decompose_optimum *optimum;
    int starts;
    double effective_draws; /* of 3000 behind the parameters' intervals; 0: mode -+ 1.645 se */

    double *market, *market_sd; /* [quarters] f */
    double market_before;       /* f of the quarter before the first (Micron's timing) */
    double *
        market_lag_cov; /* [quarters] Cov(f_t, f_(t-1)), parameters fixed; [0] is of the quarter
                               before the first. NULL in a fit read from its file */
    double *market_slope; /* [parameters * quarters] f moved by one posterior standard deviation
                               of each direction of the parameters; NULL as above */
    double *bits, *bits_sd;                            /* b */
    double *price, *price_sd;                          /* p */
    double *cov_bits_price;                            /* Cov(b, p): never the same as 0 */
    double *common;                                    /* lambda ((1-o) f_t + o f_{t-1}) */
    double *mix, *mix_sd;                              /* m */
    double *revenue, *revenue_sd;                      /* r = b + p */
    bool *bits_stated, *price_stated, *revenue_stated; /* a published statement exists */

    mcy_decompose_check *check; /* [panel.observations] */
    mcy_decompose_scores scores[MCY_PANEL_KINDS];
    mcy_decompose_scores statements; /* bits and price words of firms together */
} mcy_decomposition;

/* Zero is the default of every setting. */
typedef struct mcy_decompose_settings {
    int starts;            /* starting points; 0: six */
    bool no_leave_one_out; /* leave checks and scores empty */
    bool fixed_parameters; /* standard deviations without the parameters' uncertainty */
    bool no_draws; /* parameter intervals from the standard errors alone: half the time */
} mcy_decompose_settings;

/**
 * Fit the decomposition to a panel.                                                    (D1-D8)
 *
 * Given:     arena      the result lives in it
 *            panel      checked with mcy_panel_check
 *            settings   NULL for the defaults
 * Returned:  *result
 * Fails:     MCY_E_DOMAIN, MCY_E_MISSING   the panel (see mcy_panel_check)
 *            MCY_E_NUMERIC                 no start reached an optimum with a proper Hessian
 * Notes:     exact Kalman filter with univariate treatment of the observations; the gradient is
 *            the smoother's (Fisher's identity), the Hessian its central difference
 * Source:    Durbin and Koopman 2012, ch. 2, 4, 6.4, 7.3
 * Checked:   test_decompose.c, test_recovery.c, bench_fit.c
 */
mcy_status mcy_decompose(mcy_arena *arena, const mcy_panel *panel,
                         const mcy_decompose_settings *settings, mcy_decomposition **result,
                         mcy_error *err);

/** Parameter by name ("lambda.micron"); NULL when there is none. */
const mcy_decompose_parameter *mcy_decompose_find(const mcy_decomposition *fit,
                                                  const char *name);

/**
 * Log change of the market's price over several quarters, with its error.
 *
 * Given:     first, last   quarters of the panel, first <= last: f of both and all between
 * Returned:  *sum          their sum: the price of the last on that of the quarter before first
 *            *sd           its standard deviation, the parameters' uncertainty included
 * Fails:     MCY_E_DOMAIN    quarters outside the panel or the wrong way round
 *            MCY_E_MISSING   a fit read from its file, which keeps no covariances
 * Notes:     bits and mix are white, so f given everything is a Markov chain: covariances over
 *            more than a quarter are products of those of neighbours over variances
 * Checked:   test_decompose.c against a dense normal
 */
mcy_status mcy_decompose_market_sum(const mcy_decomposition *fit, size_t first, size_t last,
                                    double *sum, double *sd, mcy_error *err);

/**
 * The factor and the bits k quarters after the last one (G2).
 *
 * Given:     ahead               >= 1
 * Returned:  market_mean         [ahead] f at +1..+ahead given every observation, at the mode
 *            market_covariance   [ahead * ahead]
 * Fails:     MCY_E_DOMAIN        ahead is 0
 */
mcy_status mcy_decompose_ahead(const mcy_decomposition *fit, size_t ahead, double *market_mean,
                               double *market_covariance, mcy_error *err);

#endif
