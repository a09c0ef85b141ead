/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document set and written: boxes, pages, then one PDF in memory that replaces the file. */
#include "mcy/typeset.h"

#include <cairo-pdf.h>
#include <stdio.h>
#include <string.h>

#include "context.h"
#include "heard.h"
#include "mcy/file.h"
#include "mcy/measure.h"
#include "page.h"

static cairo_status_t take_bytes(void *context, const unsigned char *bytes, unsigned n)
{
    mcy_text *pdf = context;
    mcy_text_append(pdf, (const char *)bytes, n);
    return pdf->failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

/* Sections, and under each its tables and pictures. */
static void add_outline(const typesetting *t, cairo_surface_t *surface)
{
    int section = CAIRO_PDF_OUTLINE_ROOT;
    for (size_t i = 0; i < t->entry_count; i++) {
        const page_entry *entry = &t->entries[i];
        char link[256];
        snprintf(link, sizeof link, "dest='%.200s'", entry->destination);
        int id = cairo_pdf_surface_add_outline(
            surface, entry->section ? CAIRO_PDF_OUTLINE_ROOT : section, entry->title, link,
            entry->section ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
        section = entry->section ? id : section;
    }
}

static mcy_status add_metadata(const typesetting *t, cairo_surface_t *surface, mcy_error *err)
{
    const mcy_document *document = t->document;
    mcy_text words = {0};
    mcy_text_print(&words, "%sT00:00:00Z", document->as_of);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, words.bytes);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, words.bytes);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, document->title);
    mcy_text_clear(&words);
    mcy_document_day(document, &words);
    mcy_text_print(&words, "%s%s", *document->preface ? ". " : "", document->preface);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, mcy_text_view(&words));
    mcy_text_clear(&words);
    for (size_t i = 0; i < t->entry_count; i++)
        if (!t->entries[i].section)
            mcy_text_print(&words, "%s%s", words.size ? ", " : "", t->entries[i].destination);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, mcy_text_view(&words));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "memcycle");
    mcy_status status = mcy_text_status(&words, err);
    mcy_text_release(&words);
    return status;
}

static mcy_status print_pdf(typesetting *t, mcy_text *pdf, mcy_error *err)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take_bytes, pdf, PAGE_WIDTH, PAGE_HEIGHT);
    mcy_status status = add_metadata(t, surface, err);
    page_draw(t, surface);
    add_outline(t, surface);
    cairo_surface_finish(surface);
    cairo_status_t drawn = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status == MCY_OK && drawn != CAIRO_STATUS_SUCCESS)
        status = MCY_FAIL(err, MCY_E_EXTERNAL, "cairo: %s", cairo_status_to_string(drawn));
    return status;
}

/* The sentence about characters that the family has not. */
static mcy_status check_characters(const typesetting *t, mcy_error *err)
{
    if (!t->lacking.size)
        return mcy_text_status(&t->lacking, err);
    mcy_measurer *measurer;
    mcy_text missing = {0};
    MCY_TRY(mcy_measurer_create(&measurer, err));
    mcy_status status = mcy_measure_missing(measurer, &(mcy_font){t->look->family, 10, false},
                                            mcy_text_view(&t->lacking), &missing, err);
    mcy_measurer_destroy(measurer);
    if (status == MCY_OK)
        status = MCY_FAIL(err, MCY_E_MISSING, "font '%s' lacks %.300s", t->look->family,
                          mcy_text_view(&missing));
    mcy_text_release(&missing);
    return status;
}

static mcy_status begin(typesetting *t, mcy_error *err)
{
    t->arena = mcy_arena_create();
    if (!t->arena)
        return mcy_fail_memory(err);
    t->objects = g_ptr_array_new_with_free_func(g_object_unref);
    t->map = pango_cairo_font_map_new();
    t->context = unhinted_context(t->map, t->document->language == MCY_ZH ? "zh-cn" : "en");
    t->attributes = no_fallback();
    if (!pango_font_map_get_family(t->map, t->look->family))
        return MCY_FAIL(err, MCY_E_MISSING, "font '%s' is not installed", t->look->family);
    return MCY_OK;
}

static void end(typesetting *t)
{
    if (t->arena) {
        g_ptr_array_free(t->objects, TRUE);
        if (t->attributes)
            pango_attr_list_unref(t->attributes);
        g_object_unref(t->context);
        g_object_unref(t->map);
    }
    mcy_text_release(&t->lacking);
    mcy_arena_destroy(t->arena);
}

mcy_status mcy_typeset_pdf(const mcy_document *document, const mcy_typeset_look *look,
                           const char *path, size_t *pages, mcy_error *err)
{
    typesetting t = {.document = document, .look = look};
    mcy_text pdf = {0};
    heard_begin();
    mcy_status status = begin(&t, err);
    if (status == MCY_OK)
        status = page_list(&t, err);
    if (status == MCY_OK)
        status = page_flow(&t, err);
    if (status == MCY_OK)
        status = print_pdf(&t, &pdf, err);
    if (status == MCY_OK)
        status = page_mend_widths(&pdf, err);
    if (status == MCY_OK)
        status = check_characters(&t, err);
    if (status == MCY_OK)
        status = heard_status(err);
    if (status == MCY_OK)
        status = mcy_file_write_text(path, &pdf, err);
    if (status == MCY_OK && pages)
        *pages = t.pages;
    end(&t);
    mcy_text_release(&pdf);
    return status == MCY_OK ? MCY_OK : mcy_fail_in(err, status, "%s", mcy_path_name(path));
}
