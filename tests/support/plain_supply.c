/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section S of the plain model: money to cleanroom and tools, wafers, bits. */
#include <math.h>

#include "plain_parts.h"

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

static void spend(const plain_reader *it, plain_run *run, int i) /* S1 */
{
    const char *f = plain_firm[i];
    for (int t = -PAST; t <= run->last; t++) {
        double all = plain_get(it, t, "capex.%s", f);
        double nand = all * plain_get(it, t, "nand_share.%s", f);
        for (int g = 0; g < FABS; g++) {
            double fab = g == 1 ? nand : all - nand;
            double house = plain_get(it, t, "building_share.%s.%s", f, plain_fab[g]) * fab;
            double node = plain_get(it, t, "conversion_share.%s.%s", f, plain_fab[g]);
            run->spend[i][g][AT(t)] = fab;
            run->building_spend[i][g][AT(t)] = house;
            run->conversion_spend[i][g][AT(t)] = node * (fab - house);
            run->tool_spend[i][g][AT(t)] = (1 - node) * (fab - house);
        }
    }
}

static void arrive(const plain_reader *it, plain_run *run, int i, int g) /* S2, S3a, S4a, S7a */
{
    const char *f = plain_firm[i], *fab = plain_fab[g];
    int order = (int)plain_get(it, 0, "lag_order");
    int late = (int)plain_get(it, 0, "tool_dead");
    double lag = plain_get(it, 0, "building_lag.%s.%s", f, fab);
    double tool = plain_get(it, 0, "tool_lag.%s.%s", f, fab);
    pascal_stages(run->building_spend[i][g], run->last, lag, order,
                  (int)plain_get(it, 0, "building_dead"), run->space_added[i][g]);
    pascal_stages(run->tool_spend[i][g], run->last, tool, order, late, run->arrived[i][g]);
    pascal_stages(run->conversion_spend[i][g], run->last, tool, order, late,
                  run->conversion_arrived[i][g]);
    double house = plain_get(it, 0, "clean_cost.%s.%s", f, fab);
    double cost = plain_get(it, 0, "tool_cost.%s.%s", f, fab);
    for (int t = -PAST; t <= run->last; t++) {
        run->space_added[i][g][AT(t)] /= house;
        run->arrived[i][g][AT(t)] /= cost;
    }
    run->first_arrival[i][g] = run->tool_spend[i][g][0] / cost;
    run->ramping_before[i][g] =
        run->first_arrival[i][g] * plain_get(it, 0, "ramp_lag.%s.%s", f, fab);
}

/* S6: three stages (or as many as the sheet says) of tools in ramp, one quarter further. */
static double ramp_up(double stage[8], int order, double mean, double put)
{
    double flow = put, part = order / (mean + order);
    for (int k = 0; k < order; k++) {
        double content = stage[k] + flow;
        flow = part * content;
        stage[k] = content - flow;
    }
    return flow;
}

/* S3-S7: room, tools that wait for it, tools in ramp, wafers, conversion. */
static void run_fab(const plain_reader *it, plain_run *run, int i, int g)
{
    const char *f = plain_firm[i], *fab = plain_fab[g];
    int order = (int)plain_get(it, 0, "lag_order");
    double ramp = plain_get(it, 0, "ramp_lag.%s.%s", f, fab) - plain_get(it, 0, "ramp_dead");
    double wafers = plain_get(it, 0, "capacity_0.%s.%s", f, fab), bits = 1, room = 0, stage[8];
    double part = order / (ramp + order), in_ramp = run->ramping_before[i][g];
    double queue = plain_get(it, 0, "waiting_0.%s.%s", f, fab);
    double node = plain_get(it, 0, "conversion_cost.%s.%s", f, fab);
    for (int k = 0; k < order; k++)
        stage[k] = run->first_arrival[i][g] * (1 - part) / part;
    for (int t = -PAST; t <= run->last; t++) {
        double came = run->arrived[i][g][AT(t)], put = came, lost = 0, turned = 0;
        if (t > 0) {
            double able = run->conversion_arrived[i][g][AT(t)] / node;
            turned = fmin(1, plain_part(able, wafers));
            lost = plain_get(it, 0, "conversion_loss.%s.%s", f, fab) * turned * wafers;
            room += run->space_added[i][g][AT(t)] - lost;
            put = fmin(queue + came, fmax(room - (wafers + in_ramp - lost), 0));
            queue += came - put;
            bits *= 1 + plain_get(it, 0, "node_gain.%s.%s", f, fab) * turned *
                            plain_get(it, t, "pace.%s.%s", f, fab);
        }
        double ready = ramp_up(stage, order, ramp, put);
        in_ramp += put - ready;
        if (t == 0)
            room = (1 + plain_get(it, 0, "space_slack.%s.%s", f, fab)) * (wafers + in_ramp);
        if (t > 0)
            wafers += ready - lost;
        run->installed[i][g][AT(t)] = put;
        run->qualified[i][g][AT(t)] = ready;
        run->ramping[i][g][AT(t)] = in_ramp;
        run->capacity[i][g][AT(t)] = wafers;
        run->wafers_installed[i][g][AT(t)] = wafers + in_ramp;
        run->capacity_lost[i][g][AT(t)] = lost;
        run->space[i][g][AT(t)] = room;
        run->waiting[i][g][AT(t)] = queue;
        run->space_bound[i][g][AT(t)] = queue > 1e-9;
        run->converted[i][g][AT(t)] = turned;
        run->bits_per_wafer[i][g][AT(t)] = bits;
    }
}

