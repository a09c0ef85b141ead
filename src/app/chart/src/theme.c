/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look of a pack, read from plots/. */
#include "mcy/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/csv.h"
#include "mcy/file.h"

/* Colours and words while they are read. */
typedef struct theme_reading {
    mcy_arena *arena;
    mcy_theme *theme;
    mcy_colour *colours;
    mcy_style_word *words;
    size_t colour_room, word_room;
    size_t own_rows; /* rows of the style itself: none means that it is unknown */
} theme_reading;

/* 1 when the row is for this style, 2 when it is its own; 0 when it is another's. */
static int theme_row_applies(theme_reading *reading, const char *style)
{
    if (!strcmp(style, "all"))
        return 1;
    if (strcmp(style, reading->theme->style))
        return 0;
    reading->own_rows++;
    return 2;
}

static bool parse_rgb(const char *text, uint32_t *rgb)
{
    if (text[0] != '#' || strlen(text) != 7 || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
        return false;
    *rgb = (uint32_t)strtoul(text + 1, NULL, 16);
    return true;
}

static bool parse_small(const char *text, int *value)
{
    if (!text || strspn(text, "0123456789") != strlen(text) || !*text || strlen(text) > 2)
        return false;
    *value = atoi(text);
    return true;
}

static mcy_status palette_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    theme_reading *reading = context;
    const char *style = row->fields[0], *role = row->fields[1];
    if (!style || !role) {
        mcy_csv_refuse(row, style ? 1 : 0, "want a style and a role");
        return MCY_OK;
    }
    if (!theme_row_applies(reading, style))
        return MCY_OK;
    mcy_colour colour = {0};
    if (!row->fields[2] || !parse_rgb(row->fields[2], &colour.rgb))
        mcy_csv_refuse(row, 2, "want a colour as #RRGGBB");
    if (!parse_small(row->fields[3], &colour.dash))
        mcy_csv_refuse(row, 3, "want a dash type 1..99");
    if (!parse_small(row->fields[4], &colour.point))
        mcy_csv_refuse(row, 4, "want a point type 1..99");
    mcy_theme *theme = reading->theme;
    size_t at = 0;
    while (at < theme->colour_count && strcmp(reading->colours[at].role, role))
        at++;
    colour.role = mcy_arena_copy(reading->arena, role, strlen(role));
    if (!colour.role)
        return mcy_fail_memory(err);
    if (at == theme->colour_count) {
        MCY_TRY(mcy_arena_grow(reading->arena, (void **)&reading->colours, at,
                               &reading->colour_room, sizeof(mcy_colour), err));
        theme->colour_count++;
    }
    reading->colours[at] = colour;
    return MCY_OK;
}

static mcy_status words_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    theme_reading *reading = context;
    const char *style = row->fields[0], *key = row->fields[1];
    if (!style || !key) {
        mcy_csv_refuse(row, style ? 1 : 0, "want a style and a key");
        return MCY_OK;
    }
    if (!theme_row_applies(reading, style))
        return MCY_OK;
    const char *text[2] = {row->fields[2] ? row->fields[2] : "",
                           row->fields[3] ? row->fields[3] : ""};
    mcy_style_word word = {
        .key = mcy_arena_copy(reading->arena, key, strlen(key)),
        .words = {.zh = mcy_arena_copy(reading->arena, text[0], strlen(text[0])),
                  .en = mcy_arena_copy(reading->arena, text[1], strlen(text[1]))}};
    if (!word.key || !word.words.zh || !word.words.en)
        return mcy_fail_memory(err);
    mcy_theme *theme = reading->theme;
    size_t at = 0;
    while (at < theme->word_count && strcmp(reading->words[at].key, key))
        at++;
    if (at == theme->word_count) {
        MCY_TRY(mcy_arena_grow(reading->arena, (void **)&reading->words, at,
                               &reading->word_room, sizeof(mcy_style_word), err));
        theme->word_count++;
    }
    reading->words[at] = word;
    return MCY_OK;
}

static mcy_status read_table(theme_reading *reading, const char *folder, const char *name,
                             const char *const columns[5],
                             mcy_status (*row)(void *, const mcy_csv_row *, mcy_error *),
                             mcy_error *err)
{
    const char *path = mcy_path_join(reading->arena, folder, name);
    if (!path)
        return mcy_fail_memory(err);
    mcy_text report;
    mcy_text_init(&report);
    mcy_csv_table table = {
        .name = path, .columns = columns, .column_count = 5, .row = row, .context = reading};
    mcy_status status = mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &table, &report, err);
    mcy_text_release(&report);
    return status;
}

