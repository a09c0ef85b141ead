/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Published models written in the language, and their published numbers. A quarter stands for
 * one step of the integration. Every model is run by the tree evaluator and as a program. */
#include "mcy/program.h"
#include "model_text.h"

/* The program of every value of one symbol agrees with the tree to the last bit. */
static void check_program(model_text *m, const char *path)
{
    size_t symbol, element;
    model_find(m, path, &symbol, &element);
    int last = mcy_unrolled_last(m->unrolled);
    mcy_error err = {0};
    mcy_node *nodes = MCY_TAKE(m->arena, mcy_node, (size_t)last + 1);
    double *values = MCY_TAKE(m->arena, double, (size_t)last + 1);
    double **outputs = MCY_TAKE(m->arena, double *, (size_t)last + 1);
    for (int q = 0; q <= last; q++) {
        nodes[q] = mcy_unrolled_node(m->unrolled, symbol, element, q);
        outputs[q] = &values[q];
    }
    mcy_program_request request = {.graph = mcy_unrolled_graph(m->unrolled),
                                   .base = m->inputs,
                                   .output_count = (size_t)last + 1,
                                   .outputs = nodes};
    const mcy_program *program;
    mcy_scratch *scratch;
    check_ok(mcy_program_compile(m->arena, &request, &program, &err), err);
    check_ok(mcy_scratch_create(m->arena, program, &scratch, &err), err);
    mcy_program_run(program, scratch, 1, NULL, outputs, NULL);
    for (int q = 0; q <= last; q++) {
        double want = mcy_evaluated(m->evaluation, symbol, element, q);
        if (memcmp(&want, &values[q], sizeof want) != 0)
            fail_msg("%s in quarter %d: program %.17g, tree %.17g", path, q, values[q], want);
    }
}

/* test-models samples/teacup, Euler, dt 0.125 (ORACLES 7) */
static void teacup__euler__published_temperatures(void **state)
{
    (void)state;
    model_text m = model_run_text("constant dt : 1 = 0.125\n"
                                  "constant room : 1 = 70\n"
                                  "constant characteristic_time : 1 = 10\n"
                                  "variable heat_loss : 1 \"degrees a minute\"\n"
                                  "variable teacup : 1 \"temperature\"\n"
                                  "heat_loss = (teacup - room) / characteristic_time\n"
                                  "teacup = teacup(-1) - dt * heat_loss(-1)\n"
                                  "start teacup = 180\n",
                                  240);
    check_near(model_value(&m, "teacup", 8 * 1), 169.469, 4e-6);
    check_near(model_value(&m, "teacup", 8 * 5), 136.508, 4e-6);
    check_near(model_value(&m, "teacup", 8 * 10), 110.212, 5e-6);
    check_near(model_value(&m, "teacup", 8 * 20), 84.7004, 1e-6);
    check_near(model_value(&m, "teacup", 8 * 30), 75.374, 5e-6);
    check_program(&m, "teacup");
    model_release(&m);
}

/* SDEverywhere models/sir, Euler, dt 0.0625 */
static void sir__euler__published_epidemic(void **state)
{
    (void)state;
    model_text m = model_run_text("constant dt : 1 = 0.0625\n"
                                  "constant population : 1 = 10000\n"
                                  "constant contacts : 1 = 5\n"
                                  "constant infectivity : 1 = 0.125\n"
                                  "constant duration : 1 = 2\n"
                                  "variable susceptible : 1 \"people\"\n"
                                  "variable infectious : 1 \"people\"\n"
                                  "variable infecting : 1 \"people a day\"\n"
                                  "output peak : quarter \"step of the peak\"\n"
                                  "infecting = contacts * infectivity * susceptible\n"
                                  "          * (infectious / population)\n"
                                  "susceptible = susceptible(-1) - dt * infecting(-1)\n"
                                  "start susceptible = population - 1\n"
                                  "infectious = infectious(-1) + dt * (infecting(-1)\n"
                                  "           - infectious(-1) / duration)\n"
                                  "start infectious = 1\n"
                                  "peak = quarter_of_max(infectious)\n",
                                  3200);
    check_near(model_value(&m, "infectious", 16 * 20), 11.7981, 5e-6);
    check_near(model_value(&m, "infectious", 16 * 40), 105.954, 5e-6);
    check_near(model_value(&m, "infectious", 16 * 54), 215.468, 5e-6);
    check_near(model_value(&m, "infectious", 16 * 60), 199.037, 5e-6);
    check_near(model_value(&m, "infectious", 16 * 80), 46.9778, 2e-6);
    check_near(model_value(&m, "susceptible", 3200), 6279.54, 1e-6);
    check_near(model_value(&m, "peak", 0) / 16, 54.0, 0.02);
    check_program(&m, "infectious");
    model_release(&m);
}

