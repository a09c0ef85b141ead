/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands around a plot: title, rule, legend, notes, source, axes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sheet.h"

#define BOLDER 1.065 /* times as wide as regular */

/* A wrapped text, first line at y, downwards. */
static void put_lines(mcy_sheet *sheet, const char *text, const mcy_wrapped *wrapped, double y,
                      double step, double size, bool bold, uint32_t rgb)
{
    for (size_t i = 0; i < wrapped->count; i++) {
        char line[1024];
        snprintf(line, sizeof line, "%.*s", (int)wrapped->lines[i].size,
                 text + wrapped->lines[i].start);
        mcy_sheet_text(sheet, sheet->page->side, y - step * (double)i, 'l', size, bold, rgb,
                       line);
    }
}

/* "图表1：" and the title. */
static void title_words(const mcy_sheet *sheet, char title[768])
{
    const mcy_chart *chart = sheet->chart;
    title[0] = '\0';
    if (chart->number) {
        const char *form = mcy_sheet_word(sheet, "figure"), *at = strstr(form, "%d");
        if (at)
            snprintf(title, 768, "%.*s%d%s", (int)(at - form), form, chart->number, at + 2);
    }
    size_t used = strlen(title);
    snprintf(title + used, 768 - used, "%s", mcy_sheet_say(sheet, chart->title));
}

/* Title in as many lines as it needs, the rule under it; returns the rule's place. A title that
 * is a little too long is set a little smaller before it takes another line. */
static double put_title(mcy_sheet *sheet)
{
    const mcy_sheet_page *page = sheet->page;
    char title[768];
    title_words(sheet, title);
    double room = page->width - 2 * page->side, ems = mcy_display_ems(title) * BOLDER;
    double size =
        room / ems >= 0.88 * page->title ? fmin(page->title, room / ems) : page->title;
    size = floor(size * 10) / 10;
    mcy_wrapped wrapped = mcy_wrap(title, room / (BOLDER * size));
    if (wrapped.count == 1 || ems * size <= room)
        wrapped = (mcy_wrapped){.count = 1, .lines = {{0, strlen(title)}}};
    uint32_t ink = mcy_sheet_rgb(sheet, "ink");
    double step = 1.3 * size, first = page->height - 3 - page->title;
    put_lines(sheet, title, &wrapped, first, step, size, true, ink);
    double rule = first - step * (double)(wrapped.count - 1) - 0.95 * page->title;
    mcy_sheet_line(sheet, page->side, rule, page->width - page->side, rule, ink, 1.4, 1);
    mcy_text_add(sheet->out, "TITLE = ");
    mcy_script_literal(sheet->out, title);
    mcy_text_add(sheet->out, "\n");
    return rule;
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
    char place[64], size[64];
    mcy_sheet_place(sheet, middle, y, place);
    if (box) {
        bool ghost = entry->sample == MCY_SAMPLE_GHOST;
        uint32_t fill = ghost ? mcy_colour_lighter(entry->rgb, MCY_LIGHT_SHARE) : entry->rgb;
        mcy_sheet_place(sheet, wide, 6, size);
        mcy_text_print(sheet->out,
                       "set object %u rectangle center screen %s size screen %s "
                       "front fs solid 1 border lc rgb '#%06X' fc rgb '#%06X'\n",
                       ++sheet->object, place, size, entry->rgb, fill);
        return;
    }
    if (entry->sample == MCY_SAMPLE_LINE)
        mcy_sheet_line(sheet, x + 1, y, x + wide - 1, y, entry->rgb,
                       sheet->chart->half ? 1.4 : 1.9, entry->dash);
    if (entry->point)
        mcy_text_print(
            sheet->out,
            "set label %u '' at screen %s front point pt %d ps 0.95*SMALLER lc rgb '#%06X'\n",
            ++sheet->label, place, entry->point, entry->rgb);
}

