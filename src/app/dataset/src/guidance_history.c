/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a firm guided, quarter by quarter, and what came. */
#include "mcy/guidance_history.h"

#include "mcy/number.h"

/* The winning row of the firm's total for a metric said in a quarter or about one. */
static const mcy_fact *find_about(const mcy_facts *facts, const char *firm, const char *metric,
                                  int bases, const mcy_period *target)
{
    mcy_fact_query query = {.company = firm,
                            .product = "total",
                            .metric = metric,
                            .bases = bases,
                            .target = target};
    return mcy_facts_winner(facts, &query);
}

static double middle_of(const mcy_fact *fact, double scale)
{
    return fact ? scale * mcy_fact_middle(fact) : MCY_MISSING;
}

static mcy_range range_of(const mcy_fact *fact, double scale)
{
    return fact ? mcy_range_scale(mcy_fact_range(fact), scale) : mcy_range_missing();
}

static double usd_m_of(const mcy_facts *facts, const mcy_fact *fact)
{
    return fact ? mcy_range_middle(mcy_fact_usd_m(facts, fact)) : MCY_MISSING;
}

static void fill_said(const mcy_facts *facts, const char *firm, const mcy_fact *revenue,
                      mcy_guidance *g)
{
    const mcy_period *target = &g->target;
    const mcy_fact *margin = find_about(facts, firm, "guidance_gross_margin", 0, target);
    const mcy_fact *opex = find_about(facts, firm, "guidance_opex", 0, target);
    const mcy_fact *eps = find_about(facts, firm, "guidance_eps", MCY_BASIS_NON_GAAP, target);
    g->revenue_usd_m = mcy_fact_usd_m(facts, revenue);
    g->gross_margin_frac = range_of(margin, 0.01);
    g->opex_usd_m = range_of(opex, 1.0);
    g->eps_usd = range_of(eps, 1.0);
    g->tax_rate_frac =
        middle_of(find_about(facts, firm, "tax_rate", MCY_BASIS_GUIDANCE, target), 0.01);
    g->shares_m =
        middle_of(find_about(facts, firm, "diluted_shares", MCY_BASIS_GUIDANCE, target), 1.0);
    g->revenue_id = revenue->id;
    g->margin_id = margin ? margin->id : NULL;
    g->opex_id = opex ? opex->id : NULL;
    g->eps_id = eps ? eps->id : NULL;
}

static void fill_outcome(const mcy_facts *facts, const char *firm, mcy_guidance *g)
{
    const mcy_fact *revenue =
        find_about(facts, firm, "revenue", MCY_BASIS_GAAP | MCY_BASIS_IFRS, &g->target);
    const mcy_fact *margin =
        find_about(facts, firm, "gross_margin", MCY_BASIS_NON_GAAP, &g->target);
    g->last_revenue_usd_m = usd_m_of(
        facts, find_about(facts, firm, "revenue", MCY_BASIS_GAAP | MCY_BASIS_IFRS, &g->said));
    g->last_margin_frac =
        middle_of(find_about(facts, firm, "gross_margin", MCY_BASIS_NON_GAAP, &g->said), 0.01);
    g->actual_revenue_usd_m = usd_m_of(facts, revenue);
    g->actual_margin_frac = middle_of(margin, 0.01);
    g->actual_opex_usd_m =
        usd_m_of(facts, find_about(facts, firm, "opex", MCY_BASIS_NON_GAAP, &g->target));
    g->actual_eps_usd =
        middle_of(find_about(facts, firm, "eps_diluted", MCY_BASIS_NON_GAAP, &g->target), 1.0);
    g->actual_known = revenue && margin
                          ? (revenue->known > margin->known ? revenue->known : margin->known)
                          : 0;
}

mcy_status mcy_guidance_history_build(mcy_arena *arena, const mcy_facts *facts,
                                      const char *firm, mcy_guidance **guidance, size_t *count,
                                      mcy_error *err)
{
    mcy_fact_query query = {.company = firm,
                            .product = "total",
                            .metric = "guidance_revenue",
                            .bases = MCY_BASIS_GUIDANCE,
                            .only_quarters = true};
    const mcy_fact *const *said;
    size_t n;
    MCY_TRY(mcy_facts_series(arena, facts, &query, &said, &n, err));
    if (!n)
        return MCY_FAIL(err, MCY_E_MISSING,
                        "'%s' gives no guidance of revenue for a quarter in the facts (metric "
                        "'guidance_revenue', product 'total')",
                        firm);
    mcy_guidance *list = MCY_TAKE(arena, mcy_guidance, n);
    if (!list)
        return mcy_fail_memory(err);
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        mcy_guidance *g = &list[(*count)++];
        *g = (mcy_guidance){
            .said = said[i]->period, .target = said[i]->target, .known = said[i]->known};
        fill_said(facts, firm, said[i], g);
        fill_outcome(facts, firm, g);
    }
    *guidance = list;
    return MCY_OK;
}
