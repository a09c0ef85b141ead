/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON, written into a growing text. */
#ifndef MCY_JSON_H
#define MCY_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "mcy/text.h"

enum { MCY_JSON_DEPTH = 32 };

/* Commas, indentation and nesting are kept here; names and values come in the order written. */
typedef struct mcy_json {
    mcy_text *text;
    size_t depth;
    bool filled[MCY_JSON_DEPTH];
    bool named;
} mcy_json;

void mcy_json_begin(mcy_json *json, mcy_text *text);
void mcy_json_object(mcy_json *json);
void mcy_json_array(mcy_json *json);
/** Close the innermost object or array; the outermost one ends with a newline. */
void mcy_json_close_object(mcy_json *json);
void mcy_json_close_array(mcy_json *json);
/** The name of the next value of an object. */
void mcy_json_name(mcy_json *json, const char *name);
/** Values: NULL text and a missing or infinite number are written as null. */
void mcy_json_text(mcy_json *json, const char *value);
void mcy_json_number(mcy_json *json, double value);
void mcy_json_count(mcy_json *json, long long value);
void mcy_json_bool(mcy_json *json, bool value);

#endif
