/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from a resolved tree alone. */
#include "language.h"

bool tree_varies(const mcy_model *model, const tree *t)
{
    if (t->kind == TREE_BAD)
        return false;
    if (t->kind == TREE_TIME || t->kind == TREE_CALENDAR)
        return true;
    if (t->kind == TREE_NAME)
        return model->symbols[t->symbol].public.path;
    if (t->kind == TREE_APPLY && (t->function == FN_RAMP || t->function == FN_BASE ||
                                  function_of_all_quarters(t->function)))
        return t->function == FN_RAMP;
    for (size_t i = 0; i < t->arg_count; i++)
        if (tree_varies(model, t->args[i]))
            return true;
    return false;
}

/* The first quarter in which everything the tree reads has a value of its own; INT_MIN when it
 * reads nothing that begins. What is read at the base does not count. */
static int first_of(const mcy_model *model, const tree *t)
{
    if (t->kind == TREE_BAD)
        return INT_MIN;
    if (t->kind == TREE_NAME) {
        const mcy_symbol *p = &model->symbols[t->symbol].public;
        return p->path ? p->first + t->lag : INT_MIN;
    }
    if (t->kind == TREE_APPLY &&
        (t->function == FN_BASE || function_of_all_quarters(t->function)))
        return INT_MIN;
    int first = INT_MIN;
    for (size_t i = 0; i < t->arg_count; i++) {
        int f = first_of(model, t->args[i]);
        if (t->kind == TREE_APPLY && t->function == FN_SUM_LAST && i == 0 && f != INT_MIN)
            f += (int)t->fixed[0] - 1;
        first = f > first ? f : first;
    }
    return first;
}

int tree_first(const mcy_model *model, const tree *t)
{
    int first = first_of(model, t);
    return first == INT_MIN ? 0 : first;
}

size_t tree_element(const mcy_model *model, const tree *name, const size_t *env)
{
    size_t element = 0;
    for (size_t i = 0; i < name->sub_count; i++) {
        const subscript *sub = &name->subs[i];
        const dimension_entry *d = &model->dimensions[sub->dimension];
        size_t place = sub->slot == MCY_NONE ? sub->fixed : d->places[env[sub->slot]];
        element = element * d->public.element_count + place;
    }
    return element;
}

void equation_env(const mcy_model *model, const equation_entry *e, size_t element, size_t *env)
{
    for (size_t i = e->sub_count; i-- > 0;) {
        const mcy_dimension *d = &model->dimensions[e->subs[i].dimension].public;
        if (e->subs[i].slot != MCY_NONE)
            env[e->subs[i].slot] = d->members[element % d->element_count];
        element /= d->element_count;
    }
}
