/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweeps too large to keep: what is left of them is a summary of constant size, the same bits
 * whatever the threads, shards and restarts.
 *
 * Every chunk of runs becomes a node of sums. Nodes are merged like carries of a binary counter:
 * only two neighbours of equal size, the earlier of even place. Any cut into shards of whole
 * chunks therefore ends, merged, in the same nodes by the same additions. Histograms are counts. */
#ifndef MCY_SUMMARY_H
#define MCY_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/statistics.h"
#include "mcy/status.h"
#include "mcy/sweep.h"

enum { MCY_SUMMARY_CELLS = 4096 };

/* Where outputs lie, from a pilot of the first chunk: the centre of the sums and the cells of the
 * histogram, which reach half the pilot's range beyond its ends. */
typedef struct mcy_summary_frame {
    double centre, low, width; /* width of a cell; 0 when the pilot was constant */
} mcy_summary_frame;

/* Sums of 2^level chunks, the first of them number place << level. */
typedef struct mcy_summary_node {
    unsigned level;
    uint64_t place;
    double *sums; /* [mcy_summary_size] */
} mcy_summary_node;

typedef struct mcy_summary {
    mcy_stamp stamp;
    size_t outputs;
    const double *steps;       /* [axes] morris: lengths of the steps */
    mcy_summary_frame *frames; /* [outputs] */
    uint64_t *cells;           /* [outputs * (MCY_SUMMARY_CELLS + 2)] below, the cells, above */
    size_t node_count, node_room;
    mcy_summary_node *nodes; /* in order of place, no two of them mergeable */
    mcy_arena *arena;
    size_t slots;
    double **slot_sums;    /* [slots] */
    uint32_t **slot_cells; /* [slots] */
    double **spare;        /* sums of merged nodes, used again */
    size_t spare_count;
} mcy_summary;

/**
 * An empty summary.
 *
 * Given:     arena    owns it and all it grows by
 *            pilot    the first chunk of the design, whichever shard this is
 *            slots    of the sweep it will consume; 0 for one that is only merged into
 *            steps    [axes] of a morris design, else NULL
 */
mcy_status mcy_summary_create(mcy_arena *arena, const mcy_sample *pilot, size_t slots,
                              const double *steps, mcy_summary **summary, mcy_error *err);

/** The same with frames that were stored. */
mcy_status mcy_summary_create_framed(mcy_arena *arena, const mcy_stamp *stamp, size_t outputs,
                                     const mcy_summary_frame *frames, size_t slots,
                                     const double *steps, mcy_summary **summary,
                                     mcy_error *err);

/** The consumer that fills it. */
mcy_consumer mcy_summary_consumer(mcy_summary *summary);

/** Doubles of a node, counts of the cells. */
size_t mcy_summary_size(const mcy_summary *summary);
size_t mcy_summary_cell_count(const mcy_summary *summary);

/** Add a node that was stored; nodes come in order of their place. */
mcy_status mcy_summary_push(mcy_summary *summary, unsigned level, uint64_t place,
                            const double *sums, mcy_error *err);

/** Add stored counts. */
void mcy_summary_add_cells(mcy_summary *summary, const uint64_t *cells);

/** All nodes added up in their order, in the arena. */
mcy_status mcy_summary_total(mcy_arena *arena, const mcy_summary *summary, double **sums,
                             mcy_error *err);

/** What the total says about one output; exact count, least and most. */
mcy_described mcy_summary_describe(const mcy_summary *summary, const double *total,
                                   size_t output);

/** The part of a total with the sums of mcy/indices.h of one output (saltelli, morris). */
const double *mcy_summary_indices(const mcy_summary *summary, const double *total,
                                  size_t output);

/**
 * A quantile from the histogram.
 *
 * Returned:  *error   half the width of the cell it lies in: the most it can be off
 */
double mcy_summary_quantile(const mcy_summary *summary, const double *total, size_t output,
                            double probability, double *error);

#endif
