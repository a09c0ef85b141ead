/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a likelihood, a smoother and ten thousand fits of the local level model cost. */
#include <stdio.h>

#include "mcy/kalman.h"
#include "mcy/local_level.h"
#include "nile.h"
#include "random.h"
#include "stopwatch.h"

enum { SERIES = 10000, LENGTH = 40, LOOPS = 1000 };

typedef struct jobs {
    double *y, *smoothed, *variance, sink;
    mcy_local_level *fit;
    mcy_kalman *general;
} jobs;

static void likelihoods(void *context)
{
    jobs *j = context;
    for (int i = 0; i < LOOPS; i++)
        j->sink += mcy_local_level_likelihood(NILE_YEARS, nile, 15099 + i, 1469.1);
}

static void general_likelihoods(void *context)
{
    jobs *j = context;
    for (int i = 0; i < LOOPS; i++) {
        mcy_kalman_filter(j->general);
        j->sink += j->general->log_likelihood;
    }
}

static void general_smoothers(void *context)
{
    jobs *j = context;
    for (int i = 0; i < LOOPS; i++) {
        mcy_kalman_filter(j->general);
        mcy_kalman_smooth(j->general);
    }
}

static void batch(void *context)
{
    jobs *j = context;
    mcy_local_level_fit(SERIES, LENGTH, j->y, j->fit, j->smoothed, j->variance, NULL);
}

int main(void)
{
    mcy_arena *arena = mcy_arena_create();
    jobs j = {.y = MCY_TAKE(arena, double, SERIES *LENGTH),
              .smoothed = MCY_TAKE(arena, double, SERIES *LENGTH),
              .variance = MCY_TAKE(arena, double, SERIES *LENGTH),
              .fit = MCY_TAKE(arena, mcy_local_level, SERIES),
              .general = mcy_kalman_create(arena, 1, NILE_YEARS, NILE_YEARS)};
    random_state r = random_seed(1);
    for (int s = 0; s < SERIES; s++) {
        double level = 0, step = exp(random_normal(&r) - 1);
        for (int t = 0; t < LENGTH; t++) {
            level += step * random_normal(&r);
            j.y[s * LENGTH + t] = level + random_normal(&r);
        }
    }
    j.general->transition[0] = j.general->start_diffuse[0] = 1;
    j.general->shock[0] = 1469.1;
    for (int t = 0; t < NILE_YEARS; t++)
        j.general->row[t] = (mcy_kalman_row){t, 1, {0}, {1}, nile[t], 15099};
    mcy_kalman_index(j.general);

    double one = stopwatch_median(21, likelihoods, &j) / LOOPS;
    printf(
        "Nile likelihood, local level path     %8.3f us   (a general Python package: 74 us)\n",
        1e6 * one);
    printf("Nile likelihood, general exact filter %8.3f us\n",
           1e6 * stopwatch_median(21, general_likelihoods, &j) / LOOPS);
    printf("Nile filter and smoother, general     %8.3f us\n",
           1e6 * stopwatch_median(21, general_smoothers, &j) / LOOPS);
    printf("%d local-level fits and smoothers of %d values %8.4f s"
           "   (statsmodels 45 s, R 8.1 s, gretl 6.6 s)\n",
           SERIES, LENGTH, stopwatch_median(11, batch, &j));
    mcy_arena_destroy(arena);
    return j.sink > 0;
}
