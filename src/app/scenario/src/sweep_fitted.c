/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters of fits as axes: the joint law written in the sweep file, or that of a fit's file.
 */
#include <math.h>
#include <string.h>

#include "mcy/file.h"
#include "mcy/sha256.h"
#include "sweep_binding.h"

enum { P = MCY_PRICE_PARAMETERS };

/* ---- the files --------------------------------------------------------------------------- */

/* Beside the sweep file, unless the path begins at the root. */
static const char *path_of(mcy_arena *arena, const mcy_sweep_file *file, const char *from)
{
    const char *name = mcy_path_name(file->file);
    if (from[0] == '/' || name == file->file)
        return from;
    char *folder = mcy_arena_copy(arena, file->file, (size_t)(name - file->file));
    return folder ? mcy_arena_print(arena, "%s%s", folder, from) : NULL;
}

static mcy_status read_fit(mcy_arena *arena, const mcy_sweep_file *file,
                           const mcy_sweep_joint *joint, mcy_sweep_fit *fit, mcy_error *err)
{
    mcy_file text = {0};
    mcy_price_fit *read = NULL;
    fit->path = path_of(arena, file, joint->from);
    if (!fit->path)
        return mcy_fail_memory(err);
    mcy_status status = mcy_file_read(fit->path, MCY_PRICE_FIT_MOST_BYTES, &text, err);
    if (status == MCY_OK) {
        mcy_sha256_of(text.bytes, text.size, fit->hash);
        status = mcy_price_fit_parse(arena, fit->path, text.bytes, text.size, joint->product,
                                     &read, err);
        mcy_file_release(&text);
    }
    fit->fit = read;
    return status == MCY_OK ? MCY_OK
                            : mcy_fail_in(err, status, "%s:%d", joint->node->place.file,
                                          joint->node->place.line);
}

mcy_status mcy_sweep_read_fits(mcy_arena *arena, mcy_sweep_file *file, mcy_error *err)
{
    struct mcy_sweep_parts *parts = file->parts;
    mcy_sweep_fit *fits = MCY_TAKE(arena, mcy_sweep_fit, parts->joint_count);
    if (!fits)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < parts->joint_count; i++) {
        if (!parts->joints[i].from)
            continue;
        parts->joints[i].fit = file->fit_count;
        MCY_TRY(read_fit(arena, file, &parts->joints[i], &fits[file->fit_count], err));
        file->fit_count++;
    }
    file->fits = fits;
    return MCY_OK;
}

/* ---- the law of a file ------------------------------------------------------------------- */

/* The parameters of the fit that are drawn: those of the paths, or all; the number of them. */
static size_t choose(mcy_sweep_binding *b, const mcy_sweep_joint *from, const char *product,
                     int chosen[P], const char *paths[P])
{
    const char *all[P];
    size_t n = 0;
    for (int k = 0; k < P; k++)
        all[k] = mcy_arena_print(b->arena, "%s.%s",
                                 mcy_price_parameter_name((mcy_price_parameter)k), product);
    for (int k = 0; k < P && !from->paths; k++, n++)
        chosen[n] = k, paths[n] = all[k];
    for (size_t i = 0; from->paths && i < from->paths->count; i++) {
        const mcy_yaml_node *node = from->paths->items[i];
        const char *path = "";
        int k = 0;
        mcy_yaml_text(b->report, node, "paths", &path);
        while (k < P && (!all[k] || strcmp(all[k], path) != 0))
            k++;
        bool twice = false;
        for (size_t j = 0; j < n; j++)
            twice = twice || chosen[j] == k;
        if (k == P || twice)
            mcy_yaml_refuse(b->report, node, "'%s' %s", path,
                            twice ? "stands here twice"
                                  : "is no parameter of the fit: it has response_short, "
                                    "response_glut, price_persistence and price_anchor of its "
                                    "product");
        else
            chosen[n] = k, paths[n++] = path;
    }
    return n;
}

/* Normal on the free scale: the assumption itself is normal or lognormal, cut at its bounds. */
static mcy_distribution law_of(const mcy_price_fit *fit, int k, const axis_unit *u)
{
    bool is_log = mcy_price_parameter_is_log((mcy_price_parameter)k);
    mcy_distribution law = {.law = is_log ? MCY_LAW_LOGNORMAL : MCY_LAW_NORMAL,
                            .truncated = true,
                            .low = is_log && u->least <= 0 ? -(double)INFINITY : u->least,
                            .high = u->most};
    law.parameter[0] = is_log ? exp(fit->mode[k]) : fit->mode[k];
    law.parameter[1] = sqrt(fit->covariance[k * P + k]);
    return law;
}

