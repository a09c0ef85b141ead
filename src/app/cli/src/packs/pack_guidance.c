/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table of a firm's guidance: what was guided, what came, and what the last one implies. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "guidance_implied.h"
#include "mcy/number.h"
#include "pack_number.h"
#include "pack_page.h"

/* How an item counts: its change is in percent, or in points. */
typedef enum item_form { ITEM_MONEY, ITEM_PER_SHARE, ITEM_PERCENT } item_form;

typedef struct guided_item {
    const char *guided, *actual; /* metrics */
    int guided_basis, actual_basis;
    item_form form;
    bool next_only;
    mcy_bilingual name;
} guided_item;

static const guided_item items[] = {
    {"revenue",
     "revenue",
     MCY_BASIS_GUIDANCE,
     MCY_BASIS_GAAP,
     ITEM_MONEY,
     false,
     {"收入（百万美元，GAAP）", "Revenue (USD m, GAAP)"}},
    {"gross_margin",
     "gross_margin",
     MCY_BASIS_GUIDANCE,
     MCY_BASIS_NON_GAAP,
     ITEM_PERCENT,
     false,
     {"毛利率（non-GAAP）", "Gross margin (non-GAAP)"}},
    {"opex",
     "opex",
     MCY_BASIS_GUIDANCE,
     MCY_BASIS_NON_GAAP,
     ITEM_MONEY,
     true,
     {"营业费用（百万美元，non-GAAP）", "Operating expenses (USD m, non-GAAP)"}},
    {"tax_rate",
     "tax_rate",
     MCY_BASIS_GUIDANCE,
     MCY_BASIS_NON_GAAP,
     ITEM_PERCENT,
     true,
     {"税率（non-GAAP）", "Tax rate (non-GAAP)"}},
    {"eps",
     "eps_diluted",
     MCY_BASIS_NON_GAAP,
     MCY_BASIS_NON_GAAP,
     ITEM_PER_SHARE,
     false,
     {"每股收益（美元，non-GAAP）", "EPS (USD, non-GAAP)"}},
    {"eps",
     "eps_diluted",
     MCY_BASIS_GAAP,
     MCY_BASIS_GAAP,
     ITEM_PER_SHARE,
     true,
     {"每股收益（美元，GAAP）", "EPS (USD, GAAP)"}},
};

typedef struct guidance_sheet {
    pack_maker *pack;
    mcy_table *table;
    const char *firm;
    mcy_period period; /* of the rows being added */
    char key[32];
    bool next, read, used_house[64];
    size_t rows;
} guidance_sheet;

/* A row's numbers; missing prints as a dash. */
typedef struct guidance_row {
    mcy_bilingual name;
    item_form form;
    double low, middle, high, actual, before;
    bool inferred, read; /* none of it published; the ends read from words */
    bool change;         /* itself a change on the quarter before */
    const char *id, *actual_id, *before_id;
} guidance_row;

static mcy_display display_of(item_form form, bool change, bool mark)
{
    mcy_display display = {.signed_plus = change,
                           .decimals = form == ITEM_MONEY     ? 0
                                       : form == ITEM_PERCENT ? 1
                                                              : 2,
                           .brackets = form != ITEM_PERCENT,
                           .unit = form == ITEM_PERCENT ? "%" : NULL,
                           .mark = mark ? "*" : NULL};
    return display;
}

/* Change of the middle on the quarter before: percent, or points. */
static void add_implied(guidance_sheet *sheet, const guidance_row *row)
{
    mcy_display display = {.decimals = 1, .signed_plus = true, .unit = "%"};
    double change = MCY_MISSING;
    if (row->form == ITEM_PERCENT) {
        display.unit = " pp";
        change = row->middle - row->before;
    } else if (row->before > 0) {
        change = 100 * (row->middle / row->before - 1);
    }
    const char *id = NULL;
    if (!mcy_is_missing(change)) {
        id = mcy_arena_print(sheet->pack->arena, "implied.qoq.%s", row->id);
        mcy_pack_rests_on(
            sheet->pack, id, "from", "these numbers",
            mcy_arena_print(sheet->pack->arena, "%s, %s", row->id, row->before_id));
    }
    mcy_table_shown(sheet->table, change, &display, id);
}

