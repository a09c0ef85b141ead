/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a pack: the headline numbers of scenarios by year, and what ends their shortages.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/period.h"
#include "pack_names.h"
#include "pack_number.h"
#include "run_table.h"
#include "shortage_why.h"
#include "study_of_call.h"

enum { OUTCOME_YEARS = 6 };

/* A row of a scenario: path, with %s for the firm, which is then told in the firm's own years.
 */
typedef struct outcome {
    const char *path;
    mcy_bilingual name;
    double scale;
    mcy_display display;
} outcome;

static const outcome outcomes[] = {
    {"price.dram",
     {"DRAM 合约价（基期=1）", "DRAM contract price (base quarter = 1)"},
     1,
     {.decimals = 2}},
    {"price.nand",
     {"NAND 合约价（基期=1）", "NAND contract price (base quarter = 1)"},
     1,
     {.decimals = 2}},
    {"price.hbm",
     {"HBM 合约价（基期=1）", "HBM contract price (base quarter = 1)"},
     1,
     {.decimals = 2}},
    {"fill_rate.dram",
     {"DRAM 订单满足率（%）", "DRAM fill rate of orders (%)"},
     100,
     {.decimals = 1}},
    {"fill_rate.nand",
     {"NAND 订单满足率（%）", "NAND fill rate of orders (%)"},
     100,
     {.decimals = 1}},
    {"revenue.%s", {"收入（十亿美元）", "Revenue (USD bn)"}, 0.001, {.decimals = 1}},
    {"gross_margin.%s", {"毛利率（%）", "Gross margin (%)"}, 100, {.decimals = 1}},
    {"eps.%s", {"每股收益（美元）", "EPS (USD)"}, 1, {.decimals = 2}},
    {"fcf.%s",
     {"自由现金流（十亿美元）", "Free cash flow (USD bn)"},
     0.001,
     {.decimals = 1, .brackets = true}}};

static mcy_status outcome_row(pack_maker *pack, mcy_table *table, const pack_run *run,
                              const outcome *row, const char *firm, mcy_bilingual firm_name,
                              const int *years, size_t count, mcy_error *err)
{
    const mcy_study *study = run->study;
    const char *mark = strstr(row->path, "%s");
    const char *path =
        mark ? mcy_arena_print(pack->arena, "%.*s%s", (int)(mark - row->path), row->path, firm)
             : row->path;
    int ends = mark ? run_table_year_ends(study, firm) : MCY_CALENDAR_YEAR;
    double values[OUTCOME_YEARS];
    char keys[OUTCOME_YEARS][16];
    mcy_year all[OUTCOME_YEARS];
    bool any = false;
    if (!path)
        return mcy_fail_memory(err);
    size_t whole = mcy_years_of(study, ends, OUTCOME_YEARS, all);
    for (size_t i = 0; i < count; i++) {
        snprintf(keys[i], sizeof keys[i], "%s%d", ends == MCY_CALENDAR_YEAR ? "CY" : "FY",
                 years[i]);
        values[i] = MCY_MISSING;
        for (size_t k = 0; k < whole; k++)
            if (!strcmp(all[k].name, keys[i]))
                MCY_TRY(mcy_pack_run_value(run, path, 4, all[k].quarters, &values[i], err));
        any = any || (!mcy_is_missing(values[i]) && values[i] != 0);
    }
    if (!any) /* firms whose shares are not followed have no EPS */
        return MCY_OK;
    mcy_table_row(table, row == outcomes);
    mcy_table_words(table, study->scenario->title);
    mcy_table_words(table, mark ? (mcy_bilingual){mcy_arena_print(pack->arena, "%s%s",
                                                                  firm_name.zh, row->name.zh),
                                                  mcy_arena_print(pack->arena, "%s: %s",
                                                                  firm_name.en, row->name.en)}
                                : row->name);
    for (size_t i = 0; i < count; i++)
        mcy_table_shown(table, row->scale * values[i], &row->display,
                        mcy_pack_run_id(pack, run, path, "", keys[i]));
    return MCY_OK;
}

