/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweep files: which assumptions vary and how, which runs are drawn, which numbers are kept.
 * docs/sweeps.md is the format. A file is read on its own, then bound: to the inputs of a study,
 * or to a test function, whose axes are x1, x2 ... */
#ifndef MCY_SWEEP_YAML_H
#define MCY_SWEEP_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/design.h"
#include "mcy/display.h"
#include "mcy/indices.h"
#include "mcy/inputs.h"
#include "mcy/model_evaluator.h"
#include "mcy/price_fit.h"
#include "mcy/statistics.h"
#include "mcy/status.h"

/* A fit that parameters are drawn from. */
typedef struct mcy_sweep_fit {
    const char *path; /* of its file */
    char hash[65];    /* of the file */
    const mcy_price_fit *fit;
} mcy_sweep_fit;

/* A sweep file as read: numbers with units are still text. Opaque beyond these. */
typedef struct mcy_sweep_file {
    const char *name; /* file name without folder and suffix */
    const char *file;
    mcy_bilingual title;
    const char *function; /* test function, or NULL: */
    const char *scenario; /* "base" when it says none */
    size_t set_count;
    const char *const *sets; /* edits "path=quantity" on the scenario */
    mcy_method method;
    uint64_t seed, runs; /* runs 0 when it says none */
    size_t replicates, levels;
    bool second_order, random, unscrambled, summary, without_checks;
    double tail, half_width;
    mcy_estimator estimator;
    const char *data; /* given-data: CSV file, or a store */
    size_t fit_count; /* of `fitted` with `from`, in their order; 0 until they are read */
    mcy_sweep_fit *fits;
    const char *text; /* the whole file */
    char hash[65];
    struct mcy_sweep_parts *parts;
} mcy_sweep_file;

/**
 * Read a sweep file, and the fits it draws from, which are looked for beside it. Parsed from
 * memory no other file is opened: a law from a fit is then refused when it is bound.
 *
 * Fails:     MCY_E_IO, MCY_E_INPUT   all that is wrong apart from the model, each with its place
 *            MCY_E_MISSING           a fit's file has no such product
 * Checked:   test_sweep_yaml.c, fuzz_sweep_yaml.c
 */
mcy_status mcy_sweep_file_read(mcy_arena *arena, const char *path, mcy_sweep_file **file,
                               mcy_error *err);
mcy_status mcy_sweep_file_parse(mcy_arena *arena, const char *name, const char *bytes,
                                size_t size, mcy_sweep_file **file, mcy_error *err);

/** Names of the axes and outputs as written, at most room of them; the number there is. */
size_t mcy_sweep_file_axes(const mcy_sweep_file *file, size_t room, const char **names);
size_t mcy_sweep_file_outputs(const mcy_sweep_file *file, size_t room, const char **names);

/* A statement about an output: its probability is reported. */
typedef struct mcy_sweep_event {
    const char *text;
    size_t output;
    mcy_relation relation;
    double limit;
} mcy_sweep_event;

/* A sweep bound to what it runs. */
typedef struct mcy_sweep_bound {
    const mcy_sweep_file *file;
    mcy_evaluator *evaluator;
    mcy_design_request request;    /* runs, seed may be changed before a design is made of it */
    const char *const *axis_units; /* [axes] unit of each axis: of its assumption, or "×" */
    const char *const *axis_details; /* [axes] how it is drawn, as written */
    size_t output_count;
    const char *const *outputs;      /* [output_count] names */
    const char *const *output_units; /* "frac", "usd_m" ... */
    size_t event_count;
    const mcy_sweep_event *events;
} mcy_sweep_bound;

/**
 * Bind a file to the inputs of a study (NULL for a test function).
 *
 * Given:     variant   of the program
 * Fails:     MCY_E_INPUT    unknown paths and metrics, wrong units, values out of bounds: each with
 *                           its place
 *            MCY_E_DOMAIN, ... as mcy_design_create
 */
mcy_status mcy_sweep_bind(mcy_arena *arena, const mcy_sweep_file *file, mcy_inputs *inputs,
                          mcy_variant variant, mcy_sweep_bound **bound, mcy_error *err);

#endif
