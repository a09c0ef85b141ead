/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV tables, strictly read and plainly written (RFC 4180, UTF-8). */
#ifndef MCY_CSV_H
#define MCY_CSV_H

#include <stddef.h>

#include "mcy/status.h"
#include "mcy/text.h"

enum { MCY_CSV_MOST_COLUMNS = 64 };

typedef struct mcy_csv_reader mcy_csv_reader;

/* One record as its columns were asked for; lives during the call that hands it over. A field is
 * NULL when its cell is empty and "" when it is written as "". Blanks around a field are gone. */
typedef struct mcy_csv_row {
    size_t line;  /* line of the file on which the record begins */
    size_t count; /* the columns asked for */
    const char *const *fields;
    const size_t *sizes;    /* bytes of each field without its NUL */
    mcy_csv_reader *reader; /* for mcy_csv_refuse */
} mcy_csv_row;

/* What is expected of a file. row is called once a record, in order; it reports what is wrong
 * with mcy_csv_refuse and returns MCY_OK to go on; any other status stops the reading. */
typedef struct mcy_csv_table {
    const char *name;           /* the file in messages */
    const char *const *columns; /* all of them, in the order wanted; the file may differ */
    size_t column_count;        /* 1..MCY_CSV_MOST_COLUMNS */
    mcy_status (*row)(void *context, const mcy_csv_row *row, mcy_error *err);
    void *context;
} mcy_csv_table;

/**
 * Read a CSV file from memory. The first record names the columns: each expected one once, no
 * other, in any order. Every bad record is one line "name:line: ..." of the report: wrong width,
 * bytes that are not UTF-8, control characters, text after a closing quote, a quote never closed,
 * and whatever row refused. Reading goes on after a bad record, so that all are reported.
 *
 * Given:     bytes, size   the whole file; a byte order mark is skipped, lines end \n or \r\n
 *            report        grows by one line a bad record; may already hold other files' lines
 * Returned:  rows handed to table->row, good ones only, until the end
 * Fails:     MCY_E_INPUT   any bad record: the count and the first lines are in err; the caller
 *                          must drop what it took from the file
 *            MCY_E_MEMORY, or the status with which row stopped
 * Checked:   test_csv.c
 */
mcy_status mcy_csv_read(const char *bytes, size_t size, const mcy_csv_table *table,
                        mcy_text *report, mcy_error *err);

/** mcy_csv_read of the file at path; table->name is used in the messages. */
mcy_status mcy_csv_read_file(const char *path, size_t most_bytes, const mcy_csv_table *table,
                             mcy_text *report, mcy_error *err);

/**
 * Refuse a record from inside table->row: adds "name:line: 'column' is 'value': sentence".
 *
 * Given:     column   index among table->columns
 *            format   what was wanted, as in "want a day as YYYY-MM-DD"
 */
void mcy_csv_refuse(const mcy_csv_row *row, size_t column, const char *format, ...)
    MCY_PRINTF(3, 4);

/** Bad records so far, of the file being read. */
size_t mcy_csv_refused(const mcy_csv_row *row);

/** Version of libcsv, as in "3.0.3". */
const char *mcy_csv_library(void);

/* Writing: append fields to a text, then end the row. A field is quoted only when it must be; an
 * empty string is written as an empty cell, a missing number as an empty cell. */
void mcy_csv_add(mcy_text *text, const char *field);
void mcy_csv_add_number(mcy_text *text, double value);
void mcy_csv_add_count(mcy_text *text, long long value);
void mcy_csv_end(mcy_text *text);

#endif
