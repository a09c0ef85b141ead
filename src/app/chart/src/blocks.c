/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a chart over periods as gnuplot data blocks. */
#include "blocks.h"

#include <stdio.h>

mcy_mark mcy_series_mark(const mcy_chart *chart, const mcy_chart_series *series)
{
    if (series->mark != MCY_MARK_AUTO)
        return series->mark;
    if (chart->kind == MCY_CHART_COLUMNS)
        return series->right ? MCY_MARK_LINE : MCY_MARK_BAR;
    if (chart->kind == MCY_CHART_STACKED)
        return series->right ? MCY_MARK_LINE : MCY_MARK_STACK;
    if (!series->values)
        return chart->kind == MCY_CHART_GAP ? MCY_MARK_GAP : MCY_MARK_BAND;
    return MCY_MARK_LINE;
}

void mcy_block_item(mcy_block *block, uint32_t rgb, int dash, int point)
{
    if (block->items++)
        mcy_text_add(&block->rows, "\n\n");
    const char *gap = block->items > 1 ? " " : "";
    mcy_text_print(&block->ink, "%s#%06X", gap, rgb);
    mcy_text_print(&block->dash, "%s%d", gap, dash);
    mcy_text_print(&block->point, "%s%d", gap, point);
}

void mcy_block_row(mcy_block *block, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        /* 12 digits: 59.99999999999998 would fall off an axis that begins at 60 */
        mcy_text_print(&block->rows, "%s%.12g", i ? " " : "", numbers[i]);
    }
    mcy_text_add(&block->rows, "\n");
}

void mcy_block_break(mcy_block *block)
{
    size_t n = block->rows.size;
    if (n >= 2 && block->rows.bytes[n - 2] != '\n')
        mcy_text_add(&block->rows, "\n");
}

void mcy_box_row(mcy_block *block, double x0, double x1, double y0, double y1, uint32_t fill,
                 uint32_t outline)
{
    double row[] = {(x0 + x1) / 2, (y0 + y1) / 2, x0, x1, fmin(y0, y1), fmax(y0, y1)};
    for (size_t i = 0; i < 6; i++) {
        mcy_script_number(&block->rows, row[i]);
        mcy_text_add(&block->rows, " ");
    }
    mcy_text_print(&block->rows, "0x%06X 0x%06X\n", fill, outline);
    block->items = 1;
}

/* The list of words of a block: NAME_INK = '…'. */
static void put_list(const char *name, const char *what, const mcy_text *words, mcy_text *out)
{
    mcy_text_print(out, "%s_%s = '%s'\n", name, what, mcy_text_view(words));
}

void mcy_block_put(mcy_block *block, const char *name, mcy_text *out)
{
    if (block->rows.size) {
        mcy_text_print(out, "$%s << EOD\n%sEOD\n%s_ITEMS = %zu\n", name,
                       mcy_text_view(&block->rows), name, block->items);
        if (block->ink.size) {
            put_list(name, "INK", &block->ink, out);
            put_list(name, "DASH", &block->dash, out);
            put_list(name, "POINT", &block->point, out);
        }
    }
    out->failed = out->failed || block->rows.failed || block->ink.failed;
    mcy_text_release(&block->rows);
    mcy_text_release(&block->ink);
    mcy_text_release(&block->dash);
    mcy_text_release(&block->point);
}

void mcy_blocks_put(mcy_blocks *blocks, mcy_text *out)
{
    static const char *const names[2][MCY_BLOCK_KINDS] = {
        {"area1", "line1", "full1", "hollow1", "error1"},
        {"area2", "line2", "full2", "hollow2", "error2"}};
    for (size_t a = 0; a < 2; a++)
        for (size_t k = 0; k < MCY_BLOCK_KINDS; k++)
            mcy_block_put(&blocks->of[a][k], names[a][k], out);
    mcy_block_put(&blocks->box, "box", out);
    mcy_block_put(&blocks->ghost, "ghost", out);
    mcy_block_put(&blocks->gap, "gap", out);
}

static bool has_point(const mcy_chart_series *series, size_t i)
{
    return !mcy_is_missing(series->values[i]);
}

static bool has_interval(const mcy_chart_series *series, size_t i)
{
    return series->low && !mcy_is_missing(series->low[i]) && !mcy_is_missing(series->high[i]);
}

