/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every shipped scenario, run by the equation language and recomputed by plain loops from the
 * same resolved inputs: they agree to 1e-9. And what the base scenario must give. */
#include "model_run.h"
#include "plain_model.h"

static double read_input(void *context, const char *path, int quarter)
{
    return model_value(context, path, quarter);
}

static void compare(const model_run *run, const char *path, int quarter, double plain)
{
    double model = model_value(run, path, quarter);
    if (mcy_is_missing(model) && mcy_is_missing(plain))
        return;
    double scale = fmax(fabs(plain), 1e-6);
    if (!(fabs(model - plain) <= 1e-9 * fmax(scale, 1)))
        if (!(fabs(model - plain) <= 1e-9 * scale))
            fail_msg("%s in quarter %d: model %.17g, plain loops %.17g", path, quarter, model,
                     plain);
}

static void compare_firm(const model_run *run, const plain_run *plain, int i, int t)
{
    const struct {
        const char *name;
        double value;
    } list[] = {
        {"revenue", plain->revenue[i][AT(t)]},
        {"depreciation", plain->depreciation[i][AT(t)]},
        {"cogs", plain->cogs[i][AT(t)]},
        {"gross_margin", plain->gross_margin[i][AT(t)]},
        {"operating_income", plain->operating_income[i][AT(t)]},
        {"net_income", plain->net_income[i][AT(t)]},
        {"net_income_gaap", plain->net_income_gaap[i][AT(t)]},
        {"interest", plain->interest[i][AT(t)]},
        {"tax", plain->tax[i][AT(t)]},
        {"losses", plain->losses[i][AT(t)]},
        {"nwc_change", plain->nwc_change[i][AT(t)]},
        {"ocf", plain->ocf[i][AT(t)]},
        {"fcf", plain->fcf[i][AT(t)]},
        {"net_cash", plain->net_cash[i][AT(t)]},
        {"equity", plain->equity[i][AT(t)]},
        {"shares", plain->shares[i][AT(t)]},
        {"eps", plain->eps[i][AT(t)]},
        {"eps_gaap", plain->eps_gaap[i][AT(t)]},
    };
    char path[128];
    for (size_t n = 0; n < sizeof list / sizeof list[0]; n++) {
        snprintf(path, sizeof path, "%s.%s", list[n].name, plain_firm[i]);
        compare(run, path, t, list[n].value);
    }
}

static void compare_fab(const model_run *run, const plain_run *plain, int i, int g, int t)
{
    const struct {
        const char *name;
        double value;
    } list[] = {
        {"space", plain->space[i][g][AT(t)]},
        {"capacity", plain->capacity[i][g][AT(t)]},
        {"ramping", plain->ramping[i][g][AT(t)]},
        {"waiting", plain->waiting[i][g][AT(t)]},
        {"installed", plain->installed[i][g][AT(t)]},
        {"bits_per_wafer", plain->bits_per_wafer[i][g][AT(t)]},
        {"converted", plain->converted[i][g][AT(t)]},
    };
    char path[128];
    for (size_t n = 0; n < sizeof list / sizeof list[0]; n++) {
        snprintf(path, sizeof path, "%s.%s.%s", list[n].name, plain_firm[i], plain_fab[g]);
        compare(run, path, t, list[n].value);
    }
}

static void compare_product(const model_run *run, const plain_run *plain, int i, int k, int t)
{
    const struct {
        const char *name;
        double value;
    } list[] = {
        {"wafers", plain->wafers[i][k][AT(t)]},
        {"supply", plain->supply[i][k][AT(t)]},
        {"available", plain->available[i][k][AT(t)]},
        {"shipped", plain->shipped[i][k][AT(t)]},
        {"inventory", plain->inventory[i][k][AT(t)]},
        {"weeks", plain->weeks[i][k][AT(t)]},
        {"utilisation", plain->utilisation[i][k][AT(t)]},
        {"realised_price", plain->realised[i][k][AT(t)]},
        {"product_revenue", plain->sales[i][k][AT(t)]},
        {"unit_cost", plain->unit_cost[i][k][AT(t)]},
        {"share", plain->share[i][k][AT(t)]},
    };
    char path[128];
    for (size_t n = 0; n < sizeof list / sizeof list[0]; n++) {
        snprintf(path, sizeof path, "%s.%s.%s", list[n].name, plain_firm[i], plain_product[k]);
        compare(run, path, t, list[n].value);
    }
}