static void wafers_by_product(const plain_reader *it, plain_run *run, int i) /* S8, S9d-j */
{
    const char *f = plain_firm[i];
    double from = plain_get(it, 0, "hbm_wafers_0.%s", f);
    double to = plain_get(it, 0, "hbm_wafers_target.%s", f);
    double length = plain_get(it, 0, "hbm_ramp_quarters");
    for (int t = 0; t <= run->last; t++) {
        double stacked = from + (to - from) * fmin(t / length, 1);
        run->hbm_wafers[i][AT(t)] = stacked;
        for (int k = 0; k < PRODUCTS; k++) {
            int g = plain_fab_of[k];
            double part = k == HBM ? stacked : k == DRAM ? 1 - stacked : 1;
            double lost = plain_get(it, t, "wafer_loss.%s.%s", f, plain_fab[g]);
            double good = plain_get(it, t, "yield_index.%s.%s", f, plain_product[k]) /
                          plain_get(it, 0, "yield_index.%s.%s", f, plain_product[k]);
            if (k == HBM)
                good *= plain_get(it, 0, "trade_ratio") / plain_get(it, t, "trade_ratio");
            run->wafers[i][k][AT(t)] = part * run->capacity[i][g][AT(t)] * (1 - lost);
            run->fab_bits[i][k][AT(t)] = run->bits_per_wafer[i][g][AT(t)] * good;
        }
    }
}

static void sales_before(const plain_reader *it, plain_run *run, int i) /* S9a-c, S9g */
{
    const char *f = plain_firm[i];
    double fab = plain_get(it, 0, "fab_sales_0.%s.dram", f);
    double stacked = fab * plain_get(it, 0, "hbm_part.%s", f);
    run->sales_0[i][DRAM] = fab * (1 - plain_get(it, 0, "hbm_part.%s", f));
    run->sales_0[i][HBM] = stacked;
    run->sales_0[i][NAND] = plain_get(it, 0, "fab_sales_0.%s.nand", f);
    for (int k = 0; k < PRODUCTS; k++)
        if (run->sales_0[i][k] > 0)
            run->sales_per_kwpm[i][k] =
                plain_part(run->sales_0[i][k], run->wafers[i][k][AT(0)]);
        else
            run->sales_per_kwpm[i][k] =
                plain_get(it, 0, "entrant_sales_per_kwpm.%s.%s", f, plain_product[k]);
}

void plain_build(const plain_reader *it, plain_run *run, int i)
{
    spend(it, run, i);
    for (int g = 0; g < FABS; g++) {
        arrive(it, run, i, g);
        run_fab(it, run, i, g);
    }
    wafers_by_product(it, run, i);
    sales_before(it, run, i);
}

void plain_offer(const plain_reader *it, plain_run *run, int t)
{
    for (int k = 0; k < PRODUCTS; k++) {
        const char *p = plain_product[k];
        double high = plain_get(it, 0, "weeks_high.%s", p), all = 0;
        double keep = plain_get(it, 0, "hold.%s", p) * plain_get(it, 0, "weeks_target.%s", p) /
                      plain_get(it, 0, "weeks_a_quarter");
        for (int i = 0; i < FIRMS; i++) {
            double run_at = 1, offer = run->sales_0[i][k] * fmax(run->sufficiency_0[k], 1);
            if (t > 0) {
                double over = (run->weeks[i][k][AT(t - 1)] - high) / high;
                run_at = 1 - plain_get(it, 0, "cut_max.%s", p) * fmin(fmax(over, 0), 1);
            }
            double made = run->sales_per_kwpm[i][k] * run->wafers[i][k][AT(t)] *
                          run->fab_bits[i][k][AT(t)] * run_at;
            if (t > 0) {
                double stock = run->inventory[i][k][AT(t - 1)];
                offer = made + fmax(stock - keep * made, 0);
            }
            run->utilisation[i][k][AT(t)] = run_at;
            run->supply[i][k][AT(t)] = made;
            run->available[i][k][AT(t)] = offer;
            all += offer;
        }
        run->offered[k][AT(t)] = all;
    }
}

void plain_bits(const plain_reader *it, plain_run *run)
{
    double trade = plain_get(it, 0, "trade_ratio");
    for (int g = 0; g < FABS; g++) {
        double *bits = run->industry_bits[g], base = 0;
        for (int t = -8; t <= run->last; t++) {
            double all = 0;
            for (int i = 0; i < FIRMS && t >= 0; i++)
                for (int k = 0; k < PRODUCTS; k++)
                    if (plain_fab_of[k] == g) {
                        double made = run->wafers[i][k][AT(t)] * run->fab_bits[i][k][AT(t)] *
                                      run->utilisation[i][k][AT(t)];
                        run->bits_made[i][g][AT(t)] += k == HBM ? made / trade : made;
                        all += k == HBM ? made / trade : made;
                    }
            if (t == 0)
                base = all;
            bits[AT(t)] =
                t > 0 ? all / base : plain_get(it, t, "bits_history.%s", plain_fab[g]);
        }
        for (int t = 0; t <= run->last; t++) {
            double now = 0, before = 0;
            for (int u = t - 3; u <= t; u++) {
                now += bits[AT(u)];
                before += bits[AT(u - 4)];
            }
            run->bit_growth[g][AT(t)] = now / before - 1;
            run->bits_change[g][AT(t)] = bits[AT(t)] / bits[AT(t - 1)] - 1;
        }
    }
}
