/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter and smoother against the joint normal distribution written out and solved densely,
 * on drawn models, proper and diffuse, with several rows a time and times without any. */
#include "check.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

#include "mcy/arena.h"
#include "mcy/kalman.h"
#include "random.h"

enum { STATES = 3, TIMES = 7, ROWS_MAX = 24, ALL = STATES * TIMES };

typedef struct drawn {
    mcy_arena *arena;
    mcy_kalman *k;
    double mean[ALL], cov[ALL * ALL]; /* of all states, before any row */
} drawn;

/* A symmetric positive matrix of the stride. */
static void draw_covariance(random_state *r, double scale, size_t stride, double *out)
{
    double root[STATES * STATES];
    for (int i = 0; i < STATES * STATES; i++)
        root[i] = scale * random_normal(r);
    for (int i = 0; i < STATES; i++)
        for (int j = 0; j < STATES; j++)
            for (int m = 0; m < STATES; m++)
                out[(size_t)i * stride + (size_t)j] +=
                    root[i * STATES + m] * root[j * STATES + m];
}

static void draw_rows(random_state *r, mcy_kalman *k)
{
    for (size_t j = 0; j < k->rows; j++) {
        mcy_kalman_row row = {.time = (int)(j * TIMES / k->rows), .terms = 1 + (int)(j % 3)};
        if (row.time == 3) /* nothing is seen in the middle */
            row.time = 4;
        for (int x = 0; x < row.terms; x++) {
            row.at[x] = (x + (int)j) % STATES;
            row.weight[x] = random_normal(r);
        }
        row.value = 2 * random_normal(r);
        row.variance = 0.1 + random_uniform(r);
        k->row[j] = row;
    }
    mcy_kalman_index(k);
}

static drawn draw_model(uint64_t seed, size_t rows)
{
    random_state r = random_seed(seed * 0xd1342543de82ef95u);
    drawn d = {.arena = mcy_arena_create()};
    d.k = mcy_kalman_create(d.arena, STATES, TIMES, rows);
    size_t s = d.k->stride;
    for (size_t i = 0; i < STATES; i++) {
        d.k->start[i] = random_normal(&r);
        for (size_t j = 0; j < STATES; j++)
            d.k->transition[i * s + j] = (i + j) % 2 ? 0 : 0.6 * random_normal(&r);
        for (size_t t = 0; t < TIMES; t++)
            d.k->intercept[t * s + i] = random_normal(&r);
    }
    draw_covariance(&r, 0.7, s, d.k->shock);
    draw_covariance(&r, 1.1, s, d.k->start_covariance);
    draw_rows(&r, d.k);
    return d;
}

/* Mean and covariance of the states of all times, by recursion. kappa stands for infinity. */
static void write_out(drawn *d, double kappa)
{
    const mcy_kalman *k = d->k;
    size_t s = k->stride;
    memset(d->mean, 0, sizeof d->mean);
    memset(d->cov, 0, sizeof d->cov);
    for (size_t i = 0; i < STATES; i++) {
        d->mean[i] = k->start[i];
        for (size_t j = 0; j < STATES; j++)
            d->cov[i * ALL + j] =
                k->start_covariance[i * s + j] + kappa * k->start_diffuse[i * s + j];
    }
    for (size_t t = 1; t < TIMES; t++) {
        size_t now = t * STATES, old = now - STATES;
        for (size_t i = 0; i < STATES; i++) {
            d->mean[now + i] = k->intercept[t * s + i];
            for (size_t m = 0; m < STATES; m++)
                d->mean[now + i] += k->transition[i * s + m] * d->mean[old + m];
            for (size_t c = 0; c < now; c++) {
                double sum = 0;
                for (size_t m = 0; m < STATES; m++)
                    sum += k->transition[i * s + m] * d->cov[(old + m) * ALL + c];
                d->cov[(now + i) * ALL + c] = d->cov[c * ALL + now + i] = sum;
            }
        }
        for (size_t i = 0; i < STATES; i++)
            for (size_t j = 0; j < STATES; j++) {
                double sum = k->shock[i * s + j];
                for (size_t m = 0; m < STATES; m++)
                    sum += d->cov[(now + i) * ALL + old + m] * k->transition[j * s + m];
                d->cov[(now + i) * ALL + now + j] = sum;
            }
    }
}

