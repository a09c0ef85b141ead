/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nodes of a graph as they lie in memory, for the passes that go over all of them. */
#ifndef MCY_GRAPH_NODES_H
#define MCY_GRAPH_NODES_H

#include "mcy/graph.h"

/* part holds the operands, 0 beyond them; of a constant the two halves of its bits, of an input
 * its number. */
typedef struct graph_node {
    mcy_node part[3];
    uint32_t op;
} graph_node;

/** About so many nodes will be made: of a graph without any, room for them at once. */
void mcy_graph_expect(mcy_graph *graph, size_t nodes);

/** [mcy_graph_size] nodes; until the next one is made. */
const graph_node *mcy_graph_nodes(const mcy_graph *graph);

/** [mcy_graph_size] owner + 1 of each node, 0 when it has none. */
const size_t *mcy_graph_owners(const mcy_graph *graph);

#endif
