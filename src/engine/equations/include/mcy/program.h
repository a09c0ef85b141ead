/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs: a graph made into straight-line code for the inputs that vary and the nodes that are
 * wanted, and run on many lanes at once (a lane is a scenario). A program is immutable and shared
 * by threads; each thread has its own scratch.
 *
 *     mcy_program_request request = {.graph = graph, .base = base, .varying_count = 2,
 *                                    .varying = axes, .output_count = 3, .outputs = nodes};
 *     MCY_TRY(mcy_program_compile(arena, &request, &program, err));
 *     MCY_TRY(mcy_scratch_create(thread_arena, program, &scratch, err));
 *     size_t failed = mcy_program_run(program, scratch, n, inputs, outputs, faults);
 */
#ifndef MCY_PROGRAM_H
#define MCY_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mcy/arena.h"
#include "mcy/graph.h"
#include "mcy/status.h"

/* Instruction sets a program can run on; all give the same bits. PLAIN is standard C for any
 * machine. X(name, text) */
#define MCY_VARIANT_LIST(X)                                                                    \
    X(AUTO, "auto")                                                                            \
    X(PLAIN, "plain")                                                                          \
    X(SSE2, "sse2")                                                                            \
    X(AVX2, "avx2")                                                                            \
    X(AVX512, "avx512")

typedef enum mcy_variant {
#define X(name, text) MCY_VARIANT_##name,
    MCY_VARIANT_LIST(X)
#undef X
        MCY_VARIANT_COUNT
} mcy_variant;

/** Text of a variant, as in "avx2". */
const char *mcy_variant_name(mcy_variant variant);

/** Whether this machine (and this build) can run the variant; AUTO always. */
bool mcy_variant_supported(mcy_variant variant);

/** The fastest variant this machine can run. */
mcy_variant mcy_variant_best(void);

/**
 * A variant from what a user wrote in an option or in the environment.
 *
 * Fails:     MCY_E_USAGE   no such name (the names are listed), or the machine cannot run it
 */
mcy_status mcy_variant_parse(const char *text, mcy_variant *variant, mcy_error *err);

enum { MCY_BLOCK_STEP = 16, MCY_BLOCK_DEFAULT = 128, MCY_BLOCK_LARGEST = 1024 };

typedef struct mcy_program mcy_program;
typedef struct mcy_scratch mcy_scratch;

/* What to compile. All arrays are only read during the call. Zero-initialise what is not used. */
typedef struct mcy_program_request {
    const mcy_graph *graph;
    const double *base;    /* [mcy_graph_inputs] value of every input that does not vary */
    size_t varying_count;  /* inputs that differ from lane to lane: */
    const size_t *varying; /* [varying_count] their numbers, each once, in the order of a run */
    size_t output_count;
    const mcy_node *outputs; /* [output_count] the nodes wanted; one may be wanted twice */
    size_t check_count;
    const mcy_node
        *checks;         /* [check_count] conditions that must hold (be != 0) in every lane */
    mcy_variant variant; /* AUTO (0) for the best */
    size_t block;        /* lanes a block, a multiple of MCY_BLOCK_STEP; 0 for the default */
    bool gradient;       /* keep what mcy_program_gradient needs */
} mcy_program_request;

/* Why a lane failed. INPUT: a varying input is not finite; VARIABLE: a named node is not finite;
 * CHECK: a condition does not hold. Earlier kinds win over later ones, and within a kind the
 * place that comes first. */
typedef enum mcy_fault_kind {
    MCY_FAULT_NONE,
    MCY_FAULT_INPUT,
    MCY_FAULT_VARIABLE,
    MCY_FAULT_CHECK
} mcy_fault_kind;

typedef struct mcy_fault {
    mcy_fault_kind kind;
    size_t index; /* INPUT: position in varying; VARIABLE: owner (mcy_graph_name) of the named
                     node that comes first in the graph; CHECK: position in checks */
    double value; /* what was there: NaN, an infinity, or of a check 0 */
} mcy_fault;

