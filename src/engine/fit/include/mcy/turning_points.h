/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peaks and troughs of a series: where a cycle turned. */
#ifndef MCY_TURNING_POINTS_H
#define MCY_TURNING_POINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/status.h"

/* One turning point: its place in the series and its kind. */
typedef struct mcy_turn {
    size_t at;
    bool peak; /* else a trough */
} mcy_turn;

/* What counts as a turn. */
typedef struct mcy_turn_rule {
    size_t window;          /* k: quarters on each side that it must top, >= 1 */
    double least_amplitude; /* between neighbouring turns, in the unit of the series, >= 0 */
} mcy_turn_rule;

/**
 * Turning points of a series without gaps, in time order, peaks and troughs in turn.
 *
 *  1. A peak is the highest of the k quarters before it and the k after it, a trough the lowest
 *     (of equals the first). All k after it must be known: a turn is not called before it is
 *     confirmed. At the start as many before it count as there are, at least one.
 *  2. Of two peaks without a trough between them the higher stays, of two troughs the lower (of
 *     equals the first).
 *  3. The phase with the smallest amplitude goes while it is below the least amplitude: both
 *     its turns inside the series, only the outer one at either end.
 *  4. A first or last turn that the quarters outside it exceed goes.
 *
 * Given:     n        quarters, any number
 *            level    [n] none missing; logs where growth in percent is meant
 * Returned:  turn     [n] of which *count are filled
 * Fails:     MCY_E_DOMAIN    a window of 0, a negative least amplitude
 *            MCY_E_MISSING   a missing level: its place (break the series there)
 * Notes:     1, 2 and 4 as Bry and Boschan on quarters with k = 2; an amplitude (3) takes the
 *            place of their shortest phase, since memory can turn within a quarter
 * Source:    Bry and Boschan 1971; Harding and Pagan 2002
 * Checked:   test_turning_points.c
 */
mcy_status mcy_turning_points(size_t n, const double *level, const mcy_turn_rule *rule,
                              mcy_turn *turn, size_t *count, mcy_error *err);

#endif
