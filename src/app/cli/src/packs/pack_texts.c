/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of a pack made from the facts, and its list of sources. */
#include <stdio.h>
#include <string.h>

#include "pack_number.h"
#include "pack_page.h"
#include "pack_say.h"

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

/* The id that the same number has in figures: BEFOREfirm.AFTER@period; the rows it rests on (then
 * may be NULL) enter the trace. */
static const char *key_id(const key_facts *key, const char *before, const char *after,
                          const mcy_period *period, const mcy_fact *now, const mcy_fact *then)
{
    char name[32];
    mcy_period_format(period, name);
    const char *id =
        mcy_arena_print(key->pack->arena, "%s%s.%s@%s", before, key->firm, after, name);
    if (!id)
        return "";
    mcy_pack_rests_on_fact(key->pack, id, now);
    if (then)
        mcy_pack_rests_on_fact(key->pack, id, then);
    return id;
}

/* "（GAAP）": the basis of a row, named wherever there are several. */
static void say_basis(pack_words *words, const mcy_fact *fact)
{
    const char *name = fact->basis == MCY_BASIS_GAAP       ? "GAAP"
                       : fact->basis == MCY_BASIS_NON_GAAP ? "non-GAAP"
                       : fact->basis == MCY_BASIS_IFRS     ? "IFRS"
                                                           : NULL;
    for (int l = 0; name && l < MCY_LANGUAGES; l++)
        mcy_text_print(&words->text[l], l == MCY_ZH ? "（%s）" : " (%s)", name);
}

/* "238.6 亿美元（GAAP），同比 +196.3%，环比 +74.9%" of a product; false where it is not known. */
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
    pack_say_usd(words, key_id(key, "", after, &key->last, now, NULL), value);
    say_basis(words, now);
    mcy_display pct = {.decimals = 1, .signed_plus = true, .unit = "%"};
    if (year && year->basis == now->basis) {
        pack_say(words, "，同比 ", ", ");
        pack_say_number(words, key_id(key, "growth.yoy.", after, &key->last, now, year),
                        100 * (value / mcy_fact_middle(year) - 1), pct, "", " on the year");
    }
    if (before && before->basis == now->basis) {
        pack_say(words, "，环比 ", ", ");
        pack_say_number(words, key_id(key, "growth.qoq.", after, &key->last, now, before),
                        100 * (value / mcy_fact_middle(before) - 1), pct, "",
                        " on the quarter");
    }
    return true;
}

static void say_margin(const key_facts *key, pack_words *words)
{
    const mcy_fact *now =
        key_fact(key, "total", "gross_margin", MCY_BASIS_NON_GAAP, &key->last);
    const mcy_fact *before =
        key_fact(key, "total", "gross_margin", MCY_BASIS_NON_GAAP, &key->before);
    if (!now)
        return;
    pack_say(words, "毛利率 ", "Gross margin ");
    pack_say_number(words,
                    key_id(key, "", "total.gross_margin.non_gaap", &key->last, now, NULL),
                    mcy_fact_middle(now), (mcy_display){.decimals = 1, .unit = "%"}, "", "");
    say_basis(words, now);
    if (before) {
        pack_say(words, "，环比 ", ", ");
        pack_say_number(
            words,
            key_id(key, "change.qoq.", "total.gross_margin.non_gaap", &key->last, now, before),
            mcy_fact_middle(now) - mcy_fact_middle(before),
            (mcy_display){.decimals = 1, .signed_plus = true}, " 个百分点",
            " points on the quarter");
    }
    pack_say(words, "。", ". ");
}

/* Earnings a share on both bases, with those of the quarter before. */
static void say_eps(const key_facts *key, pack_words *words)
{
    static const struct {
        int basis;
        const char *id;
    } bases[] = {{MCY_BASIS_NON_GAAP, "total.eps_diluted.non_gaap"},
                 {MCY_BASIS_GAAP, "total.eps_diluted.gaap"},
                 {MCY_BASIS_IFRS, "total.eps_diluted.ifrs"}};
    const mcy_display two = {.decimals = 2};
    size_t said = 0;
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        const mcy_fact *now = key_fact(key, "total", "eps_diluted", bases[i].basis, &key->last);
        const mcy_fact *before =
            key_fact(key, "total", "eps_diluted", bases[i].basis, &key->before);
        if (!now || strcmp(now->unit, "usd_per_share"))
            continue;
        pack_say(words, said ? "；" : "摊薄每股收益 ", said ? "; " : "Diluted EPS ");
        said++;
        pack_say(words, "", "USD ");
        pack_say_number(words, key_id(key, "", bases[i].id, &key->last, now, NULL),
                        mcy_fact_middle(now), two, " 美元", "");
        say_basis(words, now);
        if (before) {
            pack_say(words, "，上季 ", ", ");
            pack_say_number(words, key_id(key, "", bases[i].id, &key->before, before, NULL),
                            mcy_fact_middle(before), two, " 美元", " the quarter before");
        }
    }
    pack_say(words, said ? "。" : "", said ? ". " : "");
}

