/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines that spread over quarters: totals of years, and ramps. */
#include <math.h>
#include <string.h>

#include "mcy/number.h"
#include "scenario_applying.h"

/* ---- values by year ---------------------------------------------------------------------- */

/* weights: four shares that add to 100 %. */
static bool read_weights(applying *a, double weights[4])
{
    const mcy_yaml_node *list = a->line->weights;
    double total = 0;
    for (size_t i = 0; i < 4; i++)
        weights[i] = 0.25;
    if (!list)
        return true;
    if (list->count != 4) {
        mcy_yaml_refuse(a->report, list, "'weights' wants four shares, one a quarter, got %zu",
                        list->count);
        return false;
    }
    for (size_t i = 0; i < 4; i++) {
        mcy_error reason = {0};
        mcy_amount amount = {MCY_CHANGE_VALUE, 0};
        if (list->items[i]->kind != MCY_YAML_SCALAR ||
            mcy_amount_parse(list->items[i]->text, list->items[i]->size, "frac", 0, &amount,
                             &reason) != MCY_OK ||
            amount.change != MCY_CHANGE_VALUE || amount.size < 0) {
            mcy_yaml_refuse(a->report, list->items[i],
                            "'weights' wants shares such as 25%%%s%s",
                            reason.text[0] ? ": " : "", reason.text);
            return false;
        }
        weights[i] = amount.size;
        total += amount.size;
    }
    if (fabs(total - 1) <= 1e-9)
        return true;
    mcy_yaml_refuse(a->report, list, "the weights add to %.10g%%, not to 100%%", 100 * total);
    return false;
}

/* The total of a year less what facts say its quarters have used, spread over the others. */
static bool spread_year(applying *a, size_t element, const int quarters[4],
                        const double *weights, const mcy_yaml_node *when,
                        const mcy_yaml_node *node, double total)
{
    mcy_unrolled *u = a->inputs->unrolled;
    double rest = total, share = 0;
    bool open[4];
    for (size_t i = 0; i < 4; i++) {
        size_t input = mcy_unrolled_input(u, a->symbol_number, element, quarters[i]);
        open[i] = input == MCY_NONE || !mcy_inputs_is_used(a->inputs, input, quarters[i]);
        if (open[i])
            share += weights[i];
        else
            rest -= a->inputs->values[input];
    }
    if (!(rest >= 0) || share <= 0) {
        char got[MCY_AMOUNT_TEXT], used[MCY_AMOUNT_TEXT];
        mcy_amount_print(total, a->symbol->unit, got);
        mcy_amount_print(total - rest, a->symbol->unit, used);
        mcy_yaml_refuse(a->report, node,
                        share <= 0
                            ? "all quarters of '%s' are published: nothing of %s is left "
                              "to spread (published: %s)"
                            : "'%s': %s is less than its published quarters have used, %s",
                        when->text, got, used);
        return false;
    }
    for (size_t i = 0; i < 4; i++) {
        size_t input = mcy_unrolled_input(u, a->symbol_number, element, quarters[i]);
        if (!open[i] || input == MCY_NONE)
            continue;
        mcy_amount amount = {MCY_CHANGE_VALUE, rest * weights[i] / share};
        if (!mcy_applying_change(a, input, &amount, node))
            return false;
    }
    return true;
}

/* Quarters of a year, each of which the run may or may not have; false when refused. */
static bool read_year(applying *a, size_t element, const mcy_yaml_node *when, int quarters[4])
{
    mcy_unrolled *u = a->inputs->unrolled;
    mcy_error reason = {0};
    size_t count;
    char span[96];
    if (mcy_quarters_parse(u, mcy_applying_year_ends(a, element), when->text, when->size,
                           &count, quarters, &reason) != MCY_OK)
        mcy_yaml_refuse(a->report, when, "%s", reason.text);
    else if (count != 4)
        mcy_yaml_refuse(a->report, when, "'%s' is no year: write it under 'quarters'",
                        when->text);
    else if (quarters[3] < a->symbol->first || quarters[0] > mcy_unrolled_last(u))
        mcy_yaml_refuse(a->report, when, "'%s' is outside the quarters of '%s' in this run, %s",
                        when->text, a->symbol->name,
                        mcy_inputs_span(u, a->symbol->first, span));
    else
        return true;
    return false;
}

