/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims read, judged one by one, and bits, price and revenue judged together. */
#include "claims_inside.h"

#include <math.h>
#include <string.h>

#include "facts_inside.h"
#include "mcy/file.h"
#include "mcy/number.h"
#include "mcy/quantity.h"

const char *mcy_verdict_name(mcy_verdict verdict)
{
    static const char *const names[] = {"confirmed", "rounded", "contradicted",
                                        "not checkable"};
    return names[verdict];
}

enum { ID, COMPANY, PRODUCT, METRIC, PERIOD, WORDS, VALUE, LOW, HIGH, UNIT, WHERE, COUNT };

typedef struct claim_list {
    mcy_arena *arena;
    const mcy_facts *facts;
    mcy_claim *items;
    size_t count, capacity;
} claim_list;

static const char *hold(claim_list *list, const mcy_csv_row *row, size_t column)
{
    const char *text = row->fields[column] ? row->fields[column] : "";
    return mcy_arena_copy(list->arena, text, strlen(text));
}

static mcy_status take_claim(void *context, const mcy_csv_row *row, mcy_error *err)
{
    claim_list *list = context;
    mcy_claim c = {.line = row->line};
    static const size_t needed[] = {ID, COMPANY, PRODUCT, METRIC};
    bool good = true;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!row->fields[needed[i]]) {
            mcy_csv_refuse(row, needed[i], "a claim needs it");
            good = false;
        }
    int year_ends =
        good ? mcy_facts_year_ends(list->facts, row->fields[COMPANY]) : MCY_CALENDAR_YEAR;
    good = mcy_cell_period(row, PERIOD, year_ends, &c.period) && good;
    good = mcy_cell_number(row, VALUE, &c.value) && good;
    good = mcy_cell_number(row, LOW, &c.low) && good;
    good = mcy_cell_number(row, HIGH, &c.high) && good;
    if (good && c.low > c.high) {
        mcy_csv_refuse(row, LOW, "want at most high");
        good = false;
    }
    if (!good || mcy_csv_refused(row))
        return MCY_OK;
    c.id = hold(list, row, ID);
    c.company = hold(list, row, COMPANY);
    c.product = hold(list, row, PRODUCT);
    c.metric = hold(list, row, METRIC);
    c.words = hold(list, row, WORDS);
    c.unit = hold(list, row, UNIT);
    c.where = hold(list, row, WHERE);
    if (!c.id || !c.company || !c.product || !c.metric || !c.words || !c.unit || !c.where)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_arena_grow(list->arena, (void **)&list->items, list->count, &list->capacity,
                           sizeof c, err));
    list->items[list->count++] = c;
    return MCY_OK;
}

static mcy_range claimed_range(const mcy_claim *c)
{
    if (!mcy_is_missing(c->low) || !mcy_is_missing(c->high))
        return (mcy_range){mcy_is_missing(c->low) ? (double)-INFINITY : c->low,
                           mcy_is_missing(c->high) ? (double)INFINITY : c->high};
    return mcy_is_missing(c->value) ? mcy_range_missing() : (mcy_range){c->value, c->value};
}

static mcy_verdict compare(const mcy_claim *c, mcy_range claimed, const mcy_evidence *e)
{
    double slack = 1e-9 * (1.0 + fabs(e->middle));
    if (!mcy_is_missing(c->value) && fabs(c->value - e->middle) <= e->rounding + slack)
        return MCY_VERDICT_CONFIRMED;
    bool same = claimed.low == e->range.low && claimed.high == e->range.high;
    bool hull = fabs(claimed.low - e->range.low) <= slack &&
                fabs(claimed.high - e->range.high) <= slack;
    if (mcy_is_missing(c->value) && (same || hull))
        return MCY_VERDICT_CONFIRMED;
    return fabs(mcy_range_distance(claimed, e->range)) > slack ? MCY_VERDICT_CONTRADICTED
                                                               : MCY_VERDICT_ROUNDED;
}

