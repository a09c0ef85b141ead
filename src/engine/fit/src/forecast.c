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

enum { K = MCY_OUTLOOK_PRODUCTS, N = MCY_OUTLOOK_SIZE, DEFAULT_DRAWS = 4000, LEAST_DRAWS = 100 };

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

/* Scale of a t error as a mixture of normals: sqrt(freedom / chi2). */
static double draw_scale(gsl_rng *rng, double freedom)
{
    return sqrt(freedom / gsl_ran_chisq(rng, freedom));
}

/* The statement that guidance makes, its usual error taken out; scale is that of its error. */
static mcy_outlook_statement statement_of(const mcy_guided *guided, const double scale[2])
{
    mcy_outlook_statement s = {MCY_MISSING, 0.0, MCY_MISSING, 0.0};
    double mean, sd;
    if (!mcy_is_missing(guided->revenue_usd_m)) {
        mcy_bias_predict(&guided->revenue_bias, guided->regressor, &mean, &sd);
        s.revenue_log = log(guided->revenue_usd_m) + mean;
        s.revenue_log_sd = sd * scale[0];
    }
    if (!mcy_is_missing(guided->gross_margin_frac)) {
        mcy_bias_predict(&guided->margin_bias, guided->regressor, &mean, &sd);
        s.gross_margin_frac = guided->gross_margin_frac + mean;
        s.gross_margin_sd_frac = sd * scale[1];
    }
    return s;
}

/* A draw of the posterior: mean + L z. */
static void draw_changes(gsl_rng *rng, const mcy_outlook *posterior, double change[N])
{
    double L[N][N], z[N];
    semidefinite_factor(posterior->covariance, L);
    for (size_t i = 0; i < N; i++)
        z[i] = gsl_ran_ugaussian(rng);
    for (size_t i = 0; i < N; i++) {
        change[i] = posterior->mean[i];
        for (size_t j = 0; j <= i; j++)
            change[i] += L[i][j] * z[j];
    }
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
                        m->factor_sd[k] * gsl_ran_ugaussian(rng);                     /* (D3) */
        double common = m->loading[k] * ((1.0 - m->offset) * factor + m->offset * before);
        change[MCY_OUTLOOK_FACTOR + k] = factor;
        change[MCY_OUTLOOK_PRICE + k] = common + m->mix_sd[k] * gsl_ran_ugaussian(rng); /* (D2) */
        change[MCY_OUTLOOK_BITS + k] = m->bits_mean[k] + m->bits_sd[k] * gsl_ran_ugaussian(rng);
        change[MCY_OUTLOOK_COST + k] = m->cost_mean[k] + m->cost_sd[k] * gsl_ran_ugaussian(rng);
    }
}

static void keep_draw(const mcy_outlook *levels, const mcy_forecast_settings *settings,
                      gsl_rng *rng, mcy_forecast *f, size_t quarter, size_t draw)
{
    static const double still[N] = {0.0};
    double revenue = mcy_outlook_revenue(levels, still), margin = mcy_outlook_margin(levels, still);
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
    static const double typical[2] = {1.0, 1.0};
    mcy_outlook_statement s = statement_of(guided, typical);
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
    /* bias_predict's sd is that of the t error; the normal inside has the share below. */
    double scale[2] = {1.0, 1.0}, change[N];
    const mcy_bias_fit *bias[2] = {&guided->revenue_bias, &guided->margin_bias};
    const double stated[2] = {guided->revenue_usd_m, guided->gross_margin_frac};
    for (size_t i = 0; i < 2; i++)
        if (!mcy_is_missing(stated[i]))
            scale[i] = draw_scale(rng, bias[i]->freedom) *
                       sqrt((bias[i]->freedom - 2.0) / bias[i]->freedom);
    mcy_outlook_statement s = statement_of(guided, scale);
    mcy_outlook levels;
    MCY_TRY(mcy_outlook_condition(outlook, &s, &levels, NULL, err));
    draw_changes(rng, &levels, change);
    for (size_t h = 0; h < f->quarters; h++) {
        if (h > 0)
            draw_later(rng, market, change);
        advance(&levels, change);
        keep_draw(&levels, settings, rng, f, h, draw);
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
