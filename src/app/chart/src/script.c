/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart as a gnuplot script that stands alone. */
#include "mcy/script.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "sheet.h"

void mcy_chart_file_name(const mcy_chart *chart, mcy_language language, char out[128])
{
    snprintf(out, 128, "%02d-%.90s.%s", chart->number, chart->id, mcy_language_name(language));
}

/* Colours that every layout uses, by their names in plots/. */
static void put_colours(mcy_sheet *sheet)
{
    static const char *const names[][2] = {
        {"INK", "ink"},     {"TEXT", "text"},         {"SOFT", "soft"},      {"GRID", "grid"},
        {"FRAME", "frame"}, {"SHORTAGE", "shortage"}, {"SURPLUS", "surplus"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        mcy_text_print(sheet->out, "%s = '#%06X'\n", names[i][0],
                       mcy_sheet_rgb(sheet, names[i][1]));
}

static void put_head(mcy_sheet *sheet, const char *pack, const char *name)
{
    mcy_text *out = sheet->out;
    mcy_text_print(out,
                   "# memcycle figure %s/%s: %s.svg and %s.png, drawn by: gnuplot -d %s.gp\n"
                   "# Data and drawing stand in this file; the same data with more digits of "
                   "context are in %02d-%s.csv.\n",
                   pack, sheet->chart->id, name, name, name, sheet->chart->number,
                   sheet->chart->id);
    mcy_text_print(out, "WIDTH_CM = %g\nHEIGHT_CM = %g\n", sheet->page->width_cm,
                   sheet->page->height_cm);
    mcy_text_add(out, "FILE = ");
    mcy_script_literal(out, name);
    mcy_text_add(out, "\nFONT = ");
    mcy_script_literal(out, mcy_sheet_word(sheet, "font"));
    mcy_text_add(out, "\n");
    put_colours(sheet);
}

/* Does the script define the data block that an element of a plot names? */
static bool has_block(const mcy_text *script, const char *element, size_t size)
{
    const char *at = memchr(element, '$', size);
    if (!at)
        return true;
    char name[64], block[80];
    size_t n = 0;
    for (at++; n + 1 < sizeof name && at < element + size &&
               (isalnum((unsigned char)*at) || *at == '_');
         at++)
        name[n++] = *at;
    name[n] = '\0';
    snprintf(block, sizeof block, "\n$%s << EOD\n", name);
    return strstr(mcy_text_view(script), block);
}

/* A layout with the elements whose blocks are not there left out: gnuplot warns of each empty
 * one. An element is one line, indented, ended by ", \\" but for the last. */
static void put_layout(mcy_text *script, const char *layout)
{
    size_t elements = 0;
    for (const char *line = layout; *line;) {
        size_t n = strcspn(line, "\n"), end = n;
        bool element = !strncmp(line, "  ", 2);
        if (element) {
            while (end && strchr(" ,\\", line[end - 1]))
                end--;
            if (has_block(script, line, end)) {
                mcy_text_add(script, elements++ ? ", \\\n" : "");
                mcy_text_append(script, line, end);
            }
        } else {
            mcy_text_append(script, line, n);
            mcy_text_add(script, "\n");
        }
        line += n + (line[n] == '\n');
    }
    mcy_text_add(script, "\n");
}

mcy_status mcy_chart_script(const mcy_chart *chart, const mcy_theme *theme, const char *pack,
                            mcy_language language, mcy_text *script, mcy_error *err)
{
    static void (*const draw[])(mcy_sheet *) = {
        [MCY_CHART_COLUMNS] = mcy_draw_time,    [MCY_CHART_LINES] = mcy_draw_time,
        [MCY_CHART_STACKED] = mcy_draw_time,    [MCY_CHART_FAN] = mcy_draw_time,
        [MCY_CHART_GAP] = mcy_draw_time,        [MCY_CHART_WATERFALL] = mcy_draw_waterfall,
        [MCY_CHART_TORNADO] = mcy_draw_tornado, [MCY_CHART_HEAT] = mcy_draw_heat,
        [MCY_CHART_DOTS] = mcy_draw_dots,       [MCY_CHART_PATH] = mcy_draw_path};
    MCY_TRY(mcy_chart_check(chart, err));
    mcy_sheet sheet = {.chart = chart,
                       .theme = theme,
                       .language = language,
                       .page = mcy_sheet_page_of(chart),
                       .out = script};
    char name[128], id[256];
    mcy_chart_file_name(chart, language, name);
    put_head(&sheet, pack, name);
    mcy_text_add(script, theme->frame);
    snprintf(id, sizeof id, "%.80s/%.90s", pack, chart->id);
    mcy_sheet_text(&sheet, sheet.page->width - sheet.page->side, sheet.page->below - 10, 'r',
                   MCY_SMALL_SIZE, false, mcy_sheet_rgb(&sheet, "frame"), id);
    draw[chart->kind](&sheet);
    put_layout(script, mcy_theme_layout(theme, chart->kind));
    mcy_text_add(script, theme->finish);
    return mcy_text_status(script, err);
}
