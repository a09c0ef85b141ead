/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peaks and troughs against series whose turns are read off by hand. */
#include "check.h"
#include "mcy/number.h"
#include "mcy/turning_points.h"

enum { MOST = 64 };

/* The turns of a series as text: "T2 P5 ...". */
static void turns_of(size_t n, const double *level, size_t window, double least, char out[128])
{
    mcy_turn turn[MOST];
    size_t count = 99, used = 0;
    mcy_turn_rule rule = {window, least};
    mcy_error err = {0};
    assert_true(n <= MOST);
    check_ok(mcy_turning_points(n, level, &rule, turn, &count, &err), err);
    out[0] = '\0';
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, 128 - used, "%s%c%zu", i ? " " : "",
                                 turn[i].peak ? 'P' : 'T', turn[i].at);
}

#define TURNS(window, least, expected, ...)                                                    \
    do {                                                                                       \
        const double level[] = {__VA_ARGS__};                                                  \
        char got[128];                                                                         \
        turns_of(sizeof level / sizeof *level, level, (window), (least), got);                 \
        assert_string_equal(got, (expected));                                                  \
    } while (0)

static void turning_points__one_cycle__peak_and_trough(void **state)
{
    (void)state;
    TURNS(2, 0, "P3 T6", 1.1, 2.7, 4.2, 9.4, 7.3, 5.1, 3.3, 3.9, 6.2, 8.8);
    /* upside down: the same places, kinds exchanged */
    TURNS(2, 0, "T3 P6", -1.1, -2.7, -4.2, -9.4, -7.3, -5.1, -3.3, -3.9, -6.2, -8.8);
}

static void turning_points__still_rising_or_not_confirmed__no_turn(void **state)
{
    (void)state;
    TURNS(2, 0, "", 1.3, 2.4, 3.6, 5.9, 8.1);
    TURNS(2, 0, "", 1.3, 2.4, 3.6, 8.1, 5.9); /* one quarter after the high is not two */
    TURNS(1, 0, "P3", 1.3, 2.4, 3.6, 8.1, 5.9);
    TURNS(2, 0, "", 7.7);
    TURNS(2, 0, "", 7.7, 7.7, 7.7, 7.7, 7.7, 7.7);
}

static void turning_points__at_the_start__one_quarter_before_suffices(void **state)
{
    (void)state;
    TURNS(2, 0, "T1", 3.2, 2.1, 4.4, 6.7, 9.9);
    TURNS(2, 0, "", 2.1, 4.4, 6.7, 9.9); /* nothing before the low */
}

static void turning_points__two_peaks_without_a_trough_between__higher_stays(void **state)
{
    (void)state;
    /* quarters 2 and 5 both top two on each side; 4 is no trough because 6 to 8 are lower */
    TURNS(1, 0, "P2 T4 P5 T8", 1.2, 3.1, 8.4, 6.3, 5.2, 7.1, 5.0, 4.1, 3.3, 3.8);
    TURNS(2, 0, "P2 T9", 1.2, 3.1, 8.4, 6.3, 5.2, 7.1, 5.0, 4.1, 3.3, 2.8, 4.9, 5.3);
    /* of equals the first, on a plateau too */
    TURNS(1, 0, "P1", 1.2, 8.4, 8.4, 3.2);
}

static void turning_points__small_wave__goes_with_both_its_turns(void **state)
{
    (void)state;
    const double rest[] = {5.0, 2.0, 6.0, 9.0, 8.6, 9.9, 13.0, 11.0, 4.0, 3.0, 7.0};
    char got[128];
    turns_of(11, rest, 1, 0, got);
    assert_string_equal(got, "T1 P3 T4 P6 T9");
    turns_of(11, rest, 1, 0.5, got); /* 9.0 to 8.6 is 0.4 */
    assert_string_equal(got, "T1 P6 T9");
    turns_of(11, rest, 1, 10.5, got); /* 13 to 3 is 10, 2 to 13 is 11 */
    assert_string_equal(got, "T1 P6");
    turns_of(11, rest, 1, 11.5, got); /* the outer turn of the last phase went, then both */
    assert_string_equal(got, "");
}

static void turning_points__turn_exceeded_outside__is_none(void **state)
{
    (void)state;
    /* the last peak, 6.1, lies below 7.5 at the end */
    TURNS(2, 0, "T2", 9.3, 4.0, 1.5, 3.2, 6.1, 5.0, 5.5, 7.5);
    /* the first trough, 2.0, lies above 1.5 before it */
    TURNS(2, 0, "P5", 1.5, 2.2, 2.6, 2.0, 5.5, 6.5, 5.9, 5.2);
}

static void turning_points__refusals__say_what_was_seen(void **state)
{
    (void)state;
    const double level[] = {1.7, MCY_MISSING, 2.9};
    mcy_turn turn[3];
    size_t count;
    mcy_error err = {0};
    mcy_turn_rule none = {0, 0.1}, below = {2, -0.1}, good = {2, 0.1};
    check_refused(mcy_turning_points(3, level, &none, turn, &count, &err), MCY_E_DOMAIN, err,
                  "window must be at least 1 quarter, got 0");
    check_refused(mcy_turning_points(3, level, &below, turn, &count, &err), MCY_E_DOMAIN, err,
                  "least amplitude must be 0 or more, got -0.1");
    check_refused(mcy_turning_points(3, level, &good, turn, &count, &err), MCY_E_MISSING, err,
                  "quarter 1 of 3: the level is missing");
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turning_points__one_cycle__peak_and_trough),
        cmocka_unit_test(turning_points__still_rising_or_not_confirmed__no_turn),
        cmocka_unit_test(turning_points__at_the_start__one_quarter_before_suffices),
        cmocka_unit_test(turning_points__two_peaks_without_a_trough_between__higher_stays),
        cmocka_unit_test(turning_points__small_wave__goes_with_both_its_turns),
        cmocka_unit_test(turning_points__turn_exceeded_outside__is_none),
        cmocka_unit_test(turning_points__refusals__say_what_was_seen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
