/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle describe: the table of assumptions, and what one is set to. */
#include "command.h"

#include <string.h>

#include "mcy/number.h"
#include "study_of_call.h"

static bool is_input(const mcy_symbol *symbol)
{
    return symbol->kind == MCY_SYMBOL_ASSUMPTION || symbol->kind == MCY_SYMBOL_FACT;
}

static void shape_of(const mcy_model *model, const mcy_symbol *symbol, mcy_text *out)
{
    mcy_text_clear(out);
    mcy_text_add(out, symbol->name);
    for (size_t i = 0; i < symbol->dimension_count; i++)
        mcy_text_print(out, "%s%s", i ? ", " : "[",
                       mcy_model_dimension(model, symbol->dimensions[i])->name);
    if (symbol->dimension_count)
        mcy_text_add(out, "]");
}

static void bounds_of(const mcy_symbol *symbol, char out[160])
{
    char low[MCY_AMOUNT_TEXT], high[MCY_AMOUNT_TEXT];
    mcy_amount_print(symbol->low, symbol->unit, low);
    mcy_amount_print(symbol->high, symbol->unit, high);
    snprintf(out, 160, "%s .. %s", low, high);
}

/* ---- all of them --------------------------------------------------------------------------- */

static mcy_status print_list(mcy_call *call, const mcy_study *study, mcy_table_form form,
                             mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"name", {"名称", "name"}, true, {0}},
        {"kind", {"类别", "kind"}, true, {0}},
        {"unit", {"单位", "unit"}, true, {0}},
        {"bounds", {"范围", "bounds"}, true, {0}},
        {"default", {"默认值", "default"}, true, {0}},
        {"quarters", {"季度", "quarters"}, true, {0}},
        {"meaning", {"含义", "meaning"}, true, {0}},
        {"source", {"来源", "source"}, true, {0}},
    };
    mcy_language language;
    MCY_TRY(mcy_language_of_call(call, &language, err));
    mcy_table *table =
        mcy_table_create(call->arena, "assumptions", (mcy_bilingual){"假设一览", "assumptions"},
                         columns, sizeof columns / sizeof *columns);
    if (!table)
        return mcy_fail_memory(err);
    mcy_text name;
    mcy_text_init(&name);
    for (size_t s = 0; s < mcy_model_symbol_count(study->model); s++) {
        const mcy_symbol *symbol = mcy_model_symbol(study->model, s);
        char bounds[160], value[MCY_AMOUNT_TEXT], quarters[32] = "";
        if (!is_input(symbol))
            continue;
        shape_of(study->model, symbol, &name);
        bounds_of(symbol, bounds);
        mcy_amount_print(symbol->value, symbol->unit, value);
        if (symbol->path)
            snprintf(quarters, sizeof quarters, "%d..", symbol->first);
        mcy_table_row(table, false);
        mcy_table_text(table, mcy_text_view(&name));
        mcy_table_text(table, mcy_symbol_kind_name(symbol->kind));
        mcy_table_text(table, symbol->unit);
        mcy_table_text(table, bounds);
        mcy_table_text(table, mcy_is_missing(symbol->value) ? "" : value);
        mcy_table_text(table, quarters);
        mcy_table_text(table, symbol->meaning);
        mcy_table_text(table, symbol->source);
    }
    mcy_text_release(&name);
    return mcy_call_print_table(call, table, form, language, err);
}

/* ---- one of them --------------------------------------------------------------------------- */

