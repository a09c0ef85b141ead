/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of scenario files laid on the inputs of a model, ancestors first. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "inputs_parts.h"
#include "mcy/number.h"
#include "scenario_applying.h"

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

bool mcy_applying_amount(applying *a, const mcy_yaml_node *node, mcy_amount *amount)
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
    if (!mcy_applying_amount(a, node, amount))
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
bool mcy_applying_change(applying *a, size_t input, const mcy_amount *amount,
                         const mcy_yaml_node *node)
{
    mcy_error reason = {0};
    if (mcy_inputs_change(a->inputs, input, amount, a->origin, &reason) == MCY_OK)
        return true;
    mcy_yaml_refuse(a->report, node, "%s", reason.text);
    return false;
}

int mcy_applying_year_ends(const applying *a, size_t element)
{
    return mcy_inputs_year_ends(a->inputs->calendars, mcy_unrolled_model(a->inputs->unrolled),
                                a->symbol_number, element);
}

/* A quarter (or its last one, of a year) named by from and until. */
bool mcy_applying_bound(applying *a, const mcy_yaml_node *node, const char *what,
                        size_t element, bool last, int *quarter)
{
    mcy_error reason = {0};
    const char *text;
    int first, end;
    if (!mcy_yaml_text(a->report, node, what, &text))
        return false;
    if (mcy_inputs_range(a->inputs->unrolled, a->symbol, mcy_applying_year_ends(a, element),
                         text, strlen(text), &first, &end, &reason) == MCY_OK) {
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
        return mcy_applying_change(a, mcy_unrolled_input(u, a->symbol_number, element, 0),
                                   amount, node);
    }
    int first = a->symbol->first, last = mcy_unrolled_last(u);
    if ((line->from && !mcy_applying_bound(a, line->from, "from", element, false, &first)) ||
        (line->until && !mcy_applying_bound(a, line->until, "until", element, true, &last)))
        return false;
    if (first > last) {
        mcy_yaml_refuse(a->report, line->until, "'until' is before 'from'");
        return false;
    }
    for (int q = first; q <= last; q++) {
        size_t input = mcy_unrolled_input(u, a->symbol_number, element, q);
        if (!line->from && mcy_inputs_spares(a->inputs, input, amount->change))
            continue;
        if (!mcy_applying_change(a, input, amount, node))
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
        if (!good || !mcy_applying_amount(a, item, &amount)) {
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
    if (!line->total || !sound || !a->symbol || !mcy_applying_amount(a, line->total, &wanted))
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

bool mcy_applying_needs_quarters(applying *a, const char *what)
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
    if (!mcy_applying_amount(a, node, &amount))
        return;
    for (size_t e = 0; e < a->element_count; e++) {
        mcy_error reason = {0};
        int first, last;
        if (mcy_inputs_range(u, a->symbol, mcy_applying_year_ends(a, a->elements[e]),
                             when->text, when->size, &first, &last, &reason) != MCY_OK) {
            mcy_yaml_refuse(a->report, when, "%s", reason.text);
            return;
        }
        if (!whole_years && last - first == 3 && !strstr(when->text, "..")) {
            mcy_yaml_refuse(a->report, when, "'%s' is a year: write it under 'years'",
                            when->text);
            return;
        }
        for (int q = first; q <= last; q++)
            if (!mcy_applying_change(a,
                                     mcy_unrolled_input(u, a->symbol_number, a->elements[e], q),
                                     &amount, node))
                return;
    }
}

static void apply_quarters(applying *a)
{
    const mcy_yaml_node *map = a->line->what;
    char shown[64];
    if (!mcy_applying_needs_quarters(a, "quarters"))
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
    if (mcy_applying_needs_quarters(a, "csv"))
        for (size_t i = 0; i < a->line->row_count; i++)
            apply_pair(a, a->line->quarters[i], a->line->values[i], false);
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
        mcy_apply_years(a);
        break;
    case MCY_SAYS_RAMP:
        mcy_apply_ramp(a);
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
