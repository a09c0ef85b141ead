/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sweep found, from memory or from a store, as tables. */
#ifndef MCY_SWEEP_RESULTS_H
#define MCY_SWEEP_RESULTS_H

#include "command.h"
#include "mcy/indices.h"
#include "mcy/statistics.h"
#include "mcy/store.h"
#include "mcy/sweep_yaml.h"
#include "mcy/table.h"

typedef struct mcy_sweep_results {
    mcy_arena *arena;
    mcy_store_head head;
    const mcy_sample *sample;   /* NULL: */
    const mcy_summary *summary; /* a summary was kept */
    const double *total;        /* of the summary */
    size_t event_count;
    const mcy_sweep_event *events;
    mcy_index_options options;
    uint64_t runs, failed;
    size_t reason_count;
    const mcy_store_reason *reasons;
} mcy_sweep_results;

/** Events and options of a sweep as lines of a manifest, and back. */
mcy_status mcy_sweep_facts(mcy_arena *arena, const mcy_sweep_bound *bound, size_t *count,
                           mcy_store_fact *facts, size_t room, mcy_error *err);
mcy_status mcy_sweep_facts_read(mcy_sweep_results *results, mcy_error *err);

/** Everything the sample is fit for, printed to call->out. */
mcy_status mcy_sweep_results_print(mcy_call *call, const mcy_sweep_results *results,
                                   mcy_table_form form, mcy_error *err);

/* Tables; NULL when the sample is not fit for one. */
mcy_table *mcy_sweep_table_outputs(const mcy_sweep_results *results);
mcy_table *mcy_sweep_table_events(const mcy_sweep_results *results);
mcy_table *mcy_sweep_table_tornado(const mcy_sweep_results *results, size_t output);
mcy_table *mcy_sweep_table_grid(const mcy_sweep_results *results, size_t output);
mcy_table *mcy_sweep_table_failures(const mcy_sweep_results *results);

/** Indices of the variance or elementary effects of one output. */
mcy_status mcy_sweep_table_indices(const mcy_sweep_results *results, size_t output,
                                   mcy_table **table, mcy_error *err);

/** What drives an output, for any sample of independent axes: correlations, standardised
 * regression, slices, polynomial chaos. */
mcy_status mcy_sweep_table_drivers(const mcy_sweep_results *results, size_t output,
                                   mcy_table **table, mcy_error *err);

/** The region of the inputs in which an event is frequent. */
mcy_status mcy_sweep_table_box(const mcy_sweep_results *results, size_t event,
                               mcy_table **table, mcy_error *err);

/**
 * The results of a given sample: a CSV file whose columns are the axes and outputs of the sweep
 * file.
 */
mcy_status mcy_sweep_results_given(mcy_call *call, const mcy_sweep_file *file,
                                   mcy_sweep_results *results, mcy_error *err);

/** Factor and text by which a unit is shown: fractions as percent. */
double mcy_sweep_scale(const char *unit);
const char *mcy_sweep_unit(const char *unit);

#endif
