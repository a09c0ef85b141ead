/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors of elementary functions in units of the last place, against long double (64 bits of
 * precision: good to about 0.001 ulp) and against MPFR; and a small generator of test points. */
#ifndef MCY_TESTS_ULP_H
#define MCY_TESTS_ULP_H

#include <math.h>
#include <mpfr.h>
#include <stdint.h>
#include <string.h>

/* splitmix64 (Steele, Lea and Flood 2014) */
static inline uint64_t draw_bits(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static inline double draw_unit(uint64_t *state)
{
    return ((double)(draw_bits(state) >> 11) + 0.5) * 0x1p-53;
}

static inline double draw_between(uint64_t *state, double low, double high)
{
    return low + (high - low) * draw_unit(state);
}

/* The value of the last place of a double near x; that of the denormals below the normal range. */
static inline double last_place(double x)
{
    int e;
    (void)frexp(x, &e);
    return ldexp(1.0, (e < -1021 ? -1021 : e) - 53);
}

static inline double ulp_error(double got, long double exact)
{
    if ((long double)got == exact || (isnan(got) && isnan(exact)))
        return 0.0;
    long double rounded = (long double)(double)exact;
    if (isnan(got) || isinf(got) || isnan(exact) || isinf((double)rounded))
        return (long double)got == rounded ? 0.0 : (double)INFINITY;
    return (double)(fabsl((long double)got - exact) / (long double)last_place((double)exact));
}

typedef int mpfr_one(mpfr_t, const mpfr_t, mpfr_rnd_t);

/* Error against MPFR at 160 bits; y is used by pow only (function NULL). */
static inline double ulp_error_mpfr(double got, mpfr_one *function, double x, double y)
{
    mpfr_t a, b, r;
    mpfr_inits2(160, a, b, r, (mpfr_ptr)0);
    mpfr_set_d(a, x, MPFR_RNDN);
    mpfr_set_d(b, y, MPFR_RNDN);
    if (function)
        function(r, a, MPFR_RNDN);
    else
        mpfr_pow(r, a, b, MPFR_RNDN);
    double near = mpfr_get_d(r, MPFR_RNDN), error;
    if (isnan(near) || isinf(near) || near == 0.0 || isnan(got) || isinf(got)) {
        error = got == near || (isnan(got) && isnan(near)) ? 0.0 : (double)INFINITY;
    } else {
        mpfr_sub_d(r, r, got, MPFR_RNDN);
        error = fabs(mpfr_get_d(r, MPFR_RNDN)) / last_place(near);
    }
    mpfr_clears(a, b, r, (mpfr_ptr)0);
    return error;
}

#endif
