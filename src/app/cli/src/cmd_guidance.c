/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle guidance: what a firm's last guidance implies for price, bits and cost (G1). */
#include <math.h>

#include "command.h"
#include "facts_of_call.h"
#include "guidance_implied.h"
#include "margin_print.h"
#include "margin_study.h"
#include "mcy/number.h"

enum { K = MCY_COST_PRODUCTS, N = MCY_OUTLOOK_SIZE };
static const double z90 = 1.6448536269514722;

static void range_row(mcy_table *t, const char *name, mcy_range range, double scale,
                      double before, const char *id)
{
    mcy_table_row(t, false);
    mcy_table_text(t, name);
    mcy_table_number(t, scale * range.low, NULL);
    mcy_table_number(t, scale * mcy_range_middle(range), NULL);
    mcy_table_number(t, scale * range.high, NULL);
    mcy_table_number(t, scale * before, NULL);
    mcy_table_text(t, id ? id : "");
}

static mcy_table *guided_table(mcy_arena *arena, const mcy_guidance *g, const char *title)
{
    static const mcy_table_column columns[] = {
        {"item", {"项目", "guided"}, true, {0}},
        {"low", {"低", "low"}, false, {.decimals = 2}},
        {"middle", {"中", "middle"}, false, {.decimals = 2}},
        {"high", {"高", "high"}, false, {.decimals = 2}},
        {"before", {"上季", "quarter before"}, false, {.decimals = 2}},
        {"fact", {"来源", "fact"}, true, {0}}};
    mcy_table *t =
        mcy_table_create(arena, "guidance", (mcy_bilingual){NULL, title}, columns, 6);
    if (!t)
        return NULL;
    range_row(t, "revenue, USD m", g->revenue_usd_m, 1.0, g->last_revenue_usd_m, g->revenue_id);
    range_row(t, "gross margin non-GAAP, %", g->gross_margin_frac, 100.0, g->last_margin_frac,
              g->margin_id);
    range_row(t, "operating expenses non-GAAP, USD m", g->opex_usd_m, 1.0, MCY_MISSING,
              g->opex_id);
    range_row(t, "EPS non-GAAP, USD", g->eps_usd, 1.0, MCY_MISSING, g->eps_id);
    return t;
}

static void change_cells(mcy_table *t, double mean, double sd)
{
    mcy_table_number(t, 100.0 * expm1(mean), NULL);
    mcy_table_number(t, 100.0 * expm1(mean - z90 * sd), NULL);
    mcy_table_number(t, 100.0 * expm1(mean + z90 * sd), NULL);
}

static mcy_table *implied_table(mcy_arena *arena, const mcy_outlook *o, const char *title)
{
    static const mcy_table_column columns[] = {
        {"product", {"产品", "product"}, true, {0}},
        {"bits", {"位元", "bits %"}, false, {.decimals = 1, .signed_plus = true}},
        {"bits_low", {NULL, "5 %"}, false, {.decimals = 1, .signed_plus = true}},
        {"bits_high", {NULL, "95 %"}, false, {.decimals = 1, .signed_plus = true}},
        {"price", {"价格", "price %"}, false, {.decimals = 1, .signed_plus = true}},
        {"price_low", {NULL, "5 %"}, false, {.decimals = 1, .signed_plus = true}},
        {"price_high", {NULL, "95 %"}, false, {.decimals = 1, .signed_plus = true}},
        {"cost", {"单位成本", "cost/bit %"}, false, {.decimals = 1, .signed_plus = true}},
        {"cost_low", {NULL, "5 %"}, false, {.decimals = 1, .signed_plus = true}},
        {"cost_high", {NULL, "95 %"}, false, {.decimals = 1, .signed_plus = true}}};
    static const char *const names[K] = {"DRAM", "NAND"};
    mcy_table *t =
        mcy_table_create(arena, "implied", (mcy_bilingual){NULL, title}, columns, 10);
    for (size_t k = 0; t && k < K; k++) {
        mcy_table_row(t, false);
        mcy_table_text(t, names[k]);
        for (size_t part = 0; part < 3; part++) {
            size_t i = 2 * part + k;
            change_cells(t, o->mean[i], sqrt(o->covariance[i * N + i]));
        }
    }
    if (t) {
        double mean[3], sd[3];
        mcy_outlook_blend(o, mean, sd);
        mcy_table_row(t, true);
        mcy_table_text(t, "firm, weighted by revenue (cost by cost)");
        for (size_t part = 0; part < 3; part++)
            change_cells(t, mean[part], sd[part]);
        mcy_table_note(
            t, (mcy_bilingual){"推算，非公司披露", "inferred, not reported; 90 % intervals"});
    }
    return t;
}

