/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random scenarios inside the bounds of every assumption: wafers, bits and cash are conserved
 * in every quarter, nothing is non-finite, nothing is negative that cannot be. 10,000 of them.
 */
#include "model_run.h"
#include "random.h"

enum { SCENARIOS = 10000, BATCH = 125 };

/* Draw one input: inside its bounds, within a wide range where a bound is infinite or vast. */
static double draw(random_state *random, const mcy_symbol *what, double base)
{
    double low = what->low, high = what->high, u = random_uniform(random);
    if (what->kind == MCY_SYMBOL_FACT)
        return base * exp(random_between(random, -2, 2));
    if (isinf(low) || isinf(high))
        return base;
    if (u < 0.02)
        return low;
    if (u > 0.98)
        return high;
    return random_between(random, low, high);
}

/* What a base quarter must be to be one: weights add to 1, its price is 1, its history too. */
static void make_coherent(const mcy_study *study, double *const *lane, size_t s)
{
    static const char *const products[] = {"dram", "hbm", "nand"};
    char path[64];
    mcy_error err = {0};
    size_t symbol, element;
    for (int k = 0; k < 3; k++) {
        double sum = 0;
        snprintf(path, sizeof path, "demand_weight.%s.ai_server", products[k]);
        check_ok(mcy_model_find(study->model, path, &symbol, &element, &err), err);
        for (size_t m = 0; m < 5; m++)
            sum += lane[mcy_unrolled_input(study->unrolled, symbol, element + m, 0)][s];
        for (size_t m = 0; m < 5; m++) {
            double *weight =
                &lane[mcy_unrolled_input(study->unrolled, symbol, element + m, 0)][s];
            *weight = sum > 0 ? *weight / sum : 0.2;
        }
        snprintf(path, sizeof path, "price_history.%s", products[k]);
        check_ok(mcy_model_find(study->model, path, &symbol, &element, &err), err);
        lane[mcy_unrolled_input(study->unrolled, symbol, element, 0)][s] = 1;
    }
}

typedef struct lanes {
    model_run *run;
    double **out; /* [nodes] */
    double **in;  /* [inputs] */
} lanes;

static const double *row(const lanes *it, const char *path, int t)
{
    mcy_error err = {0};
    size_t symbol, element;
    const mcy_study *study = it->run->study;
    if (mcy_model_find(study->model, path, &symbol, &element, &err) != MCY_OK)
        fail_msg("%s", err.text);
    if (mcy_model_symbol(study->model, symbol)->kind == MCY_SYMBOL_ASSUMPTION)
        return it->in[mcy_unrolled_input(study->unrolled, symbol, element, t)];
    return it->out[mcy_unrolled_node(study->unrolled, symbol, element, t)];
}

static void close_to(double a, double b, double scale, const char *what, const char *who, int t)
{
    if (!(fabs(a - b) <= 1e-9 * fmax(scale, 1)))
        fail_msg("%s of %s in quarter %d: %.17g against %.17g", what, who, t, a, b);
}

static void not_negative(double x, double scale, const char *what, const char *who, int t)
{
    if (!(x >= -1e-9 * fmax(scale, 1)))
        fail_msg("%s of %s in quarter %d is %.17g", what, who, t, x);
}

static const double *named(const lanes *it, const char *name, const char *who, int t)
{
    char path[96];
    snprintf(path, sizeof path, "%s.%s", name, who);
    return row(it, path, t);
}

static void check_fab(const lanes *it, const char *who, int t, size_t n)
{
    const double *now = named(it, "wafers_installed", who, t);
    const double *before = named(it, "wafers_installed", who, t - 1);
    const double *put = named(it, "installed", who, t),
                 *lost = named(it, "capacity_lost", who, t);
    const double *room = named(it, "space", who, t), *queue = named(it, "waiting", who, t);
    const double *queue_before = named(it, "waiting", who, t - 1);
    const double *came = named(it, "arrived", who, t), *good = named(it, "capacity", who, t);
    const double *ramp = named(it, "ramping", who, t);
    for (size_t s = 0; s < n; s++) {
        close_to(now[s], before[s] + put[s] - lost[s], before[s] + put[s], "wafers", who, t);
        close_to(queue[s], queue_before[s] + came[s] - put[s], queue_before[s] + came[s],
                 "tools", who, t);
        close_to(now[s], good[s] + ramp[s], now[s], "installed wafers", who, t);
        not_negative(queue[s], came[s] + queue_before[s], "waiting tools", who, t);
        not_negative(good[s], now[s], "capacity", who, t);
        not_negative(ramp[s], now[s], "ramping", who, t);
        not_negative(room[s] - now[s], room[s], "free space", who, t);
    }
}

static void check_stock(const lanes *it, const char *who, int t, size_t n)
{
    const double *made = named(it, "supply", who, t), *sold = named(it, "shipped", who, t);
    const double *now = named(it, "inventory", who, t);
    const double *before = named(it, "inventory", who, t - 1);
    for (size_t s = 0; s < n; s++) {
        double scale = made[s] + before[s];
        close_to(made[s], sold[s] + now[s] - before[s], scale, "bits", who, t);
        not_negative(made[s], scale, "supply", who, t);
        not_negative(sold[s], scale, "shipments", who, t);
        not_negative(now[s], scale, "stock", who, t);
    }
}

