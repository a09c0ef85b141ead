/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run of a sweep: into memory or a store, with progress and a closing line. */
#include "sweep_run.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mcy/file.h"
#include "mcy/number.h"

double mcy_sweep_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Counts what passes and, on a terminal, says so five times a second. */
typedef struct progress {
    FILE *err;
    bool shown;
    uint64_t runs, all, failed;
    double start, last;
} progress;

static mcy_status watch(void *context, size_t slot, const mcy_chunk *chunk, mcy_error *err)
{
    (void)slot, (void)err;
    progress *p = context;
    p->runs += chunk->n;
    p->failed += chunk->failed;
    double now = p->shown ? mcy_sweep_clock() : 0;
    if (!p->shown || now - p->last < 0.2)
        return MCY_OK;
    double seconds = now - p->start, rate = (double)p->runs / seconds;
    double part = (double)p->runs / (double)p->all;
    char bar[31];
    for (int i = 0; i < 30; i++)
        bar[i] = i < (int)(30 * part) ? '#' : '.';
    bar[30] = '\0';
    fprintf(p->err, "\r[%s] %3.0f %%  %llu of %llu runs  %.0f/s  %.0f s left \033[K", bar,
            100 * part, (unsigned long long)p->runs, (unsigned long long)p->all, rate,
            (double)(p->all - p->runs) / rate);
    fflush(p->err);
    p->last = now;
    return MCY_OK;
}

/* The runs to do, the store they go to, what a resumed sweep already has. */
typedef struct running {
    mcy_call *call;
    mcy_sweep_setup *s;
    mcy_store *store;
    mcy_store_head *head;
    mcy_summary *summary;
    mcy_sample *sample;
    uint64_t first, left, done;
    progress progress;
} running;

static mcy_status open_store(running *r, mcy_error *err)
{
    const mcy_sweep_choices *c = &r->s->choices;
    if (!c->out)
        return MCY_OK;
    if (!(c->resume && mcy_file_exists(c->out) && !mcy_store_blank(c->out)))
        return mcy_store_create(c->out, &r->s->head, &r->store, err);
    size_t count = 0;
    mcy_store_range *ranges = NULL;
    MCY_TRY(mcy_store_open(r->s->arena, c->out, true, &r->store, &r->head, err));
    MCY_TRY(mcy_store_compare(r->head, &r->s->head,
                              mcy_arena_print(r->s->arena, "'%s'", c->out), err));
    MCY_TRY(mcy_store_ranges(r->s->arena, r->store, &count, &ranges, err));
    if (count == 0)
        return MCY_OK;
    if (count > 1 || ranges[0].first != r->s->first ||
        ranges[0].first + ranges[0].count > r->s->first + r->s->count)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' holds runs from %llu on, not this shard's",
                        c->out, (unsigned long long)ranges[0].first);
    r->done = ranges[0].count;
    r->first += r->done;
    r->left -= r->done;
    if (r->head->summary)
        return mcy_store_summary(r->s->arena, r->store, r->head, mcy_sweep_slots(r->s->workers),
                                 &r->summary, err);
    return MCY_OK;
}

static mcy_status start_summary(running *r, mcy_error *err)
{
    mcy_sweep_setup *s = r->s;
    if (!s->head.summary || r->summary)
        return MCY_OK;
    mcy_sample *pilot = NULL;
    uint64_t n = s->head.runs < s->head.stamp.chunk ? s->head.runs : s->head.stamp.chunk;
    mcy_sweep sweep = {.design = s->design,
                       .evaluator = s->bound->evaluator,
                       .workers = s->workers,
                       .count = n};
    double *steps = MCY_TAKE(s->arena, double, s->head.axis_count);
    if (!steps)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < s->head.axis_count; i++)
        steps[i] = s->head.axes[i].step;
    MCY_TRY(mcy_sweep_sample(s->arena, &sweep, &pilot, err));
    return mcy_summary_create(s->arena, pilot, mcy_sweep_slots(s->workers), steps, &r->summary,
                              err);
}

