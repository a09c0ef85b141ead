/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text, lines and numbers put on the sheet of a figure. */
#include "sheet.h"

#include <stdio.h>
#include <string.h>

void mcy_script_literal(mcy_text *out, const char *text)
{
    mcy_text_add(out, "'");
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '\'')
            mcy_text_add(out, "''");
        else
            mcy_text_append(out, c < 0x20 || c == 0x7F ? " " : p, 1);
    }
    mcy_text_add(out, "'");
}

void mcy_script_number(mcy_text *out, double value)
{
    char text[32];
    mcy_number_format(value, text);
    mcy_text_add(out, text);
}

uint32_t mcy_sheet_rgb(const mcy_sheet *sheet, const char *role)
{
    const mcy_colour *colour = mcy_theme_colour(sheet->theme, role);
    return colour ? colour->rgb : mcy_theme_colour(sheet->theme, "ink")->rgb;
}

const char *mcy_sheet_word(const mcy_sheet *sheet, const char *key)
{
    return mcy_theme_word(sheet->theme, key, sheet->language);
}

const char *mcy_sheet_say(const mcy_sheet *sheet, mcy_bilingual words)
{
    return mcy_bilingual_text(words, sheet->language);
}

const mcy_sheet_page *mcy_sheet_page_of(const mcy_chart *chart)
{
    static const mcy_sheet_page full = {.width_cm = 16,
                                        .height_cm = 9.6,
                                        .width = 453.54,
                                        .height = 272.13,
                                        .side = 11,
                                        .title = 11,
                                        .legend = 8,
                                        .tick = 7.5,
                                        .line = 9.6,
                                        .entry = 12,
                                        .below = 17};
    static const mcy_sheet_page half = {.width_cm = 8,
                                        .height_cm = 6.4,
                                        .width = 226.77,
                                        .height = 181.42,
                                        .side = 6,
                                        .title = 9,
                                        .legend = 7,
                                        .tick = 7,
                                        .line = 8.8,
                                        .entry = 10,
                                        .below = 14.5};
    return chart->half ? &half : &full;
}

void mcy_sheet_place(const mcy_sheet *sheet, double x, double y, char out[64])
{
    const mcy_sheet_page *page = sheet->page;
    snprintf(out, 64, sheet->chart->half ? "%.5f*SX,%.5f*SY" : "%.5f,%.5f", x / page->width,
             y / page->height);
}

double mcy_sheet_names_most(const mcy_sheet *sheet)
{
    return 0.42 * sheet->page->width;
}

void mcy_sheet_text(mcy_sheet *sheet, double x, double y, char align, double size, bool bold,
                    uint32_t rgb, const char *text)
{
    mcy_text *out = sheet->out;
    char place[64];
    mcy_sheet_place(sheet, x, y, place);
    mcy_text_print(out, "set label %u ", ++sheet->label);
    mcy_script_literal(out, text);
    mcy_text_print(
        out, " at screen %s %s front noenhanced font FONT%s.',%.4g' tc rgb '#%06X'\n", place,
        align == 'l'   ? "left"
        : align == 'r' ? "right"
                       : "center",
        bold ? ".':Bold'" : "", size, rgb);
}

void mcy_sheet_text_clear(mcy_sheet *sheet, double x, double y, char align, double size,
                          bool bold, uint32_t rgb, const char *text)
{
    double width = mcy_display_ems(text) * size + 2;
    double left = align == 'l' ? x - 1 : align == 'r' ? x + 1 - width : x - width / 2;
    char low[64], high[64];
    mcy_sheet_place(sheet, left, y - 0.45 * size, low);
    mcy_sheet_place(sheet, left + width, y + 0.45 * size, high);
    mcy_text_print(sheet->out,
                   "set object %u rectangle from screen %s to screen %s back fs solid noborder "
                   "fc rgb '#FFFFFF'\n",
                   ++sheet->object, low, high);
    mcy_sheet_text(sheet, x, y, align, size, bold, rgb, text);
}

void mcy_sheet_line(mcy_sheet *sheet, double x0, double y0, double x1, double y1, uint32_t rgb,
                    double width, int dash)
{
    char from[64], to[64];
    mcy_sheet_place(sheet, x0, y0, from);
    mcy_sheet_place(sheet, x1, y1, to);
    mcy_text_print(sheet->out,
                   "set arrow %u from screen %s to screen %s nohead front "
                   "lc rgb '#%06X' lw %.3g dt %d\n",
                   ++sheet->arrow, from, to, rgb, width, dash);
}

void mcy_sheet_point(const mcy_sheet *sheet, size_t i, char out[128])
{
    const char *label = mcy_sheet_say(sheet, sheet->chart->labels[i]);
    size_t n = strlen(label);
    bool mark = mcy_chart_point_estimated(sheet->chart, i) && n && label[n - 1] != 'E';
    snprintf(out, 128, "%.120s%s", label, mark ? "E" : "");
}

