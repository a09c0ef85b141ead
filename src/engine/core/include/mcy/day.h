/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as integers yyyymmdd, which sort as the days do. The engine never asks what day it is. */
#ifndef MCY_DAY_H
#define MCY_DAY_H

#include <stddef.h>

#include "mcy/status.h"

/* 20260318. 0 means no day. */
typedef int mcy_day;

/**
 * Read "2026-03-18".
 *
 * Fails:     MCY_E_INPUT   not of that form, or no such day in the Gregorian calendar
 */
mcy_status mcy_day_parse(const char *text, size_t n, mcy_day *day, mcy_error *err);

/** "2026-03-18" into out. */
void mcy_day_format(mcy_day day, char out[16]);

/** Days since 1970-01-01, and back. */
long mcy_day_number(mcy_day day);
mcy_day mcy_day_of_number(long number);

/** The day n days later (n may be negative). */
mcy_day mcy_day_add(mcy_day day, long n);

/** Days in a month, month 1..12. */
int mcy_days_in_month(int year, int month);

#endif
