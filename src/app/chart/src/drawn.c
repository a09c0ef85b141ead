/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawn files: are they whole, and what a picture must say about itself. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/gnuplot.h"
#include "mcy/measure.h"

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
        return MCY_FAIL(err, MCY_E_EXTERNAL, "%s: the PNG is cut off after %zu bytes", name,
                        size);
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
    mcy_text_print(svg,
                   "font-family=\"%.*s, Noto Sans SC, Microsoft YaHei, PingFang SC, "
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

mcy_status mcy_font_check(const char *family, const char *text, mcy_error *err)
{
    static const char advice[] = "install fonts-noto-cjk or name another with --font";
    mcy_measurer *measurer;
    mcy_text missing;
    mcy_text_init(&missing);
    MCY_TRY(mcy_measurer_create(&measurer, err));
    mcy_status status =
        mcy_measure_missing(measurer, &(mcy_font){family, 10, false}, text, &missing, err);
    mcy_measurer_destroy(measurer);
    if (status == MCY_E_MISSING)
        status = MCY_FAIL(err, status, "font '%s' is not installed: %s", family, advice);
    else if (status == MCY_OK && missing.size)
        status = MCY_FAIL(err, MCY_E_MISSING,
                          "font '%s' lacks characters of the figures, %.200s: %s", family,
                          missing.bytes, advice);
    mcy_text_release(&missing);
    return status;
}
