/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rolling-origin backtest of the one-quarter-ahead forecast. */
#include "backtest_run.h"

#include <math.h>
#include <stdlib.h>

#include "mcy/number.h"
#include "mcy/score.h"

enum { SEED = 1234, LEAST_PAST = 6 };
static const double z90 = 1.2815515655446004; /* 10 and 90 % of a normal */

const char *const backtest_method_names[BACKTEST_METHODS] = {
    "model", "guidance, historical error", "random walk", "momentum"};

static backtest_score score_normal(double mean, double sd, double actual)
{
    backtest_score s = {.crps = mcy_score_crps_normal(mean, sd, actual),
                        .q10 = mean - z90 * sd,
                        .q50 = mean,
                        .q90 = mean + z90 * sd};
    s.pinball10 = mcy_score_pinball(0.1, s.q10, actual);
    s.pinball50 = mcy_score_pinball(0.5, s.q50, actual);
    s.pinball90 = mcy_score_pinball(0.9, s.q90, actual);
    s.pit = 0.5 * erfc((mean - actual) / (sd * sqrt(2.0)));
    s.inside80 = actual >= s.q10 && actual <= s.q90;
    return s;
}

static backtest_score score_draws(const mcy_forecast_quantity *q, const double *sorted,
                                  double actual)
{
    backtest_score s = {.crps = mcy_score_crps_sample(q->draws, sorted, actual),
                        .q10 = mcy_score_quantile(q->draws, sorted, 0.1),
                        .q50 = mcy_score_quantile(q->draws, sorted, 0.5),
                        .q90 = mcy_score_quantile(q->draws, sorted, 0.9),
                        .pit = mcy_score_pit_sample(q->draws, sorted, actual)};
    s.pinball10 = mcy_score_pinball(0.1, s.q10, actual);
    s.pinball50 = mcy_score_pinball(0.5, s.q50, actual);
    s.pinball90 = mcy_score_pinball(0.9, s.q90, actual);
    s.inside80 = actual >= s.q10 && actual <= s.q90;
    return s;
}

/* Changes of the quarters known at an origin, oldest first. */
typedef struct past_changes {
    size_t n;
    double *change[BACKTEST_QUANTITIES]; /* log growth, change of margin */
} past_changes;

static mcy_status collect_changes(mcy_arena *arena, const margin_study *s,
                                  const mcy_guidance *origin, past_changes *past,
                                  mcy_error *err)
{
    past->n = 0;
    for (size_t q = 0; q < BACKTEST_QUANTITIES; q++)
        if (!(past->change[q] = MCY_TAKE(arena, double, s->guidance_count)))
            return mcy_fail_memory(err);
    for (size_t i = 0; i < s->guidance_count; i++) {
        const mcy_guidance *g = &s->guidance[i];
        if (!g->actual_known || g->actual_known > origin->known ||
            mcy_is_missing(g->last_revenue_usd_m) || mcy_is_missing(g->last_margin_frac))
            continue;
        past->change[BACKTEST_REVENUE][past->n] =
            log(g->actual_revenue_usd_m / g->last_revenue_usd_m);
        past->change[BACKTEST_MARGIN][past->n++] = g->actual_margin_frac - g->last_margin_frac;
    }
    return MCY_OK;
}

static double root_mean_square(size_t n, const double *x, size_t lag)
{
    double squares = 0.0;
    for (size_t i = lag; i < n; i++) {
        double miss = lag ? x[i] - x[i - lag] : x[i];
        squares += miss * miss;
    }
    return sqrt(squares / (double)(n - lag));
}

/* Score everything at one origin; the outcome comes from the full facts, everything else from the
 * study as of the origin. */
static mcy_status score_origin(mcy_arena *arena, const margin_study *s,
                               const mcy_guidance *outcome, backtest_quarter *b, mcy_error *err)
{
    mcy_forecast forecast;
    const mcy_guidance *g;
    guidance_errors errors;
    past_changes past;
    MCY_TRY(margin_study_forecast(arena, s, 1, 0, SEED, &forecast, &g, err));
    if (!g)
        return MCY_FAIL(err, MCY_E_MISSING, "no guidance at the origin");
    MCY_TRY(guidance_errors_collect(arena, s->guidance, s->guidance_count, g, &errors, err));
    MCY_TRY(collect_changes(arena, s, g, &past, err));
    b->actual[BACKTEST_REVENUE] = log(outcome->actual_revenue_usd_m);
    b->actual[BACKTEST_MARGIN] = outcome->actual_margin_frac;
    mcy_forecast_quantity *revenue = &forecast.revenue_usd_m[0];
    mcy_forecast_quantity *margin = &forecast.gross_margin_frac[0];
    double *log_revenue = MCY_TAKE(arena, double, revenue->draws);
    if (!log_revenue)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < revenue->draws; i++)
        log_revenue[i] = log(revenue->sorted[i]);
    b->score[BACKTEST_MODEL][BACKTEST_REVENUE] =
        score_draws(revenue, log_revenue, b->actual[BACKTEST_REVENUE]);
    b->score[BACKTEST_MODEL][BACKTEST_MARGIN] =
        score_draws(margin, margin->sorted, b->actual[BACKTEST_MARGIN]);
    const double guided[] = {log(mcy_range_middle(g->revenue_usd_m)) + errors.revenue_mean,
                             mcy_range_middle(g->gross_margin_frac) + errors.margin_mean};
    const double guided_sd[] = {errors.revenue_sd, errors.margin_sd};
    const double last[] = {log(g->last_revenue_usd_m), g->last_margin_frac};
    for (size_t q = 0; q < BACKTEST_QUANTITIES; q++) {
        const double *change = past.change[q];
        b->score[BACKTEST_GUIDANCE][q] = score_normal(guided[q], guided_sd[q], b->actual[q]);
        b->score[BACKTEST_RANDOM_WALK][q] =
            score_normal(last[q], root_mean_square(past.n, change, 0), b->actual[q]);
        b->score[BACKTEST_MOMENTUM][q] = score_normal(
            last[q] + change[past.n - 1], root_mean_square(past.n, change, 1), b->actual[q]);
        b->weight[q] = forecast.weight[q];
    }
    return MCY_OK;
}

