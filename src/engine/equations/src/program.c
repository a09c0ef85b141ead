/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiling and running programs. */
#include "mcy/program.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "arithmetic_state.h"
#include "mcy/number.h"
#include "program_parts.h"

/* ---- instruction sets */

const char *mcy_variant_name(mcy_variant variant)
{
    static const char *const names[] = {
#define X(name, text) text,
        MCY_VARIANT_LIST(X)
#undef X
    };
    return variant < MCY_VARIANT_COUNT ? names[variant] : "unknown";
}

bool mcy_variant_supported(mcy_variant variant)
{
    switch (variant) {
    case MCY_VARIANT_AUTO:
    case MCY_VARIANT_PLAIN:
        return true;
#if defined(__x86_64__)
    case MCY_VARIANT_SSE2:
        return true;
    case MCY_VARIANT_AVX2:
        return __builtin_cpu_supports("avx2");
    case MCY_VARIANT_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl");
#endif
    default:
        return false;
    }
}

mcy_variant mcy_variant_best(void)
{
    static const mcy_variant falling[] = {MCY_VARIANT_AVX512, MCY_VARIANT_AVX2,
                                          MCY_VARIANT_SSE2};
    for (size_t i = 0; i < sizeof falling / sizeof *falling; i++)
        if (mcy_variant_supported(falling[i]))
            return falling[i];
    return MCY_VARIANT_PLAIN;
}

mcy_status mcy_variant_parse(const char *text, mcy_variant *variant, mcy_error *err)
{
    for (int v = 0; v < MCY_VARIANT_COUNT; v++) {
        if (strcmp(text, mcy_variant_name((mcy_variant)v)) != 0)
            continue;
        if (!mcy_variant_supported((mcy_variant)v))
            return MCY_FAIL(err, MCY_E_USAGE, "this machine cannot run '%s' code", text);
        *variant = (mcy_variant)v;
        return MCY_OK;
    }
    return MCY_FAIL(err, MCY_E_USAGE,
                    "unknown instruction set '%s': auto, plain, sse2, avx2 or avx512", text);
}

static const mcy_kernels *kernels_of(mcy_variant variant)
{
    switch (variant) {
#if defined(__x86_64__)
    case MCY_VARIANT_SSE2:
        return &mcy_kernels_sse2;
    case MCY_VARIANT_AVX2:
        return &mcy_kernels_avx2;
    case MCY_VARIANT_AVX512:
        return &mcy_kernels_avx512;
#endif
    default:
        return &mcy_kernels_plain;
    }
}

/* ---- compiling */

static mcy_status check_request(const mcy_program_request *request, mcy_error *err)
{
    size_t block = request->block, nodes = mcy_graph_size(request->graph);
    MCY_TRY(mcy_graph_status(request->graph, err));
    if (block % MCY_BLOCK_STEP || block > MCY_BLOCK_LARGEST)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "a block of %zu lanes: want a multiple of %d up to %d", block,
                        MCY_BLOCK_STEP, MCY_BLOCK_LARGEST);
    if (!mcy_variant_supported(request->variant))
        return MCY_FAIL(err, MCY_E_USAGE, "this machine cannot run '%s' code",
                        mcy_variant_name(request->variant));
    for (size_t i = 0; i < request->output_count; i++)
        if (request->outputs[i] >= nodes)
            return MCY_FAIL(err, MCY_E_INPUT, "output %zu is node %u of %zu", i,
                            (unsigned)request->outputs[i], nodes);
    for (size_t i = 0; i < request->check_count; i++)
        if (request->checks[i] >= nodes)
            return MCY_FAIL(err, MCY_E_INPUT, "check %zu is node %u of %zu", i,
                            (unsigned)request->checks[i], nodes);
    return MCY_OK;
}

static mcy_status note_ends(mcy_arena *arena, mcy_program *program, mcy_error *err)
{
    mcy_tape *tape = &program->tape;
    program->constant_outputs = MCY_TAKE(arena, size_t, tape->output_count);
    program->input_used = MCY_TAKE(arena, bool, tape->varying_count);
    if (!program->constant_outputs || !program->input_used)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < tape->output_count; i++)
        if (is_constant_ref(tape->outputs[i]))
            program->constant_outputs[program->constant_output_count++] = i;
    for (size_t i = 0; i < tape->check_count; i++)
        if (is_constant_ref(tape->checks[i]) &&
            tape->constants[tape->checks[i] & ~CONSTANT_REF] == 0.0)
            tape->fails_always = true;
    for (size_t s = 0; s < tape->count; s++)
        if (tape->steps[s].op == MCY_OP_INPUT)
            program->input_used[tape->steps[s].in[0]] = true;
    return MCY_OK;
}

