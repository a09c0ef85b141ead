/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fit of a product from the facts, and the file that keeps it for later commands. */
#ifndef MCY_FIT_FILE_H
#define MCY_FIT_FILE_H

#include "mcy/decompose.h"
#include "mcy/facts.h"
#include "mcy/sha256.h"

/* What a fit was made from. */
typedef struct mcy_fit_source {
    char facts_hash[MCY_SHA256_HEX]; /* mcy_facts_hash of the folder */
    mcy_day as_of;                   /* 0: all facts */
    char version[64];                /* of the program */
} mcy_fit_source;

/**
 * One hash for a folder of facts: SHA-256 over the name and the bytes of every .csv, in byte
 * order of the names.
 */
mcy_status mcy_facts_hash(mcy_arena *arena, const char *folder, char hex[MCY_SHA256_HEX],
                          mcy_error *err);

/**
 * Panel and decomposition of a product in one call.                                     (D1-D8)
 *
 * Given:     settings   NULL for the defaults
 * Returned:  *fit       in the arena
 * Fails:     as mcy_facts_panel and mcy_decompose
 */
mcy_status mcy_fit_product(mcy_arena *arena, const mcy_facts *facts, const char *product,
                           const mcy_decompose_settings *settings, mcy_decomposition **fit,
                           mcy_error *err);

/**
 * Write fits as one CSV: product, record, name, firm, quarter, value, sd, text. Every number
 * reads back to the same bits.
 *
 * Given:     fit, count   the products' fits
 *            source       what they were made from
 * Returned:  the file's text appended to text
 */
void mcy_fit_print(mcy_text *text, const mcy_decomposition *const *fit, size_t count,
                   const mcy_fit_source *source);

/** mcy_fit_print into a file, at once. */
mcy_status mcy_fit_write(const char *path, const mcy_decomposition *const *fit, size_t count,
                         const mcy_fit_source *source, mcy_error *err);

/**
 * Read the fit of one product back.
 *
 * Given:     path         as written by mcy_fit_write
 *            product      "dram"
 *            facts_hash   of the facts at hand; NULL takes a fit of any facts
 * Returned:  *fit         all but the observations, the checks and the optima (panel.observations
 *                         and optima are 0), in the arena
 *            *source      may be NULL
 * Fails:     MCY_E_FINDINGS  the facts have changed since: run `memcycle fit` again
 *            MCY_E_MISSING   the file has no such product
 *            MCY_E_INPUT     not a fit file, or a damaged one: every bad row
 *            MCY_E_IO, MCY_E_MEMORY
 * Checked:   test_fit_file.c
 */
mcy_status mcy_fit_read(mcy_arena *arena, const char *path, const char *product,
                        const char *facts_hash, mcy_decomposition **fit, mcy_fit_source *source,
                        mcy_error *err);

/**
 * mcy_fit_read from memory.
 *
 * Given:     name   of the file, for messages
 *            bytes, size   the whole file
 * Checked:   test_fit_file.c, fuzz_fit_file.c
 */
mcy_status mcy_fit_parse(mcy_arena *arena, const char *name, const char *bytes, size_t size,
                         const char *product, const char *facts_hash, mcy_decomposition **fit,
                         mcy_fit_source *source, mcy_error *err);

/**
 * Tidy table of every smoothed quantity: quarter, firm, product, quantity, estimate, low, high,
 * status (observed or inferred); growth in percent, 90 % intervals.                     (D6)
 */
void mcy_fit_print_tidy(mcy_text *text, const mcy_decomposition *const *fit, size_t count);

/**
 * Tidy table of every statement against what everything else says: quarter, firm, product,
 * kind, source, low, high, expected, expected_low, expected_high (90 %, leave-one-out), z,
 * contradicted, fact (file:line), text. (D7a, D8)
 */
void mcy_fit_print_statements(mcy_text *text, const mcy_decomposition *const *fit, size_t count,
                              const mcy_facts *facts);

/** Growth in percent of a log growth, and the ends of its 90 % interval. */
double mcy_fit_pct(double log_growth);
void mcy_fit_interval_pct(double log_growth, double sd, double *low, double *high);

#endif
