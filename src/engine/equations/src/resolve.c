/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equations: the left side binds dimension names, the right side is resolved under them. */
#include <string.h>

#include "language.h"
#include "mcy/kernels.h"
#include "mcy/number.h"

/* ---- constants ---- */

static bool simple_op(function f, mcy_op *op)
{
    static const struct {
        function function;
        mcy_op op;
    } simple[] = {{FN_ADD, MCY_OP_ADD}, {FN_SUB, MCY_OP_SUB}, {FN_MUL, MCY_OP_MUL},
                  {FN_DIV, MCY_OP_DIV}, {FN_POW, MCY_OP_POW}, {FN_NEG, MCY_OP_NEG},
                  {FN_EXP, MCY_OP_EXP}, {FN_LOG, MCY_OP_LOG}, {FN_SQRT, MCY_OP_SQRT},
                  {FN_ABS, MCY_OP_ABS}};
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
        if (simple[i].function == f) {
            *op = simple[i].op;
            return true;
        }
    return false;
}

static bool constant_tree(reader *r, const tree *t, double *value)
{
    if (t->kind == TREE_NUMBER) {
        *value = t->value;
        return true;
    }
    if (t->kind == TREE_NAME)
        return t->name->symbol != MCY_NONE && constant_value(r, t->name->symbol, value);
    mcy_op op;
    double a = 0, b = 0;
    if (t->kind != TREE_APPLY || !simple_op(t->function, &op) ||
        !constant_tree(r, t->args[0], &a) ||
        (t->arg_count > 1 && !constant_tree(r, t->args[1], &b)))
        return false;
    *value = mcy_op_apply(op, a, b, 0);
    return true;
}

enum { VALUE_UNKNOWN, VALUE_BUSY, VALUE_KNOWN, VALUE_BAD };

bool constant_value(reader *r, size_t symbol, double *value)
{
    symbol_entry *e = &r->model->symbols[symbol];
    bool constant =
        e->public.kind == MCY_SYMBOL_CONSTANT ||
        (e->public.kind == MCY_SYMBOL_ASSUMPTION && e->value_state == VALUE_UNKNOWN);
    if (!constant || !e->value || e->broken)
        return false;
    if (e->value_state == VALUE_BUSY) {
        complain(r, e->at, "the constant '%s' is computed from itself", e->public.name);
        e->value_state = VALUE_BAD;
    }
    if (e->value_state == VALUE_UNKNOWN) {
        e->value_state = VALUE_BUSY;
        double v;
        bool good = constant_tree(r, e->value, &v);
        if (e->value_state == VALUE_BUSY)
            e->value_state = good ? VALUE_KNOWN : VALUE_BAD;
        if (good)
            e->public.value = v;
    }
    *value = e->public.value;
    return e->value_state == VALUE_KNOWN;
}

bool whole_constant(reader *r, const tree *t, const char *what, long low, long high, long *out)
{
    double value;
    bool varies = t->kind == TREE_NAME && t->name->symbol != MCY_NONE &&
                  r->model->symbols[t->name->symbol].public.kind != MCY_SYMBOL_CONSTANT;
    *out = low;
    if (t->kind == TREE_BAD)
        return false;
    if (varies || !constant_tree(r, t, &value)) {
        complain(r, t->at,
                 "%s is a whole number or a constant: how many quarters are involved "
                 "cannot depend on a scenario",
                 what);
        return false;
    }
    if (!(value >= (double)low && value <= (double)high) || value != (double)(long)value) {
        char text[32];
        mcy_number_format(value, text);
        complain(r, t->at, "%s is a whole number from %ld to %ld, got %s", what, low, high,
                 text);
        return false;
    }
    *out = (long)value;
    return true;
}

/* ---- trees ---- */

