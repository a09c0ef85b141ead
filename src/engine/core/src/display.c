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
    const char *before = negative ? (display->brackets ? "(" : "-")
                         : display->signed_plus && !zero ? "+"
                                                         : "";
    snprintf(out, MCY_DISPLAY_TEXT, "%s%s%.10s%s%.4s", before, digits,
             display->unit ? display->unit : "", negative && display->brackets ? ")" : "",
             display->mark ? display->mark : "");
}

/* Widths of printable ASCII in hundredths of an em, Noto Sans CJK, rounded up. */
static double latin_ems(unsigned char c)
{
    if (strchr(" .,:;'|!ijlI", c))
        return 0.29;
    if (strchr("()[]{}-ftr/\"", c))
        return 0.39;
    if (strchr("mwMW%@", c))
        return 0.93;
    if (c >= 'A' && c <= 'Z')
        return 0.68;
    return 0.565;
}

double mcy_display_ems(const char *text)
{
    double ems = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p < 0x80) {
            ems += latin_ems(*p);
        } else if (*p >= 0xE2 && *p < 0xF0) { /* U+2000 on: dashes narrow, CJK an em */
            bool narrow = *p == 0xE2 && p[1] == 0x80;
            ems += narrow ? 0.55 : 1.0;
        } else if (*p >= 0xF0) {
            ems += 1.0;
        } else if (*p >= 0xC0) {
            ems += 0.6;
        }
    }
    return ems;
}
