/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model sheet as plain loops. Section by section, quarter by quarter; functions are long
 * because each is one section read from top to bottom. */
#include "plain_model.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *const plain_firm[FIRMS] = {"micron", "samsung", "skhynix", "rest"};
const char *const plain_product[PRODUCTS] = {"dram", "hbm", "nand"};
const char *const plain_fab[FABS] = {"dram", "nand"};
const char *const plain_market[MARKETS] = {"ai_server", "server", "mobile", "pc", "other"};

static const int fab_of[PRODUCTS] = {0, 0, 1};

typedef struct reader {
    plain_input *input;
    void *context;
} reader;

static double get(const reader *it, int quarter, const char *format, ...)
{
    char path[128];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    return it->input(it->context, path, quarter);
}

/* S2: stages that hold money and pass a fixed part of it on, after a dead time. */
static void pascal_stages(const double in[SPAN], int last, double mean, int order, int dead,
                          double out[SPAN])
{
    double part = order / (mean - dead + order), held[8];
    for (int k = 0; k < order; k++)
        held[k] = in[0] * (1 - part) / part; /* what a stage holds in the steady state */
    for (int t = -PAST; t <= last; t++) {
        double flow = t - dead < -PAST ? in[0] : in[AT(t - dead)];
        for (int k = 0; k < order; k++) {
            double content = held[k] + flow;
            flow = part * content;
            held[k] = content - flow;
        }
        out[AT(t)] = flow;
    }
}

/* P3: each quarter's spending is a vintage written off over its life. */
static void write_off(const double in[SPAN], int last, int life, int delay, double out[SPAN])
{
    for (int t = 0; t <= last; t++) {
        double sum = 0;
        for (int bought = t - delay - life + 1; bought <= t - delay; bought++)
            sum += (bought < -PAST ? in[0] : in[AT(bought)]) / life;
        out[AT(t)] = sum;
    }
}

typedef struct spending {
    double building[FABS][SPAN], tools[FABS][SPAN], conversion[FABS][SPAN];
    double opened[FABS][SPAN], arrived[FABS][SPAN], converted[FABS][SPAN];
} spending;

static void spend(const reader *it, int i, int last, spending *s) /* S1, S2 */
{
    const char *f = plain_firm[i];
    for (int t = -PAST; t <= last; t++) {
        double k = get(it, t, "capex.%s", f), nand = get(it, t, "nand_share.%s", f);
        for (int g = 0; g < FABS; g++) {
            double part = g == 1 ? nand * k : (1 - nand) * k;
            double psi = get(it, t, "building_share.%s.%s", f, plain_fab[g]);
            double mu = get(it, t, "conversion_share.%s.%s", f, plain_fab[g]);
            s->building[g][AT(t)] = psi * part;
            s->tools[g][AT(t)] = (1 - psi) * (1 - mu) * part;
            s->conversion[g][AT(t)] = (1 - psi) * mu * part;
        }
    }
    for (int g = 0; g < FABS; g++) {
        double lag = get(it, 0, "building_lag.%s.%s", f, plain_fab[g]);
        double tool = get(it, 0, "tool_lag.%s.%s", f, plain_fab[g]);
        pascal_stages(s->building[g], last, lag, 3, 2, s->opened[g]);
        pascal_stages(s->tools[g], last, tool, 3, 1, s->arrived[g]);
        pascal_stages(s->conversion[g], last, tool, 3, 1, s->converted[g]);
    }
}

