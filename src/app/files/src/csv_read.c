/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strict CSV through libcsv, fed line by line: libcsv counts neither lines nor columns. */
#include "mcy/csv.h"

#include <csv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/file.h"
#include "utf8.h"

enum { OPTIONS = CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_EMPTY_IS_NULL };

struct mcy_csv_reader {
    const mcy_csv_table *table;
    mcy_text *report;
    mcy_error *err;
    struct csv_parser parser;
    size_t line;        /* being fed */
    size_t record_line; /* where the record in hand began */
    bool in_record, record_bad, line_bad, headed;
    mcy_status stopped;
    size_t bad;      /* records refused */
    char first[256]; /* the first line reported, for err */
    char *bytes;     /* fields of the record, each with its NUL */
    size_t used, capacity;
    size_t width; /* fields seen in the record */
    size_t offsets[MCY_CSV_MOST_COLUMNS + 1];
    bool empty[MCY_CSV_MOST_COLUMNS + 1];
    size_t slot_of[MCY_CSV_MOST_COLUMNS]; /* column of the file -> column asked for */
    const char *fields[MCY_CSV_MOST_COLUMNS];
    size_t sizes[MCY_CSV_MOST_COLUMNS];
};

static void report_line(mcy_csv_reader *r, size_t line, const char *format, ...)
    MCY_PRINTF(3, 4);

static void report_line(mcy_csv_reader *r, size_t line, const char *format, ...)
{
    mcy_text sentence = {0};
    char words[512];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    mcy_text_print(&sentence, "%s:%zu: %s", r->table->name, line, words);
    if (!r->bad)
        snprintf(r->first, sizeof r->first, "%s", mcy_text_view(&sentence));
    mcy_text_add(r->report, mcy_text_view(&sentence));
    mcy_text_add(r->report, "\n");
    if (sentence.failed)
        r->report->failed = true;
    mcy_text_release(&sentence);
    if (!r->record_bad)
        r->bad++;
    r->record_bad = true;
}

void mcy_csv_refuse(const mcy_csv_row *row, size_t column, const char *format, ...)
{
    char words[400], value[80];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    const char *seen = row->fields[column];
    if (!seen)
        snprintf(value, sizeof value, "is empty");
    else
        snprintf(value, sizeof value, "is '%.*s'", (int)mcy_utf8_fit(seen, 64), seen);
    report_line(row->reader, row->line, "'%s' %s, %s", row->reader->table->columns[column],
                value, words);
}

size_t mcy_csv_refused(const mcy_csv_row *row)
{
    return row->reader->bad;
}

static bool make_room(mcy_csv_reader *r, size_t more)
{
    size_t wider = r->capacity ? r->capacity : 4096;
    while (wider - r->used < more)
        wider *= 2;
    char *moved = wider == r->capacity ? r->bytes : realloc(r->bytes, wider);
    if (!moved) {
        r->stopped = mcy_fail_memory(r->err);
        return false;
    }
    r->bytes = moved;
    r->capacity = wider;
    return true;
}

static void add_field(mcy_csv_reader *r, const char *field, size_t size, bool empty)
{
    if (r->width < MCY_CSV_MOST_COLUMNS && r->stopped == MCY_OK) {
        if (r->capacity - r->used < size + 1 && !make_room(r, size + 1))
            return;
        r->offsets[r->width] = r->used;
        r->empty[r->width] = empty;
        memcpy(r->bytes + r->used, field, size);
        r->bytes[r->used + size] = '\0';
        r->used += size + 1;
        r->offsets[r->width + 1] = r->used;
    }
    r->width++;
}

static void take_field(void *field, size_t size, void *context)
{
    add_field(context, field ? field : "", field ? size : 0, !field);
}

