/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a firm guided, quarter by quarter, and what came. */
#ifndef MCY_GUIDANCE_HISTORY_H
#define MCY_GUIDANCE_HISTORY_H

#include "mcy/facts.h"

/* One guidance: said with the results of one quarter, about the next. Missing where not said. */
typedef struct mcy_guidance {
    mcy_period said, target;
    mcy_day known;                                                   /* the day it came out */
    mcy_range revenue_usd_m, gross_margin_frac, opex_usd_m, eps_usd; /* non-GAAP but revenue */
    double tax_rate_frac, shares_m;
    double last_revenue_usd_m, last_margin_frac; /* of the quarter it was said with */
    double actual_revenue_usd_m, actual_margin_frac, actual_opex_usd_m, actual_eps_usd;
    mcy_day actual_known; /* 0 while the target has not been reported */
    const char *revenue_id, *margin_id, *opex_id, *eps_id;
} mcy_guidance;

/**
 * All of a firm's guidance that facts hold, oldest first.
 *
 * Fails:     MCY_E_MISSING   the firm gives no guidance of revenue or margin
 */
mcy_status mcy_guidance_history_build(mcy_arena *arena, const mcy_facts *facts,
                                      const char *firm, mcy_guidance **guidance, size_t *count,
                                      mcy_error *err);

#endif
