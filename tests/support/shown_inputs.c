/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the JSON of `memcycle run --show-inputs`. */
#include "shown_inputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "plain_model.h"

static const char *after(const char *text, const char *key)
{
    const char *at = strstr(text, key);
    if (at == NULL)
        fail_msg("no %s in the JSON", key);
    return at + strlen(key);
}

int shown_inputs_place(const char *dimension, const char *element)
{
    static const char *const name[] = {"firm", "product", "fab", "market"};
    for (int n = 0; n < 4; n++) {
        int size;
        const char *const *elements = plain_elements((plain_dimension)n, &size);
        if (strcmp(name[n], dimension) != 0)
            continue;
        for (int i = 0; i < size && element != NULL; i++)
            if (strcmp(elements[i], element) == 0)
                return i;
        return element == NULL ? size : -1;
    }
    fail_msg("unknown dimension %s", dimension);
    return -1;
}

static const char *read_input(const char *at, shown_input *it)
{
    const char *end = strchr(at, '}'), *first = strstr(at, "\"first\":");
    assert_non_null(end);
    it->path = first != NULL && first < end;
    it->first = it->path ? (int)strtol(first + 8, NULL, 10) : 0;
    for (at = after(at, "\"dimensions\": ["); *at != ']'; at++)
        if (*at == '"') {
            size_t size = strcspn(++at, "\"");
            assert_true(it->rank < SHOWN_RANK && size < 16);
            memcpy(it->dimension[it->rank++], at, size);
            at += size;
        }
    for (at = after(at, "\"values\":"); at < end;)
        if (strchr("[], \n", *at) != NULL) {
            at++;
        } else {
            char *next;
            assert_true(it->count < SHOWN_VALUES);
            it->value[it->count++] = strtod(at, &next);
            assert_true(next > at);
            at = next;
        }
    return end + 1;
}

void shown_inputs_read(const char *text, shown_inputs *all)
{
    memset(all, 0, sizeof *all);
    const char *at = after(text, "\"quarters\": [");
    const char *start = strchr(at, '"') + 1;
    all->start = 4 * (int)strtol(start, NULL, 10) + (start[5] - '1');
    for (all->last = -1; *at != ']'; at++)
        all->last += *at == ',' || all->last < 0;
    all->quarter_of_year = (int)strtol(after(at, "\"base_quarter_of_year\":"), NULL, 10);
    at = after(at, "\"inputs\": {");
    while (at += strspn(at, ", \n"), *at == '"') {
        size_t size = strcspn(++at, "\"");
        assert_true(all->count < SHOWN_INPUTS && size < 64);
        shown_input *it = &all->input[all->count++];
        memcpy(it->name, at, size);
        at = read_input(at + size, it);
    }
}

shown_input *shown_inputs_find(shown_inputs *all, const char *name)
{
    for (int n = 0; n < all->count; n++)
        if (strcmp(all->input[n].name, name) == 0)
            return &all->input[n];
    return NULL;
}

double shown_inputs_value(void *inputs, const char *path, int quarter)
{
    char copy[128], *element[SHOWN_RANK + 1] = {copy};
    int parts = 1, index = 0, cells = 1;
    snprintf(copy, sizeof copy, "%s", path);
    for (char *c = copy; *c != '\0'; c++)
        if (*c == '.' && parts <= SHOWN_RANK) {
            *c = '\0';
            element[parts++] = c + 1;
        }
    const shown_input *it = shown_inputs_find(inputs, copy);
    if (it == NULL)
        fail_msg("the JSON has no %s", path);
    assert_int_equal(it->rank, parts - 1);
    for (int d = 0; d < it->rank; d++) {
        int size = shown_inputs_place(it->dimension[d], NULL);
        index = index * size + shown_inputs_place(it->dimension[d], element[d + 1]);
        cells *= size;
    }
    int length = it->count / cells, at = it->path ? quarter - it->first : 0;
    if (at < 0 || at >= length)
        fail_msg("the JSON has no %s in quarter %d", path, quarter);
    return it->value[index * length + at];
}
