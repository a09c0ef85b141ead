/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exp, log and pow: their error over the range, and C99's special values. The bounds are those
 * docs/lanes.md states; bench_kernels.c measures them on many more points. */
#include "check.h"
#include "ulp.h"

#include "mcy/kernels.h"
#include "mcy/number.h"

enum { POINTS = 300000, POINTS_MPFR = 20000 };

#define EXP_ULP          0.66
#define EXP_DENORMAL_ULP 1.0
#define LOG_ULP          1.08
#define POW_ULP          1.25

#define INF ((double)INFINITY)

static void check_bound(const char *what, double worst, double bound, double x, double y)
{
    if (!(worst <= bound))
        fail_msg("%s: %.4f ulp at %a, %a; the stated bound is %.2f", what, worst, x, y, bound);
}

static void exp__over_its_range__is_within_its_bound(void **state)
{
    (void)state;
    uint64_t seed = 20260320;
    for (int i = 0; i < POINTS; i++) {
        double x = i % 3 == 0 ? draw_between(&seed, -745.0, 709.7)
                   : i % 3 == 1
                       ? draw_between(&seed, -3.0, 3.0)
                       : ldexp(draw_between(&seed, -1, 1), -(int)(draw_bits(&seed) % 60));
        double bound = x < -708.0 ? EXP_DENORMAL_ULP : EXP_ULP;
        check_bound("exp", ulp_error(mcy_exp(x), expl((long double)x)), bound, x, 0);
        if (i < POINTS_MPFR)
            check_bound("exp", ulp_error_mpfr(mcy_exp(x), mpfr_exp, x, 0), bound, x, 0);
    }
}

static void log__over_its_range__is_within_its_bound(void **state)
{
    (void)state;
    uint64_t seed = 20260321;
    for (int i = 0; i < POINTS; i++) {
        uint64_t bits = draw_bits(&seed) % UINT64_C(0x7ff0000000000000);
        double x;
        memcpy(&x, &bits, sizeof x);
        if (i % 3 == 1)
            x = draw_between(&seed, 0.3, 3.0);
        else if (i % 3 == 2)
            x = 1.0 + ldexp(draw_between(&seed, -1, 1), -(int)(draw_bits(&seed) % 53));
        check_bound("log", ulp_error(mcy_log(x), logl((long double)x)), LOG_ULP, x, 0);
        if (i < POINTS_MPFR)
            check_bound("log", ulp_error_mpfr(mcy_log(x), mpfr_log, x, 0), LOG_ULP, x, 0);
    }
}

static void pow__over_its_range__is_within_its_bound(void **state)
{
    (void)state;
    uint64_t seed = 20260322;
    for (int i = 0; i < POINTS; i++) {
        double x = draw_between(&seed, 0.01, 4.0), y = draw_between(&seed, -40, 40);
        if (i % 3 == 1) {
            x = ldexp(x, (int)(draw_bits(&seed) % 2000) - 1000);
            y = draw_between(&seed, -740, 705) / log(x);
        } else if (i % 3 == 2) {
            x = 1.0 + ldexp(draw_between(&seed, -1, 1), -2 - (int)(draw_bits(&seed) % 40));
            y = draw_between(&seed, -740, 705) / log1p(x - 1.0);
        }
        long double exact = powl((long double)x, (long double)y);
        check_bound("pow", ulp_error(mcy_pow(x, y), exact), POW_ULP, x, y);
        if (i < POINTS_MPFR)
            check_bound("pow", ulp_error_mpfr(mcy_pow(x, y), NULL, x, y), POW_ULP, x, y);
    }
}

static void check_same(const char *what, double got, double want, double x, double y)
{
    if (memcmp(&got, &want, sizeof got) && !(isnan(got) && isnan(want)))
        fail_msg("%s(%g, %g) = %a, want %a", what, x, y, got, want);
    double canonical = MCY_MISSING;
    if (isnan(got))
        assert_memory_equal(&got, &canonical, sizeof got);
}

static void kernels__special_values__are_those_of_c99(void **state)
{
    (void)state;
    const double at[] = {0.0,
                         -0.0,
                         1.0,
                         -1.0,
                         2.0,
                         -2.0,
                         3.0,
                         -3.0,
                         0.5,
                         -0.5,
                         INF,
                         -INF,
                         MCY_MISSING,
                         -MCY_MISSING,
                         0x1p-1074,
                         -0x1p-1074,
                         0x1.fp-1030,
                         0x1p53,
                         -0x1p53,
                         0x1p53 - 1,
                         1 - 0x1p53,
                         0x1.fffffffffffffp1023,
                         -0x1.fffffffffffffp1023,
                         0x1p1000,
                         0x1p-1000,
                         1e300,
                         -1e300,
                         4503599627370497.5,
                         -4503599627370497.5,
                         0x1p-1022};
    enum { N = sizeof at / sizeof *at };
    for (int i = 0; i < N; i++) {
        double x = at[i];
        if (isnan(x) || isinf(x) || x == 0.0 || fabs(x) > 800.0)
            check_same("exp", mcy_exp(x), exp(x), x, 0);
        if (!(x > 0.0) || isinf(x) || x == 1.0)
            check_same("log", mcy_log(x), log(x), x, 0);
        else
            check_bound("log", ulp_error_mpfr(mcy_log(x), mpfr_log, x, 0), LOG_ULP, x, 0);
        for (int j = 0; j < N; j++) {
            double y = at[j], want = pow(x, y), got = mcy_pow(x, y);
            if (isnan(want) || isinf(want) || want == 0.0 || fabs(want) == 1.0)
                check_same("pow", got, want, x, y);
            else
                check_bound("pow", ulp_error(got, powl((long double)x, (long double)y)),
                            POW_ULP, x, y);
        }
    }
}

