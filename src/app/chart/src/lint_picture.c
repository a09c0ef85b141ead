/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint of one picture: what its texts say and where they lie, from the SVG. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lint_parts.h"

/* Pixels of the SVG in a point of the printed page: 50 pixels a centimetre. */
#define PIXELS_A_POINT (50.0 * 2.54 / 72.0)

/* Ink that touches by less than half a pixel of the page's 800 is not seen. */
#define MOST_OVERLAP 0.5

/* Pixels by which two boxes overlap in both directions; 0 when they do not. */
static double overlap(const lint_text *a, const lint_text *b)
{
    double across = fmin(a->right, b->right) - fmax(a->left, b->left);
    double down = fmin(a->bottom, b->bottom) - fmax(a->top, b->top);
    return across > 0 && down > 0 ? fmin(across, down) : 0;
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
    double width = lint_attribute(svg, end, " width=\""),
           height = lint_attribute(svg, end, " height=\"");
    for (size_t i = 0; i < count; i++) {
        const lint_text *t = &texts[i];
        if (t->left < 0 || t->right > width || t->top < 0 || t->bottom > height)
            lint_add(run, MCY_LINT_CLIPPED, name, "'%s' leaves the page", t->words);
        if (t->size < 6.95 * PIXELS_A_POINT)
            lint_add(run, MCY_LINT_SMALL, name, "'%s' is set in %.1f points", t->words,
                     t->size / PIXELS_A_POINT);
        if (t->missing)
            lint_add(run, MCY_LINT_FONTS, name, "the font lacks %zu characters of '%s'",
                     t->missing, t->words);
        for (size_t k = 0; k < i; k++)
            if (overlap(t, &texts[k]) > MOST_OVERLAP)
                lint_add(run, MCY_LINT_OVERLAP, name, "'%s' lies on '%s'", t->words,
                         texts[k].words);
    }
}

static void lint_basis(lint_run *run, const lint_figure *figure, const char *name,
                       const lint_text *texts, size_t count)
{
    static const char *const wanting[] = {"gross_margin",     "operating_margin",
                                          "operating_income", "eps",
                                          "net_income",       "net_margin"};
    bool margin = false;
    for (size_t s = 0; s < figure->series_count; s++)
        for (size_t k = 0; k < sizeof wanting / sizeof *wanting; k++)
            margin = margin || strstr(figure->series[s].id, wanting[k]) != NULL;
    if (margin && !any_has(texts, count, "GAAP") && !any_has(texts, count, "IFRS"))
        lint_add(run, MCY_LINT_BASIS, name, "a margin or EPS without GAAP, non-GAAP or IFRS");
}

/* "4Q26E", "FY2027E": a period with its mark. */
static bool has_marked_period(const lint_text *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(texts[i].words);
        if (n > 2 && n < 12 && texts[i].words[n - 1] == 'E' &&
            isdigit((unsigned char)texts[i].words[n - 2]))
            return true;
    }
    return false;
}

/* What a picture says of itself: its id, its description, its estimates. */
static void lint_itself(lint_run *run, const lint_figure *figure, const char *name,
                        const char *svg, const lint_text *texts, size_t count)
{
    static const char own[] = "Produced by GNUPLOT";
    char id[160];
    snprintf(id, sizeof id, "/%.150s", figure->id);
    if (!any_has(texts, count, id))
        lint_add(run, MCY_LINT_ID, name, "no '...%s' to trace it by", id);
    const char *words = strstr(svg, "<desc>");
    if (!words || words[6] == '<' || !strncmp(words + 6, own, sizeof own - 1))
        lint_add(run, MCY_LINT_ALT, name, "no description for those who cannot see it");
    bool estimate = false;
    for (size_t i = 0; i < figure->key_count; i++)
        estimate = estimate || figure->keys[i].estimate;
    if (estimate && figure->over_time && !has_marked_period(texts, count))
        lint_add(run, MCY_LINT_ESTIMATE, name, "estimated periods and no E after any");
}

void lint_picture(lint_run *run, const lint_figure *figure, mcy_language language)
{
    char name[192];
    mcy_file svg = {0};
    if (!lint_read(run, figure->stem, mcy_language_name(language), "svg", &svg, name))
        return;
    lint_text *texts = MCY_TAKE(run->arena, lint_text, LINT_MOST_TEXTS + 1);
    size_t count = texts ? lint_texts(run, svg.bytes, texts) : 0;
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
    lint_itself(run, figure, name, svg.bytes, texts, count);
    lint_basis(run, figure, name, texts, count);
    lint_places(run, name, svg.bytes, texts, count);
    mcy_file_release(&svg);
}
