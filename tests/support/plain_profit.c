/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections P1-P5 and P8 of the plain model: prices a firm realises, cost, operating income. */
#include <math.h>

#include "plain_parts.h"

/* P1: what a firm gets for its bits; the last January fixes the yearly price. */
static void realise(const plain_reader *it, plain_run *run, int i, int k)
{
    const char *f = plain_firm[i], *p = plain_product[k];
    double early = plain_get(it, 0, "calendar_offset.%s", f), agreed = 1;
    double by_year = plain_get(it, 0, "annual_part.%s.%s", f, p);
    double base = (1 - early) * run->price[k][AT(0)] + early * run->price[k][AT(-1)];
    double grade = plain_get(it, 0, "premium.%s.%s", f, p);
    for (int t = 0; t <= run->last; t++) {
        double mixed = (1 - early) * run->price[k][AT(t)] + early * run->price[k][AT(t - 1)];
        if (t > 0 && (it->calendar_quarter - 1 + t) % 4 == 0)
            agreed = run->effective_price[i][k][AT(t - 1)];
        double now = mixed / base;
        run->price_blend[i][k][AT(t)] = mixed;
        run->effective_price[i][k][AT(t)] = now;
        run->annual_price[i][k][AT(t)] = agreed;
        run->realised_price[i][k][AT(t)] = (by_year * agreed + (1 - by_year) * now) *
                                           plain_get(it, t, "premium.%s.%s", f, p) / grade;
        run->product_revenue[i][k][AT(t)] = run->realised_price[i][k][AT(t)] *
                                            run->shipped[i][k][AT(t)] * run->calendar[i][AT(t)];
    }
}

static void sell(const plain_reader *it, plain_run *run, int i) /* P1e-h, P8 */
{
    const char *f = plain_firm[i];
    double year = plain_get(it, 0, "quarters_a_year");
    for (int t = 0; t <= run->last; t++)
        run->calendar[i][AT(t)] = plain_get(it, t, "weeks_in_quarter.%s", f) /
                                  plain_get(it, 0, "weeks_in_quarter.%s", f);
    for (int k = 0; k < PRODUCTS; k++)
        realise(it, run, i, k);
    for (int t = 0; t <= run->last; t++) {
        double other = plain_get(it, 0, "other_sales_0.%s", f) *
                       pow(1 + plain_get(it, 0, "other_growth.%s", f), t / year) *
                       run->calendar[i][AT(t)];
        double all = other;
        for (int k = 0; k < PRODUCTS; k++)
            all += run->product_revenue[i][k][AT(t)];
        run->other_sales[i][AT(t)] = other;
        run->revenue[i][AT(t)] = all;
        run->revenue_krw[i][AT(t)] = all * plain_get(it, t, "fx");
    }
}

/* P3: each quarter's spending is a vintage written off over its life. */
static double written_off(const double in[SPAN], int t, int life, int delay)
{
    double sum = 0;
    for (int bought = t - delay - life + 1; bought <= t - delay; bought++)
        sum += bought < -PAST ? in[0] : in[AT(bought)];
    return sum / life;
}

static void depreciate(const plain_reader *it, plain_run *run, int i)
{
    int delay = (int)plain_get(it, 0, "depreciation_delay");
    int tool_life = (int)plain_get(it, 0, "equipment_life");
    int house_life = (int)plain_get(it, 0, "building_life");
    for (int t = -PAST; t <= run->last; t++) {
        double own = 1 - plain_get(it, t, "incentive_share.%s", plain_firm[i]);
        double tools = 0, houses = 0;
        for (int g = 0; g < FABS; g++) {
            tools += run->tool_spend[i][g][AT(t)] + run->conversion_spend[i][g][AT(t)];
            houses += run->building_spend[i][g][AT(t)];
        }
        run->equipment_paid[i][AT(t)] = own * tools;
        run->buildings_paid[i][AT(t)] = own * houses;
    }
    for (int t = 0; t <= run->last; t++)
        run->depreciation[i][AT(t)] =
            (written_off(run->equipment_paid[i], t, tool_life, delay) +
             written_off(run->buildings_paid[i], t, house_life, delay)) *
            run->calendar[i][AT(t)];
}

