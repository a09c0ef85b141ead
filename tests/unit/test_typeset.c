/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents as PDF, read back by other programs (pdftotext, pdfinfo, pdffonts). */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include <stdlib.h>

#include "mcy/file.h"
#include "mcy/spawn.h"
#include "mcy/typeset.h"

enum { MOST_BLOCKS = 96 };

static const mcy_typeset_look look = {"Noto Sans CJK SC", 0x14284B, 0x6B6B6B};

typedef struct fixture {
    mcy_arena *arena;
    char home[64];
    const char *path;
    mcy_block blocks[MOST_BLOCKS];
    mcy_document document;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    snprintf(f->home, sizeof f->home, "/tmp/mcy-typeset-XXXXXX");
    if (!mkdtemp(f->home))
        return 1;
    setenv("TZ", "UTC", 1);
    f->arena = mcy_arena_create();
    f->path = mcy_path_join(f->arena, f->home, "note.zh.pdf");
    f->document = (mcy_document){.language = MCY_ZH,
                                 .name = "note",
                                 .title = "存储周报",
                                 .preface = "情景为测算",
                                 .as_of = "2026-03-20",
                                 .blocks = f->blocks};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    mcy_folder_remove(f->home, NULL);
    mcy_arena_destroy(f->arena);
    free(f);
    return 0;
}

static mcy_block *add(fixture *f, mcy_block_kind kind, const char *text)
{
    assert_true(f->document.count < MOST_BLOCKS);
    mcy_block *block = &f->blocks[f->document.count++];
    *block = (mcy_block){.kind = kind, .text = text};
    return block;
}

/* Columns c0 (words), c1, … of numbers 1000000 + 1000 r + c; the last row is strong. */
static mcy_block *add_table(fixture *f, const char *id, size_t rows, size_t columns)
{
    mcy_table_column *heads = MCY_TAKE(f->arena, mcy_table_column, columns);
    for (size_t c = 0; c < columns; c++)
        heads[c] = (mcy_table_column){.key = mcy_arena_print(f->arena, "C%zuE", c),
                                      .text = !c,
                                      .display = {.no_groups = true}};
    mcy_table *table =
        mcy_table_create(f->arena, id, (mcy_bilingual){"表格标题", "a table"}, heads, columns);
    for (size_t r = 0; r < rows; r++) {
        mcy_table_row(table, r + 1 == rows);
        mcy_table_text(table, mcy_arena_print(f->arena, "指标%zu", r));
        for (size_t c = 1; c < columns; c++)
            mcy_table_number(table, 1e6 + 1000.0 * (double)r + (double)c, NULL);
    }
    mcy_table_note(table, (mcy_bilingual){"表注在此", "a note"});
    mcy_block *block = add(f, MCY_BLOCK_TABLE, NULL);
    block->id = id;
    block->table = table;
    return block;
}

static size_t print(fixture *f)
{
    mcy_error err = {0};
    size_t pages = 0;
    check_ok(mcy_typeset_pdf(&f->document, &look, f->path, &pages, &err), err);
    return pages;
}

/* What a program says of the PDF. */
static const char *said(fixture *f, const char *program, const char *option, const char *last)
{
    const char *with[] = {program, option, f->path, last, NULL};
    const char *without[] = {program, f->path, NULL};
    mcy_error err = {0};
    mcy_text out = {0};
    check_ok(mcy_spawn(option ? with : without, NULL, NULL, 0, 30, &out, NULL, &err), err);
    const char *copy = mcy_arena_copy(f->arena, mcy_text_view(&out), out.size);
    mcy_text_release(&out);
    return copy;
}

static size_t times_in(const char *text, const char *words)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, words)) != NULL; at += strlen(words))
        n++;
    return n;
}

static void pdf__of_each_block__is_read_back(void **state)
{
    fixture *f = *state;
    add(f, MCY_BLOCK_HEADING, "美光季报");
    add(f, MCY_BLOCK_PARAGRAPH,
        "收入 " NUMBER_OPEN "a.b@FQ2-26" NUMBER_MID "238.6 亿美元" NUMBER_CLOSE "。\n第二段");
    add_table(f, "quarters", 3, 4);
    assert_int_equal(print(f), 1);
    const char *text = said(f, "pdftotext", "-layout", "-");
    const char *const wanted[] = {"存储周报",
                                  "数据截至 2026-03-20",
                                  "情景为测算",
                                  "美光季报",
                                  "收入 238.6 亿美元。",
                                  "第二段",
                                  "表格标题",
                                  "表注在此",
                                  "1/1"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!strstr(text, wanted[i]))
            fail_msg("no '%s' in: %s", wanted[i], text);
    assert_null(strstr(text, "a.b@FQ2-26"));
    const char *info = said(f, "pdfinfo", "-isodates", NULL);
    assert_non_null(strstr(info, "存储周报"));
    assert_non_null(strstr(info, "CreationDate:    2026-03-20T00:00:00Z"));
    assert_non_null(strstr(info, "note/quarters"));
    assert_non_null(strstr(info, "(A4)"));
    assert_non_null(strstr(said(f, "pdfinfo", "-dests", NULL), "\"note/quarters\""));
    const char *fonts = said(f, "pdffonts", NULL, NULL);
    assert_int_equal(times_in(fonts, "NotoSansCJK"), times_in(fonts, "yes yes yes"));
    assert_true(times_in(fonts, "NotoSansCJK") >= 2);
}

