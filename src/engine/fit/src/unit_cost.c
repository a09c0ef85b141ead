/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cost paths by product: a nonlinear least-squares posterior mode, Laplace evidence for the size of
 * the shocks. The bits' errors are integrated out: they only widen the walk's steps. */
#include "mcy/unit_cost.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_multimin.h>

#include "mcy/number.h"
#include "unit_cost_system.h"

enum { K = MCY_COST_PRODUCTS, MOST_STEPS = 200, STARTS = 3, SHOCK_STEPS = 80 };

/* What one fit with given shocks found; work holds J and the residuals. */
typedef struct optimum {
    bool converged;
    double chi2, log_evidence;
    size_t iterations;
} optimum;

/* -1/2 chi2 - log of the walk's scales - 1/2 log det J'J: Laplace, up to a constant. */
static double laplace_evidence(const mcy_cost_system *p, const gsl_matrix *J, double chi2,
                               gsl_matrix *normal)
{
    double evidence = -0.5 * chi2;
    for (size_t k = 0; k < K; k++)
        for (size_t t = 1; t < p->n; t++)
            evidence -= log(mcy_cost_walk_sd(p, k, t));
    gsl_blas_dsyrk(CblasLower, CblasTrans, 1.0, J, 0.0, normal);
    if (gsl_linalg_cholesky_decomp1(normal) != GSL_SUCCESS)
        return -(double)INFINITY;
    for (size_t i = 0; i < p->parameters; i++)
        evidence -= log(gsl_matrix_get(normal, i, i));
    for (size_t k = 0; k < K && p->prior->shock_log_sd > 0.0; k++) {
        double z = log(p->shock_sd_log[k] / p->prior->shock_sd_log[k]) / p->prior->shock_log_sd;
        evidence -= 0.5 * z * z;
    }
    return evidence;
}

/* One run of the solver from x, which is left at the optimum. */
static optimum run_solver(mcy_cost_system *p, gsl_multifit_nlinear_workspace *work,
                          gsl_vector *x, gsl_matrix *normal)
{
    gsl_multifit_nlinear_fdf system = {.f = mcy_cost_residuals,
                                       .df = mcy_cost_jacobian,
                                       .n = p->residuals,
                                       .p = p->parameters,
                                       .params = p};
    optimum found = {false, MCY_MISSING, -(double)INFINITY, 0};
    int info = 0;
    if (gsl_multifit_nlinear_init(x, &system, work) != GSL_SUCCESS)
        return found;
    int status =
        gsl_multifit_nlinear_driver(MOST_STEPS, 1e-10, 1e-10, 0.0, NULL, NULL, &info, work);
    gsl_vector_memcpy(x, gsl_multifit_nlinear_position(work));
    /* No step lowers the sum of squares: x was the optimum already. */
    found.converged = status == GSL_SUCCESS || info == GSL_ENOPROG;
    found.iterations = gsl_multifit_nlinear_niter(work);
    gsl_blas_ddot(gsl_multifit_nlinear_residual(work), gsl_multifit_nlinear_residual(work),
                  &found.chi2);
    found.converged = found.converged && isfinite(found.chi2);
    if (found.converged)
        found.log_evidence =
            laplace_evidence(p, gsl_multifit_nlinear_jac(work), found.chi2, normal);
    return found;
}

/* A start: the firm's margin shifted so that the products differ by the gap throughout. */
static void fill_start(const mcy_cost_system *p, double gap_frac, gsl_vector *x)
{
    const mcy_cost_data *d = p->data;
    double cost_share = 0.5;
    for (size_t t = 0; t < p->n; t++) {
        double total = d->revenue_usd_m[0][t] + d->revenue_usd_m[1][t];
        if (!mcy_is_missing(p->target_usd_m[t]))
            cost_share = p->target_usd_m[t] / total;
        double nand_part = d->revenue_usd_m[1][t] / total;
        double share[K] = {cost_share - gap_frac * nand_part,
                           cost_share + gap_frac * (1.0 - nand_part)};
        for (size_t k = 0; k < K; k++)
            gsl_vector_set(x, k * p->n + t,
                           log(d->revenue_usd_m[k][t] * (share[k] > 0.05 ? share[k] : 0.05)));
    }
    for (size_t k = 0; k < K; k++)
        gsl_vector_set(x, K * p->n + k, p->prior->fall_log[k]);
}

