/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ragged roll, step by step: keep, carry, pin, estimate, run. */
#include "mcy/roll.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base_figures.h"
#include "mcy/fit_file.h"
#include "mcy/number.h"

enum { PAST = 8, FABS = 2, PRODUCTS = 3 };

static const char *const fab_names[FABS] = {"dram", "nand"};
static const char *const product_names[PRODUCTS] = {"dram", "hbm", "nand"};

typedef struct rolling {
    mcy_arena *arena;
    mcy_roll *roll;
    const mcy_facts *facts;
    const char *firm;
    const mcy_model *model;
    const mcy_dimension *firms;
    size_t *line_of; /* [inputs] 1 + the line that changed it, 0 where kept */
    mcy_roll_line *lines;
    size_t capacity;
    mcy_error *err;
} rolling;

const char *mcy_roll_kind_name(mcy_roll_kind kind)
{
    static const char *const names[] = {"kept", "reported", "estimated", "carried"};
    return names[kind];
}

/* "name.a.b", or "name.a" where b is empty. */
static const char *join(rolling *it, const char *name, const char *a, const char *b)
{
    const char *made =
        mcy_arena_print(it->arena, b[0] == '\0' ? "%s.%s%s" : "%s.%s.%s", name, a, b);
    return made == NULL ? "" : made;
}

/* A value of the old run in the new base quarter (or another), by path. */
static double old_value(const rolling *it, const char *path, int quarter)
{
    size_t symbol, element;
    if (mcy_model_find(it->model, path, &symbol, &element, NULL) != MCY_OK)
        return MCY_MISSING;
    return mcy_path_panel_value(it->roll->panel, symbol, element, quarter);
}

/* Set an input of the new base and note it. Paths the model does not have are passed over. */
static mcy_status set(rolling *it, mcy_roll_kind kind, const char *path, int quarter,
                      double before, double value, double low, double high, const char *source)
{
    size_t symbol, element;
    mcy_inputs *inputs = it->roll->inputs;
    if (mcy_is_missing(value) ||
        mcy_model_find(it->model, path, &symbol, &element, NULL) != MCY_OK)
        return MCY_OK;
    size_t input = mcy_unrolled_input(inputs->unrolled, symbol, element, quarter);
    if (input == MCY_NONE)
        return MCY_OK;
    mcy_origin *origin = MCY_TAKE(it->arena, mcy_origin, 1);
    if (origin == NULL)
        return mcy_fail_memory(it->err);
    *origin = (mcy_origin){
        .kind = MCY_ORIGIN_FACT, .where = source, .judged = kind != MCY_ROLL_PINNED};
    inputs->values[input] = value;
    inputs->origins[input] = origin;
    const mcy_roll_line line = {kind, path, quarter, before, value, low, high, source};
    if (it->line_of[input] > 0) { /* what is known takes the place of what was carried */
        it->lines[it->line_of[input] - 1] = line;
        return MCY_OK;
    }
    MCY_TRY(mcy_arena_grow(it->arena, (void **)&it->lines, it->roll->line_count, &it->capacity,
                           sizeof *it->lines, it->err));
    it->lines[it->roll->line_count++] = line;
    it->line_of[input] = it->roll->line_count;
    return MCY_OK;
}

static mcy_status carry(rolling *it, const char *path, double value)
{
    return set(it, MCY_ROLL_CARRIED, path, 0, MCY_MISSING, value, MCY_MISSING, MCY_MISSING,
               "the model's own equations");
}

/* ---- keep
 * ------------------------------------------------------------------------------------ */

/* The same calendar quarter of every path, the same value of every scalar. */
static mcy_status keep_all(rolling *it)
{
    const mcy_inputs *old = it->roll->study->inputs;
    mcy_inputs *now = it->roll->inputs;
    for (size_t i = 0; i < now->count; i++) {
        mcy_place place = mcy_unrolled_input_place(now->unrolled, i);
        int quarter = place.quarter == MCY_EVERY_QUARTER ? 0 : place.quarter + 1;
        size_t from = mcy_unrolled_input(old->unrolled, place.symbol, place.element, quarter);
        if (from == MCY_NONE)
            continue;
        now->values[i] = old->values[from];
        now->origins[i] = old->origins[from];
    }
    return MCY_OK;
}

