/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of a document as boxes: title, contents, then each block in its order. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/file.h"
#include "page.h"

enum { CONTENTS_FROM = 12 }; /* tables and pictures: a note with fewer has no contents */

/* Pictures that were not drawn as PDF are passed over. */
static bool is_printed(const mcy_block *block)
{
    return block->kind != MCY_BLOCK_PICTURE || block->picture.pdf;
}

/* Outline and contents have what has an id or is a heading. */
static bool is_listed(const mcy_block *block)
{
    return block->kind != MCY_BLOCK_PARAGRAPH && is_printed(block);
}

/* What they say of it, and where it leads; destination NULL when memory is short. */
static page_entry entry_of(typesetting *t, const mcy_block *block, size_t sections)
{
    page_entry entry = {.section = block->kind == MCY_BLOCK_HEADING, .title = block->text};
    if (block->kind == MCY_BLOCK_PICTURE)
        entry.title = block->picture.title;
    if (block->kind == MCY_BLOCK_TABLE)
        entry.title = mcy_bilingual_text(mcy_table_title(block->table), t->document->language);
    if (!*entry.title)
        entry.title = block->id;
    entry.destination = entry.section
                            ? mcy_arena_print(t->arena, "section-%zu", sections)
                            : mcy_arena_print(t->arena, "%s/%s", t->document->name, block->id);
    return entry;
}

static mcy_status list_entries(typesetting *t, size_t *things, mcy_error *err)
{
    t->entries = MCY_TAKE(t->arena, page_entry, t->document->count + 1);
    if (!t->entries)
        return mcy_fail_memory(err);
    size_t sections = 0;
    for (size_t i = 0; i < t->document->count; i++) {
        const mcy_block *block = &t->document->blocks[i];
        if (!is_listed(block))
            continue;
        sections += block->kind == MCY_BLOCK_HEADING;
        page_entry *entry = &t->entries[t->entry_count++];
        *entry = entry_of(t, block, sections);
        if (!entry->destination)
            return mcy_fail_memory(err);
        *things += !entry->section;
    }
    return MCY_OK;
}

static mcy_status list_title(typesetting *t, mcy_error *err)
{
    mcy_text day = {0};
    mcy_document_day(t->document, &day);
    mcy_status status =
        page_add_text(t, t->document->title, &(page_line){.size = 21, .ink = true, .rule = 2},
                      true, 0, true, err);
    if (status == MCY_OK)
        status = page_add_text(t, mcy_text_view(&day), &(page_line){.size = 9, .soft = true},
                               false, 6, true, err);
    if (status == MCY_OK && *t->document->preface)
        status = page_add_text(t, t->document->preface, &(page_line){.size = 9, .soft = true},
                               false, 2, true, err);
    mcy_text_release(&day);
    return status;
}

/* Contents of a little more than a page are set closer, so that no few lines stand alone. False
 * when they are longer than that. */
static bool press_contents(typesetting *t)
{
    const double least = 0.8, room = PAGE_BOTTOM - PAGE_TOP;
    double all = 0;
    for (size_t i = 0; i < t->box_count; i++)
        all += t->boxes[i].height + t->boxes[i].before;
    for (size_t i = 0; i < t->box_count && all > room && all * least < room; i++) {
        t->boxes[i].height *= room / all;
        t->boxes[i].before *= room / all;
    }
    return all > 0.6 * room && all * least < room;
}

/* A page of its own, or the text follows the contents. */
static mcy_status list_contents(typesetting *t, mcy_error *err)
{
    const char *word = t->document->language == MCY_ZH ? "目录" : "Contents";
    MCY_TRY(page_add_text(t, word, &(page_line){.size = 13, .ink = true}, true, 18, true, err));
    for (size_t i = 0; i < t->entry_count; i++) {
        const page_entry *entry = &t->entries[i];
        page_line like = {.size = entry->section ? 9 : 8,
                          .x = entry->section ? 0 : 14,
                          .ink = entry->section,
                          .entry = i + 1};
        MCY_TRY(page_add_text(t, entry->title, &like, entry->section, entry->section ? 5 : 0,
                              entry->section && i + 1 < t->entry_count, err));
    }
    return !press_contents(t) || page_add(t, PAGE_BREAK, err) ? MCY_OK : MCY_E_MEMORY;
}

