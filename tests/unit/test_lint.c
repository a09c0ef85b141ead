/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fault is planted for every rule in a pack that is clean without it. */
#define _POSIX_C_SOURCE 200809L
#include "lint_fixture.h"

#include <unistd.h>

static void lint__of_a_good_pack__finds_nothing(void **state)
{
    (void)state;
    const mcy_lint_finding *findings = NULL;
    size_t count = 0;
    mcy_error err = {0};
    check_ok(mcy_pack_lint(fixture.arena, fixture.folder, true, &findings, &count, &err), err);
    for (size_t i = 0; i < count; i++)
        print_error("%s: %s: %s\n", findings[i].file, mcy_lint_rule_name(findings[i].rule),
                    findings[i].what);
    assert_int_equal(count, 0);
    check_refused(mcy_pack_lint(fixture.arena, fixture.home, true, &findings, &count, &err),
                  MCY_E_MISSING, err, "no pack");
}

/* Every kind that half a page's width can hold keeps its texts apart and on the page there. */
static void lint__of_half_width__finds_nothing(void **state)
{
    (void)state;
    static gallery_chart gallery[GALLERY];
    static mcy_chart charts[GALLERY];
    mcy_theme theme;
    mcy_error err = {0};
    size_t count = 0;
    for (size_t i = 0; i < GALLERY; i++) {
        gallery_make(&gallery[i], i);
        gallery[i].chart.half = true;
        if (gallery[i].chart.kind != MCY_CHART_TORNADO)
            charts[count++] = gallery[i].chart;
    }
    const char *folder = mcy_path_join(fixture.arena, fixture.home, "half");
    mcy_pack pack = {.name = "half",
                     .title = {"样张", "Gallery"},
                     .themes = {&theme, &theme},
                     .charts = charts,
                     .chart_count = count,
                     .as_of = "2026-03-20",
                     .languages = {true, true},
                     .svg = true};
    const char *plots = MCY_SOURCE_DIR "/plots";
    check_ok(mcy_theme_read(fixture.arena, plots, "cn-broker", NULL, &theme, &err), err);
    check_ok(mcy_pack_draw(&pack, folder, NULL, &err), err);
    const mcy_lint_finding *findings = NULL;
    check_ok(mcy_pack_lint(fixture.arena, folder, false, &findings, &count, &err), err);
    for (size_t i = 0; i < count; i++)
        if (findings[i].rule == MCY_LINT_OVERLAP || findings[i].rule == MCY_LINT_CLIPPED ||
            findings[i].rule == MCY_LINT_SMALL)
            fail_msg("%s: %s: %s", findings[i].file, mcy_lint_rule_name(findings[i].rule),
                     findings[i].what);
}

static void picture_rules__each__find_their_fault(void **state)
{
    (void)state;
    planted(MCY_LINT_TITLE, "01-columns.zh.svg", "图表1：", "图表：", "01-columns.zh.svg",
            false);
    planted(MCY_LINT_TITLE, "02-lines.en.svg", "Exhibit 2: ", "Exhibit 3: ", "02-lines.en.svg",
            false);
    planted(MCY_LINT_SOURCE, "02-lines.en.svg", "Source: ", "From ", "02-lines.en.svg", false);
    planted(MCY_LINT_AS_OF, "02-lines.zh.svg", "2026-03-20", "today", "02-lines.zh.svg", false);
    planted(MCY_LINT_UNIT, "03-stacked.en.svg", "(USD bn)", "", "03-stacked.en.svg", false);
    planted(MCY_LINT_INFERRED, "02-lines.zh.svg", "推算", "计算", "02-lines.zh.svg", false);
    planted(MCY_LINT_ID, "02-lines.zh.svg", "gallery/lines</text>", "gallery</text>",
            "02-lines.zh.svg", false);
    planted(MCY_LINT_ALT, "02-lines.en.svg", "<desc>", "<desc></desc><desc>", "02-lines.en.svg",
            false);
    planted(MCY_LINT_ESTIMATE, "01-columns.en.svg", "E</text>", "</text>", "01-columns.en.svg",
            false);
    planted(MCY_LINT_CLIPPED, "05-gap.zh.svg", "translate(19.40", "translate(-80.00",
            "05-gap.zh.svg", false);
    planted(MCY_LINT_SMALL, "01-columns.zh.svg", "font-size=\"12.35\"", "font-size=\"11.50\"",
            "01-columns.zh.svg", false);
    planted(MCY_LINT_SMALL, "04-fan.zh.svg", "font-size=\"12.35\"", "font-size=\"11.50\"",
            "04-fan.zh.svg", false);
    planted(MCY_LINT_FONTS, "09-dots.en.svg", ">low end<", ">low \xF0\x9F\xA6\x8A end<",
            "09-dots.en.svg", false); /* a fox, which is in no font of ours */
    planted(MCY_LINT_OVERLAP, "09-dots.en.svg", ">low end<",
            ">low end and a good deal of other words<", "09-dots.en.svg", false);
}

