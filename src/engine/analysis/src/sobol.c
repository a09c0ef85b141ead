/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sobol' points by place, in blocks, with hash-based Owen scrambling. */
#include "mcy/sobol.h"

#include <assert.h>

#include "mcy/philox.h"

/* Made from data/sobol-joe-kuo.csv by sobol_table_maker.c: [dimension][bit], reversed bits. */
extern const uint32_t mcy_sobol_directions[MCY_SOBOL_DIMENSIONS][32];

void mcy_sobol_init(mcy_sobol *sobol, size_t dimension, uint64_t seed, size_t replicates,
                    int scrambled)
{
    assert(dimension < MCY_SOBOL_DIMENSIONS);
    assert(replicates >= 1 && replicates <= MCY_SOBOL_REPLICATES);
    assert((replicates & (replicates - 1)) == 0 && (scrambled || replicates == 1));
    sobol->direction = mcy_sobol_directions[dimension];
    sobol->replicates = replicates;
    sobol->scrambled = scrambled;
    for (uint32_t j = 0; j < 64; j++) {
        uint32_t gray = j ^ j >> 1, x = 0;
        for (int bit = 0; bit < 6; bit++)
            x ^= gray >> bit & 1 ? sobol->direction[bit] : 0;
        sobol->low[j] = x;
    }
    for (size_t r = 0; r < replicates; r++)
        sobol->key[r] =
            (uint32_t)mcy_philox_word(seed, MCY_STREAM_SCRAMBLE, r, (uint32_t)dimension);
    for (size_t r = replicates; r < sizeof sobol->key / sizeof *sobol->key; r++)
        sobol->key[r] = sobol->key[r - replicates];
}

/* The bare coordinate of a point, bits reversed. The six lowest bits of its Gray code come from a
 * table; bit 5 takes the lowest of the bits above, which the table cannot know. */
static uint32_t high_part(const mcy_sobol *sobol, uint32_t point)
{
    uint32_t high = point & ~(uint32_t)63, gray = high ^ high >> 1, x = 0;
    for (int bit = 5; bit < 32 && gray >> bit; bit++)
        x ^= gray >> bit & 1 ? sobol->direction[bit] : 0;
    return x;
}

static void fill_raw(const mcy_sobol *sobol, uint64_t first, size_t n, uint32_t *raw)
{
    if (sobol->replicates == 1) {
        for (size_t i = 0; i < n;) {
            uint32_t point = (uint32_t)(first + i), high = high_part(sobol, point);
            size_t j = point & 63, stop = j + (n - i) < 64 ? j + (n - i) : 64;
            for (; j < stop; j++)
                raw[i++] = high ^ sobol->low[j];
        }
        return;
    }
    for (size_t i = 0; i < n;) {
        uint32_t point = (uint32_t)((first + i) / sobol->replicates);
        uint32_t x = high_part(sobol, point) ^ sobol->low[point & 63];
        size_t left = sobol->replicates - (size_t)((first + i) % sobol->replicates);
        for (; left && i < n; left--)
            raw[i++] = x;
    }
}

static inline uint32_t reverse(uint32_t x)
{
    x = (x >> 1 & 0x55555555u) | (x & 0x55555555u) << 1;
    x = (x >> 2 & 0x33333333u) | (x & 0x33333333u) << 2;
    x = (x >> 4 & 0x0f0f0f0fu) | (x & 0x0f0f0f0fu) << 4;
    x = (x >> 8 & 0x00ff00ffu) | (x & 0x00ff00ffu) << 8;
    return x >> 16 | x << 16;
}

/* On reversed bits the higher digits are the lower bits, and sums and products carry upwards
 * only: what reaches a digit comes from the digits above it. (Burley 2020, section 4) */
static inline uint32_t scramble(uint32_t x, uint32_t key)
{
    x += key;
    x ^= x * 0x6c50b47cu;
    x ^= x * 0xb82f1e52u;
    x ^= x * 0xc7afe638u;
    x ^= x * 0x8d22f6e6u;
    return x;
}

void mcy_sobol_fill(const mcy_sobol *sobol, uint64_t first, size_t n, double *out)
{
    assert(n <= MCY_SOBOL_BLOCK);
    uint32_t raw[MCY_SOBOL_BLOCK];
    fill_raw(sobol, first, n, raw);
    if (!sobol->scrambled) {
        for (size_t i = 0; i < n; i++)
            out[i] = (double)reverse(raw[i]) * 0x1p-32;
        return;
    }
    const uint32_t *key = sobol->key + first % sobol->replicates;
    for (size_t i = 0; i < n; i++) {
        uint32_t x = reverse(scramble(raw[i], key[i])) ^ 0x80000000u;
        out[i] = ((double)(int32_t)x + 2147483648.5) * 0x1p-32;
    }
}
