/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arithmetic of the language for one value: the same bits as the lanes, in every variant and
 * from every compiler. Folding, the tree-walking evaluator and the lanes all use these. */
#ifndef MCY_KERNELS_H
#define MCY_KERNELS_H

#include "mcy/graph.h"

/**
 * exp, log and pow of the project: + - * / on doubles only, rounding by magic number, tables of
 * exact bits. They need the usual state of the machine: round to nearest, no flush to zero.
 *
 * Returned:  a double within the error stated in docs/lanes.md (exp 0.66 ulp, log 1.08,
 *            pow 1.25; exp 1 ulp where the result is denormal); special values as in C99 annex F; NaN is the canonical NaN
 * Notes:     no errno; exceptions flags of the machine are left as they fall
 * Checked:   test_kernels.c against MPFR; bench_kernels.c on many millions of points
 */
double mcy_exp(double x);
double mcy_log(double x);
double mcy_pow(double x, double y);

/**
 * One operation of the graph on values: what a node is worth when its operands are worth a, b, c
 * (those it does not have are ignored).
 *
 * Given:     op   anything but MCY_OP_CONSTANT and MCY_OP_INPUT
 * Returned:  the value; a NaN is the canonical NaN
 */
double mcy_op_apply(mcy_op op, double a, double b, double c);

#endif