/* Quarters in a row that have the same value from the same place are one line. */
static void print_values(mcy_call *call, const mcy_study *study, size_t number, size_t element)
{
    const mcy_symbol *symbol = mcy_model_symbol(study->model, number);
    int first = symbol->path ? symbol->first : 0;
    int last = symbol->path ? mcy_unrolled_last(study->unrolled) : 0;
    for (int q = first, next; q <= last; q = next) {
        size_t input = mcy_unrolled_input(study->unrolled, number, element, q);
        const mcy_origin *origin = study->inputs->origins[input];
        double value = study->inputs->values[input];
        char text[MCY_AMOUNT_TEXT], from[32], to[32];
        for (next = q + 1; next <= last; next++) {
            size_t other = mcy_unrolled_input(study->unrolled, number, element, next);
            if (study->inputs->origins[other] != origin ||
                study->inputs->values[other] != value)
                break;
        }
        mcy_amount_print(value, symbol->unit, text);
        mcy_quarter_format(study->base_quarter + q, from);
        mcy_quarter_format(study->base_quarter + next - 1, to);
        if (!symbol->path)
            fprintf(call->out, "    %-18s", text);
        else if (next - q > 1)
            fprintf(call->out, "    %s..%s %-18s", from, to, text);
        else
            fprintf(call->out, "    %-14s %-18s", from, text);
        fprintf(call->out, "  %s%s%s%s\n", origin->where ? origin->where : "nowhere",
                origin->why && *origin->why ? ": " : "", origin->why ? origin->why : "",
                origin->judged ? " (judgement)" : "");
    }
}

static mcy_status print_one(mcy_call *call, const mcy_study *study, const char *path,
                            mcy_error *err)
{
    size_t number, count;
    const size_t *elements;
    mcy_text name;
    char bounds[160];
    const char *at = strchr(path, '@');
    if (at)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s': describe shows every quarter: leave out '%s'",
                        path, at);
    MCY_TRY(mcy_model_match(call->arena, study->model, path, &number, &count, &elements, err));
    const mcy_symbol *symbol = mcy_model_symbol(study->model, number);
    mcy_text_init(&name);
    shape_of(study->model, symbol, &name);
    fprintf(call->out, "%s: %s, %s\n  %s\n", mcy_text_view(&name),
            mcy_symbol_kind_name(symbol->kind), symbol->unit, symbol->meaning);
    if (is_input(symbol)) {
        bounds_of(symbol, bounds);
        fprintf(call->out, "  bounds %s%s%s\n", bounds, *symbol->source ? "; " : "",
                symbol->source);
    }
    for (size_t i = 0; is_input(symbol) && i < count; i++) {
        mcy_text_clear(&name);
        mcy_model_path(study->model, number, elements[i], &name);
        fprintf(call->out, "  %s in %s:\n", mcy_text_view(&name), study->name);
        print_values(call, study, number, elements[i]);
    }
    mcy_text_release(&name);
    return MCY_OK;
}

static mcy_status run_describe(mcy_call *call, mcy_error *err)
{
    const char *scenario = mcy_call_option(call, "scenario");
    mcy_study *study;
    MCY_TRY(mcy_study_of_call(call, scenario ? scenario : "base", true, NULL, &study, err));
    mcy_table_form form = mcy_call_has(call, "json")       ? MCY_TABLE_JSON
                          : mcy_call_has(call, "csv")      ? MCY_TABLE_CSV
                          : mcy_call_has(call, "markdown") ? MCY_TABLE_MARKDOWN
                                                           : MCY_TABLE_TEXT;
    if (!call->operand_count)
        return print_list(call, study, form, err);
    for (size_t i = 0; i < call->operand_count; i++)
        MCY_TRY(print_one(call, study, call->operands[i], err));
    return MCY_OK;
}

static const mcy_option options[] = {
    {"scenario", 0, "SCENARIO", "whose values are shown (base)"},
    {"json", 0, NULL, "as JSON"},
    {"csv", 0, NULL, "as CSV"},
    {"markdown", 0, NULL, "as Markdown"},
    MCY_STUDY_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const mcy_command mcy_command_describe = {
    .name = "describe",
    .operands = "[PATH...]",
    .summary =
        "the assumptions: unit, bounds, meaning, value by quarter and where it comes from",
    .description =
        "Without a path lists every assumption and fact a scenario may set. With a path,\n"
        "such as capex.micron or 'wafer_loss.*.nand', prints its values in a scenario,\n"
        "each with the file and line, or the row of the facts, it comes from.",
    .examples = "memcycle describe\n"
                "memcycle describe capex.micron\n"
                "memcycle describe price_shock --scenario bull",
    .options = options,
    .least = 0,
    .most = 32,
    .run = run_describe,
};
