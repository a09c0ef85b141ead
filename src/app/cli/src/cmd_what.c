/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle what: one published quantity, its range, its year before and its source. */
#include "command.h"

#include <string.h>

#include "facts_of_call.h"
#include "mcy/json.h"
#include "mcy/number.h"
#include "mcy/quantity.h"

static void add_range(mcy_json *json, const char *name, mcy_range range)
{
    mcy_json_name(json, name);
    mcy_json_array(json);
    mcy_json_number(json, range.low);
    mcy_json_number(json, range.high);
    mcy_json_close_array(json);
}

static void add_fact(mcy_json *json, const mcy_fact *f)
{
    char period[32], months[40], day[16];
    const char *texts[][2] = {{"id", f->id},
                              {"basis", mcy_basis_name(f->basis)},
                              {"text", f->text},
                              {"source", f->source},
                              {"source_url", f->source_url},
                              {"confidence", mcy_confidence_name(f->confidence)}};
    mcy_period_format(&f->target, period);
    mcy_period_months(&f->target, months);
    mcy_day_format(f->published, day);
    mcy_json_object(json);
    mcy_json_name(json, "period");
    mcy_json_text(json, period);
    mcy_json_name(json, "months");
    mcy_json_text(json, months);
    mcy_json_name(json, "value");
    mcy_json_number(json, mcy_fact_middle(f));
    add_range(json, "range", mcy_fact_range(f));
    mcy_json_name(json, "unit");
    mcy_json_text(json, f->unit);
    mcy_json_name(json, "published");
    mcy_json_text(json, day);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        mcy_json_name(json, texts[i][0]);
        mcy_json_text(json, texts[i][1]);
    }
    mcy_json_close_object(json);
}

static void add_answer(mcy_json *json, const mcy_answer *a)
{
    mcy_json_object(json);
    mcy_json_name(json, "name");
    mcy_json_text(json, a->name);
    mcy_json_name(json, "fact");
    add_fact(json, a->fact);
    mcy_json_name(json, "year_before");
    if (a->year_before)
        add_fact(json, a->year_before);
    else
        mcy_json_text(json, NULL);
    add_range(json, "growth_frac", a->growth_frac);
    add_range(json, "usd_m", a->usd_m);
    mcy_json_name(json, "rule");
    mcy_json_text(json, mcy_winner_rule(a->fact->metric));
    mcy_json_close_object(json);
}

/* The rows that were not taken, and the rule by which. */
static mcy_status print_rows(mcy_call *call, const mcy_answer *a, mcy_error *err)
{
    fprintf(call->out, "  rule: %s\n", mcy_winner_rule(a->fact->metric));
    for (size_t i = 0; i < a->row_count; i++) {
        char day[16];
        const mcy_fact *f = a->rows[i];
        const char *value = mcy_fact_print(call->arena, f);
        if (!value)
            return mcy_fail_memory(err);
        mcy_day_format(f->known, day);
        fprintf(call->out, "  %c %s  %-18s %-9s %-7s %s%s%s  %s\n", f == a->fact ? '>' : ' ',
                day, value, mcy_basis_name(f->basis), mcy_confidence_name(f->confidence), f->id,
                f->text[0] ? "  " : "", f->text, f->source);
    }
    return MCY_OK;
}

static mcy_status answer_all(mcy_call *call, const mcy_facts *facts, mcy_json *json,
                             mcy_error *err)
{
    for (size_t i = 0; i < call->operand_count; i++) {
        mcy_quantity q;
        mcy_answer a;
        MCY_TRY(mcy_quantity_parse(call->arena, facts, call->operands[i], &q, err));
        MCY_TRY(mcy_quantity_answer(call->arena, facts, &q, &a, err));
        if (json) {
            add_answer(json, &a);
            continue;
        }
        const char *line = mcy_answer_line(call->arena, &a);
        if (!line)
            return mcy_fail_memory(err);
        fprintf(call->out, "%s\n", line);
        if (mcy_call_has(call, "rows"))
            MCY_TRY(print_rows(call, &a, err));
    }
    return MCY_OK;
}

static mcy_status print_rules(mcy_call *call, const mcy_facts *facts, mcy_error *err)
{
    const char *const *metrics = NULL;
    size_t count = 0;
    MCY_TRY(mcy_facts_names(call->arena, facts, 2, &metrics, &count, err));
    for (size_t i = 0; i < count; i++)
        fprintf(call->out, "%-30s %s%s\n", metrics[i], mcy_winner_rule(metrics[i]),
                mcy_metric_needs_basis(metrics[i]) ? "; the basis is part of the name" : "");
    return MCY_OK;
}

static mcy_status run_what(mcy_call *call, mcy_error *err)
{
    mcy_facts *facts = NULL;
    MCY_TRY(mcy_call_facts(call, &facts, err));
    if (mcy_call_has(call, "rules"))
        return print_rules(call, facts, err);
    if (!call->operand_count)
        return MCY_FAIL(err, MCY_E_USAGE, "name a quantity, as in revenue.micron.dram@FQ2-26");
    if (!mcy_call_has(call, "json"))
        return answer_all(call, facts, NULL, err);
    mcy_text text = {0};
    mcy_json json;
    mcy_json_begin(&json, &text);
    mcy_json_array(&json);
    mcy_status status = answer_all(call, facts, &json, err);
    mcy_json_close_array(&json);
    if (status == MCY_OK)
        status = mcy_text_status(&text, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&text), call->out);
    mcy_text_release(&text);
    return status;
}

static const mcy_option options[] = {
    MCY_OPTION_AS_OF,
    {"rows", 'r', NULL, "also every row about it: vintages, other sources, which one won"},
    {"rules", '\0', NULL, "print, for every quantity, the rule by which a row wins"},
    {"json", '\0', NULL, "print an array of objects"},
    {0}};

const mcy_command mcy_command_what = {
    .name = "what",
    .operands = "QUANTITY@PERIOD...",
    .summary = "a published figure with range, year before and source, on one line",
    .description =
        "A quantity is NAME.COMPANY.PRODUCT@PERIOD. The product may be left out where there is "
        "a\n"
        "total, the company where the figure is of the industry, the period for the latest.\n"
        "Where GAAP, non-GAAP and IFRS differ the basis is part of the name: "
        "gross_margin_gaap.\n"
        "Periods: FQ2-26, F2Q26, FY26, 1Q26, 2026Q1, CY2026, 2025H1; the answer echoes the "
        "months.",
    .examples = "memcycle what revenue.micron.dram@FQ2-26\n"
                "memcycle what gross_margin_non_gaap.micron --as-of 2026-03-17\n"
                "memcycle what --rows contract_price_qoq.dram@2026Q1",
    .options = options,
    .least = 0,
    .most = 64,
    .run = run_what,
};
