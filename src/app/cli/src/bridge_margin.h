/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle bridge --metric gross-margin. */
#ifndef MCY_BRIDGE_MARGIN_H
#define MCY_BRIDGE_MARGIN_H

#include "command.h"
#include "margin_study.h"

/* One bridge of a firm's gross margin between two quarters of its history. */
typedef struct margin_bridge_result {
    const mcy_margin_quarter *from, *to;
    mcy_margin_bridge terms;
    double price_sd_frac; /* of the firm's price term: the uncertainty of bits and costs */
} margin_bridge_result;

/** Bridge between two periods of a study. Fails: MCY_E_MISSING when a quarter is not in it. */
mcy_status margin_bridge_between(const margin_study *study, const mcy_period *from,
                                 const mcy_period *to, margin_bridge_result *result,
                                 mcy_error *err);

/** The bridge of a call, printed. */
mcy_status bridge_margin_run(mcy_call *call, const mcy_facts *facts, const char *firm,
                             const mcy_period *from, const mcy_period *to, mcy_error *err);

#endif
