/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First and last prints of the contract-price surveys. */
#include "mcy/price_prints.h"

#include <stdlib.h>
#include <string.h>

#include "mcy/number.h"

/* The generation a row's words name; the longer names first. */
static const char *generation_of(const mcy_fact *fact)
{
    static const char *const names[] = {"LPDDR5X", "LPDDR4X", "LPDDR5", "LPDDR4", "GDDR7",
                                        "GDDR6",   "DDR5",    "DDR4",   "DDR3"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strstr(fact->text, names[i]))
            return names[i];
    return "";
}

/* What a row is about: some rows of DRAM say in words that they mean a part of it or more. */
static const char *product_of(const mcy_fact *fact)
{
    static const struct {
        const char *words, *product;
    } parts[] = {{"incl. HBM", "dram_incl_hbm"},
                 {"conventional", "dram_conventional"},
                 {"server", "dram_server"}};
    for (size_t i = 0; !strcmp(fact->product, "dram") && i < sizeof parts / sizeof *parts; i++)
        if (strstr(fact->text, parts[i].words))
            return parts[i].product;
    return fact->product;
}

/* Do the words say that the view was not the newest on the day it was quoted? */
static bool is_older_view(const mcy_fact *fact)
{
    static const char *const words[] = {"earlier", "previous", "original", "pre-", " view"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(fact->text, words[i]))
            return true;
    return false;
}

/* Was a said after b? Rows come in the order of the files. */
static bool is_later(const mcy_fact *a, const mcy_fact *b)
{
    bool result_a = a->basis == MCY_BASIS_SURVEY, result_b = b->basis == MCY_BASIS_SURVEY;
    if (result_a != result_b)
        return result_a;
    bool older_a = is_older_view(a), older_b = is_older_view(b);
    bool same = a->low == b->low && a->high == b->high;
    if (older_a != older_b && !same)
        return older_b;
    if (a->known != b->known)
        return a->known > b->known;
    return a > b;
}

static int compare_prints(const void *a, const void *b)
{
    const mcy_price_print *x = a, *y = b;
    int order = strcmp(x->product, y->product);
    if (!order)
        order = strcmp(x->generation, y->generation);
    return order ? order : (x->quarter > y->quarter) - (x->quarter < y->quarter);
}

static void add_row(mcy_price_print *lines, size_t *count, const mcy_fact *fact)
{
    mcy_price_print line = {.product = product_of(fact),
                            .generation = generation_of(fact),
                            .quarter = mcy_period_quarter(&fact->target),
                            .first = fact,
                            .last = fact,
                            .count = 1};
    for (size_t i = 0; i < *count; i++) {
        if (compare_prints(&lines[i], &line))
            continue;
        lines[i].count++;
        if (is_later(lines[i].first, fact))
            lines[i].first = fact;
        if (is_later(fact, lines[i].last))
            lines[i].last = fact;
        return;
    }
    lines[(*count)++] = line;
}

mcy_status mcy_price_prints_find(mcy_arena *arena, const mcy_facts *facts,
                                 const mcy_price_print **prints, size_t *count, mcy_error *err)
{
    mcy_fact_query query = {.company = mcy_facts_name(facts, "industry"),
                            .metric = mcy_facts_name(facts, "contract_price_qoq"),
                            .bases = MCY_BASIS_SURVEY | MCY_BASIS_ESTIMATE,
                            .only_quarters = true};
    const mcy_fact *const *found = NULL;
    size_t rows = 0;
    *count = 0;
    if (query.company && query.metric)
        MCY_TRY(mcy_facts_find(arena, facts, &query, &found, &rows, err));
    mcy_price_print *lines = MCY_TAKE(arena, mcy_price_print, rows);
    if (!lines)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < rows; i++)
        if (!mcy_range_is_missing(mcy_fact_range(found[i])))
            add_row(lines, count, found[i]);
    for (size_t i = 0; i < *count; i++)
        lines[i].first_is_older = is_older_view(lines[i].first);
    qsort(lines, *count, sizeof *lines, compare_prints);
    *prints = lines;
    return MCY_OK;
}

const mcy_price_print *mcy_price_prints_at(const mcy_price_print *prints, size_t count,
                                           const char *product, const char *generation,
                                           mcy_quarter quarter)
{
    mcy_price_print key = {.product = product, .generation = generation, .quarter = quarter};
    return count ? bsearch(&key, prints, count, sizeof *prints, compare_prints) : NULL;
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double mcy_price_prints_growth(mcy_arena *arena, const mcy_price_print *prints, size_t count,
                               size_t *lines)
{
    double *ratio = MCY_TAKE(arena, double, count);
    *lines = 0;
    for (size_t i = 0; ratio && i < count; i++) {
        mcy_range first = mcy_fact_range(prints[i].first),
                  last = mcy_fact_range(prints[i].last);
        if (prints[i].count < 2 || !mcy_range_is_closed(first) || !mcy_range_is_closed(last) ||
            mcy_range_middle(first) == 0)
            continue;
        ratio[(*lines)++] = mcy_range_middle(last) / mcy_range_middle(first);
    }
    if (*lines == 0)
        return MCY_MISSING;
    qsort(ratio, *lines, sizeof *ratio, compare_numbers);
    return (ratio[*lines / 2] + ratio[(*lines - 1) / 2]) / 2;
}
