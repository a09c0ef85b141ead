/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a model: what it says about itself, names to elements, equations back to text. */
#include "model_text.h"

static const char small[] =
    "unit usd_m, kwpm\n"
    "dimension firm = micron, samsung, rest\n"
    "dimension product = dram, nand \"what is sold\"\n"
    "subset big : firm = micron, samsung\n"
    "subset maker : firm\n"
    "constant weeks : 1 = 13\n"
    "fact sales_0[firm, product] : usd_m \"revenue\"\n"
    "assumption capex[firm] path from -2 hold : usd_m, 0..60000 = 700 \"spending\" @ \"plan\"\n"
    "assumption tool_cost : usd_m/kwpm, 1..500 = 12.5 \"a tool\" @ \"judgement\"\n"
    "variable tools[firm] : kwpm, year sum \"tools\"\n"
    "variable sales[firm, product] : usd_m, year sum \"sales\"\n"
    "variable price[product] : 1, year ratio(worth, total) \"price\"\n"
    "variable worth[product] : usd_m \"at the price of the quarter\"\n"
    "variable total[product] : usd_m \"of all firms\"\n"
    "output share[firm, product] : frac, year mean \"share\"\n"
    "output peak[product] : quarter \"quarter of the peak\"\n"
    "T1: tools[firm] = (capex[firm](-1) + capex[firm]) / (2 * tool_cost)\n"
    "S1: sales[firm, product] = sales[firm, product](-1) * 1.03 + tools[firm] * tool_cost / "
    "weeks\n"
    "S2: sales[big, nand] = sales[big, nand](-1) * 1.07\n"
    "S3: sales[micron, nand] = sales[micron, nand](-1) * 1.11\n"
    "start sales[firm, product] = sales_0[firm, product]\n"
    "P1: price[product] = price(-1)[product] * 1.5\n"
    "start price[product] = 1\n"
    "W1: worth[product] = price[product] * total[product]\n"
    "W2: total[product] = sum(firm: sales[firm, product])\n"
    "O1: share[firm, product] = sales[firm, product] / sum(maker: sales[maker, product])\n"
    "O2: peak[product] = quarter_of_max(price[product])\n"
    "check sales[firm, product] >= 0 \"sales are not negative\"\n";

static void fill(model_text *m)
{
    static const char *const firms[] = {"micron", "samsung", "rest"};
    static const char *const products[] = {"dram", "nand"};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 2; k++) {
            char path[64];
            snprintf(path, sizeof path, "sales_0.%s.%s", firms[i], products[k]);
            model_set(m, path, 0, 100.0 * (double)(i + 1) + 7.0 * (double)k);
        }
}

static void table__of_a_small_model__has_what_was_declared(void **state)
{
    (void)state;
    model_text m = model_read_text(small);
    const mcy_symbol *capex =
        mcy_model_symbol(m.model, mcy_model_find_symbol(m.model, "capex"));
    assert_int_equal(capex->kind, MCY_SYMBOL_ASSUMPTION);
    assert_string_equal(capex->unit, "usd_m");
    assert_string_equal(capex->meaning, "spending");
    assert_string_equal(capex->source, "plan");
    assert_true(capex->path && capex->hold && capex->first == -2);
    check_near(capex->low, 0.0, 0);
    check_near(capex->high, 60000.0, 0);
    check_near(capex->value, 700.0, 0);
    assert_int_equal(capex->element_count, 3);
    const mcy_symbol *price =
        mcy_model_symbol(m.model, mcy_model_find_symbol(m.model, "price"));
    assert_int_equal(price->year, MCY_YEAR_RATIO);
    assert_int_equal(price->year_over, mcy_model_find_symbol(m.model, "worth"));
    const mcy_symbol *peak = mcy_model_symbol(m.model, mcy_model_find_symbol(m.model, "peak"));
    const mcy_symbol *share =
        mcy_model_symbol(m.model, mcy_model_find_symbol(m.model, "share"));
    assert_false(peak->path);
    assert_true(share->path && share->percent);
    const mcy_dimension *big =
        mcy_model_dimension(m.model, mcy_model_find_dimension(m.model, "big"));
    assert_int_equal(big->element_count, 2);
    assert_int_equal(big->parent, mcy_model_find_dimension(m.model, "firm"));
    model_release(&m);
}

