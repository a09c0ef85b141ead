/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trial model from its text, tests/bench/trial.eqn: read, laid out, path data filled. */
#ifndef MCY_TESTS_TRIAL_TEXT_H
#define MCY_TESTS_TRIAL_TEXT_H

#include <stdio.h>
#include <string.h>

#include "mcy/model.h"
#include "trial_model.h"

typedef struct trial_text {
    const mcy_model *model;
    mcy_unrolled *unrolled;
    double *base;                 /* [inputs of the model] */
    size_t varying[TRIAL_INPUTS]; /* in the order of trial_law */
    mcy_node outputs[TRIAL_OUTPUTS];
} trial_text;

static const char *const trial_swept[TRIAL_INPUTS] = {
    "growth.dram",   "growth.nand",  "elasticity.dram", "elasticity.nand",
    "kappa",         "sigma",        "learning",        "capex_scale",
    "hbm_share_end", "demand_scale", "target_weeks",    "wright"};

static inline mcy_status trial_fill(trial_text *x, const char *path, int t, double value,
                                    mcy_error *err)
{
    size_t symbol, element;
    MCY_TRY(mcy_model_find(x->model, path, &symbol, &element, err));
    x->base[mcy_unrolled_input(x->unrolled, symbol, element, t)] = value;
    return MCY_OK;
}

static inline mcy_status trial_fill_paths(trial_text *x, mcy_error *err)
{
    static const char *const products[] = {"dram", "nand"};
    char path[64];
    for (int p = 0; p < TRIAL_PRODUCTS; p++) {
        snprintf(path, sizeof path, "price_noise.%s", products[p]);
        for (int t = 0; t < TRIAL_QUARTERS; t++)
            MCY_TRY(trial_fill(x, path, t, cos(1.7 * t + .9 * p) * 1.1, err));
        for (int c = 0; c < TRIAL_FIRMS; c++) {
            snprintf(path, sizeof path, "base_capex.c%d.%s", c, products[p]);
            for (int t = -8; t < TRIAL_QUARTERS; t++)
                MCY_TRY(trial_fill(x, path, t, trial_base(c, p, t), err));
        }
    }
    return MCY_OK;
}

static inline mcy_status trial_find_ends(trial_text *x, mcy_error *err)
{
    size_t symbol, element;
    char path[32];
    for (size_t i = 0; i < TRIAL_INPUTS; i++) {
        MCY_TRY(mcy_model_find(x->model, trial_swept[i], &symbol, &element, err));
        x->varying[i] = mcy_unrolled_input(x->unrolled, symbol, element, 0);
    }
    for (int c = 0; c < TRIAL_FIRMS; c++) {
        snprintf(path, sizeof path, "gross_margin.c%d", c);
        MCY_TRY(mcy_model_find(x->model, path, &symbol, &element, err));
        for (int t = 0; t < TRIAL_QUARTERS; t++)
            x->outputs[c * TRIAL_QUARTERS + t] =
                mcy_unrolled_node(x->unrolled, symbol, element, t);
        snprintf(path, sizeof path, "fcf.c%d", c);
        MCY_TRY(mcy_model_find(x->model, path, &symbol, &element, err));
        x->outputs[TRIAL_FIRMS * TRIAL_QUARTERS + c] =
            mcy_unrolled_node(x->unrolled, symbol, element, TRIAL_QUARTERS - 1);
    }
    return MCY_OK;
}

/** Read and lay out the text; everything lives in the arena. */
static inline mcy_status trial_read(mcy_arena *arena, const char *text, size_t size,
                                    trial_text *x, mcy_error *err)
{
    mcy_source source = {"trial.eqn", text, size};
    mcy_report report;
    mcy_unroll_options options = {.last = TRIAL_QUARTERS - 1, .base = mcy_quarter_of(2026, 1)};
    MCY_TRY(mcy_model_read(arena, 1, &source, &x->model, &report, err));
    MCY_TRY(mcy_unroll(arena, x->model, &options, &x->unrolled, err));
    x->base = MCY_TAKE(arena, double, mcy_unrolled_input_count(x->unrolled));
    if (!x->base)
        return mcy_fail_memory(err);
    mcy_unrolled_defaults(x->unrolled, x->base);
    MCY_TRY(trial_fill_paths(x, err));
    return trial_find_ends(x, err);
}

#endif
