/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of a pack's tables and texts, each with its id. */
#include "pack_number.h"

#include <stdio.h>
#include <string.h>

#include "mcy/file.h"
#include "mcy/number.h"

const mcy_fact *mcy_pack_winner(const pack_maker *pack, const char *company,
                                const char *product, const char *metric, int bases,
                                const mcy_period *period)
{
    mcy_fact_query query = {.company = company,
                            .product = product,
                            .metric = metric,
                            .bases = bases,
                            .target = period};
    return mcy_facts_winner(pack->facts, &query);
}

/* True when the trace has this origin of the number in the table being made. */
static bool traced(const pack_maker *pack, const mcy_chart_origin *origin)
{
    for (size_t i = pack->trace_count; i-- > 0;) {
        const mcy_pack_trace_row *there = &pack->traces[i];
        if (strcmp(there->part, pack->making))
            return false; /* those of one table stand together */
        if (!strcmp(there->origin.number, origin->number) &&
            !strcmp(there->origin.where, origin->where) &&
            !strcmp(there->origin.what, origin->what))
            return true;
    }
    return false;
}

void mcy_pack_add_trace(pack_maker *pack, mcy_chart_origin origin)
{
    if (!pack->making || traced(pack, &origin) ||
        mcy_arena_grow(pack->arena, (void **)&pack->traces, pack->trace_count,
                       &pack->trace_room, sizeof *pack->traces, NULL) != MCY_OK)
        return;
    pack->traces[pack->trace_count++] = (mcy_pack_trace_row){pack->making, origin};
}

void mcy_pack_rests_on_fact(pack_maker *pack, const char *number, const mcy_fact *fact)
{
    mcy_chart_origin origin;
    if (mcy_fact_origin(pack->arena, number, fact, &origin))
        mcy_pack_add_trace(pack, origin);
}

void mcy_pack_rests_on(pack_maker *pack, const char *number, const char *kind,
                       const char *where, const char *what)
{
    if (number && where && what)
        mcy_pack_add_trace(pack, (mcy_chart_origin){.number = number,
                                                    .kind = kind,
                                                    .where = where,
                                                    .what = what,
                                                    .source = "memcycle",
                                                    .published = "",
                                                    .confidence = ""});
}

/* Guidance stands under "guidance_METRIC", some of it under the metric itself. */
static const mcy_fact *row_of(const pack_maker *pack, const char *company, const char *product,
                              const char *metric, int basis, const mcy_period *period)
{
    char guided[64];
    snprintf(guided, sizeof guided, "guidance_%s", metric);
    const mcy_fact *fact = basis == MCY_BASIS_GUIDANCE
                               ? mcy_pack_winner(pack, company, product, guided, basis, period)
                               : NULL;
    return fact ? fact : mcy_pack_winner(pack, company, product, metric, basis, period);
}

const char *mcy_pack_fact_id(pack_maker *pack, const char *company, const char *product,
                             const char *metric, int basis, const mcy_period *period)
{
    char key[32];
    mcy_period_format(period, key);
    const char *id =
        basis == MCY_BASIS_GUIDANCE
            ? mcy_arena_print(pack->arena, "guidance.%s.%s@%s", company, metric, key)
            : mcy_arena_print(pack->arena, "%s.%s.%s%s%s@%s", company, product, metric,
                              basis ? "." : "", basis ? mcy_basis_name((mcy_basis)basis) : "",
                              key);
    const mcy_fact *fact = row_of(pack, company, product, metric, basis, period);
    if (id && fact)
        mcy_pack_rests_on_fact(pack, id, fact);
    return id;
}

void mcy_pack_rests_on_run(pack_maker *pack, const char *number, const pack_run *run)
{
    const mcy_study *study = run->study;
    mcy_pack_rests_on(
        pack, number, "run", study->scenario ? mcy_path_name(study->scenario->file) : run->name,
        mcy_arena_print(pack->arena, "memcycle run %s%s%s", run->study->name,
                        study->as_of ? " --as-of " : "", study->as_of ? study->as_of : ""));
}

