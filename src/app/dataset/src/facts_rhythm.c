/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often a series of facts gets a new row. */
#include "mcy/rhythm.h"

#include <stdlib.h>

#include "mcy/number.h"

enum { ONE_PRINT_DAYS = 14, GAPS = 8, FEWEST_PRINTS = 4 };

static const struct {
    const char *word, *zh;
    long days;
} kinds[] = {
#define X(name, word, zh, days) {word, zh, days},
    MCY_RHYTHM_LIST(X)
#undef X
};

const char *mcy_rhythm_name(mcy_rhythm_kind kind, bool zh)
{
    return zh ? kinds[kind].zh : kinds[kind].word;
}

static int by_size(const void *a, const void *b)
{
    long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

static double middle_of(const long *sorted, size_t n)
{
    return 0.5 * (double)(sorted[(n - 1) / 2] + sorted[n / 2]);
}

/* The kind whose days are nearest to the gaps' median, by ratio. */
static mcy_rhythm_kind kind_of(double median, const long *gaps, size_t n)
{
    size_t longer = 0;
    for (size_t i = 0; i < n; i++)
        longer += (double)gaps[i] > 2 * median;
    if (4 * longer > n || median > 1.5 * (double)kinds[MCY_RHYTHM_ANNUAL].days)
        return MCY_RHYTHM_IRREGULAR;
    mcy_rhythm_kind kind = MCY_RHYTHM_MONTHLY;
    while (kind < MCY_RHYTHM_ANNUAL &&
           median * median > (double)(kinds[kind].days * kinds[kind + 1].days))
        kind++;
    return kind;
}

/* Sorted days become the first day of each print. */
static size_t join_prints(long *days, size_t n)
{
    size_t prints = 0;
    long last = 0;
    for (size_t i = 0; i < n; i++) {
        long day = days[i];
        if (!prints || day - last > ONE_PRINT_DAYS)
            days[prints++] = day;
        last = day;
    }
    return prints;
}

int mcy_rhythm_bases(mcy_basis basis)
{
    if (basis & MCY_BASIS_REPORTED)
        return MCY_BASIS_REPORTED;
    return basis == MCY_BASIS_GUIDANCE ? MCY_BASIS_GUIDANCE
                                       : MCY_BASIS_SURVEY | MCY_BASIS_ESTIMATE;
}

mcy_status mcy_facts_rhythm(mcy_arena *arena, const mcy_facts *facts, const mcy_fact *row,
                            mcy_rhythm *rhythm, mcy_error *err)
{
    const mcy_fact *const *rows;
    size_t n;
    mcy_fact_query query = {.company = row->company,
                            .product = row->product,
                            .metric = row->metric,
                            .bases = mcy_rhythm_bases(row->basis)};
    *rhythm = (mcy_rhythm){.kind = MCY_RHYTHM_IRREGULAR,
                           .median = MCY_MISSING,
                           .most_days = 3 * kinds[MCY_RHYTHM_IRREGULAR].days / 2};
    MCY_TRY(mcy_facts_find(arena, facts, &query, &rows, &n, err));
    long *days = MCY_TAKE(arena, long, n + 1);
    if (!days)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        days[i] = mcy_day_number(rows[i]->known);
        if (rows[i]->known > rhythm->newest)
            rhythm->newest = rows[i]->known;
    }
    qsort(days, n, sizeof *days, by_size);
    rhythm->prints = join_prints(days, n);
    if (rhythm->prints < 2)
        return MCY_OK;
    long gaps[GAPS];
    size_t count = rhythm->prints - 1 < GAPS ? rhythm->prints - 1 : GAPS;
    for (size_t i = 0; i < count; i++)
        gaps[i] = days[rhythm->prints - 1 - i] - days[rhythm->prints - 2 - i];
    qsort(gaps, count, sizeof *gaps, by_size);
    rhythm->median = middle_of(gaps, count);
    if (rhythm->prints >= FEWEST_PRINTS)
        rhythm->kind = kind_of(rhythm->median, gaps, count);
    if (rhythm->kind != MCY_RHYTHM_IRREGULAR)
        rhythm->most_days = (long)(1.5 * rhythm->median);
    return MCY_OK;
}
