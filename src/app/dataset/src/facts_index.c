/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From rows to a view: the day each row counts from, what is known as of a day, chains by name.
 */
#include "facts_inside.h"

#include <stdlib.h>
#include <string.h>

enum { EVENT_BUCKETS = 64 };

/* Month in which the year of a fiscal quarter or year ends. */
static int year_ends(const mcy_period *p)
{
    int end = p->span == MCY_SPAN_QUARTER ? p->last_month + 3 * (4 - p->number)
              : p->span == MCY_SPAN_HALF  ? p->last_month + 6 * (2 - p->number)
                                          : p->last_month;
    return end % 12 + 1;
}

static int company_year_ends(const mcy_fact *items, size_t count, const char *company)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].company == company && items[i].period.fiscal)
            return year_ends(&items[i].period);
    return MCY_CALENDAR_YEAR;
}

int mcy_facts_year_ends(const mcy_facts *facts, const char *company)
{
    const char *name = mcy_facts_name(facts, company);
    return name ? company_year_ends(facts->items, facts->count, name) : MCY_CALENDAR_YEAR;
}

static void lay_on_months(mcy_period *p, int ends)
{
    if (!p->fiscal)
        return;
    int shift = MCY_CALENDAR_YEAR - ends;
    p->first_month -= shift;
    p->last_month -= shift;
}

typedef struct calendar_of {
    const char *company;
    int year_ends;
} calendar_of;

/* Events and exceptions write fiscal periods without a day: the firm's rows say how they lie.
 */
static void lay_specials(mcy_facts_build *b)
{
    calendar_of held = {NULL, MCY_CALENDAR_YEAR};
    for (size_t i = 0; i < b->event_count + b->exception_count; i++) {
        bool event = i < b->event_count;
        size_t k = event ? i : i - b->event_count;
        const char *company = event ? b->events[k].company : b->exceptions[k].company;
        mcy_period *p = event ? &b->events[k].period : &b->exceptions[k].target;
        if (!p->fiscal)
            continue;
        if (held.company != company)
            held = (calendar_of){company, company_year_ends(b->items, b->count, company)};
        lay_on_months(p, held.year_ends);
    }
}

typedef struct event_table {
    size_t starts[EVENT_BUCKETS + 1];
    const mcy_event **events;
} event_table;

static mcy_status event_table_build(mcy_facts_build *b, event_table *t, mcy_error *err)
{
    size_t fill[EVENT_BUCKETS] = {0};
    *t = (event_table){{0}, NULL};
    t->events = mcy_arena_take(b->arena, b->event_count, sizeof *t->events);
    if (!t->events)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < b->event_count; i++)
        t->starts[b->events[i].period.last_month % EVENT_BUCKETS + 1]++;
    for (size_t k = 0; k < EVENT_BUCKETS; k++)
        t->starts[k + 1] += t->starts[k];
    for (size_t i = 0; i < b->event_count; i++) {
        int bucket = b->events[i].period.last_month % EVENT_BUCKETS;
        t->events[t->starts[bucket] + fill[bucket]++] = &b->events[i];
    }
    return MCY_OK;
}

/* A company's own results are not known before the print, whatever day the row says. */
static void hold_back(const event_table *t, mcy_fact *f)
{
    if (!(f->basis & MCY_BASIS_REPORTED))
        return;
    int bucket = f->period.last_month % EVENT_BUCKETS;
    for (size_t i = t->starts[bucket]; i < t->starts[bucket + 1]; i++) {
        const mcy_event *e = t->events[i];
        if (e->company == f->company && mcy_period_equal(&e->period, &f->period) &&
            e->date > f->known)
            f->known = e->date;
    }
}

static mcy_status keep_known(mcy_facts_build *b, mcy_error *err)
{
    mcy_day as_of = b->facts->as_of;
    event_table table;
    MCY_TRY(event_table_build(b, &table, err));
    size_t kept = 0;
    for (size_t i = 0; i < b->count; i++) {
        hold_back(&table, &b->items[i]);
        if (as_of && b->items[i].known > as_of)
            continue;
        if (kept != i)
            b->items[kept] = b->items[i];
        kept++;
    }
    b->facts->items = b->items;
    b->facts->count = kept;
    b->facts->hidden = b->count - kept;
    kept = 0;
    for (size_t i = 0; i < b->event_count; i++)
        if (!as_of || b->events[i].date <= as_of)
            b->events[kept++] = b->events[i];
    b->facts->events = b->events;
    b->facts->event_count = kept;
    return MCY_OK;
}

/* Interned strings: the pointers are the names. The order of a chain is that of the items, so
 * nothing depends on where the strings happen to lie. */
static size_t chain_of(const mcy_facts_index *index, const char *company, const char *product,
                       const char *metric)
{
    uint64_t h = (uint64_t)(uintptr_t)company * 0x9e3779b97f4a7c15u;
    h = (h ^ (uint64_t)(uintptr_t)product) * 0xd6e8feb86659fd93u;
    h = (h ^ (uint64_t)(uintptr_t)metric) * 0x9e3779b97f4a7c15u;
    return (size_t)(h >> 32) & (index->head_count - 1);
}

