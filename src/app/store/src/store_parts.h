/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a store, and the small helpers over SQLite that its parts share. */
#ifndef MCY_STORE_PARTS_H
#define MCY_STORE_PARTS_H

#include <sqlite3.h>

#include "mcy/store.h"

enum { MCY_STORE_APPLICATION = 0x4d435957 }; /* "MCYW" */

struct mcy_store {
    sqlite3 *db;
    char *path;
    size_t axes, outputs;
    bool summary, open_transaction;
    sqlite3_stmt *insert_run, *insert_failure;
    mcy_store_range range; /* the last one, as it will be with the next commit */
    uint64_t safe;         /* runs that are committed */
};

/** The sentence for what SQLite said; returns MCY_E_IO or MCY_E_MEMORY. */
mcy_status mcy_store_fail(mcy_store *store, int code, mcy_error *err);

/** Run statements without results. */
mcy_status mcy_store_execute(mcy_store *store, const char *sql, mcy_error *err);

mcy_status mcy_store_prepare(mcy_store *store, const char *sql, sqlite3_stmt **statement,
                             mcy_error *err);

/** One number of one row; fails when there is none. */
mcy_status mcy_store_number(mcy_store *store, const char *sql, int64_t *value, mcy_error *err);

/** Open the file with its pragmas and checks; the tables are not looked at. */
mcy_status mcy_store_open_file(const char *path, bool create, bool writable, mcy_store **store,
                               mcy_error *err);

/** Begin a transaction when none is open. */
mcy_status mcy_store_begin(mcy_store *store, mcy_error *err);

mcy_status mcy_store_write_head(mcy_store *store, const mcy_store_head *head, mcy_error *err);
mcy_status mcy_store_read_head(mcy_arena *arena, mcy_store *store, mcy_store_head **head,
                               mcy_error *err);

#endif
