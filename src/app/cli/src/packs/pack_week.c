/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the weekly note from files of the week: shares and model releases. */
#include <stdio.h>
#include <string.h>

#include "mcy/csv.h"
#include "mcy/file.h"
#include "mcy/number.h"
#include "pack_names.h"
#include "pack_page.h"

/* What a column of the file holds. */
typedef enum week_cell { CELL_NUMBER, CELL_NAME, CELL_NAMES, CELL_WORDS } week_cell;

typedef struct week_column {
    const char *field; /* heading in the file */
    week_cell cell;
    mcy_table_column column;
} week_column;

enum { MOST_COLUMNS = 16 };

/* A row of the file: words in both languages or a number, a cell a column. */
typedef struct week_row {
    mcy_bilingual *words;
    double *numbers;
} week_row;

typedef struct week_rows {
    pack_maker *pack;
    const week_column *columns;
    size_t column_count;
    week_row *items;
    size_t count, room;
} week_rows;

static mcy_status read_cell(week_rows *rows, week_cell cell, const char *field,
                            mcy_bilingual *words, mcy_error *err)
{
    const char *copy = mcy_arena_copy(rows->pack->arena, field, strlen(field));
    if (!copy)
        return mcy_fail_memory(err);
    if (cell == CELL_NAME)
        return pack_name(rows->pack, copy, words, err);
    if (cell == CELL_NAMES)
        return pack_name_list(rows->pack, copy, words, err);
    return pack_wording(rows->pack, copy, words, err);
}

static mcy_status week_file_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    week_rows *rows = context;
    mcy_arena *arena = rows->pack->arena;
    week_row item = {MCY_TAKE(arena, mcy_bilingual, rows->column_count),
                     MCY_TAKE(arena, double, rows->column_count)};
    if (!item.words || !item.numbers)
        return mcy_fail_memory(err);
    for (size_t c = 0; c < rows->column_count; c++) {
        const char *field = row->fields[c] ? row->fields[c] : "";
        mcy_error reason = {0};
        item.numbers[c] = MCY_MISSING;
        if (rows->columns[c].cell != CELL_NUMBER) {
            mcy_status status =
                read_cell(rows, rows->columns[c].cell, field, &item.words[c], &reason);
            if (status != MCY_OK)
                mcy_csv_refuse(row, c, "%s", reason.text);
        } else if (*field && mcy_number_parse(field, strlen(field), &item.numbers[c], NULL)) {
            mcy_csv_refuse(row, c, "want a number");
        }
    }
    MCY_TRY(mcy_arena_grow(arena, (void **)&rows->items, rows->count, &rows->room,
                           sizeof *rows->items, err));
    rows->items[rows->count++] = item;
    return MCY_OK;
}

static mcy_status read_week(week_rows *rows, const char *file, mcy_error *err)
{
    const char *names[MOST_COLUMNS];
    for (size_t c = 0; c < rows->column_count; c++)
        names[c] = rows->columns[c].field;
    const char *path =
        mcy_arena_print(rows->pack->arena, "%s/scenarios/history/%s", rows->pack->home, file);
    if (!path)
        return mcy_fail_memory(err);
    mcy_csv_table read = {.name = file,
                          .columns = names,
                          .column_count = rows->column_count,
                          .row = week_file_row,
                          .context = rows};
    mcy_text report = {0};
    mcy_status status = mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &read, &report, err);
    mcy_text_release(&report);
    return status;
}

/* The largest first; rows that are alike in the order of the file, those without one last. */
static void sort_rows(week_rows *rows, size_t column)
{
    for (size_t i = 1; i < rows->count; i++) {
        week_row row = rows->items[i];
        size_t k = i;
        for (; k && (rows->items[k - 1].numbers[column] < row.numbers[column] ||
                     (mcy_is_missing(rows->items[k - 1].numbers[column]) &&
                      !mcy_is_missing(row.numbers[column])));
             k--)
            rows->items[k] = rows->items[k - 1];
        rows->items[k] = row;
    }
}

/* Rows whose day, where they have one, is not after the pack's. */
static void keep_released(week_rows *rows, size_t column)
{
    size_t kept = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (strcmp(rows->items[i].words[column].en, rows->pack->as_of) <= 0)
            rows->items[kept++] = rows->items[i];
    rows->count = kept;
}

static mcy_status fill_table(pack_maker *pack, const mcy_table_spec *spec,
                             const week_rows *rows, mcy_table **table, mcy_error *err)
{
    mcy_table_column columns[MOST_COLUMNS];
    for (size_t c = 0; c < rows->column_count; c++)
        columns[c] = rows->columns[c].column;
    *table = mcy_table_create(pack->arena, spec->id, spec->title, columns, rows->column_count);
    if (!*table)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < rows->count; i++) {
        mcy_table_row(*table, false);
        for (size_t c = 0; c < rows->column_count; c++)
            if (rows->columns[c].cell == CELL_NUMBER)
                mcy_table_number(*table, rows->items[i].numbers[c], NULL);
            else
                mcy_table_words(*table, rows->items[i].words[c]);
    }
    return MCY_OK;
}

