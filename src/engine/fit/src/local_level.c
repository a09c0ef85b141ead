/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local level model in closed recursions, eight series side by side.
 *
 * In units of the noise variance, with q = level / noise and P the variance of the level before
 * an observation: F = P + 1, K = P / F, and the next P is P / F + q. A missing value (mask 0)
 * makes F = 1 and K = 0 in the same expressions, so there is no branch. */
#include "mcy/local_level.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/number.h"

enum { LANES = 8, LOG_EVERY = 8, GRID = 11, GOLDEN_STEPS = 10, SECANT_STEPS = 6 };

#define LOG_TWO_PI 1.8378770664093454836
#define GOLDEN     0.61803398874989484820

/* Grid of log q: from a level that hardly moves to one that takes all. */
static const double grid_low = -14, grid_step = 2.5;

/* Eight series that start at their first observed value: value and mask, [n * LANES]. */
typedef struct block {
    size_t n;
    double *value, *mask;
    double count[LANES]; /* innovations: observed values after the first */
} block;

/* Sums of one pass: v^2/F, and log F or the derivatives of both by q. */
typedef struct sums {
    double square[LANES], log_f[LANES];
    double square_by_q[LANES], log_f_by_q[LANES];
} sums;

static void pass(const block *b, const double q[LANES], sums *out)
{
    double a[LANES], p[LANES], square[LANES] = {0}, log_f[LANES] = {0}, product[LANES];
    for (int l = 0; l < LANES; l++) {
        a[l] = b->value[l];
        p[l] = 1 + q[l];
        product[l] = 1;
    }
    for (size_t t = 1; t < b->n; t++) {
        const double *restrict y = b->value + t * LANES, *restrict mask = b->mask + t * LANES;
        for (int l = 0; l < LANES; l++) {
            double seen = mask[l] * p[l], f = 1 + seen, inverse = 1 / f;
            double v = mask[l] * (y[l] - a[l]);
            square[l] += v * v * inverse;
            product[l] *= f;
            a[l] += seen * inverse * v;
            p[l] = p[l] * inverse + q[l];
        }
        if (t % LOG_EVERY == 0 || t + 1 == b->n)
            for (int l = 0; l < LANES; l++) {
                log_f[l] += log(product[l]);
                product[l] = 1;
            }
    }
    memcpy(out->square, square, sizeof square);
    memcpy(out->log_f, log_f, sizeof log_f);
}

static void pass_with_slope(const block *b, const double q[LANES], sums *out)
{
    double a[LANES], p[LANES], da[LANES] = {0}, dp[LANES];
    memset(out, 0, sizeof *out);
    for (int l = 0; l < LANES; l++) {
        a[l] = b->value[l];
        p[l] = 1 + q[l];
        dp[l] = 1;
    }
    for (size_t t = 1; t < b->n; t++) {
        const double *restrict y = b->value + t * LANES, *restrict mask = b->mask + t * LANES;
        for (int l = 0; l < LANES; l++) {
            double f = 1 + mask[l] * p[l], inverse = 1 / f, df = mask[l] * dp[l];
            double v = mask[l] * (y[l] - a[l]), dv = -mask[l] * da[l];
            out->square[l] += v * v * inverse;
            out->square_by_q[l] += (2 * v * dv - v * v * df * inverse) * inverse;
            out->log_f_by_q[l] += df * inverse;
            double gain = mask[l] * p[l] * inverse, slope = df * inverse * inverse;
            a[l] += gain * v;
            da[l] += slope * v + gain * dv;
            dp[l] = dp[l] * inverse * (mask[l] > 0 ? inverse : 1) + 1;
            p[l] = p[l] * inverse + q[l];
        }
    }
}

/* The concentrated log-likelihood: noise = sum of v^2/F over its count. */
static double concentrated(double count, double square, double log_f)
{
    return -0.5 * (count * (LOG_TWO_PI + log(square / count) + 1) + log_f);
}

static void evaluate(const block *b, const double log_q[LANES], double value[LANES])
{
    double q[LANES];
    sums s;
    for (int l = 0; l < LANES; l++)
        q[l] = exp(log_q[l]);
    pass(b, q, &s);
    for (int l = 0; l < LANES; l++)
        value[l] = concentrated(b->count[l], s.square[l], s.log_f[l]);
}

/* Derivative of the concentrated log-likelihood by log q. */
static void slope(const block *b, const double log_q[LANES], double out[LANES])
{
    double q[LANES];
    sums s;
    for (int l = 0; l < LANES; l++)
        q[l] = exp(log_q[l]);
    pass_with_slope(b, q, &s);
    for (int l = 0; l < LANES; l++)
        out[l] = -0.5 * q[l] * (b->count[l] * s.square_by_q[l] / s.square[l] + s.log_f_by_q[l]);
}

