/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a pack from one scenario run: capex, wafer capacity, supply and demand, prices.
 * Each number has the id run.SCENARIO.PATH@PERIOD that it has in figures and texts. */
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "pack_number.h"
#include "pack_page.h"
#include "study_of_call.h"

enum { MOST_PERIODS = 24, MOST_WORDS = 512 };

typedef enum shown_as { AMOUNT, INDEX, PERCENT, WEEKS, GROWTH } shown_as;

/* A row: paths joined by +, in which %s is the maker or product. */
typedef struct row_plan {
    const char *path;
    mcy_bilingual name;
    shown_as as;
    bool strong;
} row_plan;

/* A period of the run: one quarter, or the four of a year. */
typedef struct run_period {
    const char *key;
    size_t count;
    int quarters[4];
    int year_ends; /* MCY_CALENDAR_YEAR, or the month of a firm's own year */
} run_period;

typedef struct run_table {
    pack_maker *pack;
    const pack_run *run;
    mcy_table *table;
    run_period periods[MOST_PERIODS];
    size_t count;
    mcy_table_column columns[MOST_PERIODS + 2];
} run_table;

typedef struct named {
    const char *key;
    mcy_bilingual name;
} named;

static const named makers[] = {{"micron", {"美光", "Micron"}},
                               {"samsung", {"三星", "Samsung"}},
                               {"skhynix", {"SK海力士", "SK hynix"}},
                               {"rest", {"其他", "Rest"}}};
static const named products[] = {{"dram", {"DRAM（不含HBM）", "DRAM without HBM"}},
                                 {"hbm", {"HBM", "HBM"}},
                                 {"nand", {"NAND", "NAND"}}};

static mcy_status add_period(run_table *t, run_period period, mcy_error *err)
{
    bool ahead = period.quarters[period.count - 1] > 0;
    if (t->count == MOST_PERIODS || !period.key)
        return mcy_fail_memory(err);
    const char *shown = mcy_arena_print(t->pack->arena, "%s%s", period.key, ahead ? "E" : "");
    if (!shown)
        return mcy_fail_memory(err);
    t->periods[t->count] = period;
    t->columns[2 + t->count++] = (mcy_table_column){period.key, {shown, shown}, false, {0}};
    return MCY_OK;
}

static mcy_status add_quarter(run_table *t, int quarter, mcy_error *err)
{
    char key[32];
    mcy_quarter_format(t->run->study->base_quarter + quarter, key);
    return add_period(t, (run_period){mcy_arena_copy(t->pack->arena, key, strlen(key)), 1,
                                      {quarter}, MCY_CALENDAR_YEAR}, err);
}

/* The years of a calendar that lie within the run. */
static mcy_status add_years(run_table *t, int year_ends, mcy_error *err)
{
    mcy_year *years = MCY_TAKE(t->pack->arena, mcy_year, 8);
    if (!years)
        return mcy_fail_memory(err);
    size_t count = mcy_years_of(t->run->study, year_ends, 8, years);
    for (size_t i = 0; i < count; i++) {
        run_period period = {.key = years[i].name, .count = 4, .year_ends = year_ends};
        memcpy(period.quarters, years[i].quarters, sizeof period.quarters);
        MCY_TRY(add_period(t, period, err));
    }
    return MCY_OK;
}

static int fiscal_year_of(const mcy_study *study, const char *firm)
{
    const mcy_calendars *calendars = study->inputs->calendars;
    for (size_t i = 0; i < calendars->count; i++)
        if (!strcmp(calendars->names[i], firm))
            return calendars->year_ends[i];
    return MCY_CALENDAR_YEAR;
}

static const char *filled(const run_table *t, const char *pattern, const char *word)
{
    char path[MOST_WORDS] = "";
    size_t used = 0;
    for (const char *p = pattern; *p && used < sizeof path - 64;) {
        const char *mark = strstr(p, "%s");
        size_t n = mark ? (size_t)(mark - p) : strlen(p);
        used += (size_t)snprintf(path + used, sizeof path - used, "%.*s%s", (int)n, p,
                                 mark ? word : "");
        p += n + (mark ? 2 : 0);
    }
    return mcy_arena_copy(t->pack->arena, path, strlen(path));
}