static mcy_status copy_into(void *context, size_t slot, const mcy_chunk *chunk, mcy_error *err)
{
    (void)slot, (void)err;
    mcy_sample *sample = context;
    size_t at = (size_t)(chunk->first - sample->first);
    for (size_t i = 0; i < sample->axes; i++)
        memcpy(sample->points[i] + at, chunk->points[i], chunk->n * sizeof(double));
    for (size_t i = 0; i < sample->outputs; i++)
        memcpy(sample->values[i] + at, chunk->outputs[i], chunk->n * sizeof(double));
    memcpy(sample->faults + at, chunk->faults, chunk->n * sizeof *chunk->faults);
    return MCY_OK;
}

static mcy_status count_into(void *context, size_t slot, const mcy_chunk *chunk, mcy_error *err)
{
    (void)slot, (void)err;
    ((mcy_sample *)context)->failed += chunk->failed;
    return MCY_OK;
}

static mcy_status do_runs(running *r, mcy_error *err)
{
    mcy_sweep_setup *s = r->s;
    mcy_store_writer writer = {r->store, s->bound->evaluator, r->summary, 0, 0};
    mcy_consumer consumers[3] = {{NULL, NULL, NULL}};
    size_t n = 0;
    if (r->summary)
        consumers[n++] = mcy_summary_consumer(r->summary);
    if (r->store)
        consumers[n++] = mcy_store_consumer(&writer);
    if (!r->store && !r->summary) {
        MCY_TRY(mcy_sample_create(s->arena, &s->head.stamp, (size_t)r->left,
                                  s->head.output_count, &r->sample, err));
        r->sample->first = r->first;
        consumers[n++] = (mcy_consumer){r->sample, copy_into, count_into};
    }
    r->progress = (progress){.err = r->call->err,
                             .shown = isatty(fileno(r->call->err)),
                             .all = r->left,
                             .start = mcy_sweep_clock()};
    consumers[n++] = (mcy_consumer){&r->progress, NULL, watch};
    mcy_sweep sweep = {.design = s->design,
                       .evaluator = s->bound->evaluator,
                       .workers = s->workers,
                       .first = r->first,
                       .count = r->left};
    mcy_status status = r->left ? mcy_sweep_run(&sweep, n, consumers, err) : MCY_OK;
    if (r->progress.shown)
        fputs("\r\033[K", r->call->err);
    return status;
}

static mcy_status close_store(running *r, double seconds, mcy_error *err)
{
    if (!r->store)
        return MCY_OK;
    char when[32];
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    if (r->summary)
        MCY_TRY(mcy_store_put_summary(r->store, r->summary, err));
    MCY_TRY(mcy_store_session(r->store, r->call->command_line, mcy_version(), when,
                              r->progress.runs, seconds, err));
    return mcy_store_commit(r->store, err);
}

/* Reasons of failed runs of a sample in memory, the most frequent first. */
static int by_count(const void *a, const void *b)
{
    const mcy_store_reason *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return (x->first > y->first) - (x->first < y->first);
}

static mcy_status count_reasons(const running *r, mcy_sweep_results *results, mcy_error *err)
{
    const mcy_sample *s = r->sample;
    size_t n = 0, room = 0;
    mcy_store_reason *reasons = NULL;
    for (size_t i = 0; s->failed && i < s->runs; i++) {
        if (!s->faults[i].kind)
            continue;
        char text[MCY_EVALUATOR_REASON];
        size_t j = 0;
        mcy_evaluator_explain(r->s->bound->evaluator, &s->faults[i], text, sizeof text);
        while (j < n && strcmp(reasons[j].reason, text) != 0)
            j++;
        if (j == n) {
            MCY_TRY(
                mcy_arena_grow(r->s->arena, (void **)&reasons, n, &room, sizeof *reasons, err));
            reasons[n++] =
                (mcy_store_reason){mcy_arena_print(r->s->arena, "%s", text), 0, s->first + i};
        }
        reasons[j].count++;
    }
    if (n)
        qsort(reasons, n, sizeof *reasons, by_count);
    results->reasons = reasons;
    results->reason_count = n;
    return MCY_OK;
}

