/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quarters, shocks and swings of a product's market. */
#include "stability_market.h"

#include <math.h>
#include <string.h>

#include "mcy/number.h"

enum { MOST_RESPONSE = 128 };

static double value_of(const stability_market *m, const char *name)
{
    char path[96];
    size_t symbol, element;
    snprintf(path, sizeof path, "%s.%s", name, m->product);
    return mcy_model_find(m->study->model, path, &symbol, &element, NULL) == MCY_OK
               ? mcy_path_panel_value(m->panel, symbol, element, 0)
               : MCY_MISSING;
}

int stability_quarter_of(const stability_market *m, int regime)
{
    int best = -1;
    double nearest = INFINITY;
    for (int q = MCY_STABILITY_LAGS - 1; q < m->panel->last; q++) {
        double x = mcy_path_panel_value(m->panel, m->tightness, m->element, q);
        double move = mcy_path_panel_value(m->panel, m->move, m->element, q + 1);
        bool limited = move <= m->floor || move >= m->cap;
        if (m->target != MCY_NONE &&
            mcy_path_panel_value(m->panel, m->target, m->element, q + 1) == 0)
            limited = true; /* a shortage that only keeps prices from falling */
        if (x * regime > 0 && fabs(x) < nearest && !limited) {
            nearest = fabs(x);
            best = q;
        }
    }
    return best;
}

mcy_status stability_simulate(const stability_market *m, int q, mcy_root *root, size_t *n,
                              mcy_error *err)
{
    const double step = 1e-5;
    double response[MOST_RESPONSE];
    size_t shock = mcy_model_find_symbol(m->study->model, "price_shock");
    double *inputs = MCY_TAKE(m->call->arena, double, m->study->inputs->count);
    if (!inputs)
        return mcy_fail_memory(err);
    size_t input = shock == MCY_NONE
                       ? MCY_NONE
                       : mcy_unrolled_input(m->study->unrolled, shock, m->element, q + 1);
    if (input == MCY_NONE)
        return MCY_FAIL(err, MCY_E_MISSING, "the model has no 'price_shock' to try it with");
    memcpy(inputs, m->inputs, m->study->inputs->count * sizeof *inputs);
    inputs[input] += step;
    const mcy_path_panel *shocked;
    MCY_TRY(mcy_study_run(m->call->arena, m->study, inputs, &shocked, err));
    *n = 0;
    for (int t = q + 1; t <= m->panel->last && *n < MOST_RESPONSE; t++) {
        double was = mcy_path_panel_value(m->panel, m->price, m->element, t);
        double is = mcy_path_panel_value(shocked, m->price, m->element, t);
        response[(*n)++] = log(is / was) / step;
    }
    /* The first quarters hold the fast roots; the slow pair is what is left after them. */
    size_t skip = *n > 12 ? 4 : 0;
    *n -= skip;
    return mcy_response_root(*n, response + skip, root, err);
}

bool stability_find_market(stability_market *m)
{
    char path[96];
    const char *const names[] = {"price", "tightness", "price_move"};
    size_t *const symbols[] = {&m->price, &m->tightness, &m->move};
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s.%s", names[i], m->product);
        if (mcy_model_find(m->study->model, path, symbols[i], &m->element, NULL) != MCY_OK)
            return false;
    }
    m->target = mcy_model_find_symbol(m->study->model, "price_target");
    m->floor = value_of(m, "price_floor");
    m->cap = value_of(m, "price_cap");
    return true;
}

mcy_status stability_open_with(const stability_market *m, const char *const *edits,
                               size_t edit_count, size_t horizon, stability_market *out,
                               mcy_error *err)
{
    mcy_call *call = m->call;
    size_t count = m->asked->set_count;
    const char **sets = MCY_TAKE(call->arena, const char *, count + edit_count);
    if (!sets)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < count; i++)
        sets[i] = m->asked->sets[i];
    for (size_t i = 0; i < edit_count; i++) {
        char *name = mcy_arena_copy(call->arena, edits[i], strcspn(edits[i], ".="));
        if (!name)
            return mcy_fail_memory(err);
        if (mcy_model_find_symbol(m->study->model, name) != MCY_NONE)
            sets[count++] = edits[i];
    }
    mcy_study_request request = {.home = call->home,
                                 .scenario = m->asked->scenario,
                                 .model = mcy_call_option(call, "model"),
                                 .as_of = mcy_call_option(call, "as-of"),
                                 .base = m->study->base_quarter,
                                 .horizon = horizon,
                                 .without_facts = mcy_call_has(call, "no-facts"),
                                 .set_count = count,
                                 .sets = sets};
    mcy_study *study;
    MCY_TRY(mcy_study_open(call->arena, &request, m->study, &study, err));
    *out = *m;
    out->study = study;
    out->inputs = study->inputs->values;
    return mcy_study_run(call->arena, study, NULL, &out->panel, err);
}

double stability_swing(const stability_market *m, int first, int last)
{
    double low = INFINITY, high = -INFINITY;
    for (int q = first; q <= last; q++) {
        double y = log(mcy_path_panel_value(m->panel, m->price, m->element, q));
        low = fmin(low, y);
        high = fmax(high, y);
    }
    return (high - low) / 2;
}

double stability_cycle_length(const stability_market *m, int first, int last)
{
    double mean = 0, from = MCY_MISSING, to = MCY_MISSING;
    int crossings = 0;
    for (int q = first; q <= last; q++)
        mean +=
            log(mcy_path_panel_value(m->panel, m->price, m->element, q)) / (last - first + 1);
    for (int q = first + 1; q <= last; q++) {
        double a = log(mcy_path_panel_value(m->panel, m->price, m->element, q - 1)) - mean;
        double b = log(mcy_path_panel_value(m->panel, m->price, m->element, q)) - mean;
        if (a > 0 || b <= 0)
            continue;
        to = q - b / (b - a);
        if (!crossings++)
            from = to;
    }
    return crossings > 1 ? (to - from) / (crossings - 1) : MCY_MISSING;
}
