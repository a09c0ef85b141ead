/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drafts: the instructions of a tape before they have an order and registers. */
#ifndef MCY_DRAFTS_H
#define MCY_DRAFTS_H

#include "program_parts.h"

/* An instruction before it has registers. use lists the steps it reads (NO_REF for none). */
typedef struct mcy_draft {
    mcy_kernel *run;
    mcy_kernel
        *beside[BESIDE_COUNT]; /* of what divides: the same beside an exp, beside a log */
    uint32_t out, out2;        /* steps, or NO_REF */
    uint32_t use[4];           /* references or NO_REF */
    uint32_t data[4];          /* where use is NO_REF: goes into in[] as it is */
    uint32_t fixed;            /* where out is NO_REF: the register written, if any */
    bool divides;              /* keeps the divider busy */
    bool heavy;                /* exp, log, pow: result apart from the operands */
    mcy_beside kind;           /* of exp and log; BESIDE_COUNT for all others */
    unsigned char part, parts; /* of the block this one does; parts 0 for all */
} mcy_draft;

/* What divides, exp, log and pow are cut into this many parts of a block. */
enum { MCY_DRAFT_PARTS = 4 };

typedef struct mcy_drafts {
    mcy_draft *items;
    size_t count, capacity, guards;
} mcy_drafts;

/** The drafts of a tape in its own order; careful as in mcy_code_make. */
mcy_status mcy_drafts_make(mcy_arena *arena, const mcy_tape *tape, const mcy_kernels *kernels,
                           bool careful, mcy_drafts *drafts, mcy_error *err);

#endif