/* The search for the shocks' sizes. */
typedef struct shock_search {
    mcy_cost_system *p;
    gsl_multifit_nlinear_workspace *work;
    gsl_vector *x;
    gsl_matrix *normal;
} shock_search;

static double minus_evidence(const gsl_vector *log_shock, void *context)
{
    shock_search *s = context;
    for (size_t k = 0; k < K; k++)
        s->p->shock_sd_log[k] = exp(gsl_vector_get(log_shock, k));
    optimum found = run_solver(s->p, s->work, s->x, s->normal);
    return found.converged ? -found.log_evidence : (double)INFINITY;
}

static mcy_status search_shocks(shock_search *s, mcy_error *err)
{
    mcy_status status = MCY_E_MEMORY;
    gsl_vector *at = gsl_vector_alloc(K), *step = gsl_vector_alloc(K);
    gsl_multimin_fminimizer *m =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, K);
    if (!at || !step || !m) {
        mcy_fail_memory(err);
        goto done;
    }
    for (size_t k = 0; k < K; k++)
        gsl_vector_set(at, k, log(s->p->prior->shock_sd_log[k]));
    gsl_vector_set_all(step, 0.5);
    gsl_multimin_function target = {minus_evidence, K, s};
    if (gsl_multimin_fminimizer_set(m, &target, at, step) != GSL_SUCCESS) {
        status =
            MCY_FAIL(err, MCY_E_NUMERIC, "size of the cost shocks: the search did not start");
        goto done;
    }
    for (int i = 0; i < SHOCK_STEPS && gsl_multimin_fminimizer_iterate(m) == GSL_SUCCESS; i++)
        if (gsl_multimin_test_size(gsl_multimin_fminimizer_size(m), 1e-3) == GSL_SUCCESS)
            break;
    for (size_t k = 0; k < K; k++)
        s->p->shock_sd_log[k] = exp(gsl_vector_get(gsl_multimin_fminimizer_x(m), k));
    status = MCY_OK;
done:
    gsl_multimin_fminimizer_free(m);
    gsl_vector_free(step);
    gsl_vector_free(at);
    return status;
}

/* Variance of c'x under the covariance, c given as pairs of index and factor. */
static double variance_of(const gsl_matrix *covariance, size_t n, const size_t *index,
                          const double *factor)
{
    double variance = 0.0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            variance += factor[i] * factor[j] * gsl_matrix_get(covariance, index[i], index[j]);
    return variance > 0.0 ? variance : 0.0;
}

/* The part of a step's surprise that is cost rather than the bits' error. */
static double cost_part(const mcy_cost_system *p, size_t k, size_t t)
{
    double sd = mcy_cost_walk_sd(p, k, t), shock = p->shock_sd_log[k];
    return shock * shock / (sd * sd);
}

/* Change of log cost in quarter t: -d + w (a_t - a_t-1 - b + d), w = cost_part. */
static void cost_change(const mcy_cost_system *p, const gsl_vector *x,
                        const gsl_matrix *covariance, size_t k, size_t t, mcy_cost_fit *fit)
{
    double w = cost_part(p, k, t), bits = p->data->bit_qoq_sd_log[k][t];
    size_t index[3] = {k * p->n + t, k * p->n + t - 1, K * p->n + k};
    double factor[3] = {w, -w, w - 1.0}, change = -w * p->data->bit_qoq_log[k][t];
    for (size_t i = 0; i < 3; i++)
        change += factor[i] * gsl_vector_get(x, index[i]);
    fit->cost_qoq_log[k][t] = change;
    fit->cost_qoq_sd_log[k][t] =
        sqrt(variance_of(covariance, 3, index, factor) + w * bits * bits);
}