static bool resolve_reduction(scope *s, tree *t)
{
    reader *r = s->reader;
    size_t before = s->bound_count;
    bool good = true;
    for (size_t i = 0; i < t->binding_count; i++) {
        binding *b = &t->bindings[i];
        b->dimension = b->name->dimension;
        if (b->dimension == MCY_NONE) {
            const char *names[64];
            size_t n = 0;
            for (; n < r->model->dimension_count && n < 64; n++)
                names[n] = r->model->dimensions[n].public.name;
            complain(r, b->at, "unknown dimension '%s'%s", b->name->text,
                     did_you_mean(r, b->name->text, names, n));
            good = false;
            continue;
        }
        for (size_t j = 0; j < s->bound_count; j++)
            if (s->bound[j].name == b->name) {
                complain(
                    r, b->at,
                    "'%s' has a meaning here already: give the reduction a name of its own "
                    "with 'subset other : %s'",
                    b->name->text, b->name->text);
                good = false;
            }
        if (s->equation->slot_count == SLOTS_MOST || s->bound_count == SLOTS_MOST) {
            complain(r, b->at, "more than %d dimension names in one equation", SLOTS_MOST);
            good = false;
            break;
        }
        b->slot = s->equation->slot_count++;
        s->bound[s->bound_count++] = *b;
        if (s->free_allowed && s->reduced_count < SLOTS_MOST)
            s->reduced[s->reduced_count++] = b->name;
        good = good && !r->model->dimensions[b->dimension].broken;
    }
    bool free_allowed = s->free_allowed;
    if (good)
        resolve_tree(s, t->args[0]);
    s->free_allowed = free_allowed;
    /* what the check bound freely inside the reduction stays bound */
    size_t kept = before;
    for (size_t i = before + t->binding_count; i < s->bound_count; i++)
        s->bound[kept++] = s->bound[i];
    s->bound_count = good ? kept : before;
    return good;
}

static bool whole_arguments(scope *s, tree *t)
{
    reader *r = s->reader;
    bool first;
    switch (t->function) {
    case FN_PASCAL:
        /* both are looked at, so that both errors are told */
        first =
            whole_constant(r, t->args[2], "the order of pascal", 1, ORDER_MOST, &t->fixed[0]);
        return whole_constant(r, t->args[3], "the dead time of pascal", 0, HISTORY_MOST,
                              &t->fixed[1]) &&
               first;
    case FN_STRAIGHT_LINE:
        first = whole_constant(r, t->args[1], "the life of straight_line", 1, HISTORY_MOST,
                               &t->fixed[0]);
        return whole_constant(r, t->args[2], "the delay of straight_line", 0, HISTORY_MOST,
                              &t->fixed[1]) &&
               first;
    case FN_SUM_LAST:
        return whole_constant(r, t->args[1], "the number of quarters of sum_last", 1,
                              HISTORY_MOST, &t->fixed[0]);
    default:
        return true;
    }
}

static bool function_allowed(scope *s, const tree *t)
{
    const char *text = function_table[t->function].text;
    if (function_of_all_quarters(t->function) && s->kind != MCY_SYMBOL_OUTPUT) {
        complain(s->reader, t->at, "'%s' looks at all quarters of a run: only an output can",
                 text);
        return false;
    }
    mcy_op op;
    if (s->constant && !simple_op(t->function, &op)) {
        complain(s->reader, t->at, "'%s' cannot be used in a constant", text);
        return false;
    }
    return true;
}

void resolve_tree(scope *s, tree *t)
{
    if (!t)
        return;
    switch (t->kind) {
    case TREE_NUMBER:
        if (t->unit_text && (t->unit = NEW(s->reader, unit, 1)))
            t->unit->any = !unit_resolve(s->reader, t->unit_text, t->unit);
        break;
    case TREE_NAME:
        resolve_name(s, t);
        break;
    case TREE_TIME:
    case TREE_CALENDAR:
        if (s->constant) {
            complain(s->reader, t->at, "'%s' changes with the quarter: a constant does not",
                     t->kind == TREE_TIME ? "t" : "quarter");
            t->kind = TREE_BAD;
        }
        break;
    case TREE_APPLY: {
        bool good = function_allowed(s, t);
        for (size_t i = 0; i < t->arg_count; i++)
            resolve_tree(s, t->args[i]);
        if (!good || !whole_arguments(s, t))
            t->kind = TREE_BAD;
        break;
    }
    case TREE_REDUCE:
        if (s->constant) {
            complain(s->reader, t->at, "a constant has no dimensions to go over");
            t->kind = TREE_BAD;
        } else if (!resolve_reduction(s, t))
            t->kind = TREE_BAD;
        break;
    case TREE_BAD:
        break;
    }
}

/* ---- left sides ---- */

static bool computed(reader *r, const statement *s, const mcy_symbol *p)
{
    static const char *const words[] = {[MCY_EQUATION_RULE] = "an equation",
                                        [MCY_EQUATION_START] = "a start",
                                        [MCY_EQUATION_BEFORE] =
                                            "values before its first quarter"};
    bool has = p->kind == MCY_SYMBOL_VARIABLE ||
               (s->equation_kind == MCY_EQUATION_RULE &&
                (p->kind == MCY_SYMBOL_DERIVED || p->kind == MCY_SYMBOL_OUTPUT));
    if (!has)
        complain(r, s->name.at, "'%s' is %s: it cannot have %s", p->name, kind_phrase(p->kind),
                 words[s->equation_kind]);
    return has;
}

