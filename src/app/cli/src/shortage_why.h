/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the shortage of each product ends, what waits for what, and what would end it sooner. */
#ifndef MCY_SHORTAGE_WHY_H
#define MCY_SHORTAGE_WHY_H

#include "mcy/amount.h"
#include "mcy/display.h"
#include "mcy/study.h"

enum { MCY_LEVER_SPACE, MCY_LEVER_TOOLS, MCY_LEVER_RAMP, MCY_LEVER_DEMAND, MCY_LEVERS };

/* What is changed from the next quarter on to see whether it binds. */
typedef struct mcy_lever {
    const char *assumption;
    mcy_bilingual what;
    mcy_amount amount;
} mcy_lever;

extern const mcy_lever mcy_levers[MCY_LEVERS];

typedef struct mcy_shortage {
    const char *product;
    bool is_short;           /* fill rate below 98 % in the base quarter */
    double ends;             /* quarters after the base quarter; missing = not in this run */
    double waiting_kwpm;     /* tools that wait for cleanroom, at their most until then */
    int waiting_quarter;     /* when that is */
    double waiting_frac;     /* of all makers' capacity then; missing where it has none */
    bool pulled[MCY_LEVERS]; /* the model has that lever and the run with it succeeds */
    double lever_ends[MCY_LEVERS];
} mcy_shortage;

/**
 * The shortages of a run.
 *
 * Returned:  *shortages   [*count] a product each; 0 when the model does not follow them
 * Notes:     runs the scenario once more for each lever
 * Checked:   run_base.sh, charts_scenario_page.sh
 */
mcy_status mcy_shortage_find(mcy_arena *arena, const mcy_study *study,
                             const mcy_path_panel *panel, mcy_shortage **shortages,
                             size_t *count, mcy_error *err);

/** Quarters by which a lever ends a shortage sooner; an end outside the run counts as the
 *  quarter after its last. */
double mcy_shortage_sooner(const mcy_study *study, const mcy_shortage *s, size_t lever);

#endif
