/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layouts that lie on their side: tornado, points with intervals. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "blocks.h"

enum { MOST_ROWS = 64 };

/* Row names to the left, the first on top, in the given order. */
static void row_names(mcy_sheet *sheet, const size_t *order, size_t rows)
{
    double tall = (sheet->top - sheet->bottom) / (double)rows;
    for (size_t r = 0; r < rows; r++) {
        char text[128];
        mcy_sheet_point(sheet, order[r], text);
        mcy_cut(text, mcy_sheet_names_most(sheet) / sheet->page->tick);
        mcy_sheet_text(sheet, sheet->left - 6, sheet->top - tall * ((double)r + 0.5), 'r',
                       sheet->page->tick, false, mcy_sheet_rgb(sheet, "text"), text);
    }
}

static double name_width(const mcy_sheet *sheet)
{
    double widest = 0;
    for (size_t i = 0; i < sheet->chart->points; i++) {
        char text[128];
        mcy_sheet_point(sheet, i, text);
        widest = fmax(widest, mcy_display_ems(text) * sheet->page->tick);
    }
    return fmin(widest, mcy_sheet_names_most(sheet));
}

/* The widest swing first; equal ones in the order given. */
static size_t tornado_order(const mcy_chart *chart, size_t order[MOST_ROWS])
{
    size_t rows = chart->points < MOST_ROWS ? chart->points : MOST_ROWS;
    for (size_t r = 0; r < rows; r++) {
        double width = fabs(chart->series[1].values[r] - chart->series[0].values[r]);
        size_t at = r;
        while (at && fabs(chart->series[1].values[order[at - 1]] -
                          chart->series[0].values[order[at - 1]]) < width) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = r;
    }
    return rows;
}

/* Outcome, and the input's value in brackets, at the end of a bar. */
static void end_words(const mcy_sheet *sheet, size_t s, size_t i, char text[256])
{
    const mcy_chart_series *series = &sheet->chart->series[s];
    char number[MCY_DISPLAY_TEXT];
    mcy_sheet_value(&sheet->chart->left, series->values[i], number);
    const char *input = series->texts ? mcy_sheet_say(sheet, series->texts[i]) : "";
    snprintf(text, 256, *input ? "%s (%.60s)" : "%s", number, input);
}

/* Width of the widest of these. */
static double end_width(const mcy_sheet *sheet, size_t rows)
{
    double widest = 0;
    for (size_t i = 0; i < rows; i++)
        for (size_t s = 0; s < 2; s++) {
            char text[256];
            end_words(sheet, s, i, text);
            widest = fmax(widest, mcy_display_ems(text) * MCY_SMALL_SIZE);
        }
    return fmin(widest, 0.2 * sheet->page->width);
}

static void tornado_end(mcy_sheet *sheet, const mcy_scale *scale, size_t s, size_t i, double y)
{
    const mcy_chart *chart = sheet->chart;
    double value = chart->series[s].values[i], other = chart->series[1 - s].values[i];
    char text[256];
    end_words(sheet, s, i, text);
    double x = sheet->left +
               (value - scale->low) / (scale->high - scale->low) * (sheet->right - sheet->left);
    bool right = value > other || (value == other && s == 1);
    mcy_sheet_text_clear(sheet, x + (right ? 4 : -4), y, right ? 'l' : 'r', MCY_SMALL_SIZE,
                         false, mcy_sheet_rgb(sheet, "text"), text);
}

static void tornado_rows(mcy_sheet *sheet, const mcy_scale *scale, const size_t *order,
                         size_t rows)
{
    const mcy_chart *chart = sheet->chart;
    mcy_block box = {0};
    double tall = (sheet->top - sheet->bottom) / (double)rows;
    for (size_t r = 0; r < rows; r++) {
        size_t i = order[r];
        double y = (double)(rows - r);
        for (size_t s = 0; s < 2; s++) {
            double value = chart->series[s].values[i];
            uint32_t rgb = mcy_theme_series(sheet->theme, chart->series[s].colour, s)->rgb;
            double row[] = {chart->base, value};
            mcy_box_row(&box, fmin(row[0], row[1]), fmax(row[0], row[1]), y - 0.32, y + 0.32,
                        rgb, rgb);
            tornado_end(sheet, scale, s, i, sheet->top - tall * ((double)r + 0.5));
        }
    }
    mcy_block_put(&box, "box", sheet->out);
}

/* Room right of the plot, so that the last number below it ends where the title's rule ends. */
static double last_tick_room(const mcy_sheet *sheet, const mcy_scale *scale)
{
    return sheet->page->side + mcy_scale_width(sheet, scale, &sheet->chart->left) / 2;
}

