/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables, generated texts and the pages of a pack: Markdown and one self-contained HTML page a
 * language, with everything of the pack file in its order. */
#ifndef MCY_CLI_PACK_PAGE_H
#define MCY_CLI_PACK_PAGE_H

#include "figure_make.h"
#include "mcy/document.h"
#include "mcy/pack.h"

/* A generated text in both languages, its numbers marked as document.h says. */
typedef struct pack_words {
    mcy_text text[MCY_LANGUAGES];
} pack_words;

typedef struct pack_page {
    pack_maker *maker;
    const mcy_pack *pack;
    mcy_table **tables; /* [spec->table_count] */
    pack_words *texts;  /* [spec->text_count] */
} pack_page;

/** Fill a table or a text from the words of its data. */
typedef mcy_status table_source(pack_maker *pack, const mcy_table_spec *spec, mcy_table **table,
                                mcy_error *err);
typedef mcy_status text_source(pack_maker *pack, const mcy_table_spec *spec, pack_words *words,
                               mcy_error *err);

/**
 * Make all tables and texts of the pack file.
 *
 * Fails:     MCY_E_INPUT   an unknown source; what the sources refuse: with file and line
 */
mcy_status pack_page_make(pack_maker *maker, pack_page *page, mcy_error *err);

/** Write them into the folder: table-ID.csv, table-ID.LANG.tsv, NAME.LANG.md, NAME.LANG.html, and
 * NAME.LANG.pdf in the place of the figures' pages that it is made from. */
mcy_status pack_page_write(void *page, const char *folder, mcy_error *err);

void pack_page_release(pack_page *page);

/* The sources, as pack_data.def lists them. */
#define PACK_TABLE(name, fill) table_source fill;
#define PACK_TEXT(name, fill)  text_source fill;
#include "pack_data.def"

#endif
