/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions by their inverse against GSL; copulas against their own correlations. */
#include "check.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>

#include "mcy/copula.h"
#include "mcy/design.h"
#include "mcy/distribution.h"
#include "mcy/evaluator.h"

static mcy_quantile *make(mcy_arena *arena, mcy_distribution law)
{
    mcy_error err = {0};
    mcy_quantile *q = NULL;
    check_ok(mcy_quantile_create(arena, &law, &q, &err), err);
    return q;
}

static void relative(const char *what, double u, double got, double want, double tolerance)
{
    if (!(fabs(got - want) <= tolerance * fabs(want)))
        fail_msg("%s(%g) = %.17g, want %.17g", what, u, got, want);
}

static void normal__both_ways__gsl(void **state)
{
    (void)state;
    for (double u = 1e-300; u < 0.5; u *= 1.37) {
        relative("quantile", u, mcy_normal_quantile(u), gsl_cdf_ugaussian_Pinv(u), 3e-14);
        if (u > 1e-15)
            relative("upper", u, mcy_normal_quantile(1 - u), gsl_cdf_ugaussian_Pinv(1 - u),
                     3e-14);
    }
    for (double z = -37; z < 9; z += 0.0137)
        relative("cdf", z, mcy_normal_cdf(z), 0.5 * gsl_sf_erfc(-z / sqrt(2)),
                 2e-14 + 4e-16 * z * z);
    assert_true(mcy_normal_quantile(0) == -(double)INFINITY);
    assert_true(mcy_normal_quantile(1) == (double)INFINITY);
    assert_true(mcy_normal_quantile(0.5) == 0);
}

static void gamma_and_beta__functions__gsl(void **state)
{
    (void)state;
    for (double x = 0.05; x < 2e4; x *= 1.173)
        check_near(mcy_log_gamma(x), gsl_sf_lngamma(x), 2e-14);
    static const double shapes[] = {0.05, 0.5, 1, 2.385, 17.3, 240};
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++)
            for (double x = 0.001; x < 1; x += 0.0431)
                check_near(mcy_beta_cdf(shapes[i], shapes[j], x),
                           gsl_cdf_beta_P(x, shapes[i], shapes[j]), 1e-12);
    check_near(mcy_student_quantile(15, 0.975), 2.13144954556, 1e-10);
    check_near(mcy_student_quantile(1, 0.975), 12.7062047362, 1e-9);
    check_near(mcy_student_quantile(3.7, 0.02), gsl_cdf_tdist_Pinv(0.02, 3.7), 1e-11);
}

static void beta_laws__quantiles__invert_the_distribution(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    static const double shapes[][2] = {{0.05, 0.3},  {0.5, 0.5},  {1, 1},
                                       {2.385, 7.1}, {1, 5},      {5, 1},
                                       {60, 3},      {900, 1100}, {1e4, 2}};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        double a = shapes[s][0], b = shapes[s][1];
        mcy_quantile *q =
            make(arena, (mcy_distribution){.law = MCY_LAW_BETA, .parameter = {a, b, 0, 1}});
        for (double u = 1e-9; u < 1; u = u * 1.1 + 1e-4) {
            double x = mcy_quantile_at(q, u);
            if (x > 1e-300 && x < 1) {
                double back = mcy_beta_cdf(a, b, x);
                if (!(fabs(back - u) <= 2e-9 * u + 1e-13))
                    fail_msg("beta(%g, %g): F(Q(%g)) = %.12g", a, b, u, back);
            }
        }
        assert_true(mcy_quantile_at(q, 0) == 0 && mcy_quantile_at(q, 1) == 1);
    }
    mcy_quantile *pert =
        make(arena, (mcy_distribution){.law = MCY_LAW_PERT, .parameter = {1.5, 2.1, 5.5}});
    check_near(mcy_quantile_at(pert, 0.31), 1.5 + 4 * gsl_cdf_beta_Pinv(0.31, 1.6, 4.4), 1e-9);
    mcy_arena_destroy(arena);
}

