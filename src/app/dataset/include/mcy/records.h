/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small tables beside the facts: capacity, a note's share prices, a note's model releases. */
#ifndef MCY_RECORDS_H
#define MCY_RECORDS_H

#include "mcy/arena.h"
#include "mcy/day.h"
#include "mcy/status.h"
#include "mcy/text.h"

/* A row of capacity.csv: an event at a fab, a duration between two events, a split of capital
 * spending, a gain by node, a capacity. Texts that are empty are "". */
typedef struct mcy_capacity_row {
    const char *id;   /* "capacity.csv:12" */
    const char *kind; /* event, duration, capex_split, technology, capacity, statement */
    const char *company, *site, *product, *metric, *from_event, *to_event;
    const char *date, *date_precision, *status; /* date as printed: "2022-09", "FY2027" */
    double value, low, high;
    const char *unit, *text, *source, *source_url, *confidence;
    mcy_day published; /* the last day of the month or year where no more was printed;
                                   0 when nothing was: such a row is hidden as of any day */
} mcy_capacity_row;

/**
 * Read capacity.csv, strictly, as known on a day (0: all).
 *
 * Fails:     MCY_E_INPUT   bad rows, all of them in the report; MCY_E_IO; MCY_E_MEMORY
 */
mcy_status mcy_capacity_read(mcy_arena *arena, const char *path, mcy_day as_of,
                             mcy_text *report, const mcy_capacity_row **rows, size_t *count,
                             mcy_error *err);

/* One share of a weekly table: price at the end of the week and its change. */
typedef struct mcy_market_week_row {
    const char *name_zh, *chain_zh;
    double close_usd, week_change_pct;
} mcy_market_week_row;

/** Read a market-week file. Fails as mcy_capacity_read. */
mcy_status mcy_market_week_read(mcy_arena *arena, const char *path, mcy_text *report,
                                const mcy_market_week_row **rows, size_t *count,
                                mcy_error *err);

/* One model release of a weekly list; a number nobody published is missing. */
typedef struct mcy_model_release {
    const char *vendor, *model, *licence, *note;
    mcy_day released; /* 0: the day was not said */
    double total_params_bn, active_params_bn, context_k_tokens;
    double input_usd_per_m_tokens, output_usd_per_m_tokens;
} mcy_model_release;

/** Read a model-releases file. Fails as mcy_capacity_read. */
mcy_status mcy_model_releases_read(mcy_arena *arena, const char *path, mcy_text *report,
                                   const mcy_model_release **rows, size_t *count,
                                   mcy_error *err);

#endif
