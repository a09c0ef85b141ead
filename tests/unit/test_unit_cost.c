/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cost paths by product: derivatives, recovery on simulated firms, the margin bridge, refusals. */
#include "check.h"

#include "mcy/number.h"
#include "mcy/unit_cost.h"
#include "simulated_firm.h"
#include "unit_cost_system.h"

static void jacobian__at_random_points__agrees_with_differences(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    random_state random = random_seed(5);
    simulated_firm firm;
    simulate_firm(&random, &firm);
    firm.data.cogs_usd_m = firm.cogs;
    firm.cogs[7] = MCY_MISSING;
    mcy_cost_system system;
    mcy_error err = {0};
    check_ok(mcy_cost_system_init(arena, &firm.data, &firm.prior, &system, &err), err);
    gsl_vector *x = gsl_vector_alloc(system.parameters);
    gsl_vector *up = gsl_vector_alloc(system.residuals),
               *down = gsl_vector_alloc(system.residuals);
    gsl_matrix *J = gsl_matrix_alloc(system.residuals, system.parameters);
    for (size_t i = 0; i < system.parameters; i++)
        gsl_vector_set(x, i, i < 2 * system.n ? random_between(&random, 5.5, 7.5) : 0.03);
    mcy_cost_jacobian(x, &system, J);
    for (size_t i = 0; i < system.parameters; i++) {
        double at = gsl_vector_get(x, i), h = 1e-5;
        gsl_vector_set(x, i, at + h);
        mcy_cost_residuals(x, &system, up);
        gsl_vector_set(x, i, at - h);
        mcy_cost_residuals(x, &system, down);
        gsl_vector_set(x, i, at);
        for (size_t r = 0; r < system.residuals; r++) {
            double difference = (gsl_vector_get(up, r) - gsl_vector_get(down, r)) / (2 * h);
            check_near(gsl_matrix_get(J, r, i), difference, 1e-7);
        }
    }
    gsl_matrix_free(J);
    gsl_vector_free(down);
    gsl_vector_free(up);
    gsl_vector_free(x);
    mcy_arena_destroy(arena);
}

/* 90 % intervals of margins and cost changes over simulated firms whose costs are known. */
static void estimate__simulated_firms__intervals_cover(void **state)
{
    (void)state;
    coverage seen = cost_coverage(60, 2026);
    assert_in_range(1000 * seen.margin_in / seen.margin_all, 860, 940);
    assert_in_range(1000 * seen.change_in / seen.change_all, 860, 940);
}

static void estimate__missing_margin__is_bridged_with_a_wider_interval(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    random_state random = random_seed(9);
    simulated_firm firm;
    simulate_firm(&random, &firm);
    mcy_cost_fit full, holed;
    mcy_error err = {0};
    check_ok(mcy_cost_estimate(arena, &firm.data, &firm.prior, &full, &err), err);
    firm.cogs[15] = MCY_MISSING;
    check_ok(mcy_cost_estimate(arena, &firm.data, &firm.prior, &holed, &err), err);
    assert_true(holed.gross_margin_sd_frac[0][15] > 1.2 * full.gross_margin_sd_frac[0][15]);
    assert_true(mcy_is_missing(holed.residual_usd_m[15]));
    mcy_arena_destroy(arena);
}

static void estimate__bad_input__is_refused_by_quarter(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    random_state random = random_seed(3);
    simulated_firm firm;
    mcy_cost_fit fit;
    mcy_error err = {0};
    simulate_firm(&random, &firm);
    firm.revenue[1][4] = -3.0;
    check_refused(mcy_cost_estimate(arena, &firm.data, &firm.prior, &fit, &err), MCY_E_INPUT,
                  err, "quarter 5: NAND revenue must be above 0, got -3");
    simulate_firm(&random, &firm);
    firm.bits[0][6] = MCY_MISSING;
    check_refused(mcy_cost_estimate(arena, &firm.data, &firm.prior, &fit, &err), MCY_E_INPUT,
                  err, "quarter 7: DRAM bits are missing");
    simulate_firm(&random, &firm);
    for (size_t t = 3; t < firm.data.n; t++)
        firm.cogs[t] = MCY_MISSING;
    check_refused(mcy_cost_estimate(arena, &firm.data, &firm.prior, &fit, &err), MCY_E_INPUT,
                  err, "known in 3 quarters");
    simulate_firm(&random, &firm);
    firm.prior.anchor = 99;
    check_refused(mcy_cost_estimate(arena, &firm.data, &firm.prior, &fit, &err), MCY_E_INPUT,
                  err, "anchor quarter 100");
    firm.data.n = 3;
    check_refused(mcy_cost_estimate(arena, &firm.data, &firm.prior, &fit, &err), MCY_E_INPUT,
                  err, "at least 4");
    mcy_arena_destroy(arena);
}

