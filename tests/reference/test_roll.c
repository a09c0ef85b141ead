/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ragged roll of 19 March 2026: Micron has reported FQ2-26, Korea has not. */
#include "model_run.h"
#include "mcy/roll.h"

typedef struct rolled {
    mcy_arena *arena;
    mcy_study *study;
    mcy_facts *facts;
    mcy_roll *roll;
} rolled;

static void open_roll(rolled *it)
{
    mcy_error err = {0};
    mcy_text report;
    const mcy_study_request request = {.home = MCY_SOURCE_DIR, .scenario = "base-2025Q4"};
    it->arena = mcy_arena_create();
    assert_non_null(it->arena);
    check_ok(mcy_study_open(it->arena, &request, NULL, &it->study, &err), err);
    mcy_text_init(&report);
    check_ok(mcy_facts_read(it->arena, MCY_SOURCE_DIR "/scenarios/history", 20260319, &report,
                            &it->facts, &err),
             err);
    mcy_text_release(&report);
    check_ok(mcy_roll_on(it->arena, it->study, it->facts, "micron", &it->roll, &err), err);
}

static double at(const rolled *it, const char *path, int quarter)
{
    mcy_error err = {0};
    size_t symbol, element;
    if (mcy_model_find(it->study->model, path, &symbol, &element, &err) != MCY_OK)
        fail_msg("%s", err.text);
    return mcy_path_panel_value(it->roll->rolled, symbol, element, quarter);
}

static const mcy_roll_line *line_of(const rolled *it, const char *path)
{
    for (size_t i = 0; i < it->roll->line_count; i++)
        if (strcmp(it->roll->lines[i].path, path) == 0)
            return &it->roll->lines[i];
    fail_msg("no line of %s", path);
    return NULL;
}

static void roll__of_the_firm_that_reported__is_pinned(void **state)
{
    (void)state;
    rolled it;
    open_roll(&it);
    assert_int_equal(it.roll->base, mcy_quarter_of(2026, 1));
    check_near(at(&it, "revenue.micron", 0), 23860, 1e-9);
    check_near(at(&it, "gross_margin.micron", 0), 0.749, 1e-12);
    check_near(at(&it, "eps.micron", 0), 12.20, 1e-12);
    check_near(at(&it, "ocf.micron", 0), 11900, 1e-9);
    check_near(at(&it, "net_cash.micron", 0), 6500, 1e-9);
    assert_int_equal(line_of(&it, "fab_sales_0.micron.dram")->kind, MCY_ROLL_PINNED);
    mcy_arena_destroy(it.arena);
}

static void roll__of_those_who_have_not__is_estimated_with_intervals(void **state)
{
    (void)state;
    rolled it;
    open_roll(&it);
    static const char *const paths[] = {"fab_sales_0.samsung.dram", "fab_sales_0.skhynix.dram",
                                        "fab_sales_0.samsung.nand", "fab_sales_0.skhynix.nand"};
    /* what TrendForce counted in June: 37,320, 27,980, 13,510, 7,530 */
    static const double later[] = {37320, 27980, 13510, 7530};
    int inside = 0;
    for (int i = 0; i < 4; i++) {
        const mcy_roll_line *line = line_of(&it, paths[i]);
        assert_int_equal(line->kind, MCY_ROLL_ESTIMATED);
        assert_true(line->low < line->value && line->value < line->high);
        assert_true(strstr(line->source, "decomposition") != NULL);
        inside += later[i] > line->low && later[i] < line->high;
    }
    assert_true(inside >= 3);
    mcy_arena_destroy(it.arena);
}

/* Every input without a line has the bits of the old one in the same calendar quarter. */
static void roll__of_all_else__keeps_the_bits(void **state)
{
    (void)state;
    rolled it;
    open_roll(&it);
    const mcy_inputs *old = it.study->inputs, *now = it.roll->inputs;
    bool *moved = MCY_TAKE(it.arena, bool, now->count);
    for (size_t i = 0; i < it.roll->line_count; i++) {
        size_t symbol, element;
        mcy_error err = {0};
        check_ok(
            mcy_model_find(it.study->model, it.roll->lines[i].path, &symbol, &element, &err),
            err);
        size_t input =
            mcy_unrolled_input(now->unrolled, symbol, element, it.roll->lines[i].quarter);
        assert_false(moved[input]);
        moved[input] = true;
    }
    size_t kept = 0;
    for (size_t i = 0; i < now->count; i++) {
        if (moved[i])
            continue;
        mcy_place place = mcy_unrolled_input_place(now->unrolled, i);
        int quarter = place.quarter == MCY_EVERY_QUARTER ? 0 : place.quarter + 1;
        size_t from = mcy_unrolled_input(old->unrolled, place.symbol, place.element, quarter);
        assert_int_not_equal(from, MCY_NONE);
        assert_memory_equal(&now->values[i], &old->values[from], sizeof(double));
        kept++;
    }
    assert_int_equal(kept, it.roll->kept);
    assert_true(kept > now->count * 9 / 10);
    mcy_arena_destroy(it.arena);
}

static void roll__before_the_print__is_refused(void **state)
{
    (void)state;
    rolled it;
    mcy_error err = {0};
    mcy_text report;
    const mcy_study_request request = {.home = MCY_SOURCE_DIR, .scenario = "base-2025Q4"};
    it.arena = mcy_arena_create();
    check_ok(mcy_study_open(it.arena, &request, NULL, &it.study, &err), err);
    mcy_text_init(&report);
    check_ok(mcy_facts_read(it.arena, MCY_SOURCE_DIR "/scenarios/history", 20260317, &report,
                            &it.facts, &err),
             err);
    mcy_text_release(&report);
    check_refused(mcy_roll_on(it.arena, it.study, it.facts, "micron", &it.roll, &err),
                  MCY_E_MISSING, err, "has not reported");
    mcy_arena_destroy(it.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roll__of_the_firm_that_reported__is_pinned),
        cmocka_unit_test(roll__of_those_who_have_not__is_estimated_with_intervals),
        cmocka_unit_test(roll__of_all_else__keeps_the_bits),
        cmocka_unit_test(roll__before_the_print__is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
