/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price response: closed cases, recovery of known parameters, and the real history. */
#include "check.h"
#include "mcy/price_response.h"
#include "random.h"

enum { P = MCY_PRICE_PARAMETERS };

static void fit__without_rows__gives_the_prior_back(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    mcy_price_response *fit;
    check_ok(mcy_price_response_fit(arena, NULL, 0, NULL, &fit, &err), err);
    check_near(fit->estimate[MCY_PRICE_SHORT], 0.5, 1e-12);
    check_near(fit->estimate[MCY_PRICE_PERSISTENCE], 0.3, 1e-12);
    check_near(fit->low[MCY_PRICE_GLUT], 0.8 * exp(-0.5 * 1.6448536269514722), 1e-12);
    check_near(fit->learned[MCY_PRICE_ANCHOR], 0, 1e-12);
    check_near(fit->noise, 0.10, 1e-12);
    mcy_arena_destroy(arena);
}

static void expected__short_with_a_high_price__does_not_ask_for_a_fall(void **state)
{
    (void)state;
    const double p[P] = {0.52, 0.89, 0.38, 0.08};
    mcy_price_move row = {.tightness = 0.05, .gap = -1.3, .move_before = 0.21};
    check_near(mcy_price_expected(p, &row), 0.38 * 0.21, 1e-15);
    row.tightness = -0.05;
    check_near(mcy_price_expected(p, &row), 0.38 * 0.21 + 0.62 * (-0.89 * 0.05 - 0.08 * 1.3),
               1e-15);
}

/* Many quarters drawn from known parameters: the prior no longer matters, and the intervals
 * shrink around the truth. */
static void fit__of_drawn_history__recovers_the_parameters(void **state)
{
    (void)state;
    enum { N = 4000 };
    const double truth[P] = {0.71, 1.23, 0.41, 0.063};
    mcy_arena *arena = mcy_arena_create();
    mcy_price_move *rows = MCY_TAKE(arena, mcy_price_move, N);
    random_state random = random_seed(7);
    for (int i = 0; i < N; i++) {
        rows[i].tightness = random_between(&random, -0.6, 0.6);
        rows[i].gap = random_between(&random, -0.9, 0.7);
        rows[i].move_before = 0.2 * random_normal(&random);
        rows[i].move = mcy_price_expected(truth, &rows[i]) + 0.083 * random_normal(&random);
    }
    mcy_error err = {0};
    mcy_price_response *fit;
    check_ok(mcy_price_response_fit(arena, rows, N, NULL, &fit, &err), err);
    for (int k = 0; k < P; k++) {
        double half = (fit->high[k] - fit->low[k]) / 2;
        if (fabs(fit->estimate[k] - truth[k]) > 2 * half)
            fail_msg("%s %g, truth %g, half width %g", mcy_price_parameter_name(k),
                     fit->estimate[k], truth[k], half);
        assert_true(fit->learned[k] > 0.97);
    }
    check_near(fit->noise, 0.083, 0.004);
    mcy_arena_destroy(arena);
}

/* With one row in the glut region and everything but kappa- pinned by the prior, the mode
 * solves a cubic that a scan of the log posterior finds too. */
static void fit__of_one_row__is_the_top_of_the_posterior(void **state)
{
    (void)state;
    mcy_price_prior prior = mcy_price_prior_default();
    prior.sd[MCY_PRICE_PERSISTENCE] = prior.sd[MCY_PRICE_ANCHOR] = 1e-6;
    prior.noise_quarters = 1e9;
    mcy_price_move row = {.tightness = -0.37, .gap = 0.21, .move_before = -0.11, .move = -0.44};
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    mcy_price_response *fit;
    check_ok(mcy_price_response_fit(arena, &row, 1, &prior, &fit, &err), err);
    double best = -INFINITY, where = 0;
    for (double k = 0.2; k < 4; k += 1e-5) {
        double p[P] = {0.5, k, 0.3, 0.1}, r = row.move - mcy_price_expected(p, &row);
        double z = (log(k) - log(0.8)) / 0.5, value = -r * r / 0.01 - z * z;
        if (value > best)
            best = value, where = k;
    }
    check_near(fit->estimate[MCY_PRICE_GLUT], where, 2e-5);
    mcy_arena_destroy(arena);
}

