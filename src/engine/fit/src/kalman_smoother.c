/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fixed-interval smoother: backward sums r and N, and their expansion in 1/infinity while
 * the start is diffuse. */
#include "mcy/kalman.h"

#include "kalman_lanes.h"

/* The backward sums. While rows are diffuse r = r0 + r1 / kappa and N = N0 + N1 / kappa +
 * N2 / kappa^2 with kappa without bound; after that only r0 and N0 are there. */
typedef struct backward {
    double *r0, *r1;                  /* [stride] */
    double *n0, *n1, *n2;             /* [states * stride], symmetric */
    double *vector, *matrix, *second; /* scratch */
    bool diffuse;
} backward;

/* r = z v/F + L' r, N = z z'/F + L' N L with L = I - K z', K = P z / F. Only the rows and
 * columns that z touches change. */
static void step_back(mcy_kalman *k, size_t j, backward *b)
{
    size_t n = k->states, s = k->stride;
    const mcy_kalman_row *row = &k->row[j];
    const double *m = k->gain + j * s;
    double inverse = 1 / k->innovation_var[j];
    double *nk = b->vector;
    for (size_t i = 0; i < n; i++)
        nk[i] = dot(s, b->n0 + i * s, m) * inverse;
    double u = (k->innovation[j] - dot(s, m, b->r0)) * inverse;
    double d = (1 + dot(s, m, nk)) * inverse;
    k->error_score[j] = u;
    k->error_precision[j] = d;
    for (int x = 0; x < row->terms; x++) {
        size_t i = (size_t)row->at[x];
        double w = row->weight[x];
        b->r0[i] += w * u;
        add_scaled(s, -w, nk, b->n0 + i * s);
        for (size_t l = 0; l < n; l++)
            b->n0[l * s + i] -= w * nk[l];
        for (int y = 0; y < row->terms; y++)
            b->n0[i * s + (size_t)row->at[y]] += w * row->weight[y] * d;
    }
}

/* out += A' N B for symmetric N, with A = I - left z' or, without its identity, - left z', and
 * B likewise of right. */
static void sandwich(const mcy_kalman *k, const mcy_kalman_row *row, const double *left,
                     bool left_identity, const double *n_matrix, const double *right,
                     bool right_identity, double *out)
{
    size_t n = k->states, s = k->stride;
    for (size_t i = 0; i < n; i++)
        for (size_t l = 0; l < n; l++) {
            double z_i = 0, z_l = 0;
            for (int x = 0; x < row->terms; x++) {
                z_i += (size_t)row->at[x] == i ? row->weight[x] : 0;
                z_l += (size_t)row->at[x] == l ? row->weight[x] : 0;
            }
            double sum = 0;
            if (left_identity && right_identity)
                sum += n_matrix[i * s + l];
            if (left_identity && z_l != 0)
                sum -= dot(s, n_matrix + i * s, right) * z_l;
            if (right_identity && z_i != 0)
                sum -= dot(s, n_matrix + l * s, left) * z_i;
            if (z_i != 0 && z_l != 0) {
                double middle = 0;
                for (size_t x = 0; x < n; x++)
                    middle += left[x] * dot(s, n_matrix + x * s, right);
                sum += z_i * z_l * middle;
            }
            out[i * s + l] += sum;
        }
}

static void add_outer(const mcy_kalman *k, const mcy_kalman_row *row, double scale, double *out)
{
    for (int x = 0; x < row->terms; x++)
        for (int y = 0; y < row->terms; y++)
            out[(size_t)row->at[x] * k->stride + (size_t)row->at[y]] +=
                scale * row->weight[x] * row->weight[y];
}

/* A diffuse row: L = L_inf + L_0 / kappa, L_inf = I - K_inf z', L_0 = - K_0 z'. The terms that
 * P_infinity annihilates are left out. */
static void step_back_diffuse(mcy_kalman *k, size_t j, backward *b)
{
    size_t n = k->states, s = k->stride, square = n * s;
    const mcy_kalman_row *row = &k->row[j];
    double f_inf = k->innovation_inf[j], f = k->innovation_var[j], v = k->innovation[j];
    double *k_inf = b->vector, *k_0 = b->vector + s;
    for (size_t i = 0; i < s; i++) {
        k_inf[i] = k->gain_inf[j * s + i] / f_inf;
        k_0[i] = (k->gain[j * s + i] - k_inf[i] * f) / f_inf;
    }
    double u = -dot(s, k_inf, b->r0), d = 0;
    for (size_t i = 0; i < n; i++)
        d += k_inf[i] * dot(s, b->n0 + i * s, k_inf);
    k->error_score[j] = u;
    k->error_precision[j] = d;
    double next = v / f_inf - dot(s, k_inf, b->r1) - dot(s, k_0, b->r0);

    memset(b->second, 0, square * sizeof *b->second);
    add_outer(k, row, -f / (f_inf * f_inf), b->second);
    sandwich(k, row, k_inf, true, b->n2, k_inf, true, b->second);
    sandwich(k, row, k_0, false, b->n1, k_inf, true, b->second);
    sandwich(k, row, k_inf, true, b->n1, k_0, false, b->second);
    sandwich(k, row, k_0, false, b->n0, k_0, false, b->second);
    memcpy(b->n2, b->second, square * sizeof *b->n2);

    memset(b->second, 0, square * sizeof *b->second);
    add_outer(k, row, 1 / f_inf, b->second);
    sandwich(k, row, k_inf, true, b->n1, k_inf, true, b->second);
    sandwich(k, row, k_0, false, b->n0, k_inf, true, b->second);
    sandwich(k, row, k_inf, true, b->n0, k_0, false, b->second);
    memcpy(b->n1, b->second, square * sizeof *b->n1);

    memset(b->second, 0, square * sizeof *b->second);
    sandwich(k, row, k_inf, true, b->n0, k_inf, true, b->second);
    memcpy(b->n0, b->second, square * sizeof *b->n0);
    for (int x = 0; x < row->terms; x++) {
        b->r0[row->at[x]] += row->weight[x] * u;
        b->r1[row->at[x]] += row->weight[x] * next;
    }
}

