/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts, decompositions, costs, guidance and outlook of one firm as of a day. */
#include "margin_study.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/facts_panel.h"
#include "mcy/number.h"

enum { K = MCY_COST_PRODUCTS, N = MCY_OUTLOOK_SIZE, P = MCY_BIAS_REGRESSORS };
static const char *const products[K] = {"dram", "nand"};

static mcy_status decompose(mcy_arena *arena, const mcy_facts *facts, const char *product,
                            bool quick, const mcy_decomposition **bits, mcy_error *err)
{
    /* Modes and their smoother are used here, no leave-one-out checks, no intervals of parameters. */
    mcy_decompose_settings settings = {
        .starts = quick ? 1 : 0, .no_leave_one_out = true, .no_draws = true};
    mcy_panel *panel;
    mcy_decomposition *result;
    MCY_TRY(mcy_facts_panel(arena, facts, product, NULL, &panel, err));
    MCY_TRY(mcy_decompose(arena, panel, &settings, &result, err));
    *bits = result;
    return MCY_OK;
}

mcy_status margin_study_of_facts(mcy_arena *arena, const mcy_facts *facts, const char *home,
                                 const char *firm, bool quick, margin_study *study,
                                 mcy_error *err)
{
    *study = (margin_study){.facts = facts};
    const char *folder = mcy_arena_print(arena, "%s/scenarios/judgements", home);
    if (!folder)
        return mcy_fail_memory(err);
    for (size_t k = 0; k < K; k++)
        MCY_TRY(decompose(arena, facts, products[k], quick, &study->bits[k], err));
    MCY_TRY(mcy_margin_history_build(arena, facts, folder, study->bits, firm, &study->history,
                                     err));
    MCY_TRY(mcy_cost_estimate(arena, &study->history.data, &study->history.prior, &study->cost,
                              err));
    mcy_error none = {0};
    mcy_status status = mcy_guidance_history_build(arena, facts, firm, &study->guidance,
                                                   &study->guidance_count, &none);
    if (status == MCY_OK || status == MCY_E_MISSING)
        return MCY_OK;
    if (err)
        *err = none;
    return status;
}

/* A parameter of the decomposition, the firm's own where it has one. */
static double parameter(const mcy_decomposition *bits, const char *name, const char *firm)
{
    char full[64];
    snprintf(full, sizeof full, "%s.%s", name, firm);
    const mcy_decompose_parameter *p = mcy_decompose_find(bits, full);
    if (!p)
        p = mcy_decompose_find(bits, name);
    return p ? p->estimate : MCY_MISSING;
}

/* Mean and variance of the market factor in a quarter and the one before it. */
static mcy_status factor_at(const mcy_decomposition *bits, mcy_quarter quarter, double *mean,
                            double *variance, mcy_error *err)
{
    int t = quarter - bits->panel.first, last = (int)bits->panel.quarters - 1;
    if (t <= last) {
        *mean = bits->market[t];
        *variance = bits->market_sd[t] * bits->market_sd[t];
        return MCY_OK;
    }
    enum { AHEAD = 8 };
    double means[AHEAD], covariance[AHEAD * AHEAD];
    size_t ahead = (size_t)(t - last);
    if (ahead > AHEAD)
        return MCY_FAIL(err, MCY_E_MISSING,
                        "the decomposition of %s ends %zu quarters too early",
                        bits->panel.product, ahead);
    MCY_TRY(mcy_decompose_ahead(bits, ahead, means, covariance, err));
    *mean = means[ahead - 1];
    *variance = covariance[(ahead - 1) * ahead + ahead - 1];
    return MCY_OK;
}

static void set_pair(mcy_outlook *o, size_t i, size_t j, double value)
{
    o->covariance[i * N + j] = o->covariance[j * N + i] = value;
}

