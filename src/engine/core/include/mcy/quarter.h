/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar quarters as integers that count: 4 * year + (0..3). */
#ifndef MCY_QUARTER_H
#define MCY_QUARTER_H

#include <stddef.h>

typedef int mcy_quarter;

/** The quarter of a year; number is 1..4. mcy_quarter_of(2026, 1) - 1 is 2025Q4. */
mcy_quarter mcy_quarter_of(int year, int number);

/** The year of a quarter. */
int mcy_quarter_year(mcy_quarter quarter);

/** 1..4. */
int mcy_quarter_number(mcy_quarter quarter);

/** "2026Q1" into out. */
void mcy_quarter_format(mcy_quarter quarter, char out[32]);

#endif