static void check_header(mcy_csv_reader *r)
{
    const mcy_csv_table *t = r->table;
    bool seen[MCY_CSV_MOST_COLUMNS] = {false};
    r->headed = true;
    for (size_t i = 0; i < r->width && i < MCY_CSV_MOST_COLUMNS; i++) {
        const char *name = r->bytes + r->offsets[i];
        size_t slot = 0;
        while (slot < t->column_count && strcmp(name, t->columns[slot]) != 0)
            slot++;
        const char *close = mcy_text_closest(name, t->columns, t->column_count);
        if (slot == t->column_count)
            report_line(r, r->record_line, "column '%.60s' is not known%s%s%s", name,
                        close ? ", did you mean '" : "", close ? close : "", close ? "'" : "");
        else if (seen[slot])
            report_line(r, r->record_line, "column '%s' stands there twice", name);
        else
            seen[slot] = true;
        r->slot_of[i] = slot;
    }
    for (size_t slot = 0; slot < t->column_count; slot++)
        if (!seen[slot])
            report_line(r, r->record_line, "column '%s' is missing", t->columns[slot]);
    if (r->record_bad)
        r->stopped = MCY_E_INPUT; /* without its columns no record has a meaning */
}

static void hand_over(mcy_csv_reader *r)
{
    const mcy_csv_table *t = r->table;
    if (r->width != t->column_count) {
        report_line(r, r->record_line, "has %zu columns, want %zu", r->width, t->column_count);
        return;
    }
    for (size_t i = 0; i < r->width; i++) {
        size_t slot = r->slot_of[i];
        r->fields[slot] = r->empty[i] ? NULL : r->bytes + r->offsets[i];
        r->sizes[slot] = r->offsets[i + 1] - r->offsets[i] - 1;
    }
    mcy_csv_row row = {r->record_line, r->width, r->fields, r->sizes, r};
    if (t->row)
        r->stopped = t->row(t->context, &row, r->err);
}

static void take_record(int end, void *context)
{
    (void)end;
    mcy_csv_reader *r = context;
    if (r->stopped == MCY_OK && !r->record_bad && !r->line_bad) {
        if (!r->headed)
            check_header(r);
        else
            hand_over(r);
    }
    r->width = 0;
    r->used = 0;
    r->in_record = r->record_bad = false;
}

static void drop_record(mcy_csv_reader *r)
{
    csv_free(&r->parser);
    csv_init(&r->parser, OPTIONS);
    csv_set_realloc_func(&r->parser, realloc);
    csv_set_free_func(&r->parser, free);
    r->width = 0;
    r->used = 0;
    r->in_record = r->record_bad = false;
}

static void check_bytes(mcy_csv_reader *r, const char *bytes, size_t size)
{
    if (size && bytes[size - 1] == '\n')
        size--;
    if (size && bytes[size - 1] == '\r')
        size--;
    size_t good = mcy_utf8_plain(bytes, size);
    if (good == size)
        return;
    unsigned char c = (unsigned char)bytes[good];
    r->line_bad =
        true; /* a bare carriage return ends a record inside the line: drop them all */
    if (c < 0x80)
        report_line(r, r->line, "byte %zu is the control character 0x%02x", good + 1, c);
    else
        report_line(r, r->line, "byte %zu, 0x%02x, is not UTF-8", good + 1, c);
}

static bool is_blank(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!strchr(" \t\r\n", bytes[i]) || !bytes[i])
            return false;
    return true;
}

/* A record on one line without a quote, which most are: cut at its commas, blanks around a cell
 * dropped, as libcsv does it byte by byte. */
static void cut_plain(mcy_csv_reader *r, const char *at, const char *end)
{
    for (;;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *last = comma ? comma : end;
        while (at < last && (*at == ' ' || *at == '\t'))
            at++;
        while (at < last && (last[-1] == ' ' || last[-1] == '\t'))
            last--;
        add_field(r, at, (size_t)(last - at), at == last);
        if (!comma)
            break;
        at = comma + 1;
    }
    take_record('\n', r);
}

/* Whether a line that begins a record is one: no quote, and no line end but its own. */
static bool is_plain(const char *bytes, size_t size)
{
    return size && bytes[size - 1] == '\n' && !memchr(bytes, '"', size) &&
           !memchr(bytes, '\r', size - 1 - (size > 1 && bytes[size - 2] == '\r'));
}

