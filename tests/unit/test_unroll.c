/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model laid out: years, owners, conditions, causes, what is refused. */
#include "mcy/program.h"
#include "model_text.h"

static const char source[] =
    "unit usd_m, piece\n"
    "dimension firm = micron, rest\n"
    "dimension product = dram, nand\n"
    "assumption volume[product] path from -3 : piece, 0..1000 = 10 \"volume\"\n"
    "assumption lag : quarter, 1..9 = 4 \"lag\"\n"
    "variable price[product] from -3 : usd_m/piece, year mean \"price\"\n"
    "variable sold[product] from -3 : piece, year sum \"sold\"\n"
    "variable value[firm, product] from -3 : usd_m, 0..5000, year sum \"value\"\n"
    "variable unit_value[firm, product] : usd_m/piece, year ratio(value, sold) \"by firm\"\n"
    "variable stock : piece, year last \"stock\"\n"
    "variable level : piece, year mean \"level\"\n"
    "variable plain : piece \"no rule\"\n"
    "variable later : piece \"lagged\"\n"
    "derived known : piece \"of the base\"\n"
    "price[product] = 3 [usd_m/piece] + t * 1 [usd_m/piece/quarter]\n"
    "sold[product] = volume[product]\n"
    "sold[nand] = 2 * volume[nand]\n"
    "value[firm, product] = price[product] * sold[product]\n"
    "value[rest, product] = price[product] * sold[product] / 2\n"
    "unit_value[firm, product] = value[firm, product] / sold[product]\n"
    "stock = sum(product: sold[product])\n"
    "level = stock + t * 1 [piece/quarter]\n"
    "plain = level\n"
    "later = pascal(stock, lag, 2, 3)\n"
    "known = base(stock) + sold[dram](-2)\n"
    "check sold[product] <= 900 piece \"not more than the fab can make\"\n";

static double node_value(const model_text *m, mcy_node node)
{
    double value = 0, *outputs[1] = {&value};
    mcy_program_request request = {.graph = mcy_unrolled_graph(m->unrolled),
                                   .base = m->inputs,
                                   .output_count = 1,
                                   .outputs = &node};
    const mcy_program *program;
    mcy_scratch *scratch;
    mcy_error err = {0};
    assert_true(node != MCY_NODE_NONE);
    check_ok(mcy_program_compile(m->arena, &request, &program, &err), err);
    check_ok(mcy_scratch_create(m->arena, program, &scratch, &err), err);
    mcy_program_run(program, scratch, 1, NULL, outputs, NULL);
    return value;
}

static mcy_node year(const model_text *m, const char *path, size_t count, const int *quarters)
{
    size_t symbol, element;
    model_find(m, path, &symbol, &element);
    return mcy_unrolled_year(m->unrolled, symbol, element, count, quarters);
}

static void years__by_their_rules__as_by_hand(void **state)
{
    (void)state;
    static const int quarters[] = {1, 2, 3, 4}, fiscal[] = {-2, -1, 0, 1},
                     outside[] = {3, 4, 5, 6};
    model_text m = model_read_text(source);
    model_unroll(&m, 5);
    for (int q = -3; q <= 5; q++)
        model_set(&m, "volume.dram", q, 10 + q);
    check_near(node_value(&m, year(&m, "sold.dram", 4, quarters)), 11 + 12 + 13 + 14, 1e-15);
    check_near(node_value(&m, year(&m, "sold.nand", 4, fiscal)), 80, 1e-15);
    check_near(node_value(&m, year(&m, "price.nand", 4, quarters)), 5.5, 1e-15);
    check_near(node_value(&m, year(&m, "stock", 4, quarters)), 14 + 20, 1e-15);
    check_near(node_value(&m, year(&m, "level", 2, quarters)), (31 + 1 + 32 + 2) / 2.0, 1e-15);
    double over = (4 * 11 + 5 * 12 + 6 * 13 + 7 * 14) / 2.0;
    check_near(node_value(&m, year(&m, "unit_value.rest.dram", 4, quarters)), over / 50, 1e-15);
    assert_true(year(&m, "plain", 4, quarters) == MCY_NODE_NONE);
    assert_true(year(&m, "known", 4, quarters) == MCY_NODE_NONE);
    assert_true(year(&m, "sold.dram", 4, outside) == MCY_NODE_NONE);
    assert_true(year(&m, "sold.dram", 0, quarters) == MCY_NODE_NONE);
    model_release(&m);
}

static void owners__of_named_nodes__are_their_places(void **state)
{
    (void)state;
    model_text m = model_read_text(source);
    model_unroll(&m, 2);
    size_t symbol, element;
    model_find(&m, "price.nand", &symbol, &element);
    mcy_node node = mcy_unrolled_node(m.unrolled, symbol, element, 1);
    mcy_place place =
        mcy_unrolled_owner(m.unrolled, mcy_graph_owner(mcy_unrolled_graph(m.unrolled), node));
    assert_string_equal(mcy_model_symbol(m.model, place.symbol)->name, "price");
    assert_int_equal(place.quarter, 1);
    mcy_text out = {0};
    mcy_unrolled_place_text(m.unrolled, place, &out);
    assert_string_equal(mcy_text_view(&out), "price.dram@2026Q2");
    mcy_text_release(&out);
    model_release(&m);
}

