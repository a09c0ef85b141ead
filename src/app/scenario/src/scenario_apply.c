/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of scenario files laid on the inputs of a model, ancestors first. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "inputs_parts.h"
#include "mcy/number.h"
#include "scenario_parts.h"

/* One line being applied. */
typedef struct applying {
    mcy_arena *arena;
    mcy_inputs *inputs;
    mcy_yaml_report *report;
    const mcy_scenario_line *line;
    const mcy_origin *origin;
    const mcy_symbol *symbol;
    size_t symbol_number, element_count;
    const size_t *elements;
} applying;

static bool starved(mcy_status status)
{
    return status == MCY_E_MEMORY;
}

/* The path's symbol and elements; false when refused. */
static mcy_status match(applying *a, const char *path, const mcy_yaml_node *node, bool *good,
                        mcy_error *err)
{
    mcy_error reason = {0};
    mcy_status status = mcy_inputs_match(a->arena, a->inputs, path, &a->symbol_number,
                                         &a->element_count, &a->elements, &reason);
    *good = status == MCY_OK;
    if (starved(status))
        return mcy_fail_memory(err);
    if (*good)
        a->symbol = mcy_model_symbol(mcy_unrolled_model(a->inputs->unrolled), a->symbol_number);
    else
        mcy_yaml_refuse(a->report, node, "%s", reason.text);
    return MCY_OK;
}

static bool read_amount(applying *a, const mcy_yaml_node *node, mcy_amount *amount)
{
    mcy_error reason = {0};
    char shown[64];
    if (node->kind != MCY_YAML_SCALAR || !node->size) {
        bool pair = node->kind == MCY_YAML_SEQUENCE;
        mcy_yaml_refuse(
            a->report, node, "'%s' wants a quantity such as '%s', got %s%s", a->symbol->name,
            mcy_amount_example(a->symbol->unit), mcy_yaml_show(node, shown),
            pair ? ": write a value without brackets, or 'quarters' for several" : "");
        return false;
    }
    if (mcy_amount_parse(node->text, node->size, a->symbol->unit, a->symbol->low, amount,
                         &reason) == MCY_OK)
        return true;
    mcy_yaml_refuse(a->report, node, "'%s': %s", a->symbol->name, reason.text);
    return false;
}

/* add: and times: say in words what signs say in a value. */
static bool read_change(applying *a, const mcy_yaml_node *node, mcy_says says,
                        mcy_amount *amount)
{
    char shown[64];
    if (says == MCY_SAYS_TIMES) {
        mcy_error reason = {0};
        if (node->kind == MCY_YAML_SCALAR &&
            mcy_amount_parse(node->text, node->size, "1", 0, amount, &reason) == MCY_OK &&
            amount->change == MCY_CHANGE_VALUE) {
            amount->change = MCY_CHANGE_TIMES;
            return true;
        }
        mcy_yaml_refuse(a->report, node, "'times' wants a factor such as 0.9 or 90%%, got %s",
                        mcy_yaml_show(node, shown));
        return false;
    }
    if (!read_amount(a, node, amount))
        return false;
    if (says == MCY_SAYS_ADD) {
        if (amount->change == MCY_CHANGE_TIMES) {
            mcy_yaml_refuse(a->report, node, "'add' wants an amount, not a factor, got %s",
                            mcy_yaml_show(node, shown));
            return false;
        }
        amount->change = MCY_CHANGE_ADD;
    }
    return true;
}

/* Change one input; the first refusal of a node is enough. */
static bool change(applying *a, size_t input, const mcy_amount *amount,
                   const mcy_yaml_node *node)
{
    mcy_error reason = {0};
    if (mcy_inputs_change(a->inputs, input, amount, a->origin, &reason) == MCY_OK)
        return true;
    mcy_yaml_refuse(a->report, node, "%s", reason.text);
    return false;
}

static int year_ends(const applying *a, size_t element)
{
    return mcy_inputs_year_ends(a->inputs->calendars, mcy_unrolled_model(a->inputs->unrolled),
                                a->symbol_number, element);
}

