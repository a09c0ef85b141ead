/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around a plot: title, rule, legend, notes, source, axes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sheet.h"

#define SIDE 11.0       /* left and right edge of title and source */
#define LINE_HEIGHT 9.6 /* of small text */
#define LEGEND_HEIGHT 12.0

/* A wrapped text, first line at y, downwards. */
static void put_lines(mcy_sheet *sheet, const char *text, const mcy_wrapped *wrapped, double y,
                      uint32_t rgb)
{
    for (size_t i = 0; i < wrapped->count; i++) {
        char line[1024];
        snprintf(line, sizeof line, "%.*s", (int)wrapped->lines[i].size,
                 text + wrapped->lines[i].start);
        mcy_sheet_text(sheet, SIDE, y - LINE_HEIGHT * (double)i, 'l', MCY_SMALL_SIZE, false, rgb,
                       line);
    }
}

static void put_title(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    char title[768] = "";
    if (chart->number) {
        const char *form = mcy_sheet_word(sheet, "figure"), *at = strstr(form, "%d");
        if (at)
            snprintf(title, sizeof title, "%.*s%d%s", (int)(at - form), form, chart->number,
                     at + 2);
    }
    size_t used = strlen(title);
    snprintf(title + used, sizeof title - used, "%s", mcy_sheet_say(sheet, chart->title));
    double room = MCY_PAGE_WIDTH - 2 * SIDE, ems = mcy_display_ems(title) * 1.04;
    double size = fmin(MCY_TITLE_SIZE, room / ems);
    uint32_t ink = mcy_sheet_rgb(sheet, "ink");
    mcy_sheet_text(sheet, SIDE, MCY_PAGE_HEIGHT - 14, 'l', floor(size * 10) / 10, true, ink, title);
    double rule = MCY_PAGE_HEIGHT - 24.5;
    mcy_sheet_line(sheet, SIDE, rule, MCY_PAGE_WIDTH - SIDE, rule, ink, 1.4, 1);
    mcy_text_add(sheet->out, "TITLE = ");
    mcy_script_literal(sheet->out, title);
    mcy_text_add(sheet->out, "\n");
}

/* Width of an entry's sample. */
static double sample_width(const mcy_legend *entry)
{
    if (entry->sample == MCY_SAMPLE_LINE)
        return 18;
    return entry->sample == MCY_SAMPLE_AREA ? 14 : 8;
}

static void put_sample(mcy_sheet *sheet, const mcy_legend *entry, double x, double y)
{
    double wide = sample_width(entry), middle = x + wide / 2;
    bool box = entry->sample == MCY_SAMPLE_BOX || entry->sample == MCY_SAMPLE_GHOST ||
               entry->sample == MCY_SAMPLE_AREA;
    if (box) {
        bool ghost = entry->sample == MCY_SAMPLE_GHOST;
        uint32_t fill = ghost ? mcy_colour_lighter(entry->rgb, 0.7) : entry->rgb;
        mcy_text_print(sheet->out,
                       "set object %u rectangle center screen %.5f,%.5f size screen %.5f,%.5f "
                       "front fs solid 1 border lc rgb '#%06X' fc rgb '#%06X'\n",
                       ++sheet->object, middle / MCY_PAGE_WIDTH, y / MCY_PAGE_HEIGHT,
                       wide / MCY_PAGE_WIDTH, 6 / MCY_PAGE_HEIGHT, entry->rgb, fill);
        return;
    }
    if (entry->sample == MCY_SAMPLE_LINE)
        mcy_sheet_line(sheet, x + 1, y, x + wide - 1, y, entry->rgb, 1.9, entry->dash);
    if (entry->point)
        mcy_text_print(sheet->out,
                       "set label %u '' at screen %.5f,%.5f front point pt %d ps 0.95 lc rgb "
                       "'#%06X'\n",
                       ++sheet->label, middle / MCY_PAGE_WIDTH, y / MCY_PAGE_HEIGHT, entry->point,
                       entry->rgb);
}

