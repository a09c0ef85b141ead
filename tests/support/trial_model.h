/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trial model of the benches, built straight into a graph: 3 firms, 2 products, 16 quarters, 12
 * uncertain inputs, 51 outputs (16 gross margins a firm, 3 cumulative free cash flows). All numbers
 * are inputs of a benchmark, not facts. Its check line, found alike by ten programs, stands in
 * trial_check. */
#ifndef MCY_TESTS_TRIAL_MODEL_H
#define MCY_TESTS_TRIAL_MODEL_H

#include <math.h>

#include "mcy/graph.h"

enum { TRIAL_FIRMS = 3, TRIAL_PRODUCTS = 2, TRIAL_QUARTERS = 16, TRIAL_INPUTS = 12,
       TRIAL_OUTPUTS = TRIAL_FIRMS * TRIAL_QUARTERS + TRIAL_FIRMS, TRIAL_POINTS = 4096 };

/* Means over the first 4096 points: gross margin of firm 0 at t = 15, of firm 2 at t = 7,
 * cumulative free cash flow of firms 0, 1, 2. */
static const double trial_check[5] = {0.596935077806, 0.466226914097, 134.878989024721,
                                      95.925624932497, 91.255758446855};
static const int trial_check_output[5] = {15, 2 * TRIAL_QUARTERS + 7, 48, 49, 50};

enum { GD, GN, ED, EN, KAPPA, SIGMA, LAMBDA, CAPEX, HBM, DEMAND, WEEKS, WRIGHT };

/* Triangular (low, mode, high), or normal where the first is NAN (mean, deviation). */
static const double trial_law[TRIAL_INPUTS][3] = {
    {.02, .045, .07}, {.025, .055, .085}, {.25, .5, .9},       {.4, .8, 1.3},
    {.05, .12, .22},  {.02, .05, .09},    {-INFINITY, .035, .006}, {-INFINITY, 1, .12},
    {.12, .22, .35},  {-INFINITY, 1, .04},    {6, 9, 13},          {-INFINITY, .45, .05},
};

typedef struct trial_cell {
    mcy_node lp, space, equip, inv, cum, cc, util, m, dep, capex[TRIAL_QUARTERS];
} trial_cell;

typedef struct trial {
    mcy_graph *g;
    mcy_node input[TRIAL_INPUTS], outputs[TRIAL_OUTPUTS];
    size_t named;
} trial;

static inline mcy_node tk(trial *b, double x) { return mcy_graph_constant(b->g, x); }
static inline mcy_node tadd(trial *b, mcy_node x, mcy_node y)
{
    return mcy_graph_apply2(b->g, MCY_OP_ADD, x, y);
}
static inline mcy_node tsub(trial *b, mcy_node x, mcy_node y)
{
    return mcy_graph_apply2(b->g, MCY_OP_SUB, x, y);
}
static inline mcy_node tmul(trial *b, mcy_node x, mcy_node y)
{
    return mcy_graph_apply2(b->g, MCY_OP_MUL, x, y);
}
static inline mcy_node tdiv(trial *b, mcy_node x, mcy_node y)
{
    return mcy_graph_apply2(b->g, MCY_OP_DIV, x, y);
}
static inline mcy_node tmin(trial *b, mcy_node x, mcy_node y)
{
    return mcy_graph_apply2(b->g, MCY_OP_MIN, x, y);
}
static inline mcy_node tmax(trial *b, mcy_node x, mcy_node y)
{
    return mcy_graph_apply2(b->g, MCY_OP_MAX, x, y);
}
static inline mcy_node texp(trial *b, mcy_node x) { return mcy_graph_apply1(b->g, MCY_OP_EXP, x); }
static inline mcy_node tname(trial *b, mcy_node x)
{
    mcy_graph_name(b->g, x, b->named++);
    return x;
}

static const double trial_capex0[3][2] = {{5, 2.5}, {4, 1.2}, {2, .8}};
static const double trial_wafers[3][2] = {{1800, 1400}, {1300, 900}, {1000, 600}};
static const double trial_bits[2] = {.003, .03}, trial_price[2] = {3, .08};
static const double trial_cost[2] = {1.4, .05}, trial_opex[3] = {1.5, .9, .7};

