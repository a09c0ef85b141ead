/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shards of one sweep put together. */
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "store_parts.h"

typedef struct shard {
    const char *path;
    mcy_store *store;
    mcy_store_head *head;
    mcy_store_range range;
} shard;

static int by_first(const void *a, const void *b)
{
    const shard *x = a, *y = b;
    return (x->range.first > y->range.first) - (x->range.first < y->range.first);
}

static mcy_status open_shard(mcy_arena *arena, const char *path, shard *s, mcy_error *err)
{
    size_t count = 0;
    mcy_store_range *ranges = NULL;
    s->path = path;
    MCY_TRY(mcy_store_open(arena, path, false, &s->store, &s->head, err));
    MCY_TRY(mcy_store_ranges(arena, s->store, &count, &ranges, err));
    if (count != 1)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' holds %s", path,
                        count ? "more than one range of runs" : "no runs");
    s->range = ranges[0];
    return MCY_OK;
}

/* The shards, sorted, must cover runs 0 .. runs - 1 once. */
static mcy_status check_cover(size_t count, const shard *shards, mcy_error *err)
{
    uint64_t next = 0, runs = shards[0].head->runs;
    for (size_t i = 0; i < count; i++) {
        const mcy_store_range *r = &shards[i].range;
        if (r->first < next)
            return MCY_FAIL(err, MCY_E_INPUT,
                            "runs %" PRIu64 " to %" PRIu64 " are in '%s' and in '%s'", r->first,
                            (next < r->first + r->count ? next : r->first + r->count) - 1,
                            shards[i - 1].path, shards[i].path);
        if (r->first > next)
            return MCY_FAIL(err, MCY_E_INPUT,
                            "runs %" PRIu64 " to %" PRIu64 " are missing: before '%s'%s%s%s",
                            next, r->first - 1, shards[i].path, i ? ", after '" : "",
                            i ? shards[i - 1].path : "", i ? "'" : "");
        next = r->first + r->count;
    }
    if (next != runs)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "runs %" PRIu64 " to %" PRIu64 " are missing: after '%s'", next,
                        runs - 1, shards[count - 1].path);
    return MCY_OK;
}

static mcy_status copy_rows(mcy_store *out, const char *path, mcy_error *err)
{
    char *attach = sqlite3_mprintf("ATTACH %Q AS shard", path);
    if (!attach)
        return mcy_fail_memory(err);
    mcy_status status = mcy_store_execute(out, attach, err);
    sqlite3_free(attach);
    MCY_TRY(status);
    MCY_TRY(mcy_store_execute(
        out,
        "BEGIN; INSERT INTO run SELECT * FROM shard.run ORDER BY run;"
        "INSERT INTO failure SELECT * FROM shard.failure ORDER BY run;"
        "INSERT INTO session(command, version, ended, runs, seconds)"
        "  SELECT command, version, ended, runs, seconds FROM shard.session ORDER BY session;"
        "COMMIT; DETACH shard",
        err));
    return MCY_OK;
}

static mcy_status merge_summaries(mcy_arena *arena, size_t count, const shard *shards,
                                  mcy_store *out, mcy_error *err)
{
    mcy_summary *all = NULL;
    for (size_t i = 0; i < count; i++) {
        mcy_summary *part = NULL;
        MCY_TRY(mcy_store_summary(arena, shards[i].store, shards[i].head, 0, &part, err));
        if (!all)
            MCY_TRY(mcy_summary_create_framed(arena, &part->stamp, part->outputs, part->frames,
                                              0, part->steps, &all, err));
        for (size_t n = 0; n < part->node_count; n++)
            MCY_TRY(mcy_summary_push(all, part->nodes[n].level, part->nodes[n].place,
                                     part->nodes[n].sums, err));
        mcy_summary_add_cells(all, part->cells);
    }
    return mcy_store_put_summary(out, all, err);
}

static mcy_status fill(mcy_arena *arena, size_t count, shard *shards, mcy_store *out,
                       mcy_error *err)
{
    for (size_t i = 0; i < count; i++)
        MCY_TRY(copy_rows(out, shards[i].path, err));
    if (shards[0].head->summary)
        MCY_TRY(merge_summaries(arena, count, shards, out, err));
    MCY_TRY(mcy_store_begin(out, err));
    out->range = (mcy_store_range){0, shards[0].head->runs};
    return mcy_store_commit(out, err);
}

mcy_status mcy_store_merge(size_t count, const char *const *paths, const char *path,
                           mcy_error *err)
{
    if (count == 0)
        return MCY_FAIL(err, MCY_E_INPUT, "no shards to merge");
    mcy_arena *arena = mcy_arena_create();
    shard *shards = calloc(count, sizeof *shards);
    mcy_store *out = NULL;
    mcy_status status = arena && shards ? MCY_OK : mcy_fail_memory(err);
    for (size_t i = 0; status == MCY_OK && i < count; i++) {
        status = open_shard(arena, paths[i], &shards[i], err);
        if (status == MCY_OK && i > 0) {
            status = mcy_store_compare(shards[i].head, shards[0].head, paths[i], err);
            if (status)
                mcy_fail_in(err, status, "shards of different sweeps ('%s' against '%s')",
                            paths[i], paths[0]);
        }
    }
    if (status == MCY_OK) {
        qsort(shards, count, sizeof *shards, by_first);
        status = check_cover(count, shards, err);
    }
    if (status == MCY_OK)
        status = mcy_store_create(path, shards[0].head, &out, err);
    if (status == MCY_OK)
        status = fill(arena, count, shards, out, err);
    if (status && out)
        unlink(path); /* this call made it */
    mcy_store_destroy(out);
    for (size_t i = 0; shards && i < count; i++)
        mcy_store_destroy(shards[i].store);
    free(shards);
    mcy_arena_destroy(arena);
    return status;
}
