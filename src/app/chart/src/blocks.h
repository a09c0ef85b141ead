/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of a chart over periods as gnuplot data blocks, one per primitive, with word lists
 * of their colours beside them. Private to the chart floor. */
#ifndef MCY_CHART_BLOCKS_H
#define MCY_CHART_BLOCKS_H

#include "sheet.h"

/* More points than this and lines are drawn without marks. */
#define BLOCKS_MANY_POINTS 34

/* One primitive on one axis: items are separated by two blank lines (gnuplot's index). */
typedef struct mcy_block {
    mcy_text rows, ink, dash, point;
    size_t items;
} mcy_block;

enum {
    MCY_BLOCK_AREA,
    MCY_BLOCK_LINE,
    MCY_BLOCK_FULL,
    MCY_BLOCK_HOLLOW,
    MCY_BLOCK_ERROR,
    MCY_BLOCK_KINDS
};

typedef struct mcy_blocks {
    mcy_block of[2][MCY_BLOCK_KINDS]; /* by axis */
    mcy_block box, ghost, gap;        /* left axis */
} mcy_blocks;

/** How a series is drawn: its mark, or what its kind of chart does. */
mcy_mark mcy_series_mark(const mcy_chart *chart, const mcy_chart_series *series);

/** Add series s as its mark. */
void mcy_blocks_add(mcy_blocks *blocks, const mcy_chart *chart, size_t s,
                    const mcy_colour *colour);

/** Write all blocks and lists; releases them. */
void mcy_blocks_put(mcy_blocks *blocks, mcy_text *out);

/* Rows of one box x y xlow xhigh ylow yhigh and colours, for every layout with boxes. A ghost is
 * light with an outline: an estimate or an inferred value. */
void mcy_box_row(mcy_block *block, double x0, double x1, double y0, double y1, uint32_t fill,
                 uint32_t outline);

/** $NAME << EOD … EOD, NAME_ITEMS and the lists; nothing for an empty block. Releases it. */
void mcy_block_put(mcy_block *block, const char *name, mcy_text *out);

/** Colours and dashes of the block's items: call once an item, before its rows. */
void mcy_block_item(mcy_block *block, uint32_t rgb, int dash, int point);

/** One row of numbers. */
void mcy_block_row(mcy_block *block, const double *numbers, size_t count);

/** A break in a line: one blank line. */
void mcy_block_break(mcy_block *block);

#endif
