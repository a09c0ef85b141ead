/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Posterior mode: quasi-Newton from several starts (GSL), finished by Newton steps so that
 * equal optima are equal to the last digits. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cblas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>
#include <lapacke.h>

#include "decompose_work.h"

enum { QUASI_STEPS = 200, NEWTON_STEPS = 12, START_KINDS = 8 };

#define HESSIAN_STEP  1e-4
#define SAME_OPTIMUM  1e-5 /* log posterior */
#define GRADIENT_GOAL 1e-7

/* The optimiser's view: minus the log posterior, free parameters in units of their priors. */
typedef struct objective {
    decompose_work *work;
    double *free, *gradient;
} objective;

static void to_free(const objective *o, const gsl_vector *x)
{
    for (size_t i = 0; i < x->size; i++)
        o->free[i] = gsl_vector_get(x, i) * o->work->prior_sd[i];
}

static double value_of(const gsl_vector *x, void *context)
{
    objective *o = context;
    to_free(o, x);
    return -decompose_evaluate(o->work, o->free, NULL);
}

static void value_and_slope(const gsl_vector *x, void *context, double *value,
                            gsl_vector *slope)
{
    objective *o = context;
    to_free(o, x);
    *value = -decompose_evaluate(o->work, o->free, o->gradient);
    for (size_t i = 0; i < x->size; i++)
        gsl_vector_set(slope, i, -o->gradient[i] * o->work->prior_sd[i]);
}

static void slope_of(const gsl_vector *x, void *context, gsl_vector *slope)
{
    double value;
    value_and_slope(x, context, &value, slope);
}

void decompose_information(decompose_work *w, const double *free, double *information)
{
    size_t n = w->at.count;
    double *at = w->scratch, *up = at + n, *down = up + n;
    memcpy(at, free, n * sizeof *at);
    for (size_t i = 0; i < n; i++) {
        double step = HESSIAN_STEP * w->prior_sd[i];
        at[i] = free[i] + step;
        decompose_evaluate(w, at, up);
        at[i] = free[i] - step;
        decompose_evaluate(w, at, down);
        at[i] = free[i];
        for (size_t j = 0; j < n; j++)
            information[i * n + j] = (down[j] - up[j]) / (2 * step);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            double mean = 0.5 * (information[i * n + j] + information[j * n + i]);
            information[i * n + j] = information[j * n + i] = mean;
        }
}

/* Newton steps with halving; false when the information is not positive definite on the way. */
static bool finish(decompose_work *w, double *free, double *information, double *gradient,
                   double *step)
{
    size_t n = w->at.count;
    lapack_int order = (lapack_int)n;
    double here = decompose_evaluate(w, free, gradient);
    for (int i = 0; i < NEWTON_STEPS; i++) {
        decompose_information(w, free, information);
        here = decompose_evaluate(w, free, gradient);
        if (LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'U', order, information, order) != 0)
            return false;
        if (cblas_dnrm2((int)n, gradient, 1) < GRADIENT_GOAL)
            return true;
        memcpy(step, gradient, n * sizeof *step);
        LAPACKE_dpotrs(LAPACK_COL_MAJOR, 'U', order, 1, information, order, step, order);
        double scale = 1, there = here;
        do {
            for (size_t j = 0; j < n; j++)
                w->trial[j] = free[j] + scale * step[j];
            there = decompose_evaluate(w, w->trial, NULL);
            scale *= 0.5;
        } while (!(there >= here - 1e-9) && scale > 1e-6);
        if (!(there >= here - 1e-9))
            return true; /* no uphill step left: as good as the arithmetic gets */
        memcpy(free, w->trial, n * sizeof *free);
    }
    decompose_evaluate(w, free, gradient);
    return true;
}

