/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle fit: bits times price of every firm, from all that is published (D1-D8). */
#include "command.h"

#include <string.h>

#include "fit_of_call.h"
#include "fit_price.h"
#include "fit_print.h"
#include "mcy/facts_panel.h"
#include "mcy/file.h"
#include "mcy/json.h"
#include "mcy/number.h"

enum { PRODUCTS_MAX = 16, QUARTERS_SHOWN = 8 };

/* The products asked for, else both. */
static mcy_status products_of(const mcy_call *call, const char *const **products, size_t *count,
                              mcy_error *err)
{
    static const char *const both[] = {"dram", "nand"};
    *count = mcy_call_options(call, "product", products);
    if (*count == 0) {
        *products = both;
        *count = 2;
    }
    if (*count > PRODUCTS_MAX)
        return MCY_FAIL(err, MCY_E_USAGE, "at most %d products, got %zu", (int)PRODUCTS_MAX,
                        *count);
    return MCY_OK;
}

static mcy_status quarters_of(const mcy_call *call, size_t *quarters, mcy_error *err)
{
    const char *text = mcy_call_option(call, "quarters");
    double value = QUARTERS_SHOWN;
    if (text)
        MCY_TRY(mcy_number_parse(text, strlen(text), &value, err));
    if (!(value >= 0 && value <= 1000))
        return MCY_FAIL(err, MCY_E_USAGE, "--quarters takes 0 (all) to 1000, got '%s'", text);
    *quarters = (size_t)value;
    return MCY_OK;
}

/* One text into a file of the folder. */
static mcy_status write_one(mcy_call *call, const char *folder, const char *name,
                            mcy_text *text, mcy_error *err)
{
    const char *path = mcy_path_join(call->arena, folder, name);
    mcy_status status = path ? mcy_file_write_text(path, text, err) : mcy_fail_memory(err);
    mcy_text_release(text);
    if (status == MCY_OK)
        fprintf(call->err, "wrote %s\n", path);
    return status;
}

static mcy_status write_all(mcy_call *call, const char *folder, const mcy_facts *facts,
                            const mcy_decomposition *const *fit, size_t count, mcy_error *err)
{
    mcy_fit_source source = {.as_of = facts->as_of};
    const char *history = mcy_call_path(call, "scenarios/history");
    if (!history)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_facts_hash(call->arena, history, source.facts_hash, err));
    snprintf(source.version, sizeof source.version, "%s", mcy_version());
    MCY_TRY(mcy_folder_make(folder, err));
    mcy_text text;
    mcy_text_init(&text);
    mcy_fit_print(&text, fit, count, &source);
    MCY_TRY(write_one(call, folder, "fit.csv", &text, err));
    mcy_fit_print_tidy(&text, fit, count);
    MCY_TRY(write_one(call, folder, "decomposition.csv", &text, err));
    mcy_fit_print_statements(&text, fit, count, facts);
    return write_one(call, folder, "statements.csv", &text, err);
}

/* Panel and decomposition of a product, of the firms asked for. */
static mcy_status fit_product(mcy_call *call, const mcy_facts *facts, const char *product,
                              const mcy_decomposition **fit, mcy_error *err)
{
    mcy_facts_panel_settings settings = {0};
    mcy_panel *panel = NULL;
    mcy_decomposition *one = NULL;
    settings.firm_count = mcy_call_options(call, "firm", &settings.firms);
    if (settings.firm_count == 0)
        settings.firms = NULL;
    MCY_TRY(mcy_facts_panel(call->arena, facts, product, &settings, &panel, err));
    MCY_TRY(mcy_decompose(call->arena, panel, NULL, &one, err));
    *fit = one;
    return MCY_OK;
}

static void add_named(mcy_json *json, const char *name, double value)
{
    mcy_json_name(json, name);
    mcy_json_number(json, value);
}

static void add_scores(mcy_json *json, const char *name, const mcy_decompose_scores *s)
{
    mcy_json_name(json, name);
    mcy_json_object(json);
    mcy_json_name(json, "count");
    mcy_json_count(json, (long long)s->count);
    add_named(json, "cover50_frac", s->cover50);
    add_named(json, "cover80_frac", s->cover80);
    add_named(json, "cover90_frac", s->cover90);
    add_named(json, "width90_log", s->width90);
    add_named(json, "crps_log", s->crps);
    mcy_json_close_object(json);
}

