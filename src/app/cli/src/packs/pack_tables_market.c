/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a pack about the market of one scenario run, by year: demand by end market, supply
 * by maker, and how they meet. */
#include <math.h>
#include <string.h>

#include "mcy/number.h"
#include "pack_number.h"
#include "run_table.h"

enum { MOST_MARKETS = 16 };

static const run_name products[] = {{"dram", {"DRAM（不含HBM）", "DRAM without HBM"}},
                                    {"hbm", {"HBM", "HBM"}},
                                    {"nand", {"NAND", "NAND"}}};
enum { PRODUCTS = sizeof products / sizeof *products };

/* The year's columns of "NAME SCENARIO". */
static mcy_status open_years(pack_maker *pack, const mcy_table_spec *spec, mcy_bilingual who,
                             run_table *t, mcy_table **table, mcy_error *err)
{
    MCY_TRY(run_table_open(pack, spec, who, t, err));
    MCY_TRY(run_table_years(t, MCY_CALENDAR_YEAR, err));
    return run_table_create(t, spec, table, err);
}

/* The end markets of the model by name. */
static mcy_status find_markets(run_table *t, run_name markets[MOST_MARKETS], size_t *count,
                               mcy_error *err)
{
    static const run_name names[] = {{"ai_server", {"AI 服务器", "AI servers"}},
                                     {"server", {"通用服务器", "General servers"}},
                                     {"mobile", {"手机", "Phones"}},
                                     {"pc", {"个人电脑", "PCs"}},
                                     {"other", {"其他", "Other"}}};
    const mcy_model *model = t->run->study->model;
    size_t number = mcy_model_find_dimension(model, "market");
    if (number == MCY_NONE)
        return MCY_FAIL(err, MCY_E_INPUT, "the model of '%s' has no dimension 'market'",
                        t->run->name);
    const mcy_dimension *d = mcy_model_dimension(model, number);
    if (d->element_count > MOST_MARKETS)
        return MCY_FAIL(err, MCY_E_DOMAIN, "at most %d end markets, got %zu", MOST_MARKETS,
                        d->element_count);
    for (size_t e = 0; e < d->element_count; e++) {
        const char *market = d->elements[e];
        markets[e] = (run_name){market, {market, market}};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (!strcmp(market, names[i].key))
                markets[e].name = names[i].name;
    }
    *count = d->element_count;
    return MCY_OK;
}

/* One quarter of a path made of PREFIX[.A][.B]. */
static mcy_status at_quarter(const run_table *t, const char *prefix, const char *a,
                             const char *b, int quarter, double *value, mcy_error *err)
{
    const char *path = mcy_arena_print(t->pack->arena, "%s%s%s%s%s", prefix, a ? "." : "",
                                       a ? a : "", b ? "." : "", b ? b : "");
    if (!path)
        return mcy_fail_memory(err);
    return mcy_pack_run_value(t->run, path, 1, &quarter, value, err);
}

/* Units of a market against the base quarter, mean of each year: the growth of M1b alone. */
static mcy_status units_of(const run_table *t, const char *market, double units[RUN_PERIODS],
                           mcy_error *err)
{
    double index = 1;
    for (size_t i = 0; i < t->count; i++)
        units[i] = 0;
    for (int q = 0; q <= t->run->panel->last; q++) {
        double growth = 0;
        if (q)
            MCY_TRY(at_quarter(t, "unit_growth", market, NULL, q, &growth, err));
        index *= pow(1 + growth, 0.25);
        for (size_t i = 0; i < t->count; i++)
            for (size_t k = 0; k < t->periods[i].count; k++)
                if (t->periods[i].quarters[k] == q)
                    units[i] += index / (double)t->periods[i].count;
    }
    return MCY_OK;
}

/* A market's demand for a product at each quarter's contract price. */
static mcy_status worth_of(const run_table *t, const char *product, const char *market,
                           double worth[RUN_PERIODS], mcy_error *err)
{
    for (size_t i = 0; i < t->count; i++) {
        worth[i] = 0;
        for (size_t k = 0; k < t->periods[i].count; k++) {
            double bits, price;
            int quarter = t->periods[i].quarters[k];
            MCY_TRY(at_quarter(t, "market_demand", product, market, quarter, &bits, err));
            MCY_TRY(at_quarter(t, "price", product, NULL, quarter, &price, err));
            worth[i] += bits * price;
        }
    }
    return MCY_OK;
}

