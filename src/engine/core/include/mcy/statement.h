/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words on bits and on price against the revenue they must make up.                   (D7 b) */
#ifndef MCY_STATEMENT_H
#define MCY_STATEMENT_H

#include <stdbool.h>

#include "mcy/range.h"
#include "mcy/status.h"

/* Growth rates as fractions. */
typedef struct mcy_statement_verdict {
    mcy_range words_frac;         /* (1 + bits)(1 + price) - 1 over all pairs */
    mcy_range implied_price_frac; /* what revenue and the bit words leave for the price */
    mcy_range implied_bits_frac;  /* and the reverse */
    double distance_points;       /* revenue above (+) or below (-) what the words allow, in
                                     percentage points; 0 when they meet */
    bool contradicted;            /* distance_points is not 0 */
} mcy_statement_verdict;

/**
 * Can the words on bits and on price meet the revenue at all?                          (D7 b)
 *
 *     [1 + l_b, 1 + h_b] * [1 + l_p, 1 + h_p]  touches  1 + [revenue]
 *
 * Given:     revenue_frac   growth of revenue with its rounding, low <= high
 *            bits_frac, price_frac   growth in words, low <= high; an open lower end is -1
 * Returned:  *verdict
 * Fails:     MCY_E_MISSING  a range is missing
 *            MCY_E_DOMAIN   a growth below -1, or low above high
 * Notes:     ranges that touch in one point meet; nothing is repaired
 * Checked:   test_statement.c: 1,000 planted contradictions, 10,000 consistent quarters
 */
mcy_status mcy_statement_check(mcy_range revenue_frac, mcy_range bits_frac,
                               mcy_range price_frac, mcy_statement_verdict *verdict,
                               mcy_error *err);

#endif
