/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values on demand: a value asks for what its equation reads, each is computed once. A value
 * that needs itself is a loop without a lag. */
#include "walk.h"

#include <string.h>

#include "mcy/number.h"

enum { DEPTH_MOST = 6000, PATH_SHOWN = 12, STEPS_ON_TRIAL = 5000000, STEPS_MOST = 200000000 };

mcy_node node_constant(walk *w, double value)
{
    return w->u->graph ? mcy_graph_constant(w->u->graph, value) : 0;
}

mcy_node node1(walk *w, mcy_op op, mcy_node a)
{
    return w->u->graph ? mcy_graph_apply1(w->u->graph, op, a) : 0;
}

mcy_node node2(walk *w, mcy_op op, mcy_node a, mcy_node b)
{
    return w->u->graph ? mcy_graph_apply2(w->u->graph, op, a, b) : 0;
}

mcy_node node_select(walk *w, mcy_node condition, mcy_node then, mcy_node otherwise)
{
    return w->u->graph ? mcy_graph_select(w->u->graph, condition, then, otherwise) : 0;
}

/* ---- what does not work ---- */

static const char *slot_text(walk *w, size_t slot, bool with_quarter)
{
    mcy_place place = mcy_unrolled_owner(w->u, slot);
    const char *text = element_text(w->trial->arena, w->model, place.symbol, place.element);
    if (!with_quarter || place.quarter == MCY_EVERY_QUARTER)
        return text;
    char *dated = mcy_arena_print(w->trial->arena, "%s in quarter %d", text, place.quarter);
    return dated ? dated : text;
}

/* Where the equation of a slot stands. */
static spot slot_spot(const walk *w, mcy_place place)
{
    const symbol_entry *s = &w->model->symbols[place.symbol];
    size_t rule = s->rule[place.element];
    if (place.quarter <= 0 && s->start[place.element] != MCY_NONE)
        rule = s->start[place.element];
    return rule == MCY_NONE ? s->at : w->model->equations[rule].at;
}

/* The values from the first meeting with the slot to now, each needing the next. */
static void complain_loop(walk *w, size_t slot)
{
    mcy_place place = mcy_unrolled_owner(w->u, slot);
    if (!w->trial || complained_at(w->trial, slot_spot(w, place), "a loop"))
        return;
    size_t from = 0;
    while (from < w->busy_count && w->busy[from] != slot)
        from++;
    bool dated = false;
    for (size_t i = from; i < w->busy_count; i++)
        dated = dated || mcy_unrolled_owner(w->u, w->busy[i]).quarter != place.quarter;
    const char *path = "";
    for (size_t i = from; i < w->busy_count && path; i++) {
        if (i - from == PATH_SHOWN && w->busy_count - i > 2) {
            path = mcy_arena_print(w->trial->arena, "%s... -> ", path);
            i = w->busy_count - 2;
        }
        path = path ? mcy_arena_print(w->trial->arena, "%s%s -> ", path,
                                      slot_text(w, w->busy[i], dated))
                    : NULL;
    }
    complain(w->trial, slot_spot(w, place), "a loop without a lag (each needs the next): %s%s",
             path ? path : "", slot_text(w, slot, dated));
}

static void complain_nothing_there(walk *w, size_t symbol, int quarter, const tree *at)
{
    if (!w->trial || !at || at->kind != TREE_NAME || complained_at(w->trial, at->at, ""))
        return;
    const mcy_symbol *p = &w->model->symbols[symbol].public;
    const char *begins = p->first ? mcy_arena_print(w->trial->arena, "quarter %d", p->first)
                                  : "the base quarter";
    const char *remedy =
        p->kind == MCY_SYMBOL_ASSUMPTION ? "'from' or 'hold'" : "'before', 'start' or 'from'";
    complain(
        w->trial, at->at,
        "'%s' begins at %s and has no value in quarter %d, where this looks for it: give it "
        "%s",
        p->name, begins ? begins : "", quarter, remedy);
}

static mcy_node nothing_there(walk *w, size_t symbol, int quarter, const tree *at)
{
    if (!w->in_output)
        complain_nothing_there(w, symbol, quarter, at);
    return node_constant(w, MCY_MISSING);
}

