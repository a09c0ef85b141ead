/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a pack about the market of one scenario run: supply and demand. */
#include <string.h>

#include "run_table.h"

static const run_name products[] = {{"dram", {"DRAM（不含HBM）", "DRAM without HBM"}},
                                    {"hbm", {"HBM", "HBM"}},
                                    {"nand", {"NAND", "NAND"}}};

static mcy_status add_end_markets(run_table *t, const run_name *product, mcy_error *err)
{
    static const run_name names[] = {{"ai_server", {"AI 服务器", "AI servers"}},
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
        run_row row = {path, name, RUN_AMOUNT, false};
        MCY_TRY(run_table_row(t, product->name, &row, product->key, true, err));
    }
    return MCY_OK;
}

/* balance SCENARIO: bits made, demand by end market, what was offered, and how it met. */
mcy_status table_balance(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                         mcy_error *err)
{
    static const run_row rows[] = {
        {"demand.%s", {"需求合计", "Demand, all markets"}, RUN_AMOUNT, true},
        {"offered.%s", {"可供量", "Offered"}, RUN_AMOUNT, true},
        {"offered.%s", {"可供量同比", "Offered, YoY"}, RUN_GROWTH, false},
        {"shipped_total.%s", {"出货", "Shipped"}, RUN_AMOUNT, false},
        {"sufficiency.%s",
         {"充足率（可供/需求−1）", "Sufficiency (available over demand, less 1)"},
         RUN_PERCENT,
         false},
        {"fill_rate.%s", {"订单满足率", "Fill rate of orders"}, RUN_PERCENT, false},
        {"industry_weeks.%s",
         {"年末库存周数", "Makers' stock at year end, weeks"},
         RUN_ONE_DECIMAL,
         false}};
    run_table t;
    MCY_TRY(run_table_open(pack, spec, (mcy_bilingual){"产品", "Product"}, &t, err));
    MCY_TRY(run_table_years(&t, MCY_CALENDAR_YEAR, err));
    MCY_TRY(run_table_create(&t, spec, table, err));
    for (size_t p = 0; p < sizeof products / sizeof *products; p++) {
        MCY_TRY(add_end_markets(&t, &products[p], err));
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
            MCY_TRY(run_table_row(&t, products[p].name, &rows[r], products[p].key, true, err));
    }
    return run_table_close(
        &t,
        (mcy_bilingual){
            "数量按基期（1Q26）价格计，百万美元，故其增速为位元增速；推算，非公司披露；E "
            "为情景测算。",
            "Quantities at prices of the base quarter, USD m, so their growth is growth of "
            "bits; inferred, not reported; E: computed by the scenario."},
        err);
}
