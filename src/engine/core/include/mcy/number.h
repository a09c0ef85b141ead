/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers: missing values, decimal text, the logarithmic mean. */
#ifndef MCY_NUMBER_H
#define MCY_NUMBER_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "mcy/status.h"

/* A missing value is a NaN, never a sentinel and never 0. */
#define MCY_MISSING ((double)NAN)

static inline bool mcy_is_missing(double x)
{
    return x != x;
}

/**
 * Read a decimal number, the whole of n bytes: [+-] digits [. digits] [e [+-] digits].
 * Independent of the locale; correctly rounded. No blanks, no hexadecimal, no nan or inf.
 *
 * Returned:  *value
 * Fails:     MCY_E_INPUT   not of that form, or beyond the largest double (the text is quoted)
 */
mcy_status mcy_number_parse(const char *text, size_t n, double *value, mcy_error *err);

/** Shortest text (at most 24 bytes with its NUL) that reads back as the same double; whole numbers
 * below 1e15 without an exponent. */
void mcy_number_format(double value, char out[32]);

/**
 * Logarithmic mean L(a, b) = (a - b) / (log a - log b), L(a, a) = a.                      (D9)
 *
 * Given:     a, b   both > 0
 * Notes:     a series near a = b, where the plain formula loses its digits
 */
double mcy_log_mean(double a, double b);

#endif
