/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Nile by both filters against published values: Durbin and Koopman 2012, R, statsmodels.
 */
#include "check.h"

#include "mcy/arena.h"
#include "mcy/kalman.h"
#include "mcy/local_level.h"
#include "mcy/number.h"
#include "nile.h"

/* The parameters as the book prints them. */
static const double book_noise = 15099, book_level = 1469.1;

static mcy_kalman *nile_model(mcy_arena *arena, const double *y, size_t n)
{
    size_t rows = 0;
    for (size_t t = 0; t < n; t++)
        rows += !mcy_is_missing(y[t]);
    mcy_kalman *k = mcy_kalman_create(arena, 1, n, rows);
    assert_non_null(k);
    k->transition[0] = 1;
    k->shock[0] = book_level;
    k->start_diffuse[0] = 1;
    size_t j = 0;
    for (size_t t = 0; t < n; t++)
        if (!mcy_is_missing(y[t]))
            k->row[j++] = (mcy_kalman_row){(int)t, 1, {0}, {1}, y[t], book_noise};
    mcy_kalman_index(k);
    return k;
}

static void data__as_printed__sums(void **state)
{
    (void)state;
    double sum = 0;
    for (int t = 0; t < NILE_YEARS; t++)
        sum += nile[t];
    assert_true(sum == 91935);
}

static void filter__book_parameters__book_values(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_kalman *k = nile_model(arena, nile, NILE_YEARS);
    assert_true(mcy_kalman_filter(k));
    check_near(k->log_likelihood, -632.5456251157, 1e-12);
    /* with -1/2 log(2 pi) for the diffuse point as well */
    check_near(k->log_likelihood + k->diffuse_term - 0.5 * log(2 * acos(-1.0)), -633.4645636489,
               1e-12);
    assert_int_equal(k->diffuse_rows, 1);
    const double p[] = {16568.1, 9368.8363794, 7250.5699387};
    const double v[] = {40, -177.92783993, 137.20147047};
    for (int i = 0; i < 3; i++) {
        check_near(k->predicted_cov[(1 + i) * 4], p[i], 1e-10);
        check_near(k->innovation[1 + i], v[i], 1e-9);
    }
    check_near(k->innovation_var[1], 31667.1, 1e-12);
    check_near(k->innovation_var[2], 24467.8363794, 1e-11);
    check_near(k->predicted_cov[99 * 4], 5501.2579418, 1e-10);
    check_near(k->filtered[0], 798.3702926, 1e-9);
    mcy_arena_destroy(arena);
}

static void check_smoothed(const double *level, size_t stride, const double *variance,
                           size_t variance_stride)
{
    check_near(level[0], 1111.6683191, 1e-10);
    check_near(level[27 * stride], 999.5852187, 1e-10);
    check_near(level[99 * stride], 798.3702926, 1e-9);
    check_near(variance[0], 4032.1579418, 1e-10);
    check_near(variance[99 * variance_stride], 4032.1579418, 1e-10);
}

static void smoother__book_parameters__book_levels(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_kalman *k = nile_model(arena, nile, NILE_YEARS);
    assert_true(mcy_kalman_filter(k));
    mcy_kalman_smooth(k);
    check_smoothed(k->smoothed, 4, k->smoothed_cov, 4);
    double level[NILE_YEARS], variance[NILE_YEARS];
    mcy_local_level_smooth(NILE_YEARS, nile, book_noise, book_level, level, variance);
    check_smoothed(level, 1, variance, 1);
    for (int t = 0; t < NILE_YEARS; t++) {
        check_near(level[t], k->smoothed[t * 4], 1e-12);
        check_near(variance[t], k->smoothed_cov[t * 4], 1e-11);
    }
    mcy_arena_destroy(arena);
}

static void fit__nile__certified_variances(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_local_level fit;
    check_ok(mcy_local_level_fit(1, NILE_YEARS, nile, &fit, NULL, NULL, &err), err);
    /* published (two optimisers, stopped where the likelihood was flat), then the root of the
     * derivative in 40 digits */
    check_near(fit.noise_variance, 15098.5198, 2e-7);
    check_near(fit.level_variance, 1469.1761, 2e-7);
    check_near(fit.noise_variance, 15098.51832409627892, 1e-11);
    check_near(fit.level_variance, 1469.176360309515455, 1e-11);
    check_near(fit.log_likelihood, -632.5456251030, 1e-12);
    check_near(mcy_local_level_likelihood(NILE_YEARS, nile, book_noise, book_level),
               -632.5456251157, 1e-12);
}

/* 1891-1910 and 1931-1950 hidden. */
static void missing_blocks__book_parameters__published_levels(void **state)
{
    (void)state;
    double y[NILE_YEARS], level[NILE_YEARS], variance[NILE_YEARS];
    for (int t = 0; t < NILE_YEARS; t++)
        y[t] = (t >= 20 && t < 40) || (t >= 60 && t < 80) ? MCY_MISSING : nile[t];
    mcy_arena *arena = mcy_arena_create();
    mcy_kalman *k = nile_model(arena, y, NILE_YEARS);
    assert_true(mcy_kalman_filter(k));
    mcy_kalman_smooth(k);
    double constant = -0.5 * log(2 * acos(-1.0));
    check_near(k->log_likelihood + constant, -381.5060013, 1e-10);
    check_near(mcy_local_level_likelihood(NILE_YEARS, y, book_noise, book_level),
               k->log_likelihood, 1e-13);
    check_near(k->smoothed[29 * 4], 903.42110, 1e-8);
    check_near(k->smoothed[69 * 4], 837.17732, 1e-8);
    check_near(k->smoothed_cov[29 * 4], 9715.0059, 1e-8);
    mcy_local_level_smooth(NILE_YEARS, y, book_noise, book_level, level, variance);
    for (int t = 0; t < NILE_YEARS; t++) {
        check_near(level[t], k->smoothed[t * 4], 1e-12);
        check_near(variance[t], k->smoothed_cov[t * 4], 1e-11);
    }
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(data__as_printed__sums),
        cmocka_unit_test(filter__book_parameters__book_values),
        cmocka_unit_test(smoother__book_parameters__book_levels),
        cmocka_unit_test(fit__nile__certified_variances),
        cmocka_unit_test(missing_blocks__book_parameters__published_levels),
    };
    return cmocka_run_group_tests_name("nile", tests, NULL, NULL);
}
