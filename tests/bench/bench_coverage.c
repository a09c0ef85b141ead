/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often the 95 % intervals of the sensitivity indices hold the truth, over replications.
 *   bench_coverage [replications] [base points] */
#include <stdio.h>
#include <stdlib.h>

#include "sweep_case.h"

#include "mcy/indices.h"

#define PI 3.14159265358979323846

typedef struct coverage_case {
    const char *function;
    double low, high;
    size_t axes;
    double first[8], total[8];
} coverage_case;

static const coverage_case cases[] = {
    {"ishigami",
     -PI,
     PI,
     3,
     {0.313905191148, 0.442411144790, 0},
     {0.557588855210, 0.442411144790, 0.243683664062}},
    {"sobol_g",
     0,
     1,
     8,
     {0.7161921689, 0.1790480422, 0.0236757742, 0.0071619217, 7.16192169e-5, 7.16192169e-5,
      7.16192169e-5, 7.16192169e-5},
     {0.7871441267, 0.2421981928, 0.0343169102, 0.0104603871, 1.049491e-4, 1.049491e-4,
      1.049491e-4, 1.049491e-4}},
};

static void count(const coverage_case *c, mcy_arena *arena, const mcy_sample *s,
                  mcy_estimator estimator, size_t held[2][8], double width[2][8])
{
    mcy_error err = {0};
    double *sums = MCY_TAKE(arena, double, mcy_saltelli_size(&s->stamp));
    mcy_saltelli_start(&s->stamp, sums);
    mcy_saltelli_add(&s->stamp, 0, s->runs, s->values[0], s->faults, s->values[0][0], sums);
    mcy_index_options options = {.estimator = estimator};
    mcy_indices *all = NULL;
    if (mcy_saltelli_estimate(arena, &s->stamp, sums, &options, &all, &err))
        exit(1);
    for (size_t i = 0; i < c->axes; i++) {
        held[0][i] += all->first[i].low <= c->first[i] && c->first[i] <= all->first[i].high;
        held[1][i] += all->total[i].low <= c->total[i] && c->total[i] <= all->total[i].high;
        width[0][i] += all->first[i].high - all->first[i].low;
        width[1][i] += all->total[i].high - all->total[i].low;
    }
}

int main(int argc, char **argv)
{
    size_t replications = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
    size_t points = argc > 2 ? strtoul(argv[2], NULL, 10) : 1024;
    for (size_t f = 0; f < 2; f++)
        for (int random = 0; random < 2; random++) {
            size_t held[MCY_ESTIMATOR_COUNT][2][8] = {0};
            double width[MCY_ESTIMATOR_COUNT][2][8] = {0};
            for (size_t r = 0; r < replications; r++) {
                mcy_arena *arena = mcy_arena_create();
                sweep_case c = {.function = cases[f].function,
                                .low = cases[f].low,
                                .high = cases[f].high,
                                .request = {.method = MCY_METHOD_SALTELLI,
                                            .seed = 7919 * r + 1,
                                            .runs = points,
                                            .random = random}};
                mcy_sample *s = sweep_case_run(arena, &c);
                for (int e = 0; e < MCY_ESTIMATOR_COUNT; e++)
                    count(&cases[f], arena, s, (mcy_estimator)e, held[e], width[e]);
                mcy_arena_destroy(arena);
            }
            for (int e = 0; e < MCY_ESTIMATOR_COUNT; e++)
                for (int t = 0; t < 2; t++) {
                    printf("%-9s %-6s %-9s %-5s", cases[f].function,
                           random ? "random" : "sobol", mcy_estimator_name((mcy_estimator)e),
                           t ? "total" : "first");
                    for (size_t i = 0; i < cases[f].axes; i++)
                        printf("  %5.1f%% (%.4f)",
                               100.0 * (double)held[e][t][i] / (double)replications,
                               width[e][t][i] / (double)replications / 2);
                    printf("\n");
                }
        }
    return 0;
}
