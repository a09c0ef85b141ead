/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions made ready for drawing by their inverse. */
#include "mcy/distribution.h"

#include <math.h>
#include <string.h>

#include "beta_law.h"
#include "mcy/kernels.h"
#include "mcy/number.h"

/* The beta quantile as a function of the normal score: log(x / (1 - x)) over z, PIECES
 * polynomials of degree NODES - 1 in Newton's form through Chebyshev nodes. */
enum { PIECES = 64, NODES = 8 };
static const double REACH = 8.5;

typedef struct beta_piece {
    double node[NODES], coefficient[NODES];
} beta_piece;

struct mcy_quantile {
    mcy_law law;
    double p[4];
    bool truncated, mirrored; /* mirrored: drawn from the upper tail, to keep its digits */
    double low, high;         /* truncation in x */
    double from, width;       /* truncation in u */
    double step;              /* triangular: distribution at the mode */
    size_t count;
    double *values, *cumulative;
    beta_piece *pieces;
};

const char *mcy_law_name(mcy_law law)
{
    static const char *const names[] = {
#define X(name, word, parameters) word,
        MCY_LAW_LIST(X)
#undef X
    };
    return names[law];
}

size_t mcy_law_parameters(mcy_law law)
{
    static const size_t counts[] = {2, 2, 2, 3, 3, 4, 0};
    return counts[law];
}

static double solve_beta(const mcy_beta_law *law, double z, double y)
{
    double p = mcy_normal_cdf(-fabs(z)), low = -800.0, high = 800.0;
    for (int i = 0; i < 100; i++) {
        double lower, upper, density;
        mcy_beta_tails(law, y, &lower, &upper, &density);
        double tail = z < 0 ? lower : upper, sign = z < 0 ? 1.0 : -1.0;
        if ((tail > p) == (z < 0))
            high = y;
        else
            low = y;
        /* Newton on the logarithm of the smaller tail, kept inside the bracket */
        double slope = density / tail, next = y;
        if (tail > 0 && slope > 0)
            next = y - sign * (mcy_log(tail) - mcy_log(p)) / slope;
        if (!(next > low && next < high) || tail <= 0)
            next = low + (high - low) / 2;
        if (fabs(next - y) <= 1e-14 * (1.0 + fabs(y)))
            return next;
        y = next;
    }
    return y;
}

static mcy_status prepare_beta(mcy_arena *arena, mcy_quantile *q, double a, double b,
                               mcy_error *err)
{
    /* Chebyshev nodes on (-1, 1), cosines of odd multiples of pi / 16 */
    static const double chebyshev[NODES] = {-0.98078528040323044913, -0.83146961230254523708,
                                            -0.55557023301960222474, -0.19509032201612826785,
                                            0.19509032201612826785,  0.55557023301960222474,
                                            0.83146961230254523708,  0.98078528040323044913};
    if (!(a >= 0.05 && a <= 1e4 && b >= 0.05 && b <= 1e4))
        return MCY_FAIL(err, MCY_E_DOMAIN,
                        "shapes of a beta law lie in 0.05..10000, got %g and %g", a, b);
    q->pieces = MCY_TAKE(arena, beta_piece, PIECES);
    if (!q->pieces)
        return mcy_fail_memory(err);
    mcy_beta_law law = mcy_beta_law_of(a, b);
    double width = 2 * REACH / PIECES, y = mcy_log(a / b);
    for (size_t i = 0; i < PIECES; i++) {
        beta_piece *piece = &q->pieces[i];
        double middle = -REACH + ((double)i + 0.5) * width;
        for (size_t j = 0; j < NODES; j++) {
            piece->node[j] = middle + width / 2 * chebyshev[j];
            y = piece->coefficient[j] = solve_beta(&law, piece->node[j], y);
        }
        for (size_t order = 1; order < NODES; order++)
            for (size_t j = NODES - 1; j >= order; j--)
                piece->coefficient[j] = (piece->coefficient[j] - piece->coefficient[j - 1]) /
                                        (piece->node[j] - piece->node[j - order]);
    }
    return MCY_OK;
}

