/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Summaries of streams: nodes of sums merged like carries, and histograms of counts. */
#include "mcy/summary.h"

#include <math.h>
#include <string.h>

#include "mcy/indices.h"
#include "mcy/number.h"

/* Of each output, before the sums of its indices. */
enum { COUNT, MISSING, SUM, SQUARES, LEAST, MOST, HEAD };
enum { ROW = MCY_SUMMARY_CELLS + 2 };

static size_t index_size(const mcy_stamp *stamp)
{
    return stamp->method == MCY_METHOD_SALTELLI ? mcy_saltelli_size(stamp)
           : stamp->method == MCY_METHOD_MORRIS ? mcy_morris_size(stamp)
                                                : 0;
}

static size_t output_size(const mcy_summary *s)
{
    return HEAD + index_size(&s->stamp);
}

size_t mcy_summary_size(const mcy_summary *s)
{
    return s->outputs * output_size(s);
}

size_t mcy_summary_cell_count(const mcy_summary *s)
{
    return s->outputs * ROW;
}

static void start_sums(const mcy_summary *s, double *sums)
{
    for (size_t i = 0; i < s->outputs; i++, sums += output_size(s)) {
        memset(sums, 0, HEAD * sizeof *sums);
        sums[LEAST] = (double)INFINITY;
        sums[MOST] = -(double)INFINITY;
        if (s->stamp.method == MCY_METHOD_SALTELLI)
            mcy_saltelli_start(&s->stamp, sums + HEAD);
        if (s->stamp.method == MCY_METHOD_MORRIS)
            mcy_morris_start(&s->stamp, sums + HEAD);
    }
}

static void merge_sums(const mcy_summary *s, const double *from, double *into)
{
    for (size_t i = 0; i < s->outputs; i++) {
        for (size_t j = 0; j < LEAST; j++)
            into[j] += from[j];
        into[LEAST] = from[LEAST] < into[LEAST] ? from[LEAST] : into[LEAST];
        into[MOST] = from[MOST] > into[MOST] ? from[MOST] : into[MOST];
        if (s->stamp.method == MCY_METHOD_SALTELLI)
            mcy_saltelli_merge(&s->stamp, from + HEAD, into + HEAD);
        if (s->stamp.method == MCY_METHOD_MORRIS)
            mcy_morris_merge(&s->stamp, from + HEAD, into + HEAD);
        from += output_size(s);
        into += output_size(s);
    }
}

static size_t cell_of(const mcy_summary_frame *frame, double y)
{
    if (y < frame->low)
        return 0;
    double place = frame->width > 0 ? (y - frame->low) / frame->width
                   : y > frame->low ? ROW
                                    : 0;
    return place >= MCY_SUMMARY_CELLS ? ROW - 1 : 1 + (size_t)place;
}

static void add_values(const mcy_summary *s, const mcy_chunk *chunk, size_t output,
                       double *sums, uint32_t *cells)
{
    const mcy_summary_frame *frame = &s->frames[output];
    const double *y = chunk->outputs[output];
    for (size_t i = 0; i < chunk->n; i++) {
        if (chunk->faults[i].kind != MCY_FAULT_NONE || mcy_is_missing(y[i])) {
            sums[MISSING] += 1;
            continue;
        }
        double off = y[i] - frame->centre;
        sums[COUNT] += 1;
        sums[SUM] += off;
        sums[SQUARES] += off * off;
        sums[LEAST] = y[i] < sums[LEAST] ? y[i] : sums[LEAST];
        sums[MOST] = y[i] > sums[MOST] ? y[i] : sums[MOST];
        cells[cell_of(frame, y[i])]++;
    }
}

