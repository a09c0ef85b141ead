/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printed growth against levels; words on bits and price against revenue.              (D7 b)
 */
#include "findings_inside.h"

#include <math.h>
#include <string.h>

#include "mcy/number.h"

static const mcy_fact *winner_of(const mcy_facts *facts, const char *company,
                                 const char *product, const char *metric, const char *unit,
                                 const mcy_period *target, int bases)
{
    mcy_fact_query q = {.company = company,
                        .product = product,
                        .metric = metric,
                        .unit = unit,
                        .target = target,
                        .bases = bases};
    return mcy_facts_winner(facts, &q);
}

/* Growth from the quarter (or year) before to this, from winners of the very same series. */
static mcy_range growth_of_levels(const mcy_facts *facts, const mcy_fact *now,
                                  const mcy_period *before, const mcy_fact **was)
{
    *was = winner_of(facts, now->company, now->product, now->metric, now->unit, before,
                     (int)now->basis);
    if (!*was)
        return mcy_range_missing();
    mcy_range from = mcy_fact_range(*was), to = mcy_fact_range(now);
    if (!mcy_range_is_closed(from) || !mcy_range_is_closed(to) || !(from.low > 0.0) ||
        !(to.low > 0.0))
        return mcy_range_missing();
    return mcy_range_growth(from, to);
}

/* A company that reports in won: its growth becomes one in dollars, the currency of the words
 * on price, by the average rates of the two quarters. (D1) */
static mcy_range in_dollars(const mcy_facts *facts, const char *company, int bases,
                            const mcy_period *quarter, mcy_range growth)
{
    mcy_fact_query q = {.company = company,
                        .product = "total",
                        .metric = "revenue",
                        .unit = "krw_tn",
                        .target = NULL};
    if (!(bases & MCY_BASIS_IFRS) || !mcy_facts_winner(facts, &q))
        return growth;
    mcy_period before = mcy_period_shift(quarter, -1);
    double rise = mcy_facts_fx(facts, "krw", &before) / mcy_facts_fx(facts, "krw", quarter);
    if (mcy_is_missing(rise))
        return mcy_range_missing();
    return (mcy_range){(1.0 + growth.low) * rise - 1.0, (1.0 + growth.high) * rise - 1.0};
}

mcy_range mcy_facts_revenue_growth(mcy_arena *arena, const mcy_facts *facts,
                                   const char *company, const char *product,
                                   const mcy_period *quarter, int bases, const char **rows)
{
    const mcy_fact *printed =
        winner_of(facts, company, product, "revenue_qoq", "pct", quarter, bases);
    *rows = "";
    if (printed && !mcy_range_is_missing(mcy_fact_range(printed))) {
        *rows = printed->id;
        return in_dollars(facts, company, bases, quarter,
                          mcy_range_scale(mcy_fact_range(printed), 0.01));
    }
    const mcy_fact *now = winner_of(facts, company, product, "revenue", NULL, quarter, bases);
    if (!now)
        return mcy_range_missing();
    const mcy_fact *was = NULL;
    mcy_period before = mcy_period_shift(quarter, -1);
    mcy_range growth = growth_of_levels(facts, now, &before, &was);
    if (was)
        *rows = mcy_arena_print(arena, "%s %s", was->id, now->id);
    if (!was || !*rows)
        return mcy_range_missing();
    return strcmp(now->unit, "krw_tn") == 0 ? in_dollars(facts, company, bases, quarter, growth)
                                            : growth;
}

static mcy_status report_growth(mcy_checks *c, const mcy_fact *printed, const mcy_fact *now,
                                const mcy_fact *was, mcy_range levels, double points)
{
    char period[32];
    mcy_period_format(&printed->target, period);
    const char *levels_text =
        mcy_arena_print(c->arena, "%.2f..%.2f %%", 100.0 * levels.low, 100.0 * levels.high);
    const char *sentence = mcy_arena_print(
        c->arena,
        "%s %s %s in %s is printed as %.2f..%.2f %%, the levels give %s: %+.2f points",
        printed->company, printed->product, printed->metric, period,
        mcy_fact_range(printed).low, mcy_fact_range(printed).high,
        levels_text ? levels_text : "", points);
    const char *rows = mcy_arena_print(c->arena, "%s %s %s", printed->id, was->id, now->id);
    return mcy_checks_add(c, MCY_FINDING_GROWTH, mcy_series_name(c->arena, printed),
                          &printed->target, points, rows, sentence);
}

