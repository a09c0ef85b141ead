/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples and summaries out of a store, and its hash. */
#include <inttypes.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/sha256.h"
#include "store_parts.h"

mcy_status mcy_store_ranges(mcy_arena *arena, mcy_store *store, size_t *count,
                            mcy_store_range **ranges, mcy_error *err)
{
    int64_t rows = 0;
    sqlite3_stmt *select = NULL;
    MCY_TRY(mcy_store_number(store, "SELECT count(*) FROM range", &rows, err));
    *ranges = MCY_TAKE(arena, mcy_store_range, (size_t)rows);
    *count = 0;
    if (!*ranges)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_store_prepare(store, "SELECT first, count FROM range ORDER BY first", &select,
                              err));
    int code;
    while ((code = sqlite3_step(select)) == SQLITE_ROW && *count < (size_t)rows)
        (*ranges)[(*count)++] = (mcy_store_range){(uint64_t)sqlite3_column_int64(select, 0),
                                                  (uint64_t)sqlite3_column_int64(select, 1)};
    sqlite3_finalize(select);
    return code == SQLITE_DONE ? MCY_OK : mcy_store_fail(store, code, err);
}

mcy_status mcy_store_failed(mcy_store *store, uint64_t *failed, mcy_error *err)
{
    int64_t rows = 0;
    MCY_TRY(mcy_store_number(store, "SELECT count(*) FROM failure", &rows, err));
    *failed = (uint64_t)rows;
    return MCY_OK;
}

mcy_status mcy_store_reasons(mcy_arena *arena, mcy_store *store, size_t *count,
                             mcy_store_reason **reasons, mcy_error *err)
{
    int64_t rows = 0;
    sqlite3_stmt *select = NULL;
    MCY_TRY(mcy_store_number(store, "SELECT count(DISTINCT reason) FROM failure", &rows, err));
    *reasons = MCY_TAKE(arena, mcy_store_reason, (size_t)rows);
    *count = 0;
    if (!*reasons)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_store_prepare(store,
                              "SELECT reason, count(*), min(run) FROM failure GROUP BY reason "
                              "ORDER BY 2 DESC, 3",
                              &select, err));
    int code;
    while ((code = sqlite3_step(select)) == SQLITE_ROW && *count < (size_t)rows) {
        const char *text = (const char *)sqlite3_column_text(select, 0);
        (*reasons)[(*count)++] =
            (mcy_store_reason){mcy_arena_print(arena, "%s", text ? text : ""),
                               (uint64_t)sqlite3_column_int64(select, 1),
                               (uint64_t)sqlite3_column_int64(select, 2)};
    }
    sqlite3_finalize(select);
    return code == SQLITE_DONE ? MCY_OK : mcy_store_fail(store, code, err);
}

static mcy_status one_range(mcy_arena *arena, mcy_store *store, mcy_store_range *range,
                            mcy_error *err)
{
    size_t count = 0;
    mcy_store_range *ranges = NULL;
    MCY_TRY(mcy_store_ranges(arena, store, &count, &ranges, err));
    if (count > 1)
        return MCY_FAIL(err, MCY_E_MISSING, "'%s' has a hole: runs %" PRIu64 " to %" PRIu64,
                        store->path, ranges[0].first + ranges[0].count, ranges[1].first - 1);
    *range = count ? ranges[0] : (mcy_store_range){0, 0};
    return MCY_OK;
}