/* One physical line, with its line end. */
static void feed(mcy_csv_reader *r, const char *bytes, size_t size)
{
    if (!r->in_record && is_blank(bytes, size))
        return;
    bool begins = !r->in_record;
    if (begins) {
        r->in_record = true;
        r->record_line = r->line;
    }
    r->line_bad = false;
    check_bytes(r, bytes, size);
    if (begins && !r->line_bad && is_plain(bytes, size)) {
        cut_plain(r, bytes, bytes + size - 1 - (size > 1 && bytes[size - 2] == '\r'));
        return;
    }
    if (csv_parse(&r->parser, bytes, size, take_field, take_record, r) == size)
        return;
    if (csv_error(&r->parser) != CSV_EPARSE) {
        r->stopped = mcy_fail_memory(r->err);
        return;
    }
    report_line(r, r->line,
                "a quote stands where none may: quote the whole cell and double "
                "the quotes inside it");
    drop_record(r);
}

/* The last record: without a line end it is still a record; with its quote open it is not. Then
 * the lines after its first are read again, so that their own faults are reported too. */
static bool finish(mcy_csv_reader *r)
{
    if (r->stopped != MCY_OK)
        return true;
    if (csv_fini(&r->parser, take_field, take_record, r) == 0)
        return true;
    if (csv_error(&r->parser) != CSV_EPARSE) {
        r->stopped = mcy_fail_memory(r->err);
        return true;
    }
    report_line(r, r->record_line, "a quote is opened and never closed");
    drop_record(r);
    return false;
}

static void read_lines(mcy_csv_reader *r, const char *bytes, size_t size)
{
    const char *at = bytes, *end = bytes + size, *record = bytes;
    for (;;) {
        while (at < end && r->stopped == MCY_OK) {
            const char *stop = memchr(at, '\n', (size_t)(end - at));
            size_t n = (size_t)((stop ? stop + 1 : end) - at);
            if (!r->in_record)
                record = at;
            r->line++;
            feed(r, at, n);
            at += n;
        }
        if (finish(r))
            return;
        r->line = r->record_line;
        at = memchr(record, '\n', (size_t)(end - record));
        if (!at)
            return;
        at++;
    }
}

mcy_status mcy_csv_read(const char *bytes, size_t size, const mcy_csv_table *table,
                        mcy_text *report, mcy_error *err)
{
    mcy_csv_reader *r = calloc(1, sizeof *r);
    if (!r)
        return mcy_fail_memory(err);
    r->table = table;
    r->report = report;
    r->err = err;
    drop_record(r);
    if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    read_lines(r, bytes, size);
    if (!r->headed && r->stopped == MCY_OK)
        report_line(r, 1, "no header row");
    mcy_status status = r->stopped;
    if (r->bad && (status == MCY_OK || status == MCY_E_INPUT))
        status = MCY_FAIL(err, MCY_E_INPUT,
                          "'%s' has %zu bad row%s, nothing was loaded from "
                          "it: %s",
                          table->name, r->bad, r->bad == 1 ? "" : "s", r->first);
    if (report->failed && status == MCY_E_INPUT)
        status = mcy_fail_memory(err);
    csv_free(&r->parser);
    free(r->bytes);
    free(r);
    return status;
}

mcy_status mcy_csv_read_file(const char *path, size_t most_bytes, const mcy_csv_table *table,
                             mcy_text *report, mcy_error *err)
{
    mcy_file file;
    MCY_TRY(mcy_file_read(path, most_bytes, &file, err));
    mcy_status status = mcy_csv_read(file.bytes, file.size, table, report, err);
    mcy_file_release(&file);
    return status;
}

#define CSV_TEXT(x)          #x
#define CSV_VERSION(a, b, c) CSV_TEXT(a) "." CSV_TEXT(b) "." CSV_TEXT(c)

const char *mcy_csv_library(void)
{
    return CSV_VERSION(CSV_MAJOR, CSV_MINOR, CSV_RELEASE);
}