/* Correlations of the implied changes: what guidance leaves open between them. */
static mcy_table *correlation_table(mcy_arena *arena, const mcy_outlook *o)
{
    static const char *const names[6] = {"bits DRAM",  "bits NAND", "price DRAM",
                                         "price NAND", "cost DRAM", "cost NAND"};
    mcy_table_column columns[7] = {{"of", {NULL, "correlation"}, true, {0}}};
    for (size_t i = 0; i < 6; i++)
        columns[i + 1] = (mcy_table_column){
            names[i], {NULL, names[i]}, false, {.decimals = 2, .signed_plus = true}};
    mcy_table *t =
        mcy_table_create(arena, "correlations",
                         (mcy_bilingual){NULL, "what the statement leaves open"}, columns, 7);
    for (size_t i = 0; t && i < 6; i++) {
        mcy_table_row(t, false);
        mcy_table_text(t, names[i]);
        for (size_t j = 0; j < 6; j++)
            mcy_table_number(t,
                             o->covariance[i * N + j] /
                                 sqrt(o->covariance[i * N + i] * o->covariance[j * N + j]),
                             NULL);
    }
    return t;
}

static mcy_status frontier_table(mcy_arena *arena, const mcy_outlook *prior,
                                 const mcy_outlook_statement *said, mcy_table **table,
                                 mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"cost",
         {"单位成本变化", "cost per bit %"},
         false,
         {.decimals = 1, .signed_plus = true}},
        {"price",
         {"所需价格", "price that gives it %"},
         false,
         {.decimals = 1, .signed_plus = true}},
        {"bits", {"位元", "bits then %"}, false, {.decimals = 1, .signed_plus = true}},
        {"price_dram", {NULL, "DRAM price %"}, false, {.decimals = 1, .signed_plus = true}},
        {"price_nand", {NULL, "NAND price %"}, false, {.decimals = 1, .signed_plus = true}}};
    *table = mcy_table_create(
        arena, "frontier",
        (mcy_bilingual){NULL, "price against cost change that gives the guided margin"},
        columns, 5);
    if (!*table)
        return mcy_fail_memory(err);
    for (int percent = -15; percent <= 10; percent += 5) {
        mcy_outlook at;
        double mean[3], sd[3];
        MCY_TRY(mcy_outlook_frontier(prior, said, log1p(0.01 * percent), &at, err));
        mcy_outlook_blend(&at, mean, sd);
        mcy_table_row(*table, false);
        mcy_table_number(*table, percent, NULL);
        mcy_table_number(*table, 100.0 * expm1(mean[1]), NULL);
        mcy_table_number(*table, 100.0 * expm1(mean[0]), NULL);
        for (size_t k = 0; k < K; k++)
            mcy_table_number(*table, 100.0 * expm1(at.mean[MCY_OUTLOOK_PRICE + k]), NULL);
    }
    return MCY_OK;
}

static mcy_table *income_table(mcy_arena *arena, const mcy_guidance *g,
                               const guidance_closure *c)
{
    static const mcy_table_column columns[] = {
        {"item", {NULL, "what follows"}, true, {0}},
        {"value", {NULL, "value"}, false, {.decimals = 2}}};
    const double operating_income =
        mcy_range_middle(g->revenue_usd_m) * mcy_range_middle(g->gross_margin_frac) -
        mcy_range_middle(g->opex_usd_m);
    const struct {
        const char *name;
        double value;
    } rows[] = {
        {"incremental gross margin, %", 100.0 * c->incremental_margin_frac},
        {"operating income non-GAAP, USD m", operating_income},
        {"tax rate guided, %", 100.0 * c->tax_rate_frac},
        {"diluted shares guided, m", c->shares_m},
        {"EPS without interest, USD", c->eps_usd},
        {"EPS guided, middle, USD", mcy_range_middle(g->eps_usd)},
        {"net interest and other that closes them, USD m", c->interest_to_close_usd_m},
    };
    mcy_table *t = mcy_table_create(
        arena, "closure", (mcy_bilingual){NULL, "down to earnings per share"}, columns, 2);
    for (size_t i = 0; t && i < sizeof rows / sizeof *rows; i++) {
        mcy_table_row(t, false);
        mcy_table_text(t, rows[i].name);
        mcy_table_number(t, rows[i].value, NULL);
    }
    if (t && !mcy_is_missing(c->eps_usd))
        mcy_table_note(
            t, (mcy_bilingual){NULL, c->within ? "the parts close to the guided range of EPS"
                                               : "the parts DO NOT close to the guided EPS"});
    return t;
}

