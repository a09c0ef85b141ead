/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From drafts to code: an order that keeps the divider busy beside the rest, and registers by
 * linear scan. */
#include <string.h>

#include "drafts.h"

/* ---- order */

/* Cycles a block of 16 vectors takes, roughly; how far ahead of the tape's order to look. */
enum { CYCLES_LIGHT = 32, CYCLES_HEAVY = 224, CYCLES_DIVIDE = 224, CYCLES_START = 4, WINDOW = 64 };

typedef struct order {
    const mcy_draft *drafts;
    size_t count, next;
    unsigned char *wanting; /* [steps] parts of it still to come */
    uint32_t window[WINDOW];
    size_t held;
    long now, divider; /* when the rest, and when the divider, will be free */
} order;

static bool is_ready(const order *o, const mcy_draft *d)
{
    for (size_t k = 0; k < 4; k++)
        if (d->use[k] != NO_REF && !is_constant_ref(d->use[k]) && o->wanting[d->use[k]])
            return false;
    return true;
}

/* The next draft to place: a division when the divider is free, else the first that is ready. */
static size_t choose(const order *o)
{
    size_t divides = o->held, other = o->held;
    for (size_t i = 0; i < o->held && (divides == o->held || other == o->held); i++) {
        const mcy_draft *d = &o->drafts[o->window[i]];
        size_t *first = d->divides ? &divides : &other;
        if (*first == o->held && is_ready(o, d))
            *first = i;
    }
    bool divide = other == o->held || (divides < o->held && o->divider <= o->now);
    return divide ? divides : other;
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

/* A division is slow and leaves the other units idle, but only some dozens of operations fit into
 * the processor's window. So divisions are cut into parts and put apart from one another, as far
 * as dependencies allow. Values do not depend on the order. */
static mcy_status spread_divisions(mcy_arena *scratch, const mcy_tape *tape, mcy_drafts *drafts,
                                   mcy_error *err)
{
    mcy_draft *placed = MCY_TAKE(scratch, mcy_draft, drafts->count);
    order o = {.drafts = drafts->items,
               .count = drafts->count,
               .wanting = MCY_TAKE(scratch, unsigned char, tape->count)};
    if (!placed || !o.wanting)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < o.count; i++)
        if (o.drafts[i].out != NO_REF)
            o.wanting[o.drafts[i].out]++;
    for (size_t done = 0; done < o.count; done++) {
        while (o.held < WINDOW && o.next < o.count)
            o.window[o.held++] = (uint32_t)o.next++;
        size_t chosen = choose(&o);
        const mcy_draft *d = &o.drafts[o.window[chosen]];
        pass_time(&o, d);
        if (d->out != NO_REF)
            o.wanting[d->out]--;
        placed[done] = *d;
        for (size_t i = chosen + 1; i < o.held; i++)
            o.window[i - 1] = o.window[i];
        o.held--;
    }
    drafts->items = placed;
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

/* The register written. A part after the first writes where the first does. */
static uint32_t place_result(allocation *a, const mcy_draft *d)
{
    if (d->out == NO_REF)
        return (uint32_t)(d->fixed * a->stride);
    if (!d->part) {
        a->where[d->out] =
            a->free_count ? a->free[--a->free_count] : (uint32_t)a->registers++;
        if (a->last[d->out] == NO_REF && !d->parts) /* read by nothing */
            a->free[a->free_count++] = a->where[d->out];
    }
    return (uint32_t)(a->where[d->out] * a->stride);
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
        bool apart = d->apart || d->parts;
        if (!apart)
            release_dead(&a, d, at);
        in->out = place_result(&a, d);
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
