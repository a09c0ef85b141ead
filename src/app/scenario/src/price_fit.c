/* SPDX-License-Identifier: GPL-3.0-or-later */
/* price_response.csv written and read back. */
#include "mcy/price_fit.h"

#include <string.h>

#include "mcy/csv.h"
#include "mcy/number.h"

enum { P = MCY_PRICE_PARAMETERS };

enum {
    PRODUCT,
    PARAMETER,
    ESTIMATE,
    LOW,
    HIGH,
    LEARNED,
    QUARTERS,
    SHORT,
    SCALE,
    MODE,
    WITH_FIRST, /* covariance with each parameter, in their order */
    FACTS = WITH_FIRST + MCY_PRICE_PARAMETERS,
    AS_OF,
    VERSION,
    COLUMNS
};

static const char *const columns[COLUMNS] = {"product",
                                             "parameter",
                                             "estimate",
                                             "low",
                                             "high",
                                             "learned_frac",
                                             "quarters",
                                             "short",
                                             "scale",
                                             "mode",
                                             "with_response_short",
                                             "with_response_glut",
                                             "with_price_persistence",
                                             "with_price_anchor",
                                             "facts_sha256",
                                             "as_of",
                                             "version"};

static const char *scale_of(int parameter)
{
    return mcy_price_parameter_is_log((mcy_price_parameter)parameter) ? "log" : "plain";
}

void mcy_price_fit_head(mcy_text *text)
{
    for (size_t i = 0; i < COLUMNS; i++)
        mcy_csv_add(text, columns[i]);
    mcy_csv_end(text);
}

void mcy_price_fit_rows(mcy_text *text, const mcy_price_response *response,
                        const mcy_price_fit *of)
{
    for (int k = 0; k < P; k++) {
        mcy_csv_add(text, of->product);
        mcy_csv_add(text, mcy_price_parameter_name((mcy_price_parameter)k));
        mcy_csv_add_number(text, response->estimate[k]);
        mcy_csv_add_number(text, response->low[k]);
        mcy_csv_add_number(text, response->high[k]);
        mcy_csv_add_number(text, response->learned[k]);
        mcy_csv_add_count(text, (long long)response->count);
        mcy_csv_add_count(text, (long long)response->count_short);
        mcy_csv_add(text, scale_of(k));
        mcy_csv_add_number(text, response->mode[k]);
        for (int j = 0; j < P; j++)
            mcy_csv_add_number(text, response->covariance[k * P + j]);
        mcy_csv_add(text, of->facts_hash);
        mcy_csv_add_count(text, of->as_of);
        mcy_csv_add(text, of->version);
        mcy_csv_end(text);
    }
}

typedef struct reading {
    mcy_arena *arena;
    const char *product;
    mcy_price_fit *fit;
    bool seen[P];
    mcy_text others; /* products that are not asked for */
    const char *last;
} reading;

static bool cell_number(const mcy_csv_row *row, size_t column, double *value)
{
    const char *text = row->fields[column];
    if (text && mcy_number_parse(text, row->sizes[column], value, NULL) == MCY_OK)
        return true;
    mcy_csv_refuse(row, column, "want a number");
    return false;
}

/* What all rows of a fit share. */
static bool take_source(reading *r, const mcy_csv_row *row, bool first)
{
    mcy_price_fit *fit = r->fit;
    double as_of;
    if (!row->fields[FACTS] || row->sizes[FACTS] != sizeof fit->facts_hash - 1) {
        mcy_csv_refuse(row, FACTS, "want 64 hexadecimal digits");
        return false;
    }
    if (!cell_number(row, AS_OF, &as_of))
        return false;
    if (!(as_of >= 0 && as_of < 1e8) || as_of != (double)(mcy_day)as_of) {
        mcy_csv_refuse(row, AS_OF, "want a day as YYYYMMDD, or 0");
        return false;
    }
    if (first) {
        memcpy(fit->facts_hash, row->fields[FACTS], sizeof fit->facts_hash);
        fit->as_of = (mcy_day)as_of;
    }
    if (strcmp(fit->facts_hash, row->fields[FACTS]) == 0 && fit->as_of == (mcy_day)as_of)
        return true;
    mcy_csv_refuse(row, FACTS, "the rows above are of another fit");
    return false;
}

