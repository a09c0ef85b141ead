/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waterfalls and heat tables: boxes with their numbers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "blocks.h"

/* Step i from the level before it; a total stands on zero. */
static double fall_level(const mcy_chart *chart, size_t i, double level, double *from)
{
    const mcy_chart_series *series = &chart->series[0];
    bool total = series->flags[i] & MCY_POINT_TOTAL;
    *from = total ? 0 : level;
    return total ? series->values[i] : level + series->values[i];
}

/* The value of a bar above it, or below where it falls under zero. */
static void fall_number(mcy_sheet *sheet, const mcy_scale *scale, size_t i, double from,
                        double to)
{
    const mcy_chart *chart = sheet->chart;
    const mcy_chart_series *series = &chart->series[0];
    bool total = series->flags[i] & MCY_POINT_TOTAL;
    mcy_chart_axis axis = chart->left;
    axis.signed_plus = !total;
    if (!total && axis.unit && !strcmp(axis.unit, "%"))
        axis.unit = "pp"; /* the difference of two percentages */
    char text[MCY_DISPLAY_TEXT];
    mcy_sheet_value(&axis, series->values[i], text);
    double room = (sheet->right - sheet->left) / (double)chart->points;
    double scaled = (sheet->top - sheet->bottom) / (scale->high - scale->low);
    bool under = fmax(from, to) <= 0;
    double edge = under ? fmin(from, to) : fmax(from, to);
    double y = sheet->bottom + (edge - scale->low) * scaled + (under ? -6.5 : 6.5);
    mcy_sheet_text_clear(sheet, sheet->left + room * ((double)i + 0.5), y, 'c',
                         sheet->page->tick, total, mcy_sheet_rgb(sheet, "text"), text);
}

static void fall_boxes(mcy_sheet *sheet, mcy_block *box, mcy_block *ghost, mcy_block *link)
{
    const mcy_chart *chart = sheet->chart;
    const mcy_chart_series *series = &chart->series[0];
    const mcy_colour *total_colour = mcy_theme_series(sheet->theme, series->colour, 0);
    double level = 0;
    for (size_t i = 0; i < chart->points; i++) {
        double from, to = fall_level(chart, i, level, &from);
        bool total = series->flags[i] & MCY_POINT_TOTAL;
        uint32_t rgb =
            total ? total_colour->rgb : mcy_sheet_rgb(sheet, to >= from ? "up" : "down");
        bool light = mcy_sheet_unpublished(chart, series, i);
        double x = (double)i + 1;
        mcy_box_row(light ? ghost : box, x - 0.3, x + 0.3, from, to,
                    light ? mcy_colour_lighter(rgb, MCY_LIGHT_SHARE) : rgb, rgb);
        if (i + 1 < chart->points) {
            mcy_block_item(link, mcy_sheet_rgb(sheet, "soft"), 1, 0);
            double row[2][2] = {{x + 0.3, to}, {x + 0.7, to}};
            mcy_block_row(link, row[0], 2);
            mcy_block_row(link, row[1], 2);
        }
        if (!total) { /* a step too small for a box is still a line */
            mcy_block_item(link, rgb, 1, 0);
            double row[2][2] = {{x - 0.3, to}, {x + 0.3, to}};
            mcy_block_row(link, row[0], 2);
            mcy_block_row(link, row[1], 2);
        }
        level = to;
    }
}

void mcy_draw_waterfall(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    mcy_span span = {MCY_MISSING, MCY_MISSING, true};
    double level = 0, from;
    for (size_t i = 0; i < chart->points; i++) {
        level = fall_level(chart, i, level, &from);
        mcy_span_add(&span, from);
        mcy_span_add(&span, level);
    }
    mcy_scale scale = mcy_scale_of(span);
    double width = sheet->page->side + 7 + mcy_scale_width(sheet, &scale, &chart->left);
    double room = (sheet->page->width - width - sheet->page->side - 3) / (double)chart->points;
    bool titled = *mcy_sheet_say(sheet, chart->left.title);
    mcy_sheet_frame(sheet, NULL, 0, width, sheet->page->side + 3, 14 + (titled ? 9 : 0),
                    5 + 9.2 * (double)mcy_sheet_category_lines(sheet, room));
    mcy_sheet_scale(sheet, "y", &scale, &chart->left);
    mcy_text_print(sheet->out, "set xrange [0.5:%zu.5] noextend\nunset xtics\n", chart->points);
    if (scale.low < 0)
        mcy_text_add(sheet->out, "set xzeroaxis lt 1 lc rgb TEXT lw 0.9\n");
    if (titled)
        mcy_sheet_text(sheet, sheet->page->side, sheet->top + 9, 'l', MCY_SMALL_SIZE, false,
                       mcy_sheet_rgb(sheet, "soft"), mcy_sheet_say(sheet, chart->left.title));
    mcy_sheet_categories(sheet);
    level = 0;
    for (size_t i = 0; i < chart->points; i++) {
        double to = fall_level(chart, i, level, &from);
        fall_number(sheet, &scale, i, from, to);
        level = to;
    }
    mcy_block box = {0}, ghost = {0}, link = {0};
    fall_boxes(sheet, &box, &ghost, &link);
    mcy_block_put(&box, "box", sheet->out);
    mcy_block_put(&ghost, "ghost", sheet->out);
    mcy_block_put(&link, "link", sheet->out);
}

