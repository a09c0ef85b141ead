/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which row counts among vintages and disagreeing sources. */
#include "facts_inside.h"

#include <string.h>

#include "mcy/number.h"

/* The orders in which rows are compared; the first difference decides. */
typedef enum winner_order {
    ORDER_REPORTED, /* kind of source, confidence, newest, narrowest */
    ORDER_NEWEST,   /* kind of source, newest, confidence, narrowest */
    ORDER_FORECAST  /* newest, confidence, narrowest: what is said last about a target */
} winner_order;

static const struct {
    winner_order order;
    const char *rule;
} rules[] = {
    [ORDER_REPORTED] = {ORDER_REPORTED,
                        "reported before survey before estimate before guidance; then the "
                        "highest confidence, the newest, the narrowest"},
    [ORDER_NEWEST] = {ORDER_NEWEST, "survey before estimate; then the newest vintage, the "
                                    "highest confidence, the narrowest"},
    [ORDER_FORECAST] = {ORDER_FORECAST, "the newest statement about the period; then the "
                                        "highest confidence, the narrowest"},
};

/* Metrics by the beginning of their name; what is not here is ORDER_REPORTED. */
static const struct {
    const char *opening;
    winner_order order;
} metric_rules[] = {
    {"contract_price", ORDER_NEWEST},
    {"share", ORDER_NEWEST},
    {"guidance_", ORDER_FORECAST},
    {"bit_demand_growth", ORDER_FORECAST},
    {"bit_supply_growth", ORDER_FORECAST},
    {"unit_growth", ORDER_FORECAST},
    {"content_growth", ORDER_FORECAST},
    {"sufficiency_ratio", ORDER_FORECAST},
    {"wfe", ORDER_FORECAST},
    {"revenue_tam", ORDER_FORECAST},
};

static winner_order order_of(const char *metric)
{
    for (size_t i = 0; i < sizeof metric_rules / sizeof *metric_rules; i++)
        if (strncmp(metric, metric_rules[i].opening, strlen(metric_rules[i].opening)) == 0)
            return metric_rules[i].order;
    return ORDER_REPORTED;
}

const char *mcy_winner_rule(const char *metric)
{
    return rules[order_of(metric)].rule;
}

static int kind_rank(const mcy_fact *f)
{
    return f->basis & MCY_BASIS_REPORTED    ? 3
           : f->basis == MCY_BASIS_SURVEY   ? 2
           : f->basis == MCY_BASIS_ESTIMATE ? 1
                                            : 0;
}

static int sign(double x)
{
    return (x > 0.0) - (x < 0.0);
}

static bool has_number(const mcy_fact *f)
{
    return !mcy_is_missing(f->value) || !mcy_is_missing(f->low) || !mcy_is_missing(f->high);
}

/* Narrower is better. Ranges are read from words: asked for only where nothing else decides. */
static int by_width(const mcy_fact *a, const mcy_fact *b)
{
    mcy_range x = mcy_fact_range(a), y = mcy_fact_range(b);
    double u = x.high - x.low, v = y.high - y.low;
    return u == v ? 0 : sign(v - u);
}

/* Positive when a is the better row; a row without a number is worst of all. */
static int compare(winner_order order, const mcy_fact *a, const mcy_fact *b)
{
    bool some_a = has_number(a), some_b = has_number(b);
    if (some_a != some_b)
        return some_a ? 1 : -1;
    int kind = kind_rank(a) - kind_rank(b);
    int confidence = (int)a->confidence - (int)b->confidence;
    int newer = (a->known > b->known) - (a->known < b->known);
    int first = order == ORDER_FORECAST ? 0 : kind;
    int second = order == ORDER_REPORTED ? confidence : newer;
    int third = order == ORDER_REPORTED ? newer : confidence;
    if (first || second || third)
        return first ? first : second ? second : third;
    return some_a ? by_width(a, b) : 0;
}

static bool same_number(double a, double b)
{
    return a == b || (mcy_is_missing(a) && mcy_is_missing(b));
}

