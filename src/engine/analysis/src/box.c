/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes of inputs in which an event is frequent: patient peeling. */
#include <math.h>
#include <string.h>

#include "explore_rows.h"

/* The rows of the box, and all rows in the order of each axis. A peel looks at the ends of the
 * orders only; rows that are no longer inside are skipped there, and dropped when they are
 * half. */
typedef struct peeling {
    const mcy_rows *rows; /* y is 1 where the event happens */
    bool *inside;         /* [n] */
    size_t count;         /* rows inside */
    double hits, all_hits;
    uint32_t *order; /* [axes * n] the first `listed` of each n */
    size_t listed;
} peeling;

static mcy_box *new_box(mcy_arena *arena, size_t k)
{
    mcy_box *box = MCY_TAKE(arena, mcy_box, 1);
    if (!box)
        return NULL;
    box->axes = k;
    box->restricted = MCY_TAKE(arena, bool, k);
    box->low = MCY_TAKE(arena, double, k);
    box->high = MCY_TAKE(arena, double, k);
    if (!box->restricted || !box->low || !box->high)
        return NULL;
    for (size_t i = 0; i < k; i++) {
        box->low[i] = -(double)INFINITY;
        box->high[i] = (double)INFINITY;
    }
    return box;
}

static void copy_box(const mcy_box *from, mcy_box *to)
{
    size_t k = from->axes;
    memcpy(to->restricted, from->restricted, k * sizeof *to->restricted);
    memcpy(to->low, from->low, k * sizeof *to->low);
    memcpy(to->high, from->high, k * sizeof *to->high);
    to->coverage = from->coverage;
    to->density = from->density;
    to->mass = from->mass;
}

typedef struct cut {
    size_t axis;
    bool upper;
    double limit, density, kept, hits;
} cut;

/* The next row inside, from one end of an axis; *at counts entries from that end. */
static size_t next_inside(const peeling *p, size_t axis, bool from_top, size_t *at)
{
    const uint32_t *order = p->order + axis * p->rows->n;
    for (;; ++*at) {
        size_t row = order[from_top ? p->listed - 1 - *at : *at];
        if (p->inside[row]) {
            ++*at;
            return row;
        }
    }
}

/* The quantile of the values inside, as mcy_quantiles has it. */
static double inside_quantile(const peeling *p, size_t axis, bool from_top, double probability)
{
    const double *x = p->rows->x + axis * p->rows->n;
    double place = probability * (double)(p->count - 1);
    size_t low = (size_t)place, at = 0;
    if (low >= p->count - 1)
        low = p->count > 1 ? p->count - 2 : 0;
    double part = p->count > 1 ? place - (double)low : 0, a = 0, b = 0;
    size_t steps = from_top ? p->count - low : low + 1 + (p->count > 1);
    for (size_t i = 0; i < steps; i++) {
        double value = x[next_inside(p, axis, from_top, &at)];
        if (from_top)
            b = a, a = value;
        else if (i <= low)
            a = value;
        else
            b = value;
    }
    return part > 0 ? a + part * (b - a) : a;
}

/* What is left when one side of an axis is cut at its quantile. */
static void try_cut(const peeling *p, size_t axis, bool upper, double probability, cut *best)
{
    const double *x = p->rows->x + axis * p->rows->n;
    cut c = {.axis = axis, .upper = upper, .kept = (double)p->count, .hits = p->hits};
    c.limit = inside_quantile(p, axis, upper, probability);
    for (size_t at = 0, left = p->count; left > 0; left--) {
        size_t row = next_inside(p, axis, upper, &at);
        if (upper ? x[row] <= c.limit : x[row] >= c.limit)
            break;
        c.kept -= 1;
        c.hits -= p->rows->y[row];
    }
    if (c.kept == 0 || c.kept == (double)p->count)
        return;
    c.density = c.hits / c.kept;
    if (c.density > best->density || (c.density == best->density && c.kept > best->kept))
        *best = c;
}

static cut best_cut(const peeling *p, double peel)
{
    cut best = {.density = -1};
    for (size_t axis = 0; axis < p->rows->axes; axis++) {
        try_cut(p, axis, false, peel, &best);
        try_cut(p, axis, true, 1 - peel, &best);
    }
    return best;
}

static void drop_outside(peeling *p)
{
    size_t kept = 0;
    for (size_t axis = 0; axis < p->rows->axes; axis++) {
        uint32_t *order = p->order + axis * p->rows->n;
        kept = 0;
        for (size_t i = 0; i < p->listed; i++)
            if (p->inside[order[i]])
                order[kept++] = order[i];
    }
    p->listed = kept;
}

static void apply_cut(peeling *p, const cut *c, mcy_box *box)
{
    size_t at = 0;
    for (size_t left = p->count - (size_t)c->kept; left > 0; left--)
        p->inside[next_inside(p, c->axis, c->upper, &at)] = false;
    p->count = (size_t)c->kept;
    p->hits = c->hits;
    if (p->count < p->listed / 2)
        drop_outside(p);
    *(c->upper ? &box->high[c->axis] : &box->low[c->axis]) = c->limit;
    box->restricted[c->axis] = true;
    box->coverage = p->hits / p->all_hits;
    box->density = p->hits / c->kept;
    box->mass = c->kept / (double)p->rows->n;
}

static mcy_status start_peeling(mcy_arena *arena, const bool *hit, mcy_rows *rows, peeling *p,
                                mcy_error *err)
{
    *p = (peeling){.rows = rows, .count = rows->n, .listed = rows->n};
    p->inside = MCY_TAKE(arena, bool, rows->n);
    p->order = MCY_TAKE(arena, uint32_t, rows->n * rows->axes);
    if (!p->inside || !p->order)
        return mcy_fail_memory(err);
    for (size_t axis = 0; axis < rows->axes; axis++)
        MCY_TRY(mcy_order(rows->n, rows->x + axis * rows->n, p->order + axis * rows->n, err));
    for (size_t i = 0; i < rows->n; i++) {
        p->inside[i] = true;
        rows->y[i] = hit[rows->kept[i]];
        p->all_hits += rows->y[i];
    }
    p->hits = p->all_hits;
    return MCY_OK;
}

mcy_status mcy_box_find(mcy_arena *arena, const mcy_sample *sample, const bool *hit,
                        double density, double peel, double mass, mcy_box **result,
                        mcy_error *err)
{
    mcy_rows rows;
    MCY_TRY(mcy_explore_rows(arena, sample, 0, &rows, err));
    peeling p;
    MCY_TRY(start_peeling(arena, hit, &rows, &p, err));
    mcy_box *box = new_box(arena, rows.axes), *best = new_box(arena, rows.axes);
    if (!box || !best)
        return mcy_fail_memory(err);
    if (p.all_hits == 0 || p.all_hits == (double)rows.n)
        return MCY_FAIL(err, MCY_E_INPUT, "the event happens in %s of the %zu runs: no box",
                        p.all_hits > 0 ? "all" : "none", rows.n);
    box->coverage = box->mass = 1;
    box->density = p.all_hits / (double)rows.n;
    copy_box(box, best);
    while ((double)p.count * (1 - peel) >= mass * (double)rows.n && box->density < 1) {
        cut c = best_cut(&p, peel);
        if (c.density <= box->density)
            break;
        apply_cut(&p, &c, box);
        if (best->density < density && box->density > best->density)
            copy_box(box, best);
    }
    *result = best;
    return MCY_OK;
}
