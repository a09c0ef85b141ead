/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages drawn: boxes at their places, heads and feet, links and destinations. */
#include <cairo-pdf.h>
#include <math.h>
#include <stdio.h>

#include "page.h"

void page_ink(cairo_t *cr, uint32_t rgb)
{
    cairo_set_source_rgb(cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0,
                         (rgb & 255) / 255.0);
}

void page_draw_line(cairo_t *cr, PangoLayout *layout, int line, double x, double baseline,
                    bool right)
{
    PangoLayoutLine *of = pango_layout_get_line_readonly(layout, line);
    PangoRectangle box;
    pango_layout_line_get_extents(of, NULL, &box);
    cairo_move_to(cr, right ? x - box.width / (double)PANGO_SCALE : x, baseline);
    pango_cairo_show_layout_line(cr, of);
}

/* A text that is not of the document: page numbers, heads. */
static double draw_words(typesetting *t, cairo_t *cr, const char *words, double x,
                         double baseline, double size, bool right)
{
    PangoLayout *layout = page_layout(t, words, size, false, 0);
    page_draw_line(cr, layout, 0, x, baseline, right);
    return page_layout_width(layout);
}

/* Dots from the words to the number of the page, all of it a link. */
static void draw_entry(typesetting *t, cairo_t *cr, const page_line *line, double y,
                       double height)
{
    const page_entry *entry = &t->entries[line->entry - 1];
    char number[16], link[320];
    double baseline = y + page_baseline(line->size), right = PAGE_LEFT + PAGE_TEXT;
    snprintf(number, sizeof number, "%zu", entry->page + 1);
    snprintf(link, sizeof link, "dest='%.200s' rect=[%.2f %.2f %.2f %.2f]", entry->destination,
             PAGE_LEFT + line->x, y, PAGE_TEXT - line->x, height);
    cairo_tag_begin(cr, CAIRO_TAG_LINK, link);
    page_draw_line(cr, line->layout, 0, PAGE_LEFT + line->x, baseline, false);
    double wide = draw_words(t, cr, number, right, baseline, line->size, true);
    cairo_tag_end(cr, CAIRO_TAG_LINK);
    double from = PAGE_LEFT + line->x + page_layout_width(line->layout) + 4;
    const double dots[] = {0.6, 2.6};
    page_ink(cr, t->look->soft);
    cairo_set_line_width(cr, 0.6);
    cairo_set_dash(cr, dots, 2, 0);
    cairo_move_to(cr, from, baseline - 1);
    cairo_line_to(cr, right - wide - 4, baseline - 1);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

static void draw_text(typesetting *t, cairo_t *cr, const page_line *line, double y,
                      double height)
{
    page_ink(cr, line->soft ? t->look->soft : line->ink ? t->look->ink : 0x333333);
    if (line->entry)
        draw_entry(t, cr, line, y, height);
    else
        page_draw_line(cr, line->layout, line->line, PAGE_LEFT + line->x,
                       y + page_baseline(line->size), false);
    if (line->rule > 0) {
        page_ink(cr, t->look->ink);
        cairo_rectangle(cr, PAGE_LEFT, y + height - line->rule, PAGE_TEXT, line->rule);
        cairo_fill(cr);
    }
}

/* Frames at both edges of the text; the blank around them reaches beyond it. A picture made
 * smaller to fill the page stands in the middle. */
static void draw_pictures(cairo_t *cr, const page_pictures *pictures, double y, double height)
{
    for (size_t i = 0; i < pictures->count; i++) {
        double own, high, scale, x;
        poppler_page_get_size(pictures->of[i], &own, &high);
        double room = pictures->half ? (PAGE_TEXT - PAGE_GUTTER) / 2 : PAGE_TEXT;
        scale = fmin(height / high, room / (own - 2 * pictures->edges[i]));
        x = PAGE_LEFT + (double)i * (room + PAGE_GUTTER) + (room - own * scale) / 2;
        cairo_save(cr);
        cairo_translate(cr, x, y);
        cairo_scale(cr, scale, scale);
        cairo_rectangle(cr, 0, 0, own, high);
        cairo_clip(cr);
        poppler_page_render_for_printing(pictures->of[i], cr);
        cairo_restore(cr);
    }
}

static void draw_box(typesetting *t, cairo_t *cr, const page_place *place)
{
    const page_box *box = &t->boxes[place->box];
    switch (box->kind) {
    case PAGE_LINE:
        draw_text(t, cr, &box->line, place->y, box->height);
        break;
    case PAGE_ROW:
        page_draw_row(t, cr, &box->row, PAGE_LEFT, place->y, box->height);
        break;
    case PAGE_PICTURES:
        draw_pictures(cr, &box->pictures, place->y, box->height);
        break;
    case PAGE_BREAK:
        break;
    }
}

/* Where links, the outline and ids lead: a little above the box. */
static void mark_place(cairo_t *cr, const page_box *box, double y)
{
    for (size_t i = 0; i < 2; i++)
        if (box->destinations[i]) {
            char name[320];
            snprintf(name, sizeof name, "name='%.200s' x=%.2f y=%.2f", box->destinations[i],
                     PAGE_LEFT, y - 8);
            cairo_tag_begin(cr, CAIRO_TAG_DEST, name);
            cairo_tag_end(cr, CAIRO_TAG_DEST);
        }
}

static void draw_head_and_foot(typesetting *t, cairo_t *cr, size_t page)
{
    char number[48];
    snprintf(number, sizeof number, "%zu / %zu", page + 1, t->pages);
    page_ink(cr, t->look->soft);
    draw_words(t, cr, number, PAGE_LEFT + PAGE_TEXT, PAGE_HEIGHT - 30, 7.5, true);
    if (!page)
        return;
    mcy_text day = {0};
    mcy_document_day(t->document, &day);
    PangoLayout *title = page_layout(t, t->document->title, 7.5, false, PAGE_TEXT - 120);
    pango_layout_set_ellipsize(title, PANGO_ELLIPSIZE_END);
    page_draw_line(cr, title, 0, PAGE_LEFT, 38, false);
    draw_words(t, cr, mcy_text_view(&day), PAGE_LEFT + PAGE_TEXT, 38, 7.5, true);
    mcy_text_release(&day);
    cairo_rectangle(cr, PAGE_LEFT, 44, PAGE_TEXT, 0.5);
    cairo_fill(cr);
}

void page_draw(typesetting *t, cairo_surface_t *surface)
{
    cairo_t *cr = cairo_create(surface);
    size_t p = 0;
    for (size_t page = 0; page < t->pages; page++) {
        draw_head_and_foot(t, cr, page);
        for (; p < t->place_count && t->places[p].page == page; p++) {
            const page_box *box = &t->boxes[t->places[p].box];
            bool again = box->kind == PAGE_ROW && p && t->places[p].box < t->places[p - 1].box;
            if (!again)
                mark_place(cr, box, t->places[p].y);
            draw_box(t, cr, &t->places[p]);
        }
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
}
