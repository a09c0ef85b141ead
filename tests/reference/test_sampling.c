/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sobol' points, Philox, Latin hypercubes and their discrepancies against published numbers. */
#include "check.h"

#include <stdlib.h>

#include <gsl/gsl_qrng.h>

#include "discrepancy.h"
#include "mcy/design.h"
#include "mcy/evaluator.h"
#include "mcy/philox.h"
#include "mcy/sobol.h"

static void philox__known_answers__reproduced(void **state)
{
    (void)state;
    /* the authors' kat_vectors, philox4x32-10 */
    static const uint32_t cases[3][10] = {
        {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d,
         0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09,
         0x94fdcceb, 0x5001e420, 0x24126ea1}};
    for (int i = 0; i < 3; i++) {
        uint32_t out[4];
        mcy_philox(cases[i], cases[i] + 4, out);
        assert_memory_equal(out, cases[i] + 6, sizeof out);
    }
    double even[3], odd[3];
    mcy_philox_uniform_pair(7, MCY_STREAM_POINT, 0xfffffffeu, 3, 3, even, odd);
    for (uint64_t i = 0; i < 3; i++) {
        uint64_t word = mcy_philox_word(7, MCY_STREAM_POINT, 0xfffffffeu + i, 3);
        assert_true(even[i] == ((double)(word >> 12) + 0.5) * 0x1p-52);
        assert_true(odd[i] > 0 && odd[i] < 1);
    }
}

static void sobol__first_points__those_of_joe_and_kuo(void **state)
{
    (void)state;
    static const double want[10][3] = {{0, 0, 0},
                                       {.5, .5, .5},
                                       {.75, .25, .25},
                                       {.25, .75, .75},
                                       {.375, .375, .625},
                                       {.875, .875, .125},
                                       {.625, .125, .875},
                                       {.125, .625, .375},
                                       {.1875, .3125, .9375},
                                       {.6875, .8125, .4375}};
    mcy_sobol sobol;
    for (size_t d = 0; d < 3; d++) {
        double x[10];
        mcy_sobol_init(&sobol, d, 0, 1, 0);
        mcy_sobol_fill(&sobol, 0, 10, x);
        for (size_t i = 0; i < 10; i++)
            assert_true(x[i] == want[i][d]);
    }
    /* GSL's is another sequence from dimension 3 on, and leaves out the origin */
    gsl_qrng *other = gsl_qrng_alloc(gsl_qrng_sobol, 3);
    double x[3], mine[3];
    gsl_qrng_get(other, x);
    gsl_qrng_get(other, x);
    for (size_t d = 0; d < 3; d++) {
        mcy_sobol_init(&sobol, d, 0, 1, 0);
        mcy_sobol_fill(&sobol, 2, 1, &mine[d]);
    }
    assert_true(x[0] == mine[0] && x[1] == mine[1] && x[2] == 0.75 && mine[2] == 0.25);
    gsl_qrng_free(other);
}

static void sobol__all_dimensions__one_point_in_each_interval(void **state)
{
    (void)state;
    enum { POINTS = 256 };
    static mcy_sobol sobol;
    for (size_t d = 0; d < MCY_SOBOL_DIMENSIONS; d++)
        for (int scrambled = 0; scrambled < 2; scrambled++) {
            double x[POINTS];
            bool seen[POINTS] = {false};
            mcy_sobol_init(&sobol, d, 99, 1, scrambled);
            mcy_sobol_fill(&sobol, 0, POINTS, x);
            for (size_t i = 0; i < POINTS; i++) {
                size_t cell = (size_t)(x[i] * POINTS);
                assert_true(cell < POINTS && !seen[cell]);
                seen[cell] = true;
            }
        }
}

static void sobol__scrambled_pairs__stay_a_net(void **state)
{
    (void)state;
    /* the first two dimensions are a (0, 2)-sequence: one point in each of the 2^a by 2^b boxes */
    enum { BITS = 8, POINTS = 1 << BITS, COPIES = 4 };
    static mcy_sobol sobol[2];
    double x[2][POINTS * COPIES];
    for (size_t d = 0; d < 2; d++) {
        mcy_sobol_init(&sobol[d], d, 20261124, COPIES, 1);
        for (size_t i = 0; i < POINTS * COPIES; i += MCY_SOBOL_BLOCK)
            mcy_sobol_fill(&sobol[d], i, MCY_SOBOL_BLOCK, x[d] + i);
    }
    for (size_t copy = 0; copy < COPIES; copy++)
        for (size_t a = 0; a <= BITS; a++) {
            bool seen[POINTS] = {false};
            for (size_t i = copy; i < POINTS * COPIES; i += COPIES) {
                size_t box = (size_t)(x[0][i] * (double)(1 << a)) << (BITS - a) |
                             (size_t)(x[1][i] * (double)(1 << (BITS - a)));
                assert_false(seen[box]);
                seen[box] = true;
            }
        }
    assert_true(x[0][0] != x[0][1]); /* copies differ */
}

static void sobol__any_block__the_same_points(void **state)
{
    (void)state;
    enum { N = 512 };
    static mcy_sobol sobol;
    for (size_t copies = 1; copies <= 16; copies *= 16) {
        uint64_t first = ((uint64_t)1 << 31) - 100;
        double whole[N];
        mcy_sobol_init(&sobol, 17, 5, copies, 1);
        mcy_sobol_fill(&sobol, first, N, whole);
        for (size_t start = 0, step = 1; start < N; start += step, step = step * 5 % 61 + 1) {
            double part[64];
            size_t n = step < N - start ? step : N - start;
            mcy_sobol_fill(&sobol, first + start, n, part);
            assert_memory_equal(part, whole + start, n * sizeof *part);
        }
    }
}

