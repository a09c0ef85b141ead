/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a pack from studies of a scenario: indices of a sweep, the difference of two runs. */
#include <stdio.h>
#include <string.h>

#include "figure_make.h"
#include "mcy/explain.h"
#include "mcy/file.h"

/* The name that the figure's vary list gives a path, or the path itself. */
static mcy_bilingual name_of(const figure_maker *maker, const char *path)
{
    for (size_t i = 0; i < maker->spec->vary_count; i++) {
        const mcy_vary_spec *vary = &maker->spec->vary[i];
        if (!strncmp(path, vary->path, strlen(vary->path)))
            return vary->name;
    }
    return (mcy_bilingual){path, path};
}

/* Saltelli's sums of one output of a sample in memory. */
static mcy_status indices_of(pack_maker *pack, const mcy_sweep_results *results, size_t output,
                             mcy_indices **indices, mcy_error *err)
{
    const mcy_sample *sample = results->sample;
    if (!sample || sample->stamp.method != MCY_METHOD_SALTELLI || output >= sample->outputs)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "the sweep is no saltelli sweep kept in memory, or has no output %zu",
                        output);
    double *sums = MCY_TAKE(pack->arena, double, mcy_saltelli_size(&sample->stamp));
    if (!sums)
        return mcy_fail_memory(err);
    double centre = 0;
    for (size_t i = 0; i < sample->runs; i++)
        if (!mcy_is_missing(sample->values[output][i]))
            centre += sample->values[output][i] / (double)sample->runs;
    mcy_saltelli_start(&sample->stamp, sums);
    mcy_saltelli_add(&sample->stamp, sample->first, sample->runs, sample->values[output],
                     sample->faults, centre, sums);
    mcy_index_options options = {.estimator = MCY_ESTIMATOR_JANSEN};
    return mcy_saltelli_estimate(pack->arena, &sample->stamp, sums, &options, indices, err);
}

/* Rows by total index, the largest first. */
static mcy_status index_rows(figure_maker *maker, const mcy_sweep_results *results,
                             const mcy_indices *indices, mcy_error *err)
{
    mcy_arena *arena = maker->pack->arena;
    mcy_chart *chart = maker->chart;
    size_t n = indices->axes;
    mcy_bilingual *labels = MCY_TAKE(arena, mcy_bilingual, n);
    const char **keys = MCY_TAKE(arena, const char *, n);
    mcy_chart_series *series = MCY_TAKE(arena, mcy_chart_series, 2);
    size_t *order = MCY_TAKE(arena, size_t, n);
    if (!labels || !keys || !series || !order)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        while (at && indices->total[order[at - 1]].value < indices->total[i].value) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    chart->points = chart->estimate_from = n;
    chart->labels = labels;
    chart->keys = keys;
    chart->series = series;
    chart->series_count = 2;
    series[0] = (mcy_chart_series){
        .id = "sobol.total", .colour = "micron", .name = {"总效应", "Total effect"}};
    series[1] = (mcy_chart_series){
        .id = "sobol.first", .colour = "skhynix", .name = {"一阶效应", "First-order effect"}};
    for (size_t s = 0; s < 2; s++) {
        const mcy_index *of = s ? indices->first : indices->total;
        MCY_TRY(mcy_figure_arrays(maker, &series[s], true, err));
        for (size_t r = 0; r < n; r++) {
            mcy_values_of(&series[s])[r] = of[order[r]].value;
            mcy_low_of(&series[s])[r] = of[order[r]].low;
            mcy_high_of(&series[s])[r] = of[order[r]].high;
        }
    }
    for (size_t r = 0; r < n; r++) {
        keys[r] = results->head.axes[order[r]].name;
        labels[r] = name_of(maker, keys[r]);
    }
    return MCY_OK;
}

