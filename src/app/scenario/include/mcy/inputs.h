/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inputs of a model laid out over quarters, each with where it comes from, and the names by
 * which people speak of them: paths with quarters, metrics with years. */
#ifndef MCY_INPUTS_H
#define MCY_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/model.h"
#include "mcy/amount.h"
#include "mcy/status.h"

typedef enum mcy_origin_kind {
    MCY_ORIGIN_NONE,     /* nobody said it */
    MCY_ORIGIN_DEFAULT,  /* of the model file */
    MCY_ORIGIN_FACT,     /* published, or by rule from what was */
    MCY_ORIGIN_SCENARIO, /* a line of a scenario file */
    MCY_ORIGIN_COMMAND   /* --set, --vary */
} mcy_origin_kind;

/* Where a value comes from. All texts live as long as the arena they were made in. */
typedef struct mcy_origin {
    mcy_origin_kind kind;
    const char *where; /* "supply.eqn:20", "micron.csv:247", "base.yaml:12:5", "--set" */
    const char *why;   /* source or reason as written; may be NULL */
    bool judged;       /* a judgement or estimate, not itself a published number */
    size_t scenario;   /* of SCENARIO: 0 = the scenario run, 1 = what it inherits, ... */
} mcy_origin;

/* The fiscal years of firms: the month in which each ends. Firms not listed have the
 * calendar's. */
typedef struct mcy_calendars {
    size_t count;
    const char *const *names; /* elements of the model's dimensions */
    const int *year_ends;     /* 1..12 */
} mcy_calendars;

typedef struct mcy_inputs {
    mcy_unrolled *unrolled;
    const mcy_calendars *calendars; /* may be NULL */
    size_t count;
    double *values;             /* [count], numbered as mcy_unrolled_input does */
    const mcy_origin **origins; /* [count] */
} mcy_inputs;

/** Inputs at the model's defaults. */
mcy_status mcy_inputs_create(mcy_arena *arena, mcy_unrolled *unrolled,
                             const mcy_calendars *calendars, mcy_inputs **inputs,
                             mcy_error *err);

/* Some inputs of one symbol, named together: "capex.micron", "wafer_loss.*.nand@2026Q3..". */
typedef struct mcy_selection {
    const mcy_symbol *symbol;
    size_t count;
    const size_t *inputs; /* [count] in the order of element, quarter */
    bool whole;           /* no quarters were named */
} mcy_selection;

/**
 * The inputs a name stands for.
 *
 * Given:     name   path[@quarters]: 2026Q3, 2026Q3..2027Q2, 2026Q3.. (to the end), FQ4-26,
 *                   FY2027, CY2027; elements may be *, or left out at the end
 * Returned:  *selection   without quarters of a path assumption: all quarters of the run
 * Fails:     MCY_E_INPUT  unknown name (did you mean an assumption), not an assumption,
 *                         quarters outside the run or of something that has none, a fiscal
 *                         period of what belongs to no firm (FQ3-26 of price_shock.dram)
 */
mcy_status mcy_inputs_select(mcy_arena *arena, const mcy_inputs *inputs, const char *name,
                             size_t n, mcy_selection *selection, mcy_error *err);

/**
 * Set inputs from "path[@quarters]=quantity", as --set writes it.
 *
 * Given:     quantity   relative ones act on the values there now, and without quarters they
 *                       begin in the quarter after the base; an amount of money for a year
 *                       or half is its total: published quarters are taken off, the rest spread
 * Returned:  origins of the inputs set are COMMAND
 * Fails:     MCY_E_INPUT    as mcy_inputs_select; wrong unit
 *            MCY_E_DOMAIN   out of bounds, with the bounds
 */
mcy_status mcy_inputs_set(mcy_arena *arena, mcy_inputs *inputs, const char *assignment,
                          mcy_error *err);

/** The fiscal year of whatever firm is among an element's names: 1..12, 12 for the calendar's.
 */
int mcy_calendars_of(const mcy_calendars *calendars, const mcy_model *model, size_t symbol,
                     size_t element);

/* A number of a run by name: "gross_margin.micron@FY2027". */
typedef struct mcy_metric {
    const char *name; /* as written */
    size_t symbol, element;
    size_t count;        /* quarters it is made of: 0 = one value for all, 1, 4 of a year */
    const int *quarters; /* [count] from the base quarter */
    mcy_node node;       /* in the unrolled graph; new ones may have been added to it */
    const char
        *months; /* "Sep 2026–Aug 2027, laid on 2026Q4..2027Q3"; "" where nothing is laid */
} mcy_metric;

/**
 * Find a metric. Ask before a program is compiled: a year adds nodes to the graph.
 *
 * Given:     text   path, path@2026Q2, path@FQ3-26, path@CY2027, path@FY2027, path@2027
 *                   where the firm's year is the calendar's
 * Fails:     MCY_E_INPUT   unknown name (did you mean), a quarter or year outside the run, a
 *                          bare year of a firm whose fiscal year differs, a missing quarter, a
 *                          year of what has no yearly rule, a fiscal period of no firm's name
 */
mcy_status mcy_metric_find(mcy_arena *arena, mcy_unrolled *unrolled,
                           const mcy_calendars *calendars, const char *text, mcy_metric *metric,
                           mcy_error *err);

/** The quarters (from the base quarter) of a period as written, for an element's calendar. Where
 * year_ends is 0 the name belongs to no firm and a fiscal period is refused. */
mcy_status mcy_quarters_parse(const mcy_unrolled *unrolled, int year_ends, const char *text,
                              size_t n, size_t *count, int quarters[4], mcy_error *err);

#endif
