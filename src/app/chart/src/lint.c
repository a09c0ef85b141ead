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
#include "mcy/spawn.h"

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

/* ---- the tables of the figures ------------------------------------------------------------- */

typedef struct table_reading {
    lint_run *run;
    lint_figure *figure;
} table_reading;

static mcy_status table_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    table_reading *reading = context;
    lint_figure *figure = reading->figure;
    const char *fields[7];
    for (size_t i = 0; i < 7; i++)
        fields[i] = row->fields[i] ? row->fields[i] : "";
    size_t at = 0;
    while (at < figure->series_count && (strcmp(figure->series[at].id, fields[0]) ||
                                         strcmp(figure->series[at].names[MCY_EN], fields[2])))
        at++;
    if (at == LINT_MOST_SERIES)
        return MCY_OK;
    lint_series *series = &figure->series[at];
    if (at == figure->series_count) {
        mcy_arena *arena = reading->run->arena;
        *series = (lint_series){.id = mcy_arena_copy(arena, fields[0], strlen(fields[0]))};
        for (size_t l = 0; l < MCY_LANGUAGES; l++)
            series->names[l] = mcy_arena_copy(arena, fields[1 + l], strlen(fields[1 + l]));
        if (!series->id || !series->names[0] || !series->names[1])
            return mcy_fail_memory(err);
        figure->series_count++;
    }
    series->numbers += *fields[3] || *fields[4];
    series->inferred = series->inferred || strstr(fields[5], "inferred");
    figure->unit = figure->unit || *fields[6];
    return MCY_OK;
}

static mcy_status read_table(lint_run *run, const char *name, lint_figure *figure,
                             mcy_error *err)
{
    static const char *const columns[] = {"series", "name_zh", "name_en", "value", "low",
                                          "status", "unit",    "figure",  "key",   "label_zh",
                                          "label_en", "x",     "high",    "number"};
    table_reading reading = {run, figure};
    const char *path = mcy_path_join(run->arena, run->folder, name);
    mcy_csv_table table = {.name = name, .columns = columns, .column_count = 14,
                           .row = table_row, .context = &reading};
    mcy_text report = {0};
    if (!path)
        return mcy_fail_memory(err);
    mcy_status status = mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &table, &report, err);
    mcy_text_release(&report);
    return status;
}

static mcy_status add_figure(lint_run *run, const char *name, mcy_error *err)
{
    MCY_TRY(mcy_arena_grow(run->arena, (void **)&run->figures, run->figure_count,
                           &run->figure_room, sizeof *run->figures, err));
    lint_figure *figure = &run->figures[run->figure_count++];
    *figure = (lint_figure){.stem = mcy_arena_copy(run->arena, name, strlen(name) - 4)};
    if (!figure->stem)
        return mcy_fail_memory(err);
    size_t digits = strspn(name, "0123456789");
    figure->id = figure->stem + digits + 1;
    for (size_t i = 0; i < digits; i++)
        figure->number = 10 * figure->number + (name[i] - '0');
    return read_table(run, name, figure, err);
}

/* ---- the trace ----------------------------------------------------------------------------- */

/* "quarterly, stale after 137 days" of a series and the day of its newest row. */
static void lint_rhythm(lint_run *run, lint_figure *figure, const char *series,
                        const char *rhythm, const char *published)
{
    static const char key[] = "stale after ";
    const char *at = rhythm ? strstr(rhythm, key) : NULL;
    double most = 0;
    mcy_day newest = 0;
    figure->rhythms++;
    if (at)
        at += sizeof key - 1;
    if (!at || mcy_number_parse(at, strspn(at, "0123456789"), &most, NULL) != MCY_OK ||
        !published || mcy_day_parse(published, strlen(published), &newest, NULL) != MCY_OK) {
        lint_add(run, MCY_LINT_STALE, "trace.csv", "figure '%s': no rhythm can be read of '%s'",
                 figure->id, series ? series : "");
        return;
    }
    long age = mcy_day_number(run->day) - mcy_day_number(newest);
    if (!run->day || (double)age <= most)
        return;
    char name[160];
    snprintf(name, sizeof name, "%s.csv", figure->stem);
    figure->stale = true;
    lint_add(run, MCY_LINT_STALE, name, "the newest row of %s is %ld days old, at most %g",
             series ? series : "", age, most);
}

static mcy_status trace_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    lint_run *run = context;
    (void)err;
    const char *figure = row->fields[0] ? strchr(row->fields[0], '/') : NULL;
    bool fact = row->fields[1] && !strcmp(row->fields[1], "fact");
    bool rhythm = row->fields[1] && !strcmp(row->fields[1], "rhythm");
    if (!figure || (!fact && !rhythm))
        return MCY_OK;
    for (size_t i = 0; i < run->figure_count; i++) {
        lint_figure *f = &run->figures[i];
        if (strcmp(f->id, figure + 1))
            continue;
        if (rhythm) {
            lint_rhythm(run, f, row->fields[5], row->fields[6], row->fields[2]);
            continue;
        }
        f->facts++;
        f->low_facts += row->fields[3] && !strcmp(row->fields[3], "low");
    }
    return MCY_OK;
}

static mcy_status read_trace(lint_run *run, mcy_error *err)
{
    static const char *const columns[] = {"figure", "kind",  "published", "confidence",
                                          "number", "where", "what",      "source"};
    const char *path = mcy_path_join(run->arena, run->folder, "trace.csv");
    mcy_csv_table table = {.name = "trace.csv", .columns = columns, .column_count = 8,
                           .row = trace_row, .context = run};
    mcy_text report = {0};
    if (!path)
        return mcy_fail_memory(err);
    mcy_status status = mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &table, &report, err);
    mcy_text_release(&report);
    return status;
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
        mcy_day_parse(at + 10, 10, &day, NULL);
    mcy_file_release(&file);
    return day;
}

