/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON into a growing text. */
#include "mcy/json.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "mcy/number.h"

static void indent(mcy_json *json)
{
    mcy_text_add(json->text, "\n");
    for (size_t i = 0; i < json->depth; i++)
        mcy_text_add(json->text, "  ");
}

/* Before any value: nothing after its name, else a comma and a new line. */
static void begin_value(mcy_json *json)
{
    if (json->named || !json->depth) {
        json->named = false;
        return;
    }
    if (json->filled[json->depth - 1])
        mcy_text_add(json->text, ",");
    json->filled[json->depth - 1] = true;
    indent(json);
}

static void add_string(mcy_text *text, const char *value)
{
    mcy_text_add(text, "\"");
    for (const char *at = value; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\')
            mcy_text_print(text, "\\%c", c);
        else if (c == '\n')
            mcy_text_add(text, "\\n");
        else if (c < 0x20 || c == 0x7f)
            mcy_text_print(text, "\\u%04x", c);
        else
            mcy_text_append(text, at, 1);
    }
    mcy_text_add(text, "\"");
}

void mcy_json_begin(mcy_json *json, mcy_text *text)
{
    *json = (mcy_json){.text = text};
}

static void open(mcy_json *json, const char *bracket)
{
    begin_value(json);
    mcy_text_add(json->text, bracket);
    assert(json->depth < MCY_JSON_DEPTH);
    json->filled[json->depth++] = false;
}

static void close(mcy_json *json, const char *bracket)
{
    assert(json->depth > 0);
    bool filled = json->filled[--json->depth];
    if (filled)
        indent(json);
    mcy_text_add(json->text, bracket);
    if (!json->depth)
        mcy_text_add(json->text, "\n");
}

void mcy_json_object(mcy_json *json)
{
    open(json, "{");
}

void mcy_json_array(mcy_json *json)
{
    open(json, "[");
}

void mcy_json_close_object(mcy_json *json)
{
    close(json, "}");
}

void mcy_json_close_array(mcy_json *json)
{
    close(json, "]");
}

void mcy_json_name(mcy_json *json, const char *name)
{
    begin_value(json);
    add_string(json->text, name);
    mcy_text_add(json->text, ": ");
    json->named = true;
}

void mcy_json_text(mcy_json *json, const char *value)
{
    begin_value(json);
    if (value)
        add_string(json->text, value);
    else
        mcy_text_add(json->text, "null");
}

void mcy_json_number(mcy_json *json, double value)
{
    char number[32] = "null";
    begin_value(json);
    if (isfinite(value))
        mcy_number_format(value, number);
    mcy_text_add(json->text, number);
}

void mcy_json_count(mcy_json *json, long long value)
{
    begin_value(json);
    mcy_text_print(json->text, "%lld", value);
}

void mcy_json_bool(mcy_json *json, bool value)
{
    begin_value(json);
    mcy_text_add(json->text, value ? "true" : "false");
}