static void compare_market(const model_run *run, const plain_run *plain, int k, int t)
{
    const struct {
        const char *name;
        double value;
    } list[] = {
        {"price", plain->price[k][AT(t)]},
        {"price_move", plain->move[k][AT(t)]},
        {"price_memory", plain->memory[k][AT(t)]},
        {"demand", plain->demand[k][AT(t)]},
        {"orders", plain->orders[k][AT(t)]},
        {"offered", plain->offered[k][AT(t)]},
        {"shipped_total", plain->total[k][AT(t)]},
        {"fill_rate", plain->fill[k][AT(t)]},
        {"normal_price", plain->normal[k][AT(t)]},
        {"concentration", plain->concentration[k][AT(t)]},
    };
    char path[128];
    for (size_t n = 0; n < sizeof list / sizeof list[0]; n++) {
        snprintf(path, sizeof path, "%s.%s", list[n].name, plain_product[k]);
        compare(run, path, t, list[n].value);
    }
}

static void compare_scenario(const char *scenario)
{
    static plain_run plain;
    char path[128];
    model_run run;
    model_open(&run, scenario, NULL);
    int last = mcy_unrolled_last(run.study->unrolled);
    plain_model(read_input, &run, last, mcy_quarter_number(run.study->base->quarter), &plain);
    for (int t = 0; t <= last; t++) {
        for (int i = 0; i < FIRMS; i++) {
            compare_firm(&run, &plain, i, t);
            for (int g = 0; g < FABS; g++)
                compare_fab(&run, &plain, i, g, t);
            for (int k = 0; k < PRODUCTS; k++)
                compare_product(&run, &plain, i, k, t);
        }
        for (int k = 0; k < PRODUCTS; k++)
            compare_market(&run, &plain, k, t);
        for (int g = 0; g < FABS; g++) {
            snprintf(path, sizeof path, "industry_bits.%s", plain_fab[g]);
            compare(&run, path, t, plain.industry_bits[g][AT(t)]);
        }
    }
    for (int k = 0; k < PRODUCTS; k++) {
        snprintf(path, sizeof path, "shortage_ends.%s", plain_product[k]);
        compare(&run, path, 0, plain.shortage_ends[k]);
        snprintf(path, sizeof path, "price_peaks.%s", plain_product[k]);
        compare(&run, path, 0, plain.price_peaks[k]);
    }
    char fault[256];
    if (run.fault.kind != MCY_FAULT_NONE)
        fail_msg("%s: %s", scenario, model_fault_text(&run, fault));
    model_close(&run);
}

static void scenarios__by_plain_loops__agree(void **state)
{
    (void)state;
    static const char *const shipped[] = {
        "base", "bull", "bear", "capex-upside", "risk-yield", "risk-policy", "risk-smartphone"};
    for (size_t i = 0; i < sizeof shipped / sizeof shipped[0]; i++)
        compare_scenario(shipped[i]);
}

static double value_at_base(void *context, const char *path)
{
    const model_run *run = context;
    size_t symbol, element;
    if (mcy_model_find(run->study->model, path, &symbol, &element, NULL) != MCY_OK)
        return MCY_MISSING;
    return model_value(run, path, 0);
}

static void base__at_the_base_quarter__gives_back_what_was_reported(void **state)
{
    (void)state;
    model_run run;
    mcy_error err = {0};
    const mcy_base_finding *found;
    model_open(&run, "base", NULL);
    check_ok(mcy_base_compare(run.arena, run.study->base, value_at_base, &run, &found, &err),
             err);
    for (size_t i = 0; i < run.study->base->target_count; i++)
        if (!found[i].met)
            fail_msg("%s: reported %g, run %g", found[i].target->path,
                     found[i].target->reported, found[i].value);
    check_near(model_value(&run, "eps.micron", 0), 12.20, 1e-9);
    check_near(model_value(&run, "eps_gaap.micron", 0), 12.07, 1e-9);
    check_near(model_value(&run, "ocf.micron", 0), 11900, 1e-9);
    model_close(&run);
}

/* Guidance of 18 March 2026 for FQ3-26: revenue 32.75-34.25bn, gross margin about 81 %, EPS
 * 18.75-19.55; industry bits of 2026 "low twenties" and "about 20 %". */
static void base__of_the_next_quarters__is_near_what_is_guided(void **state)
{
    (void)state;
    model_run run;
    model_open(&run, "base", NULL);
    double revenue = model_value(&run, "revenue.micron", 1);
    assert_true(revenue > 32750 && revenue < 34250);
    assert_true(fabs(model_value(&run, "gross_margin.micron", 1) - 0.81) < 0.01);
    double eps = model_value(&run, "eps.micron", 1);
    assert_true(eps > 18.75 && eps < 19.55);
    double dram = model_value(&run, "bit_growth.dram", 3);
    double nand = model_value(&run, "bit_growth.nand", 3);
    assert_true(dram > 0.185 && dram < 0.225);
    assert_true(nand > 0.185 && nand < 0.225);
    double end = model_value(&run, "shortage_ends.dram", 0);
    assert_true(end >= 7 && end <= 9); /* 2027Q4 to 2028Q2 */
    model_close(&run);
}

