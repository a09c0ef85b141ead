/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a pack as an analyst prints them: words, scenarios. */
#include <stdio.h>
#include <string.h>

#include "pack_number.h"
#include "pack_page.h"

/* The n-th word of a table's data, or NULL. */
static const char *word_of(const mcy_table_spec *spec, size_t n)
{
    return spec->data_count > n ? spec->data[n] : NULL;
}

static mcy_status made(mcy_table *table, mcy_table **out, mcy_error *err)
{
    *out = table;
    return table ? MCY_OK : mcy_fail_memory(err);
}

/* words FIRM: what was said of bits and price, last quarter and this. */
mcy_status table_words(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                       mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"item", {"项目", "Item"}, true, {0}},     {"before", {"上季", "Last quarter"}, true, {0}},
        {"low", {"下限", "Low"}, false, {.decimals = 1, .unit = "%"}},
        {"high", {"上限", "High"}, false, {.decimals = 1, .unit = "%"}},
        {"now", {"本季", "This quarter"}, true, {0}},
        {"low_now", {"下限", "Low"}, false, {.decimals = 1, .unit = "%"}},
        {"high_now", {"上限", "High"}, false, {.decimals = 1, .unit = "%"}}};
    static const char *const metrics[] = {"bit_qoq", "asp_qoq", "revenue_qoq"};
    static const mcy_bilingual names[] = {{"位元出货", "bit shipments"}, {"平均售价", "ASP"},
                                          {"收入", "revenue"}};
    static const char *const products[] = {"dram", "nand"}, *const upper[] = {"DRAM", "NAND"};
    mcy_period last;
    MCY_TRY(mcy_pack_last_quarter(pack, spec->data[0], word_of(spec, 1), &last, err));
    MCY_TRY(made(mcy_table_create(pack->arena, spec->id, spec->title, columns, 7), table, err));
    for (size_t p = 0; p < 2; p++)
        for (size_t m = 0; m < 3; m++) {
            mcy_table_row(*table, false);
            mcy_table_words(
                *table, (mcy_bilingual){
                            mcy_arena_print(pack->arena, "%s %s", upper[p], names[m].zh),
                            mcy_arena_print(pack->arena, "%s %s", upper[p], names[m].en)});
            for (int back = 1; back >= 0; back--) {
                mcy_period period = mcy_period_shift(&last, -back);
                const mcy_fact *fact =
                    mcy_pack_winner(pack, spec->data[1], products[p], metrics[m], 0, &period);
                mcy_range range = fact ? mcy_fact_range(fact) : mcy_range_missing();
                mcy_table_text(*table, fact ? fact->text : "");
                mcy_table_number(*table, range.low,
                                 mcy_pack_fact_id(pack, spec->data[1], products[p], metrics[m], 0, &period));
                mcy_table_number(*table, range.high, NULL);
            }
        }
    return MCY_OK;
}

/* scenarios NAME...: what each scenario does to the numbers. */
mcy_status table_scenarios(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                           mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"scenario", {"情景", "Scenario"}, true, {0}},
        {"shortage_ends", {"DRAM 短缺结束", "DRAM shortage ends"}, true, {0}},
        {"price_2027", {"DRAM 合约价 2027（基期=1）", "DRAM price 2027 (base quarter = 1)"}, false, {.decimals = 2}},
        {"revenue_2027", {"美光收入 FY27（十亿美元）", "Micron revenue FY27 (USD bn)"}, false, {.decimals = 1}},
        {"margin_2027", {"毛利率 FY27（%，non-GAAP）", "Gross margin FY27 (%, non-GAAP)"}, false, {.decimals = 1}},
        {"fcf_2027", {"自由现金流 FY27（十亿美元）", "FCF FY27 (USD bn)"}, false, {.decimals = 1}},
        {"margin_2028", {"毛利率 FY28（%，non-GAAP）", "Gross margin FY28 (%, non-GAAP)"}, false, {.decimals = 1}}};
    static const struct {
        const char *metric;
        double scale;
    } metrics[] = {{"price.dram@CY2027", 1}, {"revenue.micron@FY2027", 0.001},
                   {"gross_margin.micron@FY2027", 100}, {"fcf.micron@FY2027", 0.001},
                   {"gross_margin.micron@FY2028", 100}};
    MCY_TRY(made(mcy_table_create(pack->arena, spec->id, spec->title, columns, 7), table, err));
    for (size_t i = 1; i < spec->data_count; i++) {
        const pack_run *run;
        mcy_metric metric;
        MCY_TRY(mcy_pack_run(pack, spec->data[i], &run, err));
        mcy_table_row(*table, i == 1);
        mcy_table_words(*table, run->study->scenario->title);
        MCY_TRY(mcy_metric_find(pack->arena, run->study->unrolled, run->study->inputs->calendars,
                                "shortage_ends.dram", &metric, err));
        double ends = mcy_path_panel_metric(run->panel, &metric);
        char quarter[32] = "–";
        if (!mcy_is_missing(ends) && ends >= 0 && ends <= run->panel->last)
            mcy_quarter_format(run->study->base_quarter + (int)ends, quarter);
        mcy_table_text(*table, quarter);
        for (size_t m = 0; m < sizeof metrics / sizeof *metrics; m++) {
            MCY_TRY(mcy_metric_find(pack->arena, run->study->unrolled,
                                    run->study->inputs->calendars, metrics[m].metric, &metric,
                                    err));
            const char *id =
                mcy_arena_print(pack->arena, "run.%s.%s", run->name, metrics[m].metric);
            mcy_pack_rests_on_run(pack, id, run);
            mcy_table_number(*table,
                             metrics[m].scale * mcy_path_panel_metric(run->panel, &metric), id);
        }
    }
    mcy_table_note(*table, (mcy_bilingual){"情景测算，非盈利预测。",
                                           "Scenario runs, not earnings forecasts."});
    return MCY_OK;
}