static void add_row(guidance_sheet *sheet, const guidance_row *row)
{
    const mcy_display ends = display_of(row->form, row->change, row->inferred || row->read);
    const mcy_display middle = display_of(row->form, row->change, row->inferred);
    const mcy_display actual = display_of(row->form, false, false);
    mcy_display surprise = actual;
    surprise.brackets = false;
    surprise.signed_plus = true;
    if (row->form == ITEM_PERCENT)
        surprise.unit = " pp";
    mcy_table_row(sheet->table, sheet->next && !row->inferred);
    mcy_pack_period_cell(sheet->table, &sheet->period, sheet->next);
    mcy_table_words(sheet->table, row->name);
    mcy_table_shown(sheet->table, row->low, &ends, NULL);
    mcy_table_shown(sheet->table, row->middle, &middle, row->id);
    mcy_table_shown(sheet->table, row->high, &ends, NULL);
    add_implied(sheet, row);
    mcy_table_shown(sheet->table, row->actual, &actual, row->actual_id);
    mcy_table_shown(sheet->table, row->actual - row->middle, &surprise, NULL);
    sheet->rows++;
}

/* The guidance of an item for the sheet's quarter. */
static const mcy_fact *guided_row(const guidance_sheet *sheet, const guided_item *item)
{
    char metric[64];
    const bool plain = !strcmp(item->guided, "tax_rate");
    snprintf(metric, sizeof metric, "%s%s", plain ? "" : "guidance_", item->guided);
    return mcy_pack_winner(sheet->pack, sheet->firm, "total", metric, item->guided_basis,
                           &sheet->period);
}

static double actual_of(guidance_sheet *sheet, const guided_item *item, int shift,
                        const char **id)
{
    mcy_period at = mcy_period_shift(&sheet->period, shift);
    const mcy_fact *fact = mcy_pack_winner(sheet->pack, sheet->firm, "total", item->actual,
                                           item->actual_basis, &at);
    *id = mcy_pack_fact_id(sheet->pack, sheet->firm, "total", item->actual, item->actual_basis,
                           &at);
    if (fact)
        mcy_pack_house(sheet->pack, fact, sheet->used_house);
    return fact ? mcy_fact_middle(fact) : MCY_MISSING;
}

/* One item; nothing where it was not guided. */
static void add_item(guidance_sheet *sheet, const guided_item *item)
{
    const mcy_fact *fact = guided_row(sheet, item);
    if (!fact || (item->next_only && !sheet->next))
        return;
    const mcy_range range = mcy_fact_range(fact);
    const bool printed = !mcy_is_missing(fact->low) && !mcy_is_missing(fact->high);
    const bool closed = mcy_range_is_closed(range);
    pack_maker *pack = sheet->pack;
    guidance_row row = {.name = item->name,
                        .form = item->form,
                        .low = printed  ? fact->low
                               : closed ? range.low
                                        : MCY_MISSING,
                        .middle = mcy_fact_middle(fact),
                        .high = printed  ? fact->high
                                : closed ? range.high
                                         : MCY_MISSING,
                        .read = !printed};
    row.actual = actual_of(sheet, item, 0, &row.actual_id);
    row.before = actual_of(sheet, item, -1, &row.before_id);
    row.id = mcy_arena_print(pack->arena, "guidance.%s.%s%s@%s", sheet->firm, item->guided,
                             item->guided_basis == MCY_BASIS_GAAP ? ".gaap" : "", sheet->key);
    if (row.id)
        mcy_pack_rests_on_fact(pack, row.id, fact);
    sheet->read = sheet->read || !printed;
    mcy_pack_house(pack, fact, sheet->used_house);
    add_row(sheet, &row);
}

