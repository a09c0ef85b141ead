/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs side by side: the numbers of each firm by year and of the markets, with differences. */
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "run_tables.h"

enum { MOST_FIRMS = 12, YEARS = 3, PATHS = 6 };

static const char *const paths[PATHS] = {
    "revenue.%s",    "gross_margin.%s", "operating_margin.%s",
    "net_income.%s", "eps.%s",          "fcf.%s"};

static mcy_status comparison_columns(mcy_call *call, size_t count, mcy_study *const *studies,
                                     mcy_table_column *columns, mcy_error *err)
{
    columns[0] = (mcy_table_column){"metric", {"指标", "metric"}, true, {0}};
    for (size_t i = 0; i < count; i++)
        columns[1 + i] = (mcy_table_column){
            studies[i]->name, {studies[i]->name, studies[i]->name}, true, {0}};
    for (size_t i = 0; i + 1 < count; i++) {
        char *name =
            mcy_arena_print(call->arena, "%s - %s", studies[i]->name, studies[count - 1]->name);
        if (!name)
            return mcy_fail_memory(err);
        columns[1 + count + i] = (mcy_table_column){name, {name, name}, true, {0}};
    }
    return MCY_OK;
}

/* A firm's number in its first complete years; those that are nothing are left out. */
static void add_metrics(mcy_call *call, const mcy_study *study, const mcy_path_panel *panel,
                        const char *pattern, const char *firm, mcy_metric *metrics,
                        size_t *count)
{
    char path[64], name[96];
    size_t symbol, element;
    mcy_year years[YEARS];
    const char *mark = strstr(pattern, "%s");
    snprintf(path, sizeof path, "%.*s%.40s", (int)(mark - pattern), pattern, firm);
    if (mcy_model_find(study->model, path, &symbol, &element, NULL) != MCY_OK)
        return;
    int ends = mcy_calendars_of(study->inputs->calendars, study->model, symbol, element);
    size_t n = mcy_years_of(study, ends, YEARS, years);
    for (size_t y = 0; y < n; y++) {
        snprintf(name, sizeof name, "%s@%s", path, years[y].name);
        if (mcy_metric_find(call->arena, study->unrolled, study->inputs->calendars, name,
                            &metrics[*count], NULL) == MCY_OK &&
            mcy_path_panel_metric(panel, &metrics[*count]) != 0)
            ++*count;
    }
}

static mcy_status list_metrics(mcy_call *call, const mcy_study *study,
                               const mcy_path_panel *panel, mcy_metric **metrics, size_t *count,
                               mcy_error *err)
{
    mcy_headlines market;
    size_t number = mcy_model_find_dimension(study->model, "firm");
    *count = 0;
    *metrics = MCY_TAKE(call->arena, mcy_metric, MOST_FIRMS * PATHS * YEARS + MCY_HEADLINES);
    if (!*metrics)
        return mcy_fail_memory(err);
    if (number != MCY_NONE) {
        const mcy_dimension *d = mcy_model_dimension(study->model, number);
        for (size_t e = 0; e < d->element_count && e < MOST_FIRMS; e++)
            for (size_t k = 0; k < PATHS; k++)
                add_metrics(call, study, panel, paths[k], d->elements[e], *metrics, count);
    }
    MCY_TRY(mcy_headlines_find(call->arena, study, &market, err));
    for (size_t i = 0; i < market.count; i++)
        if (strncmp(market.labels[i], "price.", 6) == 0 || !market.metrics[i].count)
            (*metrics)[(*count)++] = market.metrics[i];
    return MCY_OK;
}

static void add_row(mcy_table *table, const mcy_metric *metric, size_t count,
                    mcy_study *const *studies, const mcy_path_panel *const *panels)
{
    const mcy_symbol *symbol = mcy_model_symbol(studies[0]->model, metric->symbol);
    double last = mcy_path_panel_metric(panels[count - 1], metric);
    char text[2 * MCY_DISPLAY_TEXT];
    mcy_table_row(table, false);
    mcy_table_text(table, metric->name);
    for (size_t k = 0; k < count; k++) {
        double value = mcy_path_panel_metric(panels[k], metric);
        if (metric->count)
            mcy_value_text(symbol, value, text);
        else
            mcy_quarter_text(studies[k], value, text);
        mcy_table_text(table, text);
    }
    for (size_t k = 0; k + 1 < count; k++) {
        double value = mcy_path_panel_metric(panels[k], metric);
        if (metric->count)
            mcy_change_text(symbol, last, value, text);
        else
            snprintf(text, sizeof text, "%+.0f quarters", value - last);
        mcy_table_text(table, mcy_is_missing(value) || mcy_is_missing(last) ? "" : text);
    }
}

mcy_status mcy_run_print_comparison(mcy_call *call, size_t count, mcy_study *const *studies,
                                    const mcy_path_panel *const *panels,
                                    const mcy_run_look *look, mcy_error *err)
{
    mcy_table_column *columns = MCY_TAKE(call->arena, mcy_table_column, 2 * count + 1);
    mcy_metric *metrics;
    size_t listed;
    if (!columns)
        return mcy_fail_memory(err);
    MCY_TRY(comparison_columns(call, count, studies, columns, err));
    MCY_TRY(list_metrics(call, studies[0], panels[0], &metrics, &listed, err));
    mcy_table *table = mcy_table_create(call->arena, "comparison",
                                        (mcy_bilingual){"情景对比", "scenarios side by side"},
                                        columns, 2 * count);
    if (!table)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < listed; i++)
        add_row(table, &metrics[i], count, studies, panels);
    return mcy_call_print_table(call, table, look->form, look->language, err);
}
