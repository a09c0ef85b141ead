/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle forecast: where the next quarters will land, and why (G2). */
#include "command.h"
#include "facts_of_call.h"
#include "margin_print.h"
#include "margin_study.h"
#include "mcy/fit_file.h"
#include "mcy/ledger.h"
#include "mcy/number.h"

enum { DEFAULT_SEED = 1234 };

static mcy_table *quantile_table(mcy_arena *arena, const margin_study *study,
                                 const mcy_forecast *f)
{
    static const mcy_table_column columns[] = {{"quarter", {"季度", "quarter"}, true, {0}},
                                               {"quantity", {"指标", "quantity"}, true, {0}},
                                               {"q05", {NULL, "5 %"}, false, {.decimals = 1}},
                                               {"q10", {NULL, "10 %"}, false, {.decimals = 1}},
                                               {"q25", {NULL, "25 %"}, false, {.decimals = 1}},
                                               {"q50", {NULL, "50 %"}, false, {.decimals = 1}},
                                               {"q75", {NULL, "75 %"}, false, {.decimals = 1}},
                                               {"q90", {NULL, "90 %"}, false, {.decimals = 1}},
                                               {"q95", {NULL, "95 %"}, false, {.decimals = 1}}};
    mcy_table *t = mcy_table_create(arena, "forecast",
                                    (mcy_bilingual){NULL, "predictive quantiles"}, columns, 9);
    for (size_t h = 0; t && h < f->quarters; h++) {
        const struct {
            const char *name;
            const mcy_forecast_quantity *q;
            double scale;
        } rows[] = {{"revenue, USD m", &f->revenue_usd_m[h], 1.0},
                    {"gross margin, %", &f->gross_margin_frac[h], 100.0},
                    {"operating income, USD m", &f->operating_income_usd_m[h], 1.0}};
        mcy_period period =
            mcy_period_shift(&study->history.quarter[study->history.n - 1].period, (int)h + 1);
        char name[32];
        mcy_period_format(&period, name);
        for (size_t i = 0; i < 3; i++) {
            mcy_table_row(t, false);
            mcy_table_text(t, i == 0 ? mcy_arena_print(arena, "%sE", name) : "");
            mcy_table_text(t, rows[i].name);
            for (size_t l = 0; l < MCY_FORECAST_LEVELS; l++)
                mcy_table_number(t, rows[i].scale * rows[i].q->quantile[l], NULL);
        }
    }
    if (t)
        mcy_table_note(t,
                       (mcy_bilingual){NULL, mcy_arena_print(arena,
                                                             "margins and operating income %s; "
                                                             "%zu draws; guidance enters the "
                                                             "first quarter only",
                                                             study->history.basis,
                                                             f->revenue_usd_m[0].draws)});
    return t;
}

static mcy_table *parts_table(mcy_arena *arena, const mcy_guidance *g, const mcy_forecast *f)
{
    static const mcy_table_column columns[] = {
        {"part", {"来源", "who says"}, true, {0}},
        {"revenue", {"收入", "revenue, USD m"}, false, {0}},
        {"margin", {"毛利率", "gross margin, %"}, false, {.decimals = 1}},
        {"weight_revenue", {NULL, "weight on revenue, %"}, false, {0}},
        {"weight_margin", {NULL, "on margin, %"}, false, {0}}};
    mcy_table *t = mcy_table_create(
        arena, "parts", (mcy_bilingual){NULL, "the first quarter explained"}, columns, 5);
    if (!t)
        return NULL;
    const struct {
        const char *name;
        double revenue, margin, weight_revenue, weight_margin;
    } rows[] = {
        {"market factor, bits and cost trend alone", f->model_revenue_usd_m,
         f->model_margin_frac, 1.0 - f->weight[0], 1.0 - f->weight[1]},
        {"guidance as printed", g ? mcy_range_middle(g->revenue_usd_m) : MCY_MISSING,
         g ? mcy_range_middle(g->gross_margin_frac) : MCY_MISSING, MCY_MISSING, MCY_MISSING},
        {"guidance with its usual error", f->guided_revenue_usd_m, f->guided_margin_frac,
         f->weight[0], f->weight[1]},
        {"together (median)", f->revenue_usd_m[0].quantile[3],
         f->gross_margin_frac[0].quantile[3], MCY_MISSING, MCY_MISSING},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mcy_table_row(t, i == 3);
        mcy_table_text(t, rows[i].name);
        mcy_table_number(t, rows[i].revenue, NULL);
        mcy_table_number(t, 100.0 * rows[i].margin, NULL);
        mcy_table_number(t, 100.0 * rows[i].weight_revenue, NULL);
        mcy_table_number(t, 100.0 * rows[i].weight_margin, NULL);
    }
    return t;
}

static const char *const quantity_names[3] = {"revenue_usd_m", "gross_margin_frac",
                                              "operating_income_usd_m"};

