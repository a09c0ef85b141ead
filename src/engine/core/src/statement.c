/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words on bits and price against revenue, as interval arithmetic. */
#include "mcy/statement.h"

#include <math.h>

static mcy_status admit(const char *what, mcy_range *range, mcy_error *err)
{
    if (mcy_range_is_missing(*range))
        return MCY_FAIL(err, MCY_E_MISSING, "the growth of %s is missing", what);
    if (isinf(range->low) && range->low < 0.0)
        range->low = -1.0;
    if (range->low > range->high || range->low < -1.0)
        return MCY_FAIL(err, MCY_E_DOMAIN,
                        "the growth of %s is %g..%g, want low to high, at least -1", what,
                        range->low, range->high);
    return MCY_OK;
}

mcy_status mcy_statement_check(mcy_range revenue, mcy_range bits, mcy_range price,
                               mcy_statement_verdict *verdict, mcy_error *err)
{
    MCY_TRY(admit("revenue", &revenue, err));
    MCY_TRY(admit("bits", &bits, err));
    MCY_TRY(admit("price", &price, err));
    mcy_range words = mcy_range_compound(bits, price);
    double distance = mcy_range_distance(words, revenue);
    /* A product of decimal fractions misses its own decimal by an ulp or two: not a finding. */
    double slack = 1e-12 * (1.0 + fabs(revenue.low) + fabs(revenue.high));
    if (fabs(distance) <= slack)
        distance = 0.0;
    *verdict = (mcy_statement_verdict){
        .words_frac = words,
        .implied_price_frac = mcy_range_uncompound(revenue, bits),
        .implied_bits_frac = mcy_range_uncompound(revenue, price),
        .distance_points = 100.0 * distance,
        .contradicted = distance != 0.0,
    };
    return MCY_OK;
}
