/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint of a pack: its figures' tables, trace and files. */
#include "mcy/lint.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lint_parts.h"
#include "mcy/csv.h"
#include "mcy/number.h"

static const char *const rule_words[] = {
#define X(name, word, wants) word,
    MCY_LINT_LIST(X)
#undef X
};

static const char *const rule_wants[] = {
#define X(name, word, wants) wants,
    MCY_LINT_LIST(X)
#undef X
};

const char *mcy_lint_rule_name(mcy_lint_rule rule)
{
    return rule_words[rule];
}

const char *mcy_lint_rule_wants(mcy_lint_rule rule)
{
    return rule_wants[rule];
}

void lint_add(lint_run *run, mcy_lint_rule rule, const char *file, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (mcy_arena_grow(run->arena, (void **)&run->findings, run->count, &run->room,
                       sizeof *run->findings, NULL) != MCY_OK) {
        run->status = MCY_E_MEMORY;
        return;
    }
    mcy_lint_finding *finding = &run->findings[run->count++];
    *finding = (mcy_lint_finding){rule, mcy_arena_copy(run->arena, file, strlen(file)),
                                  mcy_arena_copy(run->arena, text, strlen(text))};
    if (!finding->file || !finding->what)
        run->status = MCY_E_MEMORY;
}

bool lint_read(lint_run *run, const char *stem, const char *language, const char *ending,
               mcy_file *file, char name[192])
{
    snprintf(name, 192, "%s.%s.%s", stem, language, ending);
    const char *path = mcy_path_join(run->arena, run->folder, name);
    if (path && mcy_file_read(path, MCY_FILE_MOST_TEXT, file, NULL) == MCY_OK)
        return true;
    if (strcmp(ending, "svg"))
        lint_add(run, MCY_LINT_LANGUAGES, name, "is not there");
    return false;
}

/* The as-of day of the manifest; 0 without one. */
static mcy_day pack_day(lint_run *run)
{
    mcy_file file = {0};
    mcy_day day = 0;
    const char *path = mcy_path_join(run->arena, run->folder, "manifest.json");
    if (!path || mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, NULL) != MCY_OK)
        return 0;
    const char *at = strstr(file.bytes, "\"as_of\": \"");
    if (at)
        mcy_day_parse(at + 10, strcspn(at + 10, "\""), &day, NULL);
    mcy_file_release(&file);
    return day;
}

static void lint_figures(lint_run *run)
{
    for (size_t i = 0; i < run->figure_count; i++) {
        lint_figure *figure = &run->figures[i];
        char name[160];
        snprintf(name, sizeof name, "%s.csv", figure->stem);
        if (figure->number != (int)i + 1)
            lint_add(run, MCY_LINT_NUMBERING, name, "figure %d stands in place %zu",
                     figure->number, i + 1);
        for (size_t s = 0; s < figure->series_count; s++)
            if (!figure->series[s].numbers)
                lint_add(run, MCY_LINT_EMPTY, name, "'%s' has no number",
                         figure->series[s].names[MCY_EN]);
        if (figure->facts && !figure->rhythms)
            lint_add(run, MCY_LINT_STALE, name,
                     "facts, and no rhythm of their series in trace.csv");
        if (figure->facts && figure->facts == figure->low_facts)
            lint_add(run, MCY_LINT_CONFIDENCE, name, "all its %zu facts are of low confidence",
                     figure->facts);
        lint_scripts(run, figure); /* says what kind it is */
        for (int l = 0; l < MCY_LANGUAGES; l++)
            if (run->languages[l])
                lint_picture(run, figure, (mcy_language)l);
        lint_numbers(run, figure);
    }
}

/* ---- all files ----------------------------------------------------------------------------- */

bool lint_ends(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n > m && !strcmp(name + n - m, ending);
}

static void lint_size(lint_run *run, const char *name, size_t size)
{
    size_t most = lint_ends(name, ".pdf") ? 20u << 20 : 4u << 20;
    if (!size)
        lint_add(run, MCY_LINT_SIZE, name, "is empty");
    else if (size > most)
        lint_add(run, MCY_LINT_SIZE, name, "%zu bytes, at most %zu", size, most);
}

static mcy_status lint_files(lint_run *run, const char *const *names, size_t count,
                             mcy_error *err)
{
    for (size_t i = 0; i < count; i++) {
        mcy_file file = {0};
        const char *path = mcy_path_join(run->arena, run->folder, names[i]);
        if (!path)
            return mcy_fail_memory(err);
        MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_FACTS, &file, err));
        lint_size(run, names[i], file.size);
        if (run->client)
            lint_client(run, names[i], file.bytes, file.size);
        if (lint_ends(names[i], ".html"))
            lint_page(run, names[i], file.bytes);
        if (lint_ends(names[i], ".tsv"))
            lint_sheet(run, names[i], file.bytes);
        mcy_file_release(&file);
        if (lint_ends(names[i], ".pdf"))
            lint_pdf_file(run, names[i], path);
    }
    return MCY_OK;
}

/* Languages of the pack: those any figure's script has. */
static void find_languages(lint_run *run, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (isdigit((unsigned char)names[i][0])) {
            run->languages[MCY_ZH] = run->languages[MCY_ZH] || lint_ends(names[i], ".zh.gp");
            run->languages[MCY_EN] = run->languages[MCY_EN] || lint_ends(names[i], ".en.gp");
        }
}

/* "03-dram-bits.csv" */
static bool is_figure(const char *name)
{
    size_t digits = strspn(name, "0123456789");
    return digits && digits < 6 && name[digits] == '-' && lint_ends(name + digits + 1, ".csv");
}

static mcy_status lint_all(lint_run *run, mcy_error *err)
{
    const char *const *names = NULL;
    size_t name_count = 0;
    if (mcy_folder_exists(run->folder))
        MCY_TRY(mcy_folder_list(run->arena, run->folder, "", &names, &name_count, err));
    for (size_t i = 0; i < name_count; i++)
        if (is_figure(names[i]))
            MCY_TRY(lint_figure_read(run, names[i], err));
    if (!run->figure_count)
        return MCY_FAIL(
            err, MCY_E_MISSING,
            "no pack in '%s': 'memcycle charts quarterly -o pack' draws one into pack",
            run->folder);
    find_languages(run, names, name_count);
    if (run->languages[MCY_ZH] != run->languages[MCY_EN])
        lint_add(run, MCY_LINT_LANGUAGES, "index.md", "drawn in one language alone");
    run->day = pack_day(run);
    MCY_TRY(lint_trace_read(run, err));
    lint_figures(run);
    for (size_t i = 0; i < run->part_count; i++)
        if (run->parts[i].facts == run->parts[i].low_facts)
            lint_add(run, MCY_LINT_CONFIDENCE, run->parts[i].id,
                     "all its %zu facts are of low confidence", run->parts[i].facts);
    if (run->client)
        lint_client_folder(run);
    MCY_TRY(lint_files(run, names, name_count, err));
    lint_languages(run);
    return MCY_OK;
}

mcy_status mcy_pack_lint(mcy_arena *arena, const char *folder, bool client,
                         const mcy_lint_finding **findings, size_t *count, mcy_error *err)
{
    lint_run run = {.arena = arena, .folder = folder, .client = client, .status = MCY_OK};
    (void)mcy_measurer_create(&run.measurer, NULL); /* NULL: widths are estimated */
    mcy_status status = lint_all(&run, err);
    mcy_measurer_destroy(run.measurer);
    MCY_TRY(status);
    if (run.status != MCY_OK)
        return mcy_fail_memory(err);
    *findings = run.findings;
    *count = run.count;
    return MCY_OK;
}
