/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario files: what they say, read from YAML with all they inherit, and laid on the inputs
 * of a model. docs/scenarios.md is the format. */
#ifndef MCY_SCENARIO_H
#define MCY_SCENARIO_H

#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/display.h"
#include "mcy/inputs.h"
#include "mcy/quarter.h"
#include "mcy/status.h"
#include "mcy/text.h"

enum { MCY_HORIZON_DEFAULT = 16, MCY_INHERIT_DEPTH = 16 };

/* A scenario with what it inherits resolved in its head; its lines stay those of its own file,
 * those of its ancestors are applied before them. */
typedef struct mcy_scenario mcy_scenario;
struct mcy_scenario {
    const char *name; /* "bull" */
    const char *file; /* as opened */
    mcy_bilingual title;
    mcy_bilingual about;          /* may be NULL, NULL */
    const char *as_of;            /* "2026-06-01", or NULL: everything in the facts */
    mcy_quarter base;             /* 0 = nobody says it */
    size_t horizon;               /* quarters after the base quarter; 0 = nobody says it */
    mcy_calendars calendars;      /* fiscal years said here, else those inherited */
    const mcy_scenario *inherits; /* NULL of the root */
    size_t line_count;            /* assumption lines of this file */
    const struct mcy_scenario_line *lines;
    char hash[65]; /* SHA-256 of the file */
};

/* How the files are fetched: mcy_scenario_read gives one that opens them. text is in the arena.
 */
typedef struct mcy_scenario_loader {
    mcy_status (*load)(void *context, mcy_arena *arena, const char *file, const char **text,
                       size_t *size, mcy_error *err);
    void *context;
} mcy_scenario_loader;

/**
 * Read a scenario and all it inherits.
 *
 * Given:     folder   where names are looked for: "bull" is folder/bull.yaml
 *            name     a name, or a path (with a '/' or ending in .yaml)
 * Fails:     MCY_E_INPUT   everything that is wrong with the files apart from the model:
 *                          syntax, unknown keys, lines without a source or a reason, a circle
 *            MCY_E_IO      a file cannot be read; names of scenarios that are close
 * Checked:   test_scenario.c, fuzz_scenario.c
 */
mcy_status mcy_scenario_read(mcy_arena *arena, const char *folder, const char *name,
                             const mcy_scenario **scenario, mcy_error *err);
mcy_status mcy_scenario_load(mcy_arena *arena, const char *folder, const char *name,
                             const mcy_scenario_loader *loader, const mcy_scenario **scenario,
                             mcy_error *err);

/**
 * Lay a scenario on inputs, ancestors first. inputs hold the defaults and what the facts fill.
 *
 * Returned:  values and origins
 * Fails:     MCY_E_INPUT    unknown paths, wrong units, quarters outside the run, out of bounds,
 *                           totals that do not add up: all lines of all files, each placed
 * Checked:   test_scenario.c
 */
mcy_status mcy_scenario_apply(mcy_arena *arena, const mcy_scenario *scenario,
                              mcy_inputs *inputs, mcy_error *err);

/** Version of libfyaml, as in "0.7.12". */
const char *mcy_yaml_library(void);

#endif
