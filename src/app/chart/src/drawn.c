/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawn files: are they whole, and what a picture must say about itself. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/gnuplot.h"
#include "mcy/spawn.h"

mcy_status mcy_png_check(const char *name, const char *bytes, size_t size, mcy_error *err)
{
    static const char signature[] = "\x89PNG\r\n\x1a\n", end[] = "IEND\xae\x42\x60\x82";
    if (size < 57 || memcmp(bytes, signature, 8) || memcmp(bytes + 12, "IHDR", 4))
        return MCY_FAIL(err, MCY_E_EXTERNAL, "%s: not a PNG (%zu bytes)", name, size);
    const unsigned char *head = (const unsigned char *)bytes + 16;
    unsigned wide = (unsigned)head[2] << 8 | head[3], tall = (unsigned)head[6] << 8 | head[7];
    if (head[0] || head[1] || head[4] || head[5] || wide < 200 || tall < 120)
        return MCY_FAIL(err, MCY_E_EXTERNAL, "%s: a PNG of %u x %u", name, wide, tall);
    if (memcmp(bytes + size - 8, end, 8))
        return MCY_FAIL(err, MCY_E_EXTERNAL, "%s: the PNG is cut off after %zu bytes", name, size);
    return MCY_OK;
}

static void add_escaped(mcy_text *out, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&':
            mcy_text_add(out, "&amp;");
            break;
        case '<':
            mcy_text_add(out, "&lt;");
            break;
        case '>':
            mcy_text_add(out, "&gt;");
            break;
        default:
            mcy_text_append(out, (unsigned char)*text < 0x20 ? " " : text, 1);
        }
}

/* Families as readers' machines have them; a bold one becomes a weight. */
static size_t add_family(mcy_text *svg, const char *at)
{
    static const char key[] = "font-family=\"";
    size_t start = sizeof key - 1, n = strcspn(at + start, "\"");
    const char *family = at + start;
    bool bold = n > 5 && !strncmp(family + n - 5, ":Bold", 5);
    mcy_text_print(svg, "font-family=\"%.*s, Noto Sans SC, Microsoft YaHei, PingFang SC, "
                        "sans-serif\"%s",
                   (int)(n - (bold ? 5 : 0)), family, bold ? " font-weight=\"bold\"" : "");
    return start + n + 1;
}

mcy_status mcy_svg_finish(const char *name, const char *bytes, size_t size, const char *title,
                          const char *description, mcy_text *svg, mcy_error *err)
{
    static const char close[] = "</svg>";
    const char *end = bytes + size;
    while (end > bytes && isspace((unsigned char)end[-1]))
        end--;
    if (end - bytes < 200 || !strstr(bytes, "<svg") || strncmp(end - 6, close, 6))
        return MCY_FAIL(err, MCY_E_EXTERNAL, "%s: not a closed SVG (%zu bytes)", name, size);
    const char *own = strstr(bytes, "<title>"), *own_end = strstr(bytes, "</desc>");
    if (!own || !own_end)
        return MCY_FAIL(err, MCY_E_EXTERNAL, "%s: an SVG without title and description", name);
    mcy_text_append(svg, bytes, (size_t)(own - bytes));
    mcy_text_add(svg, "<title>");
    add_escaped(svg, title);
    mcy_text_add(svg, "</title>\n<desc>");
    add_escaped(svg, description);
    mcy_text_add(svg, "</desc>");
    for (const char *at = own_end + 7; at < end;) {
        const char *next = strstr(at, "font-family=\"");
        size_t plain = (size_t)((next ? next : end) - at);
        mcy_text_append(svg, at, plain);
        at += plain;
        if (next)
            at += add_family(svg, at);
    }
    mcy_text_add(svg, "\n");
    return mcy_text_status(svg, err);
}

static char *find_bytes(char *bytes, const char *end, const char *what)
{
    size_t n = strlen(what);
    for (char *p = bytes; p + n <= end; p++) {
        p = memchr(p, what[0], (size_t)(end - p));
        if (!p || p + n > end)
            return NULL;
        if (!memcmp(p, what, n))
            return p;
    }
    return NULL;
}

