/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantities with units, and every way to get one wrong. */
#include "check.h"

#include "mcy/number.h"
#include "mcy/amount.h"

static const struct good {
    const char *text, *unit;
    double least;
    mcy_change change;
    double amount;
} good[] = {
    {"30%", "frac", 0, MCY_CHANGE_VALUE, 0.30},
    {"81％", "frac", 0, MCY_CHANGE_VALUE, 0.81},
    {"19.15 USD/share", "usd_m/m_shares", 0, MCY_CHANGE_VALUE, 19.15},
    {" 12.345 % ", "frac", 0, MCY_CHANGE_VALUE, 0.12345},
    {"-5%", "frac", -0.6, MCY_CHANGE_VALUE, -0.05},
    {"−5%", "frac", -0.6, MCY_CHANGE_VALUE, -0.05},
    {"0.3 frac", "frac", 0, MCY_CHANGE_VALUE, 0.3},
    {"95%", "1", 0, MCY_CHANGE_VALUE, 0.95},
    {"-5%", "1", 0, MCY_CHANGE_TIMES, 0.95},
    {"+10%", "usd_m", 0, MCY_CHANGE_TIMES, 1.1},
    {"10pp", "frac", 0, MCY_CHANGE_ADD, 0.1},
    {"-25 bp", "frac", 0, MCY_CHANGE_ADD, -0.0025},
    {"2 个百分点", "frac", 0, MCY_CHANGE_ADD, 0.02},
    {"×0.9", "usd_m", 0, MCY_CHANGE_TIMES, 0.9},
    {"x 1.25", "frac", 0, MCY_CHANGE_TIMES, 1.25},
    {"*0.9", "1", 0, MCY_CHANGE_TIMES, 0.9},
    {"1.5", "1", 0, MCY_CHANGE_VALUE, 1.5},
    {"-0.385", "1", -1, MCY_CHANGE_VALUE, -0.385},
    {"0", "kwpm", 0, MCY_CHANGE_VALUE, 0},
    {"25 bn USD", "usd_m", 0, MCY_CHANGE_VALUE, 25000},
    {"$25.3bn", "usd_m", 0, MCY_CHANGE_VALUE, 25300},
    {"US$ 13.8 billion", "usd_m", 0, MCY_CHANGE_VALUE, 13800},
    {"23860 usd_m", "usd_m", 0, MCY_CHANGE_VALUE, 23860},
    {"1140 USD m", "usd_m", 0, MCY_CHANGE_VALUE, 1140},
    {"250亿美元", "usd_m", 0, MCY_CHANGE_VALUE, 25000},
    {"12.5 tn KRW", "krw_m", 0, MCY_CHANGE_VALUE, 12500000},
    {"1475.5 KRW/USD", "krw_m/usd_m", 0, MCY_CHANGE_VALUE, 1475.5},
    {"60 USD m per kwpm", "usd_m/kwpm", 0, MCY_CHANGE_VALUE, 60},
    {"60 usd_m/kwpm", "usd_m/kwpm", 0, MCY_CHANGE_VALUE, 60},
    {"385 USD/shares", "usd_m/m_shares", 0, MCY_CHANGE_VALUE, 385},
    {"1.14 bn shares", "m_shares", 0, MCY_CHANGE_VALUE, 1140},
    {"+5 kwpm", "kwpm", 0, MCY_CHANGE_ADD, 5},
    {"85000 wpm", "kwpm", 0, MCY_CHANGE_VALUE, 85},
    {"2 quarters", "quarter", 0, MCY_CHANGE_VALUE, 2},
    {"18 months", "quarter", 0, MCY_CHANGE_VALUE, 6},
    {"1.5 years", "quarter", 0, MCY_CHANGE_VALUE, 6},
    {"3.3 weeks", "week", 0, MCY_CHANGE_VALUE, 3.3},
    {"1e3 usd_m", "usd_m", 0, MCY_CHANGE_VALUE, 1000},
    {"7 widget", "widget", 0, MCY_CHANGE_VALUE, 7},
};

static void amount_parse__as_people_write__is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        mcy_error err = {0};
        mcy_amount q = {0};
        check_ok(mcy_amount_parse(good[i].text, strlen(good[i].text), good[i].unit,
                                  good[i].least, &q, &err),
                 err);
        if (q.change != good[i].change)
            fail_msg("'%s' as %s changes by way %d", good[i].text, good[i].unit, q.change);
        check_near(q.size, good[i].amount, 1e-15);
    }
}

