/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a store is of: written, read back, compared. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "store_parts.h"

static const char tables[] =
    "PRAGMA application_id = 1296259415;"
    "PRAGMA user_version = 1;"
    "CREATE TABLE manifest(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE axis(position INTEGER PRIMARY KEY, name TEXT NOT NULL, unit TEXT, base REAL,"
    "  step REAL, detail TEXT);"
    "CREATE TABLE output(position INTEGER PRIMARY KEY, name TEXT NOT NULL, unit TEXT,"
    "  base REAL);"
    "CREATE TABLE failure(run INTEGER PRIMARY KEY, kind TEXT NOT NULL, place INTEGER, value REAL,"
    "  reason TEXT NOT NULL);"
    "CREATE TABLE range(first INTEGER PRIMARY KEY, count INTEGER NOT NULL);"
    "CREATE TABLE node(level INTEGER, place INTEGER, sums BLOB NOT NULL,"
    "  PRIMARY KEY(level, place)) WITHOUT ROWID;"
    "CREATE TABLE cells(output INTEGER PRIMARY KEY, counts BLOB NOT NULL);"
    "CREATE TABLE frame(output INTEGER PRIMARY KEY, centre REAL, low REAL, width REAL);"
    "CREATE TABLE session(session INTEGER PRIMARY KEY, command TEXT, version TEXT, ended TEXT,"
    "  runs INTEGER, seconds REAL);";

_Static_assert(MCY_STORE_APPLICATION == 1296259415 && MCY_STORE_SCHEMA == 1,
               "as in the pragmas");

/* The table of runs has a column for each axis and each output, under its own name. */
static mcy_status create_runs(mcy_store *store, const mcy_store_head *head, mcy_error *err)
{
    sqlite3_str *sql = sqlite3_str_new(store->db);
    sqlite3_str_appendall(sql, "CREATE TABLE run(run INTEGER PRIMARY KEY, failed INTEGER");
    for (size_t i = 0; i < head->axis_count; i++)
        sqlite3_str_appendf(sql, ", \"%w\" REAL", head->axes[i].name);
    for (size_t i = 0; i < head->output_count; i++)
        sqlite3_str_appendf(sql, ", \"%w\" REAL", head->outputs[i].name);
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    if (!text)
        return mcy_fail_memory(err);
    mcy_status status = mcy_store_execute(store, text, err);
    sqlite3_free(text);
    return status;
}

static mcy_status write_fact(mcy_store *store, sqlite3_stmt *insert, const char *name,
                             const char *value, mcy_error *err)
{
    sqlite3_bind_text(insert, 1, name, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert, 2, value, -1, SQLITE_TRANSIENT);
    int code = sqlite3_step(insert);
    sqlite3_reset(insert);
    return code == SQLITE_DONE ? MCY_OK : mcy_store_fail(store, code, err);
}

/* The stamp as lines of the manifest. */
typedef struct stamp_line {
    const char *name;
    uint64_t value;
} stamp_line;

enum { STAMP_LINES = 12 };

static void stamp_lines(const mcy_store_head *head, stamp_line lines[STAMP_LINES])
{
    const mcy_stamp *s = &head->stamp;
    const stamp_line all[STAMP_LINES] = {
        {"design.axes", s->axes},           {"design.points", s->points},
        {"design.width", s->width},         {"design.replicates", s->replicates},
        {"design.levels", s->levels},       {"design.second_order", s->second_order},
        {"design.dependent", s->dependent}, {"design.random", s->random},
        {"design.seed", s->seed},           {"design.chunk", s->chunk},
        {"design.runs", head->runs},        {"design.summary", head->summary}};
    memcpy(lines, all, sizeof all);
}

static mcy_status write_manifest(mcy_store *store, const mcy_store_head *head, mcy_error *err)
{
    sqlite3_stmt *insert = NULL;
    MCY_TRY(mcy_store_prepare(store, "INSERT INTO manifest VALUES(?, ?)", &insert, err));
    stamp_line lines[STAMP_LINES];
    stamp_lines(head, lines);
    mcy_status status =
        write_fact(store, insert, "design.method", mcy_method_name(head->stamp.method), err);
    for (size_t i = 0; status == MCY_OK && i < STAMP_LINES; i++) {
        char text[32];
        snprintf(text, sizeof text, "%" PRIu64, lines[i].value);
        status = write_fact(store, insert, lines[i].name, text, err);
    }
    for (size_t i = 0; status == MCY_OK && i < head->fact_count; i++)
        status = write_fact(store, insert, head->facts[i].name, head->facts[i].value, err);
    sqlite3_finalize(insert);
    return status;
}

static void bind_number(sqlite3_stmt *statement, int place, double value)
{
    if (mcy_is_missing(value))
        sqlite3_bind_null(statement, place);
    else
        sqlite3_bind_double(statement, place, value);
}

