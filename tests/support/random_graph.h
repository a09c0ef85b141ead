/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random graphs, and their values node by node: the plain oracle of programs. */
#ifndef MCY_TESTS_RANDOM_GRAPH_H
#define MCY_TESTS_RANDOM_GRAPH_H

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/graph.h"
#include "mcy/kernels.h"
#include "mcy/number.h"
#include "mcy/program.h"

static inline uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static inline size_t pick(uint64_t *state, size_t n)
{
    return (size_t)(next_random(state) % n);
}

static inline double unit(uint64_t *state)
{
    return ((double)(next_random(state) >> 11) + 0.5) * 0x1p-53;
}

/* Values as models have them, now and then one that hurts. */
static inline double random_value(uint64_t *state, bool wild)
{
    static const double hurting[] = {0.0, -0.0, 1e308, -1e-308, 800.0, -745.0, 0x1p-1074,
                                     1.0, -1.0, 2.0,   0.5,     3.0,   1e-5};
    if (wild && pick(state, 12) == 0)
        return hurting[pick(state, sizeof hurting / sizeof *hurting)];
    double x =
        unit(state) * 4.0; /* a statement each: the order of draws is part of the tests */
    return pick(state, 3) ? x : x - 2.0;
}

enum { RANDOM_INPUTS = 12 };

/* Operations weighted as models have them; smooth ones only where asked (no kinks, no far ends). */
static inline mcy_node random_node(mcy_graph *g, uint64_t *state, const mcy_node *made,
                                   size_t n)
{
    static const unsigned char weighted[] = {
        MCY_OP_ADD,    MCY_OP_ADD,    MCY_OP_ADD,   MCY_OP_SUB, MCY_OP_SUB,  MCY_OP_SUB,
        MCY_OP_MUL,    MCY_OP_MUL,    MCY_OP_MUL,   MCY_OP_MUL, MCY_OP_DIV,  MCY_OP_DIV,
        MCY_OP_RATIO,  MCY_OP_POW,    MCY_OP_NEG,   MCY_OP_ABS, MCY_OP_SQRT, MCY_OP_EXP,
        MCY_OP_LOG,    MCY_OP_MIN,    MCY_OP_MAX,   MCY_OP_MIN, MCY_OP_MAX,  MCY_OP_LT,
        MCY_OP_LE,     MCY_OP_EQ,     MCY_OP_NE,    MCY_OP_AND, MCY_OP_OR,   MCY_OP_NOT,
        MCY_OP_SELECT, MCY_OP_SELECT, MCY_OP_SELECT};
    mcy_op op = (mcy_op)weighted[pick(state, sizeof weighted)];
    size_t near = n > 24 && pick(state, 4) ? n - 24 : 0; /* mostly recent values */
    mcy_node a = made[near + pick(state, n - near)], b = made[near + pick(state, n - near)];
    mcy_node c = made[pick(state, n)];
    switch (mcy_op_operands(op)) {
    case 1:
        return mcy_graph_apply1(g, op, a);
    case 2:
        return mcy_graph_apply2(g, op, a, b);
    default:
        return mcy_graph_select(g, a, b, c);
    }
}

/* count nodes over RANDOM_INPUTS inputs; every third node or so is named by its number. */
static inline mcy_graph *random_graph(mcy_arena *arena, uint64_t *state, size_t count,
                                      bool wild)
{
    mcy_graph *g = mcy_graph_create(arena);
    mcy_node *made = malloc((count + RANDOM_INPUTS + 1) * sizeof *made);
    size_t n = 0;
    for (size_t i = 0; i < RANDOM_INPUTS; i++)
        made[n++] = mcy_graph_input(g, i);
    while (n < count + RANDOM_INPUTS) {
        made[n] = pick(state, 7) ? random_node(g, state, made, n)
                                 : mcy_graph_constant(g, random_value(state, wild));
        n++;
    }
    free(made);
    for (mcy_node i = 0; i < mcy_graph_size(g); i++)
        if (pick(state, 3) == 0)
            mcy_graph_name(g, i, 1000 + i);
    return g;
}

/* Every node's value. inputs: by the graph's numbers. */
static inline void plain_values(const mcy_graph *g, const double *inputs, double *value)
{
    for (mcy_node n = 0; n < mcy_graph_size(g); n++) {
        mcy_op op = mcy_graph_op(g, n);
        const mcy_node *in = mcy_graph_operands(g, n);
        size_t operands = mcy_op_operands(op);
        if (op == MCY_OP_CONSTANT)
            value[n] = mcy_graph_value(g, n);
        else if (op == MCY_OP_INPUT)
            value[n] = inputs[mcy_graph_input_index(g, n)];
        else
            value[n] = mcy_op_apply(op, value[in[0]], operands > 1 ? value[in[1]] : 0.0,
                                    operands > 2 ? value[in[2]] : 0.0);
    }
}

/* Nodes that are wanted: those the wanted ones need, of an if whose condition no input that
 * varies can change only the branch taken. value: at the base (or any lane). */
static inline void plain_live(const mcy_graph *g, const bool *varies, const double *value,
                              const mcy_node *wanted, size_t count, bool *live, bool *depends)
{
    size_t nodes = mcy_graph_size(g);
    for (mcy_node n = 0; n < nodes; n++) {
        mcy_op op = mcy_graph_op(g, n);
        const mcy_node *in = mcy_graph_operands(g, n);
        live[n] = false;
        depends[n] = op == MCY_OP_INPUT && varies[mcy_graph_input_index(g, n)];
        if (op == MCY_OP_SELECT && !depends[in[0]])
            depends[n] = depends[in[value[in[0]] != 0.0 ? 1 : 2]];
        else
            for (size_t i = 0; i < mcy_op_operands(op); i++)
                depends[n] = depends[n] || depends[in[i]];
    }
    for (size_t i = 0; i < count; i++)
        live[wanted[i]] = true;
    for (size_t n = nodes; n-- > 0;) {
        mcy_op op = mcy_graph_op(g, (mcy_node)n);
        const mcy_node *in = mcy_graph_operands(g, (mcy_node)n);
        bool decided = op == MCY_OP_SELECT && !depends[in[0]];
        for (size_t i = 0; live[n] && i < mcy_op_operands(op); i++)
            if (!decided || i == 0 || i == (value[in[0]] != 0.0 ? 1 : 2))
                live[in[i]] = true;
    }
}

/* What a run must report for a lane with these values. */
static inline mcy_fault plain_fault(const mcy_graph *g, const double *inputs,
                                    const double *value, const bool *live, size_t varying_count,
                                    const size_t *varying, size_t check_count,
                                    const mcy_node *checks)
{
    for (size_t v = 0; v < varying_count; v++)
        for (mcy_node n = 0; n < mcy_graph_size(g); n++)
            if (live[n] && mcy_graph_op(g, n) == MCY_OP_INPUT &&
                mcy_graph_input_index(g, n) == varying[v] && !isfinite(inputs[varying[v]]))
                return (mcy_fault){MCY_FAULT_INPUT, v, inputs[varying[v]]};
    for (mcy_node n = 0; n < mcy_graph_size(g); n++)
        if (live[n] && mcy_graph_owner(g, n) != SIZE_MAX && !isfinite(value[n]))
            return (mcy_fault){MCY_FAULT_VARIABLE, mcy_graph_owner(g, n), value[n]};
    for (size_t i = 0; i < check_count; i++)
        if (value[checks[i]] == 0.0)
            return (mcy_fault){MCY_FAULT_CHECK, i, 0.0};
    return (mcy_fault){MCY_FAULT_NONE, 0, 0.0};
}

#endif