static void pdf__twice_and_elsewhere__is_the_same(void **state)
{
    fixture *f = *state;
    mcy_file one, two;
    mcy_error err = {0};
    add(f, MCY_BLOCK_HEADING, "美光季报");
    add_table(f, "quarters", 80, 9);
    print(f);
    check_ok(mcy_file_read(f->path, MCY_FILE_MOST_TEXT, &one, &err), err);
    setenv("TZ", "Asia/Shanghai", 1);
    setenv("LANG", "ja_JP.UTF-8", 1);
    setenv("LANGUAGE", "ja", 1);
    print(f);
    check_ok(mcy_file_read(f->path, MCY_FILE_MOST_TEXT, &two, &err), err);
    assert_int_equal(one.size, two.size);
    assert_memory_equal(one.bytes, two.bytes, one.size);
    mcy_file_release(&one);
    mcy_file_release(&two);
}

/* A heading is on the page of what follows it, wherever the page ends. */
static void pages__with_a_heading_at_their_foot__keep_it_with_its_text(void **state)
{
    fixture *f = *state;
    for (size_t lines = 20; lines < 34; lines++) {
        f->document.count = 0;
        for (size_t i = 0; i < lines; i++)
            add(f, MCY_BLOCK_PARAGRAPH, "一行文字。");
        add(f, MCY_BLOCK_HEADING, "标题甲");
        add_table(f, "t", 4, 3);
        print(f);
        const char *text = said(f, "pdftotext", "-layout", "-");
        const char *heading = strstr(text, "标题甲"), *last = strstr(text, "表注在此");
        assert_true(heading && last && heading < last);
        for (const char *p = heading; p < last; p++)
            if (*p == '\f')
                fail_msg("a page ends between heading and table after %zu lines", lines);
    }
}

static void table__longer_than_a_page__has_its_headings_on_each(void **state)
{
    fixture *f = *state;
    add_table(f, "long", 150, 5);
    size_t pages = print(f);
    assert_true(pages >= 3);
    const char *text = said(f, "pdftotext", "-layout", "-");
    assert_int_equal(times_in(text, "C4E"), pages);
    for (size_t r = 0; r < 150; r++) {
        char number[32];
        snprintf(number, sizeof number, "%zu", 1000000 + 1000 * r + 4);
        assert_int_equal(times_in(text, number), 1);
    }
}

/* Twenty columns of numbers that do not fit: groups, each with the labels, no number lost. */
static void table__wider_than_a_page__is_set_in_groups(void **state)
{
    fixture *f = *state;
    add_table(f, "wide", 6, 31);
    print(f);
    const char *text = said(f, "pdftotext", "-layout", "-");
    size_t groups = times_in(text, "指标0");
    assert_true(groups >= 2 && groups <= 3);
    assert_int_equal(times_in(text, "指标5"), groups);
    for (size_t c = 1; c < 31; c++)
        for (size_t r = 0; r < 6; r++) {
            char number[32];
            snprintf(number, sizeof number, "%zu", 1000000 + 1000 * r + c);
            assert_int_equal(times_in(text, number), 1);
        }
    f->document.count = 0;
    add_table(f, "narrow", 6, 14);
    print(f);
    assert_int_equal(times_in(said(f, "pdftotext", "-layout", "-"), "指标0"), 1);
}

