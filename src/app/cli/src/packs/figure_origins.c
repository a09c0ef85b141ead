/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a figure rests on, and what is said of it: origins, source line. */
#include <stdio.h>
#include <string.h>

#include "figure_make.h"

mcy_status mcy_figure_origin(figure_maker *maker, mcy_chart_origin origin, mcy_error *err)
{
    mcy_chart *chart = maker->chart;
    MCY_TRY(mcy_arena_grow(maker->pack->arena, (void **)&maker->origins, chart->origin_count,
                           &maker->origin_room, sizeof origin, err));
    maker->origins[chart->origin_count++] = origin;
    chart->origins = maker->origins;
    return MCY_OK;
}

static bool own_words(const mcy_fact *fact)
{
    return fact->basis & (MCY_BASIS_REPORTED | MCY_BASIS_GUIDANCE);
}

const mcy_fact *mcy_pack_fact(const pack_maker *pack, const char *id, size_t n)
{
    for (size_t i = 0; i < pack->facts->count; i++)
        if (!strncmp(pack->facts->items[i].id, id, n) && !pack->facts->items[i].id[n])
            return &pack->facts->items[i];
    return NULL;
}

/* The company itself, or the first house that the row's source names. */
void mcy_pack_house(const pack_maker *pack, const mcy_fact *fact, bool used[64])
{
    for (size_t i = 0; i < pack->house_count && i < 64; i++) {
        const char *pattern = pack->houses[i].pattern;
        if (own_words(fact) ? !strcmp(pattern, fact->company)
                            : strstr(fact->source, pattern) != NULL) {
            used[i] = true;
            return;
        }
    }
}

bool mcy_fact_origin(mcy_arena *arena, const char *number, const mcy_fact *fact,
                     mcy_chart_origin *origin)
{
    char value[32] = "", day[16];
    if (!mcy_is_missing(mcy_fact_middle(fact))) /* else words alone */
        mcy_number_format(mcy_fact_middle(fact), value);
    mcy_day_format(fact->known, day);
    *origin = (mcy_chart_origin){
        .number = number,
        .kind = "fact",
        .where = fact->id,
        .what = mcy_arena_print(arena, "%s%s%s %s", value, *value && *fact->text ? " " : "",
                                fact->text, fact->unit),
        .source = mcy_arena_print(arena, "%s%s%s", fact->source, *fact->source_url ? " " : "",
                                  fact->source_url),
        .published = mcy_arena_copy(arena, day, strlen(day)),
        .confidence = mcy_confidence_name(fact->confidence)};
    return number && origin->what && origin->source && origin->published;
}

mcy_status mcy_figure_uses_fact(figure_maker *maker, const char *series_id, size_t point,
                                const mcy_fact *fact, mcy_error *err)
{
    mcy_arena *arena = maker->pack->arena;
    if (!*fact->source)
        return mcy_figure_refuse(maker, maker->spec->line, err, MCY_E_INPUT,
                                 "row %s names no source, and what has none may not be printed",
                                 fact->id);
    mcy_pack_house(maker->pack, fact, maker->used_house);
    mcy_figure_rests_on(maker, series_id, fact);
    mcy_chart_origin origin;
    const char *number = mcy_arena_print(arena, "%s@%s", series_id, maker->chart->keys[point]);
    if (!mcy_fact_origin(arena, number, fact, &origin))
        return mcy_fail_memory(err);
    return mcy_figure_origin(maker, origin, err);
}

mcy_status mcy_figure_uses(figure_maker *maker, const char *kind, const char *where,
                           const char *what, mcy_error *err)
{
    maker->used_own = maker->used_own || !strcmp(kind, "own");
    maker->used_model = maker->used_model || strcmp(kind, "own");
    const char *number = maker->series_id ? maker->series_id : "";
    for (size_t i = 0; i < maker->chart->origin_count; i++) {
        const mcy_chart_origin *there = &maker->origins[i];
        if (!strcmp(there->number, number) && !strcmp(there->kind, kind) &&
            !strcmp(there->where, where) && !strcmp(there->what, what))
            return MCY_OK;
    }
    return mcy_figure_origin(maker,
                             (mcy_chart_origin){.number = number,
                                                .kind = kind,
                                                .where = where,
                                                .what = what,
                                                .source = "memcycle",
                                                .published = "",
                                                .confidence = ""},
                             err);
}

