/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sobol' points with the direction numbers of Joe and Kuo, scrambled by hashing. Not the sequence
 * of GSL, which differs from dimension 3 on, leaves the origin out and ends at 40 dimensions. */
#ifndef MCY_SOBOL_H
#define MCY_SOBOL_H

#include <stddef.h>
#include <stdint.h>

enum { MCY_SOBOL_DIMENSIONS = 1024, MCY_SOBOL_REPLICATES = 64, MCY_SOBOL_BLOCK = 512 };

/* The most points: 32 bits of index. */
#define MCY_SOBOL_POINTS ((uint64_t)1 << 32)

/* One dimension of a sequence of R independently scrambled copies that take turns: place i is
 * point i / R of copy i % R. Caller owns it. */
typedef struct mcy_sobol {
    const uint32_t *direction; /* [32] bit-reversed */
    uint32_t low[64];          /* the 64 patterns of the lowest bits of the Gray code */
    uint32_t key[MCY_SOBOL_REPLICATES + MCY_SOBOL_BLOCK]; /* scrambling keys, repeated */
    size_t replicates;
    int scrambled;
} mcy_sobol;

/**
 * One dimension of a Sobol' sequence.
 *
 * Given:     dimension    0 .. MCY_SOBOL_DIMENSIONS - 1
 *            seed         of the scrambling
 *            replicates   independent scramblings, a power of two up to MCY_SOBOL_REPLICATES
 *            scrambled    0 gives the bare sequence (replicates must then be 1)
 */
void mcy_sobol_init(mcy_sobol *sobol, size_t dimension, uint64_t seed, size_t replicates,
                    int scrambled);

/**
 * Coordinates of n consecutive places.
 *
 * The points stand in Gray-code order from the origin on (Antonov, Saleev 1979). Scrambling is a
 * hash that lets each bit be flipped by the bits above it only, which is a nested uniform (Owen)
 * scrambling in its effect: each copy is still a digital net, its points uniform, copies
 * independent. A coordinate is the middle of its 2^-32 cell when scrambled, its lower end when
 * bare.
 *
 * Given:     first    first + n <= replicates * MCY_SOBOL_POINTS
 *            n        at most MCY_SOBOL_BLOCK
 * Returned:  out      [n] in [0, 1); in (0, 1) when scrambled
 * Source:    Joe, Kuo (2008); Laine, Karras (2011); Burley (2020), "Practical hash-based Owen
 *            scrambling", J. Computer Graphics Techniques 9(4)
 * Checked:   test_sampling.c
 */
void mcy_sobol_fill(const mcy_sobol *sobol, uint64_t first, size_t n, double *out);

#endif
