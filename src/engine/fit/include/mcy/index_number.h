/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Price indices between periods. For a quantity index hand prices and quantities over swapped.
 */
#ifndef MCY_INDEX_NUMBER_H
#define MCY_INDEX_NUMBER_H

#include <stddef.h>

#include "mcy/status.h"

typedef enum mcy_index_formula {
    MCY_INDEX_LASPEYRES,
    MCY_INDEX_PAASCHE,
    MCY_INDEX_FISHER,
    MCY_INDEX_TORNQVIST,
    MCY_INDEX_SATO_VARTIA,
    MCY_INDEX_WALSH,
    MCY_INDEX_FORMULAS
} mcy_index_formula;

/**
 * Price index of period 1 on period 0.                                                    (D9)
 *
 * Given:     items            >= 1
 *            p0, q0, p1, q1   [items] prices and quantities, > 0
 * Returned:  *index           1 when no price changed
 * Fails:     MCY_E_DOMAIN     a price or quantity that is not above 0 and finite
 * Source:    Balk 2008; Sato 1976, Vartia 1976
 * Checked:   test_index_number.c (IndexNumR's CES data)
 */
mcy_status mcy_index_between(mcy_index_formula formula, size_t items, const double *p0,
                             const double *q0, const double *p1, const double *q1,
                             double *index, mcy_error *err);

/**
 * Series of an index, 1 in the first period: chained from period to period, or on the first.
 *
 * Given:     periods, items   >= 1
 *            price, quantity  [periods * items], period-major
 *            chained          link period to period; else every period against the first
 * Returned:  index            [periods]
 */
mcy_status mcy_index_series(mcy_index_formula formula, size_t periods, size_t items,
                            const double *price, const double *quantity, int chained,
                            double *index, mcy_error *err);

/**
 * GEKS: the geometric mean of all indirect comparisons inside a window, which is transitive;
 * later periods are spliced on at the mean over the overlap.
 *
 * Given:     window           periods in a window, 2 .. periods
 * Returned:  index            [periods], 1 in the first
 * Source:    Ivancic, Diewert and Fox 2011; mean splice: Diewert and Fox 2017
 */
mcy_status mcy_index_geks(mcy_index_formula formula, size_t window, size_t periods,
                          size_t items, const double *price, const double *quantity,
                          double *index, mcy_error *err);

#endif
