/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract-price surveys by product and quarter: what was printed first and what last. */
#ifndef MCY_PRICE_PRINTS_H
#define MCY_PRICE_PRINTS_H

#include "mcy/facts.h"

/* All that surveys said of one product's contract price in one quarter. */
typedef struct mcy_price_print {
    const char *product;    /* "dram", "dram_incl_hbm", "nand_essd" */
    const char *generation; /* "DDR4" where the words speak of one only; "" else */
    mcy_quarter quarter;
    const mcy_fact *first, *last;
    size_t count;        /* rows; first = last when 1 */
    bool first_is_older; /* the first was already old on its day: its words say so */
} mcy_price_print;

/**
 * The first and the last print of every product and quarter.
 *
 *  - a forecast comes before a result; a row that words call an older view ("earlier forecast",
 *    "January 2026 view") before one they do not, unless it repeats that one; then by the day
 * it was known; then as in the files
 *  - a row of DRAM whose words say conventional, incl. HBM or server belongs to that product
 *  - a row about one memory generation is a line of its own: DDR4 and DDR5 side by side are no
 *    revision of each other
 *
 * Given:     facts    as of any day: what was not known then is not there
 * Returned:  *prints, *count   by product, generation and quarter
 * Notes:     a day that is assumed (fact.published_assumed) may be out of order
 * Checked:   test_price_prints.c
 */
mcy_status mcy_price_prints_find(mcy_arena *arena, const mcy_facts *facts,
                                 const mcy_price_print **prints, size_t *count, mcy_error *err);

/** The line of a product, generation and quarter; NULL when nothing was printed. */
const mcy_price_print *mcy_price_prints_at(const mcy_price_print *prints, size_t count,
                                           const char *product, const char *generation,
                                           mcy_quarter quarter);

/**
 * How a move grew from first print to last: the median of last over first, of the middles of
 * their ranges, over the lines with two rows or more, closed ranges and a first that is not 0.
 *
 * Returned:  the ratio, missing when no line counts; *lines how many did
 */
double mcy_price_prints_growth(mcy_arena *arena, const mcy_price_print *prints, size_t count,
                               size_t *lines);

#endif