/* Joint covariance of the last quarter's levels and changes: what a forecast starts from. */
static void last_quarter(const mcy_cost_system *p, const gsl_matrix *covariance,
                         mcy_cost_fit *fit)
{
    size_t t = p->n - 1, index[2 * K][3];
    double factor[2 * K][3];
    for (size_t k = 0; k < K; k++) {
        double w = cost_part(p, k, t);
        size_t at[3] = {k * p->n + t, k * p->n + t - 1, K * p->n + k};
        for (size_t i = 0; i < 3; i++)
            index[k][i] = index[K + k][i] = at[i];
        memcpy(factor[k], (double[3]){1.0, 0.0, 0.0}, sizeof factor[k]);
        memcpy(factor[K + k], (double[3]){w, -w, w - 1.0}, sizeof factor[k]);
    }
    for (size_t r = 0; r < 2 * K; r++)
        for (size_t c = 0; c < 2 * K; c++) {
            double sum = 0.0;
            for (size_t i = 0; i < 3; i++)
                for (size_t j = 0; j < 3; j++)
                    sum += factor[r][i] * factor[c][j] *
                           gsl_matrix_get(covariance, index[r][i], index[c][j]);
            if (r == c && r >= K) {
                double bits = p->data->bit_qoq_sd_log[r - K][t];
                sum += cost_part(p, r - K, t) * bits * bits;
            }
            fit->last_covariance[r * 2 * K + c] = sum;
        }
}

static mcy_status take_fit(mcy_arena *arena, size_t n, mcy_cost_fit *fit, mcy_error *err)
{
    double **const columns[] = {&fit->gross_margin_frac[0],    &fit->gross_margin_frac[1],
                                &fit->gross_margin_sd_frac[0], &fit->gross_margin_sd_frac[1],
                                &fit->cost_qoq_log[0],         &fit->cost_qoq_log[1],
                                &fit->cost_qoq_sd_log[0],      &fit->cost_qoq_sd_log[1],
                                &fit->cost_share_frac[0],      &fit->cost_share_frac[1],
                                &fit->residual_usd_m};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (!(*columns[i] = MCY_TAKE(arena, double, n)))
            return mcy_fail_memory(err);
    fit->n = n;
    return MCY_OK;
}

static void report_fit(const mcy_cost_system *p, const gsl_vector *x,
                       const gsl_matrix *covariance, mcy_cost_fit *fit)
{
    size_t n = p->n;
    for (size_t t = 0; t < n; t++) {
        double fitted = 0.0;
        for (size_t k = 0; k < K; k++) {
            size_t a = k * n + t;
            double cost = exp(gsl_vector_get(x, a)),
                   share = cost / p->data->revenue_usd_m[k][t];
            fitted += cost;
            fit->cost_share_frac[k][t] = share;
            fit->gross_margin_frac[k][t] = 1.0 - share;
            fit->gross_margin_sd_frac[k][t] = share * sqrt(gsl_matrix_get(covariance, a, a));
            if (t > 0)
                cost_change(p, x, covariance, k, t, fit);
            else
                fit->cost_qoq_log[k][0] = fit->cost_qoq_sd_log[k][0] = MCY_MISSING;
        }
        fit->residual_usd_m[t] = p->target_usd_m[t] - fitted;
    }
    for (size_t k = 0; k < K; k++) {
        size_t d = K * n + k;
        fit->fall_log[k] = gsl_vector_get(x, d);
        fit->fall_sd_log[k] = sqrt(gsl_matrix_get(covariance, d, d));
        fit->shock_sd_log[k] = p->shock_sd_log[k];
    }
    last_quarter(p, covariance, fit);
}

static mcy_status check_data(const mcy_cost_data *d, const mcy_cost_prior *prior,
                             mcy_error *err)
{
    size_t known = 0;
    if (d->n < 4)
        return MCY_FAIL(err, MCY_E_INPUT, "unit cost: %zu quarters, at least 4 are needed",
                        d->n);
    for (size_t t = 0; t < d->n; t++) {
        known += !mcy_is_missing(d->cogs_usd_m[t]);
        for (size_t k = 0; k < K; k++) {
            const char *product = k == 0 ? "DRAM" : "NAND";
            if (!(d->revenue_usd_m[k][t] > 0.0))
                return MCY_FAIL(err, MCY_E_INPUT,
                                "unit cost: quarter %zu: %s revenue must be above 0, got %g",
                                t + 1, product, d->revenue_usd_m[k][t]);
            if (t > 0 && (!isfinite(d->bit_qoq_log[k][t]) || !(d->bit_qoq_sd_log[k][t] >= 0.0)))
                return MCY_FAIL(err, MCY_E_INPUT, "unit cost: quarter %zu: %s bits are missing",
                                t + 1, product);
        }
    }
    if (known < 4)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "unit cost: a gross margin is known in %zu quarters, at least 4 are needed", known);
    if (prior->anchor >= d->n)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "unit cost: anchor quarter %zu is beyond the %zu given",
                        prior->anchor + 1, d->n);
    return MCY_OK;
}