/* For kinks: the named step each step is part of, its own name or that of its nearest user. */
static mcy_status note_parts(mcy_arena *arena, mcy_program *program, mcy_error *err)
{
    const mcy_tape *tape = &program->tape;
    size_t *part_of = MCY_TAKE(arena, size_t, tape->count);
    if (!part_of)
        return mcy_fail_memory(err);
    memcpy(part_of, tape->owners, tape->count * sizeof *part_of);
    for (size_t s = tape->count; s-- > 0;)
        for (size_t i = 0; i < mcy_op_operands((mcy_op)tape->steps[s].op); i++) {
            uint32_t in = tape->steps[s].in[i];
            if (!is_constant_ref(in) && tape->owners[in] == SIZE_MAX)
                part_of[in] = part_of[s];
        }
    program->part_of = part_of;
    return MCY_OK;
}

static void describe(mcy_program *program, const mcy_program_request *request,
                     mcy_variant variant)
{
    const mcy_tape *tape = &program->tape;
    mcy_program_facts *facts = &program->facts;
    *facts = (mcy_program_facts){.graph_nodes = mcy_graph_size(request->graph),
                                 .live = tape->count,
                                 .instructions = program->fast.count,
                                 .constants = tape->constant_count,
                                 .registers = program->fast.registers,
                                 .guards = program->fast.guards,
                                 .outputs = tape->output_count,
                                 .checks = tape->check_count,
                                 .varying = tape->varying_count,
                                 .block = program->block,
                                 .variant = variant};
    size_t registers = program->fast.registers > program->careful.registers
                           ? program->fast.registers
                           : program->careful.registers;
    facts->scratch_bytes =
        registers * program->stride * sizeof(double) + program->block * sizeof(mcy_fault);
    if (program->gradient)
        facts->scratch_bytes += tape->count * (2 * sizeof(double) + sizeof(unsigned char));
    for (size_t s = 0; s < tape->count; s++)
        facts->operations[tape->steps[s].op]++;
}

static mcy_status compile_in(mcy_arena *arena, mcy_arena *scratch,
                             const mcy_program_request *request, mcy_program *program,
                             mcy_error *err)
{
    mcy_variant variant =
        request->variant == MCY_VARIANT_AUTO ? mcy_variant_best() : request->variant;
    const mcy_kernels *kernels = kernels_of(variant);
    program->block = request->block ? request->block : MCY_BLOCK_DEFAULT;
    program->stride = program->block;
    program->gradient = request->gradient;
    MCY_TRY(mcy_tape_make(arena, scratch, request, &program->tape, err));
    MCY_TRY(note_ends(arena, program, err));
    if (program->gradient)
        MCY_TRY(note_parts(arena, program, err));
    MCY_TRY(mcy_code_make(arena, scratch, &program->tape, kernels, program->stride, false,
                          &program->fast, err));
    MCY_TRY(mcy_code_make(arena, scratch, &program->tape, kernels, program->stride, true,
                          &program->careful, err));
    describe(program, request, variant);
    return MCY_OK;
}

mcy_status mcy_program_compile(mcy_arena *arena, const mcy_program_request *request,
                               const mcy_program **result, mcy_error *err)
{
    *result = NULL;
    MCY_TRY(check_request(request, err));
    mcy_program *program = MCY_TAKE(arena, mcy_program, 1);
    mcy_arena *scratch = mcy_arena_create();
    if (!program || !scratch) {
        mcy_arena_destroy(scratch);
        return mcy_fail_memory(err);
    }
    unsigned before = enter_arithmetic(); /* what is folded must be what would be run */
    mcy_status status = compile_in(arena, scratch, request, program, err);
    leave_arithmetic(before);
    mcy_arena_destroy(scratch);
    if (status == MCY_OK)
        *result = program;
    return status;
}

mcy_program_facts mcy_program_describe(const mcy_program *program)
{
    return program->facts;
}

mcy_status mcy_scratch_create(mcy_arena *arena, const mcy_program *program,
                              mcy_scratch **result, mcy_error *err)
{
    size_t registers = program->fast.registers > program->careful.registers
                           ? program->fast.registers
                           : program->careful.registers;
    mcy_scratch *scratch = MCY_TAKE(arena, mcy_scratch, 1);
    if (!scratch)
        return mcy_fail_memory(err);
    scratch->registers = MCY_TAKE(arena, double, registers * program->stride);
    scratch->faults = MCY_TAKE(arena, mcy_fault, program->block);
    if (!scratch->registers || !scratch->faults)
        return mcy_fail_memory(err);
    if (program->gradient) {
        size_t steps = program->tape.count;
        scratch->values = MCY_TAKE(arena, double, steps);
        scratch->adjoints = MCY_TAKE(arena, double, steps);
        scratch->ties = MCY_TAKE(arena, unsigned char, steps);
        if (!scratch->values || !scratch->adjoints || !scratch->ties)
            return mcy_fail_memory(err);
    }
    *result = scratch;
    return MCY_OK;
}

