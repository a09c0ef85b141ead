/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Equal strings once: a hash table whose strings live in an arena. */
#ifndef MCY_INTERN_H
#define MCY_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"

typedef struct mcy_intern_slot {
    uint64_t hash;
    const char *string;
    size_t size;
} mcy_intern_slot;

/* Zero-initialised apart from arena; the table lives in the arena too. */
typedef struct mcy_intern {
    mcy_arena *arena;
    mcy_intern_slot *slots;
    size_t count, capacity;
} mcy_intern;

/** The one copy of size bytes; NULL when memory is short. */
const char *mcy_intern_take(mcy_intern *intern, const char *bytes, size_t size);

/** The one copy, or NULL when it was never taken. */
const char *mcy_intern_find(const mcy_intern *intern, const char *bytes, size_t size);

#endif