static void build(const reader *it, int i, int last, const spending *s, plain_run *run)
{
    const char *f = plain_firm[i]; /* S3-S7 */
    for (int g = 0; g < FABS; g++) {
        const char *fab = plain_fab[g];
        double clean = get(it, 0, "clean_cost.%s.%s", f, fab);
        double tool = get(it, 0, "tool_cost.%s.%s", f, fab);
        double ramp = get(it, 0, "ramp_lag.%s.%s", f, fab);
        double v = get(it, 0, "capacity_0.%s.%s", f, fab), b = 1;
        double stage[3], part = 3 / (ramp + 3), in_ramp = s->tools[g][0] / tool * ramp, z,
                         room = 0;
        for (int k = 0; k < 3; k++)
            stage[k] = s->tools[g][0] / tool * (1 - part) / part;
        z = get(it, 0, "waiting_0.%s.%s", f, fab);
        for (int t = -PAST; t <= last; t++) {
            double came = s->arrived[g][AT(t)] / tool, put = came, loss = 0, conv = 0;
            if (t > 0) {
                double cost = get(it, 0, "conversion_cost.%s.%s", f, fab);
                conv = v > 0 ? fmin(1, s->converted[g][AT(t)] / cost / v) : 0;
                loss = get(it, 0, "conversion_loss.%s.%s", f, fab) * conv * v;
                room += s->opened[g][AT(t)] / clean - loss;
                double space_free = fmax(room - (v + in_ramp - loss), 0);
                put = fmin(z + came, space_free);
                z += came - put;
                b *= 1 + get(it, 0, "node_gain.%s.%s", f, fab) * conv *
                             get(it, t, "pace.%s.%s", f, fab);
            }
            double flow = put;
            for (int k = 0; k < 3; k++) {
                double content = stage[k] + flow;
                flow = part * content;
                stage[k] = content - flow;
            }
            in_ramp += put - flow;
            if (t == 0)
                room = (1 + get(it, 0, "space_slack.%s.%s", f, fab)) * (v + in_ramp);
            if (t > 0)
                v += flow - loss;
            run->installed[i][g][AT(t)] = put;
            run->ramping[i][g][AT(t)] = in_ramp;
            run->capacity[i][g][AT(t)] = v;
            run->space[i][g][AT(t)] = room;
            run->waiting[i][g][AT(t)] = z;
            run->converted[i][g][AT(t)] = conv;
            run->bits_per_wafer[i][g][AT(t)] = b;
        }
    }
}

/* Wafers of a product, and what a wafer of it holds in bits against the base quarter (S8, S9).
 */
static double wafers_of(const reader *it, const plain_run *run, int i, int k, int t)
{
    const char *f = plain_firm[i];
    double h0 = get(it, 0, "hbm_wafers_0.%s", f), h1 = get(it, 0, "hbm_wafers_target.%s", f);
    double h = h0 + (h1 - h0) * fmin(t / get(it, 0, "hbm_ramp_quarters"), 1);
    int g = fab_of[k];
    double part = k == HBM ? h : k == DRAM ? 1 - h : 1;
    return part * run->capacity[i][g][AT(t)] *
           (1 - get(it, t, "wafer_loss.%s.%s", f, plain_fab[g]));
}

static double bits_of(const reader *it, const plain_run *run, int i, int k, int t)
{
    const char *f = plain_firm[i], *p = plain_product[k];
    double bits = run->bits_per_wafer[i][fab_of[k]][AT(t)] *
                  get(it, t, "yield_index.%s.%s", f, p) / get(it, 0, "yield_index.%s.%s", f, p);
    return k == HBM ? bits * get(it, 0, "trade_ratio") / get(it, t, "trade_ratio") : bits;
}

static double sales_base(const reader *it, int i, int k)
{
    const char *f = plain_firm[i];
    double part = get(it, 0, "hbm_part.%s", f);
    double fab = get(it, 0, "fab_sales_0.%s.%s", f, plain_fab[fab_of[k]]);
    return k == NAND ? fab : k == HBM ? part * fab : (1 - part) * fab;
}

static double cost_index(const reader *it, const plain_run *run, int i, int k, int t) /* P2 */
{
    const char *f = plain_firm[i];
    double local = get(it, 0, "local_part.%s", f);
    return pow(1 + get(it, 0, "wafer_cost_growth.%s", f), t / 4.0) / bits_of(it, run, i, k, t) *
           (1 - local + local * get(it, 0, "fx") / get(it, t, "fx"));
}

