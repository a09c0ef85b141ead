/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gradients of one scenario: the tape forwards with every value kept, then backwards once for each
 * output. A step that no adjoint reaches is passed over, so that what was not taken (the other
 * branch of an if, the larger side of a min) adds nothing, be it infinite. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "arithmetic_state.h"
#include "mcy/kernels.h"
#include "mcy/number.h"
#include "program_parts.h"

static inline double value_of(const mcy_tape *tape, const double *values, uint32_t ref)
{
    return is_constant_ref(ref) ? tape->constants[ref & ~CONSTANT_REF] : values[ref];
}

/* ---- forwards */

static void run_forwards(const mcy_tape *tape, const double *inputs, double *values)
{
    for (size_t s = 0; s < tape->count; s++) {
        const mcy_step *step = &tape->steps[s];
        if (step->op == MCY_OP_INPUT) {
            values[s] = inputs[step->in[0]];
            continue;
        }
        size_t operands = mcy_op_operands((mcy_op)step->op);
        double a = value_of(tape, values, step->in[0]);
        double b = operands > 1 ? value_of(tape, values, step->in[1]) : 0.0;
        switch (step->op) { /* the usual ones without a call */
        case MCY_OP_ADD:
            values[s] = a + b;
            break;
        case MCY_OP_SUB:
            values[s] = a - b;
            break;
        case MCY_OP_MUL:
            values[s] = a * b;
            break;
        case MCY_OP_DIV:
            values[s] = a / b;
            break;
        case MCY_OP_EXP:
            values[s] = mcy_exp(a);
            break;
        default:
            values[s] = mcy_op_apply((mcy_op)step->op, a, b,
                                     operands > 2 ? value_of(tape, values, step->in[2]) : 0.0);
        }
    }
}

static double canonical(double x)
{
    return mcy_is_missing(x) ? MCY_MISSING : x;
}

static mcy_fault find_fault(const mcy_program *program, const double *inputs,
                            const double *values)
{
    const mcy_tape *tape = &program->tape;
    for (size_t v = 0; v < tape->varying_count; v++)
        if (program->input_used[v] && !isfinite(inputs[v]))
            return (mcy_fault){MCY_FAULT_INPUT, v, canonical(inputs[v])};
    for (size_t i = 0; i < tape->trace_count; i++) {
        double x = value_of(tape, values, tape->traces[i].ref);
        if (!isfinite(x))
            return (mcy_fault){MCY_FAULT_VARIABLE, tape->traces[i].owner, canonical(x)};
    }
    for (size_t i = 0; i < tape->check_count; i++)
        if (value_of(tape, values, tape->checks[i]) == 0.0)
            return (mcy_fault){MCY_FAULT_CHECK, i, 0.0};
    return (mcy_fault){MCY_FAULT_NONE, 0, 0.0};
}

/* ---- kinks */

enum { TIE = 1, KINK_LISTED = 2 };

static bool tied(const mcy_scratch *scratch, uint32_t ref)
{
    return !is_constant_ref(ref) && (scratch->ties[ref] & TIE);
}

/* Which conditions would change their mind at the least push. */
static void mark_ties(const mcy_tape *tape, mcy_scratch *scratch)
{
    for (size_t s = 0; s < tape->count; s++) {
        const mcy_step *step = &tape->steps[s];
        bool tie = false;
        switch (step->op) {
        case MCY_OP_LT:
        case MCY_OP_LE:
        case MCY_OP_EQ:
        case MCY_OP_NE:
            tie = value_of(tape, scratch->values, step->in[0]) ==
                  value_of(tape, scratch->values, step->in[1]);
            break;
        case MCY_OP_AND:
        case MCY_OP_OR:
            tie = tied(scratch, step->in[0]) || tied(scratch, step->in[1]);
            break;
        case MCY_OP_NOT:
            tie = tied(scratch, step->in[0]);
            break;
        default:
            break;
        }
        scratch->ties[s] = tie ? TIE : 0;
    }
}

static void list_kink(const mcy_program *program, mcy_scratch *scratch, size_t s,
                      mcy_kinks *kinks)
{
    if (!kinks || scratch->ties[s] & KINK_LISTED)
        return;
    scratch->ties[s] |= KINK_LISTED;
    kinks->count++;
    size_t owner = program->part_of[s];
    for (size_t i = 0; i < kinks->listed; i++)
        if (kinks->owner[i] == owner)
            return;
    if (kinks->listed < MCY_KINKS_LISTED)
        kinks->owner[kinks->listed++] = owner;
}

/* ---- backwards */

typedef struct sweep {
    const mcy_program *program;
    const mcy_tape *tape;
    mcy_scratch *scratch;
    mcy_kinks *kinks;
} sweep;

static inline void pass(const sweep *w, uint32_t ref, double amount)
{
    if (!is_constant_ref(ref))
        w->scratch->adjoints[ref] += amount;
}

