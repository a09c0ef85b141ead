/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing text in memory. Failure to grow is remembered: append freely, ask once at the end. */
#ifndef MCY_TEXT_H
#define MCY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"

/* bytes is always NUL-terminated once anything was appended and is NULL before; failed is set
 * when memory was short, and then nothing more is appended. */
typedef struct mcy_text {
    char *bytes;
    size_t size, capacity;
    bool failed;
} mcy_text;

void mcy_text_init(mcy_text *text);
void mcy_text_release(mcy_text *text);
void mcy_text_clear(mcy_text *text);
void mcy_text_append(mcy_text *text, const char *bytes, size_t n);
void mcy_text_add(mcy_text *text, const char *string);
void mcy_text_print(mcy_text *text, const char *format, ...) MCY_PRINTF(2, 3);

/** The text as a string, "" when empty. Dies with the text or the next append. */
const char *mcy_text_view(const mcy_text *text);

/** MCY_OK, or MCY_E_MEMORY when any append failed. */
mcy_status mcy_text_status(const mcy_text *text, mcy_error *err);

/**
 * The closest of n names to a mistyped word, for "did you mean".
 *
 * Returned:  the name at the smallest edit distance (insert, delete, replace, swap), the first
 *            of equals; when none is within a third of the word's length, at least 1, the
 *            shortest that holds a word of three letters or more ("eps" for "eps_diluted");
 *            else NULL
 */
const char *mcy_text_closest(const char *word, const char *const *names, size_t n);

/** Add a string with the ligatures ff, fi, fl, ffi and ffl as letters: text copied from a PDF has
 *  them as characters of their own. */
void mcy_text_add_letters(mcy_text *text, const char *string);

#endif
