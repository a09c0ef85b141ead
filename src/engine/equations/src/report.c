/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Complaints: gathered where they are found, shown in the order of the files. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language.h"

enum { TEXT_MOST = 1000, EXCERPT_MOST = 400, COMPLAINTS_MOST = 500 };

void *take(reader *r, size_t count, size_t size)
{
    void *p = mcy_arena_take(r->arena, count, size);
    if (!p)
        r->failed = true;
    return p;
}

bool grow(reader *r, void **items, size_t count, size_t *capacity, size_t size)
{
    bool done = mcy_arena_grow(r->arena, items, count, capacity, size, NULL) == MCY_OK;
    if (!done)
        r->failed = true;
    return done;
}

static void add_complaint(reader *r, mcy_severity severity, spot at, const char *text)
{
    for (size_t i = 0; i < r->complaint_count; i++) {
        const complaint *c = &r->complaints[i];
        if (c->at.file == at.file && c->at.offset == at.offset && !strcmp(c->text, text))
            return;
    }
    if (r->complaint_count == COMPLAINTS_MOST)
        text = "more than 500 complaints: the rest is not shown";
    if (r->complaint_count > COMPLAINTS_MOST)
        return;
    if (!grow(r, (void **)&r->complaints, r->complaint_count, &r->complaint_capacity,
              sizeof *r->complaints))
        return;
    char *copy = mcy_arena_copy(r->arena, text, strlen(text));
    if (!copy) {
        r->failed = true;
        return;
    }
    r->complaints[r->complaint_count] = (complaint){severity, at, r->complaint_count, copy};
    r->complaint_count++;
    r->error_count += severity == MCY_SEVERITY_ERROR;
}

bool complained_at(const reader *r, spot at, const char *beginning)
{
    for (size_t i = 0; i < r->complaint_count; i++)
        if (r->complaints[i].at.file == at.file && r->complaints[i].at.offset == at.offset &&
            r->complaints[i].severity == MCY_SEVERITY_ERROR &&
            !strncmp(r->complaints[i].text, beginning, strlen(beginning)))
            return true;
    return false;
}

void complain(reader *r, spot at, const char *format, ...)
{
    char text[TEXT_MOST];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    add_complaint(r, MCY_SEVERITY_ERROR, at, text);
}

void warn(reader *r, spot at, const char *format, ...)
{
    char text[TEXT_MOST];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    add_complaint(r, MCY_SEVERITY_WARNING, at, text);
}

const char *did_you_mean(reader *r, const char *text, const char *const *names, size_t count)
{
    const char *closest = strlen(text) > 1 ? mcy_text_closest(text, names, count) : NULL;
    if (!closest)
        return "";
    char *answer = mcy_arena_print(r->arena, ": did you mean '%s'?", closest);
    if (!answer)
        r->failed = true;
    return answer ? answer : "";
}

static int complaint_order(const void *left, const void *right)
{
    const complaint *a = left, *b = right;
    if (a->severity != b->severity)
        return a->severity == MCY_SEVERITY_ERROR ? -1 : 1;
    if (a->at.file != b->at.file)
        return a->at.file->number < b->at.file->number ? -1 : 1;
    if (a->at.offset != b->at.offset)
        return a->at.offset < b->at.offset ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* Characters in bytes of UTF-8: those that do not continue one. */
static size_t characters(const char *bytes, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++)
        n += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return n;
}

static bool show(reader *r, const complaint *c, mcy_diagnostic *d)
{
    const char *bytes = c->at.file->bytes;
    size_t size = c->at.file->size, start = c->at.offset, end = c->at.offset;
    while (start > 0 && bytes[start - 1] != '\n')
        start--;
    while (end < size && bytes[end] != '\n' && bytes[end] != '\r')
        end++;
    size_t width = c->at.size;
    if (width > end - c->at.offset)
        width = end - c->at.offset;
    char *excerpt = mcy_arena_copy(r->arena, bytes + start, end - start);
    if (!excerpt)
        return false;
    for (char *p = excerpt; *p; p++)
        if ((unsigned char)*p < 32 || *p == 127)
            *p = ' ';
    *d = (mcy_diagnostic){.severity = c->severity,
                          .file = c->at.file->name,
                          .line = c->at.line,
                          .column = characters(bytes + start, c->at.offset - start) + 1,
                          .width = characters(bytes + c->at.offset, width),
                          .text = c->text,
                          .excerpt = excerpt};
    if (!d->width)
        d->width = 1;
    return true;
}

mcy_status report_make(reader *r, mcy_report *report, mcy_error *err)
{
    *report = (mcy_report){0};
    mcy_diagnostic *shown = NEW(r, mcy_diagnostic, r->complaint_count);
    if (r->failed)
        return mcy_fail_memory(err);
    if (r->complaint_count)
        qsort(r->complaints, r->complaint_count, sizeof *r->complaints, complaint_order);
    for (size_t i = 0; i < r->complaint_count; i++)
        if (!show(r, &r->complaints[i], &shown[i]))
            return mcy_fail_memory(err);
    report->error_count = r->error_count;
    report->warning_count = r->complaint_count - r->error_count;
    report->diagnostics = shown;
    if (!r->error_count)
        return MCY_OK;
    const mcy_diagnostic *d = &shown[0];
    if (r->error_count == 1)
        return MCY_FAIL(err, MCY_E_INPUT, "%s:%zu:%zu: %s", d->file, d->line, d->column,
                        d->text);
    return MCY_FAIL(err, MCY_E_INPUT, "%s:%zu:%zu: %s (and %zu more error%s)", d->file, d->line,
                    d->column, d->text, r->error_count - 1, r->error_count == 2 ? "" : "s");
}

/* A long line is shown from a little before the place. */
void mcy_diagnostic_print(const mcy_diagnostic *diagnostic, mcy_text *out)
{
    const mcy_diagnostic *d = diagnostic;
    mcy_text_print(out, "%s:%zu:%zu: %s: %s\n", d->file, d->line, d->column,
                   d->severity == MCY_SEVERITY_ERROR ? "error" : "warning", d->text);
    const char *line = d->excerpt;
    size_t skipped = 0;
    if (strlen(line) > EXCERPT_MOST) {
        size_t wanted = d->column > 40 ? d->column - 40 : 0;
        for (; *line && skipped < wanted; skipped++)
            do
                line++;
            while (((unsigned char)*line & 0xC0) == 0x80);
    }
    size_t shown = strlen(line) < EXCERPT_MOST ? strlen(line) : EXCERPT_MOST;
    while (shown < strlen(line) && ((unsigned char)line[shown] & 0xC0) == 0x80)
        shown--;
    mcy_text_print(out, "%6zu | %.*s\n       | ", d->line, (int)shown, line);
    for (size_t i = skipped + 1; i < d->column; i++)
        mcy_text_add(out, " ");
    mcy_text_add(out, "^");
    size_t room = characters(line, shown) + skipped;
    for (size_t i = 1; i < d->width && d->column + i <= room; i++)
        mcy_text_add(out, "~");
    mcy_text_add(out, "\n");
}
