/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polynomial chaos by least squares on Legendre polynomials, degree by leave-one-out error. */
#include <math.h>
#include <string.h>

#include <cblas.h>
#include <lapacke.h>

#include "explore_rows.h"

enum { HIGHEST = 20, MOST_TERMS = 2000 };
static const size_t MOST_CELLS = 24000000; /* of the matrix of terms: 190 MB */

/* Number of terms of total degree up to p of k axes. */
static size_t count_terms(size_t k, size_t p)
{
    double terms = 1;
    for (size_t i = 1; i <= p; i++)
        terms = terms * (double)(k + i) / (double)i;
    return terms > 1e9 ? 1000000000 : (size_t)(terms + 0.5);
}

/* All exponents of total degree up to p, lower degrees first: odometer over degrees. */
static size_t list_terms(size_t k, size_t p, unsigned char *powers)
{
    size_t n = 0;
    for (size_t degree = 0; degree <= p; degree++) {
        unsigned char now[MCY_DESIGN_AXES] = {0};
        now[0] = (unsigned char)degree;
        for (;;) {
            memcpy(powers + n++ * k, now, k);
            size_t i = 0; /* next composition of degree into k parts */
            while (i < k && now[i] == 0)
                i++;
            if (i + 1 >= k)
                break;
            unsigned char rest = (unsigned char)(now[i] - 1);
            now[i] = 0;
            now[i + 1]++;
            now[0] = rest;
        }
        if (k == 1)
            continue;
    }
    return n;
}

/* Orthonormal Legendre polynomials on 0..1. */
static void legendre(double u, size_t p, double *value)
{
    double x = 2 * u - 1;
    value[0] = 1;
    if (p)
        value[1] = x;
    for (size_t i = 2; i <= p; i++)
        value[i] = ((double)(2 * i - 1) * x * value[i - 1] - (double)(i - 1) * value[i - 2]) /
                   (double)i;
    for (size_t i = 1; i <= p; i++)
        value[i] *= sqrt((double)(2 * i + 1));
}

static void fill_terms(const mcy_rows *rows, size_t p, size_t terms,
                       const unsigned char *powers, double *matrix)
{
    size_t n = rows->n, k = rows->axes;
    double value[MCY_DESIGN_AXES][HIGHEST + 1];
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c < k; c++)
            legendre(rows->x[c * n + i], p, value[c]);
        for (size_t t = 0; t < terms; t++) {
            double product = 1;
            for (size_t c = 0; c < k; c++)
                if (powers[t * k + c])
                    product *= value[c][powers[t * k + c]];
            matrix[t * n + i] = product;
        }
    }
}

typedef struct chaos_fit {
    size_t degree, terms;
    unsigned char *powers;
    double *coefficient, error;
} chaos_fit;

/* Normal equations; the hat matrix's diagonal from rows times the inverse factor gives the error
 * that each run would have had if it had been left out. */
static mcy_status fit_degree(mcy_arena *arena, const mcy_rows *rows, size_t p, chaos_fit *fit,
                             mcy_error *err)
{
    size_t n = rows->n, terms = count_terms(rows->axes, p);
    fit->degree = p;
    fit->terms = terms;
    fit->error = (double)INFINITY;
    mcy_arena *scratch = mcy_arena_create();
    double *matrix = scratch ? MCY_TAKE(scratch, double, n *terms) : NULL;
    double *gram = scratch ? MCY_TAKE(scratch, double, terms *terms) : NULL;
    double *residual = scratch ? MCY_TAKE(scratch, double, n) : NULL;
    fit->powers = MCY_TAKE(arena, unsigned char, terms * rows->axes);
    fit->coefficient = MCY_TAKE(arena, double, terms);
    if (!matrix || !gram || !residual || !fit->powers || !fit->coefficient) {
        mcy_arena_destroy(scratch);
        return mcy_fail_memory(err);
    }
    list_terms(rows->axes, p, fit->powers);
    fill_terms(rows, p, terms, fit->powers, matrix);
    cblas_dsyrk(CblasColMajor, CblasUpper, CblasTrans, (int)terms, (int)n, 1.0, matrix, (int)n,
                0.0, gram, (int)terms);
    cblas_dgemv(CblasColMajor, CblasTrans, (int)n, (int)terms, 1.0, matrix, (int)n, rows->y, 1,
                0.0, fit->coefficient, 1);
    if (LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'U', (int)terms, gram, (int)terms) == 0) {
        LAPACKE_dpotrs(LAPACK_COL_MAJOR, 'U', (int)terms, 1, gram, (int)terms, fit->coefficient,
                       (int)terms);
        memcpy(residual, rows->y, n * sizeof *residual);
        cblas_dgemv(CblasColMajor, CblasNoTrans, (int)n, (int)terms, -1.0, matrix, (int)n,
                    fit->coefficient, 1, 1.0, residual, 1);
        cblas_dtrsm(CblasColMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, (int)n,
                    (int)terms, 1.0, gram, (int)terms, matrix, (int)n);
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
            double hat = cblas_ddot((int)terms, matrix + i, (int)n, matrix + i, (int)n);
            double off = residual[i] / fmax(1 - hat, 1e-10);
            sum += off * off;
        }
        fit->error = sum / (double)n;
    }
    mcy_arena_destroy(scratch);
    return MCY_OK;
}

