/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pack files read strictly: every fault is reported with its place. */
#include "mcy/pack_yaml.h"

#include <string.h>

#include "mcy/file.h"
#include "mcy/number.h"
#include "yaml_bind.h"

/* One reading: what all its functions need. */
typedef struct pack_reading {
    mcy_arena *arena;
    mcy_yaml_report *report;
    bool short_of_memory;
} pack_reading;

static void *take(pack_reading *reading, size_t count, size_t size)
{
    void *memory = mcy_arena_take(reading->arena, count ? count : 1, size);
    if (!memory)
        reading->short_of_memory = true;
    return memory;
}

/* A scalar split at blanks. */
static void split_words(pack_reading *reading, const char *text, const char *const **words,
                        size_t *count)
{
    size_t room = strlen(text) / 2 + 1, n = 0;
    const char **list = take(reading, room, sizeof *list);
    if (!list)
        return;
    for (const char *p = text; *p;) {
        p += strspn(p, " \t");
        size_t size = strcspn(p, " \t");
        if (size && !(list[n++] = mcy_arena_copy(reading->arena, p, size)))
            reading->short_of_memory = true;
        p += size;
    }
    *words = list;
    *count = n;
}

static void read_rules(pack_reading *reading, const mcy_yaml_node *list, mcy_axis_spec *axis)
{
    double *rules = take(reading, list->count, sizeof *rules);
    if (!rules)
        return;
    for (size_t i = 0; i < list->count; i++)
        mcy_yaml_number(reading->report, list->items[i], "a rule", &rules[i]);
    axis->rules = rules;
    axis->rule_count = list->count;
}

static void read_axis(pack_reading *reading, const mcy_yaml_node *map, mcy_axis_spec *axis)
{
    struct {
        mcy_axis_spec axis;
        const mcy_yaml_node *rules;
    } read = {.axis = *axis};
    static const mcy_yaml_field fields[] = {
        {"title", MCY_YAML_BILINGUAL, offsetof(mcy_axis_spec, title), false, NULL},
        {"unit", MCY_YAML_TEXT, offsetof(mcy_axis_spec, unit), false, NULL},
        {"decimals", MCY_YAML_COUNT, offsetof(mcy_axis_spec, decimals), false, NULL},
        {"signed", MCY_YAML_SWITCH, offsetof(mcy_axis_spec, signed_plus), false, NULL},
        {"low", MCY_YAML_NUMBER, offsetof(mcy_axis_spec, low), false, NULL},
        {"high", MCY_YAML_NUMBER, offsetof(mcy_axis_spec, high), false, NULL},
        {"reach", MCY_YAML_NUMBER, offsetof(mcy_axis_spec, reach), false, NULL},
        {"rules", MCY_YAML_LIST, sizeof(mcy_axis_spec), false, NULL}};
    if (!mcy_yaml_bind(reading->report, map, "an axis", fields, MCY_YAML_FIELDS(fields), &read))
        return;
    if (mcy_is_missing(read.axis.low) != mcy_is_missing(read.axis.high))
        mcy_yaml_refuse(reading->report, map, "an axis has both low and high, or neither");
    if (read.axis.low >= read.axis.high)
        mcy_yaml_refuse(reading->report, map, "low %g of the axis is not below its high %g",
                        read.axis.low, read.axis.high);
    if (read.axis.decimals > 9)
        mcy_yaml_refuse(reading->report, map, "decimals must be 0..9, got %zu",
                        read.axis.decimals);
    *axis = read.axis;
    if (read.rules)
        read_rules(reading, read.rules, axis);
}

