/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Predictive distributions of a firm's next quarters, by drawing the joint posterior.         (G2) */
#ifndef MCY_FORECAST_H
#define MCY_FORECAST_H

#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/outlook.h"

enum { MCY_FORECAST_QUARTERS = 4, MCY_FORECAST_LEVELS = 7 };

/* 5, 10, 25, 50, 75, 90, 95 %. */
extern const double mcy_forecast_levels[MCY_FORECAST_LEVELS];

/* What is guided for the next quarter, and how such guidance has erred. Missing means (NaN) of
 * guided values leave that part out. */
typedef struct mcy_guided {
    double revenue_usd_m, gross_margin_frac;
    mcy_bias_fit revenue_bias, margin_bias; /* of log(actual/guided), and of actual - guided */
    double regressor[MCY_BIAS_REGRESSORS];  /* what was known when it was given */
} mcy_guided;

/* How the market goes on after the first quarter, by product. */
typedef struct mcy_forecast_market {
    double persistence[MCY_OUTLOOK_PRODUCTS]; /* phi of (D3) */
    double factor_mean[MCY_OUTLOOK_PRODUCTS]; /* mu_f */
    double factor_sd[MCY_OUTLOOK_PRODUCTS];   /* sigma_f */
    double loading[MCY_OUTLOOK_PRODUCTS];     /* lambda of the firm */
    double offset;                            /* o of (D2) */
    double mix_sd[MCY_OUTLOOK_PRODUCTS];
    double bits_mean[MCY_OUTLOOK_PRODUCTS], bits_sd[MCY_OUTLOOK_PRODUCTS];
    double cost_mean[MCY_OUTLOOK_PRODUCTS], cost_sd[MCY_OUTLOOK_PRODUCTS];
} mcy_forecast_market;

typedef struct mcy_forecast_settings {
    size_t draws; /* 0: the default, 4000 */
    uint64_t seed;
    size_t quarters;                  /* 1..MCY_FORECAST_QUARTERS */
    double opex_usd_m, opex_sd_usd_m; /* operating expenses of each quarter */
} mcy_forecast_settings;

/* One quantity of one quarter. sorted lives in the arena. */
typedef struct mcy_forecast_quantity {
    size_t draws;
    double *sorted; /* [draws] ascending */
    double mean, sd, quantile[MCY_FORECAST_LEVELS];
} mcy_forecast_quantity;

typedef struct mcy_forecast {
    size_t quarters;
    mcy_forecast_quantity revenue_usd_m[MCY_FORECAST_QUARTERS];
    mcy_forecast_quantity gross_margin_frac[MCY_FORECAST_QUARTERS];
    mcy_forecast_quantity operating_income_usd_m[MCY_FORECAST_QUARTERS];
    mcy_outlook posterior; /* of the first quarter at the errors' typical size */
    double weight[2];      /* of guidance against the models; see mcy_outlook_condition */
    double model_revenue_usd_m, model_margin_frac;   /* what the models alone expect */
    double guided_revenue_usd_m, guided_margin_frac; /* guidance with its usual error */
    double guided_revenue_sd_log, guided_margin_sd_frac;
} mcy_forecast;

/**
 * Draw the next quarters.                                                                (G2)
 *
 * Given:     arena      owner of the draws
 *            outlook    the models' outlook of the first quarter
 *            guided     guidance for the first quarter; later quarters have none
 *            market     how factor, bits and costs go on
 *            settings   seed and number of draws; the same seed gives the same draws
 * Returned:  forecast
 * Fails:     MCY_E_DOMAIN   quarters outside 1..4, fewer than 100 draws
 *            MCY_E_NUMERIC  as mcy_outlook_condition
 * Notes:     the size of guidance's error is drawn anew each time (Student's t as a scale mixture
 *            of normals), and the outlook conditioned on it
 * Checked:   test_forecast.c
 */
mcy_status mcy_forecast_draw(mcy_arena *arena, const mcy_outlook *outlook,
                             const mcy_guided *guided, const mcy_forecast_market *market,
                             const mcy_forecast_settings *settings, mcy_forecast *forecast,
                             mcy_error *err);

#endif
