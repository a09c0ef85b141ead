/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The equation engine behind the interface of sweeps: against the tree evaluator, point by point;
 * bounds and checks fail runs with their reason. */
#include "check.h"

#include "mcy/evaluate.h"
#include "mcy/model_evaluator.h"
#include "mcy/number.h"
#include "mcy/sweep.h"

static const char source[] = "unit usd_m\n"
                             "assumption growth : frac, -0.5..0.5 = 0.1 \"growth\" @ \"test\"\n"
                             "assumption shock path : 1, 0.5..2 = 1 \"shock\" @ \"test\"\n"
                             "variable sales : usd_m, year sum \"sales\"\n"
                             "variable stock : usd_m, year last \"stock\"\n"
                             "output log_sales : 1 \"log\"\n"
                             "E1: sales = sales(-1) * (1 + growth) * shock\n"
                             "start sales = 100 usd_m\n"
                             "E2: stock = max(sales - 90 usd_m, 0) * growth\n"
                             "E3: log_sales = log(sales / 1 usd_m)\n"
                             "check sales <= 400 usd_m \"sales stay below 400\"\n"
                             "check stock <= 1 usd_m \"stock stays below 1\"\n";

enum { LAST = 6, RUNS = 2048 };

typedef struct swept {
    mcy_arena *arena;
    mcy_unrolled *unrolled;
    double *inputs;
    size_t growth, sales, stock;
    mcy_evaluator *evaluator;
    mcy_sample *sample;
} swept;

static swept run(bool with_stock, bool without_checks)
{
    swept s = {.arena = mcy_arena_create()};
    mcy_error err = {0};
    mcy_source file = {"test.eqn", source, sizeof source - 1};
    const mcy_model *model = NULL;
    mcy_report report;
    check_ok(mcy_model_read(s.arena, 1, &file, &model, &report, &err), err);
    check_ok(mcy_unroll(s.arena, model, &(mcy_unroll_options){.last = LAST, .base = 8104},
                        &s.unrolled, &err),
             err);
    s.inputs = MCY_TAKE(s.arena, double, mcy_unrolled_input_count(s.unrolled));
    mcy_unrolled_defaults(s.unrolled, s.inputs);
    s.growth = mcy_model_find_symbol(model, "growth");
    s.sales = mcy_model_find_symbol(model, "sales");
    s.stock = mcy_model_find_symbol(model, "stock");
    size_t shock = mcy_model_find_symbol(model, "shock");
    static const char *const names[] = {"growth", "shock"};
    static const char *const outputs[] = {"sales@6", "stock@6"};
    mcy_model_effect *effects = MCY_TAKE(s.arena, mcy_model_effect, 4);
    effects[0] =
        (mcy_model_effect){0, mcy_unrolled_input(s.unrolled, s.growth, 0, 0), MCY_EFFECT_ADD};
    for (int q = 1; q <= 3; q++)
        effects[q] = (mcy_model_effect){1, mcy_unrolled_input(s.unrolled, shock, 0, q),
                                        MCY_EFFECT_TIMES};
    mcy_node *nodes = MCY_TAKE(s.arena, mcy_node, 2);
    nodes[0] = mcy_unrolled_node(s.unrolled, s.sales, 0, LAST);
    nodes[1] = mcy_unrolled_node(s.unrolled, s.stock, 0, LAST);
    mcy_model_request request = {.unrolled = s.unrolled,
                                 .inputs = s.inputs,
                                 .axis_count = 2,
                                 .axes = names,
                                 .effect_count = 4,
                                 .effects = effects,
                                 .output_count = with_stock ? 2 : 1,
                                 .output_names = outputs,
                                 .outputs = nodes,
                                 .without_checks = without_checks};
    check_ok(mcy_evaluator_model(s.arena, &request, &s.evaluator, &err), err);
    mcy_axis axes[2] = {
        {.name = "growth", .distribution = {.law = MCY_LAW_UNIFORM, .parameter = {-0.3, 0.5}}},
        {.name = "shock", .distribution = {.law = MCY_LAW_UNIFORM, .parameter = {0.6, 1.3}}}};
    mcy_design_request wanted = {
        .method = MCY_METHOD_SOBOL, .axis_count = 2, .axes = axes, .seed = 3, .runs = RUNS};
    mcy_design *design = NULL;
    mcy_workers *workers = NULL;
    check_ok(mcy_design_create(s.arena, &wanted, &design, &err), err);
    check_ok(mcy_workers_create(2, false, &workers, &err), err);
    mcy_sweep sweep = {.design = design, .evaluator = s.evaluator, .workers = workers};
    check_ok(mcy_sweep_sample(s.arena, &sweep, &s.sample, &err), err);
    mcy_workers_destroy(workers);
    return s;
}

