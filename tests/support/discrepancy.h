/* SPDX-License-Identifier: GPL-3.0-or-later */
/* L2 discrepancies of points in the unit cube (Hickernell 1998; Zhou, Fang, Ning 2013), by rows. */
#ifndef MCY_TESTS_DISCREPANCY_H
#define MCY_TESTS_DISCREPANCY_H

#include <math.h>
#include <stddef.h>

typedef enum discrepancy_kind { CENTRED, WRAP_AROUND, MIXTURE, L2_STAR } discrepancy_kind;

static inline double discrepancy_single(discrepancy_kind kind, double x)
{
    double a = fabs(x - 0.5);
    return kind == CENTRED   ? 1 + 0.5 * a - 0.5 * a * a
           : kind == MIXTURE ? 5.0 / 3 - 0.25 * a - 0.25 * a * a
           : kind == L2_STAR ? 1 - x * x
                             : 0;
}

static inline double discrepancy_pair(discrepancy_kind kind, double x, double y)
{
    double a = fabs(x - 0.5), b = fabs(y - 0.5), d = fabs(x - y);
    return kind == CENTRED       ? 1 + 0.5 * a + 0.5 * b - 0.5 * d
           : kind == WRAP_AROUND ? 1.5 - d + d * d
           : kind == MIXTURE     ? 15.0 / 8 - 0.25 * a - 0.25 * b - 0.75 * d + 0.5 * d * d
                                 : 1 - (x > y ? x : y);
}

static inline double discrepancy(discrepancy_kind kind, size_t n, size_t d,
                                 const double *points)
{
    double once = 0, twice = 0;
    for (size_t i = 0; i < n; i++) {
        double product = 1;
        for (size_t c = 0; c < d; c++)
            product *= discrepancy_single(kind, points[i * d + c]);
        once += product;
        for (size_t j = 0; j < n; j++) {
            product = 1;
            for (size_t c = 0; c < d; c++)
                product *= discrepancy_pair(kind, points[i * d + c], points[j * d + c]);
            twice += product;
        }
    }
    double size = (double)n, mean = once / size, pairs = twice / (size * size);
    switch (kind) {
    case CENTRED:
        return pow(13.0 / 12, (double)d) - 2 * mean + pairs;
    case WRAP_AROUND:
        return pairs - pow(4.0 / 3, (double)d);
    case MIXTURE:
        return pow(19.0 / 12, (double)d) - 2 * mean + pairs;
    default:
        return sqrt(pow(3.0, -(double)d) - pow(2.0, 1.0 - (double)d) * mean + pairs);
    }
}

#endif
