/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points of a design by their number, in blocks. */
#include <assert.h>

#include "design_parts.h"
#include "mcy/evaluator.h"
#include "mcy/philox.h"

static void draw_table(const mcy_design *d, uint64_t first, size_t n, double *const *points)
{
    uint64_t below = 1; /* runs over which the axes after this one go round */
    for (size_t i = d->stamp.axes; i-- > 0;) {
        const mcy_axis *axis = &d->axes[i];
        for (size_t p = 0; p < n; p++)
            points[i][p] = axis->levels[(first + p) / below % axis->level_count];
        below *= axis->level_count;
    }
}

static void draw_tornado(const mcy_design *d, uint64_t first, size_t n, double *const *points)
{
    for (size_t i = 0; i < d->stamp.axes; i++)
        for (size_t p = 0; p < n; p++) {
            uint64_t run = first + p;
            points[i][p] = run == 1 + 2 * i   ? d->low[i]
                           : run == 2 + 2 * i ? d->high[i]
                                              : d->axes[i].base;
        }
}

/* A permutation of 0 .. n - 1 by place: Kensler's cycle-walking hash ("Correlated multi-jittered
 * sampling", Pixar 2013). */
static uint32_t permute(uint32_t i, uint32_t n, uint32_t key)
{
    uint32_t w = n - 1;
    w |= w >> 1;
    w |= w >> 2;
    w |= w >> 4;
    w |= w >> 8;
    w |= w >> 16;
    do {
        i ^= key;
        i *= 0xe170893du;
        i ^= key >> 16;
        i ^= (i & w) >> 4;
        i ^= key >> 8;
        i *= 0x0929eb3fu;
        i ^= key >> 23;
        i ^= (i & w) >> 1;
        i *= 1 | key >> 27;
        i *= 0x6935fa69u;
        i ^= (i & w) >> 11;
        i *= 0x74dcb303u;
        i ^= (i & w) >> 2;
        i *= 0x9e501cc3u;
        i ^= (i & w) >> 2;
        i *= 0xc860a3dfu;
        i &= w;
        i ^= i >> 5;
    } while (i >= n);
    return (uint32_t)(((uint64_t)i + key) % n);
}

static void stratify(const mcy_design *d, size_t axis, uint64_t first, size_t n, double *u)
{
    uint32_t key = (uint32_t)mcy_philox_word(d->stamp.seed, MCY_STREAM_STRATUM, UINT64_MAX,
                                             (uint32_t)axis);
    uint32_t strata = (uint32_t)(d->stamp.points - 1) + 1; /* 2^32 strata are 0 */
    for (size_t p = 0; p < n; p++) {
        uint32_t i = (uint32_t)(first + p);
        double place = strata ? (double)permute(i, strata, key) : (double)(i ^ key);
        u[p] = (place + u[p]) / (double)d->stamp.points;
    }
}

/* Uniform coordinates of one or two columns from counter-based random numbers. */
static void draw_random(uint64_t seed, mcy_stream stream, uint64_t first, size_t n,
                        size_t column, double *u, double *next)
{
    double spare[MCY_EVALUATOR_BLOCK];
    mcy_philox_uniform_pair(seed, stream, first, (uint32_t)(column / 2), n, u,
                            next ? next : spare);
}

static void draw_uniforms(const mcy_design *d, uint64_t first, size_t n, double *const *points)
{
    size_t k = d->stamp.axes;
    if (d->stamp.method == MCY_METHOD_SOBOL) {
        for (size_t i = 0; i < k; i++)
            mcy_sobol_fill(&d->sobol[i], first, n, points[i]);
        return;
    }
    bool strata = d->stamp.method == MCY_METHOD_LHS;
    for (size_t i = 0; i < k; i += 2)
        draw_random(d->stamp.seed, strata ? MCY_STREAM_STRATUM : MCY_STREAM_POINT, first, n, i,
                    points[i], i + 1 < k ? points[i + 1] : NULL);
    for (size_t i = 0; strata && i < k; i++)
        stratify(d, i, first, n, points[i]);
}