static inline double trial_base(int c, int p, int t)
{
    const double pi = 3.14159265358979323846;
    return trial_capex0[c][p] *
           (1 + .02 * (t + 8) + .1 * sin(2 * pi * (t + 2 * c + p) / 12));
}

typedef struct trial_quarter {
    mcy_node revenue, gross, depreciation, capex;
} trial_quarter;

/* One firm's product in one quarter: the recursion, equations 1 to 8. */
static inline trial_quarter trial_step(trial *b, trial_cell *s, int c, int p, int t)
{
    const double w0 = trial_wafers[c][p], h0 = .08, log_p0 = log(trial_price[p]);
    const double ce = .7 * trial_capex0[c][p] / (.032 * w0),
                 cs = .3 * trial_capex0[c][p] / (.013 * w0);
    const double d0 = w0 * trial_bits[p] / (1 + 2 * (p == 0 ? h0 : 0)), cum0 = 20 * d0,
                 dep0 = .9 * trial_capex0[c][p];
    const double z = cos(1.7 * t + .9 * p) * 1.1;
    mcy_node g = b->input[p ? GN : GD], el = b->input[p ? EN : ED];
    mcy_node lam = p ? tmul(b, tk(b, 1.3), b->input[LAMBDA]) : b->input[LAMBDA];

    mcy_node price = tname(b, texp(b, s->lp)); /* 1 */
    mcy_node push = tadd(b, tk(b, 1), tmul(b, tk(b, .6), tsub(b, s->m, tk(b, .40))));
    push = tmin(b, tmax(b, push, tk(b, .6)), tk(b, 1.4));
    s->capex[t] = tname(b, tmul(b, tmul(b, tk(b, trial_base(c, p, t)), b->input[CAPEX]), push));
    mcy_node old = t >= 8 ? s->capex[t - 8] : tk(b, trial_base(c, p, t - 8)); /* 2 */
    mcy_node late = t >= 3 ? s->capex[t - 3] : tk(b, trial_base(c, p, t - 3));
    s->space = tname(b, tadd(b, s->space, tdiv(b, tmul(b, tk(b, .3), old), tk(b, cs))));
    s->equip = tname(b, tadd(b, tmul(b, s->equip, tk(b, .98)),
                             tdiv(b, tmul(b, tk(b, .7), late), tk(b, ce))));
    mcy_node h = tk(b, 0); /* 3 */
    if (p == 0)
        h = tadd(b, tk(b, h0), tdiv(b, tmul(b, tsub(b, b->input[HBM], tk(b, h0)), tk(b, t)),
                                    tk(b, 15)));
    mcy_node wafers = tmul(b, tmul(b, tmin(b, s->space, s->equip), s->util),
                           tk(b, trial_bits[p]));
    mcy_node supply = tname(b, tdiv(b, tmul(b, wafers, texp(b, tmul(b, lam, tk(b, t)))),
                                    tadd(b, tk(b, 1), tmul(b, tk(b, 2), h))));
    mcy_node answer = texp(b, tmul(b, mcy_graph_apply1(b->g, MCY_OP_NEG, el), /* 4 */
                                   tsub(b, s->lp, tk(b, log_p0))));
    mcy_node demand = tname(b, tmul(b, tmul(b, tmul(b, tk(b, d0), b->input[DEMAND]),
                                            texp(b, tmul(b, g, tk(b, t)))), answer));
    mcy_node av = tadd(b, s->inv, supply); /* 5 */
    s->inv = tname(b, tmax(b, tk(b, 0), tsub(b, av, demand)));
    mcy_node sales = tname(b, tsub(b, av, s->inv));
    mcy_node iw = tname(b, tdiv(b, tmul(b, s->inv, tk(b, 13)), demand));
    s->cum = tname(b, tadd(b, s->cum, supply)); /* 6 */
    mcy_node learned = mcy_graph_apply1(b->g, MCY_OP_LOG, tdiv(b, s->cum, tk(b, cum0)));
    mcy_node slope = mcy_graph_apply1(b->g, MCY_OP_NEG, b->input[WRIGHT]);
    mcy_node cost = tname(b, tmul(b, tk(b, trial_cost[p]), texp(b, tmul(b, slope, learned))));
    mcy_node fading = tmul(b, tk(b, dep0), tsub(b, tk(b, 1), tdiv(b, tk(b, t), tk(b, 20))));
    mcy_node dep = tname(b, tadd(b, fading, tdiv(b, s->cc, tk(b, 20)))); /* 7 */
    mcy_node rev = tname(b, tmul(b, tmul(b, price, tadd(b, tk(b, 1), tmul(b, tk(b, 1.5), h))),
                                 sales));
    mcy_node gm = tname(b, tsub(b, tsub(b, rev, tmul(b, cost, sales)), dep));
    s->m = tname(b, tdiv(b, gm, rev));
    s->cc = tname(b, tadd(b, s->cc, s->capex[t]));
    mcy_node gap = tdiv(b, tsub(b, b->input[WEEKS], iw), b->input[WEEKS]); /* 8 */
    mcy_node move = tmul(b, b->input[KAPPA], tmax(b, tk(b, -3), gap));
    move = tsub(b, move, tmul(b, tk(b, .5), lam));
    move = tadd(b, move, tmul(b, b->input[SIGMA], tk(b, z)));
    s->lp = tname(b, tadd(b, s->lp, move));
    mcy_node util = tsub(b, tk(b, 1.3), tdiv(b, tmul(b, tk(b, .3), iw), b->input[WEEKS]));
    s->util = tname(b, tmin(b, tmax(b, util, tk(b, .7)), tk(b, 1)));
    return (trial_quarter){rev, gm, dep, s->capex[t]};
}