static mcy_status list_paragraph(typesetting *t, const char *text, mcy_error *err)
{
    mcy_text words = {0};
    mcy_document_words(text, &words);
    mcy_status status = mcy_text_status(&words, err);
    for (char *at = words.bytes; status == MCY_OK && at && *at;) {
        size_t n = strcspn(at, "\n");
        char *next = at + n + strspn(at + n, "\n");
        at[n] = '\0';
        status = page_add_text(t, at, &(page_line){.size = 9.5}, false, 7, false, err);
        at = next;
    }
    mcy_text_release(&words);
    return status;
}

/* The rows of a group of columns: on one page when the table is whole, else at least three of
 * them together at both ends. Where there are several groups, a row stands in those that have
 * something of it. */
static mcy_status list_group(typesetting *t, const page_table *table, const page_group *group,
                             bool whole, bool keep_last, mcy_error *err)
{
    const size_t head = t->box_count;
    for (size_t r = 0; r <= table->words.rows; r++) {
        if (table->group_count > 1 && page_row_is_empty(table, group, r))
            continue;
        page_box *box = page_add(t, PAGE_ROW, err);
        if (!box)
            return MCY_E_MEMORY;
        box->row = (page_row){table, group, r, head, false};
        box->height = page_row_height(table, group, r);
        box->before = r ? 0 : group == table->groups ? 3 : 9;
    }
    const size_t last = t->box_count - 1 - head; /* the headings are 0 */
    for (size_t k = 0; k <= last; k++)
        t->boxes[head + k].keep = k == last ? keep_last : whole || k < 3 || k + 3 > last;
    t->boxes[head + last].row.last = true;
    return MCY_OK;
}

/* A table of less than a quarter of a page is not broken. */
static bool is_whole(const page_table *table)
{
    double all = 0;
    for (size_t g = 0; g < table->group_count; g++)
        for (size_t r = 0; r <= table->words.rows; r++)
            all += page_row_height(table, &table->groups[g], r);
    return all < (PAGE_BOTTOM - PAGE_TOP) / 4;
}

static mcy_status list_table(typesetting *t, const mcy_table *source, const char *destination,
                             mcy_error *err)
{
    mcy_table_page words;
    page_table *table;
    MCY_TRY(mcy_table_read(source, t->document->language, t->arena, &words, err));
    MCY_TRY(page_table_make(t, &words, &table, err));
    size_t first = t->box_count;
    if (*words.title)
        MCY_TRY(page_add_text(t, words.title, &(page_line){.size = 9, .ink = true}, true, 13,
                              true, err));
    bool whole = is_whole(table);
    for (size_t g = 0; g < table->group_count; g++)
        MCY_TRY(list_group(t, table, &table->groups[g], whole,
                           g + 1 == table->group_count ? words.notes > 0 : whole, err));
    for (size_t i = 0; i < words.notes; i++)
        MCY_TRY(page_add_text(t, words.note[i], &(page_line){.size = 7, .soft = true}, false,
                              i ? 0 : 3, i + 1 < words.notes, err));
    t->boxes[first].destinations[0] = destination;
    return MCY_OK;
}

/* Pages of a PDF file; several pictures come from one file, which is opened once. */
typedef struct picture_file {
    const char *path;
    PopplerDocument *pdf;
} picture_file;

