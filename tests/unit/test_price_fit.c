/* SPDX-License-Identifier: GPL-3.0-or-later */
/* price_response.csv written and read back, its refusals, and sweeps that draw from it. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "mcy/design.h"
#include "mcy/file.h"
#include "mcy/price_fit.h"
#include "mcy/study.h"
#include "mcy/sweep_yaml.h"

enum { P = MCY_PRICE_PARAMETERS, DRAWS = 1 << 15 };

static const char hash[] = "85560b82a658af3e7e2b4c13981892dc9bea20a20b4b8807fa1aa83888038be2";

static mcy_arena *arena;
static char folder[] = "/tmp/mcy-test-price-fit-XXXXXX";

static int start(void **state)
{
    (void)state;
    arena = mcy_arena_create();
    return arena && mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return mcy_folder_remove(folder, NULL) == MCY_OK ? 0 : -1;
}

/* Small enough that no bound of the model is near. */
static const mcy_price_response response = {
    .mode = {-0.64, -0.25, 0.39, -2.5},
    .covariance = {0.0116, 0.0029, 0.0014, -0.0049, 0.0029, 0.0090, 0.0011, 0.0019, 0.0014,
                   0.0011, 0.0018, 1e-9 / 3, -0.0049, 0.0019, 1e-9 / 3, 0.0242},
    .estimate = {0.527, 0.779, 0.39, 0.082},
    .low = {0.3, 0.4, 0.1, 0.05},
    .high = {0.7, 0.9, 0.5, 0.1},
    .count = 11,
    .count_short = 4};

static const char *written(void)
{
    mcy_text text;
    mcy_text_init(&text);
    mcy_price_fit of = {.product = "dram", .as_of = 20260601, .version = "0.1.0 (a, \"b\")"};
    memcpy(of.facts_hash, hash, sizeof hash);
    mcy_price_fit_head(&text);
    mcy_price_fit_rows(&text, &response, &of);
    of.product = "nand";
    mcy_price_fit_rows(&text, &response, &of);
    const char *copy = mcy_arena_copy(arena, mcy_text_view(&text), text.size);
    mcy_text_release(&text);
    return copy;
}

static mcy_status parse(const char *text, const char *product, mcy_price_fit **fit,
                        mcy_error *err)
{
    return mcy_price_fit_parse(arena, "p.csv", text, strlen(text), product, fit, err);
}

static void fit__written__is_read_to_the_same_bits(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_price_fit *fit;
    check_ok(parse(written(), "nand", &fit, &err), err);
    assert_memory_equal(fit->mode, response.mode, sizeof fit->mode);
    assert_memory_equal(fit->covariance, response.covariance, sizeof fit->covariance);
    assert_string_equal(fit->product, "nand");
    assert_string_equal(fit->facts_hash, hash);
    assert_int_equal(fit->as_of, 20260601);
    assert_string_equal(fit->version, "0.1.0 (a, \"b\")");
}

