/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as a gnuplot script that stands alone: data and drawing in one file. */
#ifndef MCY_SCRIPT_H
#define MCY_SCRIPT_H

#include "mcy/chart.h"
#include "mcy/theme.h"

/**
 * Write the script of a figure in one language.
 *
 * Given:     chart   checked here with mcy_chart_check
 *            pack    name of the pack, part of the id that is printed in the figure
 * Returned:  script  draws NN-id.LANG.svg and .png beside itself with `gnuplot -d SCRIPT`; with
 *                    mcy_terminals = 'page' set before it draws one page of the open terminal;
 *                    prints `ok NN-id.LANG` on stderr as its last line
 * Notes:     user text stands in single-quoted literals alone, never in data blocks; blanks
 *            replace control characters; terminals are noenhanced: nothing of it is executed
 * Checked:   test_script.c, test_gnuplot.c
 */
mcy_status mcy_chart_script(const mcy_chart *chart, const mcy_theme *theme, const char *pack,
                            mcy_language language, mcy_text *script, mcy_error *err);

/** "03-micron-revenue.zh" for figure 3: name of its files without the ending. */
void mcy_chart_file_name(const mcy_chart *chart, mcy_language language, char out[128]);

#endif
