/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sweep runs: a block of points in, a block of outputs out, and why a point failed. The
 * equation engine and the test functions of the literature stand behind the same interface. */
#ifndef MCY_EVALUATOR_H
#define MCY_EVALUATOR_H

#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/program.h"
#include "mcy/status.h"

typedef struct mcy_evaluator mcy_evaluator;

/* Immutable while it runs; shared by threads, each with its own scratch. */
struct mcy_evaluator {
    const char *name;
    size_t input_count, output_count;
    const char *const *inputs;  /* [input_count] names, for messages and tables; may be NULL */
    const char *const *outputs; /* [output_count] */
    size_t block;               /* points a call runs best with; at most MCY_EVALUATOR_BLOCK */
    const void *model;          /* what the functions below work on */
    /* The scratch of one thread, in its arena; NULL when none is needed. */
    mcy_status (*prepare)(const mcy_evaluator *self, mcy_arena *arena, void **scratch,
                          mcy_error *err);
    /* Run n <= block points: inputs [input_count] pointers to [n], outputs [output_count]
     * pointers to [n], faults [n]. The outputs of a failed point are MCY_MISSING or, where only
     * a check failed, stand. Returns the number that failed. */
    size_t (*run)(const mcy_evaluator *self, void *scratch, size_t n,
                  const double *const *inputs, double *const *outputs, mcy_fault *faults);
    /* The reason in words, without the point's number; room bytes of text. */
    void (*explain)(const mcy_evaluator *self, const mcy_fault *fault, char *text, size_t room);
};

enum { MCY_EVALUATOR_BLOCK = 512, MCY_EVALUATOR_REASON = 256 };

/** Why a point failed: the evaluator's own words, or generic ones. */
void mcy_evaluator_explain(const mcy_evaluator *evaluator, const mcy_fault *fault, char *text,
                           size_t room);

/* Test functions with indices known in closed form, in tests and in sweep files (`function:`). */
typedef struct mcy_test_function {
    const char *name;
    const char *meaning;
    size_t inputs, outputs;
} mcy_test_function;

/** All of them, ended by a NULL name. */
extern const mcy_test_function mcy_test_functions[];

/**
 * A test function as an evaluator.
 *
 *     ishigami    sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1
 *     sobol_g     product of (|4 x_i - 2| + a_i) / (1 + a_i), a = 0, 1, 4.5, 9, 99, 99, 99, 99
 *     sobol_g3    the same with a = 0, 0.5, 1
 *     constant    2.385 of three inputs
 *     profit      outputs quantity (price - 2) - 10000 and that by quantity
 *     fragile     x1 + x2, not a number where x1 > 0.9
 *
 * Fails:     MCY_E_INPUT   no such function (did you mean)
 */
mcy_status mcy_evaluator_test(mcy_arena *arena, const char *name, mcy_evaluator **evaluator,
                              mcy_error *err);

#endif
