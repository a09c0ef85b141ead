/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gradients: hand-derived cases, fourth-order differences on random smooth graphs, kinks. */
#include "check.h"
#include "random_graph.h"

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

enum { MOST = 16 };

typedef struct case_of {
    mcy_graph *g;
    size_t inputs, count;
    double x[MOST];
    mcy_node outputs[MOST];
    const mcy_program *program;
    mcy_scratch *scratch;
    double gradient[MOST][MOST], values[MOST];
    mcy_kinks kinks;
    mcy_fault fault;
} case_of;

static void compile(case_of *c)
{
    mcy_error err = {0};
    size_t varying[MOST];
    for (size_t i = 0; i < c->inputs; i++)
        varying[i] = i;
    mcy_program_request request = {.graph = c->g,
                                   .base = c->x,
                                   .varying_count = c->inputs,
                                   .varying = varying,
                                   .output_count = c->count,
                                   .outputs = c->outputs,
                                   .gradient = true};
    check_ok(mcy_program_compile(arena, &request, &c->program, &err), err);
    check_ok(mcy_scratch_create(arena, c->program, &c->scratch, &err), err);
}

static void derive(case_of *c)
{
    static double flat[MOST * MOST];
    size_t which[MOST];
    for (size_t i = 0; i < c->count; i++)
        which[i] = i;
    mcy_program_gradient(c->program, c->scratch, c->x, c->count, which, flat, c->values,
                         &c->kinks, &c->fault);
    for (size_t i = 0; i < c->count; i++)
        memcpy(c->gradient[i], flat + i * c->inputs, c->inputs * sizeof(double));
}

static case_of *fresh(size_t inputs)
{
    case_of *c = MCY_TAKE(arena, case_of, 1);
    c->g = mcy_graph_create(arena);
    c->inputs = inputs;
    for (size_t i = 0; i < inputs; i++)
        (void)mcy_graph_input(c->g, i);
    return c;
}

static mcy_node one(case_of *c, mcy_op op, mcy_node a)
{
    return mcy_graph_apply1(c->g, op, a);
}

static mcy_node two(case_of *c, mcy_op op, mcy_node a, mcy_node b)
{
    return mcy_graph_apply2(c->g, op, a, b);
}

static mcy_node number(case_of *c, double x)
{
    return mcy_graph_constant(c->g, x);
}

static void gradient__each_operation__is_the_derivative_by_hand(void **state)
{
    (void)state;
    case_of *c = fresh(2);
    const double x = c->x[0] = 2.385, y = c->x[1] = 0.617;
    const struct {
        mcy_op op;
        double dx, dy;
    } binary[] = {
        {MCY_OP_ADD, 1, 1},
        {MCY_OP_SUB, 1, -1},
        {MCY_OP_MUL, y, x},
        {MCY_OP_DIV, 1 / y, -x / (y * y)},
        {MCY_OP_RATIO, 1 / y, -x / (y * y)},
        {MCY_OP_POW, y * pow(x, y - 1), pow(x, y) * log(x)},
        {MCY_OP_MIN, 0, 1},
        {MCY_OP_MAX, 1, 0},
        {MCY_OP_LT, 0, 0},
        {MCY_OP_AND, 0, 0},
    };
    const struct {
        mcy_op op;
        double dx;
    } unary[] = {{MCY_OP_NEG, -1},     {MCY_OP_ABS, 1},     {MCY_OP_SQRT, 0.5 / sqrt(x)},
                 {MCY_OP_EXP, exp(x)}, {MCY_OP_LOG, 1 / x}, {MCY_OP_NOT, 0}};
    enum { BINARY = sizeof binary / sizeof *binary, UNARY = sizeof unary / sizeof *unary };
    for (size_t i = 0; i < BINARY; i++)
        c->outputs[c->count++] = two(c, binary[i].op, 0, 1);
    for (size_t i = 0; i < UNARY; i++)
        c->outputs[c->count++] = one(c, unary[i].op, 0);
    compile(c);
    derive(c);
    for (size_t i = 0; i < BINARY; i++) {
        check_near(c->gradient[i][0], binary[i].dx, 1e-15);
        check_near(c->gradient[i][1], binary[i].dy, 1e-15);
    }
    for (size_t i = 0; i < UNARY; i++) {
        check_near(c->gradient[BINARY + i][0], unary[i].dx, 1e-15);
        assert_true(c->gradient[BINARY + i][1] == 0.0);
    }
    assert_int_equal(c->kinks.count, 0);
}

