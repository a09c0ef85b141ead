/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as one file of a pack through lint: it reports or refuses, and never reads outside.
 */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mcy/file.h"
#include "mcy/lint.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* fontconfig and GLib keep what they made to the end of the process. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\nleak:libglib\n";
}

/* The first byte of an input says which file of the pack the rest of it is. */
static const char *const names[] = {
    "01-one.csv",    "01-one.zh.svg",    "01-one.en.svg",    "01-one.zh.gp", "01-one.en.gp",
    "trace.csv",     "manifest.json",    "index.md",         "fuzz.zh.html", "fuzz.en.html",
    "table-one.csv", "table-one.zh.tsv", "table-one.en.tsv", "01-one.zh.png"};

static const char *const good[] = {
    "figure,series,name_zh,name_en,key,label_zh,label_en,x,value,low,high,status,unit,number\n"
    "one,a.gross_margin.gaap,甲,A,2026Q1,1Q26,1Q26,,1.5,1,2,inferred,%,a.gross_margin.gaap@"
    "2026Q1\n",
    "<svg><title>t</title><g transform=\"translate(19.40,24.2)\" font-size=\"10\" "
    "text-anchor=\"start\"><text><tspan>图表1：一</tspan></text></g></svg>\n",
    "<svg><title>t</title><g transform=\"translate(19.40,24.2)\" font-size=\"10\" "
    "text-anchor=\"end\"><text>Figure 1: one &amp; (2026-03-20)</text></g></svg>\n",
    "# Over periods\nset yrange [0:3] noextend\nset y2range [0:3] noextend\n$box << EOD\n1 "
    "1.5\nEOD\n",
    "# Over periods\nset yrange [0:3] noextend\n$box << EOD\n1 1.5\nEOD\n",
    "figure,number,kind,where,what,source,published,confidence\n"
    "fuzz/one,a.gross_margin.gaap@2026Q1,fact,a.csv:1,1.5 %,filing,2026-03-01,low\n",
    "{\n  \"as_of\": \"2026-03-20\"\n}\n",
    "# A\n",
    "<html><p>收入 <b data-number=\"a.gross_margin.gaap@2026Q1\">1.5%</b></p></html>\n",
    "<html><p>x <b data-number=\"a.gross_margin.gaap@2026Q1\">1.5%</b></p></html>\n",
    "item,value\nA,1.5\n",
    "项目\t值\n甲\t1.5\n",
    "Item\tValue\nA\t1.5\n",
    "\x89PNG\r\n\x1a\n"};

enum { FILES = sizeof names / sizeof *names };

static char folder[64];

static void put(const char *name, const void *bytes, size_t size)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || close(fd) != 0)
        abort();
}

static void drop_folder(void)
{
    mcy_folder_remove(folder, NULL);
}

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/mcy-fuzz-lint-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    atexit(drop_folder);
    for (size_t i = 0; i < FILES; i++)
        put(names[i], good[i], strlen(good[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (!size)
        return 0;
    if (!*folder)
        make_folder();
    size_t at = bytes[0] % FILES;
    put(names[at], bytes + 1, size - 1);
    mcy_arena *arena = mcy_arena_create();
    const mcy_lint_finding *findings = NULL;
    size_t count = 0;
    mcy_error err = {0};
    mcy_status status = mcy_pack_lint(arena, folder, true, &findings, &count, &err);
    if (status != MCY_OK && !*err.text)
        abort(); /* refused without a sentence */
    for (size_t i = 0; status == MCY_OK && i < count; i++)
        if (!*findings[i].what || !*findings[i].file)
            abort();
    mcy_arena_destroy(arena);
    put(names[at], good[at], strlen(good[at]));
    return 0;
}