/* Posterior of all states and the log density of the rows, densely. */
static double solve(drawn *d, double *posterior_mean, double *posterior_cov)
{
    const mcy_kalman *k = d->k;
    size_t n = k->rows;
    gsl_matrix *h = gsl_matrix_calloc(n, ALL), *f = gsl_matrix_calloc(n, n);
    gsl_matrix *gain = gsl_matrix_alloc(n, ALL);
    gsl_vector *v = gsl_vector_alloc(n);
    gsl_matrix_view p = gsl_matrix_view_array(d->cov, ALL, ALL);
    gsl_matrix_view out = gsl_matrix_view_array(posterior_cov, ALL, ALL);
    for (size_t j = 0; j < n; j++) {
        double seen = 0;
        for (int x = 0; x < k->row[j].terms; x++) {
            size_t at = (size_t)k->row[j].time * STATES + (size_t)k->row[j].at[x];
            *gsl_matrix_ptr(h, j, at) += k->row[j].weight[x];
            seen += k->row[j].weight[x] * d->mean[at];
        }
        gsl_vector_set(v, j, k->row[j].value - seen);
        gsl_matrix_set(f, j, j, k->row[j].variance);
    }
    gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, h, &p.matrix, 0, gain); /* H P */
    gsl_blas_dgemm(CblasNoTrans, CblasTrans, 1, gain, h, 1, f);
    assert_int_equal(gsl_linalg_cholesky_decomp1(f), 0);
    gsl_blas_dtrsm(CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1, f,
                   gain); /* L^-1 H P */
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, f, v);
    double log_density = 0, square;
    gsl_blas_ddot(v, v, &square);
    for (size_t j = 0; j < n; j++)
        log_density -= 0.5 * log(2 * acos(-1.0)) + log(gsl_matrix_get(f, j, j));
    memcpy(posterior_mean, d->mean, sizeof d->mean);
    memcpy(posterior_cov, d->cov, sizeof d->cov);
    gsl_vector_view m = gsl_vector_view_array(posterior_mean, ALL);
    gsl_blas_dgemv(CblasTrans, 1, gain, v, 1, &m.vector);
    gsl_blas_dgemm(CblasTrans, CblasNoTrans, -1, gain, gain, 1, &out.matrix);
    gsl_matrix_free(h);
    gsl_matrix_free(f);
    gsl_matrix_free(gain);
    gsl_vector_free(v);
    return log_density - 0.5 * square;
}

static void check_smoothed(const drawn *d, const double *mean, const double *cov,
                           double tolerance)
{
    const mcy_kalman *k = d->k;
    for (size_t t = 0; t < TIMES; t++)
        for (size_t i = 0; i < STATES; i++) {
            check_near(k->smoothed[t * k->stride + i], mean[t * STATES + i], tolerance);
            for (size_t j = 0; j < STATES; j++)
                check_near(k->smoothed_cov[(t * STATES + i) * k->stride + j],
                           cov[(t * STATES + i) * ALL + t * STATES + j], tolerance);
        }
}

static void kalman__drawn_models__is_the_joint_normal(void **state)
{
    (void)state;
    static double mean[ALL], cov[ALL * ALL];
    for (uint64_t seed = 1; seed <= 300; seed++) {
        drawn d = draw_model(seed, 1 + seed % ROWS_MAX);
        write_out(&d, 0);
        double want = solve(&d, mean, cov);
        assert_true(mcy_kalman_filter(d.k));
        check_near(d.k->log_likelihood, want, 1e-10);
        assert_int_equal(d.k->diffuse_rows, 0);
        mcy_kalman_smooth(d.k);
        check_smoothed(&d, mean, cov, 1e-10);
        mcy_arena_destroy(d.arena);
    }
}

/* With a diffuse start the dense answer with a large number for infinity comes near, as 1 /
 * kappa; the filter is exact. Richardson's step takes the first order out of the comparison. */
static void kalman__diffuse_start__is_the_limit(void **state)
{
    (void)state;
    static double mean[2][ALL], cov[2][ALL * ALL];
    int compared = 0;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        drawn d = draw_model(7000 + seed, 8 + seed % (ROWS_MAX - 8));
        size_t diffuse = 1 + seed % STATES;
        for (size_t i = 0; i < diffuse; i++)
            d.k->start_diffuse[i * d.k->stride + i] = 1;
        const double kappa[2] = {1e6, 2e6};
        double density[2];
        for (int i = 0; i < 2; i++) {
            write_out(&d, kappa[i]);
            density[i] = solve(&d, mean[i], cov[i]) + 0.5 * (double)diffuse * log(kappa[i]) +
                         0.5 * (double)diffuse * log(2 * acos(-1.0));
        }
        for (size_t i = 0; i < ALL; i++)
            mean[1][i] = 2 * mean[1][i] - mean[0][i];
        for (size_t i = 0; i < ALL * ALL; i++)
            cov[1][i] = 2 * cov[1][i] - cov[0][i];
        assert_true(mcy_kalman_filter(d.k));
        double weakest = 1e9;
        for (size_t j = 0; j < d.k->rows; j++)
            if (d.k->innovation_inf[j] > 0)
                weakest = fmin(weakest, d.k->innovation_inf[j]);
        /* a direction that died in T before it was seen, or is hardly seen: no limit to compare
         */
        if (d.k->diffuse_rows != diffuse || weakest < 3e-2) {
            mcy_arena_destroy(d.arena);
            continue;
        }
        compared++;
        mcy_kalman_smooth(d.k);
        check_near(d.k->log_likelihood + d.k->diffuse_term, 2 * density[1] - density[0], 1e-6);
        check_smoothed(&d, mean[1], cov[1], 3e-6);
        mcy_arena_destroy(d.arena);
    }
    assert_true(compared > 100);
}

static void kalman__impossible_variance__is_said(void **state)
{
    (void)state;
    drawn d = draw_model(5, 6);
    d.k->row[2].variance = -1e6;
    assert_false(mcy_kalman_filter(d.k));
    d.k->row[2].variance = 0.3;
    d.k->row[2].value = (double)NAN;
    assert_false(mcy_kalman_filter(d.k));
    mcy_arena_destroy(d.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kalman__drawn_models__is_the_joint_normal),
        cmocka_unit_test(kalman__diffuse_start__is_the_limit),
        cmocka_unit_test(kalman__impossible_variance__is_said),
    };
    return cmocka_run_group_tests_name("kalman", tests, NULL, NULL);
}
