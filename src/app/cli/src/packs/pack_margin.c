/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a pack from the margin models: the bridge of gross margin, forecast quantiles. */
#include <stdio.h>
#include <string.h>

#include "bridge_margin.h"
#include "figure_make.h"

mcy_status mcy_pack_margin(pack_maker *pack, const char *firm, const margin_study **study,
                           mcy_error *err)
{
    *study = &pack->margin;
    if (pack->margin_firm && !strcmp(pack->margin_firm, firm))
        return MCY_OK;
    double start = pack->clock ? pack->clock() : 0;
    pack->margin_firm = NULL;
    MCY_TRY(margin_study_of_facts(pack->arena, pack->facts, pack->home, firm, false,
                                  &pack->margin, err));
    pack->margin_firm = firm;
    pack->fit_seconds += pack->clock ? pack->clock() - start : 0;
    for (size_t k = 0; k < PACK_FITS; k++)
        if (!pack->fit[k])
            pack->fit[k] = pack->margin.bits[k];
    return MCY_OK;
}

enum { FORECAST_SEED = 20260320 }; /* of the draws; the trace names it */

static mcy_status uses_margin_facts(figure_maker *maker, const char *id, size_t point,
                                    const mcy_margin_quarter *quarter, mcy_error *err)
{
    const char *ids[2] = {quarter->revenue_id, quarter->margin_id};
    for (size_t k = 0; k < 2; k++) {
        const mcy_fact *fact =
            ids[k] ? mcy_pack_fact(maker->pack, ids[k], strlen(ids[k])) : NULL;
        if (fact)
            MCY_TRY(mcy_figure_uses_fact(maker, id, point, fact, err));
    }
    return MCY_OK;
}

/* A waterfall's arrays. */
typedef struct margin_bars {
    mcy_bilingual labels[12];
    const char *keys[12];
    double values[12];
    unsigned char flags[12];
    size_t count;
} margin_bars;

static void add_bar(margin_bars *bars, const char *zh, const char *en, double frac, bool total)
{
    size_t i = bars->count++;
    bars->labels[i] = (mcy_bilingual){zh, en};
    bars->keys[i] = en;
    bars->values[i] = 100 * frac;
    bars->flags[i] = total ? MCY_POINT_TOTAL : MCY_POINT_INFERRED;
}

static void add_terms(margin_bars *bars, const mcy_margin_bridge *terms)
{
    static const mcy_bilingual names[3][MCY_COST_PRODUCTS] = {
        {{"DRAM 价格", "DRAM price"}, {"NAND 价格", "NAND price"}},
        {{"DRAM 单位成本", "DRAM unit cost"}, {"NAND 单位成本", "NAND unit cost"}},
        {{"DRAM 占比", "DRAM share"}, {"NAND 占比", "NAND share"}}};
    const double *groups[3] = {terms->price, terms->cost, terms->mix};
    for (size_t g = 0; g < 3; g++)
        for (size_t k = 0; k < MCY_COST_PRODUCTS; k++)
            add_bar(bars, names[g][k].zh, names[g][k].en, groups[g][k], false);
    add_bar(bars, "其他", "Other", terms->other, false);
    if (terms->one_offs != 0)
        add_bar(bars, "一次性", "One-offs", terms->one_offs, false);
}

