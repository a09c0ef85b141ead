/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that sleep on a condition between jobs; parts of a job are counted out atomically. */
#define _GNU_SOURCE
#include "mcy/workers.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { CACHE_LINE = 64 };

typedef struct worker {
    mcy_workers *pool;
    size_t number;
    pthread_t thread;
} worker;

struct mcy_workers {
    pthread_mutex_t lock;
    pthread_cond_t begin, done;
    worker *all;
    size_t count, started;
    bool pin, stop;
    /* the job at hand, guarded by lock but for next and failed */
    mcy_job *job;
    void *context;
    size_t n, chunk, busy;
    unsigned long generation;
    mcy_error error;
    size_t error_at;
    mcy_status status;
    char apart[CACHE_LINE];
    atomic_size_t next;
    atomic_bool failed;
};

size_t mcy_workers_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set))
        return 1;
    int n = CPU_COUNT(&set);
    return n > 0 ? (size_t)n : 1;
}

/* Bind the calling thread to the (number modulo size)-th processor of the set. */
static void pin_to(const cpu_set_t *allowed, size_t number)
{
    int count = CPU_COUNT(allowed);
    if (count <= 0)
        return;
    size_t skip = number % (size_t)count;
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, allowed) || skip--)
            continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        (void)pthread_setaffinity_np(pthread_self(), sizeof one, &one);
        return;
    }
}

static void record_failure(mcy_workers *pool, size_t first, mcy_status status,
                           const mcy_error *err)
{
    pthread_mutex_lock(&pool->lock);
    if (pool->status == MCY_OK || first < pool->error_at) {
        pool->status = status;
        pool->error = *err;
        pool->error_at = first;
    }
    pthread_mutex_unlock(&pool->lock);
    atomic_store(&pool->failed, true);
}

/* Where part `part` of an even cut begins. */
static size_t even_cut(size_t n, size_t parts, size_t part)
{
    return n / parts * part + (n % parts < part ? n % parts : part);
}

static void take_parts(mcy_workers *pool, size_t number)
{
    size_t step = pool->chunk;
    for (;;) {
        if (atomic_load_explicit(&pool->failed, memory_order_relaxed))
            return;
        size_t first, last;
        if (step) {
            first = atomic_fetch_add(&pool->next, step);
            last = first < pool->n && pool->n - first > step ? first + step : pool->n;
        } else {
            first = even_cut(pool->n, pool->count, number);
            last = even_cut(pool->n, pool->count, number + 1);
        }
        if (first >= last)
            return;
        mcy_error err = {0};
        mcy_status status = pool->job(pool->context, number, first, last - first, &err);
        if (status != MCY_OK)
            record_failure(pool, first, status, &err);
        if (!step)
            return;
    }
}

static void *work(void *argument)
{
    worker *self = argument;
    mcy_workers *pool = self->pool;
    cpu_set_t allowed;
    if (pool->pin && !sched_getaffinity(0, sizeof allowed, &allowed))
        pin_to(&allowed, self->number);
    unsigned long seen = 0;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->stop && pool->generation == seen)
            pthread_cond_wait(&pool->begin, &pool->lock);
        if (pool->stop)
            break;
        seen = pool->generation;
        pthread_mutex_unlock(&pool->lock);
        take_parts(pool, self->number);
        pthread_mutex_lock(&pool->lock);
        if (!--pool->busy)
            pthread_cond_signal(&pool->done);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

mcy_status mcy_workers_create(size_t threads, bool pin, mcy_workers **workers, mcy_error *err)
{
    *workers = NULL;
    mcy_workers *pool = calloc(1, sizeof *pool);
    if (!pool)
        return mcy_fail(err, MCY_E_MEMORY, "out of memory");
    pool->count = threads ? threads : mcy_workers_processors();
    pool->pin = pin;
    pool->all = calloc(pool->count, sizeof *pool->all);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->begin, NULL);
    pthread_cond_init(&pool->done, NULL);
    for (size_t i = 1; pool->all && i < pool->count; i++) {
        pool->all[i] = (worker){.pool = pool, .number = i};
        if (pthread_create(&pool->all[i].thread, NULL, work, &pool->all[i]))
            break;
        pool->started = i;
    }
    if (!pool->all || pool->started + 1 != pool->count) {
        size_t had = pool->started + 1;
        mcy_workers_destroy(pool);
        return mcy_fail(err, MCY_E_MEMORY, "only %zu of %zu threads could be started", had,
                        threads);
    }
    *workers = pool;
    return MCY_OK;
}

void mcy_workers_destroy(mcy_workers *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->stop = true;
    pthread_cond_broadcast(&pool->begin);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 1; i <= pool->started; i++)
        pthread_join(pool->all[i].thread, NULL);
    pthread_cond_destroy(&pool->begin);
    pthread_cond_destroy(&pool->done);
    pthread_mutex_destroy(&pool->lock);
    free(pool->all);
    free(pool);
}

size_t mcy_workers_count(const mcy_workers *pool)
{
    return pool->count;
}

mcy_status mcy_workers_run(mcy_workers *pool, size_t n, size_t chunk, mcy_job *job,
                           void *context, mcy_error *err)
{
    cpu_set_t before;
    bool pinned = pool->pin && !sched_getaffinity(0, sizeof before, &before);
    if (pinned)
        pin_to(&before, 0);

    pthread_mutex_lock(&pool->lock);
    pool->job = job;
    pool->context = context;
    pool->n = n;
    pool->chunk = chunk;
    pool->busy = pool->started;
    pool->status = MCY_OK;
    atomic_store(&pool->next, 0);
    atomic_store(&pool->failed, false);
    pool->generation++;
    pthread_cond_broadcast(&pool->begin);
    pthread_mutex_unlock(&pool->lock);

    take_parts(pool, 0);

    pthread_mutex_lock(&pool->lock);
    while (pool->busy)
        pthread_cond_wait(&pool->done, &pool->lock);
    mcy_status status = pool->status;
    if (status != MCY_OK && err)
        *err = pool->error;
    pthread_mutex_unlock(&pool->lock);

    if (pinned)
        (void)pthread_setaffinity_np(pthread_self(), sizeof before, &before);
    return status;
}