/* The evidence that fits best; of two that fit alike the first. */
static const mcy_evidence *choose(const mcy_claim *c, mcy_range claimed,
                                  const mcy_evidence *list, size_t count, mcy_verdict *verdict)
{
    const mcy_evidence *best = NULL;
    double nearest = (double)INFINITY;
    for (size_t i = 0; i < count; i++) {
        mcy_verdict v = compare(c, claimed, &list[i]);
        double off = mcy_is_missing(c->value) ? fabs(mcy_range_distance(claimed, list[i].range))
                                              : fabs(c->value - list[i].middle);
        if (!best || v < *verdict || (v == *verdict && off < nearest)) {
            best = &list[i];
            *verdict = v;
            nearest = off;
        }
    }
    return best;
}

/* "published: 74.9 % (non_gaap); also 74.4 % (gaap)". */
static const char *say(mcy_arena *arena, const mcy_claim *c, const mcy_evidence *list,
                       size_t count, const mcy_evidence *best)
{
    const char *text = "";
    for (size_t turn = 0; turn < 2; turn++)
        for (size_t i = 0; text && i < count; i++) {
            const mcy_evidence *e = &list[i];
            if ((e == best) != (turn == 0))
                continue;
            bool point =
                e->rounding > 0.0 || strstr(e->how, "over") || strstr(e->how, "levels");
            mcy_range shown = point && !mcy_is_missing(e->middle)
                                  ? (mcy_range){e->middle, e->middle}
                                  : e->range;
            if (point)
                shown.low = shown.high = round(1e4 * shown.low) / 1e4;
            const char *number = mcy_range_print(arena, shown, c->unit);
            text =
                mcy_arena_print(arena, "%s%s%s%s%s%s%s%s [%s]", text, turn ? "; also " : "",
                                e->how, turn ? " " : ": ", number ? number : "",
                                *e->basis ? " (" : "", e->basis, *e->basis ? ")" : "", e->rows);
        }
    return text;
}

static mcy_status judge(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c,
                        mcy_claim_verdict *v, mcy_error *err)
{
    mcy_evidence list[MCY_EVIDENCE_MOST];
    size_t count = mcy_claim_evidence(arena, facts, c, list);
    *v = (mcy_claim_verdict){.claim = c,
                             .verdict = MCY_VERDICT_NOT_CHECKABLE,
                             .claimed = claimed_range(c),
                             .published = mcy_range_missing(),
                             .rows = "",
                             .sentence = "no row of the facts is about it"};
    const mcy_evidence *best = &list[0];
    if (mcy_range_is_missing(v->claimed))
        v->sentence = "the claim has no number";
    else if (count)
        best = choose(c, v->claimed, list, count, &v->verdict);
    if (!count)
        return MCY_OK;
    v->published = best->range;
    v->rows = best->rows;
    const char *said = say(arena, c, list, count, best);
    if (said && mcy_range_is_missing(v->claimed))
        said = mcy_arena_print(arena, "the claim has no number; %s", said);
    v->sentence = said;
    return said ? MCY_OK : mcy_fail_memory(err);
}

static const mcy_claim *find_claim(const claim_list *list, const mcy_claim *like,
                                   const char *product, const char *metric)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].company, like->company) == 0 &&
            strcmp(list->items[i].product, product) == 0 &&
            strcmp(list->items[i].metric, metric) == 0 &&
            mcy_period_equal(&list->items[i].period, &like->period))
            return &list->items[i];
    return NULL;
}

static const char *filing_says(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c)
{
    static const char *const metrics[] = {"revenue_qoq", "bit_qoq", "asp_qoq"};
    static const char *const names[] = {"revenue", "bits", "price"};
    const char *text = "";
    for (size_t i = 0; text && i < 3; i++) {
        mcy_fact_query q = {.company = c->company,
                            .product = c->product,
                            .metric = metrics[i],
                            .target = &c->period,
                            .bases = MCY_BASIS_REPORTED};
        const mcy_fact *f = mcy_facts_winner(facts, &q);
        const char *number = f ? mcy_fact_print(arena, f) : NULL;
        if (number)
            text = mcy_arena_print(arena, "%s%s %s %s (%s)", text, *text ? "," : "", names[i],
                                   number, f->id);
    }
    return text;
}

