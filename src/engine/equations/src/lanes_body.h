/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernels: each does one instruction on one block of lanes. Included once for each instruction
 * set by lanes_<set>.c, which says which by MCY_LANES_... and names the table by MCY_KERNELS. */
#include <math.h>

#include "mcy/kernels.h"
#include "mcy/number.h"

#include "lanes_math.h"
#include "program_parts.h"

/* Operand `name` at place `at` of the instruction: a constant (k is 1) or a register (0). */
#define TAKE(name, at, k)                                                                      \
    const double *p_##name = (k) ? f->constants : f->registers + i->in[at];                    \
    const V k_##name = v_set((k) ? f->constants[i->in[at]] : 0.0);
#define READ(name, k) ((k) ? k_##name : v_load(p_##name + j))
#define LAST_LANE (i->end < f->lanes ? i->end : f->lanes)
#define EACH_VECTOR for (size_t j = i->begin, end = LAST_LANE; j < end; j += WIDTH)
/* The same two vectors at a time, for kernels so short that the loop itself counts. */
#define EACH_PAIR                                                                              \
    for (size_t pair = i->begin, end = LAST_LANE; pair < end; pair += 2 * WIDTH)               \
        UNROLL for (size_t j = pair; j < pair + 2 * WIDTH; j += WIDTH)
#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 2")
#endif
#define KERNEL(name) static void name(const mcy_instruction *i, const mcy_frame *f)

#define KERNEL1(name, EXPR)                                                                    \
    KERNEL(name)                                                                               \
    {                                                                                          \
        TAKE(a, 0, 0)                                                                          \
        (void)k_a;                                                                             \
        double *out = f->registers + i->out;                                                   \
        EACH_PAIR                                                                              \
        {                                                                                      \
            V a = READ(a, 0);                                                                  \
            v_store(out + j, EXPR);                                                            \
        }                                                                                      \
    }
#define KERNEL2(name, ka, kb, EXPR)                                                            \
    KERNEL(name)                                                                               \
    {                                                                                          \
        TAKE(a, 0, ka) TAKE(b, 1, kb)                                                          \
        double *out = f->registers + i->out;                                                   \
        EACH_PAIR                                                                              \
        {                                                                                      \
            V a = READ(a, ka), b = READ(b, kb);                                                \
            v_store(out + j, EXPR);                                                            \
        }                                                                                      \
    }
#define KERNEL3(name, ka, kb, kc, EXPR)                                                        \
    KERNEL(name)                                                                               \
    {                                                                                          \
        TAKE(a, 0, ka) TAKE(b, 1, kb) TAKE(c, 2, kc)                                           \
        double *out = f->registers + i->out;                                                   \
        EACH_PAIR                                                                              \
        {                                                                                      \
            V a = READ(a, ka), b = READ(b, kb), c = READ(c, kc);                               \
            v_store(out + j, EXPR);                                                            \
        }                                                                                      \
    }
#define KERNEL4(name, ka, kb, kc, kd, EXPR)                                                    \
    KERNEL(name)                                                                               \
    {                                                                                          \
        TAKE(a, 0, ka) TAKE(b, 1, kb) TAKE(c, 2, kc) TAKE(d, 3, kd)                            \
        double *out = f->registers + i->out;                                                   \
        EACH_PAIR                                                                              \
        {                                                                                      \
            V a = READ(a, ka), b = READ(b, kb), c = READ(c, kc), d = READ(d, kd);              \
            v_store(out + j, EXPR);                                                            \
        }                                                                                      \
    }

/* ---- what the operations are */

static inline V truth_of(M m)
{
    return v_select(m, v_set(1.0), v_set(0.0));
}

static inline M is_true(V a)
{
    return v_ne(a, v_set(0.0));
}

static inline V ratio_of(V a, V b)
{
    return v_select(v_eq(b, v_set(0.0)), v_set(0.0), v_div(a, b));
}