/* Three quarters of logistic growth, x' = x + r x (1 - x / k): the chain rule by hand. */
static void gradient__a_recursion__is_the_chain_rule_by_hand(void **state)
{
    (void)state;
    case_of *c = fresh(3);
    double x = c->x[0] = 0.31, r = c->x[1] = 0.42, k = c->x[2] = 1.7, dx = 1, dr = 0, dk = 0;
    mcy_node at = 0;
    for (int t = 0; t < 3; t++) {
        mcy_node room = two(c, MCY_OP_SUB, number(c, 1.0), two(c, MCY_OP_DIV, at, 2));
        at = two(c, MCY_OP_ADD, at, two(c, MCY_OP_MUL, two(c, MCY_OP_MUL, 1, at), room));
        double slope = 1 + r * (1 - 2 * x / k);
        dr = slope * dr + x * (1 - x / k);
        dk = slope * dk + r * x * x / (k * k);
        dx = slope * dx;
        x += r * x * (1 - x / k);
    }
    c->outputs[c->count++] = at;
    compile(c);
    derive(c);
    check_near(c->values[0], x, 1e-15);
    check_near(c->gradient[0][0], dx, 1e-14);
    check_near(c->gradient[0][1], dr, 1e-14);
    check_near(c->gradient[0][2], dk, 1e-14);
}

static void gradient__a_branch_not_taken__adds_nothing_even_if_infinite(void **state)
{
    (void)state;
    case_of *c = fresh(2);
    c->x[0] = 0.0;
    c->x[1] = 3.2;
    mcy_node blown = two(c, MCY_OP_DIV, 1, 0); /* infinite, with infinite derivatives */
    mcy_node zero = two(c, MCY_OP_EQ, 0, number(c, 0.0));
    c->outputs[0] = mcy_graph_select(c->g, zero, two(c, MCY_OP_MUL, 1, 1), blown);
    c->outputs[1] = two(c, MCY_OP_MIN, blown, 1);
    c->outputs[2] = two(c, MCY_OP_RATIO, 1, 0);
    c->count = 3;
    mcy_graph_name(c->g, c->outputs[0], 70);
    mcy_graph_name(c->g, c->outputs[2], 72);
    compile(c);
    derive(c);
    assert_int_equal(c->fault.kind, MCY_FAULT_NONE);
    check_near(c->gradient[0][1], 6.4, 1e-15);
    assert_true(c->gradient[0][0] == 0.0);
    assert_true(c->gradient[1][0] == 0.0 && c->gradient[1][1] == 1.0);
    assert_true(c->values[2] == 0.0 && c->gradient[2][0] == 0.0 && c->gradient[2][1] == 0.0);
    assert_int_equal(c->kinks.count, 2); /* x == 0 decides an if; ratio by 0 */
    assert_int_equal(c->kinks.listed, 2);
    assert_int_equal(c->kinks.owner[0], 70);
    assert_int_equal(c->kinks.owner[1], 72);
}

static void gradient__ties_on_the_way__are_reported_with_their_owner(void **state)
{
    (void)state;
    case_of *c = fresh(3);
    c->x[0] = c->x[1] = 1.25;
    c->x[2] = 9.0;
    mcy_node tie = two(c, MCY_OP_MAX, 0, 1);
    mcy_node user = two(c, MCY_OP_MUL, tie, 2);
    mcy_graph_name(c->g, user, 17);
    c->outputs[c->count++] = user;
    c->outputs[c->count++] = two(c, MCY_OP_MIN, tie, 2); /* no tie itself */
    c->outputs[c->count++] =
        two(c, MCY_OP_MIN, two(c, MCY_OP_MIN, 0, 1), number(c, 1.0)); /* off */
    compile(c);
    derive(c);
    assert_true(c->gradient[0][0] == 0.0 &&
                c->gradient[0][1] == 9.0); /* a > b ? a : b takes b */
    assert_true(c->gradient[0][2] == 1.25);
    assert_int_equal(c->kinks.count, 1);
    assert_int_equal(c->kinks.listed, 1);
    assert_int_equal(c->kinks.owner[0], 17);
    assert_true(c->gradient[2][0] == 0.0 && c->gradient[2][1] == 0.0);
}