/* The text with the first `from` after `after` replaced. */
static const char *edited(const char *after, const char *from, const char *to)
{
    const char *text = written(), *at = strstr(strstr(text, after), from);
    assert_non_null(at);
    return mcy_arena_print(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void fit__that_is_damaged__is_refused(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_price_fit *fit;
    check_refused(parse(written(), "hbm", &fit, &err), MCY_E_MISSING, err,
                  "no fit of 'hbm', only of 'dram', 'nand'");
    const struct {
        const char *after, *from, *to, *says;
    } cases[] = {
        {"product", "parameter", "paramter", "did you mean 'parameter'"},
        {"\ndram", "response_short", "response_shirt", "want a parameter"},
        {"\ndram,response_glut", "response_glut", "response_short", "stands there twice"},
        {"\ndram,price_anchor", "dram,price_anchor", "hbm,price_anchor",
         "'price_anchor' of 'dram' is missing"},
        {"\ndram,price_persistence", "plain", "log", "want 'plain' for this parameter"},
        {"\ndram", "-0.64", "x", "want a number"},
        {"\ndram", "0.0029", "0.003", "the reverse"},
        {"\ndram", "85560b", "8556", "want 64 hexadecimal digits"},
        {"\ndram,response_glut", "85560b", "85560c", "of another fit"},
        {"\ndram", "20260601", "2026.5", "want a day"},
        {"\ndram,response_glut", "20260601", "20260602", "of another fit"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_refused(
            parse(edited(cases[i].after, cases[i].from, cases[i].to), "dram", &fit, &err),
            MCY_E_INPUT, err, cases[i].says);
}

static mcy_status bind(const char *fitted, mcy_sweep_bound **bound, mcy_error *err)
{
    const char *path = mcy_arena_print(arena, "%s/s.yaml", folder);
    const char *text = mcy_arena_print(arena,
                                       "scenario: base\nmethod: random\nruns: %d\noutputs: "
                                       "[price.dram@2027Q4]\nfitted: [%s]\n",
                                       DRAWS, fitted);
    const char *csv = mcy_arena_print(arena, "%s/p.csv", folder), *good = written();
    mcy_study_request request = {.home = MCY_SOURCE_DIR, .scenario = "base"};
    mcy_study *study;
    mcy_sweep_file *file;
    MCY_TRY(mcy_file_write(path, text, strlen(text), err));
    MCY_TRY(mcy_file_write(csv, good, strlen(good), err));
    MCY_TRY(mcy_sweep_file_read(arena, path, &file, err));
    check_ok(mcy_study_open(arena, &request, NULL, &study, err), *err);
    return mcy_sweep_bind(arena, file, study->inputs, MCY_VARIANT_AUTO, bound, err);
}

/* Draws on the free scale have the mode and covariance of the file. */
static void sweep__from_the_file__draws_its_law(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_sweep_bound *bound;
    mcy_design *design;
    check_ok(bind("{from: p.csv, product: dram}", &bound, &err), err);
    assert_int_equal(bound->request.axis_count, P);
    check_ok(mcy_design_create(arena, &bound->request, &design, &err), err);
    double *free[P], mean[P] = {0};
    for (int k = 0; k < P; k++) {
        free[k] = MCY_TAKE(arena, double, DRAWS);
        assert_string_equal(bound->request.axes[k].name,
                            mcy_arena_print(arena, "%s.dram",
                                            mcy_price_parameter_name((mcy_price_parameter)k)));
    }
    for (size_t at = 0; at < DRAWS; at += 512) {
        double *points[P];
        for (int k = 0; k < P; k++)
            points[k] = free[k] + at;
        mcy_design_points(design, at, 512, points);
    }
    for (int k = 0; k < P; k++)
        for (size_t i = 0; i < DRAWS; i++) {
            if (mcy_price_parameter_is_log((mcy_price_parameter)k))
                free[k][i] = log(free[k][i]);
            mean[k] += free[k][i] / DRAWS;
        }
    for (int k = 0; k < P; k++) {
        double sd = sqrt(response.covariance[k * P + k]);
        check_near((mean[k] - response.mode[k]) / sd, 0, 5 / sqrt(DRAWS));
        for (int j = 0; j < P; j++) {
            double sum = 0, other = sqrt(response.covariance[j * P + j]);
            for (size_t i = 0; i < DRAWS; i++)
                sum += (free[k][i] - mean[k]) * (free[j][i] - mean[j]) / DRAWS;
            check_near(sum / (sd * other), response.covariance[k * P + j] / (sd * other),
                       7 / sqrt(DRAWS));
        }
    }
}

static void sweep__of_some_paths__draws_those(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_sweep_bound *bound;
    check_ok(
        bind("{from: p.csv, product: nand, paths: [price_anchor.nand, response_short.nand]}",
             &bound, &err),
        err);
    const mcy_dependence *together = &bound->request.dependences[0];
    assert_int_equal(bound->request.axis_count, 2);
    assert_int_equal(together->count, 2);
    assert_string_equal(bound->request.axes[0].name, "price_anchor.nand");
    double r = -0.0049 / sqrt(0.0116 * 0.0242);
    check_near(2 * sin(together->matrix[1] * acos(-1) / 6), r, 1e-12);
    assert_non_null(strstr(bound->axis_details[0], "of p.csv (nand)"));
}

static void sweep__from_what_does_not_fit__is_refused(void **state)
{
    (void)state;
    const struct {
        const char *fitted, *says;
        mcy_status status;
    } cases[] = {
        {"{from: q.csv, product: dram}", "s.yaml:5: ", MCY_E_IO},
        {"{from: p.csv, product: hbm}", "no fit of 'hbm'", MCY_E_MISSING},
        {"{from: s.yaml, product: dram}", "s.yaml:1: column", MCY_E_INPUT},
        {"{from: p.csv, product: dram, paths: [response_short.nand]}",
         "'response_short.nand' is no parameter of the fit", MCY_E_INPUT},
        {"{from: p.csv, product: dram, paths: [price_anchor.dram, price_anchor.dram]}",
         "stands here twice", MCY_E_INPUT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mcy_error err = {0};
        mcy_sweep_bound *bound;
        check_refused(bind(cases[i].fitted, &bound, &err), cases[i].status, err, cases[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fit__written__is_read_to_the_same_bits),
        cmocka_unit_test(fit__that_is_damaged__is_refused),
        cmocka_unit_test(sweep__from_the_file__draws_its_law),
        cmocka_unit_test(sweep__of_some_paths__draws_those),
        cmocka_unit_test(sweep__from_what_does_not_fit__is_refused),
    };
    return cmocka_run_group_tests(tests, start, end);
}
