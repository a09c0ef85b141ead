/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recovery of known costs over many simulated firms (90 % intervals should cover 87-93 %), and the
 * time of one cost fit, with the size of the shocks estimated as in use. */
#include <stdio.h>
#include <stdlib.h>

#include "simulated_firm.h"
#include "stopwatch.h"

enum { FIRMS = 500, RUNS = 11 };

typedef struct one_fit {
    mcy_arena *arena;
    simulated_firm *firm;
} one_fit;

static void run_fit(void *context)
{
    one_fit *job = context;
    mcy_cost_fit fit;
    mcy_arena_reset(job->arena);
    mcy_cost_estimate(job->arena, &job->firm->data, &job->firm->prior, &fit, NULL);
}

int main(void)
{
    coverage seen = cost_coverage(FIRMS, 7);
    printf("90 %% intervals over %d firms: margins %.1f %%, cost changes %.1f %%\n", FIRMS,
           100.0 * (double)seen.margin_in / (double)seen.margin_all,
           100.0 * (double)seen.change_in / (double)seen.change_all);
    random_state random = random_seed(3);
    one_fit job = {mcy_arena_create(), malloc(sizeof *job.firm)};
    simulate_firm(&random, job.firm);
    job.firm->prior.shock_log_sd = 0.5;
    printf("one cost fit, 29 quarters, shocks estimated: %.1f ms (median of %d)\n",
           1e3 * processor_median(RUNS, run_fit, &job), RUNS);
    free(job.firm);
    mcy_arena_destroy(job.arena);
    return 0;
}
