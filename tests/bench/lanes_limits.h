/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one processor can do at best, without any interpreter: nanoseconds an element. */
#ifndef MCY_LANES_LIMITS_H
#define MCY_LANES_LIMITS_H

typedef struct lanes_limits {
    double arithmetic, division, square_root, exponential, logarithm, power;
} lanes_limits;

lanes_limits lanes_limits_avx512(void);
lanes_limits lanes_limits_avx2(void);
lanes_limits lanes_limits_sse2(void);

#endif
