/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle model show and causes: one name with all that belongs to it; one number and what
 * made it. */
#include <string.h>

#include "mcy/evaluate.h"
#include "mcy/number.h"
#include "model_of_call.h"
#include "study_of_call.h"

/* ---- show ---- */

static void print_equations(const mcy_model *model, size_t symbol, mcy_text *out)
{
    for (size_t i = 0; i < mcy_model_equation_count(model); i++) {
        const mcy_equation *e = mcy_model_equation(model, i);
        if (e->symbol != symbol)
            continue;
        mcy_text_print(out, "    %s%s", e->tag, *e->tag ? ": " : "");
        mcy_model_equation_text(model, i, out);
        mcy_text_print(out, "   (%s:%zu)\n", e->file, e->line);
    }
}

static void print_names(const mcy_model *model, const char *title, size_t count,
                        const size_t *symbols, mcy_text *out)
{
    if (!count)
        return;
    mcy_text_print(out, "    %s ", title);
    for (size_t i = 0; i < count; i++)
        mcy_text_print(out, "%s%s", i ? ", " : "", mcy_model_symbol(model, symbols[i])->name);
    mcy_text_add(out, "\n");
}

static mcy_status print_symbol(mcy_call *call, const mcy_model *model, size_t symbol,
                               mcy_text *out, mcy_error *err)
{
    const mcy_symbol *s = mcy_model_symbol(model, symbol);
    size_t count;
    const size_t *symbols;
    mcy_symbol_shape(model, s, out);
    mcy_text_print(out, "%s%s\n    ", *s->meaning ? ": " : "", s->meaning);
    mcy_symbol_facts(model, s, out);
    mcy_text_print(out, "   (%s:%zu)\n", s->file, s->line);
    if (*s->source)
        mcy_text_print(out, "    source: %s\n", s->source);
    for (size_t i = 0; i < s->dimension_count; i++) {
        const mcy_dimension *d = mcy_model_dimension(model, s->dimensions[i]);
        mcy_text_print(out, "    %s: ", d->name);
        for (size_t k = 0; k < d->element_count; k++)
            mcy_text_print(out, "%s%s", k ? ", " : "", d->elements[k]);
        mcy_text_add(out, "\n");
    }
    print_equations(model, symbol, out);
    MCY_TRY(mcy_model_fed_by(call->arena, model, symbol, &count, &symbols, err));
    print_names(model, "fed by:", count, symbols, out);
    MCY_TRY(mcy_model_feeds(call->arena, model, symbol, &count, &symbols, err));
    print_names(model, "feeds:", count, symbols, out);
    return MCY_OK;
}

/* A tag stands for what its equation computes. */
static size_t symbol_of_tag(const mcy_model *model, const char *tag)
{
    for (size_t i = 0; i < mcy_model_equation_count(model); i++)
        if (!strcmp(mcy_model_equation(model, i)->tag, tag))
            return mcy_model_equation(model, i)->symbol;
    return MCY_NONE;
}

mcy_status mcy_model_show(mcy_call *call, size_t count, const char *const *names,
                          mcy_error *err)
{
    const mcy_model *model;
    MCY_TRY(mcy_model_of_call(call, 0, NULL, &model, err));
    mcy_text out = {0};
    mcy_status status = MCY_OK;
    for (size_t i = 0; i < count && status == MCY_OK; i++) {
        size_t symbol = symbol_of_tag(model, names[i]), elements;
        const size_t *list;
        if (symbol == MCY_NONE)
            status =
                mcy_model_match(call->arena, model, names[i], &symbol, &elements, &list, err);
        if (status == MCY_OK)
            status = print_symbol(call, model, symbol, &out, err);
    }
    if (status == MCY_OK)
        status = mcy_text_status(&out, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&out), call->out);
    mcy_text_release(&out);
    return status;
}

/* ---- causes ---- */

typedef struct tracing {
    mcy_call *call;
    const mcy_study *study;
    mcy_evaluation *evaluation;
    size_t depth;
    mcy_text out;
} tracing;

static mcy_status trace(tracing *t, mcy_place place, size_t level, mcy_error *err)
{
    const mcy_unrolled *u = t->study->unrolled;
    const mcy_symbol *s = mcy_model_symbol(t->study->model, place.symbol);
    char value[MCY_DISPLAY_TEXT] = "missing";
    double x = mcy_evaluated(t->evaluation, place.symbol, place.element, place.quarter);
    if (!mcy_is_missing(x))
        mcy_value_text(s, x, value);
    mcy_text_print(&t->out, "%*s", (int)(2 * level), "");
    mcy_unrolled_place_text(u, place, &t->out);
    mcy_text_print(&t->out, " = %s", value);
    size_t equation, count;
    const mcy_place *places;
    MCY_TRY(mcy_unrolled_causes(t->call->arena, u, place, &equation, &count, &places, err));
    if (equation == MCY_NONE) {
        mcy_text_print(&t->out, "   %s\n", s->meaning);
        return MCY_OK;
    }
    const mcy_equation *e = mcy_model_equation(t->study->model, equation);
    mcy_text_print(&t->out, "   %s%s", e->tag, *e->tag ? ": " : "");
    mcy_model_equation_text(t->study->model, equation, &t->out);
    mcy_text_add(&t->out, "\n");
    for (size_t i = 0; i < count && level < t->depth; i++)
        MCY_TRY(trace(t, places[i], level + 1, err));
    return MCY_OK;
}

static mcy_status depth_of(const mcy_call *call, size_t *depth, mcy_error *err)
{
    const char *text = mcy_call_option(call, "depth");
    double value = 2;
    if (text && (mcy_number_parse(text, strlen(text), &value, NULL) != MCY_OK || value < 0 ||
                 value > 20 || value != (double)(int)value))
        return MCY_FAIL(err, MCY_E_USAGE, "--depth wants 0 to 20, got '%s'", text);
    *depth = (size_t)value;
    return MCY_OK;
}

static mcy_status trace_name(tracing *t, const char *name, mcy_error *err)
{
    mcy_metric metric;
    const mcy_study *study = t->study;
    MCY_TRY(mcy_metric_find(t->call->arena, study->unrolled, study->inputs->calendars, name,
                            &metric, err));
    mcy_place place = {metric.symbol, metric.element, MCY_EVERY_QUARTER};
    for (size_t i = 0; i < metric.count; i++) {
        place.quarter = metric.quarters[i];
        MCY_TRY(trace(t, place, 0, err));
    }
    return metric.count ? MCY_OK : trace(t, place, 0, err);
}

mcy_status mcy_model_causes(mcy_call *call, size_t count, const char *const *names,
                            mcy_error *err)
{
    const char *scenario = mcy_call_option(call, "scenario");
    mcy_study *study;
    tracing t = {.call = call};
    MCY_TRY(depth_of(call, &t.depth, err));
    MCY_TRY(mcy_study_of_call(call, scenario ? scenario : "base", true, NULL, &study, err));
    t.study = study;
    MCY_TRY(
        mcy_evaluate(call->arena, study->unrolled, study->inputs->values, &t.evaluation, err));
    mcy_status status = MCY_OK;
    for (size_t i = 0; i < count && status == MCY_OK; i++)
        status = trace_name(&t, names[i], err);
    if (status == MCY_OK)
        status = mcy_text_status(&t.out, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&t.out), call->out);
    mcy_text_release(&t.out);
    return status;
}