static mcy_status add_row(run_table *t, mcy_bilingual who, const row_plan *row,
                          const char *word, bool own_years, mcy_error *err)
{
    static const mcy_display displays[] = {{.decimals = 0, .brackets = true},
                                           {.decimals = 2},
                                           {.decimals = 1, .unit = "%"},
                                           {.decimals = 1},
                                           {.decimals = 1, .signed_plus = true, .unit = "%"}};
    const char *path = filled(t, row->path, word);
    if (!path)
        return mcy_fail_memory(err);
    mcy_table_row(t->table, row->strong);
    mcy_table_words(t->table, who);
    mcy_table_words(t->table, row->name);
    for (size_t i = 0; i < t->count; i++) {
        const run_period *period = &t->periods[i];
        const char *change = row->as != GROWTH ? "" : period->count > 1 ? "yoy" : "qoq";
        double value = MCY_MISSING, before = MCY_MISSING;
        bool shown = own_years || period->year_ends == MCY_CALENDAR_YEAR;
        if (shown)
            MCY_TRY(mcy_pack_run_value(t->run, path, period->count, period->quarters, &value, err));
        if (row->as == GROWTH) {
            if (i && t->periods[i - 1].count == period->count &&
                t->periods[i - 1].year_ends == period->year_ends)
                MCY_TRY(mcy_pack_run_value(t->run, path, period[-1].count, period[-1].quarters,
                                           &before, err));
            value = 100 * (value / before - 1);
        } else if (row->as == PERCENT) {
            value *= 100;
        }
        mcy_table_shown(t->table, value, &displays[row->as],
                        mcy_pack_run_id(t->pack, t->run, path, change, period->key));
    }
    return MCY_OK;
}

/* The run, and the two columns of words; periods follow. */
static mcy_status open_table(pack_maker *pack, const mcy_table_spec *spec, mcy_bilingual who,
                             run_table *t, mcy_error *err)
{
    *t = (run_table){.pack = pack};
    if (spec->data_count != 2)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' wants a SCENARIO", spec->data[0]);
    MCY_TRY(mcy_pack_run(pack, spec->data[1], &t->run, err));
    t->columns[0] = (mcy_table_column){"of", who, true, {0}};
    t->columns[1] = (mcy_table_column){"item", {"项目", "Item"}, true, {0}};
    return MCY_OK;
}

static mcy_status create(run_table *t, const mcy_table_spec *spec, mcy_table **table,
                         mcy_error *err)
{
    t->table = *table =
        mcy_table_create(t->pack->arena, spec->id, spec->title, t->columns, t->count + 2);
    return *table ? MCY_OK : mcy_fail_memory(err);
}

/* The source line: the houses behind the base quarter, then the run. */
static mcy_status close_table(run_table *t, mcy_bilingual note, mcy_error *err)
{
    char zh[MOST_WORDS] = "", en[MOST_WORDS] = "";
    size_t nz = 0, ne = 0;
    for (size_t i = 0; i < t->pack->house_count && i < 64; i++)
        if (t->run->used_house[i] && nz < sizeof zh - 128 && ne < sizeof en - 128) {
            nz += (size_t)snprintf(zh + nz, sizeof zh - nz, "%.100s、",
                                   t->pack->houses[i].name.zh);
            ne += (size_t)snprintf(en + ne, sizeof en - ne, "%.100s, ",
                                   t->pack->houses[i].name.en);
        }
    const char *source_zh = mcy_arena_print(
        t->pack->arena, "来源：%s情景 %s 测算，数据截至 %s。", zh, t->run->name, t->pack->as_of);
    const char *source_en =
        mcy_arena_print(t->pack->arena, "Source: %srun of scenario %s, as of %s.", en,
                        t->run->name, t->pack->as_of);
    if (!source_zh || !source_en)
        return mcy_fail_memory(err);
    mcy_table_note(t->table, note);
    mcy_table_note(t->table, (mcy_bilingual){source_zh, source_en});
    return MCY_OK;
}

