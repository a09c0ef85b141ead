/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes of inputs in which an event is frequent: patient peeling. */
#include <math.h>
#include <string.h>

#include "explore_rows.h"

typedef struct peeling {
    const mcy_rows *rows; /* y is 1 where the event happens */
    size_t *inside;       /* rows in the box */
    size_t count;
    double hits, all_hits;
    double *work, *values; /* [count] of the axis in hand */
    double *happens;       /* [count] y of the rows inside, close together */
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

static void take_cut(const peeling *p, const cut *c, cut *best)
{
    if (c->kept == 0 || c->kept == (double)p->count)
        return;
    if (c->density > best->density || (c->density == best->density && c->kept > best->kept))
        *best = *c;
}

/* What is left when one side of an axis is cut at a limit, or the other; counts are whole, so
 * the order of adding does not matter. */
static void try_cuts(const peeling *p, size_t axis, const double limits[2], cut *best)
{
    cut low = {.axis = axis, .upper = false, .limit = limits[0]};
    cut high = {.axis = axis, .upper = true, .limit = limits[1]};
    for (size_t i = 0; i < p->count; i++) {
        double above = p->values[i] >= limits[0] ? 1.0 : 0.0;
        double below = p->values[i] <= limits[1] ? 1.0 : 0.0;
        low.kept += above;
        low.hits += above * p->happens[i];
        high.kept += below;
        high.hits += below * p->happens[i];
    }
    low.density = low.hits / low.kept;
    high.density = high.hits / high.kept;
    take_cut(p, &low, best);
    take_cut(p, &high, best);
}

static cut best_cut(const peeling *p, double peel)
{
    cut best = {.density = -1};
    double sides[2] = {peel, 1 - peel}, limits[2];
    for (size_t axis = 0; axis < p->rows->axes; axis++) {
        const double *x = p->rows->x + axis * p->rows->n;
        for (size_t i = 0; i < p->count; i++)
            p->values[i] = x[p->inside[i]];
        mcy_quantiles(p->count, p->values, p->work, 2, sides, limits);
        try_cuts(p, axis, limits, &best);
    }
    return best;
}

static void apply_cut(peeling *p, const cut *c, mcy_box *box)
{
    const double *x = p->rows->x + c->axis * p->rows->n;
    size_t kept = 0;
    for (size_t i = 0; i < p->count; i++) {
        size_t row = p->inside[i];
        if (c->upper ? x[row] <= c->limit : x[row] >= c->limit)
            p->inside[kept] = row, p->happens[kept++] = p->rows->y[row];
    }
    p->count = kept;
    p->hits = c->hits;
    *(c->upper ? &box->high[c->axis] : &box->low[c->axis]) = c->limit;
    box->restricted[c->axis] = true;
    box->coverage = p->hits / p->all_hits;
    box->density = p->hits / (double)kept;
    box->mass = (double)kept / (double)p->rows->n;
}

mcy_status mcy_box_find(mcy_arena *arena, const mcy_sample *sample, const bool *hit,
                        double density, double peel, double mass, mcy_box **result,
                        mcy_error *err)
{
    mcy_rows rows;
    MCY_TRY(mcy_explore_rows(arena, sample, 0, &rows, err));
    peeling p = {.rows = &rows, .count = rows.n};
    p.inside = MCY_TAKE(arena, size_t, rows.n);
    p.work = MCY_TAKE(arena, double, rows.n);
    p.values = MCY_TAKE(arena, double, rows.n);
    p.happens = MCY_TAKE(arena, double, rows.n);
    mcy_box *box = new_box(arena, rows.axes), *best = new_box(arena, rows.axes);
    if (!p.inside || !p.work || !p.values || !p.happens || !box || !best)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < rows.n; i++) {
        p.inside[i] = i;
        rows.y[i] = p.happens[i] = hit[rows.kept[i]];
        p.all_hits += rows.y[i];
    }
    if (p.all_hits == 0 || p.all_hits == (double)rows.n)
        return MCY_FAIL(err, MCY_E_INPUT, "the event happens in %s of the %zu runs: no box",
                        p.all_hits > 0 ? "all" : "none", rows.n);
    p.hits = p.all_hits;
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
