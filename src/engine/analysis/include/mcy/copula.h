/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dependence between uncertain assumptions: a Gaussian copula from rank correlations, and the
 * joint normal law of fitted parameters. */
#ifndef MCY_COPULA_H
#define MCY_COPULA_H

#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/status.h"

/* Lower triangular factor of a correlation or covariance matrix, by rows: immutable. */
typedef struct mcy_copula {
    size_t size;
    double *factor; /* [size * (size + 1) / 2] */
} mcy_copula;

/**
 * Gaussian copula with given rank correlations.
 *
 * Given:     size   axes
 *            rank   [size * size] Spearman's correlations, symmetric, 1 on the diagonal
 *            names  [size] for messages
 * Returned:  *copula in the arena; the normal scores get r = 2 sin(pi rank / 6)
 * Fails:     MCY_E_DOMAIN   not symmetric, an entry outside -1..1, or not positive definite: the
 *                           sentence holds the smallest eigenvalue
 * Source:    Pearson (1907); Iman, Conover (1982)
 * Checked:   test_distribution.c
 */
mcy_status mcy_copula_create(mcy_arena *arena, size_t size, const double *rank,
                             const char *const *names, mcy_copula **copula, mcy_error *err);

/** The same from a covariance matrix (any positive diagonal): the scores then have it. */
mcy_status mcy_copula_create_covariance(mcy_arena *arena, size_t size, const double *covariance,
                                        const char *const *names, mcy_copula **copula,
                                        mcy_error *err);

/**
 * Turn independent standard normal scores of n points into dependent ones, in place.
 *
 * Given:     scores   [size] pointers to [n]
 */
void mcy_copula_apply(const mcy_copula *copula, size_t n, double *const *scores);

#endif
