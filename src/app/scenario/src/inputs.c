/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inputs by name: paths, quarters, edits from the command line. */
#include "inputs_parts.h"

#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/period.h"

mcy_status mcy_inputs_create(mcy_arena *arena, mcy_unrolled *unrolled,
                             const mcy_calendars *calendars, mcy_inputs **inputs,
                             mcy_error *err)
{
    size_t count = mcy_unrolled_input_count(unrolled);
    const mcy_model *model = mcy_unrolled_model(unrolled);
    mcy_inputs *made = MCY_TAKE(arena, mcy_inputs, 1);
    double *values = MCY_TAKE(arena, double, count);
    const mcy_origin **origins = MCY_TAKE(arena, const mcy_origin *, count);
    size_t symbols = mcy_model_symbol_count(model);
    mcy_origin *declared = MCY_TAKE(arena, mcy_origin, symbols);
    if (!made || !values || !origins || !declared)
        return mcy_fail_memory(err);
    mcy_unrolled_defaults(unrolled, values);
    for (size_t i = 0; i < count; i++) {
        size_t number = mcy_unrolled_input_place(unrolled, i).symbol;
        const mcy_symbol *symbol = mcy_model_symbol(model, number);
        mcy_origin *origin = &declared[number];
        if (!origin->where) {
            const char *name = strrchr(symbol->file, '/');
            origin->kind = mcy_is_missing(values[i]) ? MCY_ORIGIN_NONE : MCY_ORIGIN_DEFAULT;
            origin->where =
                mcy_arena_print(arena, "%s:%zu", name ? name + 1 : symbol->file, symbol->line);
            origin->why = symbol->source;
            origin->judged = true;
            if (!origin->where)
                return mcy_fail_memory(err);
        }
        origins[i] = origin;
    }
    *made = (mcy_inputs){unrolled, calendars, count, values, origins};
    *inputs = made;
    return MCY_OK;
}

int mcy_calendars_of(const mcy_calendars *calendars, const mcy_model *model, size_t symbol,
                     size_t element)
{
    const char *names[16];
    size_t count = mcy_model_symbol(model, symbol)->dimension_count;
    if (!calendars || count > 16)
        return MCY_CALENDAR_YEAR;
    mcy_model_element_names(model, symbol, element, names);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < calendars->count; k++)
            if (strcmp(names[i], calendars->names[k]) == 0)
                return calendars->year_ends[k];
    return MCY_CALENDAR_YEAR;
}

/* Does a dimension of the symbol hold a firm whose year is listed? */
static bool has_firm(const mcy_calendars *calendars, const mcy_model *model, size_t symbol)
{
    const mcy_symbol *found = mcy_model_symbol(model, symbol);
    for (size_t d = 0; d < found->dimension_count; d++) {
        const mcy_dimension *dimension = mcy_model_dimension(model, found->dimensions[d]);
        for (size_t i = 0; i < dimension->element_count; i++)
            for (size_t k = 0; k < calendars->count; k++)
                if (strcmp(dimension->elements[i], calendars->names[k]) == 0)
                    return true;
    }
    return false;
}

int mcy_inputs_year_ends(const mcy_calendars *calendars, const mcy_model *model, size_t symbol,
                         size_t element)
{
    if (calendars && calendars->count && !has_firm(calendars, model, symbol))
        return MCY_NO_FIRM;
    return mcy_calendars_of(calendars, model, symbol, element);
}

