/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows against rows about the same thing: twice the same, in conflict, dated before the end. */
#include "findings_inside.h"

#include <math.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/quantity.h"

static bool same_number(double a, double b)
{
    return a == b || (mcy_is_missing(a) && mcy_is_missing(b));
}

static bool same_row(const mcy_fact *a, const mcy_fact *b)
{
    return same_number(a->value, b->value) && same_number(a->low, b->low) &&
           same_number(a->high, b->high) && a->text == b->text && a->source == b->source &&
           a->published == b->published && mcy_period_equal(&a->period, &b->period);
}

static mcy_status check_duplicate(mcy_checks *c, const mcy_fact *a, const mcy_fact *b)
{
    char period[32];
    mcy_period_format(&b->target, period);
    const char *rows = mcy_arena_print(c->arena, "%s %s", a->id, b->id);
    const char *sentence = mcy_arena_print(c->arena, "%s stands twice for %s: %s and %s",
                                           mcy_series_name(c->arena, b), period, a->id, b->id);
    return mcy_checks_add(c, MCY_FINDING_DUPLICATE, mcy_series_name(c->arena, b), &b->target,
                          1.0, rows, sentence);
}

/* The winner against another row of the same basis and unit. Forecasts change with time: only
 * those said on the same day can conflict. */
static mcy_status check_conflict(mcy_checks *c, const mcy_fact *winner, const mcy_fact *f)
{
    bool forecast = f->basis & (MCY_BASIS_GUIDANCE | MCY_BASIS_ESTIMATE);
    mcy_range a = mcy_fact_range(winner), b = mcy_fact_range(f);
    if (winner == f || mcy_range_is_missing(a) || mcy_range_is_missing(b) ||
        (forecast && f->published != winner->published))
        return MCY_OK;
    c->asked[MCY_FINDING_CONFLICT]++;
    double distance = mcy_range_distance(a, b);
    double scale = fmax(fabs(mcy_range_middle(a)), 1e-9);
    if (fabs(distance) <= 1e-9 * scale)
        return MCY_OK;
    char period[32];
    mcy_period_format(&f->target, period);
    bool points = strcmp(f->unit, "pct") == 0;
    const char *here = mcy_range_print(c->arena, a, f->unit);
    const char *there = mcy_range_print(c->arena, b, f->unit);
    const char *rows = mcy_arena_print(c->arena, "%s %s", winner->id, f->id);
    const char *sentence =
        mcy_arena_print(c->arena, "%s in %s: %s (%s, taken) and %s (%s) do not touch",
                        mcy_series_name(c->arena, f), period, here ? here : "", winner->id,
                        there ? there : "", f->id);
    return mcy_checks_add(c, MCY_FINDING_CONFLICT, mcy_series_name(c->arena, f), &f->target,
                          points ? distance : distance / scale, rows, sentence);
}

static mcy_status check_target(mcy_checks *c, size_t from, size_t to)
{
    const mcy_fact *first = c->sorted[from];
    mcy_fact_query q = {.company = first->company,
                        .product = first->product,
                        .metric = first->metric,
                        .unit = first->unit,
                        .target = &first->target,
                        .bases = (int)first->basis};
    const mcy_fact *winner = to - from > 1 ? mcy_facts_winner(c->facts, &q) : first;
    for (size_t i = from; i < to; i++) {
        const mcy_fact *f = c->sorted[i];
        bool twice = false;
        for (size_t j = from; j < i && !twice; j++)
            if (same_row(c->sorted[j], f)) {
                twice = true;
                MCY_TRY(check_duplicate(c, c->sorted[j], f));
            }
        c->asked[MCY_FINDING_DUPLICATE] += i - from;
        if (!twice)
            MCY_TRY(check_conflict(c, winner, f));
    }
    return MCY_OK;
}

static mcy_status check_date(mcy_checks *c, const mcy_fact *f)
{
    if (!(f->basis & (MCY_BASIS_REPORTED | MCY_BASIS_SURVEY)))
        return MCY_OK;
    c->asked[MCY_FINDING_DATE]++;
    if (f->published >= f->period_end)
        return MCY_OK;
    char period[32], day[16], end[16];
    mcy_period_format(&f->period, period);
    mcy_day_format(f->published, day);
    mcy_day_format(f->period_end, end);
    const char *sentence =
        mcy_arena_print(c->arena, "%s for %s is dated %s, before the period ended on %s",
                        mcy_series_name(c->arena, f), period, day, end);
    return mcy_checks_add(
        c, MCY_FINDING_DATE, mcy_series_name(c->arena, f), &f->target,
        (double)(mcy_day_number(f->period_end) - mcy_day_number(f->published)), f->id,
        sentence);
}

mcy_status mcy_check_rows(mcy_checks *c)
{
    for (size_t i = 0, to; i < c->count; i = to) {
        to = mcy_target_end(c, i);
        MCY_TRY(check_target(c, i, to));
    }
    for (size_t i = 0; i < c->count; i++)
        MCY_TRY(check_date(c, c->sorted[i]));
    return MCY_OK;
}
