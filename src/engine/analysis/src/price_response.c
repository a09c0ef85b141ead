/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Price response by posterior mode: Gauss-Newton in the free parameters with step halving, the
 * noise by its own conditional mode, in turn until neither moves. */
#include "mcy/price_response.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

enum { P = MCY_PRICE_PARAMETERS, ROUNDS = 500 };

const char *mcy_price_parameter_name(mcy_price_parameter parameter)
{
    static const char *const names[P] = {"response_short", "response_glut", "price_persistence",
                                         "price_anchor"};
    return names[parameter];
}

bool mcy_price_parameter_is_log(mcy_price_parameter parameter)
{
    return parameter != MCY_PRICE_PERSISTENCE;
}

mcy_price_prior mcy_price_prior_default(void)
{
    return (mcy_price_prior){.mean = {log(0.5), log(0.8), 0.3, log(0.1)},
                             .sd = {0.5, 0.5, 0.15, 0.5},
                             .noise = 0.10,
                             .noise_quarters = 4};
}

static void natural(const double free[P], double out[P])
{
    for (int k = 0; k < P; k++)
        out[k] = mcy_price_parameter_is_log((mcy_price_parameter)k) ? exp(free[k]) : free[k];
}

double mcy_price_expected(const double parameters[MCY_PRICE_PARAMETERS],
                          const mcy_price_move *row)
{
    double kappa = parameters[row->tightness > 0 ? MCY_PRICE_SHORT : MCY_PRICE_GLUT];
    double target = kappa * row->tightness + parameters[MCY_PRICE_ANCHOR] * row->gap;
    if (row->tightness > 0 && target < 0)
        target = 0;
    double rho = parameters[MCY_PRICE_PERSISTENCE];
    return rho * row->move_before + (1 - rho) * target;
}

/* Derivative of the expected move with respect to the free parameters. */
static void slope(const double p[P], const mcy_price_move *row, double out[P])
{
    int side = row->tightness > 0 ? MCY_PRICE_SHORT : MCY_PRICE_GLUT;
    double rho = p[MCY_PRICE_PERSISTENCE];
    double pull = p[MCY_PRICE_ANCHOR] * row->gap, push = p[side] * row->tightness;
    bool floored = row->tightness > 0 && push + pull < 0;
    memset(out, 0, P * sizeof *out);
    if (!floored) {
        out[side] = (1 - rho) * push;
        out[MCY_PRICE_ANCHOR] = (1 - rho) * pull;
    }
    out[MCY_PRICE_PERSISTENCE] = row->move_before - (floored ? 0 : push + pull);
}

/* One problem: the rows without the one left out (count = none), prior, current noise. */
typedef struct problem {
    const mcy_price_move *rows;
    size_t count, without;
    const mcy_price_prior *prior;
    double noise;
} problem;

static double sum_of_squares(const problem *it, const double free[P], double *data_part)
{
    double p[P], data = 0, prior = 0;
    natural(free, p);
    for (size_t i = 0; i < it->count; i++) {
        if (i == it->without)
            continue;
        double r = it->rows[i].move - mcy_price_expected(p, &it->rows[i]);
        data += r * r;
    }
    for (int k = 0; k < P; k++) {
        double z = (free[k] - it->prior->mean[k]) / it->prior->sd[k];
        prior += z * z;
    }
    if (data_part != NULL)
        *data_part = data;
    return data / (it->noise * it->noise) + prior;
}

/* Precision (J'J + prior) and gradient at a point. */
static void normal_equations(const problem *it, const double free[P], double precision[P * P],
                             double gradient[P])
{
    double p[P], d[P], weight = 1 / (it->noise * it->noise);
    natural(free, p);
    memset(precision, 0, P * P * sizeof *precision);
    for (int k = 0; k < P; k++) {
        double w = 1 / (it->prior->sd[k] * it->prior->sd[k]);
        precision[k * P + k] = w;
        gradient[k] = w * (it->prior->mean[k] - free[k]);
    }
    for (size_t i = 0; i < it->count; i++) {
        if (i == it->without)
            continue;
        double r = it->rows[i].move - mcy_price_expected(p, &it->rows[i]);
        slope(p, &it->rows[i], d);
        for (int a = 0; a < P; a++) {
            gradient[a] += weight * d[a] * r;
            for (int b = 0; b < P; b++)
                precision[a * P + b] += weight * d[a] * d[b];
        }
    }
}

static bool solve(double precision[P * P], double vector[P])
{
    gsl_matrix_view m = gsl_matrix_view_array(precision, P, P);
    gsl_vector_view v = gsl_vector_view_array(vector, P);
    /* the precision holds the prior's, so it is positive definite unless a number overflowed */
    for (int k = 0; k < P * P; k++)
        if (!isfinite(precision[k]))
            return false;
    if (gsl_linalg_cholesky_decomp1(&m.matrix) != GSL_SUCCESS)
        return false;
    return gsl_linalg_cholesky_svx(&m.matrix, &v.vector) == GSL_SUCCESS;
}