static mcy_status read_runs(mcy_store *store, mcy_sample *sample, mcy_error *err)
{
    sqlite3_stmt *select = NULL;
    MCY_TRY(mcy_store_prepare(store, "SELECT * FROM run ORDER BY run", &select, err));
    size_t at = 0;
    int code, axes = (int)sample->axes, outputs = (int)sample->outputs;
    bool good = sqlite3_column_count(select) == 2 + axes + outputs;
    while (good && (code = sqlite3_step(select)) == SQLITE_ROW) {
        if (at == sample->runs ||
            (uint64_t)sqlite3_column_int64(select, 0) != sample->first + at) {
            good = false;
            break;
        }
        int kind = sqlite3_column_int(select, 1);
        if (kind) {
            sample->faults[at].kind = (mcy_fault_kind)(kind & 3);
            sample->failed++;
        }
        for (int i = 0; i < axes; i++)
            sample->points[i][at] = sqlite3_column_double(select, 2 + i);
        for (int i = 0; i < outputs; i++)
            sample->values[i][at] = sqlite3_column_type(select, 2 + axes + i) == SQLITE_NULL
                                        ? MCY_MISSING
                                        : sqlite3_column_double(select, 2 + axes + i);
        at++;
    }
    sqlite3_finalize(select);
    if (!good || at != sample->runs)
        return mcy_store_fail(store, SQLITE_CORRUPT, err);
    return code == SQLITE_DONE ? MCY_OK : mcy_store_fail(store, code, err);
}

mcy_status mcy_store_sample(mcy_arena *arena, mcy_store *store, const mcy_store_head *head,
                            mcy_sample **sample, mcy_error *err)
{
    mcy_store_range range = {0, 0};
    if (head->summary)
        return MCY_FAIL(err, MCY_E_MISSING, "'%s' keeps a summary only, no runs", store->path);
    MCY_TRY(one_range(arena, store, &range, err));
    MCY_TRY(mcy_sample_create(arena, &head->stamp, (size_t)range.count, head->output_count,
                              sample, err));
    (*sample)->first = range.first;
    return read_runs(store, *sample, err);
}

static mcy_status read_frames(mcy_store *store, size_t outputs, mcy_summary_frame *frames,
                              mcy_error *err)
{
    sqlite3_stmt *select = NULL;
    MCY_TRY(mcy_store_prepare(store, "SELECT centre, low, width FROM frame ORDER BY output",
                              &select, err));
    size_t at = 0;
    int code;
    while ((code = sqlite3_step(select)) == SQLITE_ROW && at < outputs)
        frames[at++] = (mcy_summary_frame){sqlite3_column_double(select, 0),
                                           sqlite3_column_double(select, 1),
                                           sqlite3_column_double(select, 2)};
    sqlite3_finalize(select);
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        return mcy_store_fail(store, code, err);
    return at == outputs ? MCY_OK : mcy_store_fail(store, SQLITE_CORRUPT, err);
}

static mcy_status read_nodes(mcy_arena *arena, mcy_store *store, mcy_summary *summary,
                             mcy_error *err)
{
    sqlite3_stmt *select = NULL;
    size_t bytes = mcy_summary_size(summary) * sizeof(double);
    double *sums = MCY_TAKE(arena, double, mcy_summary_size(summary));
    if (!sums)
        return mcy_fail_memory(err);
    /* in the order of the runs: the first chunk of a node is place * 2^level */
    MCY_TRY(mcy_store_prepare(
        store, "SELECT level, place, sums FROM node ORDER BY place << level", &select, err));
    int code;
    mcy_status status = MCY_OK;
    while (status == MCY_OK && (code = sqlite3_step(select)) == SQLITE_ROW) {
        if ((size_t)sqlite3_column_bytes(select, 2) != bytes) {
            status = mcy_store_fail(store, SQLITE_CORRUPT, err);
            break;
        }
        memcpy(sums, sqlite3_column_blob(select, 2), bytes);
        status = mcy_summary_push(summary, (unsigned)sqlite3_column_int(select, 0),
                                  (uint64_t)sqlite3_column_int64(select, 1), sums, err);
    }
    sqlite3_finalize(select);
    MCY_TRY(status);
    return code == SQLITE_DONE ? MCY_OK : mcy_store_fail(store, code, err);
}

