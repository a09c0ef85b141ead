/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elementary effects from sums over trajectories. */
#include <math.h>
#include <string.h>

#include "mcy/distribution.h"
#include "mcy/indices.h"

enum { COUNT, LEFT_OUT, HEAD };
enum { EFFECT, ABSOLUTE, SQUARE, EACH };

size_t mcy_morris_size(const mcy_stamp *stamp)
{
    return HEAD + EACH * stamp->axes;
}

void mcy_morris_start(const mcy_stamp *stamp, double *sums)
{
    memset(sums, 0, mcy_morris_size(stamp) * sizeof *sums);
}

void mcy_morris_merge(const mcy_stamp *stamp, const double *from, double *into)
{
    for (size_t i = 0; i < mcy_morris_size(stamp); i++)
        into[i] += from[i];
}

double mcy_morris_step(const mcy_stamp *stamp, bool bounded)
{
    double levels = (double)stamp->levels;
    return bounded ? levels / (2 * (levels - 1)) : 0.5;
}

/* An axis whose value did not change over its step (neighbouring levels of a discrete law) has
 * effect 0 there, which is what is left when nothing is added for it. */
static void add_trajectory(const mcy_stamp *stamp, const double *const *points, size_t at,
                           const double *steps, const double *y, double *sums)
{
    sums[COUNT] += 1;
    for (size_t step = at; step + 1 < at + stamp->width; step++)
        for (size_t i = 0; i < stamp->axes; i++) {
            double move = points[i][step + 1] - points[i][step];
            if (move == 0)
                continue;
            double divisor = steps ? (move > 0 ? steps[i] : -steps[i]) : move;
            double effect = (y[step + 1] - y[step]) / divisor, *each = sums + HEAD + EACH * i;
            each[EFFECT] += effect;
            each[ABSOLUTE] += fabs(effect);
            each[SQUARE] += effect * effect;
        }
}

void mcy_morris_add(const mcy_stamp *stamp, size_t n, const double *const *points,
                    const double *steps, const double *y, const mcy_fault *faults, double *sums)
{
    for (size_t at = 0; at + stamp->width <= n; at += stamp->width) {
        bool failed = false;
        for (size_t i = 0; i < stamp->width; i++)
            failed |= faults[at + i].kind != MCY_FAULT_NONE;
        if (failed)
            sums[LEFT_OUT] += 1;
        else
            add_trajectory(stamp, points, at, steps, y, sums);
    }
}

mcy_status mcy_morris_estimate(mcy_arena *arena, const mcy_stamp *stamp, const double *sums,
                               const mcy_index_options *options, mcy_effects **effects,
                               mcy_error *err)
{
    if (stamp->method != MCY_METHOD_MORRIS)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "elementary effects need a sample drawn by 'morris', this one was drawn by "
            "'%s'",
            mcy_method_name(stamp->method));
    double n = sums[COUNT];
    if (n < 2)
        return MCY_FAIL(err, MCY_E_INPUT, "only %g trajectories are left (%g left out)", n,
                        sums[LEFT_OUT]);
    mcy_effects *all = MCY_TAKE(arena, mcy_effects, 1);
    if (!all)
        return mcy_fail_memory(err);
    all->axes = stamp->axes;
    all->mean = MCY_TAKE(arena, mcy_index, all->axes);
    all->absolute = MCY_TAKE(arena, mcy_index, all->axes);
    all->sd = MCY_TAKE(arena, double, all->axes);
    if (!all->mean || !all->absolute || !all->sd)
        return mcy_fail_memory(err);
    all->points = (uint64_t)n;
    all->left_out = (uint64_t)sums[LEFT_OUT];
    double confidence = options->confidence > 0 ? options->confidence : 0.95;
    double t = mcy_student_quantile(n - 1, 0.5 + confidence / 2);
    for (size_t i = 0; i < all->axes; i++) {
        const double *each = sums + HEAD + EACH * i;
        double mean = each[EFFECT] / n, absolute = each[ABSOLUTE] / n;
        double variance = (each[SQUARE] - n * mean * mean) / (n - 1);
        double spread = (each[SQUARE] - n * absolute * absolute) / (n - 1);
        all->sd[i] = variance > 0 ? sqrt(variance) : 0;
        all->mean[i] =
            mcy_index_judge(mean, t * sqrt(variance > 0 ? variance / n : 0), n, options);
        all->absolute[i] =
            mcy_index_judge(absolute, t * sqrt(spread > 0 ? spread / n : 0), n, options);
    }
    *effects = all;
    return MCY_OK;
}
