/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that runs out anywhere in a fit is said, and nothing is lost (run under asan for
 * leaks). */
#include "check.h"

#include <stdlib.h>

#include "mcy/decompose.h"
#include "mcy/local_level.h"
#include "simulate_panel.h"

/* The linker sends malloc, calloc, realloc and aligned_alloc of the engine here (--wrap). */
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);

static long left = -1; /* allocations until one fails; below 0: none does */

static bool fails(void)
{
    return left >= 0 && left-- == 0;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __real_aligned_alloc(alignment, size);
}

static void decompose__any_allocation_fails__is_said(void **state)
{
    (void)state;
    mcy_arena *keep = mcy_arena_create();
    random_state r = random_seed(2385);
    panel_truth truth = truth_from_priors(&r);
    mcy_panel panel = simulate_panel(keep, &r, &truth, 40);
    mcy_decompose_settings settings = {.starts = 1};
    mcy_status status = MCY_E_MEMORY;
    long n = 0;
    for (; status != MCY_OK && n < 500; n++) {
        mcy_error err = {0};
        mcy_decomposition *fit = NULL;
        left = n;
        mcy_arena *arena = mcy_arena_create();
        status = arena ? mcy_decompose(arena, &panel, &settings, &fit, &err) : MCY_E_MEMORY;
        bool failed = left < 0;
        left = -1;
        assert_int_equal(status, failed ? MCY_E_MEMORY : MCY_OK);
        assert_true(!failed || !arena || strstr(err.text, "memory"));
        mcy_arena_destroy(arena);
    }
    assert_int_equal(status, MCY_OK);
    assert_true(n > 3); /* something did fail before */
    mcy_arena_destroy(keep);
}

static void local_level__allocation_fails__is_said(void **state)
{
    (void)state;
    mcy_error err = {0};
    const double y[4] = {1.2, 0.7, 2.1, 1.9};
    mcy_local_level fit;
    left = 0;
    mcy_status status = mcy_local_level_fit(1, 4, y, &fit, NULL, NULL, &err);
    left = -1;
    assert_int_equal(status, MCY_E_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decompose__any_allocation_fails__is_said),
        cmocka_unit_test(local_level__allocation_fails__is_said),
    };
    return cmocka_run_group_tests_name("fit_memory", tests, NULL, NULL);
}
