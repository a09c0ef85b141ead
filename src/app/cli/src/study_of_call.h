/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options and steps shared by all commands that run scenarios. */
#ifndef MCY_STUDY_OF_CALL_H
#define MCY_STUDY_OF_CALL_H

#include "command.h"
#include "mcy/display.h"
#include "mcy/json.h"
#include "mcy/study.h"
#include "mcy/table.h"

/* Options of every command that takes a scenario: put first in its list. */
#define MCY_STUDY_OPTIONS                                                                      \
    {"set", 's', "PATH=VALUE",                                                                 \
     "change an assumption, as in price_shock.dram@2026Q3=10% (again)"},                       \
        {"horizon", 0, "QUARTERS", "quarters after the base quarter, as in 24"},               \
        {"base-quarter", 0, "QUARTER", "another base quarter, as in 2025Q4"},                  \
        {"as-of", 'a', "DATE", "only what was known on that day, YYYY-MM-DD"},                 \
        {"model", 0, "FILE", "another model file"},                                            \
        {"no-facts", 0, NULL, "do not fill the base quarter from the facts"},                  \
    {                                                                                          \
        "language", 'l', "zh|en", "language of headings; en is the default"                    \
    }

/**
 * The study of a scenario with the call's options.
 *
 * Given:     edited   apply --set; else the scenario as it stands
 *            like     shares model, facts and layout; may be NULL
 */
mcy_status mcy_study_of_call(mcy_call *call, const char *scenario, bool edited,
                             const mcy_study *like, mcy_study **study, mcy_error *err);

/** The same with these edits instead of the call's. */
mcy_status mcy_study_with_sets(mcy_call *call, const char *scenario, const char *const *sets,
                               size_t count, const mcy_study *like, mcy_study **study,
                               mcy_error *err);

/**
 * The page of a scenario as it stood on a day, NAME-2026-03-20.yaml or NAME-2025Q4.yaml: the
 * newest whose own day is not after it, by name; NULL when there is none.
 */
const char *mcy_study_page(mcy_arena *arena, const char *home, const char *scenario,
                           const char *day);

/** "PATH=LOW:HIGH" of --vary as the two edits "PATH=LOW" and "PATH=HIGH". Fails: MCY_E_USAGE.
 */
mcy_status mcy_vary_split(mcy_arena *arena, const char *text, const char *edits[2],
                          mcy_error *err);

mcy_status mcy_language_of_call(const mcy_call *call, mcy_language *language, mcy_error *err);

/** A value as readers see it: the symbol's unit decides (%, two decimals for a share's worth).
 */
mcy_display mcy_display_of(const mcy_symbol *symbol);

/** The value scaled for readers: fractions become percent. */
double mcy_shown_of(const mcy_symbol *symbol, double value);

/** "72.1%", "33,500 usd_m" into out. */
void mcy_value_text(const mcy_symbol *symbol, double value, char out[MCY_DISPLAY_TEXT]);

/** A change: points for fractions, else the difference and percent. */
void mcy_change_text(const mcy_symbol *symbol, double before, double after,
                     char out[2 * MCY_DISPLAY_TEXT]);

/** Print a table into call->out. */
mcy_status mcy_call_print_table(mcy_call *call, const mcy_table *table, mcy_table_form form,
                                mcy_language language, mcy_error *err);

/* The few numbers by which a scenario is told: revenue, margin and EPS of the firm followed,
 * free cash flow, prices, when shortages end; those the model has. */
enum { MCY_HEADLINES = 12 };

typedef struct mcy_headlines {
    size_t count;
    mcy_metric metrics[MCY_HEADLINES];
    const char *labels[MCY_HEADLINES];
} mcy_headlines;

mcy_status mcy_headlines_find(mcy_arena *arena, const mcy_study *study,
                              mcy_headlines *headlines, mcy_error *err);

/** One sentence: what the edits changed and what that did to the headline numbers. */
mcy_status mcy_edits_print(mcy_call *call, const mcy_study *study, const mcy_path_panel *panel,
                           mcy_error *err);

/** Name, base quarter, day of facts, version, command line, input files with their hashes. */
void mcy_manifest_json(const mcy_call *call, const mcy_study *study, mcy_json *json);

/** The quarter of a "first quarter" output (t from the base quarter) as text, "never" when
 *  missing. */
void mcy_quarter_text(const mcy_study *study, double t, char out[32]);

/** Complete fiscal (or calendar) years of an element within the run: first quarter and label.
 */
typedef struct mcy_year {
    int quarters[4];
    char name[16]; /* "FY2027", "CY2027" */
} mcy_year;

/** Complete years of a firm's calendar (year_ends 12 = calendar years); at most most. */
size_t mcy_years_of(const mcy_study *study, int year_ends, size_t most, mcy_year *years);

#endif
