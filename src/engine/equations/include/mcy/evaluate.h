/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One scenario, straight from the trees of the equations: no graph, no program. Slow and plain,
 * it is the oracle of programs (which agree to the last bit) and serves explanations. */
#ifndef MCY_EVALUATE_H
#define MCY_EVALUATE_H

#include "mcy/model.h"

typedef struct mcy_evaluation mcy_evaluation;

/**
 * Evaluate a model for one scenario.
 *
 * Given:     arena     owns the evaluation
 *            unrolled  says the quarters and the numbers of the inputs; its graph is not used
 *            inputs    [mcy_unrolled_input_count] values; copied
 * Returned:  *evaluation
 * Fails:     MCY_E_MEMORY
 */
mcy_status mcy_evaluate(mcy_arena *arena, const mcy_unrolled *unrolled, const double *inputs,
                        mcy_evaluation **evaluation, mcy_error *err);

/** Value of a symbol's element in a quarter (ignored where it has one value); missing outside
 *  its quarters. Computed when first asked for: one thread at a time. */
double mcy_evaluated(mcy_evaluation *evaluation, size_t symbol, size_t element, int quarter);

/**
 * The checks that fail, in the order of mcy_unrolled_checks, without those for bounds.
 *
 * Returned:  number of model checks that fail; *first its equation, MCY_NONE when none does
 */
size_t mcy_evaluated_checks(mcy_evaluation *evaluation, size_t *first);

#endif
