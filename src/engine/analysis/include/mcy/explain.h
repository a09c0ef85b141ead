/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose doing is a difference: Shapley values over the assumptions that differ. */
#ifndef MCY_EXPLAIN_H
#define MCY_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/status.h"

enum { MCY_EXPLAIN_EXACT = 12, MCY_EXPLAIN_ORDERS = 512 };

/**
 * The metric with some drivers switched from their old to their new value.
 *
 * Given:     count      cases
 *            switched   [count * drivers] true where a driver has its new value
 * Returned:  values     [count]
 */
typedef mcy_status mcy_explain_value(void *context, size_t count, const bool *switched,
                                     double *values, mcy_error *err);

typedef struct mcy_explanation {
    size_t drivers;
    bool exact;    /* all subsets; else sampled orders */
    size_t orders; /* of a sampled one */
    size_t cases;  /* values asked for */
    double before, after;
    double *share; /* [drivers] adds to after - before within rounding */
    double *error; /* [drivers] standard error of a sampled share, 0 when exact */
    double *alone; /* [drivers] switched alone from the old case */
    double *last;  /* [drivers] switched last into the new case */
} mcy_explanation;

/**
 * Split value(all new) - value(all old) over the drivers by Shapley values: the mean, over all
 * orders in which they could be switched, of what each adds when its turn comes.
 *
 * Given:     drivers   1 or more; up to MCY_EXPLAIN_EXACT by all 2^n subsets, beyond that by
 *                      orders drawn in pairs (one and its reverse) from the seed
 *            orders    to be drawn, 0 = MCY_EXPLAIN_ORDERS; raised to an even number
 * Fails:     MCY_E_NUMERIC   a case has no value
 * Notes:     adds up to the difference to rounding, however few orders are drawn
 * Source:    Shapley 1953; Castro, Gomez and Tejada 2009 for the sampling
 * Checked:   test_solve.c
 */
mcy_status mcy_explain(mcy_arena *arena, size_t drivers, mcy_explain_value *value,
                       void *context, size_t orders, uint64_t seed,
                       mcy_explanation *explanation, mcy_error *err);

#endif
