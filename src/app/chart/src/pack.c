/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pack: scripts written, pictures drawn by one or more gnuplots, pages bound, all renamed in. */
#define _POSIX_C_SOURCE 200809L
#include "mcy/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/csv.h"
#include "mcy/file.h"
#include "mcy/script.h"
#include "mcy/workers.h"
#include "pack_index.h"

enum { MOST_PROCESSES = 4 };

/* One picture: a figure in a language. */
typedef struct pack_item {
    const mcy_chart *chart;
    mcy_language language;
    char name[128];
} pack_item;

/* A pack while it is made. */
typedef struct pack_making {
    const mcy_pack *pack;
    mcy_arena *arena;
    const char *folder; /* aside */
    mcy_chart *charts;  /* numbered copies */
    pack_item *items;
    size_t item_count;
    mcy_gnuplot *gnuplot[MOST_PROCESSES];
    size_t processes;
    mcy_text texts; /* all scripts' text, for the font check */
} pack_making;

static mcy_status making_write(pack_making *making, const char *name, const mcy_text *text,
                               mcy_error *err)
{
    const char *path = mcy_path_join(making->arena, making->folder, name);
    return path ? mcy_file_write_text(path, text, err) : mcy_fail_memory(err);
}

static const char *making_print(pack_making *making, const char *stem, const char *ending)
{
    return mcy_arena_print(making->arena, "%s%s", stem, ending);
}

static bool wanted(const mcy_pack *pack, const mcy_chart *chart)
{
    return !pack->only || !strcmp(pack->only, chart->id);
}

/* Numbered copies of the charts, and one item a figure and language. */
static mcy_status list_items(pack_making *making, mcy_error *err)
{
    const mcy_pack *pack = making->pack;
    making->charts = MCY_TAKE(making->arena, mcy_chart, pack->chart_count);
    making->items = MCY_TAKE(making->arena, pack_item, pack->chart_count * MCY_LANGUAGES);
    if (!making->charts || !making->items)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < pack->chart_count; i++) {
        making->charts[i] = pack->charts[i];
        making->charts[i].number = (int)i + 1;
        for (size_t k = 0; k < i; k++)
            if (!strcmp(pack->charts[k].id, pack->charts[i].id))
                return MCY_FAIL(err, MCY_E_INPUT, "two figures of the pack are called '%s'",
                                pack->charts[i].id);
        for (int l = 0; l < MCY_LANGUAGES; l++) {
            if (!pack->languages[l] || !wanted(pack, &pack->charts[i]))
                continue;
            pack_item *item = &making->items[making->item_count++];
            *item = (pack_item){.chart = &making->charts[i], .language = (mcy_language)l};
            mcy_chart_file_name(item->chart, item->language, item->name);
        }
    }
    if (!making->item_count)
        return MCY_FAIL(err, MCY_E_INPUT, "pack '%s': no figure '%s'", pack->name,
                        pack->only ? pack->only : "");
    return MCY_OK;
}

static mcy_status write_script(pack_making *making, const pack_item *item, mcy_error *err)
{
    mcy_text script;
    mcy_text_init(&script);
    mcy_status status = mcy_chart_script(item->chart, making->pack->themes[item->language],
                                         making->pack->name, item->language, &script, err);
    const char *name = making_print(making, item->name, ".gp");
    if (status == MCY_OK)
        status = name ? making_write(making, name, &script, err) : mcy_fail_memory(err);
    mcy_text_append(&making->texts, mcy_text_view(&script), script.size);
    mcy_text_release(&script);
    return status;
}

static mcy_status write_table(pack_making *making, const mcy_chart *chart, mcy_error *err)
{
    char name[128];
    snprintf(name, sizeof name, "%02d-%.90s.csv", chart->number, chart->id);
    mcy_text csv;
    mcy_text_init(&csv);
    mcy_status status = mcy_chart_csv(chart, &csv, err);
    if (status == MCY_OK)
        status = making_write(making, name, &csv, err);
    mcy_text_release(&csv);
    return status;
}

