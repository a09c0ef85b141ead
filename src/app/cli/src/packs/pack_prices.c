/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price deck of a pack: what surveys printed first and last, the fitted price of the market
 * and the scenario's price ahead; and every print with its day. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/fit_file.h"
#include "mcy/number.h"
#include "mcy/price_prints.h"
#include "pack_number.h"
#include "run_table.h"

enum { QUARTERS_BACK = 8, QUARTERS_AHEAD = 8 };

/* Products of the surveys in the order and by the names of readers. */
static const run_name surveyed[] = {{"dram_incl_hbm", {"DRAM（含HBM）", "DRAM incl. HBM"}},
                                    {"dram", {"DRAM（未区分）", "DRAM (unspecified)"}},
                                    {"dram_conventional", {"一般型 DRAM", "Conventional DRAM"}},
                                    {"dram_server", {"服务器 DRAM", "Server DRAM"}},
                                    {"dram_pc", {"PC DRAM", "PC DRAM"}},
                                    {"dram_mobile", {"手机 DRAM", "Mobile DRAM"}},
                                    {"dram_graphics", {"图形 DRAM", "Graphics DRAM"}},
                                    {"dram_consumer", {"消费级 DRAM", "Consumer DRAM"}},
                                    {"nand", {"NAND", "NAND"}},
                                    {"nand_essd", {"企业级 SSD", "Enterprise SSD"}},
                                    {"nand_cssd", {"消费级 SSD", "Client SSD"}},
                                    {"nand_emmc_ufs", {"eMMC/UFS", "eMMC/UFS"}},
                                    {"nand_wafer", {"NAND 晶圆", "NAND wafers"}}};

/* A deck while its rows are added. */
typedef struct price_deck {
    run_table t;
    const mcy_price_print *prints;
    size_t print_count;
    bool used[64];
} price_deck;

/* A number of a range: whole where it is whole. */
static void range_end(double x, char out[MCY_DISPLAY_TEXT])
{
    mcy_display display = {.decimals = x == floor(x) ? 0 : 1};
    mcy_display_print(x, &display, out);
}

/* "55 to 60", "55~60"; "≥20" where an end is open. */
static mcy_bilingual range_words(const pack_maker *pack, const mcy_fact *fact)
{
    mcy_range range = mcy_fact_range(fact);
    char low[MCY_DISPLAY_TEXT], high[MCY_DISPLAY_TEXT];
    if (!mcy_is_missing(fact->value) && !mcy_range_is_missing(range) &&
        fact->value - range.low == range.high - fact->value)
        range.low = range.high = fact->value; /* printed as one number */
    range_end(range.low, low);
    range_end(range.high, high);
    const char *one = isinf(range.high)         ? mcy_arena_print(pack->arena, "≥%s", low)
                      : isinf(range.low)        ? mcy_arena_print(pack->arena, "≤%s", high)
                      : range.low == range.high ? mcy_arena_print(pack->arena, "%s", low)
                                                : NULL;
    if (one)
        return (mcy_bilingual){one, one};
    return (mcy_bilingual){mcy_arena_print(pack->arena, "%s~%s", low, high),
                           mcy_arena_print(pack->arena, "%s to %s", low, high)};
}

static mcy_quarter quarter_of(const run_table *t, size_t period)
{
    return t->run->study->base_quarter + t->periods[period].quarters[0];
}

/* What was printed of a product in each quarter, first or last; nothing where it never was. */
static mcy_status add_prints(price_deck *deck, const run_name *product, bool last,
                             mcy_error *err)
{
    run_table *t = &deck->t;
    bool any = false;
    for (size_t i = 0; i < t->count; i++)
        any = any || mcy_price_prints_at(deck->prints, deck->print_count, product->key, "",
                                         quarter_of(t, i));
    if (!any)
        return MCY_OK;
    mcy_table_row(t->table, false);
    mcy_table_words(t->table, product->name);
    mcy_table_words(t->table,
                    last ? (mcy_bilingual){"末次公布（环比%）", "Last print (QoQ %)"}
                         : (mcy_bilingual){"首次公布（环比%）", "First print (QoQ %)"});
    for (size_t i = 0; i < t->count; i++) {
        const mcy_price_print *line = mcy_price_prints_at(deck->prints, deck->print_count,
                                                          product->key, "", quarter_of(t, i));
        if (!line) {
            mcy_table_text(t->table, "–");
            continue;
        }
        const mcy_fact *fact = last ? line->last : line->first;
        mcy_bilingual words = range_words(t->pack, fact);
        if (!words.zh || !words.en)
            return mcy_fail_memory(err);
        mcy_pack_house(t->pack, fact, deck->used);
        mcy_table_words(t->table, words);
    }
    return MCY_OK;
}

