/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peak and trough of each cycle since 2016: what firms reported, and the fitted market price.
 */
#include <math.h>
#include <string.h>

#include "mcy/fit_file.h"
#include "mcy/number.h"
#include "mcy/turning_points.h"
#include "pack_number.h"
#include "pack_page.h"

enum { MOST_QUARTERS = 160, SINCE_YEAR = 2016, WINDOW = 2 };
#define LEAST_PERCENT 25.0 /* of the lower level, for amounts and prices */
#define LEAST_POINTS  15.0 /* for margins */

/* What a series of the table is. */
typedef struct cycle_plan {
    const char *company, *product, *metric;
    int basis;
    mcy_bilingual name;
    int decimals;
    bool points;            /* a margin: changes in points, not percent */
    const char *not_before; /* first quarter on the present basis; NULL: as far as it goes */
} cycle_plan;

static const cycle_plan plans[] = {
    {"micron",
     "total",
     "revenue",
     MCY_BASIS_GAAP,
     {"美光收入（百万美元，GAAP）", "Micron revenue (USD m, GAAP)"},
     0,
     false,
     NULL},
    {"micron",
     "dram",
     "revenue",
     0,
     {"美光 DRAM 收入（百万美元，GAAP）", "Micron DRAM revenue (USD m, GAAP)"},
     0,
     false,
     "FQ1-19"},
    {"micron",
     "nand",
     "revenue",
     0,
     {"美光 NAND 收入（百万美元，GAAP）", "Micron NAND revenue (USD m, GAAP)"},
     0,
     false,
     "FQ1-19"},
    {"micron",
     "total",
     "gross_margin",
     MCY_BASIS_NON_GAAP,
     {"美光毛利率（%，non-GAAP）", "Micron gross margin (%, non-GAAP)"},
     1,
     true,
     NULL},
    {"micron",
     "total",
     "operating_margin",
     MCY_BASIS_NON_GAAP,
     {"美光营业利润率（%，non-GAAP）", "Micron operating margin (%, non-GAAP)"},
     1,
     true,
     NULL},
    {"skhynix",
     "total",
     "revenue",
     MCY_BASIS_IFRS,
     {"SK海力士收入（万亿韩元，IFRS）", "SK hynix revenue (KRW tn, IFRS)"},
     2,
     false,
     NULL},
    {"skhynix",
     "total",
     "operating_margin",
     MCY_BASIS_IFRS,
     {"SK海力士营业利润率（%，IFRS）", "SK hynix operating margin (%, IFRS)"},
     1,
     true,
     NULL},
    {"samsung",
     "memory",
     "revenue",
     MCY_BASIS_IFRS,
     {"三星存储收入（万亿韩元，IFRS）", "Samsung memory revenue (KRW tn, IFRS)"},
     2,
     false,
     NULL}};

/* A series while its turns are found: quarter i has a value, a name and an id. */
typedef struct cycle_series {
    pack_maker *pack;
    mcy_table *table;
    mcy_bilingual name;
    int decimals;
    bool points;
    const mcy_decomposition
        *fit; /* of a fitted price, whose level[i] is before quarter i; or NULL */
    size_t count;
    double value[MOST_QUARTERS], level[MOST_QUARTERS];
    const char *period[MOST_QUARTERS], *id[MOST_QUARTERS];
    mcy_quarter quarter[MOST_QUARTERS];
} cycle_series;

