/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections S, M and P of the model sheet once more, as plain loops over arrays: the independent
 * recomputation that a run is held against. It shares no code with the equation language. */
#ifndef MCY_TESTS_PLAIN_MODEL_H
#define MCY_TESTS_PLAIN_MODEL_H

#include <stddef.h>

#include "plain_names.h"

enum { FIRMS = 4, PRODUCTS = 3, FABS = 2, MARKETS = 5, PAST = 28, AHEAD = 40 };
enum { DRAM, HBM, NAND };
enum { SPAN = PAST + AHEAD + 1 };
#define AT(t) ((t) + PAST) /* place of quarter t in an array of SPAN */

typedef enum plain_dimension {
    plain_of_firm,
    plain_of_product,
    plain_of_fab,
    plain_of_market,
    plain_of_none /* as many elements as one */
} plain_dimension;
enum { plain_count_firm = FIRMS, plain_count_product = PRODUCTS };
enum { plain_count_fab = FABS, plain_count_market = MARKETS };

extern const char *const plain_firm[FIRMS],
    *const plain_product[PRODUCTS], *const plain_fab[FABS], *const plain_market[MARKETS];

/** Elements of a dimension, their number into *count (1 and NULL for none). */
const char *const *plain_elements(plain_dimension dimension, int *count);

/* The value of an input by path; the quarter is unread for what has one value. */
typedef double plain_input(void *context, const char *path, int quarter);

typedef struct plain_run {
    int last; /* quarters 0..last */
#define FIELD(name, one, rule) double name[plain_count_##one][SPAN];
    PLAIN_LINES(FIELD)
#undef FIELD
#define FIELD(name, one, two, rule) double name[plain_count_##one][plain_count_##two][SPAN];
    PLAIN_TABLES(FIELD)
#undef FIELD
#define FIELD(name, one) double name[plain_count_##one];
    PLAIN_POINTS(FIELD)
#undef FIELD
#define FIELD(name, one, two) double name[plain_count_##one][plain_count_##two];
    PLAIN_GRIDS(FIELD)
#undef FIELD
} plain_run;

typedef struct plain_variable {
    const char *name;
    plain_dimension first, second;
    size_t offset; /* of the field in plain_run */
    enum { PLAIN_NO_YEAR, PLAIN_SUM, PLAIN_MEAN, PLAIN_LAST, PLAIN_RATIO } year;
    size_t over, under; /* of PLAIN_RATIO: offsets of what is summed and divided */
    int by_quarter;     /* 0 where one value holds for the run */
} plain_variable;

/** All of them; their number into *count. */
const plain_variable *plain_variables(int *count);

/** Value of a variable's cell (element of the first dimension times the size of the second,
 *  plus that of the second) in a quarter; the quarter is unread where there is one value. */
double plain_value(const plain_run *run, const plain_variable *of, int cell, int quarter);

/** The same for four quarters from `first`, by the yearly rule. */
double plain_year(const plain_run *run, const plain_variable *of, int cell, int first);

/**
 * Run it.
 *
 * Given:     input, context   the values
 *            last             1..AHEAD
 *            calendar_quarter 1..4 of the base quarter
 * Returned:  *run
 */
void plain_model(plain_input *input, void *context, int last, int calendar_quarter,
                 plain_run *run);

#endif
