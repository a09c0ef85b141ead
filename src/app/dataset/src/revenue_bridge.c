/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revenue bridges: levels from the facts, their split from the fits (D9). */
#include "mcy/revenue_bridge.h"

#include <math.h>
#include <string.h>

#include "mcy/facts_panel.h"
#include "mcy/number.h"

static const char *const factor_names[MCY_FACTORS] = {"bits", "market price", "own mix",
                                                      "exchange rate"};

const char *mcy_revenue_factor_name(mcy_revenue_factor factor)
{
    return factor_names[factor];
}

/* A level of revenue and the rows it comes from. */
typedef struct level {
    double value;
    const char *unit, *id;
    const mcy_fact *fact;
} level;

static const mcy_fact *winner(const mcy_facts *facts, const char *company, const char *product,
                              const char *metric, int bases, const mcy_period *target)
{
    mcy_fact_query query = {.company = mcy_facts_name(facts, company),
                            .product = mcy_facts_name(facts, product),
                            .metric = mcy_facts_name(facts, metric),
                            .bases = bases,
                            .target = target};
    if (!query.company || !query.product || !query.metric)
        return NULL;
    const mcy_fact *f = mcy_facts_winner(facts, &query);
    return f && !mcy_is_missing(mcy_fact_middle(f)) ? f : NULL;
}

static level level_of(const mcy_fact *f)
{
    return f ? (level){mcy_fact_middle(f), f->unit, f->id, f} : (level){.value = MCY_MISSING};
}

/* Levels of both quarters from the same kind of source. */
typedef struct levels {
    level before, after;
} levels;

static bool usable(const levels *l)
{
    return l->before.value > 0 && l->after.value > 0 && l->before.unit == l->after.unit;
}

static levels levels_of(const mcy_facts *facts, const char *firm, const char *product,
                        const mcy_period *from, const mcy_period *to, int bases)
{
    return (levels){level_of(winner(facts, firm, product, "revenue", bases, from)),
                    level_of(winner(facts, firm, product, "revenue", bases, to))};
}

/* Company revenue times the product's published share of it. */
static levels levels_from_shares(const mcy_facts *facts, const char *firm, const char *product,
                                 const mcy_period *from, const mcy_period *to)
{
    const int own = MCY_BASIS_REPORTED;
    levels l = levels_of(facts, firm, "total", from, to, own);
    const mcy_fact *share0 = winner(facts, firm, product, "share", own, from);
    const mcy_fact *share1 = winner(facts, firm, product, "share", own, to);
    l.before.value = share0 ? l.before.value * mcy_fact_middle(share0) / 100 : MCY_MISSING;
    l.after.value = share1 ? l.after.value * mcy_fact_middle(share1) / 100 : MCY_MISSING;
    if (share0 && share1) {
        l.before.id = share0->id;
        l.after.id = share1->id;
    }
    return l;
}

/* Micron's FY2018 levels and those restated from FQ1-19 on are of two bases. */
static bool same_basis(const levels *l)
{
    return (strstr(l->before.fact->text, "original basis") != NULL) ==
           (strstr(l->after.fact->text, "original basis") != NULL);
}

static mcy_status find_levels(const mcy_facts *facts, const char *firm, const char *product,
                              const mcy_period *from, const mcy_period *to, levels *l,
                              mcy_error *err)
{
    char a[32], b[32];
    mcy_period_format(from, a);
    mcy_period_format(to, b);
    *l = levels_of(facts, firm, product, from, to, MCY_BASIS_REPORTED);
    if (!usable(l))
        *l = levels_from_shares(facts, firm, product, from, to);
    if (!usable(l))
        *l = levels_of(facts, firm, product, from, to, MCY_BASIS_SURVEY);
    if (!usable(l))
        return MCY_FAIL(err, MCY_E_MISSING, "%s %s: no revenue of one kind in both %s and %s",
                        firm, product, a, b);
    if (!same_basis(l))
        return MCY_FAIL(
            err, MCY_E_MISSING,
            "%s %s: revenue of %s and %s is on two bases (multi-chip packages and drives "
            "were all NAND before FQ1-19); bridge inside one of them",
            firm, product, a, b);
    return MCY_OK;
}

