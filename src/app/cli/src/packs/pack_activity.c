/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The activity chart of the weekly note: visits by application, from a file the user supplies
 * (date,application,visits). */
#include <stdlib.h>
#include <string.h>

#include "figure_make.h"
#include "mcy/csv.h"
#include "mcy/file.h"

enum { MOST_APPLICATIONS = 6 };

typedef struct visit {
    mcy_day day;
    const char *application;
    double visits;
} visit;

typedef struct visit_reading {
    mcy_arena *arena;
    visit *visits;
    size_t count, room;
} visit_reading;

static mcy_status visit_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    visit_reading *reading = context;
    visit v = {0};
    const char *f[3] = {row->fields[0] ? row->fields[0] : "",
                        row->fields[1] ? row->fields[1] : "",
                        row->fields[2] ? row->fields[2] : ""};
    bool good = true;
    if (mcy_day_parse(f[0], strlen(f[0]), &v.day, NULL) != MCY_OK)
        good = (mcy_csv_refuse(row, 0, "want a day as YYYY-MM-DD"), false);
    if (!*f[1])
        good = (mcy_csv_refuse(row, 1, "want the name of an application"), false);
    if (mcy_number_parse(f[2], strlen(f[2]), &v.visits, NULL) != MCY_OK || v.visits < 0)
        good = (mcy_csv_refuse(row, 2, "want a number that is not negative"), false);
    if (!good)
        return MCY_OK;
    MCY_TRY(mcy_arena_grow(reading->arena, (void **)&reading->visits, reading->count,
                           &reading->room, sizeof v, err));
    v.application = mcy_arena_copy(reading->arena, f[1], strlen(f[1]));
    if (!v.application)
        return mcy_fail_memory(err);
    reading->visits[reading->count++] = v;
    return MCY_OK;
}

static int by_day(const void *a, const void *b)
{
    const visit *x = a, *y = b;
    return (x->day > y->day) - (x->day < y->day);
}

/* The days as points, oldest first. */
static mcy_status day_points(figure_maker *maker, const visit_reading *read, mcy_day *days,
                             mcy_error *err)
{
    mcy_arena *arena = maker->pack->arena;
    mcy_bilingual *labels = MCY_TAKE(arena, mcy_bilingual, read->count);
    const char **keys = MCY_TAKE(arena, const char *, read->count);
    size_t n = 0;
    if (!labels || !keys)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < read->count; i++) {
        char text[16];
        if (n && days[n - 1] == read->visits[i].day)
            continue;
        days[n] = read->visits[i].day;
        mcy_day_format(days[n], text);
        keys[n] = mcy_arena_copy(arena, text, strlen(text));
        if (!keys[n])
            return mcy_fail_memory(err);
        labels[n] = (mcy_bilingual){keys[n] + 5, keys[n] + 5};
        n++;
    }
    maker->chart->points = maker->chart->estimate_from = n;
    maker->chart->labels = labels;
    maker->chart->keys = keys;
    return MCY_OK;
}

/* Applications in the order of their first day, at most MOST_APPLICATIONS of the most visited. */
static size_t pick_applications(const visit_reading *read,
                                const char *picked[MOST_APPLICATIONS])
{
    double sums[MOST_APPLICATIONS] = {0};
    size_t count = 0;
    for (size_t i = 0; i < read->count; i++) {
        const char *name = read->visits[i].application;
        bool seen = false;
        double sum = 0;
        for (size_t k = 0; k < i; k++)
            seen = seen || !strcmp(read->visits[k].application, name);
        for (size_t k = i; !seen && k < read->count; k++)
            sum += strcmp(read->visits[k].application, name) ? 0 : read->visits[k].visits;
        if (seen || (count == MOST_APPLICATIONS && sum <= sums[count - 1]))
            continue;
        size_t at = count < MOST_APPLICATIONS ? count++ : count - 1;
        for (; at && sums[at - 1] < sum; at--) {
            sums[at] = sums[at - 1];
            picked[at] = picked[at - 1];
        }
        sums[at] = sum;
        picked[at] = name;
    }
    return count;
}

/* activity: visits by day of the most visited applications, in millions. */
mcy_status figure_activity(figure_maker *maker, mcy_error *err)
{
    static const char *const columns[] = {"date", "application", "visits"};
    pack_maker *pack = maker->pack;
    visit_reading read = {.arena = pack->arena};
    mcy_text report = {0};
    mcy_csv_table table = {.name = pack->activity,
                           .columns = columns,
                           .column_count = 3,
                           .row = visit_row,
                           .context = &read};
    mcy_status status =
        mcy_csv_read_file(pack->activity, MCY_FILE_MOST_TEXT, &table, &report, err);
    mcy_text_release(&report);
    MCY_TRY(status);
    if (!read.count)
        return MCY_FAIL(err, MCY_E_MISSING, "%s holds no visits", pack->activity);
    qsort(read.visits, read.count, sizeof *read.visits, by_day);
    mcy_day *days = MCY_TAKE(pack->arena, mcy_day, read.count);
    mcy_chart_series *series = MCY_TAKE(pack->arena, mcy_chart_series, MOST_APPLICATIONS);
    const char *picked[MOST_APPLICATIONS];
    if (!days || !series)
        return mcy_fail_memory(err);
    MCY_TRY(day_points(maker, &read, days, err));
    maker->chart->series = series;
    maker->chart->series_count = pick_applications(&read, picked);
    for (size_t s = 0; s < maker->chart->series_count; s++) {
        series[s] =
            (mcy_chart_series){.id = picked[s], .name = {picked[s], picked[s]}, .gaps = true};
        MCY_TRY(mcy_figure_arrays(maker, &series[s], false, err));
        for (size_t i = 0; i < read.count; i++)
            for (size_t p = 0; p < maker->chart->points; p++)
                if (days[p] == read.visits[i].day &&
                    !strcmp(read.visits[i].application, picked[s]))
                    mcy_values_of(&series[s])[p] = read.visits[i].visits / 1e6;
    }
    return mcy_figure_uses(maker, "own", mcy_path_name(pack->activity), "visits by day", err);
}
