/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One chart of every kind with made-up numbers, for tests and benches of drawing: none of it is
 * a fact about anything. */
#ifndef MCY_TESTS_GALLERY_H
#define MCY_TESTS_GALLERY_H

#include <stdio.h>
#include <string.h>

#include "mcy/chart.h"

enum { GALLERY = 10, GALLERY_POINTS = 17 };

/* The storage of one chart; chart points into it. */
typedef struct gallery_chart {
    mcy_chart chart;
    mcy_chart_series series[8];
    mcy_bilingual labels[GALLERY_POINTS], texts[GALLERY_POINTS], notes[2];
    char words[GALLERY_POINTS][32];
    double values[8][GALLERY_POINTS], low[8][GALLERY_POINTS], high[8][GALLERY_POINTS];
    unsigned char flags[8][GALLERY_POINTS];
} gallery_chart;

/* A number in 0..1 that looks drawn, always the same. */
static inline double gallery_number(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (double)(*state >> 8) / 16777216.0;
}

static inline void gallery_quarters(gallery_chart *g, size_t n)
{
    g->chart.points = n;
    for (size_t i = 0; i < n; i++) {
        snprintf(g->words[i], sizeof g->words[i], "FQ%zu-%zu", i % 4 + 1, 22 + i / 4);
        g->labels[i] = (mcy_bilingual){g->words[i], g->words[i]};
    }
}

static inline void gallery_time(gallery_chart *g, mcy_chart_kind kind, unsigned *state)
{
    mcy_chart *c = &g->chart;
    gallery_quarters(g, GALLERY_POINTS);
    double level = 7.31;
    for (size_t i = 0; i < c->points; i++) {
        double wave = 0.31 * (gallery_number(state) - 0.42);
        level *= 1 + wave;
        g->values[0][i] = level;
        g->values[1][i] = kind == MCY_CHART_COLUMNS ? 100 * wave : level * 0.71 + 0.4;
        g->values[2][i] = level * 0.43 + gallery_number(state);
        for (size_t s = 0; s < 3; s++) {
            g->low[s][i] = g->values[s][i] * (0.93 - 0.004 * (double)i * (double)(s + 1));
            g->high[s][i] = g->values[s][i] * (1.07 + 0.004 * (double)i * (double)(s + 1));
            g->flags[s][i] = i % 5 == 3 ? MCY_POINT_INFERRED : 0;
        }
    }
    c->estimate_from = c->points - 4;
    static const mcy_bilingual names[] = {
        {"美光 DRAM", "Micron DRAM"}, {"三星 DRAM", "Samsung DRAM"}, {"海力士", "SK hynix"}};
    static const char *const colours[] = {"micron", "samsung", "skhynix"};
    c->series_count = 3;
    for (size_t s = 0; s < 3; s++)
        g->series[s] = (mcy_chart_series){
            .id = colours[s], .name = names[s], .colour = colours[s], .values = g->values[s]};
    switch (kind) {
    case MCY_CHART_COLUMNS:
        c->series_count = 2;
        c->number_row = true;
        g->series[0].name = (mcy_bilingual){"收入", "Revenue"};
        g->series[1] = (mcy_chart_series){.id = "growth",
                                          .name = {"环比增速", "QoQ growth"},
                                          .colour = "skhynix",
                                          .right = true,
                                          .values = g->values[1]};
        c->right = (mcy_chart_axis){.unit = "%"};
        break;
    case MCY_CHART_FAN:
        c->series_count = 3;
        for (size_t i = 0; i < c->points; i++) {
            double out = i < c->estimate_from ? 0.0 : 0.06 * (double)(i - c->estimate_from + 1);
            for (size_t s = 0; s < 2; s++) {
                double width = out * (s ? 0.5 : 1.2);
                bool there = i + 1 >= c->estimate_from;
                g->low[s][i] = there ? g->values[0][i] * (1 - width) : MCY_MISSING;
                g->high[s][i] = there ? g->values[0][i] * (1 + width) : MCY_MISSING;
            }
        }
        g->series[2] = g->series[0];
        g->series[2].name = (mcy_bilingual){"中位数", "Median"};
        for (size_t s = 0; s < 2; s++)
            g->series[s] = (mcy_chart_series){
                .id = s ? "p25-75" : "p5-95",
                .low = g->low[s],
                .high = g->high[s],
                .gaps = true,
                .name = s ? (mcy_bilingual){"25–75 分位", "25th–75th percentile"}
                          : (mcy_bilingual){"5–95 分位", "5th–95th percentile"}};
        break;
    case MCY_CHART_GAP:
        c->series_count = 3;
        g->series[0].name = (mcy_bilingual){"需求", "Demand"};
        g->series[1].name = (mcy_bilingual){"供给", "Supply"};
        for (size_t i = 0; i < c->points; i++)
            g->values[1][i] = g->values[0][i] * (1 + 0.2 * (gallery_number(state) - 0.6));
        g->series[2] = g->series[1];
        g->series[1] = g->series[0];
        g->series[0] = (mcy_chart_series){
            .id = "gap", .name = {"缺口", "Gap"}, .low = g->values[0], .high = g->values[1]};
        break;
    case MCY_CHART_LINES:
        for (size_t s = 0; s < 3; s++) {
            g->series[s].low = g->low[s];
            g->series[s].high = g->high[s];
            g->series[s].flags = g->flags[s];
        }
        break;
    default:
        break;
    }
}

