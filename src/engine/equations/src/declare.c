/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units, dimensions and subsets get their numbers; then symbols. The order in the files does
 * not matter: all units are known before the first dimension, all dimensions before the first
 * symbol. */
#include <string.h>

#include "language.h"

static bool complain_reserved(reader *r, named n)
{
    if (!word_reserved(n.name->text))
        return false;
    complain(r, n.at, "'%s' is a word of the language: choose another name", n.name->text);
    return true;
}

/* ---- units ---- */

static void add_unit(reader *r, named n)
{
    mcy_model *m = r->model;
    if (!strcmp(n.name->text, "frac")) {
        complain(r, n.at, "the unit 'frac' is built in");
        return;
    }
    if (n.name->unit != MCY_NONE) {
        if (n.name->unit != 0)
            complain(r, n.at, "the unit '%s' is declared twice", n.name->text);
        return;
    }
    if (m->unit_count == UNITS_MOST) {
        complain(r, n.at, "more than %d units", UNITS_MOST);
        return;
    }
    n.name->unit = m->unit_count;
    m->units[m->unit_count++] = n.name;
}

static void declare_units(reader *r)
{
    mcy_model *m = r->model;
    m->units[0] = word_of(m, "quarter", 7);
    if (!m->units[0]) {
        r->failed = true;
        return;
    }
    m->units[0]->unit = 0;
    m->unit_count = 1;
    for (const statement *s = r->first; s; s = s->next)
        if (s->kind == STATEMENT_UNIT)
            for (size_t i = 0; i < s->item_count; i++)
                add_unit(r, s->items[i]);
}

static void complain_unit(reader *r, const unit_factor *f)
{
    const char *names[UNITS_MOST + 1];
    size_t n = 0;
    for (; n < r->model->unit_count; n++)
        names[n] = r->model->units[n]->text;
    names[n++] = "frac";
    const char *closest = did_you_mean(r, f->name->text, names, n);
    complain(r, f->at, "unknown unit '%s'%s", f->name->text,
             *closest ? closest : ": declare it with 'unit'");
}

bool unit_resolve(reader *r, const unit_text *text, unit *out)
{
    *out = (unit){0};
    bool good = true;
    for (size_t i = 0; i < text->count; i++) {
        const unit_factor *f = &text->factors[i];
        if (!f->name || !strcmp(f->name->text, "frac"))
            continue;
        if (f->name->unit == MCY_NONE) {
            complain_unit(r, f);
            good = false;
            continue;
        }
        int power = out->power[f->name->unit] + POWER_WHOLE * f->power;
        out->power[f->name->unit] = (int16_t)power;
    }
    return good;
}

/* ---- dimensions ---- */

static bool grow_dimensions(reader *r)
{
    mcy_model *m = r->model;
    return grow(r, (void **)&m->dimensions, m->dimension_count, &m->dimension_capacity,
                sizeof *m->dimensions);
}

static bool dimension_name_taken(reader *r, const statement *s)
{
    if (complain_reserved(r, s->name))
        return true;
    size_t known = s->name.name->dimension;
    if (known == MCY_NONE)
        return false;
    const mcy_dimension *d = &r->model->dimensions[known].public;
    complain(r, s->name.at, "'%s' is declared twice: first in %s:%zu", s->name.name->text,
             d->file, d->line);
    return true;
}

static bool twice(reader *r, const statement *s, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (s->items[j].name == s->items[i].name) {
            complain(r, s->items[i].at, "'%s' is named twice in '%s'", s->items[i].name->text,
                     s->name.name->text);
            return true;
        }
    return false;
}

static dimension_entry *new_dimension(reader *r, const statement *s, size_t room)
{
    if (!grow_dimensions(r))
        return NULL;
    mcy_model *m = r->model;
    dimension_entry *d = &m->dimensions[m->dimension_count];
    *d = (dimension_entry){.at = s->name.at, .broken = s->broken};
    d->words = NEW(r, word *, room);
    const char **names = NEW(r, const char *, room);
    size_t *members = NEW(r, size_t, room);
    if (!d->words || !names || !members)
        return NULL;
    d->public = (mcy_dimension){.name = s->name.name->text,
                                .meaning = s->meaning,
                                .elements = names,
                                .parent = m->dimension_count,
                                .members = members,
                                .file = s->name.at.file->name,
                                .line = s->name.at.line};
    s->name.name->dimension = m->dimension_count++;
    return d;
}

