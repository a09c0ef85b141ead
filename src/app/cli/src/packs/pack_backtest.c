/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a pack from the backtest of forecasts: outcome against interval, PIT, skill (G3). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backtest_run.h"
#include "figure_make.h"

enum { PIT_BINS = 5 };

/* The first target: the figure's fourth word, else FQ1-21 of Micron's calendar. */
static mcy_status first_target(figure_maker *maker, mcy_quarter *from, const char **name,
                               mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    mcy_period period;
    *from = mcy_quarter_of(2020, 4);
    *name = "FQ1-21";
    if (spec->data_count < 4)
        return MCY_OK;
    mcy_error why = {0};
    *name = spec->data[3];
    if (mcy_period_parse(*name, strlen(*name),
                         mcy_facts_year_ends(maker->pack->facts, spec->data[1]), false, &period,
                         &why) != MCY_OK)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT, "%s", why.text);
    if (period.span != MCY_SPAN_QUARTER)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "the first target is a quarter, got '%s'", *name);
    *from = mcy_period_quarter(&period);
    return MCY_OK;
}

/* The backtest of a figure: data are "backtest-KIND FIRM revenue|margin [FROM]". */
static mcy_status open_backtest(figure_maker *maker, backtest *b, size_t *quantity,
                                mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    mcy_arena *arena = maker->pack->arena;
    mcy_quarter from;
    const char *name;
    if (spec->data_count < 3 || spec->data_count > 4 ||
        (strcmp(spec->data[2], "revenue") && strcmp(spec->data[2], "margin")))
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'%s' wants FIRM revenue|margin [FROM]", spec->data[0]);
    *quantity = strcmp(spec->data[2], "margin") ? BACKTEST_REVENUE : BACKTEST_MARGIN;
    MCY_TRY(first_target(maker, &from, &name, err));
    pack_maker *pack = maker->pack;
    double start = pack->clock ? pack->clock() : 0.0;
    if (!pack->past_firm || strcmp(pack->past_firm, spec->data[1]) || pack->past_from != from) {
        pack->past_firm = NULL;
        MCY_TRY(backtest_run(arena, pack->home, pack->facts->as_of, spec->data[1], from, NULL,
                             NULL, &pack->past, err));
        pack->past_firm = spec->data[1];
        pack->past_from = from;
    }
    *b = pack->past;
    pack->fit_seconds += pack->clock ? pack->clock() - start : 0.0;
    const char *what = mcy_arena_print(arena, "memcycle backtest --firm %s --from %s --all",
                                       spec->data[1], name);
    return what ? mcy_figure_uses(maker, "command", "backtest", what, err)
                : mcy_fail_memory(err);
}

/* Machine names of the points: the English labels. */
static mcy_status set_labels(figure_maker *maker, const mcy_bilingual *labels, mcy_error *err)
{
    size_t n = maker->chart->points;
    const char **keys = MCY_TAKE(maker->pack->arena, const char *, n);
    if (!keys)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < n; i++)
        keys[i] = labels[i].en;
    maker->chart->labels = labels;
    maker->chart->keys = keys;
    return MCY_OK;
}

/* The facts of the outcomes enter the source line. */
static mcy_status uses_outcomes(figure_maker *maker, const char *id, const backtest *b,
                                size_t quantity, mcy_error *err)
{
    const char *metric = quantity == BACKTEST_MARGIN ? "gross_margin" : "revenue";
    int bases = quantity == BACKTEST_MARGIN ? MCY_BASIS_NON_GAAP : MCY_BASIS_GAAP;
    for (size_t i = 0; i < b->n; i++) {
        mcy_fact_query query = {.company = maker->spec->data[1],
                                .product = "total",
                                .metric = metric,
                                .bases = bases,
                                .target = &b->quarter[i].target};
        const mcy_fact *fact = mcy_facts_winner(maker->pack->facts, &query);
        size_t last = maker->chart->points - 1; /* of a histogram: all in its last bin */
        if (fact)
            MCY_TRY(mcy_figure_uses_fact(maker, id, i < last ? i : last, fact, err));
    }
    return MCY_OK;
}

/* Series with their arrays; the first has an interval where intervals is set. */
static mcy_status lay_out(figure_maker *maker, size_t points, size_t count, bool intervals,
                          mcy_chart_series **series, mcy_error *err)
{
    mcy_arena *arena = maker->pack->arena;
    mcy_chart_series *made = MCY_TAKE(arena, mcy_chart_series, count);
    if (!made)
        return mcy_fail_memory(err);
    maker->chart->points = maker->chart->estimate_from = points;
    maker->chart->series = made;
    maker->chart->series_count = count;
    for (size_t s = 0; s < count; s++)
        MCY_TRY(mcy_figure_arrays(maker, &made[s], intervals && s == 0, err));
    *series = made;
    return MCY_OK;
}

static mcy_status name_quarters(figure_maker *maker, const backtest *b, mcy_error *err)
{
    mcy_bilingual *labels = MCY_TAKE(maker->pack->arena, mcy_bilingual, b->n);
    const char **keys = MCY_TAKE(maker->pack->arena, const char *, b->n);
    if (!labels || !keys)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < b->n; i++)
        MCY_TRY(
            mcy_figure_point_names(maker, &b->quarter[i].target, &labels[i], &keys[i], err));
    maker->chart->labels = labels;
    maker->chart->keys = keys;
    return MCY_OK;
}