/* A quarter (or its last one, of a year) named by from and until. */
static bool read_bound(applying *a, const mcy_yaml_node *node, const char *what, size_t element,
                       bool last, int *quarter)
{
    mcy_error reason = {0};
    const char *text;
    int first, end;
    if (!mcy_yaml_text(a->report, node, what, &text))
        return false;
    if (mcy_inputs_range(a->inputs->unrolled, a->symbol, year_ends(a, element), text,
                         strlen(text), &first, &end, &reason) == MCY_OK) {
        *quarter = last ? end : first;
        return true;
    }
    mcy_yaml_refuse(a->report, node, "%s", reason.text);
    return false;
}

static bool apply_element(applying *a, size_t element, const mcy_amount *amount,
                          const mcy_yaml_node *node)
{
    mcy_unrolled *u = a->inputs->unrolled;
    const mcy_scenario_line *line = a->line;
    if (!a->symbol->path) {
        if (line->from || line->until) {
            mcy_yaml_refuse(a->report, line->from ? line->from : line->until,
                            "'%s' has one value for all quarters: it takes no 'from' and no "
                            "'until'",
                            a->symbol->name);
            return false;
        }
        return change(a, mcy_unrolled_input(u, a->symbol_number, element, 0), amount, node);
    }
    int first = a->symbol->first, last = mcy_unrolled_last(u);
    if ((line->from && !read_bound(a, line->from, "from", element, false, &first)) ||
        (line->until && !read_bound(a, line->until, "until", element, true, &last)))
        return false;
    if (first > last) {
        mcy_yaml_refuse(a->report, line->until, "'until' is before 'from'");
        return false;
    }
    for (int q = first; q <= last; q++) {
        size_t input = mcy_unrolled_input(u, a->symbol_number, element, q);
        if (!line->from && mcy_inputs_spares(a->inputs, input, amount->change))
            continue;
        if (!change(a, input, amount, node))
            return false;
    }
    return true;
}

static void apply_value(applying *a, mcy_says says, const mcy_yaml_node *node)
{
    mcy_amount amount;
    if (!read_change(a, node, says, &amount))
        return;
    for (size_t e = 0; e < a->element_count; e++)
        if (!apply_element(a, a->elements[e], &amount, node))
            return;
}

/* ---- values by element --------------------------------------------------------------------- */

/* An element's name takes the place of the first star, else it goes to the end. */
static char *fill_path(mcy_arena *arena, const char *path, const char *element)
{
    const char *star = strchr(path, '*');
    if (!star)
        return mcy_arena_print(arena, "%s.%s", path, element);
    return mcy_arena_print(arena, "%.*s%s%s", (int)(star - path), path, element, star + 1);
}

static mcy_status apply_values(applying *a, const char *path, const mcy_yaml_node *map,
                               double *total, bool *sound, mcy_error *err)
{
    for (size_t i = 0; i < map->count; i++) {
        const mcy_yaml_node *item = map->items[i];
        char *name = fill_path(a->arena, path, map->keys[i]->text);
        bool good;
        if (!name)
            return mcy_fail_memory(err);
        if (item->kind == MCY_YAML_MAPPING) {
            MCY_TRY(apply_values(a, name, item, total, sound, err));
            continue;
        }
        MCY_TRY(match(a, name, map->keys[i], &good, err));
        mcy_amount amount;
        if (!good || !read_amount(a, item, &amount)) {
            *sound = false;
            continue;
        }
        *total += amount.change == MCY_CHANGE_VALUE ? amount.size : MCY_MISSING;
        for (size_t e = 0; e < a->element_count && *sound; e++)
            *sound = apply_element(a, a->elements[e], &amount, item);
    }
    return MCY_OK;
}

static mcy_status apply_value_map(applying *a, mcy_error *err)
{
    const mcy_scenario_line *line = a->line;
    char shown[64];
    if (line->what->kind != MCY_YAML_MAPPING) {
        mcy_yaml_refuse(a->report, line->what,
                        "'values' wants a map element -> quantity, got %s",
                        mcy_yaml_show(line->what, shown));
        return MCY_OK;
    }
    double total = 0;
    bool sound = true;
    MCY_TRY(apply_values(a, line->path->text, line->what, &total, &sound, err));
    mcy_amount wanted;
    if (!line->total || !sound || !a->symbol || !read_amount(a, line->total, &wanted))
        return MCY_OK;
    if (!(fabs(total - wanted.size) <= 1e-9 * fmax(1, fabs(wanted.size)))) {
        char got[MCY_AMOUNT_TEXT], want[MCY_AMOUNT_TEXT];
        mcy_amount_print(total, a->symbol->unit, got);
        mcy_amount_print(wanted.size, a->symbol->unit, want);
        mcy_yaml_refuse(a->report, line->total, "the values of '%s' add to %s, not to %s",
                        line->path->text, got, want);
    }
    return MCY_OK;
}