static mcy_status write_scripts(pack_making *making, mcy_error *err)
{
    for (size_t i = 0; i < making->pack->chart_count; i++)
        MCY_TRY(mcy_chart_check(&making->charts[i], err));
    for (size_t i = 0; i < making->item_count; i++)
        MCY_TRY(write_script(making, &making->items[i], err));
    for (size_t i = 0; i < making->pack->chart_count; i++)
        if (wanted(making->pack, &making->charts[i]))
            MCY_TRY(write_table(making, &making->charts[i], err));
    for (int l = 0; l < MCY_LANGUAGES; l++)
        if (making->pack->languages[l])
            MCY_TRY(
                mcy_font_check(mcy_theme_word(making->pack->themes[l], "font", (mcy_language)l),
                               mcy_text_view(&making->texts), err));
    return MCY_OK;
}

/* Read a drawn file of the folder. */
static mcy_status drawn_read(const pack_making *making, const char *name, char path[1024],
                             mcy_file *file, mcy_error *err)
{
    int n = snprintf(path, 1024, "%s/%s", making->folder, name);
    if (n < 0 || n >= 1024)
        return MCY_FAIL(err, MCY_E_INPUT, "the path of '%s' is too long", name);
    return mcy_file_read(path, MCY_FILE_MOST_TEXT, file, err);
}

static mcy_status finish_svg(const pack_making *making, const pack_item *item, mcy_error *err)
{
    char name[160], path[1024];
    snprintf(name, sizeof name, "%s.svg", item->name);
    mcy_file file = {0};
    mcy_text svg, alt, title;
    mcy_text_init(&svg);
    mcy_text_init(&alt);
    mcy_text_init(&title);
    mcy_text_print(&title, "%s (%s/%s)", mcy_bilingual_text(item->chart->title, item->language),
                   making->pack->name, item->chart->id);
    mcy_status status = drawn_read(making, name, path, &file, err);
    if (status == MCY_OK)
        status = mcy_chart_alt(item->chart, item->language, &alt, err);
    if (status == MCY_OK)
        status = mcy_svg_finish(name, file.bytes, file.size, mcy_text_view(&title),
                                mcy_text_view(&alt), &svg, err);
    if (status == MCY_OK)
        status = mcy_file_write_text(path, &svg, err);
    mcy_file_release(&file);
    mcy_text_release(&svg);
    mcy_text_release(&alt);
    mcy_text_release(&title);
    return status;
}

static mcy_status check_png(const pack_making *making, const pack_item *item, mcy_error *err)
{
    char name[160], path[1024];
    snprintf(name, sizeof name, "%s.png", item->name);
    mcy_file file = {0};
    MCY_TRY(drawn_read(making, name, path, &file, err));
    mcy_status status = mcy_png_check(name, file.bytes, file.size, err);
    mcy_file_release(&file);
    return status;
}

/* A part of the pictures, drawn by the worker's own gnuplot. */
static mcy_status draw_some(void *context, size_t worker, size_t first, size_t count,
                            mcy_error *err)
{
    pack_making *making = context;
    const mcy_pack *pack = making->pack;
    const char *terminals = pack->svg && pack->png ? "svg png" : pack->svg ? "svg" : "png";
    for (size_t i = first; i < first + count; i++) {
        const pack_item *item = &making->items[i];
        char script[160];
        snprintf(script, sizeof script, "%s.gp", item->name);
        MCY_TRY(mcy_gnuplot_run(making->gnuplot[worker], script, terminals, item->name, err));
        if (pack->svg)
            MCY_TRY(finish_svg(making, item, err));
        if (pack->png)
            MCY_TRY(check_png(making, item, err));
        if (pack->progress && worker == 0)
            pack->progress(pack->progress_context, item->name, i + 1, making->item_count);
    }
    return MCY_OK;
}

static mcy_status draw_pictures(pack_making *making, mcy_error *err)
{
    if (!making->pack->svg && !making->pack->png)
        return MCY_OK;
    mcy_workers *workers = NULL;
    MCY_TRY(mcy_workers_create(making->processes, false, &workers, err));
    mcy_status status = mcy_workers_run(workers, making->item_count, 1, draw_some, making, err);
    mcy_workers_destroy(workers);
    return status;
}

