/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stores: equal contents for any threads, blocks, shards and kills; every damage a clear error. */
#include "check.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mcy/file.h"
#include "mcy/number.h"
#include "mcy/store.h"
#include "random.h"
#include "sweep_case.h"
#include "unprivileged.h"

static char folder[64];

static const char *at(const char *name)
{
    static char paths[16][128];
    static int turn;
    char *path = paths[turn++ & 15];
    snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/mcy_store_XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
    (void)state;
    mcy_error err = {0};
    chmod(folder, 0700);
    return mcy_folder_remove(folder, &err) == MCY_OK ? 0 : -1;
}

static const sweep_case fragile = {
    .function = "fragile",
    .low = 0,
    .high = 1,
    .threads = 1,
    .request = {.method = MCY_METHOD_SALTELLI, .seed = 77, .runs = 10240}};

static mcy_store_head head_of(mcy_arena *arena, const mcy_sweep *sweep, bool summary)
{
    static const mcy_store_fact facts[] = {{"model", "fragile"}, {"scenario", "none"}};
    mcy_store_column *columns = MCY_TAKE(arena, mcy_store_column, 3);
    columns[0] = (mcy_store_column){"x1", "1", 0.5, MCY_MISSING, "uniform 0, 1"};
    columns[1] = (mcy_store_column){"x2", "1", 0.5, MCY_MISSING, "uniform 0, 1"};
    columns[2] = (mcy_store_column){"a \"sum\"@2027Q4", "1", 1.0, MCY_MISSING, NULL};
    return (mcy_store_head){.stamp = *mcy_design_stamp(sweep->design),
                            .runs = mcy_design_runs(sweep->design),
                            .summary = summary,
                            .fact_count = 2,
                            .facts = facts,
                            .axis_count = 2,
                            .output_count = 1,
                            .axes = columns,
                            .outputs = columns + 2};
}

/* Run chunks from .. to (0: to the end) of a case into a store, created or resumed. */
static mcy_status run_store(const sweep_case *c, const char *path, bool summary, uint64_t from,
                            uint64_t to, uint64_t block, mcy_error *err)
{
    mcy_arena *arena = mcy_arena_create();
    mcy_workers *workers = NULL;
    check_ok(mcy_workers_create(c->threads, false, &workers, err), *err);
    mcy_sweep sweep = sweep_case_make(arena, c, workers);
    mcy_store_head want = head_of(arena, &sweep, summary), *have = NULL;
    size_t chunk = want.stamp.chunk, count = 0;
    mcy_store *store = NULL;
    mcy_summary *kept = NULL;
    mcy_store_range *ranges = NULL;
    mcy_status status;
    sweep.first = from * chunk;
    uint64_t end = to ? to * chunk : want.runs;
    if (mcy_file_exists(path) && !mcy_store_blank(path)) {
        status = mcy_store_open(arena, path, true, &store, &have, err);
        if (status == MCY_OK)
            status = mcy_store_compare(have, &want, "the store", err);
        if (status == MCY_OK)
            status = mcy_store_ranges(arena, store, &count, &ranges, err);
        if (status == MCY_OK && count)
            sweep.first = ranges[0].first + ranges[0].count;
        if (status == MCY_OK && summary && count)
            status =
                mcy_store_summary(arena, store, have, mcy_sweep_slots(workers), &kept, err);
    } else {
        status = mcy_store_create(path, &want, &store, err);
    }
    if (status == MCY_OK && summary && !kept) {
        mcy_sample *pilot = NULL;
        mcy_sweep first = sweep;
        first.first = 0;
        first.count = chunk;
        check_ok(mcy_sweep_sample(arena, &first, &pilot, err), *err);
        check_ok(mcy_summary_create(arena, pilot, mcy_sweep_slots(workers), NULL, &kept, err),
                 *err);
    }
    mcy_store_writer writer = {store, sweep.evaluator, kept, block, 0};
    mcy_consumer consumers[2] = {{0}};
    size_t consumer_count = 0;
    if (summary)
        consumers[consumer_count++] = mcy_summary_consumer(kept);
    consumers[consumer_count++] = mcy_store_consumer(&writer);
    sweep.count = end - sweep.first;
    if (status == MCY_OK && sweep.count)
        status = mcy_sweep_run(&sweep, consumer_count, consumers, err);
    if (status == MCY_OK && summary)
        status = mcy_store_put_summary(store, kept, err);
    if (status == MCY_OK)
        status = mcy_store_session(store, "test", "0", "now", sweep.count, 0, err);
    if (status == MCY_OK)
        status = mcy_store_commit(store, err);
    mcy_store_destroy(store);
    mcy_workers_destroy(workers);
    mcy_arena_destroy(arena);
    return status;
}

static void hash_of(const char *path, char hex[65])
{
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_store *store = NULL;
    mcy_store_head *head = NULL;
    check_ok(mcy_store_open(arena, path, false, &store, &head, &err), err);
    check_ok(mcy_store_hash(store, hex, &err), err);
    mcy_store_destroy(store);
    mcy_arena_destroy(arena);
}

