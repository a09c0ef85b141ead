/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From graph to tape: fold what no lane varies, take the branch of decided conditions, keep
 * only what is wanted, share what folding made equal. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "graph_nodes.h"
#include "mcy/kernels.h"
#include "mcy/number.h"
#include "program_parts.h"

typedef struct maker {
    mcy_arena *arena, *scratch;
    const mcy_program_request *request;
    const mcy_graph *graph;
    size_t nodes;
    const graph_node *node; /* [nodes] */
    const size_t *owner;    /* [nodes] owner + 1, 0 without one */
    uint32_t *varying;      /* [inputs] position among the varying ones, or NO_REF */
    double *value;          /* [nodes] of a folded node */
    unsigned char *folded;  /* [nodes] */
    unsigned char *live;    /* [nodes] */
    mcy_node *alias;        /* [nodes] the branch a decided SELECT stands for, or itself */
    uint32_t *ref;          /* [nodes] the reference that replaces it */
    uint32_t *table;        /* of steps by hash */
    uint32_t *constant_table;
    size_t table_mask, constant_mask;
} maker;

static mcy_status take_varying(maker *m, mcy_error *err)
{
    size_t inputs = mcy_graph_inputs(m->graph);
    m->varying = MCY_TAKE(m->scratch, uint32_t, inputs);
    if (!m->varying)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < inputs; i++)
        m->varying[i] = NO_REF;
    for (size_t i = 0; i < m->request->varying_count; i++) {
        size_t input = m->request->varying[i];
        if (input >= inputs) /* known to the model but used by no equation */
            continue;
        if (m->varying[input] != NO_REF)
            return MCY_FAIL(err, MCY_E_INPUT, "input %zu is varied twice", input);
        m->varying[input] = (uint32_t)i;
    }
    return MCY_OK;
}

static const unsigned char operand_count[] = {
#define X(name, operands) operands,
    MCY_OP_LIST(X)
#undef X
};

static void fold_input(maker *m, mcy_node n)
{
    size_t input = m->node[n].part[0];
    if (m->varying[input] != NO_REF)
        return;
    double x = m->request->base[input];
    m->value[n] = mcy_is_missing(x) ? MCY_MISSING : x;
    m->folded[n] = 1;
}

/* The value of every node that depends on no varying input, operands first. */
static void fold(maker *m)
{
    for (mcy_node n = 0; n < m->nodes; n++) {
        mcy_op op = (mcy_op)m->node[n].op;
        const mcy_node *in = m->node[n].part;
        m->alias[n] = n;
        if (op == MCY_OP_CONSTANT) {
            memcpy(&m->value[n], in, sizeof m->value[n]);
            m->folded[n] = 1;
            continue;
        }
        if (op == MCY_OP_INPUT) {
            fold_input(m, n);
            continue;
        }
        size_t operands = operand_count[op];
        mcy_node a = m->alias[in[0]], b = operands > 1 ? m->alias[in[1]] : a;
        mcy_node c = operands > 2 ? m->alias[in[2]] : a;
        if (op == MCY_OP_SELECT && m->folded[a]) {
            m->alias[n] = m->value[a] != 0.0 ? b : c;
        } else if (m->folded[a] & m->folded[b] & m->folded[c]) {
            m->value[n] = mcy_op_apply(op, m->value[a], m->value[b], m->value[c]);
            m->folded[n] = 1;
        }
    }
}

/* Users before operands. A decided SELECT keeps its condition alive for the sake of the named
 * nodes in it, and the branch taken. */
static void mark_live(maker *m)
{
    for (size_t i = 0; i < m->request->output_count; i++)
        m->live[m->request->outputs[i]] = 1;
    for (size_t i = 0; i < m->request->check_count; i++)
        m->live[m->request->checks[i]] = 1;
    for (size_t n = m->nodes; n-- > 0;) {
        if (!m->live[n])
            continue;
        const mcy_node *in = m->node[n].part;
        if (m->alias[n] != n) {
            m->live[in[0]] = m->live[m->alias[n]] = 1;
            bool then = m->value[m->alias[in[0]]] != 0.0;
            m->live[in[then ? 1 : 2]] = 1;
            continue;
        }
        for (size_t i = 0; i < operand_count[m->node[n].op]; i++)
            m->live[in[i]] = 1;
    }
}

