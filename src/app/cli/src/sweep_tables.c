/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of sweeps as tables: quantiles, events, tornado, data table, failures. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/number.h"
#include "sweep_results.h"

double mcy_sweep_scale(const char *unit)
{
    return strcmp(unit, "frac") == 0 ? 100.0 : 1.0;
}

const char *mcy_sweep_unit(const char *unit)
{
    return strcmp(unit, "frac") == 0 ? "%" : strcmp(unit, "1") == 0 ? "" : unit;
}

/* Four significant digits or so, whatever the size of the numbers of a column. */
static mcy_display shown_like(double size)
{
    size = fabs(size);
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return (mcy_display){.decimals = decimals};
}

static void number(mcy_table *t, double value, double size)
{
    mcy_display display = shown_like(size);
    mcy_table_shown(t, value, &display, NULL);
}

static const double shares[] = {0.05, 0.25, 0.5, 0.75, 0.95};
enum { SHARES = sizeof shares / sizeof *shares };

static bool drawn(const mcy_sweep_results *r)
{
    mcy_method method = r->head.stamp.method;
    return method == MCY_METHOD_RANDOM || method == MCY_METHOD_LHS ||
           method == MCY_METHOD_SOBOL || method == MCY_METHOD_GIVEN;
}

static void summary_row(const mcy_sweep_results *r, size_t output, mcy_table *t, double scale)
{
    mcy_described d = mcy_summary_describe(r->summary, r->total, output);
    double error = 0, most = 0;
    mcy_table_number(t, (double)d.missing, NULL);
    number(t, d.mean * scale, d.mean * scale);
    number(t, MCY_MISSING, 0);
    number(t, MCY_MISSING, 0);
    number(t, d.sd * scale, d.mean * scale);
    number(t, d.least * scale, d.mean * scale);
    for (int i = 0; i < SHARES; i++) {
        double q = mcy_summary_quantile(r->summary, r->total, output, shares[i], &error);
        most = error > most ? error : most;
        number(t, q * scale, d.mean * scale);
    }
    number(t, d.most * scale, d.mean * scale);
    number(t, most * scale, most * scale);
}

static void sample_row(const mcy_sweep_results *r, size_t output, mcy_table *t, double scale,
                       double *work)
{
    const mcy_sample *s = r->sample;
    const double *y = s->values[output];
    double mean, low, high, q[SHARES];
    mcy_described d = mcy_describe(s->runs, y);
    mcy_mean_interval(&s->stamp, s->first, s->runs, y, 0.95, &mean, &low, &high);
    mcy_quantiles(s->runs, y, work, SHARES, shares, q);
    double size = d.mean * scale;
    mcy_table_number(t, (double)d.missing, NULL);
    number(t, d.mean * scale, size);
    number(t, low * scale, size);
    number(t, high * scale, size);
    number(t, d.sd * scale, size);
    number(t, d.least * scale, size);
    for (int i = 0; i < SHARES; i++)
        number(t, q[i] * scale, size);
    number(t, d.most * scale, size);
    number(t, 0, 0);
}

mcy_table *mcy_sweep_table_outputs(const mcy_sweep_results *r)
{
    static const mcy_table_column columns[] = {
        {"output", {"输出", "output"}, true, {0}},
        {"unit", {"单位", "unit"}, true, {0}},
        {"missing", {"缺失", "missing"}, false, {0}},
        {"mean", {"均值", "mean"}, false, {0}},
        {"mean_low", {"均值下限", "from"}, false, {0}},
        {"mean_high", {"均值上限", "to"}, false, {0}},
        {"sd", {"标准差", "sd"}, false, {0}},
        {"least", {"最小", "least"}, false, {0}},
        {"p05", {"5%", "5 %"}, false, {0}},
        {"p25", {"25%", "25 %"}, false, {0}},
        {"p50", {"中位", "median"}, false, {0}},
        {"p75", {"75%", "75 %"}, false, {0}},
        {"p95", {"95%", "95 %"}, false, {0}},
        {"most", {"最大", "most"}, false, {0}},
        {"quantile_error", {"分位误差", "quantile ±"}, false, {0}}};
    if (!drawn(r))
        return NULL;
    mcy_table *t = mcy_table_create(r->arena, "outputs",
                                    (mcy_bilingual){"输出分布", "Distribution of the outputs"},
                                    columns, sizeof columns / sizeof *columns);
    double *work = r->sample ? MCY_TAKE(r->arena, double, r->sample->runs) : NULL;
    if (!t || (r->sample && !work))
        return NULL;
    for (size_t i = 0; i < r->head.output_count; i++) {
        double scale = mcy_sweep_scale(r->head.outputs[i].unit);
        mcy_table_row(t, false);
        mcy_table_text(t, r->head.outputs[i].name);
        mcy_table_text(t, mcy_sweep_unit(r->head.outputs[i].unit));
        if (r->summary)
            summary_row(r, i, t, scale);
        else
            sample_row(r, i, t, scale, work);
    }
    mcy_table_note(
        t,
        (mcy_bilingual){
            "均值区间为 95%；缺失（失败或该运行无此值）不计入",
            "from..to: 95 % interval of the mean; missing: runs that failed or have no such value"});
    return t;
}