static double beta_of_score(const mcy_quantile *q, double z)
{
    if (!(fabs(z) < REACH))
        return z < 0 ? q->p[2] : q->p[3];
    double place = (z + REACH) * (PIECES / (2 * REACH));
    size_t i = place <= 0 ? 0 : place >= PIECES ? PIECES - 1 : (size_t)place;
    const beta_piece *piece = &q->pieces[i];
    double y = piece->coefficient[NODES - 1];
    for (size_t j = NODES - 1; j > 0; j--)
        y = y * (z - piece->node[j - 1]) + piece->coefficient[j - 1];
    /* the end of x that is near keeps its digits */
    double e = mcy_exp(-fabs(y)), near = e / (1.0 + e), width = q->p[3] - q->p[2];
    return y < 0 ? q->p[2] + width * near : q->p[3] - width * near;
}

static mcy_status prepare_discrete(mcy_arena *arena, mcy_quantile *q,
                                   const mcy_distribution *given, mcy_error *err)
{
    if (given->count == 0)
        return MCY_FAIL(err, MCY_E_DOMAIN, "a discrete law needs at least one value");
    q->values = MCY_TAKE(arena, double, given->count);
    q->cumulative = MCY_TAKE(arena, double, given->count);
    if (!q->values || !q->cumulative)
        return mcy_fail_memory(err);
    double total = 0;
    for (size_t i = 0; i < given->count; i++) {
        double value = given->values[i], weight = given->weights ? given->weights[i] : 1.0;
        if (!(weight > 0) || !isfinite(weight))
            return MCY_FAIL(err, MCY_E_DOMAIN, "weights must be above 0, got %g for %g", weight,
                            value);
        if (!isfinite(value) || (i && !(value > given->values[i - 1])))
            return MCY_FAIL(err, MCY_E_DOMAIN, "discrete values must increase, got %g after %g",
                            value, i ? given->values[i - 1] : value);
        if (given->truncated && (value < given->low || value > given->high))
            continue;
        total += weight;
        q->values[q->count] = value;
        q->cumulative[q->count++] = total;
    }
    for (size_t i = 0; i < q->count; i++)
        q->cumulative[i] /= total;
    return q->count ? MCY_OK
                    : MCY_FAIL(err, MCY_E_DOMAIN, "no discrete value lies in %g..%g",
                               given->low, given->high);
}

static mcy_status check_parameters(const mcy_distribution *given, mcy_error *err)
{
    const double *p = given->parameter;
    const char *word = mcy_law_name(given->law);
    for (size_t i = 0; i < mcy_law_parameters(given->law); i++)
        if (!isfinite(p[i]))
            return MCY_FAIL(err, MCY_E_DOMAIN, "%s: parameter %zu is not finite", word, i + 1);
    switch (given->law) {
    case MCY_LAW_UNIFORM:
        if (!(p[0] < p[1]))
            return MCY_FAIL(err, MCY_E_DOMAIN, "uniform: low must be below high, got %g and %g",
                            p[0], p[1]);
        break;
    case MCY_LAW_NORMAL:
        if (!(p[1] > 0))
            return MCY_FAIL(err, MCY_E_DOMAIN, "normal: sd must be above 0, got %g", p[1]);
        break;
    case MCY_LAW_LOGNORMAL:
        if (!(p[0] > 0 && p[1] > 0))
            return MCY_FAIL(err, MCY_E_DOMAIN,
                            "lognormal: median and sd must be above 0, got %g and %g", p[0],
                            p[1]);
        break;
    case MCY_LAW_TRIANGULAR:
    case MCY_LAW_PERT:
        if (!(p[0] <= p[1] && p[1] <= p[2] && p[0] < p[2]))
            return MCY_FAIL(err, MCY_E_DOMAIN,
                            "%s: wants low <= mode <= high and low < high, got %g, %g, %g",
                            word, p[0], p[1], p[2]);
        break;
    case MCY_LAW_BETA:
        if (!(p[2] < p[3]))
            return MCY_FAIL(err, MCY_E_DOMAIN, "beta: low must be below high, got %g and %g",
                            p[2], p[3]);
        break;
    default:
        break;
    }
    return MCY_OK;
}

