/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shipped facts: read whole, found by name, the row that wins, dollars. */
#include "check.h"

#include "mcy/facts.h"

static mcy_arena *arena;
static mcy_facts *facts;

static int read_all(void **state)
{
    (void)state;
    mcy_text report = {0};
    mcy_error err = {0};
    arena = mcy_arena_create();
    mcy_status status =
        mcy_facts_read(arena, MCY_SOURCE_DIR "/scenarios/history", 0, &report, &facts, &err);
    if (status != MCY_OK)
        fprintf(stderr, "%s\n%s", err.text, mcy_text_view(&report));
    mcy_text_release(&report);
    return status == MCY_OK ? 0 : -1;
}

static int drop_all(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return 0;
}

static mcy_period period_of(const char *text)
{
    mcy_period p;
    mcy_error err = {0};
    check_ok(mcy_period_parse(text, strlen(text), 8, true, &p, &err), err);
    return p;
}

static const mcy_fact *winner(const char *company, const char *product, const char *metric,
                              const char *period, int bases)
{
    mcy_period p = period_of(period);
    mcy_fact_query q = {
        .company = company, .product = product, .metric = metric, .target = &p, .bases = bases};
    const mcy_fact *f = mcy_facts_winner(facts, &q);
    if (!f)
        fail_msg("no %s of %s %s in %s", metric, company, product, period);
    return f;
}

static void facts__shipped__are_all_read(void **state)
{
    (void)state;
    assert_int_equal(facts->count, 4315);
    assert_int_equal(facts->file_count, 6);
    assert_int_equal(facts->event_count, 74);
    assert_int_equal(facts->fx_count, 135);
    assert_int_equal(facts->hidden, 0);
    assert_int_equal(mcy_facts_year_ends(facts, "micron"), 8);
    assert_int_equal(mcy_facts_year_ends(facts, "skhynix"), 12);
    assert_int_equal(mcy_facts_year_ends(facts, "nobody"), 12);
}

static void winner__micron_base_quarter__is_the_filing(void **state)
{
    (void)state;
    assert_true(winner("micron", "dram", "revenue", "FQ2-26", 0)->value == 18768.0);
    assert_true(winner("micron", "nand", "revenue", "FQ2-26", 0)->value == 4997.0);
    assert_true(winner("micron", "total", "gross_margin", "FQ2-26", MCY_BASIS_GAAP)->value ==
                74.4);
    const mcy_fact *bits = winner("micron", "dram", "bit_qoq", "FQ2-26", MCY_BASIS_REPORTED);
    assert_true(bits->low == 4.0 && bits->high == 6.0);
    assert_int_equal(bits->basis, MCY_BASIS_GAAP); /* the 10-Q came a day after the remarks */
    const mcy_fact *guide = winner("micron", "total", "guidance_revenue", "FQ3-26", 0);
    assert_true(guide->value == 33500.0);
    assert_int_equal(guide->published, 20260318);
}

static void winner__restated_revenue__is_the_newer_row(void **state)
{
    (void)state;
    assert_true(winner("micron", "dram", "revenue", "FQ3-19", MCY_BASIS_GAAP)->value == 3398.0);
    mcy_period p = period_of("FQ3-19");
    mcy_fact_query q = {
        .company = "micron", .product = "dram", .metric = "revenue", .target = &p};
    const mcy_fact *const *found;
    size_t count;
    mcy_error err = {0};
    check_ok(mcy_facts_find(arena, facts, &q, &found, &count, &err), err);
    assert_int_equal(count, 2);
    assert_true(found[0]->value == 3000.0 && found[1]->value == 3398.0);
}

static void series__micron_dram_revenue__one_a_quarter_in_order(void **state)
{
    (void)state;
    mcy_fact_query q = {.company = "micron",
                        .product = "dram",
                        .metric = "revenue",
                        .bases = MCY_BASIS_GAAP,
                        .only_quarters = true};
    const mcy_fact *const *found;
    size_t count;
    mcy_error err = {0};
    check_ok(mcy_facts_series(arena, facts, &q, &found, &count, &err), err);
    assert_true(count >= 30);
    for (size_t i = 1; i < count; i++)
        assert_true(found[i]->target.last_month > found[i - 1]->target.last_month);
    assert_true(found[count - 1]->value == 18768.0);
    q.company = "nobody";
    check_ok(mcy_facts_series(arena, facts, &q, &found, &count, &err), err);
    assert_int_equal(count, 0);
}

static void range__of_a_row__follows_what_was_printed(void **state)
{
    (void)state;
    mcy_range exact = mcy_fact_range(winner("micron", "dram", "revenue", "FQ2-26", 0));
    assert_true(exact.low == 18767.5 && exact.high == 18768.5);
    mcy_range rounded = mcy_fact_range(winner("micron", "total", "fcf", "FQ2-26", 0));
    assert_true(rounded.low == 6850.0 && rounded.high == 6950.0); /* "$6.9 billion" */
    mcy_range margin =
        mcy_fact_range(winner("micron", "total", "gross_margin", "FQ1-26", MCY_BASIS_NON_GAAP));
    check_near(margin.low, 56.75, 1e-14);
    const mcy_fact *open = winner("micron", "total", "net_capex", "FY2026", 0);
    assert_true(isinf(mcy_fact_range(open).high));
}

static void fx__quarter_average__is_the_mean_of_its_months(void **state)
{
    (void)state;
    mcy_period p = period_of("2015Q1"), none = period_of("2031Q1");
    check_near(mcy_facts_fx(facts, "krw", &p), (1088.13 + 1101.4605 + 1112.9005) / 3, 1e-12);
    assert_true(isnan(mcy_facts_fx(facts, "krw", &none)));
    assert_true(isnan(mcy_facts_fx(facts, "eur", &p)));
    const mcy_fact *f = winner("skhynix", "total", "revenue", "2025Q4", MCY_BASIS_IFRS);
    mcy_range usd = mcy_fact_usd_m(facts, f);
    double rate = mcy_facts_fx(facts, "krw", &f->target);
    check_near(0.5 * (usd.low + usd.high), f->value * 1e6 / rate, 1e-12);
}

static void every_row__of_the_files__keeps_its_line(void **state)
{
    (void)state;
    size_t line = 1;
    for (size_t i = 0; i < facts->count; i++) {
        const char *colon = strchr(facts->items[i].id, ':');
        assert_non_null(colon);
        line = strncmp(facts->items[i].id, "micron.csv:", 11) == 0 ? line + 1 : line;
    }
    assert_int_equal(line, 1479);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts__shipped__are_all_read),
        cmocka_unit_test(winner__micron_base_quarter__is_the_filing),
        cmocka_unit_test(winner__restated_revenue__is_the_newer_row),
        cmocka_unit_test(series__micron_dram_revenue__one_a_quarter_in_order),
        cmocka_unit_test(range__of_a_row__follows_what_was_printed),
        cmocka_unit_test(fx__quarter_average__is_the_mean_of_its_months),
        cmocka_unit_test(every_row__of_the_files__keeps_its_line),
    };
    return cmocka_run_group_tests_name("facts", tests, read_all, drop_all);
}