/* What a whole figure rests on is behind the numbers of each of its series. */
static mcy_status spread_origins(figure_maker *maker, mcy_error *err)
{
    mcy_chart *chart = maker->chart;
    size_t n = chart->origin_count;
    for (size_t i = 0; i < n; i++) {
        mcy_chart_origin origin = maker->origins[i];
        for (size_t s = 0; !*origin.number && s < chart->series_count; s++) {
            mcy_chart_origin own = origin;
            own.number = chart->series[s].id;
            if (s)
                MCY_TRY(mcy_figure_origin(maker, own, err));
            else
                maker->origins[i] = own;
        }
    }
    return MCY_OK;
}

/* Is a house of the list a company that speaks of itself? Its pattern is the company's name. */
static bool is_company(const pack_maker *pack, size_t house)
{
    for (size_t i = 0; i < pack->facts->count; i++)
        if (!strcmp(pack->facts->items[i].company, pack->houses[house].pattern))
            return true;
    return false;
}

/* On half a page's width several companies are "公司公告"; the trace names each. */
static void companies_together(const figure_maker *maker, mcy_text line[MCY_LANGUAGES],
                               bool together[64])
{
    size_t count = 0;
    for (size_t i = 0; i < maker->pack->house_count && i < 64; i++) {
        together[i] = maker->chart->half && maker->used_house[i] && is_company(maker->pack, i);
        count += together[i];
    }
    for (size_t i = 0; i < 64; i++)
        together[i] = together[i] && count > 1;
    if (count > 1) {
        mcy_text_add(&line[MCY_ZH], "公司公告");
        mcy_text_add(&line[MCY_EN], "company filings");
    }
}

/* "美光公告、TrendForce、memcycle 测算" from what was used. */
static mcy_status make_source_line(figure_maker *maker, mcy_error *err)
{
    const pack_maker *pack = maker->pack;
    mcy_text line[MCY_LANGUAGES] = {{0}, {0}};
    bool together[64] = {false};
    companies_together(maker, line, together);
    const char *done[MCY_LANGUAGES];
    for (int l = 0; l < MCY_LANGUAGES; l++) {
        const char *between = l == MCY_ZH ? "、" : ", ";
        for (size_t i = 0; i < pack->house_count && i < 64; i++) {
            const char *name = mcy_bilingual_text(pack->houses[i].name, (mcy_language)l);
            if (maker->used_house[i] && !together[i] && !strstr(mcy_text_view(&line[l]), name))
                mcy_text_print(&line[l], "%s%s", line[l].size ? between : "", name);
        }
        if (maker->used_own)
            mcy_text_print(&line[l], "%s%s", line[l].size ? between : "",
                           l == MCY_ZH ? "用户提供的数据" : "data supplied by the user");
        if (maker->used_model)
            mcy_text_print(&line[l], "%s%s", line[l].size ? between : "",
                           l == MCY_ZH ? "memcycle 测算" : "memcycle estimates");
        done[l] = mcy_arena_copy(pack->arena, mcy_text_view(&line[l]), line[l].size);
        mcy_text_release(&line[l]);
        if (!done[l])
            return mcy_fail_memory(err);
    }
    maker->chart->source = (mcy_bilingual){.zh = done[MCY_ZH], .en = done[MCY_EN]};
    return MCY_OK;
}

mcy_status mcy_figure_finish(figure_maker *maker, mcy_error *err)
{
    MCY_TRY(spread_origins(maker, err));
    MCY_TRY(make_source_line(maker, err));
    return mcy_figure_stamp_stale(maker, err);
}