/* Mode in free and it->noise; the number of rounds, or 0 when it did not settle. */
static int find_mode(problem *it, double free[P])
{
    double precision[P * P], step[P], trial[P];
    size_t used = it->count - (it->without < it->count ? 1 : 0);
    for (int round = 1; round <= ROUNDS; round++) {
        normal_equations(it, free, precision, step);
        if (!solve(precision, step))
            return 0;
        double before = sum_of_squares(it, free, NULL), moved = 0, data, scale = 1;
        for (int halving = 0; halving < 40; halving++, scale /= 2) {
            for (int k = 0; k < P; k++)
                trial[k] = free[k] + scale * step[k];
            trial[MCY_PRICE_PERSISTENCE] = fmin(fmax(trial[MCY_PRICE_PERSISTENCE], 0), 0.95);
            if (sum_of_squares(it, trial, NULL) <= before)
                break;
        }
        for (int k = 0; k < P; k++) {
            moved = fmax(moved, fabs(trial[k] - free[k]));
            free[k] = trial[k];
        }
        sum_of_squares(it, free, &data);
        double n0 = it->prior->noise_quarters, s0 = it->prior->noise;
        double noise = sqrt((data + n0 * s0 * s0) / ((double)used + n0));
        moved = fmax(moved, fabs(noise / it->noise - 1));
        it->noise = noise;
        if (moved < 1e-10)
            return round;
    }
    return 0;
}

static mcy_status refuse_bad_rows(const mcy_price_move *rows, size_t count, mcy_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(rows[i].tightness) || !isfinite(rows[i].gap) ||
            !isfinite(rows[i].move_before) || !isfinite(rows[i].move))
            return MCY_FAIL(err, MCY_E_DOMAIN, "price response: quarter %zu is not finite", i);
    return MCY_OK;
}

/* The inverse of the precision; of the prior where that does not work. Rounding makes the two
 * halves differ: the mean of them is taken. */
static void invert(const problem *it, const double precision[P * P], double covariance[P * P])
{
    for (int k = 0; k < P; k++) {
        double copy[P * P], column[P] = {0};
        memcpy(copy, precision, sizeof copy);
        column[k] = 1;
        if (!solve(copy, column))
            for (int j = 0; j < P; j++)
                column[j] = j == k ? it->prior->sd[k] * it->prior->sd[k] : 0;
        for (int j = 0; j < P; j++)
            covariance[k * P + j] = column[j];
    }
    for (int k = 0; k < P; k++)
        for (int j = 0; j < k; j++)
            covariance[k * P + j] = covariance[j * P + k] =
                (covariance[k * P + j] + covariance[j * P + k]) / 2;
}

static void summarise(const problem *it, const double free[P], mcy_price_response *result)
{
    double precision[P * P], unused[P];
    natural(free, result->estimate);
    normal_equations(it, free, precision, unused);
    invert(it, precision, result->covariance);
    memcpy(result->mode, free, sizeof result->mode);
    for (int k = 0; k < P; k++) {
        double variance = result->covariance[k * P + k];
        double sd = sqrt(variance), low = free[k] - 1.6448536269514722 * sd,
               high = free[k] + 1.6448536269514722 * sd;
        bool is_log = mcy_price_parameter_is_log((mcy_price_parameter)k);
        result->low[k] = is_log ? exp(low) : low;
        result->high[k] = is_log ? exp(high) : high;
        result->learned[k] = 1 - variance / (it->prior->sd[k] * it->prior->sd[k]);
    }
    result->noise = it->noise;
}

mcy_status mcy_price_response_fit(mcy_arena *arena, const mcy_price_move *rows, size_t count,
                                  const mcy_price_prior *prior, mcy_price_response **fit,
                                  mcy_error *err)
{
    MCY_TRY(refuse_bad_rows(rows, count, err));
    mcy_price_prior own = prior == NULL ? mcy_price_prior_default() : *prior;
    mcy_price_response *result = MCY_TAKE(arena, mcy_price_response, 1);
    double *fitted = MCY_TAKE(arena, double, count), *left_out = MCY_TAKE(arena, double, count);
    if (result == NULL || fitted == NULL || left_out == NULL)
        return mcy_fail_memory(err);

    problem all = {rows, count, count, &own, own.noise};
    double free[P];
    memcpy(free, own.mean, sizeof free);
    result->iterations = find_mode(&all, free);
    summarise(&all, free, result);
    bool settled = result->iterations > 0;
    for (size_t i = 0; i < count; i++) {
        fitted[i] = mcy_price_expected(result->estimate, &rows[i]);
        result->count_short += rows[i].tightness > 0;
        problem less = {rows, count, i, &own, own.noise};
        double p[P], start[P];
        memcpy(start, own.mean, sizeof start);
        settled = find_mode(&less, start) > 0 && settled;
        natural(start, p);
        left_out[i] = mcy_price_expected(p, &rows[i]);
    }
    result->count = count;
    result->fitted = fitted;
    result->left_out = left_out;
    *fit = result;
    if (!settled)
        return MCY_FAIL(err, MCY_E_NUMERIC, "price response: no mode after %d rounds", ROUNDS);
    return MCY_OK;
}
