/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes through the readers of phrases, periods and days: a range, a period or a sentence. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/day.h"
#include "mcy/period.h"
#include "mcy/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_words(const char *text, size_t size)
{
    mcy_words words;
    mcy_range range;
    mcy_error err = {0};
    if (mcy_words_parse(text, size, &words, &err) != MCY_OK) {
        if (!err.text[0])
            abort(); /* a refusal says why */
        return;
    }
    if (!(words.range.low <= words.range.high) || words.label > size || words.remark > size)
        abort();
    (void)mcy_words_in_unit(&words, "usd_m", &range, NULL);
}

static void check_period(const char *text, size_t size)
{
    mcy_period p, again;
    char name[32], months[40];
    for (int year_ends = 1; year_ends <= 12; year_ends += 11) {
        if (mcy_period_parse(text, size, year_ends, true, &p, NULL) != MCY_OK)
            continue;
        mcy_period_format(&p, name);
        mcy_period_months(&p, months);
        if (mcy_period_parse(name, strlen(name), year_ends, true, &again, NULL) != MCY_OK ||
            !mcy_period_equal(&p, &again))
            abort(); /* what is printed reads back */
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *text = malloc(size + 1);
    mcy_day day = 0;
    if (!text)
        return 0;
    memcpy(text, bytes, size);
    text[size] = '\0';
    check_words(text, size);
    check_period(text, size);
    if (mcy_day_parse(text, size, &day, NULL) == MCY_OK && mcy_day_add(day, 0) != day)
        abort();
    free(text);
    return 0;
}
