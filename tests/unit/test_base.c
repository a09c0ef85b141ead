/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base quarter against figures read off the filings and rankings by hand. */
#include <stdlib.h>

#include "check.h"
#include "mcy/base.h"

typedef struct fixture {
    mcy_arena *arena;
    mcy_facts *facts;
} fixture;

static void open_facts(fixture *it, mcy_day as_of)
{
    mcy_error err = {0};
    mcy_text report;
    mcy_text_init(&report);
    it->arena = mcy_arena_create();
    assert_non_null(it->arena);
    check_ok(mcy_facts_read(it->arena, MCY_SOURCE_DIR "/scenarios/history", as_of, &report,
                            &it->facts, &err),
             err);
    mcy_text_release(&report);
}

static double value_of(const mcy_base *base, const char *path, int quarter)
{
    const mcy_base_value *value = mcy_base_find(base, path, quarter);
    if (value == NULL)
        fail_msg("no value for %s", path);
    return value->value;
}

static void base__of_2026q1__has_the_filings_figures(void **state)
{
    (void)state;
    fixture it;
    mcy_base *base;
    mcy_error err = {0};
    open_facts(&it, 20260601);
    check_ok(mcy_base_read(it.arena, it.facts, 0, NULL, 0, &base, &err), err);
    assert_int_equal(base->quarter, mcy_quarter_of(2026, 1));

    check_near(value_of(base, "fab_sales_0.micron.dram", MCY_BASE_SCALAR), 18768, 0);
    check_near(value_of(base, "fab_sales_0.micron.nand", MCY_BASE_SCALAR), 4997, 0);
    check_near(value_of(base, "other_sales_0.micron", MCY_BASE_SCALAR), 95, 1e-12);
    /* 97,000 less 37,320, 27,980 and the ranking's own 21,750 for Micron */
    check_near(value_of(base, "fab_sales_0.rest.dram", MCY_BASE_SCALAR), 9950, 1e-12);
    /* 38,900 over 90.9 % of the market, less 13,510, 7,530 and 5,950 */
    check_near(value_of(base, "fab_sales_0.rest.nand", MCY_BASE_SCALAR),
               38900 / 0.909 - 13510 - 7530 - 5950, 1e-12);
    check_near(value_of(base, "shares_0.micron", MCY_BASE_SCALAR), 14020 / 12.2, 1e-12);
    check_near(value_of(base, "operating_margin_0.skhynix", MCY_BASE_SCALAR), 37.6103 / 52.5763,
               1e-12);
    check_near(value_of(base, "capex.micron", 0), 6387, 0);
    check_near(value_of(base, "capex.micron", -28), 2649, 0);
    check_near(value_of(base, "incentive_share.micron", 0), 1 - 5000.0 / 6387, 1e-12);
    check_near(value_of(base, "fill_0.dram", MCY_BASE_SCALAR), 0.6, 1e-12);
    /* 632.5 in mid-2025 to 660.8 in mid-2026, five eighths of the way */
    check_near(value_of(base, "capacity_0.samsung.dram", MCY_BASE_SCALAR),
               632.5 + 0.625 * (660.8 - 632.5), 1e-12);
    check_near(value_of(base, "price_history.dram", -1), 1 / 1.955, 1e-12);
    mcy_arena_destroy(it.arena);
}

static void base__of_2026q1__spreads_skhynix_totals_over_their_quarters(void **state)
{
    (void)state;
    fixture it;
    mcy_base *base;
    mcy_error err = {0};
    open_facts(&it, 20260601);
    check_ok(mcy_base_read(it.arena, it.facts, mcy_quarter_of(2026, 1), NULL, 0, &base, &err),
             err);
    const mcy_base_value *first = mcy_base_find(base, "capex.skhynix", -4);
    assert_non_null(first);
    assert_true(first->judged);
    double nine_months = 0;
    for (int t = -4; t <= -2; t++)
        nine_months += value_of(base, "capex.skhynix", t);
    /* KRW 17.825 tn at the mean rate of January to September 2025 */
    assert_true(nine_months > 12000 && nine_months < 13200);
    check_near(value_of(base, "capex.skhynix", -3), nine_months / 3, 1e-12);
    mcy_arena_destroy(it.arena);
}