static void stored_sample__read_back__equal(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    check_ok(run_store(&fragile, at("back.db"), false, 0, 0, 0, &err), err);
    mcy_sample *direct = sweep_case_run(arena, &fragile), *back = NULL;
    mcy_store *store = NULL;
    mcy_store_head *head = NULL;
    check_ok(mcy_store_open(arena, at("back.db"), false, &store, &head, &err), err);
    check_ok(mcy_store_sample(arena, store, head, &back, &err), err);
    assert_memory_equal(&back->stamp, &direct->stamp, sizeof back->stamp);
    assert_int_equal(back->runs, direct->runs);
    assert_int_equal(back->failed, direct->failed);
    for (size_t r = 0; r < back->runs; r++) {
        assert_true(back->points[0][r] == direct->points[0][r]);
        assert_true(back->points[1][r] == direct->points[1][r]);
        assert_int_equal(back->faults[r].kind, direct->faults[r].kind);
        assert_true(back->values[0][r] == direct->values[0][r] ||
                    (direct->faults[r].kind && mcy_is_missing(back->values[0][r])));
    }
    size_t reasons = 0;
    mcy_store_reason *reason = NULL;
    check_ok(mcy_store_reasons(arena, store, &reasons, &reason, &err), err);
    assert_int_equal(reasons, 1);
    assert_int_equal(reason[0].count, direct->failed);
    assert_string_equal(reason[0].reason, "'y1' is not a finite number");
    assert_string_equal(head->outputs[0].name, "a \"sum\"@2027Q4");
    mcy_store_destroy(store);
    mcy_arena_destroy(arena);
}

static void hash__threads_blocks_shards__one(void **state)
{
    (void)state;
    mcy_error err = {0};
    for (int summary = 0; summary < 2; summary++) {
        char want[65], got[65];
        static const size_t threads[] = {1, 2, 3, 8}, blocks[] = {128, 1, 100, 512};
        for (int i = 0; i < 4; i++) {
            sweep_case c = fragile;
            c.threads = threads[i];
            c.block = blocks[i];
            unlink(at("whole.db"));
            check_ok(run_store(&c, at("whole.db"), summary, 0, 0, 1000 * (uint64_t)i, &err),
                     err);
            hash_of(at("whole.db"), i ? got : want);
            if (i)
                assert_string_equal(got, want);
        }
        const char *shards[7];
        static char paths[7][128];
        for (uint64_t i = 0; i < 7; i++) { /* 10 chunks of 4096 runs: 40,960 runs in all */
            snprintf(paths[i], sizeof paths[i], "%s/shard%d-%d.db", folder, summary, (int)i);
            shards[(i * 3) % 7] = paths[i];
            check_ok(run_store(&fragile, paths[i], summary, 10 * i / 7,
                               i == 6 ? 0 : 10 * (i + 1) / 7, 0, &err),
                     err);
        }
        unlink(at("merged.db"));
        check_ok(mcy_store_merge(7, shards, at("merged.db"), &err), err);
        hash_of(at("merged.db"), got);
        assert_string_equal(got, want);
        check_refused(mcy_store_merge(6, shards, at("hole.db"), &err), MCY_E_INPUT, err,
                      "are missing");
        const char *twice[] = {at("whole.db"), paths[3]};
        check_refused(mcy_store_merge(2, twice, at("hole.db"), &err), MCY_E_INPUT, err,
                      "and in '");
        assert_false(mcy_file_exists(at("hole.db")));
    }
}

static void killed__at_random_points__resumes_to_the_same(void **state)
{
    (void)state;
    mcy_error err = {0};
    random_state random = random_seed(5);
    for (int summary = 0; summary < 2; summary++) {
        char want[65], got[65];
        sweep_case c = fragile;
        c.request.runs = 1 << 15;
        unlink(at("calm.db"));
        check_ok(run_store(&c, at("calm.db"), summary, 0, 0, 4096, &err), err);
        hash_of(at("calm.db"), want);
        size_t kills = 0;
        for (int round = 0; round < 10 && kills < 12; round++) {
            unlink(at("killed.db"));
            for (bool done = false; !done;) {
                pid_t child = fork();
                if (child == 0) {
                    mcy_error inner = {0};
                    _exit(run_store(&c, at("killed.db"), summary, 0, 0, 4096, &inner) ? 1 : 0);
                }
                usleep((useconds_t)(random_uniform(&random) * 40000));
                kill(child, SIGKILL);
                int how = 0;
                waitpid(child, &how, 0);
                done = WIFEXITED(how);
                kills += !done;
                assert_true(!done || WEXITSTATUS(how) == 0);
            }
            hash_of(at("killed.db"), got);
            assert_string_equal(got, want);
        }
        assert_true(kills >= 10);
    }
}