/* The id of a number that is worked out from paths: WHAT.A[.B]. */
static const char *derived_id(const run_table *t, const char *what, const char *a,
                              const char *b)
{
    const char *id =
        mcy_arena_print(t->pack->arena, "%s.%s%s%s", what, a, b ? "." : "", b ? b : "");
    return id ? id : what;
}

static mcy_bilingual joined(const run_table *t, mcy_bilingual what, mcy_bilingual of)
{
    return (mcy_bilingual){mcy_arena_print(t->pack->arena, "%s：%s", what.zh, of.zh),
                           mcy_arena_print(t->pack->arena, "%s: %s", what.en, of.en)};
}

/* Content of a unit at unchanged prices: wanted bits over units, both against the base quarter.
 */
static mcy_status add_content(run_table *t, const run_name *product, const run_name *market,
                              mcy_error *err)
{
    double content[RUN_PERIODS], units[RUN_PERIODS];
    const char *path =
        mcy_arena_print(t->pack->arena, "growth_index.%s.%s", product->key, market->key);
    if (!path)
        return mcy_fail_memory(err);
    MCY_TRY(units_of(t, market->key, units, err));
    for (size_t i = 0; i < t->count; i++) {
        MCY_TRY(mcy_pack_run_value(t->run, path, t->periods[i].count, t->periods[i].quarters,
                                   &content[i], err));
        content[i] *= 100 / units[i];
    }
    return run_table_numbers(
        t, product->name,
        joined(t, (mcy_bilingual){"单机容量指数", "Content a unit (index)"}, market->name),
        false, RUN_ONE_DECIMAL, content, derived_id(t, "content", product->key, market->key),
        err);
}

/* Bits of a market, additive: at prices of the base quarter. */
static mcy_status add_bits(run_table *t, const run_name *product, const run_name *market,
                           mcy_error *err)
{
    const char *path = mcy_arena_print(t->pack->arena, "market_demand.%%s.%s", market->key);
    run_row row = {path, joined(t, (mcy_bilingual){"需求位元", "Demand in bits"}, market->name),
                   RUN_AMOUNT, false};
    return path ? run_table_row(t, product->name, &row, product->key, err)
                : mcy_fail_memory(err);
}

/* A product's demand: content, bits and value by market, and what they add to. */
static mcy_status add_demand(run_table *t, const run_name *product, const run_name *markets,
                             size_t count, mcy_error *err)
{
    static const run_row total = {
        "demand.%s", {"需求位元：合计", "Demand in bits: all markets"}, RUN_AMOUNT, true};
    double worth[RUN_PERIODS], all[RUN_PERIODS] = {0}, weight;
    bool buys[MOST_MARKETS];
    for (size_t m = 0; m < count; m++) {
        MCY_TRY(at_quarter(t, "demand_weight", product->key, markets[m].key, 0, &weight, err));
        buys[m] = weight > 0;
        if (buys[m])
            MCY_TRY(add_content(t, product, &markets[m], err));
    }
    for (size_t m = 0; m < count; m++)
        if (buys[m])
            MCY_TRY(add_bits(t, product, &markets[m], err));
    MCY_TRY(run_table_row(t, product->name, &total, product->key, err));
    for (size_t m = 0; m < count; m++) {
        if (!buys[m])
            continue;
        MCY_TRY(worth_of(t, product->key, markets[m].key, worth, err));
        for (size_t i = 0; i < t->count; i++)
            all[i] += worth[i];
        MCY_TRY(run_table_numbers(
            t, product->name,
            joined(t, (mcy_bilingual){"需求金额", "Demand in value"}, markets[m].name), false,
            RUN_AMOUNT, worth, derived_id(t, "value", product->key, markets[m].key), err));
    }
    return run_table_numbers(
        t, product->name, (mcy_bilingual){"需求金额：合计", "Demand in value: all markets"},
        true, RUN_AMOUNT, all, derived_id(t, "value", product->key, NULL), err);
}

