/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The next quarter: conditioning the models' outlook on guidance. */
#include "mcy/outlook.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "mcy/number.h"

enum { K = MCY_OUTLOOK_PRODUCTS, N = MCY_OUTLOOK_SIZE, MOST_STEPS = 200 };

/* Revenue and cost by product at given log changes. */
static void levels(const mcy_outlook *o, const double *change, double revenue[K],
                   double cost[K])
{
    for (size_t k = 0; k < K; k++) {
        double bits = change[MCY_OUTLOOK_BITS + k];
        revenue[k] = o->revenue_usd_m[k] * exp(bits + change[MCY_OUTLOOK_PRICE + k]);
        cost[k] = o->cost_usd_m[k] * exp(bits + change[MCY_OUTLOOK_COST + k]);
    }
}

double mcy_outlook_revenue(const mcy_outlook *outlook, const double change[MCY_OUTLOOK_SIZE])
{
    double revenue[K], cost[K];
    levels(outlook, change, revenue, cost);
    return revenue[0] + revenue[1] + outlook->other_revenue_usd_m;
}

double mcy_outlook_margin(const mcy_outlook *outlook, const double change[MCY_OUTLOOK_SIZE])
{
    double revenue[K], cost[K];
    levels(outlook, change, revenue, cost);
    double total = revenue[0] + revenue[1] + outlook->other_revenue_usd_m;
    return 1.0 - (cost[0] + cost[1] + outlook->other_cost_usd_m) / total;
}

/* What is stated, linear around a point: predicted values and gradients of the parts stated. */
typedef struct linear {
    size_t rows;
    size_t part[2]; /* 0 revenue, 1 gross margin */
    double predicted[2], stated[2], variance[2], gradient[2][N];
} linear;

static void add_row(linear *l, size_t part, double predicted, double stated, double sd,
                    const double *gradient)
{
    size_t r = l->rows++;
    l->part[r] = part;
    l->predicted[r] = predicted;
    l->stated[r] = stated;
    l->variance[r] = sd * sd;
    memcpy(l->gradient[r], gradient, sizeof l->gradient[r]);
}

static void linearise(const mcy_outlook *o, const mcy_outlook_statement *s,
                      const double *change, linear *l)
{
    double revenue[K], cost[K], of_revenue[N] = {0}, of_margin[N] = {0};
    levels(o, change, revenue, cost);
    double total = revenue[0] + revenue[1] + o->other_revenue_usd_m;
    double share = (cost[0] + cost[1] + o->other_cost_usd_m) / total; /* 1 - GM */
    for (size_t k = 0; k < K; k++) {
        double r = revenue[k] / total, c = cost[k] / total;
        of_revenue[MCY_OUTLOOK_BITS + k] = of_revenue[MCY_OUTLOOK_PRICE + k] = r;
        of_margin[MCY_OUTLOOK_BITS + k] = share * r - c;
        of_margin[MCY_OUTLOOK_PRICE + k] = share * r;
        of_margin[MCY_OUTLOOK_COST + k] = -c;
    }
    l->rows = 0;
    if (!mcy_is_missing(s->revenue_log))
        add_row(l, 0, log(total), s->revenue_log, s->revenue_log_sd, of_revenue);
    if (!mcy_is_missing(s->gross_margin_frac))
        add_row(l, 1, 1.0 - share, s->gross_margin_frac, s->gross_margin_sd_frac, of_margin);
}

/* gain[i][r] = (S H' (H S H' + V)^-1); false when the middle is singular. */
static bool find_gain(const double *S, const linear *l, double gain[N][2])
{
    double SH[N][2] = {{0}}, middle[2][2] = {{1, 0}, {0, 1}}, inverse[2][2];
    for (size_t i = 0; i < N; i++)
        for (size_t r = 0; r < l->rows; r++)
            for (size_t j = 0; j < N; j++)
                SH[i][r] += S[i * N + j] * l->gradient[r][j];
    for (size_t r = 0; r < l->rows; r++)
        for (size_t c = 0; c < l->rows; c++) {
            middle[r][c] = r == c ? l->variance[r] : 0.0;
            for (size_t j = 0; j < N; j++)
                middle[r][c] += l->gradient[r][j] * SH[j][c];
        }
    double determinant = middle[0][0] * middle[1][1] - middle[0][1] * middle[1][0];
    if (!(determinant > 1e-13 * middle[0][0] * middle[1][1]))
        return false;
    inverse[0][0] = middle[1][1] / determinant;
    inverse[1][1] = middle[0][0] / determinant;
    inverse[0][1] = inverse[1][0] = -middle[0][1] / determinant;
    for (size_t i = 0; i < N; i++)
        for (size_t r = 0; r < 2; r++)
            gain[i][r] = SH[i][0] * inverse[0][r] + SH[i][1] * inverse[1][r];
    return true;
}