static void spread_base_cost(const plain_reader *it, plain_run *run, int i) /* P4a, P4b, P4g */
{
    const char *f = plain_firm[i];
    double weight = 0, sold = run->revenue[i][AT(0)];
    double cash =
        sold - sold * plain_get(it, 0, "gross_margin_0.%s", f) -
        plain_get(it, 0, "cogs_part.%s", f) * run->depreciation[i][AT(0)] -
        plain_get(it, 0, "other_cost_ratio.%s", f) * plain_get(it, 0, "other_sales_0.%s", f);
    for (int k = 0; k < PRODUCTS; k++)
        weight +=
            plain_get(it, 0, "relative_cost.%s.%s", f, plain_product[k]) * run->sales_0[i][k];
    run->cash_cost_0[i] = cash;
    run->cost_weight[i] = weight;
    for (int k = 0; k < PRODUCTS; k++)
        run->unit_cost_0[i][k] =
            plain_get(it, 0, "relative_cost.%s.%s", f, plain_product[k]) * cash / weight;
}

static void cost_of_goods(const plain_reader *it, plain_run *run, int i, int t) /* P2b, P4c-f */
{
    const char *f = plain_firm[i];
    double cost = plain_get(it, 0, "cogs_part.%s", f) * run->depreciation[i][AT(t)] +
                  plain_get(it, 0, "other_cost_ratio.%s", f) * run->other_sales[i][AT(t)];
    for (int k = 0; k < PRODUCTS; k++) {
        double bit = run->unit_cost_0[i][k] * run->cost_index[i][k][AT(t)];
        double paid = bit * run->shipped[i][k][AT(t)] * run->calendar[i][AT(t)];
        double made = run->wafers[i][k][AT(t)], sold = run->product_revenue[i][k][AT(t)];
        run->unit_cost[i][k][AT(t)] = bit;
        run->product_cost[i][k][AT(t)] = paid;
        run->revenue_per_kwpm[i][k][AT(t)] = plain_part(sold, made);
        run->profit_per_kwpm[i][k][AT(t)] = plain_part(sold - paid, made);
        cost += paid;
    }
    run->cogs[i][AT(t)] = cost;
    run->gross_profit[i][AT(t)] = run->revenue[i][AT(t)] - cost;
    run->gross_margin[i][AT(t)] =
        plain_part(run->gross_profit[i][AT(t)], run->revenue[i][AT(t)]);
}

static void operate(const plain_reader *it, plain_run *run, int i, int t) /* P5 */
{
    const char *f = plain_firm[i];
    double base = run->revenue[i][AT(0)], now = run->revenue[i][AT(t)];
    double grown =
        pow(1 + plain_get(it, 0, "opex_growth.%s", f), t / plain_get(it, 0, "quarters_a_year"));
    run->opex_0[i] = base * (plain_get(it, 0, "gross_margin_0.%s", f) -
                             plain_get(it, 0, "operating_margin_0.%s", f));
    double spent = run->opex_0[i] * grown * run->calendar[i][AT(t)] +
                   plain_get(it, 0, "opex_variable.%s", f) * (now - base) +
                   (1 - plain_get(it, 0, "cogs_part.%s", f)) *
                       (run->depreciation[i][AT(t)] - run->depreciation[i][AT(0)]);
    run->opex[i][AT(t)] = spent;
    double before = run->gross_profit[i][AT(t)] - spent; /* the rise of it is shared */
    double start = run->gross_profit[i][AT(0)] - run->opex[i][AT(0)];
    double earned = before - plain_get(it, 0, "profit_share.%s", f) * (before - start);
    run->operating_income[i][AT(t)] = earned;
    run->operating_margin[i][AT(t)] = plain_part(earned, now);
    run->operating_income_krw[i][AT(t)] = earned * plain_get(it, t, "fx");
}

/* S8d: the price at which a wafer earns with HBM what it earns with DRAM. */
static void parity(plain_run *run, int i, int t)
{
    double sold = run->product_revenue[i][HBM][AT(t)];
    double index = run->realised_price[i][HBM][AT(t)];
    double needed = run->profit_per_kwpm[i][DRAM][AT(t)] * run->wafers[i][HBM][AT(t)] +
                    run->product_cost[i][HBM][AT(t)];
    run->hbm_parity_price[i][AT(t)] = plain_part(needed * index, sold);
}

void plain_profit(const plain_reader *it, plain_run *run, int i)
{
    sell(it, run, i);
    depreciate(it, run, i);
    spread_base_cost(it, run, i);
    for (int t = 0; t <= run->last; t++) {
        cost_of_goods(it, run, i, t);
        operate(it, run, i, t);
        parity(run, i, t);
    }
}
