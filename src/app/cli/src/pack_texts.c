/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of a pack made from the facts, and its list of sources. */
#include <stdio.h>
#include <string.h>

#include "pack_number.h"
#include "pack_page.h"

/* A number in both texts, with its id. */
static void say(pack_words *words, const char *id, double value, mcy_display display,
                const char *zh_unit, const char *en_unit)
{
    char shown[MCY_DISPLAY_TEXT];
    mcy_display_print(value, &display, shown);
    for (int l = 0; l < MCY_LANGUAGES; l++)
        mcy_text_print(&words->text[l], "%s%s%s%s%s%s", NUMBER_OPEN, id, NUMBER_MID, shown,
                       l == MCY_ZH ? zh_unit : en_unit, NUMBER_CLOSE);
}

static void both(pack_words *words, const char *zh, const char *en)
{
    mcy_text_add(&words->text[MCY_ZH], zh);
    mcy_text_add(&words->text[MCY_EN], en);
}

/* An amount in USD m as both languages count: 亿美元 and USD bn. */
static void say_money(pack_words *words, const char *id, double usd_m)
{
    char zh[MCY_DISPLAY_TEXT], en[MCY_DISPLAY_TEXT];
    mcy_display one = {.decimals = 1}, two = {.decimals = 2};
    mcy_display_print(usd_m / 100, &one, zh);
    mcy_display_print(usd_m / 1000, &two, en);
    mcy_text_print(&words->text[MCY_ZH], "%s%s%s%s%s", NUMBER_OPEN, id, NUMBER_MID, zh,
                   NUMBER_CLOSE);
    mcy_text_print(&words->text[MCY_EN], "%s%s%s%s%s", NUMBER_OPEN, id, NUMBER_MID, en,
                   NUMBER_CLOSE);
}

/* What the sentences are about. */
typedef struct key_facts {
    pack_maker *pack;
    const char *firm;
    mcy_period last, before, year, next;
} key_facts;

static const mcy_fact *key_fact(const key_facts *key, const char *product, const char *metric,
                                int bases, const mcy_period *period)
{
    return mcy_pack_winner(key->pack, key->firm, product, metric, bases, period);
}

/* The id that the same number has in figures: BEFOREfirm.AFTER@period. */
static const char *key_id(const key_facts *key, const char *before, const char *after,
                          const mcy_period *period)
{
    char name[32];
    mcy_period_format(period, name);
    const char *id = mcy_arena_print(key->pack->arena, "%s%s.%s@%s", before, key->firm, after,
                                     name);
    return id ? id : "";
}

/* "收入 238.6 亿美元，同比 +196.3%，环比 +74.9%" of a product; false where it is not known. */
static bool say_revenue(const key_facts *key, pack_words *words, const char *product, int bases)
{
    const mcy_fact *now = key_fact(key, product, "revenue", bases, &key->last);
    const mcy_fact *before = key_fact(key, product, "revenue", bases, &key->before);
    const mcy_fact *year = key_fact(key, product, "revenue", bases, &key->year);
    if (!now)
        return false;
    double value = mcy_fact_middle(now);
    char after[64];
    snprintf(after, sizeof after, "%s.revenue%s", product, bases ? ".gaap" : "");
    both(words, "", "USD ");
    say_money(words, key_id(key, "", after, &key->last), value);
    both(words, " 亿美元", " bn");
    mcy_display pct = {.decimals = 1, .signed_plus = true, .unit = "%"};
    if (year && year->basis == now->basis) {
        both(words, "，同比 ", ", ");
        say(words, key_id(key, "growth.yoy.", after, &key->last),
            100 * (value / mcy_fact_middle(year) - 1), pct, "", " on the year");
    }
    if (before && before->basis == now->basis) {
        both(words, "，环比 ", ", ");
        say(words, key_id(key, "growth.qoq.", after, &key->last),
            100 * (value / mcy_fact_middle(before) - 1), pct, "", " on the quarter");
    }
    return true;
}

static void say_margin(const key_facts *key, pack_words *words)
{
    const mcy_fact *now = key_fact(key, "total", "gross_margin", MCY_BASIS_NON_GAAP, &key->last);
    const mcy_fact *before = key_fact(key, "total", "gross_margin", MCY_BASIS_NON_GAAP,
                                      &key->before);
    if (!now)
        return;
    both(words, "毛利率 ", "Gross margin ");
    say(words, key_id(key, "", "total.gross_margin.non_gaap", &key->last), mcy_fact_middle(now),
        (mcy_display){.decimals = 1, .unit = "%"}, "（non-GAAP）", " (non-GAAP)");
    if (before) {
        both(words, "，环比 ", ", ");
        say(words, key_id(key, "change.qoq.", "total.gross_margin.non_gaap", &key->last),
            mcy_fact_middle(now) - mcy_fact_middle(before),
            (mcy_display){.decimals = 1, .signed_plus = true}, " 个百分点",
            " points on the quarter");
    }
    both(words, "。", ". ");
}

