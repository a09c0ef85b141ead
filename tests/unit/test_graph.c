/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph shares equal nodes and keeps operands before users. */
#include "check.h"

#include "mcy/graph.h"
#include "mcy/number.h"

static mcy_arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = mcy_arena_create();
    return !arena;
}

static int teardown(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return 0;
}

static void graph__equal_nodes__are_one(void **state)
{
    (void)state;
    mcy_graph *g = mcy_graph_create(arena);
    mcy_node x = mcy_graph_input(g, 3), y = mcy_graph_input(g, 1);
    mcy_node sum = mcy_graph_apply2(g, MCY_OP_ADD, x, y);
    assert_int_equal(sum, mcy_graph_apply2(g, MCY_OP_ADD, y, x));
    assert_int_not_equal(mcy_graph_apply2(g, MCY_OP_SUB, x, y),
                         mcy_graph_apply2(g, MCY_OP_SUB, y, x));
    assert_int_not_equal(mcy_graph_apply2(g, MCY_OP_MIN, x, y),
                         mcy_graph_apply2(g, MCY_OP_MIN, y, x));
    assert_int_equal(mcy_graph_constant(g, 2.385), mcy_graph_constant(g, 2.385));
    assert_int_not_equal(mcy_graph_constant(g, 0.0), mcy_graph_constant(g, -0.0));
    assert_int_equal(mcy_graph_constant(g, MCY_MISSING), mcy_graph_constant(g, -MCY_MISSING));
    assert_int_equal(x, mcy_graph_input(g, 3));
    assert_int_equal(mcy_graph_inputs(g), 4);
    mcy_error err = {0};
    check_ok(mcy_graph_status(g, &err), err);
}

static void graph__a_hundred_thousand_nodes__keep_their_parts(void **state)
{
    (void)state;
    enum { N = 100000 };
    mcy_graph *g = mcy_graph_create(arena);
    mcy_node at = mcy_graph_input(g, 0);
    for (int pass = 0; pass < 2; pass++) {
        at = 0;
        for (int i = 0; i < N; i++) {
            mcy_node c = mcy_graph_constant(g, 0.5 + i);
            mcy_node next = mcy_graph_apply2(g, MCY_OP_SUB, c, at);
            assert_int_equal(mcy_graph_op(g, next), MCY_OP_SUB);
            assert_int_equal(mcy_graph_operands(g, next)[0], c);
            assert_int_equal(mcy_graph_operands(g, next)[1], at);
            assert_true(c < next && at < next);
            at = next;
        }
        assert_int_equal(mcy_graph_size(g), 1 + 2 * N);
    }
    assert_true(mcy_graph_value(g, mcy_graph_operands(g, at)[0]) == N - 0.5);
}

static void graph_name__a_second_owner__keeps_the_first(void **state)
{
    (void)state;
    mcy_graph *g = mcy_graph_create(arena);
    mcy_node x = mcy_graph_input(g, 0);
    mcy_node s = mcy_graph_select(g, x, x, mcy_graph_constant(g, 7.25));
    assert_true(mcy_graph_owner(g, s) == SIZE_MAX);
    mcy_graph_name(g, s, 0);
    mcy_graph_name(g, s, 41);
    assert_int_equal(mcy_graph_owner(g, s), 0);
    assert_int_equal(mcy_op_operands(MCY_OP_SELECT), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graph__equal_nodes__are_one),
        cmocka_unit_test(graph__a_hundred_thousand_nodes__keep_their_parts),
        cmocka_unit_test(graph_name__a_second_owner__keeps_the_first),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
