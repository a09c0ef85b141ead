/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening, locking and closing stores; what SQLite says in the words of the house. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mcy/file.h"
#include "store_parts.h"

mcy_status mcy_store_fail(mcy_store *store, int code, mcy_error *err)
{
    const char *path = store->path;
    unsigned long long safe = store->safe;
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return mcy_fail_memory(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return MCY_FAIL(err, MCY_E_IO, "'%s' is being written by another process", path);
    case SQLITE_FULL:
        return MCY_FAIL(
            err, MCY_E_IO,
            "no room left for '%s': %llu runs are safe in it; make room, then --resume", path,
            safe);
    case SQLITE_READONLY:
        return MCY_FAIL(err, MCY_E_IO,
                        "'%s' cannot be written: the file or its folder is read-only", path);
    case SQLITE_CANTOPEN:
        return MCY_FAIL(err, MCY_E_IO,
                        "cannot open '%s': no such file or folder, or not allowed to", path);
    case SQLITE_NOTADB:
        return MCY_FAIL(err, MCY_E_IO, "'%s' is not a store of a sweep", path);
    case SQLITE_CORRUPT:
        return MCY_FAIL(err, MCY_E_IO, "'%s' is damaged or cut short: %s", path,
                        sqlite3_errmsg(store->db));
    case SQLITE_IOERR:
        return MCY_FAIL(err, MCY_E_IO,
                        "cannot read or write '%s': %s; %llu runs are safe in it", path,
                        sqlite3_errmsg(store->db), safe);
    default:
        return MCY_FAIL(err, MCY_E_IO, "'%s': %s", path, sqlite3_errmsg(store->db));
    }
}

mcy_status mcy_store_execute(mcy_store *store, const char *sql, mcy_error *err)
{
    int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? MCY_OK : mcy_store_fail(store, code, err);
}

mcy_status mcy_store_prepare(mcy_store *store, const char *sql, sqlite3_stmt **statement,
                             mcy_error *err)
{
    int code = sqlite3_prepare_v2(store->db, sql, -1, statement, NULL);
    return code == SQLITE_OK ? MCY_OK : mcy_store_fail(store, code, err);
}

mcy_status mcy_store_number(mcy_store *store, const char *sql, int64_t *value, mcy_error *err)
{
    sqlite3_stmt *statement = NULL;
    MCY_TRY(mcy_store_prepare(store, sql, &statement, err));
    int code = sqlite3_step(statement);
    mcy_status status = MCY_OK;
    if (code == SQLITE_ROW)
        *value = sqlite3_column_int64(statement, 0);
    else
        status = mcy_store_fail(store, code == SQLITE_DONE ? SQLITE_CORRUPT : code, err);
    sqlite3_finalize(statement);
    return status;
}

mcy_status mcy_store_begin(mcy_store *store, mcy_error *err)
{
    if (store->open_transaction)
        return MCY_OK;
    MCY_TRY(mcy_store_execute(store, "BEGIN EXCLUSIVE", err));
    store->open_transaction = true;
    return MCY_OK;
}

void mcy_store_destroy(mcy_store *store)
{
    if (!store)
        return;
    sqlite3_finalize(store->insert_run);
    sqlite3_finalize(store->insert_failure);
    sqlite3_close_v2(store->db);
    free(store->path);
    free(store);
}

/* The header says how many pages there are; a copy that broke off has fewer. */
static mcy_status check_length(mcy_store *store, mcy_error *err)
{
    int64_t pages = 0, bytes = 0;
    struct stat info;
    MCY_TRY(mcy_store_number(store, "PRAGMA page_count", &pages, err));
    MCY_TRY(mcy_store_number(store, "PRAGMA page_size", &bytes, err));
    if (stat(store->path, &info) == 0 && (int64_t)info.st_size < pages * bytes)
        return MCY_FAIL(err, MCY_E_IO, "'%s' is cut short: %lld bytes of %lld", store->path,
                        (long long)info.st_size, (long long)(pages * bytes));
    return MCY_OK;
}

static mcy_status check_schema(mcy_store *store, mcy_error *err)
{
    int64_t tables = 0, application = 0, schema = 0;
    MCY_TRY(mcy_store_number(store, "SELECT count(*) FROM sqlite_master", &tables, err));
    MCY_TRY(mcy_store_number(store, "PRAGMA application_id", &application, err));
    MCY_TRY(mcy_store_number(store, "PRAGMA user_version", &schema, err));
    if (application != MCY_STORE_APPLICATION || tables == 0)
        return MCY_FAIL(err, MCY_E_IO, "'%s' is not a store of a sweep", store->path);
    if (schema != MCY_STORE_SCHEMA)
        return MCY_FAIL(
            err, MCY_E_IO,
            "'%s' was written in form %lld of the store, this program reads form %d",
            store->path, (long long)schema, MCY_STORE_SCHEMA);
    return check_length(store, err);
}

