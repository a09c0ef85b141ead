/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trial model written in the language (tests/bench/trial.eqn) gives the published check
 * line, and the numbers of the same model built node by node. */
#include <gsl/gsl_cdf.h>

#include "mcy/program.h"
#include "mcy/sobol.h"
#include "model_text.h"
#include "trial_model.h"

enum { BLOCK = 512 };

static const char *const swept[TRIAL_INPUTS] = {
    "growth.dram",   "growth.nand",  "elasticity.dram", "elasticity.nand",
    "kappa",         "sigma",        "learning",        "capex_scale",
    "hbm_share_end", "demand_scale", "target_weeks",    "wright"};

static char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    static char text[1 << 16];
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    return text;
}

static double draw(size_t d, double u)
{
    const double *law = trial_law[d];
    if (isinf(law[0]))
        return law[1] + law[2] * gsl_cdf_ugaussian_Pinv(u);
    double low = law[0], mode = law[1], high = law[2], at = (mode - low) / (high - low);
    return u < at ? low + sqrt(u * (high - low) * (mode - low))
                  : high - sqrt((1 - u) * (high - low) * (high - mode));
}

static model_text open_trial(void)
{
    model_text m = model_read_text(read_file(MCY_SOURCE_DIR "/tests/bench/trial.eqn"));
    model_unroll(&m, TRIAL_QUARTERS - 1);
    for (int p = 0; p < TRIAL_PRODUCTS; p++) {
        char path[64];
        static const char *const names[] = {"dram", "nand"};
        snprintf(path, sizeof path, "price_noise.%s", names[p]);
        for (int t = 0; t < TRIAL_QUARTERS; t++)
            model_set(&m, path, t, cos(1.7 * t + .9 * p) * 1.1);
        for (int c = 0; c < TRIAL_FIRMS; c++) {
            snprintf(path, sizeof path, "base_capex.c%d.%s", c, names[p]);
            for (int t = -8; t < TRIAL_QUARTERS; t++)
                model_set(&m, path, t, trial_base(c, p, t));
        }
    }
    return m;
}

static void find_outputs(const model_text *m, mcy_node *out)
{
    size_t symbol, element;
    for (int c = 0; c < TRIAL_FIRMS; c++) {
        char path[32];
        snprintf(path, sizeof path, "gross_margin.c%d", c);
        model_find(m, path, &symbol, &element);
        for (int t = 0; t < TRIAL_QUARTERS; t++)
            out[c * TRIAL_QUARTERS + t] = mcy_unrolled_node(m->unrolled, symbol, element, t);
        snprintf(path, sizeof path, "fcf.c%d", c);
        model_find(m, path, &symbol, &element);
        out[TRIAL_FIRMS * TRIAL_QUARTERS + c] =
            mcy_unrolled_node(m->unrolled, symbol, element, TRIAL_QUARTERS - 1);
    }
}

/* Runs points through a program; adds up the outputs, keeps those of the first block. */
static void run_points(mcy_arena *arena, const mcy_program *program, double *sums,
                       double *first)
{
    static double points[TRIAL_INPUTS][BLOCK], results[TRIAL_OUTPUTS][BLOCK];
    const double *inputs[TRIAL_INPUTS];
    double *outputs[TRIAL_OUTPUTS];
    mcy_scratch *scratch;
    mcy_error err = {0};
    check_ok(mcy_scratch_create(arena, program, &scratch, &err), err);
    for (size_t from = 0; from < TRIAL_POINTS; from += BLOCK) {
        for (size_t d = 0; d < TRIAL_INPUTS; d++) {
            mcy_sobol sobol;
            mcy_sobol_init(&sobol, d, 0, 1, 0);
            mcy_sobol_fill(&sobol, from, BLOCK, points[d]);
            for (size_t i = 0; i < BLOCK; i++) {
                uint32_t shift = UINT32_C(0x9e3779b9) * (uint32_t)(d + 1);
                uint32_t x = (uint32_t)(points[d][i] * 0x1p32) ^ shift;
                points[d][i] = draw(d, (x + 0.5) * 0x1p-32);
            }
            inputs[d] = points[d];
        }
        for (size_t o = 0; o < TRIAL_OUTPUTS; o++)
            outputs[o] = results[o];
        assert_int_equal(mcy_program_run(program, scratch, BLOCK, inputs, outputs, NULL), 0);
        for (size_t o = 0; o < TRIAL_OUTPUTS; o++)
            for (size_t i = 0; i < BLOCK; i++) {
                sums[o] += results[o][i];
                if (from == 0)
                    first[o * BLOCK + i] = results[o][i];
            }
    }
}

static void trial_model__in_the_language__meets_the_check_line(void **state)
{
    (void)state;
    model_text m = open_trial();
    mcy_node nodes[TRIAL_OUTPUTS];
    size_t varying[TRIAL_INPUTS], symbol, element;
    find_outputs(&m, nodes);
    for (size_t i = 0; i < TRIAL_INPUTS; i++) {
        model_find(&m, swept[i], &symbol, &element);
        varying[i] = mcy_unrolled_input(m.unrolled, symbol, element, 0);
    }
    mcy_program_request request = {.graph = mcy_unrolled_graph(m.unrolled),
                                   .base = m.inputs,
                                   .varying_count = TRIAL_INPUTS,
                                   .varying = varying,
                                   .output_count = TRIAL_OUTPUTS,
                                   .outputs = nodes};
    const mcy_program *program;
    mcy_error err = {0};
    check_ok(mcy_program_compile(m.arena, &request, &program, &err), err);
    static double sums[TRIAL_OUTPUTS], text[TRIAL_OUTPUTS * BLOCK];
    run_points(m.arena, program, sums, text);
    for (int i = 0; i < 5; i++)
        check_near(sums[trial_check_output[i]] / TRIAL_POINTS, trial_check[i], 1e-9);

    trial by_hand;
    trial_build(&by_hand, mcy_graph_create(m.arena));
    size_t all[TRIAL_INPUTS];
    double base[TRIAL_INPUTS] = {0};
    for (size_t i = 0; i < TRIAL_INPUTS; i++)
        all[i] = i;
    request = (mcy_program_request){.graph = by_hand.g,
                                    .base = base,
                                    .varying = all,
                                    .varying_count = TRIAL_INPUTS,
                                    .outputs = by_hand.outputs,
                                    .output_count = TRIAL_OUTPUTS};
    check_ok(mcy_program_compile(m.arena, &request, &program, &err), err);
    static double again[TRIAL_OUTPUTS], nodewise[TRIAL_OUTPUTS * BLOCK];
    run_points(m.arena, program, again, nodewise);
    for (size_t i = 0; i < TRIAL_OUTPUTS * BLOCK; i++)
        check_near(text[i], nodewise[i], 1e-10);
    model_release(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trial_model__in_the_language__meets_the_check_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
