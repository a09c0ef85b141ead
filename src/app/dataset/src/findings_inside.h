/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the checks share. */
#ifndef MCY_FINDINGS_INSIDE_H
#define MCY_FINDINGS_INSIDE_H

#include "mcy/findings.h"

/* Facts ordered by company, product, metric, unit, basis, target, known. */
typedef struct mcy_checks {
    mcy_arena *arena;
    const mcy_facts *facts;
    const mcy_fact **sorted;
    size_t count;
    mcy_day today;
    mcy_finding *items;
    size_t item_count, item_capacity;
    size_t asked[MCY_FINDING_KINDS];
    mcy_error *err;
} mcy_checks;

/** Add a finding; what and period are copied, the sentence is printed into the arena. */
mcy_status mcy_checks_add(mcy_checks *c, mcy_finding_kind kind, const char *what,
                          const mcy_period *period, double size, const char *rows,
                          const char *sentence);

/** "micron.dram.revenue_gaap" for a fact's series, in the arena; NULL: no memory. */
const char *mcy_series_name(mcy_arena *arena, const mcy_fact *fact);

/** One past the last fact of the series (same company, product, metric, unit, basis) at from. */
size_t mcy_series_end(const mcy_checks *c, size_t from);

/** The same, narrowed to one target period. */
size_t mcy_target_end(const mcy_checks *c, size_t from);

mcy_status mcy_check_sums(mcy_checks *c);
mcy_status mcy_check_growth(mcy_checks *c);
mcy_status mcy_check_words(mcy_checks *c);
mcy_status mcy_check_rows(mcy_checks *c);
mcy_status mcy_check_series(mcy_checks *c);

#endif
