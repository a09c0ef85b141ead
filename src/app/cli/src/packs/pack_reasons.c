/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reasons of scenario files as readers see them: rows of the data files by who published them. */
#include <stdio.h>
#include <string.h>

#include "pack_number.h"

/* "market.csv:129-131, 340" in a text; without numbers the file alone is meant. */
typedef struct reference {
    const char *at, *name_end, *end; /* in the text: its begin, that of ":129…", its end */
} reference;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The next reference from text on; false when there is none. */
static bool find_reference(const char *text, reference *r)
{
    static const char suffix[] = ".csv";
    const char *dot = strstr(text, suffix);
    if (!dot)
        return false;
    r->at = dot;
    while (r->at > text && ((r->at[-1] >= 'a' && r->at[-1] <= 'z') || r->at[-1] == '_'))
        r->at--;
    r->end = r->name_end = dot + sizeof suffix - 1;
    if (*r->end != ':' || !is_digit(r->end[1]))
        return true;
    for (r->end++; is_digit(*r->end) || (*r->end == '-' && is_digit(r->end[1])) ||
                   (*r->end == ',' && r->end[1] == ' ' && is_digit(r->end[2]));)
        r->end += *r->end == ',' ? 2 : 1;
    return true;
}

/* The house of a row; of one that was found in a copy the house that its words name. */
static void mark_house(const pack_maker *pack, const mcy_fact *fact, bool used[64])
{
    bool own[64] = {false}, any = false;
    mcy_pack_house(pack, fact, own);
    for (size_t i = 0; i < 64; i++)
        any = any || own[i];
    for (size_t i = 0; i < pack->house_count && i < 64; i++) {
        bool named = !any && strstr(fact->text, pack->houses[i].pattern);
        used[i] = used[i] || own[i] || named;
        any = any || named;
    }
}

/* The houses of the rows first..last of a file. */
static void mark_rows(const pack_maker *pack, const reference *r, int first, int last,
                      bool used[64])
{
    const size_t n = (size_t)(r->name_end - r->at);
    for (size_t i = 0; i < pack->facts->count; i++) {
        const mcy_fact *fact = &pack->facts->items[i];
        int line;
        if (!strncmp(fact->id, r->at, n) && sscanf(fact->id + n, ":%d", &line) == 1 &&
            line >= first && line <= last)
            mark_house(pack, fact, used);
    }
}

/* Who published the rows; the data in general where no house is known. */
static mcy_bilingual houses_of(const pack_maker *pack, const reference *r)
{
    static const char capacity[] = "capacity.csv";
    bool used[64] = {false};
    mcy_bilingual names = {"", ""};
    for (const char *at = r->name_end; at < r->end;) {
        int first, last, n = 0;
        at += *at == ',' ? 2 : 1;
        if (sscanf(at, "%d%n", &first, &n) != 1)
            break;
        at += n;
        last = first;
        if (*at == '-' && sscanf(at + 1, "%d%n", &last, &n) == 1)
            at += n + 1;
        mark_rows(pack, r, first, last, used);
    }
    for (size_t i = 0; names.zh && names.en && i < pack->house_count && i < 64; i++) {
        const mcy_bilingual house = pack->houses[i].name;
        if (!used[i] || strstr(names.en, house.en))
            continue;
        names.zh =
            mcy_arena_print(pack->arena, "%s%s%s", names.zh, *names.zh ? "、" : "", house.zh);
        names.en =
            mcy_arena_print(pack->arena, "%s%s%s", names.en, *names.en ? ", " : "", house.en);
    }
    if (names.en && *names.en)
        return names;
    if (!strncmp(r->at, capacity, sizeof capacity - 1))
        return (mcy_bilingual){"厂区资料", "site reports"};
    return (mcy_bilingual){"第三方资料", "third parties"};
}

/* Behind a name's colon when the words go on with that very name; NULL when they do not. */
static const char *behind_name(const char *text, const char *name)
{
    static const char *const colons[] = {": ", "："};
    for (size_t i = 0; i < sizeof colons / sizeof *colons; i++) {
        const size_t n = strlen(colons[i]);
        if (!strncmp(text, colons[i], n) && !strncmp(text + n, name, strlen(name)))
            return text + n;
    }
    return NULL;
}

static const char *replaced(const pack_maker *pack, const char *text, mcy_language language)
{
    const char *made = "";
    reference r;
    for (; made && find_reference(text, &r); text = r.end) {
        const char *name = mcy_bilingual_text(houses_of(pack, &r), language);
        const char *said = behind_name(r.end, name);
        made = mcy_arena_print(pack->arena, "%s%.*s%s", made, (int)(r.at - text), text,
                               said ? "" : name);
        r.end = said ? said : r.end;
    }
    return made ? mcy_arena_print(pack->arena, "%s%s", made, text) : NULL;
}

mcy_status mcy_pack_reason(const pack_maker *pack, mcy_bilingual written, mcy_bilingual *shown,
                           mcy_error *err)
{
    shown->zh = replaced(pack, mcy_bilingual_text(written, MCY_ZH), MCY_ZH);
    shown->en = replaced(pack, mcy_bilingual_text(written, MCY_EN), MCY_EN);
    return shown->zh && shown->en ? MCY_OK : mcy_fail_memory(err);
}
