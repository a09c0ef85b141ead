/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The next quarter: closed form, Bayes on a linear case, frontier, guidance errors. */
#include "check.h"

#include "mcy/number.h"
#include "mcy/outlook.h"
#include "random.h"

/* One product whose cost change is known: bits and price nearly free. */
static mcy_outlook single_product(double cost_change_log)
{
    mcy_outlook o = {.revenue_usd_m = {23860.0, 0.0}, .cost_usd_m = {0.251 * 23860.0, 0.0}};
    o.covariance[0] = o.covariance[2 * MCY_OUTLOOK_SIZE + 2] = 4.0;
    o.mean[MCY_OUTLOOK_COST] = cost_change_log;
    return o;
}

static void condition__one_product_fixed_cost__is_the_closed_form(void **state)
{
    (void)state;
    random_state random = random_seed(31);
    for (int trial = 0; trial < 500; trial++) {
        double cost = random_between(&random, -0.15, 0.1), gm0 = 0.749;
        double gm1 = random_between(&random, 0.3, 0.9);
        double revenue = 23860.0 * random_between(&random, 0.5, 2.0);
        mcy_outlook prior = single_product(log1p(cost)), posterior;
        mcy_outlook_statement said = {log(revenue), 0.0, gm1, 0.0};
        double weight[2];
        mcy_error err = {0};
        check_ok(mcy_outlook_condition(&prior, &said, &posterior, weight, &err), err);
        double price = (1.0 - gm0) * (1.0 + cost) / (1.0 - gm1); /* 1 + p */
        check_near(exp(posterior.mean[MCY_OUTLOOK_PRICE]), price, 1e-10);
        check_near(posterior.mean[MCY_OUTLOOK_BITS], log(revenue / 23860.0) - log(price),
                   1e-10);
        check_near(mcy_outlook_margin(&prior, posterior.mean), gm1, 1e-12);
        check_near(weight[0], 1.0, 1e-9);
        check_near(weight[1], 1.0, 1e-9);
    }
}

static void condition__revenue_alone_one_product__is_the_linear_update(void **state)
{
    (void)state;
    mcy_outlook prior = single_product(-0.03), posterior;
    prior.mean[MCY_OUTLOOK_BITS] = 0.02;
    prior.mean[MCY_OUTLOOK_PRICE] = 0.11;
    prior.covariance[0] = 0.05 * 0.05;
    prior.covariance[2 * MCY_OUTLOOK_SIZE + 2] = 0.12 * 0.12;
    mcy_outlook_statement said = {log(23860.0) + 0.30, 0.03, MCY_MISSING, 0.0};
    double weight[2];
    mcy_error err = {0};
    check_ok(mcy_outlook_condition(&prior, &said, &posterior, weight, &err), err);
    double room = 0.05 * 0.05 + 0.12 * 0.12, share = room / (room + 0.03 * 0.03);
    check_near(weight[0], share, 1e-12);
    assert_true(mcy_is_missing(weight[1]));
    check_near(posterior.mean[MCY_OUTLOOK_PRICE], 0.11 + 0.17 * share * 0.0144 / room, 1e-12);
    check_near(posterior.covariance[2 * MCY_OUTLOOK_SIZE + 2],
               0.0144 - 0.0144 * 0.0144 / (room + 0.0009), 1e-14);
    check_near(posterior.covariance[2], -0.0144 * 0.0025 / (room + 0.0009), 1e-14);
}

static void condition__nothing_stated__leaves_the_prior(void **state)
{
    (void)state;
    mcy_outlook prior = single_product(0.0), posterior;
    mcy_outlook_statement nothing = {MCY_MISSING, 0.0, MCY_MISSING, 0.0};
    mcy_error err = {0};
    check_ok(mcy_outlook_condition(&prior, &nothing, &posterior, NULL, &err), err);
    assert_memory_equal(&prior, &posterior, sizeof prior);
}

