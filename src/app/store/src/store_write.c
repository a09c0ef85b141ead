/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs and summaries into a store, committed in blocks. */
#include <inttypes.h>

#include "mcy/number.h"
#include "store_parts.h"

static mcy_status prepare_inserts(mcy_store *store, mcy_error *err)
{
    if (store->insert_run)
        return MCY_OK;
    sqlite3_str *sql = sqlite3_str_new(store->db);
    sqlite3_str_appendall(sql, "INSERT INTO run VALUES(?, ?");
    for (size_t i = 0; i < store->axes + store->outputs; i++)
        sqlite3_str_appendall(sql, ", ?");
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    if (!text)
        return mcy_fail_memory(err);
    mcy_status status = mcy_store_prepare(store, text, &store->insert_run, err);
    sqlite3_free(text);
    MCY_TRY(status);
    return mcy_store_prepare(store, "INSERT INTO failure VALUES(?, ?, ?, ?, ?)",
                             &store->insert_failure, err);
}

static mcy_status insert_failure(mcy_store *store, int64_t run, const mcy_fault *fault,
                                 const mcy_evaluator *evaluator, mcy_error *err)
{
    static const char *const kinds[] = {"", "input", "variable", "check"};
    char reason[MCY_EVALUATOR_REASON];
    mcy_evaluator_explain(evaluator, fault, reason, sizeof reason);
    sqlite3_stmt *insert = store->insert_failure;
    sqlite3_bind_int64(insert, 1, run);
    sqlite3_bind_text(insert, 2, kinds[fault->kind], -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 3, (int64_t)fault->index);
    sqlite3_bind_double(insert, 4, fault->value); /* a NaN becomes NULL */
    sqlite3_bind_text(insert, 5, reason, -1, SQLITE_STATIC);
    int code = sqlite3_step(insert);
    sqlite3_reset(insert);
    return code == SQLITE_DONE ? MCY_OK : mcy_store_fail(store, code, err);
}

static mcy_status insert_runs(mcy_store *store, const mcy_chunk *chunk, mcy_error *err)
{
    sqlite3_stmt *insert = store->insert_run;
    int axes = (int)store->axes, outputs = (int)store->outputs;
    for (size_t p = 0; p < chunk->n; p++) {
        sqlite3_bind_int64(insert, 1, (int64_t)(chunk->first + p));
        if (chunk->faults[p].kind)
            sqlite3_bind_int(insert, 2, (int)chunk->faults[p].kind);
        else
            sqlite3_bind_null(insert, 2);
        for (int i = 0; i < axes; i++)
            sqlite3_bind_double(insert, 3 + i, chunk->points[i][p]);
        for (int i = 0; i < outputs; i++) /* a missing one becomes NULL */
            sqlite3_bind_double(insert, 3 + axes + i, chunk->outputs[i][p]);
        int code = sqlite3_step(insert);
        sqlite3_reset(insert);
        if (code != SQLITE_DONE)
            return mcy_store_fail(store, code, err);
    }
    return MCY_OK;
}

mcy_status mcy_store_append(mcy_store *store, const mcy_chunk *chunk,
                            const mcy_evaluator *evaluator, mcy_error *err)
{
    mcy_store_range *range = &store->range;
    if (range->count == 0)
        range->first = chunk->first;
    if (chunk->first != range->first + range->count)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "run %" PRIu64 " cannot follow run %" PRIu64 " in '%s'", chunk->first,
                        range->first + range->count, store->path);
    MCY_TRY(prepare_inserts(store, err));
    MCY_TRY(mcy_store_begin(store, err));
    if (!store->summary)
        MCY_TRY(insert_runs(store, chunk, err));
    for (size_t p = 0; chunk->failed && p < chunk->n; p++)
        if (chunk->faults[p].kind)
            MCY_TRY(insert_failure(store, (int64_t)(chunk->first + p), &chunk->faults[p],
                                   evaluator, err));
    range->count += chunk->n;
    return MCY_OK;
}

static mcy_status put_blob(mcy_store *store, sqlite3_stmt *insert, int place, const void *bytes,
                           size_t size, mcy_error *err)
{
    sqlite3_bind_blob64(insert, place, bytes, size, SQLITE_STATIC);
    int code = sqlite3_step(insert);
    sqlite3_reset(insert);
    return code == SQLITE_DONE ? MCY_OK : mcy_store_fail(store, code, err);
}

