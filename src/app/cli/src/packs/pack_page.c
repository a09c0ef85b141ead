/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a pack: texts, tables and figures in the order of the pack file. */
#include "pack_page.h"

#include <stdio.h>
#include <string.h>

#include "mcy/file.h"
#include "mcy/script.h"
#include "mcy/typeset.h"
#include "pack_number.h"

static const struct {
    const char *name;
    table_source *fill;
} table_sources[] = {
#define PACK_TABLE(name, fill) {name, fill},
#define PACK_TEXT(name, fill)
#include "pack_data.def"
};

static const struct {
    const char *name;
    text_source *fill;
} text_sources_of[] = {
#define PACK_TABLE(name, fill)
#define PACK_TEXT(name, fill) {name, fill},
#include "pack_data.def"
};

static mcy_status in_file(const pack_maker *maker, const mcy_table_spec *spec,
                          mcy_status status, mcy_error *err)
{
    if (status == MCY_OK)
        return MCY_OK;
    return mcy_fail_in(err, status, "%s:%d: '%s'", maker->spec->file, spec->line, spec->id);
}

static mcy_status make_table(pack_maker *maker, const mcy_table_spec *spec, mcy_table **table,
                             mcy_error *err)
{
    maker->making = mcy_arena_print(maker->arena, "table-%s", spec->id);
    for (size_t i = 0; i < sizeof table_sources / sizeof *table_sources; i++)
        if (!strcmp(spec->data[0], table_sources[i].name))
            return table_sources[i].fill(maker, spec, table, err);
    return MCY_FAIL(err, MCY_E_INPUT, "no table '%s'", spec->data[0]);
}

static mcy_status make_text(pack_maker *maker, const mcy_table_spec *spec, pack_words *words,
                            mcy_error *err)
{
    maker->making = mcy_arena_print(maker->arena, "text-%s", spec->id);
    for (size_t i = 0; i < sizeof text_sources_of / sizeof *text_sources_of; i++)
        if (!strcmp(spec->data[0], text_sources_of[i].name))
            return text_sources_of[i].fill(maker, spec, words, err);
    return MCY_FAIL(err, MCY_E_INPUT, "no text '%s'", spec->data[0]);
}

mcy_status pack_page_make(pack_maker *maker, pack_page *page, mcy_error *err)
{
    const mcy_pack_spec *spec = maker->spec;
    page->maker = maker;
    page->tables = MCY_TAKE(maker->arena, mcy_table *, spec->table_count + 1);
    page->texts = MCY_TAKE(maker->arena, pack_words, spec->text_count + 1);
    if (!page->tables || !page->texts)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < spec->table_count; i++)
        MCY_TRY(in_file(maker, &spec->tables[i],
                        make_table(maker, &spec->tables[i], &page->tables[i], err), err));
    for (size_t i = 0; i < spec->text_count; i++)
        MCY_TRY(in_file(maker, &spec->texts[i],
                        make_text(maker, &spec->texts[i], &page->texts[i], err), err));
    for (size_t i = 0; i < maker->run_count; i++)
        MCY_TRY(mcy_pack_trace_run(maker, &maker->runs[i], err));
    return MCY_OK;
}

void pack_page_release(pack_page *page)
{
    for (size_t i = 0; page->texts && i < page->maker->spec->text_count; i++)
        for (int l = 0; l < MCY_LANGUAGES; l++)
            mcy_text_release(&page->texts[i].text[l]);
}

static mcy_status write_text(const pack_page *page, const char *folder, const char *name,
                             const mcy_text *text, mcy_error *err)
{
    const char *path = mcy_path_join(page->maker->arena, folder, name);
    return path ? mcy_file_write_text(path, text, err) : mcy_fail_memory(err);
}

/* A table in the forms that are pasted and read by programs. */
static mcy_status write_table(const pack_page *page, const char *folder, const mcy_table *table,
                              mcy_error *err)
{
    char name[160];
    mcy_text text = {0};
    snprintf(name, sizeof name, "table-%.100s.csv", mcy_table_id(table));
    mcy_status status = mcy_table_print(table, MCY_TABLE_CSV, MCY_EN, &text, err);
    if (status == MCY_OK)
        status = write_text(page, folder, name, &text, err);
    for (int l = 0; status == MCY_OK && l < MCY_LANGUAGES; l++) {
        if (!page->pack->languages[l])
            continue;
        mcy_text_clear(&text);
        snprintf(name, sizeof name, "table-%.100s.%s.tsv", mcy_table_id(table),
                 mcy_language_name((mcy_language)l));
        status = mcy_table_print(table, MCY_TABLE_TSV, (mcy_language)l, &text, err);
        if (status == MCY_OK)
            status = write_text(page, folder, name, &text, err);
    }
    mcy_text_release(&text);
    return status;
}

/* A figure's title with its number; NULL when memory is short. */
static const char *figure_title(const pack_page *page, const mcy_chart *chart, int number,
                                mcy_language language)
{
    mcy_arena *arena = page->maker->arena;
    const char *form = mcy_theme_word(page->pack->themes[language], "figure", language);
    const char *at = strstr(form, "%d"), *title = mcy_bilingual_text(chart->title, language);
    return at ? mcy_arena_print(arena, "%.*s%d%s%s", (int)(at - form), form, number, at + 2,
                                title)
              : title;
}

