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
