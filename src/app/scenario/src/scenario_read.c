/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario files and what they inherit, checked as far as that goes without a model. */
#include "scenario_parts.h"

#include <stdio.h>
#include <string.h>

#include "mcy/csv.h"
#include "mcy/day.h"
#include "mcy/file.h"
#include "mcy/period.h"
#include "mcy/sha256.h"
#include "mcy/shipped.h"

/* One reading of a scenario and its ancestors. */
typedef struct reading {
    mcy_arena *arena;
    const char *folder;
    const mcy_scenario_loader *loader;
    mcy_yaml_report *report;
    const char *chain[MCY_INHERIT_DEPTH + 1]; /* files being read, the one asked for first */
    size_t depth;
} reading;

/* The head of a file as it stands there. */
typedef struct head {
    mcy_bilingual title, about;
    const char *as_of, *base, *horizon, *inherits;
    const mcy_yaml_node *assumptions, *year_ends;
} head;

static const mcy_yaml_field head_fields[] = {
    {"title", MCY_YAML_BILINGUAL, offsetof(head, title), true, NULL},
    {"about", MCY_YAML_BILINGUAL, offsetof(head, about), false, NULL},
    {"inherits", MCY_YAML_TEXT, offsetof(head, inherits), false, NULL},
    {"base", MCY_YAML_TEXT, offsetof(head, base), false, NULL},
    {"as_of", MCY_YAML_TEXT, offsetof(head, as_of), false, NULL},
    {"horizon", MCY_YAML_TEXT, offsetof(head, horizon), false, NULL},
    {"fiscal_year_ends", MCY_YAML_MAP, offsetof(head, year_ends), false, NULL},
    {"assumptions", MCY_YAML_MAP, offsetof(head, assumptions), false, NULL},
};

typedef struct line_fields {
    const mcy_yaml_node *says[MCY_SAYS_COUNT];
    mcy_scenario_line line;
} line_fields;

static const mcy_yaml_field line_keys[] = {
#define X(name, key)                                                                           \
    {key, MCY_YAML_ANY,                                                                        \
     offsetof(line_fields, says) + MCY_SAYS_##name * sizeof(const mcy_yaml_node *), false,     \
     NULL},
    MCY_SAYS_LIST(X)
#undef X
        {"from", MCY_YAML_ANY, offsetof(line_fields, line.from), false, NULL},
    {"until", MCY_YAML_ANY, offsetof(line_fields, line.until), false, NULL},
    {"total", MCY_YAML_ANY, offsetof(line_fields, line.total), false, NULL},
    {"weights", MCY_YAML_LIST, offsetof(line_fields, line.weights), false, NULL},
    {"source", MCY_YAML_TEXT, offsetof(line_fields, line.source), false, NULL},
    {"reason", MCY_YAML_TEXT, offsetof(line_fields, line.reason), false, NULL},
};

/* ---- CSV references ------------------------------------------------------------------------ */

typedef struct csv_rows {
    mcy_arena *arena;
    const char *file;
    size_t count, capacity, value_capacity;
    const mcy_yaml_node **quarters, **values;
} csv_rows;

static mcy_yaml_node *csv_scalar(csv_rows *rows, const mcy_csv_row *row, size_t column)
{
    mcy_yaml_node *node = MCY_TAKE(rows->arena, mcy_yaml_node, 1);
    char *text = mcy_arena_copy(rows->arena, row->fields[column] ? row->fields[column] : "",
                                row->fields[column] ? row->sizes[column] : 0);
    if (!node || !text)
        return NULL;
    *node = (mcy_yaml_node){.kind = MCY_YAML_SCALAR,
                            .place = {rows->file, (int)row->line, (int)column + 1},
                            .text = text,
                            .size = strlen(text)};
    return node;
}

