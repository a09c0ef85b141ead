/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How guidance has erred: a regression with Student's t errors by EM and a normal prior. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/outlook.h"

enum { P = MCY_BIAS_REGRESSORS, MOST_STEPS = 200, LEAST_QUARTERS = 6 };

/* Inverse of a symmetric positive definite matrix by Gauss-Jordan; false when it is singular. */
static bool invert(const double a[P * P], double out[P * P])
{
    double m[P][2 * P] = {{0}};
    for (size_t i = 0; i < P; i++) {
        for (size_t j = 0; j < P; j++)
            m[i][j] = a[i * P + j];
        m[i][P + i] = 1.0;
    }
    for (size_t i = 0; i < P; i++) {
        double pivot = m[i][i];
        if (!(fabs(pivot) > 1e-300))
            return false;
        for (size_t j = 0; j < 2 * P; j++)
            m[i][j] /= pivot;
        for (size_t r = 0; r < P; r++) {
            double factor = m[r][i];
            for (size_t j = 0; r != i && j < 2 * P; j++)
                m[r][j] -= factor * m[i][j];
        }
    }
    for (size_t i = 0; i < P; i++)
        for (size_t j = 0; j < P; j++)
            out[i * P + j] = m[i][P + j];
    return true;
}

/* One weighted ridge step: coefficients and the inverse of the normal matrix. */
static bool ridge(size_t n, const double *error, const double *x, const double *weight,
                  const double *prior_sd, mcy_bias_fit *fit)
{
    double normal[P * P] = {0}, moment[P] = {0}, variance = fit->scale * fit->scale;
    for (size_t r = 0; r < n; r++)
        for (size_t i = 0; i < P; i++) {
            if (prior_sd[i] == 0.0)
                continue;
            moment[i] += weight[r] * x[r * P + i] * error[r] / variance;
            for (size_t j = 0; j < P; j++)
                if (prior_sd[j] != 0.0)
                    normal[i * P + j] += weight[r] * x[r * P + i] * x[r * P + j] / variance;
        }
    for (size_t i = 0; i < P; i++)
        normal[i * P + i] += prior_sd[i] == 0.0 ? 1e30 : 1.0 / (prior_sd[i] * prior_sd[i]);
    if (!invert(normal, fit->covariance))
        return false;
    for (size_t i = 0; i < P; i++) {
        fit->coefficient[i] = 0.0;
        for (size_t j = 0; j < P; j++)
            fit->coefficient[i] += fit->covariance[i * P + j] * moment[j];
    }
    return true;
}

static double fitted(const mcy_bias_fit *fit, const double *row)
{
    double sum = 0.0;
    for (size_t i = 0; i < P; i++)
        sum += fit->coefficient[i] * row[i];
    return sum;
}

mcy_status mcy_bias_estimate(size_t n, const double *error, const double *regressor,
                             const double prior_sd[MCY_BIAS_REGRESSORS], double freedom,
                             mcy_bias_fit *fit, mcy_error *err)
{
    if (n < LEAST_QUARTERS)
        return MCY_FAIL(
            err, MCY_E_MISSING,
            "guidance and outcome are known for %zu quarters, at least %d are needed", n,
            LEAST_QUARTERS);
    double *weight = malloc(n * sizeof *weight);
    if (!weight)
        return MCY_FAIL(err, MCY_E_MEMORY, "out of memory");
    *fit = (mcy_bias_fit){.freedom = freedom, .quarters = n};
    double sum = 0.0, squares = 0.0;
    for (size_t r = 0; r < n; r++) {
        weight[r] = 1.0;
        sum += error[r];
    }
    for (size_t r = 0; r < n; r++)
        squares += (error[r] - sum / (double)n) * (error[r] - sum / (double)n);
    fit->scale = sqrt(squares / (double)n) + 1e-12;
    mcy_status status = MCY_OK;
    for (int step = 0; step < MOST_STEPS && status == MCY_OK; step++) {
        double before = fit->scale;
        if (!ridge(n, error, regressor, weight, prior_sd, fit)) {
            status =
                MCY_FAIL(err, MCY_E_NUMERIC, "guidance errors: the regression is singular");
            break;
        }
        squares = 0.0;
        for (size_t r = 0; r < n; r++) {
            double z = (error[r] - fitted(fit, regressor + r * P)) / before;
            weight[r] = (freedom + 1.0) / (freedom + z * z);
            squares += weight[r] * z * z;
        }
        fit->scale = before * sqrt(squares / (double)n) + 1e-12;
        if (fabs(fit->scale - before) < 1e-12 * before)
            break;
    }
    free(weight);
    return status;
}

void mcy_bias_predict(const mcy_bias_fit *fit, const double regressor[MCY_BIAS_REGRESSORS],
                      double *mean, double *sd)
{
    double variance = fit->scale * fit->scale * fit->freedom / (fit->freedom - 2.0);
    for (size_t i = 0; i < P; i++)
        for (size_t j = 0; j < P; j++)
            variance += regressor[i] * regressor[j] * fit->covariance[i * P + j];
    *mean = fitted(fit, regressor);
    *sd = sqrt(variance);
}