static void lint_figures(lint_run *run)
{
    for (size_t i = 0; i < run->figure_count; i++) {
        const lint_figure *figure = &run->figures[i];
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
            lint_add(run, MCY_LINT_STALE, name, "facts, and no rhythm of their series in trace.csv");
        if (figure->facts && figure->facts == figure->low_facts)
            lint_add(run, MCY_LINT_CONFIDENCE, name, "all its %zu facts are of low confidence",
                     figure->facts);
        for (int l = 0; l < MCY_LANGUAGES; l++)
            if (run->languages[l])
                lint_picture(run, figure, (mcy_language)l);
        lint_scripts(run, figure);
    }
}

/* ---- all files ----------------------------------------------------------------------------- */

static bool ends(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n > m && !strcmp(name + n - m, ending);
}

static void lint_size(lint_run *run, const char *name, size_t size)
{
    size_t most = ends(name, ".pdf") ? 20u << 20 : 4u << 20;
    if (!size)
        lint_add(run, MCY_LINT_SIZE, name, "is empty");
    else if (size > most)
        lint_add(run, MCY_LINT_SIZE, name, "%zu bytes, at most %zu", size, most);
}

static void lint_private(lint_run *run, const char *name, const char *bytes)
{
    static const char *const marks[] = {"/home/", "/root/", "/Users/", "/tmp/",
                                        "C:\\Users\\", "note-claims", "file://"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(bytes, marks[i]))
            lint_add(run, MCY_LINT_PRIVATE, name, "holds '%s'", marks[i]);
}

/* What clients read names documents, not where a copy of them was found; trace.csv stays in the
 * house and may. */
static void lint_primary(lint_run *run, const char *name, const char *bytes)
{
    static const char *const marks[] = {"(copy", "（copy", "github.com", "repost", "text copy"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strstr(bytes, marks[i]))
            lint_add(run, MCY_LINT_PRIMARY, name, "holds '%s'", marks[i]);
}

/* A font of the PDF that is not embedded, asked of pdffonts. */
static void lint_fonts(lint_run *run, const char *name, const char *path)
{
    const char *arguments[] = {"pdffonts", path, NULL};
    mcy_text out = {0};
    mcy_error why = {0};
    mcy_status status = mcy_spawn(arguments, NULL, NULL, 0, 30, &out, NULL, &why);
    if (status != MCY_OK && strstr(why.text, "No such file")) {
        mcy_text_release(&out);
        return; /* pdffonts is not installed */
    }
    size_t line = 0, fonts = 0;
    for (const char *at = mcy_text_view(&out); *at; line++) {
        size_t n = strcspn(at, "\n");
        char text[256];
        snprintf(text, sizeof text, "%.*s", (int)(n < 250 ? n : 250), at);
        fonts += line >= 2;
        if (line >= 2 && !strstr(text, " yes "))
            lint_add(run, MCY_LINT_FONTS, name, "not embedded: %.80s", text);
        at += n + (at[n] == '\n');
    }
    if (status != MCY_OK || !fonts)
        lint_add(run, MCY_LINT_FONTS, name, "no fonts can be read from it");
    mcy_text_release(&out);
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
        if (run->client && !ends(names[i], ".png") && !ends(names[i], ".pdf"))
            lint_private(run, names[i], file.bytes);
        if (run->client && (ends(names[i], ".svg") || ends(names[i], ".md") ||
                            ends(names[i], ".html")))
            lint_primary(run, names[i], file.bytes);
        mcy_file_release(&file);
        if (ends(names[i], ".pdf"))
            lint_fonts(run, names[i], path);
    }
    return MCY_OK;
}

/* Languages of the pack: those any figure's script has. */
static void find_languages(lint_run *run, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (isdigit((unsigned char)names[i][0])) {
            run->languages[MCY_ZH] = run->languages[MCY_ZH] || ends(names[i], ".zh.gp");
            run->languages[MCY_EN] = run->languages[MCY_EN] || ends(names[i], ".en.gp");
        }
}

mcy_status mcy_pack_lint(mcy_arena *arena, const char *folder, bool client,
                         const mcy_lint_finding **findings, size_t *count, mcy_error *err)
{
    lint_run run = {.arena = arena, .folder = folder, .client = client, .status = MCY_OK};
    const char *const *names;
    size_t name_count;
    MCY_TRY(mcy_folder_list(arena, folder, "", &names, &name_count, err));
    for (size_t i = 0; i < name_count; i++)
        if (isdigit((unsigned char)names[i][0]) && ends(names[i], ".csv"))
            MCY_TRY(add_figure(&run, names[i], err));
    if (!run.figure_count)
        return MCY_FAIL(err, MCY_E_MISSING, "no pack in '%s'", folder);
    find_languages(&run, names, name_count);
    if (run.languages[MCY_ZH] != run.languages[MCY_EN])
        lint_add(&run, MCY_LINT_LANGUAGES, "index.md", "drawn in one language alone");
    run.day = pack_day(&run);
    MCY_TRY(read_trace(&run, err));
    lint_figures(&run);
    MCY_TRY(lint_files(&run, names, name_count, err));
    if (run.status != MCY_OK)
        return mcy_fail_memory(err);
    *findings = run.findings;
    *count = run.count;
    return MCY_OK;
}
