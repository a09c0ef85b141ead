/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Periods as analysts write them: fiscal and calendar quarters, halves, years, spans of months. */
#ifndef MCY_PERIOD_H
#define MCY_PERIOD_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/quarter.h"
#include "mcy/status.h"

typedef enum mcy_span {
    MCY_SPAN_QUARTER,
    MCY_SPAN_HALF,
    MCY_SPAN_YEAR,
    MCY_SPAN_MONTHS /* any other run of months */
} mcy_span;

/* Months count: 12 * year + 0..11. A fiscal period knows its months too, so the two calendars
 * meet in one place. */
typedef struct mcy_period {
    mcy_span span;
    bool fiscal;
    int year;   /* as written: of the firm when fiscal */
    int number; /* 1..4 of a quarter, 1..2 of a half, else 0 */
    int first_month, last_month;
} mcy_period;

/* Month in which a calendar year ends. A firm's fiscal year may end in another. */
enum { MCY_CALENDAR_YEAR = 12 };

/**
 * Read a period.
 *
 *     fiscal      FQ2-26  FQ2-2026  F2Q26  FY2026Q2  FY26Q2  2QFY26  FY26  FY2026  FY2026H1
 *     calendar    2026Q1  1Q26  1Q2026  Q1-26  CQ1-26  CY2026Q1  CY26  CY2026  2025H1  1H25
 *                 2025M1-M9  2025M6  2024Q2-2024Q3
 *     a bare year 2026 is the calendar year where the firm's year is the calendar year, or where
 *                 bare_year says so (the facts write calendar years so); else it is refused
 *
 * Given:     text, n          upper or lower case
 *            year_ends_month  1..12: the month in which the firm's fiscal year ends
 *            bare_year        take a bare year as the calendar year whatever the firm's year
 * Returned:  *period          years of two digits are 2000..2099
 * Fails:     MCY_E_INPUT      not of these forms, or a bare year that could be either
 * Checked:   test_period.c
 */
mcy_status mcy_period_parse(const char *text, size_t n, int year_ends_month, bool bare_year,
                            mcy_period *period, mcy_error *err);

/** The calendar quarter, half or year; number is ignored for a year. */
mcy_period mcy_period_of_quarter(mcy_quarter quarter);

/** Same kind, calendar and months. */
bool mcy_period_equal(const mcy_period *a, const mcy_period *b);

/** The period n of its own lengths later; the whole calendar moves with it. */
mcy_period mcy_period_shift(const mcy_period *period, int n);

/** The same period one year before. */
mcy_period mcy_period_year_before(const mcy_period *period);

/**
 * The calendar quarter on which a quarter is laid: the one whose end is nearest to its own.
 * Micron's FQ2-26, December to February, is 2026Q1.
 *
 * Given:     period   a quarter, fiscal or not; of another span the last quarter is meant
 */
mcy_quarter mcy_period_quarter(const mcy_period *period);

/** Months by which a quarter ends before (+) or after (-) its calendar quarter: -1..1. */
int mcy_period_months_early(const mcy_period *period);

/** Sentence of the rule above, printed wherever two calendars meet. */
extern const char mcy_period_rule[];

/** "FQ2-26", "FY2026", "2026Q1", "CY2026", "2025H1", "2025M1-M9", "2024Q2-2024Q3" into out. */
void mcy_period_format(const mcy_period *period, char out[32]);

/**
 * A period as readers of packs see it, in figures, tables and sentences alike.
 *
 *     1Q26  FQ2-26  1H25  FH1-26  2026  FY2026  9M25  2Q24–3Q24      with E: 1Q28E, FY2027E
 *
 * Given:     estimate   E behind it: not reported yet
 * Notes:     keys and ids are those of mcy_period_format; other spans of months as it has them
 * Checked:   test_period.c
 */
void mcy_period_label(const mcy_period *period, bool estimate, char out[32]);

/** The same of a calendar quarter. */
void mcy_quarter_label(mcy_quarter quarter, bool estimate, char out[32]);

/** The months: "Dec 2025–Feb 2026", "Jan–Mar 2026", "Jun 2025" into out. */
void mcy_period_months(const mcy_period *period, char out[40]);

#endif
