/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drives the outputs of any sample, and where events happen, as tables. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mcy/csv.h"
#include "mcy/explore.h"
#include "mcy/file.h"
#include "mcy/number.h"
#include "sweep_results.h"

enum { CHAOS_RUNS = 4096, CHAOS_DEGREE = 6 };

typedef struct explored {
    mcy_regression *values, *ranks;
    mcy_chaos *chaos;
    double *slices;
} explored;

static mcy_status explore(const mcy_sweep_results *r, size_t output, explored *e,
                          mcy_error *err)
{
    mcy_sample part = *r->sample; /* the first runs are a sample too */
    if (part.runs > CHAOS_RUNS)
        part.runs = CHAOS_RUNS;
    e->slices = MCY_TAKE(r->arena, double, part.axes);
    if (!e->slices)
        return mcy_fail_memory(err);
    MCY_TRY(mcy_regression_fit(r->arena, r->sample, output, false, &e->values, err));
    MCY_TRY(mcy_regression_fit(r->arena, r->sample, output, true, &e->ranks, err));
    MCY_TRY(mcy_slices_first(r->arena, r->sample, output, e->slices, err));
    return mcy_chaos_fit(r->arena, &part, output, CHAOS_DEGREE, false, &e->chaos, err);
}

static const mcy_table_column driver_columns[] = {
    {"axis", {"假设", "assumption"}, true, {0}},
    {"pearson", {"相关", "correlation"}, false, {.decimals = 3}},
    {"spearman", {"秩相关", "of ranks"}, false, {.decimals = 3}},
    {"src", {"标准化回归", "regression"}, false, {.decimals = 3}},
    {"src_low", {"下限", "from"}, false, {.decimals = 3}},
    {"src_high", {"上限", "to"}, false, {.decimals = 3}},
    {"srrc", {"秩回归", "of ranks"}, false, {.decimals = 3}},
    {"slices", {"一阶（切片）", "first (slices)"}, false, {.decimals = 3}},
    {"chaos_first", {"一阶（多项式）", "first (chaos)"}, false, {.decimals = 3}},
    {"chaos_total", {"总（多项式）", "total (chaos)"}, false, {.decimals = 3}}};

mcy_status mcy_sweep_table_drivers(const mcy_sweep_results *r, size_t output, mcy_table **table,
                                   mcy_error *err)
{
    explored e = {0};
    mcy_error reason = {0};
    const char *name = r->head.outputs[output].name;
    mcy_table *t = mcy_table_create(
        r->arena, mcy_arena_print(r->arena, "drivers-%zu", output + 1),
        (mcy_bilingual){NULL, mcy_arena_print(r->arena, "%s: what goes with it", name)},
        driver_columns, sizeof driver_columns / sizeof *driver_columns);
    if (!t)
        return mcy_fail_memory(err);
    *table = t;
    mcy_status status = explore(r, output, &e, &reason);
    if (status == MCY_E_MEMORY)
        return mcy_fail_memory(err);
    if (status) { /* too few runs, dependent axes: said, not hidden */
        mcy_table_note(t, (mcy_bilingual){NULL, mcy_arena_print(r->arena, "%s", reason.text)});
        return MCY_OK;
    }
    for (size_t i = 0; i < r->head.axis_count; i++) {
        mcy_table_row(t, false);
        mcy_table_text(t, r->head.axes[i].name);
        mcy_table_number(t, e.values->correlation[i], NULL);
        mcy_table_number(t, e.ranks->correlation[i], NULL);
        mcy_table_number(t, e.values->coefficient[i].value, NULL);
        mcy_table_number(t, e.values->coefficient[i].low, NULL);
        mcy_table_number(t, e.values->coefficient[i].high, NULL);
        mcy_table_number(t, e.ranks->coefficient[i].value, NULL);
        mcy_table_number(t, e.slices[i], NULL);
        mcy_table_number(t, e.chaos->first[i], NULL);
        mcy_table_number(t, e.chaos->total[i], NULL);
    }
    mcy_table_note(
        t,
        (mcy_bilingual){
            NULL,
            mcy_arena_print(
                r->arena,
                "R2 %.3f, of ranks %.3f; %zu runs, %zu failed ones left out; chaos of degree "
                "%zu from %zu runs leaves %.3g of the variance unexplained%s",
                e.values->explained, e.ranks->explained, e.values->used, e.values->left_out,
                e.chaos->degree, e.chaos->used, e.chaos->left_out_error,
                r->head.stamp.dependent
                    ? "; axes are dependent: slices and chaos mix their parts"
                    : "")});
    return MCY_OK;
}

