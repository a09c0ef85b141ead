/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A phrase while it is read: shared by the tokens, the grammar and the ranges. */
#ifndef MCY_WORDS_READING_H
#define MCY_WORDS_READING_H

#include "mcy/words.h"
#include "words_lexicon.h"

enum { MCY_NO_BAND = -1, MCY_DOUBLE_DIGIT = -2 };

/* One end of "A to B": a band (single digits 0, teens 10, twenties 20, ...) or a number. */
typedef struct mcy_words_end {
    int band;                    /* NO_BAND for a number */
    int first_level, last_level; /* 0 none, 1 low, 2 mid, 3 high */
    double value, factor;        /* factor 0: none printed */
    int decimals;
} mcy_words_end;

typedef struct mcy_reading {
    char text[MCY_WORDS_LONGEST + 8]; /* lower case, one blank for hyphens and runs of blanks */
    size_t at, remark;                /* where the remark begins; the end when there is none */
    mcy_words_end ends[2];
    size_t count;
    int levels[2], level_count;
    bool to, between, about, flat, signed_up, signed_down, tolerance_next;
    bool in_decade;       /* a Korean decade whose level is still to come */
    double width;         /* of slightly or somewhat; 0 none */
    mcy_token_kind bound; /* OVER, MORE, LESS, or END for none */
    double tolerance;     /* missing when none */
    bool tolerance_relative;
    bool percent, weeks, days, times;
    int currency; /* -1 none */
    mcy_error *err;
} mcy_reading;

/** Lower case; dashes as '-'; a hyphen beside a letter is a blank; runs of blanks are one. */
void mcy_reading_begin(mcy_reading *reading, const char *text, size_t n);

/** The next token and past it; MCY_TOKEN_END at the end, MCY_TOKEN_UNKNOWN moves nothing. */
mcy_token mcy_reading_next(mcy_reading *reading);

/** "sentence in 'phrase'"; returns MCY_E_INPUT. */
mcy_status mcy_reading_refuse(mcy_reading *reading, const char *sentence);

/** The range of all that was read, and its unit. */
mcy_status mcy_reading_range(mcy_reading *reading, mcy_range *range);
mcy_status mcy_reading_unit(mcy_reading *reading, mcy_words *words);

#endif
