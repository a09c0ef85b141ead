/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as files and as JSON. */
#include "run_files.h"

#include <string.h>

#include "mcy/csv.h"
#include "mcy/file.h"
#include "mcy/number.h"
#include "mcy/period.h"

/* ---- tidy CSV ------------------------------------------------------------------------------ */

static void csv_line(const mcy_study *study, const mcy_symbol *symbol, const char *path,
                     const char *period, double value, mcy_text *text)
{
    if (mcy_is_missing(value))
        return;
    mcy_csv_add(text, study->name);
    mcy_csv_add(text, symbol->name);
    mcy_csv_add(text, path);
    mcy_csv_add(text, symbol->unit);
    mcy_csv_add(text, period);
    mcy_csv_add_number(text, value);
    mcy_csv_end(text);
}

static void csv_element(const mcy_study *study, const mcy_path_panel *panel, size_t number,
                        size_t element, mcy_text *text)
{
    const mcy_symbol *symbol = mcy_model_symbol(study->model, number);
    const char *names[16];
    char path[256] = "", period[32];
    size_t used = 0;
    mcy_model_element_names(study->model, number, element, names);
    for (size_t i = 0; i < symbol->dimension_count && used < sizeof path - 64; i++)
        used += (size_t)snprintf(path + used, sizeof path - used, "%s%.60s", i ? "." : "",
                                 names[i]);
    if (!symbol->path) {
        csv_line(study, symbol, path, "", mcy_path_panel_value(panel, number, element, 0),
                 text);
        return;
    }
    for (int q = 0; q <= panel->last; q++) {
        mcy_quarter_format(study->base_quarter + q, period);
        csv_line(study, symbol, path, period, mcy_path_panel_value(panel, number, element, q),
                 text);
    }
    if (symbol->year == MCY_YEAR_NONE)
        return;
    int ends = mcy_calendars_of(study->inputs->calendars, study->model, number, element);
    const int calendars[2] = {MCY_CALENDAR_YEAR, ends};
    for (size_t k = 0; k < (ends == MCY_CALENDAR_YEAR ? 1u : 2u); k++) {
        mcy_year years[110];
        size_t n = mcy_years_of(study, calendars[k], 110, years);
        for (size_t i = 0; i < n; i++)
            csv_line(study, symbol, path, years[i].name,
                     mcy_path_panel_year(panel, number, element, 4, years[i].quarters), text);
    }
}

