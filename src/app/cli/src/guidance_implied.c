/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What guidance implies, for the command and for the pack's table. */
#include "guidance_implied.h"

#include <math.h>

static const double z90 = 1.6448536269514722;

guidance_closure guidance_close(const mcy_guidance *g)
{
    guidance_closure c = {.tax_rate_frac = g->tax_rate_frac, .shares_m = g->shares_m};
    const mcy_range revenue = g->revenue_usd_m, margin = g->gross_margin_frac;
    c.operating_income_usd_m = (mcy_range){revenue.low * margin.low - g->opex_usd_m.high,
                                           revenue.high * margin.high - g->opex_usd_m.low};
    const double middle = mcy_range_middle(revenue);
    const double profit = middle * mcy_range_middle(margin);
    const double income = profit - mcy_range_middle(g->opex_usd_m);
    c.eps_usd = income * (1.0 - c.tax_rate_frac) / c.shares_m;
    c.interest_to_close_usd_m =
        mcy_range_middle(g->eps_usd) * c.shares_m / (1.0 - c.tax_rate_frac) - income;
    c.within = c.eps_usd >= g->eps_usd.low && c.eps_usd <= g->eps_usd.high;
    c.incremental_margin_frac = (profit - g->last_revenue_usd_m * g->last_margin_frac) /
                                (middle - g->last_revenue_usd_m);
    return c;
}

mcy_status guidance_condition(const margin_study *study, const mcy_guidance *guidance,
                              mcy_outlook *prior, mcy_outlook *posterior, mcy_error *err)
{
    mcy_forecast_market market;
    MCY_TRY(margin_study_outlook(study, prior, &market, err));
    const mcy_outlook_statement said = margin_study_statement(guidance);
    return mcy_outlook_condition(prior, &said, posterior, NULL, err);
}

mcy_range guidance_change_frac(const mcy_outlook *outlook, size_t place, double *middle)
{
    const double mean = outlook->mean[place];
    const double sd = sqrt(outlook->covariance[place * MCY_OUTLOOK_SIZE + place]);
    *middle = expm1(mean);
    return (mcy_range){expm1(mean - z90 * sd), expm1(mean + z90 * sd)};
}
