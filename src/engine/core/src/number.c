/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decimal text to doubles and back without the locale; the logarithmic mean. */
#include "mcy/number.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MOST_DIGITS = 800, LIMBS = 140 };

/* A decimal as read: digits d1..dn (no leading zeros) times 10^exponent. */
typedef struct decimal {
    bool negative;
    unsigned char digits[MOST_DIGITS];
    size_t count;
    long exponent;
} decimal;

/* A natural number in base 2^32, least limb first. */
typedef struct natural {
    uint32_t limb[LIMBS];
    size_t count;
} natural;

static void natural_times_add(natural *x, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (size_t i = 0; i < x->count; i++) {
        carry += (uint64_t)x->limb[i] * factor;
        x->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry)
        x->limb[x->count++] = (uint32_t)carry;
}

static size_t natural_bits(const natural *x)
{
    if (!x->count)
        return 0;
    size_t bits = 32 * (x->count - 1);
    for (uint32_t top = x->limb[x->count - 1]; top; top >>= 1)
        bits++;
    return bits;
}

static void natural_shift_left(natural *x, size_t bits)
{
    size_t whole = bits / 32, part = bits % 32;
    if (!x->count || !bits)
        return;
    memmove(x->limb + whole, x->limb, x->count * sizeof x->limb[0]);
    memset(x->limb, 0, whole * sizeof x->limb[0]);
    x->count += whole;
    if (part)
        natural_times_add(x, (uint32_t)1 << part, 0);
}

static int natural_compare(const natural *a, const natural *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = a->count; i-- > 0;)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

static void natural_subtract(natural *a, const natural *b)
{
    int64_t borrow = 0;
    for (size_t i = 0; i < a->count; i++) {
        int64_t x = (int64_t)a->limb[i] - (i < b->count ? b->limb[i] : 0) + borrow;
        borrow = x < 0 ? -1 : 0;
        a->limb[i] = (uint32_t)(x & 0xffffffff);
    }
    while (a->count && !a->limb[a->count - 1])
        a->count--;
}

/* Correct rounding by long division: numerator / denominator to 64 bits and a sticky bit, then to
 * the 53 (or fewer, when subnormal) bits of a double, ties to even. */
static double quotient_to_double(natural *numerator, natural *denominator)
{
    long shift = (long)natural_bits(denominator) - (long)natural_bits(numerator) + 64;
    if (shift > 0)
        natural_shift_left(numerator, (size_t)shift);
    else
        natural_shift_left(denominator, (size_t)-shift);
    uint64_t q = 0; /* numerator / denominator is in (2^63, 2^65) */
    long exponent = -shift;
    natural_shift_left(denominator, 64);
    bool overflow_bit = natural_compare(numerator, denominator) >= 0;
    if (overflow_bit)
        natural_subtract(numerator, denominator);
    for (int bit = 0; bit < 64; bit++) {
        natural_shift_left(numerator, 1);
        q <<= 1;
        if (natural_compare(numerator, denominator) >= 0) {
            natural_subtract(numerator, denominator);
            q |= 1;
        }
    }
    bool sticky = numerator->count > 0;
    if (overflow_bit) {
        sticky = sticky || (q & 1);
        q = q >> 1 | (uint64_t)1 << 63;
        exponent++;
    }
    while (!(q >> 63)) {
        q <<= 1;
        exponent--;
    }
    long top = exponent + 63; /* value = q * 2^exponent, leading bit 2^top */
    int keep = top >= -1022 ? 53 : (int)(53 - (-1022 - top));
    if (keep < 0)
        return 0.0;
    uint64_t kept = keep ? q >> (64 - keep) : 0;
    uint64_t rest = keep ? q << keep : q;
    uint64_t half = (uint64_t)1 << 63;
    if (rest > half || (rest == half && (sticky || (kept & 1))))
        kept++;
    return ldexp((double)kept, (int)(exponent + 64 - keep));
}

