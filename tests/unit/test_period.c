/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods as analysts write them, fiscal onto calendar, days. */
#include "check.h"

#include "mcy/day.h"
#include "mcy/period.h"

enum { MICRON = 8, SANDISK = 6 };

static mcy_period parsed(const char *text, int year_ends)
{
    mcy_period p;
    mcy_error err = {0};
    check_ok(mcy_period_parse(text, strlen(text), year_ends, false, &p, &err), err);
    return p;
}

static void parse__every_way_to_write_it__same_period(void **state)
{
    (void)state;
    static const char *const groups[][9] = {
        {"FQ2-26", "FQ2-2026", "F2Q26", "FY2026Q2", "FY26Q2", "2QFY26", "fq2-26", "2QFY2026"},
        {"2026Q1", "1Q26", "1Q2026", "Q1-26", "CQ1-26", "CY2026Q1", "CY26Q1", "q1-2026"},
        {"FY26", "FY2026", "fy2026"},
        {"CY26", "CY2026"},
        {"2025H1", "1H25", "1H2025", "CY2025H1"}};
    static const char *const echoes[][2] = {{"FQ2-26", "Dec 2025–Feb 2026"},
                                            {"2026Q1", "Jan–Mar 2026"},
                                            {"FY2026", "Sep 2025–Aug 2026"},
                                            {"CY2026", "Jan–Dec 2026"},
                                            {"2025H1", "Jan–Jun 2025"}};
    for (size_t g = 0; g < 5; g++)
        for (size_t i = 0; i < 9 && groups[g][i]; i++) {
            char name[32], months[40];
            mcy_period p = parsed(groups[g][i], MICRON), q = parsed(groups[g][0], MICRON);
            assert_true(mcy_period_equal(&p, &q));
            mcy_period_format(&p, name);
            mcy_period_months(&p, months);
            assert_string_equal(name, echoes[g][0]);
            assert_string_equal(months, echoes[g][1]);
        }
}

static void label__of_each_span__is_what_figures_and_tables_print(void **state)
{
    (void)state;
    static const char *const cases[][3] = {{"2026Q1", "1Q26", "1Q26E"},
                                           {"FQ2-26", "FQ2-26", "FQ2-26E"},
                                           {"CY2026", "2026", "2026E"},
                                           {"FY2027", "FY2027", "FY2027E"},
                                           {"2025H1", "1H25", "1H25E"},
                                           {"FY2026H2", "FH2-26", "FH2-26E"},
                                           {"2025M1-M9", "9M25", "9M25E"},
                                           {"2024Q2-2025Q3", "2Q24–3Q25", "2Q24–3Q25E"},
                                           {"2025M2-M6", "2025M2-M6", "2025M2-M6E"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mcy_period p = parsed(cases[i][0], MICRON);
        for (int estimate = 0; estimate < 2; estimate++) {
            char name[32];
            mcy_period_label(&p, estimate, name);
            assert_string_equal(name, cases[i][1 + estimate]);
        }
    }
    char name[32];
    mcy_quarter_label(mcy_quarter_of(2030, 4), true, name);
    assert_string_equal(name, "4Q30E");
}

static void parse__months_and_spans__are_calendar(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"2025M1-M9", "2025M1-M9", "Jan–Sep 2025"},
        {"2024Q2-2025Q3", "2024Q2-2025Q3", "Apr 2024–Sep 2025"},
        {"2025Q2-2025Q3", "2025Q2-2025Q3", "Apr–Sep 2025"},
        {"2025M6", "2025M6-M6", "Jun 2025"}};
    for (size_t i = 0; i < 4; i++) {
        char name[32], months[40];
        mcy_period p = parsed(cases[i][0], MICRON);
        mcy_period_format(&p, name);
        mcy_period_months(&p, months);
        assert_string_equal(name, cases[i][1]);
        assert_string_equal(months, cases[i][2]);
    }
}