/* One printed growth: revenue_qoq, revenue_yoy, asp_yoy... of a metric with levels. */
static mcy_status check_printed(mcy_checks *c, const mcy_fact *printed)
{
    bool quarterly = strcmp(printed->metric, "revenue_qoq") == 0;
    mcy_range stated = mcy_fact_range(printed);
    const mcy_fact *now = winner_of(c->facts, printed->company, printed->product, "revenue",
                                    NULL, &printed->target, (int)printed->basis);
    if (!now || mcy_range_is_missing(stated))
        return MCY_OK;
    mcy_period before = quarterly ? mcy_period_shift(&printed->target, -1)
                                  : mcy_period_year_before(&printed->target);
    const mcy_fact *was = NULL;
    mcy_range levels = growth_of_levels(c->facts, now, &before, &was);
    if (mcy_range_is_missing(levels))
        return MCY_OK;
    c->asked[MCY_FINDING_GROWTH]++;
    double points = mcy_range_distance(mcy_range_scale(levels, 100.0), stated);
    /* Some print half up, some half down, some cut: a tenth of the last digit is no finding. */
    if (fabs(points) <= 0.2 * printed->rounding + 1e-9)
        return MCY_OK;
    return report_growth(c, printed, now, was, levels, points);
}

mcy_status mcy_check_growth(mcy_checks *c)
{
    for (size_t i = 0; i < c->count; i = mcy_target_end(c, i)) {
        const mcy_fact *f = c->sorted[i];
        bool growth =
            strcmp(f->metric, "revenue_qoq") == 0 || strcmp(f->metric, "revenue_yoy") == 0;
        if (!growth || !(f->basis & (MCY_BASIS_REPORTED | MCY_BASIS_SURVEY)))
            continue;
        mcy_fact_query q = {.company = f->company,
                            .product = f->product,
                            .metric = f->metric,
                            .target = &f->target,
                            .bases = (int)f->basis};
        MCY_TRY(check_printed(c, mcy_facts_winner(c->facts, &q)));
    }
    return MCY_OK;
}

static mcy_status report_words(mcy_checks *c, const mcy_fact *bits, const mcy_fact *price,
                               mcy_range revenue, const char *revenue_rows,
                               const mcy_statement_verdict *v)
{
    char period[32];
    mcy_range b = mcy_fact_range(bits), p = mcy_fact_range(price);
    mcy_period_format(&bits->target, period);
    const char *sentence =
        mcy_arena_print(c->arena,
                        "%s %s in %s: bits %g..%g %% and price %g..%g %% allow %.1f..%.1f %%, "
                        "the revenue moved "
                        "%.1f..%.1f %%: %+.1f points; those bits need price %.1f..%.1f %%, "
                        "that price needs bits "
                        "%.1f..%.1f %%",
                        bits->company, bits->product, period, b.low, b.high, p.low, p.high,
                        100.0 * v->words_frac.low, 100.0 * v->words_frac.high,
                        100.0 * revenue.low, 100.0 * revenue.high, v->distance_points,
                        100.0 * v->implied_price_frac.low, 100.0 * v->implied_price_frac.high,
                        100.0 * v->implied_bits_frac.low, 100.0 * v->implied_bits_frac.high);
    const char *what = mcy_arena_print(c->arena, "%s.%s.%s", bits->company, bits->product,
                                       bits->basis & MCY_BASIS_REPORTED ? "company" : "survey");
    const char *rows = mcy_arena_print(c->arena, "%s %s %s", bits->id, price->id, revenue_rows);
    return mcy_checks_add(c, MCY_FINDING_WORDS, what, &bits->target, v->distance_points, rows,
                          sentence);
}

/* The words of one class of source, company or survey, for one product and quarter. */
static mcy_status check_statement(mcy_checks *c, const mcy_fact *bits, int bases)
{
    const mcy_fact *price = winner_of(c->facts, bits->company, bits->product, "asp_qoq", "pct",
                                      &bits->target, bases);
    if (!price)
        return MCY_OK;
    const char *rows = "";
    mcy_range revenue = mcy_facts_revenue_growth(c->arena, c->facts, bits->company,
                                                 bits->product, &bits->target, bases, &rows);
    mcy_range b = mcy_range_scale(mcy_fact_range(bits), 0.01);
    mcy_range p = mcy_range_scale(mcy_fact_range(price), 0.01);
    if (mcy_range_is_missing(revenue) || mcy_range_is_missing(b) || mcy_range_is_missing(p))
        return MCY_OK;
    mcy_statement_verdict v;
    mcy_error refused = {0};
    c->asked[MCY_FINDING_WORDS]++;
    if (mcy_statement_check(revenue, b, p, &v, &refused) != MCY_OK || !v.contradicted)
        return MCY_OK;
    return report_words(c, bits, price, revenue, rows, &v);
}

mcy_status mcy_check_words(mcy_checks *c)
{
    for (size_t i = 0; i < c->count; i = mcy_target_end(c, i)) {
        const mcy_fact *f = c->sorted[i];
        int bases = f->basis & MCY_BASIS_REPORTED ? MCY_BASIS_REPORTED
                    : f->basis & MCY_BASIS_SURVEY ? MCY_BASIS_SURVEY
                                                  : 0;
        if (!bases || strcmp(f->metric, "bit_qoq") != 0)
            continue;
        /* GAAP and non-GAAP mark the filing and the remarks here: one statement, the winner. */
        const mcy_fact *bits =
            winner_of(c->facts, f->company, f->product, "bit_qoq", "pct", &f->target, bases);
        if (bits && bits->basis == f->basis)
            MCY_TRY(check_statement(c, bits, bases));
    }
    return MCY_OK;
}
