/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sweep found: kept in the manifest, read back, printed. */
#include "sweep_results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/number.h"

static mcy_status add_fact(mcy_arena *arena, size_t *count, mcy_store_fact *facts, size_t room,
                           const char *name, const char *value, mcy_error *err)
{
    (void)arena;
    if (!name || !value)
        return mcy_fail_memory(err);
    if (*count == room)
        return MCY_FAIL(err, MCY_E_INPUT, "a sweep has at most %zu lines of manifest", room);
    facts[(*count)++] = (mcy_store_fact){name, value};
    return MCY_OK;
}

mcy_status mcy_sweep_facts(mcy_arena *arena, const mcy_sweep_bound *bound, size_t *count,
                           mcy_store_fact *facts, size_t room, mcy_error *err)
{
    char number[32];
    MCY_TRY(add_fact(arena, count, facts, room, "estimator",
                     mcy_estimator_name(bound->file->estimator), err));
    mcy_number_format(bound->file->half_width, number);
    MCY_TRY(add_fact(arena, count, facts, room, "half_width",
                     mcy_arena_print(arena, "%s", number), err));
    for (size_t i = 0; i < bound->event_count; i++) {
        const mcy_sweep_event *e = &bound->events[i];
        mcy_number_format(e->limit, number);
        MCY_TRY(add_fact(arena, count, facts, room,
                         mcy_arena_print(arena, "event.%03zu", i + 1),
                         mcy_arena_print(arena, "%zu %d %s %s", e->output, (int)e->relation,
                                         number, e->text),
                         err));
    }
    return MCY_OK;
}

mcy_status mcy_sweep_facts_read(mcy_sweep_results *r, mcy_error *err)
{
    mcy_sweep_event *events = MCY_TAKE(r->arena, mcy_sweep_event, r->head.fact_count);
    if (!events)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < r->head.fact_count; i++) {
        const mcy_store_fact *fact = &r->head.facts[i];
        if (strcmp(fact->name, "estimator") == 0)
            MCY_TRY(mcy_estimator_parse(fact->value, &r->options.estimator, err));
        if (strcmp(fact->name, "half_width") == 0)
            MCY_TRY(mcy_number_parse(fact->value, strlen(fact->value), &r->options.half_width,
                                     err));
        if (strncmp(fact->name, "event.", 6) != 0)
            continue;
        mcy_sweep_event *e = &events[r->event_count];
        char *rest = NULL;
        unsigned long long output = strtoull(fact->value, &rest, 10);
        long relation = strtol(rest, &rest, 10);
        const char *limit = rest + strspn(rest, " ");
        size_t n = strcspn(limit, " ");
        if (output >= r->head.output_count || relation < 0 || relation > MCY_AT_LEAST ||
            limit[n] != ' ' || mcy_number_parse(limit, n, &e->limit, NULL))
            return MCY_FAIL(err, MCY_E_INPUT, "'%s' of the manifest cannot be read: %s",
                            fact->name, fact->value);
        e->output = (size_t)output;
        e->relation = (mcy_relation)relation;
        e->text = limit + n + 1;
        r->event_count++;
    }
    r->events = events;
    return MCY_OK;
}

typedef struct printing {
    mcy_call *call;
    mcy_table_form form;
    mcy_text text;
    size_t tables;
} printing;

static mcy_status print_table(printing *p, const mcy_table *table, mcy_error *err)
{
    if (!table)
        return MCY_OK;
    if (p->form == MCY_TABLE_JSON)
        mcy_text_add(&p->text, p->tables ? "," : "[");
    else if (p->tables)
        mcy_text_add(&p->text, "\n");
    if (p->form == MCY_TABLE_CSV)
        mcy_text_print(&p->text, "# %s\n", mcy_bilingual_text(mcy_table_title(table), MCY_EN));
    p->tables++;
    return mcy_table_print(table, p->form, MCY_EN, &p->text, err);
}

/* Drivers of every output where there are few, else of those an event asks about. */
static bool asked_about(const mcy_sweep_results *r, size_t output)
{
    bool asked = r->head.output_count <= 8;
    for (size_t i = 0; i < r->event_count; i++)
        asked |= r->events[i].output == output;
    return asked;
}

static mcy_status print_explored(printing *p, const mcy_sweep_results *r, mcy_error *err)
{
    mcy_method method = r->head.stamp.method;
    bool fit = method == MCY_METHOD_RANDOM || method == MCY_METHOD_LHS ||
               method == MCY_METHOD_SOBOL || method == MCY_METHOD_GIVEN;
    for (size_t i = 0; fit && r->sample && i < r->event_count; i++) {
        mcy_table *box = NULL;
        MCY_TRY(mcy_sweep_table_box(r, i, &box, err));
        MCY_TRY(print_table(p, box, err));
    }
    for (size_t i = 0; fit && r->sample && i < r->head.output_count; i++) {
        mcy_table *drivers = NULL;
        if (asked_about(r, i))
            MCY_TRY(mcy_sweep_table_drivers(r, i, &drivers, err));
        MCY_TRY(print_table(p, drivers, err));
    }
    return MCY_OK;
}

static mcy_status print_each(printing *p, const mcy_sweep_results *r, mcy_error *err)
{
    for (size_t i = 0; i < r->head.output_count; i++) {
        mcy_table *indices = NULL;
        MCY_TRY(print_table(p, mcy_sweep_table_grid(r, i), err));
        MCY_TRY(print_table(p, mcy_sweep_table_tornado(r, i), err));
        MCY_TRY(mcy_sweep_table_indices(r, i, &indices, err));
        MCY_TRY(print_table(p, indices, err));
    }
    return MCY_OK;
}

mcy_status mcy_sweep_results_print(mcy_call *call, const mcy_sweep_results *r,
                                   mcy_table_form form, mcy_error *err)
{
    printing p = {.call = call, .form = form};
    mcy_text_init(&p.text);
    mcy_status status = print_table(&p, mcy_sweep_table_outputs(r), err);
    if (status == MCY_OK)
        status = print_table(&p, mcy_sweep_table_events(r), err);
    if (status == MCY_OK)
        status = print_each(&p, r, err);
    if (status == MCY_OK)
        status = print_explored(&p, r, err);
    if (status == MCY_OK)
        status = print_table(&p, mcy_sweep_table_failures(r), err);
    if (form == MCY_TABLE_JSON)
        mcy_text_add(&p.text, p.tables ? "]\n" : "[]\n");
    if (status == MCY_OK)
        status = mcy_text_status(&p.text, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&p.text), call->out);
    mcy_text_release(&p.text);
    return status;
}