/* One product's part of the outlook: bits, price and its factor. */
static mcy_status product_outlook(const margin_study *s, size_t k, mcy_outlook *o,
                                  mcy_forecast_market *m, mcy_error *err)
{
    const mcy_decomposition *bits = s->bits[k];
    const char *firm = s->history.firm;
    mcy_quarter next = s->history.quarter[s->history.n - 1].quarter + 1;
    int f = mcy_panel_firm_index(&bits->panel, firm);
    double before, before_variance, factor, variance;
    MCY_TRY(factor_at(bits, next, &factor, &variance, err));
    MCY_TRY(factor_at(bits, next - 1, &before, &before_variance, err));
    m->persistence[k] = parameter(bits, "phi", firm);
    m->factor_mean[k] = parameter(bits, "mu_f", firm);
    m->factor_sd[k] = parameter(bits, "sigma_f", firm);
    m->loading[k] = parameter(bits, "lambda", firm);
    m->mix_sd[k] = parameter(bits, "sigma_m", firm);
    m->bits_mean[k] = parameter(bits, "mu_b", firm);
    m->bits_sd[k] = parameter(bits, "sigma_b", firm);
    m->offset = bits->panel.firm[f].offset;
    double now = 1.0 - m->offset, loading = m->loading[k];
    o->mean[MCY_OUTLOOK_BITS + k] = m->bits_mean[k];
    set_pair(o, MCY_OUTLOOK_BITS + k, MCY_OUTLOOK_BITS + k, m->bits_sd[k] * m->bits_sd[k]);
    o->mean[MCY_OUTLOOK_FACTOR + k] = factor;
    set_pair(o, MCY_OUTLOOK_FACTOR + k, MCY_OUTLOOK_FACTOR + k, variance);
    o->mean[MCY_OUTLOOK_PRICE + k] = loading * (now * factor + m->offset * before); /* (D2) */
    set_pair(o, MCY_OUTLOOK_PRICE + k, MCY_OUTLOOK_PRICE + k,
             loading * loading *
                     (now * now * variance + m->offset * m->offset * before_variance) +
                 m->mix_sd[k] * m->mix_sd[k]);
    set_pair(o, MCY_OUTLOOK_PRICE + k, MCY_OUTLOOK_FACTOR + k, loading * now * variance);
    return MCY_OK;
}

mcy_status margin_study_outlook(const margin_study *study, mcy_outlook *outlook,
                                mcy_forecast_market *market, mcy_error *err)
{
    const mcy_margin_history *h = &study->history;
    size_t last = h->n - 1;
    *outlook = (mcy_outlook){0};
    *market = (mcy_forecast_market){0};
    double products_usd_m = 0.0;
    for (size_t k = 0; k < K; k++) {
        MCY_TRY(product_outlook(study, k, outlook, market, err));
        double revenue = h->data.revenue_usd_m[k][last];
        market->cost_mean[k] = -study->cost.fall_log[k];
        market->cost_sd[k] = hypot(study->cost.shock_sd_log[k], study->cost.fall_sd_log[k]);
        outlook->revenue_usd_m[k] = revenue;
        outlook->cost_usd_m[k] = revenue * study->cost.cost_share_frac[k][last];
        outlook->mean[MCY_OUTLOOK_COST + k] = market->cost_mean[k];
        products_usd_m += revenue;
        for (size_t j = 0; j < K; j++) { /* levels are uncertain too, DRAM against NAND */
            double level = study->cost.last_covariance[k * 2 * K + j];
            double change = j == k ? market->cost_sd[k] * market->cost_sd[k] : 0.0;
            set_pair(outlook, MCY_OUTLOOK_COST + k, MCY_OUTLOOK_COST + j, level + change);
        }
    }
    outlook->other_revenue_usd_m = h->data.other_revenue_usd_m[last];
    outlook->other_cost_usd_m = h->data.other_revenue_usd_m[last] *
                                (outlook->cost_usd_m[0] + outlook->cost_usd_m[1]) /
                                products_usd_m;
    return MCY_OK;
}