static void base__before_the_print__does_not_see_it(void **state)
{
    (void)state;
    fixture it;
    mcy_base *base;
    mcy_error err = {0};
    open_facts(&it, 20260317);
    check_ok(mcy_base_read(it.arena, it.facts, 0, NULL, 0, &base, &err), err);
    assert_int_equal(base->quarter, mcy_quarter_of(2025, 4));
    check_near(value_of(base, "fab_sales_0.micron.dram", MCY_BASE_SCALAR), 10812, 0);
    check_refused(
        mcy_base_read(it.arena, it.facts, mcy_quarter_of(2026, 1), NULL, 0, &base, &err),
        MCY_E_MISSING, err, "2026Q1");
    mcy_arena_destroy(it.arena);
}

static void base__of_2021q4__works_with_what_was_known_then(void **state)
{
    (void)state;
    fixture it;
    mcy_base *base;
    mcy_error err = {0};
    open_facts(&it, 20220401);
    check_ok(mcy_base_read(it.arena, it.facts, mcy_quarter_of(2021, 4), NULL, 0, &base, &err),
             err);
    check_near(value_of(base, "fab_sales_0.micron.dram", MCY_BASE_SCALAR), 5587, 0);
    check_near(value_of(base, "fab_sales_0.rest.dram", MCY_BASE_SCALAR), 1442, 1e-12);
    check_near(value_of(base, "gross_margin_0.micron", MCY_BASE_SCALAR), 0.47, 1e-12);
    bool says = false;
    for (size_t i = 0; i < base->gap_count; i++)
        says = says || strcmp(base->gaps[i], "capacity_0.micron.dram") == 0;
    assert_true(says);
    mcy_arena_destroy(it.arena);
}

static void base__with_kioxia__takes_it_out_of_the_rest(void **state)
{
    (void)state;
    fixture it;
    mcy_base *without, *with;
    mcy_error err = {0};
    const char *const more[] = {"kioxia"};
    open_facts(&it, 20260601);
    check_ok(mcy_base_read(it.arena, it.facts, 0, NULL, 0, &without, &err), err);
    check_ok(mcy_base_read(it.arena, it.facts, 0, more, 1, &with, &err), err);
    check_near(value_of(with, "fab_sales_0.kioxia.nand", MCY_BASE_SCALAR), 5960, 0);
    check_near(value_of(with, "fab_sales_0.kioxia.dram", MCY_BASE_SCALAR), 0, 0);
    check_near(value_of(with, "fab_sales_0.rest.nand", MCY_BASE_SCALAR) + 5960,
               value_of(without, "fab_sales_0.rest.nand", MCY_BASE_SCALAR), 1e-12);
    check_near(value_of(with, "fab_sales_0.rest.dram", MCY_BASE_SCALAR), 9950, 1e-12);
    mcy_arena_destroy(it.arena);
}

static void spread_year__part_reported__fills_the_rest_by_weight(void **state)
{
    (void)state;
    const double reported[4] = {5389, 6387, 0, 0}, weights[4] = {1, 1, 2, 3};
    double out[4];
    mcy_error err = {0};
    check_ok(mcy_base_spread_year(30000, mcy_quarter_of(2025, 4), mcy_quarter_of(2026, 1),
                                  reported, weights, out, &err),
             err);
    check_near(out[0], 5389, 0);
    check_near(out[2], (30000.0 - 5389 - 6387) * 2 / 5, 1e-12);
    check_near(out[0] + out[1] + out[2] + out[3], 30000, 1e-12);
    check_refused(mcy_base_spread_year(11000, mcy_quarter_of(2025, 4), mcy_quarter_of(2026, 1),
                                       reported, weights, out, &err),
                  MCY_E_DOMAIN, err, "already report");
    const double none[4] = {0, 0, 0, 0}, negative[4] = {1, 1, -1, 1};
    check_refused(mcy_base_spread_year(30000, mcy_quarter_of(2025, 4), mcy_quarter_of(2026, 1),
                                       reported, none, out, &err),
                  MCY_E_DOMAIN, err, "no weight");
    check_refused(mcy_base_spread_year(30000, mcy_quarter_of(2025, 4), mcy_quarter_of(2026, 1),
                                       reported, negative, out, &err),
                  MCY_E_DOMAIN, err, "below 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base__of_2026q1__has_the_filings_figures),
        cmocka_unit_test(base__of_2026q1__spreads_skhynix_totals_over_their_quarters),
        cmocka_unit_test(base__before_the_print__does_not_see_it),
        cmocka_unit_test(base__of_2021q4__works_with_what_was_known_then),
        cmocka_unit_test(base__with_kioxia__takes_it_out_of_the_rest),
        cmocka_unit_test(spread_year__part_reported__fills_the_rest_by_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