static bool is_excepted(const mcy_facts *facts, const mcy_fact *f)
{
    for (size_t i = 0; i < facts->index->exception_count; i++) {
        const mcy_winner_exception *e = &facts->index->exceptions[i];
        if (e->company == f->company && e->product == f->product && e->metric == f->metric &&
            e->basis == f->basis && e->published == f->published &&
            mcy_period_equal(&e->target, &f->target) && same_number(e->value, f->value) &&
            same_number(e->low, f->low) && same_number(e->high, f->high))
            return true;
    }
    return false;
}

/* Of equals the later row wins: files append. */
static const mcy_fact *better(const mcy_facts *facts, const mcy_fact *best, const mcy_fact *f)
{
    if (!best)
        return f;
    bool pinned = is_excepted(facts, best), also = is_excepted(facts, f);
    if (pinned != also)
        return also ? f : best;
    return compare(order_of(f->metric), f, best) >= 0 ? f : best;
}

mcy_status mcy_facts_series(mcy_arena *arena, const mcy_facts *facts,
                            const mcy_fact_query *query, const mcy_fact *const **found,
                            size_t *count, mcy_error *err)
{
    const mcy_fact *const *all = NULL;
    size_t all_count = 0;
    *found = NULL;
    *count = 0;
    MCY_TRY(mcy_facts_find(arena, facts, query, &all, &all_count, err));
    const mcy_fact **list = mcy_arena_take(arena, all_count, sizeof *list);
    if (!list)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < all_count; i++) {
        bool same = *count && mcy_period_equal(&list[*count - 1]->target, &all[i]->target);
        if (same)
            list[*count - 1] = better(facts, list[*count - 1], all[i]);
        else
            list[(*count)++] = all[i];
    }
    *found = list;
    return MCY_OK;
}

const mcy_fact *mcy_facts_winner(const mcy_facts *facts, const mcy_fact_query *query)
{
    const mcy_fact *best = NULL;
    for (size_t i = 0; (i = mcy_facts_next(facts, query, i)) != 0;)
        best = better(facts, best, &facts->items[i - 1]);
    return best;
}

bool mcy_metric_needs_basis(const char *metric)
{
    static const char *const names[] = {"gross_margin",
                                        "gross_profit",
                                        "operating_income",
                                        "operating_margin",
                                        "opex",
                                        "net_income",
                                        "eps_diluted",
                                        "tax_expense",
                                        "tax_rate",
                                        "diluted_shares",
                                        "ebitda",
                                        "ebitda_margin",
                                        "guidance_gross_margin",
                                        "guidance_opex",
                                        "guidance_eps",
                                        "share",
                                        "interest_net",
                                        "net_cash",
                                        "cash_and_investments"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(metric, names[i]) == 0)
            return true;
    return false;
}

static const struct {
    mcy_basis basis;
    const char *name;
} basis_names[] = {
    {MCY_BASIS_GAAP, "gaap"},         {MCY_BASIS_NON_GAAP, "non_gaap"},
    {MCY_BASIS_IFRS, "ifrs"},         {MCY_BASIS_SURVEY, "survey"},
    {MCY_BASIS_ESTIMATE, "estimate"}, {MCY_BASIS_GUIDANCE, "guidance"},
};

const char *mcy_basis_name(mcy_basis basis)
{
    for (size_t i = 0; i < sizeof basis_names / sizeof *basis_names; i++)
        if (basis_names[i].basis == basis)
            return basis_names[i].name;
    return "";
}

int mcy_basis_of_name(const char *name)
{
    for (size_t i = 0; i < sizeof basis_names / sizeof *basis_names; i++)
        if (strcmp(basis_names[i].name, name) == 0)
            return (int)basis_names[i].basis;
    return 0;
}

const char *mcy_confidence_name(mcy_confidence confidence)
{
    static const char *const names[] = {"low", "medium", "high"};
    return names[confidence];
}
