/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One object for each spelling, found through an open-addressed table. */
#include <string.h>

#include "language.h"

enum { FIRST_SLOTS = 1024 };

static size_t hash_text(const char *text, size_t size)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++)
        h = (h ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return (size_t)(h ^ h >> 32);
}

static size_t find_slot(word *const *words, size_t slots, const char *text, size_t size)
{
    size_t mask = slots - 1, at = hash_text(text, size) & mask;
    while (words[at] && (strncmp(words[at]->text, text, size) != 0 || words[at]->text[size]))
        at = (at + 1) & mask;
    return at;
}

word *word_find(const mcy_model *model, const char *text, size_t size)
{
    if (!model->word_slots)
        return NULL;
    return model->words[find_slot(model->words, model->word_slots, text, size)];
}

static bool widen(mcy_model *model)
{
    size_t slots = model->word_slots ? 2 * model->word_slots : FIRST_SLOTS;
    word **wider = MCY_TAKE(model->arena, word *, slots);
    if (!wider)
        return false;
    for (size_t i = 0; i < model->word_slots; i++) {
        word *w = model->words[i];
        if (w)
            wider[find_slot(wider, slots, w->text, strlen(w->text))] = w;
    }
    model->words = wider;
    model->word_slots = slots;
    return true;
}

word *word_of(mcy_model *model, const char *text, size_t size)
{
    word *known = word_find(model, text, size);
    if (known)
        return known;
    if (2 * model->word_count >= model->word_slots && !widen(model))
        return NULL;
    word *w = MCY_TAKE(model->arena, word, 1);
    char *copy = w ? mcy_arena_copy(model->arena, text, size) : NULL;
    if (!copy)
        return NULL;
    *w = (word){copy, MCY_NONE, MCY_NONE, MCY_NONE, NULL};
    model->words[find_slot(model->words, model->word_slots, text, size)] = w;
    model->word_count++;
    return w;
}