/* margin-bridge FIRM: gross margin from the quarter before to the last one. */
mcy_status figure_margin_bridge(figure_maker *maker, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    mcy_arena *arena = maker->pack->arena;
    const margin_study *study;
    margin_bridge_result result;
    if (spec->data_count != 2)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'margin-bridge' wants FIRM");
    MCY_TRY(mcy_pack_margin(maker->pack, spec->data[1], &study, err));
    size_t n = study->history.n;
    if (n < 2)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_MISSING,
                                 "fewer than two quarters");
    MCY_TRY(margin_bridge_between(study, &study->history.quarter[n - 2].period,
                                  &study->history.quarter[n - 1].period, &result, err));
    margin_bars *bars = MCY_TAKE(arena, margin_bars, 1);
    mcy_chart_series *series = MCY_TAKE(arena, mcy_chart_series, 1);
    char from[32], to[32];
    mcy_period_format(&result.from->period, from);
    mcy_period_format(&result.to->period, to);
    const char *ends[2] = {mcy_arena_copy(arena, from, strlen(from)),
                           mcy_arena_copy(arena, to, strlen(to))};
    if (!bars || !series || !ends[0] || !ends[1])
        return mcy_fail_memory(err);
    add_bar(bars, ends[0], ends[0], result.terms.from_frac, true);
    add_terms(bars, &result.terms);
    add_bar(bars, ends[1], ends[1], result.terms.to_frac, true);
    *series =
        (mcy_chart_series){.id = mcy_arena_print(arena, "margin-bridge.%s", spec->data[1]),
                           .name = {"毛利率变动", "change of gross margin"},
                           .colour = spec->data[1],
                           .values = bars->values,
                           .flags = bars->flags};
    mcy_chart *chart = maker->chart;
    chart->points = chart->estimate_from = bars->count;
    chart->labels = bars->labels;
    chart->keys = bars->keys;
    chart->series = series;
    chart->series_count = 1;
    MCY_TRY(uses_margin_facts(maker, series->id, 0, result.from, err));
    MCY_TRY(uses_margin_facts(maker, series->id, chart->points - 1, result.to, err));
    const char *what = mcy_arena_print(arena, "memcycle bridge %s %s %s --metric gross-margin",
                                       spec->data[1], from, to);
    return what && series->id ? mcy_figure_uses(maker, "command", "bridge", what, err)
                              : mcy_fail_memory(err);
}

/* Quantiles of the forecast on the points after the last quarter, and the last actual on all. */
static void fill_forecast(const figure_maker *maker, const margin_study *study,
                          const mcy_forecast *forecast, bool margin, mcy_chart_series series[4])
{
    const mcy_margin_history *history = &study->history;
    const mcy_margin_quarter *last = &history->quarter[history->n - 1];
    for (size_t i = 0; i < maker->chart->points; i++) {
        mcy_quarter quarter = mcy_period_quarter(&maker->periods[i]);
        for (size_t t = 0; t < history->n; t++) {
            const mcy_margin_quarter *q = &history->quarter[t];
            if (q->quarter == quarter && q->origin == MCY_MARGIN_REPORTED)
                mcy_values_of(&series[2])[i] =
                    margin ? 100 * q->gross_margin_frac : q->revenue_usd_m / 1000;
        }
        int ahead = quarter - last->quarter;
        if (ahead < 0 || ahead > (int)forecast->quarters)
            continue;
        if (!ahead) { /* the bands open at the last actual */
            for (size_t s = 0; s < 2; s++)
                mcy_low_of(&series[s])[i] = mcy_high_of(&series[s])[i] = series[2].values[i];
            continue;
        }
        const double *quantile = margin ? forecast->gross_margin_frac[ahead - 1].quantile
                                        : forecast->revenue_usd_m[ahead - 1].quantile;
        double scale = margin ? 100 : 0.001;
        for (size_t s = 0; s < 2; s++) {
            mcy_low_of(&series[s])[i] = scale * quantile[s ? 2 : 0];
            mcy_high_of(&series[s])[i] = scale * quantile[s ? 4 : 6];
            mcy_flags_of(&series[s])[i] = MCY_POINT_ESTIMATE;
        }
        mcy_values_of(&series[2])[i] = scale * quantile[3];
        mcy_flags_of(&series[2])[i] = MCY_POINT_ESTIMATE;
    }
}

/* What the company itself said of the first quarter, as a point with the range it printed. */
static mcy_status fill_guidance(figure_maker *maker, const mcy_guidance *guidance, bool margin,
                                mcy_chart_series *series, mcy_error *err)
{
    const mcy_facts *facts = maker->pack->facts;
    mcy_range range = margin ? guidance->gross_margin_frac : guidance->revenue_usd_m;
    const char *id = margin ? guidance->margin_id : guidance->revenue_id;
    double scale = margin ? 100 : 0.001;
    for (size_t i = 0; i < maker->chart->points; i++) {
        if (mcy_period_quarter(&maker->periods[i]) != mcy_period_quarter(&guidance->target))
            continue;
        double middle = scale * (range.low + range.high) / 2;
        mcy_values_of(series)[i] = mcy_low_of(series)[i] = mcy_high_of(series)[i] = middle;
        mcy_flags_of(series)[i] = MCY_POINT_ESTIMATE;
        for (size_t k = 0; id && k < facts->count; k++) {
            const mcy_fact *fact = &facts->items[k];
            if (strcmp(fact->id, id) != 0)
                continue;
            if (!mcy_is_missing(fact->low) && !mcy_is_missing(fact->high)) {
                mcy_low_of(series)[i] = scale * range.low;
                mcy_high_of(series)[i] = scale * range.high;
            }
            MCY_TRY(mcy_figure_uses_fact(maker, series->id, i, fact, err));
        }
    }
    return MCY_OK;
}

