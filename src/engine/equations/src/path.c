/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names as scenarios and commands write them, "building_lag.micron.nand", to elements. */
#include <stdio.h>
#include <string.h>

#include "language.h"

enum { PART_MOST = 96 };

/* The parts of a path between its dots. */
typedef struct path_parts {
    size_t count;
    char text[SUBSCRIPTS_MOST + 1][PART_MOST];
} path_parts;

static mcy_status split(const char *path, path_parts *parts, mcy_error *err)
{
    parts->count = 0;
    for (const char *from = path;; from++) {
        size_t n = strcspn(from, ".");
        if (n == 0 || n >= PART_MOST || parts->count > SUBSCRIPTS_MOST)
            return MCY_FAIL(err, MCY_E_INPUT, "'%s' is not a name: one looks like 'price.dram'",
                            path);
        snprintf(parts->text[parts->count++], PART_MOST, "%.*s", (int)n, from);
        from += n;
        if (!*from)
            return MCY_OK;
    }
}

static mcy_status find_name(const mcy_model *model, const char *name, size_t *symbol,
                            mcy_error *err)
{
    *symbol = mcy_model_find_symbol(model, name);
    if (*symbol != MCY_NONE)
        return MCY_OK;
    const char *closest = NULL;
    mcy_arena *scratch = mcy_arena_create();
    const char **names = scratch ? MCY_TAKE(scratch, const char *, model->symbol_count) : NULL;
    for (size_t i = 0; names && i < model->symbol_count; i++)
        names[i] = model->symbols[i].public.name;
    if (names)
        closest = mcy_text_closest(name, names, model->symbol_count);
    mcy_status status =
        closest
            ? MCY_FAIL(err, MCY_E_INPUT, "unknown name '%s': did you mean '%s'?", name, closest)
            : MCY_FAIL(err, MCY_E_INPUT, "unknown name '%s'", name);
    mcy_arena_destroy(scratch);
    return status;
}

static mcy_status fail_element(const char *path, const char *part, const mcy_dimension *d,
                               mcy_error *err)
{
    const char *closest = mcy_text_closest(part, d->elements, d->element_count);
    if (closest)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s': unknown %s '%s': did you mean '%s'?", path,
                        d->name, part, closest);
    mcy_text list = {0};
    for (size_t i = 0; i < d->element_count && i < 12; i++)
        mcy_text_print(&list, "%s%s", i ? ", " : "", d->elements[i]);
    mcy_status status = MCY_FAIL(err, MCY_E_INPUT, "'%s': unknown %s '%s' (%s)", path, d->name,
                                 part, mcy_text_view(&list));
    mcy_text_release(&list);
    return status;
}

static size_t element_named(const mcy_dimension *d, const char *name)
{
    for (size_t i = 0; i < d->element_count; i++)
        if (!strcmp(d->elements[i], name))
            return i;
    return MCY_NONE;
}

static mcy_status fail_count(const mcy_model *model, const char *path, const mcy_symbol *p,
                             mcy_error *err)
{
    if (!p->dimension_count)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s': '%s' has no elements", path, p->name);
    mcy_text form = {0};
    mcy_text_add(&form, p->name);
    for (size_t i = 0; i < p->dimension_count; i++)
        mcy_text_print(&form, ".%s", model->dimensions[p->dimensions[i]].public.name);
    mcy_status status = MCY_FAIL(err, MCY_E_INPUT, "'%s': the name has the form '%s'", path,
                                 mcy_text_view(&form));
    mcy_text_release(&form);
    return status;
}

mcy_status mcy_model_find(const mcy_model *model, const char *path, size_t *symbol,
                          size_t *element, mcy_error *err)
{
    path_parts parts;
    MCY_TRY(split(path, &parts, err));
    MCY_TRY(find_name(model, parts.text[0], symbol, err));
    const mcy_symbol *p = &model->symbols[*symbol].public;
    if (parts.count - 1 != p->dimension_count)
        return fail_count(model, path, p, err);
    *element = 0;
    for (size_t i = 0; i < p->dimension_count; i++) {
        const mcy_dimension *d = &model->dimensions[p->dimensions[i]].public;
        size_t at = element_named(d, parts.text[i + 1]);
        if (at == MCY_NONE)
            return fail_element(path, parts.text[i + 1], d, err);
        *element = *element * d->element_count + at;
    }
    return MCY_OK;
}

/* Which elements of the symbol's dimension a part stands for. */
static mcy_status match_part(const mcy_model *model, const char *path, const char *part,
                             size_t dimension, bool *wanted, mcy_error *err)
{
    const dimension_entry *d = &model->dimensions[dimension];
    bool all = !part || !strcmp(part, "*");
    size_t at = all ? MCY_NONE : element_named(&d->public, part);
    size_t set = all || at != MCY_NONE ? MCY_NONE : mcy_model_find_dimension(model, part);
    bool of_same = set != MCY_NONE && model->dimensions[set].public.parent == d->public.parent;
    if (!all && at == MCY_NONE && !of_same)
        return fail_element(path, part, &d->public, err);
    for (size_t i = 0; i < d->public.element_count; i++)
        wanted[i] =
            all || i == at ||
            (of_same && model->dimensions[set].places[d->public.members[i]] != MCY_NONE);
    return MCY_OK;
}

mcy_status mcy_model_match(mcy_arena *arena, const mcy_model *model, const char *path,
                           size_t *symbol, size_t *count, const size_t **elements,
                           mcy_error *err)
{
    path_parts parts;
    MCY_TRY(split(path, &parts, err));
    MCY_TRY(find_name(model, parts.text[0], symbol, err));
    const mcy_symbol *p = &model->symbols[*symbol].public;
    if (parts.count - 1 > p->dimension_count)
        return fail_count(model, path, p, err);
    bool *wanted[SUBSCRIPTS_MOST];
    for (size_t i = 0; i < p->dimension_count; i++) {
        wanted[i] =
            MCY_TAKE(arena, bool, model->dimensions[p->dimensions[i]].public.element_count);
        if (!wanted[i])
            return mcy_fail_memory(err);
        MCY_TRY(match_part(model, path, i + 1 < parts.count ? parts.text[i + 1] : NULL,
                           p->dimensions[i], wanted[i], err));
    }
    size_t *list = MCY_TAKE(arena, size_t, p->element_count);
    if (!list)
        return mcy_fail_memory(err);
    *count = 0;
    for (size_t e = 0; e < p->element_count; e++) {
        bool take_it = true;
        for (size_t i = p->dimension_count, rest = e; i-- > 0;) {
            size_t size = model->dimensions[p->dimensions[i]].public.element_count;
            take_it = take_it && wanted[i][rest % size];
            rest /= size;
        }
        if (take_it)
            list[(*count)++] = e;
    }
    *elements = list;
    if (*count == 0)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' stands for no element", path);
    return MCY_OK;
}
