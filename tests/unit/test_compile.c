/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiling and running by hand: what is refused, folded, pruned and dropped; faults; the state of
 * the machine. */
#include <fenv.h>

#include "check.h"

#include "mcy/kernels.h"
#include "mcy/number.h"
#include "mcy/program.h"

static mcy_arena *arena;
static mcy_graph *g;

static int setup(void **state)
{
    (void)state;
    arena = mcy_arena_create();
    g = mcy_graph_create(arena);
    return !g;
}

static int teardown(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return 0;
}

static mcy_node number(double x)
{
    return mcy_graph_constant(g, x);
}

static mcy_node two(mcy_op op, mcy_node a, mcy_node b)
{
    return mcy_graph_apply2(g, op, a, b);
}

static const double base[] = {2.385, 0.75, -1.25, 0.5};
static const size_t varying[] = {0, 1, 2, 3};

static const mcy_program *compile(size_t varied, size_t outputs, const mcy_node *nodes,
                                  size_t checks, const mcy_node *conditions)
{
    mcy_error err = {0};
    mcy_program_request request = {.graph = g,
                                   .base = base,
                                   .varying_count = varied,
                                   .varying = varying,
                                   .output_count = outputs,
                                   .outputs = nodes,
                                   .check_count = checks,
                                   .checks = conditions};
    const mcy_program *program;
    check_ok(mcy_program_compile(arena, &request, &program, &err), err);
    return program;
}

/* One lane whose first input is x (the others as in the base). */
static mcy_fault run_at(const mcy_program *program, double x, double *outputs, size_t count)
{
    mcy_error err = {0};
    mcy_scratch *scratch;
    mcy_fault fault;
    const double *in[] = {&x, base + 1, base + 2, base + 3};
    double *out[8];
    for (size_t i = 0; i < count; i++)
        out[i] = outputs + i;
    check_ok(mcy_scratch_create(arena, program, &scratch, &err), err);
    size_t failed = mcy_program_run(program, scratch, 1, in, out, &fault);
    assert_int_equal(failed, fault.kind != MCY_FAULT_NONE);
    return fault;
}

static void compile__bad_requests__are_refused_with_a_sentence(void **state)
{
    (void)state;
    mcy_error err = {0};
    const mcy_program *program;
    mcy_node node = two(MCY_OP_ADD, mcy_graph_input(g, 0), mcy_graph_input(g, 1)), wild = 999;
    size_t twice[] = {1, 1};
    mcy_program_request good = {.graph = g, .base = base, .output_count = 1, .outputs = &node};
    mcy_program_request r = good;
    r.block = 24;
    check_refused(mcy_program_compile(arena, &r, &program, &err), MCY_E_INPUT, err,
                  "a block of 24 lanes: want a multiple of 16 up to 1024");
    r = good;
    r.block = 2048;
    check_refused(mcy_program_compile(arena, &r, &program, &err), MCY_E_INPUT, err, "2048");
    r = good;
    r.outputs = &wild;
    check_refused(mcy_program_compile(arena, &r, &program, &err), MCY_E_INPUT, err,
                  "output 0 is node 999 of 3");
    r = good;
    r.check_count = 1;
    r.checks = &wild;
    check_refused(mcy_program_compile(arena, &r, &program, &err), MCY_E_INPUT, err,
                  "check 0 is node 999");
    r = good;
    r.varying_count = 2;
    r.varying = twice;
    check_refused(mcy_program_compile(arena, &r, &program, &err), MCY_E_INPUT, err,
                  "input 1 is varied twice");
    assert_null(program);
}

