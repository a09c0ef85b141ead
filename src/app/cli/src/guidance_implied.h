/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a firm's guidance implies: for price, bits and cost by the models (G1), and by
 * arithmetic down to earnings a share. Nothing of it was published. */
#ifndef MCY_GUIDANCE_IMPLIED_H
#define MCY_GUIDANCE_IMPLIED_H

#include "margin_study.h"

/* Down to earnings a share. Missing where a part is not guided. */
typedef struct guidance_closure {
    mcy_range operating_income_usd_m; /* its ends from the ends of all three parts */
    double tax_rate_frac, shares_m;
    double eps_usd;                 /* of the middles, without interest */
    double interest_to_close_usd_m; /* net interest and other that gives the guided middle */
    double incremental_margin_frac; /* gross profit more over revenue more */
    bool within;                    /* eps_usd lies in the guided range */
} guidance_closure;

guidance_closure guidance_close(const mcy_guidance *guidance);

/**
 * What the models expect of the quarter, and what is left of that when the guidance is taken at
 * its word.
 *
 * Fails:     as margin_study_outlook and mcy_outlook_condition
 */
mcy_status guidance_condition(const margin_study *study, const mcy_guidance *guidance,
                              mcy_outlook *prior, mcy_outlook *posterior, mcy_error *err);

/** A change of the outlook as a fraction with its 90 % interval; place as MCY_OUTLOOK_PRICE +
 * k. */
mcy_range guidance_change_frac(const mcy_outlook *outlook, size_t place, double *middle);

#endif
