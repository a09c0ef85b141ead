/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As of the day before and the day after every Micron result of 2024 to 2026: what is known. */
#include "check.h"

#include "mcy/facts.h"

static const char history[] = MCY_SOURCE_DIR "/scenarios/history";

static mcy_facts *facts_as_of(mcy_arena *arena, mcy_day day)
{
    mcy_facts *facts = NULL;
    mcy_text report = {0};
    mcy_error err = {0};
    check_ok(mcy_facts_read(arena, history, day, &report, &facts, &err), err);
    mcy_text_release(&report);
    return facts;
}

static bool is_known(const mcy_facts *facts, const mcy_period *period, const char *product,
                     const char *metric)
{
    mcy_fact_query q = {.company = "micron",
                        .product = product,
                        .metric = metric,
                        .target = period,
                        .bases = MCY_BASIS_REPORTED};
    return mcy_facts_winner(facts, &q) != NULL;
}

static void check_event(const mcy_event *event)
{
    char want[32], got[32];
    mcy_arena *arena = mcy_arena_create();
    mcy_facts *before = facts_as_of(arena, mcy_day_add(event->date, -1));
    mcy_facts *on = facts_as_of(arena, event->date);
    mcy_facts *after = facts_as_of(arena, mcy_day_add(event->date, 1));
    mcy_period earlier = mcy_period_shift(&event->period, -1);
    mcy_period_format(&earlier, want);
    mcy_period_format(mcy_facts_last_quarter(before, "micron"), got);
    assert_string_equal(got, want);
    mcy_period_format(&event->period, want);
    mcy_period_format(mcy_facts_last_quarter(on, "micron"), got);
    assert_string_equal(got, want);
    mcy_period_format(mcy_facts_last_quarter(after, "micron"), got);
    assert_string_equal(got, want);
    assert_false(is_known(before, &event->period, "total", "revenue"));
    assert_true(is_known(on, &event->period, "total", "revenue"));
    assert_true(is_known(after, &event->period, "total", "gross_margin"));
    assert_true(is_known(after, &event->period, "dram", "bit_qoq"));
    /* The exact dollars by product are the 10-Q's, a day later. */
    assert_false(is_known(before, &event->period, "dram", "revenue"));
    assert_true(is_known(after, &event->period, "dram", "revenue"));
    for (size_t i = 0; i < before->count; i++) {
        const mcy_fact *f = &before->items[i];
        bool own = strcmp(f->company, "micron") == 0 && f->basis & MCY_BASIS_REPORTED;
        if (own && f->period.last_month >= event->period.last_month && f->period.fiscal)
            fail_msg("%s is visible the day before %s", f->id, want);
    }
    mcy_arena_destroy(arena);
}

static void as_of__around_every_micron_event__to_the_day(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_facts *all = facts_as_of(arena, 0);
    size_t seen = 0;
    for (size_t i = 0; i < all->event_count; i++)
        if (strcmp(all->events[i].company, "micron") == 0 && all->events[i].date > 20240101) {
            check_event(&all->events[i]);
            seen++;
        }
    assert_int_equal(seen, 9);
    mcy_arena_destroy(arena);
}

static void as_of__the_days_of_the_brief__last_known_quarter(void **state)
{
    (void)state;
    static const struct {
        mcy_day day;
        const char *quarter;
    } cases[] = {{20260317, "FQ1-26"},
                 {20260318, "FQ2-26"},
                 {20260319, "FQ2-26"},
                 {20251216, "FQ4-25"},
                 {20251218, "FQ1-26"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[32];
        mcy_arena *arena = mcy_arena_create();
        mcy_facts *facts = facts_as_of(arena, cases[i].day);
        mcy_period_format(mcy_facts_last_quarter(facts, "micron"), got);
        assert_string_equal(got, cases[i].quarter);
        mcy_arena_destroy(arena);
    }
}

static void as_of__any_day__shows_nothing_later_and_grows(void **state)
{
    (void)state;
    size_t last = 0;
    for (mcy_day day = 20160101; day < 20260701; day = mcy_day_add(day, 97)) {
        mcy_arena *arena = mcy_arena_create();
        mcy_facts *facts = facts_as_of(arena, day);
        for (size_t i = 0; i < facts->count; i++)
            assert_true(facts->items[i].published <= day && facts->items[i].known <= day);
        for (size_t i = 0; i < facts->fx_count; i++)
            assert_true(facts->fx[i].published <= day);
        for (size_t i = 0; i < facts->event_count; i++)
            assert_true(facts->events[i].date <= day);
        assert_true(facts->count >= last);
        assert_int_equal(facts->count + facts->hidden, 4315);
        last = facts->count;
        mcy_arena_destroy(arena);
    }
    assert_true(last > 4200);
}

static void results_dated_early__wait_for_their_print(void **state)
{
    (void)state;
    /* Some copies of SK hynix releases carry the day before; the print is the day of events.csv. */
    mcy_arena *arena = mcy_arena_create();
    mcy_facts *all = facts_as_of(arena, 0);
    size_t held = 0;
    for (size_t i = 0; i < all->count; i++)
        held += all->items[i].known > all->items[i].published;
    assert_int_equal(held, 5);
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_of__around_every_micron_event__to_the_day),
        cmocka_unit_test(as_of__the_days_of_the_brief__last_known_quarter),
        cmocka_unit_test(as_of__any_day__shows_nothing_later_and_grows),
        cmocka_unit_test(results_dated_early__wait_for_their_print),
    };
    return cmocka_run_group_tests_name("as_of", tests, NULL, NULL);
}
