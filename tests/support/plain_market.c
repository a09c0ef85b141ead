/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section M of the plain model: demand, orders, price, shipments, stock. */
#include <math.h>

#include "plain_parts.h"

void plain_costs(const plain_reader *it, plain_run *run)
{
    double year = plain_get(it, 0, "quarters_a_year");
    for (int t = 0; t <= run->last; t++) {
        double weaker = plain_get(it, 0, "fx") / plain_get(it, t, "fx");
        for (int i = 0; i < FIRMS; i++) {
            double local = plain_get(it, 0, "local_part.%s", plain_firm[i]);
            double wafer =
                pow(1 + plain_get(it, 0, "wafer_cost_growth.%s", plain_firm[i]), t / year) *
                (1 - local + local * weaker);
            for (int k = 0; k < PRODUCTS; k++)
                run->cost_index[i][k][AT(t)] = wafer / run->fab_bits[i][k][AT(t)];
        }
        for (int k = 0; k < PRODUCTS; k++) {
            double all = 0, cost = 0;
            for (int i = 0; i < FIRMS; i++) {
                all += run->sales_0[i][k];
                cost += run->sales_0[i][k] * run->cost_index[i][k][AT(t)];
            }
            run->base_shipped[k] = all;
            run->industry_cost[k][AT(t)] = all > 0 ? cost / all : 1;
        }
    }
}

void plain_market_before(const plain_reader *it, plain_run *run)
{
    for (int k = 0; k < PRODUCTS; k++) {
        const char *p = plain_product[k];
        double fill = plain_get(it, 0, "fill_0.%s", p);
        double theta = plain_get(it, 0, "order_inflation.%s", p);
        run->sufficiency_0[k] = pow(fill, 1 / (1 + theta));
        run->base_demand[k] = run->base_shipped[k] / fmin(run->sufficiency_0[k], 1);
        double used_to = log(plain_get(it, -8, "price_history.%s", p)); /* M2 */
        run->first_log_price[k] = used_to;
        for (int t = -8; t <= 0; t++) {
            double price = plain_get(it, t, "price_history.%s", p);
            used_to += plain_get(it, 0, "adapt.%s", p) * (log(price) - used_to);
            run->price[k][AT(t)] = price;
            run->price_memory[k][AT(t)] = used_to;
        }
        run->price_move[k][AT(0)] = -log(run->price[k][AT(-1)]);
        for (int i = 0; i < FIRMS; i++)
            run->inventory[i][k][AT(0)] = plain_get(it, 0, "weeks_0.%s.%s", plain_firm[i], p) *
                                          run->sales_0[i][k] /
                                          plain_get(it, 0, "weeks_a_quarter");
    }
}

/* M4: the price of a quarter from what the quarter before looked like. */
static void set_price(const plain_reader *it, plain_run *run, int k, int t)
{
    const char *p = plain_product[k];
    int was = AT(t - 1);
    double x = run->tightness[k][was];
    double pull = plain_get(it, 0, "price_anchor.%s", p) *
                  (log(run->normal_price[k][was]) - log(run->price[k][was]));
    double asked = x > 0 ? fmax(plain_get(it, 0, "response_short.%s", p) * x + pull, 0)
                         : plain_get(it, 0, "response_glut.%s", p) * x + pull;
    double rho = plain_get(it, 0, "price_persistence.%s", p);
    double move = rho * run->price_move[k][was] +
                  (1 - rho) * (asked - plain_get(it, 0, "price_drift.%s", p));
    move = fmax(move, plain_get(it, 0, "price_floor.%s", p));
    move = fmin(move, plain_get(it, 0, "price_cap.%s", p));
    double shock = plain_get(it, t, "price_shock.%s", p);
    run->price_target[k][AT(t)] = asked;
    run->price_move[k][AT(t)] = move;
    run->price[k][AT(t)] = run->price[k][was] * exp(move + shock);
    run->price_memory[k][AT(t)] =
        run->price_memory[k][was] + plain_get(it, 0, "adapt.%s", p) *
                                        (log(run->price[k][AT(t)]) - run->price_memory[k][was]);
}

