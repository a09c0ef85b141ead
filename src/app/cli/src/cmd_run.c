/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle run: scenarios to tables, files and JSON. */
#include "command.h"

#include <math.h>
#include <string.h>

#include "mcy/number.h"
#include "run_base.h"
#include "run_files.h"
#include "run_tables.h"

enum { MOST_SCENARIOS = 16, QUARTERS_SHOWN = 8 };

static mcy_status look_of_call(const mcy_call *call, mcy_run_look *look, mcy_error *err)
{
    const char *text = mcy_call_option(call, "quarters");
    double value;
    *look = (mcy_run_look){.form = MCY_TABLE_TEXT, .quarters = QUARTERS_SHOWN};
    if (mcy_call_has(call, "markdown"))
        look->form = MCY_TABLE_MARKDOWN;
    if (text && strcmp(text, "all") == 0) {
        look->quarters = MCY_LAST_QUARTER;
    } else if (text) {
        if (mcy_number_parse(text, strlen(text), &value, NULL) != MCY_OK || value < 0 ||
            value > MCY_LAST_QUARTER || value != floor(value))
            return MCY_FAIL(err, MCY_E_USAGE, "--quarters wants a number or 'all', got '%s'",
                            text);
        look->quarters = (int)value;
    }
    return mcy_language_of_call(call, &look->language, err);
}

static mcy_status print_text(mcy_call *call,
                             mcy_status (*fill)(mcy_call *, mcy_text *, void *, mcy_error *),
                             void *context, mcy_error *err)
{
    mcy_text text;
    mcy_text_init(&text);
    mcy_status status = fill(call, &text, context, err);
    if (status == MCY_OK)
        status = mcy_text_status(&text, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&text), call->out);
    mcy_text_release(&text);
    return status;
}

/* All runs of a call. */
typedef struct runs {
    size_t count;
    mcy_study *studies[MOST_SCENARIOS + 1];
    const mcy_path_panel *panels[MOST_SCENARIOS + 1];
} runs;

static mcy_status fill_inputs(mcy_call *call, mcy_text *text, void *context, mcy_error *err)
{
    const runs *r = context;
    mcy_json json;
    mcy_json_begin(&json, text);
    return mcy_inputs_json(call, r->studies[0], &json, err);
}

static mcy_status fill_json(mcy_call *call, mcy_text *text, void *context, mcy_error *err)
{
    const runs *r = context;
    mcy_json json;
    (void)err;
    mcy_json_begin(&json, text);
    mcy_json_array(&json);
    for (size_t i = 0; i < r->count; i++)
        mcy_run_json(call, r->studies[i], r->panels[i], &json);
    mcy_json_close_array(&json);
    return MCY_OK;
}

static mcy_status fill_csv(mcy_call *call, mcy_text *text, void *context, mcy_error *err)
{
    const runs *r = context;
    (void)call, (void)err;
    for (size_t i = 0; i < r->count; i++)
        mcy_run_csv(r->studies[i], r->panels[i], text, i == 0);
    return MCY_OK;
}

static mcy_status open_runs(mcy_call *call, runs *r, mcy_error *err)
{
    const char *compare = mcy_call_option(call, "compare");
    size_t named = call->operand_count ? call->operand_count : 1;
    for (size_t i = 0; i < named; i++) {
        const char *name = call->operand_count ? call->operands[i] : "base";
        if (compare && named > 1 && strcmp(name, compare) == 0)
            continue; /* it stands last, once */
        MCY_TRY(mcy_study_of_call(call, name, true, r->count ? r->studies[0] : NULL,
                                  &r->studies[r->count], err));
        r->count++;
    }
    if (compare) {
        MCY_TRY(
            mcy_study_of_call(call, compare, false, r->studies[0], &r->studies[r->count], err));
        r->count++;
    }
    return MCY_OK;
}

static void print_head(mcy_call *call, const mcy_study *study, mcy_language language)
{
    char base[32], last[32];
    mcy_quarter_format(study->base_quarter, base);
    mcy_quarter_format(study->base_quarter + mcy_unrolled_last(study->unrolled), last);
    const char *about = mcy_bilingual_text(study->scenario->about, language);
    fprintf(call->out, "%s: %s\n", study->name,
            mcy_bilingual_text(study->scenario->title, language));
    if (*about)
        fprintf(call->out, "%s\n", about);
    if (language == MCY_ZH)
        fprintf(call->out, "基期 %s，测算至 %s，数据%s%s%s；E 为预测\n\n", base, last,
                study->as_of ? "截至 " : "不限日期", study->as_of ? study->as_of : "",
                study->as_of ? " 发布" : "");
    else
        fprintf(call->out, "base quarter %s, run to %s, facts %s%s; E = estimate\n\n", base,
                last, study->as_of ? "published by " : "of all days",
                study->as_of ? study->as_of : "");
}

