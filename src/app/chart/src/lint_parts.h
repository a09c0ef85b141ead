/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a lint run. Private to the chart floor. */
#ifndef MCY_CHART_LINT_PARTS_H
#define MCY_CHART_LINT_PARTS_H

#include "mcy/day.h"
#include "mcy/display.h"
#include "mcy/file.h"
#include "mcy/lint.h"

enum { LINT_MOST_SERIES = 64 };

/* What the CSV of a figure says. */
typedef struct lint_series {
    const char *id, *names[MCY_LANGUAGES];
    size_t numbers; /* points with a value or a bound */
    bool inferred, unit;
} lint_series;

/* One figure of the pack. */
typedef struct lint_figure {
    int number;
    const char *stem; /* "03-dram-bits" */
    const char *id;   /* "dram-bits" */
    lint_series series[LINT_MOST_SERIES];
    size_t series_count;
    bool unit;
    size_t facts, low_facts; /* rows of the trace, and those of low confidence */
    size_t rhythms;          /* rows that say how often a series is published */
    bool stale;              /* one of those series is overdue */
} lint_figure;

typedef struct lint_run {
    mcy_arena *arena;
    const char *folder;
    bool client, languages[MCY_LANGUAGES];
    mcy_day day; /* of the data; 0 = the manifest does not say */
    lint_figure *figures;
    size_t figure_count, figure_room;
    mcy_lint_finding *findings;
    size_t count, room;
    mcy_status status; /* of adding findings: memory */
} lint_run;

/** Report a finding. */
void lint_add(lint_run *run, mcy_lint_rule rule, const char *file, const char *format, ...)
    MCY_PRINTF(4, 5);

/** Read STEM.LANG.ENDING of a figure; false (file zero) when it is not there. */
bool lint_read(lint_run *run, const char *stem, const char *language, const char *ending,
               mcy_file *file, char name[192]);

/** The rules that look at one picture: texts, overlaps, clipping. */
void lint_picture(lint_run *run, const lint_figure *figure, mcy_language language);

/** The rules that look at the scripts of a figure: same numbers, zero, level. */
void lint_scripts(lint_run *run, const lint_figure *figure);

#endif
