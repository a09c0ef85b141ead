/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sobol' indices from sums over base points, with jackknife intervals over copies. */
#include "mcy/indices.h"

#include <math.h>
#include <string.h>

#include "mcy/distribution.h"
#include "mcy/text.h"

/* Sums of one copy: these, then for each axis four, then for each ordered pair one. */
enum { COUNT, LEFT_OUT, A, B, AA, BB, AB, HEAD };
enum { X, XX, AX, BX, EACH }; /* X = A with one column of B */

static const char *const estimator_names[] = {
#define X(name, word) word,
    MCY_ESTIMATOR_LIST(X)
#undef X
};

const char *mcy_estimator_name(mcy_estimator estimator)
{
    return estimator_names[estimator];
}

mcy_status mcy_estimator_parse(const char *word, mcy_estimator *estimator, mcy_error *err)
{
    for (size_t i = 0; i < MCY_ESTIMATOR_COUNT; i++)
        if (strcmp(word, estimator_names[i]) == 0) {
            *estimator = (mcy_estimator)i;
            return MCY_OK;
        }
    return MCY_FAIL(err, MCY_E_INPUT,
                    "no estimator '%s': want saltelli, jansen, martinez or sobol", word);
}

static size_t copy_size(const mcy_stamp *stamp)
{
    size_t k = stamp->axes;
    return HEAD + EACH * k + (stamp->second_order ? k * k : 0);
}

size_t mcy_saltelli_size(const mcy_stamp *stamp)
{
    return stamp->replicates * copy_size(stamp) + 2;
}

void mcy_saltelli_start(const mcy_stamp *stamp, double *sums)
{
    size_t size = mcy_saltelli_size(stamp);
    memset(sums, 0, size * sizeof *sums);
    sums[size - 2] = (double)INFINITY;
    sums[size - 1] = -(double)INFINITY;
}

static void add_point(const mcy_stamp *stamp, const double *y, double centre, double *sum)
{
    size_t k = stamp->axes;
    double a = y[0] - centre, b = y[stamp->width - 1] - centre;
    sum[COUNT] += 1;
    sum[A] += a;
    sum[B] += b;
    sum[AA] += a * a;
    sum[BB] += b * b;
    sum[AB] += a * b;
    for (size_t i = 0; i < k; i++) {
        double x = y[1 + i] - centre, *each = sum + HEAD + EACH * i;
        each[X] += x;
        each[XX] += x * x;
        each[AX] += a * x;
        each[BX] += b * x;
    }
    double *pairs = sum + HEAD + EACH * k;
    for (size_t i = 0; stamp->second_order && i < k; i++)
        for (size_t j = 0; j < k; j++)
            pairs[i * k + j] += (y[1 + k + i] - centre) * (y[1 + j] - centre);
}

void mcy_saltelli_add(const mcy_stamp *stamp, uint64_t first, size_t n, const double *y,
                      const mcy_fault *faults, double centre, double *sums)
{
    size_t width = stamp->width, size = mcy_saltelli_size(stamp);
    double *least = sums + size - 2, *most = sums + size - 1;
    for (size_t at = 0; at + width <= n; at += width) {
        uint64_t point = (first + at) / width;
        double *sum = sums + (size_t)(point % stamp->replicates) * copy_size(stamp);
        bool failed = false;
        for (size_t i = 0; i < width; i++)
            failed |= faults[at + i].kind != MCY_FAULT_NONE;
        if (failed) {
            sum[LEFT_OUT] += 1;
            continue;
        }
        add_point(stamp, y + at, centre, sum);
        for (size_t i = 0; i < width; i++) {
            *least = y[at + i] < *least ? y[at + i] : *least;
            *most = y[at + i] > *most ? y[at + i] : *most;
        }
    }
}

void mcy_saltelli_merge(const mcy_stamp *stamp, const double *from, double *into)
{
    size_t size = mcy_saltelli_size(stamp);
    for (size_t i = 0; i < size - 2; i++)
        into[i] += from[i];
    into[size - 2] = from[size - 2] < into[size - 2] ? from[size - 2] : into[size - 2];
    into[size - 1] = from[size - 1] > into[size - 1] ? from[size - 1] : into[size - 1];
}

typedef struct moments {
    double n, mean, variance;
} moments;

static moments moments_of(const double *sum)
{
    double n = sum[COUNT], mean = (sum[A] + sum[B]) / (2 * n);
    double variance = (sum[AA] + sum[BB]) / (2 * n) - mean * mean;
    return (moments){n, mean, variance > 0 ? variance : 0};
}