/* SDEverywhere models/delayfixed: orders of 10 periods arrive 20 periods later */
static void fixed_delay__time_to_build__published_receipts(void **state)
{
    (void)state;
    model_text m = model_run_text("constant delay : quarter = 20\n"
                                  "variable orders : 1 \"ordered\"\n"
                                  "variable receipts : 1 \"received\"\n"
                                  "variable in_transit : 1 \"on the way\"\n"
                                  "orders = if(t >= 10 quarter and t < 20 quarter, 1, 0)\n"
                                  "before orders = 0\n"
                                  "receipts = orders(-delay)\n"
                                  "before receipts = 0\n"
                                  "in_transit = in_transit(-1) + orders(-1) - receipts(-1)\n"
                                  "start in_transit = 0\n",
                                  50);
    for (int t = 0; t <= 50; t++)
        check_near(model_value(&m, "receipts", t), t >= 30 && t < 40 ? 1.0 : 0.0, 0);
    static const struct {
        int from, to;
        double transit;
    } want[] = {{0, 10, 0}, {11, 11, 1}, {20, 30, 10}, {31, 31, 9}, {40, 50, 0}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        for (int t = want[i].from; t <= want[i].to; t++)
            check_near(model_value(&m, "in_transit", t), want[i].transit, 0);
    check_program(&m, "in_transit");
    model_release(&m);
}

/* SDEverywhere models/delay, dt 0.25: input 10 until 4 and then 0, delay 5 */
static void delays__explicit_stages__published_values(void **state)
{
    (void)state;
    model_text m = model_run_text(
        "constant dt : 1 = 0.25\n"
        "constant delay : 1 = 5\n"
        "variable inflow : 1 \"10 until 4\"\n"
        "variable rising : 1 \"10 from 4 on\"\n"
        "inflow = if(t < 16 quarter, 10, 0)\n"
        "rising = 10 - inflow\n"
        "variable level : 1 \"DELAY1\"\n"
        "level = level(-1) + dt * (inflow(-1) - level(-1) / delay)\n"
        "start level = inflow * delay\n"
        "output delay1 : 1 \"DELAY1\"\n"
        "delay1 = level / delay\n"
        "dimension stage = one, two, three\n"
        "variable held[stage] : 1 \"DELAY3\"\n"
        "held[one] = held[one](-1) + dt * (inflow(-1) - held[one](-1) / (delay / 3))\n"
        "held[two] = held[two](-1) + dt * ((held[one](-1) - held[two](-1)) / (delay / 3))\n"
        "held[three] = held[three](-1) + dt * ((held[two](-1) - held[three](-1)) / (delay / "
        "3))\n"
        "start held[stage] = inflow * delay / 3\n"
        "output delay3 : 1 \"DELAY3\"\n"
        "delay3 = held[three] / (delay / 3)\n"
        "variable filling : 1 \"DELAY1I from 0\"\n"
        "filling = filling(-1) + dt * (rising(-1) - filling(-1) / delay)\n"
        "start filling = 0\n"
        "output delay1i : 1 \"DELAY1I\"\n"
        "delay1i = filling / delay\n",
        40);
    static const double first[] = {8.14506, 6.6342, 5.4036},
                        third[] = {9.88019, 8.94787, 7.35818};
    static const double filling[] = {1.85494, 3.3658, 4.5964, 5.59873};
    for (int i = 0; i < 3; i++) {
        check_near(model_value(&m, "delay1", 4 * (5 + i)), first[i], 1e-6);
        check_near(model_value(&m, "delay3", 4 * (5 + i)), third[i], 1e-6);
    }
    for (int i = 0; i < 4; i++)
        check_near(model_value(&m, "delay1i", 4 * (5 + i)), filling[i], 2e-6);
    check_program(&m, "delay3");
    model_release(&m);
}

/* test-models tests/delays: first order, delay 4, from 6 towards -1 */
static void delay1i__from_its_own_start__published_values(void **state)
{
    (void)state;
    model_text m = model_run_text("variable x : 1 \"DELAY1I\"\n"
                                  "x = x(-1) + (-1 - x(-1)) / 4\n"
                                  "start x = 6\n",
                                  5);
    static const double want[] = {6, 4.25, 2.9375, 1.95312, 1.21484, 0.661133};
    for (int t = 0; t < 6; t++)
        check_near(model_value(&m, "x", t), want[t], 5e-6);
    model_release(&m);
}

/* test-models tests/trend: a sine of period 20 around 10, averaging time 6, dt 1 */
static void trend__of_a_sine__published_values(void **state)
{
    (void)state;
    model_text m = model_read_text("assumption x path : 1 = 10 \"a sine\"\n"
                                   "variable average : 1 \"average\"\n"
                                   "average = average(-1) + (x(-1) - average(-1)) / 6\n"
                                   "start average = x\n"
                                   "output trend : 1 \"growth of the average\"\n"
                                   "trend = (x - average) / (average * 6)\n");
    model_unroll(&m, 6);
    for (int t = 0; t <= 6; t++)
        model_set(&m, "x", t, 10 + 5 * sin(2 * 3.14159265358979323846 * t / 20));
    model_evaluate(&m);
    static const double want[] = {0, 0.02575, 0.04357, 0.05201, 0.05171, 0.04442, 0.03214};
    for (int t = 0; t <= 6; t++)
        check_near(model_value(&m, "trend", t), want[t], 1e-5);
    model_release(&m);
}

/* SDEverywhere models/depreciate: 1,000 MW in 2022, 2,500 in 2026, 1e6 each, life 20 */
static void depreciation__straight_line__published_charges(void **state)
{
    (void)state;
    model_text m = model_read_text("unit usd, mw\n"
                                   "assumption built path : mw, 0..5000 = 0 \"new capacity\"\n"
                                   "variable charge : usd \"depreciation\"\n"
                                   "charge = straight_line(built * 1e6 [usd/mw], 20, 0)\n");
    model_unroll(&m, 30);
    model_set(&m, "built", 1, 1000);
    model_set(&m, "built", 5, 2500);
    model_evaluate(&m);
    check_near(model_value(&m, "charge", 0), 0, 0);
    for (int year = 2022; year <= 2051; year++) {
        double want = (year <= 2041 ? 5e7 : 0) + (year >= 2026 && year <= 2045 ? 1.25e8 : 0);
        check_near(model_value(&m, "charge", year - 2021), want, 1e-15);
    }
    check_program(&m, "charge");
    model_release(&m);
}

/* SDEverywhere models/npv: -100 in month 12, +3 a month from then on, 10 % a year */
static void npv__of_a_project__published_values(void **state)
{
    (void)state;
    model_text m = model_run_text(
        "unit usd\n"
        "constant rate : 1 = 0.1\n"
        "variable cash : usd \"cash flow\"\n"
        "variable npv : usd \"net present value so far\"\n"
        "cash = if(t == 12 quarter, -100 usd, 0) + if(t >= 12 quarter, 3 usd, 0)\n"
        "npv = npv(-1) + cash * (1 + rate / 12) ^ (-t / 1 quarter)\n"
        "before npv = 0\n",
        100);
    check_near(model_value(&m, "npv", 12), -87.8056, 1e-6);
    check_near(model_value(&m, "npv", 49), -1.647, 5e-4);
    check_near(model_value(&m, "npv", 50), 0.334138, 2e-6);
    check_near(model_value(&m, "npv", 100), 81.0743, 1e-6);
    check_program(&m, "npv");
    model_release(&m);
}

/* demand 100 - 2 p, supply 10 + 1.5 p(-1): exact */
static void cobweb__from_twenty__exact_prices(void **state)
{
    (void)state;
    model_text m = model_run_text("variable p : 1 \"price\"\n"
                                  "p = (100 - (10 + 1.5 * p(-1))) / 2\n"
                                  "start p = 20\n",
                                  60);
    static const double want[] = {20, 30, 22.5, 28.125, 23.90625, 27.0703125, 24.697265625};
    for (int t = 0; t < 7; t++)
        check_near(model_value(&m, "p", t), want[t], 0);
    check_near(model_value(&m, "p", 60), 25.714285714, 1e-8);
    check_program(&m, "p");
    model_release(&m);
}

/* LibreOffice's multiple operations: profit = q (p - 2) - 10000 */
static void data_table__one_and_two_ways__published_cells(void **state)
{
    (void)state;
    static const double prices[] = {8, 10, 15, 20}, quantities[] = {500, 1000, 2000, 5000};
    static const double want[4][4] = {{-7000, -6000, -3500, -1000},
                                      {-4000, -2000, 3000, 8000},
                                      {2000, 6000, 16000, 26000},
                                      {20000, 30000, 55000, 80000}};
    model_text m = model_read_text("unit usd, piece\n"
                                   "assumption price : usd/piece = 10 \"price\"\n"
                                   "assumption sold : piece = 500 \"quantity\"\n"
                                   "constant fixed : usd = 10000\n"
                                   "output profit : usd \"profit\"\n"
                                   "output profit_a_piece : usd/piece \"profit a piece\"\n"
                                   "profit = sold * (price - 2 [usd/piece]) - fixed\n"
                                   "profit_a_piece = profit / sold\n");
    model_unroll(&m, 0);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++) {
            model_set(&m, "sold", 0, quantities[i]);
            model_set(&m, "price", 0, prices[j]);
            model_evaluate(&m);
            check_near(model_value(&m, "profit", 0), want[i][j], 0);
            check_near(model_value(&m, "profit_a_piece", 0), want[i][j] / quantities[i], 0);
        }
    model_release(&m);
}

