/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fit as a person reads it. */
#ifndef MCY_FIT_PRINT_H
#define MCY_FIT_PRINT_H

#include <stdio.h>

#include "mcy/fit_file.h"

/**
 * Print parameters, leave-one-out scores, the last quarters by firm, and the contradicted
 * statements.
 *
 * Given:     quarters   how many of the last quarters; 0: all
 */
void fit_print(FILE *out, const mcy_decomposition *fit, const mcy_facts *facts,
               size_t quarters);

#endif
