/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts as data: names, and what is refused before anything is drawn. */
#include "mcy/chart.h"

#include <string.h>

#include "blocks.h"

static const char *const kind_words[] = {
#define X(name, word, layout, meaning) word,
    MCY_CHART_KIND_LIST(X)
#undef X
};

static const char *const mark_words[] = {
#define X(name, word, meaning) word,
    MCY_MARK_LIST(X)
#undef X
};

enum {
    KINDS = sizeof kind_words / sizeof *kind_words,
    MARKS = sizeof mark_words / sizeof *mark_words
};

static mcy_status named(const char *what, const char *word, const char *const *words, size_t n,
                        size_t *at, mcy_error *err)
{
    for (*at = 0; *at < n; ++*at)
        if (!strcmp(word, words[*at]))
            return MCY_OK;
    const char *close = mcy_text_closest(word, words, n);
    return MCY_FAIL(err, MCY_E_INPUT, "unknown %s '%s'%s%s%s", what, word,
                    close ? ": did you mean '" : "", close ? close : "", close ? "'?" : "");
}

mcy_status mcy_chart_kind_named(const char *word, mcy_chart_kind *kind, mcy_error *err)
{
    size_t at;
    MCY_TRY(named("kind of chart", word, kind_words, KINDS, &at, err));
    *kind = (mcy_chart_kind)at;
    return MCY_OK;
}

mcy_status mcy_mark_named(const char *word, mcy_mark *mark, mcy_error *err)
{
    size_t at;
    MCY_TRY(named("mark", word, mark_words, MARKS, &at, err));
    *mark = (mcy_mark)at;
    return MCY_OK;
}

const char *mcy_chart_kind_word(mcy_chart_kind kind)
{
    return kind_words[kind];
}

bool mcy_chart_inferred(const mcy_chart *chart)
{
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; chart->series[s].flags && i < chart->points; i++)
            if (chart->series[s].flags[i] & MCY_POINT_INFERRED)
                return true;
    return false;
}

size_t mcy_chart_reached(const mcy_chart *chart, const mcy_chart_series *series)
{
    const mcy_chart_axis *axis = series->right ? &chart->right : &chart->left;
    bool below = false;
    for (size_t i = 0; axis->marked && series->values && i < chart->points; i++) {
        if (mcy_is_missing(series->values[i]))
            continue;
        if (below && series->values[i] >= axis->reach)
            return i;
        below = below || series->values[i] < axis->reach;
    }
    return chart->points;
}

size_t mcy_chart_panel_points(const mcy_chart *chart)
{
    return chart->panel_count ? chart->points / chart->panel_count : chart->points;
}

size_t mcy_chart_panel_first(const mcy_chart *chart, const mcy_chart_series *series)
{
    return series->panel * mcy_chart_panel_points(chart);
}

bool mcy_chart_point_estimated(const mcy_chart *chart, size_t i)
{
    return i % mcy_chart_panel_points(chart) >= chart->estimate_from;
}

static bool both(mcy_bilingual words)
{
    return words.zh && *words.zh && words.en && *words.en;
}

static bool neither(mcy_bilingual words)
{
    return !(words.zh && *words.zh) && !(words.en && *words.en);
}

static mcy_status check_words(const mcy_chart *chart, const char *what, mcy_bilingual words,
                              bool needed, mcy_error *err)
{
    if (both(words) || (!needed && neither(words)))
        return MCY_OK;
    if (neither(words))
        return MCY_FAIL(err, MCY_E_INPUT, "figure '%s': its %s is empty", chart->id, what);
    return MCY_FAIL(err, MCY_E_INPUT,
                    "figure '%s': its %s is given in one language alone ('%s')", chart->id,
                    what, words.zh && *words.zh ? words.zh : words.en);
}

static const char *point_name(const mcy_chart *chart, size_t i)
{
    if (chart->keys && chart->keys[i])
        return chart->keys[i];
    return chart->labels && chart->labels[i].en ? chart->labels[i].en : "?";
}

/* One array of a series: finite everywhere, missing only where gaps are allowed. */
static mcy_status check_values(const mcy_chart *chart, const mcy_chart_series *series,
                               const char *what, const double *values, bool gaps,
                               mcy_error *err)
{
    size_t seen = 0, first = mcy_chart_panel_first(chart, series);
    for (size_t i = first; i < first + mcy_chart_panel_points(chart); i++) {
        if (isinf(values[i]))
            return MCY_FAIL(err, MCY_E_DOMAIN, "figure '%s': %s of '%s' at %s is infinite",
                            chart->id, what, series->name.en, point_name(chart, i));
        if (mcy_is_missing(values[i]) && !gaps)
            return MCY_FAIL(
                err, MCY_E_DOMAIN,
                "figure '%s': %s of '%s' at %s is missing, and gaps are not allowed", chart->id,
                what, series->name.en, point_name(chart, i));
        seen += !mcy_is_missing(values[i]);
    }
    if (!seen)
        return MCY_FAIL(err, MCY_E_MISSING, "figure '%s': '%s' has no %s at all", chart->id,
                        series->name.en, what);
    return MCY_OK;
}

