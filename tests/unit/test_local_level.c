/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local level model at its edges: many series at once, missing values, levels that do not
 * move or take all, series too short. */
#include "check.h"

#include "mcy/arena.h"
#include "mcy/kalman.h"
#include "mcy/local_level.h"
#include "mcy/number.h"
#include "random.h"

enum { SERIES = 37, LENGTH = 31 };

/* A batch is its series one by one, whatever lane they fall in, with holes anywhere. */
static void fit__batch__is_each_series_alone(void **state)
{
    (void)state;
    static double y[SERIES * LENGTH], smoothed[SERIES * LENGTH], variance[SERIES * LENGTH];
    mcy_local_level all[SERIES];
    mcy_error err = {0};
    random_state r = random_seed(42);
    for (int s = 0; s < SERIES; s++) {
        double level = 0;
        for (int t = 0; t < LENGTH; t++) {
            level += 0.6 * random_normal(&r);
            y[s * LENGTH + t] =
                random_uniform(&r) < 0.2 ? MCY_MISSING : level + random_normal(&r);
        }
    }
    check_ok(mcy_local_level_fit(SERIES, LENGTH, y, all, smoothed, variance, &err), err);
    for (int s = 0; s < SERIES; s++) {
        mcy_local_level one;
        double level[LENGTH], spread[LENGTH];
        const double *own = y + s * LENGTH;
        check_ok(mcy_local_level_fit(1, LENGTH, own, &one, level, spread, &err), err);
        assert_true(one.noise_variance == all[s].noise_variance);
        assert_true(one.level_variance == all[s].level_variance);
        assert_memory_equal(level, smoothed + s * LENGTH, sizeof level);
        assert_memory_equal(spread, variance + s * LENGTH, sizeof spread);
        check_near(
            mcy_local_level_likelihood(LENGTH, own, one.noise_variance, one.level_variance),
            one.log_likelihood, 1e-12);
    }
}

/* No drawn pair of variances near by has a higher likelihood. */
static void fit__optimum__is_one(void **state)
{
    (void)state;
    mcy_error err = {0};
    random_state r = random_seed(7);
    for (int n = 0; n < 50; n++) {
        double y[LENGTH], level = 3;
        for (int t = 0; t < LENGTH; t++) {
            level += exp(random_normal(&r) - 2) * random_normal(&r);
            y[t] = level + random_normal(&r);
        }
        mcy_local_level fit;
        check_ok(mcy_local_level_fit(1, LENGTH, y, &fit, NULL, NULL, &err), err);
        for (int k = 0; k < 60; k++) {
            double width = k < 30 ? 0.05 : 1;
            double noise = fit.noise_variance * exp(width * random_normal(&r));
            double moves = fit.level_variance > 0
                               ? fit.level_variance * exp(width * random_normal(&r))
                               : 0.01 * fit.noise_variance * random_uniform(&r);
            assert_true(mcy_local_level_likelihood(LENGTH, y, noise, moves) <=
                        fit.log_likelihood + 1e-9);
        }
    }
}

static void smooth__holes_at_both_ends__is_the_general_filter(void **state)
{
    (void)state;
    double y[12] = {MCY_MISSING, MCY_MISSING, 2.1, 2.6, MCY_MISSING, 1.7,
                    3.3,         MCY_MISSING, 2.9, 3.1, MCY_MISSING, MCY_MISSING};
    double level[12], spread[12];
    mcy_local_level_smooth(12, y, 0.8, 0.3, level, spread);
    mcy_arena *arena = mcy_arena_create();
    mcy_kalman *k = mcy_kalman_create(arena, 1, 12, 6);
    k->transition[0] = k->start_diffuse[0] = 1;
    k->shock[0] = 0.3;
    size_t j = 0;
    for (int t = 0; t < 12; t++)
        if (!mcy_is_missing(y[t]))
            k->row[j++] = (mcy_kalman_row){t, 1, {0}, {1}, y[t], 0.8};
    mcy_kalman_index(k);
    assert_true(mcy_kalman_filter(k));
    mcy_kalman_smooth(k);
    for (int t = 0; t < 12; t++) {
        check_near(level[t], k->smoothed[t * 4], 1e-13);
        check_near(spread[t], k->smoothed_cov[t * 4], 1e-13);
    }
    mcy_arena_destroy(arena);
}

static void fit__series_at_the_edges__is_finite_or_refused(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_local_level fit[4];
    double smoothed[20], variance[20];
    const double y[20] = {
        5,   5,           5,   5,           5,           /* never moves */
        1,   -1,          1,   -1,          1,           /* noise only: the level stays */
        2.1, MCY_MISSING, 2.2, MCY_MISSING, MCY_MISSING, /* too short */
        1,   2.1,         3,   4.2,         5,           /* moves more than it errs */
    };
    check_refused(mcy_local_level_fit(4, 5, y, fit, smoothed, variance, &err), MCY_E_MISSING,
                  err, "series 2 has 2 values");
    assert_true(fit[0].noise_variance == 0 && fit[0].level_variance == 0);
    assert_true(smoothed[3] == 5 && variance[3] == 0);
    assert_true(fit[1].level_variance == 0 && fit[1].noise_variance > 0.9);
    check_near(smoothed[5], 0.2, 1e-12);
    assert_true(mcy_is_missing(fit[2].noise_variance) && mcy_is_missing(smoothed[10]));
    assert_true(fit[3].level_variance > fit[3].noise_variance);
    assert_true(mcy_is_missing(mcy_local_level_likelihood(2, y + 11, 1, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fit__batch__is_each_series_alone),
        cmocka_unit_test(fit__optimum__is_one),
        cmocka_unit_test(smooth__holes_at_both_ends__is_the_general_filter),
        cmocka_unit_test(fit__series_at_the_edges__is_finite_or_refused),
    };
    return cmocka_run_group_tests_name("local_level", tests, NULL, NULL);
}
