/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle model sheet and diff: the whole model as Markdown, and two models side by side. */
#include <stdlib.h>
#include <string.h>

#include "mcy/file.h"
#include "model_of_call.h"

/* ---- sheet: headings, names and equations in the order of their lines ---- */

typedef enum sheet_kind { SHEET_HEADING, SHEET_SYMBOL, SHEET_EQUATION } sheet_kind;

typedef struct sheet_line {
    size_t file, line;
    sheet_kind kind;
    size_t index;
} sheet_line;

typedef struct sheet {
    const mcy_model *model;
    const mcy_model_files *files;
    sheet_line *lines;
    size_t count;
    mcy_text out;
    bool in_code;
} sheet;

static size_t file_number(const mcy_model_files *files, const char *name)
{
    size_t i = 0;
    while (i + 1 < files->count && strcmp(files->sources[i].name, name) != 0)
        i++;
    return i;
}

static void add_line(sheet *s, const char *file, size_t line, sheet_kind kind, size_t index)
{
    s->lines[s->count++] = (sheet_line){file_number(s->files, file), line, kind, index};
}

static int line_order(const void *left, const void *right)
{
    const sheet_line *a = left, *b = right;
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->kind != b->kind ? (a->kind < b->kind ? -1 : 1) : a->index < b->index ? -1 : 1;
}

static void code(sheet *s, bool wanted)
{
    if (s->in_code != wanted)
        mcy_text_add(&s->out, wanted ? "\n```\n" : "```\n");
    s->in_code = wanted;
}

static void print_line(sheet *s, const sheet_line *l)
{
    const mcy_model *m = s->model;
    if (l->kind == SHEET_HEADING) {
        code(s, false);
        mcy_text_print(&s->out, "\n### %s\n\n", mcy_model_heading(m, l->index)->text);
    } else if (l->kind == SHEET_SYMBOL) {
        const mcy_symbol *symbol = mcy_model_symbol(m, l->index);
        code(s, false);
        mcy_text_add(&s->out, "- **");
        mcy_symbol_shape(m, symbol, &s->out);
        mcy_text_print(&s->out, "**%s%s (", *symbol->meaning ? ": " : "", symbol->meaning);
        mcy_symbol_facts(m, symbol, &s->out);
        mcy_text_print(&s->out, ")%s%s\n", *symbol->source ? ". Source: " : "", symbol->source);
    } else {
        const mcy_equation *e = mcy_model_equation(m, l->index);
        code(s, true);
        mcy_text_print(&s->out, "%-6s ", e->tag);
        mcy_model_equation_text(m, l->index, &s->out);
        mcy_text_print(&s->out, "%s%s\n", *e->meaning ? "   # " : "", e->meaning);
    }
}

static void print_dimensions(sheet *s)
{
    for (size_t i = 0; i < mcy_model_dimension_count(s->model); i++) {
        const mcy_dimension *d = mcy_model_dimension(s->model, i);
        mcy_text_print(&s->out, "- **%s**%s%s: ", d->name, *d->meaning ? ", " : "", d->meaning);
        for (size_t k = 0; k < d->element_count; k++)
            mcy_text_print(&s->out, "%s%s", k ? ", " : "", d->elements[k]);
        mcy_text_add(&s->out, "\n");
    }
}

static void gather(sheet *s)
{
    const mcy_model *m = s->model;
    for (size_t i = 0; i < mcy_model_heading_count(m); i++)
        add_line(s, mcy_model_heading(m, i)->file, mcy_model_heading(m, i)->line, SHEET_HEADING,
                 i);
    for (size_t i = 0; i < mcy_model_symbol_count(m); i++)
        add_line(s, mcy_model_symbol(m, i)->file, mcy_model_symbol(m, i)->line, SHEET_SYMBOL,
                 i);
    for (size_t i = 0; i < mcy_model_equation_count(m); i++)
        add_line(s, mcy_model_equation(m, i)->file, mcy_model_equation(m, i)->line,
                 SHEET_EQUATION, i);
}