/* Mode and covariance on the free scale: the covariance is the inverse of J'J over the noise,
 * and the prior, with the slopes J from central differences. */
static void fit__of_drawn_history__has_the_covariance_of_its_slopes(void **state)
{
    (void)state;
    enum { N = 23 };
    const double truth[P] = {0.71, 1.23, 0.41, 0.163};
    mcy_arena *arena = mcy_arena_create();
    mcy_price_move *rows = MCY_TAKE(arena, mcy_price_move, N);
    random_state random = random_seed(11);
    for (int i = 0; i < N; i++) {
        rows[i].tightness = random_between(&random, -0.6, 0.6);
        rows[i].gap = random_between(&random, -0.2, 0.7);
        rows[i].move_before = 0.2 * random_normal(&random);
        rows[i].move = mcy_price_expected(truth, &rows[i]) + 0.083 * random_normal(&random);
    }
    mcy_error err = {0};
    mcy_price_response *fit;
    mcy_price_prior prior = mcy_price_prior_default();
    check_ok(mcy_price_response_fit(arena, rows, N, NULL, &fit, &err), err);
    double precision[P][P] = {{0}};
    for (int k = 0; k < P; k++)
        precision[k][k] = 1 / (prior.sd[k] * prior.sd[k]);
    for (int i = 0; i < N; i++) {
        double slope[P];
        for (int k = 0; k < P; k++) {
            double side[2];
            for (int s = 0; s < 2; s++) {
                double p[P];
                for (int j = 0; j < P; j++) {
                    double free = fit->mode[j] + (j == k ? (s ? 1e-5 : -1e-5) : 0);
                    p[j] =
                        mcy_price_parameter_is_log((mcy_price_parameter)j) ? exp(free) : free;
                }
                side[s] = mcy_price_expected(p, &rows[i]);
            }
            slope[k] = (side[1] - side[0]) / 2e-5;
        }
        for (int k = 0; k < P; k++)
            for (int j = 0; j < P; j++)
                precision[k][j] += slope[k] * slope[j] / (fit->noise * fit->noise);
    }
    for (int k = 0; k < P; k++)
        for (int j = 0; j < P; j++) {
            double product = 0;
            for (int l = 0; l < P; l++)
                product += precision[k][l] * fit->covariance[l * P + j];
            check_near(product, k == j, 1e-6);
            assert_true(fit->covariance[k * P + j] == fit->covariance[j * P + k]);
        }
    for (int k = 0; k < P; k++) {
        bool is_log = mcy_price_parameter_is_log((mcy_price_parameter)k);
        check_near(is_log ? exp(fit->mode[k]) : fit->mode[k], fit->estimate[k], 1e-15);
        double width = is_log ? log(fit->high[k] / fit->low[k]) : fit->high[k] - fit->low[k];
        check_near(width / (2 * 1.6448536269514722), sqrt(fit->covariance[k * P + k]), 1e-12);
    }
    mcy_arena_destroy(arena);
}

static void fit__of_a_row_that_is_not_finite__is_refused(void **state)
{
    (void)state;
    mcy_price_move row = {.tightness = NAN};
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    mcy_price_response *fit;
    check_refused(mcy_price_response_fit(arena, &row, 1, NULL, &fit, &err), MCY_E_DOMAIN, err,
                  "not finite");
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fit__without_rows__gives_the_prior_back),
        cmocka_unit_test(expected__short_with_a_high_price__does_not_ask_for_a_fall),
        cmocka_unit_test(fit__of_drawn_history__recovers_the_parameters),
        cmocka_unit_test(fit__of_one_row__is_the_top_of_the_posterior),
        cmocka_unit_test(fit__of_drawn_history__has_the_covariance_of_its_slopes),
        cmocka_unit_test(fit__of_a_row_that_is_not_finite__is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
