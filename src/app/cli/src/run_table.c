/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a pack over the periods of one scenario run: periods, rows, the source line. */
#include "run_table.h"

#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "pack_number.h"
#include "study_of_call.h"

enum { MOST_WORDS = 512 };

const run_name run_makers[RUN_MAKERS] = {{"micron", {"美光", "Micron"}},
                                         {"samsung", {"三星", "Samsung"}},
                                         {"skhynix", {"SK海力士", "SK hynix"}},
                                         {"rest", {"其他", "Rest"}}};

static mcy_status add_period(run_table *t, run_period period, mcy_error *err)
{
    bool ahead = period.quarters[period.count - 1] > 0;
    if (t->count == RUN_PERIODS || !period.key)
        return mcy_fail_memory(err);
    const char *shown = mcy_pack_label(t->pack->arena, period.key, ahead);
    if (!shown)
        return mcy_fail_memory(err);
    t->periods[t->count] = period;
    t->columns[2 + t->count++] = (mcy_table_column){period.key, {shown, shown}, false, {0}};
    return MCY_OK;
}

mcy_status run_table_quarter(run_table *t, int quarter, mcy_error *err)
{
    char key[32];
    mcy_quarter_format(t->run->study->base_quarter + quarter, key);
    return add_period(
        t,
        (run_period){
            mcy_arena_copy(t->pack->arena, key, strlen(key)), 1, {quarter}, MCY_CALENDAR_YEAR},
        err);
}

/* The years of a calendar that lie within the run. */
mcy_status run_table_years(run_table *t, int year_ends, mcy_error *err)
{
    mcy_year *years = MCY_TAKE(t->pack->arena, mcy_year, 8);
    if (!years)
        return mcy_fail_memory(err);
    size_t count = mcy_years_of(t->run->study, year_ends, 8, years);
    for (size_t i = 0; i < count; i++) {
        run_period period = {.key = years[i].name, .count = 4, .year_ends = year_ends};
        memcpy(period.quarters, years[i].quarters, sizeof period.quarters);
        MCY_TRY(add_period(t, period, err));
    }
    return MCY_OK;
}

mcy_status run_table_past_years(run_table *t, int year_ends, size_t count, mcy_error *err)
{
    mcy_year first;
    if (!mcy_years_of(t->run->study, year_ends, 1, &first))
        return MCY_OK;
    mcy_period period;
    MCY_TRY(mcy_period_parse(first.name, strlen(first.name), year_ends, false, &period, err));
    for (size_t back = count; back > 0; back--) {
        char key[32];
        mcy_period past = mcy_period_shift(&period, -(int)back);
        mcy_period_format(&past, key);
        run_period column = {.key = mcy_arena_copy(t->pack->arena, key, strlen(key)),
                             .count = 4,
                             .year_ends = year_ends};
        for (int k = 0; k < 4; k++)
            column.quarters[k] = first.quarters[k] - 4 * (int)back;
        MCY_TRY(add_period(t, column, err));
    }
    return MCY_OK;
}

int run_table_year_ends(const mcy_study *study, const char *firm)
{
    const mcy_calendars *calendars = study->inputs->calendars;
    for (size_t i = 0; i < calendars->count; i++)
        if (!strcmp(calendars->names[i], firm))
            return calendars->year_ends[i];
    return MCY_CALENDAR_YEAR;
}

static const char *filled(const run_table *t, const char *pattern, const char *word)
{
    char path[MOST_WORDS] = "";
    size_t used = 0;
    for (const char *p = pattern; *p && used < sizeof path - 64;) {
        const char *mark = strstr(p, "%s");
        size_t n = mark ? (size_t)(mark - p) : strlen(p);
        used += (size_t)snprintf(path + used, sizeof path - used, "%.*s%s", (int)n, p,
                                 mark ? word : "");
        p += n + (mark ? 2 : 0);
    }
    return mcy_arena_copy(t->pack->arena, path, strlen(path));
}

/* By run_shown. */
static const mcy_display displays[] = {{.decimals = 0, .brackets = true},
                                       {.decimals = 2},
                                       {.decimals = 1, .unit = "%"},
                                       {.decimals = 1},
                                       {.decimals = 1, .signed_plus = true, .unit = "%"}};

