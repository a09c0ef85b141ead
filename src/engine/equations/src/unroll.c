/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model laid out over quarters: numbers for inputs and values, the walk over all of them in
 * the order of the quarters, the conditions that must hold. */
#include <math.h>
#include <stdlib.h>

#include "mcy/number.h"
#include "graph_nodes.h"
#include "walk.h"

size_t symbol_quarters(const mcy_unrolled *u, const mcy_symbol *p)
{
    return p->path ? (size_t)(u->last - p->first) + 1 : 1;
}

static size_t place_of(const mcy_unrolled *u, const mcy_symbol *p, size_t element, int quarter)
{
    return element * symbol_quarters(u, p) + (p->path ? (size_t)(quarter - p->first) : 0);
}

size_t symbol_slot(const mcy_unrolled *u, size_t symbol, size_t element, int quarter)
{
    return u->slot_base[symbol] +
           place_of(u, &u->model->symbols[symbol].public, element, quarter);
}

static bool is_input(const mcy_symbol *p)
{
    return p->kind == MCY_SYMBOL_FACT || p->kind == MCY_SYMBOL_ASSUMPTION;
}

enum { PLACES_MOST = 1 << 24 };

static mcy_status number_places(mcy_unrolled *u, reader *trial, mcy_error *err)
{
    size_t n = u->model->symbol_count;
    u->input_base = MCY_TAKE(u->arena, size_t, n);
    u->slot_base = MCY_TAKE(u->arena, size_t, n);
    if (!u->input_base || !u->slot_base)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        const mcy_symbol *p = &u->model->symbols[i].public;
        size_t places = p->element_count * symbol_quarters(u, p);
        u->input_base[i] = u->slot_base[i] = MCY_NONE;
        if (is_input(p)) {
            u->input_base[i] = u->input_count;
            u->input_count += places;
        } else if (p->kind != MCY_SYMBOL_CONSTANT) {
            u->slot_base[i] = u->slot_count;
            u->slot_count += places;
        }
        if (u->input_count + u->slot_count > PLACES_MOST) {
            if (trial)
                complain(trial, u->model->symbols[i].at,
                         "the model has more than %d values with this one", PLACES_MOST);
            return MCY_FAIL(err, MCY_E_INPUT, "the model has more than %d values", PLACES_MOST);
        }
    }
    u->slots = MCY_TAKE(u->arena, mcy_node, u->slot_count);
    u->states = MCY_TAKE(u->arena, unsigned char, u->slot_count);
    return u->slots && u->states ? MCY_OK : mcy_fail_memory(err);
}

/* ---- conditions ---- */

void walk_check(walk *w, mcy_node node, size_t equation, const char *meaning, int quarter)
{
    mcy_unrolled *u = w->u;
    if (!u->graph)
        return;
    if (mcy_arena_grow(u->arena, (void **)&u->checks, u->check_count, &u->check_capacity,
                       sizeof *u->checks, NULL) != MCY_OK ||
        mcy_arena_grow(u->arena, (void **)&u->check_nodes, u->check_count, &u->node_capacity,
                       sizeof *u->check_nodes, NULL) != MCY_OK) {
        w->failed = true;
        return;
    }
    u->checks[u->check_count] = (mcy_unrolled_check){node, equation, meaning, quarter};
    u->check_nodes[u->check_count++] = node;
}

/* "demand weights must add to 100 % [dram]" */
static const char *check_text(walk *w, const equation_entry *e, const size_t *at)
{
    const char *text = e->public.meaning;
    for (size_t i = 0; i < e->binding_count && text; i++) {
        const mcy_dimension *d = &w->model->dimensions[e->bindings[i].dimension].public;
        text = mcy_arena_print(w->u->arena, "%s%s%s%s", text, i ? ", " : " [",
                               d->elements[at[i]], i + 1 == e->binding_count ? "]" : "");
    }
    return text ? text : "";
}

static void walk_model_check(walk *w, size_t equation)
{
    const equation_entry *e = &w->model->equations[equation];
    size_t env[SLOTS_MOST] = {0}, at[SLOTS_MOST] = {0};
    w->equation = e;
    w->in_output = false;
    for (;;) {
        for (size_t i = 0; i < e->binding_count; i++)
            env[e->bindings[i].slot] =
                w->model->dimensions[e->bindings[i].dimension].public.members[at[i]];
        const char *text = w->u->graph ? check_text(w, e, at) : "";
        int last = e->public.at_base ? 0 : w->u->last;
        for (int q = 0; q <= last && !w->failed; q++)
            walk_check(w, walk_tree(w, e->right, env, q), equation, text, q);
        size_t i = e->binding_count;
        for (; i > 0; i--) {
            size_t size =
                w->model->dimensions[e->bindings[i - 1].dimension].public.element_count;
            if (++at[i - 1] < size)
                break;
            at[i - 1] = 0;
        }
        if (i == 0 || w->failed)
            return;
    }
}

