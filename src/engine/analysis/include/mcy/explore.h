/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What any sample says about its inputs, whatever it was drawn for: correlations and standardised
 * regression, a polynomial chaos, first-order indices by slices, boxes in which an event happens.
 * Runs that failed are left out and counted. */
#ifndef MCY_EXPLORE_H
#define MCY_EXPLORE_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/indices.h"
#include "mcy/statistics.h"
#include "mcy/status.h"
#include "mcy/sweep.h"

typedef struct mcy_regression {
    size_t axes, used, left_out;
    double *correlation;    /* [axes] with the output: Pearson, or Spearman of ranks */
    mcy_index *coefficient; /* [axes] standardised; interval as if runs were independent */
    double explained;       /* R^2: how far a plane explains the output */
} mcy_regression;

/**
 * Standardised regression coefficients, of values (SRC) or of ranks (SRRC).
 *
 * Fails:     MCY_E_INPUT    no more runs than axes
 *            MCY_E_NUMERIC  axes that are a combination of others
 * Notes:     an axis or an output that does not vary gives exactly 0
 * Source:    Saltelli et al. (2008), section 1.2.5; products by BLAS
 * Checked:   test_explore.c
 */
mcy_status mcy_regression_fit(mcy_arena *arena, const mcy_sample *sample, size_t output,
                              bool ranks, mcy_regression **regression, mcy_error *err);

typedef struct mcy_chaos {
    size_t axes, used, left_out, terms, degree;
    unsigned char
        *powers; /* [terms * axes] degree of each axis in each term, the constant first */
    double *coefficient;   /* [terms] on orthonormal Legendre polynomials */
    double *first, *total; /* [axes] indices from the coefficients */
    double left_out_error; /* leave-one-out, part of the variance that is not explained */
    double mean, variance;
} mcy_chaos;

/**
 * Polynomial chaos by least squares, of the degree (up to most) with the least leave-one-out
 * error. Axes are taken as independent; each is brought to 0..1 by its ranks, or as it is.
 *
 * Given:     most     highest total degree tried, 1..20; fewer when the runs do not suffice for
 *                     two a term
 *            unit     points lie in 0..1 and are uniform: used as they are
 * Fails:     MCY_E_INPUT    too few runs for degree 1; a design whose points are no sample of the
 *                           axes (table, tornado, morris)
 * Source:    Sudret (2008); Blatman, Sudret (2010) for the leave-one-out error
 * Checked:   test_explore.c (Ishigami's coefficients)
 */
mcy_status mcy_chaos_fit(mcy_arena *arena, const mcy_sample *sample, size_t output, size_t most,
                         bool unit, mcy_chaos **chaos, mcy_error *err);

/* A box: between low and high on the axes that are restricted. */
typedef struct mcy_box {
    size_t axes;
    bool *restricted;   /* [axes] */
    double *low, *high; /* [axes] infinite on a side that is not cut */
    double coverage;    /* part of all event runs that lie in it */
    double density;     /* part of the box's runs in which the event happens */
    double mass;        /* part of all runs that lie in it */
} mcy_box;

/**
 * A region of the inputs in which an event is frequent, by peeling (PRIM).
 *
 * Given:     hit        [runs] the event; runs that failed are left out
 *            density    wanted at least; the box is the largest on the path of peelings that has
 *                       it, or the densest when none has
 *            peel       part of the runs cut at a time, 0.05 is usual
 *            mass       least part of runs a box may hold
 * Fails:     MCY_E_INPUT   the event happens in no run or in all
 * Source:    Friedman, Fisher (1999); Bryant, Lempert (2010)
 * Checked:   test_explore.c
 */
mcy_status mcy_box_find(mcy_arena *arena, const mcy_sample *sample, const bool *hit,
                        double density, double peel, double mass, mcy_box **box,
                        mcy_error *err);

/**
 * First-order indices from slices of a given sample: variance of the mean of y over slices of
 * equal size of each axis, less what pure chance would give.
 *
 * Returned:  first   [axes]
 * Source:    Plischke, Borgonovo, Smith (2013), with the bias of chance taken off
 */
mcy_status mcy_slices_first(mcy_arena *arena, const mcy_sample *sample, size_t output,
                            double *first, mcy_error *err);

/** Ranks 1..n, ties their mean, of n values. */
mcy_status mcy_ranks(size_t n, const double *x, double *rank, mcy_error *err);

#endif