/* The day at the end of a file's name, "market-week-2026-03-20.csv"; "" when there is none. */
static void day_of_name(const char *file, char day[16])
{
    size_t n = strlen(file);
    const char *at = n > 14 ? file + n - 14 : "";
    *day = '\0';
    if (n > 14 && strspn(at, "0123456789-") == 10)
        snprintf(day, 16, "%.10s", at);
}

static mcy_status file_of(const pack_maker *pack, const mcy_table_spec *spec, const char **file,
                          mcy_error *err)
{
    char day[16];
    if (spec->data_count != 2 || strchr(spec->data[1], '/'))
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' wants a FILE of scenarios/history",
                        spec->data[0]);
    *file = spec->data[1];
    day_of_name(*file, day);
    if (strcmp(day, pack->as_of) > 0)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "'%s' is of %s and the pack of %s: name an earlier file, or take --as-of %s "
            "or later",
            *file, day, pack->as_of, day);
    return MCY_OK;
}

/* market-week FILE: shares of the week, the largest change first. */
mcy_status table_market_week(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                             mcy_error *err)
{
    static const week_column columns[] = {
        {"name_zh", CELL_NAME, {"name", {"公司", "Company"}, true, {0}}},
        {"close_usd",
         CELL_NUMBER,
         {"close_usd", {"收盘价（美元）", "Close (USD)"}, false, {.decimals = 2}}},
        {"week_change_pct",
         CELL_NUMBER,
         {"week_change_pct",
          {"周涨跌幅", "Week"},
          false,
          {.decimals = 2, .signed_plus = true, .unit = "%"}}},
        {"chain_zh", CELL_NAMES, {"chain", {"产业链环节", "Industry chain"}, true, {0}}}};
    week_rows rows = {.pack = pack, .columns = columns, .column_count = 4};
    const char *file = NULL;
    MCY_TRY(file_of(pack, spec, &file, err));
    MCY_TRY(read_week(&rows, file, err));
    sort_rows(&rows, 2);
    MCY_TRY(fill_table(pack, spec, &rows, table, err));
    char day[16];
    day_of_name(file, day);
    if (*day)
        mcy_table_note(*table,
                       (mcy_bilingual){mcy_arena_print(pack->arena, "截至 %s 当周。", day),
                                       mcy_arena_print(pack->arena, "Week to %s.", day)});
    return MCY_OK;
}

/* releases FILE: models released, with parameters, context and prices. */
mcy_status table_releases(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                          mcy_error *err)
{
    static const week_column columns[] = {
        {"vendor", CELL_NAME, {"vendor", {"厂商", "Vendor"}, true, {0}}},
        {"model", CELL_NAME, {"model", {"模型", "Model"}, true, {0}}},
        {"released", CELL_WORDS, {"released", {"发布", "Released"}, true, {0}}},
        {"total_params_bn",
         CELL_NUMBER,
         {"total_params_bn", {"参数（十亿）", "Parameters (bn)"}, false, {.decimals = 0}}},
        {"active_params_bn",
         CELL_NUMBER,
         {"active_params_bn", {"激活（十亿）", "Active (bn)"}, false, {.decimals = 0}}},
        {"context_k_tokens",
         CELL_NUMBER,
         {"context_k_tokens",
          {"上下文（千 token）", "Context (k tokens)"},
          false,
          {.decimals = 0}}},
        {"input_usd_per_m_tokens",
         CELL_NUMBER,
         {"input_usd_per_m_tokens",
          {"输入（美元/百万 token）", "Input (USD/m tokens)"},
          false,
          {.decimals = 2}}},
        {"output_usd_per_m_tokens",
         CELL_NUMBER,
         {"output_usd_per_m_tokens",
          {"输出（美元/百万 token）", "Output (USD/m tokens)"},
          false,
          {.decimals = 2}}},
        {"licence", CELL_WORDS, {"licence", {"许可", "Licence"}, true, {0}}},
        {"note", CELL_WORDS, {"note", {"备注", "Note"}, true, {0}}}};
    week_rows rows = {.pack = pack, .columns = columns, .column_count = 10};
    const char *file = NULL;
    MCY_TRY(file_of(pack, spec, &file, err));
    MCY_TRY(read_week(&rows, file, err));
    keep_released(&rows, 2);
    MCY_TRY(fill_table(pack, spec, &rows, table, err));
    mcy_table_note(*table, (mcy_bilingual){"– 为未公布。", "–: not published."});
    return MCY_OK;
}
