/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what was read to a range in a unit.                                           (W1, W2)
 */
#include <math.h>
#include <string.h>

#include "mcy/number.h"
#include "words_reading.h"

/* The low or high end of a level of a band. */
static double band_end(int band, int level, bool high)
{
    static const double low_ends[] = {0.0, 1.0, 4.0, 7.0}, high_ends[] = {0.0, 3.0, 6.0, 9.0};
    if (band == MCY_DOUBLE_DIGIT)
        return high ? 13.0 : 10.0;
    double base = (double)band;
    if (!level)
        return high ? base + 9.0 : base + 1.0;
    if (level == 1 && band >= 20 && !high)
        return base;
    return base + (high ? high_ends[level] : low_ends[level]);
}

static mcy_status end_range(mcy_reading *r, const mcy_words_end *e, mcy_range *range)
{
    if (e->band == MCY_NO_BAND) {
        double x = e->value * (e->factor > 0.0 ? e->factor : 1.0);
        *range = (mcy_range){x, x};
        return MCY_OK;
    }
    if (e->band == MCY_DOUBLE_DIGIT && !(e->first_level == 1 && e->last_level == 1))
        return mcy_reading_refuse(
            r, "only 'low-double-digit' is a range, other double digits are not");
    if (e->band >= 10 && !e->first_level)
        return mcy_reading_refuse(r, "a decade without 'low', 'mid' or 'high'");
    *range = (mcy_range){band_end(e->band, e->first_level, false),
                         band_end(e->band, e->last_level, true)};
    return MCY_OK;
}

/* One printed number with what stands around it. */
static mcy_status number_range(mcy_reading *r, const mcy_words_end *e, mcy_range *range)
{
    double factor = e->factor > 0.0 ? e->factor : 1.0, x = e->value * factor;
    double digit = factor * pow(10.0, -(double)e->decimals), half = 0.5 * digit;
    bool amount = r->currency >= 0 || r->weeks || r->days || r->times;
    if (!mcy_is_missing(r->tolerance)) {
        double t = r->tolerance_relative ? 0.01 * r->tolerance * fabs(x) : r->tolerance;
        *range = mcy_range_around(x, t);
    } else if (r->bound == MCY_TOKEN_OVER) {
        double width = r->width > 0.0 && !amount ? r->width
                       : amount                  ? (e->decimals ? digit : (double)INFINITY)
                                                 : 5.0;
        *range = (mcy_range){x, x + width};
    } else if (r->bound == MCY_TOKEN_MORE) {
        *range = (mcy_range){x, (double)INFINITY};
    } else if (r->bound == MCY_TOKEN_LESS) {
        *range = (mcy_range){(double)-INFINITY, x};
    } else if (r->width > 0.0) {
        return mcy_reading_refuse(r, "'slightly' beside a number");
    } else {
        if (r->about && !amount && half < 0.5)
            half = 0.5;
        *range = mcy_range_around(x, half);
    }
    return MCY_OK;
}

static mcy_status two_ends(mcy_reading *r, mcy_range *range)
{
    mcy_range a, b;
    if (r->ends[0].band == MCY_NO_BAND && r->ends[1].band == MCY_NO_BAND &&
        r->ends[0].factor <= 0.0)
        r->ends[0].factor = r->ends[1].factor; /* "$8-$8.4 billion" */
    MCY_TRY(end_range(r, &r->ends[0], &a));
    MCY_TRY(end_range(r, &r->ends[1], &b));
    if (r->bound != MCY_TOKEN_END || !mcy_is_missing(r->tolerance) || r->width > 0.0)
        return mcy_reading_refuse(r, "'over', 'slightly' or a tolerance beside a range");
    if (a.low > b.high)
        return mcy_reading_refuse(r, "a range whose first end is the larger");
    *range = (mcy_range){a.low, b.high};
    return MCY_OK;
}

mcy_status mcy_reading_range(mcy_reading *r, mcy_range *range)
{
    if (r->count == 2)
        return two_ends(r, range);
    if (r->count == 1 && r->flat)
        return mcy_reading_refuse(r, "'flat' beside a quantity");
    if (r->count == 1 && r->ends[0].band == MCY_NO_BAND)
        return number_range(r, &r->ends[0], range);
    if (r->bound != MCY_TOKEN_END || !mcy_is_missing(r->tolerance))
        return mcy_reading_refuse(
            r, "'over', 'more than', 'less than' or a tolerance without a number");
    if (r->count == 1 && r->width > 0.0)
        return mcy_reading_refuse(r, "'slightly' beside a range");
    r->percent = true;
    if (r->count == 1)
        return end_range(r, &r->ends[0], range);
    if (r->flat)
        *range = (mcy_range){-0.5, 0.5};
    else if (r->width > 0.0)
        *range = (mcy_range){0.0, r->width};
    else
        return mcy_reading_refuse(r, "no quantity");
    return MCY_OK;
}

/* The unit, and the range in it. */
mcy_status mcy_reading_unit(mcy_reading *r, mcy_words *words)
{
    bool factored =
        (r->count > 0 && r->ends[0].factor > 0.0) || (r->count > 1 && r->ends[1].factor > 0.0);
    bool large = r->count && r->ends[0].band == MCY_NO_BAND && fabs(r->ends[0].value) >= 1e6;
    for (size_t i = 0; i < r->count; i++)
        r->percent = r->percent || r->ends[i].band != MCY_NO_BAND;
    int units = r->percent + (r->currency >= 0) + r->weeks + r->days + r->times;
    if (units > 1)
        return mcy_reading_refuse(r, "two units");
    if (r->currency < 0 && factored)
        return mcy_reading_refuse(r, "'million' or the like without a currency");
    words->unit = r->percent ? "pct"
                  : r->weeks ? "weeks"
                  : r->days  ? "days"
                  : r->times ? "ratio"
                             : "";
    if (r->currency < 0)
        return MCY_OK;
    const mcy_currency *c = &mcy_currencies[r->currency];
    if (!factored && !large && r->currency != 0)
        return mcy_reading_refuse(r, "an amount without million, billion or trillion");
    words->unit = factored || large ? c->unit : "usd";
    if (factored || large)
        words->range = (mcy_range){words->range.low / c->one, words->range.high / c->one};
    return MCY_OK;
}