/* capex SCENARIO: what each maker spends and on what, calendar years and Micron's own. */
mcy_status table_capex(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                       mcy_error *err)
{
    static const row_plan rows[] = {
        {"capex.%s", {"资本开支（总额）", "Capex, gross"}, AMOUNT, true},
        {"spend.%s.dram", {"其中 DRAM", "of which DRAM"}, AMOUNT, false},
        {"spend.%s.nand", {"其中 NAND", "of which NAND"}, AMOUNT, false},
        {"building_spend.%s.dram+building_spend.%s.nand",
         {"厂房与洁净室（推算）", "Buildings and cleanroom (inferred)"}, AMOUNT, false},
        {"tool_spend.%s.dram+tool_spend.%s.nand",
         {"新增晶圆设备（推算）", "Tools for new wafers (inferred)"}, AMOUNT, false},
        {"conversion_spend.%s.dram+conversion_spend.%s.nand",
         {"制程转换（推算）", "Node conversion (inferred)"}, AMOUNT, false},
        {"net_capex.%s", {"资本开支净额（扣除补贴）", "Capex net of incentives"}, AMOUNT, false}};
    run_table t;
    MCY_TRY(open_table(pack, spec, (mcy_bilingual){"公司", "Maker"}, &t, err));
    int own = fiscal_year_of(t.run->study, "micron");
    MCY_TRY(add_years(&t, MCY_CALENDAR_YEAR, err));
    if (own != MCY_CALENDAR_YEAR)
        MCY_TRY(add_years(&t, own, err));
    MCY_TRY(create(&t, spec, table, err));
    for (size_t m = 0; m < sizeof makers / sizeof *makers; m++)
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
            MCY_TRY(add_row(&t, makers[m].name, &rows[r], makers[m].key,
                            fiscal_year_of(t.run->study, makers[m].key) == own, err));
    return close_table(
        &t,
        (mcy_bilingual){"百万美元，存储业务；CY 为自然年，FY 为美光财年；E 为情景假设。用途划分为推算，非公司披露。",
                        "USD m, memory only; CY calendar years, FY Micron's fiscal years; E: assumed by "
                        "the scenario. The split by use is inferred, not reported by the companies."},
        err);
}

/* capacity SCENARIO: qualified wafers a month, nine quarters and the year ends after them. */
mcy_status table_capacity(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                          mcy_error *err)
{
    static const row_plan rows[] = {{"capacity.%s.dram", {"DRAM（含HBM）", "DRAM with HBM"}, WEEKS, true},
                                    {"wafers.%s.hbm", {"其中 HBM 投片", "of which HBM, run"}, WEEKS, false},
                                    {"capacity.%s.nand", {"NAND", "NAND"}, WEEKS, true}};
    static const row_plan totals[] = {
        {"capacity.micron.%s+capacity.samsung.%s+capacity.skhynix.%s+capacity.rest.%s",
         {"DRAM（含HBM）", "DRAM with HBM"}, WEEKS, true},
        {"capacity.micron.%s+capacity.samsung.%s+capacity.skhynix.%s+capacity.rest.%s",
         {"NAND", "NAND"}, WEEKS, true}};
    static const char *const fabs[] = {"dram", "nand"};
    run_table t;
    MCY_TRY(open_table(pack, spec, (mcy_bilingual){"公司", "Maker"}, &t, err));
    for (int q = 0; q <= t.run->panel->last; q++)
        if (q <= 8 || (t.run->study->base_quarter + q) % 4 == 3)
            MCY_TRY(add_quarter(&t, q, err));
    MCY_TRY(create(&t, spec, table, err));
    for (size_t m = 0; m < sizeof makers / sizeof *makers; m++)
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
            MCY_TRY(add_row(&t, makers[m].name, &rows[r], makers[m].key, true, err));
    for (size_t f = 0; f < 2; f++)
        MCY_TRY(add_row(&t, (mcy_bilingual){"合计", "All makers"}, &totals[f], fabs[f], true, err));
    return close_table(&t,
                       (mcy_bilingual){"千片/月，合格产能；推算，非公司披露；E 为情景测算。",
                                       "Thousand wafers a month, qualified; inferred, not reported by "
                                       "the companies; E: computed by the scenario."},
                       err);
}