void mcy_run_csv(const mcy_study *study, const mcy_path_panel *panel, mcy_text *text,
                 bool heading)
{
    if (heading)
        mcy_text_add(text, "scenario,name,elements,unit,period,value\n");
    for (size_t s = 0; s < mcy_model_symbol_count(study->model); s++) {
        const mcy_symbol *symbol = mcy_model_symbol(study->model, s);
        if (symbol->kind == MCY_SYMBOL_CONSTANT || symbol->dimension_count > 16)
            continue;
        for (size_t e = 0; e < symbol->element_count; e++)
            csv_element(study, panel, s, e, text);
    }
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void json_quarters(const mcy_path_panel *panel, size_t number, size_t element, int first,
                          mcy_json *json)
{
    const mcy_symbol *symbol = mcy_model_symbol(mcy_unrolled_model(panel->unrolled), number);
    if (!symbol->path) {
        mcy_json_number(json, mcy_path_panel_value(panel, number, element, 0));
        return;
    }
    mcy_json_array(json);
    for (int q = first; q <= panel->last; q++)
        mcy_json_number(json, mcy_path_panel_value(panel, number, element, q));
    mcy_json_close_array(json);
}

/* Arrays nested by dimension, then by quarter. */
static size_t json_nested(const mcy_path_panel *panel, size_t number, size_t depth,
                          size_t element, int first, mcy_json *json)
{
    const mcy_model *model = mcy_unrolled_model(panel->unrolled);
    const mcy_symbol *symbol = mcy_model_symbol(model, number);
    if (depth == symbol->dimension_count) {
        json_quarters(panel, number, element, first, json);
        return element + 1;
    }
    size_t members = mcy_model_dimension(model, symbol->dimensions[depth])->element_count;
    mcy_json_array(json);
    for (size_t i = 0; i < members; i++)
        element = json_nested(panel, number, depth + 1, element, first, json);
    mcy_json_close_array(json);
    return element;
}

static void json_symbol(const mcy_path_panel *panel, size_t number, int first, mcy_json *json)
{
    const mcy_model *model = mcy_unrolled_model(panel->unrolled);
    const mcy_symbol *symbol = mcy_model_symbol(model, number);
    mcy_json_name(json, symbol->name);
    mcy_json_object(json);
    mcy_json_name(json, "kind");
    mcy_json_text(json, mcy_symbol_kind_name(symbol->kind));
    mcy_json_name(json, "unit");
    mcy_json_text(json, symbol->unit);
    mcy_json_name(json, "dimensions");
    mcy_json_array(json);
    for (size_t i = 0; i < symbol->dimension_count; i++)
        mcy_json_text(json, mcy_model_dimension(model, symbol->dimensions[i])->name);
    mcy_json_close_array(json);
    if (symbol->path) {
        mcy_json_name(json, "first");
        mcy_json_count(json, first);
    }
    mcy_json_name(json, "values");
    json_nested(panel, number, 0, 0, first, json);
    mcy_json_close_object(json);
}

static void json_dimensions(const mcy_model *model, mcy_json *json)
{
    mcy_json_name(json, "dimensions");
    mcy_json_object(json);
    for (size_t d = 0; d < mcy_model_dimension_count(model); d++) {
        const mcy_dimension *dimension = mcy_model_dimension(model, d);
        mcy_json_name(json, dimension->name);
        mcy_json_array(json);
        for (size_t e = 0; e < dimension->element_count; e++)
            mcy_json_text(json, dimension->elements[e]);
        mcy_json_close_array(json);
    }
    mcy_json_close_object(json);
}

static void json_quarter_names(const mcy_study *study, mcy_json *json)
{
    char quarter[32];
    mcy_json_name(json, "quarters");
    mcy_json_array(json);
    for (int q = 0; q <= mcy_unrolled_last(study->unrolled); q++) {
        mcy_quarter_format(study->base_quarter + q, quarter);
        mcy_json_text(json, quarter);
    }
    mcy_json_close_array(json);
}

void mcy_run_json(const mcy_call *call, const mcy_study *study, const mcy_path_panel *panel,
                  mcy_json *json)
{
    mcy_json_object(json);
    mcy_json_name(json, "manifest");
    mcy_manifest_json(call, study, json);
    json_quarter_names(study, json);
    json_dimensions(study->model, json);
    mcy_json_name(json, "values");
    mcy_json_object(json);
    for (size_t s = 0; s < mcy_model_symbol_count(study->model); s++)
        if (panel->first[s] != MCY_NONE)
            json_symbol(panel, s, 0, json);
    mcy_json_close_object(json);
    mcy_json_close_object(json);
}

/* Where the values of a symbol come from, each place once. */
static void json_origins(const mcy_study *study, size_t number, mcy_json *json)
{
    const mcy_origin *told = NULL;
    const mcy_symbol *symbol = mcy_model_symbol(study->model, number);
    mcy_json_name(json, symbol->name);
    mcy_json_array(json);
    for (size_t e = 0; e < symbol->element_count; e++) {
        int last = symbol->path ? mcy_unrolled_last(study->unrolled) : 0;
        for (int q = symbol->path ? symbol->first : 0; q <= last; q++) {
            size_t input = mcy_unrolled_input(study->unrolled, number, e, q);
            const mcy_origin *origin = study->inputs->origins[input];
            if (origin == told)
                continue;
            told = origin;
            mcy_text line;
            mcy_text_init(&line);
            mcy_unrolled_place_text(study->unrolled,
                                    mcy_unrolled_input_place(study->unrolled, input), &line);
            mcy_text_print(&line, ": %s%s%s%s", origin->where ? origin->where : "",
                           origin->why && *origin->why ? ": " : "",
                           origin->why ? origin->why : "",
                           origin->judged ? " (judgement)" : "");
            mcy_json_text(json, mcy_text_view(&line));
            mcy_text_release(&line);
        }
    }
    mcy_json_close_array(json);
}

static bool is_input(const mcy_symbol *symbol)
{
    return symbol->kind == MCY_SYMBOL_ASSUMPTION || symbol->kind == MCY_SYMBOL_FACT;
}

/* The members that hold values: quarters, dimensions, constants and inputs. */
static mcy_status json_values(mcy_arena *arena, const mcy_study *study, mcy_json *json,
                              mcy_error *err)
{
    mcy_path_panel panel = {.unrolled = study->unrolled,
                            .last = mcy_unrolled_last(study->unrolled),
                            .inputs = study->inputs->values};
    size_t symbols = mcy_model_symbol_count(study->model);
    panel.first = MCY_TAKE(arena, size_t, symbols);
    if (!panel.first)
        return mcy_fail_memory(err);
    for (size_t s = 0; s < symbols; s++)
        panel.first[s] = MCY_NONE;
    json_quarter_names(study, json);
    mcy_json_name(json, "base_quarter_of_year");
    mcy_json_count(json, mcy_quarter_number(study->base_quarter));
    json_dimensions(study->model, json);
    mcy_json_name(json, "inputs");
    mcy_json_object(json);
    for (size_t s = 0; s < symbols; s++) {
        const mcy_symbol *symbol = mcy_model_symbol(study->model, s);
        if (symbol->kind == MCY_SYMBOL_CONSTANT || is_input(symbol))
            json_symbol(&panel, s, symbol->path ? symbol->first : 0, json);
    }
    mcy_json_close_object(json);
    return MCY_OK;
}

mcy_status mcy_inputs_json(const mcy_call *call, const mcy_study *study, mcy_json *json,
                           mcy_error *err)
{
    mcy_json_object(json);
    mcy_json_name(json, "manifest");
    mcy_manifest_json(call, study, json);
    MCY_TRY(json_values(call->arena, study, json, err));
    mcy_json_name(json, "origins");
    mcy_json_object(json);
    for (size_t s = 0; s < mcy_model_symbol_count(study->model); s++)
        if (is_input(mcy_model_symbol(study->model, s)))
            json_origins(study, s, json);
    mcy_json_close_object(json);
    mcy_json_close_object(json);
    return MCY_OK;
}

mcy_status mcy_inputs_values(mcy_arena *arena, const mcy_study *study, const char **values,
                             mcy_error *err)
{
    mcy_text text;
    mcy_json json;
    mcy_text_init(&text);
    mcy_json_begin(&json, &text);
    mcy_json_object(&json);
    mcy_status status = json_values(arena, study, &json, err);
    mcy_json_close_object(&json);
    if (status == MCY_OK)
        status = mcy_text_status(&text, err);
    *values = status == MCY_OK ? mcy_arena_copy(arena, mcy_text_view(&text), text.size) : NULL;
    mcy_text_release(&text);
    return status != MCY_OK || *values ? status : mcy_fail_memory(err);
}

/* ---- files --------------------------------------------------------------------------------- */

static mcy_status write_text(mcy_call *call, const char *folder, const char *name,
                             mcy_text *text, mcy_error *err)
{
    char *path = mcy_path_join(call->arena, folder, name);
    mcy_status status = path ? mcy_file_write_text(path, text, err) : mcy_fail_memory(err);
    mcy_text_release(text);
    return status;
}

static mcy_status write_one(mcy_call *call, const char *folder, const mcy_study *study,
                            const mcy_path_panel *panel, mcy_error *err)
{
    mcy_text text;
    mcy_json json;
    char *csv = mcy_arena_print(call->arena, "%s.csv", study->name);
    char *run = mcy_arena_print(call->arena, "%s.json", study->name);
    char *inputs = mcy_arena_print(call->arena, "%s-inputs.json", study->name);
    char *manifest = mcy_arena_print(call->arena, "%s-manifest.json", study->name);
    if (!csv || !run || !inputs || !manifest)
        return mcy_fail_memory(err);
    mcy_text_init(&text);
    mcy_run_csv(study, panel, &text, true);
    MCY_TRY(write_text(call, folder, csv, &text, err));
    mcy_text_init(&text);
    mcy_json_begin(&json, &text);
    mcy_run_json(call, study, panel, &json);
    MCY_TRY(write_text(call, folder, run, &text, err));
    mcy_text_init(&text);
    mcy_json_begin(&json, &text);
    MCY_TRY(mcy_inputs_json(call, study, &json, err));
    MCY_TRY(write_text(call, folder, inputs, &text, err));
    mcy_text_init(&text);
    mcy_json_begin(&json, &text);
    mcy_manifest_json(call, study, &json);
    return write_text(call, folder, manifest, &text, err);
}

mcy_status mcy_run_write(mcy_call *call, const char *folder, size_t count,
                         mcy_study *const *studies, const mcy_path_panel *const *panels,
                         mcy_error *err)
{
    MCY_TRY(mcy_folder_make(folder, err));
    for (size_t i = 0; i < count; i++)
        MCY_TRY(write_one(call, folder, studies[i], panels[i], err));
    return MCY_OK;
}
