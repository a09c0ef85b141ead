/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printed with a run: what 1 % of each price is worth, and when shortages end and why. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "mcy/number.h"
#include "mcy/period.h"
#include "price_worth.h"
#include "run_tables.h"
#include "shortage_why.h"

/* ---- the worth of a price ------------------------------------------------------------------- */

static mcy_table *worth_table(mcy_call *call, const mcy_study *study, const char *quarter)
{
    static const mcy_table_column columns[] = {
        {"firm", {"公司", "firm"}, true, {0}},
        {"period", {"期间", "period"}, true, {0}},
        {"price", {"价格", "price"}, true, {0}},
        {"revenue_usd_m",
         {"收入（百万美元）", "revenue, USD m"},
         false,
         {.decimals = 1, .signed_plus = true}},
        {"gross_margin_pp",
         {"毛利率（百分点）", "gross margin, pp"},
         false,
         {.decimals = 3, .signed_plus = true}},
        {"eps_usd",
         {"每股收益（美元）", "EPS, USD"},
         false,
         {.decimals = 3, .signed_plus = true}},
    };
    char *zh = mcy_arena_print(call->arena, "%s: 自 %s 起价格高 1%% 的价值（一阶导数）",
                               study->name, quarter);
    char *en = mcy_arena_print(call->arena,
                               "%s: what 1%% more of a price from %s on is worth (gradient)",
                               study->name, quarter);
    if (!zh || !en)
        return NULL;
    char *id = mcy_arena_print(call->arena, "%s-worth", study->name);
    return id ? mcy_table_create(call->arena, id, (mcy_bilingual){zh, en}, columns,
                                 sizeof columns / sizeof *columns)
              : NULL;
}

/* The next quarter and the first whole year ahead of every firm. */
static mcy_status worth_places(mcy_call *call, const mcy_study *study, const char *next,
                               mcy_worth_place *places, size_t *count, mcy_error *err)
{
    size_t number = mcy_model_find_dimension(study->model, "firm");
    *count = 0;
    if (number == MCY_NONE)
        return MCY_OK;
    const mcy_dimension *d = mcy_model_dimension(study->model, number);
    for (size_t e = 0; e < d->element_count && *count + 2 <= MCY_WORTH_PLACES; e++) {
        size_t revenue, element;
        char path[64];
        mcy_year years[2];
        snprintf(path, sizeof path, "revenue.%s", d->elements[e]);
        if (mcy_model_find(study->model, path, &revenue, &element, NULL) != MCY_OK)
            continue;
        int ends = mcy_calendars_of(study->inputs->calendars, study->model, revenue, element);
        size_t n = mcy_years_of(study, ends, 2, years);
        places[(*count)++] = (mcy_worth_place){d->elements[e], next};
        if (!n)
            continue;
        const char *year = years[n > 1 && years[0].quarters[0] < 1].name;
        const char *copy = mcy_arena_copy(call->arena, year, strlen(year));
        if (!copy)
            return mcy_fail_memory(err);
        places[(*count)++] = (mcy_worth_place){d->elements[e], copy};
    }
    return MCY_OK;
}

mcy_status mcy_run_print_worth(mcy_call *call, const mcy_study *study, const mcy_run_look *look,
                               mcy_error *err)
{
    mcy_worth_place places[MCY_WORTH_PLACES];
    mcy_worth worth;
    size_t count;
    char next[32];
    mcy_quarter_format(study->base_quarter + 1, next);
    MCY_TRY(worth_places(call, study, next, places, &count, err));
    MCY_TRY(mcy_worth_find(call->arena, study, NULL, places, count, &worth, err));
    if (!worth.change_count)
        return MCY_OK;
    mcy_table *table = worth_table(call, study, next);
    if (!table)
        return mcy_fail_memory(err);
    for (size_t r = 0; r < worth.place_count; r++)
        for (size_t c = 0; c < worth.change_count; c++) {
            double revenue = mcy_worth_of(&worth, r, MCY_WORTH_REVENUE, c);
            if (revenue == 0)
                continue;
            mcy_table_row(table, false);
            mcy_table_text(table, worth.places[r].firm);
            mcy_table_text(table, worth.places[r].period);
            mcy_table_text(table, worth.changes[c].product);
            mcy_table_number(table, revenue, NULL);
            mcy_table_number(table, 100 * mcy_worth_of(&worth, r, MCY_WORTH_MARGIN, c), NULL);
            mcy_table_number(table, mcy_worth_of(&worth, r, MCY_WORTH_EPS, c), NULL);
        }
    MCY_TRY(mcy_call_print_table(call, table, look->form, look->language, err));
    fputc('\n', call->out);
    return MCY_OK;
}

/* ---- when shortages end and why ------------------------------------------------------------ */

static void print_waiting(mcy_call *call, const mcy_study *study, const mcy_shortage *s)
{
    char quarter[32];
    if (s->waiting_kwpm < 0.05)
        return;
    mcy_quarter_text(study, s->waiting_quarter, quarter);
    fprintf(call->out, "  tools for %.0f kwpm wait for cleanroom at the most until then, in %s",
            s->waiting_kwpm, quarter);
    if (!mcy_is_missing(s->waiting_frac))
        fprintf(call->out, " (%.1f%% of %s capacity)", 100 * s->waiting_frac, s->product);
    fputc('\n', call->out);
}

static void print_lever(mcy_call *call, const mcy_study *study, const mcy_shortage *s, size_t k)
{
    char quarter[32];
    double sooner = mcy_shortage_sooner(study, s, k);
    mcy_quarter_text(study, s->lever_ends[k], quarter);
    fprintf(call->out, "  with %s: %s", mcy_levers[k].what.en, quarter);
    if (sooner == 0)
        fputs(" (no sooner)\n", call->out);
    else
        fprintf(call->out, " (%.0f %s %s%s)\n", fabs(sooner),
                fabs(sooner) > 1 ? "quarters" : "quarter", sooner > 0 ? "sooner" : "later",
                mcy_is_missing(s->ends) ? " at the least" : "");
}

mcy_status mcy_run_print_shortage(mcy_call *call, const mcy_study *study,
                                  const mcy_path_panel *panel, mcy_error *err)
{
    mcy_shortage *shortages;
    size_t count;
    MCY_TRY(mcy_shortage_find(call->arena, study, panel, &shortages, &count, err));
    for (size_t e = 0; e < count; e++) {
        const mcy_shortage *s = &shortages[e];
        char quarter[32];
        if (!s->is_short) {
            fprintf(call->out, "%s is not short in the base quarter\n", s->product);
            continue;
        }
        mcy_quarter_text(study, s->ends, quarter);
        fprintf(call->out, "%s shortage (fill rate below 98%%) ends: %s\n", s->product,
                quarter);
        print_waiting(call, study, s);
        for (size_t k = 0; k < MCY_LEVERS; k++)
            if (s->pulled[k])
                print_lever(call, study, s, k);
    }
    if (count)
        fputc('\n', call->out);
    return MCY_OK;
}
