/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a figure of a pack file to a chart: points in time, series by source, source line. */
#include "figure_make.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    series_source *fill;
} series_sources[] = {
    {"fact", figure_fact}, {"growth", figure_growth}, {"guidance", figure_guidance},
    {"fit", figure_fit},   {"panel", figure_panel},   {"run", figure_run},
    {"gap", figure_gap},   {"sweep", figure_sweep},   {"ratio", figure_ratio}};

static const struct {
    const char *name;
    figure_source *fill;
} figure_sources[] = {{"bridge", figure_bridge},
                      {"margin-bridge", figure_margin_bridge},
                      {"statements", figure_statements},
                      {"forecast", figure_forecast},
                      {"backtest-fan", figure_backtest_fan},
                      {"backtest-pit", figure_backtest_pit},
                      {"backtest-skill", figure_backtest_skill},
                      {"tornado", figure_tornado},
                      {"heat", figure_heat},
                      {"phase", figure_phase},
                      {"sobol", figure_sobol},
                      {"explain", figure_explain},
                      {"activity", figure_activity}};

mcy_status mcy_figure_refuse(const figure_maker *maker, int line, mcy_error *err,
                             mcy_status status, const char *format, ...)
{
    char text[700];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return MCY_FAIL(err, status, "%s:%d: figure '%s': %s", maker->pack->spec->file, line,
                    maker->spec->id, text);
}

/* The chart's arrays are const for readers; whoever fills them made them here. */
double *mcy_values_of(const mcy_chart_series *series)
{
    union {
        const double *shown;
        double *own;
    } u = {series->values};
    return u.own;
}

double *mcy_low_of(const mcy_chart_series *series)
{
    union {
        const double *shown;
        double *own;
    } u = {series->low};
    return u.own;
}

double *mcy_high_of(const mcy_chart_series *series)
{
    union {
        const double *shown;
        double *own;
    } u = {series->high};
    return u.own;
}

unsigned char *mcy_flags_of(const mcy_chart_series *series)
{
    union {
        const unsigned char *shown;
        unsigned char *own;
    } u = {series->flags};
    return u.own;
}

mcy_status mcy_figure_arrays(figure_maker *maker, mcy_chart_series *series, bool interval,
                             mcy_error *err)
{
    size_t n = maker->chart->points;
    mcy_arena *arena = maker->pack->arena;
    double *values = MCY_TAKE(arena, double, n);
    double *low = interval ? MCY_TAKE(arena, double, n) : NULL;
    double *high = interval ? MCY_TAKE(arena, double, n) : NULL;
    unsigned char *flags = MCY_TAKE(arena, unsigned char, n);
    if (!values || !flags || (interval && (!low || !high)))
        return mcy_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        values[i] = MCY_MISSING;
        if (interval)
            low[i] = high[i] = MCY_MISSING;
    }
    series->values = values;
    series->low = low;
    series->high = high;
    series->flags = flags;
    return MCY_OK;
}

/* Quarters added to "last" or "next": "+4", "-7"; false where the words go on otherwise. */
static bool read_shift(const char *text, int *shift)
{
    double quarters = 0;
    size_t n = strlen(text);
    *shift = 0;
    if (!n)
        return true;
    if (!strchr("+-", *text) || n < 2 || n > 3 || strspn(text + 1, "0123456789") != n - 1 ||
        mcy_number_parse(text + 1, n - 1, &quarters, NULL) != MCY_OK)
        return false;
    *shift = (int)(*text == '-' ? -quarters : quarters);
    return true;
}