/* The last day whose facts were known: --as-of, or the newest row. */
static mcy_day origin_of(const mcy_facts *facts)
{
    mcy_day day = facts->as_of;
    for (size_t i = 0; i < facts->count && !facts->as_of; i++)
        day = facts->items[i].known > day ? facts->items[i].known : day;
    return day;
}

/* Add every quantile to the ledger. */
static mcy_status record(mcy_call *call, const margin_study *study, const mcy_forecast *f,
                         size_t seed, mcy_error *err)
{
    const char *path = mcy_call_option(call, "ledger");
    char hash[MCY_SHA256_HEX], origin[16];
    size_t count = 0, added = 0;
    mcy_ledger_row *rows =
        MCY_TAKE(call->arena, mcy_ledger_row, f->quarters * 3 * MCY_FORECAST_LEVELS);
    if (!rows)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_facts_hash(call->arena, mcy_call_path(call, "scenarios/history"), hash, err));
    mcy_day_format(origin_of(study->facts), origin);
    for (size_t h = 0; h < f->quarters; h++) {
        mcy_period period =
            mcy_period_shift(&study->history.quarter[study->history.n - 1].period, (int)h + 1);
        char name[32];
        mcy_period_format(&period, name);
        const char *target = mcy_arena_print(call->arena, "%s", name);
        const mcy_forecast_quantity *const all[3] = {
            &f->revenue_usd_m[h], &f->gross_margin_frac[h], &f->operating_income_usd_m[h]};
        for (size_t q = 0; q < 3; q++)
            for (size_t l = 0; l < MCY_FORECAST_LEVELS; l++)
                if (!mcy_is_missing(all[q]->quantile[l]))
                    rows[count++] = (mcy_ledger_row){.firm = study->history.firm,
                                                     .origin = origin,
                                                     .target = target,
                                                     .quantity = quantity_names[q],
                                                     .level = mcy_forecast_levels[l],
                                                     .value = all[q]->quantile[l],
                                                     .data_sha256 = hash,
                                                     .version = mcy_version(),
                                                     .seed = (long long)seed};
    }
    MCY_TRY(mcy_ledger_append(path ? path : "forecasts.db", rows, count, &added, err));
    fprintf(call->err, "recorded %zu quantiles as of %s in '%s' (%zu were there already)\n",
            added, origin, path ? path : "forecasts.db", count - added);
    return MCY_OK;
}

static mcy_status run_forecast(mcy_call *call, mcy_error *err)
{
    margin_study study;
    mcy_forecast forecast;
    const mcy_guidance *guidance;
    mcy_facts *facts;
    size_t quarters, draws, seed;
    MCY_TRY(mcy_call_facts(call, &facts, err));
    MCY_TRY(mcy_call_check_firm(call, facts, call->operands[0], err));
    MCY_TRY(margin_read_count(call, "quarters", 1, MCY_FORECAST_QUARTERS, 1, &quarters, err));
    MCY_TRY(margin_read_count(call, "draws", 100, 10000000, 4000, &draws, err));
    MCY_TRY(margin_read_count(call, "seed", 0, 1u << 30, DEFAULT_SEED, &seed, err));
    MCY_TRY(margin_study_of_facts(call->arena, facts, call->home, call->operands[0], false,
                                  &study, err));
    MCY_TRY(margin_study_forecast(call->arena, &study, quarters, draws, seed, &forecast,
                                  &guidance, err));
    mcy_table *const tables[] = {quantile_table(call->arena, &study, &forecast),
                                 parts_table(call->arena, guidance, &forecast)};
    MCY_TRY(margin_print_tables(call, tables, 2, err));
    if (mcy_call_has(call, "record"))
        MCY_TRY(record(call, &study, &forecast, seed, err));
    fprintf(call->err, "seed %zu; %s\n", seed,
            guidance ? "guidance used for the first quarter"
                     : "no guidance is known: models alone");
    return MCY_OK;
}

static const mcy_option options[] = {
    MCY_OPTION_AS_OF,
    {"quarters", '\0', "N", "how many quarters ahead, 1 to 4 (1)"},
    {"draws", '\0', "N", "draws of the joint posterior (4000)"},
    {"seed", 's', "N", "seed of the draws (1234); the same seed gives the same numbers"},
    {"record", '\0', NULL, "add the quantiles to the forecast ledger"},
    {"ledger", '\0', "FILE", "the ledger (forecasts.db)"},
    {"json", '\0', NULL, "for programs"},
    {0}};

const mcy_command mcy_command_forecast = {
    .name = "forecast",
    .operands = "FIRM",
    .summary = "where the next quarters will land, and why",
    .description =
        "Predictive quantiles of revenue, gross margin and operating income, by drawing the joint\n"
        "posterior of bits, price and cost given guidance and how such guidance has erred (G2).\n"
        "Under it what the market factor says, what guidance says, and how much weight each got.",
    .examples = "memcycle forecast micron --quarters 4\n"
                "memcycle forecast micron --as-of 2025-12-20 --record",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run_forecast,
};
