/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a run by firm and by market. A row whose symbol the model lacks is left out. */
#include "run_tables.h"

#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/period.h"

enum { MOST_COLUMNS = 80, MOST_YEARS = 16 };

/* A row of a table. %s in the path is the firm or product; {product} runs over the products,
 * {firm} over the firms. */
typedef struct row_plan {
    const char *path;
    mcy_bilingual name;
    bool strong;
} row_plan;

static const row_plan firm_rows[] = {
    {"product_revenue.%s.dram", {"DRAM 收入", "revenue, DRAM"}, false},
    {"product_revenue.%s.hbm", {"HBM 收入", "revenue, HBM"}, false},
    {"product_revenue.%s.nand", {"NAND 收入", "revenue, NAND"}, false},
    {"other_sales.%s", {"其他收入", "revenue, other"}, false},
    {"revenue.%s", {"营业收入", "revenue"}, true},
    {"gross_margin.%s", {"毛利率", "gross margin"}, true},
    {"operating_income.%s", {"营业利润", "operating income"}, false},
    {"operating_margin.%s", {"营业利润率", "operating margin"}, false},
    {"net_income.%s", {"净利润", "net income"}, false},
    {"eps.%s", {"每股收益（美元）", "EPS, USD"}, true},
    {"eps_gaap.%s", {"每股收益 GAAP（美元）", "EPS GAAP, USD"}, false},
    {"capex.%s", {"资本开支", "capex, gross"}, false},
    {"net_capex.%s", {"资本开支净额", "capex, net"}, false},
    {"depreciation.%s", {"折旧", "depreciation"}, false},
    {"ocf.%s", {"经营现金流", "operating cash flow"}, false},
    {"fcf.%s", {"自由现金流", "free cash flow"}, true},
    {"net_cash.%s", {"净现金", "net cash"}, false},
};

static const row_plan market_rows[] = {
    {"price.%s", {"合约价指数", "price, base = 1"}, true},
    {"price_move.%s", {"价格变动（对数）", "price move, log"}, false},
    {"industry_revenue.%s", {"行业收入", "industry revenue"}, true},
    {"demand.%s", {"需求（基期价）", "demand, base prices"}, false},
    {"offered.%s", {"可供量（基期价）", "offered, base prices"}, false},
    {"shipped_total.%s", {"出货（基期价）", "shipped, base prices"}, false},
    {"fill_rate.%s", {"订单满足率", "fill rate of orders"}, true},
    {"sufficiency.%s", {"供需缺口", "sufficiency"}, true},
    {"industry_bits.%s", {"位元供给指数", "bits made, base = 1"}, false},
    {"bits_change.%s", {"位元供给环比", "bits made, q/q"}, false},
    {"bit_growth.%s", {"位元供给同比（4 季）", "bits made, 4 quarters y/y"}, false},
    {"industry_weeks.%s", {"库存周数", "own stock, weeks"}, false},
    {"share.micron.%s", {"美光份额", "share, Micron"}, false},
    {"share.samsung.%s", {"三星份额", "share, Samsung"}, false},
    {"share.skhynix.%s", {"SK 海力士份额", "share, SK hynix"}, false},
    {"share.rest.%s", {"其他份额", "share, rest"}, false},
    {"concentration.%s", {"集中度（HHI）", "HHI, 0..1"}, false},
};

/* The columns of one table: quarters 0..quarters, then whole years. */
typedef struct plan {
    mcy_call *call;
    const mcy_study *study;
    const mcy_path_panel *panel;
    const mcy_run_look *look;
    int last, year_ends;
    size_t year_count;
    mcy_year years[MOST_YEARS];
    mcy_table_column columns[MOST_COLUMNS];
    size_t column_count;
} plan;

static mcy_status plan_columns(plan *p, mcy_error *err)
{
    mcy_arena *arena = p->call->arena;
    p->last = mcy_unrolled_last(p->study->unrolled);
    if (p->look->quarters < p->last)
        p->last = p->look->quarters;
    if (p->last > MOST_COLUMNS - MOST_YEARS - 2)
        p->last = MOST_COLUMNS - MOST_YEARS - 2;
    p->year_count = mcy_years_of(p->study, p->year_ends, MOST_YEARS, p->years);
    p->columns[p->column_count++] = (mcy_table_column){"item", {"", ""}, true, {0}};
    for (int q = 0; q <= p->last; q++) {
        char quarter[32];
        mcy_quarter_format(p->study->base_quarter + q, quarter);
        char *key = mcy_arena_print(arena, "%s", quarter);
        char *shown = mcy_arena_print(arena, q ? "%sE" : "%s", quarter);
        if (!key || !shown)
            return mcy_fail_memory(err);
        p->columns[p->column_count++] = (mcy_table_column){key, {shown, shown}, false, {0}};
    }
    for (size_t i = 0; i < p->year_count; i++) {
        char *shown = mcy_arena_print(arena, "%sE", p->years[i].name);
        if (!shown)
            return mcy_fail_memory(err);
        p->columns[p->column_count++] =
            (mcy_table_column){p->years[i].name, {shown, shown}, false, {0}};
    }
    return MCY_OK;
}