mcy_status mcy_quarters_parse(const mcy_unrolled *unrolled, int year_ends, const char *text,
                              size_t n, size_t *count, int quarters[4], mcy_error *err)
{
    mcy_period period;
    int ends = year_ends == MCY_NO_FIRM ? MCY_CALENDAR_YEAR : year_ends;
    MCY_TRY(mcy_period_parse(text, n, ends, false, &period, err));
    if (year_ends == MCY_NO_FIRM && period.fiscal)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%.*s' is fiscal, and this name belongs to no firm: write a calendar "
                        "period, as in 2026Q2 or CY2027 (Micron's FQ3-26 is 2026Q2)",
                        (int)n, text);
    if (period.span == MCY_SPAN_MONTHS)
        return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' is neither a quarter nor a year", (int)n,
                        text);
    *count = (size_t)(period.last_month - period.first_month + 1) / 3;
    for (size_t k = 0; k < *count && k < 4; k++) {
        int first = period.first_month + 3 * (int)k;
        mcy_period quarter = {.span = MCY_SPAN_QUARTER,
                              .fiscal = period.fiscal,
                              .year = period.year,
                              .number = (int)k + 1,
                              .first_month = first,
                              .last_month = first + 2};
        quarters[k] = mcy_period_quarter(&quarter) - mcy_unrolled_base(unrolled);
    }
    return MCY_OK;
}

/* "the run has 2026Q1..2030Q1", for messages. */
const char *mcy_inputs_span(const mcy_unrolled *unrolled, int first, char out[96])
{
    char from[32], to[32];
    mcy_quarter_format(mcy_unrolled_base(unrolled) + first, from);
    mcy_quarter_format(mcy_unrolled_base(unrolled) + mcy_unrolled_last(unrolled), to);
    snprintf(out, 96, "%s..%s", from, to);
    return out;
}

mcy_status mcy_inputs_range(const mcy_unrolled *unrolled, const mcy_symbol *symbol,
                            int year_ends, const char *text, size_t n, int *first, int *last,
                            mcy_error *err)
{
    const char *dots = NULL;
    for (size_t i = 0; i + 1 < n && !dots; i++)
        if (text[i] == '.' && text[i + 1] == '.')
            dots = text + i;
    size_t count;
    int quarters[4];
    size_t head = dots ? (size_t)(dots - text) : n;
    MCY_TRY(mcy_quarters_parse(unrolled, year_ends, text, head, &count, quarters, err));
    *first = quarters[0];
    *last = quarters[count - 1];
    if (dots) {
        size_t tail = n - head - 2;
        *last = mcy_unrolled_last(unrolled);
        if (tail) {
            MCY_TRY(
                mcy_quarters_parse(unrolled, year_ends, dots + 2, tail, &count, quarters, err));
            *last = quarters[count - 1];
        }
    }
    char span[96];
    if (*first > *last)
        return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' ends before it begins", (int)n, text);
    if (*first < symbol->first || *last > mcy_unrolled_last(unrolled))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%.*s' is outside the quarters of '%s' in this run, %s", (int)n, text,
                        symbol->name, mcy_inputs_span(unrolled, symbol->first, span));
    return MCY_OK;
}

mcy_status mcy_inputs_match(mcy_arena *arena, const mcy_inputs *inputs, const char *path,
                            size_t *symbol, size_t *count, const size_t **elements,
                            mcy_error *err)
{
    const mcy_model *model = mcy_unrolled_model(inputs->unrolled);
    MCY_TRY(mcy_model_match(arena, model, path, symbol, count, elements, err));
    const mcy_symbol *found = mcy_model_symbol(model, *symbol);
    if (found->kind == MCY_SYMBOL_ASSUMPTION || found->kind == MCY_SYMBOL_FACT)
        return MCY_OK;
    return MCY_FAIL(
        err, MCY_E_INPUT,
        "'%s' is a %s, computed by the model: only assumptions and facts can be set "
        "('memcycle describe' lists them)",
        path, mcy_symbol_kind_name(found->kind));
}

