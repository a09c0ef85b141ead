/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look of a pack: page, fonts, colours, words and the gnuplot side, read from plots/. */
#ifndef MCY_THEME_H
#define MCY_THEME_H

#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/chart.h"
#include "mcy/display.h"
#include "mcy/status.h"

enum { MCY_LAYOUTS = 6 };

/* One colour of the palette with what tells it apart in grey: dash and point. */
typedef struct mcy_colour {
    const char *role;
    uint32_t rgb;
    int dash;  /* gnuplot dashtype of its lines, 1 = solid */
    int point; /* gnuplot pointtype, filled; hollow is one less */
} mcy_colour;

/* A word or setting of the style in both languages. */
typedef struct mcy_style_word {
    const char *key;
    mcy_bilingual words;
} mcy_style_word;

typedef struct mcy_theme {
    const char *style; /* cn-broker or en-broker */
    const mcy_colour *colours;
    size_t colour_count;
    const mcy_style_word *words;
    size_t word_count;
    const char *frame;  /* plots/frame.gp: terminals, before every layout */
    const char *finish; /* plots/finish.gp: further terminals, the ok line */
    const char *layout_names[MCY_LAYOUTS];
    const char *layouts[MCY_LAYOUTS]; /* plots/<layout>.gp */
} mcy_theme;

/**
 * Read plots/palette.csv, plots/words.csv and plots/(asterisk).gp.
 *
 * Given:     folder   the plots folder
 *            style    cn-broker or en-broker: rows of that style win over those of style "all"
 *            font     NULL = the style's own; else the family for both languages
 * Returned:  *theme   in the arena
 * Fails:     MCY_E_INPUT   an unknown style, a bad row, a colour that is not #RRGGBB
 *            MCY_E_IO      a file is not there
 */
mcy_status mcy_theme_read(mcy_arena *arena, const char *folder, const char *style,
                          const char *font, mcy_theme *theme, mcy_error *err);

/** The colour of a role; NULL where the palette has none. */
const mcy_colour *mcy_theme_colour(const mcy_theme *theme, const char *role);

/** The colour of a series: its role, or series1, series2, … by position. */
const mcy_colour *mcy_theme_series(const mcy_theme *theme, const char *role, size_t position);

/** A word of the style: "figure", "source", "as_of", "font" …; "" where there is none. */
const char *mcy_theme_word(const mcy_theme *theme, const char *key, mcy_language language);

/** The layout file of a kind; never NULL after mcy_theme_read. */
const char *mcy_theme_layout(const mcy_theme *theme, mcy_chart_kind kind);

/* How much white is in the fill of a bar that is not published: light beside the solid one, and
 * firms still apart in grey. */
#define MCY_LIGHT_SHARE 0.5

/** rgb mixed with white: share 0 is rgb, 1 is white. */
uint32_t mcy_colour_lighter(uint32_t rgb, double share);

/**
 * How far apart two colours look, CIE 1976 colour difference in L*a*b*.
 *
 * Given:     vision   "normal", "protan", "deutan", "tritan" (Machado, Oliveira and Fernandes
 *                     2009, severity 1) or "grey" (lightness alone)
 * Returned:  0 for equal colours, 100 from black to white
 */
double mcy_colour_distance(uint32_t a, uint32_t b, const char *vision);

#endif
