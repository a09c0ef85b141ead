/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readers of the small tables: each row's cells judged, texts copied into the arena. */
#include "mcy/records.h"

#include <string.h>

#include "facts_inside.h"
#include "mcy/file.h"
#include "mcy/number.h"

/* What a table is read into; as large as its rows need. */
typedef struct record_list {
    mcy_arena *arena;
    const char *name;
    mcy_day as_of;
    void *items;
    size_t count, capacity;
} record_list;

static bool text_cell(record_list *list, const mcy_csv_row *row, size_t column,
                      const char **text)
{
    const char *field = row->fields[column] ? row->fields[column] : "";
    *text = mcy_arena_copy(list->arena, field, strlen(field));
    return *text != NULL;
}

static bool need(const mcy_csv_row *row, size_t column)
{
    if (!row->fields[column])
        mcy_csv_refuse(row, column, "want a text");
    return row->fields[column] != NULL;
}

/* A day, or the last one of a month or a year where no more was printed: a row must not be
 * known too early. */
static bool day_at_latest(const mcy_csv_row *row, size_t column, mcy_day *day)
{
    char text[16] = {0};
    size_t n = row->fields[column] ? row->sizes[column] : 0;
    if (n == 4 || n == 7) {
        memcpy(text, row->fields[column], n);
        memcpy(text + n, n == 4 ? "-12-31" : "-01", n == 4 ? 6 : 3);
        if (mcy_day_parse(text, 10, day, NULL) == MCY_OK) {
            *day += n == 7 ? mcy_days_in_month(*day / 10000, *day / 100 % 100) - 1 : 0;
            return true;
        }
    }
    return mcy_cell_day(row, column, day);
}

static mcy_status read_table(record_list *list, const char *path, const char *const *columns,
                             size_t column_count,
                             mcy_status (*row)(void *, const mcy_csv_row *, mcy_error *),
                             mcy_text *report, mcy_error *err)
{
    list->name = mcy_path_name(path);
    mcy_csv_table table = {list->name, columns, column_count, row, list};
    return mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &table, report, err);
}

enum {
    C_KIND,
    C_COMPANY,
    C_SITE,
    C_PRODUCT,
    C_METRIC,
    C_FROM,
    C_TO,
    C_DATE,
    C_PRECISION,
    C_STATUS,
    C_VALUE,
    C_LOW,
    C_HIGH,
    C_UNIT,
    C_TEXT,
    C_PUBLISHED,
    C_SOURCE,
    C_URL,
    C_CONFIDENCE,
    C_COUNT
};

static mcy_status take_capacity(void *context, const mcy_csv_row *row, mcy_error *err)
{
    record_list *list = context;
    mcy_capacity_row r = {0};
    bool good = need(row, C_KIND);
    good = need(row, C_SOURCE) && good;
    good = mcy_cell_number(row, C_VALUE, &r.value) && good;
    good = mcy_cell_number(row, C_LOW, &r.low) && good;
    good = mcy_cell_number(row, C_HIGH, &r.high) && good;
    good = (!row->fields[C_PUBLISHED] || day_at_latest(row, C_PUBLISHED, &r.published)) && good;
    if (good && r.low > r.high) {
        mcy_csv_refuse(row, C_LOW, "want at most high");
        good = false;
    }
    bool known = !list->as_of || (r.published && r.published <= list->as_of);
    if (!good || mcy_csv_refused(row) || !known)
        return MCY_OK;
    const struct {
        size_t column;
        const char **text;
    } texts[] = {
        {C_KIND, &r.kind},       {C_COMPANY, &r.company}, {C_SITE, &r.site},
        {C_PRODUCT, &r.product}, {C_METRIC, &r.metric},   {C_FROM, &r.from_event},
        {C_TO, &r.to_event},     {C_DATE, &r.date},       {C_PRECISION, &r.date_precision},
        {C_STATUS, &r.status},   {C_UNIT, &r.unit},       {C_TEXT, &r.text},
        {C_SOURCE, &r.source},   {C_URL, &r.source_url},  {C_CONFIDENCE, &r.confidence}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!text_cell(list, row, texts[i].column, texts[i].text))
            return mcy_fail_memory(err);
    r.id = mcy_arena_print(list->arena, "%s:%zu", list->name, row->line);
    if (!r.id)
        return mcy_fail_memory(err);
    MCY_TRY(
        mcy_arena_grow(list->arena, &list->items, list->count, &list->capacity, sizeof r, err));
    ((mcy_capacity_row *)list->items)[list->count++] = r;
    return MCY_OK;
}

