/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interval arithmetic as far as growth rates need it. */
#include "mcy/range.h"

#include <math.h>

#include "mcy/number.h"

mcy_range mcy_range_missing(void)
{
    return (mcy_range){MCY_MISSING, MCY_MISSING};
}

bool mcy_range_is_missing(mcy_range range)
{
    return mcy_is_missing(range.low) || mcy_is_missing(range.high);
}

mcy_range mcy_range_around(double x, double half)
{
    return (mcy_range){x - half, x + half};
}

bool mcy_range_is_closed(mcy_range range)
{
    return isfinite(range.low) && isfinite(range.high);
}

double mcy_range_middle(mcy_range range)
{
    return 0.5 * (range.low + range.high);
}

double mcy_range_half(mcy_range range)
{
    return 0.5 * (range.high - range.low);
}

double mcy_range_distance(mcy_range a, mcy_range b)
{
    if (b.low > a.high)
        return b.low - a.high;
    if (b.high < a.low)
        return b.high - a.low;
    return 0.0;
}

mcy_range mcy_range_common(mcy_range a, mcy_range b)
{
    return (mcy_range){fmax(a.low, b.low), fmin(a.high, b.high)};
}

mcy_range mcy_range_compound(mcy_range a, mcy_range b)
{
    /* 1 + growth is positive, so the product is smallest at both lows, largest at both highs.
     */
    return (mcy_range){(1.0 + a.low) * (1.0 + b.low) - 1.0,
                       (1.0 + a.high) * (1.0 + b.high) - 1.0};
}

mcy_range mcy_range_uncompound(mcy_range total, mcy_range a)
{
    return (mcy_range){(1.0 + total.low) / (1.0 + a.high) - 1.0,
                       (1.0 + total.high) / (1.0 + a.low) - 1.0};
}

mcy_range mcy_range_growth(mcy_range from, mcy_range to)
{
    return (mcy_range){to.low / from.high - 1.0, to.high / from.low - 1.0};
}

mcy_range mcy_range_scale(mcy_range range, double factor)
{
    mcy_range scaled = {range.low * factor, range.high * factor};
    return factor < 0.0 ? (mcy_range){scaled.high, scaled.low} : scaled;
}
