/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From tape to drafts: join neighbours into one kernel, put guards where a value that is not
 * finite could hide. */
#include "drafts.h"

#include <assert.h>
#include <string.h>

typedef struct coder {
    const mcy_tape *tape;
    const mcy_kernels *kernels;
    mcy_arena *scratch;
    bool careful;
    mcy_drafts *drafts;
    uint32_t *uses;         /* [steps] how often read */
    unsigned char *kept;    /* [steps] must stand in a register by itself */
    unsigned char *guarded; /* [steps] */
    unsigned char *joined;  /* [steps] computed inside its only user */
    unsigned char *checked; /* [steps] fast code: must not be 0 */
    uint32_t pending[3];
    size_t pending_count, traced;
} coder;

/* ---- which named steps to guard */

/* Whether a step that reads a value that is not finite in place i must itself be not finite. */
static bool carries(uint32_t op, size_t place)
{
    switch (op) {
    case MCY_OP_ADD:
    case MCY_OP_SUB:
    case MCY_OP_MUL:
    case MCY_OP_NEG:
    case MCY_OP_ABS:
    case MCY_OP_SQRT:
    case MCY_OP_LOG:
        return true;
    case MCY_OP_DIV:
        return place == 0;
    default:
        return false;
    }
}

/* A named step (or input) needs no guard when some named step it carries to has one or needs
 * none for the same reason. reach: a value not finite here shows at a guard. */
static mcy_status choose_guards(coder *c, mcy_error *err)
{
    const mcy_tape *tape = c->tape;
    unsigned char *reach = MCY_TAKE(c->scratch, unsigned char, tape->count);
    if (!reach)
        return mcy_fail_memory(err);
    for (size_t s = tape->count; s-- > 0;) {
        const mcy_step *step = &tape->steps[s];
        bool named = tape->owners[s] != SIZE_MAX || step->op == MCY_OP_INPUT;
        c->guarded[s] = named && !reach[s];
        if (!named && !reach[s])
            continue;
        for (size_t i = 0; i < mcy_op_operands((mcy_op)step->op); i++)
            if (!is_constant_ref(step->in[i]) && carries(step->op, i))
                reach[step->in[i]] = 1;
    }
    return MCY_OK;
}

/* ---- drafting */

static mcy_status add(coder *c, const mcy_draft *d, mcy_error *err)
{
    mcy_drafts *all = c->drafts;
    MCY_TRY(mcy_arena_grow(c->scratch, (void **)&all->items, all->count, &all->capacity,
                           sizeof *all->items, err));
    all->items[all->count++] = *d;
    return MCY_OK;
}

static mcy_draft draft_for(mcy_kernel *run, uint32_t out, uint32_t a, uint32_t b, uint32_t c,
                           uint32_t d)
{
    assert(run);
    return (mcy_draft){
        .run = run, .out = out, .out2 = NO_REF, .use = {a, b, c, d}, .kind = BESIDE_COUNT};
}

static bool is_division(uint32_t op)
{
    return op == MCY_OP_DIV || op == MCY_OP_RATIO || op == MCY_OP_SQRT;
}

static mcy_form form_of(uint32_t a, uint32_t b)
{
    bool ka = is_constant_ref(a), kb = is_constant_ref(b);
    return ka ? (kb ? FORM_KK : FORM_KV) : kb ? FORM_VK : FORM_VV;
}

static bool is_compare(uint32_t op)
{
    return op == MCY_OP_LT || op == MCY_OP_LE || op == MCY_OP_EQ || op == MCY_OP_NE;
}

/* The pair for inner inside outer, reversed when inner is the second operand; PAIR_COUNT if none. */
static mcy_pair pair_of(uint32_t inner, uint32_t outer, bool reversed)
{
    static const struct {
        unsigned char inner, outer, reversed;
    } known[] = {
#define ADD_            MCY_OP_ADD, false
#define SUB_            MCY_OP_SUB, false
#define RSUB_           MCY_OP_SUB, true
#define MUL_            MCY_OP_MUL, false
#define DIV_            MCY_OP_DIV, false
#define RDIV_           MCY_OP_DIV, true
#define MIN_            MCY_OP_MIN, false
#define RMIN_           MCY_OP_MIN, true
#define MAX_            MCY_OP_MAX, false
#define RMAX_           MCY_OP_MAX, true
#define X(inner, outer) {MCY_OP_##inner, outer##_},
        MCY_PAIR_LIST(X)
#undef X
    };
    if (outer == MCY_OP_ADD || outer == MCY_OP_MUL)
        reversed = false;
    for (size_t i = 0; i < PAIR_COUNT; i++)
        if (known[i].inner == inner && known[i].outer == outer && known[i].reversed == reversed)
            return (mcy_pair)i;
    return PAIR_COUNT;
}

