/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sweep files read strictly: everything but the numbers, whose units are not known yet. */
#include "mcy/sweep_yaml.h"

#include <string.h>

#include "mcy/file.h"
#include "mcy/number.h"
#include "mcy/sha256.h"
#include "sweep_parts.h"

typedef struct sweep_reading {
    mcy_arena *arena;
    mcy_yaml_report *report;
    mcy_sweep_file *file;
    bool short_of_memory;
} sweep_reading;

static const char *const method_words[] = {
#define X(name, word, purpose) word,
    MCY_METHOD_LIST(X)
#undef X
        NULL};
static const char *const estimator_words[] = {
#define X(name, word) word,
    MCY_ESTIMATOR_LIST(X)
#undef X
        NULL};
static const char *const effect_words[] = {"value", "add", "times", NULL};
static const char *const point_words[] = {"sobol", "random", NULL};

/* All keys of an axis; exactly one of values, range and the laws says how it varies. */
typedef struct axis_keys {
    const char *path;
    int effect;
    const mcy_yaml_node *values, *range, *truncate, *laws[MCY_LAW_COUNT];
} axis_keys;

typedef struct range_keys {
    const mcy_yaml_node *from, *to;
    size_t count;
} range_keys;

static void *take(sweep_reading *r, size_t count, size_t size)
{
    void *memory = mcy_arena_take(r->arena, count, size);
    r->short_of_memory |= !memory;
    return memory;
}

static void read_range(sweep_reading *r, const mcy_yaml_node *map, mcy_sweep_axis *axis)
{
    static const mcy_yaml_field fields[] = {
        {"from", MCY_YAML_ANY, offsetof(range_keys, from), true, NULL},
        {"to", MCY_YAML_ANY, offsetof(range_keys, to), true, NULL},
        {"count", MCY_YAML_COUNT, offsetof(range_keys, count), false, NULL}};
    range_keys keys = {.count = 5};
    if (!mcy_yaml_bind(r->report, map, "a range", fields, MCY_YAML_FIELDS(fields), &keys))
        return;
    mcy_yaml_node *pair = take(r, 1, sizeof *pair);
    const mcy_yaml_node **items = take(r, 2, sizeof *items);
    if (!pair || !items)
        return;
    items[0] = keys.from, items[1] = keys.to;
    *pair = (mcy_yaml_node){
        .kind = MCY_YAML_SEQUENCE, .place = map->place, .count = 2, .items = items};
    axis->numbers = pair;
    axis->range = true;
    axis->count = keys.count;
    if (keys.count < 2 || keys.count > 10000)
        mcy_yaml_refuse(r->report, map, "a range has 2 to 10000 values, got %zu", keys.count);
}

static void read_law(sweep_reading *r, mcy_law law, const mcy_yaml_node *node,
                     mcy_sweep_axis *axis)
{
    static const char *const wanted[] = {
#define X(name, word, parameters) "[" parameters "]",
        MCY_LAW_LIST(X)
#undef X
    };
    axis->law_given = true;
    axis->law = law;
    axis->numbers = node;
    if (law == MCY_LAW_DISCRETE) {
        typedef struct discrete_keys {
            const mcy_yaml_node *values, *weights;
        } discrete_keys;
        static const mcy_yaml_field fields[] = {
            {"values", MCY_YAML_LIST, offsetof(discrete_keys, values), true, NULL},
            {"weights", MCY_YAML_LIST, offsetof(discrete_keys, weights), true, NULL}};
        discrete_keys keys = {NULL, NULL};
        if (!mcy_yaml_bind(r->report, node, "a discrete law", fields, 2, &keys))
            return;
        if (keys.values->count != keys.weights->count)
            mcy_yaml_refuse(r->report, node, "%zu values and %zu weights", keys.values->count,
                            keys.weights->count);
        axis->numbers = keys.values;
        axis->weights = keys.weights;
    } else if (node->kind != MCY_YAML_SEQUENCE || node->count != mcy_law_parameters(law)) {
        mcy_yaml_refuse(r->report, node, "%s wants %s", mcy_law_name(law), wanted[law]);
    }
}

