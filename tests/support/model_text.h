/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model from a text in a test: read, laid out, evaluated; one call each. */
#ifndef MCY_TESTS_MODEL_TEXT_H
#define MCY_TESTS_MODEL_TEXT_H

#include <stdlib.h>

#include "check.h"
#include "mcy/evaluate.h"
#include "mcy/model.h"
#include "mcy/number.h"

typedef struct model_text {
    mcy_arena *arena;
    const mcy_model *model;
    mcy_report report;
    mcy_unrolled *unrolled;
    mcy_evaluation *evaluation;
    double *inputs;
} model_text;

/* Everything that was complained about, as it is shown. */
static inline void fail_with_report(const mcy_report *report)
{
    mcy_text shown = {0};
    for (size_t i = 0; i < report->error_count; i++)
        mcy_diagnostic_print(&report->diagnostics[i], &shown);
    fprintf(stderr, "%s", mcy_text_view(&shown));
    mcy_text_release(&shown);
    fail_msg("the model has %zu errors", report->error_count);
}

static inline model_text model_read_text(const char *text)
{
    model_text m = {.arena = mcy_arena_create()};
    mcy_source source = {"test.eqn", text, strlen(text)};
    mcy_error err = {0};
    if (mcy_model_read(m.arena, 1, &source, &m.model, &m.report, &err) != MCY_OK)
        fail_with_report(&m.report);
    return m;
}

static inline void model_unroll(model_text *m, int last)
{
    mcy_error err = {0};
    mcy_unroll_options options = {.last = last, .base = mcy_quarter_of(2026, 1)};
    check_ok(mcy_unroll(m->arena, m->model, &options, &m->unrolled, &err), err);
    m->inputs = MCY_TAKE(m->arena, double, mcy_unrolled_input_count(m->unrolled));
    assert_non_null(m->inputs);
    mcy_unrolled_defaults(m->unrolled, m->inputs);
}

static inline void model_evaluate(model_text *m)
{
    mcy_error err = {0};
    check_ok(mcy_evaluate(m->arena, m->unrolled, m->inputs, &m->evaluation, &err), err);
}

static inline void model_find(const model_text *m, const char *path, size_t *symbol,
                              size_t *element)
{
    mcy_error err = {0};
    check_ok(mcy_model_find(m->model, path, symbol, element, &err), err);
}

/* A value of the evaluation by its path, "price.dram". */
static inline double model_value(model_text *m, const char *path, int quarter)
{
    size_t symbol, element;
    model_find(m, path, &symbol, &element);
    return mcy_evaluated(m->evaluation, symbol, element, quarter);
}

static inline void model_set(model_text *m, const char *path, int quarter, double value)
{
    size_t symbol, element;
    model_find(m, path, &symbol, &element);
    size_t input = mcy_unrolled_input(m->unrolled, symbol, element, quarter);
    assert_true(input != MCY_NONE);
    m->inputs[input] = value;
}

/* Read, lay out over 0..last and evaluate at the defaults. */
static inline model_text model_run_text(const char *text, int last)
{
    model_text m = model_read_text(text);
    model_unroll(&m, last);
    model_evaluate(&m);
    return m;
}

static inline void model_release(model_text *m)
{
    mcy_arena_destroy(m->arena);
}

#endif
