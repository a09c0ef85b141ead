/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies compiled for the inputs that vary; assumptions turned by one number. */
#include "mcy/study_lanes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"

mcy_status mcy_study_lanes_create(mcy_arena *arena, const mcy_study *study,
                                  size_t varying_count, const size_t *varying,
                                  size_t output_count, const mcy_node *nodes, bool gradient,
                                  mcy_study_lanes **lanes, mcy_error *err)
{
    mcy_study_lanes *made = MCY_TAKE(arena, mcy_study_lanes, 1);
    size_t *kept = MCY_TAKE(arena, size_t, varying_count);
    if (!made || !kept)
        return mcy_fail_memory(err);
    if (varying_count)
        memcpy(kept, varying, varying_count * sizeof *kept);
    *made = (mcy_study_lanes){.study = study,
                              .varying_count = varying_count,
                              .varying = kept,
                              .output_count = output_count};
    mcy_program_request request = {.graph = mcy_unrolled_graph(study->unrolled),
                                   .base = study->inputs->values,
                                   .varying_count = varying_count,
                                   .varying = kept,
                                   .output_count = output_count,
                                   .outputs = nodes,
                                   .check_count = mcy_unrolled_check_count(study->unrolled),
                                   .checks = mcy_unrolled_check_nodes(study->unrolled),
                                   .gradient = gradient};
    MCY_TRY(mcy_program_compile(arena, &request, &made->program, err));
    MCY_TRY(mcy_scratch_create(arena, made->program, &made->scratch, err));
    *lanes = made;
    return MCY_OK;
}

mcy_status mcy_study_lanes_one(const mcy_study_lanes *lanes, const double *inputs,
                               double *outputs, mcy_error *err)
{
    const double *in[1024];
    double *out[256];
    mcy_fault fault = {.kind = MCY_FAULT_NONE};
    if (lanes->varying_count > 1024 || lanes->output_count > 256)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "%zu inputs and %zu outputs are more than one lane holds",
                        lanes->varying_count, lanes->output_count);
    for (size_t i = 0; i < lanes->varying_count; i++)
        in[i] = &inputs[i];
    for (size_t i = 0; i < lanes->output_count; i++)
        out[i] = &outputs[i];
    mcy_program_run(lanes->program, lanes->scratch, 1, in, out, &fault);
    return mcy_study_fault(lanes->study, &fault, mcy_unrolled_checks(lanes->study->unrolled),
                           err);
}

/* ---- knobs --------------------------------------------------------------------------------- */

static mcy_status read_end(const mcy_knob *knob, const char *text, size_t n, double *x,
                           mcy_error *err)
{
    mcy_amount amount;
    const mcy_symbol *symbol = knob->selection.symbol;
    const char *unit = knob->factor ? "1" : symbol->unit;
    MCY_TRY(mcy_amount_parse(text, n, unit, knob->factor ? 0 : symbol->low, &amount, err));
    if (knob->factor)
        *x = amount.size;
    else
        *x = mcy_amount_apply(&amount, knob->now);
    return MCY_OK;
}

static mcy_status read_range(const char *range, mcy_knob *knob, mcy_error *err)
{
    const char *dots = strstr(range, "..");
    double low, high;
    if (!dots)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' is no range: write low..high, as in 5%%..30%%",
                        range);
    MCY_TRY(read_end(knob, range, (size_t)(dots - range), &low, err));
    MCY_TRY(read_end(knob, dots + 2, strlen(dots + 2), &high, err));
    if (!(low < high) || low < knob->low || high > knob->high) {
        char from[MCY_AMOUNT_TEXT], to[MCY_AMOUNT_TEXT];
        mcy_knob_text(knob, knob->low, from);
        mcy_knob_text(knob, knob->high, to);
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' must rise and stay within %s to %s", range,
                        from, to);
    }
    knob->low = low;
    knob->high = high;
    return MCY_OK;
}

/* The factors that keep every input of the knob within its bounds. */
static void factor_bounds(const mcy_study *study, mcy_knob *knob)
{
    const mcy_symbol *symbol = knob->selection.symbol;
    knob->low = 0.2;
    knob->high = 5;
    for (size_t i = 0; i < knob->selection.count; i++) {
        double value = study->inputs->values[knob->selection.inputs[i]];
        if (value > 0) {
            knob->low = fmax(knob->low, symbol->low / value);
            knob->high = fmin(knob->high, symbol->high / value);
        } else if (value < 0) {
            knob->low = fmax(knob->low, symbol->high / value);
            knob->high = fmin(knob->high, symbol->low / value);
        }
    }
}

/* Without quarters a path is turned from the quarter after the base on. */
static void leave_past(const mcy_study *study, mcy_knob *knob, size_t *kept)
{
    size_t count = 0;
    for (size_t i = 0; i < knob->selection.count; i++) {
        mcy_place place = mcy_unrolled_input_place(study->unrolled, knob->selection.inputs[i]);
        bool past = place.quarter != MCY_EVERY_QUARTER && place.quarter < 1;
        if (!knob->selection.whole || !past)
            kept[count++] = knob->selection.inputs[i];
    }
    knob->selection.inputs = kept;
    knob->selection.count = count;
}

mcy_status mcy_knob_parse(mcy_arena *arena, const mcy_study *study, const char *text,
                          mcy_knob *knob, mcy_error *err)
{
    const char *equals = strchr(text, '=');
    size_t n = equals ? (size_t)(equals - text) : strlen(text);
    *knob = (mcy_knob){.name = mcy_arena_copy(arena, text, n)};
    if (!knob->name)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_inputs_select(arena, study->inputs, text, n, &knob->selection, err));
    size_t *kept = MCY_TAKE(arena, size_t, knob->selection.count);
    if (!kept)
        return mcy_fail_memory(err);
    leave_past(study, knob, kept);
    if (!knob->selection.count)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' has no quarter after the base", knob->name);
    const mcy_symbol *symbol = knob->selection.symbol;
    knob->now = study->inputs->values[kept[0]];
    for (size_t i = 1; i < knob->selection.count; i++)
        knob->factor = knob->factor || study->inputs->values[kept[i]] != knob->now;
    knob->low = symbol->low;
    knob->high = symbol->high;
    if (knob->factor) {
        knob->now = 1;
        factor_bounds(study, knob);
    }
    if (equals)
        return read_range(equals + 1, knob, err);
    if (!isfinite(knob->low) || !isfinite(knob->high))
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' has no bounds: write %s=low..high", knob->name,
                        knob->name);
    if (!(knob->low < knob->high))
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' cannot be turned: it stands at a bound",
                        knob->name);
    return MCY_OK;
}

double mcy_knob_value(const mcy_study *study, const mcy_knob *knob, size_t input, double x)
{
    return knob->factor ? study->inputs->values[input] * x : x;
}

void mcy_knob_text(const mcy_knob *knob, double x, char out[MCY_AMOUNT_TEXT])
{
    if (knob->factor)
        snprintf(out, MCY_AMOUNT_TEXT, "×%.6g", x);
    else
        mcy_amount_print(x, knob->selection.symbol->unit, out);
}