/* Colour between the palette's two ends by share 0..1. */
static uint32_t heat_rgb(const mcy_sheet *sheet, double share)
{
    uint32_t low = mcy_sheet_rgb(sheet, "heat_low"), high = mcy_sheet_rgb(sheet, "heat_high");
    uint32_t out = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        double a = (double)(low >> shift & 0xFF), b = (double)(high >> shift & 0xFF);
        out |= (uint32_t)lround(a + (b - a) * share) << shift;
    }
    return out;
}

static void heat_cells(mcy_sheet *sheet, mcy_block *cell)
{
    const mcy_chart *chart = sheet->chart;
    mcy_span span = {MCY_MISSING, MCY_MISSING, false};
    for (size_t r = 0; r < chart->series_count; r++)
        for (size_t c = 0; c < chart->points; c++)
            mcy_span_add(&span, chart->series[r].values[c]);
    double width = span.high > span.low ? span.high - span.low : 1;
    double wide = (sheet->right - sheet->left) / (double)chart->points;
    double tall = (sheet->top - sheet->bottom) / (double)chart->series_count;
    for (size_t r = 0; r < chart->series_count; r++) {
        double y = (double)(chart->series_count - r);
        for (size_t c = 0; c < chart->points; c++) {
            double value = chart->series[r].values[c], x = (double)c + 1;
            if (mcy_is_missing(value))
                continue;
            uint32_t rgb = heat_rgb(sheet, (value - span.low) / width);
            mcy_box_row(cell, x - 0.5, x + 0.5, y - 0.5, y + 0.5, rgb, 0xFFFFFF);
            char text[MCY_DISPLAY_TEXT];
            mcy_sheet_value(&chart->left, value, text);
            bool base = chart->base_framed && r == chart->base_row && c == chart->base_column;
            mcy_sheet_text(
                sheet, sheet->left + wide * ((double)c + 0.5), sheet->bottom + tall * (y - 0.5),
                'c',
                fmax(MCY_SMALL_SIZE,
                     fmin(sheet->page->legend, (wide - 3) / fmax(1.0, mcy_display_ems(text)))),
                base, mcy_sheet_rgb(sheet, "text"), text);
        }
    }
}

/* Row names left of the table and what they are above them. */
static void heat_rows(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    double tall = (sheet->top - sheet->bottom) / (double)chart->series_count;
    uint32_t rgb = mcy_sheet_rgb(sheet, "text");
    for (size_t r = 0; r < chart->series_count; r++) {
        char text[192];
        mcy_sheet_name(sheet, &chart->series[r], text);
        mcy_cut(text, mcy_sheet_names_most(sheet) / sheet->page->tick);
        mcy_sheet_text(sheet, sheet->left - 6, sheet->top - tall * ((double)r + 0.5), 'r',
                       sheet->page->tick, false, rgb, text);
    }
    double wide = (sheet->right - sheet->left) / (double)chart->points;
    for (size_t c = 0; c < chart->points; c++) {
        char text[128];
        mcy_sheet_point(sheet, c, text);
        mcy_cut(text, (wide - 2) / sheet->page->tick);
        mcy_sheet_text(sheet, sheet->left + wide * ((double)c + 0.5), sheet->top + 8, 'c',
                       sheet->page->tick, false, rgb, text);
    }
    mcy_sheet_text(sheet, sheet->page->side, sheet->top + 8, 'l', MCY_SMALL_SIZE, false,
                   mcy_sheet_rgb(sheet, "soft"), mcy_sheet_say(sheet, chart->left.title));
    mcy_sheet_text(sheet, (sheet->left + sheet->right) / 2, sheet->top + 20, 'c',
                   MCY_SMALL_SIZE, false, mcy_sheet_rgb(sheet, "soft"),
                   mcy_sheet_say(sheet, chart->across));
}

void mcy_draw_heat(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    double names = mcy_display_ems(mcy_sheet_say(sheet, chart->left.title)) * MCY_SMALL_SIZE;
    for (size_t r = 0; r < chart->series_count; r++)
        names = fmax(names, mcy_display_ems(mcy_sheet_say(sheet, chart->series[r].name)) *
                                sheet->page->tick);
    mcy_sheet_frame(sheet, NULL, 0,
                    sheet->page->side + 11 + fmin(names, mcy_sheet_names_most(sheet)),
                    sheet->page->side + 3, 28, 4);
    mcy_text_print(sheet->out,
                   "set xrange [0.5:%zu.5] noextend\nset yrange [0.5:%zu.5] noextend\n"
                   "unset xtics\nunset ytics\n",
                   chart->points, chart->series_count);
    heat_rows(sheet);
    mcy_block cell = {0};
    heat_cells(sheet, &cell);
    if (chart->base_framed) {
        double x = (double)chart->base_column + 1;
        double y = (double)(chart->series_count - chart->base_row);
        mcy_text_print(sheet->out,
                       "set object %u rectangle from first %g,%g to first %g,%g front fs empty "
                       "border lc rgb INK lw 2.4\n",
                       ++sheet->object, x - 0.5, y - 0.5, x + 0.5, y + 0.5);
    }
    mcy_block_put(&cell, "cell", sheet->out);
}