static void names__outside_the_model__are_found_matched_and_printed(void **state)
{
    (void)state;
    model_text m = model_read_text(small);
    mcy_error err = {0};
    size_t symbol, element, count;
    const size_t *elements;
    check_ok(mcy_model_find(m.model, "sales.samsung.nand", &symbol, &element, &err), err);
    assert_int_equal(element, 3);
    mcy_text path = {0};
    mcy_model_path(m.model, symbol, element, &path);
    assert_string_equal(mcy_text_view(&path), "sales.samsung.nand");
    mcy_text_release(&path);
    check_ok(
        mcy_model_match(m.arena, m.model, "sales.*.nand", &symbol, &count, &elements, &err),
        err);
    assert_int_equal(count, 3);
    assert_int_equal(elements[2], 5);
    check_ok(mcy_model_match(m.arena, m.model, "sales.big", &symbol, &count, &elements, &err),
             err);
    assert_int_equal(count, 4);
    check_refused(mcy_model_find(m.model, "slaes.micron.dram", &symbol, &element, &err),
                  MCY_E_INPUT, err, "did you mean 'sales'?");
    check_refused(mcy_model_find(m.model, "sales.micon.dram", &symbol, &element, &err),
                  MCY_E_INPUT, err,
                  "'sales.micon.dram': unknown firm 'micon': did you mean 'micron'?");
    check_refused(mcy_model_find(m.model, "sales.micron", &symbol, &element, &err), MCY_E_INPUT,
                  err, "the name has the form 'sales.firm.product'");
    check_refused(mcy_model_find(m.model, "tool_cost.micron", &symbol, &element, &err),
                  MCY_E_INPUT, err, "'tool_cost' has no elements");
    check_refused(mcy_model_find(m.model, ".x", &symbol, &element, &err), MCY_E_INPUT, err,
                  "is not a name");
    check_refused(
        mcy_model_match(m.arena, m.model, "price.big", &symbol, &count, &elements, &err),
        MCY_E_INPUT, err, "unknown product 'big' (dram, nand)");
    model_release(&m);
}

static void equations__as_text__have_only_the_brackets_they_need(void **state)
{
    (void)state;
    model_text m = model_read_text(small);
    mcy_text out = {0};
    mcy_model_equation_text(m.model, 0, &out);
    assert_string_equal(mcy_text_view(&out),
                        "tools[firm] = (capex[firm](-1) + capex[firm]) / (2 * tool_cost)");
    mcy_text_clear(&out);
    mcy_model_equation_text(m.model, mcy_model_equation_count(m.model) - 1, &out);
    assert_string_equal(mcy_text_view(&out), "check sales[firm, product] >= 0");
    mcy_text_release(&out);
    model_release(&m);
}

static bool listed(const model_text *m, const size_t *symbols, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (symbols[i] == mcy_model_find_symbol(m->model, name))
            return true;
    return false;
}

static void feeds__of_a_symbol__are_what_its_equations_read(void **state)
{
    (void)state;
    model_text m = model_read_text(small);
    mcy_error err = {0};
    size_t count;
    const size_t *symbols;
    size_t sales = mcy_model_find_symbol(m.model, "sales");
    check_ok(mcy_model_fed_by(m.arena, m.model, sales, &count, &symbols, &err), err);
    assert_int_equal(count, 5);
    assert_true(listed(&m, symbols, count, "tools") && listed(&m, symbols, count, "sales_0"));
    check_ok(mcy_model_feeds(m.arena, m.model, sales, &count, &symbols, &err), err);
    assert_int_equal(count, 3);
    assert_true(listed(&m, symbols, count, "total") && listed(&m, symbols, count, "share"));
    model_release(&m);
}

