/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roots inside bounds: scan and Brent for one unknown, Powell's hybrid for several. */
#include "mcy/solve.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_multiroots.h>
#include <gsl/gsl_roots.h>

#include "mcy/arena.h"

enum { SCAN = 65, STEPS = 200 };

/* Residual of a point at which the model cannot run: far, but finite for the solvers. */
static const double far_off = 1e6;

/* One solving. best keeps the point with the smallest residuals of all that were tried. */
typedef struct solving {
    const mcy_solve_problem *problem;
    mcy_solution *best;
    double best_size;
    size_t ran;         /* evaluations at which the model ran */
    mcy_status stopped; /* a failure that is not of the domain */
    mcy_error *err;
} solving;

static double size_of(const double *f, size_t n)
{
    double size = 0;
    for (size_t i = 0; i < n; i++)
        size = fmax(size, fabs(f[i]));
    return size;
}

/* Evaluate and remember; f is far off where the model cannot run. */
static bool evaluate(solving *s, const double *x, double *f)
{
    const mcy_solve_problem *p = s->problem;
    mcy_error reason = {0};
    s->best->evaluations++;
    mcy_status status = p->evaluate(p->context, x, f, &reason);
    bool good = status == MCY_OK;
    for (size_t i = 0; i < p->n; i++)
        good = good && isfinite(f[i]);
    if (!good) {
        if (status != MCY_OK && status != MCY_E_DOMAIN && s->stopped == MCY_OK) {
            s->stopped = status;
            if (s->err)
                *s->err = reason;
        }
        for (size_t i = 0; i < p->n; i++)
            f[i] = far_off;
        return false;
    }
    s->ran++;
    if (size_of(f, p->n) < s->best_size) {
        s->best_size = size_of(f, p->n);
        memcpy(s->best->x, x, p->n * sizeof *x);
        memcpy(s->best->f, f, p->n * sizeof *f);
    }
    return true;
}

/* ---- one unknown --------------------------------------------------------------------------- */

static double residual(double x, void *context)
{
    double f;
    evaluate(context, &x, &f);
    return f;
}

static double distance(double x, void *context)
{
    return fabs(residual(x, context));
}

static mcy_status root_between(solving *s, double low, double high, mcy_error *err)
{
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    gsl_function function = {residual, s};
    if (!solver)
        return mcy_fail_memory(err);
    if (gsl_root_fsolver_set(solver, &function, low, high) == GSL_SUCCESS)
        for (int i = 0; i < STEPS && s->best_size > s->problem->tolerance; i++) {
            if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS)
                break;
            double a = gsl_root_fsolver_x_lower(solver), b = gsl_root_fsolver_x_upper(solver);
            if (gsl_root_test_interval(a, b, 0, 1e-15) == GSL_SUCCESS)
                break;
        }
    gsl_root_fsolver_free(solver);
    return MCY_OK;
}

static mcy_status least_between(solving *s, double low, double at, double high, mcy_error *err)
{
    gsl_min_fminimizer *minimizer = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
    gsl_function function = {distance, s};
    if (!minimizer)
        return mcy_fail_memory(err);
    if (gsl_min_fminimizer_set(minimizer, &function, at, low, high) == GSL_SUCCESS)
        for (int i = 0; i < STEPS; i++) {
            if (gsl_min_fminimizer_iterate(minimizer) != GSL_SUCCESS)
                break;
            double a = gsl_min_fminimizer_x_lower(minimizer);
            double b = gsl_min_fminimizer_x_upper(minimizer);
            if (gsl_min_test_interval(a, b, 1e-12, 1e-10) == GSL_SUCCESS)
                break;
        }
    gsl_min_fminimizer_free(minimizer);
    return MCY_OK;
}

static mcy_status solve_one(solving *s, mcy_error *err)
{
    const mcy_solve_problem *p = s->problem;
    double x[SCAN], f[SCAN], nearest = (double)INFINITY;
    bool ran[SCAN];
    size_t bracket = SCAN, least = 0;
    for (size_t i = 0; i < SCAN; i++) {
        x[i] = p->low[0] + (p->high[0] - p->low[0]) * (double)i / (SCAN - 1);
        if (i == SCAN - 1)
            x[i] = p->high[0];
        ran[i] = evaluate(s, &x[i], &f[i]);
        if (fabs(f[i]) < fabs(f[least]))
            least = i;
        if (!i || !ran[i] || !ran[i - 1] || (f[i] > 0) == (f[i - 1] > 0))
            continue;
        s->best->roots++;
        double away = fabs((x[i] + x[i - 1]) / 2 - p->start[0]);
        if (away < nearest) {
            nearest = away;
            bracket = i;
        }
    }
    if (bracket < SCAN) {
        /* The root asked for is the one in the bracket, not one the scan came close to. */
        s->best_size = (double)INFINITY;
        return root_between(s, x[bracket - 1], x[bracket], err);
    }
    if (s->ran && least > 0 && least < SCAN - 1 && ran[least - 1] && ran[least + 1])
        return least_between(s, x[least - 1], x[least], x[least + 1], err);
    return MCY_OK;
}

/* ---- several unknowns: x = low + (high - low) (1 + sin y) / 2 ------------------------------- */

static void inside(const mcy_solve_problem *p, const gsl_vector *y, double *x)
{
    for (size_t i = 0; i < p->n; i++)
        x[i] = p->low[i] + (p->high[i] - p->low[i]) * (1 + sin(gsl_vector_get(y, i))) / 2;
}