/**
 * Compile a program.
 *
 * What depends on no varying input is computed now, with the same kernels; of a SELECT whose
 * condition is known only the branch taken is kept; what no output and no check needs is dropped;
 * equal expressions are computed once. Nothing else is rewritten: the values are bit for bit those
 * of the graph evaluated node by node (mcy_op_apply).
 *
 * Given:     arena     owns the program; nothing of the request is needed afterwards
 * Returned:  *program
 * Fails:     MCY_E_INPUT    a block or a node out of range, an input varied twice (one that no
 *                           equation uses may be varied: it changes nothing)
 *            MCY_E_USAGE    the variant cannot run on this machine
 *            MCY_E_MEMORY
 * Notes:     an input of the base that is missing makes what uses it missing: every lane then
 *            fails with the variable concerned
 */
mcy_status mcy_program_compile(mcy_arena *arena, const mcy_program_request *request,
                               const mcy_program **program, mcy_error *err);

/**
 * What one thread needs to run a program; all memory is taken here, none while running.
 *
 * Given:     arena     of the thread; the scratch lives in it
 * Fails:     MCY_E_MEMORY
 */
mcy_status mcy_scratch_create(mcy_arena *arena, const mcy_program *program,
                              mcy_scratch **scratch, mcy_error *err);

/**
 * Run n lanes.
 *
 * Given:     inputs    [varying_count] pointers to [n] values each
 *            scratch   made for this program, used by one thread at a time
 * Returned:  outputs   [output_count] pointers to [n] values each. NaN is MCY_MISSING. In a lane
 *                      that failed by INPUT or VARIABLE all outputs are MCY_MISSING; the other
 *                      lanes are untouched by it. Where only a CHECK fails the values stand.
 *            faults    [n] why each lane failed, NONE where it did not; may be NULL
 *            number of lanes that failed
 * Missing:   a missing input fails the lane
 * Notes:     the result of a lane depends on its inputs alone: not on n, the block, the lane's
 *            place, the variant or the thread. The machine's rounding mode is set for the call.
 * Checked:   test_program.c
 */
size_t mcy_program_run(const mcy_program *program, mcy_scratch *scratch, size_t n,
                       const double *const *inputs, double *const *outputs, mcy_fault *faults);

enum { MCY_KINKS_LISTED = 32 };

/* Places where an active expression has no derivative: both sides of a min, max, clamp or of a
 * comparison that decides an if are equal, abs or sqrt at 0, ratio by 0. The derivative given is
 * that of the branch the values take. */
typedef struct mcy_kinks {
    size_t count;                   /* places; several may belong to one named node */
    size_t listed;                  /* owners below, each once, at most MCY_KINKS_LISTED */
    size_t owner[MCY_KINKS_LISTED]; /* the named node the place is part of; SIZE_MAX for none */
} mcy_kinks;

/**
 * Gradients of some outputs of one scenario, by one run forwards and one backwards for each
 * output over the same operations.
 *
 * Given:     program    compiled with .gradient = true
 *            inputs     [varying_count] the scenario
 *            count, outputs   [count] positions in the request's outputs
 * Returned:  gradient   [count * varying_count] d outputs[i] / d varying[j] at i * varying_count
 *                       + j; MCY_MISSING when the scenario failed by INPUT or VARIABLE
 *            values     [output_count] as from a run; may be NULL
 *            kinks      may be NULL; those met on the way of any of the outputs, each once
 *            fault      may be NULL
 * Notes:     min, max, abs, if and ratio take the branch the values take and select, never
 *            multiply by 0: a branch not taken adds nothing even where it is infinite. An output
 *            that is missing has gradient 0. The condition of an if has derivative 0.
 * Checked:   test_gradient.c
 */
void mcy_program_gradient(const mcy_program *program, mcy_scratch *scratch,
                          const double *inputs, size_t count, const size_t *outputs,
                          double *gradient, double *values, mcy_kinks *kinks, mcy_fault *fault);

/* What a program is made of, for reports and benches. */
typedef struct mcy_program_facts {
    size_t graph_nodes;  /* in the graph */
    size_t live;         /* operations left for each lane */
    size_t instructions; /* after joining neighbours */
    size_t constants, registers, guards, outputs, checks, varying, block;
    size_t scratch_bytes; /* a thread */
    mcy_variant variant;
    size_t operations[MCY_OP_COUNT]; /* live ones by kind */
} mcy_program_facts;

mcy_program_facts mcy_program_describe(const mcy_program *program);

#endif
