/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of probabilistic forecasts: how far a predictive distribution was from what came. */
#ifndef MCY_SCORE_H
#define MCY_SCORE_H

#include <stddef.h>

#include "mcy/status.h"

/**
 * Continuous ranked probability score of a normal forecast, in the units of the value.     (G3)
 *
 * Given:     mean, sd   of the forecast; sd >= 0 (0: a point, the score is the absolute error)
 *            actual     what came
 * Returned:  the score, >= 0, smaller is better; N(0,1) at 0 scores 0.2336949772...
 * Missing:   a missing argument gives a missing score
 * Source:    Gneiting & Raftery 2007, JASA 102, eq. 21
 * Checked:   test_score.c
 */
double mcy_score_crps_normal(double mean, double sd, double actual);

/**
 * CRPS of a sample, E|X - y| - E|X - X'| / 2 with X, X' from the n draws.                   (G3)
 *
 * Given:     n, sorted  [n] draws in ascending order, n >= 1
 * Returned:  the score of the empirical distribution
 * Missing:   a missing argument gives a missing score
 * Source:    Gneiting & Raftery 2007, eq. 20; the sorted form needs n operations
 */
double mcy_score_crps_sample(size_t n, const double *sorted, double actual);

/** Pinball (quantile) loss of a quantile forecast at level in (0, 1).                      (G3) */
double mcy_score_pinball(double level, double quantile, double actual);

/**
 * Probability integral transform: the share of the draws below the value, ties halved.     (G3)
 * Uniform on (0, 1) when the forecasts are calibrated.
 */
double mcy_score_pit_sample(size_t n, const double *sorted, double actual);

/** Quantile of sorted draws at level in [0, 1], linear between order statistics (type 7). */
double mcy_score_quantile(size_t n, const double *sorted, double level);

#endif