static void pass_pow(const sweep *w, const mcy_step *step, double g, double a, double b,
                     double v)
{
    if (!is_constant_ref(step->in[0]) && b != 0.0)
        pass(w, step->in[0], g * b * (a != 0.0 ? v / a : mcy_pow(a, b - 1.0)));
    if (!is_constant_ref(step->in[1]) && !(a == 0.0 && v == 0.0))
        pass(w, step->in[1], g * v * mcy_log(a));
}

/* What the adjoint g of step s adds to those of its operands. Long because every operation has its
 * line. */
static void pass_back(const sweep *w, size_t s, double g)
{
    const mcy_step *step = &w->tape->steps[s];
    const uint32_t *in = step->in;
    size_t operands = mcy_op_operands((mcy_op)step->op);
    double v = w->scratch->values[s];
    double a = operands > 0 ? value_of(w->tape, w->scratch->values, in[0]) : 0.0;
    double b = operands > 1 ? value_of(w->tape, w->scratch->values, in[1]) : 0.0;
    bool kink = false;
    switch (step->op) {
    case MCY_OP_ADD:
        pass(w, in[0], g);
        pass(w, in[1], g);
        break;
    case MCY_OP_SUB:
        pass(w, in[0], g);
        pass(w, in[1], -g);
        break;
    case MCY_OP_MUL:
        pass(w, in[0], g * b);
        pass(w, in[1], g * a);
        break;
    case MCY_OP_RATIO:
        kink = b == 0.0;
        if (kink)
            break;
        /* fall through */
    case MCY_OP_DIV:
        pass(w, in[0], g / b);
        pass(w, in[1], -g * (v / b));
        break;
    case MCY_OP_POW:
        pass_pow(w, step, g, a, b, v);
        break;
    case MCY_OP_NEG:
        pass(w, in[0], -g);
        break;
    case MCY_OP_ABS:
        kink = a == 0.0;
        pass(w, in[0], a < 0.0 ? -g : g);
        break;
    case MCY_OP_SQRT:
        kink = a == 0.0;
        pass(w, in[0], 0.5 * g / v);
        break;
    case MCY_OP_EXP:
        pass(w, in[0], g * v);
        break;
    case MCY_OP_LOG:
        pass(w, in[0], g / a);
        break;
    case MCY_OP_MIN:
        kink = a == b;
        pass(w, in[a < b ? 0 : 1], g);
        break;
    case MCY_OP_MAX:
        kink = a == b;
        pass(w, in[a > b ? 0 : 1], g);
        break;
    case MCY_OP_SELECT:
        kink = tied(w->scratch, in[0]);
        pass(w, in[a != 0.0 ? 1 : 2], g);
        break;
    default: /* comparisons and logic are flat */
        break;
    }
    if (kink)
        list_kink(w->program, w->scratch, s, w->kinks);
}

/* The gradient of what ref refers to. */
static void run_backwards(const sweep *w, uint32_t ref, double *gradient)
{
    const mcy_tape *tape = w->tape;
    double *adjoints = w->scratch->adjoints;
    for (size_t v = 0; v < tape->varying_count; v++)
        gradient[v] = 0.0;
    if (is_constant_ref(ref))
        return;
    memset(adjoints, 0, ((size_t)ref + 1) * sizeof *adjoints);
    adjoints[ref] = 1.0;
    for (size_t s = (size_t)ref + 1; s-- > 0;) {
        double g = adjoints[s];
        if (g == 0.0)
            continue;
        if (tape->steps[s].op == MCY_OP_INPUT)
            gradient[tape->steps[s].in[0]] = canonical(g);
        else
            pass_back(w, s, g);
    }
}

void mcy_program_gradient(const mcy_program *program, mcy_scratch *scratch,
                          const double *inputs, size_t count, const size_t *outputs,
                          double *gradient, double *values, mcy_kinks *kinks, mcy_fault *fault)
{
    assert(program->gradient);
    const mcy_tape *tape = &program->tape;
    unsigned before = enter_arithmetic();
    run_forwards(tape, inputs, scratch->values);
    mcy_fault found = find_fault(program, inputs, scratch->values);
    bool lost = found.kind == MCY_FAULT_INPUT || found.kind == MCY_FAULT_VARIABLE;
    if (kinks)
        *kinks = (mcy_kinks){.count = 0};
    if (!lost)
        mark_ties(tape, scratch);
    sweep w = {.program = program, .tape = tape, .scratch = scratch, .kinks = kinks};
    for (size_t i = 0; i < count; i++) {
        assert(outputs[i] < tape->output_count);
        double *row = gradient + i * tape->varying_count;
        for (size_t v = 0; lost && v < tape->varying_count; v++)
            row[v] = MCY_MISSING;
        if (!lost)
            run_backwards(&w, tape->outputs[outputs[i]], row);
    }
    for (size_t o = 0; values && o < tape->output_count; o++)
        values[o] =
            lost ? MCY_MISSING : canonical(value_of(tape, scratch->values, tape->outputs[o]));
    leave_arithmetic(before);
    if (fault)
        *fault = found;
}
