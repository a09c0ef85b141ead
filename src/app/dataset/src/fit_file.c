/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fits kept in a CSV, and the tidy table of their estimates. */
#include "mcy/fit_file.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fit_file_inside.h"
#include "mcy/csv.h"
#include "mcy/facts_panel.h"
#include "mcy/file.h"
#include "mcy/number.h"

/* Half width of a 90 % interval, in standard deviations. */
#define HALF_90 1.6448536269514722

double mcy_fit_pct(double log_growth)
{
    return 100 * expm1(log_growth);
}

void mcy_fit_interval_pct(double log_growth, double sd, double *low, double *high)
{
    *low = mcy_fit_pct(log_growth - HALF_90 * sd);
    *high = mcy_fit_pct(log_growth + HALF_90 * sd);
}

mcy_status mcy_facts_hash(mcy_arena *arena, const char *folder, char hex[MCY_SHA256_HEX],
                          mcy_error *err)
{
    const char *const *names;
    size_t count;
    mcy_sha256 hash;
    MCY_TRY(mcy_folder_list(arena, folder, ".csv", &names, &count, err));
    mcy_sha256_init(&hash);
    for (size_t i = 0; i < count; i++) {
        char one[MCY_SHA256_HEX];
        const char *path = mcy_path_join(arena, folder, names[i]);
        if (!path)
            return mcy_fail_memory(err);
        MCY_TRY(mcy_sha256_of_file(path, one, err));
        mcy_sha256_add(&hash, names[i], strlen(names[i]) + 1);
        mcy_sha256_add(&hash, one, strlen(one));
    }
    mcy_sha256_end(&hash, hex);
    return MCY_OK;
}

mcy_status mcy_fit_product(mcy_arena *arena, const mcy_facts *facts, const char *product,
                           const mcy_decompose_settings *settings, mcy_decomposition **fit,
                           mcy_error *err)
{
    mcy_panel *panel;
    MCY_TRY(mcy_facts_panel(arena, facts, product, NULL, &panel, err));
    return mcy_decompose(arena, panel, settings, fit, err);
}

/* One row; firm and quarter may be NULL, numbers missing. */
static void row(mcy_text *text, const mcy_decomposition *f, const char *record,
                const char *name, const char *firm, int quarter, double value, double sd,
                const char *words)
{
    char when[32] = "";
    if (quarter >= 0)
        mcy_quarter_format(f->panel.first + quarter, when);
    mcy_csv_add(text, f ? f->panel.product : "");
    mcy_csv_add(text, record);
    mcy_csv_add(text, name ? name : "");
    mcy_csv_add(text, firm ? firm : "");
    mcy_csv_add(text, when);
    mcy_csv_add_number(text, value);
    mcy_csv_add_number(text, sd);
    mcy_csv_add(text, words ? words : "");
    mcy_csv_end(text);
}

static void print_parameters(mcy_text *text, const mcy_decomposition *f)
{
    for (size_t i = 0; i < f->parameters; i++) {
        const mcy_decompose_parameter *p = &f->parameter[i];
        row(text, f, "parameter", p->name, NULL, -1, p->estimate, MCY_MISSING, NULL);
        row(text, f, "parameter_low", p->name, NULL, -1, p->low, MCY_MISSING, NULL);
        row(text, f, "parameter_high", p->name, NULL, -1, p->high, MCY_MISSING, NULL);
        row(text, f, "parameter_free", p->name, NULL, -1, p->free, p->free_se, NULL);
        row(text, f, "parameter_prior", p->name, NULL, -1, p->prior_mean, p->prior_sd, NULL);
    }
    for (size_t i = 0; i < f->parameters; i++)
        for (size_t j = 0; j <= i; j++)
            row(text, f, "covariance", f->parameter[i].name, NULL, -1,
                f->covariance[i * f->parameters + j], MCY_MISSING, f->parameter[j].name);
}

static void print_scores(mcy_text *text, const mcy_decomposition *f)
{
    for (int g = 0; g <= MCY_PANEL_KINDS; g++) {
        const mcy_decompose_scores *s = fit_scores_at(f, g);
        const char *name = fit_scores_name(g);
        double values[FIT_SCORES];
        fit_scores_to(s, values);
        for (int k = 0; k < FIT_SCORES; k++)
            row(text, f, "score", name, NULL, -1, values[k], MCY_MISSING, fit_score_names[k]);
    }
}

static void print_series(mcy_text *text, const mcy_decomposition *f)
{
    fit_series series[FIT_SERIES];
    fit_series_of(f, series);
    for (int k = 0; k < FIT_SERIES; k++)
        for (size_t i = 0; i < (series[k].by_firm ? f->panel.firms : 1); i++)
            for (size_t t = 0; t < f->panel.quarters; t++) {
                size_t at = i * f->panel.quarters + t;
                bool stated = series[k].stated && series[k].stated[at];
                row(text, f, "series", series[k].name,
                    series[k].by_firm ? f->panel.firm[i].name : NULL, (int)t,
                    series[k].value[at], series[k].sd ? series[k].sd[at] : MCY_MISSING,
                    stated ? "observed" : NULL);
            }
}

