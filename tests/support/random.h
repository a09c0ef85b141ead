/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small random numbers for simulated truths: splitmix64, Box-Muller. Same on every machine but for
 * libm. */
#ifndef MCY_TESTS_RANDOM_H
#define MCY_TESTS_RANDOM_H

#include <math.h>
#include <stdint.h>

typedef struct random_state {
    uint64_t word;
} random_state;

static inline random_state random_seed(uint64_t seed)
{
    return (random_state){seed * 0x9e3779b97f4a7c15u + 1};
}

static inline uint64_t random_word(random_state *state)
{
    state->word += 0x9e3779b97f4a7c15u;
    uint64_t z = state->word;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* In (0, 1). */
static inline double random_uniform(random_state *state)
{
    return ((double)(random_word(state) >> 11) + 0.5) * 0x1p-53;
}

static inline double random_between(random_state *state, double low, double high)
{
    return low + (high - low) * random_uniform(state);
}

static inline double random_normal(random_state *state)
{
    double radius = sqrt(-2.0 * log(random_uniform(state)));
    return radius * cos(6.283185307179586477 * random_uniform(state));
}

#endif
