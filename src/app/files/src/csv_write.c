/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV rows into a growing text: quoted only when it must be. */
#include "mcy/csv.h"

#include <string.h>

#include "mcy/number.h"

static void separate(mcy_text *text)
{
    if (text->size && text->bytes[text->size - 1] != '\n')
        mcy_text_append(text, ",", 1);
}

void mcy_csv_add(mcy_text *text, const char *field)
{
    /* An empty first cell would leave the row looking unbegun: it is written as "". */
    bool first = !text->size || text->bytes[text->size - 1] == '\n';
    separate(text);
    size_t n = strlen(field);
    bool edges = n && (strchr(" \t", field[0]) || strchr(" \t", field[n - 1]));
    if (!edges && !(first && !n) && !strpbrk(field, ",\"\r\n")) {
        mcy_text_append(text, field, n);
        return;
    }
    mcy_text_append(text, "\"", 1);
    for (const char *at = field; *at; at++)
        mcy_text_append(text, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
    mcy_text_append(text, "\"", 1);
}

void mcy_csv_add_number(mcy_text *text, double value)
{
    char number[32] = "";
    if (!mcy_is_missing(value))
        mcy_number_format(value, number);
    mcy_csv_add(text, number);
}

void mcy_csv_add_count(mcy_text *text, long long value)
{
    separate(text);
    mcy_text_print(text, "%lld", value);
}

void mcy_csv_end(mcy_text *text)
{
    mcy_text_append(text, "\n", 1);
}