mcy_table *mcy_sweep_table_events(const mcy_sweep_results *r)
{
    static const mcy_table_column columns[] = {
        {"event", {"事件", "event"}, true, {0}},
        {"probability_pct", {"概率 %", "probability %"}, false, {.decimals = 2}},
        {"low_pct", {"下限", "from"}, false, {.decimals = 2}},
        {"high_pct", {"上限", "to"}, false, {.decimals = 2}},
        {"runs", {"次数", "runs"}, false, {0}},
        {"of", {"共", "of"}, false, {0}},
        {"mean_given", {"条件均值", "mean given it"}, false, {0}}};
    if (!drawn(r) || !r->sample || r->event_count == 0)
        return NULL;
    mcy_table *t = mcy_table_create(r->arena, "events",
                                    (mcy_bilingual){"事件概率", "Probability of the events"},
                                    columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; t && i < r->event_count; i++) {
        const mcy_sweep_event *e = &r->events[i];
        const double *y = r->sample->values[e->output];
        uint64_t hits = 0, all = 0;
        double sum = 0, low, high;
        for (size_t p = 0; p < r->sample->runs; p++) {
            if (mcy_is_missing(y[p]) || r->sample->faults[p].kind)
                continue;
            all++;
            if (mcy_relation_holds(e->relation, y[p], e->limit))
                hits++, sum += y[p];
        }
        double scale = mcy_sweep_scale(r->head.outputs[e->output].unit);
        mcy_table_row(t, false);
        mcy_table_text(t, e->text);
        if (all)
            mcy_probability_interval(hits, all, 0.95, &low, &high);
        mcy_table_number(t, all ? 100 * (double)hits / (double)all : MCY_MISSING, NULL);
        mcy_table_number(t, all ? 100 * low : MCY_MISSING, NULL);
        mcy_table_number(t, all ? 100 * high : MCY_MISSING, NULL);
        mcy_table_number(t, (double)hits, NULL);
        mcy_table_number(t, (double)all, NULL);
        double mean = hits ? sum / (double)hits * scale : MCY_MISSING;
        number(t, mean, mean);
    }
    if (t)
        mcy_table_note(
            t, (mcy_bilingual){"区间按独立抽样计算（Clopper-Pearson），对低差异序列偏宽",
                               "intervals as if runs were independent (Clopper-Pearson): "
                               "too wide for Sobol' points"});
    return t;
}

typedef struct tornado_bar {
    size_t axis;
    double width;
} tornado_bar;

static int by_width(const void *a, const void *b)
{
    const tornado_bar *x = a, *y = b;
    if (x->width != y->width)
        return x->width < y->width ? 1 : -1;
    return (x->axis > y->axis) - (x->axis < y->axis);
}

