/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peaks and troughs of a series: candidates, alternation, least amplitude, ends. */
#include "mcy/turning_points.h"

#include <math.h>
#include <string.h>

#include "mcy/number.h"

/* By how much a lies beyond b in the direction of the turn. */
static double beyond(bool peak, double a, double b)
{
    return peak ? a - b : b - a;
}

/* Step 1: the extreme of its window. */
static bool is_turn(size_t n, const double *level, size_t window, size_t t, bool peak)
{
    if (t == 0 || n - 1 - t < window)
        return false;
    for (size_t s = t > window ? t - window : 0; s <= t + window; s++) {
        double ahead = beyond(peak, level[t], level[s]);
        if (ahead < 0 || (s < t && ahead == 0))
            return false;
    }
    return true;
}

static void drop(mcy_turn *turn, size_t *count, size_t first, size_t number)
{
    memmove(&turn[first], &turn[first + number], (*count - first - number) * sizeof *turn);
    *count -= number;
}

/* Step 2: append a candidate; a better one of the same kind takes the last one's place. */
static void append(const double *level, mcy_turn *turn, size_t *count, mcy_turn candidate)
{
    if (*count == 0 || turn[*count - 1].peak != candidate.peak)
        turn[(*count)++] = candidate;
    else if (beyond(candidate.peak, level[candidate.at], level[turn[*count - 1].at]) > 0)
        turn[*count - 1] = candidate;
}

/* Step 3: take the smallest phase away while it is too small. */
static void drop_small(const double *level, double least, mcy_turn *turn, size_t *count)
{
    while (*count > 1) {
        size_t small = 0;
        double amplitude = INFINITY;
        for (size_t i = 0; i + 1 < *count; i++) {
            double a = fabs(level[turn[i + 1].at] - level[turn[i].at]);
            if (a < amplitude) {
                amplitude = a;
                small = i;
            }
        }
        if (amplitude >= least)
            return;
        bool first = small == 0, last = small + 2 == *count;
        if (first == last)
            drop(turn, count, small, 2);
        else
            drop(turn, count, first ? small : small + 1, 1);
    }
}

/* Step 4: is the turn exceeded by a quarter from `from` up to, not including, `to`? */
static bool exceeded(const double *level, const mcy_turn *turn, size_t from, size_t to)
{
    for (size_t s = from; s < to; s++)
        if (beyond(turn->peak, level[s], level[turn->at]) > 0)
            return true;
    return false;
}

mcy_status mcy_turning_points(size_t n, const double *level, const mcy_turn_rule *rule,
                              mcy_turn *turn, size_t *count, mcy_error *err)
{
    *count = 0;
    if (rule->window == 0)
        return MCY_FAIL(err, MCY_E_DOMAIN, "window must be at least 1 quarter, got 0");
    if (!(rule->least_amplitude >= 0))
        return MCY_FAIL(err, MCY_E_DOMAIN, "least amplitude must be 0 or more, got %g",
                        rule->least_amplitude);
    for (size_t t = 0; t < n; t++)
        if (mcy_is_missing(level[t]))
            return MCY_FAIL(err, MCY_E_MISSING, "quarter %zu of %zu: the level is missing", t,
                            n);
    for (size_t t = 0; t < n; t++)
        for (int peak = 0; peak < 2; peak++)
            if (is_turn(n, level, rule->window, t, peak))
                append(level, turn, count, (mcy_turn){t, peak});
    drop_small(level, rule->least_amplitude, turn, count);
    while (*count && exceeded(level, &turn[0], 0, turn[0].at))
        drop(turn, count, 0, 1);
    while (*count && exceeded(level, &turn[*count - 1], turn[*count - 1].at + 1, n))
        drop(turn, count, *count - 1, 1);
    return MCY_OK;
}
