/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a quarter from the facts, and the list of values that is being built. */
#include "base_figures.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"

const char *const base_firms[BASE_FIRMS] = {"micron", "samsung", "skhynix"};

base_figure base_nothing(void)
{
    return (base_figure){MCY_MISSING, 0, "", false};
}

/* A fact as a figure: money in USD m, percent as a fraction. */
static base_figure as_figure(const base_builder *builder, const mcy_fact *fact)
{
    if (fact == NULL)
        return base_nothing();
    mcy_range range;
    if (strcmp(fact->unit, "usd_m") == 0 || strcmp(fact->unit, "krw_tn") == 0)
        range = mcy_fact_usd_m(builder->facts, fact);
    else
        range = mcy_fact_range(fact);
    if (mcy_range_is_missing(range) || (isinf(range.low) && isinf(range.high)))
        return base_nothing();
    /* "above 28 billion": the end that was stated, and only an estimate of the figure */
    bool open = !mcy_range_is_closed(range);
    if (open)
        range =
            isinf(range.low) ? mcy_range_around(range.high, 0) : mcy_range_around(range.low, 0);
    if (strcmp(fact->unit, "pct") == 0)
        range = (mcy_range){range.low / 100, range.high / 100};
    double value = mcy_range_middle(range);
    if (!mcy_is_missing(fact->value)) {
        if (strcmp(fact->unit, "usd_m") == 0)
            value = fact->value; /* the printed digits, not a middle rounded twice */
        else if (strcmp(fact->unit, "pct") == 0)
            value = fact->value / 100;
    }
    bool judged =
        open || fact->basis == MCY_BASIS_ESTIMATE || fact->basis == MCY_BASIS_GUIDANCE;
    return (base_figure){value, mcy_range_half(range), fact->id, judged};
}

/* The firm's own quarter that is laid on a calendar quarter. */
static bool own_quarter(const base_builder *builder, const char *company, mcy_quarter quarter,
                        mcy_period *period)
{
    int year_ends = mcy_facts_year_ends(builder->facts, company);
    if (year_ends == MCY_CALENDAR_YEAR) {
        *period = mcy_period_of_quarter(quarter);
        return true;
    }
    for (int shift = -3; shift <= 3; shift++) {
        mcy_quarter fiscal = quarter + shift;
        char text[32];
        int n = snprintf(text, sizeof text, "FY%dQ%d", mcy_quarter_year(fiscal),
                         mcy_quarter_number(fiscal));
        if (mcy_period_parse(text, (size_t)n, year_ends, false, period, NULL) == MCY_OK &&
            mcy_period_quarter(period) == quarter)
            return true;
    }
    return false;
}

base_figure base_read(const base_builder *builder, const char *company, const char *product,
                      const char *metric, int bases, mcy_quarter quarter)
{
    mcy_period period;
    if (!own_quarter(builder, company, quarter, &period))
        return base_nothing();
    mcy_fact_query query = {.company = company,
                            .product = product,
                            .metric = metric,
                            .bases = bases,
                            .target = &period};
    base_figure own = as_figure(builder, mcy_facts_winner(builder->facts, &query));
    if (!mcy_is_missing(own.value) || !period.fiscal)
        return own;
    /* a survey speaks of calendar quarters even of a firm with its own year */
    period = mcy_period_of_quarter(quarter);
    return as_figure(builder, mcy_facts_winner(builder->facts, &query));
}

base_figure base_read_year(const base_builder *builder, const char *company,
                           const char *product, const char *metric, int bases, int year)
{
    mcy_period period;
    char text[32];
    int n = snprintf(text, sizeof text, "CY%d", year);
    if (mcy_period_parse(text, (size_t)n, MCY_CALENDAR_YEAR, true, &period, NULL) != MCY_OK)
        return base_nothing();
    mcy_fact_query query = {.company = company,
                            .product = product,
                            .metric = metric,
                            .bases = bases,
                            .target = &period};
    return as_figure(builder, mcy_facts_winner(builder->facts, &query));
}

base_figure base_either(base_figure first, base_figure second)
{
    return mcy_is_missing(first.value) ? second : first;
}

base_figure base_derive(base_builder *builder, double value, bool judged, const char *rule,
                        base_figure a, base_figure b)
{
    const char *source = b.source[0] != '\0'
                             ? base_text(builder, "%s (%s, %s)", rule, a.source, b.source)
                             : base_text(builder, "%s (%s)", rule, a.source);
    return (base_figure){value, 0, source, judged || a.judged || b.judged};
}

const char *base_text(base_builder *builder, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t size = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    const char *copy = mcy_arena_copy(builder->arena, text, size);
    if (copy == NULL && builder->status == MCY_OK)
        builder->status = mcy_fail_memory(builder->err);
    return copy == NULL ? "" : copy;
}

void base_give(base_builder *builder, const char *path, int quarter, base_figure figure)
{
    if (builder->status != MCY_OK)
        return;
    if (mcy_is_missing(figure.value)) {
        base_lack(builder, path);
        return;
    }
    builder->status =
        mcy_arena_grow(builder->arena, (void **)&builder->values, builder->value_count,
                       &builder->value_capacity, sizeof *builder->values, builder->err);
    if (builder->status != MCY_OK)
        return;
    builder->values[builder->value_count++] =
        (mcy_base_value){path, quarter, figure.value, figure.source, figure.judged};
}

void base_expect(base_builder *builder, const char *path, base_figure figure)
{
    if (builder->status != MCY_OK || mcy_is_missing(figure.value))
        return;
    builder->status =
        mcy_arena_grow(builder->arena, (void **)&builder->targets, builder->target_count,
                       &builder->target_capacity, sizeof *builder->targets, builder->err);
    if (builder->status != MCY_OK)
        return;
    builder->targets[builder->target_count++] =
        (mcy_base_target){path, figure.value, figure.half_width, figure.source};
}

void base_lack(base_builder *builder, const char *what)
{
    if (builder->status != MCY_OK)
        return;
    builder->status =
        mcy_arena_grow(builder->arena, (void **)&builder->gaps, builder->gap_count,
                       &builder->gap_capacity, sizeof *builder->gaps, builder->err);
    if (builder->status == MCY_OK)
        builder->gaps[builder->gap_count++] = what;
}
