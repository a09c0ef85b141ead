/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shortages: their end in the run and in runs with one lever pulled. */
#include "shortage_why.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"

const mcy_lever mcy_levers[MCY_LEVERS] = {
    {"space_slack",
     {"洁净室多容纳一成晶圆", "space: cleanroom for a tenth more wafers"},
     {MCY_CHANGE_ADD, 0.10}},
    {"tool_cost",
     {"同样的钱多买两成设备", "tools: a fifth more of them for the money"},
     {MCY_CHANGE_TIMES, 1 / 1.2}},
    {"ramp_lag",
     {"设备到产出的时间减半", "ramp: half the time from tool to output"},
     {MCY_CHANGE_TIMES, 0.5}},
    {"demand_shock",
     {"下季起需求少半成", "demand: a twentieth less from the next quarter on"},
     {MCY_CHANGE_TIMES, 0.95}},
};

/* Inputs with one lever pulled; false when the model has no such assumption. */
static bool pull(const mcy_study *study, const mcy_lever *l, double *values)
{
    size_t number = mcy_model_find_symbol(study->model, l->assumption);
    if (number == MCY_NONE)
        return false;
    memcpy(values, study->inputs->values, study->inputs->count * sizeof *values);
    const mcy_symbol *symbol = mcy_model_symbol(study->model, number);
    int last = symbol->path ? mcy_unrolled_last(study->unrolled) : 1;
    for (size_t e = 0; e < symbol->element_count; e++)
        for (int q = 1; q <= last; q++) {
            size_t i = mcy_unrolled_input(study->unrolled, number, e, q);
            if (i == MCY_NONE)
                continue;
            double value = mcy_amount_apply(&l->amount, values[i]);
            values[i] = fmin(fmax(value, symbol->low), symbol->high);
        }
    return true;
}

/* Tools that wait for space, all firms, at their most up to the end of the shortage. */
static void find_waiting(const mcy_study *study, const mcy_path_panel *panel, mcy_shortage *s)
{
    size_t number = mcy_model_find_symbol(study->model, "waiting");
    size_t capacity = mcy_model_find_symbol(study->model, "capacity");
    const char *names[8];
    if (number == MCY_NONE || mcy_model_symbol(study->model, number)->dimension_count != 2)
        return;
    for (int q = 1; q <= panel->last && !(q > s->ends); q++) {
        double sum = 0;
        for (size_t e = 0; e < mcy_model_symbol(study->model, number)->element_count; e++) {
            mcy_model_element_names(study->model, number, e, names);
            if (strcmp(names[1], s->product) == 0)
                sum += mcy_path_panel_value(panel, number, e, q);
        }
        if (sum > s->waiting_kwpm) {
            s->waiting_kwpm = sum;
            s->waiting_quarter = q;
        }
    }
    if (capacity == MCY_NONE || mcy_model_symbol(study->model, capacity)->dimension_count != 2)
        return;
    double total = 0;
    for (size_t e = 0; e < mcy_model_symbol(study->model, capacity)->element_count; e++) {
        mcy_model_element_names(study->model, capacity, e, names);
        if (strcmp(names[1], s->product) == 0)
            total += mcy_path_panel_value(panel, capacity, e, s->waiting_quarter);
    }
    s->waiting_frac = total > 0 ? s->waiting_kwpm / total : MCY_MISSING;
}

static bool is_short(const mcy_study *study, const mcy_path_panel *panel, const char *product)
{
    char path[64];
    size_t symbol, element;
    snprintf(path, sizeof path, "fill_rate.%s", product);
    return mcy_model_find(study->model, path, &symbol, &element, NULL) == MCY_OK &&
           mcy_path_panel_value(panel, symbol, element, 0) < 0.98;
}

mcy_status mcy_shortage_find(mcy_arena *arena, const mcy_study *study,
                             const mcy_path_panel *panel, mcy_shortage **shortages,
                             size_t *count, mcy_error *err)
{
    size_t ends = mcy_model_find_symbol(study->model, "shortage_ends");
    *count = 0;
    if (ends == MCY_NONE || mcy_model_symbol(study->model, ends)->dimension_count != 1)
        return MCY_OK;
    const mcy_path_panel *pulled[MCY_LEVERS] = {NULL};
    double *values = MCY_TAKE(arena, double, study->inputs->count);
    *count = mcy_model_symbol(study->model, ends)->element_count;
    *shortages = MCY_TAKE(arena, mcy_shortage, *count);
    if (!values || !*shortages)
        return mcy_fail_memory(err);
    for (size_t k = 0; k < MCY_LEVERS; k++) {
        mcy_error reason = {0};
        if (pull(study, &mcy_levers[k], values) &&
            mcy_study_run(arena, study, values, &pulled[k], &reason) != MCY_OK)
            pulled[k] = NULL;
    }
    for (size_t e = 0; e < *count; e++) {
        mcy_shortage *s = &(*shortages)[e];
        mcy_model_element_names(study->model, ends, e, &s->product);
        s->ends = mcy_path_panel_value(panel, ends, e, 0);
        s->is_short = is_short(study, panel, s->product);
        s->waiting_frac = MCY_MISSING;
        if (s->is_short)
            find_waiting(study, panel, s);
        for (size_t k = 0; k < MCY_LEVERS; k++) {
            s->pulled[k] = pulled[k] != NULL;
            s->lever_ends[k] =
                pulled[k] ? mcy_path_panel_value(pulled[k], ends, e, 0) : MCY_MISSING;
        }
    }
    return MCY_OK;
}

double mcy_shortage_sooner(const mcy_study *study, const mcy_shortage *s, size_t lever)
{
    double never = mcy_unrolled_last(study->unrolled) + 1, other = s->lever_ends[lever];
    return (mcy_is_missing(s->ends) ? never : s->ends) -
           (mcy_is_missing(other) ? never : other);
}
