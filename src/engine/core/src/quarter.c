/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendar quarters as integers that count. */
#include "mcy/quarter.h"

#include <stdio.h>

mcy_quarter mcy_quarter_of(int year, int number)
{
    return 4 * year + number - 1;
}

int mcy_quarter_year(mcy_quarter quarter)
{
    return quarter >= 0 ? quarter / 4 : -((3 - quarter) / 4);
}

int mcy_quarter_number(mcy_quarter quarter)
{
    return quarter - 4 * mcy_quarter_year(quarter) + 1;
}

void mcy_quarter_format(mcy_quarter quarter, char out[32])
{
    snprintf(out, 32, "%dQ%d", mcy_quarter_year(quarter), mcy_quarter_number(quarter));
}
