/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strict CSV: what is read, and every refusal with its line. */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "mcy/csv.h"
#include "mcy/file.h"

static const char *const columns[] = {"name", "value", "text"};

typedef struct taken {
    size_t rows;
    size_t lines[16];
    char fields[16][3][64];
} taken;

static mcy_status take(void *context, const mcy_csv_row *row, mcy_error *err)
{
    taken *t = context;
    (void)err;
    assert_int_equal(row->count, 3);
    if (row->fields[1] && row->fields[1][0] == 'x')
        mcy_csv_refuse(row, 1, "want a number");
    t->lines[t->rows] = row->line;
    for (size_t i = 0; i < 3; i++)
        snprintf(t->fields[t->rows][i], 64, "%s", row->fields[i] ? row->fields[i] : "(null)");
    t->rows++;
    return MCY_OK;
}

static mcy_status read_text(const char *bytes, size_t size, taken *t, mcy_text *report,
                            mcy_error *err)
{
    mcy_csv_table table = {"t.csv", columns, 3, take, t};
    memset(t, 0, sizeof *t);
    return mcy_csv_read(bytes, size, &table, report, err);
}

static void read__plain_rows__in_the_order_asked(void **state)
{
    (void)state;
    static const char text[] =
        "\xef\xbb\xbfvalue,text,name\r\n2.385,\"a, \"\"b\"\"\nc\",micron\r\n"
        "\r\n  \r\n,\"\",하이닉스\r\n7.25, trimmed ,last";
    taken t;
    mcy_text report = {0};
    mcy_error err = {0};
    check_ok(read_text(text, sizeof text - 1, &t, &report, &err), err);
    assert_int_equal(t.rows, 3);
    assert_string_equal(t.fields[0][0], "micron");
    assert_string_equal(t.fields[0][1], "2.385");
    assert_string_equal(t.fields[0][2], "a, \"b\"\nc");
    assert_int_equal(t.lines[0], 2);
    assert_string_equal(t.fields[1][1], "(null)");
    assert_string_equal(t.fields[1][2], "");
    assert_int_equal(t.lines[1], 6);
    assert_string_equal(t.fields[2][2], "trimmed");
    assert_int_equal(t.lines[2], 7);
    assert_string_equal(mcy_text_view(&report), "");
    mcy_text_release(&report);
}

static void read__several_bad_rows__all_are_reported(void **state)
{
    (void)state;
    static const char text[] = "name,value,text\n"
                               "a,1\n"
                               "b,2,good\n"
                               "c,3,\xff\n"
                               "d,x4,refused\n"
                               "e,\"5\"6,quote\n"
                               "f,7,\x01\n"
                               "g,8,fine\n"
                               "h,9,one,more\n"
                               "i,\"10,never closed\n"
                               "j,11\n";
    taken t;
    mcy_text report = {0};
    mcy_error err = {0};
    check_refused(read_text(text, sizeof text - 1, &t, &report, &err), MCY_E_INPUT, err,
                  "'t.csv' has 8 bad rows, nothing was loaded from it: t.csv:2: has 2 columns");
    assert_string_equal(
        mcy_text_view(&report),
        "t.csv:2: has 2 columns, want 3\n"
        "t.csv:4: byte 5, 0xff, is not UTF-8\n"
        "t.csv:5: 'value' is 'x4', want a number\n"
        "t.csv:6: a quote stands where none may: quote the whole cell and double the quotes "
        "inside it\n"
        "t.csv:7: byte 5 is the control character 0x01\n"
        "t.csv:9: has 4 columns, want 3\n"
        "t.csv:10: a quote is opened and never closed\n"
        "t.csv:11: has 2 columns, want 3\n");
    mcy_text_release(&report);
}

static void read__a_bare_carriage_return__drops_both_halves(void **state)
{
    (void)state;
    static const char text[] = "name,value,text\na,1\r,2,b\nc,3,good\n";
    taken t;
    mcy_text report = {0};
    mcy_error err = {0};
    check_refused(read_text(text, sizeof text - 1, &t, &report, &err), MCY_E_INPUT, err,
                  "t.csv:2: byte 4 is the control character 0x0d");
    assert_int_equal(t.rows, 1);
    assert_string_equal(t.fields[0][0], "c");
    mcy_text_release(&report);
}

