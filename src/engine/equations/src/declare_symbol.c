/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constants, facts, assumptions, variables, derived values, outputs: the table of symbols. */
#include <math.h>
#include <string.h>

#include "language.h"
#include "mcy/number.h"

/* What may be said about each kind. */
static const struct kind_rules {
    const char *name;
    bool dimensions, path, from, hold, range, value, year;
} rules[] = {[MCY_SYMBOL_CONSTANT] = {.name = "constant", .value = true},
             [MCY_SYMBOL_FACT] = {.name = "fact", .dimensions = true, .range = true},
             [MCY_SYMBOL_ASSUMPTION] = {"assumption", true, true, true, true, true, true, true},
             [MCY_SYMBOL_VARIABLE] = {.name = "variable",
                                      .dimensions = true,
                                      .from = true,
                                      .range = true,
                                      .year = true},
             [MCY_SYMBOL_DERIVED] = {.name = "derived", .dimensions = true, .range = true},
             [MCY_SYMBOL_OUTPUT] = {.name = "output", .dimensions = true, .year = true}};

const char *mcy_symbol_kind_name(mcy_symbol_kind kind)
{
    return rules[kind].name;
}

const char *kind_phrase(mcy_symbol_kind kind)
{
    static const char *const phrases[] = {
        [MCY_SYMBOL_CONSTANT] = "a constant",      [MCY_SYMBOL_FACT] = "a fact",
        [MCY_SYMBOL_ASSUMPTION] = "an assumption", [MCY_SYMBOL_VARIABLE] = "a variable",
        [MCY_SYMBOL_DERIVED] = "a derived value",  [MCY_SYMBOL_OUTPUT] = "an output"};
    return phrases[kind];
}

static void complain_not_allowed(reader *r, const statement *s)
{
    const struct kind_rules *k = &rules[s->symbol_kind];
    const char *what = kind_phrase(s->symbol_kind);
    if (s->item_count && !k->dimensions)
        complain(r, s->items[0].at, "%s has no dimensions", what);
    if (s->path && !k->path)
        complain(r, s->path_at,
                 s->symbol_kind == MCY_SYMBOL_VARIABLE
                     ? "a variable has a value every quarter: 'path' is for "
                       "assumptions"
                     : "'path' is for assumptions");
    if (s->first_at.file && !k->from)
        complain(r, s->first_at, "'from' is for variables and path assumptions");
    if (s->hold && !k->hold)
        complain(r, s->hold_at, "'hold' is for path assumptions");
    if (s->has_range && !k->range)
        complain(r, s->range.at, "%s has no bounds", what);
    if (s->value && !k->value)
        complain(r, s->value->at, "%s has no default: %s", what,
                 s->symbol_kind == MCY_SYMBOL_FACT ? "facts come from the data"
                                                   : "it is computed by its equation");
    if (s->year && !k->year)
        complain(r, s->year_at, "%s has no yearly rule", what);
    if (s->symbol_kind == MCY_SYMBOL_CONSTANT && !s->has_value && !s->broken)
        complain(r, s->name.at, "the constant '%s' has no value", s->name.name->text);
    if (s->symbol_kind == MCY_SYMBOL_ASSUMPTION && !s->path && (s->first_at.file || s->hold))
        complain(r, s->first_at.file ? s->first_at : s->hold_at,
                 "'%s' is for a path: write 'path %s'", s->first_at.file ? "from" : "hold",
                 s->first_at.file ? "from -n" : "hold");
    if (s->symbol_kind == MCY_SYMBOL_ASSUMPTION && !s->path && s->year)
        complain(r, s->year_at, "a yearly rule is for a path");
}