static void across_scale(mcy_sheet *sheet, const mcy_scale *scale, size_t rows)
{
    mcy_text_print(sheet->out, "set yrange [0.5:%zu.5] noextend\nunset ytics\n", rows);
    mcy_sheet_scale(sheet, "x", scale, &sheet->chart->left);
    const char *title = mcy_sheet_say(sheet, sheet->chart->left.title);
    mcy_sheet_text(sheet, (sheet->left + sheet->right) / 2, sheet->bottom - 19, 'c',
                   MCY_SMALL_SIZE, false, mcy_sheet_rgb(sheet, "soft"), title);
}

static void series_legend(mcy_sheet *sheet, mcy_legend *legend, mcy_sample sample)
{
    const mcy_chart *chart = sheet->chart;
    for (size_t s = 0; s < chart->series_count; s++) {
        const mcy_colour *colour = mcy_theme_series(sheet->theme, chart->series[s].colour, s);
        legend[s] = (mcy_legend){.sample = sample,
                                 .rgb = colour->rgb,
                                 .dash = 1,
                                 .point = sample == MCY_SAMPLE_BOX ? 0 : colour->point};
        mcy_sheet_name(sheet, &chart->series[s], legend[s].text);
    }
}

void mcy_draw_tornado(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    size_t order[MOST_ROWS], rows = tornado_order(chart, order);
    mcy_span span = {chart->base, chart->base, false};
    for (size_t i = 0; i < rows; i++)
        for (size_t s = 0; s < 2; s++)
            mcy_span_add(&span, chart->series[s].values[i]);
    double left = sheet->page->side + 13 + name_width(sheet);
    double wide = sheet->page->width - left - sheet->page->side - 5;
    double ends = (end_width(sheet, rows) + 6) / wide; /* for the numbers at both ends */
    double room = (span.high - span.low) * ends / (1 - 2 * ends);
    mcy_span_add(&span, span.low - room);
    mcy_span_add(&span, span.high + room);
    mcy_scale scale = mcy_scale_of(span);
    mcy_legend legend[2];
    series_legend(sheet, legend, MCY_SAMPLE_BOX);
    mcy_sheet_frame(sheet, legend, 2, left, last_tick_room(sheet, &scale), 12, 24);
    across_scale(sheet, &scale, rows);
    row_names(sheet, order, rows);
    char number[MCY_DISPLAY_TEXT], base[128];
    mcy_sheet_value(&chart->left, chart->base, number);
    snprintf(base, sizeof base, "%s %s", mcy_sheet_word(sheet, "base"), number);
    double x = sheet->left + (chart->base - scale.low) / (scale.high - scale.low) *
                                 (sheet->right - sheet->left);
    mcy_sheet_line(sheet, x, sheet->bottom, x, sheet->top, mcy_sheet_rgb(sheet, "text"), 1.0,
                   1);
    mcy_sheet_text(sheet, x, sheet->top + 6, 'c', sheet->page->tick, true,
                   mcy_sheet_rgb(sheet, "ink"), base);
    tornado_rows(sheet, &scale, order, rows);
}

/* One point with its interval: an item of its own, so that missing ones leave nothing. */
static void dots_series(mcy_sheet *sheet, const mcy_scale *scale, size_t s, size_t rows,
                        mcy_block *error, mcy_block *full, mcy_block *hollow)
{
    const mcy_chart *chart = sheet->chart;
    const mcy_chart_series *series = &chart->series[s];
    const mcy_colour *colour = mcy_theme_series(sheet->theme, series->colour, s);
    double count = (double)chart->series_count;
    double offset = ((count - 1) / 2 - (double)s) * fmin(0.34, 0.7 / count);
    /* an interval that its own mark covers is not drawn; the same ones in both languages */
    double narrow = 7.5 * (scale->high - scale->low) / sheet->page->width;
    for (size_t i = 0; i < rows; i++) {
        double y = (double)(rows - i) + offset;
        bool interval = series->low && series->high[i] - series->low[i] > narrow;
        if (interval) {
            double row[] = {(series->low[i] + series->high[i]) / 2, y, series->low[i],
                            series->high[i]};
            mcy_block_item(error, colour->rgb, 1, 0);
            mcy_block_row(error, row, 4);
        }
        if (mcy_is_missing(series->values[i]))
            continue;
        bool open = mcy_sheet_unpublished(chart, series, i);
        double row[] = {series->values[i], y};
        mcy_block_item(open ? hollow : full, colour->rgb, 1, colour->point - open);
        mcy_block_row(open ? hollow : full, row, 2);
    }
}

