/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Margins, income, cash and shares of the base quarter, and what a run must give back. */
#include <string.h>

#include "base_figures.h"
#include "mcy/number.h"

/* Give what is there and leave alone, without a gap, what a firm does not publish: the model's
 * defaults stand for "not followed". */
static void give_if_known(base_builder *builder, const char *path, base_figure figure)
{
    if (!mcy_is_missing(figure.value))
        base_give(builder, path, MCY_BASE_SCALAR, figure);
}

static base_figure quotient(base_builder *builder, const char *rule, base_figure top,
                            base_figure bottom)
{
    return base_derive(builder, top.value / bottom.value, false, rule, top, bottom);
}

static void known_flag(base_builder *builder, const char *name, const char *company,
                       base_figure figure)
{
    if (mcy_is_missing(figure.value))
        return;
    base_give(builder, base_text(builder, "%s_known.%s", name, company), MCY_BASE_SCALAR,
              (base_figure){1, 0, figure.source, false});
    base_give(builder, base_text(builder, "%s_0.%s", name, company), MCY_BASE_SCALAR, figure);
}

static base_figure net_cash(base_builder *builder, const char *company, mcy_quarter quarter)
{
    base_figure cash = base_read(builder, company, "total", "cash_and_investments",
                                 MCY_BASIS_REPORTED, quarter);
    base_figure debt =
        base_read(builder, company, "total", "debt", MCY_BASIS_REPORTED, quarter);
    base_figure net =
        base_read(builder, company, "total", "net_cash", MCY_BASIS_REPORTED, quarter);
    if (!mcy_is_missing(net.value) || mcy_is_missing(cash.value) || mcy_is_missing(debt.value))
        return net;
    net = base_derive(builder, cash.value - debt.value, false, "cash less debt", cash, debt);
    net.half_width = cash.half_width + debt.half_width;
    return net;
}

static void fill_balance(base_builder *builder, const char *company)
{
    base_figure now = net_cash(builder, company, builder->quarter);
    base_figure before = net_cash(builder, company, builder->quarter - 1);
    if (mcy_is_missing(now.value))
        base_lack(builder, base_text(builder, "net_cash_0.%s", company));
    give_if_known(builder, base_text(builder, "net_cash_0.%s", company), now);
    give_if_known(builder, base_text(builder, "net_cash_before.%s", company),
                  base_either(before, now));
    base_expect(builder, base_text(builder, "net_cash.%s", company), now);
}

/* The last equity reported, with the income since; dividends and issues are left out. */
static void fill_equity(base_builder *builder, const char *company, int bases)
{
    for (int back = 0; back < 8; back++) {
        base_figure equity =
            base_read(builder, company, "total", "equity", bases, builder->quarter - back);
        if (mcy_is_missing(equity.value))
            continue;
        double sum = equity.value;
        for (int since = back - 1; since >= 0; since--)
            sum += base_read(builder, company, "total", "net_income", bases,
                             builder->quarter - since)
                       .value;
        give_if_known(builder, base_text(builder, "equity_0.%s", company),
                      base_derive(builder, sum, back > 0, "last equity and the income since",
                                  equity, base_nothing()));
        return;
    }
}

