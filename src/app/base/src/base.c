/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base quarter: its parts put together, found by name, and a year's plan spread. */
#include "mcy/base.h"

#include <stdlib.h>
#include <string.h>

#include "base_figures.h"
#include "mcy/number.h"

/* The newest calendar quarter that all three firms have reported. */
static mcy_quarter newest_quarter(const mcy_facts *facts)
{
    mcy_quarter newest = 0;
    for (size_t i = 0; i < BASE_FIRMS; i++) {
        const mcy_period *last = mcy_facts_last_quarter(facts, base_firms[i]);
        if (last == NULL)
            return 0;
        mcy_quarter quarter = mcy_period_quarter(last);
        if (i == 0 || quarter < newest)
            newest = quarter;
    }
    return newest;
}

static int by_path(const void *a, const void *b)
{
    const mcy_base_value *left = a, *right = b;
    int order = strcmp(left->path, right->path);
    return order != 0 ? order
                      : (left->quarter > right->quarter) - (left->quarter < right->quarter);
}

/* Without the revenue of the quarter there is nothing to start from. */
static mcy_status require_sales(const base_builder *builder, mcy_error *err)
{
    char name[32];
    mcy_quarter_format(builder->quarter, name);
    for (size_t i = 0; i < builder->gap_count; i++)
        if (strncmp(builder->gaps[i], "fab_sales_0.", 12) == 0 ||
            strncmp(builder->gaps[i], "other_sales_0.", 14) == 0)
            return MCY_FAIL(err, MCY_E_MISSING,
                            "the facts have no revenue for '%s' in %s: choose an earlier base "
                            "quarter or a later day",
                            builder->gaps[i], name);
    return MCY_OK;
}

/* Everything the facts say; refuse asks for the revenue of every firm. */
static mcy_status read_base(mcy_arena *arena, const mcy_facts *facts, mcy_quarter quarter,
                            const char *const *more, size_t more_count, bool refuse,
                            mcy_base **base, mcy_error *err)
{
    mcy_error own = {0};
    base_builder builder = {.arena = arena,
                            .facts = facts,
                            .err = err == NULL ? &own : err,
                            .more = more,
                            .more_count = more_count,
                            .quarter = quarter != 0 ? quarter : newest_quarter(facts)};
    if (builder.quarter == 0)
        return MCY_FAIL(err, MCY_E_MISSING,
                        "the facts have no quarter that all firms reported");
    mcy_base *result = MCY_TAKE(arena, mcy_base, 1);
    if (result == NULL)
        return mcy_fail_memory(err);
    base_fill_sales(&builder);
    base_fill_supply(&builder);
    base_fill_prices(&builder);
    base_fill_accounts(&builder);
    if (builder.status != MCY_OK)
        return builder.status;
    if (refuse)
        MCY_TRY(require_sales(&builder, err));
    if (builder.value_count > 0)
        qsort(builder.values, builder.value_count, sizeof *builder.values, by_path);
    *result = (mcy_base){.quarter = builder.quarter,
                         .as_of = facts->as_of,
                         .value_count = builder.value_count,
                         .values = builder.values,
                         .target_count = builder.target_count,
                         .targets = builder.targets,
                         .gap_count = builder.gap_count,
                         .gaps = builder.gaps};
    *base = result;
    return MCY_OK;
}

mcy_status mcy_base_read(mcy_arena *arena, const mcy_facts *facts, mcy_quarter quarter,
                         const char *const *more, size_t more_count, mcy_base **base,
                         mcy_error *err)
{
    return read_base(arena, facts, quarter, more, more_count, true, base, err);
}

mcy_status base_read_part(mcy_arena *arena, const mcy_facts *facts, mcy_quarter quarter,
                          const mcy_base **base, mcy_error *err)
{
    mcy_base *part;
    MCY_TRY(read_base(arena, facts, quarter, NULL, 0, false, &part, err));
    *base = part;
    return MCY_OK;
}

const mcy_base_value *mcy_base_find(const mcy_base *base, const char *path, int quarter)
{
    mcy_base_value key = {.path = path, .quarter = quarter};
    if (base->value_count == 0)
        return NULL;
    return bsearch(&key, base->values, base->value_count, sizeof key, by_path);
}

mcy_status mcy_base_spread_year(double total, mcy_quarter first_quarter,
                                mcy_quarter base_quarter, const double reported[4],
                                const double weights[4], double out[4], mcy_error *err)
{
    double left = total, weight = 0, spent = 0;
    for (int i = 0; i < 4; i++) {
        double w = weights == NULL ? 1 : weights[i];
        if (!(w >= 0))
            return MCY_FAIL(err, MCY_E_DOMAIN, "weight %d of a year's plan is %g, below 0",
                            i + 1, w);
        if (first_quarter + i <= base_quarter)
            spent += reported[i];
        else
            weight += w;
    }
    left -= spent;
    if (!(left >= 0))
        return MCY_FAIL(err, MCY_E_DOMAIN,
                        "a plan of %g for the year is below the %g its quarters already report",
                        total, spent);
    if (first_quarter + 3 > base_quarter && !(weight > 0))
        return MCY_FAIL(err, MCY_E_DOMAIN, "the quarters to come have no weight");
    for (int i = 0; i < 4; i++) {
        double w = weights == NULL ? 1 : weights[i];
        out[i] = first_quarter + i <= base_quarter ? reported[i] : left * w / weight;
    }
    return MCY_OK;
}

mcy_status mcy_base_compare(mcy_arena *arena, const mcy_base *base,
                            double (*value)(void *context, const char *path), void *context,
                            const mcy_base_finding **findings, mcy_error *err)
{
    mcy_base_finding *found = MCY_TAKE(arena, mcy_base_finding, base->target_count);
    if (found == NULL)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < base->target_count; i++) {
        const mcy_base_target *target = &base->targets[i];
        double now = value(context, target->path);
        double difference = now - target->reported;
        double slack = target->half_width +
                       1e-9 * (target->reported < 0 ? -target->reported : target->reported);
        bool met = difference <= slack && -difference <= slack;
        found[i] = (mcy_base_finding){target, now, difference, met};
    }
    *findings = found;
    return MCY_OK;
}
