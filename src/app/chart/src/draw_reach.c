/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where lines first reach a level: an upright line at the period, its name and date above. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "blocks.h"

#define ROW_HEIGHT 9.0

enum { MOST_MARKS = 8 };

/* The lines that reach the level in one period. */
typedef struct reach_mark {
    size_t series, point, row; /* the first of them */
    double x, middle, width;   /* of the period, and of the text above it */
    char names[256], text[400];
} reach_mark;

typedef struct reach_plan {
    reach_mark marks[MOST_MARKS];
    size_t count, rows;
} reach_plan;

/* The lowest row in which a text lies on none before it. */
static size_t free_row(const reach_plan *plan, const reach_mark *mark)
{
    for (size_t row = 0;; row++) {
        bool taken = false;
        for (size_t i = 0; i < plan->count; i++) {
            const reach_mark *other = &plan->marks[i];
            double apart = (other->width + mark->width) / 2 + 6;
            taken = taken || (other->row == row && fabs(other->middle - mark->middle) < apart);
        }
        if (!taken)
            return row;
    }
}

/* The mark of a period: the one that is there, or a new one; NULL when there are too many. */
static reach_mark *mark_of(reach_plan *plan, size_t point, size_t series)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->marks[i].point == point)
            return &plan->marks[i];
    if (plan->count == MOST_MARKS)
        return NULL;
    plan->marks[plan->count] = (reach_mark){.point = point, .series = series};
    return &plan->marks[plan->count++];
}

/* "Base, bull 2Q27E": who reaches the level, and when. */
static void name_marks(const mcy_sheet *sheet, reach_plan *plan)
{
    const mcy_chart *chart = sheet->chart;
    for (size_t s = 0; s < chart->series_count; s++) {
        size_t at = mcy_chart_reached(chart, &chart->series[s]);
        reach_mark *mark = at < chart->points ? mark_of(plan, at, s) : NULL;
        size_t used = mark ? strlen(mark->names) : 0;
        if (mark)
            snprintf(mark->names + used, sizeof mark->names - used, "%s%.60s",
                     !used                       ? ""
                     : sheet->language == MCY_ZH ? "、"
                                                 : ", ",
                     mcy_sheet_say(sheet, chart->series[s].name));
    }
}

static reach_plan plan_marks(const mcy_sheet *sheet, double left, double right)
{
    const mcy_sheet_page *page = sheet->page;
    reach_plan all = {.count = 0}, plan = {.count = 0};
    name_marks(sheet, &all);
    for (; plan.count < all.count; plan.count++) {
        reach_mark *mark = &plan.marks[plan.count];
        char period[128];
        *mark = all.marks[plan.count];
        mcy_sheet_point(sheet, mark->point, period);
        snprintf(mark->text, sizeof mark->text, "%s %s", all.marks[plan.count].names, period);
        mark->width = mcy_display_ems(mark->text) * MCY_SMALL_SIZE;
        mark->x =
            left + (right - left) * ((double)mark->point + 0.5) / (double)sheet->chart->points;
        mark->middle = fmin(fmax(mark->x, page->side + mark->width / 2),
                            page->width - page->side - mark->width / 2);
        mark->row = free_row(&plan, mark);
        plan.rows = mark->row + 1 > plan.rows ? mark->row + 1 : plan.rows;
    }
    return plan;
}

double mcy_reach_height(const mcy_sheet *sheet, double left, double right)
{
    size_t rows = plan_marks(sheet, left, right).rows;
    return rows ? 2 + ROW_HEIGHT * (double)rows : 0;
}

void mcy_draw_reach(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    reach_plan plan = plan_marks(sheet, sheet->left, sheet->right);
    for (size_t i = 0; i < plan.count; i++) {
        const reach_mark *mark = &plan.marks[i];
        const mcy_chart_series *series = &chart->series[mark->series];
        uint32_t rgb = mcy_theme_series(sheet->theme, series->colour, mark->series)->rgb;
        mcy_sheet_line(sheet, mark->x, sheet->bottom, mark->x, sheet->top + 3, rgb, 1.0, 1);
        mcy_sheet_text(sheet, mark->middle, sheet->top + 8 + ROW_HEIGHT * (double)mark->row,
                       'c', MCY_SMALL_SIZE, false, mcy_sheet_rgb(sheet, "text"), mark->text);
    }
}
