/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks: on the shipped facts what is known, on planted faults every kind of finding. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include <stdlib.h>

#include "mcy/file.h"
#include "mcy/findings.h"

static const char shipped[] = MCY_SOURCE_DIR "/scenarios/history";
static char folder[] = "/tmp/mcy-test-findings-XXXXXX";
static mcy_arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = mcy_arena_create();
    return arena && mkdtemp(folder) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    mcy_arena_destroy(arena);
    return mcy_folder_remove(folder, NULL) == MCY_OK ? 0 : -1;
}

static void check_folder(const char *path, mcy_day as_of, const char *accepted,
                         mcy_findings *findings)
{
    mcy_facts *facts = NULL;
    mcy_text report = {0};
    mcy_error err = {0};
    check_ok(mcy_facts_read(arena, path, as_of, &report, &facts, &err), err);
    check_ok(mcy_facts_check(arena, facts, accepted, &report, findings, &err), err);
    mcy_text_release(&report);
}

static void check__shipped_facts__micron_words_disagree_in_seven_quarters(void **state)
{
    (void)state;
    static const char *const known[][2] = {
        {"micron.dram.company", "FQ4-19"}, {"micron.dram.company", "FQ4-22"},
        {"micron.dram.company", "FQ2-23"}, {"micron.dram.company", "FQ4-23"},
        {"micron.dram.company", "FQ3-25"}, {"micron.nand.company", "FQ3-23"},
        {"micron.nand.company", "FQ3-24"}};
    mcy_findings f;
    size_t seen = 0;
    check_folder(shipped, 0, NULL, &f);
    assert_true(f.asked[MCY_FINDING_WORDS] > 100);
    for (size_t i = 0; i < f.count; i++) {
        const mcy_finding *x = &f.items[i];
        if (x->kind != MCY_FINDING_WORDS || strncmp(x->what, "micron.", 7) != 0 ||
            !strstr(x->what, "company"))
            continue;
        size_t k = 0;
        while (k < 7 &&
               (strcmp(known[k][0], x->what) != 0 || strcmp(known[k][1], x->period) != 0))
            k++;
        if (k == 7)
            fail_msg("unexpected: %s", x->sentence);
        assert_true(fabs(x->size) > 0.1 && fabs(x->size) < 2.7);
        assert_non_null(strstr(x->sentence, "those bits need price"));
        seen++;
    }
    assert_int_equal(seen, 7);
}

static void check__shipped_facts__every_finding_is_accepted_and_none_in_vain(void **state)
{
    (void)state;
    mcy_findings f;
    char path[512];
    snprintf(path, sizeof path, "%s/accepted-findings.csv", shipped);
    check_folder(shipped, 0, path, &f);
    for (size_t i = 0; i < f.count; i++)
        if (!f.items[i].accepted)
            fail_msg("new: %s", f.items[i].sentence);
    assert_int_equal(f.fresh, 0);
    for (size_t i = 0; i < f.unused_count; i++)
        fail_msg("accepted in vain: %s", f.unused[i]);
}

static const char header[] =
    "company,product,metric,period,period_end,published,published_basis,value,low,high,unit,"
    "basis,text,source,source_url,confidence\n";

static void write_file(const char *name, const char *head, const char *body)
{
    mcy_text text = {0};
    mcy_error err = {0};
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    mcy_text_add(&text, head);
    mcy_text_add(&text, body);
    check_ok(mcy_file_write_text(path, &text, &err), err);
    mcy_text_release(&text);
}

static void add_row(mcy_text *t, const char *product, const char *metric, const char *period,
                    const char *period_end, const char *published, const char *value,
                    const char *range, const char *unit, const char *basis)
{
    mcy_text_print(t, "acme,%s,%s,%s,%s,%s,stated,%s,%s,%s,%s,,a source,,high\n", product,
                   metric, period, period_end, published, value, range, unit, basis);
}

