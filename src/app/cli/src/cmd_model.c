/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle model: the equations themselves: checked, shown, traced, printed, compared. */
#include <math.h>
#include <string.h>

#include "mcy/json.h"
#include "mcy/number.h"
#include "mcy/table.h"
#include "model_of_call.h"
#include "study_of_call.h"

/* ---- check ---- */

static void diagnostic_json(mcy_json *json, const mcy_diagnostic *d)
{
    mcy_json_object(json);
    mcy_json_name(json, "severity");
    mcy_json_text(json, d->severity == MCY_SEVERITY_ERROR ? "error" : "warning");
    mcy_json_name(json, "file");
    mcy_json_text(json, d->file);
    mcy_json_name(json, "line");
    mcy_json_count(json, (long long)d->line);
    mcy_json_name(json, "column");
    mcy_json_count(json, (long long)d->column);
    mcy_json_name(json, "text");
    mcy_json_text(json, d->text);
    mcy_json_close_object(json);
}

static void print_report(mcy_call *call, const mcy_report *report, mcy_text *out)
{
    size_t count = report->error_count + report->warning_count;
    if (mcy_call_has(call, "json")) {
        mcy_json json;
        mcy_json_begin(&json, out);
        mcy_json_array(&json);
        for (size_t i = 0; i < count; i++)
            diagnostic_json(&json, &report->diagnostics[i]);
        mcy_json_close_array(&json);
        return;
    }
    for (size_t i = 0; i < count; i++)
        mcy_diagnostic_print(&report->diagnostics[i], out);
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static mcy_status check(mcy_call *call, size_t count, const char *const *paths, mcy_error *err)
{
    mcy_model_files files;
    mcy_report report;
    const mcy_model *model;
    MCY_TRY(mcy_model_files_read(call, count, paths, &files, err));
    mcy_status status =
        mcy_model_read(call->arena, files.count, files.sources, &model, &report, err);
    if (status != MCY_OK && !report.error_count)
        return status;
    mcy_text out = {0};
    print_report(call, &report, &out);
    status = mcy_text_status(&out, err);
    fputs(mcy_text_view(&out), call->out);
    mcy_text_release(&out);
    MCY_TRY(status);
    if (report.error_count)
        return MCY_FAIL(err, MCY_E_FINDINGS, "%zu error%s, %zu warning%s", report.error_count,
                        plural(report.error_count), report.warning_count,
                        plural(report.warning_count));
    if (!mcy_call_has(call, "json"))
        fprintf(call->out,
                "%zu file%s, %zu names, %zu equations and checks: no errors, %zu warning%s\n",
                files.count, plural(files.count), mcy_model_symbol_count(model),
                mcy_model_equation_count(model), report.warning_count,
                plural(report.warning_count));
    return MCY_OK;
}

/* ---- assumptions ---- */

static void json_field(mcy_json *json, const char *name, double value)
{
    mcy_json_name(json, name);
    mcy_json_number(json, value);
}

static void assumption_json(mcy_json *json, const mcy_model *model, const mcy_symbol *s)
{
    mcy_json_object(json);
    mcy_json_name(json, "name");
    mcy_json_text(json, s->name);
    mcy_json_name(json, "dimensions");
    mcy_json_array(json);
    for (size_t i = 0; i < s->dimension_count; i++)
        mcy_json_text(json, mcy_model_dimension(model, s->dimensions[i])->name);
    mcy_json_close_array(json);
    mcy_json_name(json, "unit");
    mcy_json_text(json, s->unit);
    json_field(json, "low", s->low);
    json_field(json, "high", s->high);
    json_field(json, "default", s->value);
    mcy_json_name(json, "path");
    mcy_json_bool(json, s->path);
    mcy_json_name(json, "from");
    mcy_json_count(json, s->first);
    mcy_json_name(json, "hold");
    mcy_json_bool(json, s->hold);
    mcy_json_name(json, "meaning");
    mcy_json_text(json, s->meaning);
    mcy_json_name(json, "source");
    mcy_json_text(json, s->source);
    mcy_json_close_object(json);
}

/* Bounds and defaults as numbers, null where there is none. */
static mcy_status assumptions_json(mcy_call *call, const mcy_model *model, mcy_error *err)
{
    mcy_text out = {0};
    mcy_json json;
    mcy_json_begin(&json, &out);
    mcy_json_array(&json);
    for (size_t i = 0; i < mcy_model_symbol_count(model); i++)
        if (mcy_model_symbol(model, i)->kind == MCY_SYMBOL_ASSUMPTION)
            assumption_json(&json, model, mcy_model_symbol(model, i));
    mcy_json_close_array(&json);
    mcy_status status = mcy_text_status(&out, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&out), call->out);
    mcy_text_release(&out);
    return status;
}

static void number_text(double value, mcy_table *table)
{
    char text[32] = "";
    if (isfinite(value))
        mcy_number_format(value, text);
    mcy_table_text(table, text);
}

