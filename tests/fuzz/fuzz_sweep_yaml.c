/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a sweep file: read, bound to a test function, designed, drawn from. */
#include <stdint.h>

#include "mcy/sweep_yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_sweep_file *file = NULL;
    mcy_sweep_bound *bound = NULL;
    mcy_design *design = NULL;
    if (!arena)
        return 0;
    if (mcy_sweep_file_parse(arena, "f.yaml", (const char *)data, size, &file, &err) ==
            MCY_OK &&
        file->function &&
        mcy_sweep_bind(arena, file, NULL, MCY_VARIANT_PLAIN, &bound, &err) == MCY_OK &&
        mcy_design_create(arena, &bound->request, &design, &err) == MCY_OK) {
        uint64_t runs = mcy_design_runs(design);
        size_t n = runs < 64 ? (size_t)runs : 64;
        double **points = MCY_TAKE(arena, double *, bound->request.axis_count);
        for (size_t i = 0; points && i < bound->request.axis_count; i++)
            if (!(points[i] = MCY_TAKE(arena, double, n)))
                points = NULL;
        if (points)
            mcy_design_points(design, runs - n, n, points);
    }
    mcy_arena_destroy(arena);
    return 0;
}
