/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with a unit as a person writes them, read for an assumption whose unit is known. */
#ifndef MCY_AMOUNT_H
#define MCY_AMOUNT_H

#include <stddef.h>

#include "mcy/status.h"

/* What a written quantity does to the value below it. */
typedef enum mcy_change {
    MCY_CHANGE_VALUE, /* stands in its place: 30%, 25 bn USD, 1.5 */
    MCY_CHANGE_ADD,   /* is added: 10pp, +5 kwpm */
    MCY_CHANGE_TIMES  /* multiplies: ×0.9, and +10% of what is no percentage itself */
} mcy_change;

typedef struct mcy_amount {
    mcy_change change;
    double size; /* in the assumption's unit; a factor for TIMES */
} mcy_amount;

/**
 * Read a quantity.
 *
 *     30%  -5%          the value itself, of a fraction (unit frac); of an index (unit 1)
 *                       only without a sign
 *     +10%  -5%         of anything else: a tenth more, a twentieth less
 *     10pp  -25 bp      points added, of a fraction or an index
 *     ×0.9  x0.9  *0.9  times
 *     +5 kwpm           added
 *     25 bn USD  $25bn  250 亿美元  1475 KRW/USD  6 quarters  18 months  60 m USD/kwpm
 *
 * Given:     text, n   blanks around it are ignored; U+2212 is a minus
 *            unit      of the assumption, as its declaration writes it: "frac", "usd_m/kwpm"
 *            least     lowest value allowed: a fraction that cannot be negative has no "-5%"
 * Returned:  *amount   rounded once from the decimal text where the scale is a power of ten
 * Fails:     MCY_E_INPUT  not a number (the likely slip is named), no unit or another one (with
 *                         an example of the right one), "+10%" of a fraction: it could mean
 *                         two things
 * Checked:   test_amount.c, fuzz_amount.c
 */
mcy_status mcy_amount_parse(const char *text, size_t n, const char *unit, double least,
                            mcy_amount *amount, mcy_error *err);

/** An example of the unit, for messages: "30%", "25 bn USD", "6 quarters", "1.5". */
const char *mcy_amount_example(const char *unit);

enum { MCY_AMOUNT_TEXT = 64 };

/** A value in its unit as one would write it, to ten digits: "30%", "25000 usd_m", "1.5". */
void mcy_amount_print(double value, const char *unit, char out[MCY_AMOUNT_TEXT]);

/** A change as one would write it: "30%", "+10pp", "×0.9". */
void mcy_amount_show(const mcy_amount *amount, const char *unit, char out[MCY_AMOUNT_TEXT]);

/** The value that a change makes of the one below it. */
double mcy_amount_apply(const mcy_amount *amount, double below);

#endif
