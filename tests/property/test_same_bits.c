/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same bits from every variant, block, number of threads, compiler and machine: sums of the
 * bits of many results, against the sums stored here. Whoever changes a kernel on purpose changes
 * them with it; nobody else should have to. No libm is used on the way. */
#include "check.h"
#include "random_graph.h"

#include "mcy/workers.h"

static const uint64_t kernels_sum = UINT64_C(0x192f6b019faab9d2);
static const uint64_t programs_sum = UINT64_C(0x3ae68d36deb3acee);

/* FNV-1a over the bytes of a double, lowest first. */
static void add_bits(uint64_t *sum, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    for (int i = 0; i < 8; i++)
        *sum = (*sum ^ (bits >> 8 * i & 0xff)) * UINT64_C(0x100000001b3);
}

static void check_sum(const char *what, uint64_t got, uint64_t want)
{
    if (got != want)
        fail_msg("%s: sum of bits 0x%016llx, stored is 0x%016llx", what,
                 (unsigned long long)got, (unsigned long long)want);
}

static void kernels__many_arguments__give_the_stored_bits(void **state)
{
    (void)state;
    uint64_t seed = 1, sum = UINT64_C(0xcbf29ce484222325);
    for (int i = 0; i < 200000; i++) {
        double x = (unit(&seed) - 0.5) * (i % 2 ? 1600.0 : 4.0);
        uint64_t bits = next_random(&seed);
        double any;
        memcpy(&any, &bits, sizeof any);
        add_bits(&sum, mcy_exp(x));
        add_bits(&sum, mcy_log(any));
        add_bits(&sum, mcy_log(x));
        add_bits(&sum, mcy_pow(unit(&seed) * 3.0, x));
        add_bits(&sum, mcy_pow(any, unit(&seed) * 4.0 - 2.0));
    }
    check_sum("exp, log and pow", sum, kernels_sum);
}

enum { GRAPHS = 40, LANES = 500, OUTPUTS = 6 };

typedef struct job {
    const mcy_program *program;
    mcy_scratch *scratch[4];
    double in[RANDOM_INPUTS][LANES], out[OUTPUTS][LANES];
} job;

static mcy_status run_part(void *context, size_t worker, size_t first, size_t n, mcy_error *err)
{
    (void)err;
    job *j = context;
    const double *inputs[RANDOM_INPUTS];
    double *outputs[OUTPUTS];
    for (size_t v = 0; v < RANDOM_INPUTS; v++)
        inputs[v] = j->in[v] + first;
    for (size_t o = 0; o < OUTPUTS; o++)
        outputs[o] = j->out[o] + first;
    (void)mcy_program_run(j->program, j->scratch[worker], n, inputs, outputs, NULL);
    return MCY_OK;
}

/* The bits of forty random graphs, in one variant, cut and shared out in one way. */
static uint64_t sum_of_programs(mcy_variant variant, size_t block, size_t threads, size_t chunk)
{
    static job j;
    uint64_t seed = 20260320, sum = UINT64_C(0xcbf29ce484222325);
    mcy_error err = {0};
    mcy_workers *pool;
    check_ok(mcy_workers_create(threads, false, &pool, &err), err);
    for (int graph = 0; graph < GRAPHS; graph++) {
        mcy_arena *arena = mcy_arena_create();
        mcy_graph *g = random_graph(arena, &seed, 250, graph % 2);
        double base[RANDOM_INPUTS] = {0};
        size_t varying[RANDOM_INPUTS];
        mcy_node outputs[OUTPUTS];
        for (size_t i = 0; i < RANDOM_INPUTS; i++) {
            varying[i] = i;
            for (size_t l = 0; l < LANES; l++)
                j.in[i][l] = random_value(&seed, graph % 2);
        }
        for (size_t o = 0; o < OUTPUTS; o++)
            outputs[o] = (mcy_node)(mcy_graph_size(g) - 1 - o);
        mcy_program_request request = {.graph = g,
                                       .base = base,
                                       .varying_count = RANDOM_INPUTS,
                                       .varying = varying,
                                       .output_count = OUTPUTS,
                                       .outputs = outputs,
                                       .variant = variant,
                                       .block = block};
        check_ok(mcy_program_compile(arena, &request, &j.program, &err), err);
        for (size_t t = 0; t < threads; t++)
            check_ok(mcy_scratch_create(arena, j.program, &j.scratch[t], &err), err);
        check_ok(mcy_workers_run(pool, LANES, chunk, run_part, &j, &err), err);
        for (size_t o = 0; o < OUTPUTS; o++)
            for (size_t l = 0; l < LANES; l++)
                add_bits(&sum, j.out[o][l]);
        mcy_arena_destroy(arena);
    }
    mcy_workers_destroy(pool);
    return sum;
}

static void programs__every_variant_block_and_cut__give_the_stored_bits(void **state)
{
    (void)state;
    const struct {
        size_t block, threads, chunk;
    } ways[] = {{0, 1, 0}, {16, 1, 0}, {48, 3, 0}, {0, 4, 33}, {256, 2, 64}};
    for (int v = MCY_VARIANT_PLAIN; v < MCY_VARIANT_COUNT; v++)
        for (size_t w = 0; w < 5 && mcy_variant_supported((mcy_variant)v); w++)
            check_sum(
                mcy_variant_name((mcy_variant)v),
                sum_of_programs((mcy_variant)v, ways[w].block, ways[w].threads, ways[w].chunk),
                programs_sum);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernels__many_arguments__give_the_stored_bits),
        cmocka_unit_test(programs__every_variant_block_and_cut__give_the_stored_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