/* ---- values ---- */

static mcy_node walk_equation(walk *w, size_t equation, size_t element, int quarter)
{
    const equation_entry *e = equation == MCY_NONE ? NULL : &w->model->equations[equation];
    if (!e || e->broken)
        return 0;
    const equation_entry *outer = w->equation;
    size_t outer_element = w->element;
    bool outer_output = w->in_output, outer_before = w->in_before;
    size_t env[SLOTS_MOST] = {0};
    equation_env(w->model, e, element, env);
    w->equation = e;
    w->element = element;
    w->in_before = e->public.kind == MCY_EQUATION_BEFORE;
    w->in_output = w->model->symbols[e->public.symbol].public.kind == MCY_SYMBOL_OUTPUT;
    mcy_node node = walk_tree(w, e->right, env, quarter);
    w->equation = outer;
    w->element = outer_element;
    w->in_output = outer_output;
    w->in_before = outer_before;
    return node;
}

static bool push_busy(walk *w, size_t slot)
{
    if (mcy_arena_grow(w->u->arena, (void **)&w->busy, w->busy_count, &w->busy_capacity,
                       sizeof *w->busy, NULL) != MCY_OK) {
        w->failed = true;
        return false;
    }
    w->busy[w->busy_count++] = slot;
    return true;
}

static mcy_node walk_slot(walk *w, size_t symbol, size_t element, int quarter)
{
    mcy_unrolled *u = w->u;
    size_t slot = symbol_slot(u, symbol, element, quarter);
    if (u->states[slot] == SLOT_DONE)
        return u->slots[slot];
    if (u->states[slot] == SLOT_BUSY) {
        complain_loop(w, slot);
        return 0;
    }
    if (!push_busy(w, slot))
        return 0;
    u->states[slot] = SLOT_BUSY;
    const symbol_entry *s = &w->model->symbols[symbol];
    bool starts =
        s->public.kind == MCY_SYMBOL_VARIABLE && quarter <= 0 && s->start[element] != MCY_NONE;
    mcy_node node = walk_equation(w, starts ? s->start[element] : s->rule[element], element,
                                  s->public.path ? quarter : 0);
    u->states[slot] = SLOT_DONE;
    u->slots[slot] = node;
    w->busy_count--;
    if (u->graph && s->public.kind != MCY_SYMBOL_OUTPUT)
        mcy_graph_name(u->graph, node, slot);
    return node;
}

static mcy_node walk_before(walk *w, size_t symbol, size_t element, int quarter, const tree *at)
{
    const symbol_entry *s = &w->model->symbols[symbol];
    size_t before = s->before ? s->before[element] : MCY_NONE;
    if (before == MCY_NONE)
        return s->broken ? 0 : nothing_there(w, symbol, quarter, at);
    if (w->in_before) {
        if (w->trial && at && !complained_at(w->trial, at->at, ""))
            complain(w->trial, at->at,
                     "a 'before' cannot use values that stand before the first "
                     "quarter themselves, as '%s' in quarter %d",
                     s->public.name, quarter);
        return 0;
    }
    return walk_equation(w, before, element, quarter);
}

static mcy_node walk_input(walk *w, size_t symbol, size_t element, int quarter, const tree *at)
{
    const mcy_symbol *p = &w->model->symbols[symbol].public;
    if (p->path && quarter < p->first) {
        if (!p->hold)
            return nothing_there(w, symbol, quarter, at);
        quarter = p->first;
    }
    if (!w->u->graph)
        return 0;
    return mcy_graph_input(w->u->graph, mcy_unrolled_input(w->u, symbol, element, quarter));
}

mcy_node walk_value(walk *w, size_t symbol, size_t element, int quarter, const tree *at)
{
    const mcy_symbol *p = &w->model->symbols[symbol].public;
    switch (p->kind) {
    case MCY_SYMBOL_CONSTANT:
        return node_constant(w, p->value);
    case MCY_SYMBOL_FACT:
    case MCY_SYMBOL_ASSUMPTION:
        return walk_input(w, symbol, element, quarter, at);
    case MCY_SYMBOL_VARIABLE:
        if (quarter < p->first)
            return walk_before(w, symbol, element, quarter, at);
        return walk_slot(w, symbol, element, quarter);
    case MCY_SYMBOL_DERIVED:
        return walk_slot(w, symbol, element, 0);
    case MCY_SYMBOL_OUTPUT:
        if (p->path && quarter < 0)
            return node_constant(w, MCY_MISSING);
        return walk_slot(w, symbol, element, quarter);
    }
    return 0;
}

