/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 validation: eight ASCII bytes at a time, the rest by the table of well-formed bytes. */
#define _POSIX_C_SOURCE 200809L
#include "utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* True when all eight bytes are 0x20..0x7e: no high bit, none below a blank, none 0x7f. */
static bool plain8(const char *bytes)
{
    uint64_t v;
    memcpy(&v, bytes, sizeof v);
    const uint64_t ones = 0x0101010101010101u, high = 0x80 * ones;
    uint64_t below = (v - 0x20 * ones) & ~v;
    uint64_t del = v ^ (0x7f * ones);
    uint64_t is_del = (del - ones) & ~del;
    return !((v | below | is_del) & high);
}

static bool in(unsigned char c, unsigned char low, unsigned char high)
{
    return low <= c && c <= high;
}

/* Length of the well-formed character at p (left bytes are there), 0 when it is none. */
static size_t character(const unsigned char *p, size_t left)
{
    unsigned char c = p[0];
    if (c < 0x80)
        return (c >= 0x20 && c != 0x7f) || c == '\t';
    size_t n = in(c, 0xc2, 0xdf) ? 2 : in(c, 0xe0, 0xef) ? 3 : in(c, 0xf0, 0xf4) ? 4 : 0;
    if (!n || n > left)
        return 0;
    unsigned char low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
    unsigned char high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
    if (!in(p[1], low, high))
        return 0;
    for (size_t i = 2; i < n; i++)
        if (!in(p[i], 0x80, 0xbf))
            return 0;
    return n;
}

size_t mcy_utf8_plain(const char *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        if (at + 8 <= size && plain8(bytes + at)) {
            at += 8;
            continue;
        }
        size_t n = character((const unsigned char *)bytes + at, size - at);
        if (!n)
            return at;
        at += n;
    }
    return size;
}

size_t mcy_utf8_fit(const char *string, size_t most)
{
    size_t n = strnlen(string, most + 1);
    if (n <= most)
        return n;
    n = most;
    while (n && ((unsigned char)string[n] & 0xc0) == 0x80)
        n--;
    return n;
}
