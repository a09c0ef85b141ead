/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A filled table as its printers see it. */
#ifndef MCY_TABLE_PRINT_H
#define MCY_TABLE_PRINT_H

#include "mcy/table.h"

typedef struct mcy_table_cell {
    mcy_bilingual words;
    const char *key; /* of words: for programs; NULL = the words */
    bool text;
    double value;
    mcy_display display;
    const char *id;
} mcy_table_cell;

typedef struct mcy_table_line {
    size_t first, count; /* cells */
    bool strong;
} mcy_table_line;

typedef struct mcy_table_view {
    const char *id;
    mcy_bilingual title;
    const mcy_table_column *columns;
    size_t column_count;
    const mcy_table_cell *cells;
    const mcy_table_line *rows;
    size_t row_count;
    const mcy_bilingual *notes;
    size_t note_count;
    mcy_language language;
    size_t *widths; /* [column_count] room for the printer that aligns */
} mcy_table_view;

/* By mcy_table_form. */
extern void (*const mcy_table_printers[])(const mcy_table_view *view, mcy_text *text);

/** As mcy_table_read. */
mcy_status mcy_table_lay(const mcy_table_view *view, mcy_arena *arena, mcy_table_page *page,
                         mcy_error *err);

#endif
