/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Additive attribution of a change between two quarters to factors (D9). Every split is exact:
 * its terms add to the change. */
#ifndef MCY_BRIDGE_H
#define MCY_BRIDGE_H

#include <stddef.h>

#include "mcy/status.h"

enum { MCY_BRIDGE_FACTORS_MAX = 8 };

/* How the change of a sum of products of factors is split. */
typedef enum mcy_bridge_method {
    MCY_BRIDGE_LOG_MEAN, /* Montgomery, additive LMDI: L(v1, v0) log(x1 / x0); time reversible
                          */
    MCY_BRIDGE_BENNET,  /* the first factor against the product of the rest at mean weights, and
                           so on inside the rest; time reversible */
    MCY_BRIDGE_SHAPLEY, /* mean over all orders of changing the factors; time reversible */
    MCY_BRIDGE_LASPEYRES, /* changed in the order given, the rest still at its base */
    MCY_BRIDGE_PAASCHE,   /* changed in the reverse order */
    MCY_BRIDGE_FISHER,    /* logs of the generalised Fisher indices over all items */
    MCY_BRIDGE_TORNQVIST, /* logs of the Tornqvist indices; the first factor is what is left */
    MCY_BRIDGE_METHODS
} mcy_bridge_method;

/* "log-mean", "bennet", "shapley", "laspeyres", "paasche", "fisher", "tornqvist". */
const char *mcy_bridge_method_name(mcy_bridge_method method);

/**
 * Split the change of a sum of products of factors into one term per item and factor.   (D9)
 *
 *     V = sum_i v_i,  v_i = prod_j x_ij      V1 - V0 = sum_i sum_j term_ij     exactly
 *
 * Given:     items, factors   >= 1, factors <= MCY_BRIDGE_FACTORS_MAX
 *            before, after    [items * factors], item-major, >= 0 and finite
 * Returned:  term             [items * factors]
 * Fails:     MCY_E_DOMAIN     a negative, infinite or missing factor; too many factors; a
 *                             factor 0 for FISHER and TORNQVIST
 * Notes:     but for FISHER the terms of each item add to that item's change too. A factor that
 *            goes to 0 takes the whole change of its item under LOG_MEAN (the limit), shared
 *            when several do
 * Source:    Ang 2005 (LMDI and its limits), Diewert 2005 (Bennet, Montgomery), Siegel 1945 and
 *            de Boer 2009 (generalised Fisher), Balk 2008
 * Checked:   test_index_number.c, test_bridge_sums.c
 */
mcy_status mcy_bridge_split(mcy_bridge_method method, size_t items, size_t factors,
                            const double *before, const double *after, double *term,
                            mcy_error *err);

#endif
