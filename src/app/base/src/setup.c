/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From names to a run. */
#include "mcy/setup.h"

#include <string.h>

#include "mcy/file.h"
#include "mcy/number.h"

/* ---- the model's files -------------------------------------------------------------------- */

typedef struct source_list {
    mcy_source *items;
    size_t count, capacity;
} source_list;

static mcy_status add_file(mcy_arena *arena, source_list *list, const char *folder,
                           const char *name, mcy_error *err)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].name, name) == 0)
            return MCY_OK;
    const char *path = folder == NULL ? name : mcy_arena_print(arena, "%s/%s", folder, name);
    if (path == NULL)
        return mcy_fail_memory(err);
    mcy_file file;
    MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, err));
    mcy_source source = {
        .name = name, .text = mcy_arena_copy(arena, file.bytes, file.size), .size = file.size};
    mcy_file_release(&file);
    if (source.text == NULL)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_arena_grow(arena, (void **)&list->items, list->count, &list->capacity,
                           sizeof *list->items, err));
    list->items[list->count++] = source;
    return MCY_OK;
}

/* The root and, breadth first, what it includes, all from the root's folder. */
static mcy_status read_model(mcy_arena *arena, const char *root, const mcy_model **model,
                             mcy_error *err)
{
    const char *slash = strrchr(root, '/');
    const char *name = slash == NULL ? root : slash + 1;
    const char *folder =
        slash == NULL ? NULL : mcy_arena_copy(arena, root, (size_t)(slash - root));
    source_list list = {0};
    MCY_TRY(add_file(arena, &list, folder, name, err));
    for (size_t i = 0; i < list.count; i++) {
        size_t count;
        const char *const *names;
        MCY_TRY(mcy_source_includes(arena, &list.items[i], &count, &names, err));
        for (size_t k = 0; k < count; k++)
            MCY_TRY(add_file(arena, &list, folder, names[k], err));
    }
    mcy_report report;
    return mcy_model_read(arena, list.count, list.items, model, &report, err);
}

/* ---- the base quarter on the inputs ---------------------------------------------------------- */

/* Set one value in one quarter, or in all the quarters a scalar of a path stands for. */
static void lay(mcy_inputs *inputs, size_t symbol, size_t element, int quarter, double value,
                const mcy_origin *origin)
{
    const mcy_symbol *what = mcy_model_symbol(mcy_unrolled_model(inputs->unrolled), symbol);
    int first = quarter, last = quarter;
    if (!what->path)
        first = last = 0;
    else if (quarter == MCY_BASE_SCALAR)
        first = what->first, last = mcy_unrolled_last(inputs->unrolled);
    for (int t = first; t <= last; t++) {
        size_t input = mcy_unrolled_input(inputs->unrolled, symbol, element, t);
        if (input == MCY_NONE)
            continue;
        inputs->values[input] = value;
        inputs->origins[input] = origin;
    }
}

mcy_status mcy_base_apply(mcy_arena *arena, const mcy_base *base, mcy_inputs *inputs,
                          mcy_error *err)
{
    const mcy_model *model = mcy_unrolled_model(inputs->unrolled);
    for (size_t i = 0; i < base->value_count; i++) {
        const mcy_base_value *value = &base->values[i];
        size_t symbol, element;
        if (mcy_model_find(model, value->path, &symbol, &element, NULL) != MCY_OK)
            continue;
        mcy_origin *origin = MCY_TAKE(arena, mcy_origin, 1);
        if (origin == NULL)
            return mcy_fail_memory(err);
        *origin = (mcy_origin){
            .kind = MCY_ORIGIN_FACT, .where = value->source, .judged = value->judged};
        lay(inputs, symbol, element, value->quarter, value->value, origin);
    }
    return MCY_OK;
}

mcy_status mcy_base_compare(mcy_arena *arena, const mcy_base *base,
                            double (*value)(void *context, const char *path), void *context,
                            const mcy_base_finding **findings, mcy_error *err)
{
    mcy_base_finding *found = MCY_TAKE(arena, mcy_base_finding, base->target_count);
    if (found == NULL)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < base->target_count; i++) {
        const mcy_base_target *target = &base->targets[i];
        double now = value(context, target->path);
        double difference = now - target->reported;
        double slack = target->half_width + 1e-9 * (target->reported < 0 ? -target->reported
                                                                         : target->reported);
        bool met = difference <= slack && -difference <= slack;
        found[i] = (mcy_base_finding){target, now, difference, met};
    }
    *findings = found;
    return MCY_OK;
}

/* ---- all together ---------------------------------------------------------------------------- */

static mcy_status read_facts(mcy_arena *arena, const char *home, const char *as_of,
                             mcy_day override, mcy_facts **facts, mcy_error *err)
{
    mcy_day day = override;
    if (day == 0 && as_of != NULL)
        MCY_TRY(mcy_day_parse(as_of, strlen(as_of), &day, err));
    const char *folder = mcy_arena_print(arena, "%s/scenarios/history", home);
    if (folder == NULL)
        return mcy_fail_memory(err);
    mcy_text report;
    mcy_text_init(&report);
    mcy_status status = mcy_facts_read(arena, folder, day, &report, facts, err);
    mcy_text_release(&report);
    return status;
}

mcy_status mcy_setup_open(mcy_arena *arena, const char *home, const char *scenario,
                          const mcy_setup_options *options, mcy_setup **setup, mcy_error *err)
{
    const mcy_setup_options own = options == NULL ? (mcy_setup_options){0} : *options;
    mcy_setup *it = MCY_TAKE(arena, mcy_setup, 1);
    const char *folder = mcy_arena_print(arena, "%s/scenarios", home);
    const char *root = own.model != NULL ? own.model
                                         : mcy_arena_print(arena, "%s/model/memory.eqn", home);
    if (it == NULL || folder == NULL || root == NULL)
        return mcy_fail_memory(err);
    MCY_TRY(read_model(arena, root, &it->model, err));
    MCY_TRY(mcy_scenario_read(arena, folder, scenario, &it->scenario, err));
    mcy_facts *facts;
    mcy_base *base;
    MCY_TRY(read_facts(arena, home, it->scenario->as_of, own.as_of, &facts, err));
    mcy_quarter quarter = own.base != 0 ? own.base : it->scenario->base;
    MCY_TRY(mcy_base_read(arena, facts, quarter, &base, err));
    it->facts = facts;
    it->base = base;
    size_t horizon = own.horizon != 0 ? own.horizon : it->scenario->horizon;
    mcy_unroll_options unroll = {.last = (int)horizon, .base = base->quarter};
    MCY_TRY(mcy_unroll(arena, it->model, &unroll, &it->unrolled, err));
    MCY_TRY(mcy_inputs_create(arena, it->unrolled, &it->scenario->calendars, &it->inputs, err));
    MCY_TRY(mcy_base_apply(arena, base, it->inputs, err));
    MCY_TRY(mcy_scenario_apply(arena, it->scenario, it->inputs, err));
    *setup = it;
    return MCY_OK;
}
