/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind a scenario run: its files and lines, the model's defaults, and the facts of
 * the base quarter. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "mcy/file.h"
#include "mcy/number.h"
#include "pack_number.h"

/* A place that set inputs, with the first and last of them. */
typedef struct input_place {
    const mcy_origin *origin;
    size_t first, last, count;
} input_place;

static bool same_place(const mcy_origin *a, const mcy_origin *b)
{
    return a == b ||
           (a->kind == b->kind && a->where && b->where && !strcmp(a->where, b->where));
}

static mcy_status find_places(mcy_arena *arena, const mcy_inputs *inputs, input_place **places,
                              size_t *count, mcy_error *err)
{
    size_t room = 0, at = 0;
    *count = 0;
    for (size_t i = 0; i < inputs->count; i++) {
        const mcy_origin *origin = inputs->origins[i];
        if (!origin || origin->kind == MCY_ORIGIN_NONE || !origin->where)
            continue;
        if (!*count ||
            !same_place((*places)[at].origin, origin)) /* mostly that of the one before */
            for (at = 0; at < *count && !same_place((*places)[at].origin, origin);)
                at++;
        if (at == *count) {
            MCY_TRY(
                mcy_arena_grow(arena, (void **)places, *count, &room, sizeof **places, err));
            (*places)[(*count)++] = (input_place){.origin = origin, .first = i};
        }
        (*places)[at].last = i;
        (*places)[at].count++;
    }
    return MCY_OK;
}

/* "capex.micron@2026Q2 = 8540 usd_m … capex.micron@2026Q4 = 10500" of a place. */
static const char *what_of(mcy_arena *arena, const mcy_study *study, const input_place *place)
{
    const mcy_inputs *inputs = study->inputs;
    const size_t ends[2] = {place->first, place->last};
    mcy_text text = {0};
    for (size_t k = 0; k < (place->count > 1 ? 2u : 1u); k++) {
        char value[32];
        mcy_place at = mcy_unrolled_input_place(inputs->unrolled, ends[k]);
        mcy_number_format(inputs->values[ends[k]], value);
        mcy_text_add(&text, k ? " … " : "");
        mcy_unrolled_place_text(inputs->unrolled, at, &text);
        mcy_text_print(&text, " = %s %s", value,
                       mcy_model_symbol(study->model, at.symbol)->unit);
    }
    if (place->count > 2)
        mcy_text_print(&text, " (%zu values)", place->count);
    const char *what = mcy_arena_copy(arena, mcy_text_view(&text), text.size);
    mcy_text_release(&text);
    return what;
}

static const char *fact_id(mcy_arena *arena, const mcy_fact *fact)
{
    char key[32];
    mcy_period_format(&fact->target, key);
    return mcy_arena_print(arena, "%s.%s.%s.%s@%s", fact->company, fact->product, fact->metric,
                           mcy_basis_name(fact->basis), key);
}

/* The rows that some words name as file.csv:line. */
static mcy_status add_named_rows(pack_maker *pack, const char *words, mcy_error *err)
{
    for (const char *at = words; at && (at = strstr(at, ".csv:")) != NULL;) {
        const char *from = at;
        while (from > words && (islower((unsigned char)from[-1]) || from[-1] == '-'))
            from--;
        at += 5;
        at += strspn(at, "0123456789");
        const mcy_fact *fact = mcy_pack_fact(pack, from, (size_t)(at - from));
        const char *id = fact ? fact_id(pack->arena, fact) : "";
        if (!id)
            return mcy_fail_memory(err);
        if (fact)
            mcy_pack_rests_on_fact(pack, id, fact);
    }
    return MCY_OK;
}

static mcy_status add_row(pack_maker *pack, const char *kind, const char *where,
                          const char *what, const char *source, const char *confidence,
                          mcy_error *err)
{
    if (!what)
        return mcy_fail_memory(err);
    mcy_pack_add_trace(pack, (mcy_chart_origin){.number = "",
                                                .kind = kind,
                                                .where = where,
                                                .what = what,
                                                .source = source,
                                                .published = "",
                                                .confidence = confidence});
    return MCY_OK;
}

static mcy_status add_place(pack_maker *pack, const mcy_study *study, const input_place *place,
                            mcy_error *err)
{
    static const char *const kinds[] = {"", "default", "base", "scenario", "command"};
    const mcy_origin *origin = place->origin;
    return add_row(pack, kinds[origin->kind], mcy_path_name(origin->where),
                   what_of(pack->arena, study, place), origin->why ? origin->why : "",
                   origin->judged ? "judged" : "", err);
}

/* The command, the scenario file and those it inherits, the fit that the response of prices rests
 * on. */
static mcy_status add_heads(pack_maker *pack, const mcy_study *study, mcy_error *err)
{
    mcy_arena *arena = pack->arena;
    const char *as_of = study->as_of ? study->as_of : "";
    const char *option = study->as_of ? " --as-of " : "";
    const mcy_scenario *scenario = study->scenario;
    MCY_TRY(add_row(pack, "run", scenario ? mcy_path_name(scenario->file) : study->name,
                    mcy_arena_print(arena, "memcycle run %s%s%s", study->name, option, as_of),
                    "memcycle", "", err));
    for (; scenario; scenario = scenario->inherits) {
        const char *title = scenario->title.en ? scenario->title.en : "";
        const char *over = scenario->inherits ? scenario->inherits->name : "";
        MCY_TRY(add_row(pack, "scenario", mcy_path_name(scenario->file),
                        mcy_arena_print(arena, "%s%s%s, sha256 %s", title,
                                        *over ? ", inherits " : "", over, scenario->hash),
                        "memcycle", "", err));
    }
    return add_row(
        pack, "fit", "price response",
        mcy_arena_print(arena, "memcycle fit --what price-response%s%s", option, as_of),
        "memcycle", "", err);
}

mcy_status mcy_pack_trace_run(pack_maker *pack, const pack_run *run, mcy_error *err)
{
    const mcy_study *study = run->study;
    input_place *places = NULL;
    size_t count;
    pack->making = mcy_arena_print(pack->arena, "run.%s", study->name);
    if (!pack->making)
        return mcy_fail_memory(err);
    MCY_TRY(add_heads(pack, study, err));
    MCY_TRY(find_places(pack->arena, study->inputs, &places, &count, err));
    for (int kind = MCY_ORIGIN_COMMAND; kind > MCY_ORIGIN_NONE; kind--) /* the nearest first */
        for (size_t depth = 0; depth < MCY_INHERIT_DEPTH; depth++)
            for (size_t i = 0; i < count; i++)
                if ((int)places[i].origin->kind == kind && places[i].origin->scenario == depth)
                    MCY_TRY(add_place(pack, study, &places[i], err));
    for (size_t i = 0; i < count; i++) {
        MCY_TRY(add_named_rows(pack, places[i].origin->where, err));
        MCY_TRY(add_named_rows(pack, places[i].origin->why, err));
    }
    for (size_t i = 0; study->base && i < study->base->target_count; i++)
        MCY_TRY(add_named_rows(pack, study->base->targets[i].source, err));
    return MCY_OK;
}
