/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8: is it, and where may it be cut. */
#ifndef MCY_FILES_UTF8_H
#define MCY_FILES_UTF8_H

#include <stddef.h>

/**
 * How many of the first bytes are well-formed UTF-8 without control characters (a tab is fine).
 *
 * Returned:  size when all are, else the index of the first bad byte
 * Source:    Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF
 */
size_t mcy_utf8_plain(const char *bytes, size_t size);

/** The largest count <= most of the string's bytes that ends between characters. */
size_t mcy_utf8_fit(const char *string, size_t most);

#endif
