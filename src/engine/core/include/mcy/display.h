/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a number and a sentence are printed for a reader: both languages, thousands separators,
 * signs, brackets. What a program reads is printed by mcy_number_format instead. */
#ifndef MCY_DISPLAY_H
#define MCY_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>

typedef enum mcy_language { MCY_ZH, MCY_EN } mcy_language;

enum { MCY_LANGUAGES = 2 };

/* One text in Chinese and in English, UTF-8; both must be given wherever one is printed. */
typedef struct mcy_bilingual {
    const char *zh, *en;
} mcy_bilingual;

/** The text of a language; "" when that one is NULL. */
const char *mcy_bilingual_text(mcy_bilingual words, mcy_language language);

/** "zh" or "en". */
const char *mcy_language_name(mcy_language language);

/* How a number is printed. {1} is one decimal with thousands separators. */
typedef struct mcy_display {
    int decimals;     /* 0..9 */
    bool signed_plus; /* a plus before a positive number, as for changes in points */
    bool brackets;    /* (1.2) for -1.2, as in printed tables */
    bool no_groups;   /* 1234567 instead of 1,234,567, as for years */
    const char *unit; /* appended as it is, "%" or " pp"; NULL for none */
    const char *mark; /* after all, the bracket too: "*"; at most 4 bytes; NULL for none */
} mcy_display;

enum { MCY_DISPLAY_TEXT = 64 };

/**
 * A number as an analyst prints it.
 *
 * Given:     value     any
 *            display   the form; NULL = one decimal
 * Returned:  out       "23,860.0", "-1.2%", "(1.2)", "(1.2)*", "+18.0 pp"; never "-0.0"
 * Missing:   a missing value prints as "–", an infinite one as "inf" or "-inf"
 */
void mcy_display_print(double value, const mcy_display *display, char out[MCY_DISPLAY_TEXT]);

/**
 * Width of a text in ems of its font, for layouts that must not overlap: 1 for a CJK or
 * full-width character, for others the advance of Noto Sans CJK Regular.
 *
 * Given:     text   UTF-8
 * Notes:     for that family at most 2 % above what is drawn (no kerning), never below; its bold
 *            is some 6 % wider; other families differ
 * Checked:   test_display.c, test_measure.c against Pango
 */
double mcy_display_ems(const char *text);

#endif
