/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sensitivity indices of a sweep as tables, with their intervals and verdicts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/number.h"
#include "sweep_results.h"

static const char *verdict_text(mcy_arena *arena, const mcy_index *index)
{
    switch (index->verdict) {
    case MCY_VERDICT_RESOLVED:
        return "resolved";
    case MCY_VERDICT_ZERO:
        return "not different from zero";
    default:
        return mcy_arena_print(arena, "needs about %.3g", index->needed);
    }
}

static void index_cells(mcy_table *t, const mcy_sweep_results *r, const mcy_index *index)
{
    mcy_table_number(t, index->value, NULL);
    mcy_table_number(t, index->low, NULL);
    mcy_table_number(t, index->high, NULL);
    mcy_table_text(t, verdict_text(r->arena, index));
}

static const double *sums_of(const mcy_sweep_results *r, size_t output, double *centre,
                             mcy_error *err)
{
    const mcy_stamp *stamp = &r->head.stamp;
    if (r->summary) {
        *centre = r->summary->frames[output].centre;
        return mcy_summary_indices(r->summary, r->total, output);
    }
    const mcy_sample *s = r->sample;
    bool morris = stamp->method == MCY_METHOD_MORRIS;
    double *sums =
        MCY_TAKE(r->arena, double, morris ? mcy_morris_size(stamp) : mcy_saltelli_size(stamp));
    double *steps = MCY_TAKE(r->arena, double, stamp->axes);
    if (!sums || !steps) {
        mcy_fail_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < stamp->axes; i++)
        steps[i] = r->head.axes[i].step;
    *centre = mcy_describe(s->runs, s->values[output]).mean;
    if (morris) {
        mcy_morris_start(stamp, sums);
        mcy_morris_add(stamp, s->runs, (const double *const *)s->points, steps,
                       s->values[output], s->faults, sums);
    } else {
        mcy_saltelli_start(stamp, sums);
        mcy_saltelli_add(stamp, s->first, s->runs, s->values[output], s->faults, *centre, sums);
    }
    return sums;
}

typedef struct ranked_axis {
    size_t axis;
    double size;
} ranked_axis;

static int by_size(const void *a, const void *b)
{
    const ranked_axis *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return (x->axis > y->axis) - (x->axis < y->axis);
}

static ranked_axis *rank_axes(mcy_arena *arena, size_t k, const mcy_index *sizes)
{
    ranked_axis *order = MCY_TAKE(arena, ranked_axis, k);
    for (size_t i = 0; order && i < k; i++)
        order[i] = (ranked_axis){i, sizes[i].value};
    if (order)
        qsort(order, k, sizeof *order, by_size);
    return order;
}

static void second_rows(mcy_table *t, const mcy_sweep_results *r, const mcy_indices *all)
{
    size_t k = all->axes;
    for (size_t i = 0; all->second && i < k; i++)
        for (size_t j = i + 1; j < k; j++) {
            mcy_table_row(t, false);
            mcy_table_text(t, mcy_arena_print(r->arena, "%s × %s", r->head.axes[i].name,
                                              r->head.axes[j].name));
            index_cells(t, r, &all->second[i * k + j]);
            for (int c = 0; c < 3; c++)
                mcy_table_number(t, MCY_MISSING, NULL);
            mcy_table_text(t, "");
        }
}

