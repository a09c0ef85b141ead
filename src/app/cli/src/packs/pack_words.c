/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a firm said last quarter and this: results, demand, supply, capital spending, stocks and
 * contracts, in its own words. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "pack_number.h"
#include "pack_page.h"

enum { MOST_SAID = 96 };

/* A kind of row: what was published of a quarter, or what was said about another time. */
typedef struct words_plan {
    mcy_bilingual topic, name;
    const char *product; /* of a published number; NULL: of whatever was said */
    const char *metric;
    int bases;     /* 0 = any */
    bool industry; /* about the industry, not the firm itself */
    bool always;   /* printed even when nothing was said */
} words_plan;

#define GUIDED MCY_BASIS_GUIDANCE

static const words_plan plans[] = {
#define WORDS_ROW(topic_zh, topic_en, zh, en, product, metric, bases, industry, always)        \
    {{topic_zh, topic_en}, {zh, en}, product, metric, bases, industry, always},
#include "words_rows.def"
};

/* A row while it is put together: the same thing said a quarter before (0) and now (1). */
typedef struct said_row {
    const words_plan *plan;
    const char *product;
    mcy_period target;
    const mcy_fact *fact[2];
} said_row;

typedef struct words_table {
    pack_maker *pack;
    const char *firm;
    mcy_period period[2]; /* the quarter before, the last one */
    mcy_day from[3];      /* the day of each print, and of the next: later than any day */
    said_row rows[MOST_SAID];
    size_t count;
} words_table;

/* The day the print of a quarter came out; later than any day where it has not. */
static mcy_day print_day(const pack_maker *pack, const char *firm, const mcy_period *period)
{
    const mcy_facts *facts = pack->facts;
    for (size_t i = 0; i < facts->event_count; i++)
        if (!strcmp(facts->events[i].company, firm) &&
            mcy_period_equal(&facts->events[i].period, period))
            return facts->events[i].date;
    const mcy_fact *revenue =
        mcy_pack_winner(pack, firm, "total", "revenue", MCY_BASIS_REPORTED, period);
    return revenue ? revenue->known : 99999999;
}

/* Of the firm, or of the industry in the firm's own file. */
static bool is_of(const words_table *w, const words_plan *plan, const mcy_fact *fact)
{
    size_t n = strlen(w->firm);
    if (!plan->industry)
        return !strcmp(fact->company, w->firm);
    return !strcmp(fact->company, "industry") && !strncmp(fact->id, w->firm, n) &&
           fact->id[n] == '.';
}

/* With which print it was said: from the day of one up to the next. Rows of guidance carry the
 * quarter they were made in (Micron) or are about (others); the day tells for all. */
static int said_with(const words_table *w, const mcy_fact *fact)
{
    for (int k = 0; k < 2; k++)
        if (fact->published >= w->from[k] && fact->published < w->from[k + 1])
            return k;
    return -1;
}

static mcy_status add_said(words_table *w, const words_plan *plan, const mcy_fact *fact,
                           int when, mcy_error *err)
{
    for (size_t i = 0; i < w->count; i++) {
        said_row *row = &w->rows[i];
        if (row->plan != plan || strcmp(row->product, fact->product) ||
            (plan->bases == GUIDED && !mcy_period_equal(&row->target, &fact->target)))
            continue;
        if (!row->fact[when] || fact->confidence > row->fact[when]->confidence)
            row->fact[when] = fact;
        return MCY_OK;
    }
    if (w->count == MOST_SAID)
        return MCY_FAIL(err, MCY_E_DOMAIN, "words of '%s': more than %d rows", w->firm,
                        MOST_SAID);
    said_row *row = &w->rows[w->count++];
    *row = (said_row){.plan = plan, .product = fact->product, .target = fact->target};
    row->fact[when] = fact;
    return MCY_OK;
}

/* Before or behind: by product as readers list them, then by what it is about. */
static bool stands_before(const said_row *a, const said_row *b)
{
    static const char *const order[] = {"total", "memory", "dram", "hbm", "nand"};
    size_t at[2];
    const said_row *rows[2] = {a, b};
    for (int k = 0; k < 2; k++)
        for (at[k] = 0; at[k] < sizeof order / sizeof *order; at[k]++)
            if (!strcmp(order[at[k]], rows[k]->product))
                break;
    return at[0] != at[1] ? at[0] < at[1] : a->target.last_month < b->target.last_month;
}

