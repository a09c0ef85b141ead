/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fit files back into results. */
#include <string.h>

#include "fit_file_inside.h"
#include "mcy/csv.h"
#include "mcy/file.h"
#include "mcy/fit_file.h"
#include "mcy/number.h"
#include "mcy/period.h"

enum { PRODUCT, RECORD, NAME, FIRM, QUARTER, VALUE, SD, TEXT, COLUMNS };

static const char *const columns[COLUMNS] = {"product", "record", "name", "firm",
                                             "quarter", "value",  "sd",   "text"};

const char *const fit_score_names[FIT_SCORES] = {
    "count", "cover50", "cover80", "cover90", "width90", "crps", "root_mean_square"};

void fit_series_of(const mcy_decomposition *f, fit_series out[FIT_SERIES])
{
    const fit_series all[FIT_SERIES] = {
        {"market", false, f->market, f->market_sd, NULL},
        {"bits", true, f->bits, f->bits_sd, f->bits_stated},
        {"price", true, f->price, f->price_sd, f->price_stated},
        {"cov_bits_price", true, f->cov_bits_price, NULL, NULL},
        {"common", true, f->common, NULL, NULL},
        {"mix", true, f->mix, f->mix_sd, NULL},
        {"revenue", true, f->revenue, f->revenue_sd, f->revenue_stated}};
    memcpy(out, all, sizeof all);
}

const mcy_decompose_scores *fit_scores_at(const mcy_decomposition *f, int group)
{
    return group < MCY_PANEL_KINDS ? &f->scores[group] : &f->statements;
}

const char *fit_scores_name(int group)
{
    return group < MCY_PANEL_KINDS ? mcy_panel_kind_name((mcy_panel_kind)group) : "statements";
}

void fit_scores_to(const mcy_decompose_scores *s, double out[FIT_SCORES])
{
    const double all[FIT_SCORES] = {(double)s->count,   s->cover50, s->cover80,
                                    s->cover90,         s->width90, s->crps,
                                    s->root_mean_square};
    memcpy(out, all, sizeof all);
}

void fit_scores_set(mcy_decompose_scores *s, int which, double value)
{
    double *const place[FIT_SCORES] = {
        NULL,        &s->cover50, &s->cover80,         &s->cover90,
        &s->width90, &s->crps,    &s->root_mean_square};
    if (place[which])
        *place[which] = value;
    else
        s->count = (size_t)value;
}

/* What is being read. Sizes come first in the file; the arrays are taken when the first row
 * that needs them comes. */
typedef struct reading {
    mcy_arena *arena;
    const char *product;
    mcy_decomposition *fit;
    mcy_fit_source source;
    mcy_panel_firm firm[MCY_PANEL_FIRMS_MAX];
    mcy_decompose_parameter parameter[MCY_DECOMPOSE_PARAMETERS_MAX];
    bool sized, seen;
} reading;

static mcy_status take_sizes(reading *r, mcy_error *err)
{
    mcy_decomposition *f = r->fit;
    size_t quarters = f->panel.quarters, cells = quarters * f->panel.firms;
    if (quarters == 0 || quarters > 4000 || f->panel.firms == 0)
        return MCY_FAIL(err, MCY_E_INPUT, "fit file: %zu quarters of %zu firms", quarters,
                        f->panel.firms);
    double **const places[] = {&f->market, &f->market_sd, &f->bits,       &f->bits_sd,
                               &f->price,  &f->price_sd,  &f->mix,        &f->mix_sd,
                               &f->common, &f->revenue,   &f->revenue_sd, &f->cov_bits_price};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (!(*places[i] = MCY_TAKE(r->arena, double, cells)))
            return mcy_fail_memory(err);
    f->bits_stated = MCY_TAKE(r->arena, bool, cells);
    f->price_stated = MCY_TAKE(r->arena, bool, cells);
    f->revenue_stated = MCY_TAKE(r->arena, bool, cells);
    f->covariance = MCY_TAKE(r->arena, double, f->parameters * f->parameters + 1);
    if (!f->bits_stated || !f->price_stated || !f->revenue_stated || !f->covariance)
        return mcy_fail_memory(err);
    f->panel.firm = r->firm;
    f->parameter = r->parameter;
    fit_series series[FIT_SERIES];
    fit_series_of(f, series);
    for (int k = 0; k < FIT_SERIES; k++)
        for (size_t i = 0; i < cells; i++)
            series[k].value[i] = MCY_MISSING;
    r->sized = true;
    return MCY_OK;
}

static bool number(const mcy_csv_row *row, size_t column, double *value)
{
    *value = MCY_MISSING;
    if (!row->fields[column])
        return true;
    mcy_error why = {0};
    if (mcy_number_parse(row->fields[column], row->sizes[column], value, &why) == MCY_OK)
        return true;
    mcy_csv_refuse(row, column, "want a number");
    return false;
}

static void copy_name(char *out, size_t size, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    n = n < size ? n : size - 1;
    if (n)
        memcpy(out, text, n);
    out[n] = '\0';
}

