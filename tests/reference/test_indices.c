/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sensitivity indices against closed forms, through the code that sweeps the models. */
#include "check.h"

#include "mcy/indices.h"
#include "sweep_case.h"

#define PI 3.14159265358979323846

static mcy_indices *indices_of(mcy_arena *arena, const mcy_sample *s, mcy_estimator estimator)
{
    mcy_error err = {0};
    double *sums = MCY_TAKE(arena, double, mcy_saltelli_size(&s->stamp));
    mcy_saltelli_start(&s->stamp, sums);
    mcy_saltelli_add(&s->stamp, 0, s->runs, s->values[0], s->faults, s->values[0][0], sums);
    mcy_index_options options = {.estimator = estimator};
    mcy_indices *indices = NULL;
    check_ok(mcy_saltelli_estimate(arena, &s->stamp, sums, &options, &indices, &err), err);
    return indices;
}

static sweep_case ishigami(uint64_t points)
{
    return (sweep_case){.function = "ishigami",
                        .low = -PI,
                        .high = PI,
                        .request = {.method = MCY_METHOD_SALTELLI,
                                    .seed = 20260601,
                                    .runs = points,
                                    .second_order = true}};
}

static void within(const char *what, mcy_index got, double want, double tolerance)
{
    if (!(fabs(got.value - want) <= tolerance && got.low <= got.value && got.value <= got.high))
        fail_msg("%s = %.6f (%.6f .. %.6f), want %.6f", what, got.value, got.low, got.high,
                 want);
}

static void ishigami__all_estimators__closed_form(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    sweep_case c = ishigami(1 << 14);
    mcy_sample *s = sweep_case_run(arena, &c);
    static const double first[] = {0.313905191148, 0.442411144790, 0};
    static const double total[] = {0.557588855210, 0.442411144790, 0.243683664062};
    static const double second[] = {0, 0.243683664062, 0};
    for (int e = 0; e < MCY_ESTIMATOR_COUNT; e++) {
        mcy_indices *all = indices_of(arena, s, (mcy_estimator)e);
        for (size_t i = 0; i < 3; i++) {
            within("first", all->first[i], first[i], 0.006);
            within("total", all->total[i], total[i], 0.006);
        }
        within("12", all->second[1], second[0], 0.01);
        within("13", all->second[2], second[1], 0.01);
        within("23", all->second[5], second[2], 0.01);
        check_near(all->variance, 13.844587940719, 0.003);
        assert_int_equal(all->points, 1 << 14);
        assert_int_equal(all->left_out, 0);
        assert_int_equal(all->first[0].verdict, MCY_VERDICT_RESOLVED);
        assert_int_equal(all->first[2].verdict, MCY_VERDICT_ZERO);
    }
    mcy_arena_destroy(arena);
}

static void sobol_g__eight_axes__closed_form(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    sweep_case c = {.function = "sobol_g",
                    .low = 0,
                    .high = 1,
                    .request = {.method = MCY_METHOD_SALTELLI, .seed = 5, .runs = 1 << 14}};
    mcy_indices *all = indices_of(arena, sweep_case_run(arena, &c), MCY_ESTIMATOR_MARTINEZ);
    static const double first[] = {0.7161921689, 0.1790480422, 0.0236757742, 0.0071619217,
                                   7.16192e-5};
    static const double total[] = {0.7871441267, 0.2421981928, 0.0343169102, 0.0104603871,
                                   1.049491e-4};
    for (size_t i = 0; i < 8; i++) {
        within("first", all->first[i], first[i < 4 ? i : 4], 0.006);
        within("total", all->total[i], total[i < 4 ? i : 4], 0.006);
    }
    check_near(all->variance, 0.465424431902, 1e-3);
    c = (sweep_case){
        .function = "sobol_g3",
        .low = 0,
        .high = 1,
        .request = {
            .method = MCY_METHOD_SALTELLI, .seed = 5, .runs = 1 << 14, .second_order = true}};
    all = indices_of(arena, sweep_case_run(arena, &c), MCY_ESTIMATOR_JANSEN);
    static const double s[] = {0.50625, 0.225, 0.1265625}, t[] = {0.6296875, 0.325, 0.19375};
    for (size_t i = 0; i < 3; i++) {
        within("first", all->first[i], s[i], 0.006);
        within("total", all->total[i], t[i], 0.006);
    }
    within("12", all->second[1], 0.075, 0.01);
    within("13", all->second[2], 0.0421875, 0.01);
    within("23", all->second[5], 0.01875, 0.01);
    mcy_arena_destroy(arena);
}

