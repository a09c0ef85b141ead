/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a pack from scenario runs: paths, gaps, tornado, two-way table, phase path. */
#include <stdio.h>
#include <string.h>

#include "figure_make.h"
#include "mcy/file.h"
#include "study_of_call.h"

/* The study of a scenario. On a day on which its base quarter was not published yet, its page of
 * an earlier day takes its place: a run never knows more than the day did. */
static mcy_status open_study(pack_maker *pack, const mcy_study_request *asked,
                             mcy_study **study, mcy_error *err)
{
    const mcy_study *like = pack->run_count ? pack->runs[0].study : NULL;
    mcy_error reason = {0};
    mcy_status status = mcy_study_open(pack->arena, asked, like, study, &reason);
    const char *page =
        status != MCY_OK && asked->as_of
            ? mcy_study_page(pack->arena, pack->home, asked->scenario, asked->as_of)
            : NULL;
    mcy_study_request request = *asked;
    if (status == MCY_OK)
        return MCY_OK;
    request.scenario = page;
    if (page && mcy_study_open(pack->arena, &request, like, study, NULL) == MCY_OK)
        return MCY_OK;
    if (err)
        *err = reason;
    if (!asked->as_of)
        return status;
    return mcy_fail_in(err, status, "scenario '%s' cannot be run as of %s, %s%s",
                       asked->scenario, asked->as_of,
                       page ? "nor can its page " : "and has no page of an earlier day",
                       page ? page : "");
}

/* A study with edits, run. */
static mcy_status run_study(pack_maker *pack, const char *scenario, size_t set_count,
                            const char *const *sets, pack_run *run, mcy_error *err)
{
    double start = pack->clock ? pack->clock() : 0;
    mcy_study_request request = {.home = pack->home,
                                 .scenario = scenario,
                                 .set_count = set_count,
                                 .sets = sets,
                                 .as_of = pack->as_of_given};
    *run = (pack_run){.name = scenario};
    MCY_TRY(open_study(pack, &request, &run->study, err));
    MCY_TRY(mcy_study_run(pack->arena, run->study, NULL, &run->panel, err));
    pack->run_seconds += pack->clock ? pack->clock() - start : 0;
    return MCY_OK;
}

/* Whose facts fill the base quarter. */
static void note_houses(const pack_maker *pack, pack_run *run)
{
    const mcy_base *base = run->study->base;
    for (size_t v = 0; base && v < base->value_count; v++) {
        const char *id = base->values[v].source;
        const mcy_fact *fact = mcy_pack_fact(pack, id, strlen(id));
        if (!fact)
            continue;
        mcy_pack_house(pack, fact, run->used_house);
        if (!run->newest || fact->known > run->newest->known)
            run->newest = fact;
    }
}

mcy_status mcy_pack_run(pack_maker *pack, const char *scenario, const pack_run **run,
                        mcy_error *err)
{
    for (size_t i = 0; i < pack->run_count; i++)
        if (!strcmp(pack->runs[i].name, scenario)) {
            *run = &pack->runs[i];
            return MCY_OK;
        }
    if (pack->run_count == PACK_RUNS)
        return MCY_FAIL(err, MCY_E_INPUT, "more than %d scenarios in one pack", PACK_RUNS);
    MCY_TRY(run_study(pack, scenario, 0, NULL, &pack->runs[pack->run_count], err));
    note_houses(pack, &pack->runs[pack->run_count]);
    *run = &pack->runs[pack->run_count++];
    return MCY_OK;
}

mcy_status mcy_figure_uses_run(figure_maker *maker, const pack_run *run, mcy_error *err)
{
    const mcy_study *study = run->study;
    const char *where = study->scenario ? mcy_path_name(study->scenario->file) : run->name;
    const char *what =
        mcy_arena_print(maker->pack->arena, "memcycle run %s%s%s", study->name,
                        study->as_of ? " --as-of " : "", study->as_of ? study->as_of : "");
    for (size_t i = 0; i < 64; i++)
        maker->used_house[i] = maker->used_house[i] || run->used_house[i];
    if (run->newest)
        mcy_figure_rests_on(maker, run->name, run->newest);
    return what ? mcy_figure_uses(maker, "run", where, what, err) : mcy_fail_memory(err);
}

