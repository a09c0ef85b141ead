/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweep files bound to the inputs of a study or to a test function: units, bounds, metrics. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/number.h"
#include "sweep_binding.h"

/* A number of an axis in its unit. Differences (an sd, what is added) may be written as such. */
static bool read_number(mcy_sweep_binding *b, const mcy_yaml_node *node, const axis_unit *u,
                        bool difference, double *value)
{
    char shown[64];
    mcy_error reason = {0};
    if (node->kind != MCY_YAML_SCALAR) {
        mcy_yaml_refuse(b->report, node, "want a number, got %s", mcy_yaml_show(node, shown));
        return false;
    }
    if (!b->inputs || u->effect == MCY_EFFECT_TIMES) {
        const char *text = node->text;
        size_t n = node->size;
        if (n > 2 && strncmp(text, "\xc3\x97", 2) == 0)
            text += 2, n -= 2;
        if (mcy_number_parse(text, n, value, NULL) == MCY_OK)
            return true;
        mcy_yaml_refuse(b->report, node, "want a plain number, got %s",
                        mcy_yaml_show(node, shown));
        return false;
    }
    mcy_amount amount;
    bool loose = difference || u->effect == MCY_EFFECT_ADD;
    double least = loose ? -(double)INFINITY : u->least;
    if (mcy_amount_parse(node->text, node->size, u->unit, least, &amount, &reason)) {
        mcy_yaml_refuse(b->report, node, "%s", reason.text);
        return false;
    }
    if (amount.change != MCY_CHANGE_VALUE && !(loose && amount.change == MCY_CHANGE_ADD)) {
        mcy_yaml_refuse(b->report, node, "want a value such as %s, got %s",
                        mcy_amount_example(u->unit), mcy_yaml_show(node, shown));
        return false;
    }
    *value = amount.size;
    return true;
}

static const axis_unit plain_unit = {NULL, 0, (double)INFINITY, MCY_EFFECT_TIMES};

static double *read_numbers(mcy_sweep_binding *b, const mcy_yaml_node *list, const axis_unit *u,
                            bool difference)
{
    double *numbers = MCY_TAKE(b->arena, double, list->count);
    bool good = numbers != NULL;
    for (size_t i = 0; numbers && i < list->count; i++)
        good &= read_number(b, list->items[i], u, difference, &numbers[i]);
    return good ? numbers : NULL;
}

double *mcy_sweep_plain_numbers(mcy_sweep_binding *b, const mcy_yaml_node *list)
{
    return read_numbers(b, list, &plain_unit, false);
}

/* Which parameters of a law are in the unit of the assumption, are differences, or plain. */
static char parameter_kind(mcy_law law, size_t i)
{
    static const char *const kinds[] = {"vv", "vd", "vp", "vvv", "vvv", "ppvv", ""};
    return kinds[law][i];
}

static void bind_law(mcy_sweep_binding *b, const mcy_sweep_axis *from, const axis_unit *u,
                     mcy_axis *axis)
{
    mcy_distribution *law = &axis->distribution;
    const axis_unit plain = plain_unit;
    law->law = from->law;
    if (from->law == MCY_LAW_DISCRETE) {
        law->count = from->numbers->count;
        law->values = read_numbers(b, from->numbers, u, false);
        law->weights = read_numbers(b, from->weights, &plain, false);
    }
    for (size_t i = 0; i < mcy_law_parameters(from->law) && i < from->numbers->count; i++) {
        char kind = parameter_kind(from->law, i);
        read_number(b, from->numbers->items[i], kind == 'p' ? &plain : u, kind == 'd',
                    &law->parameter[i]);
    }
    if (from->truncate) {
        law->truncated = read_number(b, from->truncate->items[0], u, false, &law->low);
        law->truncated &= read_number(b, from->truncate->items[1], u, false, &law->high);
    }
}

