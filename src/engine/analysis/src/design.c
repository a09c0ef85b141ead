/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests checked and made into designs. */
#include "mcy/design.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "design_parts.h"
#include "mcy/text.h"

static const char *const method_names[] = {
#define X(name, word, purpose) word,
    MCY_METHOD_LIST(X)
#undef X
};

const char *mcy_method_name(mcy_method method)
{
    return method_names[method];
}

mcy_status mcy_method_parse(const char *word, mcy_method *method, mcy_error *err)
{
    for (size_t i = 0; i < MCY_METHOD_COUNT; i++)
        if (strcmp(word, method_names[i]) == 0) {
            *method = (mcy_method)i;
            return MCY_OK;
        }
    const char *closest = mcy_text_closest(word, method_names, MCY_METHOD_COUNT);
    if (closest)
        return MCY_FAIL(err, MCY_E_INPUT, "no method '%s'; did you mean '%s'?", word, closest);
    return MCY_FAIL(
        err, MCY_E_INPUT,
        "no method '%s': want table, tornado, random, lhs, sobol, saltelli, morris or "
        "given-data",
        word);
}

mcy_status mcy_design_range(mcy_arena *arena, double from, double to, size_t count, double base,
                            const double **levels, size_t *level_count, mcy_error *err)
{
    if (!(from < to) || !isfinite(from) || !isfinite(to) || count < 2)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "a range wants from < to and at least 2 values, got %g, %g and %zu",
                        from, to, count);
    double *list = MCY_TAKE(arena, double, count + 1);
    if (!list)
        return mcy_fail_memory(err);
    size_t n = 0;
    bool placed = !(base > from && base < to);
    double near = 1e-9 * (to - from);
    for (size_t i = 0; i < count; i++) {
        double part = (double)i / (double)(count - 1), value = from + (to - from) * part;
        if (i == count - 1)
            value = to;
        if (!placed && fabs(value - base) <= near) {
            value = base;
            placed = true;
        } else if (!placed && value > base) {
            list[n++] = base;
            placed = true;
        }
        list[n++] = value;
    }
    *levels = list;
    *level_count = n;
    return MCY_OK;
}

/* A list is drawn as equally likely values, a range uniformly between its ends. */
static mcy_status make_quantile(mcy_arena *arena, const mcy_axis *axis, mcy_quantile **quantile,
                                mcy_error *err)
{
    mcy_distribution law = axis->distribution;
    if (axis->level_count && axis->range)
        law = (mcy_distribution){
            .law = MCY_LAW_UNIFORM,
            .parameter = {axis->levels[0], axis->levels[axis->level_count - 1]}};
    else if (axis->level_count)
        law = (mcy_distribution){
            .law = MCY_LAW_DISCRETE, .count = axis->level_count, .values = axis->levels};
    mcy_status status = mcy_quantile_create(arena, &law, quantile, err);
    return status ? mcy_fail_in(err, status, "axis '%s'", axis->name) : MCY_OK;
}

static mcy_status check_request(const mcy_design_request *r, mcy_error *err)
{
    size_t k = r->axis_count;
    if (r->method == MCY_METHOD_GIVEN)
        return MCY_FAIL(err, MCY_E_INPUT, "a given sample has no design to draw from");
    if (k == 0 || k > MCY_DESIGN_AXES)
        return MCY_FAIL(err, MCY_E_INPUT, "a sweep has 1 to %d axes, got %zu", MCY_DESIGN_AXES,
                        k);
    for (size_t i = 0; i < k; i++)
        for (size_t j = 1; j < r->axes[i].level_count; j++)
            if (!(r->axes[i].levels[j] > r->axes[i].levels[j - 1]))
                return MCY_FAIL(
                    err, MCY_E_INPUT, "axis '%s': values must increase, got %g after %g",
                    r->axes[i].name, r->axes[i].levels[j], r->axes[i].levels[j - 1]);
    bool counted = r->method != MCY_METHOD_TABLE && r->method != MCY_METHOD_TORNADO;
    if (counted && r->runs == 0)
        return MCY_FAIL(err, MCY_E_INPUT, "method '%s' needs a number of runs",
                        mcy_method_name(r->method));
    size_t copies = r->replicates;
    if (copies > MCY_SOBOL_REPLICATES || (copies & (copies - 1)) != 0)
        return MCY_FAIL(err, MCY_E_INPUT, "replicates: want a power of two up to %d, got %zu",
                        MCY_SOBOL_REPLICATES, copies);
    if (r->unscrambled && (copies > 1 || r->method != MCY_METHOD_SOBOL))
        return MCY_FAIL(err, MCY_E_INPUT, "only one copy of 'sobol' can be left unscrambled");
    if (r->method == MCY_METHOD_MORRIS && (r->levels % 2 || r->levels > 64))
        return MCY_FAIL(err, MCY_E_INPUT, "levels: want an even number up to 64, got %zu",
                        r->levels);
    if ((r->method == MCY_METHOD_SALTELLI || r->method == MCY_METHOD_MORRIS) &&
        r->dependence_count)
        return MCY_FAIL(
            err, MCY_E_DOMAIN,
            "method '%s' has no meaning for dependent axes: draw them with 'sobol' and "
            "read the regression",
            mcy_method_name(r->method));
    if (r->tail < 0 || r->tail >= 0.5)
        return MCY_FAIL(err, MCY_E_INPUT, "tail: want a quantile between 0 and 0.5, got %g",
                        r->tail);
    return MCY_OK;
}

