/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle run --vary: the headline numbers at two values of an assumption. */
#include <string.h>

#include "run_tables.h"

mcy_status mcy_vary_split(mcy_arena *arena, const char *text, const char *edits[2],
                          mcy_error *err)
{
    const char *equals = strchr(text, '='), *colon = equals ? strchr(equals, ':') : NULL;
    if (!equals || !colon || colon == equals + 1 || !colon[1])
        return MCY_FAIL(err, MCY_E_USAGE,
                        "--vary '%s': want PATH=LOW:HIGH, as in response_short.dram=1:1.6",
                        text);
    edits[0] = mcy_arena_copy(arena, text, (size_t)(colon - text));
    edits[1] = mcy_arena_print(arena, "%.*s=%s", (int)(equals - text), text, colon + 1);
    return edits[0] && edits[1] ? MCY_OK : mcy_fail_memory(err);
}

/* The run with the call's own edits and one more. */
static mcy_status run_edited(mcy_call *call, const mcy_study *study, const char *edit,
                             const mcy_path_panel **panel, mcy_error *err)
{
    const char *const *sets;
    size_t count = mcy_call_options(call, "set", &sets);
    const char **all = MCY_TAKE(call->arena, const char *, count + 1);
    mcy_study *edited;
    if (!all)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        all[i] = sets[i];
    all[count] = edit;
    MCY_TRY(mcy_study_with_sets(call, call->operand_count ? call->operands[0] : "base", all,
                                count + 1, study, &edited, err));
    return mcy_study_run(call->arena, edited, NULL, panel, err);
}

static void vary_row(mcy_table *table, const mcy_study *study, const mcy_headlines *lines,
                     size_t i, const mcy_path_panel *const panels[3])
{
    mcy_table_row(table, false);
    mcy_table_text(table, lines->labels[i]);
    const mcy_metric *metric = &lines->metrics[i];
    for (size_t p = 0; p < 3; p++) {
        double value = mcy_path_panel_metric(panels[p], metric);
        char text[MCY_DISPLAY_TEXT], quarter[32];
        mcy_value_text(mcy_model_symbol(study->model, metric->symbol), value, text);
        mcy_quarter_text(study, value, quarter);
        mcy_table_text(table, metric->count ? text : quarter);
    }
}

mcy_status mcy_run_print_vary(mcy_call *call, const mcy_study *study,
                              const mcy_path_panel *panel, const mcy_run_look *look,
                              mcy_error *err)
{
    const char *const *varied;
    size_t count = mcy_call_options(call, "vary", &varied);
    mcy_headlines lines;
    if (count)
        MCY_TRY(mcy_headlines_find(call->arena, study, &lines, err));
    for (size_t v = 0; v < count; v++) {
        const char *edits[2] = {NULL, NULL};
        const mcy_path_panel *panels[3] = {NULL, panel, NULL};
        MCY_TRY(mcy_vary_split(call->arena, varied[v], edits, err));
        MCY_TRY(run_edited(call, study, edits[0], &panels[0], err));
        MCY_TRY(run_edited(call, study, edits[1], &panels[2], err));
        const mcy_table_column columns[4] = {{"headline", {NULL, "headline"}, true, {0}},
                                             {"low", {NULL, edits[0]}, true, {0}},
                                             {"as_it_is", {NULL, "as it is"}, true, {0}},
                                             {"high", {NULL, edits[1]}, true, {0}}};
        mcy_table *table = mcy_table_create(
            call->arena, "vary",
            (mcy_bilingual){NULL, mcy_arena_print(call->arena, "varying %s", varied[v])},
            columns, 4);
        if (!table)
            return mcy_fail_memory(err);
        for (size_t i = 0; i < lines.count; i++)
            vary_row(table, study, &lines, i, panels);
        MCY_TRY(mcy_call_print_table(call, table, look->form, look->language, err));
    }
    return MCY_OK;
}