mcy_status mcy_capacity_read(mcy_arena *arena, const char *path, mcy_day as_of,
                             mcy_text *report, const mcy_capacity_row **rows, size_t *count,
                             mcy_error *err)
{
    static const char *const columns[C_COUNT] = {
        "kind",       "company",     "site",       "product",        "metric",
        "from_event", "to_event",    "date",       "date_precision", "status",
        "value",      "low",         "high",       "unit",           "text",
        "published",  "source_name", "source_url", "confidence"};
    record_list list = {.arena = arena, .as_of = as_of};
    MCY_TRY(read_table(&list, path, columns, C_COUNT, take_capacity, report, err));
    *rows = list.items;
    *count = list.count;
    return MCY_OK;
}

enum { M_NAME, M_CLOSE, M_CHANGE, M_CHAIN, M_COUNT };

static mcy_status take_week(void *context, const mcy_csv_row *row, mcy_error *err)
{
    record_list *list = context;
    mcy_market_week_row r = {0};
    bool good = need(row, M_NAME);
    good = mcy_cell_number(row, M_CLOSE, &r.close_usd) && good;
    good = mcy_cell_number(row, M_CHANGE, &r.week_change_pct) && good;
    if (good && !(r.close_usd > 0.0)) {
        mcy_csv_refuse(row, M_CLOSE, "want a price above 0");
        good = false;
    }
    if (good && (mcy_is_missing(r.week_change_pct) || r.week_change_pct <= -100.0)) {
        mcy_csv_refuse(row, M_CHANGE, "want a change above -100 %%");
        good = false;
    }
    if (!good || mcy_csv_refused(row))
        return MCY_OK;
    if (!text_cell(list, row, M_NAME, &r.name_zh) ||
        !text_cell(list, row, M_CHAIN, &r.chain_zh))
        return mcy_fail_memory(err);
    MCY_TRY(
        mcy_arena_grow(list->arena, &list->items, list->count, &list->capacity, sizeof r, err));
    ((mcy_market_week_row *)list->items)[list->count++] = r;
    return MCY_OK;
}

mcy_status mcy_market_week_read(mcy_arena *arena, const char *path, mcy_text *report,
                                const mcy_market_week_row **rows, size_t *count, mcy_error *err)
{
    static const char *const columns[M_COUNT] = {"name_zh", "close_usd", "week_change_pct",
                                                 "chain_zh"};
    record_list list = {.arena = arena};
    MCY_TRY(read_table(&list, path, columns, M_COUNT, take_week, report, err));
    *rows = list.items;
    *count = list.count;
    return MCY_OK;
}

enum {
    R_VENDOR,
    R_MODEL,
    R_RELEASED,
    R_TOTAL,
    R_ACTIVE,
    R_CONTEXT,
    R_INPUT,
    R_OUTPUT,
    R_LICENCE,
    R_NOTE,
    R_COUNT
};

static mcy_status take_release(void *context, const mcy_csv_row *row, mcy_error *err)
{
    record_list *list = context;
    mcy_model_release r = {0};
    const struct {
        size_t column;
        double *value;
    } numbers[] = {{R_TOTAL, &r.total_params_bn},
                   {R_ACTIVE, &r.active_params_bn},
                   {R_CONTEXT, &r.context_k_tokens},
                   {R_INPUT, &r.input_usd_per_m_tokens},
                   {R_OUTPUT, &r.output_usd_per_m_tokens}};
    bool good = need(row, R_VENDOR);
    good = need(row, R_MODEL) && good;
    good = (!row->fields[R_RELEASED] || mcy_cell_day(row, R_RELEASED, &r.released)) && good;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        bool read = mcy_cell_number(row, numbers[i].column, numbers[i].value);
        if (read && *numbers[i].value < 0.0)
            mcy_csv_refuse(row, numbers[i].column, "want at least 0");
        good = read && !(*numbers[i].value < 0.0) && good;
    }
    if (!good || mcy_csv_refused(row))
        return MCY_OK;
    if (!text_cell(list, row, R_VENDOR, &r.vendor) ||
        !text_cell(list, row, R_MODEL, &r.model) ||
        !text_cell(list, row, R_LICENCE, &r.licence) || !text_cell(list, row, R_NOTE, &r.note))
        return mcy_fail_memory(err);
    MCY_TRY(
        mcy_arena_grow(list->arena, &list->items, list->count, &list->capacity, sizeof r, err));
    ((mcy_model_release *)list->items)[list->count++] = r;
    return MCY_OK;
}

mcy_status mcy_model_releases_read(mcy_arena *arena, const char *path, mcy_text *report,
                                   const mcy_model_release **rows, size_t *count,
                                   mcy_error *err)
{
    static const char *const columns[R_COUNT] = {"vendor",
                                                 "model",
                                                 "released",
                                                 "total_params_bn",
                                                 "active_params_bn",
                                                 "context_k_tokens",
                                                 "input_usd_per_m_tokens",
                                                 "output_usd_per_m_tokens",
                                                 "licence",
                                                 "note"};
    record_list list = {.arena = arena};
    MCY_TRY(read_table(&list, path, columns, R_COUNT, take_release, report, err));
    *rows = list.items;
    *count = list.count;
    return MCY_OK;
}