static mcy_status add_end_markets(run_table *t, const named *product, mcy_error *err)
{
    static const named names[] = {{"ai_server", {"AI 服务器", "AI servers"}},
                                  {"server", {"通用服务器", "General servers"}},
                                  {"mobile", {"手机", "Phones"}},
                                  {"pc", {"个人电脑", "PCs"}}};
    const mcy_model *model = t->run->study->model;
    size_t number = mcy_model_find_dimension(model, "market");
    if (number == MCY_NONE)
        return MCY_OK;
    const mcy_dimension *d = mcy_model_dimension(model, number);
    for (size_t e = 0; e < d->element_count; e++) {
        const char *market = d->elements[e];
        mcy_bilingual name = {market, market};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (!strcmp(market, names[i].key))
                name = names[i].name;
        const char *path = mcy_arena_print(t->pack->arena, "market_demand.%%s.%s", market);
        name.zh = mcy_arena_print(t->pack->arena, "需求：%s", name.zh);
        name.en = mcy_arena_print(t->pack->arena, "Demand: %s", name.en);
        if (!path || !name.zh || !name.en)
            return mcy_fail_memory(err);
        row_plan row = {path, name, AMOUNT, false};
        MCY_TRY(add_row(t, product->name, &row, product->key, true, err));
    }
    return MCY_OK;
}

/* balance SCENARIO: bits made, demand by end market, what was offered, and how it met. */
mcy_status table_balance(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                         mcy_error *err)
{
    static const row_plan rows[] = {
        {"demand.%s", {"需求合计", "Demand, all markets"}, AMOUNT, true},
        {"offered.%s", {"可供量", "Offered"}, AMOUNT, true},
        {"offered.%s", {"可供量同比", "Offered, YoY"}, GROWTH, false},
        {"shipped_total.%s", {"出货", "Shipped"}, AMOUNT, false},
        {"sufficiency.%s", {"充足率（可供/需求−1）", "Sufficiency (available over demand, less 1)"},
         PERCENT, false},
        {"fill_rate.%s", {"订单满足率", "Fill rate of orders"}, PERCENT, false},
        {"industry_weeks.%s", {"年末库存周数", "Makers' stock at year end, weeks"}, WEEKS, false}};
    run_table t;
    MCY_TRY(open_table(pack, spec, (mcy_bilingual){"产品", "Product"}, &t, err));
    MCY_TRY(add_years(&t, MCY_CALENDAR_YEAR, err));
    MCY_TRY(create(&t, spec, table, err));
    for (size_t p = 0; p < sizeof products / sizeof *products; p++) {
        MCY_TRY(add_end_markets(&t, &products[p], err));
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
            MCY_TRY(add_row(&t, products[p].name, &rows[r], products[p].key, true, err));
    }
    return close_table(
        &t,
        (mcy_bilingual){"数量按基期（1Q26）价格计，百万美元，故其增速为位元增速；推算，非公司披露；E 为情景测算。",
                        "Quantities at prices of the base quarter, USD m, so their growth is growth of "
                        "bits; inferred, not reported; E: computed by the scenario."},
        err);
}

/* prices SCENARIO: the contract price of each product and its change. */
mcy_status table_prices(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                        mcy_error *err)
{
    static const row_plan rows[] = {
        {"price.%s", {"合约价指数（基期=1）", "Contract price (base quarter = 1)"}, INDEX, true},
        {"price.%s", {"较前期", "Change on the period before"}, GROWTH, false}};
    run_table t;
    MCY_TRY(open_table(pack, spec, (mcy_bilingual){"产品", "Product"}, &t, err));
    for (int q = 0; q <= 8 && q <= t.run->panel->last; q++)
        MCY_TRY(add_quarter(&t, q, err));
    MCY_TRY(add_years(&t, MCY_CALENDAR_YEAR, err));
    MCY_TRY(create(&t, spec, table, err));
    for (size_t p = 0; p < sizeof products / sizeof *products; p++)
        for (size_t r = 0; r < 2; r++)
            MCY_TRY(add_row(&t, products[p].name, &rows[r], products[p].key, true, err));
    return close_table(&t,
                       (mcy_bilingual){"季度为环比，年为同比（按出货加权）；E 为情景测算，非盈利预测。",
                                       "Quarters: QoQ; years: YoY, weighted by shipments; E: computed "
                                       "by the scenario, not an earnings forecast."},
                       err);
}
