/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A firm's history as the cost fit wants it: revenue by product, cost of goods sold, bits. */
#include "mcy/margin_history.h"

#include <math.h>
#include <string.h>

#include "judgements.h"
#include "mcy/number.h"

enum { K = MCY_COST_PRODUCTS };
static const char *const product_names[K] = {"dram", "nand"};

/* How a firm publishes. first: the first quarter on its present basis of revenue by product. */
typedef struct firm_ways {
    const char *name, *basis;
    int margin_bases, revenue_bases;
    mcy_quarter first; /* calendar */
} firm_ways;

static const firm_ways *ways_of(const char *firm)
{
    static const firm_ways all[] = {
        /* FQ1-19: MCP and SSD revenue split into DRAM and NAND from here on */
        {"micron", "non-GAAP", MCY_BASIS_NON_GAAP, MCY_BASIS_GAAP, 4 * 2018 + 3},
        /* the first quarter with shares of revenue by product is 2021Q3 */
        {"skhynix", "IFRS", MCY_BASIS_IFRS, MCY_BASIS_IFRS, 4 * 2021 + 2},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, firm) == 0)
            return &all[i];
    return NULL;
}

static const mcy_fact *find(const mcy_facts *facts, const char *firm, const char *product,
                            const char *metric, int bases, const mcy_period *target)
{
    mcy_fact_query query = {.company = firm,
                            .product = product,
                            .metric = metric,
                            .bases = bases,
                            .target = target};
    return mcy_facts_winner(facts, &query);
}

static double usd_m(const mcy_facts *facts, const mcy_fact *fact)
{
    return fact ? mcy_range_middle(mcy_fact_usd_m(facts, fact)) : MCY_MISSING;
}

/* Index of a calendar quarter in a decomposition, or -1. */
static int index_in(const mcy_decomposition *bits, mcy_quarter quarter)
{
    int t = quarter - bits->panel.first;
    return t >= 0 && t < (int)bits->panel.quarters ? t : -1;
}

/* Revenue of a product where the firm prints it, in USD or as a share of its own. */
static double printed_product(const mcy_facts *facts, const firm_ways *ways, size_t k,
                              const mcy_margin_quarter *q)
{
    const mcy_fact *direct =
        find(facts, ways->name, product_names[k], "revenue", ways->revenue_bases, &q->period);
    if (direct)
        return usd_m(facts, direct);
    const mcy_fact *share =
        find(facts, ways->name, product_names[k], "share", MCY_BASIS_IFRS, &q->period);
    return share ? 0.01 * mcy_fact_middle(share) * q->revenue_usd_m : MCY_MISSING;
}

/* Where a product's revenue is not printed: the decomposition's growth, bent so that it meets the
 * printed quarters on both sides. */
static mcy_status bridge_products(mcy_margin_history *h, const mcy_decomposition *bits,
                                  size_t k, const char *firm, mcy_error *err)
{
    int f = mcy_panel_firm_index(&bits->panel, firm);
    const double *growth = bits->revenue + (size_t)f * bits->panel.quarters;
    size_t known = h->n;
    for (size_t t = 0; t < h->n; t++) {
        double here = h->quarter[t].product_revenue_usd_m[k];
        if (mcy_is_missing(here)) {
            if (known == h->n)
                return MCY_FAIL(err, MCY_E_MISSING,
                                "'%s': no revenue of %s in its first quarter of margins", firm,
                                product_names[k]);
            int at = index_in(bits, h->quarter[t].quarter);
            h->quarter[t].product_revenue_usd_m[k] =
                h->quarter[t - 1].product_revenue_usd_m[k] * exp(growth[at]);
            continue;
        }
        if (known < h->n && t > known + 1) {
            int at = index_in(bits, h->quarter[t].quarter);
            double reached = h->quarter[t - 1].product_revenue_usd_m[k] * exp(growth[at]);
            double miss = log(here / reached) / (double)(t - known);
            for (size_t i = known + 1; i < t; i++)
                h->quarter[i].product_revenue_usd_m[k] *= exp(miss * (double)(i - known));
        }
        known = t;
    }
    return MCY_OK;
}

/* Products may not take more than all of the revenue: what is inferred yields. */
static void fit_into_total(mcy_margin_quarter *q)
{
    double sum = q->product_revenue_usd_m[0] + q->product_revenue_usd_m[1];
    for (size_t k = 0; k < K && sum > q->revenue_usd_m; k++)
        q->product_revenue_usd_m[k] *= q->revenue_usd_m / sum;
}

