/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle solve: which assumption gives a wanted number. */
#include "command.h"

#include <math.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/solve.h"
#include "mcy/study_lanes.h"
#include "study_of_call.h"

enum { MOST_INPUTS = 1024, FRONTIER = 9 };

/* What is asked: targets, unknowns, and the assumption the frontier runs over. */
typedef struct asking {
    mcy_call *call;
    const mcy_study *study;
    size_t n;
    mcy_metric metrics[MCY_SOLVE_MOST];
    double targets[MCY_SOLVE_MOST], scales[MCY_SOLVE_MOST];
    mcy_knob knobs[MCY_SOLVE_MOST + 1]; /* the unknowns, then the frontier's */
    bool frontier;
    double over; /* where the frontier's assumption stands */
    size_t varying_count;
    size_t varying[MOST_INPUTS], owner[MOST_INPUTS];
    mcy_study_lanes *lanes;
} asking;

static mcy_status read_target(asking *a, const char *text, mcy_error *err)
{
    const char *equals = strchr(text, '=');
    mcy_amount amount;
    if (!equals)
        return MCY_FAIL(
            err, MCY_E_USAGE,
            "--target wants metric=value, as in eps.micron@FY2027=100 USD/share, got '%s'",
            text);
    size_t length = (size_t)(equals - text);
    while (length && text[length - 1] == ' ')
        length--;
    char *name = mcy_arena_copy(a->call->arena, text, length);
    if (!name)
        return mcy_fail_memory(err);
    mcy_metric *metric = &a->metrics[a->n];
    MCY_TRY(mcy_metric_find(a->call->arena, a->study->unrolled, a->study->inputs->calendars,
                            name, metric, err));
    const mcy_symbol *symbol = mcy_model_symbol(a->study->model, metric->symbol);
    mcy_status status = mcy_amount_parse(equals + 1, strlen(equals + 1), symbol->unit,
                                         symbol->low, &amount, err);
    if (status != MCY_OK)
        return mcy_fail_in(err, status, "target '%s'", name);
    if (amount.change != MCY_CHANGE_VALUE)
        return MCY_FAIL(err, MCY_E_INPUT, "target '%s' wants a value, not a change", name);
    a->targets[a->n] = amount.size;
    a->scales[a->n] = fmax(fabs(amount.size), symbol->percent ? 1 : 1e-6);
    a->n++;
    return MCY_OK;
}

static mcy_status add_inputs(asking *a, size_t knob, mcy_error *err)
{
    const mcy_selection *selection = &a->knobs[knob].selection;
    for (size_t i = 0; i < selection->count; i++) {
        if (a->varying_count == MOST_INPUTS)
            return MCY_FAIL(err, MCY_E_INPUT, "more than %d inputs are varied", MOST_INPUTS);
        for (size_t k = 0; k < a->varying_count; k++)
            if (a->varying[k] == selection->inputs[i])
                return MCY_FAIL(err, MCY_E_INPUT, "'%s' and '%s' vary the same number",
                                a->knobs[a->owner[k]].name, a->knobs[knob].name);
        a->varying[a->varying_count] = selection->inputs[i];
        a->owner[a->varying_count++] = knob;
    }
    return MCY_OK;
}

static mcy_status read_question(asking *a, mcy_error *err)
{
    const char *const *targets, *const *knobs;
    mcy_call *call = a->call;
    size_t target_count = mcy_call_options(call, "target", &targets);
    size_t knob_count = mcy_call_options(call, "vary", &knobs);
    const char *over = mcy_call_option(call, "over");
    if (!target_count || target_count > MCY_SOLVE_MOST || knob_count != target_count)
        return MCY_FAIL(err, MCY_E_USAGE,
                        "give as many --vary as --target, 1 to %d; there are %zu and %zu",
                        MCY_SOLVE_MOST, knob_count, target_count);
    for (size_t i = 0; i < target_count; i++)
        MCY_TRY(read_target(a, targets[i], err));
    for (size_t i = 0; i < knob_count; i++) {
        MCY_TRY(mcy_knob_parse(call->arena, a->study, knobs[i], &a->knobs[i], err));
        MCY_TRY(add_inputs(a, i, err));
    }
    if (over) {
        a->frontier = true;
        MCY_TRY(mcy_knob_parse(call->arena, a->study, over, &a->knobs[a->n], err));
        MCY_TRY(add_inputs(a, a->n, err));
        a->over = a->knobs[a->n].now;
    }
    mcy_node nodes[MCY_SOLVE_MOST];
    for (size_t i = 0; i < a->n; i++)
        nodes[i] = a->metrics[i].node;
    return mcy_study_lanes_create(call->arena, a->study, a->varying_count, a->varying, a->n,
                                  nodes, false, &a->lanes, err);
}

