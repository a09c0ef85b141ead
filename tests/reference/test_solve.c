/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roots inside bounds, Shapley values and eigenvalues against answers known in closed form. */
#include "check.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "mcy/explain.h"
#include "mcy/model.h"
#include "mcy/numerics.h"
#include "mcy/program.h"
#include "mcy/solve.h"
#include "mcy/stability.h"

static mcy_arena *arena;
static mcy_error err;

/* ---- solve --------------------------------------------------------------------------------- */

static mcy_status cubic(void *context, const double *x, double *f, mcy_error *e)
{
    (void)e;
    f[0] = x[0] * x[0] * x[0] - *(double *)context;
    return MCY_OK;
}

static mcy_status circle_line(void *context, const double *x, double *f, mcy_error *e)
{
    (void)context, (void)e;
    f[0] = x[0] * x[0] + x[1] * x[1] - 6.5; /* radius and a line: (2.5, 0.5) and (0.5, 2.5) */
    f[1] = x[0] + x[1] - 3;
    return MCY_OK;
}

static mcy_status halves(void *context, const double *x, double *f, mcy_error *e)
{
    (void)context;
    if (x[0] < 0.4)
        return MCY_FAIL(e, MCY_E_DOMAIN, "cannot run");
    f[0] = log(x[0]) - log(0.5772);
    return MCY_OK;
}

static mcy_status parabola(void *context, const double *x, double *f, mcy_error *e)
{
    (void)context, (void)e;
    f[0] = (x[0] - 1.375) * (x[0] - 1.375) + 0.25;
    return MCY_OK;
}

static mcy_status broken(void *context, const double *x, double *f, mcy_error *e)
{
    (void)context, (void)x, (void)f;
    return MCY_FAIL(e, MCY_E_DOMAIN, "cannot run");
}

static mcy_solution solved(mcy_solve_problem p)
{
    mcy_solution s;
    p.tolerance = 1e-10;
    check_ok(mcy_solve(&p, &s, &err), err);
    return s;
}

static void solve__one_unknown__finds_the_root_in_bounds(void **state)
{
    (void)state;
    double low = -3, high = 5, start = 0.2, target = 2.385;
    mcy_solution s = solved((mcy_solve_problem){1, &low, &high, &start, cubic, &target, 0});
    assert_true(s.solved);
    check_near(s.x[0], cbrt(2.385), 1e-9);
    high = 1.1;
    s = solved((mcy_solve_problem){1, &low, &high, &start, cubic, &target, 0});
    assert_false(s.solved);
    check_near(s.x[0], 1.1, 1e-12);
    check_near(s.f[0], 1.1 * 1.1 * 1.1 - 2.385, 1e-12);
}

static void solve__model_fails_on_a_part__finds_the_root_on_the_other(void **state)
{
    (void)state;
    double low = 0.01, high = 2, start = 1;
    mcy_solution s = solved((mcy_solve_problem){1, &low, &high, &start, halves, NULL, 0});
    assert_true(s.solved);
    check_near(s.x[0], 0.5772, 1e-9);
}

static void solve__no_root__gives_the_nearest_point(void **state)
{
    (void)state;
    double low = 0, high = 4, start = 3;
    mcy_solution s = solved((mcy_solve_problem){1, &low, &high, &start, parabola, NULL, 0});
    assert_false(s.solved);
    check_near(s.x[0], 1.375, 1e-5);
    check_near(s.f[0], 0.25, 1e-9);
}

static void solve__two_unknowns__finds_a_root_in_bounds(void **state)
{
    (void)state;
    double low[2] = {0, 0}, high[2] = {3, 1}, start[2] = {1, 0.9};
    mcy_solution s = solved((mcy_solve_problem){2, low, high, start, circle_line, NULL, 0});
    assert_true(s.solved);
    check_near(s.x[0], 2.5, 1e-8);
    check_near(s.x[1], 0.5, 1e-8);
}

static void solve__what_cannot_be__is_refused(void **state)
{
    (void)state;
    double low = 1, high = 1, start = 1;
    mcy_solution s;
    mcy_solve_problem p = {1, &low, &high, &start, cubic, &start, 1e-9};
    check_refused(mcy_solve(&p, &s, &err), MCY_E_INPUT, err, "no room between 1 and 1");
    p.n = 9;
    check_refused(mcy_solve(&p, &s, &err), MCY_E_INPUT, err, "9 unknowns");
    high = 2;
    p = (mcy_solve_problem){1, &low, &high, &start, broken, NULL, 1e-9};
    check_refused(mcy_solve(&p, &s, &err), MCY_E_NUMERIC, err, "cannot run at any of the");
}