void mcy_sheet_value(const mcy_chart_axis *axis, double value, char out[MCY_DISPLAY_TEXT])
{
    mcy_display display = {
        .decimals = axis->decimals, .unit = axis->unit, .signed_plus = axis->signed_plus};
    mcy_display_print(value, &display, out);
}

bool mcy_sheet_estimate(const mcy_chart *chart, const mcy_chart_series *series, size_t i)
{
    return mcy_chart_point_estimated(chart, i) ||
           (series->flags && series->flags[i] & MCY_POINT_ESTIMATE);
}

bool mcy_sheet_unpublished(const mcy_chart *chart, const mcy_chart_series *series, size_t i)
{
    return mcy_sheet_estimate(chart, series, i) ||
           (series->flags && series->flags[i] & MCY_POINT_INFERRED);
}

/* True when all that the series has is inferred. */
static bool series_inferred(const mcy_chart *chart, const mcy_chart_series *series)
{
    bool any = false;
    for (size_t i = 0; series->flags && i < chart->points; i++) {
        bool there = series->values ? !mcy_is_missing(series->values[i])
                                    : !mcy_is_missing(series->low[i]);
        if (there && !(series->flags[i] & MCY_POINT_INFERRED))
            return false;
        any = any || there;
    }
    return any;
}

void mcy_sheet_name(const mcy_sheet *sheet, const mcy_chart_series *series, char out[192])
{
    snprintf(out, 192, "%.100s%s%s", mcy_sheet_say(sheet, series->name),
             series->right ? mcy_sheet_word(sheet, "right") : "",
             series_inferred(sheet->chart, series) ? mcy_sheet_word(sheet, "inferred") : "");
}

static size_t utf8_size(const char *p)
{
    unsigned char c = (unsigned char)*p;
    size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    for (size_t i = 1; i < n; i++)
        if (((unsigned char)p[i] & 0xC0) != 0x80)
            return i;
    return n;
}

static bool begins_with_one_of(const char *p, const char *const *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!strncmp(p, marks[i], strlen(marks[i])))
            return true;
    return false;
}

/* May a line end before byte `at`? At a blank; before and after CJK characters, but for closing
 * marks, which begin no line, and opening ones, which end none. */
static bool may_break(const char *text, size_t start, size_t at)
{
    static const char *const closing[] = {"，", "。", "、", "；", "：",
                                          "）", "》", "”",  "！", "？"};
    static const char *const opening[] = {"（", "《", "“"};
    if (at <= start)
        return false;
    unsigned char here = (unsigned char)text[at];
    if (here == ' ')
        return true;
    if (at >= start + 3 && begins_with_one_of(text + at - 3, opening, 3))
        return false;
    if (here < 0x80)
        return (unsigned char)text[at - 1] >= 0x80 && !strchr(" .,:;)%'", here);
    return here >= 0xE3 && !begins_with_one_of(text + at, closing, 10);
}

/* The end of the line that begins at start and is at most ems wide. */
static size_t line_end(const char *text, size_t start, double ems)
{
    size_t n = strlen(text), at = start, cut = 0, before = 0, gap = 0;
    double width = 0;
    while (at < n) {
        size_t size = utf8_size(text + at);
        char one[8] = {0};
        memcpy(one, text + at, size);
        width += mcy_display_ems(one);
        bool over = width > ems;
        if (may_break(text, start, at) && (!over || text[at] == ' ')) {
            before = cut;
            cut = at;
            gap = text[at] == ' ' ? at : gap;
        }
        if (over)
            break;
        at += size;
    }
    if (at >= n)
        return n;
    if (gap > start && mcy_display_ems(text + gap) - mcy_display_ems(text + cut) < 3 &&
        mcy_display_ems(text + gap + 1) <= ems)
        cut = gap; /* the word that would be torn fits the next line */
    else if (before > start && mcy_display_ems(text + cut) < 2.5)
        cut = before; /* no lone character on the next line */
    return cut > start ? cut : at > start ? at : at + utf8_size(text + at);
}

mcy_wrapped mcy_wrap(const char *text, double ems)
{
    mcy_wrapped wrapped = {0};
    size_t n = strlen(text), start = 0;
    while (start < n && wrapped.count < MCY_WRAP_LINES) {
        size_t end = line_end(text, start, ems);
        wrapped.lines[wrapped.count].start = start;
        wrapped.lines[wrapped.count++].size = end - start;
        start = end + (end < n && text[end] == ' ');
    }
    return wrapped;
}

void mcy_cut(char *text, double ems)
{
    static const char ellipsis[] = "…";
    size_t length = strlen(text), n = 0;
    double width = mcy_display_ems(ellipsis);
    if (mcy_display_ems(text) <= ems)
        return;
    while (text[n]) {
        size_t size = utf8_size(text + n);
        char one[8] = {0};
        memcpy(one, text + n, size);
        width += mcy_display_ems(one);
        if (width > ems || n + size + sizeof ellipsis - 1 > length)
            break;
        n += size;
    }
    if (n + sizeof ellipsis - 1 <= length)
        memcpy(text + n, ellipsis, sizeof ellipsis);
}
