/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A firm whose cost paths are known, drawn from the model of (C1)-(C3), and how often the fitted
 * 90 % intervals hold the truth. */
#ifndef MCY_TESTS_SIMULATED_FIRM_H
#define MCY_TESTS_SIMULATED_FIRM_H

#include <stdlib.h>

#include "mcy/unit_cost.h"
#include "random.h"

enum { SIMULATED_QUARTERS = 29 };

typedef struct simulated_firm {
    double revenue[2][SIMULATED_QUARTERS], other[SIMULATED_QUARTERS];
    double cogs[SIMULATED_QUARTERS], cogs_sd[SIMULATED_QUARTERS], addition[SIMULATED_QUARTERS];
    double bits[2][SIMULATED_QUARTERS], bits_sd[2][SIMULATED_QUARTERS];
    double true_margin[2][SIMULATED_QUARTERS], true_change[2][SIMULATED_QUARTERS];
    mcy_cost_data data;
    mcy_cost_prior prior;
} simulated_firm;

static inline void simulate_firm(random_state *random, simulated_firm *firm)
{
    enum { N = SIMULATED_QUARTERS };
    firm->prior = (mcy_cost_prior){.fall_log = {0.03, 0.05},
                                   .fall_sd_log = {0.02, 0.03},
                                   .shock_sd_log = {0.04, 0.05},
                                   .shock_log_sd = 0.0,
                                   .anchor = 0,
                                   .margin_gap_frac = 0.2,
                                   .margin_gap_sd_frac = 0.06,
                                   .model_sd_frac = 0.004};
    double fall[2], cost[2], gap = 0.2 + 0.06 * random_normal(random);
    for (size_t k = 0; k < 2; k++) {
        fall[k] = firm->prior.fall_log[k] + firm->prior.fall_sd_log[k] * random_normal(random);
        firm->revenue[k][0] = k == 0 ? 5000.0 : 2000.0;
    }
    cost[0] = 0.35 * firm->revenue[0][0];
    cost[1] = (0.35 + gap) * firm->revenue[1][0];
    for (size_t t = 0; t < N; t++) {
        double cogs = 0.0, products = 0.0;
        for (size_t k = 0; k < 2; k++) {
            if (t > 0) {
                double shock = firm->prior.shock_sd_log[k] * random_normal(random);
                double bits = 0.04 + 0.1 * random_normal(random);
                double price = -0.02 + 0.1 * random_normal(random);
                firm->true_change[k][t] = shock - fall[k];
                cost[k] *= exp(firm->true_change[k][t] + bits);
                firm->revenue[k][t] = firm->revenue[k][t - 1] * exp(bits + price);
                firm->bits_sd[k][t] = 0.015;
                firm->bits[k][t] = bits + 0.015 * random_normal(random);
            }
            firm->true_margin[k][t] = 1.0 - cost[k] / firm->revenue[k][t];
            cogs += cost[k];
            products += firm->revenue[k][t];
        }
        firm->other[t] = 60.0;
        firm->addition[t] = t == 12 ? 900.0 : 0.0;
        firm->cogs_sd[t] = 0.0003 * products;
        double sd = hypot(firm->cogs_sd[t], firm->prior.model_sd_frac * products);
        double all = 1.0 + firm->other[t] / products;
        firm->cogs[t] = (cogs + sd * random_normal(random)) * all + firm->addition[t];
    }
    firm->data = (mcy_cost_data){.n = N,
                                 .revenue_usd_m = {firm->revenue[0], firm->revenue[1]},
                                 .other_revenue_usd_m = firm->other,
                                 .cogs_usd_m = firm->cogs,
                                 .cogs_sd_usd_m = firm->cogs_sd,
                                 .known_addition_usd_m = firm->addition,
                                 .bit_qoq_log = {firm->bits[0], firm->bits[1]},
                                 .bit_qoq_sd_log = {firm->bits_sd[0], firm->bits_sd[1]}};
}

typedef struct coverage {
    size_t margin_in, margin_all, change_in, change_all;
} coverage;

static inline coverage cost_coverage(size_t firms, uint64_t seed)
{
    coverage seen = {0};
    random_state random = random_seed(seed);
    mcy_arena *arena = mcy_arena_create();
    simulated_firm *firm = malloc(sizeof *firm);
    for (size_t i = 0; i < firms; i++) {
        mcy_cost_fit fit;
        mcy_arena_reset(arena);
        simulate_firm(&random, firm);
        if (mcy_cost_estimate(arena, &firm->data, &firm->prior, &fit, NULL) != MCY_OK)
            continue;
        for (size_t k = 0; k < 2; k++)
            for (size_t t = 0; t < fit.n; t++) {
                double miss = fit.gross_margin_frac[k][t] - firm->true_margin[k][t];
                seen.margin_in += fabs(miss) <= 1.6449 * fit.gross_margin_sd_frac[k][t];
                seen.margin_all++;
                if (t == 0)
                    continue;
                double change = fit.cost_qoq_log[k][t] - firm->true_change[k][t];
                seen.change_in += fabs(change) <= 1.6449 * fit.cost_qoq_sd_log[k][t];
                seen.change_all++;
            }
    }
    free(firm);
    mcy_arena_destroy(arena);
    return seen;
}

#endif