static void simple_laws__quantiles__closed_forms(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    mcy_quantile *q =
        make(arena, (mcy_distribution){.law = MCY_LAW_UNIFORM, .parameter = {-1.5, 2.5}});
    check_near(mcy_quantile_at(q, 0.3), -0.3, 1e-15);
    q = make(arena,
             (mcy_distribution){.law = MCY_LAW_TRIANGULAR, .parameter = {0.02, 0.045, 0.07}});
    check_near(mcy_quantile_at(q, 0.125), 0.0325, 1e-15);
    check_near(mcy_quantile_at(q, 0.875), 0.0575, 1e-15);
    q = make(arena, (mcy_distribution){.law = MCY_LAW_TRIANGULAR, .parameter = {0, 0, 1}});
    check_near(mcy_quantile_at(q, 0.75), 0.5, 1e-15);
    q = make(arena, (mcy_distribution){.law = MCY_LAW_LOGNORMAL, .parameter = {3, 0.2}});
    check_near(mcy_quantile_at(q, 0.9), 3 * exp(0.2 * gsl_cdf_ugaussian_Pinv(0.9)), 1e-14);
    static const double values[] = {-2, 0.5, 7}, weights[] = {3, 5, 2};
    q = make(arena,
             (mcy_distribution){
                 .law = MCY_LAW_DISCRETE, .count = 3, .values = values, .weights = weights});
    assert_true(mcy_quantile_at(q, 0.3) == -2 && mcy_quantile_at(q, 0.31) == 0.5);
    assert_true(mcy_quantile_at(q, 0.8) == 0.5 && mcy_quantile_at(q, 0.81) == 7);
    mcy_arena_destroy(arena);
}

static void truncated__both_sides__the_part_between(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    double inf = (double)INFINITY;
    mcy_quantile *q = make(arena, (mcy_distribution){.law = MCY_LAW_NORMAL,
                                                     .parameter = {1, 2},
                                                     .truncated = true,
                                                     .low = 0,
                                                     .high = 2});
    double from = gsl_cdf_ugaussian_P(-0.5), to = gsl_cdf_ugaussian_P(0.5);
    check_near(mcy_quantile_at(q, 0.2),
               1 + 2 * gsl_cdf_ugaussian_Pinv(from + 0.2 * (to - from)), 1e-13);
    assert_true(mcy_quantile_bounded(q));
    /* far in the upper tail the digits survive: the excess over 30 is near exponential */
    q = make(arena, (mcy_distribution){.law = MCY_LAW_NORMAL,
                                       .parameter = {0, 1},
                                       .truncated = true,
                                       .low = 30,
                                       .high = inf});
    check_near(mcy_quantile_at(q, 0.5), gsl_cdf_ugaussian_Qinv(0.5 * gsl_cdf_ugaussian_Q(30)),
               1e-13);
    assert_true(mcy_quantile_at(q, 0.1) < mcy_quantile_at(q, 0.9));
    assert_false(mcy_quantile_bounded(q));
    q = make(arena, (mcy_distribution){.law = MCY_LAW_BETA,
                                       .parameter = {2, 3, 10, 20},
                                       .truncated = true,
                                       .low = 12,
                                       .high = inf});
    double cut = gsl_cdf_beta_P(0.2, 2, 3);
    check_near(mcy_quantile_at(q, 0.4),
               10 + 10 * gsl_cdf_beta_Pinv(cut + 0.4 * (1 - cut), 2, 3), 1e-9);
    mcy_arena_destroy(arena);
}

static void bad_laws__refused__with_their_values(void **state)
{
    (void)state;
    mcy_arena *arena = mcy_arena_create();
    static const double rising[] = {1, 2}, falling[] = {2, 1}, zero[] = {1, 0};
    static const struct {
        mcy_distribution law;
        const char *words;
    } cases[] = {
        {{.law = MCY_LAW_UNIFORM, .parameter = {2, 1}}, "got 2 and 1"},
        {{.law = MCY_LAW_NORMAL, .parameter = {2, 0}}, "sd must be above 0"},
        {{.law = MCY_LAW_LOGNORMAL, .parameter = {-1, 1}}, "got -1 and 1"},
        {{.law = MCY_LAW_TRIANGULAR, .parameter = {1, 3, 2}}, "low <= mode <= high"},
        {{.law = MCY_LAW_PERT, .parameter = {1, 1, 1}}, "got 1, 1, 1"},
        {{.law = MCY_LAW_BETA, .parameter = {1, 1, 3, 3}}, "got 3 and 3"},
        {{.law = MCY_LAW_BETA, .parameter = {0.001, 1, 0, 1}}, "0.05..10000"},
        {{.law = MCY_LAW_UNIFORM, .parameter = {0, (double)INFINITY}}, "not finite"},
        {{.law = MCY_LAW_DISCRETE}, "at least one"},
        {{.law = MCY_LAW_DISCRETE, .count = 2, .values = falling}, "must increase"},
        {{.law = MCY_LAW_DISCRETE, .count = 2, .values = rising, .weights = zero}, "above 0"},
        {{.law = MCY_LAW_UNIFORM, .parameter = {0, 1}, .truncated = true, .low = 2, .high = 3},
         "nothing lies"},
        {{.law = MCY_LAW_NORMAL, .parameter = {0, 1}, .truncated = true, .low = 3, .high = 2},
         "got 3 and 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mcy_error err = {0};
        mcy_quantile *q;
        check_refused(mcy_quantile_create(arena, &cases[i].law, &q, &err), MCY_E_DOMAIN, err,
                      cases[i].words);
    }
    mcy_arena_destroy(arena);
}

/* Spearman's correlation of two columns without ties. */
static double rank_correlation(size_t n, const double *x, const double *y)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double a = 0, b = 0;
        for (size_t j = 0; j < n; j++) {
            a += x[j] < x[i];
            b += y[j] < y[i];
        }
        sum += (a - b) * (a - b);
    }
    return 1 - 6 * sum / ((double)n * ((double)n * (double)n - 1));
}

