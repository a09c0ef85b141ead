/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of facts_panel share. */
#ifndef MCY_FACTS_PANEL_INSIDE_H
#define MCY_FACTS_PANEL_INSIDE_H

#include "mcy/facts_panel.h"

typedef struct panel_build {
    mcy_arena *arena;
    const mcy_facts *facts;
    const char *product;
    mcy_quarter first;
    size_t quarters;
    mcy_panel_firm *firm;
    mcy_panel_observation *observation;
    size_t count, capacity;
} panel_build;

/** Log range of a growth in percent; false when it says no number. */
bool panel_growth_range(const mcy_fact *fact, double *low, double *high);

/** The place of a fact's quarter among quarters + 1 slots, slot 0 being the quarter before the
 *  first; NULL when it is no quarter of the panel. */
const mcy_fact **panel_slot(const panel_build *b, const mcy_fact **slots, const mcy_fact *fact);

/** The winning fact of each quarter, slot 0 being the quarter before the first. */
mcy_status panel_series(panel_build *b, const char *company, const char *product,
                        const char *metric, int bases, const mcy_fact ***slots, mcy_error *err);

/** Append an observation. */
mcy_status panel_add(panel_build *b, mcy_panel_kind kind, mcy_panel_source source, int firm,
                     size_t t, double low, double high, const mcy_fact *fact, mcy_error *err);

/** Revenue of a firm, in USD. */
mcy_status panel_add_revenue(panel_build *b, int firm, mcy_error *err);

/** Statements about the market's price. */
mcy_status panel_add_contracts(panel_build *b, mcy_error *err);

#endif
