/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trial model on lanes, from its text (tests/bench/trial.eqn) and built by hand: its check line,
 * scenarios a second on one and two pinned threads, what few axes save, one scenario, compiling, a
 * gradient; against the limit of the machine.
 *
 *     bench_lanes [variant [block]]
 */
#define _GNU_SOURCE
#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lanes_limits.h"
#include "mcy/arena.h"
#include "mcy/program.h"
#include "mcy/sobol.h"
#include "mcy/workers.h"
#include "stopwatch.h"
#include "trial_model.h"
#include "trial_text.h"

enum { SCENARIOS = 1 << 16, THREADS = 2, RUNS = 9 };

typedef struct bench {
    mcy_arena *arena;
    char *text; /* of the model */
    size_t size;
    /* the model at hand: its graph and ends */
    const mcy_graph *graph;
    const double *base;
    const size_t *input; /* [TRIAL_INPUTS] their numbers */
    const mcy_node *outputs;
    double *point[TRIAL_INPUTS]; /* [SCENARIOS] */
    double *result[TRIAL_OUTPUTS];
    mcy_variant variant;
    size_t block;
    /* the program at hand */
    const mcy_program *program;
    mcy_scratch *scratch[THREADS];
    size_t varying_count, varying[TRIAL_INPUTS]; /* places among the twelve */
    mcy_workers *workers;
} bench;

static void must(mcy_status status, const mcy_error *err)
{
    if (status != MCY_OK) {
        fprintf(stderr, "bench_lanes: %s\n", err->text);
        exit(3);
    }
}

static double inverse(const double law[3], double u)
{
    double low = law[0], mode = law[1], high = law[2];
    if (isinf(low))
        return mode + high * gsl_cdf_ugaussian_Pinv(u);
    double cut = (mode - low) / (high - low);
    return u < cut ? low + sqrt(u * (high - low) * (mode - low))
                   : high - sqrt((1 - u) * (high - low) * (high - mode));
}

static void draw(bench *b)
{
    for (uint32_t d = 0; d < TRIAL_INPUTS; d++) {
        mcy_sobol sobol;
        mcy_sobol_init(&sobol, d, 0, 1, 0);
        b->point[d] = MCY_TAKE(b->arena, double, SCENARIOS);
        for (uint64_t i = 0; i < SCENARIOS; i += MCY_SOBOL_BLOCK)
            mcy_sobol_fill(&sobol, i, MCY_SOBOL_BLOCK, b->point[d] + i);
        for (size_t i = 0; i < SCENARIOS; i++) {
            uint32_t x = (uint32_t)(b->point[d][i] * 0x1p32) ^ (UINT32_C(0x9e3779b9) * (d + 1));
            b->point[d][i] = inverse(trial_law[d], (x + 0.5) * 0x1p-32);
        }
    }
    for (size_t o = 0; o < TRIAL_OUTPUTS; o++)
        b->result[o] = MCY_TAKE(b->arena, double, SCENARIOS);
}

static void compile(bench *b, size_t count, const size_t *varying, bool gradient)
{
    mcy_error err = {0};
    size_t numbers[TRIAL_INPUTS];
    for (size_t i = 0; i < count; i++)
        numbers[i] = b->input[varying[i]];
    mcy_program_request request = {.graph = b->graph,
                                   .base = b->base,
                                   .varying_count = count,
                                   .varying = numbers,
                                   .output_count = TRIAL_OUTPUTS,
                                   .outputs = b->outputs,
                                   .variant = b->variant,
                                   .block = b->block,
                                   .gradient = gradient};
    must(mcy_program_compile(b->arena, &request, &b->program, &err), &err);
    for (int i = 0; i < THREADS; i++)
        must(mcy_scratch_create(b->arena, b->program, &b->scratch[i], &err), &err);
    b->varying_count = count;
    memmove(b->varying, varying, count * sizeof *varying);
}

static mcy_status run_part(void *context, size_t worker, size_t first, size_t n, mcy_error *err)
{
    bench *b = context;
    const double *inputs[TRIAL_INPUTS];
    double *outputs[TRIAL_OUTPUTS];
    for (size_t v = 0; v < b->varying_count; v++)
        inputs[v] = b->point[b->varying[v]] + first;
    for (size_t o = 0; o < TRIAL_OUTPUTS; o++)
        outputs[o] = b->result[o] + first;
    if (mcy_program_run(b->program, b->scratch[worker], n, inputs, outputs, NULL))
        return MCY_FAIL(err, MCY_E_NUMERIC, "a scenario of the trial model failed");
    return MCY_OK;
}

static void run_all(void *context)
{
    bench *b = context;
    mcy_error err = {0};
    must(mcy_workers_run(b->workers, SCENARIOS, 2048, run_part, b, &err), &err);
}