static mcy_status gather(words_table *w, const words_plan *plan, mcy_error *err)
{
    size_t first = w->count;
    if (plan->product) {
        said_row row = {.plan = plan, .product = plan->product};
        for (int k = 0; k < 2; k++)
            row.fact[k] = mcy_pack_winner(w->pack, w->firm, plan->product, plan->metric,
                                          plan->bases, &w->period[k]);
        if (row.fact[0] || row.fact[1] || plan->always)
            w->rows[w->count++] = row;
        return MCY_OK;
    }
    for (size_t i = 0; i < w->pack->facts->count; i++) {
        const mcy_fact *fact = &w->pack->facts->items[i];
        int when = strcmp(fact->metric, plan->metric) ||
                           (plan->bases && !((int)fact->basis & plan->bases)) ||
                           !is_of(w, plan, fact)
                       ? -1
                       : said_with(w, fact);
        if (when >= 0)
            MCY_TRY(add_said(w, plan, fact, when, err));
    }
    for (size_t i = first + 1; i < w->count; i++)
        for (size_t k = i; k > first && stands_before(&w->rows[k], &w->rows[k - 1]); k--) {
            said_row keep = w->rows[k];
            w->rows[k] = w->rows[k - 1];
            w->rows[k - 1] = keep;
        }
    return MCY_OK;
}

/* "CY2026 DRAM 行业位元需求（同比）": a period only where it is neither of the two quarters. */
static mcy_bilingual item_words(const words_table *w, const said_row *row)
{
    static const struct {
        const char *key, *zh, *en;
    } products[] = {{"dram", "DRAM ", "DRAM "},
                    {"nand", "NAND ", "NAND "},
                    {"hbm", "HBM ", "HBM "},
                    {"ds", "DS 部门", "DS "}};
    const char *zh = "", *en = "";
    char about[34] = "";
    for (size_t i = 0; !row->plan->product && i < sizeof products / sizeof *products; i++)
        if (!strcmp(products[i].key, row->product)) {
            zh = products[i].zh;
            en = products[i].en;
        }
    if (row->plan->bases == GUIDED && !mcy_period_equal(&row->target, &w->period[0]) &&
        !mcy_period_equal(&row->target, &w->period[1])) {
        mcy_period_label(&row->target, false, about);
        strcat(about, " ");
    }
    return (mcy_bilingual){
        mcy_arena_print(w->pack->arena, "%s%s%s", about, zh, row->plan->name.zh),
        mcy_arena_print(w->pack->arena, "%s%s%s", about, en, row->plan->name.en)};
}

static mcy_bilingual unit_words(const mcy_fact *fact)
{
    static const struct {
        const char *key;
        mcy_bilingual name;
    } units[] = {{"pct", {"%", "%"}},
                 {"usd_m", {"百万美元", "USD m"}},
                 {"krw_tn", {"万亿韩元", "KRW tn"}},
                 {"days", {"天", "days"}},
                 {"kwpm", {"千片/月", "thousand wafers a month"}}};
    for (size_t i = 0; fact && i < sizeof units / sizeof *units; i++)
        if (!strcmp(units[i].key, fact->unit))
            return units[i].name;
    return (mcy_bilingual){"", ""};
}

/* What a fact says as a range with open ends missing; a published amount is itself. */
static mcy_range shown_range(const mcy_fact *fact)
{
    mcy_range range = fact ? mcy_fact_range(fact) : mcy_range_missing();
    if (fact && fact->basis != MCY_BASIS_GUIDANCE && strcmp(fact->unit, "pct") &&
        !mcy_is_missing(fact->value))
        return (mcy_range){fact->value, fact->value};
    if (isinf(range.low))
        range.low = MCY_MISSING;
    if (isinf(range.high))
        range.high = MCY_MISSING;
    return range;
}

static bool has_number(const said_row *row)
{
    for (int k = 0; k < 2; k++) {
        mcy_range range = shown_range(row->fact[k]);
        if (!mcy_is_missing(range.low) || !mcy_is_missing(range.high))
            return true;
    }
    return false;
}

/* Id of what a statement says in numbers: about what, and in which quarter it was said. */
static const char *said_id(const words_table *w, const said_row *row, const mcy_fact *fact,
                           int k)
{
    char about[32], said[32];
    mcy_period_format(&fact->target, about);
    mcy_period_format(&w->period[k], said);
    const char *id = mcy_arena_print(w->pack->arena, "said.%s.%s.%s.%s@%s", w->firm,
                                     row->product, fact->metric, about, said);
    if (id && !row->plan->product)
        mcy_pack_rests_on_fact(w->pack, id, fact);
    return id;
}

