/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario files laid on a small model: every form of a line, inheritance, names with quarters. */
#include "check.h"

#include "mcy/number.h"
#include "mcy/scenario.h"

static const char model_text[] =
    "unit usd_m, quarter\n"
    "dimension firm = micron, rest\n"
    "dimension product = dram, nand\n"
    "assumption capex[firm] path from -4 hold : usd_m, 0..60000 \"capital spending\" @ \"s\"\n"
    "assumption part[firm, product] : frac, 0..1 = 0.25 \"part\" @ \"s\"\n"
    "assumption growth[product] path : frac, -0.5..1 = 0.1 \"growth\" @ \"s\"\n"
    "assumption lag : quarter, 1..20 = 4 \"lag\" @ \"s\"\n"
    "variable total[firm] : usd_m, year sum \"spending\"\n"
    "T: total[firm] = capex[firm] * part[firm, dram]\n"
    "output most[firm] : usd_m \"the most\"\n"
    "M: most[firm] = max_all(total[firm])\n";

static const char *const files[][2] = {
    {"folder/root.yaml",
     "title: Root\nbase: 2026Q1\nas_of: 2026-06-01\nhorizon: 8 quarters\n"
     "assumptions:\n"
     "  capex: {value: 1.5 bn USD, reason: flat}\n"
     "  part.*.dram: {values: {micron: 30%, rest: 70%}, total: 100%, source: row}\n"},
    {"folder/child.yaml",
     "title: {zh: 子, en: Child}\ninherits: root\n"
     "assumptions:\n"
     "  capex.micron:\n"
     "    - {years: {FY2026: 10 bn USD}, source: guidance}\n"
     "    - {value: ×1.5, from: 2027Q1, until: 2027Q2, reason: more}\n"
     "  growth.dram: {ramp: {to: 50%, start: 2026Q2, over: 4 quarters}, reason: ramp}\n"
     "  growth.nand: {quarters: {2026Q2: 7%, 2026Q4: -3%}, reason: two}\n"
     "  part.rest: {values: {nand: 10pp}, reason: points}\n"
     "  lag: {times: 1.5, reason: slower}\n"},
    {"folder/table.yaml", "title: Table\ninherits: root\nassumptions:\n"
                          "  capex.rest: {csv: plan.csv, source: plan}\n"},
    {"folder/plan.csv", "quarter,value\n2026Q3,2.385 bn USD\n2026Q4,+10%\n"},
    {"folder/spent.yaml", "title: Spent\ninherits: root\nassumptions:\n"
                          "  capex.micron: {years: {FY2026: 3 bn USD}, source: too little}\n"},
};

static mcy_arena *arena;
static mcy_error err;
static mcy_unrolled *unrolled;
static mcy_inputs *inputs;

static mcy_status load(void *context, mcy_arena *owner, const char *file, const char **text,
                       size_t *size, mcy_error *e)
{
    (void)context, (void)owner;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(files[i][0], file) == 0) {
            *text = files[i][1];
            *size = strlen(files[i][1]);
            return MCY_OK;
        }
    return MCY_FAIL(e, MCY_E_IO, "no '%s'", file);
}

/* Inputs as facts leave them: capex of micron known up to the base quarter. */
static void prepare(void)
{
    static const char *const names[] = {"micron"};
    static const int ends[] = {8};
    static const mcy_calendars calendars = {1, names, ends};
    static const mcy_origin fact = {.kind = MCY_ORIGIN_FACT, .where = "micron.csv:1"};
    mcy_source source = {"small.eqn", model_text, strlen(model_text)};
    const mcy_model *model;
    mcy_report report;
    mcy_unroll_options options = {.last = 8, .base = mcy_quarter_of(2026, 1)};
    check_ok(mcy_model_read(arena, 1, &source, &model, &report, &err), err);
    check_ok(mcy_unroll(arena, model, &options, &unrolled, &err), err);
    check_ok(mcy_inputs_create(arena, unrolled, &calendars, &inputs, &err), err);
    for (int q = -4; q <= 0; q++) {
        size_t input =
            mcy_unrolled_input(unrolled, mcy_model_find_symbol(model, "capex"), 0, q);
        inputs->values[input] = 2000 + 100 * q;
        inputs->origins[input] = &fact;
    }
}

static double input_of(const char *path, int quarter)
{
    size_t symbol, element;
    check_ok(mcy_model_find(mcy_unrolled_model(unrolled), path, &symbol, &element, &err), err);
    return inputs->values[mcy_unrolled_input(unrolled, symbol, element, quarter)];
}

