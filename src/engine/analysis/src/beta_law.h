/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A beta law on the logistic scale, where its quantile is smooth at both ends. */
#ifndef MCY_BETA_LAW_H
#define MCY_BETA_LAW_H

typedef struct mcy_beta_law {
    double a, b, log_beta;
} mcy_beta_law;

mcy_beta_law mcy_beta_law_of(double a, double b);

/** Tails and density at y = log(x / (1 - x)); the smaller tail has full relative precision. */
void mcy_beta_tails(const mcy_beta_law *law, double y, double *lower, double *upper,
                    double *density);

#endif
