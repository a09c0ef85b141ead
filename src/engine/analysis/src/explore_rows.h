/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The runs of a sample that can be explored, as a matrix by columns. */
#ifndef MCY_EXPLORE_ROWS_H
#define MCY_EXPLORE_ROWS_H

#include "mcy/explore.h"

typedef struct mcy_rows {
    size_t n, axes, left_out;
    const size_t *kept; /* [n] runs of the sample */
    double *x;          /* [axes * n] by columns */
    double *y;          /* [n] */
} mcy_rows;

mcy_status mcy_explore_rows(mcy_arena *arena, const mcy_sample *sample, size_t output,
                            mcy_rows *rows, mcy_error *err);

/** The places of n values from the least to the most; equal ones in the order of their places. */
mcy_status mcy_order(size_t n, const double *x, uint32_t *order, mcy_error *err);

#endif