static bool declare_dimensions(reader *r, const statement *s, symbol_entry *e)
{
    mcy_symbol *p = &e->public;
    size_t *dimensions = NEW(r, size_t, s->item_count);
    if (!dimensions)
        return false;
    p->dimensions = dimensions;
    p->element_count = 1;
    bool good = s->item_count <= SUBSCRIPTS_MOST;
    if (!good)
        complain(r, s->name.at, "more than %d dimensions", SUBSCRIPTS_MOST);
    for (size_t i = 0; i < s->item_count && good; i++) {
        word *name = s->items[i].name;
        if (name->dimension == MCY_NONE) {
            const char *names[64];
            size_t n = 0;
            for (; n < r->model->dimension_count && n < 64; n++)
                names[n] = r->model->dimensions[n].public.name;
            complain(r, s->items[i].at, "unknown dimension '%s'%s", name->text,
                     did_you_mean(r, name->text, names, n));
            good = false;
            break;
        }
        const dimension_entry *d = &r->model->dimensions[name->dimension];
        for (size_t j = 0; j < p->dimension_count; j++)
            if (dimensions[j] == name->dimension) {
                complain(r, s->items[i].at,
                         "the dimension '%s' twice: give the second a name of its own with "
                         "'subset other : %s'",
                         name->text, name->text);
                good = false;
            }
        good = good && !d->broken;
        dimensions[p->dimension_count++] = name->dimension;
        p->element_count *= d->public.element_count;
        if (p->element_count > ELEMENTS_MOST) {
            complain(r, s->items[i].at, "more than %d elements", ELEMENTS_MOST);
            good = false;
        }
    }
    return good;
}

static void check_range(reader *r, const statement *s, symbol_entry *e)
{
    if (!s->has_range)
        return;
    if (s->range.low >= s->range.high) {
        char low[32], high[32];
        mcy_number_format(s->range.low, low);
        mcy_number_format(s->range.high, high);
        complain(r, s->range.at, "the lower bound %s is not below the upper bound %s", low,
                 high);
        return;
    }
    e->public.low = s->range.low;
    e->public.high = s->range.high;
}

static bool name_taken(reader *r, const statement *s)
{
    size_t known = s->name.name->symbol;
    if (known == MCY_NONE)
        return false;
    const mcy_symbol *other = &r->model->symbols[known].public;
    complain(r, s->name.at, "'%s' is declared twice: first in %s:%zu", s->name.name->text,
             other->file, other->line);
    return true;
}

void declare_symbol(reader *r, const statement *s)
{
    mcy_model *m = r->model;
    if (name_taken(r, s) || !grow(r, (void **)&m->symbols, m->symbol_count, &m->symbol_capacity,
                                  sizeof *m->symbols))
        return;
    symbol_entry *e = &m->symbols[m->symbol_count];
    *e = (symbol_entry){.at = s->name.at,
                        .first_at = s->first_at,
                        .broken = s->broken,
                        .value = s->has_value ? s->value : NULL,
                        .year_over = s->year_over,
                        .year_under = s->year_under,
                        .year_at = s->year_at};
    e->public = (mcy_symbol){.kind = s->symbol_kind,
                             .name = s->name.name->text,
                             .unit = "1",
                             .meaning = s->meaning,
                             .source = s->source,
                             .element_count = 1,
                             .low = -(double)INFINITY,
                             .high = (double)INFINITY,
                             .value = MCY_MISSING,
                             .path = s->path || s->symbol_kind == MCY_SYMBOL_VARIABLE,
                             .first = s->first,
                             .hold = s->hold,
                             .year = s->year,
                             .year_over = MCY_NONE,
                             .year_under = MCY_NONE,
                             .file = s->name.at.file->name,
                             .line = s->name.at.line};
    s->name.name->symbol = m->symbol_count++;
    if (s->unit) {
        e->unit_at = s->unit->at;
        e->public.unit = s->unit->text;
        e->public.percent =
            s->unit->count == 1 && s->unit->factors[0].name && !strcmp(s->unit->text, "frac");
        e->unit.any = !unit_resolve(r, s->unit, &e->unit);
    } else
        e->unit.any = true;
    if (!declare_dimensions(r, s, e))
        e->broken = true;
    complain_not_allowed(r, s);
    if (s->first > 0) {
        complain(r, s->first_at,
                 "'from' goes back: a whole number that is not above 0, as in "
                 "'from -28'");
        e->public.first = 0;
    }
    check_range(r, s, e);
    if (!rules[s->symbol_kind].value)
        e->value = NULL;
    if (s->symbol_kind == MCY_SYMBOL_ASSUMPTION && !*s->meaning && !s->broken)
        warn(r, s->name.at, "the assumption '%s' does not say what it means", e->public.name);
}