/* What goes in comes out, after the mean lag exactly; mean = dead time passes straight through.
 */
static void pascal__of_an_impulse__has_its_mass_and_mean(void **state)
{
    (void)state;
    model_text m = model_read_text("dimension case = a, b, c, d\n"
                                   "assumption x path : 1 = 0 \"impulse\"\n"
                                   "assumption mean[case] : quarter, 2..20 = 7.3 \"mean lag\"\n"
                                   "variable y[case] : 1 \"lagged\"\n"
                                   "y[case] = pascal(x, mean[case], 3, 2)\n"
                                   "y[c] = pascal(x, mean[c], 1, 2)\n"
                                   "y[d] = pascal(x, mean[d], 8, 2)\n"
                                   "output mass[case] : 1 \"sum\"\n"
                                   "output center[case] : quarter \"mean\"\n"
                                   "mass[case] = sum_all(y[case])\n"
                                   "center[case] = sum_all(t * y[case]) / sum_all(y[case])\n");
    model_unroll(&m, 400);
    model_set(&m, "x", 5, 2.385);
    model_set(&m, "mean.b", 0, 2);
    model_evaluate(&m);
    static const char *const cases[] = {"a", "c", "d"};
    for (size_t i = 0; i < 3; i++) {
        char path[32];
        snprintf(path, sizeof path, "mass.%s", cases[i]);
        check_near(model_value(&m, path, 0), 2.385, 1e-12);
        snprintf(path, sizeof path, "center.%s", cases[i]);
        check_near(model_value(&m, path, 0), 5 + 7.3, 1e-11);
        snprintf(path, sizeof path, "y.%s", cases[i]);
        check_program(&m, path);
    }
    for (int t = 0; t <= 20; t++)
        check_near(model_value(&m, "y.b", t), t == 7 ? 2.385 : 0.0, 0);
    model_release(&m);
}

