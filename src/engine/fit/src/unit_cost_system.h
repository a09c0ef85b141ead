/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least-squares system of the cost paths: residuals and their analytic derivatives (C1-C3). */
#ifndef MCY_UNIT_COST_SYSTEM_H
#define MCY_UNIT_COST_SYSTEM_H

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>

#include "mcy/unit_cost.h"

/* Parameters: a_kt = log product cost of goods at [k * n + t], then d_k at [K * n + k].
 * Residuals: cogs [n], walk [K][n - 1], fall [K], gap [1]. */
typedef struct mcy_cost_system {
    const mcy_cost_data *data;
    const mcy_cost_prior *prior;
    double *target_usd_m, *target_sd_usd_m; /* [n] the products' cogs; missing where unknown */
    double shock_sd_log[MCY_COST_PRODUCTS];
    size_t n, parameters, residuals;
} mcy_cost_system;

/** Sizes, targets and the prior's shocks of a checked problem. Fails: MCY_E_MEMORY. */
mcy_status mcy_cost_system_init(mcy_arena *arena, const mcy_cost_data *data,
                                const mcy_cost_prior *prior, mcy_cost_system *system,
                                mcy_error *err);

/** sd of a step of log cost of goods: shock and error of the bits. */
double mcy_cost_walk_sd(const mcy_cost_system *system, size_t product, size_t t);

/* What GSL's solver calls; context is the system. */
int mcy_cost_residuals(const gsl_vector *x, void *context, gsl_vector *f);
int mcy_cost_jacobian(const gsl_vector *x, void *context, gsl_matrix *J);

#endif