static void variant__names__are_read_and_written(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_variant variant;
    check_ok(mcy_variant_parse("plain", &variant, &err), err);
    assert_int_equal(variant, MCY_VARIANT_PLAIN);
    check_ok(mcy_variant_parse("auto", &variant, &err), err);
    assert_int_equal(variant, MCY_VARIANT_AUTO);
    check_refused(mcy_variant_parse("avx3", &variant, &err), MCY_E_USAGE, err,
                  "unknown instruction set 'avx3': auto, plain, sse2, avx2 or avx512");
    assert_string_equal(mcy_variant_name(MCY_VARIANT_AVX512), "avx512");
    assert_true(mcy_variant_supported(mcy_variant_best()));
    assert_true(mcy_variant_best() != MCY_VARIANT_AUTO);
}

static void compile__what_no_lane_varies__is_folded(void **state)
{
    (void)state;
    mcy_node x = mcy_graph_input(g, 0), a = mcy_graph_input(g, 1), b = mcy_graph_input(g, 2);
    mcy_node k1 = mcy_graph_apply1(g, MCY_OP_EXP, two(MCY_OP_MUL, a, b));
    mcy_node k2 = mcy_graph_apply1(g, MCY_OP_EXP, number(0.75 * -1.25));
    mcy_node s1 = two(MCY_OP_MUL, x, k1), s2 = two(MCY_OP_MUL, x, k2); /* equal once folded */
    mcy_node out[] = {two(MCY_OP_ADD, s1, s2), k1, x};
    (void)two(MCY_OP_POW, x, a); /* wanted by nothing */
    mcy_program_facts facts = mcy_program_describe(compile(1, 3, out, 0, NULL));
    assert_int_equal(facts.live, 3); /* the input, one product, the sum */
    assert_int_equal(facts.operations[MCY_OP_MUL], 1);
    assert_int_equal(facts.operations[MCY_OP_EXP], 0);
    double got[3];
    assert_int_equal(run_at(compile(1, 3, out, 0, NULL), 1.5, got, 3).kind, MCY_FAULT_NONE);
    double k = mcy_exp(0.75 * -1.25);
    assert_true(got[0] == 1.5 * k + 1.5 * k && got[1] == k && got[2] == 1.5);
    facts = mcy_program_describe(compile(3, 3, out, 0, NULL));
    assert_int_equal(facts.operations[MCY_OP_EXP], 1); /* only k1 varies now */
}

static void compile__a_decided_condition__leaves_only_its_branch(void **state)
{
    (void)state;
    mcy_node x = mcy_graph_input(g, 0), a = mcy_graph_input(g, 1);
    mcy_node costly = mcy_graph_apply1(g, MCY_OP_LOG, two(MCY_OP_SUB, x, number(100.0)));
    mcy_graph_name(g, costly, 3); /* not finite, but not computed either */
    mcy_node cheap = two(MCY_OP_ADD, x, a);
    mcy_node out = mcy_graph_select(g, two(MCY_OP_LT, a, number(0.8)), cheap, costly);
    const mcy_program *program = compile(1, 1, &out, 0, NULL);
    assert_int_equal(mcy_program_describe(program).live, 2);
    double got;
    assert_int_equal(run_at(program, 1.5, &got, 1).kind, MCY_FAULT_NONE);
    assert_true(got == 2.25);
    program = compile(2, 1, &out, 0, NULL); /* a varies: both branches are computed */
    mcy_fault fault = run_at(program, 1.5, &got, 1);
    assert_int_equal(fault.kind, MCY_FAULT_VARIABLE);
    assert_int_equal(fault.index, 3);
}

