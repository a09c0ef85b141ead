/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as plain data. Who fetches the numbers fills these structs (all memory is the
 * caller's and is only read); the chart floor checks them, makes a script, a table and a
 * picture of them. Nothing here knows of gnuplot.
 *
 * Values are in the unit that is printed (percent, USD bn): the chart is the door at which
 * fractions become percent, and the caller stands in it. */
#ifndef MCY_CHART_H
#define MCY_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/display.h"
#include "mcy/number.h"
#include "mcy/status.h"
#include "mcy/text.h"

/* What is drawn. X(NAME, name in pack files, layout file in plots/, meaning)
 * The first five differ only in what they refuse and in their defaults; marks may be mixed. */
#define MCY_CHART_KIND_LIST(X)                                                                 \
    X(COLUMNS, "columns", "time", "bars and lines over periods, one or two axes")              \
    X(LINES, "lines", "time", "lines and steps over periods, with intervals")                  \
    X(STACKED, "stacked", "time", "bars on top of one another over periods")                   \
    X(FAN, "fan", "time", "history, median and bands by percentile")                           \
    X(GAP, "gap", "time", "two lines and the gap between them in two colours")                 \
    X(WATERFALL, "waterfall", "waterfall", "opening, steps, closing; must close exactly")      \
    X(TORNADO, "tornado", "tornado", "outcome at both ends of each input, widest first")       \
    X(HEAT, "heat", "heat", "two-way table with numbers, base cell framed")                    \
    X(DOTS, "dots", "dots", "points with intervals, one row a category")                       \
    X(PATH, "path", "path", "one variable against another, in order of time")

typedef enum mcy_chart_kind {
#define X(name, word, layout, meaning) MCY_CHART_##name,
    MCY_CHART_KIND_LIST(X)
#undef X
} mcy_chart_kind;

/* How a series of the layout "time" is drawn. X(NAME, name in pack files, meaning) */
#define MCY_MARK_LIST(X)                                                                       \
    X(AUTO, "auto", "what the kind does: bar, line, stack")                                    \
    X(LINE, "line", "line with points; a band behind it where low and high are given")         \
    X(BAR, "bar", "bar from zero, beside the other bars")                                      \
    X(STACK, "stack", "bar on top of the stacks before it")                                    \
    X(STEP, "step", "horizontal line over each period")                                        \
    X(POINT, "point", "points alone, with an error bar where low and high are given")          \
    X(BAND, "band", "area from low to high, no line: a fan's percentiles")                     \
    X(GAP, "gap", "area from low (demand) to high (supply), shortage and surplus coloured")

typedef enum mcy_mark {
#define X(name, word, meaning) MCY_MARK_##name,
    MCY_MARK_LIST(X)
#undef X
} mcy_mark;

/* What is known about a point; flags may be added. 0 is a published number. */
enum {
    MCY_POINT_PUBLISHED = 0,
    MCY_POINT_ESTIMATE = 1, /* a forecast: dashed, lighter, E after the period */
    MCY_POINT_INFERRED = 2, /* estimated by us about the past: hollow; 推算，非公司披露 */
    MCY_POINT_TOTAL = 4     /* waterfall: a level that stands on zero, not a step */
};

/* One series: values [points], any of the other arrays [points] or NULL. */
typedef struct mcy_chart_series {
    const char *id;     /* quantity, as in micron.total.revenue.gaap; with the point's key it is
                           the number's id in text, table and figure: QUANTITY@FY2026Q2 */
    mcy_bilingual name; /* legend; GAAP or non-GAAP is part of it for margins and EPS */
    const char *colour; /* a role of the palette: micron, samsung, skhynix, rest, market, dram,
                           nand, hbm, up, down, base, bull, bear …; NULL = by position */
    mcy_mark mark;
    bool right;  /* on the right axis */
    size_t link; /* POINT: 1 + index of the series from whose last published value a dashed line
                    runs to the first estimate of this one; 0 = none */
    bool gaps;   /* missing values are allowed and leave a gap */
    size_t panel;               /* the panel it stands in, from 0; missing in the others */
    const double *x;            /* PATH: horizontal values; else NULL */
    const double *values;       /* BAND and GAP: NULL */
    const double *low, *high;   /* interval, or band, or the two lines of a gap */
    const unsigned char *flags; /* MCY_POINT_…; NULL = all published */
    const mcy_bilingual *texts; /* label at the point: input value at a tornado's end, date on
                                   a path; empty = none */
} mcy_chart_series;

/* A vertical axis (or the value axis of lying layouts). Zeroed = automatic. */
typedef struct mcy_chart_axis {
    mcy_bilingual title; /* with the unit; the right axis gets （右轴）/(rhs) in the legend */
    int decimals;        /* of the tick labels and of the number row */
    const char *unit;    /* after each number, "%"; NULL none */
    bool signed_plus;    /* + before positive numbers: changes */
    bool fixed;          /* low and high are given; else from the data with round steps */
    double low, high;    /* bars always include zero; the two axes' zeros stand level */
    const double *rules; /* levels drawn as thin dashed lines, rule_count of them */
    size_t rule_count;
    bool marked; /* where each line first reaches the level `reach` is marked and said */
    double reach;
} mcy_chart_axis;

/* Where a chart's numbers come from: one fact row, fit, run or command. Printed by trace. */
typedef struct mcy_chart_origin {
    const char *number;     /* id of the number it is behind; of a series, for all its numbers;
                               "" for the whole figure */
    const char *kind;       /* fact, fit, run, sweep, command */
    const char *where;      /* micron.csv:412, scenarios/base.yaml, model hash */
    const char *what;       /* the printed value or words, or the command line */
    const char *source;     /* document, as the row names it */
    const char *published;  /* the day it could be known, YYYY-MM-DD, or "" */
    const char *confidence; /* high, medium, low, or "" */
} mcy_chart_origin;

typedef struct mcy_chart {
    const char *id; /* [a-z0-9-]+, unique in its pack; also the file name */
    mcy_chart_kind kind;
    bool half;              /* drawn for 8 x 6.4 cm, two side by side; else for 16 x 9.6 cm */
    int number;             /* in the pack, from 1; 0 = none printed */
    mcy_bilingual title;    /* above the rule, with the unit where one unit serves all */
    mcy_bilingual subtitle; /* metric and period line; may be empty, in one language too */
    mcy_bilingual source;   /* after 来源： / Source: ; may not be empty */
    const char *as_of;      /* YYYY-MM-DD, printed after the source; may not be empty */
    const mcy_bilingual *notes; /* small lines above the source; what the reader must know */
    size_t note_count;

    size_t points;               /* categories: periods, steps, rows; columns of a heat table */
    const mcy_bilingual *labels; /* [points]; E is added where a period is an estimate */
    const char *const *keys; /* [points] machine names: FY2026Q2; NULL = the English label */
    size_t estimate_from;    /* first estimated period; >= points when there is none; in each
                                    panel counted from its first point */
    const mcy_bilingual *panels; /* titles of panels side by side: as many points in each, those
                                    of the first panel first; one vertical axis for all */
    size_t panel_count;          /* 0 = one plot without a title of its own */

    const mcy_chart_series *series; /* heat: one a row, the first on top */
    size_t series_count;
    mcy_chart_axis left, right;
    mcy_bilingual across; /* title of the horizontal axis of heat and path */

    bool number_row;              /* first series' values, or sums of stacks, above the plot */
    double base;                  /* tornado: the base outcome */
    size_t base_row, base_column; /* heat: the framed cell */
    bool base_framed;             /* heat: there is one; base_value must be its value */
    double base_value;

    const mcy_chart_origin *origins;
    size_t origin_count;
} mcy_chart;

/**
 * Check a chart before anything is drawn of it.
 *
 * Returned:  MCY_OK, or a failure that names the figure, the series and the point
 * Fails:     MCY_E_INPUT    an empty id, title, source or as-of date; a text in one language
 *                           alone; low above high; marks that the kind has not; more rows or
 *                           columns than half a page's width holds; panels of unequal length,
 *                           or of a chart that is not over periods
 *            MCY_E_DOMAIN   an infinite value; a missing one where gaps are not allowed; a
 *                           waterfall that does not close (1e-9 of its largest level); a base
 *                           cell off the grid or whose value is not base_value
 *            MCY_E_MISSING  a series with no value at all
 * Checked:   test_chart.c
 */
mcy_status mcy_chart_check(const mcy_chart *chart, mcy_error *err);

/** Kind and mark by their names in pack files; MCY_E_INPUT with "did you mean". */
mcy_status mcy_chart_kind_named(const char *word, mcy_chart_kind *kind, mcy_error *err);
mcy_status mcy_mark_named(const char *word, mcy_mark *mark, mcy_error *err);

/** Points of one panel: all of them where there are no panels. */
size_t mcy_chart_panel_points(const mcy_chart *chart);

/** First point of the panel in which a series stands. */
size_t mcy_chart_panel_first(const mcy_chart *chart, const mcy_chart_series *series);

/** True when a point's period is an estimate. */
bool mcy_chart_point_estimated(const mcy_chart *chart, size_t i);

/** The name of a kind in pack files. */
const char *mcy_chart_kind_word(mcy_chart_kind kind);

/** True where any point is flagged MCY_POINT_INFERRED: the reader must be told. */
bool mcy_chart_inferred(const mcy_chart *chart);

/**
 * The first point at which a series reaches the level of its axis from below.
 *
 * Returned:  chart->points where the axis marks no level, the series has no values or never
 *            reaches it, or stands at or above it from its first value on
 */
size_t mcy_chart_reached(const mcy_chart *chart, const mcy_chart_series *series);

/**
 * What is plotted, as CSV: one row a series and point, full precision.
 *
 * Returned:  columns figure,series,name_zh,name_en,key,label_zh,label_en,x,value,low,high,
 *            status,unit,number; status is published, estimate, inferred, total or several
 *            joined by +; the framed cell of a heat table adds +base
 * Missing:   an empty cell
 */
mcy_status mcy_chart_csv(const mcy_chart *chart, mcy_text *csv, mcy_error *err);

/** One or two sentences for those who cannot see the picture; also its text in index.md. */
mcy_status mcy_chart_alt(const mcy_chart *chart, mcy_language language, mcy_text *alt,
                         mcy_error *err);

#endif
