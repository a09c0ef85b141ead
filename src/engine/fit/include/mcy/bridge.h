/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Additive attribution of a change between two quarters to factors (D9) and the index-number
 * formulas behind it. Every split is exact: its terms add to the change. */
#ifndef MCY_BRIDGE_H
#define MCY_BRIDGE_H

#include <stddef.h>

#include "mcy/status.h"

/* How a change of a product of factors is split. */
typedef enum mcy_bridge_method {
    MCY_BRIDGE_LOG_MEAN,  /* Montgomery, additive LMDI: L(V1, V0) log(x1 / x0) */
    MCY_BRIDGE_BENNET,    /* factors one against the rest, at mean weights (Shapley of two) */
    MCY_BRIDGE_SHAPLEY,   /* mean over all orders of changing the factors */
    MCY_BRIDGE_LASPEYRES, /* in the order given, first factor first: order dependent */
    MCY_BRIDGE_PAASCHE,   /* in the reverse order */
    MCY_BRIDGE_FISHER,    /* additive split of the Fisher indices (two factors) */
    MCY_BRIDGE_TORNQVIST, /* additive split of the Tornqvist indices */
    MCY_BRIDGE_METHODS
} mcy_bridge_method;

/* "log-mean", "bennet", ... */
const char *mcy_bridge_method_name(mcy_bridge_method method);

/**
 * Split the change of a sum of products of factors into one term per factor and item.  (D9)
 *
 *     V = sum_i prod_j x_ij      dV = sum_i sum_j term_ij     exactly
 *
 * Given:     items, factors   >= 1, factors <= 8
 *            before, after    [items * factors], item-major, >= 0; a factor may be 0 in one or
 *                             both quarters (the limits are finite)
 * Returned:  term             [items * factors]
 * Fails:     MCY_E_DOMAIN     a negative or missing factor, too many factors
 * Notes:     FISHER and TORNQVIST weigh over all items; they need positive factors
 * Source:    Ang 2005 (LMDI); Diewert 2005 (Bennet, Montgomery); Balk 2008
 * Checked:   test_bridge.c, test_bridge_sums.c
 */
mcy_status mcy_bridge_split(mcy_bridge_method method, size_t items, size_t factors,
                            const double *before, const double *after, double *term,
                            mcy_error *err);

#endif
