/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CSV reader cuts lines without a quote by itself: whatever stands in a line, its records
 * are those of libcsv. */
#include <csv.h>

#include "check.h"
#include "mcy/csv.h"
#include "random.h"

enum { WIDTH = 3, ROWS = 64, ROOM = 160, SAMPLES = 20000 };

typedef struct records {
    size_t rows, width;
    char cells[ROWS][WIDTH][ROOM];
} records;

static void libcsv_field(void *field, size_t size, void *context)
{
    records *r = context;
    if (r->width < WIDTH && r->rows < ROWS) {
        assert_true(size < ROOM);
        snprintf(r->cells[r->rows][r->width], ROOM, "%s", field ? (char *)field : "(empty)");
    }
    r->width++;
}

static void libcsv_record(int end, void *context)
{
    records *r = context;
    (void)end;
    r->rows += r->width == WIDTH;
    r->width = 0;
}

/* False when libcsv refuses the text. */
static bool by_libcsv(const char *text, size_t size, records *r)
{
    struct csv_parser parser;
    memset(r, 0, sizeof *r);
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_EMPTY_IS_NULL);
    bool good = csv_parse(&parser, text, size, libcsv_field, libcsv_record, r) == size &&
                csv_fini(&parser, libcsv_field, libcsv_record, r) == 0;
    csv_free(&parser);
    return good;
}

static mcy_status take(void *context, const mcy_csv_row *row, mcy_error *err)
{
    records *r = context;
    (void)err;
    for (size_t i = 0; i < WIDTH && r->rows < ROWS; i++) {
        snprintf(r->cells[r->rows][i], ROOM, "%s", row->fields[i] ? row->fields[i] : "(empty)");
        if (row->fields[i])
            assert_int_equal(row->sizes[i], strlen(row->fields[i]));
    }
    r->rows++;
    return MCY_OK;
}

static size_t draw_below(random_state *seed, size_t n)
{
    return (size_t)(random_word(seed) % n);
}

static size_t draw_text(random_state *seed, char *text)
{
    static const char *const pieces[] = {"a",        "7.5",  " ",  "\t", ",",    ",",
                                         ",",        ",",    "\n", "\n", "\r\n", "\"b\"",
                                         "\"c,\n\"", "\"\"", "é",  "\""};
    size_t used = (size_t)sprintf(text, "x,y,z\n"), count = draw_below(seed, 40);
    for (size_t i = 0; i < count; i++) {
        size_t rare = draw_below(seed, 8) ? 11 : sizeof pieces / sizeof pieces[0];
        used += (size_t)sprintf(text + used, "%s", pieces[draw_below(seed, rare)]);
    }
    return used;
}

static void lines__of_any_kind__are_cut_as_libcsv_does(void **state)
{
    (void)state;
    static const char *const columns[WIDTH] = {"x", "y", "z"};
    static records wanted, taken;
    random_state seed = random_seed(20260318);
    size_t compared = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
        char text[512];
        size_t size = draw_text(&seed, text);
        if (!by_libcsv(text, size, &wanted))
            continue;
        mcy_csv_table table = {"t.csv", columns, WIDTH, take, &taken};
        mcy_text report = {0};
        mcy_error err = {0};
        memset(&taken, 0, sizeof taken);
        mcy_csv_read(text, size, &table, &report, &err);
        mcy_text_release(&report);
        if (taken.rows != wanted.rows - 1)
            fail_msg("%zu records, libcsv %zu in:\n%s", taken.rows, wanted.rows - 1, text);
        for (size_t i = 0; i < taken.rows * WIDTH; i++)
            if (strcmp(taken.cells[i / WIDTH][i % WIDTH],
                       wanted.cells[i / WIDTH + 1][i % WIDTH]) != 0)
                fail_msg("'%s', libcsv '%s' in:\n%s", taken.cells[i / WIDTH][i % WIDTH],
                         wanted.cells[i / WIDTH + 1][i % WIDTH], text);
        compared += taken.rows;
    }
    assert_true(compared > SAMPLES / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines__of_any_kind__are_cut_as_libcsv_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
