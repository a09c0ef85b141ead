/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk over trees that lays a model out: every value it meets becomes a node of the graph.
 * On trial (of a model just read) no graph is made and what does not work is complained about.
 */
#ifndef MCY_WALK_H
#define MCY_WALK_H

#include "language.h"

enum { SLOT_EMPTY, SLOT_BUSY, SLOT_DONE };

/* The states of one pascal lag for one set of elements, or a plain list of values. */
typedef struct lag_run {
    const tree *tree;
    size_t env[SLOTS_MOST];
    int first, next; /* of its argument; next quarter to compute */
    mcy_node before; /* value of the argument in its first quarter */
    mcy_node *held;  /* what each stage holds */
    mcy_node *out;   /* out[quarter - first] */
} lag_run;

struct mcy_unrolled {
    mcy_arena *arena;
    const mcy_model *model;
    mcy_graph *graph; /* NULL on trial */
    int last;
    mcy_quarter base;
    size_t *input_base, *slot_base; /* by symbol; MCY_NONE where it has none */
    size_t input_count, slot_count;
    mcy_node *slots;
    unsigned char *states;
    size_t check_count, check_capacity, node_capacity;
    mcy_unrolled_check *checks;
    mcy_node *check_nodes;
};

typedef struct walk {
    mcy_unrolled *u;
    const mcy_model *model;
    reader *trial; /* NULL when laying out for good */
    size_t depth;
    const equation_entry *equation; /* being walked */
    size_t element;                 /* of the symbol it computes */
    bool in_output, in_before;
    size_t *busy; /* slots being computed, outermost first */
    size_t busy_count, busy_capacity;
    size_t run_count, run_slots;
    lag_run **runs;
    size_t steps;
    bool failed, too_deep, too_much;
} walk;

/** Node of a tree in a quarter, under the elements bound in env. */
mcy_node walk_tree(walk *w, const tree *t, const size_t *env, int quarter);

/** Node of a symbol's element in a quarter; at says who asks, NULL for nobody. */
mcy_node walk_value(walk *w, size_t symbol, size_t element, int quarter, const tree *at);

/* walk_lag.c */
mcy_node walk_pascal(walk *w, const tree *t, const size_t *env, int quarter);
mcy_node walk_straight_line(walk *w, const tree *t, const size_t *env, int quarter);
mcy_node walk_all_quarters(walk *w, const tree *t, const size_t *env);

/* nodes, none on trial */
mcy_node node_constant(walk *w, double value);
mcy_node node1(walk *w, mcy_op op, mcy_node a);
mcy_node node2(walk *w, mcy_op op, mcy_node a, mcy_node b);
mcy_node node_select(walk *w, mcy_node condition, mcy_node then, mcy_node otherwise);

/** One more condition that must hold. */
void walk_check(walk *w, mcy_node node, size_t equation, const char *meaning, int quarter);

/** Number of quarters a path symbol has a value in, 1 for others. */
size_t symbol_quarters(const mcy_unrolled *u, const mcy_symbol *p);

/** Slot of a variable, derived value or output in a quarter it has. */
size_t symbol_slot(const mcy_unrolled *u, size_t symbol, size_t element, int quarter);

/** Lay out; trial is NULL for good. */
mcy_status unroll_walk(mcy_arena *arena, const mcy_model *model,
                       const mcy_unroll_options *options, reader *trial, mcy_unrolled **out,
                       mcy_error *err);

#endif
