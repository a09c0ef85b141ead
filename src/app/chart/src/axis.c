/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Axes with round steps, and two axes whose zeros stand level. */
#include "axis.h"

#include <math.h>

double mcy_step_above(double x)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = pow(10.0, floor(log10(x)));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] * power >= x * (1.0 - 1e-9))
            return steps[i] * power;
    return 10.0 * power;
}

int mcy_step_decimals(double step)
{
    for (int decimals = 0; decimals < 9; decimals++) {
        double scaled = step * pow(10.0, decimals);
        if (fabs(scaled - round(scaled)) < 1e-6 * fmax(1.0, scaled) && round(scaled) >= 1)
            return decimals;
    }
    return 9;
}

void mcy_span_add(mcy_span *span, double value)
{
    if (mcy_is_missing(value))
        return;
    if (mcy_is_missing(span->low) || value < span->low)
        span->low = value;
    if (mcy_is_missing(span->high) || value > span->high)
        span->high = value;
}

/* Nothing, one value, or a line near zero becomes a span that can be drawn. */
static mcy_span span_widened(mcy_span span)
{
    if (mcy_is_missing(span.low))
        span = (mcy_span){.low = 0, .high = 1, .zero = span.zero};
    bool near = span.low > 0 && span.low < 0.4 * span.high;
    bool near_below = span.high < 0 && span.high > 0.4 * span.low;
    if (span.zero || near || near_below) {
        span.low = fmin(span.low, 0.0);
        span.high = fmax(span.high, 0.0);
    }
    if (span.high - span.low < 1e-12 * fmax(1.0, fabs(span.high))) {
        double room = span.high != 0 ? 0.1 * fabs(span.high) : 1.0;
        span.high += room;
        span.low -= span.zero && span.low >= 0 ? 0.0 : room;
    }
    return span;
}

mcy_scale mcy_scale_of(mcy_span span)
{
    span = span_widened(span);
    double width = span.high - span.low, best_waste = (double)INFINITY;
    mcy_scale best = {0};
    for (int intervals = 4; intervals <= 7; intervals++) {
        double step = mcy_step_above(width / intervals);
        double low = floor(span.low / step + 1e-9) * step;
        double high = ceil(span.high / step - 1e-9) * step;
        double count = round((high - low) / step);
        double lead = step / pow(10.0, floor(log10(step)));
        bool halves = fabs(lead - 2.5) < 1e-6 && mcy_step_decimals(step); /* 2.5, not 2 or 25 */
        double waste =
            (high - low) / width + (intervals < 5 ? 0.06 : 0.0) + (halves ? 0.35 : 0.0);
        if (count >= 3 && count <= 8 && waste < best_waste - 1e-9) {
            best_waste = waste;
            best = (mcy_scale){low, high, step, mcy_step_decimals(step)};
        }
    }
    return best;
}

/* The step with which below and above intervals hold the span; 0 where they cannot. */
static double level_step(mcy_span span, int below, int above)
{
    if ((span.low < 0 && !below) || (span.high > 0 && !above))
        return 0;
    double need = 0;
    if (span.low < 0)
        need = -span.low / below;
    if (span.high > 0)
        need = fmax(need, span.high / above);
    return need > 0 ? mcy_step_above(need) : 0;
}

void mcy_scale_level(mcy_span left, mcy_span right, mcy_scale *left_scale,
                     mcy_scale *right_scale)
{
    left.zero = right.zero = true;
    left = span_widened(left);
    right = span_widened(right);
    double best = -1;
    for (int below = 0; below <= 6; below++)
        for (int above = 0; above <= 7; above++) {
            if (below + above < 3 || below + above > 8)
                continue;
            double one = level_step(left, below, above);
            double two = level_step(right, below, above);
            if (!(one > 0) || !(two > 0))
                continue;
            double intervals = below + above;
            double used = (left.high - left.low) / (one * intervals) *
                          (right.high - right.low) / (two * intervals);
            if (intervals < 4)
                used *= 0.9;
            if (used <= best)
                continue;
            best = used;
            *left_scale = (mcy_scale){-below * one, above * one, one, mcy_step_decimals(one)};
            *right_scale = (mcy_scale){-below * two, above * two, two, mcy_step_decimals(two)};
        }
}