static void add_element(dimension_entry *d, word *name, size_t member)
{
    size_t n = d->public.element_count++;
    d->words[n] = name;
    ((const char **)(uintptr_t)d->public.elements)[n] = name->text;
    ((size_t *)(uintptr_t)d->public.members)[n] = member;
}

static void declare_dimension(reader *r, const statement *s)
{
    if (dimension_name_taken(r, s))
        return;
    dimension_entry *d = new_dimension(r, s, s->item_count);
    for (size_t i = 0; d && i < s->item_count; i++) {
        if (word_reserved(s->items[i].name->text)) {
            complain_reserved(r, s->items[i]);
            d->broken = true;
        } else if (!twice(r, s, i))
            add_element(d, s->items[i].name, d->public.element_count);
    }
}

static size_t element_of(const dimension_entry *d, const word *name)
{
    for (size_t i = 0; i < d->public.element_count; i++)
        if (d->words[i] == name)
            return i;
    return MCY_NONE;
}

static void declare_subset(reader *r, const statement *s)
{
    if (dimension_name_taken(r, s))
        return;
    mcy_model *m = r->model;
    size_t parent = s->parent.name ? s->parent.name->dimension : MCY_NONE;
    if (parent == MCY_NONE) {
        if (!s->broken)
            complain(r, s->parent.at, "unknown dimension '%s'", s->parent.name->text);
        dimension_entry *d = new_dimension(r, s, 0);
        if (d)
            d->broken = true;
        return;
    }
    size_t whole = m->dimensions[parent].public.element_count;
    dimension_entry *d = new_dimension(r, s, s->has_items ? s->item_count : whole);
    if (!d)
        return;
    const dimension_entry *of = &m->dimensions[parent];
    d->public.parent = of->public.parent;
    for (size_t i = 0; i < whole && !s->has_items; i++)
        add_element(d, of->words[i], of->public.members[i]);
    for (size_t i = 0; i < s->item_count; i++) {
        size_t element = element_of(of, s->items[i].name);
        if (element == MCY_NONE && !of->broken)
            complain(r, s->items[i].at, "'%s' is not an element of '%s'%s",
                     s->items[i].name->text, of->public.name,
                     did_you_mean(r, s->items[i].name->text, of->public.elements,
                                  of->public.element_count));
        if (element == MCY_NONE)
            d->broken = true;
        else if (!twice(r, s, i))
            add_element(d, s->items[i].name, of->public.members[element]);
    }
}

/* Own place of every element of the parent, and that no element is called like a dimension. */
static void finish_dimension(reader *r, dimension_entry *d)
{
    const mcy_dimension *parent = &r->model->dimensions[d->public.parent].public;
    size_t *places = NEW(r, size_t, parent->element_count);
    if (!places)
        return;
    for (size_t i = 0; i < parent->element_count; i++)
        places[i] = MCY_NONE;
    for (size_t i = 0; i < d->public.element_count; i++) {
        places[d->public.members[i]] = i;
        if (d->words[i]->dimension != MCY_NONE && d->public.parent == d->words[i]->dimension)
            complain(r, d->at, "'%s' has an element of its own name", d->public.name);
        else if (d->words[i]->dimension != MCY_NONE)
            complain(r, d->at, "the element '%s' of '%s' is the name of a dimension too",
                     d->words[i]->text, d->public.name);
    }
    d->places = places;
}

void declare(reader *r)
{
    declare_units(r);
    for (const statement *s = r->first; s && !r->failed; s = s->next)
        if (s->kind == STATEMENT_DIMENSION)
            declare_dimension(r, s);
    for (const statement *s = r->first; s && !r->failed; s = s->next)
        if (s->kind == STATEMENT_SUBSET)
            declare_subset(r, s);
    for (size_t i = 0; i < r->model->dimension_count && !r->failed; i++)
        finish_dimension(r, &r->model->dimensions[i]);
    for (const statement *s = r->first; s && !r->failed; s = s->next)
        if (s->kind == STATEMENT_SYMBOL && !complain_reserved(r, s->name))
            declare_symbol(r, s);
    if (!r->failed)
        finish_symbols(r);
}