static void read_series(pack_reading *reading, const mcy_yaml_node *map,
                        mcy_series_spec *series)
{
    struct {
        mcy_series_spec series;
        const char *data;
    } read = {.series = {.scale = 1, .line = map->place.line}};
    static const mcy_yaml_field fields[] = {
        {"data", MCY_YAML_TEXT, sizeof(mcy_series_spec), true, NULL},
        {"name", MCY_YAML_BILINGUAL, offsetof(mcy_series_spec, name), true, NULL},
        {"colour", MCY_YAML_TEXT, offsetof(mcy_series_spec, colour), false, NULL},
        {"mark", MCY_YAML_TEXT, offsetof(mcy_series_spec, mark), false, NULL},
        {"right", MCY_YAML_SWITCH, offsetof(mcy_series_spec, right), false, NULL},
        {"gaps", MCY_YAML_SWITCH, offsetof(mcy_series_spec, gaps), false, NULL},
        {"link", MCY_YAML_COUNT, offsetof(mcy_series_spec, link), false, NULL},
        {"panel", MCY_YAML_COUNT, offsetof(mcy_series_spec, panel), false, NULL},
        {"scale", MCY_YAML_NUMBER, offsetof(mcy_series_spec, scale), false, NULL}};
    if (mcy_yaml_bind(reading->report, map, "a series", fields, MCY_YAML_FIELDS(fields),
                      &read)) {
        *series = read.series;
        split_words(reading, read.data, &series->data, &series->data_count);
    }
}

/* A figure's members that are lists, maps or split words. */
typedef struct figure_parts {
    mcy_figure_spec figure;
    const char *data, *width;
    const mcy_yaml_node *notes, *left, *right, *series, *vary, *panels;
} figure_parts;

static const mcy_yaml_field figure_fields[] = {
    {"id", MCY_YAML_TEXT, offsetof(figure_parts, figure.id), true, NULL},
    {"kind", MCY_YAML_TEXT, offsetof(figure_parts, figure.kind), true, NULL},
    {"title", MCY_YAML_BILINGUAL, offsetof(figure_parts, figure.title), true, NULL},
    {"message", MCY_YAML_BILINGUAL, offsetof(figure_parts, figure.message), false, NULL},
    {"subtitle", MCY_YAML_BILINGUAL, offsetof(figure_parts, figure.subtitle), false, NULL},
    {"across", MCY_YAML_BILINGUAL, offsetof(figure_parts, figure.across), false, NULL},
    {"notes", MCY_YAML_LIST, offsetof(figure_parts, notes), false, NULL},
    {"data", MCY_YAML_TEXT, offsetof(figure_parts, data), false, NULL},
    {"width", MCY_YAML_TEXT, offsetof(figure_parts, width), false, NULL},
    {"periods", MCY_YAML_TEXT, offsetof(figure_parts, figure.periods), false, NULL},
    {"from", MCY_YAML_TEXT, offsetof(figure_parts, figure.from), false, NULL},
    {"to", MCY_YAML_TEXT, offsetof(figure_parts, figure.to), false, NULL},
    {"years", MCY_YAML_SWITCH, offsetof(figure_parts, figure.years), false, NULL},
    {"left", MCY_YAML_MAP, offsetof(figure_parts, left), false, NULL},
    {"right", MCY_YAML_MAP, offsetof(figure_parts, right), false, NULL},
    {"numbers", MCY_YAML_SWITCH, offsetof(figure_parts, figure.numbers), false, NULL},
    {"vary", MCY_YAML_LIST, offsetof(figure_parts, vary), false, NULL},
    {"panels", MCY_YAML_LIST, offsetof(figure_parts, panels), false, NULL},
    {"series", MCY_YAML_LIST, offsetof(figure_parts, series), false, NULL}};

static void read_notes(pack_reading *reading, const mcy_yaml_node *list,
                       mcy_figure_spec *figure)
{
    mcy_bilingual *notes = take(reading, list->count, sizeof *notes);
    if (!notes)
        return;
    for (size_t i = 0; i < list->count; i++)
        mcy_yaml_bilingual(reading->report, list->items[i], "a note", &notes[i]);
    figure->notes = notes;
    figure->note_count = list->count;
}

