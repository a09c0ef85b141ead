/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts as a command asks for them: --as-of, and every bad row on stderr. */
#ifndef MCY_FACTS_OF_CALL_H
#define MCY_FACTS_OF_CALL_H

#include "command.h"
#include "mcy/facts.h"

/* One line of an option table: {MCY_OPTION_AS_OF, ...}. */
#define MCY_OPTION_AS_OF                                                                       \
    {                                                                                          \
        "as-of", 'a', "DATE", "only what was known on that day, YYYY-MM-DD"                    \
    }

/**
 * The day of --as-of; 0 when it was not given.
 *
 * Fails:     MCY_E_INPUT   not a day
 */
mcy_status mcy_call_as_of(const mcy_call *call, mcy_day *day, mcy_error *err);

/**
 * Read scenarios/history as of the call's --as-of. Bad rows are printed to call->err, each on its
 * line, before the failure is returned. A day before the first fact is refused: MCY_E_MISSING.
 */
mcy_status mcy_call_facts(mcy_call *call, mcy_facts **facts, mcy_error *err);

/** Fails: MCY_E_INPUT  no row of the facts names the firm (did you mean) */
mcy_status mcy_call_check_firm(mcy_call *call, const mcy_facts *facts, const char *firm,
                               mcy_error *err);

#endif
