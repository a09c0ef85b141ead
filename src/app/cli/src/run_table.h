/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a pack over the periods of one scenario run. Each number has the id
 * run.SCENARIO.PATH@PERIOD that it has in figures and texts. */
#ifndef MCY_CLI_RUN_TABLE_H
#define MCY_CLI_RUN_TABLE_H

#include "pack_page.h"

enum { RUN_PERIODS = 24, RUN_MAKERS = 4 };

/* How the numbers of a row are shown. */
typedef enum run_shown {
    RUN_AMOUNT,      /* no decimals */
    RUN_INDEX,       /* two decimals */
    RUN_PERCENT,     /* a fraction, in percent */
    RUN_ONE_DECIMAL, /* wafers, weeks */
    RUN_GROWTH       /* change on the period before, in percent */
} run_shown;

/* A row: paths joined by +, in which %s is the maker or product. */
typedef struct run_row {
    const char *path;
    mcy_bilingual name;
    run_shown as;
    bool strong;
} run_row;

/* A key of the model and what readers call it. */
typedef struct run_name {
    const char *key;
    mcy_bilingual name;
} run_name;

/* A period of the run: one quarter, or the four of a year. */
typedef struct run_period {
    const char *key;
    size_t count;
    int quarters[4];
    int year_ends; /* MCY_CALENDAR_YEAR, or the month of a firm's own year */
} run_period;

typedef struct run_table {
    pack_maker *pack;
    const pack_run *run;
    mcy_table *table;
    run_period periods[RUN_PERIODS];
    size_t count;
    mcy_table_column columns[RUN_PERIODS + 2];
} run_table;

extern const run_name run_makers[RUN_MAKERS];

/** The run of "NAME SCENARIO" and the two columns of words; periods follow. */
mcy_status run_table_open(pack_maker *pack, const mcy_table_spec *spec, mcy_bilingual who,
                          run_table *t, mcy_error *err);

/** One more column: a quarter from the base quarter on; E behind those ahead of it. */
mcy_status run_table_quarter(run_table *t, int quarter, mcy_error *err);

/** Columns of the years that lie within the run; year_ends as mcy_years_of takes it. */
mcy_status run_table_years(run_table *t, int year_ends, mcy_error *err);

/** Columns of the count years before the first of run_table_years: of what has a past. */
mcy_status run_table_past_years(run_table *t, int year_ends, size_t count, mcy_error *err);

/** Month in which the firm's year ends in the scenario; MCY_CALENDAR_YEAR for others. */
int run_table_year_ends(const mcy_study *study, const char *firm);

/** The table itself, once the columns are known. */
mcy_status run_table_create(run_table *t, const mcy_table_spec *spec, mcy_table **table,
                            mcy_error *err);

/**
 * A row of the run's numbers. Past quarters of an assumption that are not themselves published
 * are marked with *.
 *
 * Given:     word   takes the place of %s in the row's paths
 * Fails:     MCY_E_INPUT   a path the model has not
 */
mcy_status run_table_row(run_table *t, mcy_bilingual who, const run_row *row, const char *word,
                         mcy_error *err);

/**
 * A row of numbers that no single path of the model has.
 *
 * Given:     values   [t->count], fractions where shown is RUN_PERCENT
 *            id       what stands for the path in their ids; NULL: without ids
 */
mcy_status run_table_numbers(run_table *t, mcy_bilingual who, mcy_bilingual name, bool strong,
                             run_shown shown, const double *values, const char *id,
                             mcy_error *err);

/** The note, and the source line: the houses behind the base quarter, then the run. */
mcy_status run_table_close(run_table *t, mcy_bilingual note, mcy_error *err);

/** The source line of a table of several runs: the houses behind their base quarters, their names. */
mcy_status run_table_sources(pack_maker *pack, mcy_table *table, const char *const *scenarios,
                             size_t count, mcy_error *err);

#endif
