/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a pack from one scenario run: capex and wafer capacity by maker. */
#include "run_table.h"

/* capex SCENARIO: what each maker spends and on what, calendar years and Micron's own. */
mcy_status table_capex(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                       mcy_error *err)
{
    static const run_row rows[] = {
        {"capex.%s", {"资本开支（总额）", "Capex, gross"}, RUN_AMOUNT, true},
        {"spend.%s.dram", {"其中 DRAM", "of which DRAM"}, RUN_AMOUNT, false},
        {"spend.%s.nand", {"其中 NAND", "of which NAND"}, RUN_AMOUNT, false},
        {"building_spend.%s.dram+building_spend.%s.nand",
         {"厂房与洁净室（推算）", "Buildings and cleanroom (inferred)"},
         RUN_AMOUNT,
         false},
        {"tool_spend.%s.dram+tool_spend.%s.nand",
         {"新增晶圆设备（推算）", "Tools for new wafers (inferred)"},
         RUN_AMOUNT,
         false},
        {"conversion_spend.%s.dram+conversion_spend.%s.nand",
         {"制程转换（推算）", "Node conversion (inferred)"},
         RUN_AMOUNT,
         false},
        {"net_capex.%s",
         {"资本开支净额（扣除补贴）", "Capex net of incentives"},
         RUN_AMOUNT,
         false}};
    run_table t;
    MCY_TRY(run_table_open(pack, spec, (mcy_bilingual){"公司", "Maker"}, &t, err));
    int own = run_table_year_ends(t.run->study, "micron");
    MCY_TRY(run_table_years(&t, MCY_CALENDAR_YEAR, err));
    if (own != MCY_CALENDAR_YEAR)
        MCY_TRY(run_table_years(&t, own, err));
    MCY_TRY(run_table_create(&t, spec, table, err));
    for (size_t m = 0; m < RUN_MAKERS; m++)
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
            MCY_TRY(run_table_row(&t, run_makers[m].name, &rows[r], run_makers[m].key,
                                  run_table_year_ends(t.run->study, run_makers[m].key) == own,
                                  err));
    return run_table_close(
        &t,
        (mcy_bilingual){
            "百万美元，存储业务；CY 为自然年，FY 为美光财年；E "
            "为情景假设。用途划分为推算，非公司披露。",
            "USD m, memory only; CY calendar years, FY Micron's fiscal years; E: assumed by "
            "the scenario. The split by use is inferred, not reported by the companies."},
        err);
}

/* capacity SCENARIO: qualified wafers a month, nine quarters and the year ends after them. */
mcy_status table_capacity(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                          mcy_error *err)
{
    static const run_row rows[] = {
        {"capacity.%s.dram", {"DRAM（含HBM）", "DRAM with HBM"}, RUN_ONE_DECIMAL, true},
        {"wafers.%s.hbm", {"其中 HBM 投片", "of which HBM, run"}, RUN_ONE_DECIMAL, false},
        {"capacity.%s.nand", {"NAND", "NAND"}, RUN_ONE_DECIMAL, true}};
    static const run_row totals[] = {
        {"capacity.micron.%s+capacity.samsung.%s+capacity.skhynix.%s+capacity.rest.%s",
         {"DRAM（含HBM）", "DRAM with HBM"},
         RUN_ONE_DECIMAL,
         true},
        {"capacity.micron.%s+capacity.samsung.%s+capacity.skhynix.%s+capacity.rest.%s",
         {"NAND", "NAND"},
         RUN_ONE_DECIMAL,
         true}};
    static const char *const fabs[] = {"dram", "nand"};
    run_table t;
    MCY_TRY(run_table_open(pack, spec, (mcy_bilingual){"公司", "Maker"}, &t, err));
    for (int q = 0; q <= t.run->panel->last; q++)
        if (q <= 8 || (t.run->study->base_quarter + q) % 4 == 3)
            MCY_TRY(run_table_quarter(&t, q, err));
    MCY_TRY(run_table_create(&t, spec, table, err));
    for (size_t m = 0; m < RUN_MAKERS; m++)
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
            MCY_TRY(
                run_table_row(&t, run_makers[m].name, &rows[r], run_makers[m].key, true, err));
    for (size_t f = 0; f < 2; f++)
        MCY_TRY(run_table_row(&t, (mcy_bilingual){"合计", "All makers"}, &totals[f], fabs[f],
                              true, err));
    return run_table_close(
        &t,
        (mcy_bilingual){"千片/月，合格产能；推算，非公司披露；E 为情景测算。",
                        "Thousand wafers a month, qualified; inferred, not reported by "
                        "the companies; E: computed by the scenario."},
        err);
}
