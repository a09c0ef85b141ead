/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table of a pack: what must be true in each scenario, line by line with source or reason. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "pack_names.h"
#include "pack_number.h"
#include "run_table.h"
#include "study_of_call.h"

enum { PAGE_SCENARIOS = 8, PAGE_DIMENSIONS = 4 };

/* A line of a scenario as far as it says the same of some elements: one row of the table. */
typedef struct page_line {
    size_t symbol;
    const mcy_origin *origin;
    size_t element_count, *elements; /* the first stands for all */
    int first, last;                 /* quarters; the same where the symbol has none */
    bool path;
} page_line;

typedef struct page {
    pack_maker *pack;
    mcy_table *table;
    size_t count;
    const pack_run *runs[PAGE_SCENARIOS]; /* the first is what the others are held against */
    page_line *lines;
    size_t line_count, room;
} page;

static const mcy_inputs *inputs_of(const page *p, size_t run)
{
    return p->runs[run]->study->inputs;
}

/* Whether an input belongs to the row of a scenario: what it changes; of the first what any of
 * the others changes. */
static bool counts(const page *p, size_t run, size_t input)
{
    double base = inputs_of(p, 0)->values[input];
    if (run)
        return inputs_of(p, run)->values[input] != base;
    for (size_t r = 1; r < p->count; r++)
        if (inputs_of(p, r)->values[input] != base)
            return true;
    return false;
}

static size_t input_of(const page *p, const page_line *line, size_t element, int quarter)
{
    return mcy_unrolled_input(p->runs[0]->study->unrolled, line->symbol, element, quarter);
}

/* Whether two elements are told by the same words: counted in the same quarters, alike in both.
 */
static bool alike(const page *p, size_t run, const page_line *line, size_t a, size_t b)
{
    for (int q = line->first; q <= line->last; q++) {
        size_t i = input_of(p, line, a, q), k = input_of(p, line, b, q);
        if (counts(p, run, i) != counts(p, run, k) ||
            inputs_of(p, 0)->values[i] != inputs_of(p, 0)->values[k] ||
            inputs_of(p, run)->values[i] != inputs_of(p, run)->values[k])
            return false;
    }
    return true;
}

/* The quarters of an element that one line of the scenario file says and that count. */
static bool find_span(const page *p, size_t run, const mcy_symbol *symbol, page_line *line,
                      size_t element, int from)
{
    int last = symbol->path ? mcy_unrolled_last(p->runs[0]->study->unrolled) : symbol->first;
    bool found = false;
    for (int q = from; q <= last; q++) {
        size_t input = input_of(p, line, element, q);
        const mcy_origin *origin = inputs_of(p, run)->origins[input];
        if (!counts(p, run, input) || (found && origin != line->origin)) {
            if (found)
                break;
            continue;
        }
        if (!found)
            line->first = q;
        found = true;
        line->origin = origin;
        line->last = q;
    }
    return found;
}

static mcy_status add_line(page *p, size_t run, page_line line, size_t element, mcy_error *err)
{
    for (size_t i = p->line_count; i-- > 0;) {
        page_line *other = &p->lines[i];
        if (other->symbol != line.symbol)
            break;
        if (other->origin == line.origin && other->first == line.first &&
            other->last == line.last && alike(p, run, other, other->elements[0], element)) {
            other->elements[other->element_count++] = element;
            return MCY_OK;
        }
    }
    const mcy_symbol *symbol = mcy_model_symbol(p->runs[0]->study->model, line.symbol);
    line.elements = MCY_TAKE(p->pack->arena, size_t, symbol->element_count);
    if (!line.elements)
        return mcy_fail_memory(err);
    line.elements[0] = element;
    line.element_count = 1;
    MCY_TRY(mcy_arena_grow(p->pack->arena, (void **)&p->lines, p->line_count, &p->room,
                           sizeof *p->lines, err));
    p->lines[p->line_count++] = line;
    return MCY_OK;
}