/* ---- trees ---- */

/* Left fold of the body over the elements of the dimensions, the first dimension outermost. */
static mcy_node walk_reduction(walk *w, const tree *t, const size_t *env, int quarter)
{
    static const mcy_op ops[FN_COUNT] = {[FN_SUM] = MCY_OP_ADD,
                                         [FN_PROD] = MCY_OP_MUL,
                                         [FN_MIN] = MCY_OP_MIN,
                                         [FN_MAX] = MCY_OP_MAX};
    size_t inner[SLOTS_MOST], at[SUBSCRIPTS_MOST] = {0};
    memcpy(inner, env, sizeof inner);
    mcy_node total = 0;
    for (bool first = true;; first = false) {
        for (size_t i = 0; i < t->binding_count; i++) {
            const binding *b = &t->bindings[i];
            inner[b->slot] = w->model->dimensions[b->dimension].public.members[at[i]];
        }
        mcy_node one = walk_tree(w, t->args[0], inner, quarter);
        total = first ? one : node2(w, ops[t->function], total, one);
        size_t i = t->binding_count;
        for (; i > 0; i--) {
            size_t dimension = t->bindings[i - 1].dimension;
            if (++at[i - 1] < w->model->dimensions[dimension].public.element_count)
                break;
            at[i - 1] = 0;
        }
        if (i == 0)
            return total;
    }
}

static mcy_node fold_args(walk *w, const tree *t, mcy_op op, const size_t *env, int quarter)
{
    mcy_node total = walk_tree(w, t->args[0], env, quarter);
    for (size_t i = 1; i < t->arg_count; i++)
        total = node2(w, op, total, walk_tree(w, t->args[i], env, quarter));
    return total;
}

/* from + (to - from) clamp((t - start) / length, 0, 1) */
static mcy_node walk_ramp(walk *w, const mcy_node a[4], int quarter)
{
    mcy_node passed = node2(w, MCY_OP_SUB, node_constant(w, quarter), a[2]);
    mcy_node part = node2(w, MCY_OP_DIV, passed, a[3]);
    part = node2(w, MCY_OP_MIN, node2(w, MCY_OP_MAX, part, node_constant(w, 0.0)),
                 node_constant(w, 1.0));
    mcy_node rise = node2(w, MCY_OP_MUL, node2(w, MCY_OP_SUB, a[1], a[0]), part);
    return node2(w, MCY_OP_ADD, a[0], rise);
}

static mcy_node walk_sum_last(walk *w, const tree *t, const size_t *env, int quarter)
{
    int count = (int)t->fixed[0];
    mcy_node total = walk_tree(w, t->args[0], env, quarter - count + 1);
    for (int back = count - 2; back >= 0; back--)
        total = node2(w, MCY_OP_ADD, total, walk_tree(w, t->args[0], env, quarter - back));
    return total;
}