static void table_rules__each__find_their_fault(void **state)
{
    (void)state;
    planted(MCY_LINT_BASIS, "01-columns.csv", "columns,micron,", "columns,micron.gross_margin,",
            "01-columns.zh.svg", false);
    /* 137 days before 2026-03-20 is 2025-11-03 */
    planted(MCY_LINT_STALE, "trace.csv", "2026-03-01", "2025-11-02", "01-columns.csv", false);
    planted(MCY_LINT_STALE, "trace.csv", "2026-03-01", "2025-11-02", "01-columns.zh.svg",
            false);
    planted(MCY_LINT_STALE, "trace.csv", "2026-03-01", "2025-11-02", "01-columns.en.svg",
            false);
    planted(MCY_LINT_STALE, "trace.csv", "stale after 137 days", "", "trace.csv", false);
    planted(MCY_LINT_STALE, "trace.csv", ",rhythm,", ",other,", "04-fan.csv", false);
    planted(MCY_LINT_CONFIDENCE, "trace.csv", ",high", ",low", "04-fan.csv", false);
}

static void stale__on_the_last_good_day__is_not_found(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_file file;
    const char *path = mcy_path_join(fixture.arena, fixture.folder, "manifest.json");
    check_ok(mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, &err), err);
    const char last[] = "{\n  \"as_of\": \"2026-07-16\"\n}\n"; /* 2026-03-01 + 137 days */
    const char late[] = "{\n  \"as_of\": \"2026-07-17\"\n}\n";
    check_ok(mcy_file_write(path, last, sizeof last - 1, &err), err);
    assert_false(finds(MCY_LINT_STALE, "01-columns.csv", false));
    check_ok(mcy_file_write(path, late, sizeof late - 1, &err), err);
    assert_true(finds(MCY_LINT_STALE, "01-columns.csv", false));
    check_ok(mcy_file_write(path, file.bytes, file.size, &err), err);
    mcy_file_release(&file);
}

static void page_rules__each__find_their_fault(void **state)
{
    (void)state;
    static const char zh[] = "gallery.zh.html", en[] = "gallery.en.html";
    planted(MCY_LINT_NUMBERS, zh, "micron@FQ1-22\">", "micron@FQ1-22\">9", zh, false);
    planted(MCY_LINT_TRACE, en, "guided@FQ1-26", "guided@FQ2-26", en, false);
    planted(MCY_LINT_TRACE, "trace.csv", "gallery/columns,,", "gallery/columns,x,",
            "01-columns.csv", false);
    planted(MCY_LINT_LANGUAGES, en, "data-number=\"micron@FQ1-22\"", "class=\"x\"",
            "gallery.zh.html", false);
    planted(MCY_LINT_BASIS, zh, "毛利率（non-GAAP）", "毛利率", zh, false);
    planted(MCY_LINT_BASIS, en, "<caption>Table", "<caption>Margins", en, false);
    planted(MCY_LINT_BASIS, zh, "（GAAP）", "", zh, false);
    planted(MCY_LINT_BASIS, en, " (GAAP)", "", en, false);
    planted(MCY_LINT_INFERRED, zh, "data-number=\"micron", "data-number=\"fit.micron", zh,
            false);
    planted(MCY_LINT_INFERRED, zh, "（推算，非公司披露）", "", zh, false);
    planted(MCY_LINT_INFERRED, en, " (inferred)", "", en, false);
    planted(MCY_LINT_CONFIDENCE, "trace.csv", ",high", ",low", "table-one", false);
    planted(MCY_LINT_LANGUAGES, "table-one.en.tsv", "13.64", "13.66", "table-one.zh.tsv",
            false);
    planted(MCY_LINT_LANGUAGES, "table-one.en.tsv", "(3.2)%", "3.2%", "table-one.zh.tsv",
            false);
    planted(MCY_LINT_LANGUAGES, "table-one.en.tsv", "Change\t(3.2)%\n", "", "table-one.zh.tsv",
            false);
}

