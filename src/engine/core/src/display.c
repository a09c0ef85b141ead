/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and sentences for readers. */
#include "mcy/display.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

const char *mcy_bilingual_text(mcy_bilingual words, mcy_language language)
{
    const char *text = language == MCY_ZH ? words.zh : words.en;
    return text ? text : "";
}

const char *mcy_language_name(mcy_language language)
{
    return language == MCY_ZH ? "zh" : "en";
}

/* The digits of |value| with a comma after each group of three of the whole part. */
static void display_digits(double value, const mcy_display *display, char *out, size_t size)
{
    char plain[MCY_DISPLAY_TEXT];
    int n = snprintf(plain, sizeof plain, "%.*f", display->decimals, fabs(value));
    if (n < 0 || (size_t)n >= sizeof plain || n > 40) {
        snprintf(out, size, "%.6g", fabs(value));
        return;
    }
    size_t whole = strcspn(plain, "."), used = 0;
    for (size_t i = 0; plain[i] && used + 2 < size; i++) {
        if (i && i < whole && (whole - i) % 3 == 0 && !display->no_groups)
            out[used++] = ',';
        out[used++] = plain[i];
    }
    out[used] = '\0';
}

void mcy_display_print(double value, const mcy_display *display, char out[MCY_DISPLAY_TEXT])
{
    static const mcy_display one_decimal = {.decimals = 1};
    if (!display)
        display = &one_decimal;
    assert(display->decimals >= 0 && display->decimals <= 9);
    if (value != value) {
        snprintf(out, MCY_DISPLAY_TEXT, "–");
        return;
    }
    if (isinf(value)) {
        snprintf(out, MCY_DISPLAY_TEXT, "%s", value > 0 ? "inf" : "-inf");
        return;
    }
    char digits[MCY_DISPLAY_TEXT - 16];
    display_digits(value, display, digits, sizeof digits);
    bool zero = strspn(digits, "0.,") == strlen(digits);
    bool negative = value < 0 && !zero;
    const char *before = negative                        ? (display->brackets ? "(" : "-")
                         : display->signed_plus && !zero ? "+"
                                                         : "";
    snprintf(out, MCY_DISPLAY_TEXT, "%s%s%.10s%s%.4s", before, digits,
             display->unit ? display->unit : "", negative && display->brackets ? ")" : "",
             display->mark ? display->mark : "");
}

/* Advances of printable ASCII in thousandths of an em: Noto Sans CJK Regular, without kerning,
 * which only draws letters together. */
static double latin_ems(unsigned char c)
{
    static const short advances[] = {
        224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392,
        555, 555, 555, 555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474,
        946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742,
        633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559,
        606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606,
        620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555,
    };
    return c < 0x20 || c == 0x7F ? advances[0] / 1000.0 : advances[c - 0x20] / 1000.0;
}

/* Of a character beyond ASCII: dashes, minus and letters are narrow, signs and CJK an em. */
static double other_ems(unsigned code)
{
    switch (code) {
    case 0xB1: /* ± · × ÷ */
    case 0xB7:
    case 0xD7:
    case 0xF7:
        return 1.0;
    case 0x2013: /* – */
        return 0.54;
    case 0x2014: /* — */
        return 0.9;
    case 0x2212: /* − */
        return 0.56;
    default:
        return code < 0x2000 ? 0.62 : 1.0;
    }
}

double mcy_display_ems(const char *text)
{
    double ems = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p;) {
        unsigned code = *p++;
        if (code < 0x80) {
            ems += latin_ems((unsigned char)code);
            continue;
        }
        code &= code >= 0xF0 ? 0x07 : code >= 0xE0 ? 0x0F : 0x1F;
        while ((*p & 0xC0) == 0x80)
            code = code << 6 | (*p++ & 0x3F);
        ems += other_ems(code);
    }
    return ems;
}