/* Space, not tools: tools that come on top only wait; the wafers installed in 2026Q4 stay. */
static void base__in_2026__is_bound_by_space(void **state)
{
    (void)state;
    static const char *const three[] = {"micron", "samsung", "skhynix"};
    for (int i = 0; i < 3; i++) {
        char installed[64], waiting[64], more[64];
        snprintf(installed, sizeof installed, "wafers_installed.%s.dram", three[i]);
        snprintf(waiting, sizeof waiting, "waiting.%s.dram", three[i]);
        snprintf(more, sizeof more, "waiting_0.%s.dram=8 kwpm", three[i]);
        model_run run;
        mcy_error err = {0};
        model_open(&run, "base", NULL);
        double wafers = model_value(&run, installed, 3), queue = model_value(&run, waiting, 3);
        assert_true(queue > 0);
        check_ok(mcy_inputs_set(run.arena, run.study->inputs, more, &err), err);
        model_run_now(&run);
        check_near(model_value(&run, installed, 3), wafers, 1e-12);
        check_near(model_value(&run, waiting, 3), queue + 8, 1e-12);
        model_close(&run);
    }
}

/* S7: more conversion never lowers bits at the shipped values, although it costs wafers. */
static void base__with_more_conversion__makes_no_fewer_bits(void **state)
{
    (void)state;
    static const char *const cheaper[] = {"conversion_cost=×0.8"};
    const mcy_study_request request = {.set_count = 1, .sets = cheaper};
    model_run before, after;
    model_open(&before, "base", NULL);
    model_open(&after, "base", &request);
    bool more = false;
    for (int t = 0; t <= mcy_unrolled_last(before.study->unrolled); t++)
        for (int i = 0; i < FIRMS; i++)
            for (int g = 0; g < FABS; g++) {
                char path[64];
                snprintf(path, sizeof path, "bits_made.%s.%s", plain_firm[i], plain_fab[g]);
                double old = model_value(&before, path, t), now = model_value(&after, path, t);
                double used = 1; /* cuts answer stock: compare what could be made */
                for (int k = 0; k < PRODUCTS; k++) {
                    char cut[64];
                    snprintf(cut, sizeof cut, "utilisation.%s.%s", plain_firm[i],
                             plain_product[k]);
                    used = fmin(used, model_value(&after, cut, t));
                }
                if (used < 1)
                    continue;
                if (!(now >= old * (1 - 1e-12)))
                    fail_msg("%s in quarter %d: %g, before %g", path, t, now, old);
                more = more || now > old * 1.001;
            }
    assert_true(more);
    model_close(&before);
    model_close(&after);
}

/* base.yaml carries the fit of the price response to two decimals, as its lines say. */
static void base__of_the_price_response__carries_the_fit(void **state)
{
    (void)state;
    static const char *const products[] = {"dram", "nand"};
    model_run run;
    mcy_error err = {0};
    model_open(&run, "base", NULL);
    mcy_facts *facts;
    mcy_text report;
    mcy_text_init(&report);
    check_ok(mcy_facts_read(run.arena, MCY_SOURCE_DIR "/scenarios/history", 20260601, &report,
                            &facts, &err),
             err);
    for (int k = 0; k < 2; k++) {
        mcy_price_move *rows;
        size_t count;
        mcy_price_response *fit;
        check_ok(mcy_base_price_moves(run.arena, facts, products[k], mcy_quarter_of(2026, 1),
                                      &rows, &count, &err),
                 err);
        check_ok(mcy_price_response_fit(run.arena, rows, count, NULL, &fit, &err), err);
        for (int p = 0; p < MCY_PRICE_PARAMETERS; p++) {
            char path[64];
            snprintf(path, sizeof path, "%s.%s",
                     mcy_price_parameter_name((mcy_price_parameter)p), products[k]);
            check_near(model_value(&run, path, 0), fit->estimate[p], 0.0051);
        }
    }
    mcy_text_release(&report);
    model_close(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenarios__by_plain_loops__agree),
        cmocka_unit_test(base__at_the_base_quarter__gives_back_what_was_reported),
        cmocka_unit_test(base__of_the_next_quarters__is_near_what_is_guided),
        cmocka_unit_test(base__in_2026__is_bound_by_space),
        cmocka_unit_test(base__with_more_conversion__makes_no_fewer_bits),
        cmocka_unit_test(base__of_the_price_response__carries_the_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
