/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections P6 and P7 of the plain model: working capital, tax, earnings a share, balance. */
#include <math.h>

#include "plain_parts.h"

typedef struct balance { /* what one quarter hands to the next */
    double cash, losses, equity, shares, sold;
} balance;

static void before_interest(const plain_reader *it, plain_run *run, int i, int t, double sold)
{
    const char *f = plain_firm[i]; /* P6 */
    double stock = 0, grown = pow(1 + plain_get(it, 0, "opex_growth.%s", f),
                                  t / plain_get(it, 0, "quarters_a_year"));
    for (int k = 0; k < PRODUCTS && t > 0; k++)
        stock += run->unit_cost[i][k][AT(t)] *
                 (run->supply[i][k][AT(t)] - run->shipped[i][k][AT(t)]);
    double capex = plain_get(it, t, "capex.%s", f);
    double days = plain_get(it, 0, "nwc_days.%s", f) / plain_get(it, 0, "days_a_quarter");
    run->inventory_cost[i][AT(t)] = stock;
    run->nwc_change[i][AT(t)] = days * (run->revenue[i][AT(t)] - sold) + stock;
    run->sbc[i][AT(t)] = plain_get(it, 0, "sbc_0.%s", f) * grown * run->calendar[i][AT(t)];
    run->net_capex[i][AT(t)] = capex * (1 - plain_get(it, t, "incentive_share.%s", f));
    run->capex_to_revenue[i][AT(t)] = plain_part(capex, run->revenue[i][AT(t)]);
    run->flow_before_interest[i][AT(t)] =
        run->operating_income[i][AT(t)] * (1 - plain_get(it, t, "tax_rate.%s", f)) +
        run->depreciation[i][AT(t)] - run->nwc_change[i][AT(t)] - run->net_capex[i][AT(t)] -
        plain_get(it, t, "buyback.%s", f) - plain_get(it, t, "dividend.%s", f);
}

/* P7b, P7h: what the base quarter's income holds that the lines do not. */
static void other_of_base(const plain_reader *it, plain_run *run, int i)
{
    const char *f = plain_firm[i];
    double keep = 1 - plain_get(it, 0, "tax_rate.%s", f);
    double net = plain_get(it, 0, "net_income_0.%s", f);
    if (plain_get(it, 0, "net_income_known.%s", f) > 0.5)
        run->other_income_0[i] = (net > 0 ? net / keep : net) -
                                 run->operating_income[i][AT(0)] - run->interest[i][AT(0)];
    run->other_income[i][AT(0)] = run->other_income_0[i];
}

static void tax_and_income(const plain_reader *it, plain_run *run, int i, int t, balance *b)
{
    const char *f = plain_firm[i]; /* P7 */
    double rate = plain_get(it, 0, "interest_rate.%s", f) / 4;
    double tau = plain_get(it, t, "tax_rate.%s", f), deducted = t == 0 ? 0 : b->losses;
    if (t == 0) {
        double before = plain_get(it, 0, "net_cash_before.%s", f);
        run->interest[i][AT(0)] = rate * (before + b->cash) / 2;
        other_of_base(it, run, i);
    } else {
        run->interest[i][AT(t)] = rate * run->calendar[i][AT(t)] *
                                  (b->cash + 0.5 * run->flow_before_interest[i][AT(t)]);
    }
    double pretax =
        run->operating_income[i][AT(t)] + run->interest[i][AT(t)] + run->other_income[i][AT(t)];
    double tax = tau * fmax(pretax - deducted, 0), net = pretax - tax;
    if (t > 0)
        b->losses = fmax(b->losses - pretax, 0);
    if (t == 0 && plain_get(it, 0, "net_income_gaap_known.%s", f) > 0.5)
        run->gaap_items_0[i] = (net - plain_get(it, 0, "net_income_gaap_0.%s", f)) / (1 - tau);
    double grown =
        pow(1 + plain_get(it, 0, "opex_growth.%s", f), t / plain_get(it, 0, "quarters_a_year"));
    run->pretax[i][AT(t)] = pretax;
    run->losses[i][AT(t)] = b->losses;
    run->tax[i][AT(t)] = tax;
    run->net_income[i][AT(t)] = net;
    run->net_income_gaap[i][AT(t)] =
        net - run->gaap_items_0[i] * grown * run->calendar[i][AT(t)] * (1 - tau);
}

static void roll_balance(const plain_reader *it, plain_run *run, int i, int t, balance *b)
{
    const char *f = plain_firm[i];
    double bought = plain_get(it, t, "buyback.%s", f);
    double paid = bought + plain_get(it, t, "dividend.%s", f);
    double own = run->net_income_gaap[i][AT(t)] + run->sbc[i][AT(t)];
    double lines = own + run->depreciation[i][AT(t)] - run->nwc_change[i][AT(t)];
    if (t == 0 && plain_get(it, 0, "ocf_known.%s", f) > 0.5)
        run->other_cash_0[i] = plain_get(it, 0, "ocf_0.%s", f) - lines;
    run->other_cash[i][AT(t)] = t == 0 ? run->other_cash_0[i] : 0;
    run->ocf[i][AT(t)] = lines + run->other_cash[i][AT(t)];
    run->fcf[i][AT(t)] = run->ocf[i][AT(t)] - run->net_capex[i][AT(t)];
    if (t > 0) {
        b->cash += run->fcf[i][AT(t)] - paid;
        b->equity += own - paid;
        b->shares *= pow(1 + plain_get(it, 0, "dilution.%s", f), 0.25);
        b->shares -= bought / plain_get(it, 0, "buyback_price.%s", f);
        b->shares = fmax(b->shares, 0.01 * plain_get(it, 0, "shares_0.%s", f));
        run->fcf_total[i] += run->fcf[i][AT(t)];
    }
    run->net_cash[i][AT(t)] = b->cash;
    run->equity[i][AT(t)] = b->equity;
    run->shares[i][AT(t)] = b->shares;
    run->eps[i][AT(t)] = plain_part(run->net_income[i][AT(t)], b->shares);
    run->eps_gaap[i][AT(t)] = plain_part(
        run->net_income_gaap[i][AT(t)], b->shares * plain_get(it, 0, "gaap_share_ratio.%s", f));
    run->eps_krw[i][AT(t)] = run->eps[i][AT(t)] * plain_get(it, t, "fx");
}

void plain_cash(const plain_reader *it, plain_run *run, int i)
{
    const char *f = plain_firm[i];
    balance b = {.cash = plain_get(it, 0, "net_cash_0.%s", f),
                 .losses = plain_get(it, 0, "losses_0.%s", f),
                 .equity = plain_get(it, 0, "equity_0.%s", f),
                 .shares = plain_get(it, 0, "shares_0.%s", f),
                 .sold = plain_get(it, 0, "revenue_before.%s", f)};
    for (int t = 0; t <= run->last; t++) {
        before_interest(it, run, i, t, b.sold);
        tax_and_income(it, run, i, t, &b);
        roll_balance(it, run, i, t, &b);
        b.sold = run->revenue[i][AT(t)];
    }
}
