/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps of the full model of base against the bare engine and the aims of the sweep.
 *   bench_sweep [runs of the summary, default 2000000] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "mcy/explore.h"
#include "mcy/indices.h"
#include "mcy/study.h"
#include "mcy/summary.h"
#include "mcy/sweep_yaml.h"
#include "stopwatch.h"

enum { ROUNDS = 5 };

static void stop(const mcy_error *err)
{
    fprintf(stderr, "%s\n", err->text);
    exit(1);
}

#define MUST(call)                                                                             \
    do {                                                                                       \
        if (call)                                                                              \
            stop(&err);                                                                        \
    } while (0)

typedef struct loaded {
    mcy_study *study;
    mcy_sweep_file *file;
    mcy_sweep_bound *bound;
    mcy_design *design;
} loaded;

static loaded load(mcy_arena *arena, const char *name, uint64_t runs)
{
    mcy_error err = {0};
    loaded l;
    char path[512];
    snprintf(path, sizeof path, MCY_SOURCE_DIR "/scenarios/sweeps/%s.yaml", name);
    MUST(mcy_sweep_file_read(arena, path, &l.file, &err));
    mcy_study_request request = {.home = MCY_SOURCE_DIR, .scenario = l.file->scenario};
    MUST(mcy_study_open(arena, &request, NULL, &l.study, &err));
    MUST(mcy_sweep_bind(arena, l.file, l.study->inputs, MCY_VARIANT_AUTO, &l.bound, &err));
    if (runs)
        l.bound->request.runs = runs;
    MUST(mcy_design_create(arena, &l.bound->request, &l.design, &err));
    return l;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *x)
{
    qsort(x, ROUNDS, sizeof *x, by_value);
    return x[ROUNDS / 2];
}

/* Seconds of all threads of the process: what others do on the machine counts only by the caches
 * it shares. */
static double processor_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static mcy_status nothing(void *context, size_t slot, const mcy_chunk *chunk, mcy_error *err)
{
    (void)context, (void)slot, (void)chunk, (void)err;
    return MCY_OK;
}

/* The engine alone: the same block of points again and again on one thread. */
static double bare_rate(const loaded *l, uint64_t runs)
{
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    const mcy_evaluator *e = l->bound->evaluator;
    size_t n = e->block, columns = e->input_count + e->output_count;
    double **at = MCY_TAKE(arena, double *, columns), seconds[ROUNDS];
    mcy_fault *faults = MCY_TAKE(arena, mcy_fault, n);
    void *scratch = NULL;
    for (size_t i = 0; i < columns; i++)
        at[i] = MCY_TAKE(arena, double, n);
    MUST(e->prepare(e, arena, &scratch, &err));
    mcy_design_points(l->design, 0, n, at);
    for (int r = 0; r < ROUNDS; r++) {
        double start = processor_now();
        for (uint64_t done = 0; done < runs; done += n)
            e->run(e, scratch, n, (const double *const *)at, at + e->input_count, faults);
        seconds[r] = processor_now() - start;
    }
    mcy_arena_destroy(arena);
    return (double)runs / median(seconds);
}

/* Scenarios a second, elapsed; *processor those of a second of processor time. */
static double sweep_rate(const loaded *l, size_t threads, double *processor)
{
    mcy_error err = {0};
    mcy_workers *workers = NULL;
    double seconds[ROUNDS], elapsed[ROUNDS];
    MUST(mcy_workers_create(threads, true, &workers, &err));
    mcy_sweep sweep = {
        .design = l->design, .evaluator = l->bound->evaluator, .workers = workers};
    mcy_consumer consumer = {NULL, NULL, nothing};
    for (int r = 0; r < ROUNDS; r++) {
        double start = processor_now(), began = seconds_now();
        MUST(mcy_sweep_run(&sweep, 1, &consumer, &err));
        seconds[r] = processor_now() - start;
        elapsed[r] = seconds_now() - began;
    }
    mcy_workers_destroy(workers);
    *processor = (double)mcy_design_runs(l->design) / median(seconds);
    return (double)mcy_design_runs(l->design) / median(elapsed);
}

static double draw_rate(const loaded *l)
{
    mcy_arena *arena = mcy_arena_create();
    size_t k = l->bound->request.axis_count;
    double **at = MCY_TAKE(arena, double *, k), seconds[ROUNDS];
    uint64_t runs = mcy_design_runs(l->design) / 128 * 128;
    for (size_t i = 0; i < k; i++)
        at[i] = MCY_TAKE(arena, double, 128);
    for (int r = 0; r < ROUNDS; r++) {
        double start = processor_now();
        for (uint64_t done = 0; done < runs; done += 128)
            mcy_design_points(l->design, done, 128, at);
        seconds[r] = processor_now() - start;
    }
    mcy_arena_destroy(arena);
    return 1e9 * median(seconds) / (double)runs / (double)k;
}

