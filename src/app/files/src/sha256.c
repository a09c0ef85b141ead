/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 as FIPS 180-4 writes it. */
#define _POSIX_C_SOURCE 200809L
#include "mcy/sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "sha256_rounds.h"

const uint32_t mcy_sha256_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2};

static uint32_t rotate(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static void one_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t one = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
                       ((e & f) ^ (~e & g)) + mcy_sha256_constants[i] + w[i];
        uint32_t two =
            (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + one;
        d = c, c = b, b = a, a = one + two;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void mcy_sha256_rounds_plain(uint32_t state[8], const unsigned char *bytes, size_t blocks)
{
    for (size_t i = 0; i < blocks; i++)
        one_block(state, bytes + 64 * i);
}

static void compress(uint32_t state[8], const unsigned char *bytes, size_t blocks)
{
    if (mcy_sha256_x86_supported())
        mcy_sha256_rounds_x86(state, bytes, blocks);
    else
        mcy_sha256_rounds_plain(state, bytes, blocks);
}

void mcy_sha256_init(mcy_sha256 *hash)
{
    static const uint32_t first[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    *hash = (mcy_sha256){0};
    memcpy(hash->state, first, sizeof first);
}

void mcy_sha256_add(mcy_sha256 *hash, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    hash->bytes += size;
    while (size) {
        if (!hash->used && size >= 64) {
            compress(hash->state, at, size / 64);
            at += size / 64 * 64;
            size %= 64;
            continue;
        }
        size_t n = 64 - hash->used < size ? 64 - hash->used : size;
        memcpy(hash->block + hash->used, at, n);
        hash->used += n;
        at += n;
        size -= n;
        if (hash->used == 64) {
            compress(hash->state, hash->block, 1);
            hash->used = 0;
        }
    }
}

void mcy_sha256_end(mcy_sha256 *hash, char hex[MCY_SHA256_HEX])
{
    static const char digits[] = "0123456789abcdef";
    uint64_t bits = 8 * hash->bytes;
    unsigned char length[8], end = 0x80, zero = 0;
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)(bits >> (56 - 8 * i));
    mcy_sha256_add(hash, &end, 1);
    while (hash->used != 56)
        mcy_sha256_add(hash, &zero, 1);
    mcy_sha256_add(hash, length, 8);
    for (size_t i = 0; i < 64; i++)
        hex[i] = digits[hash->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
    hex[64] = '\0';
}

void mcy_sha256_of(const void *bytes, size_t size, char hex[MCY_SHA256_HEX])
{
    mcy_sha256 hash;
    mcy_sha256_init(&hash);
    mcy_sha256_add(&hash, bytes, size);
    mcy_sha256_end(&hash, hex);
}

mcy_status mcy_sha256_of_file(const char *path, char hex[MCY_SHA256_HEX], mcy_error *err)
{
    unsigned char piece[16384];
    mcy_sha256 hash;
    mcy_sha256_init(&hash);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : 0;
    while (fd >= 0 && ((n = read(fd, piece, sizeof piece)) > 0 || (n < 0 && errno == EINTR)))
        if (n > 0)
            mcy_sha256_add(&hash, piece, (size_t)n);
    int reason = errno;
    if (fd >= 0)
        close(fd);
    if (n < 0)
        return MCY_FAIL(err, MCY_E_IO, "cannot read '%s': %s", path, strerror(reason));
    mcy_sha256_end(&hash, hex);
    return MCY_OK;
}