const mcy_guidance *margin_study_guidance(const margin_study *study)
{
    mcy_quarter next = study->history.quarter[study->history.n - 1].quarter + 1;
    for (size_t i = 0; i < study->guidance_count; i++)
        if (mcy_period_quarter(&study->guidance[i].target) == next)
            return &study->guidance[i];
    return NULL;
}

static double sd_of_range(mcy_range range)
{
    return mcy_range_half(range) / sqrt(3.0);
}

mcy_outlook_statement margin_study_statement(const mcy_guidance *guidance)
{
    mcy_outlook_statement s = {MCY_MISSING, 0.0, MCY_MISSING, 0.0};
    if (!mcy_range_is_missing(guidance->revenue_usd_m)) {
        double middle = mcy_range_middle(guidance->revenue_usd_m);
        s.revenue_log = log(middle);
        s.revenue_log_sd = sd_of_range(guidance->revenue_usd_m) / middle;
    }
    if (!mcy_range_is_missing(guidance->gross_margin_frac)) {
        s.gross_margin_frac = mcy_range_middle(guidance->gross_margin_frac);
        s.gross_margin_sd_frac = sd_of_range(guidance->gross_margin_frac);
    }
    return s;
}

/* What was known when guidance was given: 1, guided log growth, guided change of margin. */
static void fill_regressor(const mcy_guidance *g, double row[P])
{
    row[0] = 1.0;
    row[1] = log(mcy_range_middle(g->revenue_usd_m) / g->last_revenue_usd_m);
    row[2] = mcy_range_middle(g->gross_margin_frac) - g->last_margin_frac;
}

static bool is_complete(const mcy_guidance *g)
{
    return !mcy_range_is_missing(g->revenue_usd_m) &&
           !mcy_range_is_missing(g->gross_margin_frac) &&
           !mcy_is_missing(g->last_revenue_usd_m) && !mcy_is_missing(g->last_margin_frac);
}

static void plain_moments(size_t n, const double *values, double *mean, double *sd)
{
    double sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    *mean = n ? sum / (double)n : MCY_MISSING;
    for (size_t i = 0; i < n; i++)
        squares += (values[i] - *mean) * (values[i] - *mean);
    *sd = n > 1 ? sqrt(squares / (double)(n - 1)) : MCY_MISSING;
}

mcy_status guidance_errors_collect(mcy_arena *arena, const mcy_guidance *all, size_t count,
                                   const mcy_guidance *origin, guidance_errors *errors,
                                   mcy_error *err)
{
    *errors = (guidance_errors){.revenue_log = MCY_TAKE(arena, double, count),
                                .margin_frac = MCY_TAKE(arena, double, count),
                                .regressor = MCY_TAKE(arena, double, count *P)};
    if (!errors->revenue_log || !errors->margin_frac || !errors->regressor)
        return mcy_fail_memory(err);
    double *opex_log = MCY_TAKE(arena, double, count);
    size_t opex_count = 0;
    if (!opex_log)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        const mcy_guidance *g = &all[i];
        if (!g->actual_known || g->actual_known > origin->known || !is_complete(g))
            continue;
        if (g->actual_opex_usd_m > 0.0 && !mcy_range_is_missing(g->opex_usd_m))
            opex_log[opex_count++] =
                log(g->actual_opex_usd_m / mcy_range_middle(g->opex_usd_m));
        size_t n = errors->n++;
        errors->revenue_log[n] =
            log(g->actual_revenue_usd_m / mcy_range_middle(g->revenue_usd_m));
        errors->margin_frac[n] = g->actual_margin_frac - mcy_range_middle(g->gross_margin_frac);
        fill_regressor(g, errors->regressor + n * P);
    }
    plain_moments(errors->n, errors->revenue_log, &errors->revenue_mean, &errors->revenue_sd);
    plain_moments(errors->n, errors->margin_frac, &errors->margin_mean, &errors->margin_sd);
    plain_moments(opex_count, opex_log, &errors->opex_mean, &errors->opex_sd);
    return MCY_OK;
}