/* Revenue, bits and price of a product as the note has them. What it says of the bits of the
 * whole company binds the product's bits too. */
static mcy_status judge_joint(mcy_arena *arena, const claim_list *list,
                              const mcy_claim *revenue, mcy_claim_joint *joint, bool *possible,
                              mcy_error *err)
{
    const mcy_claim *price = find_claim(list, revenue, revenue->product, "asp_qoq");
    const mcy_claim *own = find_claim(list, revenue, revenue->product, "bit_qoq");
    const mcy_claim *total = find_claim(list, revenue, "total", "bit_qoq");
    *possible = false;
    if (!price || (!own && !total))
        return MCY_OK;
    mcy_range bits = claimed_range(own ? own : total);
    if (own && total)
        bits = mcy_range_common(bits, claimed_range(total));
    mcy_range r = claimed_range(revenue), p = claimed_range(price);
    mcy_error refused = {0};
    if (mcy_statement_check(mcy_range_scale(r, 0.01), mcy_range_scale(bits, 0.01),
                            mcy_range_scale(p, 0.01), &joint->verdict, &refused) != MCY_OK)
        return MCY_OK;
    *possible = true;
    const mcy_statement_verdict *v = &joint->verdict;
    joint->product = revenue->product;
    joint->ids =
        mcy_arena_print(arena, "%s%s%s %s %s", own ? own->id : "", own && total ? " " : "",
                        total ? total->id : "", price->id, revenue->id);
    const char *filing = filing_says(arena, list->facts, revenue);
    joint->sentence = mcy_arena_print(
        arena,
        "price %g..%g %% with bits %g..%g %% gives %s revenue %.1f..%.1f %%, the note has "
        "%g..%g %%: %s%+.1f points; with those bits the price must be %.1f..%.1f %%; the "
        "filing "
        "says%s",
        p.low, p.high, bits.low, bits.high, revenue->product, 100.0 * v->words_frac.low,
        100.0 * v->words_frac.high, r.low, r.high,
        v->contradicted ? "impossible by " : "meets, ", v->distance_points,
        100.0 * v->implied_price_frac.low, 100.0 * v->implied_price_frac.high,
        filing ? filing : "");
    return joint->ids && joint->sentence ? MCY_OK : mcy_fail_memory(err);
}

mcy_status mcy_claims_check(mcy_arena *arena, const mcy_facts *facts, const char *path,
                            mcy_text *report, mcy_claims *claims, mcy_error *err)
{
    static const char *const columns[COUNT] = {"id",     "company",  "product", "metric",
                                               "period", "words_zh", "value",   "low",
                                               "high",   "unit",     "where"};
    claim_list list = {.arena = arena, .facts = facts};
    mcy_csv_table table = {mcy_path_name(path), columns, COUNT, take_claim, &list};
    *claims = (mcy_claims){0};
    MCY_TRY(mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &table, report, err));
    mcy_claim_verdict *items = MCY_TAKE(arena, mcy_claim_verdict, list.count);
    mcy_claim_joint *joints = MCY_TAKE(arena, mcy_claim_joint, list.count);
    if (!items || !joints)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < list.count; i++) {
        bool possible = false;
        MCY_TRY(judge(arena, facts, &list.items[i], &items[i], err));
        claims->contradicted += items[i].verdict == MCY_VERDICT_CONTRADICTED;
        if (strcmp(list.items[i].metric, "revenue_qoq") == 0)
            MCY_TRY(judge_joint(arena, &list, &list.items[i], &joints[claims->joint_count],
                                &possible, err));
        if (possible)
            claims->contradicted += joints[claims->joint_count++].verdict.contradicted;
    }
    claims->items = items;
    claims->count = list.count;
    claims->joints = joints;
    return MCY_OK;
}
