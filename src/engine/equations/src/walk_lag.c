/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributed lags, depreciation by vintage, and what looks at all quarters of a run. */
#include <string.h>

#include "mcy/number.h"
#include "walk.h"

/* ---- runs: one for each lag and set of elements ---- */

static size_t hash_run(const tree *t, const size_t *env)
{
    uint64_t h = (uint64_t)(uintptr_t)t * UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < SLOTS_MOST; i++)
        h = (h ^ env[i]) * UINT64_C(0xbf58476d1ce4e5b9) + (h >> 31);
    return (size_t)(h ^ h >> 32);
}

static size_t run_place(lag_run *const *runs, size_t slots, const tree *t, const size_t *env)
{
    size_t mask = slots - 1, at = hash_run(t, env) & mask;
    while (runs[at] &&
           (runs[at]->tree != t || memcmp(runs[at]->env, env, sizeof runs[at]->env)))
        at = (at + 1) & mask;
    return at;
}

static bool widen_runs(walk *w)
{
    size_t slots = w->run_slots ? 2 * w->run_slots : 256;
    lag_run **wider = MCY_TAKE(w->u->arena, lag_run *, slots);
    if (!wider)
        return false;
    for (size_t i = 0; i < w->run_slots; i++)
        if (w->runs[i])
            wider[run_place(wider, slots, w->runs[i]->tree, w->runs[i]->env)] = w->runs[i];
    w->runs = wider;
    w->run_slots = slots;
    return true;
}

static lag_run *new_run(walk *w, const tree *t, const size_t *env)
{
    lag_run *run = MCY_TAKE(w->u->arena, lag_run, 1);
    if (!run || (2 * w->run_count >= w->run_slots && !widen_runs(w)))
        return NULL;
    run->tree = t;
    memcpy(run->env, env, sizeof run->env);
    run->first = tree_first(w->model, t->args[0]);
    run->next = run->first + (int)t->fixed[1];
    int last = w->u->last > run->next ? w->u->last : run->next;
    run->out = MCY_TAKE(w->u->arena, mcy_node, (size_t)(last - run->first) + 1);
    run->held = MCY_TAKE(w->u->arena, mcy_node, (size_t)t->fixed[0]);
    if (!run->out || !run->held)
        return NULL;
    w->runs[run_place(w->runs, w->run_slots, t, env)] = run;
    w->run_count++;
    return run;
}

/* The stages in the steady state of the first value x: each holds x (mean - dead) / order. */
static void start_stages(walk *w, lag_run *run, mcy_node over_dead)
{
    size_t order = (size_t)run->tree->fixed[0];
    mcy_node held = node2(w, MCY_OP_DIV, node2(w, MCY_OP_MUL, run->before, over_dead),
                          node_constant(w, (double)order));
    for (size_t i = 0; i < order; i++)
        run->held[i] = held;
}

/* That the mean is not below the dead time must be checked where a scenario can say it. */
static void check_mean(walk *w, const tree *t, mcy_node mean, int quarter)
{
    const tree *m = t->args[1];
    bool assumption =
        m->kind == TREE_NAME && w->model->symbols[m->symbol].public.low >= (double)t->fixed[1];
    bool known = m->kind == TREE_NUMBER ||
                 (m->kind == TREE_NAME &&
                  w->model->symbols[m->symbol].public.kind == MCY_SYMBOL_CONSTANT);
    if (assumption || known || !w->u->graph)
        return;
    const char *of =
        element_text(w->u->arena, w->model, w->equation->public.symbol, w->element);
    const char *meaning = mcy_arena_print(
        w->u->arena, "the mean of a pascal lag is not below its dead time %ld: %s", t->fixed[1],
        of);
    walk_check(w, node2(w, MCY_OP_LE, node_constant(w, (double)t->fixed[1]), mean), MCY_NONE,
               meaning ? meaning : "", quarter);
}

/* One quarter: inflow x(t - dead) runs through the stages, each passing on the part
 * order / (mean - dead + order) of what it holds with the inflow. */
static void step_pascal(walk *w, lag_run *run, const size_t *env)
{
    const tree *t = run->tree;
    int quarter = run->next, begin = run->first + (int)t->fixed[1];
    mcy_node mean = walk_tree(w, t->args[1], env, quarter);
    mcy_node over_dead = node2(w, MCY_OP_SUB, mean, node_constant(w, (double)t->fixed[1]));
    if (quarter == begin)
        start_stages(w, run, over_dead);
    if (quarter == begin || tree_varies(w->model, t->args[1]))
        check_mean(w, t, mean, quarter);
    mcy_node order = node_constant(w, (double)t->fixed[0]);
    mcy_node part = node2(w, MCY_OP_DIV, order, node2(w, MCY_OP_ADD, over_dead, order));
    mcy_node flow = walk_tree(w, t->args[0], env, quarter - (int)t->fixed[1]);
    for (long i = 0; i < t->fixed[0]; i++) {
        mcy_node holds = node2(w, MCY_OP_ADD, run->held[i], flow);
        flow = node2(w, MCY_OP_MUL, part, holds);
        run->held[i] = node2(w, MCY_OP_SUB, holds, flow);
    }
    run->out[quarter - run->first] = flow;
}

