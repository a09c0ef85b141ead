/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a program share: the tape (operations left after folding), the code made from
 * it, and the frame in which code runs on one block of lanes. */
#ifndef MCY_PROGRAM_PARTS_H
#define MCY_PROGRAM_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "mcy/program.h"

/* A reference is the number of a step, or with CONSTANT_REF set of a constant. */
#define CONSTANT_REF UINT32_C(0x80000000)
#define NO_REF       UINT32_MAX

static inline bool is_constant_ref(uint32_t ref)
{
    return ref & CONSTANT_REF;
}

/* op applied to in; of INPUT in[0] is the position among the varying inputs. */
typedef struct mcy_step {
    uint32_t op;
    uint32_t in[3];
} mcy_step;

/* A named node, to be looked at in careful runs once the first `at` steps are done. */
typedef struct mcy_trace {
    uint32_t ref, at;
    size_t owner;
} mcy_trace;

typedef struct mcy_tape {
    mcy_step *steps;
    size_t *owners; /* of a step, SIZE_MAX for none; the first where several nodes became one */
    size_t count;
    mcy_trace *traces; /* in the order of the graph's nodes */
    size_t trace_count;
    double *constants;
    size_t constant_count;
    uint32_t *outputs, *checks; /* references */
    size_t output_count, check_count, varying_count;
    bool fails_always; /* a named node or a check was folded to a failure */
} mcy_tape;

/**
 * Fold, prune, drop and share: the tape of a request.
 *
 * Given:     arena    owns the tape
 *            scratch  for the time of the call
 */
mcy_status mcy_tape_make(mcy_arena *arena, mcy_arena *scratch,
                         const mcy_program_request *request, mcy_tape *tape, mcy_error *err);

typedef struct mcy_frame mcy_frame;
typedef struct mcy_instruction mcy_instruction;
typedef void mcy_kernel(const mcy_instruction *instruction, const mcy_frame *frame);

/* Places are in doubles from the frame's registers, or numbers of constants, as the kernel knows.
 * Of INPUT and OUTPUT in[1] is a position, of TRACE in[1] | in[2] << 32 the owner. */
struct mcy_instruction {
    mcy_kernel *run;
    uint32_t out;
    uint32_t in[4];
    uint16_t begin, end; /* the lanes it does */
    uint32_t out2;       /* of two results in one */
};

/* One block of lanes while it runs. lanes is count rounded up to MCY_BLOCK_STEP; what is beyond
 * count repeats the last lane. */
struct mcy_frame {
    double *registers;
    const double *constants;
    size_t lanes, count, first;
    const double *const *inputs;
    double *const *outputs;
    mcy_fault *faults; /* [count] in careful runs */
};

typedef struct mcy_code {
    mcy_instruction *instructions;
    size_t count, registers, guards;
} mcy_code;

/* Registers 0 and 1 gather what went wrong: the sum of all guarded values, finite only if they
 * all are (or their sum is too large: then the careful run finds nothing), and the product of
 * all conditions. */
enum { GUARD_REGISTER = 0, CHECK_REGISTER = 1, FIRST_REGISTER = 2 };

/* How a kernel takes its operands: register or constant each. */
typedef enum mcy_form { FORM_VV, FORM_VK, FORM_KV, FORM_KK, FORM_COUNT } mcy_form;

#define MCY_UNARY_LIST(X) X(NEG) X(ABS) X(SQRT) X(EXP) X(LOG) X(NOT)
#define MCY_BINARY_LIST(X)                                                                     \
    X(ADD)                                                                                     \
    X(SUB) X(MUL) X(DIV) X(RATIO) X(POW) X(MIN) X(MAX) X(LT) X(LE) X(EQ) X(NE) X(AND) X(OR)
#define MCY_COMPARE_LIST(X) X(LT) X(LE) X(EQ) X(NE)