static mcy_status apply(const char *name, const mcy_scenario **scenario)
{
    static const mcy_scenario_loader loader = {load, NULL};
    prepare();
    mcy_status status = mcy_scenario_load(arena, "folder", name, &loader, scenario, &err);
    return status == MCY_OK ? mcy_scenario_apply(arena, *scenario, inputs, &err) : status;
}

static void scenario_apply__root__leaves_published_quarters_alone(void **state)
{
    (void)state;
    const mcy_scenario *s;
    check_ok(apply("root", &s), err);
    assert_int_equal(s->base, mcy_quarter_of(2026, 1));
    assert_int_equal(s->horizon, 8);
    check_near(input_of("capex.micron", 0), 2000, 0);
    check_near(input_of("capex.micron", -3), 1700, 0);
    check_near(input_of("capex.micron", 1), 1500, 0);
    check_near(input_of("capex.rest", -4), 1500, 0);
    check_near(input_of("part.micron.dram", 0), 0.3, 1e-16);
    check_near(input_of("part.rest.dram", 0), 0.7, 1e-16);
    check_near(input_of("part.rest.nand", 0), 0.25, 0);
}

static void scenario_apply__child__changes_what_it_says_and_no_more(void **state)
{
    (void)state;
    const mcy_scenario *s;
    check_ok(apply("child", &s), err);
    assert_string_equal(s->title.zh, "子");
    assert_string_equal(s->as_of, "2026-06-01");
    /* FY2026 is Sep 2025 to Aug 2026, laid on 2025Q4..2026Q3: 1900 + 2000 are used. */
    check_near(input_of("capex.micron", 1), (10000 - 3900) / 2.0, 1e-15);
    check_near(input_of("capex.micron", 2), (10000 - 3900) / 2.0, 1e-15);
    check_near(input_of("capex.micron", 3), 1500, 0);
    check_near(input_of("capex.micron", 4), 2250, 0);
    check_near(input_of("capex.micron", 5), 2250, 0);
    check_near(input_of("capex.micron", 6), 1500, 0);
    check_near(input_of("growth.dram", 1), 0.1, 1e-15);
    check_near(input_of("growth.dram", 3), 0.3, 1e-15);
    check_near(input_of("growth.dram", 8), 0.5, 1e-15);
    check_near(input_of("growth.nand", 1), 0.07, 1e-15);
    check_near(input_of("growth.nand", 2), 0.1, 1e-15);
    check_near(input_of("growth.nand", 3), -0.03, 1e-15);
    check_near(input_of("part.rest.nand", 0), 0.35, 1e-15);
    check_near(input_of("lag", 0), 6, 1e-15);
}

static void scenario_apply__csv__sets_its_quarters(void **state)
{
    (void)state;
    const mcy_scenario *s;
    check_ok(apply("table", &s), err);
    check_near(input_of("capex.rest", 1), 1500, 0);
    check_near(input_of("capex.rest", 2), 2385, 1e-15);
    check_near(input_of("capex.rest", 3), 1650, 1e-12);
}

static void scenario_apply__year_below_what_was_spent__is_refused(void **state)
{
    (void)state;
    const mcy_scenario *s;
    check_refused(apply("spent", &s), MCY_E_INPUT, err,
                  "3000 usd_m is less than its published quarters have used, 3900 usd_m");
}