static double bridge_sum(const mcy_margin_bridge *b)
{
    double sum = b->other + b->one_offs;
    for (size_t k = 0; k < MCY_COST_PRODUCTS; k++)
        sum += b->price[k] + b->cost[k] + b->mix[k];
    return sum;
}

static mcy_margin_side random_side(random_state *random)
{
    mcy_margin_side side = {{0}, {0}, random_between(random, 0.0, 300.0), 0.0, 0.0};
    for (size_t k = 0; k < MCY_COST_PRODUCTS; k++) {
        side.revenue_usd_m[k] = random_between(random, 200.0, 20000.0);
        side.cost_usd_m[k] = side.revenue_usd_m[k] * random_between(random, 0.1, 1.6);
    }
    side.one_off_cost_usd_m = random_between(random, -500.0, 1400.0);
    side.total_cost_usd_m = side.cost_usd_m[0] + side.cost_usd_m[1] + side.one_off_cost_usd_m +
                            random_between(random, -50.0, 250.0);
    return side;
}

static void margin_bridge__random_quarters__adds_to_the_change_and_turns(void **state)
{
    (void)state;
    random_state random = random_seed(77);
    for (int trial = 0; trial < 5000; trial++) {
        mcy_margin_side from = random_side(&random), to = random_side(&random);
        double bits[2] = {random_between(&random, -0.5, 0.5),
                          random_between(&random, -0.5, 0.5)};
        double back[2] = {-bits[0], -bits[1]};
        mcy_margin_bridge there, again;
        mcy_error err = {0};
        check_ok(mcy_margin_bridge_attribute(&from, &to, bits, &there, &err), err);
        check_ok(mcy_margin_bridge_attribute(&to, &from, back, &again, &err), err);
        check_near(bridge_sum(&there), there.to_frac - there.from_frac, 1e-12);
        for (size_t k = 0; k < 2; k++) {
            check_near(there.price[k], -again.price[k], 1e-12);
            check_near(there.mix[k], -again.mix[k], 1e-12);
        }
    }
}

static void margin_bridge__price_alone__is_all_price(void **state)
{
    (void)state;
    mcy_margin_side from = {{1000, 500}, {600, 400}, 0, 0, 1000}, to = from;
    to.revenue_usd_m[0] *= 1.3;
    to.revenue_usd_m[1] *= 1.3;
    const double bits[2] = {0.0, 0.0};
    mcy_margin_bridge b;
    mcy_error err = {0};
    check_ok(mcy_margin_bridge_attribute(&from, &to, bits, &b, &err), err);
    check_near(b.price[0] + b.price[1], b.to_frac - b.from_frac, 1e-14);
    check_near(b.cost[0], 0.0, 1e-15);
    from.cost_usd_m[1] = 0.0;
    check_refused(mcy_margin_bridge_attribute(&from, &to, bits, &b, &err), MCY_E_DOMAIN, err,
                  "first quarter: revenue and cost of NAND must be above 0, got 500 and 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jacobian__at_random_points__agrees_with_differences),
        cmocka_unit_test(estimate__simulated_firms__intervals_cover),
        cmocka_unit_test(estimate__missing_margin__is_bridged_with_a_wider_interval),
        cmocka_unit_test(estimate__bad_input__is_refused_by_quarter),
        cmocka_unit_test(margin_bridge__random_quarters__adds_to_the_change_and_turns),
        cmocka_unit_test(margin_bridge__price_alone__is_all_price),
    };
    return cmocka_run_group_tests_name("unit_cost", tests, NULL, NULL);
}
