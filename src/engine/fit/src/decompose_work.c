/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters, priors and the state space of the decomposition (D1-D5). */
#include "decompose_work.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What a parameter is, where it starts before data, and how freely it is held. The priors of
 * lambda, tau and sigma_r are those of (D5); the others are weak (decision 0201). */
static void set_priors(decompose_work *w)
{
    size_t firms = w->panel->firms;
    struct {
        size_t first, count;
        double mean, sd;
    } priors[] = {
        {w->at.lambda, firms, 1, 0.3},
        {w->at.phi, 1, atanh(0.5), 0.6},
        {w->at.mu_f, 1, -0.02, 0.05},
        {w->at.sigma_f, 1, log(0.10), 0.7},
        {w->at.mu_b, 1, 0.03, 0.03},
        {w->at.sigma_b, firms, log(0.10), 0.7},
        {w->at.sigma_m, firms, log(0.04), 0.7},
        {w->at.tau[0], 1, log(0.01), 0.7},
        {w->at.tau[1], 1, log(0.03), 0.7},
        {w->at.sigma_r[0], 2, log(0.005), 0.5},
        {w->at.sigma_s[0], 2, log(0.05), 0.7},
    };
    for (size_t i = 0; i < sizeof priors / sizeof *priors; i++)
        for (size_t j = 0; j < priors[i].count; j++) {
            w->prior_mean[priors[i].first + j] = priors[i].mean;
            w->prior_sd[priors[i].first + j] = priors[i].sd;
        }
}

static layout layout_of(size_t firms)
{
    layout at = {.lambda = 0};
    size_t next = firms;
    at.phi = next++;
    at.mu_f = next++;
    at.sigma_f = next++;
    at.mu_b = next++;
    at.sigma_b = next;
    next += firms;
    at.sigma_m = next;
    next += firms;
    for (int i = 0; i < 2; i++)
        at.tau[i] = next++;
    for (int i = 0; i < 2; i++)
        at.sigma_r[i] = next++;
    for (int i = 0; i < 2; i++)
        at.sigma_s[i] = next++;
    at.count = next;
    return at;
}

/* The noise parameter of an observation's class. */
static size_t noise_of(const layout *at, const mcy_panel_observation *o)
{
    switch (o->kind) {
    case MCY_PANEL_REVENUE:
        return at->sigma_r[o->source != MCY_PANEL_COMPANY];
    case MCY_PANEL_CONTRACT:
        return at->sigma_s[o->source == MCY_PANEL_ESTIMATE];
    case MCY_PANEL_BITS:
    case MCY_PANEL_PRICE:
    case MCY_PANEL_KINDS:
        break;
    }
    return at->tau[o->source != MCY_PANEL_COMPANY];
}

/* The row of an observation without what depends on parameters. */
static void lay_row(decompose_work *w, size_t j)
{
    const mcy_panel_observation *o = &w->panel->observation[j];
    mcy_kalman_row *row = &w->kalman->row[j];
    double width = o->high - o->low;
    *row = (mcy_kalman_row){.time = o->quarter, .value = 0.5 * (o->low + o->high)};
    w->noise[j] = noise_of(&w->at, o);
    w->rounding[j] = width * width / 12;
    if (o->kind == MCY_PANEL_CONTRACT) {
        row->terms = 1;
        row->at[0] = STATE_F;
        row->weight[0] = 1;
        return;
    }
    size_t firm = (size_t)o->firm;
    if (o->kind != MCY_PANEL_BITS) { /* lambda's two weights first: decompose_set fills them */
        row->at[0] = STATE_F;
        row->at[1] = STATE_F_BEFORE;
        row->at[2] = (int)state_mix(firm);
        row->weight[2] = 1;
        row->terms = 3;
    }
    if (o->kind != MCY_PANEL_PRICE) {
        row->at[row->terms] = (int)state_bits(firm);
        row->weight[row->terms++] = 1;
    }
}

mcy_status decompose_prepare(mcy_arena *arena, const mcy_panel *panel, decompose_work **work,
                             mcy_error *err)
{
    MCY_TRY(mcy_panel_check(panel, err));
    decompose_work *w = MCY_TAKE(arena, decompose_work, 1);
    if (!w)
        return mcy_fail_memory(err);
    w->panel = panel;
    w->at = layout_of(panel->firms);
    w->kalman = mcy_kalman_create(arena, STATE_FIRMS + 2 * panel->firms, panel->quarters,
                                  panel->observations);
    w->noise = MCY_TAKE(arena, size_t, panel->observations);
    w->rounding = MCY_TAKE(arena, double, panel->observations);
    w->prior_mean = MCY_TAKE(arena, double, w->at.count);
    w->prior_sd = MCY_TAKE(arena, double, w->at.count);
    w->natural = MCY_TAKE(arena, double, w->at.count);
    w->scratch = MCY_TAKE(arena, double, 3 * w->at.count);
    w->trial = MCY_TAKE(arena, double, w->at.count);
    if (!w->kalman || !w->noise || !w->rounding || !w->prior_mean || !w->prior_sd ||
        !w->natural || !w->scratch || !w->trial)
        return mcy_fail_memory(err);
    set_priors(w);
    for (size_t j = 0; j < panel->observations; j++)
        lay_row(w, j);
    mcy_kalman_index(w->kalman);
    *work = w;
    return MCY_OK;
}