static void grid_rule__each_way__finds_its_fault(void **state)
{
    (void)state;
    planted(MCY_LINT_GRID, "08-heat.csv", "+base", "", "08-heat.csv", false);
    planted(MCY_LINT_GRID, "08-heat.csv", "published,", "published+base,", "08-heat.csv",
            false);
    planted(MCY_LINT_GRID, "trace.csv", "heat,,base,,", "heat,,base,,9", "08-heat.csv", false);
    planted(MCY_LINT_GRID, "trace.csv", "heat,,base,", "heat,,other,", "08-heat.csv", false);
}

static void script_rules__each__find_their_fault(void **state)
{
    (void)state;
    planted(MCY_LINT_LANGUAGES, "02-lines.en.gp", "\n1 6.7", "\n1 6.8", "02-lines.en.gp",
            false);
    planted(MCY_LINT_LANGUAGES, "06-waterfall.en.gp", "1364.3 0x", "1364.4 0x",
            "06-waterfall.en.gp", false);
    planted(MCY_LINT_ZERO, "03-stacked.zh.gp",
            "set yrange [0:", "set yrange [2:", "03-stacked.en.gp", false);
    planted(MCY_LINT_LEVEL, "01-columns.zh.gp",
            "set y2range [-15:", "set y2range [-25:", "01-columns.en.gp", false);
}

static void file_rules__each__find_their_fault(void **state)
{
    (void)state;
    planted(MCY_LINT_PRIVATE, "index.md", "Gallery", "/home/me/Gallery", "index.md", true);
    planted(MCY_LINT_PRIMARY, "index.md", "Gallery", "release (copy of it)", "index.md", true);
    mcy_error err = {0};
    const char *pdf = mcy_path_join(fixture.arena, fixture.folder, "gallery.zh.pdf");
    mcy_file file;
    check_ok(mcy_file_read(pdf, MCY_FILE_MOST_FACTS, &file, &err), err);
    check_ok(mcy_file_write(pdf, "", 0, &err), err);
    assert_true(finds(MCY_LINT_SIZE, "gallery.zh.pdf", false));
    assert_true(finds(MCY_LINT_FONTS, "gallery.zh.pdf", false));
    check_ok(mcy_file_write(pdf, file.bytes, file.size, &err), err);
    mcy_file_release(&file);
    const char *from = mcy_path_join(fixture.arena, fixture.folder, "04-fan.csv");
    const char *to = mcy_path_join(fixture.arena, fixture.folder, "14-fan.csv");
    assert_int_equal(rename(from, to), 0);
    assert_true(finds(MCY_LINT_NUMBERING, "14-fan.csv", false));
    assert_int_equal(rename(to, from), 0);
}

/* The bytes replace a file of the pack, or make one; does the rule find it? */
static bool finds_in(mcy_lint_rule rule, const char *name, const void *bytes, size_t size)
{
    mcy_error err = {0};
    mcy_file kept = {0};
    const char *path = mcy_path_join(fixture.arena, fixture.folder, name);
    bool there = mcy_file_read(path, MCY_FILE_MOST_FACTS, &kept, NULL) == MCY_OK;
    check_ok(mcy_file_write(path, bytes, size, &err), err);
    bool found = finds(rule, name, true);
    if (there)
        check_ok(mcy_file_write(path, kept.bytes, kept.size, &err), err);
    else
        assert_int_equal(unlink(path), 0);
    mcy_file_release(&kept);
    return found;
}

#define FINDS_PRIVATE(name, bytes) finds_in(MCY_LINT_PRIVATE, name, bytes, sizeof bytes - 1)

/* A PDF that names a font and does not carry it; that it maps to unicode is no help. */
static const char bare_pdf[] =
    "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
    "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
    "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 4 0 R>>>>>> endobj\n"
    "4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>> endobj\n"
    "5 0 obj <</Length 2>>\nstream\n% \nendstream endobj\n"
    "trailer <</Root 1 0 R/Size 6>>\n%%EOF\n";

static void files__too_large_or_with_bare_fonts__are_found(void **state)
{
    (void)state;
    size_t much = (4u << 20) + 1;
    char *bytes = calloc(much, 1);
    assert_non_null(bytes);
    memset(bytes, 'x', much - 1);
    assert_true(finds_in(MCY_LINT_SIZE, "x.svg", bytes, much));
    assert_false(finds_in(MCY_LINT_SIZE, "x.svg", bytes, much - 1));
    assert_false(finds_in(MCY_LINT_SIZE, "x.pdf", bytes, much));
    free(bytes);
    if (system("pdftotext -v >/dev/null 2>&1") == 0)
        assert_true(finds_in(MCY_LINT_ID, "x.pdf", bare_pdf, sizeof bare_pdf - 1));
    if (system("pdffonts -v >/dev/null 2>&1") == 0)
        assert_true(finds_in(MCY_LINT_FONTS, "x.pdf", bare_pdf, sizeof bare_pdf - 1));
}