/* sobol SWEEP OUTPUT RUNS: indices of the variance with 95 % intervals, drawn in this run. */
mcy_status figure_sobol(figure_maker *maker, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    pack_maker *pack = maker->pack;
    double output = 0, runs = 0;
    if (spec->data_count != 4)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'sobol' wants SWEEP OUTPUT RUNS");
    MCY_TRY(mcy_number_parse(spec->data[2], strlen(spec->data[2]), &output, err));
    MCY_TRY(mcy_number_parse(spec->data[3], strlen(spec->data[3]), &runs, err));
    if (!(output >= 1) || !(runs >= 64))
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "OUTPUT counts from 1, RUNS are at least 64");
    const pack_sweep *sweep;
    mcy_indices *indices = NULL;
    MCY_TRY(mcy_pack_sweep(pack, spec->data[1], (uint64_t)runs, &sweep, err));
    MCY_TRY(indices_of(pack, &sweep->results, (size_t)output - 1, &indices, err));
    MCY_TRY(index_rows(maker, &sweep->results, indices, err));
    return mcy_figure_uses_sweep(maker, sweep, err);
}

/* ---- the difference of two scenarios ------------------------------------------------------- */

enum { MOST_DRIVERS = MCY_EXPLAIN_EXACT };

/* Two runs whose inputs differ, the inputs by the assumption they belong to. */
typedef struct run_difference {
    figure_maker *maker;
    const pack_run *from, *to;
    mcy_metric metric;
    mcy_arena *scratch; /* of one run; forgotten after it */
    double *inputs;
    size_t *driver; /* [inputs] 1 + driver, 0 = the same in both */
    const char *names[MOST_DRIVERS];
    size_t count;
} run_difference;

static mcy_status mixed_value(void *context, size_t count, const bool *switched, double *values,
                              mcy_error *err)
{
    run_difference *d = context;
    for (size_t c = 0; c < count; c++) {
        const mcy_path_panel *panel;
        for (size_t i = 0; i < d->to->study->inputs->count; i++) {
            bool new = d->driver[i] && switched[c * d->count + d->driver[i] - 1];
            d->inputs[i] = (new ? d->to : d->from)->study->inputs->values[i];
        }
        mcy_arena_reset(d->scratch);
        MCY_TRY(mcy_study_run(d->scratch, d->to->study, d->inputs, &panel, err));
        values[c] = mcy_path_panel_metric(panel, &d->metric);
    }
    return MCY_OK;
}

/* The inputs that differ, one driver an assumption. */
static mcy_status find_drivers(run_difference *d, mcy_error *err)
{
    const mcy_study *to = d->to->study;
    size_t n = to->inputs->count;
    d->inputs = MCY_TAKE(d->maker->pack->arena, double, n);
    d->driver = MCY_TAKE(d->maker->pack->arena, size_t, n);
    if (!d->inputs || !d->driver)
        return mcy_fail_memory(err);
    if (d->from->study->inputs->count != n)
        return mcy_figure_refuse(d->maker, d->maker->spec->line, err, MCY_E_INPUT,
                                 "the two scenarios have another base or horizon");
    for (size_t i = 0; i < n; i++) {
        if (d->from->study->inputs->values[i] == to->inputs->values[i])
            continue;
        mcy_place place = mcy_unrolled_input_place(to->unrolled, i);
        const char *name =
            mcy_model_symbol(mcy_unrolled_model(to->unrolled), place.symbol)->name;
        size_t k = 0;
        while (k < d->count && strcmp(d->names[k], name))
            k++;
        if (k == MOST_DRIVERS)
            return mcy_figure_refuse(d->maker, d->maker->spec->line, err, MCY_E_INPUT,
                                     "more than %d assumptions differ", MOST_DRIVERS);
        if (k == d->count)
            d->names[d->count++] = name;
        d->driver[i] = k + 1;
    }
    if (!d->count)
        return mcy_figure_refuse(d->maker, d->maker->spec->line, err, MCY_E_INPUT,
                                 "the two scenarios are the same");
    return MCY_OK;
}