static mcy_status csv_take(void *context, const mcy_csv_row *row, mcy_error *err)
{
    csv_rows *rows = context;
    for (size_t i = 0; i < 2; i++)
        if (!row->fields[i])
            mcy_csv_refuse(row, i, "an empty cell says nothing");
    MCY_TRY(mcy_arena_grow(rows->arena, (void **)&rows->quarters, rows->count, &rows->capacity,
                           sizeof *rows->quarters, err));
    MCY_TRY(mcy_arena_grow(rows->arena, (void **)&rows->values, rows->count,
                           &rows->value_capacity, sizeof *rows->values, err));
    rows->quarters[rows->count] = csv_scalar(rows, row, 0);
    rows->values[rows->count] = csv_scalar(rows, row, 1);
    if (!rows->quarters[rows->count] || !rows->values[rows->count])
        return mcy_fail_memory(err);
    rows->count++;
    return MCY_OK;
}

/* The folder part of a file's path with name after it. */
static char *beside(mcy_arena *arena, const char *file, const char *name)
{
    const char *slash = strrchr(file, '/');
    while (strncmp(name, "./", 2) == 0)
        name += 2;
    if (!slash || *name == '/')
        return mcy_arena_copy(arena, name, strlen(name));
    return mcy_arena_print(arena, "%.*s/%s", (int)(slash - file), file, name);
}

static mcy_status read_csv(reading *r, const char *file, mcy_scenario_line *line,
                           mcy_error *err)
{
    static const char *const columns[] = {"quarter", "value"};
    const char *name, *text;
    size_t size;
    mcy_error reason = {0};
    if (!mcy_yaml_text(r->report, line->what, "csv", &name))
        return MCY_OK;
    csv_rows rows = {.arena = r->arena, .file = beside(r->arena, file, name)};
    if (!rows.file)
        return mcy_fail_memory(err);
    mcy_status status =
        r->loader->load(r->loader->context, r->arena, rows.file, &text, &size, &reason);
    if (status == MCY_E_MEMORY)
        return mcy_fail_memory(err);
    if (status != MCY_OK) {
        mcy_yaml_refuse(r->report, line->what, "%s", reason.text);
        return MCY_OK;
    }
    mcy_csv_table table = {rows.file, columns, 2, csv_take, &rows};
    mcy_text lines;
    mcy_text_init(&lines);
    status = mcy_csv_read(text, size, &table, &lines, &reason);
    mcy_text_release(&lines);
    if (status == MCY_E_MEMORY)
        return mcy_fail_memory(err);
    if (status != MCY_OK)
        mcy_yaml_refuse(r->report, line->what, "%s", reason.text);
    else if (!rows.count)
        mcy_yaml_refuse(r->report, line->what, "'%s' has no rows", rows.file);
    line->row_count = status == MCY_OK ? rows.count : 0;
    line->quarters = rows.quarters;
    line->values = rows.values;
    return MCY_OK;
}

/* ---- lines --------------------------------------------------------------------------------- */

static void refuse_line(reading *r, const mcy_yaml_node *path, const mcy_yaml_node *node)
{
    char shown[64];
    if (node->kind == MCY_YAML_SCALAR && node->size)
        mcy_yaml_refuse(r->report, node,
                        "'%s' needs to say where it comes from: {value: %s, source: ...} or "
                        "{value: %s, reason: ...}",
                        path->text, node->text, node->text);
    else
        mcy_yaml_refuse(r->report, node,
                        "'%s' wants a line such as {value: ..., source: ...}, got %s",
                        path->text, mcy_yaml_show(node, shown));
}

/* Which key says what the line says; refused unless exactly one does. */
static bool line_says(reading *r, const mcy_yaml_node *path, const mcy_yaml_node *node,
                      line_fields *fields)
{
    size_t said = 0;
    for (int i = 0; i < MCY_SAYS_COUNT; i++)
        if (fields->says[i]) {
            said++;
            fields->line.says = (mcy_says)i;
            fields->line.what = fields->says[i];
        }
    if (said != 1)
        mcy_yaml_refuse(
            r->report, node,
            "'%s' must say one of value, add, times, values, quarters, years, ramp, "
            "csv; it says %zu of them",
            path->text, said);
    return said == 1;
}