static void fan(size_t threads)
{
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_workers *workers = NULL;
    loaded l = load(arena, "fan", (1 << 20) - (1 << 20) % 16);
    MUST(mcy_workers_create(threads, true, &workers, &err));
    mcy_sweep sweep = {.design = l.design, .evaluator = l.bound->evaluator, .workers = workers};
    mcy_sample *s = NULL;
    double start = seconds_now();
    MUST(mcy_sweep_sample(arena, &sweep, &s, &err));
    double drawn = seconds_now() - start;
    double *work = MCY_TAKE(arena, double, s->runs), q[7];
    static const double p[7] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
    size_t series = s->outputs < 51 ? s->outputs : 51;
    start = seconds_now();
    for (size_t i = 0; i < series; i++)
        mcy_quantiles(s->runs, s->values[i], work, 7, p, q);
    printf(
        "fan, 2^20 scenarios, %zu outputs kept, %zu threads: drawn and run %.2f s, seven exact "
        "quantiles of %zu series %.2f s (one thread)\n",
        s->outputs, threads, drawn, series, seconds_now() - start);
    mcy_workers_destroy(workers);
    mcy_arena_destroy(arena);
}

static void saltelli(size_t threads)
{
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_workers *workers = NULL;
    loaded l = load(arena, "sensitivity", 1 << 16);
    MUST(mcy_workers_create(threads, true, &workers, &err));
    mcy_sweep sweep = {.design = l.design, .evaluator = l.bound->evaluator, .workers = workers};
    mcy_sample *s = NULL;
    double start = seconds_now();
    MUST(mcy_sweep_sample(arena, &sweep, &s, &err));
    double drawn = seconds_now() - start;
    for (size_t o = 0; o < s->outputs; o++) {
        double *sums = MCY_TAKE(arena, double, mcy_saltelli_size(&s->stamp));
        mcy_indices *all = NULL;
        mcy_index_options options = {0};
        mcy_saltelli_start(&s->stamp, sums);
        mcy_saltelli_add(&s->stamp, 0, s->runs, s->values[o], s->faults, s->values[o][0], sums);
        MUST(mcy_saltelli_estimate(arena, &s->stamp, sums, &options, &all, &err));
    }
    printf(
        "Saltelli N 2^16, k 12 (%zu runs), %zu threads: %.2f s, of it indices with intervals of %zu "
        "outputs %.3f s\n",
        s->runs, threads, seconds_now() - start, s->outputs, seconds_now() - start - drawn);
    mcy_workers_destroy(workers);
    mcy_arena_destroy(arena);
}

static long peak_kb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void summary(size_t threads, uint64_t runs)
{
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_workers *workers = NULL;
    loaded l = load(arena, "fan", runs - runs % 16);
    MUST(mcy_workers_create(threads, true, &workers, &err));
    mcy_sweep sweep = {.design = l.design,
                       .evaluator = l.bound->evaluator,
                       .workers = workers,
                       .count = mcy_design_stamp(l.design)->chunk};
    mcy_sample *pilot = NULL;
    mcy_summary *kept = NULL;
    MUST(mcy_sweep_sample(arena, &sweep, &pilot, &err));
    MUST(mcy_summary_create(arena, pilot, mcy_sweep_slots(workers), NULL, &kept, &err));
    mcy_consumer consumer = mcy_summary_consumer(kept);
    sweep.count = 0;
    double start = seconds_now();
    MUST(mcy_sweep_run(&sweep, 1, &consumer, &err));
    double seconds = seconds_now() - start;
    printf("--keep summary, %llu runs, %zu outputs: %.1f s, %.0f/s, arena %.1f MB, peak of the "
           "process %.0f MB\n",
           (unsigned long long)mcy_design_runs(l.design), kept->outputs, seconds,
           (double)mcy_design_runs(l.design) / seconds, (double)mcy_arena_bytes(arena) / 1e6,
           (double)peak_kb() / 1e3);
    mcy_workers_destroy(workers);
    mcy_arena_destroy(arena);
}

int main(int argc, char **argv)
{
    uint64_t runs = argc > 1 ? strtoull(argv[1], NULL, 10) : 2000000;
    size_t threads = mcy_workers_processors();
    summary(threads, runs);
    summary(threads, 4 * runs);
    static const char *const names[] = {"sensitivity", "fan"};
    for (int i = 0; i < 2; i++) {
        mcy_arena *arena = mcy_arena_create();
        loaded l = load(arena, names[i], i ? 1 << 18 : 1 << 14);
        mcy_program_facts f = mcy_evaluator_model_facts(l.bound->evaluator);
        double bare = bare_rate(&l, mcy_design_runs(l.design));
        double one_cpu, two_cpu, one = sweep_rate(&l, 1, &one_cpu),
                                 two = sweep_rate(&l, 2, &two_cpu);
        printf(
            "%s: %zu axes, %zu outputs; %zu operations a scenario, %s; drawing %.2f ns a value\n"
            "  a second of processor: bare engine %.0f, sweep %.0f (%.1f %%), on two threads %.0f\n"
            "  elapsed: one thread %.0f/s, two %.0f/s (%.2f times)\n",
            names[i], l.bound->request.axis_count, l.bound->output_count, f.live,
            mcy_variant_name(f.variant), draw_rate(&l), bare, one_cpu, 100 * one_cpu / bare,
            two_cpu, one, two, two / one);
        mcy_arena_destroy(arena);
    }
    saltelli(threads);
    fan(threads);
    return 0;
}
