/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweep files: what is read, what is refused with its place, how axes are bound. */
#include "check.h"

#include "mcy/number.h"
#include "mcy/sweep_yaml.h"

static mcy_arena *arena;

static int start(void **state)
{
    (void)state;
    arena = mcy_arena_create();
    return arena ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return 0;
}

static mcy_status parse(const char *text, mcy_sweep_file **file, mcy_error *err)
{
    return mcy_sweep_file_parse(arena, "a.yaml", text, strlen(text), file, err);
}

static mcy_sweep_bound *bind(const char *text)
{
    mcy_error err = {0};
    mcy_sweep_file *file = NULL;
    mcy_sweep_bound *bound = NULL;
    check_ok(parse(text, &file, &err), err);
    check_ok(mcy_sweep_bind(arena, file, NULL, MCY_VARIANT_AUTO, &bound, &err), err);
    return bound;
}

static void file__all_keys__in_their_places(void **state)
{
    (void)state;
    mcy_sweep_bound *b =
        bind("title: {zh: 甲, en: A}\n"
             "function: sobol_g3\n"
             "method: saltelli\n"
             "seed: 42\n"
             "runs: 4096\n"
             "replicates: 32\n"
             "second_order: yes\n"
             "points: random\n"
             "estimator: jansen\n"
             "half_width: 0.02\n"
             "axes:\n"
             "  - {path: x2, pert: [0.1, 0.2, 0.9]}\n"
             "  - {path: x1, normal: [0.5, 0.1], truncate: [0, 1]}\n"
             "  - {path: x3, discrete: {values: [0.1, 0.7], weights: [3, 1]}}\n"
             "events: [y1 <= 1.5]\n");
    assert_int_equal(b->request.method, MCY_METHOD_SALTELLI);
    assert_int_equal(b->request.seed, 42);
    assert_int_equal(b->request.runs, 4096);
    assert_int_equal(b->request.replicates, 32);
    assert_true(b->request.second_order && b->request.random);
    assert_int_equal(b->file->estimator, MCY_ESTIMATOR_JANSEN);
    check_near(b->file->half_width, 0.02, 1e-15);
    /* in the order of the function's inputs, whatever the file's */
    assert_string_equal(b->request.axes[0].name, "x1");
    assert_true(b->request.axes[0].distribution.truncated);
    assert_int_equal(b->request.axes[1].distribution.law, MCY_LAW_PERT);
    assert_int_equal(b->request.axes[2].distribution.count, 2);
    assert_string_equal(b->axis_details[0], "normal 0.5, 0.1 truncate 0, 1");
    assert_string_equal(b->axis_details[2], "discrete 0.1, 0.7 weights 3, 1");
    assert_int_equal(b->event_count, 1);
    assert_int_equal(b->events[0].relation, MCY_AT_MOST);
    check_near(b->events[0].limit, 1.5, 0);
}

static void range__counted__ends_and_count(void **state)
{
    (void)state;
    mcy_sweep_bound *b = bind("function: profit\nmethod: table\naxes:\n"
                              "  - {path: price, range: {from: 8, to: 20, count: 4}}\n"
                              "  - {path: quantity, values: [500, 1000]}\n");
    assert_int_equal(b->request.axes[0].level_count, 4);
    check_near(b->request.axes[0].levels[1], 12, 1e-15);
    const double *levels = NULL;
    size_t count = 0;
    mcy_error err = {0};
    check_ok(mcy_design_range(arena, -0.3, 0.3, 4, 0, &levels, &count, &err), err);
    assert_int_equal(count, 5); /* 0 lies between: it is put on the grid */
    assert_true(levels[2] == 0 && levels[4] == 0.3);
    check_ok(mcy_design_range(arena, -0.3, 0.3, 7, 0, &levels, &count, &err), err);
    assert_int_equal(count, 7);
    assert_true(levels[3] == 0);
    check_refused(mcy_design_range(arena, 1, 1, 7, 0, &levels, &count, &err), MCY_E_INPUT, err,
                  "from < to");
}