/* Seconds of processor time a run of all scenarios on this thread alone. */
static void run_here(void *context)
{
    mcy_error err = {0};
    must(run_part(context, 0, 0, SCENARIOS, &err), &err);
}

/* Scenarios a second of processor time on one thread: what counts when others use the machine. */
static double alone(bench *b)
{
    return SCENARIOS / processor_median(RUNS, run_here, b);
}

/* Scenarios a second of the clock; *processor the seconds of processor time a second of the clock. */
static double rate(bench *b, size_t threads, double *processor)
{
    mcy_error err = {0};
    must(mcy_workers_create(threads, true, &b->workers, &err), &err);
    run_all(b);
    clock_t before = clock();
    double start = seconds_now();
    double took = stopwatch_median(RUNS, run_all, b);
    *processor = (double)(clock() - before) / CLOCKS_PER_SEC / (seconds_now() - start);
    mcy_workers_destroy(b->workers);
    b->workers = NULL;
    return SCENARIOS / took;
}

static int check_line(const bench *b)
{
    int bad = 0;
    printf("check line (mean of the first %d points):\n", TRIAL_POINTS);
    for (int i = 0; i < 5; i++) {
        double sum = 0;
        for (int j = 0; j < TRIAL_POINTS; j++)
            sum += b->result[trial_check_output[i]][j];
        double mean = sum / TRIAL_POINTS, off = fabs(mean / trial_check[i] - 1);
        printf("  %18.12f  want %18.12f  off %.1e%s\n", mean, trial_check[i], off,
               off <= 1e-9 ? "" : "  WRONG");
        bad += !(off <= 1e-9);
    }
    return bad;
}

static void run_one(void *context)
{
    bench *b = context;
    for (int i = 0; i < 1000; i++) {
        const double *inputs[TRIAL_INPUTS];
        double *outputs[TRIAL_OUTPUTS];
        for (size_t v = 0; v < b->varying_count; v++)
            inputs[v] = b->point[b->varying[v]] + i;
        for (size_t o = 0; o < TRIAL_OUTPUTS; o++)
            outputs[o] = b->result[o] + i;
        (void)mcy_program_run(b->program, b->scratch[0], 1, inputs, outputs, NULL);
    }
}

static void derive_one(void *context)
{
    bench *b = context;
    const size_t output = TRIAL_OUTPUTS - 1;
    double inputs[TRIAL_INPUTS], gradient[TRIAL_INPUTS];
    for (int i = 0; i < 1000; i++) {
        for (size_t v = 0; v < b->varying_count; v++)
            inputs[v] = b->point[b->varying[v]][i];
        mcy_program_gradient(b->program, b->scratch[0], inputs, 1, &output, gradient, NULL,
                             NULL, NULL);
    }
}

