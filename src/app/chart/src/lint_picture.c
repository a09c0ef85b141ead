/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint of one picture: what its texts say and where they lie, from the SVG. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lint_parts.h"
#include "mcy/number.h"

enum { MOST_TEXTS = 600 };

/* A text of the SVG with its box in pixels of the page. */
typedef struct lint_text {
    char words[256];
    double left, right, top, bottom, size;
} lint_text;

/* Pixels of the SVG in a point of the printed page: 50 pixels a centimetre. */
#define PIXELS_A_POINT (50.0 * 2.54 / 72.0)

static double attribute(const char *from, const char *end, const char *name)
{
    const char *at = strstr(from, name);
    double value = 0;
    if (!at || at >= end)
        return 0;
    at += strlen(name);
    mcy_number_parse(at, strspn(at, "+-.0123456789"), &value, NULL);
    return value;
}

/* &amp; and the like back to characters. */
static void unescape(const char *from, size_t n, char out[256])
{
    static const char *const names[][2] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};
    size_t used = 0;
    for (size_t i = 0; i < n && used + 1 < 256;) {
        size_t k = 0;
        while (k < 5 && strncmp(from + i, names[k][0], strlen(names[k][0])))
            k++;
        out[used++] = k < 5 ? names[k][1][0] : from[i];
        i += k < 5 ? strlen(names[k][0]) : 1;
    }
    out[used] = '\0';
}

/* The next text of the SVG; NULL at its end. */
static const char *next_text(const char *svg, lint_text *text)
{
    const char *words = strstr(svg, "<text");
    if (!words)
        return NULL;
    const char *group = words;
    while (group > svg && strncmp(group, "<g transform=\"translate(", 24))
        group--;
    const char *from = strchr(words, '>'), *end = from ? strstr(from, "</text>") : NULL;
    if (!end || strncmp(group, "<g transform", 12))
        return NULL;
    unescape(from + 1, (size_t)(end - from - 1), text->words);
    double x = attribute(group, words, "translate(");
    const char *comma = strchr(group, ',');
    double y = 0, size = attribute(group, words, "font-size=\"");
    if (comma && comma < words)
        mcy_number_parse(comma + 1, strspn(comma + 1, "+-.0123456789"), &y, NULL);
    const char *anchor = strstr(group, "text-anchor=\"");
    text->size = size;
    double wide = mcy_display_ems(text->words) * size * 0.99;
    char kind = anchor && anchor < words ? anchor[13] : 's';
    text->left = kind == 'e' ? x - wide : kind == 'm' ? x - wide / 2 : x;
    text->right = text->left + wide;
    text->top = y - 0.72 * size;
    text->bottom = y + 0.06 * size;
    return end;
}

/* Pixels by which two boxes overlap in both directions; 0 when they do not. */
static double overlap(const lint_text *a, const lint_text *b)
{
    double across = fmin(a->right, b->right) - fmax(a->left, b->left);
    double down = fmin(a->bottom, b->bottom) - fmax(a->top, b->top);
    return across > 0 && down > 0 ? fmin(across, down) : 0;
}

static size_t read_texts(const char *svg, lint_text *texts)
{
    size_t count = 0;
    for (const char *at = svg; count < MOST_TEXTS && (at = next_text(at, &texts[count])) != NULL;)
        count += texts[count].words[0] != '\0';
    return count;
}

static bool any_has(const lint_text *texts, size_t count, const char *words)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(texts[i].words, words))
            return true;
    return false;
}

static bool has_day(const char *words)
{
    for (const char *p = words; strlen(p) >= 10; p++)
        if (isdigit((unsigned char)p[0]) && p[4] == '-' && p[7] == '-' &&
            isdigit((unsigned char)p[9]))
            return true;
    return false;
}

/* Texts leave the page, lie on one another, or are too small to be read in print. */
static void lint_places(lint_run *run, const char *name, const char *svg,
                        const lint_text *texts, size_t count)
{
    const char *end = svg + strlen(svg);
    double width = attribute(svg, end, " width=\""), height = attribute(svg, end, " height=\"");
    for (size_t i = 0; i < count; i++) {
        const lint_text *t = &texts[i];
        if (t->left < -1 || t->right > width + 1 || t->top < -1 || t->bottom > height + 1)
            lint_add(run, MCY_LINT_CLIPPED, name, "'%s' leaves the page", t->words);
        if (t->size < 6.95 * PIXELS_A_POINT)
            lint_add(run, MCY_LINT_SMALL, name, "'%s' is set in %.1f points", t->words,
                     t->size / PIXELS_A_POINT);
        for (size_t k = 0; k < i; k++)
            if (overlap(t, &texts[k]) > 2.5)
                lint_add(run, MCY_LINT_OVERLAP, name, "'%s' lies on '%s'", t->words,
                         texts[k].words);
    }
}

static void lint_basis(lint_run *run, const lint_figure *figure, const char *name,
                       const lint_text *texts, size_t count)
{
    static const char *const wanting[] = {"gross_margin", "operating_margin", "operating_income",
                                          "eps", "net_income", "net_margin"};
    bool margin = false;
    for (size_t s = 0; s < figure->series_count; s++)
        for (size_t k = 0; k < sizeof wanting / sizeof *wanting; k++)
            margin = margin || strstr(figure->series[s].id, wanting[k]) != NULL;
    if (margin && !any_has(texts, count, "GAAP") && !any_has(texts, count, "IFRS"))
        lint_add(run, MCY_LINT_BASIS, name, "a margin or EPS without GAAP, non-GAAP or IFRS");
}

