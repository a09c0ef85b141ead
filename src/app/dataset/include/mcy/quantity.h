/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantities by the names people type: revenue.micron.dram@FQ2-26. */
#ifndef MCY_QUANTITY_H
#define MCY_QUANTITY_H

#include "mcy/facts.h"

/* metric[_basis].element.element@period; the elements are a company and a product in any order. */
typedef struct mcy_quantity {
    const char *metric, *company, *product;
    int bases; /* 0: any, the metric's rule decides */
    mcy_period period;
    bool has_period; /* false: the latest */
} mcy_quantity;

/* What the facts say about it. */
typedef struct mcy_answer {
    const char *name;            /* the full name, with the basis where it belongs to it */
    const mcy_fact *fact;        /* the winner */
    const mcy_fact *year_before; /* same basis and unit; NULL when there is none */
    mcy_range range;             /* in the fact's unit */
    mcy_range usd_m;             /* of an amount in won; else missing */
    mcy_range growth_frac;       /* on the year before, for amounts; else missing */
    double change_points;        /* on the year before, for percentages; else missing */
    bool laid;                   /* a calendar quarter was asked, a fiscal one answers */
    const mcy_fact *const *rows; /* every row about the same thing, the winner among them */
    size_t row_count;
} mcy_answer;

/**
 * Read a quantity's name. A company left out is 'industry', a product left out 'total' where the
 * facts have one, else the only one there is.
 *
 * Fails:     MCY_E_INPUT   unknown metric, company or product (did you mean), a period that is
 *                          none or could be fiscal or calendar, a basis that must be named
 */
mcy_status mcy_quantity_parse(mcy_arena *arena, const mcy_facts *facts, const char *text,
                              mcy_quantity *quantity, mcy_error *err);

/**
 * Find it. A calendar quarter of a firm with another fiscal year that has no row of its own is
 * answered by the fiscal quarter laid on it.
 *
 * Fails:     MCY_E_MISSING   no row: says for which periods there are some
 */
mcy_status mcy_quantity_answer(mcy_arena *arena, const mcy_facts *facts,
                               const mcy_quantity *quantity, mcy_answer *answer,
                               mcy_error *err);

/** The answer on one line, ready to paste: value, range, year before, source; in the arena. */
const char *mcy_answer_line(mcy_arena *arena, const mcy_answer *answer);

/**
 * A range in its unit, as in "18,768 USD m", "64..66 %", "USD 7.99..8.39 a share", "above 20 %";
 * a number and its rounding are one number. In the arena.
 */
const char *mcy_range_print(mcy_arena *arena, mcy_range range, const char *unit);

/** A fact's own value and unit, printed with the digits it has. */
const char *mcy_fact_print(mcy_arena *arena, const mcy_fact *fact);

#endif