/* A period of the figure's calendar, or "last" and "next" of its firm, "last-7", "next+4". */
static mcy_status read_period(figure_maker *maker, const char *text, mcy_period *period,
                              mcy_error *err)
{
    const pack_maker *pack = maker->pack;
    const char *firm = maker->spec->periods;
    bool next = !strncmp(text, "next", 4);
    int shift = 0;
    if ((next || !strncmp(text, "last", 4)) && read_shift(text + 4, &shift)) {
        const mcy_period *last = mcy_facts_last_quarter(pack->facts, firm ? firm : "micron");
        if (!last)
            return mcy_figure_refuse(maker, maker->spec->line, err, MCY_E_MISSING,
                                     "no quarter of '%s' has been reported",
                                     firm ? firm : "micron");
        *period = firm ? *last : mcy_period_of_quarter(mcy_period_quarter(last));
        *period = mcy_period_shift(period, next + shift);
        return MCY_OK;
    }
    mcy_error why = {0};
    int ends = firm ? mcy_facts_year_ends(pack->facts, firm) : MCY_CALENDAR_YEAR;
    if (mcy_period_parse(text, strlen(text), ends, true, period, &why) != MCY_OK)
        return mcy_figure_refuse(maker, maker->spec->line, err, MCY_E_INPUT, "%s", why.text);
    return MCY_OK;
}

mcy_status mcy_figure_point_names(figure_maker *maker, const mcy_period *period,
                                  mcy_bilingual *label, const char **key, mcy_error *err)
{
    char text[32], shown[32];
    mcy_period_format(period, text);
    mcy_period_label(period, false, shown);
    label->zh = label->en = mcy_arena_copy(maker->pack->arena, shown, strlen(shown));
    *key = mcy_arena_copy(maker->pack->arena, text, strlen(text));
    return label->en && *key ? MCY_OK : mcy_fail_memory(err);
}

mcy_status mcy_figure_points(figure_maker *maker, mcy_error *err)
{
    enum { MOST = 400 };
    mcy_arena *arena = maker->pack->arena;
    const mcy_figure_spec *spec = maker->spec;
    mcy_period first, last, reported;
    MCY_TRY(read_period(maker, spec->from ? spec->from : "FQ1-21", &first, err));
    MCY_TRY(read_period(maker, spec->to ? spec->to : "last", &last, err));
    MCY_TRY(read_period(maker, "last", &reported, err));
    size_t n = 0;
    for (mcy_period p = first; p.last_month <= last.last_month && n <= MOST;
         p = mcy_period_shift(&p, 1))
        n++;
    if (!n) {
        char latest[32];
        mcy_period_format(&last, latest);
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "from %s to %s is nothing: %s is %s as of %s", spec->from,
                                 spec->to ? spec->to : "last", spec->to ? spec->to : "last",
                                 latest, maker->pack->as_of);
    }
    if (n > MOST)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "from %s to %s are %zu periods, want 1..%d", spec->from,
                                 spec->to ? spec->to : "last", n, MOST);
    mcy_period *periods = MCY_TAKE(arena, mcy_period, n);
    mcy_bilingual *labels = MCY_TAKE(arena, mcy_bilingual, n);
    const char **keys = MCY_TAKE(arena, const char *, n);
    if (!periods || !labels || !keys)
        return mcy_fail_memory(err);
    maker->chart->estimate_from = n;
    for (size_t i = 0; i < n; i++) {
        periods[i] = i ? mcy_period_shift(&periods[i - 1], 1) : first;
        MCY_TRY(mcy_figure_point_names(maker, &periods[i], &labels[i], &keys[i], err));
        if (periods[i].last_month > reported.last_month && maker->chart->estimate_from == n)
            maker->chart->estimate_from = i;
    }
    maker->periods = periods;
    maker->chart->points = n;
    maker->chart->labels = labels;
    maker->chart->keys = keys;
    return MCY_OK;
}

static mcy_status unknown_source(const figure_maker *maker, int line, const char *word,
                                 const char *const *names, size_t n, mcy_error *err)
{
    const char *close = mcy_text_closest(word, names, n);
    return mcy_figure_refuse(maker, line, err, MCY_E_INPUT, "no data source '%s'%s%s%s", word,
                             close ? ": did you mean '" : "", close ? close : "",
                             close ? "'?" : "");
}

