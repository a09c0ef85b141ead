/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the fit says about every firm and quarter (D6), and what everything else says about each
 * statement (D7a, D8). The parameters' uncertainty enters to first order: the whitened
 * parameter is moved a little along each of its directions and everything is computed again. */
#include <math.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <lapacke.h>

#include "decompose_work.h"
#include "mcy/score.h"

#define DIRECTION_STEP 0.02 /* posterior standard deviations */
#define CONTRADICTED   3.0

/* Everything computed at one parameter, in the order of the result's arrays. */
typedef struct view {
    double *market, *bits, *price, *common, *mix;
    double *fitted;      /* what each statement says, smoothed */
    double *predicted;   /* each statement, from everything else */
    double *log_spread;  /* log of its leave-one-out variance */
    double *log_density; /* log N(observed; predicted, spread) */
    size_t count;
    double *all;
} view;

/* Half width of a two-sided normal interval, in standard deviations. */
static double half_width(double coverage)
{
    return gsl_cdf_ugaussian_Pinv(0.5 + 0.5 * coverage);
}

static bool view_take(mcy_arena *arena, const mcy_panel *panel, view *v)
{
    size_t quarters = panel->quarters, cells = quarters * panel->firms;
    v->count = quarters + 4 * cells + 4 * panel->observations;
    v->all = MCY_TAKE(arena, double, v->count);
    if (!v->all)
        return false;
    v->market = v->all;
    v->bits = v->market + quarters;
    v->price = v->bits + cells;
    v->common = v->price + cells;
    v->mix = v->common + cells;
    v->fitted = v->mix + cells;
    v->predicted = v->fitted + panel->observations;
    v->log_spread = v->predicted + panel->observations;
    v->log_density = v->log_spread + panel->observations;
    return true;
}

static void view_cell(const decompose_work *w, size_t firm, size_t t, view *v)
{
    const mcy_kalman *k = w->kalman;
    const double *mean = k->smoothed + t * k->stride;
    double lambda = w->natural[w->at.lambda + firm], offset = w->panel->firm[firm].offset;
    size_t cell = firm * w->panel->quarters + t;
    v->bits[cell] = mean[state_bits(firm)];
    v->mix[cell] = mean[state_mix(firm)];
    v->common[cell] = lambda * ((1 - offset) * mean[STATE_F] + offset * mean[STATE_F_BEFORE]);
    v->price[cell] = v->common[cell] + v->mix[cell];
}

/* Fill the view from the smoother's results at the current parameter. */
static void view_fill(const decompose_work *w, view *v)
{
    const mcy_kalman *k = w->kalman;
    for (size_t t = 0; t < w->panel->quarters; t++) {
        v->market[t] = k->smoothed[t * k->stride + STATE_F];
        for (size_t i = 0; i < w->panel->firms; i++)
            view_cell(w, i, t, v);
    }
    for (size_t j = 0; j < k->rows; j++) {
        const mcy_kalman_row *row = &k->row[j];
        double u = k->error_score[j], d = k->error_precision[j];
        v->fitted[j] = row->value - row->variance * u;
        v->predicted[j] = row->value - u / d;
        v->log_spread[j] = -log(d);
        v->log_density[j] = 0.5 * (log(d) - u * u / d);
    }
}

/* Variances at the fixed parameter. */
static void fixed_spread(const decompose_work *w, mcy_decomposition *r)
{
    const mcy_kalman *k = w->kalman;
    size_t s = k->stride, square = k->states * s, quarters = w->panel->quarters;
    for (size_t t = 0; t < quarters; t++) {
        const double *cov = k->smoothed_cov + t * square;
        r->market_sd[t] = cov[STATE_F * s + STATE_F];
        r->market_lag_cov[t] = cov[STATE_F * s + STATE_F_BEFORE];
        for (size_t i = 0; i < w->panel->firms; i++) {
            size_t cell = i * quarters + t, b = state_bits(i), m = state_mix(i);
            double lambda = w->natural[w->at.lambda + i], offset = w->panel->firm[i].offset;
            size_t at[3] = {STATE_F, STATE_F_BEFORE, m};
            double weight[3] = {lambda * (1 - offset), lambda * offset, 1};
            double price = 0, both = 0;
            for (int x = 0; x < 3; x++) {
                both += weight[x] * cov[at[x] * s + b];
                for (int y = 0; y < 3; y++)
                    price += weight[x] * weight[y] * cov[at[x] * s + at[y]];
            }
            r->bits_sd[cell] = cov[b * s + b];
            r->price_sd[cell] = price;
            r->cov_bits_price[cell] = both;
            r->mix_sd[cell] = cov[m * s + m];
        }
    }
}