/* Years that are whole in the first scenario, in either calendar. */
static size_t years_of_table(const mcy_study *study, const char *firm, int *years)
{
    mcy_year calendar[OUTCOME_YEARS], own[OUTCOME_YEARS];
    size_t n = mcy_years_of(study, MCY_CALENDAR_YEAR, OUTCOME_YEARS, calendar);
    size_t m = mcy_years_of(study, run_table_year_ends(study, firm), OUTCOME_YEARS, own);
    int first = 9999, last = 0;
    for (size_t i = 0; i < n + m; i++) {
        int year = 0;
        sscanf((i < n ? calendar[i] : own[i - n]).name + 2, "%d", &year);
        first = year < first ? year : first;
        last = year > last ? year : last;
    }
    size_t count = 0;
    for (int year = first; year <= last && count < OUTCOME_YEARS; year++)
        years[count++] = year;
    return count;
}

static mcy_status outcome_columns(pack_maker *pack, const int *years, size_t count,
                                  mcy_table_column *columns, mcy_error *err)
{
    columns[0] = (mcy_table_column){"scenario", {"情景", "Scenario"}, true, {0}};
    columns[1] = (mcy_table_column){"item", {"项目", "Item"}, true, {0}};
    for (size_t i = 0; i < count; i++) {
        const char *key = mcy_arena_print(pack->arena, "%d", years[i]);
        const char *shown = mcy_arena_print(pack->arena, "%dE", years[i]);
        if (!key || !shown)
            return mcy_fail_memory(err);
        columns[2 + i] = (mcy_table_column){key, {shown, shown}, false, {0}};
    }
    return MCY_OK;
}

/* scenario-outcomes FIRM SCENARIO...: prices, fill rates and the firm's numbers by year. */
mcy_status table_scenario_outcomes(pack_maker *pack, const mcy_table_spec *spec,
                                   mcy_table **table, mcy_error *err)
{
    mcy_table_column columns[OUTCOME_YEARS + 2];
    int years[OUTCOME_YEARS];
    const pack_run *run;
    mcy_bilingual firm;
    if (spec->data_count < 3)
        return MCY_FAIL(err, MCY_E_INPUT, "'scenario-outcomes' wants FIRM SCENARIO...");
    MCY_TRY(pack_name(pack, spec->data[1], &firm, err));
    MCY_TRY(mcy_pack_run(pack, spec->data[2], &run, err));
    size_t count = years_of_table(run->study, spec->data[1], years);
    MCY_TRY(outcome_columns(pack, years, count, columns, err));
    *table = mcy_table_create(pack->arena, spec->id, spec->title, columns, count + 2);
    if (!*table)
        return mcy_fail_memory(err);
    for (size_t s = 2; s < spec->data_count; s++) {
        MCY_TRY(mcy_pack_run(pack, spec->data[s], &run, err));
        for (size_t r = 0; r < sizeof outcomes / sizeof *outcomes; r++)
            MCY_TRY(outcome_row(pack, *table, run, &outcomes[r], spec->data[1], firm, years,
                                count, err));
    }
    bool micron = !strcmp(spec->data[1], "micron");
    mcy_table_note(
        *table,
        micron
            ? (mcy_bilingual){"价格与满足率为自然年，美光为财年（至八月底）；毛利率、每股收益与"
                              "自由现金流为 "
                              "non-GAAP。E 为情景测算，非盈利预测；– 为不满一年。",
                              "Prices and fill rates by calendar year, Micron by fiscal year "
                              "to "
                              "the end of August; gross margin, EPS and free cash flow "
                              "non-GAAP. "
                              "E: computed by the scenario, not an earnings forecast; –: not a "
                              "whole year."}
            : (mcy_bilingual){"自然年；毛利率与每股收益为 IFRS。E 为情景测算，非盈利预测。",
                              "Calendar years; gross margin and EPS IFRS. E: computed by the "
                              "scenario, not an earnings forecast."});
    return run_table_sources(pack, *table, spec->data + 2, spec->data_count - 2, err);
}

/* Which of space and tools ends a shortage sooner, by the quarters each takes off it. */
static mcy_bilingual binding(const mcy_study *study, const mcy_shortage *s)
{
    double space =
        s->pulled[MCY_LEVER_SPACE] ? mcy_shortage_sooner(study, s, MCY_LEVER_SPACE) : 0;
    double tools =
        s->pulled[MCY_LEVER_TOOLS] ? mcy_shortage_sooner(study, s, MCY_LEVER_TOOLS) : 0;
    if (space <= 0 && tools <= 0)
        return (mcy_bilingual){"两者都不", "neither"};
    if (space == tools)
        return (mcy_bilingual){"洁净室与设备", "cleanroom and tools"};
    return space > tools ? (mcy_bilingual){"洁净室", "cleanroom"}
                         : (mcy_bilingual){"设备", "tools"};
}

