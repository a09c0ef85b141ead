/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as yyyymmdd; day numbers by the civil-from-days arithmetic of era, year of era, day. */
#include "mcy/day.h"

#include <stdbool.h>
#include <stdio.h>

int mcy_days_in_month(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static int digits(const char *text, size_t n)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

mcy_status mcy_day_parse(const char *text, size_t n, mcy_day *day, mcy_error *err)
{
    int shown = n < 40 ? (int)n : 40;
    if (n == 10 && text[4] == '-' && text[7] == '-') {
        int y = digits(text, 4), m = digits(text + 5, 2), d = digits(text + 8, 2);
        if (y >= 1 && m >= 1 && m <= 12 && d >= 1 && d <= mcy_days_in_month(y, m)) {
            *day = 10000 * y + 100 * m + d;
            return MCY_OK;
        }
    }
    return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' is not a day, want YYYY-MM-DD", shown, text);
}

void mcy_day_format(mcy_day day, char out[16])
{
    snprintf(out, 16, "%04d-%02d-%02d", day / 10000 % 10000, day / 100 % 100, day % 100);
}

long mcy_day_number(mcy_day day)
{
    long y = day / 10000, m = day / 100 % 100, d = day % 100;
    y -= m <= 2;
    long era = (y >= 0 ? y : y - 399) / 400, year_of_era = y - 400 * era;
    long day_of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    long day_of_era = 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return 146097 * era + day_of_era - 719468;
}

mcy_day mcy_day_of_number(long number)
{
    long z = number + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    long day_of_era = z - 146097 * era;
    long year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long shifted = (5 * day_of_year + 2) / 153;
    long month = shifted < 10 ? shifted + 3 : shifted - 9;
    long year = year_of_era + 400 * era + (month <= 2);
    return (mcy_day)(10000 * year + 100 * month + day_of_year - (153 * shifted + 2) / 5 + 1);
}

mcy_day mcy_day_add(mcy_day day, long n)
{
    return mcy_day_of_number(mcy_day_number(day) + n);
}
