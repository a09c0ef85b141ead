/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of a scenario while it is laid on the inputs; what its readers share. Each refuses
 * in the report and returns false. */
#ifndef MCY_SCENARIO_APPLYING_H
#define MCY_SCENARIO_APPLYING_H

#include "inputs_parts.h"
#include "scenario_parts.h"

/* One line being applied. */
typedef struct applying {
    mcy_arena *arena;
    mcy_inputs *inputs;
    mcy_yaml_report *report;
    const mcy_scenario_line *line;
    const mcy_origin *origin;
    const mcy_symbol *symbol;
    size_t symbol_number, element_count;
    const size_t *elements;
} applying;

/** A quantity in the line's unit. */
bool mcy_applying_amount(applying *a, const mcy_yaml_node *node, mcy_amount *amount);

/** Change one input; the first refusal of a node is enough. */
bool mcy_applying_change(applying *a, size_t input, const mcy_amount *amount,
                         const mcy_yaml_node *node);

/** The month in which the fiscal years of an element end. */
int mcy_applying_year_ends(const applying *a, size_t element);

/** A quarter, or the last one of a year, that 'from', 'until' or 'start' names. */
bool mcy_applying_bound(applying *a, const mcy_yaml_node *node, const char *what,
                        size_t element, bool last, int *quarter);

/** False for an assumption that has no quarters. */
bool mcy_applying_needs_quarters(applying *a, const char *what);

/** The lines 'years' and 'ramp'. */
void mcy_apply_years(applying *a);
void mcy_apply_ramp(applying *a);

#endif