void mcy_pack_rests_on_fit(pack_maker *pack, const char *number, const char *product)
{
    mcy_pack_rests_on(pack, number, "fit", product,
                      mcy_arena_print(pack->arena, "memcycle fit --product %s --as-of %s",
                                      product, pack->as_of));
}

const char *mcy_pack_run_id(pack_maker *pack, const pack_run *run, const char *path,
                            const char *change, const char *period)
{
    const char *series = mcy_arena_print(pack->arena, "run.%s.%s%s%s", run->name, path,
                                         change[0] ? "." : "", change);
    mcy_pack_rests_on_run(pack, series, run);
    return series ? mcy_arena_print(pack->arena, "%s@%s", series, period) : NULL;
}

/* One path in a quarter or a year. */
static mcy_status path_value(const pack_run *run, const char *path, size_t count,
                             const int *quarters, double *value, mcy_error *err)
{
    size_t symbol, element;
    double sum = 0, year = MCY_MISSING;
    MCY_TRY(mcy_model_find(run->study->model, path, &symbol, &element, err));
    for (size_t k = 0; k < count; k++)
        sum += mcy_path_panel_value(run->panel, symbol, element, quarters[k]);
    if (count > 1)
        year = mcy_path_panel_year(run->panel, symbol, element, count, quarters);
    *value = mcy_is_missing(year) ? sum : year;
    return MCY_OK;
}

mcy_status mcy_pack_run_value(const pack_run *run, const char *paths, size_t count,
                              const int *quarters, double *value, mcy_error *err)
{
    double sign = 1;
    *value = 0;
    for (const char *p = paths; *p;) {
        char path[128];
        double term;
        size_t n = strcspn(p, "+-");
        snprintf(path, sizeof path, "%.*s", (int)n, p);
        MCY_TRY(path_value(run, path, count, quarters, &term, err));
        *value += sign * term;
        sign = p[n] == '-' ? -1 : 1;
        p += n + (p[n] != '\0');
    }
    return MCY_OK;
}

mcy_status mcy_pack_run_judged(const pack_run *run, const char *path, size_t count,
                               const int *quarters, bool *judged, mcy_error *err)
{
    const mcy_inputs *inputs = run->study->inputs;
    size_t symbol, element;
    *judged = false;
    if (strpbrk(path, "+-"))
        return MCY_OK;
    MCY_TRY(mcy_model_find(run->study->model, path, &symbol, &element, err));
    for (size_t k = 0; k < count; k++) {
        size_t input = quarters[k] < 0
                           ? mcy_unrolled_input(inputs->unrolled, symbol, element, quarters[k])
                           : MCY_NONE;
        if (input == MCY_NONE)
            continue;
        const mcy_origin *origin = inputs->origins[input];
        *judged = *judged || !origin || origin->kind != MCY_ORIGIN_FACT || origin->judged;
    }
    return MCY_OK;
}

mcy_status mcy_pack_last_quarter(const pack_maker *pack, const char *source, const char *firm,
                                 mcy_period *last, mcy_error *err)
{
    const mcy_period *found = firm ? mcy_facts_last_quarter(pack->facts, firm) : NULL;
    if (!found)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' wants a FIRM that has reported", source);
    *last = *found;
    return MCY_OK;
}

void mcy_pack_period_cell(mcy_table *table, const mcy_period *period, bool estimate)
{
    char key[32], shown[32];
    mcy_period_format(period, key);
    mcy_period_label(period, estimate, shown);
    mcy_table_keyed(table, key, (mcy_bilingual){NULL, shown});
}

void mcy_pack_quarter_cell(mcy_table *table, mcy_quarter quarter, bool estimate)
{
    mcy_period period = mcy_period_of_quarter(quarter);
    mcy_pack_period_cell(table, &period, estimate);
}

