/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a name, its subscripts and its lag mean inside one equation. */
#include <string.h>

#include "language.h"

static spot spot_with(spot from, spot to)
{
    if (to.file == from.file && to.line == from.line && to.offset >= from.offset)
        from.size = to.offset + to.size - from.offset;
    return from;
}

/* "firm, product" */
static const char *dimension_names(reader *r, const mcy_symbol *s)
{
    const char *text = "";
    for (size_t i = 0; i < s->dimension_count && text; i++)
        text = mcy_arena_print(r->arena, "%s%s%s", text, i ? ", " : "",
                               r->model->dimensions[s->dimensions[i]].public.name);
    return text ? text : "";
}

/* The first dimension that has an element of that name, or NULL. */
static const mcy_dimension *owner_of(const mcy_model *m, const word *name)
{
    for (size_t i = 0; i < m->dimension_count; i++)
        for (size_t j = 0; j < m->dimensions[i].public.element_count; j++)
            if (m->dimensions[i].words[j] == name)
                return &m->dimensions[i].public;
    return NULL;
}

static void complain_unknown(scope *s, const tree *t)
{
    reader *r = s->reader;
    const mcy_model *m = r->model;
    const char **names = NEW(r, const char *, m->symbol_count);
    if (!names)
        return;
    size_t n = 0;
    for (size_t i = 0; i < m->symbol_count; i++)
        if (!s->constant || m->symbols[i].public.kind == MCY_SYMBOL_CONSTANT)
            names[n++] = m->symbols[i].public.name;
    const char *text = t->name->text, *closest = did_you_mean(r, text, names, n);
    const mcy_dimension *owner = owner_of(m, t->name);
    if (*closest)
        complain(r, t->at, "unknown name '%s'%s", text, closest);
    else if (t->name->dimension != MCY_NONE)
        complain(r, t->at, "'%s' is a dimension: it stands in brackets after a name", text);
    else if (owner)
        complain(r, t->at, "'%s' is an element of '%s': it stands in brackets after a name",
                 text, owner->name);
    else if (t->name->unit != MCY_NONE)
        complain(r, t->at,
                 "'%s' is a unit: it stands after a number, as in '1 %s' or "
                 "'1 [%s/quarter]'",
                 text, text, text);
    else
        complain(r, t->at, "unknown name '%s'", text);
}

bool dimension_contains(const mcy_model *model, size_t outer, size_t inner)
{
    const dimension_entry *o = &model->dimensions[outer], *i = &model->dimensions[inner];
    if (o->public.parent != i->public.parent)
        return false;
    for (size_t e = 0; e < i->public.element_count; e++)
        if (o->places[i->public.members[e]] == MCY_NONE)
            return false;
    return true;
}

static const binding *bound(const scope *s, const word *name)
{
    for (size_t i = s->bound_count; i-- > 0;)
        if (s->bound[i].name == name)
            return &s->bound[i];
    return NULL;
}

/* A name bound on the left that runs through the same elements, to suggest. */
static const binding *bound_like(const scope *s, size_t dimension)
{
    const dimension_entry *d = s->reader->model->dimensions;
    for (size_t i = 0; i < s->bound_count; i++)
        if (d[s->bound[i].dimension].public.parent == d[dimension].public.parent)
            return &s->bound[i];
    return NULL;
}

static const binding *bind_free(scope *s, const subscript *sub)
{
    equation_entry *e = s->equation;
    for (size_t i = 0; i < s->reduced_count; i++)
        if (s->reduced[i] == sub->name) {
            complain(s->reader, sub->at,
                     "'%s' is used by a reduction of this check: give the reduction a name of "
                     "its own with 'subset other : %s'",
                     sub->name->text, sub->name->text);
            return NULL;
        }
    if (e->slot_count == SLOTS_MOST) {
        complain(s->reader, sub->at, "more than %d dimension names in one equation",
                 SLOTS_MOST);
        return NULL;
    }
    binding b = {sub->name, sub->at, sub->name->dimension, e->slot_count++};
    e->bindings[e->binding_count++] = b;
    s->bound[s->bound_count++] = b;
    return &s->bound[s->bound_count - 1];
}

static void complain_subscript(scope *s, const mcy_symbol *symbol, const subscript *sub,
                               const mcy_dimension *wanted)
{
    reader *r = s->reader;
    const mcy_model *m = r->model;
    const char *names[128];
    size_t n = 0;
    for (size_t i = 0; i < wanted->element_count && n < 100; i++)
        names[n++] = wanted->elements[i];
    for (size_t i = 0; i < s->bound_count; i++)
        names[n++] = s->bound[i].name->text;
    const mcy_dimension *owner = owner_of(m, sub->name);
    if (owner)
        complain(r, sub->at, "'%s' is an element of '%s'; here '%s' wants one of '%s'",
                 sub->name->text, owner->name, symbol->name, wanted->name);
    else
        complain(r, sub->at, "unknown element '%s' of '%s'%s", sub->name->text, wanted->name,
                 did_you_mean(r, sub->name->text, names, n));
}