/* Growth of the fitted market price in a quarter, or an end of its 90 % interval (-1, 1). */
static double fitted(const mcy_decomposition *fit, mcy_quarter quarter, int end)
{
    double low, high;
    if (quarter < fit->panel.first || quarter - fit->panel.first >= (int)fit->panel.quarters)
        return MCY_MISSING;
    size_t at = (size_t)(quarter - fit->panel.first);
    mcy_fit_interval_pct(fit->market[at], fit->market_sd[at], &low, &high);
    return end < 0 ? low : end > 0 ? high : mcy_fit_pct(fit->market[at]);
}

/* Ours: the fit up to the base quarter, the scenario's run behind it. */
static mcy_status add_ours(price_deck *deck, const run_name *product, const char *fit_product,
                           mcy_error *err)
{
    static const mcy_bilingual names[] = {{"测算：环比%", "Ours: QoQ %"},
                                          {"测算：90% 下限", "Ours: 90 % low"},
                                          {"测算：90% 上限", "Ours: 90 % high"}};
    static const int ends[] = {0, -1, 1};
    static const mcy_display run_shown_as = {.decimals = 1, .signed_plus = true},
                             fit_shown_as = {.decimals = 1, .signed_plus = true, .mark = "*"};
    run_table *t = &deck->t;
    const mcy_decomposition *fit = NULL;
    if (fit_product)
        MCY_TRY(mcy_pack_fit(t->pack, fit_product, &fit, err));
    const char *path = mcy_arena_print(t->pack->arena, "price.%s", product->key);
    if (!path)
        return mcy_fail_memory(err);
    for (size_t r = 0; r < (fit ? 3 : 1); r++) {
        mcy_table_row(t->table, r == 0);
        mcy_table_words(t->table, product->name);
        mcy_table_words(t->table, names[r]);
        for (size_t i = 0; i < t->count; i++) {
            const run_period *period = &t->periods[i];
            double value = MCY_MISSING, before = MCY_MISSING;
            const char *id = NULL;
            if (period->quarters[0] <= 0) {
                value = fit ? fitted(fit, quarter_of(t, i), ends[r]) : MCY_MISSING;
                if (fit && r == 0) {
                    id = mcy_arena_print(t->pack->arena, "fit.%s.market@%s", fit_product,
                                         period->key);
                    mcy_pack_rests_on_fit(t->pack, id, fit_product);
                }
            } else if (r == 0) {
                MCY_TRY(mcy_pack_run_value(t->run, path, 1, period->quarters, &value, err));
                MCY_TRY(mcy_pack_run_value(t->run, path, 1, &(int){period->quarters[0] - 1},
                                           &before, err));
                value = 100 * (value / before - 1);
                id = mcy_pack_run_id(t->pack, t->run, path, "qoq", period->key);
            }
            mcy_table_shown(t->table, value,
                            period->quarters[0] <= 0 ? &fit_shown_as : &run_shown_as, id);
        }
    }
    return MCY_OK;
}

static mcy_status add_product(price_deck *deck, const run_name *product, const char *surveys,
                              const char *fit_product, mcy_error *err)
{
    static const run_row index = {
        "price.%s", {"测算：指数（基期=1）", "Ours: index (base=1)"}, RUN_INDEX, false};
    size_t length = strlen(surveys);
    for (size_t i = 0; length && i < sizeof surveyed / sizeof *surveyed; i++) {
        bool whole = !strcmp(surveyed[i].key, "dram_incl_hbm") ||
                     !strcmp(surveyed[i].key, "dram_conventional") ||
                     !strcmp(surveyed[i].key, surveys);
        if (strncmp(surveyed[i].key, surveys, length) || !whole)
            continue;
        MCY_TRY(add_prints(deck, &surveyed[i], false, err));
        MCY_TRY(add_prints(deck, &surveyed[i], true, err));
    }
    MCY_TRY(add_ours(deck, product, fit_product, err));
    return run_table_row(&deck->t, product->name, &index, product->key, err);
}

