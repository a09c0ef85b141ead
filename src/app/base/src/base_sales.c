/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revenue of the base quarter by firm and fab; the rest is the ranking's industry less its own
 * count of the three, so that a fiscal quarter that differs from the calendar's does not end up
 * in the rest. */
#include <string.h>

#include "base_figures.h"
#include "mcy/number.h"

static const char *const fab_names[2] = {"dram", "nand"};

/* Suppliers whose shares a ranking may give. */
static const char *const suppliers[] = {"samsung", "skhynix", "micron", "kioxia",
                                        "sandisk", "wdc",     "nanya",  "winbond",
                                        "intel",   "psmc",    "cxmt",   "kioxia_sandisk"};
enum { SUPPLIERS = sizeof suppliers / sizeof suppliers[0] };

base_figure base_revenue(base_builder *builder, const char *company, mcy_quarter quarter)
{
    if (strcmp(company, "samsung") == 0)
        return base_read(builder, company, "ds", "revenue", MCY_BASIS_IFRS, quarter);
    return base_read(builder, company, "total", "revenue", MCY_BASIS_GAAP | MCY_BASIS_IFRS,
                     quarter);
}

/* The industry as the ranking counts it: its total, or revenue over share where the total that
 * was printed is that of the top five. */
static base_figure industry_sales(base_builder *builder, const char *product,
                                  mcy_quarter quarter)
{
    double revenue = 0, share = 0;
    base_figure last = base_nothing();
    for (size_t i = 0; i < SUPPLIERS; i++) {
        base_figure r =
            base_read(builder, suppliers[i], product, "revenue", MCY_BASIS_SURVEY, quarter);
        base_figure s =
            base_read(builder, suppliers[i], product, "share", MCY_BASIS_SURVEY, quarter);
        if (mcy_is_missing(r.value) || mcy_is_missing(s.value))
            continue;
        revenue += r.value;
        share += s.value;
        last = r;
    }
    base_figure total =
        base_read(builder, "industry", product, "revenue", MCY_BASIS_SURVEY, quarter);
    bool vague = mcy_is_missing(total.value) || total.judged; /* "exceeded 28 billion" */
    if (share >= 0.5 || (vague && share >= 0.3)) {
        double implied = revenue / share;
        bool whole = !vague && total.value > 0.985 * implied;
        if (!whole)
            return base_derive(builder, implied, true,
                               "revenue of the suppliers ranked over their share", last,
                               base_nothing());
    }
    return total;
}

base_figure base_survey_sales(base_builder *builder, const char *company, const char *product,
                              mcy_quarter quarter)
{
    base_figure revenue =
        base_read(builder, company, product, "revenue", MCY_BASIS_SURVEY, quarter);
    if (!mcy_is_missing(revenue.value))
        return revenue;
    base_figure share =
        base_read(builder, company, product, "share", MCY_BASIS_SURVEY, quarter);
    base_figure industry = industry_sales(builder, product, quarter);
    if (mcy_is_missing(share.value) || mcy_is_missing(industry.value))
        return base_nothing();
    return base_derive(builder, share.value * industry.value, true,
                       "market share of the industry's revenue", share, industry);
}

/* A firm's own split comes before the ranking's. */
static base_figure firm_sales(base_builder *builder, const char *company, const char *product,
                              mcy_quarter quarter)
{
    if (strcmp(company, "micron") == 0) {
        base_figure own =
            base_read(builder, company, product, "revenue", MCY_BASIS_GAAP, quarter);
        if (!mcy_is_missing(own.value))
            return own;
    }
    base_figure survey = base_survey_sales(builder, company, product, quarter);
    if (!mcy_is_missing(survey.value))
        return survey;
    base_figure share = base_read(builder, company, product, "share", MCY_BASIS_IFRS, quarter);
    base_figure revenue = base_revenue(builder, company, quarter);
    if (mcy_is_missing(share.value) || mcy_is_missing(revenue.value))
        return base_nothing();
    return base_derive(builder, share.value * revenue.value, true,
                       "part of the firm's own revenue", share, revenue);
}

