/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What 1 % of each price is worth, and when shortages end and why. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/period.h"
#include "run_tables.h"

enum { MOST_PRODUCTS = 12, MOST_FIRMS = 16, MOST_OUTPUTS = 8 * MOST_FIRMS };

/* ---- the worth of a price ------------------------------------------------------------------- */

/* The gradient program: log price shocks of the next quarter in, what firms earn out. */
typedef struct worth {
    const mcy_study *study;
    size_t product_count, output_count;
    const char *products[MOST_PRODUCTS];
    size_t varying[MOST_PRODUCTS];
    mcy_node outputs[MOST_OUTPUTS];
} worth;

static const char *const worth_paths[] = {"revenue.%s@%s", "gross_margin.%s@%s", "eps.%s@%s"};
enum { WORTHS = 3 };

static bool plan_worth(worth *w, size_t *symbol)
{
    *symbol = mcy_model_find_symbol(w->study->model, "price_shock");
    if (*symbol == MCY_NONE || mcy_unrolled_last(w->study->unrolled) < 1)
        return false;
    const mcy_symbol *shock = mcy_model_symbol(w->study->model, *symbol);
    for (size_t e = 0; e < shock->element_count && e < MOST_PRODUCTS; e++) {
        const char *names[8];
        if (shock->dimension_count != 1)
            return false;
        mcy_model_element_names(w->study->model, *symbol, e, names);
        w->products[e] = names[0];
        w->varying[e] = mcy_unrolled_input(w->study->unrolled, *symbol, e, 1);
        w->product_count++;
    }
    return w->product_count > 0;
}

/* Nodes of a firm's three numbers in a period; false when the model lacks one. */
static bool add_outputs(mcy_call *call, worth *w, const char *firm, const char *period)
{
    for (size_t k = 0; k < WORTHS; k++) {
        char name[128];
        mcy_metric metric;
        const char *mark = strstr(worth_paths[k], "%s");
        snprintf(name, sizeof name, "%.*s%s@%s", (int)(mark - worth_paths[k]), worth_paths[k],
                 firm, period);
        if (w->output_count == MOST_OUTPUTS ||
            mcy_metric_find(call->arena, w->study->unrolled, w->study->inputs->calendars, name,
                            &metric, NULL) != MCY_OK)
            return false;
        w->outputs[w->output_count++] = metric.node;
    }
    return true;
}

static mcy_status worth_gradient(mcy_call *call, worth *w, double **gradient, mcy_error *err)
{
    const mcy_program *program;
    mcy_scratch *scratch;
    size_t order[MOST_OUTPUTS];
    double inputs[MOST_PRODUCTS];
    mcy_program_request request = {.graph = mcy_unrolled_graph(w->study->unrolled),
                                   .base = w->study->inputs->values,
                                   .varying_count = w->product_count,
                                   .varying = w->varying,
                                   .output_count = w->output_count,
                                   .outputs = w->outputs,
                                   .block = MCY_BLOCK_STEP,
                                   .gradient = true};
    *gradient = MCY_TAKE(call->arena, double, w->output_count * w->product_count);
    if (!*gradient)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_program_compile(call->arena, &request, &program, err));
    MCY_TRY(mcy_scratch_create(call->arena, program, &scratch, err));
    for (size_t i = 0; i < w->output_count; i++)
        order[i] = i;
    for (size_t i = 0; i < w->product_count; i++)
        inputs[i] = w->study->inputs->values[w->varying[i]];
    mcy_program_gradient(program, scratch, inputs, w->output_count, order, *gradient, NULL,
                         NULL, NULL);
    return MCY_OK;
}

static mcy_table *worth_table(mcy_call *call, const worth *w, const char *quarter)
{
    static const mcy_table_column columns[] = {
        {"firm", {"公司", "firm"}, true, {0}},
        {"period", {"期间", "period"}, true, {0}},
        {"price", {"价格", "price"}, true, {0}},
        {"revenue_usd_m",
         {"收入（百万美元）", "revenue, USD m"},
         false,
         {.decimals = 1, .signed_plus = true}},
        {"gross_margin_pp",
         {"毛利率（百分点）", "gross margin, pp"},
         false,
         {.decimals = 3, .signed_plus = true}},
        {"eps_usd",
         {"每股收益（美元）", "EPS, USD"},
         false,
         {.decimals = 3, .signed_plus = true}},
    };
    char *zh = mcy_arena_print(call->arena, "%s: 自 %s 起价格高 1%% 的价值（一阶导数）",
                               w->study->name, quarter);
    char *en = mcy_arena_print(call->arena,
                               "%s: what 1%% more of a price from %s on is worth (gradient)",
                               w->study->name, quarter);
    if (!zh || !en)
        return NULL;
    char *id = mcy_arena_print(call->arena, "%s-worth", w->study->name);
    return id ? mcy_table_create(call->arena, id, (mcy_bilingual){zh, en}, columns,
                                 sizeof columns / sizeof *columns)
              : NULL;
}

