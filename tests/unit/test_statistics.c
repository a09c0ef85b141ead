/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles, order-statistic intervals, probabilities; summaries of streams. */
#include "check.h"

#include <stdlib.h>

#include "mcy/number.h"
#include "mcy/statistics.h"
#include "mcy/summary.h"
#include "random.h"
#include "sweep_case.h"

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void quantiles__any_shape__those_of_sorting(void **state)
{
    (void)state;
    static const double p[] = {0, 0.013, 0.05, 0.5, 0.731, 0.95, 0.99999, 1};
    for (int shape = 0; shape < 5; shape++)
        for (size_t n = 1; n < 200000; n = n * 7 + 3) {
            random_state random = random_seed(n + (size_t)shape);
            double *x = malloc(n * sizeof *x), *sorted = malloc(n * sizeof *x), got[8];
            double *work = malloc(n * sizeof *x);
            size_t kept = 0;
            for (size_t i = 0; i < n; i++) {
                double z = random_normal(&random);
                x[i] = shape == 0   ? z
                       : shape == 1 ? exp(20 * z)
                       : shape == 2 ? floor(3 * z)
                       : shape == 3 ? 2.385
                       : i % 5 == 0 ? MCY_MISSING
                                    : 1e300 * z;
                if (!mcy_is_missing(x[i]))
                    sorted[kept++] = x[i];
            }
            qsort(sorted, kept, sizeof *sorted, by_value);
            mcy_quantiles(n, x, work, 8, p, got);
            for (int i = 0; i < 8 && kept; i++) {
                double place = p[i] * (double)(kept - 1);
                size_t low = (size_t)place < kept - 1 ? (size_t)place : kept - 1;
                size_t high = low + 1 < kept ? low + 1 : low;
                double want =
                    sorted[low] + (place - (double)low) * (sorted[high] - sorted[low]);
                if (isfinite(want) && !(fabs(got[i] - want) <= 1e-12 * fabs(want)))
                    fail_msg("shape %d, n %zu, p %g: %.17g, want %.17g", shape, n, p[i], got[i],
                             want);
            }
            free(x), free(sorted), free(work);
        }
}

static void wilks__sizes__published(void **state)
{
    (void)state;
    static const double confidence[] = {0.5, 0.8, 0.9, 0.95, 0.99};
    static const uint64_t one[] = {14, 32, 45, 59, 90}, two[] = {34, 59, 77, 93, 130};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(mcy_wilks_size(0.95, confidence[i], false), one[i]);
        assert_int_equal(mcy_wilks_size(0.95, confidence[i], true), two[i]);
    }
}

static void order_interval__median_of_ten__the_textbook_ranks(void **state)
{
    (void)state;
    uint64_t low, high;
    assert_true(
        mcy_order_interval(10, 0.5, 0.95, &low, &high)); /* 97.9 % between 2nd and 9th */
    assert_int_equal(low, 2);
    assert_int_equal(high, 9);
    assert_false(mcy_order_interval(10, 0.99, 0.95, &low, &high));
    assert_int_equal(high, 10);
    assert_true(mcy_order_interval(1000000, 0.05, 0.95, &low, &high));
    assert_in_range(low, 49560, 49600);
    assert_in_range(high, 50400, 50440);
}

static void probability__exact_interval__clopper_and_pearson(void **state)
{
    (void)state;
    double low, high;
    mcy_probability_interval(0, 30, 0.95, &low, &high);
    assert_true(low == 0);
    check_near(high, 1 - pow(0.025, 1.0 / 30), 1e-9);
    mcy_probability_interval(4, 20, 0.95, &low, &high); /* Clopper and Pearson's tables */
    check_near(low, 0.057334, 1e-5);
    check_near(high, 0.436614, 1e-5);
    mcy_probability_interval(7, 7, 0.95, &low, &high);
    assert_true(high == 1);
}

static void mean_interval__scrambled_copies__narrower_than_random(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    double mean, low, high, width[2];
    for (int i = 0; i < 2; i++) {
        sweep_case c = {.function = "sobol_g3",
                        .low = 0,
                        .high = 1,
                        .request = {.method = i ? MCY_METHOD_RANDOM : MCY_METHOD_SOBOL,
                                    .seed = 42,
                                    .runs = 4096}};
        mcy_sample *s = sweep_case_run(arena, &c);
        mcy_mean_interval(&s->stamp, 0, s->runs, s->values[0], 0.95, &mean, &low, &high);
        assert_true(low < 1 && 1 < high);
        width[i] = high - low;
    }
    assert_true(width[0] < 0.3 * width[1]);
    assert_true(mcy_is_missing(mcy_tail_mean(1, &mean, mean - 1, false)));
    mcy_arena_destroy(arena);
}

