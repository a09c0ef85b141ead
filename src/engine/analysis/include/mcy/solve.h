/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which assumptions give a wanted result: roots inside bounds, by GSL. */
#ifndef MCY_SOLVE_H
#define MCY_SOLVE_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/status.h"

enum { MCY_SOLVE_MOST = 8 };

/**
 * What is solved: n unknowns x inside bounds, n residuals f (value less target, each divided by
 * its scale, so that 1 is one unit of what counts).
 *
 * Returned:  of evaluate: MCY_OK with f filled; MCY_E_DOMAIN where the model cannot run at x (the
 *            solver then treats x as far from a solution); any other status stops the solving
 */
typedef struct mcy_solve_problem {
    size_t n;
    const double *low, *high; /* finite, low < high */
    const double *start;      /* inside the bounds: of several roots the one nearest to it */
    mcy_status (*evaluate)(void *context, const double *x, double *f, mcy_error *err);
    void *context;
    double tolerance; /* on |f|, as 1e-9 */
} mcy_solve_problem;

typedef struct mcy_solution {
    bool solved;
    double x[MCY_SOLVE_MOST]; /* the root; when not solved the nearest point found */
    double f[MCY_SOLVE_MOST]; /* residuals there */
    size_t evaluations;
    size_t roots; /* one unknown: how many sign changes the scan saw within the bounds */
} mcy_solution;

/**
 * Solve.
 *
 * Given:     problem
 * Returned:  *solution   solved, or the point with the smallest residuals found
 * Fails:     MCY_E_INPUT     n outside 1..MCY_SOLVE_MOST, bounds not finite or out of order
 *            MCY_E_NUMERIC   the model cannot run anywhere it was tried
 * Notes:     one unknown: a scan of 65 points over the bounds, then Brent in the bracket nearest
 *            to the start; where no sign changes, Brent's minimum of |f|. Several: Powell's hybrid
 *            from the start and from corners of the bounds, in coordinates that cannot leave them;
 *            then Nelder and Mead on the sum of squares.
 *            The same input gives the same answer on one machine.
 * Source:    Brent, Algorithms for Minimization without Derivatives, 1973; Powell 1970
 * Checked:   test_solve.c
 */
mcy_status mcy_solve(const mcy_solve_problem *problem, mcy_solution *solution, mcy_error *err);

#endif