static bool may_join(const coder *c, uint32_t ref)
{
    return !is_constant_ref(ref) && c->uses[ref] == 1 && !c->kept[ref] && !c->joined[ref] &&
           !c->checked[ref];
}

/* Before drafting: mark the steps that are computed inside their only user. */
static void choose_pairs(coder *c, unsigned char *outer_at)
{
    const mcy_tape *tape = c->tape;
    for (size_t s = 0; s < tape->count; s++) {
        const mcy_step *step = &tape->steps[s];
        uint32_t a = step->in[0];
        if (step->op == MCY_OP_SELECT) {
            if (may_join(c, a) && is_compare(tape->steps[a].op)) {
                c->joined[a] = 1;
                outer_at[s] = 1;
            }
        } else if (mcy_op_operands((mcy_op)step->op) == 2) {
            for (int i = 1; i >= 0 && !outer_at[s]; i--) {
                uint32_t in = step->in[i];
                if (may_join(c, in) && !outer_at[in] &&
                    pair_of(tape->steps[in].op, step->op, i == 1) != PAIR_COUNT) {
                    c->joined[in] = 1;
                    outer_at[s] = (unsigned char)(i + 1);
                }
            }
        }
    }
}

static mcy_status draft_select(coder *c, uint32_t s, bool with_compare, mcy_error *err)
{
    const mcy_step *step = &c->tape->steps[s];
    mcy_form branches = form_of(step->in[1], step->in[2]);
    mcy_draft d;
    if (with_compare) {
        const mcy_step *inner = &c->tape->steps[step->in[0]];
        mcy_form compared = form_of(inner->in[0], inner->in[1]);
        d = draft_for(c->kernels->compare_select[inner->op][compared][branches], s,
                      inner->in[0], inner->in[1], step->in[1], step->in[2]);
    } else {
        d = draft_for(c->kernels->select[branches], s, step->in[0], step->in[1], step->in[2],
                      NO_REF);
    }
    return add(c, &d, err);
}

static mcy_status draft_binary(coder *c, uint32_t s, unsigned char outer_at, mcy_error *err)
{
    const mcy_step *step = &c->tape->steps[s];
    mcy_draft d;
    if (outer_at) {
        const mcy_step *inner = &c->tape->steps[step->in[outer_at - 1]];
        uint32_t other = step->in[2 - outer_at];
        mcy_pair pair = pair_of(inner->op, step->op, outer_at == 2);
        mcy_kernel *run =
            c->kernels->pair[pair][form_of(inner->in[0], inner->in[1])][is_constant_ref(other)];
        d = draft_for(run, s, inner->in[0], inner->in[1], other, NO_REF);
        d.divides = is_division(inner->op) || is_division(step->op);
        for (size_t k = 0; k < BESIDE_COUNT; k++)
            d.beside[k] = c->kernels->pair_beside[k][pair][form_of(inner->in[0], inner->in[1])]
                                                 [is_constant_ref(other)];
    } else {
        d = draft_for(c->kernels->binary[step->op][form_of(step->in[0], step->in[1])], s,
                      step->in[0], step->in[1], NO_REF, NO_REF);
        d.heavy = step->op == MCY_OP_POW;
        d.divides = is_division(step->op);
        for (size_t k = 0; step->op == MCY_OP_DIV && k < BESIDE_COUNT; k++)
            d.beside[k] = c->kernels->divide_beside[k][form_of(step->in[0], step->in[1])];
    }
    return add(c, &d, err);
}