/* Best grid point of each lane, then golden section between its neighbours. */
static void search(const block *b, double low[LANES], double high[LANES])
{
    double best[LANES], at[LANES], x[LANES], value[LANES];
    for (int i = 0; i < GRID; i++) {
        for (int l = 0; l < LANES; l++)
            x[l] = grid_low + grid_step * i;
        evaluate(b, x, value);
        for (int l = 0; l < LANES; l++)
            if (i == 0 || value[l] > best[l]) {
                best[l] = value[l];
                at[l] = x[l];
            }
    }
    double left[LANES], right[LANES], at_left[LANES], at_right[LANES];
    for (int l = 0; l < LANES; l++) {
        low[l] = at[l] - grid_step;
        high[l] = at[l] + grid_step;
        left[l] = high[l] - GOLDEN * (high[l] - low[l]);
        right[l] = low[l] + GOLDEN * (high[l] - low[l]);
    }
    evaluate(b, left, at_left);
    evaluate(b, right, at_right);
    for (int i = 0; i < GOLDEN_STEPS; i++) {
        bool to_left[LANES];
        for (int l = 0; l < LANES; l++) {
            to_left[l] = at_left[l] > at_right[l];
            if (to_left[l]) {
                high[l] = right[l];
                right[l] = left[l];
                at_right[l] = at_left[l];
                x[l] = left[l] = high[l] - GOLDEN * (high[l] - low[l]);
            } else {
                low[l] = left[l];
                left[l] = right[l];
                at_left[l] = at_right[l];
                x[l] = right[l] = low[l] + GOLDEN * (high[l] - low[l]);
            }
        }
        evaluate(b, x, value);
        for (int l = 0; l < LANES; l++)
            *(to_left[l] ? &at_left[l] : &at_right[l]) = value[l];
    }
}

/* Secant steps on the derivative inside the bracket; a lane whose step leaves it keeps its
 * point. */
static void polish(const block *b, const double low[LANES], const double high[LANES],
                   double log_q[LANES])
{
    double x0[LANES], x1[LANES], s0[LANES], s1[LANES];
    memcpy(x0, low, sizeof x0);
    memcpy(x1, high, sizeof x1);
    slope(b, x0, s0);
    slope(b, x1, s1);
    for (int i = 0; i < SECANT_STEPS; i++) {
        double next[LANES];
        for (int l = 0; l < LANES; l++) {
            double step = x1[l] - s1[l] * (x1[l] - x0[l]) / (s1[l] - s0[l]);
            next[l] = step >= low[l] && step <= high[l] ? step : x1[l];
        }
        memcpy(x0, x1, sizeof x0);
        memcpy(s0, s1, sizeof s0);
        memcpy(x1, next, sizeof x1);
        slope(b, x1, s1);
    }
    memcpy(log_q, x1, sizeof x1);
}

/* The fit of one lane from its best pass. */
static mcy_local_level lane_fit(double count, double q, double square, double log_f)
{
    if (count < 2)
        return (mcy_local_level){MCY_MISSING, MCY_MISSING, MCY_MISSING};
    if (!(square > 0))
        return (mcy_local_level){0, 0, (double)INFINITY};
    double noise = square / count;
    return (mcy_local_level){noise, q * noise, concentrated(count, square, log_f)};
}

static void fit_block(const block *b, mcy_local_level fit[LANES])
{
    double low[LANES], high[LANES], log_q[LANES], q[LANES];
    const double none[LANES] = {0};
    sums at_zero, at_best;
    search(b, low, high);
    polish(b, low, high, log_q);
    for (int l = 0; l < LANES; l++)
        q[l] = exp(log_q[l]);
    pass(b, none, &at_zero);
    pass(b, q, &at_best);
    for (int l = 0; l < LANES; l++) {
        double zero = concentrated(b->count[l], at_zero.square[l], at_zero.log_f[l]);
        double best = concentrated(b->count[l], at_best.square[l], at_best.log_f[l]);
        fit[l] = best > zero ? lane_fit(b->count[l], q[l], at_best.square[l], at_best.log_f[l])
                             : lane_fit(b->count[l], 0, at_zero.square[l], at_zero.log_f[l]);
    }
}

static size_t first_observed(size_t n, const double *y)
{
    size_t t = 0;
    while (t < n && mcy_is_missing(y[t]))
        t++;
    return t;
}