static void walk_bounds(walk *w, size_t symbol)
{
    const mcy_symbol *p = &w->model->symbols[symbol].public;
    if (!w->u->graph || is_input(p) || (isinf(p->low) && isinf(p->high)))
        return;
    char low[32], high[32];
    mcy_number_format(p->low, low);
    mcy_number_format(p->high, high);
    for (size_t e = 0; e < p->element_count; e++) {
        const char *of = element_text(w->u->arena, w->model, symbol, e);
        const char *text =
            mcy_arena_print(w->u->arena, "%s is within its bounds %s..%s", of, low, high);
        for (int q = 0; q <= (p->path ? w->u->last : 0); q++) {
            mcy_node x = walk_value(w, symbol, e, q, NULL);
            mcy_node above = node2(w, MCY_OP_LE, node_constant(w, p->low), x);
            mcy_node below = node2(w, MCY_OP_LE, x, node_constant(w, p->high));
            walk_check(w, node2(w, MCY_OP_AND, above, below), MCY_NONE, text ? text : of, q);
        }
    }
}

/* ---- the walk ---- */

static int first_quarter(const mcy_model *model)
{
    int first = 0;
    for (size_t i = 0; i < model->symbol_count; i++) {
        const mcy_symbol *p = &model->symbols[i].public;
        if (p->kind == MCY_SYMBOL_VARIABLE && p->first < first)
            first = p->first;
    }
    return first;
}

static void walk_quarter(walk *w, int quarter)
{
    for (size_t i = 0; i < w->model->symbol_count && !w->failed; i++) {
        const symbol_entry *s = &w->model->symbols[i];
        const mcy_symbol *p = &s->public;
        bool now = p->kind == MCY_SYMBOL_VARIABLE ? quarter >= p->first
                   : p->kind == MCY_SYMBOL_OUTPUT
                       ? quarter >= 0 && (p->path || quarter == 0)
                       : p->kind == MCY_SYMBOL_DERIVED && quarter == 0;
        for (size_t e = 0; now && e < p->element_count && s->rule; e++)
            walk_value(w, i, e, quarter, NULL);
    }
}

static void walk_conditions(walk *w)
{
    for (size_t i = 0; i < w->model->equation_count && !w->failed; i++) {
        const equation_entry *e = &w->model->equations[i];
        if (e->public.kind == MCY_EQUATION_CHECK && !e->broken)
            walk_model_check(w, i);
    }
    for (size_t i = 0; i < w->model->symbol_count && !w->failed; i++)
        if (!is_input(&w->model->symbols[i].public))
            walk_bounds(w, i);
}

mcy_status unroll_walk(mcy_arena *arena, const mcy_model *model,
                       const mcy_unroll_options *options, reader *trial, mcy_unrolled **out,
                       mcy_error *err)
{
    if (options->last < 0 || options->last > MCY_LAST_QUARTER)
        return MCY_FAIL(err, MCY_E_INPUT, "the last quarter must be from 0 to %d, got %d",
                        MCY_LAST_QUARTER, options->last);
    mcy_unrolled *u = MCY_TAKE(arena, mcy_unrolled, 1);
    if (!u)
        return mcy_fail_memory(err);
    *u = (mcy_unrolled){
        .arena = arena, .model = model, .last = options->last, .base = options->base};
    walk w = {.u = u, .model = model, .trial = trial};
    if (!trial && !(u->graph = mcy_graph_create(arena)))
        return mcy_fail_memory(err);
    MCY_TRY(number_places(u, trial, err));
    if (u->graph) /* a value takes about three nodes */
        mcy_graph_expect(u->graph, 3 * u->slot_count);
    for (int q = first_quarter(model); q <= u->last; q++)
        walk_quarter(&w, q);
    walk_conditions(&w);
    if (w.failed)
        return mcy_fail_memory(err);
    if (!trial && (w.too_much || w.too_deep))
        return MCY_FAIL(err, MCY_E_INPUT, "the model is too large for %d quarters",
                        u->last + 1);
    *out = u;
    return u->graph ? mcy_graph_status(u->graph, err) : MCY_OK;
}

mcy_status mcy_unroll(mcy_arena *arena, const mcy_model *model,
                      const mcy_unroll_options *options, mcy_unrolled **unrolled,
                      mcy_error *err)
{
    return unroll_walk(arena, model, options, NULL, unrolled, err);
}