mcy_node walk_pascal(walk *w, const tree *t, const size_t *env, int quarter)
{
    lag_run *run = w->run_slots ? w->runs[run_place(w->runs, w->run_slots, t, env)] : NULL;
    if (!run) {
        run = new_run(w, t, env);
        if (!run) {
            w->failed = true;
            return 0;
        }
        run->before = walk_tree(w, t->args[0], env, run->first);
    }
    if (quarter < run->first + (int)t->fixed[1])
        return run->before;
    while (run->next <= quarter && !w->failed) {
        int now = run->next;
        step_pascal(w, run, env);
        if (run->next ==
            now) /* else the argument asked for this lag and was refused as a loop */
            run->next = now + 1;
    }
    return run->out[quarter - run->first];
}

/* Vintages of the quarters from delay to delay + life - 1 back, each giving 1 / life; those
 * before the first quarter are worth the first value. Oldest first. */
mcy_node walk_straight_line(walk *w, const tree *t, const size_t *env, int quarter)
{
    int life = (int)t->fixed[0], delay = (int)t->fixed[1];
    int first = tree_first(w->model, t->args[0]);
    int newest = quarter - delay, oldest = newest - life + 1;
    int early = (newest < first ? newest : first) - oldest + 1;
    mcy_node total = 0;
    if (early > 0) {
        total = walk_tree(w, t->args[0], env, first);
        if (early > 1)
            total = node2(w, MCY_OP_MUL, node_constant(w, early), total);
    }
    int from = early > 0 ? first + 1 : oldest;
    for (int q = from; q <= newest; q++) {
        mcy_node one = walk_tree(w, t->args[0], env, q);
        total = q == from && early <= 0 ? one : node2(w, MCY_OP_ADD, total, one);
    }
    return node2(w, MCY_OP_DIV, total, node_constant(w, life));
}

/* ---- all quarters ---- */

/* The last quarter first, so that the first one that holds is chosen last. */
static mcy_node walk_first_quarter(walk *w, const tree *t, const size_t *env)
{
    mcy_node found = node_constant(w, MCY_MISSING);
    for (int q = w->u->last; q >= 0; q--)
        found = node_select(w, walk_tree(w, t->args[0], env, q), node_constant(w, q), found);
    return found;
}

static mcy_node walk_quarter_of_max(walk *w, const tree *t, const size_t *env)
{
    mcy_node best = walk_tree(w, t->args[0], env, 0), where = node_constant(w, 0.0);
    mcy_node known = node2(w, MCY_OP_EQ, best, best);
    for (int q = 1; q <= w->u->last; q++) {
        mcy_node one = walk_tree(w, t->args[0], env, q);
        mcy_node above = node2(w, MCY_OP_LT, best, one);
        where = node_select(w, above, node_constant(w, q), where);
        best = node_select(w, above, one, best);
        known = node2(w, MCY_OP_AND, known, node2(w, MCY_OP_EQ, one, one));
    }
    return node_select(w, known, where, node_constant(w, MCY_MISSING));
}

static mcy_node walk_extreme(walk *w, const tree *t, const size_t *env, mcy_op op)
{
    mcy_node best = walk_tree(w, t->args[0], env, 0);
    mcy_node known = node2(w, MCY_OP_EQ, best, best);
    for (int q = 1; q <= w->u->last; q++) {
        mcy_node one = walk_tree(w, t->args[0], env, q);
        best = node2(w, op, best, one);
        known = node2(w, MCY_OP_AND, known, node2(w, MCY_OP_EQ, one, one));
    }
    return node_select(w, known, best, node_constant(w, MCY_MISSING));
}

static mcy_node walk_sum_all(walk *w, const tree *t, const size_t *env)
{
    mcy_node total = walk_tree(w, t->args[0], env, 0);
    for (int q = 1; q <= w->u->last; q++)
        total = node2(w, MCY_OP_ADD, total, walk_tree(w, t->args[0], env, q));
    return total;
}

mcy_node walk_all_quarters(walk *w, const tree *t, const size_t *env)
{
    switch (t->function) {
    case FN_FIRST_QUARTER:
        return walk_first_quarter(w, t, env);
    case FN_QUARTER_OF_MAX:
        return walk_quarter_of_max(w, t, env);
    case FN_MAX_ALL:
        return walk_extreme(w, t, env, MCY_OP_MAX);
    case FN_MIN_ALL:
        return walk_extreme(w, t, env, MCY_OP_MIN);
    case FN_MEAN_ALL:
        return node2(w, MCY_OP_DIV, walk_sum_all(w, t, env), node_constant(w, w->u->last + 1));
    default:
        return walk_sum_all(w, t, env);
    }
}