static bool line_is_sound(reading *r, const mcy_yaml_node *path, const mcy_yaml_node *node,
                          const mcy_scenario_line *line)
{
    size_t before = r->report->count;
    bool bounded = line->says <= MCY_SAYS_VALUES;
    if (!line->source && !line->reason)
        mcy_yaml_refuse(r->report, node,
                        "'%s' has no source and no reason: say where the number comes from",
                        path->text);
    if ((line->from || line->until) && !bounded)
        mcy_yaml_refuse(r->report, line->from ? line->from : line->until,
                        "'from' and 'until' go with value, add, times or values");
    if (line->total && line->says != MCY_SAYS_VALUES)
        mcy_yaml_refuse(r->report, line->total, "'total' goes with values");
    if (line->weights && line->says != MCY_SAYS_YEARS)
        mcy_yaml_refuse(r->report, line->weights, "'weights' go with years");
    return r->report->count == before;
}

static mcy_status read_line(reading *r, const char *file, const mcy_yaml_node *path,
                            const mcy_yaml_node *node, mcy_scenario_line *line, bool *good,
                            mcy_error *err)
{
    line_fields fields = {.line = {.path = path}};
    *good = false;
    if (node->kind != MCY_YAML_MAPPING) {
        refuse_line(r, path, node);
        return MCY_OK;
    }
    if (!mcy_yaml_bind(r->report, node, "a line of assumptions", line_keys,
                       MCY_YAML_FIELDS(line_keys), &fields) ||
        !line_says(r, path, node, &fields) || !line_is_sound(r, path, node, &fields.line))
        return MCY_OK;
    if (fields.line.says == MCY_SAYS_CSV)
        MCY_TRY(read_csv(r, file, &fields.line, err));
    *line = fields.line;
    *good = true;
    return MCY_OK;
}

static mcy_status read_lines(reading *r, const mcy_yaml_node *map, mcy_scenario *scenario,
                             mcy_error *err)
{
    size_t most = 0, count = 0;
    for (size_t i = 0; map && i < map->count; i++)
        most += map->items[i]->kind == MCY_YAML_SEQUENCE ? map->items[i]->count : 1;
    mcy_scenario_line *lines = MCY_TAKE(r->arena, mcy_scenario_line, most);
    if (!lines)
        return mcy_fail_memory(err);
    for (size_t i = 0; map && i < map->count; i++) {
        const mcy_yaml_node *item = map->items[i];
        bool list = item->kind == MCY_YAML_SEQUENCE;
        for (size_t k = 0; k < (list ? item->count : 1); k++) {
            bool good;
            MCY_TRY(read_line(r, scenario->file, map->keys[i], list ? item->items[k] : item,
                              &lines[count], &good, err));
            count += good;
        }
    }
    scenario->lines = lines;
    scenario->line_count = count;
    return MCY_OK;
}

/* ---- heads and ancestors ------------------------------------------------------------------- */