/* The page object at `at` shows the lower left half of what was drawn: 226 x 181 points. */
static bool page_cut(char *at, char *end)
{
    static const char full[] = "/MediaBox [ 0 0 453 272 ]",
                      half[] = "/MediaBox [ 0 0 226 181 ]";
    char *box = find_bytes(at, end - at > 400 ? at + 400 : end, full);
    if (box)
        memcpy(box, half, sizeof half - 1);
    return box;
}

mcy_status mcy_pdf_finish(const char *name, char *bytes, size_t size, const char *as_of,
                          const bool *half, size_t pages, mcy_error *err)
{
    char *end = bytes + size;
    if (size < 500 || memcmp(bytes, "%PDF-", 5) || !find_bytes(end - 64, end, "%%EOF"))
        return MCY_FAIL(err, MCY_E_EXTERNAL, "%s: not a complete PDF (%zu bytes)", name, size);
    static const char *const keys[] = {"/CreationDate (D:", "/ModDate (D:"};
    for (size_t k = 0; k < 2; k++)
        for (char *at = bytes; (at = find_bytes(at, end, keys[k])) != NULL;) {
            at += strlen(keys[k]);
            char day[16];
            snprintf(day, sizeof day, "%.4s%.2s%.2s000000", as_of, as_of + 5, as_of + 8);
            if (at + 14 < end)
                memcpy(at, day, 14);
        }
    size_t count = 0;
    for (char *at = bytes; (at = find_bytes(at, end, "/Type /Page")) != NULL; at += 11) {
        if (at + 11 >= end || at[11] == 's')
            continue;
        if (count < pages && half[count] && !page_cut(at, end))
            return MCY_FAIL(err, MCY_E_EXTERNAL, "%s: page %zu is not of 453 x 272 points",
                            name, count + 1);
        count++;
    }
    if (count != pages)
        return MCY_FAIL(err, MCY_E_EXTERNAL, "%s: %zu pages, want %zu", name, count, pages);
    return MCY_OK;
}

static int compare_codes(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
    return x < y ? -1 : x > y;
}

/* The characters beyond ASCII, each once, as fontconfig's charset. */
static mcy_status charset_of(mcy_arena *arena, const char *text, mcy_text *charset,
                             mcy_error *err)
{
    unsigned *codes = MCY_TAKE(arena, unsigned, strlen(text) + 1);
    if (!codes)
        return mcy_fail_memory(err);
    size_t n = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p;) {
        unsigned code = *p++;
        if (code < 0x80)
            continue;
        size_t more = code >= 0xF0 ? 3 : code >= 0xE0 ? 2 : 1;
        code &= 0x3Fu >> more;
        for (; more && (*p & 0xC0) == 0x80; more--)
            code = code << 6 | (*p++ & 0x3Fu);
        codes[n++] = code;
    }
    qsort(codes, n, sizeof *codes, compare_codes);
    for (size_t i = 0; i < n; i++)
        if (!i || codes[i] != codes[i - 1])
            mcy_text_print(charset, "%s%x", charset->size ? " " : "", codes[i]);
    return MCY_OK;
}

static mcy_status font_list(const char *pattern, bool *found, mcy_error *err)
{
    const char *arguments[] = {"fc-list", pattern, "family", NULL};
    mcy_text output;
    mcy_text_init(&output);
    mcy_status status = mcy_spawn(arguments, NULL, NULL, 0, 20, &output, NULL, err);
    *found = output.size > 0;
    mcy_text_release(&output);
    return status;
}

mcy_status mcy_font_check(mcy_arena *arena, const char *family, const char *text, mcy_error *err)
{
    mcy_text pattern;
    mcy_text_init(&pattern);
    bool found = false, complete = false;
    mcy_text_print(&pattern, ":family=%s", family);
    mcy_status status = mcy_text_status(&pattern, err);
    if (status == MCY_OK)
        status = font_list(pattern.bytes, &found, err);
    if (status == MCY_OK && found) {
        mcy_text_add(&pattern, ":charset=");
        status = charset_of(arena, text, &pattern, err);
        if (status == MCY_OK)
            status = mcy_text_status(&pattern, err);
        if (status == MCY_OK)
            status = font_list(pattern.bytes, &complete, err);
    }
    if (status == MCY_OK && !complete)
        status = MCY_FAIL(err, MCY_E_MISSING,
                          "font '%s' %s: install fonts-noto-cjk or name another with --font",
                          family, found ? "lacks characters of the figures" : "is not installed");
    mcy_text_release(&pattern);
    return status;
}
