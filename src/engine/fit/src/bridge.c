/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact additive splits of a change (D9). A "hybrid" is an item with some factors after and the
 * rest before; a set of factors is a bit mask. */
#include "mcy/bridge.h"

#include <math.h>
#include <stdbool.h>

#include "mcy/number.h"

static const char *const method_names[MCY_BRIDGE_METHODS] = {
    "log-mean", "bennet", "shapley", "laspeyres", "paasche", "fisher", "tornqvist"};

const char *mcy_bridge_method_name(mcy_bridge_method method)
{
    return method_names[method];
}

static mcy_status check_factors(mcy_bridge_method method, size_t items, size_t factors,
                                const double *x, const char *when, mcy_error *err)
{
    bool positive = method == MCY_BRIDGE_FISHER || method == MCY_BRIDGE_TORNQVIST;
    for (size_t i = 0; i < items * factors; i++)
        if (!(positive ? x[i] > 0 : x[i] >= 0) || !isfinite(x[i]))
            return MCY_FAIL(err, MCY_E_DOMAIN,
                            "%s split: factor %zu of item %zu must be %s and finite, got %g %s",
                            method_names[method], i % factors, i / factors,
                            positive ? "above 0" : "at least 0", x[i], when);
    return MCY_OK;
}

static double hybrid(size_t factors, const double *before, const double *after, unsigned set)
{
    double value = 1;
    for (size_t j = 0; j < factors; j++)
        value *= set >> j & 1 ? after[j] : before[j];
    return value;
}

/* A factor that is 0 in one quarter takes the whole change, shared when several are. */
static void split_vanishing(size_t factors, const double *before, const double *after,
                            double *term)
{
    double v0 = hybrid(factors, before, after, 0), v1 = hybrid(factors, before, after, ~0U);
    const double *zero = v1 > 0 ? before : after;
    size_t vanishing = 0;
    for (size_t j = 0; j < factors; j++)
        vanishing += zero[j] == 0;
    for (size_t j = 0; j < factors; j++)
        term[j] = zero[j] == 0 ? (v1 - v0) / (double)vanishing : 0;
}

/* L(v1, v0) log(x1 / x0). Where the values are far apart L is formed from the sum of the logs,
 * which neither overflows nor underflows. */
static void split_log_mean(size_t factors, const double *before, const double *after,
                           double *term)
{
    double sum = 0;
    for (size_t j = 0; j < factors; j++) {
        if (before[j] == 0 || after[j] == 0) {
            split_vanishing(factors, before, after, term);
            return;
        }
        term[j] = log(after[j] / before[j]);
        sum += term[j];
    }
    double v0 = hybrid(factors, before, after, 0), v1 = hybrid(factors, before, after, ~0U);
    bool apart = fabs(sum) > 1 || v0 == 0 || v1 == 0;
    double mean = apart ? (sum != 0 ? (v1 - v0) / sum : v0) : mcy_log_mean(v1, v0);
    for (size_t j = 0; j < factors; j++)
        term[j] *= mean;
}

/* Factor j against the product of those after it, times the mean of those before it. */
static void split_bennet(size_t factors, const double *before, const double *after,
                         double *term)
{
    double outer = 1;
    for (size_t j = 0; j < factors; j++) {
        double rest0 = hybrid(factors - j - 1, before + j + 1, after + j + 1, 0);
        double rest1 = hybrid(factors - j - 1, before + j + 1, after + j + 1, ~0U);
        term[j] = outer * (after[j] - before[j]) * 0.5 * (rest0 + rest1);
        outer *= 0.5 * (before[j] + after[j]);
    }
}

/* Weight of a set among all orders in which the other factor comes right after it. */
static double shapley_weight(size_t factors, unsigned set)
{
    size_t size = 0;
    for (unsigned s = set; s; s &= s - 1)
        size++;
    double weight = 1 / (double)factors; /* 1 / (n C(n-1, size)) */
    for (size_t k = 0; k < size; k++)
        weight *= (double)(k + 1) / (double)(factors - 1 - k);
    return weight;
}

static void split_shapley(size_t factors, const double *before, const double *after,
                          double *term)
{
    for (size_t j = 0; j < factors; j++) {
        term[j] = 0;
        for (unsigned set = 0; set < 1U << factors; set++)
            if (!(set >> j & 1))
                term[j] += shapley_weight(factors, set) *
                           (hybrid(factors, before, after, set | 1U << j) -
                            hybrid(factors, before, after, set));
    }
}