/* Symbol and element of a path, by asking for it in the base quarter. */
static mcy_status find_path(figure_maker *maker, const pack_run *run, const char *path,
                            size_t n, size_t *symbol, size_t *element, mcy_error *err)
{
    char quarter[32];
    mcy_metric metric;
    mcy_quarter_format(run->study->base_quarter, quarter);
    const char *text = mcy_arena_print(maker->pack->arena, "%.*s@%s", (int)n, path, quarter);
    if (!text)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_metric_find(maker->pack->arena, run->study->unrolled,
                            run->study->inputs->calendars, text, &metric, err));
    *symbol = metric.symbol;
    *element = metric.element;
    return MCY_OK;
}

/* Value of a path at a point: a quarter, or a year by the symbol's yearly rule. */
static double run_value(const pack_run *run, size_t symbol, size_t element,
                        const mcy_period *period)
{
    int at = mcy_period_quarter(period) - run->study->base_quarter;
    if (period->span != MCY_SPAN_YEAR)
        return mcy_path_panel_value(run->panel, symbol, element, at);
    int quarters[4];
    for (int k = 0; k < 4; k++)
        quarters[k] = at - 3 + k;
    double year = mcy_path_panel_year(run->panel, symbol, element, 4, quarters), sum = 0;
    /* inputs have no yearly rule: those drawn by year are amounts */
    for (int k = 0; k < 4; k++)
        sum += mcy_path_panel_value(run->panel, symbol, element, quarters[k]);
    return mcy_is_missing(year) ? sum : year;
}

/* Paths joined by + and -, added up over the points. */
static mcy_status fill_paths(figure_maker *maker, const pack_run *run, const char *paths,
                             double *values, mcy_error *err)
{
    for (size_t i = 0; i < maker->chart->points; i++)
        values[i] = 0;
    for (const char *p = paths; *p;) {
        double sign = *p == '-' ? -1 : 1;
        p += *p == '-' || *p == '+';
        size_t n = strcspn(p, "+-"), symbol = 0, element = 0;
        MCY_TRY(find_path(maker, run, p, n, &symbol, &element, err));
        for (size_t i = 0; i < maker->chart->points; i++)
            values[i] += sign * run_value(run, symbol, element, &maker->periods[i]);
        p += n;
    }
    return MCY_OK;
}

/* Was a path's value of a quarter up to the base quarter published? A run must give back what was
 * reported of the base quarter, and starts from published inputs where there are any. */
static bool published(const mcy_base *base, const char *path, size_t n, int quarter)
{
    char name[128];
    if (!base || n >= sizeof name)
        return false;
    memcpy(name, path, n);
    name[n] = '\0';
    for (size_t i = 0; !quarter && i < base->target_count; i++)
        if (!strcmp(base->targets[i].path, name))
            return true;
    const mcy_base_value *value = mcy_base_find(base, name, quarter);
    return value && !value->judged;
}

/* After the base quarter estimates; up to it inferred where any part was not published. */
static void flag_paths(const figure_maker *maker, const pack_run *run, const char *paths,
                       unsigned char *flags)
{
    for (size_t i = 0; i < maker->chart->points; i++) {
        const mcy_period *period = &maker->periods[i];
        int last = mcy_period_quarter(period) - run->study->base_quarter;
        int first = period->span == MCY_SPAN_YEAR ? last - 3 : last;
        if (last > 0)
            flags[i] = MCY_POINT_ESTIMATE;
        for (const char *p = paths; last <= 0 && *p;) {
            size_t n = strcspn(p, "+-");
            for (int q = first; q <= last; q++)
                if (!published(run->study->base, p, n, q))
                    flags[i] = MCY_POINT_INFERRED;
            p += n + (p[n] != '\0');
        }
    }
}

