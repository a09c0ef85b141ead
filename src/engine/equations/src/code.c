/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From drafts to code: an order that keeps the divider busy beside the rest, and registers by
 * linear scan. */
#include <string.h>

#include "drafts.h"

/* ---- order */

/* Cycles a block of 16 vectors takes, roughly; how far ahead of the tape's order to look. */
enum {
    CYCLES_LIGHT = 32,
    CYCLES_HEAVY = 224,
    CYCLES_DIVIDE = 224,
    CYCLES_START = 4,
    CYCLES_TOGETHER = 256,
    WINDOW = 64
};

typedef struct waiting {
    uint32_t draft;
    unsigned char part; /* of it, next to place */
    bool ready;         /* its operands are known: once true it stays so */
} waiting;

typedef struct order {
    const mcy_draft *drafts;
    mcy_draft *placed;
    size_t count, next, done;
    unsigned char *wanting; /* [steps] parts of it still to come */
    waiting window[WINDOW];
    size_t held;
    long now, divider; /* when the rest, and when the divider, will be free */
} order;

static bool is_cut(const mcy_draft *d)
{
    return d->divides || d->heavy;
}

static bool is_ready(order *o, size_t at)
{
    waiting *w = &o->window[at];
    const mcy_draft *d = &o->drafts[w->draft];
    if (w->ready)
        return true;
    for (size_t k = 0; k < 4; k++)
        if (d->use[k] != NO_REF && !is_constant_ref(d->use[k]) && o->wanting[d->use[k]])
            return false;
    return w->ready = true;
}

/* The next draft to place: a division when the divider is free, else the first that is ready. */
static size_t choose(order *o)
{
    size_t divides = o->held, other = o->held;
    for (size_t i = 0; i < o->held && (divides == o->held || other == o->held); i++) {
        const mcy_draft *d = &o->drafts[o->window[i].draft];
        size_t *first = d->divides ? &divides : &other;
        if (*first == o->held && is_ready(o, i))
            *first = i;
    }
    bool divide = other == o->held || (divides < o->held && o->divider <= o->now);
    return divide ? divides : other;
}

/* Something in the window that can be done beside the chosen one: a division for an exp or a log,
 * or the other way about. held when there is nothing. */
static size_t find_partner(order *o, size_t chosen)
{
    const mcy_draft *mine = &o->drafts[o->window[chosen].draft];
    if (!mine->divides && mine->kind == BESIDE_COUNT)
        return o->held;
    for (size_t i = 0; i < o->held && o->window[chosen].part == 0; i++) {
        const mcy_draft *d = &o->drafts[o->window[i].draft];
        const mcy_draft *heavy = mine->divides ? d : mine, *division = mine->divides ? mine : d;
        if (o->window[i].part == 0 && heavy->kind != BESIDE_COUNT && division->divides &&
            division->beside[heavy->kind] && is_ready(o, i))
            return i;
    }
    return o->held;
}

static void remove_held(order *o, size_t at)
{
    for (size_t i = at + 1; i < o->held; i++)
        o->window[i - 1] = o->window[i];
    o->held--;
}

static void place_together(order *o, size_t i, size_t j)
{
    const mcy_draft *a = &o->drafts[o->window[i].draft], *b = &o->drafts[o->window[j].draft];
    const mcy_draft *heavy = a->divides ? b : a, *division = a->divides ? a : b;
    mcy_draft both = *heavy;
    both.run = division->beside[heavy->kind];
    both.out2 = division->out;
    for (size_t k = 0; k < 3; k++) {
        both.use[k + 1] = division->use[k];
        both.data[k + 1] = division->data[k];
    }
    o->wanting[both.out] = o->wanting[both.out2] = 0;
    o->now = (o->divider > o->now ? o->divider : o->now) + CYCLES_TOGETHER;
    o->placed[o->done++] = both;
    remove_held(o, i > j ? i : j);
    remove_held(o, i > j ? j : i);
}

static void pass_time(order *o, const mcy_draft *d)
{
    if (!d->divides) {
        o->now += d->parts ? CYCLES_HEAVY / d->parts : CYCLES_LIGHT;
        return;
    }
    const long part = CYCLES_DIVIDE / MCY_DRAFT_PARTS;
    o->now += CYCLES_START;
    o->divider = (o->divider > o->now ? o->divider : o->now) + part;
    if (o->now < o->divider - 2 * part) /* what follows cannot run ahead further than this */
        o->now = o->divider - 2 * part;
}

/* The draft, or the next part of it. */
static void place_alone(order *o, size_t at)
{
    waiting *w = &o->window[at];
    mcy_draft *d = &o->placed[o->done++];
    *d = o->drafts[w->draft];
    if (is_cut(d)) {
        d->part = w->part;
        d->parts = MCY_DRAFT_PARTS;
    }
    pass_time(o, d);
    if (d->out != NO_REF)
        o->wanting[d->out]--;
    if (!d->parts || ++w->part == d->parts)
        remove_held(o, at);
}

/* A division is slow and leaves the other units idle, but only some dozens of operations fit into
 * the processor's window. So a division is put into one loop with an exp or a log where one is
 * ready; the others are cut into parts and put apart from one another, as far as dependencies
 * allow. Values do not depend on the order. */
