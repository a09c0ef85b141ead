/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Index numbers and additive splits against published values: IndexNumR's CES data with
 * elasticity 2, PyLMDI's demo, the price-volume example of pongora.com. */
#include "check.h"

#include "mcy/bridge.h"
#include "mcy/index_number.h"

enum { PERIODS = 12, ITEMS = 4 };

static double price[PERIODS * ITEMS], quantity[PERIODS * ITEMS];

/* Prices as published; quantities are what a CES buyer with elasticity 2 and tastes 1, 1, 1, 2
 * buys of each period's value. */
static int make_data(void **state)
{
    (void)state;
    static const double by_item[ITEMS][PERIODS] = {
        {2, 1.75, 1.60, 1.50, 1.45, 1.40, 1.35, 1.30, 1.25, 1.20, 1.15, 1.10},
        {1, .5, 1.05, 1.10, 1.12, 1.15, 1.18, .60, 1.20, 1.25, 1.28, 1.30},
        {1, .95, .90, .85, .40, .80, .75, .72, .70, .40, .70, .65},
        {.5, .55, .60, .65, .70, .75, .70, .65, .70, .75, .75, .80}};
    static const double value[PERIODS] = {10, 13, 11, 12, 15, 13, 14, 17, 15, 18, 16, 17};
    static const double taste[ITEMS] = {1, 1, 1, 2};
    for (int t = 0; t < PERIODS; t++) {
        double sum = 0;
        for (int i = 0; i < ITEMS; i++)
            sum += taste[i] / by_item[i][t];
        for (int i = 0; i < ITEMS; i++) {
            double p = by_item[i][t];
            price[t * ITEMS + i] = p;
            quantity[t * ITEMS + i] = value[t] * taste[i] / (p * p) / sum;
        }
    }
    return 0;
}

static void data__remade__are_the_published_quantities(void **state)
{
    (void)state;
    const double first[ITEMS] = {.384615385, 1.538461538, 1.538461538, 12.307692308};
    const double second[ITEMS] = {.5846625602, 7.1621163623, 1.9839657513, 11.8382088633};
    for (int i = 0; i < ITEMS; i++) {
        check_near(quantity[i], first[i], 1e-9);
        check_near(quantity[ITEMS + i], second[i], 1e-10);
    }
}

static void index__ces_data__published_series(void **state)
{
    (void)state;
    static const struct {
        mcy_index_formula formula;
        int chained, quantities;
        double want[5]; /* t = 2, 3, 4, 5, 12 */
    } rows[] = {
        {MCY_INDEX_LASPEYRES, 0, 0, {0.967307694, 1.1, 1.15769231, 1.15115385, 1.32692308}},
        {MCY_INDEX_LASPEYRES,
         1,
         0,
         {0.967307694, 1.29055043, 1.33820025, 1.24824442, 2.20004736}},
        {MCY_INDEX_PAASCHE,
         0,
         0,
         {0.800763231, 1.05634474, 1.06638317, 0.691251751, 0.925948936}},
        {MCY_INDEX_FISHER, 0, 0, {0.880104786, 1.0779514, 1.11110017, 0.892040982, 1.10845073}},
        {MCY_INDEX_FISHER, 1, 0, {0.880104786, 1.07695706, 1.11245425, 0.915596925, 1.1242851}},
        {MCY_INDEX_TORNQVIST,
         0,
         0,
         {0.892571499, 1.07916141, 1.11440272, 0.927673814, 1.13154977}},
        {MCY_INDEX_TORNQVIST,
         1,
         0,
         {0.892571499, 1.07896121, 1.11460796, 0.932786084, 1.13461657}},
        {MCY_INDEX_SATO_VARTIA,
         1,
         0,
         {0.895264546, 1.07940692, 1.11508515, 0.936645962, 1.13700306}},
        {MCY_INDEX_WALSH, 1, 0, {0.895264546, 1.07940692, 1.11508515, 0.936645962, 1.13700306}},
        {MCY_INDEX_FISHER, 1, 1, {1.47709687, 1.02139634, 1.07869605, 1.6382755, 1.512072}},
    };
    mcy_error err = {0};
    static const int at[5] = {1, 2, 3, 4, 11};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        double index[PERIODS];
        const double *p = rows[r].quantities ? quantity : price;
        const double *q = rows[r].quantities ? price : quantity;
        check_ok(mcy_index_series(rows[r].formula, PERIODS, ITEMS, p, q, rows[r].chained, index,
                                  &err),
                 err);
        for (int k = 0; k < 5; k++)
            /* printed with nine digits; the quantity index was computed from rounded
             * quantities: 1.3 / 0.880104786 is 1.47709684, not the 1.47709687 printed */
            check_near(index[at[k]], rows[r].want[k], rows[r].quantities ? 3e-8 : 6e-9);
    }
}