/* demand SCENARIO: units, content, bits and value by end market. */
mcy_status table_demand(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                        mcy_error *err)
{
    run_table t;
    run_name markets[MOST_MARKETS];
    size_t count = 0;
    double units[RUN_PERIODS];
    MCY_TRY(open_years(pack, spec, (mcy_bilingual){"产品", "Product"}, &t, table, err));
    MCY_TRY(find_markets(&t, markets, &count, err));
    for (size_t m = 0; m < count; m++) {
        MCY_TRY(units_of(&t, markets[m].key, units, err));
        for (size_t i = 0; i < t.count; i++)
            units[i] *= 100;
        MCY_TRY(run_table_numbers(
            &t, (mcy_bilingual){"终端", "End markets"},
            joined(&t, (mcy_bilingual){"台数指数", "Units index"}, markets[m].name), false,
            RUN_ONE_DECIMAL, units, derived_id(&t, "units", markets[m].key, NULL), err));
    }
    for (size_t p = 0; p < PRODUCTS; p++)
        MCY_TRY(add_demand(&t, &products[p], markets, count, err));
    return run_table_close(&t,
                           (mcy_bilingual){"指数：基期季度="
                                           "100，年为四季平均；单机容量按不变价，价格的影响只在"
                                           "需求位元中。已公布的只有台数与容量的增速，"
                                           "没有绝对量，故不列。需求位元按基期价计，百万美元，"
                                           "可加总，其增速为位元增速；需求金额按当季合约价计。"
                                           "推算，非公司披露；E 为情景测算。",
                                           "Index: base quarter = 100, years are means of four "
                                           "quarters; content at unchanged prices, what "
                                           "prices do stands in the bits alone. Only growth of "
                                           "units and content is published, no absolute "
                                           "numbers. Bits at prices of the base quarter, USD "
                                           "m: they add, and their growth is growth of "
                                           "bits. Value at each quarter's contract price. "
                                           "Inferred, not reported; E: run of the scenario."},
                           err);
}

/* One quantity of every maker, and what they add to; a row that is 1 all along is left out. */
typedef struct maker_rows {
    const char *path;
    mcy_bilingual name;
    run_shown as;
    double scale;
    bool adds, only_changes;
} maker_rows;

static mcy_status add_makers(run_table *t, const run_name *product, const maker_rows *rows,
                             mcy_error *err)
{
    double values[RUN_PERIODS], sum[RUN_PERIODS] = {0};
    const char *all = "";
    for (size_t m = 0; m < RUN_MAKERS; m++) {
        bool changes = !rows->only_changes;
        const char *path = mcy_arena_print(t->pack->arena, "%s.%s.%s", rows->path,
                                           run_makers[m].key, product->key);
        all = path ? mcy_arena_print(t->pack->arena, "%s%s%s", all, m ? "+" : "", path) : NULL;
        if (!all)
            return mcy_fail_memory(err);
        for (size_t i = 0; i < t->count; i++) {
            MCY_TRY(mcy_pack_run_value(t->run, path, t->periods[i].count,
                                       t->periods[i].quarters, &values[i], err));
            changes = changes || values[i] != 1;
            values[i] *= rows->scale;
            sum[i] += values[i];
        }
        if (changes)
            MCY_TRY(run_table_numbers(
                t, product->name, joined(t, rows->name, run_makers[m].name), false, rows->as,
                values, rows->scale > 1 ? derived_id(t, "index", path, NULL) : path, err));
    }
    if (!rows->adds)
        return MCY_OK;
    return run_table_numbers(t, product->name,
                             joined(t, rows->name, (mcy_bilingual){"合计", "all makers"}), true,
                             rows->as, sum, all, err);
}

/* supply SCENARIO: wafers, bits a wafer and bits by maker. */
mcy_status table_supply(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                        mcy_error *err)
{
    static const maker_rows rows[] = {
        {"wafers",
         {"投片（千片/月）", "Wafers run (thousand a month)"},
         RUN_ONE_DECIMAL,
         1,
         true,
         false},
        {"fab_bits",
         {"单片位元指数", "Bits a wafer (index)"},
         RUN_ONE_DECIMAL,
         100,
         false,
         false},
        {"utilisation", {"稼动率", "Utilisation"}, RUN_PERCENT, 1, false, true},
        {"supply", {"供给位元", "Supply in bits"}, RUN_AMOUNT, 1, true, false}};
    run_table t;
    MCY_TRY(open_years(pack, spec, (mcy_bilingual){"产品", "Product"}, &t, table, err));
    for (size_t p = 0; p < PRODUCTS; p++)
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
            MCY_TRY(add_makers(&t, &products[p], &rows[r], err));
    return run_table_close(
        &t,
        (mcy_bilingual){
            "投片为实物量（千片/月，年内平均）；单片位元为指数，基期季度=100，含制程、良率与 "
            "HBM 换片比；稼动率为 100% "
            "的不列；供给位元按基期价计，百万美元，可加总。推算，非公司披露；E 为情景测算。",
            "Wafers are physical (thousand a month, mean of the year). Bits a wafer: index, "
            "base quarter = "
            "100, with node, yield and HBM's trade ratio. Utilisation of 100 % is left out. "
            "Bits at prices "
            "of the base quarter, USD m: they add. Inferred, not reported; E: run of the "
            "scenario."},
        err);
}

