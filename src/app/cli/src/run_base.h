/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle run --check-base. */
#ifndef MCY_RUN_BASE_H
#define MCY_RUN_BASE_H

#include "study_of_call.h"

/**
 * Print the base quarter beside what was reported of it, what is named other, and what the facts
 * lack.
 *
 * Fails:     MCY_E_FINDINGS   a reported figure is not met within its printed digits
 *            MCY_E_INPUT      the study was opened without facts
 */
mcy_status run_print_base(mcy_call *call, const mcy_study *study, const mcy_path_panel *panel,
                          mcy_error *err);

#endif
