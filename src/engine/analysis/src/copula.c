/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cholesky factors of correlations, with the eigenvalue in the refusal. */
#include "mcy/copula.h"

#include <math.h>

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_matrix.h>

/* sin on -pi/6 .. pi/6 by its series: the same bits on every machine. */
static double sine(double x)
{
    double y = x * x, sum = 0.0;
    for (int k = 19; k >= 3; k -= 2)
        sum = (1.0 + sum) * -y / (k * (k - 1));
    return x * (1.0 + sum);
}

static mcy_status smallest_eigenvalue(size_t size, const double *matrix, double *smallest,
                                      mcy_error *err)
{
    mcy_status status = MCY_OK;
    gsl_matrix *copy = gsl_matrix_alloc(size, size);
    gsl_vector *values = gsl_vector_alloc(size);
    gsl_eigen_symm_workspace *work = gsl_eigen_symm_alloc(size);
    if (!copy || !values || !work) {
        status = mcy_fail_memory(err);
        goto done;
    }
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j < size; j++)
            gsl_matrix_set(copy, i, j, matrix[i * size + j]);
    if (gsl_eigen_symm(copy, values, work)) {
        status =
            MCY_FAIL(err, MCY_E_NUMERIC, "eigenvalues of the correlations did not converge");
        goto done;
    }
    *smallest = gsl_vector_min(values);
done:
    gsl_eigen_symm_free(work);
    gsl_vector_free(values);
    gsl_matrix_free(copy);
    return status;
}

static mcy_status factorise(mcy_arena *arena, size_t size, const double *matrix,
                            const char *what, mcy_copula **result, mcy_error *err)
{
    mcy_copula *copula = MCY_TAKE(arena, mcy_copula, 1);
    double *factor = MCY_TAKE(arena, double, size *(size + 1) / 2);
    if (!copula || !factor)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < size; i++) {
        double *row = factor + i * (i + 1) / 2;
        for (size_t j = 0; j <= i; j++) {
            const double *other = factor + j * (j + 1) / 2;
            double sum = matrix[i * size + j];
            for (size_t k = 0; k < j; k++)
                sum -= row[k] * other[k];
            if (i != j) {
                row[j] = sum / other[j];
                continue;
            }
            if (!(sum > 1e-12 * matrix[i * size + i])) {
                double smallest = 0;
                MCY_TRY(smallest_eigenvalue(size, matrix, &smallest, err));
                return MCY_FAIL(err, MCY_E_DOMAIN,
                                "%s: not positive definite: the smallest eigenvalue is %.6g",
                                what, smallest);
            }
            row[i] = sqrt(sum);
        }
    }
    copula->size = size;
    copula->factor = factor;
    *result = copula;
    return MCY_OK;
}

static mcy_status check_symmetric(size_t size, const double *matrix, const char *const *names,
                                  const char *what, mcy_error *err)
{
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j < size; j++) {
            double a = matrix[i * size + j], b = matrix[j * size + i];
            if (!isfinite(a) || a != b)
                return MCY_FAIL(err, MCY_E_DOMAIN, "%s: '%s' with '%s' is %g, the reverse %g",
                                what, names[i], names[j], a, b);
        }
    return MCY_OK;
}

mcy_status mcy_copula_create(mcy_arena *arena, size_t size, const double *rank,
                             const char *const *names, mcy_copula **copula, mcy_error *err)
{
    const char *what = "rank correlations";
    double *matrix = MCY_TAKE(arena, double, size *size);
    if (!matrix)
        return mcy_fail_memory(err);
    MCY_TRY(check_symmetric(size, rank, names, what, err));
    for (size_t i = 0; i < size; i++)
        for (size_t j = 0; j < size; j++) {
            double r = rank[i * size + j];
            if (i == j ? r != 1.0 : !(fabs(r) < 1.0))
                return MCY_FAIL(err, MCY_E_DOMAIN, "%s: '%s' with '%s' is %g, want %s", what,
                                names[i], names[j], r,
                                i == j ? "1 on the diagonal" : "a value between -1 and 1");
            matrix[i * size + j] = i == j ? 1.0 : 2.0 * sine(r * 0.52359877559829887308);
        }
    return factorise(arena, size, matrix, what, copula, err);
}

mcy_status mcy_copula_create_covariance(mcy_arena *arena, size_t size, const double *covariance,
                                        const char *const *names, mcy_copula **copula,
                                        mcy_error *err)
{
    const char *what = "covariance";
    MCY_TRY(check_symmetric(size, covariance, names, what, err));
    for (size_t i = 0; i < size; i++)
        if (!(covariance[i * size + i] > 0))
            return MCY_FAIL(err, MCY_E_DOMAIN, "%s: variance of '%s' is %g, want above 0", what,
                            names[i], covariance[i * size + i]);
    return factorise(arena, size, covariance, what, copula, err);
}

/* From the last row up: a row needs the untouched scores of the rows before it. */
void mcy_copula_apply(const mcy_copula *copula, size_t n, double *const *scores)
{
    for (size_t i = copula->size; i-- > 0;) {
        const double *row = copula->factor + i * (i + 1) / 2;
        double *out = scores[i];
        for (size_t p = 0; p < n; p++)
            out[p] *= row[i];
        for (size_t j = 0; j < i; j++)
            for (size_t p = 0; p < n; p++)
                out[p] += row[j] * scores[j][p];
    }
}
