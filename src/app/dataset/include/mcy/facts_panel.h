/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From published facts to the panel of one product: which rows enter the decomposition, and how
 * they become ranges of log growth (D1, D4; the choices are argued in docs/decisions/0202). */
#ifndef MCY_FACTS_PANEL_H
#define MCY_FACTS_PANEL_H

#include "mcy/facts.h"
#include "mcy/panel.h"

typedef struct mcy_facts_panel_settings {
    mcy_quarter first;        /* first quarter of growth; 0: 2016Q3 */
    const char *const *firms; /* names, in order; NULL: micron, samsung, skhynix */
    size_t firm_count;
} mcy_facts_panel_settings;

/**
 * The panel of a product from the facts (already filtered by their as-of day).
 *
 *  - bits and price: the winning statement of the firm itself; where it said nothing, the
 * survey's
 *  - revenue in USD: the firm's own levels or growth, whichever is printed more finely, never
 * across a change of basis; KRW growth plus the change of the exchange rate; where the firm
 * publishes none, the survey's growth, its levels, or company revenue times published product
 * share
 *  - contract prices: one statement a quarter, the widest definition, past before forecast,
 * newest
 *  - industry ASP of the supplier survey: a second statement about the market price
 *  - a half-open range ("over 20 %") is five points wide (W1)
 *  - a fiscal quarter is laid on the calendar quarter whose end is nearest; a quarter of 14
 * weeks shifts the mean of bits by log(14/13), and the next one back
 *
 * Given:     product    "dram" or "nand", or any other the facts know
 *            settings   NULL for the defaults
 * Returned:  *panel     in the arena; observation.fact is the index into facts->items
 * Fails:     MCY_E_MISSING   no statement about this product on that day
 *            MCY_E_INPUT     a firm the facts do not know (did you mean)
 * Checked:   test_facts_panel.c
 */
mcy_status mcy_facts_panel(mcy_arena *arena, const mcy_facts *facts, const char *product,
                           const mcy_facts_panel_settings *settings, mcy_panel **panel,
                           mcy_error *err);

/**
 * Log change of a currency's dollar value over a quarter, e of (D1): quarter averages.
 *
 * Returned:  the change; missing when a month is not known
 */
double mcy_facts_fx_change(const mcy_facts *facts, const char *currency, mcy_quarter quarter);

#endif