static mcy_status print_tables(mcy_call *call, const runs *r, const mcy_run_look *look,
                               mcy_error *err)
{
    const mcy_study *study = r->studies[0];
    print_head(call, study, look->language);
    MCY_TRY(mcy_run_print_firms(call, study, r->panels[0], look, err));
    MCY_TRY(mcy_run_print_markets(call, study, r->panels[0], look, err));
    MCY_TRY(mcy_run_print_worth(call, study, look, err));
    return mcy_run_print_shortage(call, study, r->panels[0], err);
}

/* --vary is refused before anything is printed. */
static mcy_status check_vary(mcy_call *call, mcy_error *err)
{
    const char *const *varied, *edits[2];
    size_t count = mcy_call_options(call, "vary", &varied);
    for (size_t v = 0; v < count; v++)
        MCY_TRY(mcy_vary_split(call->arena, varied[v], edits, err));
    return MCY_OK;
}

static mcy_status run_run(mcy_call *call, mcy_error *err)
{
    runs r = {.count = 0};
    mcy_run_look look;
    MCY_TRY(look_of_call(call, &look, err));
    if (call->operand_count > MOST_SCENARIOS)
        return MCY_FAIL(err, MCY_E_USAGE, "more than %d scenarios", MOST_SCENARIOS);
    MCY_TRY(check_vary(call, err));
    MCY_TRY(open_runs(call, &r, err));
    if (mcy_call_has(call, "show-inputs"))
        return print_text(call, fill_inputs, &r, err);
    for (size_t i = 0; i < r.count; i++)
        MCY_TRY(mcy_study_run(call->arena, r.studies[i], NULL, &r.panels[i], err));
    if (mcy_call_has(call, "check-base"))
        return run_print_base(call, r.studies[0], r.panels[0], err);
    const char *folder = mcy_call_option(call, "output");
    if (folder)
        MCY_TRY(mcy_run_write(call, folder, r.count, r.studies, r.panels, err));
    if (mcy_call_has(call, "json"))
        return print_text(call, fill_json, &r, err);
    if (mcy_call_has(call, "csv"))
        return print_text(call, fill_csv, &r, err);
    if (r.count == 1 || mcy_call_has(call, "full"))
        MCY_TRY(print_tables(call, &r, &look, err));
    if (r.count > 1)
        MCY_TRY(mcy_run_print_comparison(call, r.count, r.studies, r.panels, &look, err));
    MCY_TRY(mcy_run_print_vary(call, r.studies[0], r.panels[0], &look, err));
    if (folder)
        fprintf(call->err, "written to %s\n", folder);
    return mcy_edits_print(call, r.studies[0], r.panels[0], err);
}

static const mcy_option options[] = {
    {"compare", 'c', "SCENARIO", "beside another scenario, with differences"},
    {"full", 0, NULL, "all tables also where scenarios are compared"},
    {"quarters", 'q', "N|all", "quarters shown after the base quarter (8)"},
    {"vary", 'v', "PATH=LOW:HIGH",
     "the headline numbers at two values of an assumption (again)"},
    {"check-base", 0, NULL, "the base quarter beside what was reported of it, and stop"},
    {"show-inputs", 0, NULL, "print every resolved assumption as JSON and stop"},
    {"output", 'o', "DIR", "write CSV, JSON, inputs and manifest into a folder"},
    {"json", 0, NULL, "every value as JSON"},
    {"csv", 0, NULL, "every value as tidy CSV"},
    {"markdown", 0, NULL, "tables as Markdown"},
    MCY_STUDY_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const mcy_command mcy_command_run = {
    .name = "run",
    .operands = "[SCENARIO...]",
    .summary = "run scenarios: firms, markets, what a price is worth, when shortages end",
    .description =
        "Runs a scenario (base when none is named) and prints a table for each firm and each\n"
        "product by quarter and year, what 1 % of each price is worth, and when each shortage\n"
        "ends and what would end it sooner. Several scenarios, or --compare, stand side by "
        "side.\n"
        "A name is looked for in HOME/scenarios; a path ends in .yaml. docs/scenarios.md is "
        "the\n"
        "format. Quarters are calendar quarters; years are the firm's own.",
    .examples = "memcycle run base\n"
                "memcycle run bull --compare base\n"
                "memcycle run base --set price_shock.dram@2026Q3=10%\n"
                "memcycle run base --vary response_short.dram=1:1.6\n"
                "memcycle run base bull bear -o out\n"
                "memcycle run base --show-inputs > inputs.json",
    .options = options,
    .least = 0,
    .most = MOST_SCENARIOS,
    .run = run_run,
};