static void read_axis(sweep_reading *r, const mcy_yaml_node *node, mcy_sweep_axis *axis)
{
    static const mcy_yaml_field fields[] = {
        {"path", MCY_YAML_TEXT, offsetof(axis_keys, path), true, NULL},
        {"apply", MCY_YAML_WORD, offsetof(axis_keys, effect), false, effect_words},
        {"values", MCY_YAML_LIST, offsetof(axis_keys, values), false, NULL},
        {"range", MCY_YAML_MAP, offsetof(axis_keys, range), false, NULL},
        {"truncate", MCY_YAML_LIST, offsetof(axis_keys, truncate), false, NULL},
#define X(name, word, parameters)                                                              \
    {word, MCY_YAML_ANY, offsetof(axis_keys, laws[MCY_LAW_##name]), false, NULL},
        MCY_LAW_LIST(X)
#undef X
    };
    axis_keys keys = {0};
    *axis = (mcy_sweep_axis){.node = node};
    if (!mcy_yaml_bind(r->report, node, "an axis", fields, MCY_YAML_FIELDS(fields), &keys))
        return;
    axis->path = keys.path;
    axis->effect = (mcy_effect)keys.effect;
    axis->truncate = keys.truncate;
    size_t ways = (size_t)(keys.values != NULL) + (size_t)(keys.range != NULL);
    if (keys.values)
        axis->numbers = keys.values;
    if (keys.range)
        read_range(r, keys.range, axis);
    for (size_t i = 0; i < MCY_LAW_COUNT; i++)
        if (keys.laws[i]) {
            ways++;
            read_law(r, (mcy_law)i, keys.laws[i], axis);
        }
    if (ways != (r->file->data ? 0 : 1))
        mcy_yaml_refuse(
            r->report, node,
            "an axis has one of values, range and a distribution (uniform, normal, "
            "lognormal, triangular, pert, beta, discrete), none where data are given; "
            "got %zu",
            ways);
    if (axis->truncate && (axis->truncate->count != 2 || !axis->law_given))
        mcy_yaml_refuse(r->report, axis->truncate,
                        "truncate wants [low, high] of a distribution");
}

/* Written out, or from a file; the paths of a file are all it has, or those named. */
static void check_joint(sweep_reading *r, const mcy_sweep_joint *joint)
{
    const mcy_yaml_node *node = joint->node;
    if (joint->from || joint->product) {
        if (!joint->from || !joint->product || joint->mean || joint->covariance)
            mcy_yaml_refuse(
                r->report, node,
                "a law from a fit has from and product, and no mean or covariance of "
                "its own");
        return;
    }
    if (!joint->paths || !joint->mean || !joint->covariance) {
        mcy_yaml_refuse(r->report, node,
                        "a fitted law has from and product, or paths, mean and covariance");
        return;
    }
    size_t n = joint->paths->count;
    bool square = joint->covariance->count == n;
    for (size_t j = 0; square && j < n; j++)
        square = joint->covariance->items[j]->kind == MCY_YAML_SEQUENCE &&
                 joint->covariance->items[j]->count == n;
    if (joint->mean->count != n || !square)
        mcy_yaml_refuse(r->report, node,
                        "a fitted law of %zu paths has as many means and a square covariance",
                        n);
}

static void read_joints(sweep_reading *r, const mcy_yaml_node *list)
{
    static const mcy_yaml_field fields[] = {
        {"from", MCY_YAML_TEXT, offsetof(mcy_sweep_joint, from), false, NULL},
        {"product", MCY_YAML_TEXT, offsetof(mcy_sweep_joint, product), false, NULL},
        {"paths", MCY_YAML_LIST, offsetof(mcy_sweep_joint, paths), false, NULL},
        {"mean", MCY_YAML_LIST, offsetof(mcy_sweep_joint, mean), false, NULL},
        {"covariance", MCY_YAML_LIST, offsetof(mcy_sweep_joint, covariance), false, NULL}};
    struct mcy_sweep_parts *parts = r->file->parts;
    parts->joints = take(r, list->count, sizeof *parts->joints);
    for (size_t i = 0; parts->joints && i < list->count; i++) {
        mcy_sweep_joint *joint = &parts->joints[parts->joint_count];
        *joint = (mcy_sweep_joint){.node = list->items[i]};
        if (!mcy_yaml_bind(r->report, list->items[i], "a fitted law", fields,
                           MCY_YAML_FIELDS(fields), joint))
            continue;
        parts->joint_count++;
        check_joint(r, joint);
    }
}

/* All keys of a file. */
typedef struct file_keys {
    mcy_bilingual title;
    const char *function, *scenario, *data;
    const mcy_yaml_node *set, *outputs, *events, *axes, *correlations, *fitted;
    int method, estimator, points;
    size_t seed, runs, replicates, levels;
    bool second_order, unscrambled, summary, unchecked;
    double tail, half_width;
} file_keys;

static const mcy_yaml_field file_fields[] = {
    {"title", MCY_YAML_BILINGUAL, offsetof(file_keys, title), false, NULL},
    {"function", MCY_YAML_TEXT, offsetof(file_keys, function), false, NULL},
    {"scenario", MCY_YAML_TEXT, offsetof(file_keys, scenario), false, NULL},
    {"data", MCY_YAML_TEXT, offsetof(file_keys, data), false, NULL},
    {"set", MCY_YAML_LIST, offsetof(file_keys, set), false, NULL},
    {"method", MCY_YAML_WORD, offsetof(file_keys, method), true, method_words},
    {"estimator", MCY_YAML_WORD, offsetof(file_keys, estimator), false, estimator_words},
    {"points", MCY_YAML_WORD, offsetof(file_keys, points), false, point_words},
    {"seed", MCY_YAML_COUNT, offsetof(file_keys, seed), false, NULL},
    {"runs", MCY_YAML_COUNT, offsetof(file_keys, runs), false, NULL},
    {"replicates", MCY_YAML_COUNT, offsetof(file_keys, replicates), false, NULL},
    {"levels", MCY_YAML_COUNT, offsetof(file_keys, levels), false, NULL},
    {"second_order", MCY_YAML_SWITCH, offsetof(file_keys, second_order), false, NULL},
    {"unscrambled", MCY_YAML_SWITCH, offsetof(file_keys, unscrambled), false, NULL},
    {"summary", MCY_YAML_SWITCH, offsetof(file_keys, summary), false, NULL},
    {"unchecked", MCY_YAML_SWITCH, offsetof(file_keys, unchecked), false, NULL},
    {"tail", MCY_YAML_NUMBER, offsetof(file_keys, tail), false, NULL},
    {"half_width", MCY_YAML_NUMBER, offsetof(file_keys, half_width), false, NULL},
    {"outputs", MCY_YAML_LIST, offsetof(file_keys, outputs), false, NULL},
    {"events", MCY_YAML_LIST, offsetof(file_keys, events), false, NULL},
    {"axes", MCY_YAML_LIST, offsetof(file_keys, axes), false, NULL},
    {"correlations", MCY_YAML_LIST, offsetof(file_keys, correlations), false, NULL},
    {"fitted", MCY_YAML_LIST, offsetof(file_keys, fitted), false, NULL}};

static void read_sets(sweep_reading *r, const mcy_yaml_node *list)
{
    const char **sets = take(r, list->count, sizeof *sets);
    for (size_t i = 0; sets && i < list->count; i++)
        if (mcy_yaml_text(r->report, list->items[i], "set", &sets[r->file->set_count]))
            r->file->set_count++;
    r->file->sets = sets;
}

static void check_keys(sweep_reading *r, const mcy_yaml_node *root, const file_keys *keys)
{
    size_t axes = r->file->parts->axis_count + r->file->parts->joint_count;
    bool given = keys->method == MCY_METHOD_GIVEN;
    if (keys->function && (keys->scenario || keys->set))
        mcy_yaml_refuse(r->report, root, "a sweep has a scenario or a test function, not both");
    if (given != (keys->data != NULL))
        mcy_yaml_refuse(r->report, root, "data and the method given-data go together");
    if (axes == 0)
        mcy_yaml_refuse(r->report, root, "a sweep needs axes");
    if ((given || !keys->function) && !keys->outputs)
        mcy_yaml_refuse(r->report, root, "a sweep needs outputs");
    if (keys->half_width < 0 || keys->half_width >= 1)
        mcy_yaml_refuse(r->report, root, "half_width: want above 0 and below 1, got %g",
                        keys->half_width);
}

static void read_root(sweep_reading *r, const mcy_yaml_node *root)
{
    file_keys keys = {.seed = 1};
    mcy_sweep_file *f = r->file;
    struct mcy_sweep_parts *parts = f->parts = take(r, 1, sizeof *parts);
    if (!parts || !mcy_yaml_bind(r->report, root, "a sweep", file_fields,
                                 MCY_YAML_FIELDS(file_fields), &keys))
        return;
    f->title = keys.title;
    f->function = keys.function;
    f->scenario = keys.scenario ? keys.scenario : "base";
    f->data = keys.data;
    f->method = (mcy_method)keys.method;
    f->estimator = (mcy_estimator)keys.estimator;
    f->random = keys.points == 1;
    f->seed = keys.seed;
    f->runs = keys.runs;
    f->replicates = keys.replicates;
    f->levels = keys.levels;
    f->second_order = keys.second_order;
    f->unscrambled = keys.unscrambled;
    f->summary = keys.summary;
    f->without_checks = keys.unchecked;
    f->tail = keys.tail;
    f->half_width = keys.half_width;
    parts->outputs = keys.outputs;
    parts->events = keys.events;
    parts->correlations = keys.correlations;
    if (keys.set)
        read_sets(r, keys.set);
    if (keys.axes) {
        parts->axes = take(r, keys.axes->count, sizeof *parts->axes);
        for (size_t i = 0; parts->axes && i < keys.axes->count; i++)
            read_axis(r, keys.axes->items[i], &parts->axes[parts->axis_count++]);
    }
    if (keys.fitted)
        read_joints(r, keys.fitted);
    check_keys(r, root, &keys);
}

static const char *plain_name(mcy_arena *arena, const char *path)
{
    const char *name = mcy_path_name(path), *dot = strrchr(name, '.');
    return mcy_arena_copy(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

mcy_status mcy_sweep_file_parse(mcy_arena *arena, const char *name, const char *bytes,
                                size_t size, mcy_sweep_file **file, mcy_error *err)
{
    mcy_sweep_file *f = MCY_TAKE(arena, mcy_sweep_file, 1);
    if (!f)
        return mcy_fail_memory(err);
    f->file = mcy_arena_copy(arena, name, strlen(name));
    f->name = plain_name(arena, name);
    f->text = mcy_arena_copy(arena, bytes, size);
    if (!f->file || !f->name || !f->text)
        return mcy_fail_memory(err);
    mcy_sha256_of(bytes, size, f->hash);
    mcy_yaml_report report;
    mcy_yaml_report_init(&report);
    const mcy_yaml_node *root = NULL;
    mcy_status status = mcy_yaml_read_text(arena, name, bytes, size, &report, &root, err);
    sweep_reading reading = {arena, &report, f, false};
    if (status == MCY_OK && root)
        read_root(&reading, root);
    if (status == MCY_OK)
        status = reading.short_of_memory ? mcy_fail_memory(err)
                                         : mcy_yaml_report_status(&report, err);
    mcy_yaml_report_release(&report);
    if (status == MCY_OK)
        *file = f;
    return status;
}

mcy_status mcy_sweep_file_read(mcy_arena *arena, const char *path, mcy_sweep_file **file,
                               mcy_error *err)
{
    mcy_file text = {0};
    MCY_TRY(mcy_file_read(path, MCY_YAML_MOST_BYTES, &text, err));
    mcy_status status = mcy_sweep_file_parse(arena, path, text.bytes, text.size, file, err);
    mcy_file_release(&text);
    return status == MCY_OK ? mcy_sweep_read_fits(arena, *file, err) : status;
}

size_t mcy_sweep_file_axes(const mcy_sweep_file *file, size_t room, const char **names)
{
    for (size_t i = 0; i < file->parts->axis_count && i < room; i++)
        names[i] = file->parts->axes[i].path;
    return file->parts->axis_count;
}

size_t mcy_sweep_file_outputs(const mcy_sweep_file *file, size_t room, const char **names)
{
    const mcy_yaml_node *list = file->parts->outputs;
    for (size_t i = 0; list && i < list->count && i < room; i++)
        names[i] = list->items[i]->text ? list->items[i]->text : "";
    return list ? list->count : 0;
}
