/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published facts, one a row of scenarios/history/NAME.csv, read strictly and found by name.
 *
 * Whoever uses a figure keeps the fact it came from: id says file and line, source who said it.
 * All strings live in the arena of mcy_facts_read and are interned: equal strings are the same
 * pointer within one mcy_facts. Empty cells are "" (text) or MCY_MISSING (numbers). */
#ifndef MCY_FACTS_H
#define MCY_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/day.h"
#include "mcy/period.h"
#include "mcy/range.h"
#include "mcy/status.h"
#include "mcy/text.h"

/* Bits, so that a query can ask for several. GAAP, non-GAAP and IFRS are part of a quantity's
 * name and are never mixed in a growth rate. survey: a third party about the past; estimate: a
 * forecast by a third party; guidance: a company about its future. */
typedef enum mcy_basis {
    MCY_BASIS_GAAP = 1,
    MCY_BASIS_NON_GAAP = 2,
    MCY_BASIS_IFRS = 4,
    MCY_BASIS_SURVEY = 8,
    MCY_BASIS_ESTIMATE = 16,
    MCY_BASIS_GUIDANCE = 32
} mcy_basis;

enum {
    MCY_BASIS_REPORTED = MCY_BASIS_GAAP | MCY_BASIS_NON_GAAP | MCY_BASIS_IFRS,
    MCY_BASIS_ANY = 63
};

typedef enum mcy_confidence {
    MCY_CONFIDENCE_LOW,
    MCY_CONFIDENCE_MEDIUM,
    MCY_CONFIDENCE_HIGH
} mcy_confidence;

typedef struct mcy_fact {
    const char *id; /* "micron.csv:123": stable as long as the file is */
    const char *company, *product, *metric, *unit;
    const char *text, *source, *source_url;
    mcy_period period; /* as the row says; of a guidance row: when it was said */
    mcy_period target; /* what it is about: from "for FQ3-26: ...", else = period */
    mcy_day period_end;
    mcy_day published; /* as the row says */
    mcy_day known;     /* the day it counts from: a row of a print not before its event */
    bool published_assumed;
    double value, low, high; /* as printed, in unit; percent stays percent here */
    double rounding;         /* half the last printed digit of value; 0 without a value */
    mcy_basis basis;
    mcy_confidence confidence;
} mcy_fact;

/* The day a result came out. */
typedef struct mcy_event {
    const char *company, *event, *note, *source_url;
    mcy_period period;
    mcy_day date;
} mcy_event;

/* Korean won (or another currency) per dollar, average of a month counted 12 * year + 0..11. */
typedef struct mcy_fx_month {
    const char *currency;
    int month;
    mcy_day published;
    double per_usd;
} mcy_fx_month;

typedef struct mcy_facts_index mcy_facts_index;

typedef struct mcy_facts {
    const mcy_fact *items; /* those known on as_of, in the order of files and lines */
    size_t count;
    size_t hidden;            /* rows not yet known on as_of */
    mcy_day as_of;            /* 0: everything */
    const char *const *files; /* the fact files read, by name */
    size_t file_count;
    const mcy_event *events; /* those up to as_of */
    size_t event_count;
    const mcy_fx_month *fx; /* those published up to as_of */
    size_t fx_count;
    const mcy_facts_index *index;
} mcy_facts;

/**
 * Read all facts of a folder: every .csv that is not one of the special files (events, fx,
 * capacity, claims, weeks, releases, lists of exceptions), strictly.
 *
 * A row is visible as of a day when its known day is not later. known is published, but a row of
 * a company's own results (gaap, non_gaap, ifrs) of a period whose print stands in events.csv is
 * not known before that print.
 *
 * Given:     folder   scenarios/history
 *            as_of    yyyymmdd, 0 = no filter
 *            report   every bad row of every file, one line each
 * Returned:  *facts   in the arena
 * Fails:     MCY_E_INPUT   any bad row: nothing is loaded
 *            MCY_E_IO, MCY_E_MEMORY
 * Checked:   test_facts.c, test_as_of.c
 */