/* NAME.LANG.gp: loads every figure's script as one page. */
static mcy_status write_binder(pack_making *making, mcy_language language, const char *stem,
                               size_t *pages, mcy_error *err)
{
    mcy_text script;
    mcy_text_init(&script);
    mcy_text_print(&script,
                   "# memcycle pack %s: %s.pdf, drawn by: gnuplot -d %s.gp\n"
                   "set encoding utf8\nmcy_terminals = 'page'\n"
                   "set terminal pdfcairo noenhanced size 16cm,9.6cm background rgb '#FFFFFF' "
                   "font '%s,9' fontscale 0.75 linewidth 1.5 pointscale 0.5 dashlength 0.5\n"
                   "set output '%s.pdf'\n",
                   making->pack->name, stem, stem,
                   mcy_theme_word(making->pack->themes[language], "font", language), stem);
    *pages = 0;
    for (size_t i = 0; i < making->item_count; i++)
        if (making->items[i].language == language) {
            mcy_text_print(&script, "load '%s.gp'\n", making->items[i].name);
            ++*pages;
        }
    mcy_text_print(&script, "set output\nprint 'ok %s'\n", stem);
    const char *name = making_print(making, stem, ".gp");
    mcy_status status = mcy_text_status(&script, err);
    if (status == MCY_OK)
        status = name ? making_write(making, name, &script, err) : mcy_fail_memory(err);
    mcy_text_release(&script);
    return status;
}

/* The script that bound the pages is of no use to a reader. */
static mcy_status remove_binder(const pack_making *making, const char *stem, mcy_error *err)
{
    char path[1024];
    int n = snprintf(path, sizeof path, "%s/%s.gp", making->folder, stem);
    if (n >= (int)sizeof path || remove(path) != 0)
        return MCY_FAIL(err, MCY_E_IO, "%s cannot be removed", path);
    return MCY_OK;
}

static mcy_status bind_pages(pack_making *making, size_t worker, mcy_language language,
                             mcy_error *err)
{
    char stem[128], name[160], path[1024];
    snprintf(stem, sizeof stem, "%.100s.%s", making->pack->name, mcy_language_name(language));
    snprintf(name, sizeof name, "%s.gp", stem);
    size_t pages = 0;
    MCY_TRY(mcy_gnuplot_run(making->gnuplot[worker], name, NULL, stem, err));
    snprintf(name, sizeof name, "%s.pdf", stem);
    bool *half = calloc(making->item_count, sizeof *half); /* a worker's: not of the arena */
    if (!half)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < making->item_count; i++)
        if (making->items[i].language == language)
            half[pages++] = making->items[i].chart->half;
    mcy_file file = {0};
    mcy_status status = drawn_read(making, name, path, &file, err);
    if (status == MCY_OK)
        status =
            mcy_pdf_finish(name, file.bytes, file.size, making->pack->as_of, half, pages, err);
    if (status == MCY_OK)
        status = mcy_file_write(path, file.bytes, file.size, err);
    mcy_file_release(&file);
    free(half);
    return status == MCY_OK ? remove_binder(making, stem, err) : status;
}

static mcy_status bind_some(void *context, size_t worker, size_t first, size_t count,
                            mcy_error *err)
{
    pack_making *making = context;
    for (size_t l = first; l < first + count; l++)
        if (making->pack->languages[l])
            MCY_TRY(bind_pages(making, worker, (mcy_language)l, err));
    return MCY_OK;
}

static mcy_status draw_pages(pack_making *making, mcy_error *err)
{
    const mcy_pack *pack = making->pack;
    if (!pack->pdf || pack->only)
        return MCY_OK;
    for (int l = 0; l < MCY_LANGUAGES; l++) {
        char stem[128];
        size_t pages;
        snprintf(stem, sizeof stem, "%.100s.%s", pack->name,
                 mcy_language_name((mcy_language)l));
        if (pack->languages[l])
            MCY_TRY(write_binder(making, (mcy_language)l, stem, &pages, err));
    }
    mcy_workers *workers = NULL;
    MCY_TRY(mcy_workers_create(making->processes, false, &workers, err));
    mcy_status status = mcy_workers_run(workers, MCY_LANGUAGES, 1, bind_some, making, err);
    mcy_workers_destroy(workers);
    return status;
}

static mcy_status write_files(pack_making *making, mcy_error *err)
{
    const mcy_pack *pack = making->pack;
    for (size_t i = 0; i < pack->file_count; i++) {
        const char *path = mcy_path_join(making->arena, making->folder, pack->files[i].name);
        if (!path)
            return mcy_fail_memory(err);
        MCY_TRY(mcy_file_write(path, pack->files[i].bytes, pack->files[i].size, err));
    }
    mcy_text text;
    mcy_text_init(&text);
    mcy_status status = mcy_pack_index(pack, making->charts, &text, err);
    if (status == MCY_OK)
        status = making_write(making, "index.md", &text, err);
    mcy_text_clear(&text);
    if (status == MCY_OK)
        status = mcy_pack_trace(pack, making->charts, &text, err);
    if (status == MCY_OK)
        status = making_write(making, "trace.csv", &text, err);
    mcy_text_release(&text);
    if (status == MCY_OK && pack->finish)
        status = pack->finish(pack->finish_context, making->folder, err);
    return status;
}

