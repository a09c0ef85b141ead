/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decomposition's parts: gradient, Hessian, identity, leave-one-out (D1-D8). */
#include "check.h"

#include "decompose_work.h"
#include "mcy/arena.h"
#include "mcy/number.h"
#include "simulate_panel.h"

static void gradient__random_points__is_the_slope_of_the_posterior(void **state)
{
    (void)state;
    mcy_error err = {0};
    for (uint64_t seed = 1; seed <= 5; seed++) {
        mcy_arena *arena = mcy_arena_create();
        random_state d = random_seed(seed);
        panel_truth truth = truth_from_priors(&d);
        mcy_panel panel = simulate_panel(arena, &d, &truth, 24);
        decompose_work *w = NULL;
        check_ok(decompose_prepare(arena, &panel, &w, &err), err);
        double free[64], gradient[64];
        for (size_t i = 0; i < w->at.count; i++)
            free[i] = w->prior_mean[i] + 0.7 * w->prior_sd[i] * random_normal(&d);
        decompose_evaluate(w, free, gradient);
        for (size_t i = 0; i < w->at.count; i++) {
            double keep = free[i], h = 1e-5;
            free[i] = keep + h;
            double up = decompose_evaluate(w, free, NULL);
            free[i] = keep - h;
            double down = decompose_evaluate(w, free, NULL);
            free[i] = keep;
            check_near(gradient[i], (up - down) / (2 * h), 1e-4);
        }
        mcy_arena_destroy(arena);
    }
}

/* Leave-one-out at a fixed parameter must be what hiding the statement and filtering again
 * says. */
static void leave_one_out__fixed_parameters__is_the_fit_without_the_statement(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    random_state d = random_seed(77);
    panel_truth truth = truth_from_priors(&d);
    mcy_panel panel = simulate_panel(arena, &d, &truth, 14);
    decompose_work *w = NULL;
    check_ok(decompose_prepare(arena, &panel, &w, &err), err);
    decompose_evaluate(w, w->prior_mean, (double[64]){0});
    for (size_t j = 0; j < panel.observations; j += 3) {
        mcy_panel_observation *o = MCY_TAKE(arena, mcy_panel_observation, panel.observations);
        memcpy(o, panel.observation, panel.observations * sizeof *o);
        memmove(o + j, o + j + 1, (panel.observations - j - 1) * sizeof *o);
        mcy_panel less = panel;
        less.observation = o;
        less.observations--;
        decompose_work *without = NULL;
        check_ok(decompose_prepare(arena, &less, &without, &err), err);
        decompose_evaluate(without, w->prior_mean, (double[64]){0});
        const mcy_kalman *k = without->kalman;
        const mcy_kalman_row *row = &w->kalman->row[j];
        double mean = 0, variance = row->variance;
        for (int x = 0; x < row->terms; x++) {
            size_t at = (size_t)row->at[x], t = (size_t)row->time;
            mean += row->weight[x] * k->smoothed[t * k->stride + at];
            for (int y = 0; y < row->terms; y++)
                variance +=
                    row->weight[x] * row->weight[y] *
                    k->smoothed_cov[(t * k->states + at) * k->stride + (size_t)row->at[y]];
        }
        double d_j = w->kalman->error_precision[j];
        check_near(row->value - w->kalman->error_score[j] / d_j, mean, 1e-9);
        check_near(1 / d_j / variance, 1, 1e-8);
    }
    mcy_arena_destroy(arena);
}

static void decompose__simulated_panel__finds_its_optimum_and_adds_up(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    random_state d = random_seed(2385);
    panel_truth truth = truth_from_priors(&d);
    mcy_panel panel = simulate_panel(arena, &d, &truth, 40);
    mcy_decomposition *fit = NULL;
    check_ok(mcy_decompose(arena, &panel, NULL, &fit, &err), err);
    assert_true(fit->optimum[0].proper);
    assert_true(fit->optimum[0].gradient_norm < 1e-4);
    int starts = 0;
    for (size_t i = 0; i < fit->optima; i++)
        starts += fit->optimum[i].starts;
    assert_int_equal(starts, fit->starts);
    for (size_t i = 0; i < panel.firms * panel.quarters; i++) {
        check_near(fit->bits[i] + fit->price[i], fit->revenue[i], 1e-15);
        check_near(fit->common[i] + fit->mix[i], fit->price[i], 1e-15);
        double joint = fit->bits_sd[i] * fit->price_sd[i];
        assert_true(fabs(fit->cov_bits_price[i]) <= joint * (1 + 1e-9));
    }
    assert_non_null(mcy_decompose_find(fit, "lambda.samsung"));
    assert_null(mcy_decompose_find(fit, "lambda.intel"));
    double mean[3], covariance[9];
    check_ok(mcy_decompose_ahead(fit, 3, mean, covariance, &err), err);
    double phi = mcy_decompose_find(fit, "phi")->estimate;
    check_near(covariance[1], phi * covariance[0], 1e-12);
    check_refused(mcy_decompose_ahead(fit, 0, mean, covariance, &err), MCY_E_DOMAIN, err,
                  "got 0");
    mcy_arena_destroy(arena);
}

