/* SPDX-License-Identifier: GPL-3.0-or-later */
/* D7(b): every planted contradiction is found, consistent quarters raise no alarm. */
#include "check.h"

#include "mcy/statement.h"
#include "mcy/words.h"

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15u;
    uint64_t z = *state;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static double uniform(uint64_t *state, double low, double high)
{
    return low + (high - low) * ((double)(next_random(state) >> 11) * 0x1p-53);
}

static mcy_range phrase(uint64_t *state)
{
    static const char *const list[] = {"low-single-digit",
                                       "mid-single-digits",
                                       "high single-digit",
                                       "low-teens",
                                       "mid-teens",
                                       "high-teens",
                                       "flat",
                                       "slightly",
                                       "low-20s",
                                       "mid-20s",
                                       "high-30s",
                                       "low-double-digit",
                                       "about 15%",
                                       "low-to-mid-teens",
                                       "mid-to-high single digits",
                                       "over 20%",
                                       "mid-60s",
                                       "declined mid-teens",
                                       "declined low single digits",
                                       "down about 20%",
                                       "down mid-40s",
                                       "declined slightly",
                                       "down high-teens",
                                       "high-70s",
                                       "down around 10%"};
    const char *text = list[next_random(state) % (sizeof list / sizeof *list)];
    mcy_words w;
    mcy_error err = {0};
    check_ok(mcy_words_parse(text, strlen(text), &w, &err), err);
    return mcy_range_scale(w.range, 0.01);
}

/* Printed levels: USD m to a digit, or billions to two or one decimals, as firms print them. */
static mcy_range printed(double level, uint64_t *state)
{
    static const double steps[] = {1.0, 10.0, 100.0};
    double step = steps[next_random(state) % 3];
    return mcy_range_around(step * round(level / step), 0.5 * step);
}

static mcy_statement_verdict verdict_on(double growth, mcy_range bits, mcy_range price,
                                        uint64_t *state, mcy_range *revenue)
{
    mcy_statement_verdict v;
    mcy_error err = {0};
    double before = uniform(state, 1500.0, 20000.0);
    *revenue =
        mcy_range_growth(printed(before, state), printed(before * (1.0 + growth), state));
    check_ok(mcy_statement_check(*revenue, bits, price, &v, &err), err);
    return v;
}

static void statements__consistent_quarters__raise_no_alarm(void **state)
{
    (void)state;
    uint64_t seed = 20260318;
    size_t alarms = 0;
    for (int i = 0; i < 10000; i++) {
        mcy_range bits = phrase(&seed), price = phrase(&seed), revenue;
        double growth = (1.0 + uniform(&seed, bits.low, bits.high)) *
                            (1.0 + uniform(&seed, price.low, price.high)) -
                        1.0;
        mcy_statement_verdict v = verdict_on(growth, bits, price, &seed, &revenue);
        alarms += v.contradicted;
        /* What is left for the price then meets the price words, and the reverse. */
        assert_true(mcy_range_distance(v.implied_price_frac, price) == 0.0);
        assert_true(mcy_range_distance(v.implied_bits_frac, bits) == 0.0);
    }
    assert_true(alarms < 10); /* below 0.1 % */
}

static void statements__planted_contradictions__are_all_found(void **state)
{
    (void)state;
    uint64_t seed = 20251217;
    for (int i = 0; i < 1000; i++) {
        mcy_range bits = phrase(&seed), price = phrase(&seed), revenue;
        mcy_range words = mcy_range_compound(bits, price);
        /* The planted revenue lies outside by more than its rounding can bridge. */
        double gap = uniform(&seed, 0.005, 0.03) + 0.5 * (100.0 / 1500.0) * (2.0 + words.high);
        bool above = next_random(&seed) & 1;
        double growth = above ? words.high + gap : words.low - gap;
        if (growth < -0.9)
            growth = words.high + gap, above = true;
        mcy_statement_verdict v = verdict_on(growth, bits, price, &seed, &revenue);
        assert_true(v.contradicted);
        assert_true(above ? v.distance_points > 0.0 : v.distance_points < 0.0);
        double nearest = above ? revenue.low - words.high : revenue.high - words.low;
        check_near(v.distance_points, 100.0 * nearest, 1e-12);
        assert_true(mcy_range_distance(v.implied_price_frac, price) != 0.0);
    }
}

static void statement__the_note_of_march_2026__cannot_be(void **state)
{
    (void)state;
    mcy_statement_verdict v;
    mcy_error err = {0};
    mcy_range bits = {0.01, 0.06};
    check_ok(mcy_statement_check((mcy_range){0.735, 0.745}, bits, (mcy_range){0.595, 0.605}, &v,
                                 &err),
             err);
    assert_true(v.contradicted);
    check_near(v.distance_points, 100.0 * (0.735 - (1.06 * 1.605 - 1.0)), 1e-12);
    check_near(v.implied_price_frac.low, 1.735 / 1.06 - 1.0, 1e-14);
    check_ok(mcy_statement_check((mcy_range){0.815, 0.825}, bits, (mcy_range){0.695, 0.705}, &v,
                                 &err),
             err);
    assert_true(v.contradicted);
    check_ok(mcy_statement_check((mcy_range){0.735, 0.745}, (mcy_range){0.04, 0.06},
                                 (mcy_range){0.64, 0.66}, &v, &err),
             err);
    assert_false(v.contradicted); /* what the filing says instead */
}

static void statement__refusals__say_which_growth(void **state)
{
    (void)state;
    mcy_statement_verdict v;
    mcy_error err = {0};
    mcy_range good = {0.1, 0.2}, open = {-INFINITY, -0.5};
    check_refused(mcy_statement_check(mcy_range_missing(), good, good, &v, &err), MCY_E_MISSING,
                  err, "revenue is missing");
    check_refused(mcy_statement_check(good, (mcy_range){-1.5, 0.1}, good, &v, &err),
                  MCY_E_DOMAIN, err, "bits is -1.5..0.1");
    check_refused(mcy_statement_check(good, good, (mcy_range){0.3, 0.1}, &v, &err),
                  MCY_E_DOMAIN, err, "price is 0.3..0.1");
    check_ok(mcy_statement_check((mcy_range){-0.9, -0.8}, good, open, &v, &err), err);
    assert_false(v.contradicted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements__consistent_quarters__raise_no_alarm),
        cmocka_unit_test(statements__planted_contradictions__are_all_found),
        cmocka_unit_test(statement__the_note_of_march_2026__cannot_be),
        cmocka_unit_test(statement__refusals__say_which_growth),
    };
    return cmocka_run_group_tests_name("statement", tests, NULL, NULL);
}
