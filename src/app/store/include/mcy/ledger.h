/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forecast ledger: what was forecast, when, from which data and by which program. Rows are
 * added and never changed; the database itself refuses updates and deletions. */
#ifndef MCY_LEDGER_H
#define MCY_LEDGER_H

#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/status.h"

/* One quantile of one forecast. All text is UTF-8; levels are fractions. */
typedef struct mcy_ledger_row {
    const char *firm, *origin; /* origin "2026-03-20": the last day whose facts were known */
    const char *target;        /* "FQ3-26" */
    const char *quantity; /* "revenue_usd_m", "gross_margin_frac", "operating_income_usd_m" */
    double level, value;
    const char *data_sha256, *version;
    long long seed;
} mcy_ledger_row;

/**
 * Append rows in one transaction; the file is made when it is not there.
 *
 * Returned:  *added      rows that were new; a forecast recorded before with the same origin,
 *                        target, quantity, level, data, version and seed is not added again
 * Fails:     MCY_E_IO     the file cannot be written, is another kind of file, is locked, or the
 *                         disk is full; nothing of this call is kept then
 *            MCY_E_INPUT  a ledger of another version
 */
mcy_status mcy_ledger_append(const char *path, const mcy_ledger_row *rows, size_t count,
                             size_t *added, mcy_error *err);

/**
 * All rows, in the order they were added.
 *
 * Fails:     MCY_E_IO, MCY_E_INPUT  as above, or there is no such file
 */
mcy_status mcy_ledger_read(mcy_arena *arena, const char *path, mcy_ledger_row **rows,
                           size_t *count, mcy_error *err);

#endif