/* ---- carry
 * ----------------------------------------------------------------------------------- */

static mcy_status carry_fab(rolling *it, const char *firm, const char *fab)
{
    double space = old_value(it, join(it, "space", firm, fab), 1);
    double wafers = old_value(it, join(it, "wafers_installed", firm, fab), 1);
    double good = old_value(it, join(it, "capacity", firm, fab), 1);
    double waiting = old_value(it, join(it, "waiting", firm, fab), 1);
    MCY_TRY(carry(it, join(it, "capacity_0", firm, fab), good));
    MCY_TRY(carry(it, join(it, "waiting_0", firm, fab), fmax(waiting, 0)));
    return carry(it, join(it, "space_slack", firm, fab), fmax(space / wafers - 1, 0));
}

static mcy_status carry_firm(rolling *it, const char *firm)
{
    static const char *const pairs[][2] = {{"net_cash_0", "net_cash"},
                                           {"equity_0", "equity"},
                                           {"shares_0", "shares"},
                                           {"losses_0", "losses"},
                                           {"sbc_0", "sbc"}};
    for (size_t g = 0; g < FABS; g++)
        MCY_TRY(carry_fab(it, firm, fab_names[g]));
    for (size_t k = 0; k < PRODUCTS; k++) {
        double weeks =
            old_value(it, mcy_arena_print(it->arena, "weeks.%s.%s", firm, product_names[k]), 1);
        MCY_TRY(carry(it, mcy_arena_print(it->arena, "weeks_0.%s.%s", firm, product_names[k]),
                      fmin(fmax(weeks, 0.1), 60)));
    }
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        MCY_TRY(carry(it, join(it, pairs[i][0], firm, ""),
                      old_value(it, join(it, pairs[i][1], firm, ""), 1)));
    MCY_TRY(carry(it, join(it, "hbm_wafers_0", firm, ""),
                  old_value(it, join(it, "hbm_wafers", firm, ""), 1)));
    MCY_TRY(carry(it, join(it, "other_sales_0", firm, ""),
                  old_value(it, join(it, "other_sales", firm, ""), 1)));
    MCY_TRY(carry(it, join(it, "revenue_before", firm, ""),
                  old_value(it, join(it, "revenue", firm, ""), 0)));
    return carry(it, join(it, "net_cash_before", firm, ""),
                 old_value(it, join(it, "net_cash", firm, ""), 0));
}

/* End markets grew at their own pace; the ramp of HBM has a quarter less to go. */
static mcy_status carry_markets(rolling *it)
{
    size_t number = mcy_model_find_dimension(it->model, "market");
    if (number == MCY_NONE)
        return MCY_OK;
    const mcy_dimension *market = mcy_model_dimension(it->model, number);
    for (size_t k = 0; k < PRODUCTS; k++) {
        double all = 0;
        for (size_t m = 0; m < market->element_count; m++)
            all += old_value(
                it, join(it, "market_demand", product_names[k], market->elements[m]), 1);
        for (size_t m = 0; m < market->element_count; m++)
            MCY_TRY(carry(
                it, join(it, "demand_weight", product_names[k], market->elements[m]),
                old_value(it, join(it, "market_demand", product_names[k], market->elements[m]),
                          1) /
                    all));
    }
    return carry(it, "hbm_ramp_quarters", fmax(old_value(it, "hbm_ramp_quarters", 0) - 1, 1));
}

/* ---- prices and bits
 * ------------------------------------------------------------------------- */