/* ---- running */

static void execute(const mcy_code *code, const mcy_frame *frame)
{
    const mcy_instruction *end = code->instructions + code->count;
    for (const mcy_instruction *i = code->instructions; i < end; i++)
        i->run(i, frame);
}

/* Whether some lane of the block just run went wrong, as far as the sums tell. */
static bool suspicious(const mcy_program *program, const mcy_frame *frame)
{
    const double *guard = frame->registers + GUARD_REGISTER * program->stride;
    const double *check = frame->registers + CHECK_REGISTER * program->stride;
    bool bad = program->tape.fails_always;
    for (size_t j = 0; j < frame->count; j++)
        bad |= !isfinite(guard[j]) | (check[j] == 0.0);
    return bad;
}

static void find_bad_inputs(const mcy_program *program, const mcy_frame *frame)
{
    for (size_t v = 0; v < program->tape.varying_count; v++)
        for (size_t j = 0; program->input_used[v] && j < frame->count; j++) {
            double x = frame->inputs[v][frame->first + j];
            mcy_fault *fault = &frame->faults[j];
            if (!isfinite(x) && fault->kind == MCY_FAULT_NONE)
                *fault = (mcy_fault){.kind = MCY_FAULT_INPUT,
                                     .index = v,
                                     .value = mcy_is_missing(x) ? MCY_MISSING : x};
        }
}

/* Run the block once more with every named step looked at; returns how many lanes failed. */
static size_t look_closely(const mcy_program *program, mcy_frame *frame, mcy_fault *block)
{
    if (!frame->faults)
        frame->faults = block;
    for (size_t j = 0; j < frame->count; j++)
        frame->faults[j] = (mcy_fault){.kind = MCY_FAULT_NONE};
    find_bad_inputs(program, frame);
    execute(&program->careful, frame);
    size_t failed = 0;
    for (size_t j = 0; j < frame->count; j++) {
        mcy_fault_kind kind = frame->faults[j].kind;
        failed += kind != MCY_FAULT_NONE;
        if (kind != MCY_FAULT_INPUT && kind != MCY_FAULT_VARIABLE)
            continue;
        for (size_t o = 0; o < program->tape.output_count; o++)
            frame->outputs[o][frame->first + j] = MCY_MISSING;
    }
    return failed;
}

static size_t run_block(const mcy_program *program, mcy_scratch *scratch, mcy_frame *frame)
{
    double *guard = frame->registers + GUARD_REGISTER * program->stride;
    double *check = frame->registers + CHECK_REGISTER * program->stride;
    for (size_t j = 0; j < frame->lanes; j++) {
        guard[j] = 0.0;
        check[j] = 1.0;
    }
    for (size_t i = 0; i < program->constant_output_count; i++) {
        size_t o = program->constant_outputs[i];
        double value = program->tape.constants[program->tape.outputs[o] & ~CONSTANT_REF];
        for (size_t j = 0; j < frame->count; j++)
            frame->outputs[o][frame->first + j] = value;
    }
    execute(&program->fast, frame);
    if (suspicious(program, frame))
        return look_closely(program, frame, scratch->faults);
    for (size_t j = 0; frame->faults && j < frame->count; j++)
        frame->faults[j] = (mcy_fault){.kind = MCY_FAULT_NONE};
    return 0;
}

size_t mcy_program_run(const mcy_program *program, mcy_scratch *scratch, size_t n,
                       const double *const *inputs, double *const *outputs, mcy_fault *faults)
{
    unsigned before = enter_arithmetic();
    size_t failed = 0;
    for (size_t first = 0; first < n; first += program->block) {
        size_t count = n - first < program->block ? n - first : program->block;
        mcy_frame frame = {
            .registers = scratch->registers,
            .constants = program->tape.constants,
            .lanes = (count + MCY_BLOCK_STEP - 1) / MCY_BLOCK_STEP * MCY_BLOCK_STEP,
            .count = count,
            .first = first,
            .inputs = inputs,
            .outputs = outputs,
            .faults = faults ? faults + first : NULL,
        };
        failed += run_block(program, scratch, &frame);
    }
    leave_arithmetic(before);
    return failed;
}
