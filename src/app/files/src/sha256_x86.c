/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 on the SHA instructions of x86 (Intel, "Intel SHA Extensions", 2013): two rounds an
 * instruction. Compiled with -msha; called only where the machine says it has them. */
#include "sha256_rounds.h"

#ifdef __SHA__
#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

static bool ask_machine(void)
{
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3))
        return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* Asked once: on a virtual machine the question takes longer than hashing a small file. */
bool mcy_sha256_x86_supported(void)
{
    static atomic_int known; /* 0 not asked, 1 no, 2 yes */
    int answer = atomic_load_explicit(&known, memory_order_relaxed);
    if (!answer) {
        answer = ask_machine() ? 2 : 1;
        atomic_store_explicit(&known, answer, memory_order_relaxed);
    }
    return answer == 2;
}

/* Sixteen groups of four rounds; w holds the last sixteen words of the schedule. */
static void one_block(__m128i *abef, __m128i *cdgh, const unsigned char *block)
{
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    const __m128i before_abef = *abef, before_cdgh = *cdgh;
    __m128i w[4];
    for (int i = 0; i < 16; i++) {
        __m128i *now = &w[i & 3];
        if (i < 4) {
            *now = _mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i));
            *now = _mm_shuffle_epi8(*now, big_endian);
        } else {
            __m128i back = _mm_alignr_epi8(w[(i + 3) & 3], w[(i + 2) & 3], 4);
            *now = _mm_add_epi32(_mm_sha256msg1_epu32(*now, w[(i + 1) & 3]), back);
            *now = _mm_sha256msg2_epu32(*now, w[(i + 3) & 3]);
        }
        const void *constants = mcy_sha256_constants + 4 * i;
        __m128i sum = _mm_add_epi32(*now, _mm_loadu_si128((const __m128i *)constants));
        *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, sum);
        *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(sum, 0x0e));
    }
    *abef = _mm_add_epi32(*abef, before_abef);
    *cdgh = _mm_add_epi32(*cdgh, before_cdgh);
}

void mcy_sha256_rounds_x86(uint32_t state[8], const unsigned char *bytes, size_t blocks)
{
    __m128i dcba = _mm_loadu_si128((const __m128i *)(const void *)state);
    __m128i hgfe = _mm_loadu_si128((const __m128i *)(const void *)(state + 4));
    __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1), efgh = _mm_shuffle_epi32(hgfe, 0x1b);
    __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
    __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
    for (size_t i = 0; i < blocks; i++)
        one_block(&abef, &cdgh, bytes + 64 * i);
    __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool mcy_sha256_x86_supported(void)
{
    return false;
}

void mcy_sha256_rounds_x86(uint32_t state[8], const unsigned char *bytes, size_t blocks)
{
    mcy_sha256_rounds_plain(state, bytes, blocks);
}

#endif
