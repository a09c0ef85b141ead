/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal text, missing values, the logarithmic mean. */
#include "check.h"

#include <stdlib.h>

#include "mcy/number.h"

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15u;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static double parsed(const char *text)
{
    double x = -999.0;
    mcy_error err = {0};
    check_ok(mcy_number_parse(text, strlen(text), &x, &err), err);
    return x;
}

static void parse__hard_cases__as_the_c_library(void **state)
{
    (void)state;
    static const char *const texts[] = {"0",
                                        "-0",
                                        "2.385",
                                        "1e22",
                                        "1e23",
                                        "9007199254740993",
                                        "9007199254740992.5",
                                        "1.7976931348623157e308",
                                        "4.9406564584124654e-324",
                                        "2.4703282292062327e-324",
                                        "2.4703282292062328e-324",
                                        "2.2250738585072011e-308",
                                        "2.2250738585072014e-308",
                                        "123456789012345678901234567890",
                                        "0.000000000000000000000000000000012345678901234567",
                                        "6.1099e-33",
                                        "100000000000000016777215",
                                        "100000000000000016777216",
                                        "1e-400",
                                        "179769313486231580793728971405301e276",
                                        ".5",
                                        "5.",
                                        "+17.25e-3",
                                        "00012.5"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double want = strtod(texts[i], NULL), got = parsed(texts[i]);
        if (memcmp(&want, &got, sizeof want) != 0)
            fail_msg("'%s' read as %.17g, want %.17g", texts[i], got, want);
    }
}

static void parse__random_doubles__round_trip_and_agree(void **state)
{
    (void)state;
    uint64_t seed = 20260320;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = next_random(&seed);
        double x;
        memcpy(&x, &bits, sizeof x);
        if (!isfinite(x))
            continue;
        char text[40];
        snprintf(text, sizeof text, "%.*g", 1 + (int)(bits % 20), x);
        double want = strtod(text, NULL);
        if (isfinite(want))
            assert_true(parsed(text) == want);
        mcy_number_format(x, text);
        assert_true(parsed(text) == x);
    }
}

static void format__whole_numbers__have_no_exponent(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *want;
    } cases[] = {
        {20, "20"},      {-300, "-300"},      {23860, "23860"},  {1e14, "100000000000000"},
        {1e16, "1e+16"}, {2.5e-7, "2.5e-07"}, {1234.5, "1234.5"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        mcy_number_format(cases[i].value, text);
        assert_string_equal(text, cases[i].want);
    }
}

static void parse__not_a_number__is_refused_with_the_text(void **state)
{
    (void)state;
    static const char *const texts[] = {"",     "-",  ".",   "12,5", "3O", "nan",   "inf",
                                        "0x10", "1e", "1e+", " 1",   "1 ", "1.2.3", "--1"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double x = 0.0;
        mcy_error err = {0};
        check_refused(mcy_number_parse(texts[i], strlen(texts[i]), &x, &err), MCY_E_INPUT, err,
                      "is not a number");
    }
    double x = 0.0;
    mcy_error err = {0};
    check_refused(mcy_number_parse("1e400", 5, &x, &err), MCY_E_INPUT, err, "larger than");
}

static void log_mean__near_and_far__keeps_its_digits(void **state)
{
    (void)state;
    check_near(mcy_log_mean(2.385, 2.385), 2.385, 1e-15);
    check_near(mcy_log_mean(7.25, 3.5), (7.25 - 3.5) / log(7.25 / 3.5), 1e-15);
    for (double step = 1e-12; step < 0.2; step *= 3.7) {
        double a = 2.385 * (1 + step), b = 2.385;
        long double exact = ((long double)a - b) / log1pl(((long double)a - b) / b);
        check_near(mcy_log_mean(a, b), (double)exact, 4e-15);
        check_near(mcy_log_mean(b, a), (double)exact, 4e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse__hard_cases__as_the_c_library),
        cmocka_unit_test(parse__random_doubles__round_trip_and_agree),
        cmocka_unit_test(format__whole_numbers__have_no_exponent),
        cmocka_unit_test(parse__not_a_number__is_refused_with_the_text),
        cmocka_unit_test(log_mean__near_and_far__keeps_its_digits),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
