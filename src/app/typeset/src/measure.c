/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measuring with Pango: one font map and one layout, metrics unhinted, no family in another's
 * place. */
#include "mcy/measure.h"

#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "heard.h"

struct mcy_measurer {
    PangoFontMap *map;
    PangoContext *context;
    PangoLayout *layout;
};

mcy_status mcy_measurer_create(mcy_measurer **measurer, mcy_error *err)
{
    heard_begin();
    mcy_measurer *m = calloc(1, sizeof *m);
    *measurer = m;
    if (!m)
        return mcy_fail_memory(err);
    m->map = pango_cairo_font_map_new();
    m->context = unhinted_context(m->map, "zh-cn");
    m->layout = pango_layout_new(m->context);
    pango_layout_set_single_paragraph_mode(m->layout, TRUE);
    PangoAttrList *attributes = no_fallback();
    pango_layout_set_attributes(m->layout, attributes);
    pango_attr_list_unref(attributes);
    mcy_status status = heard_status(err);
    if (status != MCY_OK) {
        mcy_measurer_destroy(m);
        *measurer = NULL;
    }
    return status;
}

void mcy_measurer_destroy(mcy_measurer *measurer)
{
    if (!measurer)
        return;
    if (measurer->layout)
        g_object_unref(measurer->layout);
    if (measurer->context)
        g_object_unref(measurer->context);
    if (measurer->map)
        g_object_unref(measurer->map);
    free(measurer);
}

/* The font as Pango describes it, checked; released by the caller. */
static mcy_status describe(const mcy_measurer *m, const mcy_font *font, const char *text,
                           PangoFontDescription **description, mcy_error *err)
{
    *description = NULL;
    if (!(font->size > 0 && font->size < 1e4))
        return MCY_FAIL(err, MCY_E_INPUT, "font size %g, want one above 0 and below 10000",
                        font->size);
    if (!pango_font_map_get_family(m->map, font->family))
        return MCY_FAIL(err, MCY_E_MISSING, "font '%s' is not installed", font->family);
    const char *bad;
    if (!g_utf8_validate(text, -1, &bad))
        return MCY_FAIL(err, MCY_E_INPUT, "byte %zu of a text is not UTF-8: 0x%02x",
                        (size_t)(bad - text) + 1, (unsigned)(unsigned char)*bad);
    *description = pango_font_description_new();
    pango_font_description_set_family(*description, font->family);
    pango_font_description_set_weight(*description,
                                      font->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(*description, font->size * PANGO_SCALE);
    return MCY_OK;
}

/* Control characters have no glyph of their own: blanks in their place. */
static char *without_controls(const char *text)
{
    char *copy = g_strdup(text);
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
    return copy;
}

mcy_status mcy_measure(mcy_measurer *measurer, const mcy_font *font, const char *text,
                       mcy_text_box *box, mcy_error *err)
{
    *box = (mcy_text_box){0};
    heard_begin();
    PangoFontDescription *description;
    MCY_TRY(describe(measurer, font, text, &description, err));
    char *plain = without_controls(text);
    pango_layout_set_font_description(measurer->layout, description);
    pango_layout_set_text(measurer->layout, plain, -1);
    PangoRectangle ink, line;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(measurer->layout, 0), &ink,
                                  &line);
    const double unit = PANGO_SCALE;
    *box = (mcy_text_box){.width = line.width / unit,
                          .ascent = -line.y / unit,
                          .descent = (line.y + line.height) / unit,
                          .left = ink.x / unit,
                          .right = (ink.x + ink.width) / unit,
                          .top = ink.y / unit,
                          .bottom = (ink.y + ink.height) / unit};
    box->missing = (size_t)pango_layout_get_unknown_glyphs_count(measurer->layout);
    g_free(plain);
    pango_font_description_free(description);
    return heard_status(err);
}

/* Drawn as nothing, so nothing can be missing. */
static bool is_silent(gunichar c)
{
    return g_unichar_iscntrl(c) || g_unichar_isspace(c) || g_unichar_iszerowidth(c);
}

mcy_status mcy_measure_missing(mcy_measurer *measurer, const mcy_font *font, const char *text,
                               mcy_text *missing, mcy_error *err)
{
    heard_begin();
    PangoFontDescription *description;
    MCY_TRY(describe(measurer, font, text, &description, err));
    PangoFont *face = pango_font_map_load_font(measurer->map, measurer->context, description);
    for (const char *p = text; face && *p; p += g_utf8_skip[*(const guchar *)p]) {
        gunichar c = g_utf8_get_char(p);
        char sign[8] = "", words[24];
        if (c < 0x7f || is_silent(c) || pango_font_has_char(face, c))
            continue;
        g_unichar_to_utf8(c, sign);
        snprintf(words, sizeof words, "%s U+%04X", sign, (unsigned)c);
        if (!strstr(mcy_text_view(missing), words))
            mcy_text_print(missing, "%s%s", missing->size ? " " : "", words);
    }
    mcy_status status = heard_status(err);
    if (status == MCY_OK && !face)
        status = MCY_FAIL(err, MCY_E_MISSING, "font '%s' cannot be loaded", font->family);
    if (face)
        g_object_unref(face);
    pango_font_description_free(description);
    return status == MCY_OK ? mcy_text_status(missing, err) : status;
}

mcy_status mcy_measure_library(const char **library, mcy_error *err)
{
    static char words[64];
    (void)err;
    snprintf(words, sizeof words, "Pango %s, cairo %s", pango_version_string(),
             cairo_version_string());
    *library = words;
    return MCY_OK;
}
