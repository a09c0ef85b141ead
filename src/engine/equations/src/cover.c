/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which equation computes which element: the most special one that covers it. */
#include <string.h>

#include "language.h"

const char *element_text(mcy_arena *arena, const mcy_model *model, size_t symbol,
                         size_t element)
{
    const mcy_symbol *p = &model->symbols[symbol].public;
    if (!p->dimension_count)
        return p->name;
    const char *names[SUBSCRIPTS_MOST];
    mcy_model_element_names(model, symbol, element, names);
    const char *text = mcy_arena_print(arena, "%s[%s", p->name, names[0]);
    for (size_t i = 1; i < p->dimension_count && text; i++)
        text = mcy_arena_print(arena, "%s, %s", text, names[i]);
    text = text ? mcy_arena_print(arena, "%s]", text) : NULL;
    return text ? text : p->name;
}

/* Elements of the symbol's dimension, at one place, that the left side names. */
static bool covers_place(const mcy_model *m, const equation_entry *e, size_t place,
                         size_t element)
{
    const subscript *sub = &e->subs[place];
    if (sub->slot == MCY_NONE)
        return sub->fixed == element;
    const dimension_entry *whole = &m->dimensions[sub->dimension];
    const dimension_entry *part = &m->dimensions[e->bindings[sub->slot].dimension];
    return part->places[whole->public.members[element]] != MCY_NONE;
}

static bool covers(const mcy_model *m, const equation_entry *e, size_t element)
{
    const mcy_symbol *p = &m->symbols[e->public.symbol].public;
    for (size_t i = p->dimension_count; i-- > 0;) {
        size_t size = m->dimensions[p->dimensions[i]].public.element_count;
        if (!covers_place(m, e, i, element % size))
            return false;
        element /= size;
    }
    return true;
}

/* Is every element of a's left side one of b's? */
static bool within(const mcy_model *m, const equation_entry *a, const equation_entry *b)
{
    for (size_t i = 0; i < a->sub_count; i++) {
        const subscript *sub = &a->subs[i];
        size_t size = m->dimensions[sub->dimension].public.element_count;
        for (size_t e = 0; e < size; e++)
            if (covers_place(m, a, i, e) && !covers_place(m, b, i, e))
                return false;
    }
    return true;
}

static const char *kind_words(mcy_equation_kind kind)
{
    return kind == MCY_EQUATION_START    ? "starts"
           : kind == MCY_EQUATION_BEFORE ? "'before' equations"
                                         : "equations";
}

static void complain_two(reader *r, const equation_entry *a, const equation_entry *b,
                         size_t element, bool equal)
{
    const char *text = element_text(r->arena, r->model, a->public.symbol, element);
    if (equal)
        complain(r, b->at, "'%s' has two %s: the other is in %s:%zu", text,
                 kind_words(a->public.kind), a->public.file, a->public.line);
    else
        complain(r, b->at,
                 "two %s compute '%s' and neither is the more special one: the other is "
                 "in %s:%zu; add one for '%s'",
                 kind_words(a->public.kind), text, a->public.file, a->public.line, text);
}

/* The equation of one kind for one element: the one within all others that cover it. */
static size_t choose(reader *r, size_t symbol, mcy_equation_kind kind, size_t element)
{
    mcy_model *m = r->model;
    size_t best = MCY_NONE;
    for (size_t i = m->symbols[symbol].first_equation; i != MCY_NONE;
         i = m->equations[i].next_of_symbol) {
        const equation_entry *e = &m->equations[i];
        if (e->public.kind == kind && e->subs && covers(m, e, element) &&
            (best == MCY_NONE || within(m, e, &m->equations[best])))
            best = i;
    }
    for (size_t i = m->symbols[symbol].first_equation; best != MCY_NONE && i != MCY_NONE;
         i = m->equations[i].next_of_symbol) {
        const equation_entry *e = &m->equations[i], *b = &m->equations[best];
        if (i == best || e->public.kind != kind || !e->subs || !covers(m, e, element))
            continue;
        bool inside = within(m, b, e), around = within(m, e, b);
        if (inside && !around)
            continue;
        bool first = i < best;
        complain_two(r, first ? e : b, first ? b : e, element, inside);
        m->symbols[symbol].broken = true;
        break;
    }
    return best;
}