/* ---- values of constants and defaults; yearly ratios ---- */

static void value_of(reader *r, symbol_entry *e)
{
    scope s = {.reader = r, .constant = true, .owner = MCY_NONE};
    equation_entry none = {0};
    s.equation = &none;
    resolve_tree(&s, e->value);
    double value;
    size_t number = (size_t)(e - r->model->symbols);
    if (!constant_value(r, number, &value))
        return;
    e->public.value = value;
    const mcy_symbol *p = &e->public;
    if (value < p->low || value > p->high || mcy_is_missing(value)) {
        char v[32], low[32], high[32];
        mcy_number_format(value, v);
        mcy_number_format(p->low, low);
        mcy_number_format(p->high, high);
        complain(r, e->value->at, "the default %s of '%s' is outside its bounds %s..%s", v,
                 p->name, low, high);
    }
}

static bool among(const mcy_symbol *whole, const mcy_symbol *part)
{
    for (size_t i = 0; i < part->dimension_count; i++) {
        bool found = false;
        for (size_t j = 0; j < whole->dimension_count; j++)
            found = found || whole->dimensions[j] == part->dimensions[i];
        if (!found)
            return false;
    }
    return true;
}

static size_t year_part(reader *r, const symbol_entry *e, named n)
{
    if (!n.name)
        return MCY_NONE;
    if (n.name->symbol == MCY_NONE) {
        complain(r, n.at, "unknown name '%s' in the yearly rule of '%s'", n.name->text,
                 e->public.name);
        return MCY_NONE;
    }
    const symbol_entry *part = &r->model->symbols[n.name->symbol];
    if (part->broken)
        return MCY_NONE;
    if (part->public.kind != MCY_SYMBOL_OUTPUT && !part->public.path)
        complain(r, n.at, "'%s' has one value for all quarters: a year cannot add it up",
                 n.name->text);
    else if (!among(&e->public, &part->public))
        complain(r, n.at, "'%s' has a dimension that '%s' has not", n.name->text,
                 e->public.name);
    else
        return n.name->symbol;
    return MCY_NONE;
}

static void check_year_unit(reader *r, const symbol_entry *e)
{
    const mcy_symbol *p = &e->public;
    if (p->year_over == MCY_NONE || p->year_under == MCY_NONE)
        return;
    const symbol_entry *a = &r->model->symbols[p->year_over];
    const symbol_entry *b = &r->model->symbols[p->year_under];
    unit u = a->unit;
    for (size_t i = 0; i < UNITS_MOST; i++)
        u.power[i] = (int16_t)(u.power[i] - b->unit.power[i]);
    if (!a->unit.any && !b->unit.any && !unit_same(&u, &e->unit))
        complain(r, e->year_at, "ratio(%s, %s) is in %s, but '%s' is in %s", a->public.name,
                 b->public.name, unit_print(r, &u), p->name, unit_print(r, &e->unit));
}

void finish_symbols(reader *r)
{
    for (size_t i = 0; i < r->model->symbol_count && !r->failed; i++) {
        symbol_entry *e = &r->model->symbols[i];
        if (e->value && !e->broken &&
            (e->public.kind == MCY_SYMBOL_CONSTANT || e->public.kind == MCY_SYMBOL_ASSUMPTION))
            value_of(r, e);
        if (e->public.year == MCY_YEAR_RATIO) {
            e->public.year_over = year_part(r, e, e->year_over);
            e->public.year_under = year_part(r, e, e->year_under);
            check_year_unit(r, e);
        }
    }
}
