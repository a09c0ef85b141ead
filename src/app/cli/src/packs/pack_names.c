/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dictionary of a pack: read when first asked, looked up by the word as the data have it.
 */
#include "pack_names.h"

#include <string.h>

#include "mcy/csv.h"
#include "mcy/file.h"

#define NAMES "scenarios/packs/names.csv"

typedef struct name_reading {
    mcy_arena *arena;
    pack_term *terms;
    size_t count, room;
} name_reading;

static mcy_status name_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    name_reading *reading = context;
    const char *copies[3] = {NULL, NULL, NULL};
    if (!row->fields[0]) {
        mcy_csv_refuse(row, 0, "want a word of the data");
        return MCY_OK;
    }
    for (size_t i = 0; i < reading->count; i++)
        if (!strcmp(reading->terms[i].word, row->fields[0]))
            mcy_csv_refuse(row, 0, "the word has a row already");
    for (size_t k = 0; k < 3; k++) /* an empty name is the word itself */
        if (!(copies[k] = row->fields[k]
                              ? mcy_arena_copy(reading->arena, row->fields[k], row->sizes[k])
                              : copies[0]))
            return mcy_fail_memory(err);
    MCY_TRY(mcy_arena_grow(reading->arena, (void **)&reading->terms, reading->count,
                           &reading->room, sizeof *reading->terms, err));
    reading->terms[reading->count++] = (pack_term){copies[0], {copies[1], copies[2]}};
    return MCY_OK;
}

static mcy_status read_terms(pack_maker *pack, mcy_error *err)
{
    static const char *const columns[] = {"word", "zh", "en"};
    name_reading reading = {.arena = pack->arena};
    if (pack->terms)
        return MCY_OK;
    const char *path = mcy_path_join(pack->arena, pack->home, NAMES);
    if (!path)
        return mcy_fail_memory(err);
    mcy_csv_table table = {.name = path,
                           .columns = columns,
                           .column_count = 3,
                           .row = name_row,
                           .context = &reading};
    mcy_text report = {0};
    mcy_status status = mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &table, &report, err);
    mcy_text_release(&report);
    pack->terms = reading.terms;
    pack->term_count = reading.count;
    return status;
}

static const pack_term *find_term(const pack_maker *pack, const char *word, size_t n)
{
    for (size_t i = 0; i < pack->term_count; i++)
        if (strlen(pack->terms[i].word) == n && !memcmp(pack->terms[i].word, word, n))
            return &pack->terms[i];
    return NULL;
}

/* Whether any character is Chinese: U+3000 to U+9FFF begin with these bytes. */
static bool is_chinese(const char *word, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)word[i] >= 0xE3 && (unsigned char)word[i] <= 0xE9)
            return true;
    return false;
}

static mcy_status name_of(pack_maker *pack, const char *word, size_t n, mcy_bilingual *name,
                          mcy_error *err)
{
    MCY_TRY(read_terms(pack, err));
    const pack_term *term = find_term(pack, word, n);
    if (!term && is_chinese(word, n))
        return MCY_FAIL(err, MCY_E_INPUT,
                        "no English name for '%.*s': add a row word,zh,en to " NAMES, (int)n,
                        word);
    const char *copy = term ? "" : mcy_arena_copy(pack->arena, word, n);
    if (!copy)
        return mcy_fail_memory(err);
    *name = term ? term->name : (mcy_bilingual){copy, copy};
    return MCY_OK;
}

mcy_status pack_name(pack_maker *pack, const char *word, mcy_bilingual *name, mcy_error *err)
{
    return name_of(pack, word, strlen(word), name, err);
}

mcy_status pack_name_list(pack_maker *pack, const char *words, mcy_bilingual *names,
                          mcy_error *err)
{
    static const char comma[] = "、";
    *names = (mcy_bilingual){"", ""};
    for (const char *p = words; *p;) {
        const char *end = strstr(p, comma);
        size_t n = end ? (size_t)(end - p) : strlen(p);
        mcy_bilingual one;
        MCY_TRY(name_of(pack, p, n, &one, err));
        names->zh =
            mcy_arena_print(pack->arena, "%s%s%s", names->zh, p == words ? "" : comma, one.zh);
        names->en =
            mcy_arena_print(pack->arena, "%s%s%s", names->en, p == words ? "" : ", ", one.en);
        if (!names->zh || !names->en)
            return mcy_fail_memory(err);
        p += n + (end ? sizeof comma - 1 : 0);
    }
    return MCY_OK;
}

mcy_status pack_wording(pack_maker *pack, const char *text, mcy_bilingual *words,
                        mcy_error *err)
{
    MCY_TRY(read_terms(pack, err));
    const pack_term *term = find_term(pack, text, strlen(text));
    *words = term ? term->name : (mcy_bilingual){text, text};
    return MCY_OK;
}