static mcy_status evaluate(void *context, const double *x, double *f, mcy_error *err)
{
    asking *a = context;
    double inputs[MOST_INPUTS];
    for (size_t i = 0; i < a->varying_count; i++) {
        size_t knob = a->owner[i];
        inputs[i] = mcy_knob_value(a->study, &a->knobs[knob], a->varying[i],
                                   knob < a->n ? x[knob] : a->over);
    }
    MCY_TRY(mcy_study_lanes_one(a->lanes, inputs, f, err));
    for (size_t i = 0; i < a->n; i++)
        f[i] = (f[i] - a->targets[i]) / a->scales[i];
    return MCY_OK;
}

static mcy_status solve(asking *a, mcy_solution *solution, mcy_error *err)
{
    double low[MCY_SOLVE_MOST], high[MCY_SOLVE_MOST], start[MCY_SOLVE_MOST];
    for (size_t i = 0; i < a->n; i++) {
        low[i] = a->knobs[i].low;
        high[i] = a->knobs[i].high;
        start[i] = fmin(fmax(a->knobs[i].now, low[i]), high[i]);
    }
    mcy_solve_problem problem = {.n = a->n,
                                 .low = low,
                                 .high = high,
                                 .start = start,
                                 .evaluate = evaluate,
                                 .context = a,
                                 .tolerance = 1e-9};
    return mcy_solve(&problem, solution, err);
}

/* ---- answers ------------------------------------------------------------------------------- */

static void print_solution(const asking *a, const mcy_solution *s)
{
    FILE *out = a->call->out;
    char x[MCY_AMOUNT_TEXT], now[MCY_AMOUNT_TEXT], low[MCY_AMOUNT_TEXT], high[MCY_AMOUNT_TEXT];
    char value[MCY_DISPLAY_TEXT], target[MCY_DISPLAY_TEXT];
    if (!s->solved)
        fputs("no answer within bounds: nearest is\n", out);
    for (size_t i = 0; i < a->n; i++) {
        mcy_knob_text(&a->knobs[i], s->x[i], x);
        mcy_knob_text(&a->knobs[i], a->knobs[i].now, now);
        mcy_knob_text(&a->knobs[i], a->knobs[i].low, low);
        mcy_knob_text(&a->knobs[i], a->knobs[i].high, high);
        bool each = a->knobs[i].selection.count > 1 && strncmp(x, "×", strlen("×")) != 0;
        fprintf(out, "%s = %s%s (was %s; bounds %s to %s)\n", a->knobs[i].name, x,
                each ? " each" : "", now, low, high);
    }
    for (size_t i = 0; i < a->n; i++) {
        const mcy_symbol *symbol = mcy_model_symbol(a->study->model, a->metrics[i].symbol);
        mcy_value_text(symbol, s->f[i] * a->scales[i] + a->targets[i], value);
        mcy_value_text(symbol, a->targets[i], target);
        fprintf(out, "gives %s = %s (wanted %s)%s%s\n", a->metrics[i].name, value, target,
                *a->metrics[i].months ? "; " : "", a->metrics[i].months);
    }
    if (s->roots > 1)
        fprintf(out, "%zu answers within bounds; this is the one nearest to the scenario\n",
                s->roots);
    fprintf(out, "%zu runs\n", s->evaluations);
}

static void json_solution(const asking *a, const mcy_solution *s, mcy_json *json)
{
    mcy_json_object(json);
    mcy_json_name(json, "solved");
    mcy_json_bool(json, s->solved);
    if (a->frontier) {
        mcy_json_name(json, a->knobs[a->n].name);
        mcy_json_number(json, a->over);
    }
    mcy_json_name(json, "assumptions");
    mcy_json_object(json);
    for (size_t i = 0; i < a->n; i++) {
        mcy_json_name(json, a->knobs[i].name);
        mcy_json_number(json, s->x[i]);
    }
    mcy_json_close_object(json);
    mcy_json_name(json, "metrics");
    mcy_json_object(json);
    for (size_t i = 0; i < a->n; i++) {
        mcy_json_name(json, a->metrics[i].name);
        mcy_json_number(json, s->f[i] * a->scales[i] + a->targets[i]);
    }
    mcy_json_close_object(json);
    mcy_json_close_object(json);
}

static mcy_status frontier_columns(const asking *a, mcy_table_column *columns)
{
    columns[0] = (mcy_table_column){a->knobs[a->n].name, {NULL, NULL}, true, {0}};
    for (size_t i = 0; i < a->n; i++)
        columns[1 + i] = (mcy_table_column){a->knobs[i].name, {NULL, NULL}, true, {0}};
    columns[1 + a->n] = (mcy_table_column){"answer", {"有解", "answer"}, true, {0}};
    return MCY_OK;
}