#define SIGN_BIT UINT64_C(0x8000000000000000)
#define DO_NEG(a) i_double(i_xor(v_bits(a), i_set(SIGN_BIT)))
#define DO_ABS(a) i_double(i_and(v_bits(a), i_set(~SIGN_BIT)))
#define DO_SQRT(a) v_sqrt(a)
#define DO_NOT(a) truth_of(m_not(is_true(a)))
#define DO_ADD(a, b) v_add(a, b)
#define DO_SUB(a, b) v_sub(a, b)
#define DO_RSUB(a, b) v_sub(b, a)
#define DO_MUL(a, b) v_mul(a, b)
#define DO_DIV(a, b) v_div(a, b)
#define DO_RDIV(a, b) v_div(b, a)
#define DO_RATIO(a, b) ratio_of(a, b)
#define DO_MIN(a, b) v_min(a, b)
#define DO_RMIN(a, b) v_min(b, a)
#define DO_MAX(a, b) v_max(a, b)
#define DO_RMAX(a, b) v_max(b, a)
#define TEST_LT(a, b) v_lt(a, b)
#define TEST_LE(a, b) v_le(a, b)
#define TEST_EQ(a, b) v_eq(a, b)
#define TEST_NE(a, b) v_ne(a, b)
#define DO_LT(a, b) truth_of(v_lt(a, b))
#define DO_LE(a, b) truth_of(v_le(a, b))
#define DO_EQ(a, b) truth_of(v_eq(a, b))
#define DO_NE(a, b) truth_of(v_ne(a, b))
#define DO_AND(a, b) truth_of(m_and(is_true(a), is_true(b)))
#define DO_OR(a, b) truth_of(m_or(is_true(a), is_true(b)))

/* ---- one operation */

#define PLAIN_UNARY_LIST(X) X(NEG) X(ABS) X(SQRT) X(NOT)
#define X(op) KERNEL1(op##_V, DO_##op(a))
PLAIN_UNARY_LIST(X)
#undef X

#define PLAIN_BINARY_LIST(X)                                                                   \
    X(ADD) X(SUB) X(MUL) X(DIV) X(RATIO) X(MIN) X(MAX) X(LT) X(LE) X(EQ) X(NE) X(AND) X(OR)
