/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a pack from one scenario run: wafer capacity by maker. */
#include "run_table.h"

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
            MCY_TRY(run_table_row(&t, run_makers[m].name, &rows[r], run_makers[m].key, err));
    for (size_t f = 0; f < 2; f++)
        MCY_TRY(
            run_table_row(&t, (mcy_bilingual){"合计", "All makers"}, &totals[f], fabs[f], err));
    return run_table_close(
        &t,
        (mcy_bilingual){"千片/月，合格产能；推算，非公司披露；E 为情景测算。",
                        "Thousand wafers a month, qualified; inferred, not reported by "
                        "the companies; E: computed by the scenario."},
        err);
}