mcy_status mcy_figure_series(figure_maker *maker, const mcy_series_spec *spec,
                             mcy_chart_series *series, mcy_error *err)
{
    enum { N = sizeof series_sources / sizeof *series_sources };
    const char *names[N];
    size_t at = 0;
    for (size_t i = 0; i < N; i++)
        names[i] = series_sources[i].name;
    while (at < N && strcmp(spec->data[0], names[at]))
        at++;
    if (at == N)
        return unknown_source(maker, spec->line, spec->data[0], names, N, err);
    series->name = spec->name;
    series->colour = spec->colour;
    series->right = spec->right;
    series->gaps = spec->gaps;
    series->link = spec->link;
    if (spec->mark)
        MCY_TRY(mcy_mark_named(spec->mark, &series->mark, err));
    mcy_text id;
    mcy_text_init(&id);
    size_t first =
        strcmp(spec->data[0], "fact") ? 0 : 1; /* a fact's id is its quantity alone */
    for (size_t i = first; i < spec->data_count; i++)
        mcy_text_print(&id, "%s%s", i > first ? "." : "", spec->data[i]);
    series->id = mcy_arena_copy(maker->pack->arena, mcy_text_view(&id), id.size);
    mcy_text_release(&id);
    if (!series->id)
        return mcy_fail_memory(err);
    maker->series_id = series->id;
    MCY_TRY(series_sources[at].fill(maker, spec, series, err));
    maker->series_id = NULL;
    double *arrays[] = {mcy_values_of(series), mcy_low_of(series), mcy_high_of(series)};
    for (size_t a = 0; a < 3 && spec->scale != 1; a++)
        for (size_t i = 0; arrays[a] && i < maker->chart->points; i++)
            arrays[a][i] *= spec->scale;
    return MCY_OK;
}

static mcy_status make_whole(figure_maker *maker, mcy_error *err)
{
    enum { N = sizeof figure_sources / sizeof *figure_sources };
    const char *names[N];
    for (size_t i = 0; i < N; i++) {
        names[i] = figure_sources[i].name;
        if (!strcmp(maker->spec->data[0], names[i]))
            return figure_sources[i].fill(maker, err);
    }
    return unknown_source(maker, maker->spec->line, maker->spec->data[0], names, N, err);
}

static mcy_chart_axis make_axis(const mcy_axis_spec *spec)
{
    return (mcy_chart_axis){.title = spec->title,
                            .decimals = (int)spec->decimals,
                            .unit = spec->unit,
                            .signed_plus = spec->signed_plus,
                            .fixed = !mcy_is_missing(spec->low),
                            .low = spec->low,
                            .high = spec->high,
                            .rules = spec->rules,
                            .rule_count = spec->rule_count,
                            .marked = !mcy_is_missing(spec->reach),
                            .reach = spec->reach};
}

mcy_status mcy_figure_make(pack_maker *pack, const mcy_figure_spec *spec, mcy_chart *chart,
                           mcy_error *err)
{
    *chart = (mcy_chart){.id = spec->id,
                         .base_value = MCY_MISSING,
                         .across = spec->across,
                         .as_of = pack->as_of,
                         .notes = spec->notes,
                         .note_count = spec->note_count,
                         .left = make_axis(&spec->left),
                         .right = make_axis(&spec->right),
                         .half = spec->half,
                         .number_row = spec->numbers};
    figure_maker maker = {.pack = pack, .spec = spec, .chart = chart};
    if (mcy_chart_kind_named(spec->kind, &chart->kind, err) != MCY_OK) {
        mcy_error why = err ? *err : (mcy_error){0};
        return mcy_figure_refuse(&maker, spec->line, err, MCY_E_INPUT, "%s", why.text);
    }
    if (spec->data_count) {
        MCY_TRY(make_whole(&maker, err));
    } else {
        MCY_TRY(mcy_figure_panel_points(&maker, err));
        mcy_chart_series *series = MCY_TAKE(pack->arena, mcy_chart_series, spec->series_count);
        if (!series)
            return mcy_fail_memory(err);
        chart->series = series;
        chart->series_count = spec->series_count;
        for (size_t i = 0; i < spec->series_count; i++)
            MCY_TRY(mcy_figure_panel_series(&maker, &spec->series[i], &series[i], err));
    }
    if (!chart->points)
        return mcy_figure_refuse(&maker, spec->line, err, MCY_E_MISSING, "it has no points");
    MCY_TRY(mcy_figure_titles(&maker, err));
    MCY_TRY(mcy_figure_finish(&maker, err));
    return mcy_chart_check(chart, err);
}