static void print_fit(mcy_text *text, const mcy_decomposition *f)
{
    char first[32];
    mcy_quarter_format(f->panel.first, first);
    row(text, f, "panel", "first_quarter", NULL, 0, f->panel.first, MCY_MISSING, first);
    row(text, f, "panel", "quarters", NULL, -1, (double)f->panel.quarters, MCY_MISSING, NULL);
    row(text, f, "panel", "observations", NULL, -1, (double)f->panel.observations, MCY_MISSING,
        NULL);
    for (size_t i = 0; i < f->panel.firms; i++)
        row(text, f, "firm", f->panel.firm[i].name, f->panel.firm[i].name, -1,
            f->panel.firm[i].offset, MCY_MISSING, NULL);
    row(text, f, "posterior", "log_posterior", NULL, -1, f->log_posterior, MCY_MISSING, NULL);
    row(text, f, "posterior", "log_likelihood", NULL, -1, f->log_likelihood, MCY_MISSING, NULL);
    row(text, f, "posterior", "starts", NULL, -1, f->starts, MCY_MISSING, NULL);
    row(text, f, "posterior", "market_before", NULL, -1, f->market_before, MCY_MISSING, NULL);
    print_parameters(text, f);
    print_scores(text, f);
    print_series(text, f);
}

void mcy_fit_print(mcy_text *text, const mcy_decomposition *const *fit, size_t count,
                   const mcy_fit_source *source)
{
    char day[16] = "";
    if (source->as_of)
        mcy_day_format(source->as_of, day);
    mcy_text_add(text, "product,record,name,firm,quarter,value,sd,text\n");
    const char *const manifest[][2] = {
        {"version", source->version}, {"facts", source->facts_hash}, {"as_of", day}};
    for (size_t i = 0; i < sizeof manifest / sizeof *manifest; i++)
        row(text, NULL, "manifest", manifest[i][0], NULL, -1, MCY_MISSING, MCY_MISSING,
            manifest[i][1]);
    for (size_t i = 0; i < count; i++)
        print_fit(text, fit[i]);
}

mcy_status mcy_fit_write(const char *path, const mcy_decomposition *const *fit, size_t count,
                         const mcy_fit_source *source, mcy_error *err)
{
    mcy_text text;
    mcy_text_init(&text);
    mcy_fit_print(&text, fit, count, source);
    mcy_status status = mcy_file_write_text(path, &text, err);
    mcy_text_release(&text);
    return status;
}

/* One estimate of the tidy table. */
static void tidy(mcy_text *text, const mcy_decomposition *f, size_t t, const char *firm,
                 const char *quantity, double value, double sd, bool observed)
{
    char when[32];
    double low, high;
    mcy_quarter_format(f->panel.first + (mcy_quarter)t, when);
    mcy_fit_interval_pct(value, sd, &low, &high);
    mcy_csv_add(text, when);
    mcy_csv_add(text, firm);
    mcy_csv_add(text, f->panel.product);
    mcy_csv_add(text, quantity);
    mcy_csv_add_number(text, mcy_fit_pct(value));
    mcy_csv_add_number(text, low);
    mcy_csv_add_number(text, high);
    mcy_csv_add(text, observed ? "observed" : "inferred");
    mcy_csv_end(text);
}

void mcy_fit_print_tidy(mcy_text *text, const mcy_decomposition *const *fit, size_t count)
{
    mcy_text_add(text, "quarter,firm,product,quantity,estimate,low,high,status\n");
    for (size_t p = 0; p < count; p++) {
        const mcy_decomposition *f = fit[p];
        for (size_t t = 0; t < f->panel.quarters; t++)
            tidy(text, f, t, "market", "price_factor_pct", f->market[t], f->market_sd[t],
                 false);
        for (size_t i = 0; i < f->panel.firms; i++)
            for (size_t t = 0; t < f->panel.quarters; t++) {
                size_t at = i * f->panel.quarters + t;
                const char *firm = f->panel.firm[i].name;
                tidy(text, f, t, firm, "bit_qoq_pct", f->bits[at], f->bits_sd[at],
                     f->bits_stated[at]);
                tidy(text, f, t, firm, "asp_qoq_pct", f->price[at], f->price_sd[at],
                     f->price_stated[at]);
                tidy(text, f, t, firm, "revenue_qoq_pct", f->revenue[at], f->revenue_sd[at],
                     f->revenue_stated[at]);
                tidy(text, f, t, firm, "own_mix_pct", f->mix[at], f->mix_sd[at], false);
            }
    }
}
