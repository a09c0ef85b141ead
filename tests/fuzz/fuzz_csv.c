/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes through the CSV reader: what it takes reads back from what the writer makes of it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { COLUMNS = 3 };

static const char *const columns[COLUMNS] = {"name", "value", "text"};

typedef struct echo {
    mcy_text out;
    size_t rows, last_line;
} echo;

static mcy_status take(void *context, const mcy_csv_row *row, mcy_error *err)
{
    echo *e = context;
    (void)err;
    if (row->count != COLUMNS || row->line <= e->last_line)
        abort();
    e->last_line = row->line;
    for (size_t i = 0; i < COLUMNS; i++) {
        const char *field = row->fields[i] ? row->fields[i] : "";
        if (row->fields[i] && strlen(field) != row->sizes[i])
            abort();
        mcy_csv_add(&e->out, field);
    }
    mcy_csv_end(&e->out);
    e->rows++;
    if (row->fields[1] && row->fields[1][0] == 'x')
        mcy_csv_refuse(row, 1, "want no x");
    return MCY_OK;
}

static mcy_status read_bytes(const char *bytes, size_t size, echo *e, mcy_text *report)
{
    mcy_error err = {0};
    mcy_csv_table table = {"fuzz.csv", columns, COLUMNS, take, e};
    mcy_csv_add(&e->out, columns[0]);
    mcy_csv_add(&e->out, columns[1]);
    mcy_csv_add(&e->out, columns[2]);
    mcy_csv_end(&e->out);
    return mcy_csv_read(bytes, size, &table, report, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    echo first = {0}, second = {0};
    mcy_text report = {0};
    mcy_status status = read_bytes((const char *)bytes, size, &first, &report);
    if ((status == MCY_OK) != !report.size)
        abort(); /* bad rows and the report go together */
    if (status == MCY_OK) {
        if (read_bytes(first.out.bytes, first.out.size, &second, &report) != MCY_OK ||
            second.rows != first.rows || strcmp(first.out.bytes, second.out.bytes) != 0)
            abort();
    }
    mcy_text_release(&first.out);
    mcy_text_release(&second.out);
    mcy_text_release(&report);
    return 0;
}