static void add_area(mcy_block *block, const mcy_chart *chart, const mcy_chart_series *series,
                     uint32_t rgb)
{
    mcy_block_item(block, rgb, 1, 0);
    for (size_t i = 0; i < chart->points; i++) {
        double row[] = {(double)i + 1, series->low[i], series->high[i]};
        if (has_interval(series, i))
            mcy_block_row(block, row, 3);
        else
            mcy_block_break(block);
    }
}

/* Pieces of one kind: both ends published, or one of them an estimate (dashed). */
static void add_pieces(mcy_block *block, const mcy_chart *chart, const mcy_chart_series *series,
                       const mcy_colour *colour, bool estimates)
{
    bool begun = false, open = false;
    for (size_t i = 1; i < chart->points; i++) {
        bool there = has_point(series, i - 1) && has_point(series, i);
        bool estimate =
            mcy_sheet_estimate(chart, series, i) || mcy_sheet_estimate(chart, series, i - 1);
        if (!there || estimate != estimates) {
            open = false;
            continue;
        }
        if (!begun)
            mcy_block_item(block, colour->rgb, estimates ? 2 : colour->dash, colour->point);
        else if (!open)
            mcy_block_break(block);
        double from[] = {(double)i, series->values[i - 1]};
        double to[] = {(double)i + 1, series->values[i]};
        if (!open)
            mcy_block_row(block, from, 2);
        mcy_block_row(block, to, 2);
        begun = open = true;
    }
}

static void add_points(mcy_blocks *blocks, const mcy_chart *chart,
                       const mcy_chart_series *series, const mcy_colour *colour, double offset)
{
    for (int hollow = 0; hollow < 2; hollow++) {
        mcy_block *block =
            &blocks->of[series->right][hollow ? MCY_BLOCK_HOLLOW : MCY_BLOCK_FULL];
        bool begun = false;
        for (size_t i = 0; i < chart->points; i++) {
            if (!has_point(series, i) ||
                mcy_sheet_unpublished(chart, series, i) != (hollow == 1))
                continue;
            if (!begun)
                mcy_block_item(block, colour->rgb, colour->dash, colour->point - hollow);
            begun = true;
            double row[] = {(double)i + 1 + offset, series->values[i]};
            mcy_block_row(block, row, 2);
        }
    }
}

static void add_line(mcy_blocks *blocks, const mcy_chart *chart, const mcy_chart_series *series,
                     const mcy_colour *colour)
{
    mcy_block *kinds = blocks->of[series->right];
    if (series->low)
        add_area(&kinds[MCY_BLOCK_AREA], chart, series, mcy_colour_lighter(colour->rgb, 0.78));
    add_pieces(&kinds[MCY_BLOCK_LINE], chart, series, colour, false);
    add_pieces(&kinds[MCY_BLOCK_LINE], chart, series, colour, true);
    if (chart->points <= BLOCKS_MANY_POINTS)
        add_points(blocks, chart, series, colour, 0);
}

static void add_step(mcy_blocks *blocks, const mcy_chart *chart, const mcy_chart_series *series,
                     const mcy_colour *colour)
{
    mcy_block *block = &blocks->of[series->right][MCY_BLOCK_LINE];
    for (int estimates = 0; estimates < 2; estimates++) {
        bool begun = false, open = false;
        for (size_t i = 0; i < chart->points; i++) {
            if (!has_point(series, i) ||
                mcy_sheet_estimate(chart, series, i) != (estimates == 1)) {
                open = false;
                continue;
            }
            if (!begun)
                mcy_block_item(block, colour->rgb, estimates ? 2 : colour->dash, 0);
            else if (!open)
                mcy_block_break(block);
            double from[] = {(double)i + 0.5, series->values[i]};
            double to[] = {(double)i + 1.5, series->values[i]};
            mcy_block_row(block, from, 2);
            mcy_block_row(block, to, 2);
            begun = open = true;
        }
    }
}