static void read_head(reading *r, const mcy_yaml_node *root, const head *h,
                      mcy_scenario *scenario)
{
    mcy_error reason = {0};
    mcy_period period;
    mcy_day day;
    mcy_amount amount;
    if (h->base) {
        if (mcy_period_parse(h->base, strlen(h->base), MCY_CALENDAR_YEAR, false, &period,
                             &reason) != MCY_OK ||
            period.span != MCY_SPAN_QUARTER)
            mcy_yaml_refuse(r->report, mcy_yaml_get(root, "base"),
                            "'base' wants a quarter such as 2026Q1, got '%s'", h->base);
        else
            scenario->base = mcy_period_quarter(&period);
    }
    if (h->as_of) {
        if (mcy_day_parse(h->as_of, strlen(h->as_of), &day, &reason) != MCY_OK)
            mcy_yaml_refuse(r->report, mcy_yaml_get(root, "as_of"), "'as_of': %s", reason.text);
        else
            scenario->as_of = h->as_of;
    }
    if (h->horizon) {
        const mcy_yaml_node *node = mcy_yaml_get(root, "horizon");
        if (mcy_amount_parse(h->horizon, strlen(h->horizon), "quarter", 1, &amount, &reason) !=
            MCY_OK)
            mcy_yaml_refuse(r->report, node, "'horizon': %s", reason.text);
        else if (amount.change != MCY_CHANGE_VALUE || !(amount.size >= 1) ||
                 amount.size > MCY_LAST_QUARTER || amount.size != (double)(size_t)amount.size)
            mcy_yaml_refuse(r->report, node, "'horizon' is 1 to %d whole quarters, got '%s'",
                            MCY_LAST_QUARTER, h->horizon);
        else
            scenario->horizon = (size_t)amount.size;
    }
}

/* fiscal_year_ends: {micron: August}. */
static mcy_status read_calendars(reading *r, const mcy_yaml_node *map, mcy_scenario *scenario,
                                 mcy_error *err)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const char **names = MCY_TAKE(r->arena, const char *, map->count);
    int *ends = MCY_TAKE(r->arena, int, map->count);
    char shown[64], hint[128];
    if (!names || !ends)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < map->count; i++) {
        const mcy_yaml_node *month = map->items[i];
        names[i] = map->keys[i]->text;
        for (int m = 0; m < 12; m++)
            if (strcmp(month->text, months[m]) == 0)
                ends[i] = m + 1;
        if (!ends[i])
            mcy_yaml_refuse(r->report, month, "'%s' wants the name of a month, got %s%s",
                            names[i], mcy_yaml_show(month, shown),
                            mcy_yaml_hint(month->text, months, 12, hint));
    }
    scenario->calendars = (mcy_calendars){map->count, names, ends};
    return MCY_OK;
}

/* The file of a name; from is the file that inherits it, NULL for the one asked for. */
static char *file_of(const reading *r, const char *from, const char *name)
{
    if (mcy_shipped_is_path(name))
        return from ? beside(r->arena, from, name)
                    : mcy_arena_copy(r->arena, name, strlen(name));
    return mcy_arena_print(r->arena, "%s/%s.yaml", r->folder, name);
}

static bool goes_in_a_circle(reading *r, const char *file, const mcy_yaml_node *node)
{
    for (size_t i = 0; i < r->depth; i++) {
        if (strcmp(r->chain[i], file) != 0)
            continue;
        char circle[400] = "";
        size_t used = 0;
        for (size_t k = i; k <= r->depth; k++) {
            int wrote =
                snprintf(circle + used, sizeof circle - used, "%s%s", k > i ? " -> " : "",
                         mcy_path_name(k < r->depth ? r->chain[k] : file));
            used =
                wrote > 0 && used + (size_t)wrote < sizeof circle ? used + (size_t)wrote : used;
        }
        mcy_yaml_refuse(r->report, node, "scenarios inherit in a circle: %s", circle);
        return true;
    }
    if (r->depth < MCY_INHERIT_DEPTH)
        return false;
    mcy_yaml_refuse(r->report, node, "more than %d scenarios inherit one another",
                    MCY_INHERIT_DEPTH);
    return true;
}

static mcy_status read_one(reading *r, const char *file, const mcy_scenario **scenario,
                           mcy_error *err);

