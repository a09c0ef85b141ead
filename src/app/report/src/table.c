/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: cells are kept row by row; each form is one walk over them. */
#include "mcy/number.h"
#include "mcy/table.h"

#include <string.h>

#include "table_print.h"

/* Row after row of cells; a row knows where its cells begin. */
struct mcy_table {
    mcy_arena *arena;
    const char *id;
    mcy_bilingual title;
    mcy_table_column *columns;
    size_t column_count;
    mcy_table_cell *cells;
    size_t cell_count, cell_capacity;
    mcy_table_line *rows;
    size_t row_count, row_capacity;
    mcy_bilingual *notes;
    size_t note_count, note_capacity;
    bool failed;
};

mcy_table *mcy_table_create(mcy_arena *arena, const char *id, mcy_bilingual title,
                            const mcy_table_column *columns, size_t count)
{
    mcy_table *table = MCY_TAKE(arena, mcy_table, 1);
    mcy_table_column *copy = MCY_TAKE(arena, mcy_table_column, count);
    if (!table || !copy)
        return NULL;
    memcpy(copy, columns, count * sizeof *copy);
    *table = (mcy_table){
        .arena = arena, .id = id, .title = title, .columns = copy, .column_count = count};
    return table;
}

void mcy_table_row(mcy_table *table, bool strong)
{
    if (table->failed ||
        mcy_arena_grow(table->arena, (void **)&table->rows, table->row_count,
                       &table->row_capacity, sizeof *table->rows, NULL) != MCY_OK) {
        table->failed = true;
        return;
    }
    table->rows[table->row_count++] = (mcy_table_line){table->cell_count, 0, strong};
}

static void add_cell(mcy_table *table, mcy_table_cell cell)
{
    if (table->failed || !table->row_count ||
        mcy_arena_grow(table->arena, (void **)&table->cells, table->cell_count,
                       &table->cell_capacity, sizeof cell, NULL) != MCY_OK) {
        table->failed = true;
        return;
    }
    table->cells[table->cell_count++] = cell;
    table->rows[table->row_count - 1].count++;
}

static const char *copy_words(mcy_table *table, const char *words)
{
    if (!words)
        return NULL;
    const char *copy = mcy_arena_copy(table->arena, words, strlen(words));
    table->failed = table->failed || !copy;
    return copy;
}

void mcy_table_words(mcy_table *table, mcy_bilingual words)
{
    mcy_bilingual copy = {copy_words(table, words.zh), copy_words(table, words.en)};
    add_cell(table, (mcy_table_cell){.words = copy, .text = true});
}

void mcy_table_keyed(mcy_table *table, const char *key, mcy_bilingual words)
{
    mcy_bilingual copy = {copy_words(table, words.zh), copy_words(table, words.en)};
    add_cell(table,
             (mcy_table_cell){.words = copy, .key = copy_words(table, key), .text = true});
}

void mcy_table_text(mcy_table *table, const char *words)
{
    mcy_table_words(table, (mcy_bilingual){NULL, words ? words : ""});
}

void mcy_table_number(mcy_table *table, double value, const char *id)
{
    mcy_table_shown(table, value, NULL, id);
}

void mcy_table_shown(mcy_table *table, double value, const mcy_display *display, const char *id)
{
    size_t column = table->row_count ? table->rows[table->row_count - 1].count : 0;
    mcy_table_cell cell = {.value = value,
                           .id = mcy_is_missing(value) ? NULL : copy_words(table, id)};
    if (display)
        cell.display = *display;
    else if (column < table->column_count)
        cell.display = table->columns[column].display;
    add_cell(table, cell);
}

void mcy_table_note(mcy_table *table, mcy_bilingual note)
{
    if (table->failed || mcy_arena_grow(table->arena, (void **)&table->notes, table->note_count,
                                        &table->note_capacity, sizeof note, NULL) != MCY_OK) {
        table->failed = true;
        return;
    }
    table->notes[table->note_count++] =
        (mcy_bilingual){copy_words(table, note.zh), copy_words(table, note.en)};
}

const char *mcy_table_id(const mcy_table *table)
{
    return table->id;
}

mcy_bilingual mcy_table_title(const mcy_table *table)
{
    return table->title;
}

/* The table as its printers see it, when it is whole. */
static mcy_status view_of(const mcy_table *table, mcy_language language, mcy_table_view *view,
                          mcy_error *err)
{
    if (table->failed)
        return mcy_fail_memory(err);
    for (size_t r = 0; r < table->row_count; r++)
        if (table->rows[r].count != table->column_count)
            return MCY_FAIL(err, MCY_E_INPUT, "table '%s': row %zu has %zu cells, not %zu",
                            table->id, r + 1, table->rows[r].count, table->column_count);
    size_t *widths = MCY_TAKE(table->arena, size_t, table->column_count);
    if (!widths)
        return mcy_fail_memory(err);
    *view = (mcy_table_view){
        table->id,   table->title,     table->columns, table->column_count, table->cells,
        table->rows, table->row_count, table->notes,   table->note_count,   language,
        widths};
    return MCY_OK;
}

mcy_status mcy_table_print(const mcy_table *table, mcy_table_form form, mcy_language language,
                           mcy_text *text, mcy_error *err)
{
    mcy_table_view view;
    MCY_TRY(view_of(table, language, &view, err));
    mcy_table_printers[form](&view, text);
    return mcy_text_status(text, err);
}

mcy_status mcy_table_read(const mcy_table *table, mcy_language language, mcy_arena *arena,
                          mcy_table_page *page, mcy_error *err)
{
    mcy_table_view view;
    MCY_TRY(view_of(table, language, &view, err));
    return mcy_table_lay(&view, arena, page, err);
}