static void parse__what_is_no_period__is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "FQ5-26",
                                        "FQ0-26",
                                        "2026Q5",
                                        "26",
                                        "Q2",
                                        "FQ2",
                                        "FY",
                                        "2026Q1x",
                                        "13Q26",
                                        "3H25",
                                        "2025M0-M9",
                                        "2025M9-M1",
                                        "2025M1-M13",
                                        "2025Q3-2024Q2",
                                        "1899Q1",
                                        "FQ2--26",
                                        "0934Q2-2025Q3",
                                        "a very long text that is no period"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        mcy_period p;
        mcy_error err = {0};
        check_refused(mcy_period_parse(texts[i], strlen(texts[i]), 12, true, &p, &err),
                      MCY_E_INPUT, err, "is not a period");
    }
    mcy_period p;
    mcy_error err = {0};
    check_refused(mcy_period_parse("2026", 4, MICRON, false, &p, &err), MCY_E_INPUT, err,
                  "write FY2026 or CY2026");
    check_ok(mcy_period_parse("2026", 4, 12, false, &p, &err), err);
    check_ok(mcy_period_parse("2026", 4, MICRON, true, &p, &err), err);
    assert_false(p.fiscal);
}

static void quarter__of_a_fiscal_one__is_the_nearest_end(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int year_ends;
        mcy_quarter quarter;
        int early;
    } cases[] = {{"FQ2-26", MICRON, 4 * 2026 + 0, 1}, {"FQ1-26", MICRON, 4 * 2025 + 3, 1},
                 {"FQ4-25", MICRON, 4 * 2025 + 2, 1}, {"FQ3-25", MICRON, 4 * 2025 + 1, 1},
                 {"2026Q1", MICRON, 4 * 2026, 0},     {"FQ1-26", SANDISK, 4 * 2025 + 2, 0},
                 {"FQ4-26", 1, 4 * 2025 + 3, -1},     {"FQ1-26", 1, 4 * 2025 + 0, -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mcy_period p = parsed(cases[i].text, cases[i].year_ends);
        assert_int_equal(mcy_period_quarter(&p), cases[i].quarter);
        assert_int_equal(mcy_period_months_early(&p), cases[i].early);
    }
}

static void shift__there_and_back__is_where_it_was(void **state)
{
    (void)state;
    static const char *const texts[] = {"FQ2-26", "2026Q1", "FY2026",
                                        "CY2019", "2025H1", "2025M1-M9"};
    for (size_t i = 0; i < 6; i++)
        for (int n = -9; n <= 9; n++) {
            mcy_period p = parsed(texts[i], MICRON), q = mcy_period_shift(&p, n);
            mcy_period back = mcy_period_shift(&q, -n);
            assert_true(mcy_period_equal(&p, &back));
            assert_int_equal(back.year, p.year);
            assert_int_equal(back.number, p.number);
        }
    char name[32];
    mcy_period p = parsed("FQ2-26", MICRON);
    p = mcy_period_shift(&p, -2);
    mcy_period_format(&p, name);
    assert_string_equal(name, "FQ4-25");
    p = mcy_period_year_before(&p);
    mcy_period_format(&p, name);
    assert_string_equal(name, "FQ4-24");
}

static void day__numbers__count_days(void **state)
{
    (void)state;
    assert_int_equal(mcy_day_number(19700101), 0);
    assert_int_equal(mcy_day_number(20260318), 20530);
    assert_int_equal(mcy_day_add(20240228, 1), 20240229);
    assert_int_equal(mcy_day_add(20260301, -1), 20260228);
    for (long n = -100000; n < 100000; n += 37)
        assert_int_equal(mcy_day_number(mcy_day_of_number(n)), n);
}

static void day__what_is_no_day__is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"2026-02-29", "2026-13-01", "2026-00-10",
                                        "2026-1-1",   "20260318",   "2026-03-32",
                                        "2026/03/18", "202x-03-18", ""};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        mcy_day day;
        mcy_error err = {0};
        check_refused(mcy_day_parse(texts[i], strlen(texts[i]), &day, &err), MCY_E_INPUT, err,
                      "is not a day");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse__every_way_to_write_it__same_period),
        cmocka_unit_test(parse__months_and_spans__are_calendar),
        cmocka_unit_test(label__of_each_span__is_what_figures_and_tables_print),
        cmocka_unit_test(parse__what_is_no_period__is_refused),
        cmocka_unit_test(quarter__of_a_fiscal_one__is_the_nearest_end),
        cmocka_unit_test(shift__there_and_back__is_where_it_was),
        cmocka_unit_test(day__numbers__count_days),
        cmocka_unit_test(day__what_is_no_day__is_refused),
    };
    return cmocka_run_group_tests_name("period", tests, NULL, NULL);
}