static mcy_status assumptions(mcy_call *call, mcy_error *err)
{
    static const mcy_table_column columns[] = {{"name", {"名称", "name"}, true, {0}},
                                               {"unit", {"单位", "unit"}, true, {0}},
                                               {"low", {"下限", "low"}, true, {0}},
                                               {"high", {"上限", "high"}, true, {0}},
                                               {"default", {"默认值", "default"}, true, {0}},
                                               {"from", {"起始", "from"}, true, {0}},
                                               {"meaning", {"含义", "meaning"}, true, {0}},
                                               {"source", {"来源", "source"}, true, {0}}};
    const mcy_model *model;
    mcy_language language;
    MCY_TRY(mcy_model_of_call(call, 0, NULL, &model, err));
    if (mcy_call_has(call, "json"))
        return assumptions_json(call, model, err);
    MCY_TRY(mcy_language_of_call(call, &language, err));
    mcy_table *table =
        mcy_table_create(call->arena, "assumptions", (mcy_bilingual){"假设一览", "assumptions"},
                         columns, sizeof columns / sizeof *columns);
    if (!table)
        return mcy_fail_memory(err);
    mcy_text shape = {0};
    for (size_t i = 0; i < mcy_model_symbol_count(model); i++) {
        const mcy_symbol *s = mcy_model_symbol(model, i);
        if (s->kind != MCY_SYMBOL_ASSUMPTION)
            continue;
        char from[48] = "";
        if (s->path)
            snprintf(from, sizeof from, "%d%s", s->first, s->hold ? " hold" : "");
        mcy_text_clear(&shape);
        mcy_symbol_shape(model, s, &shape);
        mcy_table_row(table, false);
        mcy_table_text(table, mcy_text_view(&shape));
        mcy_table_text(table, s->unit);
        number_text(s->low, table);
        number_text(s->high, table);
        number_text(s->value, table);
        mcy_table_text(table, from);
        mcy_table_text(table, s->meaning);
        mcy_table_text(table, s->source);
    }
    mcy_text_release(&shape);
    mcy_table_form form = mcy_call_has(call, "csv") ? MCY_TABLE_CSV : MCY_TABLE_TEXT;
    return mcy_call_print_table(call, table, form, language, err);
}

/* ---- the command ---- */

static mcy_status want(size_t got, size_t least, size_t most, const char *form, mcy_error *err)
{
    if (got >= least && got <= most)
        return MCY_OK;
    return MCY_FAIL(err, MCY_E_USAGE, "the form is 'memcycle model %s'", form);
}

static mcy_status run_model(mcy_call *call, mcy_error *err)
{
    static const char *const verbs[] = {"check", "show",        "causes",
                                        "sheet", "assumptions", "diff"};
    const char *verb = call->operands[0];
    size_t count = call->operand_count - 1;
    const char *const *rest = call->operands + 1;
    if (!strcmp(verb, "check"))
        return check(call, count, rest, err);
    if (!strcmp(verb, "show")) {
        MCY_TRY(want(count, 1, 64, "show NAME...", err));
        return mcy_model_show(call, count, rest, err);
    }
    if (!strcmp(verb, "causes")) {
        MCY_TRY(want(count, 1, 64, "causes NAME@QUARTER...", err));
        return mcy_model_causes(call, count, rest, err);
    }
    if (!strcmp(verb, "sheet")) {
        MCY_TRY(want(count, 0, 0, "sheet", err));
        return mcy_model_sheet(call, err);
    }
    if (!strcmp(verb, "assumptions")) {
        MCY_TRY(want(count, 0, 0, "assumptions [--json|--csv]", err));
        return assumptions(call, err);
    }
    if (!strcmp(verb, "diff")) {
        MCY_TRY(want(count, 2, 2, "diff A B", err));
        return mcy_model_diff(call, rest[0], rest[1], err);
    }
    const char *closest = mcy_text_closest(verb, verbs, sizeof verbs / sizeof *verbs);
    if (closest)
        return MCY_FAIL(err, MCY_E_USAGE, "unknown '%s': did you mean '%s'?", verb, closest);
    return MCY_FAIL(err, MCY_E_USAGE,
                    "unknown '%s': one of check, show, causes, sheet, assumptions, diff", verb);
}

static const mcy_option options[] = {
    {"json", 0, NULL, "check, assumptions: as JSON"},
    {"csv", 0, NULL, "assumptions: as CSV"},
    {"depth", 0, "N", "causes: how far down the tree goes (2)"},
    {"scenario", 0, "SCENARIO", "causes: whose values are shown (base)"},
    MCY_STUDY_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const mcy_command mcy_command_model = {
    .name = "model",
    .operands = "check|show|causes|sheet|assumptions|diff ...",
    .summary = "the equations: check, show, trace, print and compare them",
    .description =
        "check [FILE...]        every error of every file at once, with its line and a caret;\n"
        "                       without files the model of the program\n"
        "show NAME...           equations, unit, meaning and source of a name or a tag (M4a),\n"
        "                       what feeds it and what it feeds\n"
        "causes NAME@QUARTER... the tree of what made a number, with values and equations\n"
        "sheet                  the whole model as Markdown\n"
        "assumptions            the table of assumptions\n"
        "diff A B               what differs between two models (exit 1 when anything does)",
    .examples = "memcycle model check\n"
                "memcycle model show price\n"
                "memcycle model causes price.dram@2027Q1 --depth 3\n"
                "memcycle model assumptions --csv > assumptions.csv\n"
                "memcycle model diff model/memory.eqn mine/memory.eqn",
    .options = options,
    .least = 1,
    .most = 65,
    .run = run_model,
};