/* Sums over the quarters of the bridge, and how the discrepancy to the printed change is
 * shared: bits and price given their exact sum (the quarters' smoothed errors taken as
 * independent). */
static mcy_status split_product(const mcy_facts *facts, const mcy_decomposition *f, size_t firm,
                                int from, int to, mcy_bridge_product *p, bool in_won,
                                mcy_error *err)
{
    double bits = 0, market = 0, mix = 0, fx = 0, to_bits = 0, revenue = 0, bits_var = 0;
    for (int t = from + 1; t <= to; t++) {
        size_t at = firm * f->panel.quarters + (size_t)t;
        double vb = f->bits_sd[at] * f->bits_sd[at];
        bits += f->bits[at];
        market += f->common[at];
        mix += f->mix[at];
        bits_var += vb;
        to_bits += vb + f->cov_bits_price[at];
        revenue += f->revenue_sd[at] * f->revenue_sd[at];
        if (in_won)
            fx -= mcy_facts_fx_change(facts, "krw", f->panel.first + t);
    }
    if (mcy_is_missing(fx))
        return MCY_FAIL(err, MCY_E_MISSING, "no exchange rate for a month of the bridge");
    double gap = log(p->after / p->before) - (bits + market + mix + fx);
    double share = revenue > 0 ? fmax(0, fmin(1, to_bits / revenue)) : 0.5;
    p->log_change[MCY_FACTOR_BITS] = bits + share * gap;
    p->log_change[MCY_FACTOR_MARKET] = market;
    p->log_change[MCY_FACTOR_MIX] = mix + (1 - share) * gap;
    p->log_change[MCY_FACTOR_FX] = fx;
    double conditional = revenue > 0 ? bits_var - to_bits * to_bits / revenue : bits_var;
    double mean = mcy_log_mean(p->after, p->before);
    p->split_sd = mean * sqrt(fmax(0, conditional));
    for (int k = 0; k < MCY_FACTORS; k++)
        p->term[k] = mean * p->log_change[k];
    return MCY_OK;
}

static mcy_status add_product(mcy_revenue_bridge *b, const mcy_facts *facts,
                              const mcy_decomposition *f, mcy_error *err)
{
    int firm = mcy_panel_firm_index(&f->panel, b->firm);
    int from = mcy_period_quarter(&b->from) - f->panel.first;
    int to = mcy_period_quarter(&b->to) - f->panel.first;
    if (firm < 0)
        return MCY_FAIL(err, MCY_E_MISSING, "the fit of %s has no firm '%s'", f->panel.product,
                        b->firm);
    if (from < -1 || to >= (int)f->panel.quarters) {
        char first[32], last[32], asked[32];
        mcy_period_format(from < -1 ? &b->from : &b->to, asked);
        mcy_quarter_format(f->panel.first - 1, first);
        mcy_quarter_format(f->panel.first + (mcy_quarter)f->panel.quarters - 1, last);
        return MCY_FAIL(err, MCY_E_MISSING, "the fit of %s reaches from %s to %s, not to %s",
                        f->panel.product, first, last, asked);
    }
    levels l;
    MCY_TRY(find_levels(facts, b->firm, f->panel.product, &b->from, &b->to, &l, err));
    if (b->unit && b->unit != l.after.unit)
        return MCY_FAIL(err, MCY_E_MISSING, "%s: %s is known in %s and another product in %s",
                        b->firm, f->panel.product, l.after.unit, b->unit);
    b->unit = l.after.unit;
    mcy_bridge_product *p = &b->product[b->products++];
    memcpy(p->name, f->panel.product, sizeof p->name);
    p->before = l.before.value;
    p->after = l.after.value;
    p->before_fact = l.before.id;
    p->after_fact = l.after.id;
    return split_product(facts, f, (size_t)firm, from, to, p, strncmp(b->unit, "krw", 3) == 0,
                         err);
}