static void gradient__a_scenario_that_fails__is_missing_and_says_where(void **state)
{
    (void)state;
    case_of *c = fresh(2);
    c->x[0] = -1.5;
    c->x[1] = 2.0;
    mcy_node bad = one(c, MCY_OP_LOG, 0);
    mcy_graph_name(c->g, bad, 5);
    c->outputs[c->count++] = two(c, MCY_OP_MIN, bad, 1);
    compile(c);
    derive(c);
    assert_int_equal(c->fault.kind, MCY_FAULT_VARIABLE);
    assert_int_equal(c->fault.index, 5);
    assert_true(isnan(c->gradient[0][0]) && isnan(c->values[0]));
    c->x[1] = (double)INFINITY;
    derive(c);
    assert_int_equal(c->fault.kind, MCY_FAULT_INPUT);
    assert_int_equal(c->fault.index, 1);
}

/* A graph of values between 0.2 and 5, away from every kink. */
static void grow_smooth(case_of *c, uint64_t *seed, size_t count)
{
    double *value = MCY_TAKE(arena, double, 4 * count + 64);
    mcy_node *made = MCY_TAKE(arena, mcy_node, count + MOST);
    size_t n = 0;
    for (size_t i = 0; i < c->inputs; i++) {
        c->x[i] = 0.5 + 1.5 * unit(seed);
        made[n++] = (mcy_node)i;
    }
    for (size_t tries = 0; n < count && tries < 3 * count; tries++) {
        mcy_node a = made[n - 1 - pick(seed, n < 12 ? n : 12)], b = made[pick(seed, n)];
        mcy_op op = (mcy_op)(MCY_OP_ADD + pick(seed, MCY_OP_MAX - MCY_OP_ADD + 1));
        mcy_node made_now;
        plain_values(c->g, c->x, value);
        if (pick(seed, 8) == 0) {
            made_now = mcy_graph_select(c->g, two(c, MCY_OP_LT, a, b), b, a);
        } else {
            made_now = mcy_op_operands(op) == 1 ? one(c, op, a) : two(c, op, a, b);
        }
        bool near = fabs(value[a] - value[b]) < 0.05;
        plain_values(c->g, c->x, value);
        if (value[made_now] > 0.2 && value[made_now] < 5.0 && !near)
            made[n++] = made_now;
    }
    for (size_t i = 0; i < c->count; i++)
        c->outputs[i] = made[n - 1 - i];
}

static void values_at(case_of *c, size_t input, double x, double out[MOST])
{
    double kept = c->x[input];
    const double *inputs[MOST];
    double *outputs[MOST];
    c->x[input] = x;
    for (size_t i = 0; i < c->inputs; i++)
        inputs[i] = &c->x[i];
    for (size_t i = 0; i < c->count; i++)
        outputs[i] = &out[i];
    (void)mcy_program_run(c->program, c->scratch, 1, inputs, outputs, NULL);
    c->x[input] = kept;
}

static void gradient__random_smooth_graphs__agree_with_differences(void **state)
{
    (void)state;
    uint64_t seed = 4;
    size_t compared = 0, sizeable = 0;
    for (int trial = 0; trial < 150; trial++) {
        case_of *c = fresh(6);
        c->count = 5;
        grow_smooth(c, &seed, 60);
        compile(c);
        derive(c);
        double same[MOST], up[MOST], down[MOST], up2[MOST], down2[MOST];
        values_at(c, 0, c->x[0], same);
        assert_memory_equal(same, c->values, c->count * sizeof(double));
        for (size_t i = 0; i < c->inputs; i++) {
            const double h = 2e-4, x = c->x[i];
            values_at(c, i, x + h, up);
            values_at(c, i, x - h, down);
            values_at(c, i, x + 2 * h, up2);
            values_at(c, i, x - 2 * h, down2);
            for (size_t o = 0; o < c->count; o++) {
                double slope = (8 * (up[o] - down[o]) - (up2[o] - down2[o])) / (12 * h);
                double coarse = (up2[o] - down2[o]) / (4 * h),
                       fine = (up[o] - down[o]) / (2 * h);
                if (fabs(coarse - fine) > 0.01 * (1 + fabs(fine))) /* too curved to tell, or a
                                                                      kink within the step */
                    continue;
                check_near(c->gradient[o][i], slope, 1e-6);
                compared++;
                sizeable += fabs(slope) > 0.01;
            }
        }
    }
    assert_true(compared > 4000 && sizeable > 1500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradient__each_operation__is_the_derivative_by_hand),
        cmocka_unit_test(gradient__a_recursion__is_the_chain_rule_by_hand),
        cmocka_unit_test(gradient__a_branch_not_taken__adds_nothing_even_if_infinite),
        cmocka_unit_test(gradient__ties_on_the_way__are_reported_with_their_owner),
        cmocka_unit_test(gradient__a_scenario_that_fails__is_missing_and_says_where),
        cmocka_unit_test(gradient__random_smooth_graphs__agree_with_differences),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
