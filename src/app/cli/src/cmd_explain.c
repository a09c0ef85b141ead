/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle explain: whose doing is the difference between two scenarios. */
#include "command.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/explain.h"
#include "mcy/number.h"
#include "mcy/study_lanes.h"
#include "study_of_call.h"

enum { LANES = 1024 };

/* The inputs that differ, by the driver they belong to. */
typedef struct difference {
    mcy_call *call;
    const mcy_study *from, *to;
    bool by_name; /* one driver an assumption, whatever its elements */
    size_t input_count;
    size_t *inputs, *driver; /* [input_count] */
    size_t driver_count;
    mcy_place *drivers; /* [driver_count] */
    const mcy_program *program;
    mcy_scratch *scratch;
    const double **columns; /* [input_count] of LANES */
    double *storage, *out;
    mcy_fault *faults;
} difference;

static bool same_driver(const difference *d, const mcy_place *a, const mcy_place *b)
{
    return a->symbol == b->symbol && (d->by_name || a->element == b->element);
}

static mcy_status find_drivers(difference *d, mcy_error *err)
{
    mcy_arena *arena = d->call->arena;
    size_t count = d->to->inputs->count;
    d->inputs = MCY_TAKE(arena, size_t, count);
    d->driver = MCY_TAKE(arena, size_t, count);
    d->drivers = MCY_TAKE(arena, mcy_place, count);
    if (!d->inputs || !d->driver || !d->drivers)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        if (d->from->inputs->values[i] == d->to->inputs->values[i])
            continue;
        mcy_place place = mcy_unrolled_input_place(d->to->unrolled, i);
        size_t k = d->driver_count;
        while (k > 0 && !same_driver(d, &d->drivers[k - 1], &place))
            k--;
        if (!k) {
            d->drivers[d->driver_count++] = place;
            k = d->driver_count;
        }
        d->inputs[d->input_count] = i;
        d->driver[d->input_count++] = k - 1;
    }
    return MCY_OK;
}

static mcy_status compile(difference *d, const mcy_metric *metric, mcy_error *err)
{
    mcy_arena *arena = d->call->arena;
    mcy_program_request request = {.graph = mcy_unrolled_graph(d->to->unrolled),
                                   .base = d->to->inputs->values,
                                   .varying_count = d->input_count,
                                   .varying = d->inputs,
                                   .output_count = 1,
                                   .outputs = &metric->node};
    MCY_TRY(mcy_program_compile(arena, &request, &d->program, err));
    MCY_TRY(mcy_scratch_create(arena, d->program, &d->scratch, err));
    d->columns = MCY_TAKE(arena, const double *, d->input_count);
    d->storage = MCY_TAKE(arena, double, d->input_count *LANES);
    d->faults = MCY_TAKE(arena, mcy_fault, LANES);
    if (!d->columns || !d->storage || !d->faults)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < d->input_count; i++)
        d->columns[i] = d->storage + i * LANES;
    return MCY_OK;
}

static mcy_status values(void *context, size_t count, const bool *switched, double *out,
                         mcy_error *err)
{
    difference *d = context;
    (void)err;
    for (size_t first = 0; first < count; first += LANES) {
        size_t n = count - first < LANES ? count - first : LANES;
        for (size_t i = 0; i < d->input_count; i++)
            for (size_t k = 0; k < n; k++) {
                bool on = switched[(first + k) * d->driver_count + d->driver[i]];
                const mcy_study *study = on ? d->to : d->from;
                d->storage[i * LANES + k] = study->inputs->values[d->inputs[i]];
            }
        double *place = out + first;
        mcy_program_run(d->program, d->scratch, n, d->columns, &place, d->faults);
    }
    return MCY_OK;
}

/* ---- the answer ---------------------------------------------------------------------------- */

static void driver_name(const difference *d, size_t driver, mcy_text *name)
{
    const mcy_place *place = &d->drivers[driver];
    mcy_text_clear(name);
    if (d->by_name)
        mcy_text_add(name, mcy_model_symbol(d->to->model, place->symbol)->name);
    else
        mcy_model_path(d->to->model, place->symbol, place->element, name);
}

