/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of an SVG and the room they take, measured in their own font. */
#include <stdio.h>
#include <string.h>

#include "lint_parts.h"
#include "mcy/measure.h"
#include "mcy/number.h"

double lint_attribute(const char *from, const char *end, const char *name)
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
static void unescape(const char *from, size_t n, char out[LINT_WORDS])
{
    static const char *const names[][2] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};
    size_t used = 0;
    for (size_t i = 0; i < n && used + 1 < LINT_WORDS;) {
        size_t k = 0;
        while (k < 5 && strncmp(from + i, names[k][0], strlen(names[k][0])))
            k++;
        out[used++] = k < 5 ? names[k][1][0] : from[i];
        i += k < 5 ? strlen(names[k][0]) : 1;
    }
    out[used] = '\0';
}

/* A quoted attribute between two places into out. */
static void attribute_words(const char *from, const char *end, const char *name, char out[128])
{
    const char *at = strstr(from, name);
    out[0] = '\0';
    if (at && at < end) {
        at += strlen(name);
        snprintf(out, 128, "%.*s", (int)strcspn(at, ",\">"), at);
    }
}

/* The ink of a text from its origin, in its first font family; by its characters where that is not
 * installed. */
static mcy_text_box measured(const lint_run *run, const char *group, const char *end,
                             const lint_text *text)
{
    char family[128], weight[128];
    mcy_text_box box;
    attribute_words(group, end, "font-family=\"", family);
    attribute_words(group, end, "font-weight=\"", weight);
    mcy_font font = {.family = family, .size = text->size, .bold = !strcmp(weight, "bold")};
    if (run->measurer && mcy_measure(run->measurer, &font, text->words, &box, NULL) == MCY_OK)
        return box;
    double wide = mcy_display_ems(text->words) * text->size * 0.99;
    return (mcy_text_box){
        .width = wide, .right = wide, .top = -0.72 * text->size, .bottom = 0.06 * text->size};
}

/* The next text of the SVG; NULL at its end. */
static const char *next_text(const lint_run *run, const char *svg, lint_text *text)
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
    double x = lint_attribute(group, words, "translate(");
    const char *comma = strchr(group, ',');
    double y = 0;
    if (comma && comma < words)
        mcy_number_parse(comma + 1, strspn(comma + 1, "+-.0123456789"), &y, NULL);
    const char *anchor = strstr(group, "text-anchor=\"");
    char kind = anchor && anchor < words ? anchor[13] : 's';
    text->size = lint_attribute(group, words, "font-size=\"");
    mcy_text_box box = measured(run, group, words, text);
    x -= kind == 'e' ? box.width : kind == 'm' ? box.width / 2 : 0;
    text->left = x + box.left;
    text->right = x + box.right;
    text->top = y + box.top;
    text->bottom = y + box.bottom;
    text->missing = box.missing;
    return end;
}

size_t lint_texts(lint_run *run, const char *svg, lint_text *texts)
{
    size_t count = 0;
    for (const char *at = svg;
         count < LINT_MOST_TEXTS && (at = next_text(run, at, &texts[count])) != NULL;)
        count += texts[count].words[0] != '\0';
    return count;
}