static void run__a_hidden_infinity__is_found_where_it_began(void **state)
{
    (void)state;
    mcy_node x = mcy_graph_input(g, 0);
    mcy_node price = two(MCY_OP_DIV, number(1.0), x);
    mcy_node stock = two(MCY_OP_SUB, price, number(3.0));
    mcy_node capped = two(MCY_OP_MIN, stock, number(1.4)); /* hides it */
    mcy_graph_name(g, price, 41);
    mcy_graph_name(g, stock, 42);
    mcy_graph_name(g, capped, 43);
    const mcy_program *program = compile(1, 1, &capped, 0, NULL);
    assert_int_equal(mcy_program_describe(program).guards, 3); /* input, stock, capped */
    double got;
    mcy_fault fault = run_at(program, 0.0, &got, 1);
    assert_int_equal(fault.kind, MCY_FAULT_VARIABLE);
    assert_int_equal(fault.index, 41);
    assert_true(isinf(fault.value) && isnan(got));
    fault = run_at(program, MCY_MISSING, &got, 1);
    assert_int_equal(fault.kind, MCY_FAULT_INPUT);
    assert_int_equal(fault.index, 0);
    assert_int_equal(run_at(program, 4.0, &got, 1).kind, MCY_FAULT_NONE);
    assert_true(got == -2.75);
}

static void run__a_missing_output__is_no_fault(void **state)
{
    (void)state;
    mcy_node x = mcy_graph_input(g, 0);
    mcy_node out = mcy_graph_select(g, two(MCY_OP_LT, x, number(1.0)), number(7.0),
                                    number(MCY_MISSING)); /* first_quarter that never comes */
    double got;
    assert_int_equal(run_at(compile(1, 1, &out, 0, NULL), 2.0, &got, 1).kind, MCY_FAULT_NONE);
    double missing = MCY_MISSING;
    assert_memory_equal(&got, &missing, sizeof got);
}

static void run__checks__are_told_apart_and_leave_the_values(void **state)
{
    (void)state;
    mcy_node x = mcy_graph_input(g, 0), a = mcy_graph_input(g, 1);
    mcy_node out = two(MCY_OP_ADD, x, x);
    mcy_node checks[] = {two(MCY_OP_LT, x, number(5.0)), two(MCY_OP_LT, number(0.0), x),
                         two(MCY_OP_LT, a, number(1.0))};
    double got;
    const mcy_program *program = compile(1, 1, &out, 3, checks);
    assert_int_equal(run_at(program, 3.0, &got, 1).kind, MCY_FAULT_NONE);
    mcy_fault fault = run_at(program, -3.0, &got, 1);
    assert_int_equal(fault.kind, MCY_FAULT_CHECK);
    assert_int_equal(fault.index, 1);
    assert_true(got == -6.0);
    checks[0] = two(MCY_OP_LT, number(1.0), a); /* fails whatever the lanes do */
    fault = run_at(compile(1, 1, &out, 3, checks), 3.0, &got, 1);
    assert_int_equal(fault.kind, MCY_FAULT_CHECK);
    assert_int_equal(fault.index, 0);
    assert_true(got == 6.0);
}

static void run__checks_joined_by_and__fail_by_either_side(void **state)
{
    (void)state;
    mcy_node x = mcy_graph_input(g, 0), y = mcy_graph_input(g, 1);
    mcy_node shared = two(MCY_OP_LT, x, number(8.0)); /* also an output */
    mcy_node range = two(MCY_OP_AND, two(MCY_OP_LE, number(1.0), x), two(MCY_OP_LE, x, y));
    mcy_node checks[] = {two(MCY_OP_AND, range, shared), two(MCY_OP_NE, x, number(3.5))};
    mcy_node out[] = {shared, x};
    const mcy_program *program = compile(1, 2, out, 2, checks); /* y is 0.75 */
    double got[2];
    assert_int_equal(run_at(program, 0.5, got, 2).kind, MCY_FAULT_CHECK);
    assert_int_equal(run_at(program, 9.0, got, 2).index, 0);
    checks[0] = two(MCY_OP_AND, two(MCY_OP_AND, two(MCY_OP_LE, number(1.0), x), shared),
                    two(MCY_OP_LT, number(2.0), x));
    program = compile(1, 2, out, 2, checks);
    assert_int_equal(run_at(program, 3.0, got, 2).kind, MCY_FAULT_NONE);
    const double wrong[] = {0.5, 1.5, 8.5};
    for (size_t i = 0; i < 3; i++) {
        mcy_fault fault = run_at(program, wrong[i], got, 2);
        assert_int_equal(fault.kind, MCY_FAULT_CHECK);
        assert_int_equal(fault.index, 0);
        assert_true(got[1] == wrong[i] && got[0] == (wrong[i] < 8.0));
    }
    mcy_fault fault = run_at(program, 3.5, got, 2);
    assert_int_equal(fault.index, 1);
    assert_int_equal(fault.kind, MCY_FAULT_CHECK);
}

