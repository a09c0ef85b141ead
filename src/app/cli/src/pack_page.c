/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a pack: texts, tables and figures in the order of the pack file. */
#include "pack_page.h"

#include <stdio.h>
#include <string.h>

#include "mcy/file.h"
#include "mcy/script.h"

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

static mcy_status in_file(const pack_maker *maker, const mcy_table_spec *spec, mcy_status status,
                          mcy_error *err)
{
    if (status == MCY_OK)
        return MCY_OK;
    return mcy_fail_in(err, status, "%s:%d: '%s'", maker->spec->file, spec->line, spec->id);
}

static mcy_status make_table(pack_maker *maker, const mcy_table_spec *spec, mcy_table **table,
                             mcy_error *err)
{
    for (size_t i = 0; i < sizeof table_sources / sizeof *table_sources; i++)
        if (!strcmp(spec->data[0], table_sources[i].name))
            return table_sources[i].fill(maker, spec, table, err);
    return MCY_FAIL(err, MCY_E_INPUT, "no table '%s'", spec->data[0]);
}

static mcy_status make_text(pack_maker *maker, const mcy_table_spec *spec, pack_words *words,
                            mcy_error *err)
{
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

/* Numbers of a generated text as plain words, or as elements that carry their id. */
static void add_words(mcy_text *out, const char *words, bool html)
{
    for (const char *p = words; *p;) {
        size_t n = strcspn(p, NUMBER_OPEN NUMBER_MID NUMBER_CLOSE "\n&<>");
        mcy_text_append(out, p, n);
        p += n;
        switch (*p) {
        case '\x01': {
            size_t id = strcspn(p + 1, NUMBER_MID);
            if (html)
                mcy_text_print(out, "<b data-number=\"%.*s\">", (int)id, p + 1);
            p += 1 + id;
            break;
        }
        case '\x03':
            mcy_text_add(out, html ? "</b>" : "");
            break;
        case '\n':
            mcy_text_add(out, html ? "</p>\n<p>" : "\n\n");
            break;
        case '&':
            mcy_text_add(out, html ? "&amp;" : "&");
            break;
        case '<':
            mcy_text_add(out, html ? "&lt;" : "<");
            break;
        case '>':
            mcy_text_add(out, html ? "&gt;" : ">");
            break;
        default:
            break;
        }
        p += *p != '\0';
    }
}

/* The drawn SVG of a figure without its XML head. */
static mcy_status add_svg(const pack_page *page, const char *folder, const char *name,
                          mcy_text *out, mcy_error *err)
{
    char file_name[160];
    snprintf(file_name, sizeof file_name, "%s.svg", name);
    const char *path = mcy_path_join(page->maker->arena, folder, file_name);
    mcy_file file = {0};
    if (!path)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, err));
    const char *svg = strstr(file.bytes, "<svg");
    mcy_text_add(out, svg ? svg : "");
    mcy_file_release(&file);
    return MCY_OK;
}

static mcy_status add_figure(const pack_page *page, const char *folder, const mcy_chart *chart,
                             int number, mcy_language language, bool html, mcy_text *out,
                             mcy_error *err)
{
    char name[128];
    mcy_chart numbered = *chart;
    numbered.number = number;
    mcy_chart_file_name(&numbered, language, name);
    if (html) {
        mcy_text_print(out, "<figure id=\"%s\"%s>\n", chart->id,
                       chart->half ? " class=\"half\"" : "");
        if (page->pack->svg)
            MCY_TRY(add_svg(page, folder, name, out, err));
        mcy_text_add(out, "</figure>\n");
        return MCY_OK;
    }
    mcy_text_add(out, "![");
    MCY_TRY(mcy_chart_alt(chart, language, out, err));
    mcy_text_print(out, "](%s.%s)\n\n", name, page->pack->png ? "png" : "svg");
    return MCY_OK;
}

