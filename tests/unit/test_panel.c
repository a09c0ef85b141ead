/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Panels: what is refused, the order of observations, growth of rounded levels (D4). */
#include "check.h"

#include "mcy/number.h"
#include "mcy/panel.h"

static const mcy_panel_firm firms[2] = {{"micron", 1.0 / 3.0}, {"samsung", 0}};

static mcy_panel panel_of(const mcy_panel_observation *observation, size_t count)
{
    mcy_panel panel = {.product = "dram", .first = mcy_quarter_of(2024, 2), .quarters = 3};
    panel.firms = 2;
    panel.firm = firms;
    panel.observations = count;
    panel.observation = observation;
    return panel;
}

static void panel_check__bad_values__are_refused_with_the_value(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_panel_observation o[2] = {
        {MCY_PANEL_BITS, MCY_PANEL_COMPANY, 0, 1, 0.013, 0.029, 4},
        {MCY_PANEL_CONTRACT, MCY_PANEL_SURVEY, -1, 2, 0.07, 0.12, 5},
    };
    mcy_panel panel = panel_of(o, 2);
    check_ok(mcy_panel_check(&panel, &err), err);
    o[0].firm = 2;
    check_refused(mcy_panel_check(&panel, &err), MCY_E_DOMAIN, err, "got 2 of 2 firms");
    o[0].firm = 0;
    o[1].firm = 0;
    check_refused(mcy_panel_check(&panel, &err), MCY_E_DOMAIN, err, "firm must be -1");
    o[1].firm = -1;
    o[1].quarter = 3;
    check_refused(mcy_panel_check(&panel, &err), MCY_E_DOMAIN, err,
                  "quarter must be in 0..2, got 3");
    o[1].quarter = 0;
    check_refused(mcy_panel_check(&panel, &err), MCY_E_DOMAIN, err, "order of quarters");
    o[1].quarter = 2;
    o[1].high = 0.05;
    check_refused(mcy_panel_check(&panel, &err), MCY_E_DOMAIN, err, "got 0.07..0.05");
    o[1].high = MCY_MISSING;
    check_refused(mcy_panel_check(&panel, &err), MCY_E_DOMAIN, err, "finite range");
    panel.observations = 0;
    check_refused(mcy_panel_check(&panel, &err), MCY_E_MISSING, err, "panel 'dram'");
}

static void panel_sort__shuffled__orders_by_quarter_kind_firm_source(void **state)
{
    (void)state;
    mcy_panel_observation o[4] = {
        {MCY_PANEL_PRICE, MCY_PANEL_COMPANY, 1, 2, 0.1, 0.1, 9},
        {MCY_PANEL_BITS, MCY_PANEL_SURVEY, 0, 1, 0.2, 0.3, 7},
        {MCY_PANEL_BITS, MCY_PANEL_COMPANY, 0, 1, 0.2, 0.3, 8},
        {MCY_PANEL_REVENUE, MCY_PANEL_COMPANY, 1, 1, 0.2, 0.3, 6},
    };
    mcy_panel_sort(o, 4);
    assert_int_equal(o[0].fact, 6);
    assert_int_equal(o[1].fact, 8);
    assert_int_equal(o[2].fact, 7);
    assert_int_equal(o[3].fact, 9);
}

/* Micron FQ2-26: 18,768 after 10,812, both to the million. */
static void panel_growth__rounded_levels__is_the_range_of_their_ratio(void **state)
{
    (void)state;
    mcy_error err = {0};
    double low, high;
    check_ok(mcy_panel_growth(18768, 0.5, 10812, 0.5, &low, &high, &err), err);
    check_near(exp(0.5 * (low + high)), 1.735849057, 1e-8);
    check_near(high - low, 0.5 / 9384 + 0.5 / 5406, 1e-9);
    check_refused(mcy_panel_growth(0, 0.5, 10812, 0.5, &low, &high, &err), MCY_E_DOMAIN, err,
                  "positive levels");
    check_refused(mcy_panel_growth(3, 3, 10812, 0.5, &low, &high, &err), MCY_E_DOMAIN, err,
                  "roundings below");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(panel_check__bad_values__are_refused_with_the_value),
        cmocka_unit_test(panel_sort__shuffled__orders_by_quarter_kind_firm_source),
        cmocka_unit_test(panel_growth__rounded_levels__is_the_range_of_their_ratio),
    };
    return cmocka_run_group_tests_name("panel", tests, NULL, NULL);
}