/* Entries in centred rows; returns the height used. */
static double put_legend(mcy_sheet *sheet, mcy_legend *legend, size_t count, double y)
{
    double room = sheet->page->width - 2 * sheet->page->side, used = 0;
    double gap = sheet->chart->half ? 9 : 14;
    for (size_t i = 0; i < count; i++)
        mcy_cut(legend[i].text, (room - 24) / sheet->page->legend);
    uint32_t rgb = mcy_sheet_rgb(sheet, "text");
    for (size_t first = 0; first < count;) {
        double wide = 0;
        size_t last = first;
        for (; last < count; last++) {
            double entry = sample_width(&legend[last]) + 4 +
                           mcy_display_ems(legend[last].text) * sheet->page->legend;
            if (last > first && wide + gap + entry > room)
                break;
            wide += entry + (last > first ? gap : 0);
        }
        double x = (sheet->page->width - wide) / 2;
        for (size_t i = first; i < last; i++) {
            put_sample(sheet, &legend[i], x, y);
            x += sample_width(&legend[i]) + 4;
            mcy_sheet_text(sheet, x, y, 'l', sheet->page->legend, false, rgb, legend[i].text);
            x += mcy_display_ems(legend[i].text) * sheet->page->legend + gap;
        }
        first = last;
        y -= sheet->page->entry;
        used += sheet->page->entry;
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
    const mcy_sheet_page *page = sheet->page;
    double room = (page->width - 2 * page->side) / MCY_SMALL_SIZE;
    uint32_t soft = mcy_sheet_rgb(sheet, "soft");
    double y = page->below;
    mcy_wrapped wrapped = mcy_wrap(source, room);
    y += page->line * (double)(wrapped.count - 1);
    put_lines(sheet, source, &wrapped, y, page->line, MCY_SMALL_SIZE, false, soft);
    const char *own[2] = {mcy_chart_inferred(chart) ? mcy_sheet_word(sheet, "inferred_note")
                                                    : "",
                          mcy_chart_point_estimated(chart, chart->points - 1)
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
        y += page->line * (double)wrapped.count;
        put_lines(sheet, notes, &wrapped, y, page->line, MCY_SMALL_SIZE, false, soft);
    }
    return y + page->line * 0.7;
}

void mcy_sheet_frame(mcy_sheet *sheet, mcy_legend *legend, size_t count, double left,
                     double right, double above, double below)
{
    const mcy_chart *chart = sheet->chart;
    double top = put_title(sheet) - 1.5;
    const char *subtitle = mcy_sheet_say(sheet, chart->subtitle);
    if (*subtitle) {
        const mcy_sheet_page *page = sheet->page;
        mcy_wrapped wrapped = mcy_wrap(subtitle, (page->width - 2 * page->side) / page->legend);
        put_lines(sheet, subtitle, &wrapped, top - 8, page->entry, page->legend, false,
                  mcy_sheet_rgb(sheet, "soft"));
        top -= page->entry * (double)wrapped.count + 1;
    }
    top -= put_legend(sheet, legend, count, top - 8) + 4;
    sheet->left = left;
    sheet->right = sheet->page->width - right;
    sheet->top = top - above;
    sheet->bottom = put_foot(sheet) + below;
    char low[64], high[64];
    mcy_sheet_place(sheet, sheet->left, sheet->bottom, low);
    mcy_sheet_place(sheet, sheet->right, sheet->top, high);
    const char *low_y = strchr(low, ',') + 1, *high_y = strchr(high, ',') + 1;
    mcy_text_print(sheet->out,
                   "set lmargin at screen %.*s\nset rmargin at screen %.*s\n"
                   "set tmargin at screen %s\nset bmargin at screen %s\n",
                   (int)(low_y - low - 1), low, (int)(high_y - high - 1), high, high_y, low_y);
}

static void tick_text(const mcy_scale *scale, const mcy_chart_axis *shown, double value,
                      char out[MCY_DISPLAY_TEXT])
{
    mcy_display display = {
        .decimals = scale->decimals, .unit = shown->unit, .signed_plus = shown->signed_plus};
    mcy_display_print(value, &display, out);
}

double mcy_scale_width(const mcy_sheet *sheet, const mcy_scale *scale,
                       const mcy_chart_axis *shown)
{
    double widest = 0;
    long n = lround((scale->high - scale->low) / scale->step);
    for (long i = 0; i <= n; i++) {
        char text[MCY_DISPLAY_TEXT];
        tick_text(scale, shown, scale->low + (double)i * scale->step, text);
        widest = fmax(widest, mcy_display_ems(text));
    }
    return widest * sheet->page->tick;
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
static void across_number(mcy_sheet *sheet, const mcy_scale *scale, double value,
                          const char *text)
{
    double share = (value - scale->low) / (scale->high - scale->low);
    mcy_sheet_text(sheet, sheet->left + share * (sheet->right - sheet->left), sheet->bottom - 8,
                   'c', sheet->page->tick, false, mcy_sheet_rgb(sheet, "text"), text);
}

/* Every how many ticks of an axis are labelled and have a grid line: 1 where there is room. */
static long tick_stride(const mcy_sheet *sheet, const char *axis, const mcy_scale *scale,
                        const mcy_chart_axis *shown, long n)
{
    bool across = *axis == 'x';
    double length = across ? sheet->right - sheet->left : sheet->top - sheet->bottom;
    double need = across ? mcy_scale_width(sheet, scale, shown) + 6 : 1.5 * sheet->page->tick;
    long stride = 1;
    while (stride < n && length * (double)stride / (double)n < need)
        stride++;
    return stride;
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
    long stride = tick_stride(sheet, axis, scale, shown, n);
    /* labelled ticks are multiples of what lies between them: 70, 80, not 65, 75 */
    long first = (lround(-scale->low / scale->step) % stride + stride) % stride;
    const char *between = "";
    for (int pass = 0; pass < 2; pass++) {
        for (long i = first; i <= n; i += stride) {
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
            mcy_text_add(out, between);
            between = ", ";
            mcy_script_literal(out, tick);
            mcy_text_add(out, " ");
            mcy_script_number(out, value);
        }
        if (!pass)
            mcy_text_print(out, ") nomirror scale 0 font FONT.',%.4g' tc rgb TEXT\n",
                           sheet->page->tick);
    }
}

/* A category's name cut to three lines of the room it has. */
static mcy_wrapped category(const mcy_sheet *sheet, size_t i, double room, char text[128])
{
    double ems = (room - 3) / sheet->page->tick;
    mcy_sheet_point(sheet, i, text);
    mcy_cut(text, 3 * ems);
    mcy_wrapped wrapped = mcy_wrap(text, ems);
    wrapped.count = wrapped.count < 3 ? wrapped.count : 3;
    return wrapped;
}

size_t mcy_sheet_category_lines(const mcy_sheet *sheet, double room)
{
    size_t most = 1;
    for (size_t i = 0; i < sheet->chart->points; i++) {
        char text[128];
        size_t lines = category(sheet, i, room, text).count;
        most = lines > most ? lines : most;
    }
    return most;
}

void mcy_sheet_categories(mcy_sheet *sheet)
{
    double room = (sheet->right - sheet->left) / (double)sheet->chart->points;
    uint32_t rgb = mcy_sheet_rgb(sheet, "text");
    for (size_t i = 0; i < sheet->chart->points; i++) {
        char text[128];
        mcy_wrapped wrapped = category(sheet, i, room, text);
        double x = sheet->left + room * ((double)i + 0.5);
        for (size_t k = 0; k < wrapped.count; k++) {
            char line[128];
            snprintf(line, sizeof line, "%.*s", (int)wrapped.lines[k].size,
                     text + wrapped.lines[k].start);
            mcy_sheet_text(sheet, x, sheet->bottom - 8 - 9.2 * (double)k, 'c',
                           sheet->page->tick, false, rgb, line);
        }
    }
}
