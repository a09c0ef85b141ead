/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revenue growth of a firm in dollars, from the best of what is published (D1, D4). */
#include <math.h>
#include <string.h>

#include "facts_panel_inside.h"

/* A range of log growth and where it comes from. */
typedef struct candidate {
    double low, high;
    const mcy_fact *fact; /* NULL: none */
} candidate;

/* Everything published about one firm's revenue of the product. */
typedef struct sources {
    const mcy_fact **level, **growth;               /* the firm's own */
    const mcy_fact **survey_level, **survey_growth; /* the ranking's */
    const mcy_fact **total, **share; /* company revenue, the product's share of it */
} sources;

/* The basis a level is on, as the row's text says. Micron restated FY2019 when it began to
 * split multi-chip packages and drives between DRAM and NAND; FY2020 on is on the new basis
 * without saying so. The words of FY2019 are about the old basis, so its growth is not taken
 * from restated levels. */
typedef enum level_basis { BASIS_PLAIN, BASIS_ORIGINAL, BASIS_RESTATED } level_basis;

static level_basis basis_of(const mcy_fact *f)
{
    if (strstr(f->text, "original basis"))
        return BASIS_ORIGINAL;
    return strstr(f->text, "restated basis") ? BASIS_RESTATED : BASIS_PLAIN;
}

static bool comparable(const mcy_fact *now, const mcy_fact *before)
{
    level_basis a = basis_of(now), b = basis_of(before);
    return now->unit == before->unit && now->basis == before->basis &&
           (a == BASIS_ORIGINAL ? b == BASIS_ORIGINAL
                                : a == BASIS_PLAIN && b != BASIS_ORIGINAL);
}

/* Change of the dollar value of what the row is in: 0 for dollars, missing when not known. */
static double fx_change(const panel_build *b, const char *unit, size_t t)
{
    return strncmp(unit, "krw", 3) == 0
               ? mcy_facts_fx_change(b->facts, "krw", b->first + (mcy_quarter)t)
               : 0;
}

static candidate moved(candidate c, double fx)
{
    if (!isfinite(fx))
        return (candidate){0};
    c.low += fx;
    c.high += fx;
    return c;
}

static candidate from_growth(const panel_build *b, const mcy_fact *f, const char *unit,
                             size_t t)
{
    candidate c = {.fact = f};
    if (!f || !panel_growth_range(f, &c.low, &c.high))
        return (candidate){0};
    return moved(c, fx_change(b, unit, t));
}

static candidate from_levels(const panel_build *b, const mcy_fact *now, const mcy_fact *before,
                             size_t t)
{
    candidate c = {.fact = now};
    if (!now || !before || !comparable(now, before))
        return (candidate){0};
    mcy_range a = mcy_fact_range(now), z = mcy_fact_range(before);
    if (!mcy_range_is_closed(a) || !mcy_range_is_closed(z) || !(a.low > 0) || !(z.low > 0))
        return (candidate){0};
    c.low = log(a.low / z.high);
    c.high = log(a.high / z.low);
    return moved(c, fx_change(b, now->unit, t));
}

/* Company revenue times the published share of the product. */
static candidate from_shares(const panel_build *b, const sources *s, size_t t)
{
    const mcy_fact *total = s->total[t + 1], *share = s->share[t + 1], *share0 = s->share[t];
    if (!share || !share0)
        return (candidate){0};
    candidate c = from_levels(b, total, s->total[t], t);
    mcy_range a = mcy_fact_range(share), z = mcy_fact_range(share0);
    if (!c.fact || !mcy_range_is_closed(a) || !mcy_range_is_closed(z) || !(a.low > 0) ||
        !(z.low > 0))
        return (candidate){0};
    c.low += log(a.low / z.high);
    c.high += log(a.high / z.low);
    c.fact = share;
    return c;
}

static candidate narrower(candidate a, candidate b)
{
    if (!a.fact || !b.fact)
        return a.fact ? a : b;
    return b.high - b.low < a.high - a.low ? b : a;
}

static mcy_status read_sources(panel_build *b, int firm, sources *s, mcy_error *err)
{
    const char *name = b->firm[firm].name;
    const int own = MCY_BASIS_REPORTED, survey = MCY_BASIS_SURVEY;
    MCY_TRY(panel_series(b, name, b->product, "revenue", own, &s->level, err));
    MCY_TRY(panel_series(b, name, b->product, "revenue_qoq", own, &s->growth, err));
    MCY_TRY(panel_series(b, name, b->product, "revenue", survey, &s->survey_level, err));
    MCY_TRY(panel_series(b, name, b->product, "revenue_qoq", survey, &s->survey_growth, err));
    MCY_TRY(panel_series(b, name, "total", "revenue", own, &s->total, err));
    return panel_series(b, name, b->product, "share", own, &s->share, err);
}

/* Levels of one survey only: rankings of different houses are not chained. */
static bool same_house(const mcy_fact *now, const mcy_fact *before)
{
    return now && before && strstr(now->source, "TrendForce") &&
           strstr(before->source, "TrendForce");
}

/* SK hynix took over Intel's drives (Solidigm) at the end of 2021. The ranking of 1Q22 compares
 * the two together with the two together; the firm's words of that quarter, and the ranking
 * before, are about what it owned. A growth across that line is on another perimeter than the
 * words and is left out. */
static bool crosses_perimeter(const mcy_fact *now, const mcy_fact *before)
{
    static const char *const marks[] = {"Solidigm", "SK Group"};
    bool with = false, had = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        with = with || (now && strstr(now->text, marks[i]));
        had = had || (before && strstr(before->text, marks[i]));
    }
    return with && before && !had;
}

mcy_status panel_add_revenue(panel_build *b, int firm, mcy_error *err)
{
    sources s;
    MCY_TRY(read_sources(b, firm, &s, err));
    for (size_t t = 0; t < b->quarters; t++) {
        const char *unit = s.total[t + 1] ? s.total[t + 1]->unit : "usd_m";
        mcy_panel_source by = MCY_PANEL_COMPANY;
        candidate c = narrower(from_levels(b, s.level[t + 1], s.level[t], t),
                               from_growth(b, s.growth[t + 1], unit, t));
        if (!c.fact) {
            by = MCY_PANEL_SURVEY;
            if (!crosses_perimeter(s.survey_growth[t + 1], s.survey_growth[t]))
                c = from_growth(b, s.survey_growth[t + 1], "usd_m", t);
        }
        if (!c.fact && same_house(s.survey_level[t + 1], s.survey_level[t]) &&
            !crosses_perimeter(s.survey_level[t + 1], s.survey_level[t]))
            c = from_levels(b, s.survey_level[t + 1], s.survey_level[t], t);
        if (!c.fact) {
            by = MCY_PANEL_COMPANY;
            c = from_shares(b, &s, t);
        }
        if (c.fact)
            MCY_TRY(panel_add(b, MCY_PANEL_REVENUE, by, firm, t, c.low, c.high, c.fact, err));
    }
    return MCY_OK;
}
