/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a scenario file as read, before they meet a model. */
#ifndef MCY_SCENARIO_PARTS_H
#define MCY_SCENARIO_PARTS_H

#include "mcy/scenario.h"
#include "yaml_bind.h"

/* What a line says. X(name, key) */
#define MCY_SAYS_LIST(X)                                                                       \
    X(VALUE, "value")                                                                          \
    X(ADD, "add")                                                                              \
    X(TIMES, "times")                                                                          \
    X(VALUES, "values")                                                                        \
    X(QUARTERS, "quarters")                                                                    \
    X(YEARS, "years")                                                                          \
    X(RAMP, "ramp")                                                                            \
    X(CSV, "csv")

typedef enum mcy_says {
#define X(name, key) MCY_SAYS_##name,
    MCY_SAYS_LIST(X)
#undef X
        MCY_SAYS_COUNT
} mcy_says;

typedef struct mcy_scenario_line {
    const mcy_yaml_node *path; /* the key */
    mcy_says says;
    const mcy_yaml_node *what;
    const mcy_yaml_node *from, *until, *total, *weights; /* NULL where not written */
    const char *source, *reason;
    size_t row_count; /* of a CSV: quarter and value of each row as scalars with their places */
    const mcy_yaml_node *const *quarters;
    const mcy_yaml_node *const *values;
} mcy_scenario_line;

#endif
