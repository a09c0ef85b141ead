/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document while it is set: its blocks become boxes of known height, the boxes are placed on
 * pages, the pages are drawn. Lengths are points, y downwards. Private to the typeset floor. */
#ifndef MCY_TYPESET_PAGE_H
#define MCY_TYPESET_PAGE_H

#include <pango/pangocairo.h>
#include <poppler.h>

#include "mcy/typeset.h"

/* A4, and the part of it that the text fills. */
#define PAGE_WIDTH  595.276
#define PAGE_HEIGHT 841.890
#define PAGE_LEFT   56.693
#define PAGE_TEXT   (PAGE_WIDTH - 2 * PAGE_LEFT)
#define PAGE_TOP    62.0
#define PAGE_BOTTOM (PAGE_HEIGHT - 54.0)
#define PAGE_GUTTER 18.0 /* between two pictures side by side */

/* A line of a laid-out text. */
typedef struct page_line {
    PangoLayout *layout;
    int line;
    double size;  /* of the type */
    double x;     /* from the left of the text */
    double rule;  /* thickness of a rule under it; 0 = none */
    bool soft;    /* said aside */
    bool ink;     /* a title */
    size_t entry; /* of the contents: 1 + the entry whose page stands at its end; 0 = none */
} page_line;

/* Columns [first, end) of a table beside its leading ones. */
typedef struct page_group {
    size_t first, end;
} page_group;

typedef struct page_table {
    mcy_table_page words;
    PangoLayout **cells; /* [(rows + 1) * columns], the headings first */
    double size;         /* of the type */
    double *natural;     /* [columns] width without a break inside, at the size */
    double *easy;        /* [columns] width at which it reads well: words broken now and then */
    double *least;       /* [columns] width under which it cannot go */
    double *lengths;     /* [(rows + 1) * columns] of the cells on one line, at 8 points */
    double *gains;       /* [columns] room to reckon in */
    double *widths;      /* [columns] as set, with the blanks at both sides */
    size_t lead;         /* leading columns that every group begins with */
    page_group *groups;
    size_t group_count;
} page_table;

typedef struct page_row {
    const page_table *table;
    const page_group *group;
    size_t row;  /* 0 = the headings */
    size_t head; /* box of the group's headings, for the next page */
    bool last;   /* of the group */
} page_row;

/* One picture, or two side by side. */
typedef struct page_pictures {
    PopplerPage *of[2];
    double edges[2]; /* as drawn */
    bool half;
    size_t count;
    double least; /* height below which it is not made smaller to fill a page */
} page_pictures;

typedef enum page_box_kind { PAGE_LINE, PAGE_ROW, PAGE_PICTURES, PAGE_BREAK } page_box_kind;

typedef struct page_box {
    page_box_kind kind;
    double before; /* blank above it, but for the first of a page */
    double height;
    bool keep;                   /* on one page with the next box */
    const char *destinations[2]; /* that lead here; NULL = none */
    union {
        page_line line;
        page_row row;
        page_pictures pictures;
    };
} page_box;

typedef struct page_place {
    size_t box, page;
    double y; /* of its top */
} page_place;

/* What outline and contents list. */
typedef struct page_entry {
    const char *title, *destination;
    bool section;
    size_t page; /* from 0 */
    size_t box;
} page_entry;

typedef struct typesetting {
    const mcy_document *document;
    const mcy_typeset_look *look;
    mcy_arena *arena;
    PangoFontMap *map;
    PangoContext *context;
    PangoAttrList *attributes;
    GPtrArray *objects; /* released together at the end */
    mcy_text lacking;   /* texts with characters that the family has not */
    page_box *boxes;
    size_t box_count, box_room;
    page_place *places;
    size_t place_count, place_room;
    page_entry *entries;
    size_t entry_count;
    size_t pages;
} typesetting;

/** A text laid out in a width (0 = on one line); lives to the end of the typesetting. */
PangoLayout *page_layout(typesetting *t, const char *text, double size, bool bold,
                         double width);

/** The same, but what stands in brackets is not broken. */
PangoLayout *page_layout_heading(typesetting *t, const char *text, double size);

/** Another size or width for it. */
void page_layout_size(PangoLayout *layout, double size, double width);

/** Width of its widest line. */
double page_layout_width(PangoLayout *layout);

/** Height of a line, and where its baseline lies under its top. */
double page_leading(double size);
double page_baseline(double size);

/** Add an empty box of a kind to the end; NULL when memory is short. */
page_box *page_add(typesetting *t, page_box_kind kind, mcy_error *err);

/** Add a text as one box a line: like says x, size and colours, before is above its first line.
 */
mcy_status page_add_text(typesetting *t, const char *text, const page_line *like, bool bold,
                         double before, bool keep_last, mcy_error *err);

/** Lay a table out: size, columns, groups. */
mcy_status page_table_make(typesetting *t, const mcy_table_page *words, page_table **table,
                           mcy_error *err);

/** True when a row has nothing in a group's own columns. */
bool page_row_is_empty(const page_table *table, const page_group *group, size_t row);

/** Height of a row of a group. */
double page_row_height(const page_table *table, const page_group *group, size_t row);

/** All blocks of the document as boxes; entries get theirs. */
mcy_status page_list(typesetting *t, mcy_error *err);

/** Place the boxes on pages. */
mcy_status page_flow(typesetting *t, mcy_error *err);

/** Draw the pages. */
void page_draw(typesetting *t, cairo_surface_t *surface);

/** Draw a row of a table with its rules, its top left at (x, y). */
void page_draw_row(const typesetting *t, cairo_t *cr, const page_row *row, double x, double y,
                   double height);

/** Draw a line of a layout, its left end or (right) its right end at x. */
void page_draw_line(cairo_t *cr, PangoLayout *layout, int line, double x, double baseline,
                    bool right);

/**
 * Set the widths that a PDF says its glyphs have after the fonts in it, where the two differ.
 *
 * Given:     pdf   as cairo wrote it
 * Notes:     its length stays; a width that needs more digits than stand there is left
 */
mcy_status page_mend_widths(mcy_text *pdf, mcy_error *err);

void page_ink(cairo_t *cr, uint32_t rgb);

#endif
