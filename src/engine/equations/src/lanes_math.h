/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exp, log and pow over the vectors of lanes_vector.h: one source for every instruction set and,
 * one lane wide, for single values. Free of branches; arguments far out (overflow, zero, negative,
 * missing) only leave a mark in `outside`, and the caller takes those from kernels.c.
 *
 * Rounding to a whole number is adding and taking off a magic number. Tables have 16 entries: two
 * registers of the widest set. What was rounded away is carried where it would show.
 *
 * Source:  method of Tang (1989, ACM TOMS 15; 1990, 16) with tables whose entries are chosen as by
 *          Gal (1991, ACM TOMS 17); products of two doubles in two by Dekker (1971) */
#ifndef MCY_LANES_MATH_H
#define MCY_LANES_MATH_H

#include "kernel_tables.h"
#include "lanes_vector.h"

#define MAGIC_BITS UINT64_C(0x4338000000000000) /* 1.5 * 2^52 */
#define EXP_BIAS   8192
#define EXP_INSIDE UINT64_C(16383) /* bits in which k + EXP_BIAS may stand */
#define LOG_BIAS   512
#define LOG_INSIDE UINT64_C(1023)
#define MANTISSA   UINT64_C(0x000fffffffffffff)
#define UPPER_HALF (~UINT64_C(0x7ffffff)) /* the first 26 bits of a double's 53 */

static inline V k_upper(V x)
{
    return i_double(i_and(v_bits(x), i_set(UPPER_HALF)));
}

/* x = k ln2/16 + r. Returned: bits whose low part is k + EXP_BIAS; *k, *r. */
static inline I k_exp_reduce(V x, V *k, V *r)
{
    V magic = v_set(0x1.8p52 + EXP_BIAS);
    V s = v_add(v_mul(x, v_set(MCY_EXP_STEPS)), magic);
    *k = v_sub(s, magic);
    *r = v_sub(v_sub(x, v_mul(*k, v_set(MCY_EXP_HIGH))), v_mul(*k, v_set(MCY_EXP_LOW)));
    return v_bits(s);
}

/* p with 2^(j/16) e^r = T (1 + p), T the entry of the table for j = index mod 16. */
static inline V k_exp_series(V r, I index)
{
    const double *c = mcy_exp_series;
    V r2 = v_mul(r, r);
    V low = v_add(v_set(c[0]), v_mul(v_set(c[1]), r));
    V high = v_add(v_add(v_set(c[2]), v_mul(v_set(c[3]), r)), v_mul(v_set(c[4]), r2));
    V q = v_add(low, v_mul(r2, high));
    return v_add(v_add(v_mul(r2, q), v_table(mcy_exp_rest, index)), r);
}

static inline V k_exp_finish(V r, I index)
{
    V power = i_double(i_add(i_table(mcy_exp_power, index), i_left(index, 48)));
    return v_add(power, v_mul(power, k_exp_series(r, index)));
}

/* Bits beyond EXP_INSIDE are left in *outside when |x| is 354 or more, or missing. */
static inline V k_exp(V x, I *outside)
{
    V k, r;
    I index = k_exp_reduce(x, &k, &r);
    *outside = i_or(*outside, i_xor(index, i_set(MAGIC_BITS)));
    return k_exp_finish(r, index);
}

/* x = 2^k m with m in the parts of the tables. Bits beyond LOG_INSIDE are left in *outside when x
 * is not within 2^-512 .. 2^511. Returned: bits whose low four are the part. */
static inline I k_log_reduce(V x, V *k, V *m, I *outside)
{
    I d = i_sub(v_bits(x), i_set(MCY_LOG_OFFSET - ((uint64_t)LOG_BIAS << 52)));
    I biased = i_right(d, 52);
    *outside = i_or(*outside, biased);
    *k = v_sub(i_double(i_or(biased, i_set(UINT64_C(0x4330000000000000)))),
               v_set(0x1p52 + LOG_BIAS));
    *m = i_double(i_add(i_and(d, i_set(MANTISSA)), i_set(MCY_LOG_OFFSET)));
    return i_right(d, 48);
}

