/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panel of one product: everything published about its bits, prices and revenue, as ranges
 * of log growth by firm and quarter. It is the only input of the decomposition (decompose.h).
 */
#ifndef MCY_PANEL_H
#define MCY_PANEL_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/quarter.h"
#include "mcy/status.h"

enum { MCY_PANEL_FIRMS_MAX = 12, MCY_PANEL_NAME = 24 };

/* What an observation is about. Growth is quarter on quarter, logarithmic, in US dollars. */
typedef enum mcy_panel_kind {
    MCY_PANEL_REVENUE,  /* r = b + p of a firm */
    MCY_PANEL_BITS,     /* b of a firm */
    MCY_PANEL_PRICE,    /* p of a firm: average selling price */
    MCY_PANEL_CONTRACT, /* f: the market's contract price; no firm */
    MCY_PANEL_KINDS
} mcy_panel_kind;

/* Who says so; each class has its own noise (D4). */
typedef enum mcy_panel_source {
    MCY_PANEL_COMPANY,  /* the firm's own words or filing */
    MCY_PANEL_SURVEY,   /* a survey's statement about a past quarter */
    MCY_PANEL_ESTIMATE, /* a survey's estimate made before the quarter was over */
    MCY_PANEL_SOURCES
} mcy_panel_source;

/* "revenue", "bits", "price", "contract". */
const char *mcy_panel_kind_name(mcy_panel_kind kind);

/* "company", "survey", "estimate". */
const char *mcy_panel_source_name(mcy_panel_source source);

/* One published range. low = high is a point without a printed width. */
typedef struct mcy_panel_observation {
    mcy_panel_kind kind;
    mcy_panel_source source;
    int firm;         /* index into panel.firm; -1 for MCY_PANEL_CONTRACT */
    int quarter;      /* index: calendar quarter panel.first + quarter */
    double low, high; /* log growth, low <= high, both finite */
    long fact;        /* row of the facts it came from (its index there), -1 when none */
} mcy_panel_observation;

/* A firm of the panel. */
typedef struct mcy_panel_firm {
    char name[MCY_PANEL_NAME]; /* "micron" */
    double offset;             /* o of (D2): part of the quarter that lies in the one before */
} mcy_panel_firm;

/* One product's panel. bit_shift is what is known about a firm's bit growth besides the
 * ordinary: log(14/13) in a quarter of 14 weeks and its negative in the next; NULL when nothing
 * is. */
typedef struct mcy_panel {
    char product[MCY_PANEL_NAME]; /* "dram" */
    mcy_quarter first;
    size_t quarters, firms, observations;
    const mcy_panel_firm *firm;               /* [firms] */
    const mcy_panel_observation *observation; /* [observations], sorted by quarter */
    const double *bit_shift;                  /* [firms * quarters], firm-major, or NULL */
} mcy_panel;

/**
 * Is the panel fit for use: sizes, firm and quarter indices, ranges, order.
 *
 * Fails:     MCY_E_DOMAIN    a value out of its domain: the observation, the value, the range
 *            MCY_E_MISSING   no quarter, no firm or no observation
 * Checked:   test_decompose.c
 */
mcy_status mcy_panel_check(const mcy_panel *panel, mcy_error *err);

/** Index of a firm by name; -1 when the panel has none. */
int mcy_panel_firm_index(const mcy_panel *panel, const char *name);

/** Sort observations in place by quarter, then kind, firm, source, fact: a total order. */
void mcy_panel_sort(mcy_panel_observation *observation, size_t count);

/**
 * Log growth range of revenue from two printed levels with their rounding.            (W2, D4)
 *
 * Given:     now, before             levels, > 0
 *            now_half, before_half   half of the last printed digit of each, >= 0, below its level
 * Returned:  *low, *high
 * Fails:     MCY_E_DOMAIN
 */
mcy_status mcy_panel_growth(double now, double now_half, double before, double before_half,
                            double *low, double *high, mcy_error *err);

#endif