static mcy_status find_guidance(const margin_study *study, const mcy_guidance **guidance,
                                mcy_error *err)
{
    const mcy_margin_quarter *last = &study->history.quarter[study->history.n - 1];
    mcy_period next = mcy_period_shift(&last->period, 1);
    char name[32];
    mcy_period_format(&next, name);
    *guidance = margin_study_guidance(study);
    if (!*guidance)
        return MCY_FAIL(err, MCY_E_MISSING,
                        "no guidance of '%s' for %s is known: rows 'guidance_revenue' and "
                        "'guidance_gross_margin' would say it",
                        study->history.firm, name);
    if (mcy_range_is_missing((*guidance)->gross_margin_frac))
        return MCY_FAIL(err, MCY_E_MISSING,
                        "'%s' guides no gross margin for %s: a row 'guidance_gross_margin' is "
                        "missing",
                        study->history.firm, name);
    return MCY_OK;
}

static const char *guidance_title(mcy_arena *arena, const char *firm, const mcy_guidance *g)
{
    char target[32], said[32], months[40], day[16];
    mcy_period_format(&g->target, target);
    mcy_period_format(&g->said, said);
    mcy_period_months(&g->target, months);
    mcy_day_format(g->known, day);
    return mcy_arena_print(arena, "%s: guidance for %s (%s), given with %s on %s", firm, target,
                           months, said, day);
}

static mcy_status run_guidance(mcy_call *call, mcy_error *err)
{
    margin_study study;
    const mcy_guidance *g;
    mcy_outlook prior, posterior;
    mcy_facts *facts;
    mcy_table *frontier;
    MCY_TRY(mcy_call_facts(call, &facts, err));
    MCY_TRY(mcy_call_check_firm(call, facts, call->operands[0], err));
    MCY_TRY(margin_study_of_facts(call->arena, facts, call->home, call->operands[0], false,
                                  &study, err));
    MCY_TRY(find_guidance(&study, &g, err));
    mcy_outlook_statement said = margin_study_statement(g);
    MCY_TRY(guidance_condition(&study, g, &prior, &posterior, err));
    MCY_TRY(frontier_table(call->arena, &prior, &said, &frontier, err));
    guidance_closure c = guidance_close(g);
    mcy_table *const tables[] = {
        guided_table(call->arena, g, guidance_title(call->arena, study.history.firm, g)),
        implied_table(call->arena, &prior,
                      "what the models expect without it, on the quarter before"),
        implied_table(call->arena, &posterior, "what it implies, on the quarter before"),
        correlation_table(call->arena, &posterior),
        income_table(call->arena, g, &c),
        frontier,
    };
    return margin_print_tables(call, tables, sizeof tables / sizeof *tables, err);
}

static const mcy_option options[] = {
    MCY_OPTION_AS_OF, {"json", '\0', NULL, "for programs"}, {0}};

const mcy_command mcy_command_guidance = {
    .name = "guidance",
    .operands = "FIRM",
    .summary = "what a firm's last guidance implies for price, bits and cost",
    .description =
        "Reads the last guidance from the facts, takes it at its word and conditions the models'\n"
        "outlook of bits, price and cost per bit on it (G1): implied changes with intervals and\n"
        "correlations, incremental gross margin, operating income, the closure to guided EPS, and\n"
        "the price that gives the guided margin for each change of cost.",
    .examples = "memcycle guidance micron\nmemcycle guidance micron --as-of 2025-12-20",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run_guidance,
};
