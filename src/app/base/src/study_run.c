/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run of a study, and why one fails. */
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/study.h"

static bool has_values(const mcy_symbol *symbol)
{
    return symbol->kind == MCY_SYMBOL_VARIABLE || symbol->kind == MCY_SYMBOL_DERIVED ||
           symbol->kind == MCY_SYMBOL_OUTPUT;
}

static size_t quarters_of(const mcy_symbol *symbol, int last)
{
    return symbol->path ? (size_t)last + 1 : 1;
}

/* Places of all values, and the node of each. */
static mcy_status lay_panel(mcy_arena *arena, const mcy_study *study, mcy_path_panel *panel,
                            size_t *count, mcy_node **nodes, mcy_error *err)
{
    size_t symbols = mcy_model_symbol_count(study->model), total = 0;
    panel->first = MCY_TAKE(arena, size_t, symbols);
    if (!panel->first)
        return mcy_fail_memory(err);
    for (size_t s = 0; s < symbols; s++) {
        const mcy_symbol *symbol = mcy_model_symbol(study->model, s);
        panel->first[s] = has_values(symbol) ? total : MCY_NONE;
        if (has_values(symbol))
            total += symbol->element_count * quarters_of(symbol, panel->last);
    }
    *nodes = MCY_TAKE(arena, mcy_node, total);
    panel->values = MCY_TAKE(arena, double, total);
    if (!*nodes || !panel->values)
        return mcy_fail_memory(err);
    *count = 0;
    for (size_t s = 0; s < symbols; s++) {
        const mcy_symbol *symbol = mcy_model_symbol(study->model, s);
        for (size_t e = 0; has_values(symbol) && e < symbol->element_count; e++)
            for (size_t q = 0; q < quarters_of(symbol, panel->last); q++)
                (*nodes)[(*count)++] = mcy_unrolled_node(study->unrolled, s, e, (int)q);
    }
    return MCY_OK;
}

/* Nodes that exist, asked for in one program; the places of the others stay missing. */
static mcy_status run_nodes(mcy_arena *arena, const mcy_study *study, const double *inputs,
                            size_t count, const mcy_node *nodes, double *values, mcy_error *err)
{
    size_t asked = 0;
    mcy_node *list = MCY_TAKE(arena, mcy_node, count);
    double **out = MCY_TAKE(arena, double *, count);
    if (!list || !out)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        values[i] = MCY_MISSING;
        if (nodes[i] == MCY_NODE_NONE)
            continue;
        list[asked] = nodes[i];
        out[asked++] = &values[i];
    }
    const mcy_program *program;
    mcy_scratch *scratch;
    mcy_fault fault = {.kind = MCY_FAULT_NONE};
    mcy_program_request request = {.graph = mcy_unrolled_graph(study->unrolled),
                                   .base = inputs,
                                   .output_count = asked,
                                   .outputs = list,
                                   .check_count = mcy_unrolled_check_count(study->unrolled),
                                   .checks = mcy_unrolled_check_nodes(study->unrolled),
                                   .variant = MCY_VARIANT_PLAIN,
                                   .block = MCY_BLOCK_STEP};
    MCY_TRY(mcy_program_compile(arena, &request, &program, err));
    MCY_TRY(mcy_scratch_create(arena, program, &scratch, err));
    mcy_program_run(program, scratch, 1, NULL, out, &fault);
    return mcy_study_fault(study, &fault, mcy_unrolled_checks(study->unrolled), err);
}

mcy_status mcy_study_run(mcy_arena *arena, const mcy_study *study, const double *inputs,
                         const mcy_path_panel **panel, mcy_error *err)
{
    mcy_path_panel *made = MCY_TAKE(arena, mcy_path_panel, 1);
    mcy_node *nodes = NULL;
    size_t count = 0;
    if (!made)
        return mcy_fail_memory(err);
    *made = (mcy_path_panel){.unrolled = study->unrolled,
                             .last = mcy_unrolled_last(study->unrolled),
                             .inputs = inputs ? inputs : study->inputs->values};
    MCY_TRY(lay_panel(arena, study, made, &count, &nodes, err));
    MCY_TRY(run_nodes(arena, study, made->inputs, count, nodes, made->values, err));
    *panel = made;
    return MCY_OK;
}

double mcy_path_panel_value(const mcy_path_panel *panel, size_t symbol, size_t element,
                            int quarter)
{
    const mcy_symbol *s = mcy_model_symbol(mcy_unrolled_model(panel->unrolled), symbol);
    if (s->kind == MCY_SYMBOL_CONSTANT)
        return s->value;
    if (panel->first[symbol] == MCY_NONE) {
        size_t input = mcy_unrolled_input(panel->unrolled, symbol, element, quarter);
        return input == MCY_NONE ? MCY_MISSING : panel->inputs[input];
    }
    if (!s->path)
        return panel->values[panel->first[symbol] + element];
    if (quarter < 0 || quarter > panel->last)
        return MCY_MISSING;
    return panel
        ->values[panel->first[symbol] + element * ((size_t)panel->last + 1) + (size_t)quarter];
}

static double sum_over(const mcy_path_panel *panel, size_t symbol, size_t element, size_t count,
                       const int *quarters)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += mcy_path_panel_value(panel, symbol, element, quarters[i]);
    return sum;
}

