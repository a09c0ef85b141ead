/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario of the shipped model run whole: every value by path and quarter. For tests. */
#ifndef MCY_TESTS_MODEL_RUN_H
#define MCY_TESTS_MODEL_RUN_H

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "mcy/number.h"
#include "mcy/program.h"
#include "mcy/study.h"

typedef struct model_run {
    mcy_arena *arena;
    mcy_study *study;
    const mcy_program *program;
    mcy_scratch *scratch;
    size_t node_count;
    double *values; /* [node_count] of every node of the graph */
    double **outputs;
    mcy_fault fault; /* of the last run */
} model_run;

/* Compile a program with every input varying and every node wanted. */
static inline void model_compile(model_run *it)
{
    mcy_error err = {0};
    const mcy_graph *graph = mcy_unrolled_graph(it->study->unrolled);
    size_t inputs = it->study->inputs->count;
    it->node_count = mcy_graph_size(graph);
    size_t *varying = MCY_TAKE(it->arena, size_t, inputs);
    mcy_node *nodes = MCY_TAKE(it->arena, mcy_node, it->node_count);
    it->values = MCY_TAKE(it->arena, double, it->node_count);
    it->outputs = MCY_TAKE(it->arena, double *, it->node_count);
    for (size_t i = 0; i < inputs; i++)
        varying[i] = i;
    for (size_t i = 0; i < it->node_count; i++) {
        nodes[i] = (mcy_node)i;
        it->outputs[i] = &it->values[i];
    }
    mcy_program_request request = {.graph = graph,
                                   .base = it->study->inputs->values,
                                   .varying_count = mcy_graph_inputs(graph),
                                   .varying = varying,
                                   .output_count = it->node_count,
                                   .outputs = nodes,
                                   .check_count = mcy_unrolled_check_count(it->study->unrolled),
                                   .checks = mcy_unrolled_check_nodes(it->study->unrolled)};
    check_ok(mcy_program_compile(it->arena, &request, &it->program, &err), err);
    check_ok(mcy_scratch_create(it->arena, it->program, &it->scratch, &err), err);
}

static inline void model_run_now(model_run *it)
{
    size_t count = mcy_graph_inputs(mcy_unrolled_graph(it->study->unrolled));
    const double **inputs = MCY_TAKE(it->arena, const double *, count);
    for (size_t i = 0; i < count; i++)
        inputs[i] = &it->study->inputs->values[i];
    mcy_program_run(it->program, it->scratch, 1, inputs, it->outputs, &it->fault);
}

static inline void model_open(model_run *it, const char *scenario,
                              const mcy_study_request *request)
{
    mcy_error err = {0};
    *it = (model_run){.arena = mcy_arena_create()};
    assert_non_null(it->arena);
    mcy_study_request own = request == NULL ? (mcy_study_request){0} : *request;
    own.home = MCY_SOURCE_DIR;
    own.scenario = scenario;
    check_ok(mcy_study_open(it->arena, &own, NULL, &it->study, &err), err);
    check_ok(mcy_unrolled_check_inputs(it->study->unrolled, it->study->inputs->values, &err),
             err);
    model_compile(it);
    model_run_now(it);
}

static inline void model_close(model_run *it)
{
    mcy_arena_destroy(it->arena);
}

/* The value of a path in a quarter (any quarter of what has one value). */
static inline double model_value(const model_run *it, const char *path, int quarter)
{
    mcy_error err = {0};
    size_t symbol, element;
    const mcy_model *model = it->study->model;
    if (mcy_model_find(model, path, &symbol, &element, &err) != MCY_OK)
        fail_msg("%s", err.text);
    mcy_symbol_kind kind = mcy_model_symbol(model, symbol)->kind;
    if (kind == MCY_SYMBOL_FACT || kind == MCY_SYMBOL_ASSUMPTION) {
        size_t input = mcy_unrolled_input(it->study->unrolled, symbol, element, quarter);
        if (input == MCY_NONE)
            fail_msg("no input %s in quarter %d", path, quarter);
        return it->study->inputs->values[input];
    }
    mcy_node node = mcy_unrolled_node(it->study->unrolled, symbol, element, quarter);
    if (node == MCY_NODE_NONE)
        fail_msg("no value of %s in quarter %d", path, quarter);
    return it->values[node];
}

/* Says which check or variable a run failed by; "" when it did not. */
static inline const char *model_fault_text(const model_run *it, char out[256])
{
    out[0] = '\0';
    if (it->fault.kind == MCY_FAULT_CHECK) {
        const mcy_unrolled_check *check =
            &mcy_unrolled_checks(it->study->unrolled)[it->fault.index];
        snprintf(out, 256, "check '%s' in quarter %d", check->meaning, check->quarter);
    } else if (it->fault.kind == MCY_FAULT_VARIABLE) {
        mcy_text text;
        mcy_text_init(&text);
        mcy_unrolled_place_text(it->study->unrolled,
                                mcy_unrolled_owner(it->study->unrolled, it->fault.index),
                                &text);
        snprintf(out, 256, "'%s' is %g", mcy_text_view(&text), it->fault.value);
        mcy_text_release(&text);
    } else if (it->fault.kind == MCY_FAULT_INPUT) {
        snprintf(out, 256, "input %zu is not finite", it->fault.index);
    }
    return out;
}

#endif