/* The right end of all that is drawn in a row. */
static double row_end(const mcy_chart *chart, size_t i)
{
    mcy_span span = {MCY_MISSING, MCY_MISSING, false};
    for (size_t s = 0; s < chart->series_count; s++) {
        mcy_span_add(&span, chart->series[s].values[i]);
        if (chart->series[s].high)
            mcy_span_add(&span, chart->series[s].high[i]);
    }
    return span.high;
}

/* Texts of a series stand right of everything in their row. */
static void dots_texts(mcy_sheet *sheet, const mcy_scale *scale, size_t rows)
{
    const mcy_chart *chart = sheet->chart;
    double tall = (sheet->top - sheet->bottom) / (double)rows;
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; chart->series[s].texts && i < rows; i++) {
            const mcy_chart_series *series = &chart->series[s];
            const char *text = mcy_sheet_say(sheet, series->texts[i]);
            double end = row_end(chart, i);
            if (!*text || mcy_is_missing(end))
                continue;
            double count = (double)chart->series_count;
            double offset = ((count - 1) / 2 - (double)s) * fmin(0.34, 0.7 / count);
            double x = sheet->left + (end - scale->low) / (scale->high - scale->low) *
                                         (sheet->right - sheet->left);
            double zero = sheet->left - scale->low / (scale->high - scale->low) *
                                            (sheet->right - sheet->left);
            double width = mcy_display_ems(text) * MCY_SMALL_SIZE;
            if (scale->low < 0 && x + 6 < zero + 4 && x + 6 + width > zero - 4)
                x = zero - 2; /* not across the zero line */
            mcy_sheet_text_clear(sheet, x + 6, sheet->top - tall * ((double)i + 0.5 - offset),
                                 'l', MCY_SMALL_SIZE, false, mcy_sheet_rgb(sheet, "text"),
                                 text);
        }
}

/* The high end of a scale that leaves room for the texts right of their rows, the same in both
 * languages. */
static double texts_high(const mcy_sheet *sheet, mcy_span span, size_t rows)
{
    const mcy_chart *chart = sheet->chart;
    double wide = 0.55 * sheet->page->width, high = span.high;
    for (size_t s = 0; s < chart->series_count; s++)
        for (size_t i = 0; chart->series[s].texts && i < rows; i++) {
            const mcy_bilingual *text = &chart->series[s].texts[i];
            double ems = fmax(mcy_display_ems(text->zh), mcy_display_ems(text->en));
            double left = fmax(row_end(chart, i), 0) - span.low;
            if (ems > 0 && !mcy_is_missing(left))
                high = fmax(high,
                            span.low + left * wide /
                                           (wide - 8 - fmin(ems * MCY_SMALL_SIZE, wide / 2)));
        }
    return high;
}

void mcy_draw_dots(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    size_t order[MOST_ROWS], rows = chart->points < MOST_ROWS ? chart->points : MOST_ROWS;
    mcy_span span = {MCY_MISSING, MCY_MISSING, false};
    for (size_t i = 0; i < rows; i++) {
        order[i] = i;
        for (size_t s = 0; s < chart->series_count; s++) {
            const mcy_chart_series *series = &chart->series[s];
            mcy_span_add(&span, series->values[i]);
            if (series->low) {
                mcy_span_add(&span, series->low[i]);
                mcy_span_add(&span, series->high[i]);
            }
        }
    }
    mcy_span_add(&span, texts_high(sheet, span, rows));
    mcy_scale scale =
        chart->left.fixed
            ? (mcy_scale){chart->left.low, chart->left.high,
                          mcy_step_above((chart->left.high - chart->left.low) / 6), 0}
            : mcy_scale_of(span);
    scale.decimals = mcy_step_decimals(scale.step);
    mcy_legend legend[16];
    size_t count = chart->series_count < 16 ? chart->series_count : 16;
    series_legend(sheet, legend, MCY_SAMPLE_LINE);
    mcy_sheet_frame(sheet, legend, count, sheet->page->side + 13 + name_width(sheet),
                    last_tick_room(sheet, &scale), 4, 24);
    across_scale(sheet, &scale, rows);
    row_names(sheet, order, rows);
    dots_texts(sheet, &scale, rows);
    mcy_block error = {0}, full = {0}, hollow = {0};
    for (size_t s = 0; s < count; s++)
        dots_series(sheet, &scale, s, rows, &error, &full, &hollow);
    mcy_block_put(&error, "error", sheet->out);
    mcy_block_put(&full, "full", sheet->out);
    mcy_block_put(&hollow, "hollow", sheet->out);
    if (scale.low < 0 && scale.high > 0)
        mcy_text_add(sheet->out, "set yzeroaxis lt 1 lc rgb TEXT lw 0.9\n");
}
