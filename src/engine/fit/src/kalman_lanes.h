/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inner loops of the filter over rows padded to whole lanes, which compilers vectorise. */
#ifndef MCY_KALMAN_LANES_H
#define MCY_KALMAN_LANES_H

#include <stddef.h>
#include <string.h>

#include "mcy/kalman.h"

/* y += a x over one padded row */
static inline void add_scaled(size_t stride, double a, const double *restrict x,
                              double *restrict y)
{
    for (size_t j = 0; j < stride; j += MCY_KALMAN_LANES)
        for (size_t k = 0; k < MCY_KALMAN_LANES; k++)
            y[j + k] += a * x[j + k];
}

/* out = P z for a sparse z: rows of the symmetric P, weighed */
static inline void times_design(size_t stride, const double *restrict p,
                                const mcy_kalman_row *row, double *restrict out)
{
    memset(out, 0, stride * sizeof *out);
    for (int k = 0; k < row->terms; k++)
        add_scaled(stride, row->weight[k], p + (size_t)row->at[k] * stride, out);
}

/* z' x */
static inline double design_dot(const mcy_kalman_row *row, const double *x)
{
    double sum = 0;
    for (int k = 0; k < row->terms; k++)
        sum += row->weight[k] * x[row->at[k]];
    return sum;
}

/* x' y over one padded row; the lanes fix the order of the sum */
static inline double dot(size_t stride, const double *restrict x, const double *restrict y)
{
    double lane[MCY_KALMAN_LANES] = {0};
    for (size_t j = 0; j < stride; j += MCY_KALMAN_LANES)
        for (size_t k = 0; k < MCY_KALMAN_LANES; k++)
            lane[k] += x[j + k] * y[j + k];
    return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

#endif
