/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a loop of the model damp, and how long is its cycle: eigenvalues of the equations
 * linearised around one quarter of a run. */
#ifndef MCY_STABILITY_H
#define MCY_STABILITY_H

#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/model.h"
#include "mcy/status.h"

enum { MCY_STABILITY_LAGS = 4 };

typedef struct mcy_root {
    double real, imaginary;
    double modulus; /* what is left of a deviation after a quarter */
    double period;  /* quarters of a cycle; missing for a real root above 0 */
} mcy_root;

typedef struct mcy_stability {
    int quarter;       /* linearised from this quarter to the next */
    size_t loop_count; /* numbers that feed back on each other through the one asked for */
    const mcy_place *loop;
    size_t root_count; /* not nearly zero, the largest first */
    const mcy_root *roots;
    double modulus; /* of the largest root; 0 without a loop */
    double period;  /* of the largest root that turns; missing when none does */
    size_t kinks;   /* places where a limit binds exactly (both sides of a min or max equal) */
} mcy_stability;

/**
 * Linearise the loop in which a variable stands.
 *
 * Given:     unrolled   the model laid out
 *            inputs     [mcy_unrolled_input_count]
 *            symbol, element   a variable
 *            quarter    >= MCY_STABILITY_LAGS - 1 and < last: the derivative of the next quarter
 *                       by this one and those before it, everything else as it is
 * Returned:  *stability   the loop is the strongly connected part of that derivative that holds
 *                       the variable: accumulators outside it (capacity, bits a wafer) do not count
 * Fails:     MCY_E_INPUT     not a variable, or a quarter without its next or its lags
 *            MCY_E_NUMERIC   a derivative is not finite, or the eigenvalues do not converge
 * Notes:     a deviation of the variable itself is relative where it is positive (its growth is no
 *            instability); lags reach back MCY_STABILITY_LAGS quarters; a limit that binds has derivative 0
 * Source:    eigenvalues by the QR algorithm (GSL, gsl_eigen_nonsymm)
 * Checked:   test_solve.c
 */
mcy_status mcy_stability_find(mcy_arena *arena, mcy_unrolled *unrolled, const double *inputs,
                              size_t symbol, size_t element, int quarter,
                              mcy_stability *stability, mcy_error *err);

/**
 * Modulus and period of a simulated response by a second-order fit, d_t = a d_{t-1} + b d_{t-2},
 * or a first-order one where the response has one root alone.
 *
 * Given:     n          5 or more
 *            response   [n] a deviation, quarter by quarter
 * Returned:  *root      the largest root of the fit
 * Fails:     MCY_E_NUMERIC   the response is nothing, or does not determine the fit
 */
mcy_status mcy_response_root(size_t n, const double *response, mcy_root *root, mcy_error *err);

#endif