/* Probability of a value at or below x; upper gives that above x, with its own digits. */
static double probability(const mcy_quantile *q, double x, bool upper)
{
    double z;
    switch (q->law) {
    case MCY_LAW_UNIFORM:
        z = (x - q->p[0]) / (q->p[1] - q->p[0]);
        z = z < 0 ? 0 : z > 1 ? 1 : z;
        return upper ? 1 - z : z;
    case MCY_LAW_NORMAL:
        z = (x - q->p[0]) / q->p[1];
        return mcy_normal_cdf(upper ? -z : z);
    case MCY_LAW_LOGNORMAL:
        if (x <= 0)
            return upper ? 1 : 0;
        z = (mcy_log(x) - mcy_log(q->p[0])) / q->p[1];
        return mcy_normal_cdf(upper ? -z : z);
    case MCY_LAW_TRIANGULAR:
        if (x <= q->p[0] || x >= q->p[2])
            return (x <= q->p[0]) == upper ? 1 : 0;
        z = x < q->p[1]
                ? (x - q->p[0]) * (x - q->p[0]) / ((q->p[2] - q->p[0]) * (q->p[1] - q->p[0]))
                : 1 - (q->p[2] - x) * (q->p[2] - x) /
                          ((q->p[2] - q->p[0]) * (q->p[2] - q->p[1]));
        return upper ? 1 - z : z;
    default:
        z = mcy_beta_cdf(q->p[0], q->p[1], (x - q->p[2]) / (q->p[3] - q->p[2]));
        return upper ? 1 - z : z;
    }
}

static mcy_status truncate_law(mcy_quantile *q, const mcy_distribution *given, mcy_error *err)
{
    q->low = given->low, q->high = given->high;
    if (!(q->low < q->high))
        return MCY_FAIL(err, MCY_E_DOMAIN, "truncation: low must be below high, got %g and %g",
                        q->low, q->high);
    double below = probability(q, q->low, false), above = probability(q, q->high, true);
    q->mirrored = (q->law == MCY_LAW_NORMAL || q->law == MCY_LAW_LOGNORMAL) && below > 0.5;
    if (q->mirrored) {
        q->from = above;
        q->width = probability(q, q->low, true) - above;
    } else {
        q->from = below;
        q->width = probability(q, q->high, false) - below;
    }
    if (!(q->width > 0))
        return MCY_FAIL(err, MCY_E_DOMAIN, "%s: nothing lies in the truncation %g..%g",
                        mcy_law_name(q->law), q->low, q->high);
    return MCY_OK;
}

mcy_status mcy_quantile_create(mcy_arena *arena, const mcy_distribution *given,
                               mcy_quantile **quantile, mcy_error *err)
{
    mcy_quantile *q = MCY_TAKE(arena, mcy_quantile, 1);
    if (!q)
        return mcy_fail_memory(err);
    MCY_TRY(check_parameters(given, err));
    q->law = given->law;
    memcpy(q->p, given->parameter, sizeof q->p);
    *quantile = q;
    if (q->law == MCY_LAW_DISCRETE)
        return prepare_discrete(arena, q, given, err);
    if (q->law == MCY_LAW_TRIANGULAR)
        q->step = (q->p[1] - q->p[0]) / (q->p[2] - q->p[0]);
    if (q->law == MCY_LAW_PERT) {
        double low = q->p[0], mode = q->p[1], high = q->p[2];
        q->law = MCY_LAW_BETA;
        q->p[0] = 1 + 4 * ((mode - low) / (high - low));
        q->p[1] = 1 + 4 * ((high - mode) / (high - low));
        q->p[2] = low;
        q->p[3] = high;
    }
    if (q->law == MCY_LAW_BETA)
        MCY_TRY(prepare_beta(arena, q, q->p[0], q->p[1], err));
    q->truncated = given->truncated;
    return q->truncated ? truncate_law(q, given, err) : MCY_OK;
}

