/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle fit --what price-response. */
#ifndef MCY_FIT_PRICE_H
#define MCY_FIT_PRICE_H

#include "command.h"
#include "mcy/facts.h"

/**
 * Fit the price response (M4) of products on the quarters that have a tightness, and print
 * parameters with their errors, how much each learned, and every quarter with its residual.
 * With --json the same as JSON, with -o price_response.csv.
 */
mcy_status fit_price_response(mcy_call *call, const mcy_facts *facts,
                              const char *const *products, size_t count, mcy_error *err);

#endif
