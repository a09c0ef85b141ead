/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers by counter: the number asked for is a function of (seed, stream, place), so any
 * thread can draw any of them, in any order. */
#ifndef MCY_PHILOX_H
#define MCY_PHILOX_H

#include <stddef.h>
#include <stdint.h>

/* Streams keep uses of one seed apart. */
typedef enum mcy_stream {
    MCY_STREAM_POINT,    /* coordinates of random points */
    MCY_STREAM_SCRAMBLE, /* keys of the scrambling of low-discrepancy points */
    MCY_STREAM_STRATUM, /* places inside the strata of a Latin hypercube, and its permutations */
    MCY_STREAM_TRAJECTORY /* paths of the screening design */
} mcy_stream;

/**
 * Philox4x32-10: four 32-bit words from a counter of 128 bits and a key of 64.
 *
 * Source:    Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3"
 * Checked:   test_sampling.c against the authors' known answers
 */
void mcy_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/** 64 random bits for (seed, stream, place, item). */
uint64_t mcy_philox_word(uint64_t seed, mcy_stream stream, uint64_t place, uint32_t item);

/**
 * Uniform numbers in (0, 1) of 52 bits, never 0 or 1, for two neighbouring coordinates of n
 * consecutive places.
 *
 * Given:     first    place of the first point
 *            pair     coordinates 2 * pair and 2 * pair + 1
 * Returned:  even, odd   [n]
 */
void mcy_philox_uniform_pair(uint64_t seed, mcy_stream stream, uint64_t first, uint32_t pair,
                             size_t n, double *even, double *odd);

#endif