bool mcy_quantile_bounded(const mcy_quantile *q)
{
    if (q->law != MCY_LAW_NORMAL && q->law != MCY_LAW_LOGNORMAL)
        return true;
    return q->truncated && isfinite(q->low) && isfinite(q->high);
}

static double discrete_at(const mcy_quantile *q, double u)
{
    size_t low = 0, high = q->count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (q->cumulative[middle] >= u)
            high = middle;
        else
            low = middle + 1;
    }
    return q->values[low];
}

static void fill_triangular(const mcy_quantile *q, size_t n, const double *u, double *x)
{
    double low = q->p[0], high = q->p[2], step = q->step;
    double left = (high - low) * (q->p[1] - low), right = (high - low) * (high - q->p[1]);
    for (size_t i = 0; i < n; i++) {
        double rising = low + sqrt(u[i] * left), falling = high - sqrt((1.0 - u[i]) * right);
        x[i] = u[i] < step ? rising : falling;
    }
}

/* From the score of a law that is not truncated. */
static void fill_from_score(const mcy_quantile *q, size_t n, double *x)
{
    if (q->law == MCY_LAW_NORMAL)
        for (size_t i = 0; i < n; i++)
            x[i] = q->p[0] + q->p[1] * x[i];
    else if (q->law == MCY_LAW_LOGNORMAL)
        for (size_t i = 0; i < n; i++)
            x[i] = q->p[0] * mcy_exp(q->p[1] * x[i]);
    else
        for (size_t i = 0; i < n; i++)
            x[i] = beta_of_score(q, x[i]);
}

void mcy_quantile_fill(const mcy_quantile *q, size_t n, const double *u, double *x)
{
    if (q->truncated && q->law != MCY_LAW_DISCRETE) {
        for (size_t i = 0; i < n; i++)
            x[i] = q->from + q->width * (q->mirrored ? 1.0 - u[i] : u[i]);
        u = x;
    }
    switch (q->law) {
    case MCY_LAW_UNIFORM:
        for (size_t i = 0; i < n; i++)
            x[i] = q->p[0] + (q->p[1] - q->p[0]) * u[i];
        break;
    case MCY_LAW_TRIANGULAR:
        fill_triangular(q, n, u, x);
        break;
    case MCY_LAW_DISCRETE:
        for (size_t i = 0; i < n; i++)
            x[i] = discrete_at(q, u[i]);
        break;
    default:
        mcy_normal_quantiles(n, u, x);
        if (q->mirrored)
            for (size_t i = 0; i < n; i++)
                x[i] = -x[i];
        fill_from_score(q, n, x);
    }
    if (q->truncated)
        for (size_t i = 0; i < n; i++)
            x[i] = x[i] < q->low ? q->low : x[i] > q->high ? q->high : x[i];
}

void mcy_quantile_fill_score(const mcy_quantile *q, size_t n, const double *z, double *x)
{
    bool direct = !q->truncated && (q->law == MCY_LAW_NORMAL || q->law == MCY_LAW_LOGNORMAL ||
                                    q->law == MCY_LAW_BETA);
    for (size_t i = 0; i < n; i++)
        x[i] = direct ? z[i] : mcy_normal_cdf(z[i]);
    if (direct)
        fill_from_score(q, n, x);
    else
        mcy_quantile_fill(q, n, x, x);
}

double mcy_quantile_at(const mcy_quantile *q, double u)
{
    double x;
    mcy_quantile_fill(q, 1, &u, &x);
    return x;
}
