/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Designs: which points a sweep runs. A design is a numbered list of runs; run r depends on the
 * design and r alone, so any thread, shard or restart draws the same point. */
#ifndef MCY_DESIGN_H
#define MCY_DESIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/copula.h"
#include "mcy/distribution.h"
#include "mcy/status.h"

/* X(NAME, word, what it is for) */
#define MCY_METHOD_LIST(X)                                                                     \
    X(TABLE, "table", "every combination of the values of the axes")                           \
    X(TORNADO, "tornado", "the base, then each axis low and high alone")                       \
    X(RANDOM, "random", "independent random points")                                           \
    X(LHS, "lhs", "a Latin hypercube: one point in each of N strata of every axis")            \
    X(SOBOL, "sobol", "scrambled Sobol' points")                                               \
    X(SALTELLI, "saltelli", "first, total and second order indices of the variance")           \
    X(MORRIS, "morris", "screening by elementary effects")                                     \
    X(GIVEN, "given-data", "points that are given")

typedef enum mcy_method {
#define X(name, word, purpose) MCY_METHOD_##name,
    MCY_METHOD_LIST(X)
#undef X
        MCY_METHOD_COUNT
} mcy_method;

/** The word of a method, as in "saltelli". */
const char *mcy_method_name(mcy_method method);

/** A method from its word. Fails: MCY_E_INPUT, with the methods or the one that was meant. */
mcy_status mcy_method_parse(const char *word, mcy_method *method, mcy_error *err);

/* One swept input: values in order (a list or a range) or a distribution, or a part of a joint
 * law, whose values are centre + dependent scores. */
typedef struct mcy_axis {
    const char *name;
    double base;          /* the value of the base scenario, for the tornado */
    size_t level_count;   /* 0: distribution or joint law */
    const double *levels; /* increasing */
    bool range;           /* the levels are of a range: drawn uniformly between its ends */
    mcy_distribution distribution;
} mcy_axis;

/* Axes that depend on one another: a copula of rank correlations over their distributions, or
 * the joint normal law of fitted parameters, mean and covariance. */
typedef struct mcy_dependence {
    size_t count;
    const size_t *axes;   /* [count] positions */
    const double *matrix; /* [count * count] rank correlations, or covariances */
    const double *mean;   /* [count] of the joint normal law; NULL: a copula */
} mcy_dependence;

typedef struct mcy_design_request {
    mcy_method method;
    size_t axis_count;
    const mcy_axis *axes;
    uint64_t seed;
    uint64_t runs;     /* points, base points (saltelli), trajectories (morris); 0 for table,
                          tornado */
    size_t replicates; /* sobol and saltelli: independent copies, a power of two; 0 = default */
    bool unscrambled;  /* sobol: the bare sequence, one copy */
    bool random;       /* saltelli: base points at random instead of Sobol' */
    bool second_order; /* saltelli: also pairs */
    size_t levels;     /* morris: grid levels, even; 0 = default */
    double tail;       /* tornado: quantile of the low end of a distribution; 0 = 0.1 */
    size_t dependence_count;
    const mcy_dependence *dependences;
} mcy_design_request;

enum {
    MCY_DESIGN_REPLICATES = 16,
    MCY_DESIGN_LEVELS = 4,
    MCY_DESIGN_AXES = 512,
    MCY_DESIGN_CHUNK = 4096 /* runs a chunk, about: see mcy_stamp.chunk */
};

/* What a sample was drawn for: kept with it, and asked for by every estimator. */
typedef struct mcy_stamp {
    mcy_method method;
    size_t axes;
    uint64_t points;   /* base points, trajectories, or runs */
    size_t width;      /* runs a base point; runs = points * width */
    size_t replicates; /* base point i belongs to copy i % replicates */
    bool second_order, dependent, random;
    size_t levels; /* morris */
    uint64_t seed;
    size_t chunk; /* runs a chunk: whole base points */
} mcy_stamp;

typedef struct mcy_design mcy_design;

/**
 * Check a request and make its design: immutable, shared by threads.
 *
 * Fails:     MCY_E_INPUT    a request that makes no sense (no axes, an axis without what the
 *                           method needs, replicates not a power of two, too many runs ...)
 *            MCY_E_DOMAIN   a bad distribution or dependence; the axis is named. saltelli and
 *                           morris refuse dependent axes: their indices have no meaning then
 * Checked:   test_sampling.c, test_design.c
 */
mcy_status mcy_design_create(mcy_arena *arena, const mcy_design_request *request,
                             mcy_design **design, mcy_error *err);

const mcy_stamp *mcy_design_stamp(const mcy_design *design);

/** Runs in all. */
uint64_t mcy_design_runs(const mcy_design *design);

/**
 * Points of n consecutive runs.
 *
 * Given:     first    first + n <= runs
 *            n        at most MCY_EVALUATOR_BLOCK
 * Returned:  points   [axes] pointers to [n]
 */
void mcy_design_points(const mcy_design *design, uint64_t first, size_t n,
                       double *const *points);

/**
 * Values of a range, counted, with the base value among them.
 *
 * Given:     from, to   from < to
 *            count      >= 2 values evenly spaced; the base is put between them when it lies
 *                       inside and is none of them
 * Returned:  *levels in the arena, increasing; *level_count is count or count + 1
 */
mcy_status mcy_design_range(mcy_arena *arena, double from, double to, size_t count, double base,
                            const double **levels, size_t *level_count, mcy_error *err);

#endif
