/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Throughput of one instruction set with data in the first cache; compiled once for each. Four
 * chains of + and * that stay in registers are the limit of plain arithmetic. */
#define _GNU_SOURCE
#include <stdbool.h>

#include "lanes_limits.h"
#include "lanes_math.h"
#include "stopwatch.h"

enum { LANES = 256, REPEATS = 2000, CHAIN = 32 };

static _Alignas(64) double from[LANES], to[LANES];

/* The compiler must take the arrays as read and changed by somebody else here. */
#define SOMEBODY_ELSE __asm__ volatile("" ::"r"(from), "r"(to) : "memory")

static void arithmetic(void *context)
{
    (void)context;
    V x = v_set(1.0000001), y = v_set(-1e-9);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        SOMEBODY_ELSE;
        for (size_t j = 0; j < LANES; j += 4 * WIDTH) {
            V a = v_load(from + j), b = v_load(from + j + WIDTH),
              c = v_load(from + j + 2 * WIDTH), d = v_load(from + j + 3 * WIDTH);
            for (int i = 0; i < CHAIN / 2; i++) {
                a = v_add(v_mul(a, x), y);
                b = v_add(v_mul(b, x), y);
                c = v_add(v_mul(c, x), y);
                d = v_add(v_mul(d, x), y);
            }
            v_store(to + j, a);
            v_store(to + j + WIDTH, b);
            v_store(to + j + 2 * WIDTH, c);
            v_store(to + j + 3 * WIDTH, d);
        }
    }
}

#define LOOP(name, EXPR)                                                                       \
    static void name(void *context)                                                            \
    {                                                                                          \
        I outside = i_set(0), outside2 = i_set(0);                                             \
        (void)context;                                                                         \
        (void)outside2;                                                                        \
        for (int repeat = 0; repeat < REPEATS; repeat++) {                                     \
            SOMEBODY_ELSE;                                                                     \
            for (size_t j = 0; j < LANES; j += WIDTH) {                                        \
                V a = v_load(from + j);                                                        \
                v_store(to + j, EXPR);                                                         \
            }                                                                                  \
        }                                                                                      \
        from[0] += i_any(i_and(outside, i_set(UINT64_MAX << 40))) ? 1e-30 : 0.0;               \
    }
LOOP(division, v_div(v_set(1.37), a))
LOOP(square_root, v_sqrt(a))
LOOP(exponential, k_exp(a, &outside))
LOOP(logarithm, k_log(a, &outside))
LOOP(power, k_pow(a, a, &outside, &outside2))

lanes_limits MCY_LIMITS(void)
{
    for (size_t j = 0; j < LANES; j++)
        from[j] = 0.5 + 0.01 * (double)j;
    double n = (double)LANES * REPEATS * 1e-9;
    return (lanes_limits){
        .arithmetic = processor_median(15, arithmetic, NULL) / n / CHAIN,
        .division = processor_median(15, division, NULL) / n,
        .square_root = processor_median(15, square_root, NULL) / n,
        .exponential = processor_median(15, exponential, NULL) / n,
        .logarithm = processor_median(15, logarithm, NULL) / n,
        .power = processor_median(15, power, NULL) / n,
    };
}
