/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts over periods: bars, stacks, lines, steps, points, bands and gaps on two axes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "blocks.h"

enum { MOST_LEGEND = 32 };

static const mcy_colour *series_colour(const mcy_sheet *sheet, size_t s)
{
    const mcy_chart_series *series = &sheet->chart->series[s];
    size_t bands = 0;
    if (!series->colour && mcy_series_mark(sheet->chart, series) == MCY_MARK_BAND) {
        for (size_t i = 0; i < s; i++)
            bands += mcy_series_mark(sheet->chart, &sheet->chart->series[i]) == MCY_MARK_BAND;
        char role[16];
        snprintf(role, sizeof role, "band%zu", bands % 3 + 1);
        return mcy_theme_series(sheet->theme, role, s);
    }
    return mcy_theme_series(sheet->theme, series->colour, s);
}

/* A bar ends below the top line; a point under zero does not lie half on the bottom one. */
static double with_room(mcy_mark mark, double value)
{
    bool low_point = mark == MCY_MARK_POINT && value < 0;
    return value * (mark == MCY_MARK_BAR || low_point ? 1.005 : 1.0);
}

/* What both axes must hold; stacks are summed by sign. */
static void time_spans(const mcy_chart *chart, mcy_span span[2])
{
    span[0] = span[1] = (mcy_span){MCY_MISSING, MCY_MISSING, false};
    for (size_t i = 0; i < chart->points; i++) {
        double up = 0, down = 0;
        for (size_t s = 0; s < chart->series_count; s++) {
            const mcy_chart_series *series = &chart->series[s];
            mcy_span *axis = &span[series->right];
            mcy_mark mark = mcy_series_mark(chart, series);
            if (mark == MCY_MARK_BAR || mark == MCY_MARK_STACK)
                axis->zero = true;
            if (mark == MCY_MARK_STACK && !mcy_is_missing(series->values[i]))
                *(series->values[i] > 0 ? &up : &down) += series->values[i];
            else if (series->values && mark != MCY_MARK_STACK)
                mcy_span_add(axis, with_room(mark, series->values[i]));
            if (series->low) {
                mcy_span_add(axis, series->low[i]);
                mcy_span_add(axis, series->high[i]);
            }
        }
        if (up > 0 || down < 0) {
            mcy_span_add(&span[0], up);
            mcy_span_add(&span[0], down);
        }
    }
    for (size_t a = 0; a < 2; a++) {
        const mcy_chart_axis *axis = a ? &chart->right : &chart->left;
        for (size_t i = 0; i < axis->rule_count; i++)
            mcy_span_add(&span[a], axis->rules[i]);
        if (chart->number_row) /* nothing touches the row above */
            mcy_span_add(&span[a], span[a].high + 0.04 * (span[a].high - span[a].low));
    }
}

static mcy_scale fixed_scale(const mcy_chart_axis *axis)
{
    mcy_scale scale = {.low = axis->low,
                       .high = axis->high,
                       .step = mcy_step_above((axis->high - axis->low) / 6)};
    scale.decimals = mcy_step_decimals(scale.step);
    return scale;
}

static bool time_scales(const mcy_chart *chart, mcy_scale scale[2])
{
    bool right = false;
    for (size_t s = 0; s < chart->series_count; s++)
        right = right || chart->series[s].right;
    mcy_span span[2];
    time_spans(chart, span);
    scale[0] = mcy_scale_of(span[0]);
    scale[1] = right ? mcy_scale_of(span[1]) : scale[0];
    bool either = span[0].zero || span[0].low < 0 || span[1].low < 0;
    if (right && either)
        mcy_scale_level(span[0], span[1], &scale[0], &scale[1]);
    if (chart->left.fixed)
        scale[0] = fixed_scale(&chart->left);
    if (right && chart->right.fixed)
        scale[1] = fixed_scale(&chart->right);
    return right;
}

