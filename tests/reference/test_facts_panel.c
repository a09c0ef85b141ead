/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which published rows enter the decomposition, checked on the facts themselves. */
#include "check.h"

#include "mcy/facts_panel.h"
#include "mcy/number.h"

static mcy_arena *arena;
static const mcy_facts *facts;

static const mcy_facts *read_as_of(mcy_day as_of)
{
    mcy_text report;
    mcy_error err = {0};
    mcy_facts *read = NULL;
    mcy_text_init(&report);
    check_ok(
        mcy_facts_read(arena, MCY_SOURCE_DIR "/scenarios/history", as_of, &report, &read, &err),
        err);
    mcy_text_release(&report);
    return read;
}

static int set_up(void **state)
{
    (void)state;
    arena = mcy_arena_create();
    facts = read_as_of(0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return 0;
}

static const mcy_panel *panel_of(const mcy_facts *from, const char *product)
{
    mcy_error err = {0};
    mcy_panel *panel = NULL;
    check_ok(mcy_facts_panel(arena, from, product, NULL, &panel, &err), err);
    return panel;
}

/* The one observation of a kind, firm and quarter; NULL when there is none. */
static const mcy_panel_observation *find(const mcy_panel *p, mcy_panel_kind kind,
                                         const char *firm, int year, int number)
{
    int at = firm ? mcy_panel_firm_index(p, firm) : -1;
    int quarter = mcy_quarter_of(year, number) - p->first;
    for (size_t j = 0; j < p->observations; j++) {
        const mcy_panel_observation *o = &p->observation[j];
        if (o->kind == kind && o->firm == at && o->quarter == quarter)
            return o;
    }
    return NULL;
}

static void check_pct(const mcy_panel_observation *o, double low, double high)
{
    assert_non_null(o);
    check_near(100 * expm1(o->low), low, 1e-9);
    check_near(100 * expm1(o->high), high, 1e-9);
}

/* FQ2-26: bits mid-single digits, price mid-60s, 18,768 after 10,812. */
static void micron__last_quarter__is_what_the_filing_says(void **state)
{
    (void)state;
    const mcy_panel *p = panel_of(facts, "dram");
    check_near(p->firm[mcy_panel_firm_index(p, "micron")].offset, 1.0 / 3.0, 1e-15);
    check_pct(find(p, MCY_PANEL_BITS, "micron", 2026, 1), 4, 6);
    check_pct(find(p, MCY_PANEL_PRICE, "micron", 2026, 1), 64, 66);
    const mcy_panel_observation *r = find(p, MCY_PANEL_REVENUE, "micron", 2026, 1);
    check_near(r->low, log(18767.5 / 10812.5), 1e-12);
    check_near(r->high, log(18768.5 / 10811.5), 1e-12);
    assert_int_equal(r->source, MCY_PANEL_COMPANY);
    assert_string_equal(facts->items[r->fact].metric, "revenue");
}

/* FQ1-19 is restated and FQ4-18 missing; the words of FY2019 are on the old basis. FY2018 has
 * levels of its own basis; FQ1-20 is the first pair on the new one. */
static void micron__change_of_basis__is_never_chained(void **state)
{
    (void)state;
    const mcy_panel *p = panel_of(facts, "dram");
    check_pct(find(p, MCY_PANEL_REVENUE, "micron", 2018, 4), -9.5, -8.5);
    check_pct(find(p, MCY_PANEL_REVENUE, "micron", 2019, 3), 0.5, 1.5);
    const mcy_panel_observation *r = find(p, MCY_PANEL_REVENUE, "micron", 2018, 1);
    check_near(0.5 * (r->low + r->high), log(5213.0 / 4562.0), 1e-6);
    r = find(p, MCY_PANEL_REVENUE, "micron", 2019, 4);
    check_near(0.5 * (r->low + r->high), log(3469.0 / 3399.0), 1e-6);
}

static void micron__fourteen_weeks__shift_the_mean_of_bits(void **state)
{
    (void)state;
    const mcy_panel *p = panel_of(facts, "nand");
    size_t firm = (size_t)mcy_panel_firm_index(p, "micron") * p->quarters;
    for (size_t t = 0; t < p->quarters; t++) {
        mcy_quarter q = p->first + (mcy_quarter)t;
        double want = q == mcy_quarter_of(2020, 3)   ? log(14.0 / 13.0)
                      : q == mcy_quarter_of(2020, 4) ? log(13.0 / 14.0)
                                                     : 0;
        check_near(p->bit_shift[firm + t], want, 1e-15);
        check_near(p->bit_shift[p->quarters + t], 0, 0);
    }
}

/* Between 1Q22 and 2Q22 no ranking has SK hynix: company revenue times share, and the won fell.
 */
static void skhynix__quarter_without_ranking__is_revenue_times_share_in_dollars(void **state)
{
    (void)state;
    const mcy_panel *p = panel_of(facts, "nand");
    const mcy_panel_observation *r = find(p, MCY_PANEL_REVENUE, "skhynix", 2022, 2);
    assert_non_null(r);
    assert_string_equal(facts->items[r->fact].metric, "share");
    double fx = mcy_facts_fx_change(facts, "krw", mcy_quarter_of(2022, 2));
    assert_true(fx < -0.03 && fx > -0.06);
    /* KRW 12.16 tn after 13.81 tn, 32 % before and 33 % now: both printed to the point */
    assert_true(r->low - fx < log(13.81 / 12.16 * 33 / 32) + 1e-3);
    assert_true(r->high - fx > log(13.81 / 12.16 * 33 / 32) - 1e-3);
    assert_true(r->high - r->low > 0.02 && r->high - r->low < 0.08);
}

/* The ranking of 1Q22 compares SK hynix and Solidigm together with both together; the words do
 * not. */
static void skhynix__change_of_perimeter__has_no_revenue_growth(void **state)
{
    (void)state;
    const mcy_panel *p = panel_of(facts, "nand");
    assert_null(find(p, MCY_PANEL_REVENUE, "skhynix", 2022, 1));
    assert_non_null(find(p, MCY_PANEL_BITS, "skhynix", 2022, 1));
    assert_non_null(find(p, MCY_PANEL_REVENUE, "skhynix", 2024, 1));
}

static void firm_that_speaks__survey_words__are_left_out(void **state)
{
    (void)state;
    const mcy_panel *p = panel_of(facts, "dram");
    for (size_t j = 0; j < p->observations; j++) {
        const mcy_panel_observation *o = &p->observation[j];
        if (o->firm == mcy_panel_firm_index(p, "micron"))
            assert_int_equal(o->source, MCY_PANEL_COMPANY);
    }
    assert_int_equal(find(p, MCY_PANEL_BITS, "samsung", 2023, 2)->source, MCY_PANEL_SURVEY);
}

static void contract__several_definitions_and_vintages__the_widest_and_latest(void **state)
{
    (void)state;
    const mcy_panel *p = panel_of(facts, "dram");
    const mcy_panel_observation *o = find(p, MCY_PANEL_CONTRACT, NULL, 2025, 4);
    check_pct(o, 50, 55); /* with HBM, said afterwards; conventional DRAM was 45..50 */
    assert_int_equal(o->source, MCY_PANEL_SURVEY);
    check_pct(find(p, MCY_PANEL_CONTRACT, NULL, 2021, 2), 18, 23);
    o = find(p, MCY_PANEL_CONTRACT, NULL, 2025, 2);
    check_pct(o, 3, 8);
    assert_int_equal(o->source, MCY_PANEL_ESTIMATE);
    /* "10 percent or higher" is a range of five points */
    check_pct(find(p, MCY_PANEL_CONTRACT, NULL, 2019, 1), -15, -10);
}

/* The day before Micron's print its row is not there; and no row is later than the day. */
static void as_of__day_before_the_print__has_no_row_of_it(void **state)
{
    (void)state;
    const mcy_facts *before = read_as_of(20260317), *after = read_as_of(20260319);
    const mcy_panel *p = panel_of(before, "dram");
    assert_null(find(p, MCY_PANEL_REVENUE, "micron", 2026, 1));
    assert_null(find(p, MCY_PANEL_BITS, "micron", 2026, 1));
    assert_non_null(find(p, MCY_PANEL_BITS, "micron", 2025, 4));
    for (size_t j = 0; j < p->observations; j++)
        assert_true(before->items[p->observation[j].fact].known <= 20260317);
    assert_non_null(find(panel_of(after, "dram"), MCY_PANEL_BITS, "micron", 2026, 1));
}

static void settings__other_firms__are_a_change_of_data(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_panel *panel = NULL;
    static const char *const four[] = {"micron", "samsung", "skhynix", "kioxia"};
    mcy_facts_panel_settings settings = {.firms = four, .firm_count = 4};
    check_ok(mcy_facts_panel(arena, facts, "nand", &settings, &panel, &err), err);
    check_pct(find(panel, MCY_PANEL_PRICE, "kioxia", 2024, 2), 19.5, 20.5);
    static const char *const wrong[] = {"micorn"};
    settings = (mcy_facts_panel_settings){.firms = wrong, .firm_count = 1};
    check_refused(mcy_facts_panel(arena, facts, "nand", &settings, &panel, &err), MCY_E_INPUT,
                  err, "did you mean 'micron'");
    check_refused(mcy_facts_panel(arena, facts, "sram", NULL, &panel, &err), MCY_E_MISSING, err,
                  "'sram'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(micron__last_quarter__is_what_the_filing_says),
        cmocka_unit_test(micron__change_of_basis__is_never_chained),
        cmocka_unit_test(micron__fourteen_weeks__shift_the_mean_of_bits),
        cmocka_unit_test(skhynix__quarter_without_ranking__is_revenue_times_share_in_dollars),
        cmocka_unit_test(skhynix__change_of_perimeter__has_no_revenue_growth),
        cmocka_unit_test(firm_that_speaks__survey_words__are_left_out),
        cmocka_unit_test(contract__several_definitions_and_vintages__the_widest_and_latest),
        cmocka_unit_test(as_of__day_before_the_print__has_no_row_of_it),
        cmocka_unit_test(settings__other_firms__are_a_change_of_data),
    };
    return cmocka_run_group_tests_name("facts_panel", tests, set_up, tear_down);
}
