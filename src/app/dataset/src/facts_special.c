/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files beside the facts: days of results, exchange rates, winners by decision; cells. */
#include "facts_inside.h"

#include <string.h>

#include "mcy/file.h"
#include "mcy/number.h"

bool mcy_facts_is_special(const char *name)
{
    static const char *const openings[] = {"events.csv",
                                           "fx.csv",
                                           "capacity.csv",
                                           "note-claims-",
                                           "market-week-",
                                           "model-releases-",
                                           "sobol-",
                                           "winner-exceptions.csv",
                                           "word-exceptions.csv",
                                           "accepted-findings.csv"};
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (strncmp(name, openings[i], strlen(openings[i])) == 0)
            return true;
    return false;
}

const char *mcy_facts_string(mcy_facts_build *b, const mcy_csv_row *row, size_t column)
{
    const char *text = row->fields[column] ? row->fields[column] : "";
    size_t size = row->fields[column] ? row->sizes[column] : 0;
    /* Neighbouring rows mostly share company, product, metric, unit and source. */
    if (b->last[column] && b->last_size[column] == size &&
        memcmp(b->last[column], text, size) == 0)
        return b->last[column];
    b->last[column] = mcy_intern_take(&b->names, text, size);
    b->last_size[column] = size;
    return b->last[column];
}

bool mcy_cell_number(const mcy_csv_row *row, size_t column, double *value)
{
    const char *text = row->fields[column];
    *value = MCY_MISSING;
    if (!text || mcy_number_parse(text, row->sizes[column], value, NULL) == MCY_OK)
        return true;
    mcy_csv_refuse(row, column, "want a number, with a point and without thousands separators");
    return false;
}

bool mcy_cell_day(const mcy_csv_row *row, size_t column, mcy_day *day)
{
    const char *text = row->fields[column];
    if (text && mcy_day_parse(text, row->sizes[column], day, NULL) == MCY_OK)
        return true;
    mcy_csv_refuse(row, column, "want a day as YYYY-MM-DD");
    return false;
}

bool mcy_cell_period(const mcy_csv_row *row, size_t column, int year_ends_month,
                     mcy_period *period)
{
    const char *text = row->fields[column];
    if (text && mcy_period_parse(text, row->sizes[column], year_ends_month, true, period,
                                 NULL) == MCY_OK)
        return true;
    mcy_csv_refuse(row, column,
                   "want a period such as FY2026Q2, FY2026, 2026Q1, 2026, 2025H1, "
                   "2025M1-M9");
    return false;
}

mcy_status mcy_facts_read_table(mcy_facts_build *b, const char *folder, const char *name,
                                const char *const *columns, size_t column_count,
                                mcy_status (*row)(void *, const mcy_csv_row *, mcy_error *),
                                mcy_error *err)
{
    mcy_csv_table table = {name, columns, column_count, row, b};
    char *path = mcy_path_join(b->arena, folder, name);
    if (!path)
        return mcy_fail_memory(err);
    mcy_file file;
    MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_FACTS, &file, err));
    b->file = name;
    b->lines = 0;
    for (const char *at = file.bytes, *end = at + file.size;
         at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++)
        b->lines++;
    mcy_status status = mcy_csv_read(file.bytes, file.size, &table, b->report, err);
    mcy_file_release(&file);
    return status;
}

enum { E_COMPANY, E_PERIOD, E_EVENT, E_DATE, E_NOTE, E_URL, E_COUNT };

/* A fiscal period is laid on its months later, when the facts have said how the firm's year
 * runs (mcy_facts_index_build). */
static mcy_status take_event(void *context, const mcy_csv_row *row, mcy_error *err)
{
    mcy_facts_build *b = context;
    mcy_event e = {0};
    bool good = mcy_cell_day(row, E_DATE, &e.date);
    good = mcy_cell_period(row, E_PERIOD, MCY_CALENDAR_YEAR, &e.period) && good;
    if (!row->fields[E_COMPANY] || !row->fields[E_EVENT]) {
        mcy_csv_refuse(row, row->fields[E_COMPANY] ? E_EVENT : E_COMPANY, "want a name");
        good = false;
    }
    if (!good || mcy_csv_refused(row))
        return MCY_OK;
    e.company = mcy_facts_string(b, row, E_COMPANY);
    e.event = mcy_facts_string(b, row, E_EVENT);
    e.note = mcy_facts_string(b, row, E_NOTE);
    e.source_url = mcy_facts_string(b, row, E_URL);
    if (!e.company || !e.event || !e.note || !e.source_url)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_arena_grow(b->arena, (void **)&b->events, b->event_count, &b->event_capacity,
                           sizeof e, err));
    b->events[b->event_count++] = e;
    return MCY_OK;
}

enum {
    X_CURRENCY,
    X_PERIOD,
    X_PERIOD_END,
    X_PUBLISHED,
    X_VALUE,
    X_UNIT,
    X_SOURCE,
    X_URL,
    X_COUNT
};

