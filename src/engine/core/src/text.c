/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing text, and the closest of a list of names. */
#include "mcy/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mcy_text_init(mcy_text *text)
{
    *text = (mcy_text){0};
}

void mcy_text_release(mcy_text *text)
{
    free(text->bytes);
    *text = (mcy_text){0};
}

void mcy_text_clear(mcy_text *text)
{
    text->size = 0;
    if (text->bytes)
        text->bytes[0] = '\0';
}

static bool text_reserve(mcy_text *text, size_t more)
{
    if (text->failed)
        return false;
    size_t need = text->size + more + 1;
    if (need <= text->capacity)
        return true;
    size_t wider = text->capacity ? text->capacity : 256;
    while (wider < need)
        wider *= 2;
    char *moved = realloc(text->bytes, wider);
    if (!moved) {
        text->failed = true;
        return false;
    }
    text->bytes = moved;
    text->capacity = wider;
    return true;
}

void mcy_text_append(mcy_text *text, const char *bytes, size_t n)
{
    if (!text_reserve(text, n))
        return;
    if (n)
        memcpy(text->bytes + text->size, bytes, n);
    text->size += n;
    text->bytes[text->size] = '\0';
}

void mcy_text_add(mcy_text *text, const char *string)
{
    mcy_text_append(text, string, strlen(string));
}

void mcy_text_print(mcy_text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n >= 0 && text_reserve(text, (size_t)n)) {
        vsnprintf(text->bytes + text->size, (size_t)n + 1, format, again);
        text->size += (size_t)n;
    }
    va_end(again);
}

const char *mcy_text_view(const mcy_text *text)
{
    return text->bytes ? text->bytes : "";
}

mcy_status mcy_text_status(const mcy_text *text, mcy_error *err)
{
    return text->failed ? mcy_fail_memory(err) : MCY_OK;
}

enum { LONGEST_NAME = 96 };

static size_t min2(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance; names beyond LONGEST_NAME are never close. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n > LONGEST_NAME || m > LONGEST_NAME)
        return (size_t)-1;
    size_t rows[3][LONGEST_NAME + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= m; j++)
        last[j] = before[j] = j;
    for (size_t i = 1; i <= n; i++) {
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = last[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = min2(change, min2(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = min2(now[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = last;
        last = now;
        now = free_row;
    }
    return last[m];
}

const char *mcy_text_closest(const char *word, const char *const *names, size_t n)
{
    size_t allowed = strlen(word) / 3;
    size_t best = allowed ? allowed : 1;
    const char *closest = NULL;
    for (size_t i = 0; i < n; i++) {
        size_t distance = edit_distance(word, names[i]);
        if (distance < best || (distance == best && !closest)) {
            best = distance;
            closest = names[i];
        }
    }
    if (closest || strlen(word) < 3)
        return closest;
    for (size_t i = 0; i < n; i++)
        if (strstr(names[i], word) && (!closest || strlen(names[i]) < strlen(closest)))
            closest = names[i];
    return closest;
}

void mcy_text_add_letters(mcy_text *text, const char *string)
{
    static const char *const letters[] = {"ff", "fi", "fl", "ffi", "ffl"}; /* U+FB00..U+FB04 */
    for (const char *at = string; *at;) {
        const char *next = strstr(at, "\xEF\xAC");
        unsigned which = next ? (unsigned char)next[2] - 0x80u : 0;
        size_t n = next ? (size_t)(next - at) : strlen(at);
        mcy_text_append(text, at, n);
        at += n;
        if (!next)
            return;
        if (which < sizeof letters / sizeof *letters) {
            mcy_text_add(text, letters[which]);
            at += 3;
        } else {
            mcy_text_append(text, at, 2);
            at += 2;
        }
    }
}
