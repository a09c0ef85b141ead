# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes src/engine/equations/src/kernel_tables.h (needs mpmath; run by hand, not by the build).

    python3 tests/support/kernel_tables.py > src/engine/equations/src/kernel_tables.h

Polynomials are minimax fits (exchange algorithm), their coefficients then rounded to double.
Table entries of log are searched so that what is rounded away is far below the last bit.
"""
import struct
from mpmath import mp, mpf, log, exp, matrix, lu_solve, floor, fabs

mp.prec = 200


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def double(x):
    """nearest double (mpmath rounds to nearest even)"""
    return float(mpf(x))


def nearest_multiple(x, step_bits):
    return mp.nint(x * mpf(2) ** step_bits) / mpf(2) ** step_bits


def minimax(f, weight, low, high, degree):
    """coefficients of the polynomial that minimises max |weight (p - f)| on [low, high]"""
    n = degree + 2
    ref = [(low + high) / 2 - (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * n))
           for i in range(n)]
    grid = [low + (high - low) * i / mpf(1500) for i in range(1501)]
    fg = [f(g) for g in grid]
    wg = [weight(g) for g in grid]
    for _ in range(12):
        a, b = matrix(n, n), matrix(n, 1)
        for i, r in enumerate(ref):
            for j in range(degree + 1):
                a[i, j] = r ** j
            a[i, degree + 1] = (-1) ** i / weight(r)
            b[i] = f(r)
        c = lu_solve(a, b)
        err = [w * (mp.polyval([c[j] for j in range(degree, -1, -1)], g) - v)
               for g, v, w in zip(grid, fg, wg)]
        peaks = []
        for i, e in enumerate(err):
            if peaks and (e > 0) == (err[peaks[-1]] > 0):
                if fabs(e) > fabs(err[peaks[-1]]):
                    peaks[-1] = i
            else:
                peaks.append(i)
        while len(peaks) > n:
            peaks.pop(0 if fabs(err[peaks[0]]) < fabs(err[peaks[-1]]) else -1)
        if len(peaks) < n:
            break
        ref = [grid[i] for i in peaks]
    return [c[j] for j in range(degree + 1)], max(fabs(e) for e in err)


def log_tail(r, terms):
    """(log(1 + r) less the first terms of its series) / r^(terms + 1)"""
    if fabs(r) < mpf(10) ** -12:
        return mpf((-1) ** terms) / (terms + 1) + mpf((-1) ** (terms + 1)) * r / (terms + 2)
    return (log(1 + r) - sum(mpf((-1) ** (i + 1)) * r ** i / i for i in range(1, terms + 1))) / r ** (terms + 1)


def print_table(name, meaning, values, as_bits=False):
    print(f"\n/* {meaning} */")
    kind = "uint64_t" if as_bits else "double"
    print(f"static const {kind} {name}[16] = {{")
    for v in values:
        print(f"    UINT64_C(0x{v:016x})," if as_bits else f"    {v.hex()},")
    print("};")


def print_polynomial(name, meaning, coefficients):
    print(f"\n/* {meaning} */")
    print(f"static const double {name}[{len(coefficients)}] = {{")
    for c in coefficients:
        print(f"    {double(c).hex()},")
    print("};")


print("""/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constants of exp, log and pow; written by tests/support/kernel_tables.py, which says how they
 * were found. All are exact bits. */
#ifndef MCY_KERNEL_TABLES_H
#define MCY_KERNEL_TABLES_H

