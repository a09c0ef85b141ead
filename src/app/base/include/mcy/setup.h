/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From names to a run: the model's files, a scenario with what it inherits, the facts of its
 * day, the base quarter they give, and the inputs that follow, in one call.
 *
 *     MCY_TRY(mcy_setup_open(arena, home, "bull", NULL, &setup, err));
 *     MCY_TRY(mcy_inputs_set(arena, setup->inputs, "price_shock.dram@2026Q3=0.1", err));
 *     ... mcy_metric_find, compile mcy_unrolled_graph(setup->unrolled), run
 */
#ifndef MCY_SETUP_H
#define MCY_SETUP_H

#include "mcy/arena.h"
#include "mcy/base.h"
#include "mcy/inputs.h"
#include "mcy/model.h"
#include "mcy/scenario.h"
#include "mcy/status.h"

typedef struct mcy_setup {
    const mcy_model *model;
    const mcy_scenario *scenario;
    const mcy_facts *facts;
    const mcy_base *base;
    mcy_unrolled *unrolled;
    mcy_inputs *inputs; /* defaults, then the base quarter's facts, then the scenario's lines */
} mcy_setup;

/* What a caller may say otherwise than the scenario. Zero-initialise. */
typedef struct mcy_setup_options {
    mcy_quarter base; /* another base quarter; 0 = the scenario's */
    mcy_day as_of;    /* another day of the facts; 0 = the scenario's, or all facts */
    size_t horizon;   /* another number of quarters; 0 = the scenario's */
    const char *model; /* another model file; NULL = home/model/memory.eqn */
} mcy_setup_options;

/**
 * Read and resolve everything a run of a scenario needs.
 *
 * Given:     arena      owns all of it
 *            home       the folder that holds model/ and scenarios/
 *            scenario   a name ("bull") or a path
 *            options    NULL for what the scenario says
 * Returned:  *setup
 * Fails:     as the readers of model, scenario and facts, and mcy_base_read
 * Notes:     values missing after all lines are not refused here: mcy_unrolled_check_inputs
 *            before a run names them
 * Checked:   test_setup.c
 */
mcy_status mcy_setup_open(mcy_arena *arena, const char *home, const char *scenario,
                          const mcy_setup_options *options, mcy_setup **setup, mcy_error *err);

/**
 * Lay the base quarter's values on inputs, with the rows they came from.
 *
 * Given:     base     as read from the facts
 *            inputs   over the model of any scenario; elements the model does not have and
 *                     quarters it does not run are passed over
 * Returned:  inputs->values and origins (MCY_ORIGIN_FACT)
 */
mcy_status mcy_base_apply(mcy_arena *arena, const mcy_base *base, mcy_inputs *inputs,
                          mcy_error *err);

/* A reported figure beside what the run gives at the base quarter. */
typedef struct mcy_base_finding {
    const mcy_base_target *target;
    double value;      /* of the run; missing where the model has no such thing */
    double difference; /* value - reported */
    bool met;          /* within half the last printed digit */
} mcy_base_finding;

/**
 * What the base quarter meets and what it does not.
 *
 * Given:     value, context   gives the run's value of a path at the base quarter, or missing
 * Returned:  *findings        [setup's base->target_count], in their order
 */
mcy_status mcy_base_compare(mcy_arena *arena, const mcy_base *base,
                            double (*value)(void *context, const char *path), void *context,
                            const mcy_base_finding **findings, mcy_error *err);

#endif
