/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One YAML document through libfyaml into a plain tree; the only file that knows the library.
 */
#include "yaml_bind.h"

#include <libfyaml.h>

#include "mcy/scenario.h"
#include <string.h>

#include "mcy/file.h"

/* One reading. The library's objects live in mcy_yaml_read_text and die at its end. */
typedef struct reading {
    mcy_arena *arena;
    const char *file;
    mcy_yaml_report *report;
    bool starved; /* memory was short */
} reading;

static mcy_yaml_place place_of(const reading *r, struct fy_token *token, mcy_yaml_place above)
{
    const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;
    if (!mark)
        return above;
    return (mcy_yaml_place){r->file, mark->line + 1, mark->column + 1};
}

static mcy_yaml_node *new_node(reading *r, mcy_yaml_kind kind, mcy_yaml_place place)
{
    mcy_yaml_node *node = MCY_TAKE(r->arena, mcy_yaml_node, 1);
    if (!node) {
        r->starved = true;
        return NULL;
    }
    *node = (mcy_yaml_node){.kind = kind, .place = place, .text = ""};
    return node;
}

static const mcy_yaml_node *convert(reading *r, struct fy_node *node, mcy_yaml_place above,
                                    int depth);

static const mcy_yaml_node *convert_scalar(reading *r, struct fy_node *node,
                                           mcy_yaml_place above)
{
    struct fy_token *token = fy_node_get_scalar_token(node);
    mcy_yaml_node *made = new_node(r, MCY_YAML_SCALAR, place_of(r, token, above));
    size_t size = 0;
    const char *text = fy_node_get_scalar(node, &size);
    if (!made)
        return NULL;
    if (!text)
        size = 0;
    if (size && memchr(text, '\0', size)) {
        mcy_yaml_refuse(r->report, made, "a zero byte inside a value");
        return made;
    }
    char *copy = mcy_arena_copy(r->arena, text ? text : "", size);
    if (!copy) {
        r->starved = true;
        return NULL;
    }
    made->text = copy;
    made->size = size;
    made->quoted = token && fy_token_scalar_style(token) != FYSS_PLAIN;
    return made;
}

static const mcy_yaml_node *convert_sequence(reading *r, struct fy_node *node,
                                             mcy_yaml_place above, int depth)
{
    mcy_yaml_node *made = new_node(r, MCY_YAML_SEQUENCE, above);
    int count = fy_node_sequence_item_count(node);
    size_t most = count > 0 ? (size_t)count : 0;
    const mcy_yaml_node **items = MCY_TAKE(r->arena, const mcy_yaml_node *, most);
    if (!made || !items) {
        r->starved = true;
        return NULL;
    }
    void *at = NULL;
    struct fy_node *item;
    while ((item = fy_node_sequence_iterate(node, &at)) && made->count < most) {
        const mcy_yaml_node *child = convert(r, item, above, depth + 1);
        if (!child)
            return NULL;
        items[made->count++] = child;
    }
    made->items = items;
    if (made->count)
        made->place = items[0]->place;
    return made;
}

static const mcy_yaml_node *convert_mapping(reading *r, struct fy_node *node,
                                            mcy_yaml_place above, int depth)
{
    mcy_yaml_node *made = new_node(r, MCY_YAML_MAPPING, above);
    int count = fy_node_mapping_item_count(node);
    size_t most = count > 0 ? (size_t)count : 0;
    const mcy_yaml_node **items = MCY_TAKE(r->arena, const mcy_yaml_node *, most);
    const mcy_yaml_node **keys = MCY_TAKE(r->arena, const mcy_yaml_node *, most);
    if (!made || !items || !keys) {
        r->starved = true;
        return NULL;
    }
    void *at = NULL;
    struct fy_node_pair *pair;
    while ((pair = fy_node_mapping_iterate(node, &at)) && made->count < most) {
        struct fy_node *name = fy_node_pair_key(pair);
        if (!name || !fy_node_is_scalar(name)) {
            mcy_yaml_refuse_at(r->report, above, "a key that is not a plain word");
            continue;
        }
        const mcy_yaml_node *key = convert(r, name, above, depth + 1);
        if (!key)
            return NULL;
        const mcy_yaml_node *item =
            fy_node_pair_value(pair)
                ? convert(r, fy_node_pair_value(pair), key->place, depth + 1)
                : new_node(r, MCY_YAML_SCALAR, key->place);
        if (!item)
            return NULL;
        keys[made->count] = key;
        items[made->count++] = item;
    }
    made->items = items;
    made->keys = keys;
    if (made->count)
        made->place = keys[0]->place;
    return made;
}

static const mcy_yaml_node *convert(reading *r, struct fy_node *node, mcy_yaml_place above,
                                    int depth)
{
    if (fy_node_is_scalar(node))
        above = place_of(r, fy_node_get_scalar_token(node), above);
    struct fy_token *tag = fy_node_get_tag_token(node);
    if (tag)
        mcy_yaml_refuse_at(r->report, place_of(r, tag, above),
                           "tags ('!name') are not used here: write the plain value");
    if (fy_node_is_alias(node) || fy_node_get_anchor(node))
        mcy_yaml_refuse_at(
            r->report, above,
            "anchors and aliases ('&name', '*name') are not used here: write the "
            "value, or inherit it");
    if (depth > MCY_YAML_DEPTH) {
        mcy_yaml_refuse_at(r->report, above, "nested more than %d deep", MCY_YAML_DEPTH);
        return new_node(r, MCY_YAML_SCALAR, above);
    }
    if (fy_node_is_scalar(node))
        return convert_scalar(r, node, above);
    return fy_node_is_sequence(node) ? convert_sequence(r, node, above, depth)
                                     : convert_mapping(r, node, above, depth);
}

