/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The full model of the base scenario: reading, laying out, compiling, one run, lanes a second on
 * one and two threads with twelve assumptions varied, and a whole study from nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/numerics.h"
#include "mcy/study_lanes.h"
#include "mcy/workers.h"
#include "stopwatch.h"

enum { AXES = 12, OUTPUTS = 3, LANES = 1 << 16, ROUNDS = 7, REPEATS = 200 };

static const char *const axes[AXES] = {"response_short.dram",       "response_short.nand",
                                       "price_persistence.dram",    "elasticity.dram.mobile",
                                       "order_inflation.dram",      "hbm_wafers_target.micron",
                                       "building_lag.samsung.dram", "tool_lag.skhynix.dram",
                                       "node_gain.micron.dram",     "fill_0.dram",
                                       "normal_price_0.dram",       "price_anchor.dram"};
static const char *const wanted[OUTPUTS] = {"gross_margin.micron@FY2027", "fcf.micron@FY2027",
                                            "price.dram@CY2027"};

static void must(mcy_status status, const mcy_error *err)
{
    if (status == MCY_OK)
        return;
    fprintf(stderr, "bench_model: %s\n", err->text);
    exit(1);
}

static double median(double *seconds, size_t n)
{
    qsort(seconds, n, sizeof *seconds, stopwatch_order);
    return seconds[n / 2];
}

/* The lanes of one thread. */
typedef struct thread {
    mcy_arena *arena;
    mcy_scratch *scratch;
    double *in, *out;
    const double *columns[AXES];
    double *outputs[OUTPUTS];
} thread;

typedef struct job {
    const mcy_program *program;
    thread threads[8];
} job;

static mcy_status run_part(void *context, size_t worker, size_t first, size_t count,
                           mcy_error *err)
{
    job *j = context;
    thread *t = &j->threads[worker];
    const double *in[AXES];
    double *out[OUTPUTS];
    (void)err;
    for (size_t i = 0; i < AXES; i++)
        in[i] = t->columns[i] + first;
    for (size_t i = 0; i < OUTPUTS; i++)
        out[i] = t->outputs[i] + first;
    mcy_program_run(j->program, t->scratch, count, in, out, NULL);
    return MCY_OK;
}

static void bench_lanes(const mcy_study_lanes *lanes, const mcy_study *study)
{
    mcy_error err = {0};
    job j = {.program = lanes->program};
    for (size_t w = 0; w < 2; w++) {
        thread *t = &j.threads[w];
        t->arena = mcy_arena_create();
        must(mcy_scratch_create(t->arena, lanes->program, &t->scratch, &err), &err);
        t->in = MCY_TAKE(t->arena, double, (size_t)AXES *LANES);
        t->out = MCY_TAKE(t->arena, double, (size_t)OUTPUTS *LANES);
        if (!t->in || !t->out)
            exit(4);
        for (size_t i = 0; i < AXES; i++) {
            double base = study->inputs->values[lanes->varying[i]];
            t->columns[i] = t->in + i * LANES;
            for (size_t k = 0; k < LANES; k++)
                t->in[i * LANES + k] =
                    base *
                    (0.98 + 0.04 * (double)((k * (2 * i + 1) * 2654435761u) % 65536) / 65536);
        }
        for (size_t i = 0; i < OUTPUTS; i++)
            t->outputs[i] = t->out + i * LANES;
    }
    for (size_t threads = 1; threads <= 2; threads++) {
        mcy_workers *workers;
        double seconds[ROUNDS];
        must(mcy_workers_create(threads, true, &workers, &err), &err);
        for (int r = 0; r < ROUNDS; r++) {
            double start = seconds_now();
            must(mcy_workers_run(workers, LANES, 1024, run_part, &j, &err), &err);
            seconds[r] = seconds_now() - start;
        }
        mcy_workers_destroy(workers);
        printf("lanes, %d axes, %zu thread%s     %12.0f a second (median of %d, %d lanes)\n",
               AXES, threads, threads > 1 ? "s" : " ", LANES / median(seconds, ROUNDS), ROUNDS,
               LANES);
    }
    for (size_t w = 0; w < 2; w++)
        mcy_arena_destroy(j.threads[w].arena);
}

static void bench_one(const mcy_study_lanes *lanes, const mcy_study *study)
{
    double inputs[AXES], outputs[OUTPUTS], seconds[REPEATS];
    mcy_error err = {0};
    for (size_t i = 0; i < AXES; i++)
        inputs[i] = study->inputs->values[lanes->varying[i]];
    for (int r = 0; r < REPEATS; r++) {
        double start = seconds_now();
        must(mcy_study_lanes_one(lanes, inputs, outputs, &err), &err);
        seconds[r] = seconds_now() - start;
    }
    printf("one scenario, compiled         %12.1f microseconds\n",
           1e6 * median(seconds, REPEATS));
    printf("  %s %.4f, %s %.0f, %s %.4f\n", wanted[0], outputs[0], wanted[1], outputs[1],
           wanted[2], outputs[2]);
}

int main(int argc, char **argv)
{
    const char *home = argc > 1 ? argv[1] : MCY_SOURCE_DIR;
    mcy_error err = {0};
    double open[ROUNDS], run[ROUNDS], compile[ROUNDS];
    mcy_numerics_start();
    mcy_arena *arena = mcy_arena_create();
    mcy_study_request request = {.home = home, .scenario = "base"};
    mcy_study *study = NULL;
    const mcy_path_panel *panel;
    for (int r = 0; r < ROUNDS; r++) {
        mcy_arena_reset(arena);
        double start = seconds_now();
        must(mcy_study_open(arena, &request, NULL, &study, &err), &err);
        open[r] = seconds_now() - start;
        start = seconds_now();
        must(mcy_study_run(arena, study, NULL, &panel, &err), &err);
        run[r] = seconds_now() - start;
    }
    printf("read, lay out and resolve base %12.1f ms\n", 1e3 * median(open, ROUNDS));
    printf("compile and run everything     %12.1f ms\n", 1e3 * median(run, ROUNDS));
    size_t varying[AXES];
    mcy_node nodes[OUTPUTS];
    for (size_t i = 0; i < AXES; i++) {
        mcy_selection selection;
        must(
            mcy_inputs_select(arena, study->inputs, axes[i], strlen(axes[i]), &selection, &err),
            &err);
        varying[i] = selection.inputs[0];
    }
    for (size_t i = 0; i < OUTPUTS; i++) {
        mcy_metric metric;
        must(mcy_metric_find(arena, study->unrolled, study->inputs->calendars, wanted[i],
                             &metric, &err),
             &err);
        nodes[i] = metric.node;
    }
    mcy_study_lanes *lanes = NULL;
    for (int r = 0; r < ROUNDS; r++) {
        double start = seconds_now();
        must(mcy_study_lanes_create(arena, study, AXES, varying, OUTPUTS, nodes, false, &lanes,
                                    &err),
             &err);
        compile[r] = seconds_now() - start;
    }
    mcy_program_facts facts = mcy_program_describe(lanes->program);
    printf("compile for %d axes            %12.1f ms: %zu operations of %zu nodes live, %s\n",
           AXES, 1e3 * median(compile, ROUNDS), facts.live, facts.graph_nodes,
           mcy_variant_name(facts.variant));
    bench_one(lanes, study);
    bench_lanes(lanes, study);
    mcy_arena_destroy(arena);
    return 0;
}
