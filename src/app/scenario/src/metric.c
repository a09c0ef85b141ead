/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of a run by name: "gross_margin.micron@FY2027". */
#include "inputs_parts.h"

#include <stdio.h>
#include <string.h>

#include "mcy/period.h"

/* "Sep 2026–Aug 2027, laid on 2026Q4..2027Q3" where a fiscal period is laid on the calendar. */
static const char *months_of(mcy_arena *arena, const mcy_unrolled *unrolled, int year_ends,
                             const char *text, size_t count, const int *quarters)
{
    mcy_period period;
    if (year_ends == MCY_NO_FIRM ||
        mcy_period_parse(text, strlen(text), year_ends, false, &period, NULL) != MCY_OK ||
        !period.fiscal || year_ends == MCY_CALENDAR_YEAR)
        return "";
    char months[40], first[32], last[32];
    mcy_period_months(&period, months);
    mcy_quarter_format(mcy_unrolled_base(unrolled) + quarters[0], first);
    mcy_quarter_format(mcy_unrolled_base(unrolled) + quarters[count - 1], last);
    return count == 1 ? mcy_arena_print(arena, "%s, laid on %s", months, first)
                      : mcy_arena_print(arena, "%s, laid on %s..%s", months, first, last);
}

static mcy_status refuse_whole(const mcy_unrolled *unrolled, const char *text, mcy_error *err)
{
    char span[96];
    return MCY_FAIL(
        err, MCY_E_INPUT,
        "'%s' has a value every quarter: say which, as in '%s@2027Q1' or '%s@CY2027' "
        "(the run has %s)",
        text, text, text, mcy_inputs_span(unrolled, 0, span));
}

static mcy_status find_quarters(mcy_arena *arena, mcy_unrolled *unrolled, int year_ends,
                                const char *text, mcy_metric *metric, mcy_error *err)
{
    const mcy_symbol *symbol = mcy_model_symbol(mcy_unrolled_model(unrolled), metric->symbol);
    int *quarters = MCY_TAKE(arena, int, 4);
    char span[96];
    if (!quarters)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_quarters_parse(unrolled, year_ends, text, strlen(text), &metric->count,
                               quarters, err));
    if (quarters[0] < symbol->first ||
        quarters[metric->count - 1] > mcy_unrolled_last(unrolled))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%s' is outside the quarters of '%s' in this run, %s", text,
                        symbol->name, mcy_inputs_span(unrolled, symbol->first, span));
    metric->quarters = quarters;
    metric->months = months_of(arena, unrolled, year_ends, text, metric->count, quarters);
    metric->node =
        metric->count == 1
            ? mcy_unrolled_node(unrolled, metric->symbol, metric->element, quarters[0])
            : mcy_unrolled_year(unrolled, metric->symbol, metric->element, metric->count,
                                quarters);
    if (metric->node == MCY_NODE_NONE)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' has no value of a year: ask for a quarter",
                        symbol->name);
    return metric->months ? MCY_OK : mcy_fail_memory(err);
}

mcy_status mcy_metric_find(mcy_arena *arena, mcy_unrolled *unrolled,
                           const mcy_calendars *calendars, const char *text, mcy_metric *metric,
                           mcy_error *err)
{
    const mcy_model *model = mcy_unrolled_model(unrolled);
    const char *at = strchr(text, '@');
    size_t n = strlen(text);
    *metric = (mcy_metric){.name = mcy_arena_copy(arena, text, n), .months = ""};
    char *path = mcy_arena_copy(arena, text, at ? (size_t)(at - text) : n);
    if (!metric->name || !path)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_model_find(model, path, &metric->symbol, &metric->element, err));
    const mcy_symbol *symbol = mcy_model_symbol(model, metric->symbol);
    if (symbol->path) {
        if (!at)
            return refuse_whole(unrolled, path, err);
        int year_ends = mcy_inputs_year_ends(calendars, model, metric->symbol, metric->element);
        mcy_status status = find_quarters(arena, unrolled, year_ends,
                                          metric->name + (at + 1 - text), metric, err);
        return status == MCY_OK ? MCY_OK : mcy_fail_in(err, status, "metric '%s'", text);
    }
    if (at)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' has one value for all quarters: leave out '%s'",
                        path, at);
    metric->node =
        mcy_unrolled_node(unrolled, metric->symbol, metric->element, MCY_EVERY_QUARTER);
    return MCY_OK;
}
