/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle charts: a pack file becomes a folder of figures, tables and one PDF a language. */
#define _POSIX_C_SOURCE 200809L
#include "command.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "facts_of_call.h"
#include "figure_make.h"
#include "mcy/csv.h"
#include "mcy/file.h"
#include "mcy/fit_file.h"
#include "mcy/json.h"
#include "mcy/pack.h"
#include "mcy/shipped.h"
#include "pack_annex.h"
#include "pack_page.h"

static double clock_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct house_reading {
    mcy_arena *arena;
    pack_house *houses;
    size_t count, room;
} house_reading;

static mcy_status house_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    house_reading *reading = context;
    const char *copies[3];
    for (size_t k = 0; k < 3; k++) {
        if (!row->fields[k]) {
            mcy_csv_refuse(row, k, "want some words");
            return MCY_OK;
        }
        copies[k] = mcy_arena_copy(reading->arena, row->fields[k], row->sizes[k]);
        if (!copies[k])
            return mcy_fail_memory(err);
    }
    MCY_TRY(mcy_arena_grow(reading->arena, (void **)&reading->houses, reading->count,
                           &reading->room, sizeof *reading->houses, err));
    reading->houses[reading->count++] = (pack_house){copies[0], {copies[1], copies[2]}};
    return MCY_OK;
}

/* scenarios/packs/houses.csv: how sources are named in the source line. */
static mcy_status read_houses(mcy_call *call, pack_maker *pack, mcy_error *err)
{
    static const char *const columns[] = {"pattern", "zh", "en"};
    house_reading reading = {.arena = call->arena};
    const char *path = mcy_call_path(call, "scenarios/packs/houses.csv");
    if (!path)
        return mcy_fail_memory(err);
    mcy_csv_table table = {.name = path,
                           .columns = columns,
                           .column_count = 3,
                           .row = house_row,
                           .context = &reading};
    mcy_text report = {0};
    mcy_status status = mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &table, &report, err);
    mcy_text_release(&report);
    pack->houses = reading.houses;
    pack->house_count = reading.count;
    return status;
}

/* The day printed in every figure: --as-of, or the last day on which a fact became known. */
static void set_as_of(pack_maker *pack)
{
    mcy_day day = pack->facts->as_of;
    for (size_t i = 0; !pack->facts->as_of && i < pack->facts->count; i++)
        if (pack->facts->items[i].known > day)
            day = pack->facts->items[i].known;
    mcy_day_format(day, pack->as_of);
}

/* Who made the pack from what: never the clock. */
static mcy_status write_manifest(mcy_call *call, const pack_maker *pack, const mcy_pack *made,
                                 mcy_text *text, mcy_error *err)
{
    char facts[MCY_SHA256_HEX], file[MCY_SHA256_HEX];
    MCY_TRY(mcy_facts_hash(call->arena, mcy_call_path(call, "scenarios/history"), facts, err));
    MCY_TRY(mcy_sha256_of_file(pack->spec->file, file, err));
    const char *rows[][2] = {{"program", "memcycle"},
                             {"version", mcy_version()},
                             {"command", "charts"},
                             {"pack", made->name},
                             {"pack_file", mcy_path_name(pack->spec->file)},
                             {"pack_sha256", file},
                             {"style_zh", made->themes[MCY_ZH]->style},
                             {"style_en", made->themes[MCY_EN]->style},
                             {"as_of", pack->as_of},
                             {"facts_sha256", facts}};
    mcy_json json;
    mcy_json_begin(&json, text);
    mcy_json_object(&json);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mcy_json_name(&json, rows[i][0]);
        mcy_json_text(&json, rows[i][1]);
    }
    mcy_json_name(&json, "figures");
    mcy_json_array(&json);
    for (size_t i = 0; i < made->chart_count; i++)
        mcy_json_text(&json, made->charts[i].id);
    mcy_json_close_array(&json);
    mcy_json_close_object(&json);
    return mcy_text_status(text, err);
}