/* The last run of quarters without a gap, on one basis. */
static mcy_status read_facts(cycle_series *s, const cycle_plan *plan, bool used[64],
                             mcy_error *err)
{
    const mcy_facts *facts = s->pack->facts;
    const mcy_period *last = mcy_facts_last_quarter(facts, plan->company);
    mcy_period first = {0};
    const mcy_fact *row[MOST_QUARTERS];
    if (plan->not_before)
        MCY_TRY(mcy_period_parse(plan->not_before, strlen(plan->not_before),
                                 mcy_facts_year_ends(facts, plan->company), false, &first,
                                 err));
    s->count = 0;
    for (int back = 0; last && back < MOST_QUARTERS; back++) {
        mcy_period period = mcy_period_shift(last, -back);
        const mcy_fact *fact = mcy_pack_winner(s->pack, plan->company, plan->product,
                                               plan->metric, plan->basis, &period);
        if (period.last_month < first.last_month || (!fact && s->count))
            break;
        if (fact)
            row[s->count++] = fact;
    }
    for (size_t i = 0; i < s->count; i++) {
        const mcy_fact *fact = row[s->count - 1 - i];
        char key[32];
        mcy_period_format(&fact->target, key);
        mcy_pack_house(s->pack, fact, used);
        s->value[i] = mcy_fact_middle(fact);
        s->level[i] = plan->points ? s->value[i] : log(s->value[i]);
        s->quarter[i] = mcy_period_quarter(&fact->target);
        s->period[i] = mcy_arena_copy(s->pack->arena, key, strlen(key));
        s->id[i] = mcy_pack_fact_id(s->pack, plan->company, plan->product, plan->metric,
                                    plan->basis, &fact->target);
        if (!s->period[i] || !s->id[i])
            return mcy_fail_memory(err);
    }
    return MCY_OK;
}

/* The market's price: level 0 is the quarter before the fit's first, the last quarter is 100.
 */
static mcy_status read_fit(cycle_series *s, const char *product, mcy_error *err)
{
    MCY_TRY(mcy_pack_fit(s->pack, product, &s->fit, err));
    const mcy_panel *panel = &s->fit->panel;
    if (panel->quarters + 1 > MOST_QUARTERS)
        return MCY_FAIL(err, MCY_E_DOMAIN, "fit of '%s': at most %d quarters, got %zu", product,
                        MOST_QUARTERS - 1, panel->quarters);
    s->count = panel->quarters + 1;
    s->level[0] = 0;
    for (size_t i = 1; i < s->count; i++)
        s->level[i] = s->level[i - 1] + s->fit->market[i - 1];
    for (size_t i = 0; i < s->count; i++) {
        char key[32];
        s->quarter[i] = panel->first - 1 + (mcy_quarter)i;
        mcy_quarter_format(s->quarter[i], key);
        s->value[i] = 100 * exp(s->level[i] - s->level[s->count - 1]);
        s->period[i] = mcy_arena_copy(s->pack->arena, key, strlen(key));
        s->id[i] = mcy_arena_print(s->pack->arena, "fit.%s.market.index@%s", product, key);
        if (!s->period[i] || !s->id[i])
            return mcy_fail_memory(err);
        mcy_pack_rests_on_fit(s->pack, s->id[i], product);
    }
    return MCY_OK;
}

/* A level with its 90 % interval; a published one has none. */
static mcy_status put_value(const cycle_series *s, size_t at, mcy_error *err)
{
    mcy_display display = {.decimals = s->decimals,
                           .brackets = !s->points}; /* not of percent */
    double low = MCY_MISSING, high = MCY_MISSING;
    if (s->fit && at + 1 < s->count) {
        double sum, sd;
        MCY_TRY(mcy_decompose_market_sum(s->fit, at, s->count - 2, &sum, &sd, err));
        mcy_fit_interval_pct(-sum, sd, &low, &high);
        low += 100;
        high += 100;
    }
    mcy_table_shown(s->table, s->value[at], &display, s->id[at]);
    mcy_table_shown(s->table, low, &display, NULL);
    mcy_table_shown(s->table, high, &display, NULL);
    return MCY_OK;
}

/* Id of a change, which rests on the numbers at both ends. */
static const char *change_id(const cycle_series *s, size_t from, size_t to)
{
    if (from >= to)
        return NULL;
    const char *id = mcy_arena_print(s->pack->arena, "%s.since.%s", s->id[to], s->period[from]);
    mcy_pack_rests_on(s->pack, id, "from", "these numbers",
                      mcy_arena_print(s->pack->arena, "%s %s", s->id[from], s->id[to]));
    return id;
}