static mcy_status find_lines(page *p, size_t run, mcy_error *err)
{
    const mcy_model *model = p->runs[0]->study->model;
    p->line_count = 0;
    for (size_t s = 0; s < mcy_model_symbol_count(model); s++) {
        const mcy_symbol *symbol = mcy_model_symbol(model, s);
        if (symbol->kind != MCY_SYMBOL_ASSUMPTION)
            continue;
        for (size_t e = 0; e < symbol->element_count; e++) {
            page_line line = {.symbol = s, .path = symbol->path};
            int from = symbol->path ? symbol->first : 0;
            while (find_span(p, run, symbol, &line, e, from)) {
                from = line.last + 1;
                MCY_TRY(add_line(p, run, line, e, err));
                if (!symbol->path)
                    break;
            }
        }
    }
    return MCY_OK;
}

/* ---- words ------------------------------------------------------------------------------- */

static mcy_status add_words(page *p, mcy_bilingual *words, mcy_bilingual more,
                            mcy_bilingual between, mcy_error *err)
{
    bool first = !*words->en;
    words->zh =
        mcy_arena_print(p->pack->arena, "%s%s%s", words->zh, first ? "" : between.zh, more.zh);
    words->en =
        mcy_arena_print(p->pack->arena, "%s%s%s", words->en, first ? "" : between.en, more.en);
    return words->zh && words->en ? MCY_OK : mcy_fail_memory(err);
}

/* Names of a line's elements along one dimension: "各厂商", or those there are. */
static mcy_status dimension_words(page *p, const page_line *line, size_t place,
                                  mcy_bilingual *words, size_t *distinct, mcy_error *err)
{
    static const mcy_bilingual comma = {"、", ", "};
    const mcy_model *model = p->runs[0]->study->model;
    const mcy_symbol *symbol = mcy_model_symbol(model, line->symbol);
    const mcy_dimension *d = mcy_model_dimension(model, symbol->dimensions[place]);
    *words = (mcy_bilingual){"", ""};
    *distinct = 0;
    for (size_t k = 0; k < d->element_count; k++)
        for (size_t e = 0; e < line->element_count; e++) {
            const char *names[PAGE_DIMENSIONS];
            mcy_bilingual name;
            mcy_model_element_names(model, line->symbol, line->elements[e], names);
            if (strcmp(names[place], d->elements[k]))
                continue;
            MCY_TRY(pack_name(p->pack, names[place], &name, err));
            MCY_TRY(add_words(p, words, name, comma, err));
            ++*distinct;
            break;
        }
    if (*distinct == d->element_count && d->element_count > 1) {
        const char *all = mcy_arena_print(p->pack->arena, "every %s", d->name);
        return all ? pack_wording(p->pack, all, words, err) : mcy_fail_memory(err);
    }
    return MCY_OK;
}

/* Whom a line is about: dimension by dimension where its elements fill a block, else one by
 * one. */
static mcy_status who_words(page *p, const page_line *line, mcy_bilingual *words,
                            mcy_error *err)
{
    static const mcy_bilingual space = {" ", " "}, comma = {"、", ", "};
    const mcy_model *model = p->runs[0]->study->model;
    const mcy_symbol *symbol = mcy_model_symbol(model, line->symbol);
    size_t block = 1;
    *words = (mcy_bilingual){"", ""};
    for (size_t d = 0; d < symbol->dimension_count && d < PAGE_DIMENSIONS; d++) {
        mcy_bilingual one;
        size_t distinct;
        MCY_TRY(dimension_words(p, line, d, &one, &distinct, err));
        MCY_TRY(add_words(p, words, one, space, err));
        block *= distinct;
    }
    if (block == line->element_count || !symbol->dimension_count)
        return MCY_OK;
    *words = (mcy_bilingual){"", ""};
    for (size_t e = 0; e < line->element_count; e++) {
        page_line one = *line;
        mcy_bilingual name;
        one.elements = &line->elements[e];
        one.element_count = 1;
        MCY_TRY(who_words(p, &one, &name, err));
        MCY_TRY(add_words(p, words, name, comma, err));
    }
    return MCY_OK;
}

