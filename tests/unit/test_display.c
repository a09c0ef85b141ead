/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include "mcy/display.h"
#include "mcy/number.h"

static void shows(double value, mcy_display display, const char *want)
{
    char out[MCY_DISPLAY_TEXT];
    mcy_display_print(value, &display, out);
    assert_string_equal(out, want);
}

static void display__of_numbers__prints_as_analysts_do(void **state)
{
    (void)state;
    shows(23860.26, (mcy_display){.decimals = 1}, "23,860.3");
    shows(1234567, (mcy_display){0}, "1,234,567");
    shows(123456, (mcy_display){0}, "123,456");
    shows(999.4, (mcy_display){0}, "999");
    shows(2026, (mcy_display){.no_groups = true}, "2026");
    shows(-1234.567, (mcy_display){.decimals = 2, .brackets = true}, "(1,234.57)");
    shows(-1234.567, (mcy_display){.decimals = 1, .brackets = true, .mark = "*"}, "(1,234.6)*");
    shows(7.385, (mcy_display){.decimals = 1, .unit = "%", .mark = "*"}, "7.4%*");
    shows(MCY_MISSING, (mcy_display){.decimals = 1, .mark = "*"}, "–");
    shows(-12.34, (mcy_display){.decimals = 1, .unit = "%"}, "-12.3%");
    shows(18.27, (mcy_display){.decimals = 1, .signed_plus = true, .unit = " pp"}, "+18.3 pp");
}

static void display__of_small_negative__has_no_minus_zero(void **state)
{
    (void)state;
    shows(-0.04, (mcy_display){.decimals = 1}, "0.0");
    shows(-0.04, (mcy_display){.decimals = 1, .brackets = true}, "0.0");
    shows(0.04, (mcy_display){.decimals = 1, .signed_plus = true}, "0.0");
}

static void display__of_missing_and_infinite__says_so(void **state)
{
    (void)state;
    shows(MCY_MISSING, (mcy_display){.decimals = 1, .unit = "%"}, "–");
    shows((double)INFINITY, (mcy_display){0}, "inf");
    shows(-(double)INFINITY, (mcy_display){0}, "-inf");
    shows(1.5e300, (mcy_display){.decimals = 3}, "1.5e+300");
}

static void ems__of_texts__grow_with_width(void **state)
{
    (void)state;
    check_near(mcy_display_ems("美光季度收入"), 6.0, 1e-12);
    check_near(mcy_display_ems("：（）"), 3.0, 1e-12);
    assert_true(mcy_display_ems("WWWW") > mcy_display_ems("iiii") * 3.0);
    check_near(mcy_display_ems("23,860"), 5 * 0.555 + 0.278, 1e-12);
    check_near(mcy_display_ems(""), 0.0, 1e-12);
}

static void bilingual__without_a_language__is_empty(void **state)
{
    (void)state;
    mcy_bilingual words = {.en = "Revenue"};
    assert_string_equal(mcy_bilingual_text(words, MCY_ZH), "");
    assert_string_equal(mcy_bilingual_text(words, MCY_EN), "Revenue");
    assert_string_equal(mcy_language_name(MCY_ZH), "zh");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(display__of_numbers__prints_as_analysts_do),
        cmocka_unit_test(display__of_small_negative__has_no_minus_zero),
        cmocka_unit_test(display__of_missing_and_infinite__says_so),
        cmocka_unit_test(ems__of_texts__grow_with_width),
        cmocka_unit_test(bilingual__without_a_language__is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