static mcy_status count_runs(mcy_design *d, const mcy_design_request *r, mcy_error *err)
{
    mcy_stamp *s = &d->stamp;
    size_t k = r->axis_count;
    s->width = 1;
    s->replicates = 1;
    s->points = r->runs;
    switch (r->method) {
    case MCY_METHOD_TABLE:
        s->points = 1;
        for (size_t i = 0; i < k; i++) {
            if (r->axes[i].level_count == 0)
                return MCY_FAIL(err, MCY_E_INPUT, "axis '%s': a table needs a list or a range",
                                r->axes[i].name);
            if (s->points > MCY_SOBOL_POINTS / r->axes[i].level_count)
                return MCY_FAIL(err, MCY_E_INPUT, "the table has more than 2^32 cells");
            s->points *= r->axes[i].level_count;
        }
        break;
    case MCY_METHOD_TORNADO:
        s->points = 1 + 2 * k;
        break;
    case MCY_METHOD_MORRIS:
        s->width = k + 1;
        break;
    case MCY_METHOD_SALTELLI:
        s->width = r->second_order ? 2 * k + 2 : k + 2;
        s->replicates = r->replicates ? r->replicates : MCY_DESIGN_REPLICATES;
        break;
    case MCY_METHOD_SOBOL:
        s->replicates = r->unscrambled  ? 1
                        : r->replicates ? r->replicates
                                        : MCY_DESIGN_REPLICATES;
        break;
    default:
        break;
    }
    if (s->points > MCY_SOBOL_POINTS)
        return MCY_FAIL(err, MCY_E_INPUT, "at most 2^32 points, got %llu",
                        (unsigned long long)s->points);
    if (s->points % s->replicates)
        return MCY_FAIL(err, MCY_E_INPUT,
                        "runs: want a multiple of the %zu replicates, got %llu", s->replicates,
                        (unsigned long long)s->points);
    d->runs = s->points * s->width;
    size_t rows = MCY_DESIGN_CHUNK / s->width;
    s->chunk = (rows ? rows : 1) * s->width;
    return MCY_OK;
}

static mcy_status make_groups(mcy_arena *arena, mcy_design *d, const mcy_design_request *r,
                              mcy_error *err)
{
    d->groups = MCY_TAKE(arena, mcy_design_group, r->dependence_count);
    d->grouped = MCY_TAKE(arena, bool, r->axis_count);
    if (!d->groups || !d->grouped)
        return mcy_fail_memory(err);
    for (size_t g = 0; g < r->dependence_count; g++) {
        const mcy_dependence *from = &r->dependences[g];
        mcy_design_group *to = &d->groups[g];
        size_t n = from->count;
        const char **names = MCY_TAKE(arena, const char *, n);
        to->axes = MCY_TAKE(arena, size_t, n);
        to->mean = from->mean ? MCY_TAKE(arena, double, n) : NULL;
        if (!names || !to->axes || (from->mean && !to->mean))
            return mcy_fail_memory(err);
        for (size_t i = 0; i < n; i++) {
            size_t axis = to->axes[i] = from->axes[i];
            names[i] = r->axes[axis].name;
            if (d->grouped[axis])
                return MCY_FAIL(err, MCY_E_INPUT, "axis '%s' stands in two dependences",
                                names[i]);
            d->grouped[axis] = true;
            if (from->mean)
                to->mean[i] = from->mean[i];
        }
        to->count = n;
        MCY_TRY((from->mean ? mcy_copula_create_covariance : mcy_copula_create)(
            arena, n, from->matrix, names, &to->copula, err));
    }
    d->group_count = r->dependence_count;
    d->stamp.dependent = r->dependence_count > 0;
    return MCY_OK;
}

