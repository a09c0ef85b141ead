/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle check --claims: a note against the facts. */
#ifndef MCY_CHECK_CLAIMS_H
#define MCY_CHECK_CLAIMS_H

#include "command.h"
#include "mcy/facts.h"

/**
 * Judge every claim of a file and print the verdicts.
 *
 * Fails:     MCY_E_FINDINGS   a claim is contradicted
 *            MCY_E_INPUT      a bad row of the file
 */
mcy_status mcy_check_claims(mcy_call *call, const mcy_facts *facts, const char *path,
                            mcy_error *err);

#endif
