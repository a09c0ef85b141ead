/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All checks in turn, and which of their findings somebody has looked at. */
#include "findings_inside.h"

#include <stdlib.h>
#include <string.h>

#include "mcy/csv.h"
#include "mcy/file.h"

static const char *const names[] = {
#define X(name, word, meaning) word,
    MCY_FINDING_LIST(X)
#undef X
};

static const char *const meanings[] = {
#define X(name, word, meaning) meaning,
    MCY_FINDING_LIST(X)
#undef X
};

const char *mcy_finding_name(mcy_finding_kind kind)
{
    return names[kind];
}

const char *mcy_finding_meaning(mcy_finding_kind kind)
{
    return meanings[kind];
}

static int by_number(long a, long b)
{
    return (a > b) - (a < b);
}

static int by_series(const void *a, const void *b)
{
    const mcy_fact *f = *(const mcy_fact *const *)a, *g = *(const mcy_fact *const *)b;
    const char *const strings[][2] = {{f->company, g->company},
                                      {f->product, g->product},
                                      {f->metric, g->metric},
                                      {f->unit, g->unit}};
    for (size_t i = 0; i < 4; i++)
        if (strings[i][0] != strings[i][1])
            return strcmp(strings[i][0], strings[i][1]);
    const long numbers[][2] = {{(long)f->basis, (long)g->basis},
                               {f->target.fiscal, g->target.fiscal},
                               {f->target.span, g->target.span},
                               {f->target.last_month, g->target.last_month},
                               {f->target.first_month, g->target.first_month},
                               {f->known, g->known}};
    for (size_t i = 0; i < 6; i++)
        if (numbers[i][0] != numbers[i][1])
            return by_number(numbers[i][0], numbers[i][1]);
    return by_number(f - g, 0);
}

size_t mcy_series_end(const mcy_checks *c, size_t from)
{
    const mcy_fact *f = c->sorted[from];
    size_t to = from + 1;
    while (to < c->count && c->sorted[to]->company == f->company &&
           c->sorted[to]->product == f->product && c->sorted[to]->metric == f->metric &&
           c->sorted[to]->unit == f->unit && c->sorted[to]->basis == f->basis)
        to++;
    return to;
}

size_t mcy_target_end(const mcy_checks *c, size_t from)
{
    size_t end = mcy_series_end(c, from), to = from + 1;
    while (to < end && mcy_period_equal(&c->sorted[to]->target, &c->sorted[from]->target))
        to++;
    return to;
}

const char *mcy_series_name(mcy_arena *arena, const mcy_fact *f)
{
    return mcy_arena_print(arena, "%s.%s.%s_%s", f->company, f->product, f->metric,
                           mcy_basis_name(f->basis));
}

mcy_status mcy_checks_add(mcy_checks *c, mcy_finding_kind kind, const char *what,
                          const mcy_period *period, double size, const char *rows,
                          const char *sentence)
{
    char name[32] = "";
    if (period)
        mcy_period_format(period, name);
    const char *held = mcy_arena_copy(c->arena, name, strlen(name));
    if (!held || !what || !rows || !sentence)
        return mcy_fail_memory(c->err);
    MCY_TRY(mcy_arena_grow(c->arena, (void **)&c->items, c->item_count, &c->item_capacity,
                           sizeof *c->items, c->err));
    c->items[c->item_count++] = (mcy_finding){kind, what, held, sentence, rows, size, NULL};
    return MCY_OK;
}

static mcy_status sort_facts(mcy_checks *c)
{
    c->count = c->facts->count;
    c->sorted = mcy_arena_take(c->arena, c->count, sizeof *c->sorted);
    if (!c->sorted)
        return mcy_fail_memory(c->err);
    c->today = c->facts->as_of;
    for (size_t i = 0; i < c->count; i++) {
        c->sorted[i] = &c->facts->items[i];
        if (!c->facts->as_of && c->sorted[i]->known > c->today)
            c->today = c->sorted[i]->known;
    }
    if (c->count)
        qsort(c->sorted, c->count, sizeof *c->sorted, by_series);
    return MCY_OK;
}

typedef struct accepted_key {
    const char *kind, *what, *period, *reason;
    size_t used;
} accepted_key;

typedef struct accepted_list {
    mcy_arena *arena;
    accepted_key *items;
    size_t count, capacity;
} accepted_list;

