/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every phrase of the shipped facts that carries low or high: parsed to the same range, or
 * standing in word-exceptions.csv with its reason; and no exception without need. */
#include "check.h"

#include "mcy/csv.h"
#include "mcy/facts.h"
#include "mcy/file.h"
#include "mcy/number.h"
#include "mcy/words.h"

typedef struct exception {
    const char *text, *unit;
    double low, high;
    size_t used;
} exception;

typedef struct exceptions {
    mcy_arena *arena;
    exception list[400];
    size_t count;
} exceptions;

static double cell(const mcy_csv_row *row, size_t column)
{
    double x = MCY_MISSING;
    mcy_error err = {0};
    if (row->fields[column])
        check_ok(mcy_number_parse(row->fields[column], row->sizes[column], &x, &err), err);
    return x;
}

static mcy_status take(void *context, const mcy_csv_row *row, mcy_error *err)
{
    exceptions *e = context;
    (void)err;
    assert_true(e->count < 400);
    assert_non_null(row->fields[4]);
    const char *text = row->fields[0] ? row->fields[0] : "";
    e->list[e->count++] = (exception){mcy_arena_copy(e->arena, text, strlen(text)),
                                      mcy_arena_copy(e->arena, row->fields[3], row->sizes[3]),
                                      cell(row, 1), cell(row, 2), 0};
    return MCY_OK;
}

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

static bool near(double a, double b)
{
    return a == b || (isfinite(b) && fabs(a - b) <= 1e-9 * fmax(1.0, fabs(b)));
}

static exception *find(exceptions *e, const mcy_fact *f)
{
    for (size_t i = 0; i < e->count; i++)
        if (strcmp(e->list[i].text, f->text) == 0 && strcmp(e->list[i].unit, f->unit) == 0 &&
            same(e->list[i].low, f->low) && same(e->list[i].high, f->high))
            return &e->list[i];
    return NULL;
}

static void phrases__of_all_facts__parse_to_the_recorded_range(void **state)
{
    (void)state;
    static exceptions e;
    static const char *const columns[] = {"text", "low", "high", "unit", "reason"};
    mcy_csv_table table = {"word-exceptions.csv", columns, 5, take, &e};
    mcy_text report = {0};
    mcy_error err = {0};
    mcy_facts *facts = NULL;
    e.arena = mcy_arena_create();
    const char *folder = MCY_SOURCE_DIR "/scenarios/history";
    check_ok(mcy_facts_read(e.arena, folder, 0, &report, &facts, &err), err);
    check_ok(mcy_csv_read_file(mcy_path_join(e.arena, folder, table.name), MCY_FILE_MOST_TEXT,
                               &table, &report, &err),
             err);
    size_t parsed = 0, excepted = 0;
    for (size_t i = 0; i < facts->count; i++) {
        const mcy_fact *f = &facts->items[i];
        mcy_words w;
        mcy_range got;
        if (isnan(f->low) && isnan(f->high))
            continue;
        mcy_range want = mcy_fact_range(f);
        bool good = mcy_words_parse(f->text, strlen(f->text), &w, &err) == MCY_OK &&
                    mcy_words_in_unit(&w, f->unit, &got, &err) == MCY_OK &&
                    near(got.low, want.low) && near(got.high, want.high);
        exception *known = find(&e, f);
        if (good && known)
            fail_msg("%s: '%s' needs no exception", f->id, f->text);
        if (!good && !known)
            fail_msg("%s: '%s' is %g..%g: %s", f->id, f->text, want.low, want.high, err.text);
        if (known)
            known->used++;
        *(good ? &parsed : &excepted) += 1;
    }
    for (size_t i = 0; i < e.count; i++)
        if (!e.list[i].used)
            fail_msg("exception '%s' %g..%g stands for no row", e.list[i].text, e.list[i].low,
                     e.list[i].high);
    assert_int_equal(parsed + excepted, 988);
    assert_true(parsed >= 797);
    mcy_text_release(&report);
    mcy_arena_destroy(e.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases__of_all_facts__parse_to_the_recorded_range),
    };
    return cmocka_run_group_tests_name("word_rows", tests, NULL, NULL);
}
