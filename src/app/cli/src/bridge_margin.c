/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a change of gross margin came from: price, cost, mix, one-offs (C5). */
#include "bridge_margin.h"

#include <math.h>

#include "margin_print.h"
#include "mcy/number.h"

enum { K = MCY_COST_PRODUCTS };
static const char *const product_names[K] = {"DRAM", "NAND"};

static const mcy_margin_quarter *find_quarter(const margin_study *study,
                                              const mcy_period *period)
{
    for (size_t t = 0; t < study->history.n; t++)
        if (mcy_period_equal(&study->history.quarter[t].period, period))
            return &study->history.quarter[t];
    return NULL;
}

static mcy_status refuse_quarter(const margin_study *study, const mcy_period *period,
                                 mcy_error *err)
{
    const mcy_margin_history *h = &study->history;
    char wanted[32], first[32], last[32];
    mcy_period_format(period, wanted);
    mcy_period_format(&h->quarter[0].period, first);
    mcy_period_format(&h->quarter[h->n - 1].period, last);
    return MCY_FAIL(err, MCY_E_MISSING, "no margin of '%s' for %s: they run from %s to %s",
                    h->firm, wanted, first, last);
}

static mcy_margin_side side_of(const margin_study *study, const mcy_margin_quarter *q)
{
    size_t t = (size_t)(q - study->history.quarter);
    mcy_margin_side side = {.other_revenue_usd_m = study->history.data.other_revenue_usd_m[t],
                            .one_off_cost_usd_m = q->one_off_usd_m,
                            .total_cost_usd_m =
                                q->revenue_usd_m * (1.0 - q->gross_margin_frac)};
    for (size_t k = 0; k < K; k++) {
        side.revenue_usd_m[k] = study->history.data.revenue_usd_m[k][t];
        side.cost_usd_m[k] = side.revenue_usd_m[k] * study->cost.cost_share_frac[k][t];
    }
    return side;
}

mcy_status margin_bridge_between(const margin_study *study, const mcy_period *from,
                                 const mcy_period *to, margin_bridge_result *result,
                                 mcy_error *err)
{
    result->from = find_quarter(study, from);
    result->to = find_quarter(study, to);
    if (!result->from)
        return refuse_quarter(study, from, err);
    if (!result->to)
        return refuse_quarter(study, to, err);
    if (result->from->origin == MCY_MARGIN_MISSING || result->to->origin == MCY_MARGIN_MISSING)
        return MCY_FAIL(err, MCY_E_MISSING,
                        "'%s' has no gross margin in one of the two quarters",
                        study->history.firm);
    mcy_margin_side sides[2] = {side_of(study, result->from), side_of(study, result->to)};
    double bits[K] = {0}, variance = 0.0;
    size_t a = (size_t)(result->from - study->history.quarter);
    size_t b = (size_t)(result->to - study->history.quarter);
    if (a >= b)
        return MCY_FAIL(err, MCY_E_INPUT, "the first quarter must come before the last");
    for (size_t k = 0; k < K; k++) {
        double bits_variance = 0.0;
        for (size_t t = a + 1; t <= b; t++) {
            double sd = study->history.data.bit_qoq_sd_log[k][t];
            bits[k] += study->history.data.bit_qoq_log[k][t];
            bits_variance += sd * sd;
        }
        /* a bit more is a price less: the term moves by its weight */
        double share = 0.5 * (sides[0].cost_usd_m[k] / result->from->revenue_usd_m +
                              sides[1].cost_usd_m[k] / result->to->revenue_usd_m);
        variance += share * share * bits_variance;
    }
    result->price_sd_frac = sqrt(variance);
    return mcy_margin_bridge_attribute(&sides[0], &sides[1], bits, &result->terms, err);
}

static void term(mcy_table *t, const char *name, double frac, bool strong)
{
    mcy_table_row(t, strong);
    mcy_table_text(t, name);
    mcy_table_number(t, 100.0 * frac, NULL);
}

static mcy_table *bridge_table(mcy_arena *arena, const margin_study *study,
                               const margin_bridge_result *r)
{
    static const mcy_table_column columns[] = {
        {"term", {"项目", "term"}, true, {0}},
        {"points", {"百分点", "points"}, false, {.decimals = 2, .signed_plus = true}}};
    char from[32], to[32];
    mcy_period_format(&r->from->period, from);
    mcy_period_format(&r->to->period, to);
    const char *title = mcy_arena_print(
        arena, "%s: gross margin %s, %s %.1f %% to %s %.1f %%", study->history.firm,
        study->history.basis, from, 100.0 * r->terms.from_frac, to, 100.0 * r->terms.to_frac);
    mcy_table *t =
        mcy_table_create(arena, "margin-bridge", (mcy_bilingual){NULL, title}, columns, 2);
    if (!t)
        return NULL;
    const struct {
        const char *name;
        const double *values;
    } groups[] = {
        {"price", r->terms.price}, {"cost per bit", r->terms.cost}, {"mix", r->terms.mix}};
    for (size_t g = 0; g < 3; g++) {
        for (size_t k = 0; k < K; k++)
            term(t, mcy_arena_print(arena, "%s, %s", groups[g].name, product_names[k]),
                 groups[g].values[k], false);
        term(t, mcy_arena_print(arena, "%s, both", groups[g].name),
             groups[g].values[0] + groups[g].values[1], true);
    }
    term(t, "one-offs", r->terms.one_offs, false);
    term(t, "other revenue and what the fit leaves", r->terms.other, false);
    term(t, "change", r->terms.to_frac - r->terms.from_frac, true);
    mcy_table_note(t, (mcy_bilingual){
                          "推算，非公司披露",
                          mcy_arena_print(arena,
                                          "inferred, not reported; price against cost is known "
                                          "within %.1f points (90 %%) since bits are inferred",
                                          164.5 * r->price_sd_frac)});
    return t;
}

mcy_status bridge_margin_run(mcy_call *call, const mcy_facts *facts, const char *firm,
                             const mcy_period *from, const mcy_period *to, mcy_error *err)
{
    margin_study study;
    margin_bridge_result result;
    MCY_TRY(margin_study_of_facts(call->arena, facts, call->home, firm, false, &study, err));
    MCY_TRY(margin_bridge_between(&study, from, to, &result, err));
    mcy_table *const tables[] = {bridge_table(call->arena, &study, &result)};
    return margin_print_tables(call, tables, 1, err);
}
