/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a sweep file between reading and binding. */
#ifndef MCY_SWEEP_PARTS_H
#define MCY_SWEEP_PARTS_H

#include "mcy/sweep_yaml.h"
#include "yaml_bind.h"

/* One axis as written. */
typedef struct mcy_sweep_axis {
    const mcy_yaml_node *node;
    const char *path;
    mcy_effect effect;
    bool law_given, range;
    mcy_law law;
    const mcy_yaml_node *numbers; /* list: values, from and to, or parameters of the law */
    const mcy_yaml_node *weights; /* of a discrete law */
    const mcy_yaml_node *truncate;
    size_t count; /* of a range */
} mcy_sweep_axis;

/* Parameters of a fit: paths with their joint normal law, written out or from a fit's file. */
typedef struct mcy_sweep_joint {
    const mcy_yaml_node *node, *paths, *mean, *covariance;
    const char *from, *product; /* the file as written; NULL: written out */
    size_t fit;                 /* of the file's fits, once read */
} mcy_sweep_joint;

struct mcy_sweep_parts {
    size_t axis_count;
    mcy_sweep_axis *axes;
    const mcy_yaml_node *outputs, *events, *correlations;
    size_t joint_count;
    mcy_sweep_joint *joints;
};

/** Read the files that laws are drawn from; file->fits and each joint's fit. */
mcy_status mcy_sweep_read_fits(mcy_arena *arena, mcy_sweep_file *file, mcy_error *err);

#endif