static mcy_status make_axes(mcy_arena *arena, mcy_design *d, const mcy_design_request *r,
                            mcy_error *err)
{
    size_t k = r->axis_count;
    d->axes = MCY_TAKE(arena, mcy_axis, k);
    d->quantiles = MCY_TAKE(arena, mcy_quantile *, k);
    d->low = MCY_TAKE(arena, double, k);
    d->high = MCY_TAKE(arena, double, k);
    if (!d->axes || !d->quantiles || !d->low || !d->high)
        return mcy_fail_memory(err);
    memcpy(d->axes, r->axes, k * sizeof *d->axes);
    for (size_t g = 0; g < d->group_count; g++)
        for (size_t i = 0; d->groups[g].mean && i < d->groups[g].count; i++) {
            size_t axis = d->groups[g].axes[i];
            double sd = sqrt(r->dependences[g].matrix[i * d->groups[g].count + i]);
            d->axes[axis].level_count = 0;
            d->axes[axis].distribution = (mcy_distribution){
                .law = MCY_LAW_NORMAL, .parameter = {d->groups[g].mean[i], sd}};
        }
    double tail = r->tail > 0 ? r->tail : 0.1;
    for (size_t i = 0; i < k && r->method != MCY_METHOD_TABLE; i++) {
        const mcy_axis *axis = &d->axes[i];
        MCY_TRY(make_quantile(arena, axis, &d->quantiles[i], err));
        bool ends = axis->level_count > 0;
        d->low[i] = ends ? axis->levels[0] : mcy_quantile_at(d->quantiles[i], tail);
        d->high[i] = ends ? axis->levels[axis->level_count - 1]
                          : mcy_quantile_at(d->quantiles[i], 1 - tail);
    }
    return MCY_OK;
}

static mcy_status make_sobol(mcy_arena *arena, mcy_design *d, const mcy_design_request *r,
                             mcy_error *err)
{
    bool saltelli = r->method == MCY_METHOD_SALTELLI;
    if (r->method != MCY_METHOD_SOBOL && (!saltelli || r->random))
        return MCY_OK;
    size_t columns = saltelli ? 2 * r->axis_count : r->axis_count;
    d->sobol = MCY_TAKE(arena, mcy_sobol, columns);
    if (!d->sobol)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < columns; i++)
        mcy_sobol_init(&d->sobol[i], i, r->seed, d->stamp.replicates, !r->unscrambled);
    return MCY_OK;
}

mcy_status mcy_design_create(mcy_arena *arena, const mcy_design_request *request,
                             mcy_design **design, mcy_error *err)
{
    MCY_TRY(check_request(request, err));
    mcy_design *d = MCY_TAKE(arena, mcy_design, 1);
    if (!d)
        return mcy_fail_memory(err);
    d->stamp = (mcy_stamp){.method = request->method,
                           .axes = request->axis_count,
                           .second_order = request->second_order,
                           .random = request->random || request->method == MCY_METHOD_RANDOM,
                           .seed = request->seed};
    if (request->method == MCY_METHOD_MORRIS)
        d->stamp.levels = request->levels ? request->levels : MCY_DESIGN_LEVELS;
    MCY_TRY(count_runs(d, request, err));
    MCY_TRY(make_groups(arena, d, request, err));
    MCY_TRY(make_axes(arena, d, request, err));
    MCY_TRY(make_sobol(arena, d, request, err));
    *design = d;
    return MCY_OK;
}

const mcy_stamp *mcy_design_stamp(const mcy_design *design)
{
    return &design->stamp;
}

uint64_t mcy_design_runs(const mcy_design *design)
{
    return design->runs;
}