mcy_status mcy_inputs_select(mcy_arena *arena, const mcy_inputs *inputs, const char *name,
                             size_t n, mcy_selection *selection, mcy_error *err)
{
    const char *at = memchr(name, '@', n);
    size_t length = at ? (size_t)(at - name) : n, symbol, count, filled = 0;
    const size_t *elements;
    char *path = mcy_arena_copy(arena, name, length);
    if (!path)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_inputs_match(arena, inputs, path, &symbol, &count, &elements, err));
    const mcy_model *model = mcy_unrolled_model(inputs->unrolled);
    const mcy_symbol *found = mcy_model_symbol(model, symbol);
    if (at && !found->path)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'%s' has one value for all quarters: leave out '%.*s'", path,
                        (int)(n - length), at);
    int first = found->path ? 0 : MCY_EVERY_QUARTER, last = first;
    size_t quarters =
        found->path ? (size_t)(mcy_unrolled_last(inputs->unrolled) - found->first) + 1 : 1;
    size_t *list = MCY_TAKE(arena, size_t, count * quarters);
    if (!list)
        return mcy_fail_memory(err);
    for (size_t e = 0; e < count; e++) {
        if (found->path) {
            int ends = mcy_inputs_year_ends(inputs->calendars, model, symbol, elements[e]);
            last = mcy_unrolled_last(inputs->unrolled);
            if (at)
                MCY_TRY(mcy_inputs_range(inputs->unrolled, found, ends, at + 1, n - length - 1,
                                         &first, &last, err));
        }
        for (int q = first; q <= last; q++)
            list[filled++] = mcy_unrolled_input(inputs->unrolled, symbol, elements[e], q);
    }
    *selection = (mcy_selection){found, filled, list, !at};
    return MCY_OK;
}

mcy_status mcy_inputs_change(mcy_inputs *inputs, size_t input, const mcy_amount *amount,
                             const mcy_origin *origin, mcy_error *err)
{
    mcy_place place = mcy_unrolled_input_place(inputs->unrolled, input);
    const mcy_symbol *symbol =
        mcy_model_symbol(mcy_unrolled_model(inputs->unrolled), place.symbol);
    double value = mcy_amount_apply(amount, inputs->values[input]);
    if (value >= symbol->low && value <= symbol->high) {
        inputs->values[input] = value;
        inputs->origins[input] = origin;
        return MCY_OK;
    }
    char low[MCY_AMOUNT_TEXT], high[MCY_AMOUNT_TEXT], got[MCY_AMOUNT_TEXT];
    mcy_text where;
    mcy_text_init(&where);
    mcy_unrolled_place_text(inputs->unrolled, place, &where);
    mcy_amount_print(value, symbol->unit, got);
    mcy_amount_print(symbol->low, symbol->unit, low);
    mcy_amount_print(symbol->high, symbol->unit, high);
    mcy_status status =
        mcy_is_missing(value)
            ? MCY_FAIL(err, MCY_E_INPUT,
                       "'%s' has no value to change: nothing below this line sets it",
                       mcy_text_view(&where))
            : MCY_FAIL(err, MCY_E_DOMAIN, "'%s' would be %s, outside %s to %s",
                       mcy_text_view(&where), got, low, high);
    mcy_text_release(&where);
    return status;
}

/* Whether a value for all quarters leaves this input alone: a relative change acts on the
 * quarters to come, and what facts fill stays as published. */
bool mcy_inputs_spares(const mcy_inputs *inputs, size_t input, mcy_change change)
{
    int quarter = mcy_unrolled_input_place(inputs->unrolled, input).quarter;
    if (quarter == MCY_EVERY_QUARTER || quarter > 0)
        return false;
    return change != MCY_CHANGE_VALUE || inputs->origins[input]->kind == MCY_ORIGIN_FACT;
}

bool mcy_inputs_is_amount(const char *unit)
{
    return strcmp(unit, "usd_m") == 0 || strcmp(unit, "krw_m") == 0;
}

bool mcy_inputs_is_used(const mcy_inputs *inputs, size_t input, int quarter)
{
    return quarter <= 0 && inputs->origins[input]->kind == MCY_ORIGIN_FACT &&
           !mcy_is_missing(inputs->values[input]);
}

/* "FY2027", "2026H2": more than a quarter, and no range of quarters. */
static bool names_total(const char *name, size_t n)
{
    const char *at = memchr(name, '@', n);
    mcy_period period;
    return at &&
           mcy_period_parse(at + 1, n - (size_t)(at + 1 - name), MCY_CALENDAR_YEAR, true,
                            &period, NULL) == MCY_OK &&
           period.span != MCY_SPAN_QUARTER;
}

/* An amount of a year: what its published quarters have used is taken off, the others share the
 * rest evenly. The inputs of an element follow each other. */
