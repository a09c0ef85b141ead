/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The unrolled model as one graph of scalar operations: what the front end of the language emits
 * and what programs are compiled from. A node is a value of one quarter; lags are edges; sharing
 * of equal nodes (common subexpressions) happens as the graph is built. Nodes stand in dependency
 * order: operands before their users. */
#ifndef MCY_GRAPH_H
#define MCY_GRAPH_H

#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/status.h"

typedef uint32_t mcy_node;
#define MCY_NODE_NONE ((mcy_node)UINT32_MAX)

/* X(name, operands). Comparisons and logic give 1.0 or 0.0; a condition is true when != 0.
 * MIN is a < b ? a : b and MAX is a > b ? a : b. SELECT is a != 0 ? b : c. RATIO is a / b and 0
 * where b = 0, value and derivative. A NaN result is always the one canonical quiet NaN. */
#define MCY_OP_LIST(X)                                                                         \
    X(CONSTANT, 0)                                                                             \
    X(INPUT, 0)                                                                                \
    X(ADD, 2)                                                                                  \
    X(SUB, 2)                                                                                  \
    X(MUL, 2)                                                                                  \
    X(DIV, 2)                                                                                  \
    X(RATIO, 2)                                                                                \
    X(POW, 2)                                                                                  \
    X(NEG, 1)                                                                                  \
    X(ABS, 1)                                                                                  \
    X(SQRT, 1)                                                                                 \
    X(EXP, 1)                                                                                  \
    X(LOG, 1)                                                                                  \
    X(MIN, 2)                                                                                  \
    X(MAX, 2)                                                                                  \
    X(LT, 2)                                                                                   \
    X(LE, 2)                                                                                   \
    X(EQ, 2)                                                                                   \
    X(NE, 2)                                                                                   \
    X(AND, 2)                                                                                  \
    X(OR, 2)                                                                                   \
    X(NOT, 1)                                                                                  \
    X(SELECT, 3)

typedef enum mcy_op {
#define X(name, operands) MCY_OP_##name,
    MCY_OP_LIST(X)
#undef X
        MCY_OP_COUNT
} mcy_op;

/** Number of operands of an operation, 0 to 3. */
size_t mcy_op_operands(mcy_op op);

typedef struct mcy_graph mcy_graph;

/** A new, empty graph that lives in the arena; NULL when memory is short. */
mcy_graph *mcy_graph_create(mcy_arena *arena);

/* The builders give the node, an equal one made before where there is one. When memory is short
 * the graph remembers it and the builders give node 0: ask mcy_graph_status once at the end.
 * Nothing is folded here (which inputs are constant is known when a program is compiled); a + b
 * and b + a are one node, and so are the other operations whose operands may change places. */
mcy_node mcy_graph_constant(mcy_graph *graph, double value);
mcy_node mcy_graph_input(mcy_graph *graph, size_t input);
mcy_node mcy_graph_apply1(mcy_graph *graph, mcy_op op, mcy_node a);
mcy_node mcy_graph_apply2(mcy_graph *graph, mcy_op op, mcy_node a, mcy_node b);
mcy_node mcy_graph_select(mcy_graph *graph, mcy_node condition, mcy_node then,
                          mcy_node otherwise);
mcy_status mcy_graph_status(const mcy_graph *graph, mcy_error *err);

/**
 * Say that a node is the value of a model's variable: owner is an index of the front end's table
 * of (variable, element, quarter). A run that goes non-finite is reported by the owner whose node
 * comes first. A node may have several owners; the first is kept.
 *
 * Notes:     name what must be finite (variables, derived values); an `output` that may be
 *            missing is not named, or every run in which it is missing would be reported
 */
void mcy_graph_name(mcy_graph *graph, mcy_node node, size_t owner);

/** Reading a graph: number of nodes, of inputs (highest + 1), and a node's parts. */
size_t mcy_graph_size(const mcy_graph *graph);
size_t mcy_graph_inputs(const mcy_graph *graph);
mcy_op mcy_graph_op(const mcy_graph *graph, mcy_node node);
const mcy_node *mcy_graph_operands(const mcy_graph *graph, mcy_node node); /* [3] */
double mcy_graph_value(const mcy_graph *graph, mcy_node node);             /* of a constant */
size_t mcy_graph_input_index(const mcy_graph *graph, mcy_node node);
size_t mcy_graph_owner(const mcy_graph *graph, mcy_node node); /* SIZE_MAX when it has none */

#endif
