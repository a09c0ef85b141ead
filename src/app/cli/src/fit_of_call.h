/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decompositions as a command asks for them: fitted on the spot (well under a second), or
 * read from the folder that `memcycle fit` wrote. */
#ifndef MCY_FIT_OF_CALL_H
#define MCY_FIT_OF_CALL_H

#include "facts_of_call.h"
#include "mcy/fit_file.h"

/* One line of an option table. */
#define MCY_OPTION_FIT                                                                         \
    {                                                                                          \
        "fit", 'f', "DIR",                                                                     \
            "read the fit from this folder of 'memcycle fit' instead of fitting"               \
    }

/**
 * Fits of products as of the call's day.
 *
 * Given:     products, count   names: "dram", "nand"
 *            facts             of the same call
 * Returned:  fit               [count]
 * Fails:     MCY_E_FINDINGS    the folder's fit is of other facts or another day
 *            and as mcy_fit_product
 */
mcy_status mcy_call_fits(mcy_call *call, const mcy_facts *facts, const char *const *products,
                         size_t count, const mcy_decomposition **fit, mcy_error *err);

#endif
