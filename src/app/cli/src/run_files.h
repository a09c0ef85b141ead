/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run as files and as JSON: tidy CSV, resolved inputs, manifest. */
#ifndef MCY_RUN_FILES_H
#define MCY_RUN_FILES_H

#include "study_of_call.h"

/** Every value of a run, one a line: scenario,name,elements,unit,period,value. */
void mcy_run_csv(const mcy_study *study, const mcy_path_panel *panel, mcy_text *text,
                 bool heading);

/** Every value of a run as one JSON object a symbol, arrays by element and quarter. */
void mcy_run_json(const mcy_call *call, const mcy_study *study, const mcy_path_panel *panel,
                  mcy_json *json);

/** Every resolved input, constants and dimensions: enough to compute every output again. */
mcy_status mcy_inputs_json(const mcy_call *call, const mcy_study *study, mcy_json *json,
                           mcy_error *err);

/** The values alone of mcy_inputs_json, as the text of an object: no file, command or origin in
 *  it, so that two runs of the same values have the same. */
mcy_status mcy_inputs_values(mcy_arena *arena, const mcy_study *study, const char **values,
                             mcy_error *err);

/** Write NAME.csv, NAME.json, NAME-inputs.json and manifest.json of each run into a folder. */
mcy_status mcy_run_write(mcy_call *call, const char *folder, size_t count,
                         mcy_study *const *studies, const mcy_path_panel *const *panels,
                         mcy_error *err);

#endif
