/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every refusal of a fact's row, the targets of forecasts, winners and names of quantities. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include <stdlib.h>

#include "mcy/file.h"
#include "mcy/quantity.h"

static char folder[] = "/tmp/mcy-test-fact-rows-XXXXXX";
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

static void write_file(const char *name, const char *head, const char *body)
{
    char path[256];
    mcy_text text = {0};
    mcy_error err = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    mcy_text_add(&text, head);
    mcy_text_add(&text, body);
    check_ok(mcy_file_write_text(path, &text, &err), err);
    mcy_text_release(&text);
}

static const char facts_head[] =
    "company,product,metric,period,period_end,published,published_basis,value,low,high,unit,"
    "basis,text,source,source_url,confidence\n";
static const char events_head[] = "company,period,event,date,note,source_url\n";
static const char fx_head[] =
    "currency,period,period_end,published,value,unit,source,source_url\n";
static const char winners_head[] =
    "company,product,metric,target,basis,published,value,low,high,reason\n";

static void write_folder(const char *rows)
{
    write_file("facts.csv", facts_head, rows);
    write_file("events.csv", events_head, "");
    write_file("fx.csv", fx_head, "");
    write_file("winner-exceptions.csv", winners_head, "");
}

static mcy_status read_folder(mcy_facts **facts, mcy_text *report, mcy_error *err)
{
    return mcy_facts_read(arena, folder, 0, report, facts, err);
}

static mcy_facts *good_folder(void)
{
    mcy_facts *facts = NULL;
    mcy_text report = {0};
    mcy_error err = {0};
    mcy_status status = read_folder(&facts, &report, &err);
    if (status != MCY_OK)
        fail_msg("%s\n%s", err.text, mcy_text_view(&report));
    mcy_text_release(&report);
    return facts;
}

static void row__each_bad_cell__is_refused_with_its_reason(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Acme,dram,dio,2024Q2,2024-06-30,2024-08-01,stated,97,,,days,ifrs,,s,,high",
         "'company' is 'Acme', want a name of a-z"},
        {"acme,,dio,2024Q2,2024-06-30,2024-08-01,stated,97,,,days,ifrs,,s,,high",
         "'product' is empty, want a name"},
        {"acme,dram,days of stock,2024Q2,2024-06-30,2024-08-01,stated,97,,,days,ifrs,,s,,high",
         "'metric' is 'days of stock', want a name"},
        {"acme,dram,dio,2024Q5,2024-06-30,2024-08-01,stated,97,,,days,ifrs,,s,,high",
         "'period' is '2024Q5', want a period"},
        {"acme,dram,dio,,2024-06-30,2024-08-01,stated,97,,,days,ifrs,,s,,high",
         "'period' is empty, want a period"},
        {"acme,dram,dio,2024Q2,2024-06-29,2024-08-01,stated,97,,,days,ifrs,,s,,high",
         "'period_end' is '2024-06-29', want the last day of 2024Q2"},
        {"acme,dram,dio,FY2024Q2,2025-09-30,2024-08-01,stated,97,,,days,ifrs,,s,,high",
         "'period_end' is '2025-09-30', no fiscal year makes FY2024Q2 end then"},
        {"acme,dram,dio,2024Q2,2024-06-31,2024-08-01,stated,97,,,days,ifrs,,s,,high",
         "'period_end' is '2024-06-31', want a day as YYYY-MM-DD"},
        {"acme,dram,dio,2024Q2,2024-06-30,soon,stated,97,,,days,ifrs,,s,,high",
         "'published' is 'soon', want a day"},
        {"acme,dram,dio,2024Q2,2024-06-30,2024-08-01,guessed,97,,,days,ifrs,,s,,high",
         "'published_basis' is 'guessed', want one of stated, assumed"},
        {"acme,dram,dio,2024Q2,2024-06-30,2024-08-01,stated,1e999,,,days,ifrs,,s,,high",
         "'value' is '1e999', want a number"},
        {"acme,dram,dio,2024Q2,2024-06-30,2024-08-01,stated,nan,,,days,ifrs,,s,,high",
         "'value' is 'nan', want a number"},
        {"acme,dram,dio,2024Q2,2024-06-30,2024-08-01,stated,,9,7,days,ifrs,,s,,high",
         "'low' is '9', want at most high, which is '7'"},
        {"acme,dram,dio,2024Q2,2024-06-30,2024-08-01,stated,5,6,7,days,ifrs,,s,,high",
         "'value' is '5', want it between low and high"},
        {"acme,dram,dio,2024Q2,2024-06-30,2024-08-01,stated,97,,,dayz,ifrs,,s,,high",
         "'unit' is 'dayz', want one of"},
        {"acme,dram,dio,2024Q2,2024-06-30,2024-08-01,stated,97,,,days,gap,,s,,high",
         "did you mean 'gaap'"},
        {"acme,dram,dio,2024Q2,2024-06-30,2024-08-01,stated,97,,,days,ifrs,,s,,",
         "'confidence' is empty, want one of low, medium, high"},
        {"acme,dram,dio,2024Q2,2024-06-30,2024-08-01,stated,97,,,days,ifrs,,,,high",
         "'source' is empty, a fact needs its source"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mcy_facts *facts = NULL;
        mcy_text report = {0};
        mcy_error err = {0};
        write_folder(cases[i][0]);
        if (read_folder(&facts, &report, &err) != MCY_E_INPUT || facts)
            fail_msg("case %zu was taken", i);
        if (!strstr(mcy_text_view(&report), cases[i][1]) ||
            strncmp(mcy_text_view(&report), "facts.csv:2: ", 13) != 0)
            fail_msg("'%s' does not say '%s'", mcy_text_view(&report), cases[i][1]);
        mcy_text_release(&report);
    }
}