/* prices SCENARIO: first print, last print and ours, eight quarters back and ahead. */
mcy_status table_prices(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                        mcy_error *err)
{
    static const run_name dram = {"dram", {"DRAM", "DRAM"}}, hbm = {"hbm", {"HBM", "HBM"}},
                          nand = {"nand", {"NAND", "NAND"}};
    price_deck deck = {0};
    MCY_TRY(run_table_open(pack, spec, (mcy_bilingual){"产品", "Product"}, &deck.t, err));
    for (int q = 1 - QUARTERS_BACK; q <= QUARTERS_AHEAD && q <= deck.t.run->panel->last; q++)
        MCY_TRY(run_table_quarter(&deck.t, q, err));
    MCY_TRY(run_table_create(&deck.t, spec, table, err));
    MCY_TRY(
        mcy_price_prints_find(pack->arena, pack->facts, &deck.prints, &deck.print_count, err));
    MCY_TRY(add_product(&deck, &dram, "dram", "dram", err));
    MCY_TRY(add_product(&deck, &hbm, "", NULL, err));
    MCY_TRY(add_product(&deck, &nand, "nand", "nand", err));
    mcy_table_note(
        *table,
        (mcy_bilingual){"首次、末次公布为合约价调查的环比区间；带 * "
                        "的历史测算为拟合的市场价格因子（DRAM "
                        "含HBM），推算，非公司披露；E 为情景测算（DRAM 不含HBM），非盈利预测。",
                        "Surveys: ranges of the contract price QoQ, first and last print. "
                        "Ours: marked * the "
                        "fitted market price (DRAM with HBM), inferred, not reported; E: run "
                        "of the scenario "
                        "(DRAM without HBM), not an earnings forecast."});
    for (size_t i = 0; i < 64; i++)
        deck.used[i] = deck.used[i] || deck.t.run->used_house[i];
    mcy_bilingual source, run;
    MCY_TRY(mcy_pack_runs_named(pack, &deck.t.run, 1, &run, err));
    mcy_bilingual rest = {
        mcy_arena_print(pack->arena, "%s、%s", mcy_pack_estimates.zh, run.zh),
        mcy_arena_print(pack->arena, "%s, %s", mcy_pack_estimates.en, run.en)};
    if (!rest.zh || !rest.en)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_pack_sources_and(pack, deck.used, rest, &source, err));
    mcy_table_note(*table, source);
    return MCY_OK;
}

/* A day as printed, * where it is assumed, † where the row is of low confidence, ‡ where the
 * view is older than its day. */
static const char *day_words(const pack_maker *pack, const mcy_fact *fact, bool older)
{
    char day[16];
    mcy_day_format(fact->published, day);
    return mcy_arena_print(pack->arena, "%s%s%s%s", day, fact->published_assumed ? "*" : "",
                           fact->confidence == MCY_CONFIDENCE_LOW ? "†" : "", older ? "‡" : "");
}

static double finite_or_missing(double x)
{
    return isinf(x) ? MCY_MISSING : x;
}

/* Id of what was printed first or last: it rests on that row. */
static const char *print_id(pack_maker *pack, const mcy_price_print *line, int last,
                            const char *quarter)
{
    const char *id = mcy_arena_print(pack->arena, "survey.%s%s%s.%s@%s", line->product,
                                     *line->generation ? "." : "", line->generation,
                                     last ? "last" : "first", quarter);
    if (id)
        mcy_pack_rests_on_fact(pack, id, last ? line->last : line->first);
    return id;
}

/* One line: range and day of the first print and of the last, what moved between them. */
static mcy_status add_line(pack_maker *pack, mcy_table *table, mcy_bilingual name,
                           const mcy_price_print *line, mcy_error *err)
{
    const mcy_fact *facts[2] = {line->first, line->last};
    const char *ids[2];
    double middle[2];
    char quarter[32];
    mcy_quarter_format(line->quarter, quarter);
    if (*line->generation) {
        name.zh = mcy_arena_print(pack->arena, "%s %s", name.zh ? name.zh : name.en,
                                  line->generation);
        name.en = mcy_arena_print(pack->arena, "%s %s", name.en, line->generation);
        if (!name.zh || !name.en)
            return mcy_fail_memory(err);
    }
    mcy_table_row(table, false);
    mcy_table_words(table, name);
    mcy_pack_quarter_cell(table, line->quarter, false);
    for (int k = 0; k < 2; k++) {
        mcy_range range = mcy_fact_range(facts[k]);
        const char *day = day_words(pack, facts[k], k == 0 && line->first_is_older);
        if (!day)
            return mcy_fail_memory(err);
        middle[k] = mcy_fact_middle(facts[k]);
        ids[k] = print_id(pack, line, k, quarter);
        mcy_table_number(table, finite_or_missing(range.low), ids[k]);
        mcy_table_number(table, finite_or_missing(range.high), NULL);
        mcy_table_text(table, day);
    }
    const char *revision = NULL;
    if (line->count > 1 && ids[0] && ids[1]) {
        revision = mcy_arena_print(pack->arena, "%s.revision", ids[1]);
        mcy_pack_rests_on(pack, revision, "from", "these numbers",
                          mcy_arena_print(pack->arena, "%s %s", ids[0], ids[1]));
    }
    mcy_table_number(table, line->count > 1 ? middle[1] - middle[0] : MCY_MISSING, revision);
    mcy_table_number(table, (double)line->count, NULL);
    mcy_table_text(table, line->last->text);
    return MCY_OK;
}

