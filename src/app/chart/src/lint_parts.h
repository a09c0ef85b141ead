/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a lint run. Private to the chart floor. */
#ifndef MCY_CHART_LINT_PARTS_H
#define MCY_CHART_LINT_PARTS_H

#include "mcy/day.h"
#include "mcy/display.h"
#include "mcy/file.h"
#include "mcy/lint.h"
#include "mcy/measure.h"

enum { LINT_MOST_SERIES = 64, LINT_MOST_TEXTS = 600, LINT_WORDS = 512 };

/* A text of an SVG; the box of its ink in pixels of the page. */
typedef struct lint_text {
    char words[LINT_WORDS];
    double left, right, top, bottom, size;
    size_t missing; /* characters that its font lacks */
} lint_text;

/* What the CSV of a figure says. */
typedef struct lint_series {
    const char *id, *names[MCY_LANGUAGES];
    size_t numbers; /* points with a value or a bound */
    bool inferred, unit;
} lint_series;

/* A point of a figure: are all its numbers estimates? */
typedef struct lint_key {
    const char *key;
    bool estimate;
} lint_key;

/* One figure of the pack. */
typedef struct lint_figure {
    int number;
    const char *stem; /* "03-dram-bits" */
    const char *id;   /* "dram-bits" */
    lint_series series[LINT_MOST_SERIES];
    size_t series_count;
    bool unit;
    lint_key *keys; /* its points by their names */
    size_t key_count, key_room;
    bool heat, over_time;    /* by its script */
    size_t facts, low_facts; /* rows of the trace, and those of low confidence */
    size_t rhythms;          /* rows that say how often a series is published */
    bool stale;              /* one of those series is overdue */
    bool traced;             /* a row of the trace is behind the whole figure */
    size_t base_cells;       /* of a heat table, framed as the scenario itself */
    double base_cell, base;  /* its value, and what the trace says it must be */
    bool based;              /* the trace says it */
} lint_figure;

/* Facts behind another part than a figure: a table or a text. */
typedef struct lint_part {
    const char *id; /* "table-guidance" */
    size_t facts, low_facts;
} lint_part;

/* A number of a figure by its id. */
typedef struct lint_number {
    const char *id;
    double value;
    size_t figure;
} lint_number;

typedef struct lint_run {
    mcy_arena *arena;
    const char *folder;
    bool client, languages[MCY_LANGUAGES];
    mcy_day day; /* of the data; 0 = the manifest does not say */
    lint_figure *figures;
    size_t figure_count, figure_room;
    lint_number *numbers;
    size_t number_count, number_room;
    const char **traced; /* numbers and series of the trace */
    size_t traced_count, traced_room;
    lint_part *parts;
    size_t part_count, part_room;
    const char *pages[MCY_LANGUAGES];     /* the file of the page in each language */
    const char **page_ids[MCY_LANGUAGES]; /* numbers of the pages, in their order */
    size_t page_id_count[MCY_LANGUAGES], page_id_room[MCY_LANGUAGES];
    mcy_measurer *measurer; /* NULL = widths are estimated */
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

bool lint_ends(const char *name, const char *ending);

/** Read NN-ID.csv of a figure, and add it to the run. */
mcy_status lint_figure_read(lint_run *run, const char *name, mcy_error *err);

/** Read trace.csv; what it says of rhythms is judged at once. */
mcy_status lint_trace_read(lint_run *run, mcy_error *err);

/** Numbers that cannot be followed back, cells of heat tables that are not what they claim. */
void lint_numbers(lint_run *run, const lint_figure *figure);

/** A number as printed, "+1,234.5%" or "(3.2)", and its decimals; false where it is words. */
bool lint_printed(const char *shown, size_t n, double *value, int *decimals);

/** Equal in some unit: 238.6 of 100 m, 23.86 bn and 23,860 m are one number. */
bool lint_same(double shown, int decimals, double value);

/** The tables of a page: bases named, inferred values marked. */
void lint_tables(lint_run *run, const char *name, const char *html);

/** A page in HTML: each number as the figures have it, and known to the trace. */
void lint_page(lint_run *run, const char *name, const char *html);

/** A table to paste: the same numbers in both languages. */
void lint_sheet(lint_run *run, const char *name, const char *tsv);

/** After all pages: the same numbers in both languages. */
void lint_languages(lint_run *run);

/** A PDF: its fonts, and the ids of all figures. */
void lint_pdf_file(lint_run *run, const char *name, const char *path);

/** What may not leave the house: in one file, and beside the files. */
void lint_client(lint_run *run, const char *name, const char *bytes, size_t size);
void lint_client_folder(lint_run *run);

/** The number after name=" between two places of an SVG; 0 where it is not. */
double lint_attribute(const char *from, const char *end, const char *name);

/** The texts of an SVG that are not empty, at most LINT_MOST_TEXTS; texts has room for one more. */
size_t lint_texts(lint_run *run, const char *svg, lint_text *texts);

/** The rules that look at one picture: texts, overlaps, clipping. */
void lint_picture(lint_run *run, const lint_figure *figure, mcy_language language);

/** The rules that look at the scripts of a figure: same numbers, zero, level. */
void lint_scripts(lint_run *run, lint_figure *figure);

#endif