/* ---- explain ------------------------------------------------------------------------------- */

/* 2 x0 + 3 x1 x2 + x0 x1 x2, then x3 ... alone by their number: Shapley values by hand. */
static mcy_status game(void *context, size_t count, const bool *on, double *values,
                       mcy_error *e)
{
    size_t n = *(size_t *)context;
    (void)e;
    for (size_t i = 0; i < count; i++) {
        const bool *x = on + i * n;
        values[i] = 1.25 + 2 * x[0] + 3 * (x[1] && x[2]) + (x[0] && x[1] && x[2]);
        for (size_t k = 3; k < n; k++)
            values[i] += x[k] ? (double)k / 7 : 0;
    }
    return MCY_OK;
}

static void explain__few_drivers__is_exact(void **state)
{
    (void)state;
    size_t n = 5;
    mcy_explanation e;
    check_ok(mcy_explain(arena, n, game, &n, 0, 1, &e, &err), err);
    assert_true(e.exact);
    assert_int_equal(e.cases, 32);
    check_near(e.share[0], 2 + 1.0 / 3, 1e-14);
    check_near(e.share[1], 1.5 + 1.0 / 3, 1e-14);
    check_near(e.share[2], 1.5 + 1.0 / 3, 1e-14);
    check_near(e.share[3], 3.0 / 7, 1e-14);
    check_near(e.alone[1], 0, 1e-15);
    check_near(e.last[1], 4, 1e-14);
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += e.share[k];
    check_near(sum, e.after - e.before, 1e-13);
}

static void explain__many_drivers__is_sampled_with_an_honest_error(void **state)
{
    (void)state;
    size_t n = 20;
    mcy_explanation e;
    check_ok(mcy_explain(arena, n, game, &n, 2000, 42, &e, &err), err);
    assert_false(e.exact);
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += e.share[k];
    check_near(sum, e.after - e.before, 1e-12);
    check_near(e.share[7], 1, 1e-12);
    assert_true(e.error[0] > 0 && e.error[0] < 0.02);
    assert_true(fabs(e.share[0] - (2 + 1.0 / 3)) < 4 * e.error[0]);
    assert_true(fabs(e.share[1] - (1.5 + 1.0 / 3)) < 4 * e.error[1]);
    check_near(e.last[0], 3, 1e-12);
    check_refused(mcy_explain(arena, 0, game, &n, 0, 1, &e, &err), MCY_E_INPUT, err,
                  "nothing differs");
}

/* ---- stability ----------------------------------------------------------------------------- */

/* A linear cobweb: supply answers last quarter's price, b p = a - s, s = c + d p(-1). */
static const char cobweb[] = "assumption b : 1, 0..9 = 1.25 \"slope of demand\" @ \"t\"\n"
                             "assumption d : 1, 0..9 = 0.85 \"slope of supply\" @ \"t\"\n"
                             "assumption first : 1, 0..9 = 3 \"price before\" @ \"t\"\n"
                             "variable supply : 1 \"supply\"\n"
                             "variable price : 1 \"price\"\n"
                             "S: supply = 2 + d * price(-1)\n"
                             "start supply = 2\n"
                             "P: price = (9 - supply) / b\n"
                             "start price = first\n";

/* x = 1.2 x(-1) - 0.52 x(-2): roots 0.6 +- 0.4 i; y follows x and accumulates. */
static const char second[] = "variable x from -4 : 1 \"x\"\n"
                             "variable y : 1 \"y\"\n"
                             "X: x = 1.2 * x(-1) - 0.52 * x(-2)\n"
                             "start x = 1\n"
                             "before x = 0.5\n"
                             "Y: y = y(-1) + x\n"
                             "start y = 0\n";

static mcy_unrolled *unroll(const char *text, int last, double **inputs)
{
    mcy_source source = {"case.eqn", text, strlen(text)};
    const mcy_model *model;
    mcy_report report;
    mcy_unrolled *u;
    check_ok(mcy_model_read(arena, 1, &source, &model, &report, &err), err);
    mcy_unroll_options options = {.last = last, .base = mcy_quarter_of(2026, 1)};
    check_ok(mcy_unroll(arena, model, &options, &u, &err), err);
    *inputs = MCY_TAKE(arena, double, mcy_unrolled_input_count(u) + 1);
    mcy_unrolled_defaults(u, *inputs);
    return u;
}