static mcy_status explain_bars(run_difference *d, const mcy_explanation *found, double scale,
                               mcy_error *err)
{
    mcy_arena *arena = d->maker->pack->arena;
    mcy_chart *chart = d->maker->chart;
    size_t n = d->count + 2;
    mcy_bilingual *labels = MCY_TAKE(arena, mcy_bilingual, n);
    const char **keys = MCY_TAKE(arena, const char *, n);
    mcy_chart_series *series = MCY_TAKE(arena, mcy_chart_series, 1);
    if (!labels || !keys || !series)
        return mcy_fail_memory(err);
    chart->points = chart->estimate_from = n;
    chart->labels = labels;
    chart->keys = keys;
    chart->series = series;
    chart->series_count = 1;
    *series = (mcy_chart_series){
        .id = "explain", .name = {"情景差异", "difference"}, .colour = "base"};
    MCY_TRY(mcy_figure_arrays(d->maker, series, false, err));
    double *values = mcy_values_of(series);
    unsigned char *flags = mcy_flags_of(series);
    labels[0] = d->from->study->scenario->title;
    labels[n - 1] = d->to->study->scenario->title;
    keys[0] = d->from->name;
    keys[n - 1] = d->to->name;
    values[0] = scale * found->before;
    flags[0] = flags[n - 1] = MCY_POINT_TOTAL | MCY_POINT_ESTIMATE;
    double sum = values[0];
    for (size_t i = 0; i < d->count; i++) {
        labels[i + 1] = name_of(d->maker, d->names[i]);
        keys[i + 1] = d->names[i];
        values[i + 1] = scale * found->share[i];
        flags[i + 1] = MCY_POINT_ESTIMATE;
        sum += values[i + 1];
    }
    values[n - 1] = scale * found->after;
    if (fabs(sum - values[n - 1]) <= 1e-9 * fabs(values[n - 1]))
        values[n - 1] = sum; /* the shares add to it within rounding */
    return MCY_OK;
}

/* explain FROM TO METRIC [SCALE]: whose doing the difference of two scenarios is, by Shapley
 * values over all orders of the assumptions that differ. */
mcy_status figure_explain(figure_maker *maker, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    pack_maker *pack = maker->pack;
    run_difference d = {.maker = maker};
    double scale = 1;
    if (spec->data_count < 4 || spec->data_count > 5)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'explain' wants FROM TO METRIC [SCALE]");
    if (spec->data_count == 5)
        MCY_TRY(mcy_number_parse(spec->data[4], strlen(spec->data[4]), &scale, err));
    MCY_TRY(mcy_pack_run(pack, spec->data[1], &d.from, err));
    MCY_TRY(mcy_pack_run(pack, spec->data[2], &d.to, err));
    MCY_TRY(mcy_metric_find(pack->arena, d.to->study->unrolled, d.to->study->inputs->calendars,
                            spec->data[3], &d.metric, err));
    MCY_TRY(find_drivers(&d, err));
    double start = pack->clock ? pack->clock() : 0;
    d.scratch = mcy_arena_create();
    if (!d.scratch)
        return mcy_fail_memory(err);
    mcy_explanation found;
    mcy_status status = mcy_explain(pack->arena, d.count, mixed_value, &d, 0, 1, &found, err);
    mcy_arena_destroy(d.scratch);
    pack->run_seconds += pack->clock ? pack->clock() - start : 0;
    MCY_TRY(status);
    MCY_TRY(explain_bars(&d, &found, scale, err));
    MCY_TRY(mcy_figure_uses_run(maker, d.from, err));
    MCY_TRY(mcy_figure_uses_run(maker, d.to, err));
    const char *what = mcy_arena_print(pack->arena, "memcycle explain %s %s %s", spec->data[1],
                                       spec->data[2], spec->data[3]);
    return what ? mcy_figure_uses(maker, "command", "explain", what, err)
                : mcy_fail_memory(err);
}
