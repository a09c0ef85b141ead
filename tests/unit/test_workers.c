/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pool does every item once, whatever the cut, and reports the earliest failure. */
#include "check.h"

#include <stdlib.h>

#include "mcy/workers.h"

enum { ITEMS = 10007 };

typedef struct tally {
    unsigned char times[ITEMS];
    size_t per_worker[16];
    size_t fail_at;
} tally;

static mcy_status count_items(void *context, size_t worker, size_t first, size_t count,
                              mcy_error *err)
{
    tally *t = context;
    for (size_t i = first; i < first + count; i++) {
        t->times[i]++;
        t->per_worker[worker]++;
        if (i >= t->fail_at)
            return MCY_FAIL(err, MCY_E_NUMERIC, "item %zu gave up", i);
    }
    return MCY_OK;
}

static void workers_run__any_cut__does_each_item_once(void **state)
{
    (void)state;
    const size_t chunks[] = {0, 1, 7, 128, 20000};
    for (size_t threads = 1; threads <= 5; threads++) {
        mcy_error err = {0};
        mcy_workers *pool;
        check_ok(mcy_workers_create(threads, threads % 2 == 0, &pool, &err), err);
        assert_int_equal(mcy_workers_count(pool), threads);
        for (size_t c = 0; c < 5; c++) {
            tally *t = calloc(1, sizeof *t);
            t->fail_at = SIZE_MAX;
            check_ok(mcy_workers_run(pool, ITEMS, chunks[c], count_items, t, &err), err);
            size_t sum = 0;
            for (size_t i = 0; i < ITEMS; i++)
                assert_int_equal(t->times[i], 1);
            for (size_t i = 0; i < threads; i++)
                sum += t->per_worker[i];
            assert_int_equal(sum, ITEMS);
            if (!chunks[c])
                assert_in_range(t->per_worker[threads - 1], ITEMS / threads,
                                ITEMS / threads + 1);
            free(t);
        }
        mcy_workers_destroy(pool);
    }
}

static void workers_run__a_part_fails__stops_with_its_sentence(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_workers *pool;
    check_ok(mcy_workers_create(3, false, &pool, &err), err);
    tally *t = calloc(1, sizeof *t);
    t->fail_at = 4321;
    check_refused(mcy_workers_run(pool, ITEMS, 10, count_items, t, &err), MCY_E_NUMERIC, err,
                  "item 4321 gave up");
    t->fail_at = SIZE_MAX;
    memset(t->times, 0, sizeof t->times);
    check_ok(mcy_workers_run(pool, ITEMS, 10, count_items, t, &err), err);
    assert_int_equal(t->times[ITEMS - 1], 1);
    check_ok(mcy_workers_run(pool, 0, 10, count_items, t, &err), err);
    check_ok(mcy_workers_run(pool, 2, 0, count_items, t, &err), err);
    assert_int_equal(t->times[1], 2);
    assert_int_equal(t->times[2], 1);
    free(t);
    mcy_workers_destroy(pool);
    mcy_workers_destroy(NULL);
}

static void workers_create__zero_threads__is_one_a_processor(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_workers *pool;
    check_ok(mcy_workers_create(0, true, &pool, &err), err);
    assert_int_equal(mcy_workers_count(pool), mcy_workers_processors());
    mcy_workers_destroy(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workers_run__any_cut__does_each_item_once),
        cmocka_unit_test(workers_run__a_part_fails__stops_with_its_sentence),
        cmocka_unit_test(workers_create__zero_threads__is_one_a_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