/* Company revenue less the products, when it is known on the same kind of source. */
static void add_total(mcy_revenue_bridge *b, const mcy_facts *facts)
{
    levels total = levels_of(facts, b->firm, "total", &b->from, &b->to, MCY_BASIS_REPORTED);
    const char *id = b->product[0].after_fact;
    bool own = false; /* the products' levels are the firm's own, not a survey's */
    for (size_t i = 0; i < facts->count && !own; i++)
        own = facts->items[i].id == id && (facts->items[i].basis & MCY_BASIS_REPORTED) != 0;
    b->before = b->after = b->other_before = b->other_after = 0;
    for (size_t k = 0; k < b->products; k++) {
        b->before += b->product[k].before;
        b->after += b->product[k].after;
    }
    b->has_total = own && usable(&total) && total.after.unit == b->unit;
    if (!b->has_total)
        return;
    b->other_before = total.before.value - b->before;
    b->other_after = total.after.value - b->after;
    b->before = total.before.value;
    b->after = total.after.value;
}

/* Every method on the same factors; products are items, never added in bits. */
static mcy_status split_by_methods(mcy_revenue_bridge *b, mcy_error *err)
{
    double before[MCY_BRIDGE_PRODUCTS_MAX * MCY_FACTORS];
    double after[MCY_BRIDGE_PRODUCTS_MAX * MCY_FACTORS];
    double term[MCY_BRIDGE_PRODUCTS_MAX * MCY_FACTORS];
    for (size_t k = 0; k < b->products; k++)
        for (size_t j = 0; j < MCY_FACTORS; j++) {
            before[k * MCY_FACTORS + j] = j == MCY_FACTOR_BITS ? b->product[k].before : 1;
            after[k * MCY_FACTORS + j] =
                before[k * MCY_FACTORS + j] * exp(b->product[k].log_change[j]);
        }
    for (int m = 0; m < MCY_BRIDGE_METHODS; m++) {
        MCY_TRY(mcy_bridge_split((mcy_bridge_method)m, b->products, MCY_FACTORS, before, after,
                                 term, err));
        for (int j = 0; j < MCY_FACTORS; j++) {
            b->method[m][j] = 0;
            for (size_t k = 0; k < b->products; k++)
                b->method[m][j] += term[k * MCY_FACTORS + (size_t)j];
        }
    }
    return MCY_OK;
}

mcy_status mcy_revenue_bridge_build(mcy_arena *arena, const mcy_facts *facts,
                                    const mcy_decomposition *const *fit, size_t fits,
                                    const char *firm, const mcy_period *from,
                                    const mcy_period *to, mcy_revenue_bridge *bridge,
                                    mcy_error *err)
{
    mcy_revenue_bridge b = {.from = *from, .to = *to};
    char first[32], last[32];
    mcy_period_format(from, first);
    mcy_period_format(to, last);
    if (from->span != MCY_SPAN_QUARTER || to->span != MCY_SPAN_QUARTER ||
        from->last_month >= to->last_month)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "a bridge goes from a quarter to a later one, got %s to %s", first,
                        last);
    if (fits == 0 || fits > MCY_BRIDGE_PRODUCTS_MAX)
        return MCY_FAIL(err, MCY_E_INPUT, "a bridge takes 1..%d products, got %zu",
                        (int)MCY_BRIDGE_PRODUCTS_MAX, fits);
    b.firm = mcy_arena_copy(arena, firm, strlen(firm));
    if (!b.firm)
        return mcy_fail_memory(err);
    for (size_t k = 0; k < fits; k++)
        MCY_TRY(add_product(&b, facts, fit[k], err));
    add_total(&b, facts);
    MCY_TRY(split_by_methods(&b, err));
    *bridge = b;
    return MCY_OK;
}