static void run__a_fault_of_the_base__fails_every_lane(void **state)
{
    (void)state;
    mcy_node x = mcy_graph_input(g, 0), c = mcy_graph_input(g, 2);
    mcy_node bad = mcy_graph_apply1(g, MCY_OP_LOG, c); /* of -1.25 */
    mcy_graph_name(g, bad, 8);
    mcy_node out = two(MCY_OP_MAX, x, bad);
    double got;
    mcy_fault fault = run_at(compile(1, 1, &out, 0, NULL), 1.0, &got, 1);
    assert_int_equal(fault.kind, MCY_FAULT_VARIABLE);
    assert_int_equal(fault.index, 8);
    assert_true(isnan(got));
}

static void run__a_machine_in_another_mode__gives_the_same_and_is_put_back(void **state)
{
    (void)state;
    mcy_node x = mcy_graph_input(g, 0);
    mcy_node third = two(MCY_OP_DIV, x, number(3.0));
    mcy_node out[] = {third, mcy_graph_apply1(g, MCY_OP_EXP, third)};
    const mcy_program *program = compile(1, 2, out, 0, NULL);
    double plain[2], up[2];
    (void)run_at(program, 2.385, plain, 2);
    assert_int_equal(fesetround(FE_UPWARD), 0);
    (void)run_at(program, 2.385, up, 2);
    int mode = fegetround();
    (void)fesetround(FE_TONEAREST);
    assert_int_equal(mode, FE_UPWARD);
    assert_memory_equal(plain, up, sizeof plain);
}

static void run__no_lanes_and_unused_inputs__are_fine(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_node out = two(MCY_OP_MUL, mcy_graph_input(g, 1), mcy_graph_input(g, 1));
    size_t beyond[] = {1, 77};
    mcy_program_request request = {.graph = g,
                                   .base = base,
                                   .varying_count = 2,
                                   .varying = beyond,
                                   .output_count = 1,
                                   .outputs = &out};
    const mcy_program *program;
    mcy_scratch *scratch;
    check_ok(mcy_program_compile(arena, &request, &program, &err), err);
    check_ok(mcy_scratch_create(arena, program, &scratch, &err), err);
    double x[] = {3.0, 4.0}, unused[] = {MCY_MISSING, 1.0}, got[2] = {0, 0};
    const double *in[] = {x, unused};
    double *to[] = {got};
    assert_int_equal(mcy_program_run(program, scratch, 0, in, to, NULL), 0);
    assert_true(got[0] == 0.0);
    assert_int_equal(mcy_program_run(program, scratch, 2, in, to, NULL), 0);
    assert_true(got[0] == 9.0 && got[1] == 16.0);
}

int main(void)
{
#define each(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        each(compile__bad_requests__are_refused_with_a_sentence),
        each(variant__names__are_read_and_written),
        each(compile__what_no_lane_varies__is_folded),
        each(compile__a_decided_condition__leaves_only_its_branch),
        each(run__a_hidden_infinity__is_found_where_it_began),
        each(run__a_missing_output__is_no_fault),
        each(run__checks__are_told_apart_and_leave_the_values),
        each(run__checks_joined_by_and__fail_by_either_side),
        each(run__a_fault_of_the_base__fails_every_lane),
        each(run__a_machine_in_another_mode__gives_the_same_and_is_put_back),
        each(run__no_lanes_and_unused_inputs__are_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
