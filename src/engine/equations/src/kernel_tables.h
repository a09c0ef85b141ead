/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constants of exp, log and pow; written by tests/support/kernel_tables.py, which says how they
 * were found. All are exact bits. */
#ifndef MCY_KERNEL_TABLES_H
#define MCY_KERNEL_TABLES_H

#include <stdint.h>

/* x = k ln2/16 + r; ln2/16 in two parts, the first short enough for k times it to be exact */
#define MCY_EXP_STEPS 0x1.71547652b82fep+4
#define MCY_EXP_HIGH 0x1.62e42fefa0000p-5
#define MCY_EXP_LOW 0x1.cf79abc9e3b3ap-44

/* exp(r) = 1 + r + r^2 (c0 + c1 r + ...), |r| <= ln2/32, within 1.2e-17 */
static const double mcy_exp_series[5] = {
    0x1.0000000000005p-1,
    0x1.555555548f219p-3,
    0x1.555555545ddcfp-5,
    0x1.11123afbebef9p-7,
    0x1.6c185e8fe0bb6p-10,
};

/* bits of 2^(j/16), less (j + 8192) << 48: (k + 8192) << 48 is added whole */
static const uint64_t mcy_exp_power[16] = {
    UINT64_C(0x1ff0000000000000),
    UINT64_C(0x1fefb5586cf9890f),
    UINT64_C(0x1fef72b83c7d517b),
    UINT64_C(0x1fef387a6e756238),
    UINT64_C(0x1fef06fe0a31b715),
    UINT64_C(0x1feedea64c123422),
    UINT64_C(0x1feebfdad5362a27),
    UINT64_C(0x1feeab07dd485429),
    UINT64_C(0x1feea09e667f3bcd),
    UINT64_C(0x1feea11473eb0187),
    UINT64_C(0x1feeace5422aa0db),
    UINT64_C(0x1feec49182a3f090),
    UINT64_C(0x1feee89f995ad3ad),
    UINT64_C(0x1fef199bdd85529c),
    UINT64_C(0x1fef5818dcfba487),
    UINT64_C(0x1fefa4afa2a490da),
};

/* what 2^(j/16) was rounded by, relative to it */
static const double mcy_exp_rest[16] = {
    0x0.0p+0,
    0x1.79aa65d837b6dp-54,
    -0x1.01b15eaa59348p-55,
    0x1.68efde3a8a894p-54,
    0x1.34d754db0abb6p-55,
    0x1.59f48a72a4c6dp-55,
    0x1.690cebb7aafb0p-56,
    0x1.063e1e21c5409p-54,
    -0x1.3b3efbf5e2228p-54,
    -0x1.b32dcb94da51dp-56,
    0x1.db72fc1f0eab4p-55,
    0x1.1affc2b91ce27p-56,
    0x1.c1a7792cb3387p-55,
    0x1.36eae30af0cb3p-56,
    0x1.4a385a63d07a7p-56,
    -0x1.ff7128fd391f0p-55,
};

/* x = 2^k m; the sixteen parts of m begin at this double, and 1 is in the middle of the tenth */
#define MCY_LOG_OFFSET UINT64_C(0x3fe6800000000000)
#define MCY_LN2_HIGH 0x1.62e42fefa3800p-1
#define MCY_LN2_LOW 0x1.ef35793c76730p-45

/* a value c in each part, chosen so that log c and 1/c are all but doubles */
static const double mcy_log_centre[16] = {
    0x1.6fd37a4a28216p-1,
    0x1.7fd555ec2fef3p-1,
    0x1.8fd709609addep-1,
    0x1.9fd89ffb78c9dp-1,
    0x1.afda12f99e4ebp-1,
    0x1.bfdb6d9e4673dp-1,
    0x1.cfdcb07d78b6bp-1,
    0x1.dfddde5aaa3e3p-1,
    0x1.f0e5607c65efbp-1,
    0x1.0000000000000p+0,
    0x1.0fc3c44ab52bfp+0,
    0x1.1fc71c8c637acp+0,
    0x1.2fca1ae84381bp+0,
    0x1.3fccccef43258p+0,
    0x1.4fcf3d07b6f46p+0,
    0x1.5fd174971dcb6p+0,
};

/* 1/c */
static const double mcy_log_inverse[16] = {
    0x1.6457a236a0c50p+0,
    0x1.557b460fdb363p+0,
    0x1.47cfa68f2654ep+0,
    0x1.3b31869fc9e4bp+0,
    0x1.2f82f1264ea03p+0,
    0x1.24aa2d4d39e2ap+0,
    0x1.1a9116f34d6f5p+0,
    0x1.11247d3286dcdp+0,
    0x1.07c813ece2ee4p+0,
    0x1.0000000000000p+0,
    0x1.e24caf7e7406bp-1,
    0x1.c7766965fe9c3p-1,
    0x1.af74e986ae498p-1,
    0x1.99db2d22c32d2p-1,
    0x1.86510671a6235p-1,
    0x1.748e5a848171ap-1,
};

/* log c, a multiple of 2^-42 */
static const double mcy_log_height[16] = {
    -0x1.52a6cb50da000p-2,
    -0x1.2707eceff0000p-2,
    -0x1.fa638d0b38000p-3,
    -0x1.aa00b5a99e000p-3,
    -0x1.5ca7da927c000p-3,
    -0x1.12201e6b66000p-3,
    -0x1.946da6bff8000p-4,
    -0x1.097cd6f3e4000p-4,
    -0x1.ea99b0da60000p-6,
    0x0.0p+0,
    0x1.e98c2db308000p-5,
    0x1.df47124a68000p-4,
    0x1.5e87d2019c000p-3,
    0x1.c7b7b50832000p-3,
    0x1.15e1249afc000p-2,
    0x1.45914c2ab0000p-2,
};