static int take_parameter(reading *r, const mcy_csv_row *row)
{
    const char *name = row->fields[PARAMETER], *scale = row->fields[SCALE];
    int k = 0;
    while (k < P &&
           (!name || strcmp(name, mcy_price_parameter_name((mcy_price_parameter)k)) != 0))
        k++;
    if (k == P) {
        mcy_csv_refuse(row, PARAMETER, "want a parameter of the price response");
        return P;
    }
    if (r->seen[k]) {
        mcy_csv_refuse(row, PARAMETER, "it stands there twice");
        return P;
    }
    if (!scale || strcmp(scale, scale_of(k)) != 0) {
        mcy_csv_refuse(row, SCALE, "want '%s' for this parameter", scale_of(k));
        return P;
    }
    return k;
}

static mcy_status take_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    reading *r = context;
    const char *product = row->fields[PRODUCT] ? row->fields[PRODUCT] : "";
    if (strcmp(product, r->product) != 0) {
        if (!strstr(mcy_text_view(&r->others), product))
            mcy_text_print(&r->others, "%s'%s'", r->others.size ? ", " : "", product);
        return mcy_text_status(&r->others, err);
    }
    bool first = true;
    for (int k = 0; k < P; k++)
        first = first && !r->seen[k];
    int k = take_parameter(r, row);
    if (k == P || !take_source(r, row, first))
        return MCY_OK;
    bool good = cell_number(row, MODE, &r->fit->mode[k]);
    for (int j = 0; j < P; j++)
        good =
            cell_number(row, (size_t)(WITH_FIRST + j), &r->fit->covariance[k * P + j]) && good;
    r->seen[k] = good;
    if (first && row->fields[VERSION])
        r->fit->version = mcy_arena_copy(r->arena, row->fields[VERSION], row->sizes[VERSION]);
    return MCY_OK;
}

static mcy_status check_whole(const reading *r, const char *name, mcy_error *err)
{
    int seen = 0;
    for (int k = 0; k < P; k++)
        seen += r->seen[k];
    if (seen == 0)
        return MCY_FAIL(err, MCY_E_MISSING, "%s: no fit of '%s', only of %s", name, r->product,
                        r->others.size ? mcy_text_view(&r->others) : "nothing");
    for (int k = 0; k < P; k++) {
        const char *parameter = mcy_price_parameter_name((mcy_price_parameter)k);
        if (!r->seen[k])
            return MCY_FAIL(err, MCY_E_INPUT, "%s: '%s' of '%s' is missing", name, parameter,
                            r->product);
        for (int j = 0; j < k; j++)
            if (r->fit->covariance[k * P + j] != r->fit->covariance[j * P + k])
                return MCY_FAIL(err, MCY_E_INPUT,
                                "%s: the covariance of '%s' and '%s' is %.9g, the reverse %.9g",
                                name, parameter,
                                mcy_price_parameter_name((mcy_price_parameter)j),
                                r->fit->covariance[k * P + j], r->fit->covariance[j * P + k]);
    }
    return MCY_OK;
}

mcy_status mcy_price_fit_parse(mcy_arena *arena, const char *name, const char *bytes,
                               size_t size, const char *product, mcy_price_fit **fit,
                               mcy_error *err)
{
    reading r = {.arena = arena, .product = product, .fit = MCY_TAKE(arena, mcy_price_fit, 1)};
    if (!r.fit)
        return mcy_fail_memory(err);
    r.fit->product = mcy_arena_copy(arena, product, strlen(product));
    if (!r.fit->product)
        return mcy_fail_memory(err);
    mcy_text report;
    mcy_text_init(&report);
    mcy_text_init(&r.others);
    mcy_csv_table table = {name, columns, COLUMNS, take_row, &r};
    mcy_status status = mcy_csv_read(bytes, size, &table, &report, err);
    if (status == MCY_OK)
        status = check_whole(&r, name, err);
    mcy_text_release(&report);
    mcy_text_release(&r.others);
    if (status == MCY_OK)
        *fit = r.fit;
    return status;
}
