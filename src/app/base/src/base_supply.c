/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capital spending of past quarters, wafer capacity, and incentives. */
#include <math.h>
#include <string.h>

#include "base_figures.h"
#include "mcy/number.h"

enum { HISTORY = MCY_BASE_HISTORY + 1 }; /* quarters -28..0 */

/* One figure of capital spending and the quarters it covers, as offsets in 0..HISTORY-1. */
typedef struct spending {
    base_figure figure;
    int first, last; /* may reach outside the history */
} spending;

/* Spread a total over those of its quarters that are not yet known. */
static void spread(base_builder *builder, const spending *total, base_figure quarters[HISTORY])
{
    double left = total->figure.value;
    int open = 0;
    for (int i = total->first; i <= total->last; i++) {
        if (i < 0 || i >= HISTORY || mcy_is_missing(quarters[i].value))
            open++;
        else
            left -= quarters[i].value;
    }
    if (open == 0 || left <= 0)
        return;
    bool whole = total->first == total->last;
    for (int i = total->first; i <= total->last; i++) {
        if (i < 0 || i >= HISTORY || !mcy_is_missing(quarters[i].value))
            continue;
        quarters[i] = whole ? total->figure
                            : base_derive(builder, left / open, true,
                                          "a total spread evenly over its quarters",
                                          total->figure, base_nothing());
    }
}

/* The totals that are known of a firm's spending, shortest spans first. */
static size_t totals_of(base_builder *builder, const char *company, const char *product,
                        int bases, spending *totals, size_t room)
{
    const mcy_fact *const *found;
    size_t count, n = 0;
    mcy_fact_query query = {
        .company = company, .product = product, .metric = "capex", .bases = bases};
    if (mcy_facts_series(builder->arena, builder->facts, &query, &found, &count,
                         builder->err) != MCY_OK) {
        builder->status = builder->err == NULL ? MCY_E_MEMORY : builder->err->status;
        return 0;
    }
    for (size_t i = 0; i < count && n < room; i++) {
        const mcy_fact *fact = found[i];
        mcy_range range = mcy_fact_usd_m(builder->facts, fact);
        if (mcy_range_is_missing(range) || !mcy_range_is_closed(range))
            continue;
        int months = fact->target.last_month - fact->target.first_month + 1;
        int last = mcy_period_quarter(&fact->target) - builder->quarter + MCY_BASE_HISTORY;
        double value = strcmp(fact->unit, "usd_m") == 0 && !mcy_is_missing(fact->value)
                           ? fact->value
                           : mcy_range_middle(range);
        if (months % 3 != 0)
            continue;
        totals[n].figure = (base_figure){value, mcy_range_half(range), fact->id,
                                         (fact->basis & MCY_BASIS_REPORTED) == 0};
        totals[n].first = last - months / 3 + 1;
        totals[n].last = last;
        n++;
    }
    for (size_t i = 1; i < n; i++) { /* insertion sort by length: short, stable */
        spending moved = totals[i];
        size_t j = i;
        for (; j > 0 && totals[j - 1].last - totals[j - 1].first > moved.last - moved.first;
             j--)
            totals[j] = totals[j - 1];
        totals[j] = moved;
    }
    return n;
}

static void fill_capex(base_builder *builder, const char *company, const char *product,
                       int bases, base_figure quarters[HISTORY])
{
    enum { ROOM = 256 };
    spending *totals = MCY_TAKE(builder->arena, spending, ROOM);
    for (int i = 0; i < HISTORY; i++)
        quarters[i] = base_nothing();
    if (totals == NULL) {
        builder->status = mcy_fail_memory(builder->err);
        return;
    }
    size_t n = totals_of(builder, company, product, bases, totals, ROOM);
    for (size_t i = 0; i < n; i++)
        spread(builder, &totals[i], quarters);
    for (int i = 0; i < HISTORY; i++) {
        char name[32];
        mcy_quarter_format(builder->quarter + i - MCY_BASE_HISTORY, name);
        if (mcy_is_missing(quarters[i].value))
            base_lack(builder, base_text(builder, "capex.%s@%s", company, name));
        else
            base_give(builder, base_text(builder, "capex.%s", company), i - MCY_BASE_HISTORY,
                      quarters[i]);
    }
}

/* What governments and partners paid of Micron's spending: gross less net, of gross. */
static void fill_incentives(base_builder *builder, const base_figure gross[HISTORY])
{
    base_figure last = {0, 0, "no net figure yet", true};
    for (int i = 0; i < HISTORY; i++) {
        base_figure net = base_read(builder, "micron", "total", "net_capex", MCY_BASIS_NON_GAAP,
                                    builder->quarter + i - MCY_BASE_HISTORY);
        if (!mcy_is_missing(net.value) && gross[i].value > 0)
            last = base_derive(builder, fmax(1 - net.value / gross[i].value, 0), false,
                               "gross less net capital spending, of gross", gross[i], net);
        base_give(builder, "incentive_share.micron", i - MCY_BASE_HISTORY, last);
    }
}

/* Wafers a month: the quarter's own figure, else yearly averages laid at mid-year with a
 * straight line between, else the one year there is. */
static base_figure wafer_capacity(base_builder *builder, const char *company,
                                  const char *product)
{
    int year = mcy_quarter_year(builder->quarter),
        number = mcy_quarter_number(builder->quarter);
    int bases = MCY_BASIS_ANY;
    base_figure this_year =
        base_read_year(builder, company, product, "wafer_capacity", bases, year);
    bool early = number <= 2;
    base_figure other = base_read_year(builder, company, product, "wafer_capacity", bases,
                                       early ? year - 1 : year + 1);
    if (mcy_is_missing(this_year.value) || mcy_is_missing(other.value)) {
        base_figure quarter =
            base_read(builder, company, product, "wafer_capacity", bases, builder->quarter);
        return base_either(quarter, base_either(this_year, other));
    }
    double from_middle = fabs((number - 0.5) / 4 - 0.5); /* years from mid-year */
    double value = this_year.value + (other.value - this_year.value) * from_middle;
    return base_derive(builder, value, true, "yearly averages, straight line between mid-years",
                       this_year, other);
}

void base_fill_supply(base_builder *builder)
{
    base_figure quarters[HISTORY];
    fill_capex(builder, "micron", "total", MCY_BASIS_GAAP, quarters);
    fill_incentives(builder, quarters);
    fill_capex(builder, "skhynix", "total", MCY_BASIS_IFRS | MCY_BASIS_ESTIMATE, quarters);
    base_lack(builder, "capex.samsung"); /* published for the division, foundry included */
    base_lack(builder, "capex.rest");
    for (size_t i = 0; i < BASE_FIRMS; i++) {
        base_give(builder, base_text(builder, "capacity_0.%s.dram", base_firms[i]),
                  MCY_BASE_SCALAR, wafer_capacity(builder, base_firms[i], "dram"));
        base_give(builder, base_text(builder, "capacity_0.%s.nand", base_firms[i]),
                  MCY_BASE_SCALAR, wafer_capacity(builder, base_firms[i], "nand"));
    }
    base_lack(builder, "capacity_0.rest.dram");
    base_lack(builder, "capacity_0.rest.nand");
}
