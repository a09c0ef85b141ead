/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeping a model: axes laid on inputs, bounds, the program, reasons of failure in words. */
#include "mcy/model_evaluator.h"

#include <stdio.h>

#include "mcy/number.h"
#include "mcy/text.h"

/* An input that varies: the effects on it are effects[first .. first + count - 1]. */
typedef struct varying_input {
    size_t input, first, count;
    double base, low, high;
    bool plain; /* one effect that takes its place: the axis column serves as it is */
} varying_input;

typedef struct swept_model {
    mcy_model_request request;
    const mcy_program *program;
    size_t varying_count;
    varying_input *varying;
    mcy_model_effect *effects; /* sorted by input, then as given */
    size_t check_count;
    size_t *checks; /* numbers of the model's checks that are kept */
} swept_model;

typedef struct swept_scratch {
    mcy_scratch *scratch;
    const double **inputs;
    double *cells; /* [varying * block] */
} swept_scratch;

static void sort_effects(mcy_model_effect *effects, size_t n)
{
    for (size_t i = 1; i < n; i++) /* insertion: stable, and n is small */
        for (size_t j = i; j > 0 && effects[j - 1].input > effects[j].input; j--) {
            mcy_model_effect kept = effects[j];
            effects[j] = effects[j - 1];
            effects[j - 1] = kept;
        }
}

static mcy_status lay_axes(mcy_arena *arena, swept_model *m, mcy_error *err)
{
    size_t n = m->request.effect_count;
    const mcy_unrolled *unrolled = m->request.unrolled;
    m->effects = MCY_TAKE(arena, mcy_model_effect, n);
    m->varying = MCY_TAKE(arena, varying_input, n);
    if (!m->effects || !m->varying)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < n; i++)
        m->effects[i] = m->request.effects[i];
    sort_effects(m->effects, n);
    for (size_t i = 0; i < n; i++) {
        size_t input = m->effects[i].input;
        if (i && m->effects[i - 1].input == input) {
            m->varying[m->varying_count - 1].count++;
            m->varying[m->varying_count - 1].plain = false;
            continue;
        }
        mcy_place place = mcy_unrolled_input_place(unrolled, input);
        const mcy_symbol *symbol = mcy_model_symbol(mcy_unrolled_model(unrolled), place.symbol);
        m->varying[m->varying_count++] =
            (varying_input){input,
                            i,
                            1,
                            m->request.inputs[input],
                            symbol->low,
                            symbol->high,
                            m->effects[i].effect == MCY_EFFECT_VALUE};
    }
    return MCY_OK;
}

/* Marks what a node depends on. */
static void mark_needed(const mcy_graph *graph, unsigned char *needed)
{
    for (size_t i = mcy_graph_size(graph); i-- > 0;) { /* operands stand before their users */
        if (!needed[i])
            continue;
        static const unsigned char operands[MCY_OP_COUNT] = {
#define X(name, count) count,
            MCY_OP_LIST(X)
#undef X
        };
        const mcy_node *from = mcy_graph_operands(graph, (mcy_node)i);
        for (size_t o = 0; o < operands[mcy_graph_op(graph, (mcy_node)i)]; o++)
            needed[from[o]] = 1;
    }
}

/* Does a check speak of nothing but what the outputs depend on? Its own operations, down to the
 * variables it names, need not. needed remembers the answer: 1 and 2 are yes, 3 is no. */
static bool check_concerns(const mcy_graph *graph, unsigned char *needed, mcy_node node)
{
    static const unsigned char operands[MCY_OP_COUNT] = {
#define X(name, count) count,
        MCY_OP_LIST(X)
#undef X
    };
    size_t count = operands[mcy_graph_op(graph, node)];
    if (needed[node] || count == 0)
        return needed[node] != 3;
    const mcy_node *from = mcy_graph_operands(graph, node);
    bool concerns = mcy_graph_owner(graph, node) == SIZE_MAX;
    for (size_t o = 0; concerns && o < count; o++)
        concerns = check_concerns(graph, needed, from[o]);
    needed[node] = concerns ? 2 : 3;
    return concerns;
}