/* A guided range: "335.0 亿美元（327.5–342.5）". */
static void say_guidance(const key_facts *key, pack_words *words)
{
    const mcy_fact *revenue = key_fact(key, "total", "guidance_revenue", MCY_BASIS_GUIDANCE,
                                       &key->next);
    const mcy_fact *margin = key_fact(key, "total", "guidance_gross_margin", MCY_BASIS_GUIDANCE,
                                      &key->next);
    char next[32];
    mcy_period_format(&key->next, next);
    if (!revenue || !margin)
        return;
    mcy_text_print(&words->text[MCY_ZH], "公司指引 %s 收入 ", next);
    mcy_text_print(&words->text[MCY_EN], "Guidance for %s: revenue of USD ", next);
    say_money(words, key_id(key, "guidance.", "revenue", &key->next),
              mcy_fact_middle(revenue));
    both(words, " 亿美元", " bn");
    if (!mcy_is_missing(revenue->low)) {
        both(words, "（", " (");
        say_money(words, key_id(key, "guidance.", "revenue.low", &key->next), revenue->low);
        both(words, "–", "–");
        say_money(words, key_id(key, "guidance.", "revenue.high", &key->next),
                  revenue->high);
        both(words, "）", ")");
    }
    both(words, "，毛利率 ", ", gross margin ");
    say(words, key_id(key, "guidance.", "gross_margin", &key->next),
        mcy_fact_middle(margin), (mcy_display){.decimals = 1, .unit = "%"}, "（non-GAAP）",
        " (non-GAAP)");
    both(words, "。", ".");
}

/* key-figures FIRM: the last quarter in sentences. */
mcy_status text_key_figures(pack_maker *pack, const mcy_table_spec *spec, pack_words *words,
                            mcy_error *err)
{
    const mcy_period *last =
        spec->data_count == 2 ? mcy_facts_last_quarter(pack->facts, spec->data[1]) : NULL;
    if (!last)
        return MCY_FAIL(err, MCY_E_INPUT, "'key-figures' wants a FIRM that has reported");
    key_facts key = {.pack = pack, .firm = spec->data[1], .last = *last};
    key.before = mcy_period_shift(last, -1);
    key.next = mcy_period_shift(last, 1);
    key.year = mcy_period_year_before(last);
    char name[32], months[40];
    mcy_period_format(last, name);
    mcy_period_months(last, months);
    mcy_text_print(&words->text[MCY_ZH], "%s（%d年%d月–%d年%d月）收入 ", name,
                   last->first_month / 12, last->first_month % 12 + 1, last->last_month / 12,
                   last->last_month % 12 + 1);
    mcy_text_print(&words->text[MCY_EN], "%s (%s): revenue ", name, months);
    say_revenue(&key, words, "total", MCY_BASIS_GAAP);
    both(words, "（GAAP）。DRAM 收入 ", " (GAAP). DRAM revenue ");
    say_revenue(&key, words, "dram", 0);
    both(words, "；NAND 收入 ", "; NAND revenue ");
    say_revenue(&key, words, "nand", 0);
    both(words, "。", ". ");
    say_margin(&key, words);
    say_guidance(&key, words);
    MCY_TRY(mcy_text_status(&words->text[MCY_ZH], err));
    return mcy_text_status(&words->text[MCY_EN], err);
}

/* sources: the documents behind the last two quarters of every firm, each once. */
mcy_status text_sources(pack_maker *pack, const mcy_table_spec *spec, pack_words *words,
                        mcy_error *err)
{
    (void)spec;
    for (size_t i = 0; i < pack->house_count; i++) {
        const mcy_bilingual name = pack->houses[i].name;
        bool said = false, used = false;
        for (size_t k = 0; k < i; k++)
            said = said || !strcmp(pack->houses[k].name.zh, name.zh);
        for (size_t k = 0; !said && !used && k < pack->facts->count; k++) {
            bool mark[64] = {false};
            mcy_pack_house(pack, &pack->facts->items[k], mark);
            used = i < 64 && mark[i];
        }
        if (used) {
            mcy_text_print(&words->text[MCY_ZH], "%s%s", words->text[MCY_ZH].size ? "；" : "",
                           name.zh);
            mcy_text_print(&words->text[MCY_EN], "%s%s", words->text[MCY_EN].size ? "; " : "",
                           name.en);
        }
    }
    both(words, "。每个数字所依据的行见 trace.csv。",
         ". The rows behind every number are in trace.csv.");
    return mcy_text_status(&words->text[MCY_EN], err);
}
