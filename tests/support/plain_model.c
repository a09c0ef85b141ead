/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plain model's names, elements and years, and the order in which its sections run. */
#include "plain_model.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "plain_parts.h"

const char *const plain_firm[FIRMS] = {"micron", "samsung", "skhynix", "rest"};
const char *const plain_product[PRODUCTS] = {"dram", "hbm", "nand"};
const char *const plain_fab[FABS] = {"dram", "nand"};
const char *const plain_market[MARKETS] = {"ai_server", "server", "mobile", "pc", "other"};
const int plain_fab_of[PRODUCTS] = {0, 0, 1};

const char *const *plain_elements(plain_dimension dimension, int *count)
{
    static const char *const *const elements[] = {plain_firm, plain_product, plain_fab,
                                                  plain_market, NULL};
    static const int counts[] = {FIRMS, PRODUCTS, FABS, MARKETS, 1};
    *count = counts[dimension];
    return elements[dimension];
}

#define PLACE(name)               offsetof(plain_run, name)
#define RULE_SUM                  PLAIN_SUM, 0, 0
#define RULE_MEAN                 PLAIN_MEAN, 0, 0
#define RULE_LAST                 PLAIN_LAST, 0, 0
#define RULE_SHIPPED_OF_ORDERS    PLAIN_RATIO, PLACE(shipped_value), PLACE(orders)
#define RULE_WORTH_OF_SHIPPED     PLAIN_RATIO, PLACE(shipped_worth), PLACE(shipped_value)
#define RULE_GROSS_OF_REVENUE     PLAIN_RATIO, PLACE(gross_profit), PLACE(revenue)
#define RULE_OPERATING_OF_REVENUE PLAIN_RATIO, PLACE(operating_income), PLACE(revenue)
#define RULE_REVENUE_OF_SHIPPED   PLAIN_RATIO, PLACE(product_revenue), PLACE(shipped)

const plain_variable *plain_variables(int *count)
{
    static const plain_variable list[] = {
#define ENTRY(name, one, rule)                                                                 \
    {#name, plain_of_##one, plain_of_none, PLACE(name), RULE_##rule, 1},
        PLAIN_LINES(ENTRY)
#undef ENTRY
#define ENTRY(name, one, two, rule)                                                            \
    {#name, plain_of_##one, plain_of_##two, PLACE(name), RULE_##rule, 1},
            PLAIN_TABLES(ENTRY)
#undef ENTRY
#define ENTRY(name, one)                                                                       \
    {#name, plain_of_##one, plain_of_none, PLACE(name), PLAIN_NO_YEAR, 0, 0, 0},
                PLAIN_POINTS(ENTRY)
#undef ENTRY
#define ENTRY(name, one, two)                                                                  \
    {#name, plain_of_##one, plain_of_##two, PLACE(name), PLAIN_NO_YEAR, 0, 0, 0},
                    PLAIN_GRIDS(ENTRY)
#undef ENTRY
    };
    *count = sizeof list / sizeof list[0];
    return list;
}

static double value_at(const plain_run *run, size_t offset, int place)
{
    double value;
    memcpy(&value, (const char *)run + offset + (size_t)place * sizeof value, sizeof value);
    return value;
}

double plain_value(const plain_run *run, const plain_variable *of, int cell, int quarter)
{
    return value_at(run, of->offset, of->by_quarter ? cell * SPAN + AT(quarter) : cell);
}

double plain_year(const plain_run *run, const plain_variable *of, int cell, int first)
{
    double sum = 0, over = 0, under = 0;
    for (int t = first; t < first + 4; t++) {
        sum += plain_value(run, of, cell, t);
        over += value_at(run, of->over, cell * SPAN + AT(t));
        under += value_at(run, of->under, cell * SPAN + AT(t));
    }
    if (of->year == PLAIN_RATIO)
        return plain_part(over, under);
    if (of->year == PLAIN_LAST)
        return plain_value(run, of, cell, first + 3);
    return of->year == PLAIN_MEAN ? sum / 4 : sum;
}

double plain_get(const plain_reader *it, int quarter, const char *format, ...)
{
    char path[128];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    return it->input(it->context, path, quarter);
}

double plain_part(double a, double b)
{
    return b == 0 ? 0 : a / b;
}

void plain_model(plain_input *input, void *context, int last, int calendar_quarter,
                 plain_run *run)
{
    const plain_reader it = {input, context, calendar_quarter};
    memset(run, 0, sizeof *run);
    run->last = last;
    for (int i = 0; i < FIRMS; i++)
        plain_build(&it, run, i);
    plain_costs(&it, run);
    plain_market_before(&it, run);
    for (int t = 0; t <= last; t++) {
        plain_offer(&it, run, t);
        plain_market_quarter(&it, run, t);
    }
    plain_bits(&it, run);
    for (int i = 0; i < FIRMS; i++) {
        plain_profit(&it, run, i);
        plain_cash(&it, run, i);
    }
    plain_market_report(run);
}