static inline void trial_start(trial *b, trial_cell *s, int c, int p)
{
    const double w0 = trial_wafers[c][p],
                 d0 = w0 * trial_bits[p] / (1 + 2 * (p == 0 ? .08 : 0));
    s->lp = tk(b, log(trial_price[p]));
    s->space = tk(b, 1.06 * w0);
    s->equip = tk(b, w0);
    s->inv = tk(b, d0 / 13 * 10);
    s->cum = tk(b, 20 * d0);
    s->cc = tk(b, 0);
    s->util = tk(b, 1);
    s->m = tk(b, .40);
}

/* The whole model; inputs are numbered 0 .. 11 as in trial_law. */
static inline void trial_build(trial *b, mcy_graph *g)
{
    trial_cell cells[TRIAL_FIRMS][TRIAL_PRODUCTS];
    mcy_node flow[TRIAL_FIRMS];
    b->g = g;
    b->named = 0;
    for (size_t i = 0; i < TRIAL_INPUTS; i++)
        b->input[i] = mcy_graph_input(g, i);
    for (int c = 0; c < TRIAL_FIRMS; c++) {
        flow[c] = tk(b, 0);
        for (int p = 0; p < TRIAL_PRODUCTS; p++)
            trial_start(b, &cells[c][p], c, p);
    }
    for (int t = 0; t < TRIAL_QUARTERS; t++)
        for (int c = 0; c < TRIAL_FIRMS; c++) {
            trial_quarter q[TRIAL_PRODUCTS];
            for (int p = 0; p < TRIAL_PRODUCTS; p++)
                q[p] = trial_step(b, &cells[c][p], c, p, t);
            mcy_node r = tname(b, tadd(b, q[0].revenue, q[1].revenue));
            mcy_node gross = tname(b, tadd(b, q[0].gross, q[1].gross));
            b->outputs[c * TRIAL_QUARTERS + t] = tname(b, tdiv(b, gross, r));
            mcy_node opex = tadd(b, tmul(b, tk(b, .04), r), tk(b, trial_opex[c]));
            mcy_node e = tname(b, tsub(b, gross, opex));
            mcy_node tax = tmul(b, tk(b, .18), tmax(b, tk(b, 0), e));
            mcy_node cash = tadd(b, tsub(b, e, tax),
                                 tadd(b, q[0].depreciation, q[1].depreciation));
            cash = tsub(b, cash, tadd(b, q[0].capex, q[1].capex));
            flow[c] = tname(b, tadd(b, flow[c], cash));
        }
    for (int c = 0; c < TRIAL_FIRMS; c++)
        b->outputs[TRIAL_FIRMS * TRIAL_QUARTERS + c] = flow[c];
}

#endif
