/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact attribution of a change of gross margin. */
#include <math.h>

#include "mcy/number.h"
#include "mcy/unit_cost.h"

enum { K = MCY_COST_PRODUCTS };

static double total_revenue(const mcy_margin_side *side)
{
    return side->revenue_usd_m[0] + side->revenue_usd_m[1] + side->other_revenue_usd_m;
}

/* Cost that neither the products nor the one-offs explain, per unit of revenue. */
static double other_share(const mcy_margin_side *side)
{
    double products = side->cost_usd_m[0] + side->cost_usd_m[1];
    return (side->total_cost_usd_m - products - side->one_off_cost_usd_m) / total_revenue(side);
}

static mcy_status check_side(const mcy_margin_side *side, const char *which, mcy_error *err)
{
    for (size_t k = 0; k < K; k++)
        if (!(side->revenue_usd_m[k] > 0.0) || !(side->cost_usd_m[k] > 0.0))
            return MCY_FAIL(
                err, MCY_E_DOMAIN,
                "margin bridge, %s quarter: revenue and cost of %s must be above 0, "
                "got %g and %g",
                which, k == 0 ? "DRAM" : "NAND", side->revenue_usd_m[k], side->cost_usd_m[k]);
    return MCY_OK;
}

mcy_status mcy_margin_bridge_attribute(const mcy_margin_side *from, const mcy_margin_side *to,
                                       const double bit_log[MCY_COST_PRODUCTS],
                                       mcy_margin_bridge *bridge, mcy_error *err)
{
    MCY_TRY(check_side(from, "first", err));
    MCY_TRY(check_side(to, "last", err));
    double revenue0 = total_revenue(from), revenue1 = total_revenue(to);
    *bridge = (mcy_margin_bridge){.from_frac = 1.0 - from->total_cost_usd_m / revenue0,
                                  .to_frac = 1.0 - to->total_cost_usd_m / revenue1};
    for (size_t k = 0; k < K; k++) {
        double s0 = from->revenue_usd_m[k] / revenue0, s1 = to->revenue_usd_m[k] / revenue1;
        double u0 = from->cost_usd_m[k] / from->revenue_usd_m[k];
        double u1 = to->cost_usd_m[k] / to->revenue_usd_m[k];
        double price_log = log(to->revenue_usd_m[k] / from->revenue_usd_m[k]) - bit_log[k];
        double cost_log = log(to->cost_usd_m[k] / from->cost_usd_m[k]) - bit_log[k];
        double weight = 0.5 * (s0 + s1) * mcy_log_mean(u1, u0); /* of (C5) */
        bridge->mix[k] = -0.5 * (u0 + u1) * (s1 - s0);
        bridge->cost[k] = -weight * cost_log;
        bridge->price[k] = weight * price_log;
    }
    bridge->other = other_share(from) - other_share(to);
    bridge->one_offs = from->one_off_cost_usd_m / revenue0 - to->one_off_cost_usd_m / revenue1;
    return MCY_OK;
}
