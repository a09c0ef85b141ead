/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 (FIPS 180-4): the name of an input by its content, for manifests. */
#ifndef MCY_SHA256_H
#define MCY_SHA256_H

#include <stddef.h>
#include <stdint.h>

#include "mcy/status.h"

enum { MCY_SHA256_HEX = 65 };

/* Caller owns it; mcy_sha256_init first. */
typedef struct mcy_sha256 {
    uint32_t state[8];
    uint64_t bytes;
    unsigned char block[64];
    size_t used;
} mcy_sha256;

void mcy_sha256_init(mcy_sha256 *hash);
void mcy_sha256_add(mcy_sha256 *hash, const void *bytes, size_t size);
/** 64 lower-case hexadecimal digits and a NUL; the hash must be initialised again after it. */
void mcy_sha256_end(mcy_sha256 *hash, char hex[MCY_SHA256_HEX]);

/** The hash of a buffer. */
void mcy_sha256_of(const void *bytes, size_t size, char hex[MCY_SHA256_HEX]);

/** The hash of a file, read in pieces. Fails: MCY_E_IO. */
mcy_status mcy_sha256_of_file(const char *path, char hex[MCY_SHA256_HEX], mcy_error *err);

#endif