static mcy_node walk_simple(walk *w, const tree *t, const mcy_node a[4], int quarter)
{
    switch (t->function) {
    case FN_ADD:
        return node2(w, MCY_OP_ADD, a[0], a[1]);
    case FN_SUB:
        return node2(w, MCY_OP_SUB, a[0], a[1]);
    case FN_MUL:
        return node2(w, MCY_OP_MUL, a[0], a[1]);
    case FN_DIV:
        return node2(w, MCY_OP_DIV, a[0], a[1]);
    case FN_POW:
        return node2(w, MCY_OP_POW, a[0], a[1]);
    case FN_NEG:
        return node1(w, MCY_OP_NEG, a[0]);
    case FN_LT:
        return node2(w, MCY_OP_LT, a[0], a[1]);
    case FN_LE:
        return node2(w, MCY_OP_LE, a[0], a[1]);
    case FN_GT:
        return node2(w, MCY_OP_LT, a[1], a[0]);
    case FN_GE:
        return node2(w, MCY_OP_LE, a[1], a[0]);
    case FN_EQ:
        return node2(w, MCY_OP_EQ, a[0], a[1]);
    case FN_NE:
        return node2(w, MCY_OP_NE, a[0], a[1]);
    case FN_AND:
        return node2(w, MCY_OP_AND, a[0], a[1]);
    case FN_OR:
        return node2(w, MCY_OP_OR, a[0], a[1]);
    case FN_NOT:
        return node1(w, MCY_OP_NOT, a[0]);
    case FN_IF:
        return node_select(w, a[0], a[1], a[2]);
    case FN_CLAMP:
        return node2(w, MCY_OP_MIN, node2(w, MCY_OP_MAX, a[0], a[1]), a[2]);
    case FN_ABS:
        return node1(w, MCY_OP_ABS, a[0]);
    case FN_EXP:
        return node1(w, MCY_OP_EXP, a[0]);
    case FN_LOG:
        return node1(w, MCY_OP_LOG, a[0]);
    case FN_SQRT:
        return node1(w, MCY_OP_SQRT, a[0]);
    case FN_RATIO:
        return node2(w, MCY_OP_RATIO, a[0], a[1]);
    case FN_RAMP:
        return walk_ramp(w, a, quarter);
    default:
        return a[0]; /* base, whose argument was walked at the base quarter */
    }
}

static mcy_node walk_apply(walk *w, const tree *t, const size_t *env, int quarter)
{
    if (function_of_all_quarters(t->function))
        return walk_all_quarters(w, t, env);
    switch (t->function) {
    case FN_MIN:
        return fold_args(w, t, MCY_OP_MIN, env, quarter);
    case FN_MAX:
        return fold_args(w, t, MCY_OP_MAX, env, quarter);
    case FN_PASCAL:
        return walk_pascal(w, t, env, quarter);
    case FN_STRAIGHT_LINE:
        return walk_straight_line(w, t, env, quarter);
    case FN_SUM_LAST:
        return walk_sum_last(w, t, env, quarter);
    default:
        break;
    }
    mcy_node a[4] = {0};
    for (size_t i = 0; i < t->arg_count && i < 4; i++)
        a[i] = walk_tree(w, t->args[i], env, t->function == FN_BASE ? 0 : quarter);
    return walk_simple(w, t, a, quarter);
}

static mcy_node too_much(walk *w, const tree *t)
{
    if (w->trial && !w->too_much)
        complain(w->trial, t->at, "the model asks for more than %d operations", STEPS_ON_TRIAL);
    w->too_much = true;
    return 0;
}

static mcy_node too_deep(walk *w, const tree *t)
{
    if (w->trial && !w->too_deep)
        complain(w->trial, t->at, "equations that need each other more than %d deep",
                 DEPTH_MOST);
    w->too_deep = true;
    return 0;
}

static int quarter_number(const walk *w, int quarter)
{
    return mcy_quarter_number(w->u->base + quarter);
}

mcy_node walk_tree(walk *w, const tree *t, const size_t *env, int quarter)
{
    if (w->failed || w->depth >= DEPTH_MOST)
        return w->failed ? 0 : too_deep(w, t);
    if (w->too_much || w->steps++ >= (w->trial ? STEPS_ON_TRIAL : STEPS_MOST))
        return too_much(w, t);
    w->depth++;
    mcy_node node = 0;
    switch (t->kind) {
    case TREE_BAD:
        break;
    case TREE_NUMBER:
        node = node_constant(w, t->value);
        break;
    case TREE_TIME:
        node = node_constant(w, quarter);
        break;
    case TREE_CALENDAR:
        node = node_constant(w, quarter_number(w, quarter));
        break;
    case TREE_NAME:
        node = walk_value(w, t->symbol, tree_element(w->model, t, env), quarter - t->lag, t);
        break;
    case TREE_REDUCE:
        node = walk_reduction(w, t, env, quarter);
        break;
    case TREE_APPLY:
        node = walk_apply(w, t, env, quarter);
        break;
    }
    w->depth--;
    return node;
}