static void bind_levels(mcy_sweep_binding *b, const mcy_sweep_axis *from, const axis_unit *u,
                        mcy_axis *axis)
{
    mcy_error reason = {0};
    double *numbers = read_numbers(b, from->numbers, u, false);
    if (!numbers)
        return;
    axis->levels = numbers;
    axis->level_count = from->numbers->count;
    if (from->range && mcy_design_range(b->arena, numbers[0], numbers[1], from->count,
                                        axis->base, &axis->levels, &axis->level_count, &reason))
        mcy_yaml_refuse(b->report, from->node, "%s", reason.text);
    axis->range = from->range;
    if (axis->level_count == 0)
        mcy_yaml_refuse(b->report, from->node, "values wants at least one number");
}

/* How an axis is drawn, as written: "triangular 0.3, 0.5, 0.9". */
static const char *describe_axis(mcy_sweep_binding *b, const mcy_sweep_axis *axis)
{
    static const char *const effects[] = {"", "add ", "times "};
    mcy_text text;
    mcy_text_init(&text);
    mcy_text_print(&text, "%s%s", effects[axis->effect],
                   axis->law_given ? mcy_law_name(axis->law)
                   : axis->range   ? "range"
                                   : "values");
    for (size_t i = 0; i < axis->numbers->count; i++)
        mcy_text_print(&text, "%s%s", i ? ", " : " ", axis->numbers->items[i]->text);
    for (size_t i = 0; axis->weights && i < axis->weights->count; i++)
        mcy_text_print(&text, "%s%s", i ? ", " : " weights ", axis->weights->items[i]->text);
    if (axis->range)
        mcy_text_print(&text, " count %zu", axis->count);
    if (axis->truncate && axis->truncate->count == 2)
        mcy_text_print(&text, " truncate %s, %s", axis->truncate->items[0]->text,
                       axis->truncate->items[1]->text);
    const char *copy = mcy_arena_copy(b->arena, mcy_text_view(&text), text.size);
    mcy_text_release(&text);
    return copy ? copy : "";
}

static mcy_status add_effect(mcy_sweep_binding *b, size_t axis, size_t input, mcy_effect effect,
                             mcy_error *err)
{
    MCY_TRY(mcy_arena_grow(b->arena, (void **)&b->effects, b->effect_count, &b->effect_room,
                           sizeof *b->effects, err));
    b->effects[b->effect_count++] = (mcy_model_effect){axis, input, effect};
    return MCY_OK;
}

mcy_status mcy_sweep_select(mcy_sweep_binding *b, size_t axis, const mcy_yaml_node *node,
                            const char *path, axis_unit *u, double *base, bool *good,
                            mcy_error *err)
{
    mcy_selection selection;
    mcy_error reason = {0};
    mcy_status status =
        mcy_inputs_select(b->arena, b->inputs, path, strlen(path), &selection, &reason);
    *good = status == MCY_OK;
    if (status == MCY_E_MEMORY)
        return mcy_fail_memory(err);
    if (status) {
        mcy_yaml_refuse(b->report, node, "%s", reason.text);
        return MCY_OK;
    }
    u->unit = selection.symbol->unit;
    u->least = selection.symbol->low;
    u->most = selection.symbol->high;
    *base = u->effect == MCY_EFFECT_ADD ? 0 : u->effect == MCY_EFFECT_TIMES ? 1 : MCY_MISSING;
    bool first = true, same = true;
    for (size_t i = 0; i < selection.count; i++) {
        size_t input = selection.inputs[i];
        mcy_place place = mcy_unrolled_input_place(b->inputs->unrolled, input);
        if (selection.whole && selection.symbol->path && place.quarter <= 0)
            continue; /* history is not swept unless it is named */
        double value = b->inputs->values[input];
        same &= first || value == *base;
        if (u->effect == MCY_EFFECT_VALUE && first)
            *base = value;
        first = false;
        MCY_TRY(add_effect(b, axis, input, u->effect, err));
    }
    if (u->effect == MCY_EFFECT_VALUE && !same)
        *base = MCY_MISSING;
    return MCY_OK;
}

