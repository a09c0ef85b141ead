/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The normal law, both ways, on the project's own exp and log. */
#include "mcy/distribution.h"

#include <math.h>

#include "mcy/kernels.h"
#include "mcy/number.h"

/* Wichura (1988), algorithm AS 241, PPND16: three pairs of polynomials, lowest power first. */
static const double CENTRE_A[8] = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
    3.3430575583588128105e4, 2.5090809287301226727e3};
static const double CENTRE_B[8] = {
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
    5.2264952788528545610e3};
static const double MIDDLE_C[8] = {
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
    3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4};
static const double MIDDLE_D[8] = {
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
    1.05075007164441684324e-9};
static const double FAR_E[8] = {
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7};
static const double FAR_F[8] = {
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
    2.04426310338993978564e-15};

static inline double polynomial(const double c[8], double r)
{
    double sum = c[7];
    for (int i = 6; i >= 0; i--)
        sum = sum * r + c[i];
    return sum;
}

static double tail(double u)
{
    double p = u < 0.5 ? u : 1.0 - u, x;
    if (p <= 0.0)
        return u < 0.5 ? -(double)INFINITY : (double)INFINITY;
    double r = sqrt(-mcy_log(p));
    if (r <= 5.0)
        x = polynomial(MIDDLE_C, r - 1.6) / polynomial(MIDDLE_D, r - 1.6);
    else
        x = polynomial(FAR_E, r - 5.0) / polynomial(FAR_F, r - 5.0);
    return u < 0.5 ? -x : x;
}

double mcy_normal_quantile(double u)
{
    double x;
    mcy_normal_quantiles(1, &u, &x);
    return x;
}

/* The middle 85 % go through one loop without branches; the tails are visited afterwards. */
void mcy_normal_quantiles(size_t n, const double *u, double *x)
{
    enum { BLOCK = 128 };
    for (size_t start = 0; start < n; start += BLOCK) {
        size_t m = n - start < BLOCK ? n - start : BLOCK;
        double kept[BLOCK];
        for (size_t i = 0; i < m; i++)
            kept[i] = u[start + i];
        for (size_t i = 0; i < m; i++) {
            double q = kept[i] - 0.5, r = 0.180625 - q * q;
            x[start + i] = q * polynomial(CENTRE_A, r) / polynomial(CENTRE_B, r);
        }
        for (size_t i = 0; i < m; i++)
            if (!(fabs(kept[i] - 0.5) <= 0.425))
                x[start + i] = tail(kept[i]);
    }
}

/* Cody (1969), rational approximations of erf and erfc, lowest power first. */
static double erf_small(double x)
{
    static const double a[5] = {3.20937758913846947e3, 3.77485237685302021e2,
                                1.13864154151050156e2, 3.16112374387056560e0,
                                1.85777706184603153e-1};
    static const double b[5] = {2.84423683343917062e3, 1.28261652607737228e3,
                                2.44024637934444173e2, 2.36012909523441209e1, 1.0};
    double y = x * x, up = a[4], down = b[4];
    for (int i = 3; i >= 0; i--) {
        up = up * y + a[i];
        down = down * y + b[i];
    }
    return x * up / down;
}

/* exp(-x^2) with the square in two parts, so that its rounding does not reach the result. */
static double gauss(double x)
{
    double high = floor(x * 16.0) / 16.0, low = (x - high) * (x + high);
    return mcy_exp(-high * high) * mcy_exp(-low);
}

static double erfc_positive(double x)
{
    static const double c[9] = {1.23033935479799725e3, 2.05107837782607147e3,
                                1.71204761263407058e3, 8.81952221241769090e2,
                                2.98635138197400131e2, 6.61191906371416295e1,
                                8.88314979438837594e0, 5.64188496988670089e-1,
                                2.15311535474403846e-8};
    static const double d[9] = {1.23033935480374942e3, 3.43936767414372164e3,
                                4.36261909014324716e3, 3.29079923573345963e3,
                                1.62138957456669019e3, 5.37181101862009858e2,
                                1.17693950891312499e2, 1.57449261107098347e1, 1.0};
    static const double p[6] = {6.58749161529837803e-4, 1.60837851487422766e-2,
                                1.25781726111229246e-1, 3.60344899949804439e-1,
                                3.05326634961232344e-1, 1.63153871373020978e-2};
    static const double q[6] = {2.33520497626869185e-3, 6.05183413124413191e-2,
                                5.27905102951428412e-1, 1.87295284992346725e0,
                                2.56852019228982242e0, 1.0};
    double up, down;
    if (x <= 4.0) {
        up = c[8], down = d[8];
        for (int i = 7; i >= 0; i--) {
            up = up * x + c[i];
            down = down * x + d[i];
        }
        return gauss(x) * up / down;
    }
    double y = 1.0 / (x * x);
    up = p[5], down = q[5];
    for (int i = 4; i >= 0; i--) {
        up = up * y + p[i];
        down = down * y + q[i];
    }
    return gauss(x) * (5.6418958354775628695e-1 - y * up / down) / x;
}

double mcy_normal_cdf(double x)
{
    if (isnan(x))
        return MCY_MISSING;
    double z = fabs(x) * 0.70710678118654752440, far;
    if (z <= 0.46875)
        return 0.5 + 0.5 * erf_small(x < 0 ? -z : z);
    far = z > 27.3 ? 0.0 : 0.5 * erfc_positive(z);
    return x < 0 ? far : 1.0 - far;
}
