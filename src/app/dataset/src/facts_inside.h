/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the facts share and nobody else sees. */
#ifndef MCY_FACTS_INSIDE_H
#define MCY_FACTS_INSIDE_H

#include <stdint.h>

#include "intern.h"
#include "mcy/csv.h"
#include "mcy/facts.h"

/* A row that was looked at and wins against the rule; winner-exceptions.csv. */
typedef struct mcy_winner_exception {
    const char *company, *product, *metric, *reason;
    mcy_period target;
    mcy_basis basis;
    double value, low, high;
    mcy_day published;
} mcy_winner_exception;

struct mcy_facts_index {
    mcy_intern names;
    uint32_t *heads, *next; /* chains by company, product, metric; UINT32_MAX ends */
    size_t head_count;
    const mcy_winner_exception *exceptions;
    size_t exception_count;
};

/* While a folder is read. */
typedef struct mcy_facts_build {
    mcy_arena *arena;
    mcy_text *report;
    mcy_facts *facts;
    mcy_intern names;
    const char *file;                       /* name of the file in hand */
    size_t lines;                           /* about how many rows it holds */
    const char *last[MCY_CSV_MOST_COLUMNS]; /* what stood in each column of the row before */
    size_t last_size[MCY_CSV_MOST_COLUMNS];
    mcy_fact *items;
    size_t count, capacity;
    mcy_event *events;
    size_t event_count, event_capacity;
    mcy_fx_month *fx;
    size_t fx_count, fx_capacity;
    mcy_winner_exception *exceptions;
    size_t exception_count, exception_capacity;
} mcy_facts_build;

/** Read events.csv, fx.csv and winner-exceptions.csv of a folder; the last may be absent. */
mcy_status mcy_facts_read_special(mcy_facts_build *build, const char *folder, mcy_error *err);

/** Is it a file of the folder that holds no facts? */
bool mcy_facts_is_special(const char *name);

/** Interned field, "" when the cell is empty; NULL when memory is short. */
const char *mcy_facts_string(mcy_facts_build *build, const mcy_csv_row *row, size_t column);

/* Cells of a row: false after a refusal was written. An empty number is missing; a day or a
 * period may not be empty. */
bool mcy_cell_number(const mcy_csv_row *row, size_t column, double *value);
bool mcy_cell_day(const mcy_csv_row *row, size_t column, mcy_day *day);
bool mcy_cell_period(const mcy_csv_row *row, size_t column, int year_ends_month,
                     mcy_period *period);

/** Read one CSV of the folder into the build: path is folder/name, messages say name. */
mcy_status mcy_facts_read_table(mcy_facts_build *build, const char *folder, const char *name,
                                const char *const *columns, size_t column_count,
                                mcy_status (*row)(void *, const mcy_csv_row *, mcy_error *),
                                mcy_error *err);

/** Once all rows are there: the day each is known, the as-of view, chains for mcy_facts_find. */
mcy_status mcy_facts_index_build(mcy_facts_build *build, mcy_error *err);

/** Walk the facts that match a query: at = 0 begins; returns index + 1 of the next, 0 at the end. */
size_t mcy_facts_next(const mcy_facts *facts, const mcy_fact_query *query, size_t at);

#endif