/* The id of a number that the guidance implies; the command that infers it is behind it. */
static const char *implied_id(const guidance_sheet *sheet, const char *what)
{
    pack_maker *pack = sheet->pack;
    const char *id =
        mcy_arena_print(pack->arena, "implied.%s.%s@%s", sheet->firm, what, sheet->key);
    mcy_pack_rests_on(pack, id, "command", "guidance",
                      mcy_arena_print(pack->arena, "memcycle guidance %s%s%s", sheet->firm,
                                      pack->as_of_given ? " --as-of " : "",
                                      pack->as_of_given ? pack->as_of_given : ""));
    return id;
}

/* Operating income and margin, the margin of what revenue is added. */
static void add_closure(guidance_sheet *sheet, const mcy_guidance *g)
{
    static const guided_item income = {
        NULL, "operating_income", 0, MCY_BASIS_NON_GAAP, ITEM_MONEY, true, {NULL, NULL}};
    static const guided_item margin = {
        NULL, "operating_margin", 0, MCY_BASIS_NON_GAAP, ITEM_PERCENT, true, {NULL, NULL}};
    const guidance_closure c = guidance_close(g);
    const double revenue = mcy_range_middle(g->revenue_usd_m);
    const double middle =
        revenue * mcy_range_middle(g->gross_margin_frac) - mcy_range_middle(g->opex_usd_m);
    guidance_row rows[] = {
        {.name = {"营业利润（推算，百万美元，non-GAAP）",
                  "Operating income (inferred, USD m, non-GAAP)"},
         .form = ITEM_MONEY,
         .low = c.operating_income_usd_m.low,
         .middle = middle,
         .high = c.operating_income_usd_m.high,
         .id = implied_id(sheet, "operating_income")},
        {.name = {"营业利润率（推算，non-GAAP）", "Operating margin (inferred, non-GAAP)"},
         .form = ITEM_PERCENT,
         .low = MCY_MISSING,
         .middle = 100 * middle / revenue,
         .high = MCY_MISSING,
         .id = implied_id(sheet, "operating_margin")},
        {.name = {"增量毛利率（推算，non-GAAP）",
                  "Incremental gross margin (inferred, non-GAAP)"},
         .form = ITEM_PERCENT,
         .low = MCY_MISSING,
         .middle = 100 * c.incremental_margin_frac,
         .high = MCY_MISSING,
         .before = MCY_MISSING,
         .id = implied_id(sheet, "incremental_margin")}};
    rows[0].before = actual_of(sheet, &income, -1, &rows[0].before_id);
    rows[1].before = actual_of(sheet, &margin, -1, &rows[1].before_id);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        rows[i].actual = MCY_MISSING;
        rows[i].inferred = true;
        if (!mcy_is_missing(rows[i].middle))
            add_row(sheet, &rows[i]);
    }
}

/* Price and bits by product that the guidance implies on the quarter before, 90 % interval. */
static mcy_status add_prices(guidance_sheet *sheet, const margin_study *study,
                             const mcy_guidance *g, mcy_error *err)
{
    static const struct {
        size_t place;
        const char *what;
        mcy_bilingual name;
    } rows[] = {
        {MCY_OUTLOOK_PRICE,
         "price.dram",
         {"DRAM 价格环比（推算）", "DRAM price, QoQ (inferred)"}},
        {MCY_OUTLOOK_PRICE + 1,
         "price.nand",
         {"NAND 价格环比（推算）", "NAND price, QoQ (inferred)"}},
        {MCY_OUTLOOK_BITS, "bits.dram", {"DRAM 位元环比（推算）", "DRAM bits, QoQ (inferred)"}},
        {MCY_OUTLOOK_BITS + 1,
         "bits.nand",
         {"NAND 位元环比（推算）", "NAND bits, QoQ (inferred)"}}};
    mcy_outlook prior, posterior;
    MCY_TRY(guidance_condition(study, g, &prior, &posterior, err));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double middle;
        mcy_range range = guidance_change_frac(&posterior, rows[i].place, &middle);
        guidance_row row = {.name = rows[i].name,
                            .form = ITEM_PERCENT,
                            .low = 100 * range.low,
                            .middle = 100 * middle,
                            .high = 100 * range.high,
                            .actual = MCY_MISSING,
                            .before = MCY_MISSING,
                            .inferred = true,
                            .change = true,
                            .id = implied_id(sheet, rows[i].what)};
        add_row(sheet, &row);
    }
    return MCY_OK;
}