static void fill_micron(base_builder *builder)
{
    const mcy_quarter quarter = builder->quarter;
    const int gaap = MCY_BASIS_GAAP, own = MCY_BASIS_NON_GAAP;
    base_figure revenue = base_read(builder, "micron", "total", "revenue", gaap, quarter);
    base_figure margin = base_read(builder, "micron", "total", "gross_margin", own, quarter);
    base_figure income =
        base_read(builder, "micron", "total", "operating_income", own, quarter);
    base_figure net = base_read(builder, "micron", "total", "net_income", own, quarter);
    base_figure net_gaap = base_read(builder, "micron", "total", "net_income", gaap, quarter);
    base_figure eps = base_read(builder, "micron", "total", "eps_diluted", own, quarter);
    base_figure eps_gaap = base_read(builder, "micron", "total", "eps_diluted", gaap, quarter);
    base_figure ocf = base_read(builder, "micron", "total", "ocf", gaap, quarter);

    base_give(builder, "gross_margin_0.micron", MCY_BASE_SCALAR, margin);
    base_give(builder, "operating_margin_0.micron", MCY_BASE_SCALAR,
              quotient(builder, "operating income over revenue", income, revenue));
    known_flag(builder, "net_income", "micron", net);
    known_flag(builder, "net_income_gaap", "micron", net_gaap);
    known_flag(builder, "ocf", "micron", ocf);
    give_if_known(builder, "tax_rate.micron",
                  base_read(builder, "micron", "total", "tax_rate", own, quarter));
    base_figure shares = quotient(builder, "net income over earnings a share", net, eps);
    base_figure shares_gaap =
        quotient(builder, "GAAP net income over earnings a share", net_gaap, eps_gaap);
    give_if_known(builder, "shares_0.micron", shares);
    give_if_known(
        builder, "gaap_share_ratio.micron",
        quotient(builder, "shares behind the two earnings a share", shares_gaap, shares));
    for (int back = 0; back < 6; back++) {
        base_figure sbc = base_read(builder, "micron", "total", "sbc", gaap, quarter - back);
        if (mcy_is_missing(sbc.value))
            continue;
        sbc.judged = sbc.judged || back > 0;
        give_if_known(builder, "sbc_0.micron", sbc);
        break;
    }
    fill_balance(builder, "micron");
    fill_equity(builder, "micron", gaap);

    base_expect(builder, "gross_margin.micron", margin);
    base_expect(builder, "operating_income.micron", income);
    base_expect(builder, "operating_margin.micron",
                base_read(builder, "micron", "total", "operating_margin", own, quarter));
    base_expect(builder, "net_income.micron", net);
    base_expect(builder, "eps.micron", eps);
    base_expect(builder, "net_income_gaap.micron", net_gaap);
    base_expect(builder, "eps_gaap.micron", eps_gaap);
    base_expect(builder, "ocf.micron", ocf);
    base_expect(builder, "fcf.micron",
                base_read(builder, "micron", "total", "fcf", own, quarter));
    base_expect(builder, "net_capex.micron",
                base_read(builder, "micron", "total", "net_capex", own, quarter));
}

static void fill_skhynix(base_builder *builder)
{
    const mcy_quarter quarter = builder->quarter;
    const int ifrs = MCY_BASIS_IFRS;
    base_figure revenue = base_read(builder, "skhynix", "total", "revenue", ifrs, quarter);
    base_figure income =
        base_read(builder, "skhynix", "total", "operating_income", ifrs, quarter);
    base_figure net = base_read(builder, "skhynix", "total", "net_income", ifrs, quarter);
    base_figure margin = base_read(builder, "skhynix", "total", "gross_margin", ifrs, quarter);
    base_give(builder, "gross_margin_0.skhynix", MCY_BASE_SCALAR, margin);
    base_give(builder, "operating_margin_0.skhynix", MCY_BASE_SCALAR,
              quotient(builder, "operating income over revenue", income, revenue));
    known_flag(builder, "net_income", "skhynix", net);
    /* earnings a share are in KRW: shares in millions = net income in KRW m over them */
    base_figure eps = base_read(builder, "skhynix", "total", "eps_diluted", ifrs, quarter);
    mcy_period period = mcy_period_of_quarter(quarter);
    double rate = mcy_facts_fx(builder->facts, "krw", &period);
    if (!mcy_is_missing(eps.value) && eps.value > 0)
        give_if_known(builder, "shares_0.skhynix",
                      base_derive(builder, net.value * rate / eps.value, false,
                                  "net income over earnings a share", net, eps));
    fill_balance(builder, "skhynix");
    fill_equity(builder, "skhynix", ifrs);
    base_expect(builder, "gross_margin.skhynix", margin);
    base_expect(builder, "operating_income.skhynix", income);
    base_expect(builder, "net_income.skhynix", net);
    base_expect(builder, "eps_krw.skhynix", eps);
}

static void fill_samsung(base_builder *builder)
{
    base_figure revenue = base_revenue(builder, "samsung", builder->quarter);
    base_figure income = base_read(builder, "samsung", "ds", "operating_income", MCY_BASIS_IFRS,
                                   builder->quarter);
    base_give(builder, "operating_margin_0.samsung", MCY_BASE_SCALAR,
              quotient(builder, "division's operating income over revenue", income, revenue));
    base_lack(builder, "gross_margin_0.samsung");
    base_expect(builder, "operating_income.samsung", income);
}

void base_fill_accounts(base_builder *builder)
{
    fill_micron(builder);
    fill_samsung(builder);
    fill_skhynix(builder);
    base_lack(builder, "gross_margin_0.rest");
    base_lack(builder, "operating_margin_0.rest");
}