static mcy_status take_quarters(mcy_arena *arena, const mcy_facts *facts, const firm_ways *ways,
                                const mcy_decomposition *const bits[K], mcy_margin_history *h,
                                mcy_error *err)
{
    mcy_fact_query query = {.company = ways->name,
                            .product = "total",
                            .metric = "revenue",
                            .bases = ways->revenue_bases,
                            .only_quarters = true};
    const mcy_fact *const *revenue;
    size_t count;
    MCY_TRY(mcy_facts_series(arena, facts, &query, &revenue, &count, err));
    h->quarter = MCY_TAKE(arena, mcy_margin_quarter, count + 1);
    if (!h->quarter)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        mcy_quarter quarter = mcy_period_quarter(&revenue[i]->target);
        if (quarter < ways->first || index_in(bits[0], quarter) < 0 ||
            index_in(bits[1], quarter) < 0)
            continue;
        if (h->n && quarter != h->quarter[h->n - 1].quarter + 1) {
            char name[32];
            mcy_quarter_format(h->quarter[h->n - 1].quarter + 1, name);
            return MCY_FAIL(err, MCY_E_MISSING, "'%s': revenue of %s is missing", ways->name,
                            name);
        }
        mcy_margin_quarter *q = &h->quarter[h->n++];
        *q = (mcy_margin_quarter){.period = revenue[i]->target,
                                  .quarter = quarter,
                                  .revenue_usd_m = usd_m(facts, revenue[i]),
                                  .gross_margin_frac = MCY_MISSING,
                                  .revenue_id = revenue[i]->id};
        for (size_t k = 0; k < K; k++)
            q->product_revenue_usd_m[k] = printed_product(facts, ways, k, q);
    }
    if (!h->n)
        return MCY_FAIL(err, MCY_E_MISSING,
                        "'%s': no quarter has revenue as well as bits and prices", ways->name);
    for (size_t k = 0; k < K; k++)
        MCY_TRY(bridge_products(h, bits[k], k, ways->name, err));
    for (size_t t = 0; t < h->n; t++)
        fit_into_total(&h->quarter[t]);
    return MCY_OK;
}

static double operating_margin(const mcy_facts *facts, const firm_ways *ways,
                               const mcy_margin_quarter *q)
{
    const mcy_fact *income =
        find(facts, ways->name, "total", "operating_income", ways->margin_bases, &q->period);
    return income ? usd_m(facts, income) / q->revenue_usd_m : MCY_MISSING;
}

/* Margins as printed; between them operating margin plus operating expenses, these taken from the
 * nearest quarter in which both are printed. */
static void fill_margins(const mcy_facts *facts, const firm_ways *ways, mcy_margin_history *h,
                         double *half_usd_m)
{
    for (size_t t = 0; t < h->n; t++) {
        mcy_margin_quarter *q = &h->quarter[t];
        const mcy_fact *margin =
            find(facts, ways->name, "total", "gross_margin", ways->margin_bases, &q->period);
        half_usd_m[t] = MCY_MISSING;
        if (!margin)
            continue;
        q->gross_margin_frac = 0.01 * mcy_fact_middle(margin);
        q->origin = MCY_MARGIN_REPORTED;
        q->margin_id = margin->id;
        half_usd_m[t] = 0.01 * margin->rounding * q->revenue_usd_m;
    }
    for (size_t t = 0; t < h->n; t++) {
        mcy_margin_quarter *q = &h->quarter[t];
        double margin = operating_margin(facts, ways, q), opex = MCY_MISSING;
        if (q->origin != MCY_MARGIN_MISSING || mcy_is_missing(margin))
            continue;
        for (size_t step = 1; step < h->n && mcy_is_missing(opex); step++)
            for (int side = -1; side <= 1 && mcy_is_missing(opex); side += 2) {
                size_t at = side < 0 ? t - step : t + step; /* wraps: too large */
                if (at >= h->n || h->quarter[at].origin != MCY_MARGIN_REPORTED)
                    continue;
                const mcy_margin_quarter *near = &h->quarter[at];
                opex = (near->gross_margin_frac - operating_margin(facts, ways, near)) *
                       near->revenue_usd_m;
            }
        if (mcy_is_missing(opex))
            continue;
        q->gross_margin_frac = margin + opex / q->revenue_usd_m;
        q->origin = MCY_MARGIN_FROM_OPEX;
        half_usd_m[t] = 0.3 * opex; /* operating expenses move by this much within two years */
        h->opex_quarters++;
    }
}

