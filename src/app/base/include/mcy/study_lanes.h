/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many runs of one study that differ in some inputs: the study compiled for those inputs and the
 * numbers that are asked of it. */
#ifndef MCY_STUDY_LANES_H
#define MCY_STUDY_LANES_H

#include "mcy/study.h"

typedef struct mcy_study_lanes {
    const mcy_study *study;
    const mcy_program *program;
    mcy_scratch *scratch;
    size_t varying_count, output_count;
    const size_t *varying; /* [varying_count] inputs of the study */
} mcy_study_lanes;

/**
 * Compile a study for inputs that vary and nodes that are wanted.
 *
 * Given:     varying   [varying_count] inputs, each once
 *            nodes     [output_count] as a metric gives them
 *            gradient  also for mcy_program_gradient
 * Returned:  *lanes    the model's checks are checked in every lane
 */
mcy_status mcy_study_lanes_create(mcy_arena *arena, const mcy_study *study,
                                  size_t varying_count, const size_t *varying,
                                  size_t output_count, const mcy_node *nodes, bool gradient,
                                  mcy_study_lanes **lanes, mcy_error *err);

/**
 * Run one lane.
 *
 * Given:     inputs    [varying_count]
 * Returned:  outputs   [output_count]
 * Fails:     MCY_E_DOMAIN   a value is not finite or a check fails: the sentence
 */
mcy_status mcy_study_lanes_one(const mcy_study_lanes *lanes, const double *inputs,
                               double *outputs, mcy_error *err);

/* An assumption that is turned by one number: its value where all its inputs have the same, else
 * a factor on them. */
typedef struct mcy_knob {
    const char *name;
    mcy_selection selection;
    bool factor;
    double now, low, high;
} mcy_knob;

/**
 * A knob from "path[@quarters]" or "path[@quarters]=low..high".
 *
 * Returned:  *knob   without a range: the assumption's bounds, or factors 0.2 to 5 cut so that no
 *                    input leaves its bounds
 * Fails:     MCY_E_INPUT   as mcy_inputs_select; a range that is empty or outside the bounds
 */
mcy_status mcy_knob_parse(mcy_arena *arena, const mcy_study *study, const char *text,
                          mcy_knob *knob, mcy_error *err);

/** What an input is when the knob stands at x. */
double mcy_knob_value(const mcy_study *study, const mcy_knob *knob, size_t input, double x);

/** A position of the knob in words: "12.4%", "×1.08". */
void mcy_knob_text(const mcy_knob *knob, double x, char out[MCY_AMOUNT_TEXT]);

#endif