/* The model by hand. */
static void build(bench *b, mcy_arena *arena)
{
    static const size_t numbers[TRIAL_INPUTS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    static double base[TRIAL_INPUTS];
    trial *model = MCY_TAKE(arena, trial, 1);
    trial_build(model, mcy_graph_create(arena));
    for (size_t i = 0; i < TRIAL_INPUTS; i++)
        base[i] = trial_law[i][1];
    b->graph = model->g;
    b->base = base;
    b->input = numbers;
    b->outputs = model->outputs;
}

/* The model from its text. */
static void read_model(bench *b, mcy_arena *arena)
{
    mcy_error err = {0};
    trial_text *x = MCY_TAKE(arena, trial_text, 1);
    must(trial_read(arena, b->text, b->size, x, &err), &err);
    for (size_t i = 0; i < TRIAL_INPUTS; i++)
        x->base[x->varying[i]] = trial_law[i][1];
    b->graph = mcy_unrolled_graph(x->unrolled);
    b->base = x->base;
    b->input = x->varying;
    b->outputs = x->outputs;
}

static void read_and_compile(void *context)
{
    bench again = *(bench *)context;
    again.arena = mcy_arena_create();
    read_model(&again, again.arena);
    compile(&again, again.varying_count, again.varying, false);
    mcy_arena_destroy(again.arena);
}

static void compile_only(void *context)
{
    bench again = *(bench *)context;
    again.arena = mcy_arena_create();
    compile(&again, again.varying_count, again.varying, false);
    mcy_arena_destroy(again.arena);
}

/* Nanoseconds a scenario that the operations would take at the limit of the machine. */
static double limit_ns(const mcy_program_facts *f, const lanes_limits *l)
{
    double ns = 0;
    for (int op = MCY_OP_ADD; op < MCY_OP_COUNT; op++) {
        double each = op == MCY_OP_DIV || op == MCY_OP_RATIO ? l->division
                      : op == MCY_OP_SQRT                    ? l->square_root
                      : op == MCY_OP_EXP                     ? l->exponential
                      : op == MCY_OP_LOG                     ? l->logarithm
                      : op == MCY_OP_POW                     ? l->power
                                                             : l->arithmetic;
        ns += each * (double)f->operations[op];
    }
    return ns;
}

static lanes_limits limits_of(mcy_variant variant)
{
    switch (variant) {
    case MCY_VARIANT_AVX512:
        return lanes_limits_avx512();
    case MCY_VARIANT_AVX2:
        return lanes_limits_avx2();
    default:
        return lanes_limits_sse2();
    }
}

static void report_speed(bench *b)
{
    double busy1, busy2;
    mcy_program_facts f = mcy_program_describe(b->program);
    printf("%s, blocks of %zu: %zu operations a scenario (%zu exp, %zu log, %zu /) in %zu "
           "instructions, %zu registers, %zu guards, %zu constants\n",
           mcy_variant_name(f.variant), f.block, f.live, f.operations[MCY_OP_EXP],
           f.operations[MCY_OP_LOG], f.operations[MCY_OP_DIV], f.instructions, f.registers,
           f.guards, f.constants);
    lanes_limits l = limits_of(f.variant);
    double cpu = alone(b), bound = limit_ns(&f, &l);
    printf("limits, ns an element: arithmetic %.3f, division %.3f, exp %.3f, log %.3f\n",
           l.arithmetic, l.division, l.exponential, l.logarithm);
    printf("one processor: %.3f M scenarios/s of processor time, %.0f ns each; the limit is "
           "%.0f ns: %.0f %%\n",
           cpu * 1e-6, 1e9 / cpu, bound, 100 * bound * cpu * 1e-9);
    double one = rate(b, 1, &busy1), two = rate(b, 2, &busy2);
    printf("one thread:  %.3f M scenarios/s by the clock (%.2f processors used)\n", one * 1e-6,
           busy1);
    printf(
        "two threads: %.3f M scenarios/s by the clock (%.2f processors used), %.2f times one "
        "by the clock, %.2f times by processor time\n",
        two * 1e-6, busy2, two / one, 2 * two / busy2 / cpu);
}

static void report_rest(bench *b, const size_t *all)
{
    const size_t two[2] = {KAPPA, WEEKS}, cheap[2] = {LAMBDA, WRIGHT};
    double twelve = alone(b);
    compile(b, 2, two, false);
    printf("two axes (kappa, weeks): %zu operations, %.3f M scenarios/s, %.2f times as fast\n",
           mcy_program_describe(b->program).live, alone(b) * 1e-6, alone(b) / twelve);
    compile(b, 2, cheap, false);
    printf("two axes (lambda, wright): %zu operations, %.3f M scenarios/s\n",
           mcy_program_describe(b->program).live, alone(b) * 1e-6);
    compile(b, TRIAL_INPUTS, all, true);
    double single = processor_median(RUNS, run_one, b) * 1e3;
    double derived = processor_median(RUNS, derive_one, b) * 1e3;
    printf("one scenario: %.1f us; its gradient (1 output, 12 inputs): %.1f us, %.2f runs\n",
           single, derived, derived / single);
    printf(
        "text to program (read, check, lay out, compile): %.2f ms, of which compile %.2f ms\n",
        processor_median(RUNS, read_and_compile, b) * 1e3,
        processor_median(RUNS, compile_only, b) * 1e3);
}

static void load_text(bench *b)
{
    FILE *f = fopen(MCY_SOURCE_DIR "/tests/bench/trial.eqn", "rb");
    if (!f) {
        fprintf(stderr, "bench_lanes: no tests/bench/trial.eqn\n");
        exit(4);
    }
    b->text = MCY_TAKE(b->arena, char, 1 << 16);
    b->size = fread(b->text, 1, 1 << 16, f);
    fclose(f);
}

int main(int argc, char **argv)
{
    bench b = {.arena = mcy_arena_create()};
    mcy_error err = {0};
    size_t all[TRIAL_INPUTS];
    for (size_t i = 0; i < TRIAL_INPUTS; i++)
        all[i] = i;
    b.variant = mcy_variant_best();
    if (argc > 1)
        must(mcy_variant_parse(argv[1], &b.variant, &err), &err);
    b.block = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 0;
    load_text(&b);
    draw(&b);

    build(&b, b.arena);
    compile(&b, TRIAL_INPUTS, all, false);
    printf("built by hand: %.3f M scenarios/s of processor time\n", alone(&b) * 1e-6);
    int bad = check_line(&b);

    read_model(&b, b.arena);
    compile(&b, TRIAL_INPUTS, all, false);
    printf("from its text: ");
    report_speed(&b);
    bad += check_line(&b);
    report_rest(&b, all);
    mcy_arena_destroy(b.arena);
    return bad ? 1 : 0;
}
