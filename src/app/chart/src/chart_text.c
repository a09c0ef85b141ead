/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as a table, and in a sentence for those who cannot see it. */
#include <stdio.h>
#include <string.h>

#include "mcy/chart.h"
#include "mcy/csv.h"

static void status_words(unsigned flags, char out[72])
{
    snprintf(out, 64, "%s%s%s", flags & MCY_POINT_ESTIMATE ? "+estimate" : "",
             flags & MCY_POINT_INFERRED ? "+inferred" : "",
             flags & MCY_POINT_TOTAL ? "+total" : "");
    if (*out)
        memmove(out, out + 1, strlen(out));
    else
        snprintf(out, 64, "published");
}

static const char *point_key(const mcy_chart *chart, size_t i)
{
    return chart->keys && chart->keys[i] ? chart->keys[i] : chart->labels[i].en;
}

static bool is_base(const mcy_chart *chart, const mcy_chart_series *series, size_t i)
{
    return chart->base_framed && series == &chart->series[chart->base_row] &&
           i == chart->base_column;
}

static void csv_point(const mcy_chart *chart, const mcy_chart_series *series, size_t i,
                      mcy_text *csv)
{
    char status[72];
    status_words(series->flags ? series->flags[i] : 0, status);
    bool estimate = mcy_chart_point_estimated(chart, i);
    const char *unit = series->right ? chart->right.unit : chart->left.unit;
    const double *arrays[] = {series->x, series->values, series->low, series->high};
    mcy_csv_add(csv, chart->id);
    mcy_csv_add(csv, series->id ? series->id : "");
    mcy_csv_add(csv, series->name.zh);
    mcy_csv_add(csv, series->name.en);
    mcy_csv_add(csv, point_key(chart, i));
    mcy_csv_add(csv, chart->labels[i].zh);
    mcy_csv_add(csv, chart->labels[i].en);
    for (size_t a = 0; a < sizeof arrays / sizeof *arrays; a++)
        mcy_csv_add_number(csv, arrays[a] ? arrays[a][i] : MCY_MISSING);
    if (estimate && !strcmp(status, "published"))
        snprintf(status, sizeof status, "estimate");
    if (is_base(chart, series, i))
        strcat(status, "+base");
    mcy_csv_add(csv, status);
    mcy_csv_add(csv, unit ? unit : "");
    char number[256];
    snprintf(number, sizeof number, "%s@%s", series->id ? series->id : "", point_key(chart, i));
    mcy_csv_add(csv, series->id ? number : "");
    mcy_csv_end(csv);
}

mcy_status mcy_chart_csv(const mcy_chart *chart, mcy_text *csv, mcy_error *err)
{
    static const char *const heads[] = {"figure",   "series",   "name_zh", "name_en", "key",
                                        "label_zh", "label_en", "x",       "value",   "low",
                                        "high",     "status",   "unit",    "number"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        mcy_csv_add(csv, heads[i]);
    mcy_csv_end(csv);
    for (size_t s = 0; s < chart->series_count; s++) {
        size_t first = mcy_chart_panel_first(chart, &chart->series[s]);
        for (size_t i = 0; i < mcy_chart_panel_points(chart); i++)
            csv_point(chart, &chart->series[s], first + i, csv);
    }
    return mcy_text_status(csv, err);
}

/* "Revenue from 5,411 (FQ3-21) to 23,860 (FQ2-26)" for the first and last value of a series. */
static void alt_series(const mcy_chart *chart, const mcy_chart_series *series,
                       mcy_language language, mcy_text *alt)
{
    const mcy_chart_axis *axis = series->right ? &chart->right : &chart->left;
    mcy_display display = {
        .decimals = axis->decimals, .unit = axis->unit, .signed_plus = axis->signed_plus};
    size_t first = chart->points, last = 0;
    for (size_t i = 0; series->values && i < chart->points; i++)
        if (!mcy_is_missing(series->values[i])) {
            first = first < i ? first : i;
            last = i;
        }
    if (first >= chart->points)
        return;
    char from[MCY_DISPLAY_TEXT], to[MCY_DISPLAY_TEXT];
    mcy_display_print(series->values[first], &display, from);
    mcy_display_print(series->values[last], &display, to);
    char name[256];
    snprintf(name, sizeof name, "%s%s%s",
             chart->panel_count ? mcy_bilingual_text(chart->panels[series->panel], language)
                                : "",
             chart->panel_count && language == MCY_EN ? ", " : "",
             mcy_bilingual_text(series->name, language));
    const char *at_first = mcy_bilingual_text(chart->labels[first], language);
    const char *at_last = mcy_bilingual_text(chart->labels[last], language);
    if (language == MCY_ZH)
        mcy_text_print(alt, "%s：%s %s，%s %s。", name, at_first, from, at_last, to);
    else
        mcy_text_print(alt, " %s: %s %s, %s %s.", name, at_first, from, at_last, to);
}

mcy_status mcy_chart_alt(const mcy_chart *chart, mcy_language language, mcy_text *alt,
                         mcy_error *err)
{
    mcy_text_add(alt, mcy_bilingual_text(chart->title, language));
    mcy_text_add(alt, language == MCY_ZH ? "。" : ".");
    for (size_t s = 0; s < chart->series_count && s < 4; s++)
        alt_series(chart, &chart->series[s], language, alt);
    return mcy_text_status(alt, err);
}
