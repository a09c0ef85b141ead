/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One variable against another in order of time, with dates where there is room for them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "blocks.h"

enum { MOST_POINTS = 256, MOST_SERIES = 16 };

#define TEXT_HEIGHT 8.0

/* A place on the page in points. */
typedef struct path_place {
    double x, y;
} path_place;

/* Points in order and the boxes of the dates put so far. */
typedef struct path_plan {
    path_place points[MOST_POINTS];
    size_t count;
    path_place zero; /* where the zero lines run */
    struct {
        double left, right, bottom, top;
    } boxes[MOST_POINTS];
    size_t box_count;
} path_plan;

static double apart(double low, double high, double value)
{
    return value < low ? low - value : value > high ? value - high : 0;
}

/* How much the box of point own is in the way: other dates make it impossible, points and the
 * line cost, and a point that it could be taken to name. */
static double box_cost(const path_plan *plan, size_t own, double left, double right,
                       double bottom, double top)
{
    const path_place *mine = &plan->points[own];
    double cost = 0, near = hypot(apart(left, right, mine->x), apart(bottom, top, mine->y));
    if (plan->zero.x > left - 1 && plan->zero.x < right + 1)
        cost += 5;
    if (plan->zero.y > bottom && plan->zero.y < top)
        cost += 5;
    for (size_t i = 0; i < plan->box_count; i++)
        if (left < plan->boxes[i].right + 3 && right > plan->boxes[i].left - 3 &&
            bottom < plan->boxes[i].top && top > plan->boxes[i].bottom)
            return (double)INFINITY;
    for (size_t i = 0; i < plan->count; i++) {
        const path_place *a = &plan->points[i],
                         *b = &plan->points[i + 1 < plan->count ? i + 1 : i];
        double far = hypot(apart(left, right, a->x), apart(bottom, top, a->y));
        if (far < 3)
            cost += 4;
        else if (i != own && far < 1.3 * near && hypot(a->x - mine->x, a->y - mine->y) > 12)
            cost += 5;
        for (int k = 1; k < 16; k++) { /* along the line to the next point */
            double x = a->x + (b->x - a->x) * k / 16, y = a->y + (b->y - a->y) * k / 16;
            cost += x > left && x < right && y > bottom && y < top;
        }
    }
    return cost;
}

/* Put the date of point i at the side where it is least in the way; nowhere if that is too much
 * for a date that need not be there. */
static void put_date(mcy_sheet *sheet, path_plan *plan, size_t i, bool must, const char *text)
{
    static const struct {
        double x, y;
        char align;
    } sides[] = {{6, 0, 'l'}, {-6, 0, 'r'}, {0, 9, 'c'},  {0, -9, 'c'},
                 {5, 8, 'l'}, {-5, 8, 'r'}, {5, -8, 'l'}, {-5, -8, 'r'}};
    double width = mcy_display_ems(text) * MCY_SMALL_SIZE, best = must ? (double)INFINITY : 5;
    size_t chosen = sizeof sides / sizeof *sides, at = plan->box_count;
    for (size_t s = 0; s < sizeof sides / sizeof *sides && at < MOST_POINTS; s++) {
        double x = plan->points[i].x + sides[s].x, y = plan->points[i].y + sides[s].y;
        double left = sides[s].align == 'l'   ? x
                      : sides[s].align == 'r' ? x - width
                                              : x - width / 2;
        if (left < sheet->left || left + width > sheet->page->width - 4 ||
            y - TEXT_HEIGHT / 2 < sheet->bottom || y + TEXT_HEIGHT / 2 > sheet->top + 4)
            continue;
        double cost =
            box_cost(plan, i, left, left + width, y - TEXT_HEIGHT / 2, y + TEXT_HEIGHT / 2);
        if (cost >= best)
            continue;
        best = cost;
        chosen = s;
        plan->boxes[at].left = left;
        plan->boxes[at].right = left + width;
        plan->boxes[at].bottom = y - TEXT_HEIGHT / 2;
        plan->boxes[at].top = y + TEXT_HEIGHT / 2;
    }
    if (chosen == sizeof sides / sizeof *sides)
        return;
    plan->box_count++;
    mcy_sheet_text_clear(sheet, plan->points[i].x + sides[chosen].x,
                         plan->points[i].y + sides[chosen].y, sides[chosen].align,
                         MCY_SMALL_SIZE, false, mcy_sheet_rgb(sheet, "text"), text);
}