/* A sum of the year against four base quarters, base quarter = 100. */
static mcy_status add_index(run_table *t, const run_name *product, const char *quantity,
                            mcy_bilingual name, mcy_error *err)
{
    double values[RUN_PERIODS], base;
    const char *path = mcy_arena_print(t->pack->arena, "%s.%s", quantity, product->key);
    if (!path)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_pack_run_value(t->run, path, 1, &(int){0}, &base, err));
    for (size_t i = 0; i < t->count; i++) {
        MCY_TRY(mcy_pack_run_value(t->run, path, t->periods[i].count, t->periods[i].quarters,
                                   &values[i], err));
        values[i] *= 100 / (base * (double)t->periods[i].count);
    }
    return run_table_numbers(t, product->name, name, false, RUN_ONE_DECIMAL, values,
                             derived_id(t, "index", path, NULL), err);
}

/* Rows of the balance: how demand and supply met, how they grew, what was made. */
static const run_row met[] = {
    {"demand.%s", {"需求位元", "Demand in bits"}, RUN_AMOUNT, true},
    {"supply.micron.%s+supply.samsung.%s+supply.skhynix.%s+supply.rest.%s",
     {"供给位元（产出）", "Supply in bits (made)"},
     RUN_AMOUNT,
     true},
    {"offered.%s",
     {"可供量（产出加可售库存）", "Offered (made and stock for sale)"},
     RUN_AMOUNT,
     false},
    {"shipped_total.%s", {"出货", "Shipped"}, RUN_AMOUNT, false},
    {"offered.%s-demand.%s",
     {"缺口（可供−需求）", "Gap (offered less demand)"},
     RUN_AMOUNT,
     true},
    {"sufficiency.%s",
     {"充足率（可供/需求−1）", "Sufficiency (offered over demand less 1)"},
     RUN_PERCENT,
     false},
    {"fill_rate.%s", {"订单满足率", "Fill rate of orders"}, RUN_PERCENT, false},
    {"industry_weeks.%s",
     {"年末库存周数", "Makers' stock at year end (weeks)"},
     RUN_ONE_DECIMAL,
     false},
    {"price.%s",
     {"合约价指数（基期=1）", "Contract price (base quarter = 1)"},
     RUN_INDEX,
     false},
    {"price.%s", {"合约价同比", "Contract price YoY"}, RUN_GROWTH, false}};
static const run_row grown[] = {
    {"demand.%s", {"需求位元同比", "Demand in bits YoY"}, RUN_GROWTH, false},
    {"offered.%s", {"可供量同比", "Offered YoY"}, RUN_GROWTH, false}};
static const run_row made[PRODUCTS] = {
    {"bit_growth.%s",
     {"位元产出同比（含HBM）", "Bits made YoY (with HBM)"},
     RUN_PERCENT,
     false},
    {NULL, {NULL, NULL}, RUN_PERCENT, false}, /* made on DRAM's wafers */
    {"bit_growth.%s", {"位元产出同比", "Bits made YoY"}, RUN_PERCENT, false}};

/* balance SCENARIO: demand, supply, what was offered and shipped, and how they met. */
mcy_status table_balance(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                         mcy_error *err)
{
    run_table t;
    MCY_TRY(open_years(pack, spec, (mcy_bilingual){"产品", "Product"}, &t, table, err));
    for (size_t p = 0; p < PRODUCTS; p++) {
        for (size_t r = 0; r < sizeof met / sizeof *met; r++)
            MCY_TRY(run_table_row(&t, products[p].name, &met[r], products[p].key, err));
        MCY_TRY(add_index(
            &t, &products[p], "demand",
            (mcy_bilingual){"需求位元指数（基期=100）", "Demand in bits (base quarter = 100)"},
            err));
        MCY_TRY(add_index(
            &t, &products[p], "offered",
            (mcy_bilingual){"可供量指数（基期=100）", "Offered (base quarter = 100)"}, err));
        for (size_t r = 0; r < sizeof grown / sizeof *grown; r++)
            MCY_TRY(run_table_row(&t, products[p].name, &grown[r], products[p].key, err));
        if (made[p].path)
            MCY_TRY(run_table_row(&t, products[p].name, &made[p], products[p].key, err));
    }
    return run_table_close(
        &t,
        (mcy_bilingual){
            "位元按基期季度价格计，百万美元，故其增速为位元增速；推算，非公司披露；E "
            "为情景测算，非盈利预测。",
            "Bits at prices of the base quarter, USD m, so their growth is growth of bits; "
            "inferred, not reported; E: run of the scenario, not an earnings forecast."},
        err);
}
