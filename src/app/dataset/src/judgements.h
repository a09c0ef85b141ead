/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judgement files: one-offs inside cost of goods sold, priors of the cost fit. Each row says
 * its reason and its source. */
#ifndef MCY_JUDGEMENTS_H
#define MCY_JUDGEMENTS_H

#include "mcy/period.h"
#include "mcy/unit_cost.h"

typedef struct mcy_one_off {
    const char *company, *reason;
    mcy_period period;
    double amount_usd_m, sd_usd_m;
} mcy_one_off;

typedef struct mcy_one_offs {
    mcy_one_off *items;
    size_t count;
} mcy_one_offs;

/** Read one-offs.csv of a folder. Fails: MCY_E_INPUT with file:line of every bad row, MCY_E_IO. */
mcy_status mcy_one_offs_read(mcy_arena *arena, const char *folder, mcy_one_offs *one_offs,
                             mcy_error *err);

/** Sum of a firm's one-offs in a quarter, USD m; its standard deviation goes to *sd. */
double mcy_one_offs_find(const mcy_one_offs *one_offs, const char *firm,
                         const mcy_period *period, double *sd_usd_m);

/** Read cost-priors.csv: a firm's own row wins over '*'. Fails: as above, or a prior is missing. */
mcy_status mcy_cost_priors_read(mcy_arena *arena, const char *folder, const char *firm,
                                mcy_cost_prior *prior, mcy_error *err);

#endif