/* Add the spread that one whitened direction of the parameter brings. */
static void add_direction(const decompose_work *w, const view *up, const view *down,
                          double step, mcy_decomposition *r, double *slope)
{
    for (size_t i = 0; i < up->count; i++)
        slope[i] = (up->all[i] - down->all[i]) / (2 * step);
    size_t quarters = w->panel->quarters, cells = quarters * w->panel->firms;
    const double *market = slope + (up->market - up->all), *bits = slope + (up->bits - up->all);
    const double *price = slope + (up->price - up->all), *mix = slope + (up->mix - up->all);
    for (size_t t = 0; t < quarters; t++)
        r->market_sd[t] += market[t] * market[t];
    for (size_t i = 0; i < cells; i++) {
        r->bits_sd[i] += bits[i] * bits[i];
        r->price_sd[i] += price[i] * price[i];
        r->cov_bits_price[i] += bits[i] * price[i];
        r->mix_sd[i] += mix[i] * mix[i];
    }
}

/* Leave-one-out: taking a statement away moves the whitened parameter by minus the slope of its
 * own log density (one Newton step), and with it the prediction. */
static void add_direction_to_checks(const decompose_work *w, const view *v, const double *slope,
                                    mcy_decompose_check *check, double *log_spread,
                                    double *extra)
{
    const double *fitted = slope + (v->fitted - v->all);
    const double *predicted = slope + (v->predicted - v->all);
    const double *spread = slope + (v->log_spread - v->all);
    const double *density = slope + (v->log_density - v->all);
    for (size_t j = 0; j < w->panel->observations; j++) {
        double move = fmax(-1, fmin(1, -density[j]));
        check[j].predicted += move * predicted[j];
        log_spread[j] += move * spread[j];
        extra[j] += predicted[j] * predicted[j];
        check[j].fitted_sd += fitted[j] * fitted[j];
    }
}

static void copy_view(const decompose_work *w, const view *v, mcy_decomposition *r)
{
    size_t quarters = w->panel->quarters, cells = quarters * w->panel->firms;
    memcpy(r->market, v->market, quarters * sizeof *r->market);
    memcpy(r->bits, v->bits, cells * sizeof *r->bits);
    memcpy(r->price, v->price, cells * sizeof *r->price);
    memcpy(r->common, v->common, cells * sizeof *r->common);
    memcpy(r->mix, v->mix, cells * sizeof *r->mix);
    r->market_before = w->kalman->smoothed[STATE_F_BEFORE];
    for (size_t j = 0; j < w->panel->observations; j++) {
        const mcy_kalman *k = w->kalman;
        double h = k->row[j].variance;
        r->check[j].observed = k->row[j].value;
        r->check[j].noise_sd = sqrt(h);
        r->check[j].fitted = v->fitted[j];
        r->check[j].fitted_sd = fmax(0, h - h * h * k->error_precision[j]);
        r->check[j].predicted = v->predicted[j];
    }
}

/* From variances to standard deviations, and revenue from both. */
static void finish_spread(const decompose_work *w, mcy_decomposition *r)
{
    size_t quarters = w->panel->quarters, cells = quarters * w->panel->firms;
    for (size_t t = 0; t < quarters; t++)
        r->market_sd[t] = sqrt(r->market_sd[t]);
    for (size_t i = 0; i < cells; i++) {
        double revenue = r->bits_sd[i] + r->price_sd[i] + 2 * r->cov_bits_price[i];
        r->revenue[i] = r->bits[i] + r->price[i];
        r->revenue_sd[i] = sqrt(fmax(0, revenue));
        r->bits_sd[i] = sqrt(r->bits_sd[i]);
        r->price_sd[i] = sqrt(r->price_sd[i]);
        r->mix_sd[i] = sqrt(r->mix_sd[i]);
    }
}

/* Directions of one posterior standard deviation: the columns of the inverse of L' where the
 * information is L L'. On return `information` holds L. */
static mcy_status whiten(decompose_work *w, const double *free, double *information,
                         double *direction, mcy_error *err)
{
    size_t n = w->at.count;
    decompose_information(w, free, information);
    lapack_int order = (lapack_int)n;
    /* the upper factor by columns is the lower one by rows */
    if (LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'U', order, information, order) != 0)
        return MCY_FAIL(err, MCY_E_NUMERIC,
                        "panel '%s': the Hessian at the optimum is not proper",
                        w->panel->product);
    gsl_matrix_view l = gsl_matrix_view_array(information, n, n);
    gsl_matrix_view d = gsl_matrix_view_array(direction, n, n);
    gsl_matrix_set_identity(&d.matrix);
    gsl_blas_dtrsm(CblasLeft, CblasLower, CblasTrans, CblasNonUnit, 1, &l.matrix, &d.matrix);
    return MCY_OK;
}

