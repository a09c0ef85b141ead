/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pack of the gallery with two pages and a table, clean, and faults planted in its files. */
#ifndef MCY_TESTS_LINT_FIXTURE_H
#define MCY_TESTS_LINT_FIXTURE_H

#include "check.h"
#include "gallery.h"

#include <stdlib.h>

#include "mcy/file.h"
#include "mcy/lint.h"
#include "mcy/pack.h"

static struct {
    char home[64], folder[128];
    mcy_arena *arena;
} fixture;

static const char manifest[] = "{\n  \"as_of\": \"2026-03-20\"\n}\n";

/* What the command line adds to a pack: pages with numbers that figures have, and a table. */
static const char page_zh[] = /* a figure has the number in USD bn */
    "<html><p>收入 <b data-number=\"micron@FQ1-22\">%.1f</b> 亿美元，毛利率 %.1f%%（GAAP）。</p>\n"
    "<table id=\"one\">\n<caption>表</caption>\n<thead><tr><th>项目</th></tr></thead>\n<tbody>\n"
    "<tr><td>毛利率（non-GAAP）</td><td data-id=\"guided@FQ1-26\">56.8%%</td></tr>\n"
    "<tr><td>价格（推算，非公司披露）</td><td data-id=\"fit.price.dram@FQ1-26\">+1.5%%</td></tr>\n</tbody>\n"
    "</table></html>\n";
static const char page_en[] =
    "<html><p>Revenue USD <b data-number=\"micron@FQ1-22\">%.2f</b> bn, gross margin %.1f%% (GAAP).</p>\n"
    "<table id=\"one\">\n<caption>Table</caption>\n<thead><tr><th>Item</th></tr></thead>\n<tbody>\n"
    "<tr><td>Gross margin (non-GAAP)</td><td data-id=\"guided@FQ1-26\">56.8%%</td></tr>\n"
    "<tr><td>Price (inferred)</td><td data-id=\"fit.price.dram@FQ1-26\">+1.5%%</td></tr>\n</tbody>\n"
    "</table></html>\n";
static const char sheet_zh[] = "项目\tFQ1-26\n收入（亿美元）\t136.4\n变化\t(3.2)%\n";
static const char sheet_en[] = "Item\tFQ1-26\nRevenue (USD bn)\t13.64\nChange\t(3.2)%\n";

static inline int draw_pack(void **state)
{
    (void)state;
    static gallery_chart gallery[GALLERY];
    static mcy_chart charts[GALLERY];
    static const mcy_chart_origin origins[] = {
        {"", "fact", "micron.csv:1", "1 usd_m", "filing", "2026-03-01", "high"},
        {"", "rhythm", "micron.total.revenue", "quarterly, stale after 137 days", "memcycle",
         "2026-03-01", ""}};
    static const mcy_pack_trace_row traces[] = {
        {"table-one",
         {"guided@FQ1-26", "fact", "micron.csv:2", "56.8 pct", "filing", "2026-03-01", "high"}},
        {"table-one", {"fit.price.dram", "fit", "dram", "memcycle fit", "memcycle", "", ""}}};
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
    static mcy_pack_file files[5];
    static char pages[MCY_LANGUAGES][1000];
    snprintf(pages[MCY_ZH], sizeof pages[0], page_zh, 10 * gallery[0].values[0][0], 56.8);
    snprintf(pages[MCY_EN], sizeof pages[0], page_en, gallery[0].values[0][0], 56.8);
    static const char *const contents[][2] = {{"manifest.json", manifest},
                                              {"gallery.zh.html", pages[MCY_ZH]},
                                              {"gallery.en.html", pages[MCY_EN]},
                                              {"table-one.zh.tsv", sheet_zh},
                                              {"table-one.en.tsv", sheet_en}};
    for (size_t i = 0; i < 5; i++)
        files[i] = (mcy_pack_file){
            .name = contents[i][0], .bytes = contents[i][1], .size = strlen(contents[i][1])};
    mcy_pack pack = {.name = "gallery",
                     .title = {"样张", "Gallery"},
                     .themes = {&zh, &en},
                     .charts = charts,
                     .chart_count = GALLERY,
                     .as_of = "2026-03-20",
                     .files = files,
                     .file_count = 5,
                     .traces = traces,
                     .trace_count = 2,
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

static inline int remove_pack(void **state)
{
    (void)state;
    mcy_folder_remove(fixture.home, NULL);
    mcy_arena_destroy(fixture.arena);
    return 0;
}

static inline bool finds(mcy_lint_rule rule, const char *file, bool client)
{
    const mcy_lint_finding *findings = NULL;
    size_t count = 0;
    mcy_error err = {0};
    check_ok(mcy_pack_lint(fixture.arena, fixture.folder, client, &findings, &count, &err),
             err);
    for (size_t i = 0; i < count; i++)
        if (findings[i].rule == rule && !strcmp(findings[i].file, file))
            return true;
    return false;
}

/* Every `from` of a file becomes `to`; the rule must find it there, and not before or after. */
static inline void planted(mcy_lint_rule rule, const char *name, const char *from,
                           const char *to, const char *reported, bool client)
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
        fail_msg("%s: not found after '%s' became '%s' in %s", mcy_lint_rule_name(rule), from,
                 to, name);
}

#endif