static mcy_status write_columns(mcy_store *store, const char *sql, size_t count,
                                const mcy_store_column *columns, bool axes, mcy_error *err)
{
    sqlite3_stmt *insert = NULL;
    MCY_TRY(mcy_store_prepare(store, sql, &insert, err));
    mcy_status status = MCY_OK;
    for (size_t i = 0; status == MCY_OK && i < count; i++) {
        sqlite3_bind_int64(insert, 1, (int64_t)i);
        sqlite3_bind_text(insert, 2, columns[i].name, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(insert, 3, columns[i].unit ? columns[i].unit : "", -1,
                          SQLITE_TRANSIENT);
        bind_number(insert, 4, columns[i].base);
        if (axes) {
            bind_number(insert, 5, columns[i].step);
            sqlite3_bind_text(insert, 6, columns[i].detail ? columns[i].detail : "", -1,
                              SQLITE_TRANSIENT);
        }
        int code = sqlite3_step(insert);
        sqlite3_reset(insert);
        if (code != SQLITE_DONE)
            status = mcy_store_fail(store, code, err);
    }
    sqlite3_finalize(insert);
    return status;
}

mcy_status mcy_store_write_head(mcy_store *store, const mcy_store_head *head, mcy_error *err)
{
    store->axes = head->axis_count;
    store->outputs = head->output_count;
    store->summary = head->summary;
    MCY_TRY(mcy_store_begin(store, err));
    MCY_TRY(mcy_store_execute(store, tables, err));
    MCY_TRY(create_runs(store, head, err));
    MCY_TRY(write_manifest(store, head, err));
    MCY_TRY(write_columns(store, "INSERT INTO axis VALUES(?, ?, ?, ?, ?, ?)", head->axis_count,
                          head->axes, true, err));
    MCY_TRY(write_columns(store, "INSERT INTO output VALUES(?, ?, ?, ?)", head->output_count,
                          head->outputs, false, err));
    MCY_TRY(mcy_store_execute(store, "COMMIT", err));
    store->open_transaction = false;
    return MCY_OK;
}

static const char *copy_text(mcy_arena *arena, sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return mcy_arena_copy(arena, text ? (const char *)text : "",
                          (size_t)sqlite3_column_bytes(statement, column));
}

static double column_number(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL
               ? MCY_MISSING
               : sqlite3_column_double(statement, column);
}

static mcy_status read_columns(mcy_arena *arena, mcy_store *store, const char *table,
                               size_t *count, const mcy_store_column **columns, mcy_error *err)
{
    bool axes = table[0] == 'a';
    int64_t rows = 0;
    sqlite3_stmt *select = NULL;
    MCY_TRY(mcy_store_number(
        store, axes ? "SELECT count(*) FROM axis" : "SELECT count(*) FROM output", &rows, err));
    mcy_store_column *list = MCY_TAKE(arena, mcy_store_column, (size_t)rows);
    if (!list)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_store_prepare(
        store,
        axes ? "SELECT name, unit, base, step, detail FROM axis ORDER BY position"
             : "SELECT name, unit, base FROM output ORDER BY position",
        &select, err));
    *count = 0;
    int code;
    while ((code = sqlite3_step(select)) == SQLITE_ROW && *count < (size_t)rows)
        list[(*count)++] = (mcy_store_column){
            copy_text(arena, select, 0), copy_text(arena, select, 1), column_number(select, 2),
            axes ? column_number(select, 3) : MCY_MISSING,
            axes ? copy_text(arena, select, 4) : ""};
    sqlite3_finalize(select);
    *columns = list;
    return code == SQLITE_DONE ? MCY_OK : mcy_store_fail(store, code, err);
}

static mcy_status take_stamp(mcy_store *store, mcy_store_head *head, const char *name,
                             const char *value, bool *taken, mcy_error *err)
{
    *taken = strncmp(name, "design.", 7) == 0;
    if (!*taken)
        return MCY_OK;
    if (strcmp(name, "design.method") == 0) {
        if (mcy_method_parse(value, &head->stamp.method, NULL))
            return mcy_store_fail(store, SQLITE_CORRUPT, err);
        return MCY_OK;
    }
    uint64_t number = 0;
    if (sscanf(value, "%" SCNu64, &number) != 1)
        return mcy_store_fail(store, SQLITE_CORRUPT, err);
    mcy_stamp *s = &head->stamp;
    const char *word = name + 7;
    size_t *sizes[] = {&s->axes, &s->width, &s->replicates, &s->levels, &s->chunk};
    static const char *const size_names[] = {"axes", "width", "replicates", "levels", "chunk"};
    for (size_t i = 0; i < 5; i++)
        if (strcmp(word, size_names[i]) == 0)
            *sizes[i] = (size_t)number;
    uint64_t *counts[] = {&s->points, &s->seed, &head->runs};
    static const char *const count_names[] = {"points", "seed", "runs"};
    for (size_t i = 0; i < 3; i++)
        if (strcmp(word, count_names[i]) == 0)
            *counts[i] = number;
    bool *flags[] = {&s->second_order, &s->dependent, &s->random, &head->summary};
    static const char *const flag_names[] = {"second_order", "dependent", "random", "summary"};
    for (size_t i = 0; i < 4; i++)
        if (strcmp(word, flag_names[i]) == 0)
            *flags[i] = number != 0;
    return MCY_OK;
}

