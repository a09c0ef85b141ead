/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ragged roll: one firm has reported a quarter, the others not yet. The run starts again a
 * quarter later with what that firm reported, the others' quarter estimated by the decomposition
 * from all that is known on the day, the state of fabs, stocks and markets as the model's own
 * equations carried it, and every other assumption as it was. */
#ifndef MCY_ROLL_H
#define MCY_ROLL_H

#include "mcy/study.h"

typedef enum mcy_roll_kind {
    MCY_ROLL_KEPT,      /* same bits as before, quarter for quarter */
    MCY_ROLL_PINNED,    /* reported by the firm, or surveyed */
    MCY_ROLL_ESTIMATED, /* of a firm that has not reported: decomposition */
    MCY_ROLL_CARRIED    /* state that the equations give for the new base quarter */
} mcy_roll_kind;

/** "kept", "reported", "estimated", "carried". */
const char *mcy_roll_kind_name(mcy_roll_kind kind);

/* One input that is not kept. */
typedef struct mcy_roll_line {
    mcy_roll_kind kind;
    const char *path; /* "fab_sales_0.skhynix.dram" */
    int quarter;      /* of the new base; 0 for what has one value */
    double before;    /* what the old run expected there; missing where it has no such value */
    double value;
    double low, high; /* 90 % interval of an estimate; missing else */
    const char *source;
} mcy_roll_line;

typedef struct mcy_roll {
    const mcy_study *study;       /* before */
    const mcy_path_panel *panel;  /* of the study as it was */
    mcy_quarter base;             /* the new base quarter */
    mcy_inputs *inputs;           /* of the new base quarter, over their own layout */
    const mcy_path_panel *rolled; /* the run from there */
    size_t kept;                  /* inputs with the same bits */
    size_t line_count;
    const mcy_roll_line *lines; /* all others */
} mcy_roll;

/**
 * Roll a study one quarter on.
 *
 * Given:     study    based on the quarter before
 *            facts    as of the day after the print
 *            firm     that reported: "micron"
 * Returned:  *roll
 * Fails:     MCY_E_MISSING   the firm's quarter is not among the facts
 *            and as mcy_fit_product and mcy_study_run
 * Notes:     the rest moves as the mean of the firms that have not reported; its interval is
 *            theirs, widened by a half
 * Checked:   test_roll.c
 */
mcy_status mcy_roll_on(mcy_arena *arena, const mcy_study *study, const mcy_facts *facts,
                       const char *firm, mcy_roll **roll, mcy_error *err);

#endif
