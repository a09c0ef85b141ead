/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint of numbers by their ids: each leads back, is the same wherever it is printed, and stands in
 * both languages. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lint_parts.h"
#include "mcy/number.h"

/* A row of the trace is behind this number, or behind its whole series: what stands before @. */
static bool is_traced(const lint_run *run, const char *id)
{
    for (size_t i = 0; i < run->traced_count; i++) {
        size_t n = strlen(run->traced[i]);
        if (!strncmp(run->traced[i], id, n) && (id[n] == '\0' || id[n] == '@'))
            return true;
    }
    return false;
}

static void lint_traced(lint_run *run, const lint_figure *figure, const char *name)
{
    size_t lost = 0, at = (size_t)(figure - run->figures);
    const char *first = "";
    for (size_t i = 0; i < run->number_count && !figure->traced; i++)
        if (run->numbers[i].figure == at && !is_traced(run, run->numbers[i].id) && !lost++)
            first = run->numbers[i].id;
    if (lost)
        lint_add(run, MCY_LINT_TRACE, name, "nothing in trace.csv is behind %zu numbers: %s",
                 lost, first);
}

void lint_numbers(lint_run *run, const lint_figure *figure)
{
    char name[192];
    snprintf(name, sizeof name, "%.180s.csv", figure->stem);
    lint_traced(run, figure, name);
    if ((figure->heat || figure->based) && figure->base_cells != 1)
        lint_add(run, MCY_LINT_GRID, name, "%zu cells are the scenario itself, want one",
                 figure->base_cells);
    else if (figure->heat && !figure->based)
        lint_add(run, MCY_LINT_GRID, name,
                 "trace.csv does not say what the scenario itself gives");
    else if (figure->heat &&
             !(fabs(figure->base_cell - figure->base) <= 1e-9 * fmax(1, fabs(figure->base))))
        lint_add(run, MCY_LINT_GRID, name, "the framed cell is %.10g, the scenario gives %.10g",
                 figure->base_cell, figure->base);
}

bool lint_printed(const char *shown, size_t n, double *value, int *decimals)
{
    char digits[64];
    size_t used = 0;
    bool point = false, negative = n && shown[0] == '(';
    *decimals = 0;
    for (size_t i = 0; i < n && used + 1 < sizeof digits; i++) {
        if (shown[i] >= '0' && shown[i] <= '9') {
            digits[used++] = shown[i];
            *decimals += point;
        } else if (shown[i] == '.' && !point) {
            digits[used++] = '.';
            point = true;
        } else if (shown[i] == '-' || (i + 2 < n && !memcmp(shown + i, "\xe2\x88\x92", 3))) {
            negative = true;
        } else if (used && shown[i] != ',') {
            break; /* a unit after it */
        }
    }
    digits[used] = '\0';
    if (!used || mcy_number_parse(digits, used, value, NULL) != MCY_OK)
        return false;
    *value = negative ? -*value : *value;
    return true;
}

bool lint_same(double shown, int decimals, double value)
{
    double half = 0.5 * pow(10, -decimals);
    for (int k = -4; k <= 4; k++)
        if (fabs(shown - value * pow(10, k)) <= half * (1 + 1e-9) + 1e-9 * fabs(shown))
            return true;
    return false;
}

static void lint_shown(lint_run *run, const char *name, const char *id, const char *shown,
                       size_t n)
{
    double value;
    int decimals;
    bool there = false, same = false, traced = is_traced(run, id);
    if (!lint_printed(shown, n, &value, &decimals))
        return;
    for (size_t i = 0; i < run->number_count; i++)
        if (!strcmp(run->numbers[i].id, id)) {
            there = true;
            traced = traced || run->figures[run->numbers[i].figure].traced;
            same = same || lint_same(value, decimals, run->numbers[i].value);
        }
    if (there && !same)
        lint_add(run, MCY_LINT_NUMBERS, name, "%s is printed as %.*s, not as in its figure", id,
                 (int)n, shown);
    if (!traced)
        lint_add(run, MCY_LINT_TRACE, name, "nothing in trace.csv is behind %s", id);
}

static void note_page_id(lint_run *run, mcy_language l, const char *id)
{
    if (mcy_arena_grow(run->arena, (void **)&run->page_ids[l], run->page_id_count[l],
                       &run->page_id_room[l], sizeof **run->page_ids, NULL) != MCY_OK) {
        run->status = MCY_E_MEMORY;
        return;
    }
    run->page_ids[l][run->page_id_count[l]++] = id;
}

void lint_page(lint_run *run, const char *name, const char *html)
{
    static const char *const keys[] = {" data-number=\"", " data-id=\""};
    mcy_language language = lint_ends(name, ".zh.html") ? MCY_ZH : MCY_EN;
    run->pages[language] = name;
    for (size_t k = 0; k < 2; k++)
        for (const char *at = html; (at = strstr(at, keys[k])) != NULL;) {
            at += strlen(keys[k]);
            size_t n = strcspn(at, "\"<>");
            const char *shown = at[n] == '"' ? strchr(at + n, '>') : NULL;
            const char *id = mcy_arena_copy(run->arena, at, n);
            at += n;
            if (!id) {
                run->status = MCY_E_MEMORY;
                return;
            }
            if (!shown)
                continue;
            lint_shown(run, name, id, shown + 1, strcspn(shown + 1, "<"));
            note_page_id(run, language, id);
        }
    lint_tables(run, name, html);
}

void lint_languages(lint_run *run)
{
    if (!run->languages[MCY_ZH] || !run->languages[MCY_EN])
        return;
    for (int l = 0; l < MCY_LANGUAGES; l++) {
        int other = l == MCY_ZH ? MCY_EN : MCY_ZH;
        for (size_t i = 0; i < run->page_id_count[l]; i++) {
            size_t k = 0;
            while (k < run->page_id_count[other] &&
                   strcmp(run->page_ids[l][i], run->page_ids[other][k]))
                k++;
            if (k == run->page_id_count[other])
                lint_add(run, MCY_LINT_LANGUAGES, run->pages[l],
                         "%s is not in the other language", run->page_ids[l][i]);
        }
    }
}
