/* SPDX-License-Identifier: GPL-3.0-or-later */
/* memcycle bridge: what a change between two quarters was made of (D9). */
#include "command.h"

#include <math.h>
#include <string.h>

#include "bridge_margin.h"
#include "fit_of_call.h"
#include "mcy/display.h"
#include "mcy/json.h"
#include "mcy/revenue_bridge.h"

enum { PRODUCTS = 2 };

static const char *const products[PRODUCTS] = {"dram", "nand"};

static mcy_status period_of(const mcy_facts *facts, const char *firm, const char *text,
                            mcy_period *period, mcy_error *err)
{
    return mcy_period_parse(text, strlen(text), mcy_facts_year_ends(facts, firm), false, period,
                            err);
}

/* FROM and TO as given; left out, TO is the last reported quarter and FROM the one before it. */
static mcy_status quarters_of(const mcy_call *call, const mcy_facts *facts, const char *firm,
                              mcy_period *from, mcy_period *to, mcy_error *err)
{
    const mcy_period *last = mcy_facts_last_quarter(facts, firm);
    if (call->operand_count < 3 && !last)
        return MCY_FAIL(err, MCY_E_MISSING, "no quarter of '%s' is reported: say FROM and TO",
                        firm);
    if (call->operand_count > 2)
        MCY_TRY(period_of(facts, firm, call->operands[2], to, err));
    else
        *to = *last;
    if (call->operand_count > 1)
        return period_of(facts, firm, call->operands[1], from, err);
    *from = mcy_period_shift(to, -1);
    return MCY_OK;
}

static void print_number(FILE *out, double value, bool change, bool won)
{
    char text[MCY_DISPLAY_TEXT];
    mcy_display display = {.decimals = won ? 2 : 0, .signed_plus = change};
    mcy_display_print(value, &display, text);
    fprintf(out, " %12s", text);
}

static void print_head(FILE *out, const mcy_revenue_bridge *b)
{
    char from[32], to[32], from_months[40], to_months[40];
    mcy_period_format(&b->from, from);
    mcy_period_format(&b->to, to);
    mcy_period_months(&b->from, from_months);
    mcy_period_months(&b->to, to_months);
    fprintf(out, "%s revenue, %s (%s) to %s (%s), %s\n\n", b->firm, from, from_months, to,
            to_months, strcmp(b->unit, "usd_m") == 0 ? "USD m" : "KRW tn");
}

static void print_revenue(FILE *out, const mcy_revenue_bridge *b)
{
    bool won = strcmp(b->unit, "usd_m") != 0;
    int factors = won ? MCY_FACTORS : MCY_FACTOR_FX;
    double sum[MCY_FACTORS] = {0};
    print_head(out, b);
    fprintf(out, "  %-8s %12s", "", "before");
    for (int j = 0; j < factors; j++)
        fprintf(out, " %12s", mcy_revenue_factor_name((mcy_revenue_factor)j));
    fprintf(out, " %12s %12s\n", "other", "after");
    for (size_t k = 0; k < b->products; k++) {
        const mcy_bridge_product *p = &b->product[k];
        fprintf(out, "  %-8s", p->name);
        print_number(out, p->before, false, won);
        for (int j = 0; j < factors; j++) {
            print_number(out, p->term[j], true, won);
            sum[j] += p->term[j];
        }
        fprintf(out, " %12s", "");
        print_number(out, p->after, false, won);
        char split[MCY_DISPLAY_TEXT];
        mcy_display_print(1.6448536269514722 * p->split_sd,
                          &(mcy_display){.decimals = won ? 2 : 0}, split);
        fprintf(out, "   bits %+.1f %%, price %+.1f %%; ±%s between them\n",
                mcy_fit_pct(p->log_change[MCY_FACTOR_BITS]),
                mcy_fit_pct(p->log_change[MCY_FACTOR_MARKET] + p->log_change[MCY_FACTOR_MIX]),
                split);
    }
    if (b->has_total) {
        fprintf(out, "  %-8s", "other");
        print_number(out, b->other_before, false, won);
        fprintf(out, "%*s", factors * 13, "");
        print_number(out, b->other_after - b->other_before, true, won);
        print_number(out, b->other_after, false, won);
        fprintf(out, "\n");
    }
    fprintf(out, "  %-8s", "total");
    print_number(out, b->before, false, won);
    for (int j = 0; j < factors; j++)
        print_number(out, sum[j], true, won);
    print_number(out, b->other_after - b->other_before, true, won);
    print_number(out, b->after, false, won);
    fprintf(out, "\n\n  log-mean split; terms add to the change. ±: 90 %% interval of bits "
                 "against price.\n"
                 "  sources:");
    for (size_t k = 0; k < b->products; k++)
        fprintf(out, " %s %s %s", b->product[k].name, b->product[k].before_fact,
                b->product[k].after_fact);
    fprintf(out, "\n");
}

