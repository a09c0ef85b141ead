/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small tables beside the facts: shipped ones whole, bad rows all refused. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "mcy/file.h"
#include "mcy/records.h"

#define HISTORY MCY_SOURCE_DIR "/scenarios/history/"

static mcy_arena *arena;
static mcy_text report;

static int begin(void **state)
{
    (void)state;
    arena = mcy_arena_create();
    mcy_text_init(&report);
    return arena ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    mcy_text_release(&report);
    mcy_arena_destroy(arena);
    return 0;
}

static void capacity__shipped__is_read_and_seen_as_of_a_day(void **state)
{
    (void)state;
    const mcy_capacity_row *rows;
    size_t all, known, events = 0;
    mcy_error err = {0};
    check_ok(mcy_capacity_read(arena, HISTORY "capacity.csv", 0, &report, &rows, &all, &err),
             err);
    assert_int_equal(all, 154);
    assert_string_equal(rows[0].id, "capacity.csv:2");
    assert_string_equal(rows[0].company, "micron");
    assert_string_equal(rows[0].date, "2022-09");
    for (size_t i = 0; i < all; i++)
        events += strcmp(rows[i].kind, "event") == 0;
    assert_true(events > 40);
    check_ok(mcy_capacity_read(arena, HISTORY "capacity.csv", 20250626, &report, &rows, &known,
                               &err),
             err);
    assert_true(known > 0 && known < all);
    for (size_t i = 0; i < known; i++)
        assert_true(rows[i].published && rows[i].published <= 20250626);
}

static void week__shipped__is_read(void **state)
{
    (void)state;
    const mcy_market_week_row *rows;
    size_t count;
    mcy_error err = {0};
    check_ok(mcy_market_week_read(arena, HISTORY "market-week-2026-03-20.csv", &report, &rows,
                                  &count, &err),
             err);
    assert_int_equal(count, 29);
    assert_true(rows[0].close_usd == 201.33 && rows[0].week_change_pct == 4.11);
    assert_string_equal(rows[1].name_zh, "戴尔");
}

static void releases__shipped__are_read(void **state)
{
    (void)state;
    const mcy_model_release *rows;
    size_t count;
    mcy_error err = {0};
    check_ok(mcy_model_releases_read(arena, HISTORY "model-releases-2026-03.csv", &report,
                                     &rows, &count, &err),
             err);
    assert_int_equal(count, 8);
    assert_string_equal(rows[0].model, "MiMo-V2-Pro");
    assert_int_equal(rows[0].released, 20260319);
    assert_true(rows[0].active_params_bn == 42.0 && isnan(rows[1].total_params_bn));
}

static const char *bad_file(const char *text)
{
    static char path[64];
    mcy_error err = {0};
    snprintf(path, sizeof path, "/tmp/mcy-test-records-%ld", (long)getpid());
    check_ok(mcy_file_write(path, text, strlen(text), &err), err);
    return path;
}

static void bad_rows__of_every_table__are_all_reported(void **state)
{
    (void)state;
    const mcy_market_week_row *week;
    const mcy_model_release *releases;
    const mcy_capacity_row *capacity;
    size_t count;
    mcy_error err = {0};
    mcy_text_clear(&report);
    const char *path = bad_file("name_zh,close_usd,week_change_pct,chain_zh\n,1,1,x\na,0,1,x\n"
                                "b,1,-100,x\n");
    check_refused(mcy_market_week_read(arena, path, &report, &week, &count, &err), MCY_E_INPUT,
                  err, "3 bad rows");
    path = bad_file("vendor,model,released,total_params_bn,active_params_bn,context_k_tokens,"
                    "input_usd_per_m_tokens,output_usd_per_m_tokens,licence,note\n"
                    "v,m,2026-02-30,,,,,,,\nv,m,2026-02-03,-1,,,,,,\n");
    check_refused(mcy_model_releases_read(arena, path, &report, &releases, &count, &err),
                  MCY_E_INPUT, err, "2 bad rows");
    path =
        bad_file("kind,company,site,product,metric,from_event,to_event,date,date_precision,"
                 "status,value,low,high,unit,text,published,source_name,source_url,confidence\n"
                 "event,a,b,c,d,,,,,,x,,,,,2025-06-27,s,,high\n"
                 "event,a,b,c,d,,,,,,,9,1,,,2025-06-27,s,,high\n"
                 "event,a,b,c,d,,,,,,,,,,,2025-06-27,,,high\n");
    check_refused(mcy_capacity_read(arena, path, 0, &report, &capacity, &count, &err),
                  MCY_E_INPUT, err, "3 bad rows");
    assert_non_null(
        strstr(mcy_text_view(&report), ":3: 'close_usd' is '0', want a price above 0"));
    assert_non_null(
        strstr(mcy_text_view(&report), "'total_params_bn' is '-1', want at least 0"));
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capacity__shipped__is_read_and_seen_as_of_a_day),
        cmocka_unit_test(week__shipped__is_read),
        cmocka_unit_test(releases__shipped__are_read),
        cmocka_unit_test(bad_rows__of_every_table__are_all_reported),
    };
    return cmocka_run_group_tests_name("records", tests, begin, end);
}
