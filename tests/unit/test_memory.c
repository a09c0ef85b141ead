/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arena, growing text, closest name, error sentences, quarters. */
#include "check.h"

#include "mcy/arena.h"
#include "mcy/quarter.h"
#include "mcy/text.h"

static void arena__many_sizes__zeroed_aligned_and_apart(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    unsigned char *last = NULL;
    for (size_t n = 1; n < 70000; n = n * 3 / 2 + 1) {
        unsigned char *p = mcy_arena_take(arena, n, 1);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % (n >= 64 ? 64 : 16), 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xa5, n);
        if (last)
            assert_int_equal(last[0], 0xa5);
        last = p;
    }
    size_t held = mcy_arena_bytes(arena);
    mcy_arena_reset(arena);
    assert_int_equal(((unsigned char *)mcy_arena_take(arena, 100, 1))[99], 0);
    assert_int_equal(mcy_arena_bytes(arena), held);
    assert_null(mcy_arena_take(arena, SIZE_MAX / 2, 3));
    mcy_arena_destroy(arena);
    mcy_arena_destroy(NULL);
}

/* Arrays that grow in turn: the last one where it lies, the other by moving; both keep what
 * they hold, and what is new is zero also where the block was used before. */
static void arena__growing_arrays__keep_their_items(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_error err = {0};
    for (int use = 0; use < 2; use++) {
        int *items[2] = {NULL, NULL}, *before = NULL;
        size_t count[2] = {0, 0}, capacity[2] = {0, 0}, stayed = 0;
        for (int i = 0; i < 3000; i++) {
            size_t k = i < 2000 ? 0 : (size_t)i % 2; /* the first alone, then in turn */
            size_t room = capacity[k];
            before = items[k];
            check_ok(mcy_arena_grow(arena, (void **)&items[k], count[k], &capacity[k],
                                    sizeof(int), &err),
                     err);
            stayed += room && capacity[k] > room && items[k] == before;
            for (size_t j = room; j < capacity[k]; j++)
                assert_true(j < count[k] || items[k][j] == 0);
            items[k][count[k]++] = i + 7;
        }
        for (size_t i = 0; i < 2000; i++)
            assert_int_equal(items[0][i], i + 7);
        assert_int_equal(items[0][2499], 2998 + 7);
        assert_int_equal(items[1][499], 2999 + 7);
        assert_true(stayed > 3);
        memset(items[1], 0xa5, capacity[1] * sizeof(int));
        mcy_arena_reset(arena);
    }
    mcy_arena_destroy(arena);
}

static void text__appended__is_one_string(void **state)
{
    (void)state;
    mcy_text text;
    mcy_text_init(&text);
    assert_string_equal(mcy_text_view(&text), "");
    for (int i = 0; i < 1000; i++)
        mcy_text_print(&text, "%d,", i);
    assert_int_equal(text.size, 3890);
    assert_int_equal(mcy_text_status(&text, NULL), MCY_OK);
    mcy_text_release(&text);
}

static void closest__typo__finds_the_name_meant(void **state)
{
    (void)state;
    static const char *const names[] = {"price", "bit_supply", "fill_rate", "gross_margin"};
    assert_string_equal(mcy_text_closest("gros_margin", names, 4), "gross_margin");
    assert_string_equal(mcy_text_closest("pirce", names, 4), "price");
    assert_string_equal(mcy_text_closest("margin", names, 4), "gross_margin");
    assert_null(mcy_text_closest("in", names, 4)); /* two letters are in too many names */
    assert_null(mcy_text_closest("yield", names, 4));
}

static void fail__with_context__puts_it_first(void **state)
{
    (void)state;
    mcy_error err = {0};
    assert_int_equal(MCY_FAIL(&err, MCY_E_NUMERIC, "%d steps", 7), MCY_E_NUMERIC);
    mcy_fail_in(&err, MCY_E_NUMERIC, "fit of '%s'", "dram");
    assert_string_equal(err.text, "fit of 'dram': 7 steps");
    assert_int_equal(mcy_status_exit_code(MCY_E_USAGE), 64);
    assert_string_equal(mcy_status_name(MCY_E_INPUT), "E_INPUT");
}

static void quarter__around_a_year__counts(void **state)
{
    (void)state;
    char text[32];
    mcy_quarter q = mcy_quarter_of(2026, 1);
    mcy_quarter_format(q - 1, text);
    assert_string_equal(text, "2025Q4");
    assert_int_equal(mcy_quarter_year(q + 3), 2026);
    assert_int_equal(mcy_quarter_number(q + 3), 4);
}

static void text__letters__ligatures_become_letters(void **state)
{
    (void)state;
    mcy_text text = {0};
    mcy_text_add_letters(&text, "dram-\uFB01ll o\uFB03ce \uFB02ow \uFEFF\uFB13 \xEF\xAC");
    assert_string_equal(mcy_text_view(&text), "dram-fill office flow \uFEFF\uFB13 \xEF\xAC");
    mcy_text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text__letters__ligatures_become_letters),
        cmocka_unit_test(arena__many_sizes__zeroed_aligned_and_apart),
        cmocka_unit_test(arena__growing_arrays__keep_their_items),
        cmocka_unit_test(text__appended__is_one_string),
        cmocka_unit_test(closest__typo__finds_the_name_meant),
        cmocka_unit_test(fail__with_context__puts_it_first),
        cmocka_unit_test(quarter__around_a_year__counts),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