static void quarter_supply(const reader *it, plain_run *run, int t) /* S9-S11, M5 offers */
{
    for (int k = 0; k < PRODUCTS; k++) {
        double offered = 0, high = get(it, 0, "weeks_high.%s", plain_product[k]);
        double fill = get(it, 0, "fill_0.%s", plain_product[k]);
        double s0 = pow(fill, 1 / (1 + get(it, 0, "order_inflation.%s", plain_product[k])));
        double keep = get(it, 0, "hold.%s", plain_product[k]) *
                      get(it, 0, "weeks_target.%s", plain_product[k]) / 13;
        for (int i = 0; i < FIRMS; i++) {
            double base = sales_base(it, i, k), util = 1;
            if (t > 0) {
                double over = (run->weeks[i][k][AT(t - 1)] - high) / high;
                util = 1 - get(it, 0, "cut_max.%s", plain_product[k]) * fmin(fmax(over, 0), 1);
            }
            double w0 = wafers_of(it, run, i, k, 0), q;
            if (base > 0)
                q = w0 > 0 ? base / w0 : 0;
            else
                q = get(it, 0, "entrant_sales_per_kwpm.%s.%s", plain_firm[i], plain_product[k]);
            double w = wafers_of(it, run, i, k, t);
            double made = q * w * bits_of(it, run, i, k, t) * util;
            double stock = t > 0 ? run->inventory[i][k][AT(t - 1)] : 0;
            double offer = t > 0 ? made + stock - fmin(stock, keep * made) : base * fmax(s0, 1);
            run->utilisation[i][k][AT(t)] = util;
            run->wafers[i][k][AT(t)] = w;
            run->supply[i][k][AT(t)] = made;
            run->available[i][k][AT(t)] = offer;
            offered += offer;
        }
        run->offered[k][AT(t)] = offered;
    }
}

static double base_total(const reader *it, int k)
{
    double sum = 0;
    for (int i = 0; i < FIRMS; i++)
        sum += sales_base(it, i, k);
    return sum;
}

static void quarter_price(const reader *it, plain_run *run, int k, int t) /* M4 */
{
    const char *p = plain_product[k];
    double weight = 0, cost = 0;
    for (int i = 0; i < FIRMS; i++) {
        weight += sales_base(it, i, k);
        cost += sales_base(it, i, k) * cost_index(it, run, i, k, t);
    }
    run->normal[k][AT(t)] =
        get(it, 0, "normal_price_0.%s", p) * (weight > 0 ? cost / weight : 1);
    if (t == 0) {
        run->price[k][AT(0)] = get(it, 0, "price_history.%s", p);
        run->move[k][AT(0)] = -log(get(it, -1, "price_history.%s", p));
        return;
    }
    double wanted = run->orders[k][AT(t - 1)], there = run->offered[k][AT(t - 1)];
    double x = wanted > 0 && there > 0 ? log(wanted / there) : 0;
    double pull = get(it, 0, "price_anchor.%s", p) *
                  log(run->normal[k][AT(t - 1)] / run->price[k][AT(t - 1)]);
    double target = get(it, 0, x > 0 ? "response_short.%s" : "response_glut.%s", p) * x + pull;
    if (x > 0 && target < 0)
        target = 0;
    double rho = get(it, 0, "price_persistence.%s", p);
    double move =
        rho * run->move[k][AT(t - 1)] + (1 - rho) * (target - get(it, 0, "price_drift.%s", p));
    move = fmin(fmax(move, get(it, 0, "price_floor.%s", p)), get(it, 0, "price_cap.%s", p));
    run->move[k][AT(t)] = move;
    run->price[k][AT(t)] =
        run->price[k][AT(t - 1)] * exp(move + get(it, t, "price_shock.%s", p));
}

