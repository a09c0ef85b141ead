/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle sweep --plan: runs, seconds, bytes and widths of intervals, from a pilot. */
#include <math.h>

#include "mcy/number.h"
#include "sweep_run.h"

/* Half-widths of the indices as the pilot has them, brought to the runs wanted. */
static mcy_status plan_indices(mcy_call *call, const mcy_sweep_setup *s,
                               const mcy_sample *pilot, mcy_error *err)
{
    const mcy_stamp *stamp = &s->head.stamp;
    mcy_index_options options = {.estimator = s->file->estimator,
                                 .half_width = s->file->half_width};
    for (size_t o = 0; o < s->head.output_count; o++) {
        double *sums = MCY_TAKE(s->arena, double, mcy_saltelli_size(stamp)), widest = 0;
        mcy_indices *all = NULL;
        if (!sums)
            return mcy_fail_memory(err);
        mcy_saltelli_start(stamp, sums);
        mcy_saltelli_add(stamp, 0, pilot->runs, pilot->values[o], pilot->faults,
                         s->head.outputs[o].base, sums);
        MCY_TRY(mcy_saltelli_estimate(s->arena, stamp, sums, &options, &all, err));
        double shrink = sqrt((double)all->points / (double)stamp->points);
        for (size_t i = 0; i < all->axes; i++) {
            widest = fmax(widest, all->first[i].high - all->first[i].value);
            widest = fmax(widest, all->total[i].high - all->total[i].value);
        }
        fprintf(call->out,
                "  %s: indices about ± %.4f at most (pilot of %llu base points: ± %.4f)\n",
                s->head.outputs[o].name, widest * shrink, (unsigned long long)all->points,
                widest);
    }
    return MCY_OK;
}

static void plan_means(mcy_call *call, const mcy_sweep_setup *s, const mcy_sample *pilot)
{
    for (size_t o = 0; o < s->head.output_count; o++) {
        double mean, low, high, scale = mcy_sweep_scale(s->head.outputs[o].unit);
        mcy_mean_interval(&pilot->stamp, 0, pilot->runs, pilot->values[o], 0.95, &mean, &low,
                          &high);
        double shrink = sqrt((double)pilot->runs / (double)s->head.runs);
        fprintf(call->out, "  %s: mean about %.4g ± %.2g%s\n", s->head.outputs[o].name,
                mean * scale, (high - low) / 2 * shrink * scale,
                mcy_sweep_unit(s->head.outputs[o].unit));
    }
}

mcy_status mcy_sweep_plan(mcy_call *call, mcy_sweep_setup *s, mcy_error *err)
{
    const mcy_stamp *stamp = &s->head.stamp;
    uint64_t pilot_runs = 8 * (uint64_t)stamp->chunk;
    mcy_sample *pilot = NULL;
    if (pilot_runs > s->head.runs)
        pilot_runs = s->head.runs;
    mcy_sweep sweep = {.design = s->design,
                       .evaluator = s->bound->evaluator,
                       .workers = s->workers,
                       .count = pilot_runs};
    double start = mcy_sweep_clock();
    MCY_TRY(mcy_sweep_sample(s->arena, &sweep, &pilot, err));
    double seconds = mcy_sweep_clock() - start, rate = (double)pilot_runs / seconds;
    double cells = (double)(s->head.axis_count + s->head.output_count);
    double runs = (double)s->count;
    fprintf(call->out, "%s: %s, %zu axes, %zu outputs, seed %llu\n", s->file->name,
            mcy_method_name(stamp->method), s->head.axis_count, s->head.output_count,
            (unsigned long long)stamp->seed);
    fprintf(call->out, "  runs     %llu (%llu points of %zu)\n", (unsigned long long)s->count,
            (unsigned long long)stamp->points, stamp->width);
    fprintf(call->out, "  seconds  about %.2g at %.0f scenarios/s on %zu threads%s\n",
            runs / rate, rate, mcy_workers_count(s->workers),
            s->choices.out && !s->head.summary ? ", without the time to store them" : "");
    fprintf(call->out, "  bytes    about %.3g %s\n",
            s->head.summary ? cells * 4098 * 8 : runs * (9 * cells + 12),
            s->choices.out ? "in the store" : "in memory");
    fprintf(call->out, "  failed   %zu of %zu in the pilot\n", pilot->failed, pilot->runs);
    if (stamp->method == MCY_METHOD_SALTELLI)
        return plan_indices(call, s, pilot, err);
    if (stamp->method == MCY_METHOD_SOBOL || stamp->method == MCY_METHOD_LHS ||
        stamp->method == MCY_METHOD_RANDOM)
        plan_means(call, s, pilot);
    return MCY_OK;
}