static void take_manifest(reading *r, const char *name, const char *text)
{
    if (strcmp(name, "facts") == 0)
        copy_name(r->source.facts_hash, sizeof r->source.facts_hash, text);
    else if (strcmp(name, "version") == 0)
        copy_name(r->source.version, sizeof r->source.version, text);
    else if (strcmp(name, "as_of") == 0 && text)
        mcy_day_parse(text, strlen(text), &r->source.as_of, NULL);
}

static mcy_decompose_parameter *parameter_named(reading *r, const char *name)
{
    for (size_t i = 0; i < r->fit->parameters; i++)
        if (strcmp(r->parameter[i].name, name) == 0)
            return &r->parameter[i];
    if (r->fit->parameters == MCY_DECOMPOSE_PARAMETERS_MAX)
        return NULL;
    mcy_decompose_parameter *p = &r->parameter[r->fit->parameters++];
    copy_name(p->name, sizeof p->name, name);
    return p;
}

static bool take_parameter(reading *r, const char *record, const char *name, double value,
                           double sd)
{
    mcy_decompose_parameter *p = parameter_named(r, name);
    if (!p)
        return false;
    if (strcmp(record, "parameter") == 0) {
        p->estimate = value;
    } else if (strcmp(record, "parameter_low") == 0) {
        p->low = value;
    } else if (strcmp(record, "parameter_high") == 0) {
        p->high = value;
    } else if (strcmp(record, "parameter_free") == 0) {
        p->free = value;
        p->free_se = sd;
    } else if (strcmp(record, "parameter_prior") == 0) {
        p->prior_mean = value;
        p->prior_sd = sd;
    } else {
        return false;
    }
    return true;
}

static bool take_covariance(reading *r, const char *name, const char *other, double value)
{
    const mcy_decompose_parameter *a = mcy_decompose_find(r->fit, name);
    const mcy_decompose_parameter *b = other ? mcy_decompose_find(r->fit, other) : NULL;
    if (!a || !b)
        return false;
    size_t i = (size_t)(a - r->parameter), j = (size_t)(b - r->parameter),
           n = r->fit->parameters;
    r->fit->covariance[i * n + j] = r->fit->covariance[j * n + i] = value;
    return true;
}

static bool take_series(reading *r, const mcy_csv_row *row, double value, double sd)
{
    mcy_decomposition *f = r->fit;
    fit_series series[FIT_SERIES];
    fit_series_of(f, series);
    mcy_period when;
    const char *firm = row->fields[FIRM];
    int i = firm ? mcy_panel_firm_index(&f->panel, firm) : 0;
    if (i < 0 || !row->fields[QUARTER] ||
        mcy_period_parse(row->fields[QUARTER], row->sizes[QUARTER], MCY_CALENDAR_YEAR, true,
                         &when, NULL) != MCY_OK)
        return false;
    int t = mcy_period_quarter(&when) - f->panel.first;
    if (t < 0 || t >= (int)f->panel.quarters)
        return false;
    for (int k = 0; k < FIT_SERIES; k++) {
        if (strcmp(series[k].name, row->fields[NAME]) != 0 ||
            series[k].by_firm != (firm != NULL))
            continue;
        size_t at = (size_t)i * f->panel.quarters + (size_t)t;
        series[k].value[at] = value;
        if (series[k].sd)
            series[k].sd[at] = sd;
        if (series[k].stated)
            series[k].stated[at] = row->fields[TEXT] != NULL;
        return true;
    }
    return false;
}

static bool take_score(reading *r, const char *group, const char *which, double value)
{
    for (int g = 0; g <= MCY_PANEL_KINDS; g++)
        for (int k = 0; which && k < FIT_SCORES; k++)
            if (strcmp(fit_scores_name(g), group) == 0 &&
                strcmp(fit_score_names[k], which) == 0) {
                mcy_decompose_scores *s =
                    g < MCY_PANEL_KINDS ? &r->fit->scores[g] : &r->fit->statements;
                fit_scores_set(s, k, value);
                return true;
            }
    return false;
}

static bool take_posterior(reading *r, const char *name, double value)
{
    mcy_decomposition *f = r->fit;
    if (strcmp(name, "log_posterior") == 0)
        f->log_posterior = value;
    else if (strcmp(name, "log_likelihood") == 0)
        f->log_likelihood = value;
    else if (strcmp(name, "market_before") == 0)
        f->market_before = value;
    else if (strcmp(name, "starts") == 0)
        f->starts = value > 0 && value < 1e6 ? (int)value : 0;
    else
        return false;
    return true;
}

static bool take_panel(reading *r, const char *name, double value)
{
    if (strcmp(name, "first_quarter") == 0 && value > 4000 && value < 40000)
        r->fit->panel.first = (mcy_quarter)value;
    else if (strcmp(name, "quarters") == 0 && value >= 1 && value <= 4000)
        r->fit->panel.quarters = (size_t)value;
    else if (strcmp(name, "observations") != 0)
        return false;
    return true;
}