static void amount_parse__decimal_scale__rounds_once(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_amount q;
    for (int i = 1; i < 5000; i++) {
        char text[64], digits[64];
        snprintf(text, sizeof text, "%d.%d%%", i, i % 10);
        snprintf(digits, sizeof digits, "%d.%de-2", i, i % 10);
        double want;
        check_ok(mcy_amount_parse(text, strlen(text), "frac", 0, &q, &err), err);
        check_ok(mcy_number_parse(digits, strlen(digits), &want, &err), err);
        assert_true(q.size == want);
    }
}

static const struct bad {
    const char *text, *unit, *words;
} bad[] = {
    {"3O%", "frac", "letter 'O' in it (did you mean '30'?)"},
    {"12,5", "1", "'12,5' is not one number: a point before decimals"},
    {"12,5%", "frac", "a point before decimals"},
    {"30 10", "1", "is not one number"},
    {".nan", "1", "'.nan' is not a number"},
    {"nan", "1", "is not a number"},
    {"inf", "frac", "is not a number; write it as in '30%'"},
    {"", "frac", "is not a number"},
    {"1e400", "1", "cannot be held"},
    {"1e400", "usd_m", "'1e400' cannot be held"},
    {"1e999999999", "1", "not a number of this world"},
    {"30", "frac", "'30' has no unit; write it as in '30%'"},
    {"25", "usd_m", "write it as in '25 bn USD'"},
    {"7", "quarter", "as in '6 quarters'"},
    {"30%", "usd_m", "has not the unit 'usd_m'"},
    {"25 bn KRW", "usd_m", "has not the unit 'usd_m'; write it as in '25 bn USD'"},
    {"2 weeks", "quarter", "has not the unit 'quarter'"},
    {"60 USD m", "usd_m/kwpm", "has not the unit"},
    {"60 kwpm/USD", "usd_m/kwpm", "has not the unit"},
    {"+10%", "frac", "could mean two things: write '10%' for the value itself, '+10pp'"},
    {"-5%", "frac", "is below 0: write '-5pp' for points less or '×0.95'"},
    {"5pp", "kwpm", "has not the unit"},
    {"×5 kwpm", "kwpm", "has not the unit"},
    {"1.2.3", "1", "cannot be held"},
    {"0x10", "1", "has not the unit"},
    {"5 §", "kwpm", "has not the unit"},
    {"5%%", "frac", "has not the unit"},
};

static void amount_parse__slips__are_refused_with_what_was_meant(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        mcy_error err = {0};
        mcy_amount q;
        check_refused(
            mcy_amount_parse(bad[i].text, strlen(bad[i].text), bad[i].unit, 0, &q, &err),
            MCY_E_INPUT, err, bad[i].words);
    }
}

static void amount_example__every_unit__reads_back(void **state)
{
    (void)state;
    static const char *const units[] = {
        "frac", "1",   "usd_m",    "krw_m",      "kwpm",        "quarter",
        "week", "day", "m_shares", "usd_m/kwpm", "krw_m/usd_m", "usd_m/m_shares"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        mcy_error err = {0};
        mcy_amount q = {0}, again = {0};
        const char *example = mcy_amount_example(units[i]);
        char text[MCY_AMOUNT_TEXT];
        check_ok(mcy_amount_parse(example, strlen(example), units[i], 0, &q, &err), err);
        assert_int_equal(q.change, MCY_CHANGE_VALUE);
        mcy_amount_print(q.size, units[i], text);
        check_ok(mcy_amount_parse(text, strlen(text), units[i], 0, &again, &err), err);
        check_near(again.size, q.size, 1e-12);
    }
}

static void amount_apply__each_change__acts_on_the_value_below(void **state)
{
    (void)state;
    check_near(mcy_amount_apply(&(mcy_amount){MCY_CHANGE_VALUE, 0.385}, 0.2), 0.385, 0);
    check_near(mcy_amount_apply(&(mcy_amount){MCY_CHANGE_ADD, 0.385}, 0.2), 0.585, 1e-15);
    check_near(mcy_amount_apply(&(mcy_amount){MCY_CHANGE_TIMES, 0.385}, 0.2), 0.077, 1e-15);
    char text[MCY_AMOUNT_TEXT];
    mcy_amount_show(&(mcy_amount){MCY_CHANGE_ADD, -0.1}, "frac", text);
    assert_string_equal(text, "-10pp");
    mcy_amount_show(&(mcy_amount){MCY_CHANGE_TIMES, 0.9}, "frac", text);
    assert_string_equal(text, "×0.9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amount_parse__as_people_write__is_read),
        cmocka_unit_test(amount_parse__decimal_scale__rounds_once),
        cmocka_unit_test(amount_parse__slips__are_refused_with_what_was_meant),
        cmocka_unit_test(amount_example__every_unit__reads_back),
        cmocka_unit_test(amount_apply__each_change__acts_on_the_value_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
