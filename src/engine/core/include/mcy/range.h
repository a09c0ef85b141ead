/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed ranges of numbers. An end that nobody stated is infinite. */
#ifndef MCY_RANGE_H
#define MCY_RANGE_H

#include <stdbool.h>

/* low <= high; low may be -INFINITY, high INFINITY. Missing when either is missing. */
typedef struct mcy_range {
    double low, high;
} mcy_range;

/** The range of nothing known: both ends missing. */
mcy_range mcy_range_missing(void);
bool mcy_range_is_missing(mcy_range range);

/** x -+ half. */
mcy_range mcy_range_around(double x, double half);

/** Both ends are finite. */
bool mcy_range_is_closed(mcy_range range);

/** Middle of a closed range, half its width. */
double mcy_range_middle(mcy_range range);
double mcy_range_half(mcy_range range);

/**
 * How far b lies above a (positive), below a (negative), or 0 when they touch: the distance
 * between the nearest ends, b's less a's.
 */
double mcy_range_distance(mcy_range a, mcy_range b);

/** Their common part; low > high when they do not touch. */
mcy_range mcy_range_common(mcy_range a, mcy_range b);

/**
 * Growth compounded: (1 + a)(1 + b) - 1 over all pairs, fractions, both ends above -1.
 * Used by D7(b): bits times price.
 */
mcy_range mcy_range_compound(mcy_range a_frac, mcy_range b_frac);

/**
 * The growth that takes a to total in every pair: (1 + total) / (1 + a) - 1, widest, fractions.
 * What the words on bits and the revenue imply for the price.
 */
mcy_range mcy_range_uncompound(mcy_range total_frac, mcy_range a_frac);

/** Growth between two printed levels: to / from - 1 over all pairs; levels > 0. */
mcy_range mcy_range_growth(mcy_range from, mcy_range to);

/** Every number times factor, > 0 or < 0. */
mcy_range mcy_range_scale(mcy_range range, double factor);

#endif
