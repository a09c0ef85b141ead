/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands on margins print and parse alike. */
#ifndef MCY_MARGIN_PRINT_H
#define MCY_MARGIN_PRINT_H

#include "command.h"
#include "mcy/table.h"

/** A whole number option within bounds, or the default. Fails: MCY_E_USAGE. */
mcy_status margin_read_count(const mcy_call *call, const char *option, size_t least,
                             size_t most, size_t otherwise, size_t *value, mcy_error *err);

/** Tables one after the other to standard output, as text or, with --json, as one array. */
mcy_status margin_print_tables(const mcy_call *call, mcy_table *const *tables, size_t count,
                               mcy_error *err);

#endif
