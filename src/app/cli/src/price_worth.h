/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What 1 % of a price or of a firm's bits, from the next quarter on, is worth to firms: one
 * gradient of a scenario. */
#ifndef MCY_PRICE_WORTH_H
#define MCY_PRICE_WORTH_H

#include "mcy/study.h"

enum { MCY_WORTH_REVENUE, MCY_WORTH_MARGIN, MCY_WORTH_EPS, MCY_WORTH_METRICS };
enum { MCY_WORTH_CHANGES = 24, MCY_WORTH_PLACES = 32 };

/** Path of a metric without its firm: "revenue", "gross_margin", "eps". */
const char *mcy_worth_metric(size_t metric);

typedef enum mcy_worth_kind {
    MCY_WORTH_ASP, /* what a firm realises for a product is 1 % more, and nothing else moves */
    MCY_WORTH_PRICE, /* its contract price is 1 % higher in the next quarter: buyers answer */
    MCY_WORTH_BITS,  /* a firm's wafers give 1 % more bits of it: the market's price answers */
    MCY_WORTH_KINDS
} mcy_worth_kind;

typedef struct mcy_worth_change {
    mcy_worth_kind kind;
    const char *product;
} mcy_worth_change;

/* Whose numbers in which period: "micron" in "2026Q2" or "FY2027". */
typedef struct mcy_worth_place {
    const char *firm, *period;
} mcy_worth_place;

typedef struct mcy_worth {
    size_t change_count, place_count;
    mcy_worth_change changes[MCY_WORTH_CHANGES];
    mcy_worth_place places[MCY_WORTH_PLACES];
    double *by; /* USD m, fraction, USD a share, by place, metric and change */
} mcy_worth;

/**
 * The worth of each change to each place.
 *
 * Given:     study    with a price_shock[product] path and at least one quarter to run
 *            own      the firm whose ASP and bits are changed too; NULL for prices only
 *            places   [count] at most MCY_WORTH_PLACES
 * Returned:  worth    change_count 0 when the model has no such prices, firms or periods
 * Notes:     first derivatives times log(1.01) for prices and 0.01 for ASP and bits: with all
 *            that they set off in the model, at the kinks the branch that the values take
 * Checked:   charts_sensitivities.sh
 */
mcy_status mcy_worth_find(mcy_arena *arena, const mcy_study *study, const char *own,
                          const mcy_worth_place *places, size_t count, mcy_worth *worth,
                          mcy_error *err);

/** The worth of a change to a metric of a place; missing where the firm has no such number. */
double mcy_worth_of(const mcy_worth *worth, size_t place, size_t metric, size_t change);

#endif