static void condition__no_room_or_no_revenue__is_refused(void **state)
{
    (void)state;
    mcy_outlook prior = single_product(0.0), posterior;
    mcy_outlook_statement said = {log(30000.0), 0.0, 0.8, 0.0};
    mcy_error err = {0};
    prior.covariance[0] = prior.covariance[2 * MCY_OUTLOOK_SIZE + 2] = 0.0;
    check_refused(mcy_outlook_condition(&prior, &said, &posterior, NULL, &err), MCY_E_NUMERIC,
                  err, "leave no room");
    prior.revenue_usd_m[0] = 0.0;
    check_refused(mcy_outlook_condition(&prior, &said, &posterior, NULL, &err), MCY_E_DOMAIN,
                  err, "no revenue");
}

static void frontier__dearer_bits__need_a_higher_price(void **state)
{
    (void)state;
    mcy_outlook prior = {.revenue_usd_m = {18768.0, 4997.0},
                         .cost_usd_m = {4300.0, 1650.0},
                         .other_revenue_usd_m = 95.0,
                         .other_cost_usd_m = 39.0};
    for (size_t i = 0; i < 6; i++)
        prior.covariance[i * (MCY_OUTLOOK_SIZE + 1)] = i < 2 ? 0.0016 : i < 4 ? 0.02 : 0.0025;
    mcy_outlook_statement said = {log(33500.0), 0.01, 0.81, 0.005};
    mcy_error err = {0};
    double last = -1.0;
    for (double cost = -0.15; cost < 0.1; cost += 0.05) {
        mcy_outlook at;
        double mean[3], sd[3];
        check_ok(mcy_outlook_frontier(&prior, &said, cost, &at, &err), err);
        mcy_outlook_blend(&at, mean, sd);
        check_near(mean[2], cost, 1e-12);
        check_near(sd[2], 0.0, 1e-12);
        assert_true(mean[1] > last);
        last = mean[1];
    }
}

static void bias__clean_line__is_found_and_an_outlier_hardly_moves_it(void **state)
{
    (void)state;
    enum { N = 40 };
    double error[N], x[N * 3];
    random_state random = random_seed(8);
    const double prior_sd[3] = {0.5, 5.0, 0.0};
    for (size_t i = 0; i < N; i++) {
        x[3 * i] = 1.0;
        x[3 * i + 1] = random_between(&random, -0.3, 0.4);
        x[3 * i + 2] = 123.0; /* left out: its prior sd is 0 */
        error[i] = 0.03 + 0.14 * x[3 * i + 1] + 0.01 * random_normal(&random);
    }
    mcy_bias_fit fit, struck;
    mcy_error err = {0};
    check_ok(mcy_bias_estimate(N, error, x, prior_sd, 4.0, &fit, &err), err);
    assert_true(fabs(fit.coefficient[0] - 0.03) < 4.0 * sqrt(fit.covariance[0]));
    assert_true(fabs(fit.coefficient[1] - 0.14) < 4.0 * sqrt(fit.covariance[4]));
    check_near(fit.coefficient[2], 0.0, 1e-12);
    error[N / 2] -= 0.5; /* a write-down */
    check_ok(mcy_bias_estimate(N, error, x, prior_sd, 4.0, &struck, &err), err);
    assert_true(fabs(struck.coefficient[0] - fit.coefficient[0]) < 0.003);
    double mean, sd;
    const double now[3] = {1.0, 0.3, 0.0};
    mcy_bias_predict(&fit, now, &mean, &sd);
    assert_true(fabs(mean - 0.072) < 0.01);
    assert_true(sd > fit.scale);
    check_refused(mcy_bias_estimate(5, error, x, prior_sd, 4.0, &fit, &err), MCY_E_MISSING, err,
                  "known for 5 quarters, at least 6");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(condition__one_product_fixed_cost__is_the_closed_form),
        cmocka_unit_test(condition__revenue_alone_one_product__is_the_linear_update),
        cmocka_unit_test(condition__nothing_stated__leaves_the_prior),
        cmocka_unit_test(condition__no_room_or_no_revenue__is_refused),
        cmocka_unit_test(frontier__dearer_bits__need_a_higher_price),
        cmocka_unit_test(bias__clean_line__is_found_and_an_outlier_hardly_moves_it),
    };
    return cmocka_run_group_tests_name("outlook", tests, NULL, NULL);
}
