/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judgement files. */
#include "judgements.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "mcy/csv.h"
#include "mcy/number.h"

enum { MOST_BYTES = 1 << 20, MICRON_YEAR_ENDS = 8 };

/* Read one file, all its bad rows into the sentence. */
static mcy_status read_table(mcy_arena *arena, const char *folder, mcy_csv_table *table,
                             mcy_error *err)
{
    const char *path = mcy_arena_print(arena, "%s/%s", folder, table->name);
    if (!path)
        return mcy_fail_memory(err);
    mcy_text report;
    mcy_text_init(&report);
    mcy_status status = mcy_csv_read_file(path, MOST_BYTES, table, &report, err);
    mcy_text_release(&report);
    return status;
}

static bool number_at(const mcy_csv_row *row, size_t column, double *value)
{
    const char *text = row->fields[column];
    if (text && mcy_number_parse(text, row->sizes[column], value, NULL) == MCY_OK)
        return true;
    mcy_csv_refuse(row, column, "want a number");
    return false;
}

static bool filled(const mcy_csv_row *row, size_t column)
{
    if (row->fields[column])
        return true;
    mcy_csv_refuse(row, column, "must not be empty");
    return false;
}

typedef struct one_off_reading {
    mcy_arena *arena;
    mcy_one_offs *list;
    size_t capacity;
} one_off_reading;

enum {
    OFF_COMPANY,
    OFF_PERIOD,
    OFF_METRIC,
    OFF_AMOUNT,
    OFF_SD,
    OFF_KIND,
    OFF_REASON,
    OFF_SOURCE
};

static mcy_status one_off_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    one_off_reading *r = context;
    mcy_one_off item = {0};
    mcy_error why = {0};
    bool good = filled(row, OFF_COMPANY) && filled(row, OFF_PERIOD) &&
                filled(row, OFF_SOURCE) && filled(row, OFF_REASON) &&
                number_at(row, OFF_AMOUNT, &item.amount_usd_m) &&
                number_at(row, OFF_SD, &item.sd_usd_m);
    if (!good)
        return MCY_OK;
    if (mcy_period_parse(row->fields[OFF_PERIOD], row->sizes[OFF_PERIOD], MICRON_YEAR_ENDS,
                         true, &item.period, &why) != MCY_OK) {
        mcy_csv_refuse(row, OFF_PERIOD, "%s", why.text);
        return MCY_OK;
    }
    item.company = mcy_arena_copy(r->arena, row->fields[OFF_COMPANY], row->sizes[OFF_COMPANY]);
    item.reason = mcy_arena_copy(r->arena, row->fields[OFF_REASON], row->sizes[OFF_REASON]);
    if (!item.company || !item.reason)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_arena_grow(r->arena, (void **)&r->list->items, r->list->count, &r->capacity,
                           sizeof item, err));
    r->list->items[r->list->count++] = item;
    return MCY_OK;
}

mcy_status mcy_one_offs_read(mcy_arena *arena, const char *folder, mcy_one_offs *one_offs,
                             mcy_error *err)
{
    static const char *const columns[] = {"company",  "period", "metric", "amount_usd_m",
                                          "sd_usd_m", "kind",   "reason", "source"};
    one_off_reading reading = {arena, one_offs, 0};
    mcy_csv_table table = {"one-offs.csv", columns, 8, one_off_row, &reading};
    *one_offs = (mcy_one_offs){0};
    return read_table(arena, folder, &table, err);
}

double mcy_one_offs_find(const mcy_one_offs *one_offs, const char *firm,
                         const mcy_period *period, double *sd_usd_m)
{
    double sum = 0.0, variance = 0.0;
    for (size_t i = 0; i < one_offs->count; i++) {
        const mcy_one_off *item = &one_offs->items[i];
        if (strcmp(item->company, firm) != 0 || !mcy_period_equal(&item->period, period))
            continue;
        sum += item->amount_usd_m;
        variance += item->sd_usd_m * item->sd_usd_m;
    }
    *sd_usd_m = sqrt(variance);
    return sum;
}

enum {
    PRIOR_FALL_DRAM,
    PRIOR_FALL_NAND,
    PRIOR_SHOCK_DRAM,
    PRIOR_SHOCK_NAND,
    PRIOR_MODEL,
    PRIOR_GAP,
    PRIORS
};
static const char *const prior_names[PRIORS] = {"fall.dram",  "fall.nand", "shock.dram",
                                                "shock.nand", "model",     "gap"};

typedef struct prior_reading {
    const char *firm;
    double value[PRIORS], sd[PRIORS];
    int rank[PRIORS]; /* 0 not seen, 1 for every firm, 2 the firm's own */
} prior_reading;

enum { IN_COMPANY, IN_NAME, IN_VALUE, IN_SD, IN_REASON, IN_SOURCE };

static mcy_status prior_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    (void)err;
    prior_reading *r = context;
    double value, sd;
    if (!filled(row, IN_COMPANY) || !filled(row, IN_NAME) || !filled(row, IN_REASON) ||
        !filled(row, IN_SOURCE) || !number_at(row, IN_VALUE, &value) ||
        !number_at(row, IN_SD, &sd))
        return MCY_OK;
    for (size_t i = 0; i < PRIORS; i++) {
        if (strcmp(prior_names[i], row->fields[IN_NAME]) != 0)
            continue;
        int rank = strcmp(row->fields[IN_COMPANY], "*") == 0       ? 1
                   : strcmp(row->fields[IN_COMPANY], r->firm) == 0 ? 2
                                                                   : 0;
        if (rank > r->rank[i]) {
            r->rank[i] = rank;
            r->value[i] = value;
            r->sd[i] = sd;
        }
        return MCY_OK;
    }
    const char *close = mcy_text_closest(row->fields[IN_NAME], prior_names, PRIORS);
    mcy_csv_refuse(row, IN_NAME, "no such prior%s%s", close ? ", did you mean " : "",
                   close ? close : "");
    return MCY_OK;
}

mcy_status mcy_cost_priors_read(mcy_arena *arena, const char *folder, const char *firm,
                                mcy_cost_prior *prior, mcy_error *err)
{
    static const char *const columns[] = {"company", "name", "value", "sd", "reason", "source"};
    prior_reading r = {.firm = firm};
    mcy_csv_table table = {"cost-priors.csv", columns, 6, prior_row, &r};
    MCY_TRY(read_table(arena, folder, &table, err));
    for (size_t i = 0; i < PRIORS; i++)
        if (!r.rank[i])
            return MCY_FAIL(err, MCY_E_MISSING, "%s/cost-priors.csv has no row '%s'", folder,
                            prior_names[i]);
    *prior =
        (mcy_cost_prior){.fall_log = {r.value[PRIOR_FALL_DRAM], r.value[PRIOR_FALL_NAND]},
                         .fall_sd_log = {r.sd[PRIOR_FALL_DRAM], r.sd[PRIOR_FALL_NAND]},
                         .shock_sd_log = {r.value[PRIOR_SHOCK_DRAM], r.value[PRIOR_SHOCK_NAND]},
                         .shock_log_sd = r.sd[PRIOR_SHOCK_DRAM],
                         .margin_gap_frac = r.value[PRIOR_GAP],
                         .margin_gap_sd_frac = r.sd[PRIOR_GAP],
                         .model_sd_frac = r.value[PRIOR_MODEL]};
    return MCY_OK;
}