static bool there(const mcy_chart_series *series, size_t i)
{
    return !mcy_is_missing(series->x[i]) && !mcy_is_missing(series->values[i]);
}

/* The line in pieces: published, or with an end that is an estimate, dashed. */
static void path_line(const mcy_chart *chart, const mcy_chart_series *series,
                      const mcy_colour *colour, bool estimates, mcy_block *line)
{
    bool begun = false;
    for (size_t i = 1; i < chart->points; i++) {
        bool estimate =
            mcy_sheet_estimate(chart, series, i) || mcy_sheet_estimate(chart, series, i - 1);
        if (!there(series, i - 1) || !there(series, i) || estimate != estimates)
            continue;
        double from[] = {series->x[i - 1], series->values[i - 1]};
        double to[] = {series->x[i], series->values[i]};
        if (!begun)
            mcy_block_item(line, colour->rgb, estimates ? 2 : colour->dash, 0);
        else
            mcy_block_break(line);
        begun = true;
        mcy_block_row(line, from, 2);
        mcy_block_row(line, to, 2);
    }
}

static void path_points(const mcy_chart *chart, const mcy_chart_series *series,
                        const mcy_colour *colour, bool open, mcy_block *block)
{
    bool begun = false;
    for (size_t i = 0; i < chart->points; i++) {
        if (!there(series, i) || mcy_sheet_unpublished(chart, series, i) != open)
            continue;
        double row[] = {series->x[i], series->values[i]};
        if (!begun)
            mcy_block_item(block, colour->rgb, 1, colour->point - open);
        begun = true;
        mcy_block_row(block, row, 2);
    }
}

/* Dates: the first and the last before those between them. */
static void path_dates(mcy_sheet *sheet, const mcy_chart_series *series,
                       const mcy_scale *across, const mcy_scale *up)
{
    const mcy_chart *chart = sheet->chart;
    double wide = sheet->right - sheet->left, tall = sheet->top - sheet->bottom;
    path_plan plan = {.zero = {sheet->left - across->low / (across->high - across->low) * wide,
                               sheet->bottom - up->low / (up->high - up->low) * tall}};
    size_t of[MOST_POINTS];
    for (size_t i = 0; i < chart->points && plan.count < MOST_POINTS; i++) {
        if (!there(series, i))
            continue;
        double x = (series->x[i] - across->low) / (across->high - across->low);
        double y = (series->values[i] - up->low) / (up->high - up->low);
        of[plan.count] = i;
        plan.points[plan.count++] =
            (path_place){sheet->left + x * wide, sheet->bottom + y * tall};
    }
    for (size_t k = 0; series->texts && k < plan.count; k++) {
        size_t i = k == 0 ? 0 : k == 1 ? plan.count - 1 : k - 1;
        const char *words = mcy_sheet_say(sheet, series->texts[of[i]]);
        char text[128];
        snprintf(text, sizeof text, "%.120s%s", words,
                 mcy_sheet_estimate(chart, series, of[i]) ? "E" : "");
        if (*words)
            put_date(sheet, &plan, i, k < 2, text);
    }
}

static mcy_scale path_scale(const mcy_chart_axis *axis, mcy_span span)
{
    if (!axis->fixed)
        return mcy_scale_of(span);
    double step = mcy_step_above((axis->high - axis->low) / 6);
    return (mcy_scale){axis->low, axis->high, step, mcy_step_decimals(step)};
}

