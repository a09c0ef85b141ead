/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the facts say about a claim: published as it stands, or computed from what is. */
#include "claims_inside.h"

#include <string.h>

#include "mcy/number.h"

/* How a number came about. */
static const mcy_bilingual how_guided = {"本次财报给出的指引", "guidance said with this print"},
                           how_published = {"公布", "published"},
                           how_computed = {"由各期数值计算", "computed from levels"},
                           how_part = {"产品占总额", "product over total"},
                           how_margin = {"利润除以收入", "income over revenue"},
                           how_together = {"DRAM 与 NAND 合并", "DRAM and NAND together"},
                           how_memory = {"按存储业务公布", "published for memory"},
                           how_net = {"公司口径净资本开支",
                                      "net_capex, the company's own measure"};

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static const mcy_fact *winner_of(const mcy_facts *facts, const mcy_claim *c,
                                 const char *product, const char *metric,
                                 const mcy_period *period, int bases)
{
    mcy_fact_query q = {.company = c->company,
                        .product = product,
                        .metric = metric,
                        .target = period,
                        .bases = bases};
    return mcy_facts_winner(facts, &q);
}

static size_t add(mcy_arena *arena, mcy_evidence *list, size_t count, mcy_range range,
                  double middle, double rounding, const char *basis, mcy_bilingual how,
                  const char *rows)
{
    const char *held = mcy_arena_copy(arena, rows, strlen(rows));
    if (count == MCY_EVIDENCE_MOST || mcy_range_is_missing(range) || !held)
        return count;
    list[count] = (mcy_evidence){range, middle, rounding, basis, how, held};
    return count + 1;
}

static size_t add_fact(mcy_arena *arena, mcy_evidence *list, size_t count, const mcy_fact *f,
                       mcy_bilingual how)
{
    if (!f)
        return count;
    bool named = mcy_metric_needs_basis(f->metric);
    return add(arena, list, count, mcy_fact_range(f), mcy_fact_middle(f), f->rounding,
               named ? mcy_basis_name(f->basis) : "", how, f->id);
}

/* A guidance row of the quarter in which it was said: claims name that quarter. */
static const mcy_fact *said_in(const mcy_facts *facts, const mcy_claim *c)
{
    const mcy_fact *best = NULL;
    for (size_t i = 0; i < facts->count; i++) {
        const mcy_fact *f = &facts->items[i];
        if (f->basis == MCY_BASIS_GUIDANCE && is(f->company, c->company) &&
            is(f->product, c->product) && is(f->metric, c->metric) &&
            mcy_period_equal(&f->period, &c->period) && (!best || f->known >= best->known))
            best = f;
    }
    return best;
}

/* The row itself, under its own name and product, once a basis where the basis matters. */
static size_t add_published(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c,
                            const char *product, const char *metric, mcy_bilingual how,
                            mcy_evidence *list, size_t count)
{
    static const int bases[] = {MCY_BASIS_GAAP, MCY_BASIS_NON_GAAP, MCY_BASIS_IFRS};
    size_t before = count;
    for (size_t i = 0; mcy_metric_needs_basis(metric) && i < 3; i++)
        count = add_fact(arena, list, count,
                         winner_of(facts, c, product, metric, &c->period, bases[i]), how);
    if (count == before)
        count = add_fact(arena, list, count,
                         winner_of(facts, c, product, metric, &c->period, 0), how);
    return count;
}

static size_t add_ratio(mcy_arena *arena, mcy_evidence *list, size_t count, const mcy_fact *top,
                        const mcy_fact *bottom, bool growth, mcy_bilingual how)
{
    if (!top || !bottom || !(mcy_fact_range(bottom).low > 0.0) ||
        !(mcy_fact_range(top).low > 0.0))
        return count;
    mcy_range g = mcy_range_growth(mcy_fact_range(bottom), mcy_fact_range(top));
    double middle = mcy_fact_middle(top) / mcy_fact_middle(bottom) - (growth ? 1.0 : 0.0);
    if (!growth)
        g = (mcy_range){g.low + 1.0, g.high + 1.0};
    const char *rows = mcy_arena_print(arena, "%s %s", top->id, bottom->id);
    return rows ? add(arena, list, count, mcy_range_scale(g, 100.0), 100.0 * middle, 0.0,
                      mcy_metric_needs_basis(top->metric) ? mcy_basis_name(top->basis) : "",
                      how, rows)
                : count;
}

/* Growth on the quarter or the year before, from levels of one basis. */
static size_t add_growth(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c,
                         bool year, mcy_evidence *list, size_t count)
{
    const mcy_fact *now = winner_of(facts, c, c->product, "revenue", &c->period, 0);
    mcy_period before =
        year ? mcy_period_year_before(&c->period) : mcy_period_shift(&c->period, -1);
    const mcy_fact *was =
        now ? winner_of(facts, c, c->product, "revenue", &before, (int)now->basis) : NULL;
    return add_ratio(arena, list, count, now, was, true, how_computed);
}

