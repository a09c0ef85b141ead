/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rounds of SHA-256: plain, and on the instructions that x86 processors have for them. */
#ifndef MCY_SHA256_ROUNDS_H
#define MCY_SHA256_ROUNDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern const uint32_t mcy_sha256_constants[64];

/** Bring whole blocks of 64 bytes into the state. */
void mcy_sha256_rounds_plain(uint32_t state[8], const unsigned char *bytes, size_t blocks);

/** The same, the same bits; only where mcy_sha256_x86_supported. */
void mcy_sha256_rounds_x86(uint32_t state[8], const unsigned char *bytes, size_t blocks);

/** Whether this machine has the instructions. */
bool mcy_sha256_x86_supported(void);

#endif