/* Marks belong to the layout of time; bands and gaps need both bounds, others values. */
static mcy_status check_mark(const mcy_chart *chart, const mcy_chart_series *series,
                             mcy_error *err)
{
    bool time = chart->kind <= MCY_CHART_GAP;
    mcy_mark mark = time ? mcy_series_mark(chart, series) : MCY_MARK_AUTO;
    bool area = mark == MCY_MARK_BAND || mark == MCY_MARK_GAP;
    bool bar = mark == MCY_MARK_BAR || mark == MCY_MARK_STACK;
    if (!time && series->mark != MCY_MARK_AUTO)
        return MCY_FAIL(err, MCY_E_INPUT, "figure '%s': a %s has no mark '%s'", chart->id,
                        mcy_chart_kind_word(chart->kind), mark_words[series->mark]);
    if (bar && series->right)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "figure '%s': bars of '%s' must stand on the left axis", chart->id,
                        series->name.en);
    if (area && !(series->low && series->high))
        return MCY_FAIL(err, MCY_E_MISSING, "figure '%s': '%s' needs low and high", chart->id,
                        series->name.en);
    if (!area && !series->values)
        return MCY_FAIL(err, MCY_E_MISSING, "figure '%s': '%s' needs values", chart->id,
                        series->name.en);
    if (chart->kind == MCY_CHART_PATH && !series->x)
        return MCY_FAIL(err, MCY_E_MISSING, "figure '%s': '%s' needs x", chart->id,
                        series->name.en);
    if (series->link > chart->series_count || (series->link && !time))
        return MCY_FAIL(err, MCY_E_INPUT, "figure '%s': '%s' is linked to series %zu of %zu",
                        chart->id, series->name.en, series->link, chart->series_count);
    if (!series->low != !series->high)
        return MCY_FAIL(err, MCY_E_MISSING, "figure '%s': '%s' has one bound alone", chart->id,
                        series->name.en);
    return MCY_OK;
}

static mcy_status check_series(const mcy_chart *chart, const mcy_chart_series *series,
                               mcy_error *err)
{
    MCY_TRY(check_words(chart, "series name", series->name, true, err));
    MCY_TRY(check_mark(chart, series, err));
    if (series->values)
        MCY_TRY(check_values(chart, series, "value", series->values, series->gaps, err));
    if (series->x)
        MCY_TRY(check_values(chart, series, "x", series->x, series->gaps, err));
    if (!series->low)
        return MCY_OK;
    bool gap = chart->kind <= MCY_CHART_GAP && mcy_series_mark(chart, series) == MCY_MARK_GAP;
    bool area =
        !series->values; /* a line may lack its interval here and there, an area may not */
    MCY_TRY(
        check_values(chart, series, "lower bound", series->low, series->gaps || !area, err));
    MCY_TRY(
        check_values(chart, series, "upper bound", series->high, series->gaps || !area, err));
    for (size_t i = 0; !gap && i < chart->points; i++)
        if (series->low[i] > series->high[i])
            return MCY_FAIL(err, MCY_E_INPUT,
                            "figure '%s': '%s' at %s has its low %g above its high %g",
                            chart->id, series->name.en, point_name(chart, i), series->low[i],
                            series->high[i]);
    return MCY_OK;
}

/* Steps carry the level from one total to the next. */
static mcy_status check_waterfall(const mcy_chart *chart, mcy_error *err)
{
    const mcy_chart_series *series = &chart->series[0];
    if (chart->series_count != 1 || !series->flags || !(series->flags[0] & MCY_POINT_TOTAL) ||
        !(series->flags[chart->points - 1] & MCY_POINT_TOTAL))
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "figure '%s': a waterfall is one series that begins and ends with a total",
            chart->id);
    double level = 0, largest = 0;
    for (size_t i = 0; i < chart->points; i++)
        if (series->flags[i] & MCY_POINT_TOTAL)
            largest = fmax(largest, fabs(series->values[i]));
    for (size_t i = 0; i < chart->points; i++) {
        bool total = series->flags[i] & MCY_POINT_TOTAL;
        if (total && i && fabs(level - series->values[i]) > 1e-9 * largest)
            return MCY_FAIL(err, MCY_E_DOMAIN,
                            "figure '%s': the steps reach %.12g at %s, its total is %.12g",
                            chart->id, level, point_name(chart, i), series->values[i]);
        level = total ? series->values[i] : level + series->values[i];
    }
    return MCY_OK;
}