static mcy_status variance_table(const mcy_sweep_results *r, size_t output, const double *sums,
                                 double centre, mcy_table **table, mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"axis", {"假设", "assumption"}, true, {0}},
        {"first", {"一阶", "first"}, false, {.decimals = 4}},
        {"first_low", {"下限", "from"}, false, {.decimals = 4}},
        {"first_high", {"上限", "to"}, false, {.decimals = 4}},
        {"first_verdict", {"判断", "verdict"}, true, {0}},
        {"total", {"总", "total"}, false, {.decimals = 4}},
        {"total_low", {"下限", "from"}, false, {.decimals = 4}},
        {"total_high", {"上限", "to"}, false, {.decimals = 4}},
        {"total_verdict", {"判断", "verdict"}, true, {0}}};
    mcy_indices *all = NULL;
    mcy_index_options options = r->options;
    options.centre = centre;
    MCY_TRY(mcy_saltelli_estimate(r->arena, &r->head.stamp, sums, &options, &all, err));
    const mcy_store_column *out = &r->head.outputs[output];
    double scale = mcy_sweep_scale(out->unit);
    const char *title =
        mcy_arena_print(r->arena, "%s: mean %.6g, variance %.6g; what drives it (estimator %s)",
                        out->name, all->mean * scale, all->variance * scale * scale,
                        mcy_estimator_name(r->options.estimator));
    mcy_table *t =
        mcy_table_create(r->arena, mcy_arena_print(r->arena, "indices-%zu", output + 1),
                         (mcy_bilingual){NULL, title}, columns, 9);
    ranked_axis *order = rank_axes(r->arena, all->axes, all->total);
    if (!t || !order)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < all->axes; i++) {
        mcy_table_row(t, false);
        mcy_table_text(t, r->head.axes[order[i].axis].name);
        index_cells(t, r, &all->first[order[i].axis]);
        index_cells(t, r, &all->total[order[i].axis]);
    }
    second_rows(t, r, all);
    mcy_table_note(
        t,
        (mcy_bilingual){
            NULL, mcy_arena_print(
                      r->arena,
                      "%llu base points used, %llu left out because one of their runs failed; "
                      "95 %% intervals over %zu copies",
                      (unsigned long long)all->points, (unsigned long long)all->left_out,
                      r->head.stamp.replicates)});
    *table = t;
    return MCY_OK;
}

static mcy_status effects_table(const mcy_sweep_results *r, size_t output, const double *sums,
                                mcy_table **table, mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"axis", {"假设", "assumption"}, true, {0}},
        {"absolute", {"绝对均值", "mean |effect|"}, false, {.decimals = 4}},
        {"absolute_low", {"下限", "from"}, false, {.decimals = 4}},
        {"absolute_high", {"上限", "to"}, false, {.decimals = 4}},
        {"mean", {"均值", "mean effect"}, false, {.decimals = 4}},
        {"sd", {"标准差", "sd"}, false, {.decimals = 4}}};
    mcy_effects *all = NULL;
    MCY_TRY(mcy_morris_estimate(r->arena, &r->head.stamp, sums, &r->options, &all, err));
    const mcy_store_column *out = &r->head.outputs[output];
    double scale = mcy_sweep_scale(out->unit);
    mcy_table *t = mcy_table_create(
        r->arena, mcy_arena_print(r->arena, "effects-%zu", output + 1),
        (mcy_bilingual){NULL, mcy_arena_print(r->arena,
                                              "%s (%s): effects over the whole range of "
                                              "each assumption",
                                              out->name, mcy_sweep_unit(out->unit))},
        columns, 6);
    ranked_axis *order = rank_axes(r->arena, all->axes, all->absolute);
    if (!t || !order)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < all->axes; i++) {
        size_t axis = order[i].axis;
        mcy_table_row(t, false);
        mcy_table_text(t, r->head.axes[axis].name);
        mcy_table_number(t, all->absolute[axis].value * scale, NULL);
        mcy_table_number(t, all->absolute[axis].low * scale, NULL);
        mcy_table_number(t, all->absolute[axis].high * scale, NULL);
        mcy_table_number(t, all->mean[axis].value * scale, NULL);
        mcy_table_number(t, all->sd[axis] * scale, NULL);
    }
    mcy_table_note(
        t,
        (mcy_bilingual){NULL, mcy_arena_print(r->arena, "%llu trajectories used, %llu left out",
                                              (unsigned long long)all->points,
                                              (unsigned long long)all->left_out)});
    *table = t;
    return MCY_OK;
}

mcy_status mcy_sweep_table_indices(const mcy_sweep_results *r, size_t output, mcy_table **table,
                                   mcy_error *err)
{
    *table = NULL;
    mcy_method method = r->head.stamp.method;
    if (method != MCY_METHOD_SALTELLI && method != MCY_METHOD_MORRIS)
        return MCY_OK;
    double centre = 0;
    const double *sums = sums_of(r, output, &centre, err);
    if (!sums)
        return MCY_E_MEMORY;
    return method == MCY_METHOD_MORRIS ? effects_table(r, output, sums, table, err)
                                       : variance_table(r, output, sums, centre, table, err);
}
