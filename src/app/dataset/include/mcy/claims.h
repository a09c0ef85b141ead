/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A note's claims against the facts, one by one and together. */
#ifndef MCY_CLAIMS_H
#define MCY_CLAIMS_H

#include "mcy/display.h"
#include "mcy/facts.h"
#include "mcy/statement.h"

typedef enum mcy_verdict {
    MCY_VERDICT_CONFIRMED,    /* the same as the row, within the row's own rounding */
    MCY_VERDICT_ROUNDED,      /* the row lies inside what the claim says, which is coarser */
    MCY_VERDICT_CONTRADICTED, /* the two do not touch */
    MCY_VERDICT_NOT_CHECKABLE /* no number in the claim, or no row about it */
} mcy_verdict;

/* One row of the file: what a note says. period may be a bare calendar year. */
typedef struct mcy_claim {
    const char *id, *company, *product, *metric, *words, *unit, *where;
    mcy_period period;
    double value, low, high;
    size_t line;
} mcy_claim;

typedef struct mcy_claim_verdict {
    const mcy_claim *claim;
    mcy_verdict verdict;
    mcy_range claimed;      /* missing when the claim has no number */
    mcy_range published;    /* missing when there is no row */
    const char *rows;       /* "micron.csv:247 micron.csv:246": the rows that say so */
    mcy_bilingual sentence; /* what they say and how it was compared */
} mcy_claim_verdict;

/* Claims on bits, price and revenue of one product, taken together.                    (D7 b) */
typedef struct mcy_claim_joint {
    const char *product;
    const char *ids; /* "N15 N9 N6" */
    mcy_statement_verdict verdict;
    mcy_bilingual sentence; /* with what the filing says instead */
} mcy_claim_joint;

typedef struct mcy_claims {
    const mcy_claim_verdict *items;
    size_t count;
    const mcy_claim_joint *joints;
    size_t joint_count;
    size_t contradicted; /* claims and joints */
} mcy_claims;

/** "confirmed", "rounded", "contradicted", "not checkable". */
const char *mcy_verdict_name(mcy_verdict verdict);
/** The same for readers, in both languages. */
mcy_bilingual mcy_verdict_words(mcy_verdict verdict);

/**
 * Read a file of claims and judge each against the facts as they are known on facts->as_of.
 *
 * A claim is compared with the winner of its quantity; where GAAP and non-GAAP differ with the
 * one that fits better, both named. Growth, shares, changes of a margin that have no row of their
 * own are computed from levels of one basis.
 *
 * Given:     path     columns id, company, product, metric, period, words_zh, value, low, high,
 *                     unit, where
 *            report   bad rows, one line each
 * Returned:  *claims  in the arena, in the order of the file
 * Fails:     MCY_E_INPUT   bad rows; MCY_E_IO; MCY_E_MEMORY
 * Checked:   test_claims.c
 */
mcy_status mcy_claims_check(mcy_arena *arena, const mcy_facts *facts, const char *path,
                            mcy_text *report, mcy_claims *claims, mcy_error *err);

#endif
