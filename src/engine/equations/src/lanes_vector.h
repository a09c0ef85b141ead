/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors of doubles of one instruction set, as few operations as the kernels need. The file that
 * includes this chooses by MCY_LANES_PLAIN, _SSE2, _AVX2 or _AVX512. Every operation gives the
 * same bits in all four: + - * / sqrt are IEEE's, the rest moves or compares bits. */
#ifndef MCY_LANES_VECTOR_H
#define MCY_LANES_VECTOR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(MCY_LANES_AVX512)

#include <immintrin.h>
enum { WIDTH = 8 };
typedef __m512d V; /* doubles */
typedef __m512i I; /* their bits, or unsigned integers */
typedef __mmask8 M; /* truths */

static inline V v_load(const double *p) { return _mm512_load_pd(p); }
static inline void v_store(double *p, V a) { _mm512_store_pd(p, a); }
static inline void v_store_anywhere(double *p, V a) { _mm512_storeu_pd(p, a); }
static inline V v_set(double x) { return _mm512_set1_pd(x); }
static inline I i_set(uint64_t x) { return _mm512_set1_epi64((long long)x); }
static inline V v_add(V a, V b) { return _mm512_add_pd(a, b); }
static inline V v_sub(V a, V b) { return _mm512_sub_pd(a, b); }
static inline V v_mul(V a, V b) { return _mm512_mul_pd(a, b); }
static inline V v_div(V a, V b) { return _mm512_div_pd(a, b); }
static inline V v_sqrt(V a) { return _mm512_sqrt_pd(a); }
static inline V v_min(V a, V b) { return _mm512_min_pd(a, b); }
static inline V v_max(V a, V b) { return _mm512_max_pd(a, b); }
static inline I v_bits(V a) { return _mm512_castpd_si512(a); }
static inline V i_double(I a) { return _mm512_castsi512_pd(a); }
static inline I i_and(I a, I b) { return _mm512_and_si512(a, b); }
static inline I i_or(I a, I b) { return _mm512_or_si512(a, b); }
static inline I i_xor(I a, I b) { return _mm512_xor_si512(a, b); }
static inline I i_add(I a, I b) { return _mm512_add_epi64(a, b); }
static inline I i_sub(I a, I b) { return _mm512_sub_epi64(a, b); }
#define i_left(a, n) _mm512_slli_epi64((a), (n))
#define i_right(a, n) _mm512_srli_epi64((a), (n))
static inline M v_lt(V a, V b) { return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ); }
static inline M v_le(V a, V b) { return _mm512_cmp_pd_mask(a, b, _CMP_LE_OQ); }
static inline M v_eq(V a, V b) { return _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ); }
static inline M v_ne(V a, V b) { return _mm512_cmp_pd_mask(a, b, _CMP_NEQ_UQ); }
static inline M m_and(M a, M b) { return (M)(a & b); }
static inline M m_or(M a, M b) { return (M)(a | b); }
static inline M m_not(M a) { return (M)~a; }
static inline V v_select(M c, V a, V b) { return _mm512_mask_blend_pd(c, b, a); }
static inline bool i_any(I a) { return _mm512_test_epi64_mask(a, a) != 0; }
static inline V v_table(const double *t, I index)
{
    return _mm512_permutex2var_pd(_mm512_loadu_pd(t), index, _mm512_loadu_pd(t + 8));
}
static inline I i_table(const uint64_t *t, I index)
{
    return _mm512_permutex2var_epi64(_mm512_loadu_si512(t), index, _mm512_loadu_si512(t + 8));
}

#elif defined(MCY_LANES_AVX2)

#include <immintrin.h>
enum { WIDTH = 4 };
typedef __m256d V;
typedef __m256i I;
typedef __m256d M;