static mcy_status put_nodes(mcy_store *store, const mcy_summary *summary, mcy_error *err)
{
    sqlite3_stmt *insert = NULL;
    MCY_TRY(mcy_store_prepare(store, "INSERT INTO node VALUES(?, ?, ?)", &insert, err));
    mcy_status status = MCY_OK;
    for (size_t i = 0; status == MCY_OK && i < summary->node_count; i++) {
        const mcy_summary_node *node = &summary->nodes[i];
        sqlite3_bind_int64(insert, 1, node->level);
        sqlite3_bind_int64(insert, 2, (int64_t)node->place);
        status = put_blob(store, insert, 3, node->sums,
                          mcy_summary_size(summary) * sizeof(double), err);
    }
    sqlite3_finalize(insert);
    return status;
}

static mcy_status put_cells(mcy_store *store, const mcy_summary *summary, mcy_error *err)
{
    sqlite3_stmt *insert = NULL;
    size_t row = mcy_summary_cell_count(summary) / summary->outputs;
    MCY_TRY(mcy_store_prepare(store, "INSERT INTO cells VALUES(?, ?)", &insert, err));
    mcy_status status = MCY_OK;
    for (size_t i = 0; status == MCY_OK && i < summary->outputs; i++) {
        sqlite3_bind_int64(insert, 1, (int64_t)i);
        status =
            put_blob(store, insert, 2, summary->cells + i * row, row * sizeof(uint64_t), err);
    }
    sqlite3_finalize(insert);
    return status;
}

static mcy_status put_frames(mcy_store *store, const mcy_summary *summary, mcy_error *err)
{
    sqlite3_stmt *insert = NULL;
    MCY_TRY(mcy_store_prepare(store, "INSERT INTO frame VALUES(?, ?, ?, ?)", &insert, err));
    mcy_status status = MCY_OK;
    for (size_t i = 0; status == MCY_OK && i < summary->outputs; i++) {
        sqlite3_bind_int64(insert, 1, (int64_t)i);
        sqlite3_bind_double(insert, 2, summary->frames[i].centre);
        sqlite3_bind_double(insert, 3, summary->frames[i].low);
        sqlite3_bind_double(insert, 4, summary->frames[i].width);
        int code = sqlite3_step(insert);
        sqlite3_reset(insert);
        if (code != SQLITE_DONE)
            status = mcy_store_fail(store, code, err);
    }
    sqlite3_finalize(insert);
    return status;
}

mcy_status mcy_store_put_summary(mcy_store *store, const mcy_summary *summary, mcy_error *err)
{
    MCY_TRY(mcy_store_begin(store, err));
    MCY_TRY(mcy_store_execute(store, "DELETE FROM node; DELETE FROM cells; DELETE FROM frame",
                              err));
    MCY_TRY(put_nodes(store, summary, err));
    MCY_TRY(put_cells(store, summary, err));
    return put_frames(store, summary, err);
}

mcy_status mcy_store_commit(mcy_store *store, mcy_error *err)
{
    if (!store->open_transaction)
        return MCY_OK;
    if (store->range.count) {
        char sql[160];
        sqlite3_snprintf(sizeof sql, sql, "INSERT OR REPLACE INTO range VALUES(%lld, %lld)",
                         (long long)store->range.first, (long long)store->range.count);
        MCY_TRY(mcy_store_execute(store, sql, err));
    }
    MCY_TRY(mcy_store_execute(store, "COMMIT", err));
    store->open_transaction = false;
    store->safe = store->range.count;
    return MCY_OK;
}

mcy_status mcy_store_session(mcy_store *store, const char *command, const char *version,
                             const char *when, uint64_t runs, double seconds, mcy_error *err)
{
    sqlite3_stmt *insert = NULL;
    MCY_TRY(mcy_store_begin(store, err));
    MCY_TRY(mcy_store_prepare(store, "INSERT INTO session VALUES(NULL, ?, ?, ?, ?, ?)", &insert,
                              err));
    sqlite3_bind_text(insert, 1, command, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert, 2, version, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(insert, 3, when, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(insert, 4, (int64_t)runs);
    sqlite3_bind_double(insert, 5, seconds);
    int code = sqlite3_step(insert);
    sqlite3_finalize(insert);
    return code == SQLITE_DONE ? MCY_OK : mcy_store_fail(store, code, err);
}

static mcy_status write_chunk(void *context, size_t slot, const mcy_chunk *chunk,
                              mcy_error *err)
{
    (void)slot;
    mcy_store_writer *w = context;
    uint64_t block = w->block ? w->block : w->summary ? (uint64_t)1 << 22 : 65536;
    MCY_TRY(mcy_store_append(w->store, chunk, w->evaluator, err));
    w->pending += chunk->n;
    if (w->pending < block)
        return MCY_OK;
    w->pending = 0;
    if (w->summary)
        MCY_TRY(mcy_store_put_summary(w->store, w->summary, err));
    return mcy_store_commit(w->store, err);
}

mcy_consumer mcy_store_consumer(mcy_store_writer *writer)
{
    return (mcy_consumer){writer, NULL, write_chunk};
}
