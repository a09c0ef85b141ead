/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one value is computed from: the names its equation reads, under its elements and in its
 * quarter. */
#include <string.h>

#include "walk.h"

typedef struct gather {
    mcy_arena *arena;
    const mcy_unrolled *u;
    mcy_place *places;
    size_t count, capacity;
    bool failed;
} gather;

static void add_place(gather *g, mcy_place p)
{
    for (size_t i = 0; i < g->count; i++)
        if (g->places[i].symbol == p.symbol && g->places[i].element == p.element &&
            g->places[i].quarter == p.quarter)
            return;
    if (mcy_arena_grow(g->arena, (void **)&g->places, g->count, &g->capacity, sizeof *g->places,
                       NULL) != MCY_OK)
        g->failed = true;
    else
        g->places[g->count++] = p;
}

static void add_name(gather *g, const tree *t, const size_t *env, int quarter)
{
    const mcy_symbol *p = &g->u->model->symbols[t->symbol].public;
    int at = quarter - t->lag;
    if (p->path && p->kind == MCY_SYMBOL_ASSUMPTION && at < p->first)
        at = p->first;
    add_place(g, (mcy_place){t->symbol, tree_element(g->u->model, t, env),
                             p->path ? at : MCY_EVERY_QUARTER});
}

static void gather_tree(gather *g, const tree *t, const size_t *env, int quarter);

static void gather_elements(gather *g, const tree *t, size_t *env, size_t place, int quarter)
{
    if (place == t->binding_count) {
        gather_tree(g, t->args[0], env, quarter);
        return;
    }
    const binding *b = &t->bindings[place];
    const mcy_dimension *d = &g->u->model->dimensions[b->dimension].public;
    for (size_t i = 0; i < d->element_count; i++) {
        env[b->slot] = d->members[i];
        gather_elements(g, t, env, place + 1, quarter);
    }
}

static void gather_tree(gather *g, const tree *t, const size_t *env, int quarter)
{
    if (t->kind == TREE_NAME)
        add_name(g, t, env, quarter);
    if (t->kind == TREE_REDUCE) {
        size_t inner[SLOTS_MOST];
        memcpy(inner, env, sizeof inner);
        gather_elements(g, t, inner, 0, quarter);
        return;
    }
    int at = t->kind == TREE_APPLY && t->function == FN_BASE ? 0 : quarter;
    for (size_t i = 0; i < t->arg_count; i++)
        gather_tree(g, t->args[i], env, at);
}

mcy_status mcy_unrolled_causes(mcy_arena *arena, const mcy_unrolled *unrolled, mcy_place place,
                               size_t *equation, size_t *count, const mcy_place **places,
                               mcy_error *err)
{
    const symbol_entry *s = &unrolled->model->symbols[place.symbol];
    gather g = {.arena = arena, .u = unrolled};
    *equation = MCY_NONE;
    *count = 0;
    *places = NULL;
    if (s->public.kind < MCY_SYMBOL_VARIABLE)
        return MCY_OK;
    bool variable = s->public.kind == MCY_SYMBOL_VARIABLE;
    int quarter = s->public.path ? place.quarter : 0;
    *equation = s->rule[place.element];
    if (variable && quarter <= 0 && s->start[place.element] != MCY_NONE)
        *equation = s->start[place.element];
    if (variable && quarter < s->public.first)
        *equation = s->before[place.element];
    if (*equation == MCY_NONE)
        return MCY_OK;
    size_t env[SLOTS_MOST] = {0};
    const equation_entry *e = &unrolled->model->equations[*equation];
    equation_env(unrolled->model, e, place.element, env);
    gather_tree(&g, e->right, env, quarter);
    *count = g.count;
    *places = g.places;
    return g.failed ? mcy_fail_memory(err) : MCY_OK;
}
