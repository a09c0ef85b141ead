/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes with round steps, and two axes whose zeros stand level. Private to the chart floor. */
#ifndef MCY_CHART_AXIS_H
#define MCY_CHART_AXIS_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/chart.h"

/* An axis as it is drawn: from low to high, a tick every step. */
typedef struct mcy_scale {
    double low, high, step;
    int decimals; /* that print every tick exactly */
} mcy_scale;

/* The values an axis must hold. */
typedef struct mcy_span {
    double low, high; /* missing when there are none */
    bool zero;        /* zero must be on it: it carries bars */
} mcy_span;

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is at least x > 0. */
double mcy_step_above(double x);

/** Widen a span by a value; missing is ignored. */
void mcy_span_add(mcy_span *span, double value);

/** A scale of 4 to 7 intervals around a span. */
mcy_scale mcy_scale_of(mcy_span span);

/**
 * Two scales with as many intervals below and above zero, so that their zero lines and all grid
 * lines stand level; of all such pairs the one that leaves the least of the plot empty.
 */
void mcy_scale_level(mcy_span left, mcy_span right, mcy_scale *left_scale,
                     mcy_scale *right_scale);

/** Decimals that print every multiple of step exactly, 0..9. */
int mcy_step_decimals(double step);

#endif