static mcy_status bring_to_unit(mcy_rows *rows, bool unit, mcy_error *err)
{
    for (size_t c = 0; c < rows->axes && !unit; c++) {
        double *x = rows->x + c * rows->n;
        MCY_TRY(mcy_ranks(rows->n, x, x, err));
        for (size_t i = 0; i < rows->n; i++)
            x[i] = (x[i] - 0.5) / (double)rows->n;
    }
    return MCY_OK;
}

static void indices_of(const chaos_fit *fit, mcy_chaos *chaos)
{
    size_t k = chaos->axes;
    for (size_t t = 1; t < fit->terms; t++) {
        double part = fit->coefficient[t] * fit->coefficient[t];
        size_t axes = 0, last = 0;
        chaos->variance += part;
        for (size_t c = 0; c < k; c++)
            if (fit->powers[t * k + c])
                axes++, last = c, chaos->total[c] += part;
        if (axes == 1)
            chaos->first[last] += part;
    }
    for (size_t c = 0; c < k && chaos->variance > 0; c++) {
        chaos->first[c] /= chaos->variance;
        chaos->total[c] /= chaos->variance;
    }
}

mcy_status mcy_chaos_fit(mcy_arena *arena, const mcy_sample *sample, size_t output, size_t most,
                         bool unit, mcy_chaos **result, mcy_error *err)
{
    mcy_rows rows;
    mcy_method method = sample->stamp.method;
    mcy_chaos *chaos = MCY_TAKE(arena, mcy_chaos, 1);
    if (!chaos)
        return mcy_fail_memory(err);
    if (method == MCY_METHOD_TABLE || method == MCY_METHOD_TORNADO ||
        method == MCY_METHOD_MORRIS)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "a polynomial chaos needs points drawn from the axes, not a design of '%s'",
            mcy_method_name(method));
    MCY_TRY(mcy_explore_rows(arena, sample, output, &rows, err));
    size_t k = rows.axes;
    chaos->axes = k;
    chaos->used = rows.n;
    chaos->left_out = rows.left_out;
    chaos->first = MCY_TAKE(arena, double, k);
    chaos->total = MCY_TAKE(arena, double, k);
    if (!chaos->first || !chaos->total)
        return mcy_fail_memory(err);
    if (rows.n < 2 * (k + 1))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "%zu runs are too few for a chaos of %zu axes: want %zu", rows.n, k,
                        2 * (k + 1));
    MCY_TRY(bring_to_unit(&rows, unit, err));
    mcy_described d = mcy_describe(rows.n, rows.y);
    chaos_fit best = {.error = (double)INFINITY}, fit;
    size_t highest = most < HIGHEST ? most : HIGHEST;
    for (size_t p = 1;
         p <= highest && count_terms(k, p) <= MOST_TERMS && 2 * count_terms(k, p) <= rows.n &&
         count_terms(k, p) * rows.n <= MOST_CELLS;
         p++) {
        MCY_TRY(fit_degree(arena, &rows, p, &fit, err));
        if (fit.error < best.error)
            best = fit;
    }
    if (!isfinite(best.error))
        return MCY_FAIL(err, MCY_E_NUMERIC, "the points do not determine a plane");
    chaos->degree = best.degree;
    chaos->terms = best.terms;
    chaos->powers = best.powers;
    chaos->coefficient = best.coefficient;
    chaos->mean = best.coefficient[0];
    chaos->left_out_error = d.sd > 0 ? best.error / (d.sd * d.sd) : 0;
    if (d.sd > 0)
        indices_of(&best, chaos);
    *result = chaos;
    return MCY_OK;
}