static mcy_status digest(void *context, size_t slot, const mcy_chunk *chunk, mcy_error *err)
{
    (void)err;
    mcy_summary *s = context;
    double *sums = s->slot_sums[slot];
    start_sums(s, sums);
    memset(s->slot_cells[slot], 0, mcy_summary_cell_count(s) * sizeof(uint32_t));
    for (size_t i = 0; i < s->outputs; i++, sums += output_size(s)) {
        add_values(s, chunk, i, sums, s->slot_cells[slot] + i * ROW);
        if (s->stamp.method == MCY_METHOD_SALTELLI)
            mcy_saltelli_add(&s->stamp, chunk->first, chunk->n, chunk->outputs[i],
                             chunk->faults, s->frames[i].centre, sums + HEAD);
        if (s->stamp.method == MCY_METHOD_MORRIS)
            mcy_morris_add(&s->stamp, chunk->n, (const double *const *)chunk->points, s->steps,
                           chunk->outputs[i], chunk->faults, sums + HEAD);
    }
    return MCY_OK;
}

static mcy_status take_sums(mcy_summary *s, double **sums, mcy_error *err)
{
    if (s->spare_count) {
        *sums = s->spare[--s->spare_count];
        return MCY_OK;
    }
    *sums = MCY_TAKE(s->arena, double, mcy_summary_size(s));
    return *sums ? MCY_OK : mcy_fail_memory(err);
}

mcy_status mcy_summary_push(mcy_summary *s, unsigned level, uint64_t place, const double *sums,
                            mcy_error *err)
{
    if (s->node_count == s->node_room)
        return MCY_FAIL(err, MCY_E_INPUT, "a summary with more than %zu nodes", s->node_room);
    double *copy;
    MCY_TRY(take_sums(s, &copy, err));
    memcpy(copy, sums, mcy_summary_size(s) * sizeof *copy);
    s->nodes[s->node_count++] = (mcy_summary_node){level, place, copy};
    while (s->node_count > 1) {
        mcy_summary_node *right = &s->nodes[s->node_count - 1], *left = right - 1;
        if (left->level != right->level || left->place % 2 || left->place + 1 != right->place)
            break;
        merge_sums(s, right->sums, left->sums);
        s->spare[s->spare_count++] = right->sums;
        left->level++;
        left->place /= 2;
        s->node_count--;
    }
    return MCY_OK;
}

static mcy_status take(void *context, size_t slot, const mcy_chunk *chunk, mcy_error *err)
{
    mcy_summary *s = context;
    for (size_t i = 0; i < mcy_summary_cell_count(s); i++)
        s->cells[i] += s->slot_cells[slot][i];
    return mcy_summary_push(s, 0, chunk->first / s->stamp.chunk, s->slot_sums[slot], err);
}

mcy_consumer mcy_summary_consumer(mcy_summary *summary)
{
    return (mcy_consumer){summary, digest, take};
}

void mcy_summary_add_cells(mcy_summary *s, const uint64_t *cells)
{
    for (size_t i = 0; i < mcy_summary_cell_count(s); i++)
        s->cells[i] += cells[i];
}

mcy_status mcy_summary_create_framed(mcy_arena *arena, const mcy_stamp *stamp, size_t outputs,
                                     const mcy_summary_frame *frames, size_t slots,
                                     const double *steps, mcy_summary **summary, mcy_error *err)
{
    mcy_summary *s = MCY_TAKE(arena, mcy_summary, 1);
    if (!s)
        return mcy_fail_memory(err);
    *s = (mcy_summary){.stamp = *stamp,
                       .outputs = outputs,
                       .steps = steps,
                       .node_room = 160, /* shards of 2^32 chunks never hold more */
                       .arena = arena,
                       .slots = slots};
    s->frames = MCY_TAKE(arena, mcy_summary_frame, outputs);
    s->cells = MCY_TAKE(arena, uint64_t, outputs * ROW);
    s->nodes = MCY_TAKE(arena, mcy_summary_node, s->node_room);
    s->spare = MCY_TAKE(arena, double *, s->node_room);
    s->slot_sums = MCY_TAKE(arena, double *, slots);
    s->slot_cells = MCY_TAKE(arena, uint32_t *, slots);
    if (!s->frames || !s->cells || !s->nodes || !s->spare || !s->slot_sums || !s->slot_cells)
        return mcy_fail_memory(err);
    memcpy(s->frames, frames, outputs * sizeof *frames);
    for (size_t i = 0; i < slots; i++) {
        s->slot_sums[i] = MCY_TAKE(arena, double, mcy_summary_size(s));
        s->slot_cells[i] = MCY_TAKE(arena, uint32_t, outputs * ROW);
        if (!s->slot_sums[i] || !s->slot_cells[i])
            return mcy_fail_memory(err);
    }
    *summary = s;
    return MCY_OK;
}

