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

/* Cells of equal width between the ends; those that hold a wanted rank are gathered and sorted.
 * Cells are monotone in the value, so ranks inside a cell are ranks of the sample. */
typedef struct cell_count {
    double least, scale;
    uint32_t before[CELLS + 1]; /* values in lower cells */
    uint32_t start[CELLS + 1];  /* of a cell among the gathered */
    bool wanted[CELLS];
} cell_count;

static size_t cell_of(double x, const cell_count *cells)
{
    double place = (x - cells->least) * cells->scale;
    return place >= CELLS - 1 ? CELLS - 1 : (size_t)place;
}

/* The lower of the two order statistics of a quantile, from 0, and the part of the upper. */
static size_t lower_rank(double p, size_t n, double *part)
{
    double place = p * (double)(n - 1);
    size_t low = (size_t)place;
    if (low >= n - 1)
        low = n > 1 ? n - 2 : 0;
    *part = n > 1 ? place - (double)low : 0;
    return low;
}

static void count_cells(cell_count *cells, size_t n, const double *x)
{
    memset(cells->before, 0, sizeof cells->before);
    for (size_t i = 0; i < n; i++)
        if (x[i] == x[i])
            cells->before[cell_of(x[i], cells) + 1]++;
    for (size_t c = 0; c < CELLS; c++)
        cells->before[c + 1] += cells->before[c];
}

static void gather_cells(cell_count *cells, size_t n, const double *x, double *work)
{
    uint32_t at = 0;
    for (size_t c = 0; c < CELLS; c++) {
        cells->start[c] = at;
        at += cells->wanted[c] ? cells->before[c + 1] - cells->before[c] : 0;
    }
    cells->start[CELLS] = at;
    for (size_t i = 0; i < n; i++)
        if (x[i] == x[i]) {
            size_t c = cell_of(x[i], cells);
            if (cells->wanted[c])
                work[cells->start[c]++] = x[i];
        }
    for (size_t c = CELLS; c > 0; c--)
        cells->start[c] = cells->start[c - 1];
    cells->start[0] = 0;
    for (size_t c = 0; c < CELLS; c++)
        if (cells->wanted[c])
            qsort(work + cells->start[c], cells->start[c + 1] - cells->start[c], sizeof *work,
                  by_value);
}

static double order_statistic(const cell_count *cells, size_t rank, const double *gathered)
{
    size_t low = 0, high = CELLS; /* before[low] <= rank < before[high] */
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (cells->before[middle] <= rank)
            low = middle;
        else
            high = middle;
    }
    return gathered[cells->start[low] + (rank - cells->before[low])];
}

static void sorted_quantiles(size_t n, const double *x, size_t kept, double *sorted,
                             size_t count, const double *probability, double *quantile)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++)
        if (x[i] == x[i])
            sorted[at++] = x[i];
    qsort(sorted, kept, sizeof *sorted, by_value);
    for (size_t i = 0; i < count; i++) {
        double part;
        size_t low = lower_rank(probability[i], kept, &part);
        quantile[i] =
            part > 0 ? sorted[low] + part * (sorted[low + 1] - sorted[low]) : sorted[low];
    }
}

static void counted_quantiles(cell_count *cells, size_t n, const double *x, size_t kept,
                              double *work, size_t count, const double *probability,
                              double *quantile)
{
    double part;
    count_cells(cells, n, x);
    memset(cells->wanted, 0, sizeof cells->wanted);
    for (size_t i = 0; i < count; i++) {
        size_t low = lower_rank(probability[i], kept, &part);
        for (size_t c = 0; c < CELLS; c++) /* cells of ranks low and low + 1 */
            cells->wanted[c] |= cells->before[c] <= low + 1 && low < cells->before[c + 1];
    }
    gather_cells(cells, n, x, work);
    for (size_t i = 0; i < count; i++) {
        size_t low = lower_rank(probability[i], kept, &part);
        double a = order_statistic(cells, low, work);
        quantile[i] = part > 0 ? a + part * (order_statistic(cells, low + 1, work) - a) : a;
    }
}

void mcy_quantiles(size_t n, const double *x, double *work, size_t count,
                   const double *probability, double *quantile)
{
    cell_count cells;
    double least = (double)INFINITY, most = -(double)INFINITY;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        kept += x[i] == x[i];
        least = x[i] < least ? x[i] : least;
        most = x[i] > most ? x[i] : most;
    }
    cells.least = least;
    cells.scale = CELLS / (most - least);
    for (size_t i = 0; i < count; i++)
        quantile[i] = kept ? least : MCY_MISSING;
    if (kept == 0 || least == most)
        return;
    if (kept < CELLS / 4 || kept > UINT32_MAX || !isfinite(cells.scale) ||
        !isfinite(most - least))
        sorted_quantiles(n, x, kept, work, count, probability, quantile);
    else
        counted_quantiles(&cells, n, x, kept, work, count, probability, quantile);
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
    double half =
        d.count > 1 ? -mcy_normal_quantile((1 - confidence) / 2) * d.sd / sqrt((double)d.count)
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