/* The best of the starts is left in x; optima that differ by more than 1e-4 in chi2 are counted. */
static mcy_status try_starts(shock_search *s, gsl_vector *best, mcy_cost_fit *fit,
                             mcy_error *err)
{
    static const double shift[STARTS] = {0.0, -2.0, 2.0};
    const mcy_cost_prior *prior = s->p->prior;
    double seen[STARTS], best_chi2 = (double)INFINITY;
    fit->starts = STARTS;
    fit->optima = 0;
    for (size_t i = 0; i < STARTS; i++) {
        fill_start(s->p, prior->margin_gap_frac + shift[i] * prior->margin_gap_sd_frac, s->x);
        optimum found = run_solver(s->p, s->work, s->x, s->normal);
        fit->iterations += found.iterations;
        if (!found.converged)
            continue;
        size_t same = 0;
        while (same < fit->optima && fabs(seen[same] - found.chi2) > 1e-4 * (1.0 + found.chi2))
            same++;
        if (same == fit->optima)
            seen[fit->optima++] = found.chi2;
        if (found.chi2 < best_chi2) {
            best_chi2 = found.chi2;
            fit->log_evidence = found.log_evidence;
            gsl_vector_memcpy(best, s->x);
        }
    }
    if (!fit->optima)
        return MCY_FAIL(err, MCY_E_NUMERIC, "unit cost: none of %d starts converged", STARTS);
    fit->chi2 = best_chi2;
    return MCY_OK;
}

mcy_status mcy_cost_estimate(mcy_arena *arena, const mcy_cost_data *data,
                             const mcy_cost_prior *prior, mcy_cost_fit *fit, mcy_error *err)
{
    MCY_TRY(check_data(data, prior, err));
    *fit = (mcy_cost_fit){0};
    MCY_TRY(take_fit(arena, data->n, fit, err));
    mcy_cost_system p;
    MCY_TRY(mcy_cost_system_init(arena, data, prior, &p, err));

    mcy_status status = MCY_E_MEMORY;
    gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters();
    /* The damped normal equations: same optimum, a fifth of the time of the default's QR. */
    settings.solver = gsl_multifit_nlinear_solver_cholesky;
    shock_search s = {.p = &p};
    s.work = gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &settings, p.residuals,
                                        p.parameters);
    s.x = gsl_vector_alloc(p.parameters);
    s.normal = gsl_matrix_alloc(p.parameters, p.parameters);
    gsl_vector *best = gsl_vector_alloc(p.parameters);
    gsl_matrix *covariance = gsl_matrix_alloc(p.parameters, p.parameters);
    if (!s.work || !s.x || !s.normal || !best || !covariance) {
        mcy_fail_memory(err);
        goto done;
    }
    if ((status = try_starts(&s, best, fit, err)) != MCY_OK)
        goto done;
    gsl_vector_memcpy(s.x, best);
    if (prior->shock_log_sd > 0.0 && (status = search_shocks(&s, err)) != MCY_OK)
        goto done;
    gsl_vector_memcpy(s.x, best);
    optimum found = run_solver(&p, s.work, s.x, s.normal);
    if (!found.converged ||
        gsl_multifit_nlinear_covar(gsl_multifit_nlinear_jac(s.work), 0.0, covariance)) {
        status =
            MCY_FAIL(err, MCY_E_NUMERIC, "unit cost: the fit did not converge at the optimum");
        goto done;
    }
    fit->chi2 = found.chi2;
    fit->log_evidence = found.log_evidence;
    report_fit(&p, s.x, covariance, fit);
done:
    gsl_matrix_free(covariance);
    gsl_vector_free(best);
    gsl_matrix_free(s.normal);
    gsl_vector_free(s.x);
    gsl_multifit_nlinear_free(s.work);
    return status;
}
