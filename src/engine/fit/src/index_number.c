/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Index-number formulas (D9). */
#include "mcy/index_number.h"

#include <math.h>

#include "mcy/number.h"

static mcy_status check_positive(const char *what, size_t n, const double *x, mcy_error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!(x[i] > 0) || !isfinite(x[i]))
            return MCY_FAIL(err, MCY_E_DOMAIN, "%s %zu must be above 0 and finite, got %g",
                            what, i, x[i]);
    return MCY_OK;
}

static double value(size_t items, const double *p, const double *q)
{
    double sum = 0;
    for (size_t i = 0; i < items; i++)
        sum += p[i] * q[i];
    return sum;
}

/* exp of the mean log price ratio with weights of the two periods' shares: their mean
 * (Tornqvist) or their logarithmic mean, normalised (Sato-Vartia). */
static double geometric(size_t items, const double *p0, const double *q0, const double *p1,
                        const double *q1, int log_mean)
{
    double v0 = value(items, p0, q0), v1 = value(items, p1, q1), sum = 0, weights = 0;
    for (size_t i = 0; i < items; i++) {
        double s0 = p0[i] * q0[i] / v0, s1 = p1[i] * q1[i] / v1;
        double weight = log_mean ? mcy_log_mean(s1, s0) : 0.5 * (s0 + s1);
        sum += weight * log(p1[i] / p0[i]);
        weights += weight;
    }
    return exp(sum / weights);
}

static double walsh(size_t items, const double *p0, const double *q0, const double *p1,
                    const double *q1)
{
    double v0 = 0, v1 = 0;
    for (size_t i = 0; i < items; i++) {
        double q = sqrt(q0[i] * q1[i]);
        v0 += p0[i] * q;
        v1 += p1[i] * q;
    }
    return v1 / v0;
}

/* The formula itself, on checked values. */
static double between(mcy_index_formula formula, size_t items, const double *p0,
                      const double *q0, const double *p1, const double *q1)
{
    switch (formula) {
    case MCY_INDEX_LASPEYRES:
        return value(items, p1, q0) / value(items, p0, q0);
    case MCY_INDEX_PAASCHE:
        return value(items, p1, q1) / value(items, p0, q1);
    case MCY_INDEX_FISHER:
        return sqrt(value(items, p1, q0) / value(items, p0, q0) * value(items, p1, q1) /
                    value(items, p0, q1));
    case MCY_INDEX_TORNQVIST:
        return geometric(items, p0, q0, p1, q1, 0);
    case MCY_INDEX_SATO_VARTIA:
        return geometric(items, p0, q0, p1, q1, 1);
    case MCY_INDEX_WALSH:
        return walsh(items, p0, q0, p1, q1);
    case MCY_INDEX_FORMULAS:
        break;
    }
    return MCY_MISSING;
}

mcy_status mcy_index_between(mcy_index_formula formula, size_t items, const double *p0,
                             const double *q0, const double *p1, const double *q1,
                             double *index, mcy_error *err)
{
    MCY_TRY(check_positive("price before", items, p0, err));
    MCY_TRY(check_positive("quantity before", items, q0, err));
    MCY_TRY(check_positive("price after", items, p1, err));
    MCY_TRY(check_positive("quantity after", items, q1, err));
    *index = between(formula, items, p0, q0, p1, q1);
    return MCY_OK;
}

mcy_status mcy_index_series(mcy_index_formula formula, size_t periods, size_t items,
                            const double *price, const double *quantity, int chained,
                            double *index, mcy_error *err)
{
    MCY_TRY(check_positive("price", periods * items, price, err));
    MCY_TRY(check_positive("quantity", periods * items, quantity, err));
    for (size_t t = 0; t < periods; t++) {
        size_t from = chained && t > 0 ? t - 1 : 0;
        double link = between(formula, items, price + from * items, quantity + from * items,
                              price + t * items, quantity + t * items);
        index[t] = t > 0 ? index[from] * link : 1;
    }
    return MCY_OK;
}

/* log GEKS of period t on period 0 inside the window that starts at `start`. */
static double geks(mcy_index_formula formula, size_t start, size_t window, size_t t,
                   size_t items, const double *price, const double *quantity)
{
    const double *p0 = price + start * items, *q0 = quantity + start * items;
    const double *pt = price + (start + t) * items, *qt = quantity + (start + t) * items;
    double sum = 0;
    for (size_t l = 0; l < window; l++) {
        const double *pl = price + (start + l) * items, *ql = quantity + (start + l) * items;
        sum += log(between(formula, items, p0, q0, pl, ql)) +
               log(between(formula, items, pl, ql, pt, qt));
    }
    return sum / (double)window;
}

mcy_status mcy_index_geks(mcy_index_formula formula, size_t window, size_t periods,
                          size_t items, const double *price, const double *quantity,
                          double *index, mcy_error *err)
{
    if (window < 2 || window > periods)
        return MCY_FAIL(err, MCY_E_DOMAIN, "window must be in 2..%zu periods, got %zu", periods,
                        window);
    MCY_TRY(check_positive("price", periods * items, price, err));
    MCY_TRY(check_positive("quantity", periods * items, quantity, err));
    for (size_t t = 0; t < window; t++)
        index[t] = exp(geks(formula, 0, window, t, items, price, quantity));
    for (size_t t = window; t < periods; t++) {
        size_t start = t - window + 1;
        double last = geks(formula, start, window, window - 1, items, price, quantity), sum = 0;
        for (size_t l = 0; l + 1 < window; l++)
            sum += log(index[start + l]) + last -
                   geks(formula, start, window, l, items, price, quantity);
        index[t] = exp(sum / (double)(window - 1));
    }
    return MCY_OK;
}