static bool is_log(const layout *at, size_t i)
{
    return i == at->sigma_f || i >= at->sigma_b;
}

double decompose_natural(const decompose_work *w, size_t i, double free)
{
    if (i == w->at.phi)
        return tanh(free);
    return is_log(&w->at, i) ? exp(free) : free;
}

void decompose_describe(const decompose_work *w, size_t i, mcy_decompose_parameter *p)
{
    const layout *at = &w->at;
    size_t firms = w->panel->firms;
    static const char *const classes[2] = {"company", "survey"};
    static const char *const surveys[2] = {"survey", "estimate"};
    const mcy_panel_firm *firm = w->panel->firm;
    int size = (int)sizeof p->name;
    if (i < at->phi)
        snprintf(p->name, (size_t)size, "lambda.%s", firm[i].name);
    else if (i == at->phi)
        snprintf(p->name, (size_t)size, "phi");
    else if (i == at->mu_f)
        snprintf(p->name, (size_t)size, "mu_f");
    else if (i == at->sigma_f)
        snprintf(p->name, (size_t)size, "sigma_f");
    else if (i == at->mu_b)
        snprintf(p->name, (size_t)size, "mu_b");
    else if (i < at->sigma_m)
        snprintf(p->name, (size_t)size, "sigma_b.%s", firm[i - at->sigma_b].name);
    else if (i < at->sigma_m + firms)
        snprintf(p->name, (size_t)size, "sigma_m.%s", firm[i - at->sigma_m].name);
    else if (i < at->sigma_r[0])
        snprintf(p->name, (size_t)size, "tau.%s", classes[i - at->tau[0]]);
    else if (i < at->sigma_s[0])
        snprintf(p->name, (size_t)size, "sigma_r.%s", classes[i - at->sigma_r[0]]);
    else
        snprintf(p->name, (size_t)size, "sigma_s.%s", surveys[i - at->sigma_s[0]]);
    p->prior_mean = w->prior_mean[i];
    p->prior_sd = w->prior_sd[i];
}

/* T, Q, the intercepts and the start: f is stationary, b and m are white. */
static void set_dynamics(decompose_work *w)
{
    mcy_kalman *k = w->kalman;
    const layout *at = &w->at;
    const double *x = w->natural;
    size_t s = k->stride;
    double phi = x[at->phi], mu = x[at->mu_f], shock = x[at->sigma_f] * x[at->sigma_f];
    double variance = shock / ((1 - phi) * (1 + phi));
    k->transition[STATE_F * s + STATE_F] = phi;
    k->transition[STATE_F_BEFORE * s + STATE_F] = 1;
    k->shock[STATE_F * s + STATE_F] = shock;
    k->start[STATE_F] = k->start[STATE_F_BEFORE] = mu;
    k->start_covariance[STATE_F * s + STATE_F] = variance;
    k->start_covariance[STATE_F_BEFORE * s + STATE_F_BEFORE] = variance;
    k->start_covariance[STATE_F * s + STATE_F_BEFORE] = phi * variance;
    k->start_covariance[STATE_F_BEFORE * s + STATE_F] = phi * variance;
    for (size_t i = 0; i < w->panel->firms; i++) {
        size_t b = state_bits(i), m = state_mix(i);
        double sigma_b = x[at->sigma_b + i], sigma_m = x[at->sigma_m + i];
        k->shock[b * s + b] = k->start_covariance[b * s + b] = sigma_b * sigma_b;
        k->shock[m * s + m] = k->start_covariance[m * s + m] = sigma_m * sigma_m;
    }
    for (size_t t = 0; t < w->panel->quarters; t++) {
        k->intercept[t * s + STATE_F] = (1 - phi) * mu;
        for (size_t i = 0; i < w->panel->firms; i++) {
            const double *shift = w->panel->bit_shift;
            double mean = x[at->mu_b] + (shift ? shift[i * w->panel->quarters + t] : 0);
            k->intercept[t * s + state_bits(i)] = mean;
            if (t == 0)
                k->start[state_bits(i)] = mean;
        }
    }
}

void decompose_set(decompose_work *w, const double *free)
{
    for (size_t i = 0; i < w->at.count; i++)
        w->natural[i] = decompose_natural(w, i, free[i]);
    set_dynamics(w);
    for (size_t j = 0; j < w->panel->observations; j++) {
        const mcy_panel_observation *o = &w->panel->observation[j];
        mcy_kalman_row *row = &w->kalman->row[j];
        double noise = w->natural[w->noise[j]];
        row->variance = w->rounding[j] + noise * noise;
        if (o->kind == MCY_PANEL_REVENUE || o->kind == MCY_PANEL_PRICE) {
            double lambda = w->natural[w->at.lambda + (size_t)o->firm];
            double offset = w->panel->firm[o->firm].offset;
            row->weight[0] = lambda * (1 - offset);
            row->weight[1] = lambda * offset;
        }
    }
}
