/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fault is planted for every rule in a pack that is clean without it. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include "gallery.h"

#include <stdlib.h>
#include <unistd.h>

#include "mcy/file.h"
#include "mcy/lint.h"
#include "mcy/pack.h"

static struct {
    char home[64], folder[128];
    mcy_arena *arena;
} fixture;

static const char manifest[] = "{\n  \"as_of\": \"2026-03-20\"\n}\n";

static int draw_pack(void **state)
{
    (void)state;
    static gallery_chart gallery[GALLERY];
    static mcy_chart charts[GALLERY];
    static const mcy_chart_origin origins[] = {
        {"micron@FQ1-26", "fact", "micron.csv:1", "1 usd_m", "filing", "2026-03-01", "high"},
        {"", "rhythm", "micron.total.revenue", "quarterly, stale after 137 days", "memcycle",
         "2026-03-01", ""}};
    mcy_theme zh, en; /* red and green change places between them */
    mcy_error err = {0};
    snprintf(fixture.home, sizeof fixture.home, "/tmp/mcy-lint-XXXXXX");
    if (!mkdtemp(fixture.home))
        return 1;
    snprintf(fixture.folder, sizeof fixture.folder, "%s/pack", fixture.home);
    fixture.arena = mcy_arena_create();
    for (size_t i = 0; i < GALLERY; i++) {
        gallery_make(&gallery[i], i);
        charts[i] = gallery[i].chart;
        charts[i].half = i == MCY_CHART_FAN;
        charts[i].origins = origins;
        charts[i].origin_count = 2;
    }
    mcy_pack_file file = {.name = "manifest.json", .bytes = manifest, .size = sizeof manifest - 1};
    mcy_pack pack = {.name = "gallery",
                     .title = {"样张", "Gallery"},
                     .themes = {&zh, &en},
                     .charts = charts,
                     .chart_count = GALLERY,
                     .as_of = "2026-03-20",
                     .files = &file,
                     .file_count = 1,
                     .languages = {true, true},
                     .svg = true,
                     .pdf = true};
    if (mcy_theme_read(fixture.arena, MCY_SOURCE_DIR "/plots", "cn-broker", NULL, &zh, &err) ||
        mcy_theme_read(fixture.arena, MCY_SOURCE_DIR "/plots", "en-broker", NULL, &en, &err) ||
        mcy_pack_draw(&pack, fixture.folder, NULL, &err)) {
        print_error("%s\n", err.text);
        return 1;
    }
    return 0;
}

static int remove_pack(void **state)
{
    (void)state;
    mcy_folder_remove(fixture.home, NULL);
    mcy_arena_destroy(fixture.arena);
    return 0;
}

static bool finds(mcy_lint_rule rule, const char *file, bool client)
{
    const mcy_lint_finding *findings = NULL;
    size_t count = 0;
    mcy_error err = {0};
    check_ok(mcy_pack_lint(fixture.arena, fixture.folder, client, &findings, &count, &err), err);
    for (size_t i = 0; i < count; i++)
        if (findings[i].rule == rule && !strcmp(findings[i].file, file))
            return true;
    return false;
}

/* Every `from` of a file becomes `to`; the rule must find it there, and not before or after. */
static void planted(mcy_lint_rule rule, const char *name, const char *from, const char *to,
                    const char *reported, bool client)
{
    mcy_error err = {0};
    mcy_file file = {0};
    mcy_text changed = {0};
    const char *path = mcy_path_join(fixture.arena, fixture.folder, name);
    check_ok(mcy_file_read(path, MCY_FILE_MOST_FACTS, &file, &err), err);
    if (!strstr(file.bytes, from))
        fail_msg("%s does not hold '%s'", name, from);
    assert_false(finds(rule, reported, client));
    for (const char *at = file.bytes;;) {
        const char *next = strstr(at, from);
        mcy_text_append(&changed, at, next ? (size_t)(next - at) : strlen(at));
        if (!next)
            break;
        mcy_text_add(&changed, to);
        at = next + strlen(from);
    }
    check_ok(mcy_file_write(path, mcy_text_view(&changed), changed.size, &err), err);
    bool found = finds(rule, reported, client);
    check_ok(mcy_file_write(path, file.bytes, file.size, &err), err);
    mcy_file_release(&file);
    mcy_text_release(&changed);
    if (!found)
        fail_msg("%s: not found after '%s' became '%s' in %s", mcy_lint_rule_name(rule), from, to,
                 name);
}

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

static void picture_rules__each__find_their_fault(void **state)
{
    (void)state;
    planted(MCY_LINT_TITLE, "01-columns.zh.svg", "图表1：", "图表：", "01-columns.zh.svg", false);
    planted(MCY_LINT_TITLE, "02-lines.en.svg", "Exhibit 2: ", "Exhibit 3: ", "02-lines.en.svg",
            false);
    planted(MCY_LINT_SOURCE, "02-lines.en.svg", "Source: ", "From ", "02-lines.en.svg", false);
    planted(MCY_LINT_AS_OF, "02-lines.zh.svg", "2026-03-20", "today", "02-lines.zh.svg", false);
    planted(MCY_LINT_UNIT, "03-stacked.en.svg", "(USD bn)", "", "03-stacked.en.svg", false);
    planted(MCY_LINT_INFERRED, "02-lines.zh.svg", "推算", "计算", "02-lines.zh.svg", false);
    planted(MCY_LINT_CLIPPED, "05-gap.zh.svg", "translate(19.40", "translate(-80.00",
            "05-gap.zh.svg", false);
    planted(MCY_LINT_SMALL, "01-columns.zh.svg", "font-size=\"12.35\"", "font-size=\"11.50\"",
            "01-columns.zh.svg", false);
    planted(MCY_LINT_SMALL, "04-fan.zh.svg", "font-size=\"12.35\"", "font-size=\"11.50\"",
            "04-fan.zh.svg", false);
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
    planted(MCY_LINT_STALE, "trace.csv", "2026-03-01", "2025-11-02", "01-columns.zh.svg", false);
    planted(MCY_LINT_STALE, "trace.csv", "2026-03-01", "2025-11-02", "01-columns.en.svg", false);
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

static void script_rules__each__find_their_fault(void **state)
{
    (void)state;
    planted(MCY_LINT_LANGUAGES, "02-lines.en.gp", "\n1 6.7", "\n1 6.8", "02-lines.en.gp", false);
    planted(MCY_LINT_LANGUAGES, "06-waterfall.en.gp", "1364.3 0x", "1364.4 0x",
            "06-waterfall.en.gp", false);
    planted(MCY_LINT_ZERO, "03-stacked.zh.gp", "set yrange [0:", "set yrange [2:",
            "03-stacked.en.gp", false);
    planted(MCY_LINT_LEVEL, "01-columns.zh.gp", "set y2range [-15:", "set y2range [-25:",
            "01-columns.en.gp", false);
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
        cmocka_unit_test(picture_rules__each__find_their_fault),
        cmocka_unit_test(table_rules__each__find_their_fault),
        cmocka_unit_test(stale__on_the_last_good_day__is_not_found),
        cmocka_unit_test(script_rules__each__find_their_fault),
        cmocka_unit_test(file_rules__each__find_their_fault),
        cmocka_unit_test(empty_series__in_a_table__is_found),
    };
    return cmocka_run_group_tests(tests, draw_pack, remove_pack);
}