/* "2026-03": the month, counted. */
static bool cell_month(const mcy_csv_row *row, size_t column, int *month)
{
    char day[16] = {0};
    const char *text = row->fields[column];
    mcy_day first = 0;
    if (text && row->sizes[column] == 7) {
        memcpy(day, text, 7);
        memcpy(day + 7, "-01", 3);
        if (mcy_day_parse(day, 10, &first, NULL) == MCY_OK) {
            *month = 12 * (first / 10000) + first / 100 % 100 - 1;
            return true;
        }
    }
    mcy_csv_refuse(row, column, "want a month as YYYY-MM");
    return false;
}

static mcy_status take_fx(void *context, const mcy_csv_row *row, mcy_error *err)
{
    mcy_facts_build *b = context;
    mcy_fx_month x = {0};
    bool good = cell_month(row, X_PERIOD, &x.month);
    good = mcy_cell_day(row, X_PUBLISHED, &x.published) && good;
    good = mcy_cell_number(row, X_VALUE, &x.per_usd) && good;
    if (good && !(x.per_usd > 0.0)) {
        mcy_csv_refuse(row, X_VALUE, "want a rate above 0");
        good = false;
    }
    if (!row->fields[X_CURRENCY]) {
        mcy_csv_refuse(row, X_CURRENCY, "want a currency");
        good = false;
    }
    if (!good || mcy_csv_refused(row))
        return MCY_OK;
    x.currency = mcy_facts_string(b, row, X_CURRENCY);
    if (!x.currency)
        return mcy_fail_memory(err);
    for (size_t i = b->fx_count; i-- > 0;)
        if (b->fx[i].month == x.month && b->fx[i].currency == x.currency) {
            mcy_csv_refuse(row, X_PERIOD, "the month stands there twice");
            return MCY_OK;
        }
    if (b->facts->as_of && x.published > b->facts->as_of)
        return MCY_OK;
    MCY_TRY(
        mcy_arena_grow(b->arena, (void **)&b->fx, b->fx_count, &b->fx_capacity, sizeof x, err));
    b->fx[b->fx_count++] = x;
    return MCY_OK;
}

enum {
    W_COMPANY,
    W_PRODUCT,
    W_METRIC,
    W_TARGET,
    W_BASIS,
    W_PUBLISHED,
    W_VALUE,
    W_LOW,
    W_HIGH,
    W_REASON,
    W_COUNT
};

static mcy_status take_exception(void *context, const mcy_csv_row *row, mcy_error *err)
{
    mcy_facts_build *b = context;
    mcy_winner_exception w = {0};
    bool good = mcy_cell_period(row, W_TARGET, MCY_CALENDAR_YEAR, &w.target);
    good = mcy_cell_day(row, W_PUBLISHED, &w.published) && good;
    good = mcy_cell_number(row, W_VALUE, &w.value) && good;
    good = mcy_cell_number(row, W_LOW, &w.low) && good;
    good = mcy_cell_number(row, W_HIGH, &w.high) && good;
    int basis = row->fields[W_BASIS] ? mcy_basis_of_name(row->fields[W_BASIS]) : 0;
    if (!basis) {
        mcy_csv_refuse(row, W_BASIS, "want a basis");
        good = false;
    }
    if (!row->fields[W_REASON]) {
        mcy_csv_refuse(row, W_REASON, "an exception needs its reason");
        good = false;
    }
    if (!good || mcy_csv_refused(row))
        return MCY_OK;
    w.basis = (mcy_basis)basis;
    w.company = mcy_facts_string(b, row, W_COMPANY);
    w.product = mcy_facts_string(b, row, W_PRODUCT);
    w.metric = mcy_facts_string(b, row, W_METRIC);
    w.reason = mcy_facts_string(b, row, W_REASON);
    if (!w.company || !w.product || !w.metric || !w.reason)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_arena_grow(b->arena, (void **)&b->exceptions, b->exception_count,
                           &b->exception_capacity, sizeof w, err));
    b->exceptions[b->exception_count++] = w;
    return MCY_OK;
}

mcy_status mcy_facts_read_special(mcy_facts_build *b, const char *folder, mcy_error *err)
{
    static const char *const events[E_COUNT] = {"company", "period", "event",
                                                "date",    "note",   "source_url"};
    static const char *const fx[X_COUNT] = {"currency", "period", "period_end", "published",
                                            "value",    "unit",   "source",     "source_url"};
    static const char *const winners[W_COUNT] = {"company", "product",   "metric", "target",
                                                 "basis",   "published", "value",  "low",
                                                 "high",    "reason"};
    MCY_TRY(mcy_facts_read_table(b, folder, "events.csv", events, E_COUNT, take_event, err));
    MCY_TRY(mcy_facts_read_table(b, folder, "fx.csv", fx, X_COUNT, take_fx, err));
    char *path = mcy_path_join(b->arena, folder, "winner-exceptions.csv");
    if (!path)
        return mcy_fail_memory(err);
    if (mcy_file_exists(path))
        MCY_TRY(mcy_facts_read_table(b, folder, "winner-exceptions.csv", winners, W_COUNT,
                                     take_exception, err));
    b->facts->fx = b->fx;
    b->facts->fx_count = b->fx_count;
    return MCY_OK;
}
