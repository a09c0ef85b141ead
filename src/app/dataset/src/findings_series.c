/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Series as a whole: units that slip, quarters that are missing, ends that are stale. */
#include "findings_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/number.h"

/* A series shorter than this says nothing about what is missing. */
enum { SHORTEST = 8, NEIGHBOURS = 3 };

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median size of up to three quarters to either side. */
static double neighbours(const mcy_fact *const *list, size_t count, size_t at)
{
    double sizes[2 * NEIGHBOURS];
    size_t n = 0;
    size_t from = at > NEIGHBOURS ? at - NEIGHBOURS : 0;
    for (size_t i = from; i < count && i <= at + NEIGHBOURS; i++) {
        double x = fabs(mcy_fact_middle(list[i]));
        if (i != at && x > 0.0)
            sizes[n++] = x;
    }
    if (n < 3)
        return MCY_MISSING;
    qsort(sizes, n, sizeof *sizes, by_value);
    return n % 2 ? sizes[n / 2] : 0.5 * (sizes[n / 2 - 1] + sizes[n / 2]);
}

static bool is_level(const mcy_fact *f)
{
    static const char *const signed_metrics[] = {
        "operating_income", "net_income",  "fcf",          "net_cash", "interest_net",
        "tax_expense",      "eps_diluted", "guidance_eps", "ebitda",   "non_operating_income"};
    if (strcmp(f->unit, "pct") == 0 || strcmp(f->unit, "pp") == 0)
        return false;
    for (size_t i = 0; i < sizeof signed_metrics / sizeof *signed_metrics; i++)
        if (strcmp(f->metric, signed_metrics[i]) == 0)
            return false;
    return true;
}

static mcy_status check_units(mcy_checks *c, const mcy_fact *const *list, size_t count)
{
    for (size_t i = 0; i < count && is_level(list[0]); i++) {
        const mcy_fact *f = list[i];
        double x = fabs(mcy_fact_middle(f)), typical = neighbours(list, count, i);
        char period[32];
        if (mcy_is_missing(typical) || !(x > 0.0))
            continue;
        c->asked[MCY_FINDING_UNIT]++;
        double ratio = x / typical;
        if (ratio < 50.0 && ratio > 0.02)
            continue;
        mcy_period_format(&f->target, period);
        const char *sentence = mcy_arena_print(
            c->arena, "%s in %s is %g %s, %.3g times its neighbours: a slip of the unit?",
            mcy_series_name(c->arena, f), period, mcy_fact_middle(f), f->unit, ratio);
        MCY_TRY(mcy_checks_add(c, MCY_FINDING_UNIT, mcy_series_name(c->arena, f), &f->target,
                               ratio, f->id, sentence));
    }
    return MCY_OK;
}

static mcy_status check_gaps(mcy_checks *c, const mcy_fact *const *list, size_t count)
{
    size_t missing = 0;
    const char *which = "";
    c->asked[MCY_FINDING_GAP]++;
    for (size_t i = 1; i < count; i++) {
        int months = list[i]->target.last_month - list[i - 1]->target.last_month;
        if (months <= 3)
            continue;
        char first[32], last[32];
        mcy_period a = mcy_period_shift(&list[i - 1]->target, 1);
        mcy_period b = mcy_period_shift(&list[i]->target, -1);
        mcy_period_format(&a, first);
        mcy_period_format(&b, last);
        missing += (size_t)(months / 3 - 1);
        which = mcy_arena_print(c->arena, "%s%s%s%s%s", which, *which ? ", " : "", first,
                                months == 6 ? "" : " to ", months == 6 ? "" : last);
        if (!which)
            return mcy_fail_memory(c->err);
    }
    if (!missing)
        return MCY_OK;
    const char *sentence =
        mcy_arena_print(c->arena, "%s lacks %zu of %zu quarters: %s",
                        mcy_series_name(c->arena, list[0]), missing, missing + count, which);
    return mcy_checks_add(c, MCY_FINDING_GAP, mcy_series_name(c->arena, list[0]), NULL,
                          (double)missing, list[count - 1]->id, sentence);
}

/* Quarters by which a series ended before the company's last print; for those without events,
 * before the last quarter that is over by half a quarter. */
static int quarters_behind(const mcy_checks *c, const mcy_fact *last)
{
    const mcy_period *print = mcy_facts_last_quarter(c->facts, last->company);
    int expected = print && print->fiscal == last->target.fiscal ? print->last_month : 0;
    if (!expected) {
        mcy_day half_a_quarter_ago = mcy_day_add(c->today, -45);
        int month = 12 * (half_a_quarter_ago / 10000) + half_a_quarter_ago / 100 % 100 - 1;
        expected = month - (month % 3 + 1);
    }
    return (expected - last->target.last_month + 2) / 3;
}

static mcy_status check_stale(mcy_checks *c, const mcy_fact *const *list, size_t count)
{
    const mcy_fact *last = list[count - 1];
    int behind = quarters_behind(c, last);
    char period[32], day[16], today[16];
    c->asked[MCY_FINDING_STALE]++;
    if (behind < 2)
        return MCY_OK;
    mcy_period_format(&last->target, period);
    mcy_day_format(last->known, day);
    mcy_day_format(c->today, today);
    const char *sentence =
        mcy_arena_print(c->arena, "%s ends with %s, published %s: %d quarters behind on %s",
                        mcy_series_name(c->arena, last), period, day, behind, today);
    return mcy_checks_add(c, MCY_FINDING_STALE, mcy_series_name(c->arena, last), NULL,
                          (double)behind, last->id, sentence);
}

/* One fact a quarter of a series, of one calendar. */
static mcy_status check_one(mcy_checks *c, size_t from, size_t to, bool fiscal)
{
    const mcy_fact **list = mcy_arena_take(c->arena, to - from, sizeof *list);
    size_t count = 0;
    if (!list)
        return mcy_fail_memory(c->err);
    for (size_t i = from; i < to; i = mcy_target_end(c, i)) {
        const mcy_fact *f = c->sorted[i];
        bool forecast = f->basis & (MCY_BASIS_GUIDANCE | MCY_BASIS_ESTIMATE);
        if (f->target.span == MCY_SPAN_QUARTER && f->target.fiscal == fiscal && !forecast)
            list[count++] = f;
    }
    if (count < SHORTEST)
        return MCY_OK;
    MCY_TRY(check_units(c, list, count));
    MCY_TRY(check_gaps(c, list, count));
    return check_stale(c, list, count);
}

mcy_status mcy_check_series(mcy_checks *c)
{
    for (size_t i = 0, to; i < c->count; i = to) {
        to = mcy_series_end(c, i);
        MCY_TRY(check_one(c, i, to, false));
        MCY_TRY(check_one(c, i, to, true));
    }
    return MCY_OK;
}
