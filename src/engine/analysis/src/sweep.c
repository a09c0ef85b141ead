/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop of a sweep: chunks drawn and evaluated by workers, handed over in order. */
#include "mcy/sweep.h"

#include <stdlib.h>
#include <string.h>

/* Chunks in flight for each thread: enough that a slow one does not hold the others up. */
enum { SLOTS_A_THREAD = 4 };

typedef struct slot {
    double *cells; /* columns of points, then of outputs */
    double **columns;
    mcy_fault *faults;
    mcy_chunk chunk;
} slot;

typedef struct sweep_loop {
    const mcy_sweep *sweep;
    size_t consumer_count;
    const mcy_consumer *consumers;
    size_t chunk, block, slots;
    uint64_t from, wave, end; /* first run of the sweep, of the wave; end of the sweep */
    slot *slot;
    mcy_arena **arenas; /* [threads] */
    void **scratch;     /* [threads] */
} sweep_loop;

size_t mcy_sweep_slots(const mcy_workers *workers)
{
    return SLOTS_A_THREAD * mcy_workers_count(workers);
}

static mcy_status run_chunk(sweep_loop *loop, size_t worker, size_t place, mcy_error *err)
{
    const mcy_evaluator *evaluator = loop->sweep->evaluator;
    slot *s = &loop->slot[place];
    size_t k = evaluator->input_count, m = evaluator->output_count;
    uint64_t first = loop->wave + (uint64_t)place * loop->chunk;
    uint64_t left = loop->end - first;
    size_t n = left < loop->chunk ? (size_t)left : loop->chunk;
    double **at = s->columns + k + m; /* the block's columns */
    s->chunk = (mcy_chunk){first, n, s->columns, s->columns + k, s->faults, 0};
    for (size_t start = 0; start < n; start += loop->block) {
        size_t lanes = n - start < loop->block ? n - start : loop->block;
        for (size_t i = 0; i < k + m; i++)
            at[i] = s->columns[i] + start;
        mcy_design_points(loop->sweep->design, first + start, lanes, at);
        s->chunk.failed += evaluator->run(evaluator, loop->scratch[worker], lanes,
                                          (const double *const *)at, at + k, s->faults + start);
    }
    for (size_t i = 0; i < loop->consumer_count; i++)
        if (loop->consumers[i].digest)
            MCY_TRY(
                loop->consumers[i].digest(loop->consumers[i].context, place, &s->chunk, err));
    return MCY_OK;
}

static mcy_status run_part(void *context, size_t worker, size_t first, size_t count,
                           mcy_error *err)
{
    for (size_t i = 0; i < count; i++)
        MCY_TRY(run_chunk(context, worker, first + i, err));
    return MCY_OK;
}

static mcy_status run_waves(sweep_loop *loop, mcy_error *err)
{
    for (loop->wave = loop->from; loop->wave < loop->end;) {
        uint64_t left = (loop->end - loop->wave + loop->chunk - 1) / loop->chunk;
        size_t chunks = left < loop->slots ? (size_t)left : loop->slots;
        MCY_TRY(mcy_workers_run(loop->sweep->workers, chunks, 1, run_part, loop, err));
        for (size_t c = 0; c < chunks; c++)
            for (size_t i = 0; i < loop->consumer_count; i++)
                MCY_TRY(loop->consumers[i].accept(loop->consumers[i].context, c,
                                                  &loop->slot[c].chunk, err));
        loop->wave += (uint64_t)chunks * loop->chunk;
    }
    return MCY_OK;
}

static mcy_status take_slots(sweep_loop *loop, mcy_error *err)
{
    const mcy_evaluator *evaluator = loop->sweep->evaluator;
    size_t columns = evaluator->input_count + evaluator->output_count;
    loop->slot = calloc(loop->slots, sizeof *loop->slot);
    if (!loop->slot)
        return mcy_fail_memory(err);
    /* columns a few cache lines apart from a power of two, which would map them onto one set */
    size_t stride = loop->chunk + 24;
    for (size_t i = 0; i < loop->slots; i++) {
        slot *s = &loop->slot[i];
        s->cells = calloc(columns * stride, sizeof *s->cells);
        s->columns = calloc(2 * columns, sizeof *s->columns);
        s->faults = calloc(loop->chunk, sizeof *s->faults);
        if (!s->cells || !s->columns || !s->faults)
            return mcy_fail_memory(err);
        for (size_t c = 0; c < columns; c++)
            s->columns[c] = s->cells + c * stride;
    }
    return MCY_OK;
}

static mcy_status take_scratch(sweep_loop *loop, mcy_error *err)
{
    const mcy_evaluator *evaluator = loop->sweep->evaluator;
    size_t threads = mcy_workers_count(loop->sweep->workers);
    loop->arenas = calloc(threads, sizeof *loop->arenas);
    loop->scratch = calloc(threads, sizeof *loop->scratch);
    if (!loop->arenas || !loop->scratch)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < threads; i++) {
        loop->arenas[i] = mcy_arena_create();
        if (!loop->arenas[i])
            return mcy_fail_memory(err);
        if (evaluator->prepare)
            MCY_TRY(evaluator->prepare(evaluator, loop->arenas[i], &loop->scratch[i], err));
    }
    return MCY_OK;
}

