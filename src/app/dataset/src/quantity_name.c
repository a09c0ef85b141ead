/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "gross_margin_non_gaap.micron@FQ2-26" to what is meant, with did-you-mean for each part. */
#include "mcy/quantity.h"

#include <string.h>

#include "mcy/number.h"

enum { COMPANIES, PRODUCTS, METRICS };

static mcy_status refuse_name(mcy_arena *arena, const mcy_facts *facts, const char *what,
                              int field, int other_field, const char *word, mcy_error *err)
{
    const char *const *names = NULL, *const *others = NULL;
    size_t count = 0, other_count = 0;
    MCY_TRY(mcy_facts_names(arena, facts, field, &names, &count, err));
    const char *close = mcy_text_closest(word, names, count);
    if (!close && other_field >= 0) {
        MCY_TRY(mcy_facts_names(arena, facts, other_field, &others, &other_count, err));
        close = mcy_text_closest(word, others, other_count);
    }
    return MCY_FAIL(err, MCY_E_INPUT, "no %s is named '%s'%s%s%s", what, word,
                    close              ? ", did you mean '"
                    : field == METRICS ? "; 'memcycle what --rules' lists them"
                                       : "",
                    close ? close : "", close ? "'?" : "");
}

static bool is_field(const mcy_facts *facts, int field, const char *name)
{
    mcy_fact_query q = {0};
    const char **slots[] = {&q.company, &q.product, &q.metric};
    *slots[field] = name;
    return mcy_facts_winner(facts, &q) != NULL;
}

/* The metric, whole or before "_non_gaap" and the like. */
static mcy_status find_metric(mcy_arena *arena, const mcy_facts *facts, const char *name,
                              mcy_quantity *q, mcy_error *err)
{
    static const char *const suffixes[] = {"_non_gaap", "_gaap",     "_ifrs",
                                           "_survey",   "_estimate", "_guidance"};
    size_t n = strlen(name);
    q->metric = mcy_facts_name(facts, name);
    if (q->metric && is_field(facts, METRICS, q->metric))
        return MCY_OK;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t m = strlen(suffixes[i]);
        if (n <= m || strcmp(name + n - m, suffixes[i]) != 0)
            continue;
        const char *stem = mcy_arena_copy(arena, name, n - m);
        if (!stem)
            return mcy_fail_memory(err);
        q->metric = mcy_facts_name(facts, stem);
        q->bases = mcy_basis_of_name(suffixes[i] + 1);
        if (q->metric && is_field(facts, METRICS, q->metric))
            return MCY_OK;
        return refuse_name(arena, facts, "quantity", METRICS, -1, stem, err);
    }
    const char *other = mcy_facts_name(facts, name);
    if (other && (is_field(facts, COMPANIES, other) || is_field(facts, PRODUCTS, other)))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%s' alone is no figure: say which before it, as in revenue.%s", name,
                        name);
    return refuse_name(arena, facts, "quantity", METRICS, -1, name, err);
}

static mcy_status find_element(mcy_arena *arena, const mcy_facts *facts, const char *element,
                               mcy_quantity *q, mcy_error *err)
{
    const char *name = mcy_facts_name(facts, element);
    if (name && is_field(facts, COMPANIES, name)) {
        if (q->company)
            return MCY_FAIL(err, MCY_E_INPUT, "two companies, '%s' and '%s'", q->company, name);
        q->company = name;
        return MCY_OK;
    }
    if (name && is_field(facts, PRODUCTS, name)) {
        if (q->product)
            return MCY_FAIL(err, MCY_E_INPUT, "two products, '%s' and '%s'", q->product, name);
        q->product = name;
        return MCY_OK;
    }
    return refuse_name(arena, facts, "company or product", COMPANIES, PRODUCTS, element, err);
}

/* A product left out: total where there is one, else the only one. */
static mcy_status default_product(mcy_arena *arena, const mcy_facts *facts, mcy_quantity *q,
                                  mcy_error *err)
{
    const mcy_fact *const *rows = NULL;
    size_t count = 0;
    mcy_text all = {0};
    mcy_fact_query query = {.company = q->company, .metric = q->metric, .bases = q->bases};
    MCY_TRY(mcy_facts_find(arena, facts, &query, &rows, &count, err));
    const char *only = NULL;
    bool several = false;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i]->product, "total") == 0) {
            q->product = rows[i]->product;
            mcy_text_release(&all);
            return MCY_OK;
        }
        if (rows[i]->product == only)
            continue;
        several = several || only;
        if (!strstr(mcy_text_view(&all), rows[i]->product))
            mcy_text_print(&all, "%s%s", all.size ? ", " : "", rows[i]->product);
        only = rows[i]->product;
    }
    mcy_status status = MCY_OK;
    if (!only)
        status = MCY_FAIL(err, MCY_E_MISSING, "no '%s' of '%s' among the facts", q->metric,
                          q->company);
    else if (several)
        status = MCY_FAIL(err, MCY_E_INPUT, "'%s.%s' needs a product: %s", q->metric,
                          q->company, mcy_text_view(&all));
    q->product = only;
    mcy_text_release(&all);
    return status;
}

/* GAAP and non-GAAP are different quantities: one must be named where both are published. */
static mcy_status settle_basis(const mcy_facts *facts, mcy_quantity *q, mcy_error *err)
{
    static const mcy_basis bases[] = {MCY_BASIS_GAAP, MCY_BASIS_NON_GAAP, MCY_BASIS_IFRS,
                                      MCY_BASIS_SURVEY};
    if (q->bases || !mcy_metric_needs_basis(q->metric))
        return MCY_OK;
    mcy_basis found[4];
    size_t count = 0;
    for (size_t i = 0; i < 4; i++) {
        mcy_fact_query query = {.company = q->company,
                                .product = q->product,
                                .metric = q->metric,
                                .bases = (int)bases[i]};
        if (mcy_facts_winner(facts, &query))
            found[count++] = bases[i];
    }
    if (count < 2)
        return MCY_OK;
    return MCY_FAIL(err, MCY_E_INPUT,
                    "'%s' of '%s' is published more than one way: write %s_%s "
                    "or %s_%s",
                    q->metric, q->company, q->metric, mcy_basis_name(found[0]), q->metric,
                    mcy_basis_name(found[1]));
}

mcy_status mcy_quantity_parse(mcy_arena *arena, const mcy_facts *facts, const char *text,
                              mcy_quantity *quantity, mcy_error *err)
{
    mcy_quantity q = {0};
    size_t n = strcspn(text, "@");
    char *names = mcy_arena_copy(arena, text, n);
    if (!names)
        return mcy_fail_memory(err);
    char *rest = strchr(names, '.');
    if (rest)
        *rest++ = '\0';
    MCY_TRY(find_metric(arena, facts, names, &q, err));
    for (size_t i = 0; rest; i++) {
        char *element = rest;
        rest = strchr(rest, '.');
        if (rest)
            *rest++ = '\0';
        MCY_TRY(find_element(arena, facts, element, &q, err));
    }
    if (!q.company)
        q.company = mcy_facts_name(facts, "industry");
    if (!q.company)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' needs a company", text);
    if (!q.product)
        MCY_TRY(default_product(arena, facts, &q, err));
    MCY_TRY(settle_basis(facts, &q, err));
    if (text[n] == '@') {
        MCY_TRY(mcy_period_parse(text + n + 1, strlen(text + n + 1),
                                 mcy_facts_year_ends(facts, q.company), false, &q.period, err));
        q.has_period = true;
    }
    *quantity = q;
    return MCY_OK;
}
