/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Predictive distributions by drawing the joint posterior of the next quarters. */
#include "mcy/forecast.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_double.h>

#include "mcy/number.h"
#include "mcy/score.h"

enum {
    K = MCY_OUTLOOK_PRODUCTS,
    N = MCY_OUTLOOK_SIZE,
    DEFAULT_DRAWS = 4000,
    LEAST_DRAWS = 100
};

const double mcy_forecast_levels[MCY_FORECAST_LEVELS] = {0.05, 0.10, 0.25, 0.50,
                                                         0.75, 0.90, 0.95};

/* Lower factor L of a covariance that may be singular: columns without variance are left 0. */
static void semidefinite_factor(const double *covariance, double L[N][N])
{
    memset(L, 0, sizeof(double[N][N]));
    for (size_t j = 0; j < N; j++) {
        double pivot = covariance[j * N + j];
        for (size_t k = 0; k < j; k++)
            pivot -= L[j][k] * L[j][k];
        if (!(pivot > 1e-14 * covariance[j * N + j]) || pivot <= 0.0)
            continue;
        L[j][j] = sqrt(pivot);
        for (size_t i = j + 1; i < N; i++) {
            double sum = covariance[i * N + j];
            for (size_t k = 0; k < j; k++)
                sum -= L[i][k] * L[j][k];
            L[i][j] = sum / L[j][j];
        }
    }
}

/* The statement that guidance makes, its usual error taken out. */
static mcy_outlook_statement statement_of(const mcy_guided *guided)
{
    mcy_outlook_statement s = {MCY_MISSING, 0.0, MCY_MISSING, 0.0};
    double mean, sd;
    if (!mcy_is_missing(guided->revenue_usd_m)) {
        mcy_bias_predict(&guided->revenue_bias, guided->regressor, &mean, &sd);
        s.revenue_log = log(guided->revenue_usd_m) + mean;
        s.revenue_log_sd = sd;
    }
    if (!mcy_is_missing(guided->gross_margin_frac)) {
        mcy_bias_predict(&guided->margin_bias, guided->regressor, &mean, &sd);
        s.gross_margin_frac = guided->gross_margin_frac + mean;
        s.gross_margin_sd_frac = sd;
    }
    return s;
}

/* Move changes until they give that log revenue and margin, along the outlook's own directions. */
static void meet(const mcy_outlook *o, const mcy_outlook_prediction *p, const double wanted[2],
                 double change[N])
{
    enum { STEPS = 12 };
    for (int step = 0; step < STEPS; step++) {
        double miss[2] = {wanted[0] - log(mcy_outlook_revenue(o, change)),
                          wanted[1] - mcy_outlook_margin(o, change)};
        for (size_t i = 0; i < N; i++)
            change[i] += p->gain[2 * i] * miss[0] + p->gain[2 * i + 1] * miss[1];
    }
}

/* A draw of the posterior. Revenue and margin are drawn first, from their own distribution to
 * first order; the changes behind them, mean + L z, are then moved to meet them: where costs by
 * product are vague their sum is not, and drawing them freely would spread it. */
static void draw_changes(gsl_rng *rng, const mcy_outlook *posterior, double change[N],
                         double drawn[2])
{
    mcy_outlook_prediction p = mcy_outlook_predict(posterior);
    double sd0 = sqrt(p.covariance[0]), slope = sd0 > 0.0 ? p.covariance[1] / sd0 : 0.0;
    double rest = p.covariance[3] - slope * slope, z0 = gsl_ran_ugaussian(rng);
    drawn[0] = p.mean[0] + sd0 * z0;
    drawn[1] = p.mean[1] + slope * z0 + sqrt(rest > 0.0 ? rest : 0.0) * gsl_ran_ugaussian(rng);
    double L[N][N], z[N];
    semidefinite_factor(posterior->covariance, L);
    for (size_t i = 0; i < N; i++)
        z[i] = gsl_ran_ugaussian(rng);
    for (size_t i = 0; i < N; i++) {
        change[i] = posterior->mean[i];
        for (size_t j = 0; j <= i; j++)
            change[i] += L[i][j] * z[j];
    }
    meet(posterior, &p, drawn, change);
}

/* Levels go on by one quarter's changes. */
static void advance(mcy_outlook *levels, const double change[N])
{
    for (size_t k = 0; k < K; k++) {
        double bits = change[MCY_OUTLOOK_BITS + k];
        levels->revenue_usd_m[k] *= exp(bits + change[MCY_OUTLOOK_PRICE + k]);
        levels->cost_usd_m[k] *= exp(bits + change[MCY_OUTLOOK_COST + k]);
    }
}

/* Changes of a later quarter: the factor's autoregression, everything else by its own spread. */
static void draw_later(gsl_rng *rng, const mcy_forecast_market *m, double change[N])
{
    for (size_t k = 0; k < K; k++) {
        double before = change[MCY_OUTLOOK_FACTOR + k];
        double factor = m->factor_mean[k] + m->persistence[k] * (before - m->factor_mean[k]) +
                        m->factor_sd[k] * gsl_ran_ugaussian(rng); /* (D3) */
        double common = m->loading[k] * ((1.0 - m->offset) * factor + m->offset * before);
        change[MCY_OUTLOOK_FACTOR + k] = factor;
        change[MCY_OUTLOOK_PRICE + k] =
            common + m->mix_sd[k] * gsl_ran_ugaussian(rng); /* (D2) */
        change[MCY_OUTLOOK_BITS + k] = m->bits_mean[k] + m->bits_sd[k] * gsl_ran_ugaussian(rng);
        change[MCY_OUTLOOK_COST + k] = m->cost_mean[k] + m->cost_sd[k] * gsl_ran_ugaussian(rng);
    }
}

