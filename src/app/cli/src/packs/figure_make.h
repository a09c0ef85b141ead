/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a figure of a pack file to a chart with its numbers: sources of data by name. Each source
 * is one line of a table; a pack that asks for one there is not is told the closest. */
#ifndef MCY_CLI_FIGURE_MAKE_H
#define MCY_CLI_FIGURE_MAKE_H

#include "backtest_run.h"
#include "command.h"
#include "margin_study.h"
#include "mcy/chart.h"
#include "mcy/decompose.h"
#include "mcy/facts.h"
#include "mcy/pack.h"
#include "mcy/pack_yaml.h"
#include "mcy/study.h"
#include "sweep_run.h"

enum { PACK_FITS = 2, PACK_RUNS = 24, PACK_SWEEPS = 8, FIGURE_RESTS = 64 };

/* A name for the source line: of rows whose source holds the words, or of a company's own. */
typedef struct pack_house {
    const char *pattern;
    mcy_bilingual name;
} pack_house;

/* A word of the data in both languages: names.csv. */
typedef struct pack_term {
    const char *word;
    mcy_bilingual name;
} pack_term;

/* A scenario that was run. */
typedef struct pack_run {
    const char *name;
    mcy_study *study;
    const mcy_path_panel *panel;
    bool used_house[64];    /* whose facts fill its base quarter */
    const mcy_fact *newest; /* of those facts */
} pack_run;

/* A sweep that was run, its sample in memory. */
typedef struct pack_sweep {
    const char *name;
    uint64_t runs; /* as the figure asks for them */
    const mcy_sweep_file *file;
    mcy_sweep_results results;
} pack_sweep;

/* What the figures of one pack share. */
typedef struct pack_maker {
    mcy_arena *arena;
    const mcy_pack_spec *spec;
    mcy_call *call; /* for what runs a sweep */
    const char *home;
    const mcy_facts *facts;
    char as_of[16]; /* the day of --as-of, or the last day anything of the facts was known */
    const pack_house *houses;
    size_t house_count;
    const pack_term *terms; /* NULL until first asked for */
    size_t term_count;
    bool message_titles[MCY_LANGUAGES];
    const mcy_decomposition *fit[PACK_FITS]; /* dram, nand; made when first asked for */
    margin_study margin;                     /* of margin_firm; NULL until first asked for */
    const char *margin_firm;
    backtest past; /* of past_firm from past_from on; NULL until first asked for */
    const char *past_firm;
    mcy_quarter past_from;
    double fit_seconds;
    const char *activity;    /* file of --activity, or NULL */
    const char *as_of_given; /* --as-of, or NULL: scenarios then keep their own day */
    pack_run runs[PACK_RUNS];
    size_t run_count;
    pack_sweep sweeps[PACK_SWEEPS];
    size_t sweep_count;
    double run_seconds;         /* of runs and sweeps */
    size_t stale;               /* figures that had to be stamped */
    const char *making;         /* "table-ID" or "text-ID" that is being made */
    mcy_pack_trace_row *traces; /* what the numbers of tables and texts rest on */
    size_t trace_count, trace_room;
    const char *stale_names; /* "a, b"; NULL without one */
    double (*clock)(void);
} pack_maker;

/* One figure while its numbers are fetched. */
typedef struct figure_maker {
    pack_maker *pack;
    const mcy_figure_spec *spec;
    mcy_chart *chart;
    const mcy_period *periods; /* [chart->points] of a figure over time */
    mcy_chart_origin *origins;
    size_t origin_room;
    bool used_house[64], used_model, used_own; /* own: a file the user supplied */
    const char *series_id; /* of the series that is being filled; NULL of a whole figure */
    const char *rests[FIGURE_RESTS]; /* series of the chart, and the newest row under each */
    const mcy_fact *rests_on[FIGURE_RESTS];
    size_t rest_count;
} figure_maker;

/** Fill a series from the words of its data; the arrays are [points], already missing and 0. */
typedef mcy_status series_source(figure_maker *maker, const mcy_series_spec *spec,
                                 mcy_chart_series *series, mcy_error *err);

/** Fill points, labels, series and flags of a whole figure. */
typedef mcy_status figure_source(figure_maker *maker, mcy_error *err);

/**
 * Make the chart of a figure.
 *
 * Returned:  *chart   in the pack's arena, checked
 * Fails:     MCY_E_INPUT   unknown kind, mark, source or period: file:line and what is known
 *            MCY_E_MISSING a series without a number
 */
mcy_status mcy_figure_make(pack_maker *pack, const mcy_figure_spec *spec, mcy_chart *chart,
                           mcy_error *err);

/** The sources, each in the file of its kind. */
series_source figure_fact, figure_growth, figure_guidance, figure_fit, figure_panel, figure_run,
    figure_gap, figure_sweep, figure_ratio;
figure_source figure_bridge, figure_statements, figure_margin_bridge, figure_forecast,
    figure_tornado, figure_heat, figure_phase, figure_sobol, figure_explain, figure_activity,
    figure_backtest_fan, figure_backtest_pit, figure_backtest_skill;

