/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts of one firm as a pack prints them: lines of figures, published up to the last
 * quarter reported and run by a scenario after it, in one unit and by quarter or year.
 * docs/decisions/1011-one-row-of-accounts.md says why they meet as they do. */
#ifndef MCY_CLI_PACK_BOOK_H
#define MCY_CLI_PACK_BOOK_H

#include "pack_number.h"

/* Where a published figure comes from. Lines are named by their keys. */
typedef enum book_op {
    BOOK_NONE,
    BOOK_ROW,    /* the winning row of product a, metric b, on these bases */
    BOOK_SURVEY, /* the same of a survey in USD m, at the average exchange rate */
    BOOK_SHARE,  /* the firm's own share of product a of its revenue, times line b */
    BOOK_TIMES,  /* line a times line b in percent */
    BOOK_OVER,   /* line a over line b, times scale */
    BOOK_LESS    /* line a less line b, less line c where there is one */
} book_op;

typedef struct book_source {
    book_op op;
    const char *a, *b, *c;
    int bases;
    double scale; /* of BOOK_OVER */
} book_source;

typedef enum book_form {
    BOOK_MONEY,     /* USD m or KRW tn */
    BOOK_PER_SHARE, /* USD or KRW */
    BOOK_SHARES,    /* million */
    BOOK_PERCENT,
    BOOK_DAYS,
    BOOK_QOQ, /* growth of line `of` */
    BOOK_YOY
} book_form;

typedef enum book_year {
    BOOK_SUM,     /* of four quarters */
    BOOK_PRINTED, /* as printed for the year, else the sum */
    BOOK_RATIO,   /* as printed for the year, else line `of` over line `per` */
    BOOK_LAST,    /* at the year's end */
    BOOK_MEAN,
    BOOK_NEVER /* quarters only */
} book_year;

enum { BOOK_SOURCES = 2 };

typedef struct book_line {
    const char *key;
    mcy_bilingual name; /* without one the line serves others and is not printed */
    book_form form;
    book_year year;
    book_source past[BOOK_SOURCES]; /* the first that is there */
    const char *ahead; /* paths joined by + and -; NULL: the model has no such thing */
    const char *of, *per;
    bool strong;
} book_line;

typedef struct pack_book {
    pack_maker *pack;
    const pack_run *run; /* NULL: published figures only */
    const char *firm;
    mcy_bilingual name;
    mcy_period last; /* the last quarter reported */
    bool won;        /* money in KRW tn */
    const book_line *lines;
    size_t count;
    const mcy_bilingual *notes;
    size_t note_count;
    bool used_house[64]; /* whose rows were read */
} pack_book;

typedef struct book_value {
    double value;  /* in the unit of the line's form */
    bool inferred; /* not itself printed: from other rows, a survey, or words */
    bool printed;  /* a row's own number */
    double half;   /* half its last printed digit */
    const char *id;
} book_value;

/**
 * Open the accounts of a firm.
 *
 * Given:     scenario   NULL: published figures only
 * Fails:     MCY_E_INPUT   a firm whose lines are not known, or a scenario that is not there
 */
mcy_status book_open(pack_maker *pack, const char *source, const char *scenario,
                     const char *firm, pack_book *book, mcy_error *err);

/** True when not all of a period was reported. */
bool book_is_ahead(const pack_book *book, const mcy_period *period);

/**
 * One figure.
 *
 * Given:     period   a quarter or year of the firm
 * Returned:  *out     missing where it was not published, the model has no such thing, or the
 *                     run does not reach
 * Notes:     a quarter reported is what was published; a later one is of the run. Of a year not
 *            yet over the base quarter is the run's too, so that a year within the run is the
 *            run's own; the run's money in KRW at the run's exchange rate of each quarter.
 *            A past year is the row of the year or the sum of four printed quarters, whichever
 *            was rounded less; a year's margin and earnings a share are those printed for it.
 * Fails:     MCY_E_INPUT   a path the model does not have
 */
mcy_status book_read(pack_book *book, const char *key, const mcy_period *period,
                     book_value *out, mcy_error *err);

/** Enter into the trace that a figure was worked out from others; parts may hold NULL. */
void book_rests_on(pack_book *book, const char *id, size_t count, const char *const *parts);

/* Lines and notes of the firms that are followed. */
typedef struct book_firm {
    const char *key;
    mcy_bilingual name;
    bool won;
    const book_line *lines;
    size_t count;
    const mcy_bilingual *notes;
    size_t note_count;
} book_firm;

extern const book_firm book_firms[];
extern const size_t book_firm_count;

#endif