static mcy_status check_heat(const mcy_chart *chart, mcy_error *err)
{
    if (!chart->base_framed)
        return MCY_OK;
    if (chart->base_row >= chart->series_count || chart->base_column >= chart->points)
        return MCY_FAIL(err, MCY_E_DOMAIN, "figure '%s': the base cell is not on the grid",
                        chart->id);
    double cell = chart->series[chart->base_row].values[chart->base_column];
    if (!(fabs(cell - chart->base_value) <= 1e-9 * fmax(1.0, fabs(chart->base_value))))
        return MCY_FAIL(err, MCY_E_DOMAIN,
                        "figure '%s': the framed cell holds %.12g, the base is %.12g",
                        chart->id, cell, chart->base_value);
    return MCY_OK;
}

static mcy_status check_panels(const mcy_chart *chart, mcy_error *err)
{
    if (!chart->panel_count)
        return MCY_OK;
    if (chart->left.marked || chart->right.marked)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "figure '%s': where a level is reached cannot be marked in panels",
                        chart->id);
    if (chart->kind > MCY_CHART_GAP || chart->number_row)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "figure '%s': panels are of charts over periods without a row of numbers",
            chart->id);
    if (chart->points % chart->panel_count)
        return MCY_FAIL(err, MCY_E_INPUT, "figure '%s': %zu points in %zu panels", chart->id,
                        chart->points, chart->panel_count);
    for (size_t k = 0; k < chart->panel_count; k++)
        MCY_TRY(check_words(chart, "panel's title", chart->panels[k], true, err));
    for (size_t s = 0; s < chart->series_count; s++)
        if (chart->series[s].panel >= chart->panel_count)
            return MCY_FAIL(err, MCY_E_INPUT, "figure '%s': '%s' stands in panel %zu of %zu",
                            chart->id, chart->series[s].name.en, chart->series[s].panel + 1,
                            chart->panel_count);
    return MCY_OK;
}

static mcy_status check_head(const mcy_chart *chart, mcy_error *err)
{
    if (!chart->id || !*chart->id ||
        strspn(chart->id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(chart->id))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "figure id '%s': want lower-case letters, digits and -",
                        chart->id ? chart->id : "");
    MCY_TRY(check_words(chart, "title", chart->title, true, err));
    MCY_TRY(check_words(chart, "source line", chart->source, true, err));
    if (!chart->as_of || strlen(chart->as_of) != 10)
        return MCY_FAIL(err, MCY_E_INPUT, "figure '%s': its as-of date '%s' is not YYYY-MM-DD",
                        chart->id, chart->as_of ? chart->as_of : "");
    for (size_t i = 0; i < chart->note_count; i++)
        MCY_TRY(check_words(chart, "note", chart->notes[i], true, err));
    MCY_TRY(check_words(chart, "left axis title", chart->left.title, false, err));
    MCY_TRY(check_words(chart, "right axis title", chart->right.title, false, err));
    if (!chart->points || !chart->series_count)
        return MCY_FAIL(err, MCY_E_MISSING, "figure '%s': nothing to draw", chart->id);
    for (size_t i = 0; i < chart->points; i++)
        MCY_TRY(check_words(chart, "label of a point", chart->labels[i], true, err));
    return MCY_OK;
}

/* What 8 cm hold at 7 points: steps beside one another, rows under one another. */
static mcy_status check_half(const mcy_chart *chart, mcy_error *err)
{
    bool heat = chart->kind == MCY_CHART_HEAT, fall = chart->kind == MCY_CHART_WATERFALL;
    bool lying = chart->kind == MCY_CHART_TORNADO || chart->kind == MCY_CHART_DOTS;
    size_t beside = heat || fall ? chart->points : 0, most = 7;
    size_t below = heat ? chart->series_count : lying ? chart->points : 0;
    if (chart->kind == MCY_CHART_TORNADO)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "figure '%s': a tornado with its numbers does not fit half a page's width",
            chart->id);
    if (chart->panel_count > 2)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "figure '%s': at half width two panels stand side by side, not %zu",
                        chart->id, chart->panel_count);
    if (beside > most || below > most)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "figure '%s': at half width a %s holds at most %zu %s, got %zu",
                        chart->id, mcy_chart_kind_word(chart->kind), most,
                        beside > most ? "columns" : "rows", beside > most ? beside : below);
    return MCY_OK;
}

mcy_status mcy_chart_check(const mcy_chart *chart, mcy_error *err)
{
    MCY_TRY(check_head(chart, err));
    MCY_TRY(check_panels(chart, err));
    if (chart->half)
        MCY_TRY(check_half(chart, err));
    for (size_t s = 0; s < chart->series_count; s++)
        MCY_TRY(check_series(chart, &chart->series[s], err));
    if (chart->kind == MCY_CHART_WATERFALL)
        MCY_TRY(check_waterfall(chart, err));
    if (chart->kind == MCY_CHART_HEAT)
        MCY_TRY(check_heat(chart, err));
    if (chart->kind == MCY_CHART_TORNADO && chart->series_count != 2)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "figure '%s': a tornado has two series, the low and the high end of each "
            "input; got %zu",
            chart->id, chart->series_count);
    return MCY_OK;
}
