/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First and last prints of contract prices, as read by hand from market.csv. */
#include "check.h"

#include "mcy/number.h"
#include "mcy/price_prints.h"

static mcy_arena *arena;

static void read_prints(mcy_day as_of, const mcy_price_print **prints, size_t *count)
{
    mcy_text report = {0};
    mcy_error err = {0};
    mcy_facts *facts;
    check_ok(mcy_facts_read(arena, MCY_SOURCE_DIR "/scenarios/history", as_of, &report, &facts,
                            &err),
             err);
    mcy_text_release(&report);
    check_ok(mcy_price_prints_find(arena, facts, prints, count, &err), err);
}

static int begin(void **state)
{
    (void)state;
    arena = mcy_arena_create();
    return arena ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return 0;
}

static void check_line(mcy_day as_of, const char *product, const char *generation,
                       mcy_quarter quarter, size_t rows, double first_low, mcy_day first_day,
                       double last_low, mcy_day last_day)
{
    const mcy_price_print *prints;
    size_t count;
    read_prints(as_of, &prints, &count);
    const mcy_price_print *line =
        mcy_price_prints_at(prints, count, product, generation, quarter);
    assert_non_null(line);
    assert_int_equal(line->count, rows);
    check_near(line->first->low, first_low, 0);
    check_near(line->last->low, last_low, 0);
    assert_int_equal(line->first->published, first_day);
    assert_int_equal(line->last->published, last_day);
}

static void prints__three_views_quoted_out_of_order__first_is_the_oldest_view(void **state)
{
    (void)state;
    /* 55-60 on 2 February, 33-38 "January 2026 view" quoted on the 18th, 85-90 on 4 March */
    check_line(0, "nand", "", mcy_quarter_of(2026, 1), 4, 33, 20260218, 85, 20260304);
    /* 55-60 on 5 January, quoted again on 18 February as the view of January */
    check_line(20260228, "dram_conventional", "", mcy_quarter_of(2026, 1), 4, 55, 20260105, 90,
               20260202);
    check_line(0, "dram_conventional", "", mcy_quarter_of(2026, 1), 5, 55, 20260105, 93,
               20260601);
    check_line(0, "dram", "", mcy_quarter_of(2021, 2), 3, 13, 20210420, 18, 20210713);
}

static void prints__as_of_a_day__knows_no_later_print(void **state)
{
    (void)state;
    check_line(0, "dram_conventional", "", mcy_quarter_of(2025, 4), 7, 8, 20250924, 45,
               20260226);
    check_line(20251101, "dram_conventional", "", mcy_quarter_of(2025, 4), 3, 8, 20250924, 18,
               20251029);
}

static void prints__words_name_another_product__line_of_that_product(void **state)
{
    (void)state;
    /* rows of product dram: "blended incl. HBM", "incl. HBM actual", "server DDR4 23-28% drop"
     */
    check_line(0, "dram_incl_hbm", "", mcy_quarter_of(2026, 1), 2, 80, 20260226, 80, 20260226);
    check_line(0, "dram_server", "DDR4", mcy_quarter_of(2022, 4), 1, -28, 20230302, -28,
               20230302);
}

static void prints__generations_side_by_side__are_lines_of_their_own(void **state)
{
    (void)state;
    check_line(0, "dram_mobile", "LPDDR4X", mcy_quarter_of(2025, 3), 1, 23, 20250707, 23,
               20250707);
    check_line(0, "dram_mobile", "LPDDR5X", mcy_quarter_of(2025, 3), 1, 5, 20250707, 5,
               20250707);
    check_line(0, "dram_pc", "", mcy_quarter_of(2025, 3), 1, 8, 20250707, 8, 20250707);
    check_line(0, "dram_pc", "DDR4", mcy_quarter_of(2025, 3), 1, 38, 20251010, 38, 20251010);
}

static void prints__result_and_forecast__result_is_last_whatever_the_day(void **state)
{
    (void)state;
    /* 3-8 % fall, surveyed 31 December; a forecast of 0-5 % with an assumed day in January */
    check_line(0, "dram_conventional", "", mcy_quarter_of(2024, 4), 2, 0, 20250110, -8,
               20241231);
}

static void prints__every_row__is_in_one_line(void **state)
{
    (void)state;
    const mcy_price_print *prints;
    size_t count, rows = 0, growing;
    read_prints(0, &prints, &count);
    for (size_t i = 0; i < count; i++) {
        rows += prints[i].count;
        assert_true((prints[i].first == prints[i].last) == (prints[i].count == 1));
        assert_ptr_equal(mcy_price_prints_at(prints, count, prints[i].product,
                                             prints[i].generation, prints[i].quarter),
                         &prints[i]);
    }
    assert_int_equal(rows,
                     227); /* contract_price_qoq: 209 rows of market.csv, 18 of ranking.csv */
    assert_true(mcy_price_prints_at(prints, count, "nand", "", mcy_quarter_of(2026, 1))
                    ->first_is_older);
    assert_false(mcy_price_prints_at(prints, count, "nand", "", mcy_quarter_of(2025, 4))
                     ->first_is_older);
    assert_null(mcy_price_prints_at(prints, count, "hbm", "", mcy_quarter_of(2026, 1)));
    double growth = mcy_price_prints_growth(arena, prints, count, &growing);
    assert_true(growth > 1);
    /* one line by hand: NAND 2022Q3, -2.5 to -28 */
    const mcy_price_print *one =
        mcy_price_prints_at(prints, count, "nand", "", mcy_quarter_of(2022, 3));
    check_near(mcy_price_prints_growth(arena, one, 1, &growing), 11.2, 1e-12);
    assert_int_equal(growing, 1);
    assert_true(mcy_is_missing(mcy_price_prints_growth(arena, prints, 0, &growing)));
    assert_int_equal(growing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints__three_views_quoted_out_of_order__first_is_the_oldest_view),
        cmocka_unit_test(prints__as_of_a_day__knows_no_later_print),
        cmocka_unit_test(prints__words_name_another_product__line_of_that_product),
        cmocka_unit_test(prints__generations_side_by_side__are_lines_of_their_own),
        cmocka_unit_test(prints__result_and_forecast__result_is_last_whatever_the_day),
        cmocka_unit_test(prints__every_row__is_in_one_line)};
    return cmocka_run_group_tests(tests, begin, end);
}
