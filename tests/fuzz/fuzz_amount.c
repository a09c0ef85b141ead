/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantities with units as users write them. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "mcy/amount.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const units[] = {"frac", "1", "usd_m", "usd_m/kwpm", "quarter"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        mcy_amount amount;
        mcy_error err = {0};
        char text[MCY_AMOUNT_TEXT];
        if (mcy_amount_parse((const char *)data, size, units[i], -1, &amount, &err) != MCY_OK)
            continue;
        if (amount.size != amount.size)
            abort();
        mcy_amount_show(&amount, units[i], text);
    }
    return 0;
}