static mcy_summary *stream(mcy_arena *arena, const sweep_case *c, uint64_t first,
                           uint64_t count)
{
    mcy_error err = {0};
    mcy_workers *workers = NULL;
    mcy_sample *pilot = NULL;
    mcy_summary *summary = NULL;
    check_ok(mcy_workers_create(c->threads, false, &workers, &err), err);
    mcy_sweep sweep = sweep_case_make(arena, c, workers);
    size_t chunk = mcy_design_stamp(sweep.design)->chunk;
    sweep.count = chunk;
    check_ok(mcy_sweep_sample(arena, &sweep, &pilot, &err), err);
    check_ok(mcy_summary_create(arena, pilot, mcy_sweep_slots(workers), NULL, &summary, &err),
             err);
    sweep.first = first * chunk;
    sweep.count = count * chunk;
    uint64_t runs = mcy_design_runs(sweep.design);
    if (sweep.first + sweep.count > runs)
        sweep.count = runs - sweep.first;
    mcy_consumer consumer = mcy_summary_consumer(summary);
    check_ok(mcy_sweep_run(&sweep, 1, &consumer, &err), err);
    mcy_workers_destroy(workers);
    return summary;
}

static void merge_into(mcy_summary *all, const mcy_summary *part)
{
    mcy_error err = {0};
    for (size_t i = 0; i < part->node_count; i++)
        check_ok(mcy_summary_push(all, part->nodes[i].level, part->nodes[i].place,
                                  part->nodes[i].sums, &err),
                 err);
    mcy_summary_add_cells(all, part->cells);
}

static void summary__threads_and_shards__the_same_bits(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    sweep_case c = {.function = "ishigami",
                    .low = -3,
                    .high = 3,
                    .threads = 1,
                    .request = {.method = MCY_METHOD_SALTELLI, .seed = 1, .runs = 16384 + 16}};
    enum { CHUNKS = 21 }; /* 819 base points of 5 runs a chunk, the last one short */
    mcy_summary *whole = stream(arena, &c, 0, CHUNKS);
    size_t bytes = mcy_summary_size(whole) * sizeof(double);
    for (size_t threads = 2; threads <= 8; threads += 3) {
        c.threads = threads;
        c.block = 37;
        mcy_summary *other = stream(arena, &c, 0, CHUNKS);
        assert_int_equal(other->node_count, whole->node_count);
        for (size_t i = 0; i < whole->node_count; i++)
            assert_memory_equal(other->nodes[i].sums, whole->nodes[i].sums, bytes);
    }
    static const uint64_t cuts[] = {0, 1, 2, 7, 8, 15, 20, 21};
    mcy_summary *merged = NULL;
    check_ok(mcy_summary_create_framed(arena, &whole->stamp, 1, whole->frames, 0, NULL, &merged,
                                       &err),
             err);
    for (size_t i = 0; i + 1 < sizeof cuts / sizeof *cuts; i++)
        merge_into(merged, stream(arena, &c, cuts[i], cuts[i + 1] - cuts[i]));
    assert_int_equal(merged->node_count, whole->node_count);
    for (size_t i = 0; i < whole->node_count; i++) {
        assert_int_equal(merged->nodes[i].place, whole->nodes[i].place);
        assert_memory_equal(merged->nodes[i].sums, whole->nodes[i].sums, bytes);
    }
    assert_memory_equal(merged->cells, whole->cells,
                        mcy_summary_cell_count(whole) * sizeof(uint64_t));
    mcy_arena_destroy(arena);
}

static void summary__quantiles__within_the_stated_error(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    sweep_case c = {.function = "ishigami",
                    .low = -3,
                    .high = 3,
                    .threads = 2,
                    .request = {.method = MCY_METHOD_SOBOL, .seed = 1, .runs = 1 << 17}};
    mcy_sample *s = sweep_case_run(arena, &c);
    mcy_summary *summary = stream(arena, &c, 0, 32);
    double *total = NULL, exact[5], *work = MCY_TAKE(arena, double, s->runs);
    static const double p[] = {0, 0.05, 0.5, 0.9, 1};
    check_ok(mcy_summary_total(arena, summary, &total, &err), err);
    mcy_quantiles(s->runs, s->values[0], work, 5, p, exact);
    for (int i = 0; i < 5; i++) {
        double error, got = mcy_summary_quantile(summary, total, 0, p[i], &error);
        if (!(fabs(got - exact[i]) <= 2 * error + 1e-12) || error > 0.01)
            fail_msg("quantile %g: %g, want %g within %g", p[i], got, exact[i], error);
    }
    mcy_described a = mcy_describe(s->runs, s->values[0]), b;
    b = mcy_summary_describe(summary, total, 0);
    assert_int_equal(a.count, b.count);
    check_near(b.mean, a.mean, 1e-13);
    check_near(b.sd, a.sd, 1e-13);
    assert_true(a.least == b.least && a.most == b.most);
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles__any_shape__those_of_sorting),
        cmocka_unit_test(wilks__sizes__published),
        cmocka_unit_test(order_interval__median_of_ten__the_textbook_ranks),
        cmocka_unit_test(probability__exact_interval__clopper_and_pearson),
        cmocka_unit_test(mean_interval__scrambled_copies__narrower_than_random),
        cmocka_unit_test(summary__threads_and_shards__the_same_bits),
        cmocka_unit_test(summary__quantiles__within_the_stated_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
