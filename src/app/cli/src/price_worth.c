/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gradient behind "what 1 % of a price is worth". */
#include "price_worth.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"

static const char *const metric_paths[] = {"revenue", "gross_margin", "eps"};

const char *mcy_worth_metric(size_t metric)
{
    return metric_paths[metric];
}

/* The inputs that move, each with the part of a change it makes. */
typedef struct worth_plan {
    mcy_arena *arena;
    const mcy_study *study;
    mcy_worth *worth;
    size_t input_count, room;
    size_t *inputs, *change;
    double *step; /* how far 1 % moves the input */
    mcy_node *outputs;
    size_t output_count;
} worth_plan;

static mcy_status add_input(worth_plan *plan, size_t input, double step, mcy_error *err)
{
    size_t room = plan->room, again = plan->room;
    MCY_TRY(mcy_arena_grow(plan->arena, (void **)&plan->inputs, plan->input_count, &room,
                           sizeof *plan->inputs, err));
    room = again;
    MCY_TRY(mcy_arena_grow(plan->arena, (void **)&plan->change, plan->input_count, &room,
                           sizeof *plan->change, err));
    MCY_TRY(mcy_arena_grow(plan->arena, (void **)&plan->step, plan->input_count, &plan->room,
                           sizeof *plan->step, err));
    plan->inputs[plan->input_count] = input;
    plan->change[plan->input_count] = plan->worth->change_count - 1;
    plan->step[plan->input_count++] = step;
    return MCY_OK;
}

static bool add_change(worth_plan *plan, mcy_worth_kind kind, const char *product)
{
    if (plan->worth->change_count == MCY_WORTH_CHANGES)
        return false;
    plan->worth->changes[plan->worth->change_count++] = (mcy_worth_change){kind, product};
    return true;
}

/* A log shock of the next quarter for each product. */
static mcy_status plan_prices(worth_plan *plan, mcy_error *err)
{
    const mcy_study *study = plan->study;
    size_t number = mcy_model_find_symbol(study->model, "price_shock");
    if (number == MCY_NONE || mcy_unrolled_last(study->unrolled) < 1)
        return MCY_OK;
    const mcy_symbol *shock = mcy_model_symbol(study->model, number);
    for (size_t e = 0; shock->dimension_count == 1 && e < shock->element_count; e++) {
        const char *product;
        mcy_model_element_names(study->model, number, e, &product);
        if (add_change(plan, MCY_WORTH_PRICE, product))
            MCY_TRY(add_input(plan, mcy_unrolled_input(study->unrolled, number, e, 1),
                              log(1.01), err));
    }
    return MCY_OK;
}

/* 1 % more of a firm's own path in every quarter from the next on, for each product. */
static mcy_status plan_own(worth_plan *plan, mcy_worth_kind kind, const char *path,
                           const char *firm, mcy_error *err)
{
    const mcy_study *study = plan->study;
    size_t number = mcy_model_find_symbol(study->model, path);
    if (!firm || number == MCY_NONE)
        return MCY_OK;
    const mcy_symbol *symbol = mcy_model_symbol(study->model, number);
    for (size_t e = 0;
         symbol->path && symbol->dimension_count == 2 && e < symbol->element_count; e++) {
        const char *names[2];
        mcy_model_element_names(study->model, number, e, names);
        if (strcmp(names[0], firm) || !add_change(plan, kind, names[1]))
            continue;
        for (int q = 1; q <= mcy_unrolled_last(study->unrolled); q++) {
            size_t input = mcy_unrolled_input(study->unrolled, number, e, q);
            MCY_TRY(add_input(plan, input, 0.01 * study->inputs->values[input], err));
        }
    }
    return MCY_OK;
}

/* The nodes of a place's numbers; false when the model lacks one. */
static bool plan_place(worth_plan *plan, mcy_worth_place place)
{
    for (size_t m = 0; m < MCY_WORTH_METRICS; m++) {
        char name[128];
        mcy_metric metric;
        snprintf(name, sizeof name, "%s.%s@%s", metric_paths[m], place.firm, place.period);
        if (mcy_metric_find(plan->arena, plan->study->unrolled, plan->study->inputs->calendars,
                            name, &metric, NULL) != MCY_OK)
            return false;
        plan->outputs[plan->output_count++] = metric.node;
    }
    plan->worth->places[plan->worth->place_count++] = place;
    return true;
}

static mcy_status run_gradient(worth_plan *plan, mcy_error *err)
{
    const mcy_program *program;
    mcy_scratch *scratch;
    mcy_worth *worth = plan->worth;
    const double *base = plan->study->inputs->values;
    size_t n = plan->input_count, m = plan->output_count;
    mcy_program_request request = {.graph = mcy_unrolled_graph(plan->study->unrolled),
                                   .base = base,
                                   .varying_count = n,
                                   .varying = plan->inputs,
                                   .output_count = m,
                                   .outputs = plan->outputs,
                                   .block = MCY_BLOCK_STEP,
                                   .gradient = true};
    double *gradient = MCY_TAKE(plan->arena, double, m *n);
    double *inputs = MCY_TAKE(plan->arena, double, n);
    size_t *order = MCY_TAKE(plan->arena, size_t, m);
    worth->by = MCY_TAKE(plan->arena, double, m * worth->change_count);
    if (!gradient || !inputs || !order || !worth->by)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_program_compile(plan->arena, &request, &program, err));
    MCY_TRY(mcy_scratch_create(plan->arena, program, &scratch, err));
    for (size_t i = 0; i < m; i++)
        order[i] = i;
    for (size_t i = 0; i < n; i++)
        inputs[i] = base[plan->inputs[i]];
    mcy_program_gradient(program, scratch, inputs, m, order, gradient, NULL, NULL, NULL);
    for (size_t i = 0; i < m; i++)
        for (size_t k = 0; k < n; k++)
            worth->by[i * worth->change_count + plan->change[k]] +=
                plan->step[k] * gradient[i * n + k];
    return MCY_OK;
}

mcy_status mcy_worth_find(mcy_arena *arena, const mcy_study *study, const char *own,
                          const mcy_worth_place *places, size_t count, mcy_worth *worth,
                          mcy_error *err)
{
    worth_plan plan = {.arena = arena, .study = study, .worth = worth};
    *worth = (mcy_worth){0};
    plan.outputs = MCY_TAKE(arena, mcy_node, MCY_WORTH_PLACES * MCY_WORTH_METRICS);
    if (!plan.outputs)
        return mcy_fail_memory(err);
    MCY_TRY(plan_own(&plan, MCY_WORTH_ASP, "premium", own, err));
    MCY_TRY(plan_prices(&plan, err));
    MCY_TRY(plan_own(&plan, MCY_WORTH_BITS, "yield_index", own, err));
    for (size_t i = 0; i < count && worth->change_count; i++)
        if (i == MCY_WORTH_PLACES || !plan_place(&plan, places[i]))
            worth->change_count = 0;
    return worth->change_count && worth->place_count ? run_gradient(&plan, err) : MCY_OK;
}

double mcy_worth_of(const mcy_worth *worth, size_t place, size_t metric, size_t change)
{
    double by = worth->by[(place * MCY_WORTH_METRICS + metric) * worth->change_count + change];
    return metric == MCY_WORTH_EPS && by == 0 ? MCY_MISSING : by;
}
