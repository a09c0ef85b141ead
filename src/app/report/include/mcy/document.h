/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document: its blocks listed once, printed as Markdown and as one self-contained HTML page;
 * the typeset floor prints the same blocks as PDF. */
#ifndef MCY_DOCUMENT_H
#define MCY_DOCUMENT_H

#include "mcy/table.h"

/* A number in a paragraph stands between these: NUMBER_OPEN id NUMBER_MID number NUMBER_CLOSE,
 * so that it has the same id in text, table and figure. */
#define NUMBER_OPEN  "\x01"
#define NUMBER_MID   "\x02"
#define NUMBER_CLOSE "\x03"

typedef enum mcy_block_kind {
    MCY_BLOCK_HEADING,
    MCY_BLOCK_PARAGRAPH,
    MCY_BLOCK_TABLE,
    MCY_BLOCK_PICTURE
} mcy_block_kind;

/* A picture in the forms it was drawn in. */
typedef struct mcy_picture {
    bool half;         /* of half the text's width, two side by side */
    double edge;       /* its blank left and right, in points: may reach beyond the text */
    const char *title; /* "图表3：…", for lists of pictures */
    const char *alt;   /* what it shows, in words */
    const char *link;  /* the file beside a Markdown page */
    const char *svg;   /* path of an SVG for the HTML page; NULL = none */
    const char *pdf;   /* path of a PDF file; NULL = none */
    size_t pdf_page;   /* of it, from 0 */
} mcy_picture;

typedef struct mcy_block {
    mcy_block_kind kind;
    const char *id;   /* of a table or picture: [a-z0-9-]+, unique in the document */
    const char *text; /* of a heading; of a paragraph, with its numbers marked */
    const mcy_table *table;
    mcy_picture picture;
} mcy_block;

/* In one language. */
typedef struct mcy_document {
    mcy_language language;
    const char *name; /* [a-z0-9-]+: ids are NAME/ID */
    const char *title, *preface;
    const char *as_of; /* YYYY-MM-DD */
    const mcy_block *blocks;
    size_t count;
} mcy_document;

/**
 * Print a document.
 *
 * Returned:  appended to out
 * Fails:     MCY_E_IO     an SVG that is not there
 *            MCY_E_INPUT  a table that is not whole
 * Checked:   test_document.c
 */
mcy_status mcy_document_markdown(const mcy_document *document, mcy_text *out, mcy_error *err);
mcy_status mcy_document_html(const mcy_document *document, mcy_text *out, mcy_error *err);

/** A paragraph's words without the marks of its numbers. */
void mcy_document_words(const char *text, mcy_text *out);

/** "数据截至 2026-06-01" or "As of 2026-06-01". */
void mcy_document_day(const mcy_document *document, mcy_text *out);

#endif