static mcy_status set_languages(const mcy_call *call, mcy_pack *pack, mcy_error *err)
{
    const char *lang = mcy_call_option(call, "lang");
    if (!lang)
        lang = "both";
    pack->languages[MCY_ZH] = !strcmp(lang, "both") || !strcmp(lang, "zh");
    pack->languages[MCY_EN] = !strcmp(lang, "both") || !strcmp(lang, "en");
    if (!pack->languages[MCY_ZH] && !pack->languages[MCY_EN])
        return MCY_FAIL(err, MCY_E_USAGE, "--lang wants zh, en or both, got '%s'", lang);
    return MCY_OK;
}

static mcy_status set_terminals(const mcy_call *call, mcy_pack *pack, mcy_error *err)
{
    const char *given = mcy_call_option(call, "format");
    if (!given)
        given = "svg,png,pdf";
    for (const char *p = given; *p;) {
        size_t n = strcspn(p, ",");
        if (n == 3 && !strncmp(p, "svg", 3))
            pack->svg = true;
        else if (n == 3 && !strncmp(p, "png", 3))
            pack->png = true;
        else if (n == 3 && !strncmp(p, "pdf", 3))
            pack->pdf = true;
        else
            return MCY_FAIL(err, MCY_E_USAGE, "--format wants svg, png and pdf, got '%s'",
                            given);
        p += n + (p[n] == ',');
    }
    return MCY_OK;
}

static void show_progress(void *context, const char *figure, size_t done, size_t all)
{
    mcy_call *call = context;
    fprintf(call->err, "\r\033[K%zu/%zu %s", done, all, figure);
    if (done == all)
        fprintf(call->err, "\r\033[K");
    fflush(call->err);
}

/* Sections that have figures, as the chart floor wants them. */
static mcy_status set_sections(mcy_call *call, const mcy_pack_spec *spec, mcy_pack *pack,
                               mcy_error *err)
{
    mcy_pack_section *sections = MCY_TAKE(call->arena, mcy_pack_section, spec->section_count);
    if (!sections)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < spec->section_count; i++)
        sections[i] = (mcy_pack_section){spec->sections[i].title, spec->sections[i].first};
    pack->sections = sections;
    pack->section_count = spec->section_count;
    return MCY_OK;
}

static mcy_status make_charts(mcy_call *call, pack_maker *maker, mcy_pack *pack, mcy_error *err)
{
    const mcy_pack_spec *spec = maker->spec;
    mcy_chart *charts = MCY_TAKE(call->arena, mcy_chart, spec->figure_count);
    if (!charts)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < spec->figure_count; i++)
        MCY_TRY(mcy_figure_make(maker, &spec->figures[i], &charts[i], err));
    pack->charts = charts;
    pack->chart_count = spec->figure_count;
    return MCY_OK;
}

static const char *out_folder(mcy_call *call, const mcy_pack_spec *spec)
{
    const char *given = mcy_call_option(call, "output");
    return given ? given : mcy_arena_print(call->arena, "pack/%s", spec->name);
}

static mcy_status draw_pack(mcy_call *call, pack_maker *maker, mcy_pack *pack,
                            mcy_pack_times *times, const char *folder, mcy_error *err)
{
    mcy_text manifest = {0};
    mcy_status status = write_manifest(call, maker, pack, &manifest, err);
    mcy_pack_file file = {
        .name = "manifest.json", .bytes = mcy_text_view(&manifest), .size = manifest.size};
    pack_page page = {.maker = maker, .pack = pack};
    pack->files = &file;
    pack->file_count = 1;
    pack->finish = pack_page_write;
    pack->finish_context = &page;
    if (status == MCY_OK)
        status = pack_page_make(maker, &page, err);
    pack->traces = maker->traces;
    pack->trace_count = maker->trace_count;
    if (status == MCY_OK)
        status = mcy_pack_draw(pack, folder, times, err);
    pack_page_release(&page);
    mcy_text_release(&manifest);
    return status;
}

