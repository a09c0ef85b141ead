/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The equation engine as an evaluator: axes act on inputs of an unrolled model. */
#ifndef MCY_MODEL_EVALUATOR_H
#define MCY_MODEL_EVALUATOR_H

#include "mcy/evaluator.h"
#include "mcy/model.h"

/* What an axis does to an input: takes its place, is added to it, multiplies it. */
typedef enum mcy_effect { MCY_EFFECT_VALUE, MCY_EFFECT_ADD, MCY_EFFECT_TIMES } mcy_effect;

/* An axis acts on one input; an axis may act on many inputs, several axes on one (in order). */
typedef struct mcy_model_effect {
    size_t axis, input;
    mcy_effect effect;
} mcy_model_effect;

typedef struct mcy_model_request {
    mcy_unrolled *unrolled;
    const double *inputs; /* [input_count] of the base scenario */
    size_t axis_count;
    const char *const *axes; /* [axis_count] names */
    size_t effect_count;
    const mcy_model_effect *effects;
    size_t output_count;
    const char *const *output_names;
    const mcy_node *outputs;
    bool without_checks; /* leave the checks of the model out */
    mcy_variant variant;
} mcy_model_request;

/**
 * Compile the model for its axes and outputs.
 *
 * Given:     arena    owns the evaluator; what the request points to must live as long
 * Returned:  *evaluator   a run fails where an input leaves its bounds, where a variable is not
 *                         finite, where a check of the model does not hold that speaks only of
 *                         what the outputs depend on (others cannot reach them)
 * Fails:     as mcy_program_compile
 * Checked:   test_model_sweep.c
 */
mcy_status mcy_evaluator_model(mcy_arena *arena, const mcy_model_request *request,
                               mcy_evaluator **evaluator, mcy_error *err);

/** What the compiled program is made of. */
mcy_program_facts mcy_evaluator_model_facts(const mcy_evaluator *evaluator);

#endif