static void print_methods(FILE *out, const mcy_revenue_bridge *b)
{
    bool won = strcmp(b->unit, "usd_m") != 0;
    int factors = won ? MCY_FACTORS : MCY_FACTOR_FX;
    double low[MCY_FACTORS], high[MCY_FACTORS];
    fprintf(out, "\n  by method   ");
    for (int j = 0; j < factors; j++)
        fprintf(out, " %12s", mcy_revenue_factor_name((mcy_revenue_factor)j));
    fprintf(out, "\n");
    for (int m = 0; m < MCY_BRIDGE_METHODS; m++) {
        fprintf(out, "  %-12s", mcy_bridge_method_name((mcy_bridge_method)m));
        for (int j = 0; j < factors; j++) {
            double x = b->method[m][j];
            low[j] = m == 0 ? x : fmin(low[j], x);
            high[j] = m == 0 ? x : fmax(high[j], x);
            print_number(out, x, true, won);
        }
        fprintf(out, "\n");
    }
    fprintf(out, "  %-12s", "spread");
    for (int j = 0; j < factors; j++)
        print_number(out, high[j] - low[j], false, won);
    fprintf(
        out,
        "\n  laspeyres and paasche depend on the order of the factors; the others do not.\n");
}

static void add_named(mcy_json *json, const char *name, double value)
{
    mcy_json_name(json, name);
    mcy_json_number(json, value);
}

static const char *const factor_keys[MCY_FACTORS] = {"bits", "market_price", "own_mix",
                                                     "exchange_rate"};

static void add_product(mcy_json *json, const mcy_bridge_product *p)
{
    mcy_json_object(json);
    mcy_json_name(json, "product");
    mcy_json_text(json, p->name);
    add_named(json, "before", p->before);
    add_named(json, "after", p->after);
    for (int j = 0; j < MCY_FACTORS; j++)
        add_named(json, factor_keys[j], p->term[j]);
    add_named(json, "bits_against_price_sd", p->split_sd);
    mcy_json_name(json, "facts");
    mcy_json_array(json);
    mcy_json_text(json, p->before_fact);
    mcy_json_text(json, p->after_fact);
    mcy_json_close_array(json);
    mcy_json_close_object(json);
}

static mcy_status print_json(mcy_call *call, const mcy_revenue_bridge *b, mcy_error *err)
{
    mcy_text text;
    mcy_json json;
    mcy_text_init(&text);
    mcy_json_begin(&json, &text);
    mcy_json_object(&json);
    mcy_json_name(&json, "firm");
    mcy_json_text(&json, b->firm);
    mcy_json_name(&json, "unit");
    mcy_json_text(&json, b->unit);
    add_named(&json, "before", b->before);
    add_named(&json, "after", b->after);
    add_named(&json, "other_change", b->other_after - b->other_before);
    mcy_json_name(&json, "products");
    mcy_json_array(&json);
    for (size_t k = 0; k < b->products; k++)
        add_product(&json, &b->product[k]);
    mcy_json_close_array(&json);
    mcy_json_name(&json, "methods");
    mcy_json_object(&json);
    for (int m = 0; m < MCY_BRIDGE_METHODS; m++) {
        mcy_json_name(&json, mcy_bridge_method_name((mcy_bridge_method)m));
        mcy_json_object(&json);
        for (int j = 0; j < MCY_FACTORS; j++)
            add_named(&json, factor_keys[j], b->method[m][j]);
        mcy_json_close_object(&json);
    }
    mcy_json_close_object(&json);
    mcy_json_close_object(&json);
    mcy_status status = mcy_text_status(&text, err);
    fputs(mcy_text_view(&text), call->out);
    mcy_text_release(&text);
    return status;
}