/* S - gain H S, kept symmetric. */
static void shrink(const double *S, const linear *l, double gain[N][2], double *out)
{
    double HS[2][N] = {{0}}, result[N * N];
    for (size_t r = 0; r < l->rows; r++)
        for (size_t j = 0; j < N; j++)
            for (size_t i = 0; i < N; i++)
                HS[r][j] += l->gradient[r][i] * S[i * N + j];
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            result[i * N + j] = S[i * N + j] - gain[i][0] * HS[0][j] - gain[i][1] * HS[1][j];
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            out[i * N + j] = 0.5 * (result[i * N + j] + result[j * N + i]);
}

mcy_outlook_prediction mcy_outlook_predict(const mcy_outlook *outlook)
{
    static const mcy_outlook_statement both = {0.0, 0.0, 0.0, 0.0};
    mcy_outlook_prediction p = {0};
    double gain[N][2];
    linear l;
    linearise(outlook, &both, outlook->mean, &l);
    for (size_t r = 0; r < 2; r++) {
        p.mean[r] = l.predicted[r];
        for (size_t c = 0; c < 2; c++)
            for (size_t i = 0; i < N; i++)
                for (size_t j = 0; j < N; j++)
                    p.covariance[2 * r + c] +=
                        l.gradient[r][i] * outlook->covariance[i * N + j] * l.gradient[c][j];
    }
    if (find_gain(outlook->covariance, &l, gain))
        memcpy(p.gain, gain, sizeof p.gain);
    return p;
}

static void find_weight(const mcy_outlook *prior, const linear *l, const double *mode,
                        double weight[2])
{
    double expected[2] = {log(mcy_outlook_revenue(prior, prior->mean)),
                          mcy_outlook_margin(prior, prior->mean)};
    double reached[2] = {log(mcy_outlook_revenue(prior, mode)),
                         mcy_outlook_margin(prior, mode)};
    weight[0] = weight[1] = MCY_MISSING;
    for (size_t r = 0; r < l->rows; r++) {
        size_t part = l->part[r];
        double way = l->stated[r] - expected[part];
        weight[part] = way == 0.0 ? 1.0 : (reached[part] - expected[part]) / way;
    }
}

/* Changes are mean + S u: u stays finite where S is singular. The Gauss-Newton step leads to
 * u = H' (H S H' + V)^-1 (stated - predicted - H (mean - mode)). */
static void find_step(const mcy_outlook *prior, const linear *l, const double *mode,
                      double u[N])
{
    double middle[2][2] = {{1, 0}, {0, 1}}, surprise[2] = {0.0, 0.0};
    for (size_t r = 0; r < l->rows; r++) {
        surprise[r] = l->stated[r] - l->predicted[r];
        for (size_t j = 0; j < N; j++)
            surprise[r] -= l->gradient[r][j] * (prior->mean[j] - mode[j]);
        for (size_t c = 0; c < l->rows; c++) {
            middle[r][c] = r == c ? l->variance[r] : 0.0;
            for (size_t i = 0; i < N; i++)
                for (size_t j = 0; j < N; j++)
                    middle[r][c] +=
                        l->gradient[r][i] * prior->covariance[i * N + j] * l->gradient[c][j];
        }
    }
    double determinant = middle[0][0] * middle[1][1] - middle[0][1] * middle[1][0];
    double w0 = (middle[1][1] * surprise[0] - middle[0][1] * surprise[1]) / determinant;
    double w1 = (middle[0][0] * surprise[1] - middle[1][0] * surprise[0]) / determinant;
    for (size_t i = 0; i < N; i++)
        u[i] = l->gradient[0][i] * w0 + (l->rows > 1 ? l->gradient[1][i] * w1 : 0.0);
}

/* -2 log posterior at mean + S u, and the place itself. */
static double badness(const mcy_outlook *prior, const mcy_outlook_statement *s,
                      const double u[N], double place[N])
{
    static const double least_variance = 1e-24; /* of an exact statement */
    double sum = 0.0;
    for (size_t i = 0; i < N; i++) {
        double way = 0.0;
        for (size_t j = 0; j < N; j++)
            way += prior->covariance[i * N + j] * u[j];
        place[i] = prior->mean[i] + way;
        sum += u[i] * way;
    }
    if (!mcy_is_missing(s->revenue_log)) {
        double miss = s->revenue_log - log(mcy_outlook_revenue(prior, place));
        sum += miss * miss / fmax(s->revenue_log_sd * s->revenue_log_sd, least_variance);
    }
    if (!mcy_is_missing(s->gross_margin_frac)) {
        double miss = s->gross_margin_frac - mcy_outlook_margin(prior, place);
        sum += miss * miss /
               fmax(s->gross_margin_sd_frac * s->gross_margin_sd_frac, least_variance);
    }
    return sum;
}