static void constant__any_estimator__exactly_zero(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    sweep_case c = {
        .function = "constant",
        .low = -1,
        .high = 1,
        .request = {
            .method = MCY_METHOD_SALTELLI, .seed = 5, .runs = 1 << 8, .second_order = true}};
    mcy_sample *s = sweep_case_run(arena, &c);
    for (int e = 0; e < MCY_ESTIMATOR_COUNT; e++) {
        mcy_error err = {0};
        double *sums = MCY_TAKE(arena, double, mcy_saltelli_size(&s->stamp));
        mcy_saltelli_start(&s->stamp, sums);
        /* a centre that is not the constant leaves rounding in the sums */
        mcy_saltelli_add(&s->stamp, 0, s->runs, s->values[0], s->faults, 0.1, sums);
        mcy_index_options options = {.estimator = (mcy_estimator)e};
        mcy_indices *all = NULL;
        check_ok(mcy_saltelli_estimate(arena, &s->stamp, sums, &options, &all, &err), err);
        for (size_t i = 0; i < 3; i++) {
            assert_true(all->first[i].value == 0 && all->first[i].low == 0 &&
                        all->first[i].high == 0);
            assert_true(all->total[i].value == 0 && all->total[i].high == 0);
        }
        assert_true(all->second[1].value == 0 && all->variance == 0);
        assert_int_equal(all->first[0].verdict, MCY_VERDICT_ZERO);
    }
    mcy_arena_destroy(arena);
}

static void failed_runs__in_a_sample__their_base_points_left_out(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    sweep_case c = {.function = "fragile",
                    .low = 0,
                    .high = 1,
                    .request = {.method = MCY_METHOD_SALTELLI, .seed = 5, .runs = 1 << 12}};
    mcy_sample *s = sweep_case_run(arena, &c);
    mcy_indices *all = indices_of(arena, s, MCY_ESTIMATOR_MARTINEZ);
    assert_int_equal(all->points + all->left_out, 1 << 12);
    check_near((double)all->left_out / (1 << 12), 1 - 0.9 * 0.9, 0.01);
    check_near((double)s->failed / (double)s->runs, 0.1, 0.01);
    /* x1 in 0..0.9, x2 in 0..1, additive */
    within("first", all->first[0], 0.81 / 1.81, 0.02);
    within("total", all->total[1], 1 / 1.81, 0.02);
    mcy_arena_destroy(arena);
}

static void wrong_sample__for_an_estimator__refused(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    double sums[16] = {0};
    mcy_stamp stamp = {.method = MCY_METHOD_LHS, .axes = 1, .width = 1, .replicates = 1};
    mcy_index_options options = {0};
    mcy_indices *indices;
    mcy_effects *effects;
    check_refused(mcy_saltelli_estimate(arena, &stamp, sums, &options, &indices, &err),
                  MCY_E_INPUT, err, "drawn by 'lhs'");
    check_refused(mcy_morris_estimate(arena, &stamp, sums, &options, &effects, &err),
                  MCY_E_INPUT, err, "drawn by 'lhs'");
    stamp.method = MCY_METHOD_MORRIS;
    check_refused(mcy_morris_estimate(arena, &stamp, sums, &options, &effects, &err),
                  MCY_E_INPUT, err, "trajectories are left");
    mcy_arena_destroy(arena);
}

