/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chain of blocks, each twice as large as the one before, handed out from the front. */
#include "mcy/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16384, ALIGN_SMALL = 16, ALIGN_LARGE = 64 };

/* What lies beyond `written` has been zero since the block was made. */
typedef struct block {
    struct block *next;
    size_t size, used, written;
    unsigned char *bytes;
} block;

struct mcy_arena {
    block *first, *current;
};

static block *block_create(size_t size)
{
    block *b = malloc(sizeof *b);
    if (!b)
        return NULL;
    b->bytes = calloc(1, size + ALIGN_LARGE); /* untouched pages cost nothing */
    if (!b->bytes) {
        free(b);
        return NULL;
    }
    b->next = NULL;
    b->size = size + ALIGN_LARGE;
    b->used = b->written = 0;
    return b;
}

mcy_arena *mcy_arena_create(void)
{
    return calloc(1, sizeof(mcy_arena));
}

void mcy_arena_destroy(mcy_arena *arena)
{
    if (!arena)
        return;
    for (block *b = arena->first; b;) {
        block *next = b->next;
        free(b->bytes);
        free(b);
        b = next;
    }
    free(arena);
}

void mcy_arena_reset(mcy_arena *arena)
{
    for (block *b = arena->first; b; b = b->next)
        b->used = 0;
    arena->current = arena->first;
}

size_t mcy_arena_bytes(const mcy_arena *arena)
{
    size_t bytes = 0;
    for (const block *b = arena->first; b; b = b->next)
        bytes += b->size;
    return bytes;
}

/* The place of n aligned bytes in b, zeroed, or NULL when it is too full. Only what an earlier
 * use of the block wrote on is cleared. */
static void *block_take(block *b, size_t n, size_t align)
{
    uintptr_t at = (uintptr_t)b->bytes + b->used;
    size_t pad = (align - at % align) % align;
    if (b->used + pad > b->size || n > b->size - b->used - pad)
        return NULL;
    size_t from = b->used + pad;
    if (from < b->written)
        memset(b->bytes + from, 0, n < b->written - from ? n : b->written - from);
    b->used = from + n;
    if (b->used > b->written)
        b->written = b->used;
    return b->bytes + from;
}

void *mcy_arena_take(mcy_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 4 / size)
        return NULL;
    size_t n = count * size;
    size_t align = n >= ALIGN_LARGE ? ALIGN_LARGE : ALIGN_SMALL;
    for (block *b = arena->current; b; b = b->next) {
        void *p = block_take(b, n, align);
        if (p) {
            arena->current = b;
            return p;
        }
        if (!b->next)
            arena->current = b;
    }
    size_t last = arena->current ? arena->current->size : FIRST_BLOCK / 2;
    size_t room = last < ((size_t)1 << 26) ? 2 * last : last;
    block *fresh = block_create(n > room ? n : room);
    if (!fresh)
        return NULL;
    if (arena->current)
        arena->current->next = fresh;
    else
        arena->first = fresh;
    arena->current = fresh;
    void *p = block_take(fresh, n, align);
    assert(p);
    return p;
}

char *mcy_arena_copy(mcy_arena *arena, const char *text, size_t n)
{
    char *copy = mcy_arena_take(arena, n + 1, 1);
    if (copy && n)
        memcpy(copy, text, n);
    return copy;
}

char *mcy_arena_print(mcy_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = n < 0 ? NULL : mcy_arena_take(arena, (size_t)n + 1, 1);
    if (text)
        vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}

/* Make the array that was handed out last longer where it lies; false when something came after
 * it or the block is too full. */
static bool extend(mcy_arena *arena, void *items, size_t bytes, size_t more)
{
    block *b = arena->current;
    if (!b || !items || (unsigned char *)items + bytes != b->bytes + b->used ||
        more > b->size - b->used)
        return false;
    if (b->used < b->written)
        memset(b->bytes + b->used, 0,
               more < b->written - b->used ? more : b->written - b->used);
    b->used += more;
    if (b->used > b->written)
        b->written = b->used;
    return true;
}

mcy_status mcy_arena_grow(mcy_arena *arena, void **items, size_t count, size_t *capacity,
                          size_t size, mcy_error *err)
{
    if (count < *capacity)
        return MCY_OK;
    size_t wider = *capacity ? 2 * *capacity : 16;
    if (size && *capacity < SIZE_MAX / 8 / size &&
        extend(arena, *items, *capacity * size, (wider - *capacity) * size)) {
        *capacity = wider;
        return MCY_OK;
    }
    void *moved = mcy_arena_take(arena, wider, size);
    if (!moved)
        return mcy_fail_memory(err);
    if (count)
        memcpy(moved, *items, count * size);
    *items = moved;
    *capacity = wider;
    return MCY_OK;
}

mcy_status mcy_fail_memory(mcy_error *err)
{
    return mcy_fail(err, MCY_E_MEMORY, "out of memory");
}
