/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Series of a pack from published facts: levels, growth, guidance, words against revenue. */
#include <stdio.h>
#include <string.h>

#include "figure_make.h"
#include "mcy/statement.h"

/* Company, product, metric and, where it is given, basis from words. */
static mcy_status read_query(const figure_maker *maker, const mcy_series_spec *spec,
                             size_t first, mcy_fact_query *query, mcy_error *err)
{
    if (spec->data_count < first + 3 || spec->data_count > first + 4)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'%s' wants COMPANY PRODUCT METRIC [BASIS]", spec->data[0]);
    *query = (mcy_fact_query){.company = spec->data[first],
                              .product = spec->data[first + 1],
                              .metric = spec->data[first + 2]};
    if (spec->data_count > first + 3) {
        query->bases = mcy_basis_of_name(spec->data[first + 3]);
        if (!query->bases)
            return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT, "no basis '%s'",
                                     spec->data[first + 3]);
    } else if (mcy_metric_needs_basis(query->metric)) {
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "the basis is part of '%s': add gaap, non_gaap or ifrs",
                                 query->metric);
    }
    const char *names[] = {query->company, query->product, query->metric};
    for (size_t i = 0; i < 3; i++)
        if (!mcy_facts_name(maker->pack->facts, names[i]))
            return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                     "the facts know no '%s'", names[i]);
    return MCY_OK;
}

static const mcy_fact *fact_at(const figure_maker *maker, mcy_fact_query query,
                               const mcy_period *period)
{
    query.target = period;
    return mcy_facts_winner(maker->pack->facts, &query);
}

/* fact COMPANY PRODUCT METRIC [BASIS]: the winning row of each period, with its range where
 * words were printed. */
mcy_status figure_fact(figure_maker *maker, const mcy_series_spec *spec,
                       mcy_chart_series *series, mcy_error *err)
{
    mcy_fact_query query;
    MCY_TRY(read_query(maker, spec, 1, &query, err));
    MCY_TRY(mcy_figure_arrays(maker, series, true, err));
    bool ranges = false;
    for (size_t i = 0; i < maker->chart->points; i++) {
        const mcy_fact *fact = fact_at(maker, query, &maker->periods[i]);
        if (!fact || mcy_is_missing(mcy_fact_middle(fact)))
            continue;
        mcy_values_of(series)[i] = mcy_fact_middle(fact);
        if (mcy_is_missing(fact->value)) {
            mcy_range range = mcy_fact_range(fact);
            ranges = true;
            mcy_low_of(series)[i] = range.low;
            mcy_high_of(series)[i] = range.high;
        }
        if (fact->basis & (MCY_BASIS_ESTIMATE | MCY_BASIS_GUIDANCE))
            mcy_flags_of(series)[i] = MCY_POINT_ESTIMATE;
        MCY_TRY(mcy_figure_uses_fact(maker, series->id, i, fact, err));
    }
    if (!ranges)
        series->low = series->high = NULL;
    return MCY_OK;
}

/* growth qoq|yoy COMPANY PRODUCT METRIC [BASIS]: percent between winning rows of one basis. */
mcy_status figure_growth(figure_maker *maker, const mcy_series_spec *spec,
                         mcy_chart_series *series, mcy_error *err)
{
    mcy_fact_query query;
    bool year = spec->data_count > 1 && !strcmp(spec->data[1], "yoy");
    if (!year && (spec->data_count < 2 || strcmp(spec->data[1], "qoq")))
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'growth' wants qoq or yoy first");
    MCY_TRY(read_query(maker, spec, 2, &query, err));
    MCY_TRY(mcy_figure_arrays(maker, series, false, err));
    for (size_t i = 0; i < maker->chart->points; i++) {
        const mcy_fact *now = fact_at(maker, query, &maker->periods[i]);
        mcy_period before_period = year ? mcy_period_year_before(&maker->periods[i])
                                        : mcy_period_shift(&maker->periods[i], -1);
        const mcy_fact *before = now ? fact_at(maker, query, &before_period) : NULL;
        if (!before || now->basis != before->basis || strcmp(now->unit, before->unit))
            continue;
        double from = mcy_fact_middle(before);
        if (!(from > 0))
            continue;
        mcy_values_of(series)[i] = 100.0 * (mcy_fact_middle(now) / from - 1.0);
        MCY_TRY(mcy_figure_uses_fact(maker, series->id, i, now, err));
        MCY_TRY(mcy_figure_uses_fact(maker, series->id, i, before, err));
    }
    return MCY_OK;
}