/* Twelve quarters of a firm whose figures agree, with the given rows put in. */
static void write_acme(const char *planted)
{
    static const char *const ends[] = {"03-31", "06-30", "09-30", "12-31"};
    mcy_text t = {0};
    for (int i = 0; i < 12; i++) {
        char period[16], day[16], published[16], value[4][16];
        int year = 2023 + i / 4;
        snprintf(period, sizeof period, "%dQ%d", year, i % 4 + 1);
        snprintf(day, sizeof day, "%d-%s", year, ends[i % 4]);
        snprintf(published, sizeof published, "%d-%s", year + 1, "02-01");
        for (int k = 0; k < 4; k++)
            snprintf(value[k], sizeof value[k], "%d",
                     k < 3 ? (700 + 13 * i) * (3 - k) : (700 + 13 * i) * 6);
        add_row(&t, "dram", "revenue", period, day, published, value[0], ",", "usd_m", "ifrs");
        add_row(&t, "nand", "revenue", period, day, published, value[1], ",", "usd_m", "ifrs");
        add_row(&t, "nor_other", "revenue", period, day, published, value[2], ",", "usd_m",
                "ifrs");
        add_row(&t, "total", "revenue", period, day, published, value[3], ",", "usd_m", "ifrs");
    }
    mcy_text_add(&t, planted);
    write_file("acme.csv", header, mcy_text_view(&t));
    write_file("events.csv", "company,period,event,date,note,source_url\n", "");
    write_file("fx.csv", "currency,period,period_end,published,value,unit,source,source_url\n",
               "");
    mcy_text_release(&t);
}

static size_t count_kind(const mcy_findings *f, mcy_finding_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < f->count; i++)
        n += f->items[i].kind == kind;
    return n;
}

static void check__figures_that_agree__give_no_finding(void **state)
{
    (void)state;
    mcy_findings f;
    write_acme("");
    check_folder(folder, 0, NULL, &f);
    for (size_t i = 0; i < f.count; i++)
        fail_msg("%s", f.items[i].sentence);
    assert_int_equal(f.asked[MCY_FINDING_SUM], 12);
}

#define ROW(product, metric, period, end, published, value, low_high, unit)                    \
    "acme," product "," metric "," period "," end "," published ",stated," value "," low_high  \
    "," unit ",ifrs,,another source,,high\n"