static mcy_status add_section(const pack_page *page, const char *folder,
                              const mcy_section_spec *section, mcy_language language, bool html,
                              mcy_text *out, mcy_error *err)
{
    const char *title = mcy_bilingual_text(section->title, language);
    if (html) {
        mcy_text_add(out, "<h2>");
        mcy_html_escape(out, title);
        mcy_text_add(out, "</h2>\n");
    } else {
        mcy_text_print(out, "## %s\n\n", title);
    }
    for (size_t i = 0; i < section->text_count; i++) {
        mcy_text_add(out, html ? "<p>" : "");
        add_words(out, mcy_text_view(&page->texts[section->first_text + i].text[language]), html);
        mcy_text_add(out, html ? "</p>\n" : "\n\n");
    }
    for (size_t i = 0; i < section->table_count; i++) {
        MCY_TRY(mcy_table_print(page->tables[section->first_table + i],
                                html ? MCY_TABLE_HTML : MCY_TABLE_MARKDOWN, language, out, err));
        mcy_text_add(out, "\n");
    }
    for (size_t i = 0; i < section->count; i++)
        MCY_TRY(add_figure(page, folder, &page->pack->charts[section->first + i],
                           (int)(section->first + i) + 1, language, html, out, err));
    return MCY_OK;
}

static const char style[] =
    "<style>body{max-width:52rem;margin:2rem auto;padding:0 1rem;color:#333;"
    "font-family:\"Noto Sans SC\",\"Microsoft YaHei\",\"PingFang SC\",Arial,sans-serif;"
    "line-height:1.6}h1,h2{color:#14284B}h2{border-bottom:2px solid #14284B}"
    "b{font-weight:inherit}"
    "table{border-collapse:collapse;font-size:.85rem;margin:1rem 0}th,td{padding:.2rem .6rem;"
    "border-bottom:1px solid #DEDEDE;text-align:right}th:first-child,td:first-child"
    "{text-align:left}svg{width:100%;height:auto}figure{margin:1.5rem 0}"
    "figure.half{display:inline-block;width:49%;margin:.75rem 0;vertical-align:top}</style>\n";

static mcy_status add_page(const pack_page *page, const char *folder, mcy_language language,
                           bool html, mcy_text *out, mcy_error *err)
{
    const mcy_pack_spec *spec = page->maker->spec;
    const char *title = mcy_bilingual_text(spec->title, language);
    const char *as_of = language == MCY_ZH ? "数据截至 " : "As of ";
    const char *preface = mcy_bilingual_text(spec->preface, language);
    if (html) {
        mcy_text_print(out,
                       "<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\">"
                       "<meta name=\"viewport\" content=\"width=device-width\"><title>",
                       language == MCY_ZH ? "zh-CN" : "en");
        mcy_html_escape(out, title);
        mcy_text_print(out, "</title>\n%s</head>\n<body>\n<h1>", style);
        mcy_html_escape(out, title);
        mcy_text_print(out, "</h1>\n<p>%s%s</p>\n<p>", as_of, page->maker->as_of);
        mcy_html_escape(out, preface);
        mcy_text_add(out, "</p>\n");
    } else {
        mcy_text_print(out, "# %s\n\n%s%s\n\n%s\n\n", title, as_of, page->maker->as_of, preface);
    }
    for (size_t i = 0; i < spec->section_count; i++)
        MCY_TRY(add_section(page, folder, &spec->sections[i], language, html, out, err));
    mcy_text_add(out, html ? "</body>\n</html>\n" : "");
    return mcy_text_status(out, err);
}

mcy_status pack_page_write(void *context, const char *folder, mcy_error *err)
{
    const pack_page *page = context;
    for (size_t i = 0; i < page->maker->spec->table_count; i++)
        MCY_TRY(write_table(page, folder, page->tables[i], err));
    for (int l = 0; l < MCY_LANGUAGES; l++)
        for (int html = 0; page->pack->languages[l] && html < 2; html++) {
            char name[160];
            mcy_text out = {0};
            snprintf(name, sizeof name, "%.100s.%s.%s", page->maker->spec->name,
                     mcy_language_name((mcy_language)l), html ? "html" : "md");
            mcy_status status = add_page(page, folder, (mcy_language)l, html, &out, err);
            if (status == MCY_OK)
                status = write_text(page, folder, name, &out, err);
            mcy_text_release(&out);
            MCY_TRY(status);
        }
    return MCY_OK;
}