mcy_status run_table_numbers(run_table *t, mcy_bilingual who, mcy_bilingual name, bool strong,
                             run_shown shown, const double *values, const char *id,
                             mcy_error *err)
{
    mcy_table_row(t->table, strong);
    mcy_table_words(t->table, who);
    mcy_table_words(t->table, name);
    for (size_t i = 0; i < t->count; i++) {
        const char *number = NULL;
        if (id)
            number = mcy_pack_run_id(t->pack, t->run, id, "", t->periods[i].key);
        if (id && !number)
            return mcy_fail_memory(err);
        mcy_table_shown(t->table, shown == RUN_PERCENT ? 100 * values[i] : values[i],
                        &displays[shown], number);
    }
    return MCY_OK;
}

mcy_status run_table_row(run_table *t, mcy_bilingual who, const run_row *row, const char *word,
                         mcy_error *err)
{
    const char *path = filled(t, row->path, word);
    if (!path)
        return mcy_fail_memory(err);
    mcy_table_row(t->table, row->strong);
    mcy_table_words(t->table, who);
    mcy_table_words(t->table, row->name);
    for (size_t i = 0; i < t->count; i++) {
        const run_period *period = &t->periods[i];
        const char *change = row->as != RUN_GROWTH ? "" : period->count > 1 ? "yoy" : "qoq";
        double value = MCY_MISSING, before = MCY_MISSING;
        MCY_TRY(mcy_pack_run_value(t->run, path, period->count, period->quarters, &value, err));
        if (row->as == RUN_GROWTH) {
            if (i && t->periods[i - 1].count == period->count &&
                t->periods[i - 1].year_ends == period->year_ends)
                MCY_TRY(mcy_pack_run_value(t->run, path, period[-1].count, period[-1].quarters,
                                           &before, err));
            value = 100 * (value / before - 1);
        } else if (row->as == RUN_PERCENT) {
            value *= 100;
        }
        mcy_display display = displays[row->as];
        bool judged = false;
        if (period->quarters[0] < 0)
            MCY_TRY(mcy_pack_run_judged(t->run, path, period->count, period->quarters, &judged,
                                        err));
        display.mark = judged ? "*" : NULL;
        mcy_table_shown(t->table, value, &display,
                        mcy_pack_run_id(t->pack, t->run, path, change, period->key));
    }
    return MCY_OK;
}

/* The run, and the two columns of words; periods follow. */
mcy_status run_table_open(pack_maker *pack, const mcy_table_spec *spec, mcy_bilingual who,
                          run_table *t, mcy_error *err)
{
    *t = (run_table){.pack = pack};
    if (spec->data_count != 2)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' wants a SCENARIO", spec->data[0]);
    MCY_TRY(mcy_pack_run(pack, spec->data[1], &t->run, err));
    t->columns[0] = (mcy_table_column){"of", who, true, {0}};
    t->columns[1] = (mcy_table_column){"item", {"项目", "Item"}, true, {0}};
    return MCY_OK;
}

mcy_status run_table_create(run_table *t, const mcy_table_spec *spec, mcy_table **table,
                            mcy_error *err)
{
    t->table = *table =
        mcy_table_create(t->pack->arena, spec->id, spec->title, t->columns, t->count + 2);
    return *table ? MCY_OK : mcy_fail_memory(err);
}

/* The note, and the source line: the houses behind the base quarter, then the run. */
mcy_status run_table_close(run_table *t, mcy_bilingual note, mcy_error *err)
{
    mcy_bilingual source;
    MCY_TRY(mcy_pack_sources(t->pack, t->run->used_house, &t->run, 1, &source, err));
    mcy_table_note(t->table, note);
    mcy_table_note(t->table, source);
    return MCY_OK;
}

mcy_status run_table_sources(pack_maker *pack, mcy_table *table, const char *const *scenarios,
                             size_t count, mcy_error *err)
{
    bool used[64] = {false};
    const pack_run **runs = MCY_TAKE(pack->arena, const pack_run *, count);
    mcy_bilingual source;
    if (!runs)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        MCY_TRY(mcy_pack_run(pack, scenarios[i], &runs[i], err));
        for (size_t k = 0; k < 64; k++)
            used[k] = used[k] || runs[i]->used_house[k];
    }
    MCY_TRY(mcy_pack_sources(pack, used, runs, count, &source, err));
    mcy_table_note(table, source);
    return MCY_OK;
}
