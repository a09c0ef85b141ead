/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Panels drawn from the decomposition's own model, with known parameters and known bits and
 * prices. The same panel from the same seed. */
#ifndef MCY_TESTS_SIMULATE_PANEL_H
#define MCY_TESTS_SIMULATE_PANEL_H

#include <math.h>
#include <string.h>

#include "mcy/arena.h"
#include "mcy/panel.h"
#include "random.h"

enum { SIMULATED_FIRMS = 3 };

/* The truth behind a simulated panel, on the natural scale. */
typedef struct panel_truth {
    double lambda[SIMULATED_FIRMS], phi, mu_f, sigma_f, mu_b;
    double sigma_b[SIMULATED_FIRMS], sigma_m[SIMULATED_FIRMS];
    double tau[2], sigma_r[2], sigma_s[2];
    double *market, *bits, *price; /* [quarters], [firms * quarters] */
} panel_truth;

/* Parameters from the priors of the fit, so that its intervals should cover as often as they
 * say. */
static inline panel_truth truth_from_priors(random_state *d)
{
    panel_truth t;
    t.phi = tanh(atanh(0.5) + 0.6 * random_normal(d));
    t.mu_f = -0.02 + 0.05 * random_normal(d);
    t.sigma_f = 0.10 * exp(0.7 * random_normal(d));
    t.mu_b = 0.03 + 0.03 * random_normal(d);
    for (int i = 0; i < SIMULATED_FIRMS; i++) {
        t.lambda[i] = 1 + 0.3 * random_normal(d);
        t.sigma_b[i] = 0.10 * exp(0.7 * random_normal(d));
        t.sigma_m[i] = 0.04 * exp(0.7 * random_normal(d));
    }
    t.tau[0] = 0.01 * exp(0.7 * random_normal(d));
    t.tau[1] = 0.03 * exp(0.7 * random_normal(d));
    for (int i = 0; i < 2; i++) {
        t.sigma_r[i] = 0.005 * exp(0.5 * random_normal(d));
        t.sigma_s[i] = 0.05 * exp(0.7 * random_normal(d));
    }
    return t;
}

/* How often each firm publishes revenue, bits and price, and who says it: like the three firms.
 */
static const struct {
    double revenue, bits, price;
    mcy_panel_source revenue_source, words_source;
} simulated_habits[SIMULATED_FIRMS] = {
    {0.95, 0.95, 0.95, MCY_PANEL_COMPANY, MCY_PANEL_COMPANY},
    {0.70, 0.20, 0.20, MCY_PANEL_SURVEY, MCY_PANEL_SURVEY},
    {0.70, 0.80, 0.80, MCY_PANEL_SURVEY, MCY_PANEL_COMPANY},
};

/* A statement of a true value: noise, then a printed width around what is said. */
static inline mcy_panel_observation simulated_statement(random_state *d, mcy_panel_kind kind,
                                                        mcy_panel_source source, int firm,
                                                        int t, double truth, double noise,
                                                        double width)
{
    double middle = truth + noise * random_normal(d) + width * (random_uniform(d) - 0.5);
    return (mcy_panel_observation){
        kind, source, firm, t, middle - 0.5 * width, middle + 0.5 * width, -1};
}

/* Draw a panel; truth's arrays and the panel live in the arena. */
static inline mcy_panel simulate_panel(mcy_arena *arena, random_state *d, panel_truth *truth,
                                       size_t quarters)
{
    mcy_panel panel = {
        .product = "sim", .first = mcy_quarter_of(2016, 3), .quarters = quarters};
    mcy_panel_firm *firm = MCY_TAKE(arena, mcy_panel_firm, SIMULATED_FIRMS);
    static const char *const names[SIMULATED_FIRMS] = {"micron", "samsung", "skhynix"};
    for (int i = 0; i < SIMULATED_FIRMS; i++) {
        strcpy(firm[i].name, names[i]);
        firm[i].offset = i == 0 ? 1.0 / 3.0 : 0;
    }
    mcy_panel_observation *o = MCY_TAKE(arena, mcy_panel_observation, quarters * 12);
    truth->market = MCY_TAKE(arena, double, quarters);
    truth->bits = MCY_TAKE(arena, double, quarters *SIMULATED_FIRMS);
    truth->price = MCY_TAKE(arena, double, quarters *SIMULATED_FIRMS);
    double stationary = truth->sigma_f / sqrt(1 - truth->phi * truth->phi);
    double before = truth->mu_f + stationary * random_normal(d);
    size_t n = 0;
    for (size_t t = 0; t < quarters; t++) {
        double f = truth->mu_f + truth->phi * (before - truth->mu_f) +
                   truth->sigma_f * random_normal(d);
        truth->market[t] = f;
        int now = (int)t;
        for (int i = 0; i < SIMULATED_FIRMS; i++) {
            double seen = (1 - firm[i].offset) * f + firm[i].offset * before;
            double b = truth->mu_b + truth->sigma_b[i] * random_normal(d);
            double p = truth->lambda[i] * seen + truth->sigma_m[i] * random_normal(d);
            size_t cell = (size_t)i * quarters + t;
            truth->bits[cell] = b;
            truth->price[cell] = p;
            mcy_panel_source by = simulated_habits[i].revenue_source;
            if (random_uniform(d) < simulated_habits[i].revenue)
                o[n++] = simulated_statement(d, MCY_PANEL_REVENUE, by, i, now, b + p,
                                             truth->sigma_r[by != MCY_PANEL_COMPANY], 0.002);
            by = simulated_habits[i].words_source;
            double tau = truth->tau[by != MCY_PANEL_COMPANY];
            if (random_uniform(d) < simulated_habits[i].bits)
                o[n++] = simulated_statement(d, MCY_PANEL_BITS, by, i, now, b, tau, 0.02);
            if (random_uniform(d) < simulated_habits[i].price)
                o[n++] = simulated_statement(d, MCY_PANEL_PRICE, by, i, now, p, tau, 0.02);
        }
        for (int c = 0; c < 2; c++)
            if (random_uniform(d) < (c ? 0.3 : 0.5))
                o[n++] = simulated_statement(d, MCY_PANEL_CONTRACT,
                                             c ? MCY_PANEL_SURVEY : MCY_PANEL_ESTIMATE, -1, now,
                                             f, truth->sigma_s[c ? 0 : 1], 0.05);
        before = f;
    }
    mcy_panel_sort(o, n);
    panel.firms = SIMULATED_FIRMS;
    panel.firm = firm;
    panel.observations = n;
    panel.observation = o;
    return panel;
}

#endif
