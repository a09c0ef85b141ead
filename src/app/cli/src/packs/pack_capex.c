/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table of capital spending by maker and year: what was published, then what a run spends. */
#include <string.h>

#include "mcy/number.h"
#include "pack_book.h"
#include "run_table.h"

enum { PAST_CALENDAR = 3, PAST_FISCAL = 4 };

/* A calendar year from quarters of a firm with its own year: published behind, the run's ahead.
 */
static mcy_status laid_year(run_table *t, pack_book *book, const char *key, const char *path,
                            const run_period *year, book_value *out, mcy_error *err)
{
    const mcy_quarter last = mcy_period_quarter(&book->last),
                      base = t->run->study->base_quarter;
    const char *parts[4] = {NULL};
    *out = (book_value){.value = 0};
    for (size_t k = 0; k < year->count; k++) {
        book_value quarter = {.value = MCY_MISSING};
        mcy_period at = mcy_period_shift(&book->last, base + year->quarters[k] - last);
        if (year->quarters[k] < 0)
            MCY_TRY(book_read(book, key, &at, &quarter, err));
        else
            MCY_TRY(
                mcy_pack_run_value(t->run, path, 1, &year->quarters[k], &quarter.value, err));
        out->value += quarter.value;
        parts[k] = quarter.id;
    }
    if (year->quarters[0] >= 0) {
        out->id = mcy_pack_run_id(t->pack, t->run, path, "", year->key);
    } else {
        out->id =
            mcy_arena_print(t->pack->arena, "accounts.%s.%s@%s", book->firm, key, year->key);
        book_rests_on(book, out->id, 4, parts);
    }
    return out->id ? MCY_OK : mcy_fail_memory(err);
}

/* A row of a firm whose quarters are published: its own years as in its accounts, calendar
 * years from the quarters laid on them. */
static mcy_status published_row(run_table *t, pack_book *book, mcy_bilingual name, bool strong,
                                const char *key, const char *path, mcy_error *err)
{
    static const mcy_display amount = {.decimals = 0, .brackets = true};
    mcy_table_row(t->table, strong);
    mcy_table_words(t->table, book->name);
    mcy_table_words(t->table, name);
    for (size_t i = 0; i < t->count; i++) {
        const run_period *year = &t->periods[i];
        book_value cell = {.value = MCY_MISSING};
        if (year->year_ends == MCY_CALENDAR_YEAR) {
            MCY_TRY(laid_year(t, book, key, path, year, &cell, err));
        } else {
            mcy_period period;
            MCY_TRY(mcy_period_parse(year->key, strlen(year->key), year->year_ends, false,
                                     &period, err));
            MCY_TRY(book_read(book, key, &period, &cell, err));
        }
        mcy_table_shown(t->table, cell.value, &amount, cell.id);
    }
    return MCY_OK;
}

static mcy_status capex_rows(run_table *t, pack_book *micron, const run_name *maker,
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
    const size_t last = sizeof rows / sizeof *rows - 1;
    const bool published = !strcmp(maker->key, micron->firm);
    for (size_t r = 0; r <= last; r++)
        if (published && (r == 0 || r == last))
            MCY_TRY(published_row(t, micron, rows[r].name, rows[r].strong,
                                  r ? "net_capex" : "capex",
                                  r ? "net_capex.micron" : "capex.micron", err));
        else
            MCY_TRY(run_table_row(t, maker->name, &rows[r], maker->key, err));
    return MCY_OK;
}

static mcy_status open_capex(pack_maker *pack, const mcy_table_spec *spec, run_table *t,
                             pack_book *micron, mcy_error *err)
{
    MCY_TRY(run_table_open(pack, spec, (mcy_bilingual){"公司", "Maker"}, t, err));
    return book_open(pack, spec->data[0], spec->data[1], "micron", micron, err);
}

/* capex SCENARIO: what each maker spent and spends and on what, by calendar year. */
mcy_status table_capex(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                       mcy_error *err)
{
    run_table t;
    pack_book micron;
    MCY_TRY(open_capex(pack, spec, &t, &micron, err));
    MCY_TRY(run_table_past_years(&t, MCY_CALENDAR_YEAR, PAST_CALENDAR, err));
    MCY_TRY(run_table_years(&t, MCY_CALENDAR_YEAR, err));
    MCY_TRY(run_table_create(&t, spec, table, err));
    for (size_t m = 0; m < RUN_MAKERS; m++)
        MCY_TRY(capex_rows(&t, &micron, &run_makers[m], err));
    return run_table_close(
        &t,
        (mcy_bilingual){
            "百万美元，存储业务，自然年；美光财季按季末最接近的自然季对齐，历史为公司公布（总额"
            "为现金支出，GAAP；"
            "净额为公司口径，non-GAAP）；带 * 者为情景对历史的取值（判断，非公司披露）；E "
            "为情景假设。用途划分为推算，"
            "非公司披露。",
            "USD m, memory only, calendar years; Micron's quarters on the nearest, its past as "
            "published (gross: cash outlay, GAAP; net: its own measure, non-GAAP). Marked *: "
            "the "
            "scenario's reading of the past, a judgement, not reported. E: assumed by the "
            "scenario. "
            "The split by use is inferred, not reported by the companies."},
        err);
}

/* capex-fiscal SCENARIO: the same of Micron in its own years. */
mcy_status table_capex_fiscal(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                              mcy_error *err)
{
    run_table t;
    pack_book micron;
    MCY_TRY(open_capex(pack, spec, &t, &micron, err));
    const int own = run_table_year_ends(t.run->study, "micron");
    if (own == MCY_CALENDAR_YEAR)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%s': the scenario gives micron the calendar's years", spec->data[0]);
    MCY_TRY(run_table_past_years(&t, own, PAST_FISCAL, err));
    MCY_TRY(run_table_years(&t, own, err));
    MCY_TRY(run_table_create(&t, spec, table, err));
    MCY_TRY(capex_rows(&t, &micron, &run_makers[0], err));
    return run_table_close(
        &t,
        (mcy_bilingual){
            "百万美元，美光财年；历史为公司公布（总额为现金支出，GAAP；净额为公司口径，non-"
            "GAAP）；E "
            "为情景假设。用途划分为推算，非公司披露。",
            "USD m, Micron's fiscal years; the past as published (gross: cash outlay, GAAP; "
            "net: its own measure, non-GAAP). E: assumed by the scenario. The split by use is "
            "inferred, not reported by the company."},
        err);
}
