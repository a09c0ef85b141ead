/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions whose sensitivity is known exactly, behind the interface of the models. */
#include "mcy/evaluator.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/text.h"

const mcy_test_function mcy_test_functions[] = {
    {"ishigami", "sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, x in -pi..pi", 3, 1},
    {"sobol_g", "product of (|4 x - 2| + a) / (1 + a), a = 0, 1, 4.5, 9, 99 x 4, x in 0..1", 8,
     1},
    {"sobol_g3", "product of (|4 x - 2| + a) / (1 + a), a = 0, 0.5, 1, x in 0..1", 3, 1},
    {"constant", "2.385 whatever the three inputs", 3, 1},
    {"profit", "quantity (price - 2) - 10000, and that by quantity; inputs price, quantity", 2,
     2},
    {"fragile", "x1 + x2, not a number where x1 > 0.9", 2, 1},
    {NULL, NULL, 0, 0}};

typedef void test_kernel(const double *x, double *y);

static void ishigami(const double *x, double *y)
{
    double s = sin(x[0]), t = sin(x[1]), q = x[2] * x[2];
    y[0] = s + 7.0 * t * t + 0.1 * q * q * s;
}

static double product_of(const double *x, const double *a, size_t n)
{
    double product = 1.0;
    for (size_t i = 0; i < n; i++)
        product *= (fabs(4.0 * x[i] - 2.0) + a[i]) / (1.0 + a[i]);
    return product;
}

static void sobol_g(const double *x, double *y)
{
    static const double a[8] = {0, 1, 4.5, 9, 99, 99, 99, 99};
    y[0] = product_of(x, a, 8);
}

static void sobol_g3(const double *x, double *y)
{
    static const double a[3] = {0, 0.5, 1};
    y[0] = product_of(x, a, 3);
}

static void constant(const double *x, double *y)
{
    (void)x;
    y[0] = 2.385;
}

static void profit(const double *x, double *y)
{
    y[0] = x[1] * (x[0] - 2.0) - 10000.0;
    y[1] = y[0] / x[1];
}

static void fragile(const double *x, double *y)
{
    y[0] = x[0] > 0.9 ? MCY_MISSING : x[0] + x[1];
}

static test_kernel *const kernels[] = {ishigami, sobol_g, sobol_g3, constant, profit, fragile};

typedef struct test_model {
    test_kernel *kernel;
} test_model;

static size_t run_test(const mcy_evaluator *self, void *scratch, size_t n,
                       const double *const *inputs, double *const *outputs, mcy_fault *faults)
{
    (void)scratch;
    const test_model *model = self->model;
    size_t failed = 0;
    for (size_t p = 0; p < n; p++) {
        double x[8], y[2];
        for (size_t i = 0; i < self->input_count; i++)
            x[i] = inputs[i][p];
        model->kernel(x, y);
        faults[p] = (mcy_fault){0};
        for (size_t i = self->output_count; i-- > 0;)
            if (!isfinite(y[i]))
                faults[p] = (mcy_fault){MCY_FAULT_VARIABLE, i, y[i]};
        for (size_t i = 0; i < self->output_count; i++)
            outputs[i][p] = faults[p].kind ? MCY_MISSING : y[i];
        failed += faults[p].kind != MCY_FAULT_NONE;
    }
    return failed;
}

void mcy_evaluator_explain(const mcy_evaluator *evaluator, const mcy_fault *fault, char *text,
                           size_t room)
{
    if (evaluator->explain) {
        evaluator->explain(evaluator, fault, text, room);
        return;
    }
    bool input = fault->kind == MCY_FAULT_INPUT;
    const char *const *names = input ? evaluator->inputs : evaluator->outputs;
    size_t count = input ? evaluator->input_count : evaluator->output_count;
    if (fault->kind == MCY_FAULT_CHECK)
        snprintf(text, room, "check %zu does not hold", fault->index + 1);
    else if (names && fault->index < count)
        snprintf(text, room, "'%s' is not a finite number", names[fault->index]);
    else
        snprintf(text, room, "%s %zu is not a finite number", input ? "input" : "variable",
                 fault->index);
}

static mcy_status name_all(mcy_arena *arena, const char *letter, size_t n,
                           const char *const **names, mcy_error *err)
{
    const char **list = MCY_TAKE(arena, const char *, n);
    if (!list)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        list[i] = mcy_arena_print(arena, "%s%zu", letter, i + 1);
        if (!list[i])
            return mcy_fail_memory(err);
    }
    *names = list;
    return MCY_OK;
}

static mcy_status refuse_name(const char *name, mcy_error *err)
{
    const char *names[sizeof kernels / sizeof *kernels];
    size_t n = sizeof kernels / sizeof *kernels;
    for (size_t i = 0; i < n; i++)
        names[i] = mcy_test_functions[i].name;
    const char *closest = mcy_text_closest(name, names, n);
    return MCY_FAIL(err, MCY_E_INPUT, "no test function '%s'%s%s%s", name,
                    closest ? "; did you mean '" : "", closest ? closest : "",
                    closest ? "'?" : "");
}

mcy_status mcy_evaluator_test(mcy_arena *arena, const char *name, mcy_evaluator **evaluator,
                              mcy_error *err)
{
    size_t found = 0;
    while (mcy_test_functions[found].name && strcmp(mcy_test_functions[found].name, name) != 0)
        found++;
    const mcy_test_function *function = &mcy_test_functions[found];
    if (!function->name)
        return refuse_name(name, err);
    mcy_evaluator *e = MCY_TAKE(arena, mcy_evaluator, 1);
    test_model *model = MCY_TAKE(arena, test_model, 1);
    if (!e || !model)
        return mcy_fail_memory(err);
    model->kernel = kernels[found];
    *e = (mcy_evaluator){.name = function->name,
                         .input_count = function->inputs,
                         .output_count = function->outputs,
                         .block = 128,
                         .model = model,
                         .run = run_test};
    MCY_TRY(name_all(arena, "x", e->input_count, &e->inputs, err));
    MCY_TRY(name_all(arena, "y", e->output_count, &e->outputs, err));
    if (strcmp(name, "profit") == 0) {
        static const char *const inputs[] = {"price", "quantity"};
        static const char *const outputs[] = {"profit", "profit_per_piece"};
        e->inputs = inputs;
        e->outputs = outputs;
    }
    *evaluator = e;
    return MCY_OK;
}