/* True when no bar of the series is a published number: the legend shows them as they are. */
static bool all_light(const mcy_chart *chart, const mcy_chart_series *series)
{
    for (size_t i = 0; i < chart->points; i++)
        if (!mcy_is_missing(series->values[i]) && !mcy_sheet_unpublished(chart, series, i))
            return false;
    return true;
}

/* A series of another panel with the same name and colour is in the legend already. */
static bool said_before(const mcy_legend *legend, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (legend[i].rgb == legend[at].rgb && !strcmp(legend[i].text, legend[at].text))
            return true;
    return false;
}

static size_t time_legend(const mcy_sheet *sheet, mcy_legend legend[MOST_LEGEND])
{
    const mcy_chart *chart = sheet->chart;
    size_t count = 0;
    for (size_t s = 0; s < chart->series_count && count + 2 < MOST_LEGEND; s++) {
        const mcy_chart_series *series = &chart->series[s];
        const mcy_colour *colour = series_colour(sheet, s);
        mcy_legend *entry = &legend[count];
        *entry = (mcy_legend){.rgb = colour->rgb, .dash = colour->dash};
        mcy_sheet_name(sheet, series, entry->text);
        if (chart->panel_count && said_before(legend, count))
            continue;
        count++;
        bool few = chart->points <= BLOCKS_MANY_POINTS;
        switch (mcy_series_mark(chart, series)) {
        case MCY_MARK_BAR:
        case MCY_MARK_STACK:
            entry->sample = all_light(chart, series) ? MCY_SAMPLE_GHOST : MCY_SAMPLE_BOX;
            break;
        case MCY_MARK_BAND:
            entry->sample = MCY_SAMPLE_AREA;
            break;
        case MCY_MARK_POINT:
            entry->sample = MCY_SAMPLE_POINT;
            entry->point = colour->point;
            break;
        case MCY_MARK_STEP:
            entry->sample = MCY_SAMPLE_LINE;
            break;
        case MCY_MARK_GAP:
            *entry = (mcy_legend){.sample = MCY_SAMPLE_AREA,
                                  .rgb = mcy_sheet_rgb(sheet, "shortage")};
            snprintf(entry->text, sizeof entry->text, "%s", mcy_sheet_word(sheet, "shortage"));
            entry = &legend[count++];
            *entry =
                (mcy_legend){.sample = MCY_SAMPLE_AREA, .rgb = mcy_sheet_rgb(sheet, "surplus")};
            snprintf(entry->text, sizeof entry->text, "%s", mcy_sheet_word(sheet, "surplus"));
            break;
        default:
            entry->sample = MCY_SAMPLE_LINE;
            entry->point = few ? colour->point : 0;
        }
    }
    return count;
}

/* Width of the widest label of a period. */
static double label_width(const mcy_sheet *sheet)
{
    double widest = 0;
    for (size_t i = 0; i < sheet->chart->points; i++) {
        char text[128];
        mcy_sheet_point(sheet, i, text);
        widest = fmax(widest, mcy_display_ems(text) * sheet->page->tick);
    }
    return widest;
}

/* How many tick labels apart: 1 where all fit; the last point is always labelled. */
static size_t label_stride(const mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    double widest = label_width(sheet);
    double room = (sheet->right - sheet->left) / (double)chart->points;
    size_t stride = 1;
    while (room * (double)stride < widest + 4 && stride < chart->points)
        stride = stride < 2 ? 2 : stride < 4 ? 4 : stride + 4;
    return stride;
}

/* The labels of a panel: the last period that is no estimate and those a stride from it, away
 * from the next panel's; in the middle where there is no room at that one. */