/* Free cash flow as the company defines it, and the net spending behind it. */
static void say_cash(const key_facts *key, pack_words *words)
{
    static const struct {
        const char *metric, *id;
        mcy_bilingual name;
    } flows[] = {{"fcf", "total.fcf.non_gaap", {"自由现金流 ", "Free cash flow "}},
                 {"net_capex", "total.net_capex.non_gaap", {"净资本开支 ", "net capex "}}};
    size_t said = 0;
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
        const mcy_fact *now =
            key_fact(key, "total", flows[i].metric, MCY_BASIS_NON_GAAP, &key->last);
        if (!now || strcmp(now->unit, "usd_m") || (i && !said))
            continue;
        pack_say(words, said ? "，" : "", said ? ", " : "");
        pack_say(words, flows[i].name.zh, flows[i].name.en);
        pack_say_usd(words, key_id(key, "", flows[i].id, &key->last, now, NULL),
                     mcy_fact_middle(now));
        say_basis(words, now);
        said++;
    }
    pack_say(words, said ? "。" : "", said ? ". " : "");
}

/* "（327.5–342.5 亿美元）" after a guided middle, where a range was given. */
static void say_range(const key_facts *key, pack_words *words, const char *metric,
                      const mcy_fact *fact, double divide[MCY_LANGUAGES], const int *decimals)
{
    if (mcy_is_missing(fact->low) || mcy_is_missing(fact->high))
        return;
    for (int l = 0; l < MCY_LANGUAGES; l++) {
        char low[MCY_DISPLAY_TEXT], high[MCY_DISPLAY_TEXT], name[64];
        mcy_display display = {.decimals = decimals[l]};
        mcy_display_print(fact->low / divide[l], &display, low);
        mcy_display_print(fact->high / divide[l], &display, high);
        mcy_text_add(&words->text[l], l == MCY_ZH ? "（" : " (");
        snprintf(name, sizeof name, "%s.low", metric);
        mcy_text_print(&words->text[l], "%s%s%s%s%s–", NUMBER_OPEN,
                       key_id(key, "guidance.", name, &key->next, fact, NULL), NUMBER_MID, low,
                       NUMBER_CLOSE);
        snprintf(name, sizeof name, "%s.high", metric);
        mcy_text_print(&words->text[l], "%s%s%s%s%s%s", NUMBER_OPEN,
                       key_id(key, "guidance.", name, &key->next, fact, NULL), NUMBER_MID, high,
                       NUMBER_CLOSE, l == MCY_ZH ? "）" : ")");
    }
}

/* What was guided for the next quarter: revenue, gross margin and EPS, with their ranges. */
static void say_guidance(const key_facts *key, pack_words *words)
{
    const mcy_fact *revenue =
        key_fact(key, "total", "guidance_revenue", MCY_BASIS_GUIDANCE, &key->next);
    const mcy_fact *margin =
        key_fact(key, "total", "guidance_gross_margin", MCY_BASIS_GUIDANCE, &key->next);
    const mcy_fact *eps =
        key_fact(key, "total", "guidance_eps", MCY_BASIS_NON_GAAP, &key->next);
    char next[32];
    mcy_period_label(&key->next, false, next);
    if (!revenue || !margin)
        return;
    mcy_text_print(&words->text[MCY_ZH], "公司指引 %s 收入 ", next);
    mcy_text_print(&words->text[MCY_EN], "Guidance for %s: revenue of ", next);
    pack_say_usd(words, key_id(key, "guidance.", "revenue", &key->next, revenue, NULL),
                 mcy_fact_middle(revenue));
    say_range(key, words, "revenue", revenue, (double[]){100, 1000}, (const int[]){1, 2});
    pack_say(words, "，毛利率 ", ", gross margin of ");
    pack_say_number(words, key_id(key, "guidance.", "gross_margin", &key->next, margin, NULL),
                    mcy_fact_middle(margin), (mcy_display){.decimals = 1, .unit = "%"},
                    "（non-GAAP）", " (non-GAAP)");
    if (eps) {
        pack_say(words, "，每股收益 ", ", EPS of USD ");
        pack_say_number(words, key_id(key, "guidance.", "eps", &key->next, eps, NULL),
                        mcy_fact_middle(eps), (mcy_display){.decimals = 2}, " 美元", "");
        say_range(key, words, "eps", eps, (double[]){1, 1}, (const int[]){2, 2});
        say_basis(words, eps);
    }
    pack_say(words, "。", ".");
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
    mcy_period_label(last, false, name);
    mcy_period_months(last, months);
    mcy_text_print(&words->text[MCY_ZH], "%s（%d年%d月–%d年%d月）收入 ", name,
                   last->first_month / 12, last->first_month % 12 + 1, last->last_month / 12,
                   last->last_month % 12 + 1);
    mcy_text_print(&words->text[MCY_EN], "%s (%s): revenue ", name, months);
    say_revenue(&key, words, "total", MCY_BASIS_GAAP);
    pack_say(words, "。DRAM 收入 ", ". DRAM revenue ");
    say_revenue(&key, words, "dram", 0);
    pack_say(words, "；NAND 收入 ", "; NAND revenue ");
    say_revenue(&key, words, "nand", 0);
    pack_say(words, "。", ". ");
    say_margin(&key, words);
    say_eps(&key, words);
    say_cash(&key, words);
    say_guidance(&key, words);
    return pack_say_status(words, err);
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
    pack_say(words, "。每个数字所依据的行见 trace.csv。",
             ". The rows behind every number are in trace.csv.");
    return mcy_text_status(&words->text[MCY_EN], err);
}
