/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open addressing with linear probing; at most half full. */
#include "intern.h"

#include <string.h>

static uint64_t mix(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93u;
    return x ^ x >> 32;
}

static uint64_t hash_of(const char *bytes, size_t size)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ size;
    for (; size >= 8; size -= 8, bytes += 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        h = mix(h ^ word);
    }
    uint64_t rest = 0;
    memcpy(&rest, bytes, size);
    return mix(h ^ rest) | 1; /* 0 marks an empty slot */
}

static mcy_intern_slot *place(const mcy_intern *t, uint64_t hash, const char *bytes,
                              size_t size)
{
    size_t at = hash & (t->capacity - 1);
    for (;; at = (at + 1) & (t->capacity - 1)) {
        mcy_intern_slot *s = &t->slots[at];
        if (!s->hash ||
            (s->hash == hash && s->size == size && memcmp(s->string, bytes, size) == 0))
            return s;
    }
}

static int widen(mcy_intern *t)
{
    size_t wider = t->capacity ? 2 * t->capacity : 1024;
    mcy_intern_slot *slots = MCY_TAKE(t->arena, mcy_intern_slot, wider), *old = t->slots;
    if (!slots)
        return 0;
    size_t count = t->capacity;
    t->slots = slots;
    t->capacity = wider;
    for (size_t i = 0; i < count; i++)
        if (old[i].hash)
            *place(t, old[i].hash, old[i].string, old[i].size) = old[i];
    return 1;
}

const char *mcy_intern_take(mcy_intern *t, const char *bytes, size_t size)
{
    if (2 * t->count >= t->capacity && !widen(t))
        return NULL;
    uint64_t hash = hash_of(bytes, size);
    mcy_intern_slot *s = place(t, hash, bytes, size);
    if (!s->hash) {
        const char *copy = mcy_arena_copy(t->arena, bytes, size);
        if (!copy)
            return NULL;
        *s = (mcy_intern_slot){hash, copy, size};
        t->count++;
    }
    return s->string;
}

const char *mcy_intern_find(const mcy_intern *t, const char *bytes, size_t size)
{
    return t->capacity ? place(t, hash_of(bytes, size), bytes, size)->string : NULL;
}