static double now(const mcy_pack_times *times)
{
    return times && times->clock ? times->clock() : 0;
}

static mcy_status make_all(pack_making *making, mcy_pack_times *times, mcy_error *err)
{
    double start = now(times);
    MCY_TRY(list_items(making, err));
    MCY_TRY(write_scripts(making, err));
    double scripts = now(times);
    for (size_t i = 0; i < making->processes; i++)
        MCY_TRY(mcy_gnuplot_create(making->folder, &making->pack->gnuplot, &making->gnuplot[i],
                                   err));
    MCY_TRY(draw_pictures(making, err));
    double pictures = now(times);
    MCY_TRY(draw_pages(making, err));
    double pages = now(times);
    if (!making->pack->only)
        MCY_TRY(write_files(making, err));
    if (times) {
        times->scripts = scripts - start;
        times->pictures = pictures - scripts;
        times->pages = pages - pictures;
        times->files = now(times) - pages;
    }
    return MCY_OK;
}

/* One figure redrawn: its files replace those of the pack that is there. */
static mcy_status move_in(pack_making *making, const char *folder, mcy_error *err)
{
    const char *const *names;
    size_t count;
    MCY_TRY(mcy_folder_list(making->arena, making->folder, "", &names, &count, err));
    for (size_t i = 0; i < count; i++) {
        const char *from = mcy_path_join(making->arena, making->folder, names[i]);
        const char *to = mcy_path_join(making->arena, folder, names[i]);
        if (!from || !to)
            return mcy_fail_memory(err);
        if (rename(from, to) != 0)
            return MCY_FAIL(err, MCY_E_IO, "%s cannot be moved to %s", from, to);
    }
    return mcy_folder_remove(making->folder, err);
}

/* gnuplot says nothing of a full disk, its pictures are only cut off: a failed picture where a
 * file of some size cannot be written either is the disk's fault. */
static mcy_status blame_disk(pack_making *making, mcy_status status, mcy_error *err)
{
    enum { SOME = 1 << 18 };
    mcy_error why = {0};
    const char *path = mcy_path_join(making->arena, making->folder, "room");
    char *bytes = MCY_TAKE(making->arena, char, SOME);
    if (status != MCY_E_EXTERNAL || !path || !bytes ||
        mcy_file_write(path, bytes, SOME, &why) != MCY_E_IO)
        return status;
    return MCY_FAIL(err, MCY_E_IO, "no room for the pictures: %s", why.text);
}

mcy_status mcy_pack_draw(const mcy_pack *pack, const char *folder, mcy_pack_times *times,
                         mcy_error *err)
{
    if (!pack->chart_count)
        return MCY_FAIL(err, MCY_E_MISSING, "pack '%s' has no figures", pack->name);
    if (pack->only && !mcy_folder_exists(folder))
        return MCY_FAIL(err, MCY_E_MISSING, "no pack in '%s' yet: draw all of it first",
                        folder);
    pack_making making = {.pack = pack, .arena = mcy_arena_create()};
    if (!making.arena)
        return mcy_fail_memory(err);
    making.processes = pack->processes ? pack->processes : mcy_workers_processors();
    if (making.processes > MOST_PROCESSES)
        making.processes = MOST_PROCESSES;
    char *aside = NULL;
    mcy_status status = mcy_folder_begin(making.arena, folder, &aside, err);
    making.folder = aside;
    if (status == MCY_OK)
        status = blame_disk(&making, make_all(&making, times, err), err);
    for (size_t i = 0; i < MOST_PROCESSES; i++)
        mcy_gnuplot_destroy(making.gnuplot[i]);
    if (status == MCY_OK)
        status =
            pack->only ? move_in(&making, folder, err) : mcy_folder_commit(aside, folder, err);
    if (status != MCY_OK && aside)
        mcy_folder_remove(aside, NULL);
    mcy_text_release(&making.texts);
    mcy_arena_destroy(making.arena);
    return status;
}
