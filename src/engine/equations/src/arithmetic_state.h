/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of the machine the kernels are made for: round to nearest, no exception taken,
 * denormals kept. It is set for the time of a call and put back. */
#ifndef MCY_ARITHMETIC_STATE_H
#define MCY_ARITHMETIC_STATE_H

#if defined(__x86_64__)

#include <xmmintrin.h>

/* Returned: the state before. */
static inline unsigned enter_arithmetic(void)
{
    unsigned before = _mm_getcsr();
    _mm_setcsr(0x1f80);
    return before;
}

static inline void leave_arithmetic(unsigned before)
{
    _mm_setcsr(before);
}

#else

#include <fenv.h>

static inline unsigned enter_arithmetic(void)
{
    unsigned before = (unsigned)fegetround();
    (void)fesetround(FE_TONEAREST);
    return before;
}

static inline void leave_arithmetic(unsigned before)
{
    (void)fesetround((int)before);
}

#endif

#endif
