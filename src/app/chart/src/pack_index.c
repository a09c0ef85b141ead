/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index and the trace of a pack. */
#include "pack_index.h"

#include <stdio.h>
#include <string.h>

#include "mcy/csv.h"
#include "mcy/number.h"
#include "mcy/script.h"

/* Markdown on one line: what would end it or open a link is made harmless. */
static void add_plain(mcy_text *text, const char *words)
{
    for (; *words; words++) {
        if (strchr("[]<>`*_\\|", *words))
            mcy_text_add(text, "\\");
        mcy_text_append(text, (unsigned char)*words < 0x20 ? " " : words, 1);
    }
}

static void add_heading(mcy_text *text, const mcy_pack *pack, const mcy_chart *chart,
                        mcy_language language)
{
    const char *form = mcy_theme_word(pack->themes[language], "figure", language),
               *at = strstr(form, "%d");
    if (at)
        mcy_text_print(text, "%.*s%d%s", (int)(at - form), form, chart->number, at + 2);
    add_plain(text, mcy_bilingual_text(chart->title, language));
}

static mcy_status add_figure(mcy_text *text, const mcy_pack *pack, const mcy_chart *chart,
                             mcy_error *err)
{
    mcy_text_add(text, "### ");
    for (int l = 0, some = 0; l < MCY_LANGUAGES; l++)
        if (pack->languages[l]) {
            mcy_text_add(text, some++ ? " / " : "");
            add_heading(text, pack, chart, (mcy_language)l);
        }
    mcy_text_print(text, "\n\n<a id=\"%s\"></a>", chart->id);
    for (int l = 0; l < MCY_LANGUAGES; l++) {
        char name[128];
        if (!pack->languages[l])
            continue;
        mcy_chart_file_name(chart, (mcy_language)l, name);
        mcy_text alt;
        mcy_text_init(&alt);
        mcy_status status = mcy_chart_alt(chart, (mcy_language)l, &alt, err);
        mcy_text_add(text, "\n![");
        add_plain(text, mcy_text_view(&alt));
        mcy_text_release(&alt);
        MCY_TRY(status);
        mcy_text_print(text, "](%s.%s)\n\n", name, pack->png ? "png" : "svg");
        mcy_text_print(text, "%s%s%s%s  \n",
                       mcy_theme_word(pack->themes[l], "source", (mcy_language)l),
                       mcy_bilingual_text(chart->source, (mcy_language)l),
                       mcy_theme_word(pack->themes[l], "as_of", (mcy_language)l), chart->as_of);
        if (pack->svg)
            mcy_text_print(text, "[svg](%s.svg) · ", name);
        mcy_text_print(text, "[gp](%s.gp) · [csv](%02d-%s.csv) · `%s/%s`\n", name,
                       chart->number, chart->id, pack->name, chart->id);
    }
    mcy_text_add(text, "\n");
    return MCY_OK;
}

static void add_both(mcy_text *text, const mcy_pack *pack, mcy_bilingual words,
                     const char *between)
{
    bool zh = pack->languages[MCY_ZH], en = pack->languages[MCY_EN];
    if (zh)
        add_plain(text, mcy_bilingual_text(words, MCY_ZH));
    mcy_text_add(text, zh && en ? between : "");
    if (en)
        add_plain(text, mcy_bilingual_text(words, MCY_EN));
}

static void add_files(mcy_text *text, const mcy_pack *pack)
{
    bool any = false;
    for (size_t i = 0; i < pack->file_count; i++) {
        if (!*mcy_bilingual_text(pack->files[i].title, MCY_EN))
            continue;
        mcy_text_add(text, any ? "- " : "## 表格与数据 / Tables and data\n\n- ");
        mcy_text_print(text, "[%s](%s) ", pack->files[i].name, pack->files[i].name);
        add_both(text, pack, pack->files[i].title, " / ");
        mcy_text_add(text, "\n");
        any = true;
    }
}

mcy_status mcy_pack_index(const mcy_pack *pack, const mcy_chart *charts, mcy_text *text,
                          mcy_error *err)
{
    mcy_text_add(text, "# ");
    add_both(text, pack, pack->title, " / ");
    mcy_text_print(text, "\n\n数据截至 / as of %s · `%s`\n\n", pack->as_of, pack->name);
    if (*mcy_bilingual_text(pack->preface, MCY_EN)) {
        add_both(text, pack, pack->preface, "\n\n");
        mcy_text_add(text, "\n\n");
    }
    for (int l = 0; pack->pdf && l < MCY_LANGUAGES; l++)
        if (pack->languages[l])
            mcy_text_print(text, "[PDF %s](%s.%s.pdf) ", mcy_language_name((mcy_language)l),
                           pack->name, mcy_language_name((mcy_language)l));
    mcy_text_add(text, "\n\n");
    for (size_t i = 0, s = 0; i < pack->chart_count; i++) {
        for (; s < pack->section_count && pack->sections[s].first <= i; s++) {
            mcy_text_add(text, "## ");
            add_both(text, pack, pack->sections[s].title, " / ");
            mcy_text_add(text, "\n\n");
        }
        MCY_TRY(add_figure(text, pack, &charts[i], err));
    }
    add_files(text, pack);
    return mcy_text_status(text, err);
}

static void add_trace(mcy_text *text, const mcy_pack *pack, const char *part,
                      const mcy_chart_origin *origin)
{
    const char *cells[] = {origin->number, origin->kind,      origin->where,     origin->what,
                           origin->source, origin->published, origin->confidence};
    char figure[256];
    snprintf(figure, sizeof figure, "%s/%s", pack->name, part);
    mcy_csv_add(text, figure);
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
        mcy_csv_add(text, cells[c] ? cells[c] : "");
    mcy_csv_end(text);
}

/* What the framed cell of a heat table must be: lint compares. */
static void add_base(mcy_text *text, const mcy_pack *pack, const mcy_chart *chart)
{
    char value[32];
    if (!chart->base_framed)
        return;
    mcy_number_format(chart->base_value, value);
    add_trace(
        text, pack, chart->id,
        &(mcy_chart_origin){
            .number = "", .kind = "base", .where = "", .what = value, .source = "memcycle"});
}

mcy_status mcy_pack_trace(const mcy_pack *pack, const mcy_chart *charts, mcy_text *text,
                          mcy_error *err)
{
    static const char *const heads[] = {"figure", "number", "kind",      "where",
                                        "what",   "source", "published", "confidence"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        mcy_csv_add(text, heads[i]);
    mcy_csv_end(text);
    for (size_t i = 0; i < pack->chart_count; i++) {
        add_base(text, pack, &charts[i]);
        for (size_t k = 0; k < charts[i].origin_count; k++)
            add_trace(text, pack, charts[i].id, &charts[i].origins[k]);
    }
    for (size_t i = 0; i < pack->trace_count; i++)
        add_trace(text, pack, pack->traces[i].part, &pack->traces[i].origin);
    return mcy_text_status(text, err);
}