static bool hold_year(applying *a, size_t element, const int quarters[4],
                      const mcy_amount *amount, const mcy_yaml_node *node)
{
    mcy_unrolled *u = a->inputs->unrolled;
    for (size_t i = 0; i < 4; i++) {
        size_t input = mcy_unrolled_input(u, a->symbol_number, element, quarters[i]);
        if (input == MCY_NONE || mcy_inputs_spares(a->inputs, input, amount->change))
            continue;
        if (!mcy_applying_change(a, input, amount, node))
            return false;
    }
    return true;
}

void mcy_apply_years(applying *a)
{
    const mcy_yaml_node *map = a->line->what;
    double weights[4];
    char shown[64];
    if (!mcy_applying_needs_quarters(a, "years") || !read_weights(a, weights))
        return;
    if (map->kind != MCY_YAML_MAPPING) {
        mcy_yaml_refuse(a->report, map, "'years' wants a map year -> quantity, got %s",
                        mcy_yaml_show(map, shown));
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        mcy_amount amount;
        if (!mcy_applying_amount(a, map->items[i], &amount))
            continue;
        for (size_t e = 0; e < a->element_count; e++) {
            int quarters[4];
            bool good = read_year(a, a->elements[e], map->keys[i], quarters);
            if (good && mcy_inputs_is_amount(a->symbol->unit) &&
                amount.change == MCY_CHANGE_VALUE)
                good = spread_year(a, a->elements[e], quarters, weights, map->keys[i],
                                   map->items[i], amount.size);
            else if (good)
                good = hold_year(a, a->elements[e], quarters, &amount, map->items[i]);
            if (!good)
                break;
        }
    }
}

/* ---- ramps ------------------------------------------------------------------------------- */

typedef struct ramp_fields {
    const mcy_yaml_node *from, *to, *start, *over;
} ramp_fields;

static const mcy_yaml_field ramp_keys[] = {
    {"from", MCY_YAML_ANY, offsetof(ramp_fields, from), false, NULL},
    {"to", MCY_YAML_ANY, offsetof(ramp_fields, to), true, NULL},
    {"start", MCY_YAML_ANY, offsetof(ramp_fields, start), true, NULL},
    {"over", MCY_YAML_ANY, offsetof(ramp_fields, over), true, NULL},
};

static bool ramp_length(applying *a, const mcy_yaml_node *node, double *length)
{
    mcy_error reason = {0};
    mcy_amount amount = {MCY_CHANGE_VALUE, 0};
    if (node->kind == MCY_YAML_SCALAR &&
        mcy_amount_parse(node->text, node->size, "quarter", 0, &amount, &reason) == MCY_OK &&
        amount.change == MCY_CHANGE_VALUE && amount.size > 0) {
        *length = amount.size;
        return true;
    }
    mcy_yaml_refuse(a->report, node, "'over' wants a time such as '6 quarters'%s%s",
                    reason.text[0] ? ": " : "", reason.text);
    return false;
}

void mcy_apply_ramp(applying *a)
{
    mcy_unrolled *u = a->inputs->unrolled;
    ramp_fields ramp = {0};
    mcy_amount to, from = {MCY_CHANGE_VALUE, 0};
    double length;
    if (!mcy_applying_needs_quarters(a, "ramp") ||
        !mcy_yaml_bind(a->report, a->line->what, "a ramp", ramp_keys,
                       MCY_YAML_FIELDS(ramp_keys), &ramp))
        return;
    if (!mcy_applying_amount(a, ramp.to, &to) ||
        (ramp.from && !mcy_applying_amount(a, ramp.from, &from)) ||
        !ramp_length(a, ramp.over, &length))
        return;
    for (size_t e = 0; e < a->element_count; e++) {
        int start;
        if (!mcy_applying_bound(a, ramp.start, "start", a->elements[e], false, &start))
            return;
        size_t first = mcy_unrolled_input(u, a->symbol_number, a->elements[e], start);
        double low = ramp.from ? mcy_amount_apply(&from, a->inputs->values[first])
                               : a->inputs->values[first];
        for (int q = start; q <= mcy_unrolled_last(u); q++) {
            size_t input = first + (size_t)(q - start);
            double way = fmin((q - start) / length, 1);
            double end = mcy_amount_apply(&to, a->inputs->values[input]);
            mcy_amount amount = {MCY_CHANGE_VALUE, low + (end - low) * way};
            if (!mcy_applying_change(a, input, &amount, a->line->what))
                return;
        }
    }
}