static mcy_status add_inferred(guidance_sheet *sheet, mcy_error *err)
{
    const margin_study *study;
    MCY_TRY(mcy_pack_margin(sheet->pack, sheet->firm, &study, err));
    const mcy_guidance *g = margin_study_guidance(study);
    if (!g || mcy_range_is_missing(g->revenue_usd_m) ||
        mcy_range_is_missing(g->gross_margin_frac))
        return MCY_OK;
    add_closure(sheet, g);
    return add_prices(sheet, study, g, err);
}

static mcy_status close_sheet(guidance_sheet *sheet, mcy_error *err)
{
    mcy_bilingual source;
    mcy_table_note(
        sheet->table,
        (mcy_bilingual){
            "差异＝实际减指引中值；隐含环比＝指引中值较上季实际（百分比项为百分点）。",
            "Surprise: actual less mid. Implied QoQ: mid on the actual of the "
            "quarter before, in points for percentages."});
    mcy_table_note(
        sheet->table,
        (mcy_bilingual){
            "隐含环比与带 * "
            "者为推算，非公司披露：营业利润为收入×毛利率−费用，价格与位元为模型按指引推得，"
            "上下限为 90% 区间。",
            "Implied QoQ and what is marked *: inferred, not reported. Operating income is "
            "revenue times margin less "
            "expenses; prices and bits are what the models make of the guidance, the ends a "
            "90 % interval."});
    if (sheet->read)
        mcy_table_note(
            sheet->table,
            (mcy_bilingual){"公司只给约数而未给区间者，上下限按措辞规则读取（带 *）。",
                            "Where the company gave an approximate number without a range, the "
                            "ends are how the words are read (marked *)."});
    MCY_TRY(mcy_pack_sources(sheet->pack, sheet->used_house, NULL, 0, &source, err));
    mcy_table_note(sheet->table, source);
    return MCY_OK;
}

/* guidance FIRM: what was guided and came, the last eight quarters; the next with what it
 * implies. */
mcy_status table_guidance(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                          mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"period", {"季度", "Quarter"}, true, {0}},
        {"item", {"项目", "Item"}, true, {0}},
        {"low", {"指引下限", "Low"}, false, {0}},
        {"middle", {"指引中值", "Mid"}, false, {0}},
        {"high", {"指引上限", "High"}, false, {0}},
        {"implied", {"隐含环比（推算）", "Implied QoQ (inferred)"}, false, {0}},
        {"actual", {"实际", "Actual"}, false, {0}},
        {"surprise", {"差异", "Surprise"}, false, {0}}};
    const char *firm = spec->data_count > 1 ? spec->data[1] : NULL;
    guidance_sheet sheet = {.pack = pack, .firm = firm};
    mcy_period last;
    MCY_TRY(mcy_pack_last_quarter(pack, spec->data[0], firm, &last, err));
    sheet.table = *table = mcy_table_create(pack->arena, spec->id, spec->title, columns, 8);
    if (!*table)
        return mcy_fail_memory(err);
    for (int shift = -7; shift <= 1; shift++) {
        sheet.period = mcy_period_shift(&last, shift);
        sheet.next = shift == 1;
        mcy_period_format(&sheet.period, sheet.key);
        for (size_t k = 0; k < sizeof items / sizeof *items; k++)
            add_item(&sheet, &items[k]);
    }
    if (!sheet.rows)
        return MCY_FAIL(err, MCY_E_MISSING, "'%s' guides neither revenue nor margin", firm);
    MCY_TRY(add_inferred(&sheet, err));
    return close_sheet(&sheet, err);
}