static size_t panel_labels(const mcy_sheet *sheet, size_t n, size_t stride, double room,
                           size_t *first)
{
    double half = label_width(sheet) / 2 + 2;
    size_t actual = 0, count = n / stride ? n / stride : 1;
    while (actual + 1 < n && !mcy_chart_point_estimated(sheet->chart, actual + 1))
        actual++;
    size_t low = actual, high = actual;
    while (low >= stride && room * ((double)(low - stride) + 0.5) >= half)
        low -= stride;
    while (high + stride < n && room * ((double)(n - high - stride) - 0.5) >= half)
        high += stride;
    *first = (n - 1 - (count - 1) * stride) / 2;
    if (room * ((double)low + 0.5) < half || room * ((double)(n - high) - 0.5) < half)
        return count;
    *first = low;
    return (high - low) / stride + 1;
}

/* The last point is labelled; in panels the last one before the estimates. */
static void time_labels(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    size_t stride = label_stride(sheet), n = mcy_chart_panel_points(chart);
    double room = (sheet->right - sheet->left) / (double)chart->points;
    size_t count = 1 + (n - 1) / stride, first = (n - 1) % stride;
    if (chart->panel_count)
        count = panel_labels(sheet, n, stride, room, &first);
    for (size_t k = 0; k < chart->points / n * count; k++) {
        size_t i = k / count * n + first + k % count * stride;
        char text[128];
        mcy_sheet_point(sheet, i, text);
        mcy_sheet_text(sheet, sheet->left + room * ((double)i + 0.5), sheet->bottom - 8, 'c',
                       sheet->page->tick, false, mcy_sheet_rgb(sheet, "text"), text);
    }
}

/* Titles of the panels above them, lines between them. */
static void panel_frames(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    double wide = (sheet->right - sheet->left) / (double)chart->panel_count;
    for (size_t k = 0; k < chart->panel_count; k++) {
        double x = sheet->left + wide * (double)k;
        mcy_sheet_text(sheet, x + wide / 2, sheet->top + 7, 'c', sheet->page->legend, true,
                       mcy_sheet_rgb(sheet, "text"), mcy_sheet_say(sheet, chart->panels[k]));
        if (k)
            mcy_sheet_line(sheet, x, sheet->bottom, x, sheet->top + 12,
                           mcy_sheet_rgb(sheet, "frame"), 0.8, 1);
    }
}

/* What the row above the plot says: the first series, or what the stacks add up to. */
static double row_value(const mcy_chart *chart, size_t i)
{
    if (chart->kind != MCY_CHART_STACKED)
        return chart->series[0].values[i];
    double sum = 0;
    for (size_t s = 0; s < chart->series_count; s++)
        if (mcy_series_mark(chart, &chart->series[s]) == MCY_MARK_STACK)
            sum += chart->series[s].values[i];
    return sum;
}

static void number_row(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    const mcy_chart_axis *axis = chart->series[0].right ? &chart->right : &chart->left;
    bool stacked = chart->kind == MCY_CHART_STACKED;
    uint32_t rgb = stacked ? mcy_sheet_rgb(sheet, "text") : series_colour(sheet, 0)->rgb;
    double room = (sheet->right - sheet->left) / (double)chart->points, widest = 0;
    char text[MCY_DISPLAY_TEXT];
    for (size_t i = 0; i < chart->points; i++) {
        mcy_sheet_value(axis, row_value(chart, i), text);
        widest = fmax(widest, mcy_display_ems(text));
    }
    size_t stride = 1;
    while (widest * MCY_SMALL_SIZE + 2 > room * (double)stride && stride < chart->points)
        stride++;
    for (size_t i = (chart->points - 1) % stride; i < chart->points; i += stride) {
        if (mcy_is_missing(row_value(chart, i)))
            continue;
        mcy_sheet_value(axis, row_value(chart, i), text);
        mcy_sheet_text(sheet, sheet->left + room * ((double)i + 0.5), sheet->top + 8.5, 'c',
                       MCY_SMALL_SIZE, false, rgb, text);
    }
    if (stacked)
        mcy_sheet_text(sheet, sheet->left - 4, sheet->top + 8.5, 'r', MCY_SMALL_SIZE, false,
                       rgb, mcy_sheet_word(sheet, "total"));
}

