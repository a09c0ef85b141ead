/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log posterior and its gradient. The gradient of the log-likelihood is the expectation,
 * given the data, of the gradient of the joint density of data and states (Fisher's identity),
 * so one pass of the smoother gives it for every parameter. */
#include <math.h>
#include <string.h>

#include "decompose_work.h"

/* f: its autoregression (D3), with the stationary start of the quarter before the first. */
static void score_market(const decompose_work *w, double *g)
{
    const mcy_kalman *k = w->kalman;
    const layout *at = &w->at;
    size_t s = k->stride, square = k->states * s;
    double phi = w->natural[at->phi], mu = w->natural[at->mu_f];
    double precision = 1 / (w->natural[at->sigma_f] * w->natural[at->sigma_f]);
    double by_phi = 0, by_mu = 0, by_sigma = 0;
    for (size_t t = 0; t < w->panel->quarters; t++) {
        const double *mean = k->smoothed + t * s, *cov = k->smoothed_cov + t * square;
        double before = mean[STATE_F_BEFORE] - mu, shock = mean[STATE_F] - mu - phi * before;
        double v_now = cov[STATE_F * s + STATE_F], v_both = cov[STATE_F * s + STATE_F_BEFORE];
        double v_before = cov[STATE_F_BEFORE * s + STATE_F_BEFORE];
        double squared = shock * shock + v_now - 2 * phi * v_both + phi * phi * v_before;
        by_sigma += squared * precision - 1;
        by_phi += (shock * before + v_both - phi * v_before) * precision;
        by_mu += shock * (1 - phi) * precision;
        if (t == 0) {
            double keep = (1 - phi) * (1 + phi), start = before * before + v_before;
            by_sigma += start * keep * precision - 1;
            by_phi += phi * start * precision - phi / keep;
            by_mu += before * keep * precision;
        }
    }
    g[at->phi] += by_phi * (1 - phi) * (1 + phi); /* free scale: atanh */
    g[at->mu_f] += by_mu;
    g[at->sigma_f] += by_sigma;
}

/* b and m of every firm: white noise around their means. */
static void score_firms(const decompose_work *w, double *g)
{
    const mcy_kalman *k = w->kalman;
    const layout *at = &w->at;
    size_t s = k->stride, square = k->states * s, quarters = w->panel->quarters;
    for (size_t i = 0; i < w->panel->firms; i++) {
        size_t b = state_bits(i), m = state_mix(i);
        double sigma_b = w->natural[at->sigma_b + i], sigma_m = w->natural[at->sigma_m + i];
        double bits = 0, mix = 0, level = 0;
        for (size_t t = 0; t < quarters; t++) {
            const double *mean = k->smoothed + t * s, *cov = k->smoothed_cov + t * square;
            double away = mean[b] - k->intercept[t * s + b];
            level += away;
            bits += away * away + cov[b * s + b];
            mix += mean[m] * mean[m] + cov[m * s + m];
        }
        g[at->mu_b] += level / (sigma_b * sigma_b);
        g[at->sigma_b + i] += bits / (sigma_b * sigma_b) - (double)quarters;
        g[at->sigma_m + i] += mix / (sigma_m * sigma_m) - (double)quarters;
    }
}

/* The statements: their noise and the loadings they see f through. */
static void score_statements(const decompose_work *w, double *g)
{
    const mcy_kalman *k = w->kalman;
    size_t s = k->stride, square = k->states * s;
    for (size_t j = 0; j < k->rows; j++) {
        const mcy_panel_observation *o = &w->panel->observation[j];
        const mcy_kalman_row *row = &k->row[j];
        double u = k->error_score[j], d = k->error_precision[j];
        double noise = w->natural[w->noise[j]];
        g[w->noise[j]] += (u * u - d) * noise * noise;
        if (o->kind != MCY_PANEL_REVENUE && o->kind != MCY_PANEL_PRICE)
            continue;
        double offset = w->panel->firm[o->firm].offset;
        const double *mean = k->smoothed + (size_t)o->quarter * s;
        const double *cov = k->smoothed_cov + (size_t)o->quarter * square;
        double seen = (1 - offset) * mean[STATE_F] + offset * mean[STATE_F_BEFORE], shared = 0;
        for (int x = 0; x < row->terms; x++) {
            size_t at = (size_t)row->at[x];
            shared += row->weight[x] * ((1 - offset) * cov[STATE_F * s + at] +
                                        offset * cov[STATE_F_BEFORE * s + at]);
        }
        g[w->at.lambda + (size_t)o->firm] += u * seen - shared / row->variance;
    }
}

double decompose_evaluate(decompose_work *w, const double *free, double *gradient)
{
    decompose_set(w, free);
    if (!mcy_kalman_filter(w->kalman))
        return w->log_posterior = -(double)INFINITY;
    w->log_likelihood = w->kalman->log_likelihood;
    double prior = 0;
    for (size_t i = 0; i < w->at.count; i++) {
        double z = (free[i] - w->prior_mean[i]) / w->prior_sd[i];
        prior -= 0.5 * z * z;
    }
    w->log_posterior = w->log_likelihood + prior;
    if (!gradient)
        return w->log_posterior;
    mcy_kalman_smooth(w->kalman);
    for (size_t i = 0; i < w->at.count; i++)
        gradient[i] = (w->prior_mean[i] - free[i]) / (w->prior_sd[i] * w->prior_sd[i]);
    score_market(w, gradient);
    score_firms(w, gradient);
    score_statements(w, gradient);
    return w->log_posterior;
}
