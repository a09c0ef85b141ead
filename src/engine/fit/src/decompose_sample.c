/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameter intervals by importance sampling: draws of a Student t around the mode, weighed by
 * the posterior itself. The posterior of a persistence or of a small standard deviation is
 * skewed, and mode -+ 1.645 standard errors covers it too seldom. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "decompose_work.h"

enum { PAIRS = 1500, DRAWS = 2 * PAIRS };

#define FREEDOM                                                                                \
    10.0 /* of the t: heavier than the posterior, so that no weight is unbounded   \
                      */
#define SEED 20260320UL

/* A value with its weight. */
typedef struct weighed {
    double value, weight;
} weighed;

static int by_value(const void *left, const void *right)
{
    const weighed *a = left, *b = right;
    return (a->value > b->value) - (a->value < b->value);
}

/* Quantile of sorted values, linear between the middles of their weights. */
static double quantile(const weighed *sorted, size_t n, double level)
{
    double below = 0, last_at = 0, last = sorted[0].value;
    for (size_t i = 0; i < n; i++) {
        double at = below + 0.5 * sorted[i].weight;
        if (at >= level) {
            double part = i > 0 && at > last_at ? (level - last_at) / (at - last_at) : 1;
            return last + part * (sorted[i].value - last);
        }
        last = sorted[i].value;
        last_at = at;
        below += sorted[i].weight;
    }
    return last;
}

/* One pair of draws, mirrored at the mode; returns the log density of the t, up to a constant.
 */
static double draw_pair(gsl_rng *rng, size_t n, const double *mode, const double *direction,
                        double *z, double *up, double *down)
{
    double square = 0, scale = sqrt(FREEDOM / gsl_ran_chisq(rng, FREEDOM));
    for (size_t i = 0; i < n; i++) {
        z[i] = scale * gsl_ran_ugaussian_ratio_method(rng);
        square += z[i] * z[i];
    }
    for (size_t i = 0; i < n; i++) {
        double move = 0;
        for (size_t k = 0; k < n; k++)
            move += direction[i * n + k] * z[k];
        up[i] = mode[i] + move;
        down[i] = mode[i] - move;
    }
    return -0.5 * (FREEDOM + (double)n) * log1p(square / FREEDOM);
}

/* Log weights to weights that sum to one; returns the effective number of draws. */
static double normalise(double *weight, size_t n)
{
    double most = -(double)INFINITY, sum = 0, square = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, weight[i]);
    for (size_t i = 0; i < n; i++) {
        weight[i] = exp(weight[i] - most);
        sum += weight[i];
    }
    for (size_t i = 0; i < n; i++) {
        weight[i] /= sum;
        square += weight[i] * weight[i];
    }
    return 1 / square;
}

mcy_status decompose_sample(mcy_arena *arena, decompose_work *w, const double *free,
                            const double *direction, mcy_decomposition *r, mcy_error *err)
{
    size_t n = w->at.count;
    double *draws = MCY_TAKE(arena, double, DRAWS *n), *weight = MCY_TAKE(arena, double, DRAWS);
    double *z = MCY_TAKE(arena, double, n);
    weighed *sorted = MCY_TAKE(arena, weighed, DRAWS);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!draws || !weight || !z || !sorted || !rng) {
        if (rng)
            gsl_rng_free(rng);
        return mcy_fail_memory(err);
    }
    gsl_rng_set(rng, SEED);
    for (size_t i = 0; i < PAIRS; i++) {
        double *up = draws + 2 * i * n, *down = up + n;
        double density = draw_pair(rng, n, free, direction, z, up, down);
        weight[2 * i] = decompose_evaluate(w, up, NULL) - density;
        weight[2 * i + 1] = decompose_evaluate(w, down, NULL) - density;
    }
    gsl_rng_free(rng);
    r->effective_draws = normalise(weight, DRAWS);
    for (size_t i = 0; i < n; i++) {
        for (size_t d = 0; d < DRAWS; d++)
            sorted[d] = (weighed){draws[d * n + i], weight[d]};
        qsort(sorted, DRAWS, sizeof *sorted, by_value);
        r->parameter[i].low = decompose_natural(w, i, quantile(sorted, DRAWS, 0.05));
        r->parameter[i].high = decompose_natural(w, i, quantile(sorted, DRAWS, 0.95));
    }
    return MCY_OK;
}