static inline V v_load(const double *p) { return _mm256_load_pd(p); }
static inline void v_store(double *p, V a) { _mm256_store_pd(p, a); }
static inline void v_store_anywhere(double *p, V a) { _mm256_storeu_pd(p, a); }
static inline V v_set(double x) { return _mm256_set1_pd(x); }
static inline I i_set(uint64_t x) { return _mm256_set1_epi64x((long long)x); }
static inline V v_add(V a, V b) { return _mm256_add_pd(a, b); }
static inline V v_sub(V a, V b) { return _mm256_sub_pd(a, b); }
static inline V v_mul(V a, V b) { return _mm256_mul_pd(a, b); }
static inline V v_div(V a, V b) { return _mm256_div_pd(a, b); }
static inline V v_sqrt(V a) { return _mm256_sqrt_pd(a); }
static inline V v_min(V a, V b) { return _mm256_min_pd(a, b); }
static inline V v_max(V a, V b) { return _mm256_max_pd(a, b); }
static inline I v_bits(V a) { return _mm256_castpd_si256(a); }
static inline V i_double(I a) { return _mm256_castsi256_pd(a); }
static inline I i_and(I a, I b) { return _mm256_and_si256(a, b); }
static inline I i_or(I a, I b) { return _mm256_or_si256(a, b); }
static inline I i_xor(I a, I b) { return _mm256_xor_si256(a, b); }
static inline I i_add(I a, I b) { return _mm256_add_epi64(a, b); }
static inline I i_sub(I a, I b) { return _mm256_sub_epi64(a, b); }
#define i_left(a, n) _mm256_slli_epi64((a), (n))
#define i_right(a, n) _mm256_srli_epi64((a), (n))
static inline M v_lt(V a, V b) { return _mm256_cmp_pd(a, b, _CMP_LT_OQ); }
static inline M v_le(V a, V b) { return _mm256_cmp_pd(a, b, _CMP_LE_OQ); }
static inline M v_eq(V a, V b) { return _mm256_cmp_pd(a, b, _CMP_EQ_OQ); }
static inline M v_ne(V a, V b) { return _mm256_cmp_pd(a, b, _CMP_NEQ_UQ); }
static inline M m_and(M a, M b) { return _mm256_and_pd(a, b); }
static inline M m_or(M a, M b) { return _mm256_or_pd(a, b); }
static inline M m_not(M a) { return _mm256_xor_pd(a, i_double(i_set(UINT64_MAX))); }
static inline V v_select(M c, V a, V b) { return _mm256_blendv_pd(b, a, c); }
static inline bool i_any(I a) { return !_mm256_testz_si256(a, a); }
static inline V v_table(const double *t, I index)
{
    return _mm256_i64gather_pd(t, i_and(index, i_set(15)), 8);
}
static inline I i_table(const uint64_t *t, I index)
{
    return _mm256_i64gather_epi64((const long long *)t, i_and(index, i_set(15)), 8);
}

#elif defined(MCY_LANES_SSE2)

#include <emmintrin.h>
enum { WIDTH = 2 };
typedef __m128d V;
typedef __m128i I;
typedef __m128d M;

