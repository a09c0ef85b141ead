/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where lines first reach a level: an upright line at the period, its name and date above. */
#include <math.h>
#include <stdio.h>

#include "blocks.h"

#define ROW_HEIGHT 9.0

enum { MOST_MARKS = 8 };

/* One line that reaches the level. */
typedef struct reach_mark {
    size_t series, row;
    double x, middle, width; /* of the period, and of the text above it */
    char text[256];
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

static reach_plan plan_marks(const mcy_sheet *sheet, double left, double right)
{
    const mcy_chart *chart = sheet->chart;
    const mcy_sheet_page *page = sheet->page;
    reach_plan plan = {.count = 0};
    for (size_t s = 0; s < chart->series_count && plan.count < MOST_MARKS; s++) {
        size_t at = mcy_chart_reached(chart, &chart->series[s]);
        if (at >= chart->points)
            continue;
        reach_mark *mark = &plan.marks[plan.count];
        char period[128];
        mcy_sheet_point(sheet, at, period);
        snprintf(mark->text, sizeof mark->text, "%.100s %s",
                 mcy_sheet_say(sheet, chart->series[s].name), period);
        mark->series = s;
        mark->width = mcy_display_ems(mark->text) * MCY_SMALL_SIZE;
        mark->x = left + (right - left) * ((double)at + 0.5) / (double)chart->points;
        mark->middle = fmin(fmax(mark->x, page->side + mark->width / 2),
                            page->width - page->side - mark->width / 2);
        mark->row = free_row(&plan, mark);
        plan.rows = mark->row + 1 > plan.rows ? mark->row + 1 : plan.rows;
        plan.count++;
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
        mcy_sheet_line(sheet, mark->x, sheet->bottom, mark->x,
                       sheet->top + ROW_HEIGHT * (double)mark->row + 3, rgb, 1.0, 1);
        mcy_sheet_text(sheet, mark->middle, sheet->top + 8 + ROW_HEIGHT * (double)mark->row,
                       'c', MCY_SMALL_SIZE, false, mcy_sheet_rgb(sheet, "text"), mark->text);
    }
}
