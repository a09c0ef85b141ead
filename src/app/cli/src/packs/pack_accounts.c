/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a firm's accounts: quarters back and ahead, years, and quarters back alone. */
#include <string.h>

#include "mcy/number.h"
#include "pack_book.h"
#include "pack_page.h"
#include "study_of_call.h"

enum { BACK = 8, AHEAD = 8, YEARS_BACK = 4, MOST_PERIODS = 24 };

/* What is laid out: the accounts and the periods of the columns. */
typedef struct account_sheet {
    pack_book book;
    mcy_period periods[MOST_PERIODS];
    size_t count;
    mcy_table *table;
} account_sheet;

static mcy_status open_sheet(pack_maker *pack, const mcy_table_spec *spec, bool run,
                             account_sheet *sheet, mcy_error *err)
{
    *sheet = (account_sheet){.count = 0};
    if (spec->data_count != (run ? 3u : 2u))
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' wants %sFIRM", spec->data[0],
                        run ? "SCENARIO " : "a ");
    return book_open(pack, spec->data[0], run ? spec->data[1] : NULL,
                     spec->data[spec->data_count - 1], &sheet->book, err);
}

static void add_quarters(account_sheet *sheet, int back, int ahead)
{
    for (int i = 1 - back; i <= ahead; i++)
        sheet->periods[sheet->count++] = mcy_period_shift(&sheet->book.last, i);
}

/* The year of the firm that a quarter belongs to. */
static mcy_period year_of(const mcy_period *quarter)
{
    mcy_period year = *quarter;
    year.span = MCY_SPAN_YEAR;
    year.first_month = quarter->first_month - 3 * (quarter->number - 1);
    year.last_month = year.first_month + 11;
    year.number = 0;
    return year;
}

/* Four years before the first that is not over, and those that end within the run. */
static void add_years(account_sheet *sheet)
{
    const pack_book *book = &sheet->book;
    mcy_period year = year_of(&book->last);
    if (!book_is_ahead(book, &year))
        year = mcy_period_shift(&year, 1);
    const mcy_quarter end = book->run->study->base_quarter + book->run->panel->last;
    for (int i = -YEARS_BACK; sheet->count < MOST_PERIODS; i++) {
        mcy_period at = mcy_period_shift(&year, i);
        if (mcy_period_quarter(&at) > end)
            return;
        sheet->periods[sheet->count++] = at;
    }
}

static mcy_status create(account_sheet *sheet, const mcy_table_spec *spec, mcy_table **table,
                         mcy_error *err)
{
    mcy_arena *arena = sheet->book.pack->arena;
    mcy_table_column columns[MOST_PERIODS + 1] = {{"item", {"项目", "Item"}, true, {0}}};
    for (size_t i = 0; i < sheet->count; i++) {
        char key[32];
        mcy_period_format(&sheet->periods[i], key);
        const char *name = mcy_arena_copy(arena, key, strlen(key));
        const char *shown =
            mcy_pack_label(arena, key, book_is_ahead(&sheet->book, &sheet->periods[i]));
        if (!name || !shown)
            return mcy_fail_memory(err);
        columns[i + 1] = (mcy_table_column){name, {shown, shown}, false, {0}};
    }
    sheet->table = *table =
        mcy_table_create(arena, spec->id, spec->title, columns, sheet->count + 1);
    return *table ? MCY_OK : mcy_fail_memory(err);
}

/* How a line's numbers are printed: * after what is inferred. */
static mcy_display display_of(const pack_book *book, book_form form, bool inferred)
{
    mcy_display display = {.brackets = true, .mark = inferred ? "*" : NULL};
    switch (form) {
    case BOOK_MONEY:
        display.decimals = book->won ? 2 : 0;
        break;
    case BOOK_PER_SHARE:
        display.decimals = book->won ? 0 : 2;
        break;
    case BOOK_QOQ:
    case BOOK_YOY:
        display.brackets = false;
        display.signed_plus = true;
        display.decimals = 1;
        display.unit = "%";
        break;
    case BOOK_PERCENT:
        display.brackets = false;
        display.decimals = 1;
        display.unit = "%";
        break;
    default:
        break;
    }
    return display;
}

