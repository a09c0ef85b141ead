/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base quarter: what the published facts say about it, laid on the names of the model.
 *
 * The model's equations start from one calendar quarter. This floor reads the facts known on a
 * day and gives, by path, the value of every `fact` of the model and of those assumptions that
 * history fills (capital spending of past quarters, past prices, reported margins), each with
 * the row or rule it came from. It knows the memory business; the equations do not.
 *
 * Order of precedence when a run is put together, later wins:
 *     default in the model file  <  value given here  <  scenario (base.yaml and what inherits)
 * A scenario line that repeats a value given here must have a reason: reports show both. */
#ifndef MCY_BASE_H
#define MCY_BASE_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/facts.h"
#include "mcy/price_response.h"
#include "mcy/quarter.h"
#include "mcy/status.h"

enum {
    MCY_BASE_SCALAR = 1,  /* quarter of a value that is one number for all quarters */
    MCY_BASE_HISTORY = 28 /* quarters of history before the base quarter that are filled */
};

/* One value for one scalar of the model. */
typedef struct mcy_base_value {
    const char *path;   /* name and elements: "fab_sales_0.micron.dram", "capex.micron" */
    int quarter;        /* 0 = base quarter, -1 the one before ...; MCY_BASE_SCALAR */
    double value;       /* in the unit the model declares (USD m, fractions, kwpm, ...) */
    const char *source; /* "micron.csv:247", or the rule with its rows */
    bool judged;        /* estimated, spread or carried: not itself a published number */
} mcy_base_value;

/* A reported figure of the base quarter that a run must give back at t = 0. */
typedef struct mcy_base_target {
    const char *path;   /* a variable or output: "gross_margin.micron" */
    double reported;    /* model's unit */
    double half_width;  /* half the last printed digit, model's unit: met within it */
    const char *source; /* row of the facts */
} mcy_base_target;

typedef struct mcy_base {
    mcy_quarter quarter; /* the base quarter */
    mcy_day as_of;       /* of the facts that were read; 0 = all of them */
    size_t value_count;
    const mcy_base_value *values; /* ordered by path, then quarter */
    size_t target_count;
    const mcy_base_target *targets;
    size_t gap_count; /* what the facts lack for this quarter; the scenario must say it */
    const char *const *gaps;
} mcy_base;

/**
 * The base quarter from the facts.                                            (S, M, P at t = 0)
 *
 * Given:     arena     owns the result
 *            facts     the facts of scenarios/history, read as of the day that is meant
 *            quarter   the base quarter; 0 = the newest that all three firms reported
 *            more      [more_count] firms of the model beyond the three and `rest`: counted by the
 *                      ranking and taken out of the rest
 * Returned:  *base
 * Missing:   a figure that was not published is not given and stands in gaps
 * Fails:     MCY_E_MISSING   revenue by product of a firm, or of the industry, is not known
 * Notes:     rest = industry - firms, each counted by the same ranking, so that a fiscal quarter
 *            that differs from the calendar's does not end up in the rest;
 *            a fiscal quarter is laid on the calendar quarter whose end is nearest to its own;
 *            KRW at the average rate of the quarter
 * Checked:   test_base.c
 */
mcy_status mcy_base_read(mcy_arena *arena, const mcy_facts *facts, mcy_quarter quarter,
                         const char *const *more, size_t more_count, mcy_base **base,
                         mcy_error *err);

/**
 * Spread the total of a firm's fiscal year over the quarters that are still to come.
 *
 * Given:     total          the year's total, USD m
 *            first_quarter  calendar quarter on which the firm's first fiscal quarter of that
 *                           year is laid (Micron FY2026: 2025Q4; a calendar-year firm: its Q1)
 *            base_quarter   the last quarter already known
 *            reported       [4] the year's quarters in order; those after base_quarter unread
 *            weights        [4] relative weights of the quarters; NULL = equal
 * Returned:  out            [4] quarter values: reported where known, else the rest of the total
 * Fails:     MCY_E_DOMAIN   the total is below what was already spent, all weights to come are
 *                           zero, or a weight is negative
 */
mcy_status mcy_base_spread_year(double total, mcy_quarter first_quarter,
                                mcy_quarter base_quarter, const double reported[4],
                                const double weights[4], double out[4], mcy_error *err);

/**
 * The quarters from which the price response is fitted: those in which a fill rate, a balance or
 * weeks of stock were published and the price move after them is known.                  (M4)
 *
 * Given:     product   "dram" or "nand"
 *            last      moves up to this quarter
 * Returned:  *rows, *count   in order of time; possibly none
 * Notes:     weeks of stock become a tightness as the model counts it: above normal what is too
 *            much is added to a quarter's supply, below it the log of the ratio;
 *            the normal price is the line through Micron's chained prices known by then
 * Checked:   test_base.c
 */
mcy_status mcy_base_price_moves(mcy_arena *arena, const mcy_facts *facts, const char *product,
                                mcy_quarter last, mcy_price_move **rows, size_t *count,
                                mcy_error *err);

/** The value given for a path and quarter, or NULL. */
const mcy_base_value *mcy_base_find(const mcy_base *base, const char *path, int quarter);

/* A reported figure beside what the run gives at the base quarter. */
typedef struct mcy_base_finding {
    const mcy_base_target *target;
    double value;      /* of the run; missing where the model has no such thing */
    double difference; /* value - reported */
    bool met;          /* within half the last printed digit */
} mcy_base_finding;

/**
 * What the base quarter meets and what it does not.
 *
 * Given:     value, context   gives the run's value of a path at the base quarter, or missing
 * Returned:  *findings        [base->target_count], in their order
 */
mcy_status mcy_base_compare(mcy_arena *arena, const mcy_base *base,
                            double (*value)(void *context, const char *path), void *context,
                            const mcy_base_finding **findings, mcy_error *err);

#endif