/* ---- values by quarter --------------------------------------------------------------------- */

static bool needs_quarters(applying *a, const char *what)
{
    if (a->symbol->path)
        return true;
    mcy_yaml_refuse(a->report, a->line->what,
                    "'%s' has one value for all quarters: write 'value', not '%s'",
                    a->symbol->name, what);
    return false;
}

static void apply_pair(applying *a, const mcy_yaml_node *when, const mcy_yaml_node *node,
                       bool whole_years)
{
    mcy_unrolled *u = a->inputs->unrolled;
    mcy_amount amount;
    if (!read_amount(a, node, &amount))
        return;
    for (size_t e = 0; e < a->element_count; e++) {
        mcy_error reason = {0};
        int first, last;
        if (mcy_inputs_range(u, a->symbol, year_ends(a, a->elements[e]), when->text, when->size,
                             &first, &last, &reason) != MCY_OK) {
            mcy_yaml_refuse(a->report, when, "%s", reason.text);
            return;
        }
        if (!whole_years && last - first == 3 && !strstr(when->text, "..")) {
            mcy_yaml_refuse(a->report, when, "'%s' is a year: write it under 'years'",
                            when->text);
            return;
        }
        for (int q = first; q <= last; q++)
            if (!change(a, mcy_unrolled_input(u, a->symbol_number, a->elements[e], q), &amount,
                        node))
                return;
    }
}

static void apply_quarters(applying *a)
{
    const mcy_yaml_node *map = a->line->what;
    char shown[64];
    if (!needs_quarters(a, "quarters"))
        return;
    if (map->kind != MCY_YAML_MAPPING) {
        mcy_yaml_refuse(a->report, map, "'quarters' wants a map quarter -> quantity, got %s",
                        mcy_yaml_show(map, shown));
        return;
    }
    for (size_t i = 0; i < map->count; i++)
        apply_pair(a, map->keys[i], map->items[i], false);
}

static void apply_csv(applying *a)
{
    if (needs_quarters(a, "csv"))
        for (size_t i = 0; i < a->line->row_count; i++)
            apply_pair(a, a->line->quarters[i], a->line->values[i], false);
}

/* ---- values by year ------------------------------------------------------------------------ */

static bool is_amount(const char *unit)
{
    return strcmp(unit, "usd_m") == 0 || strcmp(unit, "krw_m") == 0;
}

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

/* Whether facts have said what a quarter up to the base used; quarters of history that nobody
 * published share what is left with those to come. */
static bool is_used(const applying *a, size_t input, int quarter)
{
    return quarter <= 0 && a->inputs->origins[input]->kind == MCY_ORIGIN_FACT &&
           !mcy_is_missing(a->inputs->values[input]);
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
        open[i] = input == MCY_NONE || !is_used(a, input, quarters[i]);
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
        if (!change(a, input, &amount, node))
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
    if (mcy_quarters_parse(u, year_ends(a, element), when->text, when->size, &count, quarters,
                           &reason) != MCY_OK)
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
        if (!change(a, input, amount, node))
            return false;
    }
    return true;
}

static void apply_years(applying *a)
{
    const mcy_yaml_node *map = a->line->what;
    double weights[4];
    char shown[64];
    if (!needs_quarters(a, "years") || !read_weights(a, weights))
        return;
    if (map->kind != MCY_YAML_MAPPING) {
        mcy_yaml_refuse(a->report, map, "'years' wants a map year -> quantity, got %s",
                        mcy_yaml_show(map, shown));
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        mcy_amount amount;
        if (!read_amount(a, map->items[i], &amount))
            continue;
        for (size_t e = 0; e < a->element_count; e++) {
            int quarters[4];
            bool good = read_year(a, a->elements[e], map->keys[i], quarters);
            if (good && is_amount(a->symbol->unit) && amount.change == MCY_CHANGE_VALUE)
                good = spread_year(a, a->elements[e], quarters, weights, map->keys[i],
                                   map->items[i], amount.size);
            else if (good)
                good = hold_year(a, a->elements[e], quarters, &amount, map->items[i]);
            if (!good)
                break;
        }
    }
}