static bool bind_left(scope *s, subscript *sub, size_t position)
{
    equation_entry *e = s->equation;
    const mcy_model *m = s->reader->model;
    const mcy_symbol *p = &m->symbols[s->owner].public;
    sub->dimension = p->dimensions[position];
    const size_t given = sub->name->dimension;
    bool fits = given != MCY_NONE && dimension_contains(m, sub->dimension, given);
    if (!fits)
        return subscript_resolve(s, s->owner, position, sub);
    for (size_t i = 0; i < s->bound_count; i++)
        if (s->bound[i].name == sub->name) {
            complain(s->reader, sub->at, "'%s' twice on the left side", sub->name->text);
            return false;
        }
    sub->slot = e->slot_count++;
    binding b = {sub->name, sub->at, given, sub->slot};
    e->bindings[e->binding_count++] = b;
    s->bound[s->bound_count++] = b;
    return true;
}

static bool resolve_left(scope *s, const statement *st)
{
    reader *r = s->reader;
    equation_entry *e = s->equation;
    const mcy_symbol *p = &r->model->symbols[s->owner].public;
    if (st->item_count != p->dimension_count) {
        if (!st->broken || st->has_items)
            complain(r, st->name.at, "'%s' has %zu subscript%s, got %zu", p->name,
                     p->dimension_count, p->dimension_count == 1 ? "" : "s", st->item_count);
        return false;
    }
    e->subs = NEW(r, subscript, p->dimension_count);
    if (!e->subs)
        return false;
    e->sub_count = p->dimension_count;
    bool good = true;
    for (size_t i = 0; i < e->sub_count; i++) {
        e->subs[i] =
            (subscript){.name = st->items[i].name, .at = st->items[i].at, .slot = MCY_NONE};
        good = bind_left(s, &e->subs[i], i) && good;
    }
    return good;
}

static void complain_left(reader *r, const statement *s)
{
    const char **names = NEW(r, const char *, r->model->symbol_count);
    size_t n = 0;
    for (size_t i = 0; names && i < r->model->symbol_count; i++)
        if (r->model->symbols[i].public.kind >= MCY_SYMBOL_VARIABLE)
            names[n++] = r->model->symbols[i].public.name;
    if (names) {
        const char *closest = did_you_mean(r, s->name.name->text, names, n);
        complain(r, s->name.at, "unknown name '%s'%s", s->name.name->text,
                 *closest ? closest : ": declare it as a variable, derived or output");
    }
}

static void add_equation(reader *r, const statement *st)
{
    mcy_model *m = r->model;
    if (!grow(r, (void **)&m->equations, m->equation_count, &m->equation_capacity,
              sizeof *m->equations))
        return;
    equation_entry *e = &m->equations[m->equation_count];
    bool check = st->equation_kind == MCY_EQUATION_CHECK;
    *e = (equation_entry){.at = st->at, .right = st->right, .broken = st->broken};
    e->public = (mcy_equation){.kind = st->equation_kind,
                               .tag = st->tag.name ? st->tag.name->text : "",
                               .symbol = MCY_NONE,
                               .at_base = st->at_base,
                               .meaning = st->meaning,
                               .file = st->at.file->name,
                               .line = st->at.line};
    scope s = {.reader = r,
               .equation = e,
               .owner = MCY_NONE,
               .kind = MCY_SYMBOL_VARIABLE,
               .free_allowed = check};
    if (!check) {
        bool before =
            r->broken; /* until the left side is understood, its right side is unread */
        r->broken = true;
        size_t symbol = st->name.name->symbol;
        if (symbol == MCY_NONE) {
            complain_left(r, st);
            return;
        }
        symbol_entry *owner = &m->symbols[symbol];
        e->public.symbol = s.owner = symbol;
        s.kind = owner->public.kind;
        e->at = st->name.at;
        if (owner->broken)
            return;
        if (!computed(r, st, &owner->public))
            return;
        if (!resolve_left(&s, st)) {
            e->broken = owner->broken = true;
            return;
        }
        r->broken = before;
    }
    m->equation_count++;
    if (st->broken)
        return;
    resolve_tree(&s, e->right);
}

static void complain_tags(reader *r)
{
    for (const statement *s = r->first; s; s = s->next) {
        if (!s->tag.name || s->broken)
            continue;
        const statement *other = s->tag.name->tagged;
        if (other)
            warn(r, s->tag.at, "the tag '%s' stands on %s:%u too", s->tag.name->text,
                 other->tag.at.file->name, other->tag.at.line);
        else
            s->tag.name->tagged = s;
    }
}

void resolve(reader *r)
{
    for (const statement *s = r->first; s && !r->failed; s = s->next)
        if (s->kind == STATEMENT_EQUATION)
            add_equation(r, s);
    complain_tags(r);
}