static mcy_status open_connection(mcy_store *store, bool create, bool writable, mcy_error *err)
{
    /* one thread at a time uses a store: no locks around each of its calls */
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(store->path, &store->db, flags, NULL);
    if (code == SQLITE_OK && !writable && sqlite3_db_readonly(store->db, "main") < 0)
        code = SQLITE_CANTOPEN;
    if (code != SQLITE_OK && !writable) {
        sqlite3_close_v2(store->db);
        store->db = NULL;
        code = sqlite3_open_v2(store->path, &store->db,
                               SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY, NULL);
    }
    if (code != SQLITE_OK)
        return mcy_store_fail(store, code, err);
    if (writable && sqlite3_db_readonly(store->db, "main") == 1)
        return mcy_store_fail(store, SQLITE_READONLY, err);
    /* bigger pages and a cache of 64 MB: rows of many columns; no memory map: a file that
     * shrinks must be an error and not a signal */
    if (create)
        MCY_TRY(mcy_store_execute(store, "PRAGMA page_size = 16384", err));
    MCY_TRY(mcy_store_execute(store, "PRAGMA cache_size = -65536", err));
    if (writable)
        MCY_TRY(mcy_store_execute(store,
                                  "PRAGMA locking_mode = EXCLUSIVE;"
                                  "PRAGMA synchronous = NORMAL;"
                                  "BEGIN EXCLUSIVE; COMMIT;" /* takes the lock, which stays */
                                  "PRAGMA journal_mode = TRUNCATE",
                                  err));
    return MCY_OK;
}

bool mcy_store_blank(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *count = NULL;
    bool blank = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                 sqlite3_prepare_v2(db, "SELECT count(*) FROM sqlite_master", -1, &count,
                                    NULL) == SQLITE_OK &&
                 sqlite3_step(count) == SQLITE_ROW && sqlite3_column_int(count, 0) == 0;
    sqlite3_finalize(count);
    sqlite3_close_v2(db);
    return blank;
}

mcy_status mcy_store_open_file(const char *path, bool create, bool writable, mcy_store **store,
                               mcy_error *err)
{
    if (create && mcy_file_exists(path) && !mcy_store_blank(path))
        return MCY_FAIL(err, MCY_E_IO,
                        "'%s' exists: give another name, or --resume to go on with it", path);
    if (!create && !mcy_file_exists(path))
        return MCY_FAIL(err, MCY_E_IO, "cannot open '%s': no such file", path);
    mcy_store *s = calloc(1, sizeof *s);
    if (s && !(s->path = strdup(path))) {
        free(s);
        s = NULL;
    }
    if (!s)
        return mcy_fail_memory(err);
    mcy_status status = open_connection(s, create, writable, err);
    if (status == MCY_OK && !create)
        status = check_schema(s, err);
    if (status) {
        mcy_store_destroy(s);
        return status;
    }
    *store = s;
    return MCY_OK;
}

mcy_status mcy_store_create(const char *path, const mcy_store_head *head, mcy_store **store,
                            mcy_error *err)
{
    MCY_TRY(mcy_store_open_file(path, true, true, store, err));
    mcy_status status = mcy_store_write_head(*store, head, err);
    if (status) {
        mcy_store_destroy(*store);
        *store = NULL;
    }
    return status;
}

static mcy_status read_state(mcy_arena *arena, mcy_store *store, mcy_store_head **head,
                             mcy_error *err)
{
    size_t count = 0;
    mcy_store_range *ranges = NULL;
    MCY_TRY(mcy_store_read_head(arena, store, head, err));
    MCY_TRY(mcy_store_ranges(arena, store, &count, &ranges, err));
    store->axes = (*head)->axis_count;
    store->outputs = (*head)->output_count;
    store->summary = (*head)->summary;
    for (size_t i = 0; i < count; i++) {
        store->safe += ranges[i].count;
        store->range = ranges[i];
    }
    return MCY_OK;
}

mcy_status mcy_store_open(mcy_arena *arena, const char *path, bool writable, mcy_store **store,
                          mcy_store_head **head, mcy_error *err)
{
    MCY_TRY(mcy_store_open_file(path, false, writable, store, err));
    mcy_status status = read_state(arena, *store, head, err);
    if (status) {
        mcy_store_destroy(*store);
        *store = NULL;
    }
    return status;
}