static void check_cash(const lanes *it, const char *who, int t, size_t n)
{
    const double *now = named(it, "net_cash", who, t),
                 *before = named(it, "net_cash", who, t - 1);
    const double *fcf = named(it, "fcf", who, t), *tax = named(it, "tax", who, t);
    const double *back = named(it, "buyback", who, t), *paid = named(it, "dividend", who, t);
    const double *ocf = named(it, "ocf", who, t), *net_capex = named(it, "net_capex", who, t);
    const double *revenue = named(it, "revenue", who, t), *cogs = named(it, "cogs", who, t);
    const double *gross = named(it, "gross_profit", who, t);
    for (size_t s = 0; s < n; s++) {
        close_to(now[s] - before[s], fcf[s] - back[s] - paid[s],
                 fabs(now[s]) + fabs(before[s]) + fabs(fcf[s]), "cash", who, t);
        close_to(fcf[s], ocf[s] - net_capex[s], fabs(ocf[s]) + fabs(net_capex[s]), "free cash",
                 who, t);
        close_to(gross[s], revenue[s] - cogs[s], fabs(revenue[s]) + fabs(cogs[s]),
                 "gross profit", who, t);
        not_negative(tax[s], 1, "tax", who, t);
    }
}

static void check_market(const lanes *it, const char *who, int t, size_t n)
{
    const double *price = named(it, "price", who, t), *fill = named(it, "fill_rate", who, t);
    const double *total = named(it, "shipped_total", who, t);
    const double *wanted = named(it, "demand", who, t);
    for (size_t s = 0; s < n; s++) {
        if (!(price[s] > 0))
            fail_msg("price of %s in quarter %d is %g", who, t, price[s]);
        not_negative(fill[s], 1, "fill rate", who, t);
        not_negative(1 - fill[s], 1, "unfilled part", who, t);
        not_negative(wanted[s] - total[s], wanted[s], "unmet demand", who, t);
    }
}

static void check_quarter(const lanes *it, int t, size_t n)
{
    static const char *const firms[] = {"micron", "samsung", "skhynix", "rest"};
    static const char *const products[] = {"dram", "hbm", "nand"};
    static const char *const fabs_[] = {"dram", "nand"};
    char who[64];
    for (int i = 0; i < 4; i++) {
        for (int g = 0; g < 2; g++) {
            snprintf(who, sizeof who, "%s.%s", firms[i], fabs_[g]);
            check_fab(it, who, t, n);
        }
        for (int k = 0; k < 3; k++) {
            snprintf(who, sizeof who, "%s.%s", firms[i], products[k]);
            check_stock(it, who, t, n);
        }
        check_cash(it, firms[i], t, n);
    }
    for (int k = 0; k < 3; k++)
        check_market(it, products[k], t, n);
}

static void model__of_random_scenarios__conserves_and_stays_finite(void **state)
{
    (void)state;
    model_run run;
    model_open(&run, "base", NULL);
    mcy_error err = {0};
    const mcy_study *study = run.study;
    size_t inputs = study->inputs->count, nodes = run.node_count, finite = 0;
    lanes it = {&run, MCY_TAKE(run.arena, double *, nodes),
                MCY_TAKE(run.arena, double *, inputs)};
    double *in = MCY_TAKE(run.arena, double, inputs *BATCH);
    double *out = MCY_TAKE(run.arena, double, nodes *BATCH);
    mcy_fault *faults = MCY_TAKE(run.arena, mcy_fault, BATCH);
    if (!it.out || !it.in || !in || !out || !faults)
        fail_msg("memory");
    for (size_t i = 0; i < inputs; i++)
        it.in[i] = in + i * BATCH;
    for (size_t i = 0; i < nodes; i++)
        it.out[i] = out + i * BATCH;
    random_state random = random_seed(20260601);
    for (int batch = 0; batch < SCENARIOS / BATCH; batch++) {
        for (size_t i = 0; i < inputs; i++) {
            mcy_place place = mcy_unrolled_input_place(study->unrolled, i);
            const mcy_symbol *what = mcy_model_symbol(study->model, place.symbol);
            for (size_t s = 0; s < BATCH; s++)
                it.in[i][s] = draw(&random, what, study->inputs->values[i]);
        }
        for (size_t s = 0; s < BATCH; s++)
            make_coherent(study, it.in, s);
        mcy_program_run(run.program, run.scratch, BATCH, (const double *const *)it.in, it.out,
                        faults);
        for (size_t s = 0; s < BATCH; s++) {
            char text[256];
            run.fault = faults[s];
            if (faults[s].kind == MCY_FAULT_INPUT || faults[s].kind == MCY_FAULT_VARIABLE)
                fail_msg("scenario %zu: %s", (size_t)batch * BATCH + s,
                         model_fault_text(&run, text));
            finite++;
        }
        for (int t = 1; t <= mcy_unrolled_last(study->unrolled); t++)
            check_quarter(&it, t, BATCH);
    }
    assert_int_equal(finite, SCENARIOS);
    (void)err;
    model_close(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(model__of_random_scenarios__conserves_and_stays_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