static void cover_kind(reader *r, size_t symbol, mcy_equation_kind kind, size_t *out)
{
    const symbol_entry *s = &r->model->symbols[symbol];
    for (size_t i = 0; i < s->public.element_count; i++)
        out[i] = MCY_NONE;
    for (size_t i = 0; i < s->public.element_count && !s->broken; i++)
        out[i] = choose(r, symbol, kind, i);
}

static void complain_missing(reader *r, const symbol_entry *s, size_t symbol)
{
    size_t missing = 0, first = 0;
    for (size_t i = s->public.element_count; i-- > 0;)
        if (s->rule[i] == MCY_NONE) {
            missing++;
            first = i;
        }
    if (!missing)
        return;
    const char *kind = mcy_symbol_kind_name(s->public.kind);
    const char *text = element_text(r->arena, r->model, symbol, first);
    if (missing == s->public.element_count)
        complain(r, s->at, "the %s '%s' has no equation", kind, s->public.name);
    else if (missing == 1)
        complain(r, s->at, "the %s '%s' has no equation for '%s'", kind, s->public.name, text);
    else
        complain(r, s->at, "the %s '%s' has no equation for '%s' and %zu more", kind,
                 s->public.name, text, missing - 1);
}

static void cover_symbol(reader *r, size_t symbol)
{
    symbol_entry *s = &r->model->symbols[symbol];
    size_t n = s->public.element_count;
    s->rule = NEW(r, size_t, n);
    s->start = NEW(r, size_t, n);
    s->before = NEW(r, size_t, n);
    if (r->failed)
        return;
    bool broken = s->broken;
    cover_kind(r, symbol, MCY_EQUATION_RULE, s->rule);
    cover_kind(r, symbol, MCY_EQUATION_START, s->start);
    cover_kind(r, symbol, MCY_EQUATION_BEFORE, s->before);
    if (!broken && !s->broken)
        complain_missing(r, s, symbol);
}

static void warn_unused(reader *r, const symbol_entry *s)
{
    mcy_symbol_kind kind = s->public.kind;
    if (!s->used && !s->broken && !r->broken && kind <= MCY_SYMBOL_ASSUMPTION)
        warn(r, s->at, "no equation uses the %s '%s'", mcy_symbol_kind_name(kind),
             s->public.name);
}

/* Whether outputs have a value every quarter follows from their equations; those that read
 * other outputs wait for them. */
static void find_output_paths(reader *r)
{
    mcy_model *m = r->model;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < m->equation_count; i++) {
            const equation_entry *e = &m->equations[i];
            if (e->public.kind == MCY_EQUATION_CHECK || e->broken)
                continue;
            mcy_symbol *p = &m->symbols[e->public.symbol].public;
            if (p->kind == MCY_SYMBOL_OUTPUT && !p->path && tree_varies(m, e->right))
                changed = p->path = true;
        }
    }
    for (size_t i = 0; i < m->symbol_count; i++) {
        const symbol_entry *s = &m->symbols[i];
        if (s->public.kind == MCY_SYMBOL_OUTPUT && s->public.year && !s->public.path &&
            !s->broken)
            complain(r, s->year_at, "'%s' has one value for all quarters: no yearly rule",
                     s->public.name);
    }
}

void cover(reader *r)
{
    mcy_model *m = r->model;
    for (size_t i = 0; i < m->symbol_count; i++)
        m->symbols[i].first_equation = MCY_NONE;
    for (size_t i = m->equation_count; i-- > 0;) {
        equation_entry *e = &m->equations[i];
        if (e->public.kind == MCY_EQUATION_CHECK)
            continue;
        e->next_of_symbol = m->symbols[e->public.symbol].first_equation;
        m->symbols[e->public.symbol].first_equation = i;
    }
    for (size_t i = 0; i < m->symbol_count && !r->failed; i++) {
        warn_unused(r, &m->symbols[i]);
        if (m->symbols[i].public.kind >= MCY_SYMBOL_VARIABLE)
            cover_symbol(r, i);
    }
    if (!r->failed)
        find_output_paths(r);
}
