/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a model: complaints or a model, never a crash; a model that is accepted is laid
 * out, evaluated and printed. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "mcy/evaluate.h"
#include "mcy/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUTS_MOST = 200000 };

static void use(mcy_arena *arena, const mcy_model *model)
{
    mcy_error err = {0};
    mcy_unrolled *u;
    mcy_unroll_options options = {.last = 3, .base = mcy_quarter_of(2026, 1)};
    if (mcy_unroll(arena, model, &options, &u, &err) != MCY_OK ||
        mcy_unrolled_input_count(u) > INPUTS_MOST)
        return;
    double *inputs = MCY_TAKE(arena, double, mcy_unrolled_input_count(u));
    mcy_evaluation *evaluation;
    if (!inputs)
        return;
    mcy_unrolled_defaults(u, inputs);
    mcy_unrolled_check_inputs(u, inputs, &err);
    if (mcy_graph_size(mcy_unrolled_graph(u)) < INPUTS_MOST)
        mcy_evaluate(arena, u, inputs, &evaluation, &err);
    mcy_text text = {0};
    for (size_t i = 0; i < mcy_model_equation_count(model); i++)
        mcy_model_equation_text(model, i, &text);
    mcy_text_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    mcy_arena *arena = mcy_arena_create();
    if (!arena)
        return 0;
    mcy_source source = {"fuzz.eqn", (const char *)data, size};
    const mcy_model *model;
    mcy_report report;
    mcy_error err = {0};
    mcy_status status = mcy_model_read(arena, 1, &source, &model, &report, &err);
    if ((status == MCY_OK) != (model != NULL) || (status == MCY_E_INPUT && !report.error_count))
        abort();
    mcy_text text = {0};
    for (size_t i = 0; i < report.error_count + report.warning_count; i++)
        mcy_diagnostic_print(&report.diagnostics[i], &text);
    mcy_text_release(&text);
    if (model)
        use(arena, model);
    mcy_arena_destroy(arena);
    return 0;
}