static bool resolve_bound(scope *s, const mcy_symbol *symbol, subscript *sub)
{
    reader *r = s->reader;
    const mcy_model *m = r->model;
    const char *text = sub->name->text;
    const dimension_entry *wanted = &m->dimensions[sub->dimension];
    const dimension_entry *given = &m->dimensions[sub->name->dimension];
    if (given->broken || wanted->broken)
        return false;
    if (given->public.parent != wanted->public.parent) {
        complain(r, sub->at, "'%s' is another dimension; here '%s' wants '%s'", text,
                 symbol->name, wanted->public.name);
        return false;
    }
    if (!dimension_contains(m, sub->dimension, sub->name->dimension)) {
        complain(r, sub->at, "'%s' has elements that '%s' of '%s' has not", text,
                 wanted->public.name, symbol->name);
        return false;
    }
    const binding *b = bound(s, sub->name);
    if (!b && s->free_allowed) {
        b = bind_free(s, sub);
        if (!b)
            return false;
    }
    if (b) {
        sub->slot = b->slot;
        return true;
    }
    const binding *like = bound_like(s, sub->name->dimension);
    if (like)
        complain(r, sub->at, "'%s' is not on the left side; '%s' is", text, like->name->text);
    else
        complain(r, sub->at,
                 "'%s' is not on the left side: name an element, or go over them as in "
                 "'sum(%s: ...)'",
                 text, text);
    return false;
}

bool subscript_resolve(scope *s, size_t symbol, size_t position, subscript *sub)
{
    const mcy_model *m = s->reader->model;
    const mcy_symbol *p = &m->symbols[symbol].public;
    sub->dimension = p->dimensions[position];
    const dimension_entry *d = &m->dimensions[sub->dimension];
    for (size_t i = 0; i < d->public.element_count; i++)
        if (d->words[i] == sub->name) {
            sub->fixed = i;
            return true;
        }
    if (sub->name->dimension != MCY_NONE)
        return resolve_bound(s, p, sub);
    if (!d->broken)
        complain_subscript(s, p, sub, &d->public);
    return false;
}

/* Whether an equation of this kind may read the symbol. */
static bool may_read(scope *s, const tree *t, const mcy_symbol *p)
{
    if (s->constant && p->kind != MCY_SYMBOL_CONSTANT) {
        complain(s->reader, t->at, "'%s' is %s: only numbers and constants are known here",
                 p->name, kind_phrase(p->kind));
        return false;
    }
    if (p->kind == MCY_SYMBOL_OUTPUT && s->kind != MCY_SYMBOL_OUTPUT) {
        complain(s->reader, t->at, "'%s' is an output: %s cannot read it; make it a variable",
                 p->name, s->owner == MCY_NONE ? "a check" : "an equation");
        return false;
    }
    return true;
}

static bool resolve_lag(scope *s, tree *t, const mcy_symbol *p)
{
    if (!t->has_lag)
        return true;
    if (!p->path && p->kind != MCY_SYMBOL_OUTPUT) {
        complain(s->reader, t->at, "'%s' has one value for all quarters: it has no lag",
                 p->name);
        return false;
    }
    if (!t->lag_name)
        return true;
    size_t constant = t->lag_name->symbol;
    double value;
    if (constant == MCY_NONE ||
        s->reader->model->symbols[constant].public.kind != MCY_SYMBOL_CONSTANT) {
        complain(s->reader, t->at, "the lag of '%s' is a whole number or a constant, not '%s'",
                 p->name, t->lag_name->text);
        return false;
    }
    s->reader->model->symbols[constant].used = true;
    if (!constant_value(s->reader, constant, &value))
        return false;
    if (!(value >= 0 && value <= HISTORY_MOST) || value != (double)(int)value) {
        complain(s->reader, t->at, "a lag is a whole number of quarters, 0 to %d: '%s' is %g",
                 HISTORY_MOST, t->lag_name->text, value);
        return false;
    }
    t->lag = (int)value;
    return true;
}

static bool resolve_subscripts(scope *s, tree *t, const mcy_symbol *p)
{
    reader *r = s->reader;
    size_t wanted = p->dimension_count;
    if (t->sub_count != wanted) {
        spot at = t->sub_count ? spot_with(t->at, t->subs[t->sub_count - 1].at) : t->at;
        if (!wanted)
            complain(r, at, "'%s' has no subscripts", p->name);
        else if (!t->sub_count)
            complain(r, at, "'%s' needs its subscripts: '%s[%s]'", p->name, p->name,
                     dimension_names(r, p));
        else
            complain(r, at, "'%s' has %zu subscript%s, got %zu: '%s[%s]'", p->name, wanted,
                     wanted == 1 ? "" : "s", t->sub_count, p->name, dimension_names(r, p));
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < wanted; i++)
        good = subscript_resolve(s, t->symbol, i, &t->subs[i]) && good;
    return good;
}

void resolve_name(scope *s, tree *t)
{
    t->symbol = t->name->symbol;
    if (t->symbol == MCY_NONE) {
        complain_unknown(s, t);
        t->kind = TREE_BAD;
        return;
    }
    symbol_entry *e = &s->reader->model->symbols[t->symbol];
    if (t->symbol != s->owner)
        e->used = true;
    bool good = !e->broken;
    if (good) {
        good = may_read(s, t, &e->public);
        good = resolve_subscripts(s, t, &e->public) && good;
        good = resolve_lag(s, t, &e->public) && good;
    }
    if (!good)
        t->kind = TREE_BAD;
}