/* "9,350 → 9,690", with the unit that the column of units does not say for shares. */
static mcy_status value_words(page *p, const page_line *line, size_t run, const char **words,
                              mcy_error *err)
{
    const mcy_symbol *symbol = mcy_model_symbol(p->runs[0]->study->model, line->symbol);
    const double *values = inputs_of(p, run)->values;
    mcy_display display = mcy_display_of(symbol);
    char first[MCY_DISPLAY_TEXT], last[MCY_DISPLAY_TEXT];
    mcy_display_print(
        mcy_shown_of(symbol, values[input_of(p, line, line->elements[0], line->first)]),
        &display, first);
    mcy_display_print(
        mcy_shown_of(symbol, values[input_of(p, line, line->elements[0], line->last)]),
        &display, last);
    *words = strcmp(first, last) ? mcy_arena_print(p->pack->arena, "%s → %s", first, last)
                                 : mcy_arena_copy(p->pack->arena, first, strlen(first));
    return *words ? MCY_OK : mcy_fail_memory(err);
}

/* The quarters of a line, by one of the two spellings; "" where it holds throughout. */
static void period_words(const page *p, const page_line *line, bool shown, char words[72])
{
    char first[32], last[32];
    const mcy_quarter base = p->runs[0]->study->base_quarter;
    words[0] = '\0';
    if (!line->path)
        return;
    if (shown) {
        mcy_quarter_label(base + line->first, false, first);
        mcy_quarter_label(base + line->last, false, last);
    } else {
        mcy_quarter_format(base + line->first, first);
        mcy_quarter_format(base + line->last, last);
    }
    snprintf(words, 72, line->first == line->last ? "%s" : "%s–%s", first, last);
}

/* Who says so: a source, the judgement of whoever wrote the scenario, or the model's default.
 */
static mcy_bilingual basis_words(const mcy_origin *origin)
{
    if (origin->kind == MCY_ORIGIN_DEFAULT || origin->kind == MCY_ORIGIN_NONE)
        return (mcy_bilingual){"模型默认", "default"};
    if (origin->kind == MCY_ORIGIN_FACT)
        return (mcy_bilingual){"公布数据", "fact"};
    return origin->judged ? (mcy_bilingual){"判断", "judgement"}
                          : (mcy_bilingual){"有来源", "sourced"};
}

/* The assumption in words, with its unit in brackets where it is not a share or a ratio. */
static mcy_status meaning_words(page *p, const page_line *line, mcy_bilingual *words,
                                mcy_error *err)
{
    const mcy_symbol *symbol = mcy_model_symbol(p->runs[0]->study->model, line->symbol);
    mcy_bilingual unit;
    MCY_TRY(pack_wording(p->pack, symbol->meaning, words, err));
    if (symbol->percent || !strcmp(symbol->unit, "1"))
        return MCY_OK;
    MCY_TRY(pack_wording(p->pack, symbol->unit, &unit, err));
    words->zh = mcy_arena_print(p->pack->arena, "%s（%s）", words->zh, unit.zh);
    words->en = mcy_arena_print(p->pack->arena, "%s (%s)", words->en, unit.en);
    return words->zh && words->en ? MCY_OK : mcy_fail_memory(err);
}

/* The source or reason as readers see it; and for programs as written, with the line it stands
 * in: "… [bull.yaml:17]". */
static mcy_status why_words(page *p, const page_line *line, const char **key,
                            mcy_bilingual *words, mcy_error *err)
{
    const mcy_origin *origin = line->origin;
    const char *where = origin->where ? origin->where : "", *column = strrchr(where, ':');
    size_t n =
        column && strchr(where, ':') != column ? (size_t)(column - where) : strlen(where);
    const char *why = origin->kind != MCY_ORIGIN_DEFAULT && origin->why ? origin->why : "";
    mcy_bilingual written;
    *words = (mcy_bilingual){"–", "–"};
    if (*why) {
        MCY_TRY(pack_wording(p->pack, why, &written, err));
        MCY_TRY(mcy_pack_reason(p->pack, written, words, err));
    }
    *key = mcy_arena_print(p->pack->arena, "%s%s[%.*s]", why, *why ? " " : "", (int)n, where);
    return *key ? MCY_OK : mcy_fail_memory(err);
}