/* Pictures are pages of a PDF: one made before. Small ones stand side by side. */
static void pictures__of_a_pdf__are_placed_as_they_are(void **state)
{
    fixture *f = *state;
    add(f, MCY_BLOCK_PARAGRAPH, "图中文字");
    print(f);
    const char *drawn = mcy_path_join(f->arena, f->home, "pages.pdf");
    assert_int_equal(rename(f->path, drawn), 0);
    f->document.count = 0;
    add(f, MCY_BLOCK_HEADING, "图");
    for (size_t i = 0; i < 4; i++)
        add(f, MCY_BLOCK_PICTURE, NULL)->picture =
            (mcy_picture){.half = i < 2, .title = "图表：收入", .pdf = drawn};
    f->blocks[1].id = "one";
    f->blocks[2].id = "two";
    f->blocks[3].id = "three";
    f->blocks[4] = (mcy_block){.kind = MCY_BLOCK_PICTURE, .picture = {.title = "not drawn"}};
    assert_int_equal(print(f), 2);
    const char *text = said(f, "pdftotext", "-layout", "-");
    assert_int_equal(times_in(text, "图中文字"), 3);
    const char *places = said(f, "pdfinfo", "-dests", NULL);
    assert_true(strstr(places, "\"note/one\"") && strstr(places, "\"note/two\"") &&
                strstr(places, "\"note/three\""));
    mcy_error err = {0};
    f->blocks[1].picture.pdf_page = 7;
    check_refused(mcy_typeset_pdf(&f->document, &look, f->path, NULL, &err), MCY_E_IO, err,
                  "pages.pdf has 1 pages, not 8");
    f->blocks[1].picture.pdf = mcy_path_join(f->arena, f->home, "none.pdf");
    check_refused(mcy_typeset_pdf(&f->document, &look, f->path, NULL, &err), MCY_E_IO, err,
                  "none.pdf");
    check_ok(mcy_file_write(f->blocks[1].picture.pdf, "<svg/>", 6, &err), err);
    check_refused(mcy_typeset_pdf(&f->document, &look, f->path, NULL, &err), MCY_E_IO, err,
                  "is no PDF");
}

static void contents__of_many_things__name_their_pages(void **state)
{
    fixture *f = *state;
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f",
                                      "g", "h", "i", "j", "k", "l"};
    for (size_t i = 0; i < 12; i++) {
        add(f, MCY_BLOCK_HEADING, ids[i]);
        add_table(f, ids[i], 30, 3);
    }
    size_t pages = print(f);
    const char *text = said(f, "pdftotext", "-layout", "-");
    assert_non_null(strstr(text, "目录"));
    char last[16];
    snprintf(last, sizeof last, "%zu\n", pages);
    const char *end = strchr(text, '\f'), *entry = NULL;
    for (const char *at = text; (at = strstr(at, "表格标题")) && at < end; at++)
        entry = at;
    assert_non_null(entry); /* the last table begins on the last page or the one before */
    int page = atoi(entry + strlen("表格标题") + strspn(entry + strlen("表格标题"), " ."));
    assert_true(page >= (int)pages - 1 && page <= (int)pages);
}

static void pdf__that_cannot_be__is_refused_and_nothing_written(void **state)
{
    fixture *f = *state;
    mcy_error err = {0};
    mcy_typeset_look other = look;
    add(f, MCY_BLOCK_PARAGRAPH, "没有 \xf0\x9f\xa6\x84 的字");
    check_refused(mcy_typeset_pdf(&f->document, &look, f->path, NULL, &err), MCY_E_MISSING, err,
                  "U+1F984");
    other.family = "No Such Family";
    check_refused(mcy_typeset_pdf(&f->document, &other, f->path, NULL, &err), MCY_E_MISSING,
                  err, "note.zh.pdf: font 'No Such Family' is not installed");
    mcy_text endless = {0};
    for (int i = 0; i < 4000; i++)
        mcy_text_add(&endless, "很长的单元格");
    static const mcy_table_column columns[] = {{.key = "words", .text = true},
                                               {.key = "number"}};
    mcy_table *table = mcy_table_create(f->arena, "t", (mcy_bilingual){0}, columns, 2);
    mcy_table_row(table, false);
    mcy_table_text(table, endless.bytes);
    mcy_table_number(table, 1, NULL);
    f->blocks[0] = (mcy_block){.kind = MCY_BLOCK_TABLE, .id = "t", .table = table};
    check_refused(mcy_typeset_pdf(&f->document, &look, f->path, NULL, &err), MCY_E_INPUT, err,
                  "a row of a table is ");
    mcy_text_release(&endless);
    f->blocks[0] = (mcy_block){.kind = MCY_BLOCK_PARAGRAPH};
    f->blocks[0].text = "a\xff";
    check_refused(mcy_typeset_pdf(&f->document, &look, f->path, NULL, &err), MCY_E_INPUT, err,
                  "is not UTF-8: 0xff");
    assert_false(mcy_file_exists(f->path));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(pdf__of_each_block__is_read_back),
        T(pdf__twice_and_elsewhere__is_the_same),
        T(pages__with_a_heading_at_their_foot__keep_it_with_its_text),
        T(table__longer_than_a_page__has_its_headings_on_each),
        T(table__wider_than_a_page__is_set_in_groups),
        T(pictures__of_a_pdf__are_placed_as_they_are),
        T(contents__of_many_things__name_their_pages),
        T(pdf__that_cannot_be__is_refused_and_nothing_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