/* Does the guidance speak of a quarter of the figure? */
static bool guides(const figure_maker *maker, const mcy_guidance *guidance, bool margin)
{
    if (!guidance ||
        mcy_is_missing(margin ? guidance->gross_margin_frac.low : guidance->revenue_usd_m.low))
        return false;
    for (size_t i = 0; i < maker->chart->points; i++)
        if (mcy_period_quarter(&maker->periods[i]) == mcy_period_quarter(&guidance->target))
            return true;
    return false;
}

/* forecast FIRM revenue|margin QUARTERS: history and the quantiles of the next quarters. */
mcy_status figure_forecast(figure_maker *maker, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    mcy_arena *arena = maker->pack->arena;
    double quarters = 0;
    if (spec->data_count != 4)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'forecast' wants FIRM revenue|margin QUARTERS");
    MCY_TRY(mcy_number_parse(spec->data[3], strlen(spec->data[3]), &quarters, err));
    if (!(quarters >= 1 && quarters <= MCY_FORECAST_QUARTERS))
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT, "quarters must be 1..%d",
                                 MCY_FORECAST_QUARTERS);
    const margin_study *study;
    mcy_forecast forecast;
    const mcy_guidance *guidance = NULL;
    MCY_TRY(mcy_figure_points(maker, err));
    MCY_TRY(mcy_pack_margin(maker->pack, spec->data[1], &study, err));
    MCY_TRY(margin_study_forecast(arena, study, (size_t)quarters, 0, FORECAST_SEED, &forecast,
                                  &guidance, err));
    bool margin = !strcmp(spec->data[2], "margin");
    mcy_chart_series *series = MCY_TAKE(arena, mcy_chart_series, 4);
    if (!series)
        return mcy_fail_memory(err);
    series[0] = (mcy_chart_series){
        .id = "p5-95", .gaps = true, .name = {"5–95 分位", "5th–95th percentile"}};
    series[1] = (mcy_chart_series){
        .id = "p25-75", .gaps = true, .name = {"25–75 分位", "25th–75th percentile"}};
    series[2] = (mcy_chart_series){
        .id = mcy_arena_print(arena, "forecast.%s.%s", spec->data[1], spec->data[2]),
        .name = margin ? (mcy_bilingual){"毛利率与预测中位数（non-GAAP）",
                                         "Margin and median (non-GAAP)"}
                       : (mcy_bilingual){"收入与预测中位数", "Revenue and median"},
        .colour = spec->data[1],
        .gaps = true};
    series[3] = (mcy_chart_series){.id = mcy_arena_print(arena, "guidance.%s.%s", spec->data[1],
                                                         margin ? "gross_margin" : "revenue"),
                                   .name = {"公司指引", "Guidance"},
                                   .colour = "guidance",
                                   .mark = MCY_MARK_POINT,
                                   .gaps = true};
    for (size_t s = 0; s < 4; s++)
        MCY_TRY(mcy_figure_arrays(maker, &series[s], s != 2, err));
    series[0].values = series[1].values = NULL;
    bool guided = guides(maker, guidance, margin);
    maker->chart->series = series;
    maker->chart->series_count = guided ? 4 : 3;
    fill_forecast(maker, study, &forecast, margin, series);
    if (guided)
        MCY_TRY(fill_guidance(maker, guidance, margin, &series[3], err));
    for (size_t i = 0; i < maker->chart->points; i++)
        for (size_t t = 0; t < study->history.n; t++)
            if (study->history.quarter[t].quarter == mcy_period_quarter(&maker->periods[i]))
                MCY_TRY(
                    uses_margin_facts(maker, series[2].id, i, &study->history.quarter[t], err));
    const char *what =
        mcy_arena_print(arena, "memcycle forecast %s --as-of %s --quarters %.0f --seed %d",
                        spec->data[1], maker->pack->as_of, quarters, FORECAST_SEED);
    return what ? mcy_figure_uses(maker, "command", "forecast", what, err)
                : mcy_fail_memory(err);
}