mcy_table *mcy_sweep_table_tornado(const mcy_sweep_results *r, size_t output)
{
    static const mcy_table_column columns[] = {
        {"axis", {"假设", "assumption"}, true, {0}},
        {"unit", {"单位", "unit"}, true, {0}},
        {"low", {"低值", "low"}, false, {0}},
        {"high", {"高值", "high"}, false, {0}},
        {"output_low", {"低值结果", "at low"}, false, {0}},
        {"output_high", {"高值结果", "at high"}, false, {0}},
        {"change_low", {"变动", "change"}, false, {0}},
        {"change_high", {"变动", "change"}, false, {0}}};
    const mcy_sample *s = r->sample;
    size_t k = r->head.axis_count;
    if (r->head.stamp.method != MCY_METHOD_TORNADO || !s || s->runs != 1 + 2 * k)
        return NULL;
    const mcy_store_column *out = &r->head.outputs[output];
    const double *y = s->values[output];
    double scale = mcy_sweep_scale(out->unit), base = y[0] * scale;
    char title[256], id[32];
    snprintf(title, sizeof title, "%s: base %.6g%s", out->name, base,
             mcy_sweep_unit(out->unit));
    snprintf(id, sizeof id, "tornado-%zu", output + 1);
    mcy_table *t = mcy_table_create(
        r->arena, id, (mcy_bilingual){NULL, mcy_arena_print(r->arena, "%s", title)}, columns,
        sizeof columns / sizeof *columns);
    tornado_bar *bars = MCY_TAKE(r->arena, tornado_bar, k);
    if (!t || !bars)
        return NULL;
    for (size_t i = 0; i < k; i++) {
        double low = y[1 + 2 * i] - y[0], high = y[2 + 2 * i] - y[0];
        bars[i] = (tornado_bar){i, fmax(fabs(low), fabs(high))};
    }
    qsort(bars, k, sizeof *bars, by_width);
    for (size_t b = 0; b < k; b++) {
        size_t i = bars[b].axis;
        double in = mcy_sweep_scale(r->head.axes[i].unit), low = y[1 + 2 * i] * scale;
        double high = y[2 + 2 * i] * scale, size = s->points[i][2 + 2 * i] * in;
        mcy_table_row(t, false);
        mcy_table_text(t, r->head.axes[i].name);
        mcy_table_text(t, mcy_sweep_unit(r->head.axes[i].unit));
        number(t, s->points[i][1 + 2 * i] * in, size);
        number(t, s->points[i][2 + 2 * i] * in, size);
        number(t, low, base);
        number(t, high, base);
        number(t, low - base, base);
        number(t, high - base, base);
    }
    return t;
}

/* One axis: its values down the side. Two: the first down, the second across. More: a line each. */
mcy_table *mcy_sweep_table_grid(const mcy_sweep_results *r, size_t output)
{
    const mcy_sample *s = r->sample;
    size_t k = r->head.axis_count;
    if (r->head.stamp.method != MCY_METHOD_TABLE || !s || s->runs == 0)
        return NULL;
    const mcy_store_column *out = &r->head.outputs[output];
    double scale = mcy_sweep_scale(out->unit);
    size_t across = 1; /* runs before the second axis begins again */
    if (k == 2)
        while (across < s->runs && s->points[0][across] == s->points[0][0])
            across++;
    size_t sides = k == 2 ? 1 : k;
    mcy_table_column *columns = MCY_TAKE(r->arena, mcy_table_column, sides + across);
    if (!columns)
        return NULL;
    for (size_t i = 0; i < sides; i++)
        columns[i].key = r->head.axes[i].name;
    for (size_t j = 0; j < across; j++)
        columns[sides + j].key =
            k == 2 ? mcy_arena_print(r->arena, "%.10g",
                                     s->points[1][j] * mcy_sweep_scale(r->head.axes[1].unit))
                   : out->name;
    for (size_t i = 0; i < sides + across; i++)
        columns[i].name = (mcy_bilingual){columns[i].key, columns[i].key};
    const char *title =
        k == 2 ? mcy_arena_print(r->arena, "%s (%s) by %s (down) and %s (across)", out->name,
                                 mcy_sweep_unit(out->unit), r->head.axes[0].name,
                                 r->head.axes[1].name)
               : mcy_arena_print(r->arena, "%s (%s)", out->name, mcy_sweep_unit(out->unit));
    mcy_table *t =
        mcy_table_create(r->arena, mcy_arena_print(r->arena, "table-%zu", output + 1),
                         (mcy_bilingual){NULL, title}, columns, sides + across);
    double size = s->values[output][0] * scale;
    for (size_t run = 0; t && run + across <= s->runs; run += across) {
        mcy_table_row(t, false);
        for (size_t i = 0; i < sides; i++) {
            double x = s->points[i][run] * mcy_sweep_scale(r->head.axes[i].unit);
            number(t, x, x);
        }
        for (size_t j = 0; j < across; j++)
            number(t, s->values[output][run + j] * scale, size);
    }
    return t;
}

mcy_table *mcy_sweep_table_failures(const mcy_sweep_results *r)
{
    static const mcy_table_column columns[] = {{"reason", {"原因", "reason"}, true, {0}},
                                               {"runs", {"次数", "runs"}, false, {0}},
                                               {"first", {"首个", "first run"}, false, {0}}};
    if (r->failed == 0)
        return NULL;
    mcy_table *t = mcy_table_create(
        r->arena, "failures", (mcy_bilingual){"失败的运行", "Runs that failed"}, columns, 3);
    for (size_t i = 0; t && i < r->reason_count && i < 20; i++) {
        mcy_table_row(t, false);
        mcy_table_text(t, r->reasons[i].reason);
        mcy_table_number(t, (double)r->reasons[i].count, NULL);
        mcy_table_number(t, (double)r->reasons[i].first, NULL);
    }
    return t;
}