/* Lay up to eight series side by side from their first observed value on. */
static void pack(block *b, size_t series, size_t n, const double *y)
{
    memset(b->value, 0, n * LANES * sizeof *b->value);
    memset(b->mask, 0, n * LANES * sizeof *b->mask);
    for (size_t l = 0; l < LANES; l++) {
        b->count[l] = 0;
        if (l >= series)
            continue;
        const double *from = y + l * n;
        size_t first = first_observed(n, from);
        for (size_t t = first; t < n; t++)
            if (!mcy_is_missing(from[t])) {
                b->value[(t - first) * LANES + l] = from[t];
                b->mask[(t - first) * LANES + l] = 1;
                b->count[l] += t > first;
            }
    }
}

mcy_status mcy_local_level_fit(size_t series, size_t n, const double *y, mcy_local_level *fit,
                               double *smoothed, double *variance, mcy_error *err)
{
    mcy_status status = MCY_OK;
    double *room = malloc((2 * LANES + 2) * (n + 1) * sizeof *room);
    if (!room)
        return MCY_FAIL(err, MCY_E_MEMORY, "local level: no memory for %zu values", n);
    block b = {.n = n, .value = room, .mask = room + LANES * n};
    double *level = room + 2 * LANES * n, *spread = level + n;
    for (size_t from = 0; from < series; from += LANES) {
        size_t count = series - from < LANES ? series - from : LANES;
        mcy_local_level found[LANES];
        pack(&b, count, n, y + from * n);
        fit_block(&b, found);
        for (size_t l = 0; l < count; l++) {
            size_t at = from + l;
            fit[at] = found[l];
            if (mcy_is_missing(found[l].noise_variance) && status == MCY_OK)
                status = MCY_FAIL(err, MCY_E_MISSING,
                                  "series %zu has %g values, at least 3 are needed", at,
                                  b.count[l] + 1);
            if (!smoothed && !variance)
                continue;
            mcy_local_level_smooth(
                n, y + at * n, found[l].noise_variance, found[l].level_variance,
                smoothed ? smoothed + at * n : level, variance ? variance + at * n : spread);
        }
    }
    free(room);
    return status;
}

double mcy_local_level_likelihood(size_t n, const double *y, double noise, double level)
{
    size_t t = first_observed(n, y), count = 0;
    if (t >= n)
        return MCY_MISSING;
    double q = level / noise, a = y[t], p = 1 + q, square = 0, log_f = 0, product = 1;
    for (t++; t < n; t++) {
        if (mcy_is_missing(y[t])) {
            p += q;
            continue;
        }
        double f = 1 + p, inverse = 1 / f, v = y[t] - a;
        square += v * v * inverse;
        product *= f;
        a += p * inverse * v;
        p = p * inverse + q;
        if (++count % LOG_EVERY == 0) {
            log_f += log(product);
            product = 1;
        }
    }
    if (count == 0)
        return MCY_MISSING;
    log_f += log(product);
    return -0.5 * ((double)count * (LOG_TWO_PI + log(noise)) + log_f + square / noise);
}

void mcy_local_level_smooth(size_t n, const double *y, double noise, double level,
                            double *restrict smoothed, double *restrict variance)
{
    size_t first = first_observed(n, y);
    if (first >= n || mcy_is_missing(noise)) {
        for (size_t t = 0; t < n; t++)
            smoothed[t] = variance[t] = MCY_MISSING;
        return;
    }
    if (noise == 0 && level == 0) {
        for (size_t t = 0; t < n; t++) {
            smoothed[t] = y[first];
            variance[t] = 0;
        }
        return;
    }
    /* forward: smoothed holds a, variance holds P, both before the observation */
    smoothed[first] = y[first];
    variance[first] = noise;
    double a = y[first], p = noise + level;
    for (size_t t = first + 1; t < n; t++) {
        smoothed[t] = a;
        variance[t] = p;
        if (!mcy_is_missing(y[t])) {
            double gain = p / (p + noise);
            a += gain * (y[t] - a);
            p = gain * noise;
        }
        p += level;
    }
    double r = 0, weight = 0;
    for (size_t t = n; t-- > first + 1;) {
        a = smoothed[t];
        p = variance[t];
        if (!mcy_is_missing(y[t])) {
            double inverse = 1 / (p + noise), keep = noise * inverse;
            r = (y[t] - a) * inverse + keep * r;
            weight = inverse + keep * keep * weight;
        }
        smoothed[t] = a + p * r;
        variance[t] = p - p * p * weight;
    }
    smoothed[first] = y[first] + noise * r;
    variance[first] = noise - noise * noise * weight;
    for (size_t t = first; t-- > 0;) {
        smoothed[t] = smoothed[first];
        variance[t] = variance[t + 1] + level;
    }
}
