/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identities of splits and indices over drawn cases: terms add, time reverses, factors reverse,
 * units do not matter. */
#include "check.h"

#include "mcy/bridge.h"
#include "mcy/index_number.h"
#include "random.h"

enum { CASES = 4000, ITEMS_MAX = 5 };

static void draw_case(random_state *r, size_t items, size_t factors, double *before,
                      double *after)
{
    for (size_t i = 0; i < items * factors; i++) {
        before[i] = exp(2 * random_normal(r));
        /* a third of the factors hardly move: there L(a, b) needs its series */
        double scale = random_uniform(r) < 0.33 ? 1e-7 : 0.5;
        after[i] = before[i] * exp(scale * random_normal(r));
    }
}

static double value(size_t items, size_t factors, const double *x)
{
    double sum = 0;
    for (size_t i = 0; i < items; i++) {
        double v = 1;
        for (size_t j = 0; j < factors; j++)
            v *= x[i * factors + j];
        sum += v;
    }
    return sum;
}

static void split__any_method__adds_to_the_change(void **state)
{
    (void)state;
    mcy_error err = {0};
    random_state r = random_seed(2385);
    for (int n = 0; n < CASES; n++) {
        size_t items = 1 + (size_t)(random_uniform(&r) * ITEMS_MAX);
        size_t factors = 1 + (size_t)(random_uniform(&r) * 4);
        double before[ITEMS_MAX * 4], after[ITEMS_MAX * 4], term[ITEMS_MAX * 4];
        draw_case(&r, items, factors, before, after);
        double v0 = value(items, factors, before), v1 = value(items, factors, after);
        for (int m = 0; m < MCY_BRIDGE_METHODS; m++) {
            check_ok(mcy_bridge_split((mcy_bridge_method)m, items, factors, before, after, term,
                                      &err),
                     err);
            double sum = 0;
            for (size_t i = 0; i < items * factors; i++)
                sum += term[i];
            check_near(sum / (v0 + v1), (v1 - v0) / (v0 + v1), 1e-12);
        }
    }
}

static void split__time_reversed__changes_sign(void **state)
{
    (void)state;
    mcy_error err = {0};
    random_state r = random_seed(77);
    static const mcy_bridge_method reversible[] = {MCY_BRIDGE_LOG_MEAN, MCY_BRIDGE_BENNET,
                                                   MCY_BRIDGE_SHAPLEY, MCY_BRIDGE_FISHER,
                                                   MCY_BRIDGE_TORNQVIST};
    for (int n = 0; n < CASES; n++) {
        double before[9], after[9], there[9], back[9];
        draw_case(&r, 3, 3, before, after);
        double scale = value(3, 3, before) + value(3, 3, after);
        for (size_t m = 0; m < sizeof reversible / sizeof *reversible; m++) {
            check_ok(mcy_bridge_split(reversible[m], 3, 3, before, after, there, &err), err);
            check_ok(mcy_bridge_split(reversible[m], 3, 3, after, before, back, &err), err);
            for (int i = 0; i < 9; i++)
                check_near(there[i] / scale, -back[i] / scale, 1e-12);
        }
        check_ok(mcy_bridge_split(MCY_BRIDGE_LASPEYRES, 3, 3, before, after, there, &err), err);
        check_ok(mcy_bridge_split(MCY_BRIDGE_PAASCHE, 3, 3, after, before, back, &err), err);
        for (int i = 0; i < 9; i++)
            check_near(there[i] / scale, -back[i] / scale, 1e-12);
    }
}

/* Shapley of two factors is Bennet; measuring a factor in other units changes nothing. */
static void split__two_factors_or_other_units__agree(void **state)
{
    (void)state;
    mcy_error err = {0};
    random_state r = random_seed(19);
    for (int n = 0; n < CASES; n++) {
        double before[4], after[4], one[4], two[4];
        draw_case(&r, 2, 2, before, after);
        double scale = value(2, 2, before) + value(2, 2, after);
        check_ok(mcy_bridge_split(MCY_BRIDGE_BENNET, 2, 2, before, after, one, &err), err);
        check_ok(mcy_bridge_split(MCY_BRIDGE_SHAPLEY, 2, 2, before, after, two, &err), err);
        for (int i = 0; i < 4; i++)
            check_near(one[i] / scale, two[i] / scale, 1e-13);
        for (int m = 0; m < MCY_BRIDGE_METHODS; m++) {
            double x0[4], x1[4];
            for (int i = 0; i < 4; i++) {
                double unit = i % 2 ? 1 / 1.375 : 1.375;
                x0[i] = before[i] * unit;
                x1[i] = after[i] * unit;
            }
            check_ok(mcy_bridge_split((mcy_bridge_method)m, 2, 2, before, after, one, &err),
                     err);
            check_ok(mcy_bridge_split((mcy_bridge_method)m, 2, 2, x0, x1, two, &err), err);
            for (int i = 0; i < 4; i++)
                check_near(one[i] / scale, two[i] / scale, 1e-12);
        }
    }
}

/* Time reversal of the symmetric formulas; price times quantity is value where the formula says
 * so; proportional prices. */
static void index__drawn_cases__passes_the_axioms_of_its_formula(void **state)
{
    (void)state;
    mcy_error err = {0};
    random_state r = random_seed(5);
    for (int n = 0; n < CASES; n++) {
        double p[2 * ITEMS_MAX], q[2 * ITEMS_MAX];
        draw_case(&r, ITEMS_MAX, 1, p, p + ITEMS_MAX);
        draw_case(&r, ITEMS_MAX, 1, q, q + ITEMS_MAX);
        const double *p1 = p + ITEMS_MAX, *q1 = q + ITEMS_MAX;
        double v0 = 0, v1 = 0;
        for (int i = 0; i < ITEMS_MAX; i++) {
            v0 += p[i] * q[i];
            v1 += p1[i] * q1[i];
        }
        for (int f = 0; f < MCY_INDEX_FORMULAS; f++) {
            mcy_index_formula formula = (mcy_index_formula)f;
            double up, down, quantity, twice, doubled[ITEMS_MAX];
            check_ok(mcy_index_between(formula, ITEMS_MAX, p, q, p1, q1, &up, &err), err);
            check_ok(mcy_index_between(formula, ITEMS_MAX, p1, q1, p, q, &down, &err), err);
            check_ok(mcy_index_between(formula, ITEMS_MAX, q, p, q1, p1, &quantity, &err), err);
            if (formula != MCY_INDEX_LASPEYRES && formula != MCY_INDEX_PAASCHE)
                check_near(up * down, 1, 1e-12);
            if (formula == MCY_INDEX_FISHER || formula == MCY_INDEX_SATO_VARTIA)
                check_near(up * quantity / (v1 / v0), 1, 1e-12);
            for (int i = 0; i < ITEMS_MAX; i++)
                doubled[i] = 2.385 * p[i];
            check_ok(mcy_index_between(formula, ITEMS_MAX, p, q, doubled, q1, &twice, &err),
                     err);
            check_near(twice, 2.385, 1e-12);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(split__any_method__adds_to_the_change),
        cmocka_unit_test(split__time_reversed__changes_sign),
        cmocka_unit_test(split__two_factors_or_other_units__agree),
        cmocka_unit_test(index__drawn_cases__passes_the_axioms_of_its_formula),
    };
    return cmocka_run_group_tests_name("bridge_sums", tests, NULL, NULL);
}