/* A line, unless nothing of it is known in any column. */
static mcy_status add_line(account_sheet *sheet, const book_line *line, bool *inferred,
                           mcy_error *err)
{
    book_value values[MOST_PERIODS];
    bool known = false;
    for (size_t i = 0; i < sheet->count; i++) {
        MCY_TRY(book_read(&sheet->book, line->key, &sheet->periods[i], &values[i], err));
        known = known || !mcy_is_missing(values[i].value);
    }
    if (!known)
        return MCY_OK;
    mcy_table_row(sheet->table, line->strong);
    mcy_table_words(sheet->table, line->name);
    for (size_t i = 0; i < sheet->count; i++) {
        bool mark = values[i].inferred && !mcy_is_missing(values[i].value);
        mcy_display display = display_of(&sheet->book, line->form, mark);
        mcy_table_shown(sheet->table, values[i].value, &display, values[i].id);
        *inferred = *inferred || mark;
    }
    return MCY_OK;
}

/* "at 1,464 KRW per USD", of the first and the last quarter where it moves. */
static mcy_status note_rate(account_sheet *sheet, mcy_error *err)
{
    const pack_book *book = &sheet->book;
    double first, last;
    int from = 1, to = book->run->panel->last;
    mcy_display whole = {.decimals = 0};
    char low[MCY_DISPLAY_TEXT], high[MCY_DISPLAY_TEXT];
    MCY_TRY(mcy_pack_run_value(book->run, "fx", 1, &from, &first, err));
    MCY_TRY(mcy_pack_run_value(book->run, "fx", 1, &to, &last, err));
    mcy_display_print(first, &whole, low);
    mcy_display_print(last, &whole, high);
    const bool moves = strcmp(low, high) != 0;
    const char *rate = moves ? mcy_arena_print(book->pack->arena, "%s–%s", low, high) : low;
    mcy_bilingual note = {
        rate ? mcy_arena_print(book->pack->arena,
                               "情景以美元测算，按情景自身汇率（%s 韩元/美元）折算为韩元。",
                               rate)
             : NULL,
        rate ? mcy_arena_print(
                   book->pack->arena,
                   "The run is in USD, turned into KRW at its own rate (%s a dollar).", rate)
             : NULL};
    if (!note.zh || !note.en)
        return mcy_fail_memory(err);
    mcy_table_note(sheet->table, note);
    return MCY_OK;
}

/* Where the last quarter's gross margin was not published, what the scenario takes for it. */
static mcy_status note_margin(account_sheet *sheet, mcy_error *err)
{
    pack_book *book = &sheet->book;
    book_value published;
    double taken;
    int base = 0;
    char text[MCY_DISPLAY_TEXT], quarter[32];
    mcy_display percent = {.decimals = 1, .unit = "%"};
    MCY_TRY(book_read(book, "gross_margin", &book->last, &published, err));
    if (!mcy_is_missing(published.value))
        return MCY_OK;
    const char *path = mcy_arena_print(book->pack->arena, "gross_margin.%s", book->firm);
    if (!path)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_pack_run_value(book->run, path, 1, &base, &taken, err));
    mcy_display_print(100 * taken, &percent, text);
    mcy_quarter_label(book->run->study->base_quarter, false, quarter);
    mcy_bilingual note = {
        mcy_arena_print(book->pack->arena, "%s 毛利率未公布，情景取 %s（IFRS，判断）为起点。",
                        quarter, text),
        mcy_arena_print(book->pack->arena,
                        "The gross margin of %s was not published; the scenario starts from %s "
                        "(IFRS, a judgement).",
                        quarter, text)};
    if (!note.zh || !note.en)
        return mcy_fail_memory(err);
    mcy_table_note(sheet->table, note);
    return MCY_OK;
}

