/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear Gaussian state space: exact Kalman filter and fixed-interval smoother.
 *
 *     a_0 ~ N(start, start_covariance + infinity * start_diffuse)
 *     a_t = intercept_t + T a_(t-1) + eta_t,  eta ~ N(0, Q)           t = 1 .. times - 1
 *     y_j = z_j' a_time(j) + e_j,             e ~ N(0, variance_j)    any number of rows a time
 *
 * Observations are taken one by one (univariate treatment), so there is no matrix to invert and
 * a missing value is a row that is not there. All memory is taken once, by mcy_kalman_create.
 */
#ifndef MCY_KALMAN_H
#define MCY_KALMAN_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"

enum { MCY_KALMAN_TERMS = 4, MCY_KALMAN_LANES = 4 };

/* One scalar observation: its design vector has at most four entries that are not 0. */
typedef struct mcy_kalman_row {
    int time;
    int terms;
    int at[MCY_KALMAN_TERMS];
    double weight[MCY_KALMAN_TERMS];
    double value, variance; /* finite; variance >= 0 */
} mcy_kalman_row;

/* Model and results. The caller sets what stands under "in" and calls the functions below;
 * matrices are row-major with `stride` doubles a row (states rounded up to a multiple of four;
 * what lies beyond states stays 0). */
typedef struct mcy_kalman {
    size_t states, stride, times, rows; /* fixed by create */

    /* in */
    mcy_kalman_row *row; /* [rows], sorted by time; mcy_kalman_index after a change of times */
    double *transition;  /* [states * stride] T */
    double *intercept;   /* [times * stride], row 0 unused */
    double *shock;       /* [states * stride] Q */
    double *start;       /* [stride] */
    double *start_covariance; /* [states * stride] */
    double *start_diffuse;    /* [states * stride]: the diffuse directions, 0 when none */

    /* out of mcy_kalman_filter */
    double log_likelihood;  /* over the proper rows, with their -1/2 log(2 pi) */
    double diffuse_term;    /* sum of -1/2 log(F_infinity) over the diffuse rows, no constant */
    size_t diffuse_rows;    /* rows that went into determining the diffuse directions */
    double *predicted;      /* [times * stride] a_t before its rows */
    double *predicted_cov;  /* [times * states * stride] */
    double *innovation;     /* [rows] v */
    double *innovation_var; /* [rows] F; F_infinity's row has it in innovation_inf */
    double *innovation_inf; /* [rows] F_infinity, 0 for a proper row */
    double *filtered;       /* [stride] a after the last row */
    double *filtered_cov;   /* [states * stride] */

    /* out of mcy_kalman_smooth */
    double *smoothed;        /* [times * stride] */
    double *smoothed_cov;    /* [times * states * stride] */
    double *error_score;     /* [rows] u: smoothed e_j is variance_j u_j */
    double *error_precision; /* [rows] D: leave-one-out residual is u / D with variance 1 / D */

    /* hidden */
    size_t *first_row;       /* [times + 1] */
    double *gain, *gain_inf; /* [rows * stride] P z, P_infinity z at the row */
    double *diffuse_cov; /* [times * states * stride] P_infinity before the rows of a time */
    double *work;
} mcy_kalman;

/**
 * Room for a model of that size, zeroed.
 *
 * Returned:  NULL when memory is short
 */
mcy_kalman *mcy_kalman_create(mcy_arena *arena, size_t states, size_t times, size_t rows);

/** Find the first row of each time; call after the times of the rows were set. Rows must be
 * sorted. */
void mcy_kalman_index(mcy_kalman *kalman);

/**
 * Filter: log-likelihood, innovations, one-step predictions.
 *
 * Returned:  false when an innovation variance is not positive or not a number
 * Notes:     a diffuse start is exact (no large number); the likelihood's convention is the
 *            caller's choice between log_likelihood alone and with diffuse_term
 * Source:    Durbin and Koopman 2012, 4.3, 5.2, 6.4
 * Checked:   test_kalman.c against a dense normal, Nile
 */
bool mcy_kalman_filter(mcy_kalman *kalman);

/** Fixed-interval smoother; needs the filter's results. Source: as above, 4.4, 5.3, 6.4. */
void mcy_kalman_smooth(mcy_kalman *kalman);

#endif