/* M1: what the end markets use; in the base quarter all of them together what is known. */
static double consume(const plain_reader *it, plain_run *run, int k, int t)
{
    const char *p = plain_product[k];
    double all = 0, gone_up = run->price_memory[k][AT(t)] - run->price_memory[k][AT(0)];
    for (int s = 0; s < MARKETS; s++) {
        const char *m = plain_market[s];
        double grown = 1;
        if (t > 0)
            grown = run->growth_index[k][s][AT(t - 1)] *
                    pow((1 + plain_get(it, t, "unit_growth.%s", m)) *
                            (1 + plain_get(it, t, "content_growth.%s.%s", p, m)),
                        0.25);
        double used = run->base_demand[k] * plain_get(it, 0, "demand_weight.%s.%s", p, m) *
                      grown * plain_get(it, t, "demand_shock.%s.%s", p, m) *
                      exp(-plain_get(it, 0, "elasticity.%s.%s", p, m) * gone_up);
        run->growth_index[k][s][AT(t)] = grown;
        run->market_demand[k][s][AT(t)] = used;
        all += used;
    }
    return t == 0 ? run->base_demand[k] : all;
}

static void ship(const plain_reader *it, plain_run *run, int k, int t) /* M5 */
{
    double sold = run->shipped_total[k][AT(t)], stock = 0;
    double weeks = plain_get(it, 0, "weeks_a_quarter");
    for (int i = 0; i < FIRMS; i++) {
        double own = plain_part(run->available[i][k][AT(t)] * sold, run->offered[k][AT(t)]);
        if (t == 0)
            own = run->sales_0[i][k];
        else
            run->inventory[i][k][AT(t)] =
                run->inventory[i][k][AT(t - 1)] + run->supply[i][k][AT(t)] - own;
        run->shipped[i][k][AT(t)] = own;
        run->weeks[i][k][AT(t)] = weeks * plain_part(run->inventory[i][k][AT(t)], own);
        stock += run->inventory[i][k][AT(t)];
    }
    run->industry_weeks[k][AT(t)] = weeks * plain_part(stock, sold);
}

void plain_market_quarter(const plain_reader *it, plain_run *run, int t)
{
    for (int k = 0; k < PRODUCTS; k++) {
        const char *p = plain_product[k];
        if (t > 0)
            set_price(it, run, k, t);
        double wanted = consume(it, run, k, t), there = run->offered[k][AT(t)];
        double short_by = fmax(plain_part(wanted, there), 1); /* M3 */
        double ordered = wanted * pow(short_by, plain_get(it, 0, "order_inflation.%s", p));
        double sold = fmin(wanted, there);
        run->demand[k][AT(t)] = wanted;
        run->orders[k][AT(t)] = ordered;
        run->shipped_total[k][AT(t)] = sold;
        run->shipped_value[k][AT(t)] = sold;
        run->shipped_worth[k][AT(t)] = sold * run->price[k][AT(t)];
        run->fill_rate[k][AT(t)] = plain_part(sold, ordered);
        run->sufficiency[k][AT(t)] = plain_part(there, wanted) - 1;
        run->tightness[k][AT(t)] = ordered > 0 && there > 0 ? log(ordered) - log(there) : 0;
        run->normal_price[k][AT(t)] =
            plain_get(it, 0, "normal_price_0.%s", p) * run->industry_cost[k][AT(t)];
        ship(it, run, k, t);
    }
}

static void report_shares(plain_run *run, int t) /* M7b-e */
{
    for (int k = 0; k < PRODUCTS; k++) {
        double all = 0, squares = 0;
        for (int i = 0; i < FIRMS; i++)
            all += run->product_revenue[i][k][AT(t)];
        for (int i = 0; i < FIRMS; i++) {
            double part = plain_part(run->product_revenue[i][k][AT(t)], all);
            run->share[i][k][AT(t)] = part;
            squares += part * part;
        }
        run->industry_revenue[k][AT(t)] = all;
        run->concentration[k][AT(t)] = squares;
    }
    for (int i = 0; i < FIRMS; i++)
        run->dram_share[i][AT(t)] =
            (run->product_revenue[i][DRAM][AT(t)] + run->product_revenue[i][HBM][AT(t)]) /
            (run->industry_revenue[DRAM][AT(t)] + run->industry_revenue[HBM][AT(t)]);
}

void plain_market_report(plain_run *run)
{
    for (int t = 0; t <= run->last; t++)
        report_shares(run, t);
    for (int k = 0; k < PRODUCTS; k++) {
        int peak = 0;
        run->shortage_ends[k] = NAN; /* never, until a quarter is found */
        run->lowest_fill[k] = run->fill_rate[k][AT(0)];
        for (int t = run->last; t >= 0; t--) {
            if (run->fill_rate[k][AT(t)] >= 0.98)
                run->shortage_ends[k] = t;
            run->lowest_fill[k] = fmin(run->lowest_fill[k], run->fill_rate[k][AT(t)]);
        }
        for (int t = 1; t <= run->last; t++)
            if (run->price[k][AT(t)] > run->price[k][AT(peak)])
                peak = t;
        run->price_peaks[k] = peak;
    }
}