static mcy_status bind_axis(mcy_sweep_binding *b, const mcy_sweep_axis *from, mcy_error *err)
{
    size_t at = b->axis_count;
    axis_unit u = {"1", -(double)INFINITY, (double)INFINITY, from->effect};
    double base = MCY_MISSING;
    if (b->inputs) {
        bool good = false;
        MCY_TRY(mcy_sweep_select(b, at, from->node, from->path, &u, &base, &good, err));
        if (!good)
            return MCY_OK;
    } else {
        const mcy_evaluator *e = b->bound->evaluator;
        at = mcy_sweep_find(e->inputs, e->input_count, from->path);
        if (at == e->input_count) {
            mcy_yaml_refuse(b->report, from->node, "'%s' has inputs %s to %s, no '%s'", e->name,
                            e->inputs[0], e->inputs[e->input_count - 1], from->path);
            return MCY_OK;
        }
    }
    if (b->names[at])
        mcy_yaml_refuse(b->report, from->node, "'%s' stands here twice", from->path);
    b->axis_count++;
    b->names[at] = from->path;
    b->units[at] = from->effect == MCY_EFFECT_TIMES ? "\xc3\x97" : u.unit;
    b->details[at] = describe_axis(b, from);
    mcy_axis *axis = &b->axes[at];
    *axis = (mcy_axis){.name = from->path, .base = base};
    if (from->law_given)
        bind_law(b, from, &u, axis);
    else
        bind_levels(b, from, &u, axis);
    if (b->file->method == MCY_METHOD_TORNADO && mcy_is_missing(axis->base)) {
        if (b->inputs)
            mcy_yaml_refuse(b->report, from->node,
                            "'%s' differs from quarter to quarter in the base: sweep it with "
                            "apply: add or apply: times",
                            from->path);
        else if (axis->level_count)
            axis->base = (axis->levels[0] + axis->levels[axis->level_count - 1]) / 2;
    }
    return MCY_OK;
}

static mcy_status bind_correlations(mcy_sweep_binding *b, const mcy_yaml_node *list,
                                    mcy_dependence *to, mcy_error *err)
{
    size_t n = b->inputs ? b->axis_count : b->bound->evaluator->input_count;
    size_t *axes = MCY_TAKE(b->arena, size_t, n), count = 0;
    size_t *place = MCY_TAKE(b->arena, size_t, n);
    double *matrix = MCY_TAKE(b->arena, double, n *n);
    if (!axes || !place || !matrix)
        return mcy_fail_memory(err);
    for (int pass = 0; pass < 2; pass++) /* first which axes, then the matrix of those */
        for (size_t i = 0; i < list->count; i++) {
            const mcy_yaml_node *item = list->items[i];
            size_t pair[2];
            double rank = 0;
            char shown[64];
            if (item->kind != MCY_YAML_SEQUENCE || item->count != 3) {
                if (!pass)
                    mcy_yaml_refuse(b->report, item, "want [axis, axis, rank correlation]");
                continue;
            }
            for (int j = 0; j < 2; j++) {
                pair[j] = mcy_sweep_find(b->names, n, item->items[j]->text);
                if (pair[j] == n && !pass)
                    mcy_yaml_refuse(b->report, item->items[j], "no axis %s",
                                    mcy_yaml_show(item->items[j], shown));
            }
            if (pair[0] == n || pair[1] == n)
                continue;
            for (int j = 0; j < 2 && !pass; j++)
                if (!place[pair[j]]) {
                    axes[count] = pair[j];
                    place[pair[j]] = ++count;
                }
            if (pass && mcy_yaml_number(b->report, item->items[2], "correlation", &rank)) {
                size_t x = place[pair[0]] - 1, y = place[pair[1]] - 1;
                matrix[x * count + y] = matrix[y * count + x] = rank;
            }
        }
    for (size_t i = 0; i < count; i++)
        matrix[i * count + i] = 1;
    *to = (mcy_dependence){count, axes, matrix, NULL};
    return MCY_OK;
}

/* ---- all together -------------------------------------------------------------------------- */