/* The move of the contract price into the new quarter: surveyed, or what the model expected. */
static mcy_status roll_price(rolling *it, base_builder *builder, const char *product)
{
    bool hbm = strcmp(product, "hbm") == 0;
    double expected = old_value(it, join(it, "price", product, ""), 1) /
                      old_value(it, join(it, "price", product, ""), 0);
    base_figure move =
        hbm ? base_nothing() : base_contract_move(builder, product, it->roll->base);
    bool known = !mcy_is_missing(move.value);
    double factor = known ? 1 + move.value : expected;
    const char *path = join(it, "price_history", product, "");
    MCY_TRY(set(it, known ? MCY_ROLL_PINNED : MCY_ROLL_CARRIED, path, 0, MCY_MISSING, 1,
                MCY_MISSING, MCY_MISSING, "the new base quarter"));
    for (int t = -PAST; t < 0; t++)
        MCY_TRY(set(it, known ? MCY_ROLL_PINNED : MCY_ROLL_CARRIED, path, t, MCY_MISSING,
                    old_value(it, path, t + 1) / factor, MCY_MISSING, MCY_MISSING,
                    known ? move.source : "the model's own equations"));
    MCY_TRY(carry(it, join(it, "normal_price_0", product, ""),
                  old_value(it, join(it, "normal_price", product, ""), 1) / factor));
    base_figure fill =
        base_read(builder, "industry", product, "fill_rate", MCY_BASIS_ANY, it->roll->base);
    double old_fill = old_value(it, join(it, "fill_rate", product, ""), 1);
    path = join(it, "fill_0", product, "");
    if (!mcy_is_missing(fill.value))
        return set(it, MCY_ROLL_PINNED, path, 0, old_fill, fill.value, MCY_MISSING, MCY_MISSING,
                   fill.source);
    return carry(it, path, fmin(fmax(old_fill, 0.2), 2));
}

static mcy_status roll_bits(rolling *it, const char *fab)
{
    const char *path = join(it, "bits_history", fab, "");
    const char *bits = join(it, "industry_bits", fab, "");
    for (int t = -PAST; t <= 0; t++) {
        double before = t == 0 ? old_value(it, bits, 1) : old_value(it, path, t + 1);
        MCY_TRY(set(it, MCY_ROLL_CARRIED, path, t, MCY_MISSING, before / old_value(it, bits, 1),
                    MCY_MISSING, MCY_MISSING, "the model's own equations"));
    }
    return MCY_OK;
}

/* ---- pin
 * ------------------------------------------------------------------------------------- */

/* What the facts say of the firm's quarter, of the base and of the spending in it. */
static mcy_status pin(rolling *it, const mcy_base *base)
{
    static const char *const left[] = {"capacity_0.", "fx", "tax_rate."};
    const char *suffix = mcy_arena_print(it->arena, ".%s", it->firm);
    for (size_t i = 0; i < base->value_count; i++) {
        const mcy_base_value *value = &base->values[i];
        const char *at = strstr(value->path, suffix);
        bool mine = at != NULL && (at[strlen(suffix)] == '\0' || at[strlen(suffix)] == '.');
        for (size_t k = 0; k < sizeof left / sizeof left[0]; k++)
            mine = mine && strncmp(value->path, left[k], strlen(left[k])) != 0;
        if (!mine || (value->quarter != MCY_BASE_SCALAR && value->quarter != 0))
            continue;
        MCY_TRY(set(it, MCY_ROLL_PINNED, value->path, 0, MCY_MISSING, value->value, MCY_MISSING,
                    MCY_MISSING, value->source));
    }
    return MCY_OK;
}

/* ---- estimate
 * -------------------------------------------------------------------------------- */

typedef struct growth {
    double mean, sd; /* log growth of revenue into the new quarter */
} growth;

static growth growth_of(const mcy_decomposition *fit, const char *firm, mcy_quarter quarter)
{
    int i = mcy_panel_firm_index(&fit->panel, firm), t = quarter - fit->panel.first;
    if (i < 0 || t < 0 || (size_t)t >= fit->panel.quarters)
        return (growth){MCY_MISSING, MCY_MISSING};
    size_t at = (size_t)i * fit->panel.quarters + (size_t)t;
    return (growth){fit->revenue[at], fit->revenue_sd[at]};
}

static mcy_status estimate_sales(rolling *it, const char *firm, const char *fab, growth g)
{
    const char *path = join(it, "fab_sales_0", firm, fab);
    double old = old_value(it, path, 0), expected, wide = 1.6448536269514722 * g.sd;
    if (strcmp(fab, "nand") == 0)
        expected = old_value(it, join(it, "product_revenue", firm, "nand"), 1);
    else
        expected = old_value(it, join(it, "product_revenue", firm, "dram"), 1) +
                   old_value(it, join(it, "product_revenue", firm, "hbm"), 1);
    if (mcy_is_missing(g.mean))
        return set(it, MCY_ROLL_CARRIED, path, 0, MCY_MISSING, expected, MCY_MISSING,
                   MCY_MISSING, "the model's own equations");
    return set(it, MCY_ROLL_ESTIMATED, path, 0, expected, old * exp(g.mean),
               old * exp(g.mean - wide), old * exp(g.mean + wide),
               "decomposition of all that is known that day (D6)");
}