static double *column(mcy_arena *arena, size_t n, bool *failed)
{
    double *values = MCY_TAKE(arena, double, n);
    *failed = *failed || !values;
    return values;
}

/* The cost fit's columns. */
static mcy_status fill_data(mcy_arena *arena, const mcy_facts *facts, const firm_ways *ways,
                            const mcy_one_offs *one_offs,
                            const mcy_decomposition *const bits[K], mcy_margin_history *h,
                            mcy_error *err)
{
    bool failed = false;
    double *other = column(arena, h->n, &failed), *cogs = column(arena, h->n, &failed);
    double *cogs_sd = column(arena, h->n, &failed), *addition = column(arena, h->n, &failed);
    double *revenue[K], *growth[K], *growth_sd[K];
    for (size_t k = 0; k < K; k++) {
        revenue[k] = column(arena, h->n, &failed);
        growth[k] = column(arena, h->n, &failed);
        growth_sd[k] = column(arena, h->n, &failed);
    }
    if (failed)
        return mcy_fail_memory(err);
    fill_margins(facts, ways, h, cogs_sd);
    for (size_t t = 0; t < h->n; t++) {
        mcy_margin_quarter *q = &h->quarter[t];
        double one_off_sd = 0.0;
        q->one_off_usd_m = mcy_one_offs_find(one_offs, ways->name, &q->period, &one_off_sd);
        addition[t] = q->one_off_usd_m;
        cogs[t] = q->revenue_usd_m * (1.0 - q->gross_margin_frac);
        /* a rounding is uniform: its sd is half the width over the root of 3 */
        cogs_sd[t] = mcy_is_missing(cogs[t]) ? 1.0 : hypot(cogs_sd[t] / sqrt(3.0), one_off_sd);
        other[t] = q->revenue_usd_m;
        for (size_t k = 0; k < K; k++) {
            int f = mcy_panel_firm_index(&bits[k]->panel, ways->name);
            size_t at =
                (size_t)f * bits[k]->panel.quarters + (size_t)index_in(bits[k], q->quarter);
            revenue[k][t] = q->product_revenue_usd_m[k];
            other[t] -= q->product_revenue_usd_m[k];
            growth[k][t] = bits[k]->bits[at];
            growth_sd[k][t] = bits[k]->bits_sd[at];
        }
        other[t] = other[t] > 0.0 ? other[t] : 0.0;
    }
    h->data = (mcy_cost_data){.n = h->n,
                              .other_revenue_usd_m = other,
                              .cogs_usd_m = cogs,
                              .cogs_sd_usd_m = cogs_sd,
                              .known_addition_usd_m = addition};
    for (size_t k = 0; k < K; k++) {
        h->data.revenue_usd_m[k] = revenue[k];
        h->data.bit_qoq_log[k] = growth[k];
        h->data.bit_qoq_sd_log[k] = growth_sd[k];
    }
    return MCY_OK;
}

mcy_status mcy_margin_history_build(mcy_arena *arena, const mcy_facts *facts,
                                    const char *folder,
                                    const mcy_decomposition *const bits[MCY_COST_PRODUCTS],
                                    const char *firm, mcy_margin_history *history,
                                    mcy_error *err)
{
    const firm_ways *ways = ways_of(firm);
    if (!ways)
        return MCY_FAIL(
            err, MCY_E_MISSING,
            "'%s' publishes no cost of goods sold of its memory business: costs can be "
            "inferred for micron and skhynix",
            firm);
    for (size_t k = 0; k < K; k++)
        if (mcy_panel_firm_index(&bits[k]->panel, firm) < 0)
            return MCY_FAIL(err, MCY_E_MISSING, "'%s' is not in the decomposition of %s", firm,
                            product_names[k]);
    mcy_one_offs one_offs;
    *history = (mcy_margin_history){.firm = ways->name, .basis = ways->basis};
    MCY_TRY(mcy_one_offs_read(arena, folder, &one_offs, err));
    MCY_TRY(mcy_cost_priors_read(arena, folder, firm, &history->prior, err));
    MCY_TRY(take_quarters(arena, facts, ways, bits, history, err));
    return fill_data(arena, facts, ways, &one_offs, bits, history, err);
}
