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
    size_t count;                 /* of a range */
} mcy_sweep_axis;

/* Parameters of a fit: paths with their joint normal law. */
typedef struct mcy_sweep_joint {
    const mcy_yaml_node *paths, *mean, *covariance;
} mcy_sweep_joint;

struct mcy_sweep_parts {
    size_t axis_count;
    mcy_sweep_axis *axes;
    const mcy_yaml_node *outputs, *events, *correlations;
    size_t joint_count;
    mcy_sweep_joint *joints;
};

#endif
