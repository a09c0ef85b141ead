/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs against the graph evaluated node by node: values, faults and checks to the last bit, in
 * every variant, block and cut of the lanes. */
#include "check.h"
#include "random_graph.h"

enum { GRAPHS = 220, LANES = 77, OUTPUTS = 9, CHECKS = 3 };

typedef struct trial {
    mcy_arena *arena;
    mcy_graph *graph;
    size_t nodes, varying_count, check_count;
    size_t varying[RANDOM_INPUTS];
    bool varies[RANDOM_INPUTS];
    double base[RANDOM_INPUTS], lane[RANDOM_INPUTS][LANES];
    mcy_node outputs[OUTPUTS], checks[CHECKS];
    double want[OUTPUTS][LANES];
    mcy_fault fault[LANES];
} trial;

static void make_trial(trial *t, uint64_t *seed)
{
    bool wild = pick(seed, 2);
    t->arena = mcy_arena_create();
    t->graph = random_graph(t->arena, seed, 20 + pick(seed, 300), wild);
    t->nodes = mcy_graph_size(t->graph);
    t->varying_count = 0;
    for (size_t i = 0; i < RANDOM_INPUTS; i++) {
        t->base[i] = random_value(seed, wild);
        t->varies[i] = pick(seed, 3) > 0;
        if (t->varies[i])
            t->varying[t->varying_count++] = i;
        for (size_t j = 0; j < LANES; j++) {
            double x = random_value(seed, wild);
            if (wild && pick(seed, 200) == 0)
                x = pick(seed, 2) ? MCY_MISSING : (double)INFINITY;
            t->lane[i][j] = t->varies[i] ? x : t->base[i];
        }
    }
    for (size_t i = 0; i < OUTPUTS; i++)
        t->outputs[i] = (mcy_node)(pick(seed, 3) ? t->nodes - 1 - pick(seed, t->nodes / 3)
                                                 : pick(seed, t->nodes));
    t->check_count = pick(seed, CHECKS + 1);
    for (size_t i = 0; i < t->check_count; i++)
        t->checks[i] = (mcy_node)pick(seed, t->nodes);
}

/* What every lane must give, from the values of all nodes. */
static void expect(trial *t)
{
    double *value = malloc(t->nodes * sizeof *value);
    bool *live = malloc(t->nodes * sizeof *live), *depends = malloc(t->nodes * sizeof *depends);
    mcy_node wanted[OUTPUTS + CHECKS];
    memcpy(wanted, t->outputs, sizeof t->outputs);
    memcpy(wanted + OUTPUTS, t->checks, sizeof t->checks);
    for (size_t j = 0; j < LANES; j++) {
        double inputs[RANDOM_INPUTS];
        for (size_t i = 0; i < RANDOM_INPUTS; i++)
            inputs[i] = t->lane[i][j];
        plain_values(t->graph, inputs, value);
        plain_live(t->graph, t->varies, value, wanted, OUTPUTS + t->check_count, live, depends);
        t->fault[j] = plain_fault(t->graph, inputs, value, live, t->varying_count, t->varying,
                                  t->check_count, t->checks);
        bool lost =
            t->fault[j].kind == MCY_FAULT_INPUT || t->fault[j].kind == MCY_FAULT_VARIABLE;
        for (size_t o = 0; o < OUTPUTS; o++)
            t->want[o][j] = lost ? MCY_MISSING : value[t->outputs[o]];
    }
    free(value);
    free(live);
    free(depends);
}

static void compare(const trial *t, const char *variant, size_t block, size_t first, size_t n,
                    double got[OUTPUTS][LANES], const mcy_fault *faults, size_t failed)
{
    size_t expected = 0;
    for (size_t j = 0; j < n; j++) {
        const mcy_fault *want = &t->fault[first + j];
        expected += want->kind != MCY_FAULT_NONE;
        if (faults[j].kind != want->kind ||
            (want->kind != MCY_FAULT_NONE && faults[j].index != want->index))
            fail_msg("%s, block %zu, lane %zu: fault %d %zu, want %d %zu", variant, block,
                     first + j, (int)faults[j].kind, faults[j].index, (int)want->kind,
                     want->index);
        for (size_t o = 0; o < OUTPUTS; o++)
            if (memcmp(&got[o][j], &t->want[o][first + j], sizeof(double)) != 0)
                fail_msg("%s, block %zu, lane %zu, output %zu (node %u, %d): %a, want %a",
                         variant, block, first + j, o, (unsigned)t->outputs[o],
                         (int)mcy_graph_op(t->graph, t->outputs[o]), got[o][j],
                         t->want[o][first + j]);
    }
    assert_int_equal(failed, expected);
}

static void try_program(trial *t, mcy_variant variant, size_t block, uint64_t *seed)
{
    mcy_error err = {0};
    mcy_program_request request = {.graph = t->graph,
                                   .base = t->base,
                                   .varying_count = t->varying_count,
                                   .varying = t->varying,
                                   .output_count = OUTPUTS,
                                   .outputs = t->outputs,
                                   .check_count = t->check_count,
                                   .checks = t->checks,
                                   .variant = variant,
                                   .block = block};
    const mcy_program *program;
    mcy_scratch *scratch;
    check_ok(mcy_program_compile(t->arena, &request, &program, &err), err);
    check_ok(mcy_scratch_create(t->arena, program, &scratch, &err), err);
    size_t first = pick(seed, 3) ? 0 : pick(seed, LANES), n = LANES - first;
    static double got[OUTPUTS][LANES];
    const double *inputs[RANDOM_INPUTS];
    double *outputs[OUTPUTS];
    mcy_fault faults[LANES];
    for (size_t v = 0; v < t->varying_count; v++)
        inputs[v] = t->lane[t->varying[v]] + first;
    for (size_t o = 0; o < OUTPUTS; o++)
        outputs[o] = got[o];
    size_t failed = mcy_program_run(program, scratch, n, inputs, outputs, faults);
    compare(t, mcy_variant_name(variant), block, first, n, got, faults, failed);
    assert_int_equal(failed, mcy_program_run(program, scratch, n, inputs, outputs, NULL));
    compare(t, mcy_variant_name(variant), block, first, n, got, faults, failed);
}

static void program__random_graphs__equal_the_plain_evaluation_bit_for_bit(void **state)
{
    (void)state;
    const size_t blocks[] = {0, 16, 32, 48, 64, 1024};
    uint64_t seed = 20260320;
    size_t kinds[4] = {0};
    for (int g = 0; g < GRAPHS; g++) {
        trial t = {0};
        make_trial(&t, &seed);
        expect(&t);
        for (size_t j = 0; j < LANES; j++)
            kinds[t.fault[j].kind]++;
        for (int v = MCY_VARIANT_PLAIN; v < MCY_VARIANT_COUNT; v++)
            if (mcy_variant_supported((mcy_variant)v))
                try_program(&t, (mcy_variant)v, blocks[pick(&seed, 6)], &seed);
        mcy_arena_destroy(t.arena);
    }
    for (int kind = 0; kind < 4; kind++) /* the draw meets them all */
        assert_true(kinds[kind] > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(program__random_graphs__equal_the_plain_evaluation_bit_for_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