mcy_status mcy_model_sheet(mcy_call *call, mcy_error *err)
{
    mcy_model_files files;
    mcy_report report;
    sheet s = {.files = &files};
    MCY_TRY(mcy_model_of_call(call, 0, NULL, &s.model, err));
    MCY_TRY(mcy_model_files_read(call, 0, NULL, &files, err));
    MCY_TRY(mcy_model_read(call->arena, files.count, files.sources, &s.model, &report, err));
    s.lines = MCY_TAKE(call->arena, sheet_line,
                       mcy_model_heading_count(s.model) + mcy_model_symbol_count(s.model) +
                           mcy_model_equation_count(s.model));
    if (!s.lines)
        return mcy_fail_memory(err);
    gather(&s);
    qsort(s.lines, s.count, sizeof *s.lines, line_order);
    mcy_text_print(&s.out,
                   "# Equation sheet\n\nModel files: %zu; names: %zu; equations and "
                   "checks: %zu.\n\n",
                   files.count, mcy_model_symbol_count(s.model),
                   mcy_model_equation_count(s.model));
    print_dimensions(&s);
    for (size_t i = 0; i < s.count; i++) {
        if (i == 0 || s.lines[i].file != s.lines[i - 1].file) {
            code(&s, false);
            mcy_text_print(&s.out, "\n## %s\n\n",
                           mcy_path_name(files.sources[s.lines[i].file].name));
        }
        print_line(&s, &s.lines[i]);
    }
    code(&s, false);
    mcy_status status = mcy_text_status(&s.out, err);
    if (status == MCY_OK)
        fputs(mcy_text_view(&s.out), call->out);
    mcy_text_release(&s.out);
    return status;
}

/* ---- diff ---- */

static void describe_symbol(const mcy_model *m, size_t symbol, mcy_text *out)
{
    const mcy_symbol *s = mcy_model_symbol(m, symbol);
    mcy_symbol_shape(m, s, out);
    mcy_text_add(out, " (");
    mcy_symbol_facts(m, s, out);
    mcy_text_print(out, ")%s%s%s%s", *s->meaning ? ": " : "", s->meaning,
                   *s->source ? " @ " : "", s->source);
}

/* All equations of a symbol (or all checks), one a line. */
static void equations_of(const mcy_model *m, size_t symbol, mcy_text *out)
{
    for (size_t i = 0; i < mcy_model_equation_count(m); i++)
        if (mcy_model_equation(m, i)->symbol == symbol) {
            mcy_model_equation_text(m, i, out);
            mcy_text_add(out, "\n");
        }
}

static size_t print_lines(const char *sign, const char *lines, const char *but_not_in,
                          FILE *out)
{
    size_t printed = 0;
    for (const char *line = lines; *line;) {
        const char *end = strchr(line, '\n');
        size_t n = end ? (size_t)(end - line) : strlen(line);
        bool found = false;
        for (const char *o = but_not_in; *o && !found;) {
            const char *stop = strchr(o, '\n');
            size_t k = stop ? (size_t)(stop - o) : strlen(o);
            found = k == n && !memcmp(line, o, n);
            o += k + (stop != NULL);
        }
        if (!found) {
            fprintf(out, "%s %.*s\n", sign, (int)n, line);
            printed++;
        }
        line += n + (end != NULL);
    }
    return printed;
}

typedef void describer(const mcy_model *model, size_t symbol, mcy_text *out);

/* Lines that only one of the two models has. */
static size_t compare(const mcy_model *a, size_t in_a, const mcy_model *b, size_t in_b,
                      describer *describe, FILE *out)
{
    mcy_text before = {0}, after = {0};
    if (a)
        describe(a, in_a, &before);
    if (b)
        describe(b, in_b, &after);
    size_t n = print_lines("-", mcy_text_view(&before), mcy_text_view(&after), out) +
               print_lines("+", mcy_text_view(&after), mcy_text_view(&before), out);
    mcy_text_release(&before);
    mcy_text_release(&after);
    return n;
}

mcy_status mcy_model_diff(mcy_call *call, const char *before, const char *after, mcy_error *err)
{
    const mcy_model *a, *b;
    MCY_TRY(mcy_model_of_call(call, 1, &before, &a, err));
    MCY_TRY(mcy_model_of_call(call, 1, &after, &b, err));
    size_t found = 0;
    for (size_t i = 0; i < mcy_model_symbol_count(a); i++) {
        size_t other = mcy_model_find_symbol(b, mcy_model_symbol(a, i)->name);
        const mcy_model *in = other == MCY_NONE ? NULL : b;
        found += compare(a, i, in, other, describe_symbol, call->out);
        found += compare(a, i, in, other, equations_of, call->out);
    }
    for (size_t i = 0; i < mcy_model_symbol_count(b); i++)
        if (mcy_model_find_symbol(a, mcy_model_symbol(b, i)->name) == MCY_NONE) {
            found += compare(NULL, 0, b, i, describe_symbol, call->out);
            found += compare(NULL, 0, b, i, equations_of, call->out);
        }
    found += compare(a, MCY_NONE, b, MCY_NONE, equations_of, call->out);
    if (!found)
        return MCY_OK;
    return MCY_FAIL(err, MCY_E_FINDINGS, "%zu line%s differ%s", found, found == 1 ? "" : "s",
                    found == 1 ? "s" : "");
}