/* A quarter was reported beyond the one the run starts from: the two need not join. */
static mcy_status note_joint(account_sheet *sheet, mcy_error *err)
{
    const pack_book *book = &sheet->book;
    char last[32], base[32];
    if (mcy_period_quarter(&book->last) <= book->run->study->base_quarter)
        return MCY_OK;
    mcy_period_label(&book->last, false, last);
    mcy_quarter_label(book->run->study->base_quarter, false, base);
    mcy_bilingual note = {
        mcy_arena_print(book->pack->arena, "情景以 %s 为起点，早于已公布的 %s，两者未必衔接。",
                        base, last),
        mcy_arena_print(book->pack->arena,
                        "The run starts from %s, before %s, which is reported: the two need "
                        "not join.",
                        base, last)};
    if (!note.zh || !note.en)
        return mcy_fail_memory(err);
    mcy_table_note(sheet->table, note);
    return MCY_OK;
}

static mcy_status close_sheet(account_sheet *sheet, bool inferred, mcy_error *err)
{
    pack_book *book = &sheet->book;
    mcy_bilingual source;
    for (size_t i = 0; i < book->note_count; i++)
        mcy_table_note(sheet->table, book->notes[i]);
    if (book->run) {
        if (book->won)
            MCY_TRY(note_rate(sheet, err));
        MCY_TRY(note_margin(sheet, err));
        MCY_TRY(note_joint(sheet, err));
        mcy_table_note(sheet->table, (mcy_bilingual){"E 为情景测算，非盈利预测。",
                                                     "E: run of the scenario, not an earnings "
                                                     "forecast."});
    }
    if (inferred)
        mcy_table_note(
            sheet->table,
            (mcy_bilingual){"带 * 者为推算，非公司披露；– 为未公布或模型不计算；括号内为负数；"
                            "公布数经四舍五入，合计可能不等。",
                            "Marked *: inferred, not reported. – not published, or not "
                            "computed by the model. Negative numbers in brackets. "
                            "Published numbers are rounded and may not add."});
    MCY_TRY(mcy_pack_sources(book->pack, book->used_house, &book->run, book->run ? 1 : 0,
                             &source, err));
    mcy_table_note(sheet->table, source);
    return MCY_OK;
}

static mcy_status fill(account_sheet *sheet, const mcy_table_spec *spec, mcy_table **table,
                       mcy_error *err)
{
    bool inferred = false;
    MCY_TRY(create(sheet, spec, table, err));
    for (size_t i = 0; i < sheet->book.count; i++)
        if (sheet->book.lines[i].name.en)
            MCY_TRY(add_line(sheet, &sheet->book.lines[i], &inferred, err));
    return close_sheet(sheet, inferred, err);
}

/* accounts SCENARIO FIRM: eight quarters back as published, eight ahead of the run. */
mcy_status table_accounts(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                          mcy_error *err)
{
    account_sheet sheet;
    MCY_TRY(open_sheet(pack, spec, true, &sheet, err));
    add_quarters(&sheet, BACK, AHEAD);
    return fill(&sheet, spec, table, err);
}

/* accounts-years SCENARIO FIRM: four years back, the one that runs, and those ahead. */
mcy_status table_accounts_years(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                                mcy_error *err)
{
    account_sheet sheet;
    MCY_TRY(open_sheet(pack, spec, true, &sheet, err));
    add_years(&sheet);
    return fill(&sheet, spec, table, err);
}

/* quarters FIRM: eight quarters back from the facts. */
mcy_status table_quarters(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                          mcy_error *err)
{
    account_sheet sheet;
    MCY_TRY(open_sheet(pack, spec, false, &sheet, err));
    add_quarters(&sheet, BACK, 0);
    return fill(&sheet, spec, table, err);
}