/* Before the history the input is its first value: nothing moves until it does. */
static void pascal__before_the_history__stands_in_its_steady_state(void **state)
{
    (void)state;
    model_text m = model_read_text("assumption x path from -6 : 1 = 3.7 \"input\"\n"
                                   "variable y from -6 : 1 \"lagged\"\n"
                                   "y = pascal(x, 6.5, 3, 1)\n");
    model_unroll(&m, 10);
    model_set(&m, "x", 4, 9.1);
    model_evaluate(&m);
    for (int t = -6; t <= 4; t++)
        check_near(model_value(&m, "y", t), 3.7, 1e-14);
    double part = 3.0 / (5.5 + 3.0);
    check_near(model_value(&m, "y", 5), 3.7 + (9.1 - 3.7) * part * part * part, 1e-14);
    model_release(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(teacup__euler__published_temperatures),
        cmocka_unit_test(sir__euler__published_epidemic),
        cmocka_unit_test(fixed_delay__time_to_build__published_receipts),
        cmocka_unit_test(delays__explicit_stages__published_values),
        cmocka_unit_test(delay1i__from_its_own_start__published_values),
        cmocka_unit_test(trend__of_a_sine__published_values),
        cmocka_unit_test(depreciation__straight_line__published_charges),
        cmocka_unit_test(npv__of_a_project__published_values),
        cmocka_unit_test(cobweb__from_twenty__exact_prices),
        cmocka_unit_test(data_table__one_and_two_ways__published_cells),
        cmocka_unit_test(pascal__of_an_impulse__has_its_mass_and_mean),
        cmocka_unit_test(pascal__before_the_history__stands_in_its_steady_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