base_figure base_rest_sales(base_builder *builder, const char *product, mcy_quarter quarter)
{
    base_figure industry = industry_sales(builder, product, quarter);
    double rest = industry.value;
    for (size_t i = 0; i < BASE_FIRMS; i++)
        rest -= base_either(base_survey_sales(builder, base_firms[i], product, quarter),
                            firm_sales(builder, base_firms[i], product, quarter))
                    .value;
    for (size_t i = 0; i < builder->more_count; i++) {
        double own = base_survey_sales(builder, builder->more[i], product, quarter).value;
        rest -= mcy_is_missing(own) ? 0 : own;
    }
    if (mcy_is_missing(rest) || rest <= 0)
        return base_nothing();
    return base_derive(builder, rest, true, "industry less the three, all by the same ranking",
                       industry, base_nothing());
}

/* A firm taken out of the rest: what the ranking says, nothing where it does not rank it. */
static void fill_more(base_builder *builder, const char *company)
{
    double before = 0;
    const base_figure none = {0, 0, "not ranked in this product", false};
    for (size_t g = 0; g < 2; g++) {
        base_figure now = base_survey_sales(builder, company, fab_names[g], builder->quarter);
        base_figure then =
            base_survey_sales(builder, company, fab_names[g], builder->quarter - 1);
        before += mcy_is_missing(then.value) ? 0 : then.value;
        base_give(builder, base_text(builder, "fab_sales_0.%s.%s", company, fab_names[g]),
                  MCY_BASE_SCALAR, base_either(now, none));
    }
    base_give(builder, base_text(builder, "other_sales_0.%s", company), MCY_BASE_SCALAR,
              (base_figure){0, 0, "counted by product only", false});
    base_give(builder, base_text(builder, "revenue_before.%s", company), MCY_BASE_SCALAR,
              (base_figure){before, 0, "the ranking, a quarter before", false});
}

void base_fill_sales(base_builder *builder)
{
    double rest_before = 0;
    base_figure rest_source = base_nothing();
    for (size_t g = 0; g < 2; g++) {
        for (size_t i = 0; i < BASE_FIRMS; i++)
            base_give(builder,
                      base_text(builder, "fab_sales_0.%s.%s", base_firms[i], fab_names[g]),
                      MCY_BASE_SCALAR,
                      firm_sales(builder, base_firms[i], fab_names[g], builder->quarter));
        base_give(builder, base_text(builder, "fab_sales_0.rest.%s", fab_names[g]),
                  MCY_BASE_SCALAR, base_rest_sales(builder, fab_names[g], builder->quarter));
        base_figure before = base_rest_sales(builder, fab_names[g], builder->quarter - 1);
        rest_before += before.value;
        rest_source = base_either(before, rest_source);
    }
    for (size_t i = 0; i < BASE_FIRMS; i++) {
        base_figure revenue = base_revenue(builder, base_firms[i], builder->quarter);
        double other = revenue.value;
        for (size_t g = 0; g < 2; g++)
            other -= firm_sales(builder, base_firms[i], fab_names[g], builder->quarter).value;
        base_give(builder, base_text(builder, "other_sales_0.%s", base_firms[i]),
                  MCY_BASE_SCALAR,
                  base_derive(builder, other, false, "revenue less DRAM and NAND", revenue,
                              base_nothing()));
        base_give(builder, base_text(builder, "revenue_before.%s", base_firms[i]),
                  MCY_BASE_SCALAR, base_revenue(builder, base_firms[i], builder->quarter - 1));
        base_expect(builder, base_text(builder, "revenue.%s", base_firms[i]), revenue);
    }
    for (size_t i = 0; i < builder->more_count; i++)
        fill_more(builder, builder->more[i]);
    base_give(builder, "other_sales_0.rest", MCY_BASE_SCALAR,
              (base_figure){0, 0, "the rest is counted by product only", false});
    base_give(builder, "revenue_before.rest", MCY_BASE_SCALAR,
              base_derive(builder, rest_before, true, "the rest, a quarter before", rest_source,
                          base_nothing()));
}