static void copula__rank_correlations__met_by_the_points(void **state)
{
    (void)state;
    enum { N = 2048 };
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    mcy_axis axes[3] = {
        {.name = "a", .distribution = {.law = MCY_LAW_LOGNORMAL, .parameter = {1, 0.5}}},
        {.name = "b", .distribution = {.law = MCY_LAW_PERT, .parameter = {0, 1, 10}}},
        {.name = "c", .distribution = {.law = MCY_LAW_TRIANGULAR, .parameter = {0, 1, 2}}},
    };
    static const size_t positions[] = {0, 1, 2};
    static const double rank[] = {1, 0.7, -0.4, 0.7, 1, 0.1, -0.4, 0.1, 1};
    mcy_dependence dependence = {3, positions, rank, NULL};
    mcy_design_request request = {.method = MCY_METHOD_SOBOL,
                                  .axis_count = 3,
                                  .axes = axes,
                                  .seed = 11,
                                  .runs = N,
                                  .dependence_count = 1,
                                  .dependences = &dependence};
    mcy_design *design;
    check_ok(mcy_design_create(arena, &request, &design, &err), err);
    double *x[3], *at[3];
    for (int i = 0; i < 3; i++)
        x[i] = MCY_TAKE(arena, double, N);
    for (size_t first = 0; first < N; first += 256) {
        for (int i = 0; i < 3; i++)
            at[i] = x[i] + first;
        mcy_design_points(design, first, 256, at);
    }
    check_near(rank_correlation(N, x[0], x[1]), 0.7, 0.02);
    check_near(rank_correlation(N, x[0], x[2]), -0.4, 0.02);
    check_near(rank_correlation(N, x[1], x[2]), 0.1, 0.02);
    mcy_arena_destroy(arena);
}

static void copula__not_positive_definite__names_the_eigenvalue(void **state)
{
    (void)state;
    mcy_error err = {0};
    mcy_arena *arena = mcy_arena_create();
    static const char *const names[] = {"a", "b", "c"};
    mcy_copula *copula;
    static const double bad[] = {1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1};
    check_refused(mcy_copula_create(arena, 3, bad, names, &copula, &err), MCY_E_DOMAIN, err,
                  "smallest eigenvalue is -0.8");
    static const double uneven[] = {1, 0.5, 0.4, 1};
    check_refused(mcy_copula_create(arena, 2, uneven, names, &copula, &err), MCY_E_DOMAIN, err,
                  "'a' with 'b'");
    static const double diagonal[] = {1, 0.5, 0.5, 0.9};
    check_refused(mcy_copula_create(arena, 2, diagonal, names, &copula, &err), MCY_E_DOMAIN,
                  err, "1 on the diagonal");
    static const double negative[] = {1, 0, 0, -1};
    check_refused(mcy_copula_create_covariance(arena, 2, negative, names, &copula, &err),
                  MCY_E_DOMAIN, err, "variance of 'b'");
    /* a factor gives its matrix back */
    static const double covariance[] = {4, 2.4, 2.4, 9};
    check_ok(mcy_copula_create_covariance(arena, 2, covariance, names, &copula, &err), err);
    double first = 1, second = 0, *scores[] = {&first, &second};
    mcy_copula_apply(copula, 1, scores);
    check_near(first, 2, 1e-15);
    check_near(second, 1.2, 1e-15);
    mcy_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal__both_ways__gsl),
        cmocka_unit_test(gamma_and_beta__functions__gsl),
        cmocka_unit_test(beta_laws__quantiles__invert_the_distribution),
        cmocka_unit_test(simple_laws__quantiles__closed_forms),
        cmocka_unit_test(truncated__both_sides__the_part_between),
        cmocka_unit_test(bad_laws__refused__with_their_values),
        cmocka_unit_test(copula__rank_correlations__met_by_the_points),
        cmocka_unit_test(copula__not_positive_definite__names_the_eigenvalue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
