/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of a pack: words in both languages, and numbers that carry their ids. */
#ifndef MCY_CLI_PACK_SAY_H
#define MCY_CLI_PACK_SAY_H

#include "pack_page.h"

/** Words without numbers. */
void pack_say(pack_words *words, const char *zh, const char *en);

/** A number with its id; the units follow it. */
void pack_say_number(pack_words *words, const char *id, double value, mcy_display display,
                     const char *zh_unit, const char *en_unit);

/** An amount in USD m as both languages count it: "238.6 亿美元", "USD 23.86 bn". */
void pack_say_usd(pack_words *words, const char *id, double usd_m);

/** Some words that carry an id, as the quarter in which a shortage ends. */
void pack_say_marked(pack_words *words, const char *id, mcy_bilingual text);

/** MCY_E_MEMORY when memory was short while the words were added. */
mcy_status pack_say_status(const pack_words *words, mcy_error *err);

#endif
