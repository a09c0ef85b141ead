/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What surveys say about the price of the whole market (D4). */
#include <string.h>

#include "facts_panel_inside.h"

/* Definitions of a product's market price by their endings, the widest first: what firms'
 * average prices are about includes HBM. Single segments (server, PC, mobile, wafers) are not
 * the market. */
static const char *const definitions[] = {"_incl_hbm", "", "_conventional"};

enum { DEFINITIONS = (int)(sizeof definitions / sizeof *definitions) };

/* Rows under the product's own name that speak of one segment of it. */
static bool is_segment(const mcy_fact *f)
{
    static const char *const words[] = {"server", "DDR4", "DDR5", "PC ", "mobile"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(f->text, words[i]))
            return true;
    return false;
}

/* Said when the quarter was over, or at least so marked. */
static bool is_past(const mcy_fact *f)
{
    return f->basis == MCY_BASIS_SURVEY || f->known >= f->period_end;
}

static const mcy_fact *later(const mcy_fact *a, const mcy_fact *b)
{
    if (!a || !b)
        return a ? a : b;
    if (is_past(a) != is_past(b))
        return is_past(a) ? a : b;
    if (a->known != b->known)
        return a->known > b->known ? a : b;
    return b->confidence > a->confidence ? b : a;
}

/* The best statement a quarter of one definition. */
static mcy_status statements(panel_build *b, const char *product, const mcy_fact **slots,
                             mcy_error *err)
{
    mcy_fact_query query = {.company = mcy_facts_name(b->facts, "industry"),
                            .product = mcy_facts_name(b->facts, product),
                            .metric = mcy_facts_name(b->facts, "contract_price_qoq"),
                            .bases = MCY_BASIS_SURVEY | MCY_BASIS_ESTIMATE,
                            .only_quarters = true};
    if (!query.company || !query.product || !query.metric)
        return MCY_OK;
    const mcy_fact *const *found;
    size_t count;
    MCY_TRY(mcy_facts_find(b->arena, b->facts, &query, &found, &count, err));
    for (size_t i = 0; i < count; i++) {
        const mcy_fact **slot = panel_slot(b, slots, found[i]);
        double low, high;
        if (slot && !is_segment(found[i]) && panel_growth_range(found[i], &low, &high))
            *slot = later(*slot, found[i]);
    }
    return MCY_OK;
}

static mcy_status add_industry_price(panel_build *b, mcy_error *err)
{
    const mcy_fact **price;
    MCY_TRY(panel_series(b, "industry", b->product, "asp_qoq", MCY_BASIS_SURVEY, &price, err));
    for (size_t t = 0; t < b->quarters; t++) {
        double low, high;
        if (price[t + 1] && panel_growth_range(price[t + 1], &low, &high))
            MCY_TRY(panel_add(b, MCY_PANEL_CONTRACT, MCY_PANEL_SURVEY, -1, t, low, high,
                              price[t + 1], err));
    }
    return MCY_OK;
}

mcy_status panel_add_contracts(panel_build *b, mcy_error *err)
{
    const mcy_fact **slots[DEFINITIONS];
    for (int d = 0; d < DEFINITIONS; d++) {
        const char *name = mcy_arena_print(b->arena, "%s%s", b->product, definitions[d]);
        slots[d] = MCY_TAKE(b->arena, const mcy_fact *, b->quarters + 1);
        if (!slots[d] || !name)
            return mcy_fail_memory(err);
        MCY_TRY(statements(b, name, slots[d], err));
    }
    for (size_t t = 0; t < b->quarters; t++) {
        const mcy_fact *f = NULL;
        for (int d = 0; d < DEFINITIONS && !f; d++)
            f = slots[d][t + 1];
        double low, high;
        if (f && panel_growth_range(f, &low, &high))
            MCY_TRY(panel_add(b, MCY_PANEL_CONTRACT,
                              is_past(f) ? MCY_PANEL_SURVEY : MCY_PANEL_ESTIMATE, -1, t, low,
                              high, f, err));
    }
    return add_industry_price(b, err);
}
