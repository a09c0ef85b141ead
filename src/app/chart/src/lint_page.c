/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint of tables: the basis of margins and EPS, marks of what is inferred, numbers of both
 * languages beside each other. */
#include <stdio.h>
#include <string.h>

#include "lint_parts.h"

static bool has(const char *from, const char *end, const char *words)
{
    size_t n = strlen(words);
    for (; from + n <= end; from++)
        if (!memcmp(from, words, n))
            return true;
    return false;
}

static bool has_any(const char *from, const char *end, const char *const *words)
{
    for (; *words; words++)
        if (has(from, end, *words))
            return true;
    return false;
}

/* What a place of a table says, without what stands in quotes in it: ids are no words. */
static bool wants_basis(const char *from, const char *end)
{
    static const char *const margins[] = {"margin", "Margin",   ">EPS",     "毛利率",
                                          "利润率", "每股收益", "每股盈利", NULL};
    for (const char *at = from; at < end;) {
        const char *tag = memchr(at, '<', (size_t)(end - at));
        if (has_any(at, tag ? tag : end, margins))
            return true;
        const char *close = tag ? memchr(tag, '>', (size_t)(end - tag)) : NULL;
        at = close ? close : end;
    }
    return false;
}

static void lint_table_basis(lint_run *run, const char *name, const char *id, const char *table,
                             const char *end)
{
    static const char *const bases[] = {"GAAP", "IFRS", NULL};
    const char *body = strstr(table, "<tbody>"), *foot = strstr(table, "</tbody>");
    if (!body || !foot || foot > end || body > foot || has_any(table, body, bases) ||
        has_any(foot, end, bases))
        return;
    bool lost = wants_basis(table, body);
    for (const char *row = body; !lost && (row = strstr(row, "<tr>")) != NULL && row < foot;) {
        const char *next = strstr(row, "</tr>");
        next = next && next < foot ? next : foot;
        lost = wants_basis(row, next) && !has_any(row, next, bases);
        row = next;
    }
    if (lost)
        lint_add(run, MCY_LINT_BASIS, name,
                 "table '%s': a margin or EPS without GAAP, non-GAAP or IFRS", id);
}

/* Where paragraphs that follow one another end: at a table, a figure or a heading. */
static const char *end_of_text(const char *at)
{
    static const char *const others[] = {"<table", "<figure", "<h2"};
    const char *end = at + strlen(at);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const char *next = strstr(at, others[i]);
        end = next && next < end ? next : end;
    }
    return end;
}

/* Sentences with numbers: margins and EPS name their basis, what is inferred says so, there or in
 * a paragraph of the same text. */
static void lint_sentences(lint_run *run, const char *name, const char *html,
                           const char *const *marks)
{
    static const char *const numbers[] = {"data-number=", NULL},
                             *const bases[] = {"GAAP", "IFRS", NULL},
                             *const estimated[] = {"data-number=\"fit.",
                                                   "data-number=\"implied.", NULL};
    for (const char *at = html; (at = strstr(at, "<p>")) != NULL;) {
        const char *end = end_of_text(at);
        if (has_any(at, end, numbers) && wants_basis(at, end) && !has_any(at, end, bases))
            lint_add(run, MCY_LINT_BASIS, name,
                     "a margin or EPS without GAAP, non-GAAP or IFRS in: %.80s", at + 3);
        if (has_any(at, end, estimated) && !has_any(at, end, marks))
            lint_add(run, MCY_LINT_INFERRED, name, "inferred values without a word in: %.80s",
                     at + 3);
        at = end;
    }
}

void lint_tables(lint_run *run, const char *name, const char *html)
{
    static const char *const estimated[] = {"data-id=\"fit.", "data-id=\"implied.", NULL};
    static const char *const marks[MCY_LANGUAGES][2] = {{"推算", NULL}, {"inferred", NULL}};
    mcy_language language = lint_ends(name, ".zh.html") ? MCY_ZH : MCY_EN;
    lint_sentences(run, name, html, marks[language]);
    for (const char *at = html; (at = strstr(at, "<table id=\"")) != NULL;) {
        char id[80];
        const char *end = strstr(at, "</table>");
        end = end ? end : at + strlen(at);
        snprintf(id, sizeof id, "%.*s", (int)(strcspn(at + 11, "\"") % 80), at + 11);
        lint_table_basis(run, name, id, at, end);
        if (has_any(at, end, estimated) && !has_any(at, end, marks[language]))
            lint_add(run, MCY_LINT_INFERRED, name, "table '%s': inferred values without a word",
                     id);
        at = end;
    }
}

/* One cell of a sheet; the next one begins at the return. */
static const char *next_cell(const char *at, size_t *size)
{
    *size = strcspn(at, "\t\n");
    return at + *size + (at[*size] == '\t');
}

static bool is_number(const char *cell, size_t n)
{
    return n && strspn(cell, "0123456789+-.,()%") >= n && strcspn(cell, "0123456789") < n;
}

/* Do the numbers of two lines differ, cell by cell? */
static bool lines_differ(const char *a, const char *b)
{
    while (*a != '\n' && *a && *b != '\n' && *b) {
        size_t n, m;
        const char *next_a = next_cell(a, &n), *next_b = next_cell(b, &m);
        double x, y;
        int dx, dy;
        if (is_number(a, n) && is_number(b, m) && lint_printed(a, n, &x, &dx) &&
            lint_printed(b, m, &y, &dy) &&
            !(dx < dy ? lint_same(x, dx, y) : lint_same(y, dy, x)))
            return true;
        a = next_a;
        b = next_b;
    }
    return (*a == '\n' || !*a) != (*b == '\n' || !*b);
}

void lint_sheet(lint_run *run, const char *name, const char *tsv)
{
    char stem[160], other_name[192];
    mcy_file other = {0};
    if (!lint_ends(name, ".zh.tsv") || !run->languages[MCY_EN])
        return;
    snprintf(stem, sizeof stem, "%.*s", (int)(strlen(name) - 7), name);
    if (!lint_read(run, stem, "en", "tsv", &other, other_name))
        return;
    size_t line = 1;
    const char *a = tsv, *b = other.bytes;
    for (; *a && *b; line++) {
        if (lines_differ(a, b)) {
            lint_add(run, MCY_LINT_LANGUAGES, name, "line %zu has other numbers than %s", line,
                     other_name);
            break;
        }
        a += strcspn(a, "\n");
        b += strcspn(b, "\n");
        a += *a == '\n';
        b += *b == '\n';
    }
    if (!*a != !*b)
        lint_add(run, MCY_LINT_LANGUAGES, name, "has another number of lines than %s",
                 other_name);
    mcy_file_release(&other);
}
