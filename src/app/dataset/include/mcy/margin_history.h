/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A firm's revenue by product, cost of goods sold and bits, quarter by quarter, as the cost fit
 * wants them. */
#ifndef MCY_MARGIN_HISTORY_H
#define MCY_MARGIN_HISTORY_H

#include "mcy/decompose.h"
#include "mcy/facts.h"
#include "mcy/unit_cost.h"

/* Where a quarter's gross margin comes from. */
typedef enum mcy_margin_origin {
    MCY_MARGIN_MISSING,
    MCY_MARGIN_REPORTED, /* printed */
    MCY_MARGIN_FROM_OPEX, /* operating margin plus operating expenses of the quarters around it */
} mcy_margin_origin;

typedef struct mcy_margin_quarter {
    mcy_period period;    /* as the firm counts */
    mcy_quarter quarter;  /* the calendar quarter it is laid on */
    double revenue_usd_m; /* all of the firm */
    double gross_margin_frac;
    mcy_margin_origin origin;
    double product_revenue_usd_m[MCY_COST_PRODUCTS];
    double one_off_usd_m;
    const char *revenue_id, *margin_id; /* the facts they rest on; NULL when inferred */
} mcy_margin_quarter;

typedef struct mcy_margin_history {
    const char *firm;
    const char *basis; /* of the margins: "non-GAAP", "IFRS" */
    size_t n;
    mcy_margin_quarter *quarter; /* [n], one after the other */
    size_t opex_quarters;        /* margins that are MCY_MARGIN_FROM_OPEX */
    mcy_cost_data data;
    mcy_cost_prior prior;
} mcy_margin_history;

/**
 * Build the history of a firm from facts and the decompositions of DRAM and NAND.   (C1-C3 inputs)
 *
 * Given:     facts       as of the day that is meant
 *            folder      scenarios/judgements: one-offs.csv and cost-priors.csv
 *            bits        [2] decompositions of DRAM and NAND, as of the same day
 *            firm        "micron" or "skhynix"
 * Returned:  history     in the arena; quarters from the firm's first on the present basis
 *                        (Micron FQ1-19) that facts and decompositions both reach
 * Missing:   a quarter without any margin has missing cogs
 * Fails:     MCY_E_MISSING  the firm publishes no margins, or product revenue has a hole (which)
 *            MCY_E_INPUT    a bad judgement file
 */
mcy_status mcy_margin_history_build(mcy_arena *arena, const mcy_facts *facts,
                                    const char *folder,
                                    const mcy_decomposition *const bits[MCY_COST_PRODUCTS],
                                    const char *firm, mcy_margin_history *history,
                                    mcy_error *err);

#endif
