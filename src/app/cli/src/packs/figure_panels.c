/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of several panels side by side: the same quarters in each, as their firm names them. */
#include <string.h>

#include "figure_make.h"

/* The quarter of a firm that is laid on a calendar quarter. */
static mcy_status firm_quarter(const figure_maker *maker, const char *firm, mcy_period *period,
                               mcy_error *err)
{
    const mcy_period *last = firm ? mcy_facts_last_quarter(maker->pack->facts, firm) : NULL;
    if (!firm)
        return MCY_OK;
    if (!last)
        return mcy_figure_refuse(maker, maker->spec->line, err, MCY_E_MISSING,
                                 "no quarter of '%s' has been reported", firm);
    *period = mcy_period_shift(last, mcy_period_quarter(period) - mcy_period_quarter(last));
    return MCY_OK;
}

mcy_status mcy_figure_panel_points(figure_maker *maker, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    mcy_arena *arena = maker->pack->arena;
    MCY_TRY(mcy_figure_points(maker, err));
    size_t n = maker->chart->points, all = n * spec->panel_count;
    if (!spec->panel_count)
        return MCY_OK;
    if (spec->periods || spec->years)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "panels have their own periods, in quarters");
    mcy_period *periods = MCY_TAKE(arena, mcy_period, all);
    mcy_bilingual *labels = MCY_TAKE(arena, mcy_bilingual, all);
    mcy_bilingual *titles = MCY_TAKE(arena, mcy_bilingual, spec->panel_count);
    const char **keys = MCY_TAKE(arena, const char *, all);
    if (!periods || !labels || !keys || !titles)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < all; i++) {
        const mcy_panel_spec *panel = &spec->panels[i / n];
        periods[i] = maker->periods[i % n];
        titles[i / n] = panel->title;
        MCY_TRY(firm_quarter(maker, panel->periods, &periods[i], err));
        MCY_TRY(mcy_figure_point_names(maker, &periods[i], &labels[i], &keys[i], err));
    }
    maker->periods = periods;
    maker->chart->points = all;
    maker->chart->labels = labels;
    maker->chart->keys = keys;
    maker->chart->panels = titles;
    maker->chart->panel_count = spec->panel_count;
    return MCY_OK;
}

/* An array of one panel's points at its place among those of all. */
static mcy_status spread(figure_maker *maker, size_t first, size_t n, const double **array,
                         mcy_error *err)
{
    size_t all = maker->chart->points;
    double *wide = *array ? MCY_TAKE(maker->pack->arena, double, all) : NULL;
    if (!*array)
        return MCY_OK;
    if (!wide)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < all; i++)
        wide[i] = i >= first && i < first + n ? (*array)[i - first] : MCY_MISSING;
    *array = wide;
    return MCY_OK;
}

mcy_status mcy_figure_panel_series(figure_maker *maker, const mcy_series_spec *spec,
                                   mcy_chart_series *series, mcy_error *err)
{
    mcy_chart *chart = maker->chart, whole = *chart;
    const mcy_period *periods = maker->periods;
    if (!chart->panel_count)
        return mcy_figure_series(maker, spec, series, err);
    series->panel = spec->panel - 1;
    size_t n = mcy_chart_panel_points(chart), first = series->panel * n;
    chart->points = n;
    chart->labels += first;
    chart->keys += first;
    maker->periods += first;
    MCY_TRY(mcy_figure_series(maker, spec, series, err));
    chart->points = whole.points;
    chart->labels = whole.labels;
    chart->keys = whole.keys;
    maker->periods = periods;
    const double **arrays[] = {&series->values, &series->low, &series->high};
    for (size_t a = 0; a < 3; a++)
        MCY_TRY(spread(maker, first, n, arrays[a], err));
    unsigned char *flags = MCY_TAKE(maker->pack->arena, unsigned char, whole.points);
    if (!flags)
        return mcy_fail_memory(err);
    memcpy(flags + first, series->flags, n);
    series->flags = flags;
    return MCY_OK;
}
