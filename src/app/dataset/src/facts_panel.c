/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which published rows enter the decomposition, and how (D1, D4). */
#include "mcy/facts_panel.h"

#include <math.h>
#include <string.h>

#include "facts_panel_inside.h"
#include "mcy/number.h"

/* A range that words left open is this wide (W1), in points. */
#define OPEN_WIDTH_PCT 5.0

bool panel_growth_range(const mcy_fact *fact, double *low, double *high)
{
    mcy_range r = mcy_fact_range(fact);
    if (mcy_range_is_missing(r) || (isinf(r.low) && isinf(r.high)))
        return false;
    if (isinf(r.high))
        r.high = r.low + OPEN_WIDTH_PCT;
    if (isinf(r.low))
        r.low = r.high - OPEN_WIDTH_PCT;
    if (!(r.low > -100))
        return false;
    *low = log1p(r.low / 100);
    *high = log1p(r.high / 100);
    return true;
}

/* One slot a quarter of the panel; out of range is NULL. */
const mcy_fact **panel_slot(const panel_build *b, const mcy_fact **slots, const mcy_fact *fact)
{
    if (fact->target.span != MCY_SPAN_QUARTER)
        return NULL;
    int t = mcy_period_quarter(&fact->target) - b->first;
    return t >= -1 && t < (int)b->quarters ? &slots[t + 1] : NULL;
}

mcy_status panel_series(panel_build *b, const char *company, const char *product,
                        const char *metric, int bases, const mcy_fact ***slots, mcy_error *err)
{
    const mcy_fact **all = MCY_TAKE(b->arena, const mcy_fact *, b->quarters + 1);
    if (!all)
        return mcy_fail_memory(err);
    *slots = all;
    const mcy_facts *facts = b->facts;
    mcy_fact_query query = {.company = mcy_facts_name(facts, company),
                            .product = mcy_facts_name(facts, product),
                            .metric = mcy_facts_name(facts, metric),
                            .bases = bases,
                            .only_quarters = true};
    if (!query.company || !query.product || !query.metric)
        return MCY_OK;
    const mcy_fact *const *found;
    size_t count;
    MCY_TRY(mcy_facts_series(b->arena, facts, &query, &found, &count, err));
    for (size_t i = 0; i < count; i++) {
        const mcy_fact **slot = panel_slot(b, all, found[i]);
        if (slot)
            *slot = found[i];
    }
    return MCY_OK;
}

mcy_status panel_add(panel_build *b, mcy_panel_kind kind, mcy_panel_source source, int firm,
                     size_t t, double low, double high, const mcy_fact *fact, mcy_error *err)
{
    MCY_TRY(mcy_arena_grow(b->arena, (void **)&b->observation, b->count, &b->capacity,
                           sizeof *b->observation, err));
    b->observation[b->count++] = (mcy_panel_observation){
        kind, source, firm, (int)t, low, high, (long)(fact - b->facts->items)};
    return MCY_OK;
}

/* Bits or price of a firm: its own words, else the survey's. */
static mcy_status add_words(panel_build *b, int firm, mcy_panel_kind kind, mcy_error *err)
{
    const char *name = b->firm[firm].name;
    const char *metric = kind == MCY_PANEL_BITS ? "bit_qoq" : "asp_qoq";
    const mcy_fact **own, **survey;
    MCY_TRY(panel_series(b, name, b->product, metric, MCY_BASIS_REPORTED, &own, err));
    MCY_TRY(panel_series(b, name, b->product, metric, MCY_BASIS_SURVEY, &survey, err));
    for (size_t t = 0; t < b->quarters; t++) {
        double low, high;
        const mcy_fact *f = own[t + 1];
        mcy_panel_source source = MCY_PANEL_COMPANY;
        if (!f || !panel_growth_range(f, &low, &high)) {
            f = survey[t + 1];
            source = MCY_PANEL_SURVEY;
            if (!f || !panel_growth_range(f, &low, &high))
                continue;
        }
        MCY_TRY(panel_add(b, kind, source, firm, t, low, high, f, err));
    }
    return MCY_OK;
}

double mcy_facts_fx_change(const mcy_facts *facts, const char *currency, mcy_quarter quarter)
{
    mcy_period now = mcy_period_of_quarter(quarter),
               before = mcy_period_of_quarter(quarter - 1);
    return log(mcy_facts_fx(facts, currency, &before) / mcy_facts_fx(facts, currency, &now));
}

/* How early a firm's quarters end, and what 14 weeks do to its bits: from the ends of its
 * fiscal quarters. A firm on calendar quarters has neither. */
static mcy_status read_calendar(panel_build *b, int firm, double *shift, mcy_error *err)
{
    const mcy_fact **rows;
    MCY_TRY(panel_series(b, b->firm[firm].name, "total", "revenue", MCY_BASIS_REPORTED, &rows,
                         err));
    double weeks_before = MCY_MISSING;
    for (size_t t = 0; t < b->quarters; t++) {
        const mcy_fact *now = rows[t + 1], *before = rows[t];
        double weeks = MCY_MISSING;
        if (now && now->target.fiscal)
            b->firm[firm].offset = mcy_period_months_early(&now->target) / 3.0;
        if (now && before && now->target.fiscal)
            weeks = round(
                (double)(mcy_day_number(now->period_end) - mcy_day_number(before->period_end)) /
                7);
        if (!mcy_is_missing(weeks) && !mcy_is_missing(weeks_before))
            shift[(size_t)firm * b->quarters + t] = log(weeks / weeks_before);
        weeks_before = weeks;
    }
    return MCY_OK;
}