static inline V v_load(const double *p) { return _mm_load_pd(p); }
static inline void v_store(double *p, V a) { _mm_store_pd(p, a); }
static inline void v_store_anywhere(double *p, V a) { _mm_storeu_pd(p, a); }
static inline V v_set(double x) { return _mm_set1_pd(x); }
static inline I i_set(uint64_t x) { return _mm_set1_epi64x((long long)x); }
static inline V v_add(V a, V b) { return _mm_add_pd(a, b); }
static inline V v_sub(V a, V b) { return _mm_sub_pd(a, b); }
static inline V v_mul(V a, V b) { return _mm_mul_pd(a, b); }
static inline V v_div(V a, V b) { return _mm_div_pd(a, b); }
static inline V v_sqrt(V a) { return _mm_sqrt_pd(a); }
static inline V v_min(V a, V b) { return _mm_min_pd(a, b); }
static inline V v_max(V a, V b) { return _mm_max_pd(a, b); }
static inline I v_bits(V a) { return _mm_castpd_si128(a); }
static inline V i_double(I a) { return _mm_castsi128_pd(a); }
static inline I i_and(I a, I b) { return _mm_and_si128(a, b); }
static inline I i_or(I a, I b) { return _mm_or_si128(a, b); }
static inline I i_xor(I a, I b) { return _mm_xor_si128(a, b); }
static inline I i_add(I a, I b) { return _mm_add_epi64(a, b); }
static inline I i_sub(I a, I b) { return _mm_sub_epi64(a, b); }
#define i_left(a, n) _mm_slli_epi64((a), (n))
#define i_right(a, n) _mm_srli_epi64((a), (n))
static inline M v_lt(V a, V b) { return _mm_cmplt_pd(a, b); }
static inline M v_le(V a, V b) { return _mm_cmple_pd(a, b); }
static inline M v_eq(V a, V b) { return _mm_cmpeq_pd(a, b); }
static inline M v_ne(V a, V b) { return _mm_cmpneq_pd(a, b); }
static inline M m_and(M a, M b) { return _mm_and_pd(a, b); }
static inline M m_or(M a, M b) { return _mm_or_pd(a, b); }
static inline M m_not(M a) { return _mm_xor_pd(a, i_double(i_set(UINT64_MAX))); }
static inline V v_select(M c, V a, V b)
{
    return _mm_or_pd(_mm_and_pd(c, a), _mm_andnot_pd(c, b));
}
static inline bool i_any(I a)
{
    return _mm_movemask_epi8(_mm_cmpeq_epi8(a, _mm_setzero_si128())) != 0xffff;
}
static inline size_t i_part(I index, int which)
{
    uint64_t part[2];
    _mm_storeu_si128((__m128i *)part, index);
    return part[which] & 15;
}
static inline V v_table(const double *t, I index)
{
    return _mm_set_pd(t[i_part(index, 1)], t[i_part(index, 0)]);
}
static inline I i_table(const uint64_t *t, I index)
{
    return _mm_set_epi64x((long long)t[i_part(index, 1)], (long long)t[i_part(index, 0)]);
}

#else /* plain C, one lane */

#include <math.h>
enum { WIDTH = 1 };
typedef double V;
typedef uint64_t I;
typedef bool M;

static inline V v_load(const double *p) { return *p; }
static inline void v_store(double *p, V a) { *p = a; }
static inline void v_store_anywhere(double *p, V a) { *p = a; }
static inline V v_set(double x) { return x; }
static inline I i_set(uint64_t x) { return x; }
static inline V v_add(V a, V b) { return a + b; }
static inline V v_sub(V a, V b) { return a - b; }
static inline V v_mul(V a, V b) { return a * b; }
static inline V v_div(V a, V b) { return a / b; }
static inline V v_sqrt(V a) { return sqrt(a); }
static inline V v_min(V a, V b) { return a < b ? a : b; }
static inline V v_max(V a, V b) { return a > b ? a : b; }
static inline I v_bits(V a) { I b; memcpy(&b, &a, sizeof b); return b; }
static inline V i_double(I a) { V b; memcpy(&b, &a, sizeof b); return b; }
static inline I i_and(I a, I b) { return a & b; }
static inline I i_or(I a, I b) { return a | b; }
static inline I i_xor(I a, I b) { return a ^ b; }
static inline I i_add(I a, I b) { return a + b; }
static inline I i_sub(I a, I b) { return a - b; }
#define i_left(a, n) ((a) << (n))
#define i_right(a, n) ((a) >> (n))
static inline M v_lt(V a, V b) { return a < b; }
static inline M v_le(V a, V b) { return a <= b; }
static inline M v_eq(V a, V b) { return a == b; }
static inline M v_ne(V a, V b) { return a != b; }
static inline M m_and(M a, M b) { return a && b; }
static inline M m_or(M a, M b) { return a || b; }
static inline M m_not(M a) { return !a; }
static inline V v_select(M c, V a, V b) { return c ? a : b; }
static inline bool i_any(I a) { return a != 0; }
static inline V v_table(const double *t, I index) { return t[index & 15]; }
static inline I i_table(const uint64_t *t, I index) { return t[index & 15]; }

#endif

#endif