/* The answer for each of nine positions of a second assumption across its range. */
static mcy_status print_frontier(asking *a, bool json, mcy_error *err)
{
    mcy_table_column columns[MCY_SOLVE_MOST + 2];
    mcy_language language;
    mcy_text text;
    mcy_json writer;
    const mcy_knob *over = &a->knobs[a->n];
    MCY_TRY(mcy_language_of_call(a->call, &language, err));
    frontier_columns(a, columns);
    mcy_table *table = mcy_table_create(a->call->arena, "frontier",
                                        (mcy_bilingual){"前沿", "frontier"}, columns, a->n + 2);
    if (!table)
        return mcy_fail_memory(err);
    mcy_text_init(&text);
    mcy_json_begin(&writer, &text);
    mcy_json_array(&writer);
    mcy_status status = MCY_OK;
    for (int k = 0; k < FRONTIER && status == MCY_OK; k++) {
        mcy_solution s;
        char x[MCY_AMOUNT_TEXT];
        a->over = over->low + (over->high - over->low) * k / (FRONTIER - 1);
        status = solve(a, &s, err);
        if (status != MCY_OK)
            break;
        json_solution(a, &s, &writer);
        mcy_table_row(table, false);
        mcy_knob_text(over, a->over, x);
        mcy_table_text(table, x);
        for (size_t i = 0; i < a->n; i++) {
            mcy_knob_text(&a->knobs[i], s.x[i], x);
            mcy_table_text(table, x);
        }
        mcy_table_text(table, s.solved ? "yes" : "none within bounds: nearest");
    }
    mcy_json_close_array(&writer);
    if (status == MCY_OK && json)
        fputs(mcy_text_view(&text), a->call->out);
    mcy_text_release(&text);
    MCY_TRY(status);
    return json ? MCY_OK : mcy_call_print_table(a->call, table, MCY_TABLE_TEXT, language, err);
}

static mcy_status run_solve(mcy_call *call, mcy_error *err)
{
    mcy_study *study;
    asking *a = MCY_TAKE(call->arena, asking, 1);
    if (!a)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_study_of_call(call, call->operand_count ? call->operands[0] : "base", true,
                              NULL, &study, err));
    a->call = call;
    a->study = study;
    MCY_TRY(read_question(a, err));
    bool json = mcy_call_has(call, "json");
    if (a->frontier)
        return print_frontier(a, json, err);
    mcy_solution solution;
    MCY_TRY(solve(a, &solution, err));
    if (json) {
        mcy_text text;
        mcy_json writer;
        mcy_text_init(&text);
        mcy_json_begin(&writer, &text);
        json_solution(a, &solution, &writer);
        fputs(mcy_text_view(&text), call->out);
        mcy_text_release(&text);
    } else {
        print_solution(a, &solution);
    }
    if (!solution.solved)
        return MCY_FAIL(err, MCY_E_NUMERIC, "no answer within bounds");
    return MCY_OK;
}

static const mcy_option options[] = {
    {"target", 't', "METRIC=VALUE",
     "what is wanted, as in gross_margin.micron@2026Q2=81% (again)"},
    {"vary", 'v', "PATH[=A..B]",
     "what may change, within A..B or its bounds (as many as targets)"},
    {"over", 0, "PATH=A..B", "frontier: the answer at nine values of a second assumption"},
    {"json", 0, NULL, "as JSON"},
    MCY_STUDY_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const mcy_command mcy_command_solve = {
    .name = "solve",
    .operands = "[SCENARIO]",
    .summary = "which assumptions give a wanted number, inside their bounds",
    .description =
        "Finds the values of one or several assumptions at which metrics hit their targets. "
        "An\n"
        "assumption with one value is solved for that value; one whose quarters or elements\n"
        "differ is scaled as a whole (×). Where no answer exists the nearest is told, and the\n"
        "exit code is 3.",
    .examples =
        "memcycle solve base -t gross_margin.micron@2026Q2=81% -v price_shock.dram@2026Q2\n"
        "memcycle solve base -t 'fcf.micron@FY2027=120 bn USD' -v capex.micron=×0.5..×2\n"
        "memcycle solve base -t gross_margin.micron@2026Q2=81% -v price_shock.dram@2026Q2\n"
        "    --over price_shock.nand@2026Q2=-0.3..0.3",
    .options = options,
    .least = 0,
    .most = 1,
    .run = run_solve,
};
