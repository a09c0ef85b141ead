/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quarters of history in which a tightness was published, and the price move after each. */
#include <math.h>
#include <string.h>

#include "base_figures.h"
#include "mcy/number.h"

enum { FIRST_YEAR = 2016, LEAST_TREND = 8 };

/* Weeks of stock below which customers go short and above which makers push: judgements between
 * the 3-4 weeks of tight and the 9-13 weeks of slack quarters; NAND's makers hold more. */
static double normal_weeks(const char *product, bool buyers)
{
    if (buyers)
        return 8;
    return strcmp(product, "nand") == 0 ? 9 : 5;
}

/* Stock read as tightness: below normal, orders chase it (log of the ratio); above, what is
 * more than normal is added to a quarter's supply, as the model counts it (M5). */
static double tightness_of_weeks(double weeks, double normal)
{
    return weeks < normal ? log(normal / weeks) : -log(1 + (weeks - normal) / 13);
}

/* The tightness of a quarter by the first measure that was published of it. */
static base_figure tightness_of(base_builder *builder, const char *product, mcy_quarter quarter)
{
    const char *server = base_text(builder, "%s_server", product);
    const char *pc = base_text(builder, "%s_pc", product);
    const int any = MCY_BASIS_SURVEY | MCY_BASIS_ESTIMATE;
    base_figure fill =
        base_either(base_read(builder, "industry", product, "fill_rate", any, quarter),
                    base_read(builder, "industry", server, "fill_rate", any, quarter));
    if (!mcy_is_missing(fill.value))
        return base_derive(builder, -log(fill.value), false, "fill rate", fill, base_nothing());
    base_figure weeks =
        base_read(builder, "industry", product, "inventory_weeks_supplier", any, quarter);
    if (!mcy_is_missing(weeks.value))
        return base_derive(builder,
                           tightness_of_weeks(weeks.value, normal_weeks(product, false)), false,
                           "makers' weeks", weeks, base_nothing());
    base_figure balance =
        base_either(base_read(builder, "industry", product, "sufficiency_ratio", any, quarter),
                    base_read(builder, "industry", pc, "sufficiency_ratio", any, quarter));
    if (!mcy_is_missing(balance.value) && balance.value >= 0)
        return base_derive(builder, -log(1 + balance.value), false, "surplus of a balance",
                           balance, base_nothing());
    weeks = base_read(builder, "industry", pc, "inventory_weeks_buyer", any, quarter);
    if (!mcy_is_missing(weeks.value))
        return base_derive(builder,
                           tightness_of_weeks(weeks.value, normal_weeks(product, true)), false,
                           "buyers' weeks", weeks, base_nothing());
    return base_nothing();
}

/* A quarter's price move: the contract surveys, or what Micron said of its own prices. */
static base_figure price_move(base_builder *builder, const char *product, mcy_quarter quarter)
{
    base_figure move = base_contract_move(builder, product, quarter);
    if (mcy_is_missing(move.value))
        move = base_read(builder, "micron", product, "asp_qoq",
                         MCY_BASIS_NON_GAAP | MCY_BASIS_GAAP, quarter);
    if (!mcy_is_missing(move.value))
        move.value = log1p(move.value);
    return move;
}

/* Log of the normal price over the price: the distance of Micron's chained prices from the
 * straight line through those known up to that quarter. */
static double gap_to_trend(base_builder *builder, const char *product, mcy_quarter quarter)
{
    double level = 0, n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (mcy_quarter q = mcy_quarter_of(FIRST_YEAR, 1); q <= quarter; q++) {
        base_figure asp = base_read(builder, "micron", product, "asp_qoq",
                                    MCY_BASIS_NON_GAAP | MCY_BASIS_GAAP, q);
        if (mcy_is_missing(asp.value))
            continue;
        level += log1p(asp.value);
        double x = q - quarter;
        n++, sx += x, sy += level, sxx += x * x, sxy += x * level;
    }
    double spread = n * sxx - sx * sx;
    if (n < LEAST_TREND || !(spread > 0))
        return MCY_MISSING;
    double slope = (n * sxy - sx * sy) / spread;
    return (sy - slope * sx) / n - level;
}

mcy_status mcy_base_price_moves(mcy_arena *arena, const mcy_facts *facts, const char *product,
                                mcy_quarter last, mcy_price_move **rows, size_t *count,
                                mcy_error *err)
{
    mcy_error own = {0};
    base_builder builder = {
        .arena = arena, .facts = facts, .quarter = last, .err = err == NULL ? &own : err};
    size_t capacity = 0;
    *rows = NULL;
    *count = 0;
    for (mcy_quarter q = mcy_quarter_of(FIRST_YEAR, 1); q < last; q++) {
        base_figure x = tightness_of(&builder, product, q);
        if (mcy_is_missing(x.value))
            continue;
        base_figure before = price_move(&builder, product, q);
        base_figure after = price_move(&builder, product, q + 1);
        double gap = gap_to_trend(&builder, product, q);
        if (mcy_is_missing(before.value + after.value + gap))
            continue;
        MCY_TRY(mcy_arena_grow(arena, (void **)rows, *count, &capacity, sizeof **rows, err));
        (*rows)[(*count)++] = (mcy_price_move){
            q,
            x.value,
            gap,
            before.value,
            after.value,
            base_text(&builder, "%s; %s; %s", x.source, before.source, after.source)};
    }
    return builder.status;
}
