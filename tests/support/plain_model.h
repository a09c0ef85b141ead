/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections S, M and P of the model sheet once more, as plain loops over arrays: the independent
 * recomputation that a run is held against. It shares no code with the equation language. */
#ifndef MCY_TESTS_PLAIN_MODEL_H
#define MCY_TESTS_PLAIN_MODEL_H

enum { FIRMS = 4, PRODUCTS = 3, FABS = 2, MARKETS = 5, PAST = 28, AHEAD = 40 };
enum { DRAM, HBM, NAND };
enum { SPAN = PAST + AHEAD + 1 };
#define AT(t) ((t) + PAST) /* place of quarter t in an array of SPAN */

extern const char *const plain_firm[FIRMS], *const plain_product[PRODUCTS],
    *const plain_fab[FABS], *const plain_market[MARKETS];

/* The value of an input by path; the quarter is unread for what has one value. */
typedef double plain_input(void *context, const char *path, int quarter);

typedef struct plain_run {
    int last; /* quarters 0..last */
    double space[FIRMS][FABS][SPAN], capacity[FIRMS][FABS][SPAN], ramping[FIRMS][FABS][SPAN],
        waiting[FIRMS][FABS][SPAN], installed[FIRMS][FABS][SPAN],
        bits_per_wafer[FIRMS][FABS][SPAN], converted[FIRMS][FABS][SPAN];
    double wafers[FIRMS][PRODUCTS][SPAN], supply[FIRMS][PRODUCTS][SPAN],
        shipped[FIRMS][PRODUCTS][SPAN], inventory[FIRMS][PRODUCTS][SPAN],
        weeks[FIRMS][PRODUCTS][SPAN], utilisation[FIRMS][PRODUCTS][SPAN],
        available[FIRMS][PRODUCTS][SPAN], realised[FIRMS][PRODUCTS][SPAN],
        sales[FIRMS][PRODUCTS][SPAN], unit_cost[FIRMS][PRODUCTS][SPAN],
        share[FIRMS][PRODUCTS][SPAN];
    double price[PRODUCTS][SPAN], move[PRODUCTS][SPAN], memory[PRODUCTS][SPAN],
        demand[PRODUCTS][SPAN], orders[PRODUCTS][SPAN], offered[PRODUCTS][SPAN],
        total[PRODUCTS][SPAN], fill[PRODUCTS][SPAN], normal[PRODUCTS][SPAN],
        concentration[PRODUCTS][SPAN];
    double industry_bits[FABS][SPAN];
    double shortage_ends[PRODUCTS], price_peaks[PRODUCTS];
    double revenue[FIRMS][SPAN], depreciation[FIRMS][SPAN], cogs[FIRMS][SPAN],
        gross_margin[FIRMS][SPAN], operating_income[FIRMS][SPAN], net_income[FIRMS][SPAN],
        net_income_gaap[FIRMS][SPAN], interest[FIRMS][SPAN], tax[FIRMS][SPAN],
        losses[FIRMS][SPAN], nwc_change[FIRMS][SPAN], ocf[FIRMS][SPAN], fcf[FIRMS][SPAN],
        net_cash[FIRMS][SPAN], equity[FIRMS][SPAN], shares[FIRMS][SPAN], eps[FIRMS][SPAN],
        eps_gaap[FIRMS][SPAN];
} plain_run;

/**
 * Run it.
 *
 * Given:     input, context   the values
 *            last             1..AHEAD
 *            calendar_quarter 1..4 of the base quarter
 * Returned:  *run
 */
void plain_model(plain_input *input, void *context, int last, int calendar_quarter,
                 plain_run *run);

#endif