static mcy_status spread_divisions(mcy_arena *scratch, const mcy_tape *tape, mcy_drafts *drafts,
                                   mcy_error *err)
{
    size_t most = drafts->count;
    for (size_t i = 0; i < drafts->count; i++)
        most += is_cut(&drafts->items[i]) ? MCY_DRAFT_PARTS - 1 : 0;
    order o = {.drafts = drafts->items,
               .placed = MCY_TAKE(scratch, mcy_draft, most),
               .count = drafts->count,
               .wanting = MCY_TAKE(scratch, unsigned char, tape->count)};
    if (!o.placed || !o.wanting)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < o.count; i++)
        if (o.drafts[i].out != NO_REF)
            o.wanting[o.drafts[i].out] = is_cut(&o.drafts[i]) ? MCY_DRAFT_PARTS : 1;
    while (o.next < o.count || o.held) {
        while (o.held < WINDOW && o.next < o.count)
            o.window[o.held++] = (waiting){.draft = (uint32_t)o.next++};
        size_t chosen = choose(&o), partner = find_partner(&o, chosen);
        if (partner < o.held)
            place_together(&o, chosen, partner);
        else
            place_alone(&o, chosen);
    }
    drafts->items = o.placed;
    drafts->count = o.done;
    return MCY_OK;
}

/* ---- registers */

typedef struct allocation {
    uint32_t *last;  /* [steps] the draft that reads it last */
    uint32_t *where; /* [steps] its register */
    uint32_t *free;
    size_t free_count, registers, stride;
} allocation;

static void release_dead(allocation *a, const mcy_draft *d, size_t at)
{
    for (size_t i = 0; i < 4; i++) {
        uint32_t ref = d->use[i];
        if (ref == NO_REF || is_constant_ref(ref) || a->last[ref] != at)
            continue;
        a->last[ref] = NO_REF; /* once, though it be read twice */
        a->free[a->free_count++] = a->where[ref];
    }
}

static uint32_t place_of(const allocation *a, const mcy_draft *d, size_t i)
{
    uint32_t ref = d->use[i];
    if (ref == NO_REF)
        return d->data[i];
    return is_constant_ref(ref) ? ref & ~CONSTANT_REF : (uint32_t)(a->where[ref] * a->stride);
}

static uint32_t place_step(allocation *a, uint32_t step, bool first, bool whole)
{
    if (first) {
        a->where[step] = a->free_count ? a->free[--a->free_count] : (uint32_t)a->registers++;
        if (a->last[step] == NO_REF && whole) /* read by nothing */
            a->free[a->free_count++] = a->where[step];
    }
    return (uint32_t)(a->where[step] * a->stride);
}

/* The registers written. A part after the first writes where the first does. */
static void place_results(allocation *a, const mcy_draft *d, mcy_instruction *in)
{
    bool whole = !d->parts && d->out2 == NO_REF;
    in->out = d->out == NO_REF ? (uint32_t)(d->fixed * a->stride)
                               : place_step(a, d->out, d->part == 0, whole);
    if (d->out2 != NO_REF)
        in->out2 = place_step(a, d->out2, true, whole);
}

static void set_lanes(mcy_instruction *in, const mcy_draft *d, size_t stride)
{
    size_t steps = stride / MCY_BLOCK_STEP;
    in->begin = 0;
    in->end = (uint16_t)stride;
    if (d->parts) {
        in->begin = (uint16_t)(steps * d->part / d->parts * MCY_BLOCK_STEP);
        in->end = (uint16_t)(steps * (d->part + 1u) / d->parts * MCY_BLOCK_STEP);
    }
}

static void note_last_uses(allocation *a, const mcy_drafts *drafts)
{
    for (size_t at = 0; at < drafts->count; at++)
        for (size_t i = 0; i < 4; i++) {
            uint32_t ref = drafts->items[at].use[i];
            if (ref != NO_REF && !is_constant_ref(ref))
                a->last[ref] = (uint32_t)at;
        }
}

static mcy_status allocate(mcy_arena *arena, mcy_arena *scratch, const mcy_tape *tape,
                           const mcy_drafts *drafts, size_t stride, mcy_code *code,
                           mcy_error *err)
{
    allocation a = {.last = MCY_TAKE(scratch, uint32_t, tape->count),
                    .where = MCY_TAKE(scratch, uint32_t, tape->count),
                    .free = MCY_TAKE(scratch, uint32_t, tape->count + FIRST_REGISTER),
                    .registers = FIRST_REGISTER,
                    .stride = stride};
    code->instructions = MCY_TAKE(arena, mcy_instruction, drafts->count);
    if (!a.last || !a.where || !a.free || !code->instructions)
        return mcy_fail_memory(err);
    memset(a.last, 0xff, tape->count * sizeof *a.last);
    note_last_uses(&a, drafts);
    for (size_t at = 0; at < drafts->count; at++) {
        const mcy_draft *d = &drafts->items[at];
        mcy_instruction *in = &code->instructions[at];
        in->run = d->run;
        set_lanes(in, d, stride);
        for (size_t i = 0; i < 4; i++)
            in->in[i] = place_of(&a, d, i);
        bool apart = d->heavy || d->parts;
        if (!apart)
            release_dead(&a, d, at);
        place_results(&a, d, in);
        if (apart)
            release_dead(&a, d, at);
    }
    code->count = drafts->count;
    code->registers = a.registers;
    code->guards = drafts->guards;
    return MCY_OK;
}

mcy_status mcy_code_make(mcy_arena *arena, mcy_arena *scratch, const mcy_tape *tape,
                         const mcy_kernels *kernels, size_t stride, bool careful,
                         mcy_code *code, mcy_error *err)
{
    mcy_drafts drafts;
    MCY_TRY(mcy_drafts_make(scratch, tape, kernels, careful, &drafts, err));
    if (!careful)
        MCY_TRY(spread_divisions(scratch, tape, &drafts, err));
    return allocate(arena, scratch, tape, &drafts, stride, code, err);
}