/* The first condition that fails, by a run of the program. */
static const mcy_unrolled_check *first_failing(const model_text *m)
{
    size_t count = mcy_unrolled_check_count(m->unrolled);
    mcy_program_request request = {.graph = mcy_unrolled_graph(m->unrolled),
                                   .base = m->inputs,
                                   .check_count = count,
                                   .checks = mcy_unrolled_check_nodes(m->unrolled)};
    const mcy_program *program;
    mcy_scratch *scratch;
    mcy_fault fault;
    mcy_error err = {0};
    check_ok(mcy_program_compile(m->arena, &request, &program, &err), err);
    check_ok(mcy_scratch_create(m->arena, program, &scratch, &err), err);
    mcy_program_run(program, scratch, 1, NULL, NULL, &fault);
    if (fault.kind == MCY_FAULT_NONE)
        return NULL;
    assert_int_equal(fault.kind, MCY_FAULT_CHECK);
    return &mcy_unrolled_checks(m->unrolled)[fault.index];
}

static void conditions__of_checks_bounds_and_lags__are_found_when_they_fail(void **state)
{
    (void)state;
    model_text m = model_read_text(source);
    model_unroll(&m, 4);
    assert_null(first_failing(&m));
    model_set(&m, "volume.nand", 3, 451);
    const mcy_unrolled_check *check = first_failing(&m);
    assert_non_null(check);
    assert_string_equal(check->meaning, "not more than the fab can make [nand]");
    assert_int_equal(check->quarter, 3);
    assert_true(check->equation != MCY_NONE);
    model_set(&m, "volume.nand", 3, 450);
    check = first_failing(&m);
    assert_non_null(check);
    assert_string_equal(check->meaning, "value[micron, nand] is within its bounds 0..5000");
    assert_true(check->equation == MCY_NONE);
    model_set(&m, "volume.nand", 3, 10);
    model_set(&m, "lag", 0, 2.5);
    check = first_failing(&m);
    assert_non_null(check);
    assert_string_equal(check->meaning,
                        "the mean of a pascal lag is not below its dead time 3: later");
    model_release(&m);
}

static void causes__of_a_value__are_what_its_equation_reads(void **state)
{
    (void)state;
    model_text m = model_read_text(source);
    model_unroll(&m, 4);
    size_t symbol, element, equation, count;
    const mcy_place *places;
    mcy_error err = {0};
    model_find(&m, "value.rest.nand", &symbol, &element);
    mcy_place place = {symbol, element, 2};
    check_ok(mcy_unrolled_causes(m.arena, m.unrolled, place, &equation, &count, &places, &err),
             err);
    assert_int_equal(count, 2);
    mcy_text out = {0};
    mcy_model_equation_text(m.model, equation, &out);
    mcy_text_add(&out, " | ");
    mcy_unrolled_place_text(m.unrolled, places[1], &out);
    assert_string_equal(mcy_text_view(&out),
                        "value[rest, product] = price[product] * sold[product] / 2 | "
                        "sold.nand@2026Q3");
    mcy_text_clear(&out);
    model_find(&m, "stock", &symbol, &element);
    place = (mcy_place){symbol, element, 1};
    check_ok(mcy_unrolled_causes(m.arena, m.unrolled, place, &equation, &count, &places, &err),
             err);
    assert_int_equal(count, 2);
    model_find(&m, "known", &symbol, &element);
    place = (mcy_place){symbol, element, MCY_EVERY_QUARTER};
    check_ok(mcy_unrolled_causes(m.arena, m.unrolled, place, &equation, &count, &places, &err),
             err);
    assert_int_equal(count, 2);
    assert_int_equal(places[0].quarter, 0);
    assert_int_equal(places[1].quarter, -2);
    model_find(&m, "lag", &symbol, &element);
    place = (mcy_place){symbol, element, MCY_EVERY_QUARTER};
    check_ok(mcy_unrolled_causes(m.arena, m.unrolled, place, &equation, &count, &places, &err),
             err);
    assert_true(equation == MCY_NONE && count == 0);
    mcy_text_release(&out);
    model_release(&m);
}

static void horizon__out_of_range__is_refused(void **state)
{
    (void)state;
    model_text m = model_read_text(source);
    mcy_error err = {0};
    mcy_unrolled *u;
    mcy_unroll_options options = {.last = -1, .base = mcy_quarter_of(2026, 1)};
    check_refused(mcy_unroll(m.arena, m.model, &options, &u, &err), MCY_E_INPUT, err,
                  "the last quarter must be from 0 to 4000, got -1");
    options.last = MCY_LAST_QUARTER + 1;
    check_refused(mcy_unroll(m.arena, m.model, &options, &u, &err), MCY_E_INPUT, err,
                  "got 4001");
    model_release(&m);
}

/* The calendar decides `quarter`, also before the base. */
static void calendar__of_the_base_quarter__decides_quarter(void **state)
{
    (void)state;
    model_text m = model_read_text("variable x from -2 : 1 \"x\"\nx = quarter\n");
    mcy_error err = {0};
    mcy_unroll_options options = {.last = 3, .base = mcy_quarter_of(2025, 4)};
    check_ok(mcy_unroll(m.arena, m.model, &options, &m.unrolled, &err), err);
    double none[1] = {0};
    check_ok(mcy_evaluate(m.arena, m.unrolled, none, &m.evaluation, &err), err);
    static const double want[] = {2, 3, 4, 1, 2, 3};
    for (int q = -2; q <= 3; q++)
        check_near(model_value(&m, "x", q), want[q + 2], 0);
    model_release(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years__by_their_rules__as_by_hand),
        cmocka_unit_test(owners__of_named_nodes__are_their_places),
        cmocka_unit_test(conditions__of_checks_bounds_and_lags__are_found_when_they_fail),
        cmocka_unit_test(causes__of_a_value__are_what_its_equation_reads),
        cmocka_unit_test(horizon__out_of_range__is_refused),
        cmocka_unit_test(calendar__of_the_base_quarter__decides_quarter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
