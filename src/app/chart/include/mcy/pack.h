/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pack of figures: scripts, pictures, tables and one PDF a language, made in a folder aside
 * and renamed in when all of it is good. */
#ifndef MCY_PACK_H
#define MCY_PACK_H

#include <stddef.h>

#include "mcy/chart.h"
#include "mcy/gnuplot.h"
#include "mcy/theme.h"

typedef struct mcy_pack_section {
    mcy_bilingual title;
    size_t first; /* its first figure; it ends where the next begins */
} mcy_pack_section;

/* A file made by the caller: a table, the manifest. */
typedef struct mcy_pack_file {
    const char *name; /* without folders */
    const char *bytes;
    size_t size;
    mcy_bilingual title; /* listed in the index where it is not empty */
} mcy_pack_file;

/* What is behind a number of another part than a figure: a table, a text, a run. */
typedef struct mcy_pack_trace_row {
    const char *part; /* "table-guidance", "run.base" */
    mcy_chart_origin origin;
} mcy_pack_trace_row;

typedef struct mcy_pack {
    const char *name; /* [a-z0-9-]+ */
    mcy_bilingual title;
    mcy_bilingual preface; /* a paragraph for the head of the index; may be empty */
    const mcy_theme *themes[MCY_LANGUAGES];
    const mcy_chart *charts; /* numbered 1, 2, … here */
    size_t chart_count;
    const mcy_pack_section *sections;
    size_t section_count;
    const mcy_pack_file *files;
    size_t file_count;
    const mcy_pack_trace_row *traces; /* rows of trace.csv beside those of the figures */
    size_t trace_count;
    const char *as_of;

    bool languages[MCY_LANGUAGES];
    bool svg, png, pdf;
    const char *only; /* id of the one figure to redraw in a pack that is there; NULL = all */
    mcy_gnuplot_settings gnuplot;
    size_t processes; /* gnuplots at once; 0 = one a processor, at most 4 */
    /* NULL, or called in the folder aside when every picture is there and good: what it writes
       there belongs to the pack, and its failure fails the pack. */
    mcy_status (*finish)(void *context, const char *folder, mcy_error *err);
    void *finish_context;
    void (*progress)(void *context, const char *figure, size_t done, size_t all);
    void *progress_context;
} mcy_pack;

/* Seconds of each stage, measured by the caller's clock function (the floor has none). */
typedef struct mcy_pack_times {
    double (*clock)(void);
    double scripts, pictures, pages, files;
} mcy_pack_times;

/**
 * Draw a pack into a folder.
 *
 * Returned:  folder/NN-id.LANG.gp, .svg, .png; NN-id.csv; NAME.LANG.pdf (a figure a page, in
 *            their order: finish may replace it by a document that holds them); index.md;
 *            trace.csv (which facts, fits and commands are behind each figure); the files
 * Fails:     MCY_E_INPUT, MCY_E_DOMAIN, MCY_E_MISSING   a chart that mcy_chart_check refuses
 *            MCY_E_MISSING    a font without the characters
 *            MCY_E_EXTERNAL   gnuplot, or a file that is not whole: with the figure's name
 *            MCY_E_IO
 * Notes:     on failure the folder is as it was before; the same input gives the same bytes,
 *            whatever the number of processes
 * Checked:   test_pack.c
 */
mcy_status mcy_pack_draw(const mcy_pack *pack, const char *folder, mcy_pack_times *times,
                         mcy_error *err);

#endif