const char *mcy_pack_label(mcy_arena *arena, const char *key, bool estimate)
{
    mcy_period period; /* where a fiscal year ends is not said in labels */
    char shown[32];
    if (mcy_period_parse(key, strlen(key), MCY_CALENDAR_YEAR, true, &period, NULL) != MCY_OK)
        return mcy_arena_copy(arena, key, strlen(key));
    mcy_period_label(&period, estimate, shown);
    return mcy_arena_copy(arena, shown, strlen(shown));
}

/* True for the first of the houses that are called the same. */
static bool first_of_name(const pack_maker *pack, const bool used[64], size_t house)
{
    for (size_t i = 0; i < house; i++)
        if (used[i] && !strcmp(pack->houses[i].name.en, pack->houses[house].name.en))
            return false;
    return used[house];
}

const mcy_bilingual mcy_pack_estimates = {"memcycle 测算", "memcycle estimates"};

mcy_status mcy_pack_sources_and(const pack_maker *pack, const bool used[64], mcy_bilingual rest,
                                mcy_bilingual *line, mcy_error *err)
{
    const char *const before[MCY_LANGUAGES] = {"来源：", "Source: "};
    const char *const comma[MCY_LANGUAGES] = {"、", ", "};
    const char *made[MCY_LANGUAGES];
    for (int l = 0; l < MCY_LANGUAGES; l++) {
        const char *names = "", *last = mcy_bilingual_text(rest, (mcy_language)l);
        for (size_t i = 0; names && i < pack->house_count && i < 64; i++)
            if (first_of_name(pack, used, i))
                names =
                    mcy_arena_print(pack->arena, "%s%s%s", names, *names ? comma[l] : "",
                                    mcy_bilingual_text(pack->houses[i].name, (mcy_language)l));
        if (!names)
            return mcy_fail_memory(err);
        const char *day = mcy_arena_print(
            pack->arena, l == MCY_ZH ? "，数据截至 %s。" : ", as of %s.", pack->as_of);
        made[l] = !day ? NULL
                       : mcy_arena_print(pack->arena, "%s%s%s%s%s", before[l], names,
                                         *names && *last ? comma[l] : "", last, day);
        if (!made[l])
            return mcy_fail_memory(err);
    }
    *line = (mcy_bilingual){made[MCY_ZH], made[MCY_EN]};
    return MCY_OK;
}

mcy_status mcy_pack_runs_named(const pack_maker *pack, const pack_run *const *runs,
                               size_t count, mcy_bilingual *words, mcy_error *err)
{
    *words = (mcy_bilingual){"", ""};
    for (size_t i = 0; words->zh && words->en && i < count; i++) {
        mcy_bilingual title = runs[i]->study->scenario->title;
        words->zh = mcy_arena_print(pack->arena, "%s%s%s", words->zh, i ? "、" : "",
                                    mcy_bilingual_text(title, MCY_ZH));
        words->en = mcy_arena_print(pack->arena, "%s%s%s", words->en, i ? "; " : "",
                                    mcy_bilingual_text(title, MCY_EN));
    }
    if (words->zh && words->en && count) {
        words->zh = mcy_arena_print(pack->arena, "情景测算（%s）", words->zh);
        words->en = mcy_arena_print(pack->arena, "scenario %s (%s)", count > 1 ? "runs" : "run",
                                    words->en);
    }
    return words->zh && words->en ? MCY_OK : mcy_fail_memory(err);
}

mcy_status mcy_pack_sources(const pack_maker *pack, const bool used[64],
                            const pack_run *const *runs, size_t count, mcy_bilingual *line,
                            mcy_error *err)
{
    mcy_bilingual rest;
    MCY_TRY(mcy_pack_runs_named(pack, runs, count, &rest, err));
    return mcy_pack_sources_and(pack, used, rest, line, err);
}