static void read__bad_headers__are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"", "no header row"},
        {"name,vlaue,text\n", "column 'vlaue' is not known, did you mean 'value'"},
        {"name,value\n", "column 'text' is missing"},
        {"name,value,text,name\n", "column 'name' stands there twice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        taken t;
        mcy_text report = {0};
        mcy_error err = {0};
        check_refused(read_text(cases[i].text, strlen(cases[i].text), &t, &report, &err),
                      MCY_E_INPUT, err, cases[i].words);
        mcy_text_release(&report);
    }
}

static void read__bytes_at_the_edges_of_utf8__are_judged(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        bool good;
    } cases[] = {{"\xc2\x80", true},
                 {"\xc1\xbf", false},
                 {"\xe0\xa0\x80", true},
                 {"\xe0\x9f\xbf", false},
                 {"\xed\x9f\xbf", true},
                 {"\xed\xa0\x80", false},
                 {"\xf0\x90\x80\x80", true},
                 {"\xf0\x8f\xbf\xbf", false},
                 {"\xf4\x8f\xbf\xbf", true},
                 {"\xf4\x90\x80\x80", false},
                 {"\xf5\x80\x80\x80", false},
                 {"\xe4\xb8", false},
                 {"\x7f", false},
                 {"\t-", true},
                 {"12345678\x1f", false},
                 {"1234567\x7f", false},
                 {"a\rb", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        taken t;
        mcy_text report = {0};
        mcy_error err = {0};
        int n = snprintf(text, sizeof text, "name,value,text\na,1,%s\n", cases[i].bytes);
        mcy_status status = read_text(text, (size_t)n, &t, &report, &err);
        if ((status == MCY_OK) != cases[i].good)
            fail_msg("case %zu: %s", i, err.text);
        mcy_text_release(&report);
    }
}

static mcy_status stop(void *context, const mcy_csv_row *row, mcy_error *err)
{
    (void)context;
    return MCY_FAIL(err, MCY_E_DOMAIN, "stopped at %zu", row->line);
}

static void read__a_row_that_stops__ends_the_reading(void **state)
{
    (void)state;
    mcy_csv_table table = {"t.csv", columns, 3, stop, NULL};
    mcy_text report = {0};
    mcy_error err = {0};
    static const char text[] = "name,value,text\n\na,1,b\nc,2,d\n";
    check_refused(mcy_csv_read(text, sizeof text - 1, &table, &report, &err), MCY_E_DOMAIN, err,
                  "stopped at 3");
    mcy_text_release(&report);
}

static void write__awkward_fields__read_back(void **state)
{
    (void)state;
    static const char *const fields[] = {"",        "a,b",        "say \"so\"",
                                         " blank ", "two\nlines", "三星"};
    mcy_text text = {0}, report = {0};
    mcy_error err = {0};
    mcy_csv_add(&text, "name");
    mcy_csv_add(&text, "value");
    mcy_csv_add(&text, "text");
    mcy_csv_end(&text);
    for (size_t i = 0; i < 6; i++) {
        mcy_csv_add(&text, fields[i]);
        mcy_csv_add_number(&text, i ? 2.385 * (double)i : (double)NAN);
        mcy_csv_add(&text, fields[5 - i]);
        mcy_csv_end(&text);
    }
    taken t;
    check_ok(read_text(text.bytes, text.size, &t, &report, &err), err);
    assert_int_equal(t.rows, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(t.fields[i][0], fields[i]);
    assert_string_equal(t.fields[0][1], "(null)");
    assert_string_equal(t.fields[2][1], "4.77");
    mcy_text_release(&text);
    mcy_text_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read__plain_rows__in_the_order_asked),
        cmocka_unit_test(read__several_bad_rows__all_are_reported),
        cmocka_unit_test(read__a_bare_carriage_return__drops_both_halves),
        cmocka_unit_test(read__bad_headers__are_refused),
        cmocka_unit_test(read__bytes_at_the_edges_of_utf8__are_judged),
        cmocka_unit_test(read__a_row_that_stops__ends_the_reading),
        cmocka_unit_test(write__awkward_fields__read_back),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
