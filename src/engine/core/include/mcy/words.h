/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words companies publish, as ranges: English, Chinese and Korean.               (W1, W2) */
#ifndef MCY_WORDS_H
#define MCY_WORDS_H

#include <stddef.h>

#include "mcy/range.h"
#include "mcy/status.h"

enum { MCY_WORDS_LONGEST = 400 };

/* unit: "pct", "usd_m", "krw_tn", "cny_bn", "jpy_bn", "weeks", "days", "ratio", "usd" (dollars
 * printed without million or billion), or "" for a bare number. */
typedef struct mcy_words {
    mcy_range range; /* an end nobody stated is infinite */
    const char *unit;
    size_t label;  /* bytes of "for FQ3-26: " before the phrase, not read */
    size_t remark; /* where a remark begins that was not read; n if none */
} mcy_words;

/**
 * A phrase as a range.                                                             (W1, W2)
 *
 *     low/mid/high-single-digit    1..3 / 4..6 / 7..9      low/mid/high-teens 11..13 / 14..16 / 17..19
 *     low-double-digit             10..13                  low/mid/high-20s   20..23 / 24..26 / 27..29
 *     about N %                    N - 0.5..N + 0.5        over N %           N..N + 5
 *     flat                         -0.5..0.5               slightly           0..2
 *     somewhat, modestly           0..3                    slightly over N    N..N + 2
 *     more than N, at least N      N.. (open)              less than N        ..N (open)
 *     A-to-B                       lower end of A, upper end of B
 *     $1.4 billion                 1350..1450 USD m: half the last digit printed
 *     N plus or minus M            N - M..N + M
 *
 * A direction word (down, declined, 下降, 감소) changes the sign. A label before ": " and a remark
 * after a comma, a semicolon or in brackets are not read, except brackets that hold a direction
 * word alone. Any other word that is not known is refused: nothing is guessed.
 *
 * Given:     text, n   UTF-8, at most MCY_WORDS_LONGEST bytes
 * Returned:  *words
 * Fails:     MCY_E_INPUT   unknown word (did you mean), no quantity, contradictory words
 * Source:    MODEL.md W1, W2; docs/decisions/0101
 * Checked:   test_words.c, test_word_rows.c over every row of the facts; fuzz_words.c
 */
mcy_status mcy_words_parse(const char *text, size_t n, mcy_words *words, mcy_error *err);

/**
 * The range of a phrase in another unit: usd as usd_m or usd_per_share, weeks as days, a bare
 * number as anything, otherwise the same unit.
 *
 * Fails:     MCY_E_INPUT   the units do not fit
 */
mcy_status mcy_words_in_unit(const mcy_words *words, const char *unit, mcy_range *range,
                             mcy_error *err);

#endif
