/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The internal annex of a pack: another note's claims held against the facts. It stands beside the
 * pack's folder, never inside: what goes to clients holds nothing of it. */
#ifndef MCY_CLI_PACK_ANNEX_H
#define MCY_CLI_PACK_ANNEX_H

#include "pack_page.h"

typedef struct pack_annex {
    pack_maker *maker;
    const mcy_pack *pack;
    const char *file; /* of the claims */
    struct mcy_claims *claims;
    size_t contradicted; /* claims and combinations of claims */
    const char *folder;  /* PACK-internal */
    char *aside;         /* where it was made; NULL before */
} pack_annex;

/**
 * Judge the claims and write the annex aside: internal.LANG.md, internal.LANG.html, internal-*.csv,
 * internal-*.LANG.tsv, manifest.json.
 *
 * Given:     annex    maker, pack and file
 *            folder   of the pack
 * Fails:     what mcy_claims_check refuses; MCY_E_IO
 */
mcy_status pack_annex_make(pack_annex *annex, const char *folder, mcy_error *err);

/** Rename it in, once the pack stands; or take it away. */
mcy_status pack_annex_commit(pack_annex *annex, mcy_error *err);
void pack_annex_drop(pack_annex *annex);

#endif
