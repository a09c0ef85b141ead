/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revenue bridges on the real facts: they add, and they say what the filings say. */
#include "check.h"

#include "mcy/fit_file.h"
#include "mcy/number.h"
#include "mcy/revenue_bridge.h"

static mcy_arena *arena;
static mcy_facts *facts;
static const mcy_decomposition *fits[2];

static int set_up(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_text report;
    static const char *const products[2] = {"dram", "nand"};
    arena = mcy_arena_create();
    mcy_text_init(&report);
    check_ok(
        mcy_facts_read(arena, MCY_SOURCE_DIR "/scenarios/history", 0, &report, &facts, &err),
        err);
    mcy_text_release(&report);
    for (int k = 0; k < 2; k++) {
        mcy_decomposition *fit = NULL;
        check_ok(mcy_fit_product(arena, facts, products[k], NULL, &fit, &err), err);
        fits[k] = fit;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return 0;
}

static mcy_period period_of(const char *text)
{
    mcy_error err = {0};
    mcy_period p;
    check_ok(mcy_period_parse(text, strlen(text), 8, false, &p, &err), err);
    return p;
}

static mcy_status build(const char *firm, const char *from, const char *to,
                        mcy_revenue_bridge *bridge, mcy_error *err)
{
    mcy_period a = period_of(from), b = period_of(to);
    return mcy_revenue_bridge_build(arena, facts, fits, 2, firm, &a, &b, bridge, err);
}

/* Terms to products, products and other to the total, every method to the same change. */
static void check_adds(const mcy_revenue_bridge *b)
{
    double sum = b->other_after - b->other_before, products = 0;
    for (size_t k = 0; k < b->products; k++) {
        const mcy_bridge_product *p = &b->product[k];
        double own = 0;
        for (int j = 0; j < MCY_FACTORS; j++)
            own += p->term[j];
        check_near(own / p->after, (p->after - p->before) / p->after, 1e-12);
        sum += own;
        products += p->after - p->before;
    }
    check_near(sum / b->after, (b->after - b->before) / b->after, 1e-12);
    for (int m = 0; m < MCY_BRIDGE_METHODS; m++) {
        double all = 0;
        for (int j = 0; j < MCY_FACTORS; j++)
            all += b->method[m][j];
        check_near(all / b->after, products / b->after, 1e-12);
    }
}

/* FQ1-26 to FQ2-26: 13,643 to 23,860; DRAM price mid-60s with bits mid-single digits. */
static void bridge__micron_last_quarter__is_almost_all_price(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_revenue_bridge b;
    check_ok(build("micron", "FQ1-26", "FQ2-26", &b, &err), err);
    check_adds(&b);
    assert_true(b.has_total);
    check_near(b.after - b.before, 23860 - 13643, 1e-12);
    check_near(b.product[0].after, 18768, 1e-12);
    check_near(b.product[1].before, 2743, 1e-12);
    const double *dram = b.product[0].log_change;
    assert_true(expm1(dram[MCY_FACTOR_BITS]) > 0.03 && expm1(dram[MCY_FACTOR_BITS]) < 0.07);
    double price = dram[MCY_FACTOR_MARKET] + dram[MCY_FACTOR_MIX];
    assert_true(expm1(price) > 0.63 && expm1(price) < 0.67);
    check_near(dram[MCY_FACTOR_FX], 0, 0);
    assert_true(b.product[0].split_sd > 10 && b.product[0].split_sd < 300);
}

static void bridge__many_pairs__add(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_revenue_bridge b;
    static const char *const pairs[][3] = {
        {"micron", "FQ1-20", "FQ2-26"},  {"micron", "FQ4-22", "FQ2-23"},
        {"micron", "FQ1-19", "FQ2-19"},  {"micron", "FQ1-18", "FQ3-18"},
        {"samsung", "2025Q2", "2025Q4"}, {"skhynix", "2025Q4", "2026Q1"},
        {"skhynix", "2025Q1", "2025Q2"}, {"skhynix", "2022Q1", "2022Q3"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        check_ok(build(pairs[i][0], pairs[i][1], pairs[i][2], &b, &err), err);
        check_adds(&b);
    }
    /* company revenue times share is in won: the exchange rate has a term */
    check_ok(build("skhynix", "2025Q1", "2025Q2", &b, &err), err);
    assert_string_equal(b.unit, "krw_tn");
    assert_true(b.product[0].term[MCY_FACTOR_FX] < 0); /* the won rose */
    check_ok(build("samsung", "2025Q2", "2025Q4", &b, &err), err);
    assert_false(b.has_total);
}

static void bridge__what_cannot_be_bridged__is_refused(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_revenue_bridge b;
    check_refused(build("micron", "FQ3-18", "FQ1-19", &b, &err), MCY_E_MISSING, err,
                  "two bases");
    check_refused(build("micron", "FQ4-18", "FQ1-19", &b, &err), MCY_E_MISSING, err,
                  "no revenue of one kind");
    check_refused(build("micron", "FQ2-26", "FQ1-26", &b, &err), MCY_E_INPUT, err, "later one");
    check_refused(build("micron", "FQ1-26", "FY26", &b, &err), MCY_E_INPUT, err, "got FQ1-26");
    check_refused(build("micron", "FQ1-15", "FQ1-18", &b, &err), MCY_E_MISSING, err,
                  "reaches from");
    check_refused(build("intel", "2025Q1", "2025Q2", &b, &err), MCY_E_MISSING, err, "'intel'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bridge__micron_last_quarter__is_almost_all_price),
        cmocka_unit_test(bridge__many_pairs__add),
        cmocka_unit_test(bridge__what_cannot_be_bridged__is_refused),
    };
    return cmocka_run_group_tests_name("revenue_bridge", tests, set_up, tear_down);
}
