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

void mcy_sheet_text_at(mcy_sheet *sheet, const char *place, char align, double size, bool bold,
                       uint32_t rgb, const char *text)
{
    mcy_text *out = sheet->out;
    mcy_text_print(out, "set label %u ", ++sheet->label);
    mcy_script_literal(out, text);
    mcy_text_print(out, " at %s %s front noenhanced font FONT%s.',%.4g' tc rgb '#%06X'\n", place,
                   align == 'l' ? "left" : align == 'r' ? "right" : "center",
                   bold ? ".':Bold'" : "", size, rgb);
}

void mcy_sheet_text(mcy_sheet *sheet, double x, double y, char align, double size, bool bold,
                    uint32_t rgb, const char *text)
{
    char place[64];
    snprintf(place, sizeof place, "screen %.5f,%.5f", x / MCY_PAGE_WIDTH, y / MCY_PAGE_HEIGHT);
    mcy_sheet_text_at(sheet, place, align, size, bold, rgb, text);
}

void mcy_sheet_line(mcy_sheet *sheet, double x0, double y0, double x1, double y1, uint32_t rgb,
                    double width, int dash)
{
    mcy_text_print(sheet->out,
                   "set arrow %u from screen %.5f,%.5f to screen %.5f,%.5f nohead front "
                   "lc rgb '#%06X' lw %.3g dt %d\n",
                   ++sheet->arrow, x0 / MCY_PAGE_WIDTH, y0 / MCY_PAGE_HEIGHT,
                   x1 / MCY_PAGE_WIDTH, y1 / MCY_PAGE_HEIGHT, rgb, width, dash);
}

void mcy_sheet_point(const mcy_sheet *sheet, size_t i, char out[128])
{
    const char *label = mcy_sheet_say(sheet, sheet->chart->labels[i]);
    size_t n = strlen(label);
    bool mark = i >= sheet->chart->estimate_from && n && label[n - 1] != 'E';
    snprintf(out, 128, "%.120s%s", label, mark ? "E" : "");
}

void mcy_sheet_value(const mcy_chart_axis *axis, double value, char out[MCY_DISPLAY_TEXT])
{
    mcy_display display = {.decimals = axis->decimals, .unit = axis->unit,
                           .signed_plus = axis->signed_plus};
    mcy_display_print(value, &display, out);
}

bool mcy_sheet_estimate(const mcy_chart *chart, const mcy_chart_series *series, size_t i)
{
    return i >= chart->estimate_from ||
           (series->flags && series->flags[i] & MCY_POINT_ESTIMATE);
}

bool mcy_sheet_unpublished(const mcy_chart *chart, const mcy_chart_series *series, size_t i)
{
    return mcy_sheet_estimate(chart, series, i) ||
           (series->flags && series->flags[i] & MCY_POINT_INFERRED);
}

/* True when the series has an inferred point and no published one. */
static bool series_inferred(const mcy_chart *chart, const mcy_chart_series *series)
{
    bool any = false;
    for (size_t i = 0; series->flags && i < chart->points; i++) {
        bool there = series->values ? !mcy_is_missing(series->values[i])
                                    : !mcy_is_missing(series->low[i]);
        if (there && !mcy_sheet_unpublished(chart, series, i))
            return false;
        any = any || (there && series->flags[i] & MCY_POINT_INFERRED);
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

/* May a line end before this character? Not before closing punctuation. */
static bool may_break_before(const char *p)
{
    static const char *const closing[] = {"，", "。", "、", "；", "：", "）", "》", "”", "！", "？"};
    if ((unsigned char)*p < 0x80)
        return false;
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (!strncmp(p, closing[i], strlen(closing[i])))
            return false;
    return (unsigned char)*p >= 0xE3;
}

mcy_wrapped mcy_wrap(const char *text, double ems)
{
    mcy_wrapped wrapped = {0};
    size_t n = strlen(text), start = 0;
    while (start < n && wrapped.count < MCY_WRAP_LINES) {
        double width = 0;
        size_t at = start, cut = 0, gap = 0;
        while (at < n) {
            size_t size = utf8_size(text + at);
            char one[8] = {0};
            memcpy(one, text + at, size);
            if (at > start && (text[at] == ' ' || may_break_before(text + at) ||
                               ((unsigned char)text[at - 1] >= 0x80 &&
                                (unsigned char)text[at] < 0x80 &&
                                !strchr(" .,:;)%'", text[at]))))
                cut = at;
            if (at > start && text[at] == ' ')
                gap = at;
            width += mcy_display_ems(one);
            if (width > ems)
                break;
            at += size;
        }
        if (cut > start && gap > start && mcy_display_ems(text + cut) < 2.5)
            cut = gap; /* no lone character on the next line */
        size_t end = at >= n ? n : cut > start ? cut : at > start ? at : at + utf8_size(text + at);
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