static void inputs_set__names_with_quarters__are_understood(void **state)
{
    (void)state;
    const mcy_scenario *s;
    check_ok(apply("root", &s), err);
    check_ok(mcy_inputs_set(arena, inputs, "growth.dram@2026Q3..2026Q4=40%", &err), err);
    check_near(input_of("growth.dram", 1), 0.1, 0);
    check_near(input_of("growth.dram", 2), 0.4, 1e-16);
    check_near(input_of("growth.dram", 3), 0.4, 1e-16);
    check_ok(mcy_inputs_set(arena, inputs, "growth=-5pp", &err), err);
    check_near(input_of("growth.dram", 0), 0.1, 0);
    check_near(input_of("growth.nand", 8), 0.05, 1e-15);
    check_ok(mcy_inputs_set(arena, inputs, "capex.micron@FY2027 = 500 usd_m", &err), err);
    check_near(input_of("capex.micron", 3), 125, 0); /* a year's amount is its total */
    check_near(input_of("capex.micron", 6), 125, 0);
    check_near(input_of("capex.micron", 7), 1500, 0);
    /* FY2026 is laid on 2025Q4..2026Q3; 1900 and 2000 are published. */
    check_ok(mcy_inputs_set(arena, inputs, "capex.micron@FY2026=8 bn USD", &err), err);
    check_near(input_of("capex.micron", -1), 1900, 0);
    check_near(input_of("capex.micron", 1), 2050, 0);
    check_near(input_of("capex.micron", 2), 2050, 0);
    check_refused(mcy_inputs_set(arena, inputs, "capex.micron@FY2026=3 bn USD", &err),
                  MCY_E_DOMAIN, err, "its published quarters have used 3900");
    check_ok(mcy_inputs_set(arena, inputs, "capex.micron@2026Q4..2027Q1=600 usd_m", &err), err);
    check_near(input_of("capex.micron", 3), 600, 0);
    check_refused(mcy_inputs_set(arena, inputs, "growth.dram", &err), MCY_E_INPUT, err,
                  "is no edit");
    check_refused(mcy_inputs_set(arena, inputs, "lag@2026Q3=4 quarters", &err), MCY_E_INPUT,
                  err, "one value for all quarters");
    check_refused(mcy_inputs_set(arena, inputs, "total.micron=3 usd_m", &err), MCY_E_INPUT, err,
                  "computed by the model");
    check_refused(mcy_inputs_set(arena, inputs, "part.rest.dram=+40pp", &err), MCY_E_DOMAIN,
                  err, "would be 110%, outside 0% to 100%");
    check_refused(mcy_inputs_set(arena, inputs, "growth@2026Q4..2026Q2=1%", &err), MCY_E_INPUT,
                  err, "ends before it begins");
}

static void metric_find__periods__say_their_calendar(void **state)
{
    (void)state;
    mcy_metric m;
    prepare();
    const mcy_calendars *c = inputs->calendars;
    check_ok(mcy_metric_find(arena, unrolled, c, "total.micron@FY2027", &m, &err), err);
    assert_int_equal(m.count, 4);
    assert_int_equal(m.quarters[0], 3);
    assert_non_null(strstr(m.months, "laid on 2026Q4..2027Q3"));
    check_ok(mcy_metric_find(arena, unrolled, c, "total.rest@2027", &m, &err), err);
    assert_int_equal(m.quarters[0], 4);
    check_ok(mcy_metric_find(arena, unrolled, c, "total.micron@FQ3-26", &m, &err), err);
    assert_int_equal(m.quarters[0], 1);
    check_ok(mcy_metric_find(arena, unrolled, c, "most.rest", &m, &err), err);
    assert_int_equal(m.count, 0);
    assert_int_not_equal(mcy_metric_find(arena, unrolled, c, "total.micron@2027", &m, &err),
                         MCY_OK);
    /* A product has no fiscal year: FQ3-26 would be taken for another quarter than Micron's. */
    const char *const fiscal[] = {"growth.dram@FQ3-26=1%", "growth.dram@2026Q2..FQ4-26=1%",
                                  "growth.dram@FY2027=1%"};
    for (size_t i = 0; i < sizeof fiscal / sizeof *fiscal; i++)
        check_refused(mcy_inputs_set(arena, inputs, fiscal[i], &err), MCY_E_INPUT, err,
                      "belongs to no firm: write a calendar period");
    check_refused(mcy_metric_find(arena, unrolled, c, "growth.dram@FQ3-26", &m, &err),
                  MCY_E_INPUT, err, "'FQ3-26' is fiscal");
    check_refused(mcy_metric_find(arena, unrolled, c, "total.micron", &m, &err), MCY_E_INPUT,
                  err, "has a value every quarter: say which");
    check_refused(mcy_metric_find(arena, unrolled, c, "total.rest@CY2031", &m, &err),
                  MCY_E_INPUT, err, "outside the quarters of 'total'");
    check_refused(mcy_metric_find(arena, unrolled, c, "most.rest@2026Q3", &m, &err),
                  MCY_E_INPUT, err, "one value for all quarters");
    check_refused(mcy_metric_find(arena, unrolled, c, "totl.rest@2026Q3", &m, &err),
                  MCY_E_INPUT, err, "did you mean 'total'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenario_apply__root__leaves_published_quarters_alone),
        cmocka_unit_test(scenario_apply__child__changes_what_it_says_and_no_more),
        cmocka_unit_test(scenario_apply__csv__sets_its_quarters),
        cmocka_unit_test(scenario_apply__year_below_what_was_spent__is_refused),
        cmocka_unit_test(inputs_set__names_with_quarters__are_understood),
        cmocka_unit_test(metric_find__periods__say_their_calendar),
    };
    arena = mcy_arena_create();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    mcy_arena_destroy(arena);
    return failed;
}
