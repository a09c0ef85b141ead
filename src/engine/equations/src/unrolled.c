/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a laid-out model answers: numbers of inputs, nodes, years, owners, fitness of inputs. */
#include <stdio.h>

#include "mcy/number.h"
#include "walk.h"

mcy_graph *mcy_unrolled_graph(mcy_unrolled *unrolled)
{
    return unrolled->graph;
}

const mcy_model *mcy_unrolled_model(const mcy_unrolled *unrolled)
{
    return unrolled->model;
}

int mcy_unrolled_last(const mcy_unrolled *unrolled)
{
    return unrolled->last;
}

mcy_quarter mcy_unrolled_base(const mcy_unrolled *unrolled)
{
    return unrolled->base;
}

size_t mcy_unrolled_input_count(const mcy_unrolled *unrolled)
{
    return unrolled->input_count;
}

size_t mcy_unrolled_input(const mcy_unrolled *unrolled, size_t symbol, size_t element,
                          int quarter)
{
    size_t from = unrolled->input_base[symbol];
    const mcy_symbol *p = &unrolled->model->symbols[symbol].public;
    if (from == MCY_NONE || element >= p->element_count)
        return MCY_NONE;
    if (!p->path)
        return from + element;
    if (quarter < p->first || quarter > unrolled->last)
        return MCY_NONE;
    return from + element * symbol_quarters(unrolled, p) + (size_t)(quarter - p->first);
}

/* The symbol whose range of numbers holds n: the last that begins at n or before, since ranges
 * follow the order of the symbols. MCY_NONE is larger than any n. */
static mcy_place place_at(const mcy_unrolled *u, const size_t *bases, size_t n)
{
    size_t found = MCY_NONE;
    for (size_t i = 0; i < u->model->symbol_count; i++)
        if (bases[i] <= n)
            found = i;
    if (found == MCY_NONE)
        return (mcy_place){MCY_NONE, 0, MCY_EVERY_QUARTER};
    const mcy_symbol *p = &u->model->symbols[found].public;
    size_t quarters = symbol_quarters(u, p), within = n - bases[found];
    if (within >= p->element_count * quarters)
        return (mcy_place){MCY_NONE, 0, MCY_EVERY_QUARTER};
    int quarter = p->path ? p->first + (int)(within % quarters) : MCY_EVERY_QUARTER;
    return (mcy_place){found, within / quarters, quarter};
}

mcy_place mcy_unrolled_input_place(const mcy_unrolled *unrolled, size_t input)
{
    return place_at(unrolled, unrolled->input_base, input);
}

mcy_place mcy_unrolled_owner(const mcy_unrolled *unrolled, size_t owner)
{
    return place_at(unrolled, unrolled->slot_base, owner);
}

void mcy_unrolled_defaults(const mcy_unrolled *unrolled, double *inputs)
{
    for (size_t i = 0; i < unrolled->model->symbol_count; i++) {
        const mcy_symbol *p = &unrolled->model->symbols[i].public;
        if (unrolled->input_base[i] == MCY_NONE)
            continue;
        size_t n = p->element_count * symbol_quarters(unrolled, p);
        for (size_t j = 0; j < n; j++)
            inputs[unrolled->input_base[i] + j] = p->value;
    }
}

void mcy_unrolled_place_text(const mcy_unrolled *unrolled, mcy_place place, mcy_text *out)
{
    mcy_model_path(unrolled->model, place.symbol, place.element, out);
    if (place.quarter == MCY_EVERY_QUARTER)
        return;
    char quarter[32];
    mcy_quarter_format(unrolled->base + place.quarter, quarter);
    mcy_text_print(out, "@%s", quarter);
}

enum { NAMED_MOST = 6 };

/* The inputs of one kind of fault: the first few by name, how many more. */
typedef struct fault_list {
    mcy_text text;
    size_t count;
} fault_list;

static void add_missing(const mcy_unrolled *u, fault_list *list, size_t input)
{
    if (list->count++ >= NAMED_MOST)
        return;
    mcy_text_add(&list->text, list->count > 1 ? ", " : "");
    mcy_unrolled_place_text(u, mcy_unrolled_input_place(u, input), &list->text);
}

static void add_outside(const mcy_unrolled *u, fault_list *list, size_t input, double value)
{
    if (list->count++ >= NAMED_MOST)
        return;
    mcy_place place = mcy_unrolled_input_place(u, input);
    const mcy_symbol *p = &u->model->symbols[place.symbol].public;
    char v[32], low[32], high[32];
    mcy_number_format(value, v);
    mcy_number_format(p->low, low);
    mcy_number_format(p->high, high);
    mcy_text_add(&list->text, list->count > 1 ? "; " : "");
    mcy_unrolled_place_text(u, place, &list->text);
    mcy_text_print(&list->text, " is %s, outside %s..%s", v, low, high);
}

static mcy_status fail_list(fault_list *list, mcy_status status, const char *what,
                            mcy_error *err)
{
    if (!list->count)
        return MCY_OK;
    char more[48] = "";
    if (list->count > NAMED_MOST)
        snprintf(more, sizeof more, " and %zu more", list->count - NAMED_MOST);
    return MCY_FAIL(err, status, "%s%s%s", what, mcy_text_view(&list->text), more);
}