static void quarter_demand(const reader *it, plain_run *run, double growth[MARKETS], int k,
                           int t)
{
    const char *p = plain_product[k]; /* M1-M3 */
    double fill = get(it, 0, "fill_0.%s", p), theta = get(it, 0, "order_inflation.%s", p);
    double d0 = base_total(it, k) / fmin(pow(fill, 1 / (1 + theta)), 1), d = 0;
    double adapt = get(it, 0, "adapt.%s", p);
    if (t > 0)
        run->memory[k][AT(t)] = run->memory[k][AT(t - 1)] +
                                adapt * (log(run->price[k][AT(t)]) - run->memory[k][AT(t - 1)]);
    for (int s = 0; s < MARKETS; s++) {
        const char *m = plain_market[s];
        if (t > 0)
            growth[s] *= pow((1 + get(it, t, "unit_growth.%s", m)) *
                                 (1 + get(it, t, "content_growth.%s.%s", p, m)),
                             0.25);
        d += d0 * get(it, 0, "demand_weight.%s.%s", p, m) * growth[s] *
             get(it, t, "demand_shock.%s.%s", p, m) *
             exp(-get(it, 0, "elasticity.%s.%s", p, m) *
                 (run->memory[k][AT(t)] - run->memory[k][AT(0)]));
    }
    if (t == 0)
        d = d0;
    double a = run->offered[k][AT(t)];
    run->demand[k][AT(t)] = d;
    run->orders[k][AT(t)] = d * pow(fmax(a != 0 ? d / a : 0, 1), theta);
    run->total[k][AT(t)] = fmin(d, a);
    run->fill[k][AT(t)] =
        run->orders[k][AT(t)] != 0 ? run->total[k][AT(t)] / run->orders[k][AT(t)] : 0;
}

static void quarter_stock(const reader *it, plain_run *run, int k, int t) /* M5 */
{
    for (int i = 0; i < FIRMS; i++) {
        double base = sales_base(it, i, k), stock, sold;
        if (t == 0) {
            sold = base;
            stock = get(it, 0, "weeks_0.%s.%s", plain_firm[i], plain_product[k]) * base / 13;
        } else {
            double all = run->offered[k][AT(t)];
            sold = all != 0 ? run->available[i][k][AT(t)] * run->total[k][AT(t)] / all : 0;
            stock = run->inventory[i][k][AT(t - 1)] + run->supply[i][k][AT(t)] - sold;
        }
        run->shipped[i][k][AT(t)] = sold;
        run->inventory[i][k][AT(t)] = stock;
        run->weeks[i][k][AT(t)] = sold != 0 ? 13 * stock / sold : 0;
    }
}

static void past_prices(const reader *it, plain_run *run) /* M2 */
{
    for (int k = 0; k < PRODUCTS; k++) {
        double m = log(get(it, -8, "price_history.%s", plain_product[k]));
        for (int t = -8; t <= 0; t++) {
            double p = get(it, t, "price_history.%s", plain_product[k]);
            run->price[k][AT(t)] = p;
            m += get(it, 0, "adapt.%s", plain_product[k]) * (log(p) - m);
            run->memory[k][AT(t)] = m;
        }
    }
}

/* P1: the price over the firm's own three months, before it is scaled to the base quarter. */
static double blend(const reader *it, const plain_run *run, int i, int k, int t)
{
    double o = get(it, 0, "calendar_offset.%s", plain_firm[i]);
    return (1 - o) * run->price[k][AT(t)] + o * run->price[k][AT(t - 1)];
}