/* The dashed line from the last published value of another series to the first estimate. */
static void add_link(mcy_block *block, const mcy_chart *chart, const mcy_chart_series *series,
                     double offset)
{
    const mcy_chart_series *from = series->link ? &chart->series[series->link - 1] : NULL;
    size_t last = chart->points, first = 0;
    for (size_t i = 0; from && from->values && i < chart->points; i++)
        if (has_point(from, i) && !mcy_sheet_estimate(chart, from, i))
            last = i;
    if (last >= chart->points)
        return;
    for (first = last + 1; first < chart->points && !has_point(series, first);)
        first++;
    if (first >= chart->points)
        return;
    double rows[2][2] = {{(double)last + 1, from->values[last]},
                         {(double)first + 1 + offset, series->values[first]}};
    mcy_block_item(block, 0x6B6B6B, 2, 0);
    mcy_block_row(block, rows[0], 2);
    mcy_block_row(block, rows[1], 2);
}

/* Points with error bars stand beside one another, not on top. */
static void add_dodged(mcy_blocks *blocks, const mcy_chart *chart, size_t s,
                       const mcy_colour *colour)
{
    const mcy_chart_series *series = &chart->series[s];
    size_t all = 0, before = 0;
    for (size_t k = 0; k < chart->series_count; k++)
        if (mcy_series_mark(chart, &chart->series[k]) == MCY_MARK_POINT) {
            before += k < s;
            all++;
        }
    double offset = ((double)before - ((double)all - 1) / 2) * 0.2;
    mcy_block *block = &blocks->of[series->right][MCY_BLOCK_ERROR];
    bool begun = false;
    for (size_t i = 0; series->low && i < chart->points; i++) {
        if (!has_point(series, i) || !has_interval(series, i))
            continue;
        if (!begun)
            mcy_block_item(block, colour->rgb, 1, 0);
        begun = true;
        double row[] = {(double)i + 1 + offset, series->values[i], series->low[i],
                        series->high[i]};
        mcy_block_row(block, row, 4);
    }
    add_link(&blocks->of[series->right][MCY_BLOCK_LINE], chart, series, offset);
    add_points(blocks, chart, series, colour, offset);
}

static void add_bar(mcy_blocks *blocks, const mcy_chart *chart, size_t s, bool stack,
                    const mcy_colour *colour)
{
    const mcy_chart_series *series = &chart->series[s];
    size_t slots = 0, slot = 0;
    bool stacks = false;
    for (size_t k = 0; k < chart->series_count; k++) {
        mcy_mark mark = mcy_series_mark(chart, &chart->series[k]);
        slot += mark == MCY_MARK_BAR && k < s;
        slots += mark == MCY_MARK_BAR;
        stacks = stacks || mark == MCY_MARK_STACK;
    }
    slots += stacks;
    double width = 0.72 / (double)slots;
    for (size_t i = 0; i < chart->points; i++) {
        double value = series->values[i], from = 0;
        if (mcy_is_missing(value))
            continue;
        for (size_t k = 0; stack && k < s; k++) {
            const mcy_chart_series *below = &chart->series[k];
            if (mcy_series_mark(chart, below) == MCY_MARK_STACK && below->values[i] * value > 0)
                from += below->values[i];
        }
        double x = (double)i + 1 - 0.36 + width * (double)(stack ? slots - 1 : slot);
        bool ghost = mcy_sheet_unpublished(chart, series, i);
        mcy_box_row(ghost ? &blocks->ghost : &blocks->box, x, x + width, from, from + value,
                    ghost ? mcy_colour_lighter(colour->rgb, MCY_LIGHT_SHARE) : colour->rgb,
                    colour->rgb);
    }
}

void mcy_blocks_add(mcy_blocks *blocks, const mcy_chart *chart, size_t s,
                    const mcy_colour *colour)
{
    const mcy_chart_series *series = &chart->series[s];
    mcy_mark mark = mcy_series_mark(chart, series);
    if (mark == MCY_MARK_BAR || mark == MCY_MARK_STACK)
        add_bar(blocks, chart, s, mark == MCY_MARK_STACK, colour);
    else if (mark == MCY_MARK_BAND)
        add_area(&blocks->of[series->right][MCY_BLOCK_AREA], chart, series, colour->rgb);
    else if (mark == MCY_MARK_GAP)
        add_area(&blocks->gap, chart, series, colour->rgb);
    else if (mark == MCY_MARK_STEP)
        add_step(blocks, chart, series, colour);
    else if (mark == MCY_MARK_POINT)
        add_dodged(blocks, chart, s, colour);
    else
        add_line(blocks, chart, series, colour);
}
