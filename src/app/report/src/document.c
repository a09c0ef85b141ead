/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents as Markdown and HTML: each a walk over the blocks. */
#include "mcy/document.h"

#include <string.h>

#include "mcy/file.h"

void mcy_document_day(const mcy_document *document, mcy_text *out)
{
    mcy_text_print(out, "%s%s", document->language == MCY_ZH ? "数据截至 " : "As of ",
                   document->as_of);
}

/* Numbers of a paragraph as plain words, or as elements that carry their id. */
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

void mcy_document_words(const char *text, mcy_text *out)
{
    add_words(out, text, false);
}

/* ---- Markdown ---------------------------------------------------------------------------- */

static mcy_status markdown_block(const mcy_document *document, const mcy_block *block,
                                 mcy_text *out, mcy_error *err)
{
    switch (block->kind) {
    case MCY_BLOCK_HEADING:
        mcy_text_print(out, "## %s\n\n", block->text);
        break;
    case MCY_BLOCK_PARAGRAPH:
        add_words(out, block->text, false);
        mcy_text_add(out, "\n\n");
        break;
    case MCY_BLOCK_TABLE:
        MCY_TRY(
            mcy_table_print(block->table, MCY_TABLE_MARKDOWN, document->language, out, err));
        mcy_text_add(out, "\n");
        break;
    case MCY_BLOCK_PICTURE:
        mcy_text_print(out, "![%s](%s)\n\n", block->picture.alt, block->picture.link);
        break;
    }
    return MCY_OK;
}

mcy_status mcy_document_markdown(const mcy_document *document, mcy_text *out, mcy_error *err)
{
    mcy_text_print(out, "# %s\n\n", document->title);
    mcy_document_day(document, out);
    mcy_text_print(out, "\n\n%s\n\n", document->preface);
    for (size_t i = 0; i < document->count; i++)
        MCY_TRY(markdown_block(document, &document->blocks[i], out, err));
    return mcy_text_status(out, err);
}

/* ---- HTML -------------------------------------------------------------------------------- */

/* Tables scroll where the page is narrow; on paper they do not, and rows stay whole. */
static const char style[] =
    "<style>body{max-width:52rem;margin:2rem auto;padding:0 1rem;color:#333;"
    "font-family:\"Noto Sans SC\",\"Microsoft YaHei\",\"PingFang SC\",Arial,sans-serif;"
    "line-height:1.6}h1,h2{color:#14284B}h2{border-bottom:2px solid #14284B}"
    "b{font-weight:inherit}"
    "div.t{overflow-x:auto;min-width:100%;width:max-content;max-width:96vw;margin:1rem 0;"
    "position:relative;left:50%;transform:translateX(-50%)}"
    "table{border-collapse:separate;border-spacing:0;font-size:.85rem;line-height:1.4;min-width:100%}"
    "caption{text-align:left;font-weight:bold;color:#14284B;padding:.2rem .6rem}"
    "th,td{padding:.2rem .6rem;border-bottom:1px solid #DEDEDE;text-align:left;"
    "vertical-align:top}thead th{vertical-align:bottom}tfoot td{border:0;color:#666}"
    "tfoot div{position:sticky;left:.6rem;max-width:calc(min(100vw,72rem) - 4rem)}"
    "td:not(.n),tbody th:not(.n){min-width:4em}td.s,th.s{white-space:nowrap}"
    "th.n,td.n{text-align:right;white-space:nowrap}"
    "thead th.n{white-space:normal;min-width:3.5em}tbody td:last-child:not(.n){min-width:14em}"
    "th:first-child,td:first-child{position:sticky;left:0;background:#fff}"
    "tbody th:first-child,tbody td:first-child{white-space:nowrap}"
    "svg{width:100%;height:auto}figure{margin:1.5rem 0}"
    "figure.half{display:inline-block;width:49%;margin:.75rem 0;vertical-align:top}"
    "@media(max-width:40rem){body{margin:1rem auto}table{font-size:.8rem}"
    "th,td,caption{padding:.2rem .4rem}td:not(.n):not(.s){min-width:8em}"
    "tbody th:first-child,tbody td:first-child{white-space:normal;min-width:5em;max-width:8em}"
    "td:last-child:not(.n){min-width:9em}tfoot td:last-child{min-width:0}"
    "tbody td.s:first-child,tbody th.s:first-child{white-space:nowrap}"
    "figure.half{display:block;width:100%}}"
    "@media print{body{max-width:none;margin:0;font-size:10pt}"
    "div.t{overflow:visible;width:auto;max-width:none;left:0;transform:none}"
    "th.n,tbody th:first-child,tbody td:first-child{white-space:normal}"
    "table{font-size:8pt}tfoot{display:table-row-group}h2,caption{break-after:avoid}"
    "tr,figure{break-inside:avoid}}</style>\n";

static void html_element(mcy_text *out, const char *tag, const char *words)
{
    mcy_text_print(out, "<%s>", tag);
    mcy_html_escape(out, words);
    mcy_text_print(out, "</%s>", tag);
}

/* The drawn SVG without its XML head. */
static mcy_status html_svg(const char *path, mcy_text *out, mcy_error *err)
{
    mcy_file file = {0};
    MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, err));
    const char *svg = strstr(file.bytes, "<svg");
    mcy_text_add(out, svg ? svg : "");
    mcy_file_release(&file);
    return MCY_OK;
}

static mcy_status html_block(const mcy_document *document, const mcy_block *block,
                             mcy_text *out, mcy_error *err)
{
    switch (block->kind) {
    case MCY_BLOCK_HEADING:
        html_element(out, "h2", block->text);
        mcy_text_add(out, "\n");
        break;
    case MCY_BLOCK_PARAGRAPH:
        mcy_text_add(out, "<p>");
        add_words(out, block->text, true);
        mcy_text_add(out, "</p>\n");
        break;
    case MCY_BLOCK_TABLE:
        mcy_text_add(out, "<div class=\"t\">\n"); /* wider than the page: scrolled by itself */
        MCY_TRY(mcy_table_print(block->table, MCY_TABLE_HTML, document->language, out, err));
        mcy_text_add(out, "</div>\n");
        break;
    case MCY_BLOCK_PICTURE:
        mcy_text_print(out, "<figure id=\"%s\"%s>\n", block->id,
                       block->picture.half ? " class=\"half\"" : "");
        if (block->picture.svg)
            MCY_TRY(html_svg(block->picture.svg, out, err));
        mcy_text_add(out, "</figure>\n");
        break;
    }
    return MCY_OK;
}

mcy_status mcy_document_html(const mcy_document *document, mcy_text *out, mcy_error *err)
{
    mcy_text_print(out,
                   "<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\">"
                   "<meta name=\"viewport\" content=\"width=device-width\">",
                   document->language == MCY_ZH ? "zh-CN" : "en");
    html_element(out, "title", document->title);
    mcy_text_print(out, "\n%s</head>\n<body>\n", style);
    html_element(out, "h1", document->title);
    mcy_text_add(out, "\n<p>");
    mcy_document_day(document, out);
    mcy_text_add(out, "</p>\n");
    html_element(out, "p", document->preface);
    mcy_text_add(out, "\n");
    for (size_t i = 0; i < document->count; i++)
        MCY_TRY(html_block(document, &document->blocks[i], out, err));
    mcy_text_add(out, "</body>\n</html>\n");
    return mcy_text_status(out, err);
}