/* run SCENARIO PATH[+PATH|-PATH] [qoq]: a path of a run, or several added up. */
mcy_status figure_run(figure_maker *maker, const mcy_series_spec *spec,
                      mcy_chart_series *series, mcy_error *err)
{
    const pack_run *run;
    if (spec->data_count < 3 || spec->data_count > 4)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'run' wants SCENARIO PATH [qoq]");
    MCY_TRY(mcy_pack_run(maker->pack, spec->data[1], &run, err));
    MCY_TRY(mcy_figure_arrays(maker, series, false, err));
    double *values = mcy_values_of(series);
    MCY_TRY(fill_paths(maker, run, spec->data[2], values, err));
    if (spec->data_count == 4 && strcmp(spec->data[3], "qoq"))
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "after the path may stand qoq alone, got '%s'", spec->data[3]);
    for (size_t i = maker->chart->points; spec->data_count == 4 && i-- > 0;)
        values[i] = i ? 100 * (values[i] / values[i - 1] - 1) : MCY_MISSING;
    flag_paths(maker, run, spec->data[2], mcy_flags_of(series));
    return mcy_figure_uses_run(maker, run, err);
}

/* gap SCENARIO DEMAND SUPPLY: the area between two paths. */
mcy_status figure_gap(figure_maker *maker, const mcy_series_spec *spec,
                      mcy_chart_series *series, mcy_error *err)
{
    const pack_run *run;
    if (spec->data_count != 4)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'gap' wants SCENARIO DEMAND SUPPLY");
    MCY_TRY(mcy_pack_run(maker->pack, spec->data[1], &run, err));
    MCY_TRY(mcy_figure_arrays(maker, series, true, err));
    MCY_TRY(fill_paths(maker, run, spec->data[2], mcy_low_of(series), err));
    MCY_TRY(fill_paths(maker, run, spec->data[3], mcy_high_of(series), err));
    series->values = NULL;
    flag_paths(maker, run, spec->data[2], mcy_flags_of(series));
    return mcy_figure_uses_run(maker, run, err);
}

static mcy_status metric_of(figure_maker *maker, const pack_run *run, const char *metric,
                            double *value, mcy_error *err)
{
    mcy_metric found;
    MCY_TRY(mcy_metric_find(maker->pack->arena, run->study->unrolled,
                            run->study->inputs->calendars, metric, &found, err));
    *value = mcy_path_panel_metric(run->panel, &found);
    if (mcy_is_missing(*value))
        return MCY_FAIL(err, MCY_E_MISSING, "'%s' has no value in scenario '%s'", metric,
                        run->name);
    return MCY_OK;
}

/* The metric of a scenario with edits "path=value". */
static mcy_status edited_metric(figure_maker *maker, const char *scenario, const char *metric,
                                size_t count, const char *const *sets, double *value,
                                mcy_error *err)
{
    pack_run run;
    MCY_TRY(run_study(maker->pack, scenario, count, sets, &run, err));
    return metric_of(maker, &run, metric, value, err);
}

static const char *edit_of(figure_maker *maker, const mcy_vary_spec *vary, size_t i)
{
    return mcy_arena_print(maker->pack->arena, "%s=%s", vary->path, vary->values[i]);
}

static const char *label_of(const mcy_vary_spec *vary, size_t i)
{
    return vary->label_count ? vary->labels[i] : vary->values[i];
}

/* Words after the source's name: SCENARIO METRIC, and a scale of 100 for fractions. */
static mcy_status sensitivity_words(figure_maker *maker, double *scale, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    *scale = 1;
    if (spec->data_count == 4)
        return mcy_number_parse(spec->data[3], strlen(spec->data[3]), scale, err);
    if (spec->data_count != 3)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'%s' wants SCENARIO METRIC [SCALE]", spec->data[0]);
    return MCY_OK;
}

