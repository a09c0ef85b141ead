/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The market equations with everything but one loop switched off are a linear cobweb in logs:
 *
 *     p(t+1) = p(t) + kappa (log(D0 / X) - eta p(t))
 *     p(t) - p* = (1 - kappa eta)^t (p(0) - p*),      p* = log(D0 / X) / eta
 *
 * With kappa eta = 1.75 the ratio is -0.75, that of the published example (demand 100 - 2p,
 * supply 10 + 1.5 p: 20, 30, 22.5, 28.125, ... to 25.714). */
#include "model_run.h"

static const char *const cobweb[] = {
    "capex@2019Q1..=0 bn USD",
    "hbm_wafers_target=0%",
    "hbm_wafers_0=0%",
    "unit_growth=0%",
    "content_growth=0%",
    "elasticity=1.4",
    "adapt=1",
    "order_inflation=0",
    "fill_0=0.8",
    "response_short=1.25",
    "response_glut=1.25",
    "price_persistence=0",
    "price_anchor=0",
    "price_drift=0",
    "price_floor=-0.7",
    "price_cap=1",
    "price_shock=0",
    "cut_max=0%",
    "hold=100%",
    "weeks_target=30 weeks",
    "trade_ratio=3",
};

static void open_cobweb(model_run *run, const char *more)
{
    enum { BASE = sizeof cobweb / sizeof cobweb[0] };
    const char *sets[BASE + 16];
    size_t count = 0;
    static const char *const past[] = {"2024Q1", "2024Q2", "2024Q3", "2024Q4",
                                       "2025Q1", "2025Q2", "2025Q3", "2025Q4"};
    static char lines[8][64];
    for (size_t i = 0; i < BASE; i++)
        sets[count++] = cobweb[i];
    for (size_t i = 0; i < 8; i++) {
        snprintf(lines[i], sizeof lines[i], "price_history@%s=1", past[i]);
        sets[count++] = lines[i];
    }
    if (more != NULL)
        sets[count++] = more;
    const mcy_study_request request = {.set_count = count, .sets = sets};
    model_open(run, "base", &request);
}

static void check_closed_form(const model_run *run, const char *product, double ratio,
                              double eta)
{
    char path[32];
    snprintf(path, sizeof path, "price.%s", product);
    double rest = -log(0.8) / eta, power = 1;
    for (int t = 0; t <= mcy_unrolled_last(run->study->unrolled); t++, power *= ratio)
        check_near(log(model_value(run, path, t)), rest - rest * power, 1e-12);
}

static void market__as_a_cobweb__converges_as_the_closed_form(void **state)
{
    (void)state;
    model_run run;
    open_cobweb(&run, NULL);
    check_closed_form(&run, "dram", -0.75, 1.4);
    check_closed_form(&run, "nand", -0.75, 1.4);
    /* the published example, its price as base 20 and rest 25.714..., from the same ratio */
    static const double example[] = {20, 30, 22.5, 28.125, 23.90625, 27.0703125, 24.697265625};
    double rest = -log(0.8) / 1.4;
    for (int t = 0; t < 7; t++) {
        double share = 1 - log(model_value(&run, "price.dram", t)) / rest;
        check_near(180.0 / 7 + share * (20 - 180.0 / 7), example[t], 1e-10);
    }
    model_close(&run);
}

static void market__as_a_damped_loop__comes_to_rest_without_turning(void **state)
{
    (void)state;
    model_run run;
    open_cobweb(&run, "elasticity=0.3");
    check_closed_form(&run, "dram", 1 - 1.25 * 0.3, 0.3);
    model_close(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(market__as_a_cobweb__converges_as_the_closed_form),
        cmocka_unit_test(market__as_a_damped_loop__comes_to_rest_without_turning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
