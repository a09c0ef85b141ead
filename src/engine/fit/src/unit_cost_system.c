/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least-squares system of the cost paths. */
#include "unit_cost_system.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "mcy/number.h"

enum { K = MCY_COST_PRODUCTS };

/* The products' part of cogs, less one-offs, and its standard deviation. */
static void fill_targets(mcy_cost_system *p)
{
    const mcy_cost_data *d = p->data;
    for (size_t t = 0; t < p->n; t++) {
        double products = d->revenue_usd_m[0][t] + d->revenue_usd_m[1][t];
        double part = products / (products + d->other_revenue_usd_m[t]);
        double model = p->prior->model_sd_frac * products;
        double clean = d->cogs_usd_m[t] - d->known_addition_usd_m[t];
        p->target_usd_m[t] = clean * part;
        p->target_sd_usd_m[t] = hypot(d->cogs_sd_usd_m[t], model);
    }
}

mcy_status mcy_cost_system_init(mcy_arena *arena, const mcy_cost_data *data,
                                const mcy_cost_prior *prior, mcy_cost_system *system,
                                mcy_error *err)
{
    *system = (mcy_cost_system){.data = data, .prior = prior, .n = data->n};
    system->parameters = K * data->n + K;
    system->residuals = data->n + K * (data->n - 1) + K + 1;
    memcpy(system->shock_sd_log, prior->shock_sd_log, sizeof system->shock_sd_log);
    system->target_usd_m = MCY_TAKE(arena, double, data->n);
    system->target_sd_usd_m = MCY_TAKE(arena, double, data->n);
    if (!system->target_usd_m || !system->target_sd_usd_m)
        return mcy_fail_memory(err);
    fill_targets(system);
    return MCY_OK;
}

double mcy_cost_walk_sd(const mcy_cost_system *p, size_t k, size_t t)
{
    double bits = p->data->bit_qoq_sd_log[k][t];
    return sqrt(p->shock_sd_log[k] * p->shock_sd_log[k] + bits * bits);
}

static double anchor_margin(const mcy_cost_system *p, const gsl_vector *x, size_t k)
{
    size_t t = p->prior->anchor;
    return 1.0 - exp(gsl_vector_get(x, k * p->n + t)) / p->data->revenue_usd_m[k][t];
}

int mcy_cost_residuals(const gsl_vector *x, void *context, gsl_vector *f)
{
    const mcy_cost_system *p = context;
    size_t n = p->n, at = 0;
    for (size_t t = 0; t < n; t++, at++) {
        double cost = 0.0;
        for (size_t k = 0; k < K; k++)
            cost += exp(gsl_vector_get(x, k * n + t));
        double miss = (cost - p->target_usd_m[t]) / p->target_sd_usd_m[t];
        gsl_vector_set(f, at, mcy_is_missing(p->target_usd_m[t]) ? 0.0 : miss);
    }
    for (size_t k = 0; k < K; k++) {
        double fall = gsl_vector_get(x, K * n + k);
        for (size_t t = 1; t < n; t++, at++) {
            double step = gsl_vector_get(x, k * n + t) - gsl_vector_get(x, k * n + t - 1);
            double shock = step - p->data->bit_qoq_log[k][t] + fall; /* xi of (C2) */
            gsl_vector_set(f, at, shock / mcy_cost_walk_sd(p, k, t));
        }
    }
    for (size_t k = 0; k < K; k++, at++)
        gsl_vector_set(f, at,
                       (gsl_vector_get(x, K * n + k) - p->prior->fall_log[k]) /
                           p->prior->fall_sd_log[k]);
    double gap = anchor_margin(p, x, 0) - anchor_margin(p, x, 1);
    gsl_vector_set(f, at, (gap - p->prior->margin_gap_frac) / p->prior->margin_gap_sd_frac);
    return GSL_SUCCESS;
}

int mcy_cost_jacobian(const gsl_vector *x, void *context, gsl_matrix *J)
{
    const mcy_cost_system *p = context;
    size_t n = p->n, at = 0;
    gsl_matrix_set_zero(J);
    for (size_t t = 0; t < n; t++, at++)
        for (size_t k = 0; k < K && !mcy_is_missing(p->target_usd_m[t]); k++)
            gsl_matrix_set(J, at, k * n + t,
                           exp(gsl_vector_get(x, k * n + t)) / p->target_sd_usd_m[t]);
    for (size_t k = 0; k < K; k++)
        for (size_t t = 1; t < n; t++, at++) {
            double sd = mcy_cost_walk_sd(p, k, t);
            gsl_matrix_set(J, at, k * n + t, 1.0 / sd);
            gsl_matrix_set(J, at, k * n + t - 1, -1.0 / sd);
            gsl_matrix_set(J, at, K * n + k, 1.0 / sd);
        }
    for (size_t k = 0; k < K; k++, at++)
        gsl_matrix_set(J, at, K * n + k, 1.0 / p->prior->fall_sd_log[k]);
    for (size_t k = 0; k < K; k++) {
        double slope = anchor_margin(p, x, k) - 1.0; /* d margin / d a */
        gsl_matrix_set(J, at, k * n + p->prior->anchor,
                       (k == 0 ? slope : -slope) / p->prior->margin_gap_sd_frac);
    }
    return GSL_SUCCESS;
}