static mcy_status bind_dependences(mcy_sweep_binding *b, mcy_error *err)
{
    const struct mcy_sweep_parts *parts = b->file->parts;
    size_t count = parts->joint_count + (parts->correlations != NULL);
    mcy_dependence *all = MCY_TAKE(b->arena, mcy_dependence, count);
    if (!all)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < parts->joint_count; i++)
        MCY_TRY(mcy_sweep_bind_fitted(b, &parts->joints[i], &all[i], err));
    if (parts->correlations)
        MCY_TRY(bind_correlations(b, parts->correlations, &all[parts->joint_count], err));
    b->bound->request.dependences = all;
    b->bound->request.dependence_count = count;
    return MCY_OK;
}

static mcy_status bind_parts(mcy_sweep_binding *b, mcy_error *err)
{
    const struct mcy_sweep_parts *parts = b->file->parts;
    size_t most = parts->axis_count;
    for (size_t i = 0; i < parts->joint_count; i++)
        most += parts->joints[i].paths ? parts->joints[i].paths->count : MCY_PRICE_PARAMETERS;
    if (!b->inputs && most < b->bound->evaluator->input_count)
        most = b->bound->evaluator->input_count;
    b->axes = MCY_TAKE(b->arena, mcy_axis, most);
    b->names = MCY_TAKE(b->arena, const char *, most);
    b->units = MCY_TAKE(b->arena, const char *, most);
    b->details = MCY_TAKE(b->arena, const char *, most);
    if (!b->axes || !b->names || !b->units || !b->details)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < parts->axis_count; i++)
        MCY_TRY(bind_axis(b, &parts->axes[i], err));
    MCY_TRY(bind_dependences(b, err));
    if (!b->inputs)
        for (size_t i = 0; i < b->bound->evaluator->input_count; i++)
            if (!b->names[i])
                mcy_yaml_refuse(b->report, NULL, "no axis for input '%s' of '%s'",
                                b->bound->evaluator->inputs[i], b->bound->evaluator->name);
    return mcy_sweep_bind_outputs(b, err);
}

static mcy_status finish(mcy_sweep_binding *b, mcy_variant variant, mcy_error *err)
{
    const mcy_sweep_file *f = b->file;
    mcy_sweep_bound *bound = b->bound;
    bound->axis_units = b->units;
    bound->axis_details = b->details;
    bound->outputs = b->outputs;
    bound->output_units = b->output_units;
    bound->output_count = b->output_count;
    mcy_design_request *r = &bound->request;
    r->method = f->method;
    r->axis_count = b->axis_count;
    r->axes = b->axes;
    r->seed = f->seed;
    r->runs = f->runs;
    r->replicates = f->replicates;
    r->unscrambled = f->unscrambled;
    r->random = f->random;
    r->second_order = f->second_order;
    r->levels = f->levels;
    r->tail = f->tail;
    if (!b->inputs)
        return MCY_OK;
    mcy_model_request model = {.unrolled = b->inputs->unrolled,
                               .inputs = b->inputs->values,
                               .axis_count = b->axis_count,
                               .axes = b->names,
                               .effect_count = b->effect_count,
                               .effects = b->effects,
                               .output_count = b->output_count,
                               .output_names = b->outputs,
                               .outputs = b->nodes,
                               .without_checks = f->without_checks,
                               .variant = variant};
    return mcy_evaluator_model(b->arena, &model, &bound->evaluator, err);
}

mcy_status mcy_sweep_bind(mcy_arena *arena, const mcy_sweep_file *file, mcy_inputs *inputs,
                          mcy_variant variant, mcy_sweep_bound **bound, mcy_error *err)
{
    mcy_yaml_report report;
    mcy_sweep_bound *all = MCY_TAKE(arena, mcy_sweep_bound, 1);
    if (!all)
        return mcy_fail_memory(err);
    all->file = file;
    if (file->function)
        MCY_TRY(mcy_evaluator_test(arena, file->function, &all->evaluator, err));
    mcy_yaml_report_init(&report);
    mcy_sweep_binding b = {
        .arena = arena, .report = &report, .file = file, .inputs = inputs, .bound = all};
    mcy_status status = bind_parts(&b, err);
    if (status == MCY_OK)
        status = mcy_yaml_report_status(&report, err);
    mcy_yaml_report_release(&report);
    if (status == MCY_OK)
        status = finish(&b, variant, err);
    if (status == MCY_OK)
        *bound = all;
    return status;
}
