/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of a pack's tables and texts, each with its id. */
#include "pack_number.h"

#include <stdio.h>
#include <string.h>

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

const char *mcy_pack_fact_id(const pack_maker *pack, const char *company, const char *product,
                             const char *metric, int basis, const mcy_period *period)
{
    char key[32];
    mcy_period_format(period, key);
    if (basis == MCY_BASIS_GUIDANCE)
        return mcy_arena_print(pack->arena, "guidance.%s.%s@%s", company, metric, key);
    return mcy_arena_print(pack->arena, "%s.%s.%s%s%s@%s", company, product, metric,
                           basis ? "." : "", basis ? mcy_basis_name((mcy_basis)basis) : "",
                           key);
}

const char *mcy_pack_run_id(const pack_maker *pack, const pack_run *run, const char *path,
                            const char *change, const char *period)
{
    return mcy_arena_print(pack->arena, "run.%s.%s%s%s@%s", run->name, path,
                           change[0] ? "." : "", change, period);
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

mcy_status mcy_pack_last_quarter(const pack_maker *pack, const char *source, const char *firm,
                                 mcy_period *last, mcy_error *err)
{
    const mcy_period *found = firm ? mcy_facts_last_quarter(pack->facts, firm) : NULL;
    if (!found)
        return MCY_FAIL(err, MCY_E_INPUT, "'%s' wants a FIRM that has reported", source);
    *last = *found;
    return MCY_OK;
}

/* True for the first of the houses that are called the same. */
static bool first_of_name(const pack_maker *pack, const bool used[64], size_t house)
{
    for (size_t i = 0; i < house; i++)
        if (used[i] && !strcmp(pack->houses[i].name.en, pack->houses[house].name.en))
            return false;
    return used[house];
}

mcy_status mcy_pack_sources(const pack_maker *pack, const bool used[64], const char *scenario,
                            mcy_bilingual *line, mcy_error *err)
{
    mcy_text text[MCY_LANGUAGES] = {{0}};
    mcy_text_add(&text[MCY_ZH], "来源：");
    mcy_text_add(&text[MCY_EN], "Source: ");
    const char *between[MCY_LANGUAGES] = {"", ""};
    for (size_t i = 0; i < pack->house_count && i < 64; i++)
        if (first_of_name(pack, used, i)) {
            mcy_text_print(&text[MCY_ZH], "%s%s", between[MCY_ZH], pack->houses[i].name.zh);
            mcy_text_print(&text[MCY_EN], "%s%s", between[MCY_EN], pack->houses[i].name.en);
            between[MCY_ZH] = "、";
            between[MCY_EN] = ", ";
        }
    if (scenario) {
        mcy_text_print(&text[MCY_ZH], "%s情景 %s 测算", between[MCY_ZH], scenario);
        mcy_text_print(&text[MCY_EN], "%srun of scenario %s", between[MCY_EN], scenario);
    }
    mcy_text_print(&text[MCY_ZH], "，数据截至 %s。", pack->as_of);
    mcy_text_print(&text[MCY_EN], ", as of %s.", pack->as_of);
    line->zh = mcy_arena_copy(pack->arena, mcy_text_view(&text[MCY_ZH]), text[MCY_ZH].size);
    line->en = mcy_arena_copy(pack->arena, mcy_text_view(&text[MCY_EN]), text[MCY_EN].size);
    mcy_status status = mcy_text_status(&text[MCY_ZH], err);
    if (status == MCY_OK)
        status = mcy_text_status(&text[MCY_EN], err);
    mcy_text_release(&text[MCY_ZH]);
    mcy_text_release(&text[MCY_EN]);
    return status != MCY_OK || (line->zh && line->en) ? status : mcy_fail_memory(err);
}