static mcy_status set_total(mcy_inputs *inputs, const mcy_selection *selection, size_t from,
                            size_t count, const mcy_amount *total, const mcy_origin *origin,
                            mcy_error *err)
{
    size_t open = 0;
    double rest = total->size;
    for (size_t i = from; i < from + count; i++) {
        size_t input = selection->inputs[i];
        if (mcy_inputs_is_used(inputs, input,
                               mcy_unrolled_input_place(inputs->unrolled, input).quarter))
            rest -= inputs->values[input];
        else
            open++;
    }
    char got[MCY_AMOUNT_TEXT], used[MCY_AMOUNT_TEXT];
    mcy_amount_print(total->size, selection->symbol->unit, got);
    mcy_amount_print(total->size - rest, selection->symbol->unit, used);
    if (!open || !(rest >= 0))
        return MCY_FAIL(err, MCY_E_DOMAIN,
                        "%s in all, and its published quarters have used %s%s", got, used,
                        open ? "" : ": name the quarters to change them");
    mcy_amount share = {MCY_CHANGE_VALUE, rest / (double)open};
    for (size_t i = from; i < from + count; i++) {
        size_t input = selection->inputs[i];
        if (!mcy_inputs_is_used(inputs, input,
                                mcy_unrolled_input_place(inputs->unrolled, input).quarter))
            MCY_TRY(mcy_inputs_change(inputs, input, &share, origin, err));
    }
    return MCY_OK;
}

/* As many of the first inputs as belong to one element. */
static size_t first_element(const mcy_inputs *inputs, const mcy_selection *selection,
                            size_t from)
{
    size_t n = 1;
    size_t element =
        mcy_unrolled_input_place(inputs->unrolled, selection->inputs[from]).element;
    while (from + n < selection->count &&
           mcy_unrolled_input_place(inputs->unrolled, selection->inputs[from + n]).element ==
               element)
        n++;
    return n;
}

mcy_status mcy_inputs_set(mcy_arena *arena, mcy_inputs *inputs, const char *assignment,
                          mcy_error *err)
{
    const char *equals = strchr(assignment, '=');
    if (!equals || equals == assignment)
        return MCY_FAIL(
            err, MCY_E_INPUT,
            "'%s' is no edit: write path=quantity, as in price_shock.dram@2026Q3=10%%",
            assignment);
    mcy_selection selection;
    size_t length = (size_t)(equals - assignment);
    while (length && assignment[length - 1] == ' ')
        length--;
    MCY_TRY(mcy_inputs_select(arena, inputs, assignment, length, &selection, err));
    mcy_amount amount;
    mcy_status status = mcy_amount_parse(equals + 1, strlen(equals + 1), selection.symbol->unit,
                                         selection.symbol->low, &amount, err);
    if (status != MCY_OK)
        return mcy_fail_in(err, status, "'%.*s'", (int)length, assignment);
    mcy_origin *origin = MCY_TAKE(arena, mcy_origin, 1);
    char *why = mcy_arena_copy(arena, assignment, strlen(assignment));
    if (!origin || !why)
        return mcy_fail_memory(err);
    *origin =
        (mcy_origin){.kind = MCY_ORIGIN_COMMAND, .where = "--set", .why = why, .judged = true};
    bool total = amount.change == MCY_CHANGE_VALUE &&
                 mcy_inputs_is_amount(selection.symbol->unit) &&
                 names_total(assignment, length);
    for (size_t i = 0, n; total && i < selection.count; i += n) {
        n = first_element(inputs, &selection, i);
        status = set_total(inputs, &selection, i, n, &amount, origin, err);
        if (status != MCY_OK)
            return mcy_fail_in(err, status, "'%.*s'", (int)length, assignment);
    }
    for (size_t i = 0; !total && i < selection.count; i++)
        if (!selection.whole || !mcy_inputs_spares(inputs, selection.inputs[i], amount.change))
            MCY_TRY(mcy_inputs_change(inputs, selection.inputs[i], &amount, origin, err));
    return MCY_OK;
}
