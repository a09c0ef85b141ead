/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `memcycle run --show-inputs` prints is enough to recompute a run: the plain loops read
 * that JSON alone, and every value of every name the model computes, by quarter and by year and
 * in every shipped scenario, is held against the CSV of the run. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "plain_model.h"
#include "shown_inputs.h"

enum { NAMES = 200 };

/* All must agree to 1e-9 of the value. A difference of nearly equal numbers carries the
 * rounding of these: some 1e-16 of amounts up to 1e5 (USD m), of logs of about 10. */
static const struct {
    const char *name;
    double floor;
} differences_of_equals[] = {
    {"inventory", 1e-11},      /* a stock that is used up: what was there, less what was sold */
    {"weeks", 1e-11},          /* the same, in weeks */
    {"inventory_cost", 1e-11}, /* all that is made is sold */
    {"tightness", 1e-14},      /* orders and supply all but equal */
};

static plain_run plain;
static shown_inputs shown;

typedef struct row {
    char name[64], elements[64], period[16];
    double value;
} row;

typedef struct tally {
    int bad, inputs, seen[NAMES];
    bool tell;
} tally;

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 4 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (4 << 20) - 1, file) < (4 << 20) - 1);
    fclose(file);
    return text;
}

/* First quarter of a period, and whether it is a year. */
static int first_quarter(const row *at, bool *year)
{
    int number = atoi(at->period + 2);
    *year = at->period[0] == 'C' || at->period[0] == 'F';
    if (at->period[0] == 'C')
        return 4 * number - shown.start;
    if (at->period[0] == 'F') /* begins in September, laid on the fourth quarter */
        return 4 * (number - 1) + 3 - shown.start;
    return 4 * atoi(at->period) + at->period[5] - '1' - shown.start;
}

static const plain_variable *variable(const char *name, int *place)
{
    int count;
    const plain_variable *list = plain_variables(&count);
    assert_true(count <= NAMES);
    for (*place = 0; *place < count; ++*place)
        if (strcmp(list[*place].name, name) == 0)
            return &list[*place];
    return NULL;
}

static int element_place(plain_dimension dimension, const char *element)
{
    int count;
    const char *const *elements = plain_elements(dimension, &count);
    for (int i = 0; i < count; i++)
        if (strcmp(elements[i], element) == 0)
            return i;
    fail_msg("unknown element %s", element);
    return -1;
}

static int cell_of(const plain_variable *of, const char *elements)
{
    char first[64];
    snprintf(first, sizeof first, "%s", elements);
    char *second = strchr(first, '.');
    if (second != NULL)
        *second++ = '\0';
    int count, cell = element_place(of->first, first);
    plain_elements(of->second, &count);
    return second == NULL ? cell : cell * count + element_place(of->second, second);
}

static double floor_of(const char *name)
{
    for (size_t n = 0; n < sizeof differences_of_equals / sizeof differences_of_equals[0]; n++)
        if (strcmp(name, differences_of_equals[n].name) == 0)
            return differences_of_equals[n].floor;
    return 0;
}

/* An input in the CSV is that of the JSON; anything else is for the plain model to know. */
static void compare_row(const row *at, tally *sum)
{
    int place;
    bool year;
    const plain_variable *of = variable(at->name, &place);
    int t = first_quarter(at, &year);
    double own;
    if (of == NULL) {
        char path[160];
        if (shown_inputs_find(&shown, at->name) == NULL)
            fail_msg("the plain model does not compute %s", at->name);
        assert_false(year); /* a rule for the year of an input would need its oracle */
        snprintf(path, sizeof path, "%s%s%s", at->name, *at->elements == '\0' ? "" : ".",
                 at->elements);
        own = shown_inputs_value(&shown, path, *at->period == '\0' ? 0 : t);
        sum->inputs++;
    } else {
        int cell = cell_of(of, at->elements);
        own = year ? plain_year(&plain, of, cell, t) : plain_value(&plain, of, cell, t);
        sum->seen[place]++;
    }
    double allowed = fmax(1e-9 * fabs(own), floor_of(at->name));
    if (!(fabs(at->value - own) <= allowed) && ++sum->bad < 40 && sum->tell)
        print_error("%s.%s@%s: CSV %.17g, from the JSON %.17g\n", at->name, at->elements,
                    at->period, at->value, own);
}

/* Rows that the CSV must hold: quarters and whole years from the base quarter on, calendar
 * years for all and fiscal years for Micron; a value that is never reached has no row. */
