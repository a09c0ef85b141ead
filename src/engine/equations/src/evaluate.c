/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree-walking evaluator: numbers straight from the trees, each value computed once.
 * Written apart from the walk that makes the graph, so that the two hold each other to account.
 */
#include "mcy/evaluate.h"

#include <string.h>

#include "mcy/kernels.h"
#include "mcy/number.h"
#include "walk.h"

struct mcy_evaluation {
    mcy_arena *arena;
    const mcy_unrolled *u;
    const mcy_model *model;
    const double *inputs;
    double *values;        /* by slot */
    unsigned char *states; /* by slot */
};

typedef mcy_evaluation evaluation;

static double value_of(evaluation *v, size_t symbol, size_t element, int quarter);
static double tree_value(evaluation *v, const tree *t, const size_t *env, int quarter);

static double equation_value(evaluation *v, size_t equation, size_t element, int quarter)
{
    const equation_entry *e = &v->model->equations[equation];
    size_t env[SLOTS_MOST] = {0};
    equation_env(v->model, e, element, env);
    return tree_value(v, e->right, env, quarter);
}

static double variable_value(evaluation *v, size_t symbol, size_t element, int quarter)
{
    const symbol_entry *s = &v->model->symbols[symbol];
    if (s->public.kind == MCY_SYMBOL_VARIABLE && quarter < s->public.first)
        return s->before[element] == MCY_NONE
                   ? MCY_MISSING
                   : equation_value(v, s->before[element], element, quarter);
    if (s->public.kind == MCY_SYMBOL_DERIVED || !s->public.path)
        quarter = 0;
    if (quarter < s->public.first)
        return MCY_MISSING;
    size_t slot = symbol_slot(v->u, symbol, element, quarter);
    if (v->states[slot] != SLOT_DONE) {
        bool starts = s->public.kind == MCY_SYMBOL_VARIABLE && quarter <= 0 &&
                      s->start[element] != MCY_NONE;
        v->values[slot] =
            equation_value(v, starts ? s->start[element] : s->rule[element], element, quarter);
        v->states[slot] = SLOT_DONE;
    }
    return v->values[slot];
}

static double value_of(evaluation *v, size_t symbol, size_t element, int quarter)
{
    const mcy_symbol *p = &v->model->symbols[symbol].public;
    if (p->kind == MCY_SYMBOL_CONSTANT)
        return p->value;
    if (p->kind != MCY_SYMBOL_FACT && p->kind != MCY_SYMBOL_ASSUMPTION)
        return variable_value(v, symbol, element, quarter);
    if (p->path && quarter < p->first) {
        if (!p->hold)
            return MCY_MISSING;
        quarter = p->first;
    }
    double x = v->inputs[mcy_unrolled_input(v->u, symbol, element, quarter)];
    return mcy_is_missing(x) ? MCY_MISSING : x;
}

static double op2(mcy_op op, double a, double b)
{
    return mcy_op_apply(op, a, b, 0.0);
}

/* ---- what looks at several quarters ---- */

/* The whole history of the lag, from its first quarter, every time it is asked for. */
static double pascal_value(evaluation *v, const tree *t, const size_t *env, int quarter)
{
    int first = tree_first(v->model, t->args[0]), dead = (int)t->fixed[1];
    double order = (double)t->fixed[0], held[ORDER_MOST], out = 0.0;
    if (quarter < first + dead)
        return tree_value(v, t->args[0], env, first);
    for (int q = first + dead; q <= quarter; q++) {
        double over_dead = op2(MCY_OP_SUB, tree_value(v, t->args[1], env, q), (double)dead);
        double flow = tree_value(v, t->args[0], env, q - dead);
        if (q == first + dead)
            for (long i = 0; i < t->fixed[0]; i++)
                held[i] = op2(MCY_OP_DIV, op2(MCY_OP_MUL, flow, over_dead), order);
        double part = op2(MCY_OP_DIV, order, op2(MCY_OP_ADD, over_dead, order));
        for (long i = 0; i < t->fixed[0]; i++) {
            double holds = op2(MCY_OP_ADD, held[i], flow);
            flow = op2(MCY_OP_MUL, part, holds);
            held[i] = op2(MCY_OP_SUB, holds, flow);
        }
        out = flow;
    }
    return out;
}

static double straight_line_value(evaluation *v, const tree *t, const size_t *env, int quarter)
{
    int life = (int)t->fixed[0], newest = quarter - (int)t->fixed[1];
    int first = tree_first(v->model, t->args[0]);
    double total = 0.0;
    bool begun = false;
    int early = 0;
    for (int q = newest - life + 1; q <= newest; q++)
        early += q <= first;
    if (early) {
        total = tree_value(v, t->args[0], env, first);
        total = early > 1 ? op2(MCY_OP_MUL, early, total) : total;
        begun = true;
    }
    for (int q = newest - life + 1; q <= newest; q++)
        if (q > first) {
            double x = tree_value(v, t->args[0], env, q);
            total = begun ? op2(MCY_OP_ADD, total, x) : x;
            begun = true;
        }
    return op2(MCY_OP_DIV, total, life);
}

