/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rhythm of series: made ones with a known one, and those of the shipped facts. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include <stdlib.h>

#include "mcy/file.h"
#include "mcy/number.h"
#include "mcy/rhythm.h"

static char folder[] = "/tmp/mcy-test-rhythm-XXXXXX";
static mcy_arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = mcy_arena_create();
    return arena && mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return mcy_folder_remove(folder, NULL) == MCY_OK ? 0 : -1;
}

static void write_file(const char *name, const char *bytes)
{
    mcy_error err = {0};
    check_ok(mcy_file_write(mcy_path_join(arena, folder, name), bytes, strlen(bytes), &err),
             err);
}

/* A series of one row a day of the list. */
static mcy_rhythm rhythm_of(const char *const *days)
{
    mcy_text rows = {0}, report = {0};
    mcy_facts *facts = NULL;
    mcy_rhythm rhythm;
    mcy_error err = {0};
    mcy_text_add(&rows, "company,product,metric,period,period_end,published,published_basis,"
                        "value,low,high,unit,basis,text,source,source_url,confidence\n");
    for (size_t i = 0; days[i]; i++)
        mcy_text_print(&rows,
                       "acme,dram,dio,2016Q4,2016-12-31,%s,stated,%zu,,,days,ifrs,,s,,high\n",
                       days[i], 97 + i);
    write_file("facts.csv", mcy_text_view(&rows));
    write_file("events.csv", "company,period,event,date,note,source_url\n");
    write_file("fx.csv", "currency,period,period_end,published,value,unit,source,source_url\n");
    check_ok(mcy_facts_read(arena, folder, 0, &report, &facts, &err), err);
    check_ok(mcy_facts_rhythm(arena, facts, &facts->items[0], &rhythm, &err), err);
    mcy_text_release(&rows);
    mcy_text_release(&report);
    return rhythm;
}

static void rhythm__of_made_series__is_the_one_they_were_made_with(void **state)
{
    (void)state;
    mcy_rhythm r = rhythm_of((const char *[]){"2024-01-05", "2024-02-06", "2024-03-04",
                                              "2024-04-05", "2024-05-07", NULL});
    assert_int_equal(r.kind, MCY_RHYTHM_MONTHLY);
    assert_int_equal(r.newest, 20240507);
    check_near(r.median, 32, 0); /* 32, 27, 32, 32 */
    /* the filing a week after the release is the same print */
    r = rhythm_of((const char *[]){"2024-01-25", "2024-02-01", "2024-04-25", "2024-05-03",
                                   "2024-07-25", "2024-08-01", "2024-10-24", NULL});
    assert_int_equal(r.kind, MCY_RHYTHM_QUARTERLY);
    assert_int_equal(r.prints, 4);
    check_near(r.median, 91, 0); /* 91, 91, 91 */
    assert_int_equal(r.most_days, 136);
    r = rhythm_of(
        (const char *[]){"2021-03-30", "2021-09-28", "2022-03-31", "2022-10-04", NULL});
    assert_int_equal(r.kind, MCY_RHYTHM_HALF_YEARLY);
    r = rhythm_of(
        (const char *[]){"2020-11-05", "2021-11-04", "2022-11-10", "2023-11-02", NULL});
    assert_int_equal(r.kind, MCY_RHYTHM_ANNUAL);
}

static void rhythm__of_few_or_scattered_rows__is_irregular(void **state)
{
    (void)state;
    mcy_rhythm r = rhythm_of((const char *[]){"2024-01-25", "2024-04-25", "2024-07-25", NULL});
    assert_int_equal(r.kind, MCY_RHYTHM_IRREGULAR);
    assert_int_equal(r.prints, 3);
    r = rhythm_of((const char *[]){"2020-01-25", "2020-02-25", "2020-03-25", "2021-07-25",
                                   "2023-10-24", "2023-11-24", NULL}); /* 2 of 5 gaps long */
    assert_int_equal(r.kind, MCY_RHYTHM_IRREGULAR);
    r = rhythm_of(
        (const char *[]){"2017-01-25", "2019-02-25", "2021-03-25", "2023-07-25", NULL});
    assert_int_equal(r.kind, MCY_RHYTHM_IRREGULAR); /* two years apart */
    assert_int_equal(r.most_days, 547);
    r = rhythm_of((const char *[]){"2024-01-25", NULL});
    assert_true(mcy_is_missing(r.median));
}

static void rhythm__of_shipped_series__is_as_they_are_published(void **state)
{
    (void)state;
    static const struct {
        const char *company, *product, *metric;
        int bases;
        mcy_rhythm_kind kind;
    } series[] = {
        {"micron", "total", "revenue", MCY_BASIS_GAAP, MCY_RHYTHM_QUARTERLY},
        {"samsung", "memory", "revenue", MCY_BASIS_IFRS, MCY_RHYTHM_QUARTERLY},
        {"skhynix", "total", "revenue", MCY_BASIS_IFRS, MCY_RHYTHM_QUARTERLY},
        {"micron", "dram", "asp_qoq", MCY_BASIS_NON_GAAP, MCY_RHYTHM_QUARTERLY},
        /* a ranking comes between Micron's prints: another series */
        {"micron", "dram", "revenue", MCY_BASIS_GAAP, MCY_RHYTHM_QUARTERLY},
        {"micron", "dram", "revenue", MCY_BASIS_SURVEY, MCY_RHYTHM_QUARTERLY},
        {"micron", "total", "guidance_gross_margin", MCY_BASIS_GUIDANCE, MCY_RHYTHM_QUARTERLY},
        {"industry", "dram", "contract_price_qoq", MCY_BASIS_SURVEY,
         MCY_RHYTHM_MONTHLY}}; /* every seven weeks or so */
    mcy_facts *facts = NULL;
    mcy_text report = {0};
    mcy_error err = {0};
    check_ok(
        mcy_facts_read(arena, MCY_SOURCE_DIR "/scenarios/history", 0, &report, &facts, &err),
        err);
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        mcy_rhythm r;
        const mcy_fact *const *rows;
        size_t n;
        mcy_fact_query query = {.company = series[i].company,
                                .product = series[i].product,
                                .metric = series[i].metric,
                                .bases = series[i].bases};
        check_ok(mcy_facts_find(arena, facts, &query, &rows, &n, &err), err);
        assert_true(n > 0);
        check_ok(mcy_facts_rhythm(arena, facts, rows[0], &r, &err), err);
        if (r.kind != series[i].kind)
            fail_msg("%s.%s.%s is %s (%g days)", series[i].company, series[i].product,
                     series[i].metric, mcy_rhythm_name(r.kind, false), r.median);
    }
    mcy_text_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rhythm__of_made_series__is_the_one_they_were_made_with),
        cmocka_unit_test(rhythm__of_few_or_scattered_rows__is_irregular),
        cmocka_unit_test(rhythm__of_shipped_series__is_as_they_are_published),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