static void values__by_hand__most_special_equation_wins(void **state)
{
    (void)state;
    model_text m = model_read_text(small);
    model_unroll(&m, 3);
    mcy_error err = {0};
    check_refused(mcy_unrolled_check_inputs(m.unrolled, m.inputs, &err), MCY_E_MISSING, err,
                  "no value for sales_0.micron.dram, sales_0.micron.nand");
    fill(&m);
    check_ok(mcy_unrolled_check_inputs(m.unrolled, m.inputs, &err), err);
    model_set(&m, "capex.rest", -2, 900);
    model_set(&m, "capex.rest", 2, 60001);
    check_refused(mcy_unrolled_check_inputs(m.unrolled, m.inputs, &err), MCY_E_DOMAIN, err,
                  "capex.rest@2026Q3 is 60001, outside 0..60000");
    model_set(&m, "capex.rest", 2, 800);
    model_evaluate(&m);
    check_near(model_value(&m, "tools.rest", 0), 1400.0 / 25, 1e-15);
    check_near(model_value(&m, "tools.rest", 2), 1500.0 / 25, 1e-15);
    check_near(model_value(&m, "sales.micron.nand", 3), 107.0 * 1.11 * 1.11 * 1.11, 1e-15);
    check_near(model_value(&m, "sales.samsung.nand", 2), 207.0 * 1.07 * 1.07, 1e-15);
    check_near(model_value(&m, "sales.rest.nand", 1), 307.0 * 1.03 + 1400.0 / 25 * 12.5 / 13,
               1e-15);
    check_near(model_value(&m, "price.dram", 2), 2.25, 1e-15);
    check_near(model_value(&m, "peak.dram", 0), 3, 0);
    size_t first;
    assert_int_equal(mcy_evaluated_checks(m.evaluation, &first), 0);
    assert_int_equal(mcy_unrolled_check_count(m.unrolled), 3 * 2 * 4);
    assert_string_equal(mcy_unrolled_checks(m.unrolled)[4].meaning,
                        "sales are not negative [micron, nand]");
    model_release(&m);
}

static void inputs__have_numbers__without_gaps_and_back(void **state)
{
    (void)state;
    model_text m = model_read_text(small);
    model_unroll(&m, 5);
    size_t n = mcy_unrolled_input_count(m.unrolled);
    assert_int_equal(n, 6 + 3 * 8 + 1);
    for (size_t i = 0; i < n; i++) {
        mcy_place p = mcy_unrolled_input_place(m.unrolled, i);
        assert_int_equal(mcy_unrolled_input(m.unrolled, p.symbol, p.element, p.quarter), i);
    }
    size_t capex = mcy_model_find_symbol(m.model, "capex");
    assert_true(mcy_unrolled_input(m.unrolled, capex, 0, -3) == MCY_NONE);
    assert_true(mcy_unrolled_input(m.unrolled, capex, 0, 6) == MCY_NONE);
    assert_true(mcy_unrolled_input(m.unrolled, capex, 3, 0) == MCY_NONE);
    assert_true(mcy_unrolled_node(m.unrolled, capex, 0, -3) == MCY_NODE_NONE);
    mcy_text out = {0};
    mcy_unrolled_place_text(m.unrolled, (mcy_place){capex, 1, -1}, &out);
    assert_string_equal(mcy_text_view(&out), "capex.samsung@2025Q4");
    mcy_text_release(&out);
    model_release(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table__of_a_small_model__has_what_was_declared),
        cmocka_unit_test(names__outside_the_model__are_found_matched_and_printed),
        cmocka_unit_test(equations__as_text__have_only_the_brackets_they_need),
        cmocka_unit_test(feeds__of_a_symbol__are_what_its_equations_read),
        cmocka_unit_test(values__by_hand__most_special_equation_wins),
        cmocka_unit_test(inputs__have_numbers__without_gaps_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
