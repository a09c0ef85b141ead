/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapley values: exact over subsets, or over sampled orders. */
#include "mcy/explain.h"

#include <math.h>
#include <string.h>

enum { BATCH = 256 };

static mcy_status take_results(mcy_arena *arena, size_t n, mcy_explanation *e, mcy_error *err)
{
    e->drivers = n;
    e->share = MCY_TAKE(arena, double, n);
    e->error = MCY_TAKE(arena, double, n);
    e->alone = MCY_TAKE(arena, double, n);
    e->last = MCY_TAKE(arena, double, n);
    return e->share && e->error && e->alone && e->last ? MCY_OK : mcy_fail_memory(err);
}

static mcy_status check_values(size_t count, const double *values, mcy_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return MCY_FAIL(err, MCY_E_NUMERIC,
                            "the metric has no value when only some of the assumptions change");
    return MCY_OK;
}

/* ---- all subsets --------------------------------------------------------------------------- */

static mcy_status explain_exact(mcy_arena *arena, size_t n, mcy_explain_value *value,
                                void *context, mcy_explanation *e, mcy_error *err)
{
    size_t subsets = (size_t)1 << n;
    double *values = MCY_TAKE(arena, double, subsets);
    bool *switched = MCY_TAKE(arena, bool, BATCH *n);
    double weight[MCY_EXPLAIN_EXACT];
    if (!values || !switched)
        return mcy_fail_memory(err);
    for (size_t first = 0; first < subsets; first += BATCH) {
        size_t count = subsets - first < BATCH ? subsets - first : BATCH;
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < n; k++)
                switched[i * n + k] = ((first + i) >> k) & 1;
        MCY_TRY(value(context, count, switched, values + first, err));
    }
    MCY_TRY(check_values(subsets, values, err));
    /* weight[s] = s! (n - 1 - s)! / n! of a subset of s others. */
    weight[0] = 1.0 / (double)n;
    for (size_t s = 1; s < n; s++)
        weight[s] = weight[s - 1] * (double)s / (double)(n - s);
    for (size_t k = 0; k < n; k++) {
        double share = 0;
        for (size_t set = 0; set < subsets; set++) {
            size_t size = 0;
            if ((set >> k) & 1)
                continue;
            for (size_t bits = set; bits; bits &= bits - 1)
                size++;
            share += weight[size] * (values[set | (size_t)1 << k] - values[set]);
        }
        e->share[k] = share;
        e->alone[k] = values[(size_t)1 << k] - values[0];
        e->last[k] = values[subsets - 1] - values[(subsets - 1) ^ (size_t)1 << k];
    }
    e->before = values[0];
    e->after = values[subsets - 1];
    e->exact = true;
    e->cases = subsets;
    return MCY_OK;
}

/* ---- sampled orders ------------------------------------------------------------------------ */

/* SplitMix64 (Steele, Lea and Flood 2014): a shuffle needs no more. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static void shuffle(size_t *order, size_t n, uint64_t *state)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)(next_random(state) % i);
        size_t other = order[i - 1];
        order[i - 1] = order[k];
        order[k] = other;
    }
}

/* What each driver adds along one order: the n + 1 cases of switching them one by one. */
static mcy_status walk(size_t n, const size_t *order, mcy_explain_value *value, void *context,
                       bool *switched, double *values, double *added, mcy_error *err)
{
    memset(switched, 0, (n + 1) * n * sizeof *switched);
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k <= n; k++)
            switched[k * n + order[i]] = true;
    MCY_TRY(value(context, n + 1, switched, values, err));
    MCY_TRY(check_values(n + 1, values, err));
    for (size_t i = 0; i < n; i++)
        added[order[i]] += values[i + 1] - values[i];
    return MCY_OK;
}

static mcy_status explain_ends(size_t n, mcy_explain_value *value, void *context,
                               bool *switched, double *values, mcy_explanation *e,
                               mcy_error *err)
{
    memset(switched, 0, (n + 1) * n * sizeof *switched);
    for (size_t k = 0; k < n; k++)
        switched[(k + 1) * n + k] = true;
    MCY_TRY(value(context, n + 1, switched, values, err));
    MCY_TRY(check_values(n + 1, values, err));
    e->before = values[0];
    for (size_t k = 0; k < n; k++)
        e->alone[k] = values[k + 1] - values[0];
    memset(switched, 1, (n + 1) * n * sizeof *switched);
    for (size_t k = 0; k < n; k++)
        switched[(k + 1) * n + k] = false;
    MCY_TRY(value(context, n + 1, switched, values, err));
    MCY_TRY(check_values(n + 1, values, err));
    e->after = values[0];
    for (size_t k = 0; k < n; k++)
        e->last[k] = values[0] - values[k + 1];
    return MCY_OK;
}

static mcy_status explain_sampled(mcy_arena *arena, size_t n, mcy_explain_value *value,
                                  void *context, size_t orders, uint64_t seed,
                                  mcy_explanation *e, mcy_error *err)
{
    size_t pairs = (orders + 1) / 2;
    size_t *order = MCY_TAKE(arena, size_t, n), *back = MCY_TAKE(arena, size_t, n);
    bool *switched = MCY_TAKE(arena, bool, (n + 1) * n);
    double *values = MCY_TAKE(arena, double, n + 1), *added = MCY_TAKE(arena, double, n);
    double *square = MCY_TAKE(arena, double, n);
    if (!order || !back || !switched || !values || !added || !square)
        return mcy_fail_memory(err);
    MCY_TRY(explain_ends(n, value, context, switched, values, e, err));
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t p = 0; p < pairs; p++) {
        shuffle(order, n, &seed);
        for (size_t i = 0; i < n; i++)
            back[i] = order[n - 1 - i];
        memset(added, 0, n * sizeof *added);
        MCY_TRY(walk(n, order, value, context, switched, values, added, err));
        MCY_TRY(walk(n, back, value, context, switched, values, added, err));
        for (size_t k = 0; k < n; k++) { /* mean and spread of the pairs, Welford */
            double one = added[k] / 2, off = one - e->share[k];
            e->share[k] += off / (double)(p + 1);
            square[k] += off * (one - e->share[k]);
        }
    }
    for (size_t k = 0; k < n && pairs > 1; k++)
        e->error[k] = sqrt(square[k] / (double)(pairs - 1) / (double)pairs);
    e->exact = false;
    e->orders = 2 * pairs;
    e->cases = 2 * (pairs + 1) * (n + 1);
    return MCY_OK;
}

mcy_status mcy_explain(mcy_arena *arena, size_t drivers, mcy_explain_value *value,
                       void *context, size_t orders, uint64_t seed,
                       mcy_explanation *explanation, mcy_error *err)
{
    *explanation = (mcy_explanation){.drivers = drivers};
    if (!drivers)
        return MCY_FAIL(err, MCY_E_INPUT, "nothing differs: there is nothing to explain");
    MCY_TRY(take_results(arena, drivers, explanation, err));
    if (drivers <= MCY_EXPLAIN_EXACT)
        return explain_exact(arena, drivers, value, context, explanation, err);
    return explain_sampled(arena, drivers, value, context, orders ? orders : MCY_EXPLAIN_ORDERS,
                           seed, explanation, err);
}