/* ratio COMPANY PRODUCT METRIC METRIC [BASIS]: percent of one winning row in another, both of one
 * basis and unit. */
mcy_status figure_ratio(figure_maker *maker, const mcy_series_spec *spec,
                        mcy_chart_series *series, mcy_error *err)
{
    mcy_fact_query part, whole;
    mcy_series_spec words = *spec;
    const char *data[5];
    if (spec->data_count < 5 || spec->data_count > 6)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'ratio' wants COMPANY PRODUCT METRIC METRIC [BASIS]");
    words.data = data;
    words.data_count = spec->data_count - 1;
    for (size_t i = 0, k = 0; i < spec->data_count; i++)
        if (i != 4)
            data[k++] = spec->data[i];
    MCY_TRY(read_query(maker, &words, 1, &part, err));
    data[3] = spec->data[4];
    MCY_TRY(read_query(maker, &words, 1, &whole, err));
    MCY_TRY(mcy_figure_arrays(maker, series, false, err));
    for (size_t i = 0; i < maker->chart->points; i++) {
        const mcy_fact *over = fact_at(maker, part, &maker->periods[i]);
        const mcy_fact *under = fact_at(maker, whole, &maker->periods[i]);
        if (!over || !under || over->basis != under->basis || strcmp(over->unit, under->unit) ||
            !(mcy_fact_middle(under) > 0))
            continue;
        mcy_values_of(series)[i] = 100 * mcy_fact_middle(over) / mcy_fact_middle(under);
        MCY_TRY(mcy_figure_uses_fact(maker, series->id, i, over, err));
        MCY_TRY(mcy_figure_uses_fact(maker, series->id, i, under, err));
    }
    return MCY_OK;
}

/* guidance COMPANY METRIC: what was guided for each period, with its range. */
mcy_status figure_guidance(figure_maker *maker, const mcy_series_spec *spec,
                           mcy_chart_series *series, mcy_error *err)
{
    if (spec->data_count != 3)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'guidance' wants COMPANY METRIC");
    char metric[64];
    snprintf(metric, sizeof metric, "guidance_%s", spec->data[2]);
    mcy_fact_query query = {.company = spec->data[1],
                            .product = "total",
                            .metric = metric,
                            .bases = MCY_BASIS_GUIDANCE};
    if (!mcy_facts_name(maker->pack->facts, metric))
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT, "the facts know no '%s'",
                                 metric);
    MCY_TRY(mcy_figure_arrays(maker, series, true, err));
    for (size_t i = 0; i < maker->chart->points; i++) {
        const mcy_fact *fact = fact_at(maker, query, &maker->periods[i]);
        if (!fact || mcy_is_missing(mcy_fact_middle(fact)))
            continue;
        bool printed = !mcy_is_missing(fact->low) && !mcy_is_missing(fact->high);
        mcy_values_of(series)[i] = mcy_fact_middle(fact);
        mcy_low_of(series)[i] = printed ? fact->low : mcy_fact_middle(fact);
        mcy_high_of(series)[i] = printed ? fact->high : mcy_fact_middle(fact);
        MCY_TRY(mcy_figure_uses_fact(maker, series->id, i, fact, err));
    }
    return MCY_OK;
}

static mcy_range frac_of(const mcy_fact *fact)
{
    return mcy_range_scale(mcy_fact_range(fact), 0.01);
}

/* One row of words against revenue; false where a statement is not there. */
static bool statement_row(const figure_maker *maker, const char *firm, const char *product,
                          const mcy_period *period, const mcy_fact *rows[3],
                          mcy_statement_verdict *verdict)
{
    static const char *const metrics[] = {"revenue_qoq", "bit_qoq", "asp_qoq"};
    for (size_t k = 0; k < 3; k++) {
        mcy_fact_query query = {
            .company = firm, .product = product, .metric = metrics[k], .target = period};
        rows[k] = mcy_facts_winner(maker->pack->facts, &query);
        if (!rows[k] || mcy_range_is_missing(mcy_fact_range(rows[k])) ||
            !mcy_range_is_closed(mcy_fact_range(rows[k])))
            return false;
    }
    return mcy_statement_check(frac_of(rows[0]), frac_of(rows[1]), frac_of(rows[2]), verdict,
                               NULL) == MCY_OK;
}

/* What statements are laid out in: two series and a text a row. */
typedef struct statement_rows {
    mcy_bilingual *labels, *texts;
    const char **keys;
    mcy_chart_series *series;
    size_t count;
} statement_rows;