static void bound(mcy_table *t, double value, double scale)
{
    mcy_display display = {.decimals = 4};
    mcy_table_shown(t, isfinite(value) ? value * scale : MCY_MISSING, &display, NULL);
}

mcy_status mcy_sweep_table_box(const mcy_sweep_results *r, size_t event, mcy_table **table,
                               mcy_error *err)
{
    static const mcy_table_column columns[] = {{"axis", {"假设", "assumption"}, true, {0}},
                                               {"unit", {"单位", "unit"}, true, {0}},
                                               {"low", {"下限", "from"}, false, {0}},
                                               {"high", {"上限", "to"}, false, {0}}};
    const mcy_sweep_event *e = &r->events[event];
    const mcy_sample *s = r->sample;
    mcy_error reason = {0};
    mcy_box *box = NULL;
    bool *hit = MCY_TAKE(r->arena, bool, s->runs);
    if (!hit)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < s->runs; i++)
        hit[i] = !s->faults[i].kind &&
                 mcy_relation_holds(e->relation, s->values[e->output][i], e->limit);
    mcy_status status = mcy_box_find(r->arena, s, hit, 0.8, 0.05, 0.02, &box, &reason);
    if (status == MCY_E_MEMORY)
        return mcy_fail_memory(err);
    if (status)
        return MCY_OK; /* never or always: the table of events says it */
    mcy_table *t = mcy_table_create(
        r->arena, mcy_arena_print(r->arena, "box-%zu", event + 1),
        (mcy_bilingual){
            NULL,
            mcy_arena_print(r->arena,
                            "%s: in this box it happens in %.1f %% of the runs; the "
                            "box holds %.1f %% of its cases and %.1f %% of all runs",
                            e->text, 100 * box->density, 100 * box->coverage, 100 * box->mass)},
        columns, 4);
    for (size_t i = 0; t && i < box->axes; i++) {
        if (!box->restricted[i])
            continue;
        double scale = mcy_sweep_scale(r->head.axes[i].unit);
        mcy_table_row(t, false);
        mcy_table_text(t, r->head.axes[i].name);
        mcy_table_text(t, mcy_sweep_unit(r->head.axes[i].unit));
        bound(t, box->low[i], scale);
        bound(t, box->high[i], scale);
    }
    *table = t;
    return t ? MCY_OK : mcy_fail_memory(err);
}

/* ---- given data ---------------------------------------------------------------------------- */

typedef struct given_reading {
    mcy_arena *arena;
    size_t columns, rows, room;
    double **cells; /* rows */
} given_reading;

static mcy_status take_row(void *context, const mcy_csv_row *row, mcy_error *err)
{
    given_reading *g = context;
    double *cells = MCY_TAKE(g->arena, double, g->columns);
    if (!cells)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < row->count; i++) {
        cells[i] = MCY_MISSING;
        if (row->fields[i] &&
            mcy_number_parse(row->fields[i], row->sizes[i], &cells[i], NULL) != MCY_OK)
            mcy_csv_refuse(row, i, "want a number");
    }
    MCY_TRY(
        mcy_arena_grow(g->arena, (void **)&g->cells, g->rows, &g->room, sizeof *g->cells, err));
    g->cells[g->rows++] = cells;
    return MCY_OK;
}

/* The columns of the file, from its first line. */
static mcy_status read_header(mcy_arena *arena, const mcy_file *file, const char **names,
                              size_t *count, mcy_error *err)
{
    const char *p = file->bytes, *end = p + strcspn(p, "\r\n");
    if (strncmp(p, "\xef\xbb\xbf", 3) == 0)
        p += 3;
    for (*count = 0; p <= end && *count < MCY_CSV_MOST_COLUMNS; p++) {
        size_t n = strcspn(p, ",\r\n");
        const char *from = p, *to = p + n;
        while (from < to && (*from == ' ' || *from == '"'))
            from++;
        while (to > from && (to[-1] == ' ' || to[-1] == '"'))
            to--;
        if (!(names[(*count)++] = mcy_arena_copy(arena, from, (size_t)(to - from))))
            return mcy_fail_memory(err);
        p += n;
        if (*p != ',')
            break;
    }
    return MCY_OK;
}