static void client__metadata_names_and_annexes__are_found(void **state)
{
    (void)state;
    assert_false(FINDS_PRIVATE("x.pdf", "%PDF-1.5 /Creator (memcycle) %%EOF"));
    assert_true(FINDS_PRIVATE("x.pdf", "%PDF-1.5 /Title (/home/me/note.svg) %%EOF"));
    assert_true(FINDS_PRIVATE("x.pdf", "%PDF-1.5 /Title <FEFF002F0068006F006D0065002F006D>"));
    assert_true(FINDS_PRIVATE("x.pdf", "%PDF-1.5 /Title (\xFE\xFF\0/\0h\0o\0m\0e\0/) %%EOF"));
    assert_false(FINDS_PRIVATE("x.pdf", "%PDF-1.5 stream\n/tmp/ by chance\nendstream %%EOF"));
    static const char text[] = "\x89PNG\r\n\x1a\n\0\0\0\x0eIHDR0123456789abcdCRC_"
                               "\0\0\0\x0ctEXtAuthor\0/tmp/CRC_\0\0\0\0IENDCRC_";
    static const char hidden[] = "\x89PNG\r\n\x1a\n\0\0\0\x03iTXtabcCRC_\0\0\0\0IENDCRC_";
    static const char cut[] = "\x89PNG\r\n\x1a\n\xff\xff\xff\xff"
                              "tEXt/tmp/CRC_";
    assert_true(FINDS_PRIVATE("x.png", text));
    assert_true(FINDS_PRIVATE("x.png", hidden));
    assert_false(FINDS_PRIVATE("x.png", cut));
    assert_true(FINDS_PRIVATE("weekly-internal.md", "An annex"));
    assert_true(FINDS_PRIVATE(".index.md.swp", "x"));
    assert_true(FINDS_PRIVATE("extra.md", "仅供内部"));
    setenv("USER", "analyst-zhang", 1);
    assert_true(FINDS_PRIVATE("extra.md", "made by analyst-zhang."));
    assert_false(FINDS_PRIVATE("extra.md", "made by analyst-zhangs."));
    unsetenv("USER");
    mcy_error err = {0};
    const char *annex = mcy_path_join(fixture.arena, fixture.folder, "annex");
    check_ok(mcy_folder_make(annex, &err), err);
    assert_true(finds(MCY_LINT_PRIVATE, "annex", true));
    assert_false(finds(MCY_LINT_PRIVATE, "annex", false));
    check_ok(mcy_folder_remove(annex, &err), err);
}

static void empty_series__in_a_table__is_found(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_file file;
    mcy_text text = {0};
    const char *path = mcy_path_join(fixture.arena, fixture.folder, "10-path.csv");
    check_ok(mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, &err), err);
    mcy_text_append(&text, file.bytes, file.size);
    mcy_text_add(&text, "path,other,甲,Other,k,k,k,,,,,published,%,\n");
    check_ok(mcy_file_write_text(path, &text, &err), err);
    assert_true(finds(MCY_LINT_EMPTY, "10-path.csv", false));
    check_ok(mcy_file_write(path, file.bytes, file.size, &err), err);
    assert_false(finds(MCY_LINT_EMPTY, "10-path.csv", false));
    mcy_file_release(&file);
    mcy_text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lint__of_a_good_pack__finds_nothing),
        cmocka_unit_test(lint__of_half_width__finds_nothing),
        cmocka_unit_test(picture_rules__each__find_their_fault),
        cmocka_unit_test(table_rules__each__find_their_fault),
        cmocka_unit_test(stale__on_the_last_good_day__is_not_found),
        cmocka_unit_test(script_rules__each__find_their_fault),
        cmocka_unit_test(file_rules__each__find_their_fault),
        cmocka_unit_test(empty_series__in_a_table__is_found),
        cmocka_unit_test(page_rules__each__find_their_fault),
        cmocka_unit_test(grid_rule__each_way__finds_its_fault),
        cmocka_unit_test(files__too_large_or_with_bare_fonts__are_found),
        cmocka_unit_test(client__metadata_names_and_annexes__are_found),
    };
    return cmocka_run_group_tests(tests, draw_pack, remove_pack);
}