/* Entries in centred rows; returns the height used. */
static double put_legend(mcy_sheet *sheet, mcy_legend *legend, size_t count, double y)
{
    double room = MCY_PAGE_WIDTH - 2 * SIDE, gap = 14, used = 0;
    for (size_t i = 0; i < count; i++)
        mcy_cut(legend[i].text, (room - 24) / MCY_LEGEND_SIZE);
    uint32_t rgb = mcy_sheet_rgb(sheet, "text");
    for (size_t first = 0; first < count;) {
        double wide = 0;
        size_t last = first;
        for (; last < count; last++) {
            double entry = sample_width(&legend[last]) + 4 +
                           mcy_display_ems(legend[last].text) * MCY_LEGEND_SIZE;
            if (last > first && wide + gap + entry > room)
                break;
            wide += entry + (last > first ? gap : 0);
        }
        double x = (MCY_PAGE_WIDTH - wide) / 2;
        for (size_t i = first; i < last; i++) {
            put_sample(sheet, &legend[i], x, y);
            x += sample_width(&legend[i]) + 4;
            mcy_sheet_text(sheet, x, y, 'l', MCY_LEGEND_SIZE, false, rgb, legend[i].text);
            x += mcy_display_ems(legend[i].text) * MCY_LEGEND_SIZE + gap;
        }
        first = last;
        y -= LEGEND_HEIGHT;
        used += LEGEND_HEIGHT;
    }
    return used;
}

/* Source line at the bottom, notes above it; returns the height used. */
static double put_foot(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    char source[2048];
    snprintf(source, sizeof source, "%s%s%s%s", mcy_sheet_word(sheet, "source"),
             mcy_sheet_say(sheet, chart->source), mcy_sheet_word(sheet, "as_of"), chart->as_of);
    double room = (MCY_PAGE_WIDTH - 2 * SIDE) / MCY_SMALL_SIZE;
    uint32_t soft = mcy_sheet_rgb(sheet, "soft");
    double y = 17;
    mcy_wrapped wrapped = mcy_wrap(source, room);
    y += LINE_HEIGHT * (double)(wrapped.count - 1);
    put_lines(sheet, source, &wrapped, y, soft);
    const char *own[2] = {mcy_chart_inferred(chart) ? mcy_sheet_word(sheet, "inferred_note") : "",
                          chart->estimate_from < chart->points
                                 ? mcy_sheet_word(sheet, "estimate_note")
                                 : ""};
    char notes[4096] = "";
    for (size_t i = 0; i < chart->note_count + 2; i++) {
        const char *note = i < chart->note_count ? mcy_sheet_say(sheet, chart->notes[i])
                                                 : own[i - chart->note_count];
        size_t used = strlen(notes);
        snprintf(notes + used, sizeof notes - used, "%s%s",
                 used && *note && sheet->language == MCY_EN ? " " : "", note);
    }
    wrapped = mcy_wrap(notes, room);
    if (wrapped.count) {
        y += LINE_HEIGHT * (double)wrapped.count;
        put_lines(sheet, notes, &wrapped, y, soft);
    }
    return y + LINE_HEIGHT * 0.7;
}

void mcy_sheet_frame(mcy_sheet *sheet, mcy_legend *legend, size_t count, double left,
                     double right, double above, double below)
{
    const mcy_chart *chart = sheet->chart;
    put_title(sheet);
    double top = MCY_PAGE_HEIGHT - 26;
    const char *subtitle = mcy_sheet_say(sheet, chart->subtitle);
    if (*subtitle) {
        mcy_sheet_text(sheet, SIDE, top - 8, 'l', MCY_LEGEND_SIZE, false,
                       mcy_sheet_rgb(sheet, "soft"), subtitle);
        top -= 13;
    }
    top -= put_legend(sheet, legend, count, top - 8) + 4;
    sheet->left = left;
    sheet->right = MCY_PAGE_WIDTH - right;
    sheet->top = top - above;
    sheet->bottom = put_foot(sheet) + below;
    mcy_text_print(sheet->out,
                   "set lmargin at screen %.5f\nset rmargin at screen %.5f\n"
                   "set tmargin at screen %.5f\nset bmargin at screen %.5f\n",
                   sheet->left / MCY_PAGE_WIDTH, sheet->right / MCY_PAGE_WIDTH,
                   sheet->top / MCY_PAGE_HEIGHT, sheet->bottom / MCY_PAGE_HEIGHT);
}