/* Two operations in one kernel, (a inner b) outer c, or with the prefix R c outer (a inner b). */
#define MCY_PAIR_OUTER_LIST(X, inner)                                                          \
    X(inner, ADD) X(inner, SUB) X(inner, RSUB) X(inner, MUL) X(inner, DIV) X(inner, RDIV)
#define MCY_PAIR_LIST(X)                                                                       \
    MCY_PAIR_OUTER_LIST(X, ADD)                                                                \
    MCY_PAIR_OUTER_LIST(X, SUB)                                                                \
    MCY_PAIR_OUTER_LIST(X, MUL)                                                                \
    MCY_PAIR_OUTER_LIST(X, DIV)                                                                \
    X(MIN, MAX) X(MIN, RMAX) X(MAX, MIN) X(MAX, RMIN)

typedef enum mcy_pair {
#define X(inner, outer) PAIR_##inner##_##outer,
    MCY_PAIR_LIST(X)
#undef X
        PAIR_COUNT
} mcy_pair;

/* The pairs that divide. They, and a division alone, also come beside an exp or a log that has
 * nothing to do with them: the divider works while the other units do. */
#define MCY_DIVIDING_PAIR_LIST(X)                                                              \
    MCY_PAIR_OUTER_LIST(X, DIV)                                                                \
    X(ADD, DIV) X(ADD, RDIV) X(SUB, DIV) X(SUB, RDIV) X(MUL, DIV) X(MUL, RDIV)
typedef enum mcy_beside { BESIDE_EXP, BESIDE_LOG, BESIDE_COUNT } mcy_beside;

/* The kernels of one instruction set. NULL where a form does not occur. */
typedef struct mcy_kernels {
    mcy_kernel *unary[MCY_OP_COUNT];
    mcy_kernel *binary[MCY_OP_COUNT][FORM_COUNT];
    mcy_kernel *select[FORM_COUNT];                                   /* of the branches */
    mcy_kernel *compare_select[MCY_OP_COUNT][FORM_COUNT][FORM_COUNT]; /* compared, branches */
    mcy_kernel
        *pair[PAIR_COUNT][FORM_COUNT][2]; /* operands of inner, of outer: register or not */
    mcy_kernel *divide_beside[BESIDE_COUNT][FORM_COUNT];
    mcy_kernel *pair_beside[BESIDE_COUNT][PAIR_COUNT][FORM_COUNT][2];
    mcy_kernel *input, *output, *guard[3], *check, *trace, *trace_constant;
    mcy_kernel *check_compare[MCY_OP_COUNT][FORM_COUNT]; /* of a comparison nobody else reads */
    mcy_kernel *trace_check, *trace_check_constant;
} mcy_kernels;

extern const mcy_kernels mcy_kernels_plain;
#if defined(__x86_64__)
extern const mcy_kernels mcy_kernels_sse2, mcy_kernels_avx2, mcy_kernels_avx512;
#endif

/**
 * Code for a tape.
 *
 * Given:     careful   every named step is looked at as it is computed and faults are recorded
 *            stride    doubles from register to register
 */
mcy_status mcy_code_make(mcy_arena *arena, mcy_arena *scratch, const mcy_tape *tape,
                         const mcy_kernels *kernels, size_t stride, bool careful,
                         mcy_code *code, mcy_error *err);

struct mcy_program {
    mcy_tape tape;
    mcy_code fast, careful;
    mcy_program_facts facts;
    size_t block, stride;
    bool gradient;
    size_t *constant_outputs; /* positions of outputs that are constants */
    size_t constant_output_count;
    bool *input_used; /* [varying] */
    size_t *part_of; /* [steps] when gradient: the owner a step counts for, SIZE_MAX for none */
};

struct mcy_scratch {
    double *registers;
    mcy_fault *faults; /* [block] */
    /* of gradients */
    double *values, *adjoints; /* [steps] */
    unsigned char *ties;       /* [steps] */
};

#endif
