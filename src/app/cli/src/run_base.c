/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the base quarter gives back of what was reported, what is named "other", what the facts
 * lack. */
#include "run_base.h"

#include <math.h>

#include "mcy/base.h"
#include "mcy/number.h"

typedef struct reading {
    const mcy_study *study;
    const mcy_path_panel *panel;
} reading;

static double at_base(void *context, const char *path)
{
    const reading *it = context;
    size_t symbol, element;
    if (mcy_model_find(it->study->model, path, &symbol, &element, NULL) != MCY_OK)
        return MCY_MISSING;
    return mcy_path_panel_value(it->panel, symbol, element, 0);
}

static void print_value(FILE *out, double value)
{
    if (mcy_is_missing(value))
        fprintf(out, "%14s", "–");
    else if (fabs(value) < 10)
        fprintf(out, "%14.4f", value);
    else
        fprintf(out, "%14.2f", value);
}

/* The lines that hold what the model does not: by firm, zero after the base quarter. */
static void print_other(FILE *out, const reading *it)
{
    static const char *const names[] = {"other_income_0", "other_cash_0"};
    size_t number = mcy_model_find_dimension(it->study->model, "firm");
    if (number == MCY_NONE)
        return;
    const mcy_dimension *firm = mcy_model_dimension(it->study->model, number);
    fputs("\nnamed 'other' in the base quarter, USD m, and zero afterwards\n", out);
    for (size_t n = 0; n < 2; n++)
        for (size_t i = 0; i < firm->element_count; i++) {
            char path[128];
            snprintf(path, sizeof path, "%s.%s", names[n], firm->elements[i]);
            size_t symbol, element;
            if (mcy_model_find(it->study->model, path, &symbol, &element, NULL) != MCY_OK)
                continue;
            double value = mcy_path_panel_value(it->panel, symbol, element, 0);
            if (!mcy_is_missing(value) && fabs(value) > 1e-6)
                fprintf(out, "  %-28s%14.1f\n", path, value);
        }
}

mcy_status run_print_base(mcy_call *call, const mcy_study *study, const mcy_path_panel *panel,
                          mcy_error *err)
{
    const mcy_base *base = study->base;
    if (base == NULL)
        return MCY_FAIL(err, MCY_E_INPUT, "--check-base: '%s' was run without facts",
                        study->name);
    reading it = {study, panel};
    const mcy_base_finding *found;
    MCY_TRY(mcy_base_compare(call->arena, base, at_base, &it, &found, err));
    char name[32];
    mcy_quarter_format(base->quarter, name);
    fprintf(call->out,
            "%s: base quarter %s against what was reported\n  %-28s%14s%14s%14s  %s\n",
            study->name, name, "", "reported", "run", "difference", "from");
    size_t met = 0;
    for (size_t i = 0; i < base->target_count; i++) {
        met += found[i].met;
        fprintf(call->out, "  %-28s", found[i].target->path);
        print_value(call->out, found[i].target->reported);
        print_value(call->out, found[i].value);
        print_value(call->out, found[i].difference);
        fprintf(call->out, "  %s%s\n",
                found[i].met ? "" : "NOT MET: ", found[i].target->source);
    }
    fprintf(call->out, "%zu of %zu reported figures met within their printed digits\n", met,
            base->target_count);
    print_other(call->out, &it);
    fputs("\nnot among the facts of that day; the scenario says it, or the model's default "
          "stands\n",
          call->out);
    for (size_t i = 0; i < base->gap_count; i++)
        fprintf(call->out, "  %s\n", base->gaps[i]);
    if (met < base->target_count)
        return MCY_FAIL(err, MCY_E_FINDINGS, "%zu reported figures of %s are not met",
                        base->target_count - met, name);
    return MCY_OK;
}