/* Saltelli et al. (2008), exercise 4 of chapter 3, as in SALib's tests: six trajectories. */
static void morris__published_exercise__reproduced(void **state)
{
    (void)state;
    static const double x1[18] = {0, 0, 2 / 3.0, 0, 0, 2 / 3.0, 2 / 3.0, 2 / 3.0, 0, 1 / 3.0,
                                  1, 1, 1 / 3.0, 1, 1, 1 / 3.0, 1 / 3.0, 1};
    static const double x2[18] = {1 / 3.0, 1, 1, 1 / 3.0, 1,       1, 0, 2 / 3.0, 2 / 3.0, 1, 1,
                                  1 / 3.0, 1, 1, 1 / 3.0, 1 / 3.0, 1, 1};
    static const double effects[2][6] = {{2.52, 1.995, 2.295, -0.66, -0.945, -1.305},
                                         {-0.39, 0.135, 0.795, 0.255, -0.03, 0.495}};
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    double y[18];
    mcy_fault faults[18] = {{MCY_FAULT_NONE, 0, 0}};
    size_t seen[2] = {0, 0};
    for (size_t r = 0; r < 6; r++) {
        y[3 * r] = 1.7;
        for (size_t s = 3 * r; s < 3 * r + 2; s++) {
            double moves[2] = {x1[s + 1] - x1[s], x2[s + 1] - x2[s]};
            size_t axis = moves[0] == 0;
            y[s + 1] = y[s] + moves[axis] * effects[axis][seen[axis]++];
        }
    }
    const double *points[] = {x1, x2};
    mcy_stamp stamp = {.method = MCY_METHOD_MORRIS, .axes = 2, .width = 3, .levels = 4};
    double sums[8];
    mcy_morris_start(&stamp, sums);
    mcy_morris_add(&stamp, 18, points, NULL, y, faults, sums);
    mcy_effects *all = NULL;
    mcy_index_options options = {0};
    check_ok(mcy_morris_estimate(arena, &stamp, sums, &options, &all, &err), err);
    check_near(all->mean[0].value, 0.65, 1e-12);
    check_near(all->mean[1].value, 0.21, 1e-12);
    check_near(all->absolute[0].value, 1.62, 1e-12);
    check_near(all->absolute[1].value, 0.35, 1e-12);
    check_near(all->sd[0], 1.79410702, 1e-8);
    check_near(all->sd[1], 0.41199515, 1e-8);
    mcy_arena_destroy(arena);
}

static void morris__linear_function__slope_and_no_spread(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    sweep_case c = {.function = "fragile",
                    .low = 0,
                    .high = 0.8,
                    .request = {.method = MCY_METHOD_MORRIS, .seed = 3, .runs = 20}};
    mcy_sample *s = sweep_case_run(arena, &c);
    assert_int_equal(s->runs, 60);
    double step = mcy_morris_step(&s->stamp, true), steps[] = {step, step}, sums[8];
    mcy_morris_start(&s->stamp, sums);
    mcy_morris_add(&s->stamp, s->runs, (const double *const *)s->points, steps, s->values[0],
                   s->faults, sums);
    mcy_effects *all = NULL;
    mcy_index_options options = {0};
    check_ok(mcy_morris_estimate(arena, &s->stamp, sums, &options, &all, &err), err);
    for (int i = 0; i < 2; i++) {
        check_near(all->mean[i].value, 0.8, 1e-12); /* slope 1 over an axis of length 0.8 */
        check_near(all->absolute[i].value, 0.8, 1e-12);
        check_near(all->sd[i], 0, 1e-7);
    }
    mcy_arena_destroy(arena);
}

/* Of 100 replications nearly all intervals hold the truth; 1,000 of them in bench_coverage. */
static void intervals__over_replications__cover_the_truth(void **state)
{
    (void)state;
    static const double first[] = {0.313905191148, 0.442411144790, 0};
    static const double total[] = {0.557588855210, 0.442411144790, 0.243683664062};
    size_t covered = 0, asked = 0;
    for (uint64_t seed = 0; seed < 100; seed++) {
        mcy_arena *arena = mcy_arena_create();
        sweep_case c = ishigami(512);
        c.request.seed = 1000 + seed;
        c.request.second_order = false;
        mcy_indices *all = indices_of(arena, sweep_case_run(arena, &c), MCY_ESTIMATOR_MARTINEZ);
        for (size_t i = 0; i < 3; i++) {
            covered += all->first[i].low <= first[i] && first[i] <= all->first[i].high;
            covered += all->total[i].low <= total[i] && total[i] <= all->total[i].high;
            asked += 2;
        }
        mcy_arena_destroy(arena);
    }
    double part = (double)covered / (double)asked;
    if (part < 0.91 || part > 0.985)
        fail_msg("intervals of 95 %% cover %.1f %%", 100 * part);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ishigami__all_estimators__closed_form),
        cmocka_unit_test(sobol_g__eight_axes__closed_form),
        cmocka_unit_test(constant__any_estimator__exactly_zero),
        cmocka_unit_test(failed_runs__in_a_sample__their_base_points_left_out),
        cmocka_unit_test(wrong_sample__for_an_estimator__refused),
        cmocka_unit_test(morris__published_exercise__reproduced),
        cmocka_unit_test(morris__linear_function__slope_and_no_spread),
        cmocka_unit_test(intervals__over_replications__cover_the_truth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