mcy_status mcy_run_print_worth(mcy_call *call, const mcy_study *study, const mcy_run_look *look,
                               mcy_error *err)
{
    worth w = {.study = study};
    size_t symbol, rows = 0;
    const char *firms[2 * MOST_FIRMS], *periods[2 * MOST_FIRMS];
    size_t number = mcy_model_find_dimension(study->model, "firm");
    if (number == MCY_NONE || !plan_worth(&w, &symbol))
        return MCY_OK;
    const mcy_dimension *d = mcy_model_dimension(study->model, number);
    char next[32];
    mcy_quarter_format(study->base_quarter + 1, next);
    mcy_year *years = MCY_TAKE(call->arena, mcy_year, MOST_FIRMS);
    if (!years)
        return mcy_fail_memory(err);
    for (size_t e = 0; e < d->element_count && e < MOST_FIRMS; e++) {
        size_t revenue, element;
        char path[64];
        snprintf(path, sizeof path, "revenue.%s", d->elements[e]);
        if (mcy_model_find(study->model, path, &revenue, &element, NULL) != MCY_OK)
            continue;
        int ends = mcy_calendars_of(study->inputs->calendars, study->model, revenue, element);
        const char *names[2] = {next, NULL};
        mcy_year all[2];
        if (mcy_years_of(study, ends, 2, all)) {
            years[e] = all[all[0].quarters[0] < 1 && mcy_years_of(study, ends, 2, all) > 1];
            names[1] = years[e].name;
        }
        for (size_t k = 0; k < 2 && names[k]; k++) {
            if (!add_outputs(call, &w, d->elements[e], names[k]))
                return MCY_OK;
            firms[rows] = d->elements[e];
            periods[rows++] = names[k];
        }
    }
    double *gradient;
    MCY_TRY(worth_gradient(call, &w, &gradient, err));
    mcy_table *table = worth_table(call, &w, next);
    if (!table)
        return mcy_fail_memory(err);
    double step = log(1.01);
    for (size_t r = 0; r < rows; r++)
        for (size_t p = 0; p < w.product_count; p++) {
            const double *g = gradient + WORTHS * r * w.product_count + p;
            if (g[0] == 0)
                continue;
            mcy_table_row(table, false);
            mcy_table_text(table, firms[r]);
            mcy_table_text(table, periods[r]);
            mcy_table_text(table, w.products[p]);
            mcy_table_number(table, step * g[0], NULL);
            mcy_table_number(table, 100 * step * g[w.product_count], NULL);
            double eps = g[2 * w.product_count];
            mcy_table_number(table, eps == 0 ? MCY_MISSING : step * eps, NULL);
        }
    MCY_TRY(mcy_call_print_table(call, table, look->form, look->language, err));
    fputc('\n', call->out);
    return MCY_OK;
}

/* ---- when shortages end and why ------------------------------------------------------------ */

/* What would be changed to see whether it binds. */
typedef struct lever {
    const char *assumption, *what;
    mcy_amount amount;
} lever;

static const lever levers[] = {
    {"space_slack", "space: cleanroom for a tenth more wafers", {MCY_CHANGE_ADD, 0.10}},
    {"tool_cost", "tools: a fifth more of them for the money", {MCY_CHANGE_TIMES, 1 / 1.2}},
    {"ramp_lag", "ramp: half the time from tool to output", {MCY_CHANGE_TIMES, 0.5}},
    {"demand_shock",
     "demand: a twentieth less from the next quarter on",
     {MCY_CHANGE_TIMES, 0.95}},
};
enum { LEVERS = sizeof levers / sizeof *levers };

/* Inputs with one lever pulled; false when the model has no such assumption. */
static bool pull(const mcy_study *study, const lever *l, double *values)
{
    size_t number = mcy_model_find_symbol(study->model, l->assumption);
    if (number == MCY_NONE)
        return false;
    memcpy(values, study->inputs->values, study->inputs->count * sizeof *values);
    for (size_t i = 0; i < study->inputs->count; i++) {
        mcy_place place = mcy_unrolled_input_place(study->unrolled, i);
        if (place.symbol != number || (place.quarter != MCY_EVERY_QUARTER && place.quarter < 1))
            continue;
        const mcy_symbol *symbol = mcy_model_symbol(study->model, number);
        double value = mcy_amount_apply(&l->amount, values[i]);
        values[i] = fmin(fmax(value, symbol->low), symbol->high);
    }
    return true;
}

