/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as an A4 note in PDF: paragraphs wrapped, tables laid out, figures placed as they
 * were drawn, contents, outline, and a place for every id. */
#ifndef MCY_TYPESET_H
#define MCY_TYPESET_H

#include <stddef.h>
#include <stdint.h>

#include "mcy/document.h"

typedef struct mcy_typeset_look {
    const char *family; /* of all text; no other stands in */
    uint32_t ink, soft; /* 0xRRGGBB of titles and rules, and of what is said aside */
} mcy_typeset_look;

/**
 * Write a document as PDF.
 *
 * Given:     document   pictures without a PDF are left out
 * Returned:  the file at path, replaced at once (it may be the one the pictures come from);
 *            *pages     how many, where pages is not NULL
 * Fails:     MCY_E_MISSING   the family is not installed, or lacks characters: which
 *            MCY_E_INPUT     a text that is not UTF-8, a table that is not whole, a row or a
 *                            picture higher than a page
 *            MCY_E_IO        a picture's file is not there, is no PDF or has no such page
 *            MCY_E_EXTERNAL  what the libraries complain of
 * Notes:     a table too wide at 6.5 points is set in groups of columns, each with the first
 *            ones; the same document gives the same bytes: the dates in it are the as-of day
 * Checked:   test_typeset.c
 */
mcy_status mcy_typeset_pdf(const mcy_document *document, const mcy_typeset_look *look,
                           const char *path, size_t *pages, mcy_error *err);

#endif
