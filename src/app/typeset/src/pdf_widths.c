/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widths in a finished PDF, mended. Where cairo embeds a font that a picture's PDF embedded
 * before, it misreads some glyphs' widths (1.16; r as wide as the widest), and a viewer leaves
 * gaps after them. The embedded font itself is right: FreeType reads it, the list is set after
 * it. */
#include <ft2build.h>
#include FT_FREETYPE_H
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page.h"

/* Where a word begins between two places; NULL when it is not there. */
static char *find(char *from, const char *end, const char *word)
{
    const size_t n = strlen(word);
    for (; from + n <= end; from++)
        if (*from == *word && !memcmp(from, word, n))
            return from;
    return NULL;
}

/* Behind "N 0 obj", and where the object ends; false when the file has none. */
static bool find_object(const mcy_text *pdf, long number, char **first, char **last)
{
    char head[32];
    char *end = pdf->bytes + pdf->size;
    snprintf(head, sizeof head, "\n%ld 0 obj", number);
    char *at = find(pdf->bytes, end, head);
    *first = at ? at + strlen(head) : NULL;
    *last = at ? find(*first, end, "endobj") : NULL;
    return *last;
}

/* The object that "/KEY N 0 R" of another points to. */
static bool follow(const mcy_text *pdf, const char *key, char **first, char **last)
{
    char *at = find(*first, *last, key);
    return at && find_object(pdf, strtol(at + strlen(key), NULL, 10), first, last);
}

/* The bytes of a deflated stream; freed by the caller with g_free. NULL when it is none. */
static unsigned char *inflate_object(char *first, const char *last, size_t *size)
{
    enum { MOST = 32 << 20 };
    char *at = find(first, last, "stream\n");
    if (!at)
        return NULL;
    at += strlen("stream\n");
    GZlibDecompressor *inflater = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
    unsigned char *out = NULL;
    size_t room = 0, read, written;
    GConverterResult result = G_CONVERTER_CONVERTED;
    *size = 0;
    while (result == G_CONVERTER_CONVERTED && room < MOST) {
        if (room - *size < 4096)
            out = g_realloc(out, room = 2 * room + 65536);
        result =
            g_converter_convert(G_CONVERTER(inflater), at, (gsize)(last - at), out + *size,
                                room - *size, G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
        if (result == G_CONVERTER_ERROR)
            break;
        at += read;
        *size += written;
    }
    g_object_unref(inflater);
    if (result == G_CONVERTER_FINISHED)
        return out;
    g_free(out);
    return NULL;
}

/* One number of the list, in its own place: digits that are saved become blanks. What needs more
 * digits than stand there is left as it is. */
static void mend(char *number, const char *end, long width)
{
    char digits[32];
    size_t n = (size_t)snprintf(digits, sizeof digits, "%ld", width),
           room = (size_t)(end - number);
    if (n > room)
        return;
    memcpy(number, digits, n);
    memset(number + n, ' ', room - n);
}

static void mend_list(char *at, const char *last, FT_Face face)
{
    for (long glyph = 0; glyph < face->num_glyphs && at < last; glyph++) {
        char *end;
        long said = strtol(at, &end, 10);
        if (end == at)
            return;
        while (*at == ' ' || *at == '\n')
            at++;
        if (FT_Load_Glyph(face, (FT_UInt)glyph, FT_LOAD_NO_SCALE) == 0 &&
            face->units_per_EM == 1000 && face->glyph->advance.x != said)
            mend(at, end, face->glyph->advance.x);
        at = end;
    }
}

/* The list of a font, whose descriptor leads to the embedded file. */
static void mend_font(const mcy_text *pdf, FT_Library library, char *first, char *last)
{
    static const char list[] = "/W [0 [";
    char *at = find(first, last, list), *to = last;
    size_t size;
    FT_Face face;
    if (!at || !follow(pdf, "/FontDescriptor ", &first, &last) ||
        !follow(pdf, "/FontFile3 ", &first, &last))
        return;
    unsigned char *bytes = inflate_object(first, last, &size);
    if (bytes && FT_New_Memory_Face(library, bytes, (FT_Long)size, 0, &face) == 0) {
        mend_list(at + strlen(list), to, face);
        FT_Done_Face(face);
    }
    g_free(bytes);
}

mcy_status page_mend_widths(mcy_text *pdf, mcy_error *err)
{
    static const char mark[] = "/Subtype /CIDFontType0\n";
    FT_Library library;
    MCY_TRY(mcy_text_status(pdf, err));
    if (FT_Init_FreeType(&library) != 0)
        return mcy_fail_memory(err);
    char *end = pdf->bytes + pdf->size;
    for (char *at = pdf->bytes; (at = find(at, end, mark)); at++) {
        char *last = find(at, end, "endobj");
        if (last)
            mend_font(pdf, library, at, last);
    }
    FT_Done_FreeType(library);
    return MCY_OK;
}