static mcy_status add_lines(pack_maker *pack, mcy_table *table, const mcy_price_print *prints,
                            size_t count, mcy_quarter from, bool used[64], mcy_error *err)
{
    size_t known = sizeof surveyed / sizeof *surveyed;
    for (size_t p = 0; p <= known; p++)
        for (size_t i = 0; i < count; i++) {
            size_t k = 0;
            while (k < known && strcmp(surveyed[k].key, prints[i].product))
                k++;
            if (k != p || prints[i].quarter < from)
                continue;
            mcy_bilingual name =
                k < known ? surveyed[k].name : (mcy_bilingual){NULL, prints[i].product};
            MCY_TRY(add_line(pack, table, name, &prints[i], err));
            mcy_pack_house(pack, prints[i].first, used);
            mcy_pack_house(pack, prints[i].last, used);
        }
    return MCY_OK;
}

/* price-prints [QUARTERS]: every product of the surveys, first and last print with their days.
 */
mcy_status table_price_prints(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                              mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"product", {"产品", "Product"}, true, {0}},
        {"quarter", {"季度", "Quarter"}, true, {0}},
        {"first_low", {"首次下限%", "First, low %"}, false, {.decimals = 1}},
        {"first_high", {"首次上限%", "First, high %"}, false, {.decimals = 1}},
        {"first_day", {"首次公布日", "First published"}, true, {0}},
        {"last_low", {"末次下限%", "Last, low %"}, false, {.decimals = 1}},
        {"last_high", {"末次上限%", "Last, high %"}, false, {.decimals = 1}},
        {"last_day", {"末次公布日", "Last published"}, true, {0}},
        {"revision",
         {"修正（百分点）", "Revision, pp"},
         false,
         {.decimals = 1, .signed_plus = true}},
        {"rows", {"次数", "Prints"}, false, {.decimals = 0}},
        {"words", {"末次原文", "Wording of the last"}, true, {0}}};
    const mcy_price_print *prints;
    size_t count, lines;
    bool used[64] = {0};
    double quarters = QUARTERS_BACK;
    if (spec->data_count > 2 ||
        (spec->data_count == 2 &&
         (mcy_number_parse(spec->data[1], strlen(spec->data[1]), &quarters, NULL) != MCY_OK ||
          quarters != floor(quarters) || quarters < 1 || quarters > 40)))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'price-prints' wants a number of quarters, 1 to 40, got '%s'",
                        spec->data[spec->data_count - 1]);
    MCY_TRY(mcy_price_prints_find(pack->arena, pack->facts, &prints, &count, err));
    mcy_quarter last = 0;
    for (size_t i = 0; i < count; i++)
        last = prints[i].quarter > last ? prints[i].quarter : last;
    *table = mcy_table_create(pack->arena, spec->id, spec->title, columns,
                              sizeof columns / sizeof *columns);
    if (!*table)
        return mcy_fail_memory(err);
    MCY_TRY(add_lines(pack, *table, prints, count, last - (int)quarters + 1, used, err));
    double growth = mcy_price_prints_growth(pack->arena, prints, count, &lines);
    mcy_bilingual note = {
        mcy_arena_print(pack->arena,
                        "合约价环比。首次公布往往低估幅度：有先后公布的 %zu "
                        "条记录中，末次为首次的 %.1f 倍（中位数）。"
                        "* 公布日为假定，先后可能有误；† 低可信度；‡ 该日引用的更早看法。",
                        lines, growth),
        mcy_arena_print(
            pack->arena,
            "Contract price QoQ. First prints understate the move: the last was %.1f times the "
            "first (median of the %zu revised). * Day assumed, the order may be wrong. † Low "
            "confidence. ‡ An older view, quoted on that day.",
            growth, lines)};
    mcy_bilingual source;
    if (!note.zh || !note.en)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_pack_sources_and(pack, used, (mcy_bilingual){NULL, NULL}, &source, err));
    mcy_table_note(*table, note);
    mcy_table_note(*table, source);
    return MCY_OK;
}