static uint64_t mix(uint64_t h)
{
    h *= UINT64_C(0x9e3779b97f4a7c15);
    h ^= h >> 29;
    h *= UINT64_C(0xbf58476d1ce4e5b9);
    return h ^ h >> 32;
}

/* The reference of a constant, told apart by its bits. */
static uint32_t constant_ref(maker *m, mcy_tape *tape, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    size_t slot = mix(bits) & m->constant_mask;
    for (; m->constant_table[slot]; slot = (slot + 1) & m->constant_mask) {
        uint32_t at = m->constant_table[slot] - 1;
        if (!memcmp(&tape->constants[at], &value, sizeof value))
            return at | CONSTANT_REF;
    }
    tape->constants[tape->constant_count] = value;
    m->constant_table[slot] = (uint32_t)++tape->constant_count;
    return (uint32_t)(tape->constant_count - 1) | CONSTANT_REF;
}

/* The reference of a step, an equal one made before where there is one. */
static uint32_t step_ref(maker *m, mcy_tape *tape, const mcy_step *step)
{
    uint64_t h = mix((uint64_t)step->in[0] << 32 | step->in[1]);
    size_t slot = mix(h ^ ((uint64_t)step->in[2] << 32 | step->op)) & m->table_mask;
    for (; m->table[slot]; slot = (slot + 1) & m->table_mask) {
        uint32_t at = m->table[slot] - 1;
        if (!memcmp(&tape->steps[at], step, sizeof *step))
            return at;
    }
    tape->steps[tape->count] = *step;
    tape->owners[tape->count] = SIZE_MAX;
    m->table[slot] = (uint32_t)++tape->count;
    return (uint32_t)(tape->count - 1);
}

static bool commutes(mcy_op op)
{
    return op == MCY_OP_ADD || op == MCY_OP_MUL || op == MCY_OP_EQ || op == MCY_OP_NE ||
           op == MCY_OP_AND || op == MCY_OP_OR;
}

static uint32_t ref_of(maker *m, mcy_tape *tape, mcy_node node)
{
    mcy_node n = m->alias[node];
    if (m->folded[n] && m->ref[n] == NO_REF)
        m->ref[n] = constant_ref(m, tape, m->value[n]);
    return m->ref[n];
}

static void lay_step(maker *m, mcy_tape *tape, mcy_node n)
{
    mcy_op op = (mcy_op)m->node[n].op;
    const mcy_node *in = m->node[n].part;
    mcy_step step = {.op = op};
    if (op == MCY_OP_INPUT)
        step.in[0] = m->varying[in[0]];
    for (size_t i = 0; i < operand_count[op]; i++)
        step.in[i] = ref_of(m, tape, in[i]);
    if (commutes(op) && step.in[1] < step.in[0]) {
        uint32_t first = step.in[0];
        step.in[0] = step.in[1];
        step.in[1] = first;
    }
    m->ref[n] = step_ref(m, tape, &step);
}

/* Remember a named node; of those folded to what is not finite the first is enough. */
static void lay_trace(maker *m, mcy_tape *tape, mcy_node n)
{
    mcy_node stands_for = m->alias[n];
    if (!m->owner[n])
        return;
    size_t owner = m->owner[n] - 1;
    if (m->folded[stands_for]) {
        if (isfinite(m->value[stands_for]) || tape->fails_always)
            return;
        tape->fails_always = true;
    }
    uint32_t ref = ref_of(m, tape, n);
    if (!is_constant_ref(ref) && tape->owners[ref] == SIZE_MAX)
        tape->owners[ref] = owner;
    tape->traces[tape->trace_count++] =
        (mcy_trace){.ref = ref, .at = (uint32_t)tape->count, .owner = owner};
}

static void lay_steps(maker *m, mcy_tape *tape)
{
    for (mcy_node n = 0; n < m->nodes; n++) {
        if (!m->live[n])
            continue;
        if (m->alias[n] == n && !m->folded[n])
            lay_step(m, tape, n);
        lay_trace(m, tape, n);
    }
}

static size_t table_size(size_t items)
{
    size_t size = 64;
    while (size < 2 * items)
        size *= 2;
    return size;
}