static mcy_status read_gp(mcy_arena *arena, const char *folder, const char *name,
                          const char **text, mcy_error *err)
{
    const char *file_name = mcy_arena_print(arena, "%s.gp", name);
    const char *path = file_name ? mcy_path_join(arena, folder, file_name) : NULL;
    if (!path)
        return mcy_fail_memory(err);
    mcy_file file = {0};
    MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, err));
    *text = mcy_arena_copy(arena, file.bytes, file.size);
    mcy_file_release(&file);
    return *text ? MCY_OK : mcy_fail_memory(err);
}

/* The font of both languages replaced by the user's. */
static mcy_status theme_font(theme_reading *reading, const char *font, mcy_error *err)
{
    for (const char *p = font; *p; p++)
        if ((unsigned char)*p < 0x20 || strchr("'\",:;\\`", *p))
            return MCY_FAIL(err, MCY_E_INPUT, "font '%s' holds a character that no family has",
                            font);
    for (size_t i = 0; i < reading->theme->word_count; i++)
        if (!strcmp(reading->words[i].key, "font"))
            reading->words[i].words = (mcy_bilingual){.zh = font, .en = font};
    return MCY_OK;
}

mcy_status mcy_theme_read(mcy_arena *arena, const char *folder, const char *style,
                          const char *font, mcy_theme *theme, mcy_error *err)
{
    static const char *const palette[5] = {"style", "role", "rgb", "dash", "point"};
    static const char *const words[5] = {"style", "key", "zh", "en", "meaning"};
    static const char *const layouts[MCY_LAYOUTS] = {"time", "waterfall", "tornado",
                                                     "heat", "dots",      "path"};
    *theme = (mcy_theme){.style = style};
    theme_reading reading = {.arena = arena, .theme = theme};
    MCY_TRY(read_table(&reading, folder, "palette.csv", palette, palette_row, err));
    MCY_TRY(read_table(&reading, folder, "words.csv", words, words_row, err));
    if (!reading.own_rows)
        return MCY_FAIL(err, MCY_E_INPUT, "unknown style '%s': want cn-broker or en-broker",
                        style);
    if (font)
        MCY_TRY(theme_font(&reading, font, err));
    theme->colours = reading.colours;
    theme->words = reading.words;
    if (!mcy_theme_colour(theme, "ink") || !mcy_theme_colour(theme, "series1"))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "%s/palette.csv: roles 'ink' and 'series1' are needed", folder);
    MCY_TRY(read_gp(arena, folder, "frame", &theme->frame, err));
    MCY_TRY(read_gp(arena, folder, "finish", &theme->finish, err));
    for (size_t i = 0; i < MCY_LAYOUTS; i++) {
        theme->layout_names[i] = layouts[i];
        MCY_TRY(read_gp(arena, folder, layouts[i], &theme->layouts[i], err));
    }
    return MCY_OK;
}

const mcy_colour *mcy_theme_colour(const mcy_theme *theme, const char *role)
{
    for (size_t i = 0; i < theme->colour_count; i++)
        if (!strcmp(theme->colours[i].role, role))
            return &theme->colours[i];
    return NULL;
}

const mcy_colour *mcy_theme_series(const mcy_theme *theme, const char *role, size_t position)
{
    const mcy_colour *colour = role && *role ? mcy_theme_colour(theme, role) : NULL;
    if (colour)
        return colour;
    char name[32];
    snprintf(name, sizeof name, "series%zu", position + 1);
    colour = mcy_theme_colour(theme, name);
    return colour ? colour : mcy_theme_colour(theme, "series1");
}

const char *mcy_theme_word(const mcy_theme *theme, const char *key, mcy_language language)
{
    for (size_t i = 0; i < theme->word_count; i++)
        if (!strcmp(theme->words[i].key, key))
            return mcy_bilingual_text(theme->words[i].words, language);
    return "";
}

const char *mcy_theme_layout(const mcy_theme *theme, mcy_chart_kind kind)
{
    static const char *const of[] = {
#define X(name, word, layout, meaning) layout,
        MCY_CHART_KIND_LIST(X)
#undef X
    };
    for (size_t i = 0; i < MCY_LAYOUTS; i++)
        if (!strcmp(theme->layout_names[i], of[kind]))
            return theme->layouts[i];
    return "";
}