static mcy_status print_line(page *p, size_t run, const page_line *line, mcy_error *err)
{
    mcy_bilingual meaning, who, why;
    const char *base, *here, *reason;
    char period[72], key[72];
    period_words(p, line, true, period);
    period_words(p, line, false, key);
    MCY_TRY(meaning_words(p, line, &meaning, err));
    MCY_TRY(who_words(p, line, &who, err));
    MCY_TRY(value_words(p, line, 0, &base, err));
    MCY_TRY(value_words(p, line, run, &here, err));
    MCY_TRY(why_words(p, line, &reason, &why, err));
    mcy_table_row(p->table, false);
    mcy_table_words(p->table, p->runs[run]->study->scenario->title);
    mcy_table_words(p->table, meaning);
    mcy_table_words(p->table, who);
    mcy_table_keyed(p->table, key, (mcy_bilingual){NULL, period});
    mcy_table_text(p->table, run ? base : "");
    mcy_table_text(p->table, here);
    mcy_table_words(p->table, basis_words(line->origin));
    mcy_table_keyed(p->table, reason, why);
    return MCY_OK;
}

static mcy_status open_page(page *p, const mcy_table_spec *spec, mcy_error *err)
{
    if (spec->data_count < 3 || spec->data_count > PAGE_SCENARIOS + 1)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "'scenario-page' wants AGAINST SCENARIO..., at most %d",
                        PAGE_SCENARIOS);
    for (size_t i = 1; i < spec->data_count; i++) {
        MCY_TRY(mcy_pack_run(p->pack, spec->data[i], &p->runs[p->count++], err));
        if (p->runs[i - 1]->study->unrolled != p->runs[0]->study->unrolled)
            return MCY_FAIL(err, MCY_E_INPUT,
                            "'%s' and '%s' have different base quarters, days or horizons",
                            spec->data[1], spec->data[i]);
    }
    return MCY_OK;
}

/* scenario-page AGAINST SCENARIO...: what each changes; of the first what the others contest.
 */
mcy_status table_scenario_page(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                               mcy_error *err)
{
    static const mcy_table_column columns[] = {
        {"scenario", {"情景", "Scenario"}, true, {0}},
        {"assumption", {"假设", "Assumption"}, true, {0}},
        {"of", {"对象", "Of"}, true, {0}},
        {"period", {"期间", "Period"}, true, {0}},
        {"against", {"对照情景", "Against"}, true, {0}},
        {"here", {"本情景", "Here"}, true, {0}},
        {"basis", {"依据", "Basis"}, true, {0}},
        {"why", {"来源或理由", "Source or reason"}, true, {0}}};
    page p = {.pack = pack};
    MCY_TRY(open_page(&p, spec, err));
    p.table = *table = mcy_table_create(pack->arena, spec->id, spec->title, columns, 8);
    if (!*table)
        return mcy_fail_memory(err);
    for (size_t r = 0; r < p.count; r++) {
        MCY_TRY(find_lines(&p, r, err));
        for (size_t i = 0; i < p.line_count; i++)
            MCY_TRY(print_line(&p, r, &p.lines[i], err));
    }
    mcy_bilingual first = p.runs[0]->study->scenario->title;
    mcy_table_note(
        *table,
        (mcy_bilingual){
            mcy_arena_print(pack->arena,
                            "%s：列出其余情景所改动的假设；其余情景：列出与之不同的假设。"
                            "箭头为期初到期末。判断为作者判断，非公布数据；模型默认为模型的一般"
                            "取值。",
                            first.zh),
            mcy_arena_print(
                pack->arena,
                "%s: the assumptions that the others change; the others: what differs "
                "from it. Arrows go from the first quarter to the last. A judgement is "
                "the author's, not a published number; default: what the model takes.",
                first.en)});
    return run_table_sources(pack, *table, spec->data + 1, p.count, err);
}