static void read_vary(pack_reading *reading, const mcy_yaml_node *map, mcy_vary_spec *vary)
{
    struct {
        mcy_vary_spec vary;
        const char *values, *labels;
    } read = {.labels = ""};
    static const mcy_yaml_field fields[] = {
        {"name", MCY_YAML_BILINGUAL, offsetof(mcy_vary_spec, name), true, NULL},
        {"path", MCY_YAML_TEXT, offsetof(mcy_vary_spec, path), true, NULL},
        {"values", MCY_YAML_TEXT, sizeof(mcy_vary_spec), true, NULL},
        {"labels", MCY_YAML_TEXT, sizeof(mcy_vary_spec) + sizeof(char *), false, NULL}};
    if (!mcy_yaml_bind(reading->report, map, "an input that varies", fields,
                       MCY_YAML_FIELDS(fields), &read))
        return;
    *vary = read.vary;
    split_words(reading, read.values, &vary->values, &vary->value_count);
    split_words(reading, read.labels, &vary->labels, &vary->label_count);
    if (vary->label_count && vary->label_count != vary->value_count)
        mcy_yaml_refuse(reading->report, map, "%zu labels for %zu values", vary->label_count,
                        vary->value_count);
}

/* Panels, and that every series stands in one of them. */
static void read_panels(pack_reading *reading, const mcy_yaml_node *list,
                        mcy_figure_spec *figure)
{
    static const mcy_yaml_field fields[] = {
        {"title", MCY_YAML_BILINGUAL, offsetof(mcy_panel_spec, title), true, NULL},
        {"periods", MCY_YAML_TEXT, offsetof(mcy_panel_spec, periods), false, NULL}};
    size_t count = list ? list->count : 0;
    mcy_panel_spec *panels = take(reading, count, sizeof *panels);
    for (size_t i = 0; panels && i < count; i++)
        mcy_yaml_bind(reading->report, list->items[i], "a panel", fields,
                      MCY_YAML_FIELDS(fields), &panels[i]);
    figure->panels = panels;
    figure->panel_count = panels ? count : 0;
}

static void check_panel(pack_reading *reading, const mcy_yaml_node *map,
                        const mcy_figure_spec *figure, const mcy_series_spec *series)
{
    if (series->panel > figure->panel_count || (figure->panel_count && !series->panel))
        mcy_yaml_refuse(reading->report, map,
                        "figure '%s' has %zu panels; this series stands in panel %zu",
                        figure->id, figure->panel_count, series->panel);
}

static void read_figure(pack_reading *reading, const mcy_yaml_node *map,
                        mcy_figure_spec *figure)
{
    const mcy_axis_spec no_axis = {
        .low = MCY_MISSING, .high = MCY_MISSING, .reach = MCY_MISSING};
    figure_parts parts = {
        .figure = {.line = map->place.line, .left = no_axis, .right = no_axis}};
    if (!mcy_yaml_bind(reading->report, map, "a figure", figure_fields,
                       MCY_YAML_FIELDS(figure_fields), &parts))
        return;
    *figure = parts.figure;
    figure->half = parts.width && !strcmp(parts.width, "half");
    if (parts.width && !figure->half && strcmp(parts.width, "full"))
        mcy_yaml_refuse(reading->report, mcy_yaml_get(map, "width"),
                        "the width of figure '%s' is half or full, got '%s'", figure->id,
                        parts.width);
    if (parts.notes)
        read_notes(reading, parts.notes, figure);
    if (parts.left)
        read_axis(reading, parts.left, &figure->left);
    if (parts.right)
        read_axis(reading, parts.right, &figure->right);
    if (parts.data)
        split_words(reading, parts.data, &figure->data, &figure->data_count);
    read_panels(reading, parts.panels, figure);
    mcy_vary_spec *vary = take(reading, parts.vary ? parts.vary->count : 0, sizeof *vary);
    for (size_t i = 0; vary && parts.vary && i < parts.vary->count; i++)
        read_vary(reading, parts.vary->items[i], &vary[i]);
    figure->vary = vary;
    figure->vary_count = vary && parts.vary ? parts.vary->count : 0;
    if (!parts.data == !parts.series)
        mcy_yaml_refuse(reading->report, map,
                        "figure '%s' wants either data, for the whole of it, or series",
                        figure->id);
    if (!parts.series)
        return;
    mcy_series_spec *series = take(reading, parts.series->count, sizeof *series);
    for (size_t i = 0; series && i < parts.series->count; i++) {
        read_series(reading, parts.series->items[i], &series[i]);
        check_panel(reading, parts.series->items[i], figure, &series[i]);
    }
    figure->series = series;
    figure->series_count = series ? parts.series->count : 0;
}

