#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The lanes give the same bits in every variant: no fused multiply-add and no approximate or
# set-specific arithmetic in the object code, and each variant uses the registers of its set.
set -eu
library=$2/src/engine/equations/libmcy_equations.a
command -v objdump >/dev/null 2>&1 || { echo "no objdump: not looked at"; exit 0; }
[ "$(uname -m)" = x86_64 ] || { echo "not x86-64: not looked at"; exit 0; }

forbidden='\<v?fn?m(add|sub)[a-z0-9]*|\<vr(cp|sqrt)(14|28)[a-z]*|\<rcpps|\<rsqrtps|\<vscalef[a-z]*|\<vrndscale[a-z]*|\<v?round[sp]d|\<vgetexp[a-z]*|\<vgetmant[a-z]*|\<vreduce[a-z]*|\<vfixupimm[a-z]*|\<vcvt[a-z]*qq2pd'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/plant.c" <<'PLANT'
double plant(double a, double b, double c);
double plant(double a, double b, double c) { return __builtin_fma(a, b, c); }
PLANT
${CC:-cc} -O2 -mfma -c "$work/plant.c" -o "$work/plant.o"
objdump -d "$work/plant.o" | grep -qE "$forbidden" || { echo "a planted fma was not found"; exit 1; }

objdump -d "$library" >"$work/code"
if grep -nE "$forbidden" "$work/code" | head -5 | grep .; then
    echo "arithmetic that not every variant has, in $library"
    exit 1
fi
registers() { # OBJECT PATTERN
    awk -v object="$1" '/file format/ { inside = ($1 == object ":") } inside' "$work/code" |
        grep -cE "$2" || true
}
[ "$(registers lanes_avx512.c.o '%zmm')" -gt 1000 ] || { echo "avx512 does not use zmm"; exit 1; }
[ "$(registers lanes_avx2.c.o '%ymm')" -gt 1000 ] || { echo "avx2 does not use ymm"; exit 1; }
[ "$(registers lanes_avx2.c.o '%zmm')" -eq 0 ] || { echo "avx2 uses zmm"; exit 1; }
[ "$(registers lanes_sse2.c.o '%[yz]mm')" -eq 0 ] || { echo "sse2 uses ymm or zmm"; exit 1; }
[ "$(registers lanes_sse2.c.o 'mulpd')" -gt 100 ] || { echo "sse2 does not use vectors"; exit 1; }