enum { A_KIND, A_WHAT, A_PERIOD, A_REASON, A_COUNT };

static mcy_status take_accepted(void *context, const mcy_csv_row *row, mcy_error *err)
{
    accepted_list *list = context;
    size_t kind = 0;
    while (row->fields[A_KIND] && kind < MCY_FINDING_KINDS &&
           strcmp(row->fields[A_KIND], names[kind]) != 0)
        kind++;
    if (!row->fields[A_KIND] || kind == MCY_FINDING_KINDS)
        mcy_csv_refuse(row, A_KIND, "want a kind of finding such as words, sum, conflict");
    if (!row->fields[A_WHAT])
        mcy_csv_refuse(row, A_WHAT, "want what was found");
    if (!row->fields[A_REASON])
        mcy_csv_refuse(row, A_REASON, "an accepted finding needs its reason");
    if (mcy_csv_refused(row))
        return MCY_OK;
    const char *held[A_COUNT];
    for (size_t i = 0; i < A_COUNT; i++) {
        const char *field = row->fields[i] ? row->fields[i] : "";
        held[i] = mcy_arena_copy(list->arena, field, strlen(field));
        if (!held[i])
            return mcy_fail_memory(err);
    }
    MCY_TRY(mcy_arena_grow(list->arena, (void **)&list->items, list->count, &list->capacity,
                           sizeof *list->items, err));
    list->items[list->count++] =
        (accepted_key){held[A_KIND], held[A_WHAT], held[A_PERIOD], held[A_REASON], 0};
    return MCY_OK;
}

static void accept(const accepted_list *list, mcy_finding *finding)
{
    for (size_t i = 0; i < list->count; i++) {
        accepted_key *key = &list->items[i];
        if (strcmp(key->kind, names[finding->kind]) == 0 &&
            strcmp(key->what, finding->what) == 0 &&
            strcmp(key->period, finding->period) == 0) {
            finding->accepted = key->reason;
            key->used++;
        }
    }
}

static mcy_status read_accepted(mcy_arena *arena, const char *path, accepted_list *list,
                                mcy_text *report, mcy_error *err)
{
    static const char *const columns[A_COUNT] = {"kind", "what", "period", "reason"};
    mcy_csv_table table = {"accepted-findings.csv", columns, A_COUNT, take_accepted, list};
    *list = (accepted_list){.arena = arena};
    if (!path || !mcy_file_exists(path))
        return MCY_OK;
    return mcy_csv_read_file(path, MCY_FILE_MOST_TEXT, &table, report, err);
}

static mcy_status list_unused(mcy_arena *arena, const accepted_list *list,
                              mcy_findings *findings, mcy_error *err)
{
    const char **unused = mcy_arena_take(arena, list->count, sizeof *unused);
    if (!unused)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < list->count; i++) {
        const accepted_key *key = &list->items[i];
        if (key->used)
            continue;
        const char *line = mcy_arena_print(arena, "%s %s%s%s", key->kind, key->what,
                                           key->period[0] ? " " : "", key->period);
        if (!line)
            return mcy_fail_memory(err);
        unused[findings->unused_count++] = line;
    }
    findings->unused = unused;
    return MCY_OK;
}

mcy_status mcy_facts_check(mcy_arena *arena, const mcy_facts *facts, const char *accepted,
                           mcy_text *report, mcy_findings *findings, mcy_error *err)
{
    mcy_checks c = {.arena = arena, .facts = facts, .err = err};
    accepted_list list;
    *findings = (mcy_findings){0};
    MCY_TRY(read_accepted(arena, accepted, &list, report, err));
    MCY_TRY(sort_facts(&c));
    MCY_TRY(mcy_check_sums(&c));
    MCY_TRY(mcy_check_growth(&c));
    MCY_TRY(mcy_check_words(&c));
    MCY_TRY(mcy_check_rows(&c));
    MCY_TRY(mcy_check_series(&c));
    for (size_t i = 0; i < c.item_count; i++) {
        accept(&list, &c.items[i]);
        findings->fresh += !c.items[i].accepted;
    }
    findings->items = c.items;
    findings->count = c.item_count;
    memcpy(findings->asked, c.asked, sizeof c.asked);
    return list_unused(arena, &list, findings, err);
}