mcy_status mcy_summary_create(mcy_arena *arena, const mcy_sample *pilot, size_t slots,
                              const double *steps, mcy_summary **summary, mcy_error *err)
{
    mcy_summary_frame *frames = MCY_TAKE(arena, mcy_summary_frame, pilot->outputs);
    if (!frames)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < pilot->outputs; i++) {
        mcy_described d = mcy_describe(pilot->runs, pilot->values[i]);
        double range = d.most - d.least;
        if (d.count == 0)
            frames[i] = (mcy_summary_frame){0, 0, 0};
        else
            frames[i] = (mcy_summary_frame){d.mean, range > 0 ? d.least - range / 2 : d.least,
                                            2 * range / MCY_SUMMARY_CELLS};
    }
    return mcy_summary_create_framed(arena, &pilot->stamp, pilot->outputs, frames, slots, steps,
                                     summary, err);
}

mcy_status mcy_summary_total(mcy_arena *arena, const mcy_summary *s, double **sums,
                             mcy_error *err)
{
    *sums = MCY_TAKE(arena, double, mcy_summary_size(s));
    if (!*sums)
        return mcy_fail_memory(err);
    start_sums(s, *sums);
    for (size_t i = 0; i < s->node_count; i++)
        merge_sums(s, s->nodes[i].sums, *sums);
    return MCY_OK;
}

const double *mcy_summary_indices(const mcy_summary *s, const double *total, size_t output)
{
    return total + output * output_size(s) + HEAD;
}

mcy_described mcy_summary_describe(const mcy_summary *s, const double *total, size_t output)
{
    const double *sums = total + output * output_size(s);
    double n = sums[COUNT], off = sums[SUM] / n;
    mcy_described d = {(uint64_t)n,
                       (uint64_t)sums[MISSING],
                       s->frames[output].centre + off,
                       MCY_MISSING,
                       sums[LEAST],
                       sums[MOST]};
    double squares = sums[SQUARES] - n * off * off;
    if (n > 1)
        d.sd = squares > 0 ? sqrt(squares / (n - 1)) : 0;
    if (n == 0)
        d.mean = d.least = d.most = MCY_MISSING;
    if (d.least == d.most) {
        d.mean = d.least;
        d.sd = n > 1 ? 0 : MCY_MISSING;
    }
    return d;
}

double mcy_summary_quantile(const mcy_summary *s, const double *total, size_t output,
                            double probability, double *error)
{
    const mcy_summary_frame *frame = &s->frames[output];
    const uint64_t *cells = s->cells + output * ROW;
    mcy_described d = mcy_summary_describe(s, total, output);
    *error = MCY_MISSING;
    if (d.count == 0)
        return MCY_MISSING;
    double rank = probability * (double)(d.count - 1), below = 0;
    for (size_t c = 0; c < ROW; c++) {
        double here = (double)cells[c];
        if (rank < below + here || (c == ROW - 1 && here > 0)) {
            double low = frame->low + ((double)c - 1) * frame->width, high = low + frame->width;
            low = c == 0 || low < d.least ? d.least : low;
            high = c == 0 ? frame->low : c == ROW - 1 || high > d.most ? d.most : high;
            *error = (high - low) / 2;
            return low + (high - low) * ((rank - below + 0.5) / here);
        }
        below += here;
    }
    *error = 0;
    return d.most;
}