/* tornado SCENARIO METRIC [SCALE]: the metric at both values of each input. */
mcy_status figure_tornado(figure_maker *maker, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    mcy_arena *arena = maker->pack->arena;
    mcy_chart *chart = maker->chart;
    const pack_run *run;
    double scale;
    MCY_TRY(sensitivity_words(maker, &scale, err));
    MCY_TRY(mcy_pack_run(maker->pack, spec->data[1], &run, err));
    chart->points = chart->estimate_from = spec->vary_count;
    mcy_bilingual *labels = MCY_TAKE(arena, mcy_bilingual, spec->vary_count);
    const char **keys = MCY_TAKE(arena, const char *, spec->vary_count);
    mcy_chart_series *series = MCY_TAKE(arena, mcy_chart_series, 2);
    if (!labels || !keys || !series)
        return mcy_fail_memory(err);
    series[0] = (mcy_chart_series){.name = {"假设取低值", "Assumption low"}, .colour = "down"};
    series[1] = (mcy_chart_series){.name = {"假设取高值", "Assumption high"}, .colour = "up"};
    for (size_t s = 0; s < 2; s++) {
        series[s].id = mcy_arena_print(arena, "tornado.%s.%s.%s", spec->data[1], spec->data[2],
                                       s ? "high" : "low");
        if (!series[s].id)
            return mcy_fail_memory(err);
    }
    MCY_TRY(metric_of(maker, run, spec->data[2], &chart->base, err));
    chart->base *= scale;
    for (size_t s = 0; s < 2; s++) {
        mcy_bilingual *texts = MCY_TAKE(arena, mcy_bilingual, spec->vary_count);
        MCY_TRY(mcy_figure_arrays(maker, &series[s], false, err));
        if (!texts)
            return mcy_fail_memory(err);
        for (size_t i = 0; i < spec->vary_count; i++) {
            const mcy_vary_spec *vary = &spec->vary[i];
            if (vary->value_count != 2)
                return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                         "a tornado's '%s' wants two values", vary->path);
            const char *set = edit_of(maker, vary, s);
            double *value = &mcy_values_of(&series[s])[i];
            mcy_flags_of(&series[s])[i] = MCY_POINT_ESTIMATE;
            if (!set)
                return mcy_fail_memory(err);
            MCY_TRY(edited_metric(maker, spec->data[1], spec->data[2], 1, &set, value, err));
            *value *= scale;
            labels[i] = vary->name;
            keys[i] = vary->path;
            texts[i] = (mcy_bilingual){label_of(vary, s), label_of(vary, s)};
        }
        series[s].texts = texts;
    }
    chart->labels = labels;
    chart->keys = keys;
    chart->series = series;
    chart->series_count = 2;
    return mcy_figure_uses_run(maker, run, err);
}

/* One row of the two-way table: the first input at its value r, the second at each. */
static mcy_status heat_row(figure_maker *maker, size_t r, double scale,
                           mcy_chart_series *series, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    const mcy_vary_spec *rows = &spec->vary[0], *columns = &spec->vary[1];
    *series = (mcy_chart_series){
        .id = mcy_arena_print(maker->pack->arena, "%s=%s", rows->path, rows->values[r]),
        .name = {label_of(rows, r), label_of(rows, r)}};
    MCY_TRY(mcy_figure_arrays(maker, series, false, err));
    for (size_t c = 0; c < columns->value_count; c++) {
        const char *sets[2] = {edit_of(maker, rows, r), edit_of(maker, columns, c)};
        double *value = &mcy_values_of(series)[c];
        if (!sets[0] || !sets[1] || !series->id)
            return mcy_fail_memory(err);
        MCY_TRY(edited_metric(maker, spec->data[1], spec->data[2], 2, sets, value, err));
        *value *= scale;
        mcy_flags_of(series)[c] = MCY_POINT_ESTIMATE;
    }
    return MCY_OK;
}