/* The last quarter anyone said anything about the product. */
static mcy_quarter last_quarter(const panel_build *b)
{
    static const char *const metrics[] = {"bit_qoq", "asp_qoq", "revenue", "revenue_qoq",
                                          "contract_price_qoq"};
    mcy_quarter last = 0;
    const char *product = mcy_facts_name(b->facts, b->product);
    for (size_t i = 0; product && i < b->facts->count; i++) {
        const mcy_fact *f = &b->facts->items[i];
        if (f->product != product || f->target.span != MCY_SPAN_QUARTER ||
            f->basis == MCY_BASIS_GUIDANCE || f->basis == MCY_BASIS_ESTIMATE)
            continue;
        for (size_t m = 0; m < sizeof metrics / sizeof *metrics; m++)
            if (strcmp(f->metric, metrics[m]) == 0 && mcy_period_quarter(&f->target) > last)
                last = mcy_period_quarter(&f->target);
    }
    return last;
}

static mcy_status name_firms(panel_build *b, const char *const *names, size_t count,
                             mcy_error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!mcy_facts_name(b->facts, names[i])) {
            const char *const *known;
            size_t known_count;
            MCY_TRY(mcy_facts_names(b->arena, b->facts, 0, &known, &known_count, err));
            const char *closest = mcy_text_closest(names[i], known, known_count);
            return MCY_FAIL(err, MCY_E_INPUT, "firm '%s' is not in the facts%s%s%s", names[i],
                            closest ? ", did you mean '" : "", closest ? closest : "",
                            closest ? "'?" : "");
        }
        size_t length = strlen(names[i]);
        if (length >= sizeof b->firm[i].name || i >= MCY_PANEL_FIRMS_MAX)
            return MCY_FAIL(err, MCY_E_INPUT,
                            "firm '%s': names of at most %d bytes and %d firms", names[i],
                            (int)MCY_PANEL_NAME - 1, (int)MCY_PANEL_FIRMS_MAX);
        memcpy(b->firm[i].name, names[i], length + 1);
    }
    return MCY_OK;
}

static mcy_status fill(panel_build *b, mcy_panel *panel, double *shift, mcy_error *err)
{
    for (int i = 0; i < (int)panel->firms; i++) {
        MCY_TRY(read_calendar(b, i, shift, err));
        MCY_TRY(panel_add_revenue(b, i, err));
        MCY_TRY(add_words(b, i, MCY_PANEL_BITS, err));
        MCY_TRY(add_words(b, i, MCY_PANEL_PRICE, err));
    }
    MCY_TRY(panel_add_contracts(b, err));
    if (b->count == 0)
        return MCY_FAIL(err, MCY_E_MISSING, "no statement about '%s' is known on that day",
                        b->product);
    mcy_panel_sort(b->observation, b->count);
    panel->observations = b->count;
    panel->observation = b->observation;
    return mcy_panel_check(panel, err);
}

mcy_status mcy_facts_panel(mcy_arena *arena, const mcy_facts *facts, const char *product,
                           const mcy_facts_panel_settings *settings, mcy_panel **panel,
                           mcy_error *err)
{
    static const char *const three[] = {"micron", "samsung", "skhynix"};
    mcy_facts_panel_settings s = settings ? *settings : (mcy_facts_panel_settings){0};
    if (!s.firms) {
        s.firms = three;
        s.firm_count = 3;
    }
    if (s.first == 0)
        s.first = mcy_quarter_of(2016, 3);
    mcy_panel *out = MCY_TAKE(arena, mcy_panel, 1);
    panel_build b = {.arena = arena, .facts = facts, .product = product, .first = s.first};
    b.firm = MCY_TAKE(arena, mcy_panel_firm, s.firm_count + 1);
    if (!out || !b.firm)
        return mcy_fail_memory(err);
    if (strlen(product) >= sizeof out->product)
        return MCY_FAIL(err, MCY_E_INPUT, "product '%s': a name of at most %d bytes", product,
                        (int)MCY_PANEL_NAME - 1);
    MCY_TRY(name_firms(&b, s.firms, s.firm_count, err));
    mcy_quarter last = last_quarter(&b);
    if (last < s.first)
        return MCY_FAIL(err, MCY_E_MISSING, "no statement about '%s' is known on that day",
                        product);
    b.quarters = (size_t)(last - s.first) + 1;
    double *shift = MCY_TAKE(arena, double, s.firm_count *b.quarters);
    if (!shift)
        return mcy_fail_memory(err);
    strcpy(out->product, product);
    out->first = s.first;
    out->quarters = b.quarters;
    out->firms = s.firm_count;
    out->firm = b.firm;
    out->bit_shift = shift;
    MCY_TRY(fill(&b, out, shift, err));
    *panel = out;
    return MCY_OK;
}