mcy_status mcy_store_read_head(mcy_arena *arena, mcy_store *store, mcy_store_head **head,
                               mcy_error *err)
{
    int64_t rows = 0;
    sqlite3_stmt *select = NULL;
    mcy_store_head *h = MCY_TAKE(arena, mcy_store_head, 1);
    MCY_TRY(mcy_store_number(store, "SELECT count(*) FROM manifest", &rows, err));
    mcy_store_fact *facts = MCY_TAKE(arena, mcy_store_fact, (size_t)rows);
    if (!h || !facts)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_store_prepare(store, "SELECT name, value FROM manifest ORDER BY name", &select,
                              err));
    int code;
    mcy_status status = MCY_OK;
    while (status == MCY_OK && (code = sqlite3_step(select)) == SQLITE_ROW &&
           h->fact_count < (size_t)rows) {
        mcy_store_fact fact = {copy_text(arena, select, 0), copy_text(arena, select, 1)};
        bool taken = false;
        if (!fact.name || !fact.value)
            status = mcy_fail_memory(err);
        else
            status = take_stamp(store, h, fact.name, fact.value, &taken, err);
        if (!taken)
            facts[h->fact_count++] = fact;
    }
    sqlite3_finalize(select);
    MCY_TRY(status);
    h->facts = facts;
    MCY_TRY(read_columns(arena, store, "axis", &h->axis_count, &h->axes, err));
    MCY_TRY(read_columns(arena, store, "output", &h->output_count, &h->outputs, err));
    if (h->axis_count != h->stamp.axes || h->stamp.width == 0 || h->stamp.chunk == 0 ||
        h->stamp.replicates == 0)
        return mcy_store_fail(store, SQLITE_CORRUPT, err);
    *head = h;
    return MCY_OK;
}

static bool same_number(double a, double b)
{
    return a == b || (mcy_is_missing(a) && mcy_is_missing(b));
}

static mcy_status compare_columns(size_t n, const mcy_store_column *have, size_t wanted,
                                  const mcy_store_column *want, const char *what,
                                  const char *which, mcy_error *err)
{
    if (n != wanted)
        return MCY_FAIL(err, MCY_E_INPUT, "%s has %zu %s, this sweep %zu", which, n,
                        what[0] == 'a' ? "axes" : "outputs", wanted);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(have[i].name, want[i].name) != 0)
            return MCY_FAIL(err, MCY_E_INPUT, "%s has %s '%s' where this sweep has '%s'", which,
                            what, have[i].name, want[i].name);
        if (!same_number(have[i].base, want[i].base))
            return MCY_FAIL(err, MCY_E_INPUT,
                            "%s has %.17g for '%s' of the base, this sweep %.17g", which,
                            have[i].base, have[i].name, want[i].base);
        if (what[0] == 'a' && strcmp(have[i].detail, want[i].detail ? want[i].detail : "") != 0)
            return MCY_FAIL(err, MCY_E_INPUT, "%s draws '%s' from '%s', this sweep from '%s'",
                            which, have[i].name, have[i].detail, want[i].detail);
    }
    return MCY_OK;
}

static const char *fact_value(const mcy_store_head *head, const char *name)
{
    for (size_t i = 0; i < head->fact_count; i++)
        if (strcmp(head->facts[i].name, name) == 0)
            return head->facts[i].value;
    return NULL;
}

mcy_status mcy_store_compare(const mcy_store_head *have, const mcy_store_head *want,
                             const char *which, mcy_error *err)
{
    if (have->stamp.method != want->stamp.method)
        return MCY_FAIL(err, MCY_E_INPUT, "%s was drawn by '%s', this sweep by '%s'", which,
                        mcy_method_name(have->stamp.method),
                        mcy_method_name(want->stamp.method));
    MCY_TRY(compare_columns(have->axis_count, have->axes, want->axis_count, want->axes, "axis",
                            which, err));
    MCY_TRY(compare_columns(have->output_count, have->outputs, want->output_count,
                            want->outputs, "output", which, err));
    stamp_line a[STAMP_LINES], b[STAMP_LINES];
    stamp_lines(have, a);
    stamp_lines(want, b);
    for (size_t i = 0; i < STAMP_LINES; i++)
        if (a[i].value != b[i].value)
            return MCY_FAIL(err, MCY_E_INPUT, "%s has %s %" PRIu64 ", this sweep %" PRIu64,
                            which, a[i].name, a[i].value, b[i].value);
    for (size_t i = 0; i < want->fact_count; i++) {
        const char *value = fact_value(have, want->facts[i].name);
        if (!value || strcmp(value, want->facts[i].value) != 0)
            return MCY_FAIL(err, MCY_E_INPUT, "%s differs in '%s': %.80s there, %.80s here",
                            which, want->facts[i].name, value ? value : "nothing",
                            want->facts[i].value);
    }
    return MCY_OK;
}

const char *mcy_store_library(void)
{
    return sqlite3_libversion();
}