static mcy_status fill_given(const mcy_sweep_file *file, const given_reading *g,
                             const char *const *columns, mcy_sweep_results *r, mcy_error *err)
{
    const char *names[MCY_CSV_MOST_COLUMNS] = {NULL};
    size_t axes = mcy_sweep_file_axes(file, MCY_CSV_MOST_COLUMNS, names);
    size_t outputs =
        axes < MCY_CSV_MOST_COLUMNS
            ? mcy_sweep_file_outputs(file, MCY_CSV_MOST_COLUMNS - axes, names + axes)
            : 0;
    mcy_sample *s = NULL;
    mcy_stamp stamp = {.method = MCY_METHOD_GIVEN,
                       .axes = axes,
                       .points = g->rows,
                       .width = 1,
                       .replicates = 1,
                       .chunk = MCY_DESIGN_CHUNK};
    if (axes + outputs > MCY_CSV_MOST_COLUMNS)
        return MCY_FAIL(err, MCY_E_INPUT, "at most %d columns", MCY_CSV_MOST_COLUMNS);
    MCY_TRY(mcy_sample_create(r->arena, &stamp, g->rows, outputs, &s, err));
    mcy_store_column *list = MCY_TAKE(r->arena, mcy_store_column, axes + outputs);
    if (!list)
        return mcy_fail_memory(err);
    for (size_t i = 0; i < axes + outputs; i++) {
        size_t c = 0;
        while (c < g->columns && strcmp(columns[c], names[i]) != 0)
            c++;
        if (c == g->columns) {
            const char *closest = mcy_text_closest(names[i], columns, g->columns);
            return MCY_FAIL(err, MCY_E_INPUT, "'%s' has no column '%s'%s%s%s", file->data,
                            names[i], closest ? "; did you mean '" : "", closest ? closest : "",
                            closest ? "'?" : "");
        }
        list[i] = (mcy_store_column){mcy_arena_print(r->arena, "%s", names[i]), "1",
                                     MCY_MISSING, MCY_MISSING, ""};
        for (size_t row = 0; row < g->rows; row++)
            *(i < axes ? &s->points[i][row] : &s->values[i - axes][row]) = g->cells[row][c];
    }
    for (size_t row = 0; row < g->rows; row++)
        for (size_t i = 0; i < axes + outputs; i++) {
            double x = i < axes ? s->points[i][row] : s->values[i - axes][row];
            if (mcy_is_missing(x) && s->faults[row].kind == MCY_FAULT_NONE) {
                s->faults[row] = (mcy_fault){MCY_FAULT_INPUT, i, x};
                s->failed++;
            }
        }
    r->head = (mcy_store_head){.stamp = stamp,
                               .runs = g->rows,
                               .axis_count = axes,
                               .output_count = outputs,
                               .axes = list,
                               .outputs = list + axes};
    r->sample = s;
    r->runs = g->rows;
    r->failed = s->failed;
    return MCY_OK;
}

mcy_status mcy_sweep_results_given(mcy_call *call, const mcy_sweep_file *file,
                                   mcy_sweep_results *results, mcy_error *err)
{
    const char *columns[MCY_CSV_MOST_COLUMNS], *slash = strrchr(file->file, '/');
    const char *path = slash && file->data[0] != '/'
                           ? mcy_arena_print(call->arena, "%.*s/%s", (int)(slash - file->file),
                                             file->file, file->data)
                           : file->data;
    if (!path)
        return mcy_fail_memory(err);
    mcy_file bytes = {0};
    mcy_text report;
    mcy_text_init(&report);
    given_reading g = {.arena = call->arena};
    *results = (mcy_sweep_results){.arena = call->arena};
    MCY_TRY(mcy_file_read(path, MCY_FILE_MOST_FACTS, &bytes, err));
    mcy_status status = read_header(call->arena, &bytes, columns, &g.columns, err);
    mcy_csv_table table = {path, columns, g.columns, take_row, &g};
    if (status == MCY_OK)
        status = mcy_csv_read(bytes.bytes, bytes.size, &table, &report, err);
    mcy_file_release(&bytes);
    mcy_text_release(&report);
    MCY_TRY(status);
    return fill_given(file, &g, columns, results, err);
}
