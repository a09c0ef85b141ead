/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A quantity looked up among the facts, and the line that says it. */
#include "mcy/quantity.h"

#include <math.h>
#include <string.h>

#include "mcy/display.h"
#include "mcy/number.h"

static mcy_fact_query query_of(const mcy_quantity *q, const mcy_period *period)
{
    return (mcy_fact_query){.company = q->company,
                            .product = q->product,
                            .metric = q->metric,
                            .bases = q->bases,
                            .target = period};
}

/* Where the series begins and ends, for the refusal. */
static mcy_status fail_missing(mcy_arena *arena, const mcy_facts *facts, const mcy_quantity *q,
                               mcy_error *err)
{
    const mcy_fact *const *all = NULL;
    size_t count = 0;
    char asked[32], first[32], last[32];
    mcy_fact_query query = query_of(q, NULL);
    MCY_TRY(mcy_facts_series(arena, facts, &query, &all, &count, err));
    mcy_period_format(&q->period, asked);
    if (!count)
        return MCY_FAIL(err, MCY_E_MISSING, "no '%s' of '%s' for '%s' among the facts",
                        q->metric, q->company, q->product);
    mcy_period_format(&all[0]->target, first);
    mcy_period_format(&all[count - 1]->target, last);
    return MCY_FAIL(err, MCY_E_MISSING,
                    "no '%s' of '%s' for '%s' in %s: there are %zu periods "
                    "from %s to %s",
                    q->metric, q->company, q->product, asked, count, first, last);
}

/* The last quarter (else the last period) of a kind of row; of a firm with a fiscal year of its
 * own its own quarters, if there are any. */
static const mcy_fact *latest_of(mcy_arena *arena, const mcy_facts *facts,
                                 const mcy_quantity *q, int bases, bool only_quarters)
{
    const mcy_fact *const *all = NULL;
    size_t count = 0;
    bool fiscal = mcy_facts_year_ends(facts, q->company) != MCY_CALENDAR_YEAR;
    mcy_fact_query query = query_of(q, NULL);
    query.bases = bases;
    query.only_quarters = only_quarters;
    if (mcy_facts_series(arena, facts, &query, &all, &count, NULL) != MCY_OK || !count)
        return NULL;
    for (size_t i = count; fiscal && i-- > 0;)
        if (all[i]->target.fiscal)
            return all[i];
    return all[count - 1];
}

/* What was reported comes before surveys, and both before forecasts. */
static const mcy_fact *latest(mcy_arena *arena, const mcy_facts *facts, const mcy_quantity *q)
{
    const int kinds[] = {MCY_BASIS_REPORTED, MCY_BASIS_SURVEY, MCY_BASIS_ANY};
    for (size_t i = 0; i < 6; i++) {
        int bases = q->bases ? q->bases : kinds[i % 3];
        const mcy_fact *f = latest_of(arena, facts, q, bases, i < 3);
        if (f)
            return f;
    }
    return NULL;
}

/* The fiscal quarter laid on a calendar quarter, if the firm has one. */
static const mcy_fact *laid_on(const mcy_facts *facts, const mcy_quantity *q)
{
    int ends = mcy_facts_year_ends(facts, q->company);
    if (ends == MCY_CALENDAR_YEAR || q->period.fiscal || q->period.span != MCY_SPAN_QUARTER)
        return NULL;
    for (int early = -1; early <= 1; early++) {
        mcy_period p = q->period;
        char name[32];
        p.last_month -= early;
        int to_end = ((ends - 1 - p.last_month % 12) % 12 + 12) % 12;
        if (to_end % 3 != 0)
            continue;
        p.year = (p.last_month + to_end) / 12;
        p.number = 4 - to_end / 3;
        p.fiscal = true;
        mcy_period_format(&p, name);
        mcy_period fiscal;
        if (mcy_period_parse(name, strlen(name), ends, false, &fiscal, NULL) != MCY_OK)
            continue;
        mcy_fact_query query = query_of(q, &fiscal);
        return mcy_facts_winner(facts, &query);
    }
    return NULL;
}

static void compare_year_before(const mcy_facts *facts, mcy_answer *a)
{
    mcy_period before = mcy_period_year_before(&a->fact->target);
    mcy_fact_query query = {.company = a->fact->company,
                            .product = a->fact->product,
                            .metric = a->fact->metric,
                            .unit = a->fact->unit,
                            .bases = (int)a->fact->basis,
                            .target = &before};
    a->growth_frac = mcy_range_missing();
    a->change_points = MCY_MISSING;
    a->year_before = mcy_facts_winner(facts, &query);
    if (!a->year_before)
        return;
    mcy_range was = mcy_fact_range(a->year_before);
    if (strcmp(a->fact->unit, "pct") == 0)
        a->change_points = mcy_fact_middle(a->fact) - mcy_fact_middle(a->year_before);
    else if (was.low > 0.0 && a->range.low > 0.0)
        a->growth_frac = mcy_range_growth(was, a->range);
}

static const char *full_name(mcy_arena *arena, const mcy_fact *f)
{
    char period[32];
    mcy_period_format(&f->target, period);
    bool named = mcy_metric_needs_basis(f->metric);
    return mcy_arena_print(arena, "%s%s%s.%s.%s@%s", f->metric, named ? "_" : "",
                           named ? mcy_basis_name(f->basis) : "", f->company, f->product,
                           period);
}