/* Halve the way to toward until it is no worse than u; both u and mode move. Returned: how
 * much better it became. */
static double search_line(const mcy_outlook *prior, const mcy_outlook_statement *s,
                          const double toward[N], double u[N], double mode[N])
{
    double here[N], there[N], trial[N];
    double start = badness(prior, s, u, here);
    for (double part = 1.0; part > 1e-6; part *= 0.5) {
        for (size_t i = 0; i < N; i++)
            trial[i] = u[i] + part * (toward[i] - u[i]);
        double reached = badness(prior, s, trial, there);
        if (!(reached <= start)) /* also when it is not a number */
            continue;
        for (size_t i = 0; i < N; i++) {
            u[i] = trial[i];
            mode[i] = there[i];
        }
        return start - reached;
    }
    return isfinite(start) ? 0.0 : (double)INFINITY; /* nothing is better: this is the mode */
}

mcy_status mcy_outlook_condition(const mcy_outlook *prior,
                                 const mcy_outlook_statement *statement, mcy_outlook *posterior,
                                 double weight[2], mcy_error *err)
{
    if (!(prior->revenue_usd_m[0] + prior->revenue_usd_m[1] > 0.0))
        return MCY_FAIL(err, MCY_E_DOMAIN, "outlook: the last quarter has no revenue");
    linear l = {0};
    double mode[N], u[N] = {0.0}, gain[N][2] = {{0}}, gained = (double)INFINITY;
    memcpy(mode, prior->mean, sizeof mode);
    for (int step = 0; step < MOST_STEPS && gained > 1e-10; step++) {
        linearise(prior, statement, mode, &l);
        if (!l.rows)
            break;
        if (!find_gain(prior->covariance, &l, gain))
            return MCY_FAIL(err, MCY_E_NUMERIC,
                            "outlook: the statement fixes what the models leave no room for");
        double toward[N];
        find_step(prior, &l, mode, toward);
        gained = search_line(prior, statement, toward, u, mode);
        if (!isfinite(gained))
            return MCY_FAIL(err, MCY_E_NUMERIC, "outlook: the statement cannot be met");
    }
    if (l.rows && gained > 1e-3)
        return MCY_FAIL(err, MCY_E_NUMERIC,
                        "outlook: no mode after %d steps, the log posterior still rises by %g",
                        MOST_STEPS, 0.5 * gained);
    if (weight)
        find_weight(prior, &l, mode, weight);
    double covariance[N * N];
    shrink(prior->covariance, &l, gain, covariance);
    if (posterior != prior)
        *posterior = *prior;
    memcpy(posterior->mean, mode, sizeof mode);
    memcpy(posterior->covariance, covariance, sizeof covariance);
    return MCY_OK;
}

mcy_status mcy_outlook_frontier(const mcy_outlook *prior,
                                const mcy_outlook_statement *statement, double cost_change_log,
                                mcy_outlook *posterior, mcy_error *err)
{
    mcy_outlook fixed = *prior;
    for (size_t k = 0; k < K; k++) {
        size_t i = MCY_OUTLOOK_COST + k;
        fixed.mean[i] = cost_change_log;
        for (size_t j = 0; j < N; j++)
            fixed.covariance[i * N + j] = fixed.covariance[j * N + i] = 0.0;
    }
    return mcy_outlook_condition(&fixed, statement, posterior, NULL, err);
}

void mcy_outlook_blend(const mcy_outlook *outlook, double mean[3], double sd[3])
{
    for (size_t part = 0; part < 3; part++) {
        const double *level = part == 2 ? outlook->cost_usd_m : outlook->revenue_usd_m;
        double total = level[0] + level[1], variance = 0.0;
        mean[part] = 0.0;
        for (size_t k = 0; k < K; k++) {
            mean[part] += level[k] / total * outlook->mean[2 * part + k];
            for (size_t j = 0; j < K; j++)
                variance += level[k] * level[j] / (total * total) *
                            outlook->covariance[(2 * part + k) * N + 2 * part + j];
        }
        sd[part] = sqrt(variance > 0.0 ? variance : 0.0);
    }
}
