/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What does not fit together among the facts. Found and reported, never repaired. */
#ifndef MCY_FINDINGS_H
#define MCY_FINDINGS_H

#include "mcy/facts.h"
#include "mcy/statement.h"

/* One list makes the enum, the names in files and what they mean. */
#define MCY_FINDING_LIST(X)                                                                    \
    X(SUM, "sum", "parts that do not add to their whole")                                      \
    X(GROWTH, "growth", "a printed growth that the levels do not give")                        \
    X(WORDS, "words", "words on bits and price that cannot meet the revenue (D7 b)")           \
    X(DUPLICATE, "duplicate", "the same row twice")                                            \
    X(UNIT, "unit", "a value a factor of fifty or more away from its neighbours")              \
    X(CONFLICT, "conflict", "rows about the same thing whose ranges do not touch")             \
    X(GAP, "gap", "quarters missing inside a series")                                          \
    X(STALE, "stale", "a series that ended before its company's last print")                   \
    X(DATE, "date", "a result published before its period ended")

typedef enum mcy_finding_kind {
#define X(name, word, meaning) MCY_FINDING_##name,
    MCY_FINDING_LIST(X)
#undef X
        MCY_FINDING_KINDS
} mcy_finding_kind;

typedef struct mcy_finding {
    mcy_finding_kind kind;
    const char *what;   /* "micron.dram.bit_qoq": with kind and period it is the key */
    const char *period; /* "FQ4-19", or "" of a whole series */
    const char *sentence;
    const char *rows;     /* ids of the rows, separated by blanks */
    double size;          /* distance in points (growth, words, shares), else a ratio */
    const char *accepted; /* the reason somebody wrote down, NULL when it is new */
} mcy_finding;

typedef struct mcy_findings {
    const mcy_finding *items;  /* by kind, then what, then time */
    size_t count, fresh;       /* fresh: not accepted */
    const char *const *unused; /* keys of the accepted-findings file that stand for nothing */
    size_t unused_count;
    size_t asked[MCY_FINDING_KINDS]; /* how many comparisons each kind made */
} mcy_findings;

/** "sum", "growth", ... and what it means. */
const char *mcy_finding_name(mcy_finding_kind kind);
const char *mcy_finding_meaning(mcy_finding_kind kind);

/**
 * Check the facts as they are known on facts->as_of (or, without one, on the last day among
 * them).
 *
 * Given:     accepted   path of accepted-findings.csv (kind, what, period, reason), NULL: none
 *            report     its bad rows, one line each
 * Returned:  *findings  in the arena
 * Fails:     MCY_E_INPUT   a bad row of the accepted file
 *            MCY_E_MEMORY, MCY_E_IO
 * Checked:   test_findings.c
 */
mcy_status mcy_facts_check(mcy_arena *arena, const mcy_facts *facts, const char *accepted,
                           mcy_text *report, mcy_findings *findings, mcy_error *err);

/**
 * Growth of a company's product revenue in a quarter as printed, else from two levels of one
 * basis and unit; fractions, with the rounding of what was printed. Of a company that reports in
 * won the growth is in dollars, by the average rates of the two quarters (D1).
 *
 * Given:     bases   MCY_BASIS_REPORTED or MCY_BASIS_SURVEY
 * Returned:  *rows   ids of the rows it is from, in the arena
 *            the range, missing when there is neither
 */
mcy_range mcy_facts_revenue_growth(mcy_arena *arena, const mcy_facts *facts,
                                   const char *company, const char *product,
                                   const mcy_period *quarter, int bases, const char **rows);

#endif
