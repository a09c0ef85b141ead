/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lint of the scripts of a figure: the same numbers in both languages, axes of bars. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lint_parts.h"
#include "mcy/number.h"

/* The range of an axis in a script: "set yrange [a:b]". */
static bool script_range(const char *script, const char *axis, double range[2])
{
    char key[32];
    snprintf(key, sizeof key, "\nset %srange [", axis);
    const char *at = strstr(script, key);
    if (!at)
        return false;
    at += strlen(key);
    size_t n = strcspn(at, ":");
    size_t m = at[n] ? strcspn(at + n + 1, "]") : 0;
    return mcy_number_parse(at, n, &range[0], NULL) == MCY_OK &&
           mcy_number_parse(at + n + 1, m, &range[1], NULL) == MCY_OK;
}

/* Data blocks of a script, line by line: the same in both languages. */
static const char *next_data(const char *at, size_t *size)
{
    const char *block = strstr(at, " << EOD\n");
    if (!block)
        return NULL;
    block += 8;
    const char *end = strstr(block, "EOD\n");
    *size = end ? (size_t)(end - block) : 0;
    return block;
}

/* The same numbers, whatever the colours (0xRRGGBB), which belong to the style of a language.
 */
static bool same_numbers(const char *a, size_t n, const char *b, size_t m)
{
    if (n != m)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool colours = !strncmp(a + i, "0x", 2) && !strncmp(b + i, "0x", 2);
        if (colours)
            i += 7;
        else if (a[i] != b[i])
            return false;
    }
    return true;
}

static bool same_data(const char *a, const char *b)
{
    for (;;) {
        size_t n = 0, m = 0;
        a = next_data(a, &n);
        b = next_data(b, &m);
        if (!a || !b)
            return !a && !b;
        if (!same_numbers(a, n, b, m))
            return false;
        a += n;
        b += m;
    }
}

void lint_scripts(lint_run *run, lint_figure *figure)
{
    mcy_file script[MCY_LANGUAGES] = {{0}, {0}};
    char name[192] = "";
    bool there[MCY_LANGUAGES] = {false, false};
    for (int l = 0; l < MCY_LANGUAGES; l++)
        if (run->languages[l])
            there[l] = lint_read(run, figure->stem, mcy_language_name((mcy_language)l), "gp",
                                 &script[l], name);
    if (run->languages[0] && run->languages[1] && there[0] && there[1] &&
        !same_data(script[0].bytes, script[1].bytes))
        lint_add(run, MCY_LINT_LANGUAGES, name, "the two languages draw different numbers");
    const char *bytes = there[0] ? script[0].bytes : there[1] ? script[1].bytes : "";
    double left[2], right[2];
    figure->heat = strstr(bytes, "# Coloured cells") != NULL;
    figure->over_time = strstr(bytes, "# Over periods") != NULL;
    if (figure->over_time && strstr(bytes, "$box << EOD") && script_range(bytes, "y", left)) {
        if (left[0] > 0 || left[1] < 0)
            lint_add(run, MCY_LINT_ZERO, name, "bars on an axis from %g to %g", left[0],
                     left[1]);
        else if (script_range(bytes, "y2", right) &&
                 fabs(left[0] * right[1] - right[0] * left[1]) >
                     1e-9 * (fabs(left[1] * right[1]) + fabs(left[0] * right[0])))
            lint_add(run, MCY_LINT_LEVEL, name, "zero lines of %g..%g and %g..%g differ",
                     left[0], left[1], right[0], right[1]);
    }
    for (int l = 0; l < MCY_LANGUAGES; l++)
        mcy_file_release(&script[l]);
}