static mcy_status put_row(const words_table *w, mcy_table *table, const said_row *row,
                          mcy_error *err)
{
    const mcy_fact *some = row->fact[1] ? row->fact[1] : row->fact[0];
    bool pct = some && !strcmp(some->unit, "pct"), won = some && !strcmp(some->unit, "krw_tn");
    mcy_display display = {.decimals = pct ? 1 : won ? 2 : 0};
    mcy_bilingual item = item_words(w, row);
    if (!item.zh || !item.en)
        return mcy_fail_memory(err);
    mcy_table_row(table, false);
    mcy_table_words(table, row->plan->topic);
    mcy_table_words(table, item);
    mcy_table_words(table, unit_words(has_number(row) ? some : NULL));
    for (int k = 0; k < 2; k++) {
        const mcy_fact *fact = row->fact[k];
        mcy_range range = shown_range(fact);
        const char *id = fact ? said_id(w, row, fact, k) : NULL;
        if (fact && row->plan->product)
            id = mcy_pack_fact_id(w->pack, w->firm, row->product, row->plan->metric, 0,
                                  &w->period[k]);
        mcy_table_text(table, fact && (strcmp(fact->metric, "capex") || fact->basis == GUIDED)
                                  ? fact->text
                                  : ""); /* rows of gross capex hold remarks, not words */
        mcy_table_shown(table, range.low, &display, id);
        mcy_table_shown(table, range.high, &display, NULL);
    }
    return MCY_OK;
}

static mcy_status open_words(words_table *w, const mcy_table_spec *spec, mcy_table **table,
                             mcy_error *err)
{
    char key[2][32];
    mcy_bilingual heads[2];
    static const mcy_bilingual when[2] = {{"上季", "Last quarter"}, {"本季", "This quarter"}};
    for (int k = 0; k < 2; k++) {
        mcy_period_label(&w->period[k], false, key[k]);
        heads[k] =
            (mcy_bilingual){mcy_arena_print(w->pack->arena, "%s（%s）", when[k].zh, key[k]),
                            mcy_arena_print(w->pack->arena, "%s (%s)", when[k].en, key[k])};
        if (!heads[k].zh || !heads[k].en)
            return mcy_fail_memory(err);
    }
    const mcy_table_column columns[] = {{"topic", {"类别", "Topic"}, true, {0}},
                                        {"item", {"项目", "Item"}, true, {0}},
                                        {"unit", {"单位", "Unit"}, true, {0}},
                                        {"before", heads[0], true, {0}},
                                        {"low", {"下限", "Low"}, false, {.decimals = 1}},
                                        {"high", {"上限", "High"}, false, {.decimals = 1}},
                                        {"now", heads[1], true, {0}},
                                        {"low_now", {"下限", "Low"}, false, {.decimals = 1}},
                                        {"high_now", {"上限", "High"}, false, {.decimals = 1}}};
    *table = mcy_table_create(w->pack->arena, spec->id, spec->title, columns,
                              sizeof columns / sizeof *columns);
    return *table ? MCY_OK : mcy_fail_memory(err);
}

/* words FIRM: what was said last quarter and this. */
mcy_status table_words(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                       mcy_error *err)
{
    words_table *w = MCY_TAKE(pack->arena, words_table, 1);
    bool used[64] = {0};
    mcy_bilingual source;
    if (!w)
        return mcy_fail_memory(err);
    w->pack = pack;
    w->firm = spec->data_count > 1 ? spec->data[1] : NULL;
    MCY_TRY(mcy_pack_last_quarter(pack, spec->data[0], w->firm, &w->period[1], err));
    w->period[0] = mcy_period_shift(&w->period[1], -1);
    mcy_period next = mcy_period_shift(&w->period[1], 1);
    w->from[0] = print_day(pack, w->firm, &w->period[0]);
    w->from[1] = print_day(pack, w->firm, &w->period[1]);
    w->from[2] = print_day(pack, w->firm, &next);
    MCY_TRY(open_words(w, spec, table, err));
    for (size_t p = 0; p < sizeof plans / sizeof *plans; p++)
        MCY_TRY(gather(w, &plans[p], err));
    for (size_t i = 0; i < w->count; i++) {
        MCY_TRY(put_row(w, *table, &w->rows[i], err));
        for (int k = 0; k < 2; k++)
            if (w->rows[i].fact[k])
                mcy_pack_house(pack, w->rows[i].fact[k], used);
    }
    mcy_table_note(
        *table,
        (mcy_bilingual){
            "表述为原文摘录，不作翻译；上下限为文字的数值读法，– "
            "为未量化或无上（下）限。展望与指引按"
            "公布日归入当季业绩，所指期间列于项目名前。",
            "Words as published, in their language; low and high are what the words mean, – "
            "where they leave it open. Outlook and guidance stand with the print they were "
            "given with; the period they are about stands before the item."});
    MCY_TRY(mcy_pack_sources(pack, used, NULL, 0, &source, err));
    mcy_table_note(*table, source);
    return MCY_OK;
}