/* A row that sees no diffuse direction while others still are: the later terms take L' . L
 * alone. */
static void step_back_among_diffuse(mcy_kalman *k, size_t j, backward *b)
{
    size_t n = k->states, s = k->stride, square = n * s;
    const mcy_kalman_row *row = &k->row[j];
    double *gain = b->vector + s, *terms[2] = {b->n1, b->n2};
    for (size_t i = 0; i < s; i++)
        gain[i] = k->gain[j * s + i] / k->innovation_var[j];
    for (int i = 0; i < 2; i++) {
        memset(b->second, 0, square * sizeof *b->second);
        sandwich(k, row, gain, true, terms[i], gain, true, b->second);
        memcpy(terms[i], b->second, square * sizeof *b->second);
    }
    double next = dot(s, gain, b->r1);
    for (int x = 0; x < row->terms; x++)
        b->r1[row->at[x]] -= row->weight[x] * next;
    step_back(k, j, b);
}

/* x = T' x */
static void transpose_vector(const mcy_kalman *k, double *restrict x, double *restrict scratch)
{
    size_t n = k->states, s = k->stride;
    memset(scratch, 0, s * sizeof *scratch);
    for (size_t m = 0; m < n; m++)
        if (x[m] != 0)
            add_scaled(s, x[m], k->transition + m * s, scratch);
    memcpy(x, scratch, s * sizeof *x);
}

/* N = T' N T */
static void transpose_matrix(const mcy_kalman *k, double *restrict x, double *restrict scratch)
{
    size_t n = k->states, s = k->stride;
    memset(scratch, 0, n * s * sizeof *scratch);
    for (size_t m = 0; m < n; m++)
        for (size_t i = 0; i < n; i++)
            if (k->transition[m * s + i] != 0)
                add_scaled(s, k->transition[m * s + i], x + m * s, scratch + i * s);
    memset(x, 0, n * s * sizeof *x);
    for (size_t m = 0; m < n; m++)
        for (size_t i = 0; i < n; i++)
            if (scratch[i * s + m] != 0)
                add_scaled(s, scratch[i * s + m], k->transition + m * s, x + i * s);
}

/* out -= A N B with A, B symmetric, and its transpose when two is set */
static void subtract_product(const mcy_kalman *k, const double *a, const double *n_matrix,
                             const double *b, bool two, double *scratch, double *out)
{
    size_t n = k->states, s = k->stride;
    for (size_t i = 0; i < n; i++) {
        memset(scratch + i * s, 0, s * sizeof *scratch);
        for (size_t m = 0; m < n; m++)
            if (a[i * s + m] != 0)
                add_scaled(s, a[i * s + m], n_matrix + m * s, scratch + i * s);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double product = dot(s, scratch + i * s, b + j * s);
            out[i * s + j] -= product;
            if (two)
                out[j * s + i] -= product;
        }
}

/* smoothed = a + P r0 + P_inf r1; covariance = P - P N0 P - (P_inf N1 P)' - P_inf N1 P -
 * P_inf N2 P_inf */
static void smooth_time(mcy_kalman *k, size_t t, const backward *b)
{
    size_t n = k->states, s = k->stride, square = n * s;
    const double *a = k->predicted + t * s, *p = k->predicted_cov + t * square;
    const double *q = k->diffuse_cov + t * square;
    double *mean = k->smoothed + t * s, *cov = k->smoothed_cov + t * square;
    for (size_t i = 0; i < n; i++)
        mean[i] = a[i] + dot(s, p + i * s, b->r0) + (b->diffuse ? dot(s, q + i * s, b->r1) : 0);
    memcpy(cov, p, square * sizeof *cov);
    subtract_product(k, p, b->n0, p, false, b->matrix, cov);
    if (b->diffuse) {
        subtract_product(k, q, b->n1, p, true, b->matrix, cov);
        subtract_product(k, q, b->n2, q, false, b->matrix, cov);
    }
}

void mcy_kalman_smooth(mcy_kalman *k)
{
    size_t s = k->stride, square = k->states * s;
    double *w = k->work;
    memset(w, 0, (8 * square + 8 * s) * sizeof *w);
    backward b = {.n0 = w,
                  .n1 = w + square,
                  .n2 = w + 2 * square,
                  .matrix = w + 3 * square,
                  .second = w + 4 * square,
                  .r0 = w + 8 * square,
                  .r1 = w + 8 * square + s,
                  .vector = w + 8 * square + 2 * s};
    for (size_t t = k->times; t-- > 0;) {
        for (size_t j = k->first_row[t + 1]; j-- > k->first_row[t];) {
            if (k->innovation_inf[j] > 0) {
                b.diffuse = true;
                step_back_diffuse(k, j, &b);
            } else if (b.diffuse) {
                step_back_among_diffuse(k, j, &b);
            } else {
                step_back(k, j, &b);
            }
        }
        smooth_time(k, t, &b);
        if (t > 0) {
            transpose_vector(k, b.r0, b.vector);
            transpose_matrix(k, b.n0, b.matrix);
            if (b.diffuse) {
                transpose_vector(k, b.r1, b.vector);
                transpose_matrix(k, b.n1, b.matrix);
                transpose_matrix(k, b.n2, b.matrix);
            }
        }
    }
}
