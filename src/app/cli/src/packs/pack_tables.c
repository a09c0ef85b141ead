/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a pack as an analyst prints them: scenarios. */
#include <stdio.h>
#include <string.h>

#include "pack_number.h"
#include "pack_page.h"

static mcy_status made(mcy_table *table, mcy_table **out, mcy_error *err)
{
    *out = table;
    return table ? MCY_OK : mcy_fail_memory(err);
}

/* scenarios NAME...: what each scenario does to the numbers. */
mcy_status table_scenarios(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                           mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"scenario", {"情景", "Scenario"}, true, {0}},
        {"shortage_ends", {"DRAM 短缺结束", "DRAM shortage ends"}, true, {0}},
        {"price_2027",
         {"DRAM 合约价 2027（基期=1）", "DRAM price 2027 (base quarter = 1)"},
         false,
         {.decimals = 2}},
        {"revenue_2027",
         {"美光收入 FY2027E（十亿美元）", "Micron revenue FY2027E (USD bn)"},
         false,
         {.decimals = 1}},
        {"margin_2027",
         {"毛利率 FY2027E（%，non-GAAP）", "Gross margin FY2027E (%, non-GAAP)"},
         false,
         {.decimals = 1}},
        {"fcf_2027",
         {"自由现金流 FY2027E（十亿美元）", "FCF FY2027E (USD bn)"},
         false,
         {.decimals = 1}},
        {"margin_2028",
         {"毛利率 FY2028E（%，non-GAAP）", "Gross margin FY2028E (%, non-GAAP)"},
         false,
         {.decimals = 1}}};
    static const struct {
        const char *metric;
        double scale;
    } metrics[] = {{"price.dram@CY2027", 1},
                   {"revenue.micron@FY2027", 0.001},
                   {"gross_margin.micron@FY2027", 100},
                   {"fcf.micron@FY2027", 0.001},
                   {"gross_margin.micron@FY2028", 100}};
    MCY_TRY(made(mcy_table_create(pack->arena, spec->id, spec->title, columns, 7), table, err));
    for (size_t i = 1; i < spec->data_count; i++) {
        const pack_run *run;
        mcy_metric metric;
        MCY_TRY(mcy_pack_run(pack, spec->data[i], &run, err));
        mcy_table_row(*table, i == 1);
        mcy_table_words(*table, run->study->scenario->title);
        MCY_TRY(mcy_metric_find(pack->arena, run->study->unrolled,
                                run->study->inputs->calendars, "shortage_ends.dram", &metric,
                                err));
        double ends = mcy_path_panel_metric(run->panel, &metric);
        if (!mcy_is_missing(ends) && ends >= 0 && ends <= run->panel->last)
            mcy_pack_quarter_cell(*table, run->study->base_quarter + (int)ends, ends > 0);
        else
            mcy_table_text(*table, "–");
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
