/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The market of one product in a run, as memcycle stability looks at it. */
#ifndef MCY_STABILITY_MARKET_H
#define MCY_STABILITY_MARKET_H

#include "mcy/stability.h"
#include "study_of_call.h"

/* What is asked for: a scenario with edits. */
typedef struct stability_asked {
    const char *scenario;
    const char *const *sets;
    size_t set_count;
    const char *varied; /* the last edit, where the call varies it; else NULL */
} stability_asked;

/* A product's market in one run. */
typedef struct stability_market {
    mcy_call *call;
    const stability_asked *asked;
    const mcy_study *study;
    const mcy_path_panel *panel;
    const double *inputs;
    const char *product;
    size_t price, tightness, move, target, element;
    double floor, cap;
} stability_market;

/** Symbols and limits of the product's market; false when the model has none. */
bool stability_find_market(stability_market *m);

/** The quarter of a regime (1 short, -1 glut) nearest to balance whose price move is not at a
 *  limit; -1 when the run has none. */
int stability_quarter_of(const stability_market *m, int regime);

/** What a small shock of the price in the quarter after q does to the log price from then on.
 */
mcy_status stability_simulate(const stability_market *m, int q, mcy_root *root, size_t *n,
                              mcy_error *err);

/** The same scenario with more edits and another horizon, run; edits of what the model lacks
 * are left out. */
mcy_status stability_open_with(const stability_market *m, const char *const *edits,
                               size_t edit_count, size_t horizon, stability_market *out,
                               mcy_error *err);

/** Half the distance between the highest and the lowest log price of some quarters. */
double stability_swing(const stability_market *m, int first, int last);

/** Mean distance of the quarters in which the log price rises through its mean. */
double stability_cycle_length(const stability_market *m, int first, int last);

#endif