/** The fit of a product (dram or nand), made on first use. */
mcy_status mcy_pack_fit(pack_maker *pack, const char *product, const mcy_decomposition **fit,
                        mcy_error *err);

/** The margin study of a firm, made on first use; its decompositions serve other figures too. */
mcy_status mcy_pack_margin(pack_maker *pack, const char *firm, const margin_study **study,
                           mcy_error *err);

/** A scenario's run, made on first use. */
mcy_status mcy_pack_run(pack_maker *pack, const char *scenario, const pack_run **run,
                        mcy_error *err);

/**
 * Title and subtitle of a figure that has its numbers: the message where the style of a
 * language wants messages and the figure has one, the topic then below it; {from}, {to}, {last
 * 1} and {when last 1} filled in.
 *
 * Fails:     MCY_E_INPUT   a place in braces that means nothing
 */
mcy_status mcy_figure_titles(figure_maker *maker, mcy_error *err);

/** A sweep kept in memory, run on first use; name as mcy_sweep_open has it. */
mcy_status mcy_pack_sweep(pack_maker *pack, const char *name, uint64_t runs,
                          const pack_sweep **sweep, mcy_error *err);

/** Remember that a figure rests on a sweep. */
mcy_status mcy_figure_uses_sweep(figure_maker *maker, const pack_sweep *sweep, mcy_error *err);

/** Points, labels and keys over time, from the figure's own from and to. */
mcy_status mcy_figure_points(figure_maker *maker, mcy_error *err);

/** The same for each panel, in its own quarters, where the figure has panels. */
mcy_status mcy_figure_panel_points(figure_maker *maker, mcy_error *err);

/** Label and key of a period. */
mcy_status mcy_figure_point_names(figure_maker *maker, const mcy_period *period,
                                  mcy_bilingual *label, const char **key, mcy_error *err);

/** A series from the words of its data; in a figure of panels, at the place of its panel. */
mcy_status mcy_figure_series(figure_maker *maker, const mcy_series_spec *spec,
                             mcy_chart_series *series, mcy_error *err);
mcy_status mcy_figure_panel_series(figure_maker *maker, const mcy_series_spec *spec,
                                   mcy_chart_series *series, mcy_error *err);

/** Remember that a number rests on a fact; its house enters the source line. */
mcy_status mcy_figure_uses_fact(figure_maker *maker, const char *series_id, size_t point,
                                const mcy_fact *fact, mcy_error *err);

/** Remember a row behind a number, a run or a fit of the figure. */
mcy_status mcy_figure_origin(figure_maker *maker, mcy_chart_origin origin, mcy_error *err);

/** The run a figure rests on, once. */
mcy_status mcy_figure_uses_run(figure_maker *maker, const pack_run *run, mcy_error *err);

/** Remember the newest row under a series of the chart. */
void mcy_figure_rests_on(figure_maker *maker, const char *series_id, const mcy_fact *fact);

/**
 * A figure with a series whose newest row is older than its rhythm allows says so in a note; every
 * rhythm enters the trace, where lint reads it.
 *
 * Returned:  maker->pack->stale and stale_names count the figure when it was stamped
 * Notes:     the newest row of the series itself counts, not the last that the figure shows: a
 *            figure of the past is not stale
 */
mcy_status mcy_figure_stamp_stale(figure_maker *maker, mcy_error *err);

/** What a row says and where, as the trace lists it, behind a number; false: memory. */
bool mcy_fact_origin(mcy_arena *arena, const char *number, const mcy_fact *fact,
                     mcy_chart_origin *origin);

/** The fact of an id, "micron.csv:1395", of n bytes; NULL when there is none. */
const mcy_fact *mcy_pack_fact(const pack_maker *pack, const char *id, size_t n);

/** Marks in used the house of a fact. */
void mcy_pack_house(const pack_maker *pack, const mcy_fact *fact, bool used[64]);

/** Remember what else the series being filled, or the whole figure, rests on: kind (fit, run,
 * command), where, what. */
mcy_status mcy_figure_uses(figure_maker *maker, const char *kind, const char *where,
                           const char *what, mcy_error *err);

/** Origins by series, source line, stamp of stale data. */
mcy_status mcy_figure_finish(figure_maker *maker, mcy_error *err);

/** Arrays of a series, [points]: missing; flags 0. */
mcy_status mcy_figure_arrays(figure_maker *maker, mcy_chart_series *series, bool interval,
                             mcy_error *err);

/** "file:line: figure 'id': " before a sentence about the pack file. */
mcy_status mcy_figure_refuse(const figure_maker *maker, int line, mcy_error *err,
                             mcy_status status, const char *format, ...) MCY_PRINTF(5, 6);

/** Writable views of a series' arrays, which this floor made. */
double *mcy_values_of(const mcy_chart_series *series);
double *mcy_low_of(const mcy_chart_series *series);
double *mcy_high_of(const mcy_chart_series *series);
unsigned char *mcy_flags_of(const mcy_chart_series *series);

#endif