/* The checks that concern the outputs: whatever else is wrong with a run cannot reach them, and
 * following it would cost more than the run. */
static mcy_status choose_checks(mcy_arena *arena, swept_model *m, mcy_node **nodes,
                                mcy_error *err)
{
    const mcy_model_request *r = &m->request;
    const mcy_graph *graph = mcy_unrolled_graph(r->unrolled);
    size_t count = r->without_checks ? 0 : mcy_unrolled_check_count(r->unrolled);
    const mcy_node *all = mcy_unrolled_check_nodes(r->unrolled);
    unsigned char *needed = MCY_TAKE(arena, unsigned char, mcy_graph_size(graph));
    *nodes = MCY_TAKE(arena, mcy_node, count);
    m->checks = MCY_TAKE(arena, size_t, count);
    if (!needed || !*nodes || !m->checks)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < r->output_count; i++)
        needed[r->outputs[i]] = 1;
    mark_needed(graph, needed);
    for (size_t i = 0; i < count; i++)
        if (check_concerns(graph, needed, all[i])) {
            (*nodes)[m->check_count] = all[i];
            m->checks[m->check_count++] = i;
        }
    return MCY_OK;
}

static mcy_status compile_swept(mcy_arena *arena, swept_model *m, mcy_error *err)
{
    size_t *varying = MCY_TAKE(arena, size_t, m->varying_count);
    if (!varying)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < m->varying_count; i++)
        varying[i] = m->varying[i].input;
    const mcy_model_request *r = &m->request;
    mcy_program_request request = {.graph = mcy_unrolled_graph(r->unrolled),
                                   .base = r->inputs,
                                   .varying_count = m->varying_count,
                                   .varying = varying,
                                   .output_count = r->output_count,
                                   .outputs = r->outputs,
                                   .variant = r->variant};
    mcy_node *checks = NULL;
    MCY_TRY(choose_checks(arena, m, &checks, err));
    request.check_count = m->check_count;
    request.checks = checks;
    return mcy_program_compile(arena, &request, &m->program, err);
}

static mcy_status prepare_swept(const mcy_evaluator *self, mcy_arena *arena, void **scratch,
                                mcy_error *err)
{
    const swept_model *m = self->model;
    swept_scratch *s = MCY_TAKE(arena, swept_scratch, 1);
    if (!s)
        return mcy_fail_memory(err);
    s->inputs = MCY_TAKE(arena, const double *, m->varying_count);
    s->cells = MCY_TAKE(arena, double, m->varying_count * self->block);
    if (!s->inputs || !s->cells)
        return mcy_fail_memory(err);
    *scratch = s;
    return mcy_scratch_create(arena, m->program, &s->scratch, err);
}

static const double *fill_input(const swept_model *m, const varying_input *v, size_t n,
                                const double *const *axes, double *cells)
{
    const mcy_model_effect *effects = m->effects + v->first;
    if (v->plain)
        return axes[effects[0].axis];
    for (size_t p = 0; p < n; p++)
        cells[p] = v->base;
    for (size_t e = 0; e < v->count; e++) {
        const double *axis = axes[effects[e].axis];
        if (effects[e].effect == MCY_EFFECT_VALUE)
            for (size_t p = 0; p < n; p++)
                cells[p] = axis[p];
        else if (effects[e].effect == MCY_EFFECT_ADD)
            for (size_t p = 0; p < n; p++)
                cells[p] += axis[p];
        else
            for (size_t p = 0; p < n; p++)
                cells[p] *= axis[p];
    }
    return cells;
}