static bool take_firm(reading *r, const char *name, double value)
{
    size_t n = r->fit->panel.firms;
    if (n == MCY_PANEL_FIRMS_MAX || !(value >= 0 && value < 1))
        return false;
    copy_name(r->firm[n].name, sizeof r->firm[n].name, name);
    r->firm[n].offset = value;
    r->fit->panel.firms++;
    return true;
}

static mcy_status take_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    reading *r = context;
    const char *record = row->fields[RECORD], *name = row->fields[NAME];
    double value, sd;
    if (!record || !name) {
        mcy_csv_refuse(row, RECORD, "want a record and its name");
        return MCY_OK;
    }
    if (strcmp(record, "manifest") == 0) {
        take_manifest(r, name, row->fields[TEXT]);
        return MCY_OK;
    }
    if (!row->fields[PRODUCT] || strcmp(row->fields[PRODUCT], r->product) != 0)
        return MCY_OK;
    if (!number(row, VALUE, &value) || !number(row, SD, &sd))
        return MCY_OK;
    r->seen = true;
    bool series = strcmp(record, "series") == 0, covariance = strcmp(record, "covariance") == 0;
    if ((series || covariance) && !r->sized)
        MCY_TRY(take_sizes(r, err));
    bool good = series       ? take_series(r, row, value, sd)
                : covariance ? take_covariance(r, name, row->fields[TEXT], value)
                : strcmp(record, "score") == 0 ? take_score(r, name, row->fields[TEXT], value)
                : strcmp(record, "posterior") == 0 ? take_posterior(r, name, value)
                : strcmp(record, "panel") == 0     ? take_panel(r, name, value)
                : strcmp(record, "firm") == 0      ? !r->sized && take_firm(r, name, value)
                : strncmp(record, "parameter", 9) == 0
                    ? !r->sized && take_parameter(r, record, name, value, sd)
                    : false;
    if (!good)
        mcy_csv_refuse(row, RECORD, "no such record of a fit file, or not in its place");
    return MCY_OK;
}

/* The result with what lived on the stack moved into the arena. */
static mcy_status settle(reading *r, const char *path, const char *facts_hash, mcy_error *err)
{
    if (!r->seen)
        return MCY_FAIL(err, MCY_E_MISSING, "%s: no fit of '%s' in it", path, r->product);
    if (facts_hash && strcmp(facts_hash, r->source.facts_hash) != 0)
        return MCY_FAIL(err, MCY_E_FINDINGS,
                        "%s: stale, it was fitted to other facts (%.12s..., now %.12s...): run "
                        "'memcycle fit' again",
                        path, r->source.facts_hash, facts_hash);
    const mcy_panel *p = &r->fit->panel;
    if (!r->sized)
        return MCY_FAIL(err, MCY_E_INPUT, "%s: no series in it", path);
    fit_series series[FIT_SERIES];
    fit_series_of(r->fit, series);
    for (int k = 0; k < FIT_SERIES; k++)
        for (size_t i = 0; i < p->quarters * (series[k].by_firm ? p->firms : 1); i++)
            if (mcy_is_missing(series[k].value[i]))
                return MCY_FAIL(err, MCY_E_INPUT, "%s: the series '%s' has holes", path,
                                series[k].name);
    mcy_panel_firm *firm = MCY_TAKE(r->arena, mcy_panel_firm, p->firms);
    mcy_decompose_parameter *all =
        MCY_TAKE(r->arena, mcy_decompose_parameter, r->fit->parameters);
    if (!firm || !all)
        return mcy_fail_memory(err);
    memcpy(firm, r->firm, p->firms * sizeof *firm);
    memcpy(all, r->parameter, r->fit->parameters * sizeof *all);
    r->fit->panel.firm = firm;
    r->fit->parameter = all;
    return MCY_OK;
}

mcy_status mcy_fit_parse(mcy_arena *arena, const char *name, const char *bytes, size_t size,
                         const char *product, const char *facts_hash, mcy_decomposition **fit,
                         mcy_fit_source *source, mcy_error *err)
{
    reading r = {.arena = arena, .product = product};
    mcy_text report;
    if (!(r.fit = MCY_TAKE(arena, mcy_decomposition, 1)))
        return mcy_fail_memory(err);
    copy_name(r.fit->panel.product, sizeof r.fit->panel.product, product);
    mcy_text_init(&report);
    mcy_csv_table table = {.name = name,
                           .columns = columns,
                           .column_count = COLUMNS,
                           .row = take_row,
                           .context = &r};
    mcy_status status = mcy_csv_read(bytes, size, &table, &report, err);
    mcy_text_release(&report);
    MCY_TRY(status);
    MCY_TRY(settle(&r, name, facts_hash, err));
    *fit = r.fit;
    if (source)
        *source = r.source;
    return MCY_OK;
}

mcy_status mcy_fit_read(mcy_arena *arena, const char *path, const char *product,
                        const char *facts_hash, mcy_decomposition **fit, mcy_fit_source *source,
                        mcy_error *err)
{
    mcy_file file;
    MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_TEXT, &file, err));
    mcy_status status = mcy_fit_parse(arena, path, file.bytes, file.size, product, facts_hash,
                                      fit, source, err);
    mcy_file_release(&file);
    return status;
}
