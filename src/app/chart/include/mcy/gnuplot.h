/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gnuplot as a long-lived process that is fed script files, and what it drew checked. */
#ifndef MCY_GNUPLOT_H
#define MCY_GNUPLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/status.h"
#include "mcy/text.h"

typedef struct mcy_gnuplot mcy_gnuplot;

typedef struct mcy_gnuplot_settings {
    const char *program;    /* NULL = "gnuplot", looked up in PATH */
    double timeout_seconds; /* for one script; 0 = 30 */
} mcy_gnuplot_settings;

/**
 * Start gnuplot in a folder: no user settings (-d), LC_ALL=C.UTF-8, its own process group.
 *
 * Fails:     MCY_E_EXTERNAL   it cannot be started
 */
mcy_status mcy_gnuplot_create(const char *folder, const mcy_gnuplot_settings *settings,
                              mcy_gnuplot **gnuplot, mcy_error *err);

/**
 * Run one script of mcy_chart_script.
 *
 * Given:     script      file name in the folder; its last line prints `ok ID`
 *            terminals   "svg", "png" or "svg png"; NULL for a script of pages
 *            id          what `ok` and `end` are said of
 * Fails:     MCY_E_EXTERNAL   anything but `ok` lines on stderr, in the words of gnuplot; no
 *                             `ok`; time out; death. After death or time-out the next call
 *                             starts a new process
 * Notes:     an error in a loaded file returns to the pipe; the sentinel is sent after it
 */
mcy_status mcy_gnuplot_run(mcy_gnuplot *gnuplot, const char *script, const char *terminals,
                           const char *id, mcy_error *err);

/** End the process; NULL is fine. */
void mcy_gnuplot_destroy(mcy_gnuplot *gnuplot);

/**
 * Check a drawn file by its bytes, and make it what it should be.
 *
 * PNG: signature, size in IHDR, IEND. SVG: closed; the program's title and description are
 * replaced by the figure's, bold families become a weight, a fallback family is added. PDF: its
 * dates are overwritten by the as-of day, its pages counted, those of half-width figures cut to
 * 8 x 6.4 cm.
 *
 * Given:     bytes, size   PDF bytes are changed in place
 *            half          [pages] whether a page holds a half-width figure
 * Fails:     MCY_E_EXTERNAL   not a complete file of that kind: the name and what is wrong
 */
mcy_status mcy_png_check(const char *name, const char *bytes, size_t size, mcy_error *err);
mcy_status mcy_svg_finish(const char *name, const char *bytes, size_t size, const char *title,
                          const char *description, mcy_text *svg, mcy_error *err);
mcy_status mcy_pdf_finish(const char *name, char *bytes, size_t size, const char *as_of,
                          const bool *half, size_t pages, mcy_error *err);

/**
 * Does an installed family have every character of a text?
 *
 * Given:     text   UTF-8; only what is not ASCII is asked for
 * Fails:     MCY_E_MISSING    no such family, or it lacks characters: with the first of them
 *            MCY_E_INPUT      the text is not UTF-8
 * Notes:     gnuplot draws damage, and says nothing, where a font lacks the characters
 */
mcy_status mcy_font_check(const char *family, const char *text, mcy_error *err);

#endif