static int rows_expected(const plain_variable *of)
{
    int first, second, rows = 0, calendar = 0, fiscal = 0;
    plain_elements(of->first, &first);
    plain_elements(of->second, &second);
    if (!of->by_quarter) {
        for (int cell = 0; cell < first * second; cell++)
            rows += !isnan(plain_value(&plain, of, cell, 0));
        return rows;
    }
    for (int t = 0; t + 3 <= shown.last; t++) {
        calendar += (shown.start + t) % 4 == 0;
        fiscal += (shown.start + t) % 4 == 3;
    }
    rows = first * second * (shown.last + 1 + calendar);
    return of->first == plain_of_firm ? rows + second * fiscal : rows;
}

static const char *next_field(const char *at, char *field, size_t size)
{
    size_t length = strcspn(at, ",\n");
    assert_true(length < size);
    memcpy(field, at, length);
    field[length] = '\0';
    return at + length + (at[length] == ',');
}

/* How many rows differ; every row of every name must be there. */
static int differences(const char *csv, bool tell)
{
    int count;
    tally sum = {.tell = tell};
    const plain_variable *list = plain_variables(&count);
    for (const char *line = strchr(csv, '\n'); line != NULL && line[1] != '\0';
         line = strchr(line + 1, '\n')) {
        row at;
        char skipped[64], *end;
        const char *field = next_field(line + 1, skipped, sizeof skipped);
        field = next_field(field, at.name, sizeof at.name);
        field = next_field(field, at.elements, sizeof at.elements);
        field = next_field(field, skipped, sizeof skipped);
        field = next_field(field, at.period, sizeof at.period);
        at.value = strtod(field, &end);
        if (end == field)
            fail_msg("no value in %.80s", line + 1);
        compare_row(&at, &sum);
    }
    for (int n = 0; n < count; n++)
        if (sum.seen[n] != rows_expected(&list[n]))
            fail_msg("%s: %d rows compared of %d", list[n].name, sum.seen[n],
                     rows_expected(&list[n]));
    assert_true(sum.inputs > 50);
    return sum.bad;
}

static void recompute(void)
{
    plain_model(shown_inputs_value, &shown, shown.last, shown.quarter_of_year, &plain);
}

static void compare(const char *scenario)
{
    char command[2048];
    snprintf(command, sizeof command,
             "'%s' run %s --home '%s' --show-inputs >'%s/%s.in' && "
             "'%s' run %s --home '%s' -o '%s' >/dev/null 2>&1",
             MEMCYCLE, scenario, MCY_SOURCE_DIR, SCRATCH, scenario, MEMCYCLE, scenario,
             MCY_SOURCE_DIR, SCRATCH);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof command, "%s/%s.in", SCRATCH, scenario);
    char *json = read_whole(command);
    snprintf(command, sizeof command, "%s/%s.csv", SCRATCH, scenario);
    char *csv = read_whole(command);
    shown_inputs_read(json, &shown);
    recompute();
    if (differences(csv, true) != 0)
        fail_msg("%s: the JSON gives other values", scenario);
    shown_input *changed = shown_inputs_find(&shown, "trade_ratio");
    changed->value[shown.last] *= 1 + 1e-6; /* a changed input must be seen */
    recompute();
    assert_true(differences(csv, false) > 0);
    free(json);
    free(csv);
}

/* past-common is the part that the two past scenarios share, and cannot run. */
static void scenarios__from_their_json__are_recomputed(void **state)
{
    (void)state;
    int compared = 0;
    assert_int_equal(system("mkdir -p '" SCRATCH "'"), 0);
    DIR *folder = opendir(MCY_SOURCE_DIR "/scenarios");
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char *end = strstr(entry->d_name, ".yaml");
        if (end == NULL || strcmp(entry->d_name, "past-common.yaml") == 0)
            continue;
        *end = '\0';
        compare(entry->d_name);
        compared++;
    }
    closedir(folder);
    assert_true(compared >= 10);
}

/* Every name that a page declares as computed has its oracle. */
static void names__of_the_pages__are_in_the_plain_model(void **state)
{
    (void)state;
    static const char *const pages[] = {"supply", "market", "profit", "cash"};
    int count, found = 0, place;
    plain_variables(&count);
    for (size_t n = 0; n < sizeof pages / sizeof pages[0]; n++) {
        char path[512], kind[32], name[64];
        snprintf(path, sizeof path, "%s/model/%s.eqn", MCY_SOURCE_DIR, pages[n]);
        char *text = read_whole(path);
        for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
            if (sscanf(line, "%31[a-z] %63[a-z_0-9]", kind, name) != 2)
                continue;
            if (strcmp(kind, "variable") != 0 && strcmp(kind, "derived") != 0 &&
                strcmp(kind, "output") != 0)
                continue;
            if (variable(name, &place) == NULL)
                fail_msg("%s.eqn declares %s, the plain model does not compute it", pages[n],
                         name);
            found++;
        }
        free(text);
    }
    assert_int_equal(found, count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names__of_the_pages__are_in_the_plain_model),
        cmocka_unit_test(scenarios__from_their_json__are_recomputed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