static double fold_quarters(evaluation *v, const tree *t, const size_t *env, mcy_op op,
                            int from, int to, bool *known)
{
    double total = tree_value(v, t->args[0], env, from);
    *known = !mcy_is_missing(total);
    for (int q = from + 1; q <= to; q++) {
        double x = tree_value(v, t->args[0], env, q);
        *known = *known && !mcy_is_missing(x);
        total = op2(op, total, x);
    }
    return total;
}

static double all_quarters_value(evaluation *v, const tree *t, const size_t *env)
{
    int last = v->u->last, where = 0;
    bool known = true;
    if (t->function == FN_FIRST_QUARTER) {
        for (int q = 0; q <= last; q++) {
            double x = tree_value(v, t->args[0], env, q);
            if (x != 0.0)
                return q;
        }
        return MCY_MISSING;
    }
    if (t->function == FN_QUARTER_OF_MAX) {
        double best = fold_quarters(v, t, env, MCY_OP_MAX, 0, last, &known);
        while (known && where < last && tree_value(v, t->args[0], env, where) != best)
            where++;
        return known ? where : MCY_MISSING;
    }
    mcy_op op = t->function == FN_MAX_ALL   ? MCY_OP_MAX
                : t->function == FN_MIN_ALL ? MCY_OP_MIN
                                            : MCY_OP_ADD;
    double total = fold_quarters(v, t, env, op, 0, last, &known);
    if (op != MCY_OP_ADD && !known)
        return MCY_MISSING;
    return t->function == FN_MEAN_ALL ? op2(MCY_OP_DIV, total, last + 1) : total;
}

/* ---- trees ---- */

static double fold_elements(evaluation *v, const tree *t, size_t *env, size_t place, mcy_op op,
                            double total, bool *begun, int quarter)
{
    if (place == t->binding_count) {
        double x = tree_value(v, t->args[0], env, quarter);
        total = *begun ? op2(op, total, x) : x;
        *begun = true;
        return total;
    }
    const binding *b = &t->bindings[place];
    const mcy_dimension *d = &v->model->dimensions[b->dimension].public;
    for (size_t i = 0; i < d->element_count; i++) {
        env[b->slot] = d->members[i];
        total = fold_elements(v, t, env, place + 1, op, total, begun, quarter);
    }
    return total;
}

static double reduction_value(evaluation *v, const tree *t, const size_t *env, int quarter)
{
    size_t inner[SLOTS_MOST];
    memcpy(inner, env, sizeof inner);
    mcy_op op = t->function == FN_SUM    ? MCY_OP_ADD
                : t->function == FN_PROD ? MCY_OP_MUL
                : t->function == FN_MIN  ? MCY_OP_MIN
                                         : MCY_OP_MAX;
    bool begun = false;
    return fold_elements(v, t, inner, 0, op, 0.0, &begun, quarter);
}

static double ramp_value(const double *a, int quarter)
{
    double part = op2(MCY_OP_DIV, op2(MCY_OP_SUB, quarter, a[2]), a[3]);
    part = op2(MCY_OP_MIN, op2(MCY_OP_MAX, part, 0.0), 1.0);
    return op2(MCY_OP_ADD, a[0], op2(MCY_OP_MUL, op2(MCY_OP_SUB, a[1], a[0]), part));
}

/* Functions that are one operation of the graph, operands in the order written. */
static bool plain_op(function f, mcy_op *op)
{
    static const mcy_op ops[FN_COUNT] = {
        [FN_ADD] = MCY_OP_ADD,   [FN_SUB] = MCY_OP_SUB,   [FN_MUL] = MCY_OP_MUL,
        [FN_DIV] = MCY_OP_DIV,   [FN_POW] = MCY_OP_POW,   [FN_NEG] = MCY_OP_NEG,
        [FN_LT] = MCY_OP_LT,     [FN_LE] = MCY_OP_LE,     [FN_EQ] = MCY_OP_EQ,
        [FN_NE] = MCY_OP_NE,     [FN_AND] = MCY_OP_AND,   [FN_OR] = MCY_OP_OR,
        [FN_NOT] = MCY_OP_NOT,   [FN_ABS] = MCY_OP_ABS,   [FN_EXP] = MCY_OP_EXP,
        [FN_LOG] = MCY_OP_LOG,   [FN_SQRT] = MCY_OP_SQRT, [FN_RATIO] = MCY_OP_RATIO,
        [FN_IF] = MCY_OP_SELECT, [FN_MIN] = MCY_OP_MIN,   [FN_MAX] = MCY_OP_MAX};
    *op = ops[f];
    return *op != MCY_OP_CONSTANT;
}