double mcy_path_panel_year(const mcy_path_panel *panel, size_t symbol, size_t element,
                           size_t count, const int *quarters)
{
    const mcy_symbol *s = mcy_model_symbol(mcy_unrolled_model(panel->unrolled), symbol);
    switch (count ? s->year : MCY_YEAR_NONE) {
    case MCY_YEAR_SUM:
        return sum_over(panel, symbol, element, count, quarters);
    case MCY_YEAR_MEAN:
        return sum_over(panel, symbol, element, count, quarters) / (double)count;
    case MCY_YEAR_LAST:
        return mcy_path_panel_value(panel, symbol, element, quarters[count - 1]);
    case MCY_YEAR_RATIO: {
        double under = sum_over(panel, s->year_under, element, count, quarters);
        double over = sum_over(panel, s->year_over, element, count, quarters);
        return under == 0 ? 0 : over / under;
    }
    case MCY_YEAR_NONE:
        break;
    }
    return MCY_MISSING;
}

double mcy_path_panel_metric(const mcy_path_panel *panel, const mcy_metric *metric)
{
    if (metric->count <= 1)
        return mcy_path_panel_value(panel, metric->symbol, metric->element,
                                    metric->count ? metric->quarters[0] : 0);
    return mcy_path_panel_year(panel, metric->symbol, metric->element, metric->count,
                               metric->quarters);
}

/* ---- why a run fails ----------------------------------------------------------------------- */

enum { MOST_LEADING = 3 };

/* Inputs of the scenario run (not inherited, or edited) from which a node follows. */
static void find_leading(const mcy_study *study, mcy_arena *arena, mcy_node node, mcy_text *out)
{
    const mcy_graph *graph = mcy_unrolled_graph(study->unrolled);
    bool *seen = MCY_TAKE(arena, bool, (size_t)node + 1);
    const mcy_origin *told[MOST_LEADING];
    size_t count = 0;
    if (!seen)
        return;
    seen[node] = true;
    for (size_t i = (size_t)node + 1; i-- > 0 && count < MOST_LEADING;) {
        if (!seen[i])
            continue;
        mcy_op op = mcy_graph_op(graph, (mcy_node)i);
        static const int operand_counts[] = {
#define X(name, operands) operands,
            MCY_OP_LIST(X)
#undef X
        };
        for (int k = 0; k < operand_counts[op]; k++)
            seen[mcy_graph_operands(graph, (mcy_node)i)[k]] = true;
        if (op != MCY_OP_INPUT)
            continue;
        size_t input = mcy_graph_input_index(graph, (mcy_node)i);
        const mcy_origin *origin = study->inputs->origins[input];
        bool known = origin->kind != MCY_ORIGIN_SCENARIO && origin->kind != MCY_ORIGIN_COMMAND;
        for (size_t k = 0; k < count; k++)
            known = known || told[k] == origin;
        if (known)
            continue;
        told[count++] = origin;
        mcy_text_add(out, count > 1 ? ", " : "; it follows from ");
        mcy_unrolled_place_text(study->unrolled,
                                mcy_unrolled_input_place(study->unrolled, input), out);
        mcy_text_print(out, " (%s)", origin->where);
    }
}

static mcy_status fail_with(const mcy_study *study, mcy_node node, const char *what,
                            mcy_error *err)
{
    mcy_text leading;
    mcy_text_init(&leading);
    mcy_arena *arena = mcy_arena_create();
    if (arena && node != MCY_NODE_NONE)
        find_leading(study, arena, node, &leading);
    mcy_arena_destroy(arena);
    mcy_status status = MCY_FAIL(err, MCY_E_DOMAIN, "scenario '%s': %s%s", study->name, what,
                                 mcy_text_view(&leading));
    mcy_text_release(&leading);
    return status;
}

mcy_status mcy_study_fault(const mcy_study *study, const mcy_fault *fault,
                           const mcy_unrolled_check *checks, mcy_error *err)
{
    char what[512], quarter[32] = "";
    if (fault->kind == MCY_FAULT_NONE)
        return MCY_OK;
    if (fault->kind == MCY_FAULT_INPUT)
        return MCY_FAIL(err, MCY_E_DOMAIN, "scenario '%s': input %zu is %g", study->name,
                        fault->index, fault->value);
    if (fault->kind == MCY_FAULT_CHECK) {
        const mcy_unrolled_check *check = &checks[fault->index];
        if (check->quarter != MCY_EVERY_QUARTER)
            mcy_quarter_format(study->base_quarter + check->quarter, quarter);
        snprintf(what, sizeof what, "a check fails%s%s: %s", quarter[0] ? " in " : "", quarter,
                 check->meaning);
        return fail_with(study, check->node, what, err);
    }
    mcy_place place = mcy_unrolled_owner(study->unrolled, fault->index);
    mcy_text name;
    mcy_text_init(&name);
    mcy_unrolled_place_text(study->unrolled, place, &name);
    snprintf(what, sizeof what, "'%s' is %g: the scenario explodes or divides by nothing",
             mcy_text_view(&name), fault->value);
    mcy_text_release(&name);
    return fail_with(
        study, mcy_unrolled_node(study->unrolled, place.symbol, place.element, place.quarter),
        what, err);
}
