/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports with places, and maps laid on structs. */
#include "yaml_bind.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/number.h"

void mcy_yaml_report_init(mcy_yaml_report *report)
{
    *report = (mcy_yaml_report){.count = 0};
    mcy_text_init(&report->lines);
}

void mcy_yaml_report_release(mcy_yaml_report *report)
{
    mcy_text_release(&report->lines);
    report->count = 0;
}

static void report_line(mcy_yaml_report *report, mcy_yaml_place place, const char *format,
                        va_list arguments)
{
    char sentence[512];
    vsnprintf(sentence, sizeof sentence, format, arguments);
    for (char *s = sentence; *s; s++)
        if ((unsigned char)*s < 0x20)
            *s = ' ';
    mcy_text_print(&report->lines, "%s%s:%d:%d: %s", report->count ? "\n" : "",
                   place.file ? place.file : "-", place.line, place.column, sentence);
    report->count++;
}

void mcy_yaml_refuse_at(mcy_yaml_report *report, mcy_yaml_place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_line(report, place, format, arguments);
    va_end(arguments);
}

void mcy_yaml_refuse(mcy_yaml_report *report, const mcy_yaml_node *node, const char *format,
                     ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_line(report, node ? node->place : (mcy_yaml_place){NULL, 1, 1}, format, arguments);
    va_end(arguments);
}

mcy_status mcy_yaml_report_status(const mcy_yaml_report *report, mcy_error *err)
{
    if (report->lines.failed)
        return mcy_fail_memory(err);
    if (!report->count)
        return MCY_OK;
    const char *lines = mcy_text_view(&report->lines);
    /* Whole lines only, and the number of what did not fit. */
    size_t room = MCY_ERROR_TEXT - 48, size = strlen(lines), cut = size, shown = report->count;
    if (size > room) {
        for (cut = room; cut && lines[cut] != '\n'; cut--) {
        }
        shown = cut ? 1 : 0;
        for (size_t i = 0; i < cut; i++)
            shown += lines[i] == '\n';
    }
    if (shown == report->count)
        return MCY_FAIL(err, MCY_E_INPUT, "%s%s", report->count > 1 ? "\n" : "", lines);
    if (!cut)
        cut = room;
    return MCY_FAIL(err, MCY_E_INPUT, "\n%.*s\nand %zu more", (int)cut, lines,
                    report->count - shown);
}

const mcy_yaml_node *mcy_yaml_get(const mcy_yaml_node *map, const char *key)
{
    if (!map || map->kind != MCY_YAML_MAPPING)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->keys[i]->text, key) == 0)
            return map->items[i];
    return NULL;
}

const char *mcy_yaml_show(const mcy_yaml_node *node, char out[64])
{
    if (node->kind == MCY_YAML_SEQUENCE)
        return "a list";
    if (node->kind == MCY_YAML_MAPPING)
        return "a map";
    if (!node->size)
        return "nothing";
    int cut = (int)node->size;
    if (node->size > 40)
        for (cut = 40; cut && ((unsigned char)node->text[cut] & 0xc0) == 0x80; cut--) {
        }
    snprintf(out, 64, "'%.*s%s'", cut, node->text, node->size > 40 ? "..." : "");
    return out;
}

const char *mcy_yaml_hint(const char *word, const char *const *names, size_t n, char out[128])
{
    const char *close = mcy_text_closest(word, names, n);
    out[0] = '\0';
    if (close)
        snprintf(out, 128, " (did you mean '%.100s'?)", close);
    return out;
}

bool mcy_yaml_text(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                   const char **text)
{
    char shown[64];
    if (node->kind != MCY_YAML_SCALAR || !node->size) {
        mcy_yaml_refuse(report, node, "'%s' wants words, got %s", what,
                        mcy_yaml_show(node, shown));
        return false;
    }
    *text = node->text;
    return true;
}

bool mcy_yaml_number(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                     double *value)
{
    char shown[64];
    if (node->kind == MCY_YAML_SCALAR && !node->quoted &&
        mcy_number_parse(node->text, node->size, value, NULL) == MCY_OK)
        return true;
    mcy_yaml_refuse(report, node, "'%s' wants a decimal number, got %s", what,
                    mcy_yaml_show(node, shown));
    return false;
}

bool mcy_yaml_count(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                    size_t *value)
{
    char shown[64];
    size_t number = 0;
    bool good =
        node->kind == MCY_YAML_SCALAR && !node->quoted && node->size && node->size <= 18;
    for (size_t i = 0; good && i < node->size; i++) {
        good = node->text[i] >= '0' && node->text[i] <= '9';
        number = 10 * number + (size_t)(node->text[i] - '0');
    }
    if (good)
        *value = number;
    else
        mcy_yaml_refuse(report, node, "'%s' wants a whole number, got %s", what,
                        mcy_yaml_show(node, shown));
    return good;
}

bool mcy_yaml_bilingual(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                        mcy_bilingual *words)
{
    static const mcy_yaml_field fields[] = {
        {"zh", MCY_YAML_TEXT, offsetof(mcy_bilingual, zh), true, NULL},
        {"en", MCY_YAML_TEXT, offsetof(mcy_bilingual, en), true, NULL},
    };
    if (node->kind == MCY_YAML_MAPPING)
        return mcy_yaml_bind(report, node, what, fields, MCY_YAML_FIELDS(fields), words);
    const char *text;
    if (!mcy_yaml_text(report, node, what, &text))
        return false;
    *words = (mcy_bilingual){text, text};
    return true;
}