static void wrong_files__refused__with_their_place(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"function: ishigami\nmethod: sobl\naxes: []\n", "a.yaml:2:"},
        {"function: ishigami\nmehtod: sobol\n", "did you mean 'method'"},
        {"function: ishigami\nmethod: sobol\n", "needs axes"},
        {"method: sobol\naxes: [{path: a, uniform: [0, 1]}]\n", "needs outputs"},
        {"function: ishigami\nscenario: base\nmethod: sobol\naxes: [{path: x1, uniform: [0, 1]}]\n",
         "not both"},
        {"function: ishigami\nmethod: sobol\naxes: [{path: x1, uniform: [0]}]\n", "low, high"},
        {"function: ishigami\nmethod: sobol\naxes: [{path: x1}]\n", "got 0"},
        {"function: ishigami\nmethod: sobol\naxes: [{path: x1, uniform: [0, 1], values: [1]}]\n",
         "got 2"},
        {"function: ishigami\nmethod: sobol\naxes: [{path: x1, values: [1], truncate: [0, 1]}]\n",
         "truncate wants"},
        {"function: ishigami\nmethod: sobol\naxes: [{path: x1, range: {from: 0, to: 1, count: 1}}]\n",
         "2 to 10000"},
        {"function: ishigami\nmethod: sobol\nhalf_width: 2\naxes: [{path: x1, uniform: [0, 1]}]\n",
         "half_width"},
        {"function: ishigami\nmethod: given-data\naxes: [{path: x1}]\noutputs: [y]\n",
         "go together"},
        {"function: ishigami\nmethod: sobol\naxes: [{path: x1, discrete: {values: [1, 2], weights: "
         "[1]}}]\n",
         "2 values and 1 weights"},
        {"function: f\nmethod: sobol\naxes: [{path: x1, uniform: [0, 1]}]\nfitted: [{paths: [a, b], "
         "mean: [1], covariance: [[1]]}]\n",
         "as many means"},
        {"function: f\nmethod: sobol\nfitted: [{from: a.csv}]\n", "has from and product"},
        {"function: f\nmethod: sobol\nfitted: [{product: dram}]\n", "has from and product"},
        {"function: f\nmethod: sobol\nfitted: [{from: a.csv, product: dram, mean: [1]}]\n",
         "no mean or covariance of its own"},
        {"function: f\nmethod: sobol\nfitted: [{paths: [a], mean: [1]}]\n",
         "or paths, mean and covariance"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mcy_error err = {0};
        mcy_sweep_file *file = NULL;
        check_refused(parse(cases[i][0], &file, &err), MCY_E_INPUT, err, cases[i][1]);
    }
}

static void wrong_bindings__refused__by_name(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"function: ishigmai\nmethod: sobol\naxes: [{path: x1, uniform: [0, 1]}]\n",
         "did you mean 'ishigami'"},
        {"function: fragile\nmethod: sobol\naxes: [{path: x1, uniform: [0, 1]}]\n",
         "no axis for input 'x2'"},
        {"function: fragile\nmethod: sobol\naxes: [{path: x1, uniform: [0, 1]}, {path: x3, uniform: "
         "[0, 1]}]\n",
         "no 'x3'"},
        {"function: fragile\nmethod: sobol\naxes: [{path: x1, uniform: [0, 1%]}, {path: x2, uniform: "
         "[0, 1]}]\n",
         "plain number"},
        {"function: fragile\nmethod: sobol\naxes: [{path: x1, uniform: [0, 1]}, {path: x2, uniform: "
         "[0, 1]}]\nevents: [y1 about 3]\n",
         "an event reads like"},
        {"function: fragile\nmethod: sobol\naxes: [{path: x1, uniform: [0, 1]}, {path: x2, uniform: "
         "[0, 1]}]\ncorrelations: [[x1, x9, 0.5]]\n",
         "no axis 'x9'"},
        {"function: fragile\nmethod: sobol\naxes: [{path: x1, uniform: [0, 1]}, {path: x2, uniform: "
         "[0, 1]}]\nfitted: [{from: a.csv, product: dram}]\n",
         "this sweep runs a test function"},
        {"function: fragile\nmethod: sobol\naxes: [{path: x2, uniform: [0, 1]}]\ncorrelations: [[x1, "
         "x2, 0.5], [[x1], x2, 1]]\n",
         "no axis a list"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mcy_error err = {0};
        mcy_sweep_file *file = NULL;
        mcy_sweep_bound *bound = NULL;
        check_ok(parse(cases[i][0], &file, &err), err);
        check_refused(mcy_sweep_bind(arena, file, NULL, MCY_VARIANT_AUTO, &bound, &err),
                      MCY_E_INPUT, err, cases[i][1]);
    }
}

static void fitted__joint_law__drawn_with_its_covariance(void **state)
{
    (void)state;
    mcy_sweep_bound *b =
        bind("function: fragile\nmethod: random\nruns: 512\n"
             "fitted:\n"
             "  - {paths: [x1, x2], mean: [0.2, -3], covariance: [[0.01, 0.012], "
             "[0.012, 0.04]]}\n");
    mcy_error err = {0};
    mcy_design *design = NULL;
    check_ok(mcy_design_create(arena, &b->request, &design, &err), err);
    double x[512], y[512], *points[] = {x, y}, sx = 0, sy = 0, sxy = 0;
    mcy_design_points(design, 0, 512, points);
    for (int i = 0; i < 512; i++) {
        sx += x[i] / 512, sy += y[i] / 512;
        sxy += (x[i] - 0.2) * (y[i] + 3) / 512;
    }
    check_near(sx, 0.2, 0.02);
    check_near(sy, -3, 0.02);
    check_near(sxy, 0.012, 0.003);
    mcy_design_request wrong = b->request;
    wrong.method = MCY_METHOD_SALTELLI;
    check_refused(mcy_design_create(arena, &wrong, &design, &err), MCY_E_DOMAIN, err,
                  "no meaning for dependent axes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file__all_keys__in_their_places),
        cmocka_unit_test(range__counted__ends_and_count),
        cmocka_unit_test(wrong_files__refused__with_their_place),
        cmocka_unit_test(wrong_bindings__refused__by_name),
        cmocka_unit_test(fitted__joint_law__drawn_with_its_covariance),
    };
    return cmocka_run_group_tests(tests, start, end);
}