static mcy_status read_cells(mcy_store *store, mcy_summary *summary, mcy_error *err)
{
    sqlite3_stmt *select = NULL;
    size_t row = mcy_summary_cell_count(summary) / summary->outputs, at = 0;
    MCY_TRY(mcy_store_prepare(store, "SELECT counts FROM cells ORDER BY output", &select, err));
    int code;
    while ((code = sqlite3_step(select)) == SQLITE_ROW && at < summary->outputs) {
        if ((size_t)sqlite3_column_bytes(select, 0) != row * sizeof(uint64_t))
            break;
        memcpy(summary->cells + at++ * row, sqlite3_column_blob(select, 0),
               row * sizeof(uint64_t));
    }
    sqlite3_finalize(select);
    return code == SQLITE_DONE && at == summary->outputs
               ? MCY_OK
               : mcy_store_fail(
                     store, code == SQLITE_DONE || code == SQLITE_ROW ? SQLITE_CORRUPT : code,
                     err);
}

mcy_status mcy_store_summary(mcy_arena *arena, mcy_store *store, const mcy_store_head *head,
                             size_t slots, mcy_summary **summary, mcy_error *err)
{
    if (!head->summary)
        return MCY_FAIL(err, MCY_E_MISSING, "'%s' keeps its runs, not a summary", store->path);
    mcy_summary_frame *frames = MCY_TAKE(arena, mcy_summary_frame, head->output_count);
    double *steps = MCY_TAKE(arena, double, head->axis_count);
    if (!frames || !steps)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < head->axis_count; i++)
        steps[i] = head->axes[i].step;
    MCY_TRY(read_frames(store, head->output_count, frames, err));
    MCY_TRY(mcy_summary_create_framed(arena, &head->stamp, head->output_count, frames, slots,
                                      steps, summary, err));
    MCY_TRY(read_nodes(arena, store, *summary, err));
    return read_cells(store, *summary, err);
}

static void hash_row(mcy_sha256 *hash, sqlite3_stmt *select)
{
    for (int i = 0; i < sqlite3_column_count(select); i++) {
        unsigned char type = (unsigned char)sqlite3_column_type(select, i);
        int64_t number = sqlite3_column_int64(select, i);
        double value = sqlite3_column_double(select, i);
        mcy_sha256_add(hash, &type, 1);
        if (type == SQLITE_INTEGER)
            mcy_sha256_add(hash, &number, sizeof number);
        if (type == SQLITE_FLOAT)
            mcy_sha256_add(hash, &value, sizeof value);
        if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
            const void *bytes = sqlite3_column_blob(select, i);
            int64_t size = sqlite3_column_bytes(select, i);
            mcy_sha256_add(hash, &size, sizeof size);
            if (size)
                mcy_sha256_add(hash, bytes, (size_t)size);
        }
    }
}

mcy_status mcy_store_hash(mcy_store *store, char hex[65], mcy_error *err)
{
    static const char *const queries[] = {
        "SELECT * FROM manifest ORDER BY name",     "SELECT * FROM axis ORDER BY position",
        "SELECT * FROM output ORDER BY position",   "SELECT * FROM range ORDER BY first",
        "SELECT * FROM run ORDER BY run",           "SELECT * FROM failure ORDER BY run",
        "SELECT * FROM node ORDER BY level, place", "SELECT * FROM cells ORDER BY output",
        "SELECT * FROM frame ORDER BY output",
    };
    mcy_sha256 hash;
    mcy_sha256_init(&hash);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        sqlite3_stmt *select = NULL;
        MCY_TRY(mcy_store_prepare(store, queries[i], &select, err));
        int code;
        mcy_sha256_add(&hash, "table", 5);
        while ((code = sqlite3_step(select)) == SQLITE_ROW)
            hash_row(&hash, select);
        sqlite3_finalize(select);
        if (code != SQLITE_DONE)
            return mcy_store_fail(store, code, err);
    }
    mcy_sha256_end(&hash, hex);
    return MCY_OK;
}
