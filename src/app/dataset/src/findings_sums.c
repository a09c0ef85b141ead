/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts against wholes: products, quarters of a year, income against margin. */
#include "findings_inside.h"

#include <math.h>
#include <string.h>

#include "mcy/number.h"

static const mcy_fact *level(const mcy_checks *c, const mcy_fact *like, const char *product,
                             const char *metric, const char *unit, const mcy_period *target)
{
    mcy_fact_query q = {.company = like->company,
                        .product = product,
                        .metric = metric,
                        .unit = unit,
                        .target = target,
                        .bases = (int)like->basis};
    const mcy_fact *f = mcy_facts_winner(c->facts, &q);
    return f && !mcy_is_missing(f->value) ? f : NULL;
}

/* Half the last digit printed; an amount in whole hundreds of millions may have been said in
 * billions with one decimal. */
static double half_of(const mcy_fact *f)
{
    mcy_range range = mcy_fact_range(f);
    double half = mcy_range_is_closed(range) ? mcy_range_half(range) : f->rounding;
    bool hundreds = strcmp(f->unit, "usd_m") == 0 && fmod(f->value, 100.0) == 0.0;
    return hundreds && half < 50.0 ? 50.0 : half;
}

/* A sum of printed numbers is off by at most their roundings; one more for the whole's own. */
typedef struct adding {
    double sum, slack;
    const char *rows;
    size_t parts;
} adding;

static bool add_part(mcy_checks *c, adding *a, const mcy_fact *part)
{
    a->sum += part->value;
    a->slack += half_of(part);
    a->rows = mcy_arena_print(c->arena, "%s %s", a->rows, part->id);
    a->parts++;
    return a->rows != NULL;
}

static mcy_status compare_whole(mcy_checks *c, const mcy_fact *whole, const adding *a,
                                const char *parts)
{
    double own = half_of(whole);
    double off = a->sum - whole->value;
    char period[32];
    c->asked[MCY_FINDING_SUM]++;
    if (fabs(off) <= (a->slack + own) * (1.0 + 1e-9))
        return MCY_OK;
    mcy_period_format(&whole->target, period);
    const char *sentence = mcy_arena_print(
        c->arena,
        "%s of %s %s in %s add to %.6g, the whole is %.6g %s: off by %+.4g, rounding "
        "allows %.4g",
        parts, whole->company, whole->metric, period, a->sum, whole->value, whole->unit, off,
        a->slack + own);
    return mcy_checks_add(c, MCY_FINDING_SUM, mcy_series_name(c->arena, whole), &whole->target,
                          whole->value != 0.0 ? off / whole->value : off, a->rows, sentence);
}

/* DRAM + NAND + other = total, where a company prints all of them. */
static mcy_status check_products(mcy_checks *c, const mcy_fact *total)
{
    static const char *const products[] = {"dram", "nand", "nor_other"};
    adding a = {0.0, 0.0, total->id, 0};
    for (size_t i = 0; i < 3; i++) {
        const mcy_fact *part =
            level(c, total, products[i], "revenue", total->unit, &total->target);
        if (part && !add_part(c, &a, part))
            return mcy_fail_memory(c->err);
    }
    return a.parts == 3 ? compare_whole(c, total, &a, "the products") : MCY_OK;
}

static bool is_flow(const char *metric)
{
    static const char *const flows[] = {"revenue",
                                        "capex",
                                        "net_capex",
                                        "operating_income",
                                        "net_income",
                                        "ocf",
                                        "fcf",
                                        "opex",
                                        "sbc",
                                        "ebitda",
                                        "depreciation_amortization",
                                        "tax_expense",
                                        "gross_profit",
                                        "cogs"};
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++)
        if (strcmp(metric, flows[i]) == 0)
            return true;
    return false;
}

