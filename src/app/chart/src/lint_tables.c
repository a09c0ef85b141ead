/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lint reads before it judges: the figures' tables and the trace. */
#include <stdio.h>
#include <string.h>

#include "lint_parts.h"
#include "mcy/csv.h"
#include "mcy/number.h"

typedef struct table_reading {
    lint_run *run;
    lint_figure *figure;
} table_reading;

/* A number of a figure, for the pages that print it again; the framed cell of a heat table. */
static mcy_status note_number(table_reading *reading, const char *value, const char *status,
                              const char *id, mcy_error *err)
{
    lint_run *run = reading->run;
    lint_figure *figure = reading->figure;
    lint_number number = {.figure = (size_t)(figure - run->figures)};
    if (mcy_number_parse(value, strlen(value), &number.value, NULL) != MCY_OK)
        return MCY_OK;
    if (strstr(status, "base")) {
        figure->base_cells++;
        figure->base_cell = number.value;
    }
    if (!*id)
        return MCY_OK;
    MCY_TRY(mcy_arena_grow(run->arena, (void **)&run->numbers, run->number_count,
                           &run->number_room, sizeof number, err));
    number.id = mcy_arena_copy(run->arena, id, strlen(id));
    run->numbers[run->number_count++] = number;
    return number.id ? MCY_OK : mcy_fail_memory(err);
}

/* A period whose numbers are all estimates wants its E; a forecast of a period that has been
 * reported since does not. */
static mcy_status note_key(table_reading *reading, const char *key, bool estimate,
                           mcy_error *err)
{
    lint_figure *figure = reading->figure;
    size_t i = 0;
    while (i < figure->key_count && strcmp(figure->keys[i].key, key))
        i++;
    if (i == figure->key_count) {
        mcy_arena *arena = reading->run->arena;
        MCY_TRY(mcy_arena_grow(arena, (void **)&figure->keys, i, &figure->key_room,
                               sizeof *figure->keys, err));
        figure->keys[i] = (lint_key){mcy_arena_copy(arena, key, strlen(key)), true};
        if (!figure->keys[i].key)
            return mcy_fail_memory(err);
        figure->key_count++;
    }
    figure->keys[i].estimate = figure->keys[i].estimate && estimate;
    return MCY_OK;
}

static mcy_status table_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    table_reading *reading = context;
    lint_figure *figure = reading->figure;
    const char *fields[10];
    for (size_t i = 0; i < 10; i++)
        fields[i] = row->fields[i] ? row->fields[i] : "";
    MCY_TRY(note_number(reading, fields[3], fields[5], fields[7], err));
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
    series->numbers += *fields[3] || *fields[4] || *fields[8];
    series->inferred = series->inferred || strstr(fields[5], "inferred");
    figure->unit = figure->unit || *fields[6];
    bool there = *fields[3] || *fields[4];
    if (there)
        MCY_TRY(note_key(reading, fields[9], strstr(fields[5], "estimate") != NULL, err));
    return MCY_OK;
}

/* Read a CSV file of the pack; its bad rows are the reader's sentence. */
static mcy_status read_csv(lint_run *run, mcy_csv_table table, mcy_error *err)
{
    const char *path = mcy_path_join(run->arena, run->folder, table.name);
    mcy_text report = {0};
    if (!path)
        return mcy_fail_memory(err);
    mcy_status status = mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &table, &report, err);
    mcy_text_release(&report);
    return status;
}

static mcy_status read_table(lint_run *run, const char *name, lint_figure *figure,
                             mcy_error *err)
{
    static const char *const columns[] = {"series", "name_zh",  "name_en",  "value", "low",
                                          "status", "unit",     "number",   "high",  "key",
                                          "figure", "label_zh", "label_en", "x"};
    table_reading reading = {run, figure};
    return read_csv(run,
                    (mcy_csv_table){.name = name,
                                    .columns = columns,
                                    .column_count = 14,
                                    .row = table_row,
                                    .context = &reading},
                    err);
}

mcy_status lint_figure_read(lint_run *run, const char *name, mcy_error *err)
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

static mcy_status note_traced(lint_run *run, const char *number, mcy_error *err)
{
    MCY_TRY(mcy_arena_grow(run->arena, (void **)&run->traced, run->traced_count,
                           &run->traced_room, sizeof *run->traced, err));
    const char *copy = mcy_arena_copy(run->arena, number, strlen(number));
    run->traced[run->traced_count++] = copy;
    return copy ? MCY_OK : mcy_fail_memory(err);
}

/* Facts behind tables and texts: those of low confidence counted apart. */
static mcy_status note_part(lint_run *run, const char *part, bool low, mcy_error *err)
{
    size_t i = 0;
    if (strncmp(part, "table-", 6) && strncmp(part, "text-", 5))
        return MCY_OK;
    while (i < run->part_count && strcmp(run->parts[i].id, part))
        i++;
    if (i == run->part_count) {
        MCY_TRY(mcy_arena_grow(run->arena, (void **)&run->parts, i, &run->part_room,
                               sizeof *run->parts, err));
        run->parts[i] = (lint_part){.id = mcy_arena_copy(run->arena, part, strlen(part))};
        if (!run->parts[i].id)
            return mcy_fail_memory(err);
        run->part_count++;
    }
    run->parts[i].facts++;
    run->parts[i].low_facts += low;
    return MCY_OK;
}

static mcy_status trace_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    lint_run *run = context;
    const char *f[8];
    for (size_t i = 0; i < 8; i++)
        f[i] = row->fields[i] ? row->fields[i] : "";
    const char *part = strchr(f[0], '/');
    bool fact = !strcmp(f[1], "fact"), rhythm = !strcmp(f[1], "rhythm"),
         base = !strcmp(f[1], "base");
    if (*f[4])
        MCY_TRY(note_traced(run, f[4], err));
    if (part && fact)
        MCY_TRY(note_part(run, part + 1, !strcmp(f[3], "low"), err));
    for (size_t i = 0; part && i < run->figure_count; i++) {
        lint_figure *figure = &run->figures[i];
        if (strcmp(figure->id, part + 1))
            continue;
        if (rhythm)
            lint_rhythm(run, figure, f[5], f[6], f[2]);
        else if (base)
            figure->based = mcy_number_parse(f[6], strlen(f[6]), &figure->base, NULL) == MCY_OK;
        else
            figure->traced = figure->traced || !*f[4];
        figure->facts += fact;
        figure->low_facts += fact && !strcmp(f[3], "low");
    }
    return MCY_OK;
}

mcy_status lint_trace_read(lint_run *run, mcy_error *err)
{
    static const char *const columns[] = {"figure", "kind",  "published", "confidence",
                                          "number", "where", "what",      "source"};
    return read_csv(run,
                    (mcy_csv_table){.name = "trace.csv",
                                    .columns = columns,
                                    .column_count = 8,
                                    .row = trace_row,
                                    .context = run},
                    err);
}