/* The rank correlation of two normal numbers with these covariances (Pearson 1907). */
static double rank_correlation(const mcy_price_fit *fit, int i, int j)
{
    double r = fit->covariance[i * P + j] /
               sqrt(fit->covariance[i * P + i] * fit->covariance[j * P + j]);
    return i == j ? 1 : 6 / 3.14159265358979323846 * asin(r / 2);
}

static mcy_status bind_file(mcy_sweep_binding *b, const mcy_sweep_joint *from,
                            mcy_dependence *to, mcy_error *err)
{
    *to = (mcy_dependence){0};
    if (!b->inputs || from->fit >= b->file->fit_count) {
        mcy_yaml_refuse(b->report, from->node,
                        b->inputs
                            ? "the fit was not read"
                            : "a fit is of the model's assumptions, and this sweep runs a "
                              "test function");
        return MCY_OK;
    }
    const mcy_sweep_fit *source = &b->file->fits[from->fit];
    const mcy_price_fit *fit = source->fit;
    int chosen[P];
    const char *paths[P];
    size_t n = choose(b, from, fit->product, chosen, paths);
    size_t *axes = MCY_TAKE(b->arena, size_t, n);
    double *matrix = MCY_TAKE(b->arena, double, n *n);
    if (!axes || !matrix)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        axis_unit u = {"1", -(double)INFINITY, (double)INFINITY, MCY_EFFECT_VALUE};
        size_t at = axes[i] = b->axis_count;
        bool good = true;
        if (!paths[i])
            return mcy_fail_memory(err);
        mcy_axis *axis = &b->axes[at];
        *axis = (mcy_axis){.name = paths[i]};
        MCY_TRY(mcy_sweep_select(b, at, from->node, paths[i], &u, &axis->base, &good, err));
        if (!good)
            return MCY_OK;
        b->axis_count++;
        axis->distribution = law_of(fit, chosen[i], &u);
        b->names[at] = paths[i];
        b->units[at] = u.unit;
        b->details[at] = mcy_arena_print(
            b->arena, "%s %.6g, %.6g of %s (%s)", mcy_law_name(axis->distribution.law),
            axis->distribution.parameter[0], axis->distribution.parameter[1],
            mcy_path_name(source->path), fit->product);
        for (size_t j = 0; j < n; j++)
            matrix[i * n + j] = rank_correlation(fit, chosen[i], chosen[j]);
    }
    *to = (mcy_dependence){n, axes, matrix, NULL};
    return MCY_OK;
}

/* ---- the law written out ----------------------------------------------------------------- */

static mcy_status bind_written(mcy_sweep_binding *b, const mcy_sweep_joint *from,
                               mcy_dependence *to, mcy_error *err)
{
    size_t n = from->paths->count;
    size_t *axes = MCY_TAKE(b->arena, size_t, n);
    double *matrix = MCY_TAKE(b->arena, double, n *n);
    if (!axes || !matrix)
        return mcy_fail_memory(err);
    double *mean = mcy_sweep_plain_numbers(b, from->mean);
    for (size_t i = 0; i < n; i++) {
        double *row = mcy_sweep_plain_numbers(b, from->covariance->items[i]);
        for (size_t j = 0; row && j < n; j++)
            matrix[i * n + j] = row[j];
        const char *path = "";
        axis_unit u = {"1", 0, (double)INFINITY, MCY_EFFECT_VALUE};
        bool good = true;
        size_t at = b->axis_count;
        mcy_yaml_text(b->report, from->paths->items[i], "paths", &path);
        if (!b->inputs)
            at = mcy_sweep_find(b->bound->evaluator->inputs, b->bound->evaluator->input_count,
                                path);
        if (!b->inputs && (at == b->bound->evaluator->input_count || b->names[at])) {
            mcy_yaml_refuse(b->report, from->paths->items[i],
                            "'%s' is no input of '%s', or twice", path,
                            b->bound->evaluator->name);
            return MCY_OK;
        }
        b->axis_count++;
        axes[i] = at;
        b->axes[at] = (mcy_axis){.name = path, .base = mean ? mean[i] : 0};
        if (b->inputs)
            MCY_TRY(mcy_sweep_select(b, at, from->paths->items[i], path, &u, &b->axes[at].base,
                                     &good, err));
        b->names[at] = path;
        b->units[at] = u.unit;
        b->details[at] =
            mcy_arena_print(b->arena, "fitted mean %s", from->mean->items[i]->text);
    }
    *to = (mcy_dependence){n, axes, matrix, mean};
    return MCY_OK;
}

mcy_status mcy_sweep_bind_fitted(mcy_sweep_binding *b, const mcy_sweep_joint *from,
                                 mcy_dependence *to, mcy_error *err)
{
    return from->from ? bind_file(b, from, to, err) : bind_written(b, from, to, err);
}