static inline void gallery_waterfall(gallery_chart *g)
{
    static const mcy_bilingual names[] = {
        {"FQ1-26 收入", "Revenue FQ1-26"}, {"DRAM 价格", "DRAM price"},
        {"DRAM 位元", "DRAM bits"},        {"NAND 价格", "NAND price"},
        {"NAND 位元", "NAND bits"},        {"其他", "Other"},
        {"FQ2-26 收入", "Revenue FQ2-26"}};
    static const double steps[] = {1364.3, 631.7, 85.2, 214.9, -32.6, 9.15, 0};
    double sum = 0;
    g->chart.points = 7;
    for (size_t i = 0; i < 7; i++) {
        g->labels[i] = names[i];
        g->values[0][i] = i < 6 ? steps[i] : sum;
        sum += steps[i];
        g->flags[0][i] = i == 0 || i == 6 ? MCY_POINT_TOTAL : MCY_POINT_INFERRED;
    }
    g->series[0] = (mcy_chart_series){.id = "bridge",
                                      .name = {"收入桥", "Revenue bridge"},
                                      .colour = "micron",
                                      .values = g->values[0],
                                      .flags = g->flags[0]};
    g->chart.series_count = 1;
    g->chart.estimate_from = 7;
}

static inline void gallery_lying(gallery_chart *g, mcy_chart_kind kind, unsigned *state)
{
    static const mcy_bilingual names[] = {{"AI 服务器需求增速", "AI server demand growth"},
                                          {"DRAM 合约价弹性", "Contract price response"},
                                          {"设备交付周期", "Tool lead time"},
                                          {"HBM 晶圆占比", "HBM share of wafers"},
                                          {"汇率", "Exchange rate"},
                                          {"单位成本降幅", "Cost decline"}};
    mcy_chart *c = &g->chart;
    c->points = c->estimate_from = 6;
    c->series_count = 2;
    c->base = 81.3;
    for (size_t i = 0; i < 6; i++) {
        g->labels[i] = names[i];
        double width = 2 + 9 * gallery_number(state);
        for (size_t s = 0; s < 2; s++) {
            g->values[s][i] = c->base + (s ? width : -0.8 * width);
            g->low[s][i] = g->values[s][i] - 1.3;
            g->high[s][i] = g->values[s][i] + 1.9;
        }
        g->texts[i] = (mcy_bilingual){"+10%", "+10%"};
    }
    for (size_t s = 0; s < 2; s++) {
        g->series[s] = (mcy_chart_series){.id = s ? "high" : "low",
                                          .name = s ? (mcy_bilingual){"高端", "high end"}
                                                    : (mcy_bilingual){"低端", "low end"},
                                          .colour = s ? "up" : "down",
                                          .values = g->values[s],
                                          .texts = g->texts};
        if (kind == MCY_CHART_DOTS) {
            g->series[s].low = g->low[s];
            g->series[s].high = g->high[s];
            g->series[s].texts = NULL;
            g->series[s].colour = s ? "micron" : "skhynix";
        }
    }
    c->left.title = (mcy_bilingual){"毛利率（%，non-GAAP）", "Gross margin (%, non-GAAP)"};
}