/* The change since the turn before, with its interval, and how long it took. */
static mcy_status put_change(const cycle_series *s, size_t from, size_t to, mcy_error *err)
{
    double change = MCY_MISSING, low = MCY_MISSING, high = MCY_MISSING;
    if (from < to && s->points)
        change = s->value[to] - s->value[from];
    else if (from < to)
        change = 100 * (s->value[to] / s->value[from] - 1);
    if (from < to && s->fit) {
        double sum, sd;
        MCY_TRY(mcy_decompose_market_sum(s->fit, from, to - 1, &sum, &sd, err));
        mcy_fit_interval_pct(sum, sd, &low, &high);
    }
    mcy_table_number(s->table, change, change_id(s, from, to));
    mcy_table_number(s->table, low, NULL);
    mcy_table_number(s->table, high, NULL);
    mcy_table_words(s->table, from >= to  ? (mcy_bilingual){"", ""}
                              : s->points ? (mcy_bilingual){"百分点", "pp"}
                                          : (mcy_bilingual){"%", "%"});
    mcy_table_number(s->table, from < to ? (double)(to - from) : MCY_MISSING, NULL);
    return MCY_OK;
}

static mcy_status put_row(const cycle_series *s, mcy_bilingual turn, size_t from, size_t to,
                          bool strong, mcy_error *err)
{
    mcy_table_row(s->table, strong);
    mcy_table_words(s->table, s->name);
    mcy_table_words(s->table, turn);
    const char *shown = mcy_pack_label(s->pack->arena, s->period[to], false);
    if (!shown)
        return mcy_fail_memory(err);
    mcy_table_keyed(s->table, s->period[to], (mcy_bilingual){NULL, shown});
    MCY_TRY(put_value(s, to, err));
    return put_change(s, from, to, err);
}

/* Where the numbers begin, the turns since 2016, and where it stands now. */
static mcy_status put_series(const cycle_series *s, mcy_error *err)
{
    mcy_turn turn[MOST_QUARTERS];
    size_t turns;
    mcy_turn_rule rule = {WINDOW, s->points ? LEAST_POINTS : log1p(LEAST_PERCENT / 100)};
    mcy_quarter since = mcy_quarter_of(SINCE_YEAR, 1);
    if (s->count == 0)
        return MCY_OK;
    MCY_TRY(mcy_turning_points(s->count, s->level, &rule, turn, &turns, err));
    bool strong = true, begins = s->quarter[0] >= since;
    if (begins)
        MCY_TRY(put_row(s, (mcy_bilingual){"数据起点", "start of data"}, 0, 0, strong, err));
    strong = !begins;
    size_t from = begins ? 0 : s->count;
    for (size_t i = 0; i < turns; i++) {
        mcy_bilingual name =
            turn[i].peak ? (mcy_bilingual){"峰", "peak"} : (mcy_bilingual){"谷", "trough"};
        if (s->quarter[turn[i].at] >= since) {
            MCY_TRY(put_row(s, name, from, turn[i].at, strong, err));
            strong = false;
        }
        from = turn[i].at;
    }
    return put_row(s, (mcy_bilingual){"最新", "latest"}, from, s->count - 1, strong, err);
}