static void read_table(pack_reading *reading, const mcy_yaml_node *map, bool titled,
                       mcy_table_spec *table)
{
    struct {
        mcy_table_spec table;
        const char *data;
    } read = {.table = {.line = map->place.line}};
    const mcy_yaml_field fields[] = {
        {"id", MCY_YAML_TEXT, offsetof(mcy_table_spec, id), true, NULL},
        {"data", MCY_YAML_TEXT, sizeof(mcy_table_spec), true, NULL},
        {"title", MCY_YAML_BILINGUAL, offsetof(mcy_table_spec, title), true, NULL}};
    if (mcy_yaml_bind(reading->report, map, titled ? "a table" : "a text", fields,
                      MCY_YAML_FIELDS(fields) - !titled, &read)) {
        *table = read.table;
        split_words(reading, read.data, &table->data, &table->data_count);
    }
}

/* What the sections hold, each kind in one list in order. */
typedef struct section_lists {
    mcy_section_spec *sections;
    mcy_figure_spec *figures;
    mcy_table_spec *tables, *texts;
    size_t figure_count, table_count, text_count;
} section_lists;

typedef struct section_parts {
    mcy_bilingual title;
    const mcy_yaml_node *figures, *tables, *texts;
} section_parts;

static void read_section(pack_reading *reading, const mcy_yaml_node *map, section_lists *lists,
                         mcy_section_spec *section)
{
    static const mcy_yaml_field fields[] = {
        {"title", MCY_YAML_BILINGUAL, offsetof(section_parts, title), true, NULL},
        {"texts", MCY_YAML_LIST, offsetof(section_parts, texts), false, NULL},
        {"tables", MCY_YAML_LIST, offsetof(section_parts, tables), false, NULL},
        {"figures", MCY_YAML_LIST, offsetof(section_parts, figures), false, NULL}};
    section_parts parts = {0};
    if (!mcy_yaml_bind(reading->report, map, "a section", fields, MCY_YAML_FIELDS(fields),
                       &parts))
        return;
    *section = (mcy_section_spec){.title = parts.title,
                                  .first = lists->figure_count,
                                  .first_table = lists->table_count,
                                  .first_text = lists->text_count,
                                  .count = parts.figures ? parts.figures->count : 0,
                                  .table_count = parts.tables ? parts.tables->count : 0,
                                  .text_count = parts.texts ? parts.texts->count : 0};
    for (size_t k = 0; k < section->count; k++)
        read_figure(reading, parts.figures->items[k], &lists->figures[lists->figure_count++]);
    for (size_t k = 0; k < section->table_count; k++)
        read_table(reading, parts.tables->items[k], true, &lists->tables[lists->table_count++]);
    for (size_t k = 0; k < section->text_count; k++)
        read_table(reading, parts.texts->items[k], false, &lists->texts[lists->text_count++]);
}

/* Entries of a key over all sections: room for their list. */
static size_t count_all(const mcy_yaml_node *list, const char *key)
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const mcy_yaml_node *node = mcy_yaml_get(list->items[i], key);
        count += node && node->kind == MCY_YAML_SEQUENCE ? node->count : 0;
    }
    return count;
}