/* The same run by the trees of the equations. */
static mcy_evaluation *by_hand(const swept *s, size_t run)
{
    mcy_error err = {0};
    mcy_evaluation *evaluation = NULL;
    size_t n = mcy_unrolled_input_count(s->unrolled);
    double *inputs = MCY_TAKE(s->arena, double, n);
    memcpy(inputs, s->inputs, n * sizeof *inputs);
    size_t shock = mcy_model_find_symbol(mcy_unrolled_model(s->unrolled), "shock");
    inputs[mcy_unrolled_input(s->unrolled, s->growth, 0, 0)] += s->sample->points[0][run];
    for (int q = 1; q <= 3; q++)
        inputs[mcy_unrolled_input(s->unrolled, shock, 0, q)] *= s->sample->points[1][run];
    check_ok(mcy_evaluate(s->arena, s->unrolled, inputs, &evaluation, &err), err);
    return evaluation;
}

static void swept_model__every_run__that_of_the_trees(void **state)
{
    (void)state;
    swept s = run(true, true);
    size_t outside = 0;
    for (size_t r = 0; r < RUNS; r++) {
        bool out = 0.1 + s.sample->points[0][r] > 0.5;
        outside += out;
        assert_int_equal(s.sample->faults[r].kind, out ? MCY_FAULT_INPUT : MCY_FAULT_NONE);
        if (out) {
            assert_true(mcy_is_missing(s.sample->values[0][r]));
            continue;
        }
        mcy_evaluation *e = by_hand(&s, r);
        assert_true(s.sample->values[0][r] == mcy_evaluated(e, s.sales, 0, LAST));
        assert_true(s.sample->values[1][r] == mcy_evaluated(e, s.stock, 0, LAST));
    }
    assert_true(outside > 100 && s.sample->failed == outside);
    char reason[MCY_EVALUATOR_REASON];
    mcy_fault fault = {MCY_FAULT_INPUT, 0, 0.55};
    mcy_evaluator_explain(s.evaluator, &fault, reason, sizeof reason);
    assert_string_equal(reason, "'growth' is outside -0.5..0.5");
    mcy_arena_destroy(s.arena);
}

static void checks__that_the_outputs_depend_on__fail_runs(void **state)
{
    (void)state;
    for (int with_stock = 0; with_stock < 2; with_stock++) {
        swept s = run(with_stock, false);
        size_t above = 0;
        for (size_t r = 0; r < RUNS; r++) {
            if (s.sample->faults[r].kind == MCY_FAULT_INPUT)
                continue;
            mcy_evaluation *e = by_hand(&s, r);
            bool bad = false;
            for (int q = 0; q <= LAST; q++)
                bad |= mcy_evaluated(e, s.sales, 0, q) > 400;
            /* stock is no concern of who asks for sales only, nor an earlier one of the last */
            bad |= with_stock && mcy_evaluated(e, s.stock, 0, LAST) > 1;
            assert_int_equal(s.sample->faults[r].kind, bad ? MCY_FAULT_CHECK : MCY_FAULT_NONE);
            above += bad;
            if (!bad)
                continue;
            char reason[MCY_EVALUATOR_REASON];
            mcy_evaluator_explain(s.evaluator, &s.sample->faults[r], reason, sizeof reason);
            assert_non_null(strstr(reason, "stays below 1") ? reason
                                                            : strstr(reason, "stay below 400"));
        }
        assert_true(above > 10);
        mcy_arena_destroy(s.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swept_model__every_run__that_of_the_trees),
        cmocka_unit_test(checks__that_the_outputs_depend_on__fail_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
