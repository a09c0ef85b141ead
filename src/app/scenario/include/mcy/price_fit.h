/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fitted price response as a file (price_response.csv): for a person to read, and for
 * sweeps to draw from. A row is a parameter of a product with its covariances with the others.
 */
#ifndef MCY_PRICE_FIT_H
#define MCY_PRICE_FIT_H

#include "mcy/arena.h"
#include "mcy/day.h"
#include "mcy/price_response.h"
#include "mcy/status.h"
#include "mcy/text.h"

enum { MCY_PRICE_FIT_MOST_BYTES = 1 << 20 };

/* The fit of one product. Mode and covariance are of the free parameters: the logarithm, where
 * mcy_price_parameter_is_log says so. */
typedef struct mcy_price_fit {
    const char *product;
    double mode[MCY_PRICE_PARAMETERS];
    double covariance[MCY_PRICE_PARAMETERS * MCY_PRICE_PARAMETERS];
    char facts_hash[65]; /* mcy_facts_hash of the facts it was made from */
    mcy_day as_of;       /* 0: all facts */
    const char *version; /* of the program */
} mcy_price_fit;

/** The header row. */
void mcy_price_fit_head(mcy_text *text);

/**
 * The rows of one product.
 *
 * Given:     response            the fit, mode and covariance with it
 *            product, facts_hash, as_of, version   as in mcy_price_fit
 * Returned:  rows appended to text; every number reads back to the same bits
 */
void mcy_price_fit_rows(mcy_text *text, const mcy_price_response *response,
                        const mcy_price_fit *of);

/**
 * Read the fit of one product back.
 *
 * Given:     name, bytes, size   the file
 *            product             as in "dram"
 * Returned:  *fit in the arena
 * Fails:     MCY_E_MISSING   the file has no such product; those it has are named
 *            MCY_E_INPUT     not such a file, a bad row (the first is named), a parameter that
 *                            is missing or stands there twice, a covariance that differs from
 *                            its mirror, rows of different fits
 * Checked:   test_price_fit.c
 */
mcy_status mcy_price_fit_parse(mcy_arena *arena, const char *name, const char *bytes,
                               size_t size, const char *product, mcy_price_fit **fit,
                               mcy_error *err);

#endif
