/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario files as users write them: read, inherited (from themselves) and laid on a small model. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "mcy/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char model_text[] =
    "unit usd_m, quarter\n"
    "dimension firm = micron, rest\n"
    "dimension product = dram, nand\n"
    "assumption capex[firm] path from -4 hold : usd_m, 0..60000 \"c\" @ \"s\"\n"
    "assumption part[firm, product] : frac, 0..1 = 0.25 \"p\" @ \"s\"\n"
    "assumption shock[product] path : 1, -0.7..0.7 = 0 \"x\" @ \"s\"\n"
    "assumption lag : quarter, 1..20 = 4 \"l\" @ \"s\"\n"
    "variable total[product] : 1 \"t\"\n"
    "T: total[product] = shock[product] + 1\n";

typedef struct input {
    const char *text;
    size_t size;
} input;

static mcy_status load(void *context, mcy_arena *arena, const char *file, const char **text,
                       size_t *size, mcy_error *err)
{
    const input *in = context;
    (void)arena;
    if (strstr(file, "missing"))
        return MCY_FAIL(err, MCY_E_IO, "no '%s' here", file);
    *text = in->text;
    *size = in->size;
    return MCY_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    mcy_source source = {"small.eqn", model_text, strlen(model_text)};
    const mcy_model *model;
    mcy_report report;
    mcy_unrolled *unrolled;
    mcy_inputs *inputs;
    const mcy_scenario *scenario;
    const char *const names[] = {"micron"};
    const int ends[] = {8};
    mcy_calendars calendars = {1, names, ends};
    input in = {mcy_arena_copy(arena, (const char *)data, size), size};
    mcy_scenario_loader loader = {load, &in};
    mcy_unroll_options options = {.last = 8, .base = mcy_quarter_of(2026, 1)};
    if (in.text && mcy_model_read(arena, 1, &source, &model, &report, &err) == MCY_OK &&
        mcy_unroll(arena, model, &options, &unrolled, &err) == MCY_OK &&
        mcy_inputs_create(arena, unrolled, &calendars, &inputs, &err) == MCY_OK &&
        mcy_scenario_load(arena, "folder", "fuzzed", &loader, &scenario, &err) == MCY_OK)
        (void)mcy_scenario_apply(arena, scenario, inputs, &err);
    mcy_arena_destroy(arena);
    return 0;
}