static void keep_draw(double revenue, double margin, const mcy_forecast_settings *settings,
                      gsl_rng *rng, mcy_forecast *f, size_t quarter, size_t draw)
{
    double opex = settings->opex_usd_m + settings->opex_sd_usd_m * gsl_ran_ugaussian(rng);
    f->revenue_usd_m[quarter].sorted[draw] = revenue;
    f->gross_margin_frac[quarter].sorted[draw] = margin;
    f->operating_income_usd_m[quarter].sorted[draw] = revenue * margin - opex;
}

static void summarise(mcy_forecast_quantity *q)
{
    double sum = 0.0, squares = 0.0;
    gsl_sort(q->sorted, 1, q->draws);
    for (size_t i = 0; i < q->draws; i++)
        sum += q->sorted[i];
    q->mean = sum / (double)q->draws;
    for (size_t i = 0; i < q->draws; i++)
        squares += (q->sorted[i] - q->mean) * (q->sorted[i] - q->mean);
    q->sd = sqrt(squares / (double)(q->draws - 1));
    for (size_t i = 0; i < MCY_FORECAST_LEVELS; i++)
        q->quantile[i] = mcy_score_quantile(q->draws, q->sorted, mcy_forecast_levels[i]);
}

static mcy_status take_draws(mcy_arena *arena, mcy_forecast *f, size_t draws, mcy_error *err)
{
    mcy_forecast_quantity *const kinds[] = {f->revenue_usd_m, f->gross_margin_frac,
                                            f->operating_income_usd_m};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t h = 0; h < f->quarters; h++) {
            kinds[i][h].draws = draws;
            if (!(kinds[i][h].sorted = MCY_TAKE(arena, double, draws)))
                return mcy_fail_memory(err);
        }
    return MCY_OK;
}

/* What goes into the explanation: the models alone, guidance alone, both. */
static mcy_status explain(const mcy_outlook *outlook, const mcy_guided *guided, mcy_forecast *f,
                          mcy_error *err)
{
    mcy_outlook_statement s = statement_of(guided);
    f->model_revenue_usd_m = mcy_outlook_revenue(outlook, outlook->mean);
    f->model_margin_frac = mcy_outlook_margin(outlook, outlook->mean);
    f->guided_revenue_usd_m = exp(s.revenue_log);
    f->guided_revenue_sd_log = s.revenue_log_sd;
    f->guided_margin_frac = s.gross_margin_frac;
    f->guided_margin_sd_frac = s.gross_margin_sd_frac;
    return mcy_outlook_condition(outlook, &s, &f->posterior, f->weight, err);
}

/* One path through all quarters. */
static mcy_status draw_path(gsl_rng *rng, const mcy_outlook *outlook, const mcy_guided *guided,
                            const mcy_forecast_market *market,
                            const mcy_forecast_settings *settings, size_t draw, mcy_forecast *f,
                            mcy_error *err)
{
    double change[N], drawn[2];
    mcy_outlook_statement s = statement_of(guided);
    mcy_outlook levels;
    MCY_TRY(mcy_outlook_condition(outlook, &s, &levels, NULL, err));
    draw_changes(rng, &levels, change, drawn);
    keep_draw(exp(drawn[0]), drawn[1], settings, rng, f, 0, draw);
    for (size_t h = 1; h < f->quarters; h++) {
        advance(&levels, change);
        draw_later(rng, market, change);
        keep_draw(mcy_outlook_revenue(&levels, change), mcy_outlook_margin(&levels, change),
                  settings, rng, f, h, draw);
    }
    return MCY_OK;
}

mcy_status mcy_forecast_draw(mcy_arena *arena, const mcy_outlook *outlook,
                             const mcy_guided *guided, const mcy_forecast_market *market,
                             const mcy_forecast_settings *settings, mcy_forecast *forecast,
                             mcy_error *err)
{
    size_t draws = settings->draws ? settings->draws : DEFAULT_DRAWS;
    if (settings->quarters < 1 || settings->quarters > MCY_FORECAST_QUARTERS)
        return MCY_FAIL(err, MCY_E_DOMAIN, "forecast: %zu quarters, 1 to %d are possible",
                        settings->quarters, MCY_FORECAST_QUARTERS);
    if (draws < LEAST_DRAWS)
        return MCY_FAIL(err, MCY_E_DOMAIN, "forecast: %zu draws, at least %d are needed", draws,
                        LEAST_DRAWS);
    *forecast = (mcy_forecast){.quarters = settings->quarters};
    MCY_TRY(take_draws(arena, forecast, draws, err));
    MCY_TRY(explain(outlook, guided, forecast, err));
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!rng)
        return mcy_fail_memory(err);
    gsl_rng_set(rng, (unsigned long)settings->seed);
    mcy_status status = MCY_OK;
    for (size_t i = 0; i < draws && status == MCY_OK; i++)
        status = draw_path(rng, outlook, guided, market, settings, i, forecast, err);
    gsl_rng_free(rng);
    for (size_t h = 0; h < forecast->quarters && status == MCY_OK; h++) {
        summarise(&forecast->revenue_usd_m[h]);
        summarise(&forecast->gross_margin_frac[h]);
        summarise(&forecast->operating_income_usd_m[h]);
    }
    return status;
}
