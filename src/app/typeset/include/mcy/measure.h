/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much room a text takes in a font, and whether the font has all its characters: by the
 * libraries that gnuplot draws with, unhinted, so that it holds at every resolution. */
#ifndef MCY_MEASURE_H
#define MCY_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/status.h"
#include "mcy/text.h"

/* Used by one thread at a time. */
typedef struct mcy_measurer mcy_measurer;

typedef struct mcy_font {
    const char *family; /* "Noto Sans CJK SC" */
    double size;        /* of the em, in any unit: what is measured comes in the same */
    bool bold;
} mcy_font;

/* Lengths from the origin on the baseline, x to the right and y down. */
typedef struct mcy_text_box {
    double width;           /* to where a text after it would begin */
    double ascent, descent; /* of the font above and below the baseline, both positive */
    double left, right;     /* of the ink; all four 0 when there is none */
    double top, bottom;
    size_t missing; /* characters drawn as empty boxes */
} mcy_text_box;

/**
 * A measurer; NULL may be destroyed.
 *
 * Fails:     MCY_E_EXTERNAL   the module that measures and sets type cannot be loaded, or its
 *                             libraries complain; *measurer is NULL then
 *            MCY_E_MEMORY
 */
mcy_status mcy_measurer_create(mcy_measurer **measurer, mcy_error *err);
void mcy_measurer_destroy(mcy_measurer *measurer);

/**
 * Measure one line of text; no other family stands in for the one that is named.
 *
 * Given:     text          UTF-8; a control character counts as a blank
 * Returned:  *box
 * Fails:     MCY_E_MISSING the family is not installed
 *            MCY_E_INPUT   the text is not UTF-8, or the size is not above 0
 * Checked:   test_measure.c
 */
mcy_status mcy_measure(mcy_measurer *measurer, const mcy_font *font, const char *text,
                       mcy_text_box *box, mcy_error *err);

/**
 * The characters a family lacks, each once, in their order: "龘 U+9F98".
 *
 * Returned:  appended to missing, with blanks between; nothing when the family has them all
 * Fails:     as mcy_measure
 */
mcy_status mcy_measure_missing(mcy_measurer *measurer, const mcy_font *font, const char *text,
                               mcy_text *missing, mcy_error *err);

/**
 * Which libraries set the type: "Pango 1.50.12, cairo 1.16.0".
 *
 * Fails:     MCY_E_EXTERNAL   they cannot be loaded: why
 */
mcy_status mcy_measure_library(const char **library, mcy_error *err);

#endif
