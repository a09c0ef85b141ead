/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of a fit file, listed once for writing and reading. */
#ifndef MCY_FIT_FILE_INSIDE_H
#define MCY_FIT_FILE_INSIDE_H

#include "mcy/decompose.h"

enum { FIT_SERIES = 7, FIT_SCORES = 7 };

/* A series of the result; sd and stated are NULL where there are none. */
typedef struct fit_series {
    const char *name;
    bool by_firm;
    double *value, *sd;
    bool *stated;
} fit_series;

void fit_series_of(const mcy_decomposition *fit, fit_series out[FIT_SERIES]);

extern const char *const fit_score_names[FIT_SCORES];

/** Groups of scores: the kinds of observations, then bits and price words together. */
const mcy_decompose_scores *fit_scores_at(const mcy_decomposition *fit, int group);
const char *fit_scores_name(int group);

/** Scores as numbers in the order of their names, and back. */
void fit_scores_to(const mcy_decompose_scores *scores, double out[FIT_SCORES]);
void fit_scores_set(mcy_decompose_scores *scores, int which, double value);

#endif
