/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario made ready to run: model files, facts, base quarter, scenario, edits, all in one
 * place for every command. docs/scenarios.md says what wins over what.
 *
 *     mcy_study_request request = {.home = call->home, .scenario = "bull"};
 *     MCY_TRY(mcy_study_open(arena, &request, NULL, &study, err));
 *     MCY_TRY(mcy_study_run(arena, study, NULL, &panel, err));
 *     double x = mcy_path_panel_value(panel, symbol, element, quarter);
 */
#ifndef MCY_STUDY_H
#define MCY_STUDY_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/base.h"
#include "mcy/inputs.h"
#include "mcy/model.h"
#include "mcy/program.h"
#include "mcy/scenario.h"
#include "mcy/status.h"

typedef struct mcy_study_request {
    const char *home;     /* holds model/ and scenarios/ */
    const char *scenario; /* name or file; NULL = "base" */
    const char *model;    /* first model file; NULL = home/model/memory.eqn */
    size_t set_count;     /* edits "path=quantity", applied last, in order */
    const char *const *sets;
    mcy_quarter base;   /* 0 = what the scenario says, else the newest the facts allow */
    const char *as_of;  /* NULL = what the scenario says */
    size_t horizon;     /* 0 = what the scenario says */
    bool without_facts; /* do not fill the base quarter from facts (models of other things) */
} mcy_study_request;

/* An input file by its content, for manifests. */
typedef struct mcy_study_file {
    const char *path;
    char hash[65];
} mcy_study_file;

typedef struct mcy_study {
    const char *name; /* of the scenario */
    const mcy_model *model;
    const mcy_scenario *scenario;
    const mcy_base *base; /* NULL without facts */
    mcy_quarter base_quarter;
    const char *as_of; /* NULL = everything */
    mcy_unrolled *unrolled;
    mcy_inputs *inputs;
    size_t file_count;
    const mcy_study_file *files;
} mcy_study;

/**
 * Put a study together: default < facts of the base quarter < scenario < edits.
 *
 * Given:     like     a study whose model, facts and layout are used again where base quarter,
 *                     day and horizon agree (comparisons); NULL for none
 * Returned:  *study   inputs complete and within their bounds
 * Fails:     whatever the parts refuse; MCY_E_MISSING when an input has no value from anywhere
 * Checked:   tests/cli/run_*.sh, test_scenario.c
 */
mcy_status mcy_study_open(mcy_arena *arena, const mcy_study_request *request,
                          const mcy_study *like, mcy_study **study, mcy_error *err);

/* Values of every variable, derived value and output of one run, quarters 0..last. */
typedef struct mcy_path_panel {
    const mcy_unrolled *unrolled;
    int last;
    size_t *first; /* [symbols] place of a symbol's values, MCY_NONE for inputs and constants */
    double *values; /* by symbol, element, quarter */
    const double *inputs;
} mcy_path_panel;

/**
 * Run one scenario.
 *
 * Given:     inputs   [count] values to run; NULL = the study's own
 * Returned:  *panel
 * Fails:     MCY_E_DOMAIN   a check of the model fails, or a value is not finite: the sentence,
 *                           where, and which assumptions of the scenario lead there
 */
mcy_status mcy_study_run(mcy_arena *arena, const mcy_study *study, const double *inputs,
                         const mcy_path_panel **panel, mcy_error *err);

/** A value of a run: any symbol, also inputs; missing outside its quarters. */
double mcy_path_panel_value(const mcy_path_panel *panel, size_t symbol, size_t element,
                            int quarter);

/** The value of a year or other set of quarters, by the symbol's yearly rule. */
double mcy_path_panel_year(const mcy_path_panel *panel, size_t symbol, size_t element,
                           size_t count, const int *quarters);

/** A metric of a run. */
double mcy_path_panel_metric(const mcy_path_panel *panel, const mcy_metric *metric);

/** The sentence for a lane that failed: variable or check, with quarter. */
mcy_status mcy_study_fault(const mcy_study *study, const mcy_fault *fault,
                           const mcy_unrolled_check *checks, mcy_error *err);

#endif
