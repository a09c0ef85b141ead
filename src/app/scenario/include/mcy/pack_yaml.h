/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pack files: which figures and tables, in which sections, from which data by name. Adding a
 * figure is a change there and nowhere else, unless its kind or its source is new. */
#ifndef MCY_PACK_YAML_H
#define MCY_PACK_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/display.h"
#include "mcy/status.h"

/* An axis as the file has it. */
typedef struct mcy_axis_spec {
    mcy_bilingual title;
    const char *unit; /* after each number, "%"; NULL none */
    size_t decimals;
    bool signed_plus;
    double low, high; /* both given = fixed; missing else */
    const double *rules;
    size_t rule_count;
    double reach; /* where lines first reach it is marked; missing else */
} mcy_axis_spec;

/* A series: words that name its data, split at blanks. */
typedef struct mcy_series_spec {
    const char *const *data; /* "fact" "micron" "total" "revenue" "gaap" */
    size_t data_count;
    mcy_bilingual name;
    const char *colour, *mark;
    bool right, gaps;
    size_t link;  /* 1 + the series that a dashed line comes from; 0 none */
    size_t panel; /* 1 + the panel it stands in; 0 where it is not said */
    double scale; /* values are multiplied by it; 1 by default */
    int line;     /* of the file, for messages */
} mcy_series_spec;

/* An input that a figure varies: a scenario path, with its quarters where it has any, and
 * quantities as a scenario writes them. */
typedef struct mcy_vary_spec {
    mcy_bilingual name;
    const char *path;
    const char *const *values; /* a tornado: low, high */
    const char *const *labels; /* as printed; the values where there are none */
    size_t value_count, label_count;
} mcy_vary_spec;

/* One of several plots side by side. */
typedef struct mcy_panel_spec {
    mcy_bilingual title;
    const char *periods; /* firm whose quarters are its points; NULL = calendar quarters */
} mcy_panel_spec;

typedef struct mcy_figure_spec {
    const char *id, *kind;
    mcy_bilingual title, message, subtitle, across;
    const mcy_bilingual *notes;
    size_t note_count;
    const char *const *data; /* of the whole figure ("bridge micron FQ1-26 FQ2-26"), or none */
    size_t data_count;
    const char *periods;   /* firm whose quarters are the points; NULL = calendar quarters */
    const char *from, *to; /* first and last period; to may be "last" or "next" */
    mcy_axis_spec left, right;
    bool numbers; /* the first series in a row above the plot */
    bool years;   /* points are years */
    bool half;    /* width: half */
    const mcy_series_spec *series;
    size_t series_count;
    const mcy_vary_spec *vary;
    size_t vary_count;
    const mcy_panel_spec *panels;
    size_t panel_count;
    int line;
} mcy_figure_spec;

/* A table or a text made by a name the program knows, with its words. */
typedef struct mcy_table_spec {
    const char *id;
    mcy_bilingual title; /* a text has none */
    const char *const *data;
    size_t data_count;
    int line;
} mcy_table_spec;

/* A section: texts, then tables, then figures. */
typedef struct mcy_section_spec {
    mcy_bilingual title;
    size_t first, count; /* its figures */
    size_t first_table, table_count;
    size_t first_text, text_count;
} mcy_section_spec;

typedef struct mcy_pack_spec {
    const char *file; /* as given, for messages */
    const char *name, *font;
    mcy_bilingual style; /* of the pages of each language */
    mcy_bilingual title, preface;
    const mcy_section_spec *sections;
    size_t section_count;
    const mcy_figure_spec *figures;
    size_t figure_count;
    const mcy_table_spec *tables, *texts;
    size_t table_count, text_count;
} mcy_pack_spec;

/**
 * Read a pack file.
 *
 * Returned:  *spec   in the arena
 * Fails:     MCY_E_INPUT   every fault as file:line:column, unknown keys with "did you mean"
 *            MCY_E_IO, MCY_E_MEMORY
 * Checked:   test_pack_yaml.c
 */
mcy_status mcy_pack_spec_read(mcy_arena *arena, const char *path, mcy_pack_spec *spec,
                              mcy_error *err);

/** The same from memory; name stands in the messages. */
mcy_status mcy_pack_spec_read_text(mcy_arena *arena, const char *name, const char *bytes,
                                   size_t size, mcy_pack_spec *spec, mcy_error *err);

#endif