static mcy_status open_pdf(typesetting *t, const char *path, picture_file *open, mcy_error *err)
{
    if (open->path && !strcmp(open->path, path))
        return MCY_OK;
    mcy_file file = {0};
    MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_FACTS, &file, err));
    GBytes *bytes = g_bytes_new(file.bytes, file.size);
    bool pdf = file.size > 100 && !memcmp(file.bytes, "%PDF-", 5);
    mcy_file_release(&file);
    GError *why = NULL;
    open->pdf = pdf ? poppler_document_new_from_bytes(bytes, NULL, &why) : NULL;
    g_bytes_unref(bytes);
    if (!open->pdf) {
        mcy_fail(err, MCY_E_IO, "%s: %s", path, why ? why->message : "is no PDF");
        g_clear_error(&why);
        return MCY_E_IO;
    }
    g_ptr_array_add(t->objects, open->pdf);
    open->path = path;
    return MCY_OK;
}

/* How much larger than drawn a picture is set, so that its frame is as wide as the text, or as
 * half of it. */
static double scale_of(const mcy_picture *picture, double width)
{
    double room = picture->half ? (PAGE_TEXT - PAGE_GUTTER) / 2 : PAGE_TEXT;
    return room / (width - 2 * picture->edge);
}

/* A picture of half the text's width joins the one before it. */
static mcy_status list_picture(typesetting *t, const mcy_picture *picture, picture_file *open,
                               page_box *before, const char *destination, mcy_error *err)
{
    MCY_TRY(open_pdf(t, picture->pdf, open, err));
    int count = poppler_document_get_n_pages(open->pdf);
    PopplerPage *page = picture->pdf_page < (size_t)count
                            ? poppler_document_get_page(open->pdf, (int)picture->pdf_page)
                            : NULL;
    if (!page)
        return MCY_FAIL(err, MCY_E_IO, "%s has %d pages, not %zu", picture->pdf, count,
                        picture->pdf_page + 1);
    g_ptr_array_add(t->objects, page);
    double width, height;
    poppler_page_get_size(page, &width, &height);
    bool joins = picture->half && before && before->kind == PAGE_PICTURES &&
                 before->pictures.half && before->pictures.count == 1;
    page_box *box = joins ? before : page_add(t, PAGE_PICTURES, err);
    if (!box)
        return MCY_E_MEMORY;
    page_pictures *pictures = &box->pictures;
    box->before = 12;
    box->height = fmax(box->height, height * scale_of(picture, width));
    box->destinations[pictures->count] = destination;
    pictures->half = picture->half;
    pictures->least = fmax(pictures->least, height);
    pictures->edges[pictures->count] = picture->edge;
    pictures->of[pictures->count++] = page;
    return MCY_OK;
}

static mcy_status list_block(typesetting *t, const mcy_block *block, page_entry *entry,
                             picture_file *open, mcy_error *err)
{
    switch (block->kind) {
    case MCY_BLOCK_HEADING: {
        size_t first = t->box_count;
        MCY_TRY(page_add_text(t, block->text,
                              &(page_line){.size = 13, .ink = true, .rule = 0.8}, true, 20,
                              true, err));
        t->boxes[first].destinations[0] = entry->destination;
        return MCY_OK;
    }
    case MCY_BLOCK_PARAGRAPH:
        return list_paragraph(t, block->text, err);
    case MCY_BLOCK_TABLE:
        return list_table(t, block->table, entry->destination, err);
    case MCY_BLOCK_PICTURE:
        break;
    }
    page_box *last = t->box_count ? &t->boxes[t->box_count - 1] : NULL;
    return list_picture(t, &block->picture, open, last, entry->destination, err);
}

mcy_status page_list(typesetting *t, mcy_error *err)
{
    size_t things = 0, entry = 0;
    picture_file open = {0};
    MCY_TRY(list_entries(t, &things, err));
    MCY_TRY(list_title(t, err));
    if (things >= CONTENTS_FROM)
        MCY_TRY(list_contents(t, err));
    for (size_t i = 0; i < t->document->count; i++) {
        const mcy_block *block = &t->document->blocks[i];
        if (!is_printed(block))
            continue;
        size_t first = t->box_count;
        MCY_TRY(list_block(t, block, &t->entries[entry], &open, err));
        if (is_listed(block)) /* a picture that joined another stands in the box before */
            t->entries[entry++].box = first < t->box_count ? first : t->box_count - 1;
    }
    return MCY_OK;
}
