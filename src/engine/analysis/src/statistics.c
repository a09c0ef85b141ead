/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles by counting cells, order statistics, exact intervals. */
#include "mcy/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/distribution.h"
#include "mcy/number.h"

mcy_described mcy_describe(size_t n, const double *x)
{
    mcy_described d = {0, 0, 0, 0, (double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < n; i++) {
        if (mcy_is_missing(x[i])) {
            d.missing++;
            continue;
        }
        d.count++;
        d.mean += x[i];
        d.least = x[i] < d.least ? x[i] : d.least;
        d.most = x[i] > d.most ? x[i] : d.most;
    }
    double count = (double)d.count, squares = 0;
    d.mean = d.count ? d.mean / count : MCY_MISSING;
    for (size_t i = 0; i < n; i++)
        if (!mcy_is_missing(x[i]))
            squares += (x[i] - d.mean) * (x[i] - d.mean);
    d.sd = d.count > 1 ? sqrt(squares / (count - 1)) : MCY_MISSING;
    if (d.count == 0)
        d.least = d.most = MCY_MISSING;
    if (d.least == d.most) {
        d.mean = d.least;
        d.sd = d.count > 1 ? 0 : MCY_MISSING;
    }
    return d;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { CELLS = 1 << 13 };

static size_t cell_of(double x, double least, double scale)
{
    double place = (x - least) * scale;
    return place >= CELLS - 1 ? CELLS - 1 : (size_t)place;
}

/* The cells that hold the ranks wanted are gathered and sorted; before[c] counts what lies in
 * lower cells. Cells are monotone in the value, so ranks inside a cell are ranks of the sample. */
static double order_statistic(size_t rank, const uint32_t *before, const uint32_t *start,
                              const double *gathered)
{
    size_t low = 0, high = CELLS; /* before[low] <= rank < before[high] */
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (before[middle] <= rank)
            low = middle;
        else
            high = middle;
    }
    return gathered[start[low] + (rank - before[low])];
}

static double interpolate(double p, size_t n, size_t *low, double *part)
{
    double place = p * (double)(n - 1);
    *low = (size_t)place;
    if (*low >= n - 1)
        *low = n > 1 ? n - 2 : 0;
    *part = n > 1 ? place - (double)*low : 0;
    return place;
}

static void sorted_quantiles(size_t n, double *sorted, size_t count, const double *probability,
                             double *quantile)
{
    qsort(sorted, n, sizeof *sorted, by_value);
    for (size_t i = 0; i < count; i++) {
        size_t low;
        double part;
        interpolate(probability[i], n, &low, &part);
        quantile[i] = part > 0 ? sorted[low] + part * (sorted[low + 1] - sorted[low]) : sorted[low];
    }
}

void mcy_quantiles(size_t n, const double *x, double *work, size_t count,
                   const double *probability, double *quantile)
{
    uint32_t before[CELLS + 1], start[CELLS + 1];
    bool wanted[CELLS] = {false};
    double least = (double)INFINITY, most = -(double)INFINITY;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        kept += x[i] == x[i];
        least = x[i] < least ? x[i] : least;
        most = x[i] > most ? x[i] : most;
    }
    double scale = CELLS / (most - least);
    for (size_t i = 0; i < count; i++)
        quantile[i] = kept ? least : MCY_MISSING;
    if (kept == 0 || least == most)
        return;
    if (kept < 4 * CELLS || kept > UINT32_MAX || !isfinite(scale) || !isfinite(most - least)) {
        size_t at = 0;
        for (size_t i = 0; i < n; i++)
            if (x[i] == x[i])
                work[at++] = x[i];
        sorted_quantiles(kept, work, count, probability, quantile);
        return;
    }
    memset(before, 0, sizeof before);
    for (size_t i = 0; i < n; i++)
        if (x[i] == x[i])
            before[cell_of(x[i], least, scale) + 1]++;
    for (size_t c = 0; c < CELLS; c++)
        before[c + 1] += before[c];
    for (size_t i = 0; i < count; i++) {
        size_t low;
        double part;
        interpolate(probability[i], kept, &low, &part);
        for (size_t c = 0; c < CELLS; c++) /* cells of ranks low and low + 1 */
            wanted[c] |= before[c] <= low + 1 && low < before[c + 1];
    }
    uint32_t at = 0;
    for (size_t c = 0; c < CELLS; c++) {
        start[c] = at;
        at += wanted[c] ? before[c + 1] - before[c] : 0;
    }
    start[CELLS] = at;
    for (size_t i = 0; i < n; i++)
        if (x[i] == x[i]) {
            size_t c = cell_of(x[i], least, scale);
            if (wanted[c])
                work[start[c]++] = x[i];
        }
    for (size_t c = CELLS; c > 0; c--)
        start[c] = start[c - 1];
    start[0] = 0;
    for (size_t c = 0; c < CELLS; c++)
        if (wanted[c])
            qsort(work + start[c], start[c + 1] - start[c], sizeof *work, by_value);
    for (size_t i = 0; i < count; i++) {
        size_t low;
        double part;
        interpolate(probability[i], kept, &low, &part);
        double a = order_statistic(low, before, start, work);
        double b = part > 0 ? order_statistic(low + 1, before, start, work) : a;
        quantile[i] = part > 0 ? a + part * (b - a) : a;
    }
}

