/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios, sweeps and packs by name: "bull" is FOLDER/bull.yaml. */
#ifndef MCY_SHIPPED_H
#define MCY_SHIPPED_H

#include <stdbool.h>

#include "mcy/arena.h"
#include "mcy/status.h"

/** True for what is a path, not a name: it has a '/' or ends in .yaml. */
bool mcy_shipped_is_path(const char *given);

/**
 * The file that a name or a path stands for.
 *
 * Given:     folder   where names are looked for
 *            what     "scenario", "sweep", "pack": for the sentence
 *            given    a path is returned as it is, found or not; but base.yaml that is not
 *                     here and is in folder is refused with the name that finds it
 * Returned:  *file    in the arena
 * Fails:     MCY_E_INPUT   no file of that name: the close one, and all there are
 *            MCY_E_MEMORY
 * Checked:   test_scenario.c, charts_by_name.sh
 */
mcy_status mcy_shipped_file(mcy_arena *arena, const char *folder, const char *what,
                            const char *given, const char **file, mcy_error *err);

/** The name of a file: without its folder and ".yaml". */
char *mcy_shipped_name(mcy_arena *arena, const char *file);

#endif