mcy_status mcy_facts_read(mcy_arena *arena, const char *folder, mcy_day as_of, mcy_text *report,
                          mcy_facts **facts, mcy_error *err);

/** Month in which a company's fiscal year ends, from its rows; 12 when it writes none. */
int mcy_facts_year_ends(const mcy_facts *facts, const char *company);

/* What to find. NULL and zero fields ask for everything. */
typedef struct mcy_fact_query {
    const char *company, *product, *metric, *unit;
    int bases;                /* MCY_BASIS_... or'ed; 0 = any */
    const mcy_period *target; /* exactly this period */
    bool only_quarters;       /* targets of one quarter */
} mcy_fact_query;

/**
 * All facts that match, by target's last month, then known day, then file and line.
 *
 * Returned:  *found, *count   pointers into facts->items, the list in the arena
 */
mcy_status mcy_facts_find(mcy_arena *arena, const mcy_facts *facts, const mcy_fact_query *query,
                          const mcy_fact *const **found, size_t *count, mcy_error *err);

/**
 * The row that counts among vintages and disagreeing sources (rule: mcy_winner_rule).
 *
 * Given:     query   with company, product, metric and target; bases as narrow as meant
 * Returned:  the fact, or NULL when none matches
 */
const mcy_fact *mcy_facts_winner(const mcy_facts *facts, const mcy_fact_query *query);

/**
 * One winner a target period, in time order: the way to a series. Fiscal and calendar periods
 * are different targets; a series of Micron's fiscal quarters asks for only_quarters and takes
 * those with target.fiscal.
 */
mcy_status mcy_facts_series(mcy_arena *arena, const mcy_facts *facts,
                            const mcy_fact_query *query, const mcy_fact *const **found,
                            size_t *count, mcy_error *err);

/** The sentence that says which row wins for a metric, as printed by `memcycle what --rules`. */
const char *mcy_winner_rule(const char *metric);

/**
 * True when the metric has different values by accounting basis or kind of source, so that the
 * basis belongs to its name: gross_margin, eps_diluted, operating_income, share, ...
 */
bool mcy_metric_needs_basis(const char *metric);

/** "gaap", "non_gaap", "ifrs", "survey", "estimate", "guidance"; 0 when a name is none. */
const char *mcy_basis_name(mcy_basis basis);
int mcy_basis_of_name(const char *name);
const char *mcy_confidence_name(mcy_confidence confidence);

/**
 * What the row says, as a closed or half-open range in its own unit: low and high where words
 * were printed (an empty end is open), else value within half its last printed digit; where the
 * text prints the same value with fewer digits ("$3.9 billion"), within half of that.   (W1, W2)
 */
mcy_range mcy_fact_range(const mcy_fact *fact);

/** The best single number: value, else the middle of a closed range, else missing. */
double mcy_fact_middle(const mcy_fact *fact);

/**
 * Average of the monthly rates over a period's months, currency per dollar.
 *
 * Returned:  the rate, or missing when any month is not known
 */
double mcy_facts_fx(const mcy_facts *facts, const char *currency, const mcy_period *period);

/**
 * A money amount in USD m: usd_m as it is, krw_tn by the average rate of the target's months.
 *
 * Returned:  the range; missing when the unit is no money we can convert or a rate is missing
 */
mcy_range mcy_fact_usd_m(const mcy_facts *facts, const mcy_fact *fact);

/** The latest reported quarter of a company: the last event's, else its last reported row's. */
const mcy_period *mcy_facts_last_quarter(const mcy_facts *facts, const char *company);

/** Look a string up among the interned ones; NULL when no fact uses it. */
const char *mcy_facts_name(const mcy_facts *facts, const char *string);

/** Distinct companies, products or metrics (field 0, 1, 2), sorted: for did-you-mean and lists. */
mcy_status mcy_facts_names(mcy_arena *arena, const mcy_facts *facts, int field,
                           const char *const **names, size_t *count, mcy_error *err);

#endif
