/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table of a pack: what 1 % of each price, and of a firm's bits, is worth to the firm. */
#include <string.h>

#include "mcy/number.h"
#include "pack_number.h"
#include "price_worth.h"
#include "run_table.h"

/* How a metric and its change are shown; fractions in percent and points. */
typedef struct sensitivity_row {
    mcy_bilingual name;
    double scale;
    mcy_display level, change;
} sensitivity_row;

static const sensitivity_row sensitivity_rows[MCY_WORTH_METRICS] = {
    {{"收入（百万美元）", "Revenue (USD m)"},
     1,
     {.decimals = 0},
     {.decimals = 1, .signed_plus = true}},
    {{"毛利率（%；变动为百分点）", "Gross margin (%; changes in points)"},
     100,
     {.decimals = 1},
     {.decimals = 3, .signed_plus = true}},
    {{"每股收益（美元）", "EPS (USD)"},
     1,
     {.decimals = 2},
     {.decimals = 3, .signed_plus = true}}};

static const struct {
    const char *key;
    mcy_bilingual name;
} sensitivity_kinds[MCY_WORTH_KINDS] = {{"asp", {"平均售价", "ASP"}},
                                        {"price", {"合约价", "contract price"}},
                                        {"bits", {"位元", "bits"}}};

typedef struct sensitivity {
    run_table t;
    const char *firm;
    mcy_worth worth;
} sensitivity;

/* A metric of the scenario itself in a column. */
static mcy_status level_of(const sensitivity *s, size_t metric, const run_period *period,
                           const char **path, double *value, mcy_error *err)
{
    *path = mcy_arena_print(s->t.pack->arena, "%s.%s", mcy_worth_metric(metric), s->firm);
    if (!*path)
        return mcy_fail_memory(err);
    return mcy_pack_run_value(s->t.run, *path, period->count, period->quarters, value, err);
}

static bool has_metric(const sensitivity *s, size_t metric)
{
    for (size_t c = 0; c < s->worth.change_count; c++)
        if (!mcy_is_missing(mcy_worth_of(&s->worth, 0, metric, c)))
            return true;
    return false;
}

static mcy_status add_levels(sensitivity *s, mcy_error *err)
{
    for (size_t m = 0; m < MCY_WORTH_METRICS; m++) {
        const sensitivity_row *row = &sensitivity_rows[m];
        if (!has_metric(s, m))
            continue;
        mcy_table_row(s->t.table, true);
        mcy_table_words(s->t.table, (mcy_bilingual){"情景本身", "The scenario"});
        mcy_table_words(s->t.table, row->name);
        for (size_t i = 0; i < s->t.count; i++) {
            const char *path;
            double value;
            MCY_TRY(level_of(s, m, &s->t.periods[i], &path, &value, err));
            mcy_table_shown(
                s->t.table, row->scale * value, &row->level,
                mcy_pack_run_id(s->t.pack, s->t.run, path, "", s->t.periods[i].key));
        }
    }
    return MCY_OK;
}

/* "DRAM 价格 +1%". */
static mcy_status name_change(sensitivity *s, const mcy_worth_change *change,
                              mcy_bilingual *name, mcy_error *err)
{
    static const run_name products[] = {
        {"dram", {"DRAM", "DRAM"}}, {"hbm", {"HBM", "HBM"}}, {"nand", {"NAND", "NAND"}}};
    mcy_arena *arena = s->t.pack->arena;
    mcy_bilingual product = {change->product, change->product};
    for (size_t i = 0; i < sizeof products / sizeof *products; i++)
        if (!strcmp(products[i].key, change->product))
            product = products[i].name;
    mcy_bilingual kind = sensitivity_kinds[change->kind].name;
    name->zh = mcy_arena_print(arena, "%s %s +1%%", product.zh, kind.zh);
    name->en = mcy_arena_print(arena, "%s %s +1%%", product.en, kind.en);
    return name->zh && name->en ? MCY_OK : mcy_fail_memory(err);
}

