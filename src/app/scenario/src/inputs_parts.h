/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps shared by edits from the command line and lines of scenario files. */
#ifndef MCY_INPUTS_PARTS_H
#define MCY_INPUTS_PARTS_H

#include "mcy/inputs.h"

/** mcy_model_match that takes only what can be set. */
mcy_status mcy_inputs_match(mcy_arena *arena, const mcy_inputs *inputs, const char *path,
                            size_t *symbol, size_t *count, const size_t **elements,
                            mcy_error *err);

/* In place of the month in which a year ends: the name has no firm, so nothing fiscal. */
enum { MCY_NO_FIRM = 0 };

/** mcy_calendars_of, and MCY_NO_FIRM where firms' years are listed and the symbol has no firm. */
int mcy_inputs_year_ends(const mcy_calendars *calendars, const mcy_model *model, size_t symbol,
                         size_t element);

/** Quarters of "2026Q3", "2026Q3..2027Q2", "2026Q3..", "FY2027": within the run and the symbol. */
mcy_status mcy_inputs_range(const mcy_unrolled *unrolled, const mcy_symbol *symbol,
                            int year_ends, const char *text, size_t n, int *first, int *last,
                            mcy_error *err);

/** "2026Q1..2030Q1": the quarters from first to the end of the run. */
const char *mcy_inputs_span(const mcy_unrolled *unrolled, int first, char out[96]);

/** Change one input; refused out of bounds, and when a relative change has nothing below it. */
mcy_status mcy_inputs_change(mcy_inputs *inputs, size_t input, const mcy_amount *amount,
                             const mcy_origin *origin, mcy_error *err);

/** Whether values of the unit are amounts of money: totals of a year when a year is named. */
bool mcy_inputs_is_amount(const char *unit);

/** Whether facts have said what a quarter up to the base used. */
bool mcy_inputs_is_used(const mcy_inputs *inputs, size_t input, int quarter);

/** Whether a change for all quarters leaves this input alone. */
bool mcy_inputs_spares(const mcy_inputs *inputs, size_t input, mcy_change change);

#endif
