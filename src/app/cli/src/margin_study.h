/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the commands on margins, guidance and forecasts share: facts as of a day, the
 * decompositions, the cost fit, guidance, and the models' outlook of the next quarter. */
#ifndef MCY_MARGIN_STUDY_H
#define MCY_MARGIN_STUDY_H

#include "mcy/forecast.h"
#include "mcy/guidance_history.h"
#include "mcy/margin_history.h"

typedef struct margin_study {
    const mcy_facts *facts;
    const mcy_decomposition *bits[MCY_COST_PRODUCTS];
    mcy_margin_history history;
    mcy_cost_fit cost;
    mcy_guidance *guidance; /* NULL when the firm gives none */
    size_t guidance_count;
} margin_study;

/**
 * Everything from facts as of a day.
 *
 * Given:     home    holds scenarios/judgements
 *            quick   one start of the decompositions: for backtests
 */
mcy_status margin_study_of_facts(mcy_arena *arena, const mcy_facts *facts, const char *home,
                                 const char *firm, bool quick, margin_study *study,
                                 mcy_error *err);

/** What the models expect of the quarter after the last, and how the market goes on. */
mcy_status margin_study_outlook(const margin_study *study, mcy_outlook *outlook,
                                mcy_forecast_market *market, mcy_error *err);

/** The guidance for the quarter after the last one reported; NULL when none is known. */
const mcy_guidance *margin_study_guidance(const margin_study *study);

/** Guidance taken exactly at its word: middles, and half the printed range over the root of 3. */
mcy_outlook_statement margin_study_statement(const mcy_guidance *guidance);

/**
 * Guidance with how such guidance has erred in the quarters known before it.             (G2)
 *
 * Fails:     MCY_E_MISSING   too few quarters with both guidance and outcome
 */
mcy_status margin_study_guided(mcy_arena *arena, const margin_study *study,
                               const mcy_guidance *guidance, mcy_guided *guided,
                               mcy_error *err);

/* Errors of guidance known before a guidance was given, and their plain mean and sd. */
typedef struct guidance_errors {
    size_t n;
    double *revenue_log, *margin_frac, *regressor; /* [n], [n], [n * MCY_BIAS_REGRESSORS] */
    double revenue_mean, revenue_sd, margin_mean, margin_sd;
    double opex_mean, opex_sd; /* of log(actual / guided) operating expenses */
} guidance_errors;

mcy_status guidance_errors_collect(mcy_arena *arena, const mcy_guidance *all, size_t count,
                                   const mcy_guidance *origin, guidance_errors *errors,
                                   mcy_error *err);

/**
 * The forecast of the next quarters, guidance for the first where there is one.          (G2)
 *
 * Given:     quarters, draws, seed   see mcy_forecast_settings; draws 0 = the default
 * Returned:  forecast, and *guidance = what was used, NULL for none
 */
mcy_status margin_study_forecast(mcy_arena *arena, const margin_study *study, size_t quarters,
                                 size_t draws, uint64_t seed, mcy_forecast *forecast,
                                 const mcy_guidance **guidance, mcy_error *err);

#endif