static void split_in_order(size_t factors, const double *before, const double *after,
                           bool reverse, double *term)
{
    unsigned set = 0;
    double here = hybrid(factors, before, after, 0);
    for (size_t step = 0; step < factors; step++) {
        size_t j = reverse ? factors - 1 - step : step;
        set |= 1U << j;
        double next = hybrid(factors, before, after, set);
        term[j] = next - here;
        here = next;
    }
}

static double total(size_t items, size_t factors, const double *before, const double *after,
                    unsigned set)
{
    double sum = 0;
    for (size_t i = 0; i < items; i++)
        sum += hybrid(factors, before + i * factors, after + i * factors, set);
    return sum;
}

/* L(V1, V0) log(index of factor j): the generalised Fisher index is the geometric Shapley mean
 * of V(set and j) / V(set), and the log of each such ratio is itself additive over items. */
static void split_fisher(size_t items, size_t factors, const double *before,
                         const double *after, double *term)
{
    double mean = mcy_log_mean(total(items, factors, before, after, ~0U),
                               total(items, factors, before, after, 0));
    for (size_t i = 0; i < items * factors; i++)
        term[i] = 0;
    for (size_t j = 0; j < factors; j++)
        for (unsigned set = 0; set < 1U << factors; set++) {
            if (set >> j & 1)
                continue;
            unsigned with = set | 1U << j;
            double weight = mean * shapley_weight(factors, set) /
                            mcy_log_mean(total(items, factors, before, after, with),
                                         total(items, factors, before, after, set));
            for (size_t i = 0; i < items; i++) {
                const double *x0 = before + i * factors, *x1 = after + i * factors;
                term[i * factors + j] +=
                    weight * (hybrid(factors, x0, x1, with) - hybrid(factors, x0, x1, set));
            }
        }
}

/* L(V1, V0) (s0 + s1)/2 log(x1 / x0) for every factor but the first, which takes what is left.
 */
static void split_tornqvist(size_t items, size_t factors, const double *before,
                            const double *after, double *term)
{
    double all0 = total(items, factors, before, after, 0);
    double all1 = total(items, factors, before, after, ~0U), mean = mcy_log_mean(all1, all0);
    for (size_t i = 0; i < items; i++) {
        const double *x0 = before + i * factors, *x1 = after + i * factors;
        double v0 = hybrid(factors, x0, x1, 0), v1 = hybrid(factors, x0, x1, ~0U);
        double weight = mean * 0.5 * (v0 / all0 + v1 / all1), rest = v1 - v0;
        for (size_t j = 1; j < factors; j++) {
            term[i * factors + j] = weight * log(x1[j] / x0[j]);
            rest -= term[i * factors + j];
        }
        term[i * factors] = rest;
    }
}

mcy_status mcy_bridge_split(mcy_bridge_method method, size_t items, size_t factors,
                            const double *before, const double *after, double *term,
                            mcy_error *err)
{
    if (items == 0 || factors == 0 || factors > MCY_BRIDGE_FACTORS_MAX)
        return MCY_FAIL(err, MCY_E_DOMAIN,
                        "split: items and 1..%d factors needed, got %zu and %zu",
                        (int)MCY_BRIDGE_FACTORS_MAX, items, factors);
    MCY_TRY(check_factors(method, items, factors, before, "before", err));
    MCY_TRY(check_factors(method, items, factors, after, "after", err));
    if (method == MCY_BRIDGE_FISHER) {
        split_fisher(items, factors, before, after, term);
        return MCY_OK;
    }
    if (method == MCY_BRIDGE_TORNQVIST) {
        split_tornqvist(items, factors, before, after, term);
        return MCY_OK;
    }
    for (size_t i = 0; i < items; i++) {
        const double *x0 = before + i * factors, *x1 = after + i * factors;
        double *out = term + i * factors;
        if (method == MCY_BRIDGE_LOG_MEAN)
            split_log_mean(factors, x0, x1, out);
        else if (method == MCY_BRIDGE_BENNET)
            split_bennet(factors, x0, x1, out);
        else if (method == MCY_BRIDGE_SHAPLEY)
            split_shapley(factors, x0, x1, out);
        else
            split_in_order(factors, x0, x1, method == MCY_BRIDGE_PAASCHE, out);
    }
    return MCY_OK;
}