static void sobol__quarter_disc__within_the_published_error(void **state)
{
    (void)state;
    double x[2048], y[2048];
    static mcy_sobol sobol;
    for (size_t d = 0; d < 2; d++) {
        mcy_sobol_init(&sobol, d, 0, 1, 0);
        for (size_t i = 0; i < 2048; i += 512)
            mcy_sobol_fill(&sobol, i, 512, (d ? y : x) + i);
    }
    size_t inside = 0;
    for (size_t i = 0; i < 2048; i++)
        inside += x[i] * x[i] + y[i] * y[i] < 1;
    check_near((double)inside / 2048, 0.78539816339744831, 10.0 / 2048);
}

static void discrepancy__published_designs__reproduced(void **state)
{
    (void)state;
    static const double second[2][6] = {{3, 6, 2, 5, 1, 4}, {5, 4, 3, 2, 1, 6}};
    static const double want[2][4] = {
        {0.008142039609, 0.016846707819, 0.014895592207, 0.068336062126},
        {0.010456854424, 0.019418724280, 0.017660509902, 0.083574112030}};
    for (int design = 0; design < 2; design++) {
        double points[12];
        for (int i = 0; i < 6; i++) {
            points[2 * i] = (2.0 * (i + 1) - 1) / 12;
            points[2 * i + 1] = (2.0 * second[design][i] - 1) / 12;
        }
        for (int kind = 0; kind < 4; kind++)
            check_near(discrepancy((discrepancy_kind)kind, 6, 2, points), want[design][kind],
                       1e-11);
    }
    double ones[7] = {1, 1, 1, 1, 1, 1, 1};
    check_near(discrepancy(L2_STAR, 1, 7, ones), sqrt(pow(3, -7)), 1e-14);
}

static void draw(mcy_method method, uint64_t seed, size_t n, size_t k, bool bare, double *rows)
{
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_axis axes[8];
    for (size_t i = 0; i < k; i++)
        axes[i] = (mcy_axis){.name = "x",
                             .distribution = {.law = MCY_LAW_UNIFORM, .parameter = {0, 1}}};
    mcy_design_request request = {.method = method,
                                  .axis_count = k,
                                  .axes = axes,
                                  .seed = seed,
                                  .runs = n,
                                  .replicates = method == MCY_METHOD_SOBOL,
                                  .unscrambled = bare};
    mcy_design *design;
    check_ok(mcy_design_create(arena, &request, &design, &err), err);
    double *columns[8];
    for (size_t i = 0; i < k; i++)
        columns[i] = MCY_TAKE(arena, double, MCY_EVALUATOR_BLOCK);
    for (size_t first = 0; first < n; first += MCY_EVALUATOR_BLOCK) {
        size_t m = n - first < MCY_EVALUATOR_BLOCK ? n - first : MCY_EVALUATOR_BLOCK;
        mcy_design_points(design, first, m, columns);
        for (size_t i = 0; i < m; i++)
            for (size_t c = 0; c < k; c++)
                rows[(first + i) * k + c] = columns[c][i];
    }
    mcy_arena_destroy(arena);
}

static void sobol__centred_discrepancy__that_of_scipy(void **state)
{
    (void)state;
    static double rows[256 * 5];
    draw(MCY_METHOD_SOBOL, 0, 256, 5, true, rows);
    check_near(discrepancy(CENTRED, 16, 5, rows) / 3.461323e-2, 1, 3e-7);
    check_near(discrepancy(CENTRED, 256, 5, rows) / 2.597808e-4, 1, 3e-7);
    draw(MCY_METHOD_SOBOL, 3, 256, 5, false, rows);
    assert_true(discrepancy(CENTRED, 256, 5, rows) < 3 * 2.597808e-4);
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void lhs__strata__one_point_each_and_better_than_random(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 7, 64, 1000};
    static double rows[1000 * 3];
    for (size_t s = 0; s < 5; s++)
        for (uint64_t seed = 0; seed < 20; seed++) {
            draw(MCY_METHOD_LHS, seed, sizes[s], 3, false, rows);
            for (size_t c = 0; c < 3; c++) {
                bool seen[1000] = {false};
                for (size_t i = 0; i < sizes[s]; i++) {
                    size_t stratum = (size_t)(rows[i * 3 + c] * (double)sizes[s]);
                    assert_true(stratum < sizes[s] && !seen[stratum]);
                    seen[stratum] = true;
                }
            }
        }
    double lhs[101], plain[101];
    for (uint64_t seed = 0; seed < 101; seed++) {
        draw(MCY_METHOD_LHS, seed, 40, 3, false, rows);
        lhs[seed] = discrepancy(CENTRED, 40, 3, rows);
        draw(MCY_METHOD_RANDOM, seed, 40, 3, false, rows);
        plain[seed] = discrepancy(CENTRED, 40, 3, rows);
    }
    qsort(plain, 101, sizeof *plain, by_value);
    size_t better = 0;
    for (size_t i = 0; i < 101; i++)
        better += lhs[i] < plain[50];
    assert_true(better > 90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox__known_answers__reproduced),
        cmocka_unit_test(sobol__first_points__those_of_joe_and_kuo),
        cmocka_unit_test(sobol__all_dimensions__one_point_in_each_interval),
        cmocka_unit_test(sobol__scrambled_pairs__stay_a_net),
        cmocka_unit_test(sobol__any_block__the_same_points),
        cmocka_unit_test(sobol__quarter_disc__within_the_published_error),
        cmocka_unit_test(discrepancy__published_designs__reproduced),
        cmocka_unit_test(sobol__centred_discrepancy__that_of_scipy),
        cmocka_unit_test(lhs__strata__one_point_each_and_better_than_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