/* A drawn figure in the forms it has; pages of the PDF are the figures in their order. */
static mcy_status add_figure(const pack_page *page, const char *folder, size_t at,
                             mcy_language language, mcy_block *block, mcy_error *err)
{
    const mcy_pack *pack = page->pack;
    mcy_arena *arena = page->maker->arena;
    mcy_chart chart = pack->charts[at];
    chart.number = (int)at + 1;
    char name[128];
    mcy_text alt = {0};
    mcy_chart_file_name(&chart, language, name);
    mcy_status status = mcy_chart_alt(&chart, language, &alt, err);
    *block = (mcy_block){
        .kind = MCY_BLOCK_PICTURE,
        .id = chart.id,
        .picture = {.half = chart.half,
                    .edge = chart.half ? 6 : 11, /* as the chart floor draws them */
                    .title = figure_title(page, &chart, chart.number, language),
                    .alt = mcy_arena_copy(arena, mcy_text_view(&alt), alt.size),
                    .link = mcy_arena_print(arena, "%s.%s", name, pack->png ? "png" : "svg"),
                    .svg = mcy_arena_print(arena, "%s/%s.svg", folder, name),
                    .pdf = mcy_arena_print(arena, "%s/%s.%s.pdf", folder, pack->name,
                                           mcy_language_name(language)),
                    .pdf_page = at}};
    mcy_text_release(&alt);
    const mcy_picture *picture = &block->picture;
    if (status == MCY_OK &&
        (!picture->title || !picture->alt || !picture->link || !picture->svg || !picture->pdf))
        return mcy_fail_memory(err);
    block->picture.svg = pack->svg ? picture->svg : NULL;
    return status;
}

/* A table; its id is that of its files and of the trace. */
static mcy_status add_table(const pack_page *page, const mcy_table *table, mcy_block *block,
                            mcy_error *err)
{
    *block =
        (mcy_block){.kind = MCY_BLOCK_TABLE,
                    .table = table,
                    .id = mcy_arena_print(page->maker->arena, "table-%s", mcy_table_id(table))};
    return block->id ? MCY_OK : mcy_fail_memory(err);
}

/* Everything of the pack file in its order; a section of which nothing is left has no heading. */
static mcy_status list_blocks(const pack_page *page, const char *folder, mcy_document *document,
                              mcy_error *err)
{
    const mcy_pack_spec *spec = page->maker->spec;
    const mcy_language language = document->language;
    mcy_block *blocks = MCY_TAKE(page->maker->arena, mcy_block,
                                 spec->section_count + spec->text_count + spec->table_count +
                                     spec->figure_count);
    if (!blocks)
        return mcy_fail_memory(err);
    document->blocks = blocks;
    for (size_t s = 0; s < spec->section_count; s++) {
        const mcy_section_spec *section = &spec->sections[s];
        if (!section->text_count && !section->table_count && !section->count)
            continue;
        *blocks++ = (mcy_block){.kind = MCY_BLOCK_HEADING,
                                .text = mcy_bilingual_text(section->title, language)};
        for (size_t i = section->first_text; i < section->first_text + section->text_count; i++)
            *blocks++ = (mcy_block){.kind = MCY_BLOCK_PARAGRAPH,
                                    .text = mcy_text_view(&page->texts[i].text[language])};
        for (size_t i = section->first_table; i < section->first_table + section->table_count;
             i++)
            MCY_TRY(add_table(page, page->tables[i], blocks++, err));
        for (size_t i = section->first; i < section->first + section->count; i++)
            MCY_TRY(add_figure(page, folder, i, language, blocks++, err));
    }
    document->count = (size_t)(blocks - document->blocks);
    return MCY_OK;
}

/* The look of the PDF: the colours and the font of the figures. */
static mcy_typeset_look look_of(const mcy_theme *theme, mcy_language language)
{
    const mcy_colour *ink = mcy_theme_colour(theme, "ink"),
                     *soft = mcy_theme_colour(theme, "soft");
    return (mcy_typeset_look){.family = mcy_theme_word(theme, "font", language),
                              .ink = ink->rgb,
                              .soft = soft ? soft->rgb : ink->rgb};
}

static mcy_status write_document(const pack_page *page, const char *folder,
                                 mcy_language language, mcy_error *err)
{
    const mcy_pack_spec *spec = page->maker->spec;
    mcy_document document = {.language = language,
                             .name = spec->name,
                             .title = mcy_bilingual_text(spec->title, language),
                             .preface = mcy_bilingual_text(spec->preface, language),
                             .as_of = page->maker->as_of};
    MCY_TRY(list_blocks(page, folder, &document, err));
    for (int html = 0; html < 2; html++) {
        char name[160];
        mcy_text out = {0};
        snprintf(name, sizeof name, "%.100s.%s.%s", spec->name, mcy_language_name(language),
                 html ? "html" : "md");
        mcy_status status = html ? mcy_document_html(&document, &out, err)
                                 : mcy_document_markdown(&document, &out, err);
        if (status == MCY_OK)
            status = write_text(page, folder, name, &out, err);
        mcy_text_release(&out);
        MCY_TRY(status);
    }
    if (!page->pack->pdf)
        return MCY_OK;
    const char *path = mcy_arena_print(page->maker->arena, "%s/%s.%s.pdf", folder, spec->name,
                                       mcy_language_name(language));
    mcy_typeset_look look = look_of(page->pack->themes[language], language);
    return path ? mcy_typeset_pdf(&document, &look, path, NULL, err) : mcy_fail_memory(err);
}

mcy_status pack_page_write(void *context, const char *folder, mcy_error *err)
{
    const pack_page *page = context;
    for (size_t i = 0; i < page->maker->spec->table_count; i++)
        MCY_TRY(write_table(page, folder, page->tables[i], err));
    for (int l = 0; l < MCY_LANGUAGES; l++)
        if (page->pack->languages[l])
            MCY_TRY(write_document(page, folder, (mcy_language)l, err));
    return MCY_OK;
}