mcy_status mcy_unrolled_check_inputs(const mcy_unrolled *unrolled, const double *inputs,
                                     mcy_error *err)
{
    fault_list missing = {0}, outside = {0};
    for (size_t i = 0; i < unrolled->model->symbol_count; i++) {
        const mcy_symbol *p = &unrolled->model->symbols[i].public;
        size_t from = unrolled->input_base[i];
        size_t n = from == MCY_NONE ? 0 : p->element_count * symbol_quarters(unrolled, p);
        for (size_t j = from; j < from + n; j++) {
            if (mcy_is_missing(inputs[j]))
                add_missing(unrolled, &missing, j);
            else if (inputs[j] < p->low || inputs[j] > p->high)
                add_outside(unrolled, &outside, j, inputs[j]);
        }
    }
    mcy_status status = fail_list(&missing, MCY_E_MISSING, "no value for ", err);
    if (status == MCY_OK)
        status = fail_list(&outside, MCY_E_DOMAIN, "", err);
    mcy_text_release(&missing.text);
    mcy_text_release(&outside.text);
    return status;
}

mcy_node mcy_unrolled_node(const mcy_unrolled *unrolled, size_t symbol, size_t element,
                           int quarter)
{
    const mcy_symbol *p = &unrolled->model->symbols[symbol].public;
    if (element >= p->element_count)
        return MCY_NODE_NONE;
    if (p->kind == MCY_SYMBOL_CONSTANT)
        return mcy_graph_constant(unrolled->graph, p->value);
    if (p->path && (quarter < p->first || quarter > unrolled->last))
        return MCY_NODE_NONE;
    if (unrolled->input_base[symbol] != MCY_NONE)
        return mcy_graph_input(unrolled->graph,
                               mcy_unrolled_input(unrolled, symbol, element, quarter));
    return unrolled->slots[symbol_slot(unrolled, symbol, element, quarter)];
}

/* ---- years ---- */

static mcy_node add_quarters(mcy_unrolled *u, size_t symbol, size_t element, size_t count,
                             const int *quarters)
{
    mcy_node total = MCY_NODE_NONE;
    for (size_t i = 0; i < count; i++) {
        mcy_node one = mcy_unrolled_node(u, symbol, element, quarters[i]);
        if (one == MCY_NODE_NONE)
            return one;
        total = i ? mcy_graph_apply2(u->graph, MCY_OP_ADD, total, one) : one;
    }
    return total;
}

/* The element of a part of a yearly ratio that belongs to an element of the whole: its
 * dimensions are among the whole's. */
static size_t part_element(const mcy_model *m, const mcy_symbol *whole, size_t element,
                           const mcy_symbol *part)
{
    size_t at[SUBSCRIPTS_MOST], found = 0;
    for (size_t i = whole->dimension_count; i-- > 0;) {
        size_t size = m->dimensions[whole->dimensions[i]].public.element_count;
        at[i] = element % size;
        element /= size;
    }
    for (size_t i = 0; i < part->dimension_count; i++)
        for (size_t j = 0; j < whole->dimension_count; j++)
            if (whole->dimensions[j] == part->dimensions[i])
                found = found * m->dimensions[part->dimensions[i]].public.element_count + at[j];
    return found;
}

static mcy_node add_part(mcy_unrolled *u, const mcy_symbol *whole, size_t element, size_t part,
                         size_t count, const int *quarters)
{
    const mcy_symbol *p = &u->model->symbols[part].public;
    return add_quarters(u, part, part_element(u->model, whole, element, p), count, quarters);
}

mcy_node mcy_unrolled_year(mcy_unrolled *unrolled, size_t symbol, size_t element, size_t count,
                           const int *quarters)
{
    const mcy_symbol *p = &unrolled->model->symbols[symbol].public;
    if (!count || !p->path || !p->year)
        return MCY_NODE_NONE;
    if (p->year == MCY_YEAR_LAST)
        return mcy_unrolled_node(unrolled, symbol, element, quarters[count - 1]);
    if (p->year == MCY_YEAR_RATIO) {
        mcy_node over = add_part(unrolled, p, element, p->year_over, count, quarters);
        mcy_node under = add_part(unrolled, p, element, p->year_under, count, quarters);
        if (over == MCY_NODE_NONE || under == MCY_NODE_NONE)
            return MCY_NODE_NONE;
        return mcy_graph_apply2(unrolled->graph, MCY_OP_RATIO, over, under);
    }
    mcy_node total = add_quarters(unrolled, symbol, element, count, quarters);
    if (total == MCY_NODE_NONE || p->year == MCY_YEAR_SUM)
        return total;
    return mcy_graph_apply2(unrolled->graph, MCY_OP_DIV, total,
                            mcy_graph_constant(unrolled->graph, (double)count));
}

size_t mcy_unrolled_check_count(const mcy_unrolled *unrolled)
{
    return unrolled->check_count;
}

const mcy_unrolled_check *mcy_unrolled_checks(const mcy_unrolled *unrolled)
{
    return unrolled->checks;
}

const mcy_node *mcy_unrolled_check_nodes(const mcy_unrolled *unrolled)
{
    return unrolled->check_nodes;
}
