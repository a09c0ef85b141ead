/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fit files: whatever the bytes, a fit without holes or a sentence. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "mcy/fit_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    mcy_arena *arena = mcy_arena_create();
    mcy_decomposition *fit = NULL;
    mcy_fit_source source;
    mcy_error err = {0};
    mcy_status status = mcy_fit_parse(arena, "fuzz", (const char *)bytes, size, "sim", NULL,
                                      &fit, &source, &err);
    if (status == MCY_OK) { /* every array can be read to its end */
        mcy_text text;
        const mcy_decomposition *one[] = {fit};
        mcy_text_init(&text);
        mcy_fit_print(&text, one, 1, &source);
        mcy_fit_print_tidy(&text, one, 1);
        mcy_text_release(&text);
    } else if (!err.text[0]) {
        abort();
    }
    mcy_arena_destroy(arena);
    return 0;
}
