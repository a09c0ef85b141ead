/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outputs and events of sweep files bound to metrics of a model or outputs of a function. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/number.h"
#include "sweep_binding.h"

size_t mcy_sweep_find(const char *const *names, size_t n, const char *name)
{
    size_t i = 0;
    while (i < n && !(name && names[i] && strcmp(names[i], name) == 0))
        i++;
    return i;
}

static mcy_status add_output(mcy_sweep_binding *b, const mcy_yaml_node *node, const char *text,
                             size_t *at, mcy_error *err)
{
    *at = mcy_sweep_find(b->outputs, b->output_count, text);
    if (*at < b->output_count)
        return MCY_OK;
    mcy_metric metric = {0};
    mcy_error reason = {0};
    const char *unit = "1";
    if (b->inputs) {
        mcy_status status = mcy_metric_find(b->arena, b->inputs->unrolled, b->inputs->calendars,
                                            text, &metric, &reason);
        if (status == MCY_E_MEMORY)
            return mcy_fail_memory(err);
        if (status) {
            mcy_yaml_refuse(b->report, node, "%s", reason.text);
            *at = MCY_NONE;
            return MCY_OK;
        }
        unit = mcy_model_symbol(mcy_unrolled_model(b->inputs->unrolled), metric.symbol)->unit;
    } else {
        const mcy_evaluator *e = b->bound->evaluator;
        if (mcy_sweep_find(e->outputs, e->output_count, text) == e->output_count) {
            mcy_yaml_refuse(b->report, node, "'%s' has no output '%s'", e->name, text);
            *at = MCY_NONE;
            return MCY_OK;
        }
    }
    MCY_TRY(mcy_arena_grow(b->arena, (void **)&b->outputs, b->output_count, &b->output_room,
                           sizeof *b->outputs, err));
    MCY_TRY(mcy_arena_grow(b->arena, (void **)&b->output_units, b->output_count, &b->unit_room,
                           sizeof *b->output_units, err));
    MCY_TRY(mcy_arena_grow(b->arena, (void **)&b->nodes, b->output_count, &b->node_room,
                           sizeof *b->nodes, err));
    b->outputs[b->output_count] = text;
    b->output_units[b->output_count] = unit;
    b->nodes[b->output_count++] = metric.node;
    return MCY_OK;
}

/* "name@2026Q3..2027Q4" and "name@2026Q3..": a metric each quarter. */
static mcy_status add_outputs(mcy_sweep_binding *b, const mcy_yaml_node *node, mcy_error *err)
{
    const char *at = node->kind == MCY_YAML_SCALAR ? strchr(node->text, '@') : NULL;
    const char *dots = at ? strstr(at, "..") : NULL;
    size_t place;
    if (node->kind != MCY_YAML_SCALAR || !dots || !b->inputs) {
        const char *text = "";
        return mcy_yaml_text(b->report, node, "outputs", &text)
                   ? add_output(b, node, text, &place, err)
                   : MCY_OK;
    }
    int year, number, to_year, to_number;
    mcy_quarter base = mcy_unrolled_base(b->inputs->unrolled);
    mcy_quarter last = base + mcy_unrolled_last(b->inputs->unrolled);
    char *rest = NULL;
    year = (int)strtol(at + 1, &rest, 10);
    bool good = *rest == 'Q';
    number = good ? (int)strtol(rest + 1, &rest, 10) : 0;
    good &= rest == dots && number >= 1 && number <= 4 && year > 0 && year < 10000;
    if (good && dots[2]) {
        to_year = (int)strtol(dots + 2, &rest, 10);
        good = *rest == 'Q' && to_year > 0 && to_year < 10000;
        to_number = good ? (int)strtol(rest + 1, &rest, 10) : 0;
        good &= *rest == '\0' && to_number >= 1 && to_number <= 4;
        if (good)
            last = mcy_quarter_of(to_year, to_number);
    }
    if (!good) {
        mcy_yaml_refuse(b->report, node, "'%s': want quarters as in @2026Q3..2027Q4",
                        node->text);
        return MCY_OK;
    }
    for (mcy_quarter q = mcy_quarter_of(year, number); q <= last; q++) {
        char name[32];
        mcy_quarter_format(q, name);
        const char *text =
            mcy_arena_print(b->arena, "%.*s@%s", (int)(at - node->text), node->text, name);
        if (!text)
            return mcy_fail_memory(err);
        size_t before = b->report->count;
        MCY_TRY(add_output(b, node, text, &place, err));
        if (b->report->count != before)
            return MCY_OK;
    }
    return MCY_OK;
}

static mcy_status bind_event(mcy_sweep_binding *b, const mcy_yaml_node *node,
                             mcy_sweep_event *event, mcy_error *err)
{
    const char *text = "", *sign;
    mcy_error reason = {0};
    if (!mcy_yaml_text(b->report, node, "events", &text))
        return MCY_OK;
    sign = strpbrk(text, "<>");
    if (!sign) {
        mcy_yaml_refuse(b->report, node, "an event reads like 'metric < value', got '%s'",
                        text);
        return MCY_OK;
    }
    size_t n = (size_t)(sign - text);
    while (n && text[n - 1] == ' ')
        n--;
    const char *name = mcy_arena_copy(b->arena, text, n), *limit = sign + 1;
    if (!name)
        return mcy_fail_memory(err);
    bool equal = *limit == '=';
    limit += equal;
    limit += strspn(limit, " ");
    event->text = text;
    event->relation =
        *sign == '<' ? (equal ? MCY_AT_MOST : MCY_BELOW) : (equal ? MCY_AT_LEAST : MCY_ABOVE);
    MCY_TRY(add_output(b, node, name, &event->output, err));
    if (event->output == MCY_NONE)
        return MCY_OK;
    if (!b->inputs) {
        if (mcy_number_parse(limit, strlen(limit), &event->limit, &reason))
            mcy_yaml_refuse(b->report, node, "%s", reason.text);
        return MCY_OK;
    }
    mcy_amount amount = {MCY_CHANGE_VALUE, 0};
    if (mcy_amount_parse(limit, strlen(limit), b->output_units[event->output],
                         -(double)INFINITY, &amount, &reason))
        mcy_yaml_refuse(b->report, node, "%s", reason.text);
    else if (amount.change != MCY_CHANGE_VALUE)
        mcy_yaml_refuse(b->report, node, "want a value such as %s, got '%s'",
                        mcy_amount_example(b->output_units[event->output]), limit);
    event->limit = amount.size;
    return MCY_OK;
}

mcy_status mcy_sweep_bind_outputs(mcy_sweep_binding *b, mcy_error *err)
{
    const struct mcy_sweep_parts *parts = b->file->parts;
    const mcy_evaluator *e = b->bound->evaluator;
    size_t place;
    for (size_t i = 0; !b->inputs && i < e->output_count; i++)
        MCY_TRY(add_output(b, NULL, e->outputs[i], &place, err));
    for (size_t i = 0; parts->outputs && i < parts->outputs->count; i++)
        MCY_TRY(add_outputs(b, parts->outputs->items[i], err));
    if (!parts->events)
        return MCY_OK;
    mcy_sweep_event *events = MCY_TAKE(b->arena, mcy_sweep_event, parts->events->count);
    if (!events)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < parts->events->count; i++)
        MCY_TRY(bind_event(b, parts->events->items[i], &events[i], err));
    b->bound->events = events;
    b->bound->event_count = parts->events->count;
    return MCY_OK;
}
