/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims read, judged one by one, and bits, price and revenue judged together. */
#include "claims_inside.h"

#include <math.h>
#include <string.h>

#include "facts_inside.h"
#include "mcy/file.h"
#include "mcy/number.h"
#include "mcy/quantity.h"

mcy_bilingual mcy_verdict_words(mcy_verdict verdict)
{
    static const mcy_bilingual names[] = {{"一致", "confirmed"},
                                          {"取整后一致", "rounded"},
                                          {"矛盾", "contradicted"},
                                          {"无法核对", "not checkable"}};
    return names[verdict];
}

const char *mcy_verdict_name(mcy_verdict verdict)
{
    return mcy_verdict_words(verdict).en;
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

/* One piece of evidence: "published: 74.9 % (non_gaap) [micron.csv:829]". */
static const char *say_one(mcy_arena *arena, const mcy_claim *c, const mcy_evidence *e,
                           const char *how)
{
    bool point = e->rounding > 0.0 || strstr(e->how.en, "over") || strstr(e->how.en, "levels");
    mcy_range shown =
        point && !mcy_is_missing(e->middle) ? (mcy_range){e->middle, e->middle} : e->range;
    if (point)
        shown.low = shown.high = round(1e4 * shown.low) / 1e4;
    const char *number = mcy_range_print(arena, shown, c->unit);
    return mcy_arena_print(arena, "%s %s%s%s%s [%s]", how, number ? number : "",
                           *e->basis ? " (" : "", e->basis, *e->basis ? ")" : "", e->rows);
}

/* "published: 74.9 % (non_gaap); also published 74.4 % (gaap)", the best fit first. */
static bool say(mcy_arena *arena, const mcy_claim *c, const mcy_evidence *list, size_t count,
                const mcy_evidence *best, mcy_bilingual *said)
{
    *said = (mcy_bilingual){"", ""};
    for (size_t turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < count; i++) {
            const mcy_evidence *e = &list[i];
            if ((e == best) != (turn == 0))
                continue;
            const char *zh = mcy_arena_print(arena, "%s%s", e->how.zh, turn ? "" : "：");
            const char *en = mcy_arena_print(arena, "%s%s", e->how.en, turn ? "" : ":");
            zh = zh ? say_one(arena, c, e, zh) : NULL;
            en = en ? say_one(arena, c, e, en) : NULL;
            if (!zh || !en)
                return false;
            said->zh = mcy_arena_print(arena, "%s%s%s", said->zh, turn ? "；另：" : "", zh);
            said->en = mcy_arena_print(arena, "%s%s%s", said->en, turn ? "; also " : "", en);
            if (!said->zh || !said->en)
                return false;
        }
    return true;
}

/* No row is about the claim's period: what was last said of its metric, so that a reader can tell
 * an old statement repeated from a new one. */
static bool say_last(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c,
                     mcy_bilingual *said)
{
    const mcy_fact *last = mcy_claim_last_said(facts, c);
    char period[32];
    if (!last)
        return true;
    mcy_period_format(&last->period, period);
    const char *number = mcy_range_print(arena, mcy_fact_range(last), last->unit);
    if (!number)
        return false;
    said->zh = mcy_arena_print(arena, "数据中没有该期的行；最近一次为 %s：%s [%s]", period,
                               number, last->id);
    said->en = mcy_arena_print(
        arena, "no row of the facts is about that period; last said for %s: %s [%s]", period,
        number, last->id);
    return said->zh && said->en;
}

static mcy_status judge(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c,
                        mcy_claim_verdict *v, mcy_error *err)
{
    mcy_evidence list[MCY_EVIDENCE_MOST];
    size_t count = mcy_claim_evidence(arena, facts, c, list);
    *v = (mcy_claim_verdict){
        .claim = c,
        .verdict = MCY_VERDICT_NOT_CHECKABLE,
        .claimed = claimed_range(c),
        .published = mcy_range_missing(),
        .rows = "",
        .sentence = {"数据中没有与之相关的行", "no row of the facts is about it"}};
    const mcy_evidence *best = &list[0];
    if (mcy_range_is_missing(v->claimed))
        v->sentence = (mcy_bilingual){"该表述没有数字", "the claim has no number"};
    else if (count)
        best = choose(c, v->claimed, list, count, &v->verdict);
    if (!count && mcy_range_is_missing(v->claimed))
        return MCY_OK;
    if (!count)
        return say_last(arena, facts, c, &v->sentence) ? MCY_OK : mcy_fail_memory(err);
    v->published = best->range;
    v->rows = best->rows;
    bool bare = mcy_range_is_missing(v->claimed);
    if (!say(arena, c, list, count, best, &v->sentence))
        return mcy_fail_memory(err);
    if (bare)
        v->sentence = (mcy_bilingual){
            mcy_arena_print(arena, "该表述没有数字；%s", v->sentence.zh),
            mcy_arena_print(arena, "the claim has no number; %s", v->sentence.en)};
    return v->sentence.zh && v->sentence.en ? MCY_OK : mcy_fail_memory(err);
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

static mcy_bilingual filing_says(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *c)
{
    static const char *const metrics[] = {"revenue_qoq", "bit_qoq", "asp_qoq"};
    static const mcy_bilingual names[] = {
        {"收入", "revenue"}, {"位元", "bits"}, {"价格", "price"}};
    mcy_bilingual text = {"", ""};
    for (size_t i = 0; text.zh && text.en && i < 3; i++) {
        mcy_fact_query q = {.company = c->company,
                            .product = c->product,
                            .metric = metrics[i],
                            .target = &c->period,
                            .bases = MCY_BASIS_REPORTED};
        const mcy_fact *f = mcy_facts_winner(facts, &q);
        const char *number = f ? mcy_fact_print(arena, f) : NULL;
        if (!number)
            continue;
        text.zh = mcy_arena_print(arena, "%s%s%s %s（%s）", text.zh, *text.zh ? "，" : "",
                                  names[i].zh, number, f->id);
        text.en = mcy_arena_print(arena, "%s%s %s %s (%s)", text.en, *text.en ? "," : "",
                                  names[i].en, number, f->id);
    }
    return text;
}

/* What the three claims give together, and what the filing says instead. */
static mcy_bilingual joint_words(mcy_arena *arena, const mcy_statement_verdict *v,
                                 const char *product, mcy_range r, mcy_range bits, mcy_range p,
                                 mcy_bilingual filing)
{
    double low = 100.0 * v->words_frac.low, high = 100.0 * v->words_frac.high;
    double price_low = 100.0 * v->implied_price_frac.low;
    double price_high = 100.0 * v->implied_price_frac.high;
    return (mcy_bilingual){
        mcy_arena_print(
            arena,
            "价格 %g..%g %% 与位元 %g..%g %% 合得 %s 收入 %.1f..%.1f %%，笔记为 %g..%g "
            "%%：%s %+.1f 个百分点；按该位元，价格须为 %.1f..%.1f %%；公司披露%s",
            p.low, p.high, bits.low, bits.high, product, low, high, r.low, r.high,
            v->contradicted ? "不可能，相差" : "相容，", v->distance_points, price_low,
            price_high, filing.zh ? filing.zh : ""),
        mcy_arena_print(
            arena,
            "price %g..%g %% with bits %g..%g %% gives %s revenue %.1f..%.1f %%, the "
            "note has %g..%g %%: %s%+.1f points; with those bits the price must be "
            "%.1f..%.1f %%; the filing says%s",
            p.low, p.high, bits.low, bits.high, product, low, high, r.low, r.high,
            v->contradicted ? "impossible by " : "meets, ", v->distance_points, price_low,
            price_high, filing.en ? filing.en : "")};
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
    joint->sentence = joint_words(arena, v, revenue->product, r, bits, p,
                                  filing_says(arena, list->facts, revenue));
    return joint->ids && joint->sentence.zh && joint->sentence.en ? MCY_OK
                                                                  : mcy_fail_memory(err);
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