static bool bind_switch(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                        bool *value)
{
    static const char *const words[] = {"no", "yes", "false", "true"};
    char shown[64];
    for (size_t i = 0; node->kind == MCY_YAML_SCALAR && i < 4; i++)
        if (strcmp(node->text, words[i]) == 0) {
            *value = i % 2;
            return true;
        }
    mcy_yaml_refuse(report, node, "'%s' wants yes or no, got %s", what,
                    mcy_yaml_show(node, shown));
    return false;
}

static bool bind_word(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                      const char *const *words, int *value)
{
    char shown[64], hint[128], list[256] = "";
    size_t n = 0, used = 0;
    for (; words[n]; n++) {
        if (node->kind == MCY_YAML_SCALAR && strcmp(node->text, words[n]) == 0) {
            *value = (int)n;
            return true;
        }
        int wrote = snprintf(list + used, sizeof list - used, "%s%s", n ? ", " : "", words[n]);
        used = wrote > 0 && used + (size_t)wrote < sizeof list ? used + (size_t)wrote : used;
    }
    mcy_yaml_refuse(
        report, node, "'%s' wants one of %s, got %s%s", what, list, mcy_yaml_show(node, shown),
        node->kind == MCY_YAML_SCALAR ? mcy_yaml_hint(node->text, words, n, hint) : "");
    return false;
}

static bool bind_node(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                      mcy_yaml_kind kind, const mcy_yaml_node **value)
{
    char shown[64];
    if (node->kind != kind) {
        mcy_yaml_refuse(report, node, "'%s' wants %s, got %s", what,
                        kind == MCY_YAML_SEQUENCE ? "a list" : "a map",
                        mcy_yaml_show(node, shown));
        return false;
    }
    *value = node;
    return true;
}

static bool bind_value(mcy_yaml_report *report, const mcy_yaml_node *node,
                       const mcy_yaml_field *field, void *object)
{
    void *member = (char *)object + field->offset;
    switch (field->type) {
    case MCY_YAML_TEXT:
        return mcy_yaml_text(report, node, field->key, member);
    case MCY_YAML_NUMBER:
        return mcy_yaml_number(report, node, field->key, member);
    case MCY_YAML_COUNT:
        return mcy_yaml_count(report, node, field->key, member);
    case MCY_YAML_SWITCH:
        return bind_switch(report, node, field->key, member);
    case MCY_YAML_BILINGUAL:
        return mcy_yaml_bilingual(report, node, field->key, member);
    case MCY_YAML_LIST:
        return bind_node(report, node, field->key, MCY_YAML_SEQUENCE, member);
    case MCY_YAML_MAP:
        return bind_node(report, node, field->key, MCY_YAML_MAPPING, member);
    case MCY_YAML_WORD:
        return bind_word(report, node, field->key, field->words, member);
    case MCY_YAML_ANY:
        break;
    }
    *(const mcy_yaml_node **)member = node;
    return true;
}

static const mcy_yaml_field *find_field(const mcy_yaml_field *fields, size_t count,
                                        const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}

static void refuse_key(mcy_yaml_report *report, const mcy_yaml_node *key,
                       const mcy_yaml_node *item, const char *what,
                       const mcy_yaml_field *fields, size_t count)
{
    enum { MOST = 64 };
    const char *names[MOST];
    char hint[128], shown[64], list[256] = "";
    size_t n = count < MOST ? count : MOST, used = 0;
    for (size_t i = 0; i < n; i++) {
        names[i] = fields[i].key;
        int wrote = snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", names[i]);
        used = wrote > 0 && used + (size_t)wrote < sizeof list ? used + (size_t)wrote : used;
    }
    mcy_yaml_hint(key->text, names, n, hint);
    if (item->kind == MCY_YAML_SCALAR && !item->size && !hint[0])
        mcy_yaml_refuse(report, key,
                        "%s stands alone in %s: words with a comma inside { } need quotes",
                        mcy_yaml_show(key, shown), what);
    else if (hint[0])
        mcy_yaml_refuse(report, key, "unknown key %s in %s%s", mcy_yaml_show(key, shown), what,
                        hint);
    else
        mcy_yaml_refuse(report, key, "unknown key %s in %s, which may hold %s",
                        mcy_yaml_show(key, shown), what, list);
}

bool mcy_yaml_bind(mcy_yaml_report *report, const mcy_yaml_node *map, const char *what,
                   const mcy_yaml_field *fields, size_t count, void *object)
{
    char shown[64];
    size_t before = report->count;
    if (map->kind != MCY_YAML_MAPPING) {
        mcy_yaml_refuse(report, map, "%s is a map of keys, got %s", what,
                        mcy_yaml_show(map, shown));
        return false;
    }
    for (size_t i = 0; i < map->count; i++) {
        const mcy_yaml_field *field = find_field(fields, count, map->keys[i]->text);
        if (field)
            bind_value(report, map->items[i], field, object);
        else
            refuse_key(report, map->keys[i], map->items[i], what, fields, count);
    }
    for (size_t i = 0; i < count; i++)
        if (fields[i].required && !mcy_yaml_get(map, fields[i].key))
            mcy_yaml_refuse(report, map, "%s must say '%s'", what, fields[i].key);
    return report->count == before;
}