/* Four quarters make the year of the same calendar. */
static mcy_status check_quarters(mcy_checks *c, const mcy_fact *year)
{
    adding a = {0.0, 0.0, year->id, 0};
    mcy_period quarter = year->target;
    quarter.span = MCY_SPAN_QUARTER;
    quarter.first_month = year->target.last_month - 2;
    quarter.number = 4;
    for (int i = 0; i < 4; i++) {
        const mcy_fact *part =
            level(c, year, year->product, year->metric, year->unit, &quarter);
        if (!part)
            return MCY_OK;
        if (!add_part(c, &a, part))
            return mcy_fail_memory(c->err);
        quarter = mcy_period_shift(&quarter, -1);
    }
    return compare_whole(c, year, &a, "the quarters");
}

static mcy_status check_debt(mcy_checks *c, const mcy_fact *debt)
{
    static const char *const metrics[] = {"debt_current", "debt_long_term"};
    adding a = {0.0, 0.0, debt->id, 0};
    for (size_t i = 0; i < 2; i++) {
        const mcy_fact *part =
            level(c, debt, debt->product, metrics[i], debt->unit, &debt->target);
        if (!part)
            return MCY_OK;
        if (!add_part(c, &a, part))
            return mcy_fail_memory(c->err);
    }
    return compare_whole(c, debt, &a, "current and long-term debt");
}

/* Income over revenue is the margin, each within its rounding. Revenue is the same by GAAP and
 * non-GAAP; the margin and the income must be of one basis. */
static mcy_status check_margin(mcy_checks *c, const mcy_fact *margin)
{
    mcy_fact_query q = {.company = margin->company,
                        .product = margin->product,
                        .metric = "revenue",
                        .target = &margin->target,
                        .bases = MCY_BASIS_REPORTED};
    const mcy_fact *revenue = mcy_facts_winner(c->facts, &q);
    if (!revenue)
        return MCY_OK;
    const mcy_fact *income =
        level(c, margin, margin->product, "operating_income", revenue->unit, &margin->target);
    if (!income || mcy_is_missing(revenue->value) || !(revenue->value > 0.0))
        return MCY_OK;
    mcy_range i = mcy_fact_range(income), r = mcy_fact_range(revenue);
    double low = 100.0 * (i.low < 0.0 ? i.low / r.low : i.low / r.high);
    double high = 100.0 * (i.high < 0.0 ? i.high / r.high : i.high / r.low);
    double points = mcy_range_distance((mcy_range){low, high}, mcy_fact_range(margin));
    char period[32];
    c->asked[MCY_FINDING_SUM]++;
    if (fabs(points) <= 0.1 * margin->rounding + 1e-9)
        return MCY_OK;
    mcy_period_format(&margin->target, period);
    const char *rows =
        mcy_arena_print(c->arena, "%s %s %s", margin->id, income->id, revenue->id);
    const char *sentence = mcy_arena_print(
        c->arena,
        "%s %s operating margin in %s is printed as %g %%, income over revenue is "
        "%.2f..%.2f %%: %+.2f points",
        margin->company, margin->product, period, margin->value, low, high, points);
    return mcy_checks_add(c, MCY_FINDING_SUM, mcy_series_name(c->arena, margin),
                          &margin->target, points, rows, sentence);
}

mcy_status mcy_check_sums(mcy_checks *c)
{
    for (size_t i = 0; i < c->count; i = mcy_target_end(c, i)) {
        const mcy_fact *first = c->sorted[i];
        if (!(first->basis & MCY_BASIS_REPORTED))
            continue;
        const mcy_fact *f =
            level(c, first, first->product, first->metric, first->unit, &first->target);
        if (!f)
            continue;
        bool total = strcmp(f->product, "total") == 0;
        if (total && strcmp(f->metric, "revenue") == 0)
            MCY_TRY(check_products(c, f));
        if (f->target.span == MCY_SPAN_YEAR && is_flow(f->metric))
            MCY_TRY(check_quarters(c, f));
        if (strcmp(f->metric, "debt") == 0)
            MCY_TRY(check_debt(c, f));
        if (strcmp(f->metric, "operating_margin") == 0)
            MCY_TRY(check_margin(c, f));
    }
    return MCY_OK;
}
