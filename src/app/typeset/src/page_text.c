/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts as Pango layouts, and as boxes of one line each. */
#include <math.h>
#include <string.h>

#include "page.h"

double page_leading(double size)
{
    return size * (size > 9 ? 1.6 : 1.34);
}

/* The em box of the type in the middle of its line. */
double page_baseline(double size)
{
    return (page_leading(size) - size) / 2 + 0.88 * size;
}

void page_layout_size(PangoLayout *layout, double size, double width)
{
    PangoFontDescription *font =
        pango_font_description_copy(pango_layout_get_font_description(layout));
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, width > 0 ? (int)ceil(width * PANGO_SCALE) : -1);
}

PangoLayout *page_layout(typesetting *t, const char *text, double size, bool bold, double width)
{
    PangoLayout *layout = pango_layout_new(t->context);
    g_ptr_array_add(t->objects, layout);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, t->look->family);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_attributes(layout, t->attributes);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout, text, -1);
    page_layout_size(layout, size, width);
    if (pango_layout_get_unknown_glyphs_count(layout))
        mcy_text_add(&t->lacking, text);
    return layout;
}

/* Brackets of up to this many bytes: "（十亿美元）", "(USD bn)". */
enum { WHOLE_BRACKETS = 16 };

PangoLayout *page_layout_heading(typesetting *t, const char *text, double size)
{
    PangoLayout *layout = page_layout(t, text, size, true, 0);
    PangoAttrList *attributes = pango_attr_list_copy(t->attributes);
    for (const char *at = text; *at; at++) {
        bool wide = !strncmp(at, "（", 3);
        const char *close = wide ? strstr(at, "）") : *at == '(' ? strchr(at, ')') : NULL;
        if (!close || close - at > WHOLE_BRACKETS)
            continue;
        PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
        whole->start_index = (guint)(at - text) + (wide ? 3 : 1);
        whole->end_index = (guint)(close - text) + (wide ? 3 : 1);
        pango_attr_list_insert(attributes, whole);
    }
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    return layout;
}

double page_layout_width(PangoLayout *layout)
{
    PangoRectangle box;
    pango_layout_get_extents(layout, NULL, &box);
    return box.width / (double)PANGO_SCALE;
}

page_box *page_add(typesetting *t, page_box_kind kind, mcy_error *err)
{
    if (mcy_arena_grow(t->arena, (void **)&t->boxes, t->box_count, &t->box_room,
                       sizeof *t->boxes, err) != MCY_OK)
        return NULL;
    page_box *box = &t->boxes[t->box_count++];
    *box = (page_box){.kind = kind};
    return box;
}

mcy_status page_add_text(typesetting *t, const char *text, const page_line *like, bool bold,
                         double before, bool keep_last, mcy_error *err)
{
    double width = PAGE_TEXT - like->x - (like->entry ? 30 : 0);
    PangoLayout *layout = page_layout(t, text, like->size, bold, width);
    if (like->entry)
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    int count = pango_layout_get_line_count(layout);
    for (int i = 0; i < count; i++) {
        page_box *box = page_add(t, PAGE_LINE, err);
        if (!box)
            return MCY_E_MEMORY;
        box->line = *like;
        box->line.layout = layout;
        box->line.line = i;
        box->line.rule = i + 1 == count ? like->rule : 0;
        box->before = i ? 0 : before;
        box->height = page_leading(like->size) + (box->line.rule > 0 ? 3 : 0);
        /* no line of a paragraph alone on a page */
        box->keep = i + 1 == count ? keep_last : i == 0 || i + 2 == count || keep_last;
    }
    return MCY_OK;
}
