/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle score: recorded forecasts against the facts that have arrived. */
#include "command.h"

#include <math.h>
#include <string.h>

#include "facts_of_call.h"
#include "margin_print.h"
#include "mcy/file.h"
#include "mcy/ledger.h"
#include "mcy/number.h"
#include "mcy/score.h"

enum { MOST_LEVELS = 32 };

/* What came of a recorded quantity, or missing. */
static double outcome(const mcy_facts *facts, const mcy_ledger_row *row)
{
    static const struct {
        const char *quantity, *metric;
        int bases;
        double scale; /* 0: money */
    } known[] = {
        {"revenue_usd_m", "revenue", MCY_BASIS_GAAP | MCY_BASIS_IFRS, 0.0},
        {"gross_margin_frac", "gross_margin", MCY_BASIS_NON_GAAP | MCY_BASIS_IFRS, 0.01},
        {"operating_income_usd_m", "operating_income", MCY_BASIS_NON_GAAP | MCY_BASIS_IFRS,
         0.0}};
    mcy_period target;
    if (mcy_period_parse(row->target, strlen(row->target),
                         mcy_facts_year_ends(facts, row->firm), false, &target, NULL) != MCY_OK)
        return MCY_MISSING;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].quantity, row->quantity) != 0)
            continue;
        mcy_fact_query query = {.company = row->firm,
                                .product = "total",
                                .metric = known[i].metric,
                                .bases = known[i].bases,
                                .target = &target};
        const mcy_fact *fact = mcy_facts_winner(facts, &query);
        if (!fact)
            return MCY_MISSING;
        return known[i].scale > 0.0 ? known[i].scale * mcy_fact_middle(fact)
                                    : mcy_range_middle(mcy_fact_usd_m(facts, fact));
    }
    return MCY_MISSING;
}

static bool same_forecast(const mcy_ledger_row *a, const mcy_ledger_row *b)
{
    return strcmp(a->firm, b->firm) == 0 && strcmp(a->origin, b->origin) == 0 &&
           strcmp(a->target, b->target) == 0 && strcmp(a->quantity, b->quantity) == 0 &&
           strcmp(a->data_sha256, b->data_sha256) == 0 && strcmp(a->version, b->version) == 0 &&
           a->seed == b->seed;
}

static double quantile_at(const mcy_ledger_row *rows, size_t n, double level)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(rows[i].level - level) < 1e-9)
            return rows[i].value;
    return MCY_MISSING;
}

/* One forecast: its quantiles stand together in the ledger. */
static void score_row(mcy_table *t, const mcy_facts *facts, const mcy_ledger_row *rows,
                      size_t n)
{
    double actual = outcome(facts, rows), pinball = 0.0;
    bool money = strstr(rows->quantity, "usd_m") != NULL;
    double scale = money ? 1.0 : 100.0, low = quantile_at(rows, n, 0.1);
    double high = quantile_at(rows, n, 0.9);
    mcy_display display = {.decimals = money ? 0 : 1};
    for (size_t i = 0; i < n; i++)
        pinball += mcy_score_pinball(rows[i].level, rows[i].value, actual) / (double)n;
    mcy_table_row(t, false);
    mcy_table_text(t, rows->firm);
    mcy_table_text(t, rows->target);
    mcy_table_text(t, rows->origin);
    mcy_table_text(t, rows->quantity);
    const double cells[] = {low, quantile_at(rows, n, 0.5), high, actual, pinball};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        mcy_table_shown(t, scale * cells[i], &display, NULL);
    mcy_table_text(t, mcy_is_missing(actual)            ? "not yet known"
                      : actual >= low && actual <= high ? "inside 10..90 %"
                      : actual < low                    ? "below"
                                                        : "above");
}

static mcy_status run_score(mcy_call *call, mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"firm", {NULL, "firm"}, true, {0}},        {"target", {NULL, "target"}, true, {0}},
        {"origin", {NULL, "as of"}, true, {0}},     {"quantity", {NULL, "quantity"}, true, {0}},
        {"q10", {NULL, "10 %"}, false, {0}},        {"q50", {NULL, "50 %"}, false, {0}},
        {"q90", {NULL, "90 %"}, false, {0}},        {"actual", {NULL, "actual"}, false, {0}},
        {"pinball", {NULL, "pinball"}, false, {0}}, {"verdict", {NULL, "verdict"}, true, {0}}};
    const char *path = mcy_call_option(call, "ledger");
    mcy_facts *facts;
    mcy_ledger_row *rows;
    size_t count;
    path = path ? path : "forecasts.db";
    if (!mcy_file_exists(path))
        return MCY_FAIL(
            err, MCY_E_IO,
            "no ledger '%s': 'memcycle forecast FIRM --record' begins one, --ledger FILE "
            "names another",
            path);
    MCY_TRY(mcy_call_facts(call, &facts, err));
    MCY_TRY(mcy_ledger_read(call->arena, path, &rows, &count, err));
    mcy_table *t = mcy_table_create(call->arena, "scores",
                                    (mcy_bilingual){NULL, "recorded forecasts and what came"},
                                    columns, 10);
    if (!t)
        return mcy_fail_memory(err);
    for (size_t i = 0, n; i < count; i += n) {
        for (n = 1; i + n < count && n < MOST_LEVELS && same_forecast(&rows[i], &rows[i + n]);
             n++)
            ;
        score_row(t, facts, &rows[i], n);
    }
    return margin_print_tables(call, &t, 1, err);
}

static const mcy_option options[] = {{"ledger", '\0', "FILE", "the ledger (forecasts.db)"},
                                     MCY_OPTION_AS_OF,
                                     {"json", '\0', NULL, "for programs"},
                                     {0}};

const mcy_command mcy_command_score = {
    .name = "score",
    .operands = "",
    .summary = "recorded forecasts against the facts that have arrived",
    .description =
        "Reads the ledger that 'memcycle forecast --record' keeps and prints, forecast by\n"
        "forecast, the quantiles, what came, the mean pinball loss over the recorded\n"
        "levels, and whether the 80 % interval held it.",
    .examples = "memcycle score --ledger forecasts.db",
    .options = options,
    .least = 0,
    .most = 0,
    .run = run_score,
};