static inline void gallery_heat(gallery_chart *g)
{
    mcy_chart *c = &g->chart;
    c->points = c->estimate_from = 7;
    c->series_count = 7;
    for (size_t r = 0; r < 7; r++) {
        snprintf(g->words[r], sizeof g->words[r], "%+d%%", -15 + 5 * (int)r);
        g->labels[r] = (mcy_bilingual){g->words[r], g->words[r]};
        for (size_t k = 0; k < 7; k++)
            g->values[r][k] = 61.7 + 2.3 * (double)r + 1.1 * (double)k;
        g->series[r] =
            (mcy_chart_series){.id = "margin", .name = g->labels[r], .values = g->values[r]};
    }
    c->base_framed = true;
    c->base_row = c->base_column = 3;
    c->base_value = g->values[3][3];
    c->left.title = (mcy_bilingual){"DRAM 价格", "DRAM price"};
    c->across = (mcy_bilingual){"NAND 价格", "NAND price"};
}

static inline void gallery_path(gallery_chart *g)
{
    gallery_quarters(g, GALLERY_POINTS);
    g->chart.estimate_from = g->chart.points;
    g->chart.series_count = 1;
    for (size_t i = 0; i < g->chart.points; i++) {
        double turn = 0.41 * (double)i;
        g->values[0][i] = 31 * sin(turn) + 2.2;
        g->values[1][i] = 82 + 17 * cos(turn + 0.3);
        g->texts[i] = i % 3 ? (mcy_bilingual){"", ""} : g->labels[i];
    }
    g->series[0] = (mcy_chart_series){.id = "phase",
                                      .name = {"周期", "Cycle"},
                                      .colour = "market",
                                      .x = g->values[1],
                                      .values = g->values[0],
                                      .texts = g->texts};
    g->chart.across = (mcy_bilingual){"订单满足率（%）", "Fill rate (%)"};
    g->chart.left = (mcy_chart_axis){.title = {"价格环比（%）", "Price QoQ (%)"}};
}

/* Chart i < GALLERY of kind i. */
static inline void gallery_make(gallery_chart *g, size_t i)
{
    static const mcy_bilingual titles[] = {
        {"美光季度收入及增速（亿美元）", "Quarterly revenue and growth (USD 100m)"},
        {"三家公司 DRAM 位元指数及 90% 区间", "DRAM bit index by firm with 90% intervals"},
        {"资本开支构成（十亿美元）", "Capital expenditure by firm (USD bn)"},
        {"毛利率扇形图（%，non-GAAP）", "Gross margin fan (%, non-GAAP)"},
        {"DRAM 供需缺口（基期美元）", "DRAM supply and demand (base-price USD)"},
        {"收入桥：FQ1-26 至 FQ2-26（百万美元）", "Revenue bridge, FQ1-26 to FQ2-26 (USD m)"},
        {"毛利率敏感性（%，non-GAAP）", "Gross margin sensitivity (%, non-GAAP)"},
        {"毛利率对 DRAM、NAND 价格的敏感性（%，non-GAAP）",
         "Gross margin by DRAM and NAND price (%, non-GAAP)"},
        {"文字表述与收入能否相容（%）", "Words against revenue (%)"},
        {"周期相位图", "The cycle as a path"}};
    memset(g, 0, sizeof *g);
    mcy_chart *c = &g->chart;
    unsigned state = 2385u + (unsigned)i;
    static const char *const ids[] = {"columns",   "lines",   "stacked", "fan",  "gap",
                                      "waterfall", "tornado", "heat",    "dots", "path"};
    c->id = ids[i];
    c->kind = (mcy_chart_kind)i;
    c->number = (int)i + 1;
    c->title = titles[i];
    c->source = (mcy_bilingual){"测试用虚构数据", "made-up numbers for tests"};
    c->as_of = "2026-03-20";
    c->labels = g->labels;
    c->series = g->series;
    c->left = (mcy_chart_axis){.decimals = 1};
    if (i <= MCY_CHART_GAP)
        gallery_time(g, c->kind, &state);
    else if (c->kind == MCY_CHART_WATERFALL)
        gallery_waterfall(g);
    else if (c->kind == MCY_CHART_HEAT)
        gallery_heat(g);
    else if (c->kind == MCY_CHART_PATH)
        gallery_path(g);
    else
        gallery_lying(g, c->kind, &state);
    c->left.decimals = 1;
}

#endif
