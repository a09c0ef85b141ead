/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML files as plain trees whose every node knows its line, and the binder that lays a map on
 * a struct. Shared by the readers of scenarios, sweeps and packs. Scalars stay text: what is a
 * number is decided where its unit is known, so 12,5 and .nan and 3O never slip through.
 *
 *     static const mcy_yaml_field fields[] = {
 *         {"title", MCY_YAML_BILINGUAL, offsetof(pack, title), true},
 *         {"charts", MCY_YAML_LIST, offsetof(pack, charts), true},
 *     };
 *     mcy_yaml_report report;
 *     mcy_yaml_report_init(&report);
 *     MCY_TRY(mcy_yaml_read_text(arena, name, bytes, size, &report, &root, err));
 *     mcy_yaml_bind(&report, root, "a pack", fields, MCY_YAML_FIELDS(fields), &pack);
 *     ... mcy_yaml_refuse(&report, node, "...") for whatever else is wrong ...
 *     status = mcy_yaml_report_status(&report, err);
 *     mcy_yaml_report_release(&report);
 */
#ifndef MCY_YAML_BIND_H
#define MCY_YAML_BIND_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/arena.h"
#include "mcy/display.h"
#include "mcy/status.h"
#include "mcy/text.h"

enum {
    MCY_YAML_DEPTH = 24,          /* nesting refused beyond it */
    MCY_YAML_MOST_BYTES = 1 << 22 /* size of a file refused beyond it */
};

typedef enum mcy_yaml_kind {
    MCY_YAML_SCALAR,
    MCY_YAML_SEQUENCE,
    MCY_YAML_MAPPING
} mcy_yaml_kind;

typedef struct mcy_yaml_node mcy_yaml_node;

/* Where something stands, for messages. Lines and columns count from 1. */
typedef struct mcy_yaml_place {
    const char *file;
    int line, column;
} mcy_yaml_place;

/* text is "" for an empty value and NUL-terminated always (a scalar with a NUL byte is
 * refused). Of a mapping keys[i] (always scalars, never twice) belongs to items[i]. */
struct mcy_yaml_node {
    mcy_yaml_kind kind;
    mcy_yaml_place place;
    const char *text; /* scalar */
    size_t size;
    bool quoted;  /* scalar in quotes or a block: words, never a number */
    size_t count; /* sequence, mapping */
    const mcy_yaml_node *const *items;
    const mcy_yaml_node *const *keys;
};

/* What is wrong with the files read, line by line: "file:line:column: sentence". */
typedef struct mcy_yaml_report {
    mcy_text lines;
    size_t count;
} mcy_yaml_report;

void mcy_yaml_report_init(mcy_yaml_report *report);
void mcy_yaml_report_release(mcy_yaml_report *report);

/** Add a line about a place. node may be NULL for the file as a whole (place 1:1 of it). */
void mcy_yaml_refuse(mcy_yaml_report *report, const mcy_yaml_node *node, const char *format,
                     ...) MCY_PRINTF(3, 4);
void mcy_yaml_refuse_at(mcy_yaml_report *report, mcy_yaml_place place, const char *format, ...)
    MCY_PRINTF(3, 4);

/** MCY_OK when nothing was refused; else MCY_E_INPUT with all lines that fit and their number.
 */
mcy_status mcy_yaml_report_status(const mcy_yaml_report *report, mcy_error *err);

/**
 * Read one YAML document from memory.
 *
 * Given:     arena    owns the tree and its texts
 *            name     the file in messages, copied
 * Returned:  *root    the tree; NULL when anything was refused (see the report)
 * Fails:     MCY_E_MEMORY only: what is wrong with the text goes to the report. Refused there:
 *            syntax, a key twice, anchors, aliases, tags, a second document, keys that are not
 *            plain words, nesting beyond MCY_YAML_DEPTH, bytes that are not UTF-8
 * Checked:   test_yaml.c, fuzz_scenario.c
 */
mcy_status mcy_yaml_read_text(mcy_arena *arena, const char *name, const char *bytes,
                              size_t size, mcy_yaml_report *report, const mcy_yaml_node **root,
                              mcy_error *err);

/** mcy_yaml_read_text of the file at path. Fails also with MCY_E_IO. */
mcy_status mcy_yaml_read_file(mcy_arena *arena, const char *path, mcy_yaml_report *report,
                              const mcy_yaml_node **root, mcy_error *err);

/** The value of a key, or NULL (also when map is not a mapping). */
const mcy_yaml_node *mcy_yaml_get(const mcy_yaml_node *map, const char *key);

/** What a node is, for messages: "a list", "a map", "'text'" (cut at 40 bytes) into out. */
const char *mcy_yaml_show(const mcy_yaml_node *node, char out[64]);

/* How the value of a key is laid into a struct; the member's type stands behind each. */
typedef enum mcy_yaml_type {
    MCY_YAML_TEXT,      /* const char *: a scalar that is not empty */
    MCY_YAML_NUMBER,    /* double: a plain decimal number without a unit */
    MCY_YAML_COUNT,     /* size_t: a whole number >= 0 */
    MCY_YAML_SWITCH,    /* bool: yes, no, true, false */
    MCY_YAML_BILINGUAL, /* mcy_bilingual: {zh: ..., en: ...}, or one text for both */
    MCY_YAML_LIST,      /* const mcy_yaml_node *: a sequence */
    MCY_YAML_MAP,       /* const mcy_yaml_node *: a mapping */
    MCY_YAML_ANY,       /* const mcy_yaml_node *: whatever stands there */
    MCY_YAML_WORD       /* int: index of the word in words */
} mcy_yaml_type;

typedef struct mcy_yaml_field {
    const char *key;
    mcy_yaml_type type;
    size_t offset;
    bool required;
    const char *const *words; /* of a MCY_YAML_WORD, ended by NULL */
} mcy_yaml_field;

#define MCY_YAML_FIELDS(fields) (sizeof(fields) / sizeof *(fields))

/**
 * Lay a mapping on a struct, field by field.
 *
 * Given:     map       any node: what is not a mapping is refused as such
 *            what      what it is, in messages: "a scenario", "an axis"
 *            fields    [count] the keys allowed; a key that is none of them is refused with the
 *                      closest one, a required one that is not there is named
 * Returned:  object    members of keys that are there and sound; others untouched
 *            true when nothing was refused
 */
bool mcy_yaml_bind(mcy_yaml_report *report, const mcy_yaml_node *map, const char *what,
                   const mcy_yaml_field *fields, size_t count, void *object);

/** The single conversions of the binder, for nodes met elsewhere; false when refused. what
 * names the thing in messages. */
bool mcy_yaml_text(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                   const char **text);
bool mcy_yaml_number(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                     double *value);
bool mcy_yaml_count(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                    size_t *value);
bool mcy_yaml_bilingual(mcy_yaml_report *report, const mcy_yaml_node *node, const char *what,
                        mcy_bilingual *words);

/** " (did you mean 'x'?)" for the closest of n names, or "" when none is close, into out. */
const char *mcy_yaml_hint(const char *word, const char *const *names, size_t n, char out[128]);

#endif