static void tick_text(const mcy_scale *scale, const mcy_chart_axis *shown, double value,
                      char out[MCY_DISPLAY_TEXT])
{
    mcy_display display = {.decimals = scale->decimals, .unit = shown->unit,
                           .signed_plus = shown->signed_plus};
    mcy_display_print(value, &display, out);
}

double mcy_scale_width(const mcy_scale *scale, const mcy_chart_axis *shown)
{
    double widest = 0;
    long n = lround((scale->high - scale->low) / scale->step);
    for (long i = 0; i <= n; i++) {
        char text[MCY_DISPLAY_TEXT];
        tick_text(scale, shown, scale->low + (double)i * scale->step, text);
        widest = fmax(widest, mcy_display_ems(text));
    }
    return widest * MCY_TICK_SIZE;
}

/* A tick label is a format: % is written %%. */
static void tick_format(const char *text, char out[2 * MCY_DISPLAY_TEXT])
{
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        out[n++] = *p;
        if (*p == '%')
            out[n++] = '%';
    }
    out[n] = '\0';
}

/* Numbers of the axis below the plot: gnuplot puts its own too near the axis title. */
static void across_number(mcy_sheet *sheet, const mcy_scale *scale, double value, const char *text)
{
    double share = (value - scale->low) / (scale->high - scale->low);
    mcy_sheet_text(sheet, sheet->left + share * (sheet->right - sheet->left), sheet->bottom - 8,
                   'c', MCY_TICK_SIZE, false, mcy_sheet_rgb(sheet, "text"), text);
}

void mcy_sheet_scale(mcy_sheet *sheet, const char *axis, const mcy_scale *scale,
                     const mcy_chart_axis *shown)
{
    mcy_text *out = sheet->out;
    mcy_text_print(out, "set %srange [", axis);
    mcy_script_number(out, scale->low);
    mcy_text_add(out, ":");
    mcy_script_number(out, scale->high);
    mcy_text_print(out, "] noextend\nset %stics (", axis);
    long n = lround((scale->high - scale->low) / scale->step);
    for (int pass = 0; pass < 2; pass++) {
        for (long i = 0; i <= n; i++) {
            double value = scale->low + (double)i * scale->step;
            if (fabs(value) < 1e-9 * scale->step)
                value = 0;
            char text[MCY_DISPLAY_TEXT], tick[2 * MCY_DISPLAY_TEXT] = "";
            tick_text(scale, shown, value, text);
            if (pass && *axis == 'x')
                across_number(sheet, scale, value, text);
            if (pass)
                continue;
            if (*axis == 'y')
                tick_format(text, tick);
            mcy_text_add(out, i ? ", " : "");
            mcy_script_literal(out, tick);
            mcy_text_add(out, " ");
            mcy_script_number(out, value);
        }
        if (!pass)
            mcy_text_print(out, ") nomirror scale 0 font FONT.',%.4g' tc rgb TEXT\n",
                           MCY_TICK_SIZE);
    }
}

void mcy_sheet_categories(mcy_sheet *sheet)
{
    const mcy_chart *chart = sheet->chart;
    double room = (sheet->right - sheet->left) / (double)chart->points;
    uint32_t rgb = mcy_sheet_rgb(sheet, "text");
    for (size_t i = 0; i < chart->points; i++) {
        char text[128];
        mcy_sheet_point(sheet, i, text);
        mcy_cut(text, 3 * (room - 3) / MCY_TICK_SIZE);
        mcy_wrapped wrapped = mcy_wrap(text, (room - 3) / MCY_TICK_SIZE);
        double x = sheet->left + room * ((double)i + 0.5);
        for (size_t k = 0; k < wrapped.count && k < 3; k++) {
            char line[128];
            snprintf(line, sizeof line, "%.*s", (int)wrapped.lines[k].size,
                     text + wrapped.lines[k].start);
            mcy_sheet_text(sheet, x, sheet->bottom - 8 - 9.2 * (double)k, 'c', MCY_TICK_SIZE,
                           false, rgb, line);
        }
    }
}