/* Name and look of a series; its id is backtest.FIRM.QUANTITY.WHAT. */
static mcy_status dress(figure_maker *maker, mcy_chart_series *series, const char *what,
                        mcy_bilingual name, const char *colour, mcy_mark mark, mcy_error *err)
{
    const char *const *data = maker->spec->data;
    series->id =
        mcy_arena_print(maker->pack->arena, "backtest.%s.%s.%s", data[1], data[2], what);
    series->name = name;
    series->colour = colour;
    series->mark = mark;
    return series->id ? MCY_OK : mcy_fail_memory(err);
}

/* backtest-fan FIRM revenue|margin [FROM]: what came against the interval forecast a quarter before. */
mcy_status figure_backtest_fan(figure_maker *maker, mcy_error *err)
{
    backtest b;
    size_t q;
    mcy_chart_series *series;
    MCY_TRY(open_backtest(maker, &b, &q, err));
    MCY_TRY(lay_out(maker, b.n, 2, true, &series, err));
    MCY_TRY(name_quarters(maker, &b, err));
    MCY_TRY(dress(maker, &series[0], "forecast",
                  (mcy_bilingual){"上季预测，10–90 分位", "Forecast, 10th–90th percentile"},
                  "guidance", MCY_MARK_POINT, err));
    MCY_TRY(dress(maker, &series[1], "actual", (mcy_bilingual){"实际", "Outcome"},
                  maker->spec->data[1], MCY_MARK_LINE, err));
    for (size_t i = 0; i < b.n; i++) {
        const backtest_score *s = &b.quarter[i].score[BACKTEST_MODEL][q];
        bool money = q == BACKTEST_REVENUE;
        mcy_values_of(&series[0])[i] = money ? exp(s->q50) / 1000.0 : 100.0 * s->q50;
        mcy_low_of(&series[0])[i] = money ? exp(s->q10) / 1000.0 : 100.0 * s->q10;
        mcy_high_of(&series[0])[i] = money ? exp(s->q90) / 1000.0 : 100.0 * s->q90;
        mcy_flags_of(&series[0])[i] = MCY_POINT_ESTIMATE;
        mcy_values_of(&series[1])[i] =
            money ? exp(b.quarter[i].actual[q]) / 1000.0 : 100.0 * b.quarter[i].actual[q];
    }
    return uses_outcomes(maker, series[1].id, &b, q, err);
}

/* backtest-pit FIRM revenue|margin [FROM]: where outcomes fell in the forecast distributions. */
mcy_status figure_backtest_pit(figure_maker *maker, mcy_error *err)
{
    static const mcy_bilingual bins[PIT_BINS] = {{"0–20%", "0–20%"},
                                                 {"20–40%", "20–40%"},
                                                 {"40–60%", "40–60%"},
                                                 {"60–80%", "60–80%"},
                                                 {"80–100%", "80–100%"}};
    backtest b;
    size_t q;
    mcy_chart_series *series;
    MCY_TRY(open_backtest(maker, &b, &q, err));
    MCY_TRY(lay_out(maker, PIT_BINS, 2, false, &series, err));
    MCY_TRY(dress(maker, &series[0], "count", (mcy_bilingual){"季度数", "quarters"},
                  maker->spec->data[1], MCY_MARK_BAR, err));
    MCY_TRY(dress(maker, &series[1], "even",
                  (mcy_bilingual){"若分布准确", "if the forecasts were calibrated"}, "guidance",
                  MCY_MARK_LINE, err));
    for (size_t i = 0; i < PIT_BINS; i++) {
        mcy_values_of(&series[0])[i] = 0.0;
        mcy_values_of(&series[1])[i] = (double)b.n / PIT_BINS;
    }
    for (size_t i = 0; i < b.n; i++) {
        size_t bin = (size_t)(b.quarter[i].score[BACKTEST_MODEL][q].pit * PIT_BINS);
        mcy_values_of(&series[0])[bin < PIT_BINS ? bin : PIT_BINS - 1] += 1.0;
    }
    MCY_TRY(set_labels(maker, bins, err));
    return uses_outcomes(maker, series[0].id, &b, q, err);
}

/* backtest-skill FIRM revenue|margin [FROM]: CRPS of the model and of guidance, quarter by quarter. */
mcy_status figure_backtest_skill(figure_maker *maker, mcy_error *err)
{
    backtest b;
    size_t q;
    mcy_chart_series *series;
    MCY_TRY(open_backtest(maker, &b, &q, err));
    MCY_TRY(lay_out(maker, b.n, 2, false, &series, err));
    MCY_TRY(name_quarters(maker, &b, err));
    MCY_TRY(dress(maker, &series[0], "model", (mcy_bilingual){"模型", "model"},
                  maker->spec->data[1], MCY_MARK_BAR, err));
    MCY_TRY(dress(maker, &series[1], "guidance",
                  (mcy_bilingual){"指引及其历史误差", "guidance with its historical error"},
                  "guidance", MCY_MARK_BAR, err));
    for (size_t i = 0; i < b.n; i++) {
        mcy_values_of(&series[0])[i] = 100.0 * b.quarter[i].score[BACKTEST_MODEL][q].crps;
        mcy_values_of(&series[1])[i] = 100.0 * b.quarter[i].score[BACKTEST_GUIDANCE][q].crps;
        mcy_flags_of(&series[0])[i] = mcy_flags_of(&series[1])[i] = MCY_POINT_INFERRED;
    }
    return uses_outcomes(maker, series[0].id, &b, q, err);
}