/* Drivers by the size of their share, the largest first. */
static mcy_status sort_drivers(mcy_arena *arena, const mcy_explanation *e, size_t **order,
                               mcy_error *err)
{
    *order = MCY_TAKE(arena, size_t, e->drivers);
    if (!*order)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < e->drivers; i++) {
        size_t k = i;
        for (; k && fabs(e->share[(*order)[k - 1]]) < fabs(e->share[i]); k--)
            (*order)[k] = (*order)[k - 1];
        (*order)[k] = i;
    }
    return MCY_OK;
}

static mcy_table *start_table(const difference *d, const mcy_metric *metric,
                              const mcy_explanation *e)
{
    static mcy_table_column columns[] = {
        {"driver", {"假设", "assumption"}, true, {0}},
        {"share", {"贡献", "share"}, false, {0}},
        {"error", {"±", "±"}, false, {0}},
        {"alone", {"单独改变", "alone"}, false, {0}},
        {"last", {"最后改变", "last"}, false, {0}},
        {"where", {"出处", "where it is said"}, true, {0}},
    };
    const mcy_symbol *symbol = mcy_model_symbol(d->to->model, metric->symbol);
    mcy_display display = mcy_display_of(symbol);
    display.signed_plus = true;
    display.unit = symbol->percent ? " pp" : NULL;
    display.decimals = symbol->percent ? 2 : display.decimals;
    for (size_t i = 1; i <= 4; i++)
        columns[i].display = display;
    columns[2].display.signed_plus = false;
    char before[MCY_DISPLAY_TEXT], after[MCY_DISPLAY_TEXT];
    mcy_value_text(symbol, e->before, before);
    mcy_value_text(symbol, e->after, after);
    char *title = mcy_arena_print(d->call->arena, "%s: %s %s, %s %s", metric->name,
                                  d->from->name, before, d->to->name, after);
    return title ? mcy_table_create(d->call->arena, "explain", (mcy_bilingual){title, title},
                                    columns, sizeof columns / sizeof *columns)
                 : NULL;
}

static const char *where_said(const difference *d, size_t driver)
{
    for (size_t i = 0; i < d->input_count; i++)
        if (d->driver[i] == driver)
            return d->to->inputs->origins[d->inputs[i]]->where;
    return "";
}

static mcy_status add_notes(const difference *d, const mcy_explanation *e,
                            const mcy_metric *metric, mcy_table *table, mcy_error *err)
{
    char *how =
        e->exact
            ? mcy_arena_print(d->call->arena, "Shapley values, exact: all %zu combinations",
                              e->cases)
            : mcy_arena_print(d->call->arena,
                              "Shapley values from %zu sampled orders; ± is one standard error",
                              e->orders);
    if (!how)
        return mcy_fail_memory(err);
    mcy_table_note(table, (mcy_bilingual){how, how});
    if (*metric->months)
        mcy_table_note(table, (mcy_bilingual){metric->months, metric->months});
    return MCY_OK;
}

static mcy_status print_explanation(const difference *d, const mcy_metric *metric,
                                    const mcy_explanation *e, mcy_error *err)
{
    const mcy_symbol *symbol = mcy_model_symbol(d->to->model, metric->symbol);
    mcy_table *table = start_table(d, metric, e);
    size_t *order;
    double total = 0;
    mcy_language language;
    mcy_text name;
    MCY_TRY(mcy_language_of_call(d->call, &language, err));
    MCY_TRY(sort_drivers(d->call->arena, e, &order, err));
    if (!table)
        return mcy_fail_memory(err);
    mcy_text_init(&name);
    for (size_t i = 0; i < e->drivers; i++) {
        size_t k = order[i];
        total += e->share[k];
        driver_name(d, k, &name);
        mcy_table_row(table, false);
        mcy_table_text(table, mcy_text_view(&name));
        mcy_table_number(table, mcy_shown_of(symbol, e->share[k]), NULL);
        mcy_table_number(table, e->exact ? MCY_MISSING : mcy_shown_of(symbol, e->error[k]),
                         NULL);
        mcy_table_number(table, mcy_shown_of(symbol, e->alone[k]), NULL);
        mcy_table_number(table, mcy_shown_of(symbol, e->last[k]), NULL);
        mcy_table_text(table, where_said(d, k));
    }
    mcy_text_release(&name);
    mcy_table_row(table, true);
    mcy_table_words(table, (mcy_bilingual){"合计", "all of them"});
    mcy_table_number(table, mcy_shown_of(symbol, total), NULL);
    for (int i = 0; i < 3; i++)
        mcy_table_number(table, MCY_MISSING, NULL);
    mcy_table_text(table, "");
    MCY_TRY(add_notes(d, e, metric, table, err));
    return mcy_call_print_table(d->call, table,
                                mcy_call_has(d->call, "json") ? MCY_TABLE_JSON : MCY_TABLE_TEXT,
                                language, err);
}

