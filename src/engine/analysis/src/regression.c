/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlations, standardised regression, first-order indices by slices. */
#include <math.h>
#include <string.h>

#include <cblas.h>
#include <lapacke.h>

#include "explore_rows.h"
#include "mcy/distribution.h"

mcy_status mcy_explore_rows(mcy_arena *arena, const mcy_sample *sample, size_t output,
                            mcy_rows *rows, mcy_error *err)
{
    const double *y = sample->values[output];
    size_t *kept = MCY_TAKE(arena, size_t, sample->runs);
    *rows = (mcy_rows){.axes = sample->axes};
    if (!kept)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < sample->runs; i++)
        if (sample->faults[i].kind == MCY_FAULT_NONE && isfinite(y[i]))
            kept[rows->n++] = i;
    rows->left_out = sample->runs - rows->n;
    rows->kept = kept;
    rows->x = MCY_TAKE(arena, double, rows->n * sample->axes);
    rows->y = MCY_TAKE(arena, double, rows->n);
    if (!rows->x || !rows->y)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < rows->n; i++)
        rows->y[i] = y[kept[i]];
    for (size_t c = 0; c < sample->axes; c++)
        for (size_t i = 0; i < rows->n; i++)
            rows->x[c * rows->n + i] = sample->points[c][kept[i]];
    return MCY_OK;
}

/* Mean 0 and sum of squares 1; all zeros for what does not vary. */
static void standardise(size_t n, double *x)
{
    double mean = 0, squares = 0;
    bool varies = false;
    for (size_t i = 0; i < n; i++) {
        mean += x[i] / (double)n;
        varies |= x[i] != x[0];
    }
    for (size_t i = 0; i < n; i++) {
        x[i] = varies ? x[i] - mean : 0;
        squares += x[i] * x[i];
    }
    double scale = squares > 0 ? 1 / sqrt(squares) : 0;
    for (size_t i = 0; i < n; i++)
        x[i] *= scale;
}

/* Products of the standardised columns; an axis that does not vary gets 1 on the diagonal and so
 * coefficient 0. */
static mcy_status solve_regression(mcy_arena *arena, const mcy_rows *rows, mcy_regression *r,
                                   mcy_error *err)
{
    size_t k = rows->axes, n = rows->n;
    double *gram = MCY_TAKE(arena, double, k *k), *beta = MCY_TAKE(arena, double, k);
    if (!gram || !beta)
        return mcy_fail_memory(err);
    cblas_dsyrk(CblasColMajor, CblasUpper, CblasTrans, (int)k, (int)n, 1.0, rows->x, (int)n,
                0.0, gram, (int)k);
    cblas_dgemv(CblasColMajor, CblasTrans, (int)n, (int)k, 1.0, rows->x, (int)n, rows->y, 1,
                0.0, r->correlation, 1);
    for (size_t i = 0; i < k; i++)
        if (gram[i * k + i] == 0)
            gram[i * k + i] = 1;
    memcpy(beta, r->correlation, k * sizeof *beta);
    if (LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'U', (int)k, gram, (int)k))
        return MCY_FAIL(err, MCY_E_NUMERIC,
                        "one axis is a combination of others: no regression");
    LAPACKE_dpotrs(LAPACK_COL_MAJOR, 'U', (int)k, 1, gram, (int)k, beta, (int)k);
    r->explained = 0;
    for (size_t i = 0; i < k; i++)
        r->explained += beta[i] * r->correlation[i];
    LAPACKE_dpotri(LAPACK_COL_MAJOR, 'U', (int)k, gram, (int)k);
    double freedom = (double)n - (double)k - 1, rest = fmax(0, 1 - r->explained) / freedom;
    double t = mcy_student_quantile(freedom, 0.975);
    mcy_index_options options = {0};
    bool constant = rows->y[0] == 0 && r->explained == 0;
    for (size_t i = 0; i < k; i++)
        r->coefficient[i] = mcy_index_judge(
            beta[i], constant ? 0 : t * sqrt(rest * gram[i * k + i]), (double)n, &options);
    return MCY_OK;
}

mcy_status mcy_regression_fit(mcy_arena *arena, const mcy_sample *sample, size_t output,
                              bool ranks, mcy_regression **regression, mcy_error *err)
{
    mcy_rows rows;
    mcy_regression *r = MCY_TAKE(arena, mcy_regression, 1);
    if (!r)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_explore_rows(arena, sample, output, &rows, err));
    if (rows.n <= rows.axes + 2)
        return MCY_FAIL(err, MCY_E_INPUT, "%zu runs are too few for a regression on %zu axes",
                        rows.n, rows.axes);
    r->axes = rows.axes;
    r->used = rows.n;
    r->left_out = rows.left_out;
    r->correlation = MCY_TAKE(arena, double, rows.axes);
    r->coefficient = MCY_TAKE(arena, mcy_index, rows.axes);
    if (!r->correlation || !r->coefficient)
        return mcy_fail_memory(err);
    for (size_t c = 0; c <= rows.axes; c++) {
        double *column = c < rows.axes ? rows.x + c * rows.n : rows.y;
        if (ranks)
            MCY_TRY(mcy_ranks(rows.n, column, column, err));
        standardise(rows.n, column);
    }
    MCY_TRY(solve_regression(arena, &rows, r, err));
    *regression = r;
    return MCY_OK;
}

mcy_status mcy_slices_first(mcy_arena *arena, const mcy_sample *sample, size_t output,
                            double *first, mcy_error *err)
{
    mcy_rows rows;
    MCY_TRY(mcy_explore_rows(arena, sample, output, &rows, err));
    size_t slices = (size_t)cbrt((double)rows.n);
    slices = slices > 50 ? 50 : slices;
    if (slices < 2)
        return MCY_FAIL(err, MCY_E_INPUT, "%zu runs are too few for slices", rows.n);
    double *rank = MCY_TAKE(arena, double, rows.n);
    double *sum = MCY_TAKE(arena, double, slices), *count = MCY_TAKE(arena, double, slices);
    if (!rank || !sum || !count)
        return mcy_fail_memory(err);
    mcy_described d = mcy_describe(rows.n, rows.y);
    double n = (double)rows.n, variance = d.sd * d.sd;
    for (size_t c = 0; c < rows.axes; c++) {
        MCY_TRY(mcy_ranks(rows.n, rows.x + c * rows.n, rank, err));
        memset(sum, 0, slices * sizeof *sum);
        memset(count, 0, slices * sizeof *count);
        for (size_t i = 0; i < rows.n; i++) {
            size_t s = (size_t)((rank[i] - 0.5) / n * (double)slices);
            sum[s] += rows.y[i] - d.mean;
            count[s] += 1;
        }
        double between = 0, parts = 0;
        for (size_t s = 0; s < slices; s++)
            if (count[s] > 0)
                between += sum[s] * sum[s] / count[s], parts += 1;
        /* analysis of variance: the part beyond what the slices would show by chance */
        double within = (variance * (n - 1) - between) / (n - parts);
        first[c] = variance > 0 ? (between - (parts - 1) * within) / ((n - 1) * variance) : 0;
    }
    return MCY_OK;
}