static mcy_status take_results(running *r, mcy_sweep_results *results, mcy_error *err)
{
    mcy_sweep_setup *s = r->s;
    if (r->store)
        return mcy_sweep_results_of_store(s->arena, r->store, r->head ? r->head : &s->head,
                                          results, err);
    *results = (mcy_sweep_results){.arena = s->arena,
                                   .head = s->head,
                                   .sample = r->sample,
                                   .summary = r->summary,
                                   .runs = r->progress.runs,
                                   .failed = r->progress.failed};
    MCY_TRY(mcy_sweep_facts_read(results, err));
    if (r->summary) {
        double *total = NULL;
        MCY_TRY(mcy_summary_total(s->arena, r->summary, &total, err));
        results->total = total;
        return MCY_OK;
    }
    return count_reasons(r, results, err);
}

static mcy_status run_open(running *r, mcy_sweep_results *results, mcy_error *err)
{
    double start = mcy_sweep_clock();
    MCY_TRY(open_store(r, err));
    MCY_TRY(start_summary(r, err));
    MCY_TRY(do_runs(r, err));
    double seconds = mcy_sweep_clock() - start;
    MCY_TRY(close_store(r, seconds, err));
    seconds = mcy_sweep_clock() - start;
    fprintf(
        r->call->err,
        "%llu runs: %llu new, %llu resumed, %llu failed; %.2f s, %.0f scenarios/s, %zu threads, "
        "seed %llu\n",
        (unsigned long long)r->s->count, (unsigned long long)r->progress.runs,
        (unsigned long long)r->done, (unsigned long long)r->progress.failed, seconds,
        (double)r->progress.runs / (seconds > 0 ? seconds : 1),
        mcy_workers_count(r->s->workers), (unsigned long long)r->s->head.stamp.seed);
    return take_results(r, results, err);
}

mcy_status mcy_sweep_run_setup(mcy_call *call, mcy_sweep_setup *setup,
                               mcy_sweep_results *results, mcy_error *err)
{
    running r = {.call = call, .s = setup, .first = setup->first, .left = setup->count};
    mcy_status status = run_open(&r, results, err);
    mcy_store_destroy(r.store);
    return status;
}

mcy_status mcy_sweep_results_of_store(mcy_arena *arena, mcy_store *store,
                                      const mcy_store_head *head, mcy_sweep_results *results,
                                      mcy_error *err)
{
    size_t ranges = 0, reason_count = 0;
    mcy_store_range *range = NULL;
    mcy_store_reason *reasons = NULL;
    *results = (mcy_sweep_results){.arena = arena, .head = *head};
    MCY_TRY(mcy_sweep_facts_read(results, err));
    MCY_TRY(mcy_store_ranges(arena, store, &ranges, &range, err));
    for (size_t i = 0; i < ranges; i++)
        results->runs += range[i].count;
    MCY_TRY(mcy_store_failed(store, &results->failed, err));
    MCY_TRY(mcy_store_reasons(arena, store, &reason_count, &reasons, err));
    results->reasons = reasons;
    results->reason_count = reason_count;
    if (head->summary) {
        mcy_summary *summary = NULL;
        double *total = NULL;
        MCY_TRY(mcy_store_summary(arena, store, head, 0, &summary, err));
        MCY_TRY(mcy_summary_total(arena, summary, &total, err));
        results->summary = summary;
        results->total = total;
        return MCY_OK;
    }
    mcy_sample *sample = NULL;
    MCY_TRY(mcy_store_sample(arena, store, head, &sample, err));
    results->sample = sample;
    return MCY_OK;
}
