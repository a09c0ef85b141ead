/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sweep file while it is bound: shared by the axes (sweep_bind.c) and outputs
 * (sweep_outputs.c). */
#ifndef MCY_SWEEP_BINDING_H
#define MCY_SWEEP_BINDING_H

#include "sweep_parts.h"

typedef struct mcy_sweep_binding {
    mcy_arena *arena;
    mcy_yaml_report *report;
    const mcy_sweep_file *file;
    mcy_inputs *inputs; /* NULL: a test function */
    mcy_sweep_bound *bound;
    size_t axis_count;
    mcy_axis *axes;
    const char **names, **units, **details;
    size_t effect_count, effect_room;
    mcy_model_effect *effects;
    size_t output_count, output_room, node_room, unit_room;
    const char **outputs, **output_units;
    mcy_node *nodes;
} mcy_sweep_binding;

/* The assumption an axis acts on, as far as its numbers need it. */
typedef struct axis_unit {
    const char *unit;
    double least, most;
    mcy_effect effect;
} axis_unit;

/** The inputs an axis acts on, its unit and its value in the base scenario; *good is false when
 *  they were refused. */
mcy_status mcy_sweep_select(mcy_sweep_binding *b, size_t axis, const mcy_yaml_node *node,
                            const char *path, axis_unit *u, double *base, bool *good,
                            mcy_error *err);

/** A list of plain numbers or, refused, NULL. */
double *mcy_sweep_plain_numbers(mcy_sweep_binding *b, const mcy_yaml_node *list);

/** Fitted parameters: one axis each, drawn together. */
mcy_status mcy_sweep_bind_fitted(mcy_sweep_binding *b, const mcy_sweep_joint *from,
                                 mcy_dependence *to, mcy_error *err);

/** Place of a name among n, or n. */
size_t mcy_sweep_find(const char *const *names, size_t n, const char *name);

/** Outputs, one a quarter where quarters are given, and events, whose outputs are added. */
mcy_status mcy_sweep_bind_outputs(mcy_sweep_binding *b, mcy_error *err);

#endif
