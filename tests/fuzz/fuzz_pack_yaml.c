/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a pack file: refused with a sentence, or a pack whose lists are there. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "mcy/pack_yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    mcy_arena *arena = mcy_arena_create();
    mcy_pack_spec spec;
    mcy_error err = {0};
    if (!arena)
        return 0;
    mcy_status status =
        mcy_pack_spec_read_text(arena, "pack.yaml", (const char *)data, size, &spec, &err);
    assert(status == MCY_OK || err.text[0]);
    for (size_t i = 0; status == MCY_OK && i < spec.figure_count; i++)
        assert(spec.figures[i].id && (spec.figures[i].data_count || spec.figures[i].series));
    mcy_arena_destroy(arena);
    return 0;
}