static mcy_status bridge_revenue(mcy_call *call, const mcy_facts *facts, const char *firm,
                                 const mcy_period *from, const mcy_period *to, mcy_error *err)
{
    const mcy_decomposition *fit[PRODUCTS];
    mcy_revenue_bridge bridge;
    MCY_TRY(mcy_call_fits(call, facts, products, PRODUCTS, fit, err));
    MCY_TRY(mcy_revenue_bridge_build(call->arena, facts, fit, PRODUCTS, firm, from, to, &bridge,
                                     err));
    if (mcy_call_has(call, "json"))
        return print_json(call, &bridge, err);
    print_revenue(call->out, &bridge);
    if (mcy_call_has(call, "methods"))
        print_methods(call->out, &bridge);
    return MCY_OK;
}

/* What can be bridged: a metric is a line here and a function. */
static const struct {
    const char *name;
    mcy_status (*run)(mcy_call *call, const mcy_facts *facts, const char *firm,
                      const mcy_period *from, const mcy_period *to, mcy_error *err);
} metrics[] = {{"revenue", bridge_revenue}, {"gross-margin", bridge_margin_run}};

enum { METRICS = (int)(sizeof metrics / sizeof *metrics) };

static mcy_status run_bridge(mcy_call *call, mcy_error *err)
{
    const char *firm = call->operands[0], *metric = mcy_call_option(call, "metric");
    const char *names[METRICS];
    mcy_facts *facts = NULL;
    mcy_period from, to;
    int chosen = -1;
    for (int i = 0; i < METRICS; i++) {
        names[i] = metrics[i].name;
        if (strcmp(metric ? metric : "revenue", metrics[i].name) == 0)
            chosen = i;
    }
    if (chosen < 0) {
        const char *closest = mcy_text_closest(metric, names, METRICS);
        return MCY_FAIL(err, MCY_E_USAGE,
                        "no bridge of '%s'%s%s%s; there are revenue and gross-margin", metric,
                        closest ? " (did you mean '" : "", closest ? closest : "",
                        closest ? "'?)" : "");
    }
    MCY_TRY(mcy_call_facts(call, &facts, err));
    MCY_TRY(mcy_call_check_firm(call, facts, firm, err));
    MCY_TRY(quarters_of(call, facts, firm, &from, &to, err));
    return metrics[chosen].run(call, facts, firm, &from, &to, err);
}

static const mcy_option options[] = {
    {"metric", 'm', "METRIC", "what to bridge: revenue (the default) or gross-margin"},
    {"methods", 'M', NULL, "every way of splitting beside each other, with their spread"},
    MCY_OPTION_AS_OF,
    MCY_OPTION_FIT,
    {"json", 'j', NULL, "as JSON, every method included"},
    {0}};

const mcy_command mcy_command_bridge = {
    .name = "bridge",
    .operands = "FIRM [FROM [TO]]",
    .summary = "what a change between two quarters was made of",
    .description = "Attributes the change of a firm's revenue between two of its quarters to "
                   "bits, market\n"
                   "price, the firm's own mix and, where it reports in won, the exchange rate, "
                   "by product;\n"
                   "other revenue is a line of its own. Products are never added in bits. The "
                   "terms add to\n"
                   "the printed change. Without FROM and TO: the last reported quarter against "
                   "the one before.\nLevels are the firm's own, else company revenue times "
                   "product share,\n"
                   "else the ranking's.",
    .examples = "memcycle bridge micron\n"
                "memcycle bridge micron FQ1-26 FQ2-26\n"
                "memcycle bridge micron FQ2-25 FQ2-26 --methods\n"
                "memcycle bridge samsung 2025Q2 2025Q4",
    .options = options,
    .least = 1,
    .most = 3,
    .run = run_bridge,
};
