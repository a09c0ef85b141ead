/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter: observations one by one, exact for a diffuse start. */
#include "mcy/kalman.h"

#include <math.h>

#include "kalman_lanes.h"

#define LOG_TWO_PI 1.8378770664093454836

/* Share of the diffuse variance below which a row says nothing about the diffuse directions. */
#define DIFFUSE_TOLERANCE 1e-9

mcy_kalman *mcy_kalman_create(mcy_arena *arena, size_t states, size_t times, size_t rows)
{
    mcy_kalman *k = MCY_TAKE(arena, mcy_kalman, 1);
    if (!k)
        return NULL;
    size_t stride = (states + MCY_KALMAN_LANES - 1) / MCY_KALMAN_LANES * MCY_KALMAN_LANES;
    size_t square = states * stride;
    k->states = states;
    k->stride = stride;
    k->times = times;
    k->rows = rows;
    k->row = MCY_TAKE(arena, mcy_kalman_row, rows);
    k->first_row = MCY_TAKE(arena, size_t, times + 1);
    struct {
        double **place;
        size_t count;
    } all[] = {
        {&k->transition, square},
        {&k->intercept, times * stride},
        {&k->shock, square},
        {&k->start, stride},
        {&k->start_covariance, square},
        {&k->start_diffuse, square},
        {&k->predicted, times * stride},
        {&k->predicted_cov, times * square},
        {&k->innovation, rows},
        {&k->innovation_var, rows},
        {&k->innovation_inf, rows},
        {&k->filtered, stride},
        {&k->filtered_cov, square},
        {&k->smoothed, times * stride},
        {&k->smoothed_cov, times * square},
        {&k->error_score, rows},
        {&k->error_precision, rows},
        {&k->gain, rows * stride},
        {&k->gain_inf, rows * stride},
        {&k->diffuse_cov, times * square},
        {&k->work, 8 * square + 8 * stride},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!(*all[i].place = MCY_TAKE(arena, double, all[i].count)))
            return NULL;
    return k->row && k->first_row ? k : NULL;
}

void mcy_kalman_index(mcy_kalman *k)
{
    size_t j = 0;
    for (size_t t = 0; t <= k->times; t++) {
        while (j < k->rows && k->row[j].time < (int)t)
            j++;
        k->first_row[t] = j;
    }
}

/* P = T P T' + Q, using the zeros of T; scratch holds T P. */
static void predict_covariance(const mcy_kalman *k, double *restrict p, const double *shock,
                               double *restrict scratch)
{
    size_t n = k->states, s = k->stride;
    for (size_t i = 0; i < n; i++) {
        memset(scratch + i * s, 0, s * sizeof *scratch);
        for (size_t m = 0; m < n; m++)
            if (k->transition[i * s + m] != 0)
                add_scaled(s, k->transition[i * s + m], p + m * s, scratch + i * s);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = shock ? shock[i * s + j] : 0;
            for (size_t m = 0; m < n; m++)
                if (k->transition[j * s + m] != 0)
                    sum += scratch[i * s + m] * k->transition[j * s + m];
            p[i * s + j] = p[j * s + i] = sum;
        }
}

static void predict_state(const mcy_kalman *k, size_t t, double *restrict a,
                          double *restrict scratch)
{
    size_t n = k->states, s = k->stride;
    memcpy(scratch, a, s * sizeof *a);
    for (size_t i = 0; i < n; i++) {
        double sum = k->intercept[t * s + i];
        for (size_t m = 0; m < n; m++)
            if (k->transition[i * s + m] != 0)
                sum += k->transition[i * s + m] * scratch[m];
        a[i] = sum;
    }
}

/* A row that sees a diffuse direction: the leading terms in the limit (DK 5.2, 6.4). */
static void update_diffuse(mcy_kalman *k, size_t j, double f_inf, double *a, double *p,
                           double *q)
{
    size_t n = k->states, s = k->stride;
    double *m = k->gain + j * s, *m_inf = k->gain_inf + j * s;
    double f = k->innovation_var[j], v = k->innovation[j];
    k->innovation_inf[j] = f_inf;
    k->diffuse_rows++;
    k->diffuse_term -= 0.5 * log(f_inf);
    for (size_t i = 0; i < n; i++) {
        double g = m_inf[i] / f_inf;
        a[i] += g * v;
        for (size_t l = 0; l < n; l++) {
            double h = m_inf[l] / f_inf;
            p[i * s + l] += g * h * f - g * m[l] - m[i] * h;
            q[i * s + l] -= g * m_inf[l];
        }
    }
}

static double trace(const mcy_kalman *k, const double *p)
{
    double sum = 0;
    for (size_t i = 0; i < k->states; i++)
        sum += p[i * k->stride + i];
    return sum;
}

/* One observation; q is P_infinity, or NULL once nothing diffuse is left. */
static bool update(mcy_kalman *k, size_t j, double *restrict a, double *restrict p, double *q,
                   double diffuse_scale)
{
    size_t n = k->states, s = k->stride;
    const mcy_kalman_row *row = &k->row[j];
    double *m = k->gain + j * s;
    times_design(s, p, row, m);
    double f = design_dot(row, m) + row->variance, v = row->value - design_dot(row, a);
    k->innovation[j] = v;
    k->innovation_var[j] = f;
    k->innovation_inf[j] = 0;
    if (q) {
        times_design(s, q, row, k->gain_inf + j * s);
        double f_inf = design_dot(row, k->gain_inf + j * s);
        if (f_inf > DIFFUSE_TOLERANCE * diffuse_scale) {
            update_diffuse(k, j, f_inf, a, p, q);
            return isfinite(f) && isfinite(v);
        }
    }
    if (!(f > 0))
        return false;
    double inverse = 1 / f;
    add_scaled(s, v * inverse, m, a);
    for (size_t i = 0; i < n; i++)
        add_scaled(s, -m[i] * inverse, m, p + i * s);
    k->log_likelihood -= 0.5 * (LOG_TWO_PI + log(f) + v * v * inverse);
    return true;
}

bool mcy_kalman_filter(mcy_kalman *k)
{
    size_t s = k->stride, square = k->states * s;
    double *a = k->filtered, *p = k->filtered_cov, *scratch = k->work + square, *q = k->work;
    memcpy(a, k->start, s * sizeof *a);
    memcpy(p, k->start_covariance, square * sizeof *p);
    memcpy(q, k->start_diffuse, square * sizeof *q);
    double scale = trace(k, q);
    bool diffuse = scale > 0;
    k->log_likelihood = k->diffuse_term = 0;
    k->diffuse_rows = 0;
    for (size_t t = 0; t < k->times; t++) {
        if (t > 0) {
            predict_state(k, t, a, scratch);
            predict_covariance(k, p, k->shock, scratch);
            if (diffuse)
                predict_covariance(k, q, NULL, scratch);
        }
        memcpy(k->predicted + t * s, a, s * sizeof *a);
        memcpy(k->predicted_cov + t * square, p, square * sizeof *p);
        memcpy(k->diffuse_cov + t * square, q, square * sizeof *q);
        for (size_t j = k->first_row[t]; j < k->first_row[t + 1]; j++)
            if (!update(k, j, a, p, diffuse ? q : NULL, scale))
                return false;
        if (diffuse && trace(k, q) <= DIFFUSE_TOLERANCE * scale) {
            diffuse = false;
            memset(q, 0, square * sizeof *q);
        }
    }
    return isfinite(k->log_likelihood);
}
