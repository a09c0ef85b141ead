/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps of test functions in one call. */
#ifndef MCY_TESTS_SWEEP_CASE_H
#define MCY_TESTS_SWEEP_CASE_H

#include "check.h"

#include "mcy/sweep.h"

typedef struct sweep_case {
    const char *function;
    double low, high; /* uniform axes between these */
    mcy_design_request request;
    size_t threads, block;
} sweep_case;

static inline mcy_sweep sweep_case_make(mcy_arena *arena, const sweep_case *c,
                                        mcy_workers *workers)
{
    mcy_error err = {0};
    mcy_evaluator *evaluator = NULL;
    check_ok(mcy_evaluator_test(arena, c->function, &evaluator, &err), err);
    mcy_axis *axes = MCY_TAKE(arena, mcy_axis, evaluator->input_count);
    for (size_t i = 0; i < evaluator->input_count; i++)
        axes[i] = (mcy_axis){
            .name = evaluator->inputs[i],
            .base = (c->low + c->high) / 2,
            .distribution = {.law = MCY_LAW_UNIFORM, .parameter = {c->low, c->high}}};
    mcy_design_request request = c->request;
    if (!request.axes) {
        request.axis_count = evaluator->input_count;
        request.axes = axes;
    }
    mcy_design *design = NULL;
    check_ok(mcy_design_create(arena, &request, &design, &err), err);
    return (mcy_sweep){
        .design = design, .evaluator = evaluator, .workers = workers, .block = c->block};
}

static inline mcy_sample *sweep_case_run(mcy_arena *arena, const sweep_case *c)
{
    mcy_error err = {0};
    mcy_workers *workers = NULL;
    mcy_sample *sample = NULL;
    check_ok(mcy_workers_create(c->threads ? c->threads : 1, false, &workers, &err), err);
    mcy_sweep sweep = sweep_case_make(arena, c, workers);
    check_ok(mcy_sweep_sample(arena, &sweep, &sample, &err), err);
    mcy_workers_destroy(workers);
    return sample;
}

#endif