/* The pack, and the internal annex beside it when claims are given: neither without the other. */
static mcy_status draw_all(mcy_call *call, pack_maker *maker, mcy_pack *pack,
                           mcy_pack_times *times, const char *folder, mcy_error *err)
{
    pack_annex annex = {.maker = maker, .pack = pack, .file = mcy_call_option(call, "annex")};
    mcy_status status = annex.file ? pack_annex_make(&annex, folder, err) : MCY_OK;
    if (status == MCY_OK)
        status = draw_pack(call, maker, pack, times, folder, err);
    if (status == MCY_OK && annex.file)
        status = pack_annex_commit(&annex, err);
    pack_annex_drop(&annex);
    if (status == MCY_OK && annex.file)
        fprintf(call->err, "%s: internal, %zu claims or combinations contradicted\n",
                annex.folder, annex.contradicted);
    return status;
}

/* Figures of data that was not given are left out, and said so; with them a section that held
 * nothing else. */
static mcy_status leave_out(mcy_call *call, mcy_pack_spec *spec, mcy_error *err)
{
    mcy_figure_spec *kept = MCY_TAKE(call->arena, mcy_figure_spec, spec->figure_count + 1);
    mcy_section_spec *sections =
        MCY_TAKE(call->arena, mcy_section_spec, spec->section_count + 1);
    size_t count = 0, left = 0;
    if (!kept || !sections)
        return mcy_fail_memory(err);
    for (size_t s = 0; s < spec->section_count; s++) {
        mcy_section_spec *section = &sections[left];
        *section = spec->sections[s];
        section->first = count;
        for (size_t i = 0; i < spec->sections[s].count; i++) {
            const mcy_figure_spec *figure = &spec->figures[spec->sections[s].first + i];
            bool activity = figure->data_count && !strcmp(figure->data[0], "activity");
            if (activity && !mcy_call_has(call, "activity"))
                fprintf(call->err, "figure '%s' is left out: it wants --activity FILE\n",
                        figure->id);
            else
                kept[count++] = *figure;
        }
        section->count = count - section->first;
        left += section->count || section->table_count || section->text_count ||
                !spec->sections[s].count;
    }
    spec->figures = kept;
    spec->figure_count = count;
    spec->sections = sections;
    spec->section_count = left;
    return MCY_OK;
}

/* The style of each language, and which of them want messages as titles. */
static mcy_status read_themes(mcy_call *call, pack_maker *maker,
                              mcy_theme themes[MCY_LANGUAGES], mcy_pack *pack, mcy_error *err)
{
    const char *style = mcy_call_option(call, "style"), *font = mcy_call_option(call, "font");
    for (int l = 0; l < MCY_LANGUAGES; l++) {
        mcy_language language = (mcy_language)l;
        MCY_TRY(mcy_theme_read(call->arena, mcy_call_path(call, "plots"),
                               style ? style : mcy_bilingual_text(maker->spec->style, language),
                               font ? font : maker->spec->font, &themes[l], err));
        maker->message_titles[l] =
            !strcmp(mcy_theme_word(&themes[l], "title_form", language), "message");
        pack->themes[l] = &themes[l];
    }
    return MCY_OK;
}