static double apply_value(evaluation *v, const tree *t, const size_t *env, int quarter)
{
    double a[4] = {0};
    mcy_op op;
    bool known;
    if (function_of_all_quarters(t->function))
        return all_quarters_value(v, t, env);
    switch (t->function) {
    case FN_PASCAL:
        return pascal_value(v, t, env, quarter);
    case FN_STRAIGHT_LINE:
        return straight_line_value(v, t, env, quarter);
    case FN_SUM_LAST:
        return fold_quarters(v, t, env, MCY_OP_ADD, quarter - (int)t->fixed[0] + 1, quarter,
                             &known);
    case FN_BASE:
        return tree_value(v, t->args[0], env, 0);
    case FN_MIN:
    case FN_MAX:
        plain_op(t->function, &op);
        a[0] = tree_value(v, t->args[0], env, quarter);
        for (size_t i = 1; i < t->arg_count; i++)
            a[0] = op2(op, a[0], tree_value(v, t->args[i], env, quarter));
        return a[0];
    default:
        break;
    }
    for (size_t i = 0; i < t->arg_count && i < 4; i++)
        a[i] = tree_value(v, t->args[i], env, quarter);
    if (plain_op(t->function, &op))
        return mcy_op_apply(op, a[0], a[1], a[2]);
    switch (t->function) {
    case FN_GT:
        return op2(MCY_OP_LT, a[1], a[0]);
    case FN_GE:
        return op2(MCY_OP_LE, a[1], a[0]);
    case FN_CLAMP:
        return op2(MCY_OP_MIN, op2(MCY_OP_MAX, a[0], a[1]), a[2]);
    default:
        return ramp_value(a, quarter);
    }
}

static double tree_value(evaluation *v, const tree *t, const size_t *env, int quarter)
{
    switch (t->kind) {
    case TREE_NUMBER:
        return t->value;
    case TREE_TIME:
        return quarter;
    case TREE_CALENDAR:
        return mcy_quarter_number(v->u->base + quarter);
    case TREE_NAME:
        return value_of(v, t->symbol, tree_element(v->model, t, env), quarter - t->lag);
    case TREE_REDUCE:
        return reduction_value(v, t, env, quarter);
    case TREE_APPLY:
        return apply_value(v, t, env, quarter);
    case TREE_BAD:
        break;
    }
    return MCY_MISSING;
}

mcy_status mcy_evaluate(mcy_arena *arena, const mcy_unrolled *unrolled, const double *inputs,
                        mcy_evaluation **result, mcy_error *err)
{
    evaluation *v = MCY_TAKE(arena, evaluation, 1);
    double *copy = MCY_TAKE(arena, double, unrolled->input_count);
    if (!v || !copy)
        return mcy_fail_memory(err);
    memcpy(copy, inputs, unrolled->input_count * sizeof *copy);
    *v = (evaluation){.arena = arena, .u = unrolled, .model = unrolled->model, .inputs = copy};
    v->values = MCY_TAKE(arena, double, unrolled->slot_count);
    v->states = MCY_TAKE(arena, unsigned char, unrolled->slot_count);
    if (!v->values || !v->states)
        return mcy_fail_memory(err);
    /* in the order of the quarters, so that no value asks far back */
    for (int q = -HISTORY_MOST; q <= unrolled->last; q++)
        for (size_t i = 0; i < v->model->symbol_count; i++) {
            const mcy_symbol *p = &v->model->symbols[i].public;
            if (p->kind == MCY_SYMBOL_VARIABLE && q >= p->first)
                for (size_t e = 0; e < p->element_count; e++)
                    variable_value(v, i, e, q);
        }
    *result = v;
    return MCY_OK;
}

double mcy_evaluated(mcy_evaluation *v, size_t symbol, size_t element, int quarter)
{
    const mcy_symbol *p = &v->model->symbols[symbol].public;
    if (p->path && (quarter < p->first || quarter > v->u->last))
        return MCY_MISSING;
    return value_of(v, symbol, element, quarter);
}

size_t mcy_evaluated_checks(mcy_evaluation *v, size_t *first)
{
    size_t failed = 0;
    *first = MCY_NONE;
    for (size_t i = 0; i < v->model->equation_count; i++) {
        const equation_entry *e = &v->model->equations[i];
        if (e->public.kind != MCY_EQUATION_CHECK)
            continue;
        size_t env[SLOTS_MOST] = {0}, total = 1;
        for (size_t b = 0; b < e->binding_count; b++)
            total *= v->model->dimensions[e->bindings[b].dimension].public.element_count;
        for (size_t n = 0; n < total; n++) {
            for (size_t b = e->binding_count, rest = n; b-- > 0;) {
                const mcy_dimension *d = &v->model->dimensions[e->bindings[b].dimension].public;
                env[e->bindings[b].slot] = d->members[rest % d->element_count];
                rest /= d->element_count;
            }
            for (int q = 0; q <= (e->public.at_base ? 0 : v->u->last); q++)
                if (tree_value(v, e->right, env, q) == 0.0) {
                    failed++;
                    *first = *first == MCY_NONE ? i : *first;
                }
        }
    }
    return failed;
}
