/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON of `memcycle run --show-inputs`, read by a few lines of string handling: what the
 * plain model is given, and nothing else. */
#ifndef MCY_TESTS_SHOWN_INPUTS_H
#define MCY_TESTS_SHOWN_INPUTS_H

#include <stdbool.h>

enum { SHOWN_INPUTS = 256, SHOWN_VALUES = 2048, SHOWN_RANK = 3 };

typedef struct shown_input {
    char name[64], dimension[SHOWN_RANK][16];
    int rank, first, count;
    bool path; /* a value for each quarter from `first` */
    double value[SHOWN_VALUES];
} shown_input;

typedef struct shown_inputs {
    int count, quarter_of_year, last;
    int start; /* base quarter, counted 4 * year + quarter - 1 */
    shown_input input[SHOWN_INPUTS];
} shown_inputs;

/** Read the text; a test fails where it is not as expected. */
void shown_inputs_read(const char *text, shown_inputs *all);

/** The input of that name, NULL when there is none. */
shown_input *shown_inputs_find(shown_inputs *all, const char *name);

/** Value by path; a plain_input, its context the inputs. Fails the test when there is none. */
double shown_inputs_value(void *inputs, const char *path, int quarter);

/** Place of an element in its dimension, -1 when unknown; the dimension's size for NULL. */
int shown_inputs_place(const char *dimension, const char *element);

#endif