static void kernels__at_the_ends__turn_where_c99_turns(void **state)
{
    (void)state;
    assert_true(mcy_exp(0x1.62e42fefa39efp+9) < INF);
    assert_true(mcy_exp(nextafter(0x1.62e42fefa39efp+9, INF)) == INF);
    assert_true(mcy_exp(-0x1.74910d52d3051p+9) == 0x1p-1074);
    assert_true(mcy_exp(nextafter(-0x1.74910d52d3051p+9, -INF)) == 0.0);
    assert_true(mcy_exp(0x1p-60) == 1.0 && mcy_exp(-0x1p-60) == 1.0);
    for (double x = 353.0; x < 356.0; x += 0.0137) /* where the careful path takes over */
        for (int sign = -1; sign <= 1; sign += 2)
            check_bound("exp", ulp_error(mcy_exp(sign * x), expl((long double)(sign * x))),
                        EXP_ULP, sign * x, 0);
    for (int e = -515; e <= 515; e++)
        check_bound("log",
                    ulp_error_mpfr(mcy_log(ldexp(1.371, e)), mpfr_log, ldexp(1.371, e), 0),
                    LOG_ULP, ldexp(1.371, e), 0);
}

static void pow__exact_results__are_exact(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        double x = (double)(draw_bits(&seed) % 60000 + 1) / 256.0;
        assert_true(mcy_pow(x, 1.0) == x);
        assert_true(mcy_pow(x, 2.0) == x * x);
        assert_true(mcy_pow(x, 3.0) == x * x * x);
        assert_true(mcy_pow(-x, 3.0) == -(x * x * x));
        assert_true(mcy_pow(x * x, 0.5) == x);
        double any = draw_between(&seed, 1e-3, 1e3);
        assert_true(mcy_pow(any, 1.0) == any);
    }
}

static void op_apply__each_operation__means_what_the_graph_says(void **state)
{
    (void)state;
    const double a = 2.385, b = -0.75, missing = MCY_MISSING;
    assert_true(mcy_op_apply(MCY_OP_SUB, a, b, 0) == a - b);
    assert_true(mcy_op_apply(MCY_OP_RATIO, a, 0.0, 0) == 0.0);
    assert_true(mcy_op_apply(MCY_OP_RATIO, missing, -0.0, 0) == 0.0);
    assert_true(mcy_op_apply(MCY_OP_RATIO, a, b, 0) == a / b);
    assert_true(mcy_op_apply(MCY_OP_MIN, missing, b, 0) == b); /* a < b ? a : b */
    assert_true(isnan(mcy_op_apply(MCY_OP_MIN, b, missing, 0)));
    assert_true(signbit(mcy_op_apply(MCY_OP_MAX, 0.0, -0.0, 0)));
    assert_true(mcy_op_apply(MCY_OP_SELECT, missing, a, b) == a); /* missing is != 0 */
    assert_true(mcy_op_apply(MCY_OP_SELECT, -0.0, a, b) == b);
    assert_true(mcy_op_apply(MCY_OP_AND, missing, a, 0) == 1.0);
    assert_true(mcy_op_apply(MCY_OP_NE, missing, missing, 0) == 1.0);
    assert_true(mcy_op_apply(MCY_OP_EQ, missing, missing, 0) == 0.0);
    double negated = mcy_op_apply(MCY_OP_NEG, missing, 0, 0);
    assert_memory_equal(&negated, &missing, sizeof missing);
    double invalid = mcy_op_apply(MCY_OP_DIV, 0.0, 0.0, 0);
    assert_memory_equal(&invalid, &missing, sizeof missing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp__over_its_range__is_within_its_bound),
        cmocka_unit_test(log__over_its_range__is_within_its_bound),
        cmocka_unit_test(pow__over_its_range__is_within_its_bound),
        cmocka_unit_test(kernels__special_values__are_those_of_c99),
        cmocka_unit_test(kernels__at_the_ends__turn_where_c99_turns),
        cmocka_unit_test(pow__exact_results__are_exact),
        cmocka_unit_test(op_apply__each_operation__means_what_the_graph_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