static void specials__each_bad_cell__is_refused_with_its_reason(void **state)
{
    (void)state;
    static const char *const cases[][4] = {
        {"events.csv", events_head, "acme,2024Q2,results,2024-02-30,,",
         "'date' is '2024-02-30'"},
        {"events.csv", events_head, "acme,someday,results,2024-02-20,,",
         "'period' is 'someday'"},
        {"events.csv", events_head, ",2024Q2,results,2024-02-20,,", "'company' is empty"},
        {"fx.csv", fx_head, "krw,2024-13,2024-01-31,2024-02-01,1300,u,s,", "want a month"},
        {"fx.csv", fx_head, "krw,2024-01,2024-01-31,2024-02-01,0,u,s,", "want a rate above 0"},
        {"fx.csv", fx_head,
         "krw,2024-01,2024-01-31,2024-02-01,1,u,s,\n"
         "krw,2024-01,2024-01-31,2024-02-01,2,u,s,",
         "stands there twice"},
        {"fx.csv", fx_head, ",2024-01,2024-01-31,2024-02-01,1,u,s,", "want a currency"},
        {"winner-exceptions.csv", winners_head, "acme,dram,dio,2024Q2,ifrs,2024-08-01,97,,,",
         "an exception needs its reason"},
        {"winner-exceptions.csv", winners_head, "acme,dram,dio,2024Q2,us,2024-08-01,97,,,why",
         "'basis' is 'us', want a basis"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mcy_facts *facts = NULL;
        mcy_text report = {0};
        mcy_error err = {0};
        write_folder(
            "acme,dram,dio,2024Q2,2024-06-30,2024-08-01,stated,97,,,days,ifrs,,s,,high");
        write_file(cases[i][0], cases[i][1], cases[i][2]);
        if (read_folder(&facts, &report, &err) != MCY_E_INPUT)
            fail_msg("case %zu was taken", i);
        if (!strstr(mcy_text_view(&report), cases[i][3]))
            fail_msg("'%s' does not say '%s'", mcy_text_view(&report), cases[i][3]);
        mcy_text_release(&report);
    }
}

#define GUIDE(text, value)                                                                     \
    "acme,total,guidance_revenue,FY2024Q2,2024-02-29,2024-03-20,stated," value                 \
    ",,,usd_m,guidance,\"" text "\",s,,high\n"

static void target__of_a_forecast__is_what_its_label_says(void **state)
{
    (void)state;
    static const char *const targets[] = {"FQ3-24", "FY2025", "CY2024", "CY2027", "CY2026",
                                          "FQ4-24", "FQ2-24", "FY2024", "FQ2-24"};
    write_folder(GUIDE("for FQ3-24: $5 billion", "5000") GUIDE("end FY2025: up", "5001") GUIDE(
        "CY2024 actual: about 3", "5002") GUIDE("Some House for CY2027: more", "5003")
                     GUIDE("for 2026: more", "5004") GUIDE("for FQ4-24, non-GAAP", "5005")
                         GUIDE("2026 will be better", "5006") GUIDE("for FY2024: x", "5007")
                             GUIDE("", "5008"));
    mcy_facts *facts = good_folder();
    assert_int_equal(facts->count, 9);
    for (size_t i = 0; i < 9; i++) {
        char name[32], months[40];
        mcy_period_format(&facts->items[i].target, name);
        if (strcmp(name, targets[i]) != 0)
            fail_msg("'%s' is about %s, not %s", facts->items[i].text, name, targets[i]);
        mcy_period_months(&facts->items[i].period, months);
        assert_string_equal(months, "Dec 2023–Feb 2024");
    }
}

#define DIO(published, value, low_high, basis, confidence)                                     \
    "acme,dram,dio,2024Q2,2024-06-30," published ",stated," value "," low_high ",days," basis  \
    ",,s " value ",," confidence "\n"

static void winner__by_rule_and_by_exception__is_the_row(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *exceptions;
        double value;
    } cases[] = {
        {DIO("2024-08-01", "97", ",", "ifrs", "high")
             DIO("2024-08-02", "98", ",", "ifrs", "medium"),
         "", 97.0},
        {DIO("2024-08-01", "97", ",", "ifrs", "high")
             DIO("2024-08-02", "98", ",", "ifrs", "high"),
         "", 98.0},
        {DIO("2024-08-01", "97", ",", "ifrs", "low")
             DIO("2024-08-02", "98", ",", "survey", "high"),
         "", 97.0},
        {DIO("2024-08-01", "97.5", ",", "ifrs", "high")
             DIO("2024-08-01", "98", ",", "ifrs", "high"),
         "", 97.5},
        {DIO("2024-08-01", "97", ",", "ifrs", "high")
             DIO("2024-08-02", "", ",", "ifrs", "high"),
         "", 97.0},
        {DIO("2024-08-01", "97", ",", "ifrs", "high")
             DIO("2024-08-02", "98", ",", "ifrs", "high"),
         "acme,dram,dio,2024Q2,ifrs,2024-08-01,97,,,first print is meant\n", 97.0},
        {DIO("2024-08-01", "97", ",", "ifrs", "high")
             DIO("2024-08-02", "98", ",", "ifrs", "high"),
         "acme,dram,dio,2024Q2,ifrs,2024-08-01,96,,,no such row\n", 98.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_folder(cases[i].rows);
        write_file("winner-exceptions.csv", winners_head, cases[i].exceptions);
        mcy_facts *facts = good_folder();
        mcy_fact_query q = {.company = "acme",
                            .product = "dram",
                            .metric = "dio",
                            .target = &facts->items[0].target};
        const mcy_fact *f = mcy_facts_winner(facts, &q);
        if (!f || f->value != cases[i].value)
            fail_msg("case %zu: %g won, want %g", i, f ? f->value : -1.0, cases[i].value);
    }
}

static void quantity__names__are_read_or_refused(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"doi.acme", "no quantity is named 'doi', did you mean 'dio'"},
        {"doi_ifrs.acme", "no quantity is named 'doi', did you mean 'dio'"},
        {"dio.acne", "no company or product is named 'acne', did you mean 'acme'"},
        {"dio.acme.dran", "did you mean 'dram'"},
        {"dio.acme.beta", "two companies, 'acme' and 'beta'"},
        {"dio.acme.dram.nand", "two products, 'dram' and 'nand'"},
        {"dio", "needs a company"},
        {"dio.acme", "'dio.acme' needs a product: dram, nand"},
        {"dio.beta.dram@2024", "write FY2024 or CY2024"},
        {"dio.acme.dram@soon", "is not a period"},
        {"gross_margin.acme", "write gross_margin_gaap or gross_margin_ifrs"}};
    write_folder(DIO(
        "2024-08-01", "97", ",", "ifrs",
        "high") "acme,nand,dio,2024Q2,2024-06-30,2024-08-01,stated,91,,,days,ifrs,,s,,high\n"
                "beta,dram,dio,FY2024Q2,2024-02-29,2024-03-20,stated,88,,,days,gaap,,s,,high\n"
                "acme,total,gross_margin,2024Q2,2024-06-30,2024-08-01,stated,31,,,pct,ifrs,,s,,low\n"
                "acme,total,gross_margin,2024Q2,2024-06-30,2024-08-01,stated,32,,,pct,gaap,,s,,low\n");
    mcy_facts *facts = good_folder();
    mcy_quantity q;
    mcy_answer a;
    mcy_error err = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_refused(mcy_quantity_parse(arena, facts, bad[i][0], &q, &err), MCY_E_INPUT, err,
                      bad[i][1]);
    check_ok(mcy_quantity_parse(arena, facts, "dio.dram.acme@2Q24", &q, &err), err);
    check_ok(mcy_quantity_answer(arena, facts, &q, &a, &err), err);
    assert_string_equal(a.name, "dio.acme.dram@2024Q2");
    assert_true(a.fact->value == 97.0 && !a.year_before);
    check_ok(mcy_quantity_parse(arena, facts, "gross_margin_ifrs.acme", &q, &err), err);
    check_ok(mcy_quantity_answer(arena, facts, &q, &a, &err), err);
    assert_string_equal(a.name, "gross_margin_ifrs.acme.total@2024Q2");
    check_ok(mcy_quantity_parse(arena, facts, "dio.beta@2024Q1", &q, &err), err);
    check_ok(mcy_quantity_answer(arena, facts, &q, &a, &err), err);
    assert_true(a.laid && a.fact->value == 88.0);
    check_ok(mcy_quantity_parse(arena, facts, "dio.acme.dram@2023Q2", &q, &err), err);
    check_refused(mcy_quantity_answer(arena, facts, &q, &a, &err), MCY_E_MISSING, err,
                  "there are 1 periods from 2024Q2 to 2024Q2");
}

static void folder__without_facts__is_refused(void **state)
{
    (void)state;
    mcy_facts *facts = NULL;
    mcy_text report = {0};
    mcy_error err = {0};
    char inner[300];
    check_refused(mcy_facts_read(arena, "/nowhere/at/all", 0, &report, &facts, &err), MCY_E_IO,
                  err, "events.csv");
    snprintf(inner, sizeof inner, "%s/inner", folder);
    check_ok(mcy_folder_make(inner, &err), err);
    write_file("inner/events.csv", events_head, "");
    write_file("inner/fx.csv", fx_head, "");
    check_refused(mcy_facts_read(arena, inner, 0, &report, &facts, &err), MCY_E_INPUT, err,
                  "holds no fact files");
    mcy_text_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row__each_bad_cell__is_refused_with_its_reason),
        cmocka_unit_test(specials__each_bad_cell__is_refused_with_its_reason),
        cmocka_unit_test(target__of_a_forecast__is_what_its_label_says),
        cmocka_unit_test(winner__by_rule_and_by_exception__is_the_row),
        cmocka_unit_test(quantity__names__are_read_or_refused),
        cmocka_unit_test(folder__without_facts__is_refused),
    };
    return cmocka_run_group_tests_name("fact_rows", tests, begin, end);
}