static double correlation(double n, double x, double xx, double y, double yy, double xy)
{
    double vx = xx - x * x / n, vy = yy - y * y / n;
    return vx > 0 && vy > 0 ? (xy - x * y / n) / sqrt(vx * vy) : 0;
}

static double first_order(const double *sum, size_t i, mcy_estimator estimator)
{
    moments m = moments_of(sum);
    const double *each = sum + HEAD + EACH * i;
    if (!(m.variance > 0))
        return 0;
    if (estimator == MCY_ESTIMATOR_MARTINEZ)
        return correlation(m.n, sum[B], sum[BB], each[X], each[XX], each[BX]);
    if (estimator == MCY_ESTIMATOR_JANSEN)
        return 1 - (sum[BB] - 2 * each[BX] + each[XX]) / (2 * m.n * m.variance);
    return (each[BX] - sum[AB] - m.mean * (each[X] - sum[A])) / (m.n * m.variance);
}

static double total_order(const double *sum, size_t i, mcy_estimator estimator)
{
    moments m = moments_of(sum);
    const double *each = sum + HEAD + EACH * i;
    if (!(m.variance > 0))
        return 0;
    if (estimator == MCY_ESTIMATOR_MARTINEZ)
        return 1 - correlation(m.n, sum[A], sum[AA], each[X], each[XX], each[AX]);
    if (estimator != MCY_ESTIMATOR_SOBOL)
        return (sum[AA] - 2 * each[AX] + each[XX]) / (2 * m.n * m.variance);
    return (sum[AA] - each[AX] - m.mean * (sum[A] - each[X])) / (m.n * m.variance);
}

static double second_order(const double *sum, size_t k, size_t i, size_t j,
                           mcy_estimator estimator)
{
    moments m = moments_of(sum);
    if (!(m.variance > 0))
        return 0;
    const double *pairs = sum + HEAD + EACH * k;
    double pair = (pairs[i * k + j] + pairs[j * k + i]) / 2;
    return (pair - sum[AB]) / (m.n * m.variance) - first_order(sum, i, estimator) -
           first_order(sum, j, estimator);
}

/* One of the estimates, so that the jackknife is written once. */
typedef struct wanted_index {
    size_t axes, i, j; /* j == i: first order; j == SIZE_MAX: total */
    mcy_estimator estimator;
} wanted_index;

static double estimate(const double *sum, const wanted_index *w)
{
    if (w->j == SIZE_MAX)
        return total_order(sum, w->i, w->estimator);
    if (w->i == w->j)
        return first_order(sum, w->i, w->estimator);
    return second_order(sum, w->axes, w->i, w->j, w->estimator);
}

mcy_index mcy_index_judge(double value, double half, double n, const mcy_index_options *options)
{
    mcy_index index = {value, value - half, value + half, MCY_VERDICT_RESOLVED, n};
    double wanted = options->half_width > 0 ? options->half_width : 0.05;
    if (half > wanted) {
        index.verdict = MCY_VERDICT_MORE;
        index.needed = ceil(n * (half / wanted) * (half / wanted));
    } else if (index.low <= 0 && index.high >= 0) {
        index.verdict = MCY_VERDICT_ZERO;
    }
    return index;
}

typedef struct jackknife {
    size_t copies, size;
    const double *all;  /* [size] all copies together */
    const double *less; /* [copies * size] all but one */
    double t;           /* Student's quantile */
    const mcy_index_options *options;
} jackknife;

static mcy_index jackknife_index(const jackknife *jack, const wanted_index *w)
{
    double value = estimate(jack->all, w), mean = 0, spread = 0, copies = (double)jack->copies;
    for (size_t c = 0; c < jack->copies; c++)
        mean += estimate(jack->less + c * jack->size, w) / copies;
    for (size_t c = 0; c < jack->copies; c++) {
        double off = estimate(jack->less + c * jack->size, w) - mean;
        spread += off * off;
    }
    double half = jack->t * sqrt(spread * (copies - 1) / copies);
    return mcy_index_judge(value, half, jack->all[COUNT], jack->options);
}

