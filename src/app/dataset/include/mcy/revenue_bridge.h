/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A firm's revenue change between two quarters as bits, market price, own mix and exchange rate
 * by product, with other revenue as its own line (D9). */
#ifndef MCY_REVENUE_BRIDGE_H
#define MCY_REVENUE_BRIDGE_H

#include "mcy/bridge.h"
#include "mcy/decompose.h"
#include "mcy/facts.h"

/* Factors of a product's revenue, in the order of the splits. */
typedef enum mcy_revenue_factor {
    MCY_FACTOR_BITS,
    MCY_FACTOR_MARKET, /* lambda f: the price everybody got */
    MCY_FACTOR_MIX,    /* the firm's own price move beyond it */
    MCY_FACTOR_FX,     /* dollars into the currency of the bridge */
    MCY_FACTORS
} mcy_revenue_factor;

/* "bits", "market price", "own mix", "exchange rate". */
const char *mcy_revenue_factor_name(mcy_revenue_factor factor);

enum { MCY_BRIDGE_PRODUCTS_MAX = 4 };

typedef struct mcy_bridge_product {
    char name[MCY_PANEL_NAME];
    double before, after;           /* revenue, in the bridge's unit */
    double log_change[MCY_FACTORS]; /* adds to log(after / before) */
    double term[MCY_FACTORS];       /* log-mean split; adds to after - before */
    double split_sd; /* of the bits term; the price terms have the same, opposite */
    const char *before_fact, *after_fact; /* ids of the two levels */
} mcy_bridge_product;

typedef struct mcy_revenue_bridge {
    const char *firm;
    mcy_period from, to;
    const char *unit; /* "usd_m" or "krw_tn" */
    size_t products;
    mcy_bridge_product product[MCY_BRIDGE_PRODUCTS_MAX];
    bool has_total; /* company revenue is known: the rest is a line of its own */
    double other_before, other_after;
    double before, after;                           /* all of the bridge */
    double method[MCY_BRIDGE_METHODS][MCY_FACTORS]; /* every split, summed over products */
} mcy_revenue_bridge;

/**
 * Attribute the change of a firm's revenue between two of its quarters.                 (D9)
 *
 * The levels are the firm's own where it prints them (Micron), else company revenue times
 * product share (SK hynix, in won), else the survey's in dollars. What the smoother says of
 * bits and price is conditioned on the two levels, so the terms add to the printed change
 * exactly.
 *
 * Given:     fit, fits   decompositions of the products, as of the day of the facts
 *            firm        "micron"
 *            from, to    quarters, from before to
 * Returned:  *bridge
 * Fails:     MCY_E_INPUT    a period that is no quarter, or from not before to
 *            MCY_E_MISSING  no level of a quarter, a change of basis between them, or a quarter
 *                           outside a fit
 * Checked:   test_revenue_bridge.c
 */
mcy_status mcy_revenue_bridge_build(mcy_arena *arena, const mcy_facts *facts,
                                    const mcy_decomposition *const *fit, size_t fits,
                                    const char *firm, const mcy_period *from,
                                    const mcy_period *to, mcy_revenue_bridge *bridge,
                                    mcy_error *err);

#endif