/* Tools that wait for space, all firms, at their most up to a quarter. */
static void print_waiting(mcy_call *call, const mcy_study *study, const mcy_path_panel *panel,
                          const char *fab, double end)
{
    size_t number = mcy_model_find_symbol(study->model, "waiting");
    int most_quarter = 0;
    double most = 0, total = 0;
    if (number == MCY_NONE)
        return;
    const mcy_symbol *symbol = mcy_model_symbol(study->model, number);
    for (int q = 1; q <= panel->last && !(q > end); q++) {
        double sum = 0;
        for (size_t e = 0; e < symbol->element_count; e++) {
            const char *names[8];
            mcy_model_element_names(study->model, number, e, names);
            if (symbol->dimension_count == 2 && strcmp(names[1], fab) == 0)
                sum += mcy_path_panel_value(panel, number, e, q);
        }
        if (sum > most) {
            most = sum;
            most_quarter = q;
        }
    }
    size_t capacity = mcy_model_find_symbol(study->model, "capacity");
    for (size_t e = 0;
         capacity != MCY_NONE && e < mcy_model_symbol(study->model, capacity)->element_count;
         e++) {
        const char *names[8];
        mcy_model_element_names(study->model, capacity, e, names);
        if (mcy_model_symbol(study->model, capacity)->dimension_count == 2 &&
            strcmp(names[1], fab) == 0)
            total += mcy_path_panel_value(panel, capacity, e, most_quarter);
    }
    if (most < 0.05)
        return;
    char quarter[32];
    mcy_quarter_text(study, most_quarter, quarter);
    fprintf(call->out, "  tools for %.0f kwpm wait for cleanroom at the most until then, in %s",
            most, quarter);
    if (total > 0)
        fprintf(call->out, " (%.1f%% of %s capacity)", 100 * most / total, fab);
    fputc('\n', call->out);
}

static bool is_short(const mcy_study *study, const mcy_path_panel *panel, const char *product)
{
    char path[64];
    size_t symbol, element;
    snprintf(path, sizeof path, "fill_rate.%s", product);
    return mcy_model_find(study->model, path, &symbol, &element, NULL) == MCY_OK &&
           mcy_path_panel_value(panel, symbol, element, 0) < 0.98;
}

mcy_status mcy_run_print_shortage(mcy_call *call, const mcy_study *study,
                                  const mcy_path_panel *panel, mcy_error *err)
{
    size_t ends = mcy_model_find_symbol(study->model, "shortage_ends");
    if (ends == MCY_NONE || mcy_model_symbol(study->model, ends)->dimension_count != 1)
        return MCY_OK;
    const mcy_path_panel *pulled[LEVERS] = {NULL};
    double *values = MCY_TAKE(call->arena, double, study->inputs->count);
    if (!values)
        return mcy_fail_memory(err);
    for (size_t k = 0; k < LEVERS; k++) {
        mcy_error reason = {0};
        if (pull(study, &levers[k], values) &&
            mcy_study_run(call->arena, study, values, &pulled[k], &reason) != MCY_OK)
            pulled[k] = NULL;
    }
    for (size_t e = 0; e < mcy_model_symbol(study->model, ends)->element_count; e++) {
        const char *product;
        char quarter[32];
        mcy_model_element_names(study->model, ends, e, &product);
        double t = mcy_path_panel_value(panel, ends, e, 0);
        if (!is_short(study, panel, product)) {
            fprintf(call->out, "%s is not short in the base quarter\n", product);
            continue;
        }
        mcy_quarter_text(study, t, quarter);
        fprintf(call->out, "%s shortage (fill rate below 98%%) ends: %s\n", product, quarter);
        print_waiting(call, study, panel, product, t);
        for (size_t k = 0; k < LEVERS; k++) {
            if (!pulled[k])
                continue;
            double other = mcy_path_panel_value(pulled[k], ends, e, 0);
            mcy_quarter_text(study, other, quarter);
            double sooner = (mcy_is_missing(t) ? panel->last + 1 : t) -
                            (mcy_is_missing(other) ? panel->last + 1 : other);
            fprintf(call->out, "  with %s: %s", levers[k].what, quarter);
            if (sooner == 0)
                fputs(" (no sooner)\n", call->out);
            else
                fprintf(call->out, " (%.0f %s %s%s)\n", fabs(sooner),
                        fabs(sooner) > 1 ? "quarters" : "quarter",
                        sooner > 0 ? "sooner" : "later",
                        mcy_is_missing(t) ? " at the least" : "");
        }
    }
    fputc('\n', call->out);
    return MCY_OK;
}
