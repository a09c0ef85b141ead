/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price response (M4) fitted on history: how strongly the contract price answers the
 * tightness of the quarter before. The data are thin; the priors are part of the answer. */
#ifndef MCY_PRICE_RESPONSE_H
#define MCY_PRICE_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/quarter.h"
#include "mcy/status.h"

/* One quarter with a known tightness and the price move that followed it. Logarithms. */
typedef struct mcy_price_move {
    mcy_quarter quarter; /* of the tightness; the move is the next quarter's */
    double tightness;    /* x: log of orders over supply */
    double gap;          /* log of the normal price over the price, in that quarter */
    double move_before;  /* price move of that quarter */
    double move;         /* price move of the quarter after: what is explained */
    const char *source;  /* rows of the facts */
} mcy_price_move;

typedef enum mcy_price_parameter {
    MCY_PRICE_SHORT,       /* kappa+: response when orders exceed supply */
    MCY_PRICE_GLUT,        /* kappa-: response when supply exceeds orders */
    MCY_PRICE_PERSISTENCE, /* rho */
    MCY_PRICE_ANCHOR,      /* lambda */
    MCY_PRICE_PARAMETERS
} mcy_price_parameter;

/* Priors are normal on the free scale: log of kappa+, kappa-, lambda; rho itself. */
typedef struct mcy_price_prior {
    double mean[MCY_PRICE_PARAMETERS], sd[MCY_PRICE_PARAMETERS];
    double noise;          /* prior guess of a move's unexplained standard deviation */
    double noise_quarters; /* how many quarters that guess is worth */
} mcy_price_prior;

typedef struct mcy_price_response {
    double estimate[MCY_PRICE_PARAMETERS]; /* natural scale */
    double low[MCY_PRICE_PARAMETERS];      /* 90 % interval, natural scale */
    double high[MCY_PRICE_PARAMETERS];
    double learned[MCY_PRICE_PARAMETERS]; /* 1 - posterior variance / prior variance */
    double mode[MCY_PRICE_PARAMETERS];    /* free scale */
    double
        covariance[MCY_PRICE_PARAMETERS * MCY_PRICE_PARAMETERS]; /* free scale, J'J + prior */
    double noise; /* standard deviation of a move left unexplained */
    size_t count;
    size_t count_short;     /* quarters with tightness above 0 */
    const double *fitted;   /* [count] */
    const double *left_out; /* [count] predicted without that quarter */
    int iterations;
} mcy_price_response;

/** "response_short", "response_glut", "price_persistence", "price_anchor". */
const char *mcy_price_parameter_name(mcy_price_parameter parameter);

/** Whether the free parameter is the logarithm; rho itself is free. */
bool mcy_price_parameter_is_log(mcy_price_parameter parameter);

/** Priors of the model sheet: kappa+ 0.5, kappa- 0.8, lambda 0.1 (each within a factor of
 * exp(0.5)), rho 0.3 within 0.15; noise 0.10 worth four quarters. */
mcy_price_prior mcy_price_prior_default(void);

/**
 * The move that the equation expects.                                                   (M4)
 *
 *     target = kappa x + lambda gap, at least 0 while x > 0
 *     move   = rho move_before + (1 - rho) target
 */
double mcy_price_expected(const double parameters[MCY_PRICE_PARAMETERS],
                          const mcy_price_move *row);

/**
 * Fit the response to history: the mode of the posterior, noise included.               (M4)
 *
 * Given:     rows     [count] quarters, any order; all finite
 *            prior    NULL for the default
 * Returned:  *fit     in the arena
 * Fails:     MCY_E_DOMAIN    a value that is not finite
 *            MCY_E_NUMERIC   the optimiser did not converge (the fit holds the last step)
 * Notes:     no rows gives the prior back
 * Checked:   test_price_response.c
 */
mcy_status mcy_price_response_fit(mcy_arena *arena, const mcy_price_move *rows, size_t count,
                                  const mcy_price_prior *prior, mcy_price_response **fit,
                                  mcy_error *err);

#endif