static mcy_status check_estimate(const mcy_stamp *stamp, const mcy_index_options *options,
                                 mcy_error *err)
{
    if (stamp->method != MCY_METHOD_SALTELLI)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "indices of the variance need a sample drawn by 'saltelli', this one was "
            "drawn by '%s'",
            mcy_method_name(stamp->method));
    if (options->confidence < 0 || options->confidence >= 1 || options->half_width < 0)
        return MCY_FAIL(err, MCY_E_DOMAIN,
                        "confidence %g and half-width %g: want 0..1 and above 0",
                        options->confidence, options->half_width);
    return MCY_OK;
}

static mcy_status take_indices(mcy_arena *arena, const mcy_stamp *stamp, mcy_indices **indices,
                               mcy_error *err)
{
    size_t k = stamp->axes;
    mcy_indices *all = MCY_TAKE(arena, mcy_indices, 1);
    if (!all)
        return mcy_fail_memory(err);
    all->axes = k;
    all->first = MCY_TAKE(arena, mcy_index, k);
    all->total = MCY_TAKE(arena, mcy_index, k);
    all->second = stamp->second_order ? MCY_TAKE(arena, mcy_index, k * k) : NULL;
    if (!all->first || !all->total || (stamp->second_order && !all->second))
        return mcy_fail_memory(err);
    *indices = all;
    return MCY_OK;
}

/* All copies together, and all but one for each that has points. */
static mcy_status make_jackknife(mcy_arena *arena, const mcy_stamp *stamp, const double *sums,
                                 jackknife *jack, mcy_error *err)
{
    size_t size = copy_size(stamp);
    double *all = MCY_TAKE(arena, double, size);
    double *less = MCY_TAKE(arena, double, size * stamp->replicates);
    if (!all || !less)
        return mcy_fail_memory(err);
    for (size_t c = 0; c < stamp->replicates; c++)
        for (size_t i = 0; i < size; i++)
            all[i] += sums[c * size + i];
    for (size_t left = 0; left < stamp->replicates; left++) {
        if (sums[left * size + COUNT] == 0 || sums[left * size + COUNT] == all[COUNT])
            continue;
        double *row = less + jack->copies++ * size;
        for (size_t c = 0; c < stamp->replicates; c++)
            for (size_t i = 0; c != left && i < size; i++)
                row[i] += sums[c * size + i];
    }
    jack->size = size;
    jack->all = all;
    jack->less = less;
    return MCY_OK;
}

mcy_status mcy_saltelli_estimate(mcy_arena *arena, const mcy_stamp *stamp, const double *sums,
                                 const mcy_index_options *options, mcy_indices **indices,
                                 mcy_error *err)
{
    MCY_TRY(check_estimate(stamp, options, err));
    MCY_TRY(take_indices(arena, stamp, indices, err));
    mcy_indices *all = *indices;
    jackknife jack = {.options = options};
    MCY_TRY(make_jackknife(arena, stamp, sums, &jack, err));
    moments m = moments_of(jack.all);
    all->points = (uint64_t)jack.all[COUNT];
    all->left_out = (uint64_t)jack.all[LEFT_OUT];
    if (all->points < 2 || jack.copies < 2)
        return MCY_FAIL(err, MCY_E_INPUT, "only %llu base points are left (%llu left out)",
                        (unsigned long long)all->points, (unsigned long long)all->left_out);
    all->mean = options->centre + m.mean;
    const double *ends = sums + mcy_saltelli_size(stamp) - 2;
    if (ends[0] == ends[1]) { /* constant: exactly 0, whatever rounding left in the sums */
        all->variance = 0;
        for (size_t i = 0; i < all->axes; i++)
            all->first[i] = all->total[i] = mcy_index_judge(0, 0, m.n, options);
        for (size_t i = 0; all->second && i < all->axes * all->axes; i++)
            all->second[i] = mcy_index_judge(0, 0, m.n, options);
        return MCY_OK;
    }
    all->variance = m.variance * (2 * m.n) / (2 * m.n - 1);
    double confidence = options->confidence > 0 ? options->confidence : 0.95;
    jack.t = mcy_student_quantile((double)(jack.copies - 1), 0.5 + confidence / 2);
    for (size_t i = 0; i < all->axes; i++) {
        wanted_index w = {all->axes, i, i, options->estimator};
        all->first[i] = jackknife_index(&jack, &w);
        w.j = SIZE_MAX;
        all->total[i] = jackknife_index(&jack, &w);
        for (w.j = i + 1; all->second && w.j < all->axes; w.j++)
            all->second[i * all->axes + w.j] = jackknife_index(&jack, &w);
    }
    return MCY_OK;
}