/* The change of a margin on the quarter before, once a basis. */
static size_t add_margin_change(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c,
                                mcy_evidence *list, size_t count)
{
    static const int bases[] = {MCY_BASIS_GAAP, MCY_BASIS_NON_GAAP, MCY_BASIS_IFRS};
    mcy_period before = mcy_period_shift(&c->period, -1);
    for (size_t i = 0; i < 3; i++) {
        const mcy_fact *now =
            winner_of(facts, c, c->product, "gross_margin", &c->period, bases[i]);
        const mcy_fact *was =
            winner_of(facts, c, c->product, "gross_margin", &before, bases[i]);
        if (!now || !was)
            continue;
        mcy_range a = mcy_fact_range(now), b = mcy_fact_range(was);
        const char *rows = mcy_arena_print(arena, "%s %s", now->id, was->id);
        if (rows)
            count = add(arena, list, count, (mcy_range){a.low - b.high, a.high - b.low},
                        now->value - was->value, now->rounding + was->rounding,
                        mcy_basis_name(now->basis), how_computed, rows);
    }
    return count;
}

/* Operating income over revenue, once a basis. */
static size_t add_operating_margin(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c,
                                   mcy_evidence *list, size_t count)
{
    static const int bases[] = {MCY_BASIS_GAAP, MCY_BASIS_NON_GAAP, MCY_BASIS_IFRS};
    for (size_t i = 0; i < 3; i++)
        count = add_ratio(
            arena, list, count,
            winner_of(facts, c, c->product, "operating_income", &c->period, bases[i]),
            winner_of(facts, c, c->product, "revenue", &c->period, MCY_BASIS_REPORTED), false,
            how_margin);
    return count;
}

/* Bits of the whole company are nobody's number: from the lowest to the highest product. */
static size_t add_total_bits(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c,
                             mcy_evidence *list, size_t count)
{
    const mcy_fact *dram =
        winner_of(facts, c, "dram", c->metric, &c->period, MCY_BASIS_REPORTED);
    const mcy_fact *nand =
        winner_of(facts, c, "nand", c->metric, &c->period, MCY_BASIS_REPORTED);
    if (!dram || !nand)
        return count;
    mcy_range a = mcy_fact_range(dram), b = mcy_fact_range(nand);
    mcy_range hull = {a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
    const char *rows = mcy_arena_print(arena, "%s %s", dram->id, nand->id);
    return rows ? add(arena, list, count, hull, mcy_range_middle(hull), 0.0, "", how_together,
                      rows)
                : count;
}

size_t mcy_claim_evidence(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c,
                          mcy_evidence evidence[MCY_EVIDENCE_MOST])
{
    const char *m = c->metric;
    size_t n = 0;
    if (strncmp(m, "guidance_", 9) == 0)
        n = add_fact(arena, evidence, n, said_in(facts, c), how_guided);
    if (!n)
        n = add_published(arena, facts, c, c->product, m, how_published, evidence, n);
    if (!n && is(m, "revenue_qoq"))
        n = add_growth(arena, facts, c, false, evidence, n);
    if (!n && is(m, "revenue_yoy"))
        n = add_growth(arena, facts, c, true, evidence, n);
    if (!n && is(m, "revenue_share"))
        n = add_ratio(arena, evidence, n,
                      winner_of(facts, c, c->product, "revenue", &c->period, 0),
                      winner_of(facts, c, "total", "revenue", &c->period, 0), false, how_part);
    if (!n && is(m, "gross_margin_change"))
        n = add_margin_change(arena, facts, c, evidence, n);
    if (!n && is(m, "operating_margin"))
        n = add_operating_margin(arena, facts, c, evidence, n);
    if (!n && is(m, "bit_qoq") && is(c->product, "total"))
        n = add_total_bits(arena, facts, c, evidence, n);
    if (!n && is(m, "capex"))
        n = add_published(arena, facts, c, c->product, "net_capex", how_net, evidence, n);
    if (!n && is(c->product, "total"))
        n = add_published(arena, facts, c, "memory", m, how_memory, evidence, n);
    return n;
}

const mcy_fact *mcy_claim_last_said(const mcy_facts *facts, const mcy_claim *c)
{
    const mcy_fact *best = NULL;
    for (size_t i = 0; i < facts->count; i++) {
        const mcy_fact *f = &facts->items[i];
        if (!is(f->company, c->company) || !is(f->metric, c->metric) ||
            mcy_range_is_missing(mcy_fact_range(f)))
            continue;
        if (!best || f->known > best->known ||
            (f->known == best->known && f->confidence > best->confidence))
            best = f;
    }
    return best;
}