static void check__one_planted_fault_each__is_found_as_its_kind(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        mcy_finding_kind kind;
        const char *words;
    } cases[] = {
        {ROW("total", "revenue", "2024Q2", "2024-06-30", "2025-02-02", "4593", ",", "usd_m"),
         MCY_FINDING_SUM,
         "the products of acme revenue in 2024Q2 add to 4590, the whole is 4593"},
        {ROW("total", "revenue", "2024", "2024-12-31", "2025-02-02", "18550", ",", "usd_m"),
         MCY_FINDING_SUM, "the quarters of acme revenue in CY2024"},
        {ROW("dram", "revenue_qoq", "2024Q2", "2024-06-30", "2025-02-01", "4", ",", "pct"),
         MCY_FINDING_GROWTH, "the levels give 1.6"},
        {ROW("dram", "revenue_yoy", "2024Q2", "2024-06-30", "2025-02-01", "9", ",", "pct"),
         MCY_FINDING_GROWTH, "the levels give 7.2"},
        {ROW("dram", "bit_qoq", "2024Q2", "2024-06-30", "2025-02-01", "", "4,6", "pct")
             ROW("dram", "asp_qoq", "2024Q2", "2024-06-30", "2025-02-01", "", "-2,-1", "pct"),
         MCY_FINDING_WORDS, "allow 1.9..4.9 %, the revenue moved 1.7..1.8 %: -0.1 points"},
        {ROW("dram", "dio", "2024Q2", "2024-06-30", "2025-02-01", "97", ",", "days")
             ROW("dram", "dio", "2024Q2", "2024-06-30", "2025-02-01", "97", ",", "days"),
         MCY_FINDING_DUPLICATE, "stands twice for 2024Q2"},
        {ROW("nand", "revenue", "2026Q1", "2026-03-31", "2026-05-01", "1.712", ",", "usd_m"),
         MCY_FINDING_UNIT, "a slip of the unit?"},
        {ROW("dram", "dio", "2024Q2", "2024-06-30", "2025-02-01", "97", ",", "days")
             ROW("dram", "dio", "2024Q2", "2024-06-30", "2025-03-01", "99", ",", "days"),
         MCY_FINDING_CONFLICT,
         "98.5..99.5 days (acme.csv:51, taken) and 96.5..97.5 days (acme.csv:50)"},
        {ROW("dram", "revenue", "2026Q2", "2026-06-30", "2026-08-01", "2556", ",", "usd_m"),
         MCY_FINDING_GAP, "lacks 1 of 14 quarters: 2026Q1"},
        {ROW("total", "dio", "2026Q3", "2026-09-30", "2026-11-01", "91", ",", "days"),
         MCY_FINDING_STALE, "3 quarters behind"},
        {ROW("dram", "dio", "2024Q2", "2024-06-30", "2024-06-29", "97", ",", "days"),
         MCY_FINDING_DATE, "before the period ended on 2024-06-30"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mcy_findings f;
        bool said = false;
        write_acme(cases[i].row);
        check_folder(folder, 0, NULL, &f);
        if (!count_kind(&f, cases[i].kind))
            fail_msg("case %zu: nothing of its kind", i);
        for (size_t k = 0; k < f.count; k++)
            said = said || (f.items[k].kind == cases[i].kind &&
                            strstr(f.items[k].sentence, cases[i].words));
        if (!said)
            fail_msg("case %zu: no finding says '%s' but '%s'", i, cases[i].words,
                     f.items[0].sentence);
    }
}

static void accept__a_known_finding__is_not_new(void **state)
{
    (void)state;
    char path[512];
    mcy_findings f;
    write_acme(ROW("dram", "dio", "2024Q2", "2024-06-30", "2024-06-29", "97", ",", "days"));
    write_file(
        "accepted-findings.csv", "kind,what,period,reason\n",
        "date,acme.dram.dio_ifrs,2024Q2,known\nsum,acme.total.revenue_ifrs,2024Q3,gone\n");
    snprintf(path, sizeof path, "%s/accepted-findings.csv", folder);
    check_folder(folder, 0, path, &f);
    assert_int_equal(f.count, 1);
    assert_int_equal(f.fresh, 0);
    assert_string_equal(f.items[0].accepted, "known");
    assert_int_equal(f.unused_count, 1);
    assert_string_equal(f.unused[0], "sum acme.total.revenue_ifrs 2024Q3");
    mcy_facts *facts = NULL;
    mcy_text report = {0};
    mcy_error err = {0};
    write_file("accepted-findings.csv", "kind,what,period,reason\n",
               "dates,acme.dram.dio_ifrs,2024Q2,known\nsum,,2024Q3,x\nsum,y,,\n");
    check_ok(mcy_facts_read(arena, folder, 0, &report, &facts, &err), err);
    check_refused(mcy_facts_check(arena, facts, path, &report, &f, &err), MCY_E_INPUT, err,
                  "3 bad rows");
    assert_non_null(strstr(mcy_text_view(&report), ":4: 'reason' is empty"));
    mcy_text_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check__shipped_facts__micron_words_disagree_in_seven_quarters),
        cmocka_unit_test(check__shipped_facts__every_finding_is_accepted_and_none_in_vain),
        cmocka_unit_test(check__figures_that_agree__give_no_finding),
        cmocka_unit_test(check__one_planted_fault_each__is_found_as_its_kind),
        cmocka_unit_test(accept__a_known_finding__is_not_new),
    };
    return cmocka_run_group_tests_name("findings", tests, begin, end);
}