static mcy_status take_nodes(maker *m, mcy_error *err)
{
    size_t n = m->nodes;
    m->value = MCY_TAKE(m->scratch, double, n);
    m->folded = MCY_TAKE(m->scratch, unsigned char, n);
    m->live = MCY_TAKE(m->scratch, unsigned char, n);
    m->alias = MCY_TAKE(m->scratch, mcy_node, n);
    m->ref = MCY_TAKE(m->scratch, uint32_t, n);
    if (!m->value || !m->folded || !m->live || !m->alias || !m->ref)
        return mcy_fail_memory(err);
    memset(m->ref, 0xff, n * sizeof *m->ref);
    return MCY_OK;
}

/* Room for what is left after folding: of a program in which nothing varies next to nothing. A
 * constant is met as an operand of a step, as an output or check, or as the first that is not
 * finite. */
static mcy_status take_tape(maker *m, mcy_tape *tape, mcy_error *err)
{
    size_t steps = 0, traces = 1, n = m->nodes;
    for (size_t i = 0; i < n; i++) {
        steps += m->live[i] && m->alias[i] == i && !m->folded[i];
        traces += m->live[i] && m->owner[i] && !m->folded[m->alias[i]];
    }
    size_t constants = 3 * steps + 1 + m->request->output_count + m->request->check_count;
    constants = constants < n ? constants : n;
    m->table_mask = table_size(steps + 1) - 1;
    m->constant_mask = table_size(constants + 1) - 1;
    m->table = MCY_TAKE(m->scratch, uint32_t, m->table_mask + 1);
    m->constant_table = MCY_TAKE(m->scratch, uint32_t, m->constant_mask + 1);
    tape->steps = MCY_TAKE(m->scratch, mcy_step, steps);
    tape->owners = MCY_TAKE(m->scratch, size_t, steps);
    tape->traces = MCY_TAKE(m->scratch, mcy_trace, traces);
    tape->constants = MCY_TAKE(m->scratch, double, constants);
    tape->outputs = MCY_TAKE(m->arena, uint32_t, m->request->output_count);
    tape->checks = MCY_TAKE(m->arena, uint32_t, m->request->check_count);
    if (!m->table || !m->constant_table || !tape->steps || !tape->owners || !tape->traces ||
        !tape->constants || !tape->outputs || !tape->checks)
        return mcy_fail_memory(err);
    return MCY_OK;
}

static mcy_status keep(mcy_arena *arena, void **array, size_t count, size_t size,
                       mcy_error *err)
{
    void *kept = mcy_arena_take(arena, count, size);
    if (!kept)
        return mcy_fail_memory(err);
    if (count)
        memcpy(kept, *array, count * size);
    *array = kept;
    return MCY_OK;
}

mcy_status mcy_tape_make(mcy_arena *arena, mcy_arena *scratch,
                         const mcy_program_request *request, mcy_tape *tape, mcy_error *err)
{
    maker m = {.arena = arena,
               .scratch = scratch,
               .request = request,
               .graph = request->graph,
               .nodes = mcy_graph_size(request->graph),
               .node = mcy_graph_nodes(request->graph),
               .owner = mcy_graph_owners(request->graph)};
    *tape = (mcy_tape){.output_count = request->output_count,
                       .check_count = request->check_count,
                       .varying_count = request->varying_count};
    MCY_TRY(take_varying(&m, err));
    MCY_TRY(take_nodes(&m, err));
    fold(&m);
    mark_live(&m);
    MCY_TRY(take_tape(&m, tape, err));
    lay_steps(&m, tape);
    for (size_t i = 0; i < request->output_count; i++)
        tape->outputs[i] = ref_of(&m, tape, request->outputs[i]);
    for (size_t i = 0; i < request->check_count; i++)
        tape->checks[i] = ref_of(&m, tape, request->checks[i]);
    MCY_TRY(keep(arena, (void **)&tape->steps, tape->count, sizeof *tape->steps, err));
    MCY_TRY(keep(arena, (void **)&tape->owners, tape->count, sizeof *tape->owners, err));
    MCY_TRY(keep(arena, (void **)&tape->traces, tape->trace_count, sizeof *tape->traces, err));
    return keep(arena, (void **)&tape->constants, tape->constant_count, sizeof *tape->constants,
                err);
}
