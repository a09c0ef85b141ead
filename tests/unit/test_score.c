/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of forecasts against closed forms and against each other. */
#include "check.h"

#include <stdlib.h>

#include "mcy/score.h"
#include "random.h"

static void crps__standard_normal_at_zero__is_the_published_value(void **state)
{
    (void)state;
    check_near(mcy_score_crps_normal(0.0, 1.0, 0.0), 0.2336949773, 1e-9);
    /* closed form (sqrt 2 - 1) / sqrt pi, scaled and shifted */
    check_near(mcy_score_crps_normal(3.7, 2.385, 3.7), 2.385 * (sqrt(2.0) - 1.0) / sqrt(M_PI),
               1e-14);
    check_near(mcy_score_crps_normal(3.7, 0.0, 1.2), 2.5, 1e-15);
    assert_true(isnan(mcy_score_crps_normal(NAN, 1.0, 0.0)));
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void crps__large_normal_sample__agrees_with_the_formula(void **state)
{
    (void)state;
    enum { N = 200000 };
    double *draws = malloc(N * sizeof *draws);
    random_state random = random_seed(11);
    for (size_t i = 0; i < N; i++)
        draws[i] = 1.3 + 0.7 * random_normal(&random);
    qsort(draws, N, sizeof *draws, ascending);
    for (double actual = -1.0; actual < 4.0; actual += 0.61)
        check_near(mcy_score_crps_sample(N, draws, actual),
                   mcy_score_crps_normal(1.3, 0.7, actual), 3e-3);
    free(draws);
}

static void crps__three_draws__by_hand(void **state)
{
    (void)state;
    const double draws[] = {1.0, 2.0, 4.0};
    /* E|X-y| = (1.5 + 0.5 + 1.5)/3; E|X-X'|/2 = (1 + 3 + 2) * 2 / 9 / 2 */
    check_near(mcy_score_crps_sample(3, draws, 2.5), 3.5 / 3 - 6.0 / 9, 1e-15);
    check_near(mcy_score_pit_sample(3, draws, 2.0), 0.5, 1e-15);
    check_near(mcy_score_quantile(3, draws, 0.75), 3.0, 1e-15);
    check_near(mcy_score_pinball(0.9, 2.0, 2.5), 0.45, 1e-15);
    check_near(mcy_score_pinball(0.9, 3.0, 2.5), 0.05, 1e-15);
}

static void pinball__mean_over_levels__is_half_the_crps(void **state)
{
    (void)state;
    const double draws[] = {-0.4, 0.1, 0.3, 1.9, 2.2};
    double sum = 0.0;
    enum { LEVELS = 20000 };
    for (int i = 0; i < LEVELS; i++) {
        double level = (i + 0.5) / LEVELS;
        sum += mcy_score_pinball(level, draws[(int)(level * 5)], 0.77);
    }
    check_near(2.0 * sum / LEVELS, mcy_score_crps_sample(5, draws, 0.77), 1e-6);
}

static void pit__true_distribution__is_uniform(void **state)
{
    (void)state;
    enum { TRIALS = 4000, N = 199, BINS = 10 };
    random_state random = random_seed(12);
    int counts[BINS] = {0};
    for (int trial = 0; trial < TRIALS; trial++) {
        double draws[N];
        for (size_t i = 0; i < N; i++)
            draws[i] = random_normal(&random);
        qsort(draws, N, sizeof *draws, ascending);
        int bin = (int)(mcy_score_pit_sample(N, draws, random_normal(&random)) * BINS);
        counts[bin < BINS ? bin : BINS - 1]++;
    }
    double chi2 = 0.0;
    for (int i = 0; i < BINS; i++)
        chi2 += pow(counts[i] - TRIALS / (double)BINS, 2) / (TRIALS / (double)BINS);
    assert_true(chi2 < 27.9); /* 99.9 % of chi-squared with 9 degrees of freedom */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crps__standard_normal_at_zero__is_the_published_value),
        cmocka_unit_test(crps__large_normal_sample__agrees_with_the_formula),
        cmocka_unit_test(crps__three_draws__by_hand),
        cmocka_unit_test(pinball__mean_over_levels__is_half_the_crps),
        cmocka_unit_test(pit__true_distribution__is_uniform),
    };
    return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