/* P(Bin(n, p) >= r) for r = 0 .. n + 1 */
static double at_least(uint64_t n, double p, uint64_t r)
{
    if (r == 0 || r > n)
        return r == 0 ? 1 : 0;
    return mcy_beta_cdf((double)r, (double)(n - r) + 1, p);
}

bool mcy_order_interval(uint64_t n, double probability, double confidence, uint64_t *low,
                        uint64_t *high)
{
    double tail = (1 - confidence) / 2;
    /* largest low with P(Bin < low) <= tail, smallest high with P(Bin >= high) <= tail */
    uint64_t a = 0, b = n + 1;
    while (b - a > 1) {
        uint64_t middle = a + (b - a) / 2;
        if (1 - at_least(n, probability, middle) <= tail)
            a = middle;
        else
            b = middle;
    }
    *low = a;
    a = 0, b = n + 1;
    while (b - a > 1) {
        uint64_t middle = a + (b - a) / 2;
        if (at_least(n, probability, middle) <= tail)
            b = middle;
        else
            a = middle;
    }
    *high = b;
    bool good = *low >= 1 && *high <= n;
    *low = *low < 1 ? 1 : *low;
    *high = *high > n ? n : *high;
    return good;
}

uint64_t mcy_wilks_size(double coverage, double confidence, bool two_sided)
{
    double power = 1;
    for (uint64_t n = 1; n < 100000000; n++) {
        double before = power;
        power *= coverage;
        double miss = power + (two_sided ? (double)n * (1 - coverage) * before : 0);
        if (1 - miss >= confidence && (n > 1 || !two_sided))
            return n;
    }
    return UINT64_MAX;
}

void mcy_probability_interval(uint64_t hits, uint64_t n, double confidence, double *low,
                              double *high)
{
    double tail = (1 - confidence) / 2;
    *low = 0, *high = 1;
    double a = 0, b = (double)hits / (double)n;
    for (int i = 0; hits > 0 && i < 60; i++) {
        double middle = (a + b) / 2;
        *(at_least(n, middle, hits) <= tail ? &a : &b) = middle;
        *low = a;
    }
    a = (double)hits / (double)n, b = 1;
    for (int i = 0; hits < n && i < 60; i++) {
        double middle = (a + b) / 2;
        *(1 - at_least(n, middle, hits + 1) <= tail ? &b : &a) = middle;
        *high = b;
    }
}

double mcy_tail_mean(size_t n, const double *x, double limit, bool upper)
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < n; i++)
        if (upper ? x[i] >= limit : x[i] <= limit)
            sum += x[i], count += 1;
    return count > 0 ? sum / count : MCY_MISSING;
}

void mcy_mean_interval(const mcy_stamp *stamp, uint64_t first, size_t n, const double *x,
                       double confidence, double *mean, double *low, double *high)
{
    mcy_described d = mcy_describe(n, x);
    double half = d.count > 1 ? -mcy_normal_quantile((1 - confidence) / 2) * d.sd /
                                    sqrt((double)d.count)
                              : MCY_MISSING;
    if (stamp->method == MCY_METHOD_SOBOL && stamp->replicates >= 8 && d.count == n &&
        n >= 2 * stamp->replicates) {
        double sum[64] = {0}, count[64] = {0}, spread = 0, copies = (double)stamp->replicates;
        for (size_t i = 0; i < n; i++) {
            size_t copy = (size_t)((first + i) % stamp->replicates);
            sum[copy] += x[i], count[copy] += 1;
        }
        for (size_t c = 0; c < stamp->replicates; c++) {
            double off = sum[c] / count[c] - d.mean;
            spread += off * off;
        }
        half = mcy_student_quantile(copies - 1, (1 + confidence) / 2) *
               sqrt(spread / (copies - 1) / copies);
    }
    *mean = d.mean;
    *low = d.mean - half;
    *high = d.mean + half;
}

bool mcy_relation_holds(mcy_relation relation, double value, double limit)
{
    switch (relation) {
    case MCY_BELOW:
        return value < limit;
    case MCY_AT_MOST:
        return value <= limit;
    case MCY_ABOVE:
        return value > limit;
    default:
        return value >= limit;
    }
}
