/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A broker's note of 20 March 2026 against the filings, claim by claim and together. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "mcy/claims.h"
#include "mcy/file.h"

static const char history[] = MCY_SOURCE_DIR "/scenarios/history";
static mcy_arena *arena;
static mcy_facts *facts;

static int begin(void **state)
{
    (void)state;
    mcy_text report = {0};
    mcy_error err = {0};
    arena = mcy_arena_create();
    mcy_status status = mcy_facts_read(arena, history, 20260320, &report, &facts, &err);
    mcy_text_release(&report);
    return status == MCY_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return 0;
}

static void claims__of_the_note__are_judged_one_by_one(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        mcy_verdict verdict;
        const char *words;
    } want[] = {{"N1", MCY_VERDICT_ROUNDED, "23,860 USD m"},
                {"N2", MCY_VERDICT_CONFIRMED, "196 %"},
                {"N3", MCY_VERDICT_CONFIRMED, "75 %"},
                {"N4", MCY_VERDICT_ROUNDED, "18,768 USD m"},
                {"N5", MCY_VERDICT_CONFIRMED, "207 %"},
                {"N6", MCY_VERDICT_CONFIRMED, "74 %"},
                {"N7", MCY_VERDICT_ROUNDED, "78.65"},
                {"N8", MCY_VERDICT_ROUNDED, "4..6 %"},
                {"N9", MCY_VERDICT_CONTRADICTED, "64..66 %"},
                {"N10", MCY_VERDICT_ROUNDED, "4,997 USD m"},
                {"N11", MCY_VERDICT_CONFIRMED, "169 %"},
                {"N12", MCY_VERDICT_CONFIRMED, "82 %"},
                {"N13", MCY_VERDICT_ROUNDED, "1..3 %"},
                {"N14", MCY_VERDICT_CONTRADICTED, "77..79 %"},
                {"N15", MCY_VERDICT_CONFIRMED, "1..6 %"},
                {"N16", MCY_VERDICT_ROUNDED, "74.9 % (non_gaap)"},
                {"N17", MCY_VERDICT_CONFIRMED, "18.1 points (non_gaap)"},
                {"N18", MCY_VERDICT_CONFIRMED, "81 %"},
                {"N19", MCY_VERDICT_CONFIRMED, "69 %"},
                {"N20", MCY_VERDICT_CONFIRMED, "6,900 USD m"},
                {"N21", MCY_VERDICT_NOT_CHECKABLE, "FQ1-26: 50..66.7 %"},
                {"N22", MCY_VERDICT_CONFIRMED, "25,000"},
                {"N23", MCY_VERDICT_NOT_CHECKABLE, "no number"},
                {"N24", MCY_VERDICT_NOT_CHECKABLE, "no number"}};
    mcy_claims claims;
    mcy_text report = {0};
    mcy_error err = {0};
    const char *path = mcy_path_join(arena, history, "note-claims-2026-03-20.csv");
    check_ok(mcy_claims_check(arena, facts, path, &report, &claims, &err), err);
    assert_int_equal(claims.count, 24);
    for (size_t i = 0; i < 24; i++) {
        const mcy_claim_verdict *v = &claims.items[i];
        assert_string_equal(v->claim->id, want[i].id);
        if (v->verdict != want[i].verdict || !strstr(v->sentence.en, want[i].words))
            fail_msg("%s: %s: %s", v->claim->id, mcy_verdict_name(v->verdict), v->sentence.en);
        if (v->verdict != MCY_VERDICT_NOT_CHECKABLE)
            assert_non_null(strstr(v->rows, ".csv:"));
    }
    mcy_text_release(&report);
}

static void claims__of_the_note_together__cannot_both_be(void **state)
{
    (void)state;
    mcy_claims claims;
    mcy_text report = {0};
    mcy_error err = {0};
    const char *path = mcy_path_join(arena, history, "note-claims-2026-03-20.csv");
    check_ok(mcy_claims_check(arena, facts, path, &report, &claims, &err), err);
    assert_int_equal(claims.joint_count, 2);
    assert_int_equal(claims.contradicted, 4);
    const mcy_claim_joint *dram = &claims.joints[0], *nand = &claims.joints[1];
    assert_string_equal(dram->ids, "N8 N15 N9 N6");
    check_near(dram->verdict.distance_points, 73.5 - 100.0 * (1.06 * 1.605 - 1.0), 1e-10);
    assert_non_null(strstr(dram->sentence.en, "the filing says revenue 74 % (micron.csv:"));
    assert_non_null(strstr(dram->sentence.en, "bits 4..6 % (micron.csv:"));
    assert_non_null(strstr(dram->sentence.en, "price 64..66 % (micron.csv:"));
    assert_string_equal(nand->ids, "N13 N15 N14 N12");
    check_near(nand->verdict.distance_points, 81.5 - 100.0 * (1.06 * 1.705 - 1.0), 1e-10);
    assert_non_null(strstr(nand->sentence.en, "bits 1..3 % (micron.csv:"));
    mcy_text_release(&report);
}

static void claims__bad_rows__are_all_refused(void **state)
{
    (void)state;
    static const char text[] =
        "id,company,product,metric,period,words_zh,value,low,high,unit,where\n"
        ",micron,dram,revenue,FY2026Q2,x,1,,,usd_m,\n"
        "A2,micron,dram,revenue,FY26Q7,x,1,,,usd_m,\n"
        "A3,micron,dram,revenue,FY2026Q2,x,\"1,5\",,,usd_m,\n"
        "A4,micron,dram,revenue,FY2026Q2,x,,9,1,usd_m,\n";
    char path[] = "/tmp/mcy-test-claims-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, text, sizeof text - 1) == (ssize_t)sizeof text - 1);
    close(fd);
    mcy_claims claims;
    mcy_text report = {0};
    mcy_error err = {0};
    check_refused(mcy_claims_check(arena, facts, path, &report, &claims, &err), MCY_E_INPUT,
                  err, "4 bad rows");
    assert_non_null(strstr(mcy_text_view(&report), ":3: 'period' is 'FY26Q7', want a period"));
    assert_non_null(strstr(mcy_text_view(&report), ":4: 'value' is '1,5', want a number"));
    unlink(path);
    mcy_text_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims__of_the_note__are_judged_one_by_one),
        cmocka_unit_test(claims__of_the_note_together__cannot_both_be),
        cmocka_unit_test(claims__bad_rows__are_all_refused),
    };
    return cmocka_run_group_tests_name("claims", tests, begin, end);
}
