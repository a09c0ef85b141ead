/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles and notes with places that the figure's own numbers fill, so that a message stays
 * true. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure_make.h"

/* Which point of a series a word asks for. */
static const char *const words[] = {"first", "last", "high", "low", "top", "reach"};
enum { WORD_FIRST, WORD_LAST, WORD_HIGH, WORD_LOW, WORD_TOP, WORD_REACH, WORDS };

static bool better(int word, double value, double best)
{
    switch (word) {
    case WORD_HIGH:
        return value > best;
    case WORD_LOW:
        return value < best;
    case WORD_TOP:
        return fabs(value) > fabs(best);
    default:
        return word == WORD_LAST;
    }
}

/* The point of the series, its totals left out of top; chart->points where there is none. */
static size_t point_of(const mcy_chart *chart, const mcy_chart_series *series, int word)
{
    size_t at = chart->points;
    if (word == WORD_REACH)
        return mcy_chart_reached(chart, series);
    for (size_t i = 0; series->values && i < chart->points; i++) {
        bool total = series->flags && series->flags[i] & MCY_POINT_TOTAL;
        if (mcy_is_missing(series->values[i]) || (word == WORD_TOP && total))
            continue;
        if (at == chart->points || better(word, series->values[i], series->values[at]))
            at = i;
    }
    return at;
}

typedef enum place { PLACE_FILLED, PLACE_EMPTY, PLACE_UNKNOWN } place;

/* How a number is shown in a title: as its axis does, with '+' also with its sign; a step between
 * percentages is in points. */
static mcy_display shown_as(const mcy_chart_axis *axis, int word, bool plus)
{
    const char *unit = axis->unit;
    if (word == WORD_TOP && unit && !strcmp(unit, "%"))
        unit = "pp";
    return (mcy_display){
        .decimals = axis->decimals, .unit = unit, .signed_plus = axis->signed_plus || plus};
}

/* What stands for "last 2", "+last 2" or "when last 2": the value of a point as its axis prints
 * it, with its sign, or its label; empty where the series has no such point. */
static place place_text(const mcy_chart *chart, const char *words_in, mcy_language language,
                        char out[128])
{
    char word[32] = "", rest = 0;
    unsigned number = 0;
    bool from = !strcmp(words_in, "from"), when = !strncmp(words_in, "when ", 5);
    bool plus = *words_in == '+';
    if (from || !strcmp(words_in, "to")) {
        const char *key = chart->keys[from ? 0 : chart->points - 1];
        bool calendar = strlen(key) == 6 && key[4] == 'Q'; /* 2026Q1 is shown as 1Q26 */
        snprintf(out, 128, calendar ? "%.1sQ%.2s" : "%s", calendar ? key + 5 : key, key + 2);
        return PLACE_FILLED;
    }
    if (sscanf(words_in + (when ? 5 : plus), "%31[a-z] %u%c", word, &number, &rest) != 2 ||
        !number || number > chart->series_count)
        return PLACE_UNKNOWN;
    int w = 0;
    while (w < WORDS && strcmp(word, words[w]))
        w++;
    if (w == WORDS)
        return PLACE_UNKNOWN;
    const mcy_chart_series *series = &chart->series[number - 1];
    size_t at = point_of(chart, series, w);
    if (at >= chart->points)
        return PLACE_EMPTY;
    const mcy_chart_axis *axis = series->right ? &chart->right : &chart->left;
    mcy_display display = shown_as(axis, w, plus);
    char value[MCY_DISPLAY_TEXT];
    mcy_display_print(series->values[at], &display, value);
    bool estimate = mcy_chart_point_estimated(chart, at);
    snprintf(out, 128, "%.100s%s",
             when ? mcy_bilingual_text(chart->labels[at], language) : value,
             when && estimate ? "E" : "");
    return PLACE_FILLED;
}

static mcy_status refuse_place(const figure_maker *maker, const char *words_in, mcy_error *err)
{
    return mcy_figure_refuse(
        maker, maker->spec->line, err, MCY_E_INPUT,
        "'{%s}' in its title: want {from}, {to}, or {first N}, {last N}, "
        "{high N}, {low N}, {top N}, {reach N} of series N, or 'when' or '+' before these",
        words_in);
}

/* A text with its places filled; *filled is false where one of them is empty. */
static mcy_status fill(const figure_maker *maker, const char **text, mcy_language language,
                       bool *filled, mcy_error *err)
{
    *filled = true;
    if (!*text || !strchr(*text, '{'))
        return MCY_OK;
    mcy_text made = {0};
    mcy_status status = MCY_OK;
    for (const char *p = *text; *p && status == MCY_OK && *filled;) {
        size_t plain = strcspn(p, "{");
        mcy_text_append(&made, p, plain);
        p += plain;
        if (!*p)
            break;
        char out[128] = "", words_in[64];
        size_t size = strcspn(p + 1, "}");
        snprintf(words_in, sizeof words_in, "%.*s", (int)size, p + 1);
        place found =
            p[1 + size] ? place_text(maker->chart, words_in, language, out) : PLACE_UNKNOWN;
        if (found == PLACE_UNKNOWN)
            status = refuse_place(maker, words_in, err);
        *filled = found == PLACE_FILLED;
        mcy_text_add(&made, out);
        p += size + 2 - !p[1 + size];
    }
    if (status == MCY_OK && *filled) {
        *text = mcy_arena_copy(maker->pack->arena, mcy_text_view(&made), made.size);
        status = *text ? MCY_OK : mcy_fail_memory(err);
    }
    mcy_text_release(&made);
    return status;
}

/* Title and subtitle of one language. A message that lacks a number gives way to the topic. */
static mcy_status title_of(const figure_maker *maker, mcy_language language, const char **title,
                           const char **subtitle, mcy_error *err)
{
    const mcy_figure_spec *spec = maker->spec;
    bool zh = language == MCY_ZH, filled;
    const char *message = zh ? spec->message.zh : spec->message.en;
    *title = zh ? spec->title.zh : spec->title.en;
    *subtitle = zh ? spec->subtitle.zh : spec->subtitle.en;
    MCY_TRY(fill(maker, title, language, &filled, err));
    MCY_TRY(fill(maker, subtitle, language, &filled, err));
    MCY_TRY(fill(maker, &message, language, &filled, err));
    if (message && filled && maker->pack->message_titles[language]) {
        *subtitle = *title;
        *title = message;
    }
    return MCY_OK;
}

mcy_status mcy_figure_titles(figure_maker *maker, mcy_error *err)
{
    mcy_chart *chart = maker->chart;
    MCY_TRY(title_of(maker, MCY_ZH, &chart->title.zh, &chart->subtitle.zh, err));
    return title_of(maker, MCY_EN, &chart->title.en, &chart->subtitle.en, err);
}