void lint_picture(lint_run *run, const lint_figure *figure, mcy_language language)
{
    char name[192];
    mcy_file svg = {0};
    if (!lint_read(run, figure->stem, mcy_language_name(language), "svg", &svg, name))
        return;
    lint_text *texts = MCY_TAKE(run->arena, lint_text, MOST_TEXTS + 1);
    size_t count = texts ? read_texts(svg.bytes, texts) : 0;
    char number[32];
    snprintf(number, sizeof number, language == MCY_ZH ? "图表%d：" : " %d: ", figure->number);
    bool titled = false, day = false, inferred = false;
    for (size_t i = 0; i < count; i++) {
        const char *at = strstr(texts[i].words, number);
        titled = titled || (at && at[strlen(number)]);
        day = day || has_day(texts[i].words);
    }
    if (!titled)
        lint_add(run, MCY_LINT_TITLE, name, "no '%s' with a title after it", number);
    if (!any_has(texts, count, language == MCY_ZH ? "来源：" : "Source: "))
        lint_add(run, MCY_LINT_SOURCE, name, "no source line");
    if (!day)
        lint_add(run, MCY_LINT_AS_OF, name, "no day of its data");
    if (!figure->unit && !any_has(texts, count, "%") && !any_has(texts, count, "（") &&
        !any_has(texts, count, "("))
        lint_add(run, MCY_LINT_UNIT, name, "no unit in title, axes or numbers");
    for (size_t s = 0; s < figure->series_count; s++)
        inferred = inferred || figure->series[s].inferred;
    if (inferred && !any_has(texts, count, language == MCY_ZH ? "推算" : "inferred"))
        lint_add(run, MCY_LINT_INFERRED, name, "inferred values without a word about it");
    if (figure->stale && !any_has(texts, count, language == MCY_ZH ? "数据已过期" : "Stale: "))
        lint_add(run, MCY_LINT_STALE, name, "is stale and is not stamped so");
    lint_basis(run, figure, name, texts, count);
    lint_places(run, name, svg.bytes, texts, count);
    mcy_file_release(&svg);
}

/* The range of an axis in a script: "set yrange [a:b]". */
static bool script_range(const char *script, const char *axis, double range[2])
{
    char key[32];
    snprintf(key, sizeof key, "\nset %srange [", axis);
    const char *at = strstr(script, key);
    if (!at)
        return false;
    at += strlen(key);
    size_t n = strcspn(at, ":");
    size_t m = at[n] ? strcspn(at + n + 1, "]") : 0;
    return mcy_number_parse(at, n, &range[0], NULL) == MCY_OK &&
           mcy_number_parse(at + n + 1, m, &range[1], NULL) == MCY_OK;
}

/* Data blocks of a script, line by line: the same in both languages. */
static const char *next_data(const char *at, size_t *size)
{
    const char *block = strstr(at, " << EOD\n");
    if (!block)
        return NULL;
    block += 8;
    const char *end = strstr(block, "EOD\n");
    *size = end ? (size_t)(end - block) : 0;
    return block;
}

/* The same numbers, whatever the colours (0xRRGGBB), which belong to the style of a language.
 */
static bool same_numbers(const char *a, size_t n, const char *b, size_t m)
{
    if (n != m)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool colours = !strncmp(a + i, "0x", 2) && !strncmp(b + i, "0x", 2);
        if (colours)
            i += 7;
        else if (a[i] != b[i])
            return false;
    }
    return true;
}

static bool same_data(const char *a, const char *b)
{
    for (;;) {
        size_t n = 0, m = 0;
        a = next_data(a, &n);
        b = next_data(b, &m);
        if (!a || !b)
            return !a && !b;
        if (!same_numbers(a, n, b, m))
            return false;
        a += n;
        b += m;
    }
}

void lint_scripts(lint_run *run, const lint_figure *figure)
{
    mcy_file script[MCY_LANGUAGES] = {{0}, {0}};
    char name[192] = "";
    bool there[MCY_LANGUAGES] = {false, false};
    for (int l = 0; l < MCY_LANGUAGES; l++)
        if (run->languages[l])
            there[l] = lint_read(run, figure->stem, mcy_language_name((mcy_language)l), "gp",
                                 &script[l], name);
    if (run->languages[0] && run->languages[1] && there[0] && there[1] &&
        !same_data(script[0].bytes, script[1].bytes))
        lint_add(run, MCY_LINT_LANGUAGES, name, "the two languages draw different numbers");
    const char *bytes = there[0] ? script[0].bytes : there[1] ? script[1].bytes : "";
    double left[2], right[2];
    bool over_time = strstr(bytes, "# Over periods") && strstr(bytes, "$box << EOD");
    if (over_time && script_range(bytes, "y", left)) {
        if (left[0] > 0 || left[1] < 0)
            lint_add(run, MCY_LINT_ZERO, name, "bars on an axis from %g to %g", left[0], left[1]);
        else if (script_range(bytes, "y2", right) &&
                 fabs(left[0] * right[1] - right[0] * left[1]) >
                     1e-9 * (fabs(left[1] * right[1]) + fabs(left[0] * right[0])))
            lint_add(run, MCY_LINT_LEVEL, name, "zero lines of %g..%g and %g..%g differ", left[0],
                     left[1], right[0], right[1]);
    }
    for (int l = 0; l < MCY_LANGUAGES; l++)
        mcy_file_release(&script[l]);
}
