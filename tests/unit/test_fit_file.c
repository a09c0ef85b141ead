/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fit files: what is written reads back to the same bits; stale and damaged ones are refused.
 */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "mcy/csv.h"
#include "mcy/file.h"
#include "mcy/fit_file.h"
#include "mcy/number.h"
#include "simulate_panel.h"

static mcy_arena *arena;
static mcy_decomposition *fit;
static char folder[64], path[96];

static int set_up(void **state)
{
    (void)state;
    mcy_error err = {0};
    arena = mcy_arena_create();
    random_state r = random_seed(2385);
    panel_truth truth = truth_from_priors(&r);
    mcy_panel panel = simulate_panel(arena, &r, &truth, 20);
    mcy_decompose_settings settings = {.starts = 1};
    check_ok(mcy_decompose(arena, &panel, &settings, &fit, &err), err);
    strcpy(folder, "/tmp/mcy-fit-file-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/fit.csv", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mcy_folder_remove(folder, NULL);
    mcy_arena_destroy(arena);
    return 0;
}

static void write_fit(void)
{
    mcy_error err = {0};
    mcy_fit_source source = {.as_of = 20260319};
    strcpy(source.facts_hash, "5dce");
    strcpy(source.version, "0.1.0 (test)");
    const mcy_decomposition *both[] = {fit};
    check_ok(mcy_fit_write(path, both, 1, &source, &err), err);
}

static void fit_file__written_and_read__has_the_same_bits(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_decomposition *back = NULL;
    mcy_fit_source source;
    write_fit();
    check_ok(mcy_fit_read(arena, path, "sim", "5dce", &back, &source, &err), err);
    assert_int_equal(source.as_of, 20260319);
    assert_string_equal(source.version, "0.1.0 (test)");
    size_t quarters = fit->panel.quarters, cells = quarters * fit->panel.firms;
    assert_int_equal(back->panel.first, fit->panel.first);
    assert_int_equal(back->parameters, fit->parameters);
    assert_memory_equal(back->parameter, fit->parameter,
                        fit->parameters * sizeof *fit->parameter);
    assert_memory_equal(back->covariance, fit->covariance,
                        fit->parameters * fit->parameters * sizeof(double));
    assert_memory_equal(back->market, fit->market, quarters * sizeof(double));
    assert_memory_equal(back->market_sd, fit->market_sd, quarters * sizeof(double));
    assert_memory_equal(back->bits, fit->bits, cells * sizeof(double));
    assert_memory_equal(back->price_sd, fit->price_sd, cells * sizeof(double));
    assert_memory_equal(back->cov_bits_price, fit->cov_bits_price, cells * sizeof(double));
    assert_memory_equal(back->common, fit->common, cells * sizeof(double));
    assert_memory_equal(back->mix, fit->mix, cells * sizeof(double));
    assert_memory_equal(back->revenue_sd, fit->revenue_sd, cells * sizeof(double));
    assert_memory_equal(back->bits_stated, fit->bits_stated, cells * sizeof(bool));
    assert_memory_equal(&back->statements, &fit->statements, sizeof fit->statements);
    assert_true(back->log_posterior == fit->log_posterior);
    assert_true(back->market_before == fit->market_before);
    assert_int_equal(back->starts, fit->starts);
    check_near(back->panel.firm[0].offset, 1.0 / 3.0, 0);
}

static void fit_file__other_facts_or_product__is_refused(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_decomposition *back = NULL;
    write_fit();
    check_refused(mcy_fit_read(arena, path, "sim", "ab12", &back, NULL, &err), MCY_E_FINDINGS,
                  err, "stale");
    check_refused(mcy_fit_read(arena, path, "dram", NULL, &back, NULL, &err), MCY_E_MISSING,
                  err, "no fit of 'dram'");
}

/* Cut the file anywhere, or put a wrong word in: never a fit with holes. */
static void fit_file__damaged__is_refused(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_decomposition *back = NULL;
    mcy_file whole;
    write_fit();
    check_ok(mcy_file_read(path, MCY_FILE_MOST_TEXT, &whole, &err), err);
    for (size_t keep = 60; keep < whole.size - 40; keep += whole.size / 23) {
        check_ok(mcy_file_write(path, whole.bytes, keep, &err), err);
        assert_int_not_equal(mcy_fit_read(arena, path, "sim", NULL, &back, NULL, &err), MCY_OK);
    }
    char *word = strstr(whole.bytes, "series,bits");
    memcpy(word, "series,bats", 11);
    check_ok(mcy_file_write(path, whole.bytes, whole.size, &err), err);
    check_refused(mcy_fit_read(arena, path, "sim", NULL, &back, NULL, &err), MCY_E_INPUT, err,
                  "no such record");
    /* one quarter twice and another not at all */
    memcpy(word, "series,bits", 11);
    char *other = strstr(whole.bytes, ",2017Q1,");
    memcpy(other, ",2016Q4,", 8);
    check_ok(mcy_file_write(path, whole.bytes, whole.size, &err), err);
    check_refused(mcy_fit_read(arena, path, "sim", NULL, &back, NULL, &err), MCY_E_INPUT, err,
                  "has holes");
    mcy_file_release(&whole);
}

static size_t tidy_rows;

static mcy_status take_tidy(void *context, const mcy_csv_row *row, mcy_error *err)
{
    (void)context;
    (void)err;
    double low, estimate, high;
    assert_int_equal(mcy_number_parse(row->fields[4], row->sizes[4], &estimate, NULL), MCY_OK);
    assert_int_equal(mcy_number_parse(row->fields[5], row->sizes[5], &low, NULL), MCY_OK);
    assert_int_equal(mcy_number_parse(row->fields[6], row->sizes[6], &high, NULL), MCY_OK);
    assert_true(low <= estimate && estimate <= high);
    bool observed = strcmp(row->fields[7], "observed") == 0;
    assert_true(observed || strcmp(row->fields[7], "inferred") == 0);
    tidy_rows++;
    return MCY_OK;
}

static void tidy__printed__is_one_row_a_quantity(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_text text, report;
    mcy_text_init(&text);
    mcy_text_init(&report);
    const mcy_decomposition *one[] = {fit};
    mcy_fit_print_tidy(&text, one, 1);
    static const char *const names[] = {"quarter",  "firm", "product", "quantity",
                                        "estimate", "low",  "high",    "status"};
    mcy_csv_table table = {"tidy", names, 8, take_tidy, NULL};
    tidy_rows = 0;
    check_ok(mcy_csv_read(text.bytes, text.size, &table, &report, &err), err);
    assert_int_equal(tidy_rows, 20 * (1 + 3 * 4));
    double low, high;
    mcy_fit_interval_pct(log(1.2), 0.05, &low, &high);
    check_near(mcy_fit_pct(log(1.2)), 20, 1e-12);
    check_near(low, 120 * exp(-0.05 * 1.6448536269514722) - 100, 1e-12);
    check_near(high, 120 * exp(0.05 * 1.6448536269514722) - 100, 1e-12);
    mcy_text_release(&text);
    mcy_text_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fit_file__written_and_read__has_the_same_bits),
        cmocka_unit_test(fit_file__other_facts_or_product__is_refused),
        cmocka_unit_test(fit_file__damaged__is_refused),
        cmocka_unit_test(tidy__printed__is_one_row_a_quantity),
    };
    return cmocka_run_group_tests_name("fit_file", tests, set_up, tear_down);
}