/* The cost the old run expected, on the revenue now estimated. */
static mcy_status estimate_margins(rolling *it, const char *firm)
{
    double revenue = old_value(it, join(it, "other_sales", firm, ""), 1);
    mcy_inputs *now = it->roll->inputs;
    for (size_t g = 0; g < FABS; g++) {
        size_t symbol, element;
        MCY_TRY(mcy_model_find(it->model, join(it, "fab_sales_0", firm, fab_names[g]), &symbol,
                               &element, it->err));
        revenue += now->values[mcy_unrolled_input(now->unrolled, symbol, element, 0)];
    }
    double cogs = old_value(it, join(it, "cogs", firm, ""), 1);
    double old_revenue = old_value(it, join(it, "revenue", firm, ""), 1);
    double opex = old_revenue - cogs - old_value(it, join(it, "operating_income", firm, ""), 1);
    const char *source = "cost as the old run expected it, on the revenue estimated";
    MCY_TRY(set(it, MCY_ROLL_ESTIMATED, join(it, "gross_margin_0", firm, ""), 0,
                1 - cogs / old_revenue, 1 - cogs / revenue, MCY_MISSING, MCY_MISSING, source));
    MCY_TRY(set(it, MCY_ROLL_ESTIMATED, join(it, "operating_margin_0", firm, ""), 0,
                (old_revenue - cogs - opex) / old_revenue, (revenue - cogs - opex) / revenue,
                MCY_MISSING, MCY_MISSING, source));
    return carry(it, join(it, "net_income_known", firm, ""), 0);
}

static mcy_status estimate_others(rolling *it)
{
    mcy_decomposition *fits[FABS];
    const mcy_decompose_settings quick = {.no_leave_one_out = true};
    for (size_t g = 0; g < FABS; g++)
        MCY_TRY(mcy_fit_product(it->arena, it->facts, fab_names[g], &quick, &fits[g], it->err));
    for (size_t g = 0; g < FABS; g++) {
        growth mean = {0, 0};
        size_t n = 0;
        for (size_t i = 0; i < it->firms->element_count; i++) {
            const char *firm = it->firms->elements[i];
            growth now = growth_of(fits[g], firm, it->roll->base);
            if (strcmp(firm, it->firm) == 0 || mcy_is_missing(now.mean))
                continue;
            MCY_TRY(estimate_sales(it, firm, fab_names[g], now));
            mean.mean += now.mean, mean.sd += now.sd, n++;
        }
        growth rest = n > 0 ? (growth){mean.mean / (double)n, 1.5 * mean.sd / (double)n}
                            : (growth){MCY_MISSING, MCY_MISSING};
        for (size_t i = 0; i < it->firms->element_count; i++) {
            const char *firm = it->firms->elements[i];
            if (strcmp(firm, it->firm) != 0 && mcy_panel_firm_index(&fits[g]->panel, firm) < 0)
                MCY_TRY(estimate_sales(it, firm, fab_names[g], rest));
        }
    }
    for (size_t i = 0; i < it->firms->element_count; i++)
        if (strcmp(it->firms->elements[i], it->firm) != 0)
            MCY_TRY(estimate_margins(it, it->firms->elements[i]));
    return MCY_OK;
}

/* HBM's part of a firm's DRAM revenue: as the old run has it, on the DRAM revenue of now. */
static mcy_status roll_hbm_part(rolling *it, const char *firm)
{
    size_t symbol, element;
    const mcy_inputs *now = it->roll->inputs;
    MCY_TRY(mcy_model_find(it->model, join(it, "fab_sales_0", firm, "dram"), &symbol, &element,
                           it->err));
    double dram = now->values[mcy_unrolled_input(now->unrolled, symbol, element, 0)];
    double hbm = old_value(it, join(it, "product_revenue", firm, "hbm"), 1);
    return carry(it, join(it, "hbm_part", firm, ""), dram > 0 ? fmin(hbm / dram, 1) : 0);
}