static void read_sections(pack_reading *reading, const mcy_yaml_node *list, mcy_pack_spec *spec)
{
    section_lists lists = {
        .sections = take(reading, list->count, sizeof(mcy_section_spec)),
        .figures = take(reading, count_all(list, "figures"), sizeof(mcy_figure_spec)),
        .tables = take(reading, count_all(list, "tables"), sizeof(mcy_table_spec)),
        .texts = take(reading, count_all(list, "texts"), sizeof(mcy_table_spec))};
    if (reading->short_of_memory)
        return;
    for (size_t i = 0; i < list->count; i++)
        read_section(reading, list->items[i], &lists, &lists.sections[i]);
    spec->sections = lists.sections;
    spec->section_count = list->count;
    spec->figures = lists.figures;
    spec->figure_count = lists.figure_count;
    spec->tables = lists.tables;
    spec->table_count = lists.table_count;
    spec->texts = lists.texts;
    spec->text_count = lists.text_count;
}

static void read_pack(pack_reading *reading, const mcy_yaml_node *root, mcy_pack_spec *spec)
{
    struct {
        mcy_pack_spec spec;
        const mcy_yaml_node *sections;
    } read = {.spec = {.file = spec->file, .style = {"cn-broker", "cn-broker"}}};
    static const mcy_yaml_field fields[] = {
        {"pack", MCY_YAML_TEXT, offsetof(mcy_pack_spec, name), true, NULL},
        {"title", MCY_YAML_BILINGUAL, offsetof(mcy_pack_spec, title), true, NULL},
        {"preface", MCY_YAML_BILINGUAL, offsetof(mcy_pack_spec, preface), false, NULL},
        {"style", MCY_YAML_BILINGUAL, offsetof(mcy_pack_spec, style), false, NULL},
        {"font", MCY_YAML_TEXT, offsetof(mcy_pack_spec, font), false, NULL},
        {"sections", MCY_YAML_LIST, sizeof(mcy_pack_spec), true, NULL}};
    if (!mcy_yaml_bind(reading->report, root, "a pack", fields, MCY_YAML_FIELDS(fields), &read))
        return;
    *spec = read.spec;
    if (strspn(spec->name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(spec->name))
        mcy_yaml_refuse(reading->report, mcy_yaml_get(root, "pack"),
                        "a pack's name is lower-case letters, digits and -, got '%s'",
                        spec->name);
    read_sections(reading, read.sections, spec);
}

mcy_status mcy_pack_spec_read_text(mcy_arena *arena, const char *name, const char *bytes,
                                   size_t size, mcy_pack_spec *spec, mcy_error *err)
{
    *spec = (mcy_pack_spec){.file = mcy_arena_copy(arena, name, strlen(name))};
    mcy_yaml_report report;
    mcy_yaml_report_init(&report);
    pack_reading reading = {arena, &report, !spec->file};
    const mcy_yaml_node *root = NULL;
    mcy_status status = mcy_yaml_read_text(arena, name, bytes, size, &report, &root, err);
    if (status == MCY_OK && root)
        read_pack(&reading, root, spec);
    if (status == MCY_OK)
        status = mcy_yaml_report_status(&report, err);
    if (status == MCY_OK && reading.short_of_memory)
        status = mcy_fail_memory(err);
    mcy_yaml_report_release(&report);
    return status;
}

mcy_status mcy_pack_spec_read(mcy_arena *arena, const char *path, mcy_pack_spec *spec,
                              mcy_error *err)
{
    mcy_file file = {0};
    MCY_TRY(mcy_file_read(path, MCY_YAML_MOST_BYTES, &file, err));
    mcy_status status = mcy_pack_spec_read_text(arena, path, file.bytes, file.size, spec, err);
    mcy_file_release(&file);
    return status;
}
