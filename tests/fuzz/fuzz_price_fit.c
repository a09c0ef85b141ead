/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Price response files: whatever the bytes, a whole fit or a sentence. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "mcy/price_fit.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    enum { P = MCY_PRICE_PARAMETERS };
    mcy_arena *arena = mcy_arena_create();
    mcy_price_fit *fit = NULL;
    mcy_error err = {0};
    if (mcy_price_fit_parse(arena, "fuzz", (const char *)bytes, size, "dram", &fit, &err) ==
        MCY_OK) {
        for (int k = 0; k < P; k++)
            for (int j = 0; j < P; j++)
                if (fit->covariance[k * P + j] != fit->covariance[j * P + k])
                    abort();
    } else if (!err.text[0]) {
        abort();
    }
    mcy_arena_destroy(arena);
    return 0;
}
