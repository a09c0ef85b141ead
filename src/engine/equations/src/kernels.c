/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exp, log and pow of single values: the source of the lanes, one lane wide, and the arguments far
 * out that the lanes leave to this file. */
#include "mcy/kernels.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "mcy/number.h"

#define MCY_LANES_PLAIN
#include "lanes_math.h"

static double power_of_two(int n)
{
    return i_double((uint64_t)(n + 1023) << 52);
}

/* e^(x + rest) for x within the range of results that are neither 0 nor infinite. */
static double exp_scaled(double x, double rest)
{
    double k, r;
    uint64_t index = k_exp_reduce(x, &k, &r) & 15;
    double one_to_two = k_exp_finish(r + rest, index + EXP_BIAS);
    int e = ((int)k - (int)index) / 16, half = e / 2;
    return one_to_two * power_of_two(half) * power_of_two(e - half);
}

/* Beyond these e^x is infinite, or 0. */
static const double exp_largest = 0x1.62e42fefa39efp+9, exp_smallest = -0x1.74910d52d3051p+9;

static double exp_far(double x, double rest)
{
    if (mcy_is_missing(x))
        return MCY_MISSING;
    if (x > exp_largest)
        return (double)INFINITY;
    if (x < exp_smallest)
        return 0.0;
    return exp_scaled(x, rest);
}

double mcy_exp(double x)
{
    uint64_t outside = 0;
    double y = k_exp(x, &outside);
    return outside & ~EXP_INSIDE ? exp_far(x, 0.0) : y;
}

/* x = 2^k m as the tables want it, for any x above 0 that is finite. */
static uint64_t log_reduce_any(double x, double *k, double *m)
{
    double shift = 0.0;
    uint64_t outside = 0;
    if (x < 0x1p-511) {
        x *= 0x1p+600;
        shift = -600.0;
    } else if (x > 0x1p+510) {
        x *= 0x1p-600;
        shift = 600.0;
    }
    uint64_t index = k_log_reduce(x, k, m, &outside);
    *k += shift;
    return index;
}

double mcy_log(double x)
{
    uint64_t outside = 0;
    double y = k_log(x, &outside), k, m;
    if (!(outside & ~LOG_INSIDE))
        return y;
    if (mcy_is_missing(x) || x < 0.0)
        return MCY_MISSING;
    if (x == 0.0 || isinf(x))
        return x == 0.0 ? -(double)INFINITY : x;
    uint64_t index = log_reduce_any(x, &k, &m);
    return k_log_finish(k, m, index);
}

typedef enum whole { NOT_WHOLE, ODD, EVEN } whole;

static whole whole_kind(double y)
{
    double size = fabs(y);
    if (size >= 0x1p53)
        return EVEN;
    double rounded = (size + 0x1p52) - 0x1p52;
    if (size < 0x1p52 && rounded != size)
        return NOT_WHOLE;
    return (uint64_t)size % 2 ? ODD : EVEN;
}

/* |x|^y, x neither 0 nor infinite nor missing, y finite. */
static double pow_magnitude(double x, double y)
{
    double k, m, high, low, product, rest;
    uint64_t index = log_reduce_any(fabs(x), &k, &m);
    k_log_two(k, m, index, &high, &low);
    product = y * high;
    if (fabs(product) > 0x1p10)
        return product > 0.0 ? (double)INFINITY : 0.0;
    k_product_two(y, high, low, &product, &rest);
    return exp_far(product, rest);
}

/* C99 F.9.4.4, case by case. */
static double pow_far(double x, double y)
{
    if (y == 0.0 || x == 1.0)
        return 1.0;
    if (mcy_is_missing(x) || mcy_is_missing(y))
        return MCY_MISSING;
    double size = fabs(x);
    if (isinf(y)) {
        if (size == 1.0)
            return 1.0;
        return (size > 1.0) == (y > 0.0) ? (double)INFINITY : 0.0;
    }
    whole kind = whole_kind(y);
    double sign = signbit(x) && kind == ODD ? -1.0 : 1.0;
    if (x == 0.0 || isinf(x))
        return sign * ((x == 0.0) == (y > 0.0) ? 0.0 : (double)INFINITY);
    if (x < 0.0 && kind == NOT_WHOLE)
        return MCY_MISSING;
    return sign * pow_magnitude(x, y);
}

double mcy_pow(double x, double y)
{
    uint64_t outside_log = 0, outside_exp = 0;
    double z = k_pow(x, y, &outside_log, &outside_exp);
    bool far = (outside_log & ~LOG_INSIDE) || (outside_exp & ~EXP_INSIDE);
    return far ? pow_far(x, y) : z;
}

static double truth(bool condition)
{
    return condition ? 1.0 : 0.0;
}

static double apply(mcy_op op, double a, double b, double c)
{
    switch (op) {
    case MCY_OP_ADD:
        return a + b;
    case MCY_OP_SUB:
        return a - b;
    case MCY_OP_MUL:
        return a * b;
    case MCY_OP_DIV:
        return a / b;
    case MCY_OP_RATIO:
        return b == 0.0 ? 0.0 : a / b;
    case MCY_OP_POW:
        return mcy_pow(a, b);
    case MCY_OP_NEG:
        return -a;
    case MCY_OP_ABS:
        return fabs(a);
    case MCY_OP_SQRT:
        return sqrt(a);
    case MCY_OP_EXP:
        return mcy_exp(a);
    case MCY_OP_LOG:
        return mcy_log(a);
    case MCY_OP_MIN:
        return a < b ? a : b;
    case MCY_OP_MAX:
        return a > b ? a : b;
    case MCY_OP_LT:
        return truth(a < b);
    case MCY_OP_LE:
        return truth(a <= b);
    case MCY_OP_EQ:
        return truth(a == b);
    case MCY_OP_NE:
        return truth(a != b);
    case MCY_OP_AND:
        return truth(a != 0.0 && b != 0.0);
    case MCY_OP_OR:
        return truth(a != 0.0 || b != 0.0);
    case MCY_OP_NOT:
        return truth(a == 0.0);
    case MCY_OP_SELECT:
        return a != 0.0 ? b : c;
    case MCY_OP_CONSTANT:
    case MCY_OP_INPUT:
    case MCY_OP_COUNT:
        break;
    }
    assert(0 && "an operation without operands");
    return MCY_MISSING;
}

double mcy_op_apply(mcy_op op, double a, double b, double c)
{
    double value = apply(op, a, b, c);
    return mcy_is_missing(value) ? MCY_MISSING : value;
}
