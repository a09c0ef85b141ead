/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The price response fitted on history, as a person or a program reads it. */
#include "fit_price.h"

#include <math.h>

#include "mcy/base.h"
#include "mcy/file.h"
#include "mcy/fit_file.h"
#include "mcy/json.h"
#include "mcy/price_fit.h"

typedef struct price_fit {
    const char *product;
    const mcy_price_move *rows;
    size_t count;
    const mcy_price_response *fit;
} price_fit;

static void print_fit(FILE *out, const price_fit *one)
{
    const mcy_price_response *f = one->fit;
    mcy_price_prior prior = mcy_price_prior_default();
    fprintf(out,
            "%s: %zu quarters with a tightness, %zu of them short of supply\n\n"
            "  %-18s %8s %17s %8s %9s\n",
            one->product, f->count, f->count_short, "parameter", "estimate", "90 % interval",
            "prior", "learned");
    for (int k = 0; k < MCY_PRICE_PARAMETERS; k++) {
        double centre = k == MCY_PRICE_PERSISTENCE ? prior.mean[k] : exp(prior.mean[k]);
        fprintf(out, "  %-18s %8.2f     %5.2f .. %5.2f %8.2f %7.0f %%\n",
                mcy_price_parameter_name((mcy_price_parameter)k), f->estimate[k], f->low[k],
                f->high[k], centre, 100 * f->learned[k]);
    }
    fprintf(out, "  a quarter's move left unexplained: %.2f (log)\n\n", f->noise);
    fprintf(out, "  %-8s %9s %7s %8s %8s %8s %10s  %s\n", "quarter", "tightness", "gap", "move",
            "fitted", "left", "left out", "rows");
    for (size_t i = 0; i < one->count; i++) {
        const mcy_price_move *row = &one->rows[i];
        char name[32];
        mcy_quarter_format(row->quarter, name);
        fprintf(out, "  %-8s %9.2f %7.2f %8.2f %8.2f %8.2f %10.2f  %s\n", name, row->tightness,
                row->gap, row->move, f->fitted[i], row->move - f->fitted[i],
                row->move - f->left_out[i], row->source);
    }
    fputs("\n", out);
}

static void add_number(mcy_json *json, const char *name, double value)
{
    mcy_json_name(json, name);
    mcy_json_number(json, value);
}

static void add_fit(mcy_json *json, const price_fit *one)
{
    const mcy_price_response *f = one->fit;
    mcy_json_object(json);
    mcy_json_name(json, "product");
    mcy_json_text(json, one->product);
    mcy_json_name(json, "parameters");
    mcy_json_object(json);
    for (int k = 0; k < MCY_PRICE_PARAMETERS; k++) {
        mcy_json_name(json, mcy_price_parameter_name((mcy_price_parameter)k));
        mcy_json_object(json);
        add_number(json, "estimate", f->estimate[k]);
        add_number(json, "low", f->low[k]);
        add_number(json, "high", f->high[k]);
        add_number(json, "learned_frac", f->learned[k]);
        mcy_json_close_object(json);
    }
    mcy_json_close_object(json);
    add_number(json, "noise_log", f->noise);
    mcy_json_name(json, "quarters");
    mcy_json_array(json);
    for (size_t i = 0; i < one->count; i++) {
        char name[32];
        mcy_quarter_format(one->rows[i].quarter, name);
        mcy_json_object(json);
        mcy_json_name(json, "quarter");
        mcy_json_text(json, name);
        add_number(json, "tightness_log", one->rows[i].tightness);
        add_number(json, "gap_log", one->rows[i].gap);
        add_number(json, "move_log", one->rows[i].move);
        add_number(json, "fitted_log", f->fitted[i]);
        add_number(json, "left_out_log", f->left_out[i]);
        mcy_json_name(json, "rows");
        mcy_json_text(json, one->rows[i].source);
        mcy_json_close_object(json);
    }
    mcy_json_close_array(json);
    mcy_json_close_object(json);
}

static mcy_status write_csv(mcy_call *call, const char *folder, mcy_day as_of,
                            const price_fit *fits, size_t count, mcy_error *err)
{
    mcy_price_fit source = {.as_of = as_of, .version = mcy_version()};
    const char *history = mcy_call_path(call, "scenarios/history");
    const char *path = mcy_path_join(call->arena, folder, "price_response.csv");
    if (!history || !path)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_facts_hash(call->arena, history, source.facts_hash, err));
    MCY_TRY(mcy_folder_make(folder, err));
    mcy_text text;
    mcy_text_init(&text);
    mcy_price_fit_head(&text);
    for (size_t i = 0; i < count; i++) {
        source.product = fits[i].product;
        mcy_price_fit_rows(&text, fits[i].fit, &source);
    }
    mcy_status status = mcy_file_write_text(path, &text, err);
    mcy_text_release(&text);
    if (status == MCY_OK)
        fprintf(call->err, "wrote %s\n", path);
    return status;
}

static mcy_status print_json(mcy_call *call, const price_fit *fits, size_t count,
                             mcy_error *err)
{
    mcy_text text;
    mcy_json json;
    mcy_text_init(&text);
    mcy_json_begin(&json, &text);
    mcy_json_array(&json);
    for (size_t i = 0; i < count; i++)
        add_fit(&json, &fits[i]);
    mcy_json_close_array(&json);
    mcy_status status = mcy_text_status(&text, err);
    fputs(mcy_text_view(&text), call->out);
    mcy_text_release(&text);
    return status;
}

mcy_status fit_price_response(mcy_call *call, const mcy_facts *facts,
                              const char *const *products, size_t count, mcy_error *err)
{
    price_fit *fits = MCY_TAKE(call->arena, price_fit, count);
    const mcy_period *newest = mcy_facts_last_quarter(facts, "micron");
    if (fits == NULL)
        return mcy_fail_memory(err);
    if (newest == NULL)
        return MCY_FAIL(err, MCY_E_MISSING, "no quarter of 'micron' is known on that day");
    for (size_t i = 0; i < count; i++) {
        mcy_price_move *rows;
        mcy_price_response *fit;
        fits[i].product = products[i];
        MCY_TRY(mcy_base_price_moves(call->arena, facts, products[i],
                                     mcy_period_quarter(newest), &rows, &fits[i].count, err));
        MCY_TRY(mcy_price_response_fit(call->arena, rows, fits[i].count, NULL, &fit, err));
        fits[i].rows = rows;
        fits[i].fit = fit;
    }
    const char *folder = mcy_call_option(call, "output");
    if (folder)
        MCY_TRY(write_csv(call, folder, facts->as_of, fits, count, err));
    if (mcy_call_has(call, "json"))
        return print_json(call, fits, count, err);
    for (size_t i = 0; i < count; i++)
        print_fit(call->out, &fits[i]);
    fputs("priors are part of the answer: 'learned' is the share of the prior's variance that "
          "the\n"
          "quarters removed; 'left out' is the residual when that quarter is hidden\n",
          call->out);
    return MCY_OK;
}