static void outside(const mcy_solve_problem *p, const double *x, gsl_vector *y)
{
    for (size_t i = 0; i < p->n; i++) {
        double part = 2 * (x[i] - p->low[i]) / (p->high[i] - p->low[i]) - 1;
        gsl_vector_set(y, i, asin(fmin(fmax(part, -0.98), 0.98)));
    }
}

static int residuals(const gsl_vector *y, void *context, gsl_vector *out)
{
    solving *s = context;
    double x[MCY_SOLVE_MOST], f[MCY_SOLVE_MOST];
    inside(s->problem, y, x);
    evaluate(s, x, f);
    for (size_t i = 0; i < s->problem->n; i++)
        gsl_vector_set(out, i, f[i]);
    return GSL_SUCCESS;
}

static double squares(const gsl_vector *y, void *context)
{
    solving *s = context;
    double x[MCY_SOLVE_MOST], f[MCY_SOLVE_MOST], sum = 0;
    inside(s->problem, y, x);
    evaluate(s, x, f);
    for (size_t i = 0; i < s->problem->n; i++)
        sum += f[i] * f[i];
    return sum;
}

static mcy_status hybrid_from(solving *s, gsl_vector *y, mcy_error *err)
{
    size_t n = s->problem->n;
    gsl_multiroot_fsolver *solver =
        gsl_multiroot_fsolver_alloc(gsl_multiroot_fsolver_hybrids, n);
    gsl_multiroot_function function = {residuals, n, s};
    if (!solver)
        return mcy_fail_memory(err);
    if (gsl_multiroot_fsolver_set(solver, &function, y) == GSL_SUCCESS)
        for (int i = 0; i < STEPS && s->best_size > s->problem->tolerance; i++)
            if (gsl_multiroot_fsolver_iterate(solver) != GSL_SUCCESS)
                break;
    gsl_multiroot_fsolver_free(solver);
    return MCY_OK;
}

static mcy_status simplex_from(solving *s, gsl_vector *y, gsl_vector *step, mcy_error *err)
{
    size_t n = s->problem->n;
    gsl_multimin_fminimizer *m =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
    gsl_multimin_function function = {squares, n, s};
    if (!m)
        return mcy_fail_memory(err);
    gsl_vector_set_all(step, 0.3);
    if (gsl_multimin_fminimizer_set(m, &function, y, step) == GSL_SUCCESS)
        for (int i = 0; i < 40 * STEPS && s->best_size > s->problem->tolerance; i++) {
            if (gsl_multimin_fminimizer_iterate(m) != GSL_SUCCESS)
                break;
            if (gsl_multimin_test_size(gsl_multimin_fminimizer_size(m), 1e-12) == GSL_SUCCESS)
                break;
        }
    gsl_multimin_fminimizer_free(m);
    return MCY_OK;
}

static mcy_status solve_several(solving *s, mcy_error *err)
{
    const mcy_solve_problem *p = s->problem;
    gsl_vector *y = gsl_vector_alloc(p->n), *step = gsl_vector_alloc(p->n);
    mcy_status status = y && step ? MCY_OK : mcy_fail_memory(err);
    /* The start, then the points a quarter in from each corner, at most 16. */
    for (size_t corner = 0; status == MCY_OK && corner <= 16 && corner <= ((size_t)1 << p->n);
         corner++) {
        double x[MCY_SOLVE_MOST];
        for (size_t i = 0; i < p->n; i++)
            x[i] = !corner ? p->start[i]
                           : p->low[i] + (p->high[i] - p->low[i]) *
                                             (((corner - 1) >> i) & 1 ? 0.75 : 0.25);
        outside(p, x, y);
        status = hybrid_from(s, y, err);
        if (s->best_size <= p->tolerance || s->stopped != MCY_OK)
            break;
    }
    if (status == MCY_OK && s->ran && s->best_size > p->tolerance && s->stopped == MCY_OK) {
        outside(p, s->best->x, y);
        status = simplex_from(s, y, step, err);
    }
    gsl_vector_free(y);
    gsl_vector_free(step);
    return status;
}

mcy_status mcy_solve(const mcy_solve_problem *problem, mcy_solution *solution, mcy_error *err)
{
    *solution = (mcy_solution){.solved = false};
    if (problem->n < 1 || problem->n > MCY_SOLVE_MOST)
        return MCY_FAIL(err, MCY_E_INPUT, "%zu unknowns: 1 to %d can be solved for", problem->n,
                        MCY_SOLVE_MOST);
    for (size_t i = 0; i < problem->n; i++)
        if (!(problem->low[i] < problem->high[i]) || !isfinite(problem->low[i]) ||
            !isfinite(problem->high[i]))
            return MCY_FAIL(err, MCY_E_INPUT, "unknown %zu has no room between %g and %g",
                            i + 1, problem->low[i], problem->high[i]);
    solving s = {
        .problem = problem, .best = solution, .best_size = (double)INFINITY, .err = err};
    mcy_status status = problem->n == 1 ? solve_one(&s, err) : solve_several(&s, err);
    MCY_TRY(status);
    if (s.stopped != MCY_OK)
        return s.stopped;
    if (!s.ran)
        return MCY_FAIL(err, MCY_E_NUMERIC,
                        "the model cannot run at any of the %zu points tried",
                        solution->evaluations);
    solution->solved = s.best_size <= problem->tolerance;
    return MCY_OK;
}