static mcy_status add_notes(pack_maker *pack, mcy_table *table, const bool used[64],
                            mcy_error *err)
{
    static const mcy_bilingual notes[] = {
        {"峰（谷）为前后各两个季度中的最高（最低）点，峰谷交替；高点高出低点不足 "
         "25%（利润率不足 15 "
         "个百分点）的波动不计；最近两个季度不判定，最近一次峰谷仍可能随新数据改变"
         "（Bry–Boschan 1971；Harding–Pagan 2002）。"
         "自数据起点起的变动不是完整阶段。",
         "A peak (trough) is the highest (lowest) of two quarters on each side, in turn; waves "
         "whose "
         "high is less than 25 % above the low (15 points of margin) do not count; the last "
         "two "
         "quarters are not called, and new data may move the last turn (Bry and Boschan 1971; "
         "Harding and Pagan 2002). A change "
         "since the "
         "data begin is no full phase."},
        {"美光 DRAM、NAND 收入自 FQ1-19 起口径一致，此前不衔接；FQ4-20 为 14 周；FQ2-23 "
         "毛利率含存货减值 "
         "14 亿美元（38.7 个百分点）。",
         "Micron's DRAM and NAND revenue is on one basis from FQ1-19 and not chained before; "
         "FQ4-20 has "
         "14 weeks; the gross margin of FQ2-23 holds a USD 1.4bn inventory write-down (38.7 "
         "points)."},
        {"市场价格为拟合的价格因子逐季累计，附 90% "
         "区间，峰谷所在季度亦有误差；推算，非公司披露。",
         "Market price: the fitted factor cumulated, with 90 % intervals; the quarter of a "
         "turn is an "
         "estimate too; inferred, not reported."}};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        mcy_table_note(table, notes[i]);
    mcy_bilingual source;
    MCY_TRY(mcy_pack_sources_and(pack, used, mcy_pack_estimates, &source, err));
    mcy_table_note(table, source);
    return MCY_OK;
}

/* cycles: peak and trough of each cycle since 2016. */
mcy_status table_cycles(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                        mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"series", {"指标", "Series"}, true, {0}},
        {"turn", {"峰/谷", "Turn"}, true, {0}},
        {"period", {"季度", "Quarter"}, true, {0}},
        {"value", {"数值", "Value"}, false, {.decimals = 1}},
        {"low", {"90% 下限", "90% low"}, false, {.decimals = 1}},
        {"high", {"90% 上限", "90% high"}, false, {.decimals = 1}},
        {"change", {"变动", "Change"}, false, {.decimals = 1, .signed_plus = true}},
        {"change_low", {"90% 下限", "90% low"}, false, {.decimals = 1, .signed_plus = true}},
        {"change_high", {"90% 上限", "90% high"}, false, {.decimals = 1, .signed_plus = true}},
        {"change_unit", {"单位", "Unit"}, true, {0}},
        {"quarters", {"季度数", "Quarters"}, false, {.decimals = 0}}};
    static const char *const products[] = {"dram", "nand"};
    static const mcy_bilingual prices[] = {
        {"DRAM 市场价格（指数，最新=100，推算）", "DRAM market price (latest=100, inferred)"},
        {"NAND 市场价格（指数，最新=100，推算）", "NAND market price (latest=100, inferred)"}};
    bool used[64] = {0};
    *table = mcy_table_create(pack->arena, spec->id, spec->title, columns,
                              sizeof columns / sizeof *columns);
    cycle_series *s = MCY_TAKE(pack->arena, cycle_series, 1);
    if (!*table || !s)
        return mcy_fail_memory(err);
    if (spec->data_count != 1)
        return MCY_FAIL(err, MCY_E_INPUT, "'cycles' wants nothing behind it, got '%s'",
                        spec->data[1]);
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        *s = (cycle_series){.pack = pack,
                            .table = *table,
                            .name = plans[i].name,
                            .decimals = plans[i].decimals,
                            .points = plans[i].points};
        MCY_TRY(read_facts(s, &plans[i], used, err));
        MCY_TRY(put_series(s, err));
    }
    for (size_t p = 0; p < 2; p++) {
        *s = (cycle_series){.pack = pack, .table = *table, .name = prices[p], .decimals = 1};
        MCY_TRY(read_fit(s, products[p], err));
        MCY_TRY(put_series(s, err));
    }
    return add_notes(pack, *table, used, err);
}