static mcy_status orders_of_call(const mcy_call *call, size_t *orders, mcy_error *err)
{
    const char *text = mcy_call_option(call, "orders");
    double value;
    if (!text)
        return MCY_OK;
    if (mcy_number_parse(text, strlen(text), &value, NULL) != MCY_OK || value < 2 ||
        value > 1e6 || value != floor(value))
        return MCY_FAIL(err, MCY_E_USAGE, "--orders wants 2 to 1000000, got '%s'", text);
    *orders = (size_t)value;
    return MCY_OK;
}

static mcy_status run_explain(mcy_call *call, mcy_error *err)
{
    const char *from = mcy_call_option(call, "from");
    const char *metric_name = mcy_call_option(call, "metric");
    mcy_study *to_study, *from_study;
    size_t orders = 0;
    difference d = {.call = call, .by_name = mcy_call_has(call, "by-name")};
    if (!metric_name)
        return MCY_FAIL(err, MCY_E_USAGE, "say which number: --metric fcf.micron@FY2027");
    MCY_TRY(orders_of_call(call, &orders, err));
    MCY_TRY(mcy_study_of_call(call, call->operands[0], true, NULL, &to_study, err));
    MCY_TRY(mcy_study_of_call(call, from ? from : "base", false, to_study, &from_study, err));
    if (to_study->unrolled != from_study->unrolled)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "'%s' and '%s' have different base quarters, days or horizons: what differs "
            "is more than assumptions",
            to_study->name, from_study->name);
    d.from = from_study;
    d.to = to_study;
    mcy_metric metric;
    MCY_TRY(mcy_metric_find(call->arena, to_study->unrolled, to_study->inputs->calendars,
                            metric_name, &metric, err));
    MCY_TRY(find_drivers(&d, err));
    if (!d.driver_count)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%s' and '%s' assume the same: there is nothing to explain",
                        to_study->name, from_study->name);
    MCY_TRY(compile(&d, &metric, err));
    mcy_explanation e;
    MCY_TRY(mcy_explain(call->arena, d.driver_count, values, &d, orders, 1, &e, err));
    return print_explanation(&d, &metric, &e, err);
}

static const mcy_option options[] = {
    {"from", 'f', "SCENARIO", "the scenario it is compared with (base)"},
    {"metric", 'm', "METRIC", "the number whose difference is split, as in fcf.micron@FY2027"},
    {"by-name", 0, NULL, "one share an assumption, whatever its elements"},
    {"orders", 0, "N", "orders to sample beyond 12 assumptions (512)"},
    {"json", 0, NULL, "as JSON"},
    MCY_STUDY_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const mcy_command mcy_command_explain = {
    .name = "explain",
    .operands = "SCENARIO",
    .summary = "whose doing is the difference between two scenarios, assumption by assumption",
    .description =
        "Splits the difference of a metric between two scenarios over every assumption that\n"
        "differs, by Shapley values: the mean, over all orders in which they could be "
        "changed,\n"
        "of what each adds. Exact up to 12 assumptions, sampled with its error beyond; the\n"
        "shares always add to the difference. 'alone' is changed alone, 'last' changed last.",
    .examples = "memcycle explain bear --from base --metric fcf.micron@FY2027\n"
                "memcycle explain base --set capex.micron=+20% -m eps.micron@FY2028",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run_explain,
};
