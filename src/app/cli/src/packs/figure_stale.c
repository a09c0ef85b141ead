/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which figures rest on series whose next row is overdue, and the stamp that says so. */
#include <stdio.h>
#include <string.h>

#include "figure_make.h"
#include "mcy/rhythm.h"

void mcy_figure_rests_on(figure_maker *maker, const char *series_id, const mcy_fact *fact)
{
    size_t at = 0;
    while (at < maker->rest_count && strcmp(maker->rests[at], series_id))
        at++;
    if (at == FIGURE_RESTS)
        return;
    if (at == maker->rest_count) {
        maker->rests[maker->rest_count++] = series_id;
        maker->rests_on[at] = fact;
    } else if (fact->known > maker->rests_on[at]->known) {
        maker->rests_on[at] = fact;
    }
}

/* One of the first series of its kind among those the chart rests on? Strings are interned. */
static bool first_of_its_series(const figure_maker *maker, size_t at)
{
    const mcy_fact *fact = maker->rests_on[at];
    for (size_t i = 0; i < at; i++)
        if (maker->rests_on[i]->company == fact->company &&
            maker->rests_on[i]->product == fact->product &&
            maker->rests_on[i]->metric == fact->metric &&
            mcy_rhythm_bases(maker->rests_on[i]->basis) == mcy_rhythm_bases(fact->basis))
            return false;
    return true;
}

static mcy_status note_rhythm(figure_maker *maker, const mcy_fact *fact,
                              const mcy_rhythm *rhythm, mcy_error *err)
{
    mcy_arena *arena = maker->pack->arena;
    char day[16];
    mcy_day_format(rhythm->newest, day);
    mcy_chart_origin origin = {
        .number = "",
        .kind = "rhythm",
        .where = mcy_arena_print(arena, "%s.%s.%s", fact->company, fact->product, fact->metric),
        .what = mcy_arena_print(arena, "%s, stale after %ld days",
                                mcy_rhythm_name(rhythm->kind, false), rhythm->most_days),
        .source = "memcycle",
        .published = mcy_arena_copy(arena, day, strlen(day)),
        .confidence = ""};
    if (!origin.where || !origin.what || !origin.published)
        return mcy_fail_memory(err);
    return mcy_figure_origin(maker, origin, err);
}

/* Which series it is stands in the trace. */
static mcy_status stamp(figure_maker *maker, const mcy_rhythm *rhythm, mcy_error *err)
{
    mcy_arena *arena = maker->pack->arena;
    mcy_chart *chart = maker->chart;
    char day[16];
    mcy_day_format(rhythm->newest, day);
    mcy_bilingual *notes = MCY_TAKE(arena, mcy_bilingual, chart->note_count + 1);
    if (!notes)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < chart->note_count; i++)
        notes[i + 1] = chart->notes[i];
    notes[0].zh = mcy_arena_print(arena, "数据已过期：%s更新的数据，最新一行为 %s。",
                                  mcy_rhythm_name(rhythm->kind, true), day);
    notes[0].en = mcy_arena_print(arena, "Stale: newest row of %s in a series that is %s.", day,
                                  mcy_rhythm_name(rhythm->kind, false));
    chart->notes = notes;
    chart->note_count++;
    const char *names = maker->pack->stale_names;
    maker->pack->stale_names =
        mcy_arena_print(arena, "%s%s%s", names ? names : "", names ? ", " : "", chart->id);
    maker->pack->stale++;
    return notes[0].zh && notes[0].en && maker->pack->stale_names ? MCY_OK
                                                                  : mcy_fail_memory(err);
}

mcy_status mcy_figure_stamp_stale(figure_maker *maker, mcy_error *err)
{
    mcy_rhythm stale = {0};
    size_t stale_count = 0;
    mcy_day day = 0;
    MCY_TRY(mcy_day_parse(maker->pack->as_of, strlen(maker->pack->as_of), &day, err));
    for (size_t i = 0; i < maker->rest_count; i++) {
        const mcy_fact *fact = maker->rests_on[i];
        mcy_rhythm rhythm;
        if (!first_of_its_series(maker, i))
            continue;
        MCY_TRY(mcy_facts_rhythm(maker->pack->arena, maker->pack->facts, fact, &rhythm, err));
        MCY_TRY(note_rhythm(maker, fact, &rhythm, err));
        if (mcy_day_number(day) - mcy_day_number(rhythm.newest) <= rhythm.most_days)
            continue;
        if (!stale_count++ || rhythm.newest < stale.newest)
            stale = rhythm;
    }
    return stale_count ? stamp(maker, &stale, err) : MCY_OK;
}