#define X(op)                                                                                  \
    KERNEL2(op##_VV, 0, 0, DO_##op(a, b))                                                      \
    KERNEL2(op##_VK, 0, 1, DO_##op(a, b))                                                      \
    KERNEL2(op##_KV, 1, 0, DO_##op(a, b))
PLAIN_BINARY_LIST(X)
#undef X

KERNEL3(SELECT_VV, 0, 0, 0, v_select(is_true(a), b, c))
KERNEL3(SELECT_VK, 0, 0, 1, v_select(is_true(a), b, c))
KERNEL3(SELECT_KV, 0, 1, 0, v_select(is_true(a), b, c))
KERNEL3(SELECT_KK, 0, 1, 1, v_select(is_true(a), b, c))

/* exp, log, pow: all lanes by the vector path; where any lane left a mark, each lane once more by
 * the scalar functions, which give the same bits where the vector path is good. Their operands
 * are still there, since their results never take the place of one. */
#define MARKED_EXP(outside) i_any(i_and(outside, i_set(~EXP_INSIDE)))
#define MARKED_LOG(outside) i_any(i_and(outside, i_set(~LOG_INSIDE)))
#define REDO(scalar)                                                                           \
    for (size_t j = i->begin; j < LAST_LANE; j++)                                              \
        out[j] = scalar(x[j]);

#define HEAVY_KERNEL(name, vector, scalar, MARKED)                                             \
    KERNEL(name)                                                                               \
    {                                                                                          \
        const double *x = f->registers + i->in[0];                                             \
        double *out = f->registers + i->out;                                                   \
        I outside = i_set(0);                                                                  \
        EACH_VECTOR v_store(out + j, vector(v_load(x + j), &outside));                         \
        if (MARKED(outside))                                                                   \
            REDO(scalar)                                                                       \
    }
HEAVY_KERNEL(EXP_V, k_exp, mcy_exp, MARKED_EXP)
HEAVY_KERNEL(LOG_V, k_log, mcy_log, MARKED_LOG)

#define POW_KERNEL(name, ka, kb)                                                               \
    KERNEL(name)                                                                               \
    {                                                                                          \
        TAKE(a, 0, ka) TAKE(b, 1, kb)                                                          \
        double *out = f->registers + i->out;                                                   \
        I outside_log = i_set(0), outside_exp = i_set(0);                                      \
        EACH_VECTOR                                                                            \
        {                                                                                      \
            V a = READ(a, ka), b = READ(b, kb);                                                \
            v_store(out + j, k_pow(a, b, &outside_log, &outside_exp));                         \
        }                                                                                      \
        if (!i_any(i_or(i_and(outside_log, i_set(~LOG_INSIDE)),                                \
                        i_and(outside_exp, i_set(~EXP_INSIDE)))))                              \
            return;                                                                            \
        for (size_t j = i->begin; j < LAST_LANE; j++)                                                  \
            out[j] = mcy_pow((ka) ? f->constants[i->in[0]] : p_a[j],                           \
                             (kb) ? f->constants[i->in[1]] : p_b[j]);                          \
    }
POW_KERNEL(POW_VV, 0, 0)
POW_KERNEL(POW_VK, 0, 1)
POW_KERNEL(POW_KV, 1, 0)

/* ---- two operations in one */

#define X(inner, outer)                                                                        \
    KERNEL3(inner##_VV_##outer##_V, 0, 0, 0, DO_##outer(DO_##inner(a, b), c))                  \
    KERNEL3(inner##_VV_##outer##_K, 0, 0, 1, DO_##outer(DO_##inner(a, b), c))                  \
    KERNEL3(inner##_VK_##outer##_V, 0, 1, 0, DO_##outer(DO_##inner(a, b), c))                  \
    KERNEL3(inner##_VK_##outer##_K, 0, 1, 1, DO_##outer(DO_##inner(a, b), c))                  \
    KERNEL3(inner##_KV_##outer##_V, 1, 0, 0, DO_##outer(DO_##inner(a, b), c))                  \
    KERNEL3(inner##_KV_##outer##_K, 1, 0, 1, DO_##outer(DO_##inner(a, b), c))
MCY_PAIR_LIST(X)
#undef X

/* exp or log of operand 0 and, beside it, a division of the others. */
#define BESIDE(name, vector, scalar, MARKED, ka, kb, kc, EXPR)                                 \
    KERNEL(name)                                                                               \
    {                                                                                          \
        TAKE(a, 1, ka) TAKE(b, 2, kb) TAKE(c, 3, kc)                                           \
        const double *x = f->registers + i->in[0];                                             \
        double *out = f->registers + i->out, *quotient = f->registers + i->out2;               \
        I outside = i_set(0);                                                                  \
        EACH_VECTOR                                                                            \
        {                                                                                      \
            V a = READ(a, ka), b = READ(b, kb), c = READ(c, kc);                               \
            v_store(quotient + j, EXPR);                                                       \
            v_store(out + j, vector(v_load(x + j), &outside));                                 \
        }                                                                                      \
        if (MARKED(outside))                                                                   \
            REDO(scalar)                                                                       \
    }
#define BESIDE_BOTH(name, ka, kb, kc, EXPR)                                                    \
    BESIDE(name##_EXP, k_exp, mcy_exp, MARKED_EXP, ka, kb, kc, EXPR)                           \
    BESIDE(name##_LOG, k_log, mcy_log, MARKED_LOG, ka, kb, kc, EXPR)
BESIDE_BOTH(DIV_VV, 0, 0, 1, ((void)c, v_div(a, b)))
BESIDE_BOTH(DIV_VK, 0, 1, 1, ((void)c, v_div(a, b)))
BESIDE_BOTH(DIV_KV, 1, 0, 1, ((void)c, v_div(a, b)))
#define X(inner, outer)                                                                        \
    BESIDE_BOTH(inner##_VV_##outer##_V, 0, 0, 0, DO_##outer(DO_##inner(a, b), c))              \
    BESIDE_BOTH(inner##_VV_##outer##_K, 0, 0, 1, DO_##outer(DO_##inner(a, b), c))              \
    BESIDE_BOTH(inner##_VK_##outer##_V, 0, 1, 0, DO_##outer(DO_##inner(a, b), c))              \
    BESIDE_BOTH(inner##_VK_##outer##_K, 0, 1, 1, DO_##outer(DO_##inner(a, b), c))              \
    BESIDE_BOTH(inner##_KV_##outer##_V, 1, 0, 0, DO_##outer(DO_##inner(a, b), c))              \
    BESIDE_BOTH(inner##_KV_##outer##_K, 1, 0, 1, DO_##outer(DO_##inner(a, b), c))
MCY_DIVIDING_PAIR_LIST(X)
#undef X

#define COMPARE_SELECT(op, form, ka, kb)                                                       \
    KERNEL4(op##_##form##_SELECT_VV, ka, kb, 0, 0, v_select(TEST_##op(a, b), c, d))            \
    KERNEL4(op##_##form##_SELECT_VK, ka, kb, 0, 1, v_select(TEST_##op(a, b), c, d))            \
    KERNEL4(op##_##form##_SELECT_KV, ka, kb, 1, 0, v_select(TEST_##op(a, b), c, d))            \
    KERNEL4(op##_##form##_SELECT_KK, ka, kb, 1, 1, v_select(TEST_##op(a, b), c, d))
#define X(op)                                                                                  \
    COMPARE_SELECT(op, VV, 0, 0) COMPARE_SELECT(op, VK, 0, 1) COMPARE_SELECT(op, KV, 1, 0)
MCY_COMPARE_LIST(X)
#undef X

/* ---- inputs, outputs, faults */

KERNEL(load_input)
{
    const double *from = f->inputs[i->in[1]] + f->first;
    double *out = f->registers + i->out;
    memcpy(out, from, f->count * sizeof *out);
    for (size_t j = f->count; j < f->lanes; j++)
        out[j] = from[f->count - 1];
}

KERNEL(store_output)
{
    const double *a = f->registers + i->in[0];
    double *out = f->outputs[i->in[1]] + f->first;
    const V missing = v_set(MCY_MISSING);
    size_t j = 0;
    for (; j + WIDTH <= f->count; j += WIDTH) {
        V x = v_load(a + j);
        v_store_anywhere(out + j, v_select(v_eq(x, x), x, missing));
    }
    for (; j < f->count; j++)
        out[j] = mcy_is_missing(a[j]) ? MCY_MISSING : a[j];
}

#define GUARD_SUM(sum)                                                                         \
    double *guard = f->registers + i->out;                                                     \
    EACH_PAIR v_store(guard + j, v_add(v_load(guard + j), sum));
#define GUARDED(at) v_load(f->registers + i->in[at] + j)

KERNEL(guard_1)
{
    GUARD_SUM(GUARDED(0))
}

KERNEL(guard_2)
{
    GUARD_SUM(v_add(GUARDED(0), GUARDED(1)))
}

KERNEL(guard_3)
{
    GUARD_SUM(v_add(v_add(GUARDED(0), GUARDED(1)), GUARDED(2)))
}

KERNEL(check_holds)
{
    const double *a = f->registers + i->in[0];
    double *all = f->registers + i->out;
    EACH_VECTOR
    v_store(all + j, v_select(is_true(v_load(a + j)), v_load(all + j), v_set(0.0)));
}

#define CHECK_COMPARE(name, ka, kb, TEST)                                                      \
    KERNEL(name)                                                                               \
    {                                                                                          \
        TAKE(a, 0, ka) TAKE(b, 1, kb)                                                          \
        double *all = f->registers + i->out;                                                   \
        EACH_PAIR                                                                              \
        {                                                                                      \
            V a = READ(a, ka), b = READ(b, kb);                                                \
            v_store(all + j, v_select(TEST(a, b), v_load(all + j), v_set(0.0)));               \
        }                                                                                      \
    }
#define X(op)                                                                                  \
    CHECK_COMPARE(check_##op##_VV, 0, 0, TEST_##op)                                            \
    CHECK_COMPARE(check_##op##_VK, 0, 1, TEST_##op)                                            \
    CHECK_COMPARE(check_##op##_KV, 1, 0, TEST_##op)
MCY_COMPARE_LIST(X)
#undef X

static void record(const mcy_frame *f, size_t lane, mcy_fault_kind kind, size_t index,
                   double value)
{
    if (f->faults[lane].kind == MCY_FAULT_NONE)
        f->faults[lane] = (mcy_fault){.kind = kind, .index = index, .value = value};
}

static size_t owner_of(const mcy_instruction *i)
{
    return (size_t)((uint64_t)i->in[2] << 32 | i->in[1]);
}

static double canonical(double x)
{
    return mcy_is_missing(x) ? MCY_MISSING : x;
}

KERNEL(trace_step)
{
    const double *a = f->registers + i->in[0];
    for (size_t j = 0; j < f->count; j++)
        if (!isfinite(a[j]))
            record(f, j, MCY_FAULT_VARIABLE, owner_of(i), canonical(a[j]));
}

KERNEL(trace_folded)
{
    for (size_t j = 0; j < f->count; j++)
        record(f, j, MCY_FAULT_VARIABLE, owner_of(i), f->constants[i->in[0]]);
}

KERNEL(trace_condition)
{
    const double *a = f->registers + i->in[0];
    for (size_t j = 0; j < f->count; j++)
        if (a[j] == 0.0)
            record(f, j, MCY_FAULT_CHECK, i->in[1], a[j]);
}

KERNEL(trace_folded_condition)
{
    for (size_t j = 0; j < f->count && f->constants[i->in[0]] == 0.0; j++)
        record(f, j, MCY_FAULT_CHECK, i->in[1], 0.0);
}

/* ---- the table */

#define FORMS3(op) {[FORM_VV] = op##_VV, [FORM_VK] = op##_VK, [FORM_KV] = op##_KV}
#define FORMS4(op)                                                                             \
    {[FORM_VV] = op##_VV, [FORM_VK] = op##_VK, [FORM_KV] = op##_KV, [FORM_KK] = op##_KK}

const mcy_kernels MCY_KERNELS = {
    .unary = {
#define X(op) [MCY_OP_##op] = op##_V,
        MCY_UNARY_LIST(X)
#undef X
    },
    .binary = {
#define X(op) [MCY_OP_##op] = FORMS3(op),
        MCY_BINARY_LIST(X)
#undef X
    },
    .select = FORMS4(SELECT),
    .compare_select = {
#define X(op)                                                                                  \
    [MCY_OP_##op] = {[FORM_VV] = FORMS4(op##_VV_SELECT),                                       \
                     [FORM_VK] = FORMS4(op##_VK_SELECT),                                       \
                     [FORM_KV] = FORMS4(op##_KV_SELECT)},
        MCY_COMPARE_LIST(X)
#undef X
    },
    .pair = {
#define X(inner, outer)                                                                        \
    [PAIR_##inner##_##outer] = {[FORM_VV] = {inner##_VV_##outer##_V, inner##_VV_##outer##_K},  \
                                [FORM_VK] = {inner##_VK_##outer##_V, inner##_VK_##outer##_K},  \
                                [FORM_KV] = {inner##_KV_##outer##_V, inner##_KV_##outer##_K}},
        MCY_PAIR_LIST(X)
#undef X
    },
    .divide_beside = {[BESIDE_EXP] = {DIV_VV_EXP, DIV_VK_EXP, DIV_KV_EXP, NULL},
                      [BESIDE_LOG] = {DIV_VV_LOG, DIV_VK_LOG, DIV_KV_LOG, NULL}},
    .pair_beside = {
#define BESIDE_FORMS(inner, outer, heavy)                                                      \
    {[FORM_VV] = {inner##_VV_##outer##_V_##heavy, inner##_VV_##outer##_K_##heavy},             \
     [FORM_VK] = {inner##_VK_##outer##_V_##heavy, inner##_VK_##outer##_K_##heavy},             \
     [FORM_KV] = {inner##_KV_##outer##_V_##heavy, inner##_KV_##outer##_K_##heavy}}
#define X(inner, outer) [PAIR_##inner##_##outer] = BESIDE_FORMS(inner, outer, EXP),
        [BESIDE_EXP] = {MCY_DIVIDING_PAIR_LIST(X)},
#undef X
#define X(inner, outer) [PAIR_##inner##_##outer] = BESIDE_FORMS(inner, outer, LOG),
        [BESIDE_LOG] = {MCY_DIVIDING_PAIR_LIST(X)},
#undef X
    },
    .input = load_input,
    .output = store_output,
    .guard = {guard_1, guard_2, guard_3},
    .check = check_holds,
    .check_compare = {
#define X(op) [MCY_OP_##op] = FORMS3(check_##op),
        MCY_COMPARE_LIST(X)
#undef X
    },
    .trace = trace_step,
    .trace_constant = trace_folded,
    .trace_check = trace_condition,
    .trace_check_constant = trace_folded_condition,
};