static mcy_status run_charts(mcy_call *call, mcy_error *err)
{
    double start = clock_seconds();
    mcy_pack_spec spec;
    const char *file;
    MCY_TRY(mcy_shipped_file(call->arena, mcy_call_path(call, "scenarios/packs"), "pack",
                             call->operands[0], &file, err));
    MCY_TRY(mcy_pack_spec_read(call->arena, file, &spec, err));
    MCY_TRY(leave_out(call, &spec, err));
    mcy_facts *facts = NULL;
    MCY_TRY(mcy_call_facts(call, &facts, err));
    pack_maker maker = {.arena = call->arena,
                        .spec = &spec,
                        .call = call,
                        .home = call->home,
                        .facts = facts,
                        .clock = clock_seconds,
                        .as_of_given = mcy_call_option(call, "as-of"),
                        .activity = mcy_call_option(call, "activity")};
    MCY_TRY(read_houses(call, &maker, err));
    set_as_of(&maker);
    mcy_theme themes[MCY_LANGUAGES];
    mcy_pack pack = {.name = spec.name,
                     .title = spec.title,
                     .preface = spec.preface,
                     .as_of = maker.as_of,
                     .only = mcy_call_option(call, "only")};
    MCY_TRY(read_themes(call, &maker, themes, &pack, err));
    MCY_TRY(set_languages(call, &pack, err));
    MCY_TRY(set_terminals(call, &pack, err));
    MCY_TRY(set_sections(call, &spec, &pack, err));
    double read = clock_seconds();
    MCY_TRY(make_charts(call, &maker, &pack, err));
    double made = clock_seconds(),
           before = maker.fit_seconds + maker.run_seconds; /* tables fit, too */
    mcy_pack_times times = {.clock = clock_seconds};
    const char *folder = out_folder(call, &spec);
    if (!folder)
        return mcy_fail_memory(err);
    if (isatty(fileno(call->err))) {
        pack.progress = show_progress;
        pack.progress_context = call;
    }
    MCY_TRY(draw_all(call, &maker, &pack, &times, folder, err));
    fprintf(
        call->err,
        "read %.2f s, fit %.2f s, runs %.2f s, figures %.2f s, scripts %.2f s, pictures %.2f s, "
        "pages %.2f s, files %.2f s: %.2f s in all\n",
        read - start, maker.fit_seconds, maker.run_seconds, made - read - before, times.scripts,
        times.pictures, times.pages, times.files, clock_seconds() - start);
    fprintf(call->out, "%s/index.md: %zu figures as of %s\n", folder, pack.chart_count,
            maker.as_of);
    if (maker.stale)
        return MCY_FAIL(err, MCY_E_FINDINGS,
                        "%zu of the figures rest on stale data and are stamped so: %s",
                        maker.stale, maker.stale_names);
    return MCY_OK;
}

static const mcy_option options[] = {
    MCY_OPTION_AS_OF,
    {"output", 'o', "DIR", "the folder of the pack; pack/NAME by default"},
    {"only", '\0', "FIGURE",
     "redraw one figure of a pack that is there; its notes keep the old one"},
    {"lang", '\0', "LANG", "zh, en or both (the default)"},
    {"style", '\0', "STYLE",
     "cn-broker or en-broker for both languages instead of the pack's own"},
    {"font", '\0', "FAMILY", "another family for all text; it is checked before drawing"},
    {"annex", '\0', "FILE", "check a note's claims into DIR-internal, beside the pack"},
    {"activity", '\0', "FILE", "visits for the weekly note: date,application,visits"},
    {"format", '\0', "LIST", "svg,png,pdf (the default) or some of them"},
    {0}};

const mcy_command mcy_command_charts = {
    .name = "charts",
    .operands = "PACK",
    .summary = "make a chart pack: figures, their numbers, one note a language",
    .description =
        "Fetches what the figures of the pack file name (facts, fits), checks every chart, draws\n"
        "it with gnuplot and writes DIR/index.md, NN-figure.LANG.svg, .png and .gp (the script,\n"
        "which runs alone), NN-figure.csv (what is plotted), NAME.LANG.pdf, .html and .md\n"
        "(the note: sentences, tables and figures in their order), trace.csv and\n"
        "manifest.json. The folder is made aside and renamed in: a failure names the figure and\n"
        "leaves the last pack as it was. The time of each stage is printed on stderr.",
    .examples =
        "memcycle charts quarterly -o pack\n"
        "memcycle charts weekly --as-of 2026-03-20 --annex scenarios/history/note-claims-2026-03-20.csv\n"
        "memcycle charts quarterly -o pack --only micron-revenue",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run_charts,
};