static void release_loop(sweep_loop *loop)
{
    for (size_t i = 0; loop->slot && i < loop->slots; i++) {
        free(loop->slot[i].cells);
        free(loop->slot[i].columns);
        free(loop->slot[i].faults);
    }
    for (size_t i = 0; loop->arenas && i < mcy_workers_count(loop->sweep->workers); i++)
        mcy_arena_destroy(loop->arenas[i]);
    free(loop->slot);
    free(loop->arenas);
    free(loop->scratch);
}

static mcy_status check_sweep(const mcy_sweep *sweep, sweep_loop *loop, mcy_error *err)
{
    const mcy_stamp *stamp = mcy_design_stamp(sweep->design);
    uint64_t runs = mcy_design_runs(sweep->design);
    if (sweep->evaluator->input_count != stamp->axes)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' has %zu inputs, the design %zu axes",
                        sweep->evaluator->name, sweep->evaluator->input_count, stamp->axes);
    loop->from = sweep->first;
    loop->end = sweep->count ? sweep->first + sweep->count : runs;
    loop->chunk = stamp->chunk;
    if (sweep->first > runs || loop->end > runs || sweep->first % loop->chunk ||
        (loop->end % loop->chunk && loop->end != runs))
        return MCY_FAIL(err, MCY_E_INPUT, "runs %llu to %llu of %llu cut a chunk of %zu",
                        (unsigned long long)sweep->first, (unsigned long long)loop->end,
                        (unsigned long long)runs, loop->chunk);
    loop->block = sweep->block ? sweep->block : sweep->evaluator->block;
    if (loop->block == 0 || loop->block > MCY_EVALUATOR_BLOCK)
        return MCY_FAIL(err, MCY_E_INPUT, "a block has 1 to %d points, got %zu",
                        MCY_EVALUATOR_BLOCK, loop->block);
    return MCY_OK;
}

mcy_status mcy_sweep_run(const mcy_sweep *sweep, size_t consumer_count,
                         const mcy_consumer *consumers, mcy_error *err)
{
    sweep_loop loop = {.sweep = sweep,
                       .consumer_count = consumer_count,
                       .consumers = consumers,
                       .slots = mcy_sweep_slots(sweep->workers)};
    MCY_TRY(check_sweep(sweep, &loop, err));
    uint64_t chunks = (loop.end - loop.from + loop.chunk - 1) / loop.chunk;
    if (chunks < loop.slots)
        loop.slots = (size_t)chunks;
    if (loop.slots == 0)
        return MCY_OK;
    mcy_status status = take_slots(&loop, err);
    if (status == MCY_OK)
        status = take_scratch(&loop, err);
    if (status == MCY_OK)
        status = run_waves(&loop, err);
    release_loop(&loop);
    return status;
}

mcy_status mcy_sample_create(mcy_arena *arena, const mcy_stamp *stamp, size_t runs,
                             size_t outputs, mcy_sample **sample, mcy_error *err)
{
    mcy_sample *s = MCY_TAKE(arena, mcy_sample, 1);
    size_t columns = stamp->axes + outputs;
    double **pointers = MCY_TAKE(arena, double *, columns);
    mcy_fault *faults = MCY_TAKE(arena, mcy_fault, runs);
    if (!s || !pointers || !faults)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < columns; i++)
        if (!(pointers[i] = MCY_TAKE(arena, double, runs)))
            return mcy_fail_memory(err);
    *s = (mcy_sample){.stamp = *stamp,
                      .runs = runs,
                      .axes = stamp->axes,
                      .outputs = outputs,
                      .points = pointers,
                      .values = pointers + stamp->axes,
                      .faults = faults};
    *sample = s;
    return MCY_OK;
}

/* Copying is done in the workers: the places are disjoint. */
static mcy_status copy_chunk(void *context, size_t slot_number, const mcy_chunk *chunk,
                             mcy_error *err)
{
    (void)slot_number, (void)err;
    mcy_sample *sample = context;
    size_t at = (size_t)(chunk->first - sample->first);
    for (size_t i = 0; i < sample->axes; i++)
        memcpy(sample->points[i] + at, chunk->points[i], chunk->n * sizeof(double));
    for (size_t i = 0; i < sample->outputs; i++)
        memcpy(sample->values[i] + at, chunk->outputs[i], chunk->n * sizeof(double));
    memcpy(sample->faults + at, chunk->faults, chunk->n * sizeof *chunk->faults);
    return MCY_OK;
}

static mcy_status count_chunk(void *context, size_t slot_number, const mcy_chunk *chunk,
                              mcy_error *err)
{
    (void)slot_number, (void)err;
    mcy_sample *sample = context;
    sample->failed += chunk->failed;
    return MCY_OK;
}

mcy_status mcy_sweep_sample(mcy_arena *arena, const mcy_sweep *sweep, mcy_sample **sample,
                            mcy_error *err)
{
    uint64_t runs = sweep->count ? sweep->count : mcy_design_runs(sweep->design) - sweep->first;
    if (runs > SIZE_MAX / sizeof(double))
        return mcy_fail_memory(err);
    MCY_TRY(mcy_sample_create(arena, mcy_design_stamp(sweep->design), (size_t)runs,
                              sweep->evaluator->output_count, sample, err));
    (*sample)->first = sweep->first;
    mcy_consumer consumer = {*sample, copy_chunk, count_chunk};
    return mcy_sweep_run(sweep, 1, &consumer, err);
}
