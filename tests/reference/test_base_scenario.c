/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the base scenario must give: the base quarter as reported, the next quarters near what
 * is guided, and what moves when its assumptions do. */
#include "model_run.h"

static void scenarios__as_shipped__meet_every_check(void **state)
{
    (void)state;
    static const char *const shipped[] = {
        "base",        "bull",       "bear",        "capex-upside",
        "base-2025Q4", "risk-yield", "risk-policy", "risk-smartphone",
        "past-2021Q4", "past-2024Q4"};
    for (size_t i = 0; i < sizeof shipped / sizeof shipped[0]; i++) {
        model_run run;
        char fault[256];
        model_open(&run, shipped[i], NULL);
        if (run.fault.kind != MCY_FAULT_NONE)
            fail_msg("%s: %s", shipped[i], model_fault_text(&run, fault));
        model_close(&run);
    }
}

static double value_at_base(void *context, const char *path)
{
    const model_run *run = context;
    size_t symbol, element;
    if (mcy_model_find(run->study->model, path, &symbol, &element, NULL) != MCY_OK)
        return MCY_MISSING;
    return model_value(run, path, 0);
}

static void base__at_the_base_quarter__gives_back_what_was_reported(void **state)
{
    (void)state;
    model_run run;
    mcy_error err = {0};
    const mcy_base_finding *found;
    model_open(&run, "base", NULL);
    check_ok(mcy_base_compare(run.arena, run.study->base, value_at_base, &run, &found, &err),
             err);
    for (size_t i = 0; i < run.study->base->target_count; i++)
        if (!found[i].met)
            fail_msg("%s: reported %g, run %g", found[i].target->path,
                     found[i].target->reported, found[i].value);
    check_near(model_value(&run, "eps.micron", 0), 12.20, 1e-9);
    check_near(model_value(&run, "eps_gaap.micron", 0), 12.07, 1e-9);
    check_near(model_value(&run, "ocf.micron", 0), 11900, 1e-9);
    model_close(&run);
}

/* Guidance of 18 March 2026 for FQ3-26: revenue 32.75-34.25bn, gross margin about 81 %, EPS
 * 18.75-19.55; industry bits of 2026 "low twenties" and "about 20 %". */
static void base__of_the_next_quarters__is_near_what_is_guided(void **state)
{
    (void)state;
    model_run run;
    model_open(&run, "base", NULL);
    double revenue = model_value(&run, "revenue.micron", 1);
    assert_true(revenue > 32750 && revenue < 34250);
    assert_true(fabs(model_value(&run, "gross_margin.micron", 1) - 0.81) < 0.01);
    double eps = model_value(&run, "eps.micron", 1);
    assert_true(eps > 18.75 && eps < 19.55);
    double dram = model_value(&run, "bit_growth.dram", 3);
    double nand = model_value(&run, "bit_growth.nand", 3);
    assert_true(dram > 0.185 && dram < 0.225);
    assert_true(nand > 0.185 && nand < 0.225);
    double end = model_value(&run, "shortage_ends.dram", 0);
    assert_true(end >= 7 && end <= 9); /* 2027Q4 to 2028Q2 */
    model_close(&run);
}

/* Space, not tools: tools that come on top only wait; the wafers installed in 2026Q4 stay. */
static void base__in_2026__is_bound_by_space(void **state)
{
    (void)state;
    static const char *const three[] = {"micron", "samsung", "skhynix"};
    for (int i = 0; i < 3; i++) {
        char installed[64], waiting[64], more[64];
        snprintf(installed, sizeof installed, "wafers_installed.%s.dram", three[i]);
        snprintf(waiting, sizeof waiting, "waiting.%s.dram", three[i]);
        snprintf(more, sizeof more, "waiting_0.%s.dram=8 kwpm", three[i]);
        model_run run;
        mcy_error err = {0};
        model_open(&run, "base", NULL);
        double wafers = model_value(&run, installed, 3), queue = model_value(&run, waiting, 3);
        assert_true(queue > 0);
        check_ok(mcy_inputs_set(run.arena, run.study->inputs, more, &err), err);
        model_run_now(&run);
        check_near(model_value(&run, installed, 3), wafers, 1e-12);
        check_near(model_value(&run, waiting, 3), queue + 8, 1e-12);
        model_close(&run);
    }
}

/* S7: more conversion never lowers bits at the shipped values, although it costs wafers. */
static void base__with_more_conversion__makes_no_fewer_bits(void **state)
{
    (void)state;
    static const char *const firm[] = {"micron", "samsung", "skhynix", "rest"};
    static const char *const fab[] = {"dram", "nand"}, *const product[] = {"dram", "hbm",
                                                                           "nand"};
    static const char *const cheaper[] = {"conversion_cost=×0.8"};
    const mcy_study_request request = {.set_count = 1, .sets = cheaper};
    model_run before, after;
    model_open(&before, "base", NULL);
    model_open(&after, "base", &request);
    bool more = false;
    for (int t = 0; t <= mcy_unrolled_last(before.study->unrolled); t++)
        for (int i = 0; i < 4; i++)
            for (int g = 0; g < 2; g++) {
                char path[64];
                snprintf(path, sizeof path, "bits_made.%s.%s", firm[i], fab[g]);
                double old = model_value(&before, path, t), now = model_value(&after, path, t);
                double used = 1; /* cuts answer stock: compare what could be made */
                for (int k = 0; k < 3; k++) {
                    char cut[64];
                    snprintf(cut, sizeof cut, "utilisation.%s.%s", firm[i], product[k]);
                    used = fmin(used, model_value(&after, cut, t));
                }
                if (used < 1)
                    continue;
                if (!(now >= old * (1 - 1e-12)))
                    fail_msg("%s in quarter %d: %g, before %g", path, t, now, old);
                more = more || now > old * 1.001;
            }
    assert_true(more);
    model_close(&before);
    model_close(&after);
}

/* base.yaml carries the fit of the price response to two decimals, as its lines say. */
static void base__of_the_price_response__carries_the_fit(void **state)
{
    (void)state;
    static const char *const products[] = {"dram", "nand"};
    model_run run;
    mcy_error err = {0};
    model_open(&run, "base", NULL);
    mcy_facts *facts;
    mcy_text report;
    mcy_text_init(&report);
    check_ok(mcy_facts_read(run.arena, MCY_SOURCE_DIR "/scenarios/history", 20260601, &report,
                            &facts, &err),
             err);
    for (int k = 0; k < 2; k++) {
        mcy_price_move *rows;
        size_t count;
        mcy_price_response *fit;
        check_ok(mcy_base_price_moves(run.arena, facts, products[k], mcy_quarter_of(2026, 1),
                                      &rows, &count, &err),
                 err);
        check_ok(mcy_price_response_fit(run.arena, rows, count, NULL, &fit, &err), err);
        for (int p = 0; p < MCY_PRICE_PARAMETERS; p++) {
            char path[64];
            snprintf(path, sizeof path, "%s.%s",
                     mcy_price_parameter_name((mcy_price_parameter)p), products[k]);
            check_near(model_value(&run, path, 0), fit->estimate[p], 0.0051);
        }
    }
    mcy_text_release(&report);
    model_close(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenarios__as_shipped__meet_every_check),
        cmocka_unit_test(base__at_the_base_quarter__gives_back_what_was_reported),
        cmocka_unit_test(base__of_the_next_quarters__is_near_what_is_guided),
        cmocka_unit_test(base__in_2026__is_bound_by_space),
        cmocka_unit_test(base__with_more_conversion__makes_no_fewer_bits),
        cmocka_unit_test(base__of_the_price_response__carries_the_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