/* Where the search begins: the prior means, then corners that favour one explanation each. */
static void start_at(const decompose_work *w, int start, double *free)
{
    const layout *at = &w->at;
    size_t firms = w->panel->firms;
    memcpy(free, w->prior_mean, at->count * sizeof *free);
    static const struct {
        double phi, sigma_f, sigma_b, sigma_m, tau, lambda;
    } shift[START_KINDS] = {
        {0, 0, 0, 0, 0, 0},         {0.6, 0.5, -0.7, 1, 0, 0},   {-0.9, -0.7, 0.7, -1, 1, 0},
        {0.8, -0.5, 0, 0, -1, 0.3}, {0, 0.7, 0.7, 0.7, 1, -0.3}, {-0.5, 0.3, -1, -1.5, -1, 0.2},
        {1, 1, 0, -2, 0.5, -0.2},   {0, -1, 1, 1.5, -0.5, 0.4},
    };
    int kind = start % START_KINDS;
    double scale = 1 + 0.5 * (double)(start / START_KINDS);
    free[at->phi] += scale * shift[kind].phi;
    free[at->sigma_f] += scale * shift[kind].sigma_f;
    for (size_t i = 0; i < firms; i++) {
        free[at->lambda + i] += scale * shift[kind].lambda * (i % 2 ? -1 : 1);
        free[at->sigma_b + i] += scale * shift[kind].sigma_b;
        free[at->sigma_m + i] += scale * shift[kind].sigma_m * (i % 2 ? 0.5 : 1);
    }
    for (int i = 0; i < 2; i++)
        free[at->tau[i]] += scale * shift[kind].tau;
}

static int better(const void *left, const void *right)
{
    const mcy_decompose_optimum *a = left, *b = right;
    if (a->proper != b->proper)
        return a->proper ? -1 : 1;
    return (a->log_posterior < b->log_posterior) - (a->log_posterior > b->log_posterior);
}

/* Add an optimum, or count it with the one it equals. */
static void record(mcy_decomposition *result, mcy_decompose_optimum found)
{
    for (size_t i = 0; i < result->optima; i++) {
        mcy_decompose_optimum *known = &result->optimum[i];
        if (known->proper == found.proper &&
            fabs(known->log_posterior - found.log_posterior) < SAME_OPTIMUM) {
            known->starts++;
            return;
        }
    }
    result->optimum[result->optima++] = found;
}

static void climb(objective *o, gsl_multimin_fdfminimizer *minimiser, gsl_vector *x)
{
    gsl_multimin_function_fdf problem = {value_of, slope_of, value_and_slope, x->size, o};
    gsl_multimin_fdfminimizer_set(minimiser, &problem, x, 0.5, 0.1);
    for (int i = 0; i < QUASI_STEPS; i++) {
        if (gsl_multimin_fdfminimizer_iterate(minimiser) != GSL_SUCCESS)
            break;
        if (gsl_multimin_test_gradient(minimiser->gradient, 1e-3) == GSL_SUCCESS)
            break;
    }
    to_free(o, minimiser->x);
}

mcy_status decompose_optimise(mcy_arena *arena, decompose_work *w, int starts,
                              mcy_decomposition *result, mcy_error *err)
{
    size_t n = w->at.count;
    mcy_status status = MCY_OK;
    objective o = {w, MCY_TAKE(arena, double, n), MCY_TAKE(arena, double, n)};
    double *information = MCY_TAKE(arena, double, n *n), *step = MCY_TAKE(arena, double, n);
    result->optimum = MCY_TAKE(arena, mcy_decompose_optimum, (size_t)starts);
    gsl_vector *x = gsl_vector_alloc(n);
    gsl_multimin_fdfminimizer *minimiser =
        gsl_multimin_fdfminimizer_alloc(gsl_multimin_fdfminimizer_vector_bfgs2, n);
    if (!o.free || !o.gradient || !information || !step || !result->optimum || !x ||
        !minimiser) {
        status = mcy_fail_memory(err);
        goto done;
    }
    for (int start = 0; start < starts; start++) {
        start_at(w, start, o.free);
        for (size_t i = 0; i < n; i++)
            gsl_vector_set(x, i, o.free[i] / w->prior_sd[i]);
        climb(&o, minimiser, x);
        mcy_decompose_optimum found = {.starts = 1, .free = MCY_TAKE(arena, double, n)};
        if (!found.free) {
            status = mcy_fail_memory(err);
            goto done;
        }
        found.proper = finish(w, o.free, information, o.gradient, step);
        found.log_posterior = decompose_evaluate(w, o.free, o.gradient);
        for (size_t i = 0; i < n; i++)
            found.gradient_norm = hypot(found.gradient_norm, o.gradient[i]);
        memcpy(found.free, o.free, n * sizeof *found.free);
        record(result, found);
    }
    qsort(result->optimum, result->optima, sizeof *result->optimum, better);
    result->starts = starts;
    if (!result->optimum[0].proper)
        status = MCY_FAIL(err, MCY_E_NUMERIC,
                          "panel '%s': none of %d starts reached a proper optimum, gradient %g",
                          w->panel->product, starts, result->optimum[0].gradient_norm);
done:
    if (minimiser)
        gsl_multimin_fdfminimizer_free(minimiser);
    if (x)
        gsl_vector_free(x);
    return status;
}