static size_t refuse_outside(const swept_model *m, size_t input, size_t n, const double *x,
                             mcy_fault *faults, double *const *outputs)
{
    const varying_input *v = &m->varying[input];
    size_t outside = 0, fresh = 0;
    for (size_t p = 0; p < n; p++)
        outside += !(x[p] >= v->low && x[p] <= v->high);
    if (!outside)
        return 0;
    for (size_t p = 0; p < n; p++) {
        if (x[p] >= v->low && x[p] <= v->high)
            continue;
        fresh += faults[p].kind == MCY_FAULT_NONE;
        faults[p] = (mcy_fault){MCY_FAULT_INPUT, input, x[p]};
        for (size_t i = 0; i < m->request.output_count; i++)
            outputs[i][p] = MCY_MISSING;
    }
    return fresh;
}

static size_t run_swept(const mcy_evaluator *self, void *scratch, size_t n,
                        const double *const *axes, double *const *outputs, mcy_fault *faults)
{
    const swept_model *m = self->model;
    swept_scratch *s = scratch;
    for (size_t i = 0; i < m->varying_count; i++)
        s->inputs[i] = fill_input(m, &m->varying[i], n, axes, s->cells + i * self->block);
    size_t failed = mcy_program_run(m->program, s->scratch, n, s->inputs, outputs, faults);
    for (size_t i = m->varying_count; i-- > 0;) /* the first input outside is the reason */
        failed += refuse_outside(m, i, n, s->inputs[i], faults, outputs);
    return failed;
}

static void explain_swept(const mcy_evaluator *self, const mcy_fault *fault, char *text,
                          size_t room)
{
    const swept_model *m = self->model;
    const mcy_unrolled *unrolled = m->request.unrolled;
    mcy_text name;
    mcy_text_init(&name);
    if (fault->kind == MCY_FAULT_CHECK) {
        const mcy_unrolled_check *check =
            &mcy_unrolled_checks(unrolled)[m->checks[fault->index]];
        snprintf(text, room, "%s, in quarter %d", check->meaning, check->quarter);
    } else if (fault->kind == MCY_FAULT_INPUT) {
        const varying_input *v = &m->varying[fault->index];
        mcy_unrolled_place_text(unrolled, mcy_unrolled_input_place(unrolled, v->input), &name);
        snprintf(text, room, "'%s' is outside %g..%g", mcy_text_view(&name), v->low, v->high);
    } else if (fault->index != SIZE_MAX) {
        mcy_unrolled_place_text(unrolled, mcy_unrolled_owner(unrolled, fault->index), &name);
        snprintf(text, room, "'%s' is not a finite number", mcy_text_view(&name));
    } else {
        snprintf(text, room, "an output is not a finite number");
    }
    mcy_text_release(&name);
}

mcy_status mcy_evaluator_model(mcy_arena *arena, const mcy_model_request *request,
                               mcy_evaluator **evaluator, mcy_error *err)
{
    mcy_evaluator *e = MCY_TAKE(arena, mcy_evaluator, 1);
    swept_model *m = MCY_TAKE(arena, swept_model, 1);
    if (!e || !m)
        return mcy_fail_memory(err);
    m->request = *request;
    MCY_TRY(lay_axes(arena, m, err));
    MCY_TRY(compile_swept(arena, m, err));
    *e = (mcy_evaluator){.name = "model",
                         .input_count = request->axis_count,
                         .output_count = request->output_count,
                         .inputs = request->axes,
                         .outputs = request->output_names,
                         .block = mcy_program_describe(m->program).block,
                         .model = m,
                         .prepare = prepare_swept,
                         .run = run_swept,
                         .explain = explain_swept};
    if (e->block > MCY_EVALUATOR_BLOCK)
        e->block = MCY_EVALUATOR_BLOCK;
    *evaluator = e;
    return MCY_OK;
}

mcy_program_facts mcy_evaluator_model_facts(const mcy_evaluator *evaluator)
{
    return mcy_program_describe(((const swept_model *)evaluator->model)->program);
}