static void firm_sales(const reader *it, plain_run *run, int i, int first) /* P1, P8 */
{
    const char *f = plain_firm[i];
    for (int t = 0; t <= run->last; t++) {
        double weeks =
            get(it, t, "weeks_in_quarter.%s", f) / get(it, 0, "weeks_in_quarter.%s", f);
        double sum = get(it, 0, "other_sales_0.%s", f) *
                     pow(1 + get(it, 0, "other_growth.%s", f), t / 4.0) * weeks;
        for (int k = 0; k < PRODUCTS; k++) {
            const char *p = plain_product[k];
            double year = 1, now = blend(it, run, i, k, t) / blend(it, run, i, k, 0);
            for (int u = 1; u <= t; u++) /* the last January fixes the yearly price */
                if ((first - 1 + u) % 4 == 0)
                    year = blend(it, run, i, k, u - 1) / blend(it, run, i, k, 0);
            double part = get(it, 0, "annual_part.%s.%s", f, p);
            double realised = (part * year + (1 - part) * now) *
                              get(it, t, "premium.%s.%s", f, p) /
                              get(it, 0, "premium.%s.%s", f, p);
            run->realised[i][k][AT(t)] = realised;
            run->sales[i][k][AT(t)] = realised * run->shipped[i][k][AT(t)] * weeks;
            sum += run->sales[i][k][AT(t)];
        }
        run->revenue[i][AT(t)] = sum;
    }
}

static void firm_depreciation(const reader *it, plain_run *run, int i, const spending *s)
{
    double equipment[SPAN] = {0}, buildings[SPAN] = {0}, a[SPAN], b[SPAN]; /* P3 */
    const char *f = plain_firm[i];
    for (int t = -PAST; t <= run->last; t++) {
        double own = 1 - get(it, t, "incentive_share.%s", f);
        for (int g = 0; g < FABS; g++) {
            equipment[AT(t)] += own * (s->tools[g][AT(t)] + s->conversion[g][AT(t)]);
            buildings[AT(t)] += own * s->building[g][AT(t)];
        }
    }
    write_off(equipment, run->last, 24, 2, a);
    write_off(buildings, run->last, 80, 2, b);
    for (int t = 0; t <= run->last; t++)
        run->depreciation[i][AT(t)] = (a[AT(t)] + b[AT(t)]) *
                                      get(it, t, "weeks_in_quarter.%s", f) /
                                      get(it, 0, "weeks_in_quarter.%s", f);
}

static void firm_margin(const reader *it, plain_run *run, int i) /* P2, P4, P5 */
{
    const char *f = plain_firm[i];
    double r0 = run->revenue[i][AT(0)], gm0 = get(it, 0, "gross_margin_0.%s", f);
    double in_cogs = get(it, 0, "cogs_part.%s", f), d0 = run->depreciation[i][AT(0)];
    double other = get(it, 0, "other_cost_ratio.%s", f), o0 = get(it, 0, "other_sales_0.%s", f);
    double weight = 0, opex_0 = r0 * (gm0 - get(it, 0, "operating_margin_0.%s", f)),
           before_0 = 0;
    for (int k = 0; k < PRODUCTS; k++)
        weight += get(it, 0, "relative_cost.%s.%s", f, plain_product[k]) * sales_base(it, i, k);
    for (int t = 0; t <= run->last; t++) {
        double weeks =
            get(it, t, "weeks_in_quarter.%s", f) / get(it, 0, "weeks_in_quarter.%s", f);
        double cost = in_cogs * run->depreciation[i][AT(t)] +
                      other * o0 * pow(1 + get(it, 0, "other_growth.%s", f), t / 4.0) * weeks;
        for (int k = 0; k < PRODUCTS; k++) {
            double u = get(it, 0, "relative_cost.%s.%s", f, plain_product[k]) *
                       (r0 * (1 - gm0) - in_cogs * d0 - other * o0) / weight *
                       cost_index(it, run, i, k, t);
            run->unit_cost[i][k][AT(t)] = u;
            cost += u * run->shipped[i][k][AT(t)] * weeks;
        }
        double r = run->revenue[i][AT(t)];
        double opex = opex_0 * pow(1 + get(it, 0, "opex_growth.%s", f), t / 4.0) * weeks +
                      get(it, 0, "opex_variable.%s", f) * (r - r0) +
                      (1 - in_cogs) * (run->depreciation[i][AT(t)] - d0);
        double before_share = r - cost - opex;
        if (t == 0)
            before_0 = before_share;
        run->cogs[i][AT(t)] = cost;
        run->gross_margin[i][AT(t)] = r != 0 ? (r - cost) / r : 0;
        run->operating_income[i][AT(t)] =
            before_share - get(it, 0, "profit_share.%s", f) * (before_share - before_0);
    }
}

