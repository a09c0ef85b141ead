/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each allocation fails in turn while the facts are read and checked: nothing is left behind. */
#include "check.h"

#include <stdlib.h>

#include "mcy/claims.h"
#include "mcy/csv.h"
#include "mcy/findings.h"
#include "mcy/json.h"
#include "mcy/quantity.h"

/* The linker's --wrap sends our calls here; the real ones keep their names with __real_. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void __wrap_free(void *memory);

enum { MOST_LIVE = 4096 };

static void *live[MOST_LIVE];
static size_t live_count, calls, failing;
static bool armed;

static bool refuse(void)
{
    return armed && ++calls == failing;
}

static void *track(void *memory)
{
    if (armed && memory && live_count < MOST_LIVE)
        live[live_count++] = memory;
    return memory;
}

/* What was not allocated through the wrap (strdup, opendir) is not counted. */
static void untrack(void *memory)
{
    for (size_t i = 0; memory && i < live_count; i++)
        if (live[i] == memory) {
            live[i] = live[--live_count];
            return;
        }
}

void *__wrap_malloc(size_t size)
{
    return refuse() ? NULL : track(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refuse() ? NULL : track(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    if (refuse())
        return NULL;
    untrack(old);
    return track(__real_realloc(old, size));
}

void __wrap_free(void *memory)
{
    untrack(memory);
    __real_free(memory);
}

/* Run a job with its first, second, third... allocation failing until there is none left to
 * fail. libcsv asks again for less when a larger buffer is refused: coming through is fine too. */
static void exhaust(mcy_status (*job)(mcy_error *))
{
    size_t refused = 0;
    for (failing = 1;; failing++) {
        mcy_error err = {0};
        calls = live_count = 0;
        armed = true;
        mcy_status status = job(&err);
        armed = false;
        if (live_count)
            fail_msg("allocation %zu failed and %zu were not freed", failing, live_count);
        if (status != MCY_OK && status != MCY_E_MEMORY)
            fail_msg("allocation %zu failed: %s '%s'", failing, mcy_status_name(status),
                     err.text);
        refused += status == MCY_E_MEMORY;
        if (calls < failing) {
            assert_int_equal(status, MCY_OK);
            break;
        }
        assert_true(failing < 5000);
    }
    assert_true(refused > 2);
}

static mcy_status take(void *context, const mcy_csv_row *row, mcy_error *err)
{
    (void)context;
    (void)row;
    (void)err;
    return MCY_OK;
}

/* Longer than the first block of the reader's buffers, so that they grow. */
static mcy_status read_csv(mcy_error *err)
{
    static char text[20000];
    static const char *const columns[] = {"name", "value"};
    mcy_csv_table table = {"t.csv", columns, 2, take, NULL};
    mcy_text report = {0};
    size_t n = (size_t)snprintf(text, sizeof text, "name,value\na,\"");
    memset(text + n, 'x', 15000);
    snprintf(text + n + 15000, sizeof text - n - 15000, "\"\nb,2\n");
    mcy_status status = mcy_csv_read(text, strlen(text), &table, &report, err);
    mcy_text_release(&report);
    return status;
}

/* A bad row: the report must be whole or memory must be said to be short. */
static mcy_status read_bad_csv(mcy_error *err)
{
    static const char text[] = "name,value\nonly-one\nb,2\n\"open,3\n";
    static const char *const columns[] = {"name", "value"};
    mcy_csv_table table = {"t.csv", columns, 2, take, NULL};
    mcy_text report = {0};
    mcy_status status = mcy_csv_read(text, sizeof text - 1, &table, &report, err);
    bool whole = status == MCY_E_INPUT && report.size > 60;
    mcy_text_release(&report);
    return whole ? MCY_OK : status;
}

static mcy_status work_in(mcy_arena *arena, mcy_text *report, mcy_error *err)
{
    const char *folder = MCY_SOURCE_DIR "/scenarios/history";
    mcy_facts *facts = NULL;
    mcy_findings findings;
    mcy_claims claims;
    mcy_quantity quantity;
    mcy_answer answer;
    MCY_TRY(mcy_facts_read(arena, folder, 20260320, report, &facts, err));
    MCY_TRY(mcy_facts_check(arena, facts,
                            MCY_SOURCE_DIR "/scenarios/history/accepted-findings.csv", report,
                            &findings, err));
    MCY_TRY(mcy_claims_check(arena, facts,
                             MCY_SOURCE_DIR "/scenarios/history/note-claims-2026-03-20.csv",
                             report, &claims, err));
    MCY_TRY(mcy_quantity_parse(arena, facts, "revenue.micron.dram@FQ2-26", &quantity, err));
    MCY_TRY(mcy_quantity_answer(arena, facts, &quantity, &answer, err));
    return mcy_answer_line(arena, &answer) ? MCY_OK : mcy_fail_memory(err);
}

static mcy_status work(mcy_error *err)
{
    mcy_text report = {0};
    mcy_arena *arena = mcy_arena_create();
    if (!arena)
        return mcy_fail_memory(err);
    mcy_status status = work_in(arena, &report, err);
    mcy_text_release(&report);
    mcy_arena_destroy(arena);
    return status;
}

static mcy_status write_json(mcy_error *err)
{
    mcy_text text = {0};
    mcy_json json;
    mcy_json_begin(&json, &text);
    mcy_json_array(&json);
    for (int i = 0; i < 200; i++)
        mcy_json_number(&json, 2.385 * i);
    mcy_json_close_array(&json);
    mcy_status status = mcy_text_status(&text, err);
    mcy_text_release(&text);
    return status;
}

static void csv__out_of_memory_anywhere__leaves_nothing(void **state)
{
    (void)state;
    exhaust(read_csv);
    exhaust(read_bad_csv);
}

static void facts__out_of_memory_anywhere__leaves_nothing(void **state)
{
    (void)state;
    exhaust(work);
}

static void json__out_of_memory_anywhere__leaves_nothing(void **state)
{
    (void)state;
    exhaust(write_json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv__out_of_memory_anywhere__leaves_nothing),
        cmocka_unit_test(facts__out_of_memory_anywhere__leaves_nothing),
        cmocka_unit_test(json__out_of_memory_anywhere__leaves_nothing),
    };
    return cmocka_run_group_tests_name("out_of_memory", tests, NULL, NULL);
}
