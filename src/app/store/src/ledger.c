/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forecast ledger in SQLite. */
#include "mcy/ledger.h"

#include <stdbool.h>
#include <string.h>

#include <sqlite3.h>

enum { APPLICATION_ID = 0x6d63796c, LAYOUT = 1, BUSY_MS = 5000 };

static const char layout_sql[] =
    "CREATE TABLE forecast (id INTEGER PRIMARY KEY, firm TEXT NOT NULL, origin TEXT NOT NULL,"
    " target TEXT NOT NULL, quantity TEXT NOT NULL, level REAL NOT NULL, value REAL NOT NULL,"
    " data_sha256 TEXT NOT NULL, version TEXT NOT NULL, seed INTEGER NOT NULL,"
    " UNIQUE (firm, origin, target, quantity, level, data_sha256, version, seed));"
    "CREATE TRIGGER never_updated BEFORE UPDATE ON forecast BEGIN"
    " SELECT RAISE(ABORT, 'the ledger is append-only'); END;"
    "CREATE TRIGGER never_deleted BEFORE DELETE ON forecast BEGIN"
    " SELECT RAISE(ABORT, 'the ledger is append-only'); END;";

static mcy_status fail_sqlite(sqlite3 *db, const char *path, mcy_error *err)
{
    return MCY_FAIL(err, MCY_E_IO, "ledger '%s': %s", path,
                    db ? sqlite3_errmsg(db) : "out of memory");
}

static int read_pragma(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int value = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

/* Open, and see that it is a ledger of this layout; an empty file becomes one when writing. */
static mcy_status open_ledger(const char *path, bool write, sqlite3 **db, mcy_error *err)
{
    int flags = write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(path, db, flags, NULL) != SQLITE_OK)
        return MCY_FAIL(err, MCY_E_IO,
                        "cannot open the ledger '%s': no such folder, or not allowed to", path);
    sqlite3_busy_timeout(*db, BUSY_MS);
    int id = read_pragma(*db, "PRAGMA application_id");
    if (id < 0)
        return fail_sqlite(*db, path, err);
    int layout = read_pragma(*db, "PRAGMA user_version");
    int tables = read_pragma(*db, "SELECT count(*) FROM sqlite_master");
    if (id == APPLICATION_ID && layout == LAYOUT)
        return MCY_OK;
    if (id == APPLICATION_ID)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "ledger '%s' has layout %d, this program reads layout %d", path, layout,
                        LAYOUT);
    if (tables != 0 || !write)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' is not a forecast ledger", path);
    char sql[128];
    sqlite3_snprintf(sizeof sql, sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                     APPLICATION_ID, LAYOUT);
    if (sqlite3_exec(*db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(*db, layout_sql, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(*db, sql, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(*db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        return fail_sqlite(*db, path, err);
    return MCY_OK;
}

static bool insert_row(sqlite3_stmt *insert, const mcy_ledger_row *row)
{
    const char *const words[] = {row->firm, row->origin, row->target, row->quantity};
    for (int i = 0; i < 4; i++)
        sqlite3_bind_text(insert, i + 1, words[i], -1, SQLITE_STATIC);
    sqlite3_bind_double(insert, 5, row->level);
    sqlite3_bind_double(insert, 6, row->value);
    sqlite3_bind_text(insert, 7, row->data_sha256, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 8, row->version, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 9, row->seed);
    bool done = sqlite3_step(insert) == SQLITE_DONE;
    sqlite3_reset(insert);
    return done;
}

mcy_status mcy_ledger_append(const char *path, const mcy_ledger_row *rows, size_t count,
                             size_t *added, mcy_error *err)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *insert = NULL;
    mcy_status status = open_ledger(path, true, &db, err);
    if (status != MCY_OK)
        goto done;
    status = MCY_E_IO;
    if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(
            db,
            "INSERT OR IGNORE INTO forecast (firm, origin, target, quantity, level,"
            " value, data_sha256, version, seed) VALUES (?,?,?,?,?,?,?,?,?)",
            -1, &insert, NULL) != SQLITE_OK) {
        fail_sqlite(db, path, err);
        goto done;
    }
    int before = sqlite3_total_changes(db);
    for (size_t i = 0; i < count; i++)
        if (!insert_row(insert, &rows[i])) {
            fail_sqlite(db, path, err);
            goto done;
        }
    if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        fail_sqlite(db, path, err);
        goto done;
    }
    *added = (size_t)(sqlite3_total_changes(db) - before);
    status = MCY_OK;
done:
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return status;
}

static const char *copy_column(mcy_arena *arena, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return mcy_arena_copy(arena, text ? text : "", text ? strlen(text) : 0);
}

static mcy_status read_row(mcy_arena *arena, sqlite3_stmt *at, mcy_ledger_row *row,
                           mcy_error *err)
{
    *row = (mcy_ledger_row){.firm = copy_column(arena, at, 0),
                            .origin = copy_column(arena, at, 1),
                            .target = copy_column(arena, at, 2),
                            .quantity = copy_column(arena, at, 3),
                            .level = sqlite3_column_double(at, 4),
                            .value = sqlite3_column_double(at, 5),
                            .data_sha256 = copy_column(arena, at, 6),
                            .version = copy_column(arena, at, 7),
                            .seed = sqlite3_column_int64(at, 8)};
    bool good = row->firm && row->origin && row->target && row->quantity && row->data_sha256 &&
                row->version;
    return good ? MCY_OK : mcy_fail_memory(err);
}

mcy_status mcy_ledger_read(mcy_arena *arena, const char *path, mcy_ledger_row **rows,
                           size_t *count, mcy_error *err)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *query = NULL;
    size_t capacity = 0;
    *rows = NULL;
    *count = 0;
    mcy_status status = open_ledger(path, false, &db, err);
    if (status == MCY_OK &&
        sqlite3_prepare_v2(db,
                           "SELECT firm, origin, target, quantity, level, value, data_sha256,"
                           " version, seed FROM forecast ORDER BY id",
                           -1, &query, NULL) != SQLITE_OK)
        status = fail_sqlite(db, path, err);
    int step = SQLITE_DONE;
    while (status == MCY_OK && (step = sqlite3_step(query)) == SQLITE_ROW) {
        status = mcy_arena_grow(arena, (void **)rows, *count, &capacity, sizeof **rows, err);
        if (status == MCY_OK)
            status = read_row(arena, query, &(*rows)[(*count)++], err);
    }
    if (status == MCY_OK && step != SQLITE_DONE)
        status = fail_sqlite(db, path, err);
    sqlite3_finalize(query);
    sqlite3_close(db);
    return status;
}
