/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The decomposition of the real facts: honest intervals, one optimum whatever the day, and the
 * quarters that every reader of this industry knows. */
#include "check.h"

#include "mcy/fit_file.h"

static mcy_arena *arena;

static const mcy_facts *read_as_of(mcy_day as_of)
{
    mcy_text report;
    mcy_error err = {0};
    mcy_facts *facts = NULL;
    mcy_text_init(&report);
    check_ok(mcy_facts_read(arena, MCY_SOURCE_DIR "/scenarios/history", as_of, &report, &facts,
                            &err),
             err);
    mcy_text_release(&report);
    return facts;
}

static const mcy_decomposition *fit_as_of(const char *product, mcy_day as_of, int starts)
{
    mcy_error err = {0};
    mcy_decomposition *fit = NULL;
    mcy_decompose_settings settings = {.starts = starts, .no_draws = true};
    check_ok(mcy_fit_product(arena, read_as_of(as_of), product, &settings, &fit, &err), err);
    return fit;
}

static int set_up(void **state)
{
    (void)state;
    arena = mcy_arena_create();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return 0;
}

/* What the issue asks for: 90 % intervals cover 85-95 % for DRAM and for NAND. */
static void leave_one_out__real_facts__covers_what_it_says(void **state)
{
    (void)state;
    static const char *const products[2] = {"dram", "nand"};
    for (int k = 0; k < 2; k++) {
        const mcy_decomposition *f = fit_as_of(products[k], 0, 6);
        assert_int_equal(f->optima, 1);
        assert_true(f->optimum[0].proper && f->optimum[0].gradient_norm < 1e-5);
        assert_true(f->statements.count > 130);
        assert_true(f->statements.cover90 > 0.85 && f->statements.cover90 < 0.95);
        assert_true(f->statements.cover80 > 0.72 && f->statements.cover80 < 0.88);
        assert_true(f->statements.root_mean_square > 0.85 &&
                    f->statements.root_mean_square < 1.15);
        double inside = 0, all = 0;
        for (int kind = 0; kind < MCY_PANEL_KINDS; kind++) {
            inside += (double)f->scores[kind].count * f->scores[kind].cover90;
            all += (double)f->scores[kind].count;
        }
        assert_true(inside / all > 0.85 && inside / all < 0.95);
    }
}

static void optimum__any_day__is_one(void **state)
{
    (void)state;
    static const mcy_day days[] = {20170630, 20190920, 20211231, 20230401, 20240930, 20260317};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        assert_int_equal(fit_as_of("dram", days[i], 4)->optima, 1);
        assert_int_equal(fit_as_of("nand", days[i], 4)->optima, 1);
    }
}

static double at(const mcy_decomposition *f, const double *series, const char *firm, int year,
                 int quarter)
{
    size_t i = (size_t)mcy_panel_firm_index(&f->panel, firm);
    return series[i * f->panel.quarters +
                  (size_t)(mcy_quarter_of(year, quarter) - f->panel.first)];
}

/* FQ2-26: bits mid-single digits, price mid-60s, revenue +73.6 %. Samsung said nothing about
 * 1Q26, so its interval is many times as wide, and bits and price are almost perfectly
 * opposite. */
static void last_quarter__said_and_unsaid__is_narrow_and_wide(void **state)
{
    (void)state;
    const mcy_decomposition *f = fit_as_of("dram", 0, 1);
    double bits = expm1(at(f, f->bits, "micron", 2026, 1));
    double price = expm1(at(f, f->price, "micron", 2026, 1));
    assert_true(bits > 0.035 && bits < 0.065 && price > 0.63 && price < 0.67);
    check_near(at(f, f->revenue, "micron", 2026, 1), log(18768.0 / 10812.0), 0.005);
    double narrow = at(f, f->bits_sd, "micron", 2026, 1),
           wide = at(f, f->bits_sd, "samsung", 2026, 1);
    assert_true(narrow < 0.012 && wide > 4 * narrow);
    double covariance = at(f, f->cov_bits_price, "samsung", 2026, 1);
    assert_true(covariance / (wide * at(f, f->price_sd, "samsung", 2026, 1)) < -0.95);
}

/* FQ2-23: bits +14-16 %, price about -20 %, revenue -4 % cannot all be true; all three are
 * marked. */
static void contradiction__write_down_quarter__is_marked(void **state)
{
    (void)state;
    const mcy_decomposition *f = fit_as_of("dram", 0, 1);
    int marked = 0, all = 0;
    for (size_t j = 0; j < f->panel.observations; j++) {
        const mcy_panel_observation *o = &f->panel.observation[j];
        all += f->check[j].contradicted;
        marked += f->check[j].contradicted &&
                  o->firm == mcy_panel_firm_index(&f->panel, "micron") &&
                  o->quarter == mcy_quarter_of(2023, 1) - f->panel.first;
    }
    assert_int_equal(marked, 3);
    assert_true(all < 10);
}

static void fit__twice__is_the_same_bytes(void **state)
{
    (void)state;
    mcy_text text[2];
    for (int i = 0; i < 2; i++) {
        const mcy_decomposition *one[1] = {fit_as_of("nand", 20260319, 2)};
        mcy_fit_source source = {.as_of = 20260319};
        mcy_text_init(&text[i]);
        mcy_fit_print(&text[i], one, 1, &source);
    }
    assert_int_equal(text[0].size, text[1].size);
    assert_memory_equal(text[0].bytes, text[1].bytes, text[0].size);
    mcy_text_release(&text[0]);
    mcy_text_release(&text[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leave_one_out__real_facts__covers_what_it_says),
        cmocka_unit_test(optimum__any_day__is_one),
        cmocka_unit_test(last_quarter__said_and_unsaid__is_narrow_and_wide),
        cmocka_unit_test(contradiction__write_down_quarter__is_marked),
        cmocka_unit_test(fit__twice__is_the_same_bytes),
    };
    return cmocka_run_group_tests_name("decomposition_facts", tests, set_up, tear_down);
}
