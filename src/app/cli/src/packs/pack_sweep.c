/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps made for a pack's figures: each is run once, percentiles of its outputs are series. */
#include <string.h>

#include "mcy/file.h"
#include "mcy/statistics.h"
#include "pack_number.h"

mcy_status mcy_pack_sweep(pack_maker *pack, const char *name, uint64_t runs,
                          const pack_sweep **sweep, mcy_error *err)
{
    for (size_t i = 0; i < pack->sweep_count; i++)
        if (!strcmp(pack->sweeps[i].name, name) && pack->sweeps[i].runs == runs) {
            *sweep = &pack->sweeps[i];
            return MCY_OK;
        }
    if (pack->sweep_count == PACK_SWEEPS)
        return MCY_FAIL(err, MCY_E_INPUT, "more than %d sweeps in one pack", PACK_SWEEPS);
    double start = pack->clock ? pack->clock() : 0;
    pack_sweep *made = &pack->sweeps[pack->sweep_count];
    *made = (pack_sweep){.name = name, .runs = runs};
    mcy_sweep_choices choices = {.path = name, .runs = runs, .as_of = pack->as_of_given};
    mcy_sweep_setup setup = {0};
    MCY_TRY(mcy_sweep_open(pack->call, name, &setup.file, err));
    made->file = setup.file;
    mcy_status status = mcy_sweep_setup_make(pack->call, &choices, &setup, err);
    if (status == MCY_OK)
        status = mcy_sweep_run_setup(pack->call, &setup, &made->results, err);
    mcy_sweep_setup_release(&setup);
    MCY_TRY(status);
    pack->run_seconds += pack->clock ? pack->clock() - start : 0;
    pack->sweep_count++;
    *sweep = made;
    return MCY_OK;
}

mcy_status mcy_figure_uses_sweep(figure_maker *maker, const pack_sweep *sweep, mcy_error *err)
{
    const pack_run *run;
    const char *scenario = sweep->file->scenario ? sweep->file->scenario : "base";
    MCY_TRY(mcy_pack_run(maker->pack, scenario, &run, err));
    MCY_TRY(mcy_figure_uses_run(maker, run, err));
    const char *what = mcy_arena_print(maker->pack->arena, "memcycle sweep %s --runs %llu",
                                       sweep->name, (unsigned long long)sweep->runs);
    return what ? mcy_figure_uses(maker, "sweep", mcy_path_name(sweep->file->file), what, err)
                : mcy_fail_memory(err);
}

/* "5-95" and "50": one or two percentiles as fractions; count 0 where it is neither. */
static size_t read_percentiles(const char *text, double fractions[2])
{
    char word[32];
    size_t n = strcspn(text, "-"), count = text[n] ? 2 : 1;
    mcy_error none;
    for (size_t k = 0; k < count; k++) {
        const char *from = k ? text + n + 1 : text;
        size_t size = k ? strlen(from) : n;
        if (!size || size >= sizeof word)
            return 0;
        memcpy(word, from, size);
        if (mcy_number_parse(word, size, &fractions[k], &none) != MCY_OK ||
            !(fractions[k] > 0 && fractions[k] < 100))
            return 0;
        fractions[k] /= 100;
    }
    return count == 2 && fractions[0] >= fractions[1] ? 0 : count;
}

/* The output PATH@QUARTER of the sample, or NULL. */
static const double *output_at(const pack_maker *pack, const pack_sweep *sweep,
                               const char *path, mcy_quarter quarter)
{
    char at[32];
    mcy_quarter_format(quarter, at);
    const mcy_store_head *head = &sweep->results.head;
    const char *name = mcy_arena_print(pack->arena, "%s@%s", path, at);
    for (size_t i = 0; name && i < head->output_count; i++)
        if (!strcmp(head->outputs[i].name, name))
            return sweep->results.sample->values[i];
    return NULL;
}

/* What a series of percentiles is made of. */
typedef struct percentile_series {
    const pack_sweep *sweep;
    const char *path;
    double fractions[2];
    size_t count;
    double *work;
} percentile_series;

/* Percentiles from the first quarter that is drawn on; in the base quarter, which all runs share,
 * the value of the scenario itself. */
static mcy_status fill_percentiles(figure_maker *maker, const percentile_series *wanted,
                                   mcy_chart_series *series, mcy_error *err)
{
    const mcy_sample *sample = wanted->sweep->results.sample;
    const pack_run *run;
    size_t found = 0;
    MCY_TRY(mcy_pack_run(maker->pack, wanted->sweep->file->scenario, &run, err));
    for (size_t i = 0; i < maker->chart->points; i++) {
        mcy_quarter quarter = mcy_period_quarter(&maker->periods[i]);
        const double *output = output_at(maker->pack, wanted->sweep, wanted->path, quarter);
        double values[2] = {MCY_MISSING, MCY_MISSING};
        if (output) {
            mcy_quantiles(sample->runs, output, wanted->work, wanted->count, wanted->fractions,
                          values);
            mcy_flags_of(series)[i] = MCY_POINT_ESTIMATE;
            found++;
        } else if (quarter == run->study->base_quarter) {
            int base = 0;
            MCY_TRY(mcy_pack_run_value(run, wanted->path, 1, &base, &values[0], err));
            values[1] = values[0];
        }
        if (wanted->count == 1) {
            mcy_values_of(series)[i] = values[0];
        } else {
            mcy_low_of(series)[i] = values[0];
            mcy_high_of(series)[i] = values[1];
        }
    }
    if (!found)
        return MCY_FAIL(err, MCY_E_MISSING, "sweep '%s' keeps no '%s' in the figure's quarters",
                        wanted->sweep->name, wanted->path);
    return MCY_OK;
}

/* sweep SWEEP PATH PERCENTILE|LOW-HIGH RUNS: percentiles of an output, quarter by quarter, of a
 * sweep drawn in this run. */
mcy_status figure_sweep(figure_maker *maker, const mcy_series_spec *spec,
                        mcy_chart_series *series, mcy_error *err)
{
    percentile_series wanted = {0};
    double runs = 0;
    if (spec->data_count == 5)
        wanted.count = read_percentiles(spec->data[3], wanted.fractions);
    if (!wanted.count)
        return mcy_figure_refuse(
            maker, spec->line, err, MCY_E_INPUT,
            "'sweep' wants SWEEP PATH PERCENTILE RUNS, a percentile as 50 or "
            "5-95, between 0 and 100");
    MCY_TRY(mcy_number_parse(spec->data[4], strlen(spec->data[4]), &runs, err));
    if (!(runs >= 64) || runs > 1048576)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "RUNS of a figure's sweep are 64..1048576, got %s",
                                 spec->data[4]);
    wanted.path = spec->data[2];
    MCY_TRY(mcy_pack_sweep(maker->pack, spec->data[1], (uint64_t)runs, &wanted.sweep, err));
    if (!wanted.sweep->results.sample)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "sweep '%s' keeps a summary alone, not its runs",
                                 spec->data[1]);
    MCY_TRY(mcy_figure_arrays(maker, series, wanted.count == 2, err));
    if (wanted.count == 2)
        series->values = NULL;
    wanted.work = MCY_TAKE(maker->pack->arena, double, wanted.sweep->results.sample->runs);
    if (!wanted.work)
        return mcy_fail_memory(err);
    mcy_error why = {0};
    mcy_status status = fill_percentiles(maker, &wanted, series, &why);
    if (status != MCY_OK)
        return mcy_figure_refuse(maker, spec->line, err, status, "%s", why.text);
    return mcy_figure_uses_sweep(maker, wanted.sweep, err);
}