/* The smoothed factor at the fit's optimum when one more contract price is said of a quarter;
 * *variance is the noise of that statement. */
static void factor_with_statement(mcy_arena *arena, const mcy_decomposition *fit, int quarter,
                                  double said, double *factor, double *variance)
{
    mcy_error err = {0};
    mcy_panel more = fit->panel;
    mcy_panel_observation *o = MCY_TAKE(arena, mcy_panel_observation, more.observations + 1);
    memcpy(o, more.observation, more.observations * sizeof *o);
    o[more.observations++] = (mcy_panel_observation){
        MCY_PANEL_CONTRACT, MCY_PANEL_SURVEY, -1, quarter, said, said, 987654};
    mcy_panel_sort(o, more.observations);
    more.observation = o;
    decompose_work *w = NULL;
    check_ok(decompose_prepare(arena, &more, &w, &err), err);
    decompose_evaluate(w, fit->optimum[0].free, (double[64]){0});
    for (size_t t = 0; t < more.quarters; t++)
        factor[t] = w->kalman->smoothed[t * w->kalman->stride + STATE_F];
    for (size_t j = 0; j < more.observations; j++)
        if (o[j].fact == 987654)
            *variance = w->kalman->row[j].variance;
}

/* A statement about quarter s moves the factor of quarter t by
 * Cov(f_t, f_s) (said - f_s) / (Var(f_s) + noise): covariances from refitting alone. */
static void market_sum__fixed_parameters__has_the_variance_of_a_dense_normal(void **state)
{
    (void)state;
    enum { QUARTERS = 18, FIRST = 3, LAST = 9 };
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    random_state d = random_seed(41);
    panel_truth truth = truth_from_priors(&d);
    mcy_panel panel = simulate_panel(arena, &d, &truth, QUARTERS);
    mcy_decompose_settings fixed = {.fixed_parameters = true, .no_draws = true};
    mcy_decomposition *fit = NULL;
    check_ok(mcy_decompose(arena, &panel, &fixed, &fit, &err), err);
    double factor[QUARTERS], noise = 0, variance = 0, change = 0, sum, sd;
    for (int s = FIRST; s <= LAST; s++) {
        double said = fit->market[s] + 0.2385;
        factor_with_statement(arena, fit, s, said, factor, &noise);
        double own = fit->market_sd[s] * fit->market_sd[s];
        for (int t = FIRST; t <= LAST; t++)
            variance += (factor[t] - fit->market[t]) * (own + noise) / 0.2385;
        change += fit->market[s];
    }
    check_ok(mcy_decompose_market_sum(fit, FIRST, LAST, &sum, &sd, &err), err);
    check_near(sum, change, 1e-12);
    check_near(sd * sd / variance, 1, 1e-6);
    mcy_arena_destroy(arena);
}

static void market_sum__parameters_free__wider_and_of_one_quarter_its_own(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    random_state d = random_seed(43);
    panel_truth truth = truth_from_priors(&d);
    mcy_panel panel = simulate_panel(arena, &d, &truth, 18);
    mcy_decompose_settings free = {.no_draws = true},
                           fixed = {.fixed_parameters = true, .no_draws = true};
    mcy_decomposition *fit = NULL, *narrow = NULL;
    check_ok(mcy_decompose(arena, &panel, &free, &fit, &err), err);
    check_ok(mcy_decompose(arena, &panel, &fixed, &narrow, &err), err);
    double sum, sd, less;
    check_ok(mcy_decompose_market_sum(fit, 2, 11, &sum, &sd, &err), err);
    check_ok(mcy_decompose_market_sum(narrow, 2, 11, &sum, &less, &err), err);
    assert_true(sd > less);
    for (size_t t = 0; t < panel.quarters; t++) {
        check_ok(mcy_decompose_market_sum(fit, t, t, &sum, &sd, &err), err);
        check_near(sum, fit->market[t], 1e-15);
        check_near(sd, fit->market_sd[t], 1e-12);
    }
    check_refused(mcy_decompose_market_sum(fit, 5, 4, &sum, &sd, &err), MCY_E_DOMAIN, err,
                  "5 to 4 must lie in order within 0 to 17");
    check_refused(mcy_decompose_market_sum(fit, 0, 18, &sum, &sd, &err), MCY_E_DOMAIN, err,
                  "0 to 18");
    fit->market_slope = NULL;
    check_refused(mcy_decompose_market_sum(fit, 0, 3, &sum, &sd, &err), MCY_E_MISSING, err,
                  "read from its file");
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gradient__random_points__is_the_slope_of_the_posterior),
        cmocka_unit_test(leave_one_out__fixed_parameters__is_the_fit_without_the_statement),
        cmocka_unit_test(decompose__simulated_panel__finds_its_optimum_and_adds_up),
        cmocka_unit_test(market_sum__fixed_parameters__has_the_variance_of_a_dense_normal),
        cmocka_unit_test(market_sum__parameters_free__wider_and_of_one_quarter_its_own),
    };
    return cmocka_run_group_tests_name("decompose", tests, NULL, NULL);
}