static void firm_cash(const reader *it, plain_run *run, int i) /* P6, P7 */
{
    const char *f = plain_firm[i];
    double rate = get(it, 0, "interest_rate.%s", f) / 4, cash = get(it, 0, "net_cash_0.%s", f);
    double losses = get(it, 0, "losses_0.%s", f), shares = get(it, 0, "shares_0.%s", f);
    double equity = get(it, 0, "equity_0.%s", f), left_out = 0;
    double before = get(it, 0, "revenue_before.%s", f);
    for (int t = 0; t <= run->last; t++) {
        double weeks =
            get(it, t, "weeks_in_quarter.%s", f) / get(it, 0, "weeks_in_quarter.%s", f);
        double tau = get(it, t, "tax_rate.%s", f), income = run->operating_income[i][AT(t)];
        double dep = run->depreciation[i][AT(t)],
               grown = pow(1 + get(it, 0, "opex_growth.%s", f), t / 4.0) * weeks;
        double stock = 0;
        for (int k = 0; k < PRODUCTS && t > 0; k++)
            stock += run->unit_cost[i][k][AT(t)] *
                     (run->supply[i][k][AT(t)] - run->shipped[i][k][AT(t)]);
        double nwc =
            get(it, 0, "nwc_days.%s", f) / 91.25 * (run->revenue[i][AT(t)] - before) + stock;
        double sbc = get(it, 0, "sbc_0.%s", f) * grown;
        double capex = get(it, t, "capex.%s", f) * (1 - get(it, t, "incentive_share.%s", f));
        double paid = get(it, t, "buyback.%s", f) + get(it, t, "dividend.%s", f);
        double flow = income * (1 - tau) + dep - nwc - capex - paid, interest, other = 0, taxes;
        if (t == 0) {
            interest = rate * (get(it, 0, "net_cash_before.%s", f) + cash) / 2;
            double n = get(it, 0, "net_income_0.%s", f);
            if (get(it, 0, "net_income_known.%s", f) > 0.5)
                other = (n > 0 ? n / (1 - tau) : n) - income - interest;
        } else {
            interest = rate * (cash + 0.5 * flow) * weeks;
        }
        double pretax = income + interest + other;
        taxes = tau * fmax(t == 0 ? pretax : pretax - losses, 0);
        losses = t == 0 ? losses : fmax(losses - pretax, 0);
        double net = pretax - taxes;
        if (t == 0 && get(it, 0, "net_income_gaap_known.%s", f) > 0.5)
            left_out = (net - get(it, 0, "net_income_gaap_0.%s", f)) / (1 - tau);
        double gaap = net - left_out * grown * (1 - tau);
        double ocf = gaap + dep - nwc + sbc;
        if (t == 0 && get(it, 0, "ocf_known.%s", f) > 0.5)
            ocf = get(it, 0, "ocf_0.%s", f);
        if (t > 0) {
            cash += ocf - capex - paid;
            equity += gaap + sbc - paid;
            shares = fmax(shares * pow(1 + get(it, 0, "dilution.%s", f), 0.25) -
                              get(it, t, "buyback.%s", f) / get(it, 0, "buyback_price.%s", f),
                          0.01 * get(it, 0, "shares_0.%s", f));
        }
        double gaap_shares = shares * get(it, 0, "gaap_share_ratio.%s", f);
        run->interest[i][AT(t)] = interest;
        run->tax[i][AT(t)] = taxes;
        run->losses[i][AT(t)] = losses;
        run->nwc_change[i][AT(t)] = nwc;
        run->net_income[i][AT(t)] = net;
        run->net_income_gaap[i][AT(t)] = gaap;
        run->ocf[i][AT(t)] = ocf;
        run->fcf[i][AT(t)] = ocf - capex;
        run->net_cash[i][AT(t)] = cash;
        run->equity[i][AT(t)] = equity;
        run->shares[i][AT(t)] = shares;
        run->eps[i][AT(t)] = shares != 0 ? net / shares : 0;
        run->eps_gaap[i][AT(t)] = gaap_shares != 0 ? gaap / gaap_shares : 0;
        before = run->revenue[i][AT(t)];
    }
}