static mcy_status draft_step(coder *c, uint32_t s, unsigned char outer_at, mcy_error *err)
{
    const mcy_step *step = &c->tape->steps[s];
    mcy_draft d;
    switch (mcy_op_operands((mcy_op)step->op)) {
    case 3:
        return draft_select(c, s, outer_at, err);
    case 2:
        return draft_binary(c, s, outer_at, err);
    case 1:
        d = draft_for(c->kernels->unary[step->op], s, step->in[0], NO_REF, NO_REF, NO_REF);
        d.kind = step->op == MCY_OP_EXP   ? BESIDE_EXP
                 : step->op == MCY_OP_LOG ? BESIDE_LOG
                                          : BESIDE_COUNT;
        d.heavy = d.kind != BESIDE_COUNT;
        d.divides = is_division(step->op);
        return add(c, &d, err);
    default:
        d = draft_for(c->kernels->input, s, NO_REF, NO_REF, NO_REF, NO_REF);
        d.data[1] = step->in[0];
        return add(c, &d, err);
    }
}

static mcy_status flush_guards(coder *c, mcy_error *err)
{
    if (!c->pending_count)
        return MCY_OK;
    mcy_draft d = draft_for(c->kernels->guard[c->pending_count - 1], NO_REF, NO_REF, NO_REF,
                            NO_REF, NO_REF);
    for (size_t i = 0; i < c->pending_count; i++)
        d.use[i] = c->pending[i];
    c->pending_count = 0;
    return add(c, &d, err);
}

/* Careful code: look at the named nodes that are known after `done` steps. */
static mcy_status draft_traces(coder *c, size_t done, mcy_error *err)
{
    for (; c->traced < c->tape->trace_count; c->traced++) {
        const mcy_trace *trace = &c->tape->traces[c->traced];
        if (trace->at > done)
            break;
        bool folded = is_constant_ref(trace->ref);
        mcy_draft d = draft_for(folded ? c->kernels->trace_constant : c->kernels->trace, NO_REF,
                                trace->ref, NO_REF, NO_REF, NO_REF);
        d.data[1] = (uint32_t)trace->owner;
        d.data[2] = (uint32_t)((uint64_t)trace->owner >> 32);
        MCY_TRY(add(c, &d, err));
    }
    return MCY_OK;
}

/* After a step: look at it (careful code), or guard it together with two others (fast code). */
static mcy_status draft_watch(coder *c, uint32_t s, mcy_error *err)
{
    if (c->careful)
        return draft_traces(c, s + 1, err);
    if (!c->guarded[s])
        return MCY_OK;
    c->pending[c->pending_count++] = s;
    c->drafts->guards++;
    return c->pending_count == 3 ? flush_guards(c, err) : MCY_OK;
}

/* Careful code: every check by its number, in their order. */
static mcy_status draft_checks(coder *c, mcy_error *err)
{
    for (size_t i = 0; c->careful && i < c->tape->check_count; i++) {
        uint32_t ref = c->tape->checks[i];
        mcy_kernel *run =
            is_constant_ref(ref) ? c->kernels->trace_check_constant : c->kernels->trace_check;
        mcy_draft d = draft_for(run, NO_REF, ref, NO_REF, NO_REF, NO_REF);
        d.data[1] = (uint32_t)i;
        MCY_TRY(add(c, &d, err));
    }
    return MCY_OK;
}

/* Fast code: a check is looked at as soon as it is known; a comparison that nothing else reads
 * needs no register. */
static mcy_status draft_check(coder *c, uint32_t s, mcy_error *err)
{
    const mcy_step *step = &c->tape->steps[s];
    mcy_draft d;
    if (c->joined[s])
        d = draft_for(c->kernels->check_compare[step->op][form_of(step->in[0], step->in[1])],
                      NO_REF, step->in[0], step->in[1], NO_REF, NO_REF);
    else
        d = draft_for(c->kernels->check, NO_REF, s, NO_REF, NO_REF, NO_REF);
    d.fixed = CHECK_REGISTER;
    return add(c, &d, err);
}

/* Mark what must hold: the checks and, where a check is an `and`, its two sides instead. */
static void mark_checks(coder *c)
{
    const mcy_tape *tape = c->tape;
    for (size_t i = 0; i < tape->check_count; i++)
        if (!is_constant_ref(tape->checks[i]))
            c->checked[tape->checks[i]] = 1;
    for (size_t s = tape->count; s-- > 0;) {
        const mcy_step *step = &tape->steps[s];
        if (!c->checked[s] || c->uses[s] || c->kept[s])
            continue;
        if (step->op == MCY_OP_AND && form_of(step->in[0], step->in[1]) == FORM_VV) {
            for (size_t k = 0; k < 2; k++) {
                c->uses[step->in[k]]--;
                c->checked[step->in[k]] = 1;
            }
            c->checked[s] = 0;
            c->joined[s] = 1;
        } else if (is_compare(step->op)) {
            c->joined[s] = 1;
        }
    }
}

