/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counter-based random numbers (Philox4x32-10), one by one and in blocks. */
#include "mcy/philox.h"

enum { ROUNDS = 10 };
#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0       0x9E3779B9u
#define WEYL_1       0xBB67AE85u

static inline void rounds(uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t k0,
                          uint32_t k1, uint32_t out[4])
{
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t p0 = (uint64_t)MULTIPLIER_0 * c0, p1 = (uint64_t)MULTIPLIER_1 * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c1 = (uint32_t)p1;
        c3 = (uint32_t)p0;
        k0 += WEYL_0;
        k1 += WEYL_1;
    }
    out[0] = c0, out[1] = c1, out[2] = c2, out[3] = c3;
}

void mcy_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    rounds(counter[0], counter[1], counter[2], counter[3], key[0], key[1], out);
}

uint64_t mcy_philox_word(uint64_t seed, mcy_stream stream, uint64_t place, uint32_t item)
{
    uint32_t out[4];
    rounds((uint32_t)place, (uint32_t)(place >> 32), item, (uint32_t)stream, (uint32_t)seed,
           (uint32_t)(seed >> 32), out);
    return (uint64_t)out[1] << 32 | out[0];
}

/* 52 bits and a half: exact in a double, and strictly inside (0, 1). */
static inline double to_unit(uint32_t high, uint32_t low)
{
    double upper = (double)(int32_t)(high ^ 0x80000000u) + 0x1p31;
    double lower = (double)(int32_t)(low >> 12);
    return upper * 0x1p-32 + (lower + 0.5) * 0x1p-52;
}

void mcy_philox_uniform_pair(uint64_t seed, mcy_stream stream, uint64_t first, uint32_t pair,
                             size_t n, double *even, double *odd)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t place = first + i;
        uint32_t out[4];
        rounds((uint32_t)place, (uint32_t)(place >> 32), pair, (uint32_t)stream, (uint32_t)seed,
               (uint32_t)(seed >> 32), out);
        even[i] = to_unit(out[1], out[0]);
        odd[i] = to_unit(out[3], out[2]);
    }
}
