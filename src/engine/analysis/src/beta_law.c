/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gamma function, the incomplete beta function and Student's quantile. */
#include "mcy/distribution.h"

#include <math.h>

#include "beta_law.h"
#include "mcy/kernels.h"

/* Stirling's series after shifting x above 12. */
double mcy_log_gamma(double x)
{
    static const double c[8] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
    double product = 1.0;
    while (x < 12.0)
        product *= x, x += 1.0;
    double y = 1.0 / (x * x), sum = c[7];
    for (int i = 6; i >= 0; i--)
        sum = sum * y + c[i];
    return (x - 0.5) * mcy_log(x) - x + 0.91893853320467274178 + sum / x - mcy_log(product);
}

/* Continued fraction of I_x(a, b) by Lentz's method (DLMF 8.17.22). */
static double fraction(double a, double b, double x)
{
    const double tiny = 0x1p-1000;
    double c = 1.0, d = 1.0 - (a + b) * x / (a + 1.0);
    d = 1.0 / (fabs(d) < tiny ? tiny : d);
    double h = d;
    for (int i = 1; i < 5000; i++) {
        double m = i, even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1.0 + even * d;
        d = 1.0 / (fabs(d) < tiny ? tiny : d);
        c = 1.0 + even / c;
        c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        d = 1.0 + odd * d;
        d = 1.0 / (fabs(d) < tiny ? tiny : d);
        c = 1.0 + odd / c;
        c = fabs(c) < tiny ? tiny : c;
        h *= d * c;
        if (fabs(d * c - 1.0) < 0x1p-52)
            break;
    }
    return h;
}

/* Both tails at the place x = e^y / (1 + e^y), y given so that x near 0 and 1 - x near 0 keep
 * their digits; density is that of y. */
void mcy_beta_tails(const mcy_beta_law *law, double y, double *lower, double *upper,
                    double *density)
{
    double e = mcy_exp(-fabs(y)), near = e / (1.0 + e), far = 1.0 / (1.0 + e);
    double log_far = -(e < 1e-8 ? e : mcy_log(1.0 + e)), log_near = -fabs(y) + log_far;
    double x = y < 0 ? near : far, rest = y < 0 ? far : near;
    double log_x = y < 0 ? log_near : log_far, log_rest = y < 0 ? log_far : log_near;
    *density = mcy_exp(law->a * log_x + law->b * log_rest - law->log_beta);
    if (x < (law->a + 1.0) / (law->a + law->b + 2.0)) {
        *lower = *density * fraction(law->a, law->b, x) / law->a;
        *upper = 1.0 - *lower;
    } else {
        *upper = *density * fraction(law->b, law->a, rest) / law->b;
        *lower = 1.0 - *upper;
    }
}

mcy_beta_law mcy_beta_law_of(double a, double b)
{
    return (mcy_beta_law){a, b, mcy_log_gamma(a) + mcy_log_gamma(b) - mcy_log_gamma(a + b)};
}

double mcy_beta_cdf(double a, double b, double x)
{
    if (x <= 0.0 || x >= 1.0)
        return x <= 0.0 ? 0.0 : 1.0;
    mcy_beta_law law = mcy_beta_law_of(a, b);
    double lower, upper, density;
    mcy_beta_tails(&law, mcy_log(x) - mcy_log(1.0 - x), &lower, &upper, &density);
    return lower;
}

double mcy_student_quantile(double degrees, double u)
{
    if (u == 0.5)
        return 0.0;
    double p = u < 0.5 ? u : 1.0 - u, low = 0.0, high = 1.0;
    /* P(T > t) = I_x(degrees / 2, 1 / 2) / 2 with x = degrees / (degrees + t^2) */
    while (high < 1e300 &&
           mcy_beta_cdf(degrees / 2, 0.5, degrees / (degrees + high * high)) > 2 * p)
        high *= 2;
    for (int i = 0; i < 200 && low < high; i++) {
        double middle = low + (high - low) / 2;
        if (middle == low || middle == high)
            break;
        if (mcy_beta_cdf(degrees / 2, 0.5, degrees / (degrees + middle * middle)) > 2 * p)
            low = middle;
        else
            high = middle;
    }
    return u < 0.5 ? -high : high;
}