/* log(1 + r) = r + r^2 (c0 + c1 r + ...), |r| <= 0.03125, within 1.1e-17 of r */
static const double mcy_log_series[8] = {
    -0x1.fffffffffffc7p-2,
    0x1.5555555555494p-2,
    -0x1.00000000bfd63p-2,
    0x1.9999999c8fe1dp-3,
    -0x1.55553fb641f30p-3,
    0x1.24922abcdddf4p-3,
    -0x1.0073572d9c00cp-3,
    0x1.c81a27cad7eb8p-4,
};

/* pow: c, the double nearest 1/i */
static const double mcy_pow_centre[16] = {
    0x1.6fd37a828b959p-1,
    0x1.7fd554de4291fp-1,
    0x1.8fd70a0f35604p-1,
    0x1.9fd89e2ac95fbp-1,
    0x1.afda13301fae9p-1,
    0x1.bfdb6e1473c94p-1,
    0x1.cfdcb068a0949p-1,
    0x1.dfdddeb36ead5p-1,
    0x1.f0e5605864a9dp-1,
    0x1.0000000000000p+0,
    0x1.0fc3c401b608fp+0,
    0x1.1fc71c2b15163p+0,
    0x1.2fca1a92d7b66p+0,
    0x1.3fcccc42a2ebcp+0,
    0x1.4fcf3d697e268p+0,
    0x1.5fd175143f0afp+0,
};

/* pow: i, 25 bits */
static const double mcy_pow_inverse[16] = {
    0x1.6457a20000000p+0,
    0x1.557b470000000p+0,
    0x1.47cfa60000000p+0,
    0x1.3b31880000000p+0,
    0x1.2f82f10000000p+0,
    0x1.24aa2d0000000p+0,
    0x1.1a91170000000p+0,
    0x1.11247d0000000p+0,
    0x1.07c8140000000p+0,
    0x1.0000000000000p+0,
    0x1.e24cb00000000p-1,
    0x1.c7766a0000000p-1,
    0x1.af74ea0000000p-1,
    0x1.99db2e0000000p-1,
    0x1.8651060000000p-1,
    0x1.748e5a0000000p-1,
};

/* pow: c i - 1 */
static const double mcy_pow_rest[16] = {
    0x1.0d12a40000000p-54,
    0x1.5132640000000p-55,
    -0x1.19fad00000000p-54,
    0x1.edc2c00000000p-56,
    0x1.d0eb200000000p-58,
    0x1.1fdc080000000p-54,
    0x1.32e8f00000000p-57,
    -0x1.187fc00000000p-59,
    0x1.37c4400000000p-57,
    0x0.0p+0,
    0x1.75aca00000000p-54,
    -0x1.bab0200000000p-57,
    0x1.b819e00000000p-56,
    -0x1.4c63800000000p-57,
    0x1.446ce00000000p-54,
    -0x1.4141e80000000p-55,
};

/* pow: -log i, a multiple of 2^-42 */
static const double mcy_pow_height[16] = {
    -0x1.52a6cab3df000p-2,
    -0x1.2707efc00e000p-2,
    -0x1.fa63898ce4000p-3,
    -0x1.aa00be9a24000p-3,
    -0x1.5ca7d99000000p-3,
    -0x1.12201c4efc000p-3,
    -0x1.946da77808000p-4,
    -0x1.097cd3fe34000p-4,
    -0x1.ea99b57d90000p-6,
    0x0.0p+0,
    0x1.e98c251aa8000p-5,
    0x1.df470ce16c000p-4,
    0x1.5e87cfc1be000p-3,
    0x1.c7b7b0b6b2000p-3,
    0x1.15e125c525000p-2,
    0x1.45914d96e4000p-2,
};

/* pow: what -log i was rounded by */
static const double mcy_pow_height_rest[16] = {
    0x1.b0bc7b6ef69a6p-45,
    -0x1.452c635ca8610p-44,
    -0x1.8b115211cb600p-48,
    -0x1.f6508f0813613p-44,
    0x1.7fc639dfe4be4p-49,
    -0x1.dd15bd1191155p-44,
    0x1.a1d528df6fcb0p-45,
    0x1.0c0d9c631f173p-44,
    0x1.ad09ec1549ba9p-46,
    0x0.0p+0,
    -0x1.ee680b8c65098p-44,
    0x1.47b1ff924ffb4p-44,
    0x1.d8752c0742a56p-49,
    0x1.bf8f975b184acp-44,
    -0x1.74627ccca5b27p-45,
    -0x1.b0e66bbcf39b8p-45,
};

/* pow: log(1 + r) = r - r^2/2 + r^3 (c0 + c1 r + ...), within 3.1e-21 of r */
static const double mcy_pow_series[9] = {
    0x1.5555555555555p-2,
    -0x1.ffffffffffed8p-3,
    0x1.999999999955dp-3,
    -0x1.55555557ae10fp-3,
    0x1.24924929452adp-3,
    -0x1.ffffcd8703d67p-4,
    0x1.c71c2a3ab1354p-4,
    -0x1.9a76f3bc611f8p-4,
    0x1.755353feb6e8cp-4,
};

#endif