static mcy_status limit_row(pack_maker *pack, mcy_table *table, const pack_run *run,
                            const mcy_shortage *s, mcy_error *err)
{
    const mcy_study *study = run->study;
    mcy_bilingual product;
    MCY_TRY(pack_name(pack, s->product, &product, err));
    mcy_table_row(table, false);
    mcy_table_words(table, study->scenario->title);
    mcy_table_words(table, product);
    if (mcy_is_missing(s->ends))
        mcy_table_words(table, (mcy_bilingual){"期内未结束", "not within the run"});
    else
        mcy_pack_quarter_cell(table, study->base_quarter + (int)lround(s->ends), s->ends > 0);
    mcy_table_words(table, binding(study, s));
    const char *id = mcy_arena_print(pack->arena, "run.%s.waiting.%s", run->name, s->product);
    mcy_pack_rests_on_run(pack, id, run);
    mcy_table_number(table, s->waiting_kwpm, id);
    for (size_t k = 0; k < MCY_LEVERS; k++)
        mcy_table_number(table, s->pulled[k] ? mcy_shortage_sooner(study, s, k) : MCY_MISSING,
                         NULL);
    return MCY_OK;
}

/* scenario-limits SCENARIO...: when each shortage ends, what binds, what would end it sooner.
 */
mcy_status table_scenario_limits(pack_maker *pack, const mcy_table_spec *spec,
                                 mcy_table **table, mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"scenario", {"情景", "Scenario"}, true, {0}},
        {"product", {"产品", "Product"}, true, {0}},
        {"ends", {"短缺结束", "Shortage ends"}, true, {0}},
        {"binds", {"瓶颈", "What binds"}, true, {0}},
        {"waiting_kwpm",
         {"等待洁净室的设备（千片/月）", "Tools waiting for cleanroom (kwpm)"},
         false,
         {.decimals = 1}},
        {"space",
         {"洁净室 +10%：早（季）", "Cleanroom +10%: quarters sooner"},
         false,
         {.decimals = 0}},
        {"tools",
         {"设备 +20%：早（季）", "Tools +20%: quarters sooner"},
         false,
         {.decimals = 0}},
        {"ramp",
         {"爬坡减半：早（季）", "Ramp halved: quarters sooner"},
         false,
         {.decimals = 0}},
        {"demand",
         {"需求 −5%：早（季）", "Demand -5%: quarters sooner"},
         false,
         {.decimals = 0}}};
    if (spec->data_count < 2)
        return MCY_FAIL(err, MCY_E_INPUT, "'scenario-limits' wants SCENARIO...");
    *table = mcy_table_create(pack->arena, spec->id, spec->title, columns, 9);
    if (!*table)
        return mcy_fail_memory(err);
    for (size_t i = 1; i < spec->data_count; i++) {
        const pack_run *run;
        mcy_shortage *shortages;
        size_t count;
        MCY_TRY(mcy_pack_run(pack, spec->data[i], &run, err));
        MCY_TRY(
            mcy_shortage_find(pack->arena, run->study, run->panel, &shortages, &count, err));
        for (size_t k = 0; k < count; k++)
            if (shortages[k].is_short)
                MCY_TRY(limit_row(pack, *table, run, &shortages[k], err));
    }
    mcy_table_note(
        *table,
        (mcy_bilingual){
            "短缺＝订单满足率低于 "
            "98%。瓶颈＝洁净室与设备中放宽后使短缺更早结束者；等待为短缺结束前"
            "的最高值。推算，非公司披露。",
            "Short: fill rate of orders below 98 %. What binds: of cleanroom and tools "
            "the one that ends the shortage sooner when there is more of it; waiting: at "
            "its most until the shortage ends. Inferred, not reported by the companies."});
    return run_table_sources(pack, *table, spec->data + 1, spec->data_count - 1, err);
}
