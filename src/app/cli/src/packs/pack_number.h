/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of a pack's tables and texts: the row that counts, the value of a run, and the id
 * that the same number has in text, table and figure. */
#ifndef MCY_CLI_PACK_NUMBER_H
#define MCY_CLI_PACK_NUMBER_H

#include "figure_make.h"

/** The row that counts for a period; bases or'ed, 0 = any; NULL when none matches. */
const mcy_fact *mcy_pack_winner(const pack_maker *pack, const char *company,
                                const char *product, const char *metric, int bases,
                                const mcy_period *period);

/**
 * The id of a published number, as figures of `fact` and `guidance` have it:
 * FIRM.PRODUCT.METRIC[.BASIS]@PERIOD, guidance.FIRM.METRIC@PERIOD.
 *
 * Given:     metric   of guidance without "guidance_"
 *            basis    one basis or 0
 * Notes:     the row that counts enters the trace behind the number
 */
const char *mcy_pack_fact_id(pack_maker *pack, const char *company, const char *product,
                             const char *metric, int basis, const mcy_period *period);

/** The id of a run's number, as figures of `run` have it: run.SCENARIO.PATH[.CHANGE]@PERIOD;
 * the run enters the trace behind all of them. */
const char *mcy_pack_run_id(pack_maker *pack, const pack_run *run, const char *path,
                            const char *change, const char *period);

/** Enter a row, or what else a number of the table or text being made rests on, into the trace,
 *  once. Memory that is short leaves the trace short; whoever made number has noticed. */
void mcy_pack_rests_on_fact(pack_maker *pack, const char *number, const mcy_fact *fact);
void mcy_pack_rests_on(pack_maker *pack, const char *number, const char *kind,
                       const char *where, const char *what);
void mcy_pack_rests_on_run(pack_maker *pack, const char *number, const pack_run *run);
void mcy_pack_rests_on_fit(pack_maker *pack, const char *number, const char *product);

/**
 * The sum of paths joined by + and - in one quarter or in the quarters of a year.
 *
 * Given:     quarters   [count] from the base quarter
 * Returned:  *value     of several quarters by the symbol's yearly rule, without one their sum
 * Fails:     MCY_E_INPUT   a path the model does not have
 */
mcy_status mcy_pack_run_value(const pack_run *run, const char *paths, size_t count,
                              const int *quarters, double *value, mcy_error *err);

/**
 * True when an assumption of the run is judged in one of the quarters before the base quarter,
 * not itself published; false of what is no assumption.
 */
mcy_status mcy_pack_run_judged(const pack_run *run, const char *path, size_t count,
                               const int *quarters, bool *judged, mcy_error *err);

/** Cell of a table with a period: for readers as figures have it, for programs its key. */
void mcy_pack_period_cell(mcy_table *table, const mcy_period *period, bool estimate);
void mcy_pack_quarter_cell(mcy_table *table, mcy_quarter quarter, bool estimate);

/** A key ("2026Q1", "CY2027") as readers see it; itself where it is no period. NULL: no memory. */
const char *mcy_pack_label(mcy_arena *arena, const char *key, bool estimate);

/** The last quarter a firm reported: spec->data[1] of a table's words. */
mcy_status mcy_pack_last_quarter(const pack_maker *pack, const char *source, const char *firm,
                                 mcy_period *last, mcy_error *err);

/**
 * The source line of a table: the houses whose rows were read, the runs by their titles, the day.
 *
 * Given:     used   [64] houses
 *            runs   [count]
 */
mcy_status mcy_pack_sources(const pack_maker *pack, const bool used[64],
                            const pack_run *const *runs, size_t count, mcy_bilingual *line,
                            mcy_error *err);

/** "情景测算（基准情景）", "scenario run (Base)" of some runs, as source lines have it. */
mcy_status mcy_pack_runs_named(const pack_maker *pack, const pack_run *const *runs,
                               size_t count, mcy_bilingual *words, mcy_error *err);

/** The same with what else the numbers rest on behind the houses; NULL words: nothing. */
mcy_status mcy_pack_sources_and(const pack_maker *pack, const bool used[64], mcy_bilingual rest,
                                mcy_bilingual *line, mcy_error *err);

/**
 * A reason of a scenario file as readers see it: "market.csv:352: before prices rose" is
 * "Counterpoint: before prices rose".
 *
 * Notes:     a file without lines, or rows of no known house, are called by what they hold
 */
mcy_status mcy_pack_reason(const pack_maker *pack, mcy_bilingual written, mcy_bilingual *shown,
                           mcy_error *err);

/** What numbers of the fit say they rest on. */
extern const mcy_bilingual mcy_pack_estimates;

/** A row of the trace of what is being made, unless it is there. */
void mcy_pack_add_trace(pack_maker *pack, mcy_chart_origin origin);

/**
 * A run as the part "run.NAME" of the trace: its command, the scenario files it inherits, each line
 * that sets an assumption, the model's defaults, the facts of its base quarter.
 */
mcy_status mcy_pack_trace_run(pack_maker *pack, const pack_run *run, mcy_error *err);

#endif