static mcy_status read_parent(reading *r, const mcy_yaml_node *root, const char *name,
                              mcy_scenario *scenario, mcy_error *err)
{
    const mcy_yaml_node *node = mcy_yaml_get(root, "inherits");
    const char *file = file_of(r, scenario->file, name);
    if (!file)
        return mcy_fail_memory(err);
    if (goes_in_a_circle(r, file, node))
        return MCY_OK;
    mcy_error reason = {0};
    mcy_status status = read_one(r, file, &scenario->inherits, &reason);
    if (status == MCY_E_MEMORY)
        return mcy_fail_memory(err);
    if (status != MCY_OK)
        mcy_yaml_refuse(r->report, node, "%s", reason.text);
    const mcy_scenario *parent = scenario->inherits;
    if (!parent)
        return MCY_OK;
    if (!scenario->base)
        scenario->base = parent->base;
    if (!scenario->as_of)
        scenario->as_of = parent->as_of;
    if (!scenario->horizon)
        scenario->horizon = parent->horizon;
    if (!scenario->calendars.count)
        scenario->calendars = parent->calendars;
    return MCY_OK;
}

static mcy_status read_one(reading *r, const char *file, const mcy_scenario **scenario,
                           mcy_error *err)
{
    const char *text;
    size_t size;
    const mcy_yaml_node *root;
    head h = {.base = NULL};
    *scenario = NULL;
    MCY_TRY(r->loader->load(r->loader->context, r->arena, file, &text, &size, err));
    mcy_scenario *made = MCY_TAKE(r->arena, mcy_scenario, 1);
    if (!made)
        return mcy_fail_memory(err);
    *made = (mcy_scenario){.file = file, .name = mcy_shipped_name(r->arena, file)};
    if (!made->name)
        return mcy_fail_memory(err);
    mcy_sha256_of(text, size, made->hash);
    MCY_TRY(mcy_yaml_read_text(r->arena, file, text, size, r->report, &root, err));
    if (!root)
        return MCY_OK;
    mcy_yaml_bind(r->report, root, "a scenario", head_fields, MCY_YAML_FIELDS(head_fields), &h);
    made->title = h.title;
    made->about = h.about;
    read_head(r, root, &h, made);
    if (h.year_ends)
        MCY_TRY(read_calendars(r, h.year_ends, made, err));
    MCY_TRY(read_lines(r, h.assumptions, made, err));
    r->chain[r->depth++] = file;
    mcy_status status = h.inherits ? read_parent(r, root, h.inherits, made, err) : MCY_OK;
    r->depth--;
    *scenario = made;
    return status;
}

mcy_status mcy_scenario_load(mcy_arena *arena, const char *folder, const char *name,
                             const mcy_scenario_loader *loader, const mcy_scenario **scenario,
                             mcy_error *err)
{
    mcy_yaml_report report;
    *scenario = NULL;
    mcy_yaml_report_init(&report);
    reading r = {.arena = arena, .folder = folder, .loader = loader, .report = &report};
    const char *file = file_of(&r, NULL, name);
    const mcy_scenario *made = NULL;
    mcy_status status = file ? read_one(&r, file, &made, err) : mcy_fail_memory(err);
    if (status == MCY_OK)
        status = mcy_yaml_report_status(&report, err);
    mcy_yaml_report_release(&report);
    if (status == MCY_OK)
        *scenario = made;
    return status;
}

/* ---- from the disk ------------------------------------------------------------------------- */

static mcy_status load_file(void *context, mcy_arena *arena, const char *file,
                            const char **text, size_t *size, mcy_error *err)
{
    (void)context;
    mcy_file content = {0};
    MCY_TRY(mcy_file_read(file, MCY_YAML_MOST_BYTES, &content, err));
    char *copy = mcy_arena_copy(arena, content.bytes, content.size);
    *text = copy;
    *size = content.size;
    mcy_file_release(&content);
    return copy ? MCY_OK : mcy_fail_memory(err);
}

mcy_status mcy_scenario_read(mcy_arena *arena, const char *folder, const char *name,
                             const mcy_scenario **scenario, mcy_error *err)
{
    static const mcy_scenario_loader loader = {load_file, NULL};
    const char *file;
    MCY_TRY(mcy_shipped_file(arena, folder, "scenario", name, &file, err));
    return mcy_scenario_load(arena, folder, name, &loader, scenario, err);
}