static mcy_status statement_arrays(figure_maker *maker, size_t most, statement_rows *rows,
                                   mcy_error *err)
{
    mcy_arena *arena = maker->pack->arena;
    mcy_chart *chart = maker->chart;
    *rows = (statement_rows){.labels = MCY_TAKE(arena, mcy_bilingual, most),
                             .texts = MCY_TAKE(arena, mcy_bilingual, most),
                             .keys = MCY_TAKE(arena, const char *, most),
                             .series = MCY_TAKE(arena, mcy_chart_series, 2)};
    if (!rows->labels || !rows->texts || !rows->keys || !rows->series)
        return mcy_fail_memory(err);
    chart->points = most;
    chart->labels = rows->labels;
    chart->keys = rows->keys;
    chart->series = rows->series;
    chart->series_count = 2;
    rows->series[0] =
        (mcy_chart_series){.id = "statements.words",
                           .colour = "guidance",
                           .name = {"文字允许的收入增速", "Growth the words allow"}};
    rows->series[1] =
        (mcy_chart_series){.id = "statements.revenue",
                           .colour = maker->spec->data[1],
                           .name = {"公布的收入增速", "Revenue growth as published"},
                           .texts = rows->texts};
    for (size_t s = 0; s < 2; s++)
        MCY_TRY(mcy_figure_arrays(maker, &rows->series[s], true, err));
    return MCY_OK;
}

static mcy_status statement_point(figure_maker *maker, statement_rows *rows,
                                  const mcy_period *period, const mcy_fact *const facts[3],
                                  const mcy_statement_verdict *verdict, mcy_error *err)
{
    mcy_arena *arena = maker->pack->arena;
    size_t n = rows->count++;
    char key[32];
    mcy_period_format(period, key);
    rows->keys[n] = mcy_arena_copy(arena, key, strlen(key));
    rows->labels[n] = (mcy_bilingual){rows->keys[n], rows->keys[n]};
    rows->texts[n] = (mcy_bilingual){"", ""};
    const mcy_range shown[2] = {mcy_range_scale(verdict->words_frac, 100),
                                mcy_fact_range(facts[0])};
    for (size_t s = 0; s < 2; s++) {
        mcy_values_of(&rows->series[s])[n] = mcy_range_middle(shown[s]);
        mcy_low_of(&rows->series[s])[n] = shown[s].low;
        mcy_high_of(&rows->series[s])[n] = shown[s].high;
        mcy_flags_of(&rows->series[s])[n] = s ? 0 : MCY_POINT_INFERRED;
    }
    if (verdict->contradicted) {
        double points = fabs(verdict->distance_points);
        rows->texts[n].zh = mcy_arena_print(arena, "不相容，差 %.1f 个百分点", points);
        rows->texts[n].en = mcy_arena_print(arena, "cannot fit: %.1f points apart", points);
    }
    if (!rows->keys[n] || !rows->texts[n].zh || !rows->texts[n].en)
        return mcy_fail_memory(err);
    for (size_t k = 0; k < 3; k++)
        MCY_TRY(mcy_figure_uses_fact(maker, rows->series[k == 0].id, n, facts[k], err));
    return MCY_OK;
}

/* statements FIRM PRODUCT COUNT: the last quarters, growth the words allow beside growth of
 * revenue; the distance in points where they cannot both be true. */
mcy_status figure_statements(figure_maker *maker, mcy_error *err)
{
    enum { MOST = 40 };
    const mcy_figure_spec *spec = maker->spec;
    double wanted = 0;
    if (spec->data_count != 4)
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "'statements' wants FIRM PRODUCT COUNT");
    MCY_TRY(mcy_number_parse(spec->data[3], strlen(spec->data[3]), &wanted, err));
    const mcy_period *last = mcy_facts_last_quarter(maker->pack->facts, spec->data[1]);
    if (!last || !(wanted >= 1 && wanted <= MOST))
        return mcy_figure_refuse(maker, spec->line, err, MCY_E_INPUT,
                                 "no quarters of '%s', or not 1..%d of them", spec->data[1],
                                 MOST);
    statement_rows rows;
    size_t most = (size_t)wanted;
    MCY_TRY(statement_arrays(maker, most, &rows, err));
    for (mcy_period p = *last; rows.count < most && p.year > 2013;
         p = mcy_period_shift(&p, -1)) {
        const mcy_fact *facts[3];
        mcy_statement_verdict verdict;
        if (statement_row(maker, spec->data[1], spec->data[2], &p, facts, &verdict))
            MCY_TRY(statement_point(maker, &rows, &p, facts, &verdict, err));
    }
    maker->chart->points = maker->chart->estimate_from = rows.count;
    return MCY_OK;
}
