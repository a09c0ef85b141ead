/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory with one owner per lifetime. What an arena hands out lives until the arena is reset or
 * destroyed and is never freed by itself. An arena is used by one thread at a time. */
#ifndef MCY_ARENA_H
#define MCY_ARENA_H

#include <stddef.h>

#include "mcy/status.h"

typedef struct mcy_arena mcy_arena;

/** A new, empty arena, or NULL when memory is short. */
mcy_arena *mcy_arena_create(void);

/** Free the arena and all it handed out; NULL is fine. */
void mcy_arena_destroy(mcy_arena *arena);

/** Forget all that was handed out but keep the blocks for the next use. */
void mcy_arena_reset(mcy_arena *arena);

/** Bytes of the blocks the arena holds. */
size_t mcy_arena_bytes(const mcy_arena *arena);

/**
 * count objects of size bytes, zeroed, aligned for any type (64 bytes when size * count >= 64).
 *
 * Returned:  the memory, or NULL when it is short or count * size overflows; count = 0 gives a
 *            valid pointer to nothing
 */
void *mcy_arena_take(mcy_arena *arena, size_t count, size_t size);

/** A copy of n bytes of text, NUL-terminated; NULL when memory is short. */
char *mcy_arena_copy(mcy_arena *arena, const char *text, size_t n);

/** printf into the arena; NULL when memory is short. */
char *mcy_arena_print(mcy_arena *arena, const char *format, ...) MCY_PRINTF(2, 3);

/**
 * Room for one more element of a growing array that lives in the arena: doubles *capacity when
 * *items (count elements of size bytes) is full.
 *
 * Returned:  MCY_OK or MCY_E_MEMORY with the sentence in err
 */
mcy_status mcy_arena_grow(mcy_arena *arena, void **items, size_t count, size_t *capacity,
                          size_t size, mcy_error *err);

/** The sentence for a failed allocation; returns MCY_E_MEMORY. */
mcy_status mcy_fail_memory(mcy_error *err);

#define MCY_TAKE(arena, type, count) ((type *)mcy_arena_take((arena), (count), sizeof(type)))

#endif