mcy_status mcy_quantity_answer(mcy_arena *arena, const mcy_facts *facts, const mcy_quantity *q,
                               mcy_answer *answer, mcy_error *err)
{
    mcy_answer a = {0};
    mcy_fact_query query = query_of(q, &q->period);
    a.fact = q->has_period ? mcy_facts_winner(facts, &query) : latest(arena, facts, q);
    if (!a.fact && q->has_period) {
        a.fact = laid_on(facts, q);
        a.laid = a.fact != NULL;
    }
    if (!a.fact)
        return fail_missing(arena, facts, q, err);
    a.range = mcy_fact_range(a.fact);
    a.usd_m = strcmp(a.fact->unit, "krw_tn") == 0 ? mcy_fact_usd_m(facts, a.fact)
                                                  : mcy_range_missing();
    compare_year_before(facts, &a);
    mcy_fact_query about = query_of(q, &a.fact->target);
    MCY_TRY(mcy_facts_find(arena, facts, &about, &a.rows, &a.row_count, err));
    a.name = full_name(arena, a.fact);
    if (!a.name)
        return mcy_fail_memory(err);
    *answer = a;
    return MCY_OK;
}

static const struct {
    const char *unit, *before, *after;
} unit_words[] = {
    {"pct", "", " %"},
    {"pp", "", " points"},
    {"usd_m", "", " USD m"},
    {"krw_tn", "", " KRW tn"},
    {"cny_bn", "", " CNY bn"},
    {"jpy_bn", "", " JPY bn"},
    {"twd_bn", "", " TWD bn"},
    {"usd_per_share", "USD ", " a share"},
    {"krw_per_share", "KRW ", " a share"},
    {"m_shares", "", " m shares"},
    {"kwpm", "", " kwpm"},
    {"days", "", " days"},
    {"weeks", "", " weeks"},
    {"ratio", "", " times"},
};

static void unit_around(const char *unit, const char **before, const char **after)
{
    *before = *after = "";
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (strcmp(unit, unit_words[i].unit) == 0) {
            *before = unit_words[i].before;
            *after = unit_words[i].after;
        }
}

/* As many decimals as the number has, at most nine. */
static void print_plain(double x, char out[MCY_DISPLAY_TEXT])
{
    int decimals = 0;
    double scaled = fabs(x);
    while (decimals < 6 && fabs(scaled - round(scaled)) > 1e-9 * (1.0 + scaled)) {
        decimals++;
        scaled = fabs(x) * pow(10.0, decimals);
    }
    mcy_display_print(x, &(mcy_display){.decimals = decimals}, out);
}

const char *mcy_range_print(mcy_arena *arena, mcy_range range, const char *unit)
{
    char low[MCY_DISPLAY_TEXT], high[MCY_DISPLAY_TEXT];
    const char *before, *after;
    unit_around(unit, &before, &after);
    print_plain(range.low, low);
    print_plain(range.high, high);
    if (mcy_range_is_missing(range))
        return "not stated";
    if (isinf(range.low) && isinf(range.high))
        return "any";
    if (isinf(range.high))
        return mcy_arena_print(arena, "above %s%s%s", before, low, after);
    if (isinf(range.low))
        return mcy_arena_print(arena, "below %s%s%s", before, high, after);
    if (range.low == range.high)
        return mcy_arena_print(arena, "%s%s%s", before, low, after);
    return mcy_arena_print(arena, "%s%s..%s%s", before, low, high, after);
}

const char *mcy_fact_print(mcy_arena *arena, const mcy_fact *f)
{
    if (mcy_is_missing(f->value))
        return mcy_range_print(arena, mcy_fact_range(f), f->unit);
    return mcy_range_print(arena, (mcy_range){f->value, f->value}, f->unit);
}

static const char *year_before_words(mcy_arena *arena, const mcy_answer *a)
{
    if (!a->year_before)
        return "no year before";
    const char *was = mcy_fact_print(arena, a->year_before);
    if (!was)
        return NULL;
    if (!mcy_is_missing(a->change_points))
        return mcy_arena_print(arena, "year before %s (%+.1f points)", was, a->change_points);
    if (!mcy_range_is_closed(a->growth_frac))
        return mcy_arena_print(arena, "year before %s", was);
    return mcy_arena_print(arena, "year before %s (%+.1f %%)", was,
                           100.0 * mcy_range_middle(a->growth_frac));
}

const char *mcy_answer_line(mcy_arena *arena, const mcy_answer *a)
{
    char months[40], published[16];
    const mcy_fact *f = a->fact;
    mcy_period_months(&f->target, months);
    mcy_day_format(f->published, published);
    const char *value = mcy_fact_print(arena, f), *range = "", *usd = "", *laid = "";
    const char *before = year_before_words(arena, a);
    if (!mcy_is_missing(f->value) && mcy_range_is_closed(a->range))
        range = mcy_arena_print(arena, " [%s]", mcy_range_print(arena, a->range, ""));
    if (!mcy_range_is_missing(a->usd_m))
        usd = mcy_arena_print(arena, " = %.0f USD m", mcy_range_middle(a->usd_m));
    if (a->laid)
        laid = mcy_arena_print(arena, ", %s", mcy_period_rule);
    if (!value || !range || !usd || !laid || !before)
        return NULL;
    return mcy_arena_print(
        arena, "%s (%s%s): %s%s%s, %s%s%s%s; %s; %s, published %s%s, %s confidence, %s",
        a->name, months, laid, value, range, usd, mcy_basis_name(f->basis),
        f->text[0] ? ", \"" : "", f->text, f->text[0] ? "\"" : "", before, f->source, published,
        f->published_assumed ? " (day assumed)" : "", mcy_confidence_name(f->confidence),
        f->id);
}
