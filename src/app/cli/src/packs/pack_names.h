/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the data in both languages: scenarios/packs/names.csv, a translation and no fact. */
#ifndef MCY_CLI_PACK_NAMES_H
#define MCY_CLI_PACK_NAMES_H

#include "figure_make.h"

/**
 * A name in both languages.
 *
 * Given:     word   as the data have it; Latin words without a row serve both languages
 * Fails:     MCY_E_INPUT   Chinese words without a row: an English page would hold Chinese
 *            what reading names.csv refuses
 */
mcy_status pack_name(pack_maker *pack, const char *word, mcy_bilingual *name, mcy_error *err);

/** The same of a list "芯片设计、交换机", joined as each language does. */
mcy_status pack_name_list(pack_maker *pack, const char *words, mcy_bilingual *names,
                          mcy_error *err);

/** A text in both languages: where it has no row, in the language it was written in. */
mcy_status pack_wording(pack_maker *pack, const char *text, mcy_bilingual *words,
                        mcy_error *err);

#endif