static double decimal_to_double(const decimal *d)
{
    static const double exact[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (d->count <= 15 && d->exponent >= -22 && d->exponent <= 22) {
        double x = 0.0; /* both operands exact: one rounding */
        for (size_t i = 0; i < d->count; i++)
            x = 10.0 * x + d->digits[i];
        return d->exponent < 0 ? x / exact[-d->exponent] : x * exact[d->exponent];
    }
    long magnitude = (long)d->count + d->exponent;
    if (magnitude < -326)
        return 0.0;
    if (magnitude > 310)
        return (double)INFINITY;
    natural numerator = {{0}, 0}, denominator = {{1}, 1};
    for (size_t i = 0; i < d->count; i++)
        natural_times_add(&numerator, 10, d->digits[i]);
    for (long e = d->exponent; e > 0; e--)
        natural_times_add(&numerator, 10, 0);
    for (long e = d->exponent; e < 0; e++)
        natural_times_add(&denominator, 10, 0);
    return quotient_to_double(&numerator, &denominator);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits from text[*at] on into d; past_point digits lower the exponent. */
static bool read_digits(const char *text, size_t n, size_t *at, decimal *d, bool past_point)
{
    size_t first = *at;
    for (; *at < n && is_digit(text[*at]); ++*at) {
        unsigned char digit = (unsigned char)(text[*at] - '0');
        bool stored = d->count < 300;
        if (stored && (d->count || digit))
            d->digits[d->count++] = digit;
        else if (!stored && digit)
            d->digits[d->count - 1] |= 1; /* sticky: beyond any tie */
        if (past_point && (stored || !d->count))
            d->exponent--;
        if (!past_point && !stored)
            d->exponent++;
    }
    return *at > first;
}

static bool read_decimal(const char *text, size_t n, decimal *d)
{
    size_t at = 0;
    if (at < n && (text[at] == '+' || text[at] == '-'))
        d->negative = text[at++] == '-';
    bool any = read_digits(text, n, &at, d, false);
    if (at < n && text[at] == '.') {
        at++;
        any = read_digits(text, n, &at, d, true) || any;
    }
    if (!any)
        return false;
    if (at < n && (text[at] == 'e' || text[at] == 'E')) {
        at++;
        bool minus = false;
        if (at < n && (text[at] == '+' || text[at] == '-'))
            minus = text[at++] == '-';
        if (at == n)
            return false;
        long e = 0;
        for (; at < n && is_digit(text[at]); at++)
            e = e < 100000 ? 10 * e + (text[at] - '0') : e;
        d->exponent += minus ? -e : e;
    }
    return at == n;
}

mcy_status mcy_number_parse(const char *text, size_t n, double *value, mcy_error *err)
{
    decimal d = {0};
    int shown = n < 60 ? (int)n : 60;
    if (!read_decimal(text, n, &d))
        return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' is not a number", shown, text);
    double x = d.count ? decimal_to_double(&d) : 0.0;
    if (isinf(x))
        return MCY_FAIL(err, MCY_E_INPUT, "'%.*s' is larger than a number can be", shown, text);
    *value = d.negative ? -x : x;
    return MCY_OK;
}

void mcy_number_format(double value, char out[32])
{
    if (mcy_is_missing(value)) {
        memcpy(out, "nan", 4);
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        double back = 0.0;
        snprintf(out, 32, "%.*g", digits, value);
        if (isinf(value))
            return;
        if (mcy_number_parse(out, strlen(out), &back, NULL) != MCY_OK || back != value)
            continue;
        if (strchr(out, 'e') && fabs(value) >= 1.0 && fabs(value) < 1e15)
            snprintf(out, 32, "%.0f", value); /* 20 and 23860, not 2e+01: a whole number */
        return;
    }
}

double mcy_log_mean(double a, double b)
{
    double x = (a - b) / (a + b);
    /* log a - log b = 2 atanh x; the series of x / atanh x keeps its digits near a = b. */
    if (fabs(x) < 1e-3) {
        double x2 = x * x;
        return 0.5 * (a + b) * (1.0 - x2 * (1.0 / 3.0 + x2 * (4.0 / 45.0 + x2 * 44.0 / 945.0)));
    }
    return fabs(x) < 0.5 ? 0.5 * (a - b) / atanh(x) : (a - b) / log(a / b);
}