/* ---- together
 * -------------------------------------------------------------------------------- */

static mcy_status lay_out(rolling *it)
{
    const mcy_study *study = it->roll->study;
    mcy_unrolled *unrolled;
    mcy_unroll_options options = {.last = mcy_unrolled_last(study->unrolled) - 1,
                                  .base = it->roll->base};
    if (options.last < 1)
        return MCY_FAIL(it->err, MCY_E_INPUT, "a run of one quarter cannot be rolled on");
    MCY_TRY(mcy_unroll(it->arena, study->model, &options, &unrolled, it->err));
    MCY_TRY(mcy_inputs_create(it->arena, unrolled, study->inputs->calendars, &it->roll->inputs,
                              it->err));
    it->line_of = MCY_TAKE(it->arena, size_t, it->roll->inputs->count);
    return it->line_of == NULL ? mcy_fail_memory(it->err) : keep_all(it);
}

static mcy_status change_what_moves(rolling *it)
{
    base_builder builder = {
        .arena = it->arena, .facts = it->facts, .err = it->err, .quarter = it->roll->base};
    for (size_t i = 0; i < it->firms->element_count; i++)
        MCY_TRY(carry_firm(it, it->firms->elements[i]));
    MCY_TRY(carry_markets(it));
    for (size_t k = 0; k < PRODUCTS; k++)
        MCY_TRY(roll_price(it, &builder, product_names[k]));
    for (size_t g = 0; g < FABS; g++)
        MCY_TRY(roll_bits(it, fab_names[g]));
    const mcy_base *base;
    MCY_TRY(base_read_part(it->arena, it->facts, it->roll->base, &base, it->err));
    if (mcy_base_find(base, join(it, "fab_sales_0", it->firm, "dram"), MCY_BASE_SCALAR) == NULL)
        return MCY_FAIL(it->err, MCY_E_MISSING,
                        "'%s' has not reported that quarter by that day", it->firm);
    MCY_TRY(pin(it, base));
    MCY_TRY(estimate_others(it));
    for (size_t i = 0; i < it->firms->element_count; i++)
        MCY_TRY(roll_hbm_part(it, it->firms->elements[i]));
    return builder.status;
}

mcy_status mcy_roll_on(mcy_arena *arena, const mcy_study *study, const mcy_facts *facts,
                       const char *firm, mcy_roll **roll, mcy_error *err)
{
    mcy_error own = {0};
    rolling it = {.arena = arena,
                  .facts = facts,
                  .firm = firm,
                  .model = study->model,
                  .err = err == NULL ? &own : err};
    it.roll = MCY_TAKE(arena, mcy_roll, 1);
    if (it.roll == NULL)
        return mcy_fail_memory(err);
    size_t number = mcy_model_find_dimension(study->model, "firm");
    if (number == MCY_NONE)
        return MCY_FAIL(err, MCY_E_INPUT, "this model has no firms");
    it.firms = mcy_model_dimension(study->model, number);
    it.roll->study = study;
    it.roll->base = study->base_quarter + 1;
    MCY_TRY(mcy_study_run(arena, study, NULL, &it.roll->panel, it.err));
    MCY_TRY(lay_out(&it));
    MCY_TRY(change_what_moves(&it));
    it.roll->lines = it.lines;
    for (size_t i = 0; i < it.roll->inputs->count; i++)
        it.roll->kept += it.line_of[i] == 0;
    mcy_study *next = MCY_TAKE(arena, mcy_study, 1);
    if (next == NULL)
        return mcy_fail_memory(err);
    *next = *study;
    next->base_quarter = it.roll->base;
    next->unrolled = it.roll->inputs->unrolled;
    next->inputs = it.roll->inputs;
    MCY_TRY(mcy_unrolled_check_inputs(next->unrolled, next->inputs->values, it.err));
    MCY_TRY(mcy_study_run(arena, next, NULL, &it.roll->rolled, it.err));
    *roll = it.roll;
    return MCY_OK;
}