/* The library's own complaints, one line each. */
static void report_errors(reading *r, struct fy_diag *diag)
{
    void *at = NULL;
    struct fy_diag_error *error;
    size_t before = r->report->count;
    while ((error = fy_diag_errors_iterate(diag, &at))) {
        mcy_yaml_place place = {r->file, error->line > 0 ? error->line : 1,
                                error->column > 0 ? error->column : 1};
        mcy_yaml_refuse_at(r->report, place, "%s", error->msg ? error->msg : "not YAML");
    }
    if (r->report->count == before)
        mcy_yaml_refuse_at(r->report, (mcy_yaml_place){r->file, 1, 1}, "this is not YAML");
}

/* Place of the first byte that no YAML text may hold, or -1: controls, what is not UTF-8. */
static long bad_byte(const unsigned char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t more = s[i] < 0x80                   ? 0
                      : s[i] >= 0xc2 && s[i] < 0xe0 ? 1
                      : (s[i] & 0xf0) == 0xe0       ? 2
                      : s[i] >= 0xf0 && s[i] < 0xf5 ? 3
                                                    : 9;
        if (more == 9 || i + more >= n + (more ? 0 : 1))
            return (long)i;
        if (!more &&
            (s[i] == 0x7f || (s[i] < 0x20 && s[i] != '\n' && s[i] != '\r' && s[i] != '\t')))
            return (long)i;
        for (size_t k = 1; k <= more; k++)
            if ((s[i + k] & 0xc0) != 0x80)
                return (long)i;
        if ((s[i] == 0xe0 && s[i + 1] < 0xa0) || (s[i] == 0xed && s[i + 1] > 0x9f) ||
            (s[i] == 0xf0 && s[i + 1] < 0x90) || (s[i] == 0xf4 && s[i + 1] > 0x8f))
            return (long)i;
        i += more + 1;
    }
    return -1;
}

static bool refuse_bytes(reading *r, const char *bytes, size_t size)
{
    if (size > MCY_YAML_MOST_BYTES) {
        mcy_yaml_refuse_at(r->report, (mcy_yaml_place){r->file, 1, 1},
                           "the file has %zu bytes, more than %d", size, MCY_YAML_MOST_BYTES);
        return true;
    }
    long bad = bad_byte((const unsigned char *)bytes, size);
    if (bad < 0)
        return false;
    mcy_yaml_place place = {r->file, 1, 1};
    for (long i = 0; i < bad; i++) {
        place.column = bytes[i] == '\n' ? 1 : place.column + 1;
        place.line += bytes[i] == '\n';
    }
    mcy_yaml_refuse_at(r->report, place, "byte 0x%02x: not text in UTF-8",
                       (unsigned)(unsigned char)bytes[bad]);
    return true;
}

mcy_status mcy_yaml_read_text(mcy_arena *arena, const char *name, const char *bytes,
                              size_t size, mcy_yaml_report *report, const mcy_yaml_node **root,
                              mcy_error *err)
{
    *root = NULL;
    reading r = {.arena = arena, .report = report};
    r.file = mcy_arena_copy(arena, name, strlen(name));
    if (!r.file)
        return mcy_fail_memory(err);
    if (refuse_bytes(&r, bytes, size))
        return MCY_OK;
    size_t before = report->count;
    struct fy_document *document = NULL, *second = NULL;
    struct fy_parser *parser = NULL;
    struct fy_diag *diag = fy_diag_create(NULL);
    if (!diag)
        return mcy_fail_memory(err);
    fy_diag_set_collect_errors(diag, true);
    parser = fy_parser_create(&(struct fy_parse_cfg){.flags = FYPCF_QUIET, .diag = diag});
    if (!parser || fy_parser_set_string(parser, bytes, size) != 0) {
        r.starved = true;
        goto done;
    }
    document = fy_parse_load_document(parser);
    if (!document || !fy_document_root(document)) {
        if (!document && fy_diag_got_error(diag))
            report_errors(&r, diag);
        else
            mcy_yaml_refuse_at(report, (mcy_yaml_place){r.file, 1, 1}, "the file is empty");
        goto done;
    }
    second = fy_parse_load_document(parser);
    if (second)
        mcy_yaml_refuse_at(report, (mcy_yaml_place){r.file, 1, 1},
                           "a second document ('---'): one file holds one");
    else if (fy_diag_got_error(diag))
        report_errors(&r, diag);
    *root = convert(&r, fy_document_root(document), (mcy_yaml_place){r.file, 1, 1}, 0);
    if (report->count != before)
        *root = NULL;
done:
    if (second)
        fy_parse_document_destroy(parser, second);
    if (document)
        fy_parse_document_destroy(parser, document);
    if (parser)
        fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return r.starved ? mcy_fail_memory(err) : MCY_OK;
}

mcy_status mcy_yaml_read_file(mcy_arena *arena, const char *path, mcy_yaml_report *report,
                              const mcy_yaml_node **root, mcy_error *err)
{
    mcy_file file = {0};
    *root = NULL;
    MCY_TRY(mcy_file_read(path, MCY_YAML_MOST_BYTES, &file, err));
    mcy_status status =
        mcy_yaml_read_text(arena, path, file.bytes, file.size, report, root, err);
    mcy_file_release(&file);
    return status;
}

const char *mcy_yaml_library(void)
{
    return fy_library_version();
}