static void geks__window_of_11__published_with_mean_splice(void **state)
{
    (void)state;
    mcy_error err = {0};
    double index[PERIODS];
    check_ok(
        mcy_index_geks(MCY_INDEX_TORNQVIST, 11, PERIODS, ITEMS, price, quantity, index, &err),
        err);
    const double want[5] = {0.8927314, 1.0776386, 1.1127724, 0.9310834, 1.1330748};
    const int at[5] = {1, 2, 3, 4, 11};
    for (int k = 0; k < 5; k++)
        check_near(index[at[k]], want[k], 6e-8); /* printed with seven digits */
    check_refused(
        mcy_index_geks(MCY_INDEX_TORNQVIST, 13, PERIODS, ITEMS, price, quantity, index, &err),
        MCY_E_DOMAIN, err, "got 13");
}

static void split_sum(mcy_bridge_method method, int t, double *by_price, double *by_quantity)
{
    mcy_error err = {0};
    double before[2 * ITEMS], after[2 * ITEMS], term[2 * ITEMS];
    for (int i = 0; i < ITEMS; i++) {
        before[2 * i] = price[(t - 1) * ITEMS + i];
        before[2 * i + 1] = quantity[(t - 1) * ITEMS + i];
        after[2 * i] = price[t * ITEMS + i];
        after[2 * i + 1] = quantity[t * ITEMS + i];
    }
    check_ok(mcy_bridge_split(method, ITEMS, 2, before, after, term, &err), err);
    *by_price = *by_quantity = 0;
    for (int i = 0; i < ITEMS; i++) {
        *by_price += term[2 * i];
        *by_quantity += term[2 * i + 1];
    }
}

static void indicators__ces_data__published_price_effects(void **state)
{
    (void)state;
    static const struct {
        mcy_bridge_method method;
        double want[5]; /* t = 2 .. 6 */
    } rows[] = {
        {MCY_BRIDGE_LASPEYRES,
         {-0.326923077, 4.344176771, 0.406142949, -0.806657972, 5.845138200}},
        {MCY_BRIDGE_PAASCHE,
         {-3.234511666, 1.198895655, 0.338354799, -5.655012326, 1.890617438}},
        {MCY_BRIDGE_BENNET,
         {-1.780717371, 2.771536213, 0.372248874, -3.230835149, 3.867877819}},
        {MCY_BRIDGE_SHAPLEY,
         {-1.780717371, 2.771536213, 0.372248874, -3.230835149, 3.867877819}},
        {MCY_BRIDGE_LOG_MEAN,
         {-1.278748023, 2.237641633, 0.373294607, -2.351385991, 3.239124508}},
    };
    const double by_volume[5] = {4.278748023, -4.237641633, 0.626705393, 5.351385991,
                                 -5.239124508};
    const double change[5] = {3, -2, 1, 3, -2};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (int k = 0; k < 5; k++) {
            double p, q;
            split_sum(rows[r].method, k + 1, &p, &q);
            check_near(p, rows[r].want[k], 1e-9);
            check_near(p + q, change[k], 1e-13);
            if (rows[r].method == MCY_BRIDGE_LOG_MEAN)
                check_near(q, by_volume[k], 1e-9);
        }
}

/* The additive split of an index is L(V1, V0) times its log. */
static void index_splits__ces_data__are_the_logs_of_the_indices(void **state)
{
    (void)state;
    double p, q, change = log(13.0 / 10.0), mean = 3 / change;
    split_sum(MCY_BRIDGE_FISHER, 1, &p, &q);
    check_near(p, mean * log(0.880104786), 2e-8);
    check_near(q, mean * log(1.3 / 0.880104786), 2e-8);
    /* Tornqvist's second factor is explicit: here quantity; the price is what is left */
    split_sum(MCY_BRIDGE_TORNQVIST, 1, &p, &q);
    mcy_error err = {0};
    double index;
    check_ok(mcy_index_between(MCY_INDEX_TORNQVIST, ITEMS, quantity, price, quantity + ITEMS,
                               price + ITEMS, &index, &err),
             err);
    check_near(q, mean * log(index), 1e-12);
    check_near(p + q, 3, 1e-13);
}

static void split__pylmdi_demo__is_three_times_175(void **state)
{
    (void)state;
    mcy_error err = {0};
    /* two items, 37.5 -> 300, three factors that each double */
    const double before[6] = {2.5, 3, 5, 1.5, 5, 5}, after[6] = {5, 6, 10, 3, 10, 10};
    double term[6];
    check_ok(mcy_bridge_split(MCY_BRIDGE_LOG_MEAN, 2, 3, before, after, term, &err), err);
    for (int j = 0; j < 3; j++)
        check_near(term[j] + term[3 + j], 175, 1e-12);
}