#include <stdint.h>
""")

# ---- exp
ln2 = log(mpf(2))
hi = nearest_multiple(ln2 / 16, 40)
print("/* x = k ln2/16 + r; ln2/16 in two parts, the first short enough for k times it to be exact */")
print(f"#define MCY_EXP_STEPS {double(16 / ln2).hex()}")
print(f"#define MCY_EXP_HIGH {double(hi).hex()}")
print(f"#define MCY_EXP_LOW {double(ln2 / 16 - hi).hex()}")
h = ln2 / 32 * mpf("1.0005")
c, e = minimax(lambda r: (exp(r) - 1 - r) / r ** 2 if fabs(r) > mpf(10) ** -20 else mpf(1) / 2, lambda r: r ** 2 + mpf(10) ** -9, -h, h, 4)
print_polynomial("mcy_exp_series", f"exp(r) = 1 + r + r^2 (c0 + c1 r + ...), |r| <= ln2/32, within {mp.nstr(e, 2)}", c)
table, relative = [], []
for j in range(16):
    t = mpf(2) ** (mpf(j) / 16)
    d = double(t)
    table.append((bits(d) - ((j + 8192) << 48)) & (2 ** 64 - 1))
    relative.append(double(t / mpf(d) - 1))
print_table("mcy_exp_power", "bits of 2^(j/16), less (j + 8192) << 48: (k + 8192) << 48 is added whole", table, True)
print_table("mcy_exp_rest", "what 2^(j/16) was rounded by, relative to it", relative)

# ---- log
one = 0x3FF0000000000000
offset = one - (1 << 47) - (9 << 48)
print("\n/* x = 2^k m; the sixteen parts of m begin at this double, and 1 is in the middle of the tenth */")
print(f"#define MCY_LOG_OFFSET UINT64_C(0x{offset:016x})")
l2hi = nearest_multiple(ln2, 42)
print(f"#define MCY_LN2_HIGH {double(l2hi).hex()}")
print(f"#define MCY_LN2_LOW {double(ln2 - l2hi).hex()}")


def value(b):
    return mpf(struct.unpack("<d", struct.pack("<Q", b))[0])


centre, inverse, height = [], [], []
pc, pi, ph, pl, pe = [], [], [], [], []
worst = mpf(0)
for j in range(16):
    low, high = value(offset + (j << 48)), value(offset + ((j + 1) << 48))
    if j == 9:
        centre.append(1.0), inverse.append(1.0), height.append(0.0)
        pc.append(1.0), pi.append(1.0), ph.append(0.0), pl.append(0.0), pe.append(0.0)
        worst = max(worst, 1 - low, high - 1)
        continue
    c0 = mpf("0.9705") if j == 8 else 2 * low * high / (low + high)
    base = mp.nint(log(c0) * mpf(2) ** 42)
    step = 0
    while True:
        level = (base + step) / mpf(2) ** 42
        c = double(exp(level))
        if fabs(log(mpf(c)) - level) < mpf(2) ** -66:
            i = double(1 / mpf(c))
            if fabs(mpf(i) * mpf(c) - 1) < mpf(2) ** -58:
                break
        step = -step if step > 0 else 1 - step
    centre.append(c), inverse.append(i), height.append(double(level))
    worst = max(worst, fabs(low / mpf(c) - 1), fabs(high / mpf(c) - 1))
    # pow: a short inverse, so that products with halves of a double are exact
    i = mp.nint(mpf(2) ** 24 / c0) / mpf(2) ** 24
    c = double(1 / i)
    level = -log(i)
    first = nearest_multiple(level, 42)
    pc.append(c), pi.append(double(i)), ph.append(double(first)), pl.append(double(level - first))
    pe.append(double(mpf(c) * i - 1))
    worst = max(worst, fabs(low * i - 1), fabs(high * i - 1))
print_table("mcy_log_centre", "a value c in each part, chosen so that log c and 1/c are all but doubles", centre)
print_table("mcy_log_inverse", "1/c", inverse)
print_table("mcy_log_height", "log c, a multiple of 2^-42", height)
r = worst * mpf("1.0005")
c, e = minimax(lambda r: log_tail(r, 1), lambda r: fabs(r) + mpf(10) ** -6, -r, r, 7)
print_polynomial("mcy_log_series", f"log(1 + r) = r + r^2 (c0 + c1 r + ...), |r| <= {mp.nstr(worst, 5)}, within {mp.nstr(e, 2)} of r", c)

# ---- pow: log in two doubles
print_table("mcy_pow_centre", "pow: c, the double nearest 1/i", pc)
print_table("mcy_pow_inverse", "pow: i, 25 bits", pi)
print_table("mcy_pow_rest", "pow: c i - 1", pe)
print_table("mcy_pow_height", "pow: -log i, a multiple of 2^-42", ph)
print_table("mcy_pow_height_rest", "pow: what -log i was rounded by", pl)
c, e = minimax(lambda r: log_tail(r, 2), lambda r: r ** 2 + mpf(10) ** -8, -r, r, 8)
print_polynomial("mcy_pow_series", f"pow: log(1 + r) = r - r^2/2 + r^3 (c0 + c1 r + ...), within {mp.nstr(e, 2)} of r", c)
print("\n#endif")
