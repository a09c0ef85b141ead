/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words the reader of phrases knows, as tokens. */
#ifndef MCY_WORDS_LEXICON_H
#define MCY_WORDS_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

typedef enum mcy_token_kind {
    MCY_TOKEN_END,
    MCY_TOKEN_UNKNOWN,
    MCY_TOKEN_FILLER,
    MCY_TOKEN_NUMBER,     /* value, decimals */
    MCY_TOKEN_DECADE,     /* "20s": value */
    MCY_TOKEN_LEVEL,      /* value 1 low, 2 mid, 3 high, before its band */
    MCY_TOKEN_POST,       /* the same after its band (Korean); decimals: the second level or 0 */
    MCY_TOKEN_SINGLE,
    MCY_TOKEN_DOUBLE,
    MCY_TOKEN_TEENS,
    MCY_TOKEN_IN_DECADE,  /* Korean 대: the band after the number, its level still to come */
    MCY_TOKEN_TO,
    MCY_TOKEN_BETWEEN,
    MCY_TOKEN_AND,
    MCY_TOKEN_ABOUT,
    MCY_TOKEN_FLAT,
    MCY_TOKEN_SLIGHT,     /* value: the width, 2 or 3 */
    MCY_TOKEN_OVER,
    MCY_TOKEN_MORE,
    MCY_TOKEN_LESS,
    MCY_TOKEN_PLUS_MINUS,
    MCY_TOKEN_UP,
    MCY_TOKEN_DOWN,
    MCY_TOKEN_LOWER,      /* a level before a band, else a direction */
    MCY_TOKEN_HIGHER,
    MCY_TOKEN_PERCENT,
    MCY_TOKEN_BASIS_POINTS,
    MCY_TOKEN_CURRENCY,   /* value: index into mcy_currency_units */
    MCY_TOKEN_TIMES,      /* ratio */
    MCY_TOKEN_WEEKS,
    MCY_TOKEN_DAYS,
    MCY_TOKEN_FACTOR      /* million, 亿: value */
} mcy_token_kind;

typedef struct mcy_token {
    mcy_token_kind kind;
    double value;
    int decimals;
    size_t at, size;      /* where it stands in the normalised text */
} mcy_token;

/* Currencies: the unit their amounts are given in and what one of it is. */
typedef struct mcy_currency {
    const char *unit;
    double one;
} mcy_currency;

extern const mcy_currency mcy_currencies[];

/**
 * The longest entry of the lexicon that begins at text; Latin entries must end at a word's end.
 *
 * Returned:  its bytes, 0 when none; *token gets kind, value, decimals
 */
size_t mcy_lexicon_match(const char *text, mcy_token *token);

/** The Latin entry closest to a word, or NULL. */
const char *mcy_lexicon_closest(const char *word);

#endif
