/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a design: made by design.c, drawn from by design_points.c. */
#ifndef MCY_DESIGN_PARTS_H
#define MCY_DESIGN_PARTS_H

#include "mcy/design.h"
#include "mcy/sobol.h"

typedef struct mcy_design_group {
    size_t count;
    size_t *axes;
    double *mean; /* NULL: copula over distributions */
    mcy_copula *copula;
} mcy_design_group;

struct mcy_design {
    mcy_stamp stamp;
    uint64_t runs;
    mcy_axis *axes;
    mcy_quantile **quantiles; /* [axes] NULL where an axis has none */
    double *low, *high;       /* [axes] ends of the tornado */
    mcy_sobol *sobol;         /* [axes], or [2 axes] for saltelli: columns of A, then of B */
    size_t group_count;
    mcy_design_group *groups;
    bool *grouped; /* [axes] drawn by a group */
};

#endif