mcy_status margin_study_guided(mcy_arena *arena, const margin_study *study,
                               const mcy_guidance *guidance, mcy_guided *guided, mcy_error *err)
{
    /* Wide priors: revenue's error goes with guided growth, the margin's with its guided change;
     * see docs/decisions on what guidance's errors are regressed on. */
    static const double revenue_prior[P] = {0.05, 1.0, 0.0}, margin_prior[P] = {0.02, 0.0, 0.3};
    static const double revenue_freedom = 4.0, margin_freedom = 3.0;
    guidance_errors past;
    MCY_TRY(guidance_errors_collect(arena, study->guidance, study->guidance_count, guidance,
                                    &past, err));
    *guided = (mcy_guided){.revenue_usd_m = mcy_range_middle(guidance->revenue_usd_m),
                           .gross_margin_frac = mcy_range_middle(guidance->gross_margin_frac)};
    fill_regressor(guidance, guided->regressor);
    MCY_TRY(mcy_bias_estimate(past.n, past.revenue_log, past.regressor, revenue_prior,
                              revenue_freedom, &guided->revenue_bias, err));
    return mcy_bias_estimate(past.n, past.margin_frac, past.regressor, margin_prior,
                             margin_freedom, &guided->margin_bias, err);
}

/* Operating expenses of the next quarter: guided with its usual error, else as in the last. */
static mcy_status expected_opex(mcy_arena *arena, const margin_study *study,
                                const mcy_guidance *guidance, mcy_forecast_settings *settings,
                                mcy_error *err)
{
    static const double unguided_sd = 0.05; /* a judgement: a quarter's change of expenses */
    const mcy_guidance *last = NULL;
    if (guidance && !mcy_range_is_missing(guidance->opex_usd_m)) {
        guidance_errors past;
        MCY_TRY(guidance_errors_collect(arena, study->guidance, study->guidance_count, guidance,
                                        &past, err));
        double middle = mcy_range_middle(guidance->opex_usd_m);
        bool known = !mcy_is_missing(past.opex_sd);
        settings->opex_usd_m = middle * exp(known ? past.opex_mean : 0.0);
        settings->opex_sd_usd_m = middle * (known ? past.opex_sd : unguided_sd);
        return MCY_OK;
    }
    for (size_t i = 0; i < study->guidance_count; i++)
        if (!mcy_is_missing(study->guidance[i].actual_opex_usd_m))
            last = &study->guidance[i];
    settings->opex_usd_m = last ? last->actual_opex_usd_m : MCY_MISSING;
    settings->opex_sd_usd_m = last ? unguided_sd * last->actual_opex_usd_m : MCY_MISSING;
    return MCY_OK;
}

mcy_status margin_study_forecast(mcy_arena *arena, const margin_study *study, size_t quarters,
                                 size_t draws, uint64_t seed, mcy_forecast *forecast,
                                 const mcy_guidance **guidance, mcy_error *err)
{
    /* Who guides sees the same market: most of what the factor says is in the guidance already.
     * The models' variance is widened by this before the two are put together. A judgement, see
     * docs/decisions/0901. */
    static const double guidance_overlap = 20.0;
    mcy_outlook outlook;
    mcy_forecast_market market;
    mcy_guided guided = {.revenue_usd_m = MCY_MISSING, .gross_margin_frac = MCY_MISSING};
    mcy_forecast_settings settings = {.draws = draws, .seed = seed, .quarters = quarters};
    MCY_TRY(margin_study_outlook(study, &outlook, &market, err));
    *guidance = margin_study_guidance(study);
    if (*guidance && !is_complete(*guidance))
        *guidance = NULL;
    if (*guidance)
        MCY_TRY(margin_study_guided(arena, study, *guidance, &guided, err));
    MCY_TRY(expected_opex(arena, study, *guidance, &settings, err));
    for (size_t i = 0; *guidance && i < N * N; i++)
        outlook.covariance[i] *= guidance_overlap;
    return mcy_forecast_draw(arena, &outlook, &guided, &market, &settings, forecast, err);
}
