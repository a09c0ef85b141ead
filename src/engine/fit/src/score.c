/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of probabilistic forecasts. */
#include "mcy/score.h"

#include <math.h>

#include "mcy/number.h"

static const double two_pi = 6.283185307179586477;

double mcy_score_crps_normal(double mean, double sd, double actual)
{
    if (sd == 0.0)
        return fabs(actual - mean);
    double z = (actual - mean) / sd;
    double density = exp(-0.5 * z * z) / sqrt(two_pi);
    double both_sides = erf(z / sqrt(2.0)); /* 2 Phi(z) - 1 */
    return sd * (z * both_sides + 2.0 * density - 1.0 / sqrt(0.5 * two_pi));
}

double mcy_score_crps_sample(size_t n, const double *sorted, double actual)
{
    /* E|X - X'| over all pairs of sorted draws is 2/n^2 sum (2i - n + 1) x_i, i = 0..n-1. */
    double distance = 0.0, spread = 0.0, count = (double)n;
    for (size_t i = 0; i < n; i++) {
        distance += fabs(sorted[i] - actual);
        spread += (2.0 * (double)i - count + 1.0) * sorted[i];
    }
    return distance / count - spread / (count * count);
}

double mcy_score_pinball(double level, double quantile, double actual)
{
    double miss = actual - quantile;
    return miss >= 0.0 ? level * miss : (level - 1.0) * miss;
}

double mcy_score_pit_sample(size_t n, const double *sorted, double actual)
{
    if (mcy_is_missing(actual))
        return MCY_MISSING;
    double below = 0.0;
    for (size_t i = 0; i < n; i++)
        below += sorted[i] < actual ? 1.0 : sorted[i] == actual ? 0.5 : 0.0;
    return below / (double)n;
}

double mcy_score_quantile(size_t n, const double *sorted, double level)
{
    double place = level * (double)(n - 1);
    size_t low = (size_t)floor(place);
    if (low + 1 >= n)
        return sorted[n - 1];
    double part = place - (double)low;
    return sorted[low] + part * (sorted[low + 1] - sorted[low]);
}
