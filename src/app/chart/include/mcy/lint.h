/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a pack that was drawn: read from its files alone. */
#ifndef MCY_LINT_H
#define MCY_LINT_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/status.h"

/* X(NAME, word, what it wants) */
#define MCY_LINT_LIST(X)                                                                       \
    X(NUMBERING, "numbering", "figures are numbered 1, 2, ... without a gap")                  \
    X(TITLE, "title", "every picture carries its number and title")                            \
    X(UNIT, "unit", "a unit in the title, on an axis or after the numbers")                    \
    X(SOURCE, "source", "every picture names its sources")                                     \
    X(AS_OF, "as-of", "every picture says the day of its data")                                \
    X(ID, "id", "the id that trace takes stands in every picture and in the PDF")              \
    X(ALT, "alt", "every picture says in words what it shows")                                 \
    X(ESTIMATE, "estimate", "an E after estimated periods")                                    \
    X(LANGUAGES, "languages", "both languages are there and draw the same numbers")            \
    X(OVERLAP, "overlap", "no text lies on another")                                           \
    X(CLIPPED, "clipped", "no text leaves the page")                                           \
    X(SMALL, "small", "no text below 7 points at the size of print (16 or 8 cm wide)")         \
    X(GRID, "grid", "one cell of a heat table is the scenario itself, and has its value")      \
    X(TRACE, "trace", "every number of a figure or page leads back to trace.csv")              \
    X(NUMBERS, "numbers", "a number is the same in page, table and figure")                    \
    X(EMPTY, "empty", "no series without a number")                                            \
    X(ZERO, "zero", "an axis with bars holds zero")                                            \
    X(LEVEL, "level", "zero lines of both axes stand level under bars")                        \
    X(FONTS, "fonts", "every font of the PDF is embedded")                                     \
    X(SIZE, "size", "no file is empty, no picture above 4 MB, no PDF above 20 MB")             \
    X(STALE, "stale", "no series is older than 1.5 times its rhythm; stamped where it is")     \
    X(BASIS, "basis", "GAAP, non-GAAP or IFRS stands at every margin and EPS")                 \
    X(INFERRED, "inferred", "inferred values are marked in both languages")                    \
    X(CONFIDENCE, "confidence", "no figure rests on low-confidence rows alone")                \
    X(PRIVATE, "private", "client: no paths, user names or private files")                     \
    X(PRIMARY, "primary", "client: sources named by their document, not by a copy of it")

typedef enum mcy_lint_rule {
#define X(name, word, wants) MCY_LINT_##name,
    MCY_LINT_LIST(X)
#undef X
        MCY_LINT_RULES
} mcy_lint_rule;

typedef struct mcy_lint_finding {
    mcy_lint_rule rule;
    const char *file; /* of the pack */
    const char *what;
} mcy_lint_finding;

const char *mcy_lint_rule_name(mcy_lint_rule rule);

/** What a rule wants, for --help and messages. */
const char *mcy_lint_rule_wants(mcy_lint_rule rule);

/**
 * Lint a pack.
 *
 * Given:     folder   of mcy_pack_draw
 *            client   also the rules for what leaves the house
 * Returned:  *findings, *count   in the order of files and rules; possibly none
 * Fails:     MCY_E_MISSING   no pack there
 *            MCY_E_IO, MCY_E_INPUT   a file cannot be read
 * Notes:     texts are measured in their own font, and estimated by mcy_display_ems where they
 *            cannot be; fonts are asked of pdffonts where it is installed
 * Checked:   test_lint.c plants a fault for every rule
 */
mcy_status mcy_pack_lint(mcy_arena *arena, const char *folder, bool client,
                         const mcy_lint_finding **findings, size_t *count, mcy_error *err);

#endif