static void report(const reader *it, plain_run *run) /* S10, M7 */
{
    double bits_0[FABS] = {0};
    for (int t = 0; t <= run->last; t++) {
        double bits[FABS] = {0};
        for (int i = 0; i < FIRMS; i++)
            for (int k = 0; k < PRODUCTS; k++) {
                double made = run->wafers[i][k][AT(t)] * bits_of(it, run, i, k, t) *
                              run->utilisation[i][k][AT(t)];
                bits[fab_of[k]] += k == HBM ? made / get(it, 0, "trade_ratio") : made;
            }
        for (int g = 0; g < FABS; g++) {
            if (t == 0)
                bits_0[g] = bits[g];
            run->industry_bits[g][AT(t)] =
                t == 0 ? get(it, 0, "bits_history.%s", plain_fab[g]) : bits[g] / bits_0[g];
        }
        for (int k = 0; k < PRODUCTS; k++) {
            double all = 0, squares = 0;
            for (int i = 0; i < FIRMS; i++)
                all += run->sales[i][k][AT(t)];
            for (int i = 0; i < FIRMS; i++) {
                double share = all != 0 ? run->sales[i][k][AT(t)] / all : 0;
                run->share[i][k][AT(t)] = share;
                squares += share * share;
            }
            run->concentration[k][AT(t)] = squares;
        }
    }
    for (int k = 0; k < PRODUCTS; k++) {
        run->shortage_ends[k] = NAN;
        run->price_peaks[k] = 0;
        for (int t = run->last; t >= 0; t--)
            if (run->fill[k][AT(t)] >= 0.98)
                run->shortage_ends[k] = t;
        for (int t = 1; t <= run->last; t++)
            if (run->price[k][AT(t)] > run->price[k][AT((int)run->price_peaks[k])])
                run->price_peaks[k] = t;
    }
}

void plain_model(plain_input *input, void *context, int last, int calendar_quarter,
                 plain_run *run)
{
    static spending money[FIRMS]; /* large; written whole before it is read */
    const reader it = {input, context};
    memset(run, 0, sizeof *run);
    run->last = last;
    for (int i = 0; i < FIRMS; i++) {
        spend(&it, i, last, &money[i]);
        build(&it, i, last, &money[i], run);
    }
    past_prices(&it, run);
    double growth[PRODUCTS][MARKETS];
    for (int k = 0; k < PRODUCTS; k++)
        for (int s = 0; s < MARKETS; s++)
            growth[k][s] = 1;
    for (int t = 0; t <= last; t++) {
        quarter_supply(&it, run, t);
        for (int k = 0; k < PRODUCTS; k++) {
            quarter_price(&it, run, k, t);
            quarter_demand(&it, run, growth[k], k, t);
            quarter_stock(&it, run, k, t);
        }
    }
    for (int i = 0; i < FIRMS; i++) {
        firm_sales(&it, run, i, calendar_quarter);
        firm_depreciation(&it, run, i, &money[i]);
        firm_margin(&it, run, i);
        firm_cash(&it, run, i);
    }
    report(&it, run);
}
