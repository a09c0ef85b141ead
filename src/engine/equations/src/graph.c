/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph: nodes in one array, found again through an open-addressed table of their numbers. */
#include "mcy/graph.h"

#include <assert.h>
#include <string.h>

#include "graph_nodes.h"
#include "mcy/number.h"

typedef graph_node node;

struct mcy_graph {
    mcy_arena *arena;
    node *nodes;
    size_t *owners; /* owner + 1, 0 when a node has none */
    uint32_t *table;
    size_t count, capacity, table_size, inputs;
    size_t first; /* room for the first nodes */
    mcy_status status;
};

enum { FIRST_NODES = 1024 };

static const unsigned char operand_count[] = {
#define X(name, operands) operands,
    MCY_OP_LIST(X)
#undef X
};

mcy_graph *mcy_graph_create(mcy_arena *arena)
{
    mcy_graph *graph = MCY_TAKE(arena, mcy_graph, 1);
    if (graph) {
        graph->arena = arena;
        graph->first = FIRST_NODES;
    }
    return graph;
}

void mcy_graph_expect(mcy_graph *graph, size_t nodes)
{
    while (graph->first < nodes && graph->first < (size_t)1 << 24)
        graph->first *= 2;
}

static size_t hash_node(const node *n)
{
    uint64_t h = ((uint64_t)n->part[0] << 32 | n->part[1]) * UINT64_C(0x9e3779b97f4a7c15);
    h ^= ((uint64_t)n->part[2] << 32 | n->op) * UINT64_C(0xc2b2ae3d27d4eb4f);
    h ^= h >> 29;
    h *= UINT64_C(0xbf58476d1ce4e5b9);
    return (size_t)(h ^ h >> 32);
}

static void enter(mcy_graph *graph, size_t at)
{
    size_t mask = graph->table_size - 1, slot = hash_node(&graph->nodes[at]) & mask;
    while (graph->table[slot])
        slot = (slot + 1) & mask;
    graph->table[slot] = (uint32_t)at + 1;
}

/* Twice as many nodes; the table stays at most half full. */
static bool grow(mcy_graph *graph)
{
    size_t wider = graph->capacity ? 2 * graph->capacity : graph->first;
    node *nodes = wider < MCY_NODE_NONE ? MCY_TAKE(graph->arena, node, wider) : NULL;
    size_t *owners = nodes ? MCY_TAKE(graph->arena, size_t, wider) : NULL;
    uint32_t *table = owners ? MCY_TAKE(graph->arena, uint32_t, 2 * wider) : NULL;
    if (!table) {
        graph->status = MCY_E_MEMORY;
        return false;
    }
    if (graph->count) {
        memcpy(nodes, graph->nodes, graph->count * sizeof *nodes);
        memcpy(owners, graph->owners, graph->count * sizeof *owners);
    }
    graph->nodes = nodes;
    graph->owners = owners;
    graph->table = table;
    graph->capacity = wider;
    graph->table_size = 2 * wider;
    for (size_t i = 0; i < graph->count; i++)
        enter(graph, i);
    return true;
}

/* The number of an equal node, or of this one put at the end. */
static mcy_node share(mcy_graph *graph, const node *wanted)
{
    if (graph->status != MCY_OK || (graph->count == graph->capacity && !grow(graph)))
        return 0;
    size_t mask = graph->table_size - 1, slot = hash_node(wanted) & mask;
    for (; graph->table[slot]; slot = (slot + 1) & mask) {
        uint32_t at = graph->table[slot] - 1;
        if (!memcmp(&graph->nodes[at], wanted, sizeof *wanted))
            return at;
    }
    graph->nodes[graph->count] = *wanted;
    graph->table[slot] = (uint32_t)++graph->count;
    return (mcy_node)(graph->count - 1);
}

mcy_node mcy_graph_constant(mcy_graph *graph, double value)
{
    node n = {.op = MCY_OP_CONSTANT};
    double canonical = mcy_is_missing(value) ? MCY_MISSING : value;
    memcpy(n.part, &canonical, sizeof canonical);
    return share(graph, &n);
}

mcy_node mcy_graph_input(mcy_graph *graph, size_t input)
{
    assert(input < UINT32_MAX);
    if (input >= graph->inputs)
        graph->inputs = input + 1;
    return share(graph, &(node){.op = MCY_OP_INPUT, .part = {(mcy_node)input, 0, 0}});
}

mcy_node mcy_graph_apply1(mcy_graph *graph, mcy_op op, mcy_node a)
{
    assert(graph->status != MCY_OK || (operand_count[op] == 1 && a < graph->count));
    return share(graph, &(node){.op = op, .part = {a, 0, 0}});
}

/* a + b and b + a are the same bits: such operands are kept in one order, so that they share. */
static bool commutes(mcy_op op)
{
    return op == MCY_OP_ADD || op == MCY_OP_MUL || op == MCY_OP_EQ || op == MCY_OP_NE ||
           op == MCY_OP_AND || op == MCY_OP_OR;
}

mcy_node mcy_graph_apply2(mcy_graph *graph, mcy_op op, mcy_node a, mcy_node b)
{
    assert(graph->status != MCY_OK ||
           (operand_count[op] == 2 && a < graph->count && b < graph->count));
    if (b < a && commutes(op))
        return share(graph, &(node){.op = op, .part = {b, a, 0}});
    return share(graph, &(node){.op = op, .part = {a, b, 0}});
}

mcy_node mcy_graph_select(mcy_graph *graph, mcy_node condition, mcy_node then,
                          mcy_node otherwise)
{
    assert(graph->status != MCY_OK ||
           (condition < graph->count && then < graph->count && otherwise < graph->count));
    return share(graph, &(node){.op = MCY_OP_SELECT, .part = {condition, then, otherwise}});
}

mcy_status mcy_graph_status(const mcy_graph *graph, mcy_error *err)
{
    return graph->status == MCY_OK ? MCY_OK : mcy_fail_memory(err);
}

void mcy_graph_name(mcy_graph *graph, mcy_node at, size_t owner)
{
    if (graph->status == MCY_OK && !graph->owners[at])
        graph->owners[at] = owner + 1;
}

size_t mcy_graph_size(const mcy_graph *graph)
{
    return graph->count;
}

size_t mcy_graph_inputs(const mcy_graph *graph)
{
    return graph->inputs;
}

const graph_node *mcy_graph_nodes(const mcy_graph *graph)
{
    return graph->nodes;
}

const size_t *mcy_graph_owners(const mcy_graph *graph)
{
    return graph->owners;
}

mcy_op mcy_graph_op(const mcy_graph *graph, mcy_node at)
{
    return (mcy_op)graph->nodes[at].op;
}

const mcy_node *mcy_graph_operands(const mcy_graph *graph, mcy_node at)
{
    return graph->nodes[at].part;
}

double mcy_graph_value(const mcy_graph *graph, mcy_node at)
{
    assert(graph->nodes[at].op == MCY_OP_CONSTANT);
    double value;
    memcpy(&value, graph->nodes[at].part, sizeof value);
    return value;
}

size_t mcy_graph_input_index(const mcy_graph *graph, mcy_node at)
{
    assert(graph->nodes[at].op == MCY_OP_INPUT);
    return graph->nodes[at].part[0];
}

size_t mcy_graph_owner(const mcy_graph *graph, mcy_node at)
{
    return graph->owners[at] - 1; /* 0 - 1 is SIZE_MAX */
}

size_t mcy_op_operands(mcy_op op)
{
    return operand_count[op];
}
