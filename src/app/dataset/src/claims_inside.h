/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reader of claims, the evidence and the judge share. */
#ifndef MCY_CLAIMS_INSIDE_H
#define MCY_CLAIMS_INSIDE_H

#include "mcy/claims.h"

/* What the facts say about a claim: one published or computed range. */
typedef struct mcy_evidence {
    mcy_range range; /* in the claim's unit */
    double middle;
    double rounding;   /* half of the last digit printed; 0 for words */
    const char *basis; /* "gaap", ...; "" when it does not matter */
    mcy_bilingual how; /* "published", "computed from levels", "net_capex" */
    const char *rows;
} mcy_evidence;

enum { MCY_EVIDENCE_MOST = 4 };

/**
 * All the facts say about a claim, at most MCY_EVIDENCE_MOST ways (bases).
 *
 * Returned:  count of *evidence
 */
size_t mcy_claim_evidence(mcy_arena *arena, const mcy_facts *facts, const mcy_claim *claim,
                          mcy_evidence evidence[MCY_EVIDENCE_MOST]);

/** What the company last said of the claim's metric, of whatever product and period; or NULL. */
const mcy_fact *mcy_claim_last_said(const mcy_facts *facts, const mcy_claim *claim);

#endif