mcy_status mcy_facts_index_build(mcy_facts_build *b, mcy_error *err)
{
    lay_specials(b);
    MCY_TRY(keep_known(b, err));
    mcy_facts_index *index = MCY_TAKE(b->arena, mcy_facts_index, 1);
    if (!index)
        return mcy_fail_memory(err);
    index->head_count = 4096;
    index->heads = MCY_TAKE(b->arena, uint32_t, index->head_count);
    index->next = MCY_TAKE(b->arena, uint32_t, b->facts->count);
    if (!index->heads || !index->next)
        return mcy_fail_memory(err);
    memset(index->heads, 0xff, index->head_count * sizeof *index->heads);
    for (size_t i = b->facts->count; i-- > 0;) {
        const mcy_fact *f = &b->items[i];
        size_t chain = chain_of(index, f->company, f->product, f->metric);
        index->next[i] = index->heads[chain];
        index->heads[chain] = (uint32_t)i;
    }
    index->names = b->names;
    index->exceptions = b->exceptions;
    index->exception_count = b->exception_count;
    b->facts->index = index;
    return MCY_OK;
}

const char *mcy_facts_name(const mcy_facts *facts, const char *string)
{
    return mcy_intern_find(&facts->index->names, string, strlen(string));
}

static bool matches(const mcy_fact *f, const mcy_fact_query *q)
{
    if ((q->company && f->company != q->company) || (q->product && f->product != q->product) ||
        (q->metric && f->metric != q->metric) || (q->unit && f->unit != q->unit))
        return false;
    if (q->bases && !(f->basis & (unsigned)q->bases))
        return false;
    if (q->only_quarters && f->target.span != MCY_SPAN_QUARTER)
        return false;
    return !q->target || mcy_period_equal(&f->target, q->target);
}

static int by_time(const void *a, const void *b)
{
    const mcy_fact *f = *(const mcy_fact *const *)a, *g = *(const mcy_fact *const *)b;
    if (f->target.last_month != g->target.last_month)
        return f->target.last_month < g->target.last_month ? -1 : 1;
    if (f->target.first_month != g->target.first_month)
        return f->target.first_month < g->target.first_month ? -1 : 1;
    if (f->target.fiscal != g->target.fiscal)
        return f->target.fiscal ? 1 : -1;
    if (f->known != g->known)
        return f->known < g->known ? -1 : 1;
    return f < g ? -1 : f > g;
}

/* The query with its strings interned; false when one is not among the facts at all. */
static bool intern_query(const mcy_facts *facts, const mcy_fact_query *given, mcy_fact_query *q)
{
    *q = *given;
    const char **strings[] = {&q->company, &q->product, &q->metric, &q->unit};
    for (size_t i = 0; i < 4; i++)
        if (*strings[i] && !(*strings[i] = mcy_facts_name(facts, *strings[i])))
            return false;
    return true;
}

/* Walk the candidates in order: first with *at = SIZE_MAX; SIZE_MAX again at the end. */
static size_t next_match(const mcy_facts *facts, const mcy_fact_query *q, size_t at)
{
    const mcy_facts_index *index = facts->index;
    if (!q->company || !q->product || !q->metric) {
        for (at = at == SIZE_MAX ? 0 : at + 1; at < facts->count; at++)
            if (matches(&facts->items[at], q))
                return at;
        return SIZE_MAX;
    }
    uint32_t i = at == SIZE_MAX
                     ? index->heads[chain_of(index, q->company, q->product, q->metric)]
                     : index->next[at];
    while (i != UINT32_MAX && !matches(&facts->items[i], q))
        i = index->next[i];
    return i == UINT32_MAX ? SIZE_MAX : i;
}

size_t mcy_facts_next(const mcy_facts *facts, const mcy_fact_query *query, size_t at)
{
    mcy_fact_query q;
    if (!intern_query(facts, query, &q))
        return 0;
    size_t found = next_match(facts, &q, at ? at - 1 : SIZE_MAX);
    return found == SIZE_MAX ? 0 : found + 1;
}

mcy_status mcy_facts_find(mcy_arena *arena, const mcy_facts *facts, const mcy_fact_query *query,
                          const mcy_fact *const **found, size_t *count, mcy_error *err)
{
    const mcy_fact **list = NULL;
    size_t capacity = 0;
    mcy_fact_query q;
    *found = NULL;
    *count = 0;
    if (!intern_query(facts, query, &q))
        return MCY_OK;
    for (size_t i = next_match(facts, &q, SIZE_MAX); i != SIZE_MAX;
         i = next_match(facts, &q, i)) {
        MCY_TRY(mcy_arena_grow(arena, (void **)&list, *count, &capacity, sizeof *list, err));
        list[(*count)++] = &facts->items[i];
    }
    if (*count)
        qsort(list, *count, sizeof *list, by_time);
    *found = list;
    return MCY_OK;
}

static int by_string(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

mcy_status mcy_facts_names(mcy_arena *arena, const mcy_facts *facts, int field,
                           const char *const **names, size_t *count, mcy_error *err)
{
    const char **list = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < facts->count; i++) {
        const mcy_fact *f = &facts->items[i];
        const char *name = field == 0 ? f->company : field == 1 ? f->product : f->metric;
        size_t k = 0;
        while (k < *count && list[k] != name)
            k++;
        if (k < *count)
            continue;
        MCY_TRY(mcy_arena_grow(arena, (void **)&list, *count, &capacity, sizeof *list, err));
        list[(*count)++] = name;
    }
    if (*count)
        qsort(list, *count, sizeof *list, by_string);
    *names = list;
    return MCY_OK;
}