/* heat SCENARIO METRIC [SCALE]: the metric over the values of two inputs; the cell that equals
 * the scenario itself is framed. */
mcy_status figure_heat(figure_maker *maker, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    mcy_arena *arena = maker->pack->arena;
    mcy_chart *chart = maker->chart;
    const pack_run *run;
    double scale;
    MCY_TRY(sensitivity_words(maker, &scale, err));
    if (spec->vary_count != 2)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "a two-way table varies two inputs, got %zu",
                                 spec->vary_count);
    MCY_TRY(mcy_pack_run(maker->pack, spec->data[1], &run, err));
    const mcy_vary_spec *rows = &spec->vary[0], *columns = &spec->vary[1];
    mcy_chart_series *series = MCY_TAKE(arena, mcy_chart_series, rows->value_count);
    mcy_bilingual *labels = MCY_TAKE(arena, mcy_bilingual, columns->value_count);
    if (!series || !labels)
        return mcy_fail_memory(err);
    chart->points = chart->estimate_from = columns->value_count;
    for (size_t c = 0; c < columns->value_count; c++)
        labels[c] = (mcy_bilingual){label_of(columns, c), label_of(columns, c)};
    chart->labels = labels;
    chart->keys = columns->values;
    MCY_TRY(metric_of(maker, run, spec->data[2], &chart->base_value, err));
    chart->base_value *= scale;
    for (size_t r = 0; r < rows->value_count; r++) {
        MCY_TRY(heat_row(maker, r, scale, &series[r], err));
        for (size_t c = 0; c < columns->value_count; c++)
            if (fabs(series[r].values[c] - chart->base_value) <=
                1e-9 * fmax(1.0, fabs(chart->base_value))) {
                chart->base_framed = true;
                chart->base_row = r;
                chart->base_column = c;
            }
    }
    if (!chart->base_framed)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_DOMAIN,
                                 "no cell of the table is the scenario itself (%g): its values "
                                 "must be on the grid",
                                 chart->base_value);
    chart->series = series;
    chart->series_count = rows->value_count;
    chart->left.title = rows->name;
    chart->across = columns->name;
    return mcy_figure_uses_run(maker, run, err);
}

/* phase SCENARIO ACROSS UP PERCENT: one path against another in order of time, fractions in
 * percent; UP as its change on the quarter before. */
mcy_status figure_phase(figure_maker *maker, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    mcy_arena *arena = maker->pack->arena;
    const pack_run *run;
    if (spec->data_count != 4)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'phase' wants SCENARIO ACROSS UP");
    MCY_TRY(mcy_figure_points(maker, err));
    MCY_TRY(mcy_pack_run(maker->pack, spec->data[1], &run, err));
    size_t n = maker->chart->points;
    mcy_chart_series *series = MCY_TAKE(arena, mcy_chart_series, 1);
    mcy_bilingual *texts = MCY_TAKE(arena, mcy_bilingual, n);
    double *x = MCY_TAKE(arena, double, n);
    if (!series || !texts || !x)
        return mcy_fail_memory(err);
    *series = (mcy_chart_series){.id = "phase",
                                 .name = {"周期路径", "path of the cycle"},
                                 .colour = "micron",
                                 .gaps = true,
                                 .x = x,
                                 .texts = texts};
    MCY_TRY(mcy_figure_arrays(maker, series, false, err));
    MCY_TRY(fill_paths(maker, run, spec->data[2], x, err));
    MCY_TRY(fill_paths(maker, run, spec->data[3], mcy_values_of(series), err));
    for (size_t i = n; i-- > 0;) {
        double *up = &mcy_values_of(series)[i];
        *up = i ? 100 * (*up / series->values[i - 1] - 1) : MCY_MISSING;
        x[i] *= 100;
        texts[i] = maker->chart->labels[i];
    }
    flag_paths(maker, run, spec->data[3], mcy_flags_of(series));
    maker->chart->series = series;
    maker->chart->series_count = 1;
    return mcy_figure_uses_run(maker, run, err);
}
