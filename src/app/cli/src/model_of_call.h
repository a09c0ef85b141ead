/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Model files for the subcommands of `model`. */
#ifndef MCY_MODEL_OF_CALL_H
#define MCY_MODEL_OF_CALL_H

#include "command.h"
#include "mcy/model.h"
#include "mcy/text.h"

/* Files read together: the first, what it includes, and so on. */
typedef struct mcy_model_files {
    size_t count;
    mcy_source *sources; /* named as in messages: the path that was opened */
} mcy_model_files;

/**
 * Read model files and all that they include, each found beside the one that names it.
 *
 * Given:     paths   [count] files; none = the model of the program (or --model)
 * Fails:     MCY_E_IO     a file cannot be read
 */
mcy_status mcy_model_files_read(mcy_call *call, size_t count, const char *const *paths,
                                mcy_model_files *files, mcy_error *err);

/** The model of some files; errors are printed to call->err and make it fail. */
mcy_status mcy_model_of_call(mcy_call *call, size_t count, const char *const *paths,
                             const mcy_model **model, mcy_error *err);

/** "price[product]", with the dimensions. */
void mcy_symbol_shape(const mcy_model *model, const mcy_symbol *symbol, mcy_text *out);

/** "variable, usd_m, from -28, year sum"; bounds and default where there are any. */
void mcy_symbol_facts(const mcy_model *model, const mcy_symbol *symbol, mcy_text *out);

/* The subcommands that have files of their own; operands without the subcommand's name. */
mcy_status mcy_model_show(mcy_call *call, size_t count, const char *const *names,
                          mcy_error *err);
mcy_status mcy_model_causes(mcy_call *call, size_t count, const char *const *names,
                            mcy_error *err);
mcy_status mcy_model_sheet(mcy_call *call, mcy_error *err);
mcy_status mcy_model_diff(mcy_call *call, const char *before, const char *after,
                          mcy_error *err);

#endif