static inline V k_log_finish(V k, V m, I index)
{
    const double *c = mcy_log_series;
    V r = v_mul(v_sub(m, v_table(mcy_log_centre, index)), v_table(mcy_log_inverse, index));
    V r2 = v_mul(r, r), r4 = v_mul(r2, r2);
    V low = v_add(v_add(v_set(c[0]), v_mul(v_set(c[1]), r)),
                  v_mul(r2, v_add(v_set(c[2]), v_mul(v_set(c[3]), r))));
    V high = v_add(v_add(v_set(c[4]), v_mul(v_set(c[5]), r)),
                   v_mul(r2, v_add(v_set(c[6]), v_mul(v_set(c[7]), r))));
    V q = v_add(low, v_mul(r4, high));
    V whole = v_add(v_mul(k, v_set(MCY_LN2_HIGH)), v_table(mcy_log_height, index)); /* exact */
    V sum = v_add(whole, r);
    V lost = v_add(v_sub(whole, sum), r);
    V rest = v_add(v_mul(r2, q), v_mul(k, v_set(MCY_LN2_LOW)));
    return v_add(sum, v_add(lost, rest));
}

static inline V k_log(V x, I *outside)
{
    V k, m;
    I index = k_log_reduce(x, &k, &m, outside);
    return k_log_finish(k, m, index);
}

/* log(2^k m) = *high + *low, right to about 2^-64 of it. */
static inline void k_log_two(V k, V m, I index, V *high, V *low)
{
    const double *c = mcy_pow_series;
    V i = v_table(mcy_pow_inverse, index), u = v_sub(m, v_table(mcy_pow_centre, index));
    V u1 = k_upper(u), u2 = v_sub(u, u1);
    V a = v_mul(u1, i), b = v_add(v_mul(u2, i), v_table(mcy_pow_rest, index));
    V r = v_add(a, b), r_rest = v_add(v_sub(a, r), b);

    V s1 = k_upper(r), s2 = v_sub(r, s1), half = v_set(0.5);
    V square = v_mul(half, v_mul(s1, s1)); /* exact; r^2/2 = square + square_rest */
    V square_rest = v_add(v_mul(half, v_mul(s2, v_add(r, s1))), v_mul(r, r_rest));

    V r2 = v_mul(r, r), r4 = v_mul(r2, r2);
    V p = v_add(v_add(v_set(c[0]), v_mul(v_set(c[1]), r)),
                v_mul(r2, v_add(v_set(c[2]), v_mul(v_set(c[3]), r))));
    V q = v_add(v_add(v_set(c[4]), v_mul(v_set(c[5]), r)),
                v_mul(r2, v_add(v_set(c[6]), v_mul(v_set(c[7]), r))));
    q = v_add(q, v_mul(r4, v_set(c[8])));
    V cubic = v_mul(v_mul(r2, r), v_add(p, v_mul(r4, q)));

    V whole = v_add(v_mul(k, v_set(MCY_LN2_HIGH)), v_table(mcy_pow_height, index)); /* exact */
    V first = v_add(whole, r), lost1 = v_add(v_sub(whole, first), r);
    V second = v_sub(first, square), lost2 = v_sub(v_sub(first, second), square);
    V rest = v_add(v_mul(k, v_set(MCY_LN2_LOW)), v_table(mcy_pow_height_rest, index));
    rest = v_add(rest, v_sub(r_rest, square_rest));
    rest = v_add(v_add(v_add(lost1, lost2), rest), cubic);
    *high = v_add(second, rest);
    *low = v_add(v_sub(second, *high), rest);
}

/* y (high + low) = *product + *rest */
static inline void k_product_two(V y, V high, V low, V *product, V *rest)
{
    V y1 = k_upper(y), y2 = v_sub(y, y1), h1 = k_upper(high), h2 = v_sub(high, h1);
    V p = v_mul(y, high);
    V e = v_add(v_add(v_sub(v_mul(y1, h1), p), v_mul(y1, h2)), v_mul(y2, h1));
    *rest = v_add(v_add(e, v_mul(y2, h2)), v_mul(y, low));
    *product = p;
}

/* Marks as of exp and log, in one word each. */
static inline V k_pow(V x, V y, I *outside_log, I *outside_exp)
{
    V k, m, high, low, product, rest, r;
    I index = k_log_reduce(x, &k, &m, outside_log);
    k_log_two(k, m, index, &high, &low);
    k_product_two(y, high, low, &product, &rest);
    I place = k_exp_reduce(product, &k, &r);
    *outside_exp = i_or(*outside_exp, i_xor(place, i_set(MAGIC_BITS)));
    return k_exp_finish(v_add(r, rest), place);
}

#endif