/* ---- ramps --------------------------------------------------------------------------------- */

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

static void apply_ramp(applying *a)
{
    mcy_unrolled *u = a->inputs->unrolled;
    ramp_fields ramp = {0};
    mcy_amount to, from = {MCY_CHANGE_VALUE, 0};
    double length;
    if (!needs_quarters(a, "ramp") ||
        !mcy_yaml_bind(a->report, a->line->what, "a ramp", ramp_keys,
                       MCY_YAML_FIELDS(ramp_keys), &ramp))
        return;
    if (!read_amount(a, ramp.to, &to) || (ramp.from && !read_amount(a, ramp.from, &from)) ||
        !ramp_length(a, ramp.over, &length))
        return;
    for (size_t e = 0; e < a->element_count; e++) {
        int start;
        if (!read_bound(a, ramp.start, "start", a->elements[e], false, &start))
            return;
        size_t first = mcy_unrolled_input(u, a->symbol_number, a->elements[e], start);
        double low = ramp.from ? mcy_amount_apply(&from, a->inputs->values[first])
                               : a->inputs->values[first];
        for (int q = start; q <= mcy_unrolled_last(u); q++) {
            size_t input = first + (size_t)(q - start);
            double way = fmin((q - start) / length, 1);
            double end = mcy_amount_apply(&to, a->inputs->values[input]);
            mcy_amount amount = {MCY_CHANGE_VALUE, low + (end - low) * way};
            if (!change(a, input, &amount, a->line->what))
                return;
        }
    }
}

/* ---- files --------------------------------------------------------------------------------- */

static mcy_status apply_line(applying *a, const mcy_scenario *scenario, size_t level,
                             mcy_error *err)
{
    const mcy_scenario_line *line = a->line;
    const mcy_yaml_place *place = &line->what->place;
    mcy_origin *origin = MCY_TAKE(a->arena, mcy_origin, 1);
    const char *name = strrchr(scenario->file, '/');
    char *where = mcy_arena_print(a->arena, "%s:%d:%d", name ? name + 1 : scenario->file,
                                  place->line, place->column);
    if (!origin || !where)
        return mcy_fail_memory(err);
    *origin = (mcy_origin){.kind = MCY_ORIGIN_SCENARIO,
                           .where = where,
                           .why = line->source ? line->source : line->reason,
                           .judged = !line->source,
                           .scenario = level};
    a->origin = origin;
    a->symbol = NULL;
    if (line->says == MCY_SAYS_VALUES)
        return apply_value_map(a, err);
    bool good;
    MCY_TRY(match(a, line->path->text, line->path, &good, err));
    if (!good)
        return MCY_OK;
    switch (line->says) {
    case MCY_SAYS_QUARTERS:
        apply_quarters(a);
        break;
    case MCY_SAYS_YEARS:
        apply_years(a);
        break;
    case MCY_SAYS_RAMP:
        apply_ramp(a);
        break;
    case MCY_SAYS_CSV:
        apply_csv(a);
        break;
    default:
        apply_value(a, line->says, line->what);
    }
    return MCY_OK;
}

static mcy_status apply_file(applying *a, const mcy_scenario *scenario, size_t level,
                             mcy_error *err)
{
    if (scenario->inherits)
        MCY_TRY(apply_file(a, scenario->inherits, level + 1, err));
    for (size_t i = 0; i < scenario->line_count; i++) {
        a->line = &scenario->lines[i];
        MCY_TRY(apply_line(a, scenario, level, err));
    }
    return MCY_OK;
}

mcy_status mcy_scenario_apply(mcy_arena *arena, const mcy_scenario *scenario,
                              mcy_inputs *inputs, mcy_error *err)
{
    mcy_yaml_report report;
    mcy_yaml_report_init(&report);
    applying a = {.arena = arena, .inputs = inputs, .report = &report};
    mcy_status status = apply_file(&a, scenario, 0, err);
    if (status == MCY_OK)
        status = mcy_yaml_report_status(&report, err);
    mcy_yaml_report_release(&report);
    return status;
}
