/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model read: the passes in order, then what it answers about itself. */
#include <string.h>

#include "walk.h"

static bool take_files(reader *r, size_t count, const mcy_source *sources)
{
    r->files = NEW(r, file_text, count);
    r->file_read = NEW(r, bool, count);
    if (r->failed)
        return false;
    r->file_count = count;
    for (size_t i = 0; i < count; i++) {
        char *name = mcy_arena_copy(r->arena, sources[i].name, strlen(sources[i].name));
        if (!name)
            return false;
        r->files[i] = (file_text){name, sources[i].text, sources[i].size, i};
    }
    return true;
}

/* The graph is not made: what loops and where lags find nothing is all that is asked. Two
 * quarters after the base show every equation that later quarters have. */
static void try_out(reader *r, const mcy_model *model)
{
    mcy_unroll_options options = {.last = 2, .base = mcy_quarter_of(2000, 1)};
    mcy_unrolled *unrolled = NULL;
    mcy_error err = {0};
    if (unroll_walk(r->arena, model, &options, r, &unrolled, &err) == MCY_E_MEMORY)
        r->failed = true;
}

mcy_status mcy_model_read(mcy_arena *arena, size_t count, const mcy_source *sources,
                          const mcy_model **model, mcy_report *report, mcy_error *err)
{
    *model = NULL;
    *report = (mcy_report){0};
    reader r = {.arena = arena};
    r.model = NEW(&r, mcy_model, 1);
    if (!r.model || !take_files(&r, count, sources))
        return mcy_fail_memory(err);
    r.model->arena = arena;
    for (size_t i = 0; i < count; i++)
        if (sources[i].size > UINT32_MAX / 2)
            return MCY_FAIL(err, MCY_E_INPUT, "%s: larger than 2 GB", sources[i].name);
    for (size_t i = 0; i < count && !r.failed; i++)
        parse_file(&r, &r.files[i]);
    void (*const passes[])(reader *) = {declare, resolve, cover, check_units};
    for (size_t i = 0; i < sizeof passes / sizeof *passes && !r.failed; i++)
        passes[i](&r);
    if (!r.failed)
        try_out(&r, r.model);
    if (r.failed)
        return mcy_fail_memory(err);
    MCY_TRY(report_make(&r, report, err));
    *model = r.model;
    return MCY_OK;
}

mcy_status mcy_source_includes(mcy_arena *arena, const mcy_source *source, size_t *count,
                               const char *const **names, mcy_error *err)
{
    *count = 0;
    *names = NULL;
    reader r = {.arena = arena};
    r.model = NEW(&r, mcy_model, 1);
    if (!r.model)
        return mcy_fail_memory(err);
    r.model->arena = arena;
    file_text file = {source->name, source->text, source->size, 0};
    const char **found = NULL;
    size_t capacity = 0;
    bool first = true;
    for (const token *t = lex(&r, &file); t && t->kind != TOKEN_END; t++) {
        bool include = first && t->kind == TOKEN_WORD && !strcmp(t->word->text, "include");
        if (include && t[1].kind == TOKEN_STRING &&
            grow(&r, (void **)&found, *count, &capacity, sizeof *found))
            found[(*count)++] = string_of(&r, &t[1]);
        first = t->kind == TOKEN_NEWLINE;
    }
    *names = found;
    return r.failed ? mcy_fail_memory(err) : MCY_OK;
}

/* ---- what it says ---- */

size_t mcy_model_dimension_count(const mcy_model *model)
{
    return model->dimension_count;
}

const mcy_dimension *mcy_model_dimension(const mcy_model *model, size_t dimension)
{
    return &model->dimensions[dimension].public;
}

size_t mcy_model_symbol_count(const mcy_model *model)
{
    return model->symbol_count;
}

const mcy_symbol *mcy_model_symbol(const mcy_model *model, size_t symbol)
{
    return &model->symbols[symbol].public;
}

size_t mcy_model_find_symbol(const mcy_model *model, const char *name)
{
    const word *w = word_find(model, name, strlen(name));
    return w ? w->symbol : MCY_NONE;
}

size_t mcy_model_find_dimension(const mcy_model *model, const char *name)
{
    const word *w = word_find(model, name, strlen(name));
    return w ? w->dimension : MCY_NONE;
}

size_t mcy_model_equation_count(const mcy_model *model)
{
    return model->equation_count;
}

const mcy_equation *mcy_model_equation(const mcy_model *model, size_t equation)
{
    return &model->equations[equation].public;
}

size_t mcy_model_heading_count(const mcy_model *model)
{
    return model->heading_count;
}

const mcy_heading *mcy_model_heading(const mcy_model *model, size_t heading)
{
    return &model->headings[heading];
}

void mcy_model_element_names(const mcy_model *model, size_t symbol, size_t element,
                             const char **out)
{
    const mcy_symbol *p = &model->symbols[symbol].public;
    for (size_t i = p->dimension_count; i-- > 0;) {
        const mcy_dimension *d = &model->dimensions[p->dimensions[i]].public;
        out[i] = d->elements[element % d->element_count];
        element /= d->element_count;
    }
}

void mcy_model_path(const mcy_model *model, size_t symbol, size_t element, mcy_text *out)
{
    const mcy_symbol *p = &model->symbols[symbol].public;
    const char *names[SUBSCRIPTS_MOST];
    mcy_model_element_names(model, symbol, element, names);
    mcy_text_add(out, p->name);
    for (size_t i = 0; i < p->dimension_count; i++) {
        mcy_text_add(out, ".");
        mcy_text_add(out, names[i]);
    }
}

/* ---- what feeds what ---- */

static void mark_names(const tree *t, bool *marks)
{
    if (t->kind == TREE_NAME) {
        marks[t->symbol] = true;
    }
    for (size_t i = 0; i < t->arg_count; i++)
        mark_names(t->args[i], marks);
}

static mcy_status list_marks(mcy_arena *arena, const mcy_model *model, const bool *marks,
                             size_t *count, const size_t **symbols, mcy_error *err)
{
    size_t *list = MCY_TAKE(arena, size_t, model->symbol_count);
    if (!list)
        return mcy_fail_memory(err);
    *count = 0;
    for (size_t i = 0; i < model->symbol_count; i++)
        if (marks[i])
            list[(*count)++] = i;
    *symbols = list;
    return MCY_OK;
}

mcy_status mcy_model_fed_by(mcy_arena *arena, const mcy_model *model, size_t symbol,
                            size_t *count, const size_t **symbols, mcy_error *err)
{
    bool *marks = MCY_TAKE(arena, bool, model->symbol_count);
    if (!marks)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < model->equation_count; i++)
        if (model->equations[i].public.symbol == symbol)
            mark_names(model->equations[i].right, marks);
    return list_marks(arena, model, marks, count, symbols, err);
}

mcy_status mcy_model_feeds(mcy_arena *arena, const mcy_model *model, size_t symbol,
                           size_t *count, const size_t **symbols, mcy_error *err)
{
    bool *marks = MCY_TAKE(arena, bool, model->symbol_count);
    bool *read = MCY_TAKE(arena, bool, model->symbol_count);
    if (!marks || !read)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < model->equation_count; i++) {
        const mcy_equation *e = &model->equations[i].public;
        if (e->symbol == MCY_NONE)
            continue;
        memset(read, 0, model->symbol_count * sizeof *read);
        mark_names(model->equations[i].right, read);
        if (read[symbol])
            marks[e->symbol] = true;
    }
    return list_marks(arena, model, marks, count, symbols, err);
}