static void describe_parameters(const decompose_work *w, const double *free,
                                const double *direction, mcy_decomposition *r)
{
    size_t n = w->at.count;
    double half = half_width(0.9);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += direction[i * n + k] * direction[j * n + k];
            r->covariance[i * n + j] = sum;
        }
        mcy_decompose_parameter *p = &r->parameter[i];
        decompose_describe(w, i, p);
        p->free = free[i];
        p->free_se = sqrt(r->covariance[i * n + i]);
        p->estimate = decompose_natural(w, i, free[i]);
        p->low = decompose_natural(w, i, free[i] - half * p->free_se);
        p->high = decompose_natural(w, i, free[i] + half * p->free_se);
    }
}

static void score_group(const mcy_decomposition *r, unsigned kinds, mcy_decompose_scores *s)
{
    double half[3] = {half_width(0.5), half_width(0.8), half_width(0.9)};
    double inside[3] = {0}, square = 0;
    *s = (mcy_decompose_scores){0};
    for (size_t j = 0; j < r->panel.observations; j++) {
        const mcy_decompose_check *c = &r->check[j];
        if (!(kinds >> r->panel.observation[j].kind & 1))
            continue;
        s->count++;
        for (int i = 0; i < 3; i++)
            inside[i] += fabs(c->residual) <= half[i];
        square += c->residual * c->residual;
        s->width90 += 2 * half[2] * c->predicted_sd;
        s->crps += mcy_score_crps_normal(c->predicted, c->predicted_sd, c->observed);
    }
    if (s->count == 0)
        return;
    double n = (double)s->count;
    s->cover50 = inside[0] / n;
    s->cover80 = inside[1] / n;
    s->cover90 = inside[2] / n;
    s->width90 /= n;
    s->crps /= n;
    s->root_mean_square = sqrt(square / n);
}

static void finish_checks(mcy_decomposition *r, const double *log_spread, const double *extra)
{
    for (size_t j = 0; j < r->panel.observations; j++) {
        mcy_decompose_check *c = &r->check[j];
        c->fitted_sd = sqrt(c->fitted_sd);
        c->predicted_sd = sqrt(exp(log_spread[j]) + extra[j]);
        c->residual = (c->observed - c->predicted) / c->predicted_sd;
        c->contradicted = fabs(c->residual) > CONTRADICTED;
    }
    for (unsigned kind = 0; kind < MCY_PANEL_KINDS; kind++)
        score_group(r, 1U << kind, &r->scores[kind]);
    score_group(r, 1U << MCY_PANEL_BITS | 1U << MCY_PANEL_PRICE, &r->statements);
}

mcy_status decompose_smooth(mcy_arena *arena, decompose_work *w,
                            const mcy_decompose_settings *settings, mcy_decomposition *r,
                            mcy_error *err)
{
    size_t n = w->at.count, rows = w->panel->observations;
    const double *free = r->optimum[0].free;
    view at, up, down;
    double *information = MCY_TAKE(arena, double, n *n),
           *direction = MCY_TAKE(arena, double, n *n);
    double *log_spread = MCY_TAKE(arena, double, rows), *extra = MCY_TAKE(arena, double, rows);
    if (!view_take(arena, w->panel, &at) || !view_take(arena, w->panel, &up) ||
        !view_take(arena, w->panel, &down) || !information || !direction || !log_spread ||
        !extra)
        return mcy_fail_memory(err);
    double *slope = MCY_TAKE(arena, double, at.count), *gradient = w->scratch;
    if (!slope)
        return mcy_fail_memory(err);

    MCY_TRY(whiten(w, free, information, direction, err));
    describe_parameters(w, free, direction, r);
    if (!settings->no_draws)
        MCY_TRY(decompose_sample(arena, w, free, direction, r, err));
    r->log_posterior = decompose_evaluate(w, free, gradient);
    r->log_likelihood = w->log_likelihood;
    view_fill(w, &at);
    copy_view(w, &at, r);
    fixed_spread(w, r);
    memcpy(log_spread, at.log_spread, rows * sizeof *log_spread);
    for (size_t k = 0; k < n && !settings->fixed_parameters; k++) {
        for (int side = 0; side < 2; side++) {
            double step = side ? -DIRECTION_STEP : DIRECTION_STEP;
            for (size_t i = 0; i < n; i++)
                w->trial[i] = free[i] + step * direction[i * n + k];
            decompose_evaluate(w, w->trial, gradient);
            view_fill(w, side ? &down : &up);
        }
        add_direction(w, &up, &down, DIRECTION_STEP, r, slope);
        memcpy(r->market_slope + k * w->panel->quarters, slope + (up.market - up.all),
               w->panel->quarters * sizeof *slope);
        if (!settings->no_leave_one_out)
            add_direction_to_checks(w, &at, slope, r->check, log_spread, extra);
    }
    decompose_evaluate(w, free, gradient); /* leave the work at the optimum */
    finish_spread(w, r);
    if (!settings->no_leave_one_out)
        finish_checks(r, log_spread, extra);
    return MCY_OK;
}