static void add_fit(mcy_json *json, const mcy_decomposition *f)
{
    mcy_json_object(json);
    mcy_json_name(json, "product");
    mcy_json_text(json, f->panel.product);
    add_named(json, "log_posterior", f->log_posterior);
    mcy_json_name(json, "parameters");
    mcy_json_object(json);
    for (size_t i = 0; i < f->parameters; i++) {
        mcy_json_name(json, f->parameter[i].name);
        mcy_json_object(json);
        add_named(json, "estimate", f->parameter[i].estimate);
        add_named(json, "low", f->parameter[i].low);
        add_named(json, "high", f->parameter[i].high);
        mcy_json_close_object(json);
    }
    mcy_json_close_object(json);
    mcy_json_name(json, "leave_one_out");
    mcy_json_object(json);
    for (int k = 0; k < MCY_PANEL_KINDS; k++)
        add_scores(json, mcy_panel_kind_name((mcy_panel_kind)k), &f->scores[k]);
    add_scores(json, "statements", &f->statements);
    mcy_json_close_object(json);
    mcy_json_close_object(json);
}

static mcy_status print_json(mcy_call *call, const mcy_decomposition *const *fit, size_t count,
                             mcy_error *err)
{
    mcy_text text;
    mcy_json json;
    mcy_text_init(&text);
    mcy_json_begin(&json, &text);
    mcy_json_array(&json);
    for (size_t i = 0; i < count; i++)
        add_fit(&json, fit[i]);
    mcy_json_close_array(&json);
    mcy_status status = mcy_text_status(&text, err);
    fputs(mcy_text_view(&text), call->out);
    mcy_text_release(&text);
    return status;
}

static mcy_status run_fit(mcy_call *call, mcy_error *err)
{
    const char *const *products;
    const mcy_decomposition *fit[PRODUCTS_MAX];
    mcy_facts *facts = NULL;
    size_t count = 0, quarters = 0;
    MCY_TRY(products_of(call, &products, &count, err));
    MCY_TRY(quarters_of(call, &quarters, err));
    const char *what = mcy_call_option(call, "what");
    if (what && strcmp(what, "decomposition") != 0 && strcmp(what, "price-response") != 0)
        return MCY_FAIL(err, MCY_E_USAGE,
                        "--what takes decomposition or price-response, got '%s'", what);
    MCY_TRY(mcy_call_facts(call, &facts, err));
    if (what && strcmp(what, "price-response") == 0)
        return fit_price_response(call, facts, products, count, err);
    for (size_t i = 0; i < count; i++)
        MCY_TRY(fit_product(call, facts, products[i], &fit[i], err));
    const char *folder = mcy_call_option(call, "output");
    if (folder)
        MCY_TRY(write_all(call, folder, facts, fit, count, err));
    if (mcy_call_has(call, "json"))
        return print_json(call, fit, count, err);
    for (size_t i = 0; i < count; i++)
        fit_print(call->out, fit[i], facts, quarters);
    fprintf(call->out, "%s\n", mcy_period_rule);
    return MCY_OK;
}

static const mcy_option options[] = {
    {"what", 'w', "WHAT", "decomposition (the default) or price-response (M4)"},
    {"product", 'p', "PRODUCT", "fit this product; may be repeated (both: dram and nand)"},
    {"firm", 'F', "FIRM", "of these firms; may be repeated (micron, samsung, skhynix)"},
    MCY_OPTION_AS_OF,
    {"output", 'o', "DIR", "write fit.csv, decomposition.csv and statements.csv there"},
    {"quarters", 'q', "N", "show the last N quarters (8); 0 shows all"},
    {"json", 'j', NULL, "parameters and scores as JSON"},
    {0}};

const mcy_command mcy_command_fit = {
    .name = "fit",
    .operands = "",
    .summary = "how much of the revenue was bits and how much was price, firm by firm",
    .description =
        "Splits the revenue growth of every firm into bits and price from all that is "
        "published:\n"
        "words, revenue, rankings and contract prices, held together by one market price "
        "factor.\n"
        "Prints the parameters with 90 % intervals, how well each statement is predicted by "
        "all\n"
        "others, the last quarters by firm, and the statements that everything else "
        "contradicts.\n"
        "What nobody published is inferred and marked so.\n"
        "With -o it writes fit.csv (read by later commands, with a hash of the facts in it),\n"
        "decomposition.csv (one row a quarter, firm and quantity) and statements.csv.\n"
        "--what price-response fits how strongly the contract price answers the tightness of "
        "the\n"
        "quarter before, on the few quarters that have one, with priors and errors; with -o it\n"
        "writes price_response.csv, which a sweep can draw from (docs/sweeps.md).",
    .examples = "memcycle fit\n"
                "memcycle fit --product dram --quarters 0\n"
                "memcycle fit --as-of 2026-03-17 -o fit\n"
                "memcycle fit --what price-response --as-of 2026-06-01 -o fit",
    .options = options,
    .run = run_fit,
};
