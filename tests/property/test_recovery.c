/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Panels with known truth: intervals cover, planted contradictions are found. The full size
 * (500 panels, every parameter by itself) is bench_fit. */
#include "check.h"

#include "mcy/decompose.h"
#include "simulate_panel.h"

enum { PANELS = 40, QUARTERS = 40 };

static double share(long inside, long count)
{
    return (double)inside / (double)count;
}

static void intervals__panels_from_the_priors__cover_as_often_as_they_say(void **state)
{
    (void)state;
    mcy_error err = {0};
    long inside[3] = {0}, count[3] = {0}, stated = 0;
    double loo = 0;
    for (uint64_t n = 0; n < PANELS; n++) {
        mcy_arena *arena = mcy_arena_create();
        random_state r = random_seed((n + 1) * 0xd1342543de82ef95u);
        panel_truth truth = truth_from_priors(&r);
        mcy_panel panel = simulate_panel(arena, &r, &truth, QUARTERS);
        mcy_decomposition *fit = NULL;
        mcy_decompose_settings settings = {.starts = 1, .no_draws = true};
        check_ok(mcy_decompose(arena, &panel, &settings, &fit, &err), err);
        const double *want[3] = {truth.market, truth.bits, truth.price};
        const double *mean[3] = {fit->market, fit->bits, fit->price};
        const double *sd[3] = {fit->market_sd, fit->bits_sd, fit->price_sd};
        for (int q = 0; q < 3; q++)
            for (size_t i = 0; i < QUARTERS * (q ? SIMULATED_FIRMS : 1); i++) {
                count[q]++;
                inside[q] += fabs(want[q][i] - mean[q][i]) <= 1.6448536269514722 * sd[q][i];
            }
        loo += (double)fit->statements.count * fit->statements.cover90;
        stated += (long)fit->statements.count;
        mcy_arena_destroy(arena);
    }
    for (int q = 0; q < 3; q++)
        assert_true(share(inside[q], count[q]) > 0.86 && share(inside[q], count[q]) < 0.93);
    assert_true(loo / (double)stated > 0.87 && loo / (double)stated < 0.92);
}

/* A word that is off by seven of its own leave-one-out deviations is found every time, and
 * hardly anything else is. */
static void contradiction__planted__is_found(void **state)
{
    (void)state;
    mcy_error err = {0};
    int planted = 0, found = 0;
    long clean = 0, alarms = 0;
    for (uint64_t n = 0; n < 12; n++) {
        mcy_arena *arena = mcy_arena_create();
        random_state r = random_seed((n + 101) * 0xd1342543de82ef95u);
        panel_truth truth = truth_from_priors(&r);
        mcy_panel panel = simulate_panel(arena, &r, &truth, QUARTERS);
        mcy_decomposition *before = NULL, *after = NULL;
        mcy_decompose_settings settings = {.starts = 1, .no_draws = true};
        check_ok(mcy_decompose(arena, &panel, &settings, &before, &err), err);
        for (size_t j = 0; j < panel.observations; j++) {
            clean++;
            alarms += before->check[j].contradicted;
        }
        mcy_panel_observation *o = MCY_TAKE(arena, mcy_panel_observation, panel.observations);
        memcpy(o, panel.observation, panel.observations * sizeof *o);
        size_t at = panel.observations / 2 + (size_t)n;
        while (o[at].kind == MCY_PANEL_CONTRACT || o[at].kind == MCY_PANEL_REVENUE)
            at++;
        double off = 8 * before->check[at].predicted_sd;
        off = before->check[at].residual < 0 ? -off : off;
        o[at].low += off;
        o[at].high += off;
        panel.observation = o;
        check_ok(mcy_decompose(arena, &panel, &settings, &after, &err), err);
        planted++;
        found += after->check[at].contradicted;
        mcy_arena_destroy(arena);
    }
    assert_int_equal(found, planted);
    assert_true(share(alarms, clean) < 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals__panels_from_the_priors__cover_as_often_as_they_say),
        cmocka_unit_test(contradiction__planted__is_found),
    };
    return cmocka_run_group_tests_name("recovery", tests, NULL, NULL);
}