static void stability__linear_cobweb__has_its_closed_form(void **state)
{
    (void)state;
    double *inputs;
    mcy_unrolled *u = unroll(cobweb, 30, &inputs);
    const mcy_model *model = mcy_unrolled_model(u);
    size_t price = mcy_model_find_symbol(model, "price");
    mcy_stability s;
    check_ok(mcy_stability_find(arena, u, inputs, price, 0, 29, &s, &err), err);
    assert_int_equal(s.root_count, 1);
    check_near(s.roots[0].real, -0.85 / 1.25, 1e-5); /* relative, near its rest */
    check_near(s.period, 2, 1e-12);
    /* The run itself: p_t - p* = (-d/b)^t (p_0 - p*). */
    mcy_node nodes[31];
    double values[31], *out[31], rest = (9 - 2) / (1.25 + 0.85);
    for (int q = 0; q <= 30; q++) {
        nodes[q] = mcy_unrolled_node(u, price, 0, q);
        out[q] = &values[q];
    }
    mcy_program_request request = {
        .graph = mcy_unrolled_graph(u), .base = inputs, .output_count = 31, .outputs = nodes};
    const mcy_program *program;
    mcy_scratch *scratch;
    check_ok(mcy_program_compile(arena, &request, &program, &err), err);
    check_ok(mcy_scratch_create(arena, program, &scratch, &err), err);
    assert_int_equal(mcy_program_run(program, scratch, 1, NULL, out, NULL), 0);
    for (int q = 0; q <= 30; q++)
        check_near(values[q] - rest, pow(-0.85 / 1.25, q) * (3 - rest), 1e-12);
    /* Its simulated response gives the root and the period back. */
    double response[30];
    mcy_root root;
    for (int q = 0; q < 30; q++)
        response[q] = values[q] - rest;
    check_ok(mcy_response_root(30, response, &root, &err), err);
    check_near(root.modulus, 0.85 / 1.25, 1e-9);
    check_near(root.period, 2, 1e-12);
}

static void stability__second_order__finds_complex_roots_and_leaves_accumulators(void **state)
{
    (void)state;
    double *inputs;
    mcy_unrolled *u = unroll(second, 12, &inputs);
    const mcy_model *model = mcy_unrolled_model(u);
    size_t y = mcy_model_find_symbol(model, "y"), x = mcy_model_find_symbol(model, "x");
    mcy_stability s;
    check_ok(mcy_stability_find(arena, u, inputs, y, 0, 5, &s, &err), err);
    assert_int_equal(s.loop_count, 1); /* y alone, which keeps what it has */
    check_ok(mcy_stability_find(arena, u, inputs, x, 0, 9, &s, &err), err);
    assert_int_equal(s.loop_count, 1);
    assert_true(s.root_count >= 2);
    check_near(s.period, 2 * acos(-1) / atan2(0.4, 0.6), 0.2);
    double response[20] = {1, 0.9};
    mcy_root root;
    for (int t = 2; t < 20; t++)
        response[t] = 1.2 * response[t - 1] - 0.52 * response[t - 2];
    check_ok(mcy_response_root(20, response, &root, &err), err);
    check_near(root.modulus, sqrt(0.52), 1e-9);
    check_near(root.period, 2 * acos(-1) / atan2(0.4, 0.6), 1e-8);
    check_refused(mcy_stability_find(arena, u, inputs, x, 0, 1, &s, &err), MCY_E_INPUT, err,
                  "quarter 1 has not 3 quarters before");
    double nothing[6] = {0};
    check_refused(mcy_response_root(6, nothing, &root, &err), MCY_E_NUMERIC, err,
                  "do not determine");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solve__one_unknown__finds_the_root_in_bounds),
        cmocka_unit_test(solve__model_fails_on_a_part__finds_the_root_on_the_other),
        cmocka_unit_test(solve__no_root__gives_the_nearest_point),
        cmocka_unit_test(solve__two_unknowns__finds_a_root_in_bounds),
        cmocka_unit_test(solve__what_cannot_be__is_refused),
        cmocka_unit_test(explain__few_drivers__is_exact),
        cmocka_unit_test(explain__many_drivers__is_sampled_with_an_honest_error),
        cmocka_unit_test(stability__linear_cobweb__has_its_closed_form),
        cmocka_unit_test(stability__second_order__finds_complex_roots_and_leaves_accumulators),
    };
    mcy_numerics_start();
    arena = mcy_arena_create();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    mcy_arena_destroy(arena);
    return failed;
}