static void damage__of_every_kind__a_clear_error(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_store *store = NULL;
    mcy_store_head *head = NULL;
    check_ok(run_store(&fragile, at("good.db"), false, 0, 0, 0, &err), err);
    struct stat info;
    assert_int_equal(stat(at("good.db"), &info), 0);
    mcy_file file = {0};
    check_ok(mcy_file_read(at("good.db"), 1 << 28, &file, &err), err);
    for (size_t size = file.size - 1; size > 0; size /= 3) {
        check_ok(mcy_file_write(at("cut.db"), file.bytes, size, &err), err);
        mcy_status status = mcy_store_open(arena, at("cut.db"), false, &store, &head, &err);
        assert_int_equal(status, MCY_E_IO);
        assert_non_null(strstr(err.text, "cut.db"));
    }
    file.bytes[63] ^= 0x7f; /* user_version, bytes 60..63 */
    check_ok(mcy_file_write(at("other.db"), file.bytes, file.size, &err), err);
    check_refused(mcy_store_open(arena, at("other.db"), false, &store, &head, &err), MCY_E_IO,
                  err, "form 126 of the store");
    mcy_file_release(&file);
    check_ok(
        mcy_file_write(at("text.db"), "not a database, but long enough to look at", 42, &err),
        err);
    check_refused(mcy_store_open(arena, at("text.db"), false, &store, &head, &err), MCY_E_IO,
                  err, "not a store");
    check_refused(mcy_store_open(arena, at("none.db"), false, &store, &head, &err), MCY_E_IO,
                  err, "no such file");
    check_refused(run_store(&fragile, at("no/such.db"), false, 0, 0, 0, &err), MCY_E_IO, err,
                  "cannot open");
    sweep_case c = fragile;
    c.request.seed = 78;
    check_refused(run_store(&c, at("good.db"), false, 0, 0, 0, &err), MCY_E_INPUT, err,
                  "design.seed 77, this sweep 78");
    mcy_arena_destroy(arena);
}

static void second_writer__while_one_writes__refused(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_store *first = NULL, *second = NULL;
    mcy_store_head *head = NULL;
    unlink(at("two.db"));
    check_ok(run_store(&fragile, at("two.db"), false, 0, 2, 0, &err), err);
    check_ok(mcy_store_open(arena, at("two.db"), true, &first, &head, &err), err);
    pid_t child = fork();
    if (child == 0) {
        mcy_status status = mcy_store_open(arena, at("two.db"), true, &second, &head, &err);
        _exit(status == MCY_E_IO && strstr(err.text, "another process") ? 0 : 1);
    }
    int how = 0;
    waitpid(child, &how, 0);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    mcy_store_destroy(first);
    mcy_arena_destroy(arena);
}

/* A limit on the size of files stands for a full disk: the write fails in the same place. */
static void full_disk__while_writing__keeps_what_was_committed(void **state)
{
    (void)state;
    mcy_error err = {0};
    char want[65], got[65];
    unlink(at("calm.db")), unlink(at("full.db"));
    sweep_case c = fragile;
    c.request.runs = 1 << 16;
    check_ok(run_store(&c, at("calm.db"), false, 0, 0, 4096, &err), err);
    hash_of(at("calm.db"), want);
    pid_t child = fork();
    if (child == 0) {
        mcy_error inner = {0};
        struct rlimit limit = {4 << 20, 4 << 20};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        mcy_status status = run_store(&c, at("full.db"), false, 0, 0, 4096, &inner);
        _exit(status == MCY_E_IO && strstr(inner.text, "runs are safe") ? 0 : 1);
    }
    int how = 0;
    waitpid(child, &how, 0);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    mcy_arena *arena = mcy_arena_create();
    mcy_store *store = NULL;
    mcy_store_head *head = NULL;
    mcy_sample *sample = NULL;
    check_ok(mcy_store_open(arena, at("full.db"), false, &store, &head, &err), err);
    check_ok(mcy_store_sample(arena, store, head, &sample, &err), err);
    assert_true(sample->runs >= 40960 && sample->runs < 4 << 16);
    mcy_store_destroy(store);
    mcy_arena_destroy(arena);
    check_ok(run_store(&c, at("full.db"), false, 0, 0, 4096, &err),
             err); /* there is room again */
    hash_of(at("full.db"), got);
    assert_string_equal(got, want);
}

static bool store_is_refused(void *context)
{
    mcy_error err = {0};
    mcy_status status = run_store(&fragile, context, false, 0, 0, 0, &err);
    return status == MCY_E_IO && strstr(err.text, "not allowed");
}

static void read_only_folder__new_store__refused(void **state)
{
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s", at("closed/x.db"));
    assert_int_equal(chmod(folder, 0711), 0);
    assert_int_equal(mkdir(at("closed"), 0555), 0);
    assert_true(holds_unprivileged(store_is_refused, path));
    assert_int_equal(chmod(folder, 0700), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stored_sample__read_back__equal),
        cmocka_unit_test(hash__threads_blocks_shards__one),
        cmocka_unit_test(killed__at_random_points__resumes_to_the_same),
        cmocka_unit_test(damage__of_every_kind__a_clear_error),
        cmocka_unit_test(second_writer__while_one_writes__refused),
        cmocka_unit_test(full_disk__while_writing__keeps_what_was_committed),
        cmocka_unit_test(read_only_folder__new_store__refused),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