/* "FQ2-26" under each calendar quarter, where the firm's quarters are others. */
static void add_fiscal_row(plan *p, mcy_table *table)
{
    if (p->year_ends == MCY_CALENDAR_YEAR)
        return;
    mcy_table_row(table, false);
    mcy_table_words(table, (mcy_bilingual){"财季", "fiscal quarter"});
    for (int q = 0; q <= p->last; q++) {
        char text[32];
        mcy_quarter quarter = p->study->base_quarter + q;
        /* The fiscal quarter laid on it: its year and number follow from the month it ends in. */
        for (int year = mcy_quarter_year(quarter); year <= mcy_quarter_year(quarter) + 1;
             year++)
            for (int n = 1; n <= 4; n++) {
                mcy_period period;
                int length = snprintf(text, sizeof text, "FQ%d-%02d", n, year % 100);
                if (mcy_period_parse(text, (size_t)length, p->year_ends, false, &period,
                                     NULL) == MCY_OK &&
                    mcy_period_quarter(&period) == quarter) {
                    mcy_table_text(table, text);
                    year += 2;
                    break;
                }
            }
    }
    for (size_t i = 0; i < p->year_count; i++)
        mcy_table_text(table, "");
}

static void add_row(plan *p, mcy_table *table, const row_plan *row, const char *name)
{
    char path[128];
    size_t symbol, element;
    const char *mark = strstr(row->path, "%s");
    snprintf(path, sizeof path, "%.*s%s%s", (int)(mark - row->path), row->path, name, mark + 2);
    if (mcy_model_find(p->study->model, path, &symbol, &element, NULL) != MCY_OK)
        return;
    const mcy_symbol *s = mcy_model_symbol(p->study->model, symbol);
    mcy_display display = mcy_display_of(s);
    bool any = false;
    for (int q = 0; q <= p->last; q++) {
        double x = mcy_path_panel_value(p->panel, symbol, element, q);
        any = any || (!mcy_is_missing(x) && x != 0);
    }
    if (!any)
        return;
    mcy_table_row(table, row->strong);
    mcy_table_words(table, row->name);
    for (int q = 0; q <= p->last; q++)
        mcy_table_shown(table,
                        mcy_shown_of(s, mcy_path_panel_value(p->panel, symbol, element, q)),
                        &display, NULL);
    bool sums = s->kind == MCY_SYMBOL_ASSUMPTION && strcmp(s->unit, "usd_m") == 0;
    for (size_t i = 0; i < p->year_count; i++) {
        double x = 0;
        for (int k = 0; sums && k < 4; k++)
            x += mcy_path_panel_value(p->panel, symbol, element, p->years[i].quarters[k]);
        if (!sums)
            x = mcy_path_panel_year(p->panel, symbol, element, 4, p->years[i].quarters);
        mcy_table_shown(table, mcy_shown_of(s, x), &display, NULL);
    }
}

static int year_ends_of(const mcy_study *study, const char *name)
{
    const mcy_calendars *calendars = study->inputs->calendars;
    for (size_t i = 0; i < calendars->count; i++)
        if (strcmp(calendars->names[i], name) == 0)
            return calendars->year_ends[i];
    return MCY_CALENDAR_YEAR;
}

static mcy_status print_one(plan *p, const char *kind, const char *name, const char *unit,
                            const row_plan *rows, size_t count, mcy_error *err)
{
    mcy_arena *arena = p->call->arena;
    MCY_TRY(plan_columns(p, err));
    char *id = mcy_arena_print(arena, "%s-%s-%s", p->study->name, kind, name);
    char *title = mcy_arena_print(arena, "%s: %s, %s", p->study->name, name, unit);
    if (!id || !title)
        return mcy_fail_memory(err);
    mcy_table *table =
        mcy_table_create(arena, id, (mcy_bilingual){title, title}, p->columns, p->column_count);
    if (!table)
        return mcy_fail_memory(err);
    add_fiscal_row(p, table);
    for (size_t i = 0; i < count; i++)
        add_row(p, table, &rows[i], name);
    if (p->year_ends != MCY_CALENDAR_YEAR)
        mcy_table_note(table, (mcy_bilingual){mcy_period_rule, mcy_period_rule});
    MCY_TRY(mcy_call_print_table(p->call, table, p->look->form, p->look->language, err));
    fputc('\n', p->call->out);
    return MCY_OK;
}

static mcy_status print_each(mcy_call *call, const mcy_study *study,
                             const mcy_path_panel *panel, const mcy_run_look *look,
                             const char *dimension, const char *kind, const char *unit,
                             const row_plan *rows, size_t count, mcy_error *err)
{
    size_t number = mcy_model_find_dimension(study->model, dimension);
    if (number == MCY_NONE)
        return MCY_OK;
    const mcy_dimension *d = mcy_model_dimension(study->model, number);
    for (size_t e = 0; e < d->element_count; e++) {
        plan p = {.call = call,
                  .study = study,
                  .panel = panel,
                  .look = look,
                  .year_ends = year_ends_of(study, d->elements[e])};
        MCY_TRY(print_one(&p, kind, d->elements[e], unit, rows, count, err));
    }
    return MCY_OK;
}

mcy_status mcy_run_print_firms(mcy_call *call, const mcy_study *study,
                               const mcy_path_panel *panel, const mcy_run_look *look,
                               mcy_error *err)
{
    return print_each(call, study, panel, look, "firm", "firm", "USD m", firm_rows,
                      sizeof firm_rows / sizeof *firm_rows, err);
}

mcy_status mcy_run_print_markets(mcy_call *call, const mcy_study *study,
                                 const mcy_path_panel *panel, const mcy_run_look *look,
                                 mcy_error *err)
{
    return print_each(call, study, panel, look, "product", "market", "calendar quarters, USD m",
                      market_rows, sizeof market_rows / sizeof *market_rows, err);
}