static void draw_sample(const mcy_design *d, uint64_t first, size_t n, double *const *points)
{
    draw_uniforms(d, first, n, points);
    for (size_t g = 0; g < d->group_count; g++) {
        const mcy_design_group *group = &d->groups[g];
        double *scores[MCY_DESIGN_AXES];
        for (size_t i = 0; i < group->count; i++) {
            scores[i] = points[group->axes[i]];
            mcy_normal_quantiles(n, scores[i], scores[i]);
        }
        mcy_copula_apply(group->copula, n, scores);
        for (size_t i = 0; i < group->count; i++) {
            if (!group->mean)
                mcy_quantile_fill_score(d->quantiles[group->axes[i]], n, scores[i], scores[i]);
            for (size_t p = 0; group->mean && p < n; p++)
                scores[i][p] += group->mean[i];
        }
    }
    for (size_t i = 0; i < d->stamp.axes; i++)
        if (!d->grouped[i])
            mcy_quantile_fill(d->quantiles[i], n, points[i], points[i]);
}

/* Base points i have width runs: A; A with one column of B, for each column; with second order
 * also B with one column of A; B. */
static void draw_saltelli(const mcy_design *d, uint64_t first, size_t n, double *const *points)
{
    size_t k = d->stamp.axes, width = d->stamp.width;
    uint64_t base = first / width;
    size_t rows = (size_t)((first + n - 1) / width - base) + 1;
    double a[MCY_EVALUATOR_BLOCK], b[MCY_EVALUATOR_BLOCK];
    for (size_t i = 0; i < k; i++) {
        if (d->sobol) {
            mcy_sobol_fill(&d->sobol[i], base, rows, a);
            mcy_sobol_fill(&d->sobol[k + i], base, rows, b);
        } else {
            draw_random(d->stamp.seed, MCY_STREAM_POINT, base, rows, 2 * i, a, b);
        }
        mcy_quantile_fill(d->quantiles[i], rows, a, a);
        mcy_quantile_fill(d->quantiles[i], rows, b, b);
        size_t row = 0, place = (size_t)(first % width);
        for (size_t p = 0; p < n; p++) {
            bool from_b = place == width - 1 || place == 1 + i;
            if (place > k && place < width - 1)
                from_b = place != k + 1 + i;
            points[i][p] = from_b ? b[row] : a[row];
            if (++place == width)
                place = 0, row++;
        }
    }
}

/* A trajectory starts on the grid; its axes jump half the levels, up or down, in random order.
 * (Morris 1991) */
static void draw_trajectory(const mcy_design *d, uint64_t run, double *u)
{
    size_t k = d->stamp.axes, levels = d->stamp.levels;
    uint64_t trajectory = run / d->stamp.width;
    size_t step = (size_t)(run % d->stamp.width);
    uint64_t words[MCY_DESIGN_AXES];
    for (size_t i = 0; i < k; i++)
        words[i] =
            mcy_philox_word(d->stamp.seed, MCY_STREAM_TRAJECTORY, trajectory, (uint32_t)i);
    for (size_t i = 0; i < k; i++) {
        size_t before = 0; /* axes that jump before this one: order of the upper bits */
        for (size_t j = 0; j < k; j++)
            before +=
                words[j] >> 24 < words[i] >> 24 || (words[j] >> 24 == words[i] >> 24 && j < i);
        size_t level = (size_t)(words[i] >> 1 & 0x7fffff) % (levels / 2);
        bool up = words[i] & 1, jumped = before < step;
        u[i] = (double)(level + (up == jumped ? levels / 2 : 0));
    }
}

static void draw_morris(const mcy_design *d, uint64_t first, size_t n, double *const *points)
{
    double levels = (double)d->stamp.levels, u[MCY_DESIGN_AXES];
    for (size_t p = 0; p < n; p++) {
        draw_trajectory(d, first + p, u);
        for (size_t i = 0; i < d->stamp.axes; i++)
            points[i][p] = mcy_quantile_bounded(d->quantiles[i]) ? u[i] / (levels - 1)
                                                                 : (u[i] + 0.5) / levels;
    }
    for (size_t i = 0; i < d->stamp.axes; i++)
        mcy_quantile_fill(d->quantiles[i], n, points[i], points[i]);
}

void mcy_design_points(const mcy_design *d, uint64_t first, size_t n, double *const *points)
{
    assert(n <= MCY_EVALUATOR_BLOCK && n <= MCY_SOBOL_BLOCK && first + n <= d->runs);
    if (n == 0)
        return;
    switch (d->stamp.method) {
    case MCY_METHOD_TABLE:
        draw_table(d, first, n, points);
        break;
    case MCY_METHOD_TORNADO:
        draw_tornado(d, first, n, points);
        break;
    case MCY_METHOD_SALTELLI:
        draw_saltelli(d, first, n, points);
        break;
    case MCY_METHOD_MORRIS:
        draw_morris(d, first, n, points);
        break;
    default:
        draw_sample(d, first, n, points);
    }
}
