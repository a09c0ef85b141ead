/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rolling-origin backtest of the one-quarter-ahead forecast: at each origin only what was known
 * on that day is read (G3). */
#ifndef MCY_BACKTEST_RUN_H
#define MCY_BACKTEST_RUN_H

#include "margin_study.h"

typedef enum backtest_method {
    BACKTEST_MODEL,       /* ours */
    BACKTEST_GUIDANCE,    /* the guided middle, with mean and sd of its past errors, normal */
    BACKTEST_RANDOM_WALK, /* as the quarter before, with the past changes' root mean square */
    BACKTEST_MOMENTUM,    /* the last change again, with the past misses' root mean square */
    BACKTEST_METHODS
} backtest_method;

extern const char *const backtest_method_names[BACKTEST_METHODS];

/* One forecast of one quantity against what came; revenue in log points, margin in fractions. */
typedef struct backtest_score {
    double crps, pinball10, pinball50, pinball90, pit;
    double q10, q50, q90;
    bool inside80;
} backtest_score;

enum { BACKTEST_REVENUE, BACKTEST_MARGIN, BACKTEST_QUANTITIES };

typedef struct backtest_quarter {
    mcy_period target;
    mcy_day origin;
    double actual[BACKTEST_QUANTITIES]; /* log USD m, fraction */
    backtest_score score[BACKTEST_METHODS][BACKTEST_QUANTITIES];
    double weight[BACKTEST_QUANTITIES]; /* guidance's, in the model */
} backtest_quarter;

/* skipped: targets for which too little was known to forecast at all, and why of the last. */
typedef struct backtest {
    backtest_quarter *quarter;
    size_t n, skipped;
    mcy_error last_skip;
} backtest;

/**
 * Backtest every quarter of a firm whose target is not before from.
 *
 * Given:     home     holds scenarios/; facts are read anew for each origin
 *            as_of    0, or the day beyond which no outcome is looked at
 *            from     first target, a calendar quarter
 *            progress NULL, or called before each origin
 * Notes:     an origin at which too little was known is skipped, counted, and its reason kept
 * Fails:     MCY_E_MISSING  no origin has guidance, outcome and enough history
 */
mcy_status backtest_run(mcy_arena *arena, const char *home, mcy_day as_of, const char *firm,
                        mcy_quarter from, void (*progress)(void *, const backtest_quarter *),
                        void *context, backtest *result, mcy_error *err);

/** Means over the quarters of one method and quantity. */
typedef struct backtest_summary {
    size_t n;
    double crps, pinball10, pinball50, pinball90, cover80_frac;
    double crps_ratio; /* to guidance with its historical error */
} backtest_summary;

backtest_summary backtest_summarise(const backtest *b, backtest_method method, size_t quantity);

#endif