static mcy_status read_facts(mcy_arena *arena, const char *home, mcy_day as_of,
                             mcy_facts **facts, mcy_error *err)
{
    const char *folder = mcy_arena_print(arena, "%s/scenarios/history", home);
    if (!folder)
        return mcy_fail_memory(err);
    mcy_text report;
    mcy_text_init(&report);
    mcy_status status = mcy_facts_read(arena, folder, as_of, &report, facts, err);
    mcy_text_release(&report);
    return status;
}

static mcy_status run_origin(mcy_arena *scratch, const char *home, const char *firm,
                             const mcy_guidance *outcome, backtest_quarter *b, mcy_error *err)
{
    mcy_facts *facts;
    margin_study study;
    MCY_TRY(read_facts(scratch, home, outcome->known, &facts, err));
    MCY_TRY(margin_study_of_facts(scratch, facts, home, firm, true, &study, err));
    return score_origin(scratch, &study, outcome, b, err);
}

mcy_status backtest_run(mcy_arena *arena, const char *home, mcy_day as_of, const char *firm,
                        mcy_quarter from, void (*progress)(void *, const backtest_quarter *),
                        void *context, backtest *result, mcy_error *err)
{
    mcy_facts *facts;
    mcy_guidance *all;
    size_t count;
    *result = (backtest){0};
    MCY_TRY(read_facts(arena, home, as_of, &facts, err));
    MCY_TRY(mcy_guidance_history_build(arena, facts, firm, &all, &count, err));
    result->quarter = MCY_TAKE(arena, backtest_quarter, count);
    mcy_arena *scratch = mcy_arena_create();
    if (!result->quarter || !scratch) {
        mcy_arena_destroy(scratch);
        return mcy_fail_memory(err);
    }
    mcy_status status = MCY_OK;
    /* One origin after another: Debian's serial OpenBLAS is not safe in several threads. */
    for (size_t i = 0; i < count && status == MCY_OK; i++) {
        if (!all[i].actual_known || mcy_period_quarter(&all[i].target) < from)
            continue;
        backtest_quarter *b = &result->quarter[result->n];
        *b = (backtest_quarter){.target = all[i].target, .origin = all[i].known};
        if (progress)
            progress(context, b);
        mcy_arena_reset(scratch);
        status = run_origin(scratch, home, firm, &all[i], b, err);
        if (status == MCY_OK) {
            result->n++;
            continue;
        }
        char name[32];
        mcy_period_format(&all[i].target, name);
        mcy_fail_in(err, status, "backtest of %s", name);
        if ((status == MCY_E_MISSING || status == MCY_E_INPUT) && err) {
            result->last_skip = *err;
            result->skipped++;
            status = MCY_OK;
        }
    }
    mcy_arena_destroy(scratch);
    if (status == MCY_OK && !result->n)
        return MCY_FAIL(err, MCY_E_MISSING,
                        "no quarter of '%s' from there on has both guidance and an outcome",
                        firm);
    return status;
}

backtest_summary backtest_summarise(const backtest *b, backtest_method method, size_t quantity)
{
    backtest_summary s = {.n = b->n};
    double guidance = 0.0, n = (double)b->n;
    for (size_t i = 0; i < b->n; i++) {
        const backtest_score *score = &b->quarter[i].score[method][quantity];
        s.crps += score->crps / n;
        s.pinball10 += score->pinball10 / n;
        s.pinball50 += score->pinball50 / n;
        s.pinball90 += score->pinball90 / n;
        s.cover80_frac += (score->inside80 ? 1.0 : 0.0) / n;
        guidance += b->quarter[i].score[BACKTEST_GUIDANCE][quantity].crps / n;
    }
    s.crps_ratio = s.crps / guidance;
    return s;
}