static mcy_status add_change(sensitivity *s, size_t change, mcy_error *err)
{
    const mcy_worth_change *c = &s->worth.changes[change];
    mcy_bilingual name;
    MCY_TRY(name_change(s, c, &name, err));
    for (size_t m = 0; m < MCY_WORTH_METRICS; m++) {
        const sensitivity_row *row = &sensitivity_rows[m];
        if (!has_metric(s, m))
            continue;
        mcy_table_row(s->t.table, false);
        mcy_table_words(s->t.table, name);
        mcy_table_words(s->t.table, row->name);
        for (size_t i = 0; i < s->t.count; i++) {
            const char *id =
                mcy_arena_print(s->t.pack->arena, "worth.%s.%s.%s.%s.%s@%s", s->t.run->name,
                                sensitivity_kinds[c->kind].key, c->product, mcy_worth_metric(m),
                                s->firm, s->t.periods[i].key);
            mcy_pack_rests_on_run(s->t.pack, id, s->t.run);
            mcy_table_shown(s->t.table, row->scale * mcy_worth_of(&s->worth, i, m, change),
                            &row->change, id);
        }
    }
    return MCY_OK;
}

/* Whether a change moves the firm's revenue in any column: what it does not sell is left out.
 */
static bool moves(const sensitivity *s, size_t change)
{
    for (size_t i = 0; i < s->t.count; i++)
        if (mcy_worth_of(&s->worth, i, MCY_WORTH_REVENUE, change) != 0)
            return true;
    return false;
}

static mcy_status find_worth(sensitivity *s, mcy_error *err)
{
    mcy_worth_place places[RUN_PERIODS];
    for (size_t i = 0; i < s->t.count; i++)
        places[i] = (mcy_worth_place){s->firm, s->t.periods[i].key};
    MCY_TRY(mcy_worth_find(s->t.pack->arena, s->t.run->study, s->firm, places, s->t.count,
                           &s->worth, err));
    if (!s->worth.change_count)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "the model has no price_shock by product, or no revenue, gross_margin "
                        "and eps of '%s'",
                        s->firm);
    return MCY_OK;
}

/* The next quarter as the firm calls it: 2026Q2 is Micron's FQ3-26. */
static mcy_status name_quarter(sensitivity *s, mcy_error *err)
{
    const mcy_period *last = mcy_facts_last_quarter(s->t.pack->facts, s->firm);
    char shown[32];
    if (!last)
        return MCY_OK;
    mcy_period next =
        mcy_period_shift(last, s->t.run->study->base_quarter + 1 - mcy_period_quarter(last));
    mcy_period_label(&next, true, shown);
    const char *name = mcy_arena_copy(s->t.pack->arena, shown, strlen(shown));
    if (!name)
        return mcy_fail_memory(err);
    s->t.columns[1 + s->t.count].name = (mcy_bilingual){name, name};
    return MCY_OK;
}

/* sensitivities SCENARIO FIRM: the next quarter and the firm's years ahead. */
mcy_status table_sensitivities(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                               mcy_error *err)
{
    if (spec->data_count != 3)
        return MCY_FAIL(err, MCY_E_INPUT, "'sensitivities' wants SCENARIO FIRM");
    mcy_table_spec open = *spec;
    open.data_count = 2;
    sensitivity s = {.firm = spec->data[2]};
    MCY_TRY(run_table_open(pack, &open, (mcy_bilingual){"变动", "Change"}, &s.t, err));
    MCY_TRY(run_table_quarter(&s.t, 1, err));
    MCY_TRY(name_quarter(&s, err));
    MCY_TRY(run_table_years(&s.t, run_table_year_ends(s.t.run->study, s.firm), err));
    MCY_TRY(run_table_create(&s.t, spec, table, err));
    MCY_TRY(find_worth(&s, err));
    MCY_TRY(add_levels(&s, err));
    for (size_t c = 0; c < s.worth.change_count; c++)
        if (moves(&s, c))
            MCY_TRY(add_change(&s, c, err));
    const char *basis = !strcmp(s.firm, "micron") ? "non-GAAP" : "IFRS";
    return run_table_close(
        &s.t,
        (mcy_bilingual){
            mcy_arena_print(
                pack->arena,
                "下季起各高 1%%：平均售价为公司实现价，其他不变；合约价含需求与后续价格的"
                "反应；位元为公司良率，含对市场价格的影响。一阶导数；毛利率与每股收益为 "
                "%s；E 为情景测算。",
                basis),
            mcy_arena_print(
                pack->arena,
                "Each 1%% higher from the next quarter on. ASP: what the firm realises, "
                "nothing else moves; contract price: with the answer of demand and of "
                "later prices; bits: by the firm's yield, with the answer of the "
                "market's price. First derivatives; gross margin and EPS %s; E: computed "
                "by the scenario.",
                basis)},
        err);
}