/* Thin dashed levels, the zero line, and the line after the last actual. */
static void time_rules(mcy_sheet *sheet, const mcy_scale scale[2])
{
    const mcy_chart *chart = sheet->chart;
    mcy_text *out = sheet->out;
    for (size_t a = 0; a < 2; a++) {
        const mcy_chart_axis *axis = a ? &chart->right : &chart->left;
        for (size_t i = 0; i < axis->rule_count; i++) {
            double share = (axis->rules[i] - scale[a].low) / (scale[a].high - scale[a].low);
            double y = sheet->bottom + share * (sheet->top - sheet->bottom);
            mcy_sheet_line(sheet, sheet->left, y, sheet->right, y, mcy_sheet_rgb(sheet, "soft"),
                           0.8, 2);
        }
    }
    if (scale[0].low < 0)
        mcy_text_add(out, "set xzeroaxis lt 1 lc rgb TEXT lw 0.9\n");
    size_t n = mcy_chart_panel_points(chart);
    for (size_t i = chart->estimate_from; i && i % n && i < chart->points; i += n) {
        double x =
            sheet->left + (sheet->right - sheet->left) * (double)i / (double)chart->points;
        mcy_sheet_line(sheet, x, sheet->bottom, x, sheet->top, mcy_sheet_rgb(sheet, "soft"),
                       0.8, 3);
    }
}

static void axis_titles(mcy_sheet *sheet, bool right)
{
    const mcy_chart *chart = sheet->chart;
    uint32_t rgb = mcy_sheet_rgb(sheet, "soft");
    double y = sheet->top + (chart->number_row || chart->panel_count ? 18.5 : 8);
    const char *left = mcy_sheet_say(sheet, chart->left.title);
    if (*left)
        mcy_sheet_text(sheet, sheet->page->side, y, 'l', MCY_SMALL_SIZE, false, rgb, left);
    const char *title = mcy_sheet_say(sheet, chart->right.title);
    if (right && *title)
        mcy_sheet_text(sheet, sheet->page->width - sheet->page->side, y, 'r', MCY_SMALL_SIZE,
                       false, rgb, title);
}

void mcy_draw_time(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    mcy_scale scale[2];
    bool right = time_scales(chart, scale);
    mcy_legend legend[MOST_LEGEND];
    size_t count = time_legend(sheet, legend);
    bool titled = *mcy_sheet_say(sheet, chart->left.title) ||
                  (right && *mcy_sheet_say(sheet, chart->right.title));
    double side = sheet->page->side;
    double left = side + 7 + mcy_scale_width(sheet, &scale[0], &chart->left);
    double period = (sheet->page->width - left - side) / (double)chart->points;
    double beside = right ? side + 7 + mcy_scale_width(sheet, &scale[1], &chart->right)
                          : side + 1 + fmax(0, (label_width(sheet) - period) / 2);
    double reach = mcy_reach_height(sheet, left, sheet->page->width - beside);
    mcy_sheet_frame(
        sheet, legend, count, left, beside,
        (chart->number_row || chart->panel_count ? 13.5 : 3) + (titled ? 11 : 0) + reach, 14);
    mcy_sheet_scale(sheet, "y", &scale[0], &chart->left);
    if (right)
        mcy_sheet_scale(sheet, "y2", &scale[1], &chart->right);
    mcy_text_print(sheet->out, "set xrange [0.5:%zu.5] noextend\nunset xtics\n", chart->points);
    axis_titles(sheet, right);
    time_labels(sheet);
    if (chart->number_row)
        number_row(sheet);
    if (chart->panel_count)
        panel_frames(sheet);
    time_rules(sheet, scale);
    mcy_draw_reach(sheet);
    mcy_blocks blocks = {0};
    for (size_t s = 0; s < chart->series_count; s++)
        mcy_blocks_add(&blocks, chart, s, series_colour(sheet, s));
    mcy_blocks_put(&blocks, sheet->out);
}
