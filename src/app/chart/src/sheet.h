/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheet a figure is drawn on: places in points from its lower left corner, all text as
 * single-quoted literals, blocks of data for the layouts of plots/. Private to the chart floor. */
#ifndef MCY_CHART_SHEET_H
#define MCY_CHART_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "axis.h"
#include "mcy/chart.h"
#include "mcy/script.h"
#include "mcy/theme.h"

/* The smallest text, in points, at the size at which a figure is printed. */
#define MCY_SMALL_SIZE 7.0

/* A page and its sizes of text, in points (1/72 inch). */
typedef struct mcy_sheet_page {
    double width_cm, height_cm;
    double width, height;
    double side;                /* edge left and right of title and source */
    double title, legend, tick; /* sizes of text; all else is MCY_SMALL_SIZE */
    double line, entry;         /* from line to line: small text, legend */
    double below;               /* from the page's lower edge to the last line of the source */
} mcy_sheet_page;

enum { MCY_WRAP_LINES = 8 };

typedef struct mcy_sheet {
    const mcy_chart *chart;
    const mcy_theme *theme;
    mcy_language language;
    const mcy_sheet_page *page;
    mcy_text *out;
    double left, right, bottom, top; /* the plot, in points */
    unsigned label, object, arrow;   /* tags used so far */
} mcy_sheet;

/* A text cut into lines that fit. */
typedef struct mcy_wrapped {
    size_t count;
    struct {
        size_t start, size;
    } lines[MCY_WRAP_LINES];
} mcy_wrapped;

typedef enum mcy_sample {
    MCY_SAMPLE_BOX,
    MCY_SAMPLE_GHOST,
    MCY_SAMPLE_LINE,
    MCY_SAMPLE_POINT,
    MCY_SAMPLE_AREA
} mcy_sample;

/* One entry of the legend; point 0 draws the line alone. */
typedef struct mcy_legend {
    mcy_sample sample;
    uint32_t rgb;
    int dash, point;
    char text[192];
} mcy_legend;

/** Cut a text at spaces and between CJK characters so that no line is wider than ems. */
mcy_wrapped mcy_wrap(const char *text, double ems);

/** Shorten a text in place, ending it with an ellipsis, until it is no wider than ems. */
void mcy_cut(char *text, double ems);

/** The page of a chart: the whole width of a text page, or half of it. */
const mcy_sheet_page *mcy_sheet_page_of(const mcy_chart *chart);

/** text as a single-quoted literal: ' doubled, control characters made blanks. */
void mcy_script_literal(mcy_text *out, const char *text);

/** A number in the C locale, as many digits as it needs. */
void mcy_script_number(mcy_text *out, double value);

/** A place in points as gnuplot's screen coordinates, "0.5,0.25". A half-width figure is a part
 * of the page when pages are bound, so its coordinates are scaled there: "0.5*SX,0.25*SY". */
void mcy_sheet_place(const mcy_sheet *sheet, double x, double y, char out[64]);

/* align: 'l', 'c' or 'r'. x and y are places in points. */
void mcy_sheet_text(mcy_sheet *sheet, double x, double y, char align, double size, bool bold,
                    uint32_t rgb, const char *text);
/* The same with the grid lines behind it taken away. */
void mcy_sheet_text_clear(mcy_sheet *sheet, double x, double y, char align, double size,
                          bool bold, uint32_t rgb, const char *text);
void mcy_sheet_line(mcy_sheet *sheet, double x0, double y0, double x1, double y1, uint32_t rgb,
                    double width, int dash);

/** Colour of a role of the palette; ink where it is not there. */
uint32_t mcy_sheet_rgb(const mcy_sheet *sheet, const char *role);

/** A word of the style in the sheet's language. */
const char *mcy_sheet_word(const mcy_sheet *sheet, const char *key);

/** The text of both in the sheet's language. */
const char *mcy_sheet_say(const mcy_sheet *sheet, mcy_bilingual words);

/** Label of point i, with E where it is an estimate. */
void mcy_sheet_point(const mcy_sheet *sheet, size_t i, char out[128]);

/** A value as the axis prints it. */
void mcy_sheet_value(const mcy_chart_axis *axis, double value, char out[MCY_DISPLAY_TEXT]);

/** True when the point is an estimate, by its flag or by its period. */
bool mcy_sheet_estimate(const mcy_chart *chart, const mcy_chart_series *series, size_t i);

/** True when it is not a published number: estimate or inferred. */
bool mcy_sheet_unpublished(const mcy_chart *chart, const mcy_chart_series *series, size_t i);

/** Legend text of a series: name, （右轴）, （推算，非公司披露） where all of it is inferred. */
void mcy_sheet_name(const mcy_sheet *sheet, const mcy_chart_series *series, char out[192]);

/**
 * Title, rule, subtitle, legend, notes and source; leaves the plot's box in the sheet.
 *
 * Given:     left, right   room in points for what stands beside the plot
 *            above, below  room for number row and tick labels
 */
void mcy_sheet_frame(mcy_sheet *sheet, mcy_legend *legend, size_t count, double left,
                     double right, double above, double below);

/** set xtics/ytics/x2tics/y2tics from a scale; axis is "y", "y2" or "x". */
void mcy_sheet_scale(mcy_sheet *sheet, const char *axis, const mcy_scale *scale,
                     const mcy_chart_axis *shown);

/** Width in points of the widest tick label of a scale. */
double mcy_scale_width(const mcy_sheet *sheet, const mcy_scale *scale,
                       const mcy_chart_axis *shown);

/** The most that names left of the plot take of the page's width, in points. */
double mcy_sheet_names_most(const mcy_sheet *sheet);

/** Category names below the plot, wrapped into up to three lines; and how many lines they take
 * where each has so much room. */
void mcy_sheet_categories(mcy_sheet *sheet);
size_t mcy_sheet_category_lines(const mcy_sheet *sheet, double room);

/* Marks of the first points at which lines reach their axis' level. Height is the room above a
 * plot from left to right that their texts take. */
double mcy_reach_height(const mcy_sheet *sheet, double left, double right);
void mcy_draw_reach(mcy_sheet *sheet);

/* The layouts: all of the script between frame.gp and the layout file. */
void mcy_draw_time(mcy_sheet *sheet);
void mcy_draw_waterfall(mcy_sheet *sheet);
void mcy_draw_tornado(mcy_sheet *sheet);
void mcy_draw_heat(mcy_sheet *sheet);
void mcy_draw_dots(mcy_sheet *sheet);
void mcy_draw_path(mcy_sheet *sheet);

#endif
