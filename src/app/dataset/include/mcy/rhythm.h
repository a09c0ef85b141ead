/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often a series of facts gets a new row, and so from when on its last one is stale. */
#ifndef MCY_RHYTHM_H
#define MCY_RHYTHM_H

#include "mcy/facts.h"

/* X(NAME, word, Chinese, days between prints) */
#define MCY_RHYTHM_LIST(X)                                                                     \
    X(MONTHLY, "monthly", "按月", 30)                                                          \
    X(QUARTERLY, "quarterly", "按季", 91)                                                      \
    X(HALF_YEARLY, "half-yearly", "按半年", 183)                                               \
    X(ANNUAL, "annual", "按年", 365)                                                           \
    X(IRREGULAR, "irregular", "不定期", 365)

typedef enum mcy_rhythm_kind {
#define X(name, word, zh, days) MCY_RHYTHM_##name,
    MCY_RHYTHM_LIST(X)
#undef X
        MCY_RHYTHM_KINDS
} mcy_rhythm_kind;

typedef struct mcy_rhythm {
    mcy_rhythm_kind kind;
    size_t prints;  /* days on which the series got rows */
    double median;  /* days between the last prints; missing with fewer than two */
    long most_days; /* an older newest row is stale */
    mcy_day newest; /* the day of its newest row; 0 without one */
} mcy_rhythm;

/**
 * The rhythm of the series a row belongs to: rows of its company, product and metric from the same
 * kind of source: the company's results, its guidance, or third parties.
 *
 * Days on which rows became known that lie within two weeks of one another are one print; the
 * last eight gaps between prints count. Their median says the rhythm: the nearest of a month, a
 * quarter, half a year, a year. Irregular: fewer than four prints, a median above a year and a
 * half, or more than a quarter of the gaps longer than twice the median.
 *
 * Returned:  *rhythm
 * Fails:     MCY_E_MEMORY
 * Notes:     a series is stale when its newest row is older than one and a half times that median,
 *            an irregular one after a year and a half
 * Checked:   test_rhythm.c
 */
mcy_status mcy_facts_rhythm(mcy_arena *arena, const mcy_facts *facts, const mcy_fact *row,
                            mcy_rhythm *rhythm, mcy_error *err);

/** The bases whose rows are one series with a row of this basis. */
int mcy_rhythm_bases(mcy_basis basis);

/** "quarterly", "按季". */
const char *mcy_rhythm_name(mcy_rhythm_kind kind, bool zh);

#endif