static void path_axes(mcy_sheet *sheet, const mcy_scale *x, const mcy_scale *y)
{
    const mcy_chart *chart = sheet->chart;
    mcy_sheet_scale(sheet, "x", x, &chart->right); /* of a path: the horizontal axis */
    mcy_sheet_scale(sheet, "y", y, &chart->left);
    uint32_t soft = mcy_sheet_rgb(sheet, "soft");
    mcy_sheet_text(sheet, (sheet->left + sheet->right) / 2, sheet->bottom - 19, 'c',
                   MCY_SMALL_SIZE, false, soft, mcy_sheet_say(sheet, chart->across));
    mcy_sheet_text(sheet, sheet->page->side, sheet->top + 10, 'l', MCY_SMALL_SIZE, false, soft,
                   mcy_sheet_say(sheet, chart->left.title));
    if (y->low < 0 && y->high > 0)
        mcy_text_add(sheet->out, "set xzeroaxis lt 1 lc rgb TEXT lw 0.9\n");
    if (x->low < 0 && x->high > 0)
        mcy_text_add(sheet->out, "set yzeroaxis lt 1 lc rgb TEXT lw 0.9\n");
}

/* Where the next point leaves no room for the first date, a place for it at the left. */
static void room_for_first(const mcy_sheet *sheet, const mcy_chart_series *series,
                           mcy_span *across)
{
    size_t at[2], found = 0;
    for (size_t i = 0; i < sheet->chart->points && found < 2; i++)
        if (there(series, i))
            at[found++] = i;
    if (found < 2 || !series->texts)
        return;
    double share = (mcy_display_ems(mcy_sheet_say(sheet, series->texts[at[0]])) + 1) *
                   MCY_SMALL_SIZE / (0.85 * sheet->page->width);
    double wide = across->high - across->low, first = series->x[at[0]];
    if (first - across->low < share * wide && fabs(series->x[at[1]] - first) < share * wide)
        mcy_span_add(across, first - share * wide / (1 - share));
}

void mcy_draw_path(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    size_t count = chart->series_count < MOST_SERIES ? chart->series_count : MOST_SERIES;
    mcy_span across = {MCY_MISSING, MCY_MISSING, false}, up = across;
    mcy_legend legend[MOST_SERIES];
    for (size_t s = 0; s < count; s++) {
        const mcy_chart_series *series = &chart->series[s];
        const mcy_colour *colour = mcy_theme_series(sheet->theme, series->colour, s);
        legend[s] = (mcy_legend){
            .sample = MCY_SAMPLE_LINE, .rgb = colour->rgb, .dash = 1, .point = colour->point};
        mcy_sheet_name(sheet, series, legend[s].text);
        for (size_t i = 0; i < chart->points; i++)
            if (there(series, i)) {
                mcy_span_add(&across, series->x[i]);
                mcy_span_add(&up, series->values[i]);
            }
    }
    for (size_t s = 0; s < count; s++)
        room_for_first(sheet, &chart->series[s], &across);
    mcy_scale x = path_scale(&chart->right, across), y = path_scale(&chart->left, up);
    mcy_sheet_frame(sheet, legend, count > 1 ? count : 0,
                    sheet->page->side + 9 + mcy_scale_width(sheet, &y, &chart->left),
                    sheet->page->side + mcy_scale_width(sheet, &x, &chart->right) / 2, 14, 26);
    path_axes(sheet, &x, &y);
    mcy_block line = {0}, full = {0}, hollow = {0};
    for (size_t s = 0; s < count; s++) {
        const mcy_chart_series *series = &chart->series[s];
        const mcy_colour *colour = mcy_theme_series(sheet->theme, series->colour, s);
        path_line(chart, series, colour, false, &line);
        path_line(chart, series, colour, true, &line);
        path_points(chart, series, colour, false, &full);
        path_points(chart, series, colour, true, &hollow);
        path_dates(sheet, series, &x, &y);
    }
    mcy_block_put(&line, "line", sheet->out);
    mcy_block_put(&full, "full", sheet->out);
    mcy_block_put(&hollow, "hollow", sheet->out);
}