/* 1,000 at $50 becomes 1,100 at $52: +7,200. */
static void split__price_and_volume_example__published_terms(void **state)
{
    (void)state;
    mcy_error err = {0};
    const double before[2] = {50, 1000}, after[2] = {52, 1100};
    static const struct {
        mcy_bridge_method method;
        double price, volume;
    } rows[] = {
        {MCY_BRIDGE_LASPEYRES, 2000, 5200}, /* the cross term of 200 goes to what changes last
                                             */
        {MCY_BRIDGE_PAASCHE, 2200, 5000},   {MCY_BRIDGE_BENNET, 2100, 5100},
        {MCY_BRIDGE_SHAPLEY, 2100, 5100},   {MCY_BRIDGE_LOG_MEAN, 2099.0653, 5100.9347},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        double term[2];
        check_ok(mcy_bridge_split(rows[r].method, 1, 2, before, after, term, &err), err);
        check_near(term[0], rows[r].price, 3e-8);
        check_near(term[1], rows[r].volume, 2e-8);
        check_near(term[0] + term[1], 7200, 1e-15);
    }
}

static void split__limits__are_finite_and_exact(void **state)
{
    (void)state;
    mcy_error err = {0};
    double term[3];
    /* value unchanged at 100, price +10 %: PyLMDI returns 0 here */
    const double before[2] = {20, 5}, after[2] = {22, 5 / 1.1};
    check_ok(mcy_bridge_split(MCY_BRIDGE_LOG_MEAN, 1, 2, before, after, term, &err), err);
    check_near(term[0], 9.5310180, 1e-8);
    check_near(term[1], -9.5310180, 1e-8);
    /* a factor goes to 0, comes from 0, two vanish together, one vanishes while another appears
     */
    static const struct {
        double before[3], after[3], want[3];
    } rows[] = {
        {{2, 3, 7}, {5, 0, 4}, {0, -42, 0}},
        {{2, 0, 7}, {5, 3, 4}, {0, 60, 0}},
        {{2, 3, 7}, {0, 0, 4}, {-21, -21, 0}},
        {{2, 0, 7}, {5, 3, 0}, {0, 0, 0}},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        check_ok(mcy_bridge_split(MCY_BRIDGE_LOG_MEAN, 1, 3, rows[r].before, rows[r].after,
                                  term, &err),
                 err);
        for (int j = 0; j < 3; j++)
            check_near(term[j], rows[r].want[j], 1e-15);
        /* the limit is approached: slowly, as 1/log */
        double near[3];
        double x0[3], x1[3];
        for (int j = 0; j < 3; j++) {
            x0[j] = rows[r].before[j] > 0 ? rows[r].before[j] : 1e-290;
            x1[j] = rows[r].after[j] > 0 ? rows[r].after[j] : 1e-290;
        }
        check_ok(mcy_bridge_split(MCY_BRIDGE_LOG_MEAN, 1, 3, x0, x1, near, &err), err);
        for (int j = 0; j < 3; j++)
            assert_true(fabs(near[j] - term[j]) < 0.01 * 60);
    }
    check_refused(
        mcy_bridge_split(MCY_BRIDGE_FISHER, 1, 3, rows[0].before, rows[0].after, term, &err),
        MCY_E_DOMAIN, err, "factor 1 of item 0 must be above 0 and finite, got 0 after");
    check_refused(
        mcy_bridge_split(MCY_BRIDGE_LOG_MEAN, 1, 9, rows[0].before, rows[0].after, term, &err),
        MCY_E_DOMAIN, err, "1..8 factors");
    check_refused(
        mcy_bridge_split(MCY_BRIDGE_LOG_MEAN, 1, 1, &(double){-1}, rows[0].after, term, &err),
        MCY_E_DOMAIN, err, "got -1 before");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(data__remade__are_the_published_quantities),
        cmocka_unit_test(index__ces_data__published_series),
        cmocka_unit_test(geks__window_of_11__published_with_mean_splice),
        cmocka_unit_test(indicators__ces_data__published_price_effects),
        cmocka_unit_test(index_splits__ces_data__are_the_logs_of_the_indices),
        cmocka_unit_test(split__pylmdi_demo__is_three_times_175),
        cmocka_unit_test(split__price_and_volume_example__published_terms),
        cmocka_unit_test(split__limits__are_finite_and_exact),
    };
    return cmocka_run_group_tests_name("index_number", tests, make_data, NULL);
}
