/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables as an analyst prints them, and as programs read them: filled once, printed as text,
 * CSV, tab-separated text, Markdown, HTML or JSON, in Chinese or English. */
#ifndef MCY_TABLE_H
#define MCY_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/display.h"
#include "mcy/status.h"
#include "mcy/text.h"

typedef struct mcy_table_column {
    const char *key;     /* machine name: the heading in CSV and JSON */
    mcy_bilingual name;  /* heading for readers; empty = the key */
    bool text;           /* a column of words: left-aligned, never a number */
    mcy_display display; /* how its numbers are printed for readers */
} mcy_table_column;

typedef struct mcy_table mcy_table;

typedef enum mcy_table_form {
    MCY_TABLE_TEXT,     /* aligned columns for a terminal, CJK counted as two cells */
    MCY_TABLE_CSV,      /* RFC 4180, full precision, keys as headings, empty = missing */
    MCY_TABLE_TSV,      /* as printed, to paste into a sheet */
    MCY_TABLE_MARKDOWN, /* as printed; | escaped */
    MCY_TABLE_HTML,     /* a <table> element, as printed; escaped; numbers carry their id */
    MCY_TABLE_JSON      /* {"id":…,"rows":[{key: value}]}, full precision, null = missing */
} mcy_table_form;

/**
 * An empty table. Columns are copied; their strings are borrowed.
 *
 * Given:     arena    holds the table and all its cells
 *            id       [a-z0-9-]+, file name and JSON id
 *            title    printed above it; may be empty
 * Returned:  the table, or NULL when memory is short
 */
mcy_table *mcy_table_create(mcy_arena *arena, const char *id, mcy_bilingual title,
                            const mcy_table_column *columns, size_t count);

/** Start a row; cells follow from the left. strong = printed bold or set off (totals, heads). */
void mcy_table_row(mcy_table *table, bool strong);

/** A cell of words, copied. en alone serves both languages where zh is NULL. */
void mcy_table_words(mcy_table *table, mcy_bilingual words);
void mcy_table_text(mcy_table *table, const char *words);

/** Words for readers and what stands for them in CSV and JSON: "1Q28E" and "2028Q1". */
void mcy_table_keyed(mcy_table *table, const char *key, mcy_bilingual words);

/** A number, printed by its column's display. id (may be NULL) is the number's id in packs; what is
 *  missing has none. */
void mcy_table_number(mcy_table *table, double value, const char *id);

/** A number printed by its own display instead of its column's. */
void mcy_table_shown(mcy_table *table, double value, const mcy_display *display,
                     const char *id);

/** A line below the table: what the reader must know. */
void mcy_table_note(mcy_table *table, mcy_bilingual note);

const char *mcy_table_id(const mcy_table *table);
mcy_bilingual mcy_table_title(const mcy_table *table);

/**
 * Print the table into text.
 *
 * Fails:     MCY_E_MEMORY   memory was short now or while the cells were added
 *            MCY_E_INPUT    a row with another number of cells than there are columns
 * Checked:   test_table.c
 */
mcy_status mcy_table_print(const mcy_table *table, mcy_table_form form, mcy_language language,
                           mcy_text *text, mcy_error *err);

/* What a reader sees of a table, in one language. */
typedef struct mcy_table_page {
    const char *title;
    size_t rows, columns, notes;
    const char *const *headings; /* [columns] */
    const bool *left;            /* [columns] words, left-aligned; else numbers */
    const char *const *cells;    /* [rows * columns] */
    const bool *strong;          /* [rows] */
    const char *const *note;     /* [notes] */
} mcy_table_page;

/**
 * The words of a table, for whoever lays it out himself.
 *
 * Returned:  *page   in the arena
 * Fails:     as mcy_table_print
 */
mcy_status mcy_table_read(const mcy_table *table, mcy_language language, mcy_arena *arena,
                          mcy_table_page *page, mcy_error *err);

/** Text with &, <, >, " and ' escaped for HTML. */
void mcy_html_escape(mcy_text *text, const char *string);

#endif