/* Outputs of a step, to be written as soon as it is computed: lists by step. */
static mcy_status list_outputs(coder *c, uint32_t **first, uint32_t **next, mcy_error *err)
{
    const mcy_tape *tape = c->tape;
    *first = MCY_TAKE(c->scratch, uint32_t, tape->count);
    *next = MCY_TAKE(c->scratch, uint32_t, tape->output_count);
    if (!*first || !*next)
        return mcy_fail_memory(err);
    memset(*first, 0xff, tape->count * sizeof **first);
    for (size_t i = tape->output_count; i-- > 0;)
        if (!is_constant_ref(tape->outputs[i])) {
            (*next)[i] = (*first)[tape->outputs[i]];
            (*first)[tape->outputs[i]] = (uint32_t)i;
        }
    return MCY_OK;
}

static mcy_status draft_all(coder *c, mcy_error *err)
{
    const mcy_tape *tape = c->tape;
    uint32_t *first, *next;
    MCY_TRY(list_outputs(c, &first, &next, err));
    unsigned char *outer_at = MCY_TAKE(c->scratch, unsigned char, tape->count);
    if (!outer_at)
        return mcy_fail_memory(err);
    choose_pairs(c, outer_at);
    if (c->careful)
        MCY_TRY(draft_traces(c, 0, err));
    for (uint32_t s = 0; s < tape->count; s++) {
        if (!c->joined[s])
            MCY_TRY(draft_step(c, s, outer_at[s], err));
        if (c->checked[s])
            MCY_TRY(draft_check(c, s, err));
        if (c->joined[s])
            continue;
        for (uint32_t o = first[s]; o != NO_REF; o = next[o]) {
            mcy_draft d = draft_for(c->kernels->output, NO_REF, s, NO_REF, NO_REF, NO_REF);
            d.data[1] = o;
            MCY_TRY(add(c, &d, err));
        }
        MCY_TRY(draft_watch(c, s, err));
    }
    MCY_TRY(flush_guards(c, err));
    return draft_checks(c, err);
}

static void count_uses(coder *c)
{
    const mcy_tape *tape = c->tape;
    for (size_t s = 0; s < tape->count; s++) {
        const mcy_step *step = &tape->steps[s];
        for (size_t i = 0; i < mcy_op_operands((mcy_op)step->op); i++)
            if (!is_constant_ref(step->in[i]))
                c->uses[step->in[i]]++;
        if (c->careful ? tape->owners[s] != SIZE_MAX : c->guarded[s])
            c->kept[s] = 1;
    }
    for (size_t i = 0; i < tape->output_count; i++)
        if (!is_constant_ref(tape->outputs[i]))
            c->kept[tape->outputs[i]] = 1;
    for (size_t i = 0; c->careful && i < tape->check_count; i++)
        if (!is_constant_ref(tape->checks[i]))
            c->kept[tape->checks[i]] = 1;
}

mcy_status mcy_drafts_make(mcy_arena *arena, const mcy_tape *tape, const mcy_kernels *kernels,
                           bool careful, mcy_drafts *drafts, mcy_error *err)
{
    *drafts = (mcy_drafts){.count = 0};
    coder c = {.tape = tape,
               .kernels = kernels,
               .scratch = arena,
               .careful = careful,
               .drafts = drafts};
    c.uses = MCY_TAKE(arena, uint32_t, tape->count);
    c.kept = MCY_TAKE(arena, unsigned char, tape->count);
    c.guarded = MCY_TAKE(arena, unsigned char, tape->count);
    c.joined = MCY_TAKE(arena, unsigned char, tape->count);
    c.checked = MCY_TAKE(arena, unsigned char, tape->count);
    if (!c.uses || !c.kept || !c.guarded || !c.joined || !c.checked)
        return mcy_fail_memory(err);
    MCY_TRY(choose_guards(&c, err));
    count_uses(&c);
    if (!careful)
        mark_checks(&c);
    return draft_all(&c, err);
}
